/* SPDX-License-Identifier: Apache-2.0
 *
 * Building ARRAY, MAP and ROW values, for kernels and aggregates: single values are copied into vectors that
 * grow, and a set tells which entries of a list are equal. Strings are not copied: they stay views of the
 * bytes they were.
 */
#ifndef WEIR_EXEC_COLLECTION_H
#define WEIR_EXEC_COLLECTION_H

#include "exec/vec.h"

/* Entry `at` of `to` becomes NULL. */
void collection_put_null(struct vec *to, uint32_t at, struct arena *a);
/* Row `row` of v (any form, of the same physical type) becomes entry `at` of `to`, which has room for it;
 * what a nested value holds is appended to the children of `to`. */
void collection_put(struct vec *to, uint32_t at, const struct vec *v, uint32_t row, struct arena *a);
/* Appends row `row` of v to the child of a list vector; *used counts the child's entries. */
void collection_push(struct vec *list, uint32_t *used, const struct vec *v, uint32_t row, struct arena *a);

/* Entries of one flat vector, found by value; NULL is a value, and as compare_equal has it 0.0 is -0.0. */
struct collection_set {
    const struct vec *v; /* whose entries they are */
    uint32_t *slots;     /* entry + 1, 0 = free */
    uint32_t mask;       /* number of slots - 1 */
};

/* An empty set that will hold at most `entries`. */
void collection_set_init(struct collection_set *s, const struct vec *v, uint32_t entries, struct arena *a);
#define COLLECTION_NONE UINT32_MAX
/* The entry that is equal to that row of v, or COLLECTION_NONE. */
uint32_t collection_set_find(const struct collection_set *s, const struct vec *v, uint32_t row);
static inline bool collection_set_has(const struct collection_set *s, const struct vec *v, uint32_t row) {
    return collection_set_find(s, v, row) != COLLECTION_NONE;
}
/* Adds an entry of s->v, which must not be in it. */
void collection_set_add(struct collection_set *s, uint32_t entry);
/* Key and value of those rows become an entry of the MAP being built at the end of `map`'s children, whose
 * keys are in the set; of equal keys the last value counts. */
void collection_put_entry(struct vec *map, struct collection_set *keys, const struct vec *k, uint32_t k_row,
                          const struct vec *v, uint32_t v_row, struct arena *a);

#endif
