/* SPDX-License-Identifier: Apache-2.0
 *
 * The Kafka source. A worker takes messages from its own queue; a chunk is a run of them that belong to one
 * partition, and their bytes live until the worker's next claim. What else was taken with them waits in the
 * reader and is not part of the position: kafka_part.next says what has been handed out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connectors/kafka/kafka.h"
#include "base/mem.h"
#include "connectors/kafka_desc.h"

#define SNAPSHOT_VERSION 1
#define IDLE_WAIT_US 1000000 /* a queue wakes its worker; this is for the clock alone */
#define COMMIT_WAIT_US 1000000

/* What an output column is made of. */
#define BEHIND_US 250000

enum column_kind { COLUMN_VALUE, COLUMN_KEY, COLUMN_META };
struct kafka_column {
    enum column_kind kind;
    uint32_t number; /* of the decoder's columns */
    enum kafka_meta meta;
    const struct type *type;
};

struct kafka_reader {
    struct kafka_source *source;
    struct io_config config;
    struct decoder *value, *key;
    rd_kafka_message_t **msgs; /* taken from the queue */
    uint32_t nmsgs, next;      /* next = first not handed out */
    uint32_t begin;            /* the chunk is msgs[begin..next-1] */
    struct kafka_part *part;   /* of the chunk */
    struct message *values;    /* of the chunk: those with a value */
    uint32_t *index;           /* of each value: its message */
    uint32_t nvalues;
    int64_t *positions;
    struct message *keys;
    uint8_t *active;
    uint32_t cap_active;
    struct origin origin;
    char split_name[320];
    bool begun;
};

/* ---- topics and partitions ---- */

void kafka_wake_all(struct kafka_source *s) {
    const struct io_config *c = &s->link.config;
    for (uint32_t i = 0; i < c->parallelism; i++) c->wake(c->wake_arg, i);
}

static void on_messages(rd_kafka_t *rk UNUSED, void *opaque) {
    const struct kafka_waker *w = opaque;
    const struct io_config *c = &w->source->link.config;
    c->wake(c->wake_arg, w->worker);
}

struct kafka_topic *kafka_topic_of(struct kafka_source *s, struct str name, struct error *e) {
    for (uint32_t i = 0; i < s->ntopics; i++) {
        if (str_eq(name, str_of(s->topics[i]->name))) return s->topics[i];
    }
    struct kafka_topic *t = calloc(1, sizeof *t);
    s->topics = realloc(s->topics, (s->ntopics + 1) * sizeof *s->topics);
    if (!t || !s->topics) mem_exhausted();
    t->name = strndup(name.ptr, name.len);
    rd_kafka_topic_conf_t *conf = rd_kafka_default_topic_conf_dup(s->rk);
    rd_kafka_topic_conf_set_opaque(conf, t);
    t->handle = rd_kafka_topic_new(s->rk, t->name, conf);
    if (!t->handle) {
        error_set(e, ERR_INVALID_OPTION, "the topic '%s' cannot be used: %s", t->name,
                  rd_kafka_err2str(rd_kafka_last_error()));
        rd_kafka_topic_conf_destroy(conf);
        free(t->name);
        free(t);
        return NULL;
    }
    s->topics[s->ntopics++] = t;
    return t;
}

struct kafka_part *kafka_part_add(struct kafka_source *s, struct kafka_topic *t, int32_t number, int64_t next,
                                  int64_t end) {
    struct kafka_part *p = calloc(1, sizeof *p);
    s->parts = realloc(s->parts, (s->nparts + 1) * sizeof *s->parts);
    if (!p || !s->parts) mem_exhausted();
    *p = (struct kafka_part){.topic = t, .number = number, .split = s->nparts, .next = next, .end = end};
    p->worker = p->split % s->link.config.parallelism;
    if ((uint32_t)number >= t->n) {
        t->by_number = realloc(t->by_number, ((uint32_t)number + 1) * sizeof *t->by_number);
        if (!t->by_number) mem_exhausted();
        while (t->n <= (uint32_t)number) t->by_number[t->n++] = NULL;
    }
    t->by_number[number] = p;
    s->parts[s->nparts++] = p;
    return p;
}

