/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of a result: tables of strings, and jobs run by their reader or by threads; see result.h.
 */
#include "engine/result.h"

#include <stdlib.h>
#include <time.h>

#include "base/mem.h"
#include "engine/registry.h"
#include "exec/zone.h"

#define DEFAULT_CHECKPOINT_US 10000000 /* with a state folder and no interval set */
#define PROGRESS_US 200000
#define QUEUE_ROWS (32 * BATCH_MAX_ROWS) /* copies that wait for the reader, about */

static int64_t now_us(const struct weir_result *r) {
    struct env *env = r->handle.session->env;
    return env->monotonic_us(env);
}

struct weir_result *result_new(struct weir_session *s, enum weir_kind kind) {
    struct weir_result *r = handle_new(sizeof *r, HANDLE_RESULT, s);
    r->kind = kind;
    r->bounded = true;
    r->last = &r->first;
    r->totals = (struct job_totals){.watermark_us = TIME_MIN, .behind_rows = -1};
    pthread_condattr_t attr;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    pthread_mutex_init(&r->mutex, NULL);
    pthread_cond_init(&r->changed, &attr);
    pthread_condattr_destroy(&attr);
    r->begun_us = now_us(r);
    if (kind != WEIR_NOTHING) return r;
    r->ended = true;
    r->end = WEIR_FINISHED;
    return r;
}

static void free_queued(struct queued *q) {
    if (!q) return;
    arena_free(&q->arena);
    free(q);
}

void result_free(struct weir_result *r) {
    if (r->has_coordinator) {
        atomic_store(&r->want_stop, 2);
        pthread_mutex_lock(&r->mutex);
        if (r->job) job_cancel(r->job);
        pthread_mutex_unlock(&r->mutex);
        pthread_join(r->coordinator, NULL);
    }
    jobs_forget(r->entry);
    job_close(r->job);
    free_queued(r->current);
    for (struct queued *q = r->first, *next; q; q = next) {
        next = q->next;
        free_queued(q);
    }
    prepared_free(r->prepared);
    outbuf_free(&r->text);
    arena_free(&r->scratch);
    arena_free(&r->arena);
    pthread_mutex_destroy(&r->mutex);
    pthread_cond_destroy(&r->changed);
    handle_free(&r->handle);
}

void weir_result_free(struct weir_result *r) {
    struct error e;
    error_clear(&e);
    if (!r || handle_enter(r, HANDLE_RESULT, __func__, &e) != ST_OK) return;
    struct weir_session *s = r->handle.session;
    result_free(r);
    handle_leave(s);
}

/* ---- tables of strings ---- */

static void put_cell(struct vec *v, uint32_t row, struct str cell, bool boolean, struct arena *a) {
    if (!cell.ptr) valid_clear(vec_make_valid(v, a), row);
    else if (boolean) ((uint8_t *)v->data)[row] = str_eq(cell, STR("TRUE"));
    else ((struct strview *)v->data)[row] = strview_of(cell.ptr, cell.len);
}

/* Cells are copied: the table may be in the arena of a statement. */
enum status result_of_strings(struct weir_session *s, const struct string_table *t, struct weir_result **out,
                              struct error *e) {
    struct weir_result *r = result_new(s, WEIR_ROWS);
    struct arena *a = &r->arena;
    *out = r;
    TRY(session_zone(s, &r->zone, e));
    r->columns = (struct schema){t->ncols, ARENA_ARRAY(a, struct field, t->ncols + 1)};
    struct batch *b = batch_new(a, t->ncols);
    b->rows = b->count = t->nrows;
    for (uint32_t c = 0; c < t->ncols; c++) {
        bool boolean = t->booleans >> c & 1;
        const struct type *type = type_simple(boolean ? TYPE_BOOLEAN : TYPE_VARCHAR, true);
        if (!boolean) type = type_string(true);
        r->columns.fields[c] = (struct field){arena_str(a, t->headers[c]), type};
        b->cols[c] = ARENA_NEW(a, struct vec);
        vec_make_flat(b->cols[c], a, type, t->nrows);
        for (uint32_t i = 0; i < t->nrows; i++) {
            struct str cell = t->cells[(size_t)i * t->ncols + c];
            put_cell(b->cols[c], i, cell.ptr ? arena_str(a, cell) : cell, boolean, a);
        }
    }
    r->ready = b;
    r->ended = true;
    r->end = WEIR_FINISHED;
    return ST_OK;
}

