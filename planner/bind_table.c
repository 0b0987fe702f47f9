/* SPDX-License-Identifier: Apache-2.0
 *
 * CREATE TABLE: columns, WATERMARK, PRIMARY KEY and PARTITIONED BY of an entry's syntax tree become its
 * resolved columns, in the entry's arena. Computed columns see physical and metadata columns, the watermark
 * sees all.
 */
#include "base/text.h"
#include "planner/binder.h"
#include "sql/parse.h"
#include "sql/print.h"

static int64_t find_column(const struct catalog_entry *entry, struct str name) {
    for (uint32_t i = 0; i < entry->ncols; i++) {
        if (str_eq(entry->cols[i].name, name)) return i;
    }
    return -1;
}

static struct scope table_scope(struct binder *b, const struct catalog_entry *entry, bool computed) {
    struct scope s = {0};
    struct plan_col *types = ARENA_ARRAY(b->arena, struct plan_col, entry->ncols + 1);
    s.cols = ARENA_ARRAY(b->arena, struct scope_col, entry->ncols + 1);
    s.types = types;
    for (uint32_t i = 0; i < entry->ncols; i++) {
        types[i] = (struct plan_col){.name = entry->cols[i].name, .type = entry->cols[i].type};
        if (!computed && entry->cols[i].kind == AST_COLUMN_COMPUTED) continue;
        s.cols[s.count++] = (struct scope_col){.name = entry->cols[i].name, .column = i};
    }
    return s;
}

static enum status unknown_column(struct binder *b, const struct catalog_entry *entry,
                                  struct ast_ident name) {
    struct scope s = table_scope(b, entry, true);
    error_at(b->error, ERR_UNKNOWN_COLUMN, name.span, "the table has no column '%.*s'", STR_ARG(name.text));
    return bind_suggest_column(b, &s, name.text);
}

/* ---- columns ---- */

static enum status bind_metadata(struct binder *b, const struct ast_column *c,
                                 const struct catalog_entry *entry, struct table_column *out) {
    out->metadata_key = c->metadata_key.present ? c->metadata_key.value : c->name.text;
    out->is_virtual = c->is_virtual;
    struct span span = c->metadata_key.present ? c->metadata_key.span : c->name.span;
    struct str keys = {"", 0};
    for (const struct metadata_desc *m = entry->connector->metadata; m && m->key; m++) {
        if (str_eq(out->metadata_key, str_of(m->key))) {
            if (m->writable || c->is_virtual || !(entry->connector->caps & CONN_SINK)) return ST_OK;
            out->is_virtual = true; /* reading such a table is fine; INSERT does not see the column */
            return ST_OK;
        }
        keys = arena_printf(b->arena, "%.*s%s%s", STR_ARG(keys), keys.len ? ", " : "", m->key);
    }
    error_at(b->error, ERR_UNKNOWN_COLUMN, span, "connector '%s' has no metadata '%.*s'",
             entry->connector->name, STR_ARG(out->metadata_key));
    return keys.len ? error_hint(b->error, "it has %.*s", STR_ARG(keys)) : ST_ERROR;
}

static enum status bind_plain_columns(struct binder *b, const struct ast_create_table *c,
                                      struct catalog_entry *entry) {
    uint32_t physical = 0;
    for (uint32_t i = 0; i < entry->ncols; i++) {
        const struct ast_column *ac = &c->columns[i];
        struct table_column *col = &entry->cols[i];
        for (uint32_t j = 0; j < i; j++) {
            if (str_eq(entry->cols[j].name, ac->name.text)) {
                return error_at(b->error, ERR_DUPLICATE_OBJECT, ac->name.span, "column '%.*s' is there twice",
                                STR_ARG(ac->name.text));
            }
        }
        *col = (struct table_column){.name = ac->name.text, .kind = ac->kind, .comment = ac->comment.value};
        if (ac->kind == AST_COLUMN_COMPUTED) continue;
        TRY(bind_type(b, ac->type, &col->type));
        if (ac->kind == AST_COLUMN_PHYSICAL) col->physical = physical++;
        else TRY(bind_metadata(b, ac, entry, col));
    }
    return ST_OK;
}

static enum status bind_computed_columns(struct binder *b, const struct ast_create_table *c,
                                         struct catalog_entry *entry) {
    struct scope scope = table_scope(b, entry, false);
    for (uint32_t i = 0; i < entry->ncols; i++) {
        struct table_column *col = &entry->cols[i];
        if (col->kind != AST_COLUMN_COMPUTED) continue;
        b->place = "a computed column";
        TRY(bind_expr(b, &scope, c->columns[i].expr, &col->computed));
        col->type = col->computed->type;
        const struct func_desc *proctime = func_find(STR("PROCTIME"));
        if (col->computed->kind == EXPR_CALL && col->computed->func == proctime) col->time = TIME_PROCTIME;
    }
    return ST_OK;
}

