/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as text (scalar.h): numbers by exec/number.h and exec/decimal.h, base64, UTF-8 validation.
 */
#include "formats/scalar.h"

#include "base/base64.h"
#include "exec/decimal.h"
#include "exec/number.h"
#include "formats/scan.h"

const uint8_t scan_prefix[32] = {255, 255, 255, 255, 255, 255, 255, 255,
                                 255, 255, 255, 255, 255, 255, 255, 255};

struct str scalar_trim(struct str s) {
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ') s.len--;
    return s;
}

bool scalar_i64(struct str s, int64_t min, int64_t max, int64_t *out) {
    int64_t n;
    if (number_parse_i64(s.ptr, s.len, &n) != NUMBER_OK || n < min || n > max) return false;
    *out = n;
    return true;
}

void scalar_int_range(enum phys phys, int64_t *min, int64_t *max) {
    unsigned bits = phys == PHYS_I8 ? 8 : phys == PHYS_I16 ? 16 : phys == PHYS_I32 ? 32 : 64;
    *max = (int64_t)(((uint64_t)1 << (bits - 1)) - 1);
    *min = -*max - 1;
}

/* ---- floating point ---- */

/* Java takes a d or f at the end. */
static struct str without_suffix(struct str s) {
    bool digit =
        s.len > 1 && ((s.ptr[s.len - 2] >= '0' && s.ptr[s.len - 2] <= '9') || s.ptr[s.len - 2] == '.');
    if (digit && strchr("dDfF", s.ptr[s.len - 1])) s.len--;
    return s;
}

bool scalar_f64(struct str s, double *out) {
    s = without_suffix(s);
    return number_parse_double(s.ptr, s.len, out) != NUMBER_MALFORMED;
}

bool scalar_f32(struct str s, float *out) {
    s = without_suffix(s);
    return number_parse_float(s.ptr, s.len, out) != NUMBER_MALFORMED;
}

void scalar_put_f64(struct outbuf *o, double v) {
    o->len += number_print_double(outbuf_reserve(o, NUMBER_TEXT_BYTES), v);
}

void scalar_put_f32(struct outbuf *o, float v) {
    o->len += number_print_float(outbuf_reserve(o, NUMBER_TEXT_BYTES), v);
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

void scalar_put_i64(struct outbuf *o, int64_t v) {
    o->len += number_print_i64(outbuf_reserve(o, NUMBER_TEXT_BYTES), v);
}

void scalar_put_decimal(struct outbuf *o, __int128 unscaled, unsigned scale, bool scientific) {
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

enum scalar_decimal scalar_decimal(struct str s, unsigned precision, unsigned scale, __int128 *out) {
    if (s.len == 0 || (unsigned char)s.ptr[0] <= ' ' || (unsigned char)s.ptr[s.len - 1] <= ' ') {
        return SCALAR_DECIMAL_BAD; /* BigDecimal takes no blanks */
    }
    switch (decimal_parse(s.ptr, s.len, precision, scale, out)) {
    case DECIMAL_OK: return SCALAR_DECIMAL_OK;
    case DECIMAL_TOO_LARGE: return SCALAR_DECIMAL_BIG;
    case DECIMAL_MALFORMED: break;
    }
    return SCALAR_DECIMAL_BAD;
}

/* ---- NULL ---- */

void scalar_set_null(struct vec *v, uint32_t i, struct arena *a) {
    if (v->form == VEC_CONST) return;
    valid_clear(vec_make_valid(v, a), i);
    size_t width = phys_bytes(v->phys);
    if (width) memset((char *)v->data + width * i, 0, width);
    for (uint32_t c = 0; v->phys == PHYS_ROW && c < v->nchild; c++) scalar_set_null(&v->child[c], i, a);
}

void scalar_unset_null(struct vec *v, uint32_t i) {
    if (v->form == VEC_CONST) return;
    if (v->valid) valid_set(v->valid, i);
    for (uint32_t c = 0; v->phys == PHYS_ROW && c < v->nchild; c++) scalar_unset_null(&v->child[c], i);
}

void scalar_set_rows(struct vec *v, uint32_t rows) {
    v->rows = rows;
    for (uint32_t c = 0; v->phys == PHYS_ROW && c < v->nchild; c++) scalar_set_rows(&v->child[c], rows);
}

/* ---- base64 ---- */

static int base64_value(unsigned char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool scalar_base64_decode(struct str s, struct arena *a, struct str *out) {
    if (s.len % 4) return false;
    unsigned pad =
        s.len == 0 ? 0 : (s.ptr[s.len - 1] == '=') + (s.ptr[s.len - 1] == '=' && s.ptr[s.len - 2] == '=');
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

void scalar_base64_encode(struct outbuf *o, struct str bytes) {
    char *p = outbuf_reserve(o, base64_encoded_bytes(bytes.len));
    o->len += base64_encode(p, bytes.ptr, bytes.len);
}

/* ---- UTF-8 ---- */

bool scalar_utf8_valid(const char *text, size_t len) {
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
        unsigned low = c == 0xe0   ? 0xa0
                       : c == 0xf0 ? 0x90
                                   : 0x80,
                 high = c == 0xed   ? 0x9f
                        : c == 0xf4 ? 0x8f
                                    : 0xbf;
        if (*p < low || *p > high) return false;
        for (unsigned k = 1; k < more; k++) {
            if ((p[k] & 0xc0) != 0x80) return false;
        }
        p += more;
    }
    return true;
}
