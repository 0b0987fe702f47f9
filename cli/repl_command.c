/* SPDX-License-Identifier: Apache-2.0
 *
 * Dot commands: finding them in their table (repl_do.c), their words, help and completion.
 */
#include <stdlib.h>

#include "cli/repl.h"

/* ---- words ---- */

unsigned command_words(struct arena *a, struct str line, char **words, unsigned max) {
    unsigned n = 0;
    size_t i = 0;
    while (n < max) {
        while (i < line.len && strchr(" \t\r\n", line.ptr[i])) i++;
        if (i >= line.len) break;
        char *word = arena_alloc(a, line.len - i + 1), quote = 0;
        size_t len = 0;
        for (; i < line.len && (quote || !strchr(" \t\r\n", line.ptr[i])); i++) {
            char c = line.ptr[i];
            if (quote && c == quote) quote = 0;
            else if (!quote && (c == '\'' || c == '"')) quote = c;
            else word[len++] = c;
        }
        words[n++] = word;
    }
    return n;
}

/* ---- finding ---- */

/* The command of that name, or the only one that begins so; else NULL and how many begin so. */
static const struct command *find(struct str name, unsigned *count) {
    const struct command *found = NULL;
    *count = 0;
    for (const struct command *c = repl_commands; c->name; c++) {
        if (str_ieq(str_of(c->name), name)) return c;
        if (strncasecmp(c->name, name.ptr, name.len) != 0) continue;
        found = c;
        ++*count;
    }
    return *count == 1 ? found : NULL;
}

static const char *nearest(struct str name) {
    const char *best = NULL;
    unsigned least = str_too_far(name);
    for (const struct command *c = repl_commands; c->name; c++) {
        unsigned d = str_distance(str_of(c->name), name, least);
        if (d >= least) continue;
        least = d;
        best = c->name;
    }
    return best;
}

static bool unknown(struct repl *r, struct str name, unsigned count) {
    const char *near = nearest(name);
    if (count > 1) {
        struct outbuf o = {0};
        for (const struct command *c = repl_commands; c->name; c++) {
            if (strncasecmp(c->name, name.ptr, name.len) == 0) outbuf_printf(&o, " %s", c->name);
        }
        repl_fail(r, "%.*s may be%.*s", STR_ARG(name), (int)o.len, o.data);
        outbuf_free(&o);
    } else {
        repl_fail(r, "there is no command %.*s", STR_ARG(name));
        if (near) repl_say(r, "hint: did you mean %s?", near);
        else repl_say(r, "hint: .help lists all");
    }
    return false;
}

bool repl_command(struct repl *r, struct str line) {
    struct arena a = {0};
    struct command_line c = {.arena = &a};
    while (line.len && strchr(" \t\r\n", line.ptr[line.len - 1])) line.len--;
    size_t len = 0;
    while (len < line.len && !strchr(" \t", line.ptr[len])) len++;
    unsigned count = 0;
    struct str name = {line.ptr, len};
    const struct command *found = name.len > 1 ? find(name, &count) : NULL;
    bool good = false;
    if (!found) {
        good = unknown(r, name, name.len > 1 ? count : 0);
    } else {
        struct str rest = str_sub(line, len, line.len - len);
        while (rest.len && strchr(" \t", rest.ptr[0])) rest = str_sub(rest, 1, rest.len - 1);
        c.name = found->name;
        c.rest = arena_str(&a, rest).ptr;
        c.nwords = command_words(&a, rest, c.words, ARRAY_LEN(c.words));
        if (c.nwords < found->min || c.nwords > found->max)
            repl_fail(r, "%s is used as: %s %s", found->name, found->name, found->args);
        else good = found->run(r, &c);
    }
    arena_free(&a);
    return good;
}

/* ---- help ---- */

