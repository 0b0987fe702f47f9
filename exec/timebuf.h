/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that wait for the watermark, in buckets of event time, so that adding is cheap in any order and taking
 * looks only at what is due. Of a row the columns asked for are kept, as words (exec/keycode.h), and its
 * owner, a number of the user's. A row is named by a pointer to its words: valid while it waits, and once
 * taken, until the next timebuf_take() or timebuf_add(). Memory of emptied buckets is used again.
 */
#ifndef WEIR_EXEC_TIMEBUF_H
#define WEIR_EXEC_TIMEBUF_H

#include "base/slab.h"
#include "exec/keycode.h"
#include "planner/plan.h"

#define TIMEBUF_CLASSES 5 /* sizes of spans */

/* A piece of a bucket's memory: rows one after another, or long strings. */
struct timebuf_span {
    struct timebuf_span *next;
    int64_t min_t;       /* rows: none that waits is earlier */
    uint32_t room, used; /* bytes of data[] */
    uint64_t data[];
};

struct timebuf_bucket {
    int64_t number;                   /* time / bucket width */
    struct timebuf_span *rows, *last; /* in the order they came */
    struct timebuf_span *texts;       /* long strings of the rows; the one being filled first */
};

struct timebuf {
    struct mem_account *mem;
    struct keycode code; /* of the columns kept */
    struct cols cols;    /* their numbers in the input; the time is one of them */
    uint32_t time_word;  /* where a row has its time */
    uint32_t row_words;  /* with the owner, which comes last */
    struct timebuf_bucket
        *buckets; /* by number: first .. count-1; the first `spent` of them have been emptied */
    uint32_t first, count, cap, spent;
    struct slabs slabs; /* spans of the usual sizes */
    struct timebuf_span *free[TIMEBUF_CLASSES];
};

/* `types` are those of the input's columns; `cols` lives as long as the buffer. */
void timebuf_init(struct timebuf *b, struct mem_account *mem, struct arena *a,
                  const struct type *const *types, struct cols cols, uint32_t time_col);
void timebuf_free(struct timebuf *b);
/* Adds the selected rows, whose times are not NULL. owners[k] (NULL: 0) is kept with the k-th, rows[k] (or
 * NULL) gets its name. False when out of memory. */
bool timebuf_add(struct timebuf *b, struct vec *const *cols, struct sel sel, const uint64_t *owners,
                 uint64_t **rows, struct arena *scratch);
/* Withdraws a row that waits. */
void timebuf_withdraw(const struct timebuf *b, uint64_t *row);
/* Takes up to `max` rows with t <= `until`; returns how many, less than `max` when there are no more. */
uint32_t timebuf_take(struct timebuf *b, int64_t until, uint32_t max, const uint64_t **rows);
/* The columns kept of n rows, each at out[its number in the input], as flat vectors. */
void timebuf_columns(const struct timebuf *b, const uint64_t *const *rows, uint32_t n, struct arena *a,
                     struct vec **out);

/* All rows that wait, for snapshots: zeroed it stands at the beginning. */
struct timebuf_cursor {
    uint32_t bucket;                 /* counted from the first */
    uint32_t at;                     /* next row of the span */
    const struct timebuf_span *span; /* NULL: the bucket's first */
};
uint32_t timebuf_scan(const struct timebuf *b, struct timebuf_cursor *c, uint32_t max, const uint64_t **rows);

static inline uint64_t timebuf_owner(const struct timebuf *b, const uint64_t *row) {
    return row[b->row_words - 1];
}

#endif
