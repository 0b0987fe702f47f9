/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounted allocation; see mem.h.
 */
#include "base/mem.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

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

void *mem_alloc(struct mem_account *m, size_t size_bytes) {
    if (!mem_charge(m, (int64_t)size_bytes)) return NULL;
    void *p = NULL;
    if (size_bytes < 64) {
        p = malloc(size_bytes ? size_bytes : 1);
    } else if (posix_memalign(&p, 64, size_bytes) != 0) {
        p = NULL;
    }
    if (!p) uncharge(m, NULL, (int64_t)size_bytes);
    return p;
}

void mem_free(struct mem_account *m, void *p, size_t size_bytes) {
    if (!p) return;
    free(p);
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
