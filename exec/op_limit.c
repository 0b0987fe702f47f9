/* SPDX-License-Identifier: Apache-2.0
 *
 * LIMIT and OFFSET without an order: skips, then takes, whatever rows come first. Runs on one worker.
 */
#include "exec/ops.h"

#define LIMIT_VERSION 1

struct limit_op {
    int64_t skip; /* rows still to be left out */
    int64_t take; /* rows still to be passed; -1 = all */
};

static enum status limit_read(void *arg, int group, struct inbuf *in, struct error *e) {
    (void)group;
    struct limit_op *op = arg;
    if (inbuf_u8(in) != LIMIT_VERSION)
        return error_set(e, ERR_STATE, "the snapshot of a LIMIT has another version");
    op->skip = inbuf_i64(in);
    op->take = inbuf_i64(in);
    return ST_OK;
}

static enum status limit_open(const struct plan_node *node, struct op_ctx *ctx,
                              struct snapshot_reader *restore, struct op **out) {
    struct limit_op *op = ARENA_NEW(ctx->arena, struct limit_op);
    *out = (struct op *)op;
    op->skip = node->limit.offset;
    op->take = node->limit.limit;
    return restore ? snapshot_each(restore, "limit", limit_read, op, ctx->error) : ST_OK;
}

static enum op_result limit_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                 struct op_out *out) {
    (void)port;
    struct limit_op *op = (struct limit_op *)base;
    uint32_t skip = op->skip > in->count ? in->count : (uint32_t)op->skip;
    uint32_t count = in->count - skip;
    op->skip -= skip;
    if (op->take >= 0 && op->take < count) count = (uint32_t)op->take;
    if (op->take >= 0) op->take -= count;
    if (count == 0) return OP_DONE;
    uint32_t *sel = arena_alloc_raw(ctx->scratch, sizeof *sel * count);
    for (uint32_t k = 0; k < count; k++) sel[k] = in->sel ? in->sel[skip + k] : skip + k;
    out->batch = batch_select(ctx->scratch, in, sel, count);
    return OP_DONE;
}

static enum status limit_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct limit_op *op = (struct limit_op *)base;
    if (ctx->worker != 0) return ST_OK; /* all rows come to worker 0 */
    struct outbuf *o = snapshot_section(w, "limit", SNAPSHOT_WHOLE);
    outbuf_u8(o, LIMIT_VERSION);
    outbuf_i64(o, op->skip);
    outbuf_i64(o, op->take);
    return ST_OK;
}

static bool limit_satisfied(const struct op *base) {
    return ((const struct limit_op *)base)->take == 0;
}

const struct op_class op_limit_class = {
    .name = "limit",
    .open = limit_open,
    .push = limit_push,
    .snapshot = limit_snapshot,
    .satisfied = limit_satisfied,
};
