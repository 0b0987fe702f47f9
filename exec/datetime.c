/* SPDX-License-Identifier: Apache-2.0
 *
 * Dates and times printed and parsed in fixed layouts (datetime.h). The hot
 * entry points, datetime_parse_timestamp and datetime_print_timestamp, check and convert eight bytes at a
 * time. Patterns of DATE_FORMAT and TO_TIMESTAMP are in datetime_pattern.c.
 */
#include "exec/datetime.h"

#include <string.h>

#include "base/floor.h"
#include "base/status.h"
#include "exec/number.h"

void datetime_split(int64_t ticks, int64_t ticks_per_second, struct datetime *d) {
    int64_t s = floor_div(ticks, ticks_per_second);
    int64_t days = floor_div(s, DATETIME_DAY_S);
    unsigned of_day = (unsigned)(s - days * DATETIME_DAY_S), month, day;
    calendar_civil((int32_t)days, &d->year, &month, &day);
    d->month = (uint8_t)month;
    d->day = (uint8_t)day;
    d->hour = (uint8_t)(of_day / 3600);
    d->minute = (uint8_t)(of_day / 60 % 60);
    d->second = (uint8_t)(of_day % 60);
    d->nanos = (uint32_t)(floor_mod(ticks, ticks_per_second) * (1000000000 / ticks_per_second));
}

int64_t datetime_add_months(int64_t ticks, int64_t ticks_per_second, int64_t months) {
    int64_t per_day = ticks_per_second * DATETIME_DAY_S;
    int64_t days = floor_div(ticks, per_day), rest = floor_mod(ticks, per_day), out;
    int64_t moved = calendar_add_months((int32_t)days, months);
    if (__builtin_mul_overflow(moved, per_day, &out) || __builtin_add_overflow(out, rest, &out))
        return moved < 0 ? INT64_MIN : INT64_MAX;
    return out;
}

/* ---- parsing ---- */

static uint64_t load8(const char *p) {
    uint64_t w;
    memcpy(&w, p, 8);
    return w;
}

/* Eight bytes less the layout (digits '0', separators themselves): digits must be 0..9, separators 0. */
#define SWAR_HIGH 0x8080808080808080ull
#define SWAR_OK(w, limits) (((((w) & ~SWAR_HIGH) + (limits)) | (w)) & SWAR_HIGH) == 0
/* Byte i becomes 10 * byte i + byte i+1. */
#define SWAR_PAIRS(w) ((w)*10 + ((w) >> 8))
#define BYTE_AT(w, i) ((unsigned)((w) >> (8 * (i))) & 0xff)

/* little-endian words of the layouts: 0x76 lets 0..9 pass, 0x7f only 0 */
#define LAYOUT_DATE 0x2d30302d30303030ull /* "0000-00-" */
#define LIMITS_DATE 0x7f76767f76767676ull
#define LAYOUT_TIME 0x30303a30303a3030ull /* "00:00:00" */
#define LIMITS_TIME 0x76767f76767f7676ull

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the layouts are little-endian words");

static inline bool digit2(const char *p, unsigned *out) {
    unsigned a = (unsigned char)p[0] - '0', b = (unsigned char)p[1] - '0';
    *out = a * 10 + b;
    return a <= 9 && b <= 9;
}

/* "yyyy-MM-dd" at p; the 31st of a shorter month is that month's last day, as in Flink's formatters. */
static inline bool date10(const char *p, int32_t *days) {
    uint64_t w = load8(p) ^ LAYOUT_DATE;
    unsigned day;
    if (!(SWAR_OK(w, LIMITS_DATE)) || !digit2(p + 8, &day)) return false;
    uint64_t pairs = SWAR_PAIRS(w);
    unsigned year = BYTE_AT(pairs, 0) * 100 + BYTE_AT(pairs, 2), month = BYTE_AT(pairs, 5);
    if (month - 1 > 11 || day - 1 > 30) return false;
    if (UNLIKELY(day > 28)) {
        unsigned last = calendar_month_days((int32_t)year, month);
        if (day > last) day = last;
    }
    *days = calendar_days((int32_t)year, month, day);
    return true;
}

/* "HH:mm:ss" at p: seconds of the day. */
static inline bool time8(const char *p, unsigned *seconds) {
    uint64_t w = load8(p) ^ LAYOUT_TIME;
    if (!(SWAR_OK(w, LIMITS_TIME))) return false;
    uint64_t pairs = SWAR_PAIRS(w);
    unsigned h = BYTE_AT(pairs, 0), m = BYTE_AT(pairs, 3), s = BYTE_AT(pairs, 6);
    *seconds = h * 3600 + m * 60 + s;
    return h <= 23 && m <= 59 && s <= 59;
}

