/* SPDX-License-Identifier: Apache-2.0
 *
 * The prompt: `weir` on a terminal. Everything it does with data goes through weir.h. One thread runs it; the
 * library's threads reach it only through repl_log(). Signals are blocked and looked for where it waits
 * (repl_signals), so that no handler is needed.
 */
#ifndef WEIR_CLI_REPL_H
#define WEIR_CLI_REPL_H

#include <pthread.h>
#include <stdio.h>

#include <weir.h>

#include "base/arena.h"
#include "cli/screen.h"
#include "cli/table.h"

struct repl_edit;

/* A result that is kept to be shown again. */
struct repl_kept {
    struct rowset rows;
    struct table_column *columns; /* in arena */
    uint32_t ncolumns;
    struct arena arena;
    bool partial; /* only the first and last rows were kept */
};

/* A job in the background. */
struct repl_job {
    struct weir_result *result;
    char *id;      /* as SHOW JOBS has it */
    bool reported; /* its end was told */
};

/* What .mode and its like set. */
struct repl_settings {
    enum table_format mode;
    bool timer;         /* show the time that statements take */
    bool changes;       /* show the kinds of change */
    bool pager;         /* for results longer than the screen */
    uint64_t max_rows;  /* of a table at the terminal; 0 = all */
    unsigned max_width; /* of a cell; 0 = any */
    char null[64];
    char prompt[64], more[64];
};

struct repl {
    struct weir_session *session;
    struct screen screen;
    struct repl_settings set;
    struct repl_edit *edit; /* the line editor */
    int signal_fd;
    struct outbuf pending;   /* lines of a statement that is not complete */
    struct outbuf typed;     /* what was typed since the last one was complete, for the history */
    struct outbuf statement; /* the last one that was run, for .edit */
    const char *file;        /* being read; NULL = typed by somebody */
    unsigned file_line;      /* of the first line of pending */
    unsigned depth;          /* of files that read files */
    struct repl_kept last;   /* the last result */
    struct repl_job *jobs;
    unsigned njobs;
    FILE *out; /* .output and .once; NULL = the screen */
    char *out_name;
    bool out_once;
    enum table_format out_mode; /* by the name of the file */
    bool peek;                  /* .peek is at work */
    bool leave;                 /* .quit */
    bool gone;                  /* the terminal is, or somebody wants us to end: leave without a question */
    pthread_mutex_t log_lock;   /* of the three below */
    struct outbuf log;          /* lines that wait */
    bool log_waits;             /* the screen is in use: keep lines */
};

/* How it is started. */
struct repl_options {
    const char *const *defines; /* KEY=VALUE of -D */
    unsigned ndefines;
    const char *init; /* --init FILE; NULL = ~/.weirrc */
    bool no_init;     /* --no-rc */
};
/* The whole prompt; gives the exit status of the program. */
int repl_main(const struct repl_options *options);

/* ---- repl.c ---- */

/* One line, with or without newline: a dot command, or SQL that is run once it is complete. False: something
 * in it failed. */
bool repl_line(struct repl *r, struct str line);
/* Runs what is pending although no ; has come. */
bool repl_flush(struct repl *r);
/* All lines of a file. False: it cannot be read, or something in it failed (the rest is not run then). */
bool repl_read_file(struct repl *r, const char *path);

/* What has happened since the last call, as a set. */
enum repl_signal { REPL_INTERRUPT = 1, REPL_RESIZE = 2, REPL_TERMINATE = 4 };
unsigned repl_signals(struct repl *r);
/* In a child before exec: signals as the program itself got them. */
void repl_child_signals(void);

/* ---- repl_say.c: everything that is no result ---- */

