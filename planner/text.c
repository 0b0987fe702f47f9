/* SPDX-License-Identifier: Apache-2.0
 *
 * Words for plan nodes: what EXPLAIN prints (columns by name) and what nodes are compared by (columns by
 * number, for names may occur twice).
 */
#include <inttypes.h>

#include "base/serial.h"
#include "planner/passes.h"

struct words {
    struct arena *a;
    bool numbers; /* $0, $1, .. instead of names */
};

static struct str name_of(const struct words *o, const struct plan_node *in, uint32_t column) {
    return o->numbers ? arena_printf(o->a, "$%u", column) : in->cols[column].name;
}

static struct str names_of(const struct words *o, const struct plan_node *in, struct cols c) {
    struct outbuf s = {0};
    for (uint32_t i = 0; i < c.count; i++)
        outbuf_printf(&s, "%s%.*s", i ? ", " : "", STR_ARG(name_of(o, in, c.items[i])));
    return outbuf_keep(&s, o->a);
}

/* Names of the columns of one input, or of two side by side; NULL for numbers. */
static const struct str *all_names(const struct words *o, const struct plan_node *l,
                                   const struct plan_node *r) {
    if (o->numbers) return NULL;
    struct str *names = ARENA_ARRAY(o->a, struct str, l->ncols + (r ? r->ncols : 0) + 1);
    for (uint32_t i = 0; i < l->ncols; i++) names[i] = l->cols[i].name;
    for (uint32_t i = 0; r && i < r->ncols; i++) names[l->ncols + i] = r->cols[i].name;
    return names;
}

struct str plan_duration(struct arena *a, int64_t us) {
    if (us % 1000000 == 0) return arena_printf(a, "%" PRId64 " s", us / 1000000);
    return arena_printf(a, "%" PRId64 " ms", us / 1000);
}

static struct str window_text(const struct words *o, const struct plan_node *in,
                              const struct window_spec *w) {
    static const char *const names[] = {[WINDOW_TUMBLE] = "TUMBLE", [WINDOW_HOP] = "HOP",
                                        [WINDOW_CUMULATE] = "CUMULATE"};
    struct arena *a = o->a;
    if (w->kind == WINDOW_ATTACHED) {
        return arena_printf(a, "window of %.*s, %.*s", STR_ARG(name_of(o, in, w->start_col)),
                            STR_ARG(name_of(o, in, w->end_col)));
    }
    struct str time = w->proctime ? STR("processing time") : name_of(o, in, w->time_col);
    struct str s = arena_printf(a, "%s(%.*s, ", names[w->kind], STR_ARG(time));
    if (w->kind != WINDOW_TUMBLE)
        s = arena_printf(a, "%.*s%.*s, ", STR_ARG(s), STR_ARG(plan_duration(a, w->slide_us)));
    s = arena_printf(a, "%.*s%.*s", STR_ARG(s), STR_ARG(plan_duration(a, w->size_us)));
    if (w->offset_us)
        s = arena_printf(a, "%.*s, offset %.*s", STR_ARG(s), STR_ARG(plan_duration(a, w->offset_us)));
    return arena_printf(a, "%.*s)", STR_ARG(s));
}

/* `in` has the columns that arguments number; NULL when these are the partial ones of a first phase. */
static struct str agg_text(const struct words *o, const struct plan_node *in, const struct agg_call *c) {
    struct str args = in ? names_of(o, in, c->args) : STR("..");
    if (c->func->id == FN_COUNT_STAR) args = STR("*");
    struct str s = arena_printf(o->a, "%.*s(%s%.*s)", STR_ARG(c->func->name), c->distinct ? "DISTINCT " : "",
                                STR_ARG(args));
    if (c->filter < 0 || !in) return s;
    return arena_printf(o->a, "%.*s FILTER (%.*s)", STR_ARG(s), STR_ARG(name_of(o, in, (uint32_t)c->filter)));
}