static struct kafka_part *part_of(const rd_kafka_message_t *m) {
    const struct kafka_topic *t = rd_kafka_topic_opaque(m->rkt);
    return t && (uint32_t)m->partition < t->n ? t->by_number[m->partition] : NULL;
}

/* ---- snapshots ---- */

static enum status kafka_snapshot(struct source *source, struct outbuf *out, struct error *e UNUSED) {
    struct kafka_source *s = (struct kafka_source *)source;
    pthread_mutex_lock(&s->mutex);
    outbuf_u8(out, SNAPSHOT_VERSION);
    outbuf_u8(out, s->known || s->restored);
    outbuf_u32(out, s->nparts);
    if (s->to_commit) rd_kafka_topic_partition_list_destroy(s->to_commit);
    s->to_commit = rd_kafka_topic_partition_list_new((int)s->nparts);
    for (uint32_t i = 0; i < s->nparts; i++) {
        const struct kafka_part *p = s->parts[i];
        outbuf_str(out, str_of(p->topic->name));
        outbuf_u32(out, (uint32_t)p->number);
        outbuf_i64(out, p->next);
        outbuf_i64(out, p->end);
        outbuf_u8(out, p->done);
        rd_kafka_topic_partition_list_add(s->to_commit, p->topic->name, p->number)->offset = p->next;
    }
    pthread_mutex_unlock(&s->mutex);
    return ST_OK;
}

static enum status restore(struct kafka_source *s, struct inbuf *in, struct error *e) {
    if (inbuf_u8(in) != SNAPSHOT_VERSION)
        return error_set(e, ERR_STATE, "the position of a Kafka table is unreadable");
    s->restored = inbuf_u8(in);
    uint32_t n = inbuf_u32(in);
    for (uint32_t i = 0; i < n && !in->bad; i++) {
        struct str name = inbuf_str(in);
        uint32_t number = inbuf_u32(in);
        int64_t next = inbuf_i64(in), end = inbuf_i64(in);
        bool done = inbuf_u8(in);
        if (in->bad || number > INT32_MAX) break;
        struct kafka_topic *t = kafka_topic_of(s, name, e);
        if (!t) return ST_ERROR;
        kafka_part_add(s, t, (int32_t)number, next, end)->done = done;
    }
    return in->bad ? error_set(e, ERR_STATE, "the position of a Kafka table is damaged") : ST_OK;
}

static void on_commit(rd_kafka_t *rk UNUSED, rd_kafka_resp_err_t err,
                      rd_kafka_topic_partition_list_t *list UNUSED, void *opaque) {
    struct kafka_source *s = opaque;
    if (err && err != RD_KAFKA_RESP_ERR__NO_OFFSET)
        kafka_say(&s->link, "the offsets were not committed: %s", rd_kafka_err2str(err));
    pthread_mutex_lock(&s->mutex);
    s->commits--;
    pthread_mutex_unlock(&s->mutex);
}

static void kafka_committed(struct source *source, uint64_t epoch UNUSED) {
    struct kafka_source *s = (struct kafka_source *)source;
    pthread_mutex_lock(&s->mutex);
    bool commit = s->group_given && s->to_commit && s->to_commit->cnt;
    if (commit &&
        rd_kafka_commit_queue(s->rk, s->to_commit, s->events, on_commit, s) == RD_KAFKA_RESP_ERR_NO_ERROR)
        s->commits++;
    pthread_mutex_unlock(&s->mutex);
}

/* ---- open and close ---- */

static enum status set_column(struct kafka_source *s, const struct scan_col *from, struct kafka_column *to,
                              uint32_t *values, uint32_t *keys, struct error *e) {
    const struct kafka_layout *l = &s->layout;
    if (from->metadata) {
        to->kind = COLUMN_META;
        to->meta = kafka_meta_of(from->metadata_key);
        if (to->meta != KAFKA_META_COUNT) return ST_OK;
        return error_set(e, ERR_UNSUPPORTED, "connector 'kafka' has no metadata column '%.*s'",
                         STR_ARG(from->metadata_key));
    }
    for (uint32_t i = 0; i < l->value.count; i++) {
        if (l->value_physical[i] != from->physical) continue;
        to->kind = COLUMN_VALUE;
        to->number = s->value_config.nprojection++;
        values[to->number] = i;
        return ST_OK;
    }
    for (uint32_t i = 0; i < l->key.count; i++) {
        if (l->key_physical[i] != from->physical) continue;
        to->kind = COLUMN_KEY;
        to->number = s->key_config.nprojection++;
        keys[to->number] = i;
        return ST_OK;
    }
    return error_set(e, ERR_INTERNAL, "a column is in neither key nor value");
}

