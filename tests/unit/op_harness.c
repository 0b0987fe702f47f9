/* SPDX-License-Identifier: Apache-2.0
 *
 * The harness of op_harness.h: a small task for one operator with any number of workers.
 */
#include "tests/unit/op_harness.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#include "exec/keyhash.h"
#include "exec/zone.h"

static const struct type *letter_type(struct arena *a, char c) {
    switch (c) {
    case 'b': return type_simple(TYPE_BOOLEAN, true);
    case 'i': return type_simple(TYPE_INT, true);
    case 'l': return type_simple(TYPE_BIGINT, true);
    case 'd': return type_simple(TYPE_DOUBLE, true);
    case 's': return type_string(true);
    case 't': return type_time(a, TYPE_TIMESTAMP, 3, true);
    case 'z': return type_time(a, TYPE_TIMESTAMP_LTZ, 3, true);
    case 'D': return type_decimal(a, 10, 2, true);
    case 'E': return type_decimal(a, 38, 2, true);
    case 'a': return type_array(a, type_simple(TYPE_INT, true), true);
    default: cr_assert_fail("no type %c", c);
    }
    return NULL;
}

static struct plan_node *leaf(struct arena *a, const char *types) {
    struct plan_node *n = ARENA_NEW(a, struct plan_node);
    n->kind = PLAN_SCAN;
    n->ncols = (uint32_t)strlen(types);
    n->cols = ARENA_ARRAY(a, struct plan_col, n->ncols);
    for (uint32_t c = 0; c < n->ncols; c++) n->cols[c].type = letter_type(a, types[c]);
    return n;
}

struct plan_node *harness_node(struct arena *a, enum plan_kind kind, const char *out, const char *in0,
                               const char *in1) {
    struct plan_node *n = leaf(a, out);
    n->kind = kind;
    n->inputs = ARENA_ARRAY(a, struct plan_node *, 2);
    if (in0) n->inputs[n->ninputs++] = leaf(a, in0);
    if (in1) n->inputs[n->ninputs++] = leaf(a, in1);
    return n;
}

struct cols harness_cols(struct arena *a, const char *digits) {
    struct cols cols = {(uint32_t)strlen(digits), ARENA_ARRAY(a, uint32_t, strlen(digits) + 1)};
    for (uint32_t i = 0; i < cols.count; i++) cols.items[i] = (uint32_t)(digits[i] - '0');
    return cols;
}

static void put_field(struct arena *a, struct vec *v, uint32_t row, const char *text) {
    if (v->phys != PHYS_ARRAY && strcmp(text, "NULL") == 0) {
        memset((char *)v->data + (size_t)row * phys_bytes(v->phys), 0, phys_bytes(v->phys));
        valid_clear(vec_make_valid(v, a), row);
        return;
    }
    long long n = strtoll(text, NULL, 10);
    switch (v->phys) {
    case PHYS_BOOL: ((uint8_t *)v->data)[row] = text[0] == 't'; return;
    case PHYS_I32: ((int32_t *)v->data)[row] = (int32_t)n; return;
    case PHYS_I64: ((int64_t *)v->data)[row] = type_is_timestamp(v->type) ? n * 1000 : n; return;
    case PHYS_I128: ((__int128 *)v->data)[row] = n; return;
    case PHYS_F64: ((double *)v->data)[row] = strtod(text, NULL); return;
    case PHYS_STR: ((struct strview *)v->data)[row] = strview_of(text, strlen(text)); return;
    case PHYS_ARRAY: {
        uint32_t at = v->child[0].rows;
        vec_child_reserve(v, a, at + 2);
        for (uint32_t k = 0; k < 2; k++) ((int32_t *)v->child[0].data)[at + k] = (int32_t)n + (int32_t)k;
        ((struct listref *)v->data)[row] = (struct listref){at, 2};
        return;
    }
    default: cr_assert_fail("no such field");
    }
}

static char *next_token(char **at) {
    while (**at == ' ' || **at == '\n') (*at)++;
    char *start = *at;
    while (**at && **at != ' ' && **at != ';' && **at != '\n') (*at)++;
    return start;
}

