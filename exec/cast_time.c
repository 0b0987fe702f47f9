/* SPDX-License-Identifier: Apache-2.0
 *
 * DATE, TIME, TIMESTAMP and TIMESTAMP_LTZ among themselves. Fractions beyond the precision are cut, towards
 * the past. TIMESTAMP_LTZ shows the session zone's wall clock. A TIME becomes that time of 1970-01-01.
 * Nanoseconds (precision 7 to 9) reach from 1677 to 2262: what lies outside is out of range.
 */
#include "exec/cast_internal.h"
#include "exec/datetime.h"
#include "exec/zone.h"

static const int64_t ticks_pow10[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000,
                                      1000000000};

/* Wall-clock ticks of a timestamp of either kind. */
static int64_t local_ticks(struct kernel_call *call, const struct vec *v, uint32_t row) {
    int64_t ticks = ((const int64_t *)v->data)[arg_index(v, row)];
    if (v->type->kind != TYPE_TIMESTAMP_LTZ || !call->ctx->zone) return ticks;
    return zone_to_local(call->ctx->zone, ticks, type_ticks_per_second(v->type));
}

enum status cast_to_date(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    int64_t day = DATETIME_DAY_S * type_ticks_per_second(v->type);
    int32_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = (int32_t)floor_div(local_ticks(call, v, row), day);
    return ST_OK;
}

enum status cast_to_time(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    unsigned precision = call->expr->type->precision;
    int32_t unit = precision < 3 ? (int32_t)ticks_pow10[3 - precision] : 1;
    int32_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        int32_t ms;
        if (v->type->kind == TYPE_TIME) {
            ms = ((const int32_t *)v->data)[arg_index(v, row)];
        } else {
            int64_t ticks = local_ticks(call, v, row), per_ms = type_ticks_per_second(v->type) / 1000;
            int64_t all_ms = floor_div(ticks, per_ms);
            ms = (int32_t)(all_ms - floor_div(all_ms, DATETIME_DAY_MS) * DATETIME_DAY_MS);
        }
        out[row] = ms - ms % unit;
    }
    return ST_OK;
}

/* The argument as a moment in ticks of `per_second`; false when it leaves int64_t. */
static bool ticks_of(const struct vec *v, uint32_t row, int64_t per_second, int64_t *out) {
    uint32_t i = arg_index(v, row);
    if (v->type->kind == TYPE_DATE) {
        return !__builtin_mul_overflow((int64_t)((const int32_t *)v->data)[i] * DATETIME_DAY_S, per_second,
                                       out);
    }
    if (v->type->kind == TYPE_TIME) {
        *out = ((const int32_t *)v->data)[i] * (per_second / 1000);
        return true;
    }
    int64_t ticks = ((const int64_t *)v->data)[i], from = type_ticks_per_second(v->type);
    if (from < per_second) return !__builtin_mul_overflow(ticks, per_second / from, out);
    *out = floor_div(ticks, from / per_second);
    return true;
}

enum status cast_to_timestamp(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    const struct type *to = call->expr->type;
    const struct zone *zone = call->ctx->zone ? call->ctx->zone : zone_utc();
    int64_t per_second = type_ticks_per_second(to);
    int64_t unit = ticks_pow10[(to->precision > 6 ? 9 : 6) - to->precision];
    bool from_ltz = v->type->kind == TYPE_TIMESTAMP_LTZ, to_ltz = to->kind == TYPE_TIMESTAMP_LTZ;
    int64_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        int64_t ticks;
        if (!ticks_of(v, row, per_second, &ticks)) {
            TRY(cast_fail(call, row, ERR_OUT_OF_RANGE, "out of range"));
            continue;
        }
        if (from_ltz && !to_ltz) ticks = zone_to_local(zone, ticks, per_second);
        if (to_ltz && !from_ltz) ticks = zone_to_utc(zone, ticks, per_second);
        out[row] = unit == 1 ? ticks : floor_div(ticks, unit) * unit;
    }
    return ST_OK;
}
