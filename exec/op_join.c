/* SPDX-License-Identifier: Apache-2.0
 *
 * Equi-joins one side of which is bounded and read first (plan.build): a hash table of that side, which the
 * other side's rows are looked up in and which they leave no trace in. op_join_both.c keeps both sides.
 *
 * When the build side has ended its rows become one set of flat vectors; matches refer to them by DICT, so no
 * value is copied. If its keys are unique the probe rows are passed on as they are, with columns added (found
 * by number alone if the keys are numbers close together); otherwise pairs are made, a batch at a time.
 */
#include "exec/expr.h"
#include "exec/join.h"
#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"

#define NO_ROW UINT32_MAX
#define DIRECT_SPREAD 8 /* numbers are close together when one of so many is a key */

struct join_op {
    const struct plan_join *plan;
    unsigned build; /* port that is built from */
    struct cols build_keys, probe_keys;
    struct keytable table; /* payload: first row of the key + 1 */
    struct heap heap;      /* packed build rows */
    struct rowpack pack;   /* of build rows */
    uint64_t *rows;        /* handles of the build rows; 0 = taken back */
    uint32_t *next;        /* next row of the same key + 1; 0 = last */
    uint32_t nrows, rows_cap;
    bool unique;              /* no key has two rows */
    bool built;               /* the build side has ended */
    struct arena built_arena; /* of the vectors */
    int64_t charged;          /* for built_arena */
    struct vec **vectors;     /* build columns; row nrows is all NULL */
    uint32_t *direct;         /* unique, one key of whole numbers that lie close together: the row + 1 of */
    int64_t direct_min;       /* direct_min and on; 0 = none. NULL = the table is asked */
    uint64_t direct_count;
    struct program *residual;
    struct outbuf packed; /* one row */
    /* the probe batch being consumed */
    const struct batch *in;
    struct arena probe_arena; /* of what follows */
    uint32_t *ids;            /* key of each selected row, or KEY_NONE */
    uint8_t *matched;         /* LEFT: selected rows that had a pair */
    uint32_t at;              /* selected row */
    uint32_t chain;           /* its next build row + 1; NO_ROW = start */
    bool padding;             /* pairs are done, rows without any are going out */
};

/* ---- build ---- */

static bool rows_reserve(struct join_op *op, struct op_ctx *ctx) {
    if (op->nrows < op->rows_cap) return true;
    uint32_t old = op->rows_cap, cap = old ? old * 2 : 256;
    void *rows = mem_alloc(ctx->mem, cap * sizeof *op->rows);
    size_t had = old * sizeof *op->next, bytes = cap * sizeof *op->next;
    void *next = rows ? mem_realloc(ctx->mem, op->next, had, bytes) : NULL;
    if (!next) {
        mem_free(ctx->mem, rows, cap * sizeof *op->rows);
        return false;
    }
    if (old) memcpy(rows, op->rows, old * sizeof *op->rows);
    mem_free(ctx->mem, op->rows, old * sizeof *op->rows);
    op->rows = rows;
    op->next = next;
    op->rows_cap = cap;
    return true;
}

static void build_remove(struct join_op *op, uint32_t *first) {
    for (uint32_t *link = first; *link; link = &op->next[*link - 1]) {
        uint32_t row = *link - 1;
        const char *kept = heap_ptr(&op->heap, op->rows[row]);
        if (!rowpack_eq(kept, op->packed.data)) continue;
        heap_free(&op->heap, op->rows[row], rowpack_bytes(kept));
        op->rows[row] = 0;
        *link = op->next[row];
        return;
    }
}

static bool build_row(struct join_op *op, struct op_ctx *ctx, const struct batch *in, uint32_t row,
                      uint32_t id) {
    uint32_t *first = keytable_payload(&op->table, id);
    op->packed.len = 0;
    uint32_t bytes = rowpack_put(&op->pack, in->cols, row, &op->packed);
    if (in->change && change_sign(in->change[row]) < 0) {
        build_remove(op, first);
        return true;
    }
    if (!rows_reserve(op, ctx)) return false;
    uint64_t handle = heap_alloc(&op->heap, bytes);
    if (!handle) return false;
    memcpy(heap_ptr(&op->heap, handle), op->packed.data, bytes);
    op->rows[op->nrows] = handle;
    op->next[op->nrows] = *first;
    *first = ++op->nrows;
    return true;
}

