/* SPDX-License-Identifier: Apache-2.0
 *
 * Times, part two: to and from text and numbers (TO_TIMESTAMP, TO_TIMESTAMP_LTZ, TO_DATE, DATE_FORMAT,
 * FROM_UNIXTIME, UNIX_TIMESTAMP, CONVERT_TZ). A constant pattern is compiled once and refused when it is
 * wrong; other patterns are compiled where they differ from the row before. Text that is not of the form
 * gives NULL, except where functions.def says otherwise. All are STRICT.
 */
#include <math.h>

#include "exec/datetime_pattern.h"
#include "exec/decimal.h"
#include "exec/kernel_util.h"
#include "exec/zone.h"

/* ---- patterns ---- */

struct format_state {
    enum datetime_dialect dialect;
    bool printing;                          /* as datetime_pattern_compile */
    uint32_t arg;                           /* which argument the pattern is; beyond nargs = default */
    bool constant;                          /* compiled once, in init */
    const struct datetime_pattern *pattern; /* the last one; NULL: not valid */
    struct str text;                        /* its text */
    struct arena arena;                     /* of the last one */
};

static enum status format_init(const struct expr *e, struct arena *a, void **state, struct error *err,
                               uint32_t arg, enum datetime_dialect dialect, bool printing) {
    struct format_state *st = ARENA_NEW(a, struct format_state);
    *st = (struct format_state){.dialect = dialect, .printing = printing, .arg = arg};
    *state = st;
    struct str text = STR("yyyy-MM-dd HH:mm:ss");
    if (arg < e->nargs) {
        const struct value *v = literal_arg(e, arg);
        if (!v) return ST_OK;
        text = v->s;
    }
    st->constant = true;
    struct span span = arg < e->nargs ? e->args[arg]->span : e->span;
    return datetime_pattern_compile(text, dialect, printing, a, &st->pattern, span, err);
}
static void format_fini(void *state) {
    struct format_state *st = state;
    arena_free(&st->arena);
}

/* The pattern of a row; NULL: it is not valid. */
static const struct datetime_pattern *row_format(struct kernel_call *call, uint32_t row) {
    struct format_state *st = call->state;
    if (st->constant) return st->pattern;
    struct str text = arg_str(call->args[st->arg], row);
    if (st->text.ptr && str_eq(text, st->text)) return st->pattern;
    struct error ignored = {0};
    arena_reset(&st->arena);
    st->text = arena_str(&st->arena, text);
    if (datetime_pattern_compile(st->text, st->dialect, st->printing, &st->arena, &st->pattern,
                                 (struct span){0}, &ignored) != ST_OK)
        st->pattern = NULL;
    return st->pattern;
}

#define FORMAT_INIT(name, arg, dialect, printing)                                                            \
    static enum status name(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,        \
                            void **state, struct error *err) {                                               \
        return format_init(e, a, state, err, arg, dialect, printing);                                        \
    }
FORMAT_INIT(formatter_parse_init, 1, DATETIME_FORMATTER, false)
FORMAT_INIT(formatter_print_init, 1, DATETIME_FORMATTER, true)
FORMAT_INIT(simple_parse_init, 1, DATETIME_SIMPLE, false)
FORMAT_INIT(simple_print_init, 1, DATETIME_SIMPLE, true)

/* Wall-clock ticks cut to milliseconds; false: beyond what a TIMESTAMP holds. */
static int64_t parsed_ms_ticks(const struct datetime_parsed *p) {
    return p->local_s * 1000000 + p->nanos / 1000000 * 1000;
}

/* ---- TO_TIMESTAMP, TO_DATE ---- */

static enum status to_timestamp(struct kernel_call *call) {
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        if (!datetime_parse_timestamp(s.ptr, s.len, DATETIME_CAST, false, 3, &out[row]))
            kernel_null(call, row);
    }
    return ST_OK;
}

