/* SPDX-License-Identifier: Apache-2.0
 *
 * The regular join of two inputs that both go on and may both take rows back: each side keeps its rows by
 * key, and a row that comes (or goes) makes pairs come (or go) with all rows of the other side. A LEFT join
 * counts the pairs of each left row, a FULL join those of all rows; a padded row is there while the count is
 * zero. SEMI and ANTI joins count alike, and give the left row itself while the count is not zero, or is.
 *
 * A push is a walk over its rows, one packed at a time; a call gives a bounded number of pairs and remembers
 * where it was. State of the pushing side changes when a row is done, that of the other side only in counts.
 */
#include "exec/expr.h"
#include "exec/join.h"
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/ttl.h"

/* In front of each packed row in the heap. */
struct kept {
    uint64_t next;   /* handle of the next row of the key; 0 = last */
    int64_t used_us; /* clock when it came */
    int64_t pairs;   /* rows of the other side it is paired with; counted where it matters */
};

struct side {
    struct keytable table;  /* payload: handle of the first row */
    struct heap heap;       /* struct kept and packed row */
    struct rowpack pack;    /* of rows */
    struct rowpack state;   /* snapshot: columns, used_us, pairs */
    struct cols keys;
};

struct both_op {
    const struct plan_join *plan;
    struct side sides[2];
    struct program *residual;
    int64_t swept_us;         /* clock of the last search for dead rows */
    bool ended;               /* right_first: the right side has ended */
    uint32_t cursor;          /* right_first, at the end: next key of the right side */
    uint64_t unpaired;        /* and next row of the key */
    /* the batch being consumed */
    const struct batch *in;
    unsigned port;
    struct arena arena;       /* of ids */
    uint32_t *ids;            /* by selected row: key in the other side, or KEY_NONE */
    uint32_t at;              /* selected row */
    bool started;             /* it is packed and its partners are being walked */
    uint64_t partner;         /* next row of the other side */
    int64_t pairs;            /* it has made so far */
    struct outbuf packed;     /* the row */
};

static struct kept *kept_at(const struct side *s, uint64_t handle) {
    return (struct kept *)(void *)heap_ptr(&s->heap, handle);
}

static const char *row_at(const struct side *s, uint64_t handle) {
    return heap_ptr(&s->heap, handle) + sizeof(struct kept);
}

static void row_free(struct side *s, uint64_t handle) {
    heap_free(&s->heap, handle, sizeof(struct kept) + rowpack_bytes(row_at(s, handle)));
}

static void sweep_side(struct both_op *op, struct side *s, int64_t now) {
    uint32_t cursor = 0, id;
    while (keytable_scan(&s->table, &cursor, &id, 1)) {
        uint64_t *link = keytable_payload(&s->table, id);
        while (*link) {
            struct kept *k = kept_at(s, *link);
            if (ttl_expired(op->plan->ttl_us, k->used_us, now)) {
                uint64_t gone = *link;
                *link = k->next;
                row_free(s, gone);
            } else {
                link = &k->next;
            }
        }
        if (!*(uint64_t *)keytable_payload(&s->table, id)) keytable_remove(&s->table, id);
    }
}

static void sweep(struct both_op *op, const struct op_ctx *ctx) {
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    if (!ttl_sweep_due(op->plan->ttl_us, now, &op->swept_us)) return;
    sweep_side(op, &op->sides[0], now);
    sweep_side(op, &op->sides[1], now);
}

/* ---- state of the pushing side ---- */

static bool store_row(struct op_ctx *ctx, struct side *s, const struct batch *in, uint32_t row,
                      const char *packed, int64_t used, int64_t pairs) {
    uint32_t id, bytes = rowpack_bytes(packed);
    struct sel one = {&row, 1};
    if (!keytable_upsert_rows(&s->table, in->cols, s->keys.items, one, ctx->scratch, &id, NULL, NULL))
        return false;
    uint64_t handle = heap_alloc(&s->heap, sizeof(struct kept) + bytes);
    if (!handle) return false;
    uint64_t *first = keytable_payload(&s->table, id);
    *kept_at(s, handle) = (struct kept){*first, used, pairs};
    memcpy(heap_ptr(&s->heap, handle) + sizeof(struct kept), packed, bytes);
    *first = handle;
    return true;
}

