/* SPDX-License-Identifier: Apache-2.0
 *
 * The first row of each key (ROW_NUMBER() ... ORDER BY time ASC = 1); op_dedup_last.c has the last row.
 *
 * By processing time the first row passes at once. By rowtime a row waits until the watermark has reached its
 * time, because an earlier one may still come; the result is an append of exactly one row a key. Rows behind
 * the watermark have been dropped below (LATE_FILTER).
 *
 * Keys are kept in generations, one key table each: a key is looked for in all, written into the newest. A
 * generation takes keys for one TTL and is dropped as a whole when all its keys are dead; whether a key is
 * dead for a row is decided exactly, by the time kept beside it. Without a TTL there is one generation.
 */
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/timebuf.h"

#define GENERATIONS_MAX 8

/* Beside each key. */
struct seen {
    int64_t t;       /* rowtime of the first row */
    int64_t born_us; /* clock the TTL counts from */
};

struct generation {
    struct keytable table;
    uint32_t number;     /* rising */
    int64_t started_us;  /* clock when it was opened; TIME_MIN = not known yet */
    int64_t last_us;     /* latest born_us */
};

struct dedup_op {
    const struct plan_dedup *plan;
    struct generation gens[GENERATIONS_MAX]; /* the first ngens; the last is written */
    uint32_t ngens, next_number;
    const struct type **key_types;
    struct timebuf waiting;   /* first rows whose time has not come */
    struct rowpack row_pack;  /* of input rows */
    struct rowpack key_pack;  /* snapshot: keys, t, born_us */
    struct outbuf packed;     /* one row */
    int64_t until_us;         /* watermark being emitted up to */
};

static uint64_t owner_of(const struct generation *g, uint32_t id) {
    return (uint64_t)g->number << 32 | id;
}

static struct seen *seen_at(const struct generation *g, uint32_t id) {
    return keytable_payload(&g->table, id);
}

static bool add_generation(struct dedup_op *op, struct op_ctx *ctx, int64_t now) {
    struct generation *g = &op->gens[op->ngens++];
    *g = (struct generation){.number = op->next_number++, .started_us = now, .last_us = TIME_MIN};
    return keytable_init(&g->table, ctx->mem, ctx->arena, op->key_types, op->plan->keys.count,
                         sizeof(struct seen), ctx->error) == ST_OK;
}

static void drop_generation(struct dedup_op *op, uint32_t i) {
    keytable_free(&op->gens[i].table);
    memmove(op->gens + i, op->gens + i + 1, (op->ngens - i - 1) * sizeof *op->gens);
    op->ngens--;
}

static int64_t clock_now(const struct dedup_op *op, const struct op_ctx *ctx) {
    return op->plan->ttl_event_time ? ctx->watermark_us : ctx->now_us;
}

/* Closes the written generation after one TTL and drops those that are dead. */
static bool turn_generations(struct dedup_op *op, struct op_ctx *ctx) {
    int64_t now = clock_now(op, ctx), ttl = op->plan->ttl_us;
    if (ttl <= 0 || now == TIME_MIN || now == TIME_MAX) return true;
    for (uint32_t i = 0; i + 1 < op->ngens;) {
        if (op->gens[i].last_us <= now - ttl) drop_generation(op, i);
        else i++;
    }
    struct generation *g = &op->gens[op->ngens - 1];
    if (g->started_us == TIME_MIN) g->started_us = now;
    if (now < g->started_us + ttl || op->ngens == GENERATIONS_MAX) return true;
    return add_generation(op, ctx, now);
}

/* ---- keep first ---- */

/* The time a row's key is judged by: its own, in event time, so that batches do not matter. */
static int64_t born_of(const struct dedup_op *op, const struct op_ctx *ctx, int64_t t) {
    if (!op->plan->ttl_event_time) return ctx->now_us;
    return op->plan->proctime ? ctx->watermark_us : t;
}

static bool is_dead(const struct dedup_op *op, const struct seen *s, int64_t born) {
    return op->plan->ttl_us > 0 && s->born_us != TIME_MIN && born >= s->born_us + op->plan->ttl_us;
}

static bool wait_row(struct dedup_op *op, const struct batch *in, uint32_t row, int64_t t, uint64_t owner) {
    op->packed.len = 0;
    rowpack_put(&op->row_pack, in->cols, row, &op->packed);
    return timebuf_add(&op->waiting, t, owner, op->packed.data);
}

/* A further row of a key that lives: it counts only if it is earlier and the first still waits. */
static bool seen_again(struct dedup_op *op, const struct batch *in, const struct generation *g, uint32_t id,
                       uint32_t row, int64_t t) {
    struct seen *s = seen_at(g, id);
    if (op->plan->proctime || t >= s->t) return true;
    timebuf_withdraw(&op->waiting, s->t, owner_of(g, id));
    s->t = t;
    if (op->plan->ttl_event_time) s->born_us = t;
    return wait_row(op, in, row, t, owner_of(g, id));
}

