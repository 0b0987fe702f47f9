/* SPDX-License-Identifier: Apache-2.0
 *
 * Nodes, projections and joins; see node.h. While a statement is bound its nodes form a tree, so that a
 * node may be changed in place by the one who is above it.
 */
#include "planner/node.h"

struct plan_node *node_new(struct binder *b, enum plan_kind kind, uint32_t ninputs,
                             struct plan_node *const *inputs) {
    struct plan_node *n = ARENA_NEW(b->arena, struct plan_node);
    n->kind = kind;
    n->ninputs = ninputs;
    n->inputs = ARENA_ARRAY(b->arena, struct plan_node *, ninputs + 1);
    for (uint32_t i = 0; i < ninputs; i++) n->inputs[i] = inputs[i];
    return n;
}

void node_add_cols(struct binder *b, struct plan_node *n, const struct plan_col *cols, uint32_t count) {
    struct plan_col *all = ARENA_ARRAY(b->arena, struct plan_col, n->ncols + count + 1);
    if (n->ncols) memcpy(all, n->cols, n->ncols * sizeof *all);
    if (count) memcpy(all + n->ncols, cols, count * sizeof *all);
    n->cols = all;
    n->ncols += count;
}

struct plan_col node_col(const struct plan_node *input, const struct expr *e, struct str name) {
    struct plan_col c = {.name = name, .type = e->type};
    if (e->kind == EXPR_COLUMN) {
        c.time = input->cols[e->column].time;
        c.note = input->cols[e->column].note;
    } else if (e->kind == EXPR_CALL && str_eq(e->func->name, STR("PROCTIME"))) {
        c.time = TIME_PROCTIME;
    }
    return c;
}

struct expr **node_columns(struct binder *b, const struct plan_node *n) {
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, n->ncols + 1);
    for (uint32_t i = 0; i < n->ncols; i++)
        exprs[i] = expr_column(b->arena, i, n->cols[i].type, (struct span){0});
    return exprs;
}

/* ---- projections ---- */

bool node_is_trivial(const struct expr *e) {
    return e->kind == EXPR_COLUMN || e->kind == EXPR_LITERAL ||
           (e->kind == EXPR_FIELD && e->args[0]->kind == EXPR_COLUMN);
}

static void count_refs(const struct expr *e, uint32_t *refs) {
    if (e->kind == EXPR_COLUMN) refs[e->column]++;
    for (uint32_t i = 0; i < e->nargs; i++) count_refs(e->args[i], refs);
}

static bool can_merge(struct binder *b, const struct plan_node *lower, const struct expr *filter,
                      struct expr *const *exprs, uint32_t count) {
    uint32_t *refs = ARENA_ARRAY(b->arena, uint32_t, lower->ncols + 1);
    if (filter) count_refs(filter, refs);
    for (uint32_t i = 0; i < count; i++) count_refs(exprs[i], refs);
    for (uint32_t i = 0; i < lower->ncols; i++) {
        if (refs[i] > 1 && !node_is_trivial(lower->calc.exprs[i])) return false;
    }
    return true;
}

static bool is_identity(const struct plan_node *input, struct expr *const *exprs, uint32_t count) {
    if (count != input->ncols) return false;
    for (uint32_t i = 0; i < count; i++) {
        if (exprs[i]->kind != EXPR_COLUMN || exprs[i]->column != i) return false;
    }
    return true;
}

struct plan_node *node_calc(struct binder *b, struct plan_node *input, struct expr *filter,
                            struct expr **exprs, const struct plan_col *cols, uint32_t count) {
    if (!filter && is_identity(input, exprs, count)) {
        for (uint32_t i = 0; i < count; i++) input->cols[i].name = cols[i].name;
        return input;
    }
    if (input->kind == PLAN_CALC && can_merge(b, input, filter, exprs, count)) {
        struct expr **merged = ARENA_ARRAY(b->arena, struct expr *, count + 1);
        for (uint32_t i = 0; i < count; i++)
            merged[i] = expr_substitute(b->arena, exprs[i], input->calc.exprs);
        if (filter) filter = expr_substitute(b->arena, filter, input->calc.exprs);
        filter = bind_and(b, input->calc.filter, filter);
        return node_calc(b, input->inputs[0], filter, merged, cols, count);
    }
    struct plan_node *n = node_new(b, PLAN_CALC, 1, &input);
    n->calc.filter = filter;
    n->calc.exprs = exprs;
    node_add_cols(b, n, cols, count);
    return n;
}

