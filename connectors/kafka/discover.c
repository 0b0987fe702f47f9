/* SPDX-License-Identifier: Apache-2.0
 *
 * The control thread of a source. It finds the topics' partitions, asks where they begin and end, starts
 * fetching into the workers' queues, looks for new partitions from time to time, stops those that were read
 * to their end, and serves the client's events. No network call is made with the mutex held.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "connectors/kafka/kafka.h"
#include "base/mem.h"
#include "connectors/kafka_desc.h"
#include "exec/regex.h"

#define METADATA_MS 2000
#define UNKNOWN_PATIENCE_US 10000000 /* how long a topic may be missing at the start */
#define POLL_US 500000

/* A partition found, with its offsets. */
struct found {
    char *topic;
    int32_t number;
    int64_t start, end;
};
struct finds {
    struct found *items;
    uint32_t n;
};

static int64_t now_us(const struct kafka_source *s) {
    return s->link.config.env->monotonic_us(s->link.config.env);
}

static bool is_known(struct kafka_source *s, const char *topic, int32_t number) {
    bool known = false;
    pthread_mutex_lock(&s->mutex);
    for (uint32_t i = 0; i < s->ntopics && !known; i++) {
        const struct kafka_topic *t = s->topics[i];
        known = strcmp(t->name, topic) == 0 && (uint32_t)number < t->n && t->by_number[number];
    }
    pthread_mutex_unlock(&s->mutex);
    return known;
}

static void add_find(struct finds *f, const char *topic, int32_t number) {
    f->items = realloc(f->items, (f->n + 1) * sizeof *f->items);
    if (!f->items) mem_exhausted();
    f->items[f->n++] = (struct found){strdup(topic), number, 0, KAFKA_NO_END};
}

static void free_finds(struct finds *f) {
    for (uint32_t i = 0; i < f->n; i++) free(f->items[i].topic);
    free(f->items);
}

/* ---- topics to partitions ---- */

static void take_partitions(struct kafka_source *s, const rd_kafka_metadata_topic_t *t, struct finds *f) {
    for (int i = 0; i < t->partition_cnt; i++) {
        if (!is_known(s, t->topic, t->partitions[i].id)) add_find(f, t->topic, t->partitions[i].id);
    }
}

static enum kafka_try judge_topic(struct kafka_source *s, const rd_kafka_metadata_topic_t *t,
                                  int64_t since_us, struct error *e) {
    if (t->err == RD_KAFKA_RESP_ERR_NO_ERROR) return KAFKA_OK;
    if (t->err == RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART && now_us(s) - since_us > UNKNOWN_PATIENCE_US) {
        error_set(e, ERR_NETWORK, "table %.*s: there is no topic '%s' on %s", STR_ARG(s->scan->table->name),
                  t->topic, s->link.servers);
        return KAFKA_FAIL;
    }
    if (t->err != RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED && t->err != RD_KAFKA_RESP_ERR_TOPIC_EXCEPTION)
        return KAFKA_AGAIN;
    error_set(e, ERR_NETWORK, "table %.*s: topic '%s' cannot be read: %s", STR_ARG(s->scan->table->name),
              t->topic, rd_kafka_err2str(t->err));
    return KAFKA_FAIL;
}

