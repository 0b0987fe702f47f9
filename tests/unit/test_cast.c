/* SPDX-License-Identifier: Apache-2.0
 *
 * Casts among all types, as Flink answers (tests/flink/OBSERVED.md), and what TRY_CAST makes of failures.
 */
#include "tests/unit/exprkit.h"

#define SIMPLE(kind) type_simple(TYPE_##kind, true)
#define DEC(p, s) type_decimal(&k->arena, p, s, true)
#define CHARS(kind, n) type_chars(&k->arena, TYPE_##kind, n, true)
#define TS(p) type_time(&k->arena, TYPE_TIMESTAMP, p, true)
#define LTZ(p) type_time(&k->arena, TYPE_TIMESTAMP_LTZ, p, true)
#define TIME(p) type_time(&k->arena, TYPE_TIME, p, true)

/* The string cast to a type and printed; failing ones as "! text". */
static struct str from(struct kit *k, const char *z, const struct type *t) {
    return kit_const(k, kit_cast(k, kit_string(k, z), t, false));
}

static struct str try_from(struct kit *k, const char *z, const struct type *t) {
    return kit_const(k, kit_cast(k, kit_string(k, z), t, true));
}

/* A string through two types. */
static struct str via(struct kit *k, const char *z, const struct type *t, const struct type *u) {
    return kit_const(k, kit_cast(k, kit_cast(k, kit_string(k, z), t, false), u, false));
}

Test(cast, strings_to_integers) {
    struct kit *k = kit_new();
    kit_is(from(k, " 42 ", SIMPLE(INT)), "42");
    kit_is(from(k, "+42", SIMPLE(INT)), "42");
    kit_is(from(k, "-42.9", SIMPLE(INT)), "-42");
    kit_is(from(k, "-.5", SIMPLE(INT)), "0");
    kit_is(from(k, "5.", SIMPLE(BIGINT)), "5");
    kit_is(from(k, "-9223372036854775808", SIMPLE(BIGINT)), "-9223372036854775808");
    kit_is(from(k, "abc", SIMPLE(INT)), "! cannot cast 'abc' to INT");
    kit_is(from(k, "1e3", SIMPLE(INT)), "! cannot cast '1e3' to INT");
    kit_is(from(k, "2147483648", SIMPLE(INT)), "! cannot cast '2147483648' to INT: out of range");
    cr_assert_eq(k->error.code, ERR_OUT_OF_RANGE);
    const char *bad[] = {"", ".", "+", "4 2", "0x1F", "1_000", "1.2.3", "128"};
    for (unsigned i = 0; i < ARRAY_LEN(bad); i++) kit_is(try_from(k, bad[i], SIMPLE(TINYINT)), "NULL");
    kit_is(try_from(k, NULL, SIMPLE(INT)), "NULL");
    kit_is(kit_const(k, kit_cast(k, kit_null(k, SIMPLE(NULLTYPE)), SIMPLE(DATE), false)), "NULL");
    kit_free(k);
}

Test(cast, strings_to_other_numbers) {
    struct kit *k = kit_new();
    kit_is(from(k, " 1.5 ", SIMPLE(DOUBLE)), "1.5");
    kit_is(from(k, "1.5f", SIMPLE(DOUBLE)), "1.5");
    kit_is(from(k, "1e400", SIMPLE(DOUBLE)), "Infinity");
    kit_is(from(k, "NaN", SIMPLE(DOUBLE)), "NaN");
    kit_is(try_from(k, "inf", SIMPLE(DOUBLE)), "NULL");
    kit_is(try_from(k, "", SIMPLE(FLOAT)), "NULL");
    kit_is(from(k, "1.1", SIMPLE(FLOAT)), "1.1");
    kit_is(from(k, "-123.455", DEC(10, 2)), "-123.46");
    kit_is(from(k, "1e2", DEC(10, 2)), "100.00");
    kit_is(from(k, "12345", DEC(4, 2)), "! cannot cast '12345' to DECIMAL(4, 2): out of range");
    kit_is(try_from(k, "abc", DEC(4, 2)), "NULL");
    kit_is(from(k, "12345678901234567890.5", DEC(38, 10)), "12345678901234567890.5000000000");
    kit_is(from(k, "t", SIMPLE(BOOLEAN)), "TRUE");
    kit_is(from(k, "No", SIMPLE(BOOLEAN)), "FALSE");
    kit_is(from(k, " true ", SIMPLE(BOOLEAN)), "! cannot cast ' true ' to BOOLEAN");
    kit_is(try_from(k, "on", SIMPLE(BOOLEAN)), "NULL");
    kit_free(k);
}

