/* SPDX-License-Identifier: Apache-2.0
 *
 * Aggregates by window and keys. Rows go to slices (exec/window.h); one key table serves all slices that
 * live, each of which has a store of aggregates indexed by the table's ids. A window fires when the
 * watermark passes its last millisecond: the stores of its slices are added and its rows go out. A slice is
 * dropped with the last window that holds it, and with it the keys no other slice knows.
 * LOCAL sends a slice's partial aggregates when it is complete, at flush, and when they grow large.
 *
 * A row is late for the windows that were over before it came; it counts in those still open, and is dropped
 * and counted if there are none. HOP and CUMULATE therefore fire in the middle of a batch where the rows'
 * own watermarks say so. Where rows come from other workers nothing has fired yet that is over for a row: a
 * slice of HOP is then named by its end plus the number of its windows that were over (windows end at whole
 * milliseconds), and adds nothing to those.
 */
#include "exec/agg_keyed.h"
#include "exec/ops.h"
#include "exec/window.h"

#define DAY_US (24 * 3600 * INT64_C(1000000))
#define TIME_SANE_US (INT64_C(1) << 61) /* no row has a time beyond */
#define LOCAL_BYTES_MAX (64 << 20) /* LOCAL sends everything from here on */
#define LOCAL_KEYS_KEPT 65536      /* LOCAL keeps so many keys whether a slice knows them or not */

struct slice {
    int64_t end;   /* on the windows' clock, plus windows over */
    int64_t start; /* ATTACHED: of the window */
    struct agg_store store;
};

struct window_op {
    const struct plan_window_agg *plan;
    struct agg_keyed keyed;
    struct window window;
    struct slice *slices; /* that live, by end */
    uint32_t nslices, cap;
    uint32_t nstores;        /* slices[nslices .. nstores-1] have empty stores to be used again */
    struct agg_store merged; /* result of a window of several slices */
    int64_t fired_us;        /* windows up to this watermark have fired */
    bool proctime;
    bool elsewhere; /* rows have been judged, or bring their watermark along, from workers ahead of this one:
                     * what is over for a row has not fired here yet */
    /* what is going out */
    bool firing;           /* a window is being emitted */
    int64_t fire_until_us; /* watermark to fire up to; TIME_MIN none */
    int64_t end;           /* of the window being emitted; LOCAL: of the slice */
    int64_t start;
    const struct agg_store *result;
    uint32_t cursor; /* next id to look at */
    bool flush_all;  /* LOCAL: send slices that are not complete as well */
    /* the batch being consumed */
    const struct batch *in; /* NULL = none */
    uint32_t next;          /* position in its selection */
};

static bool emits_partials(const struct window_op *op) {
    return op->plan->phase == AGG_LOCAL;
}

static int64_t true_end(int64_t end) {
    return window_floor(end, WINDOW_MS, 0);
}

/* Does the slice count in the window that ends then? */
static bool counts_in(const struct window_op *op, const struct slice *s, int64_t end) {
    int64_t over = s->end - true_end(s->end);
    return over == 0 || window_first_end(&op->window, true_end(s->end)) + over * op->window.slide <= end;
}

/* ---- slices ---- */

/* The emptied store goes behind the slices that live, for the next one. */
static void slice_drop(struct window_op *op, uint32_t at) {
    struct slice gone = op->slices[at];
    agg_store_free(&gone.store);
    memmove(op->slices + at, op->slices + at + 1, (op->nslices - at - 1) * sizeof *op->slices);
    op->slices[--op->nslices] = gone;
}

