/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of an Avro file, from the schema in its header: Flink's mapping of Avro's types. A union is the
 * type that all its branches can be read as.
 */
#include "formats/avro.h"

struct mapper {
    struct arena *arena;
    struct error *error;
    bool legacy;
};

static enum status map_type(struct mapper *m, const struct avro_type *t, const struct type **out);

static enum status map_fields(struct mapper *m, const struct avro_type *t, struct type_field **out) {
    struct type_field *fields = *out = ARENA_ARRAY(m->arena, struct type_field, t->count + 1);
    if (t->count == 0) return error_set(m->error, ERR_DECODE, "a record without fields cannot be a ROW");
    for (uint32_t i = 0; i < t->count; i++) {
        fields[i].name = arena_str(m->arena, t->names[i]);
        for (uint32_t k = 0; k < i; k++) {
            if (str_eq(fields[k].name, fields[i].name))
                return error_set(m->error, ERR_DECODE, "the schema has a field '%.*s' twice",
                                 STR_ARG(fields[i].name));
        }
        if (map_type(m, t->items[i], &fields[i].type) == ST_OK) continue;
        if (m->error->code != ERR_LIMIT)
            error_prefix(m->error, "field '%.*s': ", STR_ARG(fields[i].name));
        return ST_ERROR;
    }
    return ST_OK;
}

static const struct type *timestamp(const struct mapper *m, unsigned precision, bool local) {
    return type_time(m->arena, local || m->legacy ? TYPE_TIMESTAMP : TYPE_TIMESTAMP_LTZ, precision, false);
}

static const struct type *map_logical(const struct mapper *m, const struct avro_type *t) {
    switch (t->logical) {
    case AVRO_DATE: return type_simple(TYPE_DATE, false);
    case AVRO_TIME_MILLIS:
    case AVRO_TIME_MICROS: return type_time(m->arena, TYPE_TIME, 3, false);
    case AVRO_TIMESTAMP_MILLIS: return timestamp(m, 3, false);
    case AVRO_TIMESTAMP_MICROS: return timestamp(m, 6, false);
    case AVRO_TIMESTAMP_NANOS: return timestamp(m, 9, false);
    case AVRO_LOCAL_MILLIS: return timestamp(m, 3, true);
    case AVRO_LOCAL_MICROS: return timestamp(m, 6, true);
    case AVRO_LOCAL_NANOS: return timestamp(m, 9, true);
    case AVRO_DECIMAL:
        if (t->precision > DECIMAL_MAX_PRECISION) break;
        return type_decimal(m->arena, t->precision, t->scale, false);
    case AVRO_NOT_LOGICAL: break;
    }
    return NULL;
}

/* What columns all branches but null can be read as; NULL = none. */
static const struct type *union_type(const struct avro_type *t) {
    enum { WHOLE = 1, LONG = 2, APPROXIMATE = 4, TEXT = 8, OTHER = 16 };
    unsigned seen = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        const struct avro_type *b = t->items[i];
        switch (b->kind) {
        case AVRO_KIND_NULL: break;
        case AVRO_KIND_INT: seen |= b->logical ? OTHER : WHOLE; break;
        case AVRO_KIND_LONG: seen |= b->logical ? OTHER : WHOLE | LONG; break;
        case AVRO_KIND_FLOAT:
        case AVRO_KIND_DOUBLE: seen |= APPROXIMATE; break;
        case AVRO_KIND_STRING:
        case AVRO_KIND_ENUM: seen |= TEXT; break;
        default: seen |= OTHER; break;
        }
    }
    if (seen == TEXT) return type_string(false);
    if (seen & (TEXT | OTHER)) return NULL;
    if (seen & APPROXIMATE) return type_simple(TYPE_DOUBLE, false);
    return type_simple(seen & LONG ? TYPE_BIGINT : TYPE_INT, false);
}

