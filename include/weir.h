/* SPDX-License-Identifier: Apache-2.0
 *
 * Weir as a library: a session holds tables, views and settings; statements are prepared and run in it; rows
 * come back as Arrow batches, and go in as Arrow batches through tables declared with 'connector' = 'stream'.
 *
 *     struct weir_session *s;
 *     struct weir_statement *q;
 *     struct weir_result *r;
 *     weir_open(NULL, &s, NULL);
 *     weir_execute(s, "CREATE TABLE m (host STRING, ms BIGINT) WITH ('connector' = 'stream')", WEIR_WHOLE,
 *                  NULL);
 *     weir_prepare(s, "SELECT host FROM m WHERE ms > 500", WEIR_WHOLE, NULL, &q, NULL);
 *     weir_start(q, &r, NULL);
 *
 * Handles are opaque. Whoever gets one from a function here gives it back to the function named with it; NULL
 * is taken there and does nothing. There are no globals: sessions share nothing, and each may live in a
 * thread of its own. The library never ends the process, installs no signal handler and prints nothing.
 *
 * Threads. A session and what was made from it belong to one thread at a time: calls may come from any
 * thread, but not at once; a call made while another is in progress is refused (WEIR_ERROR, code "WR005").
 * The exceptions are named: weir_cancel, weir_stop, weir_result_progress, weir_push, weir_push_watermark and
 * weir_push_end may be called from any thread at any time between the handle's birth and its release.
 *
 * Errors. A function that can fail gives an enum weir_status and takes `struct weir_error **error`, which may
 * be NULL. On WEIR_ERROR *error is a new error, to be given back to weir_error_free(); otherwise it is
 * untouched. Texts are UTF-8.
 */
#ifndef WEIR_H
#define WEIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this header. The library's own is weir_version(); programs built with the same
 * WEIR_ABI_VERSION work with any library of that number. */
#define WEIR_VERSION "0.1.0"
#define WEIR_ABI_VERSION 1

const char *weir_version(void);
int weir_abi_version(void);

/* ---- status and errors ---- */

enum weir_status {
    WEIR_OK = 0,
    WEIR_ERROR = 1, /* see the error */
    WEIR_END = 2,   /* nothing more will come: rows, statements */
    WEIR_WAIT = 3,  /* nothing at present; ask again */
};

struct weir_error;

#define WEIR_NO_PLACE ((size_t)-1)

const char *weir_error_code(const struct weir_error *e); /* five characters: SQLSTATE, or WR... */
const char *weir_error_text(const struct weir_error *e); /* one sentence */
const char *weir_error_hint(const struct weir_error *e); /* a suggestion, or "" */
/* Its name: "UNKNOWN_COLUMN". */
const char *weir_error_name(const struct weir_error *e);
/* Place in weir_error_sql(), in bytes; WEIR_NO_PLACE if it has none. */
size_t weir_error_offset(const struct weir_error *e);
size_t weir_error_length(const struct weir_error *e);
/* The text the place counts in: what was given, with ${NAME} replaced; "" if the error has no place. */
const char *weir_error_sql(const struct weir_error *e);
/* What the weir program exits with: 1 failed while running, 2 the statement is wrong, 3 wrong use. */
int weir_error_exit_status(const struct weir_error *e);
bool weir_error_retriable(const struct weir_error *e); /* the same call may succeed later */
bool weir_error_fatal(const struct weir_error *e);     /* the session can only be closed */
void weir_error_free(struct weir_error *e);

/* ---- sessions ---- */

struct weir_session;
struct weir_result;
struct weir_progress;

/* Start with WEIR_CONFIG_INIT and set what is wanted. */
struct weir_config {
    size_t struct_bytes; /* sizeof(struct weir_config), for newer libraries */
    void *arg;           /* given to the callbacks */
    /* A line for people ("no broker answers, waiting"), without newline. From any thread of the library,
     * several at once; it must not call the library. */
    void (*log)(void *arg, const char *line);
    /* Rows came too late for an operator and were dropped, `rows` since the last call. As above. */
    void (*late_rows)(void *arg, const char *operator_name, uint64_t rows);
    /* How far a job or query is: some times a second while it runs, and once at its end. From the thread that
     * runs it: one of the library, or the one that reads the result. It may call what any thread may. */
    void (*progress)(void *arg, struct weir_result *r, const struct weir_progress *p);
};
#define WEIR_CONFIG_INIT {sizeof(struct weir_config), 0, 0, 0, 0}

/* Opens a session; config NULL = the defaults. Free with weir_close(). */
enum weir_status weir_open(const struct weir_config *config, struct weir_session **out,
                           struct weir_error **error);
/* Cancels what runs and frees the session with all results, statements and inputs made from it: their handles
 * are invalid afterwards. */