/* A whole number of up to `digits` digits, then `end` (0: anything). */
static bool take_number(struct str *s, unsigned digits, char end, int64_t *out) {
    size_t n = 0;
    *out = 0;
    while (n < s->len && n < digits && s->ptr[n] >= '0' && s->ptr[n] <= '9')
        *out = *out * 10 + (s->ptr[n++] - '0');
    if (n == 0 || (end && (n == s->len || s->ptr[n] != end))) return false;
    *s = str_sub(*s, n + (end != 0), s->len - n - (end != 0));
    return true;
}

/* Text that the pattern does not fit is read as yyyy-[M]M-[d]d [H]H:[m]m:[s]s[.f] or its date, as in Flink.
 */
static bool read_plain(struct str s, int64_t *out) {
    int64_t y, m, d, h = 0, min = 0, sec = 0, us = 0;
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ') s.len--;
    const char *blank = s.len ? memchr(s.ptr, ' ', s.len) : NULL;
    if (s.len < 5 || s.ptr[4] != '-' || !take_number(&s, 4, '-', &y) || !take_number(&s, 2, '-', &m))
        return false;
    if (!take_number(&s, 2, blank ? ' ' : 0, &d) || m < 1 || m > 12 || d < 1 || d > 31) return false;
    if (blank) {
        if (!take_number(&s, 2, ':', &h) || !take_number(&s, 2, ':', &min) || !take_number(&s, 2, 0, &sec))
            return false;
        if (s.len && s.ptr[0] == '.') {
            size_t digits = s.len - 1;
            s = str_sub(s, 1, s.len - 1);
            if (digits > 9 || !take_number(&s, 9, 0, &us)) return false;
            for (; digits > 6; digits--) us /= 10;
            for (; digits < 6; digits++) us *= 10;
        }
    }
    if (s.len || h > 23 || min > 59 || sec > 59) return false;
    int64_t days = calendar_days((int32_t)y, (unsigned)m, 1) + d - 1; /* the 30th of February is in March */
    *out = (days * DATETIME_DAY_S + h * 3600 + min * 60 + sec) * 1000000 + us / 1000 * 1000;
    return true;
}

static enum status to_timestamp_format(struct kernel_call *call) {
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        const struct datetime_pattern *p = row_format(call, row);
        struct datetime_parsed d;
        struct str s = arg_str(call->args[0], row);
        if (p && datetime_pattern_parse(p, s, &d)) out[row] = parsed_ms_ticks(&d);
        else if (!p || !read_plain(s, &out[row])) kernel_null(call, row);
    }
    return ST_OK;
}

static enum status to_date(struct kernel_call *call) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        if (!datetime_cast_date(arg_str(call->args[0], row), &out[row])) kernel_null(call, row);
    }
    return ST_OK;
}

static enum status to_date_format(struct kernel_call *call) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        const struct datetime_pattern *p = row_format(call, row);
        struct datetime_parsed d;
        if (p && datetime_pattern_parse(p, arg_str(call->args[0], row), &d))
            out[row] = (int32_t)floor_div(d.local_s, DATETIME_DAY_S);
        else kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_TO_TIMESTAMP = {.fn = to_timestamp};
const struct kernel kernel_TO_TIMESTAMP_FORMAT = {
    .fn = to_timestamp_format, .init = formatter_parse_init, .fini = format_fini};
const struct kernel kernel_TO_DATE = {.fn = to_date};
const struct kernel kernel_TO_DATE_FORMAT = {
    .fn = to_date_format, .init = simple_parse_init, .fini = format_fini};

/* ---- TO_TIMESTAMP_LTZ of numbers: NULL outside the years 0 to 9999 ---- */

#define MIN_EPOCH_S INT64_C(-62167219200)
#define MAX_EPOCH_S INT64_C(253402300799)