static enum status set_columns(struct kafka_source *s, const struct plan_node *node, struct error *e) {
    const struct plan_table *t = s->scan->table;
    TRY(kafka_layout_make(t, &s->arena, &s->layout, e));
    uint32_t *values = ARENA_ARRAY(&s->arena, uint32_t, node->ncols + 1);
    uint32_t *keys = ARENA_ARRAY(&s->arena, uint32_t, node->ncols + 1);
    s->ncols = node->ncols;
    s->cols = ARENA_ARRAY(&s->arena, struct kafka_column, node->ncols + 1);
    for (uint32_t i = 0; i < node->ncols; i++) {
        s->cols[i].type = node->cols[i].type;
        TRY(set_column(s, &s->scan->cols[i], &s->cols[i], values, keys, e));
    }
    const struct zone *zone = s->link.config.zone;
    s->value_config =
        kafka_format_config(t, false, &s->layout.value, values, s->value_config.nprojection, zone, &s->arena);
    s->key_config =
        kafka_format_config(t, true, &s->layout.key, keys, s->key_config.nprojection, zone, &s->arena);
    const struct plugin_host *host = s->link.config.host;
    s->value_format = host->format(t->format);
    if (s->key_config.nprojection) s->key_format = host->format(t->key_format);
    if (!s->value_format || !s->value_format->decoder)
        return error_set(e, ERR_UNSUPPORTED, "table %.*s: format '%s' cannot be read from Kafka",
                         STR_ARG(t->name), t->format ? t->format->name : "");
    if (s->key_config.nprojection && (!s->key_format || !s->key_format->decoder))
        return error_set(e, ERR_UNSUPPORTED, "table %.*s: format '%s' cannot be read from keys",
                         STR_ARG(t->name), t->key_format->name);
    return ST_OK;
}

static enum status make_client(struct kafka_source *s, struct error *e) {
    struct str reset = kafka_property(s->options, "auto.offset.reset");
    struct str group = kafka_property(s->options, "group.id");
    s->group_given = group.len > 0;
    if (!s->group_given) group = arena_printf(&s->arena, "KafkaSource-%.*s", STR_ARG(s->scan->table->name));
    bool resets = str_ieq(reset, STR("earliest")) || str_ieq(reset, STR("latest"));
    const struct kafka_setting defaults[] = {
        {"client.id", "weir"},
        {"group.id", arena_str(&s->arena, group).ptr},
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"enable.partition.eof", "true"},
        {"isolation.level", "read_uncommitted"}, /* as the Java client */
        {"auto.offset.reset", resets ? arena_str(&s->arena, reset).ptr : "error"},
        {"reconnect.backoff.max.ms", "1000"},
        {"log.connection.close", "false"},
        {NULL, NULL},
    };
    rd_kafka_conf_t *conf;
    TRY(kafka_conf_make(&s->link, defaults, true, &conf, e));
    char reason[256];
    s->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, reason, sizeof reason);
    if (!s->rk) {
        rd_kafka_conf_destroy(conf);
        return error_set(e, ERR_INVALID_OPTION, "table %.*s: %s", STR_ARG(s->scan->table->name), reason);
    }
    s->events = rd_kafka_queue_get_main(s->rk);
    return ST_OK;
}

static void make_queues(struct kafka_source *s) {
    uint32_t n = s->link.config.parallelism;
    s->queues = ARENA_ARRAY(&s->arena, rd_kafka_queue_t *, n);
    s->wakers = ARENA_ARRAY(&s->arena, struct kafka_waker, n);
    for (uint32_t i = 0; i < n; i++) {
        s->queues[i] = rd_kafka_queue_new(s->rk);
        s->wakers[i] = (struct kafka_waker){s, i};
        rd_kafka_queue_cb_event_enable(s->queues[i], on_messages, &s->wakers[i]);
    }
}

