/* SPDX-License-Identifier: Apache-2.0
 *
 * Sets and stores of aggregates, and adding rows to them; see agg.h. agg_merge.c adds partial aggregates,
 * agg_result.c reads results.
 */
#include "exec/agg.h"

#include "exec/agg_cells.h"

static bool is_extreme(enum func_id id) {
    return id == FN_MIN || id == FN_MAX;
}

static enum status call_init(struct agg_fn *f, struct arena *a, const struct agg_call *call,
                             const struct plan_col *input, const struct plan_col **states, bool retract,
                             struct agg_set *s, struct error *e) {
    enum func_id id = call->func->id;
    *f = (struct agg_fn){
        .id = id, .args = call->args, .filter = call->filter, .result = call->type, .multiset = -1};
    if (id != FN_COUNT_STAR && id != FN_COUNT_AGG && id != FN_SUM && id != FN_AVG && !is_extreme(id))
        return error_set(e, ERR_UNSUPPORTED, "the aggregate %.*s is not supported yet",
                         STR_ARG(call->func->name));
    const struct type *arg = input && call->args.count ? input[call->args.items[0]].type : NULL;
    if (id == FN_COUNT_AGG && call->args.count == 0) f->id = FN_COUNT_STAR;
    if (*states) {
        const struct type *any[AGG_STATE_MAX];
        f->nstate = agg_state_types(call->func, (*states)->type, a, any);
        for (uint32_t i = 0; i < f->nstate; i++) f->state[i] = (*states)++->type;
    } else {
        f->nstate = agg_state_types(call->func, arg, a, f->state);
    }
    f->distinct = call->distinct && !is_extreme(id);
    if (f->distinct || (is_extreme(id) && retract)) {
        f->section = s->nsections++;
        f->arg_types = ARENA_ARRAY(a, const struct type *, call->args.count);
        for (uint32_t i = 0; i < call->args.count; i++) f->arg_types[i] = input[call->args.items[i]].type;
    }
    f->col = s->ncols;
    s->ncols += f->nstate;
    s->nstate += f->nstate;
    if (f->id == FN_COUNT_STAR && f->filter < 0 && !s->rows_is_call) {
        s->rows_is_call = true;
        s->rows_col = f->col;
    }
    return ST_OK;
}

static bool same_values(const struct agg_fn *f, const struct agg_fn *g) {
    if (!f->distinct || !g->distinct || f->args.count != g->args.count) return false;
    return memcmp(f->args.items, g->args.items, f->args.count * sizeof *f->args.items) == 0;
}

/* DISTINCT calls over the same columns share a multiset. The first one without FILTER sees all rows that the
 * others see. */
static void share_multisets(struct agg_set *s, struct arena *a) {
    s->nslots = ARENA_ARRAY(a, uint32_t, s->ncalls + 1);
    for (uint32_t i = 0; i < s->ncalls; i++) {
        struct agg_fn *f = &s->calls[i], *leader = NULL;
        if (!f->arg_types || f->multiset >= 0) continue;
        f->multiset = (int32_t)s->nmultisets++;
        for (uint32_t k = i; k < s->ncalls; k++) {
            struct agg_fn *g = &s->calls[k];
            if (g != f && !same_values(f, g)) continue;
            g->multiset = f->multiset;
            g->slot = s->nslots[f->multiset]++;
            if (!leader && g->filter < 0) leader = g;
        }
        for (uint32_t k = i; leader && k < s->ncalls; k++) {
            struct agg_fn *g = &s->calls[k];
            g->follows |= g != leader && g->multiset == f->multiset;
        }
        if (leader) leader->leads = s->nslots[f->multiset] > 1;
    }
}

enum status agg_set_init(struct agg_set *s, struct arena *a, const struct agg_call *calls, uint32_t ncalls,
                         const struct plan_col *input, const struct plan_col *states, bool retract,
                         struct error *e) {
    *s = (struct agg_set){.ncalls = ncalls};
    s->calls = ARENA_ARRAY(a, struct agg_fn, ncalls);
    for (uint32_t i = 0; i < ncalls; i++)
        TRY(call_init(&s->calls[i], a, &calls[i], input, &states, retract, s, e));
    share_multisets(s, a);
    if (!s->rows_is_call) s->rows_col = s->ncols++;
    s->phys = ARENA_ARRAY(a, enum phys, s->ncols);
    s->phys[s->rows_col] = PHYS_I64;
    for (uint32_t i = 0; i < ncalls; i++) {
        struct agg_fn *f = &s->calls[i];
        for (uint32_t c = 0; c < f->nstate; c++) s->phys[f->col + c] = type_phys(f->state[c]);
        if (is_extreme(f->id) && f->multiset >= 0) s->phys[f->col] = PHYS_I64; /* the root of the tree */
    }
    return ST_OK;
}

