/* SPDX-License-Identifier: Apache-2.0
 *
 * The lists behind catalog.h. New things go to the end, so that SHOW is in order of creation.
 */
#include "planner/catalog.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

void catalogs_init(struct catalogs *c) {
    *c = (struct catalogs){0};
    struct catalog *cat = catalog_add(c, STR(DEFAULT_CATALOG));
    catalog_add_db(c, cat, STR(DEFAULT_DATABASE));
    c->current_catalog = STR(DEFAULT_CATALOG);
    c->current_database = STR(DEFAULT_DATABASE);
}

static void free_entries(struct catalog_entry *e) {
    while (e) {
        struct catalog_entry *next = e->next;
        arena_free(&e->arena);
        free(e);
        e = next;
    }
}

void catalogs_free(struct catalogs *c) {
    for (struct catalog *cat = c->list; cat; cat = cat->next) {
        for (struct catalog_db *db = cat->dbs; db; db = db->next) free_entries(db->entries);
    }
    free_entries(c->dropped);
    arena_free(&c->arena);
    *c = (struct catalogs){0};
}

struct catalog *catalog_find(const struct catalogs *c, struct str name) {
    struct catalog *cat = c->list;
    while (cat && !str_eq(cat->name, name)) cat = cat->next;
    return cat;
}

struct catalog_db *catalog_find_db(const struct catalog *c, struct str name) {
    struct catalog_db *db = c->dbs;
    while (db && !str_eq(db->name, name)) db = db->next;
    return db;
}

struct catalog *catalog_add(struct catalogs *c, struct str name) {
    struct catalog *cat = ARENA_NEW(&c->arena, struct catalog);
    cat->name = arena_str(&c->arena, name);
    struct catalog **at = &c->list;
    while (*at) at = &(*at)->next;
    return *at = cat;
}

struct catalog_db *catalog_add_db(struct catalogs *c, struct catalog *cat, struct str name) {
    struct catalog_db *db = ARENA_NEW(&c->arena, struct catalog_db);
    db->name = arena_str(&c->arena, name);
    struct catalog_db **at = &cat->dbs;
    while (*at) at = &(*at)->next;
    return *at = db;
}

struct catalog_entry *catalog_find_entry(const struct catalog_db *db, struct str name) {
    struct catalog_entry *found = NULL;
    for (struct catalog_entry *e = db->entries; e; e = e->next) {
        if (str_eq(e->name, name) && (!found || e->temporary)) found = e;
    }
    return found;
}

struct catalog_entry *catalog_new_entry(void) {
    struct catalog_entry *e = calloc(1, sizeof *e);
    if (!e) mem_exhausted();
    e->rowtime = -1;
    return e;
}

void catalog_add_entry(struct catalog_db *db, struct catalog_entry *entry) {
    struct catalog_entry **at = &db->entries;
    while (*at) at = &(*at)->next;
    *at = entry;
}

void catalog_drop_entry(struct catalogs *c, struct catalog_db *db, struct catalog_entry *entry) {
    for (struct catalog_entry **at = db ? &db->entries : NULL; at && *at; at = &(*at)->next) {
        if (*at == entry) {
            *at = entry->next;
            break;
        }
    }
    entry->next = c->dropped;
    c->dropped = entry;
    if (db && c->on_drop) c->on_drop(c->on_drop_arg, entry);
}

bool catalog_split_name(const struct ast_name *name, struct str default_catalog, struct str default_database,
                        struct str out[3]) {
    if (name->count < 1 || name->count > 3) return false;
    out[0] = name->count == 3 ? name->parts[0].text : default_catalog;
    out[1] = name->count >= 2 ? name->parts[name->count - 2].text : default_database;
    out[2] = name->parts[name->count - 1].text;
    return true;
}
