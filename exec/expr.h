/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiled expressions: a list of bound expressions over one input schema becomes a program, a flat
 * array of kernel calls over vector registers, compiled once an operator. Common sub-expressions are
 * computed once, except that nothing is lifted out of the branches of CASE, AND, OR, COALESCE and IF:
 * those run under the selection that reaches them.
 */
#ifndef WEIR_EXEC_EXPR_H
#define WEIR_EXEC_EXPR_H

#include "exec/batch.h"
#include "exec/kernel.h"

struct program;

/* Compiles `n` expressions. `a` must outlive the program; program_free releases what kernels hold. */
enum status program_compile(const struct expr *const *exprs, uint32_t n, struct arena *a,
                            const struct eval_ctx *ctx, struct program **out, struct error *e);
void program_free(struct program *p);

/* Evaluates all expressions for the selected rows of the batch; out[i] gets the vector of expression i
 * (any form; values outside the selection are undefined). Column references give the batch's own
 * vectors. Results live in `scratch` until its owner resets it. */
enum status program_eval(struct program *p, const struct batch *in, struct arena *scratch,
                         struct eval_ctx *ctx, struct vec **out);

/* Evaluates a boolean program of one expression and gives the rows for which it is TRUE: *sel is NULL
 * when all of the input's rows pass. */
enum status program_filter(struct program *p, const struct batch *in, struct arena *scratch,
                           struct eval_ctx *ctx, const uint32_t **sel, uint32_t *count);

/* A CONST vector of the literal; its strings are the literal's own. */
struct vec *program_literal(struct arena *a, const struct type *t, const struct value *value, uint32_t rows);

/* Folds: a constant expression becomes a literal, constant parts of others likewise (used by the planner
 * through a hook). A constant that cannot be evaluated is an error if it is the whole of `e`; a part that
 * cannot is left for run time. Values that are no literals (ARRAY, MAP, ROW) stay calls. */
enum status expr_fold(struct arena *a, const struct expr *e, struct eval_ctx *ctx, struct expr **out,
                      struct error *err);

#endif
