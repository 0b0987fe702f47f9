/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a condition is tested: node_filter() takes it apart at AND and lets each part sink as deep as the
 * answer allows: through projections, UNION ALL, windows and sorts, into the sides of joins, below aggregates
 * and deduplication where it reads keys alone. Versions of a temporal join are never filtered: without the
 * newest one an older would hold. A deduplication takes the condition on its first rows in, once it is known
 * that nobody else reads them (plan_filter_first): most then need not wait. What gives another result each
 * time, or reads the watermark, stays where it stands.
 */
#include "planner/node.h"
#include "planner/passes.h"

static void flatten(const struct expr *e, struct conjuncts *c) {
    if (e->kind == EXPR_CALL && e->func->id == FN_AND) {
        flatten(e->args[0], c);
        flatten(e->args[1], c);
    } else {
        if (c->items) c->items[c->count] = (struct expr *)e;
        c->count++;
    }
}

struct conjuncts node_conjuncts(struct binder *b, struct expr *e) {
    struct conjuncts c = {0};
    if (!e) return c;
    flatten(e, &c);
    c.items = ARENA_ARRAY(b->arena, struct expr *, c.count + 1);
    c.count = 0;
    flatten(e, &c);
    return c;
}

static bool may_sink(const struct expr *e) {
    return !(expr_flags(e) & FUNC_RANDOM) && !plan_reads_watermark(e);
}

static struct plan_node *filter_here(struct binder *b, struct plan_node *input, struct expr *condition) {
    if (!condition) return input;
    return node_calc(b, input, condition, node_columns(b, input), input->cols, input->ncols);
}

/* ---- projections, windows ---- */

static bool reads_trivial(const struct expr *e, const struct plan_node *calc) {
    if (e->kind == EXPR_COLUMN) return node_is_trivial(calc->calc.exprs[e->column]);
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (!reads_trivial(e->args[i], calc)) return false;
    }
    return true;
}

static bool sinks_into(const struct plan_node *n) {
    switch (n->kind) {
    case PLAN_CALC:
    case PLAN_JOIN:
    case PLAN_TEMPORAL_JOIN:
    case PLAN_UNION:
    case PLAN_WINDOW_TVF:
    case PLAN_UNNEST:
    case PLAN_WINDOW_AGG:
    case PLAN_GROUP_AGG:
    case PLAN_DEDUP:
    case PLAN_TOPN:
    case PLAN_SORT: return true;
    default: return false;
    }
}

static struct plan_node *filter_calc(struct binder *b, struct plan_node *calc, struct conjuncts c) {
    struct expr *down = NULL, *stay = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        if (reads_trivial(c.items[i], calc) && may_sink(c.items[i])) {
            down = bind_and(b, down, bind_fold(b, expr_substitute(b->arena, c.items[i], calc->calc.exprs)));
        } else {
            stay = bind_and(b, stay, c.items[i]);
        }
    }
    if (down && sinks_into(calc->inputs[0])) {
        struct plan_node *below = node_filter(b, calc->inputs[0], down);
        calc = node_calc(b, below, calc->calc.filter, calc->calc.exprs, calc->cols, calc->ncols);
    } else if (down) {
        calc->calc.filter = bind_and(b, calc->calc.filter, down);
    }
    return filter_here(b, calc, stay);
}

/* Those that read columns of the input alone sink below a window function and UNNEST. */
static struct plan_node *filter_tvf(struct binder *b, struct plan_node *tvf, struct conjuncts c) {
    struct expr *down = NULL, *stay = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        bool below = node_side_of(c.items[i], tvf->inputs[0]->ncols) == SIDE_LEFT && may_sink(c.items[i]);
        struct expr **to = below ? &down : &stay;
        *to = bind_and(b, *to, c.items[i]);
    }
    if (down) tvf->inputs[0] = node_filter(b, tvf->inputs[0], down);
    return filter_here(b, tvf, stay);
}

/* ---- keys ---- */