void weir_close(struct weir_session *s);

/* A setting, as SET 'key' = 'value' does. */
enum weir_status weir_set(struct weir_session *s, const char *key, const char *value,
                          struct weir_error **error);
/* The value of a setting as text, or its default; NULL if it has neither. Valid until the next call. *given
 * tells whether it was set; may be NULL. */
const char *weir_setting(struct weir_session *s, const char *key, bool *given);
/* The value for ${NAME} in texts that come after. */
enum weir_status weir_define(struct weir_session *s, const char *name, const char *value,
                             struct weir_error **error);

/* ---- statements ---- */

struct weir_statement;
struct weir_result;

/* A length that means: up to the NUL. */
#define WEIR_WHOLE ((size_t)-1)

/* Runs all statements of a text, one after another, and waits for each; rows of queries are dropped. For
 * tables, views, settings and INSERTs. */
enum weir_status weir_execute(struct weir_session *s, const char *sql, size_t length,
                              struct weir_error **error);

/* Prepares the statement that begins at *offset (NULL = 0), and moves *offset behind it. WEIR_END: none is
 * left. Free with weir_statement_free(). Names are resolved now, and mean the tables of this moment
 * ever after. A ? in an expression stands for a parameter; such a statement is planned when it is started, as
 * if the values stood in its text. */
enum weir_status weir_prepare(struct weir_session *s, const char *sql, size_t length, size_t *offset,
                              struct weir_statement **out, struct weir_error **error);
void weir_statement_free(struct weir_statement *q);

/* Parameters, from 1. A value stays until another is given; one that was never given is NULL. */
unsigned weir_parameters(const struct weir_statement *q);
enum weir_status weir_bind_null(struct weir_statement *q, unsigned i, struct weir_error **error);
enum weir_status weir_bind_boolean(struct weir_statement *q, unsigned i, bool value,
                                   struct weir_error **error);
enum weir_status weir_bind_bigint(struct weir_statement *q, unsigned i, int64_t value,
                                  struct weir_error **error);
enum weir_status weir_bind_double(struct weir_statement *q, unsigned i, double value,
                                  struct weir_error **error);
enum weir_status weir_bind_string(struct weir_statement *q, unsigned i, const char *value, size_t length,
                                  struct weir_error **error);

enum weir_complete {
    WEIR_EMPTY = 0,      /* blanks, comments, semicolons */
    WEIR_COMPLETE = 1,   /* a statement with its ; (and its END, of a statement set) */
    WEIR_INCOMPLETE = 2, /* more is to come */
};
/* Looks at the words only, from `offset` on: has the user typed a whole statement? *end is set behind it. */
enum weir_complete weir_statement_end(const char *sql, size_t length, size_t offset, size_t *end);

/* Starts the statement. Definitions and settings are done when it returns. A query with one worker (setting
 * parallelism.default) is run by the calls that read its result, in their thread; all other jobs run in
 * threads of the library. The result is independent of the statement, which may be started again. Free with
 * weir_result_free(). */
enum weir_status weir_start(struct weir_statement *q, struct weir_result **out, struct weir_error **error);

/* A whole text as a script. As one job, as `weir run` does it: definitions and settings in order, then all
 * INSERTs together, then each query. Or statement by statement, as `weir FILE.sql` does it. Start with
 * WEIR_RUN_INIT. */
struct weir_run_options {
    size_t struct_bytes;   /* sizeof(struct weir_run_options) */
    const char *state_dir; /* keeps checkpoints, and the job goes on from the last one; NULL keeps nothing */
    bool separately;       /* statement by statement; not with state_dir */
    bool check;            /* parse, bind and plan only: nothing runs, and weir_run_next() gives WEIR_END */
};
#define WEIR_RUN_INIT {sizeof(struct weir_run_options), 0, 0, 0}

struct weir_run;
/* Unless `separately`, plans everything: errors in the text come from here. `options` may be NULL. Free with
 * weir_run_free(). */
enum weir_status weir_run(struct weir_session *s, const char *sql, size_t length,
                          const struct weir_run_options *options, struct weir_run **out,
                          struct weir_error **error);
/* Starts the next part and gives its result: SHOW and EXPLAIN, then the job of the INSERTs, then each query.
 * To be called once the result before has ended. WEIR_END: that was all. */
enum weir_status weir_run_next(struct weir_run *run, struct weir_result **out, struct weir_error **error);
void weir_run_free(struct weir_run *run);
/* Parses, binds and plans the text; its definitions and settings are carried out, no job runs. */
enum weir_status weir_check(struct weir_session *s, const char *sql, size_t length,
                            struct weir_error **error);

/* ---- results ---- */