static void remove_row(struct both_op *op, struct op_ctx *ctx, struct side *s, const struct batch *in,
                       uint32_t row) {
    uint32_t id;
    struct sel one = {&row, 1};
    keytable_find_rows(&s->table, in->cols, s->keys.items, one, ctx->scratch, &id);
    if (id == KEY_NONE) return;
    for (uint64_t *link = keytable_payload(&s->table, id); *link; link = &kept_at(s, *link)->next) {
        if (!rowpack_eq(row_at(s, *link), op->packed.data)) continue;
        uint64_t gone = *link;
        *link = kept_at(s, gone)->next;
        row_free(s, gone);
        break;
    }
    if (!*(uint64_t *)keytable_payload(&s->table, id)) keytable_remove(&s->table, id);
}

/* ---- pairs ---- */

/* What a call puts together. */
struct output {
    uint32_t n, npairs;
    const char **rows[2]; /* left and right packed rows; NULL = padding */
    int8_t *change;
    const char *mine;     /* the row under way, where it stays until the batch is made */
    const char **tried[2];/* candidates: left and right rows */
    uint64_t *partners;   /* candidates: handle of the other row */
    uint8_t *pass;        /* candidates: the residual holds */
};

static void put(struct output *o, const char *left, const char *right, int8_t change) {
    o->rows[0][o->n] = left;
    o->rows[1][o->n] = right;
    o->change[o->n++] = change;
}

static void put_padded(struct output *o, unsigned side, const char *row, int8_t change) {
    if (side == 0) put(o, row, NULL, change);
    else put(o, NULL, row, change);
}

/* Is a row of that side without partner given with NULLs? */
static bool pads(const struct both_op *op, unsigned side) {
    return op->plan->type == JOIN_FULL || (op->plan->type == JOIN_LEFT && side == 0);
}

static struct batch *unpack(struct both_op *op, struct op_ctx *ctx, const char **const *rows, uint32_t n) {
    uint32_t left = op->sides[0].pack.ncols;
    struct batch *b = batch_new(ctx->scratch, left + op->sides[1].pack.ncols);
    b->rows = b->count = n;
    b->wm_floor = ctx->watermark_us;
    rowpack_get(&op->sides[0].pack, rows[0], n, ctx->scratch, b->cols);
    rowpack_get(&op->sides[1].pack, rows[1], n, ctx->scratch, b->cols + left);
    return b;
}

/* The next partners of the row under way, at most `max`, tested by the residual. */
static enum status candidates(struct both_op *op, struct op_ctx *ctx, struct output *o, uint32_t max) {
    const struct side *other = &op->sides[!op->port];
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    uint32_t n = 0;
    while (op->partner && n < max) {
        struct kept *k = kept_at(other, op->partner);
        if (!ttl_expired(op->plan->ttl_us, k->used_us, now)) {
            o->partners[n] = op->partner;
            o->tried[op->port][n] = o->mine;
            o->tried[!op->port][n] = row_at(other, op->partner);
            o->pass[n++] = !op->residual;
        }
        op->partner = k->next;
    }
    o->npairs = n;
    if (!op->residual || n == 0) return ST_OK;
    const uint32_t *sel;
    uint32_t count;
    TRY(program_filter(op->residual, unpack(op, ctx, o->tried, n), ctx->scratch, ctx->eval, &sel, &count));
    for (uint32_t i = 0; i < (sel ? count : n); i++) o->pass[sel ? sel[i] : i] = 1;
    return ST_OK;
}

