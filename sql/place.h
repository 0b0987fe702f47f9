/* SPDX-License-Identifier: Apache-2.0
 *
 * What may stand at a place in a text that is being typed, as far as the words around it tell: keywords the
 * grammar takes there, and which kind of name, string or value. Names are looked up by others
 * (planner/scope.h, engine/complete.c). The text may be anything, and the statement go on behind the place.
 * Entry: sql_place_find(). All strings are slices of the text or live in the arena.
 */
#ifndef WEIR_SQL_PLACE_H
#define WEIR_SQL_PLACE_H

#include "base/arena.h"
#include "base/options.h"
#include "base/str.h"

enum sql_wanted {
    SQL_WANTS_VALUE = 1,  /* an expression: columns in scope, functions */
    SQL_WANTS_COLUMN = 2, /* a name of a column in scope */
    SQL_WANTS_FROM = 4,   /* a table, view, WITH item, table function or file to read */
    SQL_WANTS_TABLE = 8,  /* a table or view that there is */
    SQL_WANTS_SINK = 16,  /* a table to write to */
    SQL_WANTS_VIEW = 32,  /* a view */
    SQL_WANTS_DATABASE = 64,
    SQL_WANTS_CATALOG = 128,
    SQL_WANTS_TYPE = 256,
    SQL_WANTS_UNIT = 512,        /* YEAR .. SECOND */
    SQL_WANTS_TARGET = 1024,     /* a column of the table `target` */
    SQL_WANTS_DECLARED = 2048,   /* a column of this CREATE TABLE */
    SQL_WANTS_KEY = 4096,        /* the key of an option of a table */
    SQL_WANTS_KEY_VALUE = 8192,  /* the value of option `key` */
    SQL_WANTS_SETTING = 16384,   /* the key of a setting */
    SQL_WANTS_SET_VALUE = 32768, /* the value of setting `key` */
    SQL_WANTS_FILE = 65536,      /* a path */
    SQL_WANTS_JOB = 131072,      /* the id of a job */
    SQL_WANTS_METADATA = 262144, /* the key of a metadata column */
    SQL_WANTS_WINDOW = 524288,   /* a table function, inside of TABLE(..) */
    SQL_WANTS_TIME = 1048576,    /* a name of a time attribute in scope */
};

/* A name and what was written about it. */
struct sql_named {
    struct str name;
    struct str about; /* its type, or empty */
};
struct sql_names {
    struct sql_named *items;
    uint32_t count;
};

/* A query around the place whose columns can be named there. */
struct sql_scope {
    struct sql_names from;    /* its FROM items, as text (the name is the text) */
    struct sql_names aliases; /* names given in its SELECT list, where they can be used */
};

struct sql_place {
    size_t from;               /* where the word begins that would be replaced, quote included */
    struct str word;           /* from there to the place, without the quote */
    bool in_string, in_name;   /* inside of quotes; back-ticks */
    bool quote_follows;        /* the closing quote has been typed */
    struct str behind;         /* what follows the word */
    uint32_t wants;            /* of enum sql_wanted; 0 and no keywords: nothing can stand here */
    bool lower;                /* keywords are written in small letters here */
    struct sql_names keywords; /* several words where the grammar leaves no choice: GROUP BY */
    struct sql_names path;     /* names before the word, with a dot behind each */
    struct sql_scope *scopes;  /* from the innermost */
    uint32_t nscopes;
    bool aggregates;           /* can stand here */
    struct str with;           /* "a AS (..), b AS (..)": visible WITH items, or empty */
    struct sql_names ctes;     /* their names */
    struct sql_names declared; /* columns of this CREATE TABLE */
    struct sql_names target;   /* parts of the name of the table that is written, altered or hinted at */
    struct options given;      /* options of the list around the place, or of this CREATE TABLE */
    struct str key;            /* of SQL_WANTS_KEY_VALUE and SQL_WANTS_SET_VALUE */
    bool key_only;             /* keys stand without values here (RESET) */
};

/* `offset` <= text.len. */
void sql_place_find(struct arena *a, struct str text, size_t offset, struct sql_place *out);

#endif
