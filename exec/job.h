/* SPDX-License-Identifier: Apache-2.0
 *
 * A job: one plan being run by `parallelism` workers, with its sources, exchanges and checkpoints. job_loop()
 * is the coordinator and returns when the job has ended, failed, or was stopped; job_step() runs a small job
 * without any thread.
 *
 * Thread rules: job_open(), job_begin(), job_loop() or job_step(), job_close() in one thread at a time;
 * job_stop(), job_cancel(), job_wake(), job_totals() from any.
 */
#ifndef WEIR_EXEC_JOB_H
#define WEIR_EXEC_JOB_H

#include "exec/exchange.h"
#include "exec/io.h"
#include "exec/op.h"
#include "exec/task.h"

#define JOB_PARALLELISM_MAX 256 /* workers of one job */

struct zone;
struct checkpoint_store;

struct job_config {
    const struct plan *plan;
    struct env *env;
    const struct zone *zone;
    struct error *error;
    uint32_t batch_rows;             /* 1 .. BATCH_MAX_ROWS */
    uint32_t chunk_bytes;
    enum on_error on_error;
    int64_t memory_limit_bytes;      /* all state of the job; 0 = none */
    struct str name;                 /* pipeline.name */
    const char *state_dir;           /* NULL: no checkpoints */
    int64_t checkpoint_interval_us;  /* 0: only at the stop */
    uint64_t stop_after_chunks;      /* tests: checkpoint and stop after so many claims; 0 = never */
    bool analyze;                    /* measure time by operator */
    /* Classes for descriptions; the engine knows them. */
    const struct source_class *(*source_class)(const struct connector_desc *desc, struct error *e);
    const struct sink_class *(*sink_class)(const struct connector_desc *desc, struct error *e);
    /* Rows of sinks without a table, from a worker's thread, one call at a time. SINK_BUSY: no room; the
     * batch stays valid and is offered again once the worker was woken (job_wake()). */
    enum sink_result (*collect)(void *arg, const struct batch *b, struct error *e);
    void *collect_arg;
    /* Rows were too late for an operator and were dropped; from a worker's thread, some times a second; may
     * be NULL. */
    void (*late)(void *arg, const char *operator_name, uint64_t rows);
    void *late_arg;
    struct stream_set *streams; /* tables that the program feeds; NULL = none */
    const struct plugin_host *host; /* for plug-ins */
    void (*log)(void *arg, const char *line); /* any thread */
    void *log_arg;
    void (*progress)(void *arg); /* by job_loop(), some times a second; may be NULL */
    void *progress_arg;
    /* A word of the caller's that asks for the end: 0 no, 1 checkpoint and stop, 2 cancel. Any thread or
     * signal handler may store to it; it is looked at some times a second. NULL: the job has its own. */
    _Atomic int *want_stop;
};

/* A source shared by all workers, with its chains of watermarks by split. */
struct chain {
    uint64_t next_seq;    /* chunk whose turn it is */
    int64_t watermark_us; /* maximum over all chunks before it */
};
struct shared_source {
    const struct source_class *class;
    struct source *source;
    struct io_config config;
    struct io_counters counters;
    pthread_mutex_t mutex;
    pthread_cond_t turn;  /* a chain has moved */
    struct chain *chains; /* by split */
    uint32_t nchains;
    uint32_t nfollowers;  /* set in the next */
    bool followers[JOB_PARALLELISM_MAX]; /* workers that wait for rows, and are to hear when time goes on */
};

struct job {
    struct job_config config;
    uint32_t parallelism;
    struct task *tasks;               /* one a worker */
    struct shared_source *sources;    /* by plan node id; unused entries are zero */
    struct exchange **exchanges;      /* by plan node id; NULL where there is none */
    struct mem_account mem;
    struct checkpoint_store *store;   /* NULL without state_dir */
    struct snapshot_restore *restore; /* what is restored, while tasks open; or NULL */
    uint64_t restored_epoch;          /* 0 = fresh */
    uint64_t tag;                     /* of the state folder; 0 without one */
    pthread_mutex_t mutex;            /* guards error, and collect */
    pthread_mutex_t collect_mutex;
    pthread_cond_t changed;           /* a task has reported something */
    _Atomic bool failed;
    _Atomic bool stop;                /* workers leave their loop */
    _Atomic int *want_stop;           /* 0 no, 1 checkpoint and stop, 2 cancel */
    _Atomic int own_want_stop;        /* where the caller gave none */
    _Atomic bool enough;              /* the rows of a LIMIT are there: sources end */
    _Atomic uint64_t epoch_requested; /* checkpoint under way or done */
    _Atomic uint64_t epoch_durable;   /* its files are in place: sinks may commit */
    _Atomic uint64_t chunks_claimed;
};

enum job_end { JOB_FINISHED, JOB_STOPPED, JOB_CANCELLED, JOB_WAS_FINISHED };

/* In steps, so that a caller can hold the handle (job_stop, job_totals) while it runs. job_begin() opens all
 * parts and restores; *was_finished: the job in the state folder had ended, nothing is left to run. Then
 * job_loop() runs the job to its end with threads of its own. ST_ERROR: config->error says why. */
enum status job_open(const struct job_config *config, struct job **out);
enum status job_begin(struct job *job, bool *was_finished);
enum status job_loop(struct job *job, enum job_end *end);
void job_close(struct job *job);

/* Instead of job_loop(), for one worker without a state folder: runs in the calling thread until a call of
 * collect answered SINK_BUSY, the job has ended, or timeout_us is over (0: until nothing can be done at once,
 * negative: for ever). */
enum status job_step(struct job *job, int64_t timeout_us, bool *ended, enum job_end *end);
/* Workers that met SINK_BUSY try again. */
void job_wake(struct job *job);

/* Ask for a checkpoint and stop (without state: just stop). */
void job_stop(struct job *job);
void job_cancel(struct job *job);

struct job_totals {
    uint64_t rows_in;        /* read from sources */
    uint64_t bytes_in, bytes_total;
    uint64_t rows_out;       /* taken by sinks */
    uint64_t late_rows, bad_records;
    int64_t state_bytes;
    int64_t watermark_us;    /* lowest of the sources; TIME_MIN none */
    uint64_t checkpoints;
    int64_t behind_rows;     /* that servers hold and the job has not read; -1 = unknown */
};
void job_totals(struct job *job, struct job_totals *out);
/* Adds up one plan node's figures over the workers (EXPLAIN ANALYZE); after job_loop() only. */
void job_node_stats(struct job *job, uint32_t plan_id, struct op_stats *out, int64_t *state_bytes);

/* Starts a thread; ERR_INTERNAL when the machine has none left. */
enum status job_thread(pthread_t *thread, void *(*run)(void *), void *arg, struct error *e);

/* For tasks. */
void job_io_config(struct job *job, const struct plan_table *table, uint32_t worker,
                   struct io_counters *counters, struct io_config *out);
/* The time of each split of a scan, for its snapshot, and back. */
void job_put_times(struct job *job, uint32_t plan_id, struct outbuf *o);
void job_report_failure(struct job *job, const struct error *e);
void job_report(struct job *job);

#endif
