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
#include "exec/expr.h"
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/timebuf.h"
#include "exec/ttl.h"

#define GENERATIONS_MAX 8

/* Beside each key, as far as it is needed: by processing time `t` alone, the clock the TTL counts from; by
 * rowtime `at` as well, and `born_us` only when the TTL counts another clock than `t`. */
struct seen {
    int64_t t;       /* rowtime of the first row */
    uint64_t at;     /* where it waits (timebuf.h) while the watermark is below t; FRESH + n = in this push */
    int64_t born_us; /* clock the TTL counts from */
};
#define FRESH 1 /* rows that wait are at even addresses */

struct generation {
    struct keytable table;
    uint32_t number;    /* rising */
    int64_t started_us; /* clock when it was opened; TIME_MIN = not known yet */
    int64_t last_us;    /* latest birth */
    int64_t last_t;     /* latest time of a first row */
};

/* First rows of the push that will wait; at most one a row of the batch. */
struct arrivals {
    uint32_t n;
    uint32_t *rows;     /* of the batch */
    uint64_t *owners;   /* generation and id */
    struct seen **seen; /* where their place is noted */
};

struct dedup_op {
    const struct plan_dedup *plan;
    struct generation gens[GENERATIONS_MAX]; /* the first ngens; the last is written */
    uint32_t ngens, next_number;
    const struct type **key_types;
    uint32_t seen_bytes;             /* of struct seen */
    bool own_birth;                  /* born_us is kept */
    struct timebuf waiting;          /* first rows whose time has not come: the columns that are read above */
    struct program *filter;          /* first rows for which it is not TRUE are dropped; NULL = none */
    const struct type *const *types; /* of input rows */
    uint32_t ncols;
    struct rowpack key_pack; /* snapshot: keys, t, birth */
    struct rowpack row_pack; /* snapshot: keys, columns kept */
    int64_t until_us;        /* watermark being emitted up to */
};

static uint64_t owner_of(const struct generation *g, uint32_t id) {
    return (uint64_t)g->number << 32 | id;
}

static inline struct seen *seen_at(const struct generation *g, uint32_t id) {
    return keytable_payload(&g->table, id);
}

static bool add_generation(struct dedup_op *op, struct op_ctx *ctx, int64_t now) {
    struct generation *g = &op->gens[op->ngens++];
    *g = (struct generation){
        .number = op->next_number++, .started_us = now, .last_us = TIME_MIN, .last_t = TIME_MIN};
    return keytable_init(&g->table, ctx->mem, ctx->arena, op->key_types, op->plan->keys.count, op->seen_bytes,
                         ctx->error) == ST_OK;
}

static void drop_generation(struct dedup_op *op, uint32_t i) {
    keytable_free(&op->gens[i].table);
    memmove(op->gens + i, op->gens + i + 1, (op->ngens - i - 1) * sizeof *op->gens);
    op->ngens--;
}

/* Closes the written generation after one TTL and drops those that are dead and have no row that waits. */
static bool turn_generations(struct dedup_op *op, struct op_ctx *ctx) {
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time), ttl = op->plan->ttl_us;
    if (ttl <= 0 || now == TIME_MIN || now == TIME_MAX) return true;
    for (uint32_t i = 0; i + 1 < op->ngens;) {
        const struct generation *g = &op->gens[i];
        bool waits = !op->plan->proctime && g->last_t > ctx->watermark_us;
        if (g->last_us <= now - ttl && !waits) drop_generation(op, i);
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

static int64_t birth_of(const struct dedup_op *op, const struct seen *s) {
    return op->own_birth ? s->born_us : op->plan->ttl_us > 0 ? s->t : TIME_MIN;
}

static bool is_dead(const struct dedup_op *op, const struct seen *s, int64_t born) {
    return ttl_expired(op->plan->ttl_us, birth_of(op, s), born);
}

/* What `at` says of row n of the arrivals. */
static inline uint64_t fresh_place(uint32_t n) {
    return (uint64_t)n << 1 | FRESH;
}

/* A row that comes as the first of its key, or before it, will wait. One of this push that has waited for the
 * same key before it gives up its place. */
static void arrive(struct arrivals *a, struct seen *s, uint32_t row, uint64_t owner) {
    uint32_t n = s->at & FRESH ? (uint32_t)(s->at >> 1) : a->n++;
    a->rows[n] = row;
    a->owners[n] = owner;
    a->seen[n] = s;
    s->at = fresh_place(n);
}

static void note_seen(const struct dedup_op *op, struct generation *g, struct seen *s, int64_t t,
                      int64_t born) {
    s->t = op->plan->proctime ? born : t;
    if (op->own_birth) s->born_us = born;
    if (born > g->last_us) g->last_us = born;
    if (t > g->last_t) g->last_t = t;
}

/* A further row of a key that lives: it counts only if it is earlier and the first still waits. */
static void seen_again(struct dedup_op *op, struct arrivals *a, const struct generation *g, uint32_t id,
                       uint32_t row, int64_t t) {
    struct seen *s = seen_at(g, id);
    if (op->plan->proctime || t >= s->t) return;
    s->t = t;
    if (s->at && !(s->at & FRESH)) timebuf_withdraw(&op->waiting, (uint64_t *)(uintptr_t)s->at);
    arrive(a, s, row, owner_of(g, id));
}

/* Rows whose key lives in an older generation are dealt with; those left over are noted in `rows`. */
static void look_back(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in, const int64_t *t,
                      uint32_t *rows, uint32_t *n, struct arrivals *a) {
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
            else seen_again(op, a, gen, ids[k], row, time);
        }
        *n = left;
    }
}