/* Rows whose key lives in an older generation are dealt with; those left over are noted in `rows`. */
static bool look_back(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in, const int64_t *t,
                      uint32_t *rows, uint32_t *n) {
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * in->count);
    for (uint32_t g = 0; g + 1 < op->ngens && *n; g++) {
        const struct generation *gen = &op->gens[g];
        keytable_find_rows(&gen->table, in->cols, op->plan->keys.items, (struct sel){rows, *n}, ctx->scratch,
                           ids);
        uint32_t left = 0;
        for (uint32_t k = 0; k < *n; k++) {
            uint32_t row = rows[k];
            int64_t time = t ? t[row] : ctx->now_us;
            if (ids[k] == KEY_NONE || is_dead(op, seen_at(gen, ids[k]), born_of(op, ctx, time)))
                rows[left++] = row;
            else if (!seen_again(op, in, gen, ids[k], row, time)) return false;
        }
        *n = left;
    }
    return true;
}

/* The rows are looked up in the written generation; `first` gets those that are the first of their key. */
static bool look_up(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in, const int64_t *t,
                    struct sel sel, uint32_t *first, uint32_t *nfirst) {
    struct generation *g = &op->gens[op->ngens - 1];
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * sel.count), nfresh, next = 0, n = 0;
    uint32_t *fresh = arena_alloc_raw(ctx->scratch, sizeof *fresh * sel.count);
    if (!keytable_upsert_rows(&g->table, in->cols, op->plan->keys.items, sel, ctx->scratch, ids, fresh,
                              &nfresh))
        return false;
    SEL_FOREACH(sel, k, row) {
        int64_t time = t ? t[row] : ctx->now_us, born = born_of(op, ctx, time);
        struct seen *s = seen_at(g, ids[k]);
        if (next < nfresh && fresh[next] == k) {
            next++;
        } else if (!is_dead(op, s, born)) {
            if (!seen_again(op, in, g, ids[k], row, time)) return false;
            continue;
        }
        *s = (struct seen){time, born};
        if (born > g->last_us) g->last_us = born;
        first[n++] = row;
        if (!op->plan->proctime && !wait_row(op, in, row, time, owner_of(g, ids[k]))) return false;
    }
    *nfirst = n;
    return true;
}

static uint32_t rows_on_time(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in,
                             const struct vec *v, uint32_t *rows) {
    uint32_t n = 0;
    const int64_t *t = v ? v->data : NULL;
    SEL_FOREACH(batch_sel(in), k, row) {
        rows[n] = row;
        n += !t || t[row] > ctx->watermark_us;
    }
    ctx->stats->late_rows += in->count - n;
    (void)op;
    return n;
}

static enum op_result dedup_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                 struct op_out *out) {
    (void)port;
    struct dedup_op *op = (struct dedup_op *)base;
    if (in->count == 0) return OP_DONE;
    const struct vec *v = op->plan->proctime ? NULL : vec_flatten(in->cols[op->plan->time_col], ctx->scratch);
    if (v && v->valid) {
        SEL_FOREACH(batch_sel(in), k, row) if (!valid_bit(v->valid, row)) return op_null_time(ctx);
    }
    if (!turn_generations(op, ctx)) return OP_FAIL;
    const int64_t *t = v ? v->data : NULL;
    uint32_t *rows = arena_alloc_raw(ctx->scratch, sizeof *rows * in->count);
    uint32_t *first = arena_alloc_raw(ctx->scratch, sizeof *first * in->count), nfirst;
    uint32_t n = rows_on_time(op, ctx, in, v, rows);
    if (!look_back(op, ctx, in, t, rows, &n)) return op_no_memory(ctx);
    struct sel sel = {n == in->rows ? NULL : rows, n};
    if (!look_up(op, ctx, in, t, sel, first, &nfirst)) return op_no_memory(ctx);
    ctx->stats->state_rows = op->gens[op->ngens - 1].table.count;
    if (op->plan->proctime && nfirst) out->batch = batch_select(ctx->scratch, in, first, nfirst);
    return OP_DONE;
}

static enum op_result dedup_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct dedup_op *op = (struct dedup_op *)base;
    const char **rows = ARENA_ARRAY(ctx->scratch, const char *, ctx->batch_rows);
    uint32_t n = timebuf_take(&op->waiting, op->until_us, ctx->batch_rows, rows);
    if (n == 0) return OP_DONE;
    struct batch *b = batch_new(ctx->scratch, op->row_pack.ncols);
    b->rows = b->count = n;
    rowpack_get(&op->row_pack, rows, n, ctx->scratch, b->cols);
    out->batch = b;
    return OP_MORE;
}

static enum op_result dedup_watermark(struct op *base, struct op_ctx *ctx, int64_t t, struct op_out *out) {
    struct dedup_op *op = (struct dedup_op *)base;
    op->until_us = t;
    return op->plan->proctime ? OP_DONE : dedup_resume(base, ctx, out);
}

/* ---- snapshot ---- */

