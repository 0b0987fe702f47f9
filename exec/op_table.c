/* SPDX-License-Identifier: Apache-2.0
 *
 * From plan nodes to operator classes, and the few helpers that operators share (exec/ops.h).
 */
#include "exec/ops.h"

const struct op_class *op_class_for(const struct plan_node *node) {
    switch (node->kind) {
    case PLAN_CALC: return &op_calc_class;
    case PLAN_VALUES: return &op_values_class;
    case PLAN_UNION: return &op_union_class;
    case PLAN_WINDOW_AGG: return &op_window_agg_class;
    case PLAN_GROUP_AGG: return &op_group_agg_class;
    case PLAN_LATE_FILTER: return &op_late_filter_class;
    case PLAN_DEDUP: return node->dedup.keep_last ? &op_dedup_last_class : &op_dedup_class;
    case PLAN_WINDOW_TVF: return &op_window_tvf_class;
    case PLAN_JOIN: return node->join.build < 0 ? &op_join_both_class : &op_join_class;
    case PLAN_TEMPORAL_JOIN: return &op_temporal_join_class;
    case PLAN_SORT: return &op_sort_class;
    case PLAN_TOPN: return &op_topn_class;
    case PLAN_UNNEST: return &op_unnest_class;
    case PLAN_LIMIT: return &op_limit_class;
    default: return NULL;
    }
}

const struct type **op_types(const struct plan_node *node, struct arena *a) {
    const struct type **types = ARENA_ARRAY(a, const struct type *, node->ncols);
    for (uint32_t c = 0; c < node->ncols; c++) types[c] = node->cols[c].type;
    return types;
}

const struct type **op_key_types(const struct plan_node *node, struct cols keys, struct arena *a) {
    const struct type **types = ARENA_ARRAY(a, const struct type *, keys.count + 1);
    for (uint32_t i = 0; i < keys.count; i++) types[i] = node->cols[keys.items[i]].type;
    return types;
}

enum op_result op_no_memory(struct op_ctx *ctx) {
    (void)mem_limit_error(ctx->mem, ctx->error);
    return OP_FAIL;
}

enum op_result op_null_time(struct op_ctx *ctx) {
    (void)error_set(ctx->error, ERR_NULL_VALUE, "a row has NULL in its time column");
    (void)error_hint(ctx->error, "leave such rows out with WHERE ... IS NOT NULL first");
    return OP_FAIL;
}
