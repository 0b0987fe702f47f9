/* SPDX-License-Identifier: Apache-2.0
 *
 * (group, value) -> count, for DISTINCT and for MIN and MAX of rows that may be retracted. Groups are ids of
 * a key table. Several calls that look at the same column share one table: each has its own counts, a slot of
 * every entry, and a value is found once for all of them. With `ordered` (one slot) the values of each group
 * also form a tree (a treap over the table's rows), whose root the caller keeps in an int64 a group: 0 =
 * empty.
 */
#ifndef WEIR_EXEC_MULTISET_H
#define WEIR_EXEC_MULTISET_H

#include "exec/keytable.h"

struct multiset {
    struct keytable table; /* key: group BIGINT, value columns; payload: an int64 a slot, or multiset_entry */
    uint32_t nvalues;      /* value columns */
    uint32_t nslots;       /* counts of an entry */
    bool ordered;
};

/* Values of a group that came or went. */
struct multiset_change {
    uint32_t k;    /* index into the rows given */
    int8_t sign;   /* +1 the value is there now, -1 it is gone */
};

enum status multiset_init(struct multiset *m, struct mem_account *mem, struct arena *a,
                          const struct type *const *value_types, uint32_t nvalues, uint32_t nslots,
                          bool ordered, struct error *e);
void multiset_free(struct multiset *m);
/* The entries at[k] of the values in rows[k] (NULL: k) of `cols` in groups ids[k]; what is new has counts of
 * 0. False when out of memory. */
bool multiset_find(struct multiset *m, const uint32_t *ids, struct vec *const *cols, const uint32_t *rows,
                   uint32_t n, struct arena *scratch, uint32_t *at);
/* Adds weights[k] (NULL: 1) to the slot's count of entry at[k], which is of group ids[k]. Changes of presence
 * are written to `changes` (room for n); returns how many. `roots` is by group when ordered. */
uint32_t multiset_count(struct multiset *m, uint32_t slot, const uint32_t *ids, const uint32_t *at,
                        uint32_t n, const int64_t *weights, int64_t *roots, struct multiset_change *changes);
/* Removes those of the entries whose counts are all 0. */
void multiset_sweep(struct multiset *m, const uint32_t *at, uint32_t n);
/* Entries from *cursor on whose count in the slot is not 0: groups, counts and value columns (in `a`);
 * returns how many, 0 at the end. */
uint32_t multiset_scan(const struct multiset *m, uint32_t slot, uint32_t *cursor, uint32_t max,
                       struct arena *a, uint32_t *groups, int64_t *counts, struct vec **cols);
/* The least or greatest value of the tree `root` as words of a key (exec/keycode.h), first word of the value;
 * NULL when empty. */
const uint64_t *multiset_extreme(const struct multiset *m, int64_t root, bool greatest);
/* Forgets all values of a group, looking at all there are. */
void multiset_drop_group(struct multiset *m, uint32_t group);
/* Forgets all values of the groups for which gone[group] is set. */
void multiset_drop_groups(struct multiset *m, const uint8_t *gone, uint32_t bound);

#endif
