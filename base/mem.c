/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounted allocation; see mem.h.
 */
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/mman.h>

void mem_account_init(struct mem_account *m, const char *name, struct mem_account *parent,
                      int64_t limit_bytes) {
    m->name = name;
    m->parent = parent;
    m->limit_bytes = limit_bytes;
    atomic_init(&m->used_bytes, 0);
    atomic_init(&m->peak_bytes, 0);
}

static void uncharge(struct mem_account *m, const struct mem_account *stop, int64_t bytes) {
    for (; m != stop; m = m->parent) atomic_fetch_sub_explicit(&m->used_bytes, bytes, memory_order_relaxed);
}

void mem_exhausted(void) {
    static const char text[] =
        "error 53200: out of memory\nhint: the state folder holds the last checkpoint; start "
        "again with more memory, fewer workers or weir.state.memory-limit\n";
    if (write(STDERR_FILENO, text, sizeof text - 1) < 0) _exit(1);
    _exit(1);
}

int mem_charge(struct mem_account *m, int64_t bytes) {
    if (bytes <= 0) {
        uncharge(m, NULL, -bytes);
        return 1;
    }
    for (struct mem_account *a = m; a; a = a->parent) {
        int64_t now = atomic_fetch_add_explicit(&a->used_bytes, bytes, memory_order_relaxed) + bytes;
        if (a->limit_bytes && now > a->limit_bytes) {
            uncharge(m, a->parent, bytes);
            return 0;
        }
        if (now > atomic_load_explicit(&a->peak_bytes, memory_order_relaxed))
            atomic_store_explicit(&a->peak_bytes, now, memory_order_relaxed);
    }
    return 1;
}

/* What is large is mapped by itself: zeroed, and asked for in huge pages, of which the kernel clears as many
 * bytes in a sixth of the time and which random access needs fewer of. */
static void *map_large(size_t size_bytes) {
    size_t size = (size_bytes + 4095) & ~(size_t)4095;
    char *p = mmap(NULL, size + MEM_HUGE_PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) return NULL;
    size_t before = -(uintptr_t)p & (MEM_HUGE_PAGE - 1);
    if (before) munmap(p, before);
    if (before < MEM_HUGE_PAGE) munmap(p + before + size, MEM_HUGE_PAGE - before);
    (void)madvise(p + before, size, MADV_HUGEPAGE);
    return p + before;
}

static void *take(size_t size_bytes) {
    void *p = NULL;
    if (size_bytes >= MEM_HUGE_PAGE) return map_large(size_bytes);
    if (size_bytes < 64) return malloc(size_bytes ? size_bytes : 1);
    return posix_memalign(&p, 64, size_bytes) == 0 ? p : NULL;
}

void *mem_alloc(struct mem_account *m, size_t size_bytes) {
    if (!mem_charge(m, (int64_t)size_bytes)) return NULL;
    void *p = take(size_bytes);
    if (!p) uncharge(m, NULL, (int64_t)size_bytes);
    return p;
}

/* Pages that are read before they are written cost two faults, so each huge page is written to. */
void *mem_alloc_zeroed(struct mem_account *m, size_t size_bytes) {
    char *p = mem_alloc(m, size_bytes);
    if (!p) return NULL;
    if (size_bytes < MEM_HUGE_PAGE) return memset(p, 0, size_bytes);
    for (size_t at = 0; at < size_bytes; at += MEM_HUGE_PAGE) *(volatile char *)(p + at) = 0;
    return p;
}

void mem_free(struct mem_account *m, void *p, size_t size_bytes) {
    if (!p) return;
    if (size_bytes >= MEM_HUGE_PAGE) munmap(p, (size_bytes + 4095) & ~(size_t)4095);
    else free(p);
    uncharge(m, NULL, (int64_t)size_bytes);
}

void *mem_realloc(struct mem_account *m, void *p, size_t old_bytes, size_t new_bytes) {
    void *q = mem_alloc(m, new_bytes);
    if (!q) return NULL;
    if (p) memcpy(q, p, old_bytes < new_bytes ? old_bytes : new_bytes);
    mem_free(m, p, old_bytes);
    return q;
}

enum status mem_limit_error(const struct mem_account *m, struct error *e) {
    const struct mem_account *full = m;
    for (const struct mem_account *a = m; a; a = a->parent) {
        if (a->limit_bytes &&
            atomic_load(&((struct mem_account *)(uintptr_t)a)->used_bytes) + (1 << 16) > a->limit_bytes)
            full = a;
    }
    error_set(e, ERR_MEMORY_LIMIT,
              "%s needs more memory than allowed: %s holds %" PRId64 " of %" PRId64 " bytes", m->name,
              full->name, atomic_load(&((struct mem_account *)(uintptr_t)full)->used_bytes),
              full->limit_bytes);
    return error_hint(e, "raise it with SET 'weir.state.memory-limit' = '...', or bound the state with "
                         "'table.exec.state.ttl' or a window");
}
