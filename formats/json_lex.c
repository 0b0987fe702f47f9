/* SPDX-License-Identifier: Apache-2.0
 *
 * The smallest pieces of JSON: what json_lex.h does not do inline.
 */
#include "formats/json_lex.h"

#include "formats/scalar.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

const char *json_lex_escape(const char *p) {
    switch (*p) {
    case '"': case '\\': case '/': case 'b': case 'f': case 'n': case 'r': case 't': return p + 1;
    case 'u':
        for (int k = 1; k <= 4; k++) {
            if (hex_value(p[k]) < 0) return NULL;
        }
        return p + 5;
    default: return NULL;
    }
}

const char *json_lex_number_slow(const char *p, bool *whole) {
    *whole = true;
    if (*p == '-') p++;
    if (!is_digit(*p) || (*p == '0' && is_digit(p[1]))) return NULL;
    while (is_digit(*p)) p++;
    if (*p == '.') {
        *whole = false;
        if (!is_digit(*++p)) return NULL;
        while (is_digit(*p)) p++;
    }
    if (*p == 'e' || *p == 'E') {
        *whole = false;
        p++;
        if (*p == '+' || *p == '-') p++;
        if (!is_digit(*p)) return NULL;
        while (is_digit(*p)) p++;
    }
    return p;
}

/* Over the entries of an array or the members of an object; p is behind the opening bracket. */
static const char *skip_entries(struct json_lex *x, const char *p, bool object, unsigned depth) {
    const char close = object ? '}' : ']';
    struct str text;
    bool escaped;
    p = json_lex_blank(x, p);
    if (*p == close) return p + 1;
    for (;;) {
        if (object) {
            if (*p != '"' || !(p = json_lex_string(x, p + 1, &text, &escaped))) return NULL;
            p = json_lex_blank(x, p);
            if (*p != ':') return NULL;
            p = json_lex_blank(x, p + 1);
        }
        if (!(p = json_lex_skip(x, p, depth + 1))) return NULL;
        p = json_lex_blank(x, p);
        if (*p == close) return p + 1;
        if (*p != ',') return NULL;
        p = json_lex_blank(x, p + 1);
    }
}

const char *json_lex_skip(struct json_lex *x, const char *p, unsigned depth) {
    struct str text;
    bool unused;
    switch (*p) {
    case '"': return json_lex_string(x, p + 1, &text, &unused);
    case 't': return json_lex_word(p, "true", 4);
    case 'f': return json_lex_word(p, "false", 5);
    case 'n': return json_lex_word(p, "null", 4);
    case '{': case '[': return depth > JSON_DEPTH_MAX ? NULL : skip_entries(x, p + 1, *p == '{', depth);
    default: return json_lex_number(p, &text, &unused);
    }
}

/* ---- strings ---- */

static unsigned hex4(const char *p) {
    unsigned code = 0;
    for (int k = 0; k < 4; k++) code = code << 4 | (unsigned)hex_value(p[k]);
    return code;
}

static void put_code(struct outbuf *o, unsigned code) {
    char *p = outbuf_reserve(o, 4);
    if (code < 0x80) {
        p[0] = (char)code;
        o->len += 1;
    } else if (code < 0x800) {
        p[0] = (char)(0xc0 | code >> 6);
        p[1] = (char)(0x80 | (code & 63));
        o->len += 2;
    } else if (code < 0x10000) {
        p[0] = (char)(0xe0 | code >> 12);
        p[1] = (char)(0x80 | (code >> 6 & 63));
        p[2] = (char)(0x80 | (code & 63));
        o->len += 3;
    } else {
        p[0] = (char)(0xf0 | code >> 18);
        p[1] = (char)(0x80 | (code >> 12 & 63));
        p[2] = (char)(0x80 | (code >> 6 & 63));
        p[3] = (char)(0x80 | (code & 63));
        o->len += 4;
    }
}