/* The slice with that end, made if need be; NULL when out of memory. */
static struct slice *slice_at(struct window_op *op, struct op_ctx *ctx, int64_t end, int64_t start) {
    uint32_t at = op->nslices;
    while (at > 0 && op->slices[at - 1].end > end) at--;
    if (at > 0 && op->slices[at - 1].end == end) return &op->slices[at - 1];
    if (op->nslices == op->cap) {
        uint32_t cap = op->cap ? op->cap * 2 : 8;
        void *grown =
            mem_realloc(ctx->mem, op->slices, op->cap * sizeof *op->slices, cap * sizeof *op->slices);
        if (!grown) return NULL;
        op->slices = grown;
        op->cap = cap;
    }
    if (op->nslices == op->nstores) {
        struct agg_store *s = &op->slices[op->nstores].store;
        if (agg_store_init(s, &op->keyed.set, ctx->mem, ctx->arena, ctx->error) != ST_OK) return NULL;
        op->nstores++;
    }
    struct slice fresh = {end, start, op->slices[op->nslices].store};
    memmove(op->slices + at + 1, op->slices + at, (op->nslices - at) * sizeof *op->slices);
    op->slices[at] = fresh;
    op->nslices++;
    return &op->slices[at];
}

/* Ids whose key may be known by this store alone: those it has rows of, or where rows may be taken back all.
 */
static uint32_t next_keys(const struct window_op *op, const struct agg_store *gone, uint32_t *cursor,
                          uint32_t *ids, uint32_t max) {
    if (op->plan->input_retracts) return keytable_scan(&op->keyed.table, cursor, ids, max);
    return agg_keyed_present(&op->keyed, gone, cursor, ids, max);
}

/* Removes the keys that no other store knows. A LOCAL slice is short, and most of its keys come again. */
static void reclaim_keys(struct window_op *op, const struct agg_store *gone) {
    uint32_t cursor = 0, ids[256], n;
    if (emits_partials(op) && op->keyed.table.count <= LOCAL_KEYS_KEPT) return;
    while ((n = next_keys(op, gone, &cursor, ids, 256))) {
        for (uint32_t k = 0; k < n; k++) {
            bool used = false;
            for (uint32_t s = 0; s < op->nslices && !used; s++) {
                const struct agg_store *other = &op->slices[s].store;
                used = other != gone && ids[k] < other->cap && agg_row_counts(other)[ids[k]] != 0;
            }
            if (used) continue;
            for (uint32_t s = 0; op->plan->input_retracts && s < op->nslices; s++) {
                struct agg_store *other = &op->slices[s].store;
                if (other != gone && ids[k] < other->cap) agg_forget_emptied(other, ids[k]);
            }
            keytable_remove(&op->keyed.table, ids[k]);
        }
    }
}

/* ---- firing ---- */

/* The window that ends next among those not fired; false = none. */
static bool next_window(const struct window_op *op, int64_t *end) {
    if (op->nslices == 0) return false;
    *end = op->slices[0].end;
    if (op->window.kind == WINDOW_ATTACHED || emits_partials(op)) return true;
    *end = window_first_end(&op->window, true_end(*end));
    if (op->fired_us > *end + 2 * DAY_US) *end = window_end_after(&op->window, op->fired_us - DAY_US);
    while (window_fires_at(&op->window, *end) <= op->fired_us) *end = window_end_after(&op->window, *end);
    return true;
}

/* Makes the result of the window ending at op->end. */
static bool gather_window(struct window_op *op, struct op_ctx *ctx) {
    int64_t end = op->end;
    bool single =
        op->window.kind == WINDOW_TUMBLE || op->window.kind == WINDOW_ATTACHED || emits_partials(op);
    op->start = single ? op->slices[0].start : window_start(&op->window, end);
    op->result = &op->slices[0].store;
    op->cursor = 0;
    uint32_t n = 0;
    while (!single && n < op->nslices && true_end(op->slices[n].end) <= end) n++;
    if (op->window.kind == WINDOW_TUMBLE) op->start = end - op->window.size;
    if (n == 0 || (n == 1 && counts_in(op, &op->slices[0], end))) return true;
    agg_store_zero(&op->merged);
    op->result = &op->merged;
    for (uint32_t s = 0; s < n; s++) {
        if (!counts_in(op, &op->slices[s], end)) continue;
        if (!agg_merge_store(&op->merged, &op->slices[s].store, keytable_bound(&op->keyed.table),
                             ctx->scratch))
            return false;
    }
    return true;
}