/* ".123" up to nine digits, at least one; moves *p behind it. */
static bool fraction(const char **p, const char *end, uint32_t *nanos) {
    static const uint32_t scale[] = {1000000000, 100000000, 10000000, 1000000, 100000,
                                     10000,      1000,      100,      10,      1};
    const char *q = *p + 1;
    uint32_t n = 0;
    unsigned count = 0;
    unsigned a, b, c;
    if (end - q == 3 && (a = (unsigned char)q[0] - '0') <= 9 && (b = (unsigned char)q[1] - '0') <= 9 &&
        (c = (unsigned char)q[2] - '0') <= 9) {
        *p = end;
        *nanos = (a * 100 + b * 10 + c) * 1000000;
        return true;
    }
    while (q < end && (unsigned char)(*q - '0') <= 9 && count < 9) {
        n = n * 10 + (uint32_t)(*q++ - '0');
        count++;
    }
    *p = q;
    *nanos = n * scale[count];
    return count > 0;
}

bool datetime_parse_date(const char *p, size_t len, int32_t *days) {
    return len == 10 && date10(p, days);
}

bool datetime_parse_time(const char *p, size_t len, bool zulu, int32_t *ms) {
    unsigned seconds;
    uint32_t nanos = 0;
    if (len < 8 || !time8(p, &seconds)) return false;
    const char *q = p + 8, *end = p + len;
    if (q < end && *q == '.' && !fraction(&q, end, &nanos)) return false;
    if (zulu && q < end && *q == 'Z') q++;
    *ms = (int32_t)(seconds * 1000 + nanos / 1000000);
    return q == end;
}

static bool make_ticks(int64_t days, int64_t seconds, uint32_t nanos, unsigned precision, int64_t *ticks) {
    static const uint32_t unit[] = {1000000000, 100000000, 10000000, 1000000, 100000,
                                    10000,      1000,      100,      10,      1};
    int64_t s = days * DATETIME_DAY_S + seconds;
    if (LIKELY(precision == 3)) {
        *ticks = s * 1000000 + nanos / 1000000 * 1000;
        return true;
    }
    if (precision < 9) nanos -= nanos % unit[precision];
    if (precision <= 6) {
        *ticks = s * 1000000 + nanos / 1000; /* years have four digits: cannot overflow */
        return true;
    }
    return !__builtin_mul_overflow(s, 1000000000, ticks) && !__builtin_add_overflow(*ticks, nanos, ticks);
}

/* One or two digits. */
static bool field2(const char **p, const char *end, unsigned *out) {
    if (*p == end || (unsigned char)(**p - '0') > 9) return false;
    *out = (unsigned)(*(*p)++ - '0');
    if (*p < end && (unsigned char)(**p - '0') <= 9) *out = *out * 10 + (unsigned)(*(*p)++ - '0');
    return true;
}

static bool expect(const char **p, const char *end, char c) {
    if (*p == end || **p != c) return false;
    (*p)++;
    return true;
}

/* "yyyy-M-d[ H:m:s[.f]]" */
static bool parse_lenient(const char *p, size_t len, bool zulu, unsigned precision, int64_t *ticks) {
    const char *end = p + len;
    unsigned y1, y2, month, day, h = 0, m = 0, s = 0;
    uint32_t nanos = 0;
    if (len < 8 || !digit2(p, &y1) || !digit2(p + 2, &y2)) return false;
    int32_t year = (int32_t)(y1 * 100 + y2);
    p += 4;
    if (!expect(&p, end, '-') || !field2(&p, end, &month)) return false;
    if (!expect(&p, end, '-') || !field2(&p, end, &day)) return false;
    if (month - 1 > 11 || day - 1 > 30) return false;
    unsigned last = calendar_month_days(year, month);
    if (day > last) day = last;
    if (p < end && *p == ' ') {
        p++;
        if (!field2(&p, end, &h) || !expect(&p, end, ':') || !field2(&p, end, &m)) return false;
        if (!expect(&p, end, ':') || !field2(&p, end, &s)) return false;
        if (p < end && *p == '.') {
            if (p + 1 == end) p++;
            else if (!fraction(&p, end, &nanos)) return false;
        }
        /* 24:00:00 is the next day's midnight */
        if (h > 24 || m > 59 || s > 59 || (h == 24 && (m || s || nanos))) return false;
    }
    if (year == 0) return false;
    if (zulu && !expect(&p, end, 'Z')) return false;
    if (p != end) return false;
    return make_ticks(calendar_days(year, month, day), h * 3600 + m * 60 + s, nanos, precision, ticks);
}

