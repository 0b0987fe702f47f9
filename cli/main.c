/* SPDX-License-Identifier: Apache-2.0
 *
 * The `weir` program: the command line, then one of its commands.
 * Exit status: 0 done, 1 failed while running, 2 the statement is wrong, 3 bad command line.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <weir.h>

#include "base/serial.h"
#include "cli/cli.h"
#include "engine/session.h"

static void signals_of_interest(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
}

/* What the callbacks of a running job need. */
struct watch {
    struct cli_progress progress;
    struct session *session;
    bool show; /* progress goes to stderr */
};

/* SIGINT and SIGTERM stay blocked while statements run, and are looked for here, some times a second: the
 * first stops the job (with a checkpoint where there is state), the second cancels it. */
static void watch_job(void *arg, struct job *job, bool done) {
    struct watch *w = arg;
    sigset_t set;
    signals_of_interest(&set);
    if (sigtimedwait(&set, NULL, &(struct timespec){0, 0}) > 0) session_interrupt(w->session);
    if (w->show) cli_progress(&w->progress, job, done);
}

static int fail(const struct cli_args *args, const struct error *e, struct str text) {
    if (e->code == ERR_READER_GONE) return error_exit_status(e->code);
    cli_print_error(stderr, args->script ? "-c" : args->file, text, e);
    return error_exit_status(e->code);
}

static enum status read_all(FILE *f, const char *name, struct outbuf *o, struct error *e) {
    size_t n;
    do {
        n = fread(outbuf_reserve(o, 1 << 16), 1, 1 << 16, f);
        o->len += n;
    } while (n > 0);
    return ferror(f) ? error_set(e, ERR_IO, "cannot read %s: %s", name, strerror(errno)) : ST_OK;
}

static enum status read_script(const struct cli_args *args, struct outbuf *o, struct error *e) {
    if (args->script) {
        outbuf_text(o, args->script);
        return ST_OK;
    }
    if (strcmp(args->file, "-") == 0) return read_all(stdin, "standard input", o, e);
    FILE *f = fopen(args->file, "rb");
    if (!f) return error_set(e, ERR_USAGE, "cannot open %s: %s", args->file, strerror(errno));
    enum status st = read_all(f, args->file, o, e);
    fclose(f);
    return st;
}

static enum status apply_definitions(struct session *s, const struct cli_args *args, struct error *e) {
    for (unsigned i = 0; i < args->ndefines; i++) {
        struct str d = str_of(args->defines[i]);
        const char *eq = strchr(d.ptr, '=');
        if (!eq) return error_set(e, ERR_USAGE, "-D needs KEY=VALUE, not '%s'", d.ptr);
        struct str key = {d.ptr, (size_t)(eq - d.ptr)}, value = str_of(eq + 1);
        /* A dotted name is a setting; a plain one is for ${NAME}. */
        if (memchr(key.ptr, '.', key.len)) TRY(session_set(s, key, value, e));
        else session_define(s, key, value);
    }
    return ST_OK;
}

static enum status run_command(struct session *s, const struct cli_args *args, struct str text,
                               struct error *e) {
    struct session_text t = {
        .text = text, .state_dir = args->state_dir, .stop_after_chunks = args->stop_after_chunks};
    enum job_end end = JOB_FINISHED;
    switch (args->command) {
    case CLI_EXECUTE: return session_execute(s, &t, e);
    case CLI_CHECK: return session_check(s, &t, e);
    case CLI_RUN:
        TRY(session_run(s, &t, &end, e));
        if (end == JOB_WAS_FINISHED)
            cli_note(NULL, "the job in the state folder had finished: nothing to do");
        if (end == JOB_STOPPED && args->state_dir) cli_note(NULL, "stopped; start it again to go on");
        return ST_OK;
    case CLI_TEST:
    case CLI_DOCS:
    case CLI_HELP:
    case CLI_VERSION: break;
    }
    return ST_OK;
}

static enum status run_script(struct session *s, const struct cli_args *args, struct outbuf *script,
                              struct str *text, struct error *e) {
    *text = (struct str){"", 0};
    TRY(read_script(args, script, e));
    TRY(apply_definitions(s, args, e));
    sigset_t set;
    signals_of_interest(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    *text = (struct str){script->data, script->len};
    enum status st = run_command(s, args, *text, e);
    if (st == ST_OK && (fflush(stdout) != 0 || ferror(stdout)))
        st = error_set(e, errno == EPIPE ? ERR_READER_GONE : ERR_IO, "cannot write the results: %s",
                       strerror(errno));
    *text = session_text_of(s);
    return st;
}

static int run_text(const struct cli_args *args) {
    struct error e = {0};
    struct outbuf script = {0};
    struct watch watch = {.show = isatty(STDERR_FILENO) || args->progress};
    struct session_config config = {
        .out = stdout, .format = args->format, .log = cli_note, .progress = watch_job, .arg = &watch};
    struct str text;
    watch.session = session_new(&config);
    enum status st = run_script(watch.session, args, &script, &text, &e);
    cli_progress_end(&watch.progress);
    int status = st == ST_OK ? 0 : fail(args, &e, text);
    session_free(watch.session);
    outbuf_free(&script);
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
    default: return run_text(&args);
    }
}
