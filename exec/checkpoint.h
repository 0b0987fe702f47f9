/* SPDX-License-Identifier: Apache-2.0
 *
 * Checkpoints on disk, under the folder that `weir run --state DIR` names:
 *
 *   DIR/lock                 held (flock) by the running job
 *   DIR/MANIFEST             JSON: the current checkpoint, written last and renamed into place
 *   DIR/chk-N/worker-W.snap  sections of one worker's nodes, with a checksum
 *   DIR/chk-N/sources.snap   positions of the sources
 *
 * A checkpoint exists iff MANIFEST names it. State belongs to a plan node by its fingerprint, not its number,
 * so that it is found again at another parallelism; a query with other fingerprints is refused with the
 * difference named.
 */
#ifndef WEIR_EXEC_CHECKPOINT_H
#define WEIR_EXEC_CHECKPOINT_H

#include "base/env.h"
#include "base/error.h"
#include "exec/snapshot.h"
#include "planner/plan.h"

struct checkpoint_store;
struct snapshot_restore;
struct task;
struct job;

/* Locks the folder (made if missing) and reads its manifest. *finished = the job in it had come to its end.
 */
enum status checkpoint_open(struct env *env, const char *dir, struct checkpoint_store **out, bool *finished,
                            struct error *e);
void checkpoint_close(struct checkpoint_store *s);
/* Number of the checkpoint on disk; 0 = none. */
uint64_t checkpoint_epoch(const struct checkpoint_store *s);
/* A number that stands for the folder, the same at every start; never 0. */
uint64_t checkpoint_tag(const struct checkpoint_store *s);

/* Loads it for this plan; *out NULL when there is none. */
enum status checkpoint_load(struct checkpoint_store *s, const struct plan *plan,
                            struct snapshot_restore **out, struct error *e);
void snapshot_restore_free(struct snapshot_restore *r);
/* The sections of a node for one worker (free with snapshot_reader_free). */
struct snapshot_reader *snapshot_restore_reader(struct snapshot_restore *r, const struct plan_node *node,
                                                uint32_t worker, uint32_t parallelism);
/* Had this node finished on all workers? */
bool snapshot_restore_finished(const struct snapshot_restore *r, const struct plan_node *node);
/* Position of a scan; false if there is none. */
bool snapshot_restore_source(const struct snapshot_restore *r, const struct plan_node *node,
                             struct inbuf *in);

/* Writing epoch N: begin, one file by each worker (from its thread), sources, then the manifest. */
enum status checkpoint_begin(struct checkpoint_store *s, uint64_t epoch, struct error *e);
enum status checkpoint_write_task(struct checkpoint_store *s, struct task *t, uint64_t epoch);
enum status checkpoint_finish(struct checkpoint_store *s, struct job *job, uint64_t epoch, bool finished,
                              struct error *e);
/* Removes everything that the manifest does not name. */
void checkpoint_clean(struct checkpoint_store *s);

#endif
