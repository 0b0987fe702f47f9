/* SPDX-License-Identifier: Apache-2.0
 *
 * VALUES: a leaf without inputs. The task calls finish() at once, which gives all rows, with OP_MORE while
 * there are more; worker 0 alone gives any. Rows are computed and packed at open.
 */
#include "exec/expr.h"
#include "exec/ops.h"
#include "exec/rowpack.h"

struct values_op {
    struct rowpack pack; /* layout of the rows */
    const char **rows;   /* packed, in the operator's arena */
    uint32_t nrows;
    uint32_t next;       /* first row not given yet */
};

/* Computes one row and packs it to the end of `packed`. */
static enum status values_row(struct values_op *op, struct op_ctx *ctx, struct expr *const *exprs,
                              struct outbuf *packed) {
    struct program *program = NULL;
    TRY(program_compile((const struct expr *const *)exprs, op->pack.ncols, ctx->arena, ctx->eval, &program,
                        ctx->error));
    struct batch one = {.rows = 1, .count = 1, .wm_floor = TIME_MIN};
    struct vec **cols = ARENA_ARRAY(ctx->arena, struct vec *, op->pack.ncols);
    enum status s = program_eval(program, &one, ctx->arena, ctx->eval, cols);
    if (s == ST_OK) rowpack_put(&op->pack, cols, 0, packed);
    program_free(program);
    return s;
}

static enum status values_open(const struct plan_node *node, struct op_ctx *ctx,
                               struct snapshot_reader *restore, struct op **out) {
    (void)restore;
    struct values_op *op = ARENA_NEW(ctx->arena, struct values_op);
    *out = (struct op *)op;
    rowpack_init(&op->pack, ctx->arena, op_types(node, ctx->arena), node->ncols);
    if (ctx->worker != 0) return ST_OK;
    struct outbuf packed = {0};
    enum status s = ST_OK;
    for (uint32_t r = 0; r < node->values.nrows && s == ST_OK; r++) {
        s = values_row(op, ctx, node->values.rows[r], &packed);
    }
    if (s == ST_OK) {
        op->nrows = node->values.nrows;
        op->rows = ARENA_ARRAY(ctx->arena, const char *, op->nrows);
        const char *at = packed.len ? arena_str(ctx->arena, (struct str){packed.data, packed.len}).ptr : NULL;
        for (uint32_t r = 0; r < op->nrows; r++, at += rowpack_bytes(at)) op->rows[r] = at;
    }
    outbuf_free(&packed);
    return s;
}

static enum op_result values_give(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct values_op *op = (struct values_op *)base;
    uint32_t n = op->nrows - op->next;
    if (n > ctx->batch_rows) n = ctx->batch_rows;
    if (n == 0) return OP_DONE;
    struct batch *b = batch_new(ctx->scratch, op->pack.ncols);
    b->rows = b->count = n;
    rowpack_get(&op->pack, op->rows + op->next, n, ctx->scratch, b->cols);
    op->next += n;
    out->batch = b;
    return op->next < op->nrows ? OP_MORE : OP_DONE;
}

const struct op_class op_values_class = {
    .name = "values",
    .open = values_open,
    .resume = values_give,
    .finish = values_give,
};
