/* SPDX-License-Identifier: Apache-2.0
 *
 * Functions from arrays to arrays and to an element: appending, cutting, sorting, and arrays as sets. NULL
 * elements are values like others: equal to one another, and first or last where there is an order.
 */
#define _GNU_SOURCE /* qsort_r */
#include <stdlib.h>

#include "exec/collection.h"
#include "exec/compare.h"
#include "exec/kernel_util.h"

/* The result's array of a row: the entries pushed since `first`. */
static void put_list(struct kernel_call *call, uint32_t row, uint32_t first, uint32_t used) {
    out_list(call)[row] = (struct listref){first, used - first};
}

static void put_null_list(struct kernel_call *call, uint32_t row) {
    out_list(call)[row] = (struct listref){0, 0};
    kernel_null(call, row);
}

/* Appends entries from .. to - 1 of the array argument n. */
static void push_range(struct kernel_call *call, uint32_t *used, uint32_t n, uint32_t from, uint32_t to) {
    const struct vec *v = &call->args[n]->child[0];
    for (uint32_t i = from; i < to; i++) collection_push(call->out, used, v, i, call->scratch);
}

/* ---- one element more or less; the element may be NULL ---- */

static enum status with_element(struct kernel_call *call, bool front) {
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        if (arg_null(call->args[0], row)) {
            put_null_list(call, row);
            continue;
        }
        struct listref l = arg_list(call->args[0], row);
        uint32_t first = used;
        if (front) collection_push(call->out, &used, call->args[1], row, call->scratch);
        push_range(call, &used, 0, l.offset, l.offset + l.len);
        if (!front) collection_push(call->out, &used, call->args[1], row, call->scratch);
        put_list(call, row, first, used);
    }
    return ST_OK;
}
static enum status array_append(struct kernel_call *call) {
    return with_element(call, false);
}
static enum status array_prepend(struct kernel_call *call) {
    return with_element(call, true);
}

static enum status array_remove(struct kernel_call *call) {
    const struct vec *what = call->args[1];
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        if (arg_null(call->args[0], row)) {
            put_null_list(call, row);
            continue;
        }
        const struct vec *v = &call->args[0]->child[0];
        struct listref l = arg_list(call->args[0], row);
        bool null = what->phys == PHYS_NONE || arg_null(what, row);
        uint32_t first = used;
        for (uint32_t i = l.offset; i < l.offset + l.len; i++) {
            bool gone = null ? vec_is_null(v, i) : compare_equal(v, i, what, row);
            if (!gone) collection_push(call->out, &used, v, i, call->scratch);
        }
        put_list(call, row, first, used);
    }
    return ST_OK;
}

const struct kernel kernel_ARRAY_APPEND = {.fn = array_append};
const struct kernel kernel_ARRAY_PREPEND = {.fn = array_prepend};
const struct kernel kernel_ARRAY_REMOVE = {.fn = array_remove};

/* ---- ARRAY_SLICE(array, from [, to]): both included, counted from 1, from the end when negative; 0 is 1
 * ---- */

static int64_t slice_index(int32_t i, uint32_t len) {
    return i == 0 ? 1 : i < 0 ? (int64_t)len + i + 1 : i;
}

static enum status array_slice(struct kernel_call *call) {
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(call->args[0], row);
        int64_t from = slice_index(arg_i32(call->args[1], row), l.len);
        int64_t to = call->expr->nargs > 2 ? slice_index(arg_i32(call->args[2], row), l.len) : l.len;
        if (from < 1) from = 1;
        if (to > l.len) to = l.len;
        uint32_t first = used;
        if (from <= to) push_range(call, &used, 0, l.offset + (uint32_t)from - 1, l.offset + (uint32_t)to);
        put_list(call, row, first, used);
    }
    return ST_OK;
}

const struct kernel kernel_ARRAY_SLICE = {.fn = array_slice};

/* ---- ARRAY_SORT(array [, ascending [, NULLs first]]) ---- */

struct sort_order {
    const struct vec *v; /* the elements */
    int sign;            /* 1 ascending, -1 descending */
    int null_sign;       /* -1 NULLs first, 1 last */
};

static int compare_elements(const void *a, const void *b, void *arg) {
    const struct sort_order *o = arg;
    uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
    bool null_i = vec_is_null(o->v, i), null_j = vec_is_null(o->v, j);
    int order =
        null_i || null_j ? o->null_sign * (null_i - null_j) : o->sign * compare_order(o->v, i, o->v, j);
    return order ? order : (i > j) - (i < j);
}

