/* SPDX-License-Identifier: Apache-2.0
 *
 * The proleptic Gregorian calendar: days since 1970-01-01 and year, month and day. Years are astronomical: 0
 * is 1 BC. Nothing here knows clock times or text (exec/datetime.h does). The first functions are inline,
 * because parsing and printing dates is mostly them.
 */
#ifndef WEIR_BASE_CALENDAR_H
#define WEIR_BASE_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/* Month 1..12, day 1..31 (not checked). */
static inline int32_t calendar_days(int32_t year, unsigned month, unsigned day) {
    int64_t y = (int64_t)year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    unsigned yoe = (unsigned)(y - era * 400);
    unsigned doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return (int32_t)(era * 146097 + (int64_t)doe - 719468);
}
static inline void calendar_civil(int32_t days, int32_t *year, unsigned *month, unsigned *day) {
    int64_t z = (int64_t)days + 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    unsigned doe = (unsigned)(z - era * 146097);
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    unsigned mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = (int32_t)(yoe + era * 400) + (*month <= 2);
}
static inline bool calendar_is_leap(int32_t year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}
static inline unsigned calendar_month_days(int32_t year, unsigned month) {
    static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && calendar_is_leap(year) ? 29 : days[month];
}
/* 1 = Monday .. 7 = Sunday. */
static inline unsigned calendar_iso_weekday(int32_t days) {
    int32_t r = (int32_t)(((int64_t)days + 3) % 7);
    return (unsigned)(r < 0 ? r + 7 : r) + 1;
}

/* Is it a date of the years -9999 to 9999? */
bool calendar_valid_date(int64_t year, int64_t month, int64_t day);
/* The day being held to the month's last. */
int32_t calendar_add_months(int32_t days, int64_t months);
/* ISO week 1..53, and the year it belongs to (NULL: not wanted). */
unsigned calendar_iso_week(int32_t days, int32_t *iso_year);

#endif
