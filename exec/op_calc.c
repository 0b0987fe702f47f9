/* SPDX-License-Identifier: Apache-2.0
 *
 * CALC: a filter, then a projection. Rows are never moved: the filter narrows the selection, columns that
 * are only passed on keep their vectors, and change, watermarks and origin go through as they are.
 */
#include "exec/expr.h"
#include "exec/ops.h"

struct calc_op {
    struct program *filter;  /* NULL = all rows pass */
    struct program *project; /* all output columns */
    uint32_t ncols;          /* of the output */
};

static enum status calc_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    (void)restore;
    struct calc_op *op = ARENA_NEW(ctx->arena, struct calc_op);
    *out = (struct op *)op;
    op->ncols = node->ncols;
    const struct plan_calc *calc = &node->calc;
    if (calc->filter) {
        const struct expr *filter = calc->filter;
        TRY(program_compile(&filter, 1, ctx->arena, ctx->eval, &op->filter, ctx->error));
    }
    return program_compile((const struct expr *const *)calc->exprs, node->ncols, ctx->arena, ctx->eval,
                           &op->project, ctx->error);
}

static enum op_result calc_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    (void)port;
    struct calc_op *op = (struct calc_op *)base;
    ctx->eval->wm_before = in->wm_before;
    ctx->eval->watermark_us = in->wm_floor > ctx->watermark_us ? in->wm_floor : ctx->watermark_us;
    struct batch *b = batch_select(ctx->scratch, in, in->sel, in->count);
    if (op->filter) {
        const uint32_t *sel;
        uint32_t count;
        if (program_filter(op->filter, in, ctx->scratch, ctx->eval, &sel, &count) != ST_OK) return OP_FAIL;
        b->sel = sel;
        b->count = count;
        if (!sel) {
            b->sel = in->sel;
            b->count = in->count;
        }
    }
    if (b->count == 0) return OP_DONE;
    struct vec **cols = ARENA_ARRAY(ctx->scratch, struct vec *, op->ncols);
    if (program_eval(op->project, b, ctx->scratch, ctx->eval, cols) != ST_OK) return OP_FAIL;
    b->cols = cols;
    b->ncols = op->ncols;
    out->batch = b;
    return OP_DONE;
}

static void calc_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct calc_op *op = (struct calc_op *)base;
    if (op->filter) program_free(op->filter);
    if (op->project) program_free(op->project);
}

const struct op_class op_calc_class = {
    .name = "calc",
    .open = calc_open,
    .push = calc_push,
    .close = calc_close,
};
