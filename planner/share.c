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

/* ---- who waits for whom ---- */

/* A join that reads one side first holds back the inputs of the other side until that has ended. An input in
 * such a circle would wait for itself: then it is read once for each place. */
struct waiting {
    struct pass_ctx *p;
    struct plan_node *const *same; /* what nodes so far have become */
    const struct plan_node *n, *first; /* what if n became first? */
    uint32_t *leaf;                    /* by node: its number among the leaves */
    uint32_t nleaves;
    bool *edges; /* [a * nleaves + b]: leaf b waits for leaf a */
};

static bool ends(const struct plan_node *n) {
    if (n->kind == PLAN_SCAN) return n->scan.bounded;
    for (uint32_t i = 0; i < n->ninputs; i++) {
        if (!ends(n->inputs[i])) return false;
    }
    return true;
}

/* Marks the leaves below, as they would be. */
static void mark_leaves(const struct waiting *w, const struct plan_node *n, bool *set) {
    if (n->ninputs == 0) {
        if (n == w->n) n = w->first;
        else if (n->id < w->n->id) n = w->same[n->id];
        set[w->leaf[n->id]] = true;
    }
    for (uint32_t i = 0; i < n->ninputs; i++) mark_leaves(w, n->inputs[i], set);
}

/* The side a join reads first, or -1, when its inputs change or do not: what plan_changes() will say. */
static int side_of(const struct plan_node *n, bool left_changes, bool right_changes) {
    if (ends(n->inputs[1]) && !right_changes) return 1;
    return n->join.type == JOIN_INNER && ends(n->inputs[0]) && !left_changes ? 0 : -1;
}

/* Will the node give more than rows that are added? */
static bool will_change(const struct pass_ctx *p, const struct plan_node *n) {
    bool in[2] = {false, false};
    for (uint32_t i = 0; i < n->ninputs; i++) in[i > 0] |= will_change(p, n->inputs[i]);
    switch (n->kind) {
    case PLAN_GROUP_AGG: return !p->batch;
    case PLAN_DEDUP: return n->dedup.keep_last && !p->batch;
    case PLAN_WINDOW_AGG: return false;
    case PLAN_TEMPORAL_JOIN: return in[0];
    case PLAN_JOIN: return in[0] || in[1] || (n->join.type == JOIN_LEFT && side_of(n, in[0], in[1]) != 1);
    default: return in[0] || in[1];
    }
}

/* The side a join reads first, or -1. */
static int first_side(const struct pass_ctx *p, const struct plan_node *n) {
    if (n->kind == PLAN_TEMPORAL_JOIN) return ends(n->inputs[1]) ? 1 : -1;
    if (n->kind != PLAN_JOIN) return -1;
    return side_of(n, will_change(p, n->inputs[0]), will_change(p, n->inputs[1]));
}

/* The leaves below both sides of a join: one waits for the other. */
static void add_edges(struct waiting *w, const struct plan_node *join, int side) {
    bool *before = ARENA_ARRAY(w->p->b->arena, bool, w->nleaves);
    bool *after = ARENA_ARRAY(w->p->b->arena, bool, w->nleaves);
    mark_leaves(w, join->inputs[side], before);
    mark_leaves(w, join->inputs[1 - side], after);
    for (uint32_t a = 0; a < w->nleaves; a++) {
        for (uint32_t b = 0; before[a] && b < w->nleaves; b++) w->edges[a * w->nleaves + b] |= after[b];
    }
}

/* Can `to` be reached from `from` along edges? */
static bool reaches(const struct waiting *w, uint32_t from, uint32_t to, bool *seen) {
    const bool *row = w->edges + from * w->nleaves;
    if (row[to]) return true;
    seen[from] = true;
    for (uint32_t b = 0; b < w->nleaves; b++) {
        if (row[b] && !seen[b] && reaches(w, b, to, seen)) return true;
    }
    return false;
}

/* May n become one with `first`? Asked for inputs that end; what is above follows. */
static bool may_join_in(struct pass_ctx *p, struct plan_node *const *same, const struct plan_node *n,
                        const struct plan_node *first) {
    if (n->ninputs || (n->kind == PLAN_SCAN && !n->scan.bounded)) return true;
    struct waiting w = {.p = p, .same = same, .n = n, .first = first};
    w.leaf = ARENA_ARRAY(p->b->arena, uint32_t, p->count);
    bool any = false;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->nodes[i]->ninputs == 0) w.leaf[i] = w.nleaves++;
        any |= first_side(p, p->nodes[i]) >= 0;
    }
    if (!any) return true;
    w.edges = ARENA_ARRAY(p->b->arena, bool, (size_t)w.nleaves * w.nleaves);
    for (uint32_t i = 0; i < p->count; i++) {
        int side = first_side(p, p->nodes[i]);
        if (side >= 0) add_edges(&w, p->nodes[i], side);
    }
    return !reaches(&w, w.leaf[first->id], w.leaf[first->id], ARENA_ARRAY(p->b->arena, bool, w.nleaves));
}

void plan_share(struct pass_ctx *p) {
    plan_collect(p);
    struct plan_node **same = ARENA_ARRAY(p->b->arena, struct plan_node *, p->count + 1);
    struct str *texts = ARENA_ARRAY(p->b->arena, struct str, p->count + 1);
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *n = p->nodes[i];
        for (uint32_t j = 0; j < n->ninputs; j++) n->inputs[j] = same[n->inputs[j]->id];
        texts[i] = plan_text(p->b->arena, n, true);
        same[i] = n;
        if (n->kind == PLAN_SINK || plan_is_random(n)) continue;
        for (uint32_t j = 0; j < i; j++) {
            if (same[j] != p->nodes[j] || !str_eq(texts[i], texts[j]) || !same_node(n, p->nodes[j])) continue;
            if (!may_join_in(p, same, n, p->nodes[j])) continue;
            same[i] = p->nodes[j];
            break;
        }
    }
    plan_collect(p);
}
