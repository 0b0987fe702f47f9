/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrow arrays as vectors; see arrow.h. A layout is compiled once from the schema: a tree of nodes, one for
 * each wanted column and what is nested in it, each with the loader that turns some rows of an array into a
 * vector (arrow_load.c, arrow_nested.c). The batch itself is the struct at the root.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "formats/arrow_node.h"

struct arrow_layout {
    const struct schema *columns;
    struct arrow_node root; /* of the batch: one child a column */
};

/* ---- layouts ---- */

struct compiler {
    struct arena *a;
    struct error *e;
    struct str column; /* being compiled */
};

static enum status cannot_read(struct compiler *c, const struct ArrowSchema *s, const struct type *t) {
    return error_set(c->e, ERR_TYPE_MISMATCH, "column '%.*s' is %.*s, which Arrow's type '%s' does not fit",
                     STR_ARG(c->column), STR_ARG(type_print(c->a, t)), s->format);
}

/* Formats with one loader; `kinds` are bits by enum type_kind. Where the values are the column's own they are
 * read in place: `same`. */
#define K(kind) (1u << TYPE_##kind)
#define INTS (K(TINYINT) | K(SMALLINT) | K(INT) | K(BIGINT))
#define TEXT (K(CHAR) | K(VARCHAR))
#define BYTES (K(BINARY) | K(VARBINARY))

static const struct simple_format {
    const char *format;
    uint32_t kinds;
    arrow_loader *load;
    uint32_t same; /* kinds for which the values can be used as they are */
    uint32_t buffers, width;
} simple_formats[] = {
    {"b", K(BOOLEAN), arrow_load_bool, 0, 2, 0},
    {"c", INTS, arrow_load_i8, K(TINYINT), 2, 1},
    {"C", INTS, arrow_load_u8, 0, 2, 1},
    {"s", INTS, arrow_load_i16, K(SMALLINT), 2, 2},
    {"S", INTS, arrow_load_u16, 0, 2, 2},
    {"i", INTS, arrow_load_i32, K(INT), 2, 4},
    {"I", INTS, arrow_load_u32, 0, 2, 4},
    {"l", INTS, arrow_load_i64, K(BIGINT), 2, 8},
    {"L", INTS, arrow_load_u64, 0, 2, 8},
    {"f", K(FLOAT) | K(DOUBLE), arrow_load_f32, K(FLOAT), 2, 4},
    {"g", K(DOUBLE), NULL, K(DOUBLE), 2, 8},
    {"u", TEXT, arrow_load_strings, 0, 3, 4},
    {"z", BYTES, arrow_load_strings, 0, 3, 4},
    {"U", TEXT, arrow_load_large_strings, 0, 3, 8},
    {"Z", BYTES, arrow_load_large_strings, 0, 3, 8},
    {"vu", TEXT, arrow_load_views, 0, 3, 16},
    {"vz", BYTES, arrow_load_views, 0, 3, 16},
    {"tdD", K(DATE), NULL, K(DATE), 2, 4},
    {"tiM", K(INTERVAL_YM), NULL, K(INTERVAL_YM), 2, 4},
};

static bool compile_simple(const char *format, struct arrow_node *n) {
    for (size_t i = 0; i < ARRAY_LEN(simple_formats); i++) {
        const struct simple_format *f = &simple_formats[i];
        if (strcmp(format, f->format) != 0 || !(f->kinds >> n->type->kind & 1)) continue;
        n->load = f->same >> n->type->kind & 1 ? arrow_load_fixed : f->load;
        n->buffers = f->buffers;
        n->width = f->width;
        return true;
    }
    return false;
}

/* Ticks in a second of a unit of time. */
static int64_t ticks_of(char unit) {
    switch (unit) {
    case 's': return 1;
    case 'm': return 1000;
    case 'u': return 1000000;
    case 'n': return 1000000000;
    default: return 0;
    }
}

