/* SPDX-License-Identifier: Apache-2.0
 *
 * Constructors, element access and functions of ARRAY, MAP and ROW, over columns with a selection; JSON made
 * of values.
 */
#include "exprkit.h"

#include "planner/symbols.h"

struct fixture {
    struct kit *k;
    struct batch *in; /* INT 1 2 NULL 4, STRING a bb NULL dddd; rows 0, 2 and 3 selected */
};

static struct fixture fixture_new(void) {
    static const uint32_t sel[] = {0, 2, 3};
    struct fixture f = {.k = kit_new()};
    struct arena *a = &f.k->arena;
    const struct type *types[] = {type_simple(TYPE_INT, true), type_string(true)};
    f.in = batch_new_flat(a, types, 2, 4);
    static const char *const texts[] = {"a", "bb", "", "dddd"};
    for (uint32_t i = 0; i < 4; i++) {
        ((int32_t *)f.in->cols[0]->data)[i] = (int32_t)i + 1;
        ((struct strview *)f.in->cols[1]->data)[i] = strview_of(texts[i], strlen(texts[i]));
    }
    for (int c = 0; c < 2; c++) valid_clear(vec_make_valid(f.in->cols[c], a), 2);
    f.in->sel = sel;
    f.in->count = 3;
    return f;
}
#define INT_T type_simple(TYPE_INT, true)
#define STR_T type_string(true)
#define COL_I kit_column(f.k, 0, INT_T)
#define COL_S kit_column(f.k, 1, STR_T)
#define INT(n) kit_int(f.k, TYPE_INT, n)
#define STRING(z) kit_string(f.k, z)
#define SYM(s) kit_int(f.k, TYPE_SYMBOL, SYM_##s)
#define CALL(id, type, ...) kit_call(f.k, FN_##id, type, __VA_ARGS__, NULL)
#define GIVES(want, e) kit_is(kit_eval(f.k, e, f.in), want)
#define ARR(type) type_array(&f.k->arena, type, true)

Test(kernel_collection, arrays) {
    struct fixture f = fixture_new();
    struct expr *ints = CALL(ARRAY, ARR(INT_T), COL_I, INT(7), kit_null(f.k, INT_T));
    GIVES("[1, 7, NULL]|[NULL, 7, NULL]|[4, 7, NULL]", ints);
    GIVES("1|NULL|4", CALL(ARRAY_AT, INT_T, ints, INT(1)));
    GIVES("7|7|7", CALL(ARRAY_AT, INT_T, ints, INT(2)));
    GIVES("NULL|NULL|NULL", CALL(ARRAY_AT, INT_T, ints, INT(4)));
    GIVES("1|NULL|NULL", CALL(ARRAY_AT, INT_T, ints, COL_I));
    GIVES("! the elements of an ARRAY are counted from 1, not 0", CALL(ARRAY_AT, INT_T, ints, INT(0)));
    GIVES("3|3|3", CALL(CARDINALITY, INT_T, ints));
    GIVES("TRUE|TRUE|TRUE", CALL(ARRAY_CONTAINS, type_simple(TYPE_BOOLEAN, true), ints, COL_I));
    GIVES("2|2|2", CALL(ARRAY_POSITION, INT_T, ints, INT(7)));
    GIVES("[NULL, 7, 1]|[NULL, 7, NULL]|[NULL, 7, 4]", CALL(ARRAY_REVERSE, ARR(INT_T), ints));
    GIVES("[1, 7, NULL]|[NULL, 7]|[4, 7, NULL]", CALL(ARRAY_DISTINCT, ARR(INT_T), ints));
    GIVES("[1, 7, NULL, 1, 7, NULL]|[NULL, 7, NULL, NULL, 7, NULL]|[4, 7, NULL, 4, 7, NULL]",
          CALL(ARRAY_CONCAT, ARR(INT_T), ints, ints));
    GIVES("! ELEMENT was given an ARRAY of 3 elements, and takes at most one", CALL(ELEMENT, INT_T, ints));
    GIVES("1|NULL|4", CALL(ELEMENT, INT_T, CALL(ARRAY, ARR(INT_T), COL_I)));
    kit_free(f.k);
}

