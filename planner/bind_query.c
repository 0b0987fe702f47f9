/* SPDX-License-Identifier: Apache-2.0
 *
 * Queries around and beside SELECT: WITH, ORDER BY, LIMIT, set operations, VALUES, TABLE.
 */
#include "planner/node.h"
#include "sql/print.h"

/* ---- VALUES ---- */

static enum status values_types(struct binder *b, const struct ast_values *v, struct plan_node *n) {
    uint32_t ncols = (uint32_t)v->rows[0].count;
    for (uint32_t c = 0; c < ncols; c++) {
        const struct type *t = NULL;
        for (uint32_t r = 0; r < n->values.nrows; r++) {
            const struct type *have = n->values.rows[r][c]->type;
            t = t ? bind_common_type(b->arena, t, have) : have;
            if (!t) {
                return error_at(b->error, ERR_TYPE_MISMATCH, n->values.rows[r][c]->span,
                                "the values of column %u have no common type", c + 1);
            }
        }
        if (t->kind == TYPE_NULLTYPE) t = type_simple(TYPE_INT, true);
        for (uint32_t r = 0; r < n->values.nrows; r++) {
            n->values.rows[r][c] = bind_coerce(b, n->values.rows[r][c], t);
        }
        node_add_cols(b, n, &(struct plan_col){.name = arena_printf(b->arena, "EXPR$%u", c), .type = t}, 1);
    }
    return ST_OK;
}

static enum status bind_values(struct binder *b, const struct ast_values *v, struct rel *out) {
    struct plan_node *n = node_new(b, PLAN_VALUES, 0, NULL);
    struct scope none = {0};
    n->values.nrows = (uint32_t)v->row_count;
    n->values.rows = ARENA_ARRAY(b->arena, struct expr **, v->row_count + 1);
    b->place = "VALUES";
    for (size_t r = 0; r < v->row_count; r++) {
        const struct ast_exprs *row = &v->rows[r];
        if (row->count != v->rows[0].count) {
            return error_at(b->error, ERR_INVALID_QUERY, row->count ? row->items[0]->span : v->head.span,
                            "row %zu of VALUES has %zu column%s, the first has %zu", r + 1, row->count,
                            row->count == 1 ? "" : "s", v->rows[0].count);
        }
        n->values.rows[r] = ARENA_ARRAY(b->arena, struct expr *, row->count + 1);
        for (size_t c = 0; c < row->count; c++)
            TRY(bind_expr(b, &none, row->items[c], &n->values.rows[r][c]));
    }
    TRY(values_types(b, v, n));
    out->node = n;
    out->scope = bind_scope_of(b, n, (struct str){0});
    return ST_OK;
}

/* ---- set operations ---- */

static enum status union_type(struct binder *b, const struct ast_set_op *s, const struct rel *l,
                              const struct rel *r, uint32_t i, struct plan_col *out) {
    const struct plan_col *x = &l->node->cols[i], *y = &r->node->cols[i];
    *out = (struct plan_col){.name = x->name, .type = bind_common_type(b->arena, x->type, y->type)};
    if (x->time == y->time && x->type->kind == y->type->kind) out->time = x->time;
    if (out->type) return ST_OK;
    return error_at(b->error, ERR_TYPE_MISMATCH, s->op_span,
                    "column %u has no common type: '%.*s' is %.*s, '%.*s' is %.*s", i + 1,
                    STR_ARG(x->name), STR_ARG(bind_type_text(b, x->type)), STR_ARG(y->name),
                    STR_ARG(bind_type_text(b, y->type)));
}

static struct plan_node *union_input(struct binder *b, struct plan_node *input, const struct plan_col *cols) {
    struct expr **exprs = node_columns(b, input);
    struct plan_col *out = ARENA_ARRAY(b->arena, struct plan_col, input->ncols + 1);
    for (uint32_t i = 0; i < input->ncols; i++) {
        exprs[i] = bind_coerce(b, exprs[i], cols[i].type);
        out[i] = cols[i];
        out[i].type = exprs[i]->type;
    }
    return node_calc(b, input, NULL, exprs, out, input->ncols);
}

