/* SPDX-License-Identifier: Apache-2.0
 *
 * The coordinator: opens sources, exchanges and tasks, starts the workers, and while they run takes
 * checkpoints, watches for failure and stop, and reports progress.
 */
#include "exec/job.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "exec/checkpoint.h"

#define COORDINATOR_POLL_US 50000

static void wake_worker(void *arg, uint32_t worker) {
    doorbell_ring(&((struct job *)arg)->tasks[worker].bell);
}

void job_io_config(struct job *job, const struct plan_table *table, uint32_t worker,
                   struct io_counters *counters, struct io_config *out) {
    const struct job_config *c = &job->config;
    *out = (struct io_config){.table = table,
                              .env = c->env,
                              .zone = c->zone,
                              .mem = &job->mem,
                              .worker = worker,
                              .parallelism = job->parallelism,
                              .batch_rows = c->batch_rows,
                              .chunk_bytes = c->chunk_bytes,
                              .on_error = c->on_error,
                              .job_name = c->name,
                              .counters = counters,
                              .job_tag = job->tag,
                              .checkpointed = c->state_dir != NULL,
                              .log = c->log,
                              .log_arg = c->log_arg,
                              .wake = wake_worker,
                              .wake_arg = job,
                              .streams = c->streams,
                              .host = c->host};
}

/* ---- reports from tasks ---- */

void job_report(struct job *job) {
    pthread_mutex_lock(&job->mutex);
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->mutex);
}

static void ring_all(struct job *job) {
    job_wake(job);
    const struct plan *plan = job->config.plan;
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->nodes[i]->kind != PLAN_SCAN || !job->sources[i].source) continue;
        pthread_mutex_lock(&job->sources[i].mutex);
        pthread_cond_broadcast(&job->sources[i].turn);
        pthread_mutex_unlock(&job->sources[i].mutex);
    }
}

void job_report_failure(struct job *job, const struct error *e) {
    pthread_mutex_lock(&job->mutex);
    if (!job->failed) {
        job->failed = true;
        *job->config.error = *e;
    }
    pthread_cond_broadcast(&job->changed);
    pthread_mutex_unlock(&job->mutex);
    atomic_store(&job->stop, true);
    ring_all(job);
}

void job_stop(struct job *job) {
    int none = 0;
    atomic_compare_exchange_strong(job->want_stop, &none, 1);
    job_report(job);
}

void job_cancel(struct job *job) {
    atomic_store(job->want_stop, 2);
    job_report(job);
}

void job_wake(struct job *job) {
    for (uint32_t w = 0; w < job->parallelism; w++) doorbell_ring(&job->tasks[w].bell);
}

/* ---- opening ---- */

/* Position of a source and time of its splits, as job_put_times() wrote them. */
static void restore_times(struct shared_source *sh, struct inbuf *in) {
    uint32_t count = inbuf_u32(in);
    if (in->bad || count > 1000000) return;
    sh->chains = calloc(count + 1, sizeof *sh->chains);
    if (!sh->chains) mem_exhausted();
    sh->nchains = count;
    for (uint32_t i = 0; i < count; i++) sh->chains[i].watermark_us = inbuf_i64(in);
}

/* Called while no task runs a source: the highest time of each split over all readers and the chain. */
void job_put_times(struct job *job, uint32_t plan_id, struct outbuf *o) {
    const struct shared_source *sh = &job->sources[plan_id];
    uint32_t count = sh->nchains;
    struct node *readers[JOB_PARALLELISM_MAX];
    for (uint32_t w = 0; w < job->parallelism; w++) {
        struct task *t = &job->tasks[w];
        uint32_t i = 0;
        while (t->nodes[i].plan->id != plan_id) i++;
        readers[w] = &t->nodes[i];
        if (source_node_splits(readers[w]) > count) count = source_node_splits(readers[w]);
    }
    outbuf_u32(o, count);
    for (uint32_t split = 0; split < count; split++) {
        int64_t max = split < sh->nchains ? sh->chains[split].watermark_us : TIME_MIN;
        for (uint32_t w = 0; w < job->parallelism; w++) {
            int64_t t = source_node_time(readers[w], split);
            if (t > max) max = t;
        }
        outbuf_i64(o, max);
    }
}

