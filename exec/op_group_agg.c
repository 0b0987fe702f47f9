/* SPDX-License-Identifier: Apache-2.0
 *
 * Aggregates by keys without windows. ONE and GLOBAL hold one row of accumulators a key and answer each push
 * with its net change: -U/+U of what is different, +I of a new key, -D of one whose last row was taken back;
 * with final_only nothing before the end. LOCAL sums up what it gets and sends partial aggregates at tick,
 * flush and end, and when there are many.
 *
 * With a TTL a key that was not used for that long is as if it had never been; nothing is emitted for it.
 */
#include "exec/agg_keyed.h"
#include "exec/compare.h"
#include "exec/ops.h"
#include "exec/ttl.h"

#define LOCAL_KEYS_MAX 65536

/* Beside each key. */
struct group {
    int64_t used_us; /* clock of the last row; TTL only */
    uint64_t stamp;  /* push that saw it last */
};

struct group_op {
    const struct plan_group_agg *plan;
    struct agg_keyed keyed;
    struct agg_store store;
    bool counts_given;   /* GLOBAL: the last input column is the number of rows */
    bool strings;        /* results may point into the store */
    uint64_t push;       /* number of the push */
    int64_t swept_us;    /* clock of the last search for dead keys */
    uint32_t cursor;     /* emission of all keys: next id */
    bool emitting;       /* LOCAL flush or final rows under way */
    bool empty_done;     /* the row of an aggregate over nothing went out */
    struct arena pending_arena;
    struct batch *pending; /* changes of a push, larger than a batch; in pending_arena */
    uint32_t pending_at;   /* rows of it that went out */
};

static struct group *group_at(const struct group_op *op, uint32_t id) {
    return keytable_payload(&op->keyed.table, id);
}

static bool is_dead(const struct group_op *op, uint32_t id, int64_t now) {
    return ttl_expired(op->plan->ttl_us, group_at(op, id)->used_us, now);
}

/* ---- expiry ---- */

static void drop_values(struct group_op *op, const uint8_t *gone, uint32_t bound) {
    for (uint32_t i = 0; i < op->keyed.set.nmultisets; i++)
        multiset_drop_groups(&op->store.multisets[i], gone, bound);
}

/* Forgets dead keys, now and then. */
static void sweep(struct group_op *op, struct op_ctx *ctx) {
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    if (op->keyed.table.count == 0 || !ttl_sweep_due(op->plan->ttl_us, now, &op->swept_us)) return;
    uint32_t bound = keytable_bound(&op->keyed.table), cursor = 0, id;
    uint8_t *gone = op->keyed.set.nmultisets ? arena_alloc(ctx->scratch, bound) : NULL;
    while (keytable_scan(&op->keyed.table, &cursor, &id, 1)) {
        if (!is_dead(op, id, now)) continue;
        agg_forget(&op->store, id);
        keytable_remove(&op->keyed.table, id);
        if (gone) gone[id] = 1;
    }
    if (gone) drop_values(op, gone, bound);
}

/* Dead keys among those just looked up start anew. */
static void revive(struct group_op *op, struct op_ctx *ctx, const uint32_t *ids, uint32_t n) {
    if (op->plan->ttl_us <= 0) return;
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    uint8_t *gone = NULL;
    for (uint32_t k = 0; k < n; k++) {
        struct group *g = group_at(op, ids[k]);
        if (agg_row_counts(&op->store)[ids[k]] && is_dead(op, ids[k], now)) {
            agg_forget(&op->store, ids[k]);
            if (op->keyed.set.nmultisets) {
                if (!gone) gone = arena_alloc(ctx->scratch, keytable_bound(&op->keyed.table));
                gone[ids[k]] = 1;
            }
        }
        g->used_us = now;
    }
    if (gone) drop_values(op, gone, keytable_bound(&op->keyed.table));
}

/* ---- adding ---- */

static bool add(struct group_op *op, struct op_ctx *ctx, const struct batch *in, const uint32_t *ids) {
    struct agg_rows rows = {in->count, ids, in->sel};
    if (op->plan->phase != AGG_GLOBAL) return agg_update(&op->store, &rows, in, ctx->scratch);
    uint32_t first = op->keyed.keys.count, n = op->keyed.set.nstate;
    struct vec **states = ARENA_ARRAY(ctx->scratch, struct vec *, n + 1);
    for (uint32_t c = 0; c < n + op->counts_given; c++)
        states[c] = vec_flatten(in->cols[first + c], ctx->scratch);
    return agg_merge_rows(&op->store, &rows, states, op->counts_given ? states[n] : NULL);
}

