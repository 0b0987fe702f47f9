/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of the command-line program: arguments, error messages, progress, regression tests.
 */
#ifndef WEIR_CLI_CLI_H
#define WEIR_CLI_CLI_H

#include <stdio.h>

#include <weir.h>

#include "base/error.h"
#include "base/str.h"
#include "cli/table.h"

enum cli_command { CLI_EXECUTE, CLI_RUN, CLI_CHECK, CLI_TEST, CLI_DOCS, CLI_HELP, CLI_VERSION, CLI_REPL };

#define CLI_DEFINES_MAX 128

struct cli_args {
    enum cli_command command;
    const char *file;                     /* script, "-" = standard input, or the folder of `test` */
    const char *script;                   /* of -c; then file is NULL */
    const char *state_dir;                /* --state; NULL = none */
    const char *defines[CLI_DEFINES_MAX]; /* -D KEY=VALUE */
    unsigned ndefines;
    enum table_format format;
    const char *init;           /* --init FILE: instead of ~/.weirrc, at the prompt */
    bool no_init;               /* --no-rc */
    bool progress;              /* --progress: also when stderr is no terminal */
    uint64_t stop_after_chunks; /* --stop-after-chunks N, for tests */
    const char *const *rest;    /* test: further arguments */
    int nrest;
};

extern const char cli_help[];

enum status cli_parse_args(int argc, char **argv, struct cli_args *out, struct error *e);

/* What is said of an error. */
struct cli_error {
    const char *code, *text, *hint;
    struct str sql;     /* what the place counts in */
    size_t offset, len; /* the place; WEIR_NO_PLACE */
};
struct cli_error cli_error_of(const struct weir_error *e);
/* The error with its place in the text and a caret line, and the hint. `name` is the file's name. */
void cli_print_error(FILE *out, const char *name, const struct cli_error *e);
/* A line for the user on stderr; `arg` is ignored. */
void cli_note(void *arg, const char *line);

/* A line on stderr that is written over: rows, rate, percent, watermark. */
struct cli_progress {
    int64_t begun_us;    /* of the job shown */
    int64_t shown_us;    /* last time the line was written */
    uint64_t shown_rows; /* then */
    double rate;         /* rows a second, smoothed */
    bool open;           /* the line is on the screen */
    const struct weir_result *job;
};
void cli_progress(struct cli_progress *p, struct weir_result *job, bool done);
/* "2026-05-04 18:32:11.452", of microseconds since 1970, UTC. */
const char *cli_time_text(char out[40], int64_t us);
void cli_progress_end(struct cli_progress *p);

/* `weir docs`: exit status. */
int cli_docs(void);
/* `weir test DIR`: exit status. */
int cli_test(const struct cli_args *args);

#endif