static struct plan_node *distinct_rows(struct binder *b, struct plan_node *input) {
    struct plan_node *d = node_new(b, PLAN_GROUP_AGG, 1, &input);
    d->group_agg.keys = (struct cols){input->ncols, ARENA_ARRAY(b->arena, uint32_t, input->ncols + 1)};
    for (uint32_t i = 0; i < input->ncols; i++) d->group_agg.keys.items[i] = i;
    node_add_cols(b, d, input->cols, input->ncols);
    for (uint32_t i = 0; i < d->ncols; i++) {
        d->cols[i].time = TIME_NONE;
        d->cols[i].note = NULL;
    }
    return d;
}

/* INTERSECT and EXCEPT: rows of the left side that the right one has, or has not; NULLs are equal here. */
static struct plan_node *matched_rows(struct binder *b, enum ast_set_kind op,
                                      struct plan_node *const inputs[2]) {
    struct plan_node *left = distinct_rows(b, inputs[0]), *right = inputs[1];
    struct expr *all = NULL;
    for (uint32_t i = 0; i < left->ncols; i++) {
        struct expr *args[2] = {
            expr_column(b->arena, i, left->cols[i].type, (struct span){0}),
            expr_column(b->arena, left->ncols + i, right->cols[i].type, (struct span){0})};
        const struct type *t = type_simple(TYPE_BOOLEAN, false);
        all = bind_and(b, all, expr_call(b->arena, FN_IS_NOT_DISTINCT, t, args, 2, (struct span){0}));
    }
    return node_join(b, op == AST_SET_EXCEPT ? JOIN_ANTI : JOIN_SEMI, left, right, all);
}

static struct expr *bigint(struct binder *b, int64_t v) {
    return expr_literal(b->arena, type_simple(TYPE_BIGINT, false), (struct value){.i = v}, (struct span){0});
}

/* The rows with two columns more: 1 and 0 for the left side, 0 and 1 for the right one. */
static struct plan_node *with_sides(struct binder *b, struct plan_node *input, const struct plan_col *cols,
                                    int side) {
    uint32_t n = input->ncols;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, n + 2);
    struct plan_col *out = ARENA_ARRAY(b->arena, struct plan_col, n + 2);
    memcpy(exprs, node_columns(b, input), n * sizeof *exprs);
    memcpy(out, cols, n * sizeof *out);
    for (uint32_t i = 0; i < 2; i++) {
        exprs[n + i] = bigint(b, side == (int)i);
        out[n + i] = (struct plan_col){.name = i ? STR("$right") : STR("$left"), .type = exprs[n + i]->type};
    }
    return node_calc(b, input, NULL, exprs, out, n + 2);
}