struct batch *harness_batch(struct arena *a, const char *letters, const char *rows) {
    uint32_t ncols = (uint32_t)strlen(letters), n = 0;
    const struct type **types = ARENA_ARRAY(a, const struct type *, ncols);
    for (uint32_t c = 0; c < ncols; c++) types[c] = letter_type(a, letters[c]);
    uint32_t most = 1;
    for (const char *p = rows; *p; p++) most += *p == ';';
    struct batch *b = batch_new_flat(a, types, ncols, most);
    int8_t *change = ARENA_ARRAY(a, int8_t, most);
    char *at = arena_strdup(a, rows);
    while (at[strspn(at, " \n;")]) {
        at += strspn(at, " \n;");
        for (uint32_t c = 0; c < ncols; c++) {
            char *token = next_token(&at);
            struct str text = arena_str(a, (struct str){token, (size_t)(at - token)});
            static const char *const kinds[] = {"+I", "-U", "+U", "-D"};
            bool kind = false;
            for (int k = 0; k < 4 && c == 0; k++) {
                if (!str_eq(text, str_of(kinds[k]))) continue;
                change[n] = (int8_t)k;
                b->change = change;
                kind = true;
            }
            if (kind) {
                token = next_token(&at);
                text = arena_str(a, (struct str){token, (size_t)(at - token)});
            }
            put_field(a, b->cols[c], n, text.ptr);
        }
        n++;
    }
    b->rows = b->count = n;
    for (uint32_t c = 0; c < ncols; c++) b->cols[c]->rows = n;
    return b;
}

/* One worker's copy of the operator. */
struct worker {
    struct op *op;
    struct op_ctx ctx;
    struct eval_ctx eval;
    struct op_stats stats;
    struct mem_account mem;
    struct arena arena, scratch;
};

struct run {
    struct harness *h;
    const struct op_class *class;
    struct worker workers[8];
    uint32_t n;
    struct error error;
    struct arena *out;
    struct str *rows; /* output, in order */
    uint32_t nrows, cap;
    int64_t wm[2], wm_told; /* by port; microseconds */
    bool cut_done, failed;
};

static void worker_open(struct run *r, uint32_t w, struct snapshot_reader *restore) {
    struct worker *k = &r->workers[w];
    memset(k, 0, sizeof *k);
    mem_account_init(&k->mem, r->class->name, NULL, r->h->mem_limit);
    k->eval = (struct eval_ctx){.error = &r->error, .zone = zone_utc(), .watermark_us = TIME_MIN};
    k->ctx = (struct op_ctx){.error = &r->error,
                             .eval = &k->eval,
                             .arena = &k->arena,
                             .scratch = &k->scratch,
                             .mem = &k->mem,
                             .stats = &k->stats,
                             .worker = w,
                             .parallelism = r->n,
                             .batch_rows = r->h->batch_rows ? r->h->batch_rows : BATCH_MAX_ROWS,
                             .watermark_us = r->wm_told};
    if (r->class->open(r->h->node, &k->ctx, restore, &k->op) != ST_OK) r->failed = true;
}

static void worker_close(struct run *r, uint32_t w) {
    struct worker *k = &r->workers[w];
    r->h->late_rows += k->stats.late_rows;
    r->h->mem_used = k->mem.used_bytes;
    if (r->class->close) r->class->close(k->op, &k->ctx);
    cr_assert_eq(k->mem.used_bytes, 0, "%s leaves %ld bytes", r->class->name, (long)k->mem.used_bytes);
    arena_free(&k->arena);
    arena_free(&k->scratch);
}

static void collect(struct run *r, struct op_out *out) {
    if (!out->batch) return;
    cr_assert(out->batch->count <= BATCH_MAX_ROWS);
    SEL_FOREACH(batch_sel(out->batch), k, row) {
        if (r->nrows == r->cap) {
            uint32_t cap = r->cap ? r->cap * 2 : 64;
            r->rows = arena_grow(r->out, r->rows, r->cap * sizeof *r->rows, cap * sizeof *r->rows);
            r->cap = cap;
        }
        r->rows[r->nrows++] = batch_row_debug(r->out, out->batch, row);
    }
}

/* Takes the result of a call and resumes until done. */
static void drain(struct run *r, struct worker *k, enum op_result result, struct op_out *out) {
    while (true) {
        if (result == OP_FAIL) {
            r->failed = true;
            return;
        }
        collect(r, out);
        if (result == OP_DONE) return;
        arena_reset(&k->scratch);
        *out = (struct op_out){NULL};
        result = r->class->resume(k->op, &k->ctx, out);
    }
}

