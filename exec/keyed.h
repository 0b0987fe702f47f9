/* SPDX-License-Identifier: Apache-2.0
 *
 * Keyed state in snapshots: rows of columns, the first of which are the key, packed into the section of
 * their key's group; read back as batches of columns. What an operator holds for a key it writes as columns.
 */
#ifndef WEIR_EXEC_KEYED_H
#define WEIR_EXEC_KEYED_H

#include "exec/op.h"
#include "exec/rowpack.h"

/* Appends n rows; cols[keys[..]] are the key (count 0: everything is in group 0, which is worker 0's). */
void keyed_write(struct snapshot_writer *w, const char *section, const struct rowpack *pack, struct cols keys,
                 struct vec *const *cols, uint32_t n);
/* The same, without keys: rows that all workers hold, written by worker 0. */
void keyed_write_shared(struct snapshot_writer *w, const char *section, const struct rowpack *pack,
                        struct vec *const *cols, uint32_t n);
/* Calls `each` for batches of rows of that section, in the order written within a group. The batch lives
 * in ctx->scratch and may have pointers into the snapshot. */
enum status keyed_read(struct snapshot_reader *r, const char *section, const struct rowpack *pack,
                       struct op_ctx *ctx, enum status (*each)(void *arg, const struct batch *b), void *arg);

#endif