/* Commits under way are given a moment: a job that ends well leaves its last offsets with the group. */
static void drain_commits(struct kafka_source *s) {
    struct env *env = s->link.config.env;
    int64_t until = env->monotonic_us(env) + COMMIT_WAIT_US;
    while (s->commits && env->monotonic_us(env) < until) rd_kafka_poll(s->rk, 20);
}

static void close_client(struct kafka_source *s) {
    drain_commits(s);
    for (uint32_t i = 0; i < s->nparts; i++) {
        if (s->parts[i]->started && !s->parts[i]->stopped)
            rd_kafka_consume_stop(s->parts[i]->topic->handle, s->parts[i]->number);
    }
    for (uint32_t i = 0; s->queues && i < s->link.config.parallelism; i++) {
        rd_kafka_queue_cb_event_enable(s->queues[i], NULL, NULL);
        rd_kafka_queue_destroy(s->queues[i]);
    }
    for (uint32_t i = 0; i < s->ntopics; i++) rd_kafka_topic_destroy(s->topics[i]->handle);
    rd_kafka_queue_destroy(s->events);
    rd_kafka_destroy_flags(s->rk, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}

static void kafka_close(struct source *source) {
    struct kafka_source *s = (struct kafka_source *)source;
    if (s->control_runs) {
        pthread_mutex_lock(&s->mutex);
        s->closing = true;
        pthread_cond_signal(&s->changed);
        pthread_mutex_unlock(&s->mutex);
        pthread_join(s->control, NULL);
    }
    if (s->to_commit) rd_kafka_topic_partition_list_destroy(s->to_commit);
    if (s->rk) close_client(s);
    for (uint32_t i = 0; i < s->nparts; i++) free(s->parts[i]);
    for (uint32_t i = 0; i < s->ntopics; i++) {
        free(s->topics[i]->by_number);
        free(s->topics[i]->name);
        free(s->topics[i]);
    }
    free(s->parts);
    free(s->topics);
    pthread_mutex_destroy(&s->mutex);
    pthread_cond_destroy(&s->changed);
    arena_free(&s->arena);
    free(s);
}

static enum status set_up(struct kafka_source *s, const struct plan_node *node, struct inbuf *state,
                          struct error *e) {
    s->options = s->scan->table->options;
    s->link.servers = arena_str(&s->arena, kafka_property(s->options, "bootstrap.servers")).ptr;
    s->bounded = kafka_bounded(s->options);
    s->idle_timeout_us = option_given(s->options, "", "scan.watermark.idle-timeout")
                             ? option_amount(s->options, "", kafka_options, "scan.watermark.idle-timeout")
                             : s->scan->idle_timeout_us;
    TRY(kafka_check_offsets(s->options, "scan.startup.specific-offsets", e));
    TRY(kafka_check_offsets(s->options, "scan.bounded.specific-offsets", e));
    TRY(set_columns(s, node, e));
    TRY(make_client(s, e));
    make_queues(s);
    if (state) TRY(restore(s, state, e));
    if (pthread_create(&s->control, NULL, kafka_control, s) != 0)
        return error_set(e, ERR_MEMORY_LIMIT, "a thread for Kafka cannot be started");
    s->control_runs = true;
    return ST_OK;
}

static enum status kafka_open(const struct io_config *c, const struct plan_scan *scan,
                              const struct plan_node *node, struct inbuf *state, struct source **out,
                              struct error *e) {
    struct kafka_source *s = calloc(1, sizeof *s);
    if (!s) mem_exhausted();
    s->link.config = *c;
    s->scan = scan;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->changed, NULL);
    if (set_up(s, node, state, e) != ST_OK) {
        kafka_close((struct source *)s);
        return ST_ERROR;
    }
    *out = (struct source *)s;
    return ST_OK;
}

/* ---- readers ---- */