static enum status restore_keys(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct dedup_op *op = (struct dedup_op *)r->op;
    struct generation *g = &op->gens[op->ngens - 1];
    uint32_t *ids = arena_alloc_raw(r->ctx->scratch, sizeof *ids * b->rows), n = op->plan->keys.count;
    if (!keytable_upsert_rows(&g->table, b->cols, NULL, batch_sel(b), r->ctx->scratch, ids, NULL, NULL))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    for (uint32_t k = 0; k < b->rows; k++) {
        struct seen s = {((const int64_t *)b->cols[n]->data)[k], ((const int64_t *)b->cols[n + 1]->data)[k]};
        struct seen *old = seen_at(g, ids[k]);
        if (old->born_us <= s.born_us || old->t == 0) *old = s;
        if (s.born_us > g->last_us) g->last_us = s.born_us;
    }
    return ST_OK;
}

static enum status restore_rows(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct dedup_op *op = (struct dedup_op *)r->op;
    struct generation *g = &op->gens[op->ngens - 1];
    uint32_t *ids = arena_alloc_raw(r->ctx->scratch, sizeof *ids * b->rows);
    keytable_find_rows(&g->table, b->cols, op->plan->keys.items, batch_sel(b), r->ctx->scratch, ids);
    const int64_t *t = b->cols[op->plan->time_col]->data;
    for (uint32_t k = 0; k < b->rows; k++) {
        if (!wait_row(op, b, k, t[k], owner_of(g, ids[k])))
            return mem_limit_error(r->ctx->mem, r->ctx->error);
    }
    return ST_OK;
}

static enum status dedup_open(const struct plan_node *node, struct op_ctx *ctx,
                              struct snapshot_reader *restore, struct op **out) {
    struct dedup_op *op = ARENA_NEW(ctx->arena, struct dedup_op);
    *out = (struct op *)op;
    const struct plan_dedup *p = op->plan = &node->dedup;
    const struct type **types = op_types(node->inputs[0], ctx->arena);
    op->key_types = ARENA_ARRAY(ctx->arena, const struct type *, p->keys.count + 2);
    for (uint32_t i = 0; i < p->keys.count; i++) op->key_types[i] = types[p->keys.items[i]];
    op->key_types[p->keys.count] = op->key_types[p->keys.count + 1] = type_simple(TYPE_BIGINT, false);
    rowpack_init(&op->row_pack, ctx->arena, types, node->inputs[0]->ncols);
    rowpack_init(&op->key_pack, ctx->arena, op->key_types, p->keys.count + 2);
    timebuf_init(&op->waiting, ctx->mem);
    if (!add_generation(op, ctx, TIME_MIN)) return ST_ERROR;
    struct op_restore r = {*out, ctx};
    TRY(keyed_read(restore, "keys", &op->key_pack, ctx, restore_keys, &r));
    return keyed_read(restore, "rows", &op->row_pack, ctx, restore_rows, &r);
}

static void write_keys(struct dedup_op *op, struct op_ctx *ctx, const struct generation *g,
                       struct snapshot_writer *w) {
    uint32_t ids[BATCH_MAX_ROWS], cursor = 0, m, n = op->plan->keys.count;
    struct cols keys = {n, ARENA_ARRAY(ctx->scratch, uint32_t, n + 1)};
    for (uint32_t i = 0; i < n; i++) keys.items[i] = i;
    struct arena a = {0};
    while ((m = keytable_scan(&g->table, &cursor, ids, BATCH_MAX_ROWS))) {
        arena_reset(&a);
        struct batch *b = batch_new_flat(&a, op->key_types, n + 2, m);
        keytable_decode(&g->table, ids, m, &a, b->cols);
        for (uint32_t k = 0; k < m; k++) {
            ((int64_t *)b->cols[n]->data)[k] = seen_at(g, ids[k])->t;
            ((int64_t *)b->cols[n + 1]->data)[k] = seen_at(g, ids[k])->born_us;
        }
        keyed_write(w, "keys", &op->key_pack, keys, b->cols, m);
    }
    arena_free(&a);
}

static enum status dedup_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct dedup_op *op = (struct dedup_op *)base;
    for (uint32_t g = 0; g < op->ngens; g++) write_keys(op, ctx, &op->gens[g], w);
    uint32_t bucket = 0, at = 0;
    const char *row;
    while ((row = timebuf_next(&op->waiting, &bucket, &at))) {
        arena_reset(ctx->scratch);
        struct vec **cols = ARENA_ARRAY(ctx->scratch, struct vec *, op->row_pack.ncols);
        rowpack_get(&op->row_pack, &row, 1, ctx->scratch, cols);
        keyed_write(w, "rows", &op->row_pack, op->plan->keys, cols, 1);
    }
    return ST_OK;
}

static void dedup_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct dedup_op *op = (struct dedup_op *)base;
    while (op->ngens) drop_generation(op, op->ngens - 1);
    timebuf_free(&op->waiting);
    outbuf_free(&op->packed);
}

const struct op_class op_dedup_class = {
    .name = "first row",
    .open = dedup_open,
    .push = dedup_push,
    .resume = dedup_resume,
    .watermark = dedup_watermark,
    .snapshot = dedup_snapshot,
    .close = dedup_close,
};
