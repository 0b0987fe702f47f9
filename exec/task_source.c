/* SPDX-License-Identifier: Apache-2.0
 *
 * A source in a task: claims chunks, decodes them, evaluates the watermark expression and judges time.
 *
 * With several workers the chunks of one split are decoded by all of them. What row i of chunk k sees as "the
 * watermark before itself" is the maximum over all rows before it in the split, so a worker decodes its whole
 * chunk, waits for its turn in the chain of the split (the workers before it are decoding too, nobody waits
 * for anything else there), adds its own maximum, and then pushes its batches. With one worker batches are
 * pushed as they are decoded.
 */
#include <stdlib.h>

#include "exec/expr.h"
#include "base/mem.h"
#include "exec/job.h"
#include "exec/task.h"


struct split_time {
    int64_t watermark_us; /* maximum so far in this split, as this reader knows */
};

/* A batch decoded ahead, and the watermark values of its rows. */
struct ahead {
    struct batch *batch;
    const int64_t *times;
};

struct source_node {
    struct shared_source *shared;
    struct reader *reader;
    bool timed;                     /* somebody waits for its watermark */
    struct program *watermark;      /* of rows; NULL: they have no event time, or the source gives it */
    struct chunk chunk;
    bool in_chunk;                  /* a chunk is being worked on */
    bool decoded;                   /* all its batches are in `ahead` */
    struct ahead *ahead;            /* decoded and not pushed */
    uint32_t nahead, next_ahead, ahead_room;
    struct split_time *splits;      /* by split number */
    uint32_t nsplits;
    struct arena chunk_arena;       /* batches of the chunk */
};

static struct split_time *split_of(struct source_node *s, uint32_t split) {
    if (split >= s->nsplits) {
        uint32_t count = split + 16;
        s->splits = realloc(s->splits, count * sizeof *s->splits);
        if (!s->splits) mem_exhausted();
        for (uint32_t i = s->nsplits; i < count; i++) s->splits[i].watermark_us = TIME_MIN;
        s->nsplits = count;
    }
    return &s->splits[split];
}

enum status source_node_open(struct node *n) {
    struct source_node *s = ARENA_NEW(&n->arena, struct source_node);
    struct job *job = n->task->job;
    n->source = s;
    s->shared = &job->sources[n->plan->id];
    mem_account_init(&n->mem, "source", &job->mem, 0);
    struct io_config config = s->shared->config;
    config.worker = n->task->worker;
    TRY(s->shared->class->reader_open(s->shared->source, &config, &s->reader, &n->task->error));
    for (uint32_t i = 0; i < s->shared->nchains; i++)
        split_of(s, i)->watermark_us = s->shared->chains[i].watermark_us;
    const struct expr *w = n->plan->scan.watermark;
    s->timed = w != NULL;
    if (!w || n->plan->scan.source_watermark) return ST_OK;
    return program_compile(&w, 1, &n->arena, &n->eval, &s->watermark, &n->task->error);
}

void source_node_close(struct node *n) {
    struct source_node *s = n->source;
    if (s->reader) s->shared->class->reader_close(s->reader);
    if (s->watermark) program_free(s->watermark);
    free(s->splits);
    free(s->ahead);
    arena_free(&s->chunk_arena);
    n->source = NULL;
}

/* ---- time ---- */

static struct chain *chain_of(struct shared_source *sh, uint32_t split) {
    if (split >= sh->nchains) {
        uint32_t count = split + 16;
        sh->chains = realloc(sh->chains, count * sizeof *sh->chains);
        if (!sh->chains) mem_exhausted();
        for (uint32_t i = sh->nchains; i < count; i++) sh->chains[i] = (struct chain){0, TIME_MIN};
        sh->nchains = count;
    }
    return &sh->chains[split];
}

/* The watermark that splits other than `split` (-1: none) allow; *any = is one of them active? */
static int64_t others_time(struct source_node *s, const struct chunk *c, int64_t split, bool *any) {
    int64_t min = TIME_MAX;
    *any = false;
    for (uint32_t i = 0; i < c->nactive; i++) {
        if (!c->active[i] || i == split) continue;
        *any = true;
        int64_t t = split_of(s, i)->watermark_us;
        if (t < min) min = t;
    }
    return min;
}

/* Values of the watermark expression for all physical rows, in microseconds. */
static enum status row_times(struct node *n, struct source_node *s, struct batch *b, const int64_t **out) {
    *out = NULL;
    if (!s->watermark) return ST_OK;
    struct vec *v;
    TRY(program_eval(s->watermark, b, &s->chunk_arena, &n->eval, &v));
    v = vec_flatten(v, &s->chunk_arena);
    struct sel may_be_null = v->valid ? batch_sel(b) : (struct sel){0};
    SEL_FOREACH(may_be_null, k, row) {
        if (vec_is_null(v, row))
            return error_set(&n->task->error, ERR_NULL_VALUE,
                             "the rowtime of table %.*s is NULL in row %u of a batch of %.*s",
                             STR_ARG(n->plan->scan.table->name), row,
                             STR_ARG(b->origin ? b->origin->split : STR("its source")));
    }
    *out = v->data;
    return ST_OK;
}

