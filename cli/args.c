/* SPDX-License-Identifier: Apache-2.0
 *
 * The command line.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/options.h"
#include "cli/cli.h"

const char cli_help[] =
    "weir                                          the prompt, on a terminal\n"
    "weir FILE.sql | weir -c \"SQL\" | ... | weir -    statements one after another\n"
    "weir run FILE.sql [-D key=value]              the file as one job, until its input ends or a signal "
    "comes\n"
    "weir check FILE.sql                           parse, bind and plan only\n"
    "weir test DIR                                 regression queries\n"
    "\n"
    "  -c SQL              the statements themselves instead of a file\n"
    "  -D key=value        a setting (with a dot in its name), or the value of ${key} in the file\n"
    "  --format FORMAT     table, csv, jsonl or markdown; table on a terminal, else jsonl\n"
    "  --state DIR         run: take checkpoints there, and go on from the last one\n"
    "  --progress          show progress on standard error also when it is no terminal\n"
    "  --init FILE         prompt: read it at the start instead of ~/.weirrc\n"
    "  --no-rc             prompt: read neither\n"
    "  --version, --help\n"
    "\n"
    "exit status: 0 done, 1 failed while running, 2 the statement is wrong, 3 bad command line\n";

struct reader {
    int argc;
    char **argv;
    int at;
};

static enum status option_value(struct reader *r, const char **out, struct error *e) {
    if (r->at + 1 >= r->argc) return error_set(e, ERR_USAGE, "%s needs a value", r->argv[r->at]);
    *out = r->argv[++r->at];
    return ST_OK;
}

static enum status take_format(struct reader *r, struct cli_args *out, struct error *e) {
    const char *value = NULL;
    TRY(option_value(r, &value, e));
    if (table_format_parse(str_of(value), &out->format) && out->format != TABLE_LINE) return ST_OK;
    return error_set(e, ERR_USAGE, "--format must be table, csv, jsonl or markdown, not '%s'", value);
}

static enum status take_option(struct reader *r, struct cli_args *out, struct error *e) {
    const char *arg = r->argv[r->at], *value = NULL;
    if (strcmp(arg, "-c") == 0) return option_value(r, &out->script, e);
    if (strcmp(arg, "--format") == 0) return take_format(r, out, e);
    if (strcmp(arg, "--state") == 0) return option_value(r, &out->state_dir, e);
    if (strcmp(arg, "-D") == 0) {
        if (out->ndefines == CLI_DEFINES_MAX)
            return error_set(e, ERR_USAGE, "more than %d -D", CLI_DEFINES_MAX);
        TRY(option_value(r, &value, e));
        out->defines[out->ndefines++] = value;
        return ST_OK;
    }
    if (strncmp(arg, "-D", 2) == 0 && out->ndefines < CLI_DEFINES_MAX) {
        out->defines[out->ndefines++] = arg + 2;
        return ST_OK;
    }
    if (strcmp(arg, "--stop-after-chunks") == 0) {
        int64_t n;
        TRY(option_value(r, &value, e));
        if (!option_parse_int(str_of(value), &n) || n < 1)
            return error_set(e, ERR_USAGE, "--stop-after-chunks needs a number, not '%s'", value);
        out->stop_after_chunks = (uint64_t)n;
        return ST_OK;
    }
    if (strcmp(arg, "--init") == 0) return option_value(r, &out->init, e);
    if (strcmp(arg, "--progress") == 0) out->progress = true;
    else if (strcmp(arg, "--no-rc") == 0) out->no_init = true;
    else if (strcmp(arg, "--version") == 0) out->command = CLI_VERSION;
    else if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) out->command = CLI_HELP;
    else {
        error_set(e, ERR_USAGE, "there is no option %s", arg);
        return error_hint(e, "weir --help lists them");
    }
    return ST_OK;
}

static bool take_command(const char *arg, struct cli_args *out) {
    if (out->file || out->script || out->command != CLI_EXECUTE) return false;
    if (strcmp(arg, "run") == 0) out->command = CLI_RUN;
    else if (strcmp(arg, "check") == 0) out->command = CLI_CHECK;
    else if (strcmp(arg, "test") == 0) out->command = CLI_TEST;
    else if (strcmp(arg, "docs") == 0) out->command = CLI_DOCS;
    else return false;
    return true;
}

static enum status check_args(struct cli_args *out, struct error *e) {
    if (out->command >= CLI_DOCS) return ST_OK;
    if (out->file && out->script) return error_set(e, ERR_USAGE, "give either a file or -c, not both");
    if (!out->file && !out->script) {
        if (out->command == CLI_EXECUTE && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
            out->command = CLI_REPL;
            return ST_OK;
        }
        if (out->command != CLI_EXECUTE)
            return error_set(e, ERR_USAGE, "weir %s",
                             out->command == CLI_TEST  ? "test needs a folder or a file"
                             : out->command == CLI_RUN ? "run needs a file"
                                                       : "check needs a file");
        out->file = "-";
    }
    if (out->state_dir && out->command != CLI_RUN) return error_set(e, ERR_USAGE, "--state is for weir run");
    return ST_OK;
}

enum status cli_parse_args(int argc, char **argv, struct cli_args *out, struct error *e) {
    *out = (struct cli_args){.format = isatty(STDOUT_FILENO) ? TABLE_BOX : TABLE_JSONL};
    struct reader r = {argc, argv, 1};
    for (; r.at < argc; r.at++) {
        const char *arg = argv[r.at];
        if (arg[0] == '-' && arg[1] != '\0') {
            TRY(take_option(&r, out, e));
        } else if (take_command(arg, out)) {
            continue;
        } else if (strcmp(arg, "serve") == 0 && !out->file) {
            return error_set(e, ERR_USAGE, "weir serve is not supported yet");
        } else if (!out->file) {
            out->file = arg;
        } else if (out->command == CLI_TEST) {
            out->rest = (const char *const *)&argv[r.at];
            out->nrest = argc - r.at;
            break;
        } else {
            return error_set(e, ERR_USAGE, "one file at a time: '%s' is too many", arg);
        }
    }
    return check_args(out, e);
}