/* A load of times with so many ticks a second there and here, of which `digits` behind the point count. */
static bool compile_ticks(struct arrow_node *n, int64_t there, int64_t here, unsigned digits,
                          uint32_t width) {
    int64_t keep = 1;
    for (unsigned i = 0; i < digits && keep < here; i++) keep *= 10;
    if (there == 0) return false;
    n->divide = there > keep ? there / keep : 1;
    n->multiply = here / (there > keep ? keep : there);
    n->width = width;
    n->buffers = 2;
    bool same = n->divide == 1 && n->multiply == 1 && width == phys_bytes(type_phys(n->type));
    n->load = same && n->type->kind != TYPE_TIME ? arrow_load_fixed : arrow_load_times;
    return true;
}

static enum status compile_timestamp(struct compiler *c, const struct ArrowSchema *s, struct arrow_node *n) {
    const struct type *t = n->type;
    bool zone = s->format[2] && s->format[3] == ':' && s->format[4];
    if (!compile_ticks(n, ticks_of(s->format[2]), type_ticks_per_second(t), t->precision, 8))
        return cannot_read(c, s, t);
    if (zone == (t->kind == TYPE_TIMESTAMP_LTZ)) return ST_OK;
    cannot_read(c, s, t);
    return error_hint(c->e, zone ? "a timestamp with a zone is a TIMESTAMP_LTZ"
                                 : "a TIMESTAMP_LTZ is a timestamp with a zone, such as 'tsu:UTC'");
}

/* Dates, times of day and intervals in other units. */
static bool compile_time(const char *format, struct arrow_node *n) {
    const struct type *t = n->type;
    if (strncmp(format, "tt", 2) == 0 && t->kind == TYPE_TIME)
        return compile_ticks(n, ticks_of(format[2]), 1000, t->precision, strchr("sm", format[2]) ? 4 : 8);
    if (strncmp(format, "tD", 2) == 0 && t->kind == TYPE_INTERVAL_DT)
        return compile_ticks(n, ticks_of(format[2]), 1000000, 6, 8);
    if (strcmp(format, "tdm") == 0 && t->kind == TYPE_DATE) /* a "second" is a day here */
        return compile_ticks(n, 86400000, 1, 0, 8);
    return false;
}

static bool compile_decimal(const char *format, struct arrow_node *n) {
    unsigned precision, bits = 128;
    int used = 0;
    if (sscanf(format, "d:%u,%d%n", &precision, &n->scale, &used) != 2) return false;
    if (format[used] && (sscanf(format + used, ",%u", &bits) != 1)) return false;
    if (bits != 32 && bits != 64 && bits != 128 && bits != 256) return false;
    n->width = bits / 8;
    n->buffers = 2;
    bool same = n->scale == n->type->scale && precision <= n->type->precision &&
                n->width == phys_bytes(type_phys(n->type));
    n->load = same ? arrow_load_fixed : arrow_load_decimal;
    return true;
}

static enum status compile(struct compiler *c, const struct ArrowSchema *s, const struct type *t,
                           struct arrow_node *n);

/* Fields and columns are found by name. */
static enum status find_child(struct compiler *c, const struct ArrowSchema *s, struct str name,
                              int32_t *out) {
    *out = -1;
    for (int32_t k = 0; k < s->n_children; k++) {
        const struct ArrowSchema *child = s->children ? s->children[k] : NULL;
        if (!child || !child->format)
            return error_set(c->e, ERR_MISUSE, "the schema of a batch has a child without a format");
        if (!child->name || !str_eq(str_of(child->name), name)) continue;
        if (*out >= 0)
            return error_set(c->e, ERR_MISUSE, "the batch has two columns '%.*s'", STR_ARG(name));
        *out = k;
    }
    return ST_OK;
}