/* A line on the screen: errors with a caret, notes, plain ones. */
void repl_show_error(struct repl *r, const struct weir_error *e);
void repl_fail(struct repl *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
void repl_note(struct repl *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
void repl_say(struct repl *r, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* For weir_config.log: from any thread. */
void repl_log(void *arg, const char *line);
/* From now on log lines wait (true) or those that waited are shown (false). */
void repl_log_wait(struct repl *r, bool wait);
/* "0.123 s", "12 ms", "3 min 20 s" */
const char *repl_duration(char out[32], int64_t us);
/* "812", "81.2 k", "8.12 M" */
const char *repl_amount(char out[32], double n);
int64_t repl_now_us(void); /* monotonic */

/* ---- repl_query.c ---- */

/* Runs the statement at text[*offset] and shows its result. */
bool repl_run(struct repl *r, struct str text, size_t *offset);
/* Runs SQL that a dot command has made; its result is not kept as the last one unless `keep`. */
bool repl_run_sql(struct repl *r, const char *sql);
/* Shows the last result in this format, uncut if max_rows is 0. */
void repl_show_kept(struct repl *r, struct repl_kept *k, enum table_format mode, uint64_t max_rows,
                    int64_t elapsed_us);
void repl_kept_free(struct repl_kept *k);
/* A few rows of a query, one field a line with its type. */
bool repl_peek(struct repl *r, const char *sql);
/* Closes the file of .once. */
void repl_end_once(struct repl *r);
/* An empty kept result with the columns of `result`. */
void repl_kept_init(struct repl_kept *k, struct weir_result *result, bool changes, uint64_t head_max,
                    uint64_t tail_max);

/* ---- repl_live.c ---- */

/* Shows an unbounded query until it ends or Ctrl-C; its last rows are in `k`. */
bool repl_live(struct repl *r, struct weir_result *result, struct repl_kept *k, struct weir_error **error);

/* ---- repl_progress.c: one line that is written over while somebody waits ---- */

struct repl_progress {
    int64_t begun_us, shown_us;
    uint64_t shown_rows;
    double rate; /* rows a second, smoothed */
    bool open;   /* the line is on the screen */
};
void repl_progress_begin(struct repl_progress *p);
void repl_progress_show(struct repl *r, struct repl_progress *p, struct weir_result *result);
void repl_progress_end(struct repl *r, struct repl_progress *p);
/* Takes a new measure of the rate when it is time. */
void repl_progress_rate(struct repl_progress *p, uint64_t rows, int64_t now_us);

/* ---- repl_jobs.c ---- */

/* A job that was started: in the background it is kept, in the foreground waited for. */
bool repl_job(struct repl *r, struct weir_result *result);
/* Tells which jobs have ended since the last call. */
void repl_jobs_report(struct repl *r);
/* Jobs that run. */
unsigned repl_jobs_running(struct repl *r);
/* Asks whether to leave while jobs run; then stops them. */
bool repl_jobs_may_leave(struct repl *r);
void repl_jobs_free(struct repl *r);

/* ---- repl_edit.c ---- */

enum edit_end { EDIT_LINE, EDIT_INTERRUPTED, EDIT_END };

struct repl_edit *repl_edit_new(struct repl *r);
void repl_edit_free(struct repl_edit *e);
/* Reads a line; *line is valid until the next call. */
enum edit_end repl_edit_line(struct repl_edit *e, struct str *line);
/* Puts a statement into the history, and into its file. */
void repl_edit_remember(struct repl_edit *e, struct str statement);

/* ---- repl_history.c: the file of the history ---- */

#define HISTORY_MAX 2000 /* statements */

/* Reads it and calls `put` for each entry, the oldest first; shortens it when it has grown to twice the
 * maximum. */
void history_load(const char *path, void (*put)(void *arg, const char *entry), void *arg);
/* Appends one. */
void history_append(const char *path, struct str entry);

/* ---- repl_complete.c ---- */

struct candidate {
    struct str text, kind, help;
};
struct candidates {
    struct arena arena;
    struct candidate *items;
    size_t count;
    size_t from; /* where the word begins that they would replace, in bytes of the line */
};
/* What may stand at the end of `line`, which follows what is pending. Free the arena. */
void repl_complete(struct repl *r, struct str line, struct candidates *out);
void candidates_put(struct candidates *c, struct str text, const char *kind, struct str help);
/* How many bytes all candidates have in common (ASCII case ignored). */
size_t candidates_common(const struct candidates *c);
/* The list of them under the line. */
void candidates_list(struct outbuf *o, const struct candidates *c, const struct screen *s, unsigned columns,
                     unsigned lines);
/* Files beginning with `word`. */
void repl_complete_files(struct candidates *c, struct str word);
/* Tables and views. */
void repl_complete_tables(struct repl *r, struct candidates *c, struct str word);

/* ---- repl_command.c: dot commands ---- */

bool repl_command(struct repl *r, struct str line);
/* All commands, or the one with this name, as .help shows them. */
bool command_help(struct repl *r, const char *name);
/* Completes a line that begins with a dot. */
void command_complete(struct repl *r, struct str line, struct candidates *out);
/* Cuts a line into words; '..' and "..." keep blanks. Gives how many, at most `max`; the words are in the
 * arena. */
unsigned command_words(struct arena *a, struct str line, char **words, unsigned max);

/* What completes an argument. */
enum command_argument {
    ARG_NONE,
    ARG_FILE,
    ARG_TABLE,
    ARG_MODE,
    ARG_SWITCH,
    ARG_COMMAND,
    ARG_FUNCTION,
    ARG_JOB
};

/* A command as it was typed. */
struct command_line {
    const char *name; /* with its dot */
    char *words[8];   /* arguments */
    unsigned nwords;
    const char *rest;    /* everything behind the name */
    struct arena *arena; /* of all this */
};

struct command {
    const char *name;
    const char *args;               /* as in the help: "[TABLE]" */
    unsigned min, max;              /* how many arguments */
    enum command_argument argument; /* of the first */
    const char *help;               /* one line */
    const char *more;               /* what .help NAME says besides; NULL = nothing */
    bool (*run)(struct repl *r, struct command_line *c);
};
/* The table; it ends with a NULL name. repl_do.c has the functions of it. */
extern const struct command repl_commands[];

/* ---- pager.c ---- */

/* Shows a text through $PAGER (less -SFRX if it is not set); false: there is none. */
bool pager_show(struct str text);
/* Runs a command of the shell, or a program with its arguments; gives its exit status, -1 = could not. */
int pager_run(const char *const *argv);

#endif
