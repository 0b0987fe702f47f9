/* SPDX-License-Identifier: Apache-2.0
 *
 * Builders of calls and their parts: arguments, windows, and the forms with a grammar of their own, which all
 * become ordinary calls (see ast.h for how).
 */
#include "sql/build.h"
#include "sql/grammar.h"

static void over(struct parse *p, struct ast_expr *e, const struct ast_expr *child) {
    if (child) build_over_child(p, &e->height, child->height);
}

static void over_orders(struct parse *p, struct ast_expr *e, const struct ast_orders *l) {
    for (size_t i = 0; i < l->count; i++) over(p, e, l->items[i].expr);
}

/* ---- arguments ---- */

struct arg_list *build_args(struct parse *p, struct arg_list *l, const struct ast_ident *name,
                            struct ast_expr *e) {
    if (!l) l = ARENA_NEW(p->arena, struct arg_list);
    struct ast_arg arg = {{{NULL, 0}, {0, 0}}, e};
    if (name) arg.name = *name;
    if (e) BUILD_PUSH(p, l, arg);
    return l;
}

struct arg_list *build_args_join(struct parse *p, struct arg_list *l, struct arg_list *more) {
    for (size_t i = 0; i < more->count; i++) BUILD_PUSH(p, l, more->items[i]);
    return l;
}

struct arg_list *build_args_order(struct parse *p, struct arg_list *l, struct ast_orders *o) {
    (void)p;
    l->order_by = *o;
    return l;
}

struct arg_list *build_args_distinct(struct parse *p, struct arg_list *l) {
    (void)p;
    l->distinct = true;
    return l;
}

/* ---- calls ---- */

static struct ast_call *new_call(struct parse *p, struct ast_name n, struct arg_list *l) {
    struct ast_call *c = BUILD_NEW(p, CALL, call, n.span.offset);
    c->name = n;
    if (!l) return c;
    c->args = l->items;
    c->arg_count = l->count;
    c->distinct = l->distinct;
    c->within_group = l->order_by;
    for (size_t i = 0; i < l->count; i++) over(p, &c->head, l->items[i].value);
    over_orders(p, &c->head, &l->order_by);
    return c;
}

/* The name of a function that is a keyword: upper case, synonyms made one. */
static struct ast_name keyword_name(struct parse *p, struct token t) {
    struct ast_ident n = {build_upper(p, token_text(p->text, t)), t.span};
    if (t.kind == TK_CEIL) n.text = STR("CEIL");
    return build_name(p, NULL, n);
}

struct ast_call *build_call(struct parse *p, struct ast_name n, struct arg_list *l) {
    return new_call(p, n, l);
}

struct ast_call *build_bare_call(struct parse *p, struct token t, struct arg_list *l) {
    struct ast_call *c = new_call(p, keyword_name(p, t), l);
    c->bare = l == NULL || l->count == 0;
    return c;
}

struct ast_call *build_call3(struct parse *p, struct token t, struct ast_expr *a, struct ast_expr *b,
                             struct ast_expr *c) {
    struct arg_list *l = build_args(p, NULL, NULL, a);
    build_args(p, l, NULL, b);
    build_args(p, l, NULL, c);
    return new_call(p, keyword_name(p, t), l);
}

struct ast_call *build_call_list(struct parse *p, struct token t, struct ast_exprs *l) {
    struct arg_list *args = ARENA_NEW(p->arena, struct arg_list);
    for (size_t i = 0; i < l->count; i++) build_args(p, args, NULL, l->items[i]);
    return new_call(p, keyword_name(p, t), args);
}

static struct ast_expr *symbol(struct parse *p, struct str text, struct span at) {
    struct ast_symbol *s = BUILD_NEW(p, SYMBOL, symbol, at.offset);
    s->head.span = at;
    s->text = text;
    return &s->head;
}

struct ast_call *build_trim(struct parse *p, struct token t, const struct token *side, struct ast_expr *what,
                            struct ast_expr *e) {
    struct ast_expr *from =
        side ? build_symbol(p, *side, NULL) : symbol(p, STR("BOTH"), (struct span){t.span.offset, 0});
    if (!what) {
        struct ast_literal *blank = BUILD_NEW(p, LITERAL, literal, t.span.offset);
        blank->literal = AST_LIT_STRING;
        blank->text = STR(" ");
        what = &blank->head;
    }
    return build_call3(p, t, from, what, e);
}

struct ast_call *build_overlay(struct parse *p, struct token t, struct ast_expr *e, struct ast_expr *by,
                               struct ast_expr *from, struct ast_expr *len) {
    struct arg_list *l = build_args(p, NULL, NULL, e);
    build_args(p, l, NULL, by);
    build_args(p, l, NULL, from);
    build_args(p, l, NULL, len);
    return new_call(p, keyword_name(p, t), l);
}