enum status result_of_text(struct weir_session *s, struct str text, struct weir_result **out) {
    struct str header = STR("result");
    struct string_table t = {.ncols = 1, .nrows = 1, .headers = &header, .cells = &text};
    struct error e;
    error_clear(&e);
    enum status st = result_of_strings(s, &t, out, &e);
    (*out)->kind = WEIR_TEXT;
    return st;
}

/* ---- jobs: rows for the reader ---- */

static enum sink_result collect_nothing(void *arg UNUSED, const struct batch *b UNUSED,
                                        struct error *e UNUSED) {
    return SINK_DONE;
}

/* Run by its reader: the batch stays with the worker until the reader comes back. */
static enum sink_result collect_in_place(void *arg, const struct batch *b, struct error *e UNUSED) {
    struct weir_result *r = arg;
    if (r->discard) return SINK_DONE;
    if (r->slot == SLOT_TAKEN) {
        r->slot = SLOT_EMPTY;
        return SINK_DONE;
    }
    r->slot = SLOT_FULL;
    r->batch = b;
    return SINK_BUSY;
}

static struct queued *copy_batch(const struct batch *b) {
    struct queued *q = calloc(1, sizeof *q);
    if (!q) mem_exhausted();
    q->batch = batch_new(&q->arena, b->ncols);
    q->batch->rows = q->batch->count = b->count;
    for (uint32_t c = 0; c < b->ncols; c++) q->batch->cols[c] = vec_copy(b->cols[c], batch_sel(b), &q->arena);
    if (!b->change) return q;
    int8_t *change = arena_alloc_raw(&q->arena, b->count);
    SEL_FOREACH(batch_sel(b), k, row) change[k] = b->change[row];
    q->batch->change = change;
    return q;
}

/* From workers, one call at a time. */
static enum sink_result collect_copy(void *arg, const struct batch *b, struct error *e UNUSED) {
    struct weir_result *r = arg;
    pthread_mutex_lock(&r->mutex);
    bool room = r->queued_rows < QUEUE_ROWS, discard = r->discard;
    if (!room) r->full = true;
    pthread_mutex_unlock(&r->mutex);
    if (discard) return SINK_DONE;
    if (!room) return SINK_BUSY;
    struct queued *q = copy_batch(b);
    pthread_mutex_lock(&r->mutex);
    *r->last = q;
    r->last = &q->next;
    r->queued_rows += b->count;
    if (r->starved) pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mutex);
    return SINK_DONE;
}

/* ---- jobs: start and end ---- */

static void log_line(void *arg, const char *line) {
    session_note(((struct weir_result *)arg)->handle.session, line);
}

static void tell_late(void *arg, const char *operator_name, uint64_t rows) {
    const struct weir_config *c = &((struct weir_result *)arg)->handle.session->config;
    if (c->late_rows) c->late_rows(c->arg, operator_name, rows);
}

static void get_totals(struct weir_result *r, struct job_totals *out, int64_t *elapsed_us) {
    pthread_mutex_lock(&r->mutex);
    *out = r->totals;
    if (r->job) job_totals(r->job, out);
    *elapsed_us = (r->ended_us ? r->ended_us : now_us(r)) - r->begun_us;
    pthread_mutex_unlock(&r->mutex);
}

/* For any thread. */
static void get_progress(struct weir_result *r, struct weir_progress *out) {
    struct job_totals t;
    int64_t elapsed_us;
    get_totals(r, &t, &elapsed_us);
    *out = (struct weir_progress){
        .struct_bytes = out->struct_bytes,
        .rows_in = t.rows_in,
        .rows_out = t.rows_out,
        .bytes_in = t.bytes_in,
        .bytes_total = t.bytes_total,
        .late_rows = t.late_rows,
        .bad_records = t.bad_records,
        .checkpoints = t.checkpoints,
        .state_bytes = t.state_bytes,
        .watermark_us = t.watermark_us,
        .behind_rows = t.behind_rows,
        .elapsed_us = elapsed_us,
    };
}

