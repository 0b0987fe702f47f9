/* SPDX-License-Identifier: Apache-2.0
 *
 * ARRAY, MAP and ROW: constructors, element access and the functions over them. Elements of any type are
 * copied by put_value(), which appends to the child vectors of nested ones. A list's entries are
 * `offset .. offset + len - 1` of the child.
 */
#include "exec/compare.h"
#include "exec/kernel_util.h"
#include "exec/text.h"

/* ---- copying a value ---- */

static void put_null(struct vec *to, uint32_t at, struct arena *a) {
    unsigned width = phys_bytes(to->phys);
    if (width) memset((char *)to->data + (size_t)at * width, 0, width);
    valid_clear(vec_make_valid(to, a), at);
    if (to->phys != PHYS_ROW) return;
    for (uint32_t i = 0; i < to->nchild; i++) put_null(&to->child[i], at, a);
}

/* Row `row` of v becomes entry `at` of `to`, whose strings are views of the same bytes. */
static void put_value(struct vec *to, uint32_t at, const struct vec *v, uint32_t row, struct arena *a) {
    uint32_t from = vec_index(v, row);
    if (v->phys == PHYS_NONE || !valid_bit(v->valid, from)) {
        put_null(to, at, a);
        return;
    }
    if (to->phys == PHYS_ROW) {
        for (uint32_t i = 0; i < to->nchild; i++) put_value(&to->child[i], at, &v->child[i], from, a);
    } else if (to->phys == PHYS_ARRAY || to->phys == PHYS_MAP) {
        struct listref l = ((const struct listref *)v->data)[from];
        uint32_t first = to->child[0].rows;
        vec_child_reserve(to, a, first + l.len);
        for (uint32_t c = 0; c < to->nchild; c++)
            for (uint32_t i = 0; i < l.len; i++)
                put_value(&to->child[c], first + i, &v->child[c], l.offset + i, a);
        ((struct listref *)to->data)[at] = (struct listref){first, l.len};
    } else {
        unsigned width = phys_bytes(to->phys);
        memcpy((char *)to->data + (size_t)at * width, (const char *)v->data + (size_t)from * width, width);
    }
}

static struct listref arg_list(const struct vec *v, uint32_t row) {
    return ((const struct listref *)v->data)[arg_index(v, row)];
}
static struct listref *out_list(struct kernel_call *call) {
    return call->out->data;
}

/* ---- constructors ---- */

/* ROW(a, b, ..): the arguments' vectors are the fields. */
static enum status make_row(struct kernel_call *call) {
    for (uint32_t i = 0; i < call->expr->nargs; i++) {
        struct vec field = *call->args[i];
        if (field.form != VEC_FLAT) {
            vec_make_flat(&call->out->child[i], call->scratch, field.type, call->out->rows);
            SEL_FOREACH(call->sel, k, row)
            put_value(&call->out->child[i], row, call->args[i], row, call->scratch);
        } else {
            call->out->child[i] = field;
        }
    }
    return ST_OK;
}

static enum status make_array(struct kernel_call *call) {
    uint32_t n = call->expr->nargs, used = call->out->child[0].rows;
    vec_child_reserve(call->out, call->scratch, used + n * call->sel.count);
    SEL_FOREACH(call->sel, k, row) {
        for (uint32_t i = 0; i < n; i++)
            put_value(&call->out->child[0], used + i, call->args[i], row, call->scratch);
        out_list(call)[row] = (struct listref){used, n};
        used += n;
    }
    return ST_OK;
}

/* Of equal keys the last value counts. */
static enum status make_map(struct kernel_call *call) {
    uint32_t n = call->expr->nargs / 2, used = call->out->child[0].rows;
    struct vec *keys = &call->out->child[0], *values = &call->out->child[1];
    vec_child_reserve(call->out, call->scratch, used + n * call->sel.count);
    SEL_FOREACH(call->sel, k, row) {
        uint32_t len = 0, at;
        for (uint32_t i = 0; i < n; i++) {
            for (at = 0; at < len; at++)
                if (compare_equal(keys, used + at, call->args[2 * i], row)) break;
            if (at == len) put_value(keys, used + len++, call->args[2 * i], row, call->scratch);
            else if (values->valid) valid_set(values->valid, used + at);
            put_value(values, used + at, call->args[2 * i + 1], row, call->scratch);
        }
        out_list(call)[row] = (struct listref){used, len};
        used += n;
    }
    return ST_OK;
}

