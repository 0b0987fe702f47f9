/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes, ports and the scheduling loop of one worker; see task.h.
 */
#include "exec/task.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "exec/job.h"
#include "exec/checkpoint.h"

#define TICK_US 100000 /* operators that want processing time get it this often */
#define MAX_WAIT_US 100000

/* ---- delivery ---- */

/* A consumer's port stays taken until what the consumer made of the batch has been taken in its turn
 * (settling), so free ports mean that nothing points into this node's memory any more, however far down it
 * went. */
bool node_output_free(const struct node *n) {
    for (uint32_t i = 0; i < n->nconsumers; i++) {
        if (n->consumers[i].node->ports[n->consumers[i].port].batch) return false;
    }
    return true;
}

void node_emit(struct node *n, struct batch *b) {
    if (b->count == 0) return;
    if (!b->wm_before) b->wm_floor = n->watermark_out_us;
    n->stats.rows_out += b->count;
    n->idle_out = false;
    for (uint32_t i = 0; i < n->nconsumers; i++) {
        struct port *p = &n->consumers[i].node->ports[n->consumers[i].port];
        p->batch = b;
        p->idle = false;
    }
}

void node_forward_watermark(struct node *n, int64_t t) {
    if (t <= n->watermark_out_us && !n->idle_out) return;
    n->watermark_out_us = t;
    n->idle_out = false;
    for (uint32_t i = 0; i < n->nconsumers; i++) {
        struct port *p = &n->consumers[i].node->ports[n->consumers[i].port];
        p->watermark_us = t;
        p->idle = false;
    }
}

void node_forward_idle(struct node *n) {
    if (n->idle_out) return;
    n->idle_out = true;
    for (uint32_t i = 0; i < n->nconsumers; i++)
        n->consumers[i].node->ports[n->consumers[i].port].idle = true;
}

void node_forward_barrier(struct node *n, uint64_t epoch) {
    n->epoch_passed = epoch;
    for (uint32_t i = 0; i < n->nconsumers; i++)
        n->consumers[i].node->ports[n->consumers[i].port].barrier = true;
}

void node_forward_end(struct node *n) {
    n->finished = true;
    for (uint32_t i = 0; i < n->nconsumers; i++)
        n->consumers[i].node->ports[n->consumers[i].port].ended = true;
}

/* ---- operator nodes ---- */

static bool is_send(const struct node *n) {
    return n->class == send_class();
}

/* What to do once the call in progress has answered OP_DONE. */
static void activity_done(struct node *n) {
    enum activity done = n->activity;
    n->activity = ACT_NONE;
    switch (done) {
    case ACT_PUSH: n->ports[n->active_port].batch = NULL; break;
    case ACT_WATERMARK: node_forward_watermark(n, n->watermark_in_us); break;
    case ACT_PORT_END: n->ports[n->active_port].end_told = true; break;
    case ACT_FLUSH:
        for (uint32_t i = 0; i < n->nports; i++) n->ports[i].barrier = false;
        if (is_send(n)) send_barrier(n);
        node_forward_barrier(n, atomic_load(&n->task->job->epoch_requested));
        break;
    case ACT_FINISH: node_forward_end(n); break;
    case ACT_TICK:
    case ACT_NONE: break;
    }
}

static enum step call_done(struct node *n, enum op_result r, struct op_out *out) {
    if (out->batch) node_emit(n, out->batch);
    switch (r) {
    case OP_DONE:
        /* What goes out may be made of the batch that came in, which is let go of when its takers are done.
         */
        if (n->rules && n->class->satisfied(n->op)) atomic_store(&n->task->job->enough, true);
        if (n->activity == ACT_PUSH && out->batch && !node_output_free(n)) n->settling = true;
        else activity_done(n);
        return STEP_PROGRESS;
    case OP_MORE: return STEP_PROGRESS;
    case OP_BLOCKED: return STEP_NONE;
    case OP_FAIL: break;
    }
    return STEP_FAIL;
}

