/* SPDX-License-Identifier: Apache-2.0
 *
 * The Kafka sink: one producer a worker. A batch is encoded at once and handed to the client row by row; when
 * the client's queue is full the rest waits here and push() is called again. Records are acknowledged by all
 * replicas and numbered (no duplicates from the client's own retries). A checkpoint waits until everything
 * before it is acknowledged: at least once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connectors/kafka/kafka.h"
#include "base/mem.h"
#include "connectors/kafka_desc.h"

#define NO_COLUMN UINT32_MAX

enum partitioner { PARTITIONER_DEFAULT, PARTITIONER_FIXED, PARTITIONER_ROUND_ROBIN };

/* One side of a record: how its columns become bytes. */
struct side {
    const struct format_class *format; /* NULL: no key */
    struct format_config config;
    struct encoder *encoder;
    uint32_t *cols;    /* input column of each of the schema's */
    bool raw;          /* a NULL column makes a NULL, not an empty one */
    struct outbuf buf; /* the batch, encoded */
    size_t *ends;      /* of each row in buf */
};

struct kafka_sink {
    struct kafka_link link; /* first: the client's opaque is both */
    struct arena arena, scratch;
    struct kafka_layout layout;
    struct side value, key;
    uint32_t topic_col, headers_col, timestamp_col; /* input columns or NO_COLUMN */
    rd_kafka_t *rk;
    rd_kafka_queue_t *events;  /* delivery reports */
    rd_kafka_topic_t **topics; /* used so far; [0] is the table's when it names one */
    uint32_t ntopics;
    enum partitioner partitioner;
    _Atomic uint32_t turn;      /* round robin */
    _Atomic bool waiting;       /* the worker wants to be woken by delivery reports */
    bool holding;               /* a batch is partly sent */
    uint32_t row;               /* its next selected row */
    rd_kafka_resp_err_t failed; /* a record was not delivered */
    char failed_topic[260];
};

/* ---- the client's callbacks ---- */

static void on_delivery(rd_kafka_t *rk UNUSED, const rd_kafka_message_t *m, void *opaque) {
    struct kafka_sink *s = opaque;
    if (!m->err) {
        kafka_link_up(&s->link);
        return;
    }
    if (s->failed) return;
    s->failed = m->err;
    snprintf(s->failed_topic, sizeof s->failed_topic, "%s", m->rkt ? rd_kafka_topic_name(m->rkt) : "");
}

static void on_event(rd_kafka_t *rk UNUSED, void *opaque) {
    struct kafka_sink *s = opaque;
    const struct io_config *c = &s->link.config;
    if (atomic_exchange(&s->waiting, false)) c->wake(c->wake_arg, c->worker);
}

static int32_t choose_partition(const rd_kafka_topic_t *topic UNUSED, const void *key UNUSED,
                                size_t key_len UNUSED, int32_t count, void *opaque, void *message UNUSED) {
    struct kafka_sink *s = opaque;
    if (s->partitioner == PARTITIONER_FIXED) return (int32_t)(s->link.config.worker % (uint32_t)count);
    return (int32_t)(atomic_fetch_add(&s->turn, 1) % (uint32_t)count);
}

/* ---- opening ---- */

static enum status open_side(struct kafka_sink *s, struct side *side, const struct plan_sink *plan, bool key,
                             struct error *e) {
    const struct plan_table *t = plan->table;
    const struct schema *schema = key ? &s->layout.key : &s->layout.value;
    const uint32_t *physical = key ? s->layout.key_physical : s->layout.value_physical;
    uint32_t *projection = ARENA_ARRAY(&s->arena, uint32_t, schema->count + 1);
    side->cols = ARENA_ARRAY(&s->arena, uint32_t, schema->count + 1);
    for (uint32_t i = 0; i < schema->count; i++) {
        projection[i] = i;
        side->cols[i] = plan->cols[physical[i]];
    }
    side->ends = ARENA_ARRAY(&s->arena, size_t, BATCH_MAX_ROWS);
    side->config =
        kafka_format_config(t, key, schema, projection, schema->count, s->link.config.zone, &s->arena);
    side->format = s->link.config.host->format(key ? t->key_format : t->format);
    if (!side->format || !side->format->encoder)
        return error_set(e, ERR_UNSUPPORTED, "table %.*s: its %s format cannot be written to Kafka",
                         STR_ARG(t->name), key ? "key" : "value");
    side->raw = strcmp(side->format->desc.name, "raw") == 0;
    return side->format->encoder->open(&side->config, &side->encoder, e);
}

