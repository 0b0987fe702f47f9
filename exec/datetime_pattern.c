/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiles, prints and parses Java date patterns (datetime_pattern.h). A pattern is a list of items, each
 * a letter with its count or a literal; printing and parsing walk the list. Parsing collects fields and
 * resolves them at the end.
 */
#include "exec/datetime_pattern.h"

#include <string.h>

struct item {
    char letter;        /* 0 = literal; '[' and ']' bound an optional section */
    uint8_t count;      /* letters in a row */
    uint8_t reserved;   /* digits that directly following fixed-width numbers take */
    bool adjacent;      /* a number follows directly */
    struct str literal; /* letter 0 */
};

struct datetime_pattern {
    enum datetime_dialect dialect;
    unsigned nitems;
    struct item *items;
    size_t max_bytes; /* see datetime_pattern_bytes */
    int64_t unit_s;   /* see datetime_pattern_unit */
};

static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
static const char *const day_names[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                        "Friday", "Saturday", "Sunday"};

/* ---- compiling ---- */

static bool is_text(const struct item *it) {
    return ((it->letter == 'M' || it->letter == 'L' || it->letter == 'Q' || it->letter == 'q' ||
             it->letter == 'e' || it->letter == 'c') &&
            it->count >= 3) ||
           it->letter == 'a' || it->letter == 'E' || it->letter == 'G';
}
static bool is_number(const struct item *it) {
    return it->letter && it->letter != '[' && it->letter != ']' && !is_text(it) &&
           !strchr("XxZzOV", it->letter);
}

/* Why the letter so often is refused; NULL: fine. */
static const char *letter_refused(enum datetime_dialect dialect, bool printing, char c, unsigned count) {
    if (dialect == DATETIME_SIMPLE) {
        if (c == 'z') return "time zone names are not supported yet";
        if (c == 'X' && count > 3) return "more than three X make no sense";
        if (!strchr("GyYMLwWDdFEuaHkKhmsSZX", c)) return "this is not a pattern letter";
        return NULL;
    }
    if (strchr("zVOv", c)) return "time zone names are not supported";
    if (strchr("XxZ", c)) return printing ? "a TIMESTAMP has no time zone to print" : NULL;
    if (!strchr("GyuYMLwWDdFEeacHkKhmsSAnNQq", c)) return "this is not a pattern letter";
    if (strchr("dHhmskKwW", c) && count > 2) return "at most two of this letter are allowed";
    if (strchr("aF", c) && count > 1) return "only one of this letter is allowed";
    if (c == 'D' && count > 3) return "at most three of this letter are allowed";
    if (strchr("MLEecQqG", c) && count > 5) return "at most five of this letter are allowed";
    if (c == 'c' && count == 2) return "two of this letter are not allowed";
    if (c == 'S' && count > 9) return "at most nine of this letter are allowed";
    return count > 18 ? "too many of this letter" : NULL;
}

static size_t item_bytes(const struct item *it) {
    if (it->letter == 0) return it->literal.len;
    return it->count > 24 ? it->count : 24;
}

/* One quoted or plain literal at text[i]; returns the index behind it, 0 for a missing quote. */
static size_t read_literal(struct str t, size_t i, struct item *it, char *copy) {
    size_t n = 0;
    if (t.ptr[i] != '\'') {
        copy[n++] = t.ptr[i++];
    } else if (i + 1 < t.len && t.ptr[i + 1] == '\'') {
        copy[n++] = '\'';
        i += 2;
    } else {
        for (i++;; i++) {
            if (i >= t.len) return 0;
            if (t.ptr[i] == '\'') {
                if (i + 1 >= t.len || t.ptr[i + 1] != '\'') break;
                i++;
            }
            copy[n++] = t.ptr[i];
        }
        i++;
    }
    it->literal = (struct str){copy, n};
    return i;
}

/* Seconds in the finest unit that the pattern prints. */
static int64_t finest_unit(const struct datetime_pattern *p) {
    int64_t unit_s = DATETIME_DAY_S;
    for (unsigned i = 0; i < p->nitems; i++) {
        char c = p->items[i].letter;
        int64_t s = DATETIME_DAY_S;
        if (!c) continue;
        if (strchr("SnNA", c)) s = 0;
        else if (c == 's') s = 1;
        else if (c == 'm') s = 60;
        else if (strchr("HhkKa", c)) s = 3600;
        if (s < unit_s) unit_s = s;
    }
    return unit_s;
}

