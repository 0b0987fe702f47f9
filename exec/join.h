/* SPDX-License-Identifier: Apache-2.0
 *
 * What the kinds of joins share: rows that can match, columns by reference, unmatching after a residual.
 */
#ifndef WEIR_EXEC_JOIN_H
#define WEIR_EXEC_JOIN_H

#include "exec/batch.h"
#include "planner/plan.h"

/* The selected rows without those in which a key is NULL (unless NULLs match). */
struct sel join_keyed_rows(const struct batch *in, struct cols keys, bool null_safe, struct arena *a);
/* A column whose row r is row dict[r] of the FLAT vector. */
struct vec *join_dict(const struct vec *flat, const uint32_t *dict, uint32_t rows, struct arena *a);
/* dict[row] = none for the selected rows of `in` that are not in `kept`. */
void join_unmatch(const struct batch *in, struct sel kept, uint32_t *dict, uint32_t none, struct arena *a);

#endif
