/* SPDX-License-Identifier: Apache-2.0
 *
 * What the aggregating operators share: a key table beside stores of aggregates, made from the plan, and its
 * way into snapshots and back. Each key of a store is a row: key columns, two tags that are the operator's
 * (slice end, time of last use), the count of rows, state columns; each value of a multiset likewise.
 */
#ifndef WEIR_EXEC_AGG_KEYED_H
#define WEIR_EXEC_AGG_KEYED_H

#include "exec/agg.h"
#include "exec/keyed.h"

#define AGG_MULTISETS_MAX 12

struct agg_keyed {
    struct keytable table;
    struct agg_set set;
    struct cols keys;             /* key columns of the input */
    struct cols all_keys;         /* 0 .. keys.count-1 */
    struct rowpack pack;          /* of a key's row in the snapshot */
    struct rowpack *value_packs;  /* by call: of a value's row */
};

/* `first_state`: input column of the first state column (GLOBAL), or -1. */
enum status agg_keyed_init(struct agg_keyed *k, struct op_ctx *ctx, const struct plan_node *input,
                           struct cols keys, const struct agg_call *calls, uint32_t ncalls,
                           int32_t first_state, bool retract, uint32_t payload_bytes);
void agg_keyed_free(struct agg_keyed *k);

/* Writes n keys of a store, with their tags, and (agg_keyed_write_values) all values of its multisets. */
void agg_keyed_write(const struct agg_keyed *k, const struct agg_store *s, const uint32_t *ids, uint32_t n,
                     const int64_t *tag0, const int64_t *tag1, struct snapshot_writer *w,
                     struct arena *scratch);
void agg_keyed_write_values(const struct agg_keyed *k, const struct agg_store *s, int64_t tag0, int64_t tag1,
                            struct snapshot_writer *w, struct arena *scratch);
/* Reads all that falls to this worker. `store_for` gives the store a row belongs to; NULL = out of memory. */
enum status agg_keyed_read(struct agg_keyed *k, struct snapshot_reader *r, struct op_ctx *ctx,
                           struct agg_store *(*store_for)(void *op, uint32_t id, int64_t tag0, int64_t tag1),
                           void *op);
/* Ids with rows in the store, from *cursor on, at most `max`; returns how many. */
uint32_t agg_keyed_present(const struct agg_keyed *k, const struct agg_store *s, uint32_t *cursor,
                           uint32_t *ids, uint32_t max);

#endif
