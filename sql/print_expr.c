/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing expressions, with no more parentheses than the grammar's precedences ask for.
 */
#include "sql/printer.h"

/* How tightly a node holds together, weakest first; as the %left table of grammar.y. */
enum level {
    LEVEL_OR = 1,
    LEVEL_AND,
    LEVEL_NOT,
    LEVEL_IS,
    LEVEL_COMPARE,
    LEVEL_PATTERN,
    LEVEL_ADD,
    LEVEL_MUL,
    LEVEL_UNARY,
    LEVEL_PRIMARY,
};

static enum level op_level(enum ast_op op) {
    switch (op) {
    case AST_OP_OR: return LEVEL_OR;
    case AST_OP_AND: return LEVEL_AND;
    case AST_OP_NOT: return LEVEL_NOT;
    case AST_OP_EQ:
    case AST_OP_NE:
    case AST_OP_LT:
    case AST_OP_LE:
    case AST_OP_GT:
    case AST_OP_GE:
    case AST_OP_DISTINCT:
    case AST_OP_NOT_DISTINCT:
    case AST_OP_OVERLAPS: return LEVEL_COMPARE;
    case AST_OP_ADD:
    case AST_OP_SUB: return LEVEL_ADD;
    case AST_OP_CONCAT:
    case AST_OP_MUL:
    case AST_OP_DIV:
    case AST_OP_MOD: return LEVEL_MUL;
    case AST_OP_NEG:
    case AST_OP_PLUS: return LEVEL_UNARY;
    case AST_OP_COUNT: break;
    }
    return LEVEL_PRIMARY;
}

static enum level level_of(const struct ast_expr *e) {
    switch (e->kind) {
    case AST_UNARY: return op_level(ast_as_unary(e)->op);
    case AST_BINARY: return op_level(ast_as_binary(e)->op);
    case AST_IS: return LEVEL_IS;
    case AST_BETWEEN:
    case AST_LIKE:
    case AST_IN:
    case AST_QUANTIFIED: return LEVEL_PATTERN;
    default: return LEVEL_PRIMARY;
    }
}

static void print_bare(struct printer *o, const struct ast_expr *e);

/* In parentheses if it holds together less tightly than `level`. */
static void print_at(struct printer *o, const struct ast_expr *e, enum level level) {
    bool parens = level_of(e) < level;
    if (parens) print_raw(o, "(");
    print_bare(o, e);
    if (parens) print_raw(o, ")");
}

void print_expr(struct printer *o, const struct ast_expr *e) {
    print_at(o, e, LEVEL_OR);
}

void print_operand(struct printer *o, const struct ast_expr *e) {
    print_at(o, e, LEVEL_ADD);
}

void print_exprs(struct printer *o, const struct ast_exprs *l) {
    for (size_t i = 0; i < l->count; i++) {
        print_comma(o, i);
        print_expr(o, l->items[i]);
    }
}

void print_orders(struct printer *o, const struct ast_orders *l) {
    print_raw(o, "ORDER BY ");
    for (size_t i = 0; i < l->count; i++) {
        const struct ast_order *k = &l->items[i];
        print_comma(o, i);
        print_expr(o, k->expr);
        if (k->desc) print_raw(o, " DESC");
        if (k->nulls) print_raw(o, k->nulls < 0 ? " NULLS FIRST" : " NULLS LAST");
    }
}

static void print_nested(struct printer *o, const struct ast_query *q) {
    print_raw(o, "(");
    print_query(o, q);
    print_raw(o, ")");
}

static void print_literal(struct printer *o, const struct ast_literal *l) {
    switch (l->literal) {
    case AST_LIT_NULL: print_raw(o, "NULL"); return;
    case AST_LIT_TRUE: print_raw(o, "TRUE"); return;
    case AST_LIT_FALSE: print_raw(o, "FALSE"); return;
    case AST_LIT_EXACT:
    case AST_LIT_APPROX: print_str(o, l->text); return;
    case AST_LIT_STRING: break;
    case AST_LIT_BINARY: print_raw(o, "X"); break;
    case AST_LIT_DATE: print_raw(o, "DATE "); break;
    case AST_LIT_TIME: print_raw(o, "TIME "); break;
    case AST_LIT_TIMESTAMP: print_raw(o, "TIMESTAMP "); break;
    }
    print_string(o, l->text);
}

/* What stands before a dot or "[". */
static void print_object(struct printer *o, const struct ast_expr *e, bool dot) {
    bool parens = true;
    if (e->kind == AST_COLUMN_REF) parens = dot;
    if (e->kind == AST_FIELD || e->kind == AST_INDEX || e->kind == AST_ARRAY || e->kind == AST_MAP ||
        e->kind == AST_CAST || e->kind == AST_ROW || e->kind == AST_SUBQUERY)
        parens = false;
    if (e->kind == AST_CALL) {
        const struct ast_call *c = ast_as_call(e);
        parens =
            c->bare || c->over || c->filter || c->within_group.count || c->ignore_nulls || c->respect_nulls;
    }
    if (parens) print_raw(o, "(");
    print_expr(o, e);
    if (parens) print_raw(o, ")");
}

