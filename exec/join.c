/* SPDX-License-Identifier: Apache-2.0
 *
 * Helpers of joins; see join.h.
 */
#include "exec/join.h"

struct sel join_keyed_rows(const struct batch *in, struct cols keys, bool null_safe, struct arena *a) {
    struct sel sel = batch_sel(in);
    for (uint32_t i = 0; i < keys.count && !null_safe; i++) {
        const struct vec *v = in->cols[keys.items[i]];
        if (!v->valid && v->phys != PHYS_NONE) continue;
        uint32_t *rows = arena_alloc_raw(a, sizeof *rows * sel.count), n = 0;
        SEL_FOREACH(sel, k, row) {
            rows[n] = row;
            n += v->phys != PHYS_NONE && !vec_is_null(v, row);
        }
        sel = (struct sel){rows, n};
    }
    return sel;
}

struct vec *join_dict(const struct vec *flat, const uint32_t *dict, uint32_t rows, struct arena *a) {
    struct vec *v = arena_alloc_raw(a, sizeof *v);
    *v = *flat;
    v->rows = rows;
    if (v->form != VEC_CONST) { /* all NULL is CONST */
        v->form = VEC_DICT;
        v->dict = dict;
    }
    return v;
}

void join_unmatch(const struct batch *in, struct sel kept, uint32_t *dict, uint32_t none, struct arena *a) {
    uint8_t *keep = arena_alloc(a, in->rows);
    SEL_FOREACH(kept, k, row) keep[row] = 1;
    for (uint32_t r = 0; r < in->rows; r++) {
        if (!keep[r]) dict[r] = none;
    }
}