enum weir_kind {
    WEIR_NOTHING = 0, /* a definition or setting: done */
    WEIR_ROWS = 1,    /* a query, SHOW, DESCRIBE or EXPLAIN */
    WEIR_JOB = 2,     /* INSERTs: no rows, but progress and an end */
    WEIR_TEXT = 3,    /* EXPLAIN: one row, one column, a text of several lines for people */
};

enum weir_kind weir_result_kind(const struct weir_result *r);
/* How a job is called in SHOW JOBS and STOP JOB; NULL for other kinds. */
const char *weir_result_job(const struct weir_result *r);
/* Does it end by itself? */
bool weir_result_bounded(const struct weir_result *r);
/* May rows be taken back (-U, -D)? Then ask for the kinds of change. */
bool weir_result_updating(const struct weir_result *r);
unsigned weir_columns(const struct weir_result *r);
const char *weir_column_name(const struct weir_result *r, unsigned i); /* from 0; NULL beyond the last */
const char *weir_column_type(const struct weir_result *r, unsigned i); /* as SQL: "DECIMAL(10, 2)" */

struct ArrowArrayStream;
struct ArrowArray;
struct ArrowSchema;

/* All rows as an Arrow C stream, which the caller gives a struct for and releases as the Arrow C stream
 * interface says; afterwards only weir_cancel, weir_stop, weir_result_progress and weir_result_free may be
 * called for the result, and the stream must be released before it. Its get_next waits for rows; at the end
 * of the input it ends. Arrays own their memory and may outlive everything else. `change_column`: name of a
 * first column (utf8: "+I", "-U", "+U", "-D") with the kind of each change; NULL = none, which is refused for
 * a result that takes rows back. Types: BOOLEAN bool, TINYINT..BIGINT int8..int64, FLOAT float32, DOUBLE
 * float64, DECIMAL decimal128, CHAR and VARCHAR utf8, BINARY and VARBINARY binary, DATE date32, TIME
 * time32(ms), TIMESTAMP timestamp(us) or (ns) beyond precision 6, TIMESTAMP_LTZ the same in UTC with the
 * session's zone, INTERVAL YEAR TO MONTH interval(months), INTERVAL DAY TO SECOND duration(us), ARRAY list,
 * MAP map, ROW struct. */
enum weir_status weir_result_arrow(struct weir_result *r, const char *change_column,
                                   struct ArrowArrayStream *out, struct weir_error **error);
/* One batch, waiting at most timeout_us (0 = not at all, negative = for ever): WEIR_OK with *out set, to be
 * released by the caller; WEIR_WAIT; WEIR_END. weir_result_schema() gives its schema. */
enum weir_status weir_result_schema(struct weir_result *r, const char *change_column, struct ArrowSchema *out,
                                    struct weir_error **error);
enum weir_status weir_result_next(struct weir_result *r, int64_t timeout_us, struct ArrowArray *out,
                                  struct weir_error **error);

/* The kind of a change, as in a changelog. */
enum weir_change {
    WEIR_INSERT = 0,        /* +I */
    WEIR_UPDATE_BEFORE = 1, /* -U: this row is taken back, a new one follows */
    WEIR_UPDATE_AFTER = 2,  /* +U */
    WEIR_DELETE = 3,        /* -D */
};

/* Some rows as text, as CAST(.. AS STRING) gives it. Everything is valid until the next call for the result.
 */
struct weir_rows {
    size_t struct_bytes;       /* sizeof(struct weir_rows), set by the caller */
    uint32_t rows, columns;
    const uint8_t *changes;    /* enum weir_change by row; NULL = all WEIR_INSERT */
    const char *const *cells;  /* rows * columns, row after row, each with a NUL behind it; NULL = NULL */
    const uint32_t *lengths;   /* of the cells, in bytes */
};
/* Waits like weir_result_next(). */
enum weir_status weir_result_rows(struct weir_result *r, int64_t timeout_us, struct weir_rows *out,
                                  struct weir_error **error);

enum weir_format {
    WEIR_CSV = 0,   /* a header line, then lines; with `changes` a first column op */
    WEIR_JSONL = 1, /* {"op":"+I","row":{"country":"IN","plays":7}} */
};
/* Some rows as lines of text, valid until the next call for the result. Waits like weir_result_next(). One
 * result is read in one of these ways only: Arrow, rows or text. */
enum weir_status weir_result_text(struct weir_result *r, enum weir_format format, bool changes,
                                  int64_t timeout_us, const char **text, size_t *length,
                                  struct weir_error **error);

/* Waits until the job has ended (WEIR_OK), at most timeout_us (WEIR_WAIT). A query's rows are dropped. */
enum weir_status weir_result_wait(struct weir_result *r, int64_t timeout_us, struct weir_error **error);

