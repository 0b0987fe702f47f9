/* SPDX-License-Identifier: Apache-2.0
 *
 * Adding partial aggregates: rows of state columns (GLOBAL, restore) and whole stores (windows of slices).
 */
#include "exec/agg.h"

#include "exec/agg_cells.h"

#define OFFER(type)                                                                                          \
    do {                                                                                                     \
        type *cell = (type *)s->cols[f->col] + id, value = ((const type *)data)[i];                          \
        if (empty || (f->id == FN_MIN ? value < *cell : value > *cell)) *cell = value;                       \
        return true;                                                                                         \
    } while (0)

bool agg_offer(struct agg_store *s, const struct agg_fn *f, uint32_t id, const void *data, uint32_t i,
               bool empty) {
    switch (s->set->phys[f->col]) {
    case PHYS_BOOL: OFFER(uint8_t);
    case PHYS_I8: OFFER(int8_t);
    case PHYS_I16: OFFER(int16_t);
    case PHYS_I32: OFFER(int32_t);
    case PHYS_I64: OFFER(int64_t);
    case PHYS_I128: OFFER(__int128);
    case PHYS_F32: OFFER(float);
    case PHYS_F64: OFFER(double);
    case PHYS_STR: {
        struct strview *cell = (struct strview *)s->cols[f->col] + id;
        const struct strview *value = (const struct strview *)data + i;
        struct strview old = agg_string(s, cell);
        int c = empty ? 0 : strview_cmp(value, &old);
        if (empty || (f->id == FN_MIN ? c < 0 : c > 0)) return agg_set_string(s, cell, value);
        return true;
    }
    default: return true;
    }
}

static const int64_t *flat_i64(const struct vec *v) {
    assert(v->form == VEC_FLAT && v->phys == PHYS_I64);
    return v->data;
}

static void merge_i64(int64_t *to, const struct agg_rows *in, const struct vec *v) {
    const int64_t *from = flat_i64(v);
    for (uint32_t k = 0; k < in->n; k++) {
        uint64_t sum = (uint64_t)to[in->ids[k]] + (uint64_t)from[in->rows ? in->rows[k] : k];
        to[in->ids[k]] = (int64_t)sum;
    }
}

static void merge_sums(struct agg_store *s, const struct agg_fn *f, const struct agg_rows *in,
                       const struct vec *v) {
    void *to = s->cols[f->col];
    switch (s->set->phys[f->col]) {
    case PHYS_I64: merge_i64(to, in, v); return;
    case PHYS_I128:
        for (uint32_t k = 0; k < in->n; k++) {
            ((unsigned __int128 *)to)[in->ids[k]] +=
                ((const unsigned __int128 *)v->data)[in->rows ? in->rows[k] : k];
        }
        return;
    default:
        for (uint32_t k = 0; k < in->n; k++) {
            ((double *)to)[in->ids[k]] += ((const double *)v->data)[in->rows ? in->rows[k] : k];
        }
        return;
    }
}

static bool merge_call(struct agg_store *s, const struct agg_fn *f, const struct agg_rows *in,
                       struct vec *const *states) {
    if (f->nstate == 1) {
        merge_i64(s->cols[f->col], in, states[0]);
        return true;
    }
    if (f->id == FN_SUM || f->id == FN_AVG) {
        merge_sums(s, f, in, states[0]);
    } else if (f->multiset < 0) {
        const int64_t *seen = s->cols[f->col + 1], *more = flat_i64(states[1]);
        for (uint32_t k = 0; k < in->n; k++) {
            uint32_t id = in->ids[k], row = in->rows ? in->rows[k] : k;
            if (more[row] == 0) continue;
            if (!agg_offer(s, f, id, states[0]->data, row, seen[id] == 0)) return false;
            ((int64_t *)s->cols[f->col + 1])[id] += more[row];
        }
        return true;
    }
    merge_i64(s->cols[f->col + 1], in, states[1]);
    return true;
}

