/* SPDX-License-Identifier: Apache-2.0
 *
 * ENCODE and DECODE between text and bytes of a character set. What a set has not becomes '?', malformed
 * bytes become U+FFFD, both as in Java; an unknown set is an error. STRICT.
 */
#include "exec/kernel_util.h"
#include "exec/text.h"

enum charset { CS_UTF8, CS_ASCII, CS_LATIN1, CS_UTF16, CS_UTF16BE, CS_UTF16LE, CS_UNKNOWN };

static enum charset charset_of(struct str name) {
    static const struct {
        const char *name;
        enum charset set;
    } names[] = {{"UTF-8", CS_UTF8},          {"UTF8", CS_UTF8},       {"US-ASCII", CS_ASCII},
                 {"ASCII", CS_ASCII},         {"ISO-8859-1", CS_LATIN1}, {"ISO8859_1", CS_LATIN1},
                 {"LATIN1", CS_LATIN1},       {"UTF-16", CS_UTF16},    {"UTF16", CS_UTF16},
                 {"UTF-16BE", CS_UTF16BE},    {"UTF-16LE", CS_UTF16LE}};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_ieq(name, str_of(names[i].name))) return names[i].set;
    }
    return CS_UNKNOWN;
}

static enum status row_charset(struct kernel_call *call, uint32_t row, enum charset *out) {
    struct str name = arg_str(call->args[1], row);
    *out = charset_of(name);
    if (*out != CS_UNKNOWN) return ST_OK;
    error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->args[1]->span,
             "%s does not know the character set '%.*s'", call->expr->func->name.ptr,
             (int)(name.len < 60 ? name.len : 60), name.ptr);
    return error_hint(call->ctx->error,
                      "it knows UTF-8, UTF-16, UTF-16BE, UTF-16LE, ISO-8859-1 and US-ASCII");
}

/* ---- ENCODE ---- */

static char *put_unit(char *q, uint32_t unit, bool little) {
    q[0] = (char)(little ? unit : unit >> 8);
    q[1] = (char)(little ? unit >> 8 : unit);
    return q + 2;
}

static char *put_utf16(char *q, uint32_t c, bool little) {
    if (c < 0x10000) return put_unit(q, c, little);
    c -= 0x10000;
    return put_unit(put_unit(q, 0xd800 + (c >> 10), little), 0xdc00 + (c & 0x3ff), little);
}

static enum status encode(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        enum charset set;
        TRY(row_charset(call, row, &set));
        if (set == CS_UTF8) {
            kernel_put_view(call, row, s.ptr, s.len);
            continue;
        }
        char *p = text_alloc(call, 2 * s.len + 2), *q = p;
        if (set == CS_UTF16) q = put_unit(q, 0xfeff, false);
        for (size_t i = 0, n; i < s.len; i += n) {
            n = utf8_step(s.ptr + i, s.ptr + s.len);
            uint32_t c = utf8_decode(s.ptr + i, n);
            if (set == CS_ASCII || set == CS_LATIN1)
                *q++ = (char)(c < (set == CS_ASCII ? 0x80u : 0x100u) ? c : '?');
            else q = put_utf16(q, c, set == CS_UTF16LE);
        }
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

/* ---- DECODE ---- */

static uint32_t unit_at(struct str s, size_t i, bool little) {
    unsigned char a = (unsigned char)s.ptr[i], b = (unsigned char)s.ptr[i + 1];
    return little ? (uint32_t)(b << 8 | a) : (uint32_t)(a << 8 | b);
}

/* The bytes as UTF-8 at q, 3 bytes for two at most; a half pair or a byte left over becomes U+FFFD. */
static char *decode_utf16(struct str s, enum charset set, char *q) {
    bool little = set == CS_UTF16LE;
    size_t i = 0;
    if (set == CS_UTF16 && s.len >= 2) {
        uint32_t mark = unit_at(s, 0, false);
        little = mark == 0xfffe;
        if (little || mark == 0xfeff) i = 2;
    }
    while (i + 2 <= s.len) {
        uint32_t c = unit_at(s, i, little);
        i += 2;
        if (c >= 0xd800 && c < 0xe000) {
            uint32_t low = c < 0xdc00 && i + 2 <= s.len ? unit_at(s, i, little) : 0;
            bool pair = low >= 0xdc00 && low < 0xe000;
            c = pair ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
            if (pair) i += 2;
        }
        q += utf8_encode(c, q);
    }
    if (i < s.len) q += utf8_encode(0xfffd, q);
    return q;
}

static enum status decode(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        enum charset set;
        TRY(row_charset(call, row, &set));
        if (set == CS_UTF8) {
            s = text_valid_utf8(s, call->scratch);
            kernel_put_view(call, row, s.ptr, s.len);
            continue;
        }
        char *p = text_alloc(call, 3 * s.len + 3), *q = p;
        if (set == CS_ASCII || set == CS_LATIN1) {
            for (size_t i = 0; i < s.len; i++) {
                unsigned char c = (unsigned char)s.ptr[i];
                q += utf8_encode(set == CS_ASCII && c >= 0x80 ? 0xfffd : c, q);
            }
        } else {
            q = decode_utf16(s, set, q);
        }
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

const struct kernel kernel_ENCODE = {.fn = encode};
const struct kernel kernel_DECODE = {.fn = decode};
