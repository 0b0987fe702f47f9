/* SPDX-License-Identifier: Apache-2.0
 *
 * What a filter says about its rows is used in the projection of the same CALC: behind `WHERE kind = 2`, the
 * condition kind = 0 is FALSE and kind = 2 is TRUE, so branches of CASE go away, and with them the columns
 * that only they read. Nexmark's events, three rows in one with a time in each, need this most.
 */
#include "planner/passes.h"

struct known {
    struct arena *arena;
    struct conjuncts facts; /* of the filter; all hold */
};

static bool is_equality(const struct expr *e) {
    return e->kind == EXPR_CALL && e->func->id == FN_EQ && e->args[0]->kind == EXPR_COLUMN &&
           e->args[1]->kind == EXPR_LITERAL && !e->args[1]->value.null && type_is_integer(e->args[1]->type);
}

/* 1: the condition holds, 0: it does not, -1: who knows. */
static int truth(const struct known *k, const struct expr *e) {
    if (!is_equality(e)) return -1;
    for (uint32_t i = 0; i < k->facts.count; i++) {
        const struct expr *fact = k->facts.items[i];
        if (!is_equality(fact) || fact->args[0]->column != e->args[0]->column) continue;
        return fact->args[1]->value.i == e->args[1]->value.i;
    }
    return -1;
}

static struct expr *apply(const struct known *k, struct expr *e);

/* Branches that cannot be taken are dropped; one that is always taken is the end. */
static struct expr *apply_case(const struct known *k, struct expr *e) {
    struct expr **args = ARENA_ARRAY(k->arena, struct expr *, e->nargs);
    uint32_t n = 0, i = 0;
    for (; i + 1 < e->nargs; i += 2) {
        int t = truth(k, e->args[i]);
        if (t == 0) continue;
        if (t == 1) {
            i++;
            break;
        }
        args[n++] = apply(k, e->args[i]);
        args[n++] = apply(k, e->args[i + 1]);
    }
    struct expr *last = apply(k, e->args[i]);
    if (n == 0) return expr_cast(k->arena, last, e->type);
    args[n++] = last;
    struct expr *out = ARENA_NEW(k->arena, struct expr);
    *out = *e;
    out->args = args;
    out->nargs = n;
    return out;
}

static struct expr *apply(const struct known *k, struct expr *e) {
    if (e->kind == EXPR_CASE) return apply_case(k, e);
    if (e->nargs == 0) return e;
    struct expr *out = ARENA_NEW(k->arena, struct expr);
    *out = *e;
    out->args = ARENA_ARRAY(k->arena, struct expr *, e->nargs);
    for (uint32_t i = 0; i < e->nargs; i++) out->args[i] = apply(k, e->args[i]);
    return out;
}

void plan_known(struct pass_ctx *p) {
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *n = p->nodes[i];
        if (n->kind != PLAN_CALC || !n->calc.filter) continue;
        struct known k = {.arena = p->b->arena, .facts = node_conjuncts(p->b, n->calc.filter)};
        for (uint32_t c = 0; c < n->ncols; c++) n->calc.exprs[c] = apply(&k, n->calc.exprs[c]);
    }
}
