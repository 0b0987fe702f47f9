/* SPDX-License-Identifier: Apache-2.0
 *
 * Buckets of timebuf.h: an array by time, of which usually the last few are written and the first is read. A
 * bucket's spans double in size, so that one with few rows is small. Rows taken or withdrawn get the owner
 * GONE; a span knows its earliest row that waits, so what is not due, or no longer there, is passed over.
 */
#include "exec/timebuf.h"

#include "exec/batch.h"

#define BUCKET_SHIFT 16      /* of microseconds */
#define SPAN_MIN_BYTES 1024u /* with its head; each class has twice the bytes of the one before */
#define GONE UINT64_MAX

void timebuf_init(struct timebuf *b, struct mem_account *mem, struct arena *a,
                  const struct type *const *types, struct cols cols, uint32_t time_col) {
    *b = (struct timebuf){.mem = mem, .cols = cols};
    const struct type **kept = ARENA_ARRAY(a, const struct type *, cols.count);
    for (uint32_t i = 0; i < cols.count; i++) kept[i] = types[cols.items[i]];
    keycode_init(&b->code, a, kept, cols.count);
    for (uint32_t i = 0; i < cols.count; i++) {
        if (cols.items[i] == time_col) b->time_word = b->code.at[i];
    }
    b->row_words = b->code.words + 1;
    slabs_init(&b->slabs, mem);
}

/* ---- spans ---- */

static uint32_t class_room(unsigned class) {
    return (SPAN_MIN_BYTES << class) - (uint32_t)sizeof(struct timebuf_span);
}

/* The first class from `class` on with that much room; TIMEBUF_CLASSES: none. */
static unsigned class_for(unsigned class, size_t bytes) {
    while (class < TIMEBUF_CLASSES && class_room(class) < bytes) class ++;
    return class;
}

/* A span for at least that many bytes, larger than the one before it; NULL when out of memory. */
static struct timebuf_span *span_new(struct timebuf *b, const struct timebuf_span *before, size_t bytes) {
    unsigned class = before ? class_for(0, before->room) + 1 : 0;
    class = class_for(class < TIMEBUF_CLASSES ? class : TIMEBUF_CLASSES - 1, bytes);
    struct timebuf_span *s;
    size_t room = bytes;
    if (class < TIMEBUF_CLASSES) {
        room = class_room(class);
        s = b->free[class];
        if (s) b->free[class] = s->next;
        else s = slabs_alloc(&b->slabs, sizeof *s + room);
    } else {
        s = room <= UINT32_MAX ? mem_alloc(b->mem, sizeof *s + room) : NULL;
    }
    if (s) *s = (struct timebuf_span){.min_t = TIME_MAX, .room = (uint32_t)room};
    return s;
}

static void spans_free(struct timebuf *b, struct timebuf_span *s) {
    for (struct timebuf_span *next; s; s = next) {
        next = s->next;
        unsigned class = class_for(0, s->room);
        if (class < TIMEBUF_CLASSES) {
            s->next = b->free[class];
            b->free[class] = s;
        } else {
            mem_free(b->mem, s, sizeof *s + s->room);
        }
    }
}

/* ---- buckets ---- */

void timebuf_free(struct timebuf *b) {
    if (!b->mem) return;
    for (uint32_t i = b->first; i < b->count; i++) {
        spans_free(b, b->buckets[i].rows);
        spans_free(b, b->buckets[i].texts);
    }
    mem_free(b->mem, b->buckets, b->cap * sizeof *b->buckets);
    slabs_free(&b->slabs);
    *b = (struct timebuf){0};
}

/* Frees the buckets that the last take emptied. */
static void drop_spent(struct timebuf *b) {
    for (; b->spent; b->spent--, b->first++) {
        spans_free(b, b->buckets[b->first].rows);
        spans_free(b, b->buckets[b->first].texts);
    }
}

/* Position of the first bucket with that number or more. */
static uint32_t bucket_search(const struct timebuf *b, int64_t number) {
    uint32_t low = b->first, high = b->count;
    if (low == high) return low;
    uint64_t guess = (uint64_t)number - (uint64_t)b->buckets[low].number; /* right when there are no gaps */
    if (guess < high - low && b->buckets[low + guess].number == number) return low + (uint32_t)guess;
    if (b->buckets[high - 1].number < number) return high;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        if (b->buckets[mid].number < number) low = mid + 1;
        else high = mid;
    }
    return low;
}

/* Room for one more behind the last: what was dropped in front is used again, or the array grows. */
static bool buckets_reserve(struct timebuf *b) {
    if (b->count < b->cap) return true;
    uint32_t live = b->count - b->first;
    if (b->first > b->cap / 2) {
        memmove(b->buckets, b->buckets + b->first, live * sizeof *b->buckets);
    } else {
        uint32_t cap = b->cap ? b->cap * 2 : 32;
        void *grown = mem_realloc(b->mem, b->buckets, b->cap * sizeof *b->buckets, cap * sizeof *b->buckets);
        if (!grown) return false;
        b->buckets = grown;
        b->cap = cap;
        if (b->first) memmove(b->buckets, b->buckets + b->first, live * sizeof *b->buckets);
    }
    b->first = 0;
    b->count = live;
    return true;
}

/* The bucket with that number, made if need be; NULL when out of memory. */
static struct timebuf_bucket *bucket_for(struct timebuf *b, int64_t number) {
    uint32_t at = bucket_search(b, number);
    if (at < b->count && b->buckets[at].number == number) return &b->buckets[at];
    if (!buckets_reserve(b)) return NULL;
    at = bucket_search(b, number);
    memmove(b->buckets + at + 1, b->buckets + at, (b->count - at) * sizeof *b->buckets);
    b->buckets[at] = (struct timebuf_bucket){.number = number};
    b->count++;
    return &b->buckets[at];
}

