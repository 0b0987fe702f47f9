/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions and the running of statements; see session.h.
 */
#include "engine/session.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/registry.h"
#include "engine/substitute.h"
#include "exec/expr.h"
#include "exec/zone.h"
#include "sql/parse.h"

#define DEFAULT_CHECKPOINT_US 10000000 /* with --state and no interval set */

struct session {
    struct session_config config;
    struct env env; /* own copy when none was given */
    struct catalogs catalogs;
    struct session_options options;
    struct definitions definitions; /* for ${NAME} */
    struct arena text_arena;        /* of the text being run */
    struct str text;
    struct arena zone_arena;
    const struct zone *zone;
    struct job *_Atomic job; /* running now; for session_interrupt */
    _Atomic int interrupts;
};

struct session *session_new(const struct session_config *config) {
    struct session *s = calloc(1, sizeof *s);
    if (!s) mem_exhausted();
    s->config = *config;
    if (!s->config.env) {
        s->env = env_real;
        s->config.env = &s->env;
    }
    catalogs_init(&s->catalogs);
    return s;
}

void session_free(struct session *s) {
    if (!s) return;
    catalogs_free(&s->catalogs);
    session_options_free(&s->options);
    definitions_free(&s->definitions);
    arena_free(&s->text_arena);
    arena_free(&s->zone_arena);
    free(s);
}

/* A time zone is looked up when it is set: later, each statement would fail. */
static enum status check_zone(struct str key, struct str value, struct span span, struct error *e) {
    if (!str_eq(key, STR("table.local-time-zone")) || value.len == 0) return ST_OK;
    struct arena a = {0};
    const struct zone *zone;
    enum status st = zone_load(value, &a, &zone, e);
    if (st != ST_OK) {
        e->code = ERR_INVALID_OPTION;
        e->span = span;
    }
    arena_free(&a);
    return st;
}

/* A statement that changes the catalog or a setting. */
static enum status apply(struct planner_ctx *ctx, const struct ast_stmt *stmt) {
    const struct ast_set *set = stmt->kind == AST_SET ? ast_as_set(stmt) : NULL;
    if (set) TRY(check_zone(set->key.value, set->value.value, set->value.span, ctx->error));
    return planner_apply(ctx, stmt);
}

enum status session_set(struct session *s, struct str key, struct str value, struct error *e) {
    struct span none = {0, 0};
    TRY(check_zone(key, value, none, e));
    return session_options_set(&s->options, key, value, none, none, e);
}

void session_define(struct session *s, struct str name, struct str value) {
    definitions_add(&s->definitions, name, value);
}

struct str session_text_of(const struct session *s) {
    return s->text;
}

void session_interrupt(struct session *s) {
    int before = atomic_fetch_add(&s->interrupts, 1);
    struct job *job = atomic_load(&s->job);
    if (job) job_interrupt(job, before > 0);
}

static void note(struct session *s, const char *line) {
    if (s->config.log) s->config.log(s->config.arg, line);
}

/* ---- planning ---- */

static enum status session_zone(struct session *s, const struct zone **out, struct error *e) {
    struct str name = session_option_str(&s->options, "table.local-time-zone");
    if (name.len == 0) name = STR("UTC");
    if (!s->zone || !str_eq(s->zone->name, name)) TRY(zone_load(name, &s->zone_arena, &s->zone, e));
    *out = s->zone;
    return ST_OK;
}

struct fold_arg {
    struct eval_ctx eval;
    struct error error;
};

static enum status fold(void *arg, struct arena *a, const struct expr *e, struct expr **out,
                        struct error *err) {
    struct fold_arg *f = arg;
    error_clear(&f->error);
    f->eval.error = &f->error;
    return expr_fold(a, e, &f->eval, out, err);
}

/* A planner context for the statement; `f` must live as long. */
static enum status begin_plan(struct session *s, struct arena *a, enum planner_mode mode, struct fold_arg *f,
                              struct planner_ctx *ctx, struct error *e) {
    const struct zone *zone;
    TRY(session_zone(s, &zone, e));
    *f = (struct fold_arg){.eval = {.zone = zone}};
    *ctx = (struct planner_ctx){.arena = a,
                                .error = e,
                                .text = s->text,
                                .catalogs = &s->catalogs,
                                .session = &s->options,
                                .registry = engine_registry(),
                                .mode = mode,
                                .fold = fold,
                                .fold_arg = f,
                                .infer = engine_infer,
                                .infer_arg = s->config.env};
    return ST_OK;
}

/* ---- jobs ---- */