/* Turns candidates into changes of the output. */
static void emit_pairs(struct both_op *op, struct output *o, int8_t change) {
    struct side *other = &op->sides[!op->port];
    enum join_type type = op->plan->type;
    bool padded = pads(op, !op->port), counts = padded || (join_is_half(type) && op->port == 1);
    int sign = change_sign(change);
    for (uint32_t i = 0; i < o->npairs; i++) {
        if (!o->pass[i]) continue;
        const char *mine = o->mine, *theirs = row_at(other, o->partners[i]);
        struct kept *k = kept_at(other, o->partners[i]);
        bool first = counts && sign > 0 && k->pairs++ == 0, last = counts && sign < 0 && --k->pairs == 0;
        op->pairs++;
        if (join_is_half(type)) {
            bool comes = type == JOIN_SEMI ? first : last;
            if (first || last) put(o, theirs, NULL, comes ? CHANGE_INSERT : CHANGE_DELETE);
            continue;
        }
        if (first && !op->plan->right_first) put_padded(o, !op->port, theirs, CHANGE_DELETE);
        if (op->port == 0) put(o, mine, theirs, change);
        else put(o, theirs, mine, change);
        if (last && !op->plan->right_first) put_padded(o, !op->port, theirs, CHANGE_INSERT);
    }
}

/* The row under way has met all its partners. */
static bool finish_row(struct both_op *op, struct op_ctx *ctx, struct output *o, uint32_t row,
                       int8_t change) {
    struct side *own = &op->sides[op->port];
    bool half = op->port == 0 && join_is_half(op->plan->type);
    if (half && (op->pairs > 0) == (op->plan->type == JOIN_SEMI)) put(o, o->mine, NULL, change);
    bool later = op->plan->right_first && op->port == 1; /* what stays alone goes out at the end */
    if (pads(op, op->port) && op->pairs == 0 && !later) put_padded(o, op->port, o->mine, change);
    op->started = false;
    op->at++;
    if (change_sign(change) < 0) {
        remove_row(op, ctx, own, op->in, row);
        return true;
    }
    if (op->ids[op->at - 1] == KEY_NONE - 1 && !later)
        return true; /* a NULL key: nothing will ever match it */
    int64_t now = ttl_clock(ctx, op->plan->ttl_event_time);
    return store_row(ctx, own, op->in, row, op->packed.data, now, op->pairs);
}

static void start_row(struct both_op *op, uint32_t row) {
    uint32_t id = op->ids[op->at];
    op->packed.len = 0;
    rowpack_put(&op->sides[op->port].pack, op->in->cols, row, &op->packed);
    op->started = true;
    op->pairs = 0;
    op->partner = id >= KEY_NONE - 1 ? 0 : *(uint64_t *)keytable_payload(&op->sides[!op->port].table, id);
}

static enum op_result walk(struct both_op *op, struct op_ctx *ctx, struct op_out *out) {
    struct arena *a = ctx->scratch;
    uint32_t room = ctx->batch_rows < 4 ? 4 : ctx->batch_rows;
    struct output o = {0};
    for (unsigned s = 0; s < 2; s++) {
        o.rows[s] = ARENA_ARRAY(a, const char *, room);
        o.tried[s] = ARENA_ARRAY(a, const char *, room);
    }
    o.change = arena_alloc_raw(a, room);
    o.partners = ARENA_ARRAY(a, uint64_t, room);
    o.pass = arena_alloc_raw(a, room);
    /* a candidate makes two changes at most, a row without partners one */
    while (op->at < op->in->count && o.n + 3 <= room) {
        uint32_t row = op->in->sel ? op->in->sel[op->at] : op->at;
        int8_t change = op->in->change ? op->in->change[row] : CHANGE_INSERT;
        if (!op->started) start_row(op, row);
        o.mine = arena_str(a, (struct str){op->packed.data, op->packed.len}).ptr;
        if (candidates(op, ctx, &o, (room - o.n - 1) / 2) != ST_OK) return OP_FAIL;
        emit_pairs(op, &o, change);
        if (!op->partner && !finish_row(op, ctx, &o, row, change)) return op_no_memory(ctx);
    }
    if (o.n) {
        out->batch = unpack(op, ctx, o.rows, o.n);
        if (!op->plan->right_first) out->batch->change = o.change;
        if (join_is_half(op->plan->type)) out->batch->ncols = op->sides[0].pack.ncols;
    }
    return op->at < op->in->count ? OP_MORE : OP_DONE;
}

