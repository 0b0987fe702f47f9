/* SPDX-License-Identifier: Apache-2.0
 *
 * A batch: up to BATCH_MAX_ROWS rows as columns, an optional selection, an optional change column.
 * Rows outside the selection are physically there (their rowtime still moves the watermark) but no
 * operator sees them. Watermarks, barriers and the end of input are not batches: they follow them on
 * the edge (exec/task.h).
 */
#ifndef WEIR_EXEC_BATCH_H
#define WEIR_EXEC_BATCH_H

#include "exec/vec.h"

/* The kind of a change. Bit 0 is the sign: set = retract. Values are Flink's RowKind codes. */
enum change {
    CHANGE_INSERT = 0,        /* +I */
    CHANGE_UPDATE_BEFORE = 1, /* -U */
    CHANGE_UPDATE_AFTER = 2,  /* +U */
    CHANGE_DELETE = 3,        /* -D */
};
static inline int change_sign(int8_t change) {
    return (change & 1) ? -1 : 1;
}
/* "+I" and so on. */
const char *change_text(int8_t change);

#define TIME_MIN INT64_MIN /* watermark: nothing known */
#define TIME_MAX INT64_MAX /* watermark: input ended */

/* Where the rows of a batch come from, for errors and dead letters. NULL behind the first exchange
 * or stateful operator. */
struct origin {
    struct str source;        /* table name */
    struct str split;         /* file path, or topic-partition */
    const int64_t *positions; /* of each row: byte offset, Kafka offset, event number; NULL = unknown */
    int64_t first_position;   /* of row 0 when positions is NULL; -1 unknown */
};

struct batch {
    uint32_t rows;            /* physical rows */
    uint32_t ncols;
    struct vec **cols;        /* ncols vectors of `rows` rows */
    const uint32_t *sel;      /* selected rows, rising; NULL = all */
    uint32_t count;           /* selected rows (== rows when sel is NULL) */
    const int8_t *change;     /* enum change by physical row; NULL = all CHANGE_INSERT */
    const int64_t *wm_before; /* by physical row: the watermark before that row, in microseconds;
                               * NULL = wm_floor holds for all rows */
    int64_t wm_floor;         /* watermark before the first row; TIME_MIN = none */
    const struct origin *origin;
};

static inline struct sel batch_sel(const struct batch *b) {
    return (struct sel){b->sel, b->count};
}
static inline int64_t batch_wm_before(const struct batch *b, uint32_t row) {
    return b->wm_before ? b->wm_before[row] : b->wm_floor;
}
/* An empty batch with room for `ncols` column pointers. */
struct batch *batch_new(struct arena *a, uint32_t ncols);
/* A batch with fresh flat vectors of the given types, rows = count = `rows`. */
struct batch *batch_new_flat(struct arena *a, const struct type *const *types, uint32_t ncols, uint32_t rows);
/* A shallow copy with another selection. */
struct batch *batch_select(struct arena *a, const struct batch *b, const uint32_t *sel, uint32_t count);
/* One row as text for logs, tests and debugging: "+I[a, NULL]". */
struct str batch_row_debug(struct arena *a, const struct batch *b, uint32_t row);

#endif
