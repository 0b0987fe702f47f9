/* SPDX-License-Identifier: Apache-2.0
 *
 * The source behind counter-based generators, and Zipf draws; see generator.h.
 */
#include "connectors/generator.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#define CHUNK_BATCHES 2
#define WAIT_US 5000 /* at most, for the rate */
#define SNAPSHOT_VERSION 1

struct generator_source_state {
    struct io_config config;
    struct generator *generator;
    uint32_t ncols;
    struct str split;
    pthread_mutex_t mutex; /* guards all below */
    uint64_t next;         /* number not handed out yet */
    uint64_t seq;
    int64_t begun_us;      /* for the rate */
    uint64_t begun_at;
};

struct generator_reader {
    struct generator_source_state *source;
    uint64_t at, end; /* of the chunk */
};

enum status generator_source(const struct io_config *c, struct generator *g, uint32_t ncols, struct inbuf *state,
                             struct source **out, struct error *e) {
    struct generator_source_state *s = calloc(1, sizeof *s);
    if (!s) abort();
    s->config = *c;
    s->generator = g;
    s->ncols = ncols;
    pthread_mutex_init(&s->mutex, NULL);
    *out = (struct source *)s;
    if (!state) return ST_OK;
    uint8_t version = inbuf_u8(state);
    s->next = inbuf_u64(state);
    if (version == SNAPSHOT_VERSION && !state->bad) return ST_OK;
    return error_set(e, ERR_STATE, "the position of table %.*s in the snapshot is broken", STR_ARG(c->table->name));
}

enum status generator_reader_open(struct source *source, const struct io_config *c UNUSED, struct reader **out,
                                  struct error *e UNUSED) {
    struct generator_reader *r = calloc(1, sizeof *r);
    if (!r) abort();
    r->source = (struct generator_source_state *)source;
    *out = (struct reader *)r;
    return ST_OK;
}

/* How many rows the rate allows now beyond s->next. */
static uint64_t allowed(struct generator_source_state *s, uint64_t want) {
    if (!s->generator->rows_per_second) return want;
    int64_t now = s->config.env->monotonic_us(s->config.env);
    if (!s->begun_us) {
        s->begun_us = now;
        s->begun_at = s->next;
    }
    double due = (double)(now - s->begun_us) / 1e6 * (double)s->generator->rows_per_second + 1;
    uint64_t made = s->next - s->begun_at;
    if (due <= (double)made) return 0;
    uint64_t room = (uint64_t)due - made;
    return room < want ? room : want;
}

enum claim generator_claim(struct source *source, struct reader *reader, struct chunk *out, struct error *e UNUSED) {
    struct generator_source_state *s = (struct generator_source_state *)source;
    struct generator_reader *r = (struct generator_reader *)reader;
    uint64_t want = (uint64_t)s->config.batch_rows * CHUNK_BATCHES;
    pthread_mutex_lock(&s->mutex);
    enum claim result = CLAIM_END;
    if (s->generator->rows >= 0 && s->next + want > (uint64_t)s->generator->rows)
        want = s->next < (uint64_t)s->generator->rows ? (uint64_t)s->generator->rows - s->next : 0;
    if (want) {
        uint64_t n = allowed(s, want);
        result = n ? CLAIM_CHUNK : CLAIM_WAIT;
        out->wait_us = WAIT_US;
        out->seq = n ? s->seq++ : 0;
        r->at = s->next;
        s->next += n;
        r->end = s->next;
    }
    pthread_mutex_unlock(&s->mutex);
    return result;
}

enum status generator_decode(struct reader *reader, struct arena *a, struct batch **out, struct error *e) {
    struct generator_reader *r = (struct generator_reader *)reader;
    struct generator_source_state *s = r->source;
    *out = NULL;
    if (r->at == r->end) return ST_OK;
    uint64_t left = r->end - r->at;
    uint32_t n = left < s->config.batch_rows ? (uint32_t)left : s->config.batch_rows;
    struct batch *b = batch_new(a, s->ncols);
    struct origin *origin = ARENA_NEW(a, struct origin);
    *origin = (struct origin){s->config.table->name, STR("the generator"), NULL, (int64_t)r->at};
    b->rows = b->count = n;
    b->origin = origin;
    TRY(s->generator->fill(s->generator, r->at, n, a, b->cols, e));
    r->at += n;
    *out = b;
    return ST_OK;
}

enum status generator_snapshot(struct source *source, struct outbuf *out, struct error *e UNUSED) {
    outbuf_u8(out, SNAPSHOT_VERSION);
    outbuf_u64(out, ((struct generator_source_state *)source)->next);
    return ST_OK;
}

void generator_reader_close(struct reader *r) {
    free(r);
}

void generator_close(struct source *source) {
    struct generator_source_state *s = (struct generator_source_state *)source;
    if (s->generator->close) s->generator->close(s->generator);
    pthread_mutex_destroy(&s->mutex);
    free(s);
}

void zipf_init(struct zipf *z, struct arena *a, uint32_t n, double s) {
    double total = 0, *p = malloc(sizeof *p * n);
    uint32_t *small = malloc(sizeof *small * n), *large = malloc(sizeof *large * n), nsmall = 0, nlarge = 0;
    if (!p || !small || !large) abort();
    z->n = n;
    z->threshold = ARENA_ARRAY(a, uint32_t, n);
    z->alias = ARENA_ARRAY(a, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) total += p[i] = pow(i + 1, -s);
    for (uint32_t i = 0; i < n; i++) {
        p[i] *= n / total;
        z->alias[i] = i;
        z->threshold[i] = UINT32_MAX;
        if (p[i] < 1) small[nsmall++] = i;
        else large[nlarge++] = i;
    }
    while (nsmall && nlarge) {
        uint32_t less = small[--nsmall], more = large[nlarge - 1];
        z->threshold[less] = (uint32_t)(p[less] * 4294967295.0);
        z->alias[less] = more;
        p[more] -= 1 - p[less];
        if (p[more] >= 1) continue;
        nlarge--;
        small[nsmall++] = more;
    }
    free(p);
    free(small);
    free(large);
}
