/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of a JSON file: all fields that the records of a sample have, in the order in which they first
 * come. What values a field has had is a tree of nodes; in the end objects are ROWs (MAPs, if they have too
 * many different keys to be anything else), arrays ARRAYs, and what is now this and now that STRING, as which
 * the json format reads any value.
 */
#include <stdio.h>

#include "base/hash.h"
#include "formats/guess.h"
#include "formats/json.h"
#include "formats/scalar.h"

#define NODES_MAX 20000
#define DEPTH_MAX 32      /* what is nested more deeply is STRING */
#define ROW_FIELDS_MAX 200 /* an object with more different keys is a MAP, unless it is the record */

struct node {
    struct guess scalar;     /* of its values that are neither object nor array */
    bool object, array;      /* some value is */
    bool text;               /* STRING, whatever comes */
    struct node *element;    /* of the arrays; of the objects as MAP */
    bool map;                /* the objects are MAPs */
    struct str name;         /* among the fields of an object */
    struct node **fields;
    uint32_t count, capacity;
    uint32_t *slots;         /* hash table of names: field + 1; twice as large as the capacity */
};

struct sniffer {
    struct arena *arena;    /* of the answer */
    struct arena scratch;   /* of the nodes */
    struct error *error;    /* set when reading stops for good */
    struct json_reader reader;
    uint32_t nodes;
    bool sql, iso;          /* columns have timestamps of that form */
};

static const char *look_value(struct sniffer *s, struct node *n, const char *p, unsigned depth);

/* ---- nodes ---- */

static struct node *new_node(struct sniffer *s) {
    if (++s->nodes > NODES_MAX)
        (void)error_set(s->error, ERR_LIMIT, "the records have more than %d different fields", NODES_MAX);
    return ARENA_NEW(&s->scratch, struct node);
}

static uint32_t *find_slot(const struct node *n, struct str name) {
    uint32_t mask = n->capacity * 2 - 1, h = (uint32_t)hash_bytes(name.ptr, name.len) & mask;
    while (n->slots[h] && !str_eq(n->fields[n->slots[h] - 1]->name, name)) h = (h + 1) & mask;
    return &n->slots[h];
}

static void grow(struct sniffer *s, struct node *n) {
    n->fields = arena_grow(&s->scratch, n->fields, n->capacity * sizeof *n->fields,
                           (n->capacity ? n->capacity * 2 : 8) * sizeof *n->fields);
    n->capacity = n->capacity ? n->capacity * 2 : 8;
    n->slots = ARENA_ARRAY(&s->scratch, uint32_t, n->capacity * 2);
    for (uint32_t i = 0; i < n->count; i++) *find_slot(n, n->fields[i]->name) = i + 1;
}

/* The field of that name, made if it is new. */
static struct node *field_of(struct sniffer *s, struct node *n, struct str name) {
    if (n->count == n->capacity) grow(s, n);
    uint32_t *slot = find_slot(n, name);
    if (*slot) return n->fields[*slot - 1];
    struct node *f = n->fields[n->count] = new_node(s);
    f->name = arena_str(&s->scratch, name);
    *slot = ++n->count;
    return f;
}

static struct node *element_of(struct sniffer *s, struct node *n) {
    if (!n->element) n->element = new_node(s);
    return n->element;
}

/* Both together, in `to`. */
static void merge(struct sniffer *s, struct node *to, const struct node *from) {
    guess_merge(&to->scalar, &from->scalar);
    to->object |= from->object;
    to->array |= from->array;
    to->text |= from->text;
    to->map |= from->map;
    if (from->element) merge(s, element_of(s, to), from->element);
    for (uint32_t i = 0; i < from->count; i++)
        merge(s, field_of(s, to, from->fields[i]->name), from->fields[i]);
}

/* From now on the keys of these objects are values of a MAP. */
static void make_map(struct sniffer *s, struct node *n) {
    n->map = true;
    for (uint32_t i = 0; i < n->count; i++) merge(s, element_of(s, n), n->fields[i]);
    n->count = 0;
}

/* ---- values ---- */