/* Drops the slices that no window needs any more after the one that ended at op->end. */
static void retire(struct window_op *op) {
    bool single = op->window.kind == WINDOW_ATTACHED || emits_partials(op);
    while (op->nslices) {
        int64_t last = single ? op->slices[0].end : window_last_end(&op->window, true_end(op->slices[0].end));
        if (last > op->end) return;
        reclaim_keys(op, &op->slices[0].store);
        slice_drop(op, 0);
    }
}

static struct vec *constant(struct arena *a, const struct type *t, int64_t value, uint32_t rows) {
    struct vec *v = ARENA_NEW(a, struct vec);
    *v = (struct vec){.type = t, .phys = type_phys(t), .form = VEC_CONST, .rows = rows};
    v->data = arena_alloc_raw(a, 16);
    *(int64_t *)v->data = value;
    return v;
}

/* A batch of results (or partials) of the window going out; NULL at its end. */
static struct batch *emit(struct window_op *op, struct op_ctx *ctx) {
    const struct agg_keyed *k = &op->keyed;
    struct arena *a = ctx->scratch;
    uint32_t *ids = arena_alloc_raw(a, sizeof *ids * ctx->batch_rows);
    uint32_t n = agg_keyed_present(k, op->result, &op->cursor, ids, ctx->batch_rows);
    if (n == 0) return NULL;
    bool partial = emits_partials(op);
    struct batch *b = batch_new(a, k->keys.count + k->set.nstate + k->set.ncalls + 4);
    b->rows = b->count = n;
    b->wm_floor = ctx->watermark_us;
    keytable_decode(&k->table, ids, n, a, b->cols);
    uint32_t c = k->keys.count;
    if (partial) {
        b->cols[c++] = vec_flatten(constant(a, type_simple(TYPE_BIGINT, false), op->end, n), a);
        agg_states(op->result, ids, n, a, b->cols + c);
        b->ncols = c + k->set.nstate;
        return b;
    }
    agg_results(op->result, ids, n, a, b->cols + c);
    c += k->set.ncalls;
    const struct plan_window_agg *p = op->plan;
    if (p->emit_start) b->cols[c++] = constant(a, p->start_type, op->start, n);
    if (p->emit_end) b->cols[c++] = constant(a, p->start_type, op->end, n);
    if (p->emit_time) b->cols[c++] = constant(a, p->time_type, window_fires_at(&op->window, op->end), n);
    b->ncols = c;
    return b;
}

/* Fires windows up to op->fire_until_us, one batch a call. */
static enum op_result fire(struct window_op *op, struct op_ctx *ctx, struct op_out *out) {
    while (true) {
        if (op->firing) {
            out->batch = emit(op, ctx);
            if (out->batch) return OP_MORE;
            op->firing = false;
            retire(op);
        }
        int64_t end;
        if (!next_window(op, &end)) break;
        if (window_fires_at(&op->window, end) > op->fire_until_us && !op->flush_all) break;
        op->end = end;
        op->firing = true;
        if (!gather_window(op, ctx)) return op_no_memory(ctx);
        if (!op->flush_all) op->fired_us = window_fires_at(&op->window, end);
    }
    if (op->fire_until_us > op->fired_us) op->fired_us = op->fire_until_us;
    op->flush_all = false;
    ctx->stats->state_rows = op->keyed.table.count;
    return OP_DONE;
}

/* ---- adding rows ---- */

struct placed {
    uint32_t n;
    uint32_t *rows;  /* of the batch */
    int64_t *ends;   /* slice of each row */
    int64_t *starts; /* ATTACHED only */
};

static enum status null_time(struct op_ctx *ctx) {
    (void)error_set(ctx->error, ERR_NULL_VALUE, "a row has NULL in the time column of its window");
    return error_hint(ctx->error, "leave such rows out with WHERE ... IS NOT NULL before the window");
}

