/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrow's lists, maps, structs and dictionaries as vectors. The entries of some rows of a list are loaded
 * from the first one's on, so that what is in front of them costs nothing. A dictionary's values are made a
 * vector once, and stay a dictionary; of one much larger than the array only the values that are used are
 * made.
 */
#include "formats/arrow_node.h"

#define SPARSE 16 /* a dictionary so many times larger than the array is not made a vector */

/* ---- lists and structs ---- */

static enum status load_entries(const struct arrow_node *node, const struct ArrowArray *child, int64_t first,
                                int64_t count, struct arena *a, struct vec *v, struct error *e) {
    if (count > INT32_MAX || first + count > child->length) return arrow_bad_offsets(node, e);
    return node->load(node, child, first, (uint32_t)count, a, v, e);
}

/* The entries of lists are flat in vectors. */
static enum status load_flat(const struct arrow_node *node, const struct ArrowArray *child, int64_t first,
                             int64_t count, struct arena *a, struct vec *v, struct error *e) {
    TRY(load_entries(node, child, first, count, a, v, e));
    *v = *vec_flatten(v, a);
    return ST_OK;
}

static enum status load_list(const struct arrow_node *node, const struct ArrowArray *array, int64_t first,
                             int64_t count, struct arena *a, struct vec *v, struct error *e) {
    const struct ArrowArray *child = array->children[0];
    v->nchild = node->nchildren;
    v->child = ARENA_ARRAY(a, struct vec, v->nchild);
    if (node->type->kind != TYPE_MAP) return load_flat(&node->child[0], child, first, count, a, v->child, e);
    for (uint32_t i = 0; i < 2; i++) /* the entries' own offset counts for both fields */
        TRY(load_flat(&node->child[i], child->children[i], child->offset + first, count, a, &v->child[i], e));
    return ST_OK;
}

#define LOAD_LISTS(name, offset_type)                                                                        \
    enum status name(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,            \
                     uint32_t n, struct arena *a, struct vec *v, struct error *e) {                          \
        arrow_begin(node, n, v);                                                                             \
        v->valid = arrow_validity(array, from, n, a);                                                        \
        struct listref *lists = v->data = arena_alloc_raw(a, (n + 1) * sizeof *lists);                       \
        if (n == 0) return load_list(node, array, 0, 0, a, v, e);                                            \
        const offset_type *offsets = (const offset_type *)array->buffers[1] + array->offset + from;          \
        int64_t first = offsets[0], at = first;                                                              \
        if (first < 0) return arrow_bad_offsets(node, e);                                                    \
        for (uint32_t i = 0; i < n; i++) {                                                                   \
            int64_t next = offsets[i + 1];                                                                   \
            if (next < at || next - first > INT32_MAX) return arrow_bad_offsets(node, e);                    \
            lists[i] = (struct listref){(uint32_t)(at - first), (uint32_t)(next - at)};                      \
            at = next;                                                                                       \
        }                                                                                                    \
        return load_list(node, array, first, at - first, a, v, e);                                           \
    }
LOAD_LISTS(arrow_load_lists, int32_t)
LOAD_LISTS(arrow_load_large_lists, int64_t)

enum status arrow_load_fixed_lists(const struct arrow_node *node, const struct ArrowArray *array,
                                   int64_t from, uint32_t n, struct arena *a, struct vec *v,
                                   struct error *e) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    struct listref *lists = v->data = arena_alloc_raw(a, (n + 1) * sizeof *lists);
    if ((uint64_t)n * node->width > INT32_MAX) return arrow_bad_offsets(node, e);
    for (uint32_t i = 0; i < n; i++) lists[i] = (struct listref){i * node->width, node->width};
    return load_list(node, array, (array->offset + from) * node->width, (int64_t)n * node->width, a, v, e);
}

enum status arrow_load_struct(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                              uint32_t n, struct arena *a, struct vec *v, struct error *e) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    v->nchild = node->nchildren;
    v->child = ARENA_ARRAY(a, struct vec, v->nchild + 1);
    for (uint32_t i = 0; i < v->nchild; i++) {
        const struct arrow_node *child = &node->child[i];
        int32_t at = node->child_of[i];
        if (at < 0) TRY(arrow_load_null(child, array, 0, n, a, &v->child[i], e));
        else TRY(child->load(child, array->children[at], array->offset + from, n, a, &v->child[i], e));
    }
    return ST_OK;
}

/* ---- dictionaries ---- */

static enum status bad_index(const struct arrow_node *node, struct error *e) {
    return error_set(e, ERR_MISUSE, "a dictionary index of column '%.*s' is beyond its dictionary",
                     STR_ARG(node->column));
}

#define READ(type)                                                                                           \
    {                                                                                                        \
        const type *in = (const type *)array->buffers[1] + array->offset + from;                             \
        for (uint32_t i = 0; !nulls && i < n; i++) {                                                         \
            uint64_t x = (uint64_t)in[i];                                                                    \
            to[i] = (uint32_t)x;                                                                             \
            bad |= x >= count;                                                                               \
        }                                                                                                    \
        for (uint32_t i = 0; nulls && i < n; i++) {                                                          \
            bool valid = valid_bit(nulls, i);                                                                \
            uint64_t x = valid ? (uint64_t)in[i] : 0;                                                        \
            to[i] = (uint32_t)x;                                                                             \
            bad |= valid & (x >= count);                                                                     \
        }                                                                                                    \
        break;                                                                                               \
    }

