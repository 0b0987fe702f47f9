/* SPDX-License-Identifier: Apache-2.0
 *
 * Times, part two: to and from text and numbers (TO_TIMESTAMP, TO_TIMESTAMP_LTZ, TO_DATE, DATE_FORMAT,
 * FROM_UNIXTIME, UNIX_TIMESTAMP, CONVERT_TZ). A constant pattern is compiled once and refused when it is
 * wrong; other patterns are compiled where they differ from the row before. Text that is not of the form
 * gives NULL, except where functions.def says otherwise. All are STRICT.
 */
#include "exec/datetime_pattern.h"
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

static enum status to_timestamp_format(struct kernel_call *call) {
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        const struct datetime_pattern *p = row_format(call, row);
        struct datetime_parsed d;
        if (p && datetime_pattern_parse(p, arg_str(call->args[0], row), &d)) out[row] = parsed_ms_ticks(&d);
        else kernel_null(call, row);
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

/* Units in a second for the precision argument; 1000 when there is none. */
static int64_t ltz_units(struct kernel_call *call) {
    static const int64_t units[] = {1,      10,      100,      1000,      10000,
                                    100000, 1000000, 10000000, 100000000, 1000000000};
    if (call->expr->nargs < 2) return 1000;
    const struct value *v = literal_arg(call->expr, 1);
    return v && v->i >= 0 && v->i <= 9 ? units[v->i] : 0;
}

static enum status ltz_init(const struct expr *e, struct arena *a UNUSED, const struct eval_ctx *ctx UNUSED,
                            void **state UNUSED, struct error *err) {
    if (e->nargs < 2) return ST_OK;
    const struct value *v = literal_arg(e, 1);
    if (!v)
        return error_at(
            err, ERR_UNSUPPORTED, e->args[1]->span,
            "TO_TIMESTAMP_LTZ needs its precision as a literal: 0 for seconds, 3 for milliseconds");
    if (v->i >= 0 && v->i <= 9) return ST_OK;
    return error_at(err, ERR_INVALID_ARGUMENT, e->args[1]->span,
                    "TO_TIMESTAMP_LTZ takes a precision of 0 to 9, not %lld", (long long)v->i);
}

static enum status to_ltz(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    int64_t units = ltz_units(call), per_second = type_ticks_per_second(call->expr->type),
            *out = out_i64(call);
    int64_t mul = per_second >= units ? per_second / units : 1,
            div = per_second >= units ? 1 : units / per_second;
    int64_t lo = INT64_MIN / mul, hi = INT64_MAX / mul;
    if (per_second == 1000000) lo = MIN_EPOCH_S * units, hi = MAX_EPOCH_S * units + units - 1;
    if (!call->sel.idx && v->form == VEC_FLAT && div == 1) {
        const int64_t *restrict in = v->data;
        int64_t *restrict to = out;
        uint64_t bad = 0, width = (uint64_t)hi - (uint64_t)lo;
        for (uint32_t i = 0; i < call->sel.count; i++) {
            bad |= (uint64_t)((uint64_t)in[i] - (uint64_t)lo > width);
            to[i] = (int64_t)((uint64_t)in[i] * (uint64_t)mul);
        }
        if (!bad) return ST_OK;
    }
    SEL_FOREACH(call->sel, k, row) {
        int64_t n = arg_i64(v, row);
        if (n < lo || n > hi) kernel_null(call, row);
        else out[row] = div == 1 ? n * mul : floor_div(n, div);
    }
    return ST_OK;
}

/* DOUBLE: the fraction is dropped first. */
static enum status to_ltz_double(struct kernel_call *call) {
    const double *in = call->args[0]->data;
    int64_t units = ltz_units(call), per_second = type_ticks_per_second(call->expr->type),
            *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        double n = in[arg_index(call->args[0], row)];
        int64_t whole;
        bool fits = n > (double)MIN_EPOCH_S * (double)units && n < (double)MAX_EPOCH_S * (double)units &&
                    n > -9e18 && n < 9e18 &&
                    !__builtin_mul_overflow((int64_t)n, per_second >= units ? per_second / units : 1, &whole);
        if (!fits) kernel_null(call, row);
        else out[row] = per_second >= units ? whole : floor_div(whole, units / per_second);
    }
    return ST_OK;
}

const struct kernel kernel_TO_TIMESTAMP_LTZ = {.fn = to_ltz, .init = ltz_init, .total = true};
const struct kernel kernel_TO_TIMESTAMP_LTZ_DOUBLE = {.fn = to_ltz_double, .init = ltz_init};

/* ---- TO_TIMESTAMP_LTZ(text [, format [, zone]]): UTC unless a zone is given; bad text fails ---- */

struct ltz_text_state {
    struct format_state *format; /* NULL: the form of CAST */
    const struct zone *zone;     /* constant zone */
};

static enum status ltz_text_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                                 void **state, struct error *err) {
    struct ltz_text_state *st = ARENA_NEW(a, struct ltz_text_state);
    *state = NULL;
    st->zone = zone_utc();
    void *format = NULL;
    for (uint32_t i = 1; i < e->nargs; i++) {
        if (!literal_arg(e, i))
            return error_at(err, ERR_UNSUPPORTED, e->args[i]->span,
                            "TO_TIMESTAMP_LTZ needs its %s as a literal", i == 1 ? "format" : "time zone");
    }
    if (e->nargs > 1) TRY(format_init(e, a, &format, err, 1, DATETIME_FORMATTER, false));
    if (e->nargs > 2) TRY(zone_load(literal_arg(e, 2)->s, a, &st->zone, err));
    st->format = format;
    *state = st;
    return ST_OK;
}

static enum status to_ltz_text(struct kernel_call *call) {
    struct ltz_text_state *st = call->state;
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        struct datetime_parsed d;
        int64_t local = 0;
        bool ok;
        if (st->format) {
            ok = datetime_pattern_parse(st->format->pattern, s, &d);
            if (ok) local = parsed_ms_ticks(&d);
        } else {
            ok = datetime_parse_timestamp(s.ptr, s.len, DATETIME_CAST, false, 3, &local);
        }
        if (!ok)
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                            "TO_TIMESTAMP_LTZ cannot read '%.*s' as a timestamp",
                            (int)(s.len < 60 ? s.len : 60), s.ptr);
        out[row] = zone_to_utc(st->zone, local, 1000000);
    }
    return ST_OK;
}

const struct kernel kernel_TO_TIMESTAMP_LTZ_TEXT = {.fn = to_ltz_text, .init = ltz_text_init};

/* ---- DATE_FORMAT ---- */

static void put_formatted(struct kernel_call *call, uint32_t row, const struct datetime_pattern *p,
                          int64_t local, int64_t per_second, int32_t offset_s) {
    struct datetime d;
    datetime_split(local, per_second, &d);
    char *text = text_alloc(call, datetime_pattern_bytes(p));
    kernel_put_view(call, row, text, datetime_pattern_print(p, &d, offset_s, text));
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
        if (!p) {
            kernel_null(call, row);
            continue;
        }
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

static enum status date_format_text(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        const struct datetime_pattern *p = row_format(call, row);
        struct str s = arg_str(call->args[0], row);
        int64_t t;
        if (p && datetime_parse_timestamp(s.ptr, s.len, DATETIME_CAST, false, 6, &t))
            put_formatted(call, row, p, t, 1000000, 0);
        else kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_DATE_FORMAT = {
    .fn = date_format, .init = formatter_print_init, .fini = format_fini};
const struct kernel kernel_DATE_FORMAT_TEXT = {
    .fn = date_format_text, .init = formatter_print_init, .fini = format_fini};

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
