/* SPDX-License-Identifier: Apache-2.0
 *
 * Fast decoding of flat Avro records: rows from..n-1 of one block, or of four side by side.
 */
#ifndef WEIR_FORMATS_AVRO_FLAT_H
#define WEIR_FORMATS_AVRO_FLAT_H

#include "formats/avro.h"

/* Where a step's values go; of steps that read. */
struct flat_out {
    void *data[AVRO_FRAME_BLOCKS];      /* by lane: row 0 */
    uint64_t *valid[AVRO_FRAME_BLOCKS]; /* by lane; NULL when the step is not optional */
};

/* outs: prog->nouts. The flat_out of step k of a record (step s) in a lane is outs[s->outs + lane * s->count
 * + k], and of that its entry 0. Lanes 1 or 4. Returns the first row that is not decoded; the cursors stand
 * at its record.
 */
uint32_t avro_flat_run(const struct avro_program *prog, const struct flat_out *outs,
                       struct avro_cursor *const *cur, unsigned lanes, uint32_t from, uint32_t n);

#endif
