/* SPDX-License-Identifier: Apache-2.0
 *
 * Sending and taking pages; see exchange.h. A sender picks pages from its pool of data pages, which come
 * home through `empty`; control events use a second pool that is as deep as the ring, so that a slot in the
 * ring implies a page.
 */
#include "exec/exchange.h"

#include <stdio.h>
#include <stdlib.h>

#include "exec/keyhash.h"
#include "exec/snapshot.h"

/* Slots that a batch and the watermark and barrier behind it may take at once. */
#define SLOTS_NEEDED 4

struct exchange *exchange_new(uint32_t parallelism, struct doorbell *const *bells) {
    struct exchange *x = calloc(1, sizeof *x);
    struct edge *edges = aligned_alloc(64, sizeof(struct edge) * parallelism * parallelism);
    if (!x || !edges) {
        free(x);
        free(edges);
        return NULL;
    }
    memset(edges, 0, sizeof(struct edge) * parallelism * parallelism);
    x->parallelism = parallelism;
    x->edges = edges;
    for (uint32_t from = 0; from < parallelism; from++) {
        for (uint32_t to = 0; to < parallelism; to++) {
            struct edge *e = exchange_edge(x, from, to);
            e->sender_bell = bells[from];
            e->receiver_bell = bells[to];
            for (uint32_t i = 0; i < EXCHANGE_PAGES; i++) ring_push(&e->empty, &e->pages[i]);
        }
    }
    return x;
}

void exchange_free(struct exchange *x) {
    if (!x) return;
    for (uint32_t i = 0; i < x->parallelism * x->parallelism; i++) {
        for (uint32_t p = 0; p < EXCHANGE_PAGES + CONTROL_PAGES; p++)
            arena_free(&x->edges[i].pages[p].memory);
    }
    free(x->edges);
    free(x);
}

bool exchange_has_room(struct exchange *x, uint32_t from) {
    for (uint32_t to = 0; to < x->parallelism; to++) {
        struct edge *e = exchange_edge(x, from, to);
        if (ring_room(&e->full) < SLOTS_NEEDED || ring_room(&e->empty) == RING_SLOTS) return false;
    }
    return true;
}

void exchange_partition(const struct batch *b, const struct cols *keys, uint32_t parallelism,
                        struct arena *scratch, uint32_t *out) {
    uint64_t *hashes = arena_alloc_raw(scratch, sizeof *hashes * b->count);
    keyhash_rows(b->cols, keys->items, keys->count, batch_sel(b), hashes);
    for (uint32_t k = 0; k < b->count; k++)
        out[k] = keygroup_worker(snapshot_keygroup(hashes[k]), parallelism);
}

static void keep_time(struct page *p, const struct batch *b, struct sel rows) {
    int64_t *before = arena_alloc_raw(&p->memory, sizeof *before * rows.count);
    SEL_FOREACH(rows, k, row) before[k] = b->wm_before[row];
    p->batch->wm_before = before;
}

static void send_rows(struct edge *e, const struct batch *b, struct sel rows, bool with_time) {
    struct page *p = ring_pop(&e->empty);
    assert(p);
    arena_reset(&p->memory);
    p->kind = PAGE_ROWS;
    p->batch = batch_new(&p->memory, b->ncols);
    for (uint32_t c = 0; c < b->ncols; c++) p->batch->cols[c] = vec_copy(b->cols[c], rows, &p->memory);
    if (b->change) {
        int8_t *change = arena_alloc_raw(&p->memory, rows.count);
        SEL_FOREACH(rows, k, row) change[k] = b->change[row];
        p->batch->change = change;
    }
    p->batch->rows = p->batch->count = rows.count;
    if (with_time && b->wm_before) keep_time(p, b, rows);
    ring_push(&e->full, p);
    doorbell_ring(e->receiver_bell);
}

static void send_by_key(struct exchange *x, uint32_t from, const struct plan_exchange *plan,
                        const struct batch *b, struct arena *scratch) {
    uint32_t *to = arena_alloc_raw(scratch, sizeof *to * b->count);
    exchange_partition(b, &plan->keys, x->parallelism, scratch, to);
    uint32_t *rows = arena_alloc_raw(scratch, sizeof *rows * b->count);
    for (uint32_t w = 0; w < x->parallelism; w++) {
        uint32_t n = 0;
        SEL_FOREACH(batch_sel(b), k, row) {
            rows[n] = row;
            n += to[k] == w;
        }
        if (n) send_rows(exchange_edge(x, from, w), b, (struct sel){rows, n}, plan->keep_time);
    }
}

void exchange_send(struct exchange *x, uint32_t from, const struct plan_exchange *plan, const struct batch *b,
                   struct arena *scratch) {
    switch (plan->kind) {
    case EXCHANGE_HASH: send_by_key(x, from, plan, b, scratch); return;
    case EXCHANGE_GATHER: send_rows(exchange_edge(x, from, 0), b, batch_sel(b), plan->keep_time); return;
    case EXCHANGE_BROADCAST:
        for (uint32_t w = 0; w < x->parallelism; w++)
            send_rows(exchange_edge(x, from, w), b, batch_sel(b), plan->keep_time);
        return;
    }
}

void exchange_control(struct exchange *x, uint32_t from, enum page_kind kind, int64_t watermark_us) {
    for (uint32_t to = 0; to < x->parallelism; to++) {
        struct edge *e = exchange_edge(x, from, to);
        uint32_t tail = atomic_load_explicit(&e->full.tail, memory_order_relaxed);
        struct page *p = &e->pages[EXCHANGE_PAGES + tail % CONTROL_PAGES];
        p->kind = kind;
        p->watermark_us = watermark_us;
        ring_push(&e->full, p);
        doorbell_ring(e->receiver_bell);
    }
}

struct page *exchange_take(struct exchange *x, uint32_t from, uint32_t to) {
    return ring_pop(&exchange_edge(x, from, to)->full);
}

void exchange_return(struct exchange *x, uint32_t from, uint32_t to, struct page *p) {
    struct edge *e = exchange_edge(x, from, to);
    if (p->kind == PAGE_ROWS) ring_push(&e->empty, p);
    doorbell_ring(e->sender_bell);
}
