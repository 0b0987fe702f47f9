/* SPDX-License-Identifier: Apache-2.0
 *
 * Change kinds. Up: each node gives rows only (APPEND) or changes (RETRACT), and a unique key where one is
 * known. Down: who of the consumers needs the old row of an update (-U); where nobody does the node gives
 * UPSERT. Operators and sinks that cannot take changes are refused here, and so are clocks and random numbers
 * above changes: a retraction must be equal to what it takes back.
 */
#include "planner/passes.h"

static bool updates(const struct plan_node *n) {
    return n->changelog != CHANGELOG_APPEND;
}

/* The node whose changes these are: the topmost one that makes changes of its own. */
static const struct plan_node *changer(const struct plan_node *n) {
    while (true) {
        const struct plan_node *below = NULL;
        for (uint32_t i = 0; i < n->ninputs && !below; i++) {
            if (updates(n->inputs[i])) below = n->inputs[i];
        }
        bool own = n->kind == PLAN_GROUP_AGG || n->kind == PLAN_DEDUP || n->kind == PLAN_JOIN ||
                   n->kind == PLAN_TOPN;
        if (own || !below) return n;
        n = below;
    }
}

static struct str key_names(struct pass_ctx *p, const struct plan_node *n) {
    struct cols keys = n->kind == PLAN_GROUP_AGG ? n->group_agg.keys
                       : n->kind == PLAN_DEDUP   ? n->dedup.keys
                       : n->kind == PLAN_TOPN    ? n->topn.keys
                                                 : (struct cols){0};
    struct str s = {"", 0};
    for (uint32_t i = 0; i < keys.count; i++) {
        struct str name = n->inputs[0]->cols[keys.items[i]].name;
        s = arena_printf(p->b->arena, "%.*s%s%.*s", STR_ARG(s), i ? ", " : " on (", STR_ARG(name));
    }
    return keys.count ? arena_printf(p->b->arena, "%.*s)", STR_ARG(s)) : s;
}

static enum status refuse(struct pass_ctx *p, const struct plan_node *input, struct span span,
                          struct str who) {
    const struct plan_node *c = changer(input);
    const char *why = c->kind == PLAN_JOIN ? "an outer join takes back rows it has filled with NULLs"
                      : c->kind == PLAN_DEDUP ? "the last row of a key replaces the one before it"
                      : c->kind == PLAN_TOPN  ? "a row that comes first puts another one out"
                                              : "a result changes with every row that arrives";
    error_at(p->b->error, ERR_CHANGELOG, span, "%.*s cannot take updates, but %s%.*s makes them: %s",
             STR_ARG(who), plan_kind_name(c), STR_ARG(key_names(p, c)), why);
    return error_hint(
        p->b->error,
        "aggregate by a window (TUMBLE, HOP, CUMULATE), or write to a table that takes "
        "updates ('connector' = 'print', or an upsert table with PRIMARY KEY), or take final rows only: "
        "SET 'execution.runtime-mode' = 'batch'");
}

/* ---- up ---- */

static void map_key(struct pass_ctx *p, struct plan_node *n) {
    struct cols in = n->inputs[0]->upsert_key;
    struct cols out = {0, ARENA_ARRAY(p->b->arena, uint32_t, in.count + 1)};
    for (uint32_t k = 0; k < in.count; k++) {
        uint32_t c = 0;
        while (c < n->ncols &&
               !(n->calc.exprs[c]->kind == EXPR_COLUMN && n->calc.exprs[c]->column == in.items[k]))
            c++;
        if (c == n->ncols) return;
        out.items[out.count++] = c;
    }
    n->upsert_key = out;
}

static struct cols first_columns(struct pass_ctx *p, uint32_t count) {
    struct cols c = {count, ARENA_ARRAY(p->b->arena, uint32_t, count + 1)};
    for (uint32_t i = 0; i < count; i++) c.items[i] = i;
    return c;
}

