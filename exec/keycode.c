/* SPDX-License-Identifier: Apache-2.0
 *
 * Encoding and hashing of keys column by column; see keycode.h. The hash is for tables in memory only
 * (exec/keyhash.h has the one that decides where a key lives).
 */
#include "exec/keycode.h"

#include <math.h>

#include "base/hash.h"

static bool is_nested(enum phys p) {
    return p == PHYS_ARRAY || p == PHYS_MAP || p == PHYS_ROW;
}

void keycode_init(struct keycode *c, struct arena *a, const struct type *const *types, uint32_t ncols) {
    *c = (struct keycode){.ncols = ncols, .types = types, .null_words = ncols > 1 ? (ncols + 63) / 64 : 0};
    c->phys = ARENA_ARRAY(a, enum phys, ncols);
    c->at = ARENA_ARRAY(a, uint32_t, ncols);
    c->nested = ARENA_ARRAY(a, struct rowpack, ncols);
    uint32_t words = c->null_words;
    for (uint32_t i = 0; i < ncols; i++) {
        enum phys p = type_phys(types[i]);
        if (is_nested(p)) {
            rowpack_init(&c->nested[i], a, types + i, 1);
            p = PHYS_STR;
        }
        c->phys[i] = p;
        c->at[i] = words;
        c->strings |= p == PHYS_STR;
        words += p == PHYS_STR || p == PHYS_I128 ? 2 : 1;
    }
    c->words = words;
}

/* NaN is one key; 0.0 and -0.0 are two. */
static uint64_t float_bits(float f) {
    if (isnan(f)) f = NAN;
    uint32_t bits;
    memcpy(&bits, &f, 4);
    return bits;
}

static uint64_t double_bits(double d) {
    if (isnan(d)) d = NAN;
    uint64_t bits;
    memcpy(&bits, &d, 8);
    return bits;
}

/* Packs the nested values of a column: a FLAT vector of views, by row. */
static struct vec *pack_nested(const struct rowpack *p, struct vec *v, struct sel sel,
                               struct arena *scratch) {
    struct vec *out = ARENA_NEW(scratch, struct vec);
    vec_make_flat(out, scratch, type_bytes(true), v->rows);
    struct strview *views = out->data;
    struct outbuf o = {0};
    SEL_FOREACH(sel, k, row) {
        if (vec_is_null(v, row)) {
            valid_clear(vec_make_valid(out, scratch), row);
            continue;
        }
        o.len = 0;
        rowpack_put(p, &v, row, &o);
        views[row] = strview_of(arena_str(scratch, (struct str){o.data, o.len}).ptr, o.len);
    }
    outbuf_free(&o);
    return out;
}

/* words[k * stride] = expression of data[i] */
#define ENCODE(type, expression)                                                                             \
    do {                                                                                                     \
        const type *restrict data = v->data;                                                                 \
        if (v->form == VEC_FLAT && !sel.idx) {                                                               \
            for (uint32_t k = 0; k < sel.count; k++) {                                                       \
                const type x = data[k];                                                                      \
                to[(size_t)k * stride] = (expression);                                                       \
            }                                                                                                \
        } else {                                                                                             \
            SEL_FOREACH(sel, k, row) {                                                                       \
                const type x = data[vec_index(v, row)];                                                      \
                to[(size_t)k * stride] = (expression);                                                       \
            }                                                                                                \
        }                                                                                                    \
    } while (0)

static void encode_wide(const struct vec *v, struct sel sel, uint64_t *to, uint32_t stride) {
    const uint64_t *data = v->data;
    SEL_FOREACH(sel, k, row) {
        const uint64_t *from = data + 2 * (size_t)vec_index(v, row);
        to[(size_t)k * stride] = from[0];
        to[(size_t)k * stride + 1] = from[1];
    }
}

static void encode_column(const struct vec *v, struct sel sel, uint64_t *restrict to, uint32_t stride) {
    switch (v->phys) {
    case PHYS_BOOL: ENCODE(uint8_t, x); return;
    case PHYS_I8: ENCODE(int8_t, (uint64_t)(int64_t)x); return;
    case PHYS_I16: ENCODE(int16_t, (uint64_t)(int64_t)x); return;
    case PHYS_I32: ENCODE(int32_t, (uint64_t)(int64_t)x); return;
    case PHYS_I64: ENCODE(int64_t, (uint64_t)x); return;
    case PHYS_F32: ENCODE(float, float_bits(x)); return;
    case PHYS_F64: ENCODE(double, double_bits(x)); return;
    case PHYS_I128:
    case PHYS_STR: encode_wide(v, sel, to, stride); return;
    default: return;
    }
}

/* Zeroes the words of NULLs and notes them in the NULL word. */
static void encode_nulls(const struct keycode *c, uint32_t col, const struct vec *v, struct sel sel,
                         uint64_t *words) {
    bool wide = c->phys[col] == PHYS_STR || c->phys[col] == PHYS_I128;
    SEL_FOREACH(sel, k, row) {
        if (c->phys[col] != PHYS_NONE && !vec_is_null(v, row)) continue;
        uint64_t *key = words + (size_t)k * c->words;
        key[c->at[col]] = 0;
        if (wide) key[c->at[col] + 1] = 0;
        key[col / 64] |= (uint64_t)1 << col % 64;
    }
}

static uint64_t hash_view(uint64_t h, const uint64_t *view) {
    const struct strview *s = (const struct strview *)(const void *)view;
    uint64_t tail = s->len <= STRVIEW_INLINE ? view[1] : hash_bytes(s->ptr, s->len);
    return hash_mix(h ^ view[0], tail);
}

