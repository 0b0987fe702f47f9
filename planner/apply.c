/* SPDX-License-Identifier: Apache-2.0
 *
 * Statements that change catalogs or settings: CREATE, ALTER, DROP, USE, SET, RESET. A CREATE parses its own
 * text again into the entry's arena, so that the entry depends on nobody else's memory; it enters the catalog
 * only when all of it has been checked.
 */
#include "planner/binder.h"
#include "sql/parse.h"

bool planner_is_ddl(const struct ast_stmt *stmt) {
    switch (stmt->kind) {
    case AST_CREATE_TABLE:
    case AST_CREATE_VIEW:
    case AST_CREATE_CATALOG:
    case AST_CREATE_DATABASE:
    case AST_ALTER_TABLE:
    case AST_ALTER_VIEW:
    case AST_DROP:
    case AST_USE:
    case AST_RESET: return true;
    case AST_SET: return ast_as_set(stmt)->value.present;
    default: return false;
    }
}

/* ---- names ---- */

static enum status find_db(struct planner_ctx *ctx, const struct ast_name *name, struct str parts[3],
                           struct catalog_db **out) {
    struct catalogs *c = ctx->catalogs;
    if (!catalog_split_name(name, c->current_catalog, c->current_database, parts)) {
        return error_at(ctx->error, ERR_INVALID_QUERY, name->span, "a name has at most three parts");
    }
    struct catalog *cat = catalog_find(c, parts[0]);
    if (!cat)
        return error_at(ctx->error, ERR_UNKNOWN_TABLE, name->span, "there is no catalog '%.*s'",
                        STR_ARG(parts[0]));
    *out = catalog_find_db(cat, parts[1]);
    if (*out) return ST_OK;
    return error_at(ctx->error, ERR_UNKNOWN_TABLE, name->span,
                    "there is no database '%.*s' in catalog '%.*s'", STR_ARG(parts[1]), STR_ARG(parts[0]));
}

/* The permanent or temporary entry that the statement itself would make; another kind may hide it. */
static struct catalog_entry *find_same(const struct catalog_db *db, struct str name, bool temporary) {
    for (struct catalog_entry *e = db->entries; e; e = e->next) {
        if (e->temporary == temporary && str_eq(e->name, name)) return e;
    }
    return NULL;
}

static enum status exists_already(struct planner_ctx *ctx, const struct ast_name *name,
                                  const struct catalog_entry *e) {
    return error_at(ctx->error, ERR_DUPLICATE_OBJECT, name->span, "there is a %s '%.*s' already",
                    e->kind == ENTRY_VIEW ? "view" : "table", STR_ARG(e->name));
}

/* ---- CREATE ---- */

/* A new entry with the statement's text and tree in its own arena. */
static enum status new_entry(struct planner_ctx *ctx, const struct ast_stmt *stmt, const struct str parts[3],
                             bool temporary, struct catalog_entry **out) {
    struct catalog_entry *e = *out = catalog_new_entry();
    e->temporary = temporary;
    e->catalog = arena_str(&e->arena, parts[0]);
    e->database = arena_str(&e->arena, parts[1]);
    e->name = arena_str(&e->arena, parts[2]);
    e->text = arena_str(&e->arena, str_sub(ctx->text, stmt->span.offset, stmt->span.len));
    struct ast_stmt *copy;
    size_t end;
    TRY(sql_parse(&e->arena, e->text, 0, &copy, &end, ctx->error));
    e->ast = copy;
    return ST_OK;
}

static struct binder entry_binder(struct planner_ctx *ctx, struct catalog_entry *entry) {
    struct binder b = planner_binder(ctx);
    b.arena = &entry->arena;
    b.catalog = entry->catalog;
    b.database = entry->database;
    return b;
}

/* Enters the entry, or drops it and moves the error's place into the statement. */
static enum status finish_entry(struct planner_ctx *ctx, const struct ast_stmt *stmt, struct catalog_db *db,
                                struct catalog_entry *e, enum status st) {
    if (st == ST_OK) {
        catalog_add_entry(db, e);
        return ST_OK;
    }
    if (ctx->error->span.len) ctx->error->span.offset += stmt->span.offset;
    catalog_drop_entry(ctx->catalogs, NULL, e);
    return st;
}

