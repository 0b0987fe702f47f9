/* SPDX-License-Identifier: Apache-2.0
 *
 * Temporal kernels: what Flink answers, session zones, extremes, bad text.
 */
#include "kernel_call.h"

#define T2020 TS("2020-12-31 14:02:03.567")

Test(kernel_temporal, extract) {
    GIVES("2020", EXTRACT, BIGINT, SYM(YEAR), T2020);
    GIVES("53", EXTRACT, BIGINT, SYM(WEEK), DATE(2021, 1, 3));
    GIVES("2020", EXTRACT, BIGINT, SYM(ISOYEAR), DATE(2021, 1, 3));
    GIVES("1", EXTRACT, BIGINT, SYM(DOW), DATE(2021, 1, 3));
    GIVES("7", EXTRACT, BIGINT, SYM(ISODOW), DATE(2021, 1, 3));
    GIVES("3", EXTRACT, BIGINT, SYM(DOY), DATE(2021, 1, 3));
    GIVES("1609423323", EXTRACT, BIGINT, SYM(EPOCH), T2020);
    GIVES("-284032676", EXTRACT, BIGINT, SYM(EPOCH), TS("1960-12-31 14:02:03.5"));
    GIVES("2", EXTRACT, BIGINT, SYM(QUARTER), DATE(2021, 5, 3));
    GIVES("202", EXTRACT, BIGINT, SYM(DECADE), DATE(2021, 5, 3));
    GIVES("20", EXTRACT, BIGINT, SYM(CENTURY), DATE(2000, 5, 3));
    GIVES("21", EXTRACT, BIGINT, SYM(CENTURY), DATE(2001, 5, 3));
    GIVES("3", EXTRACT, BIGINT, SYM(MILLENNIUM), DATE(2001, 5, 3));
    GIVES("3", EXTRACT, BIGINT, SYM(SECOND), T2020);
    GIVES("567", EXTRACT, BIGINT, SYM(MILLISECOND), T2020);
    GIVES("567000", EXTRACT, BIGINT, SYM(MICROSECOND), T2020);
    GIVES("567000000", EXTRACT, BIGINT, SYM(NANOSECOND), T2020);
    GIVES("10", EXTRACT, BIGINT, SYM(HOUR), TIME(36672000));
    GIVES("0", EXTRACT, BIGINT, SYM(HOUR), DATE(2020, 1, 1));
    GIVES("ERROR: EXTRACT cannot take YEAR from a value of this type", EXTRACT, BIGINT, SYM(YEAR), TIME(0));
    GIVES("6", WEEK, BIGINT, DATE(2020, 2, 3));
    GIVES("14", HOUR, BIGINT, T2020);
    GIVES("23", HOUR, BIGINT, TS("1969-12-31 23:59:59.999"));
    GIVES("1", DAYOFWEEK, BIGINT, DATE(2021, 1, 3));
}