static int64_t max_time(const int64_t *times, uint32_t rows) {
    int64_t max = TIME_MIN;
    for (uint32_t i = 0; i < rows; i++) max = times[i] > max ? times[i] : max;
    return max;
}

/* Fills wm_before from the running maximum of the split; gives the split's maximum behind the batch. */
static int64_t judge_rows(struct node *n, struct source_node *s, struct batch *b, const int64_t *times,
                          int64_t in_split, int64_t cap) {
    int64_t *before = arena_alloc_raw(&s->chunk_arena, sizeof *before * (b->rows ? b->rows : 1));
    int64_t floor = n->watermark_out_us, running = in_split;
    for (uint32_t i = 0; i < b->rows; i++) {
        int64_t t = running < cap ? running : cap;
        before[i] = t > floor ? t : floor;
        running = times[i] > running ? times[i] : running;
    }
    b->wm_before = before;
    b->wm_floor = floor;
    return running;
}

/* The most that the chunk's split may make of time. */
static int64_t time_cap(struct source_node *s) {
    bool any;
    return s->chunk.later_splits ? TIME_MIN : others_time(s, &s->chunk, s->chunk.split, &any);
}

static void forward_split_time(struct node *n, const struct split_time *split, int64_t cap) {
    int64_t t = split->watermark_us < cap ? split->watermark_us : cap;
    if (t > n->watermark_out_us) node_forward_watermark(n, t);
}

/* Batch number i of the chunk goes out, and the watermark behind it. */
static void push_batch(struct node *n, struct source_node *s, struct batch *b, const int64_t *times) {
    struct split_time *split = split_of(s, s->chunk.split);
    int64_t cap = s->timed ? time_cap(s) : TIME_MIN;
    if (times) {
        split->watermark_us = judge_rows(n, s, b, times, split->watermark_us, cap);
        node_emit(n, b);
        forward_split_time(n, split, cap);
        return;
    }
    if (s->timed) forward_split_time(n, split, cap); /* what other workers' chunks before it have said */
    node_emit(n, b);
}

/* The chunk is done: what the source says of time behind it. */
static void chunk_time(struct node *n, struct source_node *s) {
    if (!s->timed || s->chunk.watermark_us == TIME_MIN) return;
    struct split_time *split = split_of(s, s->chunk.split);
    if (s->chunk.watermark_us > split->watermark_us) split->watermark_us = s->chunk.watermark_us;
    forward_split_time(n, split, time_cap(s));
}

/* Nothing to read here, but other workers read on: their time is this one's, as its next chunk comes behind
 * theirs. They ring when it moves. */
static void follow_time(struct node *n, struct source_node *s, uint32_t split) {
    struct shared_source *sh = s->shared;
    pthread_mutex_lock(&sh->mutex);
    int64_t t = chain_of(sh, split)->watermark_us;
    sh->nfollowers += !sh->followers[n->task->worker];
    sh->followers[n->task->worker] = true;
    pthread_mutex_unlock(&sh->mutex);
    struct split_time *own = split_of(s, split);
    if (t > own->watermark_us) own->watermark_us = t;
    if (t > n->watermark_out_us) node_forward_watermark(n, t);
}

static void ring_followers(struct job *job, struct shared_source *sh) {
    for (uint32_t w = 0; sh->nfollowers && w < job->parallelism; w++) {
        if (!sh->followers[w]) continue;
        sh->followers[w] = false;
        sh->nfollowers--;
        doorbell_ring(&job->tasks[w].bell);
    }
}

/* Nothing to read: splits may have become idle, which lets time go on. */
static void waiting_time(struct node *n, struct source_node *s, const struct chunk *c) {
    if (!s->timed) return;
    if (c->follow && n->task->job->parallelism > 1) follow_time(n, s, c->split);
    if (!c->active) return;
    bool any;
    int64_t t = others_time(s, c, -1, &any);
    if (!any) node_forward_idle(n);
    else if (t > n->watermark_out_us) node_forward_watermark(n, t);
}

/* ---- the chain of a split ---- */

/* Waits until all chunks before this one have been decoded, adds this chunk's maximum; gives what was before.
 * ST_ERROR: the job is being stopped. */
static enum status chain_turn(struct node *n, struct source_node *s, int64_t max_us, int64_t *before_us) {
    struct shared_source *sh = s->shared;
    enum status st = ST_OK;
    pthread_mutex_lock(&sh->mutex);
    while (chain_of(sh, s->chunk.split)->next_seq != s->chunk.seq) {
        if (atomic_load(&n->task->job->stop)) {
            st = error_set(&n->task->error, ERR_CANCELLED, "the job was stopped");
            break;
        }
        pthread_cond_wait(&sh->turn, &sh->mutex);
    }
    struct chain *c = chain_of(sh, s->chunk.split);
    *before_us = c->watermark_us;
    if (st == ST_OK) {
        if (max_us > c->watermark_us) {
            c->watermark_us = max_us;
            ring_followers(n->task->job, sh);
        }
        c->next_seq++;
        pthread_cond_broadcast(&sh->turn);
    }
    pthread_mutex_unlock(&sh->mutex);
    return st;
}

