/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing queries and what stands in FROM.
 */
#include "sql/printer.h"

void print_hints(struct printer *o, const struct ast_hints *h) {
    if (h->count == 0) return;
    print_raw(o, " /*+ ");
    for (size_t i = 0; i < h->count; i++) {
        const struct ast_hint *x = &h->items[i];
        print_comma(o, i);
        if (str_eq(x->name.text, STR("OPTIONS"))) print_str(o, x->name.text);
        else print_ident(o, x->name.text);
        if (x->args.count == 0) continue;
        print_raw(o, "(");
        for (size_t k = 0; k < x->args.count; k++) {
            const struct ast_option *a = &x->args.items[k];
            print_comma(o, k);
            if (!a->value.present && print_is_plain(a->key.value)) print_str(o, a->key.value);
            else print_string(o, a->key.value);
            if (!a->value.present) continue;
            print_raw(o, " = ");
            print_string(o, a->value.value);
        }
        print_raw(o, ")");
    }
    print_raw(o, " */");
}

/* ---- FROM ---- */

static void print_from(struct printer *o, const struct ast_from *f);

static void print_alias(struct printer *o, const struct ast_alias *a) {
    if (a->name.text.len == 0) return;
    print_raw(o, " AS ");
    print_ident(o, a->name.text);
    if (a->columns.count == 0) return;
    print_raw(o, " ");
    print_idents(o, &a->columns);
}

static void print_table_ref(struct printer *o, const struct ast_table_ref *t) {
    print_name(o, &t->name);
    print_hints(o, &t->hints);
    if (t->system_time) {
        print_raw(o, " FOR SYSTEM_TIME AS OF ");
        print_expr(o, t->system_time);
    }
    print_alias(o, &t->alias);
}

static bool is_comma(const struct ast_from *f) {
    return f->kind == AST_JOIN && ast_as_join(f)->join == AST_JOIN_COMMA;
}

static void print_side(struct printer *o, const struct ast_from *f, bool parens) {
    if (parens) print_raw(o, "(");
    print_from(o, f);
    if (parens) print_raw(o, ")");
}

static void print_join(struct printer *o, const struct ast_join *j) {
    static const char *const words[] = {", ",          " CROSS JOIN ", " JOIN ",
                                        " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN "};
    bool comma = j->join == AST_JOIN_COMMA;
    print_side(o, j->left, !comma && is_comma(j->left));
    if (j->natural) print_raw(o, " NATURAL");
    print_raw(o, words[j->join]);
    print_side(o, j->right, comma ? is_comma(j->right) : j->right->kind == AST_JOIN);
    if (j->on) {
        print_raw(o, " ON ");
        print_expr(o, j->on);
    }
    if (j->using_names.count) {
        print_raw(o, " USING ");
        print_idents(o, &j->using_names);
    }
}

static void print_derived(struct printer *o, const struct ast_derived *d) {
    print_raw(o, d->lateral ? "LATERAL (" : "(");
    print_query(o, d->query);
    print_raw(o, ")");
    print_alias(o, &d->alias);
}

static void print_table_function(struct printer *o, const struct ast_table_function *f) {
    print_raw(o, f->lateral ? "LATERAL TABLE(" : "TABLE(");
    print_expr(o, &f->call->head);
    print_raw(o, ")");
    print_alias(o, &f->alias);
}

static void print_unnest(struct printer *o, const struct ast_unnest *u) {
    print_raw(o, "UNNEST(");
    print_exprs(o, &u->items);
    print_raw(o, u->with_ordinality ? ") WITH ORDINALITY" : ")");
    print_alias(o, &u->alias);
}

static void print_from(struct printer *o, const struct ast_from *f) {
    switch (f->kind) {
    case AST_TABLE_REF: print_table_ref(o, ast_as_table_ref(f)); break;
    case AST_DERIVED: print_derived(o, ast_as_derived(f)); break;
    case AST_TABLE_FUNCTION: print_table_function(o, ast_as_table_function(f)); break;
    case AST_UNNEST: print_unnest(o, ast_as_unnest(f)); break;
    case AST_JOIN: print_join(o, ast_as_join(f)); break;
    default: assert(!"nothing for FROM");
    }
}

/* ---- SELECT ---- */

static void print_groups(struct printer *o, const struct ast_group *g, size_t count) {
    for (size_t i = 0; i < count; i++) {
        print_comma(o, i);
        switch (g[i].kind) {
        case AST_GROUP_EXPR: print_expr(o, g[i].expr); continue;
        case AST_GROUP_SET: print_raw(o, "("); break;
        case AST_GROUP_ROLLUP: print_raw(o, "ROLLUP ("); break;
        case AST_GROUP_CUBE: print_raw(o, "CUBE ("); break;
        case AST_GROUP_SETS: print_raw(o, "GROUPING SETS ("); break;
        }
        print_exprs(o, &g[i].exprs);
        print_groups(o, g[i].items, g[i].item_count);
        print_raw(o, ")");
    }
}