/* For each output column of the node the input column it is a key of, or UINT32_MAX; NULL: keeps no keys. */
static uint32_t *key_columns(struct binder *b, const struct plan_node *n) {
    uint32_t *map = ARENA_ARRAY(b->arena, uint32_t, n->ncols + 1);
    bool same = n->kind == PLAN_DEDUP || n->kind == PLAN_TOPN;
    struct cols keys = n->kind == PLAN_DEDUP        ? n->dedup.keys
                       : n->kind == PLAN_TOPN       ? n->topn.keys
                       : n->kind == PLAN_WINDOW_AGG ? n->window_agg.keys
                                                    : n->group_agg.keys;
    for (uint32_t i = 0; i < n->ncols; i++) map[i] = UINT32_MAX;
    for (uint32_t i = 0; i < keys.count; i++) {
        map[same ? keys.items[i] : i] = keys.items[i];
    }
    return map;
}

static bool reads_keys(const struct expr *e, const uint32_t *map, bool *any) {
    if (e->kind == EXPR_COLUMN) {
        *any = true;
        return map[e->column] != UINT32_MAX;
    }
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (!reads_keys(e->args[i], map, any)) return false;
    }
    return true;
}

/* All rows of a key pass, or none. */
static struct plan_node *filter_keyed(struct binder *b, struct plan_node *n, struct conjuncts c) {
    uint32_t *map = key_columns(b, n);
    struct expr *down = NULL, *stay = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        bool any = false;
        if (may_sink(c.items[i]) && reads_keys(c.items[i], map, &any) && any)
            down = bind_and(b, down, expr_remap(b->arena, c.items[i], map));
        else stay = bind_and(b, stay, c.items[i]);
    }
    if (down) n->inputs[0] = node_filter(b, n->inputs[0], down);
    return filter_here(b, n, stay);
}

/* ---- joins ---- */

/* Is it NULL for a row whose right columns are all NULL? */
static bool null_for_padding(const struct expr *e, uint32_t left_cols) {
    if (e->kind == EXPR_COLUMN) return e->column >= left_cols;
    bool strict = e->kind == EXPR_CAST || e->kind == EXPR_FIELD ||
                  (e->kind == EXPR_CALL && e->func->flags & FUNC_STRICT);
    for (uint32_t i = 0; strict && i < e->nargs; i++) {
        if (null_for_padding(e->args[i], left_cols)) return true;
    }
    return false;
}

static bool drops_padding(const struct expr *e, uint32_t left_cols) {
    if (e->kind == EXPR_CALL && (e->func->id == FN_IS_NOT_NULL || e->func->id == FN_IS_TRUE))
        return null_for_padding(e->args[0], left_cols);
    return null_for_padding(e, left_cols);
}

/* A LEFT join whose padded rows no condition lets pass is an inner one. */
static void make_inner(const struct plan_node *join, enum join_type *type, struct conjuncts c) {
    for (uint32_t i = 0; *type == JOIN_LEFT && i < c.count; i++) {
        if (drops_padding(c.items[i], join->inputs[0]->ncols)) *type = JOIN_INNER;
    }
}

static struct plan_node *filter_join(struct binder *b, struct plan_node *join, struct conjuncts c) {
    uint32_t left_cols = join->inputs[0]->ncols;
    struct expr *left = NULL, *right = NULL, *both = NULL, *stay = NULL;
    make_inner(join, &join->join.type, c);
    for (uint32_t i = 0; i < c.count; i++) {
        bool sinks = join->join.type != JOIN_FULL && may_sink(c.items[i]);
        enum side side = sinks ? node_side_of(c.items[i], left_cols) : SIDE_NONE;
        bool inner = join->join.type == JOIN_INNER;
        struct expr **to = side == SIDE_LEFT             ? &left
                           : side == SIDE_RIGHT && inner ? &right
                           : side == SIDE_BOTH && inner  ? &both
                                                         : &stay;
        *to = bind_and(b, *to, c.items[i]);
    }
    if (left) join->inputs[0] = node_filter(b, join->inputs[0], left);
    if (right) {
        right = node_shift(b, right, join->ncols, -(int64_t)left_cols);
        join->inputs[1] = node_filter(b, join->inputs[1], right);
    }
    struct plan_node *n = join;
    if (both && join->join.left_keys.count == 0 && !join->join.residual) {
        n = node_join(b, JOIN_INNER, join->inputs[0], join->inputs[1], both);
    } else if (both) {
        join->join.residual = bind_and(b, (struct expr *)join->join.residual, both);
    }
    return filter_here(b, n, stay);
}

