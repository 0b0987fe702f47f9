/* SPDX-License-Identifier: Apache-2.0
 *
 * Checking and reading options; see options.h.
 */
#include "base/options.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define KEY_MAX 256
#define DURATION_MAX_US ((int64_t)1 << 60)

const struct option *options_find(const struct options *o, const char *key) {
    for (uint32_t i = 0; i < o->count; i++) {
        if (str_eq(o->items[i].key, str_of(key))) return &o->items[i];
    }
    return NULL;
}

/* '#' in a pattern matches one or more characters. */
static bool key_matches(const char *pattern, struct str key) {
    const char *hash = strchr(pattern, '#');
    if (!hash) return str_eq(str_of(pattern), key);
    size_t before = (size_t)(hash - pattern), after = strlen(hash + 1);
    return key.len > before + after && memcmp(pattern, key.ptr, before) == 0 &&
           memcmp(hash + 1, key.ptr + key.len - after, after) == 0;
}

const struct option_def *option_def_find(const struct option_def *defs, struct str key) {
    for (const struct option_def *d = defs; d && d->key; d++) {
        if (key_matches(d->key, key)) return d;
    }
    return NULL;
}

bool option_parse_int(struct str text, int64_t *out) {
    char buf[32];
    if (text.len == 0 || text.len >= sizeof buf) return false;
    memcpy(buf, text.ptr, text.len);
    buf[text.len] = '\0';
    char *end;
    errno = 0;
    long long v = strtoll(buf, &end, 10);
    if (errno || *end || isspace((unsigned char)buf[0])) return false;
    *out = v;
    return true;
}

struct unit {
    const char *names; /* "|a|b|" */
    int64_t factor;
};

static const struct unit duration_units[] = {
    {"|us|micro|micros|microsecond|microseconds|\xc2\xb5s|", 1},
    {"|ms|milli|millis|millisecond|milliseconds||", 1000},
    {"|s|sec|secs|second|seconds|", 1000000},
    {"|m|min|mins|minute|minutes|", 60000000},
    {"|h|hour|hours|", 3600000000ll},
    {"|d|day|days|", 86400000000ll},
    {NULL, 0},
};

static const struct unit byte_units[] = {
    {"||b|bytes|", 1},
    {"|k|kb|kibibytes|kib|", 1ll << 10},
    {"|m|mb|mebibytes|mib|", 1ll << 20},
    {"|g|gb|gibibytes|gib|", 1ll << 30},
    {"|t|tb|tebibytes|tib|", 1ll << 40},
    {NULL, 0},
};

bool option_parse_amount(enum option_type type, struct str text, int64_t *out) {
    size_t i = 0;
    while (i < text.len && isspace((unsigned char)text.ptr[i])) i++;
    size_t digits = i;
    while (i < text.len && isdigit((unsigned char)text.ptr[i])) i++;
    int64_t n;
    if (!option_parse_int(str_sub(text, digits, i - digits), &n)) return false;
    while (i < text.len && isspace((unsigned char)text.ptr[i])) i++;
    char name[24] = "|";
    size_t len = 1;
    for (; i < text.len && !isspace((unsigned char)text.ptr[i]); i++) {
        if (len + 2 >= sizeof name) return false;
        name[len++] = (char)tolower((unsigned char)text.ptr[i]);
    }
    name[len++] = '|';
    name[len] = '\0';
    for (const struct unit *u = type == OPT_BYTES ? byte_units : duration_units; u->names; u++) {
        if (!strstr(u->names, name)) continue;
        /* a time can be added to a long duration without overflow */
        return !__builtin_mul_overflow(n, u->factor, out) &&
               (type != OPT_DURATION || *out <= DURATION_MAX_US);
    }
    return false;
}

static bool parse_bool(struct str text, bool *out) {
    *out = str_ieq(text, STR("true"));
    return *out || str_ieq(text, STR("false"));
}

static bool enum_has(const char *values, struct str text) {
    for (const char *at = values; *at;) {
        const char *bar = strchr(at, '|');
        size_t n = bar ? (size_t)(bar - at) : strlen(at);
        if (str_ieq((struct str){at, n}, text)) return true;
        if (!bar) break;
        at = bar + 1;
    }
    return false;
}

static bool parse_double(struct str text, double *out) {
    char buf[64];
    if (text.len == 0 || text.len >= sizeof buf) return false;
    memcpy(buf, text.ptr, text.len);
    buf[text.len] = '\0';
    char *end;
    *out = strtod(buf, &end);
    return *end == '\0';
}

static bool one_character(struct str text) {
    if (text.len == 2 && text.ptr[0] == '\\') return true;
    if (text.len == 6 && text.ptr[0] == '\\' && text.ptr[1] == 'u') return true;
    size_t chars = 0;
    for (size_t i = 0; i < text.len; i++) chars += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return chars == 1;
}

