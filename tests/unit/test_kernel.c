/* SPDX-License-Identifier: Apache-2.0
 *
 * Arithmetic, comparison, rounding, intervals: extremes and the answers of Flink.
 */
#include <math.h>

#include "planner/result_rules.h"
#include "tests/unit/exprkit.h"

#define SIMPLE(kind) type_simple(TYPE_##kind, true)
#define DEC(p, s) type_decimal(&k->arena, p, s, true)
#define TS(p) type_time(&k->arena, TYPE_TIMESTAMP, p, true)

static struct expr *of(struct kit *k, const char *z, const struct type *t) {
    return kit_cast(k, kit_string(k, z), t, false);
}

/* f(x[, y]) with the result type that the rule gives. */
static struct str ruled(struct kit *k, enum func_id id, struct expr *x, struct expr *y) {
    struct expr *args[] = {x, y};
    const struct type *t = result_rule(&k->arena, func_desc(id)->result, args, y ? 2 : 1);
    struct str value = kit_const(k, kit_call(k, id, t, x, y, NULL));
    return arena_printf(&k->arena, "%.*s %.*s", STR_ARG(value), STR_ARG(type_print(&k->arena, t)));
}

Test(kernel, integers_wrap) {
    struct kit *k = kit_new();
    const struct type *tiny = SIMPLE(TINYINT), *big = SIMPLE(BIGINT), *i = SIMPLE(INT);
    struct expr *x = of(k, "100", tiny), *min = of(k, "-128", tiny);
    kit_is(kit_const(k, kit_call(k, FN_ADD, tiny, x, x, NULL)), "-56");
    kit_is(kit_const(k, kit_call(k, FN_MUL, tiny, x, x, NULL)), "16");
    kit_is(kit_const(k, kit_call(k, FN_DIV, tiny, min, of(k, "-1", tiny), NULL)), "-128");
    kit_is(kit_const(k, kit_call(k, FN_NEG, tiny, min, NULL)), "-128");
    struct expr *least = of(k, "-9223372036854775808", big), *minus = of(k, "-1", big);
    kit_is(kit_const(k, kit_call(k, FN_DIV, big, least, minus, NULL)), "-9223372036854775808");
    kit_is(kit_const(k, kit_call(k, FN_MOD, i, least, of(k, "-1", i), NULL)), "0");
    kit_is(kit_const(k, kit_call(k, FN_MOD, i, of(k, "-7", big), of(k, "2", i), NULL)), "-1");
    kit_is(kit_const(k, kit_call(k, FN_MOD, i, least, of(k, "0", i), NULL)), "! division by zero");
    kit_is(kit_const(k, kit_call(k, FN_ABS, big, least, NULL)), "-9223372036854775808");
    kit_is(kit_const(k, kit_call(k, FN_DIV, i, of(k, "-7", i), of(k, "2", i), NULL)), "-3");
    kit_free(k);
}

