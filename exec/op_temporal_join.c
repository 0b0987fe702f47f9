/* SPDX-License-Identifier: Apache-2.0
 *
 * Event-time temporal join: each left row meets the version of its key that held at its time (FOR SYSTEM_TIME
 * AS OF). Versions are kept by key, newest first; one that a newer one has replaced before the watermark is
 * dropped. Left rows wait until the watermark has reached their time, for only then all versions up to it are
 * known; when the versioned side is bounded it is read first, and once it has ended left rows pass at once.
 */
#include "exec/expr.h"
#include "exec/join.h"
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/timebuf.h"

/* In front of each version's packed row. */
struct version {
    uint64_t next;   /* handle of the next older one; 0 = last */
    int64_t t;       /* from when it holds */
    int64_t deleted; /* 1: from here on the key has no row */
};

struct temporal_op {
    const struct plan_temporal_join *plan;
    bool bounded;              /* the versioned side ends: it is read first */
    bool ended;                /* it has ended */
    struct keytable table;     /* payload: handle of the newest version */
    struct heap heap;          /* versions */
    struct rowpack left, right;
    struct rowpack state;      /* snapshot: right columns and `deleted` */
    struct timebuf waiting;    /* left rows */
    struct program *residual;
    struct outbuf packed;      /* one row */
    int64_t until_us;          /* left rows up to here are due */
};

static struct version *version_at(const struct temporal_op *op, uint64_t handle) {
    return (struct version *)(void *)heap_ptr(&op->heap, handle);
}

static const char *row_at(const struct temporal_op *op, uint64_t handle) {
    return heap_ptr(&op->heap, handle) + sizeof(struct version);
}

static void version_free(struct temporal_op *op, uint64_t handle) {
    heap_free(&op->heap, handle, sizeof(struct version) + rowpack_bytes(row_at(op, handle)));
}

/* ---- versions ---- */

/* Puts the packed row in its place among the versions of a key, and drops those no row can meet any more. */
static bool add_version(struct temporal_op *op, const struct op_ctx *ctx, uint32_t id, int64_t t,
                        bool deleted) {
    uint64_t *link = keytable_payload(&op->table, id);
    while (*link && version_at(op, *link)->t > t) link = &version_at(op, *link)->next;
    if (*link && version_at(op, *link)->t == t) { /* the later arrival counts */
        uint64_t gone = *link;
        *link = version_at(op, gone)->next;
        version_free(op, gone);
    }
    uint64_t handle = heap_alloc(&op->heap, sizeof(struct version) + op->packed.len);
    if (!handle) return false;
    *version_at(op, handle) = (struct version){*link, t, deleted};
    memcpy(heap_ptr(&op->heap, handle) + sizeof(struct version), op->packed.data, op->packed.len);
    *link = handle;
    link = keytable_payload(&op->table, id);
    while (*link && version_at(op, *link)->t > ctx->watermark_us) link = &version_at(op, *link)->next;
    if (!*link) return true;
    uint64_t old = version_at(op, *link)->next;
    version_at(op, *link)->next = 0;
    while (old) {
        uint64_t next = version_at(op, old)->next;
        version_free(op, old);
        old = next;
    }
    return true;
}

static enum op_result push_right(struct temporal_op *op, struct op_ctx *ctx, const struct batch *in) {
    const struct vec *v = vec_flatten(in->cols[op->plan->right_time], ctx->scratch);
    struct sel sel = join_keyed_rows(in, op->plan->right_keys, false, ctx->scratch);
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * sel.count);
    if (!keytable_upsert_rows(&op->table, in->cols, op->plan->right_keys.items, sel, ctx->scratch, ids, NULL,
                              NULL))
        return op_no_memory(ctx);
    SEL_FOREACH(sel, k, row) {
        int8_t change = in->change ? in->change[row] : CHANGE_INSERT;
        if (change == CHANGE_UPDATE_BEFORE) continue;
        if (v->valid && !valid_bit(v->valid, row)) return op_null_time(ctx);
        op->packed.len = 0;
        rowpack_put(&op->right, in->cols, row, &op->packed);
        if (!add_version(op, ctx, ids[k], ((const int64_t *)v->data)[row], change == CHANGE_DELETE))
            return op_no_memory(ctx);
    }
    ctx->stats->state_rows = op->table.count;
    return OP_DONE;
}