/* The distinct ids of the batch, in order of appearance. */
static uint32_t distinct_ids(struct group_op *op, const uint32_t *ids, uint32_t n, uint32_t *out) {
    uint32_t m = 0;
    op->push++;
    for (uint32_t k = 0; k < n; k++) {
        struct group *g = group_at(op, ids[k]);
        if (g->stamp == op->push) continue;
        g->stamp = op->push;
        out[m++] = ids[k];
    }
    return m;
}

/* ---- results ---- */

/* Keys and results of some ids as a batch; strings are copied if `own`. */
static struct batch *rows_of(struct group_op *op, const uint32_t *ids, uint32_t n, bool own,
                             struct arena *a) {
    const struct agg_keyed *k = &op->keyed;
    struct batch *b = batch_new(a, k->keys.count + k->set.ncalls);
    b->rows = b->count = n;
    keytable_decode(&k->table, ids, n, a, b->cols);
    agg_results(&op->store, ids, n, a, b->cols + k->keys.count);
    for (uint32_t c = 0; own && c < b->ncols; c++) {
        if (b->cols[c]->phys == PHYS_STR) b->cols[c] = vec_copy(b->cols[c], (struct sel){NULL, n}, a);
    }
    return b;
}

static bool same_results(const struct group_op *op, const struct batch *a, const struct batch *b,
                         uint32_t row) {
    for (uint32_t c = op->keyed.keys.count; c < a->ncols; c++) {
        if (!compare_equal(a->cols[c], row, b->cols[c], row)) return false;
    }
    return true;
}

/* Rows of `before` and `after` that go out, as a DICT over both: row r is old (r < n) or new (r - n). */
static struct batch *change_batch(const struct batch *before, const struct batch *after, const uint32_t *rows,
                                  const int8_t *change, uint32_t count, struct arena *a) {
    struct batch *b = batch_new(a, after->ncols);
    b->rows = b->count = count;
    b->change = change;
    uint32_t n = after->rows;
    for (uint32_t c = 0; c < after->ncols; c++) {
        const struct vec *x = before->cols[c], *y = after->cols[c];
        struct vec *v = ARENA_NEW(a, struct vec), *both = ARENA_NEW(a, struct vec);
        if (x->nchild || x->phys == PHYS_NONE) { /* keys alone: the same before and after */
            uint32_t *at = arena_alloc_raw(a, sizeof *at * count);
            for (uint32_t k = 0; k < count; k++) at[k] = rows[k] % n;
            b->cols[c] = vec_gather(y, at, count, a);
            continue;
        }
        vec_make_flat(both, a, y->type, 2 * n);
        size_t width = phys_bytes(y->phys);
        memcpy(both->data, x->data, width * n);
        memcpy((char *)both->data + width * n, y->data, width * n);
        for (uint32_t i = 0; (x->valid || y->valid) && i < 2 * n; i++) {
            if (vec_is_null(i < n ? x : y, i % n)) valid_clear(vec_make_valid(both, a), i);
        }
        *v = *both;
        v->form = VEC_DICT;
        v->rows = count;
        v->dict = rows;
        b->cols[c] = v;
    }
    return b;
}

/* The changes between before and after for n keys; `existed` and `exists` say which had and have rows. */
static struct batch *changes_of(struct group_op *op, const struct batch *before, const struct batch *after,
                                const uint8_t *existed, const uint8_t *exists, struct arena *a) {
    uint32_t n = after->rows, m = 0;
    uint32_t *rows = arena_alloc_raw(a, sizeof *rows * 2 * n);
    int8_t *change = arena_alloc_raw(a, 2 * (size_t)n);
    for (uint32_t k = 0; k < n; k++) {
        if (!existed[k] && !exists[k]) continue;
        if (existed[k] && exists[k]) {
            if (op->plan->ttl_us <= 0 && same_results(op, before, after, k)) continue;
            if (op->plan->emit_before) {
                rows[m] = k;
                change[m++] = CHANGE_UPDATE_BEFORE;
            }
            rows[m] = n + k;
            change[m++] = CHANGE_UPDATE_AFTER;
        } else {
            rows[m] = existed[k] ? k : n + k;
            change[m++] = existed[k] ? CHANGE_DELETE : CHANGE_INSERT;
        }
    }
    return m ? change_batch(before, after, rows, change, m, a) : NULL;
}

/* Gives the next part of the pending changes. */
static enum op_result give_pending(struct group_op *op, struct op_ctx *ctx, struct op_out *out) {
    uint32_t left = op->pending->rows - op->pending_at, n = left < ctx->batch_rows ? left : ctx->batch_rows;
    if (n == op->pending->rows) {
        out->batch = op->pending;
    } else {
        uint32_t *sel = arena_alloc_raw(ctx->scratch, sizeof *sel * n);
        for (uint32_t k = 0; k < n; k++) sel[k] = op->pending_at + k;
        struct batch *b = batch_new(ctx->scratch, op->pending->ncols);
        b->rows = b->count = n;
        b->change = op->pending->change + op->pending_at;
        for (uint32_t c = 0; c < b->ncols; c++)
            b->cols[c] = vec_gather(op->pending->cols[c], sel, n, ctx->scratch);
        out->batch = b;
    }
    out->batch->wm_floor = ctx->watermark_us;
    op->pending_at += n;
    if (op->pending_at < op->pending->rows) return OP_MORE;
    op->pending = NULL;
    return OP_DONE;
}