static enum status set_targets(struct kafka_sink *s, const struct plan_sink *plan, const struct plan_node *in,
                               struct error *e) {
    s->topic_col = s->headers_col = s->timestamp_col = NO_COLUMN;
    for (uint32_t i = 0; i < in->ncols; i++) {
        if (!plan->targets[i].metadata) continue;
        switch (kafka_meta_of(plan->targets[i].metadata_key)) {
        case KAFKA_TOPIC: s->topic_col = i; break;
        case KAFKA_HEADERS: s->headers_col = i; break;
        case KAFKA_TIMESTAMP: s->timestamp_col = i; break;
        default:
            return error_set(e, ERR_UNSUPPORTED, "the metadata column '%.*s' cannot be written",
                             STR_ARG(plan->targets[i].metadata_key));
        }
    }
    return ST_OK;
}

static enum status make_client(struct kafka_sink *s, struct error *e) {
    const struct kafka_setting defaults[] = {
        {"client.id", "weir"},
        {"acks", "all"},
        {"enable.idempotence", "true"},
        {"partitioner", "murmur2_random"}, /* as the Java client */
        {"linger.ms", "20"},
        {"batch.num.messages", "100000"},
        {"batch.size", "1000000"},
        {"queue.buffering.max.messages", "500000"},
        {"queue.buffering.max.kbytes", "131072"},
        {"message.timeout.ms", "0"}, /* a broker that is down is waited for */
        {"reconnect.backoff.max.ms", "1000"},
        {"log.connection.close", "false"},
        {"sticky.partitioning.linger.ms", s->partitioner == PARTITIONER_DEFAULT ? "10" : "0"},
        {NULL, NULL},
    };
    rd_kafka_conf_t *conf;
    TRY(kafka_conf_make(&s->link, defaults, false, &conf, e));
    rd_kafka_conf_set_dr_msg_cb(conf, on_delivery);
    char reason[256];
    s->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, reason, sizeof reason);
    if (!s->rk) {
        rd_kafka_conf_destroy(conf);
        return error_set(e, ERR_INVALID_OPTION, "table %.*s: %s", STR_ARG(s->link.config.table->name),
                         reason);
    }
    s->events = rd_kafka_queue_get_main(s->rk);
    rd_kafka_queue_cb_event_enable(s->events, on_event, s);
    return ST_OK;
}

static enum status topic_of(struct kafka_sink *s, struct str name, rd_kafka_topic_t **out, struct error *e) {
    for (uint32_t i = 0; i < s->ntopics; i++) {
        *out = s->topics[i];
        if (str_eq(name, str_of(rd_kafka_topic_name(*out)))) return ST_OK;
    }
    char z[260];
    snprintf(z, sizeof z, "%.*s", STR_ARG(name));
    rd_kafka_topic_conf_t *conf = rd_kafka_default_topic_conf_dup(s->rk);
    rd_kafka_topic_conf_set_opaque(conf, s);
    if (s->partitioner != PARTITIONER_DEFAULT) rd_kafka_topic_conf_set_partitioner_cb(conf, choose_partition);
    *out = rd_kafka_topic_new(s->rk, z, conf);
    if (!*out) {
        rd_kafka_topic_conf_destroy(conf);
        return error_set(e, ERR_INVALID_OPTION, "the topic '%s' cannot be used: %s", z,
                         rd_kafka_err2str(rd_kafka_last_error()));
    }
    s->topics = realloc(s->topics, (s->ntopics + 1) * sizeof *s->topics);
    if (!s->topics) mem_exhausted();
    s->topics[s->ntopics++] = *out;
    return ST_OK;
}