/* Some times a second, and at the end. */
static void tell_progress(struct weir_result *r, bool end) {
    const struct weir_config *c = &r->handle.session->config;
    int64_t now = c->progress ? now_us(r) : 0;
    if (!c->progress || (!end && now - r->told_us < PROGRESS_US)) return;
    struct weir_progress p = {.struct_bytes = sizeof p};
    get_progress(r, &p);
    r->told_us = now;
    c->progress(c->arg, r, &p);
}

static void running(void *arg) {
    tell_progress(arg, false);
}

static struct job_config job_config_of(struct weir_session *s, struct weir_result *r,
                                       const struct start_options *options) {
    const struct session_options *o = &s->options;
    int64_t interval = session_option_amount(o, "execution.checkpointing.interval");
    struct str name = session_option_str(o, "pipeline.name");
    return (struct job_config){
        .plan = r->prepared->plan,
        .env = s->env,
        .zone = r->zone,
        .error = &r->error,
        .batch_rows = (uint32_t)session_option_int(o, "weir.batch.rows"),
        .chunk_bytes = (uint32_t)session_option_amount(o, "weir.source.chunk-bytes"),
        .on_error = session_has_option(s, "weir.on-error", "skip") ? ON_ERROR_SKIP : ON_ERROR_FAIL,
        .memory_limit_bytes = session_option_amount(o, "weir.state.memory-limit"),
        .name = name.len ? arena_str(&r->arena, name) : STR("weir"),
        .state_dir = options->state_dir ? arena_strdup(&r->arena, options->state_dir) : NULL,
        .checkpoint_interval_us = interval ? interval : DEFAULT_CHECKPOINT_US,
        .stop_after_chunks = (uint64_t)session_option_int(o, "weir.test.stop-after-chunks"),
        .analyze = r->analyze,
        .streams = s->streams,
        .host = engine_plugin_host(),
        .source_class = engine_source_class,
        .sink_class = engine_sink_class,
        .collect = r->analyze     ? collect_nothing
                   : r->by_reader ? collect_in_place
                                  : collect_copy,
        .collect_arg = r,
        .late = tell_late,
        .late_arg = r,
        .log = log_line,
        .log_arg = r,
        .progress = running,
        .progress_arg = r,
        .want_stop = &r->want_stop,
    };
}

struct analyze_arg {
    struct job *job;
    struct arena *arena;
};

static struct str node_figures(void *arg, const struct plan_node *n) {
    struct analyze_arg *a = arg;
    struct op_stats st;
    int64_t bytes;
    job_node_stats(a->job, n->id, &st, &bytes);
    struct str s = arena_printf(a->arena, "rows=%llu", (unsigned long long)st.rows_out);
    if (st.rows_in) s = arena_printf(a->arena, "in=%llu %.*s", (unsigned long long)st.rows_in, STR_ARG(s));
    if (st.busy_ns) s = arena_printf(a->arena, "%.*s time=%.3fms", STR_ARG(s), (double)st.busy_ns / 1e6);
    if (bytes) s = arena_printf(a->arena, "%.*s state=%lldB", STR_ARG(s), (long long)bytes);
    if (st.late_rows)
        s = arena_printf(a->arena, "%.*s late=%llu", STR_ARG(s), (unsigned long long)st.late_rows);
    return s;
}

/* The plan with its figures becomes the one row of the result. */
static void analyzed(struct weir_result *r, struct job *job) {
    struct queued *q = calloc(1, sizeof *q);
    if (!q) mem_exhausted();
    struct analyze_arg a = {job, &q->arena};
    struct str text = planner_explain(&q->arena, r->prepared->plan, node_figures, &a);
    q->batch = batch_new(&q->arena, 1);
    q->batch->rows = q->batch->count = 1;
    q->batch->cols[0] = ARENA_NEW(&q->arena, struct vec);
    vec_make_flat(q->batch->cols[0], &q->arena, r->columns.fields[0].type, 1);
    put_cell(q->batch->cols[0], 0, text, false, &q->arena);
    r->first = q;
}