static void print_clause(struct printer *o, const char *words, const struct ast_expr *e) {
    if (!e) return;
    print_raw(o, words);
    print_expr(o, e);
}

static void print_items(struct printer *o, const struct ast_select *s) {
    for (size_t i = 0; i < s->item_count; i++) {
        print_comma(o, i);
        print_expr(o, s->items[i].expr);
        if (s->items[i].alias.text.len == 0) continue;
        print_raw(o, " AS ");
        print_ident(o, s->items[i].alias.text);
    }
}

static void print_select(struct printer *o, const struct ast_select *s) {
    print_raw(o, "SELECT");
    print_hints(o, &s->hints);
    print_raw(o, s->distinct ? " DISTINCT " : " ");
    print_items(o, s);
    if (s->from) {
        print_raw(o, " FROM ");
        print_from(o, s->from);
    }
    print_clause(o, " WHERE ", s->where);
    if (s->has_group_by) {
        print_raw(o, " GROUP BY ");
        print_groups(o, s->groups, s->group_count);
    }
    print_clause(o, " HAVING ", s->having);
    for (size_t i = 0; i < s->window_count; i++) {
        print_raw(o, i ? ", " : " WINDOW ");
        print_ident(o, s->windows[i].name.text);
        print_raw(o, " AS ");
        print_window(o, s->windows[i].window);
    }
    print_clause(o, " QUALIFY ", s->qualify);
}

/* ---- other queries ---- */

static void print_values(struct printer *o, const struct ast_values *v) {
    print_raw(o, "VALUES ");
    for (size_t i = 0; i < v->row_count; i++) {
        bool row = v->rows[i].count == 1 && v->rows[i].items[0]->kind == AST_ROW;
        print_comma(o, i);
        print_raw(o, row ? "ROW(" : "(");
        print_exprs(o, &v->rows[i]);
        print_raw(o, ")");
    }
}

/* How tightly a query holds together: 0 with ORDER BY and its like, then UNION, then INTERSECT. */
static int query_level(const struct ast_query *q) {
    if (q->kind == AST_ORDERED) return 0;
    if (q->kind != AST_SET_OP) return 3;
    return ast_as_set_op(q)->op == AST_SET_INTERSECT ? 2 : 1;
}

static void print_query_at(struct printer *o, const struct ast_query *q, int level) {
    bool parens = query_level(q) < level;
    if (parens) print_raw(o, "(");
    print_query(o, q);
    if (parens) print_raw(o, ")");
}

static void print_set_op(struct printer *o, const struct ast_set_op *s) {
    static const char *const words[] = {" UNION ", " INTERSECT ", " EXCEPT "};
    int level = query_level(&s->head);
    print_query_at(o, s->left, level);
    print_raw(o, words[s->op]);
    if (s->all) print_raw(o, "ALL ");
    print_query_at(o, s->right, level + 1);
}

static void print_ordered(struct printer *o, const struct ast_ordered *q) {
    for (size_t i = 0; i < q->with_count; i++) {
        print_raw(o, i ? ", " : "WITH ");
        print_ident(o, q->with[i].name.text);
        if (q->with[i].columns.count) {
            print_raw(o, " ");
            print_idents(o, &q->with[i].columns);
        }
        print_raw(o, " AS (");
        print_query(o, q->with[i].query);
        print_raw(o, ")");
    }
    if (q->with_count) print_raw(o, " ");
    print_query_at(o, q->body, 1);
    if (q->order_by.count) {
        print_raw(o, " ");
        print_orders(o, &q->order_by);
    }
    print_clause(o, " LIMIT ", q->limit);
    print_clause(o, " OFFSET ", q->offset);
}

void print_query(struct printer *o, const struct ast_query *q) {
    switch (q->kind) {
    case AST_SELECT: print_select(o, ast_as_select(q)); break;
    case AST_SET_OP: print_set_op(o, ast_as_set_op(q)); break;
    case AST_VALUES: print_values(o, ast_as_values(q)); break;
    case AST_TABLE_QUERY:
        print_raw(o, "TABLE ");
        print_name(o, &ast_as_table_query(q)->name);
        break;
    case AST_ORDERED: print_ordered(o, ast_as_ordered(q)); break;
    default: assert(!"not a query");
    }
}