struct collector {
    enum result_format format;
    FILE *out;
    const struct zone *zone;
    bool changes;
    const struct plan_node *sink; /* whose rows are being written */
    struct result_writer *writer;
};

static enum status collect(void *arg, const struct plan_node *sink, const struct batch *b, struct error *e) {
    struct collector *c = arg;
    if (!c->writer) {
        c->sink = sink;
        TRY(result_open(c->format, c->out, sink->cols, sink->ncols, c->zone, c->changes, &c->writer, e));
    }
    return result_rows(c->writer, b, e);
}

/* The sink of rows for the client, or NULL. */
static const struct plan_node *client_sink(const struct plan *plan) {
    for (uint32_t i = 0; i < plan->count; i++) {
        const struct plan_node *n = plan->nodes[i];
        if (n->kind == PLAN_SINK && !n->sink.table) return n;
    }
    return NULL;
}

/* EXPLAIN ANALYZE shows figures, not rows. */
static enum status collect_nothing(void *arg UNUSED, const struct plan_node *sink UNUSED,
                                   const struct batch *b UNUSED, struct error *e UNUSED) {
    return ST_OK;
}

static enum status end_collect(struct collector *c, const struct plan *plan, struct error *e) {
    const struct plan_node *sink = client_sink(plan);
    if (!sink) return ST_OK;
    if (!c->writer)
        TRY(result_open(c->format, c->out, sink->cols, sink->ncols, c->zone, c->changes, &c->writer, e));
    uint64_t rows;
    return result_end(c->writer, &rows, e);
}

static void log_job(void *arg, const char *line) {
    note(arg, line);
}

static void progress_job(void *arg, struct job *job) {
    struct session *s = arg;
    if (s->config.progress) s->config.progress(s->config.arg, job, false);
}

static void fill_job_config(struct session *s, const struct plan *plan, const struct session_text *t,
                            struct collector *c, struct error *e, struct job_config *out) {
    int64_t interval = session_option_amount(&s->options, "execution.checkpointing.interval");
    struct str on_error = session_option_str(&s->options, "weir.on-error");
    struct str name = session_option_str(&s->options, "pipeline.name");
    *out = (struct job_config){
        .plan = plan,
        .env = s->config.env,
        .zone = c->zone,
        .error = e,
        .batch_rows = (uint32_t)session_option_int(&s->options, "weir.batch.rows"),
        .chunk_bytes = (uint32_t)session_option_amount(&s->options, "weir.source.chunk-bytes"),
        .on_error = str_ieq(on_error, STR("skip")) ? ON_ERROR_SKIP : ON_ERROR_FAIL,
        .memory_limit_bytes = session_option_amount(&s->options, "weir.state.memory-limit"),
        .name = name.len ? name : STR("weir"),
        .state_dir = t->state_dir,
        .checkpoint_interval_us = interval ? interval : DEFAULT_CHECKPOINT_US,
        .stop_after_chunks = t->stop_after_chunks,
        .source_class = engine_source_class,
        .sink_class = engine_sink_class,
        .collect = collect,
        .collect_arg = c,
        .log = log_job,
        .log_arg = s,
        .progress = progress_job,
        .progress_arg = s,
    };
}

static void note_counts(struct session *s, struct job *job) {
    struct job_totals t;
    char line[200];
    job_totals(job, &t);
    if (t.late_rows) {
        snprintf(line, sizeof line, "%" PRIu64 " late row%s dropped", t.late_rows,
                 t.late_rows == 1 ? " was" : "s were");
        note(s, line);
    }
    if (t.bad_records) {
        snprintf(line, sizeof line, "%" PRIu64 " record%s", t.bad_records,
                 t.bad_records == 1 ? " did not decode and was skipped"
                                    : "s did not decode and were skipped");
        note(s, line);
    }
}

/* Runs one plan to its end. `analyze` gets the finished job before it is closed. */
static enum status run_plan(struct session *s, const struct plan *plan, const struct session_text *t,
                            bool changes, enum job_end *end, void (*analyze)(void *arg, struct job *job),
                            void *analyze_arg, struct error *e) {
    struct collector c = {.format = s->config.format, .out = s->config.out, .changes = changes};
    TRY(session_zone(s, &c.zone, e));
    struct job_config config;
    fill_job_config(s, plan, t, &c, e, &config);
    config.analyze = analyze != NULL;
    if (analyze) config.collect = collect_nothing;
    struct job *job;
    enum status st = job_open(&config, &job);
    atomic_store(&s->job, job);
    if (st == ST_OK && atomic_load(&s->interrupts)) job_cancel(job);
    if (st == ST_OK) st = job_loop(job, end);
    atomic_store(&s->job, NULL);
    if (st == ST_OK && s->config.progress) s->config.progress(s->config.arg, job, true);
    if (st == ST_OK) note_counts(s, job);
    if (st == ST_OK && analyze) analyze(analyze_arg, job);
    else if (st == ST_OK) st = end_collect(&c, plan, e);
    result_close(c.writer);
    job_close(job);
    return st;
}

