/* SPDX-License-Identifier: Apache-2.0
 *
 * Strings, part two: padding, repeating, replacing, splitting and character codes. Lengths and positions
 * count code points, results are bounded by TEXT_MAX_BYTES. All are STRICT but ELT. Base64 and URLs are in
 * kernel_encode.c.
 */
#include "exec/kernel_util.h"

/* ---- padding and repeating ---- */

/* NULL for a negative length, or an empty pad. */
static enum status pad(struct kernel_call *call, bool on_left) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), fill = arg_str(call->args[2], row);
        int64_t want = arg_i32(call->args[1], row);
        int64_t have = (int64_t)utf8_count(s.ptr, s.len);
        if (want < 0 || fill.len == 0) {
            kernel_null(call, row);
            continue;
        }
        if (want <= have) {
            kernel_put_view(call, row, s.ptr, utf8_offset(s.ptr, s.len, (size_t)want));
            continue;
        }
        size_t missing = (size_t)(want - have), fill_chars = utf8_count(fill.ptr, fill.len);
        size_t whole = missing / fill_chars, part = utf8_offset(fill.ptr, fill.len, missing % fill_chars);
        if (whole * fill.len + part + s.len > TEXT_MAX_BYTES) return text_too_long(call);
        char *p = text_alloc(call, whole * fill.len + part + s.len), *q = p;
        if (!on_left && s.len) memcpy(q, s.ptr, s.len), q += s.len;
        for (size_t i = 0; i < whole; i++, q += fill.len) memcpy(q, fill.ptr, fill.len);
        memcpy(q, fill.ptr, part);
        q += part;
        if (on_left && s.len) memcpy(q, s.ptr, s.len), q += s.len;
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}
static enum status lpad(struct kernel_call *call) {
    return pad(call, true);
}
static enum status rpad(struct kernel_call *call) {
    return pad(call, false);
}

static enum status repeat(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        int32_t times = arg_i32(call->args[1], row);
        size_t n = times > 0 ? (size_t)times : 0;
        if (s.len && n > TEXT_MAX_BYTES / s.len) return text_too_long(call);
        char *p = text_alloc(call, n * s.len);
        if (s.len)
            for (size_t i = 0; i < n; i++) memcpy(p + i * s.len, s.ptr, s.len);
        kernel_put_view(call, row, p, n * s.len);
    }
    return ST_OK;
}

static enum status reverse(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *p = text_alloc(call, s.len), *q = p + s.len;
        const char *from = s.ptr, *end = s.ptr + s.len;
        while (from < end) {
            size_t n = utf8_step(from, end);
            q -= n;
            memcpy(q, from, n);
            from += n;
        }
        kernel_put_view(call, row, p, s.len);
    }
    return ST_OK;
}

const struct kernel kernel_LPAD = {.fn = lpad};
const struct kernel kernel_RPAD = {.fn = rpad};
const struct kernel kernel_REPEAT = {.fn = repeat};
const struct kernel kernel_REVERSE = {.fn = reverse};

/* ---- replacing ---- */

static size_t occurrences(struct str s, struct str what) {
    size_t n = 0;
    const char *p = s.ptr;
    while ((p = text_find(s, (size_t)(p - s.ptr), what))) {
        n++;
        p += what.len;
    }
    return n;
}

/* An empty `what` stands before each character and at the end, as in Java. */
static char *replace_empty(struct str s, struct str with, char *q) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    for (;;) {
        if (with.len) memcpy(q, with.ptr, with.len), q += with.len;
        if (p >= end) return q;
        size_t n = utf8_step(p, end);
        memcpy(q, p, n);
        q += n;
        p += n;
    }
}

static char *replace_all(struct str s, struct str what, struct str with, char *q) {
    const char *p = s.ptr, *end = s.ptr + s.len, *at;
    while ((at = text_find(s, (size_t)(p - s.ptr), what))) {
        memcpy(q, p, (size_t)(at - p));
        q += at - p;
        if (with.len) memcpy(q, with.ptr, with.len), q += with.len;
        p = at + what.len;
    }
    if (p < end) memcpy(q, p, (size_t)(end - p)), q += end - p;
    return q;
}

static enum status replace(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), what = arg_str(call->args[1], row);
        struct str with = arg_str(call->args[2], row);
        size_t n = what.len ? occurrences(s, what) : utf8_count(s.ptr, s.len) + 1;
        if (n == 0) {
            kernel_put_view(call, row, s.ptr, s.len);
            continue;
        }
        if (with.len && n > TEXT_MAX_BYTES / with.len) return text_too_long(call);
        char *p = text_alloc(call, s.len + n * with.len - (what.len ? n * what.len : 0));
        char *q = what.len ? replace_all(s, what, with, p) : replace_empty(s, with, p);
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

/* OVERLAY(s PLACING r FROM pos [FOR len]): pos outside the string changes nothing; len < 1 cuts all that
 * follows, as in Flink. */
static enum status overlay(struct kernel_call *call) {
    bool has_len = call->expr->nargs > 3;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), with = arg_str(call->args[1], row);
        int64_t pos = arg_i32(call->args[2], row), chars = (int64_t)utf8_count(s.ptr, s.len);
        int64_t len = has_len ? arg_i32(call->args[3], row) : (int64_t)utf8_count(with.ptr, with.len);
        if (pos <= 0 || pos > chars) {
            kernel_put_view(call, row, s.ptr, s.len);
            continue;
        }
        size_t head = utf8_offset(s.ptr, s.len, (size_t)pos - 1), tail = s.len;
        if (len > 0 && pos + len <= chars) tail = utf8_offset(s.ptr, s.len, (size_t)(pos - 1 + len));
        char *p = text_alloc(call, s.len + with.len), *q = p;
        memcpy(q, s.ptr, head);
        q += head;
        if (with.len) memcpy(q, with.ptr, with.len), q += with.len;
        memcpy(q, s.ptr + tail, s.len - tail);
        kernel_put_view(call, row, p, (size_t)(q - p) + s.len - tail);
    }
    return ST_OK;
}

