/* SPDX-License-Identifier: Apache-2.0
 *
 * A world that breaks, for tests: wraps another env and lets the nth call that changes files fail, alone or
 * with all that follow, half of a write having been made; or has a disk of so many bytes. Reads, the clock
 * and closing go through. Calls may come from several threads; env_fault_init makes it, nothing is to be
 * freed.
 */
#ifndef WEIR_BASE_ENV_FAULT_H
#define WEIR_BASE_ENV_FAULT_H

#include <stdatomic.h>

#include "base/env.h"

/* Which calls count; the others go through. */
enum env_fault_kind {
    FAULT_WRITE = 1,
    FAULT_SYNC = 2,
    FAULT_RENAME = 4,
    FAULT_CREATE = 8, /* open with O_CREAT, mkdir */
    FAULT_ANY = 15,
};

struct env_fault {
    struct env env;          /* what is handed on; must be the first field */
    struct env *real;        /* borrowed */
    unsigned kinds;          /* set of enum env_fault_kind */
    int64_t first;           /* number of the call that fails, counted from 1; 0 = none */
    int64_t count;           /* how many fail from there on */
    int error;               /* errno of the failure */
    bool torn;               /* a write that fails has written half */
    int64_t disk_bytes;      /* what writes may add up to before they fail with ENOSPC; 0 = any */
    _Atomic int64_t calls;   /* counted so far */
    _Atomic int64_t failed;  /* of these */
    _Atomic int64_t written; /* bytes */
};

/* No fault yet: the caller sets kinds, first and so on. Syncs do nothing, for the machine itself does not
 * fail. */
void env_fault_init(struct env_fault *f, struct env *real);

#endif
