/* SPDX-License-Identifier: Apache-2.0
 *
 * The last pass: what each node keeps, in words, and what identifies it when a job is restored.
 */
#include <inttypes.h>

#include "base/serial.h"
#include "planner/passes.h"

/* ---- state ---- */

/* How long rows kept by key stay. */
static const char *bound_text(struct pass_ctx *p, const struct plan_node *in, bool final) {
    if (p->ttl_us) {
        struct str s = arena_printf(p->b->arena, "kept %.*s after its last use",
                                    STR_ARG(plan_duration(p->b->arena, p->ttl_us)));
        return s.ptr;
    }
    return final || in->bounded ? "bounded by the input" : "unbounded";
}

static struct str topn_state(struct pass_ctx *p, const struct plan_node *n) {
    const struct plan_topn *t = &n->topn;
    struct arena *a = p->b->arena;
    bool few = !t->input_retracts && t->to < INT64_MAX;
    struct str rows =
        few ? arena_printf(a, "%" PRId64 " row%s", t->to, t->to == 1 ? "" : "s") : STR("all rows");
    if (t->fires >= 0) return arena_printf(a, "%.*s a key of open windows", STR_ARG(rows));
    if (t->keys.count == 0 && few) return rows;
    return arena_printf(a, "%.*s%s, %s", STR_ARG(rows), t->keys.count ? " a key" : "",
                        bound_text(p, n->inputs[0], p->batch));
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
    case PLAN_TOPN: return topn_state(p, n);
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
    struct outbuf s = {0};
    outbuf_printf(&s, "%s %.*s", plan_kind_name(n), STR_ARG(plan_text(a, n, true)));
    for (uint32_t i = 0; i < n->ncols; i++) {
        bool kept = n->kind != PLAN_DEDUP || !n->dedup.read || n->dedup.read[i];
        outbuf_printf(&s, "%s%.*s%s", i ? ", " : " -> ", STR_ARG(type_print(a, n->cols[i].type)),
                      kept ? "" : " unread");
    }
    for (uint32_t i = 0; i < n->ninputs; i++) outbuf_printf(&s, " #%u", n->inputs[i]->id);
    return outbuf_keep(&s, a);
}

struct plan *plan_finish(struct pass_ctx *p) {
    struct arena *a = p->b->arena;
    struct plan *plan = ARENA_NEW(a, struct plan);
    *plan = (struct plan){.count = p->count,
                          .nodes = p->nodes,
                          .parallelism = p->parallelism,
                          .bounded = true,
                          .batch = p->batch};
    plan->fingerprint = (struct str){"", 0};
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *n = p->nodes[i];
        n->state_note = state_of(p, n);
        if (n->fingerprint.len == 0) n->fingerprint = plan_fingerprint(a, n);
        if (n->kind == PLAN_SCAN && !n->scan.bounded) plan->bounded = false;
        plan->fingerprint =
            arena_printf(a, "%.*s%.*s\n", STR_ARG(plan->fingerprint), STR_ARG(n->fingerprint));
    }
    return plan;
}
