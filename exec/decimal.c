/* SPDX-License-Identifier: Apache-2.0
 *
 * See decimal.h. Numbers are sign and magnitude inside; a magnitude of 256 bits is enough, since 38 digits
 * times 10 to the 38th is below 2 to the 256th.
 */
#include "exec/decimal.h"

#include <assert.h>
#include <math.h>

#include "exec/number.h"

typedef unsigned __int128 u128;

#define E18 ((u128)1000000000000000000ull)
#define P18(n) (E18 * (u128)(n))
#define P36(n) (E18 * E18 * (u128)(n))

const u128 decimal_pow10[39] = {
    1ull,
    10ull,
    100ull,
    1000ull,
    10000ull,
    100000ull,
    1000000ull,
    10000000ull,
    100000000ull,
    1000000000ull,
    10000000000ull,
    100000000000ull,
    1000000000000ull,
    10000000000000ull,
    100000000000000ull,
    1000000000000000ull,
    10000000000000000ull,
    100000000000000000ull,
    P18(1),
    P18(10),
    P18(100),
    P18(1000),
    P18(10000),
    P18(100000),
    P18(1000000),
    P18(10000000),
    P18(100000000),
    P18(1000000000),
    P18(10000000000ull),
    P18(100000000000ull),
    P18(1000000000000ull),
    P18(10000000000000ull),
    P18(100000000000000ull),
    P18(1000000000000000ull),
    P18(10000000000000000ull),
    P18(100000000000000000ull),
    P36(1),
    P36(10),
    P36(100),
};

/* ---- 256-bit magnitudes ---- */

struct wide {
    u128 lo, hi;
};

static struct wide wide_of(u128 x) {
    return (struct wide){x, 0};
}

static struct wide wide_mul(u128 x, u128 y) {
    u128 x0 = (uint64_t)x, x1 = x >> 64, y0 = (uint64_t)y, y1 = y >> 64;
    u128 low = x0 * y0, mid = x1 * y0 + (low >> 64), mid2 = x0 * y1 + (uint64_t)mid;
    return (struct wide){(mid2 << 64) | (uint64_t)low, x1 * y1 + (mid >> 64) + (mid2 >> 64)};
}

static int wide_cmp(struct wide x, struct wide y) {
    if (x.hi != y.hi) return x.hi < y.hi ? -1 : 1;
    return x.lo < y.lo ? -1 : x.lo > y.lo;
}

static struct wide wide_add(struct wide x, struct wide y) {
    u128 lo = x.lo + y.lo;
    return (struct wide){lo, x.hi + y.hi + (lo < x.lo)};
}

static struct wide wide_sub(struct wide x, struct wide y) {
    return (struct wide){x.lo - y.lo, x.hi - y.hi - (x.lo < y.lo)};
}

static struct wide wide_shl1(struct wide x) {
    return (struct wide){x.lo << 1, (x.hi << 1) | (x.lo >> 127)};
}

/* Quotient and remainder, a bit at a time when it does not fit 128 bits (rare). */
static struct wide wide_div(struct wide x, struct wide y, struct wide *rest) {
    if (x.hi == 0 && y.hi == 0) {
        *rest = wide_of(x.lo % y.lo);
        return wide_of(x.lo / y.lo);
    }
    struct wide q = {0, 0}, r = {0, 0};
    for (int bit = 255; bit >= 0; bit--) {
        r = wide_shl1(r);
        r.lo |= (bit >= 128 ? x.hi >> (bit - 128) : x.lo >> bit) & 1;
        q = wide_shl1(q);
        if (wide_cmp(r, y) >= 0) {
            r = wide_sub(r, y);
            q.lo |= 1;
        }
    }
    *rest = r;
    return q;
}

/* x / y rounded half up. */
static struct wide wide_div_round(struct wide x, struct wide y) {
    struct wide rest;
    struct wide q = wide_div(x, y, &rest);
    struct wide left = wide_sub(y, rest); /* round up when rest >= y - rest */
    return wide_cmp(rest, left) >= 0 ? wide_add(q, wide_of(1)) : q;
}