static void drop_messages(struct kafka_reader *r, uint32_t from, uint32_t to) {
    for (uint32_t i = from; i < to; i++) rd_kafka_message_destroy(r->msgs[i]);
}

static void kafka_reader_close(struct reader *reader) {
    struct kafka_reader *r = (struct kafka_reader *)reader;
    const struct kafka_source *s = r->source;
    drop_messages(r, r->begin, r->nmsgs);
    if (r->value) s->value_format->decoder->close(r->value);
    if (r->key) s->key_format->decoder->close(r->key);
    free(r->msgs);
    free(r->values);
    free(r->index);
    free(r->positions);
    free(r->keys);
    free(r->active);
    free(r);
}

static enum status kafka_reader_open(struct source *source, const struct io_config *c, struct reader **out,
                                     struct error *e) {
    struct kafka_source *s = (struct kafka_source *)source;
    struct kafka_reader *r = calloc(1, sizeof *r);
    if (!r) mem_exhausted();
    r->source = s;
    r->config = *c;
    r->msgs = calloc(c->batch_rows, sizeof *r->msgs);
    r->values = calloc(c->batch_rows, sizeof *r->values);
    r->index = calloc(c->batch_rows, sizeof *r->index);
    r->positions = calloc(c->batch_rows, sizeof *r->positions);
    r->keys = calloc(c->batch_rows, sizeof *r->keys);
    if (!r->msgs || !r->values || !r->index || !r->positions || !r->keys) mem_exhausted();
    enum status st = s->value_format->decoder->open(&s->value_config, &r->value, e);
    if (st == ST_OK && s->key_format) st = s->key_format->decoder->open(&s->key_config, &r->key, e);
    if (st != ST_OK) {
        kafka_reader_close((struct reader *)r);
        return ST_ERROR;
    }
    *out = (struct reader *)r;
    return ST_OK;
}

/* ---- claiming: under the mutex, except for the queue ---- */

/* How long a partition still counts as active. That with the newest rows is the last to become idle: time
 * first goes on to where it stands, while the others do not hold it back. */
static int64_t idle_left_us(const struct kafka_source *s, const struct kafka_part *p, int64_t now_us) {
    int64_t timeout = s->idle_timeout_us;
    if (!timeout || !p->at_eof) return IDLE_WAIT_US;
    return p->eof_us + (p == s->newest ? 2 * timeout : timeout) - now_us;
}

static void set_active(struct kafka_reader *r, struct chunk *out) {
    const struct kafka_source *s = r->source;
    int64_t now_us = r->config.env->monotonic_us(r->config.env);
    if (s->nparts > r->cap_active) {
        r->cap_active = s->nparts + 16;
        r->active = realloc(r->active, r->cap_active);
        if (!r->active) mem_exhausted();
    }
    out->wait_us = IDLE_WAIT_US;
    for (uint32_t i = 0; i < s->nparts; i++) {
        const struct kafka_part *p = s->parts[i];
        int64_t left = idle_left_us(s, p, now_us);
        r->active[i] = p->worker == r->config.worker && !p->done && left > 0;
        if (r->active[i] && left < out->wait_us) out->wait_us = left;
    }
    out->active = r->active;
    out->nactive = s->nparts;
}

static void part_done(struct kafka_source *s, struct kafka_part *p) {
    p->done = true;
    s->stop_wanted = true;
    pthread_cond_signal(&s->changed);
}

/* An event in place of a message: ST_ERROR when reading cannot go on. */
static enum status take_event(struct kafka_reader *r, const rd_kafka_message_t *m, struct error *e) {
    struct kafka_source *s = r->source;
    struct kafka_part *p = m->rkt ? part_of(m) : NULL;
    switch (m->err) {
    case RD_KAFKA_RESP_ERR__PARTITION_EOF:
        if (!p) return ST_OK;
        p->at_eof = true;
        p->eof_us = r->config.env->monotonic_us(r->config.env);
        if (m->offset >= p->end && !p->done) part_done(s, p);
        return ST_OK;
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
        if (p && p->done) return ST_OK;
        error_set(e, ERR_NETWORK, "table %.*s: offset %lld of topic '%s', partition %d is not there",
                  STR_ARG(s->scan->table->name), p ? (long long)p->next : -1LL, p ? p->topic->name : "?",
                  m->partition);
        return error_hint(
            e,
            "'properties.auto.offset.reset' = 'earliest' goes on with what is left, and loses what is gone");
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__BAD_MSG:
    case RD_KAFKA_RESP_ERR__NOT_IMPLEMENTED:
        return error_set(e, ERR_NETWORK, "table %.*s: topic '%s', partition %d cannot be read: %s",
                         STR_ARG(s->scan->table->name), p ? p->topic->name : "?", m->partition,
                         rd_kafka_message_errstr(m));
    default: return ST_OK; /* passing trouble: the client tries again */
    }
}

