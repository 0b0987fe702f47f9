/* SPDX-License-Identifier: Apache-2.0
 *
 * See number.h. The common doubles (few digits) are printed and read by exact integer arithmetic; the
 * rest goes through the C library with 15 to 17 digits.
 */
#include "exec/number.h"

#include <ctype.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const double number_pow10[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                     1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* "00" to "99". */
const char number_two_digits[201] = "00010203040506070809101112131415161718192021222324"
                                 "25262728293031323334353637383940414243444546474849"
                                 "50515253545556575859606162636465666768697071727374"
                                 "75767778798081828384858687888990919293949596979899";

unsigned number_print_u64(char *p, uint64_t x) {
    char text[24];
    unsigned n = sizeof text;
    while (x >= 100) {
        n -= 2;
        memcpy(text + n, number_two_digits + 2 * (x % 100), 2);
        x /= 100;
    }
    if (x >= 10) {
        n -= 2;
        memcpy(text + n, number_two_digits + 2 * x, 2);
    } else {
        text[--n] = (char)('0' + x);
    }
    memcpy(p, text + n, sizeof text - n);
    return (unsigned)(sizeof text - n);
}

unsigned number_print_i64(char *p, int64_t x) {
    if (x >= 0) return number_print_u64(p, (uint64_t)x);
    *p = '-';
    return 1 + number_print_u64(p + 1, -(uint64_t)x);
}

/* ---- shortest digits ---- */

static unsigned strip_zeros(const char *digits, unsigned n) {
    while (n > 1 && digits[n - 1] == '0') n--;
    return n;
}

/* Digits of the integer n that stands for n / 10^places. */
static unsigned digits_of(uint64_t n, int places, char digits[20], int *exponent) {
    unsigned len = number_print_u64(digits, n);
    *exponent = (int)len - places;
    return strip_zeros(digits, len);
}

/* Through "%.*e": d.ddde+xx. */
static unsigned digits_by_printf(double x, int precision, char digits[20], int *exponent) {
    char text[40];
    snprintf(text, sizeof text, "%.*e", precision - 1, x);
    digits[0] = text[0];
    memcpy(digits + 1, text + 2, (size_t)precision - 1);
    const char *e = strchr(text, 'e');
    *exponent = e ? (int)strtol(e + 1, NULL, 10) + 1 : 0;
    return strip_zeros(digits, (unsigned)precision);
}

static double digits_value(const char digits[20], unsigned n, int exponent) {
    char text[40];
    snprintf(text, sizeof text, "0.%.*se%d", (int)n, digits, exponent);
    return strtod(text, NULL);
}

/* 15 digits are never too many, but for the denormal numbers. */
unsigned number_digits_double(double x, char digits[20], int *exponent) {
    if (x < 1e15 && x >= 1e-3) {
        for (int k = 0; k <= 6; k++) {
            double scaled = nearbyint(x * number_pow10[k]);
            if (scaled >= 1e15) break;
            if (scaled / number_pow10[k] == x) return digits_of((uint64_t)scaled, k, digits, exponent);
        }
    }
    for (int precision = x < DBL_MIN ? 2 : 15; precision <= 16; precision++) {
        unsigned n = digits_by_printf(x, precision, digits, exponent);
        if (digits_value(digits, n, *exponent) == x) return n;
    }
    return digits_by_printf(x, 17, digits, exponent);
}

unsigned number_digits_float(float x, char digits[20], int *exponent) {
    for (int precision = x < FLT_MIN ? 2 : 6; precision <= 8; precision++) {
        unsigned n = digits_by_printf((double)x, precision, digits, exponent);
        char text[40];
        snprintf(text, sizeof text, "0.%.*se%d", (int)n, digits, *exponent);
        if (strtof(text, NULL) == x) return n;
    }
    return digits_by_printf((double)x, 9, digits, exponent);
}

