/* SPDX-License-Identifier: Apache-2.0
 *
 * The last pass: what each node keeps, in words, and what identifies it when a job is restored; and the words
 * for a node that EXPLAIN and fingerprints share.
 */
#include <inttypes.h>

#include "planner/passes.h"

/* ---- words ---- */

static const char *window_name(const struct window_spec *w) {
    static const char *const names[] = {[WINDOW_TUMBLE] = "TUMBLE", [WINDOW_HOP] = "HOP",
                                        [WINDOW_CUMULATE] = "CUMULATE", [WINDOW_ATTACHED] = "SAME"};
    return names[w->kind];
}

static struct str names_of(struct arena *a, const struct plan_node *in, struct cols c) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < c.count; i++) {
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ", " : "", STR_ARG(in->cols[c.items[i]].name));
    }
    return s;
}

static struct str *all_names(struct arena *a, const struct plan_node *n, uint32_t from, struct str *names) {
    for (uint32_t i = 0; i < n->ncols; i++) names[from + i] = n->cols[i].name;
    (void)a;
    return names;
}

static struct str seconds(struct arena *a, int64_t us) {
    if (us % 1000000 == 0) return arena_printf(a, "%" PRId64 " s", us / 1000000);
    return arena_printf(a, "%" PRId64 " ms", us / 1000);
}

static struct str window_text(struct arena *a, const struct plan_node *in, const struct window_spec *w) {
    if (w->kind == WINDOW_ATTACHED) {
        return arena_printf(a, "window of %.*s, %.*s", STR_ARG(in->cols[w->start_col].name),
                            STR_ARG(in->cols[w->end_col].name));
    }
    struct str time = w->proctime ? STR("processing time") : in->cols[w->time_col].name;
    struct str s = arena_printf(a, "%s(%.*s, ", window_name(w), STR_ARG(time));
    if (w->kind != WINDOW_TUMBLE) s = arena_printf(a, "%.*s%.*s, ", STR_ARG(s), STR_ARG(seconds(a, w->slide_us)));
    s = arena_printf(a, "%.*s%.*s", STR_ARG(s), STR_ARG(seconds(a, w->size_us)));
    if (w->offset_us) s = arena_printf(a, "%.*s, offset %.*s", STR_ARG(s), STR_ARG(seconds(a, w->offset_us)));
    return arena_printf(a, "%.*s)", STR_ARG(s));
}

/* `in` has the columns that arguments number; NULL when they are the partial ones of a first phase. */
static struct str agg_text(struct arena *a, const struct plan_node *in, const struct agg_call *c) {
    struct str args = in ? names_of(a, in, c->args) : STR("..");
    if (c->func->id == FN_COUNT_STAR) args = STR("*");
    struct str s = arena_printf(a, "%.*s(%s%.*s)", STR_ARG(c->func->name), c->distinct ? "DISTINCT " : "", STR_ARG(args));
    if (c->filter < 0 || !in) return s;
    return arena_printf(a, "%.*s FILTER (%.*s)", STR_ARG(s), STR_ARG(in->cols[c->filter].name));
}

static struct str aggs_text(struct arena *a, const struct plan_node *in, const struct agg_call *aggs, uint32_t n) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < n; i++) {
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ", " : "", STR_ARG(agg_text(a, in, &aggs[i])));
    }
    return s;
}

static struct str by_text(struct arena *a, const struct plan_node *in, struct cols keys) {
    if (keys.count == 0) return (struct str){"", 0};
    return arena_printf(a, " by %.*s", STR_ARG(names_of(a, in, keys)));
}

static struct str scan_text(struct arena *a, const struct plan_node *n) {
    struct str s = arena_printf(a, "%.*s [", STR_ARG(n->scan.table->name));
    for (uint32_t i = 0; i < n->ncols; i++) {
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ", " : "", STR_ARG(n->cols[i].name));
    }
    s = arena_printf(a, "%.*s]", STR_ARG(s));
    if (!n->scan.watermark) return s;
    struct str *names = ARENA_ARRAY(a, struct str, n->ncols + 1);
    struct str w = expr_print(a, n->scan.watermark, all_names(a, n, 0, names));
    return arena_printf(a, "%.*s watermark %.*s", STR_ARG(s), STR_ARG(w));
}

