/* SPDX-License-Identifier: Apache-2.0
 *
 * FROM items: tables, views, WITH items, sub-queries, and the scans tables become. A scan gives all physical
 * and metadata columns; what nobody reads is cut off later (prune.c). Computed columns are a CALC above it.
 */
#include "planner/node.h"

struct scope bind_scope_of(struct binder *b, const struct plan_node *node, struct str qualifier) {
    struct scope s = {.count = node->ncols, .types = node->cols};
    s.cols = ARENA_ARRAY(b->arena, struct scope_col, node->ncols + 1);
    for (uint32_t i = 0; i < node->ncols; i++) {
        s.cols[i] = (struct scope_col){.qualifier = qualifier, .name = node->cols[i].name, .column = i};
    }
    return s;
}

/* ---- names ---- */

static enum status unknown_table(struct binder *b, const struct ast_name *name, const struct catalog_db *db) {
    struct str last = name->parts[name->count - 1].text, best = {0};
    struct str full = {"", 0};
    for (size_t i = 0; i < name->count; i++) {
        full =
            arena_printf(b->arena, "%.*s%s%.*s", STR_ARG(full), i ? "." : "", STR_ARG(name->parts[i].text));
    }
    error_at(b->error, ERR_UNKNOWN_TABLE, name->span, "there is no table or view '%.*s'", STR_ARG(full));
    unsigned best_distance = str_too_far(last);
    for (const struct catalog_entry *e = db ? db->entries : NULL; e; e = e->next) {
        unsigned d = str_distance(last, e->name, best_distance);
        if (d < best_distance) {
            best = e->name;
            best_distance = d;
        }
    }
    for (const struct cte *c = b->ctes; c; c = c->outer) {
        unsigned d = str_distance(last, c->with->name.text, best_distance);
        if (d < best_distance) {
            best = c->with->name.text;
            best_distance = d;
        }
    }
    if (best.len) return error_hint(b->error, "did you mean '%.*s'?", STR_ARG(best));
    if (!db && name->count == 2)
        return error_hint(b->error, "there is no database '%.*s'", STR_ARG(name->parts[0].text));
    if (name->count > 3)
        return error_hint(b->error, "a name has at most three parts: catalog.database.table");
    return db && !db->entries ? error_hint(b->error, "no tables have been created yet") : ST_ERROR;
}

enum status bind_find_entry(struct binder *b, const struct ast_name *name, struct catalog_entry **out) {
    struct str parts[3];
    *out = NULL;
    if (name->is_path) return bind_path(b, name, NULL, out);
    const struct catalog_db *db = NULL;
    if (catalog_split_name(name, b->catalog, b->database, parts)) {
        const struct catalog *cat = catalog_find(b->ctx->catalogs, parts[0]);
        db = cat ? catalog_find_db(cat, parts[1]) : NULL;
        *out = db ? catalog_find_entry(db, parts[2]) : NULL;
    }
    return *out ? ST_OK : unknown_table(b, name, db);
}

enum status bind_alias(struct binder *b, const struct ast_alias *alias, struct str default_name,
                       struct rel *rel) {
    bool named = alias->name.text.len > 0;
    if (named || default_name.len) {
        struct str q = named ? alias->name.text : default_name;
        for (uint32_t i = 0; i < rel->scope.count; i++) rel->scope.cols[i].qualifier = q;
    }
    if (alias->columns.count == 0) return ST_OK;
    if (alias->columns.count != rel->scope.count) {
        return error_at(b->error, ERR_INVALID_QUERY, alias->name.span, "%zu column name%s for %u column%s",
                        alias->columns.count, alias->columns.count == 1 ? " is given" : "s are given",
                        rel->scope.count, rel->scope.count == 1 ? "" : "s");
    }
    for (uint32_t i = 0; i < rel->scope.count; i++) {
        rel->scope.cols[i].name = rel->node->cols[i].name = alias->columns.items[i].text;
    }
    return ST_OK;
}

/* ---- tables ---- */

