/* SPDX-License-Identifier: Apache-2.0
 *
 * The line editor: libedit, its history and its completion. It reads characters through read_char() here,
 * which also waits for signals: Ctrl-C gives up the line, a new size of the terminal redraws it.
 */
#include <errno.h>
#include <histedit.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/repl.h"

#define PROMPT_ESCAPE '\1' /* around codes that take no room, in a prompt */

struct repl_edit {
    struct repl *r;
    EditLine *el;
    History *history;
    char *file;        /* of the history; NULL = none */
    char prompt[192];  /* with its colours */
    bool interrupted;  /* Ctrl-C */
    bool ended;        /* no more input */
    bool resize_waits; /* a new size was told, keys are coming in */
    bool resized;      /* the line is begun again, for a terminal of another size */
    char *kept;        /* what had been typed then */
    int kept_cursor;   /* and where the cursor was, in characters from the end; 0 = behind it */
};

static struct repl_edit *edit_of(EditLine *el) {
    void *e = NULL;
    el_get(el, EL_CLIENTDATA, &e);
    return e;
}

static char *give_prompt(EditLine *el) {
    return edit_of(el)->prompt;
}

/* ---- characters ---- */

static int read_byte(unsigned char *c) {
    ssize_t n;
    do n = read(STDIN_FILENO, c, 1);
    while (n < 0 && errno == EINTR);
    return (int)n;
}

/* The rest of a character of several bytes; what is none is U+FFFD. */
static wchar_t read_rest(unsigned char first) {
    unsigned n = first >= 0xf0 && first < 0xf8 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
    if (n == 0 || first >= 0xf8) return 0xfffd;
    uint32_t c = first & (0x3fu >> n);
    for (unsigned i = 0; i < n; i++) {
        unsigned char next;
        if (read_byte(&next) != 1 || (next & 0xc0) != 0x80) return 0xfffd;
        c = c << 6 | (next & 0x3f);
    }
    return c < 0x80 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0xfffd : (wchar_t)c;
}

static bool input_waits(void) {
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

static int characters(const char *from, const char *to) {
    int n = 0;
    for (; from < to; from++) n += ((unsigned char)*from & 0xc0) != 0x80;
    return n;
}

/* libedit (3.1) does not survive all changes of size in the middle of a line, for it goes on from where the
 * cursor was. So the line is given up, and begun again with what was typed. */
static int keep_line(struct repl_edit *e) {
    const LineInfo *line = el_line(e->el);
    free(e->kept);
    e->kept = strndup(line->buffer, (size_t)(line->lastchar - line->buffer));
    if (!e->kept) mem_exhausted();
    e->kept_cursor = characters(line->cursor, line->lastchar);
    e->resized = true;
    e->resize_waits = false;
    return -1;
}

static void restore_line(struct repl_edit *e) {
    char *kept = e->kept;
    e->kept = NULL;
    if (kept && *kept && el_insertstr(e->el, kept) == 0) {
        el_cursor(e->el, -e->kept_cursor);
        fputc('\r', stdout); /* over the prompt that is there */
        el_set(e->el, EL_REFRESH);
    }
    free(kept);
}

/* For libedit: 1 = a character, 0 = the end, -1 = gives up. */
static int read_char(EditLine *el, wchar_t *out) {
    struct repl_edit *e = edit_of(el);
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = e->r->signal_fd, .events = POLLIN}};
    if (e->kept) restore_line(e);
    for (;;) {
        if (poll(fds, 2, e->resize_waits ? 0 : -1) < 0 && errno != EINTR) return -1;
        unsigned signals = repl_signals(e->r);
        if (signals & REPL_TERMINATE) {
            e->r->leave = e->r->gone = true;
            e->ended = true;
            return -1;
        }
        if (signals & REPL_INTERRUPT) {
            e->interrupted = true;
            return -1;
        }
        /* Not in the middle of what is being sent: a key may be several bytes. */
        e->resize_waits |= (signals & REPL_RESIZE) != 0;
        if (!(fds[0].revents & (POLLIN | POLLHUP | POLLERR))) {
            if (e->resize_waits) return keep_line(e);
            continue;
        }
        unsigned char c;
        int n = read_byte(&c);
        if (n != 1) e->ended = true;
        if (n == 1) *out = c < 0x80 ? c : read_rest(c);
        return n < 0 ? 0 : n;
    }
}

