/* SPDX-License-Identifier: Apache-2.0
 *
 * Metadata columns of a batch: all of its messages are of one partition, so topic and partition are
 * constants.
 */
#include "connectors/kafka/kafka.h"

static const char *const names[KAFKA_META_COUNT] = {
    [KAFKA_TOPIC] = "topic",
    [KAFKA_PARTITION] = "partition",
    [KAFKA_HEADERS] = "headers",
    [KAFKA_LEADER_EPOCH] = "leader-epoch",
    [KAFKA_OFFSET] = "offset",
    [KAFKA_TIMESTAMP] = "timestamp",
    [KAFKA_TIMESTAMP_TYPE] = "timestamp-type",
};

enum kafka_meta kafka_meta_of(struct str key) {
    unsigned i = 0;
    while (i < KAFKA_META_COUNT && !str_eq(key, str_of(names[i]))) i++;
    return i;
}

static struct strview copied(struct arena *a, const char *p, size_t len) {
    if (len <= STRVIEW_INLINE) return strview_of(p, len);
    return strview_of(arena_str(a, (struct str){p, len}).ptr, len);
}

static void put_int(struct vec *v, uint32_t row, int64_t value) {
    if (v->phys == PHYS_I32) ((int32_t *)v->data)[row] = (int32_t)value;
    else ((int64_t *)v->data)[row] = value;
}

static void set_null(struct vec *v, uint32_t row, struct arena *a) {
    valid_clear(vec_make_valid(v, a), row);
}

/* One map of headers; the last of several with the same name holds, as in Flink. */
static void put_headers(struct vec *v, uint32_t row, rd_kafka_message_t *m, uint32_t *entries,
                        struct arena *a) {
    struct listref *ref = (struct listref *)v->data + row;
    *ref = (struct listref){*entries, 0};
    rd_kafka_headers_t *h;
    if (rd_kafka_message_headers(m, &h) != RD_KAFKA_RESP_ERR_NO_ERROR) return;
    uint32_t n = (uint32_t)rd_kafka_header_cnt(h);
    vec_child_reserve(v, a, *entries + n);
    struct vec *key = &v->child[0], *value = &v->child[1];
    for (uint32_t i = 0; i < n; i++) {
        const char *name;
        const void *bytes;
        size_t len;
        if (rd_kafka_header_get_all(h, i, &name, &bytes, &len) != RD_KAFKA_RESP_ERR_NO_ERROR) continue;
        struct strview k = copied(a, name, strlen(name));
        uint32_t at = ref->offset;
        while (at < *entries && !strview_eq((struct strview *)key->data + at, &k)) at++;
        if (at == *entries) ++*entries;
        ((struct strview *)key->data)[at] = k;
        ((struct strview *)value->data)[at] = bytes ? copied(a, bytes, len) : strview_of("", 0);
        if (!bytes) set_null(value, at, a);
        else if (value->valid) valid_set(value->valid, at);
    }
    ref->len = *entries - ref->offset;
}

static void put_epoch(struct vec *v, uint32_t row, const rd_kafka_message_t *m UNUSED, struct arena *a) {
#if RD_KAFKA_VERSION >= 0x020100ff
    int32_t epoch = rd_kafka_message_leader_epoch(m);
    put_int(v, row, epoch);
    if (epoch >= 0) return;
#else
    put_int(v, row, 0);
#endif
    set_null(v, row, a);
}

static void put_time(enum kafka_meta kind, struct vec *v, uint32_t row, const rd_kafka_message_t *m) {
    rd_kafka_timestamp_type_t type;
    int64_t ms = rd_kafka_message_timestamp(m, &type);
    static const char *const types[] = {
        [RD_KAFKA_TIMESTAMP_NOT_AVAILABLE] = "NoTimestampType",
        [RD_KAFKA_TIMESTAMP_CREATE_TIME] = "CreateTime",
        [RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME] = "LogAppendTime",
    };
    if (kind == KAFKA_TIMESTAMP) put_int(v, row, ms * (type_ticks_per_second(v->type) / 1000));
    else ((struct strview *)v->data)[row] = strview_of(types[type], strlen(types[type]));
}

static struct vec *constant(enum kafka_meta kind, const struct type *type, const struct kafka_part *p,
                            uint32_t n, struct arena *a) {
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, type, 1);
    v->form = VEC_CONST;
    v->rows = n;
    if (kind == KAFKA_PARTITION) put_int(v, 0, p->number);
    else *(struct strview *)v->data = strview_of(p->topic->name, strlen(p->topic->name));
    return v;
}

struct vec *kafka_meta_column(enum kafka_meta kind, const struct type *type, const struct kafka_part *p,
                              rd_kafka_message_t *const *msgs, const uint32_t *index, uint32_t n,
                              struct arena *a) {
    if (kind == KAFKA_TOPIC || kind == KAFKA_PARTITION) return constant(kind, type, p, n, a);
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, type, n);
    uint32_t entries = 0;
    for (uint32_t i = 0; i < n; i++) {
        rd_kafka_message_t *m = msgs[index[i]];
        switch (kind) {
        case KAFKA_HEADERS: put_headers(v, i, m, &entries, a); break;
        case KAFKA_LEADER_EPOCH: put_epoch(v, i, m, a); break;
        case KAFKA_OFFSET: put_int(v, i, m->offset); break;
        case KAFKA_TIMESTAMP:
        case KAFKA_TIMESTAMP_TYPE: put_time(kind, v, i, m); break;
        case KAFKA_TOPIC:
        case KAFKA_PARTITION:
        case KAFKA_META_COUNT: break;
        }
    }
    return v;
}