static enum status open_topic(struct kafka_sink *s, const struct plan_table *t, struct error *e) {
    rd_kafka_topic_t *topic;
    struct str *names;
    uint32_t n = kafka_split(option_str(t->options, "", kafka_options, "topic"), ';', &s->arena, &names);
    if (s->topic_col != NO_COLUMN) return ST_OK;
    if (n != 1)
        return error_set(e, ERR_INVALID_OPTION,
                         "table %.*s is written to, so its option 'topic' must name one topic, or a "
                         "column be the metadata 'topic'",
                         STR_ARG(t->name));
    return topic_of(s, names[0], &topic, e);
}

static void sink_close(struct sink *sink) {
    struct kafka_sink *s = (struct kafka_sink *)sink;
    if (s->events) {
        rd_kafka_queue_cb_event_enable(s->events, NULL, NULL);
        rd_kafka_queue_destroy(s->events);
    }
    int left = s->rk ? rd_kafka_outq_len(s->rk) : 0;
    if (left > 0) {
        kafka_say(&s->link, "%d records were not delivered when the job ended", left);
        rd_kafka_purge(s->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_flush(s->rk, 1000);
    }
    for (uint32_t i = 0; i < s->ntopics; i++) rd_kafka_topic_destroy(s->topics[i]);
    if (s->rk) rd_kafka_destroy(s->rk);
    free(s->topics);
    struct side *sides[] = {&s->value, &s->key};
    for (size_t i = 0; i < ARRAY_LEN(sides); i++) {
        if (sides[i]->encoder) sides[i]->format->encoder->close(sides[i]->encoder);
        outbuf_free(&sides[i]->buf);
    }
    arena_free(&s->scratch);
    arena_free(&s->arena);
    free(s);
}

static enum status set_up(struct kafka_sink *s, const struct plan_sink *plan, const struct plan_node *node,
                          struct error *e) {
    const struct plan_table *t = plan->table;
    struct str partitioner = option_str(t->options, "", kafka_options, "sink.partitioner");
    if (str_ieq(partitioner, STR("fixed"))) s->partitioner = PARTITIONER_FIXED;
    if (str_ieq(partitioner, STR("round-robin"))) s->partitioner = PARTITIONER_ROUND_ROBIN;
    s->link.servers = arena_str(&s->arena, kafka_property(t->options, "bootstrap.servers")).ptr;
    TRY(kafka_layout_make(t, &s->arena, &s->layout, e));
    TRY(set_targets(s, plan, node->inputs[0], e));
    TRY(open_side(s, &s->value, plan, false, e));
    if (s->layout.keyed) TRY(open_side(s, &s->key, plan, true, e));
    TRY(make_client(s, e));
    return open_topic(s, t, e);
}

static enum status sink_open(const struct io_config *c, const struct plan_sink *plan,
                             const struct plan_node *node, struct sink **out, struct error *e) {
    struct kafka_sink *s = calloc(1, sizeof *s);
    if (!s) mem_exhausted();
    s->link.config = *c;
    if (set_up(s, plan, node, e) != ST_OK) {
        sink_close((struct sink *)s);
        return ST_ERROR;
    }
    *out = (struct sink *)s;
    return ST_OK;
}

/* ---- rows ---- */

static enum status encode_side(struct kafka_sink *s, struct side *side, const struct batch *in,
                               struct error *e) {
    struct batch *b = batch_select(&s->scratch, in, in->sel, in->count);
    b->ncols = side->config.nprojection;
    b->cols = ARENA_ARRAY(&s->scratch, struct vec *, b->ncols + 1);
    for (uint32_t i = 0; i < b->ncols; i++) b->cols[i] = in->cols[side->cols[i]];
    side->buf.len = 0;
    return side->format->encoder->rows(side->encoder, b, batch_sel(in), &side->buf, side->ends, e);
}

/* Bytes of row k, which is physical row `row` of the batch; ptr NULL = NULL. */
static struct str side_bytes(const struct side *side, const struct batch *b, uint32_t k, uint32_t row) {
    if (!side->format || (side->raw && vec_is_null(b->cols[side->cols[0]], row)))
        return (struct str){NULL, 0};
    size_t from = k ? side->ends[k - 1] : 0;
    return (struct str){side->buf.data ? side->buf.data + from : "", side->ends[k] - from};
}

static rd_kafka_headers_t *headers_of(const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row)) return NULL;
    struct listref list = ((const struct listref *)v->data)[vec_index(v, row)];
    rd_kafka_headers_t *h = rd_kafka_headers_new(list.len);
    for (uint32_t i = list.offset; i < list.offset + list.len; i++) {
        if (vec_is_null(&v->child[0], i)) continue;
        const struct strview *name = (const struct strview *)v->child[0].data + i;
        const struct strview *value = (const struct strview *)v->child[1].data + i;
        bool null = vec_is_null(&v->child[1], i);
        rd_kafka_header_add(h, strview_ptr(name), name->len, null ? NULL : strview_ptr(value),
                            null ? 0 : value->len);
    }
    return h;
}