static enum status fill_table(struct planner_ctx *ctx, struct catalog_entry *e, const struct ast_name *like) {
    struct binder b = entry_binder(ctx, e);
    struct catalog_entry *source = NULL;
    if (like->count) {
        b.catalog = ctx->catalogs->current_catalog;
        b.database = ctx->catalogs->current_database;
        TRY(bind_find_entry(&b, like, &source));
        if (source->kind == ENTRY_VIEW) {
            return error_at(ctx->error, ERR_INVALID_QUERY, like->span,
                            "LIKE takes tables, but '%.*s' is a view", STR_ARG(source->name));
        }
    }
    return bind_create_table(&b, e, source);
}

static enum status create_table(struct planner_ctx *ctx, const struct ast_create_table *c) {
    struct str parts[3];
    struct catalog_db *db;
    TRY(find_db(ctx, &c->name, parts, &db));
    struct catalog_entry *have = find_same(db, parts[2], c->temporary), *e;
    if (have && c->if_not_exists) return ST_OK;
    if (have) return exists_already(ctx, &c->name, have);
    enum status st = new_entry(ctx, &c->head, parts, c->temporary, &e);
    if (st == ST_OK) st = fill_table(ctx, e, &ast_as_create_table(e->ast)->like);
    return finish_entry(ctx, &c->head, db, e, st);
}

static enum status check_names(struct planner_ctx *ctx, const struct catalog_entry *e, struct span span) {
    for (uint32_t i = 0; i < e->ncols; i++) {
        for (uint32_t j = 0; j < i; j++) {
            if (!str_eq(e->cols[i].name, e->cols[j].name)) continue;
            return error_at(ctx->error, ERR_DUPLICATE_OBJECT, span, "the view has two columns '%.*s'",
                            STR_ARG(e->cols[i].name));
        }
    }
    return ST_OK;
}

static enum status fill_view(struct planner_ctx *ctx, struct catalog_entry *e, const struct ast_query *query,
                             const struct ast_idents *columns) {
    struct binder b = entry_binder(ctx, e);
    b.catalog = ctx->catalogs->current_catalog;
    b.database = ctx->catalogs->current_database;
    struct rel rel;
    TRY(bind_query(&b, query, &rel));
    if (columns->count && columns->count != rel.scope.count) {
        return error_at(ctx->error, ERR_INVALID_QUERY, columns->items[0].span,
                        "%zu column name%s for %u column%s", columns->count,
                        columns->count == 1 ? " is given" : "s are given", rel.scope.count,
                        rel.scope.count == 1 ? "" : "s");
    }
    e->kind = ENTRY_VIEW;
    e->query = query;
    e->ncols = rel.scope.count;
    e->cols = ARENA_ARRAY(&e->arena, struct table_column, e->ncols + 1);
    for (uint32_t i = 0; i < e->ncols; i++) {
        const struct scope_col *c = &rel.scope.cols[i];
        e->cols[i] = (struct table_column){.name = columns->count ? columns->items[i].text : c->name,
                                           .type = rel.node->cols[c->column].type,
                                           .time = rel.node->cols[c->column].time};
    }
    /* names without catalog keep meaning what they mean now */
    e->catalog = arena_str(&e->arena, b.catalog);
    e->database = arena_str(&e->arena, b.database);
    return check_names(ctx, e, query->span);
}

static enum status create_view(struct planner_ctx *ctx, const struct ast_create_view *c) {
    struct str parts[3];
    struct catalog_db *db;
    TRY(find_db(ctx, &c->name, parts, &db));
    struct catalog_entry *have = find_same(db, parts[2], c->temporary), *e;
    if (have && c->if_not_exists) return ST_OK;
    if (have) return exists_already(ctx, &c->name, have);
    enum status st = new_entry(ctx, &c->head, parts, c->temporary, &e);
    if (st == ST_OK) {
        const struct ast_create_view *own = ast_as_create_view(e->ast);
        e->comment = own->comment.value;
        st = fill_view(ctx, e, own->query, &own->columns);
    }
    return finish_entry(ctx, &c->head, db, e, st);
}

