/* SPDX-License-Identifier: Apache-2.0
 *
 * Vectors in their three forms: growing, flattening, gathering, copying; batches and their debug text.
 */
#include <criterion/criterion.h>

#include "exec/batch.h"

static struct strview view(const char *z) {
    return strview_of(z, strlen(z));
}

Test(vec, dict_and_const_flatten) {
    struct arena a = {0};
    int64_t data[] = {10, 20, 30};
    uint64_t valid = 5; /* 20 is NULL */
    uint32_t dict[] = {2, 1, 0, 2};
    struct vec v = {.type = type_simple(TYPE_BIGINT, true), .phys = PHYS_I64, .form = VEC_DICT,
                    .rows = 4, .data = data, .valid = &valid, .dict = dict};
    struct vec *flat = vec_flatten(&v, &a);
    cr_assert_eq(flat->form, VEC_FLAT);
    cr_assert_eq(((int64_t *)flat->data)[0], 30);
    cr_assert(vec_is_null(flat, 1));
    cr_assert_eq(((int64_t *)flat->data)[3], 30);
    cr_assert_eq(vec_flatten(flat, &a), flat);
    v.form = VEC_CONST;
    flat = vec_flatten(&v, &a);
    cr_assert_eq(((int64_t *)flat->data)[3], 10);
    arena_free(&a);
}

Test(vec, copy_owns_nested_bytes) {
    struct arena a = {0}, b = {0};
    const struct type *t = type_array(&a, type_string(true), true);
    struct vec v;
    vec_make_flat(&v, &a, t, 3);
    char text[] = "a string that is not short";
    struct listref *lists = v.data;
    for (uint32_t i = 0; i < 3; i++) {
        vec_child_reserve(&v, &a, (i + 1) * 20);
        lists[i] = (struct listref){i * 20, 20};
        for (uint32_t k = 0; k < 20; k++) ((struct strview *)v.child[0].data)[i * 20 + k] = view(text);
    }
    valid_clear(vec_make_valid(&v.child[0], &a), 41);
    valid_clear(vec_make_valid(&v, &a), 0);
    uint32_t rows[] = {0, 2};
    struct vec *copy = vec_copy(&v, (struct sel){rows, 2}, &b);
    memset(text, 'x', sizeof text);
    arena_free(&a);
    cr_assert(vec_is_null(copy, 0));
    cr_assert_eq(copy->child[0].rows, 20);
    cr_assert(vec_is_null(&copy->child[0], 1));
    cr_assert(
        str_eq(strview_str(&((struct strview *)copy->child[0].data)[2]), STR("a string that is not short")));
    arena_free(&b);
}

Test(vec, growing_keeps_validity) {
    struct arena a = {0};
    struct vec v;
    vec_make_flat(&v, &a, type_array(&a, type_simple(TYPE_INT, true), true), 1);
    vec_child_reserve(&v, &a, 3);
    valid_clear(vec_make_valid(&v.child[0], &a), 2);
    for (uint32_t n = 4; n < 300; n++) {
        vec_child_reserve(&v, &a, n);
        ((int32_t *)v.child[0].data)[n - 1] = (int32_t)n;
        cr_assert(vec_is_null(&v.child[0], 2));
        cr_assert_not(vec_is_null(&v.child[0], n - 1));
    }
    cr_assert_eq(((int32_t *)v.child[0].data)[100], 101);
    arena_free(&a);
}

Test(batch, debug_text) {
    struct arena a = {0};
    struct type_field fields[] = {{.type = type_simple(TYPE_INT, true)}, {.type = type_string(true)}};
    const struct type *types[] = {type_string(true), type_row(&a, fields, 2, true)};
    struct batch *b = batch_new_flat(&a, types, 2, 2);
    ((struct strview *)b->cols[0]->data)[1] = view("x");
    valid_clear(vec_make_valid(b->cols[0], &a), 0);
    ((int32_t *)b->cols[1]->child[0].data)[0] = 7;
    ((struct strview *)b->cols[1]->child[1].data)[0] = view("y");
    b->cols[1]->child[1] = *vec_all_null(&a, fields[1].type, 2);
    valid_clear(vec_make_valid(b->cols[1], &a), 1);
    int8_t change[] = {CHANGE_INSERT, CHANGE_DELETE};
    b->change = change;
    cr_assert(str_eq(batch_row_debug(&a, b, 0), STR("+I[NULL, (7, NULL)]")));
    cr_assert(str_eq(batch_row_debug(&a, b, 1), STR("-D[x, NULL]")));
    cr_assert_eq(vec_flatten(b->cols[1], &a)->child[1].form, VEC_FLAT);
    struct batch *s = batch_select(&a, b, NULL, 0);
    cr_assert_eq(s->count, 2);
    arena_free(&a);
}
