/* SPDX-License-Identifier: Apache-2.0
 *
 * SHOW, DESCRIBE and SET without value, as tables of strings; headers as Flink has them.
 */
#include <stdlib.h>

#include "planner/binder.h"
#include "planner/show.h"
#include "sql/print.h"

bool planner_is_show(const struct ast_stmt *stmt) {
    if (stmt->kind == AST_SET) return !ast_as_set(stmt)->value.present;
    return stmt->kind == AST_SHOW || stmt->kind == AST_DESCRIBE;
}

struct rows rows_start(struct arena *a, struct string_table *t, const char *const *headers, uint32_t n) {
    *t = (struct string_table){.ncols = n, .headers = ARENA_ARRAY(a, struct str, n + 1)};
    for (uint32_t i = 0; i < n; i++) t->headers[i] = str_of(headers[i]);
    return (struct rows){a, t};
}

static struct rows start(struct planner_ctx *ctx, struct string_table *t, const char *const *headers,
                         uint32_t n) {
    return rows_start(ctx->arena, t, headers, n);
}

void rows_add(struct rows *r, const struct str *cells) {
    size_t width = r->t->ncols * sizeof *cells;
    r->t->cells = arena_one_more(r->a, r->t->cells, r->t->nrows, width);
    memcpy(r->t->cells + (size_t)r->t->nrows++ * r->t->ncols, cells, width);
}

/* ---- LIKE ---- */

static bool same_byte(char a, char b, bool fold) {
    return a == b || (fold && str_ieq((struct str){&a, 1}, (struct str){&b, 1}));
}

/* After a mismatch the last % takes one byte more; those before it need no second look. */
static bool like(struct str s, struct str p, bool fold) {
    size_t i = 0, k = 0, percent = SIZE_MAX, taken = 0;
    while (i < s.len) {
        if (k < p.len && p.ptr[k] == '%') {
            percent = k++;
            taken = i;
        } else if (k < p.len && (p.ptr[k] == '_' || same_byte(s.ptr[i], p.ptr[k], fold))) {
            i++;
            k++;
        } else if (percent != SIZE_MAX) {
            k = percent + 1;
            i = ++taken;
        } else {
            return false;
        }
    }
    while (k < p.len && p.ptr[k] == '%') k++;
    return k == p.len;
}

static bool wanted(const struct ast_show *s, struct str name) {
    if (!s->pattern.present) return true;
    return like(name, s->pattern.value, s->ilike) != s->not_like;
}

static void add_name(struct rows *r, const struct ast_show *s, struct str name) {
    if (wanted(s, name)) rows_add(r, &name);
}

/* ---- lists ---- */

static enum status list_db(struct planner_ctx *ctx, const struct ast_show *s, const struct catalog_db **out) {
    struct catalogs *c = ctx->catalogs;
    struct str cat = s->name.count == 2 ? s->name.parts[0].text : c->current_catalog;
    struct str db = s->name.count ? s->name.parts[s->name.count - 1].text : c->current_database;
    const struct catalog *found = catalog_find(c, cat);
    *out = found ? catalog_find_db(found, db) : NULL;
    if (*out) return ST_OK;
    return error_at(ctx->error, ERR_UNKNOWN_TABLE, s->name.span, "there is no database '%.*s'", STR_ARG(db));
}

static enum status list_entries(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    const struct catalog_db *db;
    bool views = s->object == AST_OBJ_VIEW;
    struct rows r = start(ctx, t, (const char *const[]){views ? "view name" : "table name"}, 1);
    TRY(list_db(ctx, s, &db));
    for (const struct catalog_entry *e = db->entries; e; e = e->next) {
        if (!views || e->kind == ENTRY_VIEW) add_name(&r, s, e->name);
    }
    return ST_OK;
}

int show_by_name(const void *a, const void *b) {
    const struct str *x = a, *y = b;
    int order = memcmp(x->ptr, y->ptr, x->len < y->len ? x->len : y->len);
    return order ? order : (x->len > y->len) - (x->len < y->len);
}

/* As Flink lists them: in small letters, sorted. */
static void list_functions(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    struct rows r = start(ctx, t, (const char *const[]){"function name"}, 1);
    for (unsigned i = 0; !s->user && i < FN_COUNT; i++) {
        const struct func_desc *f = func_desc((enum func_id)i);
        char c = f->name.ptr[0];
        bool word = (c >= 'A' && c <= 'Z') && memchr(f->name.ptr, ' ', f->name.len) == NULL;
        if (!word || func_find(f->name) != f) continue;
        char *lower = arena_alloc_raw(ctx->arena, f->name.len);
        for (size_t k = 0; k < f->name.len; k++)
            lower[k] = (char)(f->name.ptr[k] | (f->name.ptr[k] >= 'A' && f->name.ptr[k] <= 'Z' ? 0x20 : 0));
        add_name(&r, s, (struct str){lower, f->name.len});
    }
    if (t->nrows) qsort(t->cells, t->nrows, sizeof *t->cells, show_by_name);
}

