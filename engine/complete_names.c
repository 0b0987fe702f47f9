/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates that are names: columns and fields in scope, tables, databases and catalogs; see completing.h.
 */
#include "engine/completing.h"
#include "planner/scope.h"
#include "sql/print.h"

/* ---- columns ---- */

static struct str type_help(struct completing *c, const struct type *t, enum time_attr time) {
    struct str s = type_print(c->arena, t);
    if (time == TIME_NONE) return s;
    return arena_printf(c->arena, "%.*s *%s*", STR_ARG(s), time == TIME_ROWTIME ? "ROWTIME" : "PROCTIME");
}

static void add_fields(struct completing *c, const struct type *t) {
    for (uint32_t i = 0; t->kind == TYPE_ROW && i < t->nfields; i++)
        completing_add_name(c, CAND_COLUMN, t->fields[i].name, "", type_help(c, t->fields[i].type, TIME_NONE),
                            i);
}

/* The fields that path[from..] leads to. */
static void add_fields_of(struct completing *c, const struct type *t, uint32_t from) {
    const struct sql_names *path = &c->place.path;
    for (; from < path->count; from++) {
        const struct type *next = NULL;
        for (uint32_t i = 0; t->kind == TYPE_ROW && i < t->nfields; i++) {
            if (str_ieq(t->fields[i].name, path->items[from].name)) next = t->fields[i].type;
        }
        if (!next) return;
        t = next;
    }
    add_fields(c, t);
}

/* t.| and column.| */
static void add_qualified(struct completing *c, const struct scope_names *names) {
    const struct sql_names *path = &c->place.path;
    struct str first = path->items[0].name;
    for (uint32_t i = 0; i < names->count; i++) {
        const struct scope_name *n = &names->items[i];
        bool table = str_ieq(n->qualifier, first);
        if (table && path->count == 1)
            completing_add_name(c, CAND_COLUMN, n->name, "", type_help(c, n->type, n->time), i);
        else if (table && str_ieq(n->name, path->items[1].name)) add_fields_of(c, n->type, 2);
        else if (!table && str_ieq(n->name, first)) add_fields_of(c, n->type, 1);
    }
}

static bool is_ambiguous(const struct scope_names *names, uint32_t at) {
    for (uint32_t i = 0; i < names->count; i++) {
        if (i != at && str_eq(names->items[i].name, names->items[at].name)) return true;
    }
    return false;
}

static void add_plain(struct completing *c, const struct scope_names *names, unsigned rank) {
    for (uint32_t i = 0; i < names->count; i++) {
        const struct scope_name *n = &names->items[i];
        struct str help = type_help(c, n->type, n->time);
        if (c->place.wants & SQL_WANTS_TIME && n->time == TIME_NONE) continue;
        bool first = n->qualifier.len > 0;
        for (uint32_t k = 0; k < i; k++) first &= !str_eq(names->items[k].qualifier, n->qualifier);
        if (first) completing_add_name(c, CAND_TABLE, n->qualifier, ".", STR("columns of it"), rank + i);
        if (n->qualifier.len && names->count < 2000 && is_ambiguous(names, i)) {
            struct str text =
                arena_printf(c->arena, "%.*s.%.*s", STR_ARG(sql_print_ident(c->arena, n->qualifier)),
                             STR_ARG(sql_print_ident(c->arena, n->name)));
            completing_add(c, CAND_COLUMN, n->name, text, help, rank + i);
        } else {
            completing_add_name(c, CAND_COLUMN, n->name, "", help, rank + i);
        }
    }
}

static void add_listed(struct completing *c, const struct sql_names *l, const char *help) {
    for (uint32_t i = 0; i < l->count; i++) {
        struct str about = l->items[i].about.len ? l->items[i].about : str_of(help);
        completing_add_name(c, CAND_COLUMN, l->items[i].name, "", about, i);
    }
}

static void add_scope(struct completing *c, const struct sql_scope *s, unsigned rank) {
    struct scope_names names = {0};
    struct str before = {0};
    for (uint32_t i = 0; i < s->from.count; i++) {
        scope_add_item(&c->ctx, c->place.with, before, s->from.items[i].name, &names);
        before = s->from.items[i].name;
    }
    if (c->place.path.count) {
        add_qualified(c, &names);
        return;
    }
    add_plain(c, &names, rank);
    if (rank == 0) add_listed(c, &s->aliases, "named in SELECT");
}

