/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing calls: special forms (EXTRACT, TRIM, JSON_VALUE, ..) in their own grammar, all others with commas;
 * and windows. A call whose name is a special word but whose arguments do not have that form was written with
 * the name in back-ticks, and is printed so.
 */
#include "sql/grammar.h"
#include "sql/lex.h"
#include "sql/printer.h"

static bool is_symbol(const struct ast_call *c, size_t i) {
    return i < c->arg_count && c->args[i].value->kind == AST_SYMBOL;
}

/* Only expressions by position: what the special forms are made of. */
static bool is_simple(const struct ast_call *c) {
    for (size_t i = 0; i < c->arg_count; i++) {
        enum ast_kind k = c->args[i].value->kind;
        if (c->args[i].name.text.len) return false;
        if (k == AST_STAR || k == AST_TABLE_ARG || k == AST_DESCRIPTOR || k == AST_DEFAULT) return false;
    }
    return !c->distinct;
}

/* Arguments with words between: words[i] stands before argument i. */
static void print_with_words(struct printer *o, const struct ast_call *c, const char *const *words) {
    print_str(o, c->name.parts[0].text);
    print_raw(o, "(");
    for (size_t i = 0; i < c->arg_count; i++) {
        print_raw(o, words[i]);
        print_operand(o, c->args[i].value);
    }
    print_raw(o, ")");
}

static const char *const commas[] = {"", ", ", ", ", ", "};

/* The words between the arguments of a special form, NULL if the call is not of that form. */
static const char *const *special_words(const struct ast_call *c, int token) {
    static const char *const extract[] = {"", " FROM "};
    static const char *const position[] = {"", " IN ", " FROM "};
    static const char *const trim[] = {"", " ", " FROM "};
    static const char *const overlay[] = {"", " PLACING ", " FROM ", " FOR "};
    static const char *const to[] = {"", " TO "};
    size_t n = c->arg_count;
    switch (token) {
    case TK_EXTRACT: return n == 2 && is_symbol(c, 0) ? extract : NULL;
    case TK_POSITION: return n == 2 || n == 3 ? position : NULL;
    case TK_TRIM: return n == 3 && is_symbol(c, 0) ? trim : NULL;
    case TK_OVERLAY: return n == 3 || n == 4 ? overlay : NULL;
    case TK_FLOOR:
    case TK_CEIL: return n == 1 || (n == 2 && is_symbol(c, 1)) ? to : NULL;
    case TK_TIMESTAMPADD:
    case TK_TIMESTAMPDIFF: return n == 3 && is_symbol(c, 0) ? commas : NULL;
    case TK_SUBSTRING: return n >= 1 && n <= 4 ? commas : NULL;
    case TK_BARE_CALL: return n == 1 ? commas : NULL;
    default: return NULL;
    }
}

static size_t positional_count(const struct ast_call *c) {
    size_t n = 0;
    while (n < c->arg_count && c->args[n].name.text.len == 0) n++;
    return n;
}

static void print_json_clause(struct printer *o, const struct ast_arg *a) {
    print_raw(o, " ");
    if (str_eq(a->name.text, STR("RETURNING"))) {
        print_raw(o, "RETURNING ");
        print_expr(o, a->value);
    } else if (str_eq(a->name.text, STR("WRAPPER"))) {
        if (!str_eq(ast_as_symbol(a->value)->text, STR("WITHOUT"))) print_raw(o, "WITH ");
        print_expr(o, a->value);
        print_raw(o, " ARRAY WRAPPER");
    } else {
        if (a->value->kind != AST_SYMBOL) print_raw(o, "DEFAULT ");
        print_expr(o, a->value);
        print_raw(o, " ");
        print_str(o, a->name.text);
    }
}

/* Whether the arguments behind the positional ones are the clauses that the parser makes. */
static bool has_json_clauses(const struct ast_call *c, size_t from) {
    for (size_t i = from; i < c->arg_count; i++) {
        struct str n = c->args[i].name.text;
        bool clause = str_starts(n, STR("ON ")) || str_eq(n, STR("RETURNING")) || str_eq(n, STR("WRAPPER"));
        if (!clause) return false;
    }
    return true;
}

static bool is_json_form(const struct ast_call *c, int token) {
    size_t n = positional_count(c);
    if (!has_json_clauses(c, n) || c->distinct) return false;
    for (size_t i = 0; i < n; i++) {
        enum ast_kind k = c->args[i].value->kind;
        if (k == AST_STAR || k == AST_TABLE_ARG || k == AST_DESCRIPTOR || k == AST_DEFAULT) return false;
    }
    switch (token) {
    case TK_JSON_EXISTS:
    case TK_JSON_VALUE:
    case TK_JSON_QUERY: return n == 2;
    case TK_JSON_OBJECT: return n % 2 == 0;
    case TK_JSON_OBJECTAGG: return n == 2;
    case TK_JSON_ARRAY: return true;
    case TK_JSON_ARRAYAGG: return n == 1;
    default: return false;
    }
}

