/* SPDX-License-Identifier: Apache-2.0
 *
 * The physical plan: a DAG of nodes, read-only to exec/. A node may have several consumers (shared
 * scans, statement sets). Expressions stand only in CALC nodes, join residuals and scans' watermarks;
 * all other nodes work on column numbers, so that a CALC below prepares what they need.
 *
 * Changelog modes: APPEND has no change column; RETRACT carries -U/-D rows with all columns; UPSERT may
 * leave out -U rows (the key is `upsert_key`). An operator that needs retractions gets RETRACT inputs.
 */
#ifndef WEIR_PLANNER_PLAN_H
#define WEIR_PLANNER_PLAN_H

#include "planner/expr.h"
#include "planner/registry.h"

enum plan_kind {
    PLAN_SCAN,          /* reads a table */
    PLAN_VALUES,        /* literal rows */
    PLAN_CALC,          /* filter, then projection */
    PLAN_EXCHANGE,      /* moves rows between workers */
    PLAN_UNION,         /* UNION ALL */
    PLAN_LATE_FILTER,   /* drops and counts rows at or behind the watermark before themselves */
    PLAN_WINDOW_TVF,    /* adds window_start, window_end, window_time; HOP and CUMULATE multiply rows */
    PLAN_WINDOW_AGG,    /* aggregates by window and keys */
    PLAN_GROUP_AGG,     /* aggregates by keys: a changelog, or final rows in batch mode */
    PLAN_DEDUP,         /* first or last row by key */
    PLAN_JOIN,          /* equi-join */
    PLAN_TEMPORAL_JOIN, /* FOR SYSTEM_TIME AS OF rowtime */
    PLAN_SORT,          /* ORDER BY of bounded input, with optional limit */
    PLAN_TOPN,          /* the first rows by key in an order, as a changelog */
    PLAN_UNNEST,        /* a row for each entry of a collection */
    PLAN_LIMIT,         /* LIMIT and OFFSET without order */
    PLAN_SINK,          /* writes a table, or hands rows to the client */
    PLAN_KIND_COUNT
};

enum changelog { CHANGELOG_APPEND, CHANGELOG_UPSERT, CHANGELOG_RETRACT };
enum time_attr { TIME_NONE, TIME_ROWTIME, TIME_PROCTIME };

struct plan_note; /* planner/binder.h */

struct plan_col {
    struct str name;
    const struct type *type;
    enum time_attr time;          /* is it a time attribute here? */
    const struct plan_note *note; /* planner only: it is a window's bound or a row number; or NULL */
};

struct cols {
    uint32_t count;
    uint32_t *items; /* column numbers */
};

enum window_kind {
    WINDOW_TUMBLE,
    WINDOW_HOP,
    WINDOW_CUMULATE,
    WINDOW_ATTACHED /* rows carry window_start and window_end already (a window over the same window) */
};

/* All in microseconds. */
struct window_spec {
    enum window_kind kind;
    uint32_t time_col; /* the rowtime column of the input (not for ATTACHED) */
    bool proctime;     /* processing time: time_col is ignored */
    int64_t size_us;   /* TUMBLE and HOP size, CUMULATE max size */
    int64_t slide_us;  /* HOP slide, CUMULATE step; = size for TUMBLE */
    int64_t offset_us;
    bool local_time; /* time_col is TIMESTAMP_LTZ: window_start/end are wall clock of the session zone */
    uint32_t start_col, end_col; /* ATTACHED: input columns */
};

struct agg_call {
    const struct func_desc *func; /* an AGG row of functions.def */
    const struct type *type;      /* result */
    struct cols args;             /* input columns; none for COUNT(*) */
    bool distinct;
    int32_t filter; /* boolean input column, or -1 */
};

enum agg_phase {
    AGG_ONE,   /* rows in, results out */
    AGG_LOCAL, /* rows in, partial aggregates out (flushed at watermark, checkpoint and memory limit) */
    AGG_GLOBAL /* partial aggregates in, results out */
};

enum exchange_kind { EXCHANGE_HASH, EXCHANGE_BROADCAST, EXCHANGE_GATHER };
enum join_type {
    JOIN_INNER,
    JOIN_LEFT,
    JOIN_FULL,
    JOIN_SEMI, /* left rows with a partner: IN, EXISTS, INTERSECT */
    JOIN_ANTI  /* left rows without: NOT IN, NOT EXISTS, EXCEPT */
};
static inline bool join_is_half(enum join_type t) {
    return t == JOIN_SEMI || t == JOIN_ANTI;
}