/* TRANSLATE(s, from, to): characters of `from` become those of `to`, or go. */
static enum status translate(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), from = arg_str(call->args[1], row);
        struct str to = arg_str(call->args[2], row);
        char *p = text_alloc(call, s.len * 4), *q = p;
        const char *c = s.ptr, *end = s.ptr + s.len;
        while (c < end) {
            size_t n = utf8_step(c, end);
            const char *at = text_find(from, 0, (struct str){c, n});
            if (!at) {
                memcpy(q, c, n);
                q += n;
            } else {
                size_t idx = utf8_offset(to.ptr, to.len, utf8_count(from.ptr, (size_t)(at - from.ptr)));
                size_t m = idx < to.len ? utf8_step(to.ptr + idx, to.ptr + to.len) : 0;
                if (m) memcpy(q, to.ptr + idx, m), q += m;
            }
            c += n;
        }
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

const struct kernel kernel_REPLACE = {.fn = replace};
const struct kernel kernel_OVERLAY = {.fn = overlay};
const struct kernel kernel_TRANSLATE = {.fn = translate};

/* ---- splitting ---- */

/* Where the separators among 16 bytes are, a bit a byte. */
static unsigned separators_at(const char *p, char sep) {
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    return (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(sep)));
#else
    unsigned hits = 0;
    for (unsigned i = 0; i < 16; i++) hits |= (unsigned)(p[i] == sep) << i;
    return hits;
#endif
}

/* split_index_of for a separator of one byte. */
static bool split_at_byte(struct str s, char sep, int64_t idx, struct str *out) {
    if (idx < 0 || s.len == 0) return false;
    char last[16] = {0};
    const char *begin = s.ptr, *end = s.ptr + s.len;
    for (size_t at = 0; at < s.len; at += 16) {
        const char *p = s.ptr + at;
        size_t n = s.len - at < 16 ? s.len - at : 16;
        if (n < 16) memcpy(last, p, n);
        unsigned hits = separators_at(n < 16 ? last : p, sep);
        if (n < 16) hits &= (1u << n) - 1;
        for (; hits; hits &= hits - 1) {
            const char *hit = p + __builtin_ctz(hits);
            if (idx-- == 0) {
                *out = (struct str){begin, (size_t)(hit - begin)};
                return true;
            }
            begin = hit + 1;
        }
    }
    *out = (struct str){begin, (size_t)(end - begin)};
    return idx == 0;
}

/* Part number `idx` (from 0) of s between separators; false: there are fewer, or s is empty. */
static bool split_index_of(struct str s, struct str sep, int64_t idx, struct str *out) {
    if (idx < 0 || s.len == 0) return false;
    const char *p = s.ptr, *end = s.ptr + s.len;
    for (;;) {
        const char *at = text_find(s, (size_t)(p - s.ptr), sep);
        if (idx == 0) {
            *out = (struct str){p, (size_t)((at ? at : end) - p)};
            return true;
        }
        if (!at) return false;
        p = at + sep.len;
        idx--;
    }
}

static void put_part(struct kernel_call *call, uint32_t row, struct str s, struct str sep, int64_t idx) {
    struct str part;
    if (sep.len == 0) sep = STR(" ");
    if (sep.len == 1 ? split_at_byte(s, *sep.ptr, idx, &part) : split_index_of(s, sep, idx, &part))
        kernel_put_view(call, row, part.ptr, part.len);
    else kernel_null(call, row);
}

static enum status split_index(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row)
    put_part(call, row, arg_str(call->args[0], row), arg_str(call->args[1], row),
             arg_i32(call->args[2], row));
    return ST_OK;
}

/* The separator as a character code. */
static enum status split_index_code(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        int32_t code = arg_i32(call->args[1], row);
        char sep[4];
        if (code <= 0 || code > 0xffff || (code >= 0xd800 && code < 0xe000)) {
            kernel_null(call, row);
            continue;
        }
        struct str s = {sep, utf8_encode((uint32_t)code, sep)};
        put_part(call, row, arg_str(call->args[0], row), s, arg_i32(call->args[2], row));
    }
    return ST_OK;
}

const struct kernel kernel_SPLIT_INDEX = {.fn = split_index};
const struct kernel kernel_SPLIT_INDEX_CODE = {.fn = split_index_code};

/* ---- codes, choice ---- */

/* The first byte, signed as in Flink; 0 for ''. */
static enum status ascii(struct kernel_call *call) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        out[row] = s.len ? (signed char)s.ptr[0] : 0;
    }
    return ST_OK;
}

/* The character of code n mod 256; '' below 0. */
static enum status chr(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        int64_t n = arg_i64(call->args[0], row);
        char c[4];
        kernel_put_str(call, row, c, n < 0 ? 0 : utf8_encode((uint32_t)(n & 255), c));
    }
    return ST_OK;
}

/* ELT(n, s1, s2, ...): the nth, NULL outside. */
static enum status elt(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        int64_t n = arg_null(call->args[0], row) ? 0 : arg_i64(call->args[0], row);
        if (n < 1 || n >= call->expr->nargs || arg_null(call->args[n], row)) {
            kernel_null(call, row);
            continue;
        }
        struct str s = arg_str(call->args[n], row);
        kernel_put_view(call, row, s.ptr, s.len);
    }
    return ST_OK;
}

const struct kernel kernel_ASCII = {.fn = ascii};
const struct kernel kernel_CHR = {.fn = chr};
const struct kernel kernel_ELT = {.fn = elt};
