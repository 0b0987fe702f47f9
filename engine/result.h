/* SPDX-License-Identifier: Apache-2.0
 *
 * Results as text on an output: the rows of a query in one of the formats of --format, and tables of strings
 * (SHOW, EXPLAIN). A writer is used by one thread at a time.
 */
#ifndef WEIR_ENGINE_RESULT_H
#define WEIR_ENGINE_RESULT_H

#include <stdio.h>

#include "base/serial.h"
#include "exec/batch.h"
#include "exec/kernel.h"
#include "planner/plan.h"

enum result_format { RESULT_TABLE, RESULT_CSV, RESULT_JSONL, RESULT_MARKDOWN };

/* "table", "csv", "jsonl", "markdown"; false for anything else. */
bool result_format_parse(struct str name, enum result_format *out);

struct result_writer;

/* Columns of the rows to come; `zone` for TIMESTAMP_LTZ. `changes`: show the kind of change of each row
 * (table, csv and markdown; jsonl always does), else table and markdown show the rows that are left at the
 * end. */
enum status result_open(enum result_format format, FILE *out, const struct plan_col *cols, uint32_t ncols,
                        const struct zone *zone, bool changes, struct result_writer **w, struct error *e);
enum status result_rows(struct result_writer *w, const struct batch *b, struct error *e);
/* Prints what was held back; *rows = rows of the result. */
enum status result_end(struct result_writer *w, uint64_t *rows, struct error *e);
void result_close(struct result_writer *w);

/* A ready table of strings; cells with ptr NULL are NULL; bit c of `booleans`: column c holds TRUE and FALSE.
 */
void result_strings(enum result_format format, FILE *out, const struct str *headers, uint32_t ncols,
                    uint32_t booleans, const struct str *cells, uint32_t nrows);

/* ---- parts shared by the formats ---- */

/* One value as JSON (design: numbers as numbers, times as text, BYTES in base64). */
void result_json_value(struct outbuf *o, const struct vec *v, uint32_t row, const struct zone *zone);

#endif
