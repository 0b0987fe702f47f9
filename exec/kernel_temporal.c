/* SPDX-License-Identifier: Apache-2.0
 *
 * Times, part one: the clock and the watermark, EXTRACT, FLOOR and CEIL, TIMESTAMPADD and TIMESTAMPDIFF.
 * TIMESTAMP_LTZ is taken apart in the session's zone. All are STRICT but those without arguments.
 * Times as text are in kernel_time_text.c.
 */
#include "base/floor.h"
#include "exec/batch.h"
#include "exec/datetime.h"
#include "exec/kernel_util.h"
#include "exec/zone.h"

#define DAY_US (INT64_C(1000000) * DATETIME_DAY_S)

/* ---- clock ---- */

/* CURRENT_TIMESTAMP and its like: of the row in streaming mode, of the query's start in batch mode. */
static int64_t statement_us(const struct kernel_call *call) {
    return call->ctx->query_start_us ? call->ctx->query_start_us : call->ctx->now_us;
}
static int64_t local_us(const struct kernel_call *call) {
    return zone_to_local(call->ctx->zone, statement_us(call), 1000000);
}
static enum status fill_i64(struct kernel_call *call, int64_t value) {
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) out[row] = value;
    return ST_OK;
}
static enum status fill_i32(struct kernel_call *call, int32_t value) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) out[row] = value;
    return ST_OK;
}
static int64_t to_ms(int64_t us) {
    return us - floor_mod(us, 1000);
}

static enum status row_timestamp(struct kernel_call *call) {
    return fill_i64(call, to_ms(call->ctx->now_us));
}
static enum status current_timestamp(struct kernel_call *call) {
    return fill_i64(call, to_ms(statement_us(call)));
}
static enum status local_timestamp(struct kernel_call *call) {
    return fill_i64(call, to_ms(local_us(call)));
}
static enum status current_date(struct kernel_call *call) {
    return fill_i32(call, (int32_t)floor_div(local_us(call), DAY_US));
}
static enum status local_time(struct kernel_call *call) {
    return fill_i32(call, (int32_t)(floor_mod(local_us(call), DAY_US) / 1000000 * 1000));
}
static enum status unix_now(struct kernel_call *call) {
    return fill_i64(call, floor_div(statement_us(call), 1000000));
}

static enum status current_watermark(struct kernel_call *call) {
    const struct eval_ctx *ctx = call->ctx;
    int64_t *out = out_i64(call);
    int64_t nanos = type_ticks_per_second(call->expr->type) / 1000000;
    SEL_FOREACH(call->sel, k, row) {
        int64_t wm = ctx->wm_before ? ctx->wm_before[row] : ctx->watermark_us;
        if (wm == TIME_MIN || __builtin_mul_overflow(wm, nanos, &out[row])) kernel_null(call, row);
    }
    return ST_OK;
}

const struct kernel kernel_PROCTIME = {.fn = row_timestamp};
const struct kernel kernel_CURRENT_ROW_TIMESTAMP = {.fn = row_timestamp};
const struct kernel kernel_CURRENT_TIMESTAMP = {.fn = current_timestamp};
const struct kernel kernel_NOW = {.fn = current_timestamp};
const struct kernel kernel_LOCALTIMESTAMP = {.fn = local_timestamp};
const struct kernel kernel_CURRENT_DATE = {.fn = current_date};
const struct kernel kernel_CURRENT_TIME = {.fn = local_time};
const struct kernel kernel_LOCALTIME = {.fn = local_time};
const struct kernel kernel_UNIX_TIMESTAMP_NOW = {.fn = unix_now};
const struct kernel kernel_CURRENT_WATERMARK = {.fn = current_watermark};

/* ---- EXTRACT ---- */

static int64_t round_up_div(int64_t a, int64_t b) {
    return floor_div(a + b - 1, b);
}