static void prepare_call(struct node *n) {
    arena_reset(&n->scratch);
    n->ctx.now_us = n->eval.now_us = n->task->now_us;
    n->ctx.watermark_us = n->watermark_in_us;
}

static enum step start_push(struct node *n, unsigned port) {
    const struct batch *b = n->ports[port].batch;
    n->activity = ACT_PUSH;
    n->active_port = port;
    n->stats.rows_in += b->count;
    n->stats.batches_in++;
    prepare_call(n);
    n->eval.wm_before = b->wm_before;
    n->eval.watermark_us = b->wm_floor;
    struct op_out out = {0};
    enum op_result r = n->class->push(n->op, &n->ctx, port, b, &out);
    return call_done(n, r, &out);
}

/* Starts one of the other calls; a missing entry is done at once. */
static enum step start_call(struct node *n, enum activity what) {
    n->activity = what;
    prepare_call(n);
    struct op_out out = {0};
    enum op_result r = OP_DONE;
    const struct op_class *c = n->class;
    switch (what) {
    case ACT_WATERMARK:
        if (c->watermark) r = c->watermark(n->op, &n->ctx, n->watermark_in_us, &out);
        break;
    case ACT_PORT_END:
        if (c->port_end) r = c->port_end(n->op, &n->ctx, n->active_port, &out);
        break;
    case ACT_TICK: r = c->tick(n->op, &n->ctx, &out); break;
    case ACT_FLUSH:
        if (c->flush) r = c->flush(n->op, &n->ctx, &out);
        break;
    case ACT_FINISH:
        if (c->finish && !n->was_finished) r = c->finish(n->op, &n->ctx, &out);
        break;
    case ACT_PUSH:
    case ACT_NONE: break;
    }
    return call_done(n, r, &out);
}

static enum step resume_call(struct node *n) {
    prepare_call(n);
    struct op_out out = {0};
    if (n->activity == ACT_PUSH) {
        const struct batch *b = n->ports[n->active_port].batch;
        n->eval.wm_before = b->wm_before;
        n->eval.watermark_us = b->wm_floor;
    }
    enum op_result r = n->class->resume(n->op, &n->ctx, &out);
    return call_done(n, r, &out);
}

/* The port to take a batch from, -1 for none: one that the operator wants first holds back the others. */
static int port_with_batch(struct node *n) {
    if (n->class->wants) {
        for (uint32_t i = 0; i < n->nports; i++) {
            if (n->ports[i].end_told || !n->class->wants(n->op, i)) continue;
            return n->ports[i].batch ? (int)i : -1;
        }
    }
    for (uint32_t i = 0; i < n->nports; i++) {
        if (n->ports[i].batch) return (int)i;
    }
    return -1;
}

/* The minimum of the ports' watermarks: ended ones do not count, idle ones only if all are. Gives false when
 * all that have not ended are idle. */
static bool ports_watermark(const struct node *n, int64_t *out) {
    int64_t min = TIME_MAX;
    bool active = n->nports == 0, open = n->nports == 0;
    for (uint32_t i = 0; i < n->nports; i++) {
        const struct port *p = &n->ports[i];
        if (p->ended && !p->batch) continue;
        open = true;
        if (p->idle && !p->batch) continue;
        active = true;
        if (p->batch) {
            *out = n->watermark_in_us; /* its watermark counts once the batch is gone */
            return true;
        }
        if (p->watermark_us < min) min = p->watermark_us;
    }
    *out = open ? min : TIME_MAX;
    return active || !open;
}

/* Are all ports at a barrier or ended, with nothing before it, and one at a barrier? */
static bool at_barrier(const struct node *n) {
    bool any = false;
    for (uint32_t i = 0; i < n->nports; i++) {
        const struct port *p = &n->ports[i];
        if (p->batch || (!p->barrier && !p->ended)) return false;
        any |= p->barrier && !p->ended;
    }
    return any;
}

