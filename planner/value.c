/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading and printing literals; see value.h. Scanners walk a struct scan and answer false at the first
 * byte that does not fit.
 */
#include "planner/value.h"

#include <inttypes.h>

#include "base/calendar.h"
#include "base/floor.h"
#include "planner/symbols.h"

struct scan {
    const char *at;  /* next byte */
    const char *end; /* one past the last */
};

static struct scan scan_of(struct str s) {
    while (s.len && s.ptr[0] == ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && s.ptr[s.len - 1] == ' ') s.len--;
    return (struct scan){s.ptr, s.ptr + s.len};
}

static bool scan_char(struct scan *s, char c) {
    if (s->at == s->end || *s->at != c) return false;
    s->at++;
    return true;
}

/* One to max digits. */
static bool scan_number(struct scan *s, unsigned max, int64_t *out) {
    unsigned n = 0;
    *out = 0;
    while (s->at < s->end && *s->at >= '0' && *s->at <= '9' && n < max) {
        *out = *out * 10 + (*s->at++ - '0');
        n++;
    }
    return n > 0;
}

/* ".123" (optional): nanoseconds. */
static bool scan_fraction(struct scan *s, int64_t *nanos, unsigned *digits) {
    *nanos = 0;
    *digits = 0;
    if (!scan_char(s, '.')) return true;
    int64_t unit = 100000000;
    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') {
        *nanos += (*s->at++ - '0') * unit;
        unit /= 10;
        if (++*digits > 9) return false;
    }
    return *digits > 0;
}

static bool scan_date(struct scan *s, int64_t *days) {
    int64_t y, m, d;
    if (!scan_number(s, 4, &y) || !scan_char(s, '-') || !scan_number(s, 2, &m) || !scan_char(s, '-') ||
        !scan_number(s, 2, &d))
        return false;
    if (y < 1 || !calendar_valid_date(y, m, d)) return false;
    *days = calendar_days((int32_t)y, (unsigned)m, (unsigned)d);
    return true;
}

static bool scan_time(struct scan *s, int64_t *nanos, unsigned *digits) {
    int64_t h, m, sec = 0, fraction = 0;
    *digits = 0;
    if (!scan_number(s, 2, &h) || !scan_char(s, ':') || !scan_number(s, 2, &m)) return false;
    if (scan_char(s, ':') && !(scan_number(s, 2, &sec) && scan_fraction(s, &fraction, digits))) return false;
    if (h > 23 || m > 59 || sec > 59) return false;
    *nanos = (h * 3600 + m * 60 + sec) * 1000000000 + fraction;
    return true;
}

bool value_parse_date(struct str text, int64_t *days) {
    struct scan s = scan_of(text);
    return scan_date(&s, days) && s.at == s.end;
}

bool value_parse_time(struct str text, int64_t *nanos, unsigned *digits) {
    struct scan s = scan_of(text);
    return scan_time(&s, nanos, digits) && s.at == s.end;
}

bool value_parse_timestamp(struct str text, int64_t *seconds, int64_t *nanos, unsigned *digits) {
    struct scan s = scan_of(text);
    int64_t days, of_day = 0;
    *digits = 0;
    if (!scan_date(&s, &days)) return false;
    if (s.at < s.end && !(scan_char(&s, ' ') && scan_time(&s, &of_day, digits))) {
        return false;
    }
    *seconds = days * 86400 + of_day / 1000000000;
    *nanos = of_day % 1000000000;
    return s.at == s.end;
}

/* ---- intervals ---- */

static int64_t unit_us(enum ast_unit unit) {
    switch (unit) {
    case AST_UNIT_WEEK: return 7 * 86400000000ll;
    case AST_UNIT_DAY: return 86400000000ll;
    case AST_UNIT_HOUR: return 3600000000ll;
    case AST_UNIT_MINUTE: return 60000000ll;
    default: return 1000000ll;
    }
}

static unsigned leading_digits(const struct ast_interval_range *r) {
    return r->leading_precision < 0 ? 2 : (unsigned)(r->leading_precision > 12 ? 12 : r->leading_precision);
}

static bool scan_months(struct scan *s, const struct ast_interval_range *r, int64_t *out) {
    int64_t n, m = 0;
    if (!scan_number(s, leading_digits(r), &n)) return false;
    if (r->from == AST_UNIT_QUARTER) n *= 3;
    if (r->from == AST_UNIT_YEAR) n *= 12;
    if (r->to == AST_UNIT_MONTH && r->from == AST_UNIT_YEAR) {
        if (!scan_char(s, '-') || !scan_number(s, 2, &m) || m > 11) return false;
    }
    *out = n + m;
    return true;
}

/* DAY TO SECOND and its parts: fields are separated by a blank after days, by colons after. */
static bool scan_micros(struct scan *s, const struct ast_interval_range *r, int64_t *out) {
    enum ast_unit last = r->to ? r->to : r->from;
    int64_t total = 0, n, nanos;
    unsigned digits;
    for (enum ast_unit u = r->from; u <= last; u++) {
        if (u > r->from && !scan_char(s, u == AST_UNIT_HOUR ? ' ' : ':')) return false;
        if (!scan_number(s, u == r->from ? leading_digits(r) : 2, &n)) return false;
        if (u > r->from && n > (u == AST_UNIT_HOUR ? 23 : 59)) return false;
        int64_t add;
        if (__builtin_mul_overflow(n, unit_us(u), &add) || __builtin_add_overflow(total, add, &total))
            return false;
        if (u == AST_UNIT_SECOND) {
            if (!scan_fraction(s, &nanos, &digits)) return false;
            total += nanos / 1000;
        }
    }
    *out = total;
    return true;
}

