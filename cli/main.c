/* SPDX-License-Identifier: Apache-2.0
 *
 * The `weir` program: the command line, then one of its commands.
 * Exit status: 0 done, 1 failed while running, 2 the statement is wrong, 3 bad command line.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/serial.h"
#include "cli/output.h"
#include "cli/repl.h"

static void signals_of_interest(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
}

/* A script that is being run. */
struct script {
    const struct cli_args *args;
    struct weir_session *session;
    struct outbuf text;
    struct cli_progress progress;
    bool show;      /* progress goes to stderr */
    int interrupts; /* SIGINT and SIGTERM so far */
    bool reader_gone; /* nobody reads the results any more */
};

/* SIGINT and SIGTERM stay blocked while statements run, and are looked for here, some times a second: the
 * first stops the job (with a checkpoint where there is state), the second cancels it. */
static void watch(void *arg, struct weir_result *r, bool ended) {
    struct script *s = arg;
    sigset_t set;
    signals_of_interest(&set);
    if (sigtimedwait(&set, NULL, &(struct timespec){0, 0}) > 0) {
        if (s->interrupts++) weir_cancel(r);
        else weir_stop(r);
    }
    if (s->show) cli_progress(&s->progress, r, ended);
}

static void note_counts(struct weir_result *r) {
    struct weir_progress p = {.struct_bytes = sizeof p};
    if (weir_result_progress(r, &p, NULL) != WEIR_OK) return;
    if (p.late_rows)
        fprintf(stderr, "weir: %llu late row%s dropped\n", (unsigned long long)p.late_rows,
                p.late_rows == 1 ? " was" : "s were");
    if (p.bad_records)
        fprintf(stderr, "weir: %llu record%s\n", (unsigned long long)p.bad_records,
                p.bad_records == 1 ? " did not decode and was skipped" : "s did not decode and were skipped");
}

/* Exit status of a failure: of the library, of writing the results (errno), or of the command line. */
static int fail(struct script *s, struct weir_error *error) {
    int status = 1;
    cli_progress_end(&s->progress);
    if (error) {
        struct cli_error e = cli_error_of(error);
        cli_print_error(stderr, s->args->script ? "-c" : s->args->file, &e);
        status = weir_error_exit_status(error);
        weir_error_free(error);
    } else if (errno == EPIPE) {
        status = 0; /* `weir ... | head` is no failure */
        s->reader_gone = true;
    } else {
        fprintf(stderr, "error 58030: cannot write the results: %s\n", strerror(errno));
    }
    return status;
}

static bool read_all(FILE *f, struct outbuf *o) {
    size_t n;
    do {
        n = fread(outbuf_reserve(o, 1 << 16), 1, 1 << 16, f);
        o->len += n;
    } while (n > 0);
    return !ferror(f);
}

static int read_script(struct script *s) {
    const char *file = s->args->file;
    bool standard = file && strcmp(file, "-") == 0;
    if (s->args->script) {
        outbuf_text(&s->text, s->args->script);
        return 0;
    }
    FILE *f = standard ? stdin : fopen(file, "rb");
    bool good = f && read_all(f, &s->text);
    if (!good)
        fprintf(stderr, "error WR004: cannot %s %s: %s\n", f ? "read" : "open",
                standard ? "standard input" : file, strerror(errno));
    if (f && !standard) fclose(f);
    return good ? 0 : 3;
}

static int apply_definitions(struct script *s) {
    char key[256];
    for (unsigned i = 0; i < s->args->ndefines; i++) {
        const char *d = s->args->defines[i], *eq = strchr(d, '=');
        if (!eq || (size_t)(eq - d) >= sizeof key) {
            fprintf(stderr, "error WR004: -D needs KEY=VALUE, not '%s'\n", d);
            return 3;
        }
        snprintf(key, sizeof key, "%.*s", (int)(eq - d), d);
        struct weir_error *error = NULL;
        /* A dotted name is a setting; a plain one is for ${NAME}. */
        enum weir_status st = strchr(key, '.') ? weir_set(s->session, key, eq + 1, &error)
                                               : weir_define(s->session, key, eq + 1, &error);
        if (st != WEIR_OK) return fail(s, error);
    }
    if (!s->args->stop_after_chunks) return 0;
    snprintf(key, sizeof key, "%llu", (unsigned long long)s->args->stop_after_chunks);
    struct weir_error *error = NULL;
    return weir_set(s->session, "weir.test.stop-after-chunks", key, &error) == WEIR_OK ? 0 : fail(s, error);
}

