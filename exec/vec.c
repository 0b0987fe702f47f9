/* SPDX-License-Identifier: Apache-2.0
 *
 * Making, growing, flattening, gathering and copying vectors; vec.h has the rules.
 *
 * The value of row r lives at index vec_index(v, r) of data and validity; a field of a ROW is that same
 * index taken as the *row* of the child, so every function here goes down by "indexes of this vector"
 * and lets the child resolve its own form.
 * A vector made here has room for vec_capacity(rows) values, so that growing by one entry is cheap.
 */
#include "exec/vec.h"

/* Values there is room for in a vector of `rows` rows made by vec_make_flat: a power of two. */
static uint32_t vec_capacity(uint32_t rows) {
    uint32_t n = 16;
    while (n < rows) n *= 2;
    return rows == 0 ? 0 : n;
}

static uint32_t child_count(const struct type *t) {
    return t->kind == TYPE_ARRAY || t->kind == TYPE_MAP || t->kind == TYPE_ROW ? t->nfields : 0;
}

void vec_make_flat(struct vec *v, struct arena *a, const struct type *t, uint32_t rows) {
    enum phys phys = type_phys(t);
    *v = (struct vec){.type = t, .phys = phys, .form = VEC_FLAT, .rows = rows, .nchild = child_count(t)};
    unsigned width = phys_bytes(phys);
    if (width) v->data = arena_alloc_raw(a, (size_t)width * vec_capacity(rows));
    if (v->nchild == 0) return;
    v->child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) {
        vec_make_flat(&v->child[c], a, t->fields[c].type, phys == PHYS_ROW ? rows : 0);
    }
}

static uint64_t *valid_new(struct arena *a, uint32_t rows) {
    size_t words = VALID_WORDS(vec_capacity(rows ? rows : 1));
    uint64_t *valid = arena_alloc_raw(a, words * sizeof *valid);
    memset(valid, 0xff, words * sizeof *valid);
    return valid;
}

uint64_t *vec_make_valid(struct vec *v, struct arena *a) {
    assert(v->form != VEC_DICT);
    if (!v->valid) v->valid = valid_new(a, v->form == VEC_CONST ? 1 : v->rows);
    return v->valid;
}

/* Room for `entries` values in a flat vector, the old ones kept; the new ones are valid. */
static void vec_grow(struct vec *v, struct arena *a, uint32_t entries) {
    assert(v->form == VEC_FLAT);
    if (entries <= v->rows) return;
    uint32_t old = v->rows, had = vec_capacity(old), room = vec_capacity(entries);
    unsigned width = phys_bytes(v->phys);
    if (width && room > had) {
        v->data = arena_grow(a, v->data, (size_t)width * old, (size_t)width * room);
    }
    if (v->valid && room > had) {
        uint64_t *valid = valid_new(a, entries);
        if (old) memcpy(valid, v->valid, VALID_WORDS(old) * sizeof *valid);
        v->valid = valid;
    }
    if (v->valid) {
        for (uint32_t i = old; i < entries; i++) valid_set(v->valid, i);
    }
    v->rows = entries;
    if (v->phys == PHYS_ROW) {
        for (uint32_t c = 0; c < v->nchild; c++) vec_grow(&v->child[c], a, entries);
    }
}

void vec_child_reserve(struct vec *v, struct arena *a, uint32_t entries) {
    assert(v->phys == PHYS_ARRAY || v->phys == PHYS_MAP);
    for (uint32_t c = 0; c < v->nchild; c++) vec_grow(&v->child[c], a, entries);
}

#define GATHER(type)                                                                                         \
    do {                                                                                                     \
        const type *restrict from = v->data;                                                                 \
        type *restrict to = out->data;                                                                       \
        for (uint32_t k = 0; k < n; k++) to[k] = from[at[k]];                                                \
    } while (0)

static void gather_data(struct vec *out, const struct vec *v, const uint32_t *at, uint32_t n) {
    switch (phys_bytes(v->phys)) {
    case 1:
        GATHER(uint8_t);
        break;
    case 2:
        GATHER(uint16_t);
        break;
    case 4:
        GATHER(uint32_t);
        break;
    case 8:
        GATHER(uint64_t);
        break;
    case 16:
        GATHER(unsigned __int128);
        break;
    default:
        break;
    }
}

static void gather_valid(struct vec *out, const struct vec *v, const uint32_t *at, uint32_t n,
                         struct arena *a) {
    if (!v->valid) return;
    uint64_t *valid = vec_make_valid(out, a);
    for (uint32_t k = 0; k < n; k++) {
        if (!valid_bit(v->valid, at[k])) valid_clear(valid, k);
    }
}