/* INTERSECT ALL and EXCEPT ALL: each row as often as it is in both, or oftener in the left one. */
static struct plan_node *matched_counts(struct binder *b, enum ast_set_kind op,
                                        struct plan_node *const inputs[2], const struct plan_col *cols) {
    uint32_t n = inputs[0]->ncols;
    struct plan_node *sides[2] = {with_sides(b, inputs[0], cols, 0), with_sides(b, inputs[1], cols, 1)};
    struct plan_node *all = node_new(b, PLAN_UNION, 2, sides);
    node_add_cols(b, all, cols, n);
    node_add_cols(b, all, sides[0]->cols + n, 2);
    struct plan_node *g = node_new(b, PLAN_GROUP_AGG, 1, &all);
    g->group_agg.keys = (struct cols){n, ARENA_ARRAY(b->arena, uint32_t, n + 1)};
    for (uint32_t i = 0; i < n; i++) g->group_agg.keys.items[i] = i;
    g->group_agg.naggs = 2;
    g->group_agg.aggs = ARENA_ARRAY(b->arena, struct agg_call, 2);
    node_add_cols(b, g, cols, n);
    struct expr *count[2];
    for (uint32_t i = 0; i < 2; i++) {
        struct agg_call *c = &g->group_agg.aggs[i];
        *c = (struct agg_call){
            .func = func_desc(FN_SUM), .type = type_simple(TYPE_BIGINT, true), .filter = -1};
        c->args = (struct cols){1, ARENA_NEW(b->arena, uint32_t)};
        c->args.items[0] = n + i;
        node_add_cols(b, g, &(struct plan_col){.name = all->cols[n + i].name, .type = c->type}, 1);
        count[i] = expr_column(b->arena, n + i, c->type, (struct span){0});
    }
    for (uint32_t i = 0; i < n; i++) g->cols[i].time = TIME_NONE;
    enum func_id f = op == AST_SET_EXCEPT ? FN_SUB : FN_LEAST;
    struct expr *times = expr_call(b->arena, f, count[0]->type, count, 2, (struct span){0});
    return node_repeat(b, g, times, n);
}

static enum status bind_set_op(struct binder *b, const struct ast_set_op *s, struct rel *out) {
    struct rel l, r;
    TRY(bind_query(b, s->left, &l));
    TRY(bind_query(b, s->right, &r));
    if (l.node->ncols != r.node->ncols) {
        return error_at(b->error, ERR_INVALID_QUERY, s->op_span, "the two sides have %u and %u columns",
                        l.node->ncols, r.node->ncols);
    }
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, l.node->ncols + 1);
    for (uint32_t i = 0; i < l.node->ncols; i++) TRY(union_type(b, s, &l, &r, i, &cols[i]));
    struct plan_node *inputs[2] = {union_input(b, l.node, cols), union_input(b, r.node, cols)};
    struct plan_node *n = NULL;
    if (s->op == AST_SET_UNION) {
        n = node_new(b, PLAN_UNION, 2, inputs);
        node_add_cols(b, n, cols, l.node->ncols);
        if (!s->all) n = distinct_rows(b, n);
    } else if (s->all) {
        n = matched_counts(b, s->op, inputs, cols);
    } else {
        n = matched_rows(b, s->op, inputs);
    }
    out->node = n;
    out->scope = bind_scope_of(b, n, (struct str){0});
    return ST_OK;
}

/* ---- ORDER BY, LIMIT ---- */

static const struct ast_select *select_of(const struct ast_query *q) {
    return q->kind == AST_SELECT ? ast_as_select(q) : NULL;
}

/* The output column that an ORDER BY expression repeats word by word; -1 = none. */
static int64_t repeated_item(struct binder *b, const struct ast_query *body, const struct ast_expr *e) {
    const struct ast_select *s = select_of(body);
    if (!s) return -1;
    struct str text = sql_print_expr(b->arena, e);
    for (size_t i = 0; i < s->item_count; i++) {
        if (s->items[i].expr->kind == AST_STAR) return -1;
        if (str_eq(text, sql_print_expr(b->arena, s->items[i].expr))) return (int64_t)i;
    }
    return -1;
}

/* Over the output of the query: a position, an expression of the list repeated, or any over its columns. */
static enum status bind_order_key(struct binder *b, const struct ast_query *body, const struct rel *rel,
                                  const struct ast_expr *key, struct expr **out) {
    if (key->kind == AST_LITERAL && ast_as_literal(key)->literal == AST_LIT_EXACT) {
        TRY(bind_expr(b, &rel->scope, key, out));
        int64_t at = (*out)->value.i;
        if ((*out)->type->kind != TYPE_INT || at < 1 || at > rel->scope.count) {
            return error_at(b->error, ERR_INVALID_QUERY, key->span, "ORDER BY names a column from 1 to %u",
                            rel->scope.count);
        }
        *out = expr_column(b->arena, (uint32_t)at - 1, rel->node->cols[at - 1].type, key->span);
        return ST_OK;
    }
    int64_t at = repeated_item(b, body, key);
    if (at >= 0) {
        *out = expr_column(b->arena, (uint32_t)at, rel->node->cols[at].type, key->span);
        return ST_OK;
    }
    b->place = "ORDER BY";
    return bind_expr(b, &rel->scope, key, out);
}