static enum op_result update(struct group_op *op, struct op_ctx *ctx, const struct batch *in,
                             const uint32_t *ids, struct op_out *out) {
    struct arena *a = &op->pending_arena;
    arena_reset(a);
    uint32_t *touched = arena_alloc_raw(a, sizeof *touched * in->count);
    uint32_t n = distinct_ids(op, ids, in->count, touched);
    uint8_t *existed = arena_alloc_raw(a, n), *exists = arena_alloc_raw(a, n);
    for (uint32_t k = 0; k < n; k++) existed[k] = agg_row_counts(&op->store)[touched[k]] > 0;
    struct batch *before = rows_of(op, touched, n, op->strings, a);
    if (!add(op, ctx, in, ids)) return op_no_memory(ctx);
    struct batch *after = rows_of(op, touched, n, op->strings, a);
    for (uint32_t k = 0; k < n; k++) exists[k] = agg_row_counts(&op->store)[touched[k]] > 0;
    op->pending = changes_of(op, before, after, existed, exists, a);
    op->pending_at = 0;
    for (uint32_t k = 0; op->plan->input_retracts && k < n; k++) {
        if (agg_row_counts(&op->store)[touched[k]] != 0) continue;
        if (op->pending && op->strings == false &&
            op->keyed.table.code.strings) { /* keys point into the table */
            for (uint32_t c = 0; c < op->pending->ncols; c++) {
                struct vec *v = op->pending->cols[c];
                if (v->phys == PHYS_STR) op->pending->cols[c] = vec_copy(v, batch_sel(op->pending), a);
            }
            op->strings = true;
        }
        agg_forget_emptied(&op->store, touched[k]);
        keytable_remove(&op->keyed.table, touched[k]);
    }
    return op->pending ? give_pending(op, ctx, out) : OP_DONE;
}

/* ---- all keys: LOCAL's partial aggregates, final rows ---- */

static struct batch *partial_rows(struct group_op *op, const uint32_t *ids, uint32_t n, struct arena *a) {
    const struct agg_keyed *k = &op->keyed;
    uint32_t c = k->keys.count;
    struct batch *b = batch_new(a, c + k->set.nstate + op->plan->input_retracts);
    b->rows = b->count = n;
    keytable_decode(&k->table, ids, n, a, b->cols);
    agg_states(&op->store, ids, n, a, b->cols + c);
    if (!op->plan->input_retracts) return b;
    struct vec *counts = ARENA_NEW(a, struct vec);
    vec_make_flat(counts, a, type_simple(TYPE_BIGINT, false), n);
    for (uint32_t i = 0; i < n; i++) ((int64_t *)counts->data)[i] = agg_row_counts(&op->store)[ids[i]];
    b->cols[c + k->set.nstate] = counts;
    return b;
}

static enum op_result emit_all(struct group_op *op, struct op_ctx *ctx, struct op_out *out) {
    bool local = op->plan->phase == AGG_LOCAL;
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * ctx->batch_rows), n, kept = 0;
    do {
        n = keytable_scan(&op->keyed.table, &op->cursor, ids, ctx->batch_rows);
        for (uint32_t k = 0; k < n; k++) {
            ids[kept] = ids[k];
            kept += local || agg_row_counts(&op->store)[ids[k]] > 0;
        }
    } while (n && !kept);
    if (n) {
        out->batch =
            local ? partial_rows(op, ids, kept, ctx->scratch) : rows_of(op, ids, kept, false, ctx->scratch);
        out->batch->wm_floor = ctx->watermark_us;
        return OP_MORE;
    }
    op->emitting = false;
    if (local) {
        agg_store_free(&op->store);
        keytable_clear(&op->keyed.table);
    }
    return OP_DONE;
}

static enum op_result start_all(struct group_op *op, struct op_ctx *ctx, struct op_out *out) {
    op->emitting = true;
    op->cursor = 0;
    return emit_all(op, ctx, out);
}

/* ---- the operator ---- */

static struct agg_store *restored_store(void *arg, uint32_t id, int64_t used, int64_t is_value) {
    struct group_op *op = arg;
    if (!is_value) group_at(op, id)->used_us = used;
    return &op->store;
}