struct plan_node *node_project(struct binder *b, struct plan_node *input, struct expr **exprs,
                                const struct str *names, uint32_t count) {
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, count + 1);
    for (uint32_t i = 0; i < count; i++) cols[i] = node_col(input, exprs[i], names[i]);
    return node_calc(b, input, NULL, exprs, cols, count);
}

struct plan_node *node_with_columns(struct binder *b, struct plan_node *input, struct expr *const *exprs,
                                     uint32_t count, uint32_t *cols) {
    uint32_t n = input->ncols;
    struct expr **all = ARENA_ARRAY(b->arena, struct expr *, n + count + 1);
    struct plan_col *out = ARENA_ARRAY(b->arena, struct plan_col, n + count + 1);
    memcpy(all, node_columns(b, input), n * sizeof *all);
    memcpy(out, input->cols, n * sizeof *out);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = 0;
        while (at < n && !expr_equal(all[at], exprs[i])) at++;
        if (exprs[i]->kind == EXPR_COLUMN) at = exprs[i]->column;
        if (at == n) {
            all[n] = exprs[i];
            out[n] = node_col(input, exprs[i], arena_printf(b->arena, "$f%u", n));
            n++;
        }
        cols[i] = at;
    }
    return n == input->ncols ? input : node_calc(b, input, NULL, all, out, n);
}

/* ---- sides ---- */

/* Lowest and highest column read; false: none. */
static bool column_range(const struct expr *e, uint32_t *low, uint32_t *high) {
    bool any = false;
    if (e->kind == EXPR_COLUMN) {
        if (e->column < *low) *low = e->column;
        if (e->column > *high) *high = e->column;
        return true;
    }
    for (uint32_t i = 0; i < e->nargs; i++) any |= column_range(e->args[i], low, high);
    return any;
}

enum side node_side_of(const struct expr *e, uint32_t left_cols) {
    uint32_t low = UINT32_MAX, high = 0;
    if (!column_range(e, &low, &high)) return SIDE_NONE;
    if (high < left_cols) return SIDE_LEFT;
    return low >= left_cols ? SIDE_RIGHT : SIDE_BOTH;
}

struct expr *node_shift(struct binder *b, const struct expr *e, uint32_t ncols, int64_t by) {
    uint32_t *map = ARENA_ARRAY(b->arena, uint32_t, ncols + 1);
    for (uint32_t i = 0; i < ncols; i++) map[i] = (uint32_t)((int64_t)i + by);
    return expr_remap(b->arena, e, map);
}

/* ---- joins ---- */

static bool is_equality(const struct expr *e) {
    return e->kind == EXPR_CALL && (e->func->id == FN_EQ || e->func->id == FN_IS_NOT_DISTINCT);
}

