/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes of rows, column by column: one loop for each width of value; see row_hash.h.
 */
#include "connectors/row_hash.h"

#include "base/hash.h"

#define HASH_NULL 0x6e756c6c6e756c6cull

static inline uint64_t load64(const char *p) {
    uint64_t v;
    memcpy(&v, p, 8);
    return v;
}

/* Long strings, 16 bytes at a step, the last step overlapping. */
static inline uint64_t hash_long(const char *p, uint32_t len) {
    uint64_t h = len;
    uint32_t i = 0;
    for (; i + 16 < len; i += 16) h = hash_mix(load64(p + i) ^ h, load64(p + i + 8));
    if (len >= 16) return hash_mix(load64(p + len - 16) ^ h, load64(p + len - 8));
    return hash_mix(load64(p) ^ h, load64(p + len - 8)); /* 13 to 15 bytes */
}

static inline uint64_t hash_view(const struct strview *v) {
    if (v->len <= STRVIEW_INLINE) return hash_mix(v->words[0], v->words[1]);
    return hash_long(v->ptr, v->len);
}

static uint64_t hash_value(const struct vec *v, uint32_t i);

static uint64_t hash_nested(const struct vec *v, uint32_t i) {
    if (v->phys == PHYS_ROW) {
        uint64_t h = v->nchild;
        for (uint32_t c = 0; c < v->nchild; c++)
            h = hash_mix(h, hash_value(&v->child[c], vec_index(&v->child[c], i)));
        return h;
    }
    struct listref list = ((const struct listref *)v->data)[i];
    uint64_t h = list.len;
    for (uint32_t k = list.offset; k < list.offset + list.len; k++) {
        uint64_t entry = hash_value(&v->child[0], vec_index(&v->child[0], k));
        if (v->phys == PHYS_ARRAY) h = hash_mix(h, entry);
        else
            h += hash_mix(entry,
                          hash_value(&v->child[1], vec_index(&v->child[1], k))); /* a map has no order */
    }
    return h;
}

/* The value at an index of data. */
static uint64_t hash_value(const struct vec *v, uint32_t i) {
    if (!valid_bit(v->valid, i)) return HASH_NULL;
    switch (v->phys) {
    case PHYS_BOOL: return hash_u64(((const uint8_t *)v->data)[i]);
    case PHYS_I8: return hash_u64((uint64_t)((const int8_t *)v->data)[i]);
    case PHYS_I16: return hash_u64((uint64_t)((const int16_t *)v->data)[i]);
    case PHYS_I32: return hash_u64((uint64_t)((const int32_t *)v->data)[i]);
    case PHYS_F32: return hash_u64(((const uint32_t *)v->data)[i]);
    case PHYS_I64:
    case PHYS_F64: return hash_u64(((const uint64_t *)v->data)[i]);
    case PHYS_I128:
        return hash_mix(((const uint64_t *)v->data)[2 * i], ((const uint64_t *)v->data)[2 * i + 1]);
    case PHYS_STR: return hash_view(&((const struct strview *)v->data)[i]);
    case PHYS_ARRAY:
    case PHYS_MAP:
    case PHYS_ROW: return hash_nested(v, i);
    case PHYS_NONE:
    case PHYS_COUNT: break;
    }
    return HASH_NULL;
}

/* Flat columns without NULLs, all rows: the usual case, a plain loop. */
static bool hash_dense(const struct vec *v, uint32_t n, uint64_t *hashes) {
    switch (v->phys) {
    case PHYS_I32:
        for (uint32_t k = 0; k < n; k++)
            hashes[k] = hash_mix(hashes[k], hash_u64((uint64_t)((const int32_t *)v->data)[k]));
        return true;
    case PHYS_I64:
    case PHYS_F64:
        for (uint32_t k = 0; k < n; k++)
            hashes[k] = hash_mix(hashes[k], hash_u64(((const uint64_t *)v->data)[k]));
        return true;
    case PHYS_STR:
        for (uint32_t k = 0; k < n; k++) {
            hashes[k] = hash_mix(hashes[k], hash_view(&((const struct strview *)v->data)[k]));
        }
        return true;
    default: return false;
    }
}

static void hash_column(const struct vec *v, struct sel sel, uint64_t *hashes) {
    if (v->form == VEC_FLAT && !v->valid && !sel.idx && hash_dense(v, sel.count, hashes)) return;
    SEL_FOREACH(sel, k, row) hashes[k] = hash_mix(hashes[k], hash_value(v, vec_index(v, row)));
}

void row_hash(const struct batch *b, uint64_t *hashes) {
    for (uint32_t k = 0; k < b->count; k++) hashes[k] = b->ncols;
    for (uint32_t c = 0; c < b->ncols; c++) hash_column(b->cols[c], batch_sel(b), hashes);
}