#define AUG TS("2020-08-13 14:32:33.567")
Test(kernel_temporal, floor) {
    GIVES("2020-01-01 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(YEAR));
    GIVES("2020-07-01 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(QUARTER));
    GIVES("2020-08-01 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(MONTH));
    GIVES("2020-08-09 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(WEEK));
    GIVES("2020-08-13 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(DAY));
    GIVES("2020-08-13 14:00:00.000", FLOOR_TIME, TS3, AUG, SYM(HOUR));
    GIVES("2020-08-13 14:32:00.000", FLOOR_TIME, TS3, AUG, SYM(MINUTE));
    GIVES("2020-08-13 14:32:33.567", FLOOR_TIME, TS3, AUG, SYM(MILLISECOND));
    GIVES("2020-01-01 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(DECADE));
    GIVES("2001-01-01 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(CENTURY));
    GIVES("2001-01-01 00:00:00.000", FLOOR_TIME, TS3, AUG, SYM(MILLENNIUM));
    GIVES("1960-08-09 10:00:00.000", FLOOR_TIME, TS3, TS("1960-08-09 10:00:00.5"), SYM(MINUTE));
    GIVES("2020-08-09", FLOOR_TIME, DATE, DATE(2020, 8, 13), SYM(WEEK));
    GIVES("2020-08-13", FLOOR_TIME, DATE, DATE(2020, 8, 13), SYM(HOUR));
    GIVES("10:00:00", FLOOR_TIME, TIME, TIME(36672000), SYM(HOUR));
    GIVES("ERROR: FLOOR cannot round a value of this type to DOW", FLOOR_TIME, TS3, AUG, SYM(DOW));
}

Test(kernel_temporal, ceil) {
    GIVES("2021-01-01 00:00:00.000", CEIL_TIME, TS3, AUG, SYM(YEAR));
    GIVES("2020-10-01 00:00:00.000", CEIL_TIME, TS3, AUG, SYM(QUARTER));
    GIVES("2020-08-16 00:00:00.000", CEIL_TIME, TS3, AUG, SYM(WEEK));
    GIVES("2020-08-14 00:00:00.000", CEIL_TIME, TS3, AUG, SYM(DAY));
    GIVES("2020-08-13 14:32:34.000", CEIL_TIME, TS3, AUG, SYM(SECOND));
    GIVES("2030-01-01 00:00:00.000", CEIL_TIME, TS3, AUG, SYM(DECADE));
    GIVES("3001-01-01 00:00:00.000", CEIL_TIME, TS3, AUG, SYM(MILLENNIUM));
    GIVES("2020-08-01 00:00:00.000", CEIL_TIME, TS3, TS("2020-08-01 10:00:00"), SYM(MONTH));
    GIVES("2020-08-09 00:00:00.000", CEIL_TIME, TS3, TS("2020-08-09 10:00:00"), SYM(WEEK));
    GIVES("1960-08-09 10:00:01.000", CEIL_TIME, TS3, TS("1960-08-09 10:00:00.5"), SYM(SECOND));
    GIVES("2021-01-01", CEIL_TIME, DATE, DATE(2020, 8, 13), SYM(YEAR));
    GIVES("10:12:00", CEIL_TIME, TIME, TIME(36672000), SYM(MINUTE));
}

Test(kernel_temporal, add) {
    GIVES("2020-02-29 10:00:00.000", TIMESTAMPADD, TS3, SYM(MONTH), L(1), TS("2020-01-31 10:00:00"));
    GIVES("2020-02-29", TIMESTAMPADD, DATE, SYM(MONTH), L(1), DATE(2020, 1, 31));
    GIVES("2020-01-31 01:00:00.000000", TIMESTAMPADD, TS6, SYM(HOUR), L(1), DATE(2020, 1, 31));
    GIVES("2020-02-07 10:00:00.000", TIMESTAMPADD, TS3, SYM(WEEK), L(1), TS("2020-01-31 10:00:00"));
    GIVES("2019-10-31 10:00:00.000", TIMESTAMPADD, TS3, SYM(QUARTER), L(-1), TS("2020-01-31 10:00:00"));
    GIVES("10:01:30", TIMESTAMPADD, TIME, SYM(SECOND), L(90), TIME(36000000));
    GIVES("2021-02-28 10:00:00.000", TIMESTAMPADD, TS3, SYM(YEAR), L(1), TS("2020-02-29 10:00:00"));
    GIVES("ERROR: the result of TIMESTAMPADD is out of range", TIMESTAMPADD, TS3, SYM(YEAR), L(INT64_MAX),
          AUG);
    GIVES("ERROR: the result of TIMESTAMPADD is out of range", TIMESTAMPADD, TS3, SYM(DAY), L(INT64_MIN),
          AUG);
    GIVES("ERROR: TIMESTAMPADD does not take the unit DOW", TIMESTAMPADD, TS3, SYM(DOW), L(1), AUG);
}

#define DIFF(want, unit, from, to) GIVES(want, TIMESTAMPDIFF, INT, SYM(unit), from, to)
Test(kernel_temporal, diff) {
    DIFF("1", MONTH, TS("2020-01-31 10:00:00"), TS("2020-02-29 10:00:00"));
    DIFF("-1", MONTH, TS("2020-02-29 10:00:00"), TS("2020-01-31 10:00:00"));
    DIFF("1", MONTH, TS("2020-01-15 10:00:00"), TS("2020-03-15 09:59:59"));
    DIFF("1", YEAR, TS("2020-01-15 10:00:00"), TS("2022-01-14 10:00:00"));
    DIFF("7", QUARTER, TS("2020-01-15 10:00:00"), TS("2022-01-14 10:00:00"));
    DIFF("4", WEEK, TS("2020-01-15 10:00:00"), TS("2020-02-14 10:00:00"));
    DIFF("-1", DAY, TS("2020-01-17 09:00:00"), TS("2020-01-15 10:00:00"));
    DIFF("2", DAY, DATE(2020, 1, 15), TS("2020-01-17 09:00:00"));
    DIFF("-1139124496", SECOND, TS("2020-01-15 10:00:00"), TS("2120-01-17 09:00:00"));
    DIFF("169200000", MILLISECOND, TS("2020-01-15 10:00:00"), TS("2020-01-17 09:00:00"));
    DIFF("48", HOUR, DATE(2020, 1, 15), DATE(2020, 1, 17));
}

Test(kernel_temporal, clock) {
    GIVES("2009-02-13 23:31:30.123", CURRENT_TIMESTAMP, LTZ3, SYM(NULL));
    GIVES("2009-02-13", CURRENT_DATE, DATE, SYM(NULL));
    GIVES("23:31:30", LOCALTIME, TIME, SYM(NULL));
    GIVES("1234567890", UNIX_TIMESTAMP_NOW, BIGINT, SYM(NULL));
}

Test(kernel_temporal, session_zone) {
    struct arena a = {0};
    struct error e = {0};
    cr_assert_eq(zone_load(STR("America/New_York"), &a, &test_zone, &e), ST_OK);
    GIVES("2009-02-13 18:31:30.123", LOCALTIMESTAMP, TS3, SYM(NULL));
    GIVES("2020-08-13 04:00:00.000", FLOOR_TIME, LTZ3, LTZ("2020-08-13 14:32:33.567"), SYM(DAY));
    GIVES("2020-08-12 04:00:00.000", FLOOR_TIME, LTZ3, LTZ("2020-08-13 03:32:33.567"), SYM(DAY));
    GIVES("2020-08-13 00:00:00.000", FLOOR_TIME, TS3, TS("2020-08-13 14:32:33.567"), SYM(DAY));
    GIVES("10", HOUR, BIGINT, LTZ("2020-08-13 14:32:33.567"));
    GIVES("2020-08-13T10", DATE_FORMAT, STRING, LTZ("2020-08-13 14:32:33.567"), S("yyyy-MM-dd'T'HH"));
    GIVES("1969-12-31 19:00:00", FROM_UNIXTIME, STRING, L(0));
    GIVES("-0500", FROM_UNIXTIME, STRING, L(0), S("Z"));
    GIVES("18000", UNIX_TIMESTAMP, BIGINT, S("1970-01-01 00:00:00"));
    test_zone = NULL;
    arena_free(&a);
}

Test(kernel_temporal, to_timestamp) {
    GIVES("2020-02-29 00:00:00.000", TO_TIMESTAMP, TS3, S("2020-02-30"));
    GIVES("2020-02-03 01:02:03.123", TO_TIMESTAMP, TS3, S("2020-02-03 01:02:03.123456"));
    GIVES("NULL", TO_TIMESTAMP, TS3, S("2020-02-03T01:02:03"));
    GIVES("NULL", TO_TIMESTAMP, TS3, S("abc"));
#define BY(want, text, pattern) GIVES(want, TO_TIMESTAMP_FORMAT, TS3, S(text), S(pattern))
    BY("2020-02-03 01:00:00.000", "2020/02/03 01", "yyyy/MM/dd HH");
    BY("NULL", "2020-02-03 1", "yyyy-MM-dd HH");
    BY("2020-02-03 01:00:00.000", "2020-2-3 1", "yyyy-M-d H");
    BY("2020-02-03 00:00:00.000", "03 Feb 2020", "dd MMM yyyy");
    BY("NULL", "03 feb 2020", "dd MMM yyyy");
    BY("2020-02-03 00:00:00.000", "20200203", "yyyyMMdd");
    BY("2020-02-03 01:02:03.123", "20200203010203123", "yyyyMMddHHmmssSSS");
    BY("2020-02-03 01:02:03.123", "2020-02-03 01:02:03.123456", "yyyy-MM-dd HH:mm:ss.SSSSSS");
    BY("2020-02-03 01:02:03.000", "2020-02-03T01:02:03Z", "yyyy-MM-dd'T'HH:mm:ss'Z'");
    BY("2020-02-03 01:02:03.000", "2020-02-03T01:02:03+02:00", "yyyy-MM-dd'T'HH:mm:ssXXX");
    BY("2020-02-03 13:02:03.000", "2020-02-03 01:02:03 PM", "yyyy-MM-dd hh:mm:ss a");
    BY("NULL", "2020-02-03 xx", "yyyy-MM-dd");
    BY("2020-02-29 00:00:00.000", "2020-02-30", "yyyy-MM-dd");
    BY("NULL", "2020-02-32", "yyyy-MM-dd");
    BY("1970-01-01 12:34:00.000", "12:34", "HH:mm");
    BY("2020-02-03 00:00:00.000", "20-02-03", "yy-MM-dd");
    BY("2020-02-29 00:00:00.000", "2020-060", "yyyy-DDD");
    BY("2020-01-01 00:00:00.000", "2020", "yyyy");
    BY("2020-03-01 00:00:00.000", "2020-03", "yyyy-MM");
    BY("2020-02-03 01:02:00.000", "2020-02-03 01:02", "yyyy-MM-dd HH:mm[:ss]");
    BY("NULL", "", "yyyy");
    BY("NULL", "99999999999999999999", "y");
    BY("ERROR: in the date pattern 'q??bad{', at 'b': this is not a pattern letter", "2020", "q??bad{");
    BY("ERROR: in the date pattern 'yyyy'-' a quote is not closed", "2020", "yyyy'-");
}

Test(kernel_temporal, to_ltz) {
    GIVES("2009-02-13 23:31:30.000", TO_TIMESTAMP_LTZ, LTZ3, L(1234567890), IL(0));
    GIVES("2009-02-13 23:31:30.123", TO_TIMESTAMP_LTZ, LTZ3, L(1234567890123), IL(3));
    GIVES("1970-01-15 06:56:07.890", TO_TIMESTAMP_LTZ, LTZ3, L(1234567890));
    GIVES("1969-12-31 23:59:59.999", TO_TIMESTAMP_LTZ, LTZ3, L(-1), IL(3));
    GIVES("NULL", TO_TIMESTAMP_LTZ, LTZ3, L(INT64_MAX), IL(3));
    GIVES("NULL", TO_TIMESTAMP_LTZ, LTZ3, L(INT64_MIN), IL(0));
    GIVES("1970-01-01 00:00:00.000001", TO_TIMESTAMP_LTZ, LTZ6, L(1), IL(6));
    GIVES("9999-12-31 23:59:59.999", TO_TIMESTAMP_LTZ, LTZ3, L(253402300799999), IL(3));
    GIVES("NULL", TO_TIMESTAMP_LTZ, LTZ3, L(253402300800000), IL(3));
    GIVES("1970-01-01 00:00:01.500", TO_TIMESTAMP_LTZ_DOUBLE, LTZ3, F(1.5), IL(0));
    GIVES("1969-12-31 23:59:58.300", TO_TIMESTAMP_LTZ_DOUBLE, LTZ3, F(-1.7), I(0));
    GIVES("1969-12-31 23:59:59.999", TO_TIMESTAMP_LTZ, LTZ3, L(-1), I(9));
    GIVES("ERROR: TO_TIMESTAMP_LTZ takes a precision of 0 to 9, not 10", TO_TIMESTAMP_LTZ, LTZ3, L(1), I(10));
    GIVES("1970-01-01 00:00:01.234", TO_TIMESTAMP_LTZ_DOUBLE, LTZ3, F(1234.5678), IL(3));
    GIVES("NULL", TO_TIMESTAMP_LTZ_DOUBLE, LTZ3, F(1e300), IL(3));
    GIVES("NULL", TO_TIMESTAMP_LTZ_DOUBLE, LTZ3, F(__builtin_nan("")), IL(3));
    GIVES("2020-02-03 01:02:03.123", TO_TIMESTAMP_LTZ_TEXT, LTZ3, S("2020-02-03 01:02:03.123456789"));
    GIVES("2020-02-02 17:02:03.000", TO_TIMESTAMP_LTZ_TEXT, LTZ3, S("2020/02/03 01:02:03"),
          SL("yyyy/MM/dd HH:mm:ss"), SL("Asia/Shanghai"));
    GIVES("ERROR: TO_TIMESTAMP_LTZ cannot read 'abc' as a timestamp", TO_TIMESTAMP_LTZ_TEXT, LTZ3, S("abc"));
    GIVES("ERROR: there is no time zone 'Nowhere'", TO_TIMESTAMP_LTZ_TEXT, LTZ3, S("2020"), SL("yyyy"),
          SL("Nowhere"));
}

Test(kernel_temporal, to_date) {
    GIVES("2020-02-03", TO_DATE, DATE, S("2020-2-3"));
    GIVES("NULL", TO_DATE, DATE, S("2020-02-30"));
    GIVES("2020-02-03", TO_DATE, DATE, S("2020-02-03 10:11:12"));
    GIVES("2020-02-03", TO_DATE_FORMAT, DATE, S("03/02/2020"), S("dd/MM/yyyy"));
    GIVES("2020-02-03", TO_DATE_FORMAT, DATE, S("3/2/2020"), S("dd/MM/yyyy"));
    GIVES("2020-03-01", TO_DATE_FORMAT, DATE, S("2020-02-30"), S("yyyy-MM-dd"));
    GIVES("2020-02-03", TO_DATE_FORMAT, DATE, S("2020-02-03 10:11:12"), S("yyyy-MM-dd"));
    GIVES("2020-02-03", TO_DATE_FORMAT, DATE, S("20200203"), S("yyyyMMdd"));
    GIVES("2021-01-01", TO_DATE_FORMAT, DATE, S("2020-13-01"), S("yyyy-MM-dd"));
    GIVES("NULL", TO_DATE_FORMAT, DATE, S("x"), S("yyyy-MM-dd"));
    GIVES("NULL", TO_DATE_FORMAT, DATE, S("9999999999-9999999999-9999999999"), S("y-M-d"));
}

Test(kernel_temporal, date_format) {
#define FEB TS("2020-02-03 14:02:03.5")
#define FORMATS(want, pattern) GIVES(want, DATE_FORMAT, STRING, FEB, S(pattern))
    FORMATS("2020-02-03 14:02:03.500", "yyyy-MM-dd HH:mm:ss.SSS");
    FORMATS("20 2 3 14 2 3 5 PM 2 2 14 Mon Mon Monday Feb February 34 034 6 06 2020 2020 2020",
            "yy M d H m s S a h K k E EEE EEEE MMM MMMM D DDD w ww u uuuu Y");
    FORMATS("2 2 1 1 Q1 1st quarter AD Anno Domini 500000000 50523500000000 50523500 3 2",
            "e c q Q QQQ QQQQ G GGGG n N A F W");
    FORMATS("Feb February M F 002020 2020 2020", "LLL LLLL EEEEE MMMMM yyyyyy y yyy");
    FORMATS("at 14 o'clock", "'at' HH 'o''clock'");
    FORMATS("14''", "HH''''");
    FORMATS("ERROR: in the date pattern 'VV', at 'V': time zone names are not supported", "VV");
    GIVES("14-2020", DATE_FORMAT_TEXT, STRING, S("2020-02-03 14:02:03"), S("HH-yyyy"));
    GIVES("NULL", DATE_FORMAT_TEXT, STRING, S("nonsense"), S("HH-yyyy"));
    GIVES("2020-12-31 is in 2021, week 1", DATE_FORMAT, STRING, T2020, S("yyyy-MM-dd 'is in' Y, 'week' w"));
}

Test(kernel_temporal, unix_time) {
    GIVES("1970-01-01 00:00:00", FROM_UNIXTIME, STRING, L(0));
    GIVES("2009/02", FROM_UNIXTIME, STRING, L(1234567890), S("yyyy/MM"));
    GIVES("1969-12-31 23:59:59", FROM_UNIXTIME, STRING, L(-1));
    GIVES("NULL", FROM_UNIXTIME, STRING, L(INT64_MAX));
    GIVES("1", UNIX_TIMESTAMP, BIGINT, S("1970-01-01 00:00:01"));
    GIVES("-9223372036854775808", UNIX_TIMESTAMP, BIGINT, S("nonsense"));
    GIVES("2678400", UNIX_TIMESTAMP, BIGINT, S("01/02/1970"), S("dd/MM/yyyy"));
    GIVES("1969-12-31 16:00:00", CONVERT_TZ, STRING, S("1970-01-01 00:00:00"), S("UTC"),
          S("America/Los_Angeles"));
    GIVES("1970-01-01 00:00:00", CONVERT_TZ, STRING, S("1970-01-01 00:00:00"), S("UTC"), S("Nowhere/City"));
    GIVES("NULL", CONVERT_TZ, STRING, S("nonsense"), S("UTC"), S("America/Los_Angeles"));
}

/* Rows of one day share their text, and only those; before 1970 too. */
Test(kernel_temporal, date_format_reuses_text) {
    struct arena a = {0};
    struct error e = {0};
    struct eval_ctx ctx = {.error = &e, .zone = zone_utc()};
    struct expr column = {.kind = EXPR_COLUMN, .type = &test_ts3};
    struct expr literal = {
        .kind = EXPR_LITERAL, .type = type_string(true), .value = {.s = STR("yyyy-MM-dd")}};
    struct expr *args[] = {&column, &literal};
    struct expr node = {.kind = EXPR_CALL,
                        .type = type_string(true),
                        .func = func_desc(FN_DATE_FORMAT),
                        .nargs = 2,
                        .args = args};
    static const char *const times[] = {"1969-12-31 00:00:00", "1969-12-31 23:59:59.999", "1970-01-01",
                                        "1970-01-01 23:00:00", "1969-12-31 12:00:00"};
    static const char *const want[] = {"1969-12-31", "1969-12-31", "1970-01-01", "1970-01-01", "1969-12-31"};
    struct vec in, format, out;
    vec_make_flat(&in, &a, column.type, 5);
    vec_make_flat(&format, &a, literal.type, 1);
    vec_make_flat(&out, &a, node.type, 5);
    for (int i = 0; i < 5; i++) ((int64_t *)in.data)[i] = test_ticks(times[i]);
    ((struct strview *)format.data)[0] = strview_of("yyyy-MM-dd", 10);
    format.form = VEC_CONST;
    const struct vec *vecs[] = {&in, &format};
    struct kernel_call call = {
        .expr = &node, .args = vecs, .out = &out, .sel = {NULL, 5}, .scratch = &a, .ctx = &ctx};
    cr_assert_eq(kernel_DATE_FORMAT.init(&node, &a, &ctx, &call.state, &e), ST_OK);
    cr_assert_eq(kernel_DATE_FORMAT.fn(&call), ST_OK);
    for (uint32_t i = 0; i < 5; i++) cr_expect(str_eq(arg_str(&out, i), str_of(want[i])), "row %u", i);
    kernel_DATE_FORMAT.fini(call.state);
    arena_free(&a);
}
