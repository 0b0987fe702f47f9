/* SPDX-License-Identifier: Apache-2.0
 *
 * Expressions: names resolved, every node typed, implicit casts made explicit. One function a kind of syntax
 * node, found by table; calls are in bind_call.c, names in bind_column.c.
 */
#include "planner/binder.h"

typedef enum status (*bind_fn)(struct binder *b, const struct scope *s, const struct ast_expr *e,
                               struct expr **out);

struct expr *bind_fold(struct binder *b, struct expr *e) {
    const struct planner_ctx *ctx = b->ctx;
    enum type_kind k = e->type->kind;
    if (!ctx->fold || e->kind == EXPR_LITERAL || k == TYPE_ARRAY || k == TYPE_MAP || k == TYPE_ROW) return e;
    if (!expr_is_constant(e)) return e;
    struct error ignored = {0};
    struct expr *folded = NULL;
    if (ctx->fold(ctx->fold_arg, b->arena, e, &folded, &ignored) != ST_OK || !folded) return e;
    const struct type *t = e->type;
    if (folded->value.null) t = type_with_null(b->arena, t, true);
    else if (e->kind == EXPR_CALL && e->func->id == FN_NULLIF) t = e->args[0]->type;
    return expr_literal(b->arena, t, folded->value, e->span);
}

struct expr *bind_and(struct binder *b, struct expr *x, struct expr *y) {
    if (!x || !y) return x ? x : y;
    const struct type *t = type_simple(TYPE_BOOLEAN, x->type->nullable || y->type->nullable);
    return expr_call(b->arena, FN_AND, t, (struct expr *[]){x, y}, 2, x->span);
}

static struct expr *bind_or(struct binder *b, struct expr *x, struct expr *y, struct span span) {
    const struct type *t = type_simple(TYPE_BOOLEAN, x->type->nullable || y->type->nullable);
    return bind_fold(b, expr_call(b->arena, FN_OR, t, (struct expr *[]){x, y}, 2, span));
}

static struct expr *negate(struct binder *b, struct expr *e, struct span span) {
    const struct type *t = type_simple(TYPE_BOOLEAN, e->type->nullable);
    return bind_fold(b, expr_call(b->arena, FN_NOT, t, &e, 1, span));
}

static enum status to_boolean(struct binder *b, struct expr **e, const char *place) {
    if ((*e)->type->kind == TYPE_NULLTYPE) *e = bind_coerce(b, *e, type_simple(TYPE_BOOLEAN, true));
    if ((*e)->type->kind == TYPE_BOOLEAN) return ST_OK;
    return error_at(b->error, ERR_TYPE_MISMATCH, (*e)->span, "%s needs a BOOLEAN, but this is %.*s", place,
                    STR_ARG(bind_type_text(b, (*e)->type)));
}

enum status bind_condition(struct binder *b, const struct scope *s, const struct ast_expr *ast,
                           const char *place, struct expr **out) {
    const char *outer = b->place;
    b->place = place;
    TRY(bind_expr(b, s, ast, out));
    b->place = outer;
    return to_boolean(b, out, place);
}

/* ---- kinds ---- */

static enum status expr_of_literal(struct binder *b, const struct scope *s UNUSED, const struct ast_expr *e,
                                   struct expr **out) {
    return bind_literal(b, ast_as_literal(e), out);
}
static enum status expr_of_param(struct binder *b, const struct scope *s UNUSED, const struct ast_expr *e,
                                 struct expr **out) {
    uint32_t i = (uint32_t)ast_as_param(e)->idx;
    if (i >= b->ctx->nparams) {
        error_at(b->error, ERR_INVALID_QUERY, e->span, "this ? has no value");
        return error_hint(b->error, "a program gives it one, in a statement that it has prepared");
    }
    const struct planner_param *p = &b->ctx->params[i];
    *out = expr_literal(b->arena, p->type, p->value, e->span);
    return ST_OK;
}
static enum status expr_of_interval(struct binder *b, const struct scope *s UNUSED, const struct ast_expr *e,
                                    struct expr **out) {
    return bind_interval(b, ast_as_interval(e), out);
}
static enum status expr_of_column(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                  struct expr **out) {
    return bind_column_ref(b, s, &ast_as_column_ref(e)->name, out);
}
static enum status expr_of_call(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                struct expr **out) {
    return bind_call(b, s, ast_as_call(e), out);
}

