/* SPDX-License-Identifier: Apache-2.0
 *
 * Results on an output that is no live screen: rows as they come (csv, jsonl) or as a table at the end. Used
 * by scripts, -c, and `weir test`.
 */
#ifndef WEIR_CLI_OUTPUT_H
#define WEIR_CLI_OUTPUT_H

#include <stdio.h>

#include <weir.h>

#include "cli/cli.h"

struct cli_output {
    FILE *out;
    enum table_format format;
    struct weir_session *session;
    /* Called some times a second while a job runs, and once at its end; may be NULL. */
    void (*watch)(void *arg, struct weir_result *r, bool ended);
    void *arg;
};

/* Reads the result to its end. WEIR_ERROR: *error is set, or it is NULL and writing failed (errno). */
enum weir_status cli_output_result(const struct cli_output *o, struct weir_result *r,
                                   struct weir_error **error);

#endif
