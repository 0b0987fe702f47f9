/* SPDX-License-Identifier: Apache-2.0
 *
 * NOT and the IS [NOT] TRUE/FALSE tests. AND and OR are lazy (exec/expr_lazy.c).
 */
#include "exec/kernel_template.h"

#define UNARY_NAME not_bool
#define UNARY_IN uint8_t
#define UNARY_OUT uint8_t
#define UNARY_EXPR(x) !(x)
#include "exec/kernel_unary.inc"
const struct kernel kernel_NOT = {.fn = not_bool, .total = KERNEL_TOTAL(PHYS_BOOL)};

/* Is the argument `want` (NULL is neither)? The answer, or its opposite. */
static enum status is_bool(struct kernel_call *call, bool want, bool opposite) {
    const struct vec *v = call->args[0];
    const uint8_t *data = v->data;
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        bool is = !arg_null(v, row) && data[arg_index(v, row)] == want;
        out[row] = is != opposite;
    }
    return ST_OK;
}

static enum status is_true(struct kernel_call *call) {
    return is_bool(call, true, false);
}
const struct kernel kernel_IS_TRUE = {.fn = is_true};

static enum status is_false(struct kernel_call *call) {
    return is_bool(call, false, false);
}
const struct kernel kernel_IS_FALSE = {.fn = is_false};

static enum status is_not_true(struct kernel_call *call) {
    return is_bool(call, true, true);
}
const struct kernel kernel_IS_NOT_TRUE = {.fn = is_not_true};

static enum status is_not_false(struct kernel_call *call) {
    return is_bool(call, false, true);
}
const struct kernel kernel_IS_NOT_FALSE = {.fn = is_not_false};
