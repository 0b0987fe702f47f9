/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a text through weir.h to its end, for test programs.
 */
#ifndef WEIR_TESTS_RUN_SQL_H
#define WEIR_TESTS_RUN_SQL_H

#include <stdio.h>
#include <weir.h>

/* Rows go to `out` as lines of JSON, or nowhere; *end is that of the last result. */
static inline enum weir_status run_sql(struct weir_session *s, const char *sql, size_t length,
                                       const struct weir_run_options *options, FILE *out,
                                       enum weir_end_kind *end, struct weir_error **error) {
    struct weir_run *run = NULL;
    struct weir_result *r;
    const char *text;
    size_t bytes;
    enum weir_status st = weir_run(s, sql, length, options, &run, error);
    while (st == WEIR_OK && (st = weir_run_next(run, &r, error)) == WEIR_OK) {
        bool rows = weir_result_kind(r) == WEIR_ROWS || weir_result_kind(r) == WEIR_TEXT;
        if (!rows) st = weir_result_wait(r, -1, error);
        while (rows && (st = weir_result_text(r, WEIR_JSONL, false, -1, &text, &bytes, error)) == WEIR_OK) {
            if (out) fwrite(text, 1, bytes, out);
        }
        if (st == WEIR_END) st = WEIR_OK;
        if (end) *end = weir_result_end(r);
        weir_result_free(r);
    }
    weir_run_free(run);
    return st == WEIR_END ? WEIR_OK : st;
}

#endif