/* The run of messages at r->next that go into one chunk: false when there is none. */
static bool take_run(struct kafka_reader *r, struct chunk *out) {
    const rd_kafka_message_t *first = r->msgs[r->next];
    struct kafka_part *p = part_of(first);
    if (!p || p->done || first->offset < p->next || first->offset >= p->end) {
        if (p && !p->done && first->offset >= p->end) part_done(r->source, p);
        drop_messages(r, r->next, r->next + 1);
        r->begin = ++r->next;
        return false;
    }
    while (r->next < r->nmsgs) {
        const rd_kafka_message_t *m = r->msgs[r->next];
        if (m->err || m->rkt != first->rkt || m->partition != first->partition || m->offset >= p->end) break;
        r->next++;
    }
    p->next = r->msgs[r->next - 1]->offset + 1;
    p->at_eof = false;
    r->source->newest = p;
    if (p->next >= p->end) part_done(r->source, p);
    r->part = p;
    r->begun = false;
    out->split = p->split;
    out->seq = p->seq++;
    return true;
}

static enum status take_chunk(struct kafka_reader *r, struct chunk *out, bool *got, struct error *e) {
    *got = false;
    while (r->next < r->nmsgs && !*got) {
        const rd_kafka_message_t *m = r->msgs[r->next];
        if (!m->err) {
            *got = take_run(r, out);
            continue;
        }
        TRY(take_event(r, m, e));
        drop_messages(r, r->next, r->next + 1);
        r->begin = ++r->next;
    }
    return ST_OK;
}

static bool all_done(const struct kafka_reader *r) {
    const struct kafka_source *s = r->source;
    if (!s->known || !s->bounded) return false;
    for (uint32_t i = 0; i < s->nparts; i++) {
        if (s->parts[i]->worker == r->config.worker && !s->parts[i]->done) return false;
    }
    return true;
}

static void refill(struct kafka_reader *r) {
    drop_messages(r, r->begin, r->next);
    r->begin = r->next;
    if (r->next < r->nmsgs) return;
    r->begin = r->next = r->nmsgs = 0;
    ssize_t n =
        rd_kafka_consume_batch_queue(r->source->queues[r->config.worker], 0, r->msgs, r->config.batch_rows);
    if (n > 0) r->nmsgs = (uint32_t)n;
}

/* How many messages the brokers hold that were not handed out, as far as fetches have told; some times a
 * second. Called with the mutex held. */
static void tell_behind(struct kafka_source *s) {
    struct io_config *c = &s->link.config;
    int64_t now = c->env->monotonic_us(c->env), behind = 0;
    if (now - s->behind_us < BEHIND_US) return;
    s->behind_us = now;
    for (uint32_t i = 0; i < s->nparts; i++) {
        const struct kafka_part *p = s->parts[i];
        int64_t low, high;
        if (rd_kafka_get_watermark_offsets(s->rk, p->topic->name, p->number, &low, &high) != 0 || high < 0)
            continue;
        if (p->end < high) high = p->end;
        if (high > p->next) behind += high - (p->next > low ? p->next : low);
    }
    atomic_store_explicit(&c->counters->behind, behind + 1, memory_order_relaxed);
}