static enum status list_databases(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    struct rows r = start(ctx, t, (const char *const[]){"database name"}, 1);
    struct str name = s->name.count ? s->name.parts[0].text : ctx->catalogs->current_catalog;
    const struct catalog *c = catalog_find(ctx->catalogs, name);
    if (!c)
        return error_at(ctx->error, ERR_UNKNOWN_TABLE, s->name.span, "there is no catalog '%.*s'",
                        STR_ARG(name));
    for (const struct catalog_db *db = c->dbs; db; db = db->next) add_name(&r, s, db->name);
    return ST_OK;
}

/* ---- columns ---- */

static const struct ast_expr *computed_ast(const struct catalog_entry *e, struct str name) {
    const struct ast_create_table *c = ast_as_create_table(e->ast);
    for (size_t i = 0; i < c->column_count; i++) {
        if (str_eq(c->columns[i].name.text, name)) return c->columns[i].expr;
    }
    return NULL;
}

static struct str watermark_text(struct arena *a, const struct catalog_entry *e) {
    return sql_print_expr_quoted(a, ast_as_create_table(e->ast)->watermark.expr);
}

struct str show_extras(struct arena *a, const struct catalog_entry *e, const struct table_column *c) {
    if (c->kind == AST_COLUMN_COMPUTED) {
        return arena_printf(a, "AS %.*s", STR_ARG(sql_print_expr_quoted(a, computed_ast(e, c->name))));
    }
    if (c->kind != AST_COLUMN_METADATA) return (struct str){0};
    struct str from = str_eq(c->metadata_key, c->name)
                          ? STR("")
                          : arena_printf(a, " FROM '%.*s'", STR_ARG(c->metadata_key));
    return arena_printf(a, "METADATA%.*s%s", STR_ARG(from), c->is_virtual ? " VIRTUAL" : "");
}

static struct str key_text(struct arena *a, const struct catalog_entry *e, uint32_t column) {
    bool in = false;
    struct str s = STR("PRI(");
    for (uint32_t i = 0; i < e->primary_key.count; i++) {
        uint32_t k = e->primary_key.items[i];
        in |= k == column;
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ", " : "", STR_ARG(e->cols[k].name));
    }
    return in ? arena_printf(a, "%.*s)", STR_ARG(s)) : (struct str){0};
}

static void describe(struct planner_ctx *ctx, const struct catalog_entry *e, const struct ast_show *s,
                     struct string_table *t) {
    static const char *const headers[] = {"name", "type", "null", "key", "extras", "watermark", "comment"};
    bool comments = false;
    for (uint32_t i = 0; i < e->ncols; i++) comments |= e->cols[i].comment.len > 0;
    struct rows r = start(ctx, t, headers, comments ? 7 : 6);
    struct arena *a = ctx->arena;
    t->booleans = 1 << 2;
    for (uint32_t i = 0; i < e->ncols; i++) {
        const struct table_column *c = &e->cols[i];
        if (s && !wanted(s, c->name)) continue;
        struct str type = type_print(a, type_with_null(a, c->type, true));
        if (c->time != TIME_NONE) {
            type =
                arena_printf(a, "%.*s *%s*", STR_ARG(type), c->time == TIME_ROWTIME ? "ROWTIME" : "PROCTIME");
        }
        struct str cells[7] = {c->name, type, c->type->nullable ? STR("TRUE") : STR("FALSE"),
                               key_text(a, e, i), show_extras(a, e, c)};
        if (e->watermark && (int32_t)i == e->rowtime) cells[5] = watermark_text(a, e);
        if (c->comment.len) cells[6] = c->comment;
        rows_add(&r, cells);
    }
}

/* ---- SHOW CREATE ---- */

static struct str quoted(struct arena *a, struct str s) {
    struct value v = {.s = s};
    struct expr e = {.kind = EXPR_LITERAL, .type = type_string(false), .value = v};
    return expr_print(a, &e, NULL);
}

static struct str full_name(struct arena *a, const struct catalog_entry *e) {
    return arena_printf(a, "%.*s.%.*s.%.*s", STR_ARG(sql_print_ident_quoted(a, e->catalog)),
                        STR_ARG(sql_print_ident_quoted(a, e->database)),
                        STR_ARG(sql_print_ident_quoted(a, e->name)));
}