static const struct vec *time_column(struct window_op *op, struct op_ctx *ctx, const struct batch *in) {
    const struct plan_window_agg *p = op->plan;
    if (p->phase == AGG_GLOBAL) return vec_flatten(in->cols[p->keys.count], ctx->scratch);
    if (op->window.kind == WINDOW_ATTACHED) return vec_flatten(in->cols[p->window.end_col], ctx->scratch);
    if (op->proctime) return NULL;
    return vec_flatten(in->cols[p->window.time_col], ctx->scratch);
}

/* The watermark from which on no window waits for rows of that slice. */
static int64_t deadline(const struct window_op *op, int64_t slice_end) {
    if (op->proctime) return TIME_MAX;
    int64_t last =
        op->window.kind == WINDOW_ATTACHED ? slice_end : window_last_end(&op->window, true_end(slice_end));
    return window_fires_at(&op->window, last);
}

/* Which slice a row counts in that is late for the first windows of its own. CUMULATE: the first slice that
 * is not over, for the windows that hold it are those still open for the row. HOP: one of the same end that
 * knows how many windows are over (999 at most). */
static int64_t still_open(const struct window_op *op, int64_t slice_end, int64_t wm) {
    int64_t over = 0;
    if (op->window.kind == WINDOW_CUMULATE) {
        while (wm >= window_fires_at(&op->window, slice_end)) slice_end += op->window.slice;
        return slice_end;
    }
    for (int64_t end = window_first_end(&op->window, slice_end);
         over < WINDOW_MS - 1 && wm >= window_fires_at(&op->window, end); end += op->window.slide)
        over++;
    return slice_end + over;
}

/* Finds the slice of each row of the selection from `from` to `to`, leaving out late ones. */
static enum status place_rows(struct window_op *op, struct op_ctx *ctx, const struct batch *in, uint32_t from,
                              uint32_t to, struct placed *p) {
    const struct vec *times = time_column(op, ctx, in);
    const int64_t *t = times ? times->data : NULL;
    const int64_t *starts = NULL;
    bool given = op->window.kind == WINDOW_ATTACHED || op->plan->phase == AGG_GLOBAL;
    if (op->window.kind == WINDOW_ATTACHED && op->plan->phase != AGG_GLOBAL)
        starts = vec_flatten(in->cols[op->plan->window.start_col], ctx->scratch)->data;
    p->rows = arena_alloc_raw(ctx->scratch, sizeof *p->rows * (to - from));
    p->ends = arena_alloc_raw(ctx->scratch, sizeof *p->ends * (to - from));
    p->starts = starts ? arena_alloc_raw(ctx->scratch, sizeof *p->starts * (to - from)) : NULL;
    int64_t low = 1, high = 0, end = 0; /* times low..high-1 are in slice `end` */
    int64_t late_from = TIME_MAX, partly_from = TIME_MAX;
    bool several = op->window.kind == WINDOW_HOP || op->window.kind == WINDOW_CUMULATE;
    bool rehome = several && op->elsewhere && !given && !op->proctime;
    uint32_t n = 0;
    for (uint32_t k = from; k < to; k++) {
        uint32_t row = in->sel ? in->sel[k] : k;
        if (times && times->valid && !valid_bit(times->valid, row)) return null_time(ctx);
        int64_t at = t ? t[row] : ctx->now_us, wm = op_wm_before(ctx, in, row);
        if (at < low || at >= high) {
            end = given ? at : window_slice_end(&op->window, window_local(&op->window, at));
            late_from = deadline(op, end);
            if (rehome) partly_from = window_fires_at(&op->window, window_first_end(&op->window, end));
            low = given || op->window.zone ? at : end - op->window.slice;
            high = given || op->window.zone ? at + 1 : end;
        }
        if (wm < op->fired_us) wm = op->fired_us;
        if (wm >= late_from) {
            ctx->stats->late_rows++;
            continue;
        }
        p->rows[n] = row;
        p->ends[n] = wm >= partly_from ? still_open(op, end, wm) : end;
        if (starts) p->starts[n] = starts[row];
        n++;
    }
    p->n = n;
    return ST_OK;
}

