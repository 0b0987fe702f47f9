/* SPDX-License-Identifier: Apache-2.0
 *
 * + - * / % of DECIMAL. The result's precision and scale come from the planner (planner/result_rules.c);
 * a result that does not fit is NULL. Where arguments and result have at most 18 digits, + - * are loops
 * over int64_t; the rest goes through exec/decimal.h.
 */
#include "exec/decimal.h"
#include "exec/kernel_template.h"

typedef bool (*decimal_fn)(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s,
                           __int128 *out);

static __int128 decimal_at(const struct vec *v, uint32_t row) {
    uint32_t i = arg_index(v, row);
    return v->phys == PHYS_I64 ? (__int128)((const int64_t *)v->data)[i] : ((const __int128 *)v->data)[i];
}

static void put_decimal(struct vec *v, uint32_t row, __int128 x) {
    if (v->phys == PHYS_I64) {
        ((int64_t *)v->data)[row] = (int64_t)x;
    } else {
        ((__int128 *)v->data)[row] = x;
    }
}

static enum status generic(struct kernel_call *call, decimal_fn fn, bool divides) {
    const struct vec *va = call->args[0], *vb = call->args[1];
    unsigned sx = va->type->scale, sy = vb->type->scale;
    unsigned p = call->expr->type->precision, s = call->expr->type->scale;
    SEL_FOREACH(call->sel, k, row) {
        __int128 x = decimal_at(va, row), y = decimal_at(vb, row), z = 0;
        if (divides && y == 0) {
            return error_at(call->ctx->error, ERR_DIVISION_BY_ZERO, call->expr->span, "division by zero");
        }
        if (fn(x, sx, y, sy, p, s, &z)) {
            put_decimal(call->out, row, z);
        } else {
            kernel_null(call, row);
        }
    }
    return ST_OK;
}

/* Arguments and result are int64_t, and the result has the scale that needs no rounding. */
static bool is_small(const struct kernel_call *call, unsigned scale) {
    return call->args[0]->phys == PHYS_I64 && call->args[1]->phys == PHYS_I64 &&
           call->out->phys == PHYS_I64 && call->expr->type->scale == scale;
}

/* x * fx + y * fy, which cannot overflow: the result's precision has room for it. */
static void small_add(struct kernel_call *call, int64_t fx, int64_t fy) {
    const struct vec *va = call->args[0], *vb = call->args[1];
    const int64_t *a = va->data, *b = vb->data;
    int64_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = a[arg_index(va, row)] * fx + b[arg_index(vb, row)] * fy;
}

static enum status add_or_sub(struct kernel_call *call, int sign, decimal_fn fn) {
    unsigned sx = call->args[0]->type->scale, sy = call->args[1]->type->scale, s = sx > sy ? sx : sy;
    if (!is_small(call, s)) return generic(call, fn, false);
    small_add(call, (int64_t)decimal_pow10[s - sx], sign * (int64_t)decimal_pow10[s - sy]);
    return ST_OK;
}

static bool decimal_sub(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s,
                        __int128 *out) {
    return decimal_add(x, sx, -y, sy, p, s, out);
}

static enum status add(struct kernel_call *call) {
    return add_or_sub(call, 1, decimal_add);
}
const struct kernel kernel_ADD_DECIMAL = {.fn = add};

static enum status sub(struct kernel_call *call) {
    return add_or_sub(call, -1, decimal_sub);
}
const struct kernel kernel_SUB_DECIMAL = {.fn = sub};

static enum status mul(struct kernel_call *call) {
    const struct vec *va = call->args[0], *vb = call->args[1];
    if (!is_small(call, (unsigned)va->type->scale + vb->type->scale)) return generic(call, decimal_mul,
                                                                                     false);
    const int64_t *a = va->data, *b = vb->data;
    int64_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = a[arg_index(va, row)] * b[arg_index(vb, row)];
    return ST_OK;
}
const struct kernel kernel_MUL_DECIMAL = {.fn = mul};

static enum status divide(struct kernel_call *call) {
    return generic(call, decimal_div, true);
}
const struct kernel kernel_DIV_DECIMAL = {.fn = divide};

static enum status mod(struct kernel_call *call) {
    return generic(call, decimal_mod, true);
}
const struct kernel kernel_MOD_DECIMAL = {.fn = mod};
const struct kernel kernel_MOD_CALL_DECIMAL = {.fn = mod};