/* Units in a second for a precision; 0: it is none. */
static int64_t ltz_units(int64_t precision) {
    static const int64_t units[] = {1,      10,      100,      1000,      10000,
                                    100000, 1000000, 10000000, 100000000, 1000000000};
    return precision >= 0 && precision <= 9 ? units[precision] : 0;
}

static enum status bad_precision(struct error *err, struct span span, int64_t precision) {
    return error_at(err, ERR_INVALID_ARGUMENT, span, "TO_TIMESTAMP_LTZ takes a precision of 0 to 9, not %lld",
                    (long long)precision);
}

static enum status ltz_init(const struct expr *e, struct arena *a UNUSED, const struct eval_ctx *ctx UNUSED,
                            void **state UNUSED, struct error *err) {
    const struct value *v = literal_arg(e, 1);
    if (!v || ltz_units(v->i)) return ST_OK;
    return bad_precision(err, e->args[1]->span, v->i);
}

/* The units of a row: milliseconds when no precision is given. */
static enum status row_units(struct kernel_call *call, uint32_t row, int64_t *units) {
    int64_t precision = call->expr->nargs < 2 ? 3 : arg_i32(call->args[1], row);
    *units = ltz_units(precision);
    return *units ? ST_OK : bad_precision(call->ctx->error, call->expr->args[1]->span, precision);
}

/* n units of that size as ticks of the type; false where it is NULL. */
static bool ltz_ticks(int64_t n, int64_t units, const struct type *type, int64_t *out) {
    int64_t per_second = type_ticks_per_second(type);
    bool cut = units > 1000 && type->precision == 3; /* the precision is no literal */
    int64_t mul = per_second >= units ? per_second / units : 1;
    int64_t lo = INT64_MIN / mul, hi = INT64_MAX / mul;
    if (per_second == 1000000 && units <= 1000000)
        lo = MIN_EPOCH_S * units, hi = MAX_EPOCH_S * units + units - 1;
    if (n < lo || n > hi) return false;
    *out = per_second >= units ? n * mul : floor_div(n, units / per_second);
    if (cut) *out -= floor_mod(*out, 1000);
    return true;
}

/* All rows at once; false: some are out of range, or the loop does not suit. */
static bool to_ltz_fast(struct kernel_call *call, int64_t units) {
    const struct vec *v = call->args[0];
    int64_t per_second = type_ticks_per_second(call->expr->type);
    if (call->sel.idx || v->form != VEC_FLAT || units > per_second) return false;
    int64_t mul = per_second / units, lo = INT64_MIN / mul, hi = INT64_MAX / mul;
    if (per_second == 1000000) lo = MIN_EPOCH_S * units, hi = MAX_EPOCH_S * units + units - 1;
    const int64_t *restrict in = v->data;
    int64_t *restrict to = call->out->data;
    uint64_t bad = 0, width = (uint64_t)hi - (uint64_t)lo;
    for (uint32_t i = 0; i < call->sel.count; i++) {
        bad |= (uint64_t)((uint64_t)in[i] - (uint64_t)lo > width);
        to[i] = (int64_t)((uint64_t)in[i] * (uint64_t)mul);
    }
    return !bad;
}

static enum status to_ltz(struct kernel_call *call) {
    int64_t units = 1000, *out = out_i64(call);
    bool same = call->expr->nargs < 2 || call->args[1]->form == VEC_CONST;
    if (call->sel.count == 0) return ST_OK;
    if (same) TRY(row_units(call, 0, &units));
    if (same && to_ltz_fast(call, units)) return ST_OK;
    SEL_FOREACH(call->sel, k, row) {
        if (!same) TRY(row_units(call, row, &units));
        if (!ltz_ticks(arg_i64(call->args[0], row), units, call->expr->type, &out[row]))
            kernel_null(call, row);
    }
    return ST_OK;
}