static enum weir_end_kind end_kind(enum job_end end) {
    switch (end) {
    case JOB_FINISHED: return WEIR_FINISHED;
    case JOB_STOPPED: return WEIR_STOPPED;
    case JOB_CANCELLED: return WEIR_CANCELLED;
    case JOB_WAS_FINISHED: return WEIR_WAS_FINISHED;
    }
    return WEIR_FAILED;
}

/* The job is over: notes its figures, frees its memory. */
static void end_job(struct weir_result *r, enum status st, enum job_end end) {
    struct job *job = r->job;
    struct job_totals totals;
    job_totals(job, &totals);
    pthread_mutex_lock(&r->mutex);
    if (r->analyze && st == ST_OK) analyzed(r, job);
    r->totals = totals;
    r->job = NULL;
    r->end = st == ST_OK ? end_kind(end) : WEIR_FAILED;
    r->ended_us = now_us(r);
    pthread_mutex_unlock(&r->mutex);
    job_close(job);
    tell_progress(r, true);
    pthread_mutex_lock(&r->mutex);
    r->ended = true;
    pthread_cond_broadcast(&r->changed);
    pthread_mutex_unlock(&r->mutex);
}

static void *coordinate(void *arg) {
    struct weir_result *r = arg;
    enum job_end end = JOB_FINISHED;
    enum status st = job_loop(r->job, &end);
    end_job(r, st, end);
    return NULL;
}

static enum status begin_job(struct weir_session *s, struct weir_result *r,
                             const struct start_options *options, struct error *e) {
    bool was_finished;
    r->config = job_config_of(s, r, options);
    if (job_open(&r->config, &r->job) != ST_OK || job_begin(r->job, &was_finished) != ST_OK) {
        *e = r->error;
        return ST_ERROR;
    }
    if (was_finished) {
        end_job(r, ST_OK, JOB_WAS_FINISHED);
        return ST_OK;
    }
    if (r->by_reader) return ST_OK;
    TRY(job_thread(&r->coordinator, coordinate, r, e));
    r->has_coordinator = true;
    return ST_OK;
}

static const struct plan_node *client_sink(const struct plan *plan) {
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_node *n = plan->nodes[i];
        if (n->kind == PLAN_SINK && !n->sink.table) return n;
    }
    return NULL;
}

static void set_columns(struct weir_result *r, const struct plan_node *sink) {
    r->updating = sink->inputs[0]->changelog != CHANGELOG_APPEND;
    r->columns = (struct schema){sink->ncols, ARENA_ARRAY(&r->arena, struct field, sink->ncols + 1)};
    for (uint32_t i = 0; i < sink->ncols; i++)
        r->columns.fields[i] = (struct field){arena_str(&r->arena, sink->cols[i].name), sink->cols[i].type};
}

enum status result_of_plan(struct weir_session *s, struct prepared *p, const struct start_options *options,
                           struct weir_result **out, struct error *e) {
    const struct plan_node *sink = client_sink(p->plan);
    struct weir_result *r = result_new(s, sink ? WEIR_ROWS : WEIR_JOB);
    *out = r;
    r->prepared = p;
    p->refs++;
    r->zone = p->zone;
    r->bounded = p->plan->bounded;
    r->analyze = p->stmt && p->stmt->kind == AST_EXPLAIN;
    r->discard = options->discard;
    if (r->analyze) {
        r->kind = WEIR_TEXT;
        r->columns = (struct schema){1, ARENA_NEW(&r->arena, struct field)};
        r->columns.fields[0] = (struct field){STR("result"), type_string(true)};
    } else if (sink) {
        set_columns(r, sink);
        r->by_reader = p->plan->parallelism <= 1 && !options->state_dir;
    } else {
        r->entry = jobs_add(s, r, session_option_str(&s->options, "pipeline.name"));
    }
    return begin_job(s, r, options, e);
}

