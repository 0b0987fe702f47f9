/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of columns and fields. a.b.c may be column a with fields b.c, or column b of table a with field
 * c: the table is tried first, as in Flink. Names are matched as written, case and all.
 */
#include "planner/binder.h"

#include <stdarg.h>

enum status bind_unsupported(struct binder *b, struct span span, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    struct str what = arena_vprintf(b->arena, fmt, ap);
    va_end(ap);
    return error_at(b->error, ERR_UNSUPPORTED, span, "%.*s is not supported yet", STR_ARG(what));
}

enum status bind_suggest_column(struct binder *b, const struct scope *s, struct str name) {
    struct str best = {0};
    unsigned best_distance = str_too_far(name);
    for (uint32_t i = 0; i < s->count; i++) {
        unsigned d = str_distance(name, s->cols[i].name, best_distance);
        if (d < best_distance) {
            best = s->cols[i].name;
            best_distance = d;
        }
    }
    if (best.len) return error_hint(b->error, "did you mean '%.*s'?", STR_ARG(best));
    struct str list = {"", 0};
    for (uint32_t i = 0; i < s->count && list.len < 200; i++) {
        if (s->cols[i].hidden) continue;
        list = arena_printf(b->arena, "%.*s%s%.*s", STR_ARG(list), list.len ? ", " : "",
                            STR_ARG(s->cols[i].name));
    }
    return list.len ? error_hint(b->error, "columns here are %.*s", STR_ARG(list)) : ST_ERROR;
}

static enum status ambiguous(struct binder *b, const struct scope *s, struct ast_ident name) {
    struct str list = {"", 0};
    for (uint32_t i = 0; i < s->count; i++) {
        const struct scope_col *c = &s->cols[i];
        if (c->hidden || !str_eq(c->name, name.text)) continue;
        list = arena_printf(b->arena, "%.*s%s%.*s%s%.*s", STR_ARG(list), list.len ? ", " : "",
                            STR_ARG(c->qualifier), c->qualifier.len ? "." : "", STR_ARG(c->name));
    }
    error_at(b->error, ERR_AMBIGUOUS_COLUMN, name.span, "column '%.*s' is ambiguous", STR_ARG(name.text));
    return error_hint(b->error, "it could be %.*s", STR_ARG(list));
}

/* The only column of that name (and qualifier, when given); -1 none, -2 several. */
static int64_t find(const struct scope *s, const struct str *qualifier, struct str name) {
    int64_t found = -1;
    for (uint32_t i = 0; i < s->count; i++) {
        const struct scope_col *c = &s->cols[i];
        if (!str_eq(c->name, name)) continue;
        if (qualifier ? !str_eq(c->qualifier, *qualifier) : c->hidden) continue;
        if (found >= 0 && s->cols[found].column != c->column) return -2;
        found = i;
    }
    return found;
}

static bool has_qualifier(const struct scope *s, struct str qualifier) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (str_eq(s->cols[i].qualifier, qualifier)) return true;
    }
    return false;
}

enum status bind_field(struct binder *b, struct expr *object, struct str name, struct span span,
                       struct expr **out) {
    const struct type *t = object->type;
    if (t->kind != TYPE_ROW) {
        return error_at(b->error, ERR_TYPE_MISMATCH, span, "a value of type %.*s has no field '%.*s'",
                        STR_ARG(bind_type_text(b, t)), STR_ARG(name));
    }
    for (uint32_t i = 0; i < t->nfields; i++) {
        if (!str_eq(t->fields[i].name, name)) continue;
        struct expr *e = ARENA_NEW(b->arena, struct expr);
        *e = (struct expr){.kind = EXPR_FIELD, .span = span, .column = i, .nargs = 1};
        const struct type *ft = t->fields[i].type;
        e->type = type_with_null(b->arena, ft, ft->nullable || t->nullable);
        e->args = ARENA_NEW(b->arena, struct expr *);
        e->args[0] = object;
        *out = e;
        return ST_OK;
    }
    error_at(b->error, ERR_UNKNOWN_COLUMN, span, "there is no field '%.*s' in %.*s", STR_ARG(name),
             STR_ARG(bind_type_text(b, t)));
    for (uint32_t i = 0; i < t->nfields; i++) {
        struct str f = t->fields[i].name;
        unsigned far = str_too_far(name);
        if (str_distance(name, f, far) < far) return error_hint(b->error, "did you mean '%.*s'?", STR_ARG(f));
    }
    struct str list = {"", 0};
    for (uint32_t i = 0; i < t->nfields && list.len < 200; i++) {
        list = arena_printf(b->arena, "%.*s%s%.*s", STR_ARG(list), i ? ", " : "", STR_ARG(t->fields[i].name));
    }
    return error_hint(b->error, "its fields are %.*s", STR_ARG(list));
}

