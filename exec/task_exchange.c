/* SPDX-License-Identifier: Apache-2.0
 *
 * The two halves of an exchange in a task: the sender, an operator at the end of a stage, and the receiver,
 * which begins the next. The receiver takes the minimum of the senders' watermarks, and lets a barrier or the
 * end through when it has come from all.
 */
#include <stdlib.h>

#include "exec/job.h"
#include "exec/task.h"

/* ---- sender ---- */

struct send_op {
    struct exchange *exchange;
    const struct plan_exchange *plan;
    const struct batch *waiting; /* batch that found no room */
    enum { SEND_NOTHING, SEND_BATCH, SEND_WATERMARK, SEND_END, SEND_FLUSH } pending;
    int64_t watermark_us;
};

static enum op_result send_pending(struct send_op *s, struct op_ctx *ctx) {
    if (!exchange_has_room(s->exchange, ctx->worker)) return OP_BLOCKED;
    switch (s->pending) {
    case SEND_BATCH: exchange_send(s->exchange, ctx->worker, s->plan, s->waiting, ctx->scratch); break;
    case SEND_WATERMARK: exchange_control(s->exchange, ctx->worker, PAGE_WATERMARK, s->watermark_us); break;
    case SEND_END: exchange_control(s->exchange, ctx->worker, PAGE_END, 0); break;
    case SEND_FLUSH: /* room for the barrier, which send_barrier() sends */
    case SEND_NOTHING: break;
    }
    s->pending = SEND_NOTHING;
    return OP_DONE;
}

static enum op_result send_push(struct op *op, struct op_ctx *ctx, unsigned port UNUSED,
                                const struct batch *in, struct op_out *out UNUSED) {
    struct send_op *s = (struct send_op *)op;
    if (in->count == 0) return OP_DONE;
    s->pending = SEND_BATCH;
    s->waiting = in;
    return send_pending(s, ctx);
}

static enum op_result send_resume(struct op *op, struct op_ctx *ctx, struct op_out *out UNUSED) {
    return send_pending((struct send_op *)op, ctx);
}

static enum op_result send_watermark(struct op *op, struct op_ctx *ctx, int64_t t,
                                     struct op_out *out UNUSED) {
    struct send_op *s = (struct send_op *)op;
    s->pending = SEND_WATERMARK;
    s->watermark_us = t;
    return send_pending(s, ctx);
}

static enum op_result send_flush(struct op *op, struct op_ctx *ctx, struct op_out *out UNUSED) {
    struct send_op *s = (struct send_op *)op;
    s->pending = SEND_FLUSH;
    return send_pending(s, ctx);
}

static enum op_result send_finish(struct op *op, struct op_ctx *ctx, struct op_out *out UNUSED) {
    struct send_op *s = (struct send_op *)op;
    s->pending = SEND_END;
    return send_pending(s, ctx);
}

static const struct op_class send_op_class = {
    .name = "exchange",
    .push = send_push,
    .resume = send_resume,
    .watermark = send_watermark,
    .flush = send_flush,
    .finish = send_finish,
};

const struct op_class *send_class(void) {
    return &send_op_class;
}

enum status send_open(struct node *n) {
    struct send_op *s = ARENA_NEW(&n->arena, struct send_op);
    s->exchange = n->task->job->exchanges[n->plan->id];
    s->plan = &n->plan->exchange;
    n->class = &send_op_class;
    n->op = (struct op *)s;
    return ST_OK;
}

void send_barrier(struct node *n) {
    exchange_control(((struct send_op *)n->op)->exchange, n->task->worker, PAGE_BARRIER, 0);
}

bool send_idle(struct node *n) {
    struct exchange *x = ((struct send_op *)n->op)->exchange;
    if (!exchange_has_room(x, n->task->worker)) return false;
    exchange_control(x, n->task->worker, PAGE_IDLE, 0);
    return true;
}

/* ---- receiver ---- */

struct incoming {
    int64_t watermark_us;
    bool idle, barrier, ended;
};

struct receive_node {
    struct exchange *exchange;
    struct page *held;      /* its batch is with the consumers */
    uint32_t held_from;
    uint32_t next;          /* sender whose turn it is */
    struct incoming *in;    /* by sender */
};

enum status receive_node_open(struct node *n) {
    struct receive_node *r = ARENA_NEW(&n->arena, struct receive_node);
    uint32_t senders = n->task->job->parallelism;
    r->exchange = n->task->job->exchanges[n->plan->id];
    r->in = ARENA_ARRAY(&n->arena, struct incoming, senders);
    for (uint32_t i = 0; i < senders; i++) r->in[i].watermark_us = TIME_MIN;
    n->receive = r;
    return ST_OK;
}

static void receive_update(struct node *n, struct receive_node *r) {
    uint32_t senders = n->task->job->parallelism, open = 0, active = 0, barriers = 0;
    int64_t min = TIME_MAX;
    for (uint32_t i = 0; i < senders; i++) {
        const struct incoming *in = &r->in[i];
        if (in->ended) continue;
        open++;
        barriers += in->barrier;
        if (in->idle) continue;
        active++;
        if (in->watermark_us < min) min = in->watermark_us;
    }
    if (active || !open) node_forward_watermark(n, min);
    else node_forward_idle(n);
    if (!open) {
        node_forward_end(n);
    } else if (barriers == open) {
        for (uint32_t i = 0; i < senders; i++) r->in[i].barrier = false;
        node_forward_barrier(n, atomic_load(&n->task->job->epoch_requested));
    }
}

static void receive_page(struct node *n, struct receive_node *r, uint32_t from, struct page *p) {
    struct incoming *in = &r->in[from];
    switch (p->kind) {
    case PAGE_ROWS:
        in->idle = false;
        r->held = p;
        r->held_from = from;
        n->stats.rows_in += p->batch->count;
        node_emit(n, p->batch);
        return;
    case PAGE_WATERMARK:
        in->watermark_us = p->watermark_us;
        in->idle = false;
        break;
    case PAGE_IDLE: in->idle = true; break;
    case PAGE_BARRIER: in->barrier = true; break;
    case PAGE_END: in->ended = true; break;
    }
    exchange_return(r->exchange, from, n->task->worker, p);
    receive_update(n, r);
}

enum step receive_node_step(struct node *n) {
    struct receive_node *r = n->receive;
    uint32_t senders = n->task->job->parallelism;
    if (r->held) {
        exchange_return(r->exchange, r->held_from, n->task->worker, r->held);
        r->held = NULL;
    }
    for (uint32_t k = 0; k < senders; k++) {
        uint32_t from = (r->next + k) % senders;
        if (r->in[from].barrier || r->in[from].ended) continue;
        struct page *p = exchange_take(r->exchange, from, n->task->worker);
        if (!p) continue;
        r->next = from + 1;
        receive_page(n, r, from, p);
        return STEP_PROGRESS;
    }
    return STEP_NONE;
}

void receive_node_close(struct node *n) {
    n->receive = NULL;
}