static void find_adjacent(struct datetime_pattern *p) {
    unsigned reserved = 0;
    bool number = false;
    for (unsigned i = p->nitems; i-- > 0;) {
        struct item *it = &p->items[i];
        it->adjacent = number;
        it->reserved = (uint8_t)reserved;
        if (it->letter == '[' || it->letter == ']') continue;
        number = is_number(it);
        bool fixed = number && (it->count >= 2 || it->letter == 'S');
        reserved = fixed ? reserved + it->count : 0;
        if (reserved > 200) reserved = 200;
    }
}

enum status datetime_pattern_compile(struct str text, enum datetime_dialect dialect, bool printing,
                                     struct arena *a, const struct datetime_pattern **out, struct span span,
                                     struct error *e) {
    struct datetime_pattern *p = ARENA_NEW(a, struct datetime_pattern);
    text = arena_str(a, text);
    p->dialect = dialect;
    p->items = ARENA_ARRAY(a, struct item, text.len + 1);
    char *copy = arena_alloc_raw(a, text.len + 1);
    unsigned open = 0;
    for (size_t i = 0; i < text.len;) {
        char c = text.ptr[i];
        struct item *it = &p->items[p->nitems++];
        if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
            size_t from = i;
            while (i < text.len && text.ptr[i] == c) i++;
            const char *why = i - from > 200 ? "too many of this letter"
                                             : letter_refused(dialect, printing, c, (unsigned)(i - from));
            if (why)
                return error_at(e, ERR_INVALID_ARGUMENT, span, "in the date pattern '%.*s', at '%c': %s",
                                STR_ARG(text), c, why);
            it->letter = c;
            it->count = (uint8_t)(i - from);
        } else if (dialect == DATETIME_FORMATTER && (c == '[' || c == ']')) {
            if (c == '[') open++;
            else if (open-- == 0)
                return error_at(e, ERR_INVALID_ARGUMENT, span,
                                "in the date pattern '%.*s' a ] stands without its [", STR_ARG(text));
            it->letter = c;
            i++;
        } else if (dialect == DATETIME_FORMATTER && (c == '{' || c == '}' || c == '#')) {
            return error_at(e, ERR_INVALID_ARGUMENT, span,
                            "in the date pattern '%.*s' the character %c must be quoted", STR_ARG(text), c);
        } else {
            i = read_literal(text, i, it, copy);
            if (i == 0)
                return error_at(e, ERR_INVALID_ARGUMENT, span,
                                "in the date pattern '%.*s' a quote is not closed", STR_ARG(text));
            copy += it->literal.len;
        }
        p->max_bytes += item_bytes(it);
    }
    find_adjacent(p);
    p->unit_s = finest_unit(p);
    *out = p;
    return ST_OK;
}

int64_t datetime_pattern_unit(const struct datetime_pattern *p) {
    return p->unit_s;
}

size_t datetime_pattern_bytes(const struct datetime_pattern *p) {
    return p->max_bytes;
}

/* ---- printing ---- */

static char *put_text(char *q, const char *z, size_t max) {
    size_t n = strlen(z);
    if (n > max) n = max;
    memcpy(q, z, n);
    return q + n;
}

static char *put_padded(char *q, int64_t value, unsigned width) {
    if (width == 2 && (uint64_t)value < 100) {
        *q++ = (char)('0' + (unsigned)value / 10);
        *q++ = (char)('0' + (unsigned)value % 10);
        return q;
    }
    char buf[24];
    unsigned n = 0;
    uint64_t v = value < 0 ? -(uint64_t)value : (uint64_t)value;
    if (value < 0) *q++ = '-';
    do {
        buf[n++] = (char)('0' + v % 10);
        v /= 10;
    } while (v);
    for (unsigned i = n; i < width; i++) *q++ = '0';
    while (n) *q++ = buf[--n];
    return q;
}

/* Short for fewer than four letters, one letter for five. */
static char *put_name(char *q, const char *name, unsigned count) {
    return put_text(q, name, count == 5 ? 1 : count == 4 ? 100 : 3);
}

/* The US week: begins on Sunday, week 1 holds 1 January. */
static unsigned us_week(int32_t days, int32_t *year) {
    int32_t start = days - (int32_t)(calendar_iso_weekday(days) % 7);
    unsigned m, d;
    calendar_civil(start + 6, year, &m, &d);
    int32_t first = calendar_days(*year, 1, 1);
    return (unsigned)((start - (first - (int32_t)(calendar_iso_weekday(first) % 7))) / 7) + 1;
}