static enum status create_catalog(struct planner_ctx *ctx, const struct ast_create_catalog *c) {
    if (catalog_find(ctx->catalogs, c->name.text)) {
        if (c->if_not_exists) return ST_OK;
        return error_at(ctx->error, ERR_DUPLICATE_OBJECT, c->name.span, "there is a catalog '%.*s' already",
                        STR_ARG(c->name.text));
    }
    const struct ast_option *type = NULL;
    for (size_t i = 0; i < c->options.count; i++) {
        if (str_eq(c->options.items[i].key.value, STR("type"))) type = &c->options.items[i];
    }
    if (!type || !str_eq(type->value.value, STR("generic_in_memory"))) {
        error_at(ctx->error, ERR_UNSUPPORTED, type ? type->value.span : c->name.span,
                 "only catalogs of 'type' = 'generic_in_memory' are supported yet");
        return ST_ERROR;
    }
    struct catalog *cat = catalog_add(ctx->catalogs, c->name.text);
    catalog_add_db(ctx->catalogs, cat, STR("default"));
    return ST_OK;
}

/* database, or catalog.database */
static enum status split_db(struct planner_ctx *ctx, const struct ast_name *name, struct catalog **cat,
                            struct str *db) {
    if (name->count > 2) {
        return error_at(ctx->error, ERR_INVALID_QUERY, name->span, "a database's name has at most two parts");
    }
    struct str c = name->count == 2 ? name->parts[0].text : ctx->catalogs->current_catalog;
    *db = name->parts[name->count - 1].text;
    *cat = catalog_find(ctx->catalogs, c);
    if (*cat) return ST_OK;
    return error_at(ctx->error, ERR_UNKNOWN_TABLE, name->span, "there is no catalog '%.*s'", STR_ARG(c));
}

static enum status create_database(struct planner_ctx *ctx, const struct ast_create_database *c) {
    struct catalog *cat;
    struct str name;
    TRY(split_db(ctx, &c->name, &cat, &name));
    if (catalog_find_db(cat, name)) {
        if (c->if_not_exists) return ST_OK;
        return error_at(ctx->error, ERR_DUPLICATE_OBJECT, c->name.span, "there is a database '%.*s' already",
                        STR_ARG(name));
    }
    catalog_add_db(ctx->catalogs, cat, name)->comment = arena_str(&ctx->catalogs->arena, c->comment.value);
    return ST_OK;
}

/* ---- ALTER ---- */

static enum status find_to_change(struct planner_ctx *ctx, const struct ast_name *name, enum entry_kind kind,
                                  bool if_exists, struct catalog_db **db, struct catalog_entry **out) {
    struct str parts[3];
    TRY(find_db(ctx, name, parts, db));
    *out = catalog_find_entry(*db, parts[2]);
    if (*out && (*out)->kind == kind) return ST_OK;
    if (*out) {
        return error_at(ctx->error, ERR_INVALID_QUERY, name->span, "'%.*s' is a %s", STR_ARG(parts[2]),
                        kind == ENTRY_TABLE ? "view" : "table");
    }
    if (if_exists) return ST_OK;
    struct binder b = planner_binder(ctx);
    return bind_find_entry(&b, name, out);
}

static enum status rename_entry(struct planner_ctx *ctx, struct catalog_db *db, struct catalog_entry *e,
                                const struct ast_name *to) {
    struct str name = to->parts[to->count - 1].text;
    struct catalog_entry *have = find_same(db, name, e->temporary);
    if (have) return exists_already(ctx, to, have);
    e->name = arena_str(&e->arena, name);
    return ST_OK;
}