static struct str calc_text(struct arena *a, const struct plan_node *n) {
    const struct plan_node *in = n->inputs[0];
    struct str *names = all_names(a, in, 0, ARENA_ARRAY(a, struct str, in->ncols + 1));
    struct str s = {"", 0};
    for (uint32_t i = 0; i < n->ncols; i++) {
        struct str e = expr_print(a, n->calc.exprs[i], names);
        bool same = str_eq(e, n->cols[i].name);
        s = arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(s), i ? ", " : "", STR_ARG(e), same ? "" : " AS ",
                         STR_ARG(same ? STR("") : n->cols[i].name));
    }
    s = arena_printf(a, "[%.*s]", STR_ARG(s));
    if (!n->calc.filter) return s;
    return arena_printf(a, "%.*s where %.*s", STR_ARG(s), STR_ARG(expr_print(a, n->calc.filter, names)));
}

static struct str join_text(struct arena *a, const struct plan_node *n, struct cols lk, struct cols rk,
                            const struct expr *residual, enum join_type type) {
    const struct plan_node *l = n->inputs[0], *r = n->inputs[1];
    struct str s = arena_printf(a, "%s on ", type == JOIN_LEFT ? "LEFT" : "INNER");
    for (uint32_t i = 0; i < lk.count; i++) {
        s = arena_printf(a, "%.*s%s%.*s = %.*s", STR_ARG(s), i ? " AND " : "", STR_ARG(l->cols[lk.items[i]].name),
                         STR_ARG(r->cols[rk.items[i]].name));
    }
    if (lk.count == 0) s = arena_printf(a, "%.*sTRUE", STR_ARG(s));
    if (!residual) return s;
    struct str *names = ARENA_ARRAY(a, struct str, l->ncols + r->ncols + 1);
    all_names(a, l, 0, names);
    all_names(a, r, l->ncols, names);
    return arena_printf(a, "%.*s and %.*s", STR_ARG(s), STR_ARG(expr_print(a, residual, names)));
}

static struct str sort_text(struct arena *a, const struct plan_node *n) {
    struct str s = STR("by ");
    for (uint32_t i = 0; i < n->sort.nkeys; i++) {
        const struct sort_key *k = &n->sort.keys[i];
        s = arena_printf(a, "%.*s%s%.*s%s%s", STR_ARG(s), i ? ", " : "", STR_ARG(n->cols[k->col].name),
                         k->descending ? " DESC" : "", k->nulls_first == k->descending ? (k->nulls_first ? " NULLS FIRST" : " NULLS LAST") : "");
    }
    if (n->sort.limit >= 0) s = arena_printf(a, "%.*s limit %" PRId64, STR_ARG(s), n->sort.limit);
    if (n->sort.offset) s = arena_printf(a, "%.*s offset %" PRId64, STR_ARG(s), n->sort.offset);
    return s;
}

static struct str values_text(struct arena *a, const struct plan_node *n) {
    if (n->values.nrows > 8) return arena_printf(a, "%u rows", n->values.nrows);
    struct str s = {"", 0};
    for (uint32_t r = 0; r < n->values.nrows; r++) {
        s = arena_printf(a, "%.*s%s(", STR_ARG(s), r ? ", " : "");
        for (uint32_t c = 0; c < n->ncols; c++) {
            s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), c ? ", " : "",
                             STR_ARG(expr_print(a, n->values.rows[r][c], NULL)));
        }
        s = arena_printf(a, "%.*s)", STR_ARG(s));
    }
    return s;
}

static struct str group_text(struct arena *a, const struct plan_node *n) {
    const struct plan_group_agg *g = &n->group_agg;
    const struct plan_node *in = n->inputs[0];
    if (g->naggs == 0) return arena_printf(a, "distinct%.*s", STR_ARG(by_text(a, in, g->keys)));
    struct str aggs = aggs_text(a, g->phase == AGG_GLOBAL ? NULL : in, g->aggs, g->naggs);
    return arena_printf(a, "%.*s%.*s", STR_ARG(aggs), STR_ARG(by_text(a, in, g->keys)));
}

