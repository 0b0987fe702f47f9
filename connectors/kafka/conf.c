/* SPDX-License-Identifier: Apache-2.0
 *
 * Configuration of a client: our defaults, then what the table says as 'properties.KEY'. Names that only the
 * Java client has are translated where there is a counterpart, left out with a line where they do not matter
 * here, and refused where leaving them out would change what is read or who may read it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "connectors/builtin.h"
#include "connectors/kafka/kafka.h"
#include "connectors/kafka_desc.h"

#define PREFIX "properties."

struct renamed {
    const char *java, *ours;
};
static const struct renamed renamed[] = {
    {"fetch.max.wait.ms", "fetch.wait.max.ms"},
    {"max.request.size", "message.max.bytes"},
    {"receive.buffer.bytes", "socket.receive.buffer.bytes"},
    {"send.buffer.bytes", "socket.send.buffer.bytes"},
};

static const char *const ignored[] = {
    "key.deserializer",
    "value.deserializer",
    "key.serializer",
    "value.serializer",
    "max.poll.records",
    "interceptor.classes",
    "metric.reporters",
    "metrics.num.samples",
    "metrics.recording.level",
    "metrics.sample.window.ms",
    "default.api.timeout.ms",
    "client.dns.lookup",
    "partition.assignment.strategy",
    "partition.discovery.interval.ms",
    "max.block.ms",
    "partitioner.class",
    "buffer.memory",
    "exclude.internal.topics",
    "enable.auto.commit",
    "auto.commit.interval.ms",
    "auto.offset.reset",
    "group.id",
    "connections.max.idle.ms",
    "auto.include.jmx.reporter",
};

struct refused {
    const char *key, *hint;
};
static const struct refused refused[] = {
    {"sasl.jaas.config", "give 'properties.sasl.username' and 'properties.sasl.password'"},
    {"ssl.truststore.location", "give 'properties.ssl.ca.location', a file of PEM certificates"},
    {"ssl.truststore.password", "give 'properties.ssl.ca.location', a file of PEM certificates"},
    {"ssl.truststore.type", "give 'properties.ssl.ca.location', a file of PEM certificates"},
    {"sasl.login.callback.handler.class", "classes of Java cannot be loaded"},
    {"enable.partition.eof", "the connector sets it"},
    {"transactional.id", "transactions are not supported yet"},
};

void kafka_say(const struct kafka_link *link, const char *fmt, ...) {
    char text[768];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    connector_log(&link->config, "kafka %.*s: %s", STR_ARG(link->config.table->name), text);
}

void kafka_link_up(struct kafka_link *link) {
    if (atomic_load_explicit(&link->down, memory_order_relaxed) && atomic_exchange(&link->down, false))
        kafka_say(link, "%s answers again, going on", link->servers);
}

struct str kafka_property(const struct options *o, const char *key) {
    char name[128];
    snprintf(name, sizeof name, PREFIX "%s", key);
    const struct option *item = options_find(o, name);
    return item ? item->value : STR("");
}

/* ---- what the client says ---- */

static void on_error(rd_kafka_t *rk UNUSED, int err, const char *reason, void *opaque) {
    struct kafka_link *link = opaque;
    if (err == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
        if (!atomic_exchange(&link->down, true))
            kafka_say(link, "no broker of %s answers, waiting", link->servers);
    } else if (err == RD_KAFKA_RESP_ERR__AUTHENTICATION || err == RD_KAFKA_RESP_ERR__SSL ||
               err == RD_KAFKA_RESP_ERR__RESOLVE) {
        if (!atomic_exchange(&link->down, true)) kafka_say(link, "%s; waiting", reason);
    }
}

/* Lost connections are told by on_error; 'properties.debug' asks for everything. */
static void on_log(const rd_kafka_t *rk, int level, const char *facility, const char *text) {
    const struct kafka_link *link = rd_kafka_opaque(rk);
    if (!link || level <= 2 || kafka_property(link->config.table->options, "debug").len) {
        if (link) kafka_say(link, "%s: %s", facility, text);
    }
}

/* ---- properties ---- */

static const char *our_name(const char *key) {
    for (size_t i = 0; i < ARRAY_LEN(renamed); i++) {
        if (strcmp(key, renamed[i].java) == 0) return renamed[i].ours;
    }
    return key;
}

