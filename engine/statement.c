/* SPDX-License-Identifier: Apache-2.0
 *
 * Prepared statements and their parameters; see statement.h.
 */
#include "engine/statement.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/result.h"
#include "sql/parse.h"

struct weir_statement {
    struct handle handle;
    struct prepared *prepared;
    uint32_t nparams;
    struct planner_param *params; /* nparams */
    struct arena arena;           /* of params, and texts among their values */
};

/* ---- prepared ---- */

struct prepared *prepared_new(void) {
    struct prepared *p = calloc(1, sizeof *p);
    if (!p) mem_exhausted();
    p->refs = 1;
    return p;
}

void prepared_free(struct prepared *p) {
    if (!p || --p->refs > 0) return;
    prepared_free(p->parent);
    arena_free(&p->arena);
    free(p);
}

static bool has_plan(const struct ast_stmt *stmt) {
    return stmt->kind == AST_QUERY_STMT || stmt->kind == AST_INSERT || stmt->kind == AST_STATEMENT_SET ||
           stmt->kind == AST_EXPLAIN;
}

enum status prepared_plan(struct weir_session *s, struct prepared *p, enum planner_mode mode,
                          const struct ast_stmt *const *stmts, uint32_t count, struct error *e) {
    if (count == 1 && !has_plan(stmts[0])) return ST_OK;
    struct planning planning;
    TRY(session_planning(s, &p->arena, p->text, mode, &planning, e));
    planning.ctx.params = p->params;
    planning.ctx.nparams = p->nparams;
    const struct ast_stmt *target = stmts[0];
    if (count == 1 && target->kind == AST_EXPLAIN) {
        target = ast_as_explain(target)->target;
        stmts = &target;
    }
    TRY(planner_plan(&planning.ctx, stmts, count, &p->plan));
    p->zone = planning.eval.zone;
    return ST_OK;
}

/* ---- starting ---- */

static enum status show(struct weir_session *s, const struct prepared *p, struct weir_result **out,
                        struct error *e) {
    struct arena a = {0};
    struct planning planning;
    struct string_table t;
    enum status st = session_planning(s, &a, p->text, PLANNER_AUTOMATIC, &planning, e);
    if (st == ST_OK) st = planner_show(&planning.ctx, p->stmt, &t);
    if (st == ST_OK) st = result_of_strings(s, &t, out, e);
    arena_free(&a);
    return st;
}

static enum status apply(struct weir_session *s, const struct prepared *p, struct weir_result **out,
                         struct error *e) {
    struct arena a = {0};
    struct planning planning;
    enum status st = session_planning(s, &a, p->text, PLANNER_AUTOMATIC, &planning, e);
    if (st == ST_OK) st = session_apply(&planning, p->stmt);
    if (st == ST_OK) *out = result_new(s, WEIR_NOTHING);
    arena_free(&a);
    return st;
}

static enum status explain(struct weir_session *s, struct prepared *p, const struct start_options *options,
                           struct weir_result **out, struct error *e) {
    if (ast_as_explain(p->stmt)->details & AST_EXPLAIN_ANALYZE) return result_of_plan(s, p, options, out, e);
    struct arena a = {0};
    enum status st = result_of_text(s, planner_explain(&a, p->plan, NULL, NULL), out);
    arena_free(&a);
    return st;
}

enum status statement_start(struct weir_session *s, struct prepared *p, const struct start_options *options,
                            struct weir_result **out, struct error *e) {
    enum status st;
    *out = NULL;
    if (p->stmt && jobs_is_statement(p->stmt)) st = jobs_statement(s, p->stmt, out, e);
    else if (p->stmt && planner_is_ddl(p->stmt)) st = apply(s, p, out, e);
    else if (p->stmt && planner_is_show(p->stmt)) st = show(s, p, out, e);
    else if (p->stmt && p->stmt->kind == AST_EXPLAIN) st = explain(s, p, options, out, e);
    else st = result_of_plan(s, p, options, out, e);
    if (st == ST_OK) return ST_OK;
    if (*out) result_free(*out);
    *out = NULL;
    return ST_ERROR;
}

