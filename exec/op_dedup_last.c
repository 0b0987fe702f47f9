/* SPDX-License-Identifier: Apache-2.0
 *
 * The last row of each key (ROW_NUMBER() ... ORDER BY time DESC = 1): a row as late as the one kept, or
 * later, takes its place. The output is a changelog, net for each push; with each_change all changes, one row
 * after the other and each with its row's watermark; with final_only rows go out at the end.
 */
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/ttl.h"

/* Beside each key. */
struct last {
    int64_t t;        /* time of the row kept */
    int64_t used_us;  /* clock of the last row, for the TTL */
    uint64_t row;     /* handle of the packed row; 0 = none */
    uint64_t old;     /* during a push: what was kept before it; 0 = nothing */
    uint64_t stamp;   /* push that saw it last */
};

struct last_op {
    const struct plan_dedup *plan;
    struct keytable table;
    struct heap heap;        /* rows kept */
    struct rowpack pack;     /* of rows */
    struct outbuf packed;    /* one row */
    uint64_t push;           /* number of the push */
    int64_t swept_us;        /* clock of the last search for dead keys */
    uint32_t *touched;       /* ids of this push; each_change: of each of its rows */
    uint32_t ntouched, next; /* changes before `next` went out */
    const struct batch *in;  /* each_change: the batch being consumed */
    uint64_t *replaced;      /* each_change: rows to free at the next call */
    uint32_t nreplaced;
    uint32_t cursor;         /* final rows: next id */
    bool final;              /* final rows are going out */
};

static struct last *last_at(const struct last_op *op, uint32_t id) {
    return keytable_payload(&op->table, id);
}

static void free_row(struct last_op *op, uint64_t row) {
    if (row) heap_free(&op->heap, row, rowpack_bytes(heap_ptr(&op->heap, row)));
}

static bool is_dead(const struct last_op *op, const struct last *l, int64_t now) {
    return ttl_expired(op->plan->ttl_us, l->used_us, now);
}

static void sweep(struct last_op *op, struct op_ctx *ctx) {
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    if (!ttl_sweep_due(op->plan->ttl_us, now, &op->swept_us)) return;
    uint32_t cursor = 0, id;
    while (keytable_scan(&op->table, &cursor, &id, 1)) {
        if (!is_dead(op, last_at(op, id), now)) continue;
        free_row(op, last_at(op, id)->row);
        keytable_remove(&op->table, id);
    }
}

/* Frees what the changes of the last push pointed to. */
static void forget_old(struct last_op *op) {
    for (uint32_t i = 0; i < op->ntouched; i++) {
        struct last *l = last_at(op, op->touched[i]);
        if (l->old != l->row) free_row(op, l->old);
        l->old = 0;
    }
    op->ntouched = op->next = 0;
}

/* A copy of the row; 0 = out of memory. */
static uint64_t store_row(struct last_op *op, const struct batch *in, uint32_t row) {
    op->packed.len = 0;
    uint32_t bytes = rowpack_put(&op->pack, in->cols, row, &op->packed);
    uint64_t handle = heap_alloc(&op->heap, bytes);
    if (handle) memcpy(heap_ptr(&op->heap, handle), op->packed.data, bytes);
    return handle;
}

static bool keep(struct last_op *op, struct op_ctx *ctx, const struct batch *in, uint32_t row, uint32_t id,
                 int64_t t) {
    struct last *l = last_at(op, id);
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    if (l->stamp != op->push) {
        l->stamp = op->push;
        if (is_dead(op, l, now)) {
            free_row(op, l->row);
            l->row = 0;
        }
        l->old = l->row;
        op->touched[op->ntouched++] = id;
    }
    l->used_us = now;
    if (l->row && t < l->t) return true;
    uint64_t handle = store_row(op, in, row);
    if (!handle) return false;
    if (l->row != l->old) free_row(op, l->row);
    l->row = handle;
    l->t = t;
    return true;
}

static bool same_row(const struct last_op *op, uint64_t a, uint64_t b) {
    return a == b || rowpack_eq(heap_ptr(&op->heap, a), heap_ptr(&op->heap, b));
}

static struct batch *rows_batch(struct last_op *op, struct op_ctx *ctx, const char *const *rows, uint32_t n) {
    struct batch *b = batch_new(ctx->scratch, op->pack.ncols);
    b->rows = b->count = n;
    b->wm_floor = ctx->watermark_us;
    rowpack_get(&op->pack, rows, n, ctx->scratch, b->cols);
    return b;
}