static int64_t millis_of(const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row)) return 0; /* the client's clock; it takes 1970 itself for that as well */
    return ((const int64_t *)v->data)[vec_index(v, row)] / (type_ticks_per_second(v->type) / 1000);
}

/* A record with metadata. */
static rd_kafka_resp_err_t produce_full(struct kafka_sink *s, const struct batch *b, uint32_t row,
                                        rd_kafka_topic_t *topic, struct str key, struct str value) {
    rd_kafka_headers_t *h = s->headers_col == NO_COLUMN ? NULL : headers_of(b->cols[s->headers_col], row);
    int64_t ms = s->timestamp_col == NO_COLUMN ? 0 : millis_of(b->cols[s->timestamp_col], row);
    rd_kafka_resp_err_t err;
    if (h)
        err = rd_kafka_producev(s->rk, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                RD_KAFKA_V_KEY(key.ptr, key.len),
                                RD_KAFKA_V_VALUE((void *)(uintptr_t)value.ptr, value.len),
                                RD_KAFKA_V_TIMESTAMP(ms), RD_KAFKA_V_HEADERS(h), RD_KAFKA_V_END);
    else
        err = rd_kafka_producev(s->rk, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
                                RD_KAFKA_V_KEY(key.ptr, key.len),
                                RD_KAFKA_V_VALUE((void *)(uintptr_t)value.ptr, value.len),
                                RD_KAFKA_V_TIMESTAMP(ms), RD_KAFKA_V_END);
    if (err && h) rd_kafka_headers_destroy(h);
    return err;
}

static enum status row_topic(struct kafka_sink *s, const struct batch *b, uint32_t row,
                             rd_kafka_topic_t **out, struct error *e) {
    if (s->topic_col == NO_COLUMN) {
        *out = s->topics[0];
        return ST_OK;
    }
    const struct vec *v = b->cols[s->topic_col];
    if (vec_is_null(v, row))
        return error_set(e, ERR_NULL_VALUE, "the metadata column 'topic' is NULL in a row to be written");
    return topic_of(s, strview_str((const struct strview *)v->data + vec_index(v, row)), out, e);
}

static rd_kafka_resp_err_t produce(struct kafka_sink *s, const struct batch *b, uint32_t row,
                                   rd_kafka_topic_t *topic, struct str key, struct str value) {
    if (s->headers_col != NO_COLUMN || s->timestamp_col != NO_COLUMN)
        return produce_full(s, b, row, topic, key, value);
    if (rd_kafka_produce(topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, (void *)(uintptr_t)value.ptr,
                         value.len, key.ptr, key.len, NULL) == 0)
        return RD_KAFKA_RESP_ERR_NO_ERROR;
    return rd_kafka_last_error();
}