/* The tables of the scope, whose columns stand together. */
static enum status suggest_qualifier(struct binder *b, const struct scope *s, struct str name) {
    struct str list = {"", 0}, last = {"", 0};
    unsigned far = str_too_far(name);
    for (uint32_t i = 0; i < s->count && list.len < 200; i++) {
        struct str q = s->cols[i].qualifier;
        if (q.len == 0 || str_eq(q, last)) continue;
        if (str_distance(name, q, far) < far) return error_hint(b->error, "did you mean '%.*s'?", STR_ARG(q));
        list = arena_printf(b->arena, "%.*s%s%.*s", STR_ARG(list), list.len ? ", " : "", STR_ARG(q));
        last = q;
    }
    return list.len ? error_hint(b->error, "tables here are %.*s", STR_ARG(list)) : ST_ERROR;
}

static enum status unknown(struct binder *b, const struct scope *s, const struct ast_name *name,
                           bool table_known) {
    if (s->count == 0 && name->count == 1) {
        error_at(b->error, ERR_UNKNOWN_COLUMN, name->span, "there is no column '%.*s' here",
                 STR_ARG(name->parts[0].text));
        return error_hint(b->error, "strings are written in single quotes");
    }
    if (name->count > 1 && !table_known) {
        error_at(b->error, ERR_UNKNOWN_COLUMN, name->parts[0].span, "there is no table or column '%.*s' here",
                 STR_ARG(name->parts[0].text));
        return suggest_qualifier(b, s, name->parts[0].text);
    }
    struct ast_ident col = name->parts[name->count > 1 ? 1 : 0];
    error_at(b->error, ERR_UNKNOWN_COLUMN, col.span, "there is no column '%.*s'%s%.*s", STR_ARG(col.text),
             table_known ? " in " : "", STR_ARG(table_known ? name->parts[0].text : STR("")));
    return bind_suggest_column(b, s, col.text);
}

enum status bind_column_ref(struct binder *b, const struct scope *s, const struct ast_name *name,
                            struct expr **out) {
    size_t used = 1;
    int64_t at = -1;
    bool table_known = name->count > 1 && has_qualifier(s, name->parts[0].text);
    if (table_known) {
        at = find(s, &name->parts[0].text, name->parts[1].text);
        used = 2;
        if (at == -2) return ambiguous(b, s, name->parts[1]);
    }
    if (at < 0) {
        int64_t plain = find(s, NULL, name->parts[0].text);
        if (plain == -2) return ambiguous(b, s, name->parts[0]);
        if (plain < 0 && name->count == 1 && str_ieq(name->parts[0].text, STR("PI"))) {
            return bind_function(b, STR("PI"), name->span, NULL, 0, out); /* needs no parentheses */
        }
        if (plain < 0) return unknown(b, s, name, table_known);
        at = plain;
        used = 1;
    }
    uint32_t column = s->cols[at].column;
    *out = expr_column(b->arena, column, s->types[column].type, name->span);
    for (size_t i = used; i < name->count; i++) {
        TRY(bind_field(b, *out, name->parts[i].text, name->parts[i].span, out));
    }
    return ST_OK;
}
