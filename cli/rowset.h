/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows of a result as text, kept to be shown: a row that is taken back takes an equal one away, and what
 * replaces it gets its place. Rows that only ever come may be more than one wants to keep: then the first
 * and the last are kept, and all are counted. A rowset owns its cells.
 */
#ifndef WEIR_CLI_ROWSET_H
#define WEIR_CLI_ROWSET_H

#include <weir.h>

#include "base/str.h"

struct rowset_row;

struct rowset {
    uint32_t ncols;
    bool updating;             /* rows may be taken back: all are kept */
    uint64_t head_max;         /* rows kept of the first ones, unless updating */
    uint64_t tail_max;         /* and of the last ones */
    uint64_t rows;             /* in the set, kept or not */
    struct rowset_row **head;  /* head_count; NULL where a row was taken back */
    uint64_t head_count, head_capacity;
    struct rowset_row **tail;  /* a ring of tail_max, or NULL */
    uint64_t tail_count;       /* ever put into it */
    struct rowset_row **buckets; /* of the rows by their cells, if updating */
    uint64_t nbuckets;         /* a power of two */
    uint64_t *vacant;          /* places of rows that an update will replace, a queue */
    uint64_t vacant_first, vacant_end, vacant_capacity;
    uint64_t gone;             /* NULLs in head */
    size_t bytes;              /* that the kept rows take */
};

#define ROWSET_ALL UINT64_MAX

/* head_max ROWSET_ALL: everything is kept. */
void rowset_init(struct rowset *s, uint32_t ncols, bool updating, uint64_t head_max, uint64_t tail_max);
void rowset_free(struct rowset *s);
/* One change: cells with ptr NULL are NULL. */
void rowset_put(struct rowset *s, enum weir_change change, const struct str *cells);
/* All rows of what weir_result_rows() gave. With `changes` each is kept as it came, its kind of change in a
 * first column (the set then has a column more and is not updating). */
void rowset_put_rows(struct rowset *s, const struct weir_rows *rows, bool changes);
/* Closes the gaps of rows that were taken back. Before rowset_at(). */
void rowset_settle(struct rowset *s);
/* The cells of row i of s->rows; NULL if it was not kept. */
const struct str *rowset_at(const struct rowset *s, uint64_t i);

#endif
