/* SPDX-License-Identifier: Apache-2.0
 *
 * Common sub-plans: going up from the scans, a node whose text and inputs equal those of an earlier node is
 * replaced by that one. Sinks stay apart, and so does what is not deterministic.
 */
#include "planner/passes.h"

static void visit(struct pass_ctx *p, struct plan_node *n, uint32_t *capacity) {
    if (n->id != UINT32_MAX) return;
    for (uint32_t i = 0; i < n->ninputs; i++) visit(p, n->inputs[i], capacity);
    if (p->count == *capacity) {
        size_t old = *capacity * sizeof *p->nodes;
        *capacity = *capacity ? *capacity * 2 : 32;
        p->nodes = arena_grow(p->b->arena, p->nodes, old, *capacity * sizeof *p->nodes);
    }
    n->id = p->count;
    p->nodes[p->count++] = n;
}

static void forget(struct plan_node *n) {
    if (n->id == UINT32_MAX) return;
    n->id = UINT32_MAX;
    for (uint32_t i = 0; i < n->ninputs; i++) forget(n->inputs[i]);
}

void plan_collect(struct pass_ctx *p) {
    uint32_t capacity = 0;
    p->count = 0;
    p->nodes = NULL;
    for (uint32_t i = 0; i < p->nroots; i++) forget(p->roots[i]);
    for (uint32_t i = 0; i < p->nroots; i++) visit(p, p->roots[i], &capacity);
}

bool plan_is_random(const struct plan_node *n) {
    if (n->kind != PLAN_CALC) return false;
    if (n->calc.filter && expr_flags(n->calc.filter) & FUNC_RANDOM) return true;
    for (uint32_t i = 0; i < n->ncols; i++) {
        if (expr_flags(n->calc.exprs[i]) & FUNC_RANDOM) return true;
    }
    return false;
}

/* Besides the text: kinds, names and types of columns, options of tables (hints), inputs. */
static bool same_node(const struct plan_node *a, const struct plan_node *b) {
    if (a->kind != b->kind || a->ninputs != b->ninputs || a->ncols != b->ncols) return false;
    if (a->kind == PLAN_SCAN && a->scan.table->options != b->scan.table->options) return false;
    for (uint32_t i = 0; i < a->ncols; i++) {
        if (a->cols[i].type->nullable != b->cols[i].type->nullable ||
            !type_equal(a->cols[i].type, b->cols[i].type) || !str_eq(a->cols[i].name, b->cols[i].name))
            return false;
    }
    for (uint32_t i = 0; i < a->ninputs; i++) {
        if (a->inputs[i] != b->inputs[i]) return false;
    }
    return true;
}

/* The node that takes each node's rows, by id; the plan is a tree still. */
static const struct plan_node **takers(struct pass_ctx *p) {
    const struct plan_node **taker = ARENA_ARRAY(p->b->arena, const struct plan_node *, p->count + 1);
    for (uint32_t i = 0; i < p->count; i++) {
        for (uint32_t k = 0; k < p->nodes[i]->ninputs; k++) taker[p->nodes[i]->inputs[k]->id] = p->nodes[i];
    }
    return taker;
}

static bool is_below(const struct plan_node *const *taker, const struct plan_node *n,
                     const struct plan_node *top) {
    while (n && n != top) n = taker[n->id];
    return n != NULL;
}

/* Are a and b on two sides of a join? It may read one side first, which a node common to both could not
 * serve. */
static bool two_sides(const struct plan_node *const *taker, const struct plan_node *a,
                      const struct plan_node *b) {
    for (const struct plan_node *t = taker[a->id]; t; t = taker[t->id]) {
        if (is_below(taker, b, t)) return t->kind == PLAN_JOIN || t->kind == PLAN_TEMPORAL_JOIN;
    }
    return false;
}

/* May n become one with `first` and all that did so before? Asked for inputs that end; what is above follows.
 */
static bool may_join_in(struct pass_ctx *p, const struct plan_node *const *taker,
                        struct plan_node *const *same, const struct plan_node *n,
                        const struct plan_node *first) {
    if (n->ninputs || (n->kind == PLAN_SCAN && !n->scan.bounded)) return true;
    for (uint32_t i = 0; i < n->id; i++) {
        if (same[i] == first && two_sides(taker, n, p->nodes[i])) return false;
    }
    return true;
}

void plan_share(struct pass_ctx *p) {
    plan_collect(p);
    struct plan_node **same = ARENA_ARRAY(p->b->arena, struct plan_node *, p->count + 1);
    struct str *texts = ARENA_ARRAY(p->b->arena, struct str, p->count + 1);
    const struct plan_node **taker = takers(p);
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *n = p->nodes[i];
        for (uint32_t j = 0; j < n->ninputs; j++) n->inputs[j] = same[n->inputs[j]->id];
        texts[i] = plan_text(p->b->arena, n, true);
        same[i] = n;
        if (n->kind == PLAN_SINK || plan_is_random(n)) continue;
        for (uint32_t j = 0; j < i; j++) {
            if (same[j] != p->nodes[j] || !str_eq(texts[i], texts[j]) || !same_node(n, p->nodes[j])) continue;
            if (!may_join_in(p, taker, same, n, p->nodes[j])) continue;
            same[i] = p->nodes[j];
            break;
        }
    }
    plan_collect(p);
}
