/* SPDX-License-Identifier: Apache-2.0
 *
 * Cuts off columns that nobody reads. Down: each node says which columns of its inputs it needs (a node with
 * several consumers needs what any of them does). Up: each node is rewritten for the columns its inputs now
 * have; map[old column] is where it went. Watermarks go the same way: only scans whose time somebody waits
 * for keep theirs.
 */
#include "planner/passes.h"

#define GONE UINT32_MAX

struct pruning {
    struct pass_ctx *p;
    bool **need;              /* by node: output columns somebody reads */
    bool *time;               /* by node: somebody above waits for its watermark */
    uint32_t **map;           /* by node: old column to new, or GONE */
    struct plan_node **now;   /* by node: what it became */
    uint32_t *width;          /* by node: columns it had */
};

bool plan_reads_watermark(const struct expr *e) {
    if (e->kind == EXPR_CALL && str_eq(e->func->name, STR("CURRENT_WATERMARK"))) return true;
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (plan_reads_watermark(e->args[i])) return true;
    }
    return false;
}

static bool waits_for_time(const struct pruning *s, const struct plan_node *n) {
    switch (n->kind) {
    case PLAN_WINDOW_AGG: return !n->window_agg.window.proctime;
    case PLAN_WINDOW_TVF: return !n->window_tvf.window.proctime;
    case PLAN_TEMPORAL_JOIN: return true;
    case PLAN_TOPN: return n->topn.fires >= 0 || (s->p->ttl_us && s->p->ttl_event_time);
    case PLAN_SORT: return !s->p->batch && n->cols[n->sort.keys[0].col].time == TIME_ROWTIME;
    case PLAN_DEDUP: /* last rows are compared with each other only */
        return (!n->dedup.proctime && !n->dedup.keep_last) || (s->p->ttl_us && s->p->ttl_event_time);
    case PLAN_GROUP_AGG:
    case PLAN_JOIN: return s->p->ttl_us && s->p->ttl_event_time;
    case PLAN_SINK: {
        const struct option *o =
            n->sink.table ? options_find(n->sink.table->options, "sink.partition-commit.trigger") : NULL;
        return o && str_ieq(o->value, STR("partition-time"));
    }
    case PLAN_CALC:
        for (uint32_t i = 0; i < n->ncols; i++) {
            if (plan_reads_watermark(n->calc.exprs[i])) return true;
        }
        return n->calc.filter && plan_reads_watermark(n->calc.filter);
    default: return false;
    }
}

/* ---- down ---- */

static void need_cols(bool *need, struct cols c) {
    for (uint32_t i = 0; i < c.count; i++) need[c.items[i]] = true;
}

static void need_aggs(bool *need, const struct agg_call *aggs, uint32_t naggs) {
    for (uint32_t i = 0; i < naggs; i++) {
        need_cols(need, aggs[i].args);
        if (aggs[i].filter >= 0) need[aggs[i].filter] = true;
    }
}

static void need_window(bool *need, const struct window_spec *w) {
    if (w->kind == WINDOW_ATTACHED) need[w->start_col] = need[w->end_col] = true;
    else if (!w->proctime) need[w->time_col] = true;
}

/* The two inputs of a join from what is needed of left columns ++ right columns. */
static void need_join(struct pruning *s, const struct plan_node *n, struct cols lk, struct cols rk,
                      const struct expr *residual) {
    bool *left = s->need[n->inputs[0]->id], *right = s->need[n->inputs[1]->id];
    uint32_t left_cols = s->width[n->inputs[0]->id], all = left_cols + s->width[n->inputs[1]->id];
    bool *own = ARENA_ARRAY(s->p->b->arena, bool, all + 1); /* of both sides, even if the output has one */
    memcpy(own, s->need[n->id], n->ncols * sizeof *own);
    if (residual) expr_columns(residual, own);
    for (uint32_t i = 0; i < all; i++) {
        if (own[i] && i < left_cols) left[i] = true;
        if (own[i] && i >= left_cols) right[i - left_cols] = true;
    }
    need_cols(left, lk);
    need_cols(right, rk);
}