/* A field of a day. */
static int64_t extract_day(enum symbol unit, int32_t days) {
    int32_t year, iso_year;
    unsigned month, day;
    switch (unit) {
    case SYM_DOW: return calendar_iso_weekday(days) % 7 + 1;
    case SYM_ISODOW: return calendar_iso_weekday(days);
    case SYM_WEEK: return calendar_iso_week(days, &iso_year);
    case SYM_ISOYEAR: calendar_iso_week(days, &iso_year); return iso_year;
    case SYM_EPOCH: return (int64_t)days * DATETIME_DAY_S;
    default: break;
    }
    calendar_civil(days, &year, &month, &day);
    switch (unit) {
    case SYM_YEAR: return year;
    case SYM_QUARTER: return (month + 2) / 3;
    case SYM_MONTH: return month;
    case SYM_DAY: return day;
    case SYM_DOY: return days - calendar_days(year, 1, 1) + 1;
    case SYM_DECADE: return floor_div(year, 10);
    case SYM_CENTURY: return year > 0 ? round_up_div(year, 100) : -round_up_div(1 - year, 100);
    case SYM_MILLENNIUM: return year > 0 ? round_up_div(year, 1000) : -round_up_div(1 - year, 1000);
    default: return 0; /* parts of the day, of a DATE */
    }
}

/* A field of the time of day, given in nanoseconds. */
static int64_t extract_clock(enum symbol unit, int64_t nanos) {
    switch (unit) {
    case SYM_HOUR: return nanos / 3600000000000;
    case SYM_MINUTE: return nanos / 60000000000 % 60;
    case SYM_SECOND: return nanos / 1000000000 % 60;
    case SYM_MILLISECOND: return nanos / 1000000 % 1000;
    case SYM_MICROSECOND: return nanos / 1000 % 1000000;
    case SYM_NANOSECOND: return nanos % 1000000000;
    default: return nanos / 1000000000;
    }
}

static bool clock_unit(enum symbol unit) {
    return unit <= SYM_HOUR;
}

static int64_t extract_interval(enum symbol unit, const struct type *t, int64_t v) {
    if (t->kind == TYPE_INTERVAL_YM)
        return unit == SYM_YEAR      ? v / 12
               : unit == SYM_MONTH   ? v % 12
               : unit == SYM_QUARTER ? v % 12 / 3 + 1
                                     : 0;
    if (unit == SYM_DAY) return v / DAY_US;
    if (unit == SYM_EPOCH) return v / 1000000;
    return extract_clock(unit, v % DAY_US * 1000);
}

static void extract_timestamp(struct kernel_call *call, enum symbol unit, const struct vec *v) {
    int64_t *out = out_i64(call), per_second = type_ticks_per_second(v->type),
            scale = 1000000000 / per_second;
    int64_t per_day = per_second * DATETIME_DAY_S;
    bool local = v->type->kind == TYPE_TIMESTAMP_LTZ && unit != SYM_EPOCH;
    const struct zone *zone = local ? call->ctx->zone : zone_utc();
    SEL_FOREACH(call->sel, k, row) {
        int64_t t = zone_to_local(zone, arg_i64(v, row), per_second);
        if (unit == SYM_EPOCH) out[row] = t / per_second;
        else if (clock_unit(unit)) out[row] = extract_clock(unit, floor_mod(t, per_day) * scale);
        else out[row] = extract_day(unit, (int32_t)floor_div(t, per_day));
    }
}

static enum status extract_from(struct kernel_call *call, enum symbol unit, const struct vec *v) {
    int64_t *out = out_i64(call);
    switch (v->type->kind) {
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ: extract_timestamp(call, unit, v); break;
    case TYPE_DATE: SEL_FOREACH(call->sel, k, row) out[row] = extract_day(unit, arg_i32(v, row)); break;
    case TYPE_TIME:
        SEL_FOREACH(call->sel, k, row) out[row] = extract_clock(unit, (int64_t)arg_i32(v, row) * 1000000);
        break;
    case TYPE_INTERVAL_YM:
        SEL_FOREACH(call->sel, k, row) out[row] = extract_interval(unit, v->type, arg_i32(v, row));
        break;
    case TYPE_INTERVAL_DT:
        SEL_FOREACH(call->sel, k, row) out[row] = extract_interval(unit, v->type, arg_i64(v, row));
        break;
    default:
        return error_at(call->ctx->error, ERR_INTERNAL, call->expr->span,
                        "EXTRACT from a value that is no time");
    }
    return ST_OK;
}

