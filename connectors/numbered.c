/* SPDX-License-Identifier: Apache-2.0
 *
 * Sources of numbered rows; see numbered.h.
 */
#include "connectors/numbered.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define CHUNK_ROWS 16384
#define SNAPSHOT_VERSION 1

struct numbered {
    struct io_config config;
    const struct generator_class *class;
    struct generator *generator;
    struct numbered_config numbers;
    uint32_t ncols;               /* output columns */
    const struct type **types;    /* of the output columns */
    uint32_t chunk_rows;
    struct arena arena;
    pthread_mutex_t mutex;        /* guards the rest */
    uint64_t next;                /* number of the next row */
    uint64_t seq;                 /* of the next chunk */
    int64_t started_us;           /* 0 = not yet */
    uint64_t started_at;          /* `next` at that time */
};

struct numbered_reader {
    struct numbered *source;
    uint32_t batch_rows;
    uint64_t next, end; /* of the chunk */
};

/* The number of each output column in the connector's schema. */
static enum status find_columns(const struct schema *schema, const struct plan_scan *scan, uint32_t *wanted,
                                uint32_t ncols, struct error *e) {
    for (uint32_t i = 0; i < ncols; i++) {
        struct str name = scan->table->physical.fields[scan->cols[i].physical].name;
        wanted[i] = scan->cols[i].physical;
        if (!schema) continue;
        for (wanted[i] = 0; wanted[i] < schema->count; wanted[i]++) {
            if (str_eq(schema->fields[wanted[i]].name, name)) break;
        }
        if (wanted[i] == schema->count)
            return error_set(e, ERR_UNKNOWN_COLUMN, "connector '%s' has no column '%.*s'",
                             scan->table->connector->name, STR_ARG(name));
    }
    return ST_OK;
}

static enum status restore(struct numbered *s, struct inbuf *state, struct error *e) {
    if (!state) return ST_OK;
    bool known = inbuf_u8(state) == SNAPSHOT_VERSION;
    s->next = inbuf_u64(state);
    return known && !state->bad ? ST_OK
                                : error_set(e, ERR_STATE, "the position of a generated table is damaged");
}

static enum status set_up(struct numbered *s, const struct schema *schema, const struct plan_scan *scan,
                          const struct plan_node *node, struct inbuf *state, struct error *e) {
    uint32_t *wanted = ARENA_ARRAY(&s->arena, uint32_t, node->ncols + 1);
    s->ncols = node->ncols;
    s->types = ARENA_ARRAY(&s->arena, const struct type *, node->ncols + 1);
    for (uint32_t i = 0; i < node->ncols; i++) s->types[i] = node->cols[i].type;
    TRY(find_columns(schema, scan, wanted, node->ncols, e));
    TRY(s->class->open(&s->config, wanted, node->ncols, &s->arena, &s->generator, &s->numbers, e));
    TRY(restore(s, state, e));
    uint64_t rate = s->numbers.rows_per_second;
    s->chunk_rows = rate && rate / 20 < CHUNK_ROWS ? (uint32_t)(rate / 20) + 1 : CHUNK_ROWS;
    if (s->chunk_rows > 32 * s->config.batch_rows) s->chunk_rows = 32 * s->config.batch_rows;
    return ST_OK;
}

enum status numbered_open(const struct generator_class *class, const struct schema *schema,
                          const struct io_config *c, const struct plan_scan *scan,
                          const struct plan_node *node, struct inbuf *state, struct source **out,
                          struct error *e) {
    struct numbered *s = calloc(1, sizeof *s);
    if (!s) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    s->config = *c;
    s->class = class;
    pthread_mutex_init(&s->mutex, NULL);
    if (set_up(s, schema, scan, node, state, e) != ST_OK) {
        numbered_close((struct source *)s);
        return ST_ERROR;
    }
    *out = (struct source *)s;
    return ST_OK;
}

void numbered_close(struct source *source) {
    struct numbered *s = (struct numbered *)source;
    pthread_mutex_destroy(&s->mutex);
    arena_free(&s->arena);
    free(s);
}

enum status numbered_reader_open(struct source *s, const struct io_config *c, struct reader **out,
                                 struct error *e) {
    struct numbered_reader *r = calloc(1, sizeof *r);
    if (!r) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    *r = (struct numbered_reader){.source = (struct numbered *)s, .batch_rows = c->batch_rows};
    *out = (struct reader *)r;
    return ST_OK;
}

