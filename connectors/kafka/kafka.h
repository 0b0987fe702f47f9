/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the Kafka plug-in share.
 *   conf.c      'properties.*' to librdkafka's configuration; what the client says to the user
 *   columns.c   which columns are in the key and which in the value
 *   offsets.c   where partitions begin and end
 *   discover.c  the control thread: finds partitions, starts and stops them
 *   source.c    claim and decode
 *   metadata.c  metadata columns
 *   sink.c      the producer
 *
 * The source owns its partitions: it never joins a group's rebalancing; a group's offsets are only looked at
 * and committed. Every worker has a queue of librdkafka into which its partitions' messages go.
 */
#ifndef WEIR_CONNECTORS_KAFKA_KAFKA_H
#define WEIR_CONNECTORS_KAFKA_KAFKA_H

#include <librdkafka/rdkafka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "connectors/plugin.h"

extern const struct source_class kafka_source_class;
extern const struct sink_class kafka_sink_class;

/* ---- conf.c ---- */

/* A client and whom it speaks to; the opaque of its configuration. */
struct kafka_link {
    struct io_config config;
    const char *servers; /* bootstrap.servers */
    _Atomic bool down;   /* no broker answers, and the user was told */
};

struct kafka_setting {
    const char *key, *value;
};
/* Builds a configuration: `defaults` (ended by key NULL) first, then the table's properties. */
enum status kafka_conf_make(struct kafka_link *link, const struct kafka_setting *defaults, bool consumer,
                            rd_kafka_conf_t **out, struct error *e);
/* A line for the user that names the table. */
void kafka_say(const struct kafka_link *link, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* A broker has answered. */
void kafka_link_up(struct kafka_link *link);
/* A property as given, or empty. */
struct str kafka_property(const struct options *o, const char *key);

/* ---- columns.c ---- */

/* Physical columns of the table in key and value. */
struct kafka_layout {
    struct schema key, value; /* as the formats see them: names without key.fields-prefix */
    uint32_t *key_physical;   /* physical column of each */
    uint32_t *value_physical;
    bool keyed; /* there is a key format */
};
enum status kafka_layout_make(const struct plan_table *t, struct arena *a, struct kafka_layout *out,
                              struct error *e);
struct format_config kafka_format_config(const struct plan_table *t, bool key, const struct schema *schema,
                                         const uint32_t *projection, uint32_t n, const struct zone *zone,
                                         struct arena *a);
/* The plug-in's own copy of a format. */
/* The items of "a;b;c", blanks and empty ones left out. */
uint32_t kafka_split(struct str text, char separator, struct arena *a, struct str **out);

/* ---- the source ---- */

#define KAFKA_NO_END INT64_MAX

struct kafka_part;
struct kafka_topic {
    char *name;
    rd_kafka_topic_t *handle;      /* its opaque is this struct */
    struct kafka_part **by_number; /* partitions by number, NULL = unknown to us; under the source's mutex */
    uint32_t n;
};

/* A partition = a split; never moves. Under the source's mutex, except what is const after it was added. */
struct kafka_part {
    struct kafka_topic *topic; /* const */
    int32_t number;            /* const */
    uint32_t split;            /* const: index in kafka_source.parts */
    uint32_t worker;           /* const */
    int64_t next;              /* offset to hand out next: the position */
    int64_t end;               /* stop before it; KAFKA_NO_END */
    uint64_t seq;              /* of the next chunk */
    bool started;              /* messages are being fetched */
    bool done;                 /* the end was reached */
    bool stopped;              /* control has stopped fetching */
    bool at_eof;               /* nothing more there now */
    int64_t eof_us;            /* monotonic time of that */
};

struct kafka_waker {
    struct kafka_source *source;
    uint32_t worker;
};

struct kafka_source {
    struct kafka_link link; /* holds the config */
    struct arena arena;     /* lives as long; only open() allocates */
    const struct plan_scan *scan;
    const struct options *options;
    struct kafka_layout layout;
    struct format_config value_config, key_config;
    const struct format_class *value_format, *key_format; /* key_format NULL: no column comes from the key */
    struct kafka_column *cols;                            /* source.c */
    uint32_t ncols;
    bool bounded;
    bool restored;           /* positions come from a snapshot */
    int64_t idle_timeout_us; /* 0: a partition without rows holds time back for ever */
    rd_kafka_t *rk;
    rd_kafka_queue_t *events;   /* the client's main queue: errors, commits */
    rd_kafka_queue_t **queues;  /* by worker */
    struct kafka_waker *wakers; /* by worker */
    bool group_given;           /* properties.group.id */
    pthread_t control;
    bool control_runs;
    pthread_mutex_t mutex;  /* guards all below */
    pthread_cond_t changed; /* for the control thread */
    bool closing;
    bool stop_wanted;     /* a partition is done */
    bool known;           /* partitions and their offsets are known */
    struct error failure; /* of the control thread */
    struct kafka_topic **topics;
    uint32_t ntopics;
    struct kafka_part **parts;
    uint32_t nparts;
    const struct kafka_part *newest;            /* that gave rows last */
    int64_t behind_us;                          /* monotonic time when the lag was told last */
    rd_kafka_topic_partition_list_t *to_commit; /* positions of the last snapshot */
    uint32_t commits;                           /* under way */
};

/* The topic, made known if it is new; NULL: error set. Called with the mutex held. */
struct kafka_topic *kafka_topic_of(struct kafka_source *s, struct str name, struct error *e);
/* Adds a partition, not started. Called with the mutex held. */
struct kafka_part *kafka_part_add(struct kafka_source *s, struct kafka_topic *t, int32_t number, int64_t next,
                                  int64_t end);
void kafka_wake_all(struct kafka_source *s);

/* discover.c: the control thread. */
void *kafka_control(void *source);

/* offsets.c. KAFKA_AGAIN: no broker answers, try later. */
enum kafka_try { KAFKA_OK, KAFKA_AGAIN, KAFKA_FAIL };
enum kafka_try kafka_start_offset(struct kafka_source *s, const char *topic, int32_t partition, bool first,
                                  int64_t *out, struct error *e);
enum kafka_try kafka_end_offset(struct kafka_source *s, const char *topic, int32_t partition, int64_t *out,
                                struct error *e);
/* Checks the texts of specific offsets. */
enum status kafka_check_offsets(const struct options *o, const char *key, struct error *e);

/* ---- metadata.c ---- */

enum kafka_meta {
    KAFKA_TOPIC,
    KAFKA_PARTITION,
    KAFKA_HEADERS,
    KAFKA_LEADER_EPOCH,
    KAFKA_OFFSET,
    KAFKA_TIMESTAMP,
    KAFKA_TIMESTAMP_TYPE,
    KAFKA_META_COUNT
};
/* KAFKA_META_COUNT: no such key. */
enum kafka_meta kafka_meta_of(struct str key);
/* The column for the messages msgs[index[0..n-1]] of one partition. */
struct vec *kafka_meta_column(enum kafka_meta kind, const struct type *type, const struct kafka_part *p,
                              rd_kafka_message_t *const *msgs, const uint32_t *index, uint32_t n,
                              struct arena *a);

#endif