static enum op_result build_push(struct join_op *op, struct op_ctx *ctx, const struct batch *in) {
    struct sel sel = join_keyed_rows(in, op->build_keys, op->plan->null_safe, ctx->scratch);
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * sel.count);
    if (!keytable_upsert_rows(&op->table, in->cols, op->build_keys.items, sel, ctx->scratch, ids, NULL, NULL))
        return op_no_memory(ctx);
    SEL_FOREACH(sel, k, row) {
        if (!build_row(op, ctx, in, row, ids[k])) return op_no_memory(ctx);
    }
    ctx->stats->state_rows = op->nrows;
    return OP_DONE;
}

static bool is_whole_number(enum phys p) {
    return p == PHYS_I8 || p == PHYS_I16 || p == PHYS_I32 || p == PHYS_I64;
}

/* Numbers the rows by their key, where the keys are one column of numbers close together. */
static void make_direct(struct join_op *op) {
    if (!op->unique || op->plan->null_safe || op->build_keys.count != 1 || op->nrows == 0) return;
    const struct vec *v = op->vectors[op->build_keys.items[0]];
    if (v->form != VEC_FLAT || !is_whole_number(v->phys)) return;
    int64_t min = INT64_MAX, max = INT64_MIN;
    for (uint32_t r = 0; r < op->nrows; r++) {
        if (!op->rows[r] || vec_is_null(v, r)) continue;
        int64_t x = vec_int(v, r);
        min = x < min ? x : min;
        max = x > max ? x : max;
    }
    uint64_t count = (uint64_t)max - (uint64_t)min + 1;
    if (min > max || count == 0 || count > (uint64_t)op->nrows * DIRECT_SPREAD) return;
    op->direct = ARENA_ARRAY(&op->built_arena, uint32_t, count);
    op->direct_min = min;
    op->direct_count = count;
    for (uint32_t r = 0; r < op->nrows; r++) {
        if (op->rows[r] && !vec_is_null(v, r)) op->direct[(uint64_t)vec_int(v, r) - (uint64_t)min] = r + 1;
    }
}

/* Only rows without a partner refer to the NULL row behind the build rows. Where such rows are dropped,
 * columns without other NULLs need no validity: whoever reads them then looks at none. */
static void drop_validity(struct join_op *op) {
    if (op->plan->type != JOIN_INNER) return;
    for (uint32_t c = 0; c < op->pack.ncols; c++) {
        struct vec *v = op->vectors[c];
        size_t bytes = phys_bytes(v->phys);
        bool nulls = v->form != VEC_FLAT || v->phys == PHYS_ROW || bytes == 0;
        for (uint32_t r = 0; r < op->nrows && v->valid && !nulls; r++)
            nulls = op->rows[r] && vec_is_null(v, r);
        if (nulls || !v->valid) continue;
        for (uint32_t r = 0; r <= op->nrows; r++) { /* rows out of the selection may be read all the same */
            if (r == op->nrows || !op->rows[r]) memset((char *)v->data + r * bytes, 0, bytes);
        }
        v->valid = NULL;
    }
}

/* The build side is complete: makes vectors of its rows, those of each key in order of arrival. */
static bool build_end(struct join_op *op, struct op_ctx *ctx) {
    op->built = op->unique = true;
    const char **rows = ARENA_ARRAY(&op->built_arena, const char *, op->nrows + 1);
    for (uint32_t r = 0; r < op->nrows; r++) {
        rows[r] = op->rows[r] ? heap_ptr(&op->heap, op->rows[r]) : NULL;
        if (op->rows[r] && op->next[r]) op->unique = false;
    }
    op->vectors = ARENA_ARRAY(&op->built_arena, struct vec *, op->pack.ncols);
    rowpack_get(&op->pack, rows, op->nrows + 1, &op->built_arena, op->vectors);
    make_direct(op);
    drop_validity(op);
    op->charged = (int64_t)op->built_arena.used_bytes;
    if (mem_charge(ctx->mem, op->charged)) return true;
    op->charged = 0;
    return false;
}

/* ---- probe ---- */

static void put_columns(struct join_op *op, struct batch *b, struct vec *const *probe, const uint32_t *dict,
                        struct arena *a) {
    uint32_t nprobe = b->ncols - op->pack.ncols, first = op->build == 1 ? nprobe : 0;
    memcpy(b->cols + (op->build == 1 ? 0 : op->pack.ncols), probe, nprobe * sizeof *probe);
    for (uint32_t c = 0; c < op->pack.ncols; c++)
        b->cols[first + c] = join_dict(op->vectors[c], dict, b->rows, a);
}