/* ---- statements ---- */

struct analyze_arg {
    struct job *job;
    struct arena *arena;
    const struct plan *plan;
    struct str text;
};

static struct str node_figures(void *arg, const struct plan_node *n) {
    struct analyze_arg *a = arg;
    struct op_stats st;
    int64_t bytes;
    job_node_stats(a->job, n->id, &st, &bytes);
    struct str s = arena_printf(a->arena, "rows=%" PRIu64, st.rows_out);
    if (st.rows_in) s = arena_printf(a->arena, "in=%" PRIu64 " %.*s", st.rows_in, STR_ARG(s));
    if (st.busy_ns) s = arena_printf(a->arena, "%.*s time=%.3fms", STR_ARG(s), (double)st.busy_ns / 1e6);
    if (bytes) s = arena_printf(a->arena, "%.*s state=%" PRId64 "B", STR_ARG(s), bytes);
    if (st.late_rows) s = arena_printf(a->arena, "%.*s late=%" PRIu64, STR_ARG(s), st.late_rows);
    return s;
}

static void analyze_done(void *arg, struct job *job) {
    struct analyze_arg *a = arg;
    a->job = job;
    a->text = planner_explain(a->arena, a->plan, node_figures, a);
}

static void print_text(struct session *s, struct str text) {
    if (s->config.format != RESULT_JSONL && s->config.format != RESULT_CSV) {
        fwrite(text.ptr, 1, text.len, s->config.out);
        return;
    }
    struct str header = STR("result");
    result_strings(s->config.format, s->config.out, &header, 1, 0, &text, 1);
}

static enum status explain(struct session *s, struct planner_ctx *ctx, const struct ast_stmt *stmt,
                           const struct session_text *t, bool check_only) {
    struct plan *plan;
    const struct ast_explain *ex = ast_as_explain(stmt);
    const struct ast_stmt *target = ex->target;
    TRY(planner_plan(ctx, &target, 1, &plan));
    if (check_only) return ST_OK;
    if (!(ex->details & AST_EXPLAIN_ANALYZE)) {
        print_text(s, planner_explain(ctx->arena, plan, NULL, NULL));
        return ST_OK;
    }
    struct analyze_arg a = {.arena = ctx->arena, .plan = plan};
    struct session_text once = {.text = t->text};
    enum job_end end;
    TRY(run_plan(s, plan, &once, false, &end, analyze_done, &a, ctx->error));
    print_text(s, a.text);
    return ST_OK;
}

static enum status show(struct session *s, struct planner_ctx *ctx, const struct ast_stmt *stmt,
                        bool check_only) {
    struct string_table t;
    TRY(planner_show(ctx, stmt, &t));
    if (check_only) return ST_OK;
    result_strings(s->config.format, s->config.out, t.headers, t.ncols, t.booleans, t.cells, t.nrows);
    return ST_OK;
}

static bool changes_wanted(const struct session *s, const struct plan *plan) {
    return !plan->bounded ||
           str_ieq(session_option_str(&s->options, "sql-client.execution.result-mode"), STR("changelog"));
}

static enum status execute_one(struct session *s, const struct ast_stmt *stmt, struct arena *a,
                               const struct session_text *t, struct error *e) {
    struct planner_ctx ctx;
    struct fold_arg f;
    TRY(begin_plan(s, a, PLANNER_AUTOMATIC, &f, &ctx, e));
    if (planner_is_ddl(stmt)) return apply(&ctx, stmt);
    if (planner_is_show(stmt)) return show(s, &ctx, stmt, false);
    if (stmt->kind == AST_EXPLAIN) return explain(s, &ctx, stmt, t, false);
    struct plan *plan;
    TRY(planner_plan(&ctx, &stmt, 1, &plan));
    enum job_end end;
    struct session_text once = {.text = t->text};
    return run_plan(s, plan, &once, changes_wanted(s, plan), &end, NULL, NULL, e);
}

/* ---- texts ---- */

static enum status begin_text(struct session *s, const struct session_text *t, struct error *e) {
    arena_reset(&s->text_arena);
    atomic_store(&s->interrupts, 0);
    return definitions_substitute(&s->definitions, t->text, &s->text_arena, &s->text, e);
}

