/* SPDX-License-Identifier: Apache-2.0
 *
 * Strings, part one: concatenation, case, length, sub-strings, trimming, padding, searching. Positions
 * and lengths count code points. Results that are a part of an argument are views of its bytes. All are
 * STRICT unless functions.def says otherwise; part two is kernel_text.c.
 */
#include <utf8proc.h>

#include "exec/kernel_util.h"

/* ---- concatenation ---- */

static enum status concat(struct kernel_call *call) {
    uint32_t n = call->expr->nargs;
    SEL_FOREACH(call->sel, k, row) {
        size_t len = 0;
        for (uint32_t i = 0; i < n; i++) len += arg_str(call->args[i], row).len;
        if (len > TEXT_MAX_BYTES) return text_too_long(call);
        char *p = text_alloc(call, len), *q = p;
        for (uint32_t i = 0; i < n; i++) {
            struct str s = arg_str(call->args[i], row);
            if (s.len) memcpy(q, s.ptr, s.len);
            q += s.len;
        }
        kernel_put_view(call, row, p, len);
    }
    return ST_OK;
}

/* The separator's NULL gives NULL; other NULLs are left out. */
static enum status concat_ws(struct kernel_call *call) {
    uint32_t n = call->expr->nargs;
    SEL_FOREACH(call->sel, k, row) {
        if (arg_null(call->args[0], row)) {
            kernel_null(call, row);
            continue;
        }
        struct str sep = arg_str(call->args[0], row);
        size_t len = sep.len * n;
        for (uint32_t i = 1; i < n; i++)
            if (!arg_null(call->args[i], row)) len += arg_str(call->args[i], row).len;
        if (len > TEXT_MAX_BYTES) return text_too_long(call);
        char *p = text_alloc(call, len), *q = p;
        bool first = true;
        for (uint32_t i = 1; i < n; i++) {
            if (arg_null(call->args[i], row)) continue;
            struct str s = arg_str(call->args[i], row);
            if (!first && sep.len) memcpy(q, sep.ptr, sep.len), q += sep.len;
            if (s.len) memcpy(q, s.ptr, s.len), q += s.len;
            first = false;
        }
        kernel_put_view(call, row, p, (size_t)(q - p));
    }
    return ST_OK;
}

const struct kernel kernel_CONCAT_OP = {.fn = concat};
const struct kernel kernel_CONCAT = {.fn = concat};
const struct kernel kernel_CONCAT_WS = {.fn = concat_ws};

/* ---- case ---- */

/* Characters whose upper case is several: those of Unicode's SpecialCasing without Greek iota forms. */
static const struct {
    uint16_t from;
    uint16_t to[3];
} upper_special[] = {
    {0x00df, {'S', 'S'}},
    {0x0149, {0x2bc, 'N'}},
    {0x01f0, {'J', 0x30c}},
    {0x0390, {0x399, 0x308, 0x301}},
    {0x03b0, {0x3a5, 0x308, 0x301}},
    {0x0587, {0x535, 0x552}},
    {0x1e96, {'H', 0x331}},
    {0x1e97, {'T', 0x308}},
    {0x1e98, {'W', 0x30a}},
    {0x1e99, {'Y', 0x30a}},
    {0x1e9a, {'A', 0x2be}},
    {0xfb00, {'F', 'F'}},
    {0xfb01, {'F', 'I'}},
    {0xfb02, {'F', 'L'}},
    {0xfb03, {'F', 'F', 'I'}},
    {0xfb04, {'F', 'F', 'L'}},
    {0xfb05, {'S', 'T'}},
    {0xfb06, {'S', 'T'}},
    {0xfb13, {0x544, 0x546}},
    {0xfb14, {0x544, 0x535}},
    {0xfb15, {0x544, 0x53b}},
    {0xfb16, {0x54e, 0x546}},
    {0xfb17, {0x544, 0x53d}},
};

static char *put_upper(char *q, uint32_t c) {
    if (c == 0xdf || (c >= 0x149 && c != 0xfffd)) {
        for (unsigned i = 0; i < ARRAY_LEN(upper_special); i++) {
            if (upper_special[i].from != c) continue;
            for (unsigned j = 0; j < 3 && upper_special[i].to[j]; j++)
                q += utf8_encode(upper_special[i].to[j], q);
            return q;
        }
    }
    return q + utf8_encode((uint32_t)utf8proc_toupper((utf8proc_int32_t)c), q);
}

static bool is_letter(const char *p, size_t n) {
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)utf8_decode(p, n));
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

