/* SPDX-License-Identifier: Apache-2.0
 *
 * State columns of aggregates; see agg_state.h.
 */
#include "planner/agg_state.h"

static const struct type *sum_type(const struct type *arg, struct arena *a) {
    if (arg->kind == TYPE_DECIMAL) return type_decimal(a, DECIMAL_MAX_PRECISION, arg->scale, false);
    bool real = arg->kind == TYPE_FLOAT || arg->kind == TYPE_DOUBLE;
    return type_simple(real ? TYPE_DOUBLE : TYPE_BIGINT, false);
}

uint32_t agg_state_types(const struct func_desc *func, const struct type *arg, struct arena *a,
                         const struct type *out[AGG_STATE_MAX]) {
    const struct type *count = type_simple(TYPE_BIGINT, false);
    out[0] = out[1] = count;
    if (func->id == FN_SUM || func->id == FN_AVG) {
        out[0] = sum_type(arg, a);
        return 2;
    }
    if (func->id == FN_MIN || func->id == FN_MAX) {
        out[0] = type_with_null(a, arg, true);
        return 2;
    }
    return 1;
}

bool agg_splittable(const struct agg_call *calls, uint32_t ncalls, bool input_retracts) {
    for (uint32_t i = 0; i < ncalls; i++) {
        bool extreme = calls[i].func->id == FN_MIN || calls[i].func->id == FN_MAX;
        if ((calls[i].distinct && !extreme) || (extreme && input_retracts)) return false;
    }
    return true;
}
