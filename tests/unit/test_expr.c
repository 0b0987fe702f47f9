/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiled expressions: lazy branches, three-valued logic, constants, dictionaries, selections, filters.
 */
#include "tests/unit/exprkit.h"

#define INT type_simple(TYPE_INT, true)
#define BOOL type_simple(TYPE_BOOLEAN, true)
#define STRING type_string(true)

/* Columns: 0 INT 0..4 with 3 NULL; 1 INT 2,0,NULL,1,0; 2 STRING as a dictionary a,b,a,b,NULL. */
static struct batch *sample(struct kit *k) {
    const struct type *types[] = {INT, INT, STRING};
    struct batch *b = batch_new_flat(&k->arena, types, 3, 5);
    memcpy(b->cols[0]->data, (int32_t[]){0, 1, 2, 99, 4}, 20);
    valid_clear(vec_make_valid(b->cols[0], &k->arena), 3);
    memcpy(b->cols[1]->data, (int32_t[]){2, 0, 99, 1, 0}, 20);
    valid_clear(vec_make_valid(b->cols[1], &k->arena), 2);
    static const uint32_t dict[] = {0, 1, 0, 1, 2};
    struct strview *s = b->cols[2]->data;
    s[0] = strview_of("a", 1);
    s[1] = strview_of("b", 1);
    valid_clear(vec_make_valid(b->cols[2], &k->arena), 2);
    b->cols[2]->form = VEC_DICT;
    b->cols[2]->dict = dict;
    return b;
}

Test(expr, arithmetic_nulls_and_selection) {
    struct kit *k = kit_new();
    struct batch *b = sample(k);
    struct expr *x = kit_column(k, 0, INT), *y = kit_column(k, 1, INT);
    kit_is(kit_eval(k, kit_call(k, FN_ADD, INT, x, y, NULL), b), "2|1|NULL|NULL|4");
    kit_is(kit_eval(k, kit_call(k, FN_MUL, INT, x, kit_int(k, TYPE_INT, 3), NULL), b), "0|3|6|NULL|12");
    kit_is(kit_eval(k, kit_call(k, FN_SUB, INT, kit_int(k, TYPE_INT, 3), x, NULL), b), "3|2|1|NULL|-1");
    kit_is(kit_eval(k, kit_call(k, FN_DIV, INT, x, y, NULL), b), "! division by zero");
    uint32_t sel[] = {0, 2, 3};
    kit_is(kit_eval(k, kit_call(k, FN_DIV, INT, x, y, NULL), batch_select(&k->arena, b, sel, 3)),
           "0|NULL|NULL");
    kit_free(k);
}

Test(expr, case_guards_its_branches) {
    struct kit *k = kit_new();
    struct batch *b = sample(k);
    struct expr *x = kit_column(k, 0, INT), *y = kit_column(k, 1, INT);
    struct expr *safe = kit_call(k, FN_NE, BOOL, y, kit_int(k, TYPE_INT, 0), NULL);
    struct expr *ratio = kit_call(k, FN_DIV, INT, x, y, NULL);
    kit_is(kit_eval(k, kit_case(k, INT, safe, ratio, kit_int(k, TYPE_INT, -1), NULL), b), "0|-1|-1|NULL|-1");
    kit_is(kit_eval(k, kit_call(k, FN_IF, INT, safe, ratio, x, NULL), b), "0|1|2|NULL|4");
    /* AND guards too: 1 / 0 is not reached; and a constant that fails does so only where it is reached */
    struct expr *fails = kit_call(k, FN_DIV, INT, kit_int(k, TYPE_INT, 1), kit_int(k, TYPE_INT, 0), NULL);
    struct expr *one = kit_call(k, FN_EQ, BOOL, ratio, kit_int(k, TYPE_INT, 0), NULL);
    kit_is(kit_eval(k, kit_call(k, FN_AND, BOOL, safe, one, NULL), b), "TRUE|FALSE|NULL|NULL|FALSE");
    kit_is(kit_eval(k, kit_case(k, INT, kit_call(k, FN_IS_NULL, BOOL, y, NULL), fails, x, NULL), b),
           "! division by zero");
    struct expr *never = kit_call(k, FN_GT, BOOL, y, kit_int(k, TYPE_INT, 5), NULL);
    kit_is(kit_eval(k, kit_case(k, INT, never, fails, x, NULL), b), "0|1|2|NULL|4");
    kit_free(k);
}