struct ast_expr *build_symbol(struct parse *p, struct token t, const struct token *second) {
    struct str s = build_upper(p, token_text(p->text, t));
    if (!second) return symbol(p, s, t.span);
    struct str s2 = build_upper(p, token_text(p->text, *second));
    struct span at = {t.span.offset, second->span.offset + second->span.len - t.span.offset};
    return symbol(p, arena_printf(p->arena, "%.*s %.*s", STR_ARG(s), STR_ARG(s2)), at);
}

struct ast_expr *build_wrapper_symbol(struct parse *p, struct token t) {
    return symbol(p, STR("UNCONDITIONAL"), t.span);
}

struct ast_expr *build_unit_symbol(struct parse *p, struct ast_ident unit) {
    struct str s = build_upper(p, unit.text);
    if (str_starts(s, STR("SQL_TSI_"))) s = str_sub(s, 8, s.len - 8);
    static const char units[] =
        " YEAR QUARTER MONTH WEEK DAY HOUR MINUTE SECOND MILLISECOND MICROSECOND NANOSECOND "
        "DOW DOY ISODOW ISOYEAR EPOCH DECADE CENTURY MILLENNIUM ";
    struct str padded = arena_printf(p->arena, " %.*s ", STR_ARG(s));
    if (!strstr(units, padded.ptr)) {
        build_fail(p, ERR_SYNTAX, unit.span, "syntax error at \"%.*s\": expected a unit of time",
                   STR_ARG(unit.text));
        build_hint(
            p, "YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND and smaller ones are units of time");
    }
    return symbol(p, s, unit.span);
}

struct ast_expr *build_type_arg(struct parse *p, struct ast_type *t) {
    struct ast_type_arg *a = BUILD_NEW(p, TYPE_ARG, type_arg, t->span.offset);
    a->type = t;
    return &a->head;
}

struct ast_expr *build_descriptor(struct parse *p, struct token t, struct ast_idents *l) {
    struct ast_descriptor *d = BUILD_NEW(p, DESCRIPTOR, descriptor, t.span.offset);
    d->columns = *l;
    return &d->head;
}

struct ast_expr *build_table_arg(struct parse *p, struct token t, const struct ast_name *n,
                                 struct ast_query *q, struct ast_exprs *partition_by,
                                 struct ast_orders *order_by) {
    struct ast_table_arg *a = BUILD_NEW(p, TABLE_ARG, table_arg, t.span.offset);
    if (n) a->name = *n;
    a->query = q;
    if (q) build_over_child(p, &a->head.height, q->height);
    if (partition_by) a->partition_by = *partition_by;
    if (order_by) a->order_by = *order_by;
    for (size_t i = 0; i < a->partition_by.count; i++) over(p, &a->head, a->partition_by.items[i]);
    over_orders(p, &a->head, &a->order_by);
    return &a->head;
}

/* PARTITION BY (a, b) is read as one row: here it becomes a list. */
struct ast_exprs *build_flat_row(struct parse *p, struct ast_expr *e) {
    if (e->kind == AST_ROW && !((struct ast_row *)e)->is_explicit) return &((struct ast_row *)e)->items;
    return build_exprs(p, NULL, e);
}

struct ast_orders *build_flat_orders(struct parse *p, struct ast_order o) {
    struct ast_orders *out = NULL;
    struct ast_exprs *l = build_flat_row(p, o.expr);
    for (size_t i = 0; i < l->count; i++)
        out = build_orders(p, out, (struct ast_order){l->items[i], o.desc, o.nulls});
    return out;
}

/* ---- JSON ---- */

static struct arg_list *named(struct parse *p, struct arg_list *l, struct str name, struct span at,
                              struct ast_expr *value) {
    struct ast_ident n = {name, at};
    for (size_t i = 0; l && i < l->count; i++) {
        if (str_eq(l->items[i].name.text, name))
            build_fail(p, ERR_SYNTAX, at, "%.*s is given twice", STR_ARG(name));
    }
    return build_args(p, l, &n, value);
}

struct arg_list *build_json_clause(struct parse *p, struct arg_list *l, struct token t,
                                   struct ast_expr *value) {
    struct str name = STR("WRAPPER");
    if (t.kind == TK_RETURNING) name = STR("RETURNING");
    if (t.kind == TK_EMPTY) name = STR("ON EMPTY");
    if (t.kind == TK_ERROR) name = STR("ON ERROR");
    return named(p, l, name, build_span(p, value->span.offset), value);
}

/* Whether a clause may stand in the function. */
static bool json_clause_fits(int function, struct str clause, const struct ast_expr *value) {
    bool on_error = str_eq(clause, STR("ON ERROR"));
    bool behaviour = on_error || str_eq(clause, STR("ON EMPTY"));
    struct str word = value->kind == AST_SYMBOL ? ast_as_symbol(value)->text : STR("DEFAULT");
    bool truth = str_eq(word, STR("TRUE")) || str_eq(word, STR("FALSE")) || str_eq(word, STR("UNKNOWN"));
    bool empty = str_starts(word, STR("EMPTY "));
    switch (function) {
    case TK_JSON_EXISTS: return on_error && (truth || str_eq(word, STR("ERROR")));
    case TK_JSON_VALUE: return behaviour ? !truth && !empty : str_eq(clause, STR("RETURNING"));
    default: return !behaviour || (!truth && !str_eq(word, STR("DEFAULT")));
    }
}