/* ---- fetching ---- */

static enum weir_status ended_status(struct weir_result *r, struct error *e) {
    if (r->end == WEIR_FAILED) *e = r->error;
    else if (r->end == WEIR_CANCELLED) error_set(e, ERR_CANCELLED, "the query was cancelled");
    else return WEIR_END;
    return WEIR_ERROR;
}

static enum weir_status fetch_by_reader(struct weir_result *r, int64_t timeout_us, const struct batch **out,
                                        struct error *e) {
    if (r->slot == SLOT_FULL) r->slot = SLOT_TAKEN;
    if (r->ended) return ended_status(r, e);
    bool ended = false;
    enum job_end end = JOB_FINISHED;
    enum status st = job_step(r->job, timeout_us, &ended, &end);
    tell_progress(r, false);
    if (st != ST_OK || (ended && r->slot != SLOT_FULL) || (ended && end == JOB_CANCELLED)) {
        end_job(r, st, end);
        return ended_status(r, e);
    }
    if (r->slot != SLOT_FULL) return WEIR_WAIT;
    *out = r->batch;
    return WEIR_OK;
}

/* Waits, with the mutex held, for rows or the end; false: the time is over. */
static bool wait_changed(struct weir_result *r, int64_t timeout_us) {
    if (timeout_us == 0) return false;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    if (timeout_us > 0) {
        int64_t ns = until.tv_nsec + timeout_us % 1000000 * 1000;
        until.tv_sec += timeout_us / 1000000 + ns / 1000000000;
        until.tv_nsec = ns % 1000000000;
    }
    r->starved = true;
    while (!r->first && !r->ended) {
        if (timeout_us < 0) pthread_cond_wait(&r->changed, &r->mutex);
        else if (pthread_cond_timedwait(&r->changed, &r->mutex, &until) != 0) break;
    }
    r->starved = false;
    return r->first || r->ended;
}

void result_stop(struct weir_result *r, int64_t timeout_us) {
    pthread_mutex_lock(&r->mutex);
    if (r->job) job_stop(r->job);
    wait_changed(r, timeout_us);
    pthread_mutex_unlock(&r->mutex);
}

static enum weir_status fetch_queued(struct weir_result *r, int64_t timeout_us, const struct batch **out,
                                     struct error *e) {
    enum weir_status st = WEIR_WAIT;
    free_queued(r->current);
    r->current = NULL;
    pthread_mutex_lock(&r->mutex);
    if (r->first || r->ended || wait_changed(r, timeout_us)) {
        struct queued *q = r->end == WEIR_CANCELLED ? NULL : r->first;
        if (q) {
            r->first = q->next;
            if (!r->first) r->last = &r->first;
            r->queued_rows -= q->batch->count;
            r->current = q;
            *out = q->batch;
            st = WEIR_OK;
            if (r->full && r->queued_rows < QUEUE_ROWS / 2 && r->job) {
                r->full = false;
                job_wake(r->job);
            }
        } else if (r->ended) {
            st = ended_status(r, e);
        }
    }
    pthread_mutex_unlock(&r->mutex);
    return st;
}

enum weir_status result_fetch(struct weir_result *r, int64_t timeout_us, const struct batch **out,
                              struct error *e) {
    *out = NULL;
    if (r->by_reader) return fetch_by_reader(r, timeout_us, out, e);
    if (r->prepared) return fetch_queued(r, timeout_us, out, e);
    *out = r->ready;
    r->ready = NULL;
    return *out && (*out)->count ? WEIR_OK : WEIR_END;
}

struct str result_sql(const struct weir_result *r) {
    return r->prepared ? r->prepared->text : (struct str){0};
}

enum status result_choose(struct weir_result *r, enum result_way way, const char *call, struct error *e) {
    if (r->kind == WEIR_NOTHING || r->kind == WEIR_JOB) return misuse(e, call, "this result has no rows");
    if (r->way != WAY_NONE && r->way != way)
        return misuse(e, call, "the rows of this result are being read in another way");
    r->way = way;
    return ST_OK;
}

/* ---- what callers ask ---- */