/* The escape at p, behind "\u"; returns the byte behind it. */
static const char *unescape_code(struct outbuf *o, const char *p, const char *end) {
    unsigned code = hex4(p);
    p += 4;
    if (code < 0xd800 || code > 0xdfff) {
        put_code(o, code);
        return p;
    }
    if (code < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        unsigned low = hex4(p + 2);
        if (low >= 0xdc00 && low <= 0xdfff) {
            put_code(o, 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00));
            return p + 6;
        }
    }
    outbuf_char(o, '?');
    return p;
}

void json_lex_unescape(struct outbuf *o, struct str s) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    while (p < end) {
        const char *backslash = memchr(p, '\\', (size_t)(end - p));
        size_t n = (size_t)((backslash ? backslash : end) - p);
        outbuf_put(o, p, n);
        p += n;
        if (!backslash) return;
        char c = p[1];
        p += 2;
        if (c == 'u') p = unescape_code(o, p, end);
        else
            outbuf_char(o, c == 'n'   ? '\n'
                           : c == 't' ? '\t'
                           : c == 'r' ? '\r'
                           : c == 'b' ? '\b'
                           : c == 'f' ? '\f'
                                      : c);
    }
}

void json_lex_put_string(struct outbuf *o, struct str s) {
    static const char hex[] = "0123456789ABCDEF";
    outbuf_char(o, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= ' ' && c != '"' && c != '\\') continue;
        outbuf_put(o, s.ptr + from, i - from);
        from = i + 1;
        const char *named = c < ' ' ? strchr("\bb\ff\nn\rr\tt", c) : NULL;
        char text[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        size_t len = 6;
        if (c >= ' ' || (named && c)) {
            text[1] = c >= ' ' ? (char)c : named[1];
            len = 2;
        }
        outbuf_put(o, text, len);
    }
    if (s.len) outbuf_put(o, s.ptr + from, s.len - from);
    outbuf_char(o, '"');
}

/* ---- normal form ---- */

/* Jackson reads a number with fraction or exponent as a double and writes that. */
static const char *compact_number(const char *p, struct outbuf *o) {
    struct str text;
    bool whole;
    double d;
    const char *q = json_lex_number(p, &text, &whole);
    if (!q) return NULL;
    if (whole || !scalar_f64(text, &d)) outbuf_put(o, text.ptr, text.len);
    else scalar_put_f64(o, d);
    return q;
}

static const char *compact_string(struct json_lex *x, const char *p, struct outbuf *o) {
    struct str text;
    bool escaped;
    const char *q = json_lex_string(x, p + 1, &text, &escaped);
    if (!q) return NULL;
    struct outbuf plain = {0};
    if (escaped) {
        json_lex_unescape(&plain, text);
        text = (struct str){plain.data, plain.len};
    }
    json_lex_put_string(o, text);
    outbuf_free(&plain);
    return q;
}

static const char *compact_entries(struct json_lex *x, const char *p, struct outbuf *o, bool object,
                                   unsigned depth) {
    const char close = object ? '}' : ']';
    outbuf_char(o, object ? '{' : '[');
    p = json_lex_blank(x, p);
    while (*p != close) {
        if (object) {
            if (*p != '"' || !(p = compact_string(x, p, o))) return NULL;
            p = json_lex_blank(x, p);
            if (*p != ':') return NULL;
            outbuf_char(o, ':');
            p = json_lex_blank(x, p + 1);
        }
        if (!(p = json_lex_compact(x, p, o, depth + 1))) return NULL;
        p = json_lex_blank(x, p);
        if (*p == close) break;
        if (*p != ',') return NULL;
        outbuf_char(o, ',');
        p = json_lex_blank(x, p + 1);
        if (*p == close) return NULL;
    }
    outbuf_char(o, close);
    return p + 1;
}

const char *json_lex_compact(struct json_lex *x, const char *p, struct outbuf *o, unsigned depth) {
    const char *q;
    switch (*p) {
    case '"': return compact_string(x, p, o);
    case '{': case '[':
        return depth > JSON_DEPTH_MAX ? NULL : compact_entries(x, p + 1, o, *p == '{', depth);
    case 't': case 'f': case 'n':
        if (!(q = json_lex_skip(x, p, depth))) return NULL;
        outbuf_put(o, p, (size_t)(q - p));
        return q;
    default: return compact_number(p, o);
    }
}