static enum op_result give_changes(struct last_op *op, struct op_ctx *ctx, struct op_out *out) {
    uint32_t n = 0, room = ctx->batch_rows < 2 ? 2 : ctx->batch_rows;
    const char **rows = ARENA_ARRAY(ctx->scratch, const char *, room);
    int8_t *change = arena_alloc_raw(ctx->scratch, room);
    while (op->next < op->ntouched && n + 2 <= room) {
        const struct last *l = last_at(op, op->touched[op->next++]);
        if (l->old && same_row(op, l->old, l->row)) continue;
        if (l->old && op->plan->emit_before) {
            rows[n] = heap_ptr(&op->heap, l->old);
            change[n++] = CHANGE_UPDATE_BEFORE;
        }
        rows[n] = heap_ptr(&op->heap, l->row);
        change[n++] = l->old ? CHANGE_UPDATE_AFTER : CHANGE_INSERT;
    }
    if (n == 0) return OP_DONE;
    out->batch = rows_batch(op, ctx, rows, n);
    out->batch->change = change;
    return op->next < op->ntouched ? OP_MORE : OP_DONE;
}

/* ---- each change ---- */

static void free_replaced(struct last_op *op) {
    for (uint32_t i = 0; i < op->nreplaced; i++) free_row(op, op->replaced[i]);
    op->nreplaced = 0;
}

/* The row at position `next` of the batch against the one kept: *fresh is what is kept if it wins, *old what
 * that replaces; 0 = nothing. */
static bool take_one(struct last_op *op, struct op_ctx *ctx, uint32_t row, int64_t t, uint64_t *old,
                     uint64_t *fresh) {
    struct last *l = last_at(op, op->touched[op->next]);
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    bool dead = is_dead(op, l, now);
    *old = *fresh = 0;
    l->used_us = now;
    if (l->row && !dead && t < l->t) return true;
    *fresh = store_row(op, op->in, row);
    if (!*fresh) return false;
    *old = dead ? 0 : l->row;
    if (l->row) op->replaced[op->nreplaced++] = l->row;
    l->row = *fresh;
    l->t = t;
    return true;
}

static enum op_result give_each(struct last_op *op, struct op_ctx *ctx, struct op_out *out) {
    const struct vec *v =
        op->plan->proctime ? NULL : vec_flatten(op->in->cols[op->plan->time_col], ctx->scratch);
    uint32_t n = 0, room = ctx->batch_rows < 2 ? 2 : ctx->batch_rows;
    const char **rows = ARENA_ARRAY(ctx->scratch, const char *, room);
    int8_t *change = arena_alloc_raw(ctx->scratch, room);
    int64_t *before = arena_alloc_raw(ctx->scratch, sizeof *before * room);
    free_replaced(op);
    for (; op->next < op->in->count && n + 2 <= room; op->next++) {
        uint32_t row = op->in->sel ? op->in->sel[op->next] : op->next;
        uint64_t old, fresh;
        int64_t t = v ? ((const int64_t *)v->data)[row] : ctx->now_us;
        if (!take_one(op, ctx, row, t, &old, &fresh)) return op_no_memory(ctx);
        if (!fresh || (old && same_row(op, old, fresh))) continue;
        before[n] = op_wm_before(ctx, op->in, row);
        if (old) {
            rows[n] = heap_ptr(&op->heap, old);
            change[n++] = CHANGE_UPDATE_BEFORE;
            before[n] = before[n - 1];
        }
        rows[n] = heap_ptr(&op->heap, fresh);
        change[n++] = old ? CHANGE_UPDATE_AFTER : CHANGE_INSERT;
    }
    if (n) {
        out->batch = rows_batch(op, ctx, rows, n);
        out->batch->change = change;
        out->batch->wm_before = before;
    }
    return op->next < op->in->count ? OP_MORE : OP_DONE;
}

static enum op_result last_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    (void)port;
    struct last_op *op = (struct last_op *)base;
    const struct vec *v = op->plan->proctime ? NULL : vec_flatten(in->cols[op->plan->time_col], ctx->scratch);
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * in->count);
    if (op->plan->each_change) free_replaced(op);
    else forget_old(op);
    sweep(op, ctx);
    if (!keytable_upsert_rows(&op->table, in->cols, op->plan->keys.items, batch_sel(in), ctx->scratch, ids,
                              NULL, NULL))
        return op_no_memory(ctx);
    op->push++;
    SEL_FOREACH(batch_sel(in), k, row) {
        if (v && v->valid && !valid_bit(v->valid, row)) return op_null_time(ctx);
    }
    if (op->plan->each_change) {
        memcpy(op->touched, ids, in->count * sizeof *ids);
        op->in = in;
        op->next = 0;
        return give_each(op, ctx, out);
    }
    SEL_FOREACH(batch_sel(in), k, row) {
        if (!keep(op, ctx, in, row, ids[k], v ? ((const int64_t *)v->data)[row] : ctx->now_us))
            return op_no_memory(ctx);
    }
    ctx->stats->state_rows = op->table.count;
    return op->plan->final_only ? OP_DONE : give_changes(op, ctx, out);
}