/* Keys that are no output columns become hidden columns of the SELECT, behind the others: the body is bound
 * once to see which keys these are, and again with them. hidden[i] is the column of key i, or 0. */
static enum status bind_body_with_keys(struct binder *b, const struct ast_ordered *q, struct rel *out,
                                       uint32_t *hidden) {
    struct row_number *row_numbers = b->row_numbers;
    TRY(bind_query(b, q->body, out));
    const struct ast_select *s = select_of(q->body);
    if (!s || s->distinct) return ST_OK;
    struct ast_select with = *s;
    with.items = ARENA_ARRAY(b->arena, struct ast_select_item, s->item_count + q->order_by.count);
    memcpy(with.items, s->items, s->item_count * sizeof *s->items);
    uint32_t width = out->scope.count, added = 0;
    for (size_t i = 0; i < q->order_by.count; i++) {
        struct error ignored = {0};
        struct binder probe = *b;
        struct expr *e;
        probe.error = &ignored;
        if (bind_order_key(&probe, q->body, out, q->order_by.items[i].expr, &e) == ST_OK) continue;
        if (ignored.code != ERR_UNKNOWN_COLUMN && ignored.code != ERR_INVALID_QUERY) continue;
        struct ast_select_item *item = &with.items[with.item_count++];
        *item = (struct ast_select_item){.expr = q->order_by.items[i].expr};
        item->alias.text = arena_printf(b->arena, "$order%zu", i);
        hidden[i] = width + added++;
    }
    if (!added) return ST_OK;
    b->row_numbers = row_numbers;
    TRY(bind_query(b, &with.head, out));
    out->scope.count = width;
    return ST_OK;
}

static enum status bind_order(struct binder *b, const struct ast_ordered *q, struct rel *rel,
                              const uint32_t *hidden) {
    uint32_t n = (uint32_t)q->order_by.count, width = rel->scope.count;
    struct expr **keys = ARENA_ARRAY(b->arena, struct expr *, n + 1);
    uint32_t *cols = ARENA_ARRAY(b->arena, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        const struct ast_expr *key = q->order_by.items[i].expr;
        if (hidden[i]) keys[i] = expr_column(b->arena, hidden[i], rel->node->cols[hidden[i]].type, key->span);
        else TRY(bind_order_key(b, q->body, rel, key, &keys[i]));
        enum type_kind k = keys[i]->type->kind;
        if (k == TYPE_ARRAY || k == TYPE_MAP || k == TYPE_ROW) {
            return error_at(b->error, ERR_TYPE_MISMATCH, key->span, "values of type %.*s have no order",
                            STR_ARG(bind_type_text(b, keys[i]->type)));
        }
    }
    struct plan_node *below = node_with_columns(b, rel->node, keys, n, cols);
    struct plan_node *s = node_new(b, PLAN_SORT, 1, &below);
    s->sort =
        (struct plan_sort){.nkeys = n, .keys = ARENA_ARRAY(b->arena, struct sort_key, n + 1), .limit = -1};
    for (uint32_t i = 0; i < n; i++) {
        const struct ast_order *o = &q->order_by.items[i];
        /* NULLs are the least values, unless it is said otherwise. */
        bool first = o->nulls ? o->nulls < 0 : !o->desc;
        s->sort.keys[i] = (struct sort_key){cols[i], o->desc, first};
    }
    node_add_cols(b, s, below->cols, below->ncols);
    if (!b->order_span.len) b->order_span = q->order_by.items[0].expr->span;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, width + 1);
    for (uint32_t i = 0; i < width; i++)
        exprs[i] = expr_column(b->arena, i, s->cols[i].type, (struct span){0});
    rel->node = node_calc(b, s, NULL, exprs, s->cols, width);
    rel->scope.types = rel->node->cols;
    return ST_OK;
}

