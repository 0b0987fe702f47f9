/* SPDX-License-Identifier: Apache-2.0
 *
 * Making plan nodes: each function gives a new node over its input(s) with the output columns filled in. CALC
 * nodes are merged as they are made, and conditions sink as deep as they can (into inputs of joins, below
 * windows, through projections), so that no later pass has to move them.
 */
#ifndef WEIR_PLANNER_NODE_H
#define WEIR_PLANNER_NODE_H

#include "planner/binder.h"

struct plan_node *node_new(struct binder *b, enum plan_kind kind, uint32_t ninputs,
                           struct plan_node *const *inputs);
/* Copies columns of `from` behind those that are there. */
void node_add_cols(struct binder *b, struct plan_node *n, const struct plan_col *cols, uint32_t count);
/* The column an expression gives: time attribute and note of a plain reference are kept. */
struct plan_col node_col(const struct plan_node *input, const struct expr *e, struct str name);
/* Projection; a CALC below is merged when that computes nothing twice. */
struct plan_node *node_calc(struct binder *b, struct plan_node *input, struct expr *filter,
                            struct expr **exprs, const struct plan_col *cols, uint32_t count);
/* node_calc with columns from node_col. */
struct plan_node *node_project(struct binder *b, struct plan_node *input, struct expr **exprs,
                                const struct str *names, uint32_t count);
/* The rows for which the condition holds; it sinks as deep as it can (rewrite_filter.c). */
struct plan_node *node_filter(struct binder *b, struct plan_node *input, struct expr *condition);
/* The input with expressions appended as columns; gives the number of each (an existing column for a plain
 * reference). */
struct plan_node *node_with_columns(struct binder *b, struct plan_node *input, struct expr *const *exprs,
                                     uint32_t count, uint32_t *cols);
/* Costs nothing to have twice: a column, a field of one, a literal. */
bool node_is_trivial(const struct expr *e);
/* Which inputs of a join an expression over its columns reads. */
enum side { SIDE_NONE, SIDE_LEFT, SIDE_RIGHT, SIDE_BOTH };
enum side node_side_of(const struct expr *e, uint32_t left_cols);
/* A copy over columns c + by (by may be negative). */
struct expr *node_shift(struct binder *b, const struct expr *e, uint32_t ncols, int64_t by);
/* Conjuncts of AND, in order (rewrite_filter.c). */
struct conjuncts {
    uint32_t count;
    struct expr **items;
};
struct conjuncts node_conjuncts(struct binder *b, struct expr *e);
struct expr **node_columns(struct binder *b, const struct plan_node *n);
/* Each row as often as the BIGINT says, over the columns of the input; the first ncols columns. */
struct plan_node *node_repeat(struct binder *b, struct plan_node *input, struct expr *times, uint32_t ncols);
/* A join of any type; `condition` over the concatenated columns, or NULL. */
struct plan_node *node_join(struct binder *b, enum join_type type, struct plan_node *left,
                            struct plan_node *right, struct expr *condition);
/* Splits a condition into key pairs and the rest; adds key columns to the inputs. */
struct join_parts {
    struct plan_node *left, *right; /* with key columns appended */
    struct cols left_keys, right_keys;
    struct expr *residual;          /* over left columns, then right columns, as they are now */
    uint32_t left_cols, right_cols; /* how many of the inputs' columns were there before */
    bool null_safe;
};
struct join_parts node_join_parts(struct binder *b, struct plan_node *left, struct plan_node *right,
                                   struct expr *condition);

#endif
