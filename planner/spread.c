/* SPDX-License-Identifier: Apache-2.0
 *
 * Several workers: rows that must meet by key go through an EXCHANGE; window aggregates are computed in two
 * phases, so that late rows are judged before rows change the worker. LATE_FILTERs stand before the operators
 * that drop late rows but do not judge themselves, with one worker as well.
 */
#include "planner/agg_state.h"
#include "planner/passes.h"

static struct plan_node *pass_on(struct pass_ctx *p, enum plan_kind kind, struct plan_node *input) {
    struct plan_node *n = node_new(p->b, kind, 1, &input);
    node_add_cols(p->b, n, input->cols, input->ncols);
    n->changelog = input->changelog;
    n->upsert_key = input->upsert_key;
    n->bounded = input->bounded;
    return n;
}

static struct plan_node *exchange(struct pass_ctx *p, struct plan_node *input, enum exchange_kind kind,
                                  struct cols keys) {
    if (p->parallelism <= 1) return input;
    if (kind == EXCHANGE_HASH && keys.count == 0) kind = EXCHANGE_GATHER;
    struct plan_node *n = pass_on(p, PLAN_EXCHANGE, input);
    n->exchange.kind = kind;
    n->exchange.keys = keys;
    return n;
}

static void spread_join(struct pass_ctx *p, struct plan_node *n) {
    struct plan_join *j = &n->join;
    if (j->build >= 0) {
        n->inputs[j->build] = exchange(p, n->inputs[j->build], EXCHANGE_BROADCAST, (struct cols){0});
        return;
    }
    n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_HASH, j->left_keys);
    n->inputs[1] = exchange(p, n->inputs[1], EXCHANGE_HASH, j->right_keys);
}

/* Columns of partial aggregates (planner/agg_state.h). */
static void add_states(struct pass_ctx *p, struct plan_node *local, const struct plan_node *input,
                       const struct agg_call *aggs, uint32_t naggs) {
    for (uint32_t i = 0; i < naggs; i++) {
        const struct type *types[AGG_STATE_MAX];
        const struct type *arg = aggs[i].args.count ? input->cols[aggs[i].args.items[0]].type : NULL;
        uint32_t count = agg_state_types(aggs[i].func, arg, p->b->arena, types);
        for (uint32_t c = 0; c < count; c++) {
            struct plan_col col = {.name = arena_printf(p->b->arena, "$%u.%u", i, c), .type = types[c]};
            node_add_cols(p->b, local, &col, 1);
        }
    }
}

/* Two phases: partial groups of a batch cross to other workers instead of rows. */
static void spread_group_agg(struct pass_ctx *p, struct plan_node *n) {
    struct plan_group_agg *g = &n->group_agg;
    if (p->parallelism <= 1 || g->naggs == 0 || !agg_splittable(g->aggs, g->naggs, g->input_retracts)) {
        n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_HASH, g->keys);
        return;
    }
    struct plan_node *local = node_new(p->b, PLAN_GROUP_AGG, 1, n->inputs);
    local->group_agg = *g;
    local->group_agg.phase = AGG_LOCAL;
    local->bounded = n->bounded;
    for (uint32_t i = 0; i < g->keys.count; i++) {
        node_add_cols(p->b, local, &n->inputs[0]->cols[g->keys.items[i]], 1);
    }
    add_states(p, local, n->inputs[0], g->aggs, g->naggs);
    if (g->input_retracts) {
        struct plan_col rows = {.name = STR("$rows"), .type = type_simple(TYPE_BIGINT, false)};
        node_add_cols(p->b, local, &rows, 1);
    }
    struct cols keys = {g->keys.count, ARENA_ARRAY(p->b->arena, uint32_t, g->keys.count + 1)};
    for (uint32_t i = 0; i < keys.count; i++) keys.items[i] = i;
    n->inputs[0] = exchange(p, local, EXCHANGE_HASH, keys);
    g->phase = AGG_GLOBAL;
    g->keys = keys;
}