void numbered_reader_close(struct reader *r) {
    free(r);
}

/* Microseconds until `rows` more rows may be made. */
static int64_t hold_rate(struct numbered *s, uint64_t rows) {
    uint64_t rate = s->numbers.rows_per_second;
    if (!rate) return 0;
    int64_t now = s->config.env->monotonic_us(s->config.env);
    if (!s->started_us) {
        s->started_us = now;
        s->started_at = s->next;
    }
    double due = (double)(s->next - s->started_at + rows) * 1e6 / (double)rate;
    int64_t wait = s->started_us + (int64_t)due - now;
    return wait > 0 ? wait : 0;
}

enum claim numbered_claim(struct source *source, struct reader *reader, struct chunk *out,
                          UNUSED struct error *e) {
    struct numbered *s = (struct numbered *)source;
    struct numbered_reader *r = (struct numbered_reader *)reader;
    enum claim c = CLAIM_END;
    pthread_mutex_lock(&s->mutex);
    if (s->next < s->numbers.rows) {
        uint64_t left = s->numbers.rows - s->next, rows = left < s->chunk_rows ? left : s->chunk_rows;
        out->wait_us = hold_rate(s, rows);
        c = out->wait_us ? CLAIM_WAIT : CLAIM_CHUNK;
        if (c == CLAIM_CHUNK) {
            out->seq = s->seq++;
            r->next = s->next;
            r->end = s->next += rows;
        }
    }
    pthread_mutex_unlock(&s->mutex);
    return c;
}

enum status numbered_decode(struct reader *reader, struct arena *a, struct batch **out, struct error *e) {
    struct numbered_reader *r = (struct numbered_reader *)reader;
    struct numbered *s = r->source;
    *out = NULL;
    if (r->next == r->end) return ST_OK;
    uint64_t left = r->end - r->next;
    uint32_t rows = left < r->batch_rows ? (uint32_t)left : r->batch_rows;
    struct batch *b = batch_new_flat(a, s->types, s->ncols, rows);
    TRY(s->class->fill(s->generator, r->next, rows, b->cols, a, e));
    struct origin *origin = ARENA_NEW(a, struct origin);
    *origin = (struct origin){s->config.table->name, STR("row"), NULL, (int64_t)r->next};
    b->origin = origin;
    r->next += rows;
    *out = b;
    return ST_OK;
}

enum status numbered_snapshot(struct source *source, struct outbuf *out, UNUSED struct error *e) {
    struct numbered *s = (struct numbered *)source;
    outbuf_u8(out, SNAPSHOT_VERSION);
    outbuf_u64(out, s->next);
    return ST_OK;
}

/* ---- drawing by weight ---- */

void alias_init(struct alias *t, struct arena *a, const double *weights, uint32_t count) {
    double total = 0, *share = ARENA_ARRAY(a, double, count);
    uint32_t *small = ARENA_ARRAY(a, uint32_t, count), *large = ARENA_ARRAY(a, uint32_t, count);
    uint32_t nsmall = 0, nlarge = 0;
    t->count = count;
    t->items = ARENA_ARRAY(a, struct alias_entry, count);
    for (uint32_t i = 0; i < count; i++) total += weights[i];
    for (uint32_t i = 0; i < count; i++) {
        share[i] = weights[i] / total * count;
        t->items[i] = (struct alias_entry){UINT32_MAX, i};
        if (share[i] < 1) small[nsmall++] = i;
        else large[nlarge++] = i;
    }
    while (nsmall && nlarge) { /* what a small entry leaves free of its cell, a large one fills */
        uint32_t s = small[--nsmall], l = large[nlarge - 1];
        t->items[s] = (struct alias_entry){(uint32_t)(share[s] * 4294967295.0), l};
        share[l] -= 1 - share[s];
        if (share[l] >= 1) continue;
        nlarge--;
        small[nsmall++] = l;
    }
}

void alias_zipf(struct alias *t, struct arena *a, uint32_t count, double s) {
    double *weights = ARENA_ARRAY(a, double, count);
    for (uint32_t i = 0; i < count; i++) weights[i] = pow(i + 1, -s);
    alias_init(t, a, weights, count);
}
