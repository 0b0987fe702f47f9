/* SPDX-License-Identifier: Apache-2.0
 *
 * Pages and size classes behind heap.h.
 */
#include "exec/heap.h"

#include <assert.h>
#include <string.h>

#define LARGE_BYTES (HEAP_PAGE_BYTES / 4) /* from here on a page of its own */

void heap_init(struct heap *h, struct mem_account *mem) {
    *h = (struct heap){.mem = mem};
    slabs_init(&h->slabs, mem);
}

void heap_clear(struct heap *h) {
    for (uint32_t p = 0; p < h->npages; p++) {
        if (h->pages[p].size != HEAP_PAGE_BYTES) mem_free(h->mem, h->pages[p].bytes, h->pages[p].size);
    }
    if (h->mem) slabs_free(&h->slabs);
    mem_free(h->mem, h->pages, h->cap * sizeof *h->pages);
    heap_init(h, h->mem);
}

/* The class of a size, and the bytes blocks of it have. */
static unsigned size_class(size_t size_bytes, uint32_t *rounded) {
    if (size_bytes <= 512) {
        unsigned c = size_bytes ? (unsigned)((size_bytes + 7) / 8 - 1) : 0;
        *rounded = (c + 1) * 8;
        return c;
    }
    unsigned c = 64;
    uint32_t bytes = 1024;
    while (bytes < size_bytes) {
        bytes *= 2;
        c++;
    }
    *rounded = bytes;
    return c;
}

/* A page number + 1, or 0. */
static uint32_t new_page(struct heap *h, uint32_t size) {
    uint32_t p = h->npages;
    if (h->free_page) {
        p = h->free_page - 1;
    } else if (p == h->cap) {
        uint32_t cap = h->cap ? h->cap * 2 : 8;
        void *pages = mem_realloc(h->mem, h->pages, h->cap * sizeof *h->pages, cap * sizeof *h->pages);
        if (!pages) return 0;
        h->pages = pages;
        h->cap = cap;
    }
    char *bytes = size == HEAP_PAGE_BYTES ? slabs_alloc(&h->slabs, size) : mem_alloc(h->mem, size);
    if (!bytes) return 0;
    if (h->free_page) h->free_page = h->pages[p].size;
    else h->npages++;
    h->pages[p] = (struct heap_page){bytes, size};
    return p + 1;
}

/* What a large block takes: never as much as a page of the usual size, which is told by it. */
static uint32_t large_bytes(size_t size_bytes) {
    return size_bytes == HEAP_PAGE_BYTES ? HEAP_PAGE_BYTES + 8 : (uint32_t)size_bytes;
}

uint64_t heap_alloc(struct heap *h, size_t size_bytes) {
    if (size_bytes >= LARGE_BYTES) {
        if (size_bytes > UINT32_MAX - 8) return 0;
        return (uint64_t)new_page(h, large_bytes(size_bytes)) << 32;
    }
    uint32_t rounded;
    unsigned c = size_class(size_bytes, &rounded);
    if (h->free[c]) {
        uint64_t handle = h->free[c];
        memcpy(&h->free[c], heap_ptr(h, handle), 8);
        return handle;
    }
    if (!h->open_page || HEAP_PAGE_BYTES - h->open_used < rounded) {
        uint32_t page = new_page(h, HEAP_PAGE_BYTES);
        if (!page) return 0;
        h->open_page = page;
        h->open_used = 0;
    }
    uint64_t handle = (uint64_t)h->open_page << 32 | h->open_used;
    h->open_used += rounded;
    return handle;
}

void heap_free(struct heap *h, uint64_t handle, size_t size_bytes) {
    assert(handle);
    if (size_bytes >= LARGE_BYTES) {
        uint32_t p = (uint32_t)(handle >> 32) - 1;
        mem_free(h->mem, h->pages[p].bytes, h->pages[p].size);
        h->pages[p] = (struct heap_page){NULL, h->free_page};
        h->free_page = p + 1;
        return;
    }
    uint32_t rounded;
    unsigned c = size_class(size_bytes, &rounded);
    memcpy(heap_ptr(h, handle), &h->free[c], 8);
    h->free[c] = handle;
}
