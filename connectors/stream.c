/* SPDX-License-Identifier: Apache-2.0
 *
 * The stream connector: reads what a program pushes (stream.h). An item of the table's queue is a chunk, rows
 * (with several workers: some of them) or a watermark. Rows are read in place, so a reader keeps its item
 * until its next claim.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "connectors/builtin.h"
#include "connectors/stream_internal.h"

#define SNAPSHOT_VERSION 1
#define WAIT_US 1000000 /* a push wakes */
#define CHUNK_BATCHES 4 /* with several workers, who decode a whole chunk before they take their turn */

static const struct option_def options[] = {
    {.key = "bounded",
     .type = OPT_BOOL,
     .def = "false",
     .help = "the program will end it: a query over it ends, and may sort at the end"},
    {.key = "keep",
     .type = OPT_BOOL,
     .def = "false",
     .help = "what was pushed stays until the table is dropped: all queries get it, whenever they start"},
    {.key = NULL},
};

struct stream_source {
    struct io_config config;
    const struct plan_scan *scan;
    uint32_t ncols;
    struct stream_table *table;
    struct stream_subscriber subscriber;
    int64_t chunk_rows;          /* most rows of a chunk */
    uint64_t taken;              /* items taken before this run */
    int64_t idle_timeout_us;     /* 0 = never */
    _Atomic int64_t last_us;     /* when something was last there to claim; 0 = not asked for */
    uint8_t idle;                /* the one split, while it is idle; always 0 */
};

struct stream_reader {
    struct stream_source *source;
    uint32_t worker, batch_rows;
    bool skip;                    /* rows that do not decode are left out */
    struct stream_item *item;     /* being read; NULL = none */
    struct stream_format *format; /* of `arrow`; NULL = none yet */
    struct arrow_reader arrow;
    int64_t next, end;            /* rows of the item */
    int64_t alone;                /* rows before this one are read one by one */
};

/* ---- opening ---- */

static enum status restore(struct stream_source *s, struct inbuf *state, struct error *e) {
    if (!state) return ST_OK;
    bool known = inbuf_u8(state) == SNAPSHOT_VERSION;
    s->taken = inbuf_u64(state);
    return known && !state->bad ? ST_OK
                                : error_set(e, ERR_STATE, "the position of a stream table is damaged");
}

static enum status stream_open(const struct io_config *c, const struct plan_scan *scan,
                               const struct plan_node *node, struct inbuf *state, struct source **out,
                               struct error *e) {
    if (!c->streams)
        return error_set(e, ERR_INVALID_QUERY, "table %.*s is fed by a program that uses Weir as a library",
                         STR_ARG(c->table->name));
    struct stream_source *s = calloc(1, sizeof *s);
    if (!s) mem_exhausted();
    *s = (struct stream_source){.config = *c, .scan = scan, .ncols = node->ncols};
    s->idle_timeout_us = scan->idle_timeout_us;
    s->chunk_rows = c->parallelism > 1 ? CHUNK_BATCHES * (int64_t)c->batch_rows : INT64_MAX;
    if (restore(s, state, e) != ST_OK) {
        free(s);
        return ST_ERROR;
    }
    s->subscriber =
        (struct stream_subscriber){.nworkers = c->parallelism, .wake = c->wake, .wake_arg = c->wake_arg};
    s->subscriber.waiting = calloc(c->parallelism + 1ul, sizeof(bool));
    if (!s->subscriber.waiting) mem_exhausted();
    s->table = stream_subscribe(c->streams, c->table->name, &s->subscriber);
    *out = (struct source *)s;
    return ST_OK;
}

static void stream_close(struct source *source) {
    struct stream_source *s = (struct stream_source *)source;
    stream_unsubscribe(s->table, &s->subscriber);
    free(s->subscriber.waiting);
    free(s);
}

static enum status stream_reader_open(struct source *source, const struct io_config *c, struct reader **out,
                                      struct error *e UNUSED) {
    struct stream_reader *r = calloc(1, sizeof *r);
    if (!r) mem_exhausted();
    *r = (struct stream_reader){.source = (struct stream_source *)source,
                                .worker = c->worker,
                                .batch_rows = c->batch_rows,
                                .skip = c->on_error == ON_ERROR_SKIP};
    *out = (struct reader *)r;
    return ST_OK;
}

static void let_go(struct stream_reader *r) {
    if (r->format) arrow_reader_close(&r->arrow);
    stream_format_drop(r->format);
    stream_item_drop(r->item);
    r->format = NULL;
    r->item = NULL;
}

static void stream_reader_close(struct reader *reader) {
    let_go((struct stream_reader *)reader);
    free(reader);
}

/* ---- claiming ---- */

/* Are the columns of the feed those that the query was planned with? The table may have been made anew. */
static bool same_columns(const struct schema *a, const struct schema *b) {
    if (a->count != b->count) return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!str_eq(a->fields[i].name, b->fields[i].name)) return false;
        if (!type_equal(a->fields[i].type, b->fields[i].type)) return false;
    }
    return true;
}

