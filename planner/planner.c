/* SPDX-License-Identifier: Apache-2.0
 *
 * From statements to a plan: binds each one, then runs the passes of passes.h over all of them together.
 */
#include "planner/planner.h"

#include "planner/passes.h"

struct binder planner_binder(struct planner_ctx *ctx) {
    return (struct binder){.ctx = ctx,
                           .arena = ctx->arena,
                           .error = ctx->error,
                           .tables_read = ARENA_NEW(ctx->arena, uint32_t),
                           .catalog = ctx->catalogs->current_catalog,
                           .database = ctx->catalogs->current_database};
}

static enum planner_mode mode_of(const struct planner_ctx *ctx) {
    struct str s = session_option_str(ctx->session, "execution.runtime-mode");
    if (str_ieq(s, STR("streaming"))) return PLANNER_STREAMING;
    if (str_ieq(s, STR("batch"))) return PLANNER_BATCH;
    if (str_ieq(s, STR("automatic"))) return PLANNER_AUTOMATIC;
    return ctx->mode;
}

static uint32_t parallelism_of(const struct planner_ctx *ctx) {
    int64_t n = session_option_int(ctx->session, "table.exec.resource.default-parallelism");
    if (n < 1) n = session_option_int(ctx->session, "parallelism.default");
    return n < 1 ? 1 : (uint32_t)n;
}

/* ---- statements ---- */

struct roots {
    uint32_t count;
    struct plan_node **nodes;
    struct span *spans;
};

static void add_root(struct binder *b, struct roots *r, struct plan_node *n, struct span span) {
    ARENA_ONE_MORE(b->arena, r->nodes, r->count);
    ARENA_ONE_MORE(b->arena, r->spans, r->count);
    r->nodes[r->count] = n;
    r->spans[r->count++] = span;
}

static enum status add_query(struct binder *b, const struct ast_query_stmt *q, struct roots *r) {
    struct rel rel;
    TRY(bind_query(b, q->query, &rel));
    for (uint32_t i = 0; i < rel.node->ncols; i++) rel.node->cols[i].name = rel.scope.cols[i].name;
    struct plan_node *sink = node_new(b, PLAN_SINK, 1, &rel.node);
    sink->sink.label = STR("SELECT");
    node_add_cols(b, sink, rel.node->cols, rel.node->ncols);
    if (sink->ncols) bind_unique_names(b, &sink->cols[0].name, sizeof sink->cols[0], sink->ncols);
    add_root(b, r, sink, q->head.span);
    return ST_OK;
}

static enum status add_insert(struct binder *b, const struct ast_insert *i, struct roots *r) {
    struct plan_node *sink;
    TRY(bind_insert(b, i, &sink));
    add_root(b, r, sink, i->name.span);
    return ST_OK;
}

static enum status add_statement(struct binder *b, const struct ast_stmt *stmt, struct roots *r) {
    switch (stmt->kind) {
    case AST_QUERY_STMT: return add_query(b, ast_as_query_stmt(stmt), r);
    case AST_INSERT: return add_insert(b, ast_as_insert(stmt), r);
    case AST_STATEMENT_SET: {
        const struct ast_statement_set *s = ast_as_statement_set(stmt);
        for (size_t i = 0; i < s->insert_count; i++) TRY(add_insert(b, s->inserts[i], r));
        return ST_OK;
    }
    default: return bind_unsupported(b, stmt->span, "%s", ast_kind_name(stmt->kind));
    }
}

static enum status check_row_numbers(struct binder *b) {
    for (const struct row_number *n = b->row_numbers; n; n = n->next) {
        if (n->resolved) continue;
        error_at(b->error, ERR_UNSUPPORTED, n->span,
                 "ROW_NUMBER() without WHERE rn <= n around it is not supported yet");
        return error_hint(
            b->error, "write SELECT .. FROM (SELECT .., ROW_NUMBER() OVER (PARTITION BY key ORDER BY x) AS "
                      "rn FROM t) WHERE rn <= n");
    }
    return ST_OK;
}

/* ---- modes ---- */