static bool all_ended(const struct node *n) {
    for (uint32_t i = 0; i < n->nports; i++) {
        if (n->ports[i].batch || !n->ports[i].ended) return false;
    }
    return true;
}

static enum step op_step_control(struct node *n) {
    int64_t t;
    if (ports_watermark(n, &t)) {
        if (is_send(n)) n->idle_out = false;
        if (t > n->watermark_in_us) {
            n->watermark_in_us = t;
            return start_call(n, ACT_WATERMARK);
        }
    } else if (!n->idle_out && (!is_send(n) || send_idle(n))) {
        node_forward_idle(n);
        return STEP_PROGRESS;
    }
    for (uint32_t i = 0; i < n->nports; i++) {
        if (!n->ports[i].ended || n->ports[i].end_told || n->ports[i].batch) continue;
        n->active_port = i;
        return start_call(n, ACT_PORT_END);
    }
    if (all_ended(n)) return start_call(n, ACT_FINISH);
    if (at_barrier(n)) return start_call(n, ACT_FLUSH);
    if (n->class->tick && n->task->now_us - n->last_tick_us >= TICK_US) {
        n->last_tick_us = n->task->now_us;
        return start_call(n, ACT_TICK);
    }
    return STEP_NONE;
}

static enum step op_step(struct node *n) {
    if (n->finished || !node_output_free(n)) return STEP_NONE;
    if (n->settling) {
        n->settling = false;
        activity_done(n);
        return STEP_PROGRESS;
    }
    if (n->activity != ACT_NONE) return resume_call(n);
    int port = port_with_batch(n);
    if (port >= 0) return start_push(n, (unsigned)port);
    return op_step_control(n);
}

static enum step timed_op_step(struct node *n) {
    int64_t t0 = n->task->job->config.env->monotonic_us(n->task->job->config.env);
    enum step s = op_step(n);
    if (s == STEP_PROGRESS)
        n->stats.busy_ns +=
            (uint64_t)(n->task->job->config.env->monotonic_us(n->task->job->config.env) - t0) * 1000;
    return s;
}

static enum step node_step(struct node *n) {
    switch (n->kind) {
    case NODE_SOURCE: return n->finished || !node_output_free(n) ? STEP_NONE : source_node_step(n);
    case NODE_RECEIVE: return n->finished || !node_output_free(n) ? STEP_NONE : receive_node_step(n);
    case NODE_OP: return n->task->job->config.analyze ? timed_op_step(n) : op_step(n);
    }
    return STEP_NONE;
}

/* ---- opening ---- */

static void node_init(struct node *n, struct task *t, const struct plan_node *plan, enum node_kind kind,
                      uint32_t nports) {
    struct job_config *c = &t->job->config;
    *n = (struct node){.task = t, .plan = plan, .kind = kind, .nports = nports};
    n->watermark_in_us = n->watermark_out_us = TIME_MIN;
    n->ports = ARENA_ARRAY(&n->arena, struct port, nports ? nports : 1);
    for (uint32_t i = 0; i < nports; i++) n->ports[i].watermark_us = TIME_MIN;
    n->eval = (struct eval_ctx){.error = &t->error,
                                .zone = c->zone,
                                .watermark_us = TIME_MIN,
                                .now_us = t->now_us,
                                .query_start_us = c->plan->batch ? t->now_us : 0,
                                .seed = (uint64_t)t->now_us + plan->id};
    n->ctx = (struct op_ctx){.error = &t->error,
                             .eval = &n->eval,
                             .arena = &n->arena,
                             .scratch = &n->scratch,
                             .mem = &n->mem,
                             .stats = &n->stats,
                             .worker = t->worker,
                             .parallelism = t->job->parallelism,
                             .batch_rows = c->batch_rows,
                             .now_us = t->now_us,
                             .watermark_us = TIME_MIN};
    n->last_tick_us = t->now_us;
}