static struct str window_agg_text(struct arena *a, const struct plan_node *n) {
    const struct plan_window_agg *w = &n->window_agg;
    const struct plan_node *in = n->inputs[0];
    struct str by = by_text(a, in, w->keys);
    if (w->phase == AGG_GLOBAL) {
        return arena_printf(a, "%.*s%.*s", STR_ARG(aggs_text(a, NULL, w->aggs, w->naggs)), STR_ARG(by));
    }
    return arena_printf(a, "%.*s%s%.*s%.*s", STR_ARG(window_text(a, in, &w->window)), w->naggs ? " " : "",
                        STR_ARG(aggs_text(a, in, w->aggs, w->naggs)), STR_ARG(by));
}

static struct str exchange_text(struct arena *a, const struct plan_node *n) {
    if (n->exchange.kind == EXCHANGE_BROADCAST) return STR("broadcast");
    if (n->exchange.kind == EXCHANGE_GATHER) return STR("gather");
    return arena_printf(a, "hash%.*s", STR_ARG(by_text(a, n, n->exchange.keys)));
}

static struct str dedup_text(struct arena *a, const struct plan_node *n) {
    const struct plan_dedup *d = &n->dedup;
    struct str time = d->proctime ? STR("processing time") : n->cols[d->time_col].name;
    return arena_printf(a, "%s row%.*s in order of %.*s", d->keep_last ? "last" : "first",
                        STR_ARG(by_text(a, n, d->keys)), STR_ARG(time));
}

struct str plan_text(struct arena *a, const struct plan_node *n) {
    switch (n->kind) {
    case PLAN_SCAN: return scan_text(a, n);
    case PLAN_VALUES: return values_text(a, n);
    case PLAN_CALC: return calc_text(a, n);
    case PLAN_EXCHANGE: return exchange_text(a, n);
    case PLAN_WINDOW_TVF: return window_text(a, n, &n->window_tvf.window);
    case PLAN_WINDOW_AGG: return window_agg_text(a, n);
    case PLAN_GROUP_AGG: return group_text(a, n);
    case PLAN_DEDUP: return dedup_text(a, n);
    case PLAN_JOIN:
        return join_text(a, n, n->join.left_keys, n->join.right_keys, n->join.residual, n->join.type);
    case PLAN_TEMPORAL_JOIN: {
        const struct plan_temporal_join *t = &n->temporal_join;
        struct str s = join_text(a, n, t->left_keys, t->right_keys, t->residual, t->type);
        return arena_printf(a, "%.*s as of %.*s", STR_ARG(s), STR_ARG(n->inputs[0]->cols[t->left_time].name));
    }
    case PLAN_SORT: return sort_text(a, n);
    case PLAN_LIMIT:
        return arena_printf(a, "%" PRId64 " offset %" PRId64, n->limit.limit, n->limit.offset);
    case PLAN_SINK: return n->sink.table ? n->sink.table->name : STR("client");
    default: return (struct str){"", 0};
    }
}

const char *plan_kind_name(const struct plan_node *n) {
    static const char *const names[PLAN_KIND_COUNT] = {
        [PLAN_SCAN] = "SCAN", [PLAN_VALUES] = "VALUES", [PLAN_CALC] = "CALC", [PLAN_EXCHANGE] = "EXCHANGE",
        [PLAN_UNION] = "UNION ALL", [PLAN_LATE_FILTER] = "LATE FILTER", [PLAN_WINDOW_TVF] = "WINDOW",
        [PLAN_WINDOW_AGG] = "WINDOW AGGREGATE", [PLAN_GROUP_AGG] = "GROUP AGGREGATE", [PLAN_DEDUP] = "DEDUPLICATE",
        [PLAN_JOIN] = "JOIN", [PLAN_TEMPORAL_JOIN] = "TEMPORAL JOIN", [PLAN_SORT] = "SORT", [PLAN_LIMIT] = "LIMIT",
        [PLAN_SINK] = "SINK"};
    if (n->kind == PLAN_WINDOW_AGG && n->window_agg.phase == AGG_LOCAL) return "LOCAL WINDOW AGGREGATE";
    if (n->kind == PLAN_WINDOW_AGG && n->window_agg.phase == AGG_GLOBAL) return "GLOBAL WINDOW AGGREGATE";
    if (n->kind == PLAN_GROUP_AGG && n->group_agg.phase == AGG_LOCAL) return "LOCAL GROUP AGGREGATE";
    if (n->kind == PLAN_GROUP_AGG && n->group_agg.phase == AGG_GLOBAL) return "GLOBAL GROUP AGGREGATE";
    return names[n->kind];
}