static enum status expr_of_field(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                 struct expr **out) {
    const struct ast_field *f = ast_as_field(e);
    struct expr *object;
    TRY(bind_expr(b, s, f->object, &object));
    return bind_field(b, object, f->field.text, f->field.span, out);
}

static enum status expr_of_index(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                 struct expr **out) {
    const struct ast_index *i = ast_as_index(e);
    struct expr *args[2];
    TRY(bind_expr(b, s, i->object, &args[0]));
    TRY(bind_expr(b, s, i->index, &args[1]));
    const struct type *t = args[0]->type;
    if (t->kind == TYPE_MAP) {
        const struct type *key = t->fields[0].type;
        if (!bind_common_type(b->arena, key, args[1]->type)) {
            return error_at(b->error, ERR_TYPE_MISMATCH, i->index->span,
                            "the keys of this MAP are %.*s, not %.*s", STR_ARG(bind_type_text(b, key)),
                            STR_ARG(bind_type_text(b, args[1]->type)));
        }
        args[1] = bind_coerce(b, args[1], key);
    } else if (t->kind != TYPE_ARRAY) {
        return error_at(b->error, ERR_TYPE_MISMATCH, e->span, "a value of type %.*s has no elements",
                        STR_ARG(bind_type_text(b, t)));
    } else if (!type_is_integer(args[1]->type)) {
        return error_at(b->error, ERR_TYPE_MISMATCH, i->index->span,
                        "the elements of an ARRAY are counted by integers, not %.*s",
                        STR_ARG(bind_type_text(b, args[1]->type)));
    }
    return bind_function(b, STR("[]"), e->span, args, 2, out);
}

static enum status expr_of_unary(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                 struct expr **out) {
    const struct ast_unary *u = ast_as_unary(e);
    if (u->op == AST_OP_NEG && (*out = bind_negated_literal(b, u->operand, e->span))) return ST_OK;
    struct expr *arg;
    TRY(bind_expr(b, s, u->operand, &arg));
    if (u->op == AST_OP_NOT) {
        TRY(to_boolean(b, &arg, "NOT"));
        *out = negate(b, arg, e->span);
        return ST_OK;
    }
    return bind_function(b, u->op == AST_OP_NEG ? STR("-") : STR("+"), e->span, &arg, 1, out);
}

static bool is_comparison(enum ast_op op) {
    return (op >= AST_OP_EQ && op <= AST_OP_GE) || op == AST_OP_DISTINCT || op == AST_OP_NOT_DISTINCT;
}

/* A string compared with a time is read as that time; with a number only by < and its like. */
static enum status coerce_comparison(struct binder *b, const struct ast_binary *n, struct expr **args) {
    const struct type *x = args[0]->type, *y = args[1]->type;
    bool mixed = type_is_string(x) != type_is_string(y);
    if (mixed && x->kind != TYPE_NULLTYPE && y->kind != TYPE_NULLTYPE) {
        int text = type_is_string(x) ? 0 : 1;
        const struct type *other = args[1 - text]->type;
        bool number = type_is_numeric(other);
        bool equality = n->op == AST_OP_EQ || n->op == AST_OP_NE;
        if (type_is_time(other) || other->kind == TYPE_BOOLEAN || (number && !equality)) {
            const struct type *to =
                number ? bind_common_type(b->arena, other, type_decimal(b->arena, 38, 18, true)) : other;
            args[text] = bind_coerce(b, args[text], to);
            return ST_OK;
        }
    }
    if ((x->kind == TYPE_DATE && type_is_timestamp(y)) || (y->kind == TYPE_DATE && type_is_timestamp(x)))
        mixed = true;
    if (!mixed || x->kind == TYPE_NULLTYPE || y->kind == TYPE_NULLTYPE) return ST_OK;
    error_at(b->error, ERR_TYPE_MISMATCH, n->head.span, "%.*s and %.*s cannot be compared",
             STR_ARG(bind_type_text(b, x)), STR_ARG(bind_type_text(b, y)));
    return error_hint(b->error, "use CAST on one side");
}

