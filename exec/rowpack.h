/* SPDX-License-Identifier: Apache-2.0
 *
 * Packed rows: the columns of one row as pointer-free bytes, nested types included, 8-byte aligned. Equal
 * rows have equal bytes. Used wherever whole rows are kept: joins, last rows, versions, sorting, VALUES.
 *
 * A row is: u32 its bytes (a multiple of 8); one bit a column, set = NULL; one slot a column (8 bytes, 16
 * for strings and wide decimals); then what does not fit a slot, found by its offset from the row's start.
 */
#ifndef WEIR_EXEC_ROWPACK_H
#define WEIR_EXEC_ROWPACK_H

#include "base/serial.h"
#include "exec/vec.h"

struct rowpack {
    uint32_t ncols;
    const struct type *const *types; /* of the columns */
    const uint32_t *slots;           /* byte offset of each column's slot */
    uint32_t fixed_bytes;            /* header and slots */
    bool nested;                     /* some column is an ARRAY, MAP or ROW */
};

void rowpack_init(struct rowpack *p, struct arena *a, const struct type *const *types, uint32_t ncols);
/* Appends a row; `out->len` must be a multiple of 8. Returns its bytes. */
uint32_t rowpack_put(const struct rowpack *p, struct vec *const *cols, uint32_t row, struct outbuf *out);
/* Appends rows idx[0..n-1], column by column. */
void rowpack_put_rows(const struct rowpack *p, struct vec *const *cols, const uint32_t *idx, uint32_t n,
                      struct outbuf *out);
/* Flat vectors cols[0..ncols-1] of n packed rows; long strings point into the rows. A NULL pointer among
 * the rows is a row of NULLs. */
void rowpack_get(const struct rowpack *p, const char *const *rows, uint32_t n, struct arena *a,
                 struct vec **cols);
/* Whether a row that comes from outside (a snapshot) lies in its bytes with all that it points to. */
bool rowpack_fits(const struct rowpack *p, const char *row, size_t left_bytes);

static inline uint32_t rowpack_bytes(const char *row) {
    uint32_t n;
    memcpy(&n, row, 4);
    return n;
}
static inline bool rowpack_eq(const char *a, const char *b) {
    return rowpack_bytes(a) == rowpack_bytes(b) && memcmp(a, b, rowpack_bytes(a)) == 0;
}
static inline bool rowpack_null(const char *row, uint32_t col) {
    return row[4 + col / 8] >> (col % 8) & 1;
}
/* A column of at most 64 bits that is not NULL, as it lies in its slot: integers widened. */
static inline int64_t rowpack_i64(const struct rowpack *p, const char *row, uint32_t col) {
    int64_t v;
    memcpy(&v, row + p->slots[col], 8);
    return v;
}

#endif