/* How many nodes a plan node becomes here: an exchange is a sender and a receiver, or nothing. */
static uint32_t node_parts(const struct job *job, const struct plan_node *p) {
    if (p->kind != PLAN_EXCHANGE) return 1;
    return job->parallelism == 1 ? 0 : 2;
}

static void connect(struct node *from, struct node *to, unsigned port) {
    ARENA_ONE_MORE(&from->arena, from->consumers, from->nconsumers);
    from->consumers[from->nconsumers++] = (struct consumer){to, port};
}

/* Is the node, through projections at most, all that the only sink of the plan gets rows from? */
static bool rules_job(const struct plan *plan, const struct plan_node *node) {
    const struct plan_node *at = plan->nodes[plan->count - 1];
    for (uint32_t i = 0; i + 1 < plan->count; i++) {
        if (plan->nodes[i]->kind == PLAN_SINK) return false;
    }
    while (at != node && at->ninputs == 1 && (at->kind == PLAN_SINK || at->kind == PLAN_CALC))
        at = at->inputs[0];
    return at == node && node->ninputs == 1 && node->inputs[0]->changelog == CHANGELOG_APPEND;
}

static enum status op_open(struct node *n) {
    struct job *job = n->task->job;
    n->class = op_class_for(n->plan);
    if (!n->class)
        return error_set(&n->task->error, ERR_INTERNAL, "no operator for plan node %u", n->plan->id);
    mem_account_init(&n->mem, n->class->name, &job->mem, 0);
    struct snapshot_reader *restore = NULL;
    if (job->restore) {
        restore = snapshot_restore_reader(job->restore, n->plan, n->task->worker, job->parallelism);
        n->was_finished = snapshot_restore_finished(job->restore, n->plan);
    }
    enum status s = n->class->open(n->plan, &n->ctx, restore, &n->op);
    n->rules = n->class->satisfied && rules_job(job->config.plan, n->plan);
    snapshot_reader_free(restore);
    return s;
}

static enum status node_open(struct node *n) {
    switch (n->kind) {
    case NODE_SOURCE: return source_node_open(n);
    case NODE_RECEIVE: return receive_node_open(n);
    case NODE_OP: break;
    }
    mem_account_init(&n->mem, "operator", &n->task->job->mem, 0);
    if (n->plan->kind == PLAN_EXCHANGE) return send_open(n);
    if (n->plan->kind == PLAN_SINK) return sink_node_open(n);
    return op_open(n);
}

static enum node_kind kind_of(const struct plan_node *p) {
    return p->kind == PLAN_SCAN ? NODE_SOURCE : NODE_OP;
}

enum status task_open(struct task *t, struct job *job, uint32_t worker) {
    const struct plan *plan = job->config.plan;
    t->job = job;
    t->worker = worker;
    t->now_us = job->config.env->now_us(job->config.env);
    uint32_t total = 0;
    for (uint32_t i = 0; i < plan->count; i++) total += node_parts(job, plan->nodes[i]);
    t->nodes = calloc(total ? total : 1, sizeof *t->nodes);
    struct node **out_of = calloc(plan->count ? plan->count : 1, sizeof *out_of);
    if (!t->nodes || !out_of) mem_exhausted();
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_node *p = plan->nodes[i];
        uint32_t parts = node_parts(job, p);
        if (parts == 0) {
            out_of[i] = out_of[p->inputs[0]->id];
            continue;
        }
        struct node *first = &t->nodes[t->nnodes++];
        node_init(first, t, p, kind_of(p), p->ninputs);
        for (uint32_t k = 0; k < p->ninputs; k++) connect(out_of[p->inputs[k]->id], first, k);
        out_of[i] = first;
        if (parts == 2) {
            out_of[i] = &t->nodes[t->nnodes++];
            node_init(out_of[i], t, p, NODE_RECEIVE, 0);
        }
    }
    free(out_of);
    for (uint32_t i = 0; i < t->nnodes; i++) TRY(node_open(&t->nodes[i]));
    t->wanting = true; /* until the first round has looked */
    return ST_OK;
}