/* The rows are looked up in the written generation; `first` gets those that are the first of their key. */
static bool look_up(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in, const int64_t *t,
                    struct sel sel, struct arrivals *a, uint32_t *first, uint32_t *nfirst) {
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
            seen_again(op, a, g, ids[k], row, time);
            continue;
        } else if (!op->plan->proctime) {
            s->at = 0; /* what waits for the dead key goes its own way */
        }
        note_seen(op, g, s, time, born);
        first[n++] = row;
        if (!op->plan->proctime) arrive(a, s, row, owner_of(g, ids[k]));
    }
    *nfirst = n;
    return true;
}

/* Leaves out the rows that the filter drops: they are first, but nobody waits for them. */
static enum status filter_arrivals(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in,
                                   struct arrivals *a) {
    if (!op->filter || a->n == 0) return ST_OK;
    uint8_t *pass = arena_alloc(ctx->scratch, in->rows);
    uint32_t *rows = arena_alloc_raw(ctx->scratch, sizeof *rows * in->rows), n = 0, m = 0;
    for (uint32_t k = 0; k < a->n; k++) pass[a->rows[k]] = 1;
    for (uint32_t row = 0; row < in->rows; row++) {
        rows[n] = row;
        n += pass[row];
    }
    const uint32_t *sel;
    const struct batch *b = batch_select(ctx->scratch, in, rows, n);
    TRY(program_filter(op->filter, b, ctx->scratch, ctx->eval, &sel, &n));
    if (!sel) return ST_OK;
    memset(pass, 0, in->rows);
    for (uint32_t k = 0; k < n; k++) pass[sel[k]] = 1;
    for (uint32_t k = 0; k < a->n; k++) {
        struct seen *s = a->seen[k];
        bool stays = pass[a->rows[k]];
        if (s->at == fresh_place(k)) s->at = stays ? fresh_place(m) : 0;
        a->rows[m] = a->rows[k];
        a->owners[m] = a->owners[k];
        a->seen[m] = s;
        m += stays;
    }
    a->n = m;
    return ST_OK;
}

static bool add_arrivals(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in,
                         const struct arrivals *a) {
    uint64_t **at = arena_alloc_raw(ctx->scratch, sizeof *at * a->n);
    struct sel sel = {a->rows, a->n};
    if (!timebuf_add(&op->waiting, in->cols, sel, a->owners, at, ctx->scratch)) return false;
    for (uint32_t k = 0; k < a->n; k++) {
        if (a->seen[k]->at == fresh_place(k)) a->seen[k]->at = (uintptr_t)at[k];
    }
    return true;
}

/* By processing time: the first rows go out as they come. */
static enum op_result give_first(struct dedup_op *op, struct op_ctx *ctx, const struct batch *in,
                                 const uint32_t *first, uint32_t n, struct op_out *out) {
    if (n == 0) return OP_DONE;
    struct batch *b = batch_select(ctx->scratch, in, first, n);
    const uint32_t *sel = NULL;
    if (op->filter && program_filter(op->filter, b, ctx->scratch, ctx->eval, &sel, &n) != ST_OK)
        return OP_FAIL;
    if (sel) b = batch_select(ctx->scratch, in, sel, n);
    if (n) out->batch = b;
    return OP_DONE;
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
    struct arrivals a = {0, arena_alloc_raw(ctx->scratch, sizeof *a.rows * in->count),
                         arena_alloc_raw(ctx->scratch, sizeof *a.owners * in->count),
                         arena_alloc_raw(ctx->scratch, sizeof *a.seen * in->count)};
    uint32_t n = rows_on_time(op, ctx, in, v, rows);
    look_back(op, ctx, in, t, rows, &n, &a);
    struct sel sel = {n == in->rows ? NULL : rows, n};
    if (!look_up(op, ctx, in, t, sel, &a, first, &nfirst)) return op_no_memory(ctx);
    ctx->stats->state_rows = op->gens[op->ngens - 1].table.count;
    if (op->plan->proctime) return give_first(op, ctx, in, first, nfirst, out);
    if (filter_arrivals(op, ctx, in, &a) != ST_OK) return OP_FAIL;
    if (a.n && !add_arrivals(op, ctx, in, &a)) return op_no_memory(ctx);
    return OP_DONE;
}

