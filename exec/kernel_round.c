/* SPDX-License-Identifier: Apache-2.0
 *
 * ROUND, TRUNCATE, CEIL and FLOOR of numbers. ROUND goes half away from zero; FLOAT and DOUBLE are rounded
 * by the digits they print with, so that ROUND(1.005, 2) is 1.01, as in Flink.
 */
#include <math.h>

#include "exec/decimal.h"
#include "exec/kernel_template.h"
#include "exec/number.h"

enum rounding { HALF_UP = 0, DOWN = -1, UP = 1, TO_ZERO = 2 };

/* How many places are asked for in a row: 0 without a second argument. */
static int places_at(const struct kernel_call *call, uint32_t row) {
    if (call->expr->nargs < 2) return 0;
    const struct vec *v = call->args[1];
    return ((const int32_t *)v->data)[arg_index(v, row)];
}

/* Adds one to the last of n digits; true if that made one digit more ("99" to "10"). */
static bool carry(char *digits, unsigned n) {
    while (n > 0) {
        if (digits[n - 1] != '9') {
            digits[n - 1]++;
            return false;
        }
        digits[--n] = '0';
    }
    digits[0] = '1';
    return true;
}

/* 0.digits * 10^exponent with `places` after the point; `digits` is left with *n of them. */
static void round_digits(char *digits, unsigned *n, int *exponent, int places, enum rounding mode) {
    int64_t keep = (int64_t)*exponent + places;
    if (keep >= (int64_t)*n) return;
    bool up = mode == HALF_UP && keep >= 0 && digits[keep] >= '5';
    if (keep < 0) keep = 0;
    *n = (unsigned)keep;
    if (!up) return;
    if (keep == 0) {
        digits[0] = '1';
        *n = 1;
        ++*exponent;
    } else if (carry(digits, *n)) {
        ++*exponent;
    }
}

static unsigned digits_text(char text[40], const char *digits, unsigned n, int exponent) {
    char *at = text;
    *at++ = '0';
    *at++ = '.';
    memcpy(at, digits, n);
    at += n;
    *at++ = 'e';
    return (unsigned)(at - text) + number_print_i64(at, exponent);
}

static double round_double(double x, int places, enum rounding mode) {
    if (!isfinite(x) || x == 0) return x;
    char digits[20], text[48];
    int exponent;
    unsigned n = number_digits_double(fabs(x), digits, &exponent);
    round_digits(digits, &n, &exponent, places, mode);
    double y = 0;
    if (n) number_parse_double(text, digits_text(text, digits, n, exponent), &y);
    return x < 0 && y != 0 ? -y : y;
}

static float round_float(float x, int places, enum rounding mode) {
    if (!isfinite(x) || x == 0) return x;
    char digits[20], text[48];
    int exponent;
    unsigned n = number_digits_float(fabsf(x), digits, &exponent);
    round_digits(digits, &n, &exponent, places, mode);
    float y = 0;
    if (n) number_parse_float(text, digits_text(text, digits, n, exponent), &y);
    return x < 0 && y != 0 ? -y : y;
}

/* An integer to tens, hundreds, ...; what leaves the type wraps. */
static int64_t round_integer(int64_t x, int places, enum rounding mode) {
    if (places >= 0) return x;
    return (int64_t)decimal_round(x, 0, places, mode);
}

static __int128 decimal_at(const struct vec *v, uint32_t row) {
    uint32_t i = arg_index(v, row);
    return v->phys == PHYS_I64 ? (__int128)((const int64_t *)v->data)[i] : ((const __int128 *)v->data)[i];
}

static enum status round_decimal(struct kernel_call *call, enum rounding mode) {
    const struct vec *v = call->args[0];
    const struct type *from = v->type, *to = call->expr->type;
    SEL_FOREACH(call->sel, k, row) {
        __int128 x = decimal_round(decimal_at(v, row), from->scale, places_at(call, row), mode);
        if (!decimal_rescale(x, from->scale, to->precision, to->scale, &x)) {
            kernel_null(call, row);
        } else if (call->out->phys == PHYS_I64) {
            ((int64_t *)call->out->data)[row] = (int64_t)x;
        } else {
            ((__int128 *)call->out->data)[row] = x;
        }
    }
    return ST_OK;
}

#define ROUND_ROWS(type, fn)                                                                                 \
    do {                                                                                                     \
        const type *a = v->data;                                                                             \
        type *out = call->out->data;                                                                         \
        SEL_FOREACH(call->sel, k, row) {                                                                     \
            out[row] = (type)fn(a[arg_index(v, row)], places_at(call, row), mode);                           \
        }                                                                                                    \
    } while (0)

static enum status round_any(struct kernel_call *call, enum rounding mode) {
    const struct vec *v = call->args[0];
    if (v->type->kind == TYPE_DECIMAL) return round_decimal(call, mode);
    switch (v->phys) {
    case PHYS_I8:
        ROUND_ROWS(int8_t, round_integer);
        break;
    case PHYS_I16:
        ROUND_ROWS(int16_t, round_integer);
        break;
    case PHYS_I32:
        ROUND_ROWS(int32_t, round_integer);
        break;
    case PHYS_I64:
        ROUND_ROWS(int64_t, round_integer);
        break;
    case PHYS_F32:
        ROUND_ROWS(float, round_float);
        break;
    default:
        ROUND_ROWS(double, round_double);
        break;
    }
    return ST_OK;
}

static enum status round_half_up(struct kernel_call *call) {
    return round_any(call, HALF_UP);
}
const struct kernel kernel_ROUND = {.fn = round_half_up};
const struct kernel kernel_ROUND_TO = {.fn = round_half_up};

static enum status truncate_number(struct kernel_call *call) {
    return round_any(call, TO_ZERO);
}
const struct kernel kernel_TRUNCATE = {.fn = truncate_number};
const struct kernel kernel_TRUNCATE_TO = {.fn = truncate_number};

/* ---- CEIL, FLOOR ---- */

static enum status to_integral(struct kernel_call *call, enum rounding mode) {
    const struct vec *v = call->args[0];
    if (v->type->kind == TYPE_DECIMAL) return round_decimal(call, mode);
    if (v->phys == PHYS_F32) {
        const float *a = v->data;
        float *out = call->out->data;
        SEL_FOREACH(call->sel, k, row) {
            float x = a[arg_index(v, row)];
            out[row] = mode == UP ? ceilf(x) : floorf(x);
        }
    } else if (v->phys == PHYS_F64) {
        const double *a = v->data;
        double *out = call->out->data;
        SEL_FOREACH(call->sel, k, row) {
            double x = a[arg_index(v, row)];
            out[row] = mode == UP ? ceil(x) : floor(x);
        }
    } else {
        return round_any(call, mode); /* integers, to no places: themselves */
    }
    return ST_OK;
}

static enum status ceiling(struct kernel_call *call) {
    return to_integral(call, UP);
}
const struct kernel kernel_CEIL = {.fn = ceiling};
const struct kernel kernel_CEILING = {.fn = ceiling};

static enum status floor_number(struct kernel_call *call) {
    return to_integral(call, DOWN);
}
const struct kernel kernel_FLOOR = {.fn = floor_number};