static enum status map_union(struct mapper *m, const struct avro_type *t, const struct type **out) {
    const struct avro_type *value = NULL;
    uint32_t values = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        if (t->items[i]->kind == AVRO_KIND_NULL) continue;
        value = t->items[i];
        values++;
    }
    bool nullable = values < t->count;
    if (values == 0) *out = type_string(true);
    else if (values == 1) TRY(map_type(m, value, out));
    else *out = union_type(t);
    if (!*out) {
        error_set(m->error, ERR_UNSUPPORTED, "no type holds all branches of a union of %s and others",
                  avro_kind_name(value->kind));
        return error_hint(m->error, "CREATE TABLE with the columns that you need, and without this one");
    }
    *out = type_with_null(m->arena, *out, nullable);
    return ST_OK;
}

static enum status map_type(struct mapper *m, const struct avro_type *t, const struct type **out) {
    struct type_field *fields;
    const struct type *inner;
    *out = map_logical(m, t);
    if (*out) return ST_OK;
    switch (t->kind) {
    case AVRO_KIND_NULL: *out = type_string(true); break;
    case AVRO_KIND_BOOLEAN: *out = type_simple(TYPE_BOOLEAN, false); break;
    case AVRO_KIND_INT: *out = type_simple(TYPE_INT, false); break;
    case AVRO_KIND_LONG: *out = type_simple(TYPE_BIGINT, false); break;
    case AVRO_KIND_FLOAT: *out = type_simple(TYPE_FLOAT, false); break;
    case AVRO_KIND_DOUBLE: *out = type_simple(TYPE_DOUBLE, false); break;
    case AVRO_KIND_BYTES: *out = type_bytes(false); break;
    case AVRO_KIND_STRING:
    case AVRO_KIND_ENUM: *out = type_string(false); break;
    case AVRO_KIND_FIXED:
        *out = t->size ? type_chars(m->arena, TYPE_VARBINARY, (int32_t)t->size, false) : type_bytes(false);
        break;
    case AVRO_KIND_RECORD:
        TRY(map_fields(m, t, &fields));
        *out = type_row(m->arena, fields, t->count, false);
        break;
    case AVRO_KIND_ARRAY:
        TRY(map_type(m, t->items[0], &inner));
        *out = type_array(m->arena, inner, false);
        break;
    case AVRO_KIND_MAP:
        TRY(map_type(m, t->items[0], &inner));
        *out = type_map(m->arena, type_string(false), inner, false);
        break;
    case AVRO_KIND_UNION: return map_union(m, t, out);
    case AVRO_KIND_COUNT: break;
    }
    return ST_OK;
}

enum status avro_schema_to_table(const struct avro_type *t, bool legacy, struct arena *a, struct schema *out,
                                 struct error *e) {
    struct mapper m = {a, e, legacy};
    struct type_field *fields;
    uint32_t values = 0;
    const struct avro_type *top = t;
    for (uint32_t i = 0; t->kind == AVRO_KIND_UNION && i < t->count; i++) {
        if (t->items[i]->kind == AVRO_KIND_NULL) continue;
        top = t->items[i];
        values++;
    }
    if (values > 1 || top->kind != AVRO_KIND_RECORD)
        return error_set(e, ERR_DECODE, "the Avro schema is of %s, not of a record", avro_kind_name(t->kind));
    TRY(map_fields(&m, top, &fields));
    *out = (struct schema){top->count, ARENA_ARRAY(a, struct field, top->count)};
    for (uint32_t i = 0; i < top->count; i++)
        out->fields[i] = (struct field){fields[i].name, fields[i].type};
    return ST_OK;
}

enum status avro_infer(const struct format_config *c, struct format_sample *s, struct arena *a,
                       struct inferred *out, struct error *e) {
    bool legacy = option_bool(c->options, c->prefix, avro_option_defs, "timestamp_mapping.legacy");
    struct avro_type *type;
    struct framer *framer;
    size_t used;
    TRY(avro_framer_class.open(c, &framer, e));
    enum status st = avro_framer_class.header(framer, s->data, s->len, s->whole, &used, e);
    s->more = st == ST_OK && used == SIZE_MAX;
    if (st == ST_OK && !s->more) {
        st = avro_schema_parse(((struct avro_framer *)framer)->schema, a, &type, e);
        if (st == ST_OK) st = avro_schema_to_table(type, legacy, a, &out->columns, e);
    }
    avro_framer_class.close(framer);
    return st;
}
