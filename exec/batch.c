/* SPDX-License-Identifier: Apache-2.0
 *
 * Making and selecting batches, and one row as text for tests and logs.
 */
#include "exec/batch.h"

struct batch *batch_new(struct arena *a, uint32_t ncols) {
    struct batch *b = ARENA_NEW(a, struct batch);
    b->ncols = ncols;
    b->cols = ARENA_ARRAY(a, struct vec *, ncols);
    b->wm_floor = TIME_MIN;
    return b;
}

struct batch *batch_new_flat(struct arena *a, const struct type *const *types, uint32_t ncols,
                             uint32_t rows) {
    struct batch *b = batch_new(a, ncols);
    b->rows = b->count = rows;
    struct vec *vecs = ARENA_ARRAY(a, struct vec, ncols);
    for (uint32_t c = 0; c < ncols; c++) {
        vec_make_flat(&vecs[c], a, types[c], rows);
        b->cols[c] = &vecs[c];
    }
    return b;
}

struct batch *batch_select(struct arena *a, const struct batch *b, const uint32_t *sel, uint32_t count) {
    struct batch *out = arena_alloc_raw(a, sizeof *out);
    *out = *b;
    out->sel = sel;
    out->count = sel ? count : b->rows;
    return out;
}

static struct str debug_i128(struct arena *a, __int128 value) {
    char text[48];
    unsigned n = sizeof text;
    unsigned __int128 u = value < 0 ? -(unsigned __int128)value : (unsigned __int128)value;
    do {
        text[--n] = (char)('0' + (int)(u % 10));
        u /= 10;
    } while (u);
    if (value < 0) text[--n] = '-';
    return arena_str(a, (struct str){text + n, sizeof text - n});
}

const char *change_text(int8_t change) {
    static const char *const texts[] = {"+I", "-U", "+U", "-D"};
    return texts[change & 3];
}

static struct str debug_value(struct arena *a, const struct vec *v, uint32_t row);

static struct str debug_list(struct arena *a, const struct vec *v, uint32_t i) {
    struct listref list = ((const struct listref *)v->data)[i];
    struct str text = STR("[");
    for (uint32_t k = 0; k < list.len; k++) {
        struct str key = debug_value(a, &v->child[0], list.offset + k);
        struct str rest = v->nchild > 1 ? debug_value(a, &v->child[1], list.offset + k) : STR("");
        text = arena_printf(a, "%.*s%s%.*s%s%.*s", STR_ARG(text), k ? ", " : "", STR_ARG(key),
                            v->nchild > 1 ? "=" : "", STR_ARG(rest));
    }
    return arena_printf(a, "%.*s]", STR_ARG(text));
}

static struct str debug_row(struct arena *a, const struct vec *v, uint32_t i) {
    struct str text = STR("(");
    for (uint32_t c = 0; c < v->nchild; c++) {
        struct str field = debug_value(a, &v->child[c], i);
        text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), c ? ", " : "", STR_ARG(field));
    }
    return arena_printf(a, "%.*s)", STR_ARG(text));
}

static struct str debug_value(struct arena *a, const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row)) return STR("NULL");
    uint32_t i = vec_index(v, row);
    switch (v->phys) {
    case PHYS_BOOL:
        return ((const uint8_t *)v->data)[i] ? STR("TRUE") : STR("FALSE");
    case PHYS_I8:
        return arena_printf(a, "%d", ((const int8_t *)v->data)[i]);
    case PHYS_I16:
        return arena_printf(a, "%d", ((const int16_t *)v->data)[i]);
    case PHYS_I32:
        return arena_printf(a, "%d", ((const int32_t *)v->data)[i]);
    case PHYS_I64:
        return arena_printf(a, "%lld", (long long)((const int64_t *)v->data)[i]);
    case PHYS_I128:
        return debug_i128(a, ((const __int128 *)v->data)[i]);
    case PHYS_F32:
        return arena_printf(a, "%.9g", (double)((const float *)v->data)[i]);
    case PHYS_F64:
        return arena_printf(a, "%.17g", ((const double *)v->data)[i]);
    case PHYS_STR:
        return arena_str(a, strview_str(&((const struct strview *)v->data)[i]));
    case PHYS_ARRAY:
    case PHYS_MAP:
        return debug_list(a, v, i);
    case PHYS_ROW:
        return debug_row(a, v, i);
    default:
        return STR("NULL");
    }
}

struct str batch_row_debug(struct arena *a, const struct batch *b, uint32_t row) {
    struct str text = arena_printf(a, "%s[", change_text(b->change ? b->change[row] : CHANGE_INSERT));
    for (uint32_t c = 0; c < b->ncols; c++) {
        struct str value = debug_value(a, b->cols[c], row);
        text = arena_printf(a, "%.*s%s%.*s", STR_ARG(text), c ? ", " : "", STR_ARG(value));
    }
    return arena_printf(a, "%.*s]", STR_ARG(text));
}
