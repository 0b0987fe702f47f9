/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys as 8-byte words: key columns of a batch become rows of words with their hashes, and back. One word a
 * column of up to 64 bits (integers widened, floats normalised), two for strings (their view) and wide
 * decimals; nested values are packed and treated as strings. With two columns and more, the first words have
 * a bit for each NULL; a single column's NULLs are told apart (`nulls`).
 */
#ifndef WEIR_EXEC_KEYCODE_H
#define WEIR_EXEC_KEYCODE_H

#include "base/error.h"
#include "exec/rowpack.h"

#define KEY_COLUMNS_MAX 64 /* of what is hashed and compared; other rows may have more */

struct keycode {
    uint32_t ncols;
    uint32_t words;                  /* of a key; 0 without columns */
    uint32_t null_words;             /* first words, which are NULL bits */
    bool strings;                    /* some column is a view */
    const struct type *const *types; /* of the columns */
    enum phys *phys;                 /* of the words: PHYS_STR for nested types */
    uint32_t *at;                    /* first word of each column */
    struct rowpack *nested;          /* by column: layout of one value, for nested types */
};

/* The keys of some rows; long strings are views into the batch or `scratch`. */
struct keybatch {
    uint32_t count;
    const uint64_t *words; /* count * keycode.words */
    uint64_t *hashes;
    const uint8_t *nulls; /* of a single column: 1 = NULL; NULL = none */
};

void keycode_init(struct keycode *c, struct arena *a, const struct type *const *types, uint32_t ncols);
/* Encodes columns cols[keys[0..ncols-1]] (keys NULL: 0..ncols-1) of the selected rows. */
void keycode_encode(const struct keycode *c, struct vec *const *cols, const uint32_t *keys, struct sel sel,
                    struct arena *scratch, struct keybatch *out);
/* The words alone; *nulls as in struct keybatch. */
const uint64_t *keycode_words(const struct keycode *c, struct vec *const *cols, const uint32_t *keys,
                              struct sel sel, struct arena *scratch, const uint8_t **nulls);
/* Hashes of n keys whose views are complete. */
void keycode_hash(const struct keycode *c, const uint64_t *words, uint32_t n, uint64_t *hashes);
/* Flat column `col` of n keys, rows[k] being the words of key k (views complete); NULL = a NULL of a single
 * column. */
struct vec *keycode_decode(const struct keycode *c, uint32_t col, const uint64_t *const *rows, uint32_t n,
                           struct arena *a);

#endif
