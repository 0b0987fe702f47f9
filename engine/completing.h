/* SPDX-License-Identifier: Apache-2.0
 *
 * What complete.c, complete_names.c and complete_options.c share: the list of candidates for one place.
 */
#ifndef WEIR_ENGINE_COMPLETING_H
#define WEIR_ENGINE_COMPLETING_H

#include "planner/planner.h"
#include "sql/place.h"

enum candidate_kind { CAND_COLUMN, CAND_OPTION, CAND_VALUE, CAND_TABLE, CAND_FUNCTION, CAND_KEYWORD };

struct candidate {
    struct str text; /* what would be put in */
    struct str help; /* or empty */
    enum candidate_kind kind;
    unsigned match; /* 0 = best */
    unsigned rank;  /* among those of a kind that match as well */
};

struct completing {
    struct planner_ctx ctx; /* for this call; errors are dropped */
    struct error dropped;
    struct arena *arena;
    struct sql_place place;
    struct candidate *items;
    uint32_t count;
};

/* How well a name fits what has been typed: 0 = it begins so, 1 = in another case, 2 = a part of it does, 3 =
 * it has the letters in order; > 3: not at all. */
unsigned completing_match(struct str word, struct str name, bool caseless);
/* Adds `text` if `name` matches the word. */
void completing_add(struct completing *c, enum candidate_kind kind, struct str name, struct str text,
                    struct str help, unsigned rank);
/* The same: a name of the catalog or of a column, in back-ticks where it must be; `behind` is put after it.
 */
void completing_add_name(struct completing *c, enum candidate_kind kind, struct str name, const char *behind,
                         struct str help, unsigned rank);
/* The same: a string, in quotes. `open`: it goes on, so that the closing quote is left out. */
void completing_add_string(struct completing *c, enum candidate_kind kind, struct str value, bool open,
                           struct str help, unsigned rank);

/* ---- complete_names.c ---- */

void complete_columns(struct completing *c);
void complete_tables(struct completing *c);

/* ---- complete_options.c ---- */

void complete_option_keys(struct completing *c);
void complete_option_values(struct completing *c);
void complete_settings(struct completing *c);
void complete_metadata(struct completing *c);
void complete_files(struct completing *c);
/* The table that the place names as its target; NULL: there is none. */
const struct catalog_entry *complete_target(const struct completing *c);

#endif