/* "a|b|c" as "a, b or c". */
static const char *list_values(const char *values, char *buf, size_t cap) {
    size_t n = 0;
    for (const char *at = values; *at && n + 8 < cap; at++) {
        const char *between = *at != '|' ? NULL : strchr(at + 1, '|') ? ", " : " or ";
        if (!between) buf[n++] = *at;
        for (; between && *between; between++) buf[n++] = *between;
    }
    buf[n] = '\0';
    return buf;
}

static bool within(const struct option_def *d, int64_t n) {
    return (d->min == 0 && d->max == 0) || (n >= d->min && n <= d->max);
}

/* Says what is wrong with a value, or NULL. */
static const char *value_problem(const struct option_def *d, struct str v, char *buf, size_t cap) {
    int64_t n;
    double f;
    bool b;
    switch (d->type) {
    case OPT_STRING: return NULL;
    case OPT_BOOL: return parse_bool(v, &b) ? NULL : "true or false";
    case OPT_DOUBLE: return parse_double(v, &f) ? NULL : "a number";
    case OPT_CHAR: return one_character(v) ? NULL : "one character";
    case OPT_DURATION: return option_parse_amount(d->type, v, &n) ? NULL : "a duration such as '10 s'";
    case OPT_BYTES:
        if (!option_parse_amount(d->type, v, &n)) return "a size such as '128 mb'";
        if (within(d, n)) return NULL;
        snprintf(buf, cap, "between %" PRId64 " and %" PRId64 " bytes", d->min, d->max);
        return buf;
    case OPT_ENUM:
        if (enum_has(d->values, v)) return NULL;
        return list_values(d->values, buf, cap);
    case OPT_INT:
        if (!option_parse_int(v, &n)) return "a whole number";
        if (within(d, n)) return NULL;
        snprintf(buf, cap, "between %" PRId64 " and %" PRId64, d->min, d->max);
        return buf;
    }
    return NULL;
}

static enum status unknown_key(const struct option *item, struct str key, const char *prefix,
                               const struct option_def *defs, const char *what, struct error *e) {
    error_at(e, ERR_INVALID_OPTION, item->key_span, "%s has no option '%.*s'", what, STR_ARG(item->key));
    const char *best = NULL;
    unsigned best_distance = str_too_far(key);
    for (const struct option_def *d = defs; d && d->key; d++) {
        unsigned distance = str_distance(key, str_of(d->key), best_distance);
        if (distance < best_distance) {
            best = d->key;
            best_distance = distance;
        }
    }
    if (best) return error_hint(e, "did you mean '%s%s'?", prefix, best);
    return ST_ERROR;
}

enum status options_check(const struct options *o, const char *prefix, const struct option_def *defs,
                          const char *what, struct error *e) {
    struct str cut = str_of(prefix);
    for (uint32_t i = 0; i < o->count; i++) {
        const struct option *item = &o->items[i];
        if (!str_starts(item->key, cut)) continue;
        struct str key = str_sub(item->key, cut.len, item->key.len - cut.len);
        const struct option_def *d = option_def_find(defs, key);
        if (!d) return unknown_key(item, key, prefix, defs, what, e);
        char buf[256];
        const char *problem = value_problem(d, item->value, buf, sizeof buf);
        if (problem)
            return error_at(e, ERR_INVALID_OPTION, item->value_span,
                            "option '%.*s' of %s must be %s, not '%.*s'", STR_ARG(item->key), what, problem,
                            STR_ARG(item->value));
    }
    for (const struct option_def *d = defs; d && d->key; d++) {
        if (d->required && !option_given(o, prefix, d->key)) {
            return error_set(e, ERR_INVALID_OPTION, "%s needs the option '%s%s'", what, prefix, d->key);
        }
    }
    return ST_OK;
}

static const struct option *find_prefixed(const struct options *o, const char *prefix, const char *key) {
    char full[KEY_MAX];
    int n = snprintf(full, sizeof full, "%s%s", prefix, key);
    return n < 0 || (size_t)n >= sizeof full ? NULL : options_find(o, full);
}

bool option_given(const struct options *o, const char *prefix, const char *key) {
    return find_prefixed(o, prefix, key) != NULL;
}

struct str option_str(const struct options *o, const char *prefix, const struct option_def *defs,
                      const char *key) {
    const struct option *item = find_prefixed(o, prefix, key);
    if (item) return item->value;
    const struct option_def *d = option_def_find(defs, str_of(key));
    return d && d->def ? str_of(d->def) : (struct str){"", 0};
}

bool option_bool(const struct options *o, const char *prefix, const struct option_def *defs,
                 const char *key) {
    return str_ieq(option_str(o, prefix, defs, key), STR("true"));
}

int64_t option_int(const struct options *o, const char *prefix, const struct option_def *defs,
                   const char *key) {
    int64_t v = 0;
    return option_parse_int(option_str(o, prefix, defs, key), &v) ? v : 0;
}

int64_t option_amount(const struct options *o, const char *prefix, const struct option_def *defs,
                      const char *key) {
    const struct option_def *d = option_def_find(defs, str_of(key));
    int64_t v = 0;
    enum option_type type = d ? d->type : OPT_DURATION;
    return option_parse_amount(type, option_str(o, prefix, defs, key), &v) ? v : 0;
}
