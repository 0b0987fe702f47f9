/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparing packed rows column by column; see rowsort.h.
 */
#include "exec/rowsort.h"

#include "exec/compare.h"

static int compare_strings(const char *a, const char *slot_a, const char *b, const char *slot_b) {
    struct strview x, y;
    memcpy(&x, slot_a, 16);
    memcpy(&y, slot_b, 16);
    if (x.len > STRVIEW_INLINE) x.ptr = a + x.words[1];
    if (y.len > STRVIEW_INLINE) y.ptr = b + y.words[1];
    return strview_cmp(&x, &y);
}

static int compare_column(const struct rowpack *p, const char *a, const char *b, uint32_t col) {
    const char *x = a + p->slots[col], *y = b + p->slots[col];
    enum phys phys = type_phys(p->types[col]);
    return phys == PHYS_STR ? compare_strings(a, x, b, y) : compare_slots(phys, x, y);
}

int rowsort_compare(const struct rowpack *p, const struct sort_key *keys, uint32_t nkeys, const char *a,
                    const char *b) {
    for (uint32_t i = 0; i < nkeys; i++) {
        const struct sort_key *k = &keys[i];
        bool na = rowpack_null(a, k->col), nb = rowpack_null(b, k->col);
        if (na && nb) continue;
        if (na || nb) return na == k->nulls_first ? -1 : 1;
        int c = compare_column(p, a, b, k->col);
        if (c) return k->descending ? -c : c;
    }
    return 0;
}
