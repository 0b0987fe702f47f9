/* SPDX-License-Identifier: Apache-2.0
 *
 * Every operator's class, one a file exec/op_<name>.c, and what several of them share. op_class_for() in
 * exec/op_table.c maps plan nodes to them.
 */
#ifndef WEIR_EXEC_OPS_H
#define WEIR_EXEC_OPS_H

#include "exec/op.h"

extern const struct op_class op_calc_class;
extern const struct op_class op_values_class;
extern const struct op_class op_union_class;
extern const struct op_class op_limit_class;
extern const struct op_class op_temporal_join_class;
extern const struct op_class op_sort_class;
extern const struct op_class op_topn_class;
extern const struct op_class op_unnest_class;
extern const struct op_class op_join_class;
extern const struct op_class op_join_both_class;
extern const struct op_class op_window_tvf_class;
extern const struct op_class op_late_filter_class;
extern const struct op_class op_dedup_class;
extern const struct op_class op_dedup_last_class;
extern const struct op_class op_window_agg_class;
extern const struct op_class op_group_agg_class;

/* The columns' types of a node's output, in `a`. */
const struct type **op_types(const struct plan_node *node, struct arena *a);
/* The types of these columns of a node, as keytable_init() takes them. */
const struct type **op_key_types(const struct plan_node *node, struct cols keys, struct arena *a);
/* The watermark before a row: the batch's, or what the operator was told, whichever is later. */
static inline int64_t op_wm_before(const struct op_ctx *ctx, const struct batch *b, uint32_t row) {
    int64_t t = batch_wm_before(b, row);
    return t > ctx->watermark_us ? t : ctx->watermark_us;
}
/* Explains an account that is full; gives OP_FAIL. */
enum op_result op_no_memory(struct op_ctx *ctx);
/* Says that a row's time is NULL; gives OP_FAIL. */
enum op_result op_null_time(struct op_ctx *ctx);

/* What a callback of keyed_read() needs. */
struct op_restore {
    struct op *op;
    struct op_ctx *ctx;
};

#endif
