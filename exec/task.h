/* SPDX-License-Identifier: Apache-2.0
 *
 * A task: one worker's copy of the whole plan, run by one thread. The task owns nodes (an operator with its
 * ports) and moves batches and control events between them, deepest runnable node first; a source is polled
 * only when nothing deeper can run.
 *
 * A port holds at most one batch, and behind it the control events that came after: watermark, barrier, end.
 * A node may run while all its consumers' ports are free. Nodes that wait for another thread (a full ring, a
 * busy sink, a source without data) say so, and the worker sleeps on its doorbell.
 *
 * Barriers: when a checkpoint is asked for, sources stop at the end of their chunk and send a barrier; it
 * passes a node when it has come in on all ports that have not ended. When it has passed every node of every
 * worker nothing is pending anywhere, and the snapshots are taken.
 */
#ifndef WEIR_EXEC_TASK_H
#define WEIR_EXEC_TASK_H

#include "exec/exchange.h"
#include "exec/io.h"
#include "exec/op.h"
#include "exec/ring.h"

struct job;
struct task;
struct node;

struct port {
    const struct batch *batch; /* waiting to be pushed; NULL = free */
    int64_t watermark_us;      /* last that arrived (counts once the batch is gone) */
    bool idle;                 /* the other side has nothing to say at present */
    bool barrier;              /* a barrier has arrived */
    bool ended;                /* the end has arrived */
    bool end_told;             /* port_end() was called */
};

struct consumer {
    struct node *node;
    unsigned port;
};

enum node_kind { NODE_OP, NODE_SOURCE, NODE_RECEIVE };

/* What call is being carried out (until it answers OP_DONE). */
enum activity { ACT_NONE, ACT_PUSH, ACT_WATERMARK, ACT_PORT_END, ACT_TICK, ACT_FLUSH, ACT_FINISH };

struct node {
    struct task *task;
    const struct plan_node *plan;
    const struct op_class *class; /* NODE_OP */
    struct op *op;                /* NODE_OP */
    struct source_node *source;   /* NODE_SOURCE (exec/task_source.c) */
    struct receive_node *receive; /* NODE_RECEIVE (exec/task_exchange.c) */
    enum node_kind kind;
    bool finished;                /* all inputs ended and finish() is done */
    bool was_finished;            /* finished in the snapshot restored: emits nothing more */
    enum activity activity;
    bool rules; /* nothing but what it lets through reaches a sink: once it is satisfied, the job ends */
    bool settling;                /* the push is done, but what it gave out is still with the consumers */
    unsigned active_port;         /* of ACT_PUSH and ACT_PORT_END */
    uint64_t epoch_passed;        /* last barrier that went through */
    int64_t watermark_in_us;      /* given to the operator */
    int64_t watermark_out_us;     /* forwarded */
    bool idle_out;                /* idleness was forwarded */
    int64_t last_tick_us;
    uint32_t nports;
    struct port *ports;
    uint32_t nconsumers;
    struct consumer *consumers;
    struct op_ctx ctx;
    struct eval_ctx eval;
    struct op_stats stats;
    uint64_t late_told;           /* of stats.late_rows: reported to job_config.late */
    struct arena arena;           /* operator's lifetime */
    struct arena scratch;         /* reset before each call */
    struct mem_account mem;
};

enum step { STEP_NONE, STEP_PROGRESS, STEP_FAIL };

struct task {
    struct job *job;
    uint32_t worker;
    struct doorbell bell;
    struct error error;
    uint32_t nnodes;
    struct node *nodes;    /* inputs before consumers */
    uint32_t next_source;  /* whose turn it is */
    int64_t now_us;        /* processing time, read once a round */
    int64_t wait_us;       /* how long the worker may sleep when nothing moves */
    _Atomic uint64_t snapshot_done;  /* epoch whose snapshot this task has taken */
    _Atomic uint64_t commit_done;    /* epoch this task's sinks have committed */
    _Atomic bool ended;              /* all nodes are finished */
    bool rows_wait;                  /* the client's collect() had no room for rows */
    _Atomic bool wanting;            /* an operator holds back a port until another has been read */
    _Atomic uint64_t late_rows;      /* published now and then, for job_totals() */
    _Atomic uint64_t rows_out;       /* likewise: taken by sinks */
    _Atomic int64_t watermark_us;    /* likewise: lowest of the sources that have time */
    pthread_t thread;
    bool started;
};

/* Builds the nodes of one worker. The job's exchanges and sources exist already. */
enum status task_open(struct task *t, struct job *job, uint32_t worker);
/* The sinks alone, which publish what the restored checkpoint holds; never run. */
enum status task_open_sinks(struct task *t, struct job *job, uint32_t worker);
void task_close(struct task *t);
/* The thread: runs until the job says stop. */
void *task_run(void *task);
/* The same in the calling thread; see job_step(). */
enum status task_step(struct task *t, int64_t timeout_us);

/* ---- for the kinds of nodes ---- */

/* Are all consumers' ports free? */
bool node_output_free(const struct node *n);
/* Hands a batch to all consumers. */
void node_emit(struct node *n, struct batch *b);
void node_forward_watermark(struct node *n, int64_t t);
void node_forward_idle(struct node *n);
void node_forward_barrier(struct node *n, uint64_t epoch);
void node_forward_end(struct node *n);

/* exec/task_source.c */
enum status source_node_open(struct node *n);
enum step source_node_step(struct node *n);
void source_node_close(struct node *n);
/* The highest watermark value seen in a split; splits are numbered below source_node_splits(). */
int64_t source_node_time(const struct node *n, uint32_t split);
uint32_t source_node_splits(const struct node *n);

/* exec/task_exchange.c */
const struct op_class *send_class(void);
enum status send_open(struct node *n);
void send_barrier(struct node *n);
/* Tells the receivers that nothing is to be expected at present; false: no room, try again. */
bool send_idle(struct node *n);
enum status receive_node_open(struct node *n);
enum step receive_node_step(struct node *n);
void receive_node_close(struct node *n);

/* exec/task_sink.c */
const struct op_class *sink_op_class(void);
enum status sink_node_open(struct node *n);
enum status sink_node_prepare(struct node *n, uint64_t epoch, struct outbuf *out);
enum status sink_node_commit(struct node *n, uint64_t epoch);
enum status sink_node_drop(struct node *n, uint64_t committed);

#endif