/* One part of the script, to its end. */
static int show_part(struct script *s, struct weir_result *r) {
    struct cli_output o = {stdout, s->args->format, s->session, watch, s};
    struct weir_error *error;
    if (cli_output_result(&o, r, &error) != WEIR_OK) return fail(s, error);
    note_counts(r);
    bool kept = weir_result_kind(r) == WEIR_JOB || weir_result_kind(r) == WEIR_ROWS;
    if (!kept || s->args->command != CLI_RUN) return 0;
    if (weir_result_end(r) == WEIR_WAS_FINISHED)
        cli_note(NULL, "the job in the state folder had finished: nothing to do");
    if (weir_result_end(r) == WEIR_STOPPED && s->args->state_dir)
        cli_note(NULL, "stopped; start it again to go on");
    return 0;
}

static int run_parts(struct script *s, struct weir_run *run) {
    int status = 0;
    struct weir_result *r;
    struct weir_error *error = NULL;
    while (status == 0 && !s->interrupts && !s->reader_gone) {
        enum weir_status st = weir_run_next(run, &r, &error);
        if (st == WEIR_END) break;
        if (st == WEIR_ERROR) return fail(s, error);
        status = show_part(s, r);
        weir_result_free(r);
    }
    return status;
}

static int run_script(struct script *s) {
    struct weir_run_options options = WEIR_RUN_INIT;
    struct weir_run *run = NULL;
    struct weir_error *error = NULL;
    options.separately = s->args->command == CLI_EXECUTE;
    options.check = s->args->command == CLI_CHECK;
    options.state_dir = s->args->state_dir;
    if (weir_run(s->session, s->text.data ? s->text.data : "", s->text.len, &options, &run, &error) !=
        WEIR_OK)
        return fail(s, error);
    int status = run_parts(s, run);
    weir_run_free(run);
    errno = 0;
    if (status == 0 && !s->reader_gone && (fflush(stdout) != 0 || ferror(stdout))) status = fail(s, NULL);
    return status;
}

static int run_text(const struct cli_args *args) {
    struct script s = {.args = args, .show = isatty(STDERR_FILENO) || args->progress};
    struct weir_config config = WEIR_CONFIG_INIT;
    config.log = cli_note;
    struct weir_error *error = NULL;
    if (weir_open(&config, &s.session, &error) != WEIR_OK) return fail(&s, error);
    sigset_t set;
    signals_of_interest(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    int status = read_script(&s);
    if (status == 0) status = apply_definitions(&s);
    if (status == 0) status = run_script(&s);
    cli_progress_end(&s.progress);
    weir_close(s.session);
    outbuf_free(&s.text);
    return status;
}

int main(int argc, char **argv) {
    struct cli_args args;
    struct error e = {0};
    if (cli_parse_args(argc, argv, &args, &e) != ST_OK) {
        fprintf(stderr, "weir: %s\n", e.text);
        if (e.hint[0]) fprintf(stderr, "hint: %s\n", e.hint);
        return error_exit_status(ERR_USAGE);
    }
    switch (args.command) {
    case CLI_HELP: fputs(cli_help, stdout); return 0;
    case CLI_VERSION: printf("weir %s\n", weir_version()); return 0;
    case CLI_TEST: return cli_test(&args);
    case CLI_DOCS: return cli_docs();
    case CLI_REPL:
        return repl_main(&(struct repl_options){args.defines, args.ndefines, args.init, args.no_init});
    default: return run_text(&args);
    }
}