/* Columns that nobody wrote stand before those that were. */
static void put_columns_first(struct binder *b, struct catalog_entry *entry, const struct schema *schema) {
    struct table_column *cols = ARENA_ARRAY(b->arena, struct table_column, schema->count + entry->ncols + 1);
    for (uint32_t j = 0; j < schema->count; j++) {
        cols[j] = (struct table_column){
            .name = schema->fields[j].name, .type = schema->fields[j].type, .physical = j};
    }
    if (entry->ncols) memcpy(cols + schema->count, entry->cols, entry->ncols * sizeof *cols);
    entry->cols = cols;
    entry->ncols += schema->count;
}

/* A connector that knows its columns gives them when none were written, and checks those that were. */
static enum status apply_fixed_schema(struct binder *b, const struct ast_create_table *c,
                                      struct catalog_entry *entry) {
    const struct connector_desc *d = entry->connector;
    if (!(d->caps & CONN_FIXED_SCHEMA) || !d->schema) return ST_OK;
    struct schema schema = {0};
    TRY(d->schema(&entry->options, b->arena, &schema, b->error));
    uint32_t physical = 0;
    for (uint32_t i = 0; i < entry->ncols; i++) {
        struct table_column *col = &entry->cols[i];
        if (col->kind != AST_COLUMN_PHYSICAL) continue;
        physical++;
        uint32_t j = 0;
        while (j < schema.count && !str_eq(schema.fields[j].name, col->name)) j++;
        struct span span = c->columns[i].name.span;
        if (j == schema.count) {
            return error_at(b->error, ERR_UNKNOWN_COLUMN, span, "connector '%s' has no column '%.*s'",
                            d->name, STR_ARG(col->name));
        }
        const struct type *t = schema.fields[j].type;
        if (type_equal(t, col->type) || (type_is_string(t) && type_is_string(col->type))) continue;
        return error_at(b->error, ERR_TYPE_MISMATCH, span,
                        "column '%.*s' of connector '%s' is %.*s, not %.*s", STR_ARG(col->name), d->name,
                        STR_ARG(bind_type_text(b, t)), STR_ARG(bind_type_text(b, col->type)));
    }
    if (!physical) put_columns_first(b, entry, &schema);
    return ST_OK;
}

/* The columns are those that the files have. */
static enum status infer_columns(struct binder *b, const struct ast_create_table *c,
                                 struct catalog_entry *entry, struct span span) {
    struct schema schema;
    TRY(bind_infer_columns(b, entry, &c->partitioned_by, span, &schema));
    for (size_t i = 0; i < c->column_count; i++) {
        for (uint32_t k = 0; k < schema.count; k++) {
            if (!str_eq(c->columns[i].name.text, schema.fields[k].name)) continue;
            return error_at(b->error, ERR_DUPLICATE_OBJECT, c->columns[i].name.span,
                            "the file has a column '%.*s' already", STR_ARG(schema.fields[k].name));
        }
    }
    put_columns_first(b, entry, &schema);
    return ST_OK;
}

/* The declarations of columns as written, shifted when a fixed schema was put before them. */
static struct ast_create_table shifted(struct binder *b, const struct ast_create_table *c,
                                       const struct catalog_entry *entry) {
    struct ast_create_table copy = *c;
    size_t before = entry->ncols - c->column_count;
    copy.columns = ARENA_ARRAY(b->arena, struct ast_column, entry->ncols + 1);
    if (c->column_count) memcpy(copy.columns + before, c->columns, c->column_count * sizeof *c->columns);
    copy.column_count = entry->ncols;
    return copy;
}

/* The options that were found go with the columns that were. */
static void write_options(struct binder *b, const struct catalog_entry *entry, struct ast_create_table *c) {
    const struct options *o = &entry->options;
    c->options.count = o->count;
    c->options.items = ARENA_ARRAY(b->arena, struct ast_option, o->count + 1);
    for (uint32_t i = 0; i < o->count; i++) {
        c->options.items[i] = (struct ast_option){{true, o->items[i].key, c->options.span},
                                                  {true, o->items[i].value, c->options.span}};
    }
}