static enum claim kafka_claim(struct source *source, struct reader *reader, struct chunk *out,
                              struct error *e) {
    struct kafka_source *s = (struct kafka_source *)source;
    struct kafka_reader *r = (struct kafka_reader *)reader;
    enum claim result = CLAIM_FAIL;
    bool got = false;
    do {
        refill(r);
        pthread_mutex_lock(&s->mutex);
        if (s->failure.code) {
            *e = s->failure;
        } else if (take_chunk(r, out, &got, e) == ST_OK) {
            set_active(r, out);
            result = got ? CLAIM_CHUNK : all_done(r) ? CLAIM_END : CLAIM_WAIT;
        } else {
            result = CLAIM_FAIL;
        }
        if (s->failure.code) result = CLAIM_FAIL;
        else tell_behind(s);
        pthread_mutex_unlock(&s->mutex);
    } while (result == CLAIM_WAIT && r->nmsgs);
    if (got) kafka_link_up(&s->link);
    return result;
}

/* ---- decoding ---- */

/* Records without a value are deletions: tables of insertions leave them out, except as raw bytes, which may
 * be NULL. */
static enum status begin_chunk(struct kafka_reader *r, struct error *e) {
    const struct kafka_source *s = r->source;
    bool raw = strcmp(s->value_format->desc.name, "raw") == 0;
    uint64_t bytes = 0;
    r->nvalues = 0;
    for (uint32_t i = r->begin; i < r->next; i++) {
        const rd_kafka_message_t *m = r->msgs[i];
        if (!m->payload && !raw) continue;
        bytes += m->len;
        r->index[r->nvalues] = i;
        r->values[r->nvalues++] = (struct message){m->payload, m->len};
    }
    atomic_fetch_add_explicit(&s->link.config.counters->bytes, bytes, memory_order_relaxed);
    r->begun = true;
    snprintf(r->split_name, sizeof r->split_name, "%s-%d", r->part->topic->name, r->part->number);
    return s->value_format->decoder->begin_messages(r->value, r->values, r->nvalues, e);
}

/* After a record that does not decode: ST_OK = it is left out. */
static enum status bad_record(struct kafka_reader *r, const char *what, int64_t offset, struct error *e) {
    if (e->code == ERR_DECODE && r->config.on_error == ON_ERROR_SKIP) {
        atomic_fetch_add_explicit(&r->source->link.config.counters->bad_records, 1, memory_order_relaxed);
        error_clear(e);
        return ST_OK;
    }
    error_prefix(
        e, "table %.*s, topic '%s', partition %d, offset %lld%s: ", STR_ARG(r->source->scan->table->name),
        r->part->topic->name, r->part->number, (long long)offset, what);
    return ST_ERROR;
}

static int64_t offset_of(const struct kafka_reader *r, int64_t value) {
    return value >= 0 && value < r->nvalues ? r->msgs[r->index[value]]->offset : -1;
}

static enum status next_values(struct kafka_reader *r, struct arena *a, struct batch **out, struct error *e) {
    const struct decoder_class *c = r->source->value_format->decoder;
    for (;;) {
        if (c->next(r->value, r->config.batch_rows, a, out, r->positions, e) == ST_OK) return ST_OK;
        int64_t at = -1;
        c->bad(r->value, &at);
        TRY(bad_record(r, "", offset_of(r, at), e));
    }
}

/* A flat column of NULLs, to be filled. */
static struct vec *flat_nulls(const struct type *type, uint32_t n, struct arena *a) {
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, type, n);
    memset(vec_make_valid(v, a), 0, VALID_WORDS(n) * sizeof *v->valid);
    return v;
}

