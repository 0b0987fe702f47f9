/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading results and state columns out of a store of aggregates.
 */
#include "exec/agg.h"

#include "exec/agg_cells.h"
#include "exec/decimal.h"

static void put_double(struct vec *v, uint32_t k, double value) {
    if (v->phys == PHYS_F32) ((float *)v->data)[k] = (float)value;
    else ((double *)v->data)[k] = value;
}

/* sum / count at `digits` more digits, rounded half away from zero. */
static __int128 mean(__int128 sum, int64_t count, unsigned digits) {
    bool negative = sum < 0;
    unsigned __int128 u = negative ? -(unsigned __int128)sum : (unsigned __int128)sum, n = (uint64_t)count;
    unsigned __int128 scale = decimal_pow10[digits];
    unsigned __int128 rest = u % n * scale;
    unsigned __int128 q = u / n * scale + rest / n;
    if (rest % n * 2 >= n) q++;
    return negative ? -(__int128)q : (__int128)q;
}

static bool too_wide(const struct type *t, __int128 value) {
    return t->kind == TYPE_DECIMAL && !decimal_fits(value, t->precision);
}

/* SUM and AVG of integers and decimals. */
static void exact_results(const struct agg_store *s, const struct agg_fn *f, const uint32_t *ids, uint32_t n,
                          struct arena *a, struct vec *out) {
    const int64_t *counts = s->cols[f->col + 1];
    bool wide = s->set->phys[f->col] == PHYS_I128, decimal = f->result->kind == TYPE_DECIMAL;
    unsigned digits =
        decimal && f->result->scale > f->state[0]->scale ? f->result->scale - f->state[0]->scale : 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t id = ids[k];
        __int128 value =
            wide ? ((const __int128 *)s->cols[f->col])[id] : ((const int64_t *)s->cols[f->col])[id];
        int64_t count = counts[id];
        if (count > 0 && f->id == FN_AVG) value = decimal ? mean(value, count, digits) : value / count;
        bool null = count <= 0 || too_wide(f->result, value);
        vec_put_int128(out, k, null ? 0 : value);
        if (null) valid_clear(vec_make_valid(out, a), k);
    }
}

static void real_results(const struct agg_store *s, const struct agg_fn *f, const uint32_t *ids, uint32_t n,
                         struct arena *a, struct vec *out) {
    const int64_t *counts = s->cols[f->col + 1];
    const double *sums = s->cols[f->col];
    for (uint32_t k = 0; k < n; k++) {
        int64_t count = counts[ids[k]];
        put_double(out, k, f->id == FN_AVG && count > 0 ? sums[ids[k]] / (double)count : sums[ids[k]]);
        if (count <= 0) valid_clear(vec_make_valid(out, a), k);
    }
}

/* A cell of a vector, zero = NULL, from the words of a multiset's value or from a store's column. */
static void extreme_results(const struct agg_store *s, const struct agg_fn *f, const uint32_t *ids,
                            uint32_t n, struct arena *a, struct vec *out) {
    const int64_t *counts = s->cols[f->col + 1];
    size_t width = phys_bytes(out->phys);
    for (uint32_t k = 0; k < n; k++) {
        char *to = (char *)out->data + width * k;
        const char *from = (const char *)s->cols[f->col] + width * ids[k];
        if (out->phys == PHYS_STR) {
            struct strview view = agg_string(s, (const struct strview *)(const void *)from);
            memcpy(to, &view, sizeof view);
        } else {
            memcpy(to, from, width);
        }
        if (counts[ids[k]] <= 0) valid_clear(vec_make_valid(out, a), k);
    }
}

static struct vec *tree_results(const struct agg_store *s, const struct agg_fn *f, const uint32_t *ids,
                                uint32_t n, struct arena *a) {
    const struct multiset *m = &s->multisets[f->multiset];
    const int64_t *roots = s->cols[f->col];
    struct keycode *code = ARENA_NEW(a, struct keycode);
    keycode_init(code, a, f->arg_types, 1);
    const uint64_t **rows = ARENA_ARRAY(a, const uint64_t *, n);
    for (uint32_t k = 0; k < n; k++) {
        const uint64_t *words = multiset_extreme(m, roots[ids[k]], f->id == FN_MAX);
        if (words && code->phys[0] == PHYS_STR) {
            struct strview *view = arena_alloc_raw(a, sizeof *view);
            memcpy(view, words, sizeof *view);
            if (view->len > STRVIEW_INLINE) view->ptr = heap_ptr(&m->table.heap, view->words[1]);
            words = view->words;
        }
        rows[k] = words;
    }
    struct vec *v = keycode_decode(code, 0, rows, n, a);
    v->type = f->result;
    return v;
}

void agg_results(const struct agg_store *s, const uint32_t *ids, uint32_t n, struct arena *a,
                 struct vec **out) {
    for (uint32_t i = 0; i < s->set->ncalls; i++) {
        const struct agg_fn *f = &s->set->calls[i];
        bool extreme = f->id == FN_MIN || f->id == FN_MAX;
        if (extreme && f->multiset >= 0) {
            out[i] = tree_results(s, f, ids, n, a);
            continue;
        }
        struct vec *v = ARENA_NEW(a, struct vec);
        vec_make_flat(v, a, f->result, n);
        out[i] = v;
        if (f->nstate == 1) {
            const int64_t *counts = s->cols[f->col];
            int64_t *restrict to = v->data;
            for (uint32_t k = 0; k < n; k++) to[k] = counts[ids[k]];
        } else if (extreme) {
            extreme_results(s, f, ids, n, a, v);
        } else if (s->set->phys[f->col] == PHYS_F64) {
            real_results(s, f, ids, n, a, v);
        } else {
            exact_results(s, f, ids, n, a, v);
        }
    }
}

void agg_states(const struct agg_store *s, const uint32_t *ids, uint32_t n, struct arena *a,
                struct vec **out) {
    for (uint32_t i = 0; i < s->set->ncalls; i++) {
        const struct agg_fn *f = &s->set->calls[i];
        for (uint32_t c = 0; c < f->nstate; c++) {
            struct vec *v = ARENA_NEW(a, struct vec);
            vec_make_flat(v, a, f->state[c], n);
            size_t width = phys_bytes(v->phys);
            if (s->set->phys[f->col + c] != v->phys) {
                memset(v->data, 0, width * n); /* a tree: its values go by themselves */
            } else {
                const char *from = s->cols[f->col + c];
                for (uint32_t k = 0; k < n; k++)
                    memcpy((char *)v->data + width * k, from + width * ids[k], width);
            }
            for (uint32_t k = 0; v->phys == PHYS_STR && c == 0 && k < n; k++) {
                struct strview *view = (struct strview *)v->data + k;
                *view = agg_string(s, view);
            }
            *out++ = v;
        }
    }
}