Test(expr, three_valued_logic) {
    struct kit *k = kit_new();
    const char *names[] = {"FALSE", "TRUE", "NULL"};
    struct expr *values[3] = {kit_int(k, TYPE_BOOLEAN, 0), kit_int(k, TYPE_BOOLEAN, 1), kit_null(k, BOOL)};
    values[0]->value.b = false;
    values[1]->value.b = true;
    const int and_is[3][3] = {{0, 0, 0}, {0, 1, 2}, {0, 2, 2}}, or_is[3][3] = {{0, 1, 2}, {1, 1, 1},
                                                                               {2, 1, 2}};
    const struct type *types[] = {BOOL};
    struct batch *b = batch_new_flat(&k->arena, types, 1, 3);
    memcpy(b->cols[0]->data, (uint8_t[]){0, 1, 1}, 3);
    valid_clear(vec_make_valid(b->cols[0], &k->arena), 2);
    for (int y = 0; y < 3; y++) {
        struct expr *column = kit_column(k, 0, BOOL);
        struct str got = kit_eval(k, kit_call(k, FN_AND, BOOL, column, values[y], NULL), b);
        struct str want = arena_printf(&k->arena, "%s|%s|%s", names[and_is[0][y]], names[and_is[1][y]],
                                       names[and_is[2][y]]);
        cr_assert(str_eq(got, want), "AND %s: %.*s", names[y], STR_ARG(got));
        got = kit_eval(k, kit_call(k, FN_OR, BOOL, values[y], column, NULL), b);
        want = arena_printf(&k->arena, "%s|%s|%s", names[or_is[0][y]], names[or_is[1][y]],
                            names[or_is[2][y]]);
        cr_assert(str_eq(got, want), "%s OR: %.*s", names[y], STR_ARG(got));
    }
    kit_is(kit_eval(k, kit_call(k, FN_NOT, BOOL, kit_column(k, 0, BOOL), NULL), b), "TRUE|FALSE|NULL");
    kit_is(kit_eval(k, kit_call(k, FN_IS_NOT_TRUE, BOOL, kit_column(k, 0, BOOL), NULL), b),
           "TRUE|FALSE|TRUE");
    kit_free(k);
}

Test(expr, coalesce_and_nullif) {
    struct kit *k = kit_new();
    struct batch *b = sample(k);
    struct expr *x = kit_column(k, 0, INT), *y = kit_column(k, 1, INT), *s = kit_column(k, 2, STRING);
    kit_is(kit_eval(k, kit_call(k, FN_COALESCE, INT, x, y, NULL), b), "0|1|2|1|4");
    kit_is(kit_eval(k, kit_call(k, FN_COALESCE, STRING, s, kit_string(k, "none"), NULL), b), "a|b|a|b|none");
    kit_is(kit_eval(k, kit_call(k, FN_NULLIF, INT, y, kit_int(k, TYPE_INT, 0), NULL), b),
           "2|NULL|NULL|1|NULL");
    kit_is(kit_eval(k, kit_call(k, FN_NULLIF, STRING, s, kit_string(k, "a"), NULL), b), "NULL|b|NULL|b|NULL");
    kit_is(kit_const(k, kit_call(k, FN_NULLIF, INT, kit_int(k, TYPE_INT, 1), kit_int(k, TYPE_INT, 1), NULL)),
           "NULL");
    kit_free(k);
}

static struct str filter(struct kit *k, const struct expr *e, const struct batch *b) {
    struct program *p;
    cr_assert_eq(program_compile(&e, 1, &k->arena, &k->ctx, &p, &k->error), ST_OK);
    const uint32_t *sel;
    uint32_t count;
    if (program_filter(p, b, &k->arena, &k->ctx, &sel, &count) != ST_OK) return STR("!");
    program_free(p);
    if (!sel) return STR("all");
    struct str t = STR("");
    for (uint32_t i = 0; i < count; i++) t = arena_printf(&k->arena, "%.*s%u ", STR_ARG(t), sel[i]);
    return t;
}

Test(expr, filters) {
    struct kit *k = kit_new();
    struct batch *b = sample(k);
    struct expr *x = kit_column(k, 0, INT), *y = kit_column(k, 1, INT), *s = kit_column(k, 2, STRING);
    struct expr *two = kit_int(k, TYPE_INT, 2), *zero = kit_int(k, TYPE_INT, 0);
    kit_is(filter(k, kit_call(k, FN_LT, BOOL, x, two, NULL), b), "0 1 ");
    kit_is(filter(k, kit_call(k, FN_LE, BOOL, two, x, NULL), b), "2 4 ");
    kit_is(filter(k, kit_call(k, FN_EQ, BOOL, s, kit_string(k, "b"), NULL), b), "1 3 ");
    struct expr *safe = kit_call(k, FN_NE, BOOL, y, zero, NULL);
    struct expr *ratio = kit_call(k, FN_EQ, BOOL, kit_call(k, FN_DIV, INT, two, y, NULL), two, NULL);
    kit_is(filter(k, kit_call(k, FN_AND, BOOL, safe, ratio, NULL), b), "3 ");
    kit_is(filter(k, kit_call(k, FN_GE, BOOL, kit_int(k, TYPE_INT, 3), two, NULL), b), "all");
    kit_is(filter(k, kit_call(k, FN_GE, BOOL, two, kit_null(k, INT), NULL), b), "");
    kit_is(filter(k, kit_call(k, FN_OR, BOOL, safe, kit_call(k, FN_GT, BOOL, x, two, NULL), NULL), b),
           "0 3 4 ");
    uint32_t sel[] = {1, 2, 4};
    kit_is(filter(k, kit_call(k, FN_GE, BOOL, x, two, NULL), batch_select(&k->arena, b, sel, 3)), "2 4 ");
    kit_free(k);
}