/* DECIMAL: the fraction is dropped. */
static enum status to_ltz_decimal(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    int64_t units, *out = out_i64(call);
    __int128 one = (__int128)decimal_pow10[v->type->scale];
    SEL_FOREACH(call->sel, k, row) {
        uint32_t i = arg_index(v, row);
        __int128 n =
            (v->phys == PHYS_I128 ? ((const __int128 *)v->data)[i] : ((const int64_t *)v->data)[i]) / one;
        TRY(row_units(call, row, &units));
        bool fits = n >= INT64_MIN && n <= INT64_MAX;
        if (!fits || !ltz_ticks((int64_t)n, units, call->expr->type, &out[row])) kernel_null(call, row);
    }
    return ST_OK;
}

/* DOUBLE: a fraction of seconds counts down to milliseconds, one of finer units is dropped. */
static enum status to_ltz_double(struct kernel_call *call) {
    const double *in = call->args[0]->data;
    int64_t units, *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        TRY(row_units(call, row, &units));
        int64_t fine = units < 1000 ? 1000 : units;
        double n = floor(in[arg_index(call->args[0], row)] * (double)(fine / units));
        bool fits = n > -9e18 && n < 9e18;
        if (!fits || !ltz_ticks((int64_t)n, fine, call->expr->type, &out[row])) kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_TO_TIMESTAMP_LTZ = {.fn = to_ltz, .init = ltz_init};
const struct kernel kernel_TO_TIMESTAMP_LTZ_DECIMAL = {.fn = to_ltz_decimal, .init = ltz_init};
const struct kernel kernel_TO_TIMESTAMP_LTZ_DOUBLE = {.fn = to_ltz_double, .init = ltz_init};

/* ---- TO_TIMESTAMP_LTZ(text [, format [, zone]]): UTC unless a zone is given; bad text fails, an unknown
 * zone that is no literal gives NULL ---- */

struct ltz_text_state {
    struct format_state format; /* of argument 1, where there is one; first, for row_format() */
    const struct zone *zone;    /* constant zone; NULL: the one of the row */
    const struct zone *last;    /* zone of the last row; NULL: unknown */
    struct str last_name;       /* its name */
    struct arena zones;         /* of the last zone */
};

static enum status ltz_text_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                                 void **state, struct error *err) {
    struct ltz_text_state *st = ARENA_NEW(a, struct ltz_text_state);
    void *format = NULL;
    st->zone = zone_utc();
    if (e->nargs > 1) {
        TRY(format_init(e, a, &format, err, 1, DATETIME_FORMATTER, false));
        st->format = *(struct format_state *)format;
    }
    if (e->nargs > 2) {
        const struct value *name = literal_arg(e, 2);
        if (name) TRY(zone_load(name->s, a, &st->zone, err));
        else st->zone = NULL;
    }
    *state = st;
    return ST_OK;
}

static void ltz_text_fini(void *state) {
    struct ltz_text_state *st = state;
    arena_free(&st->format.arena);
    arena_free(&st->zones);
}

/* The zone of a row; NULL: there is none of that name. */
static const struct zone *row_zone(struct kernel_call *call, uint32_t row) {
    struct ltz_text_state *st = call->state;
    if (st->zone) return st->zone;
    struct str name = arg_str(call->args[2], row);
    if (st->last_name.ptr && str_eq(name, st->last_name)) return st->last;
    struct error ignored = {0};
    arena_reset(&st->zones);
    st->last_name = arena_str(&st->zones, name);
    if (zone_load(st->last_name, &st->zones, &st->last, &ignored) != ST_OK) st->last = NULL;
    return st->last;
}

static bool read_local(struct kernel_call *call, uint32_t row, struct str s, int64_t *local) {
    struct datetime_parsed d;
    if (call->expr->nargs < 2) return datetime_parse_timestamp(s.ptr, s.len, DATETIME_CAST, false, 3, local);
    const struct datetime_pattern *p = row_format(call, row);
    if (!p || !datetime_pattern_parse(p, s, &d)) return false;
    *local = parsed_ms_ticks(&d);
    return true;
}