static enum status open_source(struct job *job, const struct plan_node *n) {
    struct shared_source *sh = &job->sources[n->id];
    struct error *e = job->config.error;
    pthread_mutex_init(&sh->mutex, NULL);
    pthread_cond_init(&sh->turn, NULL);
    job_io_config(job, n->scan.table, 0, &sh->counters, &sh->config);
    sh->class = job->config.source_class(n->scan.table->connector, e);
    if (!sh->class) return ST_ERROR;
    struct inbuf state;
    bool restored = job->restore && snapshot_restore_source(job->restore, n, &state);
    if (restored) restore_times(sh, &state);
    return sh->class->open(&sh->config, &n->scan, n, restored ? &state : NULL, &sh->source, e);
}

static enum status open_parts(struct job *job) {
    const struct plan *plan = job->config.plan;
    struct doorbell *bells[JOB_PARALLELISM_MAX];
    for (uint32_t w = 0; w < job->parallelism; w++) {
        doorbell_init(&job->tasks[w].bell);
        bells[w] = &job->tasks[w].bell;
    }
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_node *n = plan->nodes[i];
        if (n->kind == PLAN_SCAN) TRY(open_source(job, n));
        if (n->kind != PLAN_EXCHANGE || job->parallelism == 1) continue;
        job->exchanges[i] = exchange_new(job->parallelism, bells);
        if (!job->exchanges[i])
            return error_set(job->config.error, ERR_MEMORY_LIMIT, "no memory for an exchange");
    }
    for (uint32_t w = 0; w < job->parallelism; w++) {
        struct task *t = &job->tasks[w];
        if (task_open(t, job, w) == ST_OK) continue;
        *job->config.error = t->error;
        return ST_ERROR;
    }
    return ST_OK;
}

static enum status open_state(struct job *job, bool *was_finished) {
    *was_finished = false;
    if (!job->config.state_dir) return ST_OK;
    struct error *e = job->config.error;
    TRY(checkpoint_open(job->config.env, job->config.state_dir, &job->store, was_finished, e));
    job->tag = checkpoint_tag(job->store);
    job->restored_epoch = checkpoint_epoch(job->store);
    atomic_store(&job->epoch_requested, job->restored_epoch);
    atomic_store(&job->epoch_durable, job->restored_epoch);
    return checkpoint_load(job->store, job->config.plan, &job->restore, e);
}

static enum status drop_unfinished(struct job *job) {
    if (!job->store) return ST_OK;
    checkpoint_clean(job->store);
    struct task *t = &job->tasks[0];
    for (uint32_t i = 0; i < t->nnodes; i++) {
        if (t->nodes[i].class != sink_op_class()) continue;
        if (sink_node_drop(&t->nodes[i], job->restored_epoch) == ST_OK) continue;
        *job->config.error = t->error;
        return ST_ERROR;
    }
    return ST_OK;
}

/* A finished job may have died between its last manifest and the commit of its sinks: they are opened once
 * more, which publishes what that checkpoint holds, and removes what it does not. */
static enum status publish_again(struct job *job) {
    for (uint32_t w = 0; w < job->parallelism; w++) doorbell_init(&job->tasks[w].bell);
    for (uint32_t w = 0; w < job->parallelism; w++) {
        struct task *t = &job->tasks[w];
        if (task_open_sinks(t, job, w) == ST_OK) continue;
        *job->config.error = t->error;
        return ST_ERROR;
    }
    return drop_unfinished(job);
}

static void begin_epochs(struct job *job) {
    for (uint32_t w = 0; w < job->parallelism; w++) {
        struct task *t = &job->tasks[w];
        t->snapshot_done = t->commit_done = job->restored_epoch;
        for (uint32_t i = 0; i < t->nnodes; i++) t->nodes[i].epoch_passed = job->restored_epoch;
    }
}