static enum status group_open(const struct plan_node *node, struct op_ctx *ctx,
                              struct snapshot_reader *restore, struct op **out) {
    struct group_op *op = ARENA_NEW(ctx->arena, struct group_op);
    *out = (struct op *)op;
    const struct plan_group_agg *p = op->plan = &node->group_agg;
    op->swept_us = TIME_MIN;
    op->counts_given = p->phase == AGG_GLOBAL && p->input_retracts;
    bool retract = p->input_retracts && p->phase == AGG_ONE;
    TRY(agg_keyed_init(&op->keyed, ctx, node->inputs[0], p->keys, p->aggs, p->naggs,
                       p->phase == AGG_GLOBAL ? (int32_t)p->keys.count : -1, retract, sizeof(struct group)));
    TRY(agg_store_init(&op->store, &op->keyed.set, ctx->mem, ctx->arena, ctx->error));
    for (uint32_t i = 0; i < p->naggs; i++) op->strings |= type_phys(p->aggs[i].type) == PHYS_STR;
    return restore ? agg_keyed_read(&op->keyed, restore, ctx, restored_store, op) : ST_OK;
}

static enum op_result group_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                 struct op_out *out) {
    (void)port;
    struct group_op *op = (struct group_op *)base;
    if (in->count == 0) return OP_DONE;
    sweep(op, ctx);
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * in->count);
    if (!keytable_upsert_rows(&op->keyed.table, in->cols, op->keyed.keys.items, batch_sel(in), ctx->scratch,
                              ids, NULL, NULL) ||
        !agg_store_reserve(&op->store, keytable_bound(&op->keyed.table)))
        return op_no_memory(ctx);
    revive(op, ctx, ids, in->count);
    ctx->stats->state_rows = op->keyed.table.count;
    if (op->plan->phase != AGG_LOCAL && !op->plan->final_only) return update(op, ctx, in, ids, out);
    if (!add(op, ctx, in, ids)) return op_no_memory(ctx);
    if (op->plan->phase == AGG_LOCAL && op->keyed.table.count >= LOCAL_KEYS_MAX)
        return start_all(op, ctx, out);
    return OP_DONE;
}

static enum op_result group_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct group_op *op = (struct group_op *)base;
    if (op->pending) return give_pending(op, ctx, out);
    return op->emitting ? emit_all(op, ctx, out) : OP_DONE;
}

static enum op_result group_flush(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct group_op *op = (struct group_op *)base;
    return op->plan->phase == AGG_LOCAL ? start_all(op, ctx, out) : OP_DONE;
}

static enum op_result group_tick(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct group_op *op = (struct group_op *)base;
    return op->plan->final_only ? OP_DONE : group_flush(base, ctx, out);
}

/* Without keys, an aggregate over nothing is still a row, in batch mode. */
static enum op_result group_finish(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct group_op *op = (struct group_op *)base;
    if (op->plan->phase == AGG_LOCAL) return start_all(op, ctx, out);
    if (!op->plan->final_only) return OP_DONE;
    if (op->keyed.keys.count == 0 && ctx->worker == 0 && op->keyed.table.count == 0 && !op->empty_done) {
        op->empty_done = true;
        struct vec *none = NULL;
        uint32_t id;
        if (!keytable_upsert_rows(&op->keyed.table, &none, NULL, (struct sel){NULL, 1}, ctx->scratch, &id,
                                  NULL, NULL) ||
            !agg_store_reserve(&op->store, 1))
            return op_no_memory(ctx);
        out->batch = rows_of(op, &id, 1, false, ctx->scratch);
        return OP_DONE;
    }
    return start_all(op, ctx, out);
}

static enum status group_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct group_op *op = (struct group_op *)base;
    if (op->plan->phase == AGG_LOCAL) return ST_OK;
    uint32_t ids[BATCH_MAX_ROWS], cursor = 0, n;
    int64_t used[BATCH_MAX_ROWS], none[BATCH_MAX_ROWS] = {0};
    while ((n = keytable_scan(&op->keyed.table, &cursor, ids, BATCH_MAX_ROWS))) {
        for (uint32_t k = 0; k < n; k++) used[k] = group_at(op, ids[k])->used_us;
        arena_reset(ctx->scratch);
        agg_keyed_write(&op->keyed, &op->store, ids, n, used, none, w, ctx->scratch);
    }
    agg_keyed_write_values(&op->keyed, &op->store, 0, 1, w, ctx->scratch);
    return ST_OK;
}

static void group_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct group_op *op = (struct group_op *)base;
    if (op->store.set) agg_store_free(&op->store);
    agg_keyed_free(&op->keyed);
    arena_free(&op->pending_arena);
}

const struct op_class op_group_agg_class = {
    .name = "group aggregate",
    .open = group_open,
    .push = group_push,
    .resume = group_resume,
    .tick = group_tick,
    .flush = group_flush,
    .finish = group_finish,
    .snapshot = group_snapshot,
    .close = group_close,
};