static bool store(struct wide x, bool negative, unsigned p, __int128 *out) {
    if (x.hi || x.lo >= decimal_pow10[p]) return false;
    *out = negative ? -(__int128)x.lo : (__int128)x.lo;
    return true;
}

/* A magnitude of scale `from` as one of scale `to`; false when it leaves 256 bits. */
static bool wide_rescale(struct wide x, unsigned from, unsigned to, struct wide *out) {
    if (to < from) {
        unsigned down = from - to; /* up to 76: in two steps it would round twice */
        struct wide by =
            down <= 38 ? wide_of(decimal_pow10[down]) : wide_mul(decimal_pow10[38], decimal_pow10[down - 38]);
        *out = wide_div_round(x, by);
        return true;
    }
    if (x.hi) return to == from ? (*out = x, true) : false;
    *out = wide_mul(x.lo, decimal_pow10[to - from]);
    return true;
}

/* ---- arithmetic ---- */

bool decimal_add(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out) {
    unsigned wider = sx > sy ? sx : sy;
    struct wide a = wide_mul(decimal_abs(x), decimal_pow10[wider - sx]);
    struct wide b = wide_mul(decimal_abs(y), decimal_pow10[wider - sy]);
    bool negative = x < 0;
    struct wide sum;
    if ((x < 0) == (y < 0)) {
        sum = wide_add(a, b);
    } else if (wide_cmp(a, b) >= 0) {
        sum = wide_sub(a, b);
    } else {
        sum = wide_sub(b, a);
        negative = y < 0;
    }
    return wide_rescale(sum, wider, s, &sum) && store(sum, negative, p, out);
}

bool decimal_mul(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out) {
    struct wide product = wide_mul(decimal_abs(x), decimal_abs(y));
    return wide_rescale(product, sx + sy, s, &product) && store(product, (x < 0) != (y < 0), p, out);
}

bool decimal_div(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out) {
    assert(y != 0);
    struct wide a = wide_of(decimal_abs(x)), b = wide_of(decimal_abs(y));
    int up = (int)(s + sy) - (int)sx; /* digits the dividend must gain */
    if (up > 38) {                    /* more than 256 bits can take: the divisor is small then,
                  or it overflows */
        struct wide part = wide_mul(a.lo, decimal_pow10[up - 38]);
        if (part.hi) return false;
        a.lo = part.lo;
        up = 38;
    }
    if (up >= 0) {
        a = wide_mul(a.lo, decimal_pow10[up]);
    } else {
        b = wide_mul(b.lo, decimal_pow10[-up]);
    }
    return store(wide_div_round(a, b), (x < 0) != (y < 0), p, out);
}

bool decimal_mod(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out) {
    assert(y != 0);
    unsigned wider = sx > sy ? sx : sy;
    struct wide a = wide_mul(decimal_abs(x), decimal_pow10[wider - sx]);
    struct wide b = wide_mul(decimal_abs(y), decimal_pow10[wider - sy]);
    struct wide rest;
    wide_div(a, b, &rest);
    return wide_rescale(rest, wider, s, &rest) && store(rest, x < 0, p, out);
}

bool decimal_rescale(__int128 x, unsigned sx, unsigned p, unsigned s, __int128 *out) {
    if (sx == s) {
        *out = x;
        return decimal_fits(x, p);
    }
    struct wide a;
    return wide_rescale(wide_of(decimal_abs(x)), sx, s, &a) && store(a, x < 0, p, out);
}

__int128 decimal_round(__int128 x, unsigned sx, int places, int mode) {
    if (places >= (int)sx) return x;
    if (places < (int)sx - 38) return 0;
    int drop = (int)sx - places;
    u128 unit = decimal_pow10[drop], a = decimal_abs(x), rest = a % unit;
    bool up = mode == 0 ? rest >= unit - rest : mode == 2 ? false : rest && (mode > 0) == (x > 0);
    if (rest == 0) up = false;
    a = a - rest + (up ? unit : 0);
    return x < 0 ? -(__int128)a : (__int128)a;
}

/* ---- text ---- */