static void window_agg_key(struct pass_ctx *p, struct plan_node *n) {
    const struct plan_window_agg *w = &n->window_agg;
    if (!w->emit_start && !w->emit_end && !w->emit_time) return;
    n->upsert_key = first_columns(p, w->keys.count + 1);
    n->upsert_key.items[w->keys.count] = w->keys.count + w->naggs;
}

/* May the join read one side first and keep only that? */
static int8_t build_side(const struct plan_node *n) {
    const struct plan_node *l = n->inputs[0], *r = n->inputs[1];
    if (n->join.type == JOIN_FULL) return -1;
    if (r->bounded && !updates(r)) return 1;
    if (n->join.type == JOIN_INNER && l->bounded && !updates(l)) return 0;
    return -1;
}

static void join_changes(struct plan_node *n) {
    struct plan_join *j = &n->join;
    j->build = build_side(n);
    j->left_retracts = updates(n->inputs[0]);
    j->right_retracts = updates(n->inputs[1]);
    const struct plan_node *l = n->inputs[0], *r = n->inputs[1];
    bool fixed = j->build == 1;
    if (j->type == JOIN_FULL) fixed = j->right_first = l->bounded && r->bounded && !updates(l) && !updates(r);
    bool takes_back = j->type == JOIN_LEFT || j->type == JOIN_FULL || j->type == JOIN_ANTI;
    if (j->left_retracts || j->right_retracts || (takes_back && !fixed)) n->changelog = CHANGELOG_RETRACT;
    if (join_is_half(j->type)) n->upsert_key = l->upsert_key;
}

static bool is_clock(const struct expr *e) {
    static const char *const names[] = {"NOW",
                                        "PROCTIME",
                                        "LOCALTIME",
                                        "LOCALTIMESTAMP",
                                        "CURRENT_TIMESTAMP",
                                        "CURRENT_TIME",
                                        "CURRENT_DATE",
                                        "CURRENT_ROW_TIMESTAMP",
                                        "CURRENT_WATERMARK"};
    if (e->kind != EXPR_CALL) return false;
    if (e->func->flags & FUNC_RANDOM) return true;
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_eq(e->func->name, str_of(names[i]))) return true;
    }
    return false;
}

static enum status check_deterministic(struct pass_ctx *p, const struct plan_node *n, const struct expr *e) {
    if (is_clock(e)) {
        error_at(p->b->error, ERR_CHANGELOG, e->span,
                 "%.*s cannot stand above %s, which makes updates: what takes a row back must be equal to it",
                 STR_ARG(e->func->name), plan_kind_name(changer(n->inputs[0])));
        return error_hint(p->b->error, "compute it below, for example in the query that is aggregated");
    }
    for (uint32_t i = 0; i < e->nargs; i++) TRY(check_deterministic(p, n, e->args[i]));
    return ST_OK;
}

static enum status calc_changes(struct pass_ctx *p, struct plan_node *n) {
    n->changelog = n->inputs[0]->changelog;
    map_key(p, n);
    if (!updates(n)) return ST_OK;
    if (n->calc.filter) TRY(check_deterministic(p, n, n->calc.filter));
    for (uint32_t i = 0; i < n->ncols; i++) TRY(check_deterministic(p, n, n->calc.exprs[i]));
    return ST_OK;
}

/* Windows fire between the changes of the rows below, so that those must come one by one, in batch mode too.
 */
static void want_each_change(struct plan_node *n) {
    if (n->kind == PLAN_DEDUP && n->dedup.keep_last) n->dedup.each_change = true;
    if (n->kind != PLAN_CALC && n->kind != PLAN_UNION && n->kind != PLAN_WINDOW_TVF) return;
    for (uint32_t i = 0; i < n->ninputs; i++) want_each_change(n->inputs[i]);
}

static struct span any_span(const struct pass_ctx *p) {
    return p->nroots ? p->spans[0] : (struct span){0};
}

