/* SPDX-License-Identifier: Apache-2.0
 *
 * Drops and counts rows at or behind the watermark before themselves, as operators that order rows by their
 * rowtime ask for. It stands below the exchange, where every row knows the watermark before it.
 */
#include "exec/ops.h"

struct late_op {
    uint32_t time_col; /* the rowtime of the rows */
};

static enum status late_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    (void)restore;
    struct late_op *op = ARENA_NEW(ctx->arena, struct late_op);
    *out = (struct op *)op;
    while (op->time_col < node->ncols && node->cols[op->time_col].time != TIME_ROWTIME) op->time_col++;
    if (op->time_col == node->ncols)
        return error_set(ctx->error, ERR_INTERNAL, "a late filter without a rowtime");
    return ST_OK;
}

static enum op_result late_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    (void)port;
    struct late_op *op = (struct late_op *)base;
    const struct vec *v = vec_flatten(in->cols[op->time_col], ctx->scratch);
    const int64_t *t = v->data;
    uint32_t *sel = arena_alloc_raw(ctx->scratch, sizeof *sel * in->count), n = 0;
    SEL_FOREACH(batch_sel(in), k, row) {
        if (v->valid && !valid_bit(v->valid, row)) return op_null_time(ctx);
        sel[n] = row;
        n += t[row] > op_wm_before(ctx, in, row);
    }
    ctx->stats->late_rows += in->count - n;
    if (n == 0) return OP_DONE;
    out->batch = n == in->count ? batch_select(ctx->scratch, in, in->sel, in->count)
                                : batch_select(ctx->scratch, in, sel, n);
    return OP_DONE;
}

const struct op_class op_late_filter_class = {
    .name = "late filter",
    .open = late_open,
    .push = late_push,
};
