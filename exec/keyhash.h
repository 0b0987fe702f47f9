/* SPDX-License-Identifier: Apache-2.0
 *
 * The canonical hash of a key: xxh3 over bytes that depend on the key's values alone, not on vector form,
 * batch or run (all NaN are one, 0.0 and -0.0 are two, NULL is a value, integers are widened to 64 bits). Its
 * top byte is the key group (exec/snapshot.h), which decides the worker that owns the key, in exchanges and
 * at restore alike.
 */
#ifndef WEIR_EXEC_KEYHASH_H
#define WEIR_EXEC_KEYHASH_H

#include "base/serial.h"
#include "exec/batch.h"

/* Appends the canonical bytes of one value. */
void keyhash_bytes(const struct vec *v, uint32_t row, struct outbuf *o);
/* out[k] = hash of the key columns of the k-th selected row. */
void keyhash_rows(struct vec *const *cols, const uint32_t *keys, uint32_t nkeys, struct sel sel,
                  uint64_t *out);

#endif
