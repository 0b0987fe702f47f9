/* SPDX-License-Identifier: Apache-2.0
 *
 * Snapshots: each operator writes named sections, by key group for keyed state or whole for the rest;
 * at restore it is given the sections that fall to its worker, whatever the parallelism was.
 *
 * The file that sections go into has a version and a checksum (exec/checkpoint.c). Keyed state must go under
 * snapshot_keygroup() of each row's key (exec/keyed.h does), so that it can be divided again.
 */
#ifndef WEIR_EXEC_SNAPSHOT_H
#define WEIR_EXEC_SNAPSHOT_H

#include "base/error.h"
#include "base/serial.h"

#define KEY_GROUPS 256
#define SNAPSHOT_WHOLE (-1)
#define SNAPSHOT_SHARED (-2) /* what all workers hold alike: worker 0 writes it, all read it */

struct snapshot_writer;
struct snapshot_reader;

/* The buffer of a section (made at first use): append to it. `name` is a literal, unique within the
 * operator; `group` is 0..KEY_GROUPS-1 or one of the above. Pointers stay valid until the next call. */
struct outbuf *snapshot_section(struct snapshot_writer *w, const char *name, int group);

/* Calls for every section of that name that falls to this worker: all its key groups; of SNAPSHOT_WHOLE
 * sections those of workers w with w % parallelism == this worker. A section that is not read to its end
 * without error is reported as broken. */
enum status snapshot_each(struct snapshot_reader *r, const char *name,
                          enum status (*each)(void *arg, int group, struct inbuf *in, struct error *e),
                          void *arg, struct error *e);

/* ---- for checkpoints and tests ---- */

/* One section as it was written, `bytes` borrowed. */
struct snapshot_part {
    struct str name;
    int group;       /* or SNAPSHOT_WHOLE */
    uint32_t worker; /* that wrote it */
    struct str bytes;
};

struct snapshot_writer *snapshot_writer_new(void);
void snapshot_writer_free(struct snapshot_writer *w);
/* The sections written so far: `part->worker` is 0; false behind the last. */
bool snapshot_writer_part(const struct snapshot_writer *w, uint32_t i, struct snapshot_part *part);

/* A reader over parts (borrowed; they and the array must outlive it) for one worker. */
struct snapshot_reader *snapshot_reader_new(const struct snapshot_part *parts, uint32_t nparts,
                                            uint32_t worker, uint32_t parallelism);
void snapshot_reader_free(struct snapshot_reader *r);

/* Key group of a key's canonical hash (xxh3 of canonical key bytes). */
static inline uint32_t snapshot_keygroup(uint64_t hash) {
    return (uint32_t)(hash >> 56);
}
/* The worker that owns a key group. */
static inline uint32_t keygroup_worker(uint32_t group, uint32_t parallelism) {
    return group * parallelism / KEY_GROUPS;
}

#endif
