/* SPDX-License-Identifier: Apache-2.0
 *
 * Messages for the user on stderr: errors with a caret under the word, notes.
 */
#include <stdio.h>

#include "cli/cli.h"

struct place {
    unsigned line;      /* from 1 */
    unsigned column;    /* from 1, in characters */
    struct str text;    /* the whole line */
    size_t from;        /* bytes of the line before the place */
};

static struct place find_place(struct str text, size_t offset) {
    struct place p = {.line = 1};
    size_t begin = 0, at = offset < text.len ? offset : text.len;
    for (size_t i = 0; i < at; i++) {
        if (text.ptr[i] != '\n') continue;
        p.line++;
        begin = i + 1;
    }
    size_t end = begin;
    while (end < text.len && text.ptr[end] != '\n') end++;
    p.text = str_sub(text, begin, end - begin);
    p.from = at - begin;
    p.column = 1;
    for (size_t i = 0; i < p.from; i++) p.column += ((unsigned char)p.text.ptr[i] & 0xc0) != 0x80;
    return p;
}

/* Blanks as wide as the text before the place (tabs stay tabs), then carets. */
static void print_caret(FILE *out, const struct place *p, size_t len, unsigned margin) {
    fprintf(out, "%*s | ", (int)margin, "");
    for (size_t i = 0; i < p->from; i++) {
        unsigned char c = (unsigned char)p->text.ptr[i];
        if ((c & 0xc0) != 0x80) fputc(c == '\t' ? '\t' : ' ', out);
    }
    size_t left = p->text.len - p->from, carets = len < left ? len : left, printed = 0;
    for (size_t i = 0; i < carets; i++) {
        if (((unsigned char)p->text.ptr[p->from + i] & 0xc0) == 0x80) continue;
        fputc('^', out);
        printed++;
    }
    fputs(printed ? "\n" : "^\n", out);
}

struct cli_error cli_error_of(const struct weir_error *e) {
    return (struct cli_error){.code = weir_error_code(e),
                              .text = weir_error_text(e),
                              .hint = weir_error_hint(e),
                              .sql = str_of(weir_error_sql(e)),
                              .offset = weir_error_offset(e),
                              .len = weir_error_length(e)};
}

void cli_print_error(FILE *out, const char *name, const struct cli_error *e) {
    fflush(stdout);
    fprintf(out, "error %s: %s\n", e->code, e->text);
    if (e->offset != WEIR_NO_PLACE) {
        struct place p = find_place(e->sql, e->offset);
        char number[16];
        unsigned margin = (unsigned)snprintf(number, sizeof number, "%u", p.line);
        fprintf(out, "%*s--> %s:%u:%u\n", (int)margin + 1, "", name ? name : "-", p.line, p.column);
        fprintf(out, "%s | %.*s\n", number, STR_ARG(p.text));
        print_caret(out, &p, e->len, margin);
    }
    if (e->hint[0]) fprintf(out, "hint: %s\n", e->hint);
}

void cli_note(void *arg UNUSED, const char *line) {
    fprintf(stderr, "weir: %s\n", line);
}
