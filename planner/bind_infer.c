/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables whose columns stand in their files: 'plays.csv' in place of a table's name, and CREATE TABLE without
 * columns. What is in a file the engine says (planner_ctx.infer); here it becomes options and columns of an
 * entry. The entry of a path lives in the statement's arena and in no catalog: the next statement looks
 * again.
 */
#include "planner/binder.h"

/* The connector whose tables can be looked into. */
static const struct connector_desc *infer_connector(const struct registry *r) {
    for (const struct connector_desc *const *c = r->connectors; *c; c++) {
        if ((*c)->caps & CONN_INFERS) return *c;
    }
    return NULL;
}

static void add_option(struct binder *b, struct options *o, uint32_t at, struct str key, struct str value) {
    struct option *items = ARENA_ARRAY(b->arena, struct option, o->count + 1);
    for (uint32_t i = 0; i < o->count; i++) items[i + (i >= at)] = o->items[i];
    items[at] = (struct option){.key = key, .value = value};
    o->items = items;
    o->count++;
}

/* The place for errors about files: where the path stands. */
static enum status placed(struct binder *b, enum status st, const struct catalog_entry *entry,
                          struct span span) {
    const struct option *path = options_find(&entry->options, "path");
    if (st == ST_OK || b->error->span.len) return st;
    b->error->span = path && path->value_span.len ? path->value_span : span;
    return st;
}

/* `partitioned_by`: of CREATE TABLE; NULL for a path. */
static enum status look(struct binder *b, const struct catalog_entry *entry,
                        const struct ast_idents *partitioned_by, struct span span, struct inferred *out) {
    struct planner_ctx *ctx = b->ctx;
    uint32_t npartitions = partitioned_by ? (uint32_t)partitioned_by->count : 0;
    struct str *partitions = ARENA_ARRAY(b->arena, struct str, npartitions + 1);
    for (uint32_t i = 0; i < npartitions; i++) partitions[i] = partitioned_by->items[i].text;
    *out = (struct inferred){0};
    struct infer_request r = {.connector = entry->connector,
                              .format = entry->format,
                              .format_prefix = entry->format_prefix,
                              .options = &entry->options,
                              .header = HEADER_AUTO,
                              .npartitions = npartitions,
                              .partitions = partitions,
                              .find_partitions = !partitioned_by};
    struct str header = session_option_str(ctx->session, "weir.csv.header");
    if (str_ieq(header, STR("true"))) r.header = HEADER_SKIP;
    if (str_ieq(header, STR("false"))) r.header = HEADER_NONE;
    return placed(b, ctx->infer(ctx->infer_arg, &r, b->arena, out, b->error), entry, span);
}

bool bind_infers(struct binder *b, const struct ast_create_table *c, const struct catalog_entry *entry) {
    for (size_t i = 0; i < c->column_count; i++) {
        if (c->columns[i].kind == AST_COLUMN_PHYSICAL) return false;
    }
    const struct option *named = options_find(&entry->options, "connector");
    const struct connector_desc *d = infer_connector(b->ctx->registry);
    return d && b->ctx->infer && options_find(&entry->options, "path") &&
           (!named || str_eq(named->value, str_of(d->name)));
}

enum status bind_infer_options(struct binder *b, struct catalog_entry *entry, struct span span) {
    struct inferred found;
    entry->connector = infer_connector(b->ctx->registry);
    if (!options_find(&entry->options, "connector"))
        add_option(b, &entry->options, 0, STR("connector"), str_of(entry->connector->name));
    if (options_find(&entry->options, "format")) return ST_OK;
    TRY(look(b, entry, NULL, span, &found));
    add_option(b, &entry->options, entry->options.count, STR("format"), found.format);
    return ST_OK;
}

/* The partition columns of a path are the last ones. */
static void note_partitions(struct binder *b, struct catalog_entry *entry, const struct inferred *found) {
    uint32_t n = found->npartitions;
    entry->partition_by = (struct cols){n, ARENA_ARRAY(b->arena, uint32_t, n + 1)};
    for (uint32_t i = 0; i < n; i++) entry->partition_by.items[i] = found->columns.count - n + i;
}

enum status bind_infer_columns(struct binder *b, struct catalog_entry *entry,
                               const struct ast_idents *partitioned_by, struct span span,
                               struct schema *out) {
    struct inferred found;
    TRY(look(b, entry, partitioned_by, span, &found));
    if (!partitioned_by) note_partitions(b, entry, &found);
    for (uint32_t i = 0; i < found.more.count; i++) {
        const struct option *o = &found.more.items[i];
        add_option(b, &entry->options, entry->options.count, o->key, o->value);
    }
    entry->inferred = true;
    entry->header = found.header;
    *out = found.columns;
    return ST_OK;
}