static enum status compile_struct(struct compiler *c, const struct ArrowSchema *s, uint32_t count,
                                  const struct type_field *fields, struct arrow_node *n) {
    struct arrow_node *children = ARENA_ARRAY(c->a, struct arrow_node, count + 1);
    int32_t *child_of = ARENA_ARRAY(c->a, int32_t, count + 1);
    if (s->n_children < 0 || s->n_children > INT32_MAX)
        return error_set(c->e, ERR_MISUSE, "the schema of a batch has a wrong number of children");
    n->load = arrow_load_struct;
    n->buffers = 1;
    n->nchildren = count;
    n->child = children;
    n->child_of = child_of;
    n->array_children = (uint32_t)s->n_children;
    for (uint32_t i = 0; i < count; i++) {
        if (!n->type) c->column = fields[i].name; /* of the batch */
        children[i].type = fields[i].type;
        children[i].column = c->column;
        TRY(find_child(c, s, fields[i].name, &child_of[i]));
        if (child_of[i] >= 0) TRY(compile(c, s->children[child_of[i]], fields[i].type, &children[i]));
    }
    return ST_OK;
}

/* The element of a list, the key and value of a map: by place. */
static enum status compile_entries(struct compiler *c, const struct ArrowSchema *s, const struct type *t,
                                   struct arrow_node *n) {
    if (s->n_children != (int64_t)t->nfields || !s->children) return cannot_read(c, s, t);
    struct arrow_node *children = ARENA_ARRAY(c->a, struct arrow_node, t->nfields);
    n->child = children;
    n->nchildren = t->nfields;
    n->array_children = 1;
    for (uint32_t i = 0; i < t->nfields; i++)
        TRY(compile(c, s->children[i], t->fields[i].type, &children[i]));
    return ST_OK;
}

static enum status compile_nested(struct compiler *c, const struct ArrowSchema *s, const struct type *t,
                                  struct arrow_node *n) {
    const char *f = s->format;
    int used = 0;
    if (t->kind == TYPE_ROW && strcmp(f, "+s") == 0) return compile_struct(c, s, t->nfields, t->fields, n);
    n->buffers = 2;
    if (t->kind == TYPE_MAP && strcmp(f, "+m") == 0 && s->n_children == 1 && s->children && s->children[0]) {
        n->load = arrow_load_lists;
        n->width = 4;
        return compile_entries(c, s->children[0], t, n);
    }
    if (t->kind != TYPE_ARRAY) return cannot_read(c, s, t);
    if (strcmp(f, "+l") == 0) {
        n->load = arrow_load_lists;
        n->width = 4;
    } else if (strcmp(f, "+L") == 0) {
        n->load = arrow_load_large_lists;
        n->width = 8;
    } else if (sscanf(f, "+w:%u%n", &n->width, &used) == 1 && !f[used]) {
        n->load = arrow_load_fixed_lists;
        n->buffers = 1;
    }
    return n->load ? compile_entries(c, s, t, n) : cannot_read(c, s, t);
}

static enum status compile_dictionary(struct compiler *c, const struct ArrowSchema *s, const struct type *t,
                                      struct arrow_node *n) {
    static const char formats[] = "cCsSiIlL";
    static const uint8_t bytes[] = {1, 1, 2, 2, 4, 4, 8, 8};
    const char *at = s->format[0] && !s->format[1] ? strchr(formats, s->format[0]) : NULL;
    if (!at) return cannot_read(c, s, t);
    n->index = *at;
    n->width = bytes[at - formats];
    struct arrow_node *values = ARENA_NEW(c->a, struct arrow_node);
    n->values = values;
    n->load = arrow_load_dictionary;
    n->buffers = 2;
    return compile(c, s->dictionary, t, values);
}

