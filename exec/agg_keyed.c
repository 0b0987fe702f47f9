/* SPDX-License-Identifier: Apache-2.0
 *
 * Keys with aggregates in snapshots; see agg_keyed.h.
 */
#include "exec/agg_keyed.h"

#include "exec/ops.h"

static const char *const value_sections[AGG_MULTISETS_MAX] = {
    "values0", "values1", "values2", "values3", "values4",  "values5",
    "values6", "values7", "values8", "values9", "values10", "values11",
};

/* Key types, three BIGINT (two tags and a count), then `more`. */
static void pack_init(struct rowpack *p, struct arena *a, const struct type *const *keys, uint32_t nkeys,
                      const struct type *const *more, uint32_t nmore) {
    const struct type **types = ARENA_ARRAY(a, const struct type *, nkeys + 3 + nmore);
    for (uint32_t i = 0; i < nkeys; i++) types[i] = keys[i];
    for (uint32_t i = 0; i < 3; i++) types[nkeys + i] = type_simple(TYPE_BIGINT, false);
    for (uint32_t i = 0; i < nmore; i++) types[nkeys + 3 + i] = more[i];
    rowpack_init(p, a, types, nkeys + 3 + nmore);
}

static void packs_init(struct agg_keyed *k, struct arena *a, const struct type *const *key_types) {
    const struct type **states = ARENA_ARRAY(a, const struct type *, k->set.nstate);
    uint32_t n = 0;
    k->value_packs = ARENA_ARRAY(a, struct rowpack, k->set.ncalls);
    for (uint32_t i = 0; i < k->set.ncalls; i++) {
        const struct agg_fn *f = &k->set.calls[i];
        for (uint32_t c = 0; c < f->nstate; c++) states[n++] = f->state[c];
        if (f->multiset < 0) continue;
        pack_init(&k->value_packs[i], a, key_types, k->keys.count, f->arg_types, f->args.count);
    }
    pack_init(&k->pack, a, key_types, k->keys.count, states, n);
}

enum status agg_keyed_init(struct agg_keyed *k, struct op_ctx *ctx, const struct plan_node *input,
                           struct cols keys, const struct agg_call *calls, uint32_t ncalls,
                           int32_t first_state, bool retract, uint32_t payload_bytes) {
    struct arena *a = ctx->arena;
    k->keys = keys;
    k->all_keys = (struct cols){keys.count, ARENA_ARRAY(a, uint32_t, keys.count)};
    const struct type **key_types = ARENA_ARRAY(a, const struct type *, keys.count);
    for (uint32_t i = 0; i < keys.count; i++) {
        k->all_keys.items[i] = i;
        key_types[i] = input->cols[keys.items[i]].type;
    }
    const struct plan_col *states = first_state >= 0 ? input->cols + first_state : NULL;
    TRY(agg_set_init(&k->set, a, calls, ncalls, states ? NULL : input->cols, states, retract, ctx->error));
    if (k->set.nsections > AGG_MULTISETS_MAX) {
        return error_set(ctx->error, ERR_LIMIT, "%u aggregates need the set of their values, at most %d can",
                         k->set.nsections, AGG_MULTISETS_MAX);
    }
    packs_init(k, a, key_types);
    return keytable_init(&k->table, ctx->mem, a, key_types, keys.count, payload_bytes, ctx->error);
}

void agg_keyed_free(struct agg_keyed *k) {
    keytable_free(&k->table);
}

static struct vec *bigint_column(const int64_t *values, uint32_t n, struct arena *a) {
    struct vec *v = ARENA_NEW(a, struct vec);
    *v = (struct vec){.type = type_simple(TYPE_BIGINT, false), .phys = PHYS_I64, .rows = n};
    v->data = (void *)(uintptr_t)values;
    return v;
}

static int64_t *repeat(int64_t value, uint32_t n, struct arena *a) {
    int64_t *all = arena_alloc_raw(a, sizeof *all * n);
    for (uint32_t i = 0; i < n; i++) all[i] = value;
    return all;
}

void agg_keyed_write(const struct agg_keyed *k, const struct agg_store *s, const uint32_t *ids, uint32_t n,
                     const int64_t *tag0, const int64_t *tag1, struct snapshot_writer *w,
                     struct arena *scratch) {
    struct vec **cols = ARENA_ARRAY(scratch, struct vec *, k->pack.ncols);
    uint32_t at = k->keys.count;
    keytable_decode(&k->table, ids, n, scratch, cols);
    cols[at++] = bigint_column(tag0, n, scratch);
    cols[at++] = bigint_column(tag1, n, scratch);
    int64_t *rows = arena_alloc_raw(scratch, sizeof *rows * n);
    for (uint32_t i = 0; i < n; i++) rows[i] = agg_row_counts(s)[ids[i]];
    cols[at++] = bigint_column(rows, n, scratch);
    agg_states(s, ids, n, scratch, cols + at);
    keyed_write(w, "keys", &k->pack, k->all_keys, cols, n);
}

