/* SPDX-License-Identifier: Apache-2.0
 *
 * The blackhole sink: takes everything, keeps nothing but a count and a checksum over all columns, which it
 * logs at its end ("blackhole t: 5 rows, checksum 0123456789abcdef"). The checksum is the sum of the rows'
 * hashes, retracted rows subtracted: it depends neither on order nor on batches, and sums over workers add
 * up.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "connectors/builtin.h"
#include "connectors/row_hash.h"

struct blackhole {
    struct io_config config;
    uint64_t rows;     /* rows taken */
    uint64_t checksum; /* sum of their hashes */
};

static enum status blackhole_open(const struct io_config *c, UNUSED const struct plan_sink *plan,
                                  UNUSED const struct plan_node *node, struct sink **out, struct error *e) {
    struct blackhole *s = calloc(1, sizeof *s);
    if (!s) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    s->config = *c;
    *out = (struct sink *)s;
    return ST_OK;
}

static enum sink_result blackhole_push(struct sink *sink, const struct batch *b, UNUSED int64_t watermark_us,
                                       UNUSED struct error *e) {
    struct blackhole *s = (struct blackhole *)sink;
    uint64_t hashes[BATCH_MAX_ROWS];
    row_hash(b, hashes);
    if (b->change) {
        SEL_FOREACH(batch_sel(b), k, row)
        s->checksum += hashes[k] * (uint64_t)(int64_t)change_sign(b->change[row]);
    } else {
        for (uint32_t k = 0; k < b->count; k++) s->checksum += hashes[k];
    }
    s->rows += b->count;
    atomic_fetch_add_explicit(&s->config.counters->rows, b->count, memory_order_relaxed);
    return SINK_DONE;
}

static enum sink_result blackhole_prepare(struct sink *sink, UNUSED uint64_t epoch, struct outbuf *out,
                                          UNUSED struct error *e) {
    struct blackhole *s = (struct blackhole *)sink;
    outbuf_u64(out, s->rows);
    outbuf_u64(out, s->checksum);
    return SINK_DONE;
}

static enum status blackhole_restore(struct sink *sink, UNUSED uint64_t committed, struct inbuf *in,
                                     struct error *e) {
    struct blackhole *s = (struct blackhole *)sink;
    s->rows += inbuf_u64(in);
    s->checksum += inbuf_u64(in);
    return in->bad ? error_set(e, ERR_STATE, "the state of a blackhole table is damaged") : ST_OK;
}

static void blackhole_close(struct sink *sink) {
    struct blackhole *s = (struct blackhole *)sink;
    char worker[48] = "";
    if (s->config.parallelism > 1)
        snprintf(worker, sizeof worker, " (worker %u of %u)", s->config.worker + 1, s->config.parallelism);
    connector_log(&s->config, "blackhole %.*s: %" PRIu64 " rows, checksum %016" PRIx64 "%s",
                  STR_ARG(s->config.table->name), s->rows, s->checksum, worker);
    free(s);
}

static const struct option_def options[] = {
    {.key = "sink.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = NULL},
};

static const struct sink_class sink = {
    .open = blackhole_open,
    .push = blackhole_push,
    .prepare = blackhole_prepare,
    .restore = blackhole_restore,
    .close = blackhole_close,
};

const struct connector_class blackhole_connector = {
    .desc = {.name = "blackhole",
             .caps = CONN_SINK | CONN_TAKES_UPDATES | CONN_PARTITIONED,
             .options = options,
             .help = "takes everything, keeps a count and a checksum"},
    .sink = &sink,
};
