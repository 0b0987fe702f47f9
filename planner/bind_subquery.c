/* SPDX-License-Identifier: Apache-2.0
 *
 * Sub-queries in WHERE. [NOT] IN (query) and [NOT] EXISTS (query) that stand beside AND become semi and anti
 * joins; a scalar sub-query becomes a column of a LEFT join. A query that stands for itself is bound as any
 * other; one that reads columns from outside must be a plain SELECT, whose conditions become those of the
 * join.
 *
 * x NOT IN (..) is true only if no comparison is true or NULL, so that between nullable values it compares
 * all.
 */
#include "planner/node.h"

/* A sub-query beside the rows outside: its own columns follow theirs in `both`. */
struct inner {
    struct rel rel;
    struct scope both;
    const struct ast_expr *item; /* IN: the value, over `both`; NULL: column 0 of rel */
    struct expr *condition;      /* over `both`, or NULL */
};

static bool is_plain(const struct ast_query *q) {
    if (q->kind != AST_SELECT) return false;
    const struct ast_select *s = ast_as_select(q);
    return s->from && !s->has_group_by && !s->having && !s->distinct && !s->qualify && !s->window_count;
}

/* Names of the sub-query hide those outside. */
static struct scope hide_outer(struct binder *b, const struct rel *outer, const struct rel *inner) {
    struct scope s = bind_concat_scopes(b, outer, inner);
    for (uint32_t i = 0; i < outer->scope.count; i++) {
        for (uint32_t k = 0; k < inner->scope.count; k++) {
            const struct scope_col *c = &inner->scope.cols[k];
            if (str_eq(c->name, s.cols[i].name)) s.cols[i].hidden = true;
            if (c->qualifier.len && str_eq(c->qualifier, s.cols[i].qualifier))
                s.cols[i].name = (struct str){"", 0};
        }
    }
    return s;
}

static enum status bind_correlated(struct binder *b, const struct rel *outer, const struct ast_select *s,
                                   struct inner *in) {
    TRY(bind_from(b, s->from, &in->rel));
    if (s->where) TRY(bind_predicates(b, s->where, &in->rel)); /* these read its own columns alone */
    in->both = hide_outer(b, outer, &in->rel);
    if (s->where) TRY(bind_conditions(b, s->where, &in->both, &in->condition));
    struct select_list list = {0}; /* an aggregate would make it another query */
    TRY(bind_select_list(b, &in->both, s, &list));
    in->item = s->item_count == 1 ? s->items[0].expr : NULL;
    return ST_OK;
}

static enum status bind_inner(struct binder *b, const struct rel *outer, const struct ast_query *q,
                              struct inner *in) {
    struct row_number *row_numbers = b->row_numbers;
    struct error *error = b->error, own = {0};
    *in = (struct inner){0};
    b->error = &own;
    enum status st = bind_query(b, q, &in->rel);
    b->error = error;
    if (st == ST_OK) {
        in->both = bind_concat_scopes(b, outer, &in->rel);
        return ST_OK;
    }
    bool outside = own.code == ERR_UNKNOWN_COLUMN || own.code == ERR_UNKNOWN_TABLE;
    if (!outside || !is_plain(q)) {
        *b->error = own;
        if (outside && q->kind == AST_SELECT)
            return error_hint(b->error,
                              "a sub-query can read columns from outside only as a plain SELECT .. WHERE");
        return st;
    }
    b->row_numbers = row_numbers;
    return bind_correlated(b, outer, ast_as_select(q), in);
}

/* ---- IN, EXISTS ---- */

/* x IN (y): the comparison; for NOT IN one that NULLs do not pass. */
static enum status bind_in(struct binder *b, const struct rel *outer, const struct ast_in *i, bool negated,
                           struct inner *in) {
    struct expr *args[2], *eq;
    TRY(bind_expr(b, &outer->scope, i->value, &args[0]));
    if (in->item) {
        TRY(bind_expr(b, &in->both, in->item, &args[1]));
    } else {
        if (in->rel.scope.count != 1)
            return error_at(b->error, ERR_INVALID_QUERY, i->head.span,
                            "the sub-query of IN has %u columns, not one", in->rel.scope.count);
        uint32_t c = in->rel.scope.cols[0].column;
        args[1] = expr_column(b->arena, outer->node->ncols + c, in->rel.node->cols[c].type, i->head.span);
    }
    TRY(bind_function(b, STR("="), i->head.span, args, 2, &eq));
    if (negated && eq->type->nullable)
        eq = expr_call(b->arena, FN_IS_NOT_FALSE, type_simple(TYPE_BOOLEAN, false), &eq, 1, i->head.span);
    in->condition = bind_and(b, in->condition, eq);
    return ST_OK;
}

static const struct ast_expr *strip_not(const struct ast_expr *e, bool *negated) {
    while (e->kind == AST_UNARY && ast_as_unary(e)->op == AST_OP_NOT) {
        e = ast_as_unary(e)->operand;
        *negated = !*negated;
    }
    return e;
}

bool bind_is_predicate(const struct ast_expr *e) {
    bool negated = false;
    e = strip_not(e, &negated);
    return e->kind == AST_EXISTS || (e->kind == AST_IN && ast_as_in(e)->query);
}

enum status bind_predicate(struct binder *b, struct rel *rel, const struct ast_expr *e) {
    bool negated = false;
    struct inner in;
    e = strip_not(e, &negated);
    if (e->kind == AST_EXISTS) {
        TRY(bind_inner(b, rel, ast_as_exists(e)->query, &in));
    } else {
        const struct ast_in *i = ast_as_in(e);
        if (i->negated) negated = !negated;
        TRY(bind_inner(b, rel, i->query, &in));
        TRY(bind_in(b, rel, i, negated, &in));
    }
    rel->node = node_join(b, negated ? JOIN_ANTI : JOIN_SEMI, rel->node, in.rel.node, in.condition);
    rel->scope.types = rel->node->cols;
    return ST_OK;
}

/* ---- scalar sub-queries ---- */

static bool gives_one_row(const struct plan_node *n) {
    while (n->kind == PLAN_CALC && !n->calc.filter) n = n->inputs[0];
    return (n->kind == PLAN_GROUP_AGG && n->group_agg.keys.count == 0) ||
           (n->kind == PLAN_VALUES && n->values.nrows == 1);
}

enum status bind_scalar(struct binder *b, const struct ast_subquery *q, struct expr **out) {
    struct rel *outer = b->scalars, sub;
    if (!outer) return bind_unsupported(b, q->head.span, "a scalar sub-query outside of WHERE");
    b->scalars = NULL;
    TRY(bind_query(b, q->query, &sub));
    b->scalars = outer;
    if (sub.scope.count != 1) {
        return error_at(b->error, ERR_INVALID_QUERY, q->head.span,
                        "a scalar sub-query has %u columns, not one", sub.scope.count);
    }
    if (!gives_one_row(sub.node)) {
        (void)bind_unsupported(b, q->head.span, "a scalar sub-query that may give several rows");
        return error_hint(b->error, "use an aggregate without GROUP BY: (SELECT MAX(x) FROM t)");
    }
    uint32_t at = outer->node->ncols + sub.scope.cols[0].column;
    outer->node = node_join(b, JOIN_LEFT, outer->node, sub.node, NULL);
    outer->scope.types = outer->node->cols;
    *out = expr_column(b->arena, at, outer->node->cols[at].type, q->head.span);
    return ST_OK;
}