void complete_columns(struct completing *c) {
    const struct sql_place *p = &c->place;
    if (p->wants & SQL_WANTS_TARGET) {
        const struct catalog_entry *e = complete_target(c);
        for (uint32_t i = 0; e && i < e->ncols; i++)
            completing_add_name(c, CAND_COLUMN, e->cols[i].name, "",
                                type_help(c, e->cols[i].type, e->cols[i].time), i);
        return;
    }
    if (p->path.count == 0) add_listed(c, &p->declared, "column of this table");
    for (uint32_t i = 0; i < p->nscopes; i++) add_scope(c, &p->scopes[i], i * 10000);
}

/* ---- tables ---- */

static bool is_wanted(const struct completing *c, const struct catalog_entry *e) {
    uint32_t w = c->place.wants;
    if (e->kind == ENTRY_VIEW) return w & (SQL_WANTS_FROM | SQL_WANTS_TABLE | SQL_WANTS_VIEW);
    if (w & SQL_WANTS_TABLE) return true;
    return (w & SQL_WANTS_FROM && e->connector->caps & CONN_SOURCE) ||
           (w & SQL_WANTS_SINK && e->connector->caps & CONN_SINK);
}

static void add_entries(struct completing *c, const struct catalog_db *db) {
    for (const struct catalog_entry *e = db->entries; e; e = e->next) {
        struct str help =
            e->kind == ENTRY_VIEW ? STR("view") : arena_printf(c->arena, "table, %s", e->connector->name);
        if (e->comment.len) help = arena_printf(c->arena, "%.*s: %.*s", STR_ARG(help), STR_ARG(e->comment));
        if (is_wanted(c, e)) completing_add_name(c, CAND_TABLE, e->name, "", help, 0);
    }
}

static void add_databases(struct completing *c, const struct catalog *cat, const char *behind,
                          unsigned rank) {
    for (const struct catalog_db *db = cat->dbs; db; db = db->next)
        completing_add_name(c, CAND_TABLE, db->name, behind, STR("database"), rank);
}

static void add_catalogs(struct completing *c, const char *behind, unsigned rank) {
    for (const struct catalog *cat = c->ctx.catalogs->list; cat; cat = cat->next)
        completing_add_name(c, CAND_TABLE, cat->name, behind, STR("catalog"), rank);
}

static void add_in_path(struct completing *c, const struct sql_names *path) {
    const struct catalogs *all = c->ctx.catalogs;
    const struct catalog *cat =
        catalog_find(all, path->count == 2 ? path->items[0].name : all->current_catalog);
    const struct catalog_db *db = cat ? catalog_find_db(cat, path->items[path->count - 1].name) : NULL;
    bool tables = !(c->place.wants & (SQL_WANTS_DATABASE | SQL_WANTS_CATALOG));
    if (db && tables) add_entries(c, db);
    if (path->count > 1) return;
    cat = catalog_find(all, path->items[0].name);
    if (cat) add_databases(c, cat, tables ? "." : "", 1);
}

void complete_tables(struct completing *c) {
    const struct sql_place *p = &c->place;
    const struct catalogs *all = c->ctx.catalogs;
    if (p->path.count > 2) return;
    if (p->path.count) {
        add_in_path(c, &p->path);
        return;
    }
    const struct catalog *cat = catalog_find(all, all->current_catalog);
    const struct catalog_db *db = cat ? catalog_find_db(cat, all->current_database) : NULL;
    if (p->wants & SQL_WANTS_CATALOG) {
        add_catalogs(c, "", 0);
    } else if (p->wants & SQL_WANTS_DATABASE) {
        if (cat) add_databases(c, cat, "", 0);
        add_catalogs(c, ".", 1);
    } else {
        for (uint32_t i = 0; p->wants & SQL_WANTS_FROM && i < p->ctes.count; i++)
            completing_add_name(c, CAND_TABLE, p->ctes.items[i].name, "", STR("WITH item"), 0);
        if (db) add_entries(c, db);
        if (cat) add_databases(c, cat, ".", 1);
        add_catalogs(c, ".", 2);
    }
}
