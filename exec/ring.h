/* SPDX-License-Identifier: Apache-2.0
 *
 * A bounded ring of pointers between exactly two threads, one pushing and one popping, and the doorbell
 * that wakes a worker who found nothing to do. Neither end ever waits in push or pop.
 */
#ifndef WEIR_EXEC_RING_H
#define WEIR_EXEC_RING_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define RING_SLOTS 32 /* a power of two */

struct ring {
    _Alignas(64) _Atomic uint32_t head; /* next to pop; written by the popper */
    _Alignas(64) _Atomic uint32_t tail; /* next to push; written by the pusher */
    _Alignas(64) void *slots[RING_SLOTS];
};

static inline uint32_t ring_room(struct ring *r) {
    uint32_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
    return RING_SLOTS - (tail - atomic_load_explicit(&r->head, memory_order_acquire));
}
/* The caller has checked ring_room(). */
static inline void ring_push(struct ring *r, void *p) {
    uint32_t tail = atomic_load_explicit(&r->tail, memory_order_relaxed);
    r->slots[tail % RING_SLOTS] = p;
    atomic_store_explicit(&r->tail, tail + 1, memory_order_release);
}
/* NULL when empty. */
static inline void *ring_pop(struct ring *r) {
    uint32_t head = atomic_load_explicit(&r->head, memory_order_relaxed);
    if (head == atomic_load_explicit(&r->tail, memory_order_acquire)) return NULL;
    void *p = r->slots[head % RING_SLOTS];
    atomic_store_explicit(&r->head, head + 1, memory_order_release);
    return p;
}

/* A doorbell belongs to one worker; anybody may ring it. */
struct doorbell {
    pthread_mutex_t mutex;
    pthread_cond_t cond;
    _Atomic uint32_t rung;    /* counts rings */
    _Atomic uint32_t waiting; /* the owner sleeps or is about to */
};

void doorbell_init(struct doorbell *d);
void doorbell_destroy(struct doorbell *d);
void doorbell_ring(struct doorbell *d);
/* Sleeps until rung since `seen` was read (from d->rung, before looking for work), or timeout_us. */
void doorbell_wait(struct doorbell *d, uint32_t seen, int64_t timeout_us);

#endif
