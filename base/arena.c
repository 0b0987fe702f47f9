/* SPDX-License-Identifier: Apache-2.0
 *
 * Blocks behind the bump allocator of arena.h. Blocks double up to ARENA_BLOCK_MAX; a larger
 * request gets a block of its own. A reset replaces several blocks by one as large as all of them, so
 * that a scratch arena soon stops calling malloc.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

#define ARENA_BLOCK_MIN ((size_t)4096)
#define ARENA_BLOCK_MAX ((size_t)1 << 20)

struct arena_block {
    struct arena_block *prev; /* older block */
    size_t size_bytes;        /* of data[] */
    _Alignas(16) char data[]; /* what is given out */
};

void arena_free(struct arena *a) {
    struct arena_block *b = a->head;
    while (b) {
        struct arena_block *prev = b->prev;
        free(b);
        b = prev;
    }
    *a = (struct arena){0};
}

void arena_reset(struct arena *a) {
    struct arena_block *b = a->head;
    if (!b) return;
    if (b->prev) {
        size_t total = 0;
        for (struct arena_block *o = b; o; o = o->prev) total += o->size_bytes;
        arena_free(a);
        arena_alloc_slow(a, total);
        b = a->head;
    }
    a->next = b->data;
    a->end = b->data + b->size_bytes;
    a->used_bytes = 0;
}

void *arena_alloc_slow(struct arena *a, size_t size_bytes) {
    size_t want = a->head ? a->head->size_bytes * 2 : ARENA_BLOCK_MIN;
    if (want > ARENA_BLOCK_MAX) want = ARENA_BLOCK_MAX;
    if (want < size_bytes) want = size_bytes;
    struct arena_block *b = malloc(sizeof *b + want);
    if (!b) mem_exhausted();
    b->prev = a->head;
    b->size_bytes = want;
    a->head = b;
    a->next = b->data + size_bytes;
    a->end = b->data + want;
    a->used_bytes += size_bytes;
    return b->data;
}

struct str arena_str(struct arena *a, struct str s) {
    char *p = arena_alloc_raw(a, s.len + 1);
    if (s.len) memcpy(p, s.ptr, s.len);
    p[s.len] = '\0';
    return (struct str){p, s.len};
}

char *arena_strdup(struct arena *a, const char *z) {
    return (char *)(uintptr_t)arena_str(a, str_of(z)).ptr;
}

struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0) n = 0;
    char *p = arena_alloc_raw(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    return (struct str){p, (size_t)n};
}

struct str arena_printf(struct arena *a, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    struct str s = arena_vprintf(a, fmt, ap);
    va_end(ap);
    return s;
}

void *arena_one_more(struct arena *a, void *items, size_t count, size_t item_bytes) {
    if ((count & (count - 1)) != 0) return items;
    return arena_grow(a, items, count * item_bytes, (count ? count * 2 : 1) * item_bytes);
}

void *arena_grow(struct arena *a, const void *old, size_t old_bytes, size_t new_bytes) {
    char *p = arena_alloc_raw(a, new_bytes);
    if (old_bytes) memcpy(p, old, old_bytes);
    memset(p + old_bytes, 0, new_bytes - old_bytes);
    return p;
}