/* ---- adding and taking ---- */

/* Room for a row in the bucket; NULL when out of memory. */
static uint64_t *row_room(struct timebuf *b, struct timebuf_bucket *k, int64_t t) {
    uint32_t bytes = b->row_words * (uint32_t)sizeof(uint64_t);
    struct timebuf_span *s = k->last;
    if (!s || s->room - s->used < bytes) {
        s = span_new(b, k->last, bytes);
        if (!s) return NULL;
        if (k->last) k->last->next = s;
        else k->rows = s;
        k->last = s;
    }
    if (t < s->min_t) s->min_t = t;
    uint64_t *row = s->data + s->used / sizeof(uint64_t);
    s->used += bytes;
    return row;
}

/* Copies long strings into the bucket. */
static bool own_strings(struct timebuf *b, struct timebuf_bucket *k, uint64_t *row) {
    for (uint32_t c = 0; c < b->code.ncols; c++) {
        if (b->code.phys[c] != PHYS_STR) continue;
        struct strview *v = (struct strview *)(void *)(row + b->code.at[c]);
        if (v->len <= STRVIEW_INLINE) continue;
        struct timebuf_span *s = k->texts;
        if (!s || s->room - s->used < v->len) {
            s = span_new(b, k->texts, v->len);
            if (!s) return false;
            s->next = k->texts;
            k->texts = s;
        }
        char *text = (char *)s->data + s->used;
        memcpy(text, v->ptr, v->len);
        s->used += v->len;
        v->ptr = text;
    }
    return true;
}

bool timebuf_add(struct timebuf *b, struct vec *const *cols, struct sel sel, const uint64_t *owners,
                 uint64_t **rows, struct arena *scratch) {
    drop_spent(b);
    const uint8_t *nulls;
    uint32_t nwords = b->code.words;
    const uint64_t *words = keycode_words(&b->code, cols, b->cols.items, sel, scratch, &nulls);
    struct timebuf_bucket *k = NULL;
    for (uint32_t i = 0; i < sel.count; i++, words += nwords) {
        int64_t t = (int64_t)words[b->time_word];
        if (!k || k->number != t >> BUCKET_SHIFT) k = bucket_for(b, t >> BUCKET_SHIFT);
        uint64_t *row = k ? row_room(b, k, t) : NULL;
        if (!row) return false;
        for (uint32_t w = 0; w < nwords; w++) row[w] = words[w];
        row[nwords] = owners ? owners[i] : 0;
        if (b->code.strings && !own_strings(b, k, row)) {
            row[nwords] = GONE;
            return false;
        }
        if (rows) rows[i] = row;
    }
    return true;
}

void timebuf_withdraw(const struct timebuf *b, uint64_t *row) {
    row[b->row_words - 1] = GONE;
}

/* Takes what is due of a span, and notes the earliest of what is not. */
static uint32_t take_span(const struct timebuf *b, struct timebuf_span *s, int64_t until, uint32_t max,
                          const uint64_t **rows) {
    uint32_t n = 0, stride = b->row_words;
    uint64_t *end = s->data + s->used / sizeof(uint64_t);
    int64_t min = TIME_MAX;
    for (uint64_t *row = s->data; row < end; row += stride) {
        int64_t t = (int64_t)row[b->time_word];
        if (row[stride - 1] == GONE) continue;
        if (t > until || n == max) {
            if (t < min) min = t;
            continue;
        }
        row[stride - 1] = GONE;
        rows[n++] = row;
    }
    s->min_t = min;
    return n;
}

uint32_t timebuf_take(struct timebuf *b, int64_t until, uint32_t max, const uint64_t **rows) {
    drop_spent(b);
    uint32_t n = 0;
    int64_t last = until >> BUCKET_SHIFT;
    for (uint32_t i = b->first; i < b->count && b->buckets[i].number <= last; i++) {
        for (struct timebuf_span *s = b->buckets[i].rows; s; s = s->next) {
            if (s->min_t > until || s->min_t == TIME_MAX) continue;
            n += take_span(b, s, until, max - n, rows + n);
            if (n == max) return n;
        }
        if (b->buckets[i].number < last || until == TIME_MAX) b->spent++;
    }
    return n;
}

void timebuf_columns(const struct timebuf *b, const uint64_t *const *rows, uint32_t n, struct arena *a,
                     struct vec **out) {
    for (uint32_t i = 0; i < b->cols.count; i++)
        out[b->cols.items[i]] = keycode_decode(&b->code, i, rows, n, a);
}

uint32_t timebuf_scan(const struct timebuf *b, struct timebuf_cursor *c, uint32_t max,
                      const uint64_t **rows) {
    uint32_t n = 0;
    for (; b->first + c->bucket < b->count; c->bucket++, c->span = NULL, c->at = 0) {
        if (!c->span) c->span = b->buckets[b->first + c->bucket].rows;
        for (; c->span; c->span = c->span->next, c->at = 0) {
            uint32_t count = c->span->used / (b->row_words * (uint32_t)sizeof(uint64_t));
            for (; c->at < count; c->at++) {
                const uint64_t *row = c->span->data + (size_t)c->at * b->row_words;
                if (timebuf_owner(b, row) == GONE) continue;
                if (n == max) return n;
                rows[n++] = row;
            }
        }
    }
    return n;
}
