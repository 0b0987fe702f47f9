/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers and decimals as text, and decimal arithmetic at its edges.
 */
#include <criterion/criterion.h>
#include <math.h>

#include "exec/decimal.h"
#include "exec/number.h"

static void prints(double x, const char *want) {
    char text[NUMBER_TEXT_BYTES + 1];
    text[number_print_double(text, x)] = 0;
    cr_assert_str_eq(text, want);
}

Test(number, doubles_as_java) {
    prints(1, "1.0");
    prints(1234567, "1234567.0");
    prints(9999999, "9999999.0");
    prints(1e7, "1.0E7");
    prints(12345678, "1.2345678E7");
    prints(1e20, "1.0E20");
    prints(0.001, "0.001");
    prints(0.0001, "1.0E-4");
    prints(-1.5e-9, "-1.5E-9");
    prints(0.1 + 0.2, "0.30000000000000004");
    prints(1.7976931348623157e308, "1.7976931348623157E308");
    prints(4.9e-324, "4.9E-324");
    prints(NAN, "NaN");
    prints(-INFINITY, "-Infinity");
    prints(-0.0, "-0.0");
    prints(123.25, "123.25");
    prints(9007199254740993.0, "9.007199254740992E15");
    char text[NUMBER_TEXT_BYTES + 1];
    text[number_print_float(text, 1.1f)] = 0;
    cr_assert_str_eq(text, "1.1");
    text[number_print_float(text, 16777216.0f)] = 0;
    cr_assert_str_eq(text, "1.6777216E7");
    text[number_print_float(text, 0.1f + 0.2f)] = 0;
    cr_assert_str_eq(text, "0.3");
}

Test(number, round_trips) {
    uint64_t x = 88172645463325252ull;
    for (int i = 0; i < 20000; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        double d, back;
        uint64_t bits = i % 2 ? x : (uint64_t)(x % 100000);
        if (i % 2) {
            memcpy(&d, &bits, sizeof d);
        } else {
            d = (double)bits / 100;
        }
        if (!isfinite(d)) continue;
        char text[NUMBER_TEXT_BYTES];
        unsigned n = number_print_double(text, d);
        cr_assert_eq(number_parse_double(text, n, &back), NUMBER_OK);
        cr_assert_eq(memcmp(&d, &back, sizeof d), 0, "%.*s", (int)n, text);
        float f = (float)d, fback;
        if (!isfinite(f)) continue;
        n = number_print_float(text, f);
        cr_assert_eq(number_parse_float(text, n, &fback), NUMBER_OK);
        cr_assert_eq(memcmp(&f, &fback, sizeof f), 0, "%.*s", (int)n, text);
    }
}

Test(number, parsing) {
    int64_t i;
    cr_assert_eq(number_parse_i64("-9223372036854775808", 20, &i), NUMBER_OK);
    cr_assert_eq(i, INT64_MIN);
    cr_assert_eq(number_parse_i64("9223372036854775808", 19, &i), NUMBER_TOO_LARGE);
    cr_assert_eq(number_parse_i64("12a", 3, &i), NUMBER_MALFORMED);
    cr_assert_eq(number_parse_i64("-", 1, &i), NUMBER_MALFORMED);
    double d;
    const char *bad[] = {"", ".", "e5", "1e", "inf", "0x10", "1 2", "--1", "1.2.3"};
    for (unsigned k = 0; k < sizeof bad / sizeof *bad; k++) {
        cr_assert_eq(number_parse_double(bad[k], strlen(bad[k]), &d), NUMBER_MALFORMED, "%s", bad[k]);
    }
    cr_assert_eq(number_parse_double("1e400", 5, &d), NUMBER_OK);
    cr_assert(isinf(d));
    char text[400] = "0.";
    memset(text + 2, '1', 390);
    cr_assert_eq(number_parse_double(text, 392, &d), NUMBER_OK);
    cr_assert_float_eq(d, 0.1111111111111111, 1e-16);
}

static void decimal_is(__int128 x, unsigned scale, const char *want) {
    char text[DECIMAL_TEXT_BYTES + 1];
    text[decimal_print(text, x, scale)] = 0;
    cr_assert_str_eq(text, want);
}