static enum status to_ltz_text(struct kernel_call *call) {
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        const struct zone *zone = row_zone(call, row);
        int64_t local = 0;
        if (!zone) {
            kernel_null(call, row);
            continue;
        }
        if (!read_local(call, row, s, &local))
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                            "TO_TIMESTAMP_LTZ cannot read '%.*s' as a timestamp",
                            (int)(s.len < 60 ? s.len : 60), s.ptr);
        out[row] = zone_to_utc(zone, local, 1000000);
    }
    return ST_OK;
}

const struct kernel kernel_TO_TIMESTAMP_LTZ_TEXT = {
    .fn = to_ltz_text, .init = ltz_text_init, .fini = ltz_text_fini};

/* ---- DATE_FORMAT ---- */

static void put_formatted(struct kernel_call *call, uint32_t row, const struct datetime_pattern *p,
                          int64_t local, int64_t per_second, int32_t offset_s) {
    struct datetime d;
    datetime_split(local, per_second, &d);
    char *text = text_alloc(call, datetime_pattern_bytes(p));
    kernel_put_view(call, row, text, datetime_pattern_print(p, &d, offset_s, text));
}

static enum status bad_format(struct kernel_call *call, uint32_t row) {
    struct str text = arg_str(call->args[1], row);
    return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->args[1]->span,
                    "'%.*s' is not a date pattern", (int)(text.len < 60 ? text.len : 60), text.ptr);
}

/* Rows in the order of time mostly fall into the minute, hour or day of the row before: its text is reused.
 */
static enum status date_format(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    struct strview *out = call->out->data, last = {0};
    int64_t per_second = type_ticks_per_second(v->type), from = 0, to = 0;
    const struct zone *zone = v->type->kind == TYPE_TIMESTAMP_LTZ ? call->ctx->zone : zone_utc();
    bool constant = ((const struct format_state *)call->state)->constant;
    SEL_FOREACH(call->sel, k, row) {
        int64_t t = zone_to_local(zone, arg_i64(v, row), per_second);
        if (t >= from && t < to) {
            out[row] = last;
            continue;
        }
        const struct datetime_pattern *p = row_format(call, row);
        if (!p) return bad_format(call, row);
        put_formatted(call, row, p, t, per_second, 0);
        int64_t unit = datetime_pattern_unit(p) * per_second;
        if (!constant || unit == 0) continue;
        last = out[row];
        if (__builtin_mul_overflow(floor_div(t, unit), unit, &from) ||
            __builtin_add_overflow(from, unit, &to))
            from = to = 0;
    }
    return ST_OK;
}

/* Text is read as yyyy-MM-dd HH:mm:ss alone; of another form it is NULL. */
struct format_text_state {
    struct format_state format;          /* of the result; first, for row_format() */
    const struct datetime_pattern *read; /* of the text */
};

static enum status format_text_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                                    void **state, struct error *err) {
    struct format_text_state *st = ARENA_NEW(a, struct format_text_state);
    void *format = NULL;
    TRY(datetime_pattern_compile(STR("yyyy-MM-dd HH:mm:ss"), DATETIME_SIMPLE, false, a, &st->read, e->span,
                                 err));
    TRY(format_init(e, a, &format, err, 1, DATETIME_FORMATTER, true));
    st->format = *(struct format_state *)format;
    *state = st;
    return ST_OK;
}

