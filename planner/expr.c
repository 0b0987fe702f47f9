/* SPDX-License-Identifier: Apache-2.0
 *
 * Making, comparing, walking and copying bound expressions; see expr.h. Nodes are never changed once made.
 */
#include "planner/expr.h"

#include "base/serial.h"
#include "planner/value.h"

struct expr *expr_column(struct arena *a, uint32_t column, const struct type *type, struct span span) {
    struct expr *e = ARENA_NEW(a, struct expr);
    *e = (struct expr){.kind = EXPR_COLUMN, .type = type, .span = span, .column = column};
    return e;
}

struct expr *expr_literal(struct arena *a, const struct type *type, struct value value, struct span span) {
    struct expr *e = ARENA_NEW(a, struct expr);
    *e = (struct expr){.kind = EXPR_LITERAL, .type = type, .span = span, .value = value};
    return e;
}

struct expr *expr_call(struct arena *a, enum func_id id, const struct type *type, struct expr **args,
                       uint32_t nargs, struct span span) {
    struct expr *e = ARENA_NEW(a, struct expr);
    *e = (struct expr){.kind = EXPR_CALL, .type = type, .span = span, .func = func_desc(id), .nargs = nargs};
    e->args = ARENA_ARRAY(a, struct expr *, nargs ? nargs : 1);
    if (nargs) memcpy(e->args, args, nargs * sizeof *args);
    return e;
}

struct expr *expr_cast(struct arena *a, struct expr *e, const struct type *type) {
    if (type_equal(e->type, type)) return e;
    if (e->kind == EXPR_LITERAL && e->value.null) {
        return expr_literal(a, type_with_null(a, type, true), e->value, e->span);
    }
    struct expr *c = ARENA_NEW(a, struct expr);
    *c = (struct expr){.kind = EXPR_CAST, .span = e->span, .nargs = 1};
    c->type = type_with_null(a, type, e->type->nullable);
    c->args = ARENA_NEW(a, struct expr *);
    c->args[0] = e;
    return c;
}

static bool value_equal(const struct type *t, const struct value *a, const struct value *b) {
    if (a->null || b->null) return a->null == b->null;
    switch (type_phys(t)) {
    case PHYS_BOOL: return a->b == b->b;
    case PHYS_I128: return a->i128 == b->i128;
    case PHYS_F32:
    case PHYS_F64: return memcmp(&a->f, &b->f, sizeof a->f) == 0;
    case PHYS_STR: return str_eq(a->s, b->s);
    default: return a->i == b->i;
    }
}

bool expr_equal(const struct expr *a, const struct expr *b) {
    if (a == b) return true;
    if (a->kind != b->kind || a->nargs != b->nargs || a->func != b->func || a->column != b->column ||
        a->try_null != b->try_null || !type_equal(a->type, b->type))
        return false;
    if (a->kind == EXPR_LITERAL && !value_equal(a->type, &a->value, &b->value)) return false;
    for (uint32_t i = 0; i < a->nargs; i++) {
        if (!expr_equal(a->args[i], b->args[i])) return false;
    }
    return true;
}

bool expr_is_constant(const struct expr *e) {
    if (e->kind == EXPR_COLUMN) return false;
    if (e->kind == EXPR_CALL && !(e->func->flags & FUNC_PURE)) return false;
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (!expr_is_constant(e->args[i])) return false;
    }
    return true;
}

uint32_t expr_flags(const struct expr *e) {
    uint32_t flags = e->kind == EXPR_CALL ? e->func->flags : 0;
    for (uint32_t i = 0; i < e->nargs; i++) flags |= expr_flags(e->args[i]);
    return flags;
}

void expr_columns(const struct expr *e, bool *used) {
    if (e->kind == EXPR_COLUMN) used[e->column] = true;
    for (uint32_t i = 0; i < e->nargs; i++) expr_columns(e->args[i], used);
}

/* A copy with the columns replaced by fn(column node). */
static struct expr *rewrite(struct arena *a, const struct expr *e,
                            struct expr *(*fn)(struct arena *, const struct expr *, const void *),
                            const void *arg) {
    if (e->kind == EXPR_COLUMN) return fn(a, e, arg);
    struct expr *copy = ARENA_NEW(a, struct expr);
    *copy = *e;
    if (e->nargs) copy->args = ARENA_ARRAY(a, struct expr *, e->nargs);
    for (uint32_t i = 0; i < e->nargs; i++) copy->args[i] = rewrite(a, e->args[i], fn, arg);
    return copy;
}

