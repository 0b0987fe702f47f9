/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparison: = <> < <= > >= for all types, IS [NOT] DISTINCT FROM, IS [NOT] NULL, GREATEST and LEAST.
 * Numbers are loops of templates; strings go by views; ARRAY, MAP and ROW can be equal or not, and have
 * no order.
 */
#include "exec/compare.h"
#include "exec/kernel_template.h"

/* Two ROWs: FALSE if a field differs, else unknown if a field is NULL. */
static bool rows_unknown(const struct vec *a, uint32_t i, const struct vec *b, uint32_t j, bool *equal) {
    bool unknown = false;
    *equal = true;
    for (uint32_t c = 0; c < a->nchild; c++) {
        const struct vec *x = &a->child[c], *y = &b->child[c];
        if (vec_is_null(x, i) || vec_is_null(y, j)) {
            unknown = true;
        } else if (!compare_equal(x, i, y, j)) {
            *equal = false;
        }
    }
    return unknown && *equal;
}

/* Inside lists and maps NULL equals NULL. */
static enum status nested(struct kernel_call *call, bool want) {
    const struct vec *a = call->args[0], *b = call->args[1];
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        bool equal;
        if (a->phys != PHYS_ROW) {
            equal = compare_equal(a, row, b, row);
        } else if (rows_unknown(a, arg_index(a, row), b, arg_index(b, row), &equal)) {
            kernel_null(call, row);
        }
        out[row] = equal == want;
    }
    return ST_OK;
}

static enum status equal_nested(struct kernel_call *call) {
    return nested(call, true);
}

static enum status differ_nested(struct kernel_call *call) {
    return nested(call, false);
}

/* ---- strings ---- */

/* The constant among the two arguments, if there is one and it is short: it is equal to another view iff
 * both words are, whatever the other points to. */
static const struct vec *short_constant(const struct kernel_call *call, const struct vec **other) {
    for (int i = 0; i < 2; i++) {
        const struct vec *v = call->args[i];
        if (v->form != VEC_CONST || ((const struct strview *)v->data)->len > STRVIEW_INLINE) continue;
        *other = call->args[1 - i];
        return v;
    }
    return NULL;
}

static void match_short(struct kernel_call *call, const struct vec *constant, const struct vec *v,
                        bool want) {
    const struct strview *a = v->data;
    const uint64_t y0 = ((const struct strview *)constant->data)->words[0];
    const uint64_t y1 = ((const struct strview *)constant->data)->words[1];
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        const struct strview *x = &a[arg_index(v, row)];
        out[row] = (((x->words[0] ^ y0) | (x->words[1] ^ y1)) == 0) == want;
    }
}

static enum status match_strings(struct kernel_call *call, bool want) {
    const struct vec *va = call->args[0], *vb = call->args[1], *other = NULL;
    const struct vec *constant = short_constant(call, &other);
    if (constant) {
        match_short(call, constant, other, want);
        return ST_OK;
    }
    const struct strview *a = va->data, *b = vb->data;
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        out[row] = strview_eq(&a[arg_index(va, row)], &b[arg_index(vb, row)]) == want;
    }
    return ST_OK;
}

static enum status equal_strings(struct kernel_call *call) {
    return match_strings(call, true);
}

static enum status differ_strings(struct kernel_call *call) {
    return match_strings(call, false);
}

/* TRUE where the order of the two is one of those in `want`: bit 0 less, bit 1 equal, bit 2 greater. */
static enum status order_strings(struct kernel_call *call, unsigned want) {
    const struct vec *va = call->args[0], *vb = call->args[1];
    const struct strview *a = va->data, *b = vb->data;
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        int order = strview_cmp(&a[arg_index(va, row)], &b[arg_index(vb, row)]);
        out[row] = want >> (1 + (order > 0) - (order < 0)) & 1;
    }
    return ST_OK;
}

static enum status less_strings(struct kernel_call *call) {
    return order_strings(call, 1);
}

static enum status not_greater_strings(struct kernel_call *call) {
    return order_strings(call, 3);
}

static enum status greater_strings(struct kernel_call *call) {
    return order_strings(call, 4);
}

static enum status not_less_strings(struct kernel_call *call) {
    return order_strings(call, 6);
}

/* ---- the six comparisons ---- */

