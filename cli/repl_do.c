/* SPDX-License-Identifier: Apache-2.0
 *
 * What the dot commands do, and their table. Those that show data run SQL or ask the library's catalog.
 */
#define _GNU_SOURCE /* FNM_CASEFOLD */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/options.h"
#include "cli/repl.h"

/* ---- arguments ---- */

static bool take_switch(struct repl *r, const struct command_line *c, bool *out) {
    if (c->nwords == 0) *out = !*out;
    else if (strcasecmp(c->words[0], "on") == 0) *out = true;
    else if (strcasecmp(c->words[0], "off") == 0) *out = false;
    else {
        repl_fail(r, "%s is on or off, not '%s'", c->name, c->words[0]);
        return false;
    }
    repl_note(r, "%s is %s", c->name, *out ? "on" : "off");
    return true;
}

static bool take_number(struct repl *r, const struct command_line *c, const char *word, int64_t *out) {
    if (option_parse_int(str_of(word), out) && *out >= 0 && *out <= 1000000000) return true;
    repl_fail(r, "%s needs a number, not '%s'", c->name, word);
    return false;
}

/* A table as SQL has it: the name as it was typed, or a file as a literal. */
static const char *table_of(struct command_line *c) {
    const char *typed = c->rest;
    size_t end = strcspn(typed, " \t");
    bool quoted = typed[0] == '\'';
    if (!quoted && (typed[0] == '`' || (!strpbrk(c->words[0], "/*") && access(c->words[0], F_OK) != 0)))
        return arena_str(c->arena, (struct str){typed, end}).ptr;
    struct outbuf o = {0};
    outbuf_char(&o, '\'');
    for (const char *p = c->words[0]; *p; p++) {
        if (*p == '\'') outbuf_char(&o, '\'');
        outbuf_char(&o, *p);
    }
    outbuf_char(&o, '\'');
    return outbuf_keep(&o, c->arena).ptr;
}

static char *quoted(struct command_line *c, const char *word) {
    struct outbuf o = {0};
    outbuf_char(&o, '\'');
    for (; *word; word++) {
        if (*word == '\'') outbuf_char(&o, '\'');
        outbuf_char(&o, *word);
    }
    outbuf_char(&o, '\'');
    return (char *)outbuf_keep(&o, c->arena).ptr;
}

/* ---- the catalog ---- */

/* The rows of a result for which `take` says so, its columns from `from` on, as a table that is not kept. */
static bool show_some(struct repl *r, enum weir_status st, struct weir_result *result,
                      struct weir_error *error, uint32_t from,
                      bool (*take)(const struct weir_rows *rows, uint32_t row, const void *arg),
                      const void *arg) {
    struct repl_kept k;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    if (st != WEIR_OK) {
        repl_show_error(r, error);
        weir_error_free(error);
        return false;
    }
    repl_kept_init(&k, result, false, ROWSET_ALL, 0);
    k.columns += from;
    k.ncolumns -= from;
    k.rows.ncols -= from;
    struct str *cells = calloc(k.ncolumns + 1, sizeof *cells);
    if (!cells) mem_exhausted();
    while (weir_result_rows(result, -1, &rows, NULL) == WEIR_OK) {
        for (uint32_t i = 0; i < rows.rows; i++) {
            if (take && !take(&rows, i, arg)) continue;
            for (uint32_t n = 0; n < k.ncolumns; n++) {
                size_t at = (size_t)i * rows.columns + from + n;
                cells[n] = (struct str){rows.cells[at], rows.lengths[at]};
            }
            rowset_put(&k.rows, WEIR_INSERT, cells);
        }
    }
    free(cells);
    weir_result_free(result);
    repl_show_kept(r, &k, TABLE_BOX, 0, -1);
    repl_kept_free(&k);
    return true;
}

/* Cell 2 of weir_tables() is the name. */
static bool name_matches(const struct weir_rows *rows, uint32_t row, const void *arg) {
    const char *name = rows->cells[(size_t)row * rows->columns + 2];
    return !arg || (name && fnmatch(arg, name, FNM_CASEFOLD) == 0);
}

static bool do_tables(struct repl *r, struct command_line *c) {
    struct weir_result *result = NULL;
    struct weir_error *error = NULL;
    enum weir_status st = weir_tables(r->session, &result, &error);
    char *pattern = c->nwords ? c->words[0] : NULL;
    for (char *p = pattern; p && *p; p++) {
        if (*p == '%') *p = '*'; /* as LIKE has it */
    }
    if (pattern && !strpbrk(pattern, "*?[")) pattern = (char *)arena_printf(c->arena, "*%s*", pattern).ptr;
    return show_some(r, st, result, error, 2, name_matches, pattern); /* from the name on */
}

