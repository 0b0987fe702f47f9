/* SPDX-License-Identifier: Apache-2.0
 *
 * Avro schemas: from JSON, from a table, to JSON. jansson reads the JSON; the tree is our own, because avro-c
 * 1.11 drops logical types. Depth and number of nodes are bounded, so that no schema can exhaust the stack
 * or, by naming types again and again, the compiler of programs.
 */
#include <inttypes.h>
#include <jansson.h>

#include "formats/avro.h"

#define DEPTH_MAX 64
#define NODES_MAX 20000

static const char *const kind_names[AVRO_KIND_COUNT] = {
    "null",   "boolean", "int",  "long",  "float", "double", "bytes",
    "string", "record",  "enum", "array", "map",   "union",  "fixed",
};
static const char *const logical_names[] = {
    "", "date", "time-millis", "time-micros", "timestamp-millis", "timestamp-micros", "timestamp-nanos",
    "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos", "decimal",
};

const char *avro_kind_name(enum avro_kind kind) {
    return kind_names[kind];
}

/* A named type, and whether its definition is still being read. */
struct named {
    struct str name;
    struct avro_type *type;
    bool open;
    struct named *next;
};

struct schema_parser {
    struct arena *arena;
    struct named *named;
    struct error *error;
    unsigned depth, nodes;
};

static enum status parse_type(struct schema_parser *s, const json_t *j, struct str space,
                              struct avro_type **out);

static enum status parse_fail(struct schema_parser *s, const char *what) {
    return error_set(s->error, ERR_DECODE, "the Avro schema is not valid: %s", what);
}

static struct str text_of(struct schema_parser *s, const json_t *j) {
    if (!json_is_string(j)) return (struct str){0};
    return arena_str(s->arena, (struct str){json_string_value(j), json_string_length(j)});
}

static struct str full_name(struct schema_parser *s, struct str name, struct str space) {
    if (name.len == 0 || space.len == 0 || memchr(name.ptr, '.', name.len)) return name;
    return arena_printf(s->arena, "%.*s.%.*s", STR_ARG(space), STR_ARG(name));
}

static struct str space_of(struct str name) {
    while (name.len && name.ptr[name.len - 1] != '.') name.len--;
    if (name.len) name.len--;
    return name;
}

static struct named *find_named(struct schema_parser *s, struct str name) {
    for (struct named *n = s->named; n; n = n->next) {
        if (str_eq(n->name, name)) return n;
    }
    return NULL;
}

static enum status parse_name(struct schema_parser *s, struct str name, struct str space,
                              struct avro_type **out) {
    for (unsigned k = 0; k < AVRO_KIND_COUNT; k++) {
        if (!str_eq(name, str_of(kind_names[k]))) continue;
        if (k >= AVRO_KIND_RECORD) break;
        *out = ARENA_NEW(s->arena, struct avro_type);
        (*out)->kind = (enum avro_kind)k;
        return ST_OK;
    }
    struct named *n = find_named(s, full_name(s, name, space));
    if (!n) n = find_named(s, name);
    if (!n) {
        return error_set(s->error, ERR_DECODE, "the Avro schema is not valid: there is no type '%.*s'",
                         STR_ARG(name));
    }
    if (n->open) {
        return error_set(s->error, ERR_DECODE, "the Avro type '%.*s' contains itself, which is not supported",
                         STR_ARG(name));
    }
    *out = n->type;
    return ST_OK;
}

static void parse_logical(const json_t *j, struct avro_type *t) {
    const char *logical = json_string_value(json_object_get(j, "logicalType"));
    if (!logical) return;
    enum avro_logical found = AVRO_NOT_LOGICAL;
    for (unsigned k = 1; k < ARRAY_LEN(logical_names); k++) {
        if (strcmp(logical, logical_names[k]) == 0) found = (enum avro_logical)k;
    }
    bool fits = found == AVRO_DATE || found == AVRO_TIME_MILLIS ? t->kind == AVRO_KIND_INT
                : found == AVRO_DECIMAL ? t->kind == AVRO_KIND_BYTES || t->kind == AVRO_KIND_FIXED
                                        : t->kind == AVRO_KIND_LONG;
    if (!fits) return; /* to be ignored, says the specification */
    if (found == AVRO_DECIMAL) {
        json_int_t precision = json_integer_value(json_object_get(j, "precision"));
        json_int_t scale = json_integer_value(json_object_get(j, "scale"));
        if (precision < 1 || precision > 1000 || scale < 0 || scale > precision) return;
        t->precision = (uint32_t)precision;
        t->scale = (uint32_t)scale;
    }
    t->logical = found;
}