Test(cast, among_numbers) {
    struct kit *k = kit_new();
    kit_is(via(k, "-2.9", SIMPLE(DOUBLE), SIMPLE(INT)), "-2");
    kit_is(via(k, "3e9", SIMPLE(DOUBLE), SIMPLE(INT)), "2147483647");
    kit_is(via(k, "3e9", SIMPLE(DOUBLE), SIMPLE(TINYINT)), "-1");
    kit_is(via(k, "NaN", SIMPLE(DOUBLE), SIMPLE(BIGINT)), "0");
    kit_is(via(k, "-1e20", SIMPLE(DOUBLE), SIMPLE(BIGINT)), "-9223372036854775808");
    kit_is(via(k, "40000", SIMPLE(INT), SIMPLE(SMALLINT)), "-25536");
    kit_is(via(k, "4294967297", SIMPLE(BIGINT), SIMPLE(INT)), "1");
    kit_is(via(k, "99999999999.5", DEC(20, 1), SIMPLE(INT)), "1215752191");
    kit_is(via(k, "-7.999", DEC(10, 3), SIMPLE(BIGINT)), "-7");
    kit_is(via(k, "7.999", DEC(10, 3), DEC(30, 1)), "8.0");
    kit_is(via(k, "123456", SIMPLE(INT), DEC(5, 2)), "NULL");
    kit_is(via(k, "2.345", SIMPLE(DOUBLE), DEC(10, 2)), "2.35");
    kit_is(via(k, "1.1", DEC(3, 1), SIMPLE(FLOAT)), "1.1");
    kit_is(via(k, "0.1", SIMPLE(FLOAT), SIMPLE(DOUBLE)), "0.10000000149011612");
    kit_is(via(k, "true", SIMPLE(BOOLEAN), DEC(3, 1)), "1.0");
    kit_is(via(k, "0.5", DEC(3, 1), SIMPLE(BOOLEAN)), "TRUE");
    kit_is(via(k, "0", SIMPLE(DOUBLE), SIMPLE(BOOLEAN)), "FALSE");
    kit_free(k);
}

Test(cast, to_strings) {
    struct kit *k = kit_new();
    kit_is(via(k, "-42", SIMPLE(INT), CHARS(VARCHAR, 2)), "-4");
    kit_is(via(k, "42", SIMPLE(INT), CHARS(CHAR, 5)), "42   ");
    kit_is(via(k, "true", SIMPLE(BOOLEAN), CHARS(CHAR, 3)), "TRU");
    kit_is(via(k, "1e20", SIMPLE(DOUBLE), type_string(true)), "1.0E20");
    kit_is(from(k, "héé", CHARS(VARCHAR, 2)), "hé");
    kit_is(from(k, "", CHARS(CHAR, 2)), "  ");
    kit_is(from(k, "a text longer than a short view", CHARS(CHAR, 20)), "a text longer than a");
    kit_is(via(k, "he", CHARS(BINARY, 3), CHARS(VARBINARY, 1)), "h");
    kit_is(via(k, "2026-05-04 18:32:11.45", TS(3), CHARS(VARCHAR, 10)), "2026-05-04");
    kit_is(via(k, "2026-05-04 18:32:11.45", TS(9), type_string(true)), "2026-05-04 18:32:11.450000000");
    kit_free(k);
}

Test(cast, bytes_to_text_replaces_what_is_not_utf8) {
    struct kit *k = kit_new();
    static const char *const cases[][2] = {{"A\xff" "B", "A\uFFFDB"},         {"\xe2\x82", "\uFFFD"},
                                           {"\xf0\x9f\x98" "A", "\uFFFDA"},  {"\xc0\xaf", "\uFFFD\uFFFD"},
                                           {"\xed\xa0\x80", "\uFFFD"},       {"\xe2\x82\xac", "\u20AC"},
                                           {"\xf4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"}};
    for (unsigned i = 0; i < ARRAY_LEN(cases); i++) {
        struct expr *bytes = kit_string(k, cases[i][0]);
        bytes->type = type_bytes(true);
        struct str got = kit_const(k, kit_cast(k, bytes, type_string(true), false));
        cr_assert(str_eq(got, str_of(cases[i][1])), "%u: %.*s", i, STR_ARG(got));
    }
    kit_free(k);
}