static struct plan_node *filter_temporal_join(struct binder *b, struct plan_node *join, struct conjuncts c) {
    uint32_t left_cols = join->inputs[0]->ncols;
    struct plan_temporal_join *t = &join->temporal_join;
    struct expr *left = NULL, *stay = NULL;
    make_inner(join, &t->type, c);
    for (uint32_t i = 0; i < c.count; i++) {
        enum side side = may_sink(c.items[i]) ? node_side_of(c.items[i], left_cols) : SIDE_NONE;
        struct expr **to = side == SIDE_LEFT ? &left : &stay;
        *to = bind_and(b, *to, c.items[i]);
    }
    if (left) join->inputs[0] = node_filter(b, join->inputs[0], left);
    return filter_here(b, join, stay);
}

struct plan_node *node_filter(struct binder *b, struct plan_node *input, struct expr *condition) {
    if (!condition) return input;
    if (condition->kind == EXPR_LITERAL && !condition->value.null && condition->value.b) return input;
    struct conjuncts c = node_conjuncts(b, condition);
    switch (input->kind) {
    case PLAN_CALC: return filter_calc(b, input, c);
    case PLAN_UNNEST:
    case PLAN_WINDOW_TVF: return filter_tvf(b, input, c);
    case PLAN_JOIN: return filter_join(b, input, c);
    case PLAN_TEMPORAL_JOIN: return filter_temporal_join(b, input, c);
    case PLAN_DEDUP:
    case PLAN_TOPN:
    case PLAN_WINDOW_AGG:
    case PLAN_GROUP_AGG: return filter_keyed(b, input, c);
    case PLAN_SORT:
        if (input->sort.limit >= 0 || input->sort.offset || !may_sink(condition)) break;
        input->inputs[0] = node_filter(b, input->inputs[0], condition);
        return input;
    case PLAN_UNION:
        if (!may_sink(condition)) break;
        for (uint32_t i = 0; i < input->ninputs; i++) {
            input->inputs[i] = node_filter(b, input->inputs[i], condition);
        }
        return input;
    default: break;
    }
    return filter_here(b, input, condition);
}

/* ---- first rows ---- */

/* Comparisons and logic of columns alone: they may be tested for rows that turn out not to be first. */
static bool never_fails(const struct expr *e) {
    if (e->kind == EXPR_COLUMN || e->kind == EXPR_LITERAL) return true;
    if (e->kind != EXPR_CALL || e->func->id > FN_IS_NOT_FALSE) return false;
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (!never_fails(e->args[i])) return false;
    }
    return true;
}

void plan_filter_first(struct pass_ctx *p) {
    uint32_t *consumers = ARENA_ARRAY(p->b->arena, uint32_t, p->count + 1);
    for (uint32_t i = 0; i < p->count; i++) {
        for (uint32_t j = 0; j < p->nodes[i]->ninputs; j++) consumers[p->nodes[i]->inputs[j]->id]++;
    }
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *calc = p->nodes[i];
        if (calc->kind != PLAN_CALC || !calc->calc.filter || calc->inputs[0]->kind != PLAN_DEDUP) continue;
        struct plan_node *first = calc->inputs[0];
        if (first->dedup.keep_last || consumers[first->id] > 1) continue;
        struct conjuncts c = node_conjuncts(p->b, calc->calc.filter);
        struct expr *down = NULL, *stay = NULL;
        for (uint32_t k = 0; k < c.count; k++) {
            struct expr **to = never_fails(c.items[k]) ? &down : &stay;
            *to = bind_and(p->b, *to, c.items[k]);
        }
        first->dedup.filter = down;
        calc->calc.filter = stay;
    }
}
