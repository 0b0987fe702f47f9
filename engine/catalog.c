/* SPDX-License-Identifier: Apache-2.0
 *
 * What programs ask of the catalog: tables, columns, functions, completions, each as a result.
 */
#include "engine/complete.h"
#include "engine/result.h"

/* What a list is made with. */
struct listing {
    struct arena arena;
    struct planning planning;
    struct string_table table;
};

static enum status begin(struct weir_session *s, struct listing *l, struct error *e) {
    *l = (struct listing){0};
    return session_planning(s, &l->arena, STR(""), PLANNER_AUTOMATIC, &l->planning, e);
}

/* Ends the call: the result of the table, or the error. */
static enum weir_status end(struct weir_session *s, struct listing *l, enum status st, struct error *e,
                            struct weir_result **out, struct weir_error **error) {
    if (st == ST_OK) st = result_of_strings(s, &l->table, out, e);
    arena_free(&l->arena);
    handle_leave(s);
    return give_status(st, e, (struct str){0}, error);
}

enum weir_status weir_tables(struct weir_session *s, struct weir_result **out, struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct listing l;
    enum status st = begin(s, &l, &e);
    if (st == ST_OK && !out) st = misuse(&e, __func__, "the place for the result is NULL");
    if (st == ST_OK) planner_tables(&l.planning.ctx, &l.table);
    return end(s, &l, st, &e, out, error);
}

enum weir_status weir_table_columns(struct weir_session *s, const char *table, struct weir_result **out,
                                    struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct listing l;
    enum status st = begin(s, &l, &e);
    if (st == ST_OK && (!out || !table))
        st = misuse(&e, __func__, "the name or the place for the result is NULL");
    if (st == ST_OK) st = planner_table_columns(&l.planning.ctx, str_of(table), &l.table);
    return end(s, &l, st, &e, out, error);
}

enum weir_status weir_functions(struct weir_session *s, struct weir_result **out, struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct listing l;
    enum status st = begin(s, &l, &e);
    if (st == ST_OK && !out) st = misuse(&e, __func__, "the place for the result is NULL");
    if (st == ST_OK) planner_functions(&l.arena, &l.table);
    return end(s, &l, st, &e, out, error);
}

enum weir_status weir_completions(struct weir_session *s, const char *sql, size_t length, size_t offset,
                                  struct weir_result **out, struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct listing l;
    enum status st = begin(s, &l, &e);
    if (st == ST_OK && (!out || !sql))
        st = misuse(&e, __func__, "the text or the place for the result is NULL");
    if (st == ST_OK) {
        struct str text = {sql, length == WEIR_WHOLE ? strlen(sql) : length};
        struct complete_ctx ctx = {.planner = &l.planning.ctx};
        ctx.jobs = jobs_ids(s, &l.arena, &ctx.njobs);
        st = complete_at(&ctx, text, offset, &l.arena, &l.table, &e);
    }
    return end(s, &l, st, &e, out, error);
}