static enum status expr_of_binary(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                  struct expr **out) {
    const struct ast_binary *n = ast_as_binary(e);
    if (n->op == AST_OP_OVERLAPS) return bind_overlaps(b, s, n, out);
    struct expr *args[2];
    TRY(bind_expr(b, s, n->left, &args[0]));
    TRY(bind_expr(b, s, n->right, &args[1]));
    if (n->op == AST_OP_AND || n->op == AST_OP_OR) {
        const char *word = ast_op_name(n->op);
        TRY(to_boolean(b, &args[0], word));
        TRY(to_boolean(b, &args[1], word));
        const struct type *t = type_simple(TYPE_BOOLEAN, args[0]->type->nullable || args[1]->type->nullable);
        *out = bind_fold(b, expr_call(b->arena, n->op == AST_OP_AND ? FN_AND : FN_OR, t, args, 2, e->span));
        return ST_OK;
    }
    if (is_comparison(n->op)) TRY(coerce_comparison(b, n, args));
    return bind_function(b, str_of(ast_op_name(n->op)), e->span, args, 2, out);
}

static enum status expr_of_is(struct binder *b, const struct scope *s, const struct ast_expr *e,
                              struct expr **out) {
    static const char *const names[][2] = {
        [AST_IS_NULL] = {"IS NULL", "IS NOT NULL"},
        [AST_IS_TRUE] = {"IS TRUE", "IS NOT TRUE"},
        [AST_IS_FALSE] = {"IS FALSE", "IS NOT FALSE"},
        [AST_IS_UNKNOWN] = {"IS NULL", "IS NOT NULL"},
        [AST_IS_JSON_VALUE] = {"IS JSON VALUE", NULL},
        [AST_IS_JSON_SCALAR] = {"IS JSON SCALAR", NULL},
        [AST_IS_JSON_ARRAY] = {"IS JSON ARRAY", NULL},
        [AST_IS_JSON_OBJECT] = {"IS JSON OBJECT", NULL},
    };
    const struct ast_is *is = ast_as_is(e);
    struct expr *arg;
    TRY(bind_expr(b, s, is->value, &arg));
    if (is->test == AST_IS_TRUE || is->test == AST_IS_FALSE || is->test == AST_IS_UNKNOWN) {
        TRY(to_boolean(b, &arg, "IS TRUE, FALSE or UNKNOWN"));
    }
    const char *name = names[is->test][is->negated];
    if (name) return bind_function(b, str_of(name), e->span, &arg, 1, out);
    TRY(bind_function(b, str_of(names[is->test][0]), e->span, &arg, 1, out));
    *out = negate(b, *out, e->span);
    return ST_OK;
}

/* value >= low AND value <= high, each compared as written by hand. */
static enum status in_range(struct binder *b, const struct ast_between *n, struct expr *value,
                            struct expr *low, struct expr *high, struct expr **out) {
    struct ast_binary ge = {.head = n->head, .op = AST_OP_GE}, le = {.head = n->head, .op = AST_OP_LE};
    struct expr *x[2] = {value, low}, *y[2] = {value, high}, *from, *to;
    TRY(coerce_comparison(b, &ge, x));
    TRY(coerce_comparison(b, &le, y));
    TRY(bind_function(b, STR(">="), n->head.span, x, 2, &from));
    TRY(bind_function(b, STR("<="), n->head.span, y, 2, &to));
    *out = bind_fold(b, bind_and(b, from, to));
    return ST_OK;
}

static enum status expr_of_between(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                   struct expr **out) {
    const struct ast_between *n = ast_as_between(e);
    struct expr *value, *low, *high, *other;
    TRY(bind_expr(b, s, n->value, &value));
    TRY(bind_expr(b, s, n->low, &low));
    TRY(bind_expr(b, s, n->high, &high));
    TRY(in_range(b, n, value, low, high, out));
    if (n->symmetric) {
        TRY(in_range(b, n, value, high, low, &other));
        const struct type *t = type_simple(TYPE_BOOLEAN, true);
        *out = bind_fold(b, expr_call(b->arena, FN_OR, t, (struct expr *[]){*out, other}, 2, e->span));
    }
    if (n->negated) *out = negate(b, *out, e->span);
    return ST_OK;
}

