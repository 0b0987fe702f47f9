/* SPDX-License-Identifier: Apache-2.0
 *
 * Forms over times that are no plain calls: the difference (a - b) DAY TO SECOND, and OVERLAPS, which becomes
 * comparisons.
 */
#include "planner/binder.h"

enum status bind_difference(struct binder *b, const struct scope *s, const struct ast_expr *e,
                            struct expr **out) {
    const struct ast_difference *d = ast_as_difference(e);
    struct expr *args[2];
    TRY(bind_expr(b, s, d->left, &args[0]));
    TRY(bind_expr(b, s, d->right, &args[1]));
    for (int i = 0; i < 2; i++) {
        if (type_is_time(args[i]->type) || args[i]->type->kind == TYPE_NULLTYPE) continue;
        return error_at(b->error, ERR_TYPE_MISMATCH, args[i]->span,
                        "the difference in an interval is one of two times, not of %.*s",
                        STR_ARG(bind_type_text(b, args[i]->type)));
    }
    enum ast_unit from = d->range.from;
    bool months = from == AST_UNIT_YEAR || from == AST_UNIT_QUARTER || from == AST_UNIT_MONTH;
    return bind_function(b, months ? STR("MINUS MONTHS") : STR("MINUS TIME"), e->span, args, 2, out);
}

/* ---- OVERLAPS ---- */

static struct expr *choose(struct binder *b, struct expr *when, struct expr *yes, struct expr *no) {
    struct expr **args = ARENA_ARRAY(b->arena, struct expr *, 3);
    args[0] = when, args[1] = yes, args[2] = no;
    struct expr *e = ARENA_NEW(b->arena, struct expr);
    const struct type *t = type_with_null(b->arena, yes->type, yes->type->nullable || no->type->nullable);
    *e = (struct expr){.kind = EXPR_CASE, .type = t, .span = yes->span, .nargs = 3, .args = args};
    return bind_fold(b, e);
}

/* A period as its two bounds in their order; an interval counts from the first. */
static enum status bind_period(struct binder *b, const struct scope *s, const struct ast_expr *e,
                               struct expr **from, struct expr **to) {
    if (e->kind != AST_ROW || ast_as_row(e)->items.count != 2) {
        return error_at(b->error, ERR_INVALID_QUERY, e->span,
                        "OVERLAPS compares two periods, each written (start, end)");
    }
    struct expr *x, *y, *ordered;
    TRY(bind_expr(b, s, ast_as_row(e)->items.items[0], &x));
    TRY(bind_expr(b, s, ast_as_row(e)->items.items[1], &y));
    if (type_is_interval(y->type)) TRY(bind_function(b, STR("+"), y->span, (struct expr *[]){x, y}, 2, &y));
    if (!type_is_time(x->type) || x->type->kind != y->type->kind) {
        return error_at(b->error, ERR_TYPE_MISMATCH, e->span,
                        "a period is two times of one type, or a time and an interval, not %.*s and %.*s",
                        STR_ARG(bind_type_text(b, x->type)), STR_ARG(bind_type_text(b, y->type)));
    }
    const struct type *t = bind_common_type(b->arena, x->type, y->type);
    x = bind_coerce(b, x, t);
    y = bind_coerce(b, y, t);
    TRY(bind_function(b, STR("<="), e->span, (struct expr *[]){x, y}, 2, &ordered));
    *from = choose(b, ordered, x, y);
    *to = choose(b, ordered, y, x);
    return ST_OK;
}

enum status bind_overlaps(struct binder *b, const struct scope *s, const struct ast_binary *n,
                          struct expr **out) {
    struct expr *from[2], *to[2], *x, *y;
    TRY(bind_period(b, s, n->left, &from[0], &to[0]));
    TRY(bind_period(b, s, n->right, &from[1], &to[1]));
    if (from[0]->type->kind != from[1]->type->kind) {
        return error_at(b->error, ERR_TYPE_MISMATCH, n->op_span,
                        "periods of %.*s and of %.*s cannot be compared",
                        STR_ARG(bind_type_text(b, from[0]->type)), STR_ARG(bind_type_text(b, from[1]->type)));
    }
    TRY(bind_function(b, STR(">="), n->head.span, (struct expr *[]){to[0], from[1]}, 2, &x));
    TRY(bind_function(b, STR(">="), n->head.span, (struct expr *[]){to[1], from[0]}, 2, &y));
    *out = bind_fold(b, bind_and(b, x, y));
    return ST_OK;
}
