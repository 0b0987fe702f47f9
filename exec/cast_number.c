/* SPDX-License-Identifier: Apache-2.0
 *
 * BOOLEAN, integers, FLOAT, DOUBLE and DECIMAL among themselves, as Java converts: integers keep their low
 * bits, floating point saturates at INT and BIGINT (narrower ones go through INT), NaN is 0, fractions are
 * cut; to DECIMAL rounds half up, and what does not fit is NULL, even without TRY_.
 */
#include <math.h>

#include "exec/cast_internal.h"
#include "exec/decimal.h"

static __int128 decimal_at(const struct vec *v, uint32_t i) {
    return v->phys == PHYS_I64 ? (__int128)((const int64_t *)v->data)[i] : ((const __int128 *)v->data)[i];
}

/* One loop: IN and OUT are C types, CONVERT(x) the value. */
#define LOOP(IN, OUT, CONVERT)                                                                               \
    do {                                                                                                     \
        const IN *a = v->data;                                                                               \
        OUT *to = out->data;                                                                                 \
        SEL_FOREACH(call->sel, k, row) {                                                                     \
            IN x = a[arg_index(v, row)];                                                                     \
            to[row] = (OUT)CONVERT(x);                                                                       \
        }                                                                                                    \
    } while (0)

/* Every plain number to OUT: OF_INT(x) for integers and booleans, OF_FLOAT(x) for the others. */
#define FROM_NUMBERS(OUT, OF_INT, OF_FLOAT)                                                                  \
    switch (v->phys) {                                                                                       \
    case PHYS_BOOL:                                                                                          \
        LOOP(uint8_t, OUT, OF_INT);                                                                          \
        break;                                                                                               \
    case PHYS_I8:                                                                                            \
        LOOP(int8_t, OUT, OF_INT);                                                                           \
        break;                                                                                               \
    case PHYS_I16:                                                                                           \
        LOOP(int16_t, OUT, OF_INT);                                                                          \
        break;                                                                                               \
    case PHYS_I32:                                                                                           \
        LOOP(int32_t, OUT, OF_INT);                                                                          \
        break;                                                                                               \
    case PHYS_I64:                                                                                           \
        LOOP(int64_t, OUT, OF_INT);                                                                          \
        break;                                                                                               \
    case PHYS_F32:                                                                                           \
        LOOP(float, OUT, OF_FLOAT);                                                                          \
        break;                                                                                               \
    default:                                                                                                 \
        LOOP(double, OUT, OF_FLOAT);                                                                         \
        break;                                                                                               \
    }

static int32_t to_i32(double x) {
    if (x != x) return 0;
    return x >= 0x1p31 ? INT32_MAX : x < -0x1p31 ? INT32_MIN : (int32_t)x;
}

static int64_t to_i64(double x) {
    if (x != x) return 0;
    return x >= 0x1p63 ? INT64_MAX : x < -0x1p63 ? INT64_MIN : (int64_t)x;
}

#define SAME(x) (x)
#define NOT_ZERO(x) ((x) != 0)
#define TO_I32(x) to_i32((double)(x))
#define TO_I64(x) to_i64((double)(x))

enum status cast_to_bool(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    struct vec *out = call->out;
    if (v->type->kind == TYPE_DECIMAL) {
        SEL_FOREACH(call->sel, k, row) ((uint8_t *)out->data)[row] = decimal_at(v, arg_index(v, row)) != 0;
        return ST_OK;
    }
    FROM_NUMBERS(uint8_t, NOT_ZERO, NOT_ZERO)
    return ST_OK;
}

enum status cast_to_integer(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    struct vec *out = call->out;
    if (v->type->kind == TYPE_DECIMAL) {
        __int128 unit = (__int128)decimal_pow10[v->type->scale];
        SEL_FOREACH(call->sel, k, row) vec_put_int(out, row,
                                                    (int64_t)(decimal_at(v, arg_index(v, row)) / unit));
        return ST_OK;
    }
    switch (out->phys) {
    case PHYS_I8:
        FROM_NUMBERS(int8_t, SAME, TO_I32)
        break;
    case PHYS_I16:
        FROM_NUMBERS(int16_t, SAME, TO_I32)
        break;
    case PHYS_I32:
        FROM_NUMBERS(int32_t, SAME, TO_I32)
        break;
    default:
        FROM_NUMBERS(int64_t, SAME, TO_I64)
        break;
    }
    return ST_OK;
}

enum status cast_to_float(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    struct vec *out = call->out;
    bool is_float = out->phys == PHYS_F32;
    if (v->type->kind == TYPE_DECIMAL) {
        SEL_FOREACH(call->sel, k, row) {
            double x = decimal_to_double(decimal_at(v, arg_index(v, row)), v->type->scale);
            if (is_float) {
                ((float *)out->data)[row] = (float)x;
            } else {
                ((double *)out->data)[row] = x;
            }
        }
    } else if (is_float) {
        FROM_NUMBERS(float, SAME, SAME)
    } else {
        FROM_NUMBERS(double, SAME, SAME)
    }
    return ST_OK;
}

static bool to_decimal(const struct vec *v, uint32_t i, const struct type *to, __int128 *x) {
    if (v->type->kind == TYPE_DECIMAL) {
        return decimal_rescale(decimal_at(v, i), v->type->scale, to->precision, to->scale, x);
    }
    if (v->phys == PHYS_F32) {
        /* by the digits FLOAT prints, not those of the double it becomes */
        return decimal_from_float(((const float *)v->data)[i], to->precision, to->scale, x);
    }
    if (v->phys == PHYS_F64) return decimal_from_double(((const double *)v->data)[i], to->precision,
                                                        to->scale, x);
    return decimal_rescale(vec_int(v, i), 0, to->precision, to->scale, x);
}

enum status cast_to_decimal(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    const struct type *to = call->expr->type;
    SEL_FOREACH(call->sel, k, row) {
        __int128 x;
        if (to_decimal(v, arg_index(v, row), to, &x)) {
            cast_put_decimal(call->out, row, x);
        } else {
            kernel_null(call, row);
        }
    }
    return ST_OK;
}