/* ---- completion ---- */

static void replace_word(EditLine *el, const char *word, const char *cursor, struct str by, bool whole) {
    struct arena a = {0};
    bool open =
        by.len && (by.ptr[by.len - 1] == '(' || by.ptr[by.len - 1] == '/' || by.ptr[by.len - 1] == '.');
    el_deletestr(el, characters(word, cursor));
    el_insertstr(el, arena_printf(&a, "%.*s%s", STR_ARG(by), whole && !open ? " " : "").ptr);
    arena_free(&a);
}

static unsigned char list_candidates(struct repl_edit *e, const struct candidates *c) {
    struct outbuf o = {0};
    unsigned columns, lines;
    screen_size(&columns, &lines);
    candidates_list(&o, c, &e->r->screen, columns, lines);
    fputc('\n', stdout);
    fwrite(o.data, 1, o.len, stdout);
    fflush(stdout);
    outbuf_free(&o);
    return CC_REDISPLAY;
}

/* The Tab key. */
static unsigned char complete(EditLine *el, int key UNUSED) {
    struct repl_edit *e = edit_of(el);
    const LineInfo *line = el_line(el);
    struct str before = {line->buffer, (size_t)(line->cursor - line->buffer)};
    bool blank = true;
    for (size_t i = 0; i < before.len; i++) blank &= before.ptr[i] == ' ' || before.ptr[i] == '\t';
    if (blank || input_waits()) { /* a margin, or a text that is being pasted */
        return el_insertstr(el, "    ") == 0 ? CC_REFRESH : CC_ERROR;
    }
    struct candidates c = {0};
    unsigned char result = CC_REFRESH;
    repl_complete(e->r, before, &c);
    const char *word = line->buffer + c.from;
    size_t common = candidates_common(&c), typed = before.len - c.from;
    if (c.count == 0) {
        result = CC_ERROR;
    } else if (c.count == 1 && (common > typed || memcmp(word, c.items[0].text.ptr, typed) != 0)) {
        replace_word(el, word, line->cursor, c.items[0].text, true);
    } else if (common > typed) {
        replace_word(el, word, line->cursor, str_sub(c.items[0].text, 0, common), false);
    } else {
        result = list_candidates(e, &c);
    }
    arena_free(&c.arena);
    return result;
}

/* ---- history ---- */

static void put_history(void *arg, const char *entry) {
    struct repl_edit *e = arg;
    HistEvent ev;
    history(e->history, &ev, H_ENTER, entry);
}

/* An entry that is there already moves to the end. */
static void drop_history(struct repl_edit *e, const char *entry) {
    HistEvent ev;
    for (int r = history(e->history, &ev, H_FIRST); r == 0; r = history(e->history, &ev, H_NEXT)) {
        if (strcmp(ev.str, entry) != 0) continue;
        if (history(e->history, &ev, H_DEL, ev.num) == 0) free((void *)ev.str); /* a copy */
        return;
    }
}

void repl_edit_remember(struct repl_edit *e, struct str statement) {
    HistEvent ev;
    if (!e) return;
    while (statement.len && strchr(" \t\n", statement.ptr[statement.len - 1])) statement.len--;
    if (!statement.len) return;
    char *entry = strndup(statement.ptr, statement.len);
    if (!entry) mem_exhausted();
    bool again = history(e->history, &ev, H_FIRST) == 0 && strcmp(ev.str, entry) == 0;
    if (!again) {
        drop_history(e, entry);
        put_history(e, entry);
        if (e->file) history_append(e->file, statement);
    }
    free(entry);
}