Test(kernel, decimals) {
    struct kit *k = kit_new();
    kit_is(ruled(k, FN_ADD_DECIMAL, of(k, "1.5", DEC(10, 2)), of(k, "2.25", DEC(5, 3))),
           "3.750 DECIMAL(12, 3)");
    kit_is(ruled(k, FN_SUB_DECIMAL, of(k, "1.5", DEC(10, 2)), of(k, "2.25", DEC(5, 3))),
           "-0.750 DECIMAL(12, 3)");
    kit_is(ruled(k, FN_MUL_DECIMAL, of(k, "1.5", DEC(10, 2)), of(k, "2.25", DEC(5, 3))),
           "3.37500 DECIMAL(16, 5)");
    kit_is(ruled(k, FN_DIV_DECIMAL, of(k, "1.5", DEC(10, 2)), of(k, "2.25", DEC(5, 3))),
           "0.66666667 DECIMAL(19, 8)");
    kit_is(ruled(k, FN_MOD_DECIMAL, of(k, "-7.5", DEC(10, 2)), of(k, "2", DEC(5, 0))), "-1.50 DECIMAL(7, 2)");
    kit_is(ruled(k, FN_DIV_DECIMAL, of(k, "1.25", DEC(3, 2)), of(k, "3", DEC(10, 0))),
           "0.4166666666667 DECIMAL(14, 13)");
    kit_is(ruled(k, FN_ADD_DECIMAL, of(k, "1.5", DEC(38, 10)), of(k, "1", DEC(38, 10))),
           "2.500000000 DECIMAL(38, 9)");
    kit_is(ruled(k, FN_DIV_DECIMAL, of(k, "1", DEC(20, 0)), of(k, "3", DEC(20, 0))),
           "0.333333333333333333 DECIMAL(38, 18)");
    kit_is(ruled(k, FN_DIV_DECIMAL, of(k, "1", DEC(20, 0)), of(k, "0", DEC(20, 0))),
           "! division by zero DECIMAL(38, 18)");
    const char *nines = "99999999999999999999999999999999999999";
    kit_is(ruled(k, FN_ADD_DECIMAL, of(k, nines, DEC(38, 0)), of(k, "1", DEC(38, 0))), "NULL DECIMAL(38, 0)");
    kit_is(kit_const(k, kit_call(k, FN_SIGN, DEC(2, 1), of(k, "-2.5", DEC(2, 1)), NULL)), "-1.0");
    kit_free(k);
}

Test(kernel, rounding) {
    struct kit *k = kit_new();
    struct expr *two = kit_int(k, TYPE_INT, 2), *minus_two = kit_int(k, TYPE_INT, -2);
    const struct type *d = SIMPLE(DOUBLE), *f = SIMPLE(FLOAT), *i = SIMPLE(INT);
    kit_is(ruled(k, FN_ROUND, of(k, "-2.5", DEC(2, 1)), NULL), "-3 DECIMAL(2, 0)");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "2.345", DEC(4, 3)), two), "2.35 DECIMAL(4, 2)");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "1234.567", DEC(7, 3)), minus_two), "1200 DECIMAL(5, 0)");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "99.995", DEC(5, 3)), two), "100.00 DECIMAL(5, 2)");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "1.005", d), two), "1.01 DOUBLE");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "-0.004", d), two), "0.0 DOUBLE");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "99.999", d), two), "100.0 DOUBLE");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "50", d), minus_two), "100.0 DOUBLE");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "2.567", f), two), "2.57 FLOAT");
    kit_is(ruled(k, FN_ROUND_TO, of(k, "1250", i), minus_two), "1300 INT");
    kit_is(ruled(k, FN_TRUNCATE_TO, of(k, "-2.567", DEC(4, 3)), kit_int(k, TYPE_INT, 1)),
           "-2.5 DECIMAL(3, 1)");
    kit_is(ruled(k, FN_TRUNCATE_TO, of(k, "2.567", d), two), "2.56 DOUBLE");
    kit_is(ruled(k, FN_TRUNCATE, of(k, "42.324", DEC(5, 3)), NULL), "42 DECIMAL(3, 0)");
    kit_is(ruled(k, FN_CEIL, of(k, "99.9", DEC(3, 1)), NULL), "100 DECIMAL(3, 0)");
    kit_is(ruled(k, FN_FLOOR, of(k, "-1.2", DEC(2, 1)), NULL), "-2 DECIMAL(2, 0)");
    kit_is(ruled(k, FN_CEIL, of(k, "-1.7", f), NULL), "-1.0 FLOAT");
    kit_is(ruled(k, FN_FLOOR, of(k, "5", i), NULL), "5 INT");
    kit_free(k);
}

