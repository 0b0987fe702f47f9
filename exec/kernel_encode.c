/* SPDX-License-Identifier: Apache-2.0
 *
 * Strings, part three: Base64 and URLs. All are STRICT; what cannot be decoded is NULL, but for
 * FROM_BASE64, which fails as in Flink.
 */
#include "base/base64.h"
#include "exec/kernel_util.h"

/* ---- Base64 ---- */

static enum status to_base64(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *p = text_alloc(call, base64_encoded_bytes(s.len));
        kernel_put_view(call, row, p, base64_encode(p, s.ptr, s.len));
    }
    return ST_OK;
}

static int base64_value(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Bytes written, or -1; padding may be left out, but if there it must be complete. */
static ptrdiff_t base64_decode(struct str s, char *out) {
    if (s.len % 4 == 0) {
        if (s.len && s.ptr[s.len - 1] == '=') s.len--;
        if (s.len % 4 == 3 && s.ptr[s.len - 1] == '=') s.len--;
    }
    if (s.len % 4 == 1) return -1;
    uint32_t w = 0;
    unsigned bits = 0;
    char *q = out;
    for (size_t i = 0; i < s.len; i++) {
        int v = base64_value(s.ptr[i]);
        if (v < 0) return -1;
        w = w << 6 | (uint32_t)v;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            *q++ = (char)(w >> bits);
        }
    }
    return q - out;
}

static enum status from_base64(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *p = text_alloc(call, s.len);
        ptrdiff_t n = base64_decode(s, p);
        if (n < 0)
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                            "FROM_BASE64 was given '%.*s', which is not Base64",
                            (int)(s.len < 60 ? s.len : 60), s.ptr);
        kernel_put_view(call, row, p, (size_t)n);
    }
    return ST_OK;
}

const struct kernel kernel_TO_BASE64 = {.fn = to_base64};
const struct kernel kernel_TO_BASE64_BYTES = {.fn = to_base64};
const struct kernel kernel_FROM_BASE64 = {.fn = from_base64};

/* ---- URL encoding (application/x-www-form-urlencoded) ---- */

static bool url_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '-' || c == '*' || c == '_';
}

static enum status url_encode(struct kernel_call *call) {
    static const char hex[] = "0123456789ABCDEF";
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *p = text_alloc(call, s.len * 3), *q = p;
        for (size_t i = 0; i < s.len; i++) {
            unsigned char c = (unsigned char)s.ptr[i];
            if (url_plain((char)c)) *q++ = (char)c;
            else if (c == ' ') *q++ = '+';
            else *q++ = '%', *q++ = hex[c >> 4], *q++ = hex[c & 15];
        }
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Bytes written, or -1. */
static ptrdiff_t url_decode_to(struct str s, char *out) {
    char *q = out;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '+') {
            *q++ = ' ';
        } else if (s.ptr[i] == '%') {
            if (s.len - i < 3) return -1;
            int a = hex_value(s.ptr[i + 1]), b = hex_value(s.ptr[i + 2]);
            if (a < 0 || b < 0) return -1;
            *q++ = (char)(a << 4 | b);
            i += 2;
        } else {
            *q++ = s.ptr[i];
        }
    }
    return q - out;
}

/* Puts U+FFFD where the bytes are not UTF-8, so that results are always text. */
static size_t utf8_repair(const char *p, size_t len, char *out) {
    const char *end = p + len;
    char *q = out;
    while (p < end) {
        size_t n = utf8_step(p, end);
        char again[4];
        uint32_t c = utf8_decode(p, n);
        if (c == 0xfffd || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) || utf8_encode(c, again) != n)
            q += utf8_encode(0xfffd, q);
        else memcpy(q, p, n), q += n;
        p += n;
    }
    return (size_t)(q - out);
}

static enum status url_decode(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *p = text_alloc(call, s.len);
        ptrdiff_t n = url_decode_to(s, p);
        if (n < 0) {
            kernel_null(call, row);
        } else if (ascii_only(p, (size_t)n)) {
            kernel_put_view(call, row, p, (size_t)n);
        } else {
            char *fixed = text_alloc(call, (size_t)n * 3);
            kernel_put_view(call, row, fixed, utf8_repair(p, (size_t)n, fixed));
        }
    }
    return ST_OK;
}