struct ast_call *build_json_path(struct parse *p, struct token t, struct ast_expr *e, struct ast_expr *path,
                                 struct arg_list *clauses) {
    struct arg_list *l = build_args(p, build_args(p, NULL, NULL, e), NULL, path);
    struct str function = token_text(p->text, t);
    for (size_t i = 0; clauses && i < clauses->count; i++) {
        const struct ast_arg *c = &clauses->items[i];
        if (!json_clause_fits(t.kind, c->name.text, c->value))
            build_fail(p, ERR_SYNTAX, c->name.span, "%.*s does not take this %.*s clause", STR_ARG(function),
                       STR_ARG(c->name.text));
        BUILD_PUSH(p, l, *c);
    }
    return new_call(p, keyword_name(p, t), l);
}

struct arg_list *build_json_pair(struct parse *p, struct ast_expr *k, struct ast_expr *v) {
    return build_args(p, build_args(p, NULL, NULL, k), NULL, v);
}

struct ast_call *build_json(struct parse *p, struct token t, struct arg_list *l, struct ast_expr *nulls) {
    if (nulls) l = named(p, l, STR("ON NULL"), nulls->span, nulls);
    return new_call(p, keyword_name(p, t), l);
}

struct ast_call *build_json_arrayagg(struct parse *p, struct token t, struct ast_expr *e,
                                     struct ast_orders *o, struct ast_expr *nulls) {
    struct arg_list *l = build_args(p, NULL, NULL, e);
    if (o) l->order_by = *o;
    return build_json(p, t, l, nulls);
}

/* ---- behind a call ---- */

static void end_here(struct parse *p, struct ast_call *c) {
    c->head.span = build_span(p, c->head.span.offset);
}

struct ast_call *build_within(struct parse *p, struct ast_call *c, struct ast_orders *o) {
    end_here(p, c);
    if (c->within_group.count) build_fail(p, ERR_SYNTAX, c->head.span, "the call has two ORDER BY clauses");
    c->within_group = *o;
    over_orders(p, &c->head, o);
    return c;
}

struct ast_call *build_filter(struct parse *p, struct ast_call *c, struct ast_expr *e) {
    end_here(p, c);
    if (c->filter) build_fail(p, ERR_SYNTAX, c->head.span, "the call has two FILTER clauses");
    c->filter = e;
    over(p, &c->head, e);
    return c;
}

struct ast_call *build_nulls(struct parse *p, struct ast_call *c, bool ignore) {
    end_here(p, c);
    if (c->ignore_nulls || c->respect_nulls)
        build_fail(p, ERR_SYNTAX, c->head.span, "the call has two NULLS clauses");
    c->ignore_nulls = ignore;
    c->respect_nulls = !ignore;
    return c;
}

struct ast_call *build_over(struct parse *p, struct ast_call *c, struct ast_window *w) {
    end_here(p, c);
    if (c->over) build_fail(p, ERR_SYNTAX, c->head.span, "the call has two OVER clauses");
    c->over = w;
    for (size_t i = 0; i < w->partition_by.count; i++) over(p, &c->head, w->partition_by.items[i]);
    over_orders(p, &c->head, &w->order_by);
    over(p, &c->head, w->start.offset);
    over(p, &c->head, w->end.offset);
    return c;
}

struct ast_window *build_window(struct parse *p, struct token open, struct ast_ident base,
                                struct ast_exprs *partition_by, struct ast_orders *order_by,
                                struct frame *f) {
    struct ast_window *w = ARENA_NEW(p->arena, struct ast_window);
    w->span = build_span(p, open.span.offset);
    w->base = base;
    if (partition_by) w->partition_by = *partition_by;
    if (order_by) w->order_by = *order_by;
    if (f) {
        w->frame = f->unit;
        w->start = f->start;
        w->end = f->end;
    }
    return w;
}

struct ast_window *build_window_name(struct parse *p, struct ast_ident n) {
    struct ast_window *w = ARENA_NEW(p->arena, struct ast_window);
    w->span = n.span;
    w->base = n;
    w->name_only = true;
    return w;
}

struct frame *build_frame(struct parse *p, struct token unit, struct ast_bound start,
                          const struct ast_bound *end) {
    struct frame *f = ARENA_NEW(p->arena, struct frame);
    f->unit = unit.kind == TK_ROWS ? AST_FRAME_ROWS : AST_FRAME_RANGE;
    f->start = start;
    f->end = end ? *end : (struct ast_bound){AST_BOUND_CURRENT_ROW, NULL};
    return f;
}
