/* SPDX-License-Identifier: Apache-2.0
 *
 * The rows from..to of each key in an order (ROW_NUMBER() <= n, ORDER BY .. LIMIT in streaming). Each key has
 * an array of its rows in order: all of them when rows may be taken back, else only those up to `to`; rows
 * that are equal in the order stand as they came.
 *
 * The output is a changelog, net for each push: what a key showed before it is remembered at its first row
 * and compared at the end. With the number in the output each place is compared, else the rows as a set.
 * Over windows (fires >= 0) a key's rows go out once, when its window is over, and the key is forgotten; with
 * final_only all go out at the end.
 */
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/rowsort.h"
#include "exec/ttl.h"
#include "exec/window.h"

/* In front of each packed row. */
struct ranked {
    uint64_t shown;  /* comparison in which it was among the rows shown before */
    uint64_t showing; /* and among those shown now */
};

/* Beside each key. */
struct places {
    uint64_t rows;    /* handle of an array of handles of rows, in order; 0 = none */
    uint32_t count, cap;
    uint64_t old;     /* during a push: array of the rows shown before; 0 = none */
    uint32_t nold;
    uint32_t pad;
    uint64_t stamp;   /* push that saw the key last */
    int64_t used_us;  /* clock of the last row, for the TTL; over windows when it fires */
};

struct block {
    uint64_t handle;
    size_t bytes;
};

struct topn_op {
    const struct plan_topn *plan;
    struct keytable table;
    struct heap heap;       /* rows and arrays */
    struct rowpack pack;
    uint32_t bound;         /* rows kept of a key: `to`, or all */
    struct outbuf packed;   /* one row */
    uint64_t push;          /* number of the push */
    uint64_t compared;      /* number of comparisons */
    int64_t swept_us;
    struct window clock;    /* zone of the windows */
    int64_t next_fire_us;   /* first window that is over; TIME_MAX none */
    int64_t until_us;       /* windows up to this watermark are going out */
    uint32_t touched[BATCH_MAX_ROWS]; /* ids of this push, or to be forgotten at the next call */
    uint32_t ntouched, next;
    uint32_t place;         /* of the key going out */
    bool begun;             /* it has been compared */
    bool adding;            /* rows that went have gone out, those that came follow */
    struct block *gone;     /* to be freed at the next push */
    uint32_t ngone, gone_cap;
    uint32_t cursor, id;    /* final rows and windows: next id to look at, id going out */
    bool scanning;          /* an id is going out */
    bool final;
};

static struct places *places_at(const struct topn_op *op, uint32_t id) {
    return keytable_payload(&op->table, id);
}

static uint64_t *array_at(const struct topn_op *op, uint64_t handle) {
    return (uint64_t *)(void *)heap_ptr(&op->heap, handle);
}

static struct ranked *ranked_at(const struct topn_op *op, uint64_t handle) {
    return (struct ranked *)(void *)heap_ptr(&op->heap, handle);
}

static const char *row_at(const struct topn_op *op, uint64_t handle) {
    return heap_ptr(&op->heap, handle) + sizeof(struct ranked);
}

static size_t row_bytes(const struct topn_op *op, uint64_t handle) {
    return sizeof(struct ranked) + rowpack_bytes(row_at(op, handle));
}

/* ---- memory ---- */

/* The block stays until what points to it has gone out. */
static bool free_later(struct topn_op *op, struct op_ctx *ctx, uint64_t handle, size_t bytes) {
    if (op->ngone == op->gone_cap) {
        uint32_t cap = op->gone_cap ? op->gone_cap * 2 : 256;
        void *grown =
            mem_realloc(ctx->mem, op->gone, op->gone_cap * sizeof *op->gone, cap * sizeof *op->gone);
        if (!grown) return false;
        op->gone = grown;
        op->gone_cap = cap;
    }
    op->gone[op->ngone++] = (struct block){handle, bytes};
    return true;
}

static void free_gone(struct topn_op *op) {
    for (uint32_t i = 0; i < op->ngone; i++) heap_free(&op->heap, op->gone[i].handle, op->gone[i].bytes);
    op->ngone = 0;
}

static void forget_key(struct topn_op *op, uint32_t id) {
    struct places *p = places_at(op, id);
    for (uint32_t i = 0; i < p->count; i++) {
        uint64_t row = array_at(op, p->rows)[i];
        heap_free(&op->heap, row, row_bytes(op, row));
    }
    if (p->rows) heap_free(&op->heap, p->rows, p->cap * sizeof(uint64_t));
    keytable_remove(&op->table, id);
}