static char *put_year(char *q, int32_t year, unsigned count) {
    if (count == 2) return put_padded(q, year % 100 < 0 ? -(year % 100) : year % 100, 2);
    return put_padded(q, year, count);
}

static char *put_offset(char *q, const struct item *it, int32_t offset_s) {
    bool colon = it->letter == 'X' && it->count == 3, hours = it->letter == 'X' && it->count == 1;
    if (it->letter == 'X' && offset_s == 0) {
        *q++ = 'Z';
        return q;
    }
    *q++ = offset_s < 0 ? '-' : '+';
    int32_t minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
    q = put_padded(q, minutes / 60, 2);
    if (hours) return q;
    if (colon) *q++ = ':';
    return put_padded(q, minutes % 60, 2);
}

static char *put_fraction(char *q, uint32_t nanos, unsigned count) {
    for (unsigned i = 0; i < count; i++) {
        *q++ = (char)('0' + nanos / 100000000);
        nanos = nanos % 100000000 * 10;
    }
    return q;
}

static char *put_quarter(char *q, unsigned quarter, unsigned count) {
    static const char *const names[] = {"1st quarter", "2nd quarter", "3rd quarter", "4th quarter"};
    if (count < 3) return put_padded(q, quarter, count);
    if (count == 4) return put_text(q, names[quarter - 1], 100);
    if (count == 3) *q++ = 'Q';
    return put_padded(q, quarter, 1);
}

static char *put_weekday(char *q, const struct item *it, unsigned iso) {
    if (it->letter != 'E' && it->count < 3) return put_padded(q, iso % 7 + 1, it->count);
    return put_name(q, day_names[iso - 1], it->count);
}

static char *put_era(char *q, const struct item *it, int32_t year) {
    if (it->count == 4) return put_text(q, year > 0 ? "Anno Domini" : "Before Christ", 100);
    return put_text(q, year > 0 ? "AD" : "BC", it->count == 5 ? 1 : 2);
}

static int64_t nano_of_day(const struct datetime *d) {
    return (((int64_t)d->hour * 60 + d->minute) * 60 + d->second) * 1000000000 + d->nanos;
}

/* Letters that need the day's place in the week or year. */
static char *put_calendar(char *q, const struct item *it, const struct datetime *d) {
    unsigned n = it->count;
    int32_t days = calendar_days(d->year, d->month, d->day), week_year;
    unsigned iso = calendar_iso_weekday(days);
    switch (it->letter) {
    case 'u': return put_padded(q, iso, n);
    case 'Y': us_week(days, &week_year); return put_year(q, week_year, n);
    case 'E':
    case 'e':
    case 'c': return put_weekday(q, it, iso);
    case 'D': return put_padded(q, days - calendar_days(d->year, 1, 1) + 1, n);
    case 'w': return put_padded(q, us_week(days, &week_year), n);
    case 'W':
        return put_padded(q, (d->day - 1 + (int)(calendar_iso_weekday(days - d->day + 1) % 7)) / 7 + 1, n);
    default: return q; /* brackets */
    }
}

static char *put_item(char *q, const struct item *it, bool simple, const struct datetime *d,
                      int32_t offset_s) {
    unsigned n = it->count;
    if (it->letter == 'u' && simple) return put_calendar(q, it, d);
    switch (it->letter) {
    case 'y': return put_year(q, d->year > 0 ? d->year : 1 - d->year, n);
    case 'M':
    case 'L': return n < 3 ? put_padded(q, d->month, n) : put_name(q, month_names[d->month - 1], n);
    case 'd': return put_padded(q, d->day, n);
    case 'H': return put_padded(q, d->hour, n);
    case 'k': return put_padded(q, d->hour ? d->hour : 24, n);
    case 'K': return put_padded(q, d->hour % 12, n);
    case 'h': return put_padded(q, d->hour % 12 ? d->hour % 12 : 12, n);
    case 'm': return put_padded(q, d->minute, n);
    case 's': return put_padded(q, d->second, n);
    case 'S': return simple ? put_padded(q, d->nanos / 1000000, n) : put_fraction(q, d->nanos, n);
    case 'a': return put_text(q, d->hour < 12 ? "AM" : "PM", 2);
    case 'F': return put_padded(q, simple ? (d->day - 1) / 7 + 1 : (d->day - 1) % 7 + 1, n);
    case 'Q':
    case 'q': return put_quarter(q, (d->month + 2u) / 3, n);
    case 'G': return put_era(q, it, d->year);
    case 'A': return put_padded(q, nano_of_day(d) / 1000000, n);
    case 'N': return put_padded(q, nano_of_day(d), n);
    case 'n': return put_padded(q, d->nanos, n);
    case 'X':
    case 'Z': return put_offset(q, it, offset_s);
    case 'u': return put_year(q, d->year, n);
    default: return put_calendar(q, it, d);
    }
}