static enum op_result dedup_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct dedup_op *op = (struct dedup_op *)base;
    const uint64_t **rows = arena_alloc_raw(ctx->scratch, sizeof *rows * ctx->batch_rows);
    uint32_t n = timebuf_take(&op->waiting, op->until_us, ctx->batch_rows, rows);
    if (n == 0) return OP_DONE;
    struct batch *b = batch_new(ctx->scratch, op->ncols);
    b->rows = b->count = n;
    timebuf_columns(&op->waiting, rows, n, ctx->scratch, b->cols);
    for (uint32_t c = 0; c < op->ncols; c++) {
        if (!b->cols[c]) b->cols[c] = vec_all_null(ctx->scratch, op->types[c], n); /* nobody reads it */
    }
    out->batch = b;
    return n < ctx->batch_rows ? OP_DONE : OP_MORE;
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
    uint32_t *fresh = arena_alloc_raw(r->ctx->scratch, sizeof *fresh * b->rows), nfresh, next = 0;
    if (!keytable_upsert_rows(&g->table, b->cols, NULL, batch_sel(b), r->ctx->scratch, ids, fresh, &nfresh))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    const int64_t *t = b->cols[n]->data, *born = b->cols[n + 1]->data;
    for (uint32_t k = 0; k < b->rows; k++) {
        struct seen *s = seen_at(g, ids[k]);
        bool is_fresh = next < nfresh && fresh[next] == k;
        next += is_fresh;
        if (is_fresh || birth_of(op, s) <= born[k]) note_seen(op, g, s, t[k], born[k]);
    }
    return ST_OK;
}

static enum status restore_rows(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct dedup_op *op = (struct dedup_op *)r->op;
    const struct generation *g = &op->gens[op->ngens - 1];
    struct arena *a = r->ctx->scratch;
    uint32_t *ids = arena_alloc_raw(a, sizeof *ids * b->rows), nkeys = op->plan->keys.count;
    uint64_t *owners = arena_alloc_raw(a, sizeof *owners * b->rows);
    uint64_t **at = arena_alloc_raw(a, sizeof *at * b->rows);
    struct vec **cols = ARENA_ARRAY(a, struct vec *, op->ncols);
    const struct cols kept = op->waiting.cols;
    for (uint32_t i = 0; i < kept.count; i++) cols[kept.items[i]] = b->cols[nkeys + i];
    keytable_find_rows(&g->table, b->cols, NULL, batch_sel(b), a, ids);
    for (uint32_t k = 0; k < b->rows; k++) {
        if (ids[k] == KEY_NONE)
            return error_set(r->ctx->error, ERR_STATE, "the state of a deduplication is broken");
        owners[k] = owner_of(g, ids[k]);
    }
    if (!timebuf_add(&op->waiting, cols, batch_sel(b), owners, at, a))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    const int64_t *t = cols[op->plan->time_col]->data;
    for (uint32_t k = 0; k < b->rows; k++) {
        struct seen *s = seen_at(g, ids[k]);
        if (s->t == t[k]) s->at = (uintptr_t)at[k];
    }
    return ST_OK;
}

/* The columns that are read above, and the time, which rows wait for. */
static struct cols kept_columns(const struct plan_dedup *p, uint32_t ncols, struct arena *a) {
    struct cols kept = {0, ARENA_ARRAY(a, uint32_t, ncols + 1)};
    for (uint32_t c = 0; c < ncols; c++) {
        if (!p->read || p->read[c] || (!p->proctime && c == p->time_col)) kept.items[kept.count++] = c;
    }
    return kept;
}