static enum status compile(struct compiler *c, const struct ArrowSchema *s, const struct type *t,
                           struct arrow_node *n) {
    int used = 0;
    n->type = t;
    n->column = c->column;
    if (!s || !s->format)
        return error_set(c->e, ERR_MISUSE, "the schema of column '%.*s' has no format", STR_ARG(c->column));
    const char *f = s->format;
    if (s->dictionary) return compile_dictionary(c, s, t, n);
    if (strcmp(f, "n") == 0) {
        n->load = arrow_load_null;
        return ST_OK;
    }
    if (compile_simple(f, n)) return ST_OK;
    if (strncmp(f, "ts", 2) == 0 && type_is_timestamp(t)) return compile_timestamp(c, s, n);
    if (compile_time(f, n) || (t->kind == TYPE_DECIMAL && compile_decimal(f, n))) return ST_OK;
    if (type_is_bytes(t) && sscanf(f, "w:%u%n", &n->width, &used) == 1 && !f[used] && n->width <= INT32_MAX) {
        n->load = arrow_load_fixed_bytes;
        n->buffers = 2;
        return ST_OK;
    }
    if (f[0] == '+') return compile_nested(c, s, t, n);
    return cannot_read(c, s, t);
}

enum status arrow_layout(const struct ArrowSchema *schema, const struct schema *columns, struct arena *a,
                         const struct arrow_layout **out, struct error *e) {
    struct arrow_layout *l = ARENA_NEW(a, struct arrow_layout);
    struct compiler c = {.a = a, .e = e};
    *out = l;
    l->columns = columns;
    if (!schema->format || strcmp(schema->format, "+s") != 0)
        return error_set(e, ERR_MISUSE, "the schema of a batch must be a struct ('+s')");
    struct type_field *fields = ARENA_ARRAY(a, struct type_field, columns->count + 1);
    for (uint32_t i = 0; i < columns->count; i++)
        fields[i] = (struct type_field){.name = columns->fields[i].name, .type = columns->fields[i].type};
    TRY(compile_struct(&c, schema, columns->count, fields, &l->root));
    bool any = columns->count == 0;
    for (uint32_t i = 0; i < columns->count; i++) {
        any |= l->root.child_of[i] >= 0;
        if (l->root.child_of[i] >= 0 || fields[i].type->nullable) continue;
        return error_set(e, ERR_NULL_VALUE, "column '%.*s' is NOT NULL, but the batches do not have it",
                         STR_ARG(fields[i].name));
    }
    return any ? ST_OK : error_set(e, ERR_UNKNOWN_COLUMN, "the batches have none of the table's columns");
}

/* ---- checks ---- */

static enum status check_node(const struct arrow_node *n, const struct ArrowArray *a, int64_t rows,
                              uint64_t *bytes, struct error *e);

static enum status refuse(const struct arrow_node *n, const char *what, struct error *e) {
    return error_set(e, ERR_MISUSE, "the array of column '%.*s' %s", STR_ARG(n->column), what);
}

static bool is_list(const struct arrow_node *n) {
    return n->load == arrow_load_lists || n->load == arrow_load_large_lists;
}

static int64_t offset_at(const struct arrow_node *n, const struct ArrowArray *a, int64_t row) {
    return n->width == 4 ? ((const int32_t *)a->buffers[1])[row] : ((const int64_t *)a->buffers[1])[row];
}

/* The first and last offset; *entries is the latter. */
static enum status check_offsets(const struct arrow_node *n, const struct ArrowArray *a, int64_t *entries,
                                 uint64_t *bytes, struct error *e) {
    *entries = 0;
    if (a->length == 0) return ST_OK;
    int64_t first = offset_at(n, a, a->offset), last = offset_at(n, a, a->offset + a->length);
    if (first < 0 || last < first) return arrow_bad_offsets(n, e);
    *entries = last;
    if (!is_list(n)) *bytes += (uint64_t)(last - first);
    if (!is_list(n) && last > first && !a->buffers[2]) return refuse(n, "lacks the buffer of its values", e);
    return ST_OK;
}

