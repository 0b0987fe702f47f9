/* SPDX-License-Identifier: Apache-2.0
 *
 * Buckets of timebuf.h: an array by time, of which usually the last few are written and the first is read.
 */
#include "exec/timebuf.h"

#define TIMEBUF_BUCKET_US 65536

void timebuf_init(struct timebuf *b, struct mem_account *mem) {
    *b = (struct timebuf){.mem = mem};
    heap_init(&b->heap, mem);
}

static void bucket_free(struct timebuf *b, struct timebuf_bucket *k) {
    mem_free(b->mem, k->entries, k->cap * sizeof *k->entries);
}

void timebuf_free(struct timebuf *b) {
    if (!b->mem) return;
    for (uint32_t i = 0; i < b->count; i++) bucket_free(b, &b->buckets[i]);
    mem_free(b->mem, b->buckets, b->cap * sizeof *b->buckets);
    mem_free(b->mem, b->taken, b->taken_cap * sizeof *b->taken);
    heap_clear(&b->heap);
    timebuf_init(b, b->mem);
}

static int64_t number_of(int64_t t) {
    return t >> 16;
}

/* Position of the first bucket with that number or more. */
static uint32_t bucket_search(const struct timebuf *b, int64_t number) {
    uint32_t low = 0, high = b->count;
    if (high && b->buckets[high - 1].number < number) return high;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (b->buckets[mid].number < number) low = mid + 1;
        else high = mid;
    }
    return low;
}

static struct timebuf_bucket *bucket_for(struct timebuf *b, int64_t number) {
    uint32_t at = bucket_search(b, number);
    if (at < b->count && b->buckets[at].number == number) return &b->buckets[at];
    if (b->count == b->cap) {
        uint32_t cap = b->cap ? b->cap * 2 : 32;
        void *grown = mem_realloc(b->mem, b->buckets, b->cap * sizeof *b->buckets, cap * sizeof *b->buckets);
        if (!grown) return NULL;
        b->buckets = grown;
        b->cap = cap;
    }
    memmove(b->buckets + at + 1, b->buckets + at, (b->count - at) * sizeof *b->buckets);
    b->buckets[at] = (struct timebuf_bucket){.number = number};
    b->count++;
    return &b->buckets[at];
}

bool timebuf_add(struct timebuf *b, int64_t t, uint64_t owner, const char *row) {
    struct timebuf_bucket *k = bucket_for(b, number_of(t));
    if (!k) return false;
    if (k->count == k->cap) {
        uint32_t cap = k->cap ? k->cap * 2 : 64;
        void *grown = mem_realloc(b->mem, k->entries, k->cap * sizeof *k->entries, cap * sizeof *k->entries);
        if (!grown) return false;
        k->entries = grown;
        k->cap = cap;
    }
    uint32_t bytes = rowpack_bytes(row);
    uint64_t handle = heap_alloc(&b->heap, bytes);
    if (!handle) return false;
    memcpy(heap_ptr(&b->heap, handle), row, bytes);
    k->entries[k->count++] = (struct timebuf_entry){t, handle, owner};
    b->waiting++;
    return true;
}

static void row_free(struct timebuf *b, uint64_t row) {
    heap_free(&b->heap, row, rowpack_bytes(heap_ptr(&b->heap, row)));
}

void timebuf_withdraw(struct timebuf *b, int64_t t, uint64_t owner) {
    uint32_t at = bucket_search(b, number_of(t));
    if (at == b->count || b->buckets[at].number != number_of(t)) return;
    struct timebuf_bucket *k = &b->buckets[at];
    for (uint32_t i = k->at; i < k->count; i++) {
        struct timebuf_entry *e = &k->entries[i];
        if (e->owner != owner || e->t != t || !e->row) continue;
        row_free(b, e->row);
        e->row = 0;
        return;
    }
}

static bool taken_reserve(struct timebuf *b, uint32_t max) {
    if (max <= b->taken_cap) return true;
    void *grown = mem_realloc(b->mem, b->taken, b->taken_cap * sizeof *b->taken, max * sizeof *b->taken);
    if (!grown) return false;
    b->taken = grown;
    b->taken_cap = max;
    return true;
}

static void take_entry(struct timebuf *b, const struct timebuf_entry *e, const char **rows) {
    if (e->row) {
        rows[b->ntaken] = heap_ptr(&b->heap, e->row);
        b->taken[b->ntaken++] = e->row;
    }
    b->waiting--;
}

/* Takes what is due of a bucket that is not due as a whole, keeping the rest. */
static void take_part(struct timebuf *b, struct timebuf_bucket *k, int64_t until, uint32_t max, const char **rows) {
    uint32_t kept = k->at;
    for (uint32_t i = k->at; i < k->count; i++) {
        if (k->entries[i].t <= until && b->ntaken < max) take_entry(b, &k->entries[i], rows);
        else k->entries[kept++] = k->entries[i];
    }
    k->count = kept;
}

uint32_t timebuf_take(struct timebuf *b, int64_t until, uint32_t max, const char **rows) {
    for (uint32_t i = 0; i < b->ntaken; i++) row_free(b, b->taken[i]);
    b->ntaken = 0;
    if (!taken_reserve(b, max)) return UINT32_MAX;
    uint32_t done = 0;
    while (done < b->count && b->ntaken < max) {
        struct timebuf_bucket *k = &b->buckets[done];
        if (number_of(until) <= k->number && until != INT64_MAX) {
            if (number_of(until) == k->number) take_part(b, k, until, max, rows);
            break;
        }
        while (k->at < k->count && b->ntaken < max) take_entry(b, &k->entries[k->at++], rows);
        if (k->at < k->count) break;
        bucket_free(b, k);
        done++;
    }
    if (done) {
        memmove(b->buckets, b->buckets + done, (b->count - done) * sizeof *b->buckets);
        b->count -= done;
    }
    return b->ntaken;
}

const struct timebuf_entry *timebuf_next(const struct timebuf *b, uint32_t *bucket, uint32_t *at) {
    for (; *bucket < b->count; ++*bucket, *at = 0) {
        const struct timebuf_bucket *k = &b->buckets[*bucket];
        if (*at < k->at) *at = k->at;
        while (*at < k->count) {
            const struct timebuf_entry *e = &k->entries[(*at)++];
            if (e->row) return e;
        }
    }
    return NULL;
}
