/* SPDX-License-Identifier: Apache-2.0
 *
 * The filesystem connector's description: options, metadata columns, checks at CREATE TABLE.
 */
#include <ctype.h>

#include "connectors/filesystem/filesystem.h"

const struct option_def fs_options[] = {
    {.key = "path",
     .type = OPT_STRING,
     .required = true,
     .help = "file, folder, glob, or - for standard input or output"},
    {.key = "partition.default-name",
     .type = OPT_STRING,
     .def = "__DEFAULT_PARTITION__",
     .help = "folder of rows whose partition column is NULL or empty"},
    {.key = "source.monitor-interval", .type = OPT_DURATION, .help = "look for new files: not supported yet"},
    {.key = "source.path.regex-pattern",
     .type = OPT_STRING,
     .help = "which files to read: not supported yet"},
    {.key = "source.report-statistics", .type = OPT_STRING, .help = "taken, without effect"},
    {.key = "scan.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = "sink.rolling-policy.file-size",
     .type = OPT_BYTES,
     .def = "128 mb",
     .help = "a part file ends at this size"},
    {.key = "sink.rolling-policy.rollover-interval",
     .type = OPT_DURATION,
     .def = "30 min",
     .help = "a part file ends at this age"},
    {.key = "sink.rolling-policy.inactivity-interval",
     .type = OPT_DURATION,
     .def = "30 min",
     .help = "a part file ends when nothing was written for so long"},
    {.key = "sink.rolling-policy.check-interval",
     .type = OPT_DURATION,
     .def = "1 min",
     .help = "how often ages are looked at"},
    {.key = "auto-compaction", .type = OPT_BOOL, .def = "false", .help = "not supported yet"},
    {.key = "compaction.file-size", .type = OPT_BYTES, .help = "not supported yet"},
    {.key = "compaction.parallelism", .type = OPT_INT, .help = "not supported yet"},
    {.key = "sink.partition-commit.trigger",
     .type = OPT_ENUM,
     .def = "process-time",
     .values = "process-time|partition-time",
     .help = "when a partition is complete"},
    {.key = "sink.partition-commit.delay",
     .type = OPT_DURATION,
     .def = "0 s",
     .help = "how long to wait before that"},
    {.key = "sink.partition-commit.watermark-time-zone",
     .type = OPT_STRING,
     .def = "UTC",
     .help = "of partition times"},
    {.key = "sink.partition-commit.policy.kind", .type = OPT_STRING, .help = "not supported yet"},
    {.key = "sink.partition-commit.policy.class", .type = OPT_STRING, .help = "not supported yet"},
    {.key = "sink.partition-commit.success-file.name",
     .type = OPT_STRING,
     .def = "_SUCCESS",
     .help = "not supported yet"},
    {.key = "partition.time-extractor.kind",
     .type = OPT_STRING,
     .def = "default",
     .help = "of partition times"},
    {.key = "partition.time-extractor.class", .type = OPT_STRING, .help = "not supported yet"},
    {.key = "partition.time-extractor.timestamp-pattern", .type = OPT_STRING, .help = "of partition times"},
    {.key = "sink.shuffle-by-partition.enable",
     .type = OPT_BOOL,
     .def = "false",
     .help = "taken, without effect"},
    {.key = "sink.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = NULL},
};

static const struct metadata_desc metadata[] = {
    {.key = "file.path", .kind = TYPE_VARCHAR},
    {.key = "file.name", .kind = TYPE_VARCHAR},
    {.key = "file.size", .kind = TYPE_BIGINT},
    {.key = "file.modification-time", .kind = TYPE_TIMESTAMP_LTZ, .precision = 3},
    {.key = NULL},
};

const char *fs_path(const struct options *o, struct arena *a) {
    struct str path = option_str(o, "", fs_options, "path");
    if (str_starts(path, STR("file://"))) path = str_sub(path, 7, path.len - 7);
    else if (str_starts(path, STR("file:/"))) path = str_sub(path, 5, path.len - 5);
    while (path.len > 1 && path.ptr[path.len - 1] == '/') path.len--;
    return arena_str(a, path).ptr;
}

/* "s3://..." and the like. */
static enum status check_path(const struct options *o, struct error *e) {
    const struct option *item = options_find(o, "path");
    if (!item) return ST_OK; /* options_check says that it is missing */
    if (item->value.len == 0)
        return error_at(e, ERR_INVALID_OPTION, item->value_span, "the option 'path' is empty");
    if (memchr(item->value.ptr, '\0', item->value.len))
        return error_at(e, ERR_INVALID_OPTION, item->value_span, "the option 'path' holds a zero byte");
    size_t i = 0;
    while (i < item->value.len && isalnum((unsigned char)item->value.ptr[i])) i++;
    if (i + 3 > item->value.len || memcmp(item->value.ptr + i, "://", 3) != 0) return ST_OK;
    struct str scheme = str_sub(item->value, 0, i);
    if (!str_eq(scheme, STR("file")))
        return error_at(e, ERR_UNSUPPORTED, item->value_span,
                        "paths of '%.*s://' are not supported yet by connector 'filesystem'",
                        STR_ARG(scheme));
    if (item->value.len > 7 && item->value.ptr[7] != '/')
        return error_at(e, ERR_INVALID_OPTION, item->value_span,
                        "file:// needs an absolute path, as in file:///data/x");
    return ST_OK;
}

static enum status validate(const struct options *o, struct error *e) {
    static const char *const refused[] = {
        "source.monitor-interval",
        "source.path.regex-pattern",
        "compaction.file-size",
        "compaction.parallelism",
        "sink.partition-commit.policy.kind",
        "sink.partition-commit.policy.class",
        "sink.partition-commit.success-file.name",
        "partition.time-extractor.class",
    };
    TRY(check_path(o, e));
    for (size_t i = 0; i < ARRAY_LEN(refused); i++) TRY(connector_refuse(o, refused[i], e));
    if (option_bool(o, "", fs_options, "auto-compaction")) return connector_refuse(o, "auto-compaction", e);
    return ST_OK;
}

const struct connector_class filesystem_connector = {
    .desc = {.name = "filesystem",
             .caps = CONN_SOURCE | CONN_SINK | CONN_NEEDS_FORMAT | CONN_PARTITIONED | CONN_INFERS,
             .options = fs_options,
             .metadata = metadata,
             .validate = validate,
             .help = "files and folders"},
    .source = &fs_source_class,
    .sink = &fs_sink_class,
    .infer = fs_infer,
};
