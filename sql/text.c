/* SPDX-License-Identifier: Apache-2.0
 *
 * Taking quotes and escapes off; see text.h. Escaped code points come out as UTF-8.
 */
#include "sql/text.h"

/* Where an escaped string is read from and written to; `out` is as long as the token. */
struct unescape {
    struct str in;       /* between the quotes */
    size_t pos;          /* next byte of in */
    struct span at;      /* place of in in the whole text */
    char *out;           /* the value */
    size_t len;          /* its bytes so far */
    struct error *error; /* where errors go */
};

static struct str undouble(struct arena *a, struct str s, char quote) {
    if (!memchr(s.ptr, quote, s.len)) return s;
    char *out = arena_alloc_raw(a, s.len);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        out[n++] = s.ptr[i];
        if (s.ptr[i] == quote) i++;
    }
    return (struct str){out, n};
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static enum status bad_escape(struct unescape *u, size_t start, const char *what) {
    struct span at = {(uint32_t)(u->at.offset + start), (uint32_t)(u->pos > start ? u->pos - start : 1)};
    return error_at(u->error, ERR_INVALID_LITERAL, at, "%s in the string", what);
}

/* Reads `min` to `max` hex digits. */
static bool hex(struct unescape *u, int min, int max, uint32_t *out) {
    int n = 0;
    for (*out = 0; n < max && u->pos < u->in.len && hex_digit(u->in.ptr[u->pos]) >= 0; n++)
        *out = *out * 16 + (uint32_t)hex_digit(u->in.ptr[u->pos++]);
    return n >= min;
}

static bool put_utf8(struct unescape *u, uint32_t c) {
    char *o = u->out + u->len;
    if (c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return false;
    if (c < 0x80) {
        o[0] = (char)c;
        u->len += 1;
    } else if (c < 0x800) {
        o[0] = (char)(0xc0 | c >> 6);
        o[1] = (char)(0x80 | (c & 0x3f));
        u->len += 2;
    } else if (c < 0x10000) {
        o[0] = (char)(0xe0 | c >> 12);
        o[1] = (char)(0x80 | (c >> 6 & 0x3f));
        o[2] = (char)(0x80 | (c & 0x3f));
        u->len += 3;
    } else {
        o[0] = (char)(0xf0 | c >> 18);
        o[1] = (char)(0x80 | (c >> 12 & 0x3f));
        o[2] = (char)(0x80 | (c >> 6 & 0x3f));
        o[3] = (char)(0x80 | (c & 0x3f));
        u->len += 4;
    }
    return true;
}

/* Behind the first half of a surrogate pair: the second one, or 0. */
static uint32_t second_half(struct unescape *u, char letter) {
    uint32_t low = 0;
    size_t start = u->pos;
    bool slash = u->pos < u->in.len && u->in.ptr[u->pos] == '\\';
    if (slash) u->pos++;
    if (slash && letter) slash = u->pos < u->in.len && u->in.ptr[u->pos++] == letter;
    if (slash && hex(u, 4, 4, &low) && low >= 0xdc00 && low < 0xe000) return low;
    u->pos = start;
    return 0;
}

static enum status put_code_point(struct unescape *u, size_t start, uint32_t c, char letter) {
    if (c >= 0xd800 && c < 0xdc00) {
        uint32_t low = second_half(u, letter);
        if (low) c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
    return put_utf8(u, c) ? ST_OK : bad_escape(u, start, "not a Unicode character");
}

/* U&'..': \hhhh, \+hhhhhh, \\ */
static enum status unicode_escape(struct unescape *u) {
    size_t start = u->pos - 1;
    uint32_t c = 0;
    if (u->pos < u->in.len && u->in.ptr[u->pos] == '\\') {
        u->out[u->len++] = u->in.ptr[u->pos++];
        return ST_OK;
    }
    bool six = u->pos < u->in.len && u->in.ptr[u->pos] == '+';
    if (six) u->pos++;
    if (!hex(u, six ? 6 : 4, six ? 6 : 4, &c)) return bad_escape(u, start, "a bad Unicode escape");
    return put_code_point(u, start, c, 0);
}

/* E'..': as in C. */
static enum status c_escape(struct unescape *u) {
    size_t start = u->pos - 1;
    uint32_t v = 0;
    if (u->pos >= u->in.len) return bad_escape(u, start, "a bad escape");
    char c = u->in.ptr[u->pos++];
    static const char plain[] = "b\bf\fn\nr\rt\t";
    for (size_t i = 0; i + 1 < sizeof plain; i += 2) {
        if (c == plain[i]) {
            u->out[u->len++] = plain[i + 1];
            return ST_OK;
        }
    }
    if (c == 'x' || c == 'u' || c == 'U') {
        int max = c == 'x' ? 2 : c == 'u' ? 4 : 8;
        if (!hex(u, c == 'x' ? 1 : max, max, &v)) return bad_escape(u, start, "a bad escape");
        return put_code_point(u, start, v, c == 'u' ? 'u' : 0);
    }
    if (c >= '0' && c <= '7') {
        v = (uint32_t)(c - '0');
        for (int i = 1; i < 3 && u->pos < u->in.len && u->in.ptr[u->pos] >= '0' && u->in.ptr[u->pos] <= '7';
             i++)
            v = v * 8 + (uint32_t)(u->in.ptr[u->pos++] - '0');
        return put_code_point(u, start, v, 0);
    }
    u->out[u->len++] = c;
    return ST_OK;
}

static enum status unescape(struct arena *a, struct str s, struct span at, bool unicode, struct str *out,
                            struct error *e) {
    struct unescape u = {s, 0, at, arena_alloc_raw(a, 2 * s.len + 4), 0, e};
    while (u.pos < s.len) {
        char c = s.ptr[u.pos++];
        if (c == '\\') {
            TRY(unicode ? unicode_escape(&u) : c_escape(&u));
        } else {
            u.out[u.len++] = c;
            if (c == '\'') u.pos++;
        }
    }
    *out = (struct str){u.out, u.len};
    return ST_OK;
}

enum status text_unquote(struct arena *a, struct str token, struct span at, struct str *out,
                         struct error *e) {
    *out = (struct str){"", 0};
    size_t prefix = (size_t)((const char *)memchr(token.ptr, '\'', token.len) - token.ptr);
    struct str s = str_sub(token, prefix + 1, token.len - prefix - 2);
    at.offset += (uint32_t)prefix + 1;
    if (prefix == 2) return unescape(a, s, at, true, out, e);
    if (token.ptr[0] == 'e' || token.ptr[0] == 'E') return unescape(a, s, at, false, out, e);
    *out = undouble(a, s, '\'');
    return ST_OK;
}

struct str text_unquote_name(struct arena *a, struct str token) {
    return undouble(a, str_sub(token, 1, token.len - 2), '`');
}
