/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows that wait for the watermark: packed, in buckets of event time, so that adding is cheap in any order
 * and taking looks only at what is due. The bytes of rows taken stay valid until the
 * next timebuf_take() or timebuf_add().
 */
#ifndef WEIR_EXEC_TIMEBUF_H
#define WEIR_EXEC_TIMEBUF_H

#include "base/mem.h"
#include "exec/rowpack.h"

struct timebuf_entry {
    int64_t t;      /* microseconds */
    const char *row; /* packed, in a page of its bucket; NULL = withdrawn */
    uint64_t owner; /* the user's name for it */
};

/* Pages never move; those of emptied buckets are used again. */
struct timebuf_page {
    struct timebuf_page *next;
    size_t room, used; /* bytes of data[] */
    char data[];       /* packed rows, one after another */
};

struct timebuf_bucket {
    int64_t number; /* t / TIMEBUF_BUCKET_US */
    uint32_t count, cap;
    uint32_t at;    /* entries before are taken */
    struct timebuf_entry *entries;
    struct timebuf_page *pages; /* the one being filled first */
};

struct timebuf {
    struct mem_account *mem;
    struct timebuf_bucket *buckets;  /* by number; the first `spent` were emptied by the last take */
    uint32_t count, cap, spent;
    struct timebuf_page *free_pages; /* of the usual size */
    uint64_t waiting;                /* rows in the buckets, withdrawn ones included */
};

void timebuf_init(struct timebuf *b, struct mem_account *mem);
void timebuf_free(struct timebuf *b);
/* Adds a packed row; false when out of memory. */
bool timebuf_add(struct timebuf *b, int64_t t, uint64_t owner, const char *row);
/* Withdraws the row that `owner` added for that time. */
void timebuf_withdraw(struct timebuf *b, int64_t t, uint64_t owner);
/* Takes up to `max` rows with t <= `until`; returns how many. */
uint32_t timebuf_take(struct timebuf *b, int64_t until, uint32_t max, const char **rows);
/* All rows, for snapshots: walks with *bucket and *at from 0; NULL at the end. */
const char *timebuf_next(const struct timebuf *b, uint32_t *bucket, uint32_t *at);

#endif