enum status agg_store_init(struct agg_store *s, const struct agg_set *set, struct mem_account *mem,
                           struct arena *a, struct error *e) {
    *s = (struct agg_store){.set = set, .mem = mem};
    s->cols = ARENA_ARRAY(a, void *, set->ncols);
    s->caps = ARENA_ARRAY(a, uint32_t, set->ncols);
    s->multisets = ARENA_ARRAY(a, struct multiset, set->nmultisets);
    heap_init(&s->strings, mem);
    for (uint32_t i = 0; i < set->ncalls; i++) {
        const struct agg_fn *f = &set->calls[i];
        if (f->multiset < 0) continue;
        if (f->slot > 0) continue;
        TRY(multiset_init(&s->multisets[f->multiset], mem, a, f->arg_types, f->args.count,
                          set->nslots[f->multiset], !f->distinct, e));
    }
    return ST_OK;
}

void agg_store_free(struct agg_store *s) {
    for (uint32_t c = 0; c < s->set->ncols; c++) {
        mem_free(s->mem, s->cols[c], (size_t)s->caps[c] * phys_bytes(s->set->phys[c]));
        s->cols[c] = NULL;
        s->caps[c] = 0;
    }
    s->cap = 0;
    heap_clear(&s->strings);
    for (uint32_t i = 0; i < s->set->nmultisets; i++) multiset_free(&s->multisets[i]);
}

bool agg_store_reserve(struct agg_store *s, uint32_t bound) {
    if (bound <= s->cap) return true;
    uint32_t cap = s->cap ? s->cap * 2 : 64;
    while (cap < bound) cap *= 2;
    for (uint32_t c = 0; c < s->set->ncols; c++) {
        if (s->caps[c] >= cap) continue; /* grown already when another was out of memory */
        size_t width = phys_bytes(s->set->phys[c]);
        char *data = mem_realloc(s->mem, s->cols[c], width * s->caps[c], width * cap);
        if (!data) return false;
        memset(data + width * s->caps[c], 0, width * (cap - s->caps[c]));
        s->cols[c] = data;
        s->caps[c] = cap;
    }
    s->cap = cap;
    return true;
}

void agg_store_zero(struct agg_store *s) {
    for (uint32_t c = 0; c < s->set->ncols; c++) {
        if (s->cols[c]) memset(s->cols[c], 0, (size_t)s->cap * phys_bytes(s->set->phys[c]));
    }
    heap_clear(&s->strings);
    for (uint32_t i = 0; i < s->set->nmultisets; i++) keytable_clear(&s->multisets[i].table);
}

struct strview agg_string(const struct agg_store *s, const struct strview *cell) {
    struct strview v = *cell;
    if (v.len > STRVIEW_INLINE) v.ptr = heap_ptr(&s->strings, v.words[1]);
    return v;
}

bool agg_set_string(struct agg_store *s, struct strview *cell, const struct strview *value) {
    struct strview v = *value;
    if (v.len > STRVIEW_INLINE) {
        uint64_t handle = heap_alloc(&s->strings, v.len);
        if (!handle) return false;
        memcpy(heap_ptr(&s->strings, handle), value->ptr, v.len);
        v.words[1] = handle;
    }
    if (cell->len > STRVIEW_INLINE) heap_free(&s->strings, cell->words[1], cell->len);
    *cell = v;
    return true;
}

void agg_forget(struct agg_store *s, uint32_t id) {
    for (uint32_t c = 0; c < s->set->ncols; c++) {
        size_t width = phys_bytes(s->set->phys[c]);
        char *cell = (char *)s->cols[c] + width * id;
        if (s->set->phys[c] == PHYS_STR) {
            const struct strview *v = (const struct strview *)(const void *)cell;
            if (v->len > STRVIEW_INLINE) heap_free(&s->strings, v->words[1], v->len);
        }
        memset(cell, 0, width);
    }
}