static enum status date_format_text(struct kernel_call *call) {
    const struct format_text_state *st = call->state;
    SEL_FOREACH(call->sel, k, row) {
        const struct datetime_pattern *p = row_format(call, row);
        struct datetime_parsed d;
        if (!p) return bad_format(call, row);
        if (datetime_pattern_parse(st->read, arg_str(call->args[0], row), &d))
            put_formatted(call, row, p, d.local_s * 1000000, 1000000, 0);
        else kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_DATE_FORMAT = {
    .fn = date_format, .init = formatter_print_init, .fini = format_fini};
const struct kernel kernel_DATE_FORMAT_TEXT = {
    .fn = date_format_text, .init = format_text_init, .fini = format_fini};

/* ---- Unix time, in the session's zone ---- */

static void put_unix(struct kernel_call *call, uint32_t row, const struct datetime_pattern *p,
                     const struct zone *zone, int64_t utc_s) {
    int64_t us, min = INT64_MIN / 1000000, max = INT64_MAX / 1000000;
    if (!p || utc_s < min || utc_s > max) {
        kernel_null(call, row);
        return;
    }
    int32_t offset_s = zone_offset_utc(zone, utc_s);
    if (__builtin_add_overflow(utc_s * 1000000, (int64_t)offset_s * 1000000, &us)) us = utc_s * 1000000;
    put_formatted(call, row, p, us, 1000000, offset_s);
}

static enum status from_unixtime(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row)
    put_unix(call, row, row_format(call, row), call->ctx->zone, arg_i64(call->args[0], row));
    return ST_OK;
}

static int64_t parsed_utc(const struct datetime_parsed *d, const struct zone *zone) {
    return d->local_s - (d->has_offset ? d->offset_s : zone_offset_local(zone, d->local_s));
}

/* Text that is not a time gives the least BIGINT, as in Flink. */
static enum status unix_timestamp(struct kernel_call *call) {
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        const struct datetime_pattern *p = row_format(call, row);
        struct datetime_parsed d;
        bool ok = p && datetime_pattern_parse(p, arg_str(call->args[0], row), &d);
        out[row] = ok ? parsed_utc(&d, call->ctx->zone) : INT64_MIN;
    }
    return ST_OK;
}

const struct kernel kernel_FROM_UNIXTIME = {
    .fn = from_unixtime, .init = simple_print_init, .fini = format_fini};
const struct kernel kernel_UNIX_TIMESTAMP = {
    .fn = unix_timestamp, .init = simple_parse_init, .fini = format_fini};

/* ---- CONVERT_TZ(text, from, to): an unknown zone is UTC, as in Flink ---- */

struct convert_state {
    struct format_state *format; /* "yyyy-MM-dd HH:mm:ss" both ways */
    const struct zone *zones[2]; /* the last ones */
    struct str names[2];         /* their names */
    struct arena arena[2];       /* of each */
};

static const struct zone *convert_zone(struct convert_state *st, unsigned i, struct str name) {
    if (st->zones[i] && str_eq(name, st->names[i])) return st->zones[i];
    struct error ignored = {0};
    arena_reset(&st->arena[i]);
    st->names[i] = arena_str(&st->arena[i], name);
    if (zone_load(name, &st->arena[i], &st->zones[i], &ignored) != ST_OK) st->zones[i] = zone_utc();
    return st->zones[i];
}

static enum status convert_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                                void **state, struct error *err) {
    struct convert_state *st = ARENA_NEW(a, struct convert_state);
    void *format;
    TRY(format_init(e, a, &format, err, UINT32_MAX, DATETIME_SIMPLE, true));
    st->format = format;
    *state = st;
    return ST_OK;
}
static void convert_fini(void *state) {
    struct convert_state *st = state;
    arena_free(&st->arena[0]);
    arena_free(&st->arena[1]);
}

static enum status convert_tz(struct kernel_call *call) {
    struct convert_state *st = call->state;
    SEL_FOREACH(call->sel, k, row) {
        struct datetime_parsed d;
        const struct zone *from = convert_zone(st, 0, arg_str(call->args[1], row));
        const struct zone *to = convert_zone(st, 1, arg_str(call->args[2], row));
        if (datetime_pattern_parse(st->format->pattern, arg_str(call->args[0], row), &d))
            put_unix(call, row, st->format->pattern, to, parsed_utc(&d, from));
        else kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_CONVERT_TZ = {.fn = convert_tz, .init = convert_init, .fini = convert_fini};