static bool is_ignored(const char *key) {
    for (size_t i = 0; i < ARRAY_LEN(ignored); i++) {
        if (strcmp(key, ignored[i]) == 0) return true;
    }
    return false;
}

static enum status check_refused(const struct option *o, const char *key, struct error *e) {
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
        if (strcmp(key, refused[i].key) != 0) continue;
        error_at(e, ERR_UNSUPPORTED, o->key_span, "the property '%s' is not supported", key);
        return error_hint(e, "%s", refused[i].hint);
    }
    return ST_OK;
}

static enum status set_property(const struct kafka_link *link, const struct option *o, rd_kafka_conf_t *conf,
                                struct error *e) {
    char key[128], value[4096], reason[256];
    struct str name = str_sub(o->key, strlen(PREFIX), o->key.len - strlen(PREFIX));
    if (name.len >= sizeof key || o->value.len >= sizeof value)
        return error_at(e, ERR_INVALID_OPTION, o->value_span, "the property is longer than the client takes");
    snprintf(key, sizeof key, "%.*s", STR_ARG(name));
    snprintf(value, sizeof value, "%.*s", STR_ARG(o->value));
    TRY(check_refused(o, key, e));
    if (is_ignored(key)) {
        if (strcmp(key, "group.id") != 0 && strcmp(key, "auto.offset.reset") != 0)
            kafka_say(link, "the property '%s' means nothing here and is left out", key);
        return ST_OK;
    }
    switch (rd_kafka_conf_set(conf, our_name(key), value, reason, sizeof reason)) {
    case RD_KAFKA_CONF_OK: return ST_OK;
    case RD_KAFKA_CONF_UNKNOWN:
        error_at(e, ERR_INVALID_OPTION, o->key_span, "the Kafka client has no property '%s'", key);
        return error_hint(e, "the names are those of librdkafka's CONFIGURATION.md; most are Java's");
    default: break;
    }
    return error_at(e, ERR_INVALID_OPTION, o->value_span, "the Kafka client does not take '%s' = '%s': %s",
                    o->key.ptr ? key : "", value, reason);
}

/* Acknowledgements that a sequence-numbered producer cannot have switch the numbers off. */
static enum status set_acks(const struct options *o, rd_kafka_conf_t *conf, struct error *e) {
    struct str acks = kafka_property(o, "acks");
    if (!acks.len || str_eq(acks, STR("all")) || str_eq(acks, STR("-1"))) return ST_OK;
    char reason[256];
    if (rd_kafka_conf_set(conf, "enable.idempotence", "false", reason, sizeof reason) == RD_KAFKA_CONF_OK)
        return ST_OK;
    return error_set(e, ERR_INVALID_OPTION, "%s", reason);
}

static enum status fill(struct kafka_link *link, const struct kafka_setting *defaults, bool consumer,
                        rd_kafka_conf_t *conf, struct error *e) {
    const struct options *o = link->config.table->options;
    char reason[256];
    for (const struct kafka_setting *d = defaults; d->key; d++) {
        if (rd_kafka_conf_set(conf, d->key, d->value, reason, sizeof reason) != RD_KAFKA_CONF_OK)
            return error_set(e, ERR_INTERNAL, "the Kafka client does not take %s = %s: %s", d->key, d->value,
                             reason);
    }
    if (!consumer) TRY(set_acks(o, conf, e));
    for (uint32_t i = 0; i < o->count; i++) {
        if (str_starts(o->items[i].key, STR(PREFIX))) TRY(set_property(link, &o->items[i], conf, e));
    }
    rd_kafka_conf_set_opaque(conf, link);
    rd_kafka_conf_set_error_cb(conf, on_error);
    rd_kafka_conf_set_log_cb(conf, on_log);
    return ST_OK;
}

enum status kafka_conf_make(struct kafka_link *link, const struct kafka_setting *defaults, bool consumer,
                            rd_kafka_conf_t **out, struct error *e) {
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    if (fill(link, defaults, consumer, conf, e) != ST_OK) {
        rd_kafka_conf_destroy(conf);
        return ST_ERROR;
    }
    *out = conf;
    return ST_OK;
}