/* ---- chunks ---- */

static enum status decode_one(struct node *n, struct source_node *s, struct batch **b,
                              const int64_t **times) {
    TRY(s->shared->class->decode(s->reader, &s->chunk_arena, b, &n->task->error));
    if (!*b) return ST_OK;
    return row_times(n, s, *b, times);
}

/* Decodes the whole chunk and takes its turn in the chain. */
static enum status decode_ahead(struct node *n, struct source_node *s) {
    int64_t max = s->chunk.watermark_us;
    s->nahead = s->next_ahead = 0;
    for (;;) {
        struct batch *b;
        const int64_t *times;
        TRY(decode_one(n, s, &b, &times));
        if (!b) break;
        if (s->nahead == s->ahead_room) {
            s->ahead_room = s->ahead_room ? s->ahead_room * 2 : 16;
            s->ahead = realloc(s->ahead, s->ahead_room * sizeof *s->ahead);
            if (!s->ahead) mem_exhausted();
        }
        s->ahead[s->nahead++] = (struct ahead){b, times};
        int64_t t = times ? max_time(times, b->rows) : TIME_MIN;
        if (t > max) max = t;
    }
    s->decoded = true;
    int64_t before;
    TRY(chain_turn(n, s, max, &before));
    split_of(s, s->chunk.split)->watermark_us = before;
    return ST_OK;
}

static bool needs_chain(const struct node *n, const struct source_node *s) {
    return s->timed && n->task->job->parallelism > 1;
}

static enum status next_batch(struct node *n, struct source_node *s, struct batch **b,
                              const int64_t **times) {
    if (!s->decoded) return decode_one(n, s, b, times);
    if (s->next_ahead == s->nahead) {
        *b = NULL;
        return ST_OK;
    }
    *b = s->ahead[s->next_ahead].batch;
    *times = s->ahead[s->next_ahead++].times;
    return ST_OK;
}

static enum step continue_chunk(struct node *n, struct source_node *s) {
    struct batch *b;
    const int64_t *times = NULL;
    if (next_batch(n, s, &b, &times) != ST_OK) return STEP_FAIL;
    if (!b) {
        chunk_time(n, s);
        s->in_chunk = s->decoded = false;
        return STEP_PROGRESS;
    }
    atomic_fetch_add_explicit(&s->shared->counters.rows, b->count, memory_order_relaxed);
    push_batch(n, s, b, times);
    return STEP_PROGRESS;
}

static enum step begin_chunk(struct node *n, struct source_node *s) {
    s->in_chunk = true;
    if (needs_chain(n, s) && decode_ahead(n, s) != ST_OK) return STEP_FAIL;
    uint64_t claimed = atomic_fetch_add(&n->task->job->chunks_claimed, 1) + 1;
    uint64_t stop_after = n->task->job->config.stop_after_chunks;
    if (stop_after && claimed == stop_after) job_stop(n->task->job);
    return continue_chunk(n, s);
}

/* Tests stop a job after so many chunks: no more is claimed, so that the cut is where it was asked for. */
static bool held_by_test(struct job *job) {
    uint64_t stop_after = job->config.stop_after_chunks;
    if (!stop_after || atomic_load(&job->chunks_claimed) < stop_after) return false;
    for (uint32_t w = 0; w < job->parallelism; w++) {
        if (job->tasks[w].wanting) return false;
    }
    return true;
}

enum step source_node_step(struct node *n) {
    struct source_node *s = n->source;
    struct job *job = n->task->job;
    if (s->in_chunk) return continue_chunk(n, s);
    uint64_t requested = atomic_load(&job->epoch_requested);
    if (n->epoch_passed < requested) {
        node_forward_barrier(n, requested);
        return STEP_PROGRESS;
    }
    if (requested > atomic_load(&job->epoch_durable) || (atomic_load(job->want_stop) && !job->store))
        return STEP_NONE;
    if (atomic_load_explicit(&job->enough, memory_order_relaxed)) {
        node_forward_end(n);
        return STEP_PROGRESS;
    }
    if (held_by_test(job)) return STEP_NONE;
    arena_reset(&s->chunk_arena);
    s->chunk = (struct chunk){.watermark_us = TIME_MIN};
    switch (s->shared->class->claim(s->shared->source, s->reader, &s->chunk, &n->task->error)) {
    case CLAIM_CHUNK: return begin_chunk(n, s);
    case CLAIM_WAIT:
        waiting_time(n, s, &s->chunk);
        if (s->chunk.wait_us < n->task->wait_us) n->task->wait_us = s->chunk.wait_us;
        return STEP_NONE;
    case CLAIM_END:
        node_forward_watermark(n, TIME_MAX);
        node_forward_end(n);
        return STEP_PROGRESS;
    case CLAIM_FAIL: break;
    }
    return STEP_FAIL;
}

/* ---- snapshots ---- */

int64_t source_node_time(const struct node *n, uint32_t split) {
    return split < n->source->nsplits ? n->source->splits[split].watermark_us : TIME_MIN;
}

uint32_t source_node_splits(const struct node *n) {
    return n->source->nsplits;
}