/* Row k of `out` becomes the value at index at[k] of v's data. */
static void gather_into(struct vec *out, const struct vec *v, const uint32_t *at, uint32_t n,
                        struct arena *a);

/* The same for a child of a ROW: at[k] is a row of the child. */
static void gather_rows(struct vec *out, const struct vec *v, const uint32_t *rows, uint32_t n,
                        struct arena *a) {
    if (v->form == VEC_FLAT) {
        gather_into(out, v, rows, n, a);
        return;
    }
    uint32_t *at = arena_alloc_raw(a, n * sizeof *at);
    for (uint32_t k = 0; k < n; k++) at[k] = vec_index(v, rows[k]);
    gather_into(out, v, at, n, a);
}

static void gather_into(struct vec *out, const struct vec *v, const uint32_t *at, uint32_t n,
                        struct arena *a) {
    *out = (struct vec){.type = v->type, .phys = v->phys, .form = VEC_FLAT, .rows = n, .nchild = v->nchild};
    unsigned width = phys_bytes(v->phys);
    if (width) {
        out->data = arena_alloc_raw(a, (size_t)width * vec_capacity(n));
        gather_data(out, v, at, n);
    }
    gather_valid(out, v, at, n, a);
    if (v->phys != PHYS_ROW) {
        out->child = v->child;
        return;
    }
    out->child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) gather_rows(&out->child[c], &v->child[c], at, n, a);
}

struct vec *vec_gather(const struct vec *v, const uint32_t *idx, uint32_t n, struct arena *a) {
    struct vec *out = ARENA_NEW(a, struct vec);
    gather_rows(out, v, idx, n, a);
    return out;
}

static bool is_flat(const struct vec *v) {
    if (v->form != VEC_FLAT) return false;
    for (uint32_t c = 0; v->phys == PHYS_ROW && c < v->nchild; c++) {
        if (!is_flat(&v->child[c])) return false;
    }
    return true;
}

struct vec *vec_flatten(struct vec *v, struct arena *a) {
    if (is_flat(v)) return v;
    struct vec *out = ARENA_NEW(a, struct vec);
    if (v->form == VEC_FLAT) { /* a ROW with children in other forms */
        *out = *v;
        out->child = ARENA_ARRAY(a, struct vec, v->nchild);
        for (uint32_t c = 0; c < v->nchild; c++) out->child[c] = *vec_flatten(&v->child[c], a);
        return out;
    }
    const uint32_t *at = v->dict;
    if (v->form == VEC_CONST) at = ARENA_ARRAY(a, uint32_t, v->rows);
    gather_into(out, v, at, v->rows, a);
    return out;
}

#define PUT(type)                                                                                            \
    do {                                                                                                     \
        const type *in = v->data;                                                                            \
        type *data = out->data;                                                                              \
        for (uint32_t k = 0; k < n; k++) data[to ? to[k] : k] = in[vec_index(v, from ? from[k] : k)];        \
    } while (0)

static void put_data(struct vec *out, const uint32_t *to, const struct vec *v, const uint32_t *from,
                     uint32_t n) {
    switch (phys_bytes(v->phys)) {
    case 1:
        PUT(uint8_t);
        break;
    case 2:
        PUT(uint16_t);
        break;
    case 4:
        PUT(uint32_t);
        break;
    case 8:
        PUT(uint64_t);
        break;
    case 16:
        PUT(unsigned __int128);
        break;
    default:
        break;
    }
}

/* Appends the entries of one list to out's children and points row `to` at them. */
static void put_list(struct vec *out, uint32_t to, const struct vec *v, uint32_t at, struct arena *a) {
    struct listref list = ((const struct listref *)v->data)[at];
    uint32_t first = out->child[0].rows;
    ((struct listref *)out->data)[to] = (struct listref){first, list.len};
    if (list.len == 0) return;
    uint32_t *idx = arena_alloc_raw(a, 2 * sizeof *idx * list.len);
    for (uint32_t k = 0; k < list.len; k++) {
        idx[k] = first + k;
        idx[list.len + k] = list.offset + k;
    }
    vec_child_reserve(out, a, first + list.len);
    for (uint32_t c = 0; c < v->nchild; c++) {
        vec_put(&out->child[c], idx, &v->child[c], idx + list.len, list.len, a);
    }
}

