/* SPDX-License-Identifier: Apache-2.0
 *
 * Calendar arithmetic and the fixed text forms: round trips, lenient and strict forms, bad input.
 */
#include "exec/datetime.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const char *ts(const char *z, enum datetime_form form, bool zulu, unsigned precision) {
    static char buf[DATETIME_MAX_BYTES + 1];
    int64_t ticks;
    if (!datetime_parse_timestamp(z, strlen(z), form, zulu, precision, &ticks)) return "NULL";
    buf[datetime_print_timestamp(buf, ticks, precision, DATETIME_CAST)] = 0;
    return buf;
}
#define EQ(got, want) cr_expect_str_eq(got, want)

Test(datetime, every_day_round_trips) {
    int32_t expect_year = -1, days = calendar_days(-1, 1, 1);
    for (int32_t year = -1; year < 2500; year++) {
        for (unsigned m = 1; m <= 12; m++) {
            for (unsigned d = 1; d <= calendar_month_days(year, m); d++, days++) {
                int32_t y2;
                unsigned m2, d2;
                calendar_civil(days, &y2, &m2, &d2);
                if (calendar_days(year, m, d) != days || y2 != year || m2 != m || d2 != d)
                    cr_assert_fail("%d-%u-%u", year, m, d);
            }
        }
        expect_year = year;
    }
    cr_expect_eq(expect_year, 2499);
    cr_expect_eq(calendar_iso_weekday(0), 4);
    cr_expect_eq(calendar_iso_weekday(-4), 7);
}

Test(datetime, cast_form) {
    EQ(ts("2020-02-03 01:02:03.5", DATETIME_CAST, false, 3), "2020-02-03 01:02:03.500");
    EQ(ts("2020-02-30 01:02:03", DATETIME_CAST, false, 3), "2020-02-29 01:02:03.000");
    EQ(ts("2020-2-3 1:2:3.5", DATETIME_CAST, false, 3), "2020-02-03 01:02:03.500");
    EQ(ts("2020-02-03", DATETIME_CAST, false, 3), "2020-02-03 00:00:00.000");
    EQ(ts("2020-02-03 01:02:03.", DATETIME_CAST, false, 3), "2020-02-03 01:02:03.000");
    EQ(ts("2020-02-03 01:02:03.1239", DATETIME_CAST, false, 3), "2020-02-03 01:02:03.123");
    EQ(ts("2020-02-03 01:02:03.123456789", DATETIME_CAST, false, 9), "2020-02-03 01:02:03.123456789");
    EQ(ts("2020-02-03 24:00:00", DATETIME_CAST, false, 3), "2020-02-04 00:00:00.000");
    EQ(ts("1969-12-31 23:59:59.999999", DATETIME_CAST, false, 6), "1969-12-31 23:59:59.999999");
    static const char *const bad[] = {"",
                                      "2020",
                                      "2020-02-03T01:02:03",
                                      "2020-02-03 01:02",
                                      "2020-02-03 01:02:03Z",
                                      " 2020-02-03 01:02:03",
                                      "2020-02-32",
                                      "2020-13-01",
                                      "0000-02-03",
                                      "2020-02-03 25:00:00",
                                      "12020-02-03 01:02:03",
                                      "2020-02-03 01:02:03.1234567891",
                                      "2020-02-03 01:60:03",
                                      "2020-02-03 0\xb1:02:03",
                                      "202x-02-03 01:02:03",
                                      "2020-02-03 01:02:03 "};
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++)
        cr_expect_str_eq(ts(bad[i], DATETIME_CAST, false, 3), "NULL", "%s", bad[i]);
}

Test(datetime, strict_forms) {
    EQ(ts("2020-02-03T01:02:03.5Z", DATETIME_ISO, true, 3), "2020-02-03 01:02:03.500");
    EQ(ts("2020-02-03T01:02:03", DATETIME_ISO, false, 0), "2020-02-03 01:02:03");
    EQ(ts("2020-02-03T01:02", DATETIME_ISO, false, 0), "2020-02-03 01:02:00");
    EQ(ts("2020-02-03 01:02:03Z", DATETIME_SQL, true, 3), "2020-02-03 01:02:03.000");
    EQ(ts("2020-02-03 01:02:03", DATETIME_SQL, true, 3), "NULL");
    EQ(ts("2020-02-03T01:02:03", DATETIME_SQL, false, 3), "NULL");
    EQ(ts("2020-02-03 01:02:03.", DATETIME_SQL, false, 3), "NULL");
    EQ(ts("2020-2-3 01:02:03", DATETIME_SQL, false, 3), "NULL");
}