static bool do_columns(struct repl *r, struct command_line *c) {
    struct weir_result *result = NULL;
    struct weir_error *error = NULL;
    enum weir_status st = weir_table_columns(r->session, c->words[0], &result, &error);
    return show_some(r, st, result, error, 0, NULL, NULL);
}

/* SHOW CREATE as text. */
static bool show_schema(struct repl *r, struct command_line *c, const char *kind, const char *table) {
    const char *sql = arena_printf(c->arena, "SHOW CREATE %s %s", kind, table).ptr;
    struct weir_statement *q = NULL;
    struct weir_result *result = NULL;
    struct weir_error *error = NULL;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    enum weir_status st = weir_prepare(r->session, sql, WEIR_WHOLE, NULL, &q, &error);
    if (st == WEIR_OK) st = weir_start(q, &result, &error);
    weir_statement_free(q);
    if (st != WEIR_OK) {
        repl_show_error(r, error);
        weir_error_free(error);
        return false;
    }
    while (weir_result_rows(result, -1, &rows, NULL) == WEIR_OK) {
        for (uint32_t i = 0; i < rows.rows * rows.columns; i++) {
            if (rows.cells[i]) fprintf(r->out ? r->out : stdout, "%s;\n", rows.cells[i]);
        }
    }
    weir_result_free(result);
    return true;
}

static bool do_schema(struct repl *r, struct command_line *c) {
    struct weir_result *result = NULL;
    struct weir_error *error = NULL;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    char **names = NULL, **kinds = NULL;
    size_t n = 0, nkinds = 0;
    if (weir_tables(r->session, &result, &error) != WEIR_OK) {
        repl_show_error(r, error);
        weir_error_free(error);
        return false;
    }
    while (weir_result_rows(result, -1, &rows, NULL) == WEIR_OK) {
        for (uint32_t i = 0; i < rows.rows; i++) {
            const char *const *cells = rows.cells + (size_t)i * rows.columns;
            if (c->nwords && strcasecmp(cells[2], c->words[0]) != 0) continue;
            ARENA_ONE_MORE(c->arena, names, n);
            ARENA_ONE_MORE(c->arena, kinds, nkinds);
            names[n++] = arena_strdup(c->arena, cells[2]);
            kinds[nkinds++] = arena_strdup(c->arena, cells[3]);
        }
    }
    weir_result_free(result);
    if (c->nwords && !n) return show_schema(r, c, "TABLE", table_of(c)); /* gives the error, or finds it */
    bool good = true;
    for (size_t i = 0; i < n; i++)
        good &= show_schema(r, c, kinds[i], arena_printf(c->arena, "`%s`", names[i]).ptr);
    return good;
}

static bool do_manual(struct repl *r, struct command_line *c) {
    struct weir_result *result = NULL;
    struct weir_error *error = NULL;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    struct str wanted = str_of(c->words[0]);
    while (wanted.len && strchr("()", wanted.ptr[wanted.len - 1])) wanted.len--;
    unsigned least = str_too_far(wanted), found = 0;
    const char *near = NULL;
    if (weir_functions(r->session, &result, &error) != WEIR_OK) {
        repl_show_error(r, error);
        weir_error_free(error);
        return false;
    }
    while (weir_result_rows(result, -1, &rows, NULL) == WEIR_OK) {
        for (uint32_t i = 0; i < rows.rows; i++) {
            const char *const *cells = rows.cells + (size_t)i * rows.columns;
            if (!str_ieq(str_of(cells[0]), wanted)) {
                unsigned d = str_distance(str_of(cells[0]), wanted, least);
                if (d < least) near = arena_strdup(c->arena, cells[0]);
                if (d < least) least = d;
                continue;
            }
            found++;
            repl_say(r, "%s%s%s", screen_look(&r->screen, LOOK_BOLD), cells[1] ? cells[1] : cells[0],
                     screen_look(&r->screen, LOOK_PLAIN));
            if (cells[3]) repl_say(r, "  %s", cells[3]);
        }
    }
    weir_result_free(result);
    if (found) return true;
    repl_fail(r, "there is no function %.*s", STR_ARG(wanted));
    if (near) repl_say(r, "hint: did you mean %s?", near);
    return false;
}

/* ---- data ---- */