static enum status extract(struct kernel_call *call) {
    return extract_from(call, symbol_arg(call->expr, 0), call->args[1]);
}

/* Units that the operand does not have are refused when the query is compiled. */
static enum status extract_init(const struct expr *e, struct arena *a UNUSED,
                                const struct eval_ctx *ctx UNUSED, void **state UNUSED, struct error *err) {
    enum symbol unit = symbol_arg(e, 0);
    enum type_kind kind = e->args[1]->type->kind;
    bool ok = symbol_is_unit(unit);
    if (kind == TYPE_TIME) ok = clock_unit(unit) || unit == SYM_EPOCH;
    if (kind == TYPE_INTERVAL_YM) ok = unit == SYM_YEAR || unit == SYM_MONTH || unit == SYM_QUARTER;
    if (kind == TYPE_INTERVAL_DT) ok = clock_unit(unit) || unit == SYM_DAY || unit == SYM_EPOCH;
    if (ok) return ST_OK;
    return error_at(err, ERR_INVALID_QUERY, e->span, "EXTRACT cannot take %s from a value of this type",
                    symbol_name(unit));
}

#define SHORT_FORM(id, stem, unit)                                                                           \
    static enum status stem(struct kernel_call *call) {                                                      \
        return extract_from(call, unit, call->args[0]);                                                      \
    }                                                                                                        \
    const struct kernel kernel_##id = {.fn = stem};
SHORT_FORM(YEAR, year_of, SYM_YEAR)
SHORT_FORM(QUARTER, quarter_of, SYM_QUARTER)
SHORT_FORM(MONTH, month_of, SYM_MONTH)
SHORT_FORM(WEEK, week_of, SYM_WEEK)
SHORT_FORM(DAYOFYEAR, day_of_year, SYM_DOY)
SHORT_FORM(DAYOFMONTH, day_of_month, SYM_DAY)
SHORT_FORM(DAYOFWEEK, day_of_week, SYM_DOW)
SHORT_FORM(HOUR, hour_of, SYM_HOUR)
SHORT_FORM(MINUTE, minute_of, SYM_MINUTE)
SHORT_FORM(SECOND, second_of, SYM_SECOND)
const struct kernel kernel_EXTRACT = {.fn = extract, .init = extract_init};
const struct kernel kernel_EXTRACT_INTERVAL = {.fn = extract, .init = extract_init};

/* ---- FLOOR and CEIL to a unit ---- */

/* Microseconds in a unit of fixed length up to a day; 0 for longer ones. */
static int64_t unit_us(enum symbol unit) {
    switch (unit) {
    case SYM_MICROSECOND: return 1;
    case SYM_MILLISECOND: return 1000;
    case SYM_SECOND: return 1000000;
    case SYM_MINUTE: return 60000000;
    case SYM_HOUR: return 3600000000;
    case SYM_DAY: return DAY_US;
    default: return 0;
    }
}

/* First day of the unit (WEEK and longer) that the day is in; weeks begin on Sunday, centuries with year 1.
 */
static int32_t floor_days(enum symbol unit, int32_t days) {
    int32_t year;
    unsigned month, day;
    if (unit == SYM_WEEK) return days - (int32_t)(calendar_iso_weekday(days) % 7);
    calendar_civil(days, &year, &month, &day);
    switch (unit) {
    case SYM_MONTH: return days - (int32_t)day + 1;
    case SYM_QUARTER: return calendar_days(year, (month - 1) / 3 * 3 + 1, 1);
    case SYM_YEAR: return calendar_days(year, 1, 1);
    case SYM_DECADE: return calendar_days((int32_t)floor_div(year, 10) * 10, 1, 1);
    case SYM_CENTURY: return calendar_days((int32_t)floor_div(year - 1, 100) * 100 + 1, 1, 1);
    case SYM_MILLENNIUM: return calendar_days((int32_t)floor_div(year - 1, 1000) * 1000 + 1, 1, 1);
    default: return days;
    }
}
static int32_t ceil_days(enum symbol unit, int32_t days) {
    int32_t floor = floor_days(unit, days);
    if (floor == days) return days;
    switch (unit) {
    case SYM_WEEK: return floor + 7;
    case SYM_MONTH: return calendar_add_months(floor, 1);
    case SYM_QUARTER: return calendar_add_months(floor, 3);
    case SYM_YEAR: return calendar_add_months(floor, 12);
    case SYM_DECADE: return calendar_add_months(floor, 120);
    case SYM_CENTURY: return calendar_add_months(floor, 1200);
    case SYM_MILLENNIUM: return calendar_add_months(floor, 12000);
    default: return days;
    }
}