/* The second phase of a window aggregate takes over the node, the first one is put below it. */
static void spread_window_agg(struct pass_ctx *p, struct plan_node *n) {
    struct plan_window_agg *w = &n->window_agg;
    if (p->parallelism <= 1) return;
    /* Partial states name their slice by its end alone, which for windows that come with the rows is not
     * enough. */
    if (w->window.kind == WINDOW_ATTACHED || w->input_retracts || !agg_splittable(w->aggs, w->naggs, false)) {
        n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_HASH, w->keys);
        n->inputs[0]->exchange.keep_time = true;
        return;
    }
    struct plan_node *local = node_new(p->b, PLAN_WINDOW_AGG, 1, n->inputs);
    local->window_agg = *w;
    local->window_agg.phase = AGG_LOCAL;
    local->bounded = n->bounded;
    for (uint32_t i = 0; i < w->keys.count; i++) {
        node_add_cols(p->b, local, &n->inputs[0]->cols[w->keys.items[i]], 1);
    }
    struct plan_col slice = {.name = STR("$slice_end"), .type = type_simple(TYPE_BIGINT, false)};
    node_add_cols(p->b, local, &slice, 1);
    add_states(p, local, n->inputs[0], w->aggs, w->naggs);
    struct cols keys = {w->keys.count, ARENA_ARRAY(p->b->arena, uint32_t, w->keys.count + 1)};
    for (uint32_t i = 0; i < keys.count; i++) keys.items[i] = i;
    n->inputs[0] = exchange(p, local, EXCHANGE_HASH, keys);
    w->phase = AGG_GLOBAL;
    w->keys = keys;
}

static bool reads_watermark(const struct plan_node *n) {
    if (n->kind == PLAN_SCAN) return n->scan.watermark != NULL;
    for (uint32_t i = 0; i < n->ninputs; i++) {
        if (reads_watermark(n->inputs[i])) return true;
    }
    return false;
}

/* The filter looks for its one rowtime column. */
static void drop_late(struct pass_ctx *p, struct plan_node *n, uint32_t time_col) {
    if (!reads_watermark(n->inputs[0])) return;
    n->inputs[0] = pass_on(p, PLAN_LATE_FILTER, n->inputs[0]);
    for (uint32_t c = 0; c < n->inputs[0]->ncols; c++) {
        if (c != time_col) n->inputs[0]->cols[c].time = TIME_NONE;
    }
}

static void spread_node(struct pass_ctx *p, struct plan_node *n) {
    switch (n->kind) {
    case PLAN_GROUP_AGG: spread_group_agg(p, n); break;
    case PLAN_WINDOW_AGG: spread_window_agg(p, n); break;
    case PLAN_DEDUP:
        if (!n->dedup.proctime && !n->dedup.keep_last) drop_late(p, n, n->dedup.time_col);
        n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_HASH, n->dedup.keys);
        break;
    case PLAN_JOIN: spread_join(p, n); break;
    case PLAN_TEMPORAL_JOIN:
        n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_HASH, n->temporal_join.left_keys);
        if (p->parallelism > 1)
            n->inputs[0]->exchange.keep_time = true; /* it passes left rows on with their time */
        n->inputs[1] = exchange(p, n->inputs[1], EXCHANGE_HASH, n->temporal_join.right_keys);
        break;
    case PLAN_TOPN:
        n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_HASH, n->topn.keys);
        if (n->inputs[0]->kind == PLAN_EXCHANGE) n->inputs[0]->exchange.keep_time = n->topn.fires >= 0;
        break;
    case PLAN_SORT:
        if (!p->batch && n->cols[n->sort.keys[0].col].time == TIME_ROWTIME)
            drop_late(p, n, n->sort.keys[0].col);
        n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_GATHER, (struct cols){0});
        break;
    case PLAN_LIMIT: n->inputs[0] = exchange(p, n->inputs[0], EXCHANGE_GATHER, (struct cols){0}); break;
    default: break;
    }
}

/* Where the answer depends on the order in which rows reach an operator, which an exchange does not keep, one
 * worker does the job: whether a window still took a row that another one replaced later, and whether state
 * that expires by event time was dead when a row came. */
static bool order_matters(const struct pass_ctx *p) {
    if (p->ttl_us && p->ttl_event_time) return true;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->nodes[i]->kind == PLAN_DEDUP && p->nodes[i]->dedup.each_change) return true;
    }
    return false;
}

void plan_spread(struct pass_ctx *p) {
    if (order_matters(p)) p->parallelism = 1;
    for (uint32_t i = 0; i < p->count; i++)
        p->nodes[i]->fingerprint = plan_fingerprint(p->b->arena, p->nodes[i]);
    for (uint32_t i = 0; i < p->count; i++) spread_node(p, p->nodes[i]);
    plan_collect(p);
}