enum status task_open_sinks(struct task *t, struct job *job, uint32_t worker) {
    const struct plan *plan = job->config.plan;
    t->job = job;
    t->worker = worker;
    t->now_us = job->config.env->now_us(job->config.env);
    t->nodes = calloc(plan->count + 1, sizeof *t->nodes);
    if (!t->nodes) mem_exhausted();
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->nodes[i]->kind != PLAN_SINK) continue;
        struct node *n = &t->nodes[t->nnodes++];
        node_init(n, t, plan->nodes[i], NODE_OP, plan->nodes[i]->ninputs);
        TRY(node_open(n));
    }
    return ST_OK;
}

void task_close(struct task *t) {
    for (uint32_t i = 0; i < t->nnodes; i++) {
        struct node *n = &t->nodes[i];
        if (n->source) source_node_close(n);
        if (n->receive) receive_node_close(n);
        if (n->op && n->class->close) n->class->close(n->op, &n->ctx);
    }
    for (uint32_t i = 0; i < t->nnodes; i++) {
        arena_free(&t->nodes[i].scratch);
        arena_free(&t->nodes[i].arena);
    }
    free(t->nodes);
    t->nodes = NULL;
    t->nnodes = 0;
}

/* ---- the loop ---- */

/* Runs the deepest node that can; sources come last and in turn. */
static enum step round_of_work(struct task *t) {
    for (uint32_t i = t->nnodes; i-- > 0;) {
        if (t->nodes[i].kind == NODE_SOURCE) continue;
        enum step s = node_step(&t->nodes[i]);
        if (s != STEP_NONE) return s;
    }
    for (uint32_t k = 0; k < t->nnodes; k++) {
        uint32_t i = (t->next_source + k) % t->nnodes;
        if (t->nodes[i].kind != NODE_SOURCE) continue;
        enum step s = node_step(&t->nodes[i]);
        if (s == STEP_NONE) continue;
        t->next_source = i + 1;
        return s;
    }
    return STEP_NONE;
}

static bool barrier_everywhere(const struct task *t, uint64_t epoch) {
    for (uint32_t i = 0; i < t->nnodes; i++) {
        if (!t->nodes[i].finished && t->nodes[i].epoch_passed < epoch) return false;
    }
    return true;
}

static bool all_finished(const struct task *t) {
    for (uint32_t i = 0; i < t->nnodes; i++) {
        if (!t->nodes[i].finished) return false;
    }
    return true;
}

static enum status commit_sinks(struct task *t, uint64_t epoch) {
    for (uint32_t i = 0; i < t->nnodes; i++) {
        if (t->nodes[i].class == sink_op_class()) TRY(sink_node_commit(&t->nodes[i], epoch));
    }
    return ST_OK;
}

/* Checkpoint work of this worker; *moved when there was some. */
static enum status checkpoint_work(struct task *t, bool *moved) {
    struct job *job = t->job;
    uint64_t requested = atomic_load(&job->epoch_requested), durable = atomic_load(&job->epoch_durable);
    if (t->snapshot_done < requested && barrier_everywhere(t, requested)) {
        TRY(checkpoint_write_task(job->store, t, requested));
        t->snapshot_done = requested;
        *moved = true;
        job_report(job);
    }
    if (t->commit_done < durable) {
        TRY(commit_sinks(t, durable));
        t->commit_done = durable;
        *moved = true;
        job_report(job);
    }
    return ST_OK;
}

static bool node_wanting(const struct node *n) {
    if (n->kind != NODE_OP || !n->class->wants || n->finished) return false;
    for (uint32_t i = 0; i < n->nports; i++) {
        if (!n->ports[i].end_told && n->class->wants(n->op, i)) return true;
    }
    return false;
}

