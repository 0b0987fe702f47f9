/* SPDX-License-Identifier: Apache-2.0
 *
 * See compare.h.
 */
#include "exec/compare.h"

#define ORDER(x, y) (((x) > (y)) - ((x) < (y)))
#define AT(type, v, i) (((const type *)(v)->data)[i])

static int order_double(double x, double y) {
    bool nan_x = x != x, nan_y = y != y;
    if (nan_x || nan_y) return nan_x - nan_y;
    return ORDER(x, y);
}

static bool equal_lists(const struct vec *a, struct listref x, const struct vec *b, struct listref y) {
    if (x.len != y.len) return false;
    for (uint32_t k = 0; k < x.len; k++) {
        if (!compare_equal(&a->child[0], x.offset + k, &b->child[0], y.offset + k)) return false;
    }
    return true;
}

/* Maps are equal if they have the same keys with equal values, in any order. */
static bool equal_maps(const struct vec *a, struct listref x, const struct vec *b, struct listref y) {
    if (x.len != y.len) return false;
    for (uint32_t k = 0; k < x.len; k++) {
        uint32_t m = 0;
        while (m < y.len && !compare_equal(&a->child[0], x.offset + k, &b->child[0], y.offset + m)) m++;
        if (m == y.len) return false;
        if (!compare_equal(&a->child[1], x.offset + k, &b->child[1], y.offset + m)) return false;
    }
    return true;
}

bool compare_equal(const struct vec *a, uint32_t row_a, const struct vec *b, uint32_t row_b) {
    bool null = vec_is_null(a, row_a);
    if (null || vec_is_null(b, row_b)) return null && vec_is_null(b, row_b);
    uint32_t i = vec_index(a, row_a), j = vec_index(b, row_b);
    switch (a->phys) {
    case PHYS_STR:
        return strview_eq(&AT(struct strview, a, i), &AT(struct strview, b, j));
    case PHYS_ARRAY:
        return equal_lists(a, AT(struct listref, a, i), b, AT(struct listref, b, j));
    case PHYS_MAP:
        return equal_maps(a, AT(struct listref, a, i), b, AT(struct listref, b, j));
    case PHYS_ROW:
        for (uint32_t c = 0; c < a->nchild; c++) {
            if (!compare_equal(&a->child[c], i, &b->child[c], j)) return false;
        }
        return true;
    default:
        return compare_order(a, row_a, b, row_b) == 0;
    }
}

static int order_lists(const struct vec *a, struct listref x, const struct vec *b, struct listref y) {
    for (uint32_t k = 0; k < x.len && k < y.len; k++) {
        for (uint32_t c = 0; c < a->nchild; c++) {
            int order = compare_order(&a->child[c], x.offset + k, &b->child[c], y.offset + k);
            if (order) return order;
        }
    }
    return ORDER(x.len, y.len);
}

static int order_rows(const struct vec *a, uint32_t i, const struct vec *b, uint32_t j) {
    for (uint32_t c = 0; c < a->nchild; c++) {
        int order = compare_order(&a->child[c], i, &b->child[c], j);
        if (order) return order;
    }
    return 0;
}

int compare_order(const struct vec *a, uint32_t row_a, const struct vec *b, uint32_t row_b) {
    bool null_a = vec_is_null(a, row_a), null_b = vec_is_null(b, row_b);
    if (null_a || null_b) return null_b - null_a;
    uint32_t i = vec_index(a, row_a), j = vec_index(b, row_b);
    switch (a->phys) {
    case PHYS_BOOL:
        return ORDER(AT(uint8_t, a, i), AT(uint8_t, b, j));
    case PHYS_I8:
        return ORDER(AT(int8_t, a, i), AT(int8_t, b, j));
    case PHYS_I16:
        return ORDER(AT(int16_t, a, i), AT(int16_t, b, j));
    case PHYS_I32:
        return ORDER(AT(int32_t, a, i), AT(int32_t, b, j));
    case PHYS_I64:
        return ORDER(AT(int64_t, a, i), AT(int64_t, b, j));
    case PHYS_I128:
        return ORDER(AT(__int128, a, i), AT(__int128, b, j));
    case PHYS_F32:
        return order_double((double)AT(float, a, i), (double)AT(float, b, j));
    case PHYS_F64:
        return order_double(AT(double, a, i), AT(double, b, j));
    case PHYS_STR:
        return strview_cmp(&AT(struct strview, a, i), &AT(struct strview, b, j));
    case PHYS_ARRAY:
    case PHYS_MAP:
        return order_lists(a, AT(struct listref, a, i), b, AT(struct listref, b, j));
    case PHYS_ROW:
        return order_rows(a, i, b, j);
    default:
        return 0;
    }
}

#define READ(type, to, from)                                                                                 \
    type to;                                                                                                 \
    memcpy(&to, from, sizeof to)

int compare_slots(enum phys phys, const void *a, const void *b) {
    switch (phys) {
    case PHYS_I128: {
        READ(__int128, x, a);
        READ(__int128, y, b);
        return ORDER(x, y);
    }
    case PHYS_F32: {
        READ(float, x, a);
        READ(float, y, b);
        return order_double((double)x, (double)y);
    }
    case PHYS_F64: {
        READ(double, x, a);
        READ(double, y, b);
        return order_double(x, y);
    }
    default: {
        READ(int64_t, x, a);
        READ(int64_t, y, b);
        return ORDER(x, y);
    }
    }
}