enum weir_end_kind {
    WEIR_RUNNING = 0,
    WEIR_FINISHED = 1,
    WEIR_STOPPED = 2,      /* by weir_stop() */
    WEIR_CANCELLED = 3,    /* by weir_cancel() */
    WEIR_FAILED = 4,
    WEIR_WAS_FINISHED = 5, /* the job in the state folder had ended before: nothing was done */
};
enum weir_end_kind weir_result_end(struct weir_result *r);

struct weir_progress {
    size_t struct_bytes;     /* sizeof(struct weir_progress), set by the caller */
    uint64_t rows_in;        /* read from sources */
    uint64_t rows_out;       /* given to sinks or to the result */
    uint64_t bytes_in;       /* read */
    uint64_t bytes_total;    /* of bounded input; 0 = unknown */
    uint64_t late_rows;      /* dropped */
    uint64_t bad_records;    /* skipped */
    uint64_t checkpoints;    /* taken */
    int64_t state_bytes;     /* keyed state */
    int64_t
        watermark_us; /* lowest of the sources, since 1970; INT64_MIN = none yet, INT64_MAX = input ended */
    int64_t behind_rows;     /* that brokers hold and the job has not read; -1 = unknown */
    int64_t elapsed_us;      /* since the start, to the end */
};
/* Any thread, any time. */
enum weir_status weir_result_progress(struct weir_result *r, struct weir_progress *out,
                                      struct weir_error **error);
/* Ends the job: at once, its reader gets WEIR_ERROR with code "57014"; or with a last checkpoint where it has
 * state, the reader gets WEIR_END. Any thread, any time; also from a signal handler. */
void weir_cancel(struct weir_result *r);
void weir_stop(struct weir_result *r);
/* Cancels what still runs and waits for its threads. */
void weir_result_free(struct weir_result *r);

/* ---- rows into stream tables ---- */

struct weir_input;

/* The way into a table with 'connector' = 'stream'. Batches pushed while no query reads the table wait
 * for the first that does; each query started later gets what is pushed from then on (with the table's option
 * 'keep' = 'true' every query gets everything). Free with weir_input_free(), which ends the table for its
 * readers. `schema`: layout of the batches to come, read here
 * and left with the caller; NULL = the table's own columns in the layouts that weir_result_arrow() gives.
 * Columns are found by name; those the table does not have are left out, those it has and the batches do not
 * are NULL. Any Arrow layout of a column's type is taken: utf8, large_utf8, utf8_view, dictionaries, list,
 * large_list, fixed-size list, timestamps of any unit. */
enum weir_status weir_input_open(struct weir_session *s, const char *table, const struct ArrowSchema *schema,
                                 struct weir_input **out, struct weir_error **error);
/* Gives a batch (a struct array) away: on WEIR_OK the library releases it, from any thread. WEIR_WAIT: more
 * than weir.stream.buffer-bytes is waiting; read results, or try later. Data is read in place, not copied,
 * until then. */
enum weir_status weir_push(struct weir_input *in, struct ArrowArray *batch, struct weir_error **error);
/* No row earlier than this will come; microseconds since 1970, in UTC (of the wall clock, if the rowtime is a
 * TIMESTAMP). For tables with WATERMARK FOR .. AS SOURCE_WATERMARK(); where the watermark is an expression
 * over rows, the later of the two holds. */
enum weir_status weir_push_watermark(struct weir_input *in, int64_t watermark_us, struct weir_error **error);
/* No more rows. */
enum weir_status weir_push_end(struct weir_input *in, struct weir_error **error);
void weir_input_free(struct weir_input *in);

/* ---- the catalog ---- */

/* Each gives its rows as a result, as SHOW does.
 * weir_tables: catalog, database, name, kind (TABLE or VIEW), connector. weir_table_columns: name, type, key
 * (PRIMARY KEY or NULL), time (ROWTIME, PROCTIME or NULL), extras (METADATA .., AS ..; or NULL). */
enum weir_status weir_tables(struct weir_session *s, struct weir_result **out, struct weir_error **error);
enum weir_status weir_table_columns(struct weir_session *s, const char *table, struct weir_result **out,
                                    struct weir_error **error);
/* name, signatures (one a line), kind (SCALAR, AGGREGATE, TABLE), help */
enum weir_status weir_functions(struct weir_session *s, struct weir_result **out, struct weir_error **error);
/* What may stand at a byte offset of a text that is being typed, which may go on behind it: text, kind
 * (keyword, table, column, function, option, value), help, and from: where the word begins that it would
 * replace, up to the offset. The best come first. Where anything begins with the word, in any case, nothing
 * else is given. */
enum weir_status weir_completions(struct weir_session *s, const char *sql, size_t length, size_t offset,
                                  struct weir_result **out, struct weir_error **error);

#ifdef __cplusplus
}
#endif

#endif
