/* SPDX-License-Identifier: Apache-2.0
 *
 * Function calls: aggregates, window columns of legacy group windows, special forms with keyword clauses,
 * and plain functions. The clauses of JSON functions become arguments by position, all of them always there:
 *   JSON_EXISTS(x, path, symbol on error)
 *   JSON_VALUE(x, path, symbol on empty, default, symbol on error, default)    type: RETURNING or STRING
 *   JSON_QUERY(x, path, symbol wrapper, symbol on empty, symbol on error)      type: RETURNING or STRING
 *   JSON_OBJECT(symbol on null, k, v, ..), JSON_ARRAY(symbol on null, a, ..)
 */
#include "planner/binder.h"
#include "planner/symbols.h"

static struct expr *symbol(struct binder *b, enum symbol s, struct span span) {
    return expr_literal(b->arena, type_simple(TYPE_SYMBOL, false), (struct value){.i = s}, span);
}

static enum status bind_arg(struct binder *b, const struct scope *s, const struct ast_expr *e,
                            struct expr **out) {
    if (e->kind != AST_SYMBOL) return bind_expr(b, s, e, out);
    enum symbol sym;
    struct str word = ast_as_symbol(e)->text;
    if (!symbol_find(word, &sym)) {
        return error_at(b->error, ERR_INVALID_QUERY, e->span, "'%.*s' cannot stand here", STR_ARG(word));
    }
    *out = symbol(b, sym, e->span);
    return ST_OK;
}

/* ---- JSON clauses ---- */

static const struct ast_expr *clause(const struct ast_call *c, const char *name) {
    for (size_t i = 0; i < c->arg_count; i++) {
        if (str_eq(c->args[i].name.text, str_of(name))) return c->args[i].value;
    }
    return NULL;
}

static enum status symbol_clause(struct binder *b, const struct scope *s, const struct ast_call *c,
                                 const char *name, enum symbol def, struct expr **out) {
    const struct ast_expr *e = clause(c, name);
    *out = symbol(b, def, c->head.span);
    return e ? bind_arg(b, s, e, out) : ST_OK;
}

/* NULL, ERROR, or DEFAULT and its expression. */
static enum status default_clause(struct binder *b, const struct scope *s, const struct ast_call *c,
                                  const char *name, struct expr **out) {
    const struct ast_expr *e = clause(c, name);
    out[0] = symbol(b, e && e->kind != AST_SYMBOL ? SYM_DEFAULT : SYM_NULL, c->head.span);
    out[1] =
        expr_literal(b->arena, type_simple(TYPE_NULLTYPE, true), (struct value){.null = true}, c->head.span);
    return e ? bind_arg(b, s, e, e->kind == AST_SYMBOL ? &out[0] : &out[1]) : ST_OK;
}

static enum status positional(struct binder *b, const struct scope *s, const struct ast_call *c,
                              struct expr **args, uint32_t *n) {
    for (size_t i = 0; i < c->arg_count; i++) {
        if (c->args[i].name.text.len) continue;
        TRY(bind_arg(b, s, c->args[i].value, &args[(*n)++]));
    }
    return ST_OK;
}

static enum status bind_json(struct binder *b, const struct scope *s, const struct ast_call *c,
                             struct str name, struct expr **out) {
    struct expr **args = ARENA_ARRAY(b->arena, struct expr *, c->arg_count + 6);
    uint32_t n = 0;
    const struct type *returning = type_string(true);
    bool value = str_ieq(name, STR("JSON_VALUE"));
    if (str_ieq(name, STR("JSON_OBJECT")) || str_ieq(name, STR("JSON_ARRAY"))) {
        enum symbol def = str_ieq(name, STR("JSON_ARRAY")) ? SYM_ABSENT : SYM_NULL;
        TRY(symbol_clause(b, s, c, "ON NULL", def, &args[n++]));
        TRY(positional(b, s, c, args, &n));
        return bind_function(b, name, c->head.span, args, n, out);
    }
    TRY(positional(b, s, c, args, &n));
    if (str_ieq(name, STR("JSON_EXISTS"))) {
        TRY(symbol_clause(b, s, c, "ON ERROR", SYM_FALSE, &args[n]));
        return bind_function(b, name, c->head.span, args, n + 1, out);
    }
    const struct ast_expr *r = clause(c, "RETURNING");
    if (r) TRY(bind_type(b, ast_as_type_arg(r)->type, &returning));
    returning = type_with_null(b->arena, returning, true);
    if (value) {
        TRY(default_clause(b, s, c, "ON EMPTY", &args[n]));
        TRY(default_clause(b, s, c, "ON ERROR", &args[n + 2]));
        args[n + 1] = bind_coerce(b, args[n + 1], returning);
        args[n + 3] = bind_coerce(b, args[n + 3], returning);
        n += 4;
    } else {
        TRY(symbol_clause(b, s, c, "WRAPPER", SYM_WITHOUT, &args[n++]));
        TRY(symbol_clause(b, s, c, "ON EMPTY", SYM_NULL, &args[n++]));
        TRY(symbol_clause(b, s, c, "ON ERROR", SYM_NULL, &args[n++]));
    }
    struct expr **cast = ARENA_ARRAY(b->arena, struct expr *, n + 1);
    const struct type *type;
    const struct func_desc *f = bind_overload(b, name, args, n, false, cast, &type);
    if (!f) return bind_no_overload(b, name, c->head.span, args, n);
    *out = bind_fold(b, expr_call(b->arena, f->id, returning, cast, n, c->head.span));
    return ST_OK;
}