static enum status array_sort(struct kernel_call *call) {
    uint32_t used = call->out->child[0].rows, nargs = call->expr->nargs;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(call->args[0], row);
        bool up = nargs < 2 || ((const uint8_t *)call->args[1]->data)[arg_index(call->args[1], row)];
        bool nulls_first =
            nargs < 3 ? up : ((const uint8_t *)call->args[2]->data)[arg_index(call->args[2], row)];
        struct sort_order order = {&call->args[0]->child[0], up ? 1 : -1, nulls_first ? -1 : 1};
        uint32_t *at = arena_alloc_raw(call->scratch, (l.len + 1) * sizeof *at), first = used;
        for (uint32_t i = 0; i < l.len; i++) at[i] = l.offset + i;
        if (l.len) qsort_r(at, l.len, sizeof *at, compare_elements, &order);
        for (uint32_t i = 0; i < l.len; i++) collection_push(call->out, &used, order.v, at[i], call->scratch);
        put_list(call, row, first, used);
    }
    return ST_OK;
}

const struct kernel kernel_ARRAY_SORT = {.fn = array_sort};

/* ---- ARRAY_MAX, ARRAY_MIN: NULL without elements that are not NULL ---- */

static enum status extreme(struct kernel_call *call, int sign) {
    const struct vec *v = &call->args[0]->child[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(call->args[0], row);
        uint32_t end = l.offset + l.len, best = end;
        for (uint32_t i = l.offset; i < end; i++) {
            if (vec_is_null(v, i)) continue;
            if (best == end || sign * compare_order(v, i, v, best) > 0) best = i;
        }
        if (best == end) collection_put_null(call->out, row, call->scratch);
        else collection_put(call->out, row, v, best, call->scratch);
    }
    return ST_OK;
}
static enum status array_max(struct kernel_call *call) {
    return extreme(call, 1);
}
static enum status array_min(struct kernel_call *call) {
    return extreme(call, -1);
}

const struct kernel kernel_ARRAY_MAX = {.fn = array_max};
const struct kernel kernel_ARRAY_MIN = {.fn = array_min};

/* ---- arrays as sets: each element once, in the order of its first place ---- */

/* Adds the array of argument n: elements that are new, and of which has(other) is `want` where there is
 * another. */
static void add_distinct(struct kernel_call *call, uint32_t row, uint32_t n, struct collection_set *seen,
                         const struct collection_set *other, bool want, uint32_t *used) {
    const struct vec *v = &call->args[n]->child[0];
    struct listref l = arg_list(call->args[n], row);
    for (uint32_t i = l.offset; i < l.offset + l.len; i++) {
        if (other && collection_set_has(other, v, i) != want) continue;
        if (collection_set_has(seen, v, i)) continue;
        collection_push(call->out, used, v, i, call->scratch);
        collection_set_add(seen, *used - 1);
    }
}

static enum status array_distinct(struct kernel_call *call) {
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct collection_set seen;
        uint32_t first = used;
        collection_set_init(&seen, &call->out->child[0], arg_list(call->args[0], row).len, call->scratch);
        add_distinct(call, row, 0, &seen, NULL, false, &used);
        put_list(call, row, first, used);
    }
    return ST_OK;
}

static enum status array_union(struct kernel_call *call) {
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct collection_set seen;
        uint32_t first = used;
        uint32_t most = arg_list(call->args[0], row).len + arg_list(call->args[1], row).len;
        collection_set_init(&seen, &call->out->child[0], most, call->scratch);
        add_distinct(call, row, 0, &seen, NULL, false, &used);
        add_distinct(call, row, 1, &seen, NULL, false, &used);
        put_list(call, row, first, used);
    }
    return ST_OK;
}

/* The elements of the first array that are (`want`) or are not in the second. */
static enum status compared(struct kernel_call *call, bool want) {
    uint32_t used = call->out->child[0].rows;
    const struct vec *v = &call->args[1]->child[0];
    SEL_FOREACH(call->sel, k, row) {
        struct collection_set seen, other;
        struct listref l = arg_list(call->args[1], row);
        uint32_t first = used;
        collection_set_init(&seen, &call->out->child[0], arg_list(call->args[0], row).len, call->scratch);
        collection_set_init(&other, v, l.len, call->scratch);
        for (uint32_t i = l.offset; i < l.offset + l.len; i++)
            if (!collection_set_has(&other, v, i)) collection_set_add(&other, i);
        add_distinct(call, row, 0, &seen, &other, want, &used);
        put_list(call, row, first, used);
    }
    return ST_OK;
}
static enum status array_except(struct kernel_call *call) {
    return compared(call, false);
}
static enum status array_intersect(struct kernel_call *call) {
    return compared(call, true);
}

const struct kernel kernel_ARRAY_DISTINCT = {.fn = array_distinct};
const struct kernel kernel_ARRAY_UNION = {.fn = array_union};
const struct kernel kernel_ARRAY_EXCEPT = {.fn = array_except};
const struct kernel kernel_ARRAY_INTERSECT = {.fn = array_intersect};
