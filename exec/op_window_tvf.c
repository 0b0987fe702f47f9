/* SPDX-License-Identifier: Apache-2.0
 *
 * Window table functions without an aggregate above: adds window_start, window_end and window_time to each
 * row. HOP and CUMULATE give a row for each of its windows: the batch goes out once for the first window of
 * every row, once for the second, and so on; its columns are passed on by reference.
 */
#include "exec/ops.h"
#include "exec/window.h"

struct tvf_op {
    const struct plan_window_tvf *plan;
    struct window window;
    uint32_t ncols;           /* of the output */
    const struct type *start_type, *time_type;
    const struct batch *in;   /* being consumed */
    uint32_t pass;            /* which window of each row goes out next */
};

static enum status tvf_open(const struct plan_node *node, struct op_ctx *ctx, struct snapshot_reader *restore,
                            struct op **out) {
    (void)restore;
    struct tvf_op *op = ARENA_NEW(ctx->arena, struct tvf_op);
    *out = (struct op *)op;
    op->plan = &node->window_tvf;
    op->ncols = node->ncols;
    op->start_type = node->cols[node->ncols - 3].type;
    op->time_type = node->cols[node->ncols - 1].type;
    window_init(&op->window, &op->plan->window, ctx->eval->zone);
    return ST_OK;
}

static struct vec *time_vec(struct arena *a, const struct type *t, uint32_t rows) {
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, t, rows);
    return v;
}

static enum op_result tvf_pass(struct tvf_op *op, struct op_ctx *ctx, struct op_out *out) {
    struct arena *a = ctx->scratch;
    const struct batch *in = op->in;
    const struct window_spec *spec = &op->plan->window;
    const struct vec *v = spec->proctime ? NULL : vec_flatten(in->cols[spec->time_col], a);
    struct vec *start = time_vec(a, op->start_type, in->rows), *end = time_vec(a, op->start_type, in->rows);
    struct vec *time = time_vec(a, op->time_type, in->rows);
    uint32_t *sel = arena_alloc_raw(a, sizeof *sel * in->count), n = 0;
    SEL_FOREACH(batch_sel(in), k, row) {
        if (v && v->valid && !valid_bit(v->valid, row)) return op_null_time(ctx);
        int64_t t = v ? ((const int64_t *)v->data)[row] : ctx->now_us;
        int64_t slice = window_slice_end(&op->window, window_local(&op->window, t));
        int64_t e = window_first_end(&op->window, slice) + op->pass * op->window.slide;
        if (e > window_last_end(&op->window, slice)) continue;
        ((int64_t *)start->data)[row] = window_start(&op->window, e);
        ((int64_t *)end->data)[row] = e;
        ((int64_t *)time->data)[row] = window_fires_at(&op->window, e);
        sel[n++] = row;
    }
    op->pass++;
    if (n == 0) return OP_DONE;
    struct batch *b = batch_select(a, in, sel, n);
    b->ncols = op->ncols;
    b->cols = ARENA_ARRAY(a, struct vec *, b->ncols);
    memcpy(b->cols, in->cols, in->ncols * sizeof *b->cols);
    b->cols[in->ncols] = start;
    b->cols[in->ncols + 1] = end;
    b->cols[in->ncols + 2] = time;
    out->batch = b;
    return spec->kind == WINDOW_TUMBLE ? OP_DONE : OP_MORE;
}

static enum op_result tvf_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                               struct op_out *out) {
    (void)port;
    struct tvf_op *op = (struct tvf_op *)base;
    op->in = in;
    op->pass = 0;
    return tvf_pass(op, ctx, out);
}

static enum op_result tvf_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    return tvf_pass((struct tvf_op *)base, ctx, out);
}

const struct op_class op_window_tvf_class = {
    .name = "window",
    .open = tvf_open,
    .push = tvf_push,
    .resume = tvf_resume,
};
