/* SPDX-License-Identifier: Apache-2.0
 *
 * UNNEST: each row as often as its ARRAY or MAP has entries, with the entry's columns behind its own (the
 * fields of a ROW, key and value of a MAP) and the position if asked for. With `outer` a row without entries
 * goes out once, its entry NULL. A BIGINT instead of a collection is the number of times itself, without
 * further columns.
 */
#include "exec/ops.h"

struct unnest_op {
    const struct plan_unnest *plan;
    const struct type *type;
    uint32_t ncols;         /* of the output */
    const struct batch *in; /* being consumed */
    uint32_t at;            /* position in its selection */
    uint64_t entry;         /* next entry of that row */
};

/* What a call gives. */
struct taken {
    uint32_t n;
    uint32_t *rows;    /* of the input */
    uint32_t *entries; /* of the child vectors; UINT32_MAX = none */
    uint32_t *numbers; /* from 1 */
};

static enum status unnest_open(const struct plan_node *node, struct op_ctx *ctx,
                               struct snapshot_reader *restore, struct op **out) {
    (void)restore;
    struct unnest_op *op = ARENA_NEW(ctx->arena, struct unnest_op);
    *out = (struct op *)op;
    op->plan = &node->unnest;
    op->type = node->inputs[0]->cols[op->plan->col].type;
    op->ncols = node->ncols;
    return ST_OK;
}

/* How often a row goes out; *first is its first entry. */
static uint64_t entries_of(const struct vec *v, uint32_t row, uint32_t *first) {
    *first = 0;
    if (v->valid && !valid_bit(v->valid, row)) return 0;
    if (!v->child) {
        int64_t n = vec_int(v, row);
        return n > 0 ? (uint64_t)n : 0;
    }
    struct listref l = ((const struct listref *)v->data)[row];
    *first = l.offset;
    return l.len;
}

static void take(struct unnest_op *op, const struct vec *v, uint32_t max, struct taken *t) {
    while (op->at < op->in->count && t->n < max) {
        uint32_t row = op->in->sel ? op->in->sel[op->at] : op->at, first;
        uint64_t count = entries_of(v, row, &first);
        bool padded = count == 0 && op->plan->outer;
        for (; (op->entry < count || padded) && t->n < max; op->entry++) {
            t->rows[t->n] = row;
            t->entries[t->n] = padded ? UINT32_MAX : first + (uint32_t)op->entry;
            t->numbers[t->n++] = (uint32_t)op->entry + 1;
            padded = false;
        }
        if (op->entry < count) return;
        op->at++;
        op->entry = 0;
    }
}

/* Entries of a child vector; those that are none are NULL. */
static struct vec *gather(const struct vec *child, const struct vec *row, const struct taken *t,
                          struct arena *a) {
    uint32_t *from = arena_alloc_raw(a, sizeof *from * t->n);
    bool gaps = false;
    for (uint32_t k = 0; k < t->n; k++) {
        bool none = t->entries[k] == UINT32_MAX || (row && vec_is_null(row, t->entries[k]));
        from[k] = t->entries[k] == UINT32_MAX ? 0 : t->entries[k];
        gaps |= none;
    }
    if (child->rows == 0) return vec_all_null(a, child->type, t->n);
    struct vec *v = vec_gather(child, from, t->n, a);
    if (!gaps) return v;
    uint64_t *valid = vec_make_valid(v, a);
    for (uint32_t k = 0; k < t->n; k++) {
        if (t->entries[k] == UINT32_MAX || (row && vec_is_null(row, t->entries[k]))) valid_clear(valid, k);
    }
    return v;
}

static struct vec *positions(const struct taken *t, bool outer, struct arena *a) {
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, type_simple(TYPE_INT, outer), t->n);
    for (uint32_t k = 0; k < t->n; k++) {
        ((int32_t *)v->data)[k] = (int32_t)t->numbers[k];
        if (t->entries[k] == UINT32_MAX) valid_clear(vec_make_valid(v, a), k);
    }
    return v;
}

static struct batch *make_batch(struct unnest_op *op, struct op_ctx *ctx, const struct vec *v,
                                const struct taken *t) {
    struct arena *a = ctx->scratch;
    const struct batch *in = op->in;
    struct batch *b = batch_new(a, op->ncols);
    b->rows = b->count = t->n;
    b->wm_floor = in->wm_floor;
    uint32_t c = 0;
    for (; c < in->ncols; c++) b->cols[c] = vec_gather(in->cols[c], t->rows, t->n, a);
    bool fields = v->child && v->nchild == 1 && v->child[0].type->kind == TYPE_ROW;
    for (uint32_t i = 0; fields && i < v->child[0].nchild; i++)
        b->cols[c++] = gather(&v->child[0].child[i], &v->child[0], t, a);
    for (uint32_t i = 0; !fields && v->child && i < v->nchild; i++)
        b->cols[c++] = gather(&v->child[i], NULL, t, a);
    if (op->plan->ordinality) b->cols[c++] = positions(t, op->plan->outer, a);
    int8_t *change = in->change ? arena_alloc_raw(a, t->n) : NULL;
    int64_t *before = in->wm_before ? arena_alloc_raw(a, sizeof *before * t->n) : NULL;
    for (uint32_t k = 0; k < t->n; k++) {
        if (change) change[k] = in->change[t->rows[k]];
        if (before) before[k] = in->wm_before[t->rows[k]];
    }
    b->change = change;
    b->wm_before = before;
    return b;
}

static enum op_result unnest_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct unnest_op *op = (struct unnest_op *)base;
    struct arena *a = ctx->scratch;
    const struct vec *v = vec_flatten(op->in->cols[op->plan->col], a);
    struct taken t = {0, ARENA_ARRAY(a, uint32_t, ctx->batch_rows), ARENA_ARRAY(a, uint32_t, ctx->batch_rows),
                      ARENA_ARRAY(a, uint32_t, ctx->batch_rows)};
    take(op, v, ctx->batch_rows, &t);
    if (t.n) out->batch = make_batch(op, ctx, v, &t);
    return op->at < op->in->count ? OP_MORE : OP_DONE;
}

static enum op_result unnest_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                  struct op_out *out) {
    (void)port;
    struct unnest_op *op = (struct unnest_op *)base;
    op->in = in;
    op->at = 0;
    op->entry = 0;
    return unnest_resume(base, ctx, out);
}

const struct op_class op_unnest_class = {
    .name = "unnest",
    .open = unnest_open,
    .push = unnest_push,
    .resume = unnest_resume,
};