static struct str aggs_text(const struct words *o, const struct plan_node *in, const struct agg_call *aggs,
                            uint32_t n) {
    struct outbuf s = {0};
    for (uint32_t i = 0; i < n; i++)
        outbuf_printf(&s, "%s%.*s", i ? ", " : "", STR_ARG(agg_text(o, in, &aggs[i])));
    return outbuf_keep(&s, o->a);
}

static struct str by_text(const struct words *o, const struct plan_node *in, struct cols keys) {
    if (keys.count == 0) return (struct str){"", 0};
    return arena_printf(o->a, " by %.*s", STR_ARG(names_of(o, in, keys)));
}

static struct str scan_text(const struct words *o, const struct plan_node *n) {
    struct outbuf list = {0};
    for (uint32_t i = 0; i < n->ncols; i++)
        outbuf_printf(&list, "%s%.*s", i ? ", " : "", STR_ARG(n->cols[i].name));
    struct str names = outbuf_keep(&list, o->a);
    struct str s = arena_printf(o->a, "%.*s [%.*s]", STR_ARG(n->scan.table->name), STR_ARG(names));
    if (!n->scan.watermark) return s;
    struct str w = n->scan.source_watermark ? STR("SOURCE_WATERMARK()")
                                            : expr_print(o->a, n->scan.watermark, all_names(o, n, NULL));
    return arena_printf(o->a, "%.*s watermark %.*s", STR_ARG(s), STR_ARG(w));
}

static struct str calc_text(const struct words *o, const struct plan_node *n) {
    const struct str *names = all_names(o, n->inputs[0], NULL);
    struct outbuf list = {0};
    for (uint32_t i = 0; i < n->ncols; i++) {
        struct str e = expr_print(o->a, n->calc.exprs[i], names);
        bool same = o->numbers || str_eq(e, n->cols[i].name);
        outbuf_printf(&list, "%s%.*s%s%.*s", i ? ", " : "", STR_ARG(e), same ? "" : " AS ",
                      STR_ARG(same ? STR("") : n->cols[i].name));
    }
    struct str s = outbuf_keep(&list, o->a);
    s = arena_printf(o->a, "[%.*s]", STR_ARG(s));
    if (!n->calc.filter) return s;
    struct str filter = expr_print(o->a, n->calc.filter, names);
    return arena_printf(o->a, "%.*s where %.*s", STR_ARG(s), STR_ARG(filter));
}

static struct str join_text(const struct words *o, const struct plan_node *n, struct cols lk, struct cols rk,
                            const struct expr *residual, enum join_type type) {
    const struct plan_node *l = n->inputs[0], *r = n->inputs[1];
    static const char *const types[] = {[JOIN_INNER] = "INNER", [JOIN_LEFT] = "LEFT", [JOIN_FULL] = "FULL",
                                        [JOIN_SEMI] = "SEMI", [JOIN_ANTI] = "ANTI"};
    struct str s = arena_printf(o->a, "%s on ", types[type]);
    for (uint32_t i = 0; i < lk.count; i++) {
        s = arena_printf(o->a, "%.*s%s%.*s = %.*s", STR_ARG(s), i ? " AND " : "",
                         STR_ARG(name_of(o, l, lk.items[i])), STR_ARG(name_of(o, r, rk.items[i])));
    }
    if (lk.count == 0) s = arena_printf(o->a, "%.*sTRUE", STR_ARG(s));
    if (!residual) return s;
    struct str rest = expr_print(o->a, residual, all_names(o, l, r));
    return arena_printf(o->a, "%.*s and %.*s", STR_ARG(s), STR_ARG(rest));
}

static struct str order_text(const struct words *o, const struct plan_node *n, const struct sort_key *keys,
                             uint32_t nkeys) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < nkeys; i++) {
        const struct sort_key *k = &keys[i];
        const char *nulls = k->nulls_first != k->descending ? ""
                            : k->nulls_first                ? " NULLS FIRST"
                                                            : " NULLS LAST";
        s = arena_printf(o->a, "%.*s%s%.*s%s%s", STR_ARG(s), i ? ", " : "", STR_ARG(name_of(o, n, k->col)),
                         k->descending ? " DESC" : "", nulls);
    }
    return s;
}

