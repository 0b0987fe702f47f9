/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as text (text.h): numbers, decimals, base64, UTF-8 validation.
 */
#include "formats/text.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "formats/scan.h"

const uint8_t scan_prefix[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};

struct str text_trim(struct str s) {
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ') s.len--;
    return s;
}

bool text_i64(struct str s, int64_t min, int64_t max, int64_t *out) {
    bool minus = s.len && s.ptr[0] == '-';
    if (s.len && (minus || s.ptr[0] == '+')) s = str_sub(s, 1, s.len - 1);
    if (s.len == 0) return false;
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned digit = (unsigned char)s.ptr[i] - '0';
        if (digit > 9 || __builtin_mul_overflow(n, 10, &n)) return false;
        if (minus ? __builtin_sub_overflow(n, digit, &n) : __builtin_add_overflow(n, digit, &n)) return false;
    }
    if (n < min || n > max) return false;
    *out = n;
    return true;
}

void text_int_range(enum phys phys, int64_t *min, int64_t *max) {
    unsigned bits = phys == PHYS_I8 ? 8 : phys == PHYS_I16 ? 16 : phys == PHYS_I32 ? 32 : 64;
    *max = (int64_t)(((uint64_t)1 << (bits - 1)) - 1);
    *min = -*max - 1;
}

void text_int_store(struct vec *v, uint32_t i, int64_t value) {
    switch (v->phys) {
    case PHYS_I8: ((int8_t *)v->data)[i] = (int8_t)value; break;
    case PHYS_I16: ((int16_t *)v->data)[i] = (int16_t)value; break;
    case PHYS_I32: ((int32_t *)v->data)[i] = (int32_t)value; break;
    default: ((int64_t *)v->data)[i] = value; break;
    }
}

int64_t text_int_at(const struct vec *v, uint32_t i) {
    switch (v->phys) {
    case PHYS_I8: return ((const int8_t *)v->data)[i];
    case PHYS_I16: return ((const int16_t *)v->data)[i];
    case PHYS_I32: return ((const int32_t *)v->data)[i];
    default: return ((const int64_t *)v->data)[i];
    }
}

/* ---- floating point ---- */

/* Is it "digits[.digits][e[+-]digits]" with a digit in the mantissa? */
static bool decimal_form(struct str s) {
    size_t i = 0, digits = 0;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
    for (; i < s.len && isdigit((unsigned char)s.ptr[i]); i++) digits++;
    if (i < s.len && s.ptr[i] == '.') i++;
    for (; i < s.len && isdigit((unsigned char)s.ptr[i]); i++) digits++;
    if (digits == 0) return false;
    if (i == s.len) return true;
    if (s.ptr[i] != 'e' && s.ptr[i] != 'E') return false;
    i++;
    if (i < s.len && (s.ptr[i] == '-' || s.ptr[i] == '+')) i++;
    size_t from = i;
    while (i < s.len && isdigit((unsigned char)s.ptr[i])) i++;
    return i == s.len && i > from;
}

/* Named values, and Java's d or f at the end is cut. 1: *out is set, 0: a number in *s, -1: neither. */
static int special_double(struct str *s, double *out) {
    struct str t = *s;
    bool minus = t.len && t.ptr[0] == '-';
    if (t.len && (minus || t.ptr[0] == '+')) t = str_sub(t, 1, t.len - 1);
    if (str_eq(t, STR("NaN"))) return *out = NAN, 1;
    if (str_eq(t, STR("Infinity"))) return *out = minus ? -INFINITY : INFINITY, 1;
    if (t.len && strchr("dDfF", t.ptr[t.len - 1])) s->len--;
    return decimal_form(*s) ? 0 : -1;
}

static bool text_float(struct str s, double *out64, float *out32) {
    double special;
    int found = special_double(&s, &special);
    if (found < 0) return false;
    char local[64], *z = local, *end;
    if (found == 0 && s.len >= sizeof local && !(z = malloc(s.len + 1))) return false;
    if (found == 0) {
        memcpy(z, s.ptr, s.len);
        z[s.len] = '\0';
    }
    if (out64) *out64 = found ? special : strtod(z, &end);
    else *out32 = found ? (float)special : strtof(z, &end);
    if (z != local) free(z);
    return true;
}

bool text_f64(struct str s, double *out) {
    return text_float(s, out, NULL);
}

bool text_f32(struct str s, float *out) {
    return text_float(s, NULL, out);
}

