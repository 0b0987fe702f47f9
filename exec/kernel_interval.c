/* SPDX-License-Identifier: Apache-2.0
 *
 * Times plus and minus intervals, and arithmetic of intervals. Months keep the day, held to the month's
 * last; a DATE takes whole days of an INTERVAL DAY TO SECOND; a TIME goes round the clock, and months
 * leave it as it is. TIMESTAMP_LTZ is moved in UTC, as in Flink.
 */
#include "exec/datetime.h"
#include "exec/kernel_template.h"

#define DAY_US ((int64_t)86400 * 1000000)

static int64_t interval_at(const struct vec *v, uint32_t row) {
    uint32_t i = arg_index(v, row);
    return v->phys == PHYS_I32 ? ((const int32_t *)v->data)[i] : ((const int64_t *)v->data)[i];
}

/* a + sign * b, wrapping. */
static int64_t plus(int64_t a, int sign, int64_t b) {
    return (int64_t)(sign < 0 ? (uint64_t)a - (uint64_t)b : (uint64_t)a + (uint64_t)b);
}

static void move_dates(struct kernel_call *call, const struct vec *t, const struct vec *iv, int sign) {
    const int32_t *a = t->data;
    int32_t *out = call->out->data;
    bool months = iv->type->kind == TYPE_INTERVAL_YM;
    SEL_FOREACH(call->sel, k, row) {
        int32_t x = a[arg_index(t, row)];
        int64_t by = plus(0, sign, interval_at(iv, row));
        out[row] = months ? calendar_add_months(x, by) : (int32_t)plus(x, 1, by / DAY_US);
    }
}

static void move_times(struct kernel_call *call, const struct vec *t, const struct vec *iv, int sign) {
    const int32_t *a = t->data;
    int32_t *out = call->out->data;
    bool months = iv->type->kind == TYPE_INTERVAL_YM;
    SEL_FOREACH(call->sel, k, row) {
        int64_t by = months ? 0 : interval_at(iv, row) / 1000 % DATETIME_DAY_MS * sign;
        int64_t ms = (a[arg_index(t, row)] + by) % DATETIME_DAY_MS;
        out[row] = (int32_t)(ms < 0 ? ms + DATETIME_DAY_MS : ms);
    }
}

/* Ticks of the last digit a timestamp type shows. */
static int64_t type_unit(const struct type *t) {
    int64_t unit = 1;
    for (unsigned p = t->precision; p < (t->precision > 6 ? 9 : 6); p++) unit *= 10;
    return unit;
}

/* By the same amount, which has no more digits than the timestamps. */
static void move_alike(const struct kernel_call *call, const int64_t *restrict a, uint64_t by) {
    int64_t *restrict out = call->out->data;
    for (uint32_t i = 0; i < call->sel.count; i++) out[i] = (int64_t)((uint64_t)a[i] + by);
}

/* An interval may have more digits of a second than the timestamp: these are cut. */
static void move_timestamps(struct kernel_call *call, const struct vec *t, const struct vec *iv, int sign) {
    const int64_t *a = t->data;
    int64_t *out = call->out->data;
    int64_t per_second = type_ticks_per_second(t->type), per_us = per_second / 1000000;
    int64_t unit = type_unit(t->type);
    bool months = iv->type->kind == TYPE_INTERVAL_YM;
    if (!months && iv->form == VEC_CONST && t->form == VEC_FLAT && !call->sel.idx) {
        uint64_t by = (uint64_t)interval_at(iv, 0) * (uint64_t)per_us;
        if ((int64_t)by % unit == 0) {
            move_alike(call, a, sign < 0 ? -by : by);
            return;
        }
    }
    SEL_FOREACH(call->sel, k, row) {
        int64_t x = a[arg_index(t, row)], by = interval_at(iv, row);
        if (months) {
            out[row] = datetime_add_months(x, per_second, plus(0, sign, by));
            continue;
        }
        int64_t moved = plus(x, sign, (int64_t)((uint64_t)by * (uint64_t)per_us));
        int64_t rest = unit > 1 ? moved % unit : 0;
        out[row] = moved - (rest < 0 ? rest + unit : rest);
    }
}

static enum status move(struct kernel_call *call, const struct vec *t, const struct vec *iv, int sign) {
    if (t->type->kind == TYPE_DATE) {
        move_dates(call, t, iv, sign);
    } else if (t->type->kind == TYPE_TIME) {
        move_times(call, t, iv, sign);
    } else {
        move_timestamps(call, t, iv, sign);
    }
    return ST_OK;
}

static enum status add_interval(struct kernel_call *call) {
    return move(call, call->args[0], call->args[1], 1);
}
const struct kernel kernel_ADD_INTERVAL = {.fn = add_interval};

static enum status interval_add_time(struct kernel_call *call) {
    return move(call, call->args[1], call->args[0], 1);
}
const struct kernel kernel_INTERVAL_ADD_TIME = {.fn = interval_add_time};

static enum status sub_interval(struct kernel_call *call) {
    return move(call, call->args[0], call->args[1], -1);
}
const struct kernel kernel_SUB_INTERVAL = {.fn = sub_interval};

/* ---- intervals alone ---- */

static void put_interval(struct vec *v, uint32_t row, int64_t x) {
    if (v->phys == PHYS_I32) {
        ((int32_t *)v->data)[row] = (int32_t)x;
    } else {
        ((int64_t *)v->data)[row] = x;
    }
}

static enum status combine(struct kernel_call *call, int sign) {
    SEL_FOREACH(call->sel, k, row) {
        put_interval(call->out, row,
                     plus(interval_at(call->args[0], row), sign, interval_at(call->args[1], row)));
    }
    return ST_OK;
}

static enum status interval_sum(struct kernel_call *call) {
    return combine(call, 1);
}
const struct kernel kernel_ADD_YM = {.fn = interval_sum};
const struct kernel kernel_ADD_DT = {.fn = interval_sum};

static enum status interval_difference(struct kernel_call *call) {
    return combine(call, -1);
}
const struct kernel kernel_SUB_YM = {.fn = interval_difference};
const struct kernel kernel_SUB_DT = {.fn = interval_difference};

static int64_t integer_at(const struct vec *v, uint32_t row) {
    return vec_int(v, arg_index(v, row));
}

/* Both are integers in memory, so the order of the arguments does not matter. */
static enum status multiply(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        uint64_t x = (uint64_t)integer_at(call->args[0], row), y = (uint64_t)integer_at(call->args[1], row);
        put_interval(call->out, row, (int64_t)(x * y));
    }
    return ST_OK;
}
const struct kernel kernel_MUL_INTERVAL = {.fn = multiply};
const struct kernel kernel_MUL_BY_INTERVAL = {.fn = multiply};

static enum status negate(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) put_interval(call->out, row, plus(0, -1, interval_at(call->args[0], row)));
    return ST_OK;
}
const struct kernel kernel_NEG_INTERVAL = {.fn = negate};