enum status job_open(const struct job_config *config, struct job **out) {
    struct job *job = calloc(1, sizeof *job);
    if (!job) mem_exhausted();
    *out = job;
    job->config = *config;
    job->want_stop = config->want_stop ? config->want_stop : &job->own_want_stop;
    job->parallelism = config->plan->parallelism ? config->plan->parallelism : 1;
    mem_account_init(&job->mem, "the job", NULL, config->memory_limit_bytes);
    pthread_mutex_init(&job->mutex, NULL);
    pthread_mutex_init(&job->collect_mutex, NULL);
    pthread_cond_init(&job->changed, NULL);
    uint32_t n = config->plan->count + 1;
    job->tasks = aligned_alloc(64, sizeof *job->tasks * job->parallelism + 64 -
                                       sizeof *job->tasks * job->parallelism % 64);
    job->sources = calloc(n, sizeof *job->sources);
    job->exchanges = calloc(n, sizeof *job->exchanges);
    if (!job->tasks || !job->sources || !job->exchanges) mem_exhausted();
    memset(job->tasks, 0, sizeof *job->tasks * job->parallelism);
    if (job->parallelism > JOB_PARALLELISM_MAX)
        return error_set(config->error, ERR_LIMIT, "parallelism %u is above %d", job->parallelism,
                         JOB_PARALLELISM_MAX);
    return ST_OK;
}

static void close_sources(struct job *job) {
    for (uint32_t i = 0; i < job->config.plan->count; i++) {
        struct shared_source *sh = &job->sources[i];
        exchange_free(job->exchanges[i]);
        if (sh->source) sh->class->close(sh->source);
        if (!sh->class) continue;
        free(sh->chains);
        pthread_mutex_destroy(&sh->mutex);
        pthread_cond_destroy(&sh->turn);
    }
}

void job_close(struct job *job) {
    if (!job) return;
    for (uint32_t w = 0; w < job->parallelism; w++) {
        task_close(&job->tasks[w]);
        doorbell_destroy(&job->tasks[w].bell);
    }
    close_sources(job);
    snapshot_restore_free(job->restore);
    checkpoint_close(job->store);
    pthread_mutex_destroy(&job->mutex);
    pthread_mutex_destroy(&job->collect_mutex);
    pthread_cond_destroy(&job->changed);
    free(job->tasks);
    free(job->sources);
    free(job->exchanges);
    free(job);
}

/* ---- running ---- */

static bool all_tasks(const struct job *job, bool (*is)(const struct task *, uint64_t), uint64_t arg) {
    for (uint32_t w = 0; w < job->parallelism; w++) {
        if (!is(&job->tasks[w], arg)) return false;
    }
    return true;
}
static bool task_ended(const struct task *t, uint64_t arg UNUSED) {
    return t->ended;
}
static bool task_snapshot_done(const struct task *t, uint64_t epoch) {
    return t->snapshot_done >= epoch;
}
static bool task_commit_done(const struct task *t, uint64_t epoch) {
    return t->commit_done >= epoch;
}

static bool task_not_wanting(const struct task *t, uint64_t arg UNUSED) {
    return !t->wanting;
}

/* Waits, with job->mutex held, until a task reports or the time is over. */
static void wait_report(struct job *job, int64_t timeout_us) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    int64_t ns = until.tv_nsec + timeout_us * 1000;
    until.tv_sec += ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    pthread_cond_timedwait(&job->changed, &job->mutex, &until);
}

/* Waits for all tasks; ST_ERROR when the job fails or is cancelled meanwhile. */
static enum status wait_tasks(struct job *job, bool (*is)(const struct task *, uint64_t), uint64_t arg) {
    pthread_mutex_lock(&job->mutex);
    while (!all_tasks(job, is, arg) && !job->failed && atomic_load(job->want_stop) != 2)
        wait_report(job, COORDINATOR_POLL_US);
    enum status st = job->failed || atomic_load(job->want_stop) == 2 ? ST_ERROR : ST_OK;
    pthread_mutex_unlock(&job->mutex);
    return st;
}

/* No checkpoint is taken while a join reads its build side first: batches of its other side wait at its port,
 * and no barrier would come through. */
static enum status take_checkpoint(struct job *job, bool finished) {
    TRY(wait_tasks(job, task_not_wanting, 0));
    uint64_t epoch = atomic_load(&job->epoch_requested) + 1;
    struct error e = {0};
    if (checkpoint_begin(job->store, epoch, &e) != ST_OK) {
        job_report_failure(job, &e);
        return ST_ERROR;
    }
    atomic_store(&job->epoch_requested, epoch);
    ring_all(job);
    TRY(wait_tasks(job, task_snapshot_done, epoch));
    if (checkpoint_finish(job->store, job, epoch, finished, &e) != ST_OK) {
        job_report_failure(job, &e);
        return ST_ERROR;
    }
    atomic_store(&job->epoch_durable, epoch);
    ring_all(job);
    TRY(wait_tasks(job, task_commit_done, epoch));
    for (uint32_t i = 0; i < job->config.plan->count; i++) {
        struct shared_source *sh = &job->sources[i];
        if (sh->source && sh->class->committed) sh->class->committed(sh->source, epoch);
    }
    checkpoint_clean(job->store);
    return ST_OK;
}