/* Java's layout of digits. */
static unsigned layout(char *p, bool negative, const char *digits, unsigned n, int exponent) {
    char *at = p;
    if (negative) *at++ = '-';
    if (exponent > -3 && exponent <= 7) {
        int whole = exponent > 0 ? exponent : 0;
        if (whole == 0) *at++ = '0';
        for (int i = 0; i < whole; i++) *at++ = i < (int)n ? digits[i] : '0';
        *at++ = '.';
        for (int i = exponent; i < 0; i++) *at++ = '0';
        if (whole >= (int)n) *at++ = '0';
        for (int i = whole; i < (int)n; i++) *at++ = digits[i];
        return (unsigned)(at - p);
    }
    *at++ = digits[0];
    *at++ = '.';
    if (n == 1) *at++ = '0';
    memcpy(at, digits + 1, n - 1);
    at += n - 1;
    *at++ = 'E';
    at += number_print_i64(at, exponent - 1);
    return (unsigned)(at - p);
}

static unsigned print_special(char *p, double x) {
    const char *text = isnan(x) ? "NaN" : isinf(x) ? (x < 0 ? "-Infinity" : "Infinity")
                                                    : (signbit(x) ? "-0.0" : "0.0");
    unsigned n = (unsigned)strlen(text);
    memcpy(p, text, n);
    return n;
}

unsigned number_print_double(char *p, double x) {
    if (!isfinite(x) || x == 0) return print_special(p, x);
    char digits[20];
    int exponent;
    unsigned n = number_digits_double(fabs(x), digits, &exponent);
    return layout(p, x < 0, digits, n, exponent);
}

unsigned number_print_float(char *p, float x) {
    if (!isfinite(x) || x == 0) return print_special(p, (double)x);
    char digits[20];
    int exponent;
    unsigned n = number_digits_float(fabsf(x), digits, &exponent);
    return layout(p, x < 0, digits, n, exponent);
}

/* ---- reading ---- */

enum number_parsed number_parse_i64(const char *p, size_t len, int64_t *out) {
    const char *end = p + len;
    bool negative = false;
    if (p < end && (*p == '-' || *p == '+')) negative = *p++ == '-';
    if (p == end) return NUMBER_MALFORMED;
    uint64_t x = 0;
    bool large = false;
    for (; p < end; p++) {
        unsigned d = (unsigned)(*p - '0');
        if (d > 9) return NUMBER_MALFORMED;
        large |= __builtin_mul_overflow(x, 10, &x);
        large |= __builtin_add_overflow(x, d, &x);
    }
    if (large || x > (uint64_t)INT64_MAX + negative) return NUMBER_TOO_LARGE;
    *out = negative ? (int64_t)-x : (int64_t)x;
    return NUMBER_OK;
}

/* A decimal number split into mantissa and exponent; false when it is none. */
struct scanned {
    uint64_t mantissa; /* first 19 digits */
    int exponent;      /* of 10 */
    bool negative;
    bool exact;        /* no digit was dropped */
};

static const char *scan_digits(const char *p, const char *end, struct scanned *s, bool *any) {
    bool point = false;
    for (; p < end; p++) {
        unsigned d = (unsigned)(*p - '0');
        if (*p == '.' && !point) {
            point = true;
        } else if (d <= 9) {
            *any = true;
            if (s->mantissa < 1000000000000000000ull) {
                s->mantissa = s->mantissa * 10 + d;
                s->exponent -= point;
            } else {
                s->exact &= d == 0;
                s->exponent += !point;
            }
        } else {
            break;
        }
    }
    return p;
}

bool number_parse_exponent(const char *p, const char *end, int *out) {
    bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) p++;
    if (p == end) return false;
    int e = 0;
    for (; p < end; p++) {
        if (*p < '0' || *p > '9') return false;
        if (e < 100000) e = e * 10 + (*p - '0');
    }
    *out = negative ? -e : e;
    return true;
}

static bool scan_number(const char *p, const char *end, struct scanned *s) {
    *s = (struct scanned){.exact = true};
    bool any = false;
    if (p < end && (*p == '-' || *p == '+')) s->negative = *p++ == '-';
    p = scan_digits(p, end, s, &any);
    if (!any) return false;
    if (p == end) return true;
    if (*p != 'e' && *p != 'E') return false;
    int e;
    if (!number_parse_exponent(p + 1, end, &e)) return false;
    s->exponent += e;
    return true;
}