/* ---- the operator ---- */

static enum op_result both_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    struct both_op *op = (struct both_op *)base;
    sweep(op, ctx);
    arena_reset(&op->arena);
    op->in = in;
    op->port = port;
    op->at = 0;
    op->started = false;
    op->ids = arena_alloc_raw(&op->arena, sizeof *op->ids * in->count);
    const struct cols *keys = &op->sides[port].keys;
    keytable_find_rows(&op->sides[!port].table, in->cols, keys->items, batch_sel(in), ctx->scratch, op->ids);
    for (uint32_t i = 0; !op->plan->null_safe && i < keys->count; i++) {
        const struct vec *v = in->cols[keys->items[i]];
        SEL_FOREACH(batch_sel(in), k, row) if (vec_is_null(v, row)) op->ids[k] = KEY_NONE - 1;
    }
    ctx->stats->state_rows = op->sides[0].table.count + op->sides[1].table.count;
    return walk(op, ctx, out);
}

/* right_first: rows of the right side that have found no partner. */
static enum op_result give_unpaired(struct both_op *op, struct op_ctx *ctx, struct op_out *out) {
    struct side *s = &op->sides[1];
    uint32_t n = 0, id;
    const char **rows[2] = {ARENA_ARRAY(ctx->scratch, const char *, ctx->batch_rows),
                            ARENA_ARRAY(ctx->scratch, const char *, ctx->batch_rows)};
    while (n < ctx->batch_rows) {
        if (!op->unpaired) {
            if (!keytable_scan(&s->table, &op->cursor, &id, 1)) break;
            op->unpaired = *(uint64_t *)keytable_payload(&s->table, id);
            continue;
        }
        if (kept_at(s, op->unpaired)->pairs == 0) rows[1][n++] = row_at(s, op->unpaired);
        op->unpaired = kept_at(s, op->unpaired)->next;
    }
    if (n) out->batch = unpack(op, ctx, rows, n);
    return n ? OP_MORE : OP_DONE;
}

static enum op_result both_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct both_op *op = (struct both_op *)base;
    return op->in ? walk(op, ctx, out) : give_unpaired(op, ctx, out);
}

static enum op_result both_finish(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct both_op *op = (struct both_op *)base;
    op->in = NULL;
    return op->plan->right_first ? give_unpaired(op, ctx, out) : OP_DONE;
}

static enum op_result both_port_end(struct op *base, struct op_ctx *ctx, unsigned port, struct op_out *out) {
    (void)ctx;
    (void)out;
    ((struct both_op *)base)->ended |= port == 1;
    return OP_DONE;
}

static bool both_wants(struct op *base, unsigned port) {
    const struct both_op *op = (const struct both_op *)base;
    return op->plan->right_first && port == 1 && !op->ended;
}

struct restoring {
    struct both_op *op;
    struct op_ctx *ctx;
    struct side *side;
};

static enum status restore_rows(void *arg, const struct batch *b) {
    struct restoring *r = arg;
    struct both_op *op = r->op;
    uint32_t n = r->side->pack.ncols;
    for (uint32_t k = 0; k < b->rows; k++) {
        op->packed.len = 0;
        rowpack_put(&r->side->pack, b->cols, k, &op->packed);
        int64_t used = ((const int64_t *)b->cols[n]->data)[k],
                pairs = ((const int64_t *)b->cols[n + 1]->data)[k];
        if (!store_row(r->ctx, r->side, b, k, op->packed.data, used, pairs))
            return mem_limit_error(r->ctx->mem, r->ctx->error);
    }
    return ST_OK;
}

