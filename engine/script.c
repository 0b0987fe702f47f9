/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole texts: statement after statement, or as one job, whose INSERTs run together and whose queries come
 * after.
 */
#include <stdio.h>

#include "engine/result.h"
#include "engine/statement.h"
#include "sql/parse.h"

struct weir_run {
    struct handle handle;
    struct prepared *base; /* text, state_dir, and as one job: all statements */
    size_t at;             /* separately: where the next statement begins */
    bool separately;
    struct start_options options;
    bool inserts_done;     /* the job of the INSERTs was handed out: the state folder was its */
    uint32_t nparts, next; /* as one job */
    struct prepared *
        *parts; /* what SHOW, EXPLAIN, the INSERTs and the queries became; NULL when handed out */
    struct weir_result **ready; /* by part: SHOW is carried out in its place among the definitions; or NULL */
};

static struct weir_run *run_new(struct weir_session *s) {
    struct weir_run *run = handle_new(sizeof *run, HANDLE_RUN, s);
    run->base = prepared_new();
    return run;
}

/* The statements of a text that make jobs, in order. */
struct job_stmts {
    const struct ast_stmt **items;
    uint32_t count;
};

static void add_part(struct weir_run *run, struct prepared *p, struct weir_result *ready) {
    run->ready = arena_one_more(&run->base->arena, run->ready, run->nparts, sizeof(struct weir_result *));
    ARENA_ONE_MORE(&run->base->arena, run->parts, run->nparts);
    run->ready[run->nparts] = ready;
    run->parts[run->nparts++] = p;
}

static struct prepared *part_of(struct weir_run *run, const struct ast_stmt *stmt) {
    struct prepared *p = prepared_new();
    p->parent = run->base;
    p->parent->refs++;
    p->text = run->base->text;
    p->stmt = stmt;
    return p;
}

/* A statement that belongs to the sequence of definitions: carried out now. */
static enum status carry_out(struct weir_run *run, const struct ast_stmt *stmt, bool check, struct error *e) {
    struct weir_session *s = run->handle.session;
    struct prepared *p = part_of(run, stmt);
    struct weir_result *r = NULL;
    enum status st = prepared_plan(s, p, PLANNER_STREAMING, &stmt, 1, e);
    if (st == ST_OK && check && stmt->kind == AST_EXPLAIN) {
        prepared_free(p);
        return ST_OK;
    }
    if (st == ST_OK) st = statement_start(s, p, &(struct start_options){0}, &r, e);
    prepared_free(p);
    if (st != ST_OK) return ST_ERROR;
    if (r->kind == WEIR_NOTHING || check) result_free(r);
    else add_part(run, NULL, r);
    return ST_OK;
}

/* Applies DDL and SET in order; gathers INSERTs and queries. */
static enum status gather(struct weir_run *run, bool check, struct job_stmts *inserts,
                          struct job_stmts *queries, struct error *e) {
    size_t at = 0;
    for (;;) {
        struct ast_stmt *stmt;
        TRY(sql_parse(&run->base->arena, run->base->text, at, &stmt, &at, e));
        if (!stmt) return ST_OK;
        bool query = stmt->kind == AST_QUERY_STMT;
        if (query || stmt->kind == AST_INSERT || stmt->kind == AST_STATEMENT_SET) {
            struct job_stmts *l = query ? queries : inserts;
            ARENA_ONE_MORE(&run->base->arena, l->items, l->count);
            l->items[l->count++] = stmt;
        } else {
            TRY(carry_out(run, stmt, check, e));
        }
    }
}

static void warn_of_state(struct weir_session *s, const struct plan *plan, bool state_dir) {
    char line[400];
    const struct plan_node *n = planner_unbounded_state(plan);
    if (n && !plan->bounded) {
        snprintf(line, sizeof line, "the state of %s grows without bound (%.*s)", plan_kind_name(n),
                 STR_ARG(n->state_note));
        session_note(s, line);
    }
    if (!plan->bounded && !state_dir)
        session_note(s, "this job never ends by itself and runs without --state DIR: nothing is kept when it "
                        "stops");
}

static enum status plan_part(struct weir_run *run, const struct ast_stmt *const *stmts, uint32_t count,
                             bool check, bool state_dir, struct error *e) {
    struct weir_session *s = run->handle.session;
    struct prepared *p = part_of(run, count == 1 ? stmts[0] : NULL);
    enum status st = prepared_plan(s, p, PLANNER_STREAMING, stmts, count, e);
    if (st != ST_OK || check) {
        prepared_free(p);
        return st;
    }
    warn_of_state(s, p->plan, state_dir);
    add_part(run, p, NULL);
    return ST_OK;
}

static enum status open_job(struct weir_run *run, bool check, struct error *e) {
    struct job_stmts inserts = {0}, queries = {0};
    bool state = run->options.state_dir != NULL;
    TRY(gather(run, check, &inserts, &queries, e));
    if (inserts.count) TRY(plan_part(run, inserts.items, inserts.count, check, state, e));
    for (uint32_t i = 0; i < queries.count; i++)
        TRY(plan_part(run, &queries.items[i], 1, check, state && !inserts.count, e));
    return ST_OK;
}