/* Goes on to the rows of an item, which it keeps. */
static enum status begin(struct stream_reader *r, struct stream_item *item, const struct stream_part *part,
                         struct error *e) {
    const struct plan_table *table = r->source->config.table;
    if (r->format != item->format) {
        let_go(r);
        if (!same_columns(&item->format->columns, &table->physical)) {
            stream_item_drop(item);
            return error_set(e, ERR_MISUSE, "table %.*s has other columns than when its input was opened",
                             STR_ARG(table->name));
        }
        stream_format_keep(item->format);
        r->format = item->format;
        arrow_reader_open(&r->arrow, r->format->layout);
    }
    arrow_reader_begin(&r->arrow, &item->array);
    stream_item_drop(r->item);
    r->item = item;
    r->next = r->alone = part->from;
    r->end = part->to;
    struct io_counters *n = r->source->config.counters;
    if (n && part->from == 0) atomic_fetch_add_explicit(&n->bytes, item->bytes, memory_order_relaxed);
    return ST_OK;
}

/* Nothing is there: the array that was read goes, and after some time the table is idle. */
static void wait_for_rows(struct stream_source *s, struct stream_reader *r, struct chunk *out) {
    if (r->item) arrow_reader_begin(&r->arrow, NULL);
    stream_item_drop(r->item);
    r->item = NULL;
    out->wait_us = WAIT_US;
    out->follow = true;
    if (!s->idle_timeout_us) return;
    struct env *env = s->config.env;
    int64_t now = env->monotonic_us(env), last = atomic_load(&s->last_us);
    if (!last) atomic_store(&s->last_us, last = now);
    int64_t left = last + s->idle_timeout_us - now;
    if (left > 0) {
        out->wait_us = left < WAIT_US ? left : WAIT_US;
    } else {
        out->active = &s->idle;
        out->nactive = 1;
    }
}

static enum claim stream_claim(struct source *source, struct reader *reader, struct chunk *out,
                               struct error *e) {
    struct stream_source *s = (struct stream_source *)source;
    struct stream_reader *r = (struct stream_reader *)reader;
    struct stream_part part;
    struct stream_item *item = stream_take(s->table, &s->subscriber, r->worker, s->chunk_rows, &part);
    if (!item) {
        wait_for_rows(s, r, out);
        return CLAIM_WAIT;
    }
    if (item->kind == STREAM_LAST) return CLAIM_END;
    out->seq = part.seq;
    if (s->idle_timeout_us) atomic_store(&s->last_us, 0);
    if (item->kind == STREAM_ROWS) return begin(r, item, &part, e) == ST_OK ? CLAIM_CHUNK : CLAIM_FAIL;
    out->watermark_us = item->watermark_us;
    stream_item_drop(item);
    r->next = r->end = 0;
    return CLAIM_CHUNK;
}

/* ---- decoding ---- */

static enum status decode_rows(struct stream_reader *r, uint32_t rows, struct arena *a, struct batch **out,
                               struct error *e) {
    struct stream_source *s = r->source;
    struct batch *b = batch_new(a, s->ncols);
    b->rows = b->count = rows;
    for (uint32_t i = 0; i < s->ncols; i++)
        TRY(arrow_column(&r->arrow, s->scan->cols[i].physical, r->next, rows, a, &b->cols[i], e));
    r->next += rows;
    *out = b;
    return ST_OK;
}

/* A row that is wrong is left out with on-error = skip: of a batch that has one each is then read alone. */
static enum status decode_or_skip(struct stream_reader *r, uint32_t rows, struct arena *a, struct batch **out,
                                  struct error *e) {
    while (r->next < r->end) {
        if (r->next < r->alone) rows = 1;
        if (decode_rows(r, rows, a, out, e) == ST_OK) return ST_OK;
        error_clear(e);
        if (rows > 1) {
            r->alone = r->next + rows;
            continue;
        }
        r->next++;
        if (r->source->config.counters)
            atomic_fetch_add_explicit(&r->source->config.counters->bad_records, 1, memory_order_relaxed);
    }
    return ST_OK;
}

static enum status stream_decode(struct reader *reader, struct arena *a, struct batch **out,
                                 struct error *e) {
    struct stream_reader *r = (struct stream_reader *)reader;
    *out = NULL;
    if (r->next == r->end) return ST_OK;
    int64_t left = r->end - r->next;
    uint32_t rows = left < r->batch_rows ? (uint32_t)left : r->batch_rows;
    if (r->skip) return decode_or_skip(r, rows, a, out, e);
    if (decode_rows(r, rows, a, out, e) == ST_OK) return ST_OK;
    error_prefix(e, "table %.*s: ", STR_ARG(r->source->config.table->name));
    return ST_ERROR;
}

/* What was pushed is gone with the program that did: it must know itself how much of it was read. */
static enum status stream_snapshot(struct source *source, struct outbuf *out, struct error *e UNUSED) {
    struct stream_source *s = (struct stream_source *)source;
    outbuf_u8(out, SNAPSHOT_VERSION);
    outbuf_u64(out, s->taken + s->subscriber.taken);
    return ST_OK;
}

static bool stream_bounded(const struct options *o) {
    return option_bool(o, "", options, "bounded");
}

bool stream_keeps(const struct options *o) {
    return option_bool(o, "", options, "keep");
}

static const struct source_class source = {
    .open = stream_open,
    .reader_open = stream_reader_open,
    .claim = stream_claim,
    .decode = stream_decode,
    .snapshot = stream_snapshot,
    .reader_close = stream_reader_close,
    .close = stream_close,
};

const struct connector_class stream_connector = {
    .desc = {.name = "stream",
             .caps = CONN_SOURCE | CONN_GIVES_WATERMARK,
             .options = options,
             .bounded = stream_bounded,
             .help = "rows that a program pushes"},
    .source = &source,
};