/* The hot loop: `unit` is a constant in each caller, so that the division becomes a multiplication. `add` is
 * unit - 1 for CEIL. */
static inline void floor_loop(struct kernel_call *call, const struct vec *v, int64_t unit, int64_t add) {
    int64_t *restrict out = out_i64(call);
    if (!call->sel.idx && v->form == VEC_FLAT) {
        const int64_t *restrict in = v->data;
        for (uint32_t i = 0; i < call->sel.count; i++) {
            int64_t t = (int64_t)((uint64_t)in[i] + (uint64_t)add);
            out[i] = (int64_t)((uint64_t)t - (uint64_t)floor_mod(t, unit));
        }
        return;
    }
    SEL_FOREACH(call->sel, k, row) {
        int64_t t = (int64_t)((uint64_t)arg_i64(v, row) + (uint64_t)add);
        out[row] = (int64_t)((uint64_t)t - (uint64_t)floor_mod(t, unit));
    }
}

static void floor_fixed(struct kernel_call *call, const struct vec *v, int64_t unit, bool up) {
    switch (unit) {
    case 1000000: floor_loop(call, v, 1000000, up ? 999999 : 0); break;
    case 60000000: floor_loop(call, v, 60000000, up ? 59999999 : 0); break;
    case 3600000000: floor_loop(call, v, 3600000000, up ? 3599999999 : 0); break;
    case DAY_US: floor_loop(call, v, DAY_US, up ? DAY_US - 1 : 0); break;
    default: floor_loop(call, v, unit, up ? unit - 1 : 0); break;
    }
}

/* WEEK and longer: of the day alone, so CEIL of a moment on a unit's first day is that day (as in Flink). */
static int64_t floor_long(enum symbol unit, int64_t t, int64_t per_day, bool up) {
    int32_t days = (int32_t)floor_div(t, per_day);
    return (int64_t)((uint64_t)(up ? ceil_days(unit, days) : floor_days(unit, days)) * (uint64_t)per_day);
}

static void floor_timestamp(struct kernel_call *call, enum symbol unit, bool up) {
    const struct vec *v = call->args[0];
    int64_t per_second = type_ticks_per_second(v->type), scale = per_second / 1000000;
    int64_t fixed = unit_us(unit) * scale, per_day = per_second * DATETIME_DAY_S;
    const struct zone *zone = v->type->kind == TYPE_TIMESTAMP_LTZ ? call->ctx->zone : zone_utc();
    if (unit == SYM_NANOSECOND) fixed = 1;
    if (fixed && zone_is_utc(zone)) {
        floor_fixed(call, v, fixed, up);
        return;
    }
    int64_t *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        int64_t t = zone_to_local(zone, arg_i64(v, row), per_second);
        if (fixed) {
            t = (int64_t)((uint64_t)t + (uint64_t)(up ? fixed - 1 : 0));
            t = (int64_t)((uint64_t)t - (uint64_t)floor_mod(t, fixed));
        } else {
            t = floor_long(unit, t, per_day, up);
        }
        out[row] = zone_to_utc(zone, t, per_second);
    }
}

