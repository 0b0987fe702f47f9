/* SPDX-License-Identifier: Apache-2.0
 *
 * Loads time zones: fixed offsets by their text, regions from TZif files (version 2 or later, RFC 9636)
 * with the POSIX rule in the footer expanded year by year. Entry points: zone_load, zone_span_utc,
 * zone_local_offset_slow. Changes rise strictly; the rules repeat every 400 years after end_utc_s.
 */
#include "exec/zone.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include "base/env.h"
#include "exec/datetime.h"

#define LAST_YEAR 2500
#define CYCLE_S (146097LL * 86400) /* 400 years */
#define MAX_FILE_BYTES (256 * 1024)

struct zone_change {
    int64_t utc_s;    /* first second with the new offset */
    int32_t offset_s; /* seconds east of UTC from then on */
};

static const struct zone utc = {.name = {"UTC", 3}, .fixed = true};

const struct zone *zone_utc(void) {
    return &utc;
}

/* ---- look-up ---- */

/* Index of the first change after t. */
static uint32_t upper_bound(const struct zone *z, int64_t t) {
    uint32_t lo = 0, hi = z->nchanges;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (z->changes[mid].utc_s <= t) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

struct zone_span zone_span_utc(const struct zone *z, int64_t utc_s) {
    if (z->fixed) return (struct zone_span){INT64_MIN, INT64_MAX, z->offset_s};
    int64_t shift = 0;
    if (utc_s >= z->end_utc_s) {
        shift = ((utc_s - z->end_utc_s) / CYCLE_S + 1) * CYCLE_S;
        utc_s -= shift;
    }
    uint32_t i = upper_bound(z, utc_s);
    struct zone_span s;
    s.offset_s = i ? z->changes[i - 1].offset_s : z->offset_s;
    s.from_utc_s = i ? z->changes[i - 1].utc_s + shift : INT64_MIN;
    s.to_utc_s = i < z->nchanges ? z->changes[i].utc_s : z->end_utc_s;
    s.to_utc_s += shift;
    return s;
}

int32_t zone_local_offset_slow(const struct zone *z, int64_t local_s) {
    /* No offset is beyond a day: one span earlier is a candidate. The first whose end lies after the
     * local time, read by that span's own offset, is right: in a gap that is the span before it. */
    int64_t t = local_s < INT64_MIN + 2 * 86400 ? INT64_MIN : local_s - 2 * 86400;
    for (;;) {
        struct zone_span s = zone_span_utc(z, t);
        if (s.to_utc_s == INT64_MAX || local_s - s.offset_s < s.to_utc_s) return s.offset_s;
        /* In the gap after this span? Then still this span's offset. */
        struct zone_span next = zone_span_utc(z, s.to_utc_s);
        if (local_s - next.offset_s < next.from_utc_s) return s.offset_s;
        t = s.to_utc_s;
    }
}

/* ---- fixed offsets ---- */

static bool digits2(const char **p, const char *end, unsigned max, int *out) {
    int n = 0;
    unsigned count = 0;
    while (*p < end && **p >= '0' && **p <= '9' && count < max) {
        n = n * 10 + (*(*p)++ - '0');
        count++;
    }
    *out = n;
    return count > 0;
}

/* "+2", "+02", "+02:30", "+0230", "+02:30:15". */
static bool parse_offset(const char *p, const char *end, int32_t *offset_s) {
    if (p >= end || (*p != '+' && *p != '-')) return false;
    int sign = *p++ == '-' ? -1 : 1;
    int h, m = 0, s = 0;
    if (!digits2(&p, end, 2, &h)) return false;
    if (p < end && *p == ':') p++;
    else if (p == end) goto done;
    if (!digits2(&p, end, 2, &m)) return false;
    if (p < end && *p == ':') p++;
    else if (p == end) goto done;
    if (!digits2(&p, end, 2, &s)) return false;
done:
    if (p != end || h > 18 || m > 59 || s > 59) return false;
    *offset_s = sign * (h * 3600 + m * 60 + s);
    return true;
}

static bool fixed_zone(struct str name, int32_t *offset_s) {
    static const struct str prefixes[] = {{"UTC", 3}, {"GMT", 3}, {"UT", 2}};
    *offset_s = 0;
    if (str_eq(name, STR("Z"))) return true;
    const char *p = name.ptr, *end = name.ptr + name.len;
    for (unsigned i = 0; i < ARRAY_LEN(prefixes); i++) {
        if (!str_starts(name, prefixes[i])) continue;
        p += prefixes[i].len;
        if (p == end) return true;
        break;
    }
    return parse_offset(p, end, offset_s);
}

/* ---- the POSIX rule ---- */

struct rule_date {
    char form;      /* 'M' month.week.day, 'J' day 1..365 without 29 February, '0' day 0..365 */
    int a, b, c;    /* M: month, week, weekday (0 = Sunday); else a */
    int32_t time_s; /* of the wall clock */
};

struct rule {
    int32_t std_offset_s, dst_offset_s;
    bool has_dst;
    struct rule_date start, end; /* of daylight time */
};

static bool rule_name(const char **p, const char *end) {
    const char *from = *p;
    if (*p < end && **p == '<') {
        while (*p < end && **p != '>') (*p)++;
        if (*p == end) return false;
        (*p)++;
        return true;
    }
    while (*p < end && ((**p | 0x20) >= 'a' && (**p | 0x20) <= 'z')) (*p)++;
    return *p - from >= 3;
}

/* [+-]h[h][h][:mm[:ss]] */
static bool rule_time(const char **p, const char *end, int32_t *out) {
    int sign = 1, h, m = 0, s = 0;
    if (*p < end && (**p == '+' || **p == '-')) sign = *(*p)++ == '-' ? -1 : 1;
    if (!digits2(p, end, 3, &h)) return false;
    if (*p < end && **p == ':') {
        (*p)++;
        if (!digits2(p, end, 2, &m)) return false;
    }
    if (*p < end && **p == ':') {
        (*p)++;
        if (!digits2(p, end, 2, &s)) return false;
    }
    *out = sign * (h * 3600 + m * 60 + s);
    return true;
}

static bool skip_char(const char **p, const char *end, char c) {
    if (*p >= end || **p != c) return false;
    (*p)++;
    return true;
}

static bool rule_day(const char **p, const char *end, struct rule_date *d) {
    if (!skip_char(p, end, ',')) return false;
    d->form = '0';
    if (*p < end && (**p == 'M' || **p == 'J')) d->form = *(*p)++;
    if (!digits2(p, end, 3, &d->a)) return false;
    if (d->form == 'M') {
        if (!skip_char(p, end, '.') || !digits2(p, end, 1, &d->b)) return false;
        if (!skip_char(p, end, '.') || !digits2(p, end, 1, &d->c)) return false;
        if (d->a < 1 || d->a > 12 || d->b < 1 || d->b > 5 || d->c > 6) return false;
    }
    d->time_s = 7200;
    return !skip_char(p, end, '/') || rule_time(p, end, &d->time_s);
}

static bool rule_parse(const char *p, const char *end, struct rule *r) {
    int32_t west;
    if (!rule_name(&p, end) || !rule_time(&p, end, &west)) return false;
    r->std_offset_s = -west;
    r->has_dst = p < end;
    if (!r->has_dst) return true;
    if (!rule_name(&p, end)) return false;
    r->dst_offset_s = r->std_offset_s + 3600;
    if (p < end && *p != ',') {
        if (!rule_time(&p, end, &west)) return false;
        r->dst_offset_s = -west;
    }
    return rule_day(&p, end, &r->start) && rule_day(&p, end, &r->end) && p == end;
}

/* The wall-clock second of a rule in a year. */
static int64_t rule_second(const struct rule_date *d, int year) {
    int64_t day;
    if (d->form == 'M') {
        int32_t first = calendar_days(year, (unsigned)d->a, 1);
        int weekday = (int)(calendar_iso_weekday(first) % 7); /* 0 = Sunday */
        int mday = 1 + (d->c - weekday + 7) % 7 + (d->b - 1) * 7;
        int last = (int)calendar_month_days(year, (unsigned)d->a);
        while (mday > last) mday -= 7;
        day = first + mday - 1;
    } else {
        day = calendar_days(year, 1, 1) + d->a;
        if (d->form == 'J') {
            bool leap = calendar_is_leap(year);
            day += leap && d->a >= 60 ? 0 : -1;
        }
    }
    return day * 86400 + d->time_s;
}

static void add_change(struct zone *z, int64_t utc_s, int32_t offset_s) {
    int32_t before = z->nchanges ? z->changes[z->nchanges - 1].offset_s : z->offset_s;
    if (z->nchanges && utc_s <= z->changes[z->nchanges - 1].utc_s) return;
    if (offset_s == before) return;
    z->changes[z->nchanges++] = (struct zone_change){utc_s, offset_s};
}

static void rule_expand(struct zone *z, const struct rule *r, int from_year) {
    if (!r->has_dst) return;
    for (int year = from_year; year < LAST_YEAR; year++) {
        int64_t start = rule_second(&r->start, year) - r->std_offset_s;
        int64_t end = rule_second(&r->end, year) - r->dst_offset_s;
        if (start < end) {
            add_change(z, start, r->dst_offset_s);
            add_change(z, end, r->std_offset_s);
        } else {
            add_change(z, end, r->std_offset_s);
            add_change(z, start, r->dst_offset_s);
        }
    }
}

/* ---- TZif ---- */

static uint32_t be32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
static int64_t be64(const uint8_t *p) {
    return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

struct tzif {
    uint32_t isut, isstd, leap, time, type, chars; /* counts of the header */
    const uint8_t *data;                           /* what follows the header */
    size_t data_bytes;                             /* length by those counts */
};

static bool tzif_block(const uint8_t *p, size_t len, unsigned time_bytes, struct tzif *b) {
    if (len < 44 || memcmp(p, "TZif", 4) != 0) return false;
    b->isut = be32(p + 20), b->isstd = be32(p + 24), b->leap = be32(p + 28);
    b->time = be32(p + 32), b->type = be32(p + 36), b->chars = be32(p + 40);
    uint32_t limit = MAX_FILE_BYTES;
    if (b->isut > limit || b->isstd > limit || b->leap > limit || b->time > limit || b->type > limit ||
        b->chars > limit)
        return false;
    b->data = p + 44;
    b->data_bytes = (size_t)b->time * (time_bytes + 1) + (size_t)b->type * 6 + b->chars +
                    (size_t)b->leap * (time_bytes + 4) + b->isstd + b->isut;
    return b->data_bytes <= len - 44;
}

static bool tzif_times(struct zone *z, const struct tzif *b) {
    const uint8_t *times = b->data, *idx = times + (size_t)b->time * 8, *types = idx + b->time;
    if (b->type == 0) return false;
    z->offset_s = (int32_t)be32(types);
    for (uint32_t i = 0; i < b->time; i++) {
        if (idx[i] >= b->type) return false;
        int64_t t = be64(times + (size_t)i * 8);
        int32_t offset = (int32_t)be32(types + (size_t)idx[i] * 6);
        if (offset < -90000 || offset > 93600) return false;
        add_change(z, t, offset);
    }
    return true;
}

static bool tzif_parse(struct zone *z, const uint8_t *p, size_t len, struct arena *a) {
    struct tzif b;
    if (!tzif_block(p, len, 4, &b) || p[4] < '2') return false;
    const uint8_t *second = b.data + b.data_bytes;
    if (!tzif_block(second, len - (size_t)(second - p), 8, &b)) return false;
    z->changes = ARENA_ARRAY(a, struct zone_change, b.time + 2 * (LAST_YEAR - 1970) + 8);
    if (!tzif_times(z, &b)) return false;
    z->end_utc_s = (int64_t)calendar_days(LAST_YEAR, 1, 1) * 86400 - 2 * 86400;
    const char *foot = (const char *)b.data + b.data_bytes, *end = (const char *)p + len;
    if (foot >= end || *foot != '\n') return false;
    foot++;
    const char *stop = memchr(foot, '\n', (size_t)(end - foot));
    if (!stop) return false;
    if (stop == foot) return true; /* no rule: the last offset stays */
    struct rule r;
    if (!rule_parse(foot, stop, &r)) return false;
    int64_t last = z->nchanges ? z->changes[z->nchanges - 1].utc_s : 0;
    int32_t year = 1970;
    unsigned month, day;
    if (last > 0) calendar_civil((int32_t)(last / 86400), &year, &month, &day);
    rule_expand(z, &r, year);
    return true;
}

/* ---- files ---- */

static bool name_is_safe(struct str name) {
    if (name.len == 0 || name.len > 100 || name.ptr[0] == '/') return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool alnum = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
        if (!alnum && !(c && strchr("_+-/", c))) return false;
    }
    return true;
}

/* Reads the whole file: bytes read, or -errno. */
static ssize_t read_zone_file(const char *dir, struct str name, uint8_t *buf) {
    struct env env = env_real;
    char path[160];
    size_t n = strlen(dir);
    memcpy(path, dir, n);
    memcpy(path + n, name.ptr, name.len);
    path[n + name.len] = 0;
    int fd = env.open(&env, path, O_RDONLY | O_CLOEXEC, 0);
    if (fd < 0) return fd;
    ssize_t total = 0, got;
    while ((got = env.read(&env, fd, buf + total, MAX_FILE_BYTES - (size_t)total)) > 0) total += got;
    env.close(&env, fd);
    return got < 0 ? got : total;
}

static bool load_region(struct zone *z, struct arena *a) {
    static const char *const dirs[] = {"/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/etc/zoneinfo/"};
    uint8_t *buf = malloc(MAX_FILE_BYTES);
    if (!buf) return false;
    bool ok = false;
    for (unsigned i = 0; i < ARRAY_LEN(dirs) && !ok; i++) {
        ssize_t n = read_zone_file(dirs[i], z->name, buf);
        if (n > 0) ok = tzif_parse(z, buf, (size_t)n, a);
    }
    free(buf);
    return ok;
}

enum status zone_load(struct str name, struct arena *a, const struct zone **out, struct error *e) {
    int32_t offset_s;
    if (fixed_zone(name, &offset_s)) {
        if (offset_s == 0 && str_eq(name, STR("UTC"))) {
            *out = &utc;
            return ST_OK;
        }
        struct zone *z = ARENA_NEW(a, struct zone);
        *z = (struct zone){.name = arena_str(a, name), .fixed = true, .offset_s = offset_s};
        *out = z;
        return ST_OK;
    }
    struct zone *z = ARENA_NEW(a, struct zone);
    z->name = arena_str(a, name);
    if (name_is_safe(name) && load_region(z, a)) {
        if (z->nchanges == 0) z->fixed = true;
        *out = z;
        return ST_OK;
    }
    error_set(e, ERR_INVALID_ARGUMENT, "there is no time zone '%.*s'", STR_ARG(name));
    struct stat st;
    struct env env = env_real;
    if (env.stat(&env, "/usr/share/zoneinfo", &st) < 0)
        return error_hint(e, "the system has no time zone files: install the package tzdata");
    return error_hint(e, "use a region as 'Europe/Berlin', or an offset as '+02:00' or 'UTC'");
}