/* The build row + 1 of each row of the selection; 0 = none. */
static void find_unique(struct join_op *op, const struct batch *in, struct sel sel, uint32_t *first,
                        struct arena *a) {
    const struct vec *v = in->cols[op->probe_keys.items[0]];
    uint64_t min = (uint64_t)op->direct_min;
    if (op->direct && v->phys == PHYS_I32 && v->form == VEC_FLAT && !sel.idx) {
        const int32_t *data = v->data;
        for (uint32_t k = 0; k < sel.count; k++) {
            uint64_t at = (uint64_t)(int64_t)data[k] - min;
            first[k] = at < op->direct_count ? op->direct[at] : 0;
        }
    } else if (op->direct) {
        SEL_FOREACH(sel, k, row) {
            uint64_t at = (uint64_t)vec_int(v, vec_index(v, row)) - min;
            first[k] = at < op->direct_count ? op->direct[at] : 0;
        }
    } else {
        keytable_find_rows(&op->table, in->cols, op->probe_keys.items, sel, a, first);
        for (uint32_t k = 0; k < sel.count; k++)
            first[k] = first[k] == KEY_NONE ? 0 : *(uint32_t *)keytable_payload(&op->table, first[k]);
    }
}

static enum op_result probe_unique(struct join_op *op, struct op_ctx *ctx, const struct batch *in,
                                   struct op_out *out) {
    struct arena *a = ctx->scratch;
    struct sel sel = join_keyed_rows(in, op->probe_keys, op->plan->null_safe, a);
    uint32_t *first = arena_alloc_raw(a, sizeof *first * sel.count),
             *kept = arena_alloc_raw(a, sizeof *kept * sel.count);
    uint32_t *dict = arena_alloc_raw(a, sizeof *dict * in->rows), n = 0;
    bool left = op->plan->type == JOIN_LEFT;
    find_unique(op, in, sel, first, a);
    for (uint32_t r = 0; r < in->rows && (sel.idx || sel.count < in->rows); r++) dict[r] = op->nrows;
    SEL_FOREACH(sel, k, row) {
        dict[row] = first[k] ? first[k] - 1 : op->nrows;
        kept[n] = row;
        n += first[k] != 0;
    }
    struct batch *b = batch_select(a, in, in->sel, in->count);
    b->ncols = in->ncols + op->pack.ncols;
    b->cols = ARENA_ARRAY(a, struct vec *, b->ncols);
    put_columns(op, b, in->cols, dict, a);
    struct batch *pairs = n == in->count ? b : batch_select(a, b, kept, n);
    if (op->residual && n) {
        const uint32_t *pass;
        if (program_filter(op->residual, pairs, a, ctx->eval, &pass, &n) != ST_OK) return OP_FAIL;
        if (pass) pairs = batch_select(a, pairs, pass, n);
        if (left && pass) join_unmatch(in, (struct sel){pass, n}, dict, op->nrows, a);
    }
    out->batch = left ? b : pairs->count ? pairs : NULL;
    return OP_DONE;
}

/* Collects the next pairs; probe rows by physical number. */
static uint32_t next_pairs(struct join_op *op, uint32_t max, uint32_t *probe_pos, uint32_t *build_rows) {
    uint32_t n = 0;
    while (op->at < op->in->count && n < max) {
        if (op->chain == NO_ROW) {
            uint32_t id = op->ids[op->at];
            op->chain = id == KEY_NONE ? 0 : *(uint32_t *)keytable_payload(&op->table, id);
        }
        for (; op->chain && n < max; op->chain = op->next[op->chain - 1]) {
            probe_pos[n] = op->at;
            build_rows[n++] = op->chain - 1;
        }
        if (op->chain) break;
        op->at++;
        op->chain = NO_ROW;
    }
    return n;
}

static uint32_t *physical(const struct batch *in, const uint32_t *pos, uint32_t n, struct arena *a) {
    uint32_t *rows = arena_alloc_raw(a, sizeof *rows * n);
    for (uint32_t k = 0; k < n; k++) rows[k] = in->sel ? in->sel[pos[k]] : pos[k];
    return rows;
}