static const char *look_key(struct sniffer *s, const char *p, struct str *key) {
    struct json_reader *r = &s->reader;
    bool escaped;
    const char *q = *p == '"' ? json_lex_string(&r->lex, p + 1, key, &escaped) : NULL;
    if (!q) return json_syntax(r, p);
    if (escaped) {
        r->scratch.len = 0;
        json_lex_unescape(&r->scratch, *key);
        *key = (struct str){r->scratch.data, r->scratch.len};
    }
    if (key->len == 0 || memchr(key->ptr, '\0', key->len) || !scalar_utf8_valid(key->ptr, key->len)) {
        snprintf(r->reason, JSON_REASON_BYTES, "%s",
                 key->len == 0 ? "a field without a name cannot be a column"
                               : "a field whose name is not UTF-8 or holds a zero byte cannot be a column");
        return NULL;
    }
    p = json_lex_blank(&r->lex, q);
    return *p == ':' ? json_lex_blank(&r->lex, p + 1) : json_syntax(r, p);
}

/* From the opening brace to behind the closing one. */
static const char *look_object(struct sniffer *s, struct node *n, const char *p, unsigned depth) {
    struct json_reader *r = &s->reader;
    struct str key;
    n->object = true;
    p = json_lex_blank(&r->lex, p + 1);
    if (*p == '}') return p + 1;
    for (;;) {
        if (!(p = look_key(s, p, &key))) return NULL;
        struct node *value = n->map ? element_of(s, n) : field_of(s, n, key);
        if (!(p = look_value(s, value, p, depth + 1))) return NULL;
        p = json_lex_blank(&r->lex, p);
        if (*p == '}') break;
        if (*p != ',') return json_syntax(r, p);
        p = json_lex_blank(&r->lex, p + 1);
    }
    if (n->count > ROW_FIELDS_MAX && depth) make_map(s, n);
    return p + 1;
}

static const char *look_array(struct sniffer *s, struct node *n, const char *p, unsigned depth) {
    struct json_reader *r = &s->reader;
    n->array = true;
    p = json_lex_blank(&r->lex, p + 1);
    if (*p == ']') return p + 1;
    for (;;) {
        if (!(p = look_value(s, element_of(s, n), p, depth + 1))) return NULL;
        p = json_lex_blank(&r->lex, p);
        if (*p == ']') return p + 1;
        if (*p != ',') return json_syntax(r, p);
        p = json_lex_blank(&r->lex, p + 1);
    }
}

static const char *look_value(struct sniffer *s, struct node *n, const char *p, unsigned depth) {
    struct json_lex *x = &s->reader.lex;
    struct str text;
    bool flag;
    const char *q;
    if (s->error->code != ERR_NONE) return NULL;
    if ((*p == '{' || *p == '[') && depth < DEPTH_MAX)
        return *p == '{' ? look_object(s, n, p, depth) : look_array(s, n, p, depth);
    if (*p == '"') {
        if ((q = json_lex_string(x, p + 1, &text, &flag))) guess_string(&n->scalar, text);
    } else if (*p == '-' || (*p >= '0' && *p <= '9')) {
        if ((q = json_lex_number(p, &text, &flag))) guess_number(&n->scalar, text);
    } else if ((q = json_lex_skip(x, p, depth))) {
        n->text |= *p == '{' || *p == '[';
        if (*p == 't' || *p == 'f') guess_boolean(&n->scalar);
    }
    return q ? q : json_syntax(&s->reader, p);
}

/* ---- types ---- */

static bool is_scalar(const struct node *n) {
    return !n->object && !n->array && !n->text;
}

/* Which forms of timestamps there are. */
static void count_forms(struct sniffer *s, const struct node *n) {
    enum guess_kind kind = is_scalar(n) ? guess_kind_of(&n->scalar) : 0;
    s->sql |= kind == GUESS_TIMESTAMP || kind == GUESS_TIMESTAMP_LTZ;
    s->iso |= kind == GUESS_ISO || kind == GUESS_ISO_LTZ;
    if (n->element) count_forms(s, n->element);
    for (uint32_t i = 0; i < n->count; i++) count_forms(s, n->fields[i]);
}

static const struct type *type_of(struct sniffer *s, const struct node *n) {
    if (is_scalar(n)) return guess_type(&n->scalar, s->reader.o.iso, s->arena);
    if (n->text || n->scalar.seen || (n->object && n->array)) return type_string(true);
    const struct type *element = n->element ? type_of(s, n->element) : type_string(true);
    if (n->array) return type_array(s->arena, element, true);
    if (n->map || n->count == 0) return type_map(s->arena, type_string(false), element, true);
    struct type_field *fields = ARENA_ARRAY(s->arena, struct type_field, n->count);
    for (uint32_t i = 0; i < n->count; i++)
        fields[i] =
            (struct type_field){arena_str(s->arena, n->fields[i]->name), type_of(s, n->fields[i]), {0}};
    return type_row(s->arena, fields, n->count, true);
}