static void update_wanting(struct task *t) {
    if (!t->wanting) return;
    for (uint32_t i = 0; i < t->nnodes; i++) {
        if (node_wanting(&t->nodes[i])) return;
    }
    t->wanting = false;
    job_report(t->job);
}

static enum status task_round(struct task *t, bool *moved) {
    t->wait_us = MAX_WAIT_US;
    *moved = false;
    update_wanting(t);
    if (t->job->store) TRY(checkpoint_work(t, moved));
    enum step s = round_of_work(t);
    if (s == STEP_FAIL) return ST_ERROR;
    if (s == STEP_PROGRESS) {
        *moved = true;
    } else if (!t->ended && all_finished(t)) {
        t->ended = *moved = true;
        job_report(t->job);
    }
    return ST_OK;
}

static void tell_late(struct node *n) {
    const struct job_config *c = &n->task->job->config;
    if (c->late) c->late(c->late_arg, n->class->name, n->stats.late_rows - n->late_told);
    n->late_told = n->stats.late_rows;
}

/* Puts the counters where other threads may read them. */
static void publish(struct task *t) {
    uint64_t late = 0, out = 0;
    int64_t watermark = TIME_MAX;
    for (uint32_t i = 0; i < t->nnodes; i++) {
        struct node *n = &t->nodes[i];
        late += n->stats.late_rows;
        if (n->stats.late_rows != n->late_told) tell_late(n);
        if (n->plan->kind == PLAN_SINK) out += n->stats.rows_out;
        if (n->kind == NODE_SOURCE && n->plan->scan.watermark && !n->finished &&
            n->watermark_out_us < watermark)
            watermark = n->watermark_out_us;
    }
    atomic_store_explicit(&t->late_rows, late, memory_order_relaxed);
    atomic_store_explicit(&t->rows_out, out, memory_order_relaxed);
    atomic_store_explicit(&t->watermark_us, watermark, memory_order_relaxed);
}

static void begin_round(struct task *t, unsigned round) {
    if (round & 15) return;
    struct env *env = t->job->config.env;
    t->now_us = env->now_us(env);
    publish(t);
}

void *task_run(void *task) {
    struct task *t = task;
    unsigned rounds = 0;
    while (!atomic_load_explicit(&t->job->stop, memory_order_relaxed)) {
        uint32_t seen = atomic_load(&t->bell.rung);
        bool moved;
        begin_round(t, rounds++);
        if (task_round(t, &moved) != ST_OK) {
            publish(t);
            job_report_failure(t->job, &t->error);
            return NULL;
        }
        if (!moved) {
            rounds = 0;
            publish(t);
            doorbell_wait(&t->bell, seen, t->wait_us);
        }
    }
    publish(t);
    return NULL;
}

/* Sleeps until there may be work, at most until `until_us`; false: that time is over. */
static bool step_wait(struct task *t, uint32_t seen, int64_t until_us) {
    struct env *env = t->job->config.env;
    int64_t wait = t->wait_us;
    if (until_us != INT64_MAX) {
        int64_t left = until_us - env->monotonic_us(env);
        if (left <= 0) return false;
        if (left < wait) wait = left;
    }
    doorbell_wait(&t->bell, seen, wait);
    return true;
}

enum status task_step(struct task *t, int64_t timeout_us) {
    struct env *env = t->job->config.env;
    int64_t until = timeout_us > 0 ? env->monotonic_us(env) + timeout_us : INT64_MAX;
    t->rows_wait = false;
    for (unsigned rounds = 0;; rounds++) {
        uint32_t seen = atomic_load(&t->bell.rung);
        bool moved;
        begin_round(t, rounds);
        TRY(task_round(t, &moved));
        if (t->rows_wait || t->ended || atomic_load_explicit(t->job->want_stop, memory_order_relaxed)) break;
        if (!moved && (timeout_us == 0 || !step_wait(t, seen, until))) break;
        if (timeout_us > 0 && (rounds & 15) == 15 && env->monotonic_us(env) >= until) break;
    }
    publish(t);
    return ST_OK;
}
