/* SPDX-License-Identifier: Apache-2.0
 *
 * ARRAY, MAP and ROW: constructors, element access, searching, joining, and what makes arrays from text and
 * back. A list's entries are `offset .. offset + len - 1` of the child. More is in kernel_array.c and
 * kernel_map.c.
 */
#include "exec/collection.h"
#include "exec/compare.h"
#include "exec/kernel_util.h"
#include "exec/text.h"


/* ---- constructors ---- */

/* ROW(a, b, ..): the arguments' vectors are the fields. */
static enum status make_row(struct kernel_call *call) {
    for (uint32_t i = 0; i < call->expr->nargs; i++) {
        struct vec field = *call->args[i];
        if (field.form != VEC_FLAT) {
            vec_make_flat(&call->out->child[i], call->scratch, field.type, call->out->rows);
            SEL_FOREACH(call->sel, k, row)
            collection_put(&call->out->child[i], row, call->args[i], row, call->scratch);
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
            collection_put(&call->out->child[0], used + i, call->args[i], row, call->scratch);
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
            if (at == len) collection_put(keys, used + len++, call->args[2 * i], row, call->scratch);
            else if (values->valid) valid_set(values->valid, used + at);
            collection_put(values, used + at, call->args[2 * i + 1], row, call->scratch);
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
    collection_put_null(call->out, row, call->scratch);
}

/* array[i], from 1; NULL outside. */
static enum status array_at(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        int64_t i = arg_i32(call->args[1], row);
        if (i < 1 || i > l.len) put_null_row(call, row);
        else collection_put(call->out, row, &v->child[0], l.offset + (uint32_t)i - 1, call->scratch);
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
        else collection_put(call->out, row, &v->child[1], l.offset + i, call->scratch);
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
        else collection_put(call->out, row, &v->child[0], l.offset, call->scratch);
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

/* ---- arrays from arrays ---- */

static enum status array_reverse(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        out_list(call)[row] = (struct listref){used, l.len};
        for (uint32_t i = l.len; i-- > 0;)
            collection_push(call->out, &used, &v->child[0], l.offset + i, call->scratch);
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
            for (uint32_t i = 0; i < l.len; i++)
                collection_push(call->out, &used, &v->child[0], l.offset + i, call->scratch);
        }
        out_list(call)[row] = (struct listref){first, used - first};
    }
    return ST_OK;
}

const struct kernel kernel_ARRAY_REVERSE = {.fn = array_reverse};
const struct kernel kernel_ARRAY_CONCAT = {.fn = array_concat};

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