/* The table as if the columns had been written that its connector gave. */
static enum status written_out(struct binder *b, const struct catalog_entry *entry,
                               const struct ast_create_table **out) {
    const struct ast_create_table *c = *out = ast_as_create_table(entry->ast);
    if (c->column_count == entry->ncols) return ST_OK;
    struct text text = {.arena = b->arena};
    text_printf(&text, "CREATE TABLE t (");
    uint32_t given = entry->ncols - (uint32_t)c->column_count;
    for (uint32_t i = 0; i < given; i++) {
        text_printf(&text, "%s%.*s %.*s", i ? ", " : "",
                    STR_ARG(sql_print_ident(b->arena, entry->cols[i].name)),
                    STR_ARG(type_print(b->arena, entry->cols[i].type)));
    }
    struct ast_stmt *stmt;
    size_t end;
    text_printf(&text, ")");
    TRY(sql_parse(b->arena, text_str(&text), 0, &stmt, &end, b->error));
    struct ast_create_table *all = ARENA_NEW(b->arena, struct ast_create_table);
    *all = *c;
    all->column_count = entry->ncols;
    all->columns = ARENA_ARRAY(b->arena, struct ast_column, entry->ncols);
    memcpy(all->columns, ast_as_create_table(stmt)->columns, given * sizeof *all->columns);
    if (c->column_count) memcpy(all->columns + given, c->columns, c->column_count * sizeof *c->columns);
    if (entry->inferred) write_options(b, entry, all);
    *out = all;
    return ST_OK;
}

/* ---- clauses ---- */

static bool is_rowtime_type(const struct type *t) {
    return type_is_timestamp(t) && t->precision <= 3;
}

/* SOURCE_WATERMARK(): the connector says what time it is. */
static bool is_source_watermark(const struct ast_expr *e) {
    if (e->kind != AST_CALL) return false;
    const struct ast_call *c = ast_as_call(e);
    return c->name.count == 1 && c->arg_count == 0 && str_ieq(c->name.parts[0].text, STR("SOURCE_WATERMARK"));
}

static enum status bind_watermark(struct binder *b, const struct ast_watermark *w,
                                  struct catalog_entry *entry) {
    if (w->column.count == 0) return ST_OK;
    if (w->column.count > 1) return bind_unsupported(b, w->column.span, "WATERMARK on a nested field");
    int64_t at = find_column(entry, w->column.parts[0].text);
    if (at < 0) return unknown_column(b, entry, w->column.parts[0]);
    struct table_column *col = &entry->cols[at];
    if (!is_rowtime_type(col->type)) {
        error_at(b->error, ERR_TYPE_MISMATCH, w->column.span,
                 "a rowtime must be TIMESTAMP(p) or TIMESTAMP_LTZ(p) with p at most 3, but '%.*s' is %.*s",
                 STR_ARG(col->name), STR_ARG(bind_type_text(b, col->type)));
        return error_hint(b->error, "declare it as TIMESTAMP(3), or add a computed column such as "
                          "rt AS CAST(%.*s AS TIMESTAMP(3))", STR_ARG(col->name));
    }
    col->time = TIME_ROWTIME;
    entry->rowtime = (int32_t)at;
    if (is_source_watermark(w->expr)) {
        entry->source_watermark = true;
        entry->watermark = expr_column(b->arena, (uint32_t)at, col->type, w->expr->span);
        if (entry->connector->caps & CONN_GIVES_WATERMARK) return ST_OK;
        error_at(b->error, ERR_UNSUPPORTED, w->expr->span, "connector '%s' gives no watermark of its own",
                 entry->connector->name);
        return error_hint(b->error, "write an expression, such as %.*s - INTERVAL '5' SECOND",
                          STR_ARG(col->name));
    }
    struct scope scope = table_scope(b, entry, true);
    b->place = "WATERMARK";
    TRY(bind_expr(b, &scope, w->expr, &entry->watermark));
    if (entry->watermark->type->kind != col->type->kind) {
        return error_at(b->error, ERR_TYPE_MISMATCH, w->expr->span,
                        "the watermark must be %.*s like '%.*s', not %.*s",
                        STR_ARG(bind_type_text(b, col->type)), STR_ARG(col->name),
                        STR_ARG(bind_type_text(b, entry->watermark->type)));
    }
    if (entry->watermark->type->precision > 6) {
        entry->watermark = bind_coerce(b, entry->watermark, col->type);
    }
    return ST_OK;
}

static enum status bind_names(struct binder *b, const struct ast_idents *names, struct catalog_entry *entry,
                              const char *what, struct cols *out) {
    out->items = ARENA_ARRAY(b->arena, uint32_t, names->count + 1);
    for (size_t i = 0; i < names->count; i++) {
        int64_t at = find_column(entry, names->items[i].text);
        if (at < 0) return unknown_column(b, entry, names->items[i]);
        if (entry->cols[at].kind != AST_COLUMN_PHYSICAL) {
            return error_at(b->error, ERR_INVALID_QUERY, names->items[i].span,
                            "%s takes physical columns only", what);
        }
        out->items[out->count++] = (uint32_t)at;
    }
    return ST_OK;
}