static void print_star(struct printer *o, const struct ast_star *s) {
    if (s->object) {
        print_object(o, s->object, true);
        print_raw(o, ".");
    } else if (s->qualifier.count) {
        print_name(o, &s->qualifier);
        print_raw(o, ".");
    }
    print_raw(o, "*");
}

static void print_unary(struct printer *o, const struct ast_unary *u) {
    print_raw(o, ast_op_name(u->op));
    bool blank =
        u->op == AST_OP_NOT || (u->operand->kind == AST_UNARY && level_of(u->operand) == LEVEL_UNARY);
    if (blank) print_raw(o, " ");
    print_at(o, u->operand, op_level(u->op));
}

static void print_binary(struct printer *o, const struct ast_binary *b) {
    enum level level = op_level(b->op);
    print_at(o, b->left, level);
    print_format(o, " %s ", ast_op_name(b->op));
    print_at(o, b->right, level + 1);
}

static void print_is(struct printer *o, const struct ast_is *i) {
    static const char *const tests[] = {"NULL",       "TRUE",        "FALSE",      "UNKNOWN",
                                        "JSON VALUE", "JSON SCALAR", "JSON ARRAY", "JSON OBJECT"};
    print_at(o, i->value, LEVEL_IS);
    print_format(o, " IS %s%s", i->negated ? "NOT " : "", tests[i->test]);
}

static void print_between(struct printer *o, const struct ast_between *b) {
    print_at(o, b->value, LEVEL_PATTERN);
    print_format(o, " %sBETWEEN %s", b->negated ? "NOT " : "", b->symmetric ? "SYMMETRIC " : "");
    print_at(o, b->low, LEVEL_ADD);
    print_raw(o, " AND ");
    print_at(o, b->high, LEVEL_ADD);
}

static void print_like(struct printer *o, const struct ast_like *l) {
    static const char *const ops[] = {"LIKE", "ILIKE", "RLIKE", "SIMILAR TO"};
    print_at(o, l->value, LEVEL_PATTERN);
    print_format(o, " %s%s ", l->negated ? "NOT " : "", ops[l->op]);
    print_at(o, l->pattern, LEVEL_ADD);
    if (!l->escape) return;
    print_raw(o, " ESCAPE ");
    print_at(o, l->escape, LEVEL_ADD);
}

static void print_list_or_query(struct printer *o, const struct ast_exprs *l, const struct ast_query *q) {
    print_raw(o, "(");
    if (q) print_query(o, q);
    else print_exprs(o, l);
    print_raw(o, ")");
}

static void print_in(struct printer *o, const struct ast_in *i) {
    print_at(o, i->value, LEVEL_PATTERN);
    print_raw(o, i->negated ? " NOT IN " : " IN ");
    print_list_or_query(o, &i->list, i->query);
}

static void print_quantified(struct printer *o, const struct ast_quantified *q) {
    print_at(o, q->value, LEVEL_COMPARE);
    print_format(o, " %s %s ", ast_op_name(q->op), q->all ? "ALL" : "ANY");
    print_list_or_query(o, &q->list, q->query);
}

static void print_case(struct printer *o, const struct ast_case *c) {
    print_raw(o, "CASE");
    if (c->operand) {
        print_raw(o, " ");
        print_expr(o, c->operand);
    }
    for (size_t i = 0; i < c->when_count; i++) {
        print_raw(o, " WHEN ");
        for (size_t k = 0; k < c->whens[i].when.count; k++) {
            if (k) print_raw(o, ", ");
            print_expr(o, c->whens[i].when.items[k]);
        }
        print_raw(o, " THEN ");
        print_expr(o, c->whens[i].then);
    }
    if (c->otherwise) {
        print_raw(o, " ELSE ");
        print_expr(o, c->otherwise);
    }
    print_raw(o, " END");
}

static void print_cast(struct printer *o, const struct ast_cast *c) {
    print_raw(o, c->is_try ? "TRY_CAST(" : "CAST(");
    print_expr(o, c->value);
    print_raw(o, " AS ");
    print_type(o, c->type);
    print_raw(o, ")");
}

static void print_array(struct printer *o, const struct ast_array *a) {
    print_raw(o, "ARRAY");
    if (a->query) {
        print_nested(o, a->query);
        return;
    }
    print_raw(o, "[");
    print_exprs(o, &a->items);
    print_raw(o, "]");
}