static bool do_peek(struct repl *r, struct command_line *c) {
    int64_t n = 3;
    if (c->nwords > 1 && !take_number(r, c, c->words[1], &n)) return false;
    const char *sql = arena_printf(c->arena, "SELECT * FROM %s LIMIT %lld", table_of(c), (long long)n).ptr;
    return repl_peek(r, sql);
}

static bool do_last(struct repl *r, struct command_line *c) {
    char n[32];
    enum table_format mode = r->out ? r->out_mode : r->set.mode;
    if (c->nwords && !table_format_parse(str_of(c->words[0]), &mode)) {
        repl_fail(r, "there is no mode '%s'; there are table, csv, jsonl, markdown and line", c->words[0]);
        return false;
    }
    if (!r->last.ncolumns) {
        repl_fail(r, "there is no result yet, or it went away as csv or jsonl");
        return false;
    }
    repl_show_kept(r, &r->last, mode, 0, -1);
    if (r->out) repl_note(r, "%s rows in %s", table_count(n, r->last.rows.rows), r->out_name);
    if (r->last.partial) repl_note(r, "only the first and the last rows of it were kept");
    repl_end_once(r);
    return true;
}

static bool do_jobs(struct repl *r, struct command_line *c UNUSED) {
    return repl_run_sql(r, "SHOW JOBS");
}

static bool do_stop(struct repl *r, struct command_line *c) {
    return repl_run_sql(r, arena_printf(c->arena, "STOP JOB %s", quoted(c, c->words[0])).ptr);
}

static bool do_settings(struct repl *r, struct command_line *c UNUSED) {
    return repl_run_sql(r, "SET");
}

/* ---- where results go ---- */

static void close_output(struct repl *r) {
    if (r->out && fclose(r->out) != 0) repl_fail(r, "cannot write %s: %s", r->out_name, strerror(errno));
    r->out = NULL;
    free(r->out_name);
    r->out_name = NULL;
}

/* A name tells the format: x.csv, x.jsonl, x.md; others get what .mode says. */
static enum table_format mode_of(const struct repl *r, const char *name) {
    static const struct {
        const char *ending;
        enum table_format mode;
    } endings[] = {{".csv", TABLE_CSV},
                   {".jsonl", TABLE_JSONL},
                   {".ndjson", TABLE_JSONL},
                   {".json", TABLE_JSONL},
                   {".md", TABLE_MARKDOWN}};
    size_t len = strlen(name);
    for (unsigned i = 0; i < ARRAY_LEN(endings); i++) {
        size_t n = strlen(endings[i].ending);
        if (len > n && strcasecmp(name + len - n, endings[i].ending) == 0) return endings[i].mode;
    }
    return r->set.mode;
}

static bool open_output(struct repl *r, const char *name, bool once) {
    close_output(r);
    FILE *f = fopen(name, "we");
    if (!f) {
        repl_fail(r, "cannot write %s: %s", name, strerror(errno));
        return false;
    }
    r->out = f;
    r->out_name = strdup(name);
    r->out_once = once;
    r->out_mode = mode_of(r, name);
    repl_note(r, "%s to %s as %s", once ? "the next result goes" : "results go", name,
              table_format_names[r->out_mode]);
    return true;
}

static bool do_once(struct repl *r, struct command_line *c) {
    return open_output(r, c->words[0], true);
}

static bool do_output(struct repl *r, struct command_line *c) {
    if (c->nwords) return open_output(r, c->words[0], false);
    close_output(r);
    return true;
}

/* ---- settings of the prompt ---- */

static bool do_mode(struct repl *r, struct command_line *c) {
    if (c->nwords && !table_format_parse(str_of(c->words[0]), &r->set.mode)) {
        repl_fail(r, "there is no mode '%s'; there are table, csv, jsonl, markdown and line", c->words[0]);
        return false;
    }
    repl_note(r, "results are shown as %s", table_format_names[r->set.mode]);
    return true;
}

static bool do_timer(struct repl *r, struct command_line *c) {
    return take_switch(r, c, &r->set.timer);
}

static bool do_changes(struct repl *r, struct command_line *c) {
    return take_switch(r, c, &r->set.changes);
}

static bool do_pager(struct repl *r, struct command_line *c) {
    return take_switch(r, c, &r->set.pager);
}

static bool do_maxrows(struct repl *r, struct command_line *c) {
    int64_t n = (int64_t)r->set.max_rows;
    if (c->nwords && !take_number(r, c, c->words[0], &n)) return false;
    r->set.max_rows = (uint64_t)n;
    if (n) repl_note(r, "of a table %lld rows are shown", (long long)n);
    else repl_note(r, "all rows of a table are shown");
    return true;
}