static void need_same(struct pruning *s, const struct plan_node *n, uint32_t count) {
    for (uint32_t j = 0; j < n->ninputs; j++) {
        for (uint32_t i = 0; i < count; i++) s->need[n->inputs[j]->id][i] |= s->need[n->id][i];
    }
}

static void need_inputs(struct pruning *s, const struct plan_node *n) {
    bool *own = s->need[n->id], *in = n->ninputs ? s->need[n->inputs[0]->id] : NULL;
    switch (n->kind) {
    case PLAN_CALC:
        if (n->calc.filter) expr_columns(n->calc.filter, in);
        for (uint32_t i = 0; i < n->ncols; i++) {
            if (own[i]) expr_columns(n->calc.exprs[i], in);
        }
        break;
    case PLAN_WINDOW_TVF:
        need_same(s, n, n->inputs[0]->ncols);
        need_window(in, &n->window_tvf.window);
        break;
    case PLAN_WINDOW_AGG:
        need_cols(in, n->window_agg.keys);
        need_aggs(in, n->window_agg.aggs, n->window_agg.naggs);
        need_window(in, &n->window_agg.window);
        break;
    case PLAN_GROUP_AGG:
        need_cols(in, n->group_agg.keys);
        need_aggs(in, n->group_agg.aggs, n->group_agg.naggs);
        break;
    case PLAN_DEDUP:
        need_same(s, n, n->ncols);
        need_cols(in, n->dedup.keys);
        if (n->dedup.filter) expr_columns(n->dedup.filter, in);
        if (!n->dedup.proctime) in[n->dedup.time_col] = true;
        break;
    case PLAN_JOIN: need_join(s, n, n->join.left_keys, n->join.right_keys, n->join.residual); break;
    case PLAN_TEMPORAL_JOIN: {
        const struct plan_temporal_join *t = &n->temporal_join;
        need_join(s, n, t->left_keys, t->right_keys, t->residual);
        in[t->left_time] = true;
        s->need[n->inputs[1]->id][t->right_time] = true;
        break;
    }
    case PLAN_SORT:
        need_same(s, n, n->ncols);
        for (uint32_t i = 0; i < n->sort.nkeys; i++) in[n->sort.keys[i].col] = true;
        break;
    case PLAN_UNNEST:
        need_same(s, n, n->inputs[0]->ncols);
        in[n->unnest.col] = true;
        break;
    case PLAN_TOPN:
        need_same(s, n, n->inputs[0]->ncols);
        need_cols(in, n->topn.keys);
        for (uint32_t i = 0; i < n->topn.norder; i++) in[n->topn.order[i].col] = true;
        break;
    case PLAN_SINK: memset(in, true, n->inputs[0]->ncols); break;
    default: need_same(s, n, n->ncols); break;
    }
}

/* ---- up ---- */

static void remap_cols(const struct pruning *s, struct cols *c, const uint32_t *map) {
    uint32_t *items = ARENA_ARRAY(s->p->b->arena, uint32_t, c->count + 1);
    for (uint32_t i = 0; i < c->count; i++) items[i] = map[c->items[i]];
    c->items = items;
}

static void remap_aggs(const struct pruning *s, struct agg_call *aggs, uint32_t naggs, const uint32_t *map) {
    for (uint32_t i = 0; i < naggs; i++) {
        remap_cols(s, &aggs[i].args, map);
        if (aggs[i].filter >= 0) aggs[i].filter = (int32_t)map[aggs[i].filter];
    }
}

static void remap_window(struct window_spec *w, const uint32_t *map) {
    if (w->kind == WINDOW_ATTACHED) {
        w->start_col = map[w->start_col];
        w->end_col = map[w->end_col];
    } else if (!w->proctime) {
        w->time_col = map[w->time_col];
    }
}

/* Keeps the needed columns of the node's own list, at least `least`; fills its map. */
static void keep_needed(struct pruning *s, struct plan_node *n, uint32_t least) {
    struct plan_col *cols = ARENA_ARRAY(s->p->b->arena, struct plan_col, n->ncols + 1);
    uint32_t count = 0;
    for (uint32_t i = 0; i < n->ncols; i++) {
        bool keep = s->need[n->id][i] || (i < least && n->ncols <= least);
        s->map[n->id][i] = keep ? count : GONE;
        if (keep) cols[count++] = n->cols[i];
    }
    n->cols = cols;
    n->ncols = count;
}