struct sort_key {
    uint32_t col;
    bool descending;
    bool nulls_first;
};

/* A table as the executor needs it. */
struct plan_table {
    struct str name; /* full name: cat.db.t */
    const struct connector_desc *connector;
    const struct format_desc *format;     /* NULL without one */
    const struct options *options;        /* as given, hints merged; 'connector' included */
    struct str format_prefix;             /* "csv." or "value.csv." ... ends in a dot */
    struct schema physical;               /* physical columns, in table order */
    struct cols primary_key;              /* of the sink's columns; count 0 = none */
    struct cols partition_by;             /* physical columns of PARTITIONED BY */
    const struct format_desc *key_format; /* Kafka; NULL = none */
    struct str key_format_prefix;         /* "key.json." */
    bool inferred;                        /* the columns were found in the files */
    enum header_line header;              /* of its CSV files */
};

/* A column a scan produces: a physical one, or a metadata key. */
struct scan_col {
    bool metadata;
    uint32_t physical;       /* index into table->physical */
    struct str metadata_key; /* 'offset' */
    const bool *fields;      /* of a ROW: those that are read; NULL = all */
};

struct plan_scan {
    const struct plan_table *table;
    struct scan_col *cols;        /* one for each output column: only what is read */
    const struct expr *watermark; /* over the output columns: microseconds; NULL = no watermark */
    bool source_watermark; /* the connector gives it, not the rows: `watermark` only says that it is wanted */
    uint32_t rowtime_col;         /* printing only */
    bool bounded;
    int64_t idle_timeout_us; /* 0 = off */
};

struct plan_values {
    uint32_t nrows;
    struct expr ***rows; /* rows[r][c]: constant expressions of the column's type */
};

struct plan_calc {
    struct expr *filter; /* BOOLEAN over the input, or NULL */
    struct expr **exprs; /* one for each output column, over the input */
};

struct plan_exchange {
    enum exchange_kind kind;
    struct cols keys; /* HASH */
    bool keep_time; /* rows bring the watermark before them along, for an operator behind that judges lateness
                     */
};

struct plan_window_tvf {
    struct window_spec window; /* output: input columns, window_start, window_end, window_time */
};

/* Output columns: keys, aggregates, then as asked window_start, window_end, window_time (always in this
 * order, each if its flag is set). Between LOCAL and GLOBAL: keys, slice BIGINT (its end in microseconds;
 * HOP: plus how many of its windows were over for these rows), then the partial state columns of each
 * aggregate (exec/agg.h, agg_partial_types). */
struct plan_window_agg {
    struct window_spec window;
    struct cols keys; /* input columns (GLOBAL: 0..n-1 of the partial rows) */
    uint32_t naggs;
    struct agg_call *aggs; /* args are columns of the original input, also in GLOBAL */
    enum agg_phase phase;
    bool input_retracts; /* input is RETRACT; then in one phase */
    bool emit_start, emit_end, emit_time;
    const struct type *start_type; /* type of window_start and window_end: TIMESTAMP(3) */
    const struct type *time_type;  /* of window_time: the time attribute's */
};

/* Output: keys, then aggregates. LOCAL→GLOBAL rows: keys, then partial state columns. */
struct plan_group_agg {
    struct cols keys;
    uint32_t naggs;
    struct agg_call *aggs;
    enum agg_phase phase;
    bool final_only;     /* batch mode: results once, at the end */
    bool input_retracts; /* input is RETRACT: aggregates must be able to subtract */
    bool emit_before;    /* consumers need -U rows */
    int64_t ttl_us;      /* table.exec.state.ttl; 0 = never */
    bool ttl_event_time; /* weir.state.ttl-clock = event */
};

/* Output = input. FIRST by rowtime or proctime emits each row at most once (an append), except that with
 * rowtime order a row that arrives later but is earlier replaces (-U/+U), unless `eager_first` says that
 * results wait for the watermark. */