static bool add_to_slice(struct window_op *op, struct op_ctx *ctx, const struct batch *in, struct slice *s,
                         const struct agg_rows *rows) {
    if (!s || !agg_store_reserve(&s->store, keytable_bound(&op->keyed.table))) return false;
    if (op->plan->phase != AGG_GLOBAL) return agg_update(&s->store, rows, in, ctx->scratch);
    uint32_t first = op->keyed.keys.count + 1, n = op->keyed.set.nstate;
    struct vec **states = ARENA_ARRAY(ctx->scratch, struct vec *, n);
    for (uint32_t c = 0; c < n; c++) states[c] = vec_flatten(in->cols[first + c], ctx->scratch);
    return agg_merge_rows(&s->store, rows, states, NULL);
}

/* Adds the rows of each slice; most batches have one or two. */
static bool add_by_slice(struct window_op *op, struct op_ctx *ctx, const struct batch *in, struct placed *p,
                         uint32_t *ids) {
    uint32_t *rest_rows = arena_alloc_raw(ctx->scratch, sizeof *rest_rows * p->n);
    uint32_t *rest_ids = arena_alloc_raw(ctx->scratch, sizeof *rest_ids * p->n);
    uint32_t *rows = arena_alloc_raw(ctx->scratch, sizeof *rows * p->n);
    uint32_t *now_ids = arena_alloc_raw(ctx->scratch, sizeof *now_ids * p->n);
    while (p->n) {
        int64_t end = p->ends[0], start = p->starts ? p->starts[0] : 0;
        uint32_t same = 0, rest = 0;
        while (same < p->n && p->ends[same] == end) same++;
        if (same == p->n) { /* all in one */
            struct agg_rows all = {p->n, ids, p->rows};
            if (!in->sel && p->n == in->rows) all.rows = NULL;
            return add_to_slice(op, ctx, in, slice_at(op, ctx, end, start), &all);
        }
        same = 0;
        for (uint32_t k = 0; k < p->n; k++) {
            bool mine = p->ends[k] == end;
            if (mine) {
                rows[same] = p->rows[k];
                now_ids[same++] = ids[k];
            } else {
                rest_rows[rest] = p->rows[k];
                rest_ids[rest] = ids[k];
                p->ends[rest] = p->ends[k];
                if (p->starts) p->starts[rest] = p->starts[k];
                rest++;
            }
        }
        struct agg_rows some = {same, now_ids, rows};
        if (!add_to_slice(op, ctx, in, slice_at(op, ctx, end, start), &some)) return false;
        memcpy(p->rows, rest_rows, rest * sizeof *rest_rows);
        memcpy(ids, rest_ids, rest * sizeof *rest_ids);
        p->n = rest;
    }
    return true;
}

static enum status add_rows(struct window_op *op, struct op_ctx *ctx, const struct batch *in, uint32_t from,
                            uint32_t to) {
    struct placed p = {0};
    TRY(place_rows(op, ctx, in, from, to, &p));
    if (p.n == 0) return ST_OK;
    uint32_t *ids = arena_alloc_raw(ctx->scratch, sizeof *ids * p.n);
    struct sel sel = {p.rows, p.n};
    if (!in->sel && p.n == in->rows) sel.idx = NULL;
    if (!keytable_upsert_rows(&op->keyed.table, in->cols, op->keyed.keys.items, sel, ctx->scratch, ids, NULL,
                              NULL) ||
        !add_by_slice(op, ctx, in, &p, ids))
        return mem_limit_error(ctx->mem, ctx->error);
    return ST_OK;
}

