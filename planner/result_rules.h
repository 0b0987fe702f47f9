/* SPDX-License-Identifier: Apache-2.0
 *
 * Result types that are more than "the type of an argument": the lower-case rules of functions.def.
 */
#ifndef WEIR_PLANNER_RESULT_RULES_H
#define WEIR_PLANNER_RESULT_RULES_H

#include "planner/expr.h"

/* The result type of a function whose rule has that name, over arguments already cast as its patterns
 * say (literals matter to some: ROUND(x, 2)). Nullable as the arguments are; the binder applies the
 * flags NULLS and NOTNULL. NULL: the row does not take these types, try the next row of its name. */
const struct type *result_rule(struct arena *a, const char *rule, struct expr *const *args, unsigned n);

/* Flink's DECIMAL results: cut to 38 digits, keeping at least 6 of the scale. */
const struct type *decimal_add_type(struct arena *a, const struct type *x, const struct type *y);
const struct type *decimal_mul_type(struct arena *a, const struct type *x, const struct type *y);
const struct type *decimal_div_type(struct arena *a, const struct type *x, const struct type *y);
const struct type *decimal_mod_type(struct arena *a, const struct type *x, const struct type *y);

#endif
