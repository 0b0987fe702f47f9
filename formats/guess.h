/* SPDX-License-Identifier: Apache-2.0
 *
 * The narrowest type that a column's texts all have: what is said of each value only takes possibilities
 * away. A text is taken for a number or a time only if reading it as one loses nothing of it.
 */
#ifndef WEIR_FORMATS_GUESS_H
#define WEIR_FORMATS_GUESS_H

#include "base/arena.h"
#include "planner/type.h"

enum guess_kind {
    GUESS_BOOLEAN = 1,
    GUESS_BIGINT = 2,
    GUESS_DOUBLE = 4,
    GUESS_DATE = 8,
    GUESS_TIME = 16,
    GUESS_TIMESTAMP = 32,      /* 2026-05-04 18:32:11 */
    GUESS_TIMESTAMP_LTZ = 64,  /* the same with a Z */
    GUESS_ISO = 128,           /* 2026-05-04T18:32:11 */
    GUESS_ISO_LTZ = 256,       /* 2026-05-04T18:32:11Z */
    GUESS_ALL = 511,
};

struct guess {
    unsigned not_kinds;      /* enum guess_kind that some value is not */
    bool seen;         /* some value that is not NULL */
    bool big;          /* some whole number that BIGINT does not hold */
    bool fraction;     /* some number that is not whole */
    bool distant;      /* some timestamp that has no nanoseconds: they reach from 1677 to 2262 */
    uint8_t digits;    /* the most digits of a second */
};

/* A value as text: a CSV field, */
void guess_field(struct guess *g, struct str s);
/* a JSON string, */
void guess_string(struct guess *g, struct str s);
/* a JSON number. */
void guess_number(struct guess *g, struct str s);
void guess_boolean(struct guess *g);
/* Both together. */
void guess_merge(struct guess *g, const struct guess *other);
/* Which kind it is, the first of enum guess_kind that is left; 0 = text. */
enum guess_kind guess_kind_of(const struct guess *g);
/* A nullable type; of text and of no value STRING. `iso`: timestamps are read in ISO form, else as SQL has
 * them; those of the other form are STRING. */
const struct type *guess_type(const struct guess *g, bool iso, struct arena *a);

#endif
