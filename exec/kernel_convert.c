/* SPDX-License-Identifier: Apache-2.0
 *
 * TYPEOF, IS_VALID_UTF8, MAKE_VALID_UTF8. Casts are in exec/cast.c.
 */
#include "exec/kernel.h"
#include "exec/text.h"

static enum status type_of(struct kernel_call *call) {
    struct str name = type_print(call->scratch, call->expr->args[0]->type);
    SEL_FOREACH(call->sel, k, row) kernel_put_view(call, row, name.ptr, name.len);
    return ST_OK;
}
const struct kernel kernel_TYPEOF = {.fn = type_of};
const struct kernel kernel_TYPEOF_FORCE = {.fn = type_of};

static enum status is_valid_utf8(struct kernel_call *call) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        out[row] = text_valid_utf8(s, call->scratch).ptr == s.ptr;
    }
    return ST_OK;
}
const struct kernel kernel_IS_VALID_UTF8 = {.fn = is_valid_utf8};

static enum status make_valid_utf8(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = text_valid_utf8(arg_str(call->args[0], row), call->scratch);
        kernel_put_view(call, row, s.ptr, s.len);
    }
    return ST_OK;
}
const struct kernel kernel_MAKE_VALID_UTF8 = {.fn = make_valid_utf8};