static enum status floor_to(struct kernel_call *call, bool up) {
    const struct vec *v = call->args[0];
    enum symbol unit = symbol_arg(call->expr, 1);
    if (v->type->kind == TYPE_DATE) {
        int32_t *out = out_i32(call);
        SEL_FOREACH(call->sel, k, row)
        out[row] = up ? ceil_days(unit, arg_i32(v, row)) : floor_days(unit, arg_i32(v, row));
    } else if (v->type->kind == TYPE_TIME) {
        int32_t *out = out_i32(call), ms = (int32_t)(unit_us(unit) / 1000);
        if (ms == 0) ms = 1;
        SEL_FOREACH(call->sel, k, row) {
            int32_t t = (int32_t)((uint32_t)arg_i32(v, row) + (uint32_t)(up ? ms - 1 : 0));
            out[row] = t - t % ms;
        }
    } else {
        floor_timestamp(call, unit, up);
    }
    return ST_OK;
}
static enum status floor_time(struct kernel_call *call) {
    return floor_to(call, false);
}
static enum status ceil_time(struct kernel_call *call) {
    return floor_to(call, true);
}
static enum status floor_init(const struct expr *e, struct arena *a UNUSED, const struct eval_ctx *ctx UNUSED,
                              void **state UNUSED, struct error *err) {
    enum symbol unit = symbol_arg(e, 1);
    bool ok = unit <= SYM_MILLENNIUM;
    if (e->args[0]->type->kind == TYPE_TIME) ok = unit <= SYM_HOUR;
    if (ok) return ST_OK;
    return error_at(err, ERR_INVALID_QUERY, e->span, "%s cannot round a value of this type to %s",
                    e->func->name.ptr, symbol_name(unit));
}

const struct kernel kernel_FLOOR_TIME = {.fn = floor_time, .init = floor_init, .total = true};
const struct kernel kernel_CEIL_TIME = {.fn = ceil_time, .init = floor_init, .total = true};

/* ---- TIMESTAMPADD, TIMESTAMPDIFF ---- */

static int64_t unit_months(enum symbol unit) {
    return unit == SYM_MONTH ? 1 : unit == SYM_QUARTER ? 3 : unit == SYM_YEAR ? 12 : 0;
}
static int64_t unit_us_or_week(enum symbol unit) {
    return unit == SYM_WEEK ? 7 * DAY_US : unit_us(unit);
}

static enum status out_of_range(struct kernel_call *call) {
    return error_at(call->ctx->error, ERR_OUT_OF_RANGE, call->expr->span, "the result of %s is out of range",
                    call->expr->func->name.ptr);
}

/* Ticks of a timestamp, or of a DATE's midnight. */
static int64_t arg_ticks(const struct vec *v, uint32_t row, int64_t per_second) {
    if (v->type->kind == TYPE_DATE) return arg_i32(v, row) * per_second * DATETIME_DAY_S;
    if (v->type->kind == TYPE_TIME) return arg_i32(v, row) * (per_second / 1000);
    int64_t have = type_ticks_per_second(v->type), t = arg_i64(v, row);
    if (have == per_second) return t;
    return have < per_second ? t * (per_second / have) : floor_div(t, have / per_second);
}

static bool add_ticks(enum symbol unit, int64_t n, int64_t t, int64_t per_second, int64_t *out) {
    int64_t months = unit_months(unit), step = unit_us_or_week(unit) * (per_second / 1000000), add;
    if (months) {
        if (n > 12 * 20000 || n < -12 * 20000) return false;
        *out = datetime_add_months(t, per_second, n * months);
        return *out != INT64_MIN && *out != INT64_MAX;
    }
    return !__builtin_mul_overflow(n, step, &add) && !__builtin_add_overflow(t, add, out);
}

static enum status add_to_days(struct kernel_call *call, enum symbol unit) {
    const struct vec *n = call->args[1], *t = call->args[2];
    bool is_time = t->type->kind == TYPE_TIME;
    SEL_FOREACH(call->sel, k, row) {
        int64_t moved;
        if (!add_ticks(unit, arg_i64(n, row), arg_ticks(t, row, 1000000), 1000000, &moved))
            return out_of_range(call);
        if (is_time) out_i32(call)[row] = (int32_t)(floor_mod(moved, DAY_US) / 1000);
        else out_i32(call)[row] = (int32_t)floor_div(moved, DAY_US);
    }
    return ST_OK;
}