static struct str name_list(struct arena *a, const struct catalog_entry *e, struct cols c) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < c.count; i++) {
        struct str name = sql_print_ident_quoted(a, e->cols[c.items[i]].name);
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ", " : "", STR_ARG(name));
    }
    return s;
}

static struct str column_text(struct arena *a, const struct catalog_entry *e, const struct table_column *c) {
    struct str s = arena_printf(a, "  %.*s ", STR_ARG(sql_print_ident_quoted(a, c->name)));
    struct str more = show_extras(a, e, c);
    if (c->kind == AST_COLUMN_COMPUTED) {
        s = arena_printf(a, "%.*s%.*s", STR_ARG(s), STR_ARG(more));
    } else {
        s = arena_printf(a, "%.*s%.*s%s%.*s", STR_ARG(s), STR_ARG(type_print(a, c->type)),
                         more.len ? " " : "", STR_ARG(more));
    }
    if (c->comment.len) s = arena_printf(a, "%.*s COMMENT %.*s", STR_ARG(s), STR_ARG(quoted(a, c->comment)));
    return s;
}

static struct str create_table_text(struct arena *a, const struct catalog_entry *e) {
    struct str s = arena_printf(a, "CREATE %sTABLE %.*s (\n", e->temporary ? "TEMPORARY " : "",
                                STR_ARG(full_name(a, e)));
    for (uint32_t i = 0; i < e->ncols; i++) {
        s = arena_printf(a, "%.*s%s%.*s", STR_ARG(s), i ? ",\n" : "",
                         STR_ARG(column_text(a, e, &e->cols[i])));
    }
    if (e->watermark) {
        s = arena_printf(a, "%.*s,\n  WATERMARK FOR %.*s AS %.*s", STR_ARG(s),
                         STR_ARG(sql_print_ident_quoted(a, e->cols[e->rowtime].name)),
                         STR_ARG(watermark_text(a, e)));
    }
    if (e->primary_key.count) {
        struct str keys = name_list(a, e, e->primary_key);
        s = arena_printf(a, "%.*s,\n  PRIMARY KEY (%.*s) NOT ENFORCED", STR_ARG(s), STR_ARG(keys));
    }
    s = arena_printf(a, "%.*s\n)", STR_ARG(s));
    if (e->comment.len) s = arena_printf(a, "%.*s\nCOMMENT %.*s", STR_ARG(s), STR_ARG(quoted(a, e->comment)));
    if (e->partition_by.count) {
        s = arena_printf(a, "%.*s\nPARTITIONED BY (%.*s)", STR_ARG(s),
                         STR_ARG(name_list(a, e, e->partition_by)));
    }
    s = arena_printf(a, "%.*s\nWITH (\n", STR_ARG(s));
    for (uint32_t i = 0; i < e->options.count; i++) {
        const struct option *o = &e->options.items[i];
        bool secret =
            strstr(arena_strdup(a, arena_printf(a, "%.*s", STR_ARG(o->key)).ptr), "password") != NULL;
        struct str value = secret ? STR("'******'") : quoted(a, o->value);
        s = arena_printf(a, "%.*s%s  %.*s = %.*s", STR_ARG(s), i ? ",\n" : "", STR_ARG(quoted(a, o->key)),
                         STR_ARG(value));
    }
    return arena_printf(a, "%.*s\n)", STR_ARG(s));
}

static struct str create_view_text(struct arena *a, const struct catalog_entry *e) {
    struct str s =
        arena_printf(a, "CREATE %sVIEW %.*s (\n", e->temporary ? "TEMPORARY " : "", STR_ARG(full_name(a, e)));
    for (uint32_t i = 0; i < e->ncols; i++) {
        struct str name = sql_print_ident_quoted(a, e->cols[i].name);
        s = arena_printf(a, "%.*s%s  %.*s", STR_ARG(s), i ? ",\n" : "", STR_ARG(name));
    }
    return arena_printf(a, "%.*s\n)\nAS %.*s", STR_ARG(s), STR_ARG(sql_print_query(a, e->query)));
}

static enum status show_create(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    struct binder b = planner_binder(ctx);
    struct catalog_entry *e;
    struct rows r = start(ctx, t, (const char *const[]){"result"}, 1);
    if (s->object != AST_OBJ_TABLE && s->object != AST_OBJ_VIEW) {
        return error_at(ctx->error, ERR_UNSUPPORTED, s->head.span, "SHOW CREATE %s is not supported yet",
                        ast_object_name(s->object));
    }
    TRY(bind_find_entry(&b, &s->name, &e));
    if ((s->object == AST_OBJ_VIEW) != (e->kind == ENTRY_VIEW)) {
        error_at(ctx->error, ERR_INVALID_QUERY, s->name.span, "'%.*s' is a %s", STR_ARG(e->name),
                 e->kind == ENTRY_VIEW ? "view" : "table");
        return error_hint(ctx->error, "use SHOW CREATE %s", e->kind == ENTRY_VIEW ? "VIEW" : "TABLE");
    }
    struct str text =
        e->kind == ENTRY_VIEW ? create_view_text(ctx->arena, e) : create_table_text(ctx->arena, e);
    rows_add(&r, &text);
    return ST_OK;
}

