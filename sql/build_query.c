/* SPDX-License-Identifier: Apache-2.0
 *
 * Builders of queries, their clauses and what stands in FROM; see build.h.
 */
#include "sql/build.h"
#include "sql/grammar.h"

static void over(struct parse *p, uint32_t *height, const struct ast_expr *child) {
    if (child) build_over_child(p, height, child->height);
}

static void over_groups(struct parse *p, uint32_t *height, const struct ast_group *g, size_t count) {
    for (size_t i = 0; i < count; i++) {
        over(p, height, g[i].expr);
        for (size_t j = 0; j < g[i].exprs.count; j++) over(p, height, g[i].exprs.items[j]);
        over_groups(p, height, g[i].items, g[i].item_count);
    }
}

static void over_window(struct parse *p, uint32_t *height, const struct ast_window *w) {
    for (size_t i = 0; i < w->partition_by.count; i++) over(p, height, w->partition_by.items[i]);
    for (size_t i = 0; i < w->order_by.count; i++) over(p, height, w->order_by.items[i].expr);
    over(p, height, w->start.offset);
    over(p, height, w->end.offset);
}

struct ast_query *build_select(struct parse *p, struct token t, struct hint_list *h, bool distinct,
                               struct item_list *items, struct ast_from *from, struct ast_expr *where,
                               struct group_list *groups, struct ast_expr *having,
                               struct window_list *windows, struct ast_expr *qualify) {
    struct ast_select *s = BUILD_NEW(p, SELECT, select, t.span.offset);
    uint32_t *height = &s->head.height;
    s->distinct = distinct;
    if (h) s->hints = (struct ast_hints){h->items, h->count};
    s->items = items->items;
    s->item_count = items->count;
    for (size_t i = 0; i < s->item_count; i++) over(p, height, s->items[i].expr);
    s->from = from;
    if (from) build_over_child(p, height, from->height);
    s->where = where;
    over(p, height, where);
    if (groups) {
        s->has_group_by = true;
        s->groups = groups->items;
        s->group_count = groups->count;
        s->group_span = groups->span;
        over_groups(p, height, s->groups, s->group_count);
    }
    s->having = having;
    over(p, height, having);
    if (windows) {
        s->windows = windows->items;
        s->window_count = windows->count;
        for (size_t i = 0; i < s->window_count; i++) over_window(p, height, s->windows[i].window);
    }
    s->qualify = qualify;
    over(p, height, qualify);
    return &s->head;
}

struct ast_query *build_nested(struct parse *p, struct token open, struct ast_query *q) {
    q->span = build_span(p, open.span.offset);
    return q;
}

struct ast_query *build_values(struct parse *p, struct token t, struct ast_exprs *l) {
    struct ast_values *v = BUILD_NEW(p, VALUES, values, t.span.offset);
    v->rows = ARENA_ARRAY(p->arena, struct ast_exprs, l->count);
    v->row_count = l->count;
    for (size_t i = 0; i < l->count; i++) {
        struct ast_expr *e = l->items[i];
        if (e->kind == AST_ROW) {
            v->rows[i] = ((struct ast_row *)e)->items;
        } else {
            v->rows[i] = *build_exprs(p, NULL, e);
        }
        if (v->rows[i].count == 0) build_fail(p, ERR_SYNTAX, e->span, "a row of VALUES cannot be empty");
        over(p, &v->head.height, e);
    }
    return &v->head;
}

struct ast_query *build_table_query(struct parse *p, struct token t, struct ast_name n) {
    struct ast_table_query *q = BUILD_NEW(p, TABLE_QUERY, table_query, t.span.offset);
    q->name = n;
    return &q->head;
}

struct ast_query *build_set_op(struct parse *p, struct token op, bool all, struct ast_query *l,
                               struct ast_query *r) {
    struct ast_set_op *s = BUILD_NEW(p, SET_OP, set_op, l->span.offset);
    s->op = op.kind == TK_UNION ? AST_SET_UNION : op.kind == TK_EXCEPT ? AST_SET_EXCEPT : AST_SET_INTERSECT;
    s->all = all;
    s->op_span = op.span;
    s->left = l;
    s->right = r;
    build_over_child(p, &s->head.height, l->height);
    build_over_child(p, &s->head.height, r->height);
    return &s->head;
}

