/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists for programs: tables and views of all catalogs, the columns of one, functions with their signatures;
 * see planner.h.
 */
#include <stdlib.h>

#include "planner/binder.h"
#include "planner/functions.h"
#include "planner/show.h"
#include "sql/parse.h"

/* ---- tables ---- */

void planner_tables(struct planner_ctx *ctx, struct string_table *out) {
    static const char *const headers[] = {"catalog", "database", "name", "kind", "connector"};
    struct rows r = rows_start(ctx->arena, out, headers, 5);
    for (const struct catalog *c = ctx->catalogs->list; c; c = c->next) {
        for (const struct catalog_db *db = c->dbs; db; db = db->next) {
            for (const struct catalog_entry *e = db->entries; e; e = e->next) {
                bool view = e->kind == ENTRY_VIEW;
                struct str connector = view ? (struct str){0} : str_of(e->connector->name);
                rows_add(&r, (struct str[]){c->name, db->name, e->name, view ? STR("VIEW") : STR("TABLE"),
                                            connector});
            }
        }
    }
}

/* ---- columns ---- */

/* The name as SQL has it, with its parts. */
static enum status parse_name(struct planner_ctx *ctx, struct str name, const struct ast_name **out) {
    struct error why = {0};
    struct ast_stmt *stmt;
    size_t end;
    struct str text = arena_printf(ctx->arena, "DESCRIBE %.*s", STR_ARG(name));
    if (sql_parse(ctx->arena, text, 0, &stmt, &end, &why) == ST_OK && stmt && stmt->kind == AST_DESCRIBE &&
        end == text.len && ast_as_describe(stmt)->object == AST_OBJ_TABLE &&
        !ast_as_describe(stmt)->extended) {
        *out = &ast_as_describe(stmt)->name;
        return ST_OK;
    }
    error_set(ctx->error, ERR_INVALID_QUERY, "'%.*s' is not the name of a table", STR_ARG(name));
    return error_hint(ctx->error, "write it as in SQL: catalog.database.`the table`");
}

enum status planner_find_table(struct planner_ctx *ctx, struct str name, struct catalog_entry **out) {
    struct binder b = planner_binder(ctx);
    const struct ast_name *parts = NULL;
    TRY(parse_name(ctx, name, &parts));
    if (bind_find_entry(&b, parts, out) == ST_OK) return ST_OK;
    ctx->error->span = (struct span){0}; /* it counts in a text of ours */
    return ST_ERROR;
}

enum status planner_table_columns(struct planner_ctx *ctx, struct str name, struct string_table *out) {
    static const char *const headers[] = {"name", "type", "key", "time", "extras"};
    static const char *const times[] = {[TIME_ROWTIME] = "ROWTIME", [TIME_PROCTIME] = "PROCTIME"};
    struct rows r = rows_start(ctx->arena, out, headers, 5);
    struct catalog_entry *e;
    TRY(planner_find_table(ctx, name, &e));
    for (uint32_t i = 0; i < e->ncols; i++) {
        const struct table_column *c = &e->cols[i];
        struct str cells[5] = {c->name, type_print(ctx->arena, c->type)};
        for (uint32_t k = 0; k < e->primary_key.count; k++) {
            if (e->primary_key.items[k] == i) cells[2] = STR("PRIMARY KEY");
        }
        if (c->time != TIME_NONE) cells[3] = str_of(times[c->time]);
        if (e->kind == ENTRY_TABLE) cells[4] = show_extras(ctx->arena, e, c);
        rows_add(&r, cells);
    }
    return ST_OK;
}

/* ---- functions ---- */

/* What is called like a function but has a grammar of its own. */
static const struct {
    const char *name, *signature, *kind, *help;
} forms[] = {
    {"CAST", "CAST(ANY AS type)", "SCALAR", "the value as another type; fails if it cannot be one"},
    {"TRY_CAST", "TRY_CAST(ANY AS type)", "SCALAR", "the value as another type; NULL if it cannot be one"},
    {"ROW_NUMBER", "ROW_NUMBER() OVER ([PARTITION BY ..] ORDER BY ..)", "SCALAR",
     "number of the row in its partition, for WHERE rn <= n around it"},
    {"TUMBLE", "TUMBLE(TABLE t, DESCRIPTOR(ts), size [, offset])", "TABLE",
     "windows of one size, side by side"},
    {"HOP", "HOP(TABLE t, DESCRIPTOR(ts), slide, size [, offset])", "TABLE",
     "windows of one size that begin at each slide"},
    {"CUMULATE", "CUMULATE(TABLE t, DESCRIPTOR(ts), step, size [, offset])", "TABLE",
     "windows that grow by steps up to a size"},
    {"UNNEST", "UNNEST(ARRAY) | UNNEST(MAP)", "TABLE", "a row for each entry"},
};

static struct str signature(struct arena *a, const struct func_desc *f) {
    char args[200];
    func_args_text(f, args, sizeof args);
    bool type =
        f->result[0] >= 'A' && f->result[0] <= 'Z' && strncmp(f->result, "ARG", 3) != 0 && f->result[1];
    return arena_printf(a, "%.*s(%s)%s%s", STR_ARG(f->name), args, type ? " -> " : "", type ? f->result : "");
}

static bool is_word(struct str s) {
    return s.ptr[0] >= 'A' && s.ptr[0] <= 'Z' && !memchr(s.ptr, ' ', s.len);
}

static void add_function(struct rows *r, const struct func_desc *f) {
    struct str cells[4] = {f->name, signature(r->a, f),
                           f->flags & FUNC_AGG ? STR("AGGREGATE") : STR("SCALAR"), str_of(f->help)};
    for (const struct func_desc *n = func_next(f); n; n = func_next(n)) {
        struct str s = signature(r->a, n);
        cells[1] = arena_printf(r->a, "%.*s\n%.*s", STR_ARG(cells[1]), STR_ARG(s));
    }
    if (f->flags & FUNC_AGG && str_eq(f->name, STR("COUNT")))
        cells[1] = STR("COUNT(*) -> BIGINT\nCOUNT(ANY, ...) -> BIGINT");
    rows_add(r, cells);
}

void planner_functions(struct arena *a, struct string_table *out) {
    static const char *const headers[] = {"name", "signatures", "kind", "help"};
    struct rows r = rows_start(a, out, headers, 4);
    for (unsigned i = 0; i < FN_COUNT; i++) {
        const struct func_desc *f = func_desc((enum func_id)i);
        if (is_word(f->name) && func_find(f->name) == f) add_function(&r, f);
    }
    for (size_t i = 0; i < ARRAY_LEN(forms); i++)
        rows_add(&r, (struct str[]){str_of(forms[i].name), str_of(forms[i].signature), str_of(forms[i].kind),
                                    str_of(forms[i].help)});
    qsort(out->cells, out->nrows, 4 * sizeof *out->cells, show_by_name);
}