/* Columns of the keys of rows 0..n-1, whose messages are index[]; rows whose key is bad are marked. */
static enum status decode_keys(struct kafka_reader *r, const uint32_t *index, uint32_t n, struct arena *a,
                               struct vec **cols, uint8_t *bad, bool *any_bad, struct error *e) {
    const struct kafka_source *s = r->source;
    const struct decoder_class *c = s->key_format->decoder;
    uint32_t *rows = ARENA_ARRAY(a, uint32_t, n), count = 0;
    for (uint32_t i = 0; i < n; i++) {
        const rd_kafka_message_t *m = r->msgs[index[i]];
        if (!m->key) continue; /* NULLs */
        rows[count] = i;
        r->keys[count++] = (struct message){m->key, m->key_len};
    }
    for (uint32_t k = 0; k < s->key_config.nprojection; k++)
        cols[k] = flat_nulls(s->layout.key.fields[s->key_config.projection[k]].type, n, a);
    TRY(c->begin_messages(r->key, r->keys, count, e));
    int64_t *at = ARENA_ARRAY(a, int64_t, count);
    uint32_t *to = ARENA_ARRAY(a, uint32_t, count);
    for (;;) {
        struct batch *b;
        if (c->next(r->key, r->config.batch_rows, a, &b, at, e) != ST_OK) {
            int64_t which = -1;
            c->bad(r->key, &which);
            uint32_t row = which >= 0 && which < count ? rows[which] : 0;
            TRY(bad_record(r, ", key", r->msgs[index[row]]->offset, e));
            bad[row] = 1;
            *any_bad = true;
            continue;
        }
        if (!b) return ST_OK;
        for (uint32_t i = 0; i < b->rows; i++) to[i] = rows[at[i]];
        for (uint32_t k = 0; k < s->key_config.nprojection; k++)
            vec_put(cols[k], to, b->cols[k], NULL, b->rows, a);
    }
}

static void leave_out(struct batch *b, const uint8_t *bad, struct arena *a) {
    uint32_t *sel = ARENA_ARRAY(a, uint32_t, b->rows), n = 0;
    SEL_FOREACH(batch_sel(b), k, row) {
        if (!bad[row]) sel[n++] = row;
    }
    b->sel = sel;
    b->count = n;
}

/* The value's columns, with those of keys and metadata. */
static enum status put_together(struct kafka_reader *r, struct arena *a, struct batch **b, struct error *e) {
    const struct kafka_source *s = r->source;
    struct batch *from = *b, *to = arena_alloc_raw(a, sizeof *to);
    uint32_t n = from->rows;
    uint32_t *index = arena_alloc_raw(a, sizeof *index * (n + 1));
    int64_t *offsets = arena_alloc_raw(a, sizeof *offsets * (n + 1));
    for (uint32_t i = 0; i < n; i++) {
        index[i] = r->index[r->positions[i]];
        offsets[i] = r->msgs[index[i]]->offset;
    }
    struct vec **keys = ARENA_ARRAY(a, struct vec *, s->key_config.nprojection + 1);
    *to = *from;
    if (s->key_format) {
        uint8_t *bad = ARENA_ARRAY(a, uint8_t, n + 1);
        bool any_bad = false;
        TRY(decode_keys(r, index, n, a, keys, bad, &any_bad, e));
        if (any_bad) leave_out(to, bad, a);
    }
    to->ncols = s->ncols;
    to->cols = ARENA_ARRAY(a, struct vec *, s->ncols + 1);
    for (uint32_t i = 0; i < s->ncols; i++) {
        const struct kafka_column *c = &s->cols[i];
        if (c->kind == COLUMN_VALUE) to->cols[i] = from->cols[c->number];
        else if (c->kind == COLUMN_KEY) to->cols[i] = keys[c->number];
        else to->cols[i] = kafka_meta_column(c->meta, c->type, r->part, r->msgs, index, n, a);
    }
    r->origin = (struct origin){.source = s->scan->table->name,
                                .split = str_of(r->split_name),
                                .positions = offsets,
                                .first_position = n ? offsets[0] : -1};
    to->origin = &r->origin;
    *b = to;
    return ST_OK;
}

static enum status kafka_decode(struct reader *reader, struct arena *a, struct batch **out, struct error *e) {
    struct kafka_reader *r = (struct kafka_reader *)reader;
    *out = NULL;
    if (!r->begun) TRY(begin_chunk(r, e));
    TRY(next_values(r, a, out, e));
    return *out ? put_together(r, a, out, e) : ST_OK;
}

const struct source_class kafka_source_class = {
    .open = kafka_open,
    .reader_open = kafka_reader_open,
    .claim = kafka_claim,
    .decode = kafka_decode,
    .snapshot = kafka_snapshot,
    .committed = kafka_committed,
    .reader_close = kafka_reader_close,
    .close = kafka_close,
};