static __int128 decimal_of(const char *z, unsigned s) {
    __int128 x = 0;
    cr_assert_eq(decimal_parse(z, strlen(z), 38, s, &x), DECIMAL_OK, "%s", z);
    return x;
}

Test(decimal, text) {
    decimal_is(5, 2, "0.05");
    decimal_is(-150, 2, "-1.50");
    decimal_is(0, 0, "0");
    decimal_is(0, 8, "0.00000000");
    decimal_is(decimal_of("99999999999999999999999999999999999999", 0), 0,
               "99999999999999999999999999999999999999");
    decimal_is(decimal_of("-0.12345678901234567890123456789012345678", 38), 38,
               "-0.12345678901234567890123456789012345678");
    decimal_is(decimal_of(" 1.545 ", 2), 2, "1.55");
    decimal_is(decimal_of("-1.545", 2), 2, "-1.55");
    decimal_is(decimal_of("1e2", 2), 2, "100.00");
    decimal_is(decimal_of("123456e-3", 1), 1, "123.5");
    decimal_is(decimal_of("1e-100", 2), 2, "0.00");
    __int128 x;
    cr_assert_eq(decimal_parse("1e38", 4, 38, 0, &x), DECIMAL_TOO_LARGE);
    cr_assert_eq(decimal_parse("1e99999999", 10, 38, 0, &x), DECIMAL_TOO_LARGE);
    cr_assert_eq(decimal_parse("999.995", 7, 5, 2, &x), DECIMAL_TOO_LARGE);
    const char *bad[] = {"", ".", "abc", "1e", "1.2.3", "- 1", "1x"};
    for (unsigned k = 0; k < sizeof bad / sizeof *bad; k++) {
        cr_assert_eq(decimal_parse(bad[k], strlen(bad[k]), 38, 2, &x), DECIMAL_MALFORMED, "%s", bad[k]);
    }
}

Test(decimal, arithmetic) {
    __int128 max = decimal_of("99999999999999999999999999999999999999", 0), out;
    cr_assert_not(decimal_add(max, 0, 1, 0, 38, 0, &out));
    cr_assert(decimal_add(max, 0, -max, 0, 38, 0, &out));
    cr_assert_eq((int)out, 0);
    cr_assert(decimal_add(decimal_of("1.25", 18), 18, decimal_of("1.25", 10), 10, 38, 9, &out));
    decimal_is(out, 9, "2.500000000");
    cr_assert(decimal_mul(decimal_of("1.25", 18), 18, decimal_of("-1.25", 18), 18, 38, 6, &out));
    decimal_is(out, 6, "-1.562500");
    cr_assert_not(decimal_mul(max, 0, max, 0, 38, 0, &out));
    cr_assert(decimal_mul(max, 38, max, 38, 38, 38, &out)); /* (1 - 10^-38)^2 = 1 - 2 * 10^-38, rounded */
    decimal_is(out, 38, "0.99999999999999999999999999999999999998");
    cr_assert(decimal_div(decimal_of("1.25", 2), 2, 3, 0, 14, 13, &out));
    decimal_is(out, 13, "0.4166666666667");
    cr_assert(decimal_div(max, 0, max, 0, 38, 6, &out));
    decimal_is(out, 6, "1.000000");
    cr_assert(decimal_div(-2, 0, 3, 0, 38, 37, &out));
    decimal_is(out, 37, "-0.6666666666666666666666666666666666667");
    cr_assert(decimal_mod(decimal_of("-7.5", 2), 2, 2, 0, 7, 2, &out));
    decimal_is(out, 2, "-1.50");
    cr_assert_eq((int)decimal_round(-25, 1, 0, 0), -30);
    cr_assert_eq((int)decimal_round(-25, 1, 0, -1), -30);
    cr_assert_eq((int)decimal_round(-25, 1, 0, 1), -20);
    cr_assert_eq((int)decimal_round(1250, 0, -2, 0), 1300);
    cr_assert_eq((int)decimal_round(99, 0, -5, 0), 0);
    cr_assert_float_eq(decimal_to_double(decimal_of("-1.5", 20), 20), -1.5, 0);
}
