/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of settings, and a session's values; see session_options.h.
 */
#include "planner/session_options.h"

const struct option_def session_option_defs[] = {
    {"execution.runtime-mode", OPT_ENUM, NULL, "streaming|batch|automatic", 0, 0, false,
     "whether queries give changes as they come or final rows; default: streaming in weir run, else "
     "automatic"},
    {"parallelism.default", OPT_INT, "1", NULL, 1, 256, false, "workers of a job"},
    {"table.exec.resource.default-parallelism", OPT_INT, "-1", NULL, -1, 256, false,
     "workers of a job; wins over parallelism.default unless -1"},
    {"pipeline.name", OPT_STRING, NULL, NULL, 0, 0, false, "name of the job"},
    {"execution.checkpointing.interval", OPT_DURATION, NULL, NULL, 0, 0, false, "time between checkpoints"},
    {"table.exec.state.ttl", OPT_DURATION, "0 ms", NULL, 0, 0, false,
     "how long keyed state is kept after its last use; 0 = for ever"},
    {"table.exec.source.idle-timeout", OPT_DURATION, "0 ms", NULL, 0, 0, false,
     "after this time without rows a split holds the watermark back no longer; 0 = never"},
    {"table.local-time-zone", OPT_STRING, NULL, NULL, 0, 0, false, "zone of TIMESTAMP_LTZ values as text"},
    {"table.dml-sync", OPT_BOOL, "false", NULL, 0, 0, false, "INSERT waits until its job has ended"},
    {"table.exec.sink.not-null-enforcer", OPT_ENUM, "ERROR", "ERROR|DROP", 0, 0, false,
     "what happens to a NULL for a NOT NULL column of a sink"},
    {"sql-client.execution.result-mode", OPT_ENUM, "table", "table|changelog|tableau", 0, 0, false,
     "how the REPL shows results"},
    {"weir.batch.rows", OPT_INT, "2048", NULL, 1, 2048, false, "rows of a batch"},
    {"weir.source.chunk-bytes", OPT_BYTES, "128 kb", NULL, 1, 1 << 30, false,
     "how much of its input a worker takes at once"},
    {"weir.on-error", OPT_ENUM, "fail", "fail|skip", 0, 0, false,
     "what happens when a record does not decode"},
    {"weir.state.memory-limit", OPT_BYTES, "0", NULL, 0, 0, false,
     "most memory for state in a job; 0 = no limit"},
    {"weir.state.ttl-clock", OPT_ENUM, "processing", "processing|event", 0, 0, false,
     "the clock of table.exec.state.ttl"},
    {"weir.stream.buffer-bytes", OPT_BYTES, "64 mb", NULL, 1, 1ll << 40, false,
     "how much of what a program pushes into a stream table waits before it is told to wait"},
    {"weir.csv.header", OPT_ENUM, "auto", "auto|true|false", 0, 0, false,
     "whether CSV files begin with a line of names; auto: only where columns are inferred, if it looks so"},
    {"weir.test.stop-after-chunks", OPT_INT, "0", NULL, 0, INT64_MAX, false,
     "for tests: checkpoint and stop after so many pieces of input; 0 = never"},
    {NULL, OPT_STRING, NULL, NULL, 0, 0, false, NULL},
};

/* Flink's keys without a meaning here: prefixes, or whole keys. */
static const char *const flink_keys[] = {
    "table.exec.mini-batch.",
    "table.optimizer.",
    "table.exec.sink.",
    "table.exec.rank.topn-cache-size",
    "table.exec.interval-join.",
    "table.exec.deduplicate.",
    "table.exec.async-lookup.",
    "table.exec.emit.",
    "table.exec.legacy-cast-behaviour",
    "table.exec.legacy-bytes-to-string-cast",
    "table.exec.uid.",
    "table.exec.source.cdc-events-duplicate",
    "table.exec.spill-compression.",
    "table.exec.sort.",
    "table.exec.disabled-operators",
    "table.exec.operator-fusion-codegen.",
    "table.exec.shuffle-mode",
    "table.dynamic-table-options.enabled",
    "table.sql-dialect",
    "table.display.",
    "table.generated-code.",
    "table.plan.",
    "table.catalog-modification.",
    "table.builtin-",
    "table.column-expansion-strategy",
    "table.rtas-ctas.",
    "table.resources.",
    "pipeline.",
    "parallelism.",
    "execution.",
    "restart-strategy",
    "state.",
    "sql-client.",
    "rest.",
    "taskmanager.",
    "jobmanager.",
    "metrics.",
    "security.",
    "akka.",
    "web.",
    "high-availability",
    "classloader.",
    "env.",
    "heartbeat.",
    "kubernetes.",
    "cluster.",
    "historyserver.",
    "fs.",
    "yarn.",
    "job.",
    "slotmanager.",
    "slot.",
    "compiler.",
    "connector.iceberg.",
};