/* Do rows come before the watermark that ends their window? Not from what gives final rows at the end. */
static bool comes_in_time(const struct plan_node *n) {
    if (n->kind == PLAN_SCAN || n->kind == PLAN_VALUES || n->kind == PLAN_WINDOW_AGG) return true;
    if (n->kind != PLAN_CALC && n->kind != PLAN_UNION && n->kind != PLAN_WINDOW_TVF &&
        n->kind != PLAN_TEMPORAL_JOIN)
        return false;
    for (uint32_t i = 0; i < n->ninputs; i++) {
        if (!comes_in_time(n->inputs[i])) return false;
    }
    return true;
}

static void topn_changes(struct pass_ctx *p, struct plan_node *n) {
    struct plan_topn *t = &n->topn;
    struct cols in = n->inputs[0]->upsert_key;
    t->input_retracts = updates(n->inputs[0]);
    if (t->input_retracts || !comes_in_time(n->inputs[0])) t->fires = -1;
    t->final_only = p->batch && t->fires < 0;
    t->ttl_us = p->ttl_us;
    t->ttl_event_time = p->ttl_event_time;
    if (!t->final_only && t->fires < 0) n->changelog = CHANGELOG_RETRACT;
    n->upsert_key = in;
    if (t->from == t->to) n->upsert_key = t->keys;
    if (!t->emit_rank) return;
    n->upsert_key = (struct cols){t->keys.count + 1, ARENA_ARRAY(p->b->arena, uint32_t, t->keys.count + 1)};
    for (uint32_t i = 0; i < t->keys.count; i++) n->upsert_key.items[i] = t->keys.items[i];
    n->upsert_key.items[t->keys.count] = n->ncols - 1;
}

/* The first or last row of rows that may be taken back needs the others as well; and what comes at the end is
 * late for no one. */
static void dedup_to_topn(struct pass_ctx *p, struct plan_node *n) {
    const struct plan_dedup d = n->dedup;
    n->kind = PLAN_TOPN;
    n->topn = (struct plan_topn){.keys = d.keys, .norder = 1, .from = 1, .to = 1, .fires = -1};
    n->topn.order = ARENA_NEW(p->b->arena, struct sort_key);
    *n->topn.order = (struct sort_key){d.time_col, d.keep_last, !d.keep_last};
}

static enum status node_changes(struct pass_ctx *p, struct plan_node *n) {
    const struct plan_node *in = n->ninputs ? n->inputs[0] : NULL;
    n->changelog = CHANGELOG_APPEND;
    n->upsert_key = (struct cols){0};
    switch (n->kind) {
    case PLAN_CALC: return calc_changes(p, n);
    case PLAN_UNION:
        for (uint32_t i = 0; i < n->ninputs; i++) {
            if (updates(n->inputs[i])) n->changelog = CHANGELOG_RETRACT;
        }
        return ST_OK;
    case PLAN_GROUP_AGG:
        n->group_agg.final_only = p->batch;
        n->group_agg.input_retracts = updates(in);
        n->group_agg.ttl_us = p->ttl_us;
        n->group_agg.ttl_event_time = p->ttl_event_time;
        if (!p->batch) n->changelog = CHANGELOG_RETRACT;
        n->upsert_key = first_columns(p, n->group_agg.keys.count);
        return ST_OK;
    case PLAN_TOPN: topn_changes(p, n); return ST_OK;
    case PLAN_DEDUP:
        if ((updates(in) || !comes_in_time(in)) && !n->dedup.proctime) {
            dedup_to_topn(p, n);
            topn_changes(p, n);
            return ST_OK;
        }
        n->dedup.final_only = p->batch && !n->dedup.each_change;
        n->dedup.ttl_us = p->ttl_us;
        n->dedup.ttl_event_time = p->ttl_event_time;
        if (n->dedup.keep_last && !n->dedup.final_only) n->changelog = CHANGELOG_RETRACT;
        n->upsert_key = n->dedup.keys;
        break;
    case PLAN_JOIN:
        n->join.final_only = p->batch;
        n->join.ttl_us = p->ttl_us;
        n->join.ttl_event_time = p->ttl_event_time;
        join_changes(n);
        return ST_OK;
    case PLAN_TEMPORAL_JOIN:
        n->temporal_join.right_retracts = updates(n->inputs[1]);
        break;
    case PLAN_WINDOW_AGG:
        window_agg_key(p, n);
        n->window_agg.input_retracts = updates(in);
        if (updates(in) && changer(in)->kind == PLAN_TOPN) break;
        return ST_OK;
    case PLAN_UNNEST:
    case PLAN_WINDOW_TVF:
        n->changelog = in->changelog;
        return ST_OK;
    case PLAN_SORT: n->upsert_key = in->upsert_key; break;
    case PLAN_LIMIT:
    case PLAN_LATE_FILTER: n->upsert_key = in->upsert_key; break;
    default: return ST_OK;
    }
    if (!updates(in)) return ST_OK;
    return refuse(p, in, any_span(p), str_of(plan_kind_name(n)));
}