static void sweep(struct topn_op *op, struct op_ctx *ctx) {
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    if (op->plan->fires >= 0 || !ttl_sweep_due(op->plan->ttl_us, now, &op->swept_us)) return;
    uint32_t cursor = 0, id;
    while (keytable_scan(&op->table, &cursor, &id, 1)) {
        if (ttl_expired(op->plan->ttl_us, places_at(op, id)->used_us, now)) forget_key(op, id);
    }
}

/* ---- rows of a key ---- */

/* The first place whose row comes after (or with `equal`: not before) the packed row. */
static uint32_t find_place(const struct topn_op *op, const struct places *p, bool equal) {
    uint32_t low = 0, high = p->count;
    const uint64_t *rows = p->rows ? array_at(op, p->rows) : NULL;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;
        int c = rowsort_compare(&op->pack, op->plan->order, op->plan->norder, row_at(op, rows[mid]),
                                op->packed.data);
        if (c < 0 || (c == 0 && !equal)) low = mid + 1;
        else high = mid;
    }
    return low;
}

static bool grow(struct topn_op *op, struct places *p) {
    if (p->count < p->cap) return true;
    uint32_t cap = p->cap ? p->cap * 2 : 4;
    uint64_t rows = heap_alloc(&op->heap, cap * sizeof(uint64_t));
    if (!rows) return false;
    if (p->count) memcpy(array_at(op, rows), array_at(op, p->rows), p->count * sizeof(uint64_t));
    if (p->rows) heap_free(&op->heap, p->rows, p->cap * sizeof(uint64_t));
    p->rows = rows;
    p->cap = cap;
    return true;
}

static bool insert_row(struct topn_op *op, struct op_ctx *ctx, uint32_t id) {
    struct places *p = places_at(op, id);
    uint32_t at = find_place(op, p, false);
    if (at >= op->bound) return true;
    uint64_t row = heap_alloc(&op->heap, sizeof(struct ranked) + op->packed.len);
    if (!row || !grow(op, p)) return false;
    *ranked_at(op, row) = (struct ranked){0};
    memcpy(heap_ptr(&op->heap, row) + sizeof(struct ranked), op->packed.data, op->packed.len);
    uint64_t *rows = array_at(op, p->rows);
    memmove(rows + at + 1, rows + at, (p->count - at) * sizeof *rows);
    rows[at] = row;
    p->count++;
    if (p->count <= op->bound) return true;
    uint64_t last = rows[--p->count];
    return free_later(op, ctx, last, row_bytes(op, last));
}

static bool remove_row(struct topn_op *op, struct op_ctx *ctx, uint32_t id) {
    struct places *p = places_at(op, id);
    uint64_t *rows = p->rows ? array_at(op, p->rows) : NULL;
    for (uint32_t at = find_place(op, p, true), end = find_place(op, p, false); at < end; at++) {
        if (!rowpack_eq(row_at(op, rows[at]), op->packed.data)) continue;
        uint64_t row = rows[at];
        memmove(rows + at, rows + at + 1, (--p->count - at) * sizeof *rows);
        return free_later(op, ctx, row, row_bytes(op, row));
    }
    return true;
}

/* Which places of an array of so many rows are shown. */
static uint32_t first_shown(const struct topn_op *op, uint32_t count) {
    uint64_t from = (uint64_t)op->plan->from - 1;
    return from < count ? (uint32_t)from : count;
}

static uint32_t end_shown(const struct topn_op *op, uint32_t count) {
    return (uint64_t)op->plan->to < count ? (uint32_t)op->plan->to : count;
}

/* The first row of a key in a push: keeps what is shown of it. */
static bool touch(struct topn_op *op, uint32_t id) {
    struct places *p = places_at(op, id);
    if (p->stamp == op->push) return true;
    p->stamp = op->push;
    op->touched[op->ntouched++] = id;
    uint32_t first = first_shown(op, p->count);
    p->nold = end_shown(op, p->count) - first;
    p->old = 0;
    if (p->nold == 0) return true;
    p->old = heap_alloc(&op->heap, p->nold * sizeof(uint64_t));
    if (!p->old) return false;
    memcpy(array_at(op, p->old), array_at(op, p->rows) + first, p->nold * sizeof(uint64_t));
    return true;
}

/* ---- output ---- */

struct output {
    uint32_t n, room;
    const char **rows;
    int64_t *ranks;
    int8_t *change;
};

static struct output output_new(const struct op_ctx *ctx) {
    struct output o = {.room = ctx->batch_rows < 2 ? 2 : ctx->batch_rows};
    o.rows = ARENA_ARRAY(ctx->scratch, const char *, o.room);
    o.ranks = ARENA_ARRAY(ctx->scratch, int64_t, o.room);
    o.change = arena_alloc(ctx->scratch, o.room);
    return o;
}

