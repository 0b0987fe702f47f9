/* SPDX-License-Identifier: Apache-2.0
 *
 * What all builders use: places, errors, growing lists, names and constants. See build.h.
 */
#include "sql/build.h"

#include <stdarg.h>
#include <stdio.h>

#include "sql/grammar.h"
#include "sql/text.h"

struct span build_span(const struct parse *p, uint32_t start) {
    uint32_t end = start;
    if (p->at > 0) end = p->tokens.items[p->at - 1].span.offset + p->tokens.items[p->at - 1].span.len;
    return (struct span){start, end > start ? end - start : 0};
}

void build_fail(struct parse *p, enum error_code code, struct span at, const char *fmt, ...) {
    char text[ERROR_TEXT_BYTES];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (p->stopped == PARSE_FAILED) return;
    p->stopped = PARSE_FAILED;
    error_at(p->error, code, at, "%s", text);
}

void build_hint(struct parse *p, const char *fmt, ...) {
    char text[ERROR_HINT_BYTES];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    error_hint(p->error, "%s", text);
}

void build_too_deep(struct parse *p) {
    struct token *t = &p->tokens.items[p->at];
    build_fail(p, ERR_LIMIT, t->span, "the statement is nested too deeply here (more than %d levels)",
               BUILD_HEIGHT_MAX);
}

void build_over_child(struct parse *p, uint32_t *height, uint32_t child) {
    if (*height <= child) *height = child + 1;
    if (*height > BUILD_HEIGHT_MAX) build_too_deep(p);
}

/* The four heads are the same but in name. */
static_assert(sizeof(struct ast_stmt) == sizeof(struct ast_expr), "heads of nodes");
static_assert(sizeof(struct ast_query) == sizeof(struct ast_from), "heads of nodes");

void *build_node(struct parse *p, enum ast_kind kind, size_t size_bytes, uint32_t start) {
    struct ast_expr *e = arena_alloc(p->arena, size_bytes);
    e->kind = kind;
    e->span = build_span(p, start);
    return e;
}

struct str build_upper(struct parse *p, struct str s) {
    char *out = arena_alloc_raw(p->arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        out[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (struct str){out, s.len};
}

int build_int(struct parse *p, struct token t) {
    struct str s = token_text(p->text, t);
    int64_t v = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') {
            build_fail(p, ERR_SYNTAX, t.span, "syntax error at \"%.*s\": expected a whole number",
                       STR_ARG(s));
            return 0;
        }
        v = v * 10 + (s.ptr[i] - '0');
        if (v > INT32_MAX) {
            build_fail(p, ERR_INVALID_LITERAL, t.span, "%.*s is too large here", STR_ARG(s));
            return 0;
        }
    }
    return (int)v;
}

struct token *build_keep(struct parse *p, struct token t) {
    struct token *kept = ARENA_NEW(p->arena, struct token);
    *kept = t;
    return kept;
}

struct ast_text build_text(struct parse *p, struct token t) {
    struct ast_text out = {true, {NULL, 0}, t.span};
    if (text_unquote(p->arena, token_text(p->text, t), t.span, &out.value, p->error) != ST_OK)
        p->stopped = PARSE_FAILED;
    return out;
}

struct ast_text build_word_text(struct parse *p, struct token t) {
    return (struct ast_text){true, token_text(p->text, t), t.span};
}

struct ast_text build_name_text(struct parse *p, struct ast_name n) {
    struct str s = n.parts[0].text;
    for (size_t i = 1; i < n.count; i++)
        s = arena_printf(p->arena, "%.*s.%.*s", STR_ARG(s), STR_ARG(n.parts[i].text));
    return (struct ast_text){true, s, n.span};
}

struct ast_ident build_ident(struct parse *p, struct token t) {
    struct ast_ident n = {token_text(p->text, t), t.span};
    if (t.kind != TK_QUOTED_ID) return n;
    n.text = text_unquote_name(p->arena, n.text);
    if (n.text.len == 0) build_fail(p, ERR_SYNTAX, t.span, "a name cannot be empty");
    return n;
}

struct ast_idents *build_idents(struct parse *p, struct ast_idents *l, struct ast_ident n) {
    if (!l) l = ARENA_NEW(p->arena, struct ast_idents);
    BUILD_PUSH(p, l, n);
    return l;
}

struct ast_name build_name(struct parse *p, const struct ast_name *l, struct ast_ident n) {
    struct ast_name out = {.count = l ? l->count + 1 : 1, .span = n.span};
    out.parts = ARENA_ARRAY(p->arena, struct ast_ident, out.count);
    if (l) {
        memcpy(out.parts, l->parts, l->count * sizeof *l->parts);
        out.span = build_span(p, l->span.offset);
        if (l->count >= 64) build_fail(p, ERR_LIMIT, out.span, "a name has at most 64 parts");
    }
    out.parts[out.count - 1] = n;
    return out;
}

struct ast_name build_path(struct parse *p, struct token t) {
    struct ast_ident part = {build_text(p, t).value, t.span};
    if (part.text.len == 0) build_fail(p, ERR_SYNTAX, t.span, "the path of a file cannot be empty");
    if (part.text.len && memchr(part.text.ptr, '\0', part.text.len))
        build_fail(p, ERR_SYNTAX, t.span, "the path of a file cannot hold a zero byte");
    struct ast_name out = build_name(p, NULL, part);
    out.is_path = true;
    return out;
}

struct ast_exprs *build_exprs(struct parse *p, struct ast_exprs *l, struct ast_expr *e) {
    if (!l) l = ARENA_NEW(p->arena, struct ast_exprs);
    BUILD_PUSH(p, l, e);
    return l;
}

struct ast_orders *build_orders(struct parse *p, struct ast_orders *l, struct ast_order o) {
    if (!l) l = ARENA_NEW(p->arena, struct ast_orders);
    BUILD_PUSH(p, l, o);
    return l;
}

struct ast_options *build_options(struct parse *p, struct ast_options *l, struct ast_option o) {
    if (!l) l = ARENA_NEW(p->arena, struct ast_options);
    if (o.key.present) BUILD_PUSH(p, l, o);
    return l;
}

struct ast_options *build_options_end(struct parse *p, struct token open, struct ast_options *l) {
    l->span = build_span(p, open.span.offset);
    return l;
}