size_t datetime_pattern_print(const struct datetime_pattern *p, const struct datetime *d, int32_t offset_s,
                              char *out) {
    char *q = out;
    for (unsigned i = 0; i < p->nitems; i++) {
        const struct item *it = &p->items[i];
        if (it->letter) {
            q = put_item(q, it, p->dialect == DATETIME_SIMPLE, d, offset_s);
        } else {
            memcpy(q, it->literal.ptr, it->literal.len);
            q += it->literal.len;
        }
    }
    return (size_t)(q - out);
}

/* ---- parsing ---- */

/* Fields found in a text; -1 = not there (years: has_year). */
struct fields {
    int64_t year, month, day, day_of_year, hour, hour12, half, minute, second, nanos, weekday;
    int64_t nano_of_day;
    bool has_year, has_offset;
    int32_t offset_s;
};

static bool read_digits(const char **p, const char *end, unsigned min, unsigned max, int64_t *out) {
    int64_t n = 0;
    unsigned count = 0;
    while (*p < end && count < max && (unsigned char)(**p - '0') <= 9) {
        n = n * 10 + (*(*p)++ - '0');
        count++;
    }
    *out = n;
    return count >= min;
}

/* The number of an item: its width follows from the count and from numbers that follow directly. */
static bool read_number(const struct item *it, bool simple, const char **p, const char *end, int64_t *out) {
    unsigned min = 1, max = 10, run = 0;
    bool year = it->letter == 'y' || it->letter == 'u' || it->letter == 'Y';
    if (simple) {
        while (*p < end && (**p == ' ' || **p == '\t')) (*p)++;
        if (it->adjacent) min = max = it->count;
    } else if (it->letter == 'S') {
        min = max = it->count;
    } else if (it->letter == 'n' || it->letter == 'N' || it->letter == 'A') {
        max = 18;
    } else if (it->count >= 2 && !(year && it->count == 3)) {
        min = max = it->count;
    }
    while (*p + run < end && (unsigned char)((*p)[run] - '0') <= 9) run++;
    if (!simple && it->adjacent && min != max && run > it->reserved && max > run - it->reserved)
        max = run - it->reserved;
    return read_digits(p, end, min, max > 18 ? 18 : max, out);
}

/* The index of the name at *p among `n` names, full or of three letters; -1 = none. */
static int read_name(const char *const *names, int n, unsigned count, bool simple, const char **p,
                     const char *end) {
    for (int i = 0; i < n; i++) {
        struct str full = str_of(names[i]), rest = {*p, (size_t)(end - *p)};
        bool fits = (simple || count == 4) && rest.len >= full.len &&
                    (simple ? strncasecmp(rest.ptr, full.ptr, full.len) == 0 : str_starts(rest, full));
        if (fits) {
            *p += full.len;
            return i;
        }
    }
    for (int i = 0; i < n && (simple || count != 4); i++) {
        if (end - *p < 3) break;
        if (simple ? strncasecmp(*p, names[i], 3) == 0 : memcmp(*p, names[i], 3) == 0) {
            *p += 3;
            return i;
        }
    }
    return -1;
}

static bool read_half(const char **p, const char *end, bool simple, int64_t *half) {
    if (end - *p < 2) return false;
    char c = (*p)[0], d = (*p)[1];
    if (simple) c &= ~0x20, d &= ~0x20;
    if ((c != 'A' && c != 'P') || d != 'M') return false;
    *half = c == 'P';
    *p += 2;
    return true;
}