static enum status expr_of_like(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                struct expr **out) {
    static const char *const names[] = {
        [AST_LIKE_LIKE] = "LIKE", [AST_LIKE_ILIKE] = "ILIKE", [AST_LIKE_RLIKE] = "RLIKE",
        [AST_LIKE_SIMILAR] = "SIMILAR TO"};
    const struct ast_like *n = ast_as_like(e);
    struct str name = str_of(names[n->op]);
    if (!func_find(name)) return bind_unsupported(b, e->span, "%.*s", STR_ARG(name));
    struct expr *args[3];
    TRY(bind_expr(b, s, n->value, &args[0]));
    TRY(bind_expr(b, s, n->pattern, &args[1]));
    if (n->escape) TRY(bind_expr(b, s, n->escape, &args[2]));
    TRY(bind_function(b, name, e->span, args, n->escape ? 3 : 2, out));
    if (n->negated) *out = negate(b, *out, e->span);
    return ST_OK;
}

static enum status equal(struct binder *b, struct span span, struct expr *x, struct expr *y,
                         struct expr **out) {
    struct ast_binary n = {.head = {.kind = AST_BINARY, .span = span},
                           .op = AST_OP_LT}; /* IN converts, unlike = */
    struct expr *args[2] = {x, y};
    TRY(coerce_comparison(b, &n, args));
    return bind_function(b, STR("="), span, args, 2, out);
}

static enum status expr_of_in(struct binder *b, const struct scope *s, const struct ast_expr *e,
                              struct expr **out) {
    const struct ast_in *n = ast_as_in(e);
    if (n->query) return bind_unsupported(b, n->query->span, "IN with a sub-query");
    uint32_t count = (uint32_t)n->list.count;
    struct expr **args = ARENA_ARRAY(b->arena, struct expr *, count + 1);
    TRY(bind_expr(b, s, n->value, &args[0]));
    bool constant = count > 1, same = true;
    for (uint32_t i = 0; i < count; i++) {
        struct expr **arg = &args[i + 1];
        TRY(bind_expr(b, s, n->list.items[i], arg));
        if (type_is_time(args[0]->type) && type_is_string((*arg)->type))
            *arg = bind_coerce(b, *arg, args[0]->type);
        constant = constant && (*arg)->kind == EXPR_LITERAL;
        same = same && type_is_string((*arg)->type) == type_is_string(args[0]->type);
    }
    if (constant && same) {
        TRY(bind_function(b, STR("IN"), e->span, args, count + 1, out));
    } else {
        *out = NULL;
        for (uint32_t i = 0; i < count; i++) {
            struct expr *eq;
            TRY(equal(b, e->span, args[0], args[i + 1], &eq));
            *out = *out ? bind_or(b, *out, eq, e->span) : eq;
        }
        *out = bind_fold(b, *out);
    }
    if (n->negated) *out = negate(b, *out, e->span);
    return ST_OK;
}

static enum status case_result_type(struct binder *b, struct expr *const *args, uint32_t n,
                                    const struct type **out) {
    const struct type *t = args[n - 1]->type;
    for (uint32_t i = 1; i < n; i += 2) {
        const struct type *common = bind_common_type(b->arena, t, args[i]->type);
        if (!common) {
            return error_at(b->error, ERR_TYPE_MISMATCH, args[i]->span,
                            "the results of CASE have no common type: %.*s and %.*s",
                            STR_ARG(bind_type_text(b, t)), STR_ARG(bind_type_text(b, args[i]->type)));
        }
        t = common;
    }
    *out = t->kind == TYPE_NULLTYPE ? type_simple(TYPE_INT, true) : t;
    return ST_OK;
}

/* WHEN condition; or WHEN a, b, .. of CASE operand. */
static enum status bind_when(struct binder *b, const struct scope *s, const struct ast_exprs *values,
                             struct expr *operand, struct expr **out) {
    if (!operand && values->count > 1) {
        error_at(b->error, ERR_INVALID_QUERY, values->items[1]->span, "WHEN takes one condition");
        return error_hint(b->error, "a list of values can follow WHEN in CASE x WHEN a, b THEN ..");
    }
    for (size_t i = 0; i < values->count; i++) {
        struct expr *one;
        TRY(bind_expr(b, s, values->items[i], &one));
        if (operand) TRY(equal(b, values->items[i]->span, operand, one, &one));
        TRY(to_boolean(b, &one, "WHEN"));
        *out = i ? bind_or(b, *out, one, values->items[i]->span) : one;
    }
    return ST_OK;
}

