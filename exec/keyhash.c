/* SPDX-License-Identifier: Apache-2.0
 *
 * Canonical key bytes and their hash; see keyhash.h. The bytes of a value: one tag (0 NULL, 1 value), then
 * 8 bytes for what fits 64 bits, 16 for wide DECIMAL, length and bytes for strings, and for nested values
 * their number of entries and the entries.
 */
#include "exec/keyhash.h"

#include <math.h>

#include "base/hash.h"

/* NaN is one key; 0.0 and -0.0 are two. */
static uint64_t double_bits(double d) {
    if (isnan(d)) d = NAN;
    uint64_t bits;
    memcpy(&bits, &d, 8);
    return bits;
}

static void list_bytes(const struct vec *v, uint32_t i, struct outbuf *o) {
    struct listref list = ((const struct listref *)v->data)[i];
    outbuf_u32(o, list.len);
    for (uint32_t e = list.offset; e < list.offset + list.len; e++) {
        for (uint32_t c = 0; c < v->nchild; c++) keyhash_bytes(&v->child[c], e, o);
    }
}

void keyhash_bytes(const struct vec *v, uint32_t row, struct outbuf *o) {
    uint32_t i = vec_index(v, row);
    bool valid = v->phys != PHYS_NONE && valid_bit(v->valid, i);
    outbuf_u8(o, valid);
    if (!valid) return;
    switch (v->phys) {
    case PHYS_NONE: return;
    case PHYS_BOOL:
    case PHYS_I8:
    case PHYS_I16:
    case PHYS_I32:
    case PHYS_I64: outbuf_i64(o, vec_int(v, i)); return;
    case PHYS_I128: outbuf_put(o, (const __int128 *)v->data + i, 16); return;
    case PHYS_F32: outbuf_u64(o, double_bits(((const float *)v->data)[i])); return;
    case PHYS_F64: outbuf_u64(o, double_bits(((const double *)v->data)[i])); return;
    case PHYS_STR: outbuf_str(o, strview_str((const struct strview *)v->data + i)); return;
    case PHYS_ARRAY:
    case PHYS_MAP: list_bytes(v, i, o); return;
    case PHYS_ROW:
        for (uint32_t c = 0; c < v->nchild; c++) keyhash_bytes(&v->child[c], i, o);
        return;
    case PHYS_COUNT: return;
    }
}

/* A single column of integers, the usual key: the same bytes without a buffer. */
static bool hash_integers(const struct vec *v, struct sel sel, uint64_t *out) {
    if (v->phys != PHYS_I32 && v->phys != PHYS_I64) return false;
    SEL_FOREACH(sel, k, row) {
        uint32_t i = vec_index(v, row);
        char bytes[9] = {valid_bit(v->valid, i)};
        int64_t x = vec_int(v, i);
        memcpy(bytes + 1, &x, 8);
        out[k] = hash_bytes(bytes, bytes[0] ? sizeof bytes : 1);
    }
    return true;
}

void keyhash_rows(struct vec *const *cols, const uint32_t *keys, uint32_t nkeys, struct sel sel,
                  uint64_t *out) {
    if (nkeys == 1 && hash_integers(cols[keys[0]], sel, out)) return;
    struct outbuf o = {0};
    SEL_FOREACH(sel, k, row) {
        o.len = 0;
        for (uint32_t c = 0; c < nkeys; c++) keyhash_bytes(cols[keys[c]], row, &o);
        out[k] = hash_bytes(o.data, o.len);
    }
    outbuf_free(&o);
}