static void load_history(struct repl_edit *e) {
    HistEvent ev;
    const char *given = getenv("WEIR_HISTORY"), *home = getenv("HOME");
    struct outbuf name = {0};
    e->history = history_init();
    if (!e->history) mem_exhausted();
    history(e->history, &ev, H_SETSIZE, HISTORY_MAX);
    if (given) outbuf_text(&name, given);
    else if (home) outbuf_printf(&name, "%s/.weir_history", home);
    if (name.len) {
        outbuf_char(&name, '\0');
        e->file = name.data;
        history_load(e->file, put_history, e);
    }
}

/* ---- lines ---- */

struct repl_edit *repl_edit_new(struct repl *r) {
    struct repl_edit *e = calloc(1, sizeof *e);
    if (!e) mem_exhausted();
    e->r = r;
    load_history(e);
    e->el = el_init("weir", stdin, stdout, stderr);
    if (!e->el) mem_exhausted();
    el_set(e->el, EL_CLIENTDATA, e);
    el_set(e->el, EL_SIGNAL, 0);
    el_set(e->el, EL_PROMPT_ESC, give_prompt, PROMPT_ESCAPE);
    el_set(e->el, EL_EDITOR, "emacs");
    el_wset(e->el, EL_GETCFN, read_char);
    el_set(e->el, EL_HIST, history, e->history);
    el_wset(e->el, EL_ADDFN, L"weir-complete", L"Complete the word", complete); /* el_set loses memory */
    el_set(e->el, EL_BIND, "^I", "weir-complete", NULL);
    el_set(e->el, EL_BIND, "^R", "em-inc-search-prev", NULL);
    el_set(e->el, EL_BIND, "^S", "em-inc-search-next", NULL);
    el_set(e->el, EL_BIND, "\\e[3~", "ed-delete-next-char", NULL);
    el_set(e->el, EL_BIND, "\\e[1;5C", "em-next-word", NULL);
    el_set(e->el, EL_BIND, "\\e[1;5D", "ed-prev-word", NULL);
    el_source(e->el, NULL);
    return e;
}

void repl_edit_free(struct repl_edit *e) {
    if (!e) return;
    el_end(e->el);
    history_end(e->history);
    free(e->kept);
    free(e->file);
    free(e);
}

static void set_prompt(struct repl_edit *e) {
    const struct screen *s = &e->r->screen;
    const char *text = e->r->pending.len ? e->r->set.more : e->r->set.prompt;
    if (!s->colour) {
        snprintf(e->prompt, sizeof e->prompt, "%s", text);
        return;
    }
    snprintf(e->prompt, sizeof e->prompt, "%c%s%c%s%c%s%c", PROMPT_ESCAPE, screen_look(s, LOOK_PROMPT),
             PROMPT_ESCAPE, text, PROMPT_ESCAPE, screen_look(s, LOOK_PLAIN), PROMPT_ESCAPE);
}

enum edit_end repl_edit_line(struct repl_edit *e, struct str *line) {
    int n = 0;
    set_prompt(e);
    e->interrupted = e->ended = false;
    fflush(stdout);
    const char *text;
    do {
        if (e->resized) fputs(e->r->screen.moves ? "\r\033[J" : "\n", stdout);
        e->resized = false;
        fflush(stdout);
        el_set(e->el, EL_PREP_TERM, 1); /* before the prompt is seen: keys that follow it are ours to show */
        text = el_gets(e->el, &n);
    } while (e->resized);
    if (e->interrupted) {
        fputs("^C\n", stdout);
        return EDIT_INTERRUPTED;
    }
    if (!text || n <= 0 || e->ended) {
        fputc('\n', stdout);
        return EDIT_END;
    }
    *line = (struct str){text, (size_t)n};
    return EDIT_LINE;
}