static enum kafka_try ask_topic(struct kafka_source *s, struct str name, int64_t since_us, struct finds *f,
                                struct error *e) {
    pthread_mutex_lock(&s->mutex);
    struct kafka_topic *t = kafka_topic_of(s, name, e);
    pthread_mutex_unlock(&s->mutex);
    if (!t) return KAFKA_FAIL;
    const struct rd_kafka_metadata *md;
    if (rd_kafka_metadata(s->rk, 0, t->handle, &md, METADATA_MS) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return KAFKA_AGAIN;
    enum kafka_try r = KAFKA_AGAIN;
    if (md->topic_cnt == 1) r = judge_topic(s, &md->topics[0], since_us, e);
    if (r == KAFKA_OK) take_partitions(s, &md->topics[0], f);
    rd_kafka_metadata_destroy(md);
    return r;
}

static enum kafka_try ask_pattern(struct kafka_source *s, struct str pattern, struct finds *f,
                                  struct error *e) {
    struct arena a = {0};
    const struct rd_kafka_metadata *md = NULL;
    enum kafka_try r = KAFKA_OK;
    const struct plugin_host *host = s->link.config.host;
    struct regex_cache *cache = host->regex_cache_new(&a);
    struct regex *regex = host->regex_get(cache, pattern, true);
    if (!regex) {
        error_set(e, ERR_INVALID_OPTION, "'topic-pattern' = '%.*s' is not a regular expression",
                  STR_ARG(pattern));
        r = KAFKA_FAIL;
    } else if (rd_kafka_metadata(s->rk, 1, NULL, &md, METADATA_MS) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        r = KAFKA_AGAIN;
    }
    for (int i = 0; md && i < md->topic_cnt; i++) {
        struct regex_match m;
        if (strncmp(md->topics[i].topic, "__", 2) == 0 || md->topics[i].err) continue;
        if (host->regex_find(cache, regex, str_of(md->topics[i].topic), 0, &m, e) == 1)
            take_partitions(s, &md->topics[i], f);
    }
    if (md) rd_kafka_metadata_destroy(md);
    host->regex_cache_free(cache);
    arena_free(&a);
    return r;
}

static enum kafka_try find_partitions(struct kafka_source *s, int64_t since_us, struct finds *f,
                                      struct error *e) {
    struct str pattern = option_str(s->options, "", kafka_options, "topic-pattern");
    if (pattern.len) return ask_pattern(s, pattern, f, e);
    struct arena a = {0};
    struct str *topics;
    uint32_t n = kafka_split(option_str(s->options, "", kafka_options, "topic"), ';', &a, &topics);
    enum kafka_try r = KAFKA_OK;
    for (uint32_t i = 0; r == KAFKA_OK && i < n; i++) r = ask_topic(s, topics[i], since_us, f, e);
    arena_free(&a);
    return r;
}

/* ---- starting and stopping ---- */

static enum kafka_try ask_offsets(struct kafka_source *s, struct finds *f, bool first, struct error *e) {
    for (uint32_t i = 0; i < f->n; i++) {
        struct found *p = &f->items[i];
        pthread_mutex_lock(&s->mutex);
        bool closing = s->closing || !kafka_topic_of(s, str_of(p->topic), e);
        pthread_mutex_unlock(&s->mutex);
        if (closing) return KAFKA_AGAIN;
        enum kafka_try r = kafka_start_offset(s, p->topic, p->number, first, &p->start, e);
        if (r == KAFKA_OK) r = kafka_end_offset(s, p->topic, p->number, &p->end, e);
        if (r != KAFKA_OK) return r;
    }
    return KAFKA_OK;
}

static void start_parts(struct kafka_source *s) {
    for (uint32_t i = 0;; i++) {
        pthread_mutex_lock(&s->mutex);
        struct kafka_part *p = i < s->nparts ? s->parts[i] : NULL;
        bool start = p && !p->started && !p->done;
        int64_t from = p ? p->next : 0;
        if (start && p->next >= p->end) {
            p->done = true;
            start = false;
        }
        if (start) p->started = true;
        pthread_mutex_unlock(&s->mutex);
        if (!p) return;
        if (start) rd_kafka_consume_start_queue(p->topic->handle, p->number, from, s->queues[p->worker]);
    }
}

static void stop_done(struct kafka_source *s) {
    for (uint32_t i = 0;; i++) {
        pthread_mutex_lock(&s->mutex);
        struct kafka_part *p = i < s->nparts ? s->parts[i] : NULL;
        bool stop = p && p->started && p->done && !p->stopped;
        if (stop) p->stopped = true;
        pthread_mutex_unlock(&s->mutex);
        if (!p) return;
        if (stop) rd_kafka_consume_stop(p->topic->handle, p->number);
    }
}

static void say_found(struct kafka_source *s, const struct finds *f, bool first) {
    if (first || !f->n) return;
    kafka_say(&s->link, "%u new partition%s, the first is %s-%d", f->n, f->n == 1 ? "" : "s",
              f->items[0].topic, f->items[0].number);
}

/* One look at the cluster. */
static enum kafka_try discover(struct kafka_source *s, int64_t since_us, struct error *e) {
    struct finds f = {0};
    bool first = !s->known && !s->restored;
    enum kafka_try r = find_partitions(s, since_us, &f, e);
    /* A bounded scan ends where it ended when it began: what has appeared since is not its. */
    bool take = !s->bounded || first;
    if (r == KAFKA_OK && take) r = ask_offsets(s, &f, first, e);
    if (r == KAFKA_OK) {
        kafka_link_up(&s->link);
        say_found(s, &f, first || !take);
        pthread_mutex_lock(&s->mutex);
        for (uint32_t i = 0; take && i < f.n; i++) {
            struct found *p = &f.items[i];
            kafka_part_add(s, kafka_topic_of(s, str_of(p->topic), e), p->number, p->start, p->end);
        }
        s->known = true;
        pthread_mutex_unlock(&s->mutex);
        start_parts(s);
        kafka_wake_all(s);
    }
    free_finds(&f);
    return r;
}

/* ---- the thread ---- */

static void fail(struct kafka_source *s, const struct error *e) {
    pthread_mutex_lock(&s->mutex);
    if (!s->failure.code) s->failure = *e;
    pthread_mutex_unlock(&s->mutex);
    kafka_wake_all(s);
}

/* Waits for something to do: false = the source is being closed. */
static bool wait_a_while(struct kafka_source *s) {
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    int64_t ns = until.tv_nsec + (int64_t)POLL_US * 1000;
    until.tv_sec += ns / 1000000000;
    until.tv_nsec = ns % 1000000000;
    pthread_mutex_lock(&s->mutex);
    if (!s->closing && !s->stop_wanted) pthread_cond_timedwait(&s->changed, &s->mutex, &until);
    bool go_on = !s->closing;
    s->stop_wanted = false;
    pthread_mutex_unlock(&s->mutex);
    return go_on;
}

void *kafka_control(void *source) {
    struct kafka_source *s = source;
    int64_t every_us =
        option_amount(s->options, "", kafka_options, "scan.topic-partition-discovery.interval");
    int64_t since_us = now_us(s), next_us = since_us;
    bool failed = false;
    do {
        rd_kafka_poll(s->rk, 0);
        bool due = !s->known || (every_us > 0 && !s->bounded && now_us(s) >= next_us);
        if (due && !failed) {
            struct error e = {0};
            enum kafka_try r = discover(s, since_us, &e);
            /* Once everything runs, what a look at the cluster finds amiss can wait for the next look. */
            failed = r == KAFKA_FAIL && !s->known;
            if (failed) fail(s, &e);
            if (r == KAFKA_AGAIN && atomic_load(&s->link.down)) since_us = now_us(s);
            next_us = now_us(s) + every_us;
        }
        stop_done(s);
    } while (wait_a_while(s));
    return NULL;
}
