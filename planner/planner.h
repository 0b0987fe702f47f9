/* SPDX-License-Identifier: Apache-2.0
 *
 * The planner's face to the engine. One struct planner_ctx a statement; everything made for it lives in
 * ctx->arena, and plans also point into catalog entries, which live as long as the catalogs.
 *
 *   parse, then:  planner_is_ddl(stmt)   -> planner_apply()      changes catalogs or settings
 *                 planner_is_show(stmt)  -> planner_show()       a table of strings to print
 *                 query, INSERT, STATEMENT SET -> planner_plan() a plan to run
 *                 EXPLAIN                -> planner_plan() of its target, then planner_explain()
 */
#ifndef WEIR_PLANNER_PLANNER_H
#define WEIR_PLANNER_PLANNER_H

#include "planner/catalog.h"
#include "planner/plan.h"
#include "planner/session_options.h"

enum planner_mode {
    PLANNER_AUTOMATIC, /* final rows if all inputs are bounded, else changes */
    PLANNER_STREAMING,
    PLANNER_BATCH,
};

/* The value of a ?. */
struct planner_param {
    const struct type *type;
    struct value value;
};

struct planner_ctx {
    struct arena *arena;             /* of the statement */
    struct error *error;
    struct str text;                 /* what the statement's spans count in */
    struct catalogs *catalogs;
    struct session_options *session;
    const struct registry *registry;
    const struct planner_param *params; /* of the statement, by their numbers */
    uint32_t nparams;                   /* 0: no ? may stand in it */
    enum planner_mode mode;          /* unless SET 'execution.runtime-mode' says otherwise */
    /* Evaluates a constant expression to a literal of its type; a failing evaluation leaves the expression
     * (the error then comes while running). NULL: nothing is folded. exec's expr_fold behind an eval_ctx. */
    enum status (*fold)(void *arg, struct arena *a, const struct expr *e, struct expr **out,
                        struct error *err);
    void *fold_arg;
    /* Looks into a table's files. All of the answer is in the arena or constant. NULL: nothing is inferred.
     */
    enum status (*infer)(void *arg, const struct infer_request *r, struct arena *a, struct inferred *out,
                         struct error *e);
    void *infer_arg;
    struct catalog_entry *paths; /* those that the statement has named, each looked into once */
};

/* CREATE, ALTER, DROP, USE, SET 'k' = 'v', RESET. */
bool planner_is_ddl(const struct ast_stmt *stmt);
enum status planner_apply(struct planner_ctx *ctx, const struct ast_stmt *stmt) MUST_CHECK;

/* SHOW, DESCRIBE, SET without value. */
bool planner_is_show(const struct ast_stmt *stmt);
struct string_table {
    uint32_t ncols, nrows;
    struct str *headers; /* ncols */
    struct str *cells;   /* nrows * ncols; ptr NULL = SQL NULL */
    uint32_t booleans;   /* bit c: the cells of column c are TRUE and FALSE, a BOOLEAN */
};
enum status planner_show(struct planner_ctx *ctx, const struct ast_stmt *stmt,
                         struct string_table *out) MUST_CHECK;

/* Lists for programs (planner/list.c): all tables and views (catalog, database, name, kind, connector), the
 * columns of one by its name as it is written in SQL (name, type, key, time, extras), functions (name,
 * signatures, kind, help). */
enum status planner_find_table(struct planner_ctx *ctx, struct str name,
                               struct catalog_entry **out) MUST_CHECK; /* by such a name */
void planner_tables(struct planner_ctx *ctx, struct string_table *out);
enum status planner_table_columns(struct planner_ctx *ctx, struct str name,
                                  struct string_table *out) MUST_CHECK;
void planner_functions(struct arena *a, struct string_table *out);

/* One plan for all these statements: AST_QUERY_STMT (rows go to the client: a PLAN_SINK without table),
 * AST_INSERT and AST_STATEMENT_SET. Spans of all count in ctx->text. */
enum status planner_plan(struct planner_ctx *ctx, const struct ast_stmt *const *stmts, uint32_t count,
                         struct plan **out) MUST_CHECK;
/* The plan as text: a tree with the properties of each node; ends in a newline. `suffix`, if not NULL, gives
 * more words for a node's line (EXPLAIN ANALYZE). */
struct str planner_explain(struct arena *a, const struct plan *plan,
                           struct str (*suffix)(void *arg, const struct plan_node *node), void *arg);
/* The first node whose state grows without bound, or NULL: `weir run` warns of it at its start. */
const struct plan_node *planner_unbounded_state(const struct plan *plan);

/* "JOIN", "WINDOW AGGREGATE", ..: a node's kind for people. */
const char *plan_kind_name(const struct plan_node *node);

#endif