/* Sigma at p is final: after a letter, before none. */
static bool final_sigma(const char *start, const char *p, const char *end) {
    if (p == start) return false;
    const char *before = utf8_prev(start, p), *after = p + 2;
    if (!is_letter(before, (size_t)(p - before))) return false;
    return after >= end || !is_letter(after, utf8_step(after, end));
}

static size_t case_unicode(struct str s, bool upper, char *out) {
    char *q = out;
    const char *p = s.ptr, *end = s.ptr + s.len;
    while (p < end) {
        size_t n = utf8_step(p, end);
        uint32_t c = utf8_decode(p, n);
        if (c == 0xfffd) {
            memcpy(q, p, n);
            q += n;
        } else if (upper) {
            q = put_upper(q, c);
        } else if (c == 0x130) { /* dotted capital I */
            memcpy(q, "i\xcc\x87", 3);
            q += 3;
        } else if (c == 0x3a3 && final_sigma(s.ptr, p, end)) {
            q += utf8_encode(0x3c2, q);
        } else {
            q += utf8_encode((uint32_t)utf8proc_tolower((utf8proc_int32_t)c), q);
        }
        p += n;
    }
    return (size_t)(q - out);
}

/* XORs 0x20 into bytes of [from, from + 25]. */
static inline void case_ascii(const char *restrict p, size_t len, char *restrict q, char from) {
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)p[i];
        q[i] = (char)(c ^ ((unsigned char)(c - from) < 26 ? 0x20 : 0));
    }
}

static enum status change_case(struct kernel_call *call, bool upper) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        if (ascii_only(s.ptr, s.len)) {
            char *p = text_alloc(call, s.len);
            case_ascii(s.ptr, s.len, p, upper ? 'a' : 'A');
            kernel_put_view(call, row, p, s.len);
        } else {
            char *p = text_alloc(call, s.len * 3); /* two bytes may become six */
            kernel_put_view(call, row, p, case_unicode(s, upper, p));
        }
    }
    return ST_OK;
}
static enum status upper(struct kernel_call *call) {
    return change_case(call, true);
}
static enum status lower(struct kernel_call *call) {
    return change_case(call, false);
}

/* Words are runs of ASCII letters and digits, as in Flink. */
static enum status initcap(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *p = text_alloc(call, s.len);
        bool inside = false;
        for (size_t i = 0; i < s.len; i++) {
            char c = s.ptr[i];
            bool lo = c >= 'a' && c <= 'z', up = c >= 'A' && c <= 'Z';
            p[i] = (inside ? up : lo) ? (char)(c ^ 0x20) : c;
            inside = lo || up || (c >= '0' && c <= '9');
        }
        kernel_put_view(call, row, p, s.len);
    }
    return ST_OK;
}

const struct kernel kernel_UPPER = {.fn = upper};
const struct kernel kernel_LOWER = {.fn = lower};
const struct kernel kernel_INITCAP = {.fn = initcap};

/* ---- length and parts ---- */

static enum status char_length(struct kernel_call *call) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        out[row] = (int32_t)utf8_count(s.ptr, s.len);
    }
    return ST_OK;
}

/* SUBSTRING(s FROM pos [FOR len]): position 0 counts as 1, a negative one from the end. */
static struct str substring_of(struct str s, int64_t pos, int64_t len) {
    struct str none = {s.ptr, 0};
    if (pos < 0) {
        int64_t chars = (int64_t)utf8_count(s.ptr, s.len);
        if (chars + pos < 0) return none;
        pos += chars + 1;
    }
    size_t from = utf8_offset(s.ptr, s.len, pos > 0 ? (size_t)pos - 1 : 0);
    size_t n = utf8_offset(s.ptr + from, s.len - from, (size_t)len);
    return str_sub(s, from, n);
}

static enum status substring(struct kernel_call *call) {
    bool has_len = call->expr->nargs > 2;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        int64_t len = has_len ? arg_i32(call->args[2], row) : INT32_MAX;
        if (len < 0) {
            kernel_null(call, row);
            continue;
        }
        s = substring_of(s, arg_i32(call->args[1], row), len);
        kernel_put_view(call, row, s.ptr, s.len);
    }
    return ST_OK;
}

static enum status left(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        int32_t n = arg_i32(call->args[1], row);
        kernel_put_view(call, row, s.ptr, utf8_offset(s.ptr, s.len, n > 0 ? (size_t)n : 0));
    }
    return ST_OK;
}

static enum status right(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        int64_t n = arg_i32(call->args[1], row), chars = (int64_t)utf8_count(s.ptr, s.len);
        if (n < 0) n = 0;
        size_t from = n >= chars ? 0 : utf8_offset(s.ptr, s.len, (size_t)(chars - n));
        kernel_put_view(call, row, s.ptr + from, s.len - from);
    }
    return ST_OK;
}

