/* SPDX-License-Identifier: Apache-2.0
 *
 * A sink in a task: an operator that hands rows to a connector's sink, or to the client when the plan names
 * no table. It holds a batch that the sink was too busy for, and carries prepare and commit of checkpoints.
 */
#include "exec/job.h"
#include "exec/task.h"
#include "exec/checkpoint.h"

struct sink_op {
    struct node *node;
    const struct sink_class *class; /* NULL: the client */
    struct sink *sink;
    struct io_config config;
    struct io_counters counters;
    const struct batch *waiting; /* not yet taken */
    bool finishing;
};

static enum op_result answer(enum sink_result r) {
    switch (r) {
    case SINK_DONE: return OP_DONE;
    case SINK_BUSY: return OP_BLOCKED;
    case SINK_FAIL: break;
    }
    return OP_FAIL;
}

static enum op_result collect(struct sink_op *s, struct op_ctx *ctx, const struct batch *in) {
    struct job *job = s->node->task->job;
    pthread_mutex_lock(&job->collect_mutex);
    enum sink_result r = job->config.collect(job->config.collect_arg, in, ctx->error);
    pthread_mutex_unlock(&job->collect_mutex);
    if (r == SINK_BUSY) s->node->task->rows_wait = true;
    return answer(r);
}

/* A NULL for a NOT NULL column of the table fails the job. */
static bool check_not_null(const struct sink_op *s, struct op_ctx *ctx, const struct batch *in) {
    const struct plan_sink *plan = &s->node->plan->sink;
    for (uint32_t i = 0; plan->table && i < plan->table->physical.count; i++) {
        const struct field *f = &plan->table->physical.fields[i];
        const struct vec *v = in->cols[plan->cols[i]];
        if (f->type->nullable || (v->phys != PHYS_NONE && !v->valid)) continue;
        SEL_FOREACH(batch_sel(in), k, row) {
            if (!vec_is_null(v, row)) continue;
            (void)error_set(ctx->error, ERR_NULL_VALUE,
                            "column '%.*s' of table %.*s is NOT NULL, but a row has NULL there",
                            STR_ARG(f->name), STR_ARG(plan->table->name));
            (void)error_hint(ctx->error,
                             "SET 'table.exec.sink.not-null-enforcer' = 'DROP' leaves such rows out");
            return false;
        }
    }
    return true;
}

static enum op_result take(struct sink_op *s, struct op_ctx *ctx) {
    if (!s->class) return collect(s, ctx, s->waiting);
    return answer(s->class->push(s->sink, s->waiting, ctx->watermark_us, ctx->error));
}

static enum op_result sink_push(struct op *op, struct op_ctx *ctx, unsigned port UNUSED,
                                const struct batch *in, struct op_out *out UNUSED) {
    struct sink_op *s = (struct sink_op *)op;
    if (in->count == 0) return OP_DONE;
    if (!check_not_null(s, ctx, in)) return OP_FAIL;
    ctx->stats->rows_out += in->count;
    s->waiting = in;
    return take(s, ctx);
}

static enum op_result sink_finish(struct op *op, struct op_ctx *ctx, struct op_out *out UNUSED) {
    struct sink_op *s = (struct sink_op *)op;
    s->finishing = true;
    if (!s->class || !s->class->finish || s->config.checkpointed) return OP_DONE;
    return answer(s->class->finish(s->sink, ctx->error));
}

static enum op_result sink_resume(struct op *op, struct op_ctx *ctx, struct op_out *out) {
    struct sink_op *s = (struct sink_op *)op;
    return s->finishing ? sink_finish(op, ctx, out) : take(s, ctx);
}

static enum op_result sink_tick(struct op *op, struct op_ctx *ctx, struct op_out *out UNUSED) {
    struct sink_op *s = (struct sink_op *)op;
    if (!s->class || !s->class->tick) return OP_DONE;
    return s->class->tick(s->sink, ctx->now_us, ctx->error) == SINK_FAIL ? OP_FAIL : OP_DONE;
}

static void sink_close(struct op *op, struct op_ctx *ctx UNUSED) {
    struct sink_op *s = (struct sink_op *)op;
    if (s->sink) s->class->close(s->sink);
}

static const struct op_class class = {
    .name = "sink",
    .push = sink_push,
    .resume = sink_resume,
    .tick = sink_tick,
    .finish = sink_finish,
    .close = sink_close,
};

const struct op_class *sink_op_class(void) {
    return &class;
}

struct restore_arg {
    struct sink_op *s;
    uint64_t epoch;
};

static enum status restore_part(void *arg, int group UNUSED, struct inbuf *in, struct error *e) {
    struct restore_arg *a = arg;
    if (a->s->class->restore) TRY(a->s->class->restore(a->s->sink, a->epoch, in, e));
    in->at = in->end;
    return ST_OK;
}

static enum status sink_restore(struct node *n, struct sink_op *s) {
    struct job *job = n->task->job;
    if (!job->restore) return ST_OK;
    struct snapshot_reader *r =
        snapshot_restore_reader(job->restore, n->plan, n->task->worker, job->parallelism);
    struct restore_arg arg = {s, job->restored_epoch};
    enum status st = snapshot_each(r, "sink", restore_part, &arg, &n->task->error);
    snapshot_reader_free(r);
    n->was_finished = snapshot_restore_finished(job->restore, n->plan);
    return st;
}

enum status sink_node_open(struct node *n) {
    struct job *job = n->task->job;
    struct sink_op *s = ARENA_NEW(&n->arena, struct sink_op);
    s->node = n;
    n->class = &class;
    n->op = (struct op *)s;
    const struct plan_table *table = n->plan->sink.table;
    if (!table) return ST_OK;
    s->class = job->config.sink_class(table->connector, &n->task->error);
    if (!s->class) return ST_ERROR;
    job_io_config(job, table, n->task->worker, &s->counters, &s->config);
    s->config.mem = &n->mem;
    TRY(s->class->open(&s->config, &n->plan->sink, n->plan, &s->sink, &n->task->error));
    return sink_restore(n, s);
}

enum status sink_node_prepare(struct node *n, uint64_t epoch, struct outbuf *out) {
    struct sink_op *s = (struct sink_op *)n->op;
    if (!s->class || !s->class->prepare) return ST_OK;
    struct env *env = n->task->job->config.env;
    for (;;) {
        enum sink_result r = s->class->prepare(s->sink, epoch, out, &n->task->error);
        if (r != SINK_BUSY) return r == SINK_DONE ? ST_OK : ST_ERROR;
        if (atomic_load(&n->task->job->stop))
            return error_set(&n->task->error, ERR_CANCELLED, "cancelled while a sink was being flushed");
        doorbell_wait(&n->task->bell, atomic_load(&n->task->bell.rung), 1000);
        if (s->class->tick && s->class->tick(s->sink, env->now_us(env), &n->task->error) == SINK_FAIL)
            return ST_ERROR;
    }
}

enum status sink_node_commit(struct node *n, uint64_t epoch) {
    struct sink_op *s = (struct sink_op *)n->op;
    if (!s->class || !s->class->commit) return ST_OK;
    return s->class->commit(s->sink, epoch, &n->task->error);
}

enum status sink_node_drop(struct node *n, uint64_t committed) {
    struct sink_op *s = (struct sink_op *)n->op;
    if (!s->class || !s->class->drop) return ST_OK;
    return s->class->drop(s->sink, committed, &n->task->error);
}