void agg_forget_emptied(struct agg_store *s, uint32_t id) {
    for (uint32_t i = 0; i < s->set->ncalls; i++) {
        const struct agg_fn *f = &s->set->calls[i];
        if (f->multiset < 0) continue;
        bool left = ((const int64_t *)s->cols[f->col + f->nstate - 1])[id] != 0;
        if (!f->distinct) left |= ((const int64_t *)s->cols[f->col])[id] != 0;
        if (left) multiset_drop_group(&s->multisets[f->multiset], id);
    }
    agg_forget(s, id);
}

/* ---- adding rows ---- */

/* The rows one call looks at, after FILTER, NULLs and DISTINCT. */
struct taken {
    uint32_t n;
    const uint32_t *ids;
    const uint32_t *rows; /* of the batch; NULL: k */
    const int8_t *signs;  /* NULL: all +1 */
};

static uint32_t row_of(const struct taken *t, uint32_t k) {
    return t->rows ? t->rows[k] : k;
}

/* Keeps the k for which `keep` says so. */
#define COMPRESS(t, a, keep)                                                                                 \
    do {                                                                                                     \
        uint32_t *ids_ = arena_alloc_raw(a, sizeof *ids_ * (t)->n);                                          \
        uint32_t *rows_ = arena_alloc_raw(a, sizeof *rows_ * (t)->n);                                        \
        int8_t *signs_ = (t)->signs ? arena_alloc_raw(a, (t)->n) : NULL;                                     \
        uint32_t n_ = 0;                                                                                     \
        for (uint32_t k = 0; k < (t)->n; k++) {                                                              \
            uint32_t row = row_of(t, k);                                                                     \
            ids_[n_] = (t)->ids[k];                                                                          \
            rows_[n_] = row;                                                                                 \
            if (signs_) signs_[n_] = (t)->signs[k];                                                          \
            n_ += (keep);                                                                                    \
        }                                                                                                    \
        *(t) = (struct taken){n_, ids_, rows_, signs_};                                                      \
    } while (0)

static void take_rows(const struct agg_fn *f, struct vec *const *cols, struct arena *a, struct taken *t) {
    if (f->filter >= 0) {
        const struct vec *v = cols[f->filter];
        const uint8_t *pass = v->data;
        COMPRESS(t, a, !vec_is_null(v, row) && pass[vec_index(v, row)]);
    }
    for (uint32_t i = 0; i < f->args.count; i++) {
        const struct vec *v = cols[f->args.items[i]];
        if (v->phys == PHYS_NONE) {
            t->n = 0;
        } else if (v->valid) {
            COMPRESS(t, a, !vec_is_null(v, row));
        }
    }
}

static int64_t *weights_of(const struct taken *t, struct arena *a) {
    if (!t->signs) return NULL;
    int64_t *weights = arena_alloc_raw(a, sizeof *weights * t->n);
    for (uint32_t k = 0; k < t->n; k++) weights[k] = t->signs[k];
    return weights;
}

/* What a leading call found, for those that follow it. */
struct found {
    uint32_t *at;     /* by row of the batch: entry */
    const uint32_t *all; /* its entries, n */
    uint32_t n;
};

static bool find_values(struct agg_store *s, const struct agg_fn *f, struct vec *const *cols,
                        const struct taken *t, uint32_t batch_rows, struct arena *a, struct found *found,
                        uint32_t *at) {
    if (f->follows) {
        for (uint32_t k = 0; k < t->n; k++) at[k] = found->at[t->rows[k]];
        return true;
    }
    struct vec **values = ARENA_ARRAY(a, struct vec *, f->args.count);
    for (uint32_t i = 0; i < f->args.count; i++) values[i] = cols[f->args.items[i]];
    if (!multiset_find(&s->multisets[f->multiset], t->ids, values, t->rows, t->n, a, at)) return false;
    if (!f->leads) return true;
    *found = (struct found){arena_alloc_raw(a, sizeof *found->at * batch_rows), at, t->n};
    for (uint32_t k = 0; k < t->n; k++) found->at[t->rows[k]] = at[k];
    return true;
}