static enum status answer(struct sniffer *s, const struct format_config *c, const struct node *top,
                          struct inferred *out) {
    static const char form[] = "timestamp-format.standard";
    bool given = option_given(c->options, c->prefix, form);
    if (top->count == 0) return error_set(s->error, ERR_DECODE, "no record has a field");
    count_forms(s, top);
    if (!given) s->reader.o.iso = s->iso && !s->sql;
    out->columns = (struct schema){top->count, ARENA_ARRAY(s->arena, struct field, top->count)};
    for (uint32_t i = 0; i < top->count; i++)
        out->columns.fields[i] =
            (struct field){arena_str(s->arena, top->fields[i]->name), type_of(s, top->fields[i])};
    if (given || !s->reader.o.iso) return ST_OK;
    out->more = (struct options){1, ARENA_NEW(s->arena, struct option)};
    *out->more.items = (struct option){.key = arena_printf(s->arena, "%s%s", c->prefix, form),
                                       .value = STR("ISO-8601")};
    return ST_OK;
}

/* ---- records ---- */

/* The records of a line, which is one, or an array of them. False: r->reason says why. */
static bool look_line(struct sniffer *s, struct node *top, const char *p, uint64_t *records) {
    struct json_reader *r = &s->reader;
    bool list = *p == '[';
    if (list) p = json_lex_blank(&r->lex, p + 1);
    if (list && *p == ']') return true;
    for (;;) {
        if (*p != '{') return json_syntax(r, p) != NULL;
        if (!(p = look_object(s, top, p, 0))) return false;
        ++*records;
        if (!list) return true;
        p = json_lex_blank(&r->lex, p);
        if (*p == ']') return true;
        if (*p != ',') return json_syntax(r, p) != NULL;
        p = json_lex_blank(&r->lex, p + 1);
    }
}

static enum status bad_line(struct sniffer *s) {
    if (s->error->code != ERR_NONE) return ST_ERROR;
    error_set(s->error, ERR_DECODE, "%s", s->reader.reason);
    if (strncmp(s->reader.reason, "a field", 7) == 0)
        return error_hint(s->error, "CREATE TABLE with the columns that you need, and without this one");
    return error_hint(s->error, "the json format reads a record a line, or lines that are arrays of records");
}

static enum status look_lines(struct sniffer *s, struct format_sample *sample, struct node *top) {
    const char *p = sample->data, *end = s->reader.lex.end;
    uint64_t records = 0;
    for (uint64_t line = 1; p < end && records < SAMPLE_RECORDS; line++) {
        const char *nl = memchr(p, '\n', (size_t)(end - p)), *next = nl ? nl + 1 : end;
        if (line == 1 && end - p >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) p += 3;
        while (p < next && (unsigned char)*p <= ' ') p++;
        s->reader.reason[0] = '\0';
        if (p < next && !look_line(s, top, p, &records)) {
            sample->line = line;
            if (s->error->code != ERR_NONE || !s->reader.o.ignore_errors) return bad_line(s);
        }
        if (s->error->code != ERR_NONE) return ST_ERROR;
        p = next;
    }
    return ST_OK;
}

enum status json_infer(const struct format_config *c, struct format_sample *sample, struct arena *a,
                       struct inferred *out, struct error *e) {
    char reason[JSON_REASON_BYTES];
    struct sniffer s = {.arena = a, .error = e, .reader.reason = reason};
    struct node top = {0};
    size_t len = sample->len;
    while (!sample->whole && len && sample->data[len - 1] != '\n') len--;
    sample->more = len == 0;
    if (sample->more) return ST_OK;
    s.reader.lex = (struct json_lex){.begin = sample->data, .end = sample->data + len, .lines = true};
    s.reader.arena = &s.scratch;
    enum status st = json_options_read(c, &s.reader.o, e);
    if (st == ST_OK) st = look_lines(&s, sample, &top);
    if (st == ST_OK && top.object) st = answer(&s, c, &top, out);
    arena_free(&s.scratch);
    outbuf_free(&s.reader.scratch);
    return st;
}