bool value_parse_interval(struct str text, const struct ast_interval_range *range, int64_t *out) {
    struct scan s = scan_of(text);
    bool negative = scan_char(&s, '-');
    if (!negative) scan_char(&s, '+');
    bool months =
        range->from == AST_UNIT_YEAR || range->from == AST_UNIT_MONTH || range->from == AST_UNIT_QUARTER;
    if (!(months ? scan_months(&s, range, out) : scan_micros(&s, range, out)) || s.at != s.end) return false;
    if (negative) *out = -*out;
    return true;
}

bool value_parse_decimal(struct str text, __int128 *unscaled, unsigned *precision, unsigned *scale) {
    unsigned digits = 0, behind = 0;
    bool point = false;
    *unscaled = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return false;
        if (digits || c != '0') digits++;
        if (digits > DECIMAL_MAX_PRECISION) return false;
        behind += point;
        *unscaled = *unscaled * 10 + (c - '0');
    }
    if (behind > DECIMAL_MAX_PRECISION) return false;
    *precision = digits > behind ? digits : behind ? behind : 1;
    *scale = behind;
    return true;
}

/* ---- printing ---- */

static struct str print_i128(struct arena *a, __int128 v, unsigned scale) {
    char buf[64];
    unsigned n = sizeof buf;
    bool negative = v < 0;
    unsigned __int128 u = negative ? -(unsigned __int128)v : (unsigned __int128)v;
    unsigned digits = 0;
    do {
        if (scale && digits == scale) buf[--n] = '.';
        buf[--n] = (char)('0' + (int)(u % 10));
        u /= 10;
        digits++;
    } while (u || digits <= scale);
    if (negative) buf[--n] = '-';
    return arena_str(a, (struct str){buf + n, sizeof buf - n});
}

static struct str print_timestamp(struct arena *a, const struct type *t, int64_t v) {
    int64_t ticks = type_ticks_per_second(t);
    int64_t sec = floor_div(v, ticks), fraction = v - sec * ticks, days = floor_div(sec, 86400);
    int32_t y;
    unsigned m, d, of_day = (unsigned)(sec - days * 86400);
    calendar_civil((int32_t)days, &y, &m, &d);
    struct str s = arena_printf(a, "%04" PRId32 "-%02u-%02u %02u:%02u:%02u", y, m, d, of_day / 3600,
                                of_day / 60 % 60, of_day % 60);
    if (t->precision) {
        for (int64_t p = t->precision > 6 ? 9 : 6; p > t->precision; p--) fraction /= 10;
        s = arena_printf(a, "%.*s.%0*" PRId64, STR_ARG(s), t->precision, fraction);
    }
    return s;
}

static struct str print_quoted(struct arena *a, struct str s) {
    char *buf = arena_alloc_raw(a, s.len * 2 + 2);
    size_t n = 0;
    buf[n++] = '\'';
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\'') buf[n++] = '\'';
        buf[n++] = s.ptr[i];
    }
    buf[n++] = '\'';
    return (struct str){buf, n};
}

static struct str print_hex(struct arena *a, struct str s) {
    char *buf = arena_alloc_raw(a, s.len * 2 + 1);
    for (size_t i = 0; i < s.len; i++) {
        buf[2 * i] = "0123456789ABCDEF"[(unsigned char)s.ptr[i] >> 4];
        buf[2 * i + 1] = "0123456789ABCDEF"[(unsigned char)s.ptr[i] & 15];
    }
    return arena_printf(a, "X'%.*s'", (int)(s.len * 2), buf);
}

static struct str print_date(struct arena *a, int64_t days) {
    int32_t y;
    unsigned m, d;
    calendar_civil((int32_t)days, &y, &m, &d);
    return arena_printf(a, "DATE '%04" PRId32 "-%02u-%02u'", y, m, d);
}

struct str value_print(struct arena *a, const struct type *type, const struct value *v) {
    if (v->null) return STR("NULL");
    switch (type->kind) {
    case TYPE_BOOLEAN: return v->b ? STR("TRUE") : STR("FALSE");
    case TYPE_FLOAT:
    case TYPE_DOUBLE: return arena_printf(a, "%.17g", v->f);
    case TYPE_DECIMAL: return print_i128(a, type_phys(type) == PHYS_I128 ? v->i128 : v->i, type->scale);
    case TYPE_CHAR:
    case TYPE_VARCHAR: return print_quoted(a, v->s);
    case TYPE_BINARY:
    case TYPE_VARBINARY: return print_hex(a, v->s);
    case TYPE_DATE: return print_date(a, v->i);
    case TYPE_TIME: {
        unsigned ms = (unsigned)v->i;
        return arena_printf(a, "TIME '%02u:%02u:%02u.%03u'", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60,
                            ms % 1000);
    }
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        return arena_printf(a, "TIMESTAMP '%.*s'", STR_ARG(print_timestamp(a, type, v->i)));
    case TYPE_INTERVAL_YM: return arena_printf(a, "INTERVAL '%" PRId64 "' MONTH", v->i);
    case TYPE_INTERVAL_DT: {
        struct str s = print_i128(a, v->i, 6);
        while (s.ptr[s.len - 1] == '0') s.len--;
        if (s.ptr[s.len - 1] == '.') s.len--;
        return arena_printf(a, "INTERVAL '%.*s' SECOND", STR_ARG(s));
    }
    case TYPE_SYMBOL: return str_of(symbol_name((enum symbol)v->i));
    default: return arena_printf(a, "%" PRId64, v->i);
    }
}