/* What the client has to tell; ST_ERROR when a record was lost. */
static enum status serve(struct kafka_sink *s, struct error *e) {
    rd_kafka_poll(s->rk, 0);
    char reason[256];
    rd_kafka_resp_err_t fatal = rd_kafka_fatal_error(s->rk, reason, sizeof reason);
    if (fatal)
        return error_set(e, ERR_NETWORK, "table %.*s: the producer failed: %s",
                         STR_ARG(s->link.config.table->name), reason);
    if (!s->failed) return ST_OK;
    return error_set(e, ERR_NETWORK, "table %.*s: a record for topic '%s' was not delivered: %s",
                     STR_ARG(s->link.config.table->name), s->failed_topic, rd_kafka_err2str(s->failed));
}

static enum sink_result send_row(struct kafka_sink *s, const struct batch *b, uint32_t k, struct error *e) {
    uint32_t row = b->sel ? b->sel[k] : k;
    rd_kafka_topic_t *topic;
    if (row_topic(s, b, row, &topic, e) != ST_OK) return SINK_FAIL;
    struct str key = side_bytes(&s->key, b, k, row), value = side_bytes(&s->value, b, k, row);
    rd_kafka_resp_err_t err = produce(s, b, row, topic, key, value);
    if (err == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
        atomic_store(&s->waiting, true);
        if (serve(s, e) != ST_OK) return SINK_FAIL;
        err = produce(s, b, row, topic, key, value);
        if (err == RD_KAFKA_RESP_ERR__QUEUE_FULL) return SINK_BUSY;
        atomic_store(&s->waiting, false);
    }
    if (!err) return SINK_DONE;
    error_set(e, ERR_NETWORK, "table %.*s: a record of %zu bytes for topic '%s' was refused: %s",
              STR_ARG(s->link.config.table->name), value.len, rd_kafka_topic_name(topic),
              rd_kafka_err2str(err));
    return SINK_FAIL;
}

static enum sink_result sink_push(struct sink *sink, const struct batch *b, int64_t watermark_us UNUSED,
                                  struct error *e) {
    struct kafka_sink *s = (struct kafka_sink *)sink;
    if (!s->holding) {
        arena_reset(&s->scratch);
        if (encode_side(s, &s->value, b, e) != ST_OK) return SINK_FAIL;
        if (s->key.format && encode_side(s, &s->key, b, e) != ST_OK) return SINK_FAIL;
        atomic_fetch_add_explicit(&s->link.config.counters->bytes, s->value.buf.len, memory_order_relaxed);
        s->row = 0;
        s->holding = true;
    }
    if (serve(s, e) != ST_OK) return SINK_FAIL;
    for (; s->row < b->count; s->row++) {
        enum sink_result r = send_row(s, b, s->row, e);
        if (r != SINK_DONE) return r;
    }
    s->holding = false;
    return SINK_DONE;
}

static enum sink_result sink_tick(struct sink *sink, int64_t now_us UNUSED, struct error *e) {
    return serve((struct kafka_sink *)sink, e) == ST_OK ? SINK_DONE : SINK_FAIL;
}

/* ---- waiting for acknowledgements ---- */

static enum sink_result sink_finish(struct sink *sink, struct error *e) {
    struct kafka_sink *s = (struct kafka_sink *)sink;
    atomic_store(&s->waiting, true);
    if (serve(s, e) != ST_OK) return SINK_FAIL;
    if (rd_kafka_outq_len(s->rk) > 0) return SINK_BUSY;
    atomic_store(&s->waiting, false);
    return SINK_DONE;
}

static enum sink_result sink_prepare(struct sink *sink, uint64_t epoch UNUSED, struct outbuf *out UNUSED,
                                     struct error *e) {
    return sink_finish(sink, e);
}

const struct sink_class kafka_sink_class = {
    .open = sink_open,
    .push = sink_push,
    .tick = sink_tick,
    .prepare = sink_prepare,
    .finish = sink_finish,
    .close = sink_close,
};