/* The row of the version of a key that holds at t, or NULL. */
static const char *version_for(const struct temporal_op *op, uint32_t id, int64_t t) {
    uint64_t handle = id == KEY_NONE ? 0 : *(uint64_t *)keytable_payload(&op->table, id);
    while (handle && version_at(op, handle)->t > t) handle = version_at(op, handle)->next;
    return handle && !version_at(op, handle)->deleted ? row_at(op, handle) : NULL;
}

/* ---- left rows ---- */

static void put_right(struct temporal_op *op, struct op_ctx *ctx, struct batch *b, const struct batch *in,
                      const char *const *rows) {
    memcpy(b->cols, in->cols, in->ncols * sizeof *b->cols);
    rowpack_get(&op->right, rows, in->rows, ctx->scratch, b->cols + in->ncols);
}

/* Adds the versions to left rows, in place: the rows stay where they are. */
static enum op_result match(struct temporal_op *op, struct op_ctx *ctx, const struct batch *in,
                            struct op_out *out) {
    struct arena *a = ctx->scratch;
    const int64_t *t = vec_flatten(in->cols[op->plan->left_time], a)->data;
    struct sel sel = join_keyed_rows(in, op->plan->left_keys, false, a);
    uint32_t *ids = arena_alloc_raw(a, sizeof *ids * sel.count), n = 0;
    uint32_t *kept = arena_alloc_raw(a, sizeof *kept * sel.count);
    const char **rows = ARENA_ARRAY(a, const char *, in->rows);
    keytable_find_rows(&op->table, in->cols, op->plan->left_keys.items, sel, a, ids);
    SEL_FOREACH(sel, k, row) {
        rows[row] = version_for(op, ids[k], t[row]);
        kept[n] = row;
        n += rows[row] != NULL;
    }
    bool left = op->plan->type == JOIN_LEFT;
    struct batch *b = batch_select(a, in, in->sel, in->count);
    b->ncols = in->ncols + op->right.ncols;
    b->cols = ARENA_ARRAY(a, struct vec *, b->ncols);
    put_right(op, ctx, b, in, rows);
    struct batch *pairs = n == in->count ? b : batch_select(a, b, kept, n);
    const uint32_t *pass = NULL;
    if (op->residual && n) {
        if (program_filter(op->residual, pairs, a, ctx->eval, &pass, &n) != ST_OK) return OP_FAIL;
        if (pass) pairs = batch_select(a, pairs, pass, n);
    }
    if (left && pass) { /* rows whose version does not pass are padded */
        uint8_t *keep = arena_alloc(a, in->rows);
        for (uint32_t i = 0; i < n; i++) keep[pass[i]] = 1;
        for (uint32_t r = 0; r < in->rows; r++) {
            if (!keep[r]) rows[r] = NULL;
        }
        put_right(op, ctx, b, in, rows);
    }
    out->batch = left ? b : pairs->count ? pairs : NULL;
    return OP_DONE;
}

static enum op_result wait_rows(struct temporal_op *op, struct op_ctx *ctx, const struct batch *in) {
    if (in->change) {
        (void)error_set(ctx->error, ERR_UNSUPPORTED,
                        "a temporal join of an updating left side is not supported yet");
        return OP_FAIL;
    }
    if (!timebuf_add(&op->waiting, in->cols, batch_sel(in), NULL, NULL, ctx->scratch))
        return op_no_memory(ctx);
    return OP_DONE;
}