static bool is_json_form(struct str name) {
    return str_ieq(name, STR("JSON_VALUE")) || str_ieq(name, STR("JSON_QUERY")) ||
           str_ieq(name, STR("JSON_EXISTS")) || str_ieq(name, STR("JSON_OBJECT")) ||
           str_ieq(name, STR("JSON_ARRAY"));
}

/* ---- legacy windows: TUMBLE_START(ts, i) and its like ---- */

static bool window_column(struct str name, const struct legacy_window *w, uint32_t *column) {
    size_t under = name.len;
    while (under && name.ptr[under - 1] != '_') under--;
    if (!under) return false;
    struct str part = str_sub(name, under, name.len - under), kind = str_sub(name, 0, under - 1);
    if (!str_ieq(kind, STR("TUMBLE")) && !str_ieq(kind, STR("HOP"))) return false;
    if (str_ieq(part, STR("START"))) *column = w ? w->start_col : 0;
    else if (str_ieq(part, STR("END"))) *column = w ? w->end_col : 0;
    else if (str_ieq(part, STR("ROWTIME")) || str_ieq(part, STR("PROCTIME"))) *column = w ? w->time_col : 0;
    else return false;
    return true;
}

static enum status refuse(struct binder *b, const struct ast_call *c, struct str name) {
    if (c->over) {
        if (str_ieq(name, STR("ROW_NUMBER"))) {
            return error_at(b->error, ERR_UNSUPPORTED, c->head.span,
                            "ROW_NUMBER() is supported only as a column of a sub-query whose rows are then "
                            "filtered by WHERE rn <= n");
        }
        return bind_unsupported(b, c->over->span, "OVER");
    }
    if (c->name.count > 1) return bind_unsupported(b, c->name.span, "a function of a catalog");
    if (c->within_group.count) return bind_unsupported(b, c->head.span, "WITHIN GROUP");
    static const char *const windows[] = {"TUMBLE", "HOP", "CUMULATE", "SESSION"};
    for (size_t i = 0; i < ARRAY_LEN(windows); i++) {
        if (!str_ieq(name, str_of(windows[i])) || func_find(name)) continue;
        error_at(b->error, ERR_INVALID_QUERY, c->head.span,
                 "%s can stand only in GROUP BY or in FROM TABLE(..)", windows[i]);
        return ST_ERROR;
    }
    return ST_OK;
}

/* CURRENT_WATERMARK asks for a column, of which it only takes the type. */
static enum status check_rowtime(struct binder *b, const struct scope *s, const struct expr *e) {
    if (e->kind == EXPR_COLUMN && s->types[e->column].time == TIME_ROWTIME) return ST_OK;
    error_at(b->error, ERR_TYPE_MISMATCH, e->span, "CURRENT_WATERMARK needs a column that is event time");
    return error_hint(b->error, "a column is that if its table declares a WATERMARK for it");
}

/* COALESCE and its like never need arguments behind one that is not NULL; only counts matter here. */
static enum status bind_plain(struct binder *b, const struct scope *s, const struct ast_call *c,
                              struct str name, struct expr **out) {
    if (c->distinct || c->filter) {
        return error_at(b->error, ERR_INVALID_QUERY, c->head.span,
                        "%s can stand only with an aggregate, which %.*s "
                        "is not",
                        c->distinct ? "DISTINCT" : "FILTER", STR_ARG(name));
    }
    struct expr **args = ARENA_ARRAY(b->arena, struct expr *, c->arg_count + 1);
    for (size_t i = 0; i < c->arg_count; i++) {
        if (c->args[i].name.text.len) return bind_unsupported(b, c->args[i].name.span, "an argument by name");
        TRY(bind_arg(b, s, c->args[i].value, &args[i]));
    }
    if (str_ieq(name, STR("CURRENT_WATERMARK")) && c->arg_count == 1) TRY(check_rowtime(b, s, args[0]));
    return bind_function(b, name, c->head.span, args, (uint32_t)c->arg_count, out);
}

enum status bind_call(struct binder *b, const struct scope *s, const struct ast_call *c, struct expr **out) {
    struct str name = c->name.parts[c->name.count - 1].text;
    TRY(refuse(b, c, name));
    uint32_t column;
    const struct legacy_window *w = b->aggs ? b->aggs->window : NULL;
    if (window_column(name, w, &column)) {
        if (!w) {
            return error_at(b->error, ERR_INVALID_QUERY, c->head.span, "%.*s needs its window in GROUP BY",
                            STR_ARG(name));
        }
        *out = expr_column(b->arena, column, s->types[column].type, c->head.span);
        return ST_OK;
    }
    const struct func_desc *f = func_find(name);
    if (f && f->flags & FUNC_AGG) return bind_aggregate(b, s, c, out);
    if (is_json_form(name)) return bind_json(b, s, c, name, out);
    return bind_plain(b, s, c, name, out);
}