bool datetime_parse_timestamp(const char *p, size_t len, enum datetime_form form, bool zulu,
                              unsigned precision, int64_t *ticks) {
    int32_t days;
    unsigned seconds;
    uint32_t nanos = 0;
    char sep = form == DATETIME_ISO ? 'T' : ' ';
    if (len < 19 || p[10] != sep || !date10(p, &days) || !time8(p + 11, &seconds)) goto other;
    const char *q = p + 19, *end = p + len;
    if (q < end && *q == '.' && !fraction(&q, end, &nanos)) goto other;
    if (zulu) {
        if (q == end || *q != 'Z') goto other;
        q++;
    }
    if (q != end) goto other;
    return make_ticks(days, seconds, nanos, precision, ticks);
other:
    if (form == DATETIME_CAST) return parse_lenient(p, len, zulu, precision, ticks);
    /* ISO lets the seconds away */
    if (form == DATETIME_ISO && len == 16u + zulu && (!zulu || p[16] == 'Z') && p[10] == 'T' &&
        date10(p, &days) && p[13] == ':') {
        unsigned h, m;
        if (!digit2(p + 11, &h) || !digit2(p + 14, &m) || h > 23 || m > 59) return false;
        return make_ticks(days, h * 3600 + m * 60, 0, precision, ticks);
    }
    return false;
}

/* ---- CAST to DATE and TIME: small numbers with blanks around them ---- */

static struct str trimmed(const char *p, const char *end) {
    while (p < end && (unsigned char)*p <= ' ') p++;
    while (p < end && (unsigned char)end[-1] <= ' ') end--;
    return (struct str){p, (size_t)(end - p)};
}

static bool small_int(const char *p, const char *end, int64_t *out) {
    struct str s = trimmed(p, end);
    if (s.len == 0 || s.len > 9) return false;
    int64_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if ((unsigned char)(s.ptr[i] - '0') > 9) return false;
        n = n * 10 + (s.ptr[i] - '0');
    }
    *out = n;
    return true;
}

static const char *find_char(const char *p, const char *end, char c) {
    const char *q = p < end ? memchr(p, c, (size_t)(end - p)) : NULL;
    return q ? q : end;
}

bool datetime_cast_date(struct str s, int32_t *days) {
    if (s.len == 10 && date10(s.ptr, days)) {
        /* date10 holds the day to the month; CAST does not */
        unsigned day = (unsigned)(s.ptr[8] - '0') * 10 + (unsigned)(s.ptr[9] - '0'), month, d;
        int32_t year;
        calendar_civil(*days, &year, &month, &d);
        return d == day;
    }
    const char *p = s.ptr, *end = s.ptr + s.len;
    const char *blank = find_char(p, end, ' ');
    if (blank > p) end = blank;
    const char *h1 = find_char(p, end, '-');
    int64_t y, m = 1, d = 1;
    if (!small_int(p, h1, &y)) return false;
    if (h1 < end) {
        const char *h2 = find_char(h1 + 1, end, '-');
        if (!small_int(h1 + 1, h2, &m)) return false;
        if (h2 < end && !small_int(h2 + 1, end, &d)) return false;
    }
    if (y < 0 || !calendar_valid_date(y, m, d)) return false;
    *days = calendar_days((int32_t)y, (unsigned)m, (unsigned)d);
    return true;
}

bool datetime_cast_time(struct str s, int32_t *ms) {
    if (s.len >= 8 && datetime_parse_time(s.ptr, s.len, false, ms)) return true;
    const char *p = s.ptr, *end = s.ptr + s.len;
    const char *c1 = find_char(p, end, ':');
    int64_t h, m = 0, sec = 0, milli = 0;
    if (!small_int(p, c1, &h)) return false;
    if (c1 < end) {
        const char *c2 = find_char(c1 + 1, end, ':');
        if (!small_int(c1 + 1, c2, &m)) return false;
        if (c2 < end) {
            const char *dot = find_char(c2 + 1, end, '.');
            if (!small_int(c2 + 1, dot, &sec)) return false;
            if (dot < end) {
                struct str f = trimmed(dot + 1, end);
                int64_t scale = 100;
                for (size_t i = 0; i < f.len; i++, scale /= 10) {
                    if ((unsigned char)(f.ptr[i] - '0') > 9) return false;
                    milli += (f.ptr[i] - '0') * scale;
                }
            }
        }
    }
    if (h > 23 || m > 59 || sec > 59) return false;
    *ms = (int32_t)(((h * 60 + m) * 60 + sec) * 1000 + milli);
    return true;
}

/* ---- printing ---- */

static inline char *put2(char *p, unsigned n) {
    memcpy(p, number_two_digits + 2 * n, 2);
    return p + 2;
}