static enum status check_children(const struct arrow_node *n, const struct ArrowArray *a, int64_t entries,
                                  uint64_t *bytes, struct error *e) {
    if (n->load == arrow_load_struct) {
        for (uint32_t i = 0; i < n->nchildren; i++) {
            if (n->child_of[i] < 0) continue;
            TRY(check_node(&n->child[i], a->children[n->child_of[i]], a->offset + a->length, bytes, e));
        }
        return ST_OK;
    }
    if (n->type->kind != TYPE_MAP) return check_node(&n->child[0], a->children[0], entries, bytes, e);
    const struct ArrowArray *pairs = a->children[0];
    if (!pairs || !pairs->release || pairs->n_children != 2 || !pairs->children || pairs->offset < 0 ||
        pairs->length < entries || pairs->offset > INT64_MAX / 2)
        return refuse(n, "has entries that are no pairs, or too few", e);
    for (uint32_t i = 0; i < 2; i++)
        TRY(check_node(&n->child[i], pairs->children[i], pairs->offset + pairs->length, bytes, e));
    return ST_OK;
}

static enum status check_numbers(const struct arrow_node *n, const struct ArrowArray *a, int64_t rows,
                                 struct error *e) {
    if (!a || !a->release) return refuse(n, "is missing or released", e);
    if (a->length < 0 || a->offset < 0 || a->length > INT64_MAX / 64 || a->offset > INT64_MAX / 64)
        return refuse(n, "has a length or offset that is impossible", e);
    if (a->length < rows) return refuse(n, "has too few rows", e);
    if (a->null_count < -1 || a->null_count > a->length) return refuse(n, "has a wrong count of NULLs", e);
    if (n->buffers == 0) return ST_OK;
    if (a->n_buffers < (int64_t)n->buffers || !a->buffers) return refuse(n, "has too few buffers", e);
    if (a->null_count > 0 && !a->buffers[0]) return refuse(n, "has NULLs, but no validity", e);
    if (n->buffers > 1 && a->length > 0 && !a->buffers[1]) return refuse(n, "lacks a buffer", e);
    if (a->n_children < 0 || a->n_children < (int64_t)n->array_children ||
        (n->array_children && !a->children))
        return refuse(n, "has too few children", e);
    return ST_OK;
}

/* `rows`: what its parent needs of it. */
static enum status check_node(const struct arrow_node *n, const struct ArrowArray *a, int64_t rows,
                              uint64_t *bytes, struct error *e) {
    int64_t entries = 0;
    TRY(check_numbers(n, a, rows, e));
    *bytes += (uint64_t)a->length * (n->load == arrow_load_fixed_lists ? 0 : n->width) + 1;
    if (n->values) {
        uint64_t none = 0;
        if (!a->dictionary || a->dictionary->length > INT32_MAX) return refuse(n, "has no dictionary", e);
        return check_node(n->values, a->dictionary, 0, &none, e);
    }
    bool strings = n->load == arrow_load_strings || n->load == arrow_load_large_strings;
    if (strings || is_list(n)) TRY(check_offsets(n, a, &entries, bytes, e));
    if (n->load == arrow_load_fixed_lists &&
        __builtin_mul_overflow(a->offset + a->length, (int64_t)n->width, &entries))
        return refuse(n, "has a length or offset that is impossible", e);
    return n->nchildren ? check_children(n, a, entries, bytes, e) : ST_OK;
}

static enum status check_whole(const struct arrow_layout *l, const struct ArrowArray *a, struct error *e) {
    if (!a->release) return error_set(e, ERR_MISUSE, "the batch is released already");
    if (a->length < 0 || a->offset < 0 || a->length > INT64_MAX / 64 || a->offset > INT64_MAX / 64)
        return error_set(e, ERR_MISUSE, "the batch has a length or offset that is impossible");
    if (a->n_children != (int64_t)l->root.array_children || (a->n_children && !a->children))
        return error_set(e, ERR_MISUSE, "the batch has %lld columns, its schema %u", (long long)a->n_children,
                         l->root.array_children);
    const uint8_t *bits = a->null_count != 0 && a->n_buffers > 0 && a->buffers ? a->buffers[0] : NULL;
    for (int64_t i = a->offset; bits && i < a->offset + a->length; i++) {
        if (bits[i / 8] >> i % 8 & 1) continue;
        return error_set(e, ERR_MISUSE, "the batch has a row that is NULL as a whole");
    }
    return ST_OK;
}

