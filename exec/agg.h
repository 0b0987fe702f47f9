/* SPDX-License-Identifier: Apache-2.0
 *
 * Aggregates. An agg_set is the list of calls of one operator; an agg_store holds their accumulators for the
 * ids of a key table: one dense array for each state column (planner/agg_state.h), so that whole batches are
 * added in plain loops and two stores are merged by adding arrays. Besides, a store counts rows by id.
 * DISTINCT, and MIN and MAX under retraction, keep their values in a multiset of the store.
 */
#ifndef WEIR_EXEC_AGG_H
#define WEIR_EXEC_AGG_H

#include "exec/multiset.h"
#include "exec/op.h"
#include "planner/agg_state.h"

struct agg_fn {
    enum func_id id;
    struct cols args; /* columns of the input */
    int32_t filter;   /* boolean column of the input, or -1 */
    const struct type *result;
    const struct type *state[AGG_STATE_MAX];
    uint32_t nstate;  /* state columns */
    uint32_t col;     /* first column of the store */
    int32_t multiset; /* index into the store's multisets, or -1 */
    uint32_t slot;    /* its counts in that multiset */
    uint32_t section; /* its number among the calls with a multiset: names their values in snapshots */
    bool leads;       /* looks up all values of the multiset; others use what it found */
    bool follows;
    bool distinct;                 /* the multiset is for DISTINCT, else for MIN or MAX */
    const struct type **arg_types; /* of the multiset's values */
};

struct agg_set {
    uint32_t ncalls;
    struct agg_fn *calls;
    uint32_t ncols;    /* columns of a store */
    enum phys *phys;   /* of each: I64, I128, F64, STR, ... */
    uint32_t rows_col; /* the count of rows */
    bool rows_is_call; /* it is a COUNT(*) of the list */
    uint32_t nstate;   /* state columns of all calls */
    uint32_t nmultisets;
    uint32_t *nslots;   /* by multiset */
    uint32_t nsections; /* calls with a multiset */
};

struct agg_store {
    const struct agg_set *set;
    struct mem_account *mem; /* charged for arrays, strings and multisets */
    void **cols;             /* by column: its cells, zero = nothing seen */
    uint32_t *caps;          /* by column: cells there are */
    uint32_t cap;            /* ids there is room for in all */
    struct heap strings;     /* long strings of MIN and MAX */
    struct multiset *multisets;
};

/* `input` has the types of the input's columns; `states` instead those of the state columns (GLOBAL), else
 * NULL. `retract`: rows may be taken back. */
enum status agg_set_init(struct agg_set *s, struct arena *a, const struct agg_call *calls, uint32_t ncalls,
                         const struct plan_col *input, const struct plan_col *states, bool retract,
                         struct error *e);
enum status agg_store_init(struct agg_store *s, const struct agg_set *set, struct mem_account *mem,
                           struct arena *a, struct error *e);
void agg_store_free(struct agg_store *s);
/* Room for ids below `bound`; false when out of memory. */
bool agg_store_reserve(struct agg_store *s, uint32_t bound);
/* Forgets what was seen, keeping the arrays. */
void agg_store_zero(struct agg_store *s);

/* Rows to add: row rows[k] (NULL: k) of the batch goes to ids[k]. */
struct agg_rows {
    uint32_t n;
    const uint32_t *ids;
    const uint32_t *rows;
};
/* Adds rows (change says which are taken back). False when out of memory. */
bool agg_update(struct agg_store *s, const struct agg_rows *in, const struct batch *b, struct arena *scratch);
/* Adds partial aggregates: states[0..] are state columns, counts (or NULL: 1) the rows they stand for. */
bool agg_merge_rows(struct agg_store *s, const struct agg_rows *in, struct vec *const *states,
                    const struct vec *counts);
/* Adds all of another store for ids below `bound`. */
bool agg_merge_store(struct agg_store *to, const struct agg_store *from, uint32_t bound,
                     struct arena *scratch);
/* Adds entries of a multiset (restoring, merging): weights of values in groups. */
bool agg_add_values(struct agg_store *s, uint32_t call, const uint32_t *ids, struct vec *const *values,
                    uint32_t n, const int64_t *weights, bool update_cells, struct arena *scratch);

/* Results of n ids: out[0..ncalls-1]. Strings point into the store. */
void agg_results(const struct agg_store *s, const uint32_t *ids, uint32_t n, struct arena *a,
                 struct vec **out);
/* State columns of n ids: out[0..nstate-1]. */
void agg_states(const struct agg_store *s, const uint32_t *ids, uint32_t n, struct arena *a,
                struct vec **out);
/* Zeroes an id's cells. */
void agg_forget(struct agg_store *s, uint32_t id);
/* The same for an id whose rows have all been taken back. Rows may have been taken back that were never given
 * (to state that had expired, say): then values are left, which would be found again by the id's next owner.
 */
void agg_forget_emptied(struct agg_store *s, uint32_t id);
static inline int64_t *agg_row_counts(const struct agg_store *s) {
    return s->cols[s->set->rows_col];
}
/* The string of a MIN or MAX cell as a complete view. */
struct strview agg_string(const struct agg_store *s, const struct strview *cell);

#endif