/* Makes the table anew with other options; the old one stays for plans that use it. */
static enum status change_options(struct planner_ctx *ctx, struct catalog_db *db, struct catalog_entry *old,
                                  const struct ast_alter_table *a) {
    const struct str parts[3] = {old->catalog, old->database, old->name};
    struct catalog_entry *e = catalog_new_entry();
    e->temporary = old->temporary;
    e->catalog = arena_str(&e->arena, parts[0]);
    e->database = arena_str(&e->arena, parts[1]);
    e->name = arena_str(&e->arena, parts[2]);
    e->text = arena_str(&e->arena, old->text);
    struct ast_create_table *c = ARENA_NEW(&e->arena, struct ast_create_table);
    *c = *ast_as_create_table(old->ast); /* the old entry is never freed before the new one */
    size_t n = 0;
    c->options.items = ARENA_ARRAY(&e->arena, struct ast_option, c->options.count + a->options.count + 1);
    const struct ast_options *had = &ast_as_create_table(old->ast)->options;
    for (size_t i = 0; i < had->count; i++) {
        size_t j = 0;
        while (j < a->options.count && !str_eq(a->options.items[j].key.value, had->items[i].key.value)) j++;
        if (j < a->options.count) continue;
        c->options.items[n] = had->items[i]; /* written in another text, so its place is that of the change */
        c->options.items[n].key.span = c->options.items[n].value.span = a->options.span;
        n++;
    }
    for (size_t i = 0; a->action == AST_ALTER_SET && i < a->options.count; i++) {
        struct ast_option *o = &c->options.items[n++];
        *o = a->options.items[i];
        o->key.value = arena_str(&e->arena, o->key.value);
        o->value.value = arena_str(&e->arena, o->value.value);
    }
    c->options.count = n;
    c->options.span = a->options.span;
    e->ast = &c->head;
    struct binder b = entry_binder(ctx, e);
    if (bind_create_table(&b, e, NULL) != ST_OK) {
        catalog_drop_entry(ctx->catalogs, NULL, e);
        return ST_ERROR;
    }
    catalog_drop_entry(ctx->catalogs, db, old);
    catalog_add_entry(db, e);
    return ST_OK;
}

static enum status alter_table(struct planner_ctx *ctx, const struct ast_alter_table *a) {
    struct catalog_db *db;
    struct catalog_entry *e;
    TRY(find_to_change(ctx, &a->name, ENTRY_TABLE, a->if_exists, &db, &e));
    if (!e) return ST_OK;
    if (a->action == AST_ALTER_RENAME) return rename_entry(ctx, db, e, &a->new_name);
    return change_options(ctx, db, e, a);
}

static enum status alter_view(struct planner_ctx *ctx, const struct ast_alter_view *a) {
    struct catalog_db *db;
    struct catalog_entry *e;
    TRY(find_to_change(ctx, &a->name, ENTRY_VIEW, a->if_exists, &db, &e));
    if (!e) return ST_OK;
    if (a->action == AST_ALTER_RENAME) return rename_entry(ctx, db, e, &a->new_name);
    return error_at(ctx->error, ERR_UNSUPPORTED, a->head.span, "ALTER VIEW .. AS is not supported yet");
}

/* ---- DROP, USE ---- */

static enum status drop_entry(struct planner_ctx *ctx, const struct ast_drop *d) {
    struct str parts[3];
    struct catalog_db *db;
    TRY(find_db(ctx, &d->name, parts, &db));
    enum entry_kind kind = d->object == AST_OBJ_VIEW ? ENTRY_VIEW : ENTRY_TABLE;
    struct catalog_entry *e = d->temporary ? find_same(db, parts[2], true) : catalog_find_entry(db, parts[2]);
    if (e && e->kind != kind) {
        error_at(ctx->error, ERR_INVALID_QUERY, d->name.span, "'%.*s' is a %s", STR_ARG(parts[2]),
                 kind == ENTRY_TABLE ? "view" : "table");
        return error_hint(ctx->error, "use DROP %s", kind == ENTRY_TABLE ? "VIEW" : "TABLE");
    }
    if (!e && d->if_exists) return ST_OK;
    if (!e) {
        struct binder b = planner_binder(ctx);
        return bind_find_entry(&b, &d->name, &e);
    }
    catalog_drop_entry(ctx->catalogs, db, e);
    return ST_OK;
}

static enum status drop_database(struct planner_ctx *ctx, const struct ast_drop *d) {
    struct catalog *cat;
    struct str name;
    TRY(split_db(ctx, &d->name, &cat, &name));
    struct catalog_db **at = &cat->dbs;
    while (*at && !str_eq((*at)->name, name)) at = &(*at)->next;
    struct catalog_db *db = *at;
    if (!db && d->if_exists) return ST_OK;
    if (!db)
        return error_at(ctx->error, ERR_UNKNOWN_TABLE, d->name.span, "there is no database '%.*s'",
                        STR_ARG(name));
    if (str_eq(cat->name, ctx->catalogs->current_catalog) && str_eq(name, ctx->catalogs->current_database)) {
        return error_at(ctx->error, ERR_INVALID_QUERY, d->name.span,
                        "the current database cannot be dropped");
    }
    if (db->entries && !d->cascade) {
        error_at(ctx->error, ERR_INVALID_QUERY, d->name.span, "database '%.*s' is not empty", STR_ARG(name));
        return error_hint(ctx->error, "add CASCADE");
    }
    while (db->entries) catalog_drop_entry(ctx->catalogs, db, db->entries);
    *at = db->next;
    return ST_OK;
}

