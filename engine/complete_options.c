/* SPDX-License-Identifier: Apache-2.0
 *
 * Candidates in strings: keys and values of options by connector and format, settings, metadata keys, files;
 * see completing.h.
 */
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "engine/completing.h"
#include "planner/session_options.h"

#define FILES_MAX 1000 /* looked at in a folder */

/* ---- what is known of the table ---- */

const struct catalog_entry *complete_target(const struct completing *c) {
    const struct sql_names *t = &c->place.target;
    const struct catalogs *all = c->ctx.catalogs;
    if (t->count == 0 || t->count > 3) return NULL;
    const struct catalog *cat = catalog_find(all, t->count == 3 ? t->items[0].name : all->current_catalog);
    struct str db_name = t->count > 1 ? t->items[t->count - 2].name : all->current_database;
    const struct catalog_db *db = cat ? catalog_find_db(cat, db_name) : NULL;
    return db ? catalog_find_entry(db, t->items[t->count - 1].name) : NULL;
}

/* The value of an option: written here, or one of the table's that is altered or hinted at. */
static struct str value_of(const struct completing *c, const char *key) {
    const struct option *o = options_find(&c->place.given, key);
    const struct catalog_entry *e = o ? NULL : complete_target(c);
    if (e && e->kind == ENTRY_TABLE) o = options_find(&e->options, key);
    return o ? o->value : (struct str){0};
}

static const struct connector_desc *connector_of(const struct completing *c) {
    return registry_connector(c->ctx.registry, value_of(c, "connector"));
}

static bool takes_keys(const struct connector_desc *d) {
    return d && option_def_find(d->options, STR("key.fields"));
}

/* ---- values ---- */

static void add_values(struct completing *c, const char *values) {
    unsigned rank = 0;
    for (const char *at = values; at; rank++) {
        const char *bar = strchr(at, '|');
        struct str v = {at, bar ? (size_t)(bar - at) : strlen(at)};
        completing_add_string(c, CAND_VALUE, v, false, (struct str){0}, rank);
        at = bar ? bar + 1 : NULL;
    }
}

static void add_def_values(struct completing *c, const struct option_def *d) {
    if (!d) return;
    if (d->type == OPT_BOOL) add_values(c, "true|false");
    else if (d->type == OPT_ENUM) add_values(c, d->values);
    else if (d->def) completing_add_string(c, CAND_VALUE, str_of(d->def), false, STR("the default"), 0);
}

static void add_connectors(struct completing *c) {
    for (const struct connector_desc *const *d = c->ctx.registry->connectors; *d; d++)
        completing_add_string(c, CAND_VALUE, str_of((*d)->name), false, str_of((*d)->help), 0);
}

static void add_formats(struct completing *c) {
    const struct connector_desc *d = connector_of(c);
    uint32_t where = takes_keys(d)                      ? FORMAT_IN_MESSAGES
                     : d && d->caps & CONN_NEEDS_FORMAT ? FORMAT_IN_FILES
                                                        : 0;
    for (const struct format_desc *const *f = c->ctx.registry->formats; *f; f++) {
        if (!where || (*f)->caps & where)
            completing_add_string(c, CAND_VALUE, str_of((*f)->name), false, str_of((*f)->help), 0);
    }
}

/* Option keys of formats begin with these. */
struct format_use {
    const struct format_desc *format;
    struct str prefix; /* "csv.", "value.csv." */
};

static uint32_t formats_used(struct completing *c, struct format_use out[3]) {
    static const char *const keys[][2] = {{"format", ""}, {"value.format", "value."}, {"key.format", "key."}};
    uint32_t n = 0;
    for (unsigned i = 0; i < 3; i++) {
        struct str value = value_of(c, keys[i][0]);
        const struct format_desc *f = value.len ? registry_format(c->ctx.registry, value) : NULL;
        if (f) out[n++] = (struct format_use){f, arena_printf(c->arena, "%s%s.", keys[i][1], f->name)};
    }
    return n;
}

void complete_option_values(struct completing *c) {
    struct str key = c->place.key;
    struct format_use used[3];
    if (str_eq(key, STR("connector"))) {
        add_connectors(c);
    } else if (str_eq(key, STR("format")) || str_eq(key, STR("value.format")) ||
               str_eq(key, STR("key.format"))) {
        add_formats(c);
    } else if (str_eq(key, STR("path"))) {
        complete_files(c);
    } else {
        const struct connector_desc *d = connector_of(c);
        const struct option_def *def = d ? option_def_find(d->options, key) : NULL;
        uint32_t n = formats_used(c, used);
        for (uint32_t i = 0; i < n && !def; i++) {
            struct str rest = {0};
            if (str_starts(key, used[i].prefix))
                rest = str_sub(key, used[i].prefix.len, key.len - used[i].prefix.len);
            if (rest.len) def = option_def_find(used[i].format->options, rest);
        }
        add_def_values(c, def);
    }
}

/* ---- keys ---- */

static void add_key(struct completing *c, struct str key, bool open, struct str help, unsigned rank) {
    const struct sql_place *p = &c->place;
    struct str behind = p->behind;
    while (behind.len && strchr(" \t\r\n", behind.ptr[0])) behind = str_sub(behind, 1, behind.len - 1);
    bool value_follows = behind.len && behind.ptr[0] == '=';
    bool more = !open && !p->key_only && !p->quote_follows && !value_follows;
    uint32_t before = c->count;
    completing_add_string(c, CAND_OPTION, key, open, help, rank);
    if (more && c->count > before)
        c->items[before].text = arena_printf(c->arena, "%.*s = '", STR_ARG(c->items[before].text));
}