const struct kernel kernel_URL_ENCODE = {.fn = url_encode};
const struct kernel kernel_URL_DECODE = {.fn = url_decode};

/* ---- PARSE_URL ---- */

struct url {
    struct str protocol, authority, userinfo, host, path, query, ref; /* ptr NULL = not there */
};

/* Cuts s at the first `c`: the part behind it (ptr NULL when there is none); s keeps the part before. */
static struct str cut_after(struct str *s, char c) {
    const char *at = s->len ? memchr(s->ptr, c, s->len) : NULL;
    if (!at) return (struct str){0};
    struct str rest = {at + 1, s->len - (size_t)(at + 1 - s->ptr)};
    s->len = (size_t)(at - s->ptr);
    return rest;
}

static bool url_split(struct str s, struct url *u) {
    *u = (struct url){0};
    u->ref = cut_after(&s, '#');
    struct str head = s, rest = cut_after(&head, ':');
    if (!rest.ptr || head.len == 0) return false;
    for (size_t i = 0; i < head.len; i++) {
        char c = head.ptr[i];
        bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))
            return false;
    }
    u->protocol = head;
    u->query = cut_after(&rest, '?');
    if (rest.len >= 2 && rest.ptr[0] == '/' && rest.ptr[1] == '/') {
        rest = str_sub(rest, 2, rest.len - 2);
        const char *slash = memchr(rest.ptr, '/', rest.len);
        size_t n = slash ? (size_t)(slash - rest.ptr) : rest.len;
        u->authority = str_sub(rest, 0, n);
        rest = str_sub(rest, n, rest.len - n);
        struct str user = u->authority, host = cut_after(&user, '@');
        if (host.ptr) u->userinfo = user;
        else host = u->authority;
        if (host.len && host.ptr[0] == '[') {
            const char *close = memchr(host.ptr, ']', host.len);
            if (!close) return false;
            host.len = (size_t)(close - host.ptr) + 1;
        } else {
            (void)cut_after(&host, ':');
        }
        u->host = host;
    }
    u->path = rest;
    return true;
}

/* The value of a key in a=1&b=2; ptr NULL when it is not there. */
static struct str query_value(struct str query, struct str key) {
    while (query.ptr) {
        struct str rest = cut_after(&query, '&');
        struct str name = query, value = cut_after(&name, '=');
        if (value.ptr && str_eq(name, key)) return value;
        query = rest;
    }
    return (struct str){0};
}

static struct str url_part(const struct url *u, struct str part) {
    if (str_eq(part, STR("HOST"))) return u->host;
    if (str_eq(part, STR("PATH"))) return u->path;
    if (str_eq(part, STR("QUERY"))) return u->query;
    if (str_eq(part, STR("REF"))) return u->ref;
    if (str_eq(part, STR("PROTOCOL"))) return u->protocol;
    if (str_eq(part, STR("AUTHORITY"))) return u->authority;
    if (str_eq(part, STR("USERINFO"))) return u->userinfo;
    if (str_eq(part, STR("FILE"))) {
        if (!u->query.ptr) return u->path;
        return (struct str){u->path.ptr, (size_t)(u->query.ptr + u->query.len - u->path.ptr)};
    }
    return (struct str){0};
}

static enum status parse_url(struct kernel_call *call) {
    bool has_key = call->expr->nargs > 2;
    SEL_FOREACH(call->sel, k, row) {
        struct url u;
        struct str part = arg_str(call->args[1], row), out = {0};
        if (url_split(arg_str(call->args[0], row), &u)) {
            if (!has_key) out = url_part(&u, part);
            else if (str_eq(part, STR("QUERY"))) out = query_value(u.query, arg_str(call->args[2], row));
        }
        if (out.ptr) kernel_put_view(call, row, out.ptr, out.len);
        else kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_PARSE_URL = {.fn = parse_url};