Test(kernel_collection, nested_arrays) {
    struct fixture f = fixture_new();
    struct expr *inner = CALL(ARRAY, ARR(STR_T), COL_S, STRING("a rather long string"));
    struct expr *outer = CALL(ARRAY, ARR(ARR(STR_T)), inner, inner);
    GIVES("[[a, a rather long string], [a, a rather long string]]|[[NULL, a rather long string], [NULL, a "
          "rather long "
          "string]]|[[dddd, a rather long string], [dddd, a rather long string]]",
          outer);
    GIVES("a rather long string|a rather long string|a rather long string",
          CALL(ARRAY_AT, STR_T, CALL(ARRAY_AT, ARR(STR_T), outer, INT(2)), INT(2)));
    kit_free(f.k);
}

Test(kernel_collection, maps_and_rows) {
    struct fixture f = fixture_new();
    const struct type *map = type_map(&f.k->arena, STR_T, INT_T, true);
    struct expr *m = CALL(MAP, map, STRING("x"), COL_I, STRING("y"), INT(5), STRING("y"), INT(6));
    GIVES("{x=1, y=6}|{x=NULL, y=6}|{x=4, y=6}", m);
    GIVES("1|NULL|4", CALL(MAP_AT, INT_T, m, STRING("x")));
    GIVES("NULL|NULL|NULL", CALL(MAP_AT, INT_T, m, STRING("z")));
    GIVES("2|2|2", CALL(CARDINALITY_MAP, INT_T, m));
    GIVES("[x, y]|[x, y]|[x, y]", CALL(MAP_KEYS, ARR(STR_T), m));
    GIVES("[1, 6]|[NULL, 6]|[4, 6]", CALL(MAP_VALUES, ARR(INT_T), m));
    struct type_field fields[] = {{STR("b"), INT_T, {0}}, {STR("a"), STR_T, {0}}, {STR("m"), map, {0}}};
    const struct type *row = type_row(&f.k->arena, fields, 3, true);
    struct expr *r = CALL(ROW, row, COL_I, STRING("k"), m);
    GIVES("(1, k, {x=1, y=6})|(NULL, k, {x=NULL, y=6})|(4, k, {x=4, y=6})", r);
    GIVES("[(1, k, {x=1, y=6})]|[(NULL, k, {x=NULL, y=6})]|[(4, k, {x=4, y=6})]", CALL(ARRAY, ARR(row), r));
    GIVES("{\"a\":\"k\",\"b\":1,\"m\":{\"x\":1,\"y\":6}}|{\"a\":\"k\",\"b\":null,\"m\":{\"x\":null,\"y\":6}}|"
          "{\"a\":"
          "\"k\",\"b\":4,\"m\":{\"x\":4,\"y\":6}}",
          CALL(JSON_STRING, STR_T, r));
    kit_free(f.k);
}

Test(kernel_collection, text) {
    struct fixture f = fixture_new();
    struct expr *parts = CALL(SPLIT, ARR(STR_T), STRING("a,b,,c"), STRING(","));
    GIVES("[a, b, , c]|[a, b, , c]|[a, b, , c]", parts);
    GIVES("a-b--c|a-b--c|a-b--c", CALL(ARRAY_JOIN, STR_T, parts, STRING("-")));
    struct expr *arr = CALL(ARRAY, ARR(STR_T), COL_S, STRING("x"));
    GIVES("a,x|x|dddd,x", CALL(ARRAY_JOIN, STR_T, arr, STRING(",")));
    GIVES("a,x|*,x|dddd,x", CALL(ARRAY_JOIN, STR_T, arr, STRING(","), STRING("*")));
    GIVES("[ä, b]|[ä, b]|[ä, b]", CALL(SPLIT, ARR(STR_T), STRING("äb"), STRING("")));
    kit_free(f.k);
}

