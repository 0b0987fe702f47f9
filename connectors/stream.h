/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables that the program feeds: 'connector' = 'stream'. A *set* belongs to a session and has its stream
 * tables by name; a *feed* is a way into one, with the layout of the batches that come through it; each
 * source that reads the table has a queue of its own. What is pushed goes to all that read the table at that
 * time; while none does it waits for the first that comes. With the option keep it stays, for all who come.
 *
 * A batch is counted by the queues and readers that hold it, and released by the last. Everything here may be
 * called from any thread, but a feed is closed by one, when no other uses it.
 */
#ifndef WEIR_CONNECTORS_STREAM_H
#define WEIR_CONNECTORS_STREAM_H

#include "formats/arrow.h"
#include "planner/catalog.h"

struct stream_set;
struct stream_feed;

struct stream_set *stream_set_new(void);
/* Tables go when their feeds and sources are closed as well. */
void stream_set_free(struct stream_set *set);
/* The most that may wait in each table: weir.stream.buffer-bytes. Holds at once. */
void stream_set_limit(struct stream_set *set, uint64_t bytes);
/* The table was dropped: what waits is let go, its feeds are told when they push, those who read it get no
 * more. A table made later under that name is another. `name` is its full name, as in plan_table. */
void stream_set_drop(struct stream_set *set, struct str name);

/* Opens a way into a table. `schema`: of the batches to come, left with the caller; NULL = the table's
 * physical columns as arrow_schema() gives them. ERR_INVALID_QUERY: not a stream table. */
enum status stream_feed_open(struct stream_set *set, const struct catalog_entry *entry,
                             const struct ArrowSchema *schema, struct stream_feed **out, struct error *e);

enum feed_result {
    FEED_TAKEN, /* the batch is ours now, and its struct was emptied (release is NULL) */
    FEED_WAIT,  /* too much is waiting; still the caller's */
    FEED_FAIL,  /* it is wrong, or the feed has ended; still the caller's */
};
enum feed_result stream_feed_push(struct stream_feed *feed, struct ArrowArray *batch, struct error *e);
/* No row earlier than this will come. ERR_MISUSE: the table has no rowtime. */
enum status stream_feed_watermark(struct stream_feed *feed, int64_t watermark_us, struct error *e);
/* No more comes through this feed; once that is so of all open ones of a table, those who read it (or if none
 * does the first that comes) are at its end, and the table is as new. */
void stream_feed_end(struct stream_feed *feed);
/* Ends and frees it. NULL is fine. */
void stream_feed_close(struct stream_feed *feed);

#endif
