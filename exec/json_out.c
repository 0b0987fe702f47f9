/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing JSON (json_path.h): strings resolved and escaped, numbers in BigDecimal's form, values in the
 * canonical form that Flink's functions give.
 */
#include <stdio.h>
#include <stdlib.h>

#include "exec/json_scan.h"
#include "exec/kernel_util.h"

/* ---- strings ---- */

static unsigned hex4(const char *p) {
    unsigned n = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        n = n << 4 | (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return n;
}

/* The escape at p (behind the backslash): writes what it stands for, moves *p behind it. */
static char *unescape_one(const char **p, const char *end, char *q) {
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    char c = *(*p)++;
    if (c != 'u') {
        const char *at = strchr(from, c);
        *q++ = at ? to[at - from] : c;
        return q;
    }
    uint32_t unit = hex4(*p);
    *p += 4;
    if (unit < 0xd800 || unit >= 0xe000) return q + utf8_encode(unit, q);
    if (unit < 0xdc00 && end - *p >= 6 && (*p)[0] == '\\' && (*p)[1] == 'u') {
        uint32_t low = hex4(*p + 2);
        if (low >= 0xdc00 && low < 0xe000) {
            *p += 6;
            return q + utf8_encode(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), q);
        }
    }
    *q++ = '?'; /* half a surrogate pair */
    return q;
}

struct str json_unescape(struct json v, struct arena *a) {
    struct str raw = str_sub(v.text, 1, v.text.len - 2);
    if (!memchr(raw.ptr, '\\', raw.len)) return raw;
    char *out = arena_alloc_raw(a, raw.len), *q = out;
    const char *p = raw.ptr, *end = raw.ptr + raw.len;
    while (p < end) {
        if (*p != '\\') *q++ = *p++;
        else p++, q = unescape_one(&p, end, q);
    }
    return (struct str){out, (size_t)(q - out)};
}

/* ---- numbers ---- */

/* digits * 10^-scale, as BigDecimal.toString. */
static struct str decimal_text(struct arena *a, bool negative, const char *digits, int64_t n, int64_t scale) {
    char *out = arena_alloc_raw(a, (size_t)n + 40), *q = out;
    int64_t adjusted = n - 1 - scale;
    if (negative) *q++ = '-';
    if (scale == 0) {
        memcpy(q, digits, (size_t)n);
        q += n;
    } else if (scale > 0 && adjusted >= -6) {
        int64_t whole = n - scale;
        if (whole <= 0) {
            *q++ = '0';
            *q++ = '.';
            for (int64_t i = whole; i < 0; i++) *q++ = '0';
            memcpy(q, digits, (size_t)n);
            q += n;
        } else {
            memcpy(q, digits, (size_t)whole);
            q += whole;
            *q++ = '.';
            memcpy(q, digits + whole, (size_t)scale);
            q += scale;
        }
    } else {
        *q++ = digits[0];
        if (n > 1) {
            *q++ = '.';
            memcpy(q, digits + 1, (size_t)n - 1);
            q += n - 1;
        }
        q += snprintf(q, 32, "E%c%lld", adjusted < 0 ? '-' : '+',
                      (long long)(adjusted < 0 ? -adjusted : adjusted));
    }
    return (struct str){out, (size_t)(q - out)};
}

struct str json_number_text(struct json v, struct arena *a) {
    struct str s = v.text;
    bool negative = s.ptr[0] == '-', plain = true;
    char *digits = arena_alloc_raw(a, s.len + 1);
    int64_t n = 0, scale = 0, exponent = 0;
    size_t i = negative;
    bool fraction = false;
    for (; i < s.len && (s.ptr[i] | 0x20) != 'e'; i++) {
        if (s.ptr[i] == '.') {
            fraction = true;
            plain = false;
            continue;
        }
        if (n || s.ptr[i] != '0') digits[n++] = s.ptr[i];
        scale += fraction;
    }
    if (i < s.len) {
        plain = false;
        bool minus = s.ptr[++i] == '-';
        if (minus || s.ptr[i] == '+') i++;
        for (; i < s.len; i++)
            if (exponent < 1000000000) exponent = exponent * 10 + (s.ptr[i] - '0');
        if (minus) exponent = -exponent;
    }
    if (n == 0) {
        digits[n++] = '0';
        negative = false;
    }
    if (plain && !(s.ptr[0] == '-' && !negative)) return s; /* an integer, but for -0 */
    return decimal_text(a, negative, digits, n, scale - exponent);
}

/* ---- output ---- */

void json_put_string(struct text *o, struct str s) {
    static const char hex[] = "0123456789ABCDEF";
    const char *p = s.ptr, *end = s.ptr + s.len;
    text_append(o, "\"", 1);
    while (p < end) {
        const char *from = p;
        while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20) p++;
        text_append(o, from, (size_t)(p - from));
        if (p == end) break;
        unsigned char c = (unsigned char)*p++;
        static const char plain[] = "\"\\\b\f\n\r\t", shorts[] = "\"\\bfnrt";
        const char *at = c ? strchr(plain, c) : NULL;
        char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        if (at) escape[1] = shorts[at - plain];
        text_append(o, escape, at ? 2 : 6);
    }
    text_append(o, "\"", 1);
}

struct member {
    struct str key; /* escapes resolved */
    struct json value;
    size_t idx; /* place in the object: of equal keys the last wins */
};

static int compare_members(const void *a, const void *b) {
    const struct member *x = a, *y = b;
    size_t n = x->key.len < y->key.len ? x->key.len : y->key.len;
    int c = n ? memcmp(x->key.ptr, y->key.ptr, n) : 0;
    if (c == 0) c = (x->key.len > y->key.len) - (x->key.len < y->key.len);
    return c ? c : (x->idx > y->idx) - (x->idx < y->idx);
}

static void put_object(struct text *o, struct json v) {
    size_t n = 0, put = 0, room = 8;
    struct member *members = ARENA_ARRAY(o->arena, struct member, room);
    struct json_iter it = json_iter(v);
    struct str key;
    struct json value;
    while (json_next(&it, &key, &value)) {
        if (n == room) {
            members = arena_grow(o->arena, members, n * sizeof *members, 2 * n * sizeof *members);
            room = 2 * n;
        }
        struct json quoted = {JSON_STRING, {key.ptr - 1, key.len + 2}};
        members[n] = (struct member){json_unescape(quoted, o->arena), value, n};
        n++;
    }
    qsort(members, n, sizeof *members, compare_members);
    text_append(o, "{", 1);
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && str_eq(members[i].key, members[i + 1].key)) continue;
        if (put++) text_append(o, ",", 1);
        json_put_string(o, members[i].key);
        text_append(o, ":", 1);
        json_put_value(o, members[i].value);
    }
    text_append(o, "}", 1);
}

void json_put_value(struct text *o, struct json v) {
    struct str s = v.text;
    if (v.kind == JSON_OBJECT) {
        put_object(o, v);
    } else if (v.kind == JSON_ARRAY) {
        struct json_iter it = json_iter(v);
        struct str key;
        struct json value;
        text_append(o, "[", 1);
        for (size_t n = 0; json_next(&it, &key, &value); n++) {
            if (n) text_append(o, ",", 1);
            json_put_value(o, value);
        }
        text_append(o, "]", 1);
    } else if (v.kind == JSON_STRING && memchr(s.ptr, '\\', s.len)) {
        json_put_string(o, json_unescape(v, o->arena));
    } else {
        if (v.kind == JSON_NUMBER) s = json_number_text(v, o->arena);
        text_append(o, s.ptr, s.len);
    }
}