/* ---- sinks and down ---- */

static enum status check_sink(struct pass_ctx *p, struct plan_node *n, struct span span) {
    const struct plan_table *t = n->sink.table;
    n->changelog = n->inputs[0]->changelog;
    if (!t || !updates(n)) return ST_OK;
    if (t->connector->caps & CONN_TAKES_UPDATES) return ST_OK;
    if (t->connector->caps & CONN_TAKES_UPSERTS && t->primary_key.count) return ST_OK;
    struct str who =
        arena_printf(p->b->arena, "table '%.*s' (connector '%s')", STR_ARG(t->name), t->connector->name);
    return refuse(p, n->inputs[0], span, who);
}

/* Does this consumer need the old row of each update of its input? */
static bool wants_before(const struct plan_node *n, bool own) {
    switch (n->kind) {
    case PLAN_SINK: return !n->sink.table || !(n->sink.table->connector->caps & CONN_TAKES_UPSERTS);
    case PLAN_CALC: return own || n->calc.filter || n->upsert_key.count == 0;
    case PLAN_UNION: return own;
    default: return true;
    }
}

static void set_before(struct plan_node *n, bool before) {
    if (!updates(n)) return;
    n->changelog = before ? CHANGELOG_RETRACT : CHANGELOG_UPSERT;
    if (n->kind == PLAN_GROUP_AGG) n->group_agg.emit_before = before;
    if (n->kind == PLAN_DEDUP) n->dedup.emit_before = before;
    if (n->kind == PLAN_JOIN) n->join.emit_before = before;
    if (n->kind == PLAN_TOPN) n->topn.emit_before = before;
}

static bool is_bounded(const struct plan_node *n) {
    if (n->kind == PLAN_SCAN) return n->scan.bounded;
    for (uint32_t i = 0; i < n->ninputs; i++) {
        if (!n->inputs[i]->bounded) return false;
    }
    return true;
}

enum status plan_changes(struct pass_ctx *p) {
    bool *before = ARENA_ARRAY(p->b->arena, bool, p->count + 1);
    for (uint32_t i = 0; i < p->count; i++) {
        p->nodes[i]->bounded = is_bounded(p->nodes[i]);
        if (p->nodes[i]->kind == PLAN_WINDOW_AGG) want_each_change(p->nodes[i]->inputs[0]);
    }
    for (uint32_t i = 0; i < p->count; i++) TRY(node_changes(p, p->nodes[i]));
    for (uint32_t i = 0; i < p->nroots; i++) TRY(check_sink(p, p->roots[i], p->spans[i]));
    for (uint32_t i = p->count; i-- > 0;) {
        struct plan_node *n = p->nodes[i];
        if (n->kind != PLAN_SINK) set_before(n, before[i]);
        for (uint32_t j = 0; j < n->ninputs; j++) before[n->inputs[j]->id] |= wants_before(n, before[i]);
    }
    for (uint32_t i = 0; i < p->nroots; i++) p->roots[i]->changelog = p->roots[i]->inputs[0]->changelog;
    return ST_OK;
}