static bool parse_word(const char *p, size_t len, double *out) {
    double sign = 1;
    if (len && (*p == '-' || *p == '+')) {
        sign = *p == '-' ? -1 : 1;
        p++;
        len--;
    }
    if (len == 3 && memcmp(p, "NaN", 3) == 0) {
        *out = NAN;
        return true;
    }
    if (len == 8 && memcmp(p, "Infinity", 8) == 0) {
        *out = sign * INFINITY;
        return true;
    }
    return false;
}

/* The text for strtod: NUL-terminated; a very long mantissa is cut at digits that cannot matter. */
static void copy_text(const char *p, size_t len, const struct scanned *s, char text[128]) {
    if (len < 127) {
        memcpy(text, p, len);
        text[len] = 0;
    } else {
        snprintf(text, 128, "%s%llu%se%d", s->negative ? "-" : "", (unsigned long long)s->mantissa,
                 s->exact ? "" : "5", s->exponent - !s->exact);
    }
}

static size_t hex_digits(const char *p, size_t len) {
    size_t n = 0;
    while (n < len && isxdigit((unsigned char)p[n])) n++;
    return n;
}

/* [+-]0x1.8p-3, as C and Java write it; up to 126 bytes. Copies it to `text` for strtod. */
static bool copy_hex(const char *p, size_t len, char text[128]) {
    size_t at = len && (*p == '-' || *p == '+');
    if (len > 126 || len - at < 2 || p[at] != '0' || (p[at + 1] | 0x20) != 'x') return false;
    at += 2;
    size_t whole = hex_digits(p + at, len - at), behind = 0;
    at += whole;
    if (at < len && p[at] == '.') {
        behind = hex_digits(p + at + 1, len - at - 1);
        at += 1 + behind;
    }
    if (whole + behind == 0 || at == len || (p[at] | 0x20) != 'p') return false;
    at++;
    if (at < len && (p[at] == '-' || p[at] == '+')) at++;
    if (at == len) return false;
    for (; at < len; at++) {
        if (p[at] < '0' || p[at] > '9') return false;
    }
    memcpy(text, p, len);
    text[len] = 0;
    return true;
}

enum number_parsed number_parse_double(const char *p, size_t len, double *out) {
    struct scanned s;
    char text[128];
    if (!scan_number(p, p + len, &s)) {
        if (parse_word(p, len, out)) return NUMBER_OK;
        if (!copy_hex(p, len, text)) return NUMBER_MALFORMED;
        *out = strtod(text, NULL);
        return NUMBER_OK;
    }
    if (s.exact && s.mantissa < (1ull << 53) && s.exponent >= -22 && s.exponent <= 22) {
        double m = (double)s.mantissa;
        double x = s.exponent < 0 ? m / number_pow10[-s.exponent] : m * number_pow10[s.exponent];
        *out = s.negative ? -x : x;
        return NUMBER_OK;
    }
    copy_text(p, len, &s, text);
    *out = strtod(text, NULL);
    return NUMBER_OK;
}

enum number_parsed number_parse_float(const char *p, size_t len, float *out) {
    struct scanned s;
    char text[128];
    if (!scan_number(p, p + len, &s)) {
        double word;
        if (parse_word(p, len, &word)) *out = (float)word;
        else if (copy_hex(p, len, text)) *out = strtof(text, NULL);
        else return NUMBER_MALFORMED;
        return NUMBER_OK;
    }
    if (s.exact && s.mantissa < (1u << 24) && s.exponent >= -10 && s.exponent <= 10) {
        float m = (float)s.mantissa;
        float x = s.exponent < 0 ? m / (float)number_pow10[-s.exponent] : m * (float)number_pow10[s.exponent];
        *out = s.negative ? -x : x;
        return NUMBER_OK;
    }
    copy_text(p, len, &s, text);
    *out = strtof(text, NULL);
    return NUMBER_OK;
}
