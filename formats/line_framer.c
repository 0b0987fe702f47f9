/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames of whole lines (line_framer.h). Without quotes in sight a frame is found by looking for one newline;
 * with quotes the bytes between them are skipped by memchr, and each quote is judged by the byte before it.
 * A frame begins at the beginning of a record, so no state is carried from frame to frame.
 */
#define _GNU_SOURCE /* memrchr */
#include "formats/line_framer.h"

#include <stdlib.h>

#define STRIDE 65536 /* bytes looked at in one go once past the frame's target */

struct line_framer {
    struct line_rules rules;
};

/* Where the search stands: ends are offsets one past a newline that ends a record. */
struct line_search {
    const char *p;
    size_t len;
    size_t target;
    size_t
        end; /* of the last whole record found, the first one at or past `target` if there is none before */
    size_t line; /* first byte of the line looked at; kept up to date where comments are possible */
};

/* Newlines of p[from..to), which is outside of quotes. True when the frame's end is known. */
static bool search_plain(struct line_search *s, size_t from, size_t to) {
    if (from < s->target) {
        size_t stop = to < s->target ? to : s->target;
        const char *nl = memrchr(s->p + from, '\n', stop - from);
        if (nl) s->end = (size_t)(nl - s->p) + 1;
        from = stop;
    }
    if (s->end || from >= to) return s->end && to >= s->target;
    const char *nl = memchr(s->p + from, '\n', to - from);
    if (nl) s->end = (size_t)(nl - s->p) + 1;
    return nl != NULL;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* The first line end at or after `at`. */
static size_t line_end(const struct line_search *s, size_t at) {
    while (at < s->len && !is_line_end(s->p[at])) at++;
    return at;
}

static bool opens_field(const struct line_search *s, const struct line_rules *r, size_t quote) {
    if (quote != s->line) {
        char before = s->p[quote - 1];
        if (before != r->separator && !is_line_end(before)) return false;
    }
    size_t at = s->line;
    while (at < quote && s->p[at] == ' ') at++;
    return !r->comments || s->p[at] != '#';
}

/* Where reading goes on behind the quote that closes the field opened before `from`: behind the blanks that
 * may follow, or, if something else does, at the end of the line, which is then bad. SIZE_MAX = it is not
 * here. */
static size_t behind_quoted(const struct line_search *s, const struct line_rules *r, size_t from) {
    for (;;) {
        const char *q = from < s->len ? memchr(s->p + from, r->quote, s->len - from) : NULL;
        size_t at = q ? (size_t)(q - s->p) + 1 : s->len;
        if (at >= s->len) return SIZE_MAX;
        if (s->p[at] == r->quote) {
            from = at + 1;
            continue;
        }
        while (at < s->len && (unsigned char)s->p[at] <= ' ' && s->p[at] != r->separator &&
               !is_line_end(s->p[at]))
            at++;
        return at < s->len && s->p[at] != r->separator ? line_end(s, at) : at;
    }
}

/* With quotes, without an escape character. */
static void search_quoted(struct line_search *s, const struct line_rules *r) {
    size_t at = 0;
    while (at < s->len) {
        size_t stop = at < s->target ? s->target : at + STRIDE; /* the input may be far longer than a frame */
        if (stop > s->len) stop = s->len;
        const char *q = memchr(s->p + at, r->quote, stop - at);
        size_t quote = q ? (size_t)(q - s->p) : stop;
        if (search_plain(s, at, quote)) return;
        for (size_t k = quote; r->comments && k > at; k--) {
            if (!is_line_end(s->p[k - 1])) continue;
            s->line = k;
            break;
        }
        at = quote + (q != NULL);
        if (!q || !opens_field(s, r, quote)) continue;
        at = behind_quoted(s, r, at);
        if (at == SIZE_MAX || (s->end && at >= s->target)) return;
    }
}

/* Byte by byte, for files with an escape character. */
static void search_escaped(struct line_search *s, const struct line_rules *r) {
    bool quoted = false, closed = false, field = true, line = true; /* at the beginning of a field, a line */
    for (size_t i = 0; i < s->len; i++) {
        char c = s->p[i];
        if (quoted) {
            if (c == r->escape || (c == r->quote && i + 1 < s->len && s->p[i + 1] == r->quote)) i++;
            else if (c == r->quote) quoted = false, closed = true;
            continue;
        }
        if (closed && (unsigned char)c <= ' ' && c != r->separator && !is_line_end(c)) continue;
        if ((closed && c != r->separator) || (line && r->comments && c == '#')) {
            i = line_end(s, i);
            if (i == s->len) return;
            c = s->p[i];
        }
        closed = false;
        if (is_line_end(c)) {
            if (c == '\n' && s->end && i >= s->target) return;
            if (c == '\n') s->end = i + 1;
            field = line = true;
            continue;
        }
        if (c == r->escape) i++;
        quoted = r->quote && c == r->quote && field;
        field = c == r->separator;
        line = line && c == ' ';
    }
}

enum status line_framer_cut(struct framer *f, const char *p, size_t len, bool eof, size_t target_bytes,
                            struct frame *out, UNUSED struct error *e) {
    const struct line_rules *r = &((struct line_framer *)f)->rules;
    struct line_search s = {p, len, target_bytes ? target_bytes : 1, 0, 0};
    *out = (struct frame){0, 0};
    if (len == 0) return ST_OK;
    if (r->escape) search_escaped(&s, r);
    else if (r->quote) search_quoted(&s, r);
    else search_plain(&s, 0, len);
    out->len_bytes = s.end ? s.end : eof ? len : 0;
    return ST_OK;
}

enum status line_framer_header(UNUSED struct framer *f, const char *p, size_t len, bool eof,
                               size_t *used_bytes, UNUSED struct error *e) {
    static const char mark[3] = {'\xef', '\xbb', '\xbf'};
    size_t n = len < sizeof mark ? len : sizeof mark;
    bool same = n && memcmp(p, mark, n) == 0;
    *used_bytes = same && n == sizeof mark ? n : 0;
    if ((same || n == 0) && n < sizeof mark && !eof) *used_bytes = SIZE_MAX;
    return ST_OK;
}

enum status line_framer_new(const struct line_rules *rules, struct framer **out, struct error *e) {
    struct line_framer *f = malloc(sizeof *f);
    if (!f) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    f->rules = *rules;
    *out = (struct framer *)f;
    return ST_OK;
}

void line_framer_close(struct framer *f) {
    free(f);
}

static enum status line_framer_open(UNUSED const struct format_config *c, struct framer **out,
                                    struct error *e) {
    return line_framer_new(&(struct line_rules){0}, out, e);
}

const struct framer_class line_framer_class = {
    .open = line_framer_open,
    .header = line_framer_header,
    .cut = line_framer_cut,
    .close = line_framer_close,
};
