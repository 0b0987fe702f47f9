/* SPDX-License-Identifier: Apache-2.0
 *
 * Bump allocator for one lifetime: statement (AST, bound tree, plan), query (operator structs) or
 * scratch (reset after each push). Nothing in it is freed alone. Memory is 16-byte aligned.
 * Running out of memory here ends the process with a message (docs/decisions/0002): large and
 * unbounded memory goes through base/mem.h, which fails with an error instead.
 */
#ifndef WEIR_BASE_ARENA_H
#define WEIR_BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include "base/status.h"
#include "base/str.h"

struct arena_block;

struct arena {
    struct arena_block *head; /* block being filled; older ones are linked behind it */
    char *next;               /* first free byte in head */
    char *end;                /* one past the last byte of head */
    size_t used_bytes;        /* given out since the last reset */
};

/* A zeroed struct is an empty arena. */

/* Frees everything. The arena is empty and usable again. */
void arena_free(struct arena *a);
/* Forgets everything but keeps one block, as large as all were, for reuse. */
void arena_reset(struct arena *a);

void *arena_alloc_slow(struct arena *a, size_t size_bytes);

/* Uninitialised memory, 16-byte aligned; never NULL. */
static inline void *arena_alloc_raw(struct arena *a, size_t size_bytes) {
    size_t rounded = (size_bytes + 15) & ~(size_t)15;
    if (LIKELY(rounded <= (size_t)(a->end - a->next))) {
        void *p = a->next;
        a->next += rounded;
        a->used_bytes += rounded;
        return p;
    }
    return arena_alloc_slow(a, rounded);
}
/* Zeroed memory. */
static inline void *arena_alloc(struct arena *a, size_t size_bytes) {
    return memset(arena_alloc_raw(a, size_bytes), 0, size_bytes);
}
#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

/* Copies; the copy ends in a NUL byte that is not counted. */
struct str arena_str(struct arena *a, struct str s);
char *arena_strdup(struct arena *a, const char *z);
/* Formats into the arena; NUL-terminated. */
struct str arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
struct str arena_vprintf(struct arena *a, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
/* Grows an array that lives in the arena (the old copy is left behind). */
void *arena_grow(struct arena *a, const void *old, size_t old_bytes, size_t new_bytes);
/* Room for one more item behind the `count` of an array that lives in the arena and is only filled so, from
 * NULL on: it doubles when count is a power of two, so that nobody notes its capacity. */
void *arena_one_more(struct arena *a, void *items, size_t count, size_t item_bytes);
#define ARENA_ONE_MORE(a, items, count) ((items) = arena_one_more((a), (items), (count), sizeof *(items)))

#endif