static enum status parse_fields(struct schema_parser *s, const json_t *fields, struct str space,
                                struct avro_type *t) {
    if (!json_is_array(fields)) return parse_fail(s, "a record has no fields");
    t->count = (uint32_t)json_array_size(fields);
    t->items = ARENA_ARRAY(s->arena, struct avro_type *, t->count + 1);
    t->names = ARENA_ARRAY(s->arena, struct str, t->count + 1);
    for (uint32_t i = 0; i < t->count; i++) {
        const json_t *field = json_array_get(fields, i);
        t->names[i] = text_of(s, json_object_get(field, "name"));
        if (t->names[i].len == 0) return parse_fail(s, "a field has no name");
        TRY(parse_type(s, json_object_get(field, "type"), space, &t->items[i]));
    }
    return ST_OK;
}

static enum status parse_symbols(struct schema_parser *s, const json_t *symbols, struct avro_type *t) {
    if (!json_is_array(symbols)) return parse_fail(s, "an enum has no symbols");
    t->count = (uint32_t)json_array_size(symbols);
    t->names = ARENA_ARRAY(s->arena, struct str, t->count + 1);
    for (uint32_t i = 0; i < t->count; i++) t->names[i] = text_of(s, json_array_get(symbols, i));
    return ST_OK;
}

static enum status parse_named(struct schema_parser *s, const json_t *j, struct str space,
                               struct avro_type *t) {
    struct str name = text_of(s, json_object_get(j, "name"));
    if (name.len == 0) return parse_fail(s, "a record, enum or fixed has no name");
    const json_t *own_space = json_object_get(j, "namespace");
    if (own_space) space = text_of(s, own_space);
    t->name = full_name(s, name, space);
    if (find_named(s, t->name)) return parse_fail(s, "a type is defined twice");
    struct named *n = ARENA_NEW(s->arena, struct named);
    *n = (struct named){t->name, t, true, s->named};
    s->named = n;
    if (t->kind == AVRO_KIND_RECORD) {
        TRY(parse_fields(s, json_object_get(j, "fields"), space_of(t->name), t));
    } else if (t->kind == AVRO_KIND_ENUM) {
        TRY(parse_symbols(s, json_object_get(j, "symbols"), t));
    } else {
        json_int_t size = json_integer_value(json_object_get(j, "size"));
        if (size < 0 || size > 1 << 30) return parse_fail(s, "the size of a fixed is out of range");
        t->size = (uint32_t)size;
    }
    n->open = false;
    return ST_OK;
}

static enum status parse_object(struct schema_parser *s, const json_t *j, struct str space,
                                struct avro_type **out) {
    const json_t *type = json_object_get(j, "type");
    if (!json_is_string(type)) return parse_type(s, type, space, out);
    struct str name = text_of(s, type);
    struct avro_type *t = ARENA_NEW(s->arena, struct avro_type);
    *out = t;
    for (unsigned k = 0; k < AVRO_KIND_COUNT; k++) {
        if (str_eq(name, str_of(kind_names[k]))) t->kind = (enum avro_kind)k;
    }
    if (t->kind == AVRO_KIND_RECORD || t->kind == AVRO_KIND_ENUM || t->kind == AVRO_KIND_FIXED) {
        TRY(parse_named(s, j, space, t));
    } else if (t->kind == AVRO_KIND_ARRAY || t->kind == AVRO_KIND_MAP) {
        t->count = 1;
        t->items = ARENA_ARRAY(s->arena, struct avro_type *, 1);
        TRY(parse_type(s, json_object_get(j, t->kind == AVRO_KIND_MAP ? "values" : "items"), space,
                       &t->items[0]));
    } else {
        struct avro_type *primitive;
        TRY(parse_name(s, name, space, &primitive));
        if (primitive->kind >= AVRO_KIND_RECORD) *out = primitive;
        else *t = *primitive;
    }
    if (*out == t) parse_logical(j, t);
    return ST_OK;
}

static enum status parse_union(struct schema_parser *s, const json_t *j, struct str space,
                               struct avro_type **out) {
    struct avro_type *t = *out = ARENA_NEW(s->arena, struct avro_type);
    t->kind = AVRO_KIND_UNION;
    t->count = (uint32_t)json_array_size(j);
    t->items = ARENA_ARRAY(s->arena, struct avro_type *, t->count + 1);
    if (t->count == 0) return parse_fail(s, "a union is empty");
    for (uint32_t i = 0; i < t->count; i++) {
        TRY(parse_type(s, json_array_get(j, i), space, &t->items[i]));
        if (t->items[i]->kind == AVRO_KIND_UNION) return parse_fail(s, "a union lies directly in a union");
    }
    return ST_OK;
}

static enum status parse_type(struct schema_parser *s, const json_t *j, struct str space,
                              struct avro_type **out) {
    if (++s->nodes > NODES_MAX) return parse_fail(s, "it has too many parts");
    if (++s->depth > DEPTH_MAX) return parse_fail(s, "it is nested too deeply");
    enum status st = json_is_string(j)   ? parse_name(s, text_of(s, j), space, out)
                     : json_is_object(j) ? parse_object(s, j, space, out)
                     : json_is_array(j)  ? parse_union(s, j, space, out)
                                         : parse_fail(s, "a type is missing");
    s->depth--;
    return st;
}