static void put(struct output *o, const char *row, uint32_t rank, int8_t change) {
    o->rows[o->n] = row;
    o->ranks[o->n] = rank;
    o->change[o->n++] = change;
}

static void give(struct topn_op *op, struct op_ctx *ctx, struct output *o, bool changes, struct op_out *out) {
    if (o->n == 0) return;
    struct batch *b = batch_new(ctx->scratch, op->pack.ncols + 1);
    b->rows = b->count = o->n;
    b->wm_floor = ctx->watermark_us;
    rowpack_get(&op->pack, o->rows, o->n, ctx->scratch, b->cols);
    b->ncols = op->pack.ncols;
    if (op->plan->emit_rank) {
        struct vec *v = ARENA_NEW(ctx->scratch, struct vec);
        vec_make_flat(v, ctx->scratch, type_simple(TYPE_BIGINT, false), o->n);
        memcpy(v->data, o->ranks, o->n * sizeof *o->ranks);
        b->cols[b->ncols++] = v;
    }
    if (changes) b->change = o->change;
    out->batch = b;
}

/* Place by place; false: no room, go on later. */
static bool compare_places(struct topn_op *op, struct output *o, const struct places *p) {
    uint32_t first = first_shown(op, p->count), n = end_shown(op, p->count) - first;
    const uint64_t *was = p->old ? array_at(op, p->old) : NULL,
                   *is = n ? array_at(op, p->rows) + first : NULL;
    uint32_t most = n > p->nold ? n : p->nold;
    for (; op->place < most; op->place++) {
        uint32_t i = op->place, rank = (uint32_t)op->plan->from + i;
        if (o->n + 2 > o->room) return false;
        bool before = i < p->nold, now = i < n;
        if (before && now && (was[i] == is[i] || rowpack_eq(row_at(op, was[i]), row_at(op, is[i])))) continue;
        if (before && (!now || op->plan->emit_before))
            put(o, row_at(op, was[i]), rank, now ? CHANGE_UPDATE_BEFORE : CHANGE_DELETE);
        if (now) put(o, row_at(op, is[i]), rank, before ? CHANGE_UPDATE_AFTER : CHANGE_INSERT);
    }
    return true;
}

/* As sets: first what went, then what came. */
static bool compare_sets(struct topn_op *op, struct output *o, const struct places *p) {
    uint32_t first = first_shown(op, p->count), n = end_shown(op, p->count) - first;
    const uint64_t *was = p->old ? array_at(op, p->old) : NULL,
                   *is = n ? array_at(op, p->rows) + first : NULL;
    if (!op->begun) {
        op->compared++;
        for (uint32_t i = 0; i < p->nold; i++) ranked_at(op, was[i])->shown = op->compared;
        for (uint32_t i = 0; i < n; i++) ranked_at(op, is[i])->showing = op->compared;
        op->begun = true;
        op->adding = false;
    }
    for (; !op->adding && op->place < p->nold; op->place++) {
        if (o->n == o->room) return false;
        if (ranked_at(op, was[op->place])->showing == op->compared) continue;
        put(o, row_at(op, was[op->place]), 0, CHANGE_DELETE);
    }
    if (!op->adding) op->place = 0;
    op->adding = true;
    for (; op->place < n; op->place++) {
        if (o->n == o->room) return false;
        if (ranked_at(op, is[op->place])->shown == op->compared) continue;
        put(o, row_at(op, is[op->place]), 0, CHANGE_INSERT);
    }
    return true;
}

static enum op_result give_changes(struct topn_op *op, struct op_ctx *ctx, struct op_out *out) {
    struct output o = output_new(ctx);
    bool room = true;
    while (room && op->next < op->ntouched) {
        struct places *p = places_at(op, op->touched[op->next]);
        room = op->plan->emit_rank ? compare_places(op, &o, p) : compare_sets(op, &o, p);
        if (!room) break;
        op->next++;
        op->place = 0;
        op->begun = false;
    }
    give(op, ctx, &o, true, out);
    return op->next < op->ntouched ? OP_MORE : OP_DONE;
}

/* Frees what the last push compared with, and keys without rows. */
static void end_push(struct topn_op *op) {
    for (uint32_t i = 0; i < op->ntouched; i++) {
        struct places *p = places_at(op, op->touched[i]);
        if (p->old) heap_free(&op->heap, p->old, p->nold * sizeof(uint64_t));
        p->old = 0;
        p->nold = 0;
        if (p->count == 0) forget_key(op, op->touched[i]);
    }
    op->ntouched = op->next = 0;
    free_gone(op);
}