static void prune_scan(struct pruning *s, struct plan_node *n) {
    struct plan_scan *scan = &n->scan;
    uint32_t old = n->ncols;
    const uint32_t *map = s->map[n->id];
    if (!s->time[n->id] || s->p->no_watermarks) scan->watermark = NULL;
    if (scan->watermark) expr_columns(scan->watermark, s->need[n->id]);
    keep_needed(s, n, 0);
    struct scan_col *cols = ARENA_ARRAY(s->p->b->arena, struct scan_col, n->ncols + 1);
    for (uint32_t i = 0; i < old; i++) {
        if (map[i] != GONE) cols[map[i]] = scan->cols[i];
    }
    scan->cols = cols;
    if (scan->watermark) scan->watermark = expr_remap(s->p->b->arena, scan->watermark, map);
    scan->rowtime_col = scan->watermark && map[scan->rowtime_col] != GONE ? map[scan->rowtime_col] : 0;
    scan->idle_timeout_us = s->p->idle_timeout_us;
}

static void prune_values(struct pruning *s, struct plan_node *n) {
    uint32_t old = n->ncols;
    keep_needed(s, n, 1);
    if (n->ncols == 0) { /* a row must have a column */
        n->cols[0] = (struct plan_col){.name = STR("ZERO"), .type = n->values.rows[0][0]->type};
        n->ncols = 1;
        return;
    }
    const uint32_t *map = s->map[n->id];
    for (uint32_t r = 0; r < n->values.nrows; r++) {
        struct expr **row = ARENA_ARRAY(s->p->b->arena, struct expr *, n->ncols + 1);
        for (uint32_t i = 0; i < old; i++) {
            if (map[i] != GONE) row[map[i]] = n->values.rows[r][i];
        }
        n->values.rows[r] = row;
    }
}

static void prune_calc(struct pruning *s, struct plan_node *n) {
    const uint32_t *in = s->map[n->inputs[0]->id];
    struct arena *a = s->p->b->arena;
    uint32_t old = n->ncols;
    struct plan_node *below = s->now[n->inputs[0]->id];
    keep_needed(s, n, 0);
    struct expr **exprs = ARENA_ARRAY(a, struct expr *, n->ncols + 1);
    bool identity = n->ncols == below->ncols;
    for (uint32_t i = 0; i < old; i++) {
        uint32_t to = s->map[n->id][i];
        if (to == GONE) continue;
        exprs[to] = expr_remap(a, n->calc.exprs[i], in);
        identity = identity && exprs[to]->kind == EXPR_COLUMN && exprs[to]->column == to;
    }
    n->calc.exprs = exprs;
    if (n->calc.filter) n->calc.filter = expr_remap(a, n->calc.filter, in);
    if (identity && !n->calc.filter) s->now[n->id] = below;
}

/* Nodes that give their input's columns, then `more` of their own. */
static void prune_same(struct pruning *s, struct plan_node *n, uint32_t more) {
    const struct plan_node *below = s->now[n->inputs[0]->id];
    const uint32_t *in = s->map[n->inputs[0]->id];
    uint32_t old = n->ncols - more;
    struct plan_col *cols = ARENA_ARRAY(s->p->b->arena, struct plan_col, below->ncols + more + 1);
    if (below->ncols) memcpy(cols, below->cols, below->ncols * sizeof *cols);
    for (uint32_t i = 0; i < old; i++) {
        s->map[n->id][i] = in[i];
        if (in[i] != GONE) cols[in[i]] = n->cols[i];
    }
    for (uint32_t i = 0; i < more; i++) {
        s->map[n->id][old + i] = below->ncols + i;
        cols[below->ncols + i] = n->cols[old + i];
    }
    n->cols = cols;
    n->ncols = below->ncols + more;
}