static struct str topn_text(const struct words *o, const struct plan_node *n) {
    const struct plan_topn *t = &n->topn;
    struct str rows = t->from == t->to ? arena_printf(o->a, "row %" PRId64, t->from)
                                       : arena_printf(o->a, "rows %" PRId64 " to %" PRId64, t->from, t->to);
    return arena_printf(o->a, "%.*s%.*s in order of %.*s%s", STR_ARG(rows), STR_ARG(by_text(o, n, t->keys)),
                        STR_ARG(order_text(o, n, t->order, t->norder)),
                        t->fires >= 0 ? " when the window is over" : "");
}

static struct str sort_text(const struct words *o, const struct plan_node *n) {
    struct str s = arena_printf(o->a, "by %.*s", STR_ARG(order_text(o, n, n->sort.keys, n->sort.nkeys)));
    if (n->sort.limit >= 0) s = arena_printf(o->a, "%.*s limit %" PRId64, STR_ARG(s), n->sort.limit);
    if (n->sort.offset) s = arena_printf(o->a, "%.*s offset %" PRId64, STR_ARG(s), n->sort.offset);
    return s;
}

static struct str limit_text(const struct words *o, const struct plan_node *n) {
    struct str s =
        n->limit.limit < 0 ? STR("all rows") : arena_printf(o->a, "%" PRId64 " rows", n->limit.limit);
    if (n->limit.offset == 0) return s;
    return arena_printf(o->a, "%.*s offset %" PRId64, STR_ARG(s), n->limit.offset);
}

static struct str values_text(const struct words *o, const struct plan_node *n) {
    if (n->values.nrows > 8 && !o->numbers) return arena_printf(o->a, "%u rows", n->values.nrows);
    struct outbuf s = {0};
    for (uint32_t r = 0; r < n->values.nrows; r++) {
        outbuf_text(&s, r ? ", (" : "(");
        for (uint32_t c = 0; c < n->ncols; c++)
            outbuf_printf(&s, "%s%.*s", c ? ", " : "", STR_ARG(expr_print(o->a, n->values.rows[r][c], NULL)));
        outbuf_char(&s, ')');
    }
    return outbuf_keep(&s, o->a);
}

static struct str group_text(const struct words *o, const struct plan_node *n) {
    const struct plan_group_agg *g = &n->group_agg;
    const struct plan_node *in = n->inputs[0];
    struct str by = by_text(o, in, g->keys);
    if (g->naggs == 0) return arena_printf(o->a, "distinct%.*s", STR_ARG(by));
    struct str aggs = aggs_text(o, g->phase == AGG_GLOBAL ? NULL : in, g->aggs, g->naggs);
    return arena_printf(o->a, "%.*s%.*s", STR_ARG(aggs), STR_ARG(by));
}

static struct str window_agg_text(const struct words *o, const struct plan_node *n) {
    const struct plan_window_agg *w = &n->window_agg;
    const struct plan_node *in = n->inputs[0];
    struct str by = by_text(o, in, w->keys);
    if (w->phase == AGG_GLOBAL) {
        return arena_printf(o->a, "%.*s%.*s", STR_ARG(aggs_text(o, NULL, w->aggs, w->naggs)), STR_ARG(by));
    }
    return arena_printf(o->a, "%.*s%s%.*s%.*s", STR_ARG(window_text(o, in, &w->window)), w->naggs ? " " : "",
                        STR_ARG(aggs_text(o, in, w->aggs, w->naggs)), STR_ARG(by));
}

static struct str exchange_text(const struct words *o, const struct plan_node *n) {
    if (n->exchange.kind == EXCHANGE_BROADCAST) return STR("broadcast");
    if (n->exchange.kind == EXCHANGE_GATHER) return STR("gather");
    return arena_printf(o->a, "hash%.*s", STR_ARG(by_text(o, n, n->exchange.keys)));
}