/* Z, +02, +0200, +02:00 */
static bool read_offset(const char **p, const char *end, struct fields *f) {
    f->has_offset = true;
    f->offset_s = 0;
    if (*p < end && **p == 'Z') {
        (*p)++;
        return true;
    }
    if (*p == end || (**p != '+' && **p != '-')) return false;
    int sign = *(*p)++ == '-' ? -1 : 1;
    int64_t h, m = 0;
    if (!read_digits(p, end, 2, 2, &h)) return false;
    if (*p < end && **p == ':') {
        (*p)++;
        if (!read_digits(p, end, 2, 2, &m)) return false;
    } else if (*p < end && (unsigned char)(**p - '0') <= 9) {
        if (!read_digits(p, end, 2, 2, &m)) return false;
    }
    f->offset_s = sign * (int32_t)(h * 3600 + m * 60);
    return h <= 18 && m <= 59;
}

static void store_year(const struct item *it, bool simple, size_t width, int64_t n, struct fields *f) {
    f->has_year = true;
    if (it->count == 2 && !simple) n += 2000;
    /* SimpleDateFormat: two digits are of the century around the present */
    if (simple && it->count <= 2 && width == 2) n += n < 46 ? 2000 : 1900;
    f->year = n;
}

static bool store_number(const struct item *it, bool simple, size_t width, int64_t n, struct fields *f) {
    static const uint32_t scale[] = {1000000000, 100000000, 10000000, 1000000, 100000,
                                     10000,      1000,      100,      10,      1};
    switch (it->letter) {
    case 'y':
    case 'u':
        if (it->letter == 'u' && simple) f->weekday = n;
        else store_year(it, simple, width, n, f);
        return true;
    case 'M':
    case 'L': f->month = n; return true;
    case 'd': f->day = n; return true;
    case 'D': f->day_of_year = n; return true;
    case 'H': f->hour = n; return true;
    case 'k': f->hour = n == 24 ? 0 : n; return true;
    case 'K': f->hour12 = n; return simple || n <= 11;
    case 'h': f->hour12 = n == 12 ? 0 : n; return simple || (n >= 1 && n <= 12);
    case 'm': f->minute = n; return true;
    case 's': f->second = n; return true;
    case 'S': f->nanos = simple ? n * 1000000 : n * scale[it->count]; return true;
    case 'n': f->nanos = n; return n < 1000000000;
    case 'A': f->nano_of_day = n * 1000000; return n < DATETIME_DAY_MS;
    case 'N': f->nano_of_day = n; return n < DATETIME_DAY_MS * INT64_C(1000000);
    default: return true; /* weeks, quarters: read, not used */
    }
}

static bool read_item(const struct item *it, bool simple, const char **p, const char *end, struct fields *f) {
    int idx;
    if (it->letter == 0) {
        struct str rest = {*p, (size_t)(end - *p)};
        if (!str_starts(rest, it->literal)) return false;
        *p += it->literal.len;
        return true;
    }
    if (is_number(it)) {
        const char *from = *p;
        int64_t n;
        if (!read_number(it, simple, p, end, &n)) return false;
        return store_number(it, simple, (size_t)(*p - from), n, f);
    }
    switch (it->letter) {
    case 'M':
    case 'L':
        idx = read_name(month_names, 12, it->count, simple, p, end);
        f->month = idx + 1;
        return idx >= 0;
    case 'E':
    case 'e':
    case 'c':
        idx = read_name(day_names, 7, it->count, simple, p, end);
        f->weekday = idx + 1;
        return idx >= 0;
    case 'a': return read_half(p, end, simple, &f->half);
    case 'G':
        if (end - *p < 2 || memcmp(*p, "AD", 2) != 0) return false;
        *p += 2;
        return true;
    case 'X':
    case 'x':
    case 'Z': return read_offset(p, end, f);
    default: return false;
    }
}

/* Index of the ] of the [ at i. */
static unsigned section_end(const struct datetime_pattern *p, unsigned i) {
    unsigned depth = 0;
    for (; i < p->nitems; i++) {
        if (p->items[i].letter == '[') depth++;
        if (p->items[i].letter == ']' && --depth == 0) return i;
    }
    return p->nitems; /* an open section reaches to the end */
}