/* Puts the values into the call's multiset; what is left are those that came or went. */
static bool take_values(struct agg_store *s, const struct agg_fn *f, const struct batch *b, struct arena *a,
                        struct found *found, struct taken *t) {
    struct multiset_change *changes = arena_alloc_raw(a, sizeof *changes * t->n);
    uint32_t *at = arena_alloc_raw(a, sizeof *at * t->n);
    const uint32_t *rows = t->rows;
    if (!rows) {
        uint32_t *all = arena_alloc_raw(a, sizeof *all * t->n);
        for (uint32_t k = 0; k < t->n; k++) all[k] = k;
        rows = t->rows = all;
    }
    int64_t *roots = f->distinct ? NULL : s->cols[f->col], *weights = weights_of(t, a);
    struct multiset *m = &s->multisets[f->multiset];
    if (!find_values(s, f, b->cols, t, b->rows, a, found, at)) return false;
    uint32_t n = multiset_count(m, f->slot, t->ids, at, t->n, weights, roots, changes);
    if (weights && !f->leads && !f->follows) multiset_sweep(m, at, t->n);
    uint32_t *ids = arena_alloc_raw(a, sizeof *ids * n), *kept = arena_alloc_raw(a, sizeof *kept * n);
    int8_t *signs = arena_alloc_raw(a, n);
    for (uint32_t i = 0; i < n; i++) {
        ids[i] = t->ids[changes[i].k];
        kept[i] = rows[changes[i].k];
        signs[i] = changes[i].sign;
    }
    *t = (struct taken){n, ids, kept, signs};
    return true;
}

static void count_rows(int64_t *restrict counts, const struct taken *t) {
    if (t->signs) {
        for (uint32_t k = 0; k < t->n; k++) counts[t->ids[k]] += t->signs[k];
    } else {
        for (uint32_t k = 0; k < t->n; k++) counts[t->ids[k]]++;
    }
}

/* Index into the argument's data for each row taken; NULL: k. */
static const uint32_t *data_index(const struct vec *v, const struct taken *t, struct arena *a) {
    if (v->form == VEC_FLAT) return t->rows;
    if (v->form == VEC_DICT && !t->rows) return v->dict;
    uint32_t *at = arena_alloc_raw(a, sizeof *at * t->n);
    for (uint32_t k = 0; k < t->n; k++) at[k] = vec_index(v, row_of(t, k));
    return at;
}

#define SUM_LOOP(type, sum_type)                                                                             \
    do {                                                                                                     \
        const type *restrict data = v->data;                                                                 \
        sum_type *restrict sums = s->cols[f->col];                                                           \
        if (!at && !t->signs) {                                                                              \
            for (uint32_t k = 0; k < t->n; k++) sums[t->ids[k]] += (sum_type)data[k];                        \
        } else if (!t->signs) {                                                                              \
            for (uint32_t k = 0; k < t->n; k++) sums[t->ids[k]] += (sum_type)data[at[k]];                    \
        } else {                                                                                             \
            for (uint32_t k = 0; k < t->n; k++)                                                              \
                sums[t->ids[k]] += (sum_type)data[at ? at[k] : k] * (sum_type)t->signs[k];                   \
        }                                                                                                    \
    } while (0)

/* Sums wrap: they are kept in unsigned words. */
static void sum_rows(struct agg_store *s, const struct agg_fn *f, const struct vec *v, const struct taken *t,
                     struct arena *a) {
    const uint32_t *at = data_index(v, t, a);
    bool wide = s->set->phys[f->col] == PHYS_I128;
    switch (v->phys) {
    case PHYS_I8: SUM_LOOP(int8_t, uint64_t); return;
    case PHYS_I16: SUM_LOOP(int16_t, uint64_t); return;
    case PHYS_I32: SUM_LOOP(int32_t, uint64_t); return;
    case PHYS_I64:
        if (wide) SUM_LOOP(int64_t, unsigned __int128);
        else SUM_LOOP(int64_t, uint64_t);
        return;
    case PHYS_I128: SUM_LOOP(__int128, unsigned __int128); return;
    case PHYS_F32: SUM_LOOP(float, double); return;
    case PHYS_F64: SUM_LOOP(double, double); return;
    default: return;
    }
}

