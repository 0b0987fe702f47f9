/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside of the aggregates (agg.c, agg_merge.c, agg_result.c): cells of MIN and MAX.
 */
#ifndef WEIR_EXEC_AGG_CELLS_H
#define WEIR_EXEC_AGG_CELLS_H

#include "exec/agg.h"

/* Stores a string into a MIN or MAX cell, giving the old one's memory back; false when out of memory. */
bool agg_set_string(struct agg_store *s, struct strview *cell, const struct strview *value);
/* Offers value number `i` of `data` to the MIN or MAX of an id; `empty`: there is none yet. */
bool agg_offer(struct agg_store *s, const struct agg_fn *f, uint32_t id, const void *data, uint32_t i,
               bool empty);

#endif