static bool all_bounded(const struct pass_ctx *p) {
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->nodes[i]->kind == PLAN_SCAN && !p->nodes[i]->scan.bounded) return false;
    }
    return true;
}

static const struct plan_node *unbounded_scan(const struct pass_ctx *p) {
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->nodes[i]->kind == PLAN_SCAN && !p->nodes[i]->scan.bounded) return p->nodes[i];
    }
    return NULL;
}

/* Without batch mode an order is given to inputs that end, by rising rowtime, as Flink does. */
static bool may_sort(const struct plan_node *n) {
    const struct plan_col *first = &n->cols[n->sort.keys[0].col];
    return first->time == TIME_ROWTIME && !n->sort.keys[0].descending;
}

/* In streaming mode ORDER BY .. LIMIT is the first rows as a changelog. */
static void make_topn(struct pass_ctx *p) {
    for (uint32_t i = 0; i < p->count; i++) {
        struct plan_node *n = p->nodes[i];
        if (n->kind != PLAN_SORT || n->sort.limit < 0) continue;
        const struct plan_sort s = n->sort;
        n->kind = PLAN_TOPN;
        n->topn = (struct plan_topn){.norder = s.nkeys, .order = s.keys, .from = s.offset + 1, .fires = -1};
        n->topn.to = s.limit > INT64_MAX - s.offset ? INT64_MAX : s.offset + s.limit;
    }
}

static bool has_bad_sort(const struct pass_ctx *p) {
    bool bounded = all_bounded(p);
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->nodes[i]->kind == PLAN_SORT && !(bounded && may_sort(p->nodes[i]))) return true;
    }
    return false;
}

static enum status set_mode(struct pass_ctx *p, enum planner_mode mode) {
    struct binder *b = p->b;
    const struct plan_node *scan = unbounded_scan(p);
    p->batch = mode == PLANNER_BATCH || (mode == PLANNER_AUTOMATIC && all_bounded(p));
    p->no_watermarks = mode == PLANNER_BATCH;
    if (mode == PLANNER_BATCH && scan) {
        error_at(b->error, ERR_INVALID_QUERY, p->spans[0],
                 "batch mode needs inputs that end, but table '%.*s' does not",
                 STR_ARG(scan->scan.table->name));
        return error_hint(b->error, "SET 'execution.runtime-mode' = 'streaming'");
    }
    if (!p->batch) make_topn(p);
    if (p->batch || !has_bad_sort(p)) return ST_OK;
    error_at(b->error, ERR_UNSUPPORTED, b->order_span,
             "ORDER BY is not supported yet in streaming mode: rows come "
             "without end, so there is no last one to wait for");
    return error_hint(b->error, scan ? "leave it out, or read an input that ends"
                                     : "SET 'execution.runtime-mode' = 'batch', as all inputs end");
}

enum status planner_plan(struct planner_ctx *ctx, const struct ast_stmt *const *stmts, uint32_t count,
                         struct plan **out) {
    struct binder b = planner_binder(ctx);
    struct roots roots = {0};
    for (uint32_t i = 0; i < count; i++) TRY(add_statement(&b, stmts[i], &roots));
    TRY(check_row_numbers(&b));
    struct pass_ctx p = {.b = &b,
                         .nroots = roots.count,
                         .roots = roots.nodes,
                         .spans = roots.spans,
                         .parallelism = parallelism_of(ctx)};
    p.ttl_us = session_option_amount(ctx->session, "table.exec.state.ttl");
    p.ttl_event_time = str_ieq(session_option_str(ctx->session, "weir.state.ttl-clock"), STR("event"));
    p.idle_timeout_us = session_option_amount(ctx->session, "table.exec.source.idle-timeout");
    plan_collect(&p);
    TRY(set_mode(&p, mode_of(ctx)));
    plan_share(&p);
    plan_filter_first(&p);
    plan_known(&p);
    plan_prune(&p);
    TRY(plan_changes(&p));
    plan_spread(&p);
    *out = plan_finish(&p);
    return ST_OK;
}
