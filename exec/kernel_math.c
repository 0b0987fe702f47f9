/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions of DOUBLE: powers, logarithms, trigonometry, constants. Outside their domain they give NaN or
 * an infinity, as in Java.
 */
#include <math.h>

#include "exec/kernel_template.h"

#define PI_VALUE 3.141592653589793
#define E_VALUE 2.718281828459045

/* The kernel of function `id`. */
#define MATH(id, stem)                                                                                       \
    const struct kernel kernel_##id = {.fn = stem, .total = KERNEL_TOTAL(PHYS_F64)};

#define UNARY_NAME fn_sqrt
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) sqrt(x)
#include "exec/kernel_unary.inc"
MATH(SQRT, fn_sqrt)

#define UNARY_NAME fn_ln
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) log(x)
#include "exec/kernel_unary.inc"
MATH(LN, fn_ln)
MATH(LOG, fn_ln)

#define UNARY_NAME fn_log10
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) log10(x)
#include "exec/kernel_unary.inc"
MATH(LOG10, fn_log10)

#define UNARY_NAME fn_log2
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) log2(x)
#include "exec/kernel_unary.inc"
MATH(LOG2, fn_log2)

#define UNARY_NAME fn_exp
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) exp(x)
#include "exec/kernel_unary.inc"
MATH(EXP, fn_exp)

#define UNARY_NAME fn_sin
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) sin(x)
#include "exec/kernel_unary.inc"
MATH(SIN, fn_sin)

#define UNARY_NAME fn_sinh
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) sinh(x)
#include "exec/kernel_unary.inc"
MATH(SINH, fn_sinh)

#define UNARY_NAME fn_cos
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) cos(x)
#include "exec/kernel_unary.inc"
MATH(COS, fn_cos)

#define UNARY_NAME fn_cosh
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) cosh(x)
#include "exec/kernel_unary.inc"
MATH(COSH, fn_cosh)

#define UNARY_NAME fn_tan
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) tan(x)
#include "exec/kernel_unary.inc"
MATH(TAN, fn_tan)

#define UNARY_NAME fn_tanh
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) tanh(x)
#include "exec/kernel_unary.inc"
MATH(TANH, fn_tanh)

#define UNARY_NAME fn_cot
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) (1 / tan(x))
#include "exec/kernel_unary.inc"
MATH(COT, fn_cot)

#define UNARY_NAME fn_asin
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) asin(x)
#include "exec/kernel_unary.inc"
MATH(ASIN, fn_asin)

#define UNARY_NAME fn_acos
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) acos(x)
#include "exec/kernel_unary.inc"
MATH(ACOS, fn_acos)

#define UNARY_NAME fn_atan
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) atan(x)
#include "exec/kernel_unary.inc"
MATH(ATAN, fn_atan)

#define UNARY_NAME fn_degrees
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) ((x) * (180 / PI_VALUE))
#include "exec/kernel_unary.inc"
MATH(DEGREES, fn_degrees)

#define UNARY_NAME fn_radians
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) ((x) * (PI_VALUE / 180))
#include "exec/kernel_unary.inc"
MATH(RADIANS, fn_radians)

#define BINARY_NAME fn_power
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) pow(x, y)
#include "exec/kernel_binary.inc"
MATH(POWER, fn_power)

#define BINARY_NAME fn_atan2
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) atan2(x, y)
#include "exec/kernel_binary.inc"
MATH(ATAN2, fn_atan2)

#define BINARY_NAME fn_log_base
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) (log(y) / log(x))
#include "exec/kernel_binary.inc"
MATH(LOG_BASE, fn_log_base)

static enum status fill(struct kernel_call *call, double x) {
    double *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = x;
    return ST_OK;
}

static enum status pi(struct kernel_call *call) {
    return fill(call, PI_VALUE);
}
const struct kernel kernel_PI = {.fn = pi};

static enum status e(struct kernel_call *call) {
    return fill(call, E_VALUE);
}
const struct kernel kernel_E = {.fn = e};