static struct expr *remap_column(struct arena *a, const struct expr *e, const void *map) {
    return expr_column(a, ((const uint32_t *)map)[e->column], e->type, e->span);
}

struct expr *expr_remap(struct arena *a, const struct expr *e, const uint32_t *map) {
    return rewrite(a, e, remap_column, map);
}

static struct expr *substitute_column(struct arena *a UNUSED, const struct expr *e, const void *with) {
    return ((struct expr *const *)with)[e->column];
}

struct expr *expr_substitute(struct arena *a, const struct expr *e, struct expr *const *with) {
    return rewrite(a, e, substitute_column, with);
}

/* ---- printing ---- */

static bool is_infix(const struct func_desc *f) {
    char c = f->name.ptr[0];
    if (c >= 'A' && c <= 'Z') {
        return f->id == FN_AND || f->id == FN_OR || f->id == FN_IS_DISTINCT || f->id == FN_IS_NOT_DISTINCT;
    }
    return true;
}

static bool is_postfix(const struct func_desc *f) {
    return str_starts(f->name, STR("IS ")) || str_starts(f->name, STR("IS NOT "));
}

static struct str print_args(struct arena *a, const struct expr *e, uint32_t from, const struct str *names) {
    struct outbuf s = {0};
    for (uint32_t i = from; i < e->nargs; i++) {
        struct str arg = expr_print(a, e->args[i], names); /* STR_ARG takes its argument three times */
        outbuf_printf(&s, "%s%.*s", i > from ? ", " : "", STR_ARG(arg));
    }
    return outbuf_keep(&s, a);
}

static struct str print_call(struct arena *a, const struct expr *e, const struct str *names) {
    const struct func_desc *f = e->func;
    if (f->id == FN_IN_LIST) {
        struct str v = expr_print(a, e->args[0], names), list = print_args(a, e, 1, names);
        return arena_printf(a, "(%.*s IN (%.*s))", STR_ARG(v), STR_ARG(list));
    }
    if (e->nargs == 2 && is_infix(f)) {
        struct str l = expr_print(a, e->args[0], names), r = expr_print(a, e->args[1], names);
        return arena_printf(a, "(%.*s %.*s %.*s)", STR_ARG(l), STR_ARG(f->name), STR_ARG(r));
    }
    if (e->nargs == 1 && is_postfix(f)) {
        struct str v = expr_print(a, e->args[0], names);
        return arena_printf(a, "(%.*s %.*s)", STR_ARG(v), STR_ARG(f->name));
    }
    struct str args = print_args(a, e, 0, names);
    return arena_printf(a, "%.*s(%.*s)", STR_ARG(f->name), STR_ARG(args));
}

static struct str print_case(struct arena *a, const struct expr *e, const struct str *names) {
    struct outbuf s = {0};
    outbuf_text(&s, "CASE");
    for (uint32_t i = 0; i + 1 < e->nargs; i += 2) {
        struct str w = expr_print(a, e->args[i], names), t = expr_print(a, e->args[i + 1], names);
        outbuf_printf(&s, " WHEN %.*s THEN %.*s", STR_ARG(w), STR_ARG(t));
    }
    struct str otherwise = expr_print(a, e->args[e->nargs - 1], names);
    outbuf_printf(&s, " ELSE %.*s END", STR_ARG(otherwise));
    return outbuf_keep(&s, a);
}

struct str expr_print(struct arena *a, const struct expr *e, const struct str *names) {
    switch (e->kind) {
    case EXPR_COLUMN:
        if (names) return names[e->column];
        return arena_printf(a, "$%u", e->column);
    case EXPR_LITERAL: return value_print(a, e->type, &e->value);
    case EXPR_CALL: return print_call(a, e, names);
    case EXPR_CAST: {
        struct str v = expr_print(a, e->args[0], names);
        struct str t = type_print(a, type_with_null(a, e->type, true));
        return arena_printf(a, "%sCAST(%.*s AS %.*s)", e->try_null ? "TRY_" : "", STR_ARG(v), STR_ARG(t));
    }
    case EXPR_CASE: return print_case(a, e, names);
    case EXPR_FIELD: {
        struct str v = expr_print(a, e->args[0], names);
        return arena_printf(a, "%.*s.%.*s", STR_ARG(v), STR_ARG(e->args[0]->type->fields[e->column].name));
    }
    }
    return (struct str){"", 0};
}
