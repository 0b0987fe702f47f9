/* SPDX-License-Identifier: Apache-2.0
 *
 * Catalogs, databases, tables and views of a session; everything is in memory. An entry owns an arena with
 * its definition: text, syntax tree, resolved columns, checked options. Entries that were dropped or
 * replaced stay allocated until catalogs_free(), because plans may still point into them.
 */
#ifndef WEIR_PLANNER_CATALOG_H
#define WEIR_PLANNER_CATALOG_H

#include "planner/plan.h"
#include "sql/ast.h"

#define DEFAULT_CATALOG "default_catalog"
#define DEFAULT_DATABASE "default_database"

enum entry_kind { ENTRY_TABLE, ENTRY_VIEW };

struct table_column {
    struct str name;
    const struct type *type;
    enum ast_column_kind kind;
    uint32_t physical;       /* PHYSICAL: position among physical columns */
    struct str metadata_key; /* METADATA */
    bool is_virtual;         /* METADATA: cannot be written */
    struct expr *computed;   /* COMPUTED: over the table's columns, none of them computed */
    enum time_attr time;     /* rowtime by WATERMARK, or proctime */
    struct str comment;
};

struct catalog_entry {
    struct catalog_entry *next; /* in its database, or among the dropped ones */
    enum entry_kind kind;
    bool temporary;
    struct str catalog, database, name;
    struct arena arena;           /* all below */
    struct str text;              /* the statement; spans of `ast` count in it */
    const struct ast_stmt *ast;   /* AST_CREATE_TABLE with LIKE merged in, or AST_CREATE_VIEW */
    struct str comment;
    uint32_t ncols;
    struct table_column *cols;    /* of a view: names and types only */
    /* tables only */
    int32_t rowtime;              /* column of WATERMARK, or -1 */
    struct expr *watermark;       /* over the table's columns; computed ones are not inlined */
    bool source_watermark;        /* SOURCE_WATERMARK(): the connector gives it; `watermark` is the column */
    struct cols primary_key;      /* table columns */
    struct cols partition_by;     /* table columns */
    struct options options;
    struct str path; /* a file in place of a name: the entry is in no database, and has no tree */
    bool inferred;                /* the columns were found in the files */
    enum header_line header;
    const struct connector_desc *connector;
    const struct format_desc *format, *key_format;
    struct str format_prefix, key_format_prefix;
    /* views only */
    const struct ast_query *query;
};

struct catalog_db {
    struct catalog_db *next;
    struct str name;
    struct str comment;
    struct catalog_entry *entries;
};
struct catalog {
    struct catalog *next;
    struct str name;
    struct str comment;
    struct catalog_db *dbs;
};
struct catalogs {
    struct arena arena;             /* names */
    struct catalog *list;
    struct catalog_entry *dropped;  /* kept for plans that use them */
    struct str current_catalog, current_database;
    /* A table or view is gone from its database; may be NULL. */
    void (*on_drop)(void *arg, const struct catalog_entry *entry);
    void *on_drop_arg;
};

void catalogs_init(struct catalogs *c);
void catalogs_free(struct catalogs *c);
struct catalog *catalog_find(const struct catalogs *c, struct str name);
struct catalog_db *catalog_find_db(const struct catalog *c, struct str name);
struct catalog *catalog_add(struct catalogs *c, struct str name);
struct catalog_db *catalog_add_db(struct catalogs *c, struct catalog *cat, struct str name);
/* A temporary entry hides a permanent one of the same name. */
struct catalog_entry *catalog_find_entry(const struct catalog_db *db, struct str name);
/* An empty entry that is in no database yet; catalog_drop_entry() also takes such a one. */
struct catalog_entry *catalog_new_entry(void);
void catalog_add_entry(struct catalog_db *db, struct catalog_entry *entry);
void catalog_drop_entry(struct catalogs *c, struct catalog_db *db, struct catalog_entry *entry);

/* Resolves [[catalog.]database.]name to its parts, with the given defaults; false: more than three parts. */
bool catalog_split_name(const struct ast_name *name, struct str default_catalog, struct str default_database,
                        struct str out[3]);

#endif
