/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounted memory of keyed state for things of varying size (packed rows, long strings of keys): blocks
 * inside 64 KiB pages, named by a handle instead of a pointer, so that what holds them stays pointer-free.
 * heap_alloc, heap_free and heap_ptr; the size is the caller's to remember. Freed blocks are used again for
 * the same size; large blocks have a page of their own and go back at once.
 */
#ifndef WEIR_EXEC_HEAP_H
#define WEIR_EXEC_HEAP_H

#include "base/slab.h"
#include "base/status.h"

#define HEAP_PAGE_BYTES 65536u
#define HEAP_CLASSES 80 /* 64 of 8 bytes each, then powers of two */

struct heap_page {
    char *bytes;   /* NULL = not in use */
    uint32_t size; /* bytes of it */
};

struct heap {
    struct mem_account *mem;        /* charged for pages and the tables here */
    struct slabs slabs;             /* the pages of the usual size */
    struct heap_page *pages;        /* by page number */
    uint32_t npages, cap;           /* used and allocated entries of pages */
    uint32_t free_page;             /* a page number not in use + 1, or 0: none known */
    uint32_t open_page;             /* page being filled + 1, or 0 */
    uint32_t open_used;             /* bytes given out of it */
    uint64_t free[HEAP_CLASSES]; /* first free block of each class, or 0; linked through their first word */
};

void heap_init(struct heap *h, struct mem_account *mem);
/* Frees everything; the heap is empty and usable again. */
void heap_clear(struct heap *h);
/* An uninitialised, 8-byte aligned block, or 0 when the account is full. */
uint64_t heap_alloc(struct heap *h, size_t size_bytes);
/* Gives a block back; `size_bytes` as allocated. */
void heap_free(struct heap *h, uint64_t handle, size_t size_bytes);

/* Valid until the block is freed: pages do not move. */
static inline char *heap_ptr(const struct heap *h, uint64_t handle) {
    return h->pages[(handle >> 32) - 1].bytes + (uint32_t)handle;
}

#endif