Test(kernel, floating_point) {
    struct kit *k = kit_new();
    const struct type *d = SIMPLE(DOUBLE), *b = SIMPLE(BOOLEAN);
    struct expr *nan = of(k, "NaN", d), *one = of(k, "1", d), *zero = of(k, "0", d);
    kit_is(kit_const(k, kit_call(k, FN_DIV, d, one, zero, NULL)), "Infinity");
    kit_is(kit_const(k, kit_call(k, FN_EQ, b, nan, nan, NULL)), "FALSE");
    kit_is(kit_const(k, kit_call(k, FN_IS_DISTINCT, b, nan, nan, NULL)), "TRUE");
    kit_is(kit_const(k, kit_call(k, FN_GE, b, nan, one, NULL)), "FALSE");
    kit_is(kit_const(k, kit_call(k, FN_EQ, b, zero, of(k, "-0", d), NULL)), "TRUE");
    kit_is(kit_const(k, kit_call(k, FN_GREATEST, d, one, nan, zero, NULL)), "NaN");
    kit_is(kit_const(k, kit_call(k, FN_ABS, d, of(k, "-0", d), NULL)), "0.0");
    kit_is(kit_const(k, kit_call(k, FN_POWER, d, of(k, "-8", d), of(k, "0.3", d), NULL)), "NaN");
    kit_is(kit_const(k, kit_call(k, FN_LOG_BASE, d, of(k, "2", d), of(k, "8", d), NULL)), "3.0");
    kit_is(kit_const(k, kit_call(k, FN_PI, d, NULL)), "3.141592653589793");
    kit_is(kit_const(k, kit_call(k, FN_COT, d, zero, NULL)), "Infinity");
    kit_free(k);
}

Test(kernel, strings_and_conditions) {
    struct kit *k = kit_new();
    const struct type *b = SIMPLE(BOOLEAN), *s = type_string(true);
    const char *lengths[] = {"", "a", "exactly12byt", "thirteen byte", "thirteen bytf"};
    for (unsigned i = 0; i < 5; i++) {
        for (unsigned j = 0; j < 5; j++) {
            struct expr *x = kit_string(k, lengths[i]), *y = kit_string(k, lengths[j]);
            int c = strcmp(lengths[i], lengths[j]);
            struct str eq = kit_const(k, kit_call(k, FN_EQ, b, x, y, NULL));
            struct str lt = kit_const(k, kit_call(k, FN_LT, b, x, y, NULL));
            cr_assert(str_eq(eq, c == 0 ? STR("TRUE") : STR("FALSE")), "%s = %s", lengths[i], lengths[j]);
            cr_assert(str_eq(lt, c < 0 ? STR("TRUE") : STR("FALSE")), "%s < %s", lengths[i], lengths[j]);
        }
    }
    kit_is(kit_const(k, kit_call(k, FN_GREATEST, s, kit_string(k, "a"), kit_string(k, "bc"), NULL)), "bc");
    kit_is(kit_const(k, kit_call(k, FN_GREATEST, s, kit_string(k, "a"), kit_string(k, NULL), NULL)), "NULL");
    kit_is(kit_const(k, kit_call(k, FN_IS_ALPHA, b, kit_string(k, "éa"), NULL)), "TRUE");
    kit_is(kit_const(k, kit_call(k, FN_IS_ALPHA, b, kit_string(k, ""), NULL)), "FALSE");
    kit_is(kit_const(k, kit_call(k, FN_IS_DECIMAL, b, kit_string(k, " 1e5 "), NULL)), "TRUE");
    kit_is(kit_const(k, kit_call(k, FN_IS_DIGIT, b, kit_string(k, NULL), NULL)), "FALSE");
    struct expr *minus_four = kit_int(k, TYPE_BIGINT, -4);
    kit_is(kit_const(k, kit_call(k, FN_BIN, s, minus_four, NULL)),
           "1111111111111111111111111111111111111111111111111111111111111100");
    kit_is(kit_const(k, kit_call(k, FN_HEX, s, kit_int(k, TYPE_BIGINT, 255), NULL)), "FF");
    kit_is(kit_const(k, kit_call(k, FN_HEX_STRING, s, kit_string(k, "hello"), NULL)), "68656C6C6F");
    kit_is(kit_const(k, kit_call(k, FN_UNHEX, type_bytes(true), kit_string(k, "68656c6C6F"), NULL)), "hello");
    kit_is(kit_const(k, kit_call(k, FN_UNHEX, type_bytes(true), kit_string(k, "0g"), NULL)), "NULL");
    kit_is(kit_const(k, kit_call(k, FN_TYPEOF, s, minus_four, NULL)), "BIGINT");
    kit_is(kit_const(k, kit_call(k, FN_IS_VALID_UTF8, b, kit_string(k, "a\xff"), NULL)), "FALSE");
    kit_is(kit_const(k, kit_call(k, FN_MAKE_VALID_UTF8, s, kit_string(k, "a\xff"), NULL)), "a\uFFFD");
    kit_is(kit_const(k, kit_call(k, FN_UNHEX, type_bytes(true), kit_string(k, ""), NULL)), "");
    kit_free(k);
}