static struct batch *pair_batch(struct join_op *op, struct op_ctx *ctx, const uint32_t *pos,
                                const uint32_t *build, uint32_t n) {
    struct arena *a = ctx->scratch;
    const struct batch *in = op->in;
    uint32_t *rows = physical(in, pos, n, a);
    struct batch *b = batch_new(a, in->ncols + op->pack.ncols);
    b->rows = b->count = n;
    b->wm_floor = ctx->watermark_us;
    struct vec **probe = ARENA_ARRAY(a, struct vec *, in->ncols);
    for (uint32_t c = 0; c < in->ncols; c++) probe[c] = vec_gather(in->cols[c], rows, n, a);
    put_columns(op, b, probe, build, a);
    if (in->change) {
        int8_t *change = arena_alloc_raw(a, n);
        for (uint32_t k = 0; k < n; k++) change[k] = in->change[rows[k]];
        b->change = change;
    }
    return b;
}

/* Rows of a LEFT join without pair, padded with NULLs. */
static enum op_result give_padding(struct join_op *op, struct op_ctx *ctx, struct op_out *out) {
    uint32_t *pos = arena_alloc_raw(ctx->scratch, sizeof *pos * ctx->batch_rows), n = 0;
    uint32_t *build = arena_alloc_raw(ctx->scratch, sizeof *build * ctx->batch_rows);
    for (; op->at < op->in->count && n < ctx->batch_rows; op->at++) {
        pos[n] = op->at;
        build[n] = op->nrows;
        n += !op->matched[op->at];
    }
    if (n) out->batch = pair_batch(op, ctx, pos, build, n);
    return op->at < op->in->count ? OP_MORE : OP_DONE;
}

/* SEMI and ANTI: the rows themselves, once all partners have been tried. */
static enum op_result give_half(struct join_op *op, struct op_ctx *ctx, struct op_out *out) {
    uint32_t *rows = arena_alloc_raw(ctx->scratch, sizeof *rows * op->in->count), n = 0;
    uint8_t wanted = op->plan->type == JOIN_SEMI;
    for (uint32_t k = 0; k < op->in->count; k++) {
        rows[n] = op->in->sel ? op->in->sel[k] : k;
        n += op->matched[k] == wanted;
    }
    if (n) out->batch = batch_select(ctx->scratch, op->in, rows, n);
    return OP_DONE;
}

static enum op_result probe_more(struct join_op *op, struct op_ctx *ctx, struct op_out *out) {
    struct arena *a = ctx->scratch;
    uint32_t *pos = arena_alloc_raw(a, sizeof *pos * ctx->batch_rows);
    uint32_t *build = arena_alloc_raw(a, sizeof *build * ctx->batch_rows);
    uint32_t n = op->padding ? 0 : next_pairs(op, ctx->batch_rows, pos, build);
    if (n && join_is_half(op->plan->type) && !op->residual) {
        for (uint32_t k = 0; k < n; k++) op->matched[pos[k]] = 1;
        return OP_MORE;
    }
    if (n) {
        struct batch *b = pair_batch(op, ctx, pos, build, n);
        if (op->residual) {
            if (program_filter(op->residual, b, a, ctx->eval, &b->sel, &b->count) != ST_OK) return OP_FAIL;
            if (!b->sel) b->count = n;
        }
        SEL_FOREACH(batch_sel(b), k, row) op->matched[pos[row]] = 1;
        if (b->count && !join_is_half(op->plan->type)) out->batch = b;
        return OP_MORE;
    }
    if (join_is_half(op->plan->type)) return give_half(op, ctx, out);
    if (op->plan->type != JOIN_LEFT) return OP_DONE;
    if (!op->padding) op->at = 0;
    op->padding = true;
    return give_padding(op, ctx, out);
}

static enum op_result probe_pairs(struct join_op *op, struct op_ctx *ctx, const struct batch *in,
                                  struct op_out *out) {
    struct arena *a = &op->probe_arena;
    arena_reset(a);
    op->in = in;
    op->at = 0;
    op->chain = NO_ROW;
    op->padding = false;
    op->ids = arena_alloc_raw(a, sizeof *op->ids * in->count);
    op->matched = arena_alloc(a, in->count);
    keytable_find_rows(&op->table, in->cols, op->probe_keys.items, batch_sel(in), ctx->scratch, op->ids);
    for (uint32_t i = 0; !op->plan->null_safe && i < op->probe_keys.count; i++) {
        const struct vec *v = in->cols[op->probe_keys.items[i]];
        SEL_FOREACH(batch_sel(in), k, row) if (vec_is_null(v, row)) op->ids[k] = KEY_NONE;
    }
    return probe_more(op, ctx, out);
}

/* ---- the operator ---- */

static enum status restore_rows(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    return build_push((struct join_op *)r->op, r->ctx, b) == OP_DONE ? ST_OK : ST_ERROR;
}

