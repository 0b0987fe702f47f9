/* SPDX-License-Identifier: Apache-2.0
 *
 * + - * / %, the sign, ABS and SIGN of integers and floating point. Integers wrap as in Java; division of
 * an integer by zero fails, of a floating point number gives an infinity or NaN. DECIMAL is in
 * kernel_decimal.c (but for the sign, which needs no scale).
 */
#include <math.h>

#include "exec/kernel_template.h"

#define ARITH_KERNEL kernel_ADD
#define ARITH_STEM add
#define ARITH_OP +
#include "exec/kernel_arith.inc"

#define ARITH_KERNEL kernel_SUB
#define ARITH_STEM sub
#define ARITH_OP -
#include "exec/kernel_arith.inc"

#define ARITH_KERNEL kernel_MUL
#define ARITH_STEM mul
#define ARITH_OP *
#include "exec/kernel_arith.inc"

/* ---- division ---- */

static enum status by_zero(struct kernel_call *call) {
    return error_at(call->ctx->error, ERR_DIVISION_BY_ZERO, call->expr->span, "division by zero");
}

/* Narrower types divide as int64_t; the least of each wraps when divided by -1. */
#define DIVIDE_INTEGERS(name, type)                                                                          \
    static enum status name(struct kernel_call *call) {                                                      \
        const struct vec *va = call->args[0], *vb = call->args[1];                                           \
        const type *a = va->data, *b = vb->data;                                                             \
        type *out = call->out->data;                                                                         \
        SEL_FOREACH(call->sel, k, row) {                                                                     \
            type x = a[arg_index(va, row)], y = b[arg_index(vb, row)];                                       \
            if (UNLIKELY(y == 0)) return by_zero(call);                                                      \
            out[row] = y == -1 ? (type)(0 - (uint64_t)x) : (type)(x / y);                                    \
        }                                                                                                    \
        return ST_OK;                                                                                        \
    }
DIVIDE_INTEGERS(div_i8, int8_t)
DIVIDE_INTEGERS(div_i16, int16_t)
DIVIDE_INTEGERS(div_i32, int32_t)
DIVIDE_INTEGERS(div_i64, int64_t)
#undef DIVIDE_INTEGERS

#define BINARY_NAME div_f32
#define BINARY_IN float
#define BINARY_OUT float
#define BINARY_EXPR(x, y) ((x) / (y))
#include "exec/kernel_binary.inc"

#define BINARY_NAME div_f64
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) ((x) / (y))
#include "exec/kernel_binary.inc"

const struct kernel kernel_DIV = {
    .total = KERNEL_TOTAL(PHYS_F32) | KERNEL_TOTAL(PHYS_F64),
    .by_phys = {[PHYS_I8] = div_i8,
                [PHYS_I16] = div_i16,
                [PHYS_I32] = div_i32,
                [PHYS_I64] = div_i64,
                [PHYS_F32] = div_f32,
                [PHYS_F64] = div_f64},
};

/* The dividend is BIGINT, the divisor any integer, and the result of the divisor's type. */
static enum status mod_integer(struct kernel_call *call) {
    const struct vec *va = call->args[0], *vb = call->args[1];
    SEL_FOREACH(call->sel, k, row) {
        int64_t x = vec_int(va, arg_index(va, row)), y = vec_int(vb, arg_index(vb, row));
        if (UNLIKELY(y == 0)) return by_zero(call);
        vec_put_int(call->out, row, y == -1 ? 0 : x % y);
    }
    return ST_OK;
}
const struct kernel kernel_MOD = {.by_phys = {[PHYS_I64] = mod_integer}};
const struct kernel kernel_MOD_CALL = {.by_phys = {[PHYS_I64] = mod_integer}};

/* ---- sign ---- */

/* One function of a number for each physical type. */
#define UNARY_KERNEL(stem)                                                                                   \
    {.total = KERNEL_TOTAL_NUMBERS,                                                                          \
     .by_phys = {[PHYS_I8] = stem##_i8,                                                                      \
                 [PHYS_I16] = stem##_i16,                                                                    \
                 [PHYS_I32] = stem##_i32,                                                                    \
                 [PHYS_I64] = stem##_i64,                                                                    \
                 [PHYS_I128] = stem##_i128,                                                                  \
                 [PHYS_F32] = stem##_f32,                                                                    \
                 [PHYS_F64] = stem##_f64}}

#define NUMBER_STEM neg
#define NUMBER_INTEGER(x, type, utype) ((type)(0 - (utype)(x)))
#define NUMBER_FLOAT(x) (-(x))
#include "exec/kernel_number.inc"
const struct kernel kernel_NEG = UNARY_KERNEL(neg);

#define NUMBER_STEM pos
#define NUMBER_INTEGER(x, type, utype) (x)
#define NUMBER_FLOAT(x) (x)
#include "exec/kernel_number.inc"
const struct kernel kernel_POS = UNARY_KERNEL(pos);

#define NUMBER_STEM magnitude
#define NUMBER_INTEGER(x, type, utype) ((x) < 0 ? (type)(0 - (utype)(x)) : (x))
#define NUMBER_FLOAT(x) ((x) <= 0 ? 0 - (x) : (x))
#include "exec/kernel_number.inc"
const struct kernel kernel_ABS = UNARY_KERNEL(magnitude);

#define SIGN_OF(x) (((x) > 0) - ((x) < 0))
#define NUMBER_STEM sign
#define NUMBER_INTEGER(x, type, utype) SIGN_OF(x)
#define NUMBER_FLOAT(x) ((x) != (x) ? (x) : (x) == 0 ? (x) : (x) > 0 ? 1 : -1)
#include "exec/kernel_number.inc"

/* A DECIMAL's 1 has zeros behind the point. */
static enum status sign_i64_or_decimal(struct kernel_call *call) {
    if (call->expr->type->kind != TYPE_DECIMAL) return sign_i64(call);
    int64_t one = 1;
    for (unsigned i = 0; i < call->expr->type->scale; i++) one *= 10;
    const struct vec *v = call->args[0];
    const int64_t *a = v->data;
    int64_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = SIGN_OF(a[arg_index(v, row)]) * one;
    return ST_OK;
}

static enum status sign_decimal(struct kernel_call *call) {
    TRY(sign_i128(call));
    __int128 one = 1;
    for (unsigned i = 0; i < call->expr->type->scale; i++) one *= 10;
    __int128 *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] *= one;
    return ST_OK;
}
const struct kernel kernel_SIGN = {
    .by_phys = {[PHYS_I8] = sign_i8,
                [PHYS_I16] = sign_i16,
                [PHYS_I32] = sign_i32,
                [PHYS_I64] = sign_i64_or_decimal,
                [PHYS_I128] = sign_decimal,
                [PHYS_F32] = sign_f32,
                [PHYS_F64] = sign_f64},
};