void keycode_hash(const struct keycode *c, const uint64_t *words, uint32_t n, uint64_t *hashes) {
    uint32_t stride = c->words;
    for (uint32_t k = 0; k < n; k++) hashes[k] = c->null_words ? words[(size_t)k * stride] : 0;
    for (uint32_t i = 0; i < c->ncols; i++) {
        const uint64_t *at = words + c->at[i];
        if (c->phys[i] == PHYS_STR) {
            for (uint32_t k = 0; k < n; k++) hashes[k] = hash_view(hashes[k], at + (size_t)k * stride);
        } else if (c->phys[i] == PHYS_I128) {
            for (uint32_t k = 0; k < n; k++) {
                hashes[k] = hash_mix(hashes[k] ^ at[(size_t)k * stride], at[(size_t)k * stride + 1]);
            }
        } else {
            for (uint32_t k = 0; k < n; k++) {
                hashes[k] = hash_mix(hashes[k] ^ at[(size_t)k * stride], 0xa0761d6478bd642full);
            }
        }
    }
}

static const uint8_t *single_nulls(const struct vec *v, struct sel sel, struct arena *scratch) {
    if (v->phys != PHYS_NONE && !v->valid) return NULL;
    uint8_t *nulls = arena_alloc_raw(scratch, sel.count);
    SEL_FOREACH(sel, k, row) nulls[k] = v->phys == PHYS_NONE || vec_is_null(v, row);
    return nulls;
}

const uint64_t *keycode_words(const struct keycode *c, struct vec *const *cols, const uint32_t *keys,
                              struct sel sel, struct arena *scratch, const uint8_t **nulls) {
    *nulls = NULL;
    if (c->ncols == 1) {
        const struct vec *v = cols[keys ? keys[0] : 0];
        *nulls = single_nulls(v, sel, scratch);
        if (v->phys == PHYS_I64 && v->form == VEC_FLAT && !sel.idx) return v->data;
    }
    size_t bytes = sizeof(uint64_t) * sel.count * c->words;
    uint64_t *words = arena_alloc_raw(scratch, bytes);
    for (uint32_t w = 0; w < c->null_words; w++) {
        for (uint32_t k = 0; k < sel.count; k++) words[(size_t)k * c->words + w] = 0;
    }
    for (uint32_t i = 0; i < c->ncols; i++) {
        struct vec *v = cols[keys ? keys[i] : i];
        if (is_nested(v->phys)) v = pack_nested(&c->nested[i], v, sel, scratch);
        encode_column(v, sel, words + c->at[i], c->words);
        if (c->null_words && (v->valid || v->phys == PHYS_NONE)) encode_nulls(c, i, v, sel, words);
    }
    for (uint32_t k = 0; *nulls && k < sel.count; k++) { /* what lies under a NULL may point nowhere */
        if ((*nulls)[k]) memset(words + (size_t)k * c->words, 0, sizeof(uint64_t) * c->words);
    }
    return words;
}

void keycode_encode(const struct keycode *c, struct vec *const *cols, const uint32_t *keys, struct sel sel,
                    struct arena *scratch, struct keybatch *out) {
    out->count = sel.count;
    out->words = keycode_words(c, cols, keys, sel, scratch, &out->nulls);
    out->hashes = arena_alloc_raw(scratch, sizeof(uint64_t) * sel.count);
    keycode_hash(c, out->words, sel.count, out->hashes);
}

#define DECODE(type, wide)                                                                                   \
    do {                                                                                                     \
        type *to = v->data;                                                                                  \
        for (uint32_t k = 0; k < n; k++) {                                                                   \
            wide x = 0;                                                                                      \
            if (rows[k]) memcpy(&x, rows[k] + at, sizeof x);                                                 \
            to[k] = (type)x;                                                                                 \
        }                                                                                                    \
    } while (0)

static void decode_column(struct vec *v, uint32_t at, const uint64_t *const *rows, uint32_t n) {
    switch (v->phys) {
    case PHYS_BOOL: DECODE(uint8_t, uint64_t); return;
    case PHYS_I8: DECODE(int8_t, int64_t); return;
    case PHYS_I16: DECODE(int16_t, int64_t); return;
    case PHYS_I32: DECODE(int32_t, int64_t); return;
    case PHYS_I64: DECODE(int64_t, int64_t); return;
    case PHYS_F32: DECODE(float, float); return;
    case PHYS_F64: DECODE(double, double); return;
    case PHYS_I128:
    case PHYS_STR: DECODE(unsigned __int128, unsigned __int128); return;
    default: return;
    }
}

static bool decode_null(const struct keycode *c, uint32_t col, const uint64_t *row) {
    return !row || (c->null_words && (row[col / 64] >> col % 64 & 1));
}

static struct vec *decode_nested(const struct keycode *c, uint32_t col, const uint64_t *const *rows,
                                 uint32_t n, struct arena *a) {
    const char **packed = ARENA_ARRAY(a, const char *, n);
    for (uint32_t k = 0; k < n; k++) {
        if (decode_null(c, col, rows[k])) continue;
        const struct strview *s = (const struct strview *)(const void *)(rows[k] + c->at[col]);
        packed[k] = strview_ptr(s);
    }
    struct vec *v;
    rowpack_get(&c->nested[col], packed, n, a, &v);
    return v;
}

struct vec *keycode_decode(const struct keycode *c, uint32_t col, const uint64_t *const *rows, uint32_t n,
                           struct arena *a) {
    enum phys p = type_phys(c->types[col]);
    if (p == PHYS_NONE) return vec_all_null(a, c->types[col], n);
    if (is_nested(p)) return decode_nested(c, col, rows, n, a);
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, c->types[col], n);
    decode_column(v, c->at[col], rows, n);
    for (uint32_t k = 0; k < n; k++) {
        if (decode_null(c, col, rows[k])) valid_clear(vec_make_valid(v, a), k);
    }
    return v;
}