/* ---- parameters ---- */

static struct planner_param null_param(void) {
    return (struct planner_param){type_simple(TYPE_NULLTYPE, true), {.null = true}};
}

/* A statement with parameters is planned anew with each set of values, as if they stood in its text. */
static enum status start_with_params(struct weir_statement *q, const struct start_options *options,
                                     struct weir_result **out, struct error *e) {
    struct prepared *p = prepared_new();
    p->parent = q->prepared;
    p->parent->refs++;
    p->text = q->prepared->text;
    p->stmt = q->prepared->stmt;
    p->nparams = q->nparams;
    p->params = ARENA_ARRAY(&p->arena, struct planner_param, q->nparams);
    for (uint32_t i = 0; i < q->nparams; i++) {
        p->params[i] = q->params[i];
        if (!p->params[i].value.null && p->params[i].type->kind == TYPE_VARCHAR)
            p->params[i].value.s = arena_str(&p->arena, p->params[i].value.s);
    }
    enum status st = prepared_plan(q->handle.session, p, PLANNER_AUTOMATIC, &p->stmt, 1, e);
    if (st == ST_OK) st = statement_start(q->handle.session, p, options, out, e);
    prepared_free(p);
    return st;
}

unsigned weir_parameters(const struct weir_statement *q) {
    struct error e;
    error_clear(&e);
    return handle_check(q, HANDLE_STATEMENT, __func__, &e) == ST_OK ? q->nparams : 0;
}

static enum weir_status bind(struct weir_statement *q, unsigned i, struct planner_param p, const char *call,
                             struct weir_error **error) {
    struct error e;
    error_clear(&e);
    enum status st = handle_enter(q, HANDLE_STATEMENT, call, &e);
    if (st != ST_OK) return give_status(st, &e, (struct str){0}, error);
    if (i < 1 || i > q->nparams) st = misuse(&e, call, "the statement has no parameter of that number");
    else q->params[i - 1] = p;
    if (st == ST_OK && !p.value.null && p.type->kind == TYPE_VARCHAR)
        q->params[i - 1].value.s = arena_str(&q->arena, p.value.s);
    handle_leave(q);
    return give_status(st, &e, (struct str){0}, error);
}

enum weir_status weir_bind_null(struct weir_statement *q, unsigned i, struct weir_error **error) {
    return bind(q, i, null_param(), __func__, error);
}

enum weir_status weir_bind_boolean(struct weir_statement *q, unsigned i, bool value,
                                   struct weir_error **error) {
    struct planner_param p = {type_simple(TYPE_BOOLEAN, false), {.i = value}};
    return bind(q, i, p, __func__, error);
}

/* As a literal: INT where it fits, else BIGINT. */
enum weir_status weir_bind_bigint(struct weir_statement *q, unsigned i, int64_t value,
                                  struct weir_error **error) {
    bool small = value >= INT32_MIN && value <= INT32_MAX;
    struct planner_param p = {type_simple(small ? TYPE_INT : TYPE_BIGINT, false), {.i = value}};
    return bind(q, i, p, __func__, error);
}

enum weir_status weir_bind_double(struct weir_statement *q, unsigned i, double value,
                                  struct weir_error **error) {
    struct planner_param p = {type_simple(TYPE_DOUBLE, false), {.f = value}};
    return bind(q, i, p, __func__, error);
}

enum weir_status weir_bind_string(struct weir_statement *q, unsigned i, const char *value, size_t length,
                                  struct weir_error **error) {
    if (!value) return weir_bind_null(q, i, error);
    struct str s = {value, length == WEIR_WHOLE ? strlen(value) : length};
    struct planner_param p = {type_string(false), {.s = s}};
    return bind(q, i, p, __func__, error);
}

/* ---- weir.h ---- */

/* Reads the statement at *offset of the given text, which may hold ${NAME}: places are those of the text
 * after that, *offset is one of the text before. */
