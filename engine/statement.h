/* SPDX-License-Identifier: Apache-2.0
 *
 * Statements: parsed and planned once, started any number of times. What a result needs of them is in a
 * struct prepared, which lives as long as one of the two does.
 */
#ifndef WEIR_ENGINE_STATEMENT_H
#define WEIR_ENGINE_STATEMENT_H

#include "engine/session.h"

struct prepared {
    uint32_t refs;
    struct prepared *parent;      /* whose arena holds the text and perhaps the syntax tree; or NULL */
    struct arena arena;           /* text, syntax tree, plan */
    struct str text;              /* whole, with ${NAME} replaced: spans count in it */
    const struct ast_stmt *stmt;  /* NULL for the INSERTs of a script */
    struct plan *plan;            /* NULL for what runs no job */
    const struct zone *zone;      /* of the plan */
    struct planner_param *params; /* values of its ?; in the arena */
    uint32_t nparams;             /* 0 before they are there */
};

struct prepared *prepared_new(void);
void prepared_free(struct prepared *p); /* a reference less */

/* Plans queries, INSERTs and the targets of EXPLAIN; nothing for other statements. */
enum status prepared_plan(struct weir_session *s, struct prepared *p, enum planner_mode mode,
                          const struct ast_stmt *const *stmts, uint32_t count, struct error *e);

/* How it is to be run. */
struct start_options {
    const char *state_dir; /* NULL = none */
    bool discard;          /* nobody reads the rows */
};
/* Starts a statement that was planned, or does what needs no plan. */
enum status statement_start(struct weir_session *s, struct prepared *p, const struct start_options *options,
                            struct weir_result **out, struct error *e);

void statement_free(struct weir_statement *q);
void run_free(struct weir_run *run);

#endif