Test(expr, folding) {
    struct kit *k = kit_new();
    struct expr *sum = kit_call(k, FN_ADD, INT, kit_int(k, TYPE_INT, 2), kit_int(k, TYPE_INT, 3), NULL);
    struct expr *out, *more = kit_call(k, FN_ADD, INT, kit_column(k, 0, INT), sum, NULL);
    cr_assert_eq(expr_fold(&k->arena, more, &k->ctx, &out, &k->error), ST_OK);
    cr_assert_eq(out->args[1]->kind, EXPR_LITERAL);
    cr_assert_eq(out->args[1]->value.i, 5);
    struct expr *whole = kit_call(k, FN_ARRAY, type_array(&k->arena, INT, false), sum, NULL);
    cr_assert_eq(expr_fold(&k->arena, kit_cast(k, whole, STRING, false), &k->ctx, &out, &k->error), ST_OK);
    cr_assert_eq(out->kind, EXPR_LITERAL);
    cr_assert(str_eq(out->value.s, STR("[5]")));
    struct expr *fails = kit_call(k, FN_DIV, INT, sum, kit_int(k, TYPE_INT, 0), NULL);
    cr_assert_eq(expr_fold(&k->arena, fails, &k->ctx, &out, &k->error), ST_ERROR);
    cr_assert_eq(k->error.code, ERR_DIVISION_BY_ZERO);
    kit_free(k);
}

Test(expr, fields_of_rows) {
    struct kit *k = kit_new();
    struct type_field fields[] = {{.type = INT}, {.type = STRING}};
    const struct type *row = type_row(&k->arena, fields, 2, true);
    struct batch *b = batch_new_flat(&k->arena, &row, 1, 3);
    memcpy(b->cols[0]->child[0].data, (int32_t[]){7, 8, 9}, 12);
    valid_clear(vec_make_valid(b->cols[0], &k->arena), 1);
    b->cols[0]->child[1] = *program_literal(&k->arena, STRING, &(struct value){.s = STR("x")}, 3);
    struct expr *first = kit_node(k, EXPR_FIELD, INT), *second = kit_node(k, EXPR_FIELD, STRING);
    first->args = second->args = ARENA_ARRAY(&k->arena, struct expr *, 1);
    first->args[0] = kit_column(k, 0, row);
    first->nargs = second->nargs = 1;
    second->column = 1;
    kit_is(kit_eval(k, first, b), "7|NULL|9");
    kit_is(kit_eval(k, second, b), "x|NULL|x");
    static const uint32_t dict[] = {2, 1, 0};
    b->cols[0]->form = VEC_DICT;
    b->cols[0]->dict = dict;
    kit_is(kit_eval(k, first, b), "9|NULL|7");
    kit_is(kit_eval(k, kit_cast(k, kit_column(k, 0, row), STRING, false), b), "(9, x)|NULL|(7, x)");
    kit_free(k);
}

Test(expr, in_lists) {
    struct kit *k = kit_new();
    struct batch *b = sample(k);
    struct expr *x = kit_column(k, 0, INT), *s = kit_column(k, 2, STRING);
    struct expr *list = kit_call(k, FN_IN_LIST, BOOL, x, kit_int(k, TYPE_INT, 4), kit_int(k, TYPE_INT, 1),
                                 NULL);
    kit_is(kit_eval(k, list, b), "FALSE|TRUE|FALSE|NULL|TRUE");
    list = kit_call(k, FN_IN_LIST, BOOL, x, kit_int(k, TYPE_INT, 4), kit_null(k, INT), NULL);
    kit_is(kit_eval(k, list, b), "NULL|NULL|NULL|NULL|TRUE");
    list = kit_call(k, FN_IN_LIST, BOOL, s, kit_string(k, "a"), kit_string(k, "a long string, not inline"),
                    NULL);
    kit_is(kit_eval(k, list, b), "TRUE|FALSE|TRUE|FALSE|NULL");
    list = kit_call(k, FN_IN_LIST, BOOL, x, kit_column(k, 1, INT), kit_int(k, TYPE_INT, 4), NULL);
    kit_is(kit_eval(k, list, b), "FALSE|FALSE|NULL|NULL|TRUE");
    kit_free(k);
}