static bool job_moving(struct job *job) {
    return !job->failed && !all_tasks(job, task_ended, 0) && atomic_load(job->want_stop) == 0;
}

/* Sleeps until something happens or the next checkpoint is due. */
static void run_until(struct job *job, int64_t due_us) {
    struct env *env = job->config.env;
    pthread_mutex_lock(&job->mutex);
    while (job_moving(job)) {
        int64_t left = due_us - env->monotonic_us(env);
        if (left <= 0) break;
        wait_report(job, left < COORDINATOR_POLL_US ? left : COORDINATOR_POLL_US);
        if (!job->config.progress) continue;
        pthread_mutex_unlock(&job->mutex);
        job->config.progress(job->config.progress_arg);
        pthread_mutex_lock(&job->mutex);
    }
    pthread_mutex_unlock(&job->mutex);
}

static enum status run_workers(struct job *job, enum job_end *end) {
    struct env *env = job->config.env;
    int64_t interval = job->store ? job->config.checkpoint_interval_us : 0;
    for (;;) {
        run_until(job, interval ? env->monotonic_us(env) + interval : INT64_MAX);
        int want = atomic_load(job->want_stop);
        if (job->failed) return ST_ERROR;
        if (all_tasks(job, task_ended, 0)) {
            *end = JOB_FINISHED;
            return job->store ? take_checkpoint(job, true) : ST_OK;
        }
        if (want == 2 || (want == 1 && !job->store)) {
            *end = want == 2 ? JOB_CANCELLED : JOB_STOPPED;
            return ST_OK;
        }
        if (!job->store) continue;
        *end = JOB_STOPPED;
        TRY(take_checkpoint(job, false));
        if (want == 1) return ST_OK;
    }
}

enum status job_thread(pthread_t *thread, void *(*run)(void *), void *arg, struct error *e) {
    int r = pthread_create(thread, NULL, run, arg);
    return r == 0 ? ST_OK : error_set(e, ERR_INTERNAL, "cannot start a thread: %s", strerror(r));
}

static enum status start_workers(struct job *job) {
    for (uint32_t w = 0; w < job->parallelism; w++) {
        struct task *t = &job->tasks[w];
        TRY(job_thread(&t->thread, task_run, t, job->config.error));
        t->started = true;
    }
    return ST_OK;
}

static void join_workers(struct job *job) {
    atomic_store(&job->stop, true);
    ring_all(job);
    for (uint32_t w = 0; w < job->parallelism; w++) {
        if (job->tasks[w].started) pthread_join(job->tasks[w].thread, NULL);
    }
}

enum status job_begin(struct job *job, bool *was_finished) {
    TRY(open_state(job, was_finished));
    if (*was_finished) return publish_again(job);
    TRY(open_parts(job));
    TRY(drop_unfinished(job));
    begin_epochs(job);
    snapshot_restore_free(job->restore);
    job->restore = NULL;
    return ST_OK;
}

enum status job_loop(struct job *job, enum job_end *end) {
    enum status st = start_workers(job);
    if (st == ST_OK) st = run_workers(job, end);
    join_workers(job);
    if (job->failed) return ST_ERROR;
    if (st != ST_OK && atomic_load(job->want_stop) == 2) {
        *end = JOB_CANCELLED;
        return ST_OK;
    }
    return st;
}

enum status job_step(struct job *job, int64_t timeout_us, bool *ended, enum job_end *end) {
    struct task *t = &job->tasks[0];
    if (task_step(t, timeout_us) != ST_OK) {
        job_report_failure(job, &t->error);
        return ST_ERROR;
    }
    int want = atomic_load(job->want_stop);
    *ended = t->ended || want;
    if (*ended) *end = t->ended ? JOB_FINISHED : want == 2 ? JOB_CANCELLED : JOB_STOPPED;
    return ST_OK;
}
