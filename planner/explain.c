/* SPDX-License-Identifier: Apache-2.0
 *
 * EXPLAIN: the plan as a tree, sinks first, two blanks a level, one line a node:
 *   KIND what it does  {changes; key; time; state}
 * A node with several consumers is printed once, with a number; later it is only named by it.
 */
#include "base/text.h"
#include "planner/passes.h"

struct explain {
    struct arena *a;
    struct text out;
    uint32_t *consumers; /* by node id */
    bool *done;          /* by node id */
    struct str (*suffix)(void *arg, const struct plan_node *n);
    void *arg;
};

static struct str properties(struct arena *a, const struct plan_node *n) {
    static const char *const changes[] = {"append", "upsert", "retract"};
    struct text list = {.arena = a};
    text_printf(&list, "%s", changes[n->changelog]);
    for (uint32_t i = 0; i < n->upsert_key.count; i++) {
        text_printf(&list, "%s%.*s", i ? ", " : "; key ", STR_ARG(n->cols[n->upsert_key.items[i]].name));
    }
    for (uint32_t i = 0; i < n->ncols; i++) {
        if (n->cols[i].time == TIME_NONE) continue;
        text_printf(&list, "; %s %.*s", n->cols[i].time == TIME_ROWTIME ? "rowtime" : "proctime",
                    STR_ARG(n->cols[i].name));
    }
    if (n->kind == PLAN_SCAN) text_printf(&list, n->scan.bounded ? "; bounded" : "; unbounded input");
    if (n->state_note.len) text_printf(&list, "; state %.*s", STR_ARG(n->state_note));
    return text_str(&list);
}

static void print_node(struct explain *x, const struct plan_node *n, unsigned depth) {
    bool shared = x->consumers[n->id] > 1;
    struct str label = shared ? arena_printf(x->a, " #%u", n->id) : STR("");
    if (x->done[n->id]) {
        text_printf(&x->out, "%*s%s%.*s, as above\n", (int)depth * 2, "", plan_kind_name(n), STR_ARG(label));
        return;
    }
    x->done[n->id] = true;
    struct str text = plan_text(x->a, n, false), props = properties(x->a, n);
    struct str more = x->suffix ? x->suffix(x->arg, n) : STR("");
    text_printf(&x->out, "%*s%s%.*s%s%.*s {%.*s}%s%.*s\n", (int)depth * 2, "", plan_kind_name(n),
                STR_ARG(label), text.len ? " " : "", STR_ARG(text), STR_ARG(props), more.len ? " " : "",
                STR_ARG(more));
    for (uint32_t i = 0; i < n->ninputs; i++) print_node(x, n->inputs[i], depth + 1);
}

struct str planner_explain(struct arena *a, const struct plan *plan,
                           struct str (*suffix)(void *arg, const struct plan_node *node), void *arg) {
    struct explain x = {.a = a, .out = {.arena = a}, .suffix = suffix, .arg = arg};
    x.consumers = ARENA_ARRAY(a, uint32_t, plan->count + 1);
    x.done = ARENA_ARRAY(a, bool, plan->count + 1);
    for (uint32_t i = 0; i < plan->count; i++) {
        for (uint32_t j = 0; j < plan->nodes[i]->ninputs; j++) x.consumers[plan->nodes[i]->inputs[j]->id]++;
    }
    text_printf(&x.out, "%s, parallelism %u\n", plan->batch ? "final rows" : "changes as they come",
                         plan->parallelism);
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->nodes[i]->kind == PLAN_SINK) print_node(&x, plan->nodes[i], 0);
    }
    return text_str(&x.out);
}