static bool do_maxwidth(struct repl *r, struct command_line *c) {
    int64_t n = r->set.max_width;
    if (c->nwords && !take_number(r, c, c->words[0], &n)) return false;
    r->set.max_width = (unsigned)n;
    if (n) repl_note(r, "cells are cut at %lld characters", (long long)n);
    else repl_note(r, "cells are as wide as the screen has room");
    return true;
}

static bool do_nullvalue(struct repl *r, struct command_line *c) {
    snprintf(r->set.null, sizeof r->set.null, "%s", c->nwords ? c->words[0] : "");
    repl_note(r, "NULL is shown as '%s'", r->set.null);
    return true;
}

static bool do_prompt(struct repl *r, struct command_line *c) {
    snprintf(r->set.prompt, sizeof r->set.prompt, "%s", c->words[0]);
    if (c->nwords > 1) snprintf(r->set.more, sizeof r->set.more, "%s", c->words[1]);
    return true;
}

static bool do_show(struct repl *r, struct command_line *c UNUSED) {
    const struct repl_settings *s = &r->set;
    repl_say(r, "   .mode      %s\n   .output    %s\n   .timer     %s\n   .changes   %s\n   .pager     %s",
             table_format_names[s->mode], r->out ? r->out_name : "the screen", s->timer ? "on" : "off",
             s->changes ? "on" : "off", s->pager ? "on" : "off");
    repl_say(r, "   .maxrows   %llu\n   .maxwidth  %u\n   .nullvalue '%s'\n   .prompt    '%s' '%s'",
             (unsigned long long)s->max_rows, s->max_width, s->null, s->prompt, s->more);
    return true;
}

/* ---- the rest ---- */

static bool do_help(struct repl *r, struct command_line *c) {
    return command_help(r, c->nwords ? c->words[0] : NULL);
}

static bool do_quit(struct repl *r, struct command_line *c UNUSED) {
    r->leave = true;
    return true;
}

static bool do_read(struct repl *r, struct command_line *c) {
    return repl_read_file(r, c->words[0]);
}

static bool do_cd(struct repl *r, struct command_line *c) {
    const char *to = c->nwords ? c->words[0] : getenv("HOME");
    if (to && chdir(to) == 0) return true;
    repl_fail(r, "cannot go to %s: %s", to ? to : "the home folder", strerror(to ? errno : ENOENT));
    return false;
}

static bool do_shell(struct repl *r, struct command_line *c) {
    const char *const argv[] = {"/bin/sh", "-c", c->rest, NULL};
    int status = pager_run(argv);
    if (status != 0) repl_note(r, "exit status %d", status);
    return status == 0;
}

static bool do_clear(struct repl *r, struct command_line *c UNUSED) {
    if (r->screen.moves) fputs("\033[H\033[2J", stdout);
    return true;
}

/* What is in the file now, run as if it had been typed. */
static bool run_edited(struct repl *r, struct command_line *c, const char *path) {
    struct outbuf o = {0};
    FILE *f = fopen(path, "re");
    size_t n = 1;
    while (f && n) {
        n = fread(outbuf_reserve(&o, 4096), 1, 4096, f);
        o.len += n;
    }
    if (f) fclose(f);
    struct str text = outbuf_keep(&o, c->arena);
    while (text.len && strchr(" \t\n", text.ptr[text.len - 1])) text.len--;
    if (!text.len) return true;
    repl_say(r, "%.*s", STR_ARG(text));
    repl_edit_remember(r->edit, text);
    bool good = true;
    for (size_t at = 0; at < text.len && good;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n') end++;
        good = repl_line(r, str_sub(text, at, end - at));
        at = end + 1;
    }
    return good && repl_flush(r);
}

static bool do_edit(struct repl *r, struct command_line *c) {
    const char *dir = getenv("TMPDIR"), *editor = getenv("VISUAL");
    if (!editor || !*editor) editor = getenv("EDITOR");
    if (!editor || !*editor) editor = "vi";
    char *path = (char *)arena_printf(c->arena, "%s/weir-XXXXXX.sql", dir && *dir ? dir : "/tmp").ptr;
    int fd = mkstemps(path, 4);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    if (!f) {
        repl_fail(r, "cannot write %s: %s", path, strerror(errno));
        return false;
    }
    if (r->statement.len) {
        fwrite(r->statement.data, 1, r->statement.len, f);
        fputc('\n', f);
    }
    fclose(f);
    const char *command = arena_printf(c->arena, "%s %s", editor, quoted(c, path)).ptr;
    const char *const argv[] = {"/bin/sh", "-c", command, NULL};
    int status = pager_run(argv);
    bool good = status == 0;
    if (good) good = run_edited(r, c, path);
    else repl_fail(r, "%s: exit status %d", editor, status);
    unlink(path);
    return good;
}