#define COMPARE_KERNEL kernel_EQ
#define COMPARE_STEM eq
#define COMPARE_EXPR(x, y) ((x) == (y))
#define COMPARE_STRINGS equal_strings
#define COMPARE_NESTED equal_nested
#include "exec/kernel_compare.inc"

#define COMPARE_KERNEL kernel_NE
#define COMPARE_STEM ne
#define COMPARE_EXPR(x, y) ((x) != (y))
#define COMPARE_STRINGS differ_strings
#define COMPARE_NESTED differ_nested
#include "exec/kernel_compare.inc"

#define COMPARE_KERNEL kernel_LT
#define COMPARE_STEM lt
#define COMPARE_EXPR(x, y) ((x) < (y))
#define COMPARE_STRINGS less_strings
#define COMPARE_NESTED NULL
#include "exec/kernel_compare.inc"

#define COMPARE_KERNEL kernel_LE
#define COMPARE_STEM le
#define COMPARE_EXPR(x, y) ((x) <= (y))
#define COMPARE_STRINGS not_greater_strings
#define COMPARE_NESTED NULL
#include "exec/kernel_compare.inc"

#define COMPARE_KERNEL kernel_GT
#define COMPARE_STEM gt
#define COMPARE_EXPR(x, y) ((x) > (y))
#define COMPARE_STRINGS greater_strings
#define COMPARE_NESTED NULL
#include "exec/kernel_compare.inc"

#define COMPARE_KERNEL kernel_GE
#define COMPARE_STEM ge
#define COMPARE_EXPR(x, y) ((x) >= (y))
#define COMPARE_STRINGS not_less_strings
#define COMPARE_NESTED NULL
#include "exec/kernel_compare.inc"

/* ---- NULL-aware ---- */

static enum status is_null(struct kernel_call *call) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = arg_null(call->args[0], row);
    return ST_OK;
}
const struct kernel kernel_IS_NULL = {.fn = is_null};

static enum status is_not_null(struct kernel_call *call) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = !arg_null(call->args[0], row);
    return ST_OK;
}
const struct kernel kernel_IS_NOT_NULL = {.fn = is_not_null};

/* Equal as `=` has it, which NaN is not. */
static bool same(const struct vec *a, const struct vec *b, uint32_t row) {
    if (!compare_equal(a, row, b, row)) return false;
    if (arg_null(a, row)) return true;
    uint32_t i = arg_index(a, row);
    if (a->phys == PHYS_F64) return !(((const double *)a->data)[i] != ((const double *)a->data)[i]);
    if (a->phys == PHYS_F32) return !(((const float *)a->data)[i] != ((const float *)a->data)[i]);
    return true;
}

static enum status is_distinct(struct kernel_call *call) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = !same(call->args[0], call->args[1], row);
    return ST_OK;
}
const struct kernel kernel_IS_DISTINCT = {.fn = is_distinct};

static enum status is_not_distinct(struct kernel_call *call) {
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = same(call->args[0], call->args[1], row);
    return ST_OK;
}
const struct kernel kernel_IS_NOT_DISTINCT = {.fn = is_not_distinct};

/* ---- GREATEST, LEAST ---- */

static enum status extreme(struct kernel_call *call, int sign) {
    uint32_t width = phys_bytes(call->out->phys);
    SEL_FOREACH(call->sel, k, row) {
        const struct vec *best = call->args[0];
        for (uint32_t i = 1; i < call->expr->nargs; i++) {
            if (sign * compare_order(call->args[i], row, best, row) > 0) best = call->args[i];
        }
        memcpy((char *)call->out->data + (size_t)row * width,
               (const char *)best->data + (size_t)arg_index(best, row) * width, width);
    }
    return ST_OK;
}

static enum status greatest(struct kernel_call *call) {
    return extreme(call, 1);
}

static enum status least(struct kernel_call *call) {
    return extreme(call, -1);
}

#define FOR_ORDERED(fn)                                                                                      \
    [PHYS_BOOL] = fn, [PHYS_I8] = fn, [PHYS_I16] = fn, [PHYS_I32] = fn, [PHYS_I64] = fn, [PHYS_I128] = fn,   \
    [PHYS_F32] = fn, [PHYS_F64] = fn, [PHYS_STR] = fn
const struct kernel kernel_GREATEST = {.by_phys = {FOR_ORDERED(greatest)}};
const struct kernel kernel_LEAST = {.by_phys = {FOR_ORDERED(least)}};
