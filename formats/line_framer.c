/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames of whole lines (line_framer.h). Without quotes in sight a frame is found by looking for one newline;
 * with quotes the bytes between them are skipped by memchr, and each quote is judged by the byte before it.
 * A frame begins at the beginning of a record, so no state is carried from frame to frame.
 */
#define _GNU_SOURCE /* memrchr */
#include "formats/line_framer.h"

#include <stdlib.h>

struct line_framer {
    struct line_rules rules;
};

/* Where the search stands: ends are offsets one past a newline that ends a record. */
struct line_search {
    const char *p;
    size_t len;
    size_t target;
    size_t end; /* of the last whole record found, the first one at or past `target` if there is none before */
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

static bool in_comment(const struct line_search *s, size_t at) {
    const char *nl = memrchr(s->p, '\n', at);
    const char *line = nl ? nl + 1 : s->p;
    while (line < s->p + at && *line == ' ') line++;
    return line < s->p + at && *line == '#';
}

static bool opens_field(const struct line_search *s, const struct line_rules *r, size_t quote) {
    if (quote == 0) return true;
    char before = s->p[quote - 1];
    if (before != r->separator && before != '\n' && before != '\r') return false;
    return !r->comments || !in_comment(s, quote);
}

/* One past the quote that closes the field opened before `from`; SIZE_MAX = it is not here. */
static size_t closing_quote(const struct line_search *s, char quote, size_t from) {
    while (from < s->len) {
        const char *q = memchr(s->p + from, quote, s->len - from);
        if (!q) return SIZE_MAX;
        size_t at = (size_t)(q - s->p);
        if (at + 1 >= s->len) return SIZE_MAX;
        if (s->p[at + 1] != quote) return at + 1;
        from = at + 2;
    }
    return SIZE_MAX;
}

/* With quotes, without an escape character. */
static void search_quoted(struct line_search *s, const struct line_rules *r) {
    size_t at = 0;
    while (at < s->len) {
        const char *q = memchr(s->p + at, r->quote, s->len - at);
        size_t quote = q ? (size_t)(q - s->p) : s->len;
        if (search_plain(s, at, quote) || !q) return;
        at = quote + 1;
        if (!opens_field(s, r, quote)) continue;
        at = closing_quote(s, r->quote, at);
        if (at == SIZE_MAX || (s->end && at >= s->target)) return;
    }
}

/* Byte by byte, for files with an escape character. */
static void search_escaped(struct line_search *s, const struct line_rules *r) {
    bool quoted = false, start = true;
    for (size_t i = 0; i < s->len; i++) {
        char c = s->p[i];
        if (c == r->escape) {
            i++;
            start = false;
        } else if (quoted) {
            if (c != r->quote) continue;
            if (i + 1 < s->len && s->p[i + 1] == r->quote) i++;
            else quoted = false;
        } else if (c == r->quote && r->quote && start) {
            quoted = true;
            start = false;
        } else if (c == '\n') {
            if (s->end && i >= s->target) return;
            s->end = i + 1;
            start = true;
        } else {
            if (c == '#' && r->comments && start && in_comment(s, i + 1)) {
                const char *nl = memchr(s->p + i, '\n', s->len - i);
                if (!nl) return;
                i = (size_t)(nl - s->p) - 1;
            }
            start = c == r->separator || c == '\r' || (c == ' ' && start && r->comments);
        }
    }
}

enum status line_framer_cut(struct framer *f, const char *p, size_t len, bool eof, size_t target_bytes,
                            struct frame *out, UNUSED struct error *e) {
    const struct line_rules *r = &((struct line_framer *)f)->rules;
    struct line_search s = {p, len, target_bytes ? target_bytes : 1, 0};
    *out = (struct frame){0, 0};
    if (len == 0) return ST_OK;
    if (r->escape) search_escaped(&s, r);
    else if (r->quote) search_quoted(&s, r);
    else search_plain(&s, 0, len);
    out->len_bytes = s.end ? s.end : eof ? len : 0;
    return ST_OK;
}

enum status line_framer_header(UNUSED struct framer *f, const char *p, size_t len, bool eof, size_t *used_bytes,
                               UNUSED struct error *e) {
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

static enum status line_framer_open(UNUSED const struct format_config *c, struct framer **out, struct error *e) {
    return line_framer_new(&(struct line_rules){0}, out, e);
}

const struct framer_class line_framer_class = {
    .open = line_framer_open,
    .header = line_framer_header,
    .cut = line_framer_cut,
    .close = line_framer_close,
};
