/* SPDX-License-Identifier: Apache-2.0
 *
 * Maps: their parts, and maps made of arrays and of other maps. Of equal keys the last value counts, at the
 * place of the first.
 */
#include "exec/collection.h"
#include "exec/kernel_util.h"

/* ---- parts ---- */

static enum status map_part(struct kernel_call *call, unsigned child) {
    const struct vec *v = call->args[0];
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        out_list(call)[row] = (struct listref){used, l.len};
        for (uint32_t i = 0; i < l.len; i++)
            collection_push(call->out, &used, &v->child[child], l.offset + i, call->scratch);
    }
    return ST_OK;
}
static enum status map_keys(struct kernel_call *call) {
    return map_part(call, 0);
}
static enum status map_values(struct kernel_call *call) {
    return map_part(call, 1);
}

/* An array of rows of key and value. */
static enum status map_entries(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    struct vec *entries = &call->out->child[0];
    SEL_FOREACH(call->sel, k, row) {
        struct listref l = arg_list(v, row);
        uint32_t first = entries->rows;
        vec_child_reserve(call->out, call->scratch, first + l.len);
        for (uint32_t i = 0; i < l.len; i++) {
            for (uint32_t c = 0; c < 2; c++)
                collection_put(&entries->child[c], first + i, &v->child[c], l.offset + i, call->scratch);
        }
        out_list(call)[row] = (struct listref){first, l.len};
    }
    return ST_OK;
}

const struct kernel kernel_MAP_KEYS = {.fn = map_keys};
const struct kernel kernel_MAP_VALUES = {.fn = map_values};
const struct kernel kernel_MAP_ENTRIES = {.fn = map_entries};

/* ---- maps from arrays and maps; of equal keys the last value counts, at the place of the first ---- */

static enum status map_from_arrays(struct kernel_call *call) {
    const struct vec *keys = call->args[0], *values = call->args[1];
    SEL_FOREACH(call->sel, k, row) {
        struct listref x = arg_list(keys, row), y = arg_list(values, row);
        if (x.len != y.len)
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                            "MAP_FROM_ARRAYS was given %u keys and %u values", x.len, y.len);
        struct collection_set set;
        uint32_t first = call->out->child[0].rows;
        collection_set_init(&set, &call->out->child[0], x.len, call->scratch);
        for (uint32_t i = 0; i < x.len; i++)
            collection_put_entry(call->out, &set, &keys->child[0], x.offset + i, &values->child[0],
                                 y.offset + i, call->scratch);
        out_list(call)[row] = (struct listref){first, call->out->child[0].rows - first};
    }
    return ST_OK;
}

static enum status map_union(struct kernel_call *call) {
    uint32_t nargs = call->expr->nargs;
    SEL_FOREACH(call->sel, k, row) {
        struct collection_set set;
        uint32_t first = call->out->child[0].rows, most = 0;
        for (uint32_t n = 0; n < nargs; n++) most += arg_list(call->args[n], row).len;
        collection_set_init(&set, &call->out->child[0], most, call->scratch);
        for (uint32_t n = 0; n < nargs; n++) {
            const struct vec *v = call->args[n];
            struct listref l = arg_list(v, row);
            for (uint32_t i = l.offset; i < l.offset + l.len; i++)
                collection_put_entry(call->out, &set, &v->child[0], i, &v->child[1], i, call->scratch);
        }
        out_list(call)[row] = (struct listref){first, call->out->child[0].rows - first};
    }
    return ST_OK;
}

const struct kernel kernel_MAP_FROM_ARRAYS = {.fn = map_from_arrays};
const struct kernel kernel_MAP_UNION = {.fn = map_union};