static void print_json(struct printer *o, const struct ast_call *c, int token) {
    bool pairs = token == TK_JSON_OBJECT || token == TK_JSON_OBJECTAGG;
    size_t n = positional_count(c);
    print_str(o, c->name.parts[0].text);
    print_raw(o, "(");
    for (size_t i = 0; i < n; i++) {
        print_raw(o, i == 0 ? "" : pairs && i % 2 ? " VALUE " : ", ");
        if (pairs && i % 2 == 0) print_raw(o, "KEY ");
        print_expr(o, c->args[i].value);
    }
    for (size_t i = n; i < c->arg_count; i++) {
        if (i == 0) print_raw(o, "");
        print_json_clause(o, &c->args[i]);
    }
    print_raw(o, ")");
}

/* A keyword that the parser takes for the name of a function when "(" follows. */
static bool is_bare_name(struct str name) {
    static const char *const names[] = {"LEFT", "RIGHT", "IF", "REPLACE", "GROUPING"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_ieq(name, str_of(names[i]))) return true;
    }
    return false;
}

static void print_plain(struct printer *o, const struct ast_call *c) {
    if (c->name.count == 1 && is_bare_name(c->name.parts[0].text)) print_str(o, c->name.parts[0].text);
    else print_name(o, &c->name);
    print_raw(o, c->distinct ? "(DISTINCT " : "(");
    for (size_t i = 0; i < c->arg_count; i++) {
        print_comma(o, i);
        if (c->args[i].name.text.len) {
            print_ident(o, c->args[i].name.text);
            print_raw(o, " => ");
        }
        print_expr(o, c->args[i].value);
    }
    print_raw(o, ")");
}

static bool is_upper(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
    }
    return true;
}

static void print_core(struct printer *o, const struct ast_call *c) {
    const struct lex_keyword *k = NULL;
    if (c->name.count == 1 && is_upper(c->name.parts[0].text)) k = lex_keyword_find(c->name.parts[0].text);
    if (c->bare) {
        print_str(o, c->name.parts[0].text);
        return;
    }
    if (k && is_json_form(c, k->token)) {
        print_json(o, c, k->token);
        return;
    }
    const char *const *words = k && is_simple(c) ? special_words(c, k->token) : NULL;
    if (words) print_with_words(o, c, words);
    else print_plain(o, c);
}

void print_call(struct printer *o, const struct ast_call *c) {
    print_core(o, c);
    if (c->within_group.count) {
        print_raw(o, " WITHIN GROUP (");
        print_orders(o, &c->within_group);
        print_raw(o, ")");
    }
    if (c->filter) {
        print_raw(o, " FILTER (WHERE ");
        print_expr(o, c->filter);
        print_raw(o, ")");
    }
    if (c->ignore_nulls) print_raw(o, " IGNORE NULLS");
    if (c->respect_nulls) print_raw(o, " RESPECT NULLS");
    if (c->over) {
        print_raw(o, " OVER ");
        print_window(o, c->over);
    }
}

static void print_bound(struct printer *o, const struct ast_bound *b) {
    static const char *const words[] = {"UNBOUNDED PRECEDING", " PRECEDING", "CURRENT ROW", " FOLLOWING",
                                        "UNBOUNDED FOLLOWING"};
    if (b->offset) print_expr(o, b->offset);
    print_raw(o, words[b->kind]);
}

void print_window(struct printer *o, const struct ast_window *w) {
    const char *blank = "";
    if (!w->name_only) print_raw(o, "(");
    if (w->base.text.len) {
        print_ident(o, w->base.text);
        blank = " ";
    }
    if (w->partition_by.count) {
        print_format(o, "%sPARTITION BY ", blank);
        print_exprs(o, &w->partition_by);
        blank = " ";
    }
    if (w->order_by.count) {
        print_raw(o, blank);
        print_orders(o, &w->order_by);
        blank = " ";
    }
    if (w->frame != AST_FRAME_NONE) {
        print_format(o, "%s%s BETWEEN ", blank, w->frame == AST_FRAME_ROWS ? "ROWS" : "RANGE");
        print_bound(o, &w->start);
        print_raw(o, " AND ");
        print_bound(o, &w->end);
    }
    if (!w->name_only) print_raw(o, ")");
}
