/* SPDX-License-Identifier: Apache-2.0
 *
 * IS_ALPHA, IS_DIGIT and IS_DECIMAL: FALSE for NULL and for the empty string. BIN, HEX and UNHEX.
 * COALESCE, NULLIF, IF and CASE are lazy (exec/expr_lazy.c).
 */
#include <utf8proc.h>

#include "exec/kernel.h"
#include "exec/number.h"

static bool is_letter(utf8proc_int32_t c) {
    utf8proc_category_t k = utf8proc_category(c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_LO;
}

static bool is_digit(utf8proc_int32_t c) {
    return utf8proc_category(c) == UTF8PROC_CATEGORY_ND;
}

static bool all_chars(struct str s, bool (*is)(utf8proc_int32_t c)) {
    const uint8_t *p = (const uint8_t *)s.ptr;
    for (size_t at = 0; at < s.len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(p + at, (utf8proc_ssize_t)(s.len - at), &c);
        if (n <= 0 || !is(c)) return false;
        at += (size_t)n;
    }
    return s.len > 0;
}

static enum status test_chars(struct kernel_call *call, bool (*is)(utf8proc_int32_t c)) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        out[row] = !arg_null(call->args[0], row) && all_chars(arg_str(call->args[0], row), is);
    }
    return ST_OK;
}

static enum status is_alpha(struct kernel_call *call) {
    return test_chars(call, is_letter);
}
const struct kernel kernel_IS_ALPHA = {.fn = is_alpha};

static enum status is_digits(struct kernel_call *call) {
    return test_chars(call, is_digit);
}
const struct kernel kernel_IS_DIGIT = {.fn = is_digits};

static struct str trim(struct str s) {
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ') s.len--;
    return s;
}

/* What Java's Double.valueOf reads: blanks around it, and d or f behind it. */
static enum status is_decimal(struct kernel_call *call) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        out[row] = false;
        if (arg_null(call->args[0], row)) continue;
        struct str s = trim(arg_str(call->args[0], row));
        if (s.len > 1 && strchr("dDfF", s.ptr[s.len - 1])) s.len--;
        double x;
        out[row] = number_parse_double(s.ptr, s.len, &x) == NUMBER_OK;
    }
    return ST_OK;
}
const struct kernel kernel_IS_DECIMAL = {.fn = is_decimal};

/* ---- BIN, HEX ---- */

/* Digits of an unsigned integer in base 2^bits, without zeros in front. */
static void put_digits(struct kernel_call *call, uint32_t row, uint64_t x, unsigned bits) {
    char text[64];
    unsigned n = sizeof text;
    do {
        text[--n] = "0123456789ABCDEF"[x & ((1u << bits) - 1)];
        x >>= bits;
    } while (x);
    kernel_put_str(call, row, text + n, sizeof text - n);
}

static enum status digits(struct kernel_call *call, unsigned bits) {
    const struct vec *v = call->args[0];
    const int64_t *a = v->data;
    SEL_FOREACH(call->sel, k, row) put_digits(call, row, (uint64_t)a[arg_index(v, row)], bits);
    return ST_OK;
}

static enum status bin(struct kernel_call *call) {
    return digits(call, 1);
}
const struct kernel kernel_BIN = {.fn = bin};

static enum status hex_integer(struct kernel_call *call) {
    return digits(call, 4);
}
const struct kernel kernel_HEX = {.fn = hex_integer};

static enum status hex_string(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *text = arena_alloc_raw(call->scratch, 2 * s.len + 1);
        for (size_t i = 0; i < s.len; i++) {
            unsigned char c = (unsigned char)s.ptr[i];
            text[2 * i] = "0123456789ABCDEF"[c >> 4];
            text[2 * i + 1] = "0123456789ABCDEF"[c & 15];
        }
        kernel_put_view(call, row, text, 2 * s.len);
    }
    return ST_OK;
}
const struct kernel kernel_HEX_STRING = {.fn = hex_string};

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL for what is no digit. The first of an odd number of digits counts as 0, as in Flink. */
static enum status unhex(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        char *bytes = arena_alloc(call->scratch, s.len / 2 + 1);
        size_t n = s.len & 1;
        bool good = n == 0 || hex_digit(s.ptr[0]) >= 0;
        for (size_t i = n; i < s.len && good; i += 2) {
            int high = hex_digit(s.ptr[i]), low = hex_digit(s.ptr[i + 1]);
            good = high >= 0 && low >= 0;
            if (good) bytes[n++] = (char)(high << 4 | low);
        }
        if (good) {
            kernel_put_view(call, row, bytes, n);
        } else {
            kernel_null(call, row);
        }
    }
    return ST_OK;
}
const struct kernel kernel_UNHEX = {.fn = unhex};