static void print_listed(struct printer *o, const char *open, const struct ast_exprs *l, const char *close) {
    print_raw(o, open);
    print_exprs(o, l);
    print_raw(o, close);
}

static void print_table_arg(struct printer *o, const struct ast_table_arg *t) {
    print_raw(o, "TABLE ");
    if (t->query) print_nested(o, t->query);
    else print_name(o, &t->name);
    if (t->partition_by.count == 1) {
        print_raw(o, " PARTITION BY ");
        print_expr(o, t->partition_by.items[0]);
    } else if (t->partition_by.count) {
        print_listed(o, " PARTITION BY (", &t->partition_by, ")");
    }
    if (t->order_by.count == 0) return;
    const struct ast_order *last = &t->order_by.items[t->order_by.count - 1];
    print_raw(o, t->order_by.count > 1 ? " ORDER BY (" : " ORDER BY ");
    for (size_t i = 0; i < t->order_by.count; i++) {
        print_comma(o, i);
        print_expr(o, t->order_by.items[i].expr);
    }
    if (t->order_by.count > 1) print_raw(o, ")");
    if (last->desc) print_raw(o, " DESC");
    if (last->nulls) print_raw(o, last->nulls < 0 ? " NULLS FIRST" : " NULLS LAST");
}

static void print_interval(struct printer *o, const struct ast_interval *i) {
    print_raw(o, i->negative ? "INTERVAL -" : "INTERVAL ");
    print_string(o, i->text);
    print_raw(o, " ");
    print_range(o, &i->range);
}

static void print_difference(struct printer *o, const struct ast_difference *d) {
    print_raw(o, "(");
    print_at(o, d->left, LEVEL_ADD);
    print_raw(o, " - ");
    print_at(o, d->right, LEVEL_ADD + 1);
    print_raw(o, ") ");
    print_range(o, &d->range);
}

static void print_field(struct printer *o, const struct ast_field *f) {
    print_object(o, f->object, true);
    print_raw(o, ".");
    print_ident(o, f->field.text);
}

static void print_index(struct printer *o, const struct ast_index *x) {
    print_object(o, x->object, false);
    print_raw(o, "[");
    print_expr(o, x->index);
    print_raw(o, "]");
}

static void print_bare(struct printer *o, const struct ast_expr *e) {
    switch (e->kind) {
    case AST_LITERAL: print_literal(o, ast_as_literal(e)); break;
    case AST_INTERVAL: print_interval(o, ast_as_interval(e)); break;
    case AST_DIFFERENCE: print_difference(o, ast_as_difference(e)); break;
    case AST_COLUMN_REF: print_column_ref(o, &ast_as_column_ref(e)->name); break;
    case AST_STAR: print_star(o, ast_as_star(e)); break;
    case AST_FIELD: print_field(o, ast_as_field(e)); break;
    case AST_INDEX: print_index(o, ast_as_index(e)); break;
    case AST_UNARY: print_unary(o, ast_as_unary(e)); break;
    case AST_BINARY: print_binary(o, ast_as_binary(e)); break;
    case AST_IS: print_is(o, ast_as_is(e)); break;
    case AST_BETWEEN: print_between(o, ast_as_between(e)); break;
    case AST_LIKE: print_like(o, ast_as_like(e)); break;
    case AST_IN: print_in(o, ast_as_in(e)); break;
    case AST_QUANTIFIED: print_quantified(o, ast_as_quantified(e)); break;
    case AST_EXISTS:
        print_raw(o, "EXISTS ");
        print_nested(o, ast_as_exists(e)->query);
        break;
    case AST_SUBQUERY: print_nested(o, ast_as_subquery(e)->query); break;
    case AST_CASE: print_case(o, ast_as_case(e)); break;
    case AST_CAST: print_cast(o, ast_as_cast(e)); break;
    case AST_CALL: print_call(o, ast_as_call(e)); break;
    case AST_ROW:
        print_listed(o, ast_as_row(e)->is_explicit ? "ROW(" : "(", &ast_as_row(e)->items, ")");
        break;
    case AST_ARRAY: print_array(o, ast_as_array(e)); break;
    case AST_MAP: print_listed(o, "MAP[", &ast_as_map(e)->items, "]"); break;
    case AST_SYMBOL: print_str(o, ast_as_symbol(e)->text); break;
    case AST_TYPE_ARG: print_type(o, ast_as_type_arg(e)->type); break;
    case AST_TABLE_ARG: print_table_arg(o, ast_as_table_arg(e)); break;
    case AST_DESCRIPTOR:
        print_raw(o, "DESCRIPTOR");
        print_idents(o, &ast_as_descriptor(e)->columns);
        break;
    case AST_DEFAULT: print_raw(o, "DEFAULT"); break;
    case AST_PARAM: print_raw(o, "?"); break;
    default: assert(!"not an expression");
    }
}
