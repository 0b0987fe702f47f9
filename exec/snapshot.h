/* SPDX-License-Identifier: Apache-2.0
 *
 * Snapshots: each operator writes named sections, by key group for keyed state or whole for the rest;
 * at restore it is given the sections that fall to its worker, whatever the parallelism was.
 *
 * A section is versioned by its operator (first bytes are the operator's own version number) and
 * checksummed by the file (exec/checkpoint.c). Keyed state must go under snapshot_keygroup() of each
 * row's key, so that it can be divided again.
 */
#ifndef WEIR_EXEC_SNAPSHOT_H
#define WEIR_EXEC_SNAPSHOT_H

#include "base/error.h"
#include "base/serial.h"

#define KEY_GROUPS 256
#define SNAPSHOT_WHOLE (-1)

struct snapshot_writer;
struct snapshot_reader;

/* The buffer of a section (made at first use): append to it. `name` is a literal, unique within the
 * operator; `group` is 0..KEY_GROUPS-1 or SNAPSHOT_WHOLE. Pointers stay valid until the next call. */
struct outbuf *snapshot_section(struct snapshot_writer *w, const char *name, int group);

/* Calls for every section of that name that falls to this worker: all its key groups; of SNAPSHOT_WHOLE
 * sections those of workers w with w % parallelism == this worker. */
enum status snapshot_each(struct snapshot_reader *r, const char *name,
                          enum status (*each)(void *arg, int group, struct inbuf *in, struct error *e), void *arg,
                          struct error *e);

/* Key group of a key's canonical hash (xxh3 of canonical key bytes). */
static inline uint32_t snapshot_keygroup(uint64_t hash) {
    return (uint32_t)(hash >> 56);
}
/* The worker that owns a key group. */
static inline uint32_t keygroup_worker(uint32_t group, uint32_t parallelism) {
    return group * parallelism / KEY_GROUPS;
}

#endif
