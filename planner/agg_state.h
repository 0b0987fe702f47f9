/* SPDX-License-Identifier: Apache-2.0
 *
 * What an aggregate keeps for a key, as columns: the planner needs their types for the rows between LOCAL
 * and GLOBAL aggregation, exec/agg.h keeps its accumulators in the same shape.
 *
 *   COUNT: [BIGINT]   SUM, AVG: [sum, BIGINT values]   MIN, MAX: [value, BIGINT values]
 *
 * sum is BIGINT for integers, DOUBLE for FLOAT and DOUBLE, DECIMAL(38, s) for DECIMAL.
 * Rows from LOCAL to GLOBAL are: keys; for PLAN_WINDOW_AGG the slice's end, BIGINT; the state columns of all
 * aggregates in order; for PLAN_GROUP_AGG with input_retracts one more BIGINT, the number of rows.
 */
#ifndef WEIR_PLANNER_AGG_STATE_H
#define WEIR_PLANNER_AGG_STATE_H

#include "planner/plan.h"

#define AGG_STATE_MAX 2 /* columns of one aggregate */

/* Types of the state columns of an aggregate over arguments of that type (NULL for COUNT); returns how many.
 */
uint32_t agg_state_types(const struct func_desc *func, const struct type *arg, struct arena *a,
                         const struct type *out[AGG_STATE_MAX]);
/* Can these aggregates be computed in two phases? Not with DISTINCT, nor MIN and MAX of rows that may be
 * retracted. */
bool agg_splittable(const struct agg_call *calls, uint32_t ncalls, bool input_retracts);

#endif