Test(kernel, intervals) {
    struct kit *k = kit_new();
    const struct type *date = SIMPLE(DATE), *time = type_time(&k->arena, TYPE_TIME, 0, true), *t3 = TS(3);
    struct expr *month = kit_int(k, TYPE_INTERVAL_YM, 1), *hours = kit_int(k, TYPE_INTERVAL_DT,
                                                                           25 * 3600000000ll);
    kit_is(kit_const(k, kit_call(k, FN_ADD_INTERVAL, date, of(k, "2024-01-31", date), month, NULL)),
           "2024-02-29");
    kit_is(kit_const(k, kit_call(k, FN_ADD_INTERVAL, date, of(k, "2026-05-04", date), hours, NULL)),
           "2026-05-05");
    kit_is(kit_const(k, kit_call(k, FN_SUB_INTERVAL, time, of(k, "00:30:00", time), hours, NULL)),
           "23:30:00");
    kit_is(kit_const(k, kit_call(k, FN_ADD_INTERVAL, time, of(k, "00:30:00", time), month, NULL)),
           "00:30:00");
    kit_is(kit_const(k,
                     kit_call(k, FN_INTERVAL_ADD_TIME, t3, hours, of(k, "2026-05-04 18:32:11.123", t3),
                              NULL)),
           "2026-05-05 19:32:11.123");
    kit_is(kit_const(k,
                     kit_call(k, FN_SUB_INTERVAL, TS(9), of(k, "2026-03-31 01:00:00", TS(9)), month, NULL)),
           "2026-02-28 01:00:00.000000000");
    kit_is(kit_const(k, kit_call(k, FN_MUL_INTERVAL, hours->type, hours, kit_int(k, TYPE_INT, 2), NULL)),
           "+2 02:00:00.000");
    kit_is(kit_const(k, kit_call(k, FN_NEG_INTERVAL, month->type, month, NULL)), "-0-01");
    kit_is(kit_const(k, kit_call(k, FN_SUB_DT, hours->type, hours, hours, NULL)), "+0 00:00:00.000");
    kit_free(k);
}

Test(kernel, seeded_random_is_javas) {
    struct kit *k = kit_new();
    struct batch *b = batch_new(&k->arena, 0);
    b->rows = b->count = 3;
    struct expr *three = kit_int(k, TYPE_INT, 3), *five = kit_int(k, TYPE_INT, 5);
    struct expr *hundred = kit_int(k, TYPE_INT, 100);
    kit_is(kit_eval(k, kit_call(k, FN_RAND_SEED, SIMPLE(DOUBLE), three, NULL), b),
           "0.731057369148862|0.07099203475193139|0.06712000939049956");
    kit_is(kit_eval(k, kit_call(k, FN_RAND_INTEGER_SEED, SIMPLE(INT), five, hundred, NULL), b), "87|92|74");
    kit_is(kit_eval(k, kit_call(k, FN_RAND_INTEGER, SIMPLE(INT), kit_int(k, TYPE_INT, 0), NULL), b),
           "! the bound of RAND_INTEGER must be positive, not 0");
    cr_assert_eq(kit_const(k, kit_call(k, FN_UUID, type_string(false), NULL)).len, 36);
    kit_free(k);
}
