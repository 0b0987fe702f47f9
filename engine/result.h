/* SPDX-License-Identifier: Apache-2.0
 *
 * Results: the rows or the job that a statement leads to.
 *
 * A query with one worker and no state folder is *run by its reader*: result_fetch() takes the worker's steps
 * until it has rows for the client, and gives them in place; nothing is copied and no thread is woken. All
 * other jobs have a coordinator thread and workers; rows of queries wait in a bounded queue of copies.
 *
 * Threads: the coordinator and the workers write only `queue`, `ended` and what is told in the comments,
 * under `mutex`; everything else belongs to the calls for the session.
 */
#ifndef WEIR_ENGINE_RESULT_H
#define WEIR_ENGINE_RESULT_H

#include <pthread.h>

#include "engine/statement.h"

/* Rows that wait for the reader. */
struct queued {
    struct queued *next;
    struct arena arena;
    struct batch *batch;
};

enum slot { SLOT_EMPTY, SLOT_FULL, SLOT_TAKEN };
enum result_way { WAY_NONE, WAY_ARROW, WAY_ROWS, WAY_CSV, WAY_JSONL };

struct weir_result {
    struct handle handle;
    enum weir_kind kind;
    bool bounded, updating;
    struct prepared *prepared; /* NULL for tables of strings */
    struct arena arena;        /* columns, rows of tables of strings */
    struct schema columns;
    const char **types; /* by column, as SQL; made when asked for */
    const struct zone *zone;
    const char *zone_name;
    struct job_entry *entry; /* of an INSERT; or NULL */

    /* the job */
    struct job_config config;
    struct job *job;       /* under mutex once there is a coordinator; NULL when it is closed */
    struct error error;    /* why it failed */
    _Atomic int want_stop; /* what job_config.want_stop points to */
    bool by_reader;        /* see above */
    bool analyze;          /* EXPLAIN ANALYZE: rows are only counted */
    bool discard;          /* nobody reads the rows */
    pthread_t coordinator;
    bool has_coordinator;
    pthread_mutex_t mutex;
    pthread_cond_t changed; /* rows or the end have come */
    struct queued *first, **last;
    uint64_t queued_rows;
    bool starved, full; /* the reader waits; a worker found no room */
    bool ended;         /* the job is over; rows may wait still */
    enum weir_end_kind end;
    struct job_totals totals;   /* at the end */
    int64_t begun_us, ended_us; /* monotonic */
    int64_t told_us;            /* when weir_config.progress was called last */

    /* reading */
    enum slot slot;            /* run by its reader: of `batch` */
    const struct batch *batch; /* with the reader */
    struct queued *current;    /* that `batch` is of */
    const struct batch *ready; /* a table of strings that was not given yet */
    enum result_way way;
    bool header_done;     /* CSV */
    bool change_column;   /* Arrow: with a column of the kinds of change */
    struct arena scratch; /* of the last call */
    struct outbuf text;
};

struct weir_result *result_new(struct weir_session *s, enum weir_kind kind);
void result_free(struct weir_result *r);
/* A ready table; bit c of booleans: column c holds TRUE and FALSE. */
enum status result_of_strings(struct weir_session *s, const struct string_table *t, struct weir_result **out,
                              struct error *e);
enum status result_of_text(struct weir_session *s, struct str text, struct weir_result **out);
/* Starts a job. */
enum status result_of_plan(struct weir_session *s, struct prepared *p, const struct start_options *options,
                           struct weir_result **out, struct error *e);

/* The next rows, waiting at most timeout_us (negative: for ever); they are valid until the next call. Lets go
 * of the ones before. WEIR_ERROR: *e is set. */
enum weir_status result_fetch(struct weir_result *r, int64_t timeout_us, const struct batch **out,
                              struct error *e);
/* Ends its job in good order and waits for that, at most timeout_us. */
void result_stop(struct weir_result *r, int64_t timeout_us);
/* The text that places of its errors count in. */
struct str result_sql(const struct weir_result *r);
/* Rows are read in one way only. */
enum status result_choose(struct weir_result *r, enum result_way way, const char *call, struct error *e);

/* One value as JSON: numbers as numbers, times as text, BYTES in base64. */
void result_json_value(struct outbuf *o, const struct vec *v, uint32_t row, const struct zone *zone);

/* ---- jobs of INSERTs, as SHOW JOBS has them (engine/jobs.c) ---- */

struct job_entry *jobs_add(struct weir_session *s, struct weir_result *r, struct str name);
const char *jobs_id(const struct job_entry *j);
/* Its result is about to be freed. */
void jobs_forget(struct job_entry *j);
/* The ids of all, newest first. */
const struct str *jobs_ids(const struct weir_session *s, struct arena *a, uint32_t *count);
bool jobs_is_statement(const struct ast_stmt *stmt);
/* SHOW JOBS, DESCRIBE JOB, STOP JOB. */
enum status jobs_statement(struct weir_session *s, const struct ast_stmt *stmt, struct weir_result **out,
                           struct error *e);

#endif