const struct kernel kernel_ROW = {.fn = make_row};
const struct kernel kernel_ARRAY = {.fn = make_array};
const struct kernel kernel_MAP = {.fn = make_map};

/* ---- elements ---- */

static void put_null_row(struct kernel_call *call, uint32_t row) {
    put_null(call->out, row, call->scratch);
}

/* array[i], from 1; NULL outside. */
static enum status array_at(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        int64_t i = arg_i32(call->args[1], row);
        if (i < 1 || i > l.len) put_null_row(call, row);
        else put_value(call->out, row, &v->child[0], l.offset + (uint32_t)i - 1, call->scratch);
    }
    return ST_OK;
}
static enum status array_at_init(const struct expr *e, struct arena *a UNUSED,
                                 const struct eval_ctx *ctx UNUSED, void **state UNUSED, struct error *err) {
    const struct value *i = literal_arg(e, 1);
    if (!i || i->i >= 1) return ST_OK;
    return error_at(err, ERR_INVALID_ARGUMENT, e->args[1]->span,
                    "the elements of an ARRAY are counted from 1, not %lld", (long long)i->i);
}

static enum status map_at(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        uint32_t i = 0;
        while (i < l.len && !compare_equal(&v->child[0], l.offset + i, call->args[1], row)) i++;
        if (i == l.len) put_null_row(call, row);
        else put_value(call->out, row, &v->child[1], l.offset + i, call->scratch);
    }
    return ST_OK;
}

static enum status cardinality(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) out_i32(call)[row] = (int32_t)arg_list(call->args[0], row).len;
    return ST_OK;
}

/* The only element; NULL for none. */
static enum status element(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        if (l.len > 1)
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                            "ELEMENT was given an ARRAY of %u elements, and takes at most one", l.len);
        if (l.len == 0) put_null_row(call, row);
        else put_value(call->out, row, &v->child[0], l.offset, call->scratch);
    }
    return ST_OK;
}

const struct kernel kernel_ARRAY_AT = {.fn = array_at, .init = array_at_init};
const struct kernel kernel_MAP_AT = {.fn = map_at};
const struct kernel kernel_CARDINALITY = {.fn = cardinality};
const struct kernel kernel_CARDINALITY_MAP = {.fn = cardinality};
const struct kernel kernel_ELEMENT = {.fn = element};

/* ---- searching ---- */

/* The place of args[1] in the array of a row, from 1; 0 = not there. NULL is found like a value. */
static uint32_t place(struct kernel_call *call, uint32_t row) {
    const struct vec *v = call->args[0];
    struct listref l = arg_list(v, row);
    bool null = call->args[1]->phys == PHYS_NONE || arg_null(call->args[1], row);
    for (uint32_t i = 0; i < l.len; i++) {
        if (null ? vec_is_null(&v->child[0], l.offset + i)
                 : compare_equal(&v->child[0], l.offset + i, call->args[1], row))
            return i + 1;
    }
    return 0;
}
static enum status array_contains(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        if (arg_null(call->args[0], row)) kernel_null(call, row);
        else out_bool(call)[row] = place(call, row) > 0;
    }
    return ST_OK;
}
static enum status array_position(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) out_i32(call)[row] = (int32_t)place(call, row);
    return ST_OK;
}

const struct kernel kernel_ARRAY_CONTAINS = {.fn = array_contains};
const struct kernel kernel_ARRAY_POSITION = {.fn = array_position};

/* ---- arrays from arrays and maps ---- */

/* Appends one entry to the result's child; `used` counts them. */
static void push(struct kernel_call *call, uint32_t *used, const struct vec *v, uint32_t entry) {
    vec_child_reserve(call->out, call->scratch, *used + 1);
    put_value(&call->out->child[0], (*used)++, v, entry, call->scratch);
}