struct plan_dedup {
    struct cols keys;
    uint32_t time_col;
    bool proctime;
    bool keep_last;
    bool emit_before;
    bool each_change; /* keep_last below a window: every change goes out with the watermark before its row */
    int64_t ttl_us;
    bool ttl_event_time;
    bool final_only;
    const bool *read;          /* by column of the input: somebody above reads it; NULL = all */
    const struct expr *filter; /* first rows for which it is not TRUE are dropped; NULL = none */
};

/* Output: left columns, right columns; of SEMI and ANTI the left ones alone. */
struct plan_join {
    enum join_type type;
    struct cols left_keys, right_keys;
    bool null_safe;              /* IS NOT DISTINCT FROM keys */
    const struct expr *residual; /* over the concatenated columns, or NULL */
    int8_t build; /* 1: right is bounded and read first, left is not kept; 0: left likewise; -1 both kept */
    bool right_first; /* FULL with build -1, both sides end: the right one is read first, so that nothing is
                         taken back */
    bool left_retracts, right_retracts;
    bool emit_before;
    int64_t ttl_us;
    bool ttl_event_time;
    bool final_only;
};

/* Output: left columns, right columns. Port 0 is the probe side, port 1 the versioned table. */
struct plan_temporal_join {
    enum join_type type;
    struct cols left_keys, right_keys;
    uint32_t left_time;  /* rowtime of the left row */
    uint32_t right_time; /* rowtime that starts a version */
    const struct expr *residual;
    bool right_retracts;
};

struct plan_sort {
    uint32_t nkeys;
    struct sort_key *keys;
    int64_t offset, limit; /* limit -1 = none */
};

/* Output = input, then with emit_rank the row's number in its key, BIGINT. */
struct plan_topn {
    struct cols keys; /* PARTITION BY; count 0: all rows are one key */
    uint32_t norder;
    struct sort_key *order;
    int64_t from, to; /* numbers shown, from 1 */
    bool emit_rank;
    bool input_retracts;
    bool emit_before; /* with emit_rank: consumers need -U rows */
    bool final_only;
    int32_t fires;   /* input column that is the end of the window each key is in: rows go out when that
                      * is over; -1 = none */
    bool local_time; /* the window's end is wall clock of the session zone */
    int64_t ttl_us;
    bool ttl_event_time;
};

/* Output = input, then the entry: fields of a ROW, or one column; key and value of a MAP; nothing when `col`
 * is a BIGINT, which says how often the row goes out. Then with ordinality its position, INT. */
struct plan_unnest {
    uint32_t col;
    bool outer; /* rows without entries go out once, with NULLs */
    bool ordinality;
};

struct plan_limit {
    int64_t offset, limit;
};

struct plan_sink {
    const struct plan_table *table; /* NULL: rows go to the client */
    struct str label;               /* "INSERT INTO t", for messages */
    uint32_t *cols;                 /* output column of the input for each physical column of the table */
    struct scan_col *targets;       /* what each input column is written to (physical or metadata) */
};

struct plan_node {
    enum plan_kind kind;
    uint32_t id; /* dense, inputs before consumers */
    uint32_t ninputs;
    struct plan_node **inputs;
    uint32_t ncols;
    struct plan_col *cols;    /* output */
    enum changelog changelog; /* of the output */
    struct cols upsert_key;   /* unique key of the output; count 0 = none known */
    bool bounded;             /* ends by itself */
    struct str state_note;    /* EXPLAIN: "1 row a key, unbounded"; empty = stateless */
    struct str fingerprint;   /* normalised text of this node, for matching snapshots */
    union {
        struct plan_scan scan;
        struct plan_values values;
        struct plan_calc calc;
        struct plan_exchange exchange;
        struct plan_window_tvf window_tvf;
        struct plan_window_agg window_agg;
        struct plan_group_agg group_agg;
        struct plan_dedup dedup;
        struct plan_join join;
        struct plan_temporal_join temporal_join;
        struct plan_sort sort;
        struct plan_topn topn;
        struct plan_unnest unnest;
        struct plan_limit limit;
        struct plan_sink sink;
    };
};

/* What one job runs: all nodes, inputs before consumers, nodes[i]->id == i. */
struct plan {
    uint32_t count;
    struct plan_node **nodes;
    uint32_t parallelism;
    bool bounded;           /* all scans end */
    bool batch;             /* execution.runtime-mode: final rows only */
    struct str fingerprint; /* hash input for checkpoints: all nodes' fingerprints */
};

#endif
