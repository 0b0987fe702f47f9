/* SPDX-License-Identifier: Apache-2.0
 *
 * What may stand at a byte offset of a text that is being typed: keywords, tables, columns in scope,
 * functions, option keys and values, files. The text may be anything: incomplete, wrong, several statements,
 * no UTF-8; only the statement around the offset counts. Entry: complete_at(). Everything lives in the arena
 * given.
 */
#ifndef WEIR_ENGINE_COMPLETE_H
#define WEIR_ENGINE_COMPLETE_H

#include "planner/planner.h"

struct complete_ctx {
    struct planner_ctx *planner; /* catalogs, settings, registry; its arena, error and text are not used */
    const struct str *jobs;      /* ids for STOP JOB and DESCRIBE JOB */
    uint32_t njobs;
};

/* Columns: text (quoted where it must be), kind (keyword, table, column, function, option, value), help, from
 * (the byte where the word begins that the text replaces, up to the offset). Best first: what begins with the
 * word, then what does so in another case; if nothing does, what has it in the middle or its letters in
 * order. Columns come before tables before functions before keywords. An offset beyond the text is its end.
 */
enum status complete_at(const struct complete_ctx *ctx, struct str text, size_t offset, struct arena *a,
                        struct string_table *out, struct error *e) MUST_CHECK;

#endif