Test(cast, times) {
    struct kit *k = kit_new();
    kit_is(from(k, " 2026-5-4 ", SIMPLE(DATE)), "2026-05-04");
    kit_is(from(k, "tomorrow", SIMPLE(DATE)), "! cannot cast 'tomorrow' to DATE");
    kit_is(try_from(k, "2026-02-30", SIMPLE(DATE)), "NULL");
    kit_is(from(k, "18:32:11.452", TIME(0)), "18:32:11");
    kit_is(from(k, "18:32:11.452", TIME(3)), "18:32:11.452");
    kit_is(from(k, "2026-05-04 18:32:11.4526", TS(3)), "2026-05-04 18:32:11.452");
    kit_is(from(k, "2026-05-04", TS(3)), "2026-05-04 00:00:00.000");
    kit_is(try_from(k, "2026-05-04T18:32:11", TS(3)), "NULL");
    kit_is(via(k, "2026-05-04 18:32:11.999", TS(3), TS(0)), "2026-05-04 18:32:11");
    kit_is(via(k, "1969-12-31 23:59:59.999999", TS(6), TS(3)), "1969-12-31 23:59:59.999");
    kit_is(via(k, "1969-12-31 23:59:59.999", TS(3), SIMPLE(DATE)), "1969-12-31");
    kit_is(via(k, "1969-12-31 23:59:59.999", TS(3), TIME(3)), "23:59:59.999");
    kit_is(via(k, "18:32:11", TIME(0), TS(3)), "1970-01-01 18:32:11.000");
    kit_is(via(k, "2026-05-04", SIMPLE(DATE), TS(9)), "2026-05-04 00:00:00.000000000");
    kit_is(via(k, "9999-12-31", SIMPLE(DATE), TS(9)),
           "! cannot cast 9999-12-31 to TIMESTAMP(9): out of range");
    cr_assert_eq(zone_load(STR("Asia/Kolkata"), &k->arena, &k->ctx.zone, &k->error), ST_OK);
    kit_is(via(k, "2026-05-04 18:32:11", TS(3), LTZ(3)), "2026-05-04 18:32:11.000");
    struct expr *ltz = kit_node(k, EXPR_LITERAL, LTZ(3));
    kit_is(kit_const(k, kit_cast(k, ltz, TS(0), false)), "1970-01-01 05:30:00");
    kit_is(kit_const(k, kit_cast(k, ltz, TIME(0), false)), "05:30:00");
    kit_free(k);
}

Test(cast, nested) {
    struct kit *k = kit_new();
    const struct type *strings = type_array(&k->arena, type_string(true), true);
    const struct type *ints = type_array(&k->arena, SIMPLE(INT), true);
    struct batch *b = batch_new_flat(&k->arena, &strings, 1, 3);
    struct vec *v = b->cols[0];
    vec_child_reserve(v, &k->arena, 4);
    struct strview *s = v->child[0].data;
    s[0] = strview_of("1", 1);
    s[1] = strview_of("x", 1);
    s[2] = strview_of("3", 1);
    valid_clear(vec_make_valid(&v->child[0], &k->arena), 3);
    memcpy(v->data, (struct listref[]){{2, 2}, {0, 2}, {0, 1}}, 24);
    struct expr *column = kit_column(k, 0, strings);
    kit_is(kit_eval(k, kit_cast(k, column, ints, true), b), "[3, NULL]|NULL|[1]");
    kit_is(kit_eval(k, kit_cast(k, column, ints, false), b), "! cannot cast 'x' to INT");
    uint32_t sel[] = {0, 2};
    kit_is(kit_eval(k, kit_cast(k, column, ints, false), batch_select(&k->arena, b, sel, 2)),
           "[3, NULL]|[1]");
    kit_is(kit_eval(k, kit_cast(k, column, type_string(true), false), b), "[3, NULL]|[1, x]|[1]");
    kit_is(kit_eval(k, kit_cast(k, column, SIMPLE(INT), false), b), "! ARRAY<STRING> cannot be cast to INT");
    kit_free(k);
}
