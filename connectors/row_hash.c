/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes of rows, column by column: each value is folded into its row's hash with one multiplication (16
 * bytes of a long string one each); see row_hash.h.
 */
#include "connectors/row_hash.h"

#include "base/hash.h"

#define HASH_NULL 0x6e756c6c6e756c6cull
#define SALT_0 0x8ebc6af09c88c6e3ull
#define SALT_1 0x589965cc75374cc3ull
#define SALT_2 0x1d8e4e27c47d124full
#define SALT_3 0xeb44accab455d165ull
#define SALT_4 0x9c6cf38b2f1a5d07ull
#define SALT_5 0x2d358dccaa6c78a5ull
#define AHEAD 12 /* rows: their long strings are fetched so early */
#define INLINE static inline __attribute__((always_inline))

INLINE uint64_t load64(const char *p) {
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

/* Sixteen bytes and their place: one multiplication, folded. */
INLINE uint64_t piece(uint64_t h, const char *p, uint64_t salt) {
    unsigned __int128 m = (unsigned __int128)(load64(p) ^ h) * (load64(p + 8) ^ salt);
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}

/* Strings of more than 12 bytes. Pieces of up to 96 bytes do not wait for each other, may overlap, and are
 * three or six whatever the length: a number that a processor guesses right. */
static __attribute__((noinline)) uint64_t fold_long(uint64_t h, const char *p, uint32_t len) {
    h ^= len;
    const char *last = p + len - 16;
    if (len < 16) return hash_mix(load64(p) ^ h, load64(p + len - 8));
    if (len <= 48) {
        const char *middle = p + (len - 16) / 2;
        return hash_mix(piece(h, p, SALT_0) + piece(h, middle, SALT_1) + piece(h, last, SALT_2), h);
    }
    for (; last - p > 80; p += 48)
        h = hash_mix(piece(h, p, SALT_0) + piece(h, p + 16, SALT_1) + piece(h, p + 32, SALT_2), h);
    uint64_t front = piece(h, p, SALT_0) + piece(h, p + 16, SALT_1) + piece(h, p + 32, SALT_2);
    uint64_t back = piece(h, last - 32, SALT_3) + piece(h, last - 16, SALT_4) + piece(h, last, SALT_5);
    return hash_mix(front + back, h);
}

INLINE uint64_t fold_view(uint64_t h, const struct strview *v) {
    if (v->len <= STRVIEW_INLINE) return hash_mix(v->words[0] ^ h, v->words[1]);
    return fold_long(h, v->ptr, v->len);
}

/* The value at an index of data. */
static uint64_t fold_value(uint64_t h, const struct vec *v, uint32_t i);

static uint64_t fold_nested(uint64_t h, const struct vec *v, uint32_t i) {
    if (v->phys == PHYS_ROW) {
        for (uint32_t c = 0; c < v->nchild; c++) h = fold_value(h, &v->child[c], vec_index(&v->child[c], i));
        return h;
    }
    struct listref list = ((const struct listref *)v->data)[i];
    uint64_t entries = list.len;
    for (uint32_t k = list.offset; k < list.offset + list.len; k++) {
        uint64_t start = v->phys == PHYS_ARRAY ? k - list.offset : 0; /* a map has no order */
        uint64_t entry = fold_value(start, &v->child[0], vec_index(&v->child[0], k));
        if (v->nchild > 1) entry = fold_value(entry, &v->child[1], vec_index(&v->child[1], k));
        entries += entry;
    }
    return hash_mix(h, entries);
}

static uint64_t fold_value(uint64_t h, const struct vec *v, uint32_t i) {
    if (!valid_bit(v->valid, i)) return hash_mix(h, HASH_NULL);
    switch (v->phys) {
    case PHYS_BOOL: return hash_mix(h, ((const uint8_t *)v->data)[i]);
    case PHYS_I8: return hash_mix(h, (uint64_t)((const int8_t *)v->data)[i]);
    case PHYS_I16: return hash_mix(h, (uint64_t)((const int16_t *)v->data)[i]);
    case PHYS_I32: return hash_mix(h, (uint64_t)((const int32_t *)v->data)[i]);
    case PHYS_F32: return hash_mix(h, ((const uint32_t *)v->data)[i]);
    case PHYS_I64:
    case PHYS_F64: return hash_mix(h, ((const uint64_t *)v->data)[i]);
    case PHYS_I128:
        return hash_mix(h ^ ((const uint64_t *)v->data)[2 * i], ((const uint64_t *)v->data)[2 * i + 1]);
    case PHYS_STR: return fold_view(h, &((const struct strview *)v->data)[i]);
    case PHYS_ARRAY:
    case PHYS_MAP:
    case PHYS_ROW: return fold_nested(h, v, i);
    case PHYS_NONE:
    case PHYS_COUNT: break;
    }
    return hash_mix(h, HASH_NULL);
}

#define NOTHING(row) (void)(row)
/* Of a short string this is the address of nothing, which does no harm. */
#define FETCH(row)                                                                                           \
    (__builtin_prefetch(views[row].ptr), __builtin_prefetch((const char *)((uintptr_t)views[row].ptr + 64)))

/* The usual cases as loops of their own, once for each combination of NULLs and selection. */
#define LOOP(fetch, get)                                                                                     \
    for (uint32_t k = 0; k < sel.count; k++) {                                                               \
        uint32_t i = selected ? sel.idx[k] : k;                                                              \
        if (k + AHEAD < sel.count) fetch(selected ? sel.idx[k + AHEAD] : k + AHEAD);                         \
        uint64_t h = hashes[k];                                                                              \
        hashes[k] = nulls && !valid_bit(v->valid, i) ? hash_mix(h, HASH_NULL) : (get);                       \
    }

INLINE bool fold_flat(const struct vec *v, struct sel sel, uint64_t *restrict hashes, bool nulls,
                      bool selected) {
    const int32_t *ints = v->data;
    const uint64_t *longs = v->data;
    const struct strview *views = v->data;
    switch (v->phys) {
    case PHYS_I32: LOOP(NOTHING, hash_mix(h, (uint64_t)ints[i])); return true;
    case PHYS_I64:
    case PHYS_F64: LOOP(NOTHING, hash_mix(h, longs[i])); return true;
    case PHYS_STR: LOOP(FETCH, fold_view(h, &views[i])); return true;
    default: return false;
    }
}

static bool fold_usual(const struct vec *v, struct sel sel, uint64_t *hashes) {
    if (v->form != VEC_FLAT) return false;
    if (v->valid)
        return sel.idx ? fold_flat(v, sel, hashes, true, true) : fold_flat(v, sel, hashes, true, false);
    return sel.idx ? fold_flat(v, sel, hashes, false, true) : fold_flat(v, sel, hashes, false, false);
}

void row_hash(const struct batch *b, uint64_t *hashes) {
    struct sel sel = batch_sel(b);
    for (uint32_t k = 0; k < b->count; k++) hashes[k] = b->ncols;
    for (uint32_t c = 0; c < b->ncols; c++) {
        const struct vec *v = b->cols[c];
        if (fold_usual(v, sel, hashes)) continue;
        SEL_FOREACH(sel, k, row) hashes[k] = fold_value(hashes[k], v, vec_index(v, row));
    }
}
