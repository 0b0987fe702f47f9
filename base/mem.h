/* SPDX-License-Identifier: Apache-2.0
 *
 * The accounted allocator: memory that grows with data (keyed state, buffers, queues). Each account
 * has a name, a limit and a parent; a byte is charged to the account and all its parents. Reaching a
 * limit gives NULL, and mem_limit_error() makes the error that names the account.
 * Accounts are safe to charge from several threads.
 */
#ifndef WEIR_BASE_MEM_H
#define WEIR_BASE_MEM_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define MEM_HUGE_PAGE ((size_t)2 << 20) /* blocks of that size and more are mapped on such a border */

struct mem_account {
    const char *name;           /* operator or buffer, for the error; borrowed */
    struct mem_account *parent; /* also charged; NULL = none */
    _Atomic int64_t used_bytes; /* now */
    _Atomic int64_t peak_bytes; /* most ever */
    int64_t limit_bytes;        /* 0 = none */
};

void mem_account_init(struct mem_account *m, const char *name, struct mem_account *parent,
                      int64_t limit_bytes);
/* Uninitialised, 64-byte aligned when size >= 64; NULL when a limit or the machine says no. */
void *mem_alloc(struct mem_account *m, size_t size_bytes);
void *mem_alloc_zeroed(struct mem_account *m, size_t size_bytes);
/* `size_bytes` is what was asked for at allocation. NULL is fine. */
void mem_free(struct mem_account *m, void *p, size_t size_bytes);
void *mem_realloc(struct mem_account *m, void *p, size_t old_bytes, size_t new_bytes);
/* What the engine does when malloc gives nothing for its own small things: says so on standard error and ends
 * the program with status 1. The state on disk is that of the last checkpoint, as after a kill. */
_Noreturn void mem_exhausted(void);
/* Charges without allocating (memory that somebody else allocates); false when over the limit. */
int mem_charge(struct mem_account *m, int64_t bytes);
/* Sets ERR_MEMORY_LIMIT naming the account whose limit was reached; returns ST_ERROR. */
enum status mem_limit_error(const struct mem_account *m, struct error *e);

#endif