#define SQL_TABLE "TABLE is a name as in SQL, or a file."
const struct command repl_commands[] = {
    {".cd", "[FOLDER]", 0, 1, ARG_FILE, "change the working folder", NULL, do_cd},
    {".changes", "[on|off]", 0, 1, ARG_SWITCH, "show the kind of each change (+I -U +U -D)",
     "Rows are then shown as they come, and not as the table that they leave.", do_changes},
    {".clear", "", 0, 0, ARG_NONE, "clear the screen", NULL, do_clear},
    {".columns", "TABLE", 1, 1, ARG_TABLE, "columns of a table or view, with their types", NULL, do_columns},
    {".edit", "", 0, 0, ARG_NONE, "edit the last statement in $EDITOR and run it", NULL, do_edit},
    {".exit", "", 0, 0, ARG_NONE, "leave, as .quit does", NULL, do_quit},
    {".help", "[COMMAND]", 0, 1, ARG_COMMAND, "this list, or more about a command", NULL, do_help},
    {".jobs", "", 0, 0, ARG_NONE, "jobs in the background, as SHOW JOBS", NULL, do_jobs},
    {".last", "[MODE]", 0, 1, ARG_MODE, "the last result again, all rows of it, or in another mode",
     "After .once FILE it goes into that file.", do_last},
    {".manual", "FUNCTION", 1, 1, ARG_FUNCTION, "what a function takes and does", NULL, do_manual},
    {".maxrows", "[N]", 0, 1, ARG_NONE, "rows of a table that are shown; 0 = all",
     "Longer results are cut in the middle; .last shows all rows.", do_maxrows},
    {".maxwidth", "[N]", 0, 1, ARG_NONE, "characters of a cell that are shown; 0 = what there is room for",
     NULL, do_maxwidth},
    {".mode", "[MODE]", 0, 1, ARG_MODE, "how results are shown: table, csv, jsonl, markdown, line", NULL,
     do_mode},
    {".nullvalue", "[TEXT]", 0, 1, ARG_NONE, "how NULL is shown in tables", NULL, do_nullvalue},
    {".once", "FILE", 1, 1, ARG_FILE, "the next result goes into a file",
     "The ending of its name tells the format: .csv, .jsonl, .md; else it is that of .mode.", do_once},
    {".output", "[FILE]", 0, 1, ARG_FILE, "results go into a file; without one, to the screen again",
     "The ending of its name tells the format: .csv, .jsonl, .md; else it is that of .mode.", do_output},
    {".pager", "[on|off]", 0, 1, ARG_SWITCH, "show results that are longer than the screen in $PAGER",
     "Results are then shown whole, neither rows nor columns are left out.", do_pager},
    {".peek", "TABLE [N]", 1, 2, ARG_TABLE, "some rows of a table, with types, and what did not decode",
     SQL_TABLE " It ends after N rows (3), also for a topic.", do_peek},
    {".prompt", "MAIN [MORE]", 1, 2, ARG_NONE, "the prompt, and the one of further lines",
     "Quote a prompt with blanks in it: .prompt '> ' '. '", do_prompt},
    {".quit", "", 0, 0, ARG_NONE, "leave; asks first if jobs run", NULL, do_quit},
    {".read", "FILE", 1, 1, ARG_FILE, "run the statements and commands in a file", "The first error ends it.",
     do_read},
    {".schema", "[TABLE]", 0, 1, ARG_TABLE, "the CREATE statement of a table or view, or of all", NULL,
     do_schema},
    {".settings", "", 0, 0, ARG_NONE, "the settings of the session, as SET", NULL, do_settings},
    {".shell", "COMMAND", 1, 8, ARG_FILE, "run a command of the shell", ".! is the same.", do_shell},
    {".show", "", 0, 0, ARG_NONE, "the settings of the prompt", NULL, do_show},
    {".stop", "ID", 1, 1, ARG_JOB, "stop a job, as STOP JOB", NULL, do_stop},
    {".tables", "[PATTERN]", 0, 1, ARG_NONE, "tables and views; * and ? in a pattern stand for anything",
     NULL, do_tables},
    {".timer", "[on|off]", 0, 1, ARG_SWITCH, "show how long statements take", NULL, do_timer},
    {".!", "COMMAND", 1, 8, ARG_FILE, "run a command of the shell", NULL, do_shell},
    {0},
};