/* Java's layout of the shortest digits d.ddd * 10^exp. */
static void put_java(struct outbuf *o, const char *digits, int n, int exp, bool minus) {
    if (minus) outbuf_char(o, '-');
    if (exp < -3 || exp >= 7) {
        outbuf_char(o, digits[0]);
        outbuf_char(o, '.');
        if (n > 1) outbuf_put(o, digits + 1, (size_t)n - 1);
        else outbuf_char(o, '0');
        outbuf_printf(o, "E%d", exp);
        return;
    }
    if (exp < 0) {
        outbuf_put(o, "0.00", (size_t)(1 - exp));
        outbuf_put(o, digits, (size_t)n);
        return;
    }
    for (int i = 0; i <= exp; i++) outbuf_char(o, i < n ? digits[i] : '0');
    outbuf_char(o, '.');
    if (n <= exp + 1) outbuf_char(o, '0');
    else outbuf_put(o, digits + exp + 1, (size_t)(n - exp - 1));
}

static void put_float(struct outbuf *o, double v, bool single) {
    if (isnan(v)) return outbuf_text(o, "NaN");
    if (isinf(v)) return outbuf_text(o, v < 0 ? "-Infinity" : "Infinity");
    if (v == 0) return outbuf_text(o, signbit(v) ? "-0.0" : "0.0");
    char text[40], digits[24];
    for (int precision = 0; precision < 17; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, fabs(v));
        if (single ? strtof(text, NULL) == fabsf((float)v) : strtod(text, NULL) == fabs(v)) break;
    }
    int n = 0;
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (*at != '.') digits[n++] = *at;
    }
    while (n > 1 && digits[n - 1] == '0') n--;
    put_java(o, digits, n, (int)strtol(at + 1, NULL, 10), v < 0);
}

void text_put_f64(struct outbuf *o, double v) {
    put_float(o, v, false);
}

void text_put_f32(struct outbuf *o, float v) {
    put_float(o, v, true);
}

/* ---- integers and decimals ---- */

/* Decimal digits of u at the end of buf[40]; returns how many. */
static unsigned digits_of(unsigned __int128 u, char *buf) {
    unsigned n = 0;
    do {
        buf[39 - n++] = (char)('0' + (unsigned)(u % 10));
        u /= 10;
    } while (u);
    return n;
}

void text_put_i64(struct outbuf *o, int64_t v) {
    char buf[20];
    unsigned n = 0;
    uint64_t u = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do {
        buf[sizeof buf - ++n] = (char)('0' + u % 10);
        u /= 10;
    } while (u);
    if (v < 0) outbuf_char(o, '-');
    outbuf_put(o, buf + sizeof buf - n, n);
}

void text_put_decimal(struct outbuf *o, __int128 unscaled, unsigned scale, bool scientific) {
    char buf[40];
    bool minus = unscaled < 0;
    unsigned n = digits_of(minus ? -(unsigned __int128)unscaled : (unsigned __int128)unscaled, buf);
    const char *digits = buf + 40 - n;
    int s = (int)scale;
    while (n > 1 && digits[n - 1] == '0') n--, s--;
    if (n == 1 && digits[0] == '0') s = 0;
    int exp = (int)n - 1 - s; /* of the first digit */
    if (minus) outbuf_char(o, '-');
    if (scientific && (s < 0 || exp < -6)) {
        outbuf_char(o, digits[0]);
        if (n > 1) outbuf_char(o, '.');
        outbuf_put(o, digits + 1, n - 1);
        outbuf_printf(o, "E%+d", exp);
        return;
    }
    if (s <= 0) {
        outbuf_put(o, digits, n);
        for (; s < 0; s++) outbuf_char(o, '0');
    } else if (s < (int)n) {
        outbuf_put(o, digits, n - (unsigned)s);
        outbuf_char(o, '.');
        outbuf_put(o, digits + n - s, (unsigned)s);
    } else {
        outbuf_text(o, "0.");
        for (int i = (int)n; i < s; i++) outbuf_char(o, '0');
        outbuf_put(o, digits, n);
    }
}

/* The exponent after e or E; false if malformed. */
static bool decimal_exponent(struct str s, size_t at, int64_t *exp) {
    *exp = 0;
    if (at == s.len) return true;
    if (s.ptr[at] != 'e' && s.ptr[at] != 'E') return false;
    return text_i64(str_sub(s, at + 1, s.len - at - 1), -100000, 100000, exp);
}

