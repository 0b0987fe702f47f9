/* SPDX-License-Identifier: Apache-2.0
 *
 * ORDER BY of bounded input, with OFFSET and LIMIT: rows are kept packed and sorted at the end; rows that are
 * equal keep the order they came in. With a LIMIT no more than twice the rows wanted are kept: when there are
 * that many they are sorted and the rest is forgotten. An input with changes is first brought to its final
 * rows: each kept row has a count in a table by its bytes. Runs on one worker.
 */
#define _GNU_SOURCE /* qsort_r */
#include <stdlib.h>

#include "exec/keyed.h"
#include "exec/keytable.h"
#include "exec/ops.h"
#include "exec/rowsort.h"

#define TRIM_ROWS_MIN 4096

struct sorted_row {
    const char *row; /* packed, in the heap */
    uint64_t handle;
    uint64_t number; /* of arrival */
};

struct sort_op {
    const struct plan_sort *plan;
    struct rowpack pack;
    struct heap heap;
    struct sorted_row *rows;  /* accounted */
    uint64_t count, cap;
    uint64_t arrived;
    bool changes;             /* rows may be taken back */
    struct keytable counts;   /* with changes: packed row -> int64 count */
    struct outbuf packed;     /* one row */
    uint64_t next;            /* row that goes out next */
};

static int compare_rows(const void *x, const void *y, void *arg) {
    const struct sort_op *op = arg;
    const struct sorted_row *a = x, *b = y;
    int c = rowsort_compare(&op->pack, op->plan->keys, op->plan->nkeys, a->row, b->row);
    if (c) return c;
    return (a->number > b->number) - (a->number < b->number);
}

/* Rows that may still go out. */
static uint64_t wanted(const struct sort_op *op) {
    return op->plan->limit < 0 ? UINT64_MAX : (uint64_t)op->plan->limit + (uint64_t)op->plan->offset;
}

static void sort_rows(struct sort_op *op) {
    if (op->count) qsort_r(op->rows, op->count, sizeof *op->rows, compare_rows, op);
}

static void trim(struct sort_op *op) {
    uint64_t keep = wanted(op);
    if (op->count < TRIM_ROWS_MIN || op->count / 2 < keep) return;
    sort_rows(op);
    for (uint64_t i = keep; i < op->count; i++)
        heap_free(&op->heap, op->rows[i].handle, rowpack_bytes(op->rows[i].row));
    op->count = keep;
}

static bool add_row(struct sort_op *op, struct op_ctx *ctx, const char *row, uint32_t bytes) {
    if (op->count == op->cap) {
        uint64_t cap = op->cap ? op->cap * 2 : 256;
        void *grown = mem_realloc(ctx->mem, op->rows, op->cap * sizeof *op->rows, cap * sizeof *op->rows);
        if (!grown) return false;
        op->rows = grown;
        op->cap = cap;
    }
    uint64_t handle = heap_alloc(&op->heap, bytes);
    if (!handle) return false;
    char *copy = memcpy(heap_ptr(&op->heap, handle), row, bytes);
    op->rows[op->count++] = (struct sorted_row){copy, handle, op->arrived++};
    trim(op);
    return true;
}

/* With changes: counts the row up or down. */
static bool count_row(struct sort_op *op, struct op_ctx *ctx, int64_t weight) {
    struct vec *key = vec_all_null(ctx->scratch, type_bytes(false), 1);
    key->valid = NULL;
    *(struct strview *)key->data = strview_of(op->packed.data, op->packed.len);
    uint32_t id;
    if (!keytable_upsert_rows(&op->counts, &key, NULL, (struct sel){NULL, 1}, ctx->scratch, &id, NULL, NULL))
        return false;
    int64_t *count = keytable_payload(&op->counts, id);
    *count += weight;
    if (*count == 0) keytable_remove(&op->counts, id);
    return true;
}

static enum op_result sort_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                struct op_out *out) {
    (void)port;
    (void)out;
    struct sort_op *op = (struct sort_op *)base;
    SEL_FOREACH(batch_sel(in), k, row) {
        op->packed.len = 0;
        uint32_t bytes = rowpack_put(&op->pack, in->cols, row, &op->packed);
        bool ok = op->changes ? count_row(op, ctx, in->change ? change_sign(in->change[row]) : 1)
                              : add_row(op, ctx, op->packed.data, bytes);
        if (!ok) return op_no_memory(ctx);
    }
    ctx->stats->state_rows = op->changes ? op->counts.count : op->count;
    return OP_DONE;
}