enum status session_execute(struct session *s, const struct session_text *t, struct error *e) {
    TRY(begin_text(s, t, e));
    size_t at = 0;
    for (;;) {
        struct arena a = {0};
        struct ast_stmt *stmt;
        enum status st = sql_parse(&a, s->text, at, &stmt, &at, e);
        if (st == ST_OK && stmt) st = execute_one(s, stmt, &a, t, e);
        arena_free(&a);
        if (st != ST_OK) return ST_ERROR;
        if (!stmt || atomic_load(&s->interrupts)) return ST_OK;
    }
}

/* The statements of a text that make jobs, in order. */
struct job_stmts {
    const struct ast_stmt **items;
    uint32_t count;
};

static void add_stmt(struct arena *a, struct job_stmts *l, const struct ast_stmt *stmt) {
    ARENA_ONE_MORE(a, l->items, l->count);
    l->items[l->count++] = stmt;
}

/* Applies DDL and SET in order; gathers INSERTs and queries. */
static enum status gather(struct session *s, struct arena *a, const struct session_text *t, bool check_only,
                          struct job_stmts *inserts, struct job_stmts *queries, struct error *e) {
    size_t at = 0;
    for (;;) {
        struct ast_stmt *stmt;
        struct planner_ctx ctx;
        struct fold_arg f;
        TRY(sql_parse(a, s->text, at, &stmt, &at, e));
        if (!stmt) return ST_OK;
        TRY(begin_plan(s, a, PLANNER_STREAMING, &f, &ctx, e));
        if (planner_is_ddl(stmt)) TRY(apply(&ctx, stmt));
        else if (planner_is_show(stmt)) TRY(show(s, &ctx, stmt, check_only));
        else if (stmt->kind == AST_EXPLAIN) TRY(explain(s, &ctx, stmt, t, check_only));
        else add_stmt(a, stmt->kind == AST_QUERY_STMT ? queries : inserts, stmt);
    }
}

static void warn_of_state(struct session *s, const struct plan *plan, const struct session_text *t) {
    char line[400];
    const struct plan_node *n = planner_unbounded_state(plan);
    if (n && !plan->bounded) {
        snprintf(line, sizeof line, "the state of %s grows without bound (%.*s)", plan_kind_name(n),
                 STR_ARG(n->state_note));
        note(s, line);
    }
    if (!plan->bounded && !t->state_dir)
        note(s, "this job never ends by itself and runs without --state DIR: nothing is kept when it stops");
}

/* Plans and runs `count` statements as one job. */
static enum status run_stmts(struct session *s, struct arena *a, const struct session_text *t,
                             const struct ast_stmt *const *stmts, uint32_t count, bool check_only,
                             enum job_end *end, struct error *e) {
    struct planner_ctx ctx;
    struct fold_arg f;
    struct plan *plan;
    TRY(begin_plan(s, a, PLANNER_STREAMING, &f, &ctx, e));
    TRY(planner_plan(&ctx, stmts, count, &plan));
    if (check_only) return ST_OK;
    warn_of_state(s, plan, t);
    return run_plan(s, plan, t, changes_wanted(s, plan), end, NULL, NULL, e);
}

static enum status run_all(struct session *s, struct arena *a, const struct session_text *t, bool check_only,
                           enum job_end *end, struct error *e) {
    struct job_stmts inserts = {0}, queries = {0};
    *end = JOB_FINISHED;
    TRY(gather(s, a, t, check_only, &inserts, &queries, e));
    if (inserts.count) TRY(run_stmts(s, a, t, inserts.items, inserts.count, check_only, end, e));
    /* The state folder belongs to the INSERTs; a query's rows go to the screen and are not kept. */
    struct session_text q = *t;
    if (inserts.count) q.state_dir = NULL;
    for (uint32_t i = 0; i < queries.count && (*end == JOB_FINISHED || *end == JOB_WAS_FINISHED); i++)
        TRY(run_stmts(s, a, &q, &queries.items[i], 1, check_only, end, e));
    return ST_OK;
}

enum status session_run(struct session *s, const struct session_text *t, enum job_end *end, struct error *e) {
    TRY(begin_text(s, t, e));
    struct arena a = {0};
    enum status st = run_all(s, &a, t, false, end, e);
    arena_free(&a);
    return st;
}

enum status session_check(struct session *s, const struct session_text *t, struct error *e) {
    TRY(begin_text(s, t, e));
    struct arena a = {0};
    enum job_end end;
    enum status st = run_all(s, &a, t, true, &end, e);
    arena_free(&a);
    return st;
}
