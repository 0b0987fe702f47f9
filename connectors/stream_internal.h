/* SPDX-License-Identifier: Apache-2.0
 *
 * Between stream_feed.c, which has the tables, their queues and the way in, and stream.c, the connector that
 * reads them.
 */
#ifndef WEIR_CONNECTORS_STREAM_INTERNAL_H
#define WEIR_CONNECTORS_STREAM_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "connectors/stream.h"
#include "exec/io.h"

/* How batches of a feed lie, and the columns that the table had when it was opened. */
struct stream_format {
    _Atomic uint32_t users; /* feed, items and readers */
    struct arena arena;     /* of all below */
    struct schema columns;
    const struct arrow_layout *layout;
};

void stream_format_keep(struct stream_format *f);
void stream_format_drop(struct stream_format *f);

enum stream_kind { STREAM_ROWS, STREAM_WATERMARK, STREAM_LAST };

/* What was pushed: rows, a watermark, or the end. */
struct stream_item {
    _Atomic uint32_t users; /* queues and readers that hold it */
    enum stream_kind kind;
    uint32_t queued;        /* queues that hold it; guarded by the table's mutex */
    uint64_t bytes;         /* about */
    int64_t watermark_us;   /* STREAM_WATERMARK */
    struct stream_format *format; /* STREAM_ROWS */
    struct ArrowArray array;      /* STREAM_ROWS */
};

void stream_item_drop(struct stream_item *item);

/* Items in order; a ring that grows. */
struct stream_queue {
    struct stream_item **slots;
    uint32_t room; /* a power of two, or 0 */
    uint32_t head; /* first item, modulo room */
    uint32_t count;
};

/* A source's place in its table. */
struct stream_subscriber {
    struct stream_subscriber *next; /* of the table */
    struct stream_queue queue;
    uint64_t taken;                 /* items so far */
    uint64_t chunks;                /* so far: the number of the next one */
    int64_t at;                     /* rows of the first item that were given out */
    bool ended;                     /* the last item has come: no longer in the table's list */
    /* Workers that found nothing, and how to wake them. */
    bool *waiting;
    uint32_t nworkers;
    void (*wake)(void *arg, uint32_t worker);
    void *wake_arg;
};

struct stream_table {
    struct stream_table *next; /* of its set */
    _Atomic uint32_t users;    /* set, feeds and sources */
    struct str name;           /* full; owned */
    pthread_mutex_t mutex;     /* guards the rest */
    uint64_t limit_bytes;
    uint64_t waiting_bytes;    /* of items in queues, each counted once */
    uint32_t feeds;            /* that have not ended */
    bool dropped;
    struct stream_queue early; /* pushed while nobody reads */
    bool keep;                 /* option of the table: all who come get everything */
    bool kept_all;             /* ... and the end has come */
    struct stream_queue kept;  /* everything, if so; not counted in waiting_bytes */
    struct stream_subscriber *subscribers;
};

/* Does a table with these options keep what was pushed? */
bool stream_keeps(const struct options *o);
/* Takes part from now on, with what waits for the first who comes. */
struct stream_table *stream_subscribe(struct stream_set *set, struct str name, struct stream_subscriber *s);
void stream_unsubscribe(struct stream_table *t, struct stream_subscriber *s);
/* What a worker gets to read: rows of an item, of which others may read the rest. */
struct stream_part {
    uint64_t seq;
    int64_t from, to; /* rows */
};

/* The next item, or at most `rows` rows of it, which the caller drops; NULL: none yet, and `worker` will be
 * woken. The last one stays for the other workers, and is not to be dropped. */
struct stream_item *stream_take(struct stream_table *t, struct stream_subscriber *s, uint32_t worker,
                                int64_t rows, struct stream_part *part);

#endif