static enum status array_reverse(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        out_list(call)[row] = (struct listref){used, l.len};
        for (uint32_t i = l.len; i-- > 0;) push(call, &used, &v->child[0], l.offset + i);
    }
    return ST_OK;
}

static enum status array_distinct(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    const struct vec *made = &call->out->child[0];
    uint32_t used = made->rows;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        uint32_t first = used, j;
        for (uint32_t i = 0; i < l.len; i++) {
            for (j = first; j < used; j++)
                if (compare_equal(made, j, &v->child[0], l.offset + i)) break;
            if (j == used) push(call, &used, &v->child[0], l.offset + i);
        }
        out_list(call)[row] = (struct listref){first, used - first};
    }
    return ST_OK;
}

/* ARRAY_CONCAT(a, b, ..) */
static enum status array_concat(struct kernel_call *call) {
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        uint32_t first = used;
        for (uint32_t n = 0; n < call->expr->nargs; n++) {
            const struct vec *v = call->args[n];
            struct listref l = arg_list(v, row);
            for (uint32_t i = 0; i < l.len; i++) push(call, &used, &v->child[0], l.offset + i);
        }
        out_list(call)[row] = (struct listref){first, used - first};
    }
    return ST_OK;
}

static enum status map_part(struct kernel_call *call, unsigned child) {
    const struct vec *v = call->args[0];
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        out_list(call)[row] = (struct listref){used, l.len};
        for (uint32_t i = 0; i < l.len; i++) push(call, &used, &v->child[child], l.offset + i);
    }
    return ST_OK;
}
static enum status map_keys(struct kernel_call *call) {
    return map_part(call, 0);
}
static enum status map_values(struct kernel_call *call) {
    return map_part(call, 1);
}

const struct kernel kernel_ARRAY_REVERSE = {.fn = array_reverse};
const struct kernel kernel_ARRAY_DISTINCT = {.fn = array_distinct};
const struct kernel kernel_ARRAY_CONCAT = {.fn = array_concat};
const struct kernel kernel_MAP_KEYS = {.fn = map_keys};
const struct kernel kernel_MAP_VALUES = {.fn = map_values};

/* ---- arrays and text ---- */

/* ARRAY_JOIN(array of strings, separator [, instead of NULL]) */
static enum status array_join(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        struct str sep = arg_str(call->args[1], row), item;
        struct text t = {.arena = call->scratch};
        bool first = true;
        for (uint32_t i = 0; i < l.len; i++) {
            if (vec_is_null(&v->child[0], l.offset + i)) {
                if (call->expr->nargs < 3) continue;
                item = arg_str(call->args[2], row);
            } else {
                item = strview_str(&((const struct strview *)v->child[0].data)[l.offset + i]);
            }
            if (!first) text_append(&t, sep.ptr, sep.len);
            text_append(&t, item.ptr, item.len);
            first = false;
            if (t.len > TEXT_MAX_BYTES) return text_too_long(call);
        }
        kernel_put_view(call, row, t.ptr, t.len);
    }
    return ST_OK;
}

static void push_str(struct kernel_call *call, uint32_t *used, const char *p, size_t len) {
    vec_child_reserve(call->out, call->scratch, *used + 1);
    ((struct strview *)call->out->child[0].data)[(*used)++] = strview_of(p, len);
}

/* SPLIT(text, separator): an empty separator splits into characters. */
static enum status split(struct kernel_call *call) {
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row), sep = arg_str(call->args[1], row);
        const char *p = s.ptr, *end = s.ptr + s.len, *at;
        uint32_t first = used;
        if (sep.len == 0) {
            for (size_t n; p < end; p += n) {
                n = utf8_step(p, end);
                push_str(call, &used, p, n);
            }
        } else {
            while ((at = text_find(s, (size_t)(p - s.ptr), sep))) {
                push_str(call, &used, p, (size_t)(at - p));
                p = at + sep.len;
            }
            push_str(call, &used, p, (size_t)(end - p));
        }
        out_list(call)[row] = (struct listref){first, used - first};
    }
    return ST_OK;
}

const struct kernel kernel_ARRAY_JOIN = {.fn = array_join};
const struct kernel kernel_SPLIT = {.fn = split};
