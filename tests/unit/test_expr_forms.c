/* SPDX-License-Identifier: Apache-2.0
 *
 * A function gives a row the same result in whatever form its arguments come: flat columns, dictionaries,
 * constants, under a selection, alone. Random values with NULLs and extremes; failing rows are left out.
 */
#include "tests/unit/exprkit.h"

#define ROWS 150
#define COLUMNS 2

static uint64_t draw(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* One value of the type's physical form; every fourth is an extreme. */
static void put(struct vec *v, uint32_t row, uint64_t *seed) {
    static const char *const strings[] = {"", "a", "ab", "exactly12byt", "thirteen byte", "thirteen bytf"};
    static const double doubles[] = {0, -0.0, 1.5, -2.25, 1e300, 7};
    uint64_t x = draw(seed) >> 8;
    int64_t small = (int64_t)(x % 9) - 4, any = x % 4 ? small : INT64_MIN + (int64_t)(x % 3);
    switch (v->phys) {
    case PHYS_BOOL:
        ((uint8_t *)v->data)[row] = x & 1;
        break;
    case PHYS_I8:
        ((int8_t *)v->data)[row] = (int8_t)(x % 4 ? small : INT8_MIN);
        break;
    case PHYS_I16:
        ((int16_t *)v->data)[row] = (int16_t)(x % 4 ? small : INT16_MIN);
        break;
    case PHYS_I32:
        ((int32_t *)v->data)[row] = (int32_t)(x % 4 ? small : INT32_MIN);
        break;
    case PHYS_I64:
        ((int64_t *)v->data)[row] = v->type->kind == TYPE_DECIMAL ? small * 1234567 : any;
        break;
    case PHYS_I128:
        ((__int128 *)v->data)[row] = (__int128)small * INT64_MAX * (int64_t)(x % 1000);
        break;
    case PHYS_F32:
        ((float *)v->data)[row] = (float)doubles[x % 4];
        break;
    case PHYS_F64:
        ((double *)v->data)[row] = doubles[x % 6];
        break;
    default:
        ((struct strview *)v->data)[row] = strview_of(strings[x % 6], strlen(strings[x % 6]));
        break;
    }
}

static struct batch *random_batch(struct kit *k, const struct type *const *types, uint32_t n,
                                  uint64_t *seed) {
    struct batch *b = batch_new_flat(&k->arena, types, n, ROWS);
    for (uint32_t c = 0; c < n; c++) {
        for (uint32_t row = 0; row < ROWS; row++) {
            put(b->cols[c], row, seed);
            if (draw(seed) % 5 == 0) valid_clear(vec_make_valid(b->cols[c], &k->arena), row);
        }
    }
    return b;
}

/* One row of the batch with its columns as constants. */
static struct batch *alone(struct kit *k, const struct batch *b, uint32_t row, bool constant) {
    struct batch *one = batch_new(&k->arena, b->ncols);
    one->rows = one->count = 1;
    for (uint32_t c = 0; c < b->ncols; c++) {
        one->cols[c] = vec_gather(b->cols[c], &row, 1, &k->arena);
        if (constant) one->cols[c]->form = VEC_CONST;
    }
    return one;
}

/* Column `which` (or both, 2) behind a dictionary that turns the rows around. */
static struct batch *dictionary(struct kit *k, const struct batch *b, uint32_t which) {
    uint32_t *turned = ARENA_ARRAY(&k->arena, uint32_t, ROWS);
    for (uint32_t i = 0; i < ROWS; i++) turned[i] = ROWS - 1 - i;
    struct batch *out = batch_select(&k->arena, b, b->sel, b->count);
    out->cols = ARENA_ARRAY(&k->arena, struct vec *, b->ncols);
    for (uint32_t c = 0; c < b->ncols; c++) {
        out->cols[c] = b->cols[c];
        if (which != 2 && which != c) continue;
        out->cols[c] = vec_gather(b->cols[c], turned, ROWS, &k->arena);
        out->cols[c]->form = VEC_DICT;
        out->cols[c]->dict = turned;
    }
    return out;
}

/* The function over all forms of the batch's columns. */
static void check(struct kit *k, enum func_id id, const struct type *result, struct batch *b) {
    struct expr *args[COLUMNS] = {NULL};
    for (uint32_t c = 0; c < b->ncols; c++) args[c] = kit_column(k, c, b->cols[c]->type);
    struct expr *e = kit_call(k, id, result, args[0], b->ncols > 1 ? args[1] : NULL, NULL);
    const char *name = func_desc(id)->name.ptr;
    uint32_t *sel = ARENA_ARRAY(&k->arena, uint32_t, ROWS), n = 0;
    struct text want = {.arena = &k->arena};
    for (uint32_t row = 0; row < ROWS; row++) {
        struct str flat = kit_eval(k, e, alone(k, b, row, false)), same = kit_eval(k, e,
                                                                                   alone(k, b, row, true));
        cr_assert(str_eq(flat, same), "%s: constant %.*s, flat %.*s", name, STR_ARG(same), STR_ARG(flat));
        if (flat.len && flat.ptr[0] == '!') continue;
        if (n) text_append(&want, "|", 1);
        text_append(&want, flat.ptr, flat.len);
        sel[n++] = row;
    }
    struct batch *chosen = batch_select(&k->arena, b, n == ROWS ? NULL : sel, n);
    struct str expected = {want.ptr, want.len};
    cr_assert(str_eq(kit_eval(k, e, chosen), expected), "%s of %s", name,
              type_print(&k->arena, args[0]->type).ptr);
    for (uint32_t which = 0; which < 3; which++) {
        struct str got = kit_eval(k, e, dictionary(k, chosen, which));
        cr_assert(str_eq(got, expected), "%s of dictionaries: %.*s\n%.*s", name, STR_ARG(got),
                  STR_ARG(expected));
    }
}

Test(expr_forms, binary) {
    static const enum type_kind kinds[] = {TYPE_BOOLEAN, TYPE_TINYINT,  TYPE_SMALLINT, TYPE_INT,
                                           TYPE_BIGINT,  TYPE_FLOAT,    TYPE_DOUBLE,   TYPE_VARCHAR,
                                           TYPE_DATE,    TYPE_TIMESTAMP};
    static const enum func_id compare[] = {FN_EQ, FN_NE, FN_LT, FN_LE, FN_GT, FN_GE, FN_IS_DISTINCT,
                                           FN_IN_LIST};
    static const enum func_id arith[] = {FN_ADD, FN_SUB, FN_MUL, FN_DIV, FN_GREATEST, FN_NULLIF, FN_COALESCE};
    uint64_t seed = 20260504;
    for (unsigned t = 0; t < ARRAY_LEN(kinds); t++) {
        struct kit *k = kit_new();
        const struct type *types[] = {type_simple(kinds[t], true), type_simple(kinds[t], true)};
        struct batch *b = random_batch(k, types, 2, &seed);
        for (unsigned f = 0; f < ARRAY_LEN(compare); f++) check(k, compare[f],
                                                                type_simple(TYPE_BOOLEAN, true), b);
        unsigned first = type_is_numeric(types[0]) ? 0 : 4; /* the last ones take any type */
        for (unsigned f = first; f < ARRAY_LEN(arith); f++) check(k, arith[f], types[0], b);
        kit_free(k);
    }
}

Test(expr_forms, logic) {
    struct kit *k = kit_new();
    uint64_t seed = 7;
    const struct type *types[] = {type_simple(TYPE_BOOLEAN, true), type_simple(TYPE_BOOLEAN, true)};
    struct batch *b = random_batch(k, types, 2, &seed);
    check(k, FN_AND, types[0], b);
    check(k, FN_OR, types[0], b);
    b->ncols = 1;
    const enum func_id unary[] = {FN_NOT, FN_IS_TRUE, FN_IS_FALSE, FN_IS_NOT_TRUE, FN_IS_NOT_FALSE,
                                  FN_IS_NULL};
    for (unsigned f = 0; f < ARRAY_LEN(unary); f++) check(k, unary[f], types[0], b);
    kit_free(k);
}

Test(expr_forms, decimals) {
    struct kit *k = kit_new();
    static const enum func_id functions[] = {FN_ADD_DECIMAL, FN_SUB_DECIMAL, FN_MUL_DECIMAL, FN_DIV_DECIMAL,
                                             FN_MOD_DECIMAL};
    static const uint8_t sizes[][4] = {{10, 2, 12, 3}, {8, 2, 18, 4}, {30, 10, 38, 12}};
    uint64_t seed = 99;
    for (unsigned s = 0; s < ARRAY_LEN(sizes); s++) {
        const struct type *arg = type_decimal(&k->arena, sizes[s][0], sizes[s][1], true);
        const struct type *result = type_decimal(&k->arena, sizes[s][2], sizes[s][3], true);
        const struct type *types[] = {arg, arg};
        struct batch *b = random_batch(k, types, 2, &seed);
        for (unsigned f = 0; f < ARRAY_LEN(functions); f++) check(k, functions[f], result, b);
        check(k, FN_EQ, type_simple(TYPE_BOOLEAN, true), b);
        check(k, FN_LT, type_simple(TYPE_BOOLEAN, true), b);
        check(k, FN_LEAST, arg, b);
    }
    kit_free(k);
}

Test(expr_forms, unary) {
    static const enum type_kind kinds[] = {TYPE_TINYINT, TYPE_SMALLINT, TYPE_INT, TYPE_BIGINT, TYPE_FLOAT,
                                           TYPE_DOUBLE};
    static const enum func_id functions[] = {FN_NEG, FN_POS, FN_ABS, FN_SIGN, FN_CEIL, FN_FLOOR, FN_ROUND};
    uint64_t seed = 4;
    for (unsigned t = 0; t < ARRAY_LEN(kinds); t++) {
        struct kit *k = kit_new();
        const struct type *type = type_simple(kinds[t], true);
        struct batch *b = random_batch(k, &type, 1, &seed);
        for (unsigned f = 0; f < ARRAY_LEN(functions); f++) check(k, functions[f], type, b);
        if (type->kind == TYPE_DOUBLE) check(k, FN_SQRT, type, b);
        kit_free(k);
    }
}
