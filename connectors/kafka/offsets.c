/* SPDX-License-Identifier: Apache-2.0
 *
 * Where a partition begins and ends: scan.startup.* and scan.bounded.* as offsets. Each question waits for a
 * broker a short time; the control thread asks again when none answers.
 */
#include <stdio.h>
#include <string.h>

#include "connectors/kafka/kafka.h"
#include "connectors/kafka_desc.h"

#define ASK_MS 2000

static bool is_lasting(rd_kafka_resp_err_t err) {
    switch (err) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_INVALID_GROUP_ID:
    case RD_KAFKA_RESP_ERR__INVALID_ARG:
    case RD_KAFKA_RESP_ERR__UNKNOWN_GROUP: return true;
    default: return false;
    }
}

static enum kafka_try judge(rd_kafka_resp_err_t err, const char *topic, int32_t partition, struct error *e) {
    if (err == RD_KAFKA_RESP_ERR_NO_ERROR) return KAFKA_OK;
    if (!is_lasting(err)) return KAFKA_AGAIN;
    error_set(e, ERR_NETWORK, "the offsets of topic '%s', partition %d cannot be read: %s", topic, partition,
              rd_kafka_err2str(err));
    return KAFKA_FAIL;
}

static enum kafka_try at_edge(struct kafka_source *s, const char *topic, int32_t partition, bool latest,
                              int64_t *out, struct error *e) {
    int64_t low, high;
    rd_kafka_resp_err_t err = rd_kafka_query_watermark_offsets(s->rk, topic, partition, &low, &high, ASK_MS);
    *out = latest ? high : low;
    return judge(err, topic, partition, e);
}

/* The first offset whose time is not before that; the end when there is none. */
static enum kafka_try at_time(struct kafka_source *s, const char *topic, int32_t partition, int64_t millis,
                              int64_t *out, struct error *e) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, partition)->offset = millis;
    rd_kafka_resp_err_t err = rd_kafka_offsets_for_times(s->rk, list, ASK_MS);
    if (!err) err = list->elems[0].err;
    *out = list->elems[0].offset;
    rd_kafka_topic_partition_list_destroy(list);
    enum kafka_try r = judge(err, topic, partition, e);
    if (r == KAFKA_OK && *out < 0) return at_edge(s, topic, partition, true, out, e);
    return r;
}

/* Committed by the group; *out < 0: nothing is. */
static enum kafka_try at_group(struct kafka_source *s, const char *topic, int32_t partition, int64_t *out,
                               struct error *e) {
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(list, topic, partition);
    rd_kafka_resp_err_t err = rd_kafka_committed(s->rk, list, ASK_MS);
    if (!err) err = list->elems[0].err;
    *out = list->elems[0].offset;
    rd_kafka_topic_partition_list_destroy(list);
    return judge(err, topic, partition, e);
}

/* One item "partition:0,offset:42". */
static bool parse_item(struct str item, int64_t *partition, int64_t *offset) {
    const char *comma = memchr(item.ptr, ',', item.len);
    if (!comma) return false;
    struct str a = {item.ptr, (size_t)(comma - item.ptr)};
    struct str b = {comma + 1, item.len - a.len - 1};
    if (!str_starts(a, STR("partition:")) || !str_starts(b, STR("offset:"))) return false;
    return option_parse_int(str_sub(a, 10, a.len - 10), partition) &&
           option_parse_int(str_sub(b, 7, b.len - 7), offset) && *partition >= 0 && *partition <= INT32_MAX &&
           *offset >= 0;
}

/* The offset given for the partition, or -1; false: the text is wrong. */
static bool find_specific(struct str text, int64_t partition, int64_t *out) {
    struct arena a = {0};
    struct str *items;
    uint32_t n = kafka_split(text, ';', &a, &items);
    bool good = n > 0;
    *out = -1;
    for (uint32_t i = 0; good && i < n; i++) {
        int64_t p, offset;
        good = parse_item(items[i], &p, &offset);
        if (good && p == partition) *out = offset;
    }
    arena_free(&a);
    return good;
}

enum status kafka_check_offsets(const struct options *o, const char *key, struct error *e) {
    const struct option *item = options_find(o, key);
    int64_t offset;
    if (!item || find_specific(item->value, 0, &offset)) return ST_OK;
    error_at(e, ERR_INVALID_OPTION, item->value_span, "'%s' = '%.*s' is not a list of offsets", key,
             STR_ARG(item->value));
    return error_hint(e, "write it as 'partition:0,offset:42;partition:1,offset:300'");
}

/* Without a committed offset: what auto.offset.reset says. */
static enum kafka_try reset(struct kafka_source *s, const char *topic, int32_t partition, struct str rule,
                            int64_t *out, struct error *e) {
    if (str_ieq(rule, STR("earliest"))) return at_edge(s, topic, partition, false, out, e);
    if (str_ieq(rule, STR("latest"))) return at_edge(s, topic, partition, true, out, e);
    error_set(e, ERR_INVALID_OPTION, "the group has no committed offset for topic '%s', partition %d", topic,
              partition);
    error_hint(e, "say where to begin: 'scan.startup.mode' = 'earliest-offset', or "
                  "'properties.auto.offset.reset' = 'earliest'");
    return KAFKA_FAIL;
}

static enum kafka_try by_mode(struct kafka_source *s, const char *side, const char *topic, int32_t partition,
                              int64_t *out, struct error *e) {
    char mode_key[64], offsets_key[64], millis_key[64];
    snprintf(mode_key, sizeof mode_key, "scan.%s.mode", side);
    snprintf(offsets_key, sizeof offsets_key, "scan.%s.specific-offsets", side);
    snprintf(millis_key, sizeof millis_key, "scan.%s.timestamp-millis", side);
    struct str mode = option_str(s->options, "", kafka_options, mode_key);
    struct str rule = kafka_property(s->options, "auto.offset.reset");
    if (str_ieq(mode, STR("earliest-offset"))) return at_edge(s, topic, partition, false, out, e);
    if (str_ieq(mode, STR("latest-offset"))) return at_edge(s, topic, partition, true, out, e);
    if (str_ieq(mode, STR("timestamp")))
        return at_time(s, topic, partition, option_int(s->options, "", kafka_options, millis_key), out, e);
    if (str_ieq(mode, STR("specific-offsets"))) {
        find_specific(option_str(s->options, "", kafka_options, offsets_key), partition, out);
        if (*out >= 0) return KAFKA_OK;
        if (!rule.len) rule = STR("earliest");
    }
    enum kafka_try r = at_group(s, topic, partition, out, e);
    if (r != KAFKA_OK || *out >= 0) return r;
    return reset(s, topic, partition, rule, out, e);
}

enum kafka_try kafka_start_offset(struct kafka_source *s, const char *topic, int32_t partition, bool first,
                                  int64_t *out, struct error *e) {
    /* A partition that appears later is read from its beginning, or rows would be lost. */
    if (!first) return at_edge(s, topic, partition, false, out, e);
    return by_mode(s, "startup", topic, partition, out, e);
}

enum kafka_try kafka_end_offset(struct kafka_source *s, const char *topic, int32_t partition, int64_t *out,
                                struct error *e) {
    *out = KAFKA_NO_END;
    if (!s->bounded) return KAFKA_OK;
    return by_mode(s, "bounded", topic, partition, out, e);
}