const struct kernel kernel_CHAR_LENGTH = {.fn = char_length};
const struct kernel kernel_CHARACTER_LENGTH = {.fn = char_length};
const struct kernel kernel_SUBSTRING = {.fn = substring};
const struct kernel kernel_SUBSTR = {.fn = substring};
const struct kernel kernel_LEFT = {.fn = left};
const struct kernel kernel_RIGHT = {.fn = right};

/* ---- trimming: characters of a set ---- */

static bool in_set(struct str set, const char *p, size_t n) {
    if (n == 1) return set.len && memchr(set.ptr, *p, set.len);
    return text_find(set, 0, (struct str){p, n});
}

static struct str trim_of(struct str s, struct str set, bool leading, bool trailing) {
    const char *p = s.ptr, *end = s.ptr + s.len;
    while (leading && p < end) {
        size_t n = utf8_step(p, end);
        if (!in_set(set, p, n)) break;
        p += n;
    }
    while (trailing && p < end) {
        const char *last = utf8_prev(p, end);
        if (!in_set(set, last, (size_t)(end - last))) break;
        end = last;
    }
    return (struct str){p, (size_t)(end - p)};
}

static void trim_rows(struct kernel_call *call, const struct vec *text, const struct vec *set, bool leading,
                      bool trailing) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = trim_of(arg_str(text, row), set ? arg_str(set, row) : STR(" "), leading, trailing);
        kernel_put_view(call, row, s.ptr, s.len);
    }
}

static enum status trim(struct kernel_call *call) {
    enum symbol side = symbol_arg(call->expr, 0);
    trim_rows(call, call->args[2], call->args[1], side != SYM_TRAILING, side != SYM_LEADING);
    return ST_OK;
}
static const struct vec *set_arg(struct kernel_call *call) {
    return call->expr->nargs > 1 ? call->args[1] : NULL;
}
static enum status ltrim(struct kernel_call *call) {
    trim_rows(call, call->args[0], set_arg(call), true, false);
    return ST_OK;
}
static enum status rtrim(struct kernel_call *call) {
    trim_rows(call, call->args[0], set_arg(call), false, true);
    return ST_OK;
}
static enum status btrim(struct kernel_call *call) {
    trim_rows(call, call->args[0], set_arg(call), true, true);
    return ST_OK;
}

const struct kernel kernel_TRIM = {.fn = trim};
const struct kernel kernel_LTRIM = {.fn = ltrim};
const struct kernel kernel_RTRIM = {.fn = rtrim};
const struct kernel kernel_BTRIM = {.fn = btrim};

/* ---- searching: 1-based positions, 0 = not there ---- */

static int32_t find(struct str s, struct str what, int64_t from) {
    if (what.len == 0) return 1;
    size_t skip = from > 1 ? utf8_offset(s.ptr, s.len, (size_t)from - 1) : 0;
    const char *at = text_find(s, skip, what);
    return at ? (int32_t)utf8_count(s.ptr, (size_t)(at - s.ptr)) + 1 : 0;
}

static void find_rows(struct kernel_call *call, const struct vec *text, const struct vec *what) {
    const struct vec *from = call->expr->nargs > 2 ? call->args[2] : NULL;
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row)
    out[row] = find(arg_str(text, row), arg_str(what, row), from ? arg_i32(from, row) : 1);
}
static enum status position(struct kernel_call *call) {
    find_rows(call, call->args[1], call->args[0]);
    return ST_OK;
}
static enum status instr(struct kernel_call *call) {
    find_rows(call, call->args[0], call->args[1]);
    return ST_OK;
}
static enum status starts_with(struct kernel_call *call) {
    bool *out = out_bool(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), t = arg_str(call->args[1], row);
        out[row] = s.len >= t.len && (t.len == 0 || memcmp(s.ptr, t.ptr, t.len) == 0);
    }
    return ST_OK;
}
static enum status ends_with(struct kernel_call *call) {
    bool *out = out_bool(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), t = arg_str(call->args[1], row);
        out[row] = s.len >= t.len && (t.len == 0 || memcmp(s.ptr + s.len - t.len, t.ptr, t.len) == 0);
    }
    return ST_OK;
}

const struct kernel kernel_POSITION = {.fn = position};
const struct kernel kernel_LOCATE = {.fn = position};
const struct kernel kernel_INSTR = {.fn = instr};
const struct kernel kernel_STARTSWITH = {.fn = starts_with};
const struct kernel kernel_ENDSWITH = {.fn = ends_with};
const struct kernel kernel_STARTSWITH_BYTES = {.fn = starts_with};
const struct kernel kernel_ENDSWITH_BYTES = {.fn = ends_with};