static enum weir_status wait_end(struct weir_result *r, int64_t timeout_us, struct error *e) {
    int64_t until = timeout_us < 0 ? INT64_MAX : now_us(r) + timeout_us;
    pthread_mutex_lock(&r->mutex);
    r->discard = true;
    if (r->job) job_wake(r->job);
    pthread_mutex_unlock(&r->mutex);
    for (;;) {
        const struct batch *b;
        int64_t left = timeout_us < 0 ? -1 : until - now_us(r);
        enum weir_status st = result_fetch(r, left < 0 && timeout_us >= 0 ? 0 : left, &b, e);
        if (st == WEIR_OK) continue;
        return st == WEIR_END ? WEIR_OK : st;
    }
}

enum weir_status weir_result_wait(struct weir_result *r, int64_t timeout_us, struct weir_error **error) {
    HANDLE_CALL(r, HANDLE_RESULT);
    enum weir_status st = wait_end(r, timeout_us, &e);
    handle_leave(r);
    return st == WEIR_ERROR ? give_status(ST_ERROR, &e, result_sql(r), error) : st;
}

enum weir_status weir_result_progress(struct weir_result *r, struct weir_progress *out,
                                      struct weir_error **error) {
    struct error e;
    error_clear(&e);
    enum status st = handle_check(r, HANDLE_RESULT, __func__, &e);
    if (st == ST_OK && (!out || out->struct_bytes < sizeof *out))
        st = misuse(&e, __func__, "struct_bytes of the place for the figures is too small");
    if (st != ST_OK) return give_status(st, &e, (struct str){0}, error);
    get_progress(r, out);
    return WEIR_OK;
}

enum weir_end_kind weir_result_end(struct weir_result *r) {
    struct error e;
    error_clear(&e);
    if (handle_check(r, HANDLE_RESULT, __func__, &e) != ST_OK) return WEIR_FAILED;
    pthread_mutex_lock(&r->mutex);
    enum weir_end_kind end = r->ended ? r->end : WEIR_RUNNING;
    pthread_mutex_unlock(&r->mutex);
    return end;
}

void weir_stop(struct weir_result *r) {
    int none = 0;
    struct error e;
    error_clear(&e);
    if (handle_check(r, HANDLE_RESULT, __func__, &e) != ST_OK) return;
    atomic_compare_exchange_strong(&r->want_stop, &none, 1);
}

void weir_cancel(struct weir_result *r) {
    struct error e;
    error_clear(&e);
    if (handle_check(r, HANDLE_RESULT, __func__, &e) != ST_OK) return;
    atomic_store(&r->want_stop, 2);
}

static bool alive(const struct weir_result *r) {
    struct error e;
    error_clear(&e);
    return handle_check(r, HANDLE_RESULT, "", &e) == ST_OK;
}

enum weir_kind weir_result_kind(const struct weir_result *r) {
    return alive(r) ? r->kind : WEIR_NOTHING;
}

const char *weir_result_job(const struct weir_result *r) {
    return alive(r) && r->entry ? jobs_id(r->entry) : NULL;
}

bool weir_result_bounded(const struct weir_result *r) {
    return alive(r) && r->bounded;
}

bool weir_result_updating(const struct weir_result *r) {
    return alive(r) && r->updating;
}

unsigned weir_columns(const struct weir_result *r) {
    return alive(r) ? r->columns.count : 0;
}

const char *weir_column_name(const struct weir_result *r, unsigned i) {
    return alive(r) && i < r->columns.count ? r->columns.fields[i].name.ptr : NULL;
}

const char *weir_column_type(const struct weir_result *result, unsigned i) {
    struct weir_result *r = (struct weir_result *)(uintptr_t)result;
    if (!alive(r) || i >= r->columns.count) return NULL;
    if (!r->types) r->types = ARENA_ARRAY(&r->arena, const char *, r->columns.count);
    if (!r->types[i]) {
        struct str text = type_print(&r->arena, r->columns.fields[i].type);
        r->types[i] = arena_str(&r->arena, text).ptr;
    }
    return r->types[i];
}