/* A deduplication needs its key, but keeps whole rows: only what is read above. */
static void note_read(const struct pruning *s, struct plan_node *n) {
    const uint32_t *in = s->map[n->inputs[0]->id];
    bool *read = ARENA_ARRAY(s->p->b->arena, bool, s->now[n->inputs[0]->id]->ncols + 1);
    for (uint32_t i = 0; i < n->ncols; i++) {
        if (in[i] != GONE && s->need[n->id][i]) read[in[i]] = true;
    }
    n->dedup.read = read;
    if (n->dedup.filter) n->dedup.filter = expr_remap(s->p->b->arena, n->dedup.filter, in);
}

static void prune_union(struct pruning *s, struct plan_node *n) {
    uint32_t old = n->ncols;
    struct arena *a = s->p->b->arena;
    keep_needed(s, n, 0);
    for (uint32_t j = 0; j < n->ninputs; j++) {
        struct plan_node *below = s->now[n->inputs[j]->id];
        const uint32_t *in = s->map[n->inputs[j]->id];
        struct expr **exprs = ARENA_ARRAY(a, struct expr *, n->ncols + 1);
        bool identity = below->ncols == n->ncols;
        for (uint32_t i = 0; i < old; i++) {
            uint32_t to = s->map[n->id][i];
            if (to == GONE) continue;
            exprs[to] = expr_column(a, in[i], below->cols[in[i]].type, (struct span){0});
            identity = identity && in[i] == to;
        }
        if (identity) continue;
        struct plan_node *calc = node_new(s->p->b, PLAN_CALC, 1, &below);
        calc->calc.exprs = exprs;
        node_add_cols(s->p->b, calc, n->cols, n->ncols);
        calc->id = GONE; /* in place already */
        n->inputs[j] = calc;
    }
}

static void prune_join(struct pruning *s, struct plan_node *n, struct cols *lk, struct cols *rk,
                       const struct expr **residual) {
    const struct plan_node *l = s->now[n->inputs[0]->id], *r = s->now[n->inputs[1]->id];
    const uint32_t *lm = s->map[n->inputs[0]->id], *rm = s->map[n->inputs[1]->id];
    uint32_t old = n->ncols, split = s->width[n->inputs[0]->id], all = split + s->width[n->inputs[1]->id];
    uint32_t *map = ARENA_ARRAY(s->p->b->arena, uint32_t, all + 1);
    struct plan_col *cols = ARENA_ARRAY(s->p->b->arena, struct plan_col, l->ncols + r->ncols + 1);
    if (l->ncols) memcpy(cols, l->cols, l->ncols * sizeof *cols);
    if (r->ncols) memcpy(cols + l->ncols, r->cols, r->ncols * sizeof *cols);
    for (uint32_t i = 0; i < all; i++) {
        uint32_t to = i < split ? lm[i] : rm[i - split];
        map[i] = to == GONE || i < split ? to : to + l->ncols;
        if (i >= old) continue;
        s->map[n->id][i] = map[i];
        if (map[i] != GONE) cols[map[i]] = n->cols[i];
    }
    n->cols = cols;
    n->ncols = old < all && old == split ? l->ncols : l->ncols + r->ncols;
    remap_cols(s, lk, lm);
    remap_cols(s, rk, rm);
    if (*residual) *residual = expr_remap(s->p->b->arena, *residual, map);
}

static void prune_topn(struct pruning *s, struct plan_node *n) {
    const uint32_t *in = s->map[n->inputs[0]->id];
    struct plan_topn *t = &n->topn;
    remap_cols(s, &t->keys, in);
    for (uint32_t i = 0; i < t->norder; i++) t->order[i].col = in[t->order[i].col];
    if (t->fires >= 0) t->fires = (int32_t)in[t->fires];
    if (t->emit_rank && !s->need[n->id][n->ncols - 1]) {
        t->emit_rank = false;
        s->map[n->id][--n->ncols] = GONE;
    }
    prune_same(s, n, t->emit_rank ? 1 : 0);
}

static void prune_window_agg(struct pruning *s, struct plan_node *n) {
    struct plan_window_agg *w = &n->window_agg;
    const uint32_t *in = s->map[n->inputs[0]->id];
    uint32_t first = w->keys.count + w->naggs;
    remap_cols(s, &w->keys, in);
    remap_aggs(s, w->aggs, w->naggs, in);
    remap_window(&w->window, in);
    w->emit_start = s->need[n->id][first];
    w->emit_end = s->need[n->id][first + 1];
    w->emit_time = s->need[n->id][first + 2];
    memset(s->need[n->id], true, first);
    keep_needed(s, n, 0);
}

