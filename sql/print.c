/* SPDX-License-Identifier: Apache-2.0
 *
 * The printer's entry points, its text, names and constants; see print.h. The nodes are printed by
 * print_expr.c, print_call.c, print_type.c, print_query.c and print_stmt.c.
 */
#include "sql/print.h"

#include <stdarg.h>

#include "sql/lex.h"
#include "sql/printer.h"

void print_str(struct printer *o, struct str s) {
    text_append(&o->text, s.ptr, s.len);
}

void print_raw(struct printer *o, const char *words) {
    print_str(o, str_of(words));
}

void print_format(struct printer *o, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    text_vprintf(&o->text, fmt, ap);
    va_end(ap);
}

void print_comma(struct printer *o, size_t i) {
    if (i) print_raw(o, ", ");
}

/* s between quotes, the quote inside it doubled. */
static void print_quoted(struct printer *o, struct str s, char quote) {
    struct str q = {&quote, 1};
    print_str(o, q);
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != quote) continue;
        print_str(o, str_sub(s, from, i + 1 - from));
        from = i;
    }
    if (s.len) print_str(o, str_sub(s, from, s.len - from));
    print_str(o, q);
}

void print_string(struct printer *o, struct str s) {
    print_quoted(o, s, '\'');
}

/* Keywords that are usual names; the parser tells them apart by what stands beside them. */
static bool is_usual_name(struct str name) {
    static const char *const names[] = {"DATE", "KEY", "STATE", "USER", "VALUE"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_ieq(name, str_of(names[i]))) return true;
    }
    return false;
}

bool print_is_plain(struct str name) {
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' || c >= 0x80;
        if (!letter && (i == 0 || c < '0' || c > '9')) return false;
    }
    /* a no-break space is skipped as a blank, and a byte order mark too */
    bool blank =
        name.len >= 2 && (memcmp(name.ptr, "\xc2\xa0", 2) == 0 || memcmp(name.ptr, "\xef\xbb", 2) == 0);
    return name.len > 0 && !blank && (!lex_keyword_find(name) || is_usual_name(name));
}

void print_ident(struct printer *o, struct str name) {
    if (print_is_plain(name)) print_str(o, name);
    else print_quoted(o, name, '`');
}

void print_idents(struct printer *o, const struct ast_idents *l) {
    print_raw(o, "(");
    for (size_t i = 0; i < l->count; i++) {
        print_comma(o, i);
        print_ident(o, l->items[i].text);
    }
    print_raw(o, ")");
}

void print_name(struct printer *o, const struct ast_name *n) {
    if (n->is_path) {
        print_string(o, n->parts[0].text);
        return;
    }
    for (size_t i = 0; i < n->count; i++) {
        if (i) print_raw(o, ".");
        print_ident(o, n->parts[i].text);
    }
}

void print_column_ref(struct printer *o, const struct ast_name *n) {
    for (size_t i = 0; i < n->count; i++) {
        if (i) print_raw(o, ".");
        if (o->quote) print_quoted(o, n->parts[i].text, '`');
        else print_ident(o, n->parts[i].text);
    }
}

void print_options(struct printer *o, const struct ast_options *l) {
    print_raw(o, "(");
    for (size_t i = 0; i < l->count; i++) {
        print_comma(o, i);
        print_string(o, l->items[i].key.value);
        if (!l->items[i].value.present) continue;
        print_raw(o, " = ");
        print_string(o, l->items[i].value.value);
    }
    print_raw(o, ")");
}

struct str sql_print_query(struct arena *a, const struct ast_query *query) {
    struct printer o = {.text = {.arena = a}};
    print_query(&o, query);
    return text_str(&o.text);
}

struct str sql_print_expr(struct arena *a, const struct ast_expr *expr) {
    struct printer o = {.text = {.arena = a}};
    print_expr(&o, expr);
    return text_str(&o.text);
}

struct str sql_print_expr_quoted(struct arena *a, const struct ast_expr *expr) {
    struct printer o = {.text = {.arena = a}, .quote = true};
    print_expr(&o, expr);
    return text_str(&o.text);
}

struct str sql_print_ident_quoted(struct arena *a, struct str name) {
    struct printer o = {.text = {.arena = a}};
    print_quoted(&o, name, '`');
    return text_str(&o.text);
}

struct str sql_print_ident(struct arena *a, struct str name) {
    struct printer o = {.text = {.arena = a}};
    print_ident(&o, name);
    return text_str(&o.text);
}