/* Gives the next waiting rows that are due. */
static enum op_result give_due(struct temporal_op *op, struct op_ctx *ctx, struct op_out *out) {
    const uint64_t **rows = arena_alloc_raw(ctx->scratch, sizeof *rows * ctx->batch_rows);
    uint32_t n = timebuf_take(&op->waiting, op->until_us, ctx->batch_rows, rows);
    if (n == 0) return OP_DONE;
    struct batch *b = batch_new(ctx->scratch, op->left.ncols);
    b->rows = b->count = n;
    timebuf_columns(&op->waiting, rows, n, ctx->scratch, b->cols);
    return match(op, ctx, b, out) == OP_FAIL ? OP_FAIL : OP_MORE;
}

/* ---- the operator ---- */

static enum op_result temporal_push(struct op *base, struct op_ctx *ctx, unsigned port,
                                    const struct batch *in, struct op_out *out) {
    struct temporal_op *op = (struct temporal_op *)base;
    if (in->count == 0) return OP_DONE;
    if (port == 1) return push_right(op, ctx, in);
    const struct vec *v = vec_flatten(in->cols[op->plan->left_time], ctx->scratch);
    SEL_FOREACH(batch_sel(in), k, row) {
        if (v->valid && !valid_bit(v->valid, row)) return op_null_time(ctx);
    }
    return op->ended ? match(op, ctx, in, out) : wait_rows(op, ctx, in);
}

static enum op_result temporal_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    return give_due((struct temporal_op *)base, ctx, out);
}

static enum op_result temporal_watermark(struct op *base, struct op_ctx *ctx, int64_t t, struct op_out *out) {
    struct temporal_op *op = (struct temporal_op *)base;
    op->until_us = t;
    return give_due(op, ctx, out);
}

static enum op_result temporal_port_end(struct op *base, struct op_ctx *ctx, unsigned port,
                                        struct op_out *out) {
    struct temporal_op *op = (struct temporal_op *)base;
    if (port != 1) return OP_DONE;
    op->ended = true;
    op->until_us = TIME_MAX;
    return give_due(op, ctx, out);
}

static bool temporal_wants(struct op *base, unsigned port) {
    struct temporal_op *op = (struct temporal_op *)base;
    return port == 1 && op->bounded && !op->ended;
}

static enum status restore_versions(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct temporal_op *op = (struct temporal_op *)r->op;
    uint32_t *ids = arena_alloc_raw(r->ctx->scratch, sizeof *ids * b->rows), n = op->right.ncols;
    if (!keytable_upsert_rows(&op->table, b->cols, op->plan->right_keys.items, batch_sel(b), r->ctx->scratch,
                              ids, NULL, NULL))
        return mem_limit_error(r->ctx->mem, r->ctx->error);
    for (uint32_t k = 0; k < b->rows; k++) {
        op->packed.len = 0;
        rowpack_put(&op->right, b->cols, k, &op->packed);
        int64_t t = ((const int64_t *)b->cols[op->plan->right_time]->data)[k];
        if (!add_version(op, r->ctx, ids[k], t, ((const int64_t *)b->cols[n]->data)[k] != 0))
            return mem_limit_error(r->ctx->mem, r->ctx->error);
    }
    return ST_OK;
}

static enum status restore_left(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct temporal_op *op = (struct temporal_op *)r->op;
    return wait_rows(op, r->ctx, b) == OP_DONE ? ST_OK : ST_ERROR;
}

static enum status restore_ended(void *arg, int group, struct inbuf *in, struct error *e) {
    (void)group;
    (void)e;
    *(bool *)arg = inbuf_u8(in) != 0;
    return ST_OK;
}

