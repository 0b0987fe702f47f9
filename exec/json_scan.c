/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON scanner: checks a value to its end (json_scan), then walks checked text. As strict as Flink's
 * reader: no comments, no single quotes, no numbers like 01 or 1., no control characters in strings.
 */
#include "exec/json_scan.h"

#include "base/status.h"

static const char *skip_blanks(const char *p, const char *end) {
    while (p < end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) p++;
    return p;
}

static bool is_digit(char c) {
    return (unsigned char)(c - '0') <= 9;
}
static bool is_hex(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

/* Some byte of w is ", \ or a control character. */
static bool word_stops(uint64_t w) {
    const uint64_t ones = 0x0101010101010101ull, high = 0x8080808080808080ull;
    uint64_t quote = w ^ ones * '"', slash = w ^ ones * '\\';
    uint64_t hit = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) | ((w - ones * 0x20) & ~w);
    return hit & high;
}

/* p at the opening quote: behind the closing one, or NULL. */
static const char *skip_string(const char *p, const char *end) {
    p++;
    for (;;) {
        uint64_t w;
        while (end - p >= 8 && (memcpy(&w, p, 8), !word_stops(w))) p += 8;
        while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) p++;
        if (p == end || (unsigned char)*p < 0x20) return NULL;
        if (*p == '"') return p + 1;
        if (end - p < 2) return NULL;
        if (p[1] == 'u') {
            if (end - p < 6 || !is_hex(p[2]) || !is_hex(p[3]) || !is_hex(p[4]) || !is_hex(p[5])) return NULL;
            p += 6;
        } else {
            if (!memchr("\"\\/bfnrt", p[1], 8)) return NULL;
            p += 2;
        }
    }
}

static const char *skip_number(const char *p, const char *end) {
    if (p < end && *p == '-') p++;
    if (p == end || !is_digit(*p)) return NULL;
    if (*p == '0') p++;
    else
        while (p < end && is_digit(*p)) p++;
    if (p < end && *p == '.') {
        if (++p == end || !is_digit(*p)) return NULL;
        while (p < end && is_digit(*p)) p++;
    }
    if (p < end && (*p | 0x20) == 'e') {
        p++;
        if (p < end && (*p == '+' || *p == '-')) p++;
        if (p == end || !is_digit(*p)) return NULL;
        while (p < end && is_digit(*p)) p++;
    }
    return p < end && is_digit(*p) ? NULL : p;
}

static const char *skip_word(const char *p, const char *end, const char *word, size_t n) {
    return (size_t)(end - p) >= n && memcmp(p, word, n) == 0 ? p + n : NULL;
}

/* A string, number or word. */
static const char *skip_scalar(const char *p, const char *end) {
    switch (*p) {
    case '"': return skip_string(p, end);
    case 't': return skip_word(p, end, "true", 4);
    case 'f': return skip_word(p, end, "false", 5);
    case 'n': return skip_word(p, end, "null", 4);
    default: return skip_number(p, end);
    }
}

/* "key" : and blanks; p at the quote. */
static const char *skip_key(const char *p, const char *end) {
    if (p == end || *p != '"' || !(p = skip_string(p, end))) return NULL;
    p = skip_blanks(p, end);
    return p < end && *p == ':' ? skip_blanks(p + 1, end) : NULL;
}

/* The byte behind the value at p (no blanks before it), or NULL. Open brackets are kept as bits. */
static const char *skip_value(const char *p, const char *end) {
    uint64_t objects[(JSON_MAX_DEPTH + 64) / 64];
    unsigned depth = 0;
    for (;;) {
        if (p == end) return NULL;
        if (*p == '{' || *p == '[') {
            bool object = *p == '{';
            if (depth >= JSON_MAX_DEPTH) return NULL;
            uint64_t bit = (uint64_t)1 << (depth & 63);
            if ((depth & 63) == 0) objects[depth >> 6] = 0;
            objects[depth >> 6] = (objects[depth >> 6] & ~bit) | (object ? bit : 0);
            depth++;
            p = skip_blanks(p + 1, end);
            if (p == end) return NULL;
            if (*p != (object ? '}' : ']')) {
                if (object && !(p = skip_key(p, end))) return NULL;
                continue;
            }
        } else {
            if (!(p = skip_scalar(p, end))) return NULL;
            if (depth == 0) return p;
            p = skip_blanks(p, end);
        }
        /* behind a value, or at the end of an empty container */
        for (;;) {
            bool object = objects[(depth - 1) >> 6] >> ((depth - 1) & 63) & 1;
            if (p == end) return NULL;
            if (*p == ',') {
                p = skip_blanks(p + 1, end);
                if (object && !(p = skip_key(p, end))) return NULL;
                break;
            }
            if (*p != (object ? '}' : ']')) return NULL;
            p++;
            if (--depth == 0) return p;
            p = skip_blanks(p, end);
        }
    }
}

static enum json_kind kind_of(char c) {
    switch (c) {
    case '{': return JSON_OBJECT;
    case '[': return JSON_ARRAY;
    case '"': return JSON_STRING;
    case 't': return JSON_TRUE;
    case 'f': return JSON_FALSE;
    case 'n': return JSON_NULL;
    default: return JSON_NUMBER;
    }
}

struct json json_scan(struct str s) {
    const char *end = s.ptr + s.len, *p = skip_blanks(s.ptr, end);
    struct json none = {JSON_INVALID, {s.ptr, 0}};
    if (p == end) return none;
    const char *behind = skip_value(p, end);
    if (!behind) return none;
    enum json_kind kind = kind_of(*p);
    /* words and numbers must end there */
    if (kind >= JSON_NULL && kind <= JSON_NUMBER && behind < end && skip_blanks(behind, end) == behind)
        return none;
    return (struct json){kind, {p, (size_t)(behind - p)}};
}

struct json_iter json_iter(struct json v) {
    const char *end = v.text.ptr + v.text.len;
    return (struct json_iter){skip_blanks(v.text.ptr + 1, end), end, v.kind == JSON_OBJECT};
}

bool json_next(struct json_iter *it, struct str *key, struct json *value) {
    const char *p = it->p;
    if (*p == ',') p = skip_blanks(p + 1, it->end);
    if (*p == '}' || *p == ']') return false;
    if (it->object) {
        const char *quote = skip_string(p, it->end);
        *key = (struct str){p + 1, (size_t)(quote - p) - 2};
        p = skip_blanks(quote, it->end);
        p = skip_blanks(p + 1, it->end);
    }
    const char *behind = skip_value(p, it->end);
    *value = (struct json){kind_of(*p), {p, (size_t)(behind - p)}};
    it->p = skip_blanks(behind, it->end);
    return true;
}

bool json_key_is(struct str key, struct str name, struct arena *a) {
    if (str_eq(key, name)) return true;
    if (key.len <= name.len || !memchr(key.ptr, '\\', key.len)) return false;
    struct json quoted = {JSON_STRING, {key.ptr - 1, key.len + 2}};
    return str_eq(json_unescape(quoted, a), name);
}