static enum status read_statement(struct weir_session *s, struct prepared *p, struct str given,
                                  size_t *offset, uint32_t *params, struct error *e) {
    struct ast_stmt *stmt;
    struct substitutions map = {0};
    size_t end;
    enum status st = definitions_substitute(&s->definitions, given, &p->arena, &p->text, &map, e);
    p->text = arena_str(&p->arena, p->text);
    TRY(st);
    TRY(sql_parse_params(&p->arena, p->text, substitutions_forth(&map, *offset), &stmt, params, &end, e));
    p->stmt = stmt;
    *offset = substitutions_back(&map, end);
    return ST_OK;
}

static enum status prepare(struct weir_session *s, struct str given, size_t *offset, struct prepared *p,
                           uint32_t *params, struct error *e) {
    if (*offset > given.len) return misuse(e, "weir_prepare", "the offset is behind the end of the text");
    TRY(read_statement(s, p, given, offset, params, e));
    if (!p->stmt || *params) return ST_OK;
    return prepared_plan(s, p, PLANNER_AUTOMATIC, &p->stmt, 1, e);
}

enum weir_status weir_prepare(struct weir_session *s, const char *sql, size_t length, size_t *offset,
                              struct weir_statement **out, struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    size_t at = offset ? *offset : 0;
    uint32_t params = 0;
    struct prepared *p = prepared_new();
    struct str given = {sql, length == WEIR_WHOLE && sql ? strlen(sql) : length};
    enum status st = !sql || !out ? misuse(&e, __func__, "the text or the place for the statement is NULL")
                                  : prepare(s, given, &at, p, &params, &e);
    enum weir_status result = give_status(st, &e, p->text, error);
    if (offset && sql) *offset = at;
    if (st == ST_OK && p->stmt) {
        struct weir_statement *q = handle_new(sizeof *q, HANDLE_STATEMENT, s);
        q->prepared = p;
        q->nparams = params;
        q->params = ARENA_ARRAY(&q->arena, struct planner_param, q->nparams + 1);
        for (uint32_t i = 0; i < q->nparams; i++) q->params[i] = null_param();
        *out = q;
    } else {
        if (st == ST_OK) result = WEIR_END;
        prepared_free(p);
    }
    handle_leave(s);
    return result;
}

void statement_free(struct weir_statement *q) {
    prepared_free(q->prepared);
    arena_free(&q->arena);
    handle_free(&q->handle);
}

void weir_statement_free(struct weir_statement *q) {
    struct error e;
    error_clear(&e);
    if (!q || handle_enter(q, HANDLE_STATEMENT, __func__, &e) != ST_OK) return;
    struct weir_session *s = q->handle.session;
    statement_free(q);
    handle_leave(s);
}

enum weir_status weir_start(struct weir_statement *q, struct weir_result **out, struct weir_error **error) {
    HANDLE_CALL(q, HANDLE_STATEMENT);
    struct start_options options = {0};
    enum status st = !out         ? misuse(&e, __func__, "the place for the result is NULL")
                     : q->nparams ? start_with_params(q, &options, out, &e)
                                  : statement_start(q->handle.session, q->prepared, &options, out, &e);
    enum weir_status result = give_status(st, &e, q->prepared->text, error);
    handle_leave(q);
    return result;
}

enum weir_complete weir_statement_end(const char *sql, size_t length, size_t offset, size_t *end) {
    if (!sql) return WEIR_EMPTY;
    struct str text = {sql, length == WEIR_WHOLE ? strlen(sql) : length};
    size_t at = text.len;
    enum sql_input state = offset > text.len ? SQL_INPUT_EMPTY : sql_input_state(text, offset, &at);
    if (end) *end = at;
    return state == SQL_INPUT_EMPTY      ? WEIR_EMPTY
           : state == SQL_INPUT_COMPLETE ? WEIR_COMPLETE
                                         : WEIR_INCOMPLETE;
}