#define CALL(r, k, fn, ...)                                                                                  \
    do {                                                                                                     \
        if ((r)->class->fn && !(r)->failed) {                                                                \
            struct op_out out_ = {NULL};                                                                     \
            arena_reset(&(k)->scratch);                                                                      \
            enum op_result result_ = (r)->class->fn((k)->op, &(k)->ctx, ##__VA_ARGS__, &out_);               \
            drain((r), (k), result_, &out_);                                                                 \
        }                                                                                                    \
    } while (0)

static void tell_watermark(struct run *r, int64_t t) {
    if (t <= r->wm_told) return;
    r->wm_told = t;
    for (uint32_t w = 0; w < r->n; w++) {
        struct worker *k = &r->workers[w];
        k->ctx.watermark_us = t;
        CALL(r, k, watermark, t);
    }
}

static int64_t least_watermark(struct run *r) {
    int64_t t = r->wm[0];
    if (r->h->node->ninputs > 1 && r->wm[1] < t) t = r->wm[1];
    return t;
}

/* Pushes rows [from, to) of the batch to the workers that own them; a build side goes to all. */
static void push_slice(struct run *r, struct arena *a, unsigned port, struct batch *b, uint32_t from,
                       uint32_t to) {
    int64_t *wm = ARENA_ARRAY(a, int64_t, b->rows);
    int col = r->h->wm_col[port];
    for (uint32_t i = from; i < to; i++) {
        wm[i] = r->wm[port];
        if (col < 0 || vec_is_null(b->cols[col], i)) continue;
        int64_t t = ((const int64_t *)b->cols[col]->data)[i] - r->h->wm_delay_ms * 1000;
        if (t > r->wm[port]) r->wm[port] = t;
    }
    uint64_t *hash = ARENA_ARRAY(a, uint64_t, b->rows);
    keyhash_rows(b->cols, r->h->keys[port].items, r->h->keys[port].count, (struct sel){NULL, b->rows}, hash);
    bool all = r->h->node->kind == PLAN_JOIN && r->h->node->join.build == (int)port;
    for (uint32_t w = 0; w < r->n; w++) {
        uint32_t *sel = ARENA_ARRAY(a, uint32_t, b->rows), n = 0;
        for (uint32_t i = from; i < to; i++) {
            if (all || keygroup_worker(snapshot_keygroup(hash[i]), r->n) == w) sel[n++] = i;
        }
        struct batch *part = batch_select(a, b, sel, n);
        if (col >= 0) part->wm_before = wm;
        if (n) CALL(r, &r->workers[w], push, port, part);
    }
    if (col >= 0) tell_watermark(r, least_watermark(r));
}

static void push_rows(struct run *r, unsigned port, const char *rows) {
    struct arena a = {0};
    const struct plan_node *in = r->h->node->inputs[port];
    static const char letters[] = "bildstzDEa";
    char types[32] = "";
    for (uint32_t c = 0; c < in->ncols; c++) {
        for (const char *l = letters; *l; l++) {
            if (type_equal(letter_type(&a, *l), in->cols[c].type)) types[c] = *l;
        }
    }
    struct batch *b = harness_batch(&a, types, rows);
    uint32_t step = r->h->batch_rows ? r->h->batch_rows : BATCH_MAX_ROWS;
    for (uint32_t from = 0; from < b->rows && !r->failed; from += step) {
        push_slice(r, &a, port, b, from, from + step < b->rows ? from + step : b->rows);
    }
    arena_free(&a);
}

/* Snapshot of all workers, close, open anew at the other parallelism. */
static void cut(struct run *r) {
    struct snapshot_part *parts = calloc(20000, sizeof *parts);
    uint32_t n = 0;
    struct snapshot_writer *writers[8];
    for (uint32_t w = 0; w < r->n; w++) {
        struct worker *k = &r->workers[w];
        CALL(r, k, flush);
        writers[w] = snapshot_writer_new();
        if (r->class->snapshot) cr_assert_eq(r->class->snapshot(k->op, &k->ctx, writers[w]), ST_OK);
        for (uint32_t i = 0; snapshot_writer_part(writers[w], i, &parts[n]); i++) parts[n++].worker = w;
        worker_close(r, w);
    }
    uint32_t before = r->n;
    if (!r->cut_done && r->h->workers_after) r->n = r->h->workers_after;
    r->cut_done = true;
    for (uint32_t w = 0; w < r->n; w++) {
        struct snapshot_reader *reader = snapshot_reader_new(parts, n, w, r->n);
        worker_open(r, w, reader);
        snapshot_reader_free(reader);
    }
    for (uint32_t w = 0; w < before; w++) snapshot_writer_free(writers[w]);
    free(parts);
}

static void run_step(struct run *r, const struct step *s) {
    switch (s->kind) {
    case 'p': push_rows(r, s->port, s->rows); return;
    case 'w': tell_watermark(r, s->t_ms * 1000); return;
    case 'c': cut(r); return;
    case 'e':
        for (uint32_t w = 0; w < r->n; w++) CALL(r, &r->workers[w], port_end, s->port);
        r->wm[s->port] = TIME_MAX;
        tell_watermark(r, least_watermark(r));
        return;
    case 't':
        for (uint32_t w = 0; w < r->n; w++) {
            r->workers[w].ctx.now_us = s->t_ms * 1000;
            CALL(r, &r->workers[w], tick);
        }
        return;
    default: cr_assert_fail("no step %c", s->kind);
    }
}

static void run_all(struct run *r, struct harness *h, struct arena *a) {
    *r = (struct run){
        .h = h, .class = op_class_for(h->node), .out = a, .n = h->workers_before ? h->workers_before : 1};
    r->wm[0] = r->wm[1] = r->wm_told = TIME_MIN;
    h->late_rows = 0;
    for (uint32_t w = 0; w < r->n; w++) worker_open(r, w, NULL);
    for (uint32_t i = 0; i < h->nsteps && !r->failed; i++) {
        run_step(r, &h->steps[i]);
        if (h->cut_everywhere && !r->failed) cut(r);
    }
    for (unsigned port = 0; port < h->node->ninputs; port++) {
        for (uint32_t w = 0; w < r->n; w++) CALL(r, &r->workers[w], port_end, port);
    }
    tell_watermark(r, TIME_MAX);
    for (uint32_t w = 0; w < r->n; w++) CALL(r, &r->workers[w], finish);
    for (uint32_t w = 0; w < r->n; w++) worker_close(r, w);
    h->error = r->failed ? arena_str(a, str_of(r->error.text)) : (struct str){0};
}

static struct str join(struct arena *a, const struct str *rows, uint32_t n) {
    struct str all = {0};
    for (uint32_t i = 0; i < n; i++) {
        if (rows[i].ptr) all = arena_printf(a, "%.*s%.*s\n", STR_ARG(all), STR_ARG(rows[i]));
    }
    return all;
}

struct str harness_changes(struct harness *h, struct arena *a) {
    struct run r;
    run_all(&r, h, a);
    return join(a, r.rows, r.nrows);
}

static int compare(const void *x, const void *y) {
    return strcmp(((const struct str *)x)->ptr, ((const struct str *)y)->ptr);
}

struct str harness_table(struct harness *h, struct arena *a) {
    struct run r;
    run_all(&r, h, a);
    struct str *kept = ARENA_ARRAY(a, struct str, r.nrows + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < r.nrows; i++) {
        struct str body = str_sub(r.rows[i], 2, r.rows[i].len - 2);
        if (r.rows[i].ptr[0] == '+') {
            kept[n++] = body;
            continue;
        }
        uint32_t k = 0;
        while (k < n && !str_eq(kept[k], body)) k++;
        cr_assert(k < n, "retracts a row that is not there: %.*s", STR_ARG(r.rows[i]));
        kept[k] = kept[--n];
    }
    if (n) qsort(kept, n, sizeof *kept, compare);
    return join(a, kept, n);
}

struct str harness_all(struct harness *h, struct arena *a) {
    struct str want = harness_table(h, a);
    uint64_t late = h->late_rows;
    for (unsigned mode = 1; mode < 8; mode++) {
        struct harness other = *h;
        if (mode & 1) other.batch_rows = 2;
        if (mode & 2) other.cut_everywhere = true;
        if (mode & 4) {
            other.workers_before = 3;
            other.workers_after = 2;
        }
        struct str got = harness_table(&other, a);
        cr_assert(str_eq(got, want), "mode %u gives\n%.*s\nnot\n%.*s", mode, STR_ARG(got), STR_ARG(want));
        cr_assert_eq(other.late_rows, late, "mode %u: %d late rows, not %d", mode, (int)other.late_rows,
                     (int)late);
    }
    return want;
}
