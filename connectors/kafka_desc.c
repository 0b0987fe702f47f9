/* SPDX-License-Identifier: Apache-2.0
 *
 * Options, metadata columns and checks of Kafka tables; see kafka_desc.h.
 */
#include "connectors/kafka_desc.h"

#include "connectors/builtin.h"

const struct option_def kafka_options[] = {
    {.key = "topic", .type = OPT_STRING, .help = "topic; several with ';' between them"},
    {.key = "topic-pattern", .type = OPT_STRING, .help = "regular expression of topics to read"},
    {.key = "properties.bootstrap.servers",
     .type = OPT_STRING,
     .required = true,
     .help = "host:port,host:port"},
    {.key = "properties.group.id",
     .type = OPT_STRING,
     .help = "consumer group; made of the table's name if not given"},
    {.key = "properties.#", .type = OPT_STRING, .help = "any property of the Kafka client"},
    {.key = "key.format", .type = OPT_STRING, .help = "format of the record's key"},
    {.key = "value.format", .type = OPT_STRING, .help = "the same as 'format'"},
    {.key = "key.fields", .type = OPT_STRING, .help = "columns in the key, with ';' between them"},
    {.key = "key.fields-prefix", .type = OPT_STRING, .help = "before the names of key columns in the table"},
    {.key = "value.fields-include",
     .type = OPT_ENUM,
     .def = "ALL",
     .values = "ALL|EXCEPT_KEY",
     .help = "are the key's columns in the value as well?"},
    {.key = "scan.startup.mode",
     .type = OPT_ENUM,
     .def = "group-offsets",
     .values = "earliest-offset|latest-offset|group-offsets|timestamp|specific-offsets",
     .help = "where to begin"},
    {.key = "scan.startup.specific-offsets",
     .type = OPT_STRING,
     .help = "'partition:0,offset:42;partition:1,offset:300'"},
    {.key = "scan.startup.timestamp-millis", .type = OPT_INT, .help = "milliseconds since 1970"},
    {.key = "scan.bounded.mode",
     .type = OPT_ENUM,
     .def = "unbounded",
     .values = "unbounded|latest-offset|group-offsets|timestamp|specific-offsets",
     .help = "where to end"},
    {.key = "scan.bounded.specific-offsets", .type = OPT_STRING, .help = "as of scan.startup"},
    {.key = "scan.bounded.timestamp-millis", .type = OPT_INT, .help = "milliseconds since 1970"},
    {.key = "scan.topic-partition-discovery.interval",
     .type = OPT_DURATION,
     .def = "5 min",
     .help = "how often to look for new partitions; 0 = never"},
    {.key = "scan.watermark.idle-timeout",
     .type = OPT_DURATION,
     .help = "a partition without rows for so long does not hold time back"},
    {.key = "scan.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = "sink.partitioner",
     .type = OPT_STRING,
     .def = "default",
     .help = "default, fixed or round-robin"},
    {.key = "sink.delivery-guarantee",
     .type = OPT_ENUM,
     .def = "at-least-once",
     .values = "at-least-once|exactly-once|none",
     .help = "what a restart may repeat or lose"},
    {.key = "sink.semantic",
     .type = OPT_ENUM,
     .values = "at-least-once|exactly-once|none",
     .help = "old name of sink.delivery-guarantee"},
    {.key = "sink.transactional-id-prefix", .type = OPT_STRING, .help = "needed for exactly-once"},
    {.key = "sink.transaction-naming-strategy",
     .type = OPT_ENUM,
     .def = "incrementing",
     .values = "incrementing|pooling",
     .help = "for exactly-once"},
    {.key = "sink.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = NULL},
};

const struct metadata_desc kafka_metadata[] = {
    {.key = "topic", .kind = TYPE_VARCHAR, .writable = true},
    {.key = "partition", .kind = TYPE_INT},
    {.key = "headers", .kind = TYPE_MAP, .writable = true},
    {.key = "leader-epoch", .kind = TYPE_INT, .nullable = true},
    {.key = "offset", .kind = TYPE_BIGINT},
    {.key = "timestamp", .kind = TYPE_TIMESTAMP_LTZ, .precision = 3, .writable = true},
    {.key = "timestamp-type", .kind = TYPE_VARCHAR},
    {.key = NULL},
};

static bool value_is(const struct options *o, const char *key, const char *value) {
    return str_ieq(option_str(o, "", kafka_options, key), str_of(value));
}

/* scan.startup or scan.bounded: what the mode needs must be there. */
static enum status check_mode(const struct options *o, const char *mode, const char *offsets,
                              const char *millis, struct error *e) {
    if (value_is(o, mode, "specific-offsets") && !options_find(o, offsets))
        return error_set(e, ERR_INVALID_OPTION, "'%s' = 'specific-offsets' needs the option '%s'", mode,
                         offsets);
    if (value_is(o, mode, "timestamp") && !options_find(o, millis))
        return error_set(e, ERR_INVALID_OPTION, "'%s' = 'timestamp' needs the option '%s'", mode, millis);
    return ST_OK;
}

static enum status check_partitioner(const struct options *o, struct error *e) {
    const struct option *item = options_find(o, "sink.partitioner");
    if (!item) return ST_OK;
    static const struct str known[] = {{"default", 7}, {"fixed", 5}, {"round-robin", 11}};
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (str_ieq(item->value, known[i])) return ST_OK;
    }
    error_at(e, ERR_UNSUPPORTED, item->value_span, "'sink.partitioner' = '%.*s' is not supported yet",
             STR_ARG(item->value));
    return error_hint(e, "a class of Java cannot be loaded; use default, fixed or round-robin");
}

static enum status check_guarantee(const struct options *o, const char *key, struct error *e) {
    const struct option *item = options_find(o, key);
    if (!item || !str_ieq(item->value, STR("exactly-once"))) return ST_OK;
    error_at(e, ERR_UNSUPPORTED, item->value_span,
             "'%s' = 'exactly-once' is not supported yet by connector 'kafka'", key);
    return error_hint(e, "leave it out: rows are delivered at least once");
}

enum status kafka_validate(const struct options *o, struct error *e) {
    bool topic = options_find(o, "topic"), pattern = options_find(o, "topic-pattern");
    if (topic && pattern)
        return error_set(e, ERR_INVALID_OPTION,
                         "connector 'kafka' takes 'topic' or 'topic-pattern', not both");
    if (!topic && !pattern)
        return error_set(e, ERR_INVALID_OPTION, "connector 'kafka' needs the option 'topic'");
    if (options_find(o, "key.fields") && !options_find(o, "key.format"))
        return error_set(e, ERR_INVALID_OPTION, "'key.fields' needs the option 'key.format'");
    TRY(check_mode(o, "scan.startup.mode", "scan.startup.specific-offsets", "scan.startup.timestamp-millis",
                   e));
    TRY(check_mode(o, "scan.bounded.mode", "scan.bounded.specific-offsets", "scan.bounded.timestamp-millis",
                   e));
    TRY(check_guarantee(o, "sink.delivery-guarantee", e));
    TRY(check_guarantee(o, "sink.semantic", e));
    return check_partitioner(o, e);
}

bool kafka_bounded(const struct options *o) {
    return !value_is(o, "scan.bounded.mode", "unbounded");
}

const struct connector_class kafka_connector = {.desc = KAFKA_DESC};
