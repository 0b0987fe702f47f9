/* SPDX-License-Identifier: Apache-2.0
 *
 * Accounted memory for state that only grows: pieces of some kilobytes, cut from ever larger slabs, which
 * never move and are freed all at once. Its owner keeps the pieces it can use again. Small state takes
 * little; that of large state is in huge pages, which cost the kernel a sixth to hand out.
 */
#ifndef WEIR_BASE_SLAB_H
#define WEIR_BASE_SLAB_H

#include "base/mem.h"

struct slab;

struct slabs {
    struct mem_account *mem; /* charged for whole slabs */
    struct slab *head;       /* the one being cut; older ones behind it */
    size_t total_bytes;      /* of all slabs */
};

void slabs_init(struct slabs *s, struct mem_account *mem);
/* An uninitialised piece, 64-byte aligned; NULL when the account is full. */
void *slabs_alloc(struct slabs *s, size_t size_bytes);
/* Frees everything; empty and usable again. */
void slabs_free(struct slabs *s);

#endif