enum status avro_schema_parse(struct str json, struct arena *a, struct avro_type **out, struct error *e) {
    json_error_t at;
    json_t *j = json_loadb(json.ptr, json.len, JSON_DECODE_ANY, &at);
    if (!j) return error_set(e, ERR_DECODE, "the Avro schema is not valid JSON: %s", at.text);
    struct schema_parser s = {.arena = a, .error = e};
    enum status st = parse_type(&s, j, (struct str){0}, out);
    json_decref(j);
    return st;
}

/* ---- from a table ---- */

struct deriver {
    struct arena *arena;
    bool legacy;
    struct error *error;
};

static enum status derive(struct deriver *d, const struct type *t, struct str name, struct avro_type **out);

static struct avro_type *new_type(struct deriver *d, enum avro_kind kind, enum avro_logical logical) {
    struct avro_type *t = ARENA_NEW(d->arena, struct avro_type);
    t->kind = kind;
    t->logical = logical;
    return t;
}

static enum status derive_record(struct deriver *d, uint32_t n, const struct type_field *fields,
                                 struct str name, struct avro_type **out) {
    struct avro_type *t = *out = new_type(d, AVRO_KIND_RECORD, AVRO_NOT_LOGICAL);
    t->name = name;
    t->count = n;
    t->items = ARENA_ARRAY(d->arena, struct avro_type *, n);
    t->names = ARENA_ARRAY(d->arena, struct str, n);
    for (uint32_t i = 0; i < n; i++) {
        t->names[i] = fields[i].name;
        struct str inner = arena_printf(d->arena, "%.*s_%.*s", STR_ARG(name), STR_ARG(fields[i].name));
        TRY(derive(d, fields[i].type, inner, &t->items[i]));
    }
    return ST_OK;
}

static enum avro_logical timestamp_logical(const struct deriver *d, const struct type *t) {
    bool local = t->kind == TYPE_TIMESTAMP && !d->legacy;
    if (t->precision > 6) return local ? AVRO_LOCAL_NANOS : AVRO_TIMESTAMP_NANOS;
    if (t->precision > 3) return local ? AVRO_LOCAL_MICROS : AVRO_TIMESTAMP_MICROS;
    return local ? AVRO_LOCAL_MILLIS : AVRO_TIMESTAMP_MILLIS;
}

static enum status derive_value(struct deriver *d, const struct type *t, struct str name,
                                struct avro_type **out) {
    switch (t->kind) {
    case TYPE_BOOLEAN: *out = new_type(d, AVRO_KIND_BOOLEAN, AVRO_NOT_LOGICAL); return ST_OK;
    case TYPE_TINYINT: case TYPE_SMALLINT: case TYPE_INT:
        *out = new_type(d, AVRO_KIND_INT, AVRO_NOT_LOGICAL);
        return ST_OK;
    case TYPE_BIGINT: *out = new_type(d, AVRO_KIND_LONG, AVRO_NOT_LOGICAL); return ST_OK;
    case TYPE_FLOAT: *out = new_type(d, AVRO_KIND_FLOAT, AVRO_NOT_LOGICAL); return ST_OK;
    case TYPE_DOUBLE: *out = new_type(d, AVRO_KIND_DOUBLE, AVRO_NOT_LOGICAL); return ST_OK;
    case TYPE_DECIMAL:
        *out = new_type(d, AVRO_KIND_BYTES, AVRO_DECIMAL);
        (*out)->precision = t->precision;
        (*out)->scale = t->scale;
        return ST_OK;
    case TYPE_CHAR: case TYPE_VARCHAR: *out = new_type(d, AVRO_KIND_STRING, AVRO_NOT_LOGICAL); return ST_OK;
    case TYPE_BINARY:
    case TYPE_VARBINARY: *out = new_type(d, AVRO_KIND_BYTES, AVRO_NOT_LOGICAL); return ST_OK;
    case TYPE_DATE: *out = new_type(d, AVRO_KIND_INT, AVRO_DATE); return ST_OK;
    case TYPE_TIME: *out = new_type(d, AVRO_KIND_INT, AVRO_TIME_MILLIS); return ST_OK;
    case TYPE_TIMESTAMP: case TYPE_TIMESTAMP_LTZ:
        *out = new_type(d, AVRO_KIND_LONG, timestamp_logical(d, t));
        return ST_OK;
    case TYPE_ROW: return derive_record(d, t->nfields, t->fields, name, out);
    case TYPE_ARRAY: case TYPE_MAP: {
        bool map = t->kind == TYPE_MAP;
        if (map && !type_is_string(t->fields[0].type)) break;
        *out = new_type(d, map ? AVRO_KIND_MAP : AVRO_KIND_ARRAY, AVRO_NOT_LOGICAL);
        (*out)->count = 1;
        (*out)->items = ARENA_ARRAY(d->arena, struct avro_type *, 1);
        return derive(d, t->fields[map].type, name, &(*out)->items[0]);
    }
    case TYPE_INTERVAL_YM:
    case TYPE_INTERVAL_DT:
    case TYPE_NULLTYPE:
    case TYPE_SYMBOL:
    case TYPE_KIND_COUNT: break;
    }
    return error_set(d->error, ERR_INVALID_QUERY, "the avro format has no form for %.*s%s",
                     STR_ARG(type_print(d->arena, t)), t->kind == TYPE_MAP ? ": keys must be STRING" : "");
}