struct plan_table *bind_plan_table(struct binder *b, const struct catalog_entry *entry,
                                   const struct options *options) {
    struct plan_table *t = ARENA_NEW(b->arena, struct plan_table);
    t->name = arena_printf(b->arena, "%.*s.%.*s.%.*s", STR_ARG(entry->catalog), STR_ARG(entry->database),
                           STR_ARG(entry->name));
    if (entry->path.len) t->name = arena_printf(b->arena, "'%.*s'", STR_ARG(entry->path));
    t->connector = entry->connector;
    t->format = entry->format;
    t->key_format = entry->key_format;
    t->format_prefix = entry->format_prefix;
    t->key_format_prefix = entry->key_format_prefix;
    t->options = options;
    t->inferred = entry->inferred;
    t->header = entry->header;
    if (!entry->inferred && str_ieq(session_option_str(b->ctx->session, "weir.csv.header"), STR("true")))
        t->header = HEADER_SKIP;
    t->physical.fields = ARENA_ARRAY(b->arena, struct field, entry->ncols + 1);
    t->primary_key.items = ARENA_ARRAY(b->arena, uint32_t, entry->primary_key.count + 1);
    t->partition_by.items = ARENA_ARRAY(b->arena, uint32_t, entry->partition_by.count + 1);
    for (uint32_t i = 0; i < entry->ncols; i++) {
        const struct table_column *c = &entry->cols[i];
        if (c->kind == AST_COLUMN_PHYSICAL)
            t->physical.fields[t->physical.count++] = (struct field){c->name, c->type};
    }
    for (uint32_t i = 0; i < entry->primary_key.count; i++) {
        t->primary_key.items[t->primary_key.count++] = entry->cols[entry->primary_key.items[i]].physical;
    }
    for (uint32_t i = 0; i < entry->partition_by.count; i++) {
        t->partition_by.items[t->partition_by.count++] = entry->cols[entry->partition_by.items[i]].physical;
    }
    return t;
}

static struct plan_node *make_scan(struct binder *b, const struct catalog_entry *entry,
                                   const struct options *options, struct expr **columns) {
    struct plan_node *n = node_new(b, PLAN_SCAN, 0, NULL);
    n->scan.table = bind_plan_table(b, entry, options);
    n->scan.cols = ARENA_ARRAY(b->arena, struct scan_col, entry->ncols + 1);
    n->scan.bounded = !entry->connector->bounded || entry->connector->bounded(options);
    for (uint32_t i = 0; i < entry->ncols; i++) {
        const struct table_column *c = &entry->cols[i];
        if (c->kind == AST_COLUMN_COMPUTED) continue;
        uint32_t at = n->ncols;
        n->scan.cols[at] = (struct scan_col){.metadata = c->kind == AST_COLUMN_METADATA,
                                             .physical = c->physical,
                                             .metadata_key = c->metadata_key};
        node_add_cols(b, n, &(struct plan_col){.name = c->name, .type = c->type, .time = c->time}, 1);
        columns[i] = expr_column(b->arena, at, c->type, (struct span){0});
    }
    return n;
}

static struct plan_node *scan_entry(struct binder *b, const struct catalog_entry *entry,
                                    const struct options *options) {
    struct expr **columns = ARENA_ARRAY(b->arena, struct expr *, entry->ncols + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, entry->ncols + 1);
    struct plan_node *scan = make_scan(b, entry, options, columns);
    for (uint32_t i = 0; i < entry->ncols; i++) {
        const struct table_column *c = &entry->cols[i];
        if (c->kind == AST_COLUMN_COMPUTED) columns[i] = expr_substitute(b->arena, c->computed, columns);
        cols[i] = (struct plan_col){.name = c->name, .type = c->type, .time = c->time};
    }
    if (entry->watermark) {
        scan->scan.watermark = expr_substitute(b->arena, entry->watermark, columns);
        scan->scan.source_watermark = entry->source_watermark;
        const struct expr *rowtime = columns[entry->rowtime];
        scan->scan.rowtime_col = rowtime->kind == EXPR_COLUMN ? rowtime->column : 0;
    }
    scan->upsert_key = (struct cols){0};
    return node_calc(b, scan, NULL, columns, cols, entry->ncols);
}

static enum status hinted_options(struct binder *b, const struct catalog_entry *entry,
                                  const struct ast_hints *hints, const struct options **out) {
    *out = &entry->options;
    for (size_t i = 0; hints && i < hints->count; i++) {
        const struct ast_hint *h = &hints->items[i];
        if (!str_ieq(h->name.text, STR("OPTIONS"))) {
            return bind_unsupported(b, h->span, "hint %.*s", STR_ARG(h->name.text));
        }
        struct catalog_entry with = *entry;
        with.options = **out;
        struct options *merged = ARENA_NEW(b->arena, struct options);
        TRY(bind_merge_options(b, &with, &h->args, merged));
        *out = merged;
    }
    return ST_OK;
}

static enum status bind_view(struct binder *b, const struct catalog_entry *entry, struct span span,
                             struct rel *out) {
    struct binder inner = *b;
    inner.catalog = entry->catalog;
    inner.database = entry->database;
    inner.ctes = NULL;
    inner.aggs = NULL;
    if (++inner.depth > BIND_MAX_DEPTH)
        return error_at(b->error, ERR_LIMIT, span, "views are nested too deeply");
    enum status st = bind_query(&inner, entry->query, out);
    b->row_numbers = inner.row_numbers;
    if (st != ST_OK) {
        bool named = strncmp(b->error->text, "in view ", 8) == 0; /* a view that this one reads */
        if (!named) error_prefix(b->error, "in view '%.*s': ", STR_ARG(entry->name));
        b->error->span = span;
        return st;
    }
    for (uint32_t i = 0; i < out->scope.count && i < entry->ncols; i++) {
        out->scope.cols[i].name = out->node->cols[i].name = entry->cols[i].name;
    }
    return ST_OK;
}