Test(kernel_collection, json_of_values) {
    struct fixture f = fixture_new();
    struct arena *a = &f.k->arena;
    struct expr *dec = kit_int(f.k, TYPE_INT, 150);
    dec->type = type_decimal(a, 10, 2, true);
    struct expr *small = kit_int(f.k, TYPE_INT, 1);
    small->type = type_decimal(a, 10, 8, true);
    struct expr *dbl = kit_node(f.k, EXPR_LITERAL, type_simple(TYPE_DOUBLE, true));
    dbl->value.f = 1e10;
    struct expr *ts = kit_int(f.k, TYPE_INT, 500000);
    ts->type = type_time(a, TYPE_TIMESTAMP_LTZ, 3, true);
    struct expr *object = CALL(JSON_OBJECT, STR_T, SYM(NULL), STRING("b"), COL_I, STRING("a"), COL_S);
    GIVES("{\"a\":\"a\",\"b\":1}|{\"a\":null,\"b\":null}|{\"a\":\"dddd\",\"b\":4}", object);
    GIVES("{\"b\":1}|{}|{\"b\":4}", CALL(JSON_OBJECT, STR_T, SYM(ABSENT), STRING("b"), COL_I));
    GIVES("{\"a\":2}|{\"a\":2}|{\"a\":2}",
          CALL(JSON_OBJECT, STR_T, SYM(NULL), STRING("a"), COL_I, STRING("a"), INT(2)));
    GIVES("! a key of JSON_OBJECT is NULL", CALL(JSON_OBJECT, STR_T, SYM(NULL), COL_S, INT(1)));
    GIVES("[1.50,1E-8,1.0E+10,\"1970-01-01T00:00:00.5Z\",[1,2]]|[1.50,1E-8,1.0E+10,\"1970-01-01T00:00:00."
          "5Z\",[1,2]]|"
          "[1.50,1E-8,1.0E+10,\"1970-01-01T00:00:00.5Z\",[1,2]]",
          CALL(JSON_ARRAY, STR_T, SYM(ABSENT), dec, small, dbl, kit_null(f.k, INT_T), ts,
               CALL(JSON, STR_T, STRING(" [1, 2]"))));
    GIVES("[\"x\\\"y\"]|[\"x\\\"y\"]|[\"x\\\"y\"]", CALL(JSON_ARRAY, STR_T, SYM(NULL), STRING("x\"y")));
    GIVES("! JSON was given 'bad', which is not JSON", CALL(JSON, STR_T, STRING("bad")));
    kit_free(f.k);
}