static bool extreme_rows(struct agg_store *s, const struct agg_fn *f, const struct vec *v,
                         const struct taken *t, struct arena *a) {
    const uint32_t *at = data_index(v, t, a);
    int64_t *counts = s->cols[f->col + 1];
    for (uint32_t k = 0; k < t->n; k++) {
        uint32_t id = t->ids[k];
        if (!agg_offer(s, f, id, v->data, at ? at[k] : k, counts[id] == 0)) return false;
        counts[id]++;
    }
    return true;
}

static bool update_call(struct agg_store *s, const struct agg_fn *f, const struct batch *b, struct arena *a,
                        struct found *found, struct taken t) {
    struct vec *const *cols = b->cols;
    take_rows(f, cols, a, &t);
    if (t.n == 0) return true;
    if (f->multiset >= 0) {
        struct taken all = t;
        if (!take_values(s, f, b, a, &found[f->multiset], &t)) return false;
        if (!f->distinct) {
            count_rows(s->cols[f->col + 1], &all);
            return true;
        }
    }
    switch ((int)f->id) {
    case FN_COUNT_STAR:
    case FN_COUNT_AGG: count_rows(s->cols[f->col], &t); return true;
    case FN_SUM:
    case FN_AVG:
        sum_rows(s, f, cols[f->args.items[0]], &t, a);
        count_rows(s->cols[f->col + 1], &t);
        return true;
    default: return extreme_rows(s, f, cols[f->args.items[0]], &t, a);
    }
}

bool agg_update(struct agg_store *s, const struct agg_rows *in, const struct batch *b,
                struct arena *scratch) {
    struct taken all = {in->n, in->ids, in->rows, NULL};
    if (b->change) {
        int8_t *signs = arena_alloc_raw(scratch, in->n);
        for (uint32_t k = 0; k < in->n; k++) signs[k] = (int8_t)change_sign(b->change[row_of(&all, k)]);
        all.signs = signs;
    }
    if (!s->set->rows_is_call) count_rows(agg_row_counts(s), &all);
    const struct agg_set *set = s->set;
    struct found *found = ARENA_ARRAY(scratch, struct found, set->nmultisets + 1);
    for (uint32_t i = 0; i < set->ncalls; i++) {
        if (set->calls[i].leads && !update_call(s, &set->calls[i], b, scratch, found, all)) return false;
    }
    for (uint32_t i = 0; i < set->ncalls; i++) {
        if (!set->calls[i].leads && !update_call(s, &set->calls[i], b, scratch, found, all)) return false;
    }
    for (uint32_t i = 0; all.signs && i < set->nmultisets; i++)
        multiset_sweep(&s->multisets[i], found[i].all, found[i].n);
    return true;
}

bool agg_add_values(struct agg_store *s, uint32_t call, const uint32_t *ids, struct vec *const *values,
                    uint32_t n, const int64_t *weights, bool update_cells, struct arena *scratch) {
    const struct agg_fn *f = &s->set->calls[call];
    struct multiset_change *changes = arena_alloc_raw(scratch, sizeof *changes * n);
    uint32_t *at = arena_alloc_raw(scratch, sizeof *at * n);
    int64_t *roots = f->distinct ? NULL : s->cols[f->col];
    struct multiset *m = &s->multisets[f->multiset];
    if (!multiset_find(m, ids, values, NULL, n, scratch, at)) return false;
    uint32_t nchanges = multiset_count(m, f->slot, ids, at, n, weights, roots, changes);
    if (weights) multiset_sweep(m, at, n);
    if (!update_cells || !f->distinct) return true;
    uint32_t *came = arena_alloc_raw(scratch, sizeof *came * nchanges);
    uint32_t *rows = arena_alloc_raw(scratch, sizeof *rows * nchanges);
    for (uint32_t i = 0; i < nchanges; i++) {
        came[i] = ids[changes[i].k];
        rows[i] = changes[i].k;
    }
    struct taken t = {nchanges, came, rows, NULL};
    if (f->id == FN_SUM || f->id == FN_AVG) sum_rows(s, f, values[0], &t, scratch);
    count_rows(s->cols[f->col + f->nstate - 1], &t);
    return true;
}