enum status arrow_check(const struct arrow_layout *layout, const struct ArrowArray *array, uint64_t *bytes,
                        struct error *e) {
    *bytes = 0;
    TRY(check_whole(layout, array, e));
    return check_children(&layout->root, array, 0, bytes, e);
}

/* ---- reading ---- */

void arrow_reader_open(struct arrow_reader *r, const struct arrow_layout *layout) {
    *r = (struct arrow_reader){.layout = layout};
    r->dictionaries = calloc(layout->columns->count + 1, sizeof *r->dictionaries);
    if (!r->dictionaries) mem_exhausted();
}

static void forget(struct arrow_dictionary *d) {
    if (!d->values) return;
    arena_reset(&d->own);
    d->values = d->with_null = NULL;
}

void arrow_reader_close(struct arrow_reader *r) {
    for (uint32_t i = 0; r->dictionaries && i < r->layout->columns->count; i++)
        arena_free(&r->dictionaries[i].own);
    free(r->dictionaries);
    r->dictionaries = NULL;
}

static const struct ArrowArray *child_of(const struct arrow_reader *r, const struct ArrowArray *array,
                                         uint32_t column) {
    return array->children[r->layout->root.child_of[column]];
}

/* Both hold it now, so it cannot be other memory at the same place. */
static bool same_dictionary(const struct ArrowArray *a, const struct ArrowArray *b) {
    if (a->length != b->length || a->offset != b->offset || a->null_count != b->null_count) return false;
    if (a->n_children || b->n_children || a->dictionary || b->dictionary) return false;
    if (a->n_buffers != b->n_buffers) return false;
    for (int64_t i = 0; i < a->n_buffers; i++) {
        if (a->buffers[i] != b->buffers[i]) return false;
    }
    return true;
}

void arrow_reader_begin(struct arrow_reader *r, const struct ArrowArray *array) {
    const struct arrow_node *root = &r->layout->root;
    for (uint32_t i = 0; i < root->nchildren; i++) {
        if (root->child_of[i] < 0 || !r->dictionaries[i].values) continue;
        if (array && r->array && same_dictionary(child_of(r, array, i)->dictionary,
                                                 child_of(r, r->array, i)->dictionary))
            continue;
        forget(&r->dictionaries[i]);
    }
    r->array = array;
}

enum status arrow_column(struct arrow_reader *r, uint32_t column, int64_t from, uint32_t rows,
                         struct arena *a, struct vec **out, struct error *e) {
    const struct arrow_node *root = &r->layout->root, *n = &root->child[column];
    if (root->child_of[column] < 0) {
        *out = vec_all_null(a, n->type, rows);
        return ST_OK;
    }
    struct vec *v = *out = ARENA_NEW(a, struct vec);
    const struct ArrowArray *array = child_of(r, r->array, column);
    struct arrow_dictionary *d = &r->dictionaries[column];
    from += r->array->offset; /* a struct's offset counts for its children */
    if (n->values) TRY(arrow_load_indexes(n, array, from, rows, d, &d->own, a, v, e));
    else TRY(n->load(n, array, from, rows, a, v, e));
    bool null = !n->type->nullable && v->valid;
    if (null && v->form == VEC_DICT) {
        null = false;
        for (uint32_t i = 0; i < rows && !null; i++) null = vec_is_null(v, i);
    }
    return !null ? ST_OK
                 : error_set(e, ERR_NULL_VALUE, "column '%.*s' is NOT NULL, but a batch has a NULL there",
                             STR_ARG(n->column));
}