static struct str dedup_text(const struct words *o, const struct plan_node *n) {
    const struct plan_dedup *d = &n->dedup;
    struct str time = d->proctime ? STR("processing time") : name_of(o, n, d->time_col);
    struct str s = arena_printf(o->a, "%s row%.*s in order of %.*s", d->keep_last ? "last" : "first",
                                STR_ARG(by_text(o, n, d->keys)), STR_ARG(time));
    if (!d->filter) return s;
    struct str filter = expr_print(o->a, d->filter, all_names(o, n->inputs[0], NULL));
    return arena_printf(o->a, "%.*s, kept where %.*s", STR_ARG(s), STR_ARG(filter));
}

struct str plan_text(struct arena *a, const struct plan_node *n, bool numbers) {
    const struct words *o = &(struct words){a, numbers};
    switch (n->kind) {
    case PLAN_SCAN: return scan_text(o, n);
    case PLAN_VALUES: return values_text(o, n);
    case PLAN_CALC: return calc_text(o, n);
    case PLAN_EXCHANGE: return exchange_text(o, n);
    case PLAN_WINDOW_TVF: return window_text(o, n, &n->window_tvf.window);
    case PLAN_WINDOW_AGG: return window_agg_text(o, n);
    case PLAN_GROUP_AGG: return group_text(o, n);
    case PLAN_DEDUP: return dedup_text(o, n);
    case PLAN_JOIN:
        return join_text(o, n, n->join.left_keys, n->join.right_keys, n->join.residual, n->join.type);
    case PLAN_TEMPORAL_JOIN: {
        const struct plan_temporal_join *t = &n->temporal_join;
        struct str s = join_text(o, n, t->left_keys, t->right_keys, t->residual, t->type);
        return arena_printf(a, "%.*s as of %.*s", STR_ARG(s),
                            STR_ARG(name_of(o, n->inputs[0], t->left_time)));
    }
    case PLAN_SORT: return sort_text(o, n);
    case PLAN_TOPN: return topn_text(o, n);
    case PLAN_UNNEST:
        return arena_printf(o->a, "%.*s%s%s", STR_ARG(name_of(o, n, n->unnest.col)),
                            n->unnest.outer ? " or NULL" : "",
                            n->unnest.ordinality ? " with ordinality" : "");
    case PLAN_LIMIT: return limit_text(o, n);
    case PLAN_SINK: return n->sink.table ? n->sink.table->name : STR("client");
    default: return (struct str){"", 0};
    }
}

const char *plan_kind_name(const struct plan_node *n) {
    static const char *const names[PLAN_KIND_COUNT] = {[PLAN_SCAN] = "SCAN",
                                                       [PLAN_VALUES] = "VALUES",
                                                       [PLAN_CALC] = "CALC",
                                                       [PLAN_EXCHANGE] = "EXCHANGE",
                                                       [PLAN_UNION] = "UNION ALL",
                                                       [PLAN_LATE_FILTER] = "LATE FILTER",
                                                       [PLAN_WINDOW_TVF] = "WINDOW",
                                                       [PLAN_WINDOW_AGG] = "WINDOW AGGREGATE",
                                                       [PLAN_GROUP_AGG] = "GROUP AGGREGATE",
                                                       [PLAN_DEDUP] = "DEDUPLICATE",
                                                       [PLAN_JOIN] = "JOIN",
                                                       [PLAN_TEMPORAL_JOIN] = "TEMPORAL JOIN",
                                                       [PLAN_SORT] = "SORT",
                                                       [PLAN_TOPN] = "TOP N",
                                                       [PLAN_UNNEST] = "UNNEST",
                                                       [PLAN_LIMIT] = "LIMIT",
                                                       [PLAN_SINK] = "SINK"};
    if (n->kind == PLAN_WINDOW_AGG && n->window_agg.phase == AGG_LOCAL) return "LOCAL WINDOW AGGREGATE";
    if (n->kind == PLAN_WINDOW_AGG && n->window_agg.phase == AGG_GLOBAL) return "GLOBAL WINDOW AGGREGATE";
    if (n->kind == PLAN_GROUP_AGG && n->group_agg.phase == AGG_LOCAL) return "LOCAL GROUP AGGREGATE";
    if (n->kind == PLAN_GROUP_AGG && n->group_agg.phase == AGG_GLOBAL) return "GLOBAL GROUP AGGREGATE";
    return names[n->kind];
}