struct join_parts node_join_parts(struct binder *b, struct plan_node *left, struct plan_node *right,
                                   struct expr *condition) {
    struct join_parts p = {.left_cols = left->ncols, .right_cols = right->ncols};
    struct conjuncts c = node_conjuncts(b, condition);
    uint32_t all = p.left_cols + p.right_cols, n = 0;
    struct expr **l = ARENA_ARRAY(b->arena, struct expr *, c.count + 1);
    struct expr **r = ARENA_ARRAY(b->arena, struct expr *, c.count + 1);
    struct expr *rest = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        struct expr *e = c.items[i];
        enum side a = SIDE_NONE, z = SIDE_NONE;
        if (is_equality(e)) {
            a = node_side_of(e->args[0], p.left_cols);
            z = node_side_of(e->args[1], p.left_cols);
        }
        bool safe = is_equality(e) && e->func->id == FN_IS_NOT_DISTINCT;
        bool key = (a == SIDE_LEFT && z == SIDE_RIGHT) || (a == SIDE_RIGHT && z == SIDE_LEFT);
        if (!key || (n && safe != p.null_safe)) {
            rest = bind_and(b, rest, e);
            continue;
        }
        p.null_safe = safe;
        l[n] = e->args[a == SIDE_LEFT ? 0 : 1];
        r[n++] = node_shift(b, e->args[a == SIDE_LEFT ? 1 : 0], all, -(int64_t)p.left_cols);
    }
    p.left_keys = (struct cols){n, ARENA_ARRAY(b->arena, uint32_t, n + 1)};
    p.right_keys = (struct cols){n, ARENA_ARRAY(b->arena, uint32_t, n + 1)};
    p.left = node_with_columns(b, left, l, n, p.left_keys.items);
    p.right = node_with_columns(b, right, r, n, p.right_keys.items);
    if (rest) {
        uint32_t *map = ARENA_ARRAY(b->arena, uint32_t, all + 1);
        for (uint32_t i = 0; i < all; i++) map[i] = i < p.left_cols ? i : i - p.left_cols + p.left->ncols;
        rest = expr_remap(b->arena, rest, map);
    }
    p.residual = rest;
    return p;
}

/* Columns of a join: no time attributes, no notes; the right side of a LEFT JOIN may be NULL, both of a FULL
 * one. */
static void join_cols(struct binder *b, struct plan_node *n, enum join_type type) {
    node_add_cols(b, n, n->inputs[0]->cols, n->inputs[0]->ncols);
    if (!join_is_half(type)) node_add_cols(b, n, n->inputs[1]->cols, n->inputs[1]->ncols);
    for (uint32_t i = 0; i < n->ncols; i++) {
        struct plan_col *c = &n->cols[i];
        c->time = TIME_NONE;
        c->note = NULL;
        bool padded = type == JOIN_FULL || (type == JOIN_LEFT && i >= n->inputs[0]->ncols);
        if (padded) c->type = type_with_null(b->arena, c->type, true);
    }
}

struct plan_node *node_join(struct binder *b, enum join_type type, struct plan_node *left,
                            struct plan_node *right, struct expr *condition) {
    uint32_t left_cols = left->ncols, all = left->ncols + right->ncols;
    struct conjuncts c = node_conjuncts(b, condition);
    struct expr *rest = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        enum side side = node_side_of(c.items[i], left_cols);
        if (side == SIDE_LEFT && (type == JOIN_INNER || type == JOIN_SEMI))
            left = node_filter(b, left, c.items[i]);
        else if (side == SIDE_RIGHT && type != JOIN_FULL)
            right = node_filter(b, right, node_shift(b, c.items[i], all, -(int64_t)left_cols));
        else rest = bind_and(b, rest, c.items[i]);
    }
    struct join_parts p = node_join_parts(b, left, right, rest);
    struct plan_node *n = node_new(b, PLAN_JOIN, 2, (struct plan_node *[]){p.left, p.right});
    n->join = (struct plan_join){.type = type, .left_keys = p.left_keys, .right_keys = p.right_keys,
                                 .null_safe = p.null_safe, .residual = p.residual, .build = -1};
    join_cols(b, n, type);
    if (join_is_half(type)) all = left_cols;
    if (n->ncols == all) return n;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, all + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, all + 1);
    for (uint32_t i = 0; i < all; i++) {
        uint32_t at = i < left_cols ? i : i - left_cols + p.left->ncols;
        exprs[i] = expr_column(b->arena, at, n->cols[at].type, (struct span){0});
        cols[i] = n->cols[at];
    }
    return node_calc(b, n, NULL, exprs, cols, all);
}

struct plan_node *node_repeat(struct binder *b, struct plan_node *input, struct expr *times, uint32_t ncols) {
    uint32_t col;
    struct plan_node *below = node_with_columns(b, input, &times, 1, &col);
    struct plan_node *n = node_new(b, PLAN_UNNEST, 1, &below);
    n->unnest.col = col;
    node_add_cols(b, n, below->cols, below->ncols);
    return node_calc(b, n, NULL, node_columns(b, n), n->cols, ncols);
}