static void help_all(struct repl *r) {
    struct outbuf o = {0};
    unsigned columns, lines;
    screen_size(&columns, &lines);
    for (const struct command *c = repl_commands; c->name; c++) {
        struct arena a = {0};
        struct str usage = arena_printf(&a, "%s %s", c->name, c->args);
        outbuf_text(&o, screen_look(&r->screen, LOOK_BOLD));
        unsigned used = width_put(&o, usage, columns > 4 ? columns - 2 : 2, true);
        outbuf_text(&o, screen_look(&r->screen, LOOK_PLAIN));
        if (columns > 50) {
            width_blanks(&o, used < 28 ? 28 - used : 1);
            width_put(&o, str_of(c->help), columns - 30, r->screen.unicode);
        }
        outbuf_char(&o, '\n');
        arena_free(&a);
    }
    fwrite(o.data, 1, o.len, stdout);
    outbuf_free(&o);
    repl_note(r, "Everything else is SQL and ends with a semicolon. .help NAME tells more about a command.");
}

bool command_help(struct repl *r, const char *name) {
    if (!name) {
        help_all(r);
        return true;
    }
    unsigned count = 0;
    struct arena a = {0};
    const char *dotted = name[0] == '.' ? name : arena_printf(&a, ".%s", name).ptr;
    const struct command *c = find(str_of(dotted), &count);
    if (c) {
        repl_say(r, "%s%s %s%s\n  %s", screen_look(&r->screen, LOOK_BOLD), c->name, c->args,
                 screen_look(&r->screen, LOOK_PLAIN), c->help);
        if (c->more) repl_say(r, "  %s", c->more);
    } else {
        unknown(r, str_of(dotted), count);
    }
    arena_free(&a);
    return c != NULL;
}

/* ---- completion ---- */

static void complete_names(struct candidates *out, struct str word) {
    for (const struct command *c = repl_commands; c->name; c++) {
        if (strncasecmp(c->name, word.ptr, word.len) == 0)
            candidates_put(out, str_of(c->name), "command", str_of(c->help));
    }
}

static void complete_from(struct candidates *out, struct str word, const char *const *names) {
    for (; *names; names++) {
        if (strncasecmp(*names, word.ptr, word.len) == 0) candidates_put(out, str_of(*names), "", STR(""));
    }
}

static void complete_functions(struct repl *r, struct candidates *out, struct str word) {
    struct weir_result *result = NULL;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    if (weir_functions(r->session, &result, NULL) != WEIR_OK) return;
    while (weir_result_rows(result, -1, &rows, NULL) == WEIR_OK) {
        for (uint32_t i = 0; i < rows.rows; i++) {
            const char *name = rows.cells[(size_t)i * rows.columns],
                       *help = rows.cells[(size_t)i * rows.columns + 3];
            if (name && strncasecmp(name, word.ptr, word.len) == 0)
                candidates_put(out, str_of(name), "function", str_of(help ? help : ""));
        }
    }
    weir_result_free(result);
}

static void complete_argument(struct repl *r, const struct command *c, struct candidates *out,
                              struct str word) {
    static const char *const switches[] = {"on", "off", NULL};
    switch (c->argument) {
    case ARG_NONE: break;
    case ARG_FILE: repl_complete_files(out, word); break;
    case ARG_TABLE: repl_complete_tables(r, out, word); break;
    case ARG_MODE: complete_from(out, word, table_format_names); break;
    case ARG_SWITCH: complete_from(out, word, switches); break;
    case ARG_COMMAND: complete_names(out, word); break;
    case ARG_FUNCTION: complete_functions(r, out, word); break;
    case ARG_JOB:
        for (unsigned i = 0; i < r->njobs; i++) {
            const char *id = r->jobs[i].id;
            if (id && weir_result_end(r->jobs[i].result) == WEIR_RUNNING &&
                strncmp(id, word.ptr, word.len) == 0)
                candidates_put(out, str_of(id), "job", STR(""));
        }
        break;
    }
}

void command_complete(struct repl *r, struct str line, struct candidates *out) {
    size_t name = 0, from = line.len;
    unsigned count;
    while (name < line.len && line.ptr[name] != ' ') name++;
    if (name == line.len) {
        out->from = 0;
        complete_names(out, line);
        return;
    }
    const struct command *c = find(str_sub(line, 0, name), &count);
    while (from > name && line.ptr[from - 1] != ' ') from--;
    out->from = from;
    bool first = true; /* only the first argument is completed */
    for (size_t i = name; i < from; i++) first &= line.ptr[i] == ' ';
    if (c && first) complete_argument(r, c, out, str_sub(line, from, line.len - from));
}
