/* SPDX-License-Identifier: Apache-2.0
 *
 * The loop of the prompt: lines come from the editor or from a file, are gathered until a statement is
 * complete, and run.
 */
#include "cli/repl.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/mem.h"

#define DEPTH_MAX 16 /* files that read files */

/* ---- signals ---- */

static void our_signals(sigset_t *set) {
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
    sigaddset(set, SIGWINCH);
}

unsigned repl_signals(struct repl *r) {
    struct signalfd_siginfo info;
    unsigned seen = 0;
    while (read(r->signal_fd, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGINT) seen |= REPL_INTERRUPT;
        else if (info.ssi_signo == SIGWINCH) seen |= REPL_RESIZE;
        else seen |= REPL_TERMINATE;
    }
    return seen;
}

void repl_child_signals(void) {
    sigset_t set;
    our_signals(&set);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    signal(SIGPIPE, SIG_DFL);
}

static void begin_signals(struct repl *r) {
    sigset_t set;
    our_signals(&set);
    sigprocmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
    r->signal_fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* ---- lines ---- */

static bool is_blank(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (!strchr(" \t\r\n", s.ptr[i])) return false;
    }
    return true;
}

/* Runs the statements that are complete; what is left stays pending. After a failure in a file nothing more
 * of it is run. */
static bool run_complete(struct repl *r, bool all) {
    struct str text = {r->pending.data, r->pending.len};
    size_t at = 0, end = 0;
    bool good = true;
    for (;;) {
        enum weir_complete found = weir_statement_end(text.ptr, text.len, at, &end);
        if (found == WEIR_EMPTY) at = text.len;
        if (found == WEIR_EMPTY || (found == WEIR_INCOMPLETE && !all)) break;
        if (found == WEIR_INCOMPLETE) end = text.len;
        size_t offset = at;
        r->statement.len = 0;
        outbuf_put(&r->statement, text.ptr + at, end - at);
        good = repl_run(r, text, &offset);
        at = end;
        if (!good || r->leave) { /* whatever stood behind it on the line */
            at = text.len;
            break;
        }
        if (at >= text.len) break;
    }
    if (at) {
        for (size_t i = 0; i < at; i++) r->file_line += text.ptr[i] == '\n';
        memmove(r->pending.data, r->pending.data + at, r->pending.len - at);
        r->pending.len -= at;
    }
    if (is_blank((struct str){r->pending.data, r->pending.len})) {
        for (size_t i = 0; i < r->pending.len; i++) r->file_line += r->pending.data[i] == '\n';
        r->pending.len = 0;
    }
    return good;
}

/* Words that other prompts know without a dot. */
static const char *plain_command(struct str line) {
    static const char *const words[][2] = {
        {"quit", ".quit"}, {"exit", ".quit"}, {"help", ".help"}, {"clear", ".clear"}};
    while (line.len && strchr(" \t\r\n;", line.ptr[line.len - 1])) line.len--;
    for (unsigned i = 0; i < ARRAY_LEN(words); i++) {
        if (str_ieq(line, str_of(words[i][0]))) return words[i][1];
    }
    return NULL;
}

bool repl_line(struct repl *r, struct str line) {
    if (!r->pending.len) {
        struct str cut = line;
        while (cut.len && strchr(" \t", cut.ptr[0])) cut = str_sub(cut, 1, cut.len - 1);
        const char *plain = plain_command(cut);
        if (plain || (cut.len && cut.ptr[0] == '.')) {
            bool good = repl_command(r, plain ? str_of(plain) : cut);
            r->file_line++;
            return good;
        }
        if (is_blank(line)) {
            r->file_line++;
            return true;
        }
    }
    outbuf_put(&r->pending, line.ptr, line.len);
    if (!line.len || line.ptr[line.len - 1] != '\n') outbuf_char(&r->pending, '\n');
    return run_complete(r, false);
}

bool repl_flush(struct repl *r) {
    bool good = run_complete(r, true);
    r->pending.len = 0;
    return good;
}

/* ---- files ---- */

static bool read_lines(struct repl *r, FILE *f) {
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    bool good = true;
    while (good && !r->leave && (n = getline(&line, &capacity, f)) >= 0)
        good = repl_line(r, (struct str){line, (size_t)n});
    free(line);
    return good && repl_flush(r);
}

bool repl_read_file(struct repl *r, const char *path) {
    const char *outer = r->file;
    unsigned outer_line = r->file_line;
    if (r->depth == DEPTH_MAX) {
        repl_fail(r, "files read each other more than %d deep", DEPTH_MAX);
        return false;
    }
    FILE *f = fopen(path, "re");
    if (!f) {
        repl_fail(r, "cannot open %s: %s", path, strerror(errno));
        return false;
    }
    struct outbuf pending = r->pending;
    r->pending = (struct outbuf){0};
    r->file = path;
    r->file_line = 1;
    r->depth++;
    bool good = read_lines(r, f);
    r->depth--;
    r->file = outer;
    r->file_line = outer_line;
    outbuf_free(&r->pending);
    r->pending = pending;
    fclose(f);
    return good;
}