/* fields.#.kind, with each column for #. */
static void add_key_of_columns(struct completing *c, struct str key, size_t hash, const char *help,
                               unsigned rank) {
    const struct sql_names *l = &c->place.declared;
    for (uint32_t i = 0; i < l->count; i++) {
        struct str full =
            arena_printf(c->arena, "%.*s%.*s%.*s", (int)hash, key.ptr, STR_ARG(l->items[i].name),
                         (int)(key.len - hash - 1), key.ptr + hash + 1);
        add_key(c, full, false, str_of(help), rank + i);
    }
}

static void add_keys(struct completing *c, const struct option_def *defs, struct str prefix, unsigned rank) {
    for (const struct option_def *d = defs; d && d->key; d++, rank++) {
        struct str key = arena_printf(c->arena, "%.*s%s", STR_ARG(prefix), d->key);
        bool refused = d->help && strstr(d->help, "not supported yet");
        if (refused || options_find(&c->place.given, key.ptr)) continue;
        const char *hash = memchr(key.ptr, '#', key.len);
        size_t at = hash ? (size_t)(hash - key.ptr) : 0;
        if (hash && at + 1 < key.len) add_key_of_columns(c, key, at, d->help, rank + 1000);
        else if (hash) add_key(c, str_sub(key, 0, at), true, str_of(d->help), rank + 1000);
        else add_key(c, key, false, str_of(d->help ? d->help : ""), d->required ? rank : rank + 500);
    }
}

static void add_given_keys(struct completing *c) {
    const struct catalog_entry *e = complete_target(c);
    for (uint32_t i = 0; e && i < e->options.count; i++)
        add_key(c, e->options.items[i].key, false, STR("given now"), i);
}

void complete_option_keys(struct completing *c) {
    const struct connector_desc *d = connector_of(c);
    const struct options *given = &c->place.given;
    bool altered = c->place.target.count > 0; /* its connector stays */
    struct format_use used[3];
    if (c->place.key_only) {
        add_given_keys(c);
        return;
    }
    if (!options_find(given, "connector") && !altered)
        add_key(c, STR("connector"), false, STR("what the table reads or writes"), 0);
    bool format = !d || d->caps & CONN_NEEDS_FORMAT;
    if (format && !options_find(given, "format") && !options_find(given, "value.format"))
        add_key(c, STR("format"), false, STR("how a row is written"), 1);
    if (d) add_keys(c, d->options, (struct str){"", 0}, 10);
    uint32_t n = formats_used(c, used);
    for (uint32_t i = 0; i < n; i++) add_keys(c, used[i].format->options, used[i].prefix, 2000);
}

/* ---- settings ---- */

void complete_settings(struct completing *c) {
    if (c->place.wants & SQL_WANTS_SET_VALUE) {
        add_def_values(c, option_def_find(session_option_defs, c->place.key));
        return;
    }
    for (const struct option_def *d = session_option_defs; d->key; d++) {
        bool given = options_find(&c->ctx.session->given, d->key) != NULL;
        if (given || !c->place.key_only) add_key(c, str_of(d->key), false, str_of(d->help), 0);
    }
}

/* ---- metadata ---- */

void complete_metadata(struct completing *c) {
    const struct connector_desc *only = connector_of(c);
    for (const struct connector_desc *const *d = c->ctx.registry->connectors; *d; d++) {
        for (const struct metadata_desc *m = (*d)->metadata; (!only || only == *d) && m && m->key; m++) {
            struct str help = arena_printf(c->arena, "of connector '%s'", (*d)->name);
            completing_add_string(c, CAND_VALUE, str_of(m->key), false, help, 0);
        }
    }
}

/* ---- files ---- */

static void add_file(struct completing *c, struct str folder, const char *name) {
    struct str path = arena_printf(c->arena, "%.*s%s", STR_ARG(folder), name);
    struct stat st;
    bool is_folder = stat(path.ptr, &st) == 0 && S_ISDIR(st.st_mode);
    if (is_folder) path = arena_printf(c->arena, "%.*s/", STR_ARG(path));
    completing_add_string(c, CAND_VALUE, path, is_folder, is_folder ? STR("folder") : STR("file"),
                          !is_folder);
}

void complete_files(struct completing *c) {
    struct str word = c->place.word, folder = word;
    while (folder.len && folder.ptr[folder.len - 1] != '/') folder.len--;
    struct str base = str_sub(word, folder.len, word.len - folder.len);
    const char *path = folder.len ? arena_str(c->arena, folder).ptr : ".";
    if (memchr(word.ptr ? word.ptr : "", '\0', word.len)) return;
    DIR *dir = opendir(path);
    if (!dir) return;
    int seen = 0;
    for (const struct dirent *d; (d = readdir(dir)) && seen < FILES_MAX; seen++) {
        struct str name = str_of(d->d_name);
        bool hidden = name.ptr[0] == '.' && (base.len == 0 || base.ptr[0] != '.');
        bool self = str_eq(name, STR(".")) || str_eq(name, STR(".."));
        if (!hidden && !self && completing_match(base, name, false) <= 1) add_file(c, folder, d->d_name);
    }
    closedir(dir);
}