struct ast_query *build_ordered(struct parse *p, struct with_list *w, struct ast_query *body,
                                struct ast_orders *o, const struct limits *l) {
    /* LIMIT ALL alone says nothing: no node */
    if (!w && !o && (!l || (!l->offset && !l->limit))) return body;
    struct ast_ordered *q = BUILD_NEW(p, ORDERED, ordered, w ? w->start : body->span.offset);
    if (w) {
        q->with = w->items;
        q->with_count = w->count;
        for (size_t i = 0; i < w->count; i++) build_over_child(p, &q->head.height, w->items[i].query->height);
    }
    q->body = body;
    build_over_child(p, &q->head.height, body->height);
    if (o) {
        q->order_by = *o;
        q->order_span = build_span(p, o->items[0].expr->span.offset);
        for (size_t i = 0; i < o->count; i++) over(p, &q->head.height, o->items[i].expr);
    }
    if (l) {
        q->offset = l->offset;
        q->limit = l->limit;
        over(p, &q->head.height, l->offset);
        over(p, &q->head.height, l->limit);
    }
    return &q->head;
}

struct with_list *build_with(struct parse *p, struct token t, struct with_list *l) {
    (void)p;
    l->start = t.span.offset;
    return l;
}

struct with_list *build_with_items(struct parse *p, struct with_list *l, struct ast_with *w) {
    if (!l) l = ARENA_NEW(p->arena, struct with_list);
    BUILD_PUSH(p, l, *w);
    return l;
}

struct ast_with *build_with_item(struct parse *p, struct ast_ident n, struct ast_idents *columns,
                                 struct ast_query *q) {
    struct ast_with *w = ARENA_NEW(p->arena, struct ast_with);
    w->name = n;
    if (columns) w->columns = *columns;
    w->query = q;
    w->span = build_span(p, n.span.offset);
    return w;
}

struct ast_select_item build_item(struct ast_expr *e, const struct ast_ident *alias) {
    struct ast_select_item i = {.expr = e};
    if (alias) i.alias = *alias;
    return i;
}

struct item_list *build_items(struct parse *p, struct item_list *l, struct ast_select_item i) {
    if (!l) l = ARENA_NEW(p->arena, struct item_list);
    BUILD_PUSH(p, l, i);
    return l;
}

/* ---- GROUP BY, WINDOW, hints ---- */

struct group_list *build_group_by(struct parse *p, struct token t, struct group_list *l) {
    l->span = build_span(p, t.span.offset);
    return l;
}

struct group_list *build_groups(struct parse *p, struct group_list *l, struct ast_group g) {
    if (!l) l = ARENA_NEW(p->arena, struct group_list);
    BUILD_PUSH(p, l, g);
    return l;
}

struct ast_group build_group_expr(struct parse *p, struct ast_expr *e) {
    (void)p;
    struct ast_group g = {.kind = AST_GROUP_EXPR, .span = e->span, .expr = e};
    if (e->kind == AST_ROW && !((struct ast_row *)e)->is_explicit) {
        g.kind = AST_GROUP_SET;
        g.expr = NULL;
        g.exprs = ((struct ast_row *)e)->items;
    }
    return g;
}

struct ast_group build_group_empty(struct parse *p, struct token t) {
    return (struct ast_group){.kind = AST_GROUP_SET, .span = build_span(p, t.span.offset)};
}

struct ast_group build_group_list(struct parse *p, struct token t, enum ast_group_kind kind,
                                  struct group_list *l) {
    struct ast_group g = {.kind = kind, .span = build_span(p, t.span.offset)};
    g.items = l->items;
    g.item_count = l->count;
    for (size_t i = 0; i < l->count && kind != AST_GROUP_SETS; i++) {
        if (l->items[i].kind != AST_GROUP_EXPR && l->items[i].kind != AST_GROUP_SET)
            build_fail(p, ERR_SYNTAX, l->items[i].span, "%s holds columns and lists of columns only",
                       kind == AST_GROUP_CUBE ? "CUBE" : "ROLLUP");
    }
    return g;
}