static enum status open_run(struct weir_run *run, struct str given, const struct weir_run_options *o,
                            struct error *e) {
    struct weir_session *s = run->handle.session;
    run->separately = o && o->separately;
    run->options.state_dir = o && o->state_dir ? arena_strdup(&run->base->arena, o->state_dir) : NULL;
    if (run->separately && run->options.state_dir)
        return misuse(e, "weir_run", "a state folder is for one job, not for statements run separately");
    struct prepared *base = run->base;
    enum status st = definitions_substitute(&s->definitions, given, &base->arena, &base->text, NULL, e);
    base->text = arena_str(&base->arena, base->text);
    TRY(st);
    return run->separately && !o->check ? ST_OK : open_job(run, o && o->check, e);
}

enum weir_status weir_run(struct weir_session *s, const char *sql, size_t length,
                          const struct weir_run_options *options, struct weir_run **out,
                          struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct weir_run *run = run_new(s);
    struct str given = {sql, length == WEIR_WHOLE && sql ? strlen(sql) : length};
    enum status st = ST_OK;
    if (!sql || !out) st = misuse(&e, __func__, "the text or the place for the run is NULL");
    else if (options && options->struct_bytes < sizeof *options)
        st = misuse(&e, __func__, "options.struct_bytes is too small: start with WEIR_RUN_INIT");
    else st = open_run(run, given, options, &e);
    enum weir_status result = give_status(st, &e, run->base->text, error);
    if (st == ST_OK) *out = run;
    else run_free(run);
    handle_leave(s);
    return result;
}

void run_free(struct weir_run *run) {
    for (uint32_t i = run->next; i < run->nparts; i++) {
        prepared_free(run->parts[i]);
        if (run->ready[i]) result_free(run->ready[i]);
    }
    prepared_free(run->base);
    handle_free(&run->handle);
}

void weir_run_free(struct weir_run *run) {
    struct error e;
    error_clear(&e);
    if (!run || handle_enter(run, HANDLE_RUN, __func__, &e) != ST_OK) return;
    struct weir_session *s = run->handle.session;
    run_free(run);
    handle_leave(s);
}

/* The next statement of a text whose statements run separately; *out NULL = none. */
static enum status next_statement(struct weir_run *run, bool discard, struct weir_result **out,
                                  struct error *e) {
    struct weir_session *s = run->handle.session;
    struct prepared *p = part_of(run, NULL);
    struct ast_stmt *stmt;
    *out = NULL;
    enum status st = sql_parse(&p->arena, run->base->text, run->at, &stmt, &run->at, e);
    const struct ast_stmt *one = p->stmt = stmt;
    if (st == ST_OK && stmt) st = prepared_plan(s, p, PLANNER_AUTOMATIC, &one, 1, e);
    struct start_options options = {.discard = discard};
    if (st == ST_OK && stmt) st = statement_start(s, p, &options, out, e);
    prepared_free(p);
    return st;
}

static enum status next_part(struct weir_run *run, struct weir_result **out, struct error *e) {
    *out = NULL;
    if (run->next == run->nparts) return ST_OK;
    struct prepared *p = run->parts[run->next];
    struct weir_result *ready = run->ready[run->next++];
    if (ready) {
        *out = ready;
        return ST_OK;
    }
    /* The state folder belongs to the INSERTs; a query's rows go to the screen and are not kept. */
    struct start_options options = run->options;
    if (run->inserts_done) options.state_dir = NULL;
    enum status st = statement_start(run->handle.session, p, &options, out, e);
    if (st == ST_OK && (*out)->kind == WEIR_JOB) run->inserts_done = true;
    prepared_free(p);
    return st;
}

enum weir_status weir_run_next(struct weir_run *run, struct weir_result **out, struct weir_error **error) {
    HANDLE_CALL(run, HANDLE_RUN);
    enum status st = !out              ? misuse(&e, __func__, "the place for the result is NULL")
                     : run->separately ? next_statement(run, false, out, &e)
                                       : next_part(run, out, &e);
    enum weir_status result = give_status(st, &e, run->base->text, error);
    handle_leave(run);
    return st == ST_OK && !*out ? WEIR_END : result;
}

static enum status execute_all(struct weir_run *run, struct error *e) {
    for (;;) {
        struct weir_result *r;
        TRY(next_statement(run, true, &r, e));
        if (!r) return ST_OK;
        const struct batch *b;
        enum weir_status st;
        do st = result_fetch(r, -1, &b, e);
        while (st == WEIR_OK);
        result_free(r);
        if (st == WEIR_ERROR) return ST_ERROR;
    }
}

enum weir_status weir_execute(struct weir_session *s, const char *sql, size_t length,
                              struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct weir_run *run = run_new(s);
    struct weir_run_options options = WEIR_RUN_INIT;
    struct str given = {sql, length == WEIR_WHOLE && sql ? strlen(sql) : length};
    options.separately = true;
    enum status st = sql ? open_run(run, given, &options, &e) : misuse(&e, __func__, "the text is NULL");
    if (st == ST_OK) st = execute_all(run, &e);
    enum weir_status result = give_status(st, &e, run->base->text, error);
    run_free(run);
    handle_leave(s);
    return result;
}

enum weir_status weir_check(struct weir_session *s, const char *sql, size_t length,
                            struct weir_error **error) {
    struct weir_run_options options = WEIR_RUN_INIT;
    struct weir_run *run = NULL;
    options.check = true;
    enum weir_status st = weir_run(s, sql, length, &options, &run, error);
    weir_run_free(run);
    return st;
}
