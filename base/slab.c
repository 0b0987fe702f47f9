/* SPDX-License-Identifier: Apache-2.0
 *
 * Slabs of slab.h: each is half as large as all before it, up to SLAB_MAX.
 */
#include "base/slab.h"

#define SLAB_MAX ((size_t)4 << 20)
#define SLAB_ROUND ((size_t)64 << 10)

struct slab {
    struct slab *next;
    size_t size_bytes; /* with this head */
    size_t used_bytes; /* likewise */
    _Alignas(64) char data[];
};

void slabs_init(struct slabs *s, struct mem_account *mem) {
    *s = (struct slabs){.mem = mem};
}

static size_t size_of_next(const struct slabs *s, size_t need) {
    size_t want = s->total_bytes / 2;
    if (want > SLAB_MAX) want = SLAB_MAX;
    if (want < need) return need;
    size_t round = want < MEM_HUGE_PAGE ? SLAB_ROUND : MEM_HUGE_PAGE;
    return want / round * round < need ? need : want / round * round;
}

void *slabs_alloc(struct slabs *s, size_t size_bytes) {
    size_t piece = (size_bytes + 63) & ~(size_t)63;
    struct slab *h = s->head;
    if (!h || h->size_bytes - h->used_bytes < piece) {
        size_t size = size_of_next(s, sizeof *h + piece);
        h = mem_alloc(s->mem, size);
        if (!h) return NULL;
        *h = (struct slab){s->head, size, sizeof *h};
        s->head = h;
        s->total_bytes += size;
    }
    void *p = (char *)h + h->used_bytes;
    h->used_bytes += piece;
    return p;
}

void slabs_free(struct slabs *s) {
    for (struct slab *h = s->head, *next; h; h = next) {
        next = h->next;
        mem_free(s->mem, h, h->size_bytes);
    }
    slabs_init(s, s->mem);
}