static void prune_group_agg(struct pruning *s, struct plan_node *n) {
    const uint32_t *in = s->map[n->inputs[0]->id];
    remap_cols(s, &n->group_agg.keys, in);
    remap_aggs(s, n->group_agg.aggs, n->group_agg.naggs, in);
    for (uint32_t i = 0; i < n->ncols; i++) s->map[n->id][i] = i;
}

static void prune_node(struct pruning *s, struct plan_node *n) {
    const uint32_t *in = n->ninputs ? s->map[n->inputs[0]->id] : NULL;
    switch (n->kind) {
    case PLAN_SCAN: prune_scan(s, n); break;
    case PLAN_VALUES: prune_values(s, n); break;
    case PLAN_CALC: prune_calc(s, n); break;
    case PLAN_UNION: prune_union(s, n); break;
    case PLAN_WINDOW_TVF:
        remap_window(&n->window_tvf.window, in);
        prune_same(s, n, 3);
        break;
    case PLAN_WINDOW_AGG: prune_window_agg(s, n); break;
    case PLAN_GROUP_AGG: prune_group_agg(s, n); break;
    case PLAN_DEDUP:
        remap_cols(s, &n->dedup.keys, in);
        if (!n->dedup.proctime) n->dedup.time_col = in[n->dedup.time_col];
        note_read(s, n);
        prune_same(s, n, 0);
        break;
    case PLAN_JOIN:
        prune_join(s, n, &n->join.left_keys, &n->join.right_keys, &n->join.residual);
        break;
    case PLAN_TEMPORAL_JOIN: {
        struct plan_temporal_join *t = &n->temporal_join;
        prune_join(s, n, &t->left_keys, &t->right_keys, &t->residual);
        t->left_time = in[t->left_time];
        t->right_time = s->map[n->inputs[1]->id][t->right_time];
        break;
    }
    case PLAN_TOPN: prune_topn(s, n); break;
    case PLAN_UNNEST:
        n->unnest.col = in[n->unnest.col];
        prune_same(s, n, n->ncols - s->width[n->inputs[0]->id]);
        break;
    case PLAN_SORT:
        for (uint32_t i = 0; i < n->sort.nkeys; i++) n->sort.keys[i].col = in[n->sort.keys[i].col];
        prune_same(s, n, 0);
        break;
    case PLAN_SINK: break;
    default: prune_same(s, n, 0); break;
    }
    for (uint32_t j = 0; j < n->ninputs; j++) {
        if (n->inputs[j]->id != GONE) n->inputs[j] = s->now[n->inputs[j]->id];
    }
}

void plan_prune(struct pass_ctx *p) {
    struct arena *a = p->b->arena;
    struct pruning s = {.p = p};
    s.need = ARENA_ARRAY(a, bool *, p->count + 1);
    s.time = ARENA_ARRAY(a, bool, p->count + 1);
    s.map = ARENA_ARRAY(a, uint32_t *, p->count + 1);
    s.now = ARENA_ARRAY(a, struct plan_node *, p->count + 1);
    s.width = ARENA_ARRAY(a, uint32_t, p->count + 1);
    for (uint32_t i = 0; i < p->count; i++) {
        s.now[i] = p->nodes[i];
        s.width[i] = p->nodes[i]->ncols;
        s.need[i] = ARENA_ARRAY(a, bool, s.width[i] + 1);
        s.map[i] = ARENA_ARRAY(a, uint32_t, s.width[i] + 1);
    }
    for (uint32_t i = p->count; i-- > 0;) {
        const struct plan_node *n = p->nodes[i];
        need_inputs(&s, n);
        bool time = s.time[i] || waits_for_time(&s, n);
        for (uint32_t j = 0; j < n->ninputs; j++) s.time[n->inputs[j]->id] |= time;
    }
    for (uint32_t i = 0; i < p->count; i++) prune_node(&s, p->nodes[i]);
    plan_collect(p);
    plan_prune_fields(p);
}