/* ---- whole keys: at the end, or when their window is over ---- */

static void forget_given(struct topn_op *op) {
    if (op->plan->fires < 0) return;
    for (uint32_t i = 0; i < op->ntouched; i++) forget_key(op, op->touched[i]);
    op->ntouched = 0;
}

/* The next key to go out whole; false: none. */
static bool next_key(struct topn_op *op) {
    while (keytable_scan(&op->table, &op->cursor, &op->id, 1)) {
        int64_t fires = places_at(op, op->id)->used_us;
        if (op->plan->fires < 0 || fires <= op->until_us) return true;
        if (fires < op->next_fire_us) op->next_fire_us = fires;
    }
    return false;
}

static enum op_result give_keys(struct topn_op *op, struct op_ctx *ctx, struct op_out *out) {
    struct output o = output_new(ctx);
    forget_given(op);
    while (o.n < o.room && op->ntouched < BATCH_MAX_ROWS) {
        if (!op->scanning) {
            if (!next_key(op)) break;
            op->scanning = true;
            op->place = first_shown(op, places_at(op, op->id)->count);
        }
        const struct places *p = places_at(op, op->id);
        uint32_t end = end_shown(op, p->count);
        for (; op->place < end && o.n < o.room; op->place++)
            put(&o, row_at(op, array_at(op, p->rows)[op->place]), op->place + 1, CHANGE_INSERT);
        if (op->place < end) break;
        op->scanning = false;
        if (op->plan->fires >= 0) op->touched[op->ntouched++] = op->id;
    }
    give(op, ctx, &o, false, out);
    return o.n || op->ntouched ? OP_MORE : OP_DONE;
}

/* ---- the operator ---- */

/* When the window of a row is over. */
static int64_t fires_at(const struct topn_op *op, const struct vec *end, uint32_t row) {
    return window_fires_at(&op->clock, ((const int64_t *)end->data)[row]);
}

static bool take_row(struct topn_op *op, struct op_ctx *ctx, const struct batch *in, uint32_t row,
                     uint32_t id) {
    op->packed.len = 0;
    rowpack_put(&op->pack, in->cols, row, &op->packed);
    if (op->plan->fires < 0 && !op->plan->final_only && !touch(op, id)) return false;
    bool back = in->change && change_sign(in->change[row]) < 0;
    return back ? remove_row(op, ctx, id) : insert_row(op, ctx, id);
}

/* Leaves out rows whose window is over. */
static struct sel open_rows(struct topn_op *op, struct op_ctx *ctx, const struct batch *in,
                            const struct vec *end) {
    struct sel all = batch_sel(in);
    uint32_t *kept = arena_alloc_raw(ctx->scratch, sizeof *kept * in->count), n = 0;
    SEL_FOREACH(all, k, row) {
        kept[n] = row;
        n += op_wm_before(ctx, in, row) < fires_at(op, end, row);
    }
    ctx->stats->late_rows += in->count - n;
    return (struct sel){kept, n};
}

static enum op_result topn_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    (void)port;
    struct topn_op *op = (struct topn_op *)base;
    const struct vec *end = op->plan->fires < 0 ? NULL : vec_flatten(in->cols[op->plan->fires], ctx->scratch);
    struct sel sel = end ? open_rows(op, ctx, in, end) : batch_sel(in);
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * in->count);
    if (op->plan->fires < 0) end_push(op);
    else forget_given(op);
    sweep(op, ctx);
    if (!keytable_upsert_rows(&op->table, in->cols, op->plan->keys.items, sel, ctx->scratch, ids, NULL, NULL))
        return op_no_memory(ctx);
    op->push++;
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    SEL_FOREACH(sel, k, row) {
        int64_t used = end ? fires_at(op, end, row) : now;
        places_at(op, ids[k])->used_us = used;
        if (end && used < op->next_fire_us) op->next_fire_us = used;
        if (!take_row(op, ctx, in, row, ids[k])) return op_no_memory(ctx);
    }
    ctx->stats->state_rows = op->table.count;
    if (end) free_gone(op);
    return end || op->plan->final_only ? OP_DONE : give_changes(op, ctx, out);
}

static enum op_result topn_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct topn_op *op = (struct topn_op *)base;
    return op->plan->fires >= 0 || op->final ? give_keys(op, ctx, out) : give_changes(op, ctx, out);
}

static enum op_result topn_watermark(struct op *base, struct op_ctx *ctx, int64_t t, struct op_out *out) {
    struct topn_op *op = (struct topn_op *)base;
    if (op->plan->fires < 0 || t < op->next_fire_us) return OP_DONE;
    op->until_us = t;
    op->next_fire_us = TIME_MAX;
    op->cursor = 0;
    return give_keys(op, ctx, out);
}