/* Where in the selection the rows' own watermarks end a window: the rows from there on come after it. */
static uint32_t segment_end(const struct window_op *op, const struct op_ctx *ctx, const struct batch *in) {
    bool several = op->window.kind == WINDOW_HOP || op->window.kind == WINDOW_CUMULATE;
    if (!several || !in->wm_before || op->plan->phase != AGG_ONE || op->elsewhere || op->proctime)
        return in->count;
    uint32_t last = in->sel ? in->sel[in->count - 1] : in->count - 1;
    int64_t wm = op->fired_us > ctx->watermark_us ? op->fired_us : ctx->watermark_us;
    int64_t fires = TIME_MIN + 1; /* nothing is over yet: the first row that knows better */
    if (wm != TIME_MIN) {
        int64_t border =
            window_floor(window_local(&op->window, wm) + WINDOW_MS, op->window.slice, op->window.offset);
        fires = window_fires_at(&op->window, border + op->window.slice);
    }
    if (in->wm_before[last] < fires) return in->count;
    for (uint32_t k = op->next; k < in->count; k++) {
        if (in->wm_before[in->sel ? in->sel[k] : k] >= fires) return k;
    }
    return in->count;
}

/* Consumes the rest of the batch, firing in between where need be. */
static enum op_result consume(struct window_op *op, struct op_ctx *ctx, struct op_out *out) {
    while (op->next < op->in->count) {
        uint32_t to = segment_end(op, ctx, op->in);
        if (to == op->next) {
            op->fire_until_us = op->in->wm_before[op->in->sel ? op->in->sel[to] : to];
            enum op_result r = fire(op, ctx, out);
            if (r != OP_DONE) return r;
            continue;
        }
        if (add_rows(op, ctx, op->in, op->next, to) != ST_OK) return OP_FAIL;
        op->next = to;
    }
    op->in = NULL;
    if (!emits_partials(op) || ctx->mem->used_bytes < LOCAL_BYTES_MAX) return OP_DONE;
    op->flush_all = true;
    op->fire_until_us = op->fired_us;
    return fire(op, ctx, out);
}

/* ---- the operator ---- */

struct restoring {
    struct window_op *op;
    struct op_ctx *ctx;
};

static struct agg_store *restored_store(void *arg, uint32_t id, int64_t end, int64_t tag1) {
    (void)id;
    struct restoring *r = arg;
    bool attached = r->op->window.kind == WINDOW_ATTACHED;
    if (!attached && tag1 > r->op->fired_us) r->op->fired_us = tag1;
    struct slice *s = slice_at(r->op, r->ctx, end, attached ? tag1 : 0);
    return s ? &s->store : NULL;
}

/* Slices are on the grid, and none outlives its last window. */
static enum status check_restored(const struct window_op *op, struct error *e) {
    const struct window *w = &op->window;
    for (uint32_t s = 0; s < op->nslices; s++) {
        int64_t end = op->slices[s].end;
        bool sane = end > -TIME_SANE_US && end < TIME_SANE_US && op->fired_us < TIME_SANE_US;
        if (sane && w->kind != WINDOW_ATTACHED)
            sane = window_floor(true_end(end), w->slice, w->offset) == true_end(end);
        if (!sane || deadline(op, end) <= op->fired_us)
            return error_set(e, ERR_STATE,
                             "the snapshot of a window aggregate is broken: its times make no sense");
    }
    return ST_OK;
}