static enum status side_init(struct side *s, struct op_ctx *ctx, const struct plan_node *input,
                             struct cols keys) {
    const struct type **types = ARENA_ARRAY(ctx->arena, const struct type *, input->ncols + 2);
    for (uint32_t c = 0; c < input->ncols; c++) types[c] = input->cols[c].type;
    types[input->ncols] = types[input->ncols + 1] = type_simple(TYPE_BIGINT, false);
    const struct type **key_types = op_key_types(input, keys, ctx->arena);
    s->keys = keys;
    rowpack_init(&s->pack, ctx->arena, types, input->ncols);
    rowpack_init(&s->state, ctx->arena, types, input->ncols + 2);
    heap_init(&s->heap, ctx->mem);
    return keytable_init(&s->table, ctx->mem, ctx->arena, key_types, keys.count, sizeof(uint64_t),
                         ctx->error);
}

static enum status restore_ended(void *arg, int group, struct inbuf *in, struct error *e) {
    (void)group;
    (void)e;
    *(bool *)arg = inbuf_u8(in) != 0;
    return ST_OK;
}

static const char *const side_sections[] = {"left", "right"};

static enum status both_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    struct both_op *op = ARENA_NEW(ctx->arena, struct both_op);
    *out = (struct op *)op;
    const struct plan_join *p = op->plan = &node->join;
    op->swept_us = TIME_MIN;
    TRY(side_init(&op->sides[0], ctx, node->inputs[0], p->left_keys));
    TRY(side_init(&op->sides[1], ctx, node->inputs[1], p->right_keys));
    if (p->residual) TRY(program_compile(&p->residual, 1, ctx->arena, ctx->eval, &op->residual, ctx->error));
    for (unsigned s = 0; s < 2; s++) {
        struct restoring r = {op, ctx, &op->sides[s]};
        TRY(keyed_read(restore, side_sections[s], &op->sides[s].state, ctx, restore_rows, &r));
    }
    return restore ? snapshot_each(restore, "ended", restore_ended, &op->ended, ctx->error) : ST_OK;
}

static void write_side(const struct side *s, const char *section, struct snapshot_writer *w) {
    struct arena a = {0};
    uint32_t cursor = 0, id, n = s->pack.ncols;
    while (keytable_scan(&s->table, &cursor, &id, 1)) {
        for (uint64_t h = *(uint64_t *)keytable_payload(&s->table, id); h; h = kept_at(s, h)->next) {
            arena_reset(&a);
            const char *row = row_at(s, h);
            struct batch *b = batch_new_flat(&a, s->state.types, n + 2, 1);
            rowpack_get(&s->pack, &row, 1, &a, b->cols);
            *(int64_t *)b->cols[n]->data = kept_at(s, h)->used_us;
            *(int64_t *)b->cols[n + 1]->data = kept_at(s, h)->pairs;
            keyed_write(w, section, &s->state, s->keys, b->cols, 1);
        }
    }
    arena_free(&a);
}

static enum status both_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    (void)ctx;
    struct both_op *op = (struct both_op *)base;
    for (unsigned s = 0; s < 2; s++) write_side(&op->sides[s], side_sections[s], w);
    outbuf_u8(snapshot_section(w, "ended", SNAPSHOT_WHOLE), op->ended);
    return ST_OK;
}

static void both_close(struct op *base, struct op_ctx *ctx) {
    (void)ctx;
    struct both_op *op = (struct both_op *)base;
    if (op->residual) program_free(op->residual);
    for (unsigned s = 0; s < 2; s++) {
        keytable_free(&op->sides[s].table);
        if (op->sides[s].heap.mem) heap_clear(&op->sides[s].heap);
    }
    arena_free(&op->arena);
    outbuf_free(&op->packed);
}

const struct op_class op_join_both_class = {
    .name = "join",
    .open = both_open,
    .push = both_push,
    .resume = both_resume,
    .port_end = both_port_end,
    .finish = both_finish,
    .snapshot = both_snapshot,
    .wants = both_wants,
    .close = both_close,
};