static enum status bind_count(struct binder *b, const struct ast_expr *ast, const char *what, int64_t *out) {
    if (!ast) return ST_OK;
    struct scope none = {0};
    struct expr *e;
    TRY(bind_expr(b, &none, ast, &e));
    if (e->kind != EXPR_LITERAL || !type_is_integer(e->type) || e->value.null || e->value.i < 0) {
        return error_at(b->error, ERR_INVALID_QUERY, ast->span, "%s must be a whole number from 0 up", what);
    }
    *out = e->value.i;
    return ST_OK;
}

/* The SORT a limit can be put into: right below, or below a projection. */
static struct plan_node *sort_below(struct plan_node *n) {
    if (n->kind == PLAN_CALC && !n->calc.filter) n = n->inputs[0];
    return n->kind == PLAN_SORT && n->sort.limit < 0 ? n : NULL;
}

static enum status bind_limit(struct binder *b, const struct ast_ordered *q, struct rel *rel) {
    int64_t offset = 0, limit = -1;
    TRY(bind_count(b, q->offset, "OFFSET", &offset));
    TRY(bind_count(b, q->limit, "LIMIT", &limit));
    if (offset == 0 && limit < 0) return ST_OK;
    if (limit > INT64_MAX - offset) limit = INT64_MAX - offset; /* so that their sum is a number */
    struct plan_node *sort = q->order_by.count ? sort_below(rel->node) : NULL;
    if (sort) {
        sort->sort.offset = offset;
        sort->sort.limit = limit;
        return ST_OK;
    }
    struct plan_node *n = node_new(b, PLAN_LIMIT, 1, &rel->node);
    n->limit = (struct plan_limit){offset, limit};
    node_add_cols(b, n, rel->node->cols, rel->node->ncols);
    rel->node = n;
    rel->scope.types = n->cols;
    return ST_OK;
}

static enum status bind_ordered(struct binder *b, const struct ast_ordered *q, struct rel *out) {
    const struct cte *outer = b->ctes;
    for (size_t i = 0; i < q->with_count; i++) {
        struct cte *c = ARENA_NEW(b->arena, struct cte);
        *c = (struct cte){.outer = b->ctes, .with = &q->with[i]};
        b->ctes = c;
    }
    uint32_t *hidden = ARENA_ARRAY(b->arena, uint32_t, q->order_by.count + 1);
    TRY(bind_body_with_keys(b, q, out, hidden));
    if (q->order_by.count) TRY(bind_order(b, q, out, hidden));
    TRY(bind_limit(b, q, out));
    b->ctes = outer;
    return ST_OK;
}

static enum status bind_table_query(struct binder *b, const struct ast_table_query *t, struct rel *out) {
    return bind_table(b, &t->name, NULL, out);
}

enum status bind_query(struct binder *b, const struct ast_query *q, struct rel *out) {
    if (++b->depth > BIND_MAX_DEPTH)
        return error_at(b->error, ERR_LIMIT, q->span, "the query is nested too deeply");
    struct agg_list *aggs = b->aggs;
    b->aggs = NULL;
    enum status st = ST_ERROR;
    switch (q->kind) {
    case AST_SELECT: st = bind_select(b, ast_as_select(q), out); break;
    case AST_SET_OP: st = bind_set_op(b, ast_as_set_op(q), out); break;
    case AST_VALUES: st = bind_values(b, ast_as_values(q), out); break;
    case AST_TABLE_QUERY: st = bind_table_query(b, ast_as_table_query(q), out); break;
    case AST_ORDERED: st = bind_ordered(b, ast_as_ordered(q), out); break;
    default: break;
    }
    b->aggs = aggs;
    b->depth--;
    return st;
}