unsigned decimal_print(char *p, __int128 x, unsigned scale) {
    char digits[DECIMAL_TEXT_BYTES];
    unsigned n = sizeof digits;
    u128 a = decimal_abs(x);
    unsigned done = 0;
    while (a > UINT64_MAX) {
        digits[--n] = (char)('0' + (int)(a % 10));
        a /= 10;
        if (++done == scale) digits[--n] = '.';
    }
    uint64_t small = (uint64_t)a;
    while (small || done <= scale) {
        digits[--n] = (char)('0' + (int)(small % 10));
        small /= 10;
        if (++done == scale) digits[--n] = '.';
    }
    if (x < 0) digits[--n] = '-';
    memcpy(p, digits + n, sizeof digits - n);
    return (unsigned)(sizeof digits - n);
}

/* A number taken apart: up to 76 significant digits matter, the rest is dropped before rounding. */
struct parts {
    struct wide digits; /* all significant digits, as many as fit */
    bool negative;
    bool any;
    int scale; /* of `digits` */
};

static bool parse_digits(const char *p, const char *end, struct parts *n, const char **rest) {
    static const struct wide limit = {0, (u128)1 << 122}; /* room for ten times more */
    bool point = false;
    for (; p < end; p++) {
        if (*p == '.' && !point) {
            point = true;
        } else if (*p >= '0' && *p <= '9') {
            n->any = true;
            if (wide_cmp(n->digits, limit) < 0) {
                struct wide x8 = wide_shl1(wide_shl1(wide_shl1(n->digits))), x2 = wide_shl1(n->digits);
                n->digits = wide_add(wide_add(x8, x2), wide_of((u128)(*p - '0')));
                n->scale += point;
            } else {
                n->scale -= !point;
            }
        } else {
            break;
        }
    }
    *rest = p;
    return n->any;
}

static enum decimal_parsed finish_parse(struct parts *n, unsigned p, unsigned s, __int128 *out) {
    *out = 0;
    if (n->digits.lo == 0 && n->digits.hi == 0) return DECIMAL_OK;
    int drop = n->scale - (int)s;
    if (drop > 76) return DECIMAL_OK;
    struct wide x = n->digits;
    if (drop > 0) {
        wide_rescale(x, (unsigned)drop, 0, &x);
    } else if (drop < -38 || !wide_rescale(x, 0, (unsigned)-drop, &x)) {
        return DECIMAL_TOO_LARGE;
    }
    return store(x, n->negative, p, out) ? DECIMAL_OK : DECIMAL_TOO_LARGE;
}

enum decimal_parsed decimal_parse(const char *text, size_t len, unsigned p, unsigned s, __int128 *out) {
    const char *at = text, *end = text + len;
    while (at < end && (unsigned char)*at <= ' ') at++;
    while (at < end && (unsigned char)end[-1] <= ' ') end--;
    struct parts n = {0};
    if (at < end && (*at == '-' || *at == '+')) n.negative = *at++ == '-';
    if (!parse_digits(at, end, &n, &at)) return DECIMAL_MALFORMED;
    if (at < end) {
        int exponent;
        if ((*at != 'e' && *at != 'E') || !number_parse_exponent(at + 1, end, &exponent))
            return DECIMAL_MALFORMED;
        n.scale -= exponent;
    }
    return finish_parse(&n, p, s, out);
}

double decimal_to_double(__int128 x, unsigned scale) {
    if (decimal_abs(x) < (u128)1 << 53 && scale <= 22) return (double)(int64_t)x / number_pow10[scale];
    char text[DECIMAL_TEXT_BYTES];
    double d = 0;
    number_parse_double(text, decimal_print(text, x, scale), &d);
    return d;
}

bool decimal_from_double(double x, unsigned p, unsigned s, __int128 *out) {
    if (!isfinite(x)) return false;
    char text[NUMBER_TEXT_BYTES];
    return decimal_parse(text, number_print_double(text, x), p, s, out) == DECIMAL_OK;
}

bool decimal_from_float(float x, unsigned p, unsigned s, __int128 *out) {
    if (!isfinite(x)) return false;
    char text[NUMBER_TEXT_BYTES];
    return decimal_parse(text, number_print_float(text, x), p, s, out) == DECIMAL_OK;
}
