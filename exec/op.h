/* SPDX-License-Identifier: Apache-2.0
 *
 * The operator contract. One file an operator (exec/op_<name>.c), one `const struct op_class` each.
 *
 * A task (exec/task.h) owns its operators and is the only thread that calls them. It moves batches:
 *  - push(port, in) consumes one batch completely, or keeps a cursor into it and answers OP_MORE: then
 *    the task calls resume() until OP_DONE before anything else; `in` stays valid until then.
 *  - Each call returns at most one output batch, in *out (batch NULL = none). The batch and all it
 *    points to may live in ctx->scratch, which the task resets before *every* call, or in memory of the
 *    operator that it leaves alone until its next call. Columns of `in` may be passed on by pointer
 *    while answering push and the resumes that follow it.
 *  - watermark(port_time, ...) is called after the batches that came before it; `t` is the minimum over
 *    the ports, rising. finish() follows the last input: TIME_MAX was given to watermark() before.
 *    Both may answer OP_MORE. NULL entry = nothing to do; the task passes watermark and end on itself,
 *    after the operator's output.
 *  - snapshot() is called when nothing is pending. An operator whose local state is only an optimisation
 *    (local aggregates) has `flush`, called with the same rules as watermark() before each snapshot.
 *  - An operator never blocks, reads a clock or opens a file; time is in ctx.
 * State is accounted in ctx->mem; what it keeps of a batch it copies.
 */
#ifndef WEIR_EXEC_OP_H
#define WEIR_EXEC_OP_H

#include "base/error.h"
#include "base/mem.h"
#include "exec/batch.h"
#include "exec/kernel.h"
#include "exec/snapshot.h"
#include "planner/plan.h"

struct op_stats {
    uint64_t rows_in, rows_out, batches_in;
    uint64_t late_rows;      /* dropped because their window or key time was over */
    uint64_t state_rows;     /* now */
    uint64_t busy_ns;        /* EXPLAIN ANALYZE only */
};

struct op_ctx {
    struct error *error;     /* where OP_FAIL is explained */
    struct eval_ctx *eval;   /* zone, clock, watermark; eval->error is the same error */
    struct arena *arena;     /* lives as long as the operator */
    struct arena *scratch;   /* reset by the task before every call */
    struct mem_account *mem; /* charge state here */
    struct op_stats *stats;
    uint32_t worker;         /* 0 .. parallelism-1 */
    uint32_t parallelism;
    uint32_t batch_rows;     /* most rows of an output batch */
    int64_t now_us;          /* processing time of this call */
    int64_t watermark_us;    /* last watermark given to this operator; TIME_MIN none */
};

/* OP_BLOCKED is for the task's own operators alone (exchange, sink): nothing could be done now, resume later.
 */
enum op_result { OP_DONE, OP_MORE, OP_FAIL, OP_BLOCKED };

struct op_out {
    struct batch *batch; /* NULL = none */
};

struct op; /* each operator's own struct begins as it likes; opaque to the task */

struct op_class {
    const char *name; /* as EXPLAIN and metrics name it */
    /* Makes the operator in ctx->arena. `restore` is NULL in a fresh job. */
    enum status (*open)(const struct plan_node *node, struct op_ctx *ctx, struct snapshot_reader *restore,
                        struct op **out);
    enum op_result (*push)(struct op *op, struct op_ctx *ctx, unsigned port, const struct batch *in,
                           struct op_out *out);
    enum op_result (*resume)(struct op *op, struct op_ctx *ctx, struct op_out *out);
    enum op_result (*watermark)(struct op *op, struct op_ctx *ctx, int64_t t, struct op_out *out);
    /* The input of one port has ended (others may go on); NULL = nothing to do. */
    enum op_result (*port_end)(struct op *op, struct op_ctx *ctx, unsigned port, struct op_out *out);
    /* Processing time has moved (ctx->now_us); called some times a second, NULL = not wanted. */
    enum op_result (*tick)(struct op *op, struct op_ctx *ctx, struct op_out *out);
    enum op_result (*flush)(struct op *op, struct op_ctx *ctx, struct op_out *out);
    enum op_result (*finish)(struct op *op, struct op_ctx *ctx, struct op_out *out);
    enum status (*snapshot)(struct op *op, struct op_ctx *ctx, struct snapshot_writer *w);
    /* Must port `port` be read before the others? Asked again after each call; NULL = never. While true,
     * the task holds back other ports' batches. */
    bool (*wants)(struct op *op, unsigned port);
    /* Will nothing that comes in ever make a difference again? Asked after each push; NULL = no. */
    bool (*satisfied)(const struct op *op);
    void (*close)(struct op *op, struct op_ctx *ctx);
};

/* The class for a plan node (exec/op_table.c). SCAN, EXCHANGE and SINK are the task's own; NULL. */
const struct op_class *op_class_for(const struct plan_node *node);

#endif