static enum status restore_built(void *arg, int group, struct inbuf *in, struct error *e) {
    (void)group;
    (void)e;
    *(bool *)arg = inbuf_u8(in) != 0;
    return ST_OK;
}

static enum status join_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    struct join_op *op = ARENA_NEW(ctx->arena, struct join_op);
    *out = (struct op *)op;
    const struct plan_join *p = op->plan = &node->join;
    if (p->build == 0 && p->type != JOIN_INNER)
        return error_set(ctx->error, ERR_UNSUPPORTED, "an outer join cannot be built from its left side");
    op->build = (unsigned)p->build;
    op->build_keys = op->build == 1 ? p->right_keys : p->left_keys;
    op->probe_keys = op->build == 1 ? p->left_keys : p->right_keys;
    const struct plan_node *side = node->inputs[op->build];
    const struct type **types = op_types(side, ctx->arena);
    const struct type **key_types = op_key_types(side, op->build_keys, ctx->arena);
    rowpack_init(&op->pack, ctx->arena, types, side->ncols);
    heap_init(&op->heap, ctx->mem);
    TRY(keytable_init(&op->table, ctx->mem, ctx->arena, key_types, op->build_keys.count, 8, ctx->error));
    if (p->residual) TRY(program_compile(&p->residual, 1, ctx->arena, ctx->eval, &op->residual, ctx->error));
    if (!restore) return ST_OK;
    struct op_restore r = {*out, ctx};
    bool built = false;
    TRY(keyed_read(restore, "build", &op->pack, ctx, restore_rows, &r));
    TRY(snapshot_each(restore, "built", restore_built, &built, ctx->error));
    return built && !build_end(op, ctx) ? mem_limit_error(ctx->mem, ctx->error) : ST_OK;
}

static enum op_result join_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    struct join_op *op = (struct join_op *)base;
    if (in->count == 0) return OP_DONE;
    if (port == op->build) return op->built ? OP_DONE : build_push(op, ctx, in);
    if (!op->built && !build_end(op, ctx)) return op_no_memory(ctx);
    return op->unique && !join_is_half(op->plan->type) ? probe_unique(op, ctx, in, out)
                                                       : probe_pairs(op, ctx, in, out);
}

static enum op_result join_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    return probe_more((struct join_op *)base, ctx, out);
}

static enum op_result join_port_end(struct op *base, struct op_ctx *ctx, unsigned port, struct op_out *out) {
    (void)out;
    struct join_op *op = (struct join_op *)base;
    if (port == op->build && !op->built && !build_end(op, ctx)) return op_no_memory(ctx);
    return OP_DONE;
}

static bool join_wants(struct op *base, unsigned port) {
    struct join_op *op = (struct join_op *)base;
    return port == op->build && !op->built;
}

/* The build side comes by broadcast: all workers hold the same. */
static enum status join_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct join_op *op = (struct join_op *)base;
    if (ctx->worker != 0) return ST_OK;
    struct vec **cols = ARENA_ARRAY(ctx->scratch, struct vec *, op->pack.ncols);
    struct arena a = {0};
    for (uint32_t r = 0; r < op->nrows; r++) {
        if (!op->rows[r]) continue;
        arena_reset(&a);
        const char *row = heap_ptr(&op->heap, op->rows[r]);
        rowpack_get(&op->pack, &row, 1, &a, cols);
        keyed_write_shared(w, "build", &op->pack, cols, 1);
    }
    arena_free(&a);
    outbuf_u8(snapshot_section(w, "built", SNAPSHOT_SHARED), op->built);
    return ST_OK;
}

static void join_close(struct op *base, struct op_ctx *ctx) {
    struct join_op *op = (struct join_op *)base;
    if (op->residual) program_free(op->residual);
    keytable_free(&op->table);
    if (op->heap.mem) heap_clear(&op->heap);
    mem_free(ctx->mem, op->rows, op->rows_cap * sizeof *op->rows);
    mem_free(ctx->mem, op->next, op->rows_cap * sizeof *op->next);
    (void)mem_charge(ctx->mem, -op->charged);
    arena_free(&op->built_arena);
    arena_free(&op->probe_arena);
    outbuf_free(&op->packed);
}

const struct op_class op_join_class = {
    .name = "join",
    .open = join_open,
    .push = join_push,
    .resume = join_resume,
    .port_end = join_port_end,
    .snapshot = join_snapshot,
    .wants = join_wants,
    .close = join_close,
};