static enum status expr_of_case(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                struct expr **out) {
    const struct ast_case *c = ast_as_case(e);
    uint32_t n = (uint32_t)c->when_count * 2 + 1;
    struct expr **args = ARENA_ARRAY(b->arena, struct expr *, n), *operand = NULL;
    if (c->operand) TRY(bind_expr(b, s, c->operand, &operand));
    for (uint32_t i = 0; i < c->when_count; i++) {
        TRY(bind_when(b, s, &c->whens[i].when, operand, &args[2 * i]));
        TRY(bind_expr(b, s, c->whens[i].then, &args[2 * i + 1]));
    }
    if (c->otherwise) {
        TRY(bind_expr(b, s, c->otherwise, &args[n - 1]));
    } else {
        args[n - 1] =
            expr_literal(b->arena, type_simple(TYPE_NULLTYPE, true), (struct value){.null = true}, e->span);
    }
    const struct type *t = NULL;
    TRY(case_result_type(b, args, n, &t));
    for (uint32_t i = 1; i < n; i += 2) args[i] = bind_coerce(b, args[i], t);
    args[n - 1] = bind_coerce(b, args[n - 1], t);
    struct expr *result = ARENA_NEW(b->arena, struct expr);
    *result = (struct expr){.kind = EXPR_CASE, .type = t, .span = e->span, .nargs = n, .args = args};
    *out = bind_fold(b, result);
    return ST_OK;
}

static enum status expr_of_cast(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                struct expr **out) {
    const struct ast_cast *c = ast_as_cast(e);
    struct expr *arg;
    const struct type *t;
    TRY(bind_expr(b, s, c->value, &arg));
    TRY(bind_type(b, c->type, &t));
    if (!bind_can_cast(arg->type, t)) {
        return error_at(b->error, ERR_TYPE_MISMATCH, e->span, "a value of type %.*s cannot be cast to %.*s",
                        STR_ARG(bind_type_text(b, arg->type)), STR_ARG(bind_type_text(b, t)));
    }
    bool nullable = arg->type->nullable || c->is_try;
    struct expr *cast = expr_cast(b->arena, arg, type_with_null(b->arena, t, nullable));
    if (cast == arg && arg->type->nullable == nullable && type_equal(arg->type, t)) {
        *out = arg;
        return ST_OK;
    }
    if (cast->kind == EXPR_CAST && cast != arg) {
        cast->try_null = c->is_try;
        cast->type = type_with_null(b->arena, t, nullable);
        cast->span = e->span;
    }
    *out = bind_fold(b, cast);
    return ST_OK;
}

static enum status bind_items(struct binder *b, const struct scope *s, const struct ast_exprs *items,
                              struct expr ***out) {
    *out = ARENA_ARRAY(b->arena, struct expr *, items->count + 1);
    for (size_t i = 0; i < items->count; i++) TRY(bind_expr(b, s, items->items[i], &(*out)[i]));
    return ST_OK;
}

/* Constructors: the result type is made here, the row of functions.def only names the kernel. */
static enum status construct(struct binder *b, const char *name, const struct type *t, struct expr **args,
                             uint32_t n, struct span span, struct expr **out) {
    const struct func_desc *f = func_find(str_of(name));
    if (!f) return bind_unsupported(b, span, "constructor %s", name);
    *out = expr_call(b->arena, f->id, t, args, n, span);
    return ST_OK;
}

static enum status expr_of_row(struct binder *b, const struct scope *s, const struct ast_expr *e,
                               struct expr **out) {
    const struct ast_row *r = ast_as_row(e);
    struct expr **args;
    if (r->items.count == 0)
        return error_at(b->error, ERR_INVALID_QUERY, e->span, "ROW() needs at least one field");
    TRY(bind_items(b, s, &r->items, &args));
    uint32_t n = (uint32_t)r->items.count;
    struct type_field *fields = ARENA_ARRAY(b->arena, struct type_field, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        fields[i] = (struct type_field){arena_printf(b->arena, "EXPR$%u", i), args[i]->type, {"", 0}};
    }
    return construct(b, "ROW", type_row(b->arena, fields, n, false), args, n, e->span, out);
}

static enum status common_of(struct binder *b, struct expr *const *args, uint32_t from, uint32_t step,
                             uint32_t n, const char *what, const struct type **out) {
    const struct type *t = NULL;
    for (uint32_t i = from; i < n; i += step) {
        t = t ? bind_common_type(b->arena, t, args[i]->type) : args[i]->type;
        if (!t)
            return error_at(b->error, ERR_TYPE_MISMATCH, args[i]->span, "%s must all have one type", what);
    }
    *out = t->kind == TYPE_NULLTYPE ? type_simple(TYPE_INT, true) : t;
    return ST_OK;
}