static enum status bind_cte(struct binder *b, const struct cte *cte, struct rel *out) {
    struct binder inner = *b;
    inner.ctes = cte->outer;
    inner.aggs = NULL;
    if (++inner.depth > BIND_MAX_DEPTH) {
        return error_at(b->error, ERR_LIMIT, cte->with->span, "WITH items are nested too deeply");
    }
    TRY(bind_query(&inner, cte->with->query, out));
    b->row_numbers = inner.row_numbers;
    struct ast_alias alias = {.name = cte->with->name, .columns = cte->with->columns};
    return bind_alias(b, &alias, (struct str){0}, out);
}

static const struct cte *find_cte(const struct binder *b, const struct ast_name *name) {
    if (name->count != 1 || name->is_path) return NULL;
    const struct cte *c = b->ctes;
    while (c && !str_eq(c->with->name.text, name->parts[0].text)) c = c->outer;
    return c;
}

/* A view may be read twice by another view, that one by a third, and so on: 30 of them would fill any memory.
 */
static enum status count_table(struct binder *b, struct span span) {
    if (++*b->tables_read <= BIND_MAX_TABLES) return ST_OK;
    error_at(b->error, ERR_LIMIT, span, "the statement reads more than %d tables and views", BIND_MAX_TABLES);
    return error_hint(b->error, "what a view reads counts each time that the view is read");
}

enum status bind_table(struct binder *b, const struct ast_name *name, const struct ast_hints *hints,
                       struct rel *out) {
    const struct cte *cte = find_cte(b, name);
    struct str last = name->parts[name->count - 1].text;
    TRY(count_table(b, name->span));
    struct catalog_entry *entry = NULL;
    if (name->is_path) TRY(bind_path(b, name, hints, &entry));
    else if (!cte) TRY(bind_find_entry(b, name, &entry));
    if (name->is_path) last = entry->name;
    if (cte || entry->kind == ENTRY_VIEW) {
        if (hints && hints->count) {
            return error_at(b->error, ERR_INVALID_QUERY, hints->items[0].span,
                            "hints can stand only behind tables");
        }
        TRY(cte ? bind_cte(b, cte, out) : bind_view(b, entry, name->span, out));
        return bind_alias(b, &(struct ast_alias){0}, last, out);
    }
    if (!(entry->connector->caps & CONN_SOURCE)) {
        return error_at(b->error, ERR_INVALID_QUERY, name->span, "connector '%s' can only be written to",
                        entry->connector->name);
    }
    const struct options *options;
    TRY(hinted_options(b, entry, hints, &options));
    if (entry->format && !(entry->format->caps & FORMAT_DECODES)) {
        return error_at(b->error, ERR_INVALID_QUERY, name->span, "format '%s' can only be written",
                        entry->format->name);
    }
    out->node = scan_entry(b, entry, options);
    out->scope = bind_scope_of(b, out->node, last);
    return ST_OK;
}

/* ---- items ---- */

static enum status bind_table_ref(struct binder *b, const struct ast_table_ref *t, struct rel *out) {
    if (t->system_time) {
        return error_at(b->error, ERR_INVALID_QUERY, t->system_time->span,
                        "FOR SYSTEM_TIME AS OF can stand only on the right side of a JOIN");
    }
    TRY(bind_table(b, &t->name, &t->hints, out));
    return bind_alias(b, &t->alias, (struct str){0}, out);
}

static enum status bind_derived(struct binder *b, const struct ast_derived *d, struct rel *out) {
    if (d->lateral) return bind_unsupported(b, d->head.span, "LATERAL");
    struct agg_list *aggs = b->aggs;
    b->aggs = NULL;
    TRY(bind_query(b, d->query, out));
    b->aggs = aggs;
    for (uint32_t i = 0; i < out->scope.count; i++) out->scope.cols[i].qualifier = (struct str){0};
    return bind_alias(b, &d->alias, (struct str){0}, out);
}

enum status bind_from(struct binder *b, const struct ast_from *f, struct rel *out) {
    if (++b->depth > BIND_MAX_DEPTH)
        return error_at(b->error, ERR_LIMIT, f->span, "the query is nested too deeply");
    enum status st = ST_ERROR;
    switch (f->kind) {
    case AST_TABLE_REF: st = bind_table_ref(b, ast_as_table_ref(f), out); break;
    case AST_DERIVED: st = bind_derived(b, ast_as_derived(f), out); break;
    case AST_TABLE_FUNCTION: st = bind_table_function(b, ast_as_table_function(f), out); break;
    case AST_JOIN: st = bind_join(b, ast_as_join(f), out); break;
    default: st = bind_unsupported(b, f->span, "%s", ast_kind_name(f->kind)); break;
    }
    b->depth--;
    return st;
}