/* ---- a path in place of a name ---- */

/* "plays" of "data/plays.csv.gz"; what the table goes by where it has no alias. */
static struct str stem(struct str path) {
    while (path.len > 1 && path.ptr[path.len - 1] == '/') path.len--;
    size_t from = path.len;
    while (from && path.ptr[from - 1] != '/') from--;
    struct str name = str_sub(path, from, path.len - from);
    const char *dot = name.len > 1 ? memchr(name.ptr + 1, '.', name.len - 1) : NULL;
    return dot ? str_sub(name, 0, (size_t)(dot - name.ptr)) : name;
}

static enum status path_options(struct binder *b, const struct ast_name *name, const struct ast_hints *hints,
                                struct options *out) {
    *out = (struct options){0};
    add_option(b, out, 0, STR("path"), name->parts[0].text);
    for (size_t i = 0; hints && i < hints->count; i++) {
        struct options more;
        if (!str_ieq(hints->items[i].name.text, STR("OPTIONS")))
            return bind_unsupported(b, hints->items[i].span, "hint %.*s",
                                    STR_ARG(hints->items[i].name.text));
        TRY(bind_options(b, &hints->items[i].args, b->arena, &more));
        for (uint32_t k = 0; k < more.count; k++) {
            const struct option *o = &more.items[k];
            if (str_eq(o->key, STR("path")) || str_eq(o->key, STR("connector")))
                return error_at(b->error, ERR_INVALID_OPTION, o->key_span,
                                "'%.*s' cannot be changed: the file is named before the hint",
                                STR_ARG(o->key));
            ARENA_ONE_MORE(b->arena, out->items, out->count);
            out->items[out->count++] = *o;
        }
    }
    return ST_OK;
}

/* Somebody may have meant a table and taken the wrong quotes. */
static enum status suggest_table(struct binder *b, const struct ast_name *name) {
    const struct catalog *cat = catalog_find(b->ctx->catalogs, b->catalog);
    const struct catalog_db *db = cat ? catalog_find_db(cat, b->database) : NULL;
    struct str text = name->parts[0].text;
    if (!db || !catalog_find_entry(db, text)) return ST_ERROR;
    b->error->hint[0] = '\0';
    return error_hint(b->error, "there is a table %.*s: leave the quotes out", STR_ARG(text));
}

static enum status fill_entry(struct binder *b, const struct ast_name *name, const struct ast_hints *hints,
                              struct catalog_entry *e) {
    struct schema schema;
    TRY(path_options(b, name, hints, &e->options));
    TRY(bind_infer_options(b, e, name->span));
    TRY(bind_table_options(b, e, name->span));
    TRY(bind_infer_columns(b, e, NULL, name->span, &schema));
    e->ncols = schema.count;
    e->cols = ARENA_ARRAY(b->arena, struct table_column, schema.count + 1);
    for (uint32_t i = 0; i < schema.count; i++)
        e->cols[i] = (struct table_column){
            .name = schema.fields[i].name, .type = schema.fields[i].type, .physical = i};
    return bind_check_format(b, e, e->format, e->format_prefix);
}

enum status bind_path(struct binder *b, const struct ast_name *name, const struct ast_hints *hints,
                      struct catalog_entry **out) {
    bool hinted = hints && hints->count;
    struct str path = name->parts[0].text;
    if (!b->ctx->infer || !infer_connector(b->ctx->registry))
        return error_at(b->error, ERR_UNSUPPORTED, name->span, "a file cannot stand for a table here");
    for (struct catalog_entry *e = b->ctx->paths; e && !hinted; e = e->next) {
        *out = e;
        if (str_eq(e->path, path)) return ST_OK;
    }
    struct catalog_entry *e = *out = ARENA_NEW(b->arena, struct catalog_entry);
    *e = (struct catalog_entry){.kind = ENTRY_TABLE,
                                .catalog = b->catalog,
                                .database = b->database,
                                .name = stem(path),
                                .path = path,
                                .rowtime = -1};
    if (fill_entry(b, name, hints, e) != ST_OK) {
        if (b->error->span.len == 0) b->error->span = name->span;
        return b->error->code == ERR_UNKNOWN_TABLE ? suggest_table(b, name) : ST_ERROR;
    }
    if (hinted) return ST_OK;
    e->next = b->ctx->paths;
    b->ctx->paths = e;
    return ST_OK;
}