/* ---- all ---- */

static enum status show_current(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    bool catalog = s->object == AST_OBJ_CATALOG;
    struct rows r =
        start(ctx, t, (const char *const[]){catalog ? "current catalog name" : "current database name"}, 1);
    rows_add(&r, catalog ? &ctx->catalogs->current_catalog : &ctx->catalogs->current_database);
    return ST_OK;
}

static void list_descs(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    bool formats = s->object == AST_OBJ_FORMAT;
    struct rows r =
        start(ctx, t, (const char *const[]){formats ? "format name" : "connector name", "about"}, 2);
    for (const struct connector_desc *const *c = ctx->registry->connectors; !formats && *c; c++) {
        struct str cells[2] = {str_of((*c)->name), str_of((*c)->help)};
        if (wanted(s, cells[0])) rows_add(&r, cells);
    }
    for (const struct format_desc *const *f = ctx->registry->formats; formats && *f; f++) {
        struct str cells[2] = {str_of((*f)->name), str_of((*f)->help)};
        if (wanted(s, cells[0])) rows_add(&r, cells);
    }
}

static enum status show(struct planner_ctx *ctx, const struct ast_show *s, struct string_table *t) {
    struct binder b = planner_binder(ctx);
    struct catalog_entry *e;
    if (s->form == AST_SHOW_CURRENT) return show_current(ctx, s, t);
    if (s->form == AST_SHOW_CREATE) return show_create(ctx, s, t);
    switch (s->object) {
    case AST_OBJ_TABLE:
    case AST_OBJ_VIEW: return list_entries(ctx, s, t);
    case AST_OBJ_DATABASE: return list_databases(ctx, s, t);
    case AST_OBJ_CATALOG: {
        struct rows r = start(ctx, t, (const char *const[]){"catalog name"}, 1);
        for (const struct catalog *c = ctx->catalogs->list; c; c = c->next) add_name(&r, s, c->name);
        return ST_OK;
    }
    case AST_OBJ_FUNCTION: list_functions(ctx, s, t); return ST_OK;
    case AST_OBJ_COLUMN:
        TRY(bind_find_entry(&b, &s->name, &e));
        describe(ctx, e, s, t);
        return ST_OK;
    case AST_OBJ_CONNECTOR:
    case AST_OBJ_FORMAT: list_descs(ctx, s, t); return ST_OK;
    default:
        return error_at(ctx->error, ERR_UNSUPPORTED, s->head.span, "SHOW %sS is not supported yet",
                        ast_object_name(s->object));
    }
}

static enum status show_settings(struct planner_ctx *ctx, const struct ast_set *s, struct string_table *t) {
    struct rows r = start(ctx, t, (const char *const[]){"key", "value"}, 2);
    for (const struct option_def *d = session_option_defs; d->key; d++) {
        struct str key = str_of(d->key);
        if (s->key.present && !str_eq(s->key.value, key)) continue;
        if (!s->key.present && !options_find(&ctx->session->given, d->key)) continue;
        rows_add(&r, (struct str[]){key, session_option_str(ctx->session, d->key)});
    }
    for (uint32_t i = 0; i < ctx->session->given.count; i++) {
        const struct option *o = &ctx->session->given.items[i];
        if (option_def_find(session_option_defs, o->key)) continue;
        if (!s->key.present || str_eq(s->key.value, o->key)) rows_add(&r, (struct str[]){o->key, o->value});
    }
    return ST_OK;
}

enum status planner_show(struct planner_ctx *ctx, const struct ast_stmt *stmt, struct string_table *out) {
    if (stmt->kind == AST_SET) return show_settings(ctx, ast_as_set(stmt), out);
    if (stmt->kind == AST_SHOW) return show(ctx, ast_as_show(stmt), out);
    const struct ast_describe *d = ast_as_describe(stmt);
    struct binder b = planner_binder(ctx);
    struct catalog_entry *e;
    if (d->object != AST_OBJ_TABLE) {
        return error_at(ctx->error, ERR_UNSUPPORTED, d->head.span, "DESCRIBE %s is not supported yet",
                        ast_object_name(d->object));
    }
    TRY(bind_find_entry(&b, &d->name, &e));
    describe(ctx, e, NULL, out);
    return ST_OK;
}
