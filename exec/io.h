/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract of sources and sinks, which connectors implement and the task drives.
 *
 * A *source* belongs to the job and is shared by its workers; it hands out *chunks* (claim, under its own
 * lock): a frame of a file, a run of event numbers, a batch of Kafka records. Each worker has a *reader*
 * that turns the chunk it claimed into batches (decode, no lock). Chunks of one split are numbered in
 * order: the runtime chains watermarks along these numbers, so that rows are judged late as if one worker
 * had read them all. A chunk should hold one to a few batches (64-256 KiB of input).
 *
 * A checkpoint asks for the source's position when no chunk is being worked on: position = everything
 * claimed so far.
 *
 * A *sink* belongs to one worker. push() takes rows and may answer SINK_BUSY (queue full): the task then
 * comes back later with the same batch. Exactly-once sinks stage their output in prepare(epoch), which is
 * part of the checkpoint, and publish it in commit(epoch), which is idempotent and is repeated at restore.
 */
#ifndef WEIR_EXEC_IO_H
#define WEIR_EXEC_IO_H

#include "base/env.h"
#include "base/mem.h"
#include "base/serial.h"
#include "exec/batch.h"
#include "planner/plan.h"

struct zone;
struct stream_set;

enum on_error { ON_ERROR_FAIL, ON_ERROR_SKIP };

struct io_counters {
    _Atomic uint64_t rows;        /* produced or taken */
    _Atomic uint64_t bytes;       /* read or written */
    _Atomic uint64_t bad_records; /* skipped because they did not decode */
    _Atomic uint64_t total_bytes; /* of a bounded source; 0 = unknown */
    _Atomic int64_t behind;       /* rows that a server holds and nobody has read, plus 1; 0 = unknown */
};

struct io_config {
    const struct plan_table *table;
    struct env *env;
    const struct zone *zone;
    struct mem_account *mem;
    uint32_t worker;            /* of a sink or reader */
    uint32_t parallelism;
    uint32_t batch_rows;        /* weir.batch.rows */
    uint32_t chunk_bytes;       /* weir.source.chunk-bytes: about how much a chunk should hold */
    enum on_error on_error;     /* weir.on-error */
    struct str job_name;        /* pipeline.name, for client ids and file names */
    uint64_t job_tag;           /* the same whenever a job starts again on its state folder; 0 without one */
    struct io_counters *counters;
    bool checkpointed;          /* the job has --state: sinks publish at commits only */
    void (*log)(void *arg, const char *line); /* "broker is down, waiting" ...; thread-safe */
    void *log_arg;
    /* Wakes a worker that was told CLAIM_WAIT or SINK_BUSY; from any thread. */
    void (*wake)(void *arg, uint32_t worker);
    void *wake_arg;
    struct stream_set *streams; /* tables that the program feeds (connectors/stream.h); NULL = none */
    const struct plugin_host *host; /* what plug-ins call in the core (connectors/plugin.h) */
};

/* ---- sources ---- */

struct source;
struct reader;

enum claim { CLAIM_CHUNK, CLAIM_WAIT, CLAIM_END, CLAIM_FAIL };

struct chunk {
    uint32_t split;      /* dense number of the split, stable within a run */
    uint64_t seq;        /* 0, 1, 2, ... within the split */
    bool later_splits;   /* splits read one after another: more will be read after this one, and until the
                          * last one time is held back */
    /* Splits read side by side (Kafka partitions): by split number, 1 = belongs to this reader and is active,
     * 0 = idle, ended or not ours. Time is the minimum over the active ones; one that has given no row yet
     * holds time back. NULL for splits read one after another. Also set with CLAIM_WAIT. */
    const uint8_t *active;
    uint32_t nactive;    /* entries in active */
    int64_t wait_us;     /* CLAIM_WAIT: come back after this long, or when woken */
    int64_t
        watermark_us; /* no row behind this chunk is earlier, says the source; TIME_MIN = it says nothing */
    bool follow;         /* CLAIM_WAIT: the other readers' chunks of `split` count as this one's for time */
};

struct source_class {
    /* cols: what each output column is (plan_scan.cols). `state` is NULL in a fresh job, else what
     * snapshot() wrote. */
    enum status (*open)(const struct io_config *c, const struct plan_scan *scan, const struct plan_node *node,
                        struct inbuf *state, struct source **out, struct error *e);
    enum status (*reader_open)(struct source *s, const struct io_config *c, struct reader **out,
                               struct error *e);
    /* Takes the next chunk for this reader. Thread-safe; may read a file, must not wait for a network. */
    enum claim (*claim)(struct source *s, struct reader *r, struct chunk *out, struct error *e);
    /* The next batch of the claimed chunk, at most batch_rows rows, in `a`; *out NULL = chunk finished. With
     * on_error = skip bad records are counted and left out here; else ST_ERROR names source and place. All
     * batches of one chunk stay valid until the reader's next claim. */
    enum status (*decode)(struct reader *r, struct arena *a, struct batch **out, struct error *e);
    /* Position of all splits; called while no reader holds a chunk. */
    enum status (*snapshot)(struct source *s, struct outbuf *out, struct error *e);
    /* Checkpoint `epoch` is durable (Kafka commits offsets for lag tools). NULL = nothing. */
    void (*committed)(struct source *s, uint64_t epoch);
    void (*reader_close)(struct reader *r);
    void (*close)(struct source *s);
};

/* ---- sinks ---- */

struct sink;
enum sink_result { SINK_DONE, SINK_BUSY, SINK_FAIL };

struct sink_class {
    enum status (*open)(const struct io_config *c, const struct plan_sink *plan, const struct plan_node *node,
                        struct sink **out, struct error *e);
    /* Takes all selected rows. `watermark_us` is the current one (partition commits). */
    enum sink_result (*push)(struct sink *s, const struct batch *b, int64_t watermark_us, struct error *e);
    /* Called some times a second: time-outs, delivery reports. NULL = nothing. */
    enum sink_result (*tick)(struct sink *s, int64_t now_us, struct error *e);
    /* Everything so far is safe with the outside (flushed, acknowledged) or staged; writes into `out` what
     * commit(epoch) needs after a restart. SINK_BUSY: not yet, call again. NULL = stateless. */
    enum sink_result (*prepare)(struct sink *s, uint64_t epoch, struct outbuf *out, struct error *e);
    enum status (*commit)(struct sink *s, uint64_t epoch, struct error *e);
    /* At start of a restored job, once for every section that prepare() wrote (any parallelism), `committed`
     * being the epoch of the checkpoint restored: publish what belongs to it. Afterwards drop() once, on
     * worker 0: remove what an unfinished later epoch left. Both may be NULL. */
    enum status (*restore)(struct sink *s, uint64_t committed, struct inbuf *in, struct error *e);
    enum status (*drop)(struct sink *s, uint64_t committed, struct error *e);
    /* End of input without checkpoints: flush and publish. SINK_BUSY: call again. */
    enum sink_result (*finish)(struct sink *s, struct error *e);
    /* Without finish or commit before it, unpublished output is discarded. */
    void (*close)(struct sink *s);
};

#endif
