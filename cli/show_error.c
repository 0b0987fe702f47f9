/* SPDX-License-Identifier: Apache-2.0
 *
 * Errors with a caret; see show_error.h. On a terminal a long line is shown around the place only.
 */
#include "cli/show_error.h"

#include "cli/width.h"

#define BEFORE 24 /* columns shown before the place when a line is cut */

struct place {
    unsigned line;    /* from 1 */
    unsigned column;  /* from 1, in characters */
    struct str text;  /* the whole line */
    size_t from, len; /* bytes of the line before the place, and of the place in it */
};

static struct place find_place(struct str text, size_t offset, size_t length) {
    struct place p = {.line = 1, .column = 1};
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
    p.len = length < p.text.len - p.from ? length : p.text.len - p.from;
    for (size_t i = 0; i < p.from; i++) p.column += ((unsigned char)p.text.ptr[i] & 0xc0) != 0x80;
    return p;
}

/* A character of the line; tabs are four blanks. */
static unsigned put_piece(struct outbuf *o, struct str s, size_t *at, bool unicode) {
    if (s.ptr[*at] == '\t') {
        ++*at;
        width_blanks(o, 4);
        return 4;
    }
    struct width_piece p = width_next(s, at, unicode);
    outbuf_put(o, p.text, p.len);
    return p.width;
}

/* The line from `begin` on, at most `room` columns, and the carets under it. */
static void put_line(struct outbuf *line, struct outbuf *carets, const struct place *p, size_t begin,
                     unsigned room, bool unicode) {
    unsigned used = 0, marked = 0;
    for (size_t at = begin; at < p->text.len;) {
        size_t from = at, before = line->len;
        unsigned width = put_piece(line, p->text, &at, unicode);
        if (used + width > room) {
            line->len = before;
            break;
        }
        used += width;
        if (from < p->from) width_blanks(carets, width);
        for (unsigned i = 0; from >= p->from && from < p->from + p->len && i < width; i++) {
            outbuf_char(carets, '^');
            marked++;
        }
    }
    if (!marked) outbuf_char(carets, '^');
}

/* Where to begin so that the place is on the screen. */
static size_t begin_of(const struct place *p, unsigned room, bool unicode) {
    struct str before = {p->text.ptr, p->from + p->len};
    if (width_of(before, unicode) <= room) return 0;
    size_t begin = p->from > BEFORE ? p->from - BEFORE : 0;
    while (begin > 0 && ((unsigned char)p->text.ptr[begin] & 0xc0) == 0x80) begin--;
    return begin;
}

static void put_place(struct outbuf *o, const struct error_view *v, const struct place *p) {
    struct outbuf line = {0}, carets = {0};
    bool unicode = !v->screen || v->screen->unicode;
    unsigned columns = 0, lines, number = p->line + v->first_line - 1, room = UINT32_MAX;
    char digits[16];
    int margin = snprintf(digits, sizeof digits, "%u", number);
    if (v->screen && v->screen->terminal) {
        screen_size(&columns, &lines);
        room = columns > (unsigned)margin + 14 ? columns - (unsigned)margin - 4 : 10;
    }
    size_t begin = begin_of(p, room, unicode);
    put_line(&line, &carets, p, begin, room, unicode);
    if (v->name) outbuf_printf(o, "%*s--> %s:%u:%u\n", margin + 1, "", v->name, number, p->column);
    outbuf_printf(o, "%s | ", digits);
    outbuf_put(o, line.data, line.len);
    outbuf_printf(o, "\n%*s | %s", margin, "", v->screen ? screen_look(v->screen, LOOK_ERROR) : "");
    outbuf_put(o, carets.data, carets.len);
    outbuf_printf(o, "%s\n", v->screen ? screen_look(v->screen, LOOK_PLAIN) : "");
    outbuf_free(&line);
    outbuf_free(&carets);
}

/* A sentence, broken at blanks where the screen ends. `used`: columns that stand before it. */
static void put_sentence(struct outbuf *o, const struct error_view *v, struct str s, unsigned used) {
    unsigned columns = UINT32_MAX, lines;
    if (v->screen && v->screen->terminal) screen_size(&columns, &lines);
    for (size_t at = 0; at < s.len;) {
        size_t end = at;
        while (end < s.len && s.ptr[end] != ' ') end++;
        struct str word = str_sub(s, at, end - at);
        bool unicode = !v->screen || v->screen->unicode;
        unsigned width = width_of(word, unicode);
        if (at && used + 1 + width > columns) {
            outbuf_text(o, "\n  ");
            used = 2;
        } else if (at) {
            outbuf_char(o, ' ');
            used++;
        }
        used += width_put(o, word, UINT32_MAX, unicode); /* it may quote somebody's data */
        at = end + (end < s.len);
    }
    outbuf_char(o, '\n');
}

void show_error(FILE *out, const struct error_view *v, const struct weir_error *e) {
    struct outbuf o = {0};
    struct str sql = str_of(weir_error_sql(e));
    const char *look = v->screen ? screen_look(v->screen, LOOK_ERROR) : "";
    const char *plain = v->screen ? screen_look(v->screen, LOOK_PLAIN) : "";
    outbuf_printf(&o, "%serror %s:%s ", look, weir_error_code(e), plain);
    put_sentence(&o, v, str_of(weir_error_text(e)), 13);
    if (weir_error_offset(e) != WEIR_NO_PLACE && sql.len) {
        struct place p = find_place(sql, weir_error_offset(e), weir_error_length(e));
        put_place(&o, v, &p);
    }
    const char *hint = weir_error_hint(e);
    if (hint && hint[0]) {
        outbuf_printf(&o, "%shint:%s ", v->screen ? screen_look(v->screen, LOOK_BOLD) : "", plain);
        put_sentence(&o, v, str_of(hint), 6);
    }
    fflush(stdout);
    fwrite(o.data, 1, o.len, out);
    fflush(out);
    outbuf_free(&o);
}
