/* SPDX-License-Identifier: Apache-2.0
 *
 * See collection.h.
 */
#include "exec/collection.h"

#include "base/hash.h"
#include "exec/compare.h"

void collection_put_null(struct vec *to, uint32_t at, struct arena *a) {
    unsigned width = phys_bytes(to->phys);
    if (width) memset((char *)to->data + (size_t)at * width, 0, width);
    valid_clear(vec_make_valid(to, a), at);
    if (to->phys != PHYS_ROW) return;
    for (uint32_t i = 0; i < to->nchild; i++) collection_put_null(&to->child[i], at, a);
}

void collection_put(struct vec *to, uint32_t at, const struct vec *v, uint32_t row, struct arena *a) {
    uint32_t from = vec_index(v, row);
    if (v->phys == PHYS_NONE || !valid_bit(v->valid, from)) {
        collection_put_null(to, at, a);
        return;
    }
    if (to->phys == PHYS_ROW) {
        for (uint32_t i = 0; i < to->nchild; i++) collection_put(&to->child[i], at, &v->child[i], from, a);
    } else if (to->phys == PHYS_ARRAY || to->phys == PHYS_MAP) {
        struct listref l = ((const struct listref *)v->data)[from];
        uint32_t first = to->child[0].rows;
        vec_child_reserve(to, a, first + l.len);
        for (uint32_t c = 0; c < to->nchild; c++)
            for (uint32_t i = 0; i < l.len; i++)
                collection_put(&to->child[c], first + i, &v->child[c], l.offset + i, a);
        ((struct listref *)to->data)[at] = (struct listref){first, l.len};
    } else {
        unsigned width = phys_bytes(to->phys);
        memcpy((char *)to->data + (size_t)at * width, (const char *)v->data + (size_t)from * width, width);
    }
}

void collection_push(struct vec *list, uint32_t *used, const struct vec *v, uint32_t row, struct arena *a) {
    vec_child_reserve(list, a, *used + 1);
    collection_put(&list->child[0], (*used)++, v, row, a);
}

/* ---- sets ---- */

static uint64_t hash_value(const struct vec *v, uint32_t row);

/* The entries of a MAP have no order. */
static uint64_t hash_list(const struct vec *v, struct listref l) {
    uint64_t h = l.len;
    for (uint32_t i = 0; i < l.len; i++) {
        uint64_t one = hash_value(&v->child[0], l.offset + i);
        if (v->phys == PHYS_MAP) h += hash_mix(one, hash_value(&v->child[1], l.offset + i));
        else h = hash_mix(h, one);
    }
    return h;
}

static uint64_t hash_double(double x) {
    if (x != x) return 1;
    if (x == 0) return 2; /* -0.0 too */
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return hash_u64(bits);
}

static uint64_t hash_value(const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row)) return 0;
    uint32_t i = vec_index(v, row);
    const void *data = v->data;
    uint64_t h = 0;
    switch (v->phys) {
    case PHYS_BOOL: return hash_u64(((const uint8_t *)data)[i]);
    case PHYS_I128: return hash_bytes(&((const __int128 *)data)[i], sizeof(__int128));
    case PHYS_F32: return hash_double((double)((const float *)data)[i]);
    case PHYS_F64: return hash_double(((const double *)data)[i]);
    case PHYS_STR: {
        struct str s = strview_str(&((const struct strview *)data)[i]);
        return hash_bytes(s.ptr, s.len);
    }
    case PHYS_ARRAY:
    case PHYS_MAP: return hash_list(v, ((const struct listref *)data)[i]);
    case PHYS_ROW:
        for (uint32_t c = 0; c < v->nchild; c++) h = hash_mix(h, hash_value(&v->child[c], i));
        return h;
    case PHYS_NONE:
    case PHYS_COUNT: return 0;
    default: return hash_u64((uint64_t)vec_int(v, i));
    }
}

void collection_set_init(struct collection_set *s, const struct vec *v, uint32_t entries, struct arena *a) {
    uint32_t size = 4;
    while (size < 2 * (uint64_t)entries) size *= 2;
    *s = (struct collection_set){.v = v, .slots = arena_alloc(a, size * sizeof *s->slots), .mask = size - 1};
}

/* The slot of an equal entry, or the free one where it would go. */
static uint32_t *find(const struct collection_set *s, const struct vec *v, uint32_t row) {
    uint32_t at = (uint32_t)hash_value(v, row) & s->mask;
    while (s->slots[at] && !compare_equal(s->v, s->slots[at] - 1, v, row)) at = (at + 1) & s->mask;
    return &s->slots[at];
}

uint32_t collection_set_find(const struct collection_set *s, const struct vec *v, uint32_t row) {
    return *find(s, v, row) - 1; /* a free slot is 0 */
}

void collection_set_add(struct collection_set *s, uint32_t entry) {
    *find(s, s->v, entry) = entry + 1;
}

void collection_put_entry(struct vec *map, struct collection_set *keys, const struct vec *k, uint32_t k_row,
                          const struct vec *v, uint32_t v_row, struct arena *a) {
    struct vec *values = &map->child[1];
    uint32_t at = collection_set_find(keys, k, k_row);
    if (at == COLLECTION_NONE) {
        at = map->child[0].rows;
        vec_child_reserve(map, a, at + 1);
        collection_put(&map->child[0], at, k, k_row, a);
        collection_set_add(keys, at);
    } else if (values->valid) {
        valid_set(values->valid, at);
    }
    collection_put(values, at, v, v_row, a);
}