/* The indexes of the rows, 0 for NULLs. False: one is beyond the dictionary (or negative, which is beyond
 * all). */
static bool read_indexes(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                         uint32_t n, const uint64_t *nulls, uint32_t *to) {
    uint64_t count = (uint64_t)array->dictionary->length;
    bool bad = false;
    switch (n ? node->index : '-') {
    case '-': break;
    case 'c': READ(int8_t)
    case 'C': READ(uint8_t)
    case 's': READ(int16_t)
    case 'S': READ(uint16_t)
    case 'i': READ(int32_t)
    case 'I': READ(uint32_t)
    default: READ(int64_t) /* unsigned too: what is above INT64_MAX is beyond either way */
    }
    return !bad;
}

/* The dictionary with one more entry, which is NULL. */
static struct vec *add_null(const struct vec *values, struct arena *a) {
    struct vec *v = ARENA_NEW(a, struct vec);
    *v = (struct vec){.type = values->type, .phys = values->phys, .form = VEC_FLAT, .rows = values->rows + 1};
    struct strview *views = v->data = arena_alloc_raw(a, v->rows * sizeof *views);
    if (values->rows) memcpy(views, values->data, values->rows * sizeof *views);
    views[values->rows] = (struct strview){0};
    uint64_t *valid = vec_make_valid(v, a);
    if (values->valid) memcpy(valid, values->valid, VALID_WORDS(values->rows) * sizeof *valid);
    valid_clear(valid, values->rows);
    return v;
}

static void as_dict(struct vec *v, const struct vec *values, const uint32_t *dict, uint32_t n) {
    *v = *values;
    v->form = VEC_DICT;
    v->rows = n;
    v->dict = dict;
}

/* With NULL rows: strings get a NULL in their dictionary, all else becomes flat. */
static enum status dict_with_nulls(struct arrow_dictionary *d, struct arena *da, const uint64_t *nulls,
                                   uint32_t *dict, uint32_t n, struct arena *a, struct vec *v) {
    if (d->values->rows == 0) {
        *v = *vec_all_null(a, d->values->type, n);
        return ST_OK;
    }
    if (d->values->phys != PHYS_STR) {
        as_dict(v, d->values, dict, n);
        *v = *vec_flatten(v, a);
        uint64_t *valid = vec_make_valid(v, a);
        for (uint32_t i = 0; i < VALID_WORDS(n); i++) valid[i] &= nulls[i];
        return ST_OK;
    }
    if (!d->with_null) d->with_null = add_null(d->values, da);
    for (uint32_t i = 0; i < n; i++) dict[i] = valid_bit(nulls, i) ? dict[i] : d->values->rows;
    as_dict(v, d->with_null, dict, n);
    return ST_OK;
}

/* Some strings out of a large dictionary. */
static enum status load_sparse(const struct arrow_node *node, const struct ArrowArray *dictionary,
                               const uint64_t *nulls, const uint32_t *dict, uint32_t n, struct arena *a,
                               struct vec *v, struct error *e) {
    arrow_begin(node, n, v);
    struct strview *views = v->data = arena_alloc_raw(a, (n + 1) * sizeof *views);
    for (uint32_t i = 0; i < n; i++) {
        struct vec one = {0};
        bool valid = valid_bit(nulls, i);
        if (valid) TRY(node->values->load(node->values, dictionary, dict[i], 1, a, &one, e));
        views[i] = valid ? *(const struct strview *)one.data : (struct strview){0};
        if (!valid || vec_is_null(&one, 0)) valid_clear(vec_make_valid(v, a), i);
    }
    return ST_OK;
}

enum status arrow_load_indexes(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                               uint32_t n, struct arrow_dictionary *d, struct arena *da, struct arena *a,
                               struct vec *v, struct error *e) {
    const struct ArrowArray *dictionary = array->dictionary;
    const uint64_t *nulls = arrow_validity(array, from, n, a);
    uint32_t *dict = arena_alloc_raw(a, (n + 1) * sizeof *dict);
    if (!read_indexes(node, array, from, n, nulls, dict)) return bad_index(node, e);
    if (!d->values && type_phys(node->type) == PHYS_STR && array->length < dictionary->length / SPARSE)
        return load_sparse(node, dictionary, nulls, dict, n, a, v, e);
    if (!d->values) {
        struct vec *values = ARENA_NEW(da, struct vec);
        TRY(node->values->load(node->values, dictionary, 0, (uint32_t)dictionary->length, da, values, e));
        d->values = vec_flatten(values, da);
    }
    if (nulls) return dict_with_nulls(d, da, nulls, dict, n, a, v);
    as_dict(v, d->values, dict, n);
    return ST_OK;
}

enum status arrow_load_dictionary(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                                  uint32_t n, struct arena *a, struct vec *v, struct error *e) {
    struct arrow_dictionary d = {0};
    TRY(arrow_load_indexes(node, array, from, n, &d, a, a, v, e));
    *v = *vec_flatten(v, a);
    return ST_OK;
}