static enum status timestampadd(struct kernel_call *call) {
    enum symbol unit = symbol_arg(call->expr, 0);
    const struct type *type = call->expr->type;
    if (type->kind == TYPE_DATE || type->kind == TYPE_TIME) return add_to_days(call, unit);
    const struct vec *n = call->args[1], *t = call->args[2];
    int64_t per_second = type_ticks_per_second(type), *out = out_i64(call);
    SEL_FOREACH(call->sel, k, row) {
        int64_t from = arg_ticks(t, row, per_second);
        if (!add_ticks(unit, arg_i64(n, row), from, per_second, &out[row])) return out_of_range(call);
    }
    return ST_OK;
}

/* Whole months from day d1 to d0. */
static int64_t months_between_days(int32_t d0, int32_t d1) {
    if (d0 < d1) return -months_between_days(d1, d0);
    int32_t y0, y1;
    unsigned m0, m1, day0, day1;
    calendar_civil(d0, &y0, &m0, &day0);
    calendar_civil(d1, &y1, &m1, &day1);
    int64_t n = (int64_t)(y0 - y1) * 12 + (int64_t)m0 - (int64_t)m1;
    return calendar_add_months(d1, n) > d0 ? n - 1 : n;
}
static int64_t months_between(int64_t ms0, int64_t ms1) {
    int32_t d0 = (int32_t)floor_div(ms0, DATETIME_DAY_MS), d1 = (int32_t)floor_div(ms1, DATETIME_DAY_MS);
    int64_t n = months_between_days(d0, d1);
    if (calendar_add_months(d1, n) == d0 &&
        floor_mod(ms0, DATETIME_DAY_MS) < floor_mod(ms1, DATETIME_DAY_MS))
        n--;
    return n;
}

static int64_t arg_ms(const struct vec *v, uint32_t row) {
    if (v->type->kind == TYPE_DATE) return (int64_t)arg_i32(v, row) * DATETIME_DAY_MS;
    if (v->type->kind == TYPE_TIME) return arg_i32(v, row);
    return floor_div(arg_i64(v, row), type_ticks_per_second(v->type) / 1000);
}

/* The result is INT and wraps, as in Flink. */
static enum status timestampdiff(struct kernel_call *call) {
    enum symbol unit = symbol_arg(call->expr, 0);
    int64_t months = unit_months(unit), ms = unit_us_or_week(unit) / 1000;
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        int64_t from = arg_ms(call->args[1], row), to = arg_ms(call->args[2], row);
        int64_t n = months ? months_between(to, from) / months : (to - from) / ms;
        out[row] = (int32_t)(uint32_t)(uint64_t)n;
    }
    return ST_OK;
}

/* (a - b) MONTH, and (a - b) DAY TO SECOND, which counts milliseconds as Flink does. */
static enum status minus_months(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row)
    out_i32(call)[row] = (int32_t)months_between(arg_ms(call->args[0], row), arg_ms(call->args[1], row));
    return ST_OK;
}
static enum status minus_time(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row)
    out_i64(call)[row] = (arg_ms(call->args[0], row) - arg_ms(call->args[1], row)) * 1000;
    return ST_OK;
}
const struct kernel kernel_MINUS_MONTHS = {.fn = minus_months};
const struct kernel kernel_MINUS_TIME = {.fn = minus_time};

static enum status unit_init(const struct expr *e, const char *what, bool micros, struct error *err) {
    enum symbol unit = symbol_arg(e, 0);
    bool ok = unit >= (micros ? SYM_MICROSECOND : SYM_MILLISECOND) && unit <= SYM_YEAR;
    if (ok) return ST_OK;
    return error_at(err, ERR_INVALID_QUERY, e->span, "%s does not take the unit %s", what, symbol_name(unit));
}
static enum status add_init(const struct expr *e, struct arena *a UNUSED, const struct eval_ctx *ctx UNUSED,
                            void **state UNUSED, struct error *err) {
    return unit_init(e, "TIMESTAMPADD", true, err);
}
static enum status diff_init(const struct expr *e, struct arena *a UNUSED, const struct eval_ctx *ctx UNUSED,
                             void **state UNUSED, struct error *err) {
    return unit_init(e, "TIMESTAMPDIFF", false, err);
}

const struct kernel kernel_TIMESTAMPADD = {.fn = timestampadd, .init = add_init};
const struct kernel kernel_TIMESTAMPDIFF = {.fn = timestampdiff, .init = diff_init};