Test(datetime, nanosecond_range) {
    EQ(ts("2262-04-11 23:47:16.854775807", DATETIME_CAST, false, 9), "2262-04-11 23:47:16.854775807");
    EQ(ts("2262-04-12 00:00:00", DATETIME_CAST, false, 9), "NULL");
    EQ(ts("9999-12-31 23:59:59.999999", DATETIME_CAST, false, 6), "9999-12-31 23:59:59.999999");
}

Test(datetime, casts_to_date_and_time) {
    int32_t v;
    static const char *const same[] = {"2020-02-03", "2020-2-3", " 2020-02-03 ", "2020-02-03 xx"};
    for (unsigned i = 0; i < 4; i++) {
        cr_expect(datetime_cast_date(str_of(same[i]), &v));
        /* the first blank ends the date unless it is the first character */
        cr_expect_eq(v, calendar_days(2020, 2, 3), "%s", same[i]);
    }
    cr_expect(datetime_cast_date(STR("2020"), &v));
    cr_expect_eq(v, calendar_days(2020, 1, 1));
    cr_expect_not(datetime_cast_date(STR("2020-02-30"), &v));
    cr_expect_not(datetime_cast_date(STR("2020-02-03T10:00:00"), &v));
    cr_expect_not(datetime_cast_date(STR(""), &v));
    cr_expect_not(datetime_cast_date(STR("-"), &v));
    cr_expect(datetime_cast_time(STR("10:5"), &v) && v == 36300000);
    cr_expect(datetime_cast_time(STR("10:05:06.789"), &v) && v == 36306789);
    cr_expect_not(datetime_cast_time(STR("24:00:00"), &v));
    cr_expect_not(datetime_cast_time(STR("10:05:06Z"), &v));
    cr_expect(datetime_parse_time("10:05:06Z", 9, true, &v) && v == 36306000);
}

Test(datetime, printing) {
    char b[DATETIME_MAX_BYTES + 1];
#define PRINTS(call, want)                                                                                   \
    do {                                                                                                     \
        b[call] = 0;                                                                                         \
        cr_expect_str_eq(b, want);                                                                           \
    } while (0)
    PRINTS(datetime_print_time(b, 36306789, 0), "10:05:06");
    PRINTS(datetime_print_time(b, 36306789, 1), "10:05:06.7");
    PRINTS(datetime_print_time_short(b, 36306700), "10:05:06.7");
    PRINTS(datetime_print_timestamp(b, 1500000, 3, DATETIME_ISO), "1970-01-01T00:00:01.5");
    PRINTS(datetime_print_timestamp(b, 0, 3, DATETIME_SQL), "1970-01-01 00:00:00");
    PRINTS(datetime_print_timestamp(b, -1, 6, DATETIME_CAST), "1969-12-31 23:59:59.999999");
    PRINTS(datetime_print_date(b, calendar_days(-5, 1, 2)), "-0005-01-02");
    PRINTS(datetime_print_interval_ym(b, 14), "+1-02");
    PRINTS(datetime_print_interval_ym(b, INT32_MIN), "-178956970-08");
    PRINTS(datetime_print_interval_dt(b, -(3 * 86400000000 + 4 * 3600000000 + 5 * 60000000 + 6700000)),
           "-3 04:05:06.700");
    cr_expect_lt(datetime_print_timestamp(b, INT64_MIN, 6, DATETIME_CAST), DATETIME_MAX_BYTES);
    cr_expect_lt(datetime_print_timestamp(b, INT64_MAX, 9, DATETIME_CAST), DATETIME_MAX_BYTES);
}

Test(datetime, months_and_weeks) {
    int32_t iso;
    cr_expect_eq(calendar_add_months(calendar_days(2020, 1, 31), 1), calendar_days(2020, 2, 29));
    cr_expect_eq(calendar_add_months(calendar_days(2020, 1, 31), -3), calendar_days(2019, 10, 31));
    cr_expect_eq(calendar_iso_week(calendar_days(2021, 1, 3), &iso), 53);
    cr_expect_eq(iso, 2020);
}
