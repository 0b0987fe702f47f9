/* SPDX-License-Identifier: Apache-2.0
 *
 * What place.c, place_query.c and place_list.c share: the tokens around a place, with their brackets matched.
 * Inside sql/ only.
 */
#ifndef WEIR_SQL_PLACING_H
#define WEIR_SQL_PLACING_H

#include "sql/parser.h"
#include "sql/place.h"

#define NO_TOKEN SIZE_MAX

struct placing {
    struct arena *arena;
    struct str text;        /* the whole text */
    struct tokens_around t; /* the statement; tokens [0, t.before) stand before the place */
    size_t *partner;        /* of brackets: the other one; NO_TOKEN: it is missing, or no bracket */
    size_t *opener;         /* the bracket a token is in, or NO_TOKEN */
    size_t inside;          /* the bracket the place is in, or NO_TOKEN */
    struct sql_place *out;
};

static inline int placing_kind(const struct placing *p, size_t i) {
    return i < p->t.list.count ? p->t.list.items[i].kind : 0;
}
static inline struct str placing_text(const struct placing *p, size_t i) {
    return token_text(p->text, p->t.list.items[i]);
}
/* Whether it can be read as a name. */
bool placing_is_name(const struct placing *p, size_t i);
/* The name without back-ticks. */
struct str placing_name(const struct placing *p, size_t i);
/* The text from token `from` up to token `to`. */
struct str placing_slice(const struct placing *p, size_t from, size_t to);
void placing_add(struct arena *a, struct sql_names *l, struct str name, struct str about);

/* ---- place_query.c ---- */

/* Scopes and WITH items around the place. */
void place_queries(struct placing *p);

/* ---- place_list.c ---- */

/* The token that decides what a bracket means, before it: WITH, SET, OPTIONS, .. 0 = none. */
bool place_is_options(const struct placing *p, size_t open);
/* Options given in the list that opens there. */
void place_options(struct placing *p, size_t open);
/* What a CREATE TABLE around the place declares: columns, and options if none were found yet. */
void place_declared(struct placing *p);
/* The table that is written or altered. */
void place_target(struct placing *p);

#endif