static void put_fields(struct vec *out, const uint32_t *to, const struct vec *v, const uint32_t *from,
                       uint32_t n,
                       struct arena *a) {
    uint32_t *at = arena_alloc_raw(a, sizeof *at * n);
    for (uint32_t k = 0; k < n; k++) at[k] = vec_index(v, from ? from[k] : k);
    for (uint32_t c = 0; c < v->nchild; c++) vec_put(&out->child[c], to, &v->child[c], at, n, a);
}

void vec_put(struct vec *out, const uint32_t *to, const struct vec *v, const uint32_t *from, uint32_t n,
             struct arena *a) {
    assert(out->form == VEC_FLAT && out->phys == v->phys);
    if (v->valid && !out->valid) vec_make_valid(out, a);
    for (uint32_t k = 0; out->valid && k < n; k++) {
        uint32_t row = to ? to[k] : k;
        if (vec_is_null(v, from ? from[k] : k)) {
            valid_clear(out->valid, row);
        } else {
            valid_set(out->valid, row);
        }
    }
    if (v->phys == PHYS_ROW) {
        put_fields(out, to, v, from, n, a);
    } else if (v->phys != PHYS_ARRAY && v->phys != PHYS_MAP) {
        put_data(out, to, v, from, n);
    } else {
        for (uint32_t k = 0; k < n; k++) {
            uint32_t row = from ? from[k] : k;
            if (!vec_is_null(v, row)) put_list(out, to ? to[k] : k, v, vec_index(v, row), a);
        }
    }
}

/* Own memory for what the views and lists of a gathered, private vector point to. */
static void own(struct vec *v, struct arena *a);

static void own_strings(struct vec *v, struct arena *a) {
    struct strview *views = v->data;
    for (uint32_t i = 0; i < v->rows; i++) {
        if (!valid_bit(v->valid, i)) {
            views[i] = (struct strview){0};
        } else if (views[i].len > STRVIEW_INLINE) {
            char *copy = arena_alloc_raw(a, views[i].len);
            memcpy(copy, views[i].ptr, views[i].len);
            views[i].ptr = copy;
        }
    }
}

static void own_lists(struct vec *v, struct arena *a) {
    struct listref *lists = v->data;
    uint32_t entries = 0;
    for (uint32_t i = 0; i < v->rows; i++) {
        if (!valid_bit(v->valid, i)) lists[i] = (struct listref){0, 0};
        entries += lists[i].len;
    }
    uint32_t *at = arena_alloc_raw(a, (size_t)entries * sizeof *at), n = 0;
    for (uint32_t i = 0; i < v->rows; i++) {
        uint32_t first = n;
        for (uint32_t k = 0; k < lists[i].len; k++) at[n++] = lists[i].offset + k;
        lists[i].offset = first;
    }
    const struct vec *from = v->child;
    v->child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) {
        gather_rows(&v->child[c], &from[c], at, n, a);
        own(&v->child[c], a);
    }
}

static void own(struct vec *v, struct arena *a) {
    if (v->phys == PHYS_STR) own_strings(v, a);
    if (v->phys == PHYS_ARRAY || v->phys == PHYS_MAP) own_lists(v, a);
    for (uint32_t c = 0; v->phys == PHYS_ROW && c < v->nchild; c++) {
        struct vec *child = &v->child[c];
        if (v->valid) { /* what lies under a NULL row may be garbage: make it NULL too */
            uint64_t *valid = vec_make_valid(child, a);
            for (uint32_t w = 0; w < VALID_WORDS(v->rows); w++) valid[w] &= v->valid[w];
        }
        own(child, a);
    }
}

struct vec *vec_copy(const struct vec *v, struct sel sel, struct arena *a) {
    uint32_t *rows = arena_alloc_raw(a, sel.count * sizeof *rows);
    SEL_FOREACH(sel, k, row) rows[k] = row;
    struct vec *out = vec_gather(v, rows, sel.count, a);
    own(out, a);
    return out;
}

struct vec *vec_all_null(struct arena *a, const struct type *t, uint32_t rows) {
    struct vec *v = ARENA_NEW(a, struct vec);
    *v = (struct vec){.type = t, .phys = type_phys(t), .form = VEC_CONST, .rows = rows};
    v->nchild = child_count(t);
    v->data = arena_alloc(a, 16);
    v->valid = arena_alloc(a, sizeof(uint64_t));
    if (v->nchild == 0) return v;
    v->child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) {
        const struct type *ct = t->fields[c].type;
        if (v->phys == PHYS_ROW) {
            v->child[c] = *vec_all_null(a, ct, 1);
        } else {
            vec_make_flat(&v->child[c], a, ct, 0);
        }
    }
    return v;
}