/* Items i..end-1; an optional section that does not fit is passed over. */
static bool read_items(const struct datetime_pattern *p, unsigned i, unsigned stop, const char **at,
                       const char *end, struct fields *f) {
    for (; i < stop; i++) {
        if (p->items[i].letter == '[') {
            unsigned close = section_end(p, i);
            struct fields saved = *f;
            const char *from = *at;
            if (!read_items(p, i + 1, close, at, end, f)) {
                *f = saved;
                *at = from;
            }
            i = close;
        } else if (p->items[i].letter != ']' &&
                   !read_item(&p->items[i], p->dialect == DATETIME_SIMPLE, at, end, f)) {
            return false;
        }
    }
    return true;
}

static int64_t or_default(int64_t v, int64_t d) {
    return v < 0 ? d : v;
}

static int64_t resolved_hour(const struct fields *f) {
    if (f->hour >= 0) return f->hour;
    if (f->hour12 >= 0 && f->half >= 0) return f->hour12 + 12 * f->half;
    return 0;
}

/* Java's SMART resolver: fields must be in range; a day beyond its month's end is the last day. */
static bool resolve_smart(struct fields *f, struct datetime_parsed *out) {
    int64_t year = f->has_year ? f->year : 1970, month = or_default(f->month, 1), day = or_default(f->day, 1);
    int64_t h = resolved_hour(f), m = or_default(f->minute, 0), s = or_default(f->second, 0);
    int64_t nanos = or_default(f->nanos, 0);
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31 || m > 59 || s > 59)
        return false;
    if (h > 24 || (h == 24 && (m || s || nanos))) return false;
    int64_t last = calendar_month_days((int32_t)year, (unsigned)month);
    int32_t days = calendar_days((int32_t)year, (unsigned)month, (unsigned)(day > last ? last : day));
    if (f->day_of_year >= 0) {
        int64_t in_year = calendar_is_leap((int32_t)year) ? 366 : 365;
        if (f->day_of_year < 1 || f->day_of_year > in_year) return false;
        days = calendar_days((int32_t)year, 1, 1) + (int32_t)f->day_of_year - 1;
    }
    if (f->weekday > 0 && f->has_year && f->day >= 0 && f->weekday != calendar_iso_weekday(days))
        return false;
    int64_t of_day = (h * 60 + m) * 60 + s;
    if (f->nano_of_day >= 0) {
        of_day = f->nano_of_day / 1000000000;
        nanos = f->nano_of_day % 1000000000;
    }
    out->local_s = (int64_t)days * DATETIME_DAY_S + of_day;
    out->nanos = (uint32_t)nanos;
    return true;
}

/* SimpleDateFormat's: every field may overflow into the next. */
static bool resolve_lenient(struct fields *f, struct datetime_parsed *out) {
    int64_t year = f->has_year ? f->year : 1970, month = or_default(f->month, 1) - 1;
    if (year > 1000000 || month > 100000000) return false;
    year += month >= 0 ? month / 12 : -1;
    month = month >= 0 ? month % 12 : 11;
    if (year < -9999 || year > 9999) return false;
    int64_t days = calendar_days((int32_t)year, (unsigned)month + 1, 1) + or_default(f->day, 1) - 1;
    if (f->day_of_year >= 0) days = calendar_days((int32_t)year, 1, 1) + f->day_of_year - 1;
    int64_t s = ((resolved_hour(f) + (f->hour < 0 && f->half < 0 ? or_default(f->hour12, 0) : 0)) * 60 +
                 or_default(f->minute, 0)) *
                    60 +
                or_default(f->second, 0);
    int64_t nanos = or_default(f->nanos, 0);
    out->local_s = days * DATETIME_DAY_S + s + nanos / 1000000000;
    out->nanos = (uint32_t)(nanos % 1000000000);
    /* what a TIMESTAMP can hold */
    return out->local_s > -500000000000 && out->local_s < 500000000000;
}

bool datetime_pattern_parse(const struct datetime_pattern *p, struct str text, struct datetime_parsed *out) {
    struct fields f = {.month = -1,
                       .day = -1,
                       .day_of_year = -1,
                       .hour = -1,
                       .hour12 = -1,
                       .half = -1,
                       .minute = -1,
                       .second = -1,
                       .nanos = -1,
                       .weekday = -1,
                       .nano_of_day = -1};
    const char *at = text.ptr, *end = text.ptr + text.len;
    if (!read_items(p, 0, p->nitems, &at, end, &f)) return false;
    out->has_offset = f.has_offset;
    out->offset_s = f.offset_s;
    if (p->dialect == DATETIME_SIMPLE) return resolve_lenient(&f, out);
    return at == end && resolve_smart(&f, out);
}