static void make_optional(struct deriver *d, struct avro_type **t) {
    struct avro_type *u = new_type(d, AVRO_KIND_UNION, AVRO_NOT_LOGICAL);
    u->count = 2;
    u->items = ARENA_ARRAY(d->arena, struct avro_type *, 2);
    u->items[0] = new_type(d, AVRO_KIND_NULL, AVRO_NOT_LOGICAL);
    u->items[1] = *t;
    *t = u;
}

static enum status derive(struct deriver *d, const struct type *t, struct str name, struct avro_type **out) {
    TRY(derive_value(d, t, name, out));
    if (t->nullable) make_optional(d, out);
    return ST_OK;
}

enum status avro_schema_of_table(const struct schema *schema, bool legacy, struct arena *a,
                                 struct avro_type **out, struct error *e) {
    struct deriver d = {a, legacy, e};
    struct type_field *fields = ARENA_ARRAY(a, struct type_field, schema->count + 1);
    for (uint32_t i = 0; i < schema->count; i++) {
        fields[i] = (struct type_field){schema->fields[i].name, schema->fields[i].type, {0}};
        struct avro_type *unused;
        if (derive(&d, fields[i].type, STR("r"), &unused) != ST_OK) {
            error_prefix(e, "column '%.*s': ", STR_ARG(fields[i].name));
            return ST_ERROR;
        }
    }
    return derive_record(&d, schema->count, fields, STR("record"), out);
}

/* ---- to JSON ---- */

static void print_string(struct outbuf *o, struct str s) {
    outbuf_char(o, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') outbuf_char(o, '\\');
        if (c < ' ') outbuf_printf(o, "\\u%04x", c);
        else outbuf_char(o, (char)c);
    }
    outbuf_char(o, '"');
}

static void print_record(struct outbuf *o, const struct avro_type *t) {
    outbuf_text(o, "{\"type\":\"record\",\"name\":");
    print_string(o, t->name);
    if (str_eq(t->name, STR("record"))) outbuf_text(o, ",\"namespace\":\"org.apache.flink.avro.generated\"");
    outbuf_text(o, ",\"fields\":[");
    for (uint32_t i = 0; i < t->count; i++) {
        outbuf_text(o, i ? ",{\"name\":" : "{\"name\":");
        print_string(o, t->names[i]);
        outbuf_text(o, ",\"type\":");
        avro_schema_print(o, t->items[i]);
        if (t->items[i]->kind == AVRO_KIND_UNION) outbuf_text(o, ",\"default\":null");
        outbuf_char(o, '}');
    }
    outbuf_text(o, "]}");
}

void avro_schema_print(struct outbuf *o, const struct avro_type *t) {
    switch (t->kind) {
    case AVRO_KIND_RECORD: print_record(o, t); return;
    case AVRO_KIND_ARRAY: case AVRO_KIND_MAP:
        outbuf_text(o, t->kind == AVRO_KIND_MAP ? "{\"type\":\"map\",\"values\":"
                                                : "{\"type\":\"array\",\"items\":");
        avro_schema_print(o, t->items[0]);
        outbuf_char(o, '}');
        return;
    case AVRO_KIND_UNION:
        for (uint32_t i = 0; i < t->count; i++) {
            outbuf_char(o, i ? ',' : '[');
            avro_schema_print(o, t->items[i]);
        }
        outbuf_char(o, ']');
        return;
    default: break;
    }
    if (t->logical == AVRO_NOT_LOGICAL) {
        outbuf_printf(o, "\"%s\"", kind_names[t->kind]);
        return;
    }
    outbuf_printf(o, "{\"type\":\"%s\",\"logicalType\":\"%s\"", kind_names[t->kind],
                  logical_names[t->logical]);
    if (t->logical == AVRO_DECIMAL)
        outbuf_printf(o, ",\"precision\":%u,\"scale\":%u", t->precision, t->scale);
    outbuf_char(o, '}');
}