static enum status dedup_open(const struct plan_node *node, struct op_ctx *ctx,
                              struct snapshot_reader *restore, struct op **out) {
    struct dedup_op *op = ARENA_NEW(ctx->arena, struct dedup_op);
    *out = (struct op *)op;
    const struct plan_dedup *p = op->plan = &node->dedup;
    op->ncols = node->inputs[0]->ncols;
    const struct type **types = op_types(node->inputs[0], ctx->arena);
    op->types = types;
    uint32_t nkeys = p->keys.count;
    op->own_birth = !p->proctime && p->ttl_us > 0 && !p->ttl_event_time;
    op->seen_bytes = p->proctime     ? offsetof(struct seen, at)
                     : op->own_birth ? sizeof(struct seen)
                                     : offsetof(struct seen, born_us);
    op->key_types = ARENA_ARRAY(ctx->arena, const struct type *, nkeys + 2);
    const struct type **row_types = ARENA_ARRAY(ctx->arena, const struct type *, nkeys + op->ncols);
    for (uint32_t i = 0; i < nkeys; i++) op->key_types[i] = row_types[i] = types[p->keys.items[i]];
    op->key_types[nkeys] = op->key_types[nkeys + 1] = type_simple(TYPE_BIGINT, false);
    struct cols kept = kept_columns(p, op->ncols, ctx->arena);
    for (uint32_t i = 0; i < kept.count; i++) row_types[nkeys + i] = types[kept.items[i]];
    rowpack_init(&op->key_pack, ctx->arena, op->key_types, nkeys + 2);
    rowpack_init(&op->row_pack, ctx->arena, row_types, nkeys + kept.count);
    timebuf_init(&op->waiting, ctx->mem, ctx->arena, types, kept, p->time_col);
    if (p->filter) TRY(program_compile(&p->filter, 1, ctx->arena, ctx->eval, &op->filter, ctx->error));
    if (!add_generation(op, ctx, TIME_MIN)) return ST_ERROR;
    struct op_restore r = {*out, ctx};
    TRY(keyed_read(restore, "keys", &op->key_pack, ctx, restore_keys, &r));
    return keyed_read(restore, "rows", &op->row_pack, ctx, restore_rows, &r);
}

static void write_keys(struct dedup_op *op, struct cols keys, const struct generation *g, struct arena *a,
                       struct snapshot_writer *w) {
    uint32_t ids[BATCH_MAX_ROWS], cursor = 0, m, n = keys.count;
    while ((m = keytable_scan(&g->table, &cursor, ids, BATCH_MAX_ROWS))) {
        arena_reset(a);
        struct batch *b = batch_new_flat(a, op->key_types, n + 2, m);
        keytable_decode(&g->table, ids, m, a, b->cols);
        for (uint32_t k = 0; k < m; k++) {
            ((int64_t *)b->cols[n]->data)[k] = seen_at(g, ids[k])->t;
            ((int64_t *)b->cols[n + 1]->data)[k] = birth_of(op, seen_at(g, ids[k]));
        }
        keyed_write(w, "keys", &op->key_pack, keys, b->cols, m);
    }
}

/* The rows that wait for keys of one generation. */
static void write_rows(struct dedup_op *op, struct cols keys, const struct generation *g, struct arena *a,
                       struct snapshot_writer *w) {
    const uint64_t *rows[BATCH_MAX_ROWS];
    uint32_t ids[BATCH_MAX_ROWS], m, n;
    struct timebuf_cursor cursor = {0};
    while ((n = timebuf_scan(&op->waiting, &cursor, BATCH_MAX_ROWS, rows))) {
        arena_reset(a);
        m = 0;
        for (uint32_t k = 0; k < n; k++) {
            uint64_t owner = timebuf_owner(&op->waiting, rows[k]);
            if (owner >> 32 != g->number) continue;
            rows[m] = rows[k];
            ids[m++] = (uint32_t)owner;
        }
        struct vec **cols = ARENA_ARRAY(a, struct vec *, op->row_pack.ncols);
        struct vec **kept = ARENA_ARRAY(a, struct vec *, op->ncols);
        keytable_decode(&g->table, ids, m, a, cols);
        timebuf_columns(&op->waiting, rows, m, a, kept);
        for (uint32_t i = 0; i < op->waiting.cols.count; i++)
            cols[keys.count + i] = kept[op->waiting.cols.items[i]];
        keyed_write(w, "rows", &op->row_pack, keys, cols, m);
    }
}

static enum status dedup_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct dedup_op *op = (struct dedup_op *)base;
    uint32_t n = op->plan->keys.count;
    struct cols keys = {n, ARENA_ARRAY(ctx->scratch, uint32_t, n + 1)};
    for (uint32_t i = 0; i < n; i++) keys.items[i] = i;
    struct arena a = {0};
    for (uint32_t g = 0; g < op->ngens; g++) {
        write_keys(op, keys, &op->gens[g], &a, w);
        write_rows(op, keys, &op->gens[g], &a, w);
    }
    arena_free(&a);
    return ST_OK;
}

static void dedup_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct dedup_op *op = (struct dedup_op *)base;
    while (op->ngens) drop_generation(op, op->ngens - 1);
    timebuf_free(&op->waiting);
    if (op->filter) program_free(op->filter);
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