/* Flink's keys that would change answers: only the values that mean what Weir does are taken. */
static const struct {
    const char *key;
    const char *values; /* "a|b"; NULL = none */
    const char *hint;   /* or NULL */
} fixed_keys[] = {
    {"table.exec.sink.type-length-enforcer", "IGNORE", NULL},
    {"table.exec.legacy-cast-behaviour", "DISABLED", "TRY_CAST gives NULL where CAST fails"},
    {"table.exec.legacy-bytes-to-string-cast", "false", NULL},
    {"table.exec.emit.early-fire.enabled", "false", NULL},
    {"table.exec.emit.late-fire.enabled", "false", NULL},
    {"table.exec.emit.allow-lateness", "0|0 ms|0 s", NULL},
    {"table.exec.source.cdc-events-duplicate", "false", NULL},
    {"table.sql-dialect", "default", NULL},
    {"execution.state-recovery.path", NULL, "weir run --state DIR goes on from the checkpoint in DIR"},
    {"execution.savepoint.path", NULL, "weir run --state DIR goes on from the checkpoint in DIR"},
};

void session_options_free(struct session_options *o) {
    arena_free(&o->arena);
    *o = (struct session_options){0};
}

static bool flink_knows(struct str key) {
    for (size_t i = 0; i < ARRAY_LEN(flink_keys); i++) {
        if (str_starts(key, str_of(flink_keys[i]))) return true;
    }
    return false;
}

static bool one_of(struct str value, const char *values) {
    struct str rest = str_of(values ? values : "");
    while (rest.len) {
        const char *bar = memchr(rest.ptr, '|', rest.len);
        struct str item = {rest.ptr, bar ? (size_t)(bar - rest.ptr) : rest.len};
        if (str_ieq(item, value)) return true;
        size_t used = item.len + (bar != NULL);
        rest = str_sub(rest, used, rest.len - used);
    }
    return false;
}

static enum status check_fixed(struct str key, struct str value, struct span span, struct error *e) {
    for (size_t i = 0; i < ARRAY_LEN(fixed_keys); i++) {
        if (!str_eq(key, str_of(fixed_keys[i].key)) || one_of(value, fixed_keys[i].values)) continue;
        error_at(e, ERR_UNSUPPORTED, span, "'%.*s' = '%.*s' is not supported yet", STR_ARG(key),
                 STR_ARG(value));
        return fixed_keys[i].hint ? error_hint(e, "%s", fixed_keys[i].hint) : ST_ERROR;
    }
    return ST_OK;
}

static enum status check(struct str key, struct str value, struct span key_span, struct span value_span,
                         struct error *e) {
    if (!option_def_find(session_option_defs, key) && flink_knows(key)) return ST_OK;
    struct option item = {key, value, key_span, value_span};
    return options_check(&(struct options){1, &item}, "", session_option_defs, "the session", e);
}

enum status session_options_set(struct session_options *o, struct str key, struct str value,
                                struct span key_span, struct span value_span, struct error *e) {
    TRY(check_fixed(key, value, value_span, e));
    TRY(check(key, value, key_span, value_span, e));
    struct option *item = NULL;
    for (uint32_t i = 0; i < o->given.count && !item; i++) {
        if (str_eq(o->given.items[i].key, key)) item = &o->given.items[i];
    }
    if (!item) {
        ARENA_ONE_MORE(&o->arena, o->given.items, o->given.count);
        item = &o->given.items[o->given.count++];
        item->key = arena_str(&o->arena, key);
    }
    item->value = arena_str(&o->arena, value);
    item->key_span = item->value_span = (struct span){0};
    return ST_OK;
}

enum status session_options_reset(struct session_options *o, struct str key, struct span span,
                                  struct error *e) {
    if (key.len == 0) {
        o->given.count = 0;
        return ST_OK;
    }
    for (uint32_t i = 0; i < o->given.count; i++) {
        if (!str_eq(o->given.items[i].key, key)) continue;
        memmove(&o->given.items[i], &o->given.items[i + 1],
                (o->given.count - i - 1) * sizeof *o->given.items);
        o->given.count--;
        return ST_OK;
    }
    if (option_def_find(session_option_defs, key) || flink_knows(key)) return ST_OK;
    return check(key, (struct str){"", 0}, span, span, e);
}

struct str session_option_str(const struct session_options *o, const char *key) {
    return option_str(&o->given, "", session_option_defs, key);
}
int64_t session_option_int(const struct session_options *o, const char *key) {
    return option_int(&o->given, "", session_option_defs, key);
}
int64_t session_option_amount(const struct session_options *o, const char *key) {
    return option_amount(&o->given, "", session_option_defs, key);
}
