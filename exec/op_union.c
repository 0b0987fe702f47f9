/* SPDX-License-Identifier: Apache-2.0
 *
 * UNION ALL: passes the batches of all inputs on. A row's own watermark is that of its input, which says
 * nothing about the others: from here on rows are judged against the least of all, as the task counts it.
 */
#include "exec/ops.h"

static enum status union_open(const struct plan_node *node, struct op_ctx *ctx,
                              struct snapshot_reader *restore, struct op **out) {
    (void)node;
    (void)restore;
    *out = arena_alloc(ctx->arena, 1);
    return ST_OK;
}

static enum op_result union_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                 struct op_out *out) {
    (void)base;
    (void)port;
    out->batch = batch_select(ctx->scratch, in, in->sel, in->count);
    out->batch->wm_before = NULL;
    out->batch->wm_floor = ctx->watermark_us;
    return OP_DONE;
}

const struct op_class op_union_class = {
    .name = "union",
    .open = union_open,
    .push = union_push,
};
