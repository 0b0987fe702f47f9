/* SPDX-License-Identifier: Apache-2.0
 *
 * Exchanges: rows and control events between the workers of a job, over one ring a pair of workers.
 *
 * A page carries either the copy of up to a batch of rows or one control event. The sender owns the pages;
 * the receiver gives each back through a return ring when its rows are consumed, so that memory is bounded by
 * EXCHANGE_PAGES a pair. Order within a pair is kept: a watermark comes after the rows it speaks of.
 */
#ifndef WEIR_EXEC_EXCHANGE_H
#define WEIR_EXEC_EXCHANGE_H

#include "base/arena.h"
#include "exec/batch.h"
#include "exec/ring.h"
#include "planner/plan.h"

#define EXCHANGE_PAGES 8
/* Twice the ring: a control page is written again only after the receiver has popped behind it. */
#define CONTROL_PAGES (2 * RING_SLOTS)

enum page_kind { PAGE_ROWS, PAGE_WATERMARK, PAGE_IDLE, PAGE_BARRIER, PAGE_END };

struct page {
    enum page_kind kind;
    int64_t watermark_us; /* PAGE_WATERMARK */
    struct arena memory;  /* of the batch */
    struct batch *batch;  /* PAGE_ROWS */
};

/* One direction between two workers. */
struct edge {
    struct ring full;  /* pages to the receiver */
    struct ring empty; /* pages on their way back */
    struct page pages[EXCHANGE_PAGES + CONTROL_PAGES];
    struct doorbell *sender_bell;   /* rung when pages come back */
    struct doorbell *receiver_bell; /* rung when pages arrive */
};

/* edges[from * parallelism + to]. */
struct exchange {
    uint32_t parallelism;
    struct edge *edges;
};

struct exchange *exchange_new(uint32_t parallelism, struct doorbell *const *bells);
void exchange_free(struct exchange *x);
static inline struct edge *exchange_edge(struct exchange *x, uint32_t from, uint32_t to) {
    return &x->edges[from * x->parallelism + to];
}

/* Can worker `from` send one batch, or one control event, to everybody it may concern? */
bool exchange_has_room(struct exchange *x, uint32_t from);
/* Sends copies of the selected rows: by key, to all, or to worker 0. */
void exchange_send(struct exchange *x, uint32_t from, const struct plan_exchange *plan, const struct batch *b,
                   struct arena *scratch);
/* Sends a control event to all receivers. */
void exchange_control(struct exchange *x, uint32_t from, enum page_kind kind, int64_t watermark_us);
/* The next page from worker `from`, or NULL; to be given back with exchange_return(). */
struct page *exchange_take(struct exchange *x, uint32_t from, uint32_t to);
void exchange_return(struct exchange *x, uint32_t from, uint32_t to, struct page *p);

/* Destination worker of each selected row by key group; out[k] for the k-th selected row. */
void exchange_partition(const struct batch *b, const struct cols *keys, uint32_t parallelism,
                        struct arena *scratch, uint32_t *out);

#endif
