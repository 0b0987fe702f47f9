/* SPDX-License-Identifier: Apache-2.0
 *
 * Types of texts; see guess.h. The forms are those that the csv and json formats read.
 */
#include "formats/guess.h"

#include "exec/datetime.h"
#include "formats/scalar.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t digits_at(struct str s, size_t at) {
    size_t n = 0;
    while (at + n < s.len && is_digit(s.ptr[at + n])) n++;
    return n;
}

/* [-]digits[.digits][e[+-]digits] without needless zeros before it, NaN, [-]Infinity. */
static bool is_number(struct str s, bool *whole) {
    size_t at = s.len && s.ptr[0] == '-';
    *whole = false;
    if (str_eq(str_sub(s, at, s.len - at), STR("Infinity")) || str_eq(s, STR("NaN"))) return true;
    size_t n = digits_at(s, at), fraction = 0;
    if (n > 1 && s.ptr[at] == '0') return false;
    *whole = at + n == s.len && n > 0;
    at += n;
    if (at < s.len && s.ptr[at] == '.') {
        fraction = digits_at(s, at + 1);
        at += 1 + fraction;
    }
    if (n + fraction == 0) return false;
    if (at < s.len && (s.ptr[at] | 32) == 'e') {
        at++;
        at += at < s.len && (s.ptr[at] == '+' || s.ptr[at] == '-');
        size_t exponent = digits_at(s, at);
        if (exponent == 0) return false;
        at += exponent;
    }
    return at == s.len;
}

static unsigned number_kinds(struct guess *g, struct str s) {
    bool whole;
    int64_t n;
    if (!is_number(s, &whole)) return 0;
    g->fraction |= !whole;
    if (!whole) return GUESS_DOUBLE;
    if (scalar_i64(s, INT64_MIN, INT64_MAX, &n)) return GUESS_BIGINT | GUESS_DOUBLE;
    g->big = true;
    return GUESS_DOUBLE;
}

static void count_digits(struct guess *g, struct str s) {
    const char *dot = memchr(s.ptr, '.', s.len);
    size_t n = dot ? digits_at(s, (size_t)(dot - s.ptr) + 1) : 0;
    if (n > g->digits) g->digits = (uint8_t)n;
}

static bool is_date(struct str s) {
    int32_t days;
    char again[DATETIME_MAX_BYTES];
    if (s.len != 10 || !datetime_parse_date(s.ptr, s.len, &days)) return false;
    return datetime_print_date(again, days) == 10 && memcmp(again, s.ptr, 10) == 0;
}

static unsigned time_kinds(struct guess *g, struct str s) {
    static const unsigned kinds[2][2] = {{GUESS_TIMESTAMP, GUESS_TIMESTAMP_LTZ}, {GUESS_ISO, GUESS_ISO_LTZ}};
    int64_t ticks;
    int32_t ms;
    if (s.len < 8 || s.len > 32 || !is_digit(s.ptr[0])) return 0;
    if (is_date(s)) return GUESS_DATE;
    if (datetime_parse_time(s.ptr, s.len, false, &ms) && s.len <= 12) {
        count_digits(g, s);
        return GUESS_TIME;
    }
    bool zulu = s.ptr[s.len - 1] == 'Z', iso = s.len > 10 && s.ptr[10] == 'T';
    if (!datetime_parse_timestamp(s.ptr, s.len, iso ? DATETIME_ISO : DATETIME_SQL, zulu, 6, &ticks)) return 0;
    count_digits(g, s);
    g->distant |= !datetime_parse_timestamp(s.ptr, s.len, iso ? DATETIME_ISO : DATETIME_SQL, zulu, 9, &ticks);
    return kinds[iso][zulu];
}

void guess_field(struct guess *g, struct str s) {
    struct str t = scalar_trim(s);
    unsigned kinds = 0;
    g->seen = true;
    if (g->not_kinds == GUESS_ALL || t.len == 0) {
        g->not_kinds = GUESS_ALL;
        return;
    }
    if (str_ieq(t, STR("true")) || str_ieq(t, STR("false"))) kinds = GUESS_BOOLEAN;
    else if (!(kinds = number_kinds(g, t))) kinds = time_kinds(g, s);
    g->not_kinds |= GUESS_ALL & ~kinds;
}

void guess_string(struct guess *g, struct str s) {
    g->seen = true;
    g->not_kinds |= GUESS_ALL & ~time_kinds(g, s);
}

void guess_number(struct guess *g, struct str s) {
    g->seen = true;
    g->not_kinds |= GUESS_ALL & ~number_kinds(g, s);
}

void guess_boolean(struct guess *g) {
    g->seen = true;
    g->not_kinds |= GUESS_ALL & ~GUESS_BOOLEAN;
}

void guess_merge(struct guess *g, const struct guess *other) {
    g->not_kinds |= other->not_kinds;
    g->seen |= other->seen;
    g->big |= other->big;
    g->fraction |= other->fraction;
    g->distant |= other->distant;
    if (other->digits > g->digits) g->digits = other->digits;
}

enum guess_kind guess_kind_of(const struct guess *g) {
    unsigned left = GUESS_ALL & ~g->not_kinds;
    if (!g->seen || !left) return 0;
    left &= 0u - left;
    /* a DOUBLE would lose digits of what are numbers of things */
    return left == GUESS_DOUBLE && g->big && !g->fraction ? 0 : (enum guess_kind)left;
}

const struct type *guess_type(const struct guess *g, bool iso, struct arena *a) {
    enum guess_kind kind = guess_kind_of(g);
    unsigned precision = g->digits <= 3 ? 3 : g->digits <= 6 ? 6 : 9;
    if (kind >= GUESS_TIMESTAMP && precision == 9 && g->distant) kind = 0;
    switch (kind) {
    case GUESS_BOOLEAN: return type_simple(TYPE_BOOLEAN, true);
    case GUESS_BIGINT: return type_simple(TYPE_BIGINT, true);
    case GUESS_DOUBLE: return type_simple(TYPE_DOUBLE, true);
    case GUESS_DATE: return type_simple(TYPE_DATE, true);
    case GUESS_TIME: return type_time(a, TYPE_TIME, g->digits ? 3 : 0, true);
    case GUESS_TIMESTAMP:
    case GUESS_ISO:
        if (iso != (kind == GUESS_ISO)) break;
        return type_time(a, TYPE_TIMESTAMP, precision, true);
    case GUESS_TIMESTAMP_LTZ:
    case GUESS_ISO_LTZ:
        if (iso != (kind == GUESS_ISO_LTZ)) break;
        return type_time(a, TYPE_TIMESTAMP_LTZ, precision, true);
    case GUESS_ALL: break;
    }
    return type_string(true);
}