static enum op_result last_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct last_op *op = (struct last_op *)base;
    if (!op->final) return op->plan->each_change ? give_each(op, ctx, out) : give_changes(op, ctx, out);
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * ctx->batch_rows);
    uint32_t n = keytable_scan(&op->table, &op->cursor, ids, ctx->batch_rows);
    if (n == 0) return OP_DONE;
    const char **rows = ARENA_ARRAY(ctx->scratch, const char *, n);
    for (uint32_t k = 0; k < n; k++) rows[k] = heap_ptr(&op->heap, last_at(op, ids[k])->row);
    out->batch = rows_batch(op, ctx, rows, n);
    return OP_MORE;
}

static enum op_result last_finish(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct last_op *op = (struct last_op *)base;
    op->final = op->plan->final_only;
    return op->final ? last_resume(base, ctx, out) : OP_DONE;
}

static enum status restore_rows(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct last_op *op = (struct last_op *)r->op;
    uint32_t *ids = arena_alloc_raw(r->ctx->scratch, sizeof *ids * b->rows), ncols = op->pack.ncols;
    if (!keytable_upsert_rows(&op->table, b->cols, op->plan->keys.items, batch_sel(b), r->ctx->scratch, ids,
                              NULL, NULL))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    for (uint32_t k = 0; k < b->rows; k++) {
        int64_t t = ((const int64_t *)b->cols[ncols]->data)[k];
        if (!keep(op, r->ctx, b, k, ids[k], t)) return mem_limit_error(r->ctx->mem, r->ctx->error);
        last_at(op, ids[k])->used_us = ((const int64_t *)b->cols[ncols + 1]->data)[k];
    }
    forget_old(op);
    return ST_OK;
}

/* Rows and their times. */
static void state_pack(const struct last_op *op, struct arena *a, struct rowpack *p) {
    uint32_t n = op->pack.ncols;
    const struct type **types = ARENA_ARRAY(a, const struct type *, n + 2);
    for (uint32_t c = 0; c < n; c++) types[c] = op->pack.types[c];
    types[n] = types[n + 1] = type_simple(TYPE_BIGINT, false);
    rowpack_init(p, a, types, n + 2);
}

static enum status last_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    struct last_op *op = ARENA_NEW(ctx->arena, struct last_op);
    *out = (struct op *)op;
    const struct plan_dedup *p = op->plan = &node->dedup;
    op->swept_us = TIME_MIN;
    heap_init(&op->heap, ctx->mem);
    const struct type **types = op_types(node->inputs[0], ctx->arena);
    const struct type **key_types = op_key_types(node->inputs[0], p->keys, ctx->arena);
    rowpack_init(&op->pack, ctx->arena, types, node->inputs[0]->ncols);
    op->touched = ARENA_ARRAY(ctx->arena, uint32_t, BATCH_MAX_ROWS);
    if (p->each_change) op->replaced = ARENA_ARRAY(ctx->arena, uint64_t, BATCH_MAX_ROWS);
    TRY(keytable_init(&op->table, ctx->mem, ctx->arena, key_types, p->keys.count, sizeof(struct last),
                      ctx->error));
    struct rowpack state;
    state_pack(op, ctx->arena, &state);
    struct op_restore r = {*out, ctx};
    op->push = 1;
    return keyed_read(restore, "rows", &state, ctx, restore_rows, &r);
}

static enum status last_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct last_op *op = (struct last_op *)base;
    uint32_t id, cursor = 0, n = op->pack.ncols;
    while (keytable_scan(&op->table, &cursor, &id, 1)) {
        arena_reset(ctx->scratch);
        struct rowpack state;
        state_pack(op, ctx->scratch, &state);
        const struct last *l = last_at(op, id);
        const char *row = heap_ptr(&op->heap, l->row);
        struct batch *b = batch_new_flat(ctx->scratch, state.types, n + 2, 1);
        rowpack_get(&op->pack, &row, 1, ctx->scratch, b->cols);
        *(int64_t *)b->cols[n]->data = l->t;
        *(int64_t *)b->cols[n + 1]->data = l->used_us;
        keyed_write(w, "rows", &state, op->plan->keys, b->cols, 1);
    }
    return ST_OK;
}

static void last_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct last_op *op = (struct last_op *)base;
    keytable_free(&op->table);
    heap_clear(&op->heap);
    outbuf_free(&op->packed);
}

const struct op_class op_dedup_last_class = {
    .name = "last row",
    .open = last_open,
    .push = last_push,
    .resume = last_resume,
    .finish = last_finish,
    .snapshot = last_snapshot,
    .close = last_close,
};