bool agg_merge_rows(struct agg_store *s, const struct agg_rows *in, struct vec *const *states,
                    const struct vec *counts) {
    if (!s->set->rows_is_call) {
        if (counts) {
            merge_i64(agg_row_counts(s), in, counts);
        } else {
            for (uint32_t k = 0; k < in->n; k++) agg_row_counts(s)[in->ids[k]]++;
        }
    }
    for (uint32_t i = 0; i < s->set->ncalls; i++) {
        const struct agg_fn *f = &s->set->calls[i];
        if (!merge_call(s, f, in, states)) return false;
        states += f->nstate;
    }
    return true;
}

#define ADD_ARRAYS(type)                                                                                     \
    do {                                                                                                     \
        type *restrict x = to->cols[c];                                                                      \
        const type *restrict y = from->cols[c];                                                              \
        for (uint32_t i = 0; i < n; i++) x[i] += y[i];                                                       \
    } while (0)

static void add_column(struct agg_store *to, const struct agg_store *from, uint32_t c, uint32_t n) {
    switch (to->set->phys[c]) {
    case PHYS_I64: ADD_ARRAYS(uint64_t); return;
    case PHYS_I128: ADD_ARRAYS(unsigned __int128); return;
    case PHYS_F64: ADD_ARRAYS(double); return;
    default: return;
    }
}

static bool merge_extremes(struct agg_store *to, const struct agg_store *from, const struct agg_fn *f,
                           uint32_t n) {
    const int64_t *more = from->cols[f->col + 1];
    int64_t *seen = to->cols[f->col + 1];
    for (uint32_t id = 0; id < n; id++) {
        if (more[id] == 0) continue;
        bool ok;
        if (to->set->phys[f->col] == PHYS_STR) {
            struct strview value = agg_string(from, (const struct strview *)from->cols[f->col] + id);
            ok = agg_offer(to, f, id, &value, 0, seen[id] == 0);
        } else {
            ok = agg_offer(to, f, id, from->cols[f->col], id, seen[id] == 0);
        }
        if (!ok) return false;
        seen[id] += more[id];
    }
    return true;
}

/* Adds what the other store has seen of a DISTINCT call's values. */
static bool merge_values(struct agg_store *to, const struct agg_store *from, uint32_t call,
                         struct arena *scratch) {
    const struct agg_fn *f = &to->set->calls[call];
    uint32_t cursor = 0, n;
    uint32_t *ids = arena_alloc_raw(scratch, sizeof *ids * BATCH_MAX_ROWS);
    int64_t *counts = arena_alloc_raw(scratch, sizeof *counts * BATCH_MAX_ROWS);
    struct vec **values = ARENA_ARRAY(scratch, struct vec *, f->args.count);
    while ((n = multiset_scan(&from->multisets[f->multiset], f->slot, &cursor, BATCH_MAX_ROWS, scratch, ids,
                              counts, values))) {
        if (!agg_add_values(to, call, ids, values, n, counts, true, scratch)) return false;
    }
    return true;
}

bool agg_merge_store(struct agg_store *to, const struct agg_store *from, uint32_t bound,
                     struct arena *scratch) {
    const struct agg_set *set = to->set;
    uint32_t n = from->cap < bound ? from->cap : bound;
    if (!agg_store_reserve(to, n)) return false;
    if (!set->rows_is_call) add_column(to, from, set->rows_col, n);
    for (uint32_t i = 0; i < set->ncalls; i++) {
        const struct agg_fn *f = &set->calls[i];
        if (f->multiset >= 0) {
            if (!merge_values(to, from, i, scratch)) return false;
        } else if (f->id == FN_MIN || f->id == FN_MAX) {
            if (!merge_extremes(to, from, f, n)) return false;
        } else {
            for (uint32_t c = 0; c < f->nstate; c++) add_column(to, from, f->col + c, n);
        }
    }
    return true;
}