Test(kernel_collection, array_functions) {
    struct fixture f = fixture_new();
    struct expr *ints = CALL(ARRAY, ARR(INT_T), INT(7), COL_I, kit_null(f.k, INT_T), INT(2));
    struct expr *yes = kit_int(f.k, TYPE_BOOLEAN, 0), *no = kit_int(f.k, TYPE_BOOLEAN, 0);
    yes->value.b = true;
    GIVES("[NULL, 1, 2, 7]|[NULL, NULL, 2, 7]|[NULL, 2, 4, 7]", CALL(ARRAY_SORT, ARR(INT_T), ints));
    GIVES("[7, 2, 1, NULL]|[7, 2, NULL, NULL]|[7, 4, 2, NULL]", CALL(ARRAY_SORT, ARR(INT_T), ints, no));
    GIVES("[1, 2, 7, NULL]|[2, 7, NULL, NULL]|[2, 4, 7, NULL]", CALL(ARRAY_SORT, ARR(INT_T), ints, yes, no));
    GIVES("7|7|7", CALL(ARRAY_MAX, INT_T, ints));
    GIVES("1|2|2", CALL(ARRAY_MIN, INT_T, ints));
    GIVES("NULL|NULL|NULL", CALL(ARRAY_MAX, INT_T, CALL(ARRAY, ARR(INT_T), kit_null(f.k, INT_T))));
    GIVES("[7, 1, NULL, 2, 1]|[7, NULL, NULL, 2, NULL]|[7, 4, NULL, 2, 4]",
          CALL(ARRAY_APPEND, ARR(INT_T), ints, COL_I));
    GIVES("[1, 7, 1, NULL, 2]|[NULL, 7, NULL, NULL, 2]|[4, 7, 4, NULL, 2]",
          CALL(ARRAY_PREPEND, ARR(INT_T), ints, COL_I));
    GIVES("[7, NULL, 2]|[7, 2]|[7, NULL, 2]", CALL(ARRAY_REMOVE, ARR(INT_T), ints, COL_I));
    GIVES("[NULL, 2]|[NULL, 2]|[NULL, 2]", CALL(ARRAY_SLICE, ARR(INT_T), ints, INT(-2)));
    GIVES("[1, NULL]|[NULL, NULL]|[4, NULL]", CALL(ARRAY_SLICE, ARR(INT_T), ints, INT(2), INT(-2)));
    GIVES("[]|[]|[]", CALL(ARRAY_SLICE, ARR(INT_T), ints, INT(INT32_MAX), INT(INT32_MIN)));
    struct expr *two = CALL(ARRAY, ARR(INT_T), INT(2), INT(1), INT(9));
    GIVES("[7, 1, NULL, 2, 9]|[7, NULL, 2, 1, 9]|[7, 4, NULL, 2, 1, 9]",
          CALL(ARRAY_UNION, ARR(INT_T), ints, two));
    GIVES("[7, NULL]|[7, NULL]|[7, 4, NULL]", CALL(ARRAY_EXCEPT, ARR(INT_T), ints, two));
    GIVES("[1, 2]|[2]|[2]", CALL(ARRAY_INTERSECT, ARR(INT_T), ints, two));
    kit_free(f.k);
}

Test(kernel_collection, map_functions) {
    struct fixture f = fixture_new();
    const struct type *map = type_map(&f.k->arena, STR_T, INT_T, true);
    struct type_field fields[] = {{STR("key"), STR_T, {0}}, {STR("value"), INT_T, {0}}};
    const struct type *row = type_row(&f.k->arena, fields, 2, true);
    struct expr *m = CALL(MAP, map, STRING("x"), COL_I, STRING("y"), INT(5));
    struct expr *n = CALL(MAP, map, STRING("y"), kit_null(f.k, INT_T), STRING("z"), COL_I);
    GIVES("[(x, 1), (y, 5)]|[(x, NULL), (y, 5)]|[(x, 4), (y, 5)]", CALL(MAP_ENTRIES, ARR(row), m));
    GIVES("{x=1, y=NULL, z=1}|{x=NULL, y=NULL, z=NULL}|{x=4, y=NULL, z=4}", CALL(MAP_UNION, map, m, n));
    GIVES("{y=5, z=1, x=1}|{y=5, z=NULL, x=NULL}|{y=5, z=4, x=4}", CALL(MAP_UNION, map, n, m));
    struct expr *keys = CALL(ARRAY, ARR(STR_T), STRING("k"), COL_S, STRING("k"));
    struct expr *values = CALL(ARRAY, ARR(INT_T), kit_null(f.k, INT_T), COL_I, INT(3));
    GIVES("{k=3, a=1}|{k=3, NULL=NULL}|{k=3, dddd=4}", CALL(MAP_FROM_ARRAYS, map, keys, values));
    GIVES("! MAP_FROM_ARRAYS was given 3 keys and 1 values",
          CALL(MAP_FROM_ARRAYS, map, keys, CALL(ARRAY, ARR(INT_T), INT(1))));
    const struct type *strings = type_map(&f.k->arena, STR_T, STR_T, true);
    GIVES("{a=}|NULL|{dddd=}", CALL(STR_TO_MAP, strings, COL_S, STRING("^"), STRING("$")));
    GIVES("{a=NULL}|NULL|{=ddd}", CALL(STR_TO_MAP, strings, COL_S, STRING(";"), STRING("d")));
    GIVES("! the regular expression '(' is not valid: missing closing parenthesis",
          CALL(STR_TO_MAP, strings, COL_S, STRING("("), STRING("d")));
    kit_free(f.k);
}