static enum status drop_catalog(struct planner_ctx *ctx, const struct ast_drop *d) {
    struct str name = d->name.parts[0].text;
    struct catalog **at = &ctx->catalogs->list;
    while (*at && !str_eq((*at)->name, name)) at = &(*at)->next;
    if (!*at && d->if_exists) return ST_OK;
    if (!*at)
        return error_at(ctx->error, ERR_UNKNOWN_TABLE, d->name.span, "there is no catalog '%.*s'",
                        STR_ARG(name));
    if (str_eq(name, ctx->catalogs->current_catalog)) {
        return error_at(ctx->error, ERR_INVALID_QUERY, d->name.span, "the current catalog cannot be dropped");
    }
    for (struct catalog_db *db = (*at)->dbs; db; db = db->next) {
        while (db->entries) catalog_drop_entry(ctx->catalogs, db, db->entries);
    }
    *at = (*at)->next;
    return ST_OK;
}

static enum status drop(struct planner_ctx *ctx, const struct ast_drop *d) {
    switch (d->object) {
    case AST_OBJ_TABLE:
    case AST_OBJ_VIEW: return drop_entry(ctx, d);
    case AST_OBJ_DATABASE: return drop_database(ctx, d);
    case AST_OBJ_CATALOG: return drop_catalog(ctx, d);
    default:
        return error_at(ctx->error, ERR_UNSUPPORTED, d->head.span, "DROP %s is not supported yet",
                        ast_object_name(d->object));
    }
}

static enum status use(struct planner_ctx *ctx, const struct ast_use *u) {
    struct catalogs *c = ctx->catalogs;
    if (u->object == AST_OBJ_MODULE) {
        return error_at(ctx->error, ERR_UNSUPPORTED, u->head.span, "USE MODULES is not supported yet");
    }
    if (u->object == AST_OBJ_CATALOG) {
        const struct catalog *cat = catalog_find(c, u->name.parts[0].text);
        if (!cat) {
            return error_at(ctx->error, ERR_UNKNOWN_TABLE, u->name.span, "there is no catalog '%.*s'",
                            STR_ARG(u->name.parts[0].text));
        }
        c->current_catalog = cat->name;
        c->current_database = cat->dbs ? cat->dbs->name : STR("default");
        return ST_OK;
    }
    struct catalog *cat;
    struct str name;
    TRY(split_db(ctx, &u->name, &cat, &name));
    const struct catalog_db *db = catalog_find_db(cat, name);
    if (!db)
        return error_at(ctx->error, ERR_UNKNOWN_TABLE, u->name.span, "there is no database '%.*s'",
                        STR_ARG(name));
    c->current_catalog = cat->name;
    c->current_database = db->name;
    return ST_OK;
}

enum status planner_apply(struct planner_ctx *ctx, const struct ast_stmt *stmt) {
    switch (stmt->kind) {
    case AST_CREATE_TABLE: return create_table(ctx, ast_as_create_table(stmt));
    case AST_CREATE_VIEW: return create_view(ctx, ast_as_create_view(stmt));
    case AST_CREATE_CATALOG: return create_catalog(ctx, ast_as_create_catalog(stmt));
    case AST_CREATE_DATABASE: return create_database(ctx, ast_as_create_database(stmt));
    case AST_ALTER_TABLE: return alter_table(ctx, ast_as_alter_table(stmt));
    case AST_ALTER_VIEW: return alter_view(ctx, ast_as_alter_view(stmt));
    case AST_DROP: return drop(ctx, ast_as_drop(stmt));
    case AST_USE: return use(ctx, ast_as_use(stmt));
    case AST_SET: {
        const struct ast_set *s = ast_as_set(stmt);
        return session_options_set(ctx->session, s->key.value, s->value.value, s->key.span, s->value.span,
                                   ctx->error);
    }
    case AST_RESET: {
        const struct ast_reset *r = ast_as_reset(stmt);
        return session_options_reset(ctx->session, r->key.value, r->key.span, ctx->error);
    }
    default: return error_at(ctx->error, ERR_MISUSE, stmt->span, "not a statement that changes the catalog");
    }
}
