/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions of DOUBLE: powers, logarithms, trigonometry, constants. Outside their domain they give NaN or
 * an infinity, as in Java.
 */
#include <math.h>

#include "exec/kernel_template.h"

#define PI_VALUE 3.141592653589793
#define E_VALUE 2.718281828459045
#define LN_2 0.6931471805599453

#define F64_KERNEL(name) {.fn = name, .total = KERNEL_TOTAL(PHYS_F64)}

#define UNARY_NAME fn_sqrt
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) sqrt(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_SQRT = F64_KERNEL(fn_sqrt);

#define UNARY_NAME fn_ln
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) log(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_LN = F64_KERNEL(fn_ln);
const struct kernel kernel_LOG = F64_KERNEL(fn_ln);

#define UNARY_NAME fn_log10
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) log10(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_LOG10 = F64_KERNEL(fn_log10);

#define UNARY_NAME fn_log2
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) (log(x) / LN_2)
#include "exec/kernel_unary.inc"
const struct kernel kernel_LOG2 = F64_KERNEL(fn_log2);

#define UNARY_NAME fn_exp
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) exp(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_EXP = F64_KERNEL(fn_exp);

#define UNARY_NAME fn_sin
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) sin(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_SIN = F64_KERNEL(fn_sin);

#define UNARY_NAME fn_sinh
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) sinh(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_SINH = F64_KERNEL(fn_sinh);

#define UNARY_NAME fn_cos
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) cos(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_COS = F64_KERNEL(fn_cos);

#define UNARY_NAME fn_cosh
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) cosh(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_COSH = F64_KERNEL(fn_cosh);

#define UNARY_NAME fn_tan
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) tan(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_TAN = F64_KERNEL(fn_tan);

#define UNARY_NAME fn_tanh
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) tanh(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_TANH = F64_KERNEL(fn_tanh);

#define UNARY_NAME fn_cot
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) (1 / tan(x))
#include "exec/kernel_unary.inc"
const struct kernel kernel_COT = F64_KERNEL(fn_cot);

#define UNARY_NAME fn_asin
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) asin(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_ASIN = F64_KERNEL(fn_asin);

#define UNARY_NAME fn_acos
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) acos(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_ACOS = F64_KERNEL(fn_acos);

#define UNARY_NAME fn_atan
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) atan(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_ATAN = F64_KERNEL(fn_atan);

#define UNARY_NAME fn_degrees
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) ((x) * (180 / PI_VALUE))
#include "exec/kernel_unary.inc"
const struct kernel kernel_DEGREES = F64_KERNEL(fn_degrees);

#define UNARY_NAME fn_radians
#define UNARY_IN double
#define UNARY_OUT double
#define UNARY_EXPR(x) ((x) * (PI_VALUE / 180))
#include "exec/kernel_unary.inc"
const struct kernel kernel_RADIANS = F64_KERNEL(fn_radians);

#define BINARY_NAME fn_power
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) pow(x, y)
#include "exec/kernel_binary.inc"
const struct kernel kernel_POWER = F64_KERNEL(fn_power);

#define BINARY_NAME fn_atan2
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) atan2(x, y)
#include "exec/kernel_binary.inc"
const struct kernel kernel_ATAN2 = F64_KERNEL(fn_atan2);

#define BINARY_NAME fn_log_base
#define BINARY_IN double
#define BINARY_OUT double
#define BINARY_EXPR(x, y) (log(y) / log(x))
#include "exec/kernel_binary.inc"
const struct kernel kernel_LOG_BASE = F64_KERNEL(fn_log_base);

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