/* ---- state ---- */

/* How long rows kept by key stay. */
static const char *bound_text(struct pass_ctx *p, const struct plan_node *in, bool final) {
    if (p->ttl_us) {
        struct str s = arena_printf(p->b->arena, "kept %.*s after its last use", STR_ARG(seconds(p->b->arena, p->ttl_us)));
        return s.ptr;
    }
    return final || in->bounded ? "bounded by the input" : "unbounded";
}

static struct str state_of(struct pass_ctx *p, const struct plan_node *n) {
    struct arena *a = p->b->arena;
    const struct plan_node *in = n->ninputs ? n->inputs[0] : NULL;
    switch (n->kind) {
    case PLAN_WINDOW_AGG: return STR("open windows");
    case PLAN_GROUP_AGG:
        if (n->group_agg.phase == AGG_LOCAL) return STR("");
        if (n->group_agg.keys.count == 0) return STR("1 row");
        return arena_printf(a, "1 row a key, %s", bound_text(p, in, p->batch));
    case PLAN_DEDUP: return arena_printf(a, "1 row a key, %s", bound_text(p, in, p->batch));
    case PLAN_JOIN:
        if (n->join.build >= 0) {
            return arena_printf(a, "all rows of the %s side, read first, bounded by the input",
                                n->join.build ? "right" : "left");
        }
        return arena_printf(a, "all rows of both sides, %s", bound_text(p, n, p->batch));
    case PLAN_TEMPORAL_JOIN:
        return arena_printf(a, "left rows until the watermark; versions of the right side, %s",
                            bound_text(p, n->inputs[1], p->batch));
    case PLAN_SORT:
        if (n->sort.limit >= 0) return arena_printf(a, "%" PRId64 " rows", n->sort.limit + n->sort.offset);
        return STR("all rows, bounded by the input");
    default: return STR("");
    }
}

const struct plan_node *planner_unbounded_state(const struct plan *plan) {
    static const char word[] = "unbounded";
    size_t len = sizeof word - 1;
    for (uint32_t i = 0; i < plan->count; i++) {
        struct str s = plan->nodes[i]->state_note;
        if (s.len >= len && memcmp(s.ptr + s.len - len, word, len) == 0) return plan->nodes[i];
    }
    return NULL;
}

/* ---- the plan ---- */

struct str plan_fingerprint(struct arena *a, const struct plan_node *n) {
    struct str s = arena_printf(a, "%s %.*s", plan_kind_name(n), STR_ARG(plan_text(a, n)));
    for (uint32_t i = 0; i < n->ncols; i++) {
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ", " : " -> ", STR_ARG(type_print(a, n->cols[i].type)));
    }
    for (uint32_t i = 0; i < n->ninputs; i++) s = arena_printf(a, "%.*s #%u", STR_ARG(s), n->inputs[i]->id);
    return s;
}

struct plan *plan_finish(struct pass_ctx *p) {
    struct arena *a = p->b->arena;
    struct plan *plan = ARENA_NEW(a, struct plan);
    *plan = (struct plan){.count = p->count, .nodes = p->nodes, .parallelism = p->parallelism, .bounded = true,
                          .batch = p->batch};
    plan->fingerprint = (struct str){"", 0};
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *n = p->nodes[i];
        n->state_note = state_of(p, n);
        if (n->fingerprint.len == 0) n->fingerprint = plan_fingerprint(a, n);
        if (n->kind == PLAN_SCAN && !n->scan.bounded) plan->bounded = false;
        plan->fingerprint = arena_printf(a, "%.*s%.*s\n", STR_ARG(plan->fingerprint), STR_ARG(n->fingerprint));
    }
    return plan;
}