static enum status expr_of_array(struct binder *b, const struct scope *s, const struct ast_expr *e,
                                 struct expr **out) {
    const struct ast_array *a = ast_as_array(e);
    struct expr **args;
    const struct type *t;
    if (a->query) return bind_unsupported(b, e->span, "ARRAY of a sub-query");
    if (a->items.count == 0) {
        return error_at(b->error, ERR_INVALID_QUERY, e->span, "ARRAY[] needs at least one element");
    }
    TRY(bind_items(b, s, &a->items, &args));
    uint32_t n = (uint32_t)a->items.count;
    TRY(common_of(b, args, 0, 1, n, "the elements of ARRAY", &t));
    for (uint32_t i = 0; i < n; i++) args[i] = bind_coerce(b, args[i], t);
    return construct(b, "ARRAY", type_array(b->arena, t, false), args, n, e->span, out);
}

static enum status expr_of_map(struct binder *b, const struct scope *s, const struct ast_expr *e,
                               struct expr **out) {
    const struct ast_map *m = ast_as_map(e);
    struct expr **args;
    const struct type *k, *v;
    if (m->items.count == 0 || m->items.count % 2) {
        return error_at(b->error, ERR_INVALID_QUERY, e->span, "MAP[] needs pairs of a key and a value");
    }
    TRY(bind_items(b, s, &m->items, &args));
    uint32_t n = (uint32_t)m->items.count;
    TRY(common_of(b, args, 0, 2, n, "the keys of MAP", &k));
    TRY(common_of(b, args, 1, 2, n, "the values of MAP", &v));
    for (uint32_t i = 0; i < n; i++) args[i] = bind_coerce(b, args[i], i % 2 ? v : k);
    return construct(b, "MAP", type_map(b->arena, k, v, false), args, n, e->span, out);
}

static enum status expr_of_other(struct binder *b, const struct scope *s UNUSED, const struct ast_expr *e,
                                 struct expr **out) {
    switch (e->kind) {
    case AST_STAR: return error_at(b->error, ERR_INVALID_QUERY, e->span, "* cannot stand here");
    case AST_EXISTS: return bind_unsupported(b, e->span, "EXISTS that does not stand alone or beside AND");
    case AST_SUBQUERY: return bind_scalar(b, ast_as_subquery(e), out);
    case AST_DESCRIPTOR:
        return error_at(b->error, ERR_INVALID_QUERY, e->span, "DESCRIPTOR cannot stand here");
    case AST_TABLE_ARG: return error_at(b->error, ERR_INVALID_QUERY, e->span, "a table cannot stand here");
    default: return bind_unsupported(b, e->span, "%s", ast_kind_name(e->kind));
    }
}

static bind_fn binder_of(enum ast_kind kind) {
    static const struct {
        enum ast_kind kind;
        bind_fn fn;
    } table[] = {
        {AST_LITERAL, expr_of_literal}, {AST_INTERVAL, expr_of_interval}, {AST_COLUMN_REF, expr_of_column},
        {AST_FIELD, expr_of_field},     {AST_INDEX, expr_of_index},       {AST_UNARY, expr_of_unary},
        {AST_BINARY, expr_of_binary},   {AST_IS, expr_of_is},             {AST_BETWEEN, expr_of_between},
        {AST_LIKE, expr_of_like},       {AST_IN, expr_of_in},             {AST_CASE, expr_of_case},
        {AST_CAST, expr_of_cast},       {AST_CALL, expr_of_call},         {AST_ROW, expr_of_row},
        {AST_ARRAY, expr_of_array},     {AST_MAP, expr_of_map},           {AST_DIFFERENCE, bind_difference},
        {AST_PARAM, expr_of_param},
    };
    for (size_t i = 0; i < ARRAY_LEN(table); i++) {
        if (table[i].kind == kind) return table[i].fn;
    }
    return expr_of_other;
}

enum status bind_expr(struct binder *b, const struct scope *s, const struct ast_expr *ast,
                      struct expr **out) {
    if (++b->depth > BIND_MAX_DEPTH) {
        return error_at(b->error, ERR_LIMIT, ast->span, "the expression is nested too deeply");
    }
    enum status st = binder_of(ast->kind)(b, s, ast, out);
    b->depth--;
    return st;
}