static enum op_result topn_finish(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct topn_op *op = (struct topn_op *)base;
    if (!op->plan->final_only || op->plan->fires >= 0) return OP_DONE;
    end_push(op);
    op->final = true;
    return give_keys(op, ctx, out);
}

static enum status restore_rows(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct topn_op *op = (struct topn_op *)r->op;
    uint32_t *ids = arena_alloc_raw(r->ctx->scratch, sizeof *ids * b->rows), n = op->pack.ncols;
    if (!keytable_upsert_rows(&op->table, b->cols, op->plan->keys.items, batch_sel(b), r->ctx->scratch, ids,
                              NULL, NULL))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    for (uint32_t k = 0; k < b->rows; k++) {
        int64_t used = ((const int64_t *)b->cols[n]->data)[k];
        op->packed.len = 0;
        rowpack_put(&op->pack, b->cols, k, &op->packed);
        places_at(op, ids[k])->used_us = used;
        if (used < op->next_fire_us) op->next_fire_us = used;
        if (!insert_row(op, r->ctx, ids[k])) return mem_limit_error(r->ctx->mem, r->ctx->error);
    }
    return ST_OK;
}

/* Rows and used_us. */
static void state_pack(const struct topn_op *op, struct arena *a, struct rowpack *p) {
    uint32_t n = op->pack.ncols;
    const struct type **types = ARENA_ARRAY(a, const struct type *, n + 1);
    for (uint32_t c = 0; c < n; c++) types[c] = op->pack.types[c];
    types[n] = type_simple(TYPE_BIGINT, false);
    rowpack_init(p, a, types, n + 1);
}

static enum status topn_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    struct topn_op *op = ARENA_NEW(ctx->arena, struct topn_op);
    *out = (struct op *)op;
    const struct plan_topn *p = op->plan = &node->topn;
    const struct plan_node *in = node->inputs[0];
    op->bound = p->input_retracts || p->to >= UINT32_MAX ? UINT32_MAX : (uint32_t)p->to;
    op->swept_us = TIME_MIN;
    op->next_fire_us = TIME_MAX;
    struct window_spec spec = {.kind = WINDOW_TUMBLE, .local_time = p->local_time};
    window_init(&op->clock, &spec, ctx->eval->zone);
    heap_init(&op->heap, ctx->mem);
    const struct type **types = op_types(in, ctx->arena);
    const struct type **key_types = op_key_types(in, p->keys, ctx->arena);
    rowpack_init(&op->pack, ctx->arena, types, in->ncols);
    TRY(keytable_init(&op->table, ctx->mem, ctx->arena, key_types, p->keys.count, sizeof(struct places),
                      ctx->error));
    struct rowpack state;
    state_pack(op, ctx->arena, &state);
    struct op_restore r = {*out, ctx};
    op->push = 1;
    return keyed_read(restore, "rows", &state, ctx, restore_rows, &r);
}

static enum status topn_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct topn_op *op = (struct topn_op *)base;
    uint32_t id, cursor = 0, n = op->pack.ncols;
    if (op->plan->fires < 0) end_push(op);
    else forget_given(op);
    while (keytable_scan(&op->table, &cursor, &id, 1)) {
        const struct places *p = places_at(op, id);
        for (uint32_t i = 0; i < p->count; i++) {
            arena_reset(ctx->scratch);
            struct rowpack state;
            state_pack(op, ctx->scratch, &state);
            const char *row = row_at(op, array_at(op, p->rows)[i]);
            struct batch *b = batch_new_flat(ctx->scratch, state.types, n + 1, 1);
            rowpack_get(&op->pack, &row, 1, ctx->scratch, b->cols);
            *(int64_t *)b->cols[n]->data = p->used_us;
            keyed_write(w, "rows", &state, op->plan->keys, b->cols, 1);
        }
    }
    return ST_OK;
}

static void topn_close(struct op *base, struct op_ctx *ctx) {
    struct topn_op *op = (struct topn_op *)base;
    mem_free(ctx->mem, op->gone, op->gone_cap * sizeof *op->gone);
    keytable_free(&op->table);
    if (op->heap.mem) heap_clear(&op->heap);
    outbuf_free(&op->packed);
}

const struct op_class op_topn_class = {
    .name = "top n",
    .open = topn_open,
    .push = topn_push,
    .resume = topn_resume,
    .watermark = topn_watermark,
    .finish = topn_finish,
    .snapshot = topn_snapshot,
    .close = topn_close,
};