enum text_decimal text_decimal(struct str s, unsigned precision, unsigned scale, __int128 *out) {
    size_t i = 0;
    bool minus = s.len && s.ptr[0] == '-', dot = false;
    if (s.len && (minus || s.ptr[0] == '+')) i++;
    size_t digits = 0, first = i;
    int64_t fraction = 0, exp;
    for (; i < s.len; i++) {
        if (s.ptr[i] == '.' && !dot) {
            dot = true;
        } else if (isdigit((unsigned char)s.ptr[i])) {
            digits++;
            fraction += dot;
        } else {
            break;
        }
    }
    size_t last = i;
    if (digits == 0 || !decimal_exponent(s, i, &exp)) return TEXT_DECIMAL_BAD;
    /* digit k (from the left) is worth 10^(digits-1-k-fraction+exp); those below 10^-scale are rounded away */
    int64_t power = (int64_t)digits - 1 - fraction + exp + (int64_t)scale;
    unsigned __int128 u = 0, limit = 1;
    for (unsigned k = 0; k < precision; k++) limit *= 10;
    for (i = first; i < last && power >= -1; i++) {
        if (s.ptr[i] == '.') continue;
        unsigned digit = (unsigned)(s.ptr[i] - '0');
        u = power >= 0 ? u * 10 + digit : u + (digit >= 5);
        power--;
        if (u >= limit) return TEXT_DECIMAL_BIG;
    }
    for (; power >= 0 && u; power--) {
        u *= 10;
        if (u >= limit) return TEXT_DECIMAL_BIG;
    }
    *out = minus ? -(__int128)u : (__int128)u;
    return TEXT_DECIMAL_OK;
}

/* ---- base64 ---- */

static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int base64_value(unsigned char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool text_base64_decode(struct str s, struct arena *a, struct str *out) {
    if (s.len % 4) return false;
    unsigned pad = s.len == 0 ? 0 : (s.ptr[s.len - 1] == '=') + (s.ptr[s.len - 1] == '=' && s.ptr[s.len - 2] == '=');
    char *p = arena_alloc_raw(a, s.len / 4 * 3 + 1);
    *out = (struct str){p, s.len / 4 * 3 - pad};
    for (size_t i = 0; i < s.len; i += 4, p += 3) {
        uint32_t bits = 0;
        for (unsigned k = 0; k < 4; k++) {
            bool padding = i + k + pad >= s.len;
            int v = padding ? 0 : base64_value((unsigned char)s.ptr[i + k]);
            if (v < 0) return false;
            bits = bits << 6 | (uint32_t)v;
        }
        p[0] = (char)(bits >> 16);
        p[1] = (char)(bits >> 8);
        p[2] = (char)bits;
    }
    return true;
}

void text_base64_encode(struct outbuf *o, struct str bytes) {
    char *p = outbuf_reserve(o, bytes.len / 3 * 4 + 4);
    const unsigned char *in = (const unsigned char *)bytes.ptr;
    size_t i = 0;
    for (; i < bytes.len; i += 3) {
        size_t left = bytes.len - i;
        uint32_t bits = (uint32_t)in[i] << 16 | (left > 1 ? (uint32_t)in[i + 1] << 8 : 0) | (left > 2 ? in[i + 2] : 0);
        *p++ = base64_alphabet[bits >> 18];
        *p++ = base64_alphabet[bits >> 12 & 63];
        *p++ = left > 1 ? base64_alphabet[bits >> 6 & 63] : '=';
        *p++ = left > 2 ? base64_alphabet[bits & 63] : '=';
    }
    o->len = (size_t)(p - o->data);
}

/* ---- UTF-8 ---- */

bool text_utf8_valid(const char *text, size_t len) {
    const unsigned char *p = (const unsigned char *)text, *end = p + len;
    while (p < end) {
        while (end - p >= 8) {
            uint64_t word;
            memcpy(&word, p, 8);
            if (word & 0x8080808080808080ull) break;
            p += 8;
        }
        if (p == end) break;
        unsigned c = *p++;
        if (c < 0x80) continue;
        unsigned more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : 1;
        if (c < 0xc2 || c > 0xf4 || (size_t)(end - p) < more) return false;
        unsigned low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80, high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
        if (*p < low || *p > high) return false;
        for (unsigned k = 1; k < more; k++) {
            if ((p[k] & 0xc0) != 0x80) return false;
        }
        p += more;
    }
    return true;
}