static enum status bind_primary_key(struct binder *b, const struct ast_primary_key *pk,
                                    struct catalog_entry *entry) {
    if (pk->columns.count == 0) return ST_OK;
    if (!pk->not_enforced) {
        error_at(b->error, ERR_INVALID_QUERY, pk->span, "a PRIMARY KEY cannot be enforced on streams");
        return error_hint(b->error, "write PRIMARY KEY (..) NOT ENFORCED");
    }
    TRY(bind_names(b, &pk->columns, entry, "PRIMARY KEY", &entry->primary_key));
    for (uint32_t i = 0; i < entry->primary_key.count; i++) {
        struct table_column *col = &entry->cols[entry->primary_key.items[i]];
        col->type = type_with_null(b->arena, col->type, false);
    }
    return ST_OK;
}

enum status bind_check_format(struct binder *b, struct catalog_entry *entry, const struct format_desc *f,
                              struct str prefix) {
    if (!f || !f->validate) return ST_OK;
    struct schema schema = {.fields = ARENA_ARRAY(b->arena, struct field, entry->ncols + 1)};
    for (uint32_t i = 0; i < entry->ncols; i++) {
        bool partition = false;
        for (uint32_t p = 0; p < entry->partition_by.count; p++)
            partition |= entry->partition_by.items[p] == i;
        if (entry->cols[i].kind != AST_COLUMN_PHYSICAL || partition) continue;
        schema.fields[schema.count++] = (struct field){entry->cols[i].name, entry->cols[i].type};
    }
    const char *z = arena_strdup(b->arena, arena_printf(b->arena, "%.*s", STR_ARG(prefix)).ptr);
    enum status st = f->validate(&entry->options, z, &schema, b->error);
    const struct option *named = options_find(&entry->options, "format");
    if (st != ST_OK && b->error->span.len == 0 && named) b->error->span = named->value_span;
    return st;
}

static enum status refuse_clauses(struct binder *b, const struct ast_create_table *c,
                                  const struct catalog_entry *entry) {
    if (c->as_query) return bind_unsupported(b, c->as_query->span, "CREATE TABLE AS");
    if (c->replace) return bind_unsupported(b, c->head.span, "REPLACE TABLE");
    if (c->distribution != AST_DIST_NONE) return bind_unsupported(b, c->distribution_span, "DISTRIBUTED");
    if (c->partitioned_by.count && !(entry->connector->caps & CONN_PARTITIONED)) {
        return error_at(b->error, ERR_INVALID_QUERY, c->partitioned_by.items[0].span,
                        "tables of connector '%s' cannot be partitioned", entry->connector->name);
    }
    return ST_OK;
}

static bool has_physical(const struct catalog_entry *entry) {
    for (uint32_t i = 0; i < entry->ncols; i++) {
        if (entry->cols[i].kind == AST_COLUMN_PHYSICAL) return true;
    }
    return false;
}

enum status bind_create_table(struct binder *b, struct catalog_entry *entry,
                              const struct catalog_entry *like) {
    const struct ast_create_table *c = ast_as_create_table(entry->ast);
    if (like) {
        const struct ast_create_table *source;
        TRY(written_out(b, like, &source));
        TRY(bind_like(b, c, source, &c));
        entry->inferred = like->inferred;
        entry->header = like->header;
    }
    entry->ast = &c->head;
    entry->comment = c->comment.value;
    struct span place = c->options.span.len ? c->options.span : c->name.span;
    TRY(bind_options(b, &c->options, b->arena, &entry->options));
    bool infer = !c->as_query && bind_infers(b, c, entry);
    if (infer) TRY(bind_infer_options(b, entry, place));
    TRY(bind_table_options(b, entry, place));
    TRY(refuse_clauses(b, c, entry));
    entry->ncols = (uint32_t)c->column_count;
    entry->cols = ARENA_ARRAY(b->arena, struct table_column, entry->ncols + 1);
    TRY(bind_plain_columns(b, c, entry));
    if (infer) TRY(infer_columns(b, c, entry, place));
    else TRY(apply_fixed_schema(b, c, entry));
    struct ast_create_table at = shifted(b, c, entry);
    TRY(bind_primary_key(b, &c->primary_key, entry));
    TRY(bind_computed_columns(b, &at, entry));
    if (!has_physical(entry)) {
        return error_at(b->error, ERR_INVALID_QUERY, c->name.span, "the table has no physical column");
    }
    TRY(bind_watermark(b, &c->watermark, entry));
    TRY(bind_names(b, &c->partitioned_by, entry, "PARTITIONED BY", &entry->partition_by));
    TRY(bind_check_format(b, entry, entry->format, entry->format_prefix));
    return ST_OK;
}
