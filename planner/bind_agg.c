/* SPDX-License-Identifier: Apache-2.0
 *
 * Aggregate calls: arguments are bound over the input of the SELECT, the call itself becomes column
 * AGG_COLUMN + n, which bind_group.c replaces once the aggregate's place is known.
 */
#include "planner/binder.h"

/* SUM and AVG of DECIMAL have 38 digits; all but COUNT are NULL over no rows. */
static const struct type *agg_type(struct binder *b, const struct func_desc *f, struct expr *const *args,
                                   bool nullable) {
    const struct type *t = args[0] ? args[0]->type : NULL;
    switch (f->id) {
    case FN_SUM:
        if (t->kind == TYPE_DECIMAL) return type_decimal(b->arena, DECIMAL_MAX_PRECISION, t->scale, nullable);
        return type_with_null(b->arena, t, nullable);
    case FN_AVG:
        if (t->kind == TYPE_DECIMAL) {
            return type_decimal(b->arena, DECIMAL_MAX_PRECISION, t->scale < 6 ? 6 : t->scale, nullable);
        }
        return type_with_null(b->arena, t, nullable);
    case FN_MIN:
    case FN_MAX: return type_with_null(b->arena, t, nullable);
    default: return type_simple(TYPE_BIGINT, false);
    }
}

static struct bound_agg *add_agg(struct binder *b, const struct bound_agg *agg, uint32_t *number) {
    struct agg_list *l = b->aggs;
    for (uint32_t i = 0; i < l->count; i++) {
        struct bound_agg *have = &l->items[i];
        bool same = have->func == agg->func && have->nargs == agg->nargs && have->distinct == agg->distinct &&
                    !have->filter == !agg->filter && (!agg->filter || expr_equal(have->filter, agg->filter));
        for (uint32_t a = 0; same && a < agg->nargs; a++) same = expr_equal(have->args[a], agg->args[a]);
        *number = i;
        if (same) return have;
    }
    ARENA_ONE_MORE(b->arena, l->items, l->count);
    l->items[l->count] = *agg;
    *number = l->count;
    return &l->items[l->count++];
}

static enum status bind_agg_args(struct binder *b, const struct scope *s, const struct ast_call *c,
                                 struct bound_agg *agg) {
    struct expr **args = ARENA_ARRAY(b->arena, struct expr *, c->arg_count + 1);
    struct expr **cast = ARENA_ARRAY(b->arena, struct expr *, c->arg_count + 1);
    uint32_t n = 0;
    bool star = c->arg_count == 1 && c->args[0].value->kind == AST_STAR;
    for (size_t i = 0; !star && i < c->arg_count; i++) TRY(bind_expr(b, s, c->args[i].value, &args[n++]));
    struct str name = c->name.parts[c->name.count - 1].text;
    if (n == 0 && !star) {
        return error_at(b->error, ERR_UNKNOWN_FUNCTION, c->head.span, "%.*s needs an argument",
                        STR_ARG(name));
    }
    if (star && !str_ieq(name, STR("COUNT"))) {
        return error_at(b->error, ERR_UNKNOWN_FUNCTION, c->head.span, "%.*s takes no *, only COUNT does",
                        STR_ARG(name));
    }
    const struct type *type;
    agg->func = bind_overload(b, name, args, n, true, cast, &type);
    if (!agg->func) return bind_no_overload(b, name, c->head.span, args, n);
    if (agg->func->id == FN_MIN || agg->func->id == FN_MAX) {
        enum type_kind k = cast[0]->type->kind;
        if (k == TYPE_ARRAY || k == TYPE_MAP || k == TYPE_ROW)
            return bind_no_overload(b, name, c->head.span, args, n);
        agg->distinct = false;
    }
    agg->args = cast;
    agg->nargs = n;
    return ST_OK;
}

enum status bind_aggregate(struct binder *b, const struct scope *s, const struct ast_call *c,
                           struct expr **out) {
    struct str name = c->name.parts[c->name.count - 1].text;
    if (!b->aggs) {
        return error_at(b->error, ERR_INVALID_QUERY, c->head.span, "aggregate %.*s cannot stand in %s",
                        STR_ARG(name), b->place ? b->place : "this place");
    }
    if (b->aggs->inside) {
        return error_at(b->error, ERR_INVALID_QUERY, c->head.span, "aggregates cannot be nested");
    }
    struct bound_agg agg = {.distinct = c->distinct, .span = c->head.span};
    b->aggs->inside = true;
    TRY(bind_agg_args(b, s, c, &agg));
    if (c->filter) TRY(bind_condition(b, s, c->filter, "FILTER", &agg.filter));
    b->aggs->inside = false;
    if (agg.distinct && agg.nargs > 1)
        return bind_unsupported(b, c->head.span, "DISTINCT over several arguments");
    bool nullable = b->aggs->global || agg.filter || (agg.nargs && agg.args[0]->type->nullable);
    agg.type = agg_type(b, agg.func, agg.args, nullable);
    uint32_t number;
    struct bound_agg *have = add_agg(b, &agg, &number);
    *out = expr_column(b->arena, AGG_COLUMN + number, have->type, c->head.span);
    return ST_OK;
}