struct window_list *build_windows(struct parse *p, struct window_list *l, struct ast_ident n,
                                  struct ast_window *w) {
    if (!l) l = ARENA_NEW(p->arena, struct window_list);
    BUILD_PUSH(p, l, ((struct ast_named_window){n, w}));
    return l;
}

struct hint_list *build_hints(struct parse *p, struct hint_list *l, struct ast_hint h) {
    if (!l) l = ARENA_NEW(p->arena, struct hint_list);
    BUILD_PUSH(p, l, h);
    return l;
}

struct ast_hint build_hint_item(struct parse *p, struct ast_ident n, struct ast_options *args) {
    struct ast_hint h = {.name = n, .span = build_span(p, n.span.offset)};
    h.name.text = build_upper(p, n.text);
    if (args) h.args = *args;
    return h;
}

/* ---- FROM ---- */

struct ast_from *build_join(struct parse *p, enum ast_join_kind kind, bool natural, struct ast_from *l,
                            struct ast_from *r) {
    struct ast_join *j = BUILD_NEW(p, JOIN, join, l->span.offset);
    j->join = kind;
    j->natural = natural;
    j->left = l;
    j->right = r;
    build_over_child(p, &j->head.height, l->height);
    build_over_child(p, &j->head.height, r->height);
    return &j->head;
}

struct ast_from *build_join_on(struct parse *p, enum ast_join_kind kind, struct ast_from *l,
                               struct ast_from *r, struct ast_expr *on) {
    struct ast_from *f = build_join(p, kind, false, l, r);
    ((struct ast_join *)f)->on = on;
    over(p, &f->height, on);
    return f;
}

struct ast_from *build_join_using(struct parse *p, enum ast_join_kind kind, struct ast_from *l,
                                  struct ast_from *r, struct ast_idents *names) {
    struct ast_from *f = build_join(p, kind, false, l, r);
    ((struct ast_join *)f)->using_names = *names;
    return f;
}

struct ast_from *build_table_ref(struct parse *p, struct ast_name n, struct hint_list *h,
                                 struct ast_expr *time, struct ast_alias alias) {
    struct ast_table_ref *t = BUILD_NEW(p, TABLE_REF, table_ref, n.span.offset);
    t->name = n;
    if (h) t->hints = (struct ast_hints){h->items, h->count};
    t->system_time = time;
    over(p, &t->head.height, time);
    t->alias = alias;
    return &t->head;
}

struct ast_from *build_derived(struct parse *p, const struct token *lateral, struct ast_query *q,
                               struct ast_alias alias) {
    struct ast_derived *d = BUILD_NEW(p, DERIVED, derived, lateral ? lateral->span.offset : q->span.offset);
    d->lateral = lateral != NULL;
    d->query = q;
    d->alias = alias;
    build_over_child(p, &d->head.height, q->height);
    return &d->head;
}

struct ast_from *build_table_function(struct parse *p, struct token t, bool lateral, struct ast_call *c,
                                      struct ast_alias alias) {
    uint32_t start = t.kind == TK_LP ? c->head.span.offset : t.span.offset;
    struct ast_table_function *f = BUILD_NEW(p, TABLE_FUNCTION, table_function, start);
    f->lateral = lateral;
    f->call = c;
    f->alias = alias;
    build_over_child(p, &f->head.height, c->head.height);
    return &f->head;
}

struct ast_from *build_unnest(struct parse *p, struct token t, struct ast_exprs *l, bool ordinality,
                              struct ast_alias alias) {
    struct ast_unnest *u = BUILD_NEW(p, UNNEST, unnest, t.span.offset);
    u->items = *l;
    u->with_ordinality = ordinality;
    u->alias = alias;
    for (size_t i = 0; i < l->count; i++) over(p, &u->head.height, l->items[i]);
    return &u->head;
}