static enum status temporal_open(const struct plan_node *node, struct op_ctx *ctx,
                                 struct snapshot_reader *restore, struct op **out) {
    struct temporal_op *op = ARENA_NEW(ctx->arena, struct temporal_op);
    *out = (struct op *)op;
    const struct plan_temporal_join *p = op->plan = &node->temporal_join;
    const struct plan_node *right = node->inputs[1];
    op->bounded = right->bounded;
    heap_init(&op->heap, ctx->mem);
    const struct type **types = ARENA_ARRAY(ctx->arena, const struct type *, right->ncols + 1);
    for (uint32_t c = 0; c < right->ncols; c++) types[c] = right->cols[c].type;
    types[right->ncols] = type_simple(TYPE_BIGINT, false);
    const struct type **key_types = op_key_types(right, p->right_keys, ctx->arena);
    const struct type **left_types = op_types(node->inputs[0], ctx->arena);
    struct cols all = {node->inputs[0]->ncols, ARENA_ARRAY(ctx->arena, uint32_t, node->inputs[0]->ncols)};
    for (uint32_t c = 0; c < all.count; c++) all.items[c] = c;
    timebuf_init(&op->waiting, ctx->mem, ctx->arena, left_types, all, p->left_time);
    rowpack_init(&op->left, ctx->arena, left_types, all.count);
    rowpack_init(&op->right, ctx->arena, types, right->ncols);
    rowpack_init(&op->state, ctx->arena, types, right->ncols + 1);
    TRY(keytable_init(&op->table, ctx->mem, ctx->arena, key_types, p->right_keys.count, 8, ctx->error));
    if (p->residual) TRY(program_compile(&p->residual, 1, ctx->arena, ctx->eval, &op->residual, ctx->error));
    struct op_restore r = {*out, ctx};
    TRY(keyed_read(restore, "versions", &op->state, ctx, restore_versions, &r));
    TRY(keyed_read(restore, "left", &op->left, ctx, restore_left, &r));
    return restore ? snapshot_each(restore, "ended", restore_ended, &op->ended, ctx->error) : ST_OK;
}

static void write_versions(const struct temporal_op *op, struct snapshot_writer *w) {
    struct arena a = {0};
    uint32_t cursor = 0, id, n = op->right.ncols;
    while (keytable_scan(&op->table, &cursor, &id, 1)) {
        for (uint64_t h = *(uint64_t *)keytable_payload(&op->table, id); h; h = version_at(op, h)->next) {
            arena_reset(&a);
            const char *row = row_at(op, h);
            struct batch *b = batch_new_flat(&a, op->state.types, n + 1, 1);
            rowpack_get(&op->right, &row, 1, &a, b->cols);
            *(int64_t *)b->cols[n]->data = version_at(op, h)->deleted;
            keyed_write(w, "versions", &op->state, op->plan->right_keys, b->cols, 1);
        }
    }
    arena_free(&a);
}

static enum status temporal_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct temporal_op *op = (struct temporal_op *)base;
    write_versions(op, w);
    const uint64_t *rows[BATCH_MAX_ROWS];
    struct timebuf_cursor cursor = {0};
    uint32_t n;
    while ((n = timebuf_scan(&op->waiting, &cursor, BATCH_MAX_ROWS, rows))) {
        arena_reset(ctx->scratch);
        struct vec **cols = ARENA_ARRAY(ctx->scratch, struct vec *, op->left.ncols);
        timebuf_columns(&op->waiting, rows, n, ctx->scratch, cols);
        keyed_write(w, "left", &op->left, op->plan->left_keys, cols, n);
    }
    outbuf_u8(snapshot_section(w, "ended", SNAPSHOT_WHOLE), op->ended);
    return ST_OK;
}

static void temporal_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct temporal_op *op = (struct temporal_op *)base;
    if (op->residual) program_free(op->residual);
    keytable_free(&op->table);
    if (op->heap.mem) heap_clear(&op->heap);
    timebuf_free(&op->waiting);
    outbuf_free(&op->packed);
}

const struct op_class op_temporal_join_class = {
    .name = "temporal join",
    .open = temporal_open,
    .push = temporal_push,
    .resume = temporal_resume,
    .watermark = temporal_watermark,
    .port_end = temporal_port_end,
    .snapshot = temporal_snapshot,
    .wants = temporal_wants,
    .close = temporal_close,
};
