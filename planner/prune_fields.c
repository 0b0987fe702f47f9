/* SPDX-License-Identifier: Apache-2.0
 *
 * Tells scans which fields of their ROW columns are read, so that formats can skip the others. Only a CALC
 * (or the watermark) takes a field out of a row; whoever else reads the column reads all of it. What is
 * marked here stays an ordinary ROW: a field that is not read may hold NULLs or its values, nobody can tell.
 */
#include "planner/passes.h"

/* Marks what e reads: all[c] = the whole column, fields[c][f] = one field (NULL for columns that are no ROW).
 */
static void mark(const struct expr *e, bool *all, bool *const *fields) {
    if (e->kind == EXPR_COLUMN) all[e->column] = true;
    if (e->kind == EXPR_FIELD && e->args[0]->kind == EXPR_COLUMN && fields[e->args[0]->column]) {
        fields[e->args[0]->column][e->column] = true;
        return;
    }
    for (uint32_t i = 0; i < e->nargs; i++) mark(e->args[i], all, fields);
}

static bool reads_node(const struct plan_node *n, const struct plan_node *in) {
    for (uint32_t i = 0; i < n->ninputs; i++) {
        if (n->inputs[i] == in) return true;
    }
    return false;
}

static void mark_consumers(const struct pass_ctx *p, const struct plan_node *scan, bool *all,
                           bool *const *fields) {
    for (uint32_t i = scan->id + 1; i < p->count; i++) {
        const struct plan_node *n = p->nodes[i];
        if (!reads_node(n, scan)) continue;
        if (n->kind != PLAN_CALC) {
            memset(all, true, scan->ncols);
            return;
        }
        if (n->calc.filter) mark(n->calc.filter, all, fields);
        for (uint32_t k = 0; k < n->ncols; k++) mark(n->calc.exprs[k], all, fields);
    }
}

static void prune_scan(const struct pass_ctx *p, struct plan_node *scan) {
    struct arena *a = p->b->arena;
    bool *all = ARENA_ARRAY(a, bool, scan->ncols + 1), **fields = ARENA_ARRAY(a, bool *, scan->ncols + 1);
    for (uint32_t c = 0; c < scan->ncols; c++) {
        const struct type *t = scan->cols[c].type;
        if (t->kind == TYPE_ROW && !scan->scan.cols[c].metadata)
            fields[c] = ARENA_ARRAY(a, bool, t->nfields + 1);
    }
    if (scan->scan.watermark) mark(scan->scan.watermark, all, fields);
    mark_consumers(p, scan, all, fields);
    for (uint32_t c = 0; c < scan->ncols; c++) scan->scan.cols[c].fields = all[c] ? NULL : fields[c];
}

void plan_prune_fields(struct pass_ctx *p) {
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->nodes[i]->kind == PLAN_SCAN) prune_scan(p, p->nodes[i]);
    }
}
