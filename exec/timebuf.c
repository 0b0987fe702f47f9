/* SPDX-License-Identifier: Apache-2.0
 *
 * Buckets of timebuf.h: an array by time, of which usually the last few are written and the first is read.
 */
#include "exec/timebuf.h"

#define TIMEBUF_BUCKET_US 65536
#define PAGE_BYTES (32 << 10) /* with its head; a longer row gets a page of its own */
#define PAGE_ROOM (PAGE_BYTES - sizeof(struct timebuf_page))

void timebuf_init(struct timebuf *b, struct mem_account *mem) {
    *b = (struct timebuf){.mem = mem};
}

static void page_free(struct timebuf *b, struct timebuf_page *p) {
    mem_free(b->mem, p, sizeof *p + p->room);
}

static void bucket_free(struct timebuf *b, struct timebuf_bucket *k) {
    mem_free(b->mem, k->entries, k->cap * sizeof *k->entries);
    for (struct timebuf_page *p = k->pages, *next; p; p = next) {
        next = p->next;
        if (p->room != PAGE_ROOM) {
            page_free(b, p);
            continue;
        }
        p->next = b->free_pages;
        b->free_pages = p;
    }
    k->pages = NULL;
}

/* Room for a packed row in the bucket; NULL when out of memory. */
static char *bucket_room(struct timebuf *b, struct timebuf_bucket *k, size_t bytes) {
    struct timebuf_page *p = k->pages;
    if (!p || p->room - p->used < bytes) {
        p = b->free_pages;
        if (p && bytes <= PAGE_ROOM) {
            b->free_pages = p->next;
        } else {
            size_t room = bytes <= PAGE_ROOM ? PAGE_ROOM : bytes;
            p = mem_alloc(b->mem, sizeof *p + room);
            if (!p) return NULL;
            p->room = room;
        }
        p->used = 0;
        p->next = k->pages;
        k->pages = p;
    }
    char *at = p->data + p->used;
    p->used += bytes;
    return at;
}

void timebuf_free(struct timebuf *b) {
    if (!b->mem) return;
    for (uint32_t i = 0; i < b->count; i++) bucket_free(b, &b->buckets[i]);
    for (struct timebuf_page *p = b->free_pages, *next; p; p = next) {
        next = p->next;
        page_free(b, p);
    }
    mem_free(b->mem, b->buckets, b->cap * sizeof *b->buckets);
    timebuf_init(b, b->mem);
}

static int64_t number_of(int64_t t) {
    return t >> 16;
}

/* Position of the first bucket with that number or more. */
static uint32_t bucket_search(const struct timebuf *b, int64_t number) {
    uint32_t low = 0, high = b->count;
    if (high && b->buckets[high - 1].number < number) return high;
    if (high && b->buckets[high - 1].number == number) return high - 1;
    if (high > 1 && b->buckets[high - 2].number == number) return high - 2;
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

/* Frees the buckets that the last take emptied. */
static void drop_spent(struct timebuf *b) {
    if (!b->spent) return;
    for (uint32_t i = 0; i < b->spent; i++) bucket_free(b, &b->buckets[i]);
    memmove(b->buckets, b->buckets + b->spent, (b->count - b->spent) * sizeof *b->buckets);
    b->count -= b->spent;
    b->spent = 0;
}

bool timebuf_add(struct timebuf *b, int64_t t, uint64_t owner, const char *row) {
    drop_spent(b);
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
    char *at = bucket_room(b, k, (bytes + 7) & ~7u);
    if (!at) return false;
    memcpy(at, row, bytes);
    k->entries[k->count++] = (struct timebuf_entry){t, at, owner};
    b->waiting++;
    return true;
}

void timebuf_withdraw(struct timebuf *b, int64_t t, uint64_t owner) {
    uint32_t at = bucket_search(b, number_of(t));
    if (at == b->count || b->buckets[at].number != number_of(t)) return;
    struct timebuf_bucket *k = &b->buckets[at];
    for (uint32_t i = k->at; i < k->count; i++) {
        struct timebuf_entry *e = &k->entries[i];
        if (e->owner != owner || e->t != t || !e->row) continue;
        e->row = NULL;
        return;
    }
}

static void take_entry(struct timebuf *b, const struct timebuf_entry *e, const char **rows, uint32_t *n) {
    if (e->row) rows[(*n)++] = e->row;
    b->waiting--;
}

/* Takes what is due of a bucket that is not due as a whole, keeping the rest. */
static void take_part(struct timebuf *b, struct timebuf_bucket *k, int64_t until, uint32_t max,
                      const char **rows, uint32_t *n) {
    uint32_t kept = k->at;
    for (uint32_t i = k->at; i < k->count; i++) {
        if (k->entries[i].t <= until && *n < max) take_entry(b, &k->entries[i], rows, n);
        else k->entries[kept++] = k->entries[i];
    }
    k->count = kept;
}

uint32_t timebuf_take(struct timebuf *b, int64_t until, uint32_t max, const char **rows) {
    drop_spent(b);
    uint32_t n = 0;
    while (b->spent < b->count && n < max) {
        struct timebuf_bucket *k = &b->buckets[b->spent];
        if (number_of(until) <= k->number && until != INT64_MAX) {
            if (number_of(until) == k->number) take_part(b, k, until, max, rows, &n);
            break;
        }
        while (k->at < k->count && n < max) take_entry(b, &k->entries[k->at++], rows, &n);
        if (k->at < k->count) break;
        b->spent++;
    }
    return n;
}

const char *timebuf_next(const struct timebuf *b, uint32_t *bucket, uint32_t *at) {
    if (*bucket < b->spent) *bucket = b->spent;
    for (; *bucket < b->count; ++*bucket, *at = 0) {
        const struct timebuf_bucket *k = &b->buckets[*bucket];
        if (*at < k->at) *at = k->at;
        while (*at < k->count) {
            const struct timebuf_entry *e = &k->entries[(*at)++];
            if (e->row) return e->row;
        }
    }
    return NULL;
}