static void read_init(struct repl *r, const struct repl_options *o) {
    const char *home = getenv("HOME");
    if (o->init) {
        repl_read_file(r, o->init);
    } else if (!o->no_init && home) {
        struct arena a = {0};
        const char *path = arena_printf(&a, "%s/.weirrc", home).ptr;
        if (access(path, F_OK) == 0) repl_read_file(r, path);
        arena_free(&a);
    }
}

/* ---- the loop ---- */

static void forget_line(struct repl *r) {
    r->pending.len = 0;
    r->typed.len = 0;
}

/* Ctrl-D or .quit: true when it is so. */
static bool may_leave(struct repl *r) {
    if (r->gone || repl_jobs_may_leave(r)) return true;
    r->leave = false;
    return false;
}

static void loop(struct repl *r) {
    bool told = false; /* why Ctrl-C does not leave */
    for (;;) {
        struct str line;
        repl_jobs_report(r);
        repl_log_wait(r, true);
        enum edit_end end = repl_edit_line(r->edit, &line);
        repl_log_wait(r, false);
        if (end == EDIT_INTERRUPTED) {
            if (!told && !r->pending.len) repl_note(r, "Ctrl-D or .quit leaves");
            told = true;
            forget_line(r);
            continue;
        }
        if (r->gone) return;
        if (end == EDIT_END) {
            if (may_leave(r)) return;
            continue;
        }
        outbuf_put(&r->typed, line.ptr, line.len);
        repl_signals(r);
        struct arena a = {0};
        line = arena_str(&a, line); /* what runs may use the editor */
        repl_line(r, line);
        arena_free(&a);
        if (!r->pending.len) {
            repl_edit_remember(r->edit, (struct str){r->typed.data, r->typed.len});
            r->typed.len = 0;
        }
        if (r->leave && may_leave(r)) return;
    }
}

static bool define(struct repl *r, const struct repl_options *o) {
    for (unsigned i = 0; i < o->ndefines; i++) {
        const char *d = o->defines[i], *eq = strchr(d, '=');
        struct weir_error *error = NULL;
        struct arena a = {0};
        if (!eq) {
            repl_fail(r, "-D needs KEY=VALUE, not '%s'", d);
            return false;
        }
        const char *key = arena_str(&a, (struct str){d, (size_t)(eq - d)}).ptr;
        enum weir_status st = strchr(key, '.') ? weir_set(r->session, key, eq + 1, &error)
                                               : weir_define(r->session, key, eq + 1, &error);
        arena_free(&a);
        if (st != WEIR_OK) {
            repl_show_error(r, error);
            weir_error_free(error);
            return false;
        }
    }
    return true;
}

static void greet(struct repl *r) {
    repl_say(r, "%sweir %s%s   .help lists the commands, Tab completes, .quit leaves",
             screen_look(&r->screen, LOOK_BOLD), weir_version(), screen_look(&r->screen, LOOK_PLAIN));
}

static void end(struct repl *r) {
    repl_jobs_free(r);
    repl_kept_free(&r->last);
    repl_edit_free(r->edit);
    weir_close(r->session);
    if (r->out) fclose(r->out);
    free(r->out_name);
    outbuf_free(&r->pending);
    outbuf_free(&r->typed);
    outbuf_free(&r->statement);
    outbuf_free(&r->log);
    close(r->signal_fd);
    pthread_mutex_destroy(&r->log_lock);
}

int repl_main(const struct repl_options *options) {
    struct repl r = {.set = {.mode = TABLE_BOX,
                             .timer = true,
                             .max_rows = 40,
                             .null = "NULL",
                             .prompt = "weir> ",
                             .more = "   -> "}};
    struct weir_config config = WEIR_CONFIG_INIT;
    struct weir_error *error = NULL;
    r.screen = screen_init();
    pthread_mutex_init(&r.log_lock, NULL);
    begin_signals(&r);
    config.arg = &r;
    config.log = repl_log;
    if (weir_open(&config, &r.session, &error) != WEIR_OK) {
        repl_show_error(&r, error);
        int status = weir_error_exit_status(error);
        weir_error_free(error);
        return status;
    }
    int status = 3;
    if (define(&r, options)) {
        status = 0;
        greet(&r);
        read_init(&r, options);
        if (!r.leave) {
            r.edit = repl_edit_new(&r);
            loop(&r);
        }
    }
    end(&r);
    return status;
}