void agg_keyed_write_values(const struct agg_keyed *k, const struct agg_store *s, int64_t tag0, int64_t tag1,
                            struct snapshot_writer *w, struct arena *scratch) {
    uint32_t *ids = arena_alloc_raw(scratch, sizeof *ids * BATCH_MAX_ROWS);
    int64_t *counts = arena_alloc_raw(scratch, sizeof *counts * BATCH_MAX_ROWS);
    for (uint32_t i = 0; i < k->set.ncalls; i++) {
        const struct agg_fn *f = &k->set.calls[i];
        if (f->multiset < 0) continue;
        uint32_t cursor = 0, n, at = k->keys.count;
        struct vec **cols = ARENA_ARRAY(scratch, struct vec *, at + 3 + f->args.count);
        while ((n = multiset_scan(&s->multisets[f->multiset], f->slot, &cursor, BATCH_MAX_ROWS, scratch, ids,
                                  counts, cols + at + 3))) {
            keytable_decode(&k->table, ids, n, scratch, cols);
            cols[at] = bigint_column(repeat(tag0, n, scratch), n, scratch);
            cols[at + 1] = bigint_column(repeat(tag1, n, scratch), n, scratch);
            cols[at + 2] = bigint_column(counts, n, scratch);
            keyed_write(w, value_sections[f->section], &k->value_packs[i], k->all_keys, cols, n);
        }
    }
}

struct agg_reading {
    struct agg_keyed *k;
    struct op_ctx *ctx;
    struct agg_store *(*store_for)(void *op, uint32_t id, int64_t tag0, int64_t tag1);
    void *op;
    int32_t call; /* whose values are read; -1: the keys */
};

/* Adds rows [from, to), which belong to one store. */
static bool add_run(struct agg_reading *r, const struct batch *b, struct agg_store *s, const uint32_t *ids,
                    uint32_t from, uint32_t to) {
    uint32_t at = r->k->keys.count, n = to - from;
    if (!s || !agg_store_reserve(s, keytable_bound(&r->k->table))) return false;
    uint32_t *rows = arena_alloc_raw(r->ctx->scratch, sizeof *rows * n);
    for (uint32_t i = 0; i < n; i++) rows[i] = from + i;
    if (r->call < 0) {
        struct agg_rows in = {n, ids + from, rows};
        return agg_merge_rows(s, &in, b->cols + at + 3, b->cols[at + 2]);
    }
    const struct agg_fn *f = &r->k->set.calls[r->call];
    struct vec **values = ARENA_ARRAY(r->ctx->scratch, struct vec *, f->args.count);
    for (uint32_t c = 0; c < f->args.count; c++) {
        values[c] = vec_gather(b->cols[at + 3 + c], rows, n, r->ctx->scratch);
    }
    const int64_t *counts = (const int64_t *)b->cols[at + 2]->data + from;
    return agg_add_values(s, (uint32_t)r->call, ids + from, values, n, counts, false, r->ctx->scratch);
}

static enum status read_batch(void *arg, const struct batch *b) {
    struct agg_reading *r = arg;
    uint32_t at = r->k->keys.count, from = 0;
    uint32_t *ids = arena_alloc_raw(r->ctx->scratch, sizeof *ids * b->rows);
    if (!keytable_upsert_rows(&r->k->table, b->cols, NULL, batch_sel(b), r->ctx->scratch, ids, NULL, NULL))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    const int64_t *tag0 = b->cols[at]->data, *tag1 = b->cols[at + 1]->data;
    struct agg_store *store = NULL;
    for (uint32_t i = 0; i < b->rows; i++) {
        /* The store of other tags may move this one, so a run is added before the next store is asked for. */
        if (i > from && (tag0[i] != tag0[from] || tag1[i] != tag1[from])) {
            if (!add_run(r, b, store, ids, from, i)) return mem_limit_error(r->ctx->mem, r->ctx->error);
            from = i;
        }
        store = r->store_for(r->op, ids[i], tag0[i], tag1[i]);
    }
    return add_run(r, b, store, ids, from, b->rows) ? ST_OK : mem_limit_error(r->ctx->mem, r->ctx->error);
}

enum status agg_keyed_read(struct agg_keyed *k, struct snapshot_reader *r, struct op_ctx *ctx,
                           struct agg_store *(*store_for)(void *op, uint32_t id, int64_t tag0, int64_t tag1),
                           void *op) {
    struct agg_reading reading = {k, ctx, store_for, op, -1};
    TRY(keyed_read(r, "keys", &k->pack, ctx, read_batch, &reading));
    for (uint32_t i = 0; i < k->set.ncalls; i++) {
        if (k->set.calls[i].multiset < 0) continue;
        reading.call = (int32_t)i;
        TRY(keyed_read(r, value_sections[k->set.calls[i].section], &k->value_packs[i], ctx, read_batch,
                       &reading));
    }
    return ST_OK;
}

uint32_t agg_keyed_present(const struct agg_keyed *k, const struct agg_store *s, uint32_t *cursor,
                           uint32_t *ids, uint32_t max) {
    uint32_t bound = keytable_bound(&k->table), n = 0, id = *cursor;
    if (s->cap < bound) bound = s->cap;
    const int64_t *rows = agg_row_counts(s);
    for (; id < bound && n < max; id++) {
        ids[n] = id;
        n += rows[id] > 0;
    }
    *cursor = id;
    return n;
}