static enum status window_open(const struct plan_node *node, struct op_ctx *ctx,
                               struct snapshot_reader *restore, struct op **out) {
    struct window_op *op = ARENA_NEW(ctx->arena, struct window_op);
    *out = (struct op *)op;
    const struct plan_window_agg *p = op->plan = &node->window_agg;
    window_init(&op->window, &p->window, ctx->eval->zone);
    op->proctime = p->window.proctime && p->phase != AGG_GLOBAL;
    op->elsewhere = p->phase == AGG_LOCAL || node->inputs[0]->kind == PLAN_EXCHANGE;
    op->fired_us = ctx->watermark_us;
    op->fire_until_us = TIME_MIN;
    int32_t first_state = p->phase == AGG_GLOBAL ? (int32_t)p->keys.count + 1 : -1;
    TRY(agg_keyed_init(&op->keyed, ctx, node->inputs[0], p->keys, p->aggs, p->naggs, first_state,
                       p->input_retracts, 0));
    TRY(agg_store_init(&op->merged, &op->keyed.set, ctx->mem, ctx->arena, ctx->error));
    struct restoring r = {op, ctx};
    if (!restore) return ST_OK;
    TRY(agg_keyed_read(&op->keyed, restore, ctx, restored_store, &r));
    return check_restored(op, ctx->error);
}

static enum op_result window_push(struct op *base, struct op_ctx *ctx, unsigned port, const struct batch *in,
                                  struct op_out *out) {
    (void)port;
    struct window_op *op = (struct window_op *)base;
    if (in->count == 0) return OP_DONE;
    op->in = in;
    op->next = 0;
    return consume(op, ctx, out);
}

static enum op_result window_resume(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct window_op *op = (struct window_op *)base;
    enum op_result r = fire(op, ctx, out);
    if (r != OP_DONE || !op->in) return r;
    return consume(op, ctx, out);
}

static enum op_result window_watermark(struct op *base, struct op_ctx *ctx, int64_t t, struct op_out *out) {
    struct window_op *op = (struct window_op *)base;
    if (op->plan->window.proctime && t != TIME_MAX) return OP_DONE;
    op->fire_until_us = t;
    return fire(op, ctx, out);
}

static enum op_result window_tick(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct window_op *op = (struct window_op *)base;
    if (!op->plan->window.proctime) return OP_DONE;
    op->fire_until_us = ctx->now_us;
    return fire(op, ctx, out);
}

static enum op_result window_flush(struct op *base, struct op_ctx *ctx, struct op_out *out) {
    struct window_op *op = (struct window_op *)base;
    if (!emits_partials(op)) return OP_DONE;
    op->flush_all = true;
    op->fire_until_us = op->fired_us;
    return fire(op, ctx, out);
}

static enum status window_snapshot(struct op *base, struct op_ctx *ctx, struct snapshot_writer *w) {
    struct window_op *op = (struct window_op *)base;
    uint32_t ids[BATCH_MAX_ROWS];
    int64_t tag0[BATCH_MAX_ROWS], tag1[BATCH_MAX_ROWS];
    for (uint32_t s = 0; s < op->nslices; s++) {
        const struct slice *slice = &op->slices[s];
        int64_t second = op->window.kind == WINDOW_ATTACHED ? slice->start : op->fired_us;
        uint32_t cursor = 0, n;
        while ((n = agg_keyed_present(&op->keyed, &slice->store, &cursor, ids, BATCH_MAX_ROWS))) {
            for (uint32_t k = 0; k < n; k++) {
                tag0[k] = slice->end;
                tag1[k] = second;
            }
            arena_reset(ctx->scratch);
            agg_keyed_write(&op->keyed, &slice->store, ids, n, tag0, tag1, w, ctx->scratch);
        }
        agg_keyed_write_values(&op->keyed, &slice->store, slice->end, second, w, ctx->scratch);
    }
    return ST_OK;
}

static void window_close(struct op *base, struct op_ctx *ctx) {
    struct window_op *op = (struct window_op *)base;
    while (op->nslices) slice_drop(op, op->nslices - 1);
    mem_free(ctx->mem, op->slices, op->cap * sizeof *op->slices);
    if (op->merged.set) agg_store_free(&op->merged);
    agg_keyed_free(&op->keyed);
}

const struct op_class op_window_agg_class = {
    .name = "window aggregate",
    .open = window_open,
    .push = window_push,
    .resume = window_resume,
    .watermark = window_watermark,
    .tick = window_tick,
    .flush = window_flush,
    .snapshot = window_snapshot,
    .close = window_close,
};