static char *put_number(char *p, uint64_t n, unsigned width) {
    char buf[24];
    unsigned len = 0;
    do {
        buf[len++] = (char)('0' + n % 10);
        n /= 10;
    } while (n);
    while (len < width) buf[len++] = '0';
    while (len) *p++ = buf[--len];
    return p;
}

static inline char *put_date(char *p, int32_t days) {
    int32_t year;
    unsigned month, day;
    calendar_civil(days, &year, &month, &day);
    if (LIKELY(year >= 0 && year <= 9999)) {
        p = put2(p, (unsigned)year / 100);
        p = put2(p, (unsigned)year % 100);
    } else {
        if (year < 0) *p++ = '-';
        p = put_number(p, year < 0 ? -(uint64_t)(int64_t)year : (uint64_t)year, 4);
    }
    *p++ = '-';
    p = put2(p, month);
    *p++ = '-';
    return put2(p, day);
}

static inline char *put_clock(char *p, unsigned seconds) {
    p = put2(p, seconds / 3600);
    *p++ = ':';
    p = put2(p, seconds / 60 % 60);
    *p++ = ':';
    return put2(p, seconds % 60);
}

/* ".fraction" of nanos: at least `least` digits, none beyond the last that is not zero. */
static inline char *put_fraction(char *p, uint32_t nanos, unsigned least) {
    if (nanos == 0 && least == 0) return p;
    char *start = p;
    unsigned ms = nanos / 1000000, rest = nanos % 1000000;
    *p++ = '.';
    *p++ = (char)('0' + ms / 100);
    p = put2(p, ms % 100);
    if (rest || least > 3) {
        p = put2(p, rest / 10000);
        p = put2(p, rest / 100 % 100);
        p = put2(p, rest % 100);
    }
    while ((unsigned)(p - start) > least + 1 && p[-1] == '0') p--;
    return p;
}

unsigned datetime_print_date(char *p, int32_t days) {
    return (unsigned)(put_date(p, days) - p);
}

unsigned datetime_print_time(char *p, int32_t ms, unsigned precision) {
    char *q = put_clock(p, (unsigned)ms / 1000);
    uint32_t nanos = (unsigned)ms % 1000 * 1000000;
    if (precision == 0) return (unsigned)(q - p);
    static const uint32_t unit[] = {1000000000, 100000000, 10000000, 1000000};
    if (precision < 3) nanos -= nanos % unit[precision];
    return (unsigned)(put_fraction(q, nanos, precision) - p);
}

unsigned datetime_print_time_short(char *p, int32_t ms) {
    char *q = put_clock(p, (unsigned)ms / 1000);
    return (unsigned)(put_fraction(q, (unsigned)ms % 1000 * 1000000, 0) - p);
}

unsigned datetime_print_timestamp(char *p, int64_t ticks, unsigned precision, enum datetime_form form) {
    int64_t s;
    uint32_t nanos;
    if (LIKELY(precision <= 6)) { /* constants divide faster */
        s = floor_div(ticks, 1000000);
        nanos = (uint32_t)floor_mod(ticks, 1000000) * 1000;
    } else {
        s = floor_div(ticks, 1000000000);
        nanos = (uint32_t)floor_mod(ticks, 1000000000);
    }
    int64_t days = floor_div(s, DATETIME_DAY_S);
    char *q = put_date(p, (int32_t)days);
    *q++ = form == DATETIME_ISO ? 'T' : ' ';
    q = put_clock(q, (unsigned)(s - days * DATETIME_DAY_S));
    return (unsigned)(put_fraction(q, nanos, form == DATETIME_CAST ? precision : 0) - p);
}

unsigned datetime_print_interval_ym(char *p, int32_t months) {
    char *q = p;
    uint64_t n = months < 0 ? -(uint64_t)(int64_t)months : (uint64_t)months;
    *q++ = months < 0 ? '-' : '+';
    q = put_number(q, n / 12, 1);
    *q++ = '-';
    return (unsigned)(put2(q, (unsigned)(n % 12)) - p);
}

unsigned datetime_print_interval_dt(char *p, int64_t micros) {
    char *q = p;
    uint64_t n = micros < 0 ? -(uint64_t)micros : (uint64_t)micros;
    *q++ = micros < 0 ? '-' : '+';
    q = put_number(q, n / 86400000000ull, 1);
    *q++ = ' ';
    q = put_clock(q, (unsigned)(n / 1000000 % 86400));
    uint32_t nanos = (uint32_t)(n % 1000000 * 1000);
    return (unsigned)(put_fraction(q, nanos, 3) - p);
}