static enum op_result sort_give(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct sort_op *op = (struct sort_op *)base;
    uint64_t end = op->count < wanted(op) ? op->count : wanted(op);
    if (op->next >= end) return OP_DONE;
    uint32_t n = end - op->next < ctx->batch_rows ? (uint32_t)(end - op->next) : ctx->batch_rows;
    const char **rows = ARENA_ARRAY(ctx->scratch, const char *, n);
    for (uint32_t k = 0; k < n; k++) rows[k] = op->rows[op->next + k].row;
    struct batch *b = batch_new(ctx->scratch, op->pack.ncols);
    b->rows = b->count = n;
    rowpack_get(&op->pack, rows, n, ctx->scratch, b->cols);
    op->next += n;
    out->batch = b;
    return op->next < end ? OP_MORE : OP_DONE;
}

/* The final rows of an input with changes become rows to be sorted. */
static bool collect_rows(struct sort_op *op, struct op_ctx *ctx) {
    uint32_t cursor = 0, id;
    while (keytable_scan(&op->counts, &cursor, &id, 1)) {
        arena_reset(ctx->scratch);
        struct vec *key;
        keytable_decode(&op->counts, &id, 1, ctx->scratch, &key);
        struct str bytes = strview_str(key->data);
        int64_t count = *(int64_t *)keytable_payload(&op->counts, id);
        for (int64_t i = 0; i < count; i++) {
            if (!add_row(op, ctx, bytes.ptr, (uint32_t)bytes.len)) return false;
        }
    }
    return true;
}

static enum op_result sort_finish(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct sort_op *op = (struct sort_op *)base;
    if (op->changes && !collect_rows(op, ctx)) return op_no_memory(ctx);
    sort_rows(op);
    op->next = (uint64_t)op->plan->offset;
    return sort_give(base, ctx, out);
}

static enum status restore_rows(void *arg, const struct batch *b) {
    struct op_restore *r = arg;
    struct op_out none = {NULL};
    return sort_push(r->op, r->ctx, 0, b, &none) == OP_DONE ? ST_OK : ST_ERROR;
}

static enum status sort_open(const struct plan_node *node, struct op_ctx *ctx,
                             struct snapshot_reader *restore, struct op **out) {
    struct sort_op *op = ARENA_NEW(ctx->arena, struct sort_op);
    *out = (struct op *)op;
    op->plan = &node->sort;
    op->changes = node->inputs[0]->changelog != CHANGELOG_APPEND;
    heap_init(&op->heap, ctx->mem);
    rowpack_init(&op->pack, ctx->arena, op_types(node->inputs[0], ctx->arena), node->inputs[0]->ncols);
    const struct type **bytes = ARENA_ARRAY(ctx->arena, const struct type *, 1);
    bytes[0] = type_bytes(false);
    TRY(keytable_init(&op->counts, ctx->mem, ctx->arena, bytes, 1, sizeof(int64_t), ctx->error));
    struct op_restore r = {*out, ctx};
    return keyed_read(restore, "rows", &op->pack, ctx, restore_rows, &r);
}

static enum status sort_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct sort_op *op = (struct sort_op *)base;
    if (op->changes && !collect_rows(op, ctx)) return mem_limit_error(ctx->mem, ctx->error);
    struct arena a = {0};
    struct vec **cols = ARENA_ARRAY(ctx->scratch, struct vec *, op->pack.ncols);
    for (uint64_t i = 0; i < op->count; i++) {
        arena_reset(&a);
        rowpack_get(&op->pack, &op->rows[i].row, 1, &a, cols);
        keyed_write(w, "rows", &op->pack, (struct cols){0}, cols, 1);
        if (op->changes) heap_free(&op->heap, op->rows[i].handle, rowpack_bytes(op->rows[i].row));
    }
    if (op->changes) op->count = 0;
    arena_free(&a);
    return ST_OK;
}

static void sort_close(struct op *base, struct op_ctx *ctx) {
    struct sort_op *op = (struct sort_op *)base;
    mem_free(ctx->mem, op->rows, op->cap * sizeof *op->rows);
    keytable_free(&op->counts);
    if (op->heap.mem) heap_clear(&op->heap);
    outbuf_free(&op->packed);
}

const struct op_class op_sort_class = {
    .name = "sort",
    .open = sort_open,
    .push = sort_push,
    .resume = sort_give,
    .finish = sort_finish,
    .snapshot = sort_snapshot,
    .close = sort_close,
};
