/* SPDX-License-Identifier: Apache-2.0
 *
 * The rarer functions of calendar.h.
 */
#include "base/calendar.h"

#include <stddef.h>

#include "base/floor.h"

bool calendar_valid_date(int64_t year, int64_t month, int64_t day) {
    if (year < -9999 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
    return day <= (int64_t)calendar_month_days((int32_t)year, (unsigned)month);
}

int32_t calendar_add_months(int32_t days, int64_t months) {
    int32_t year;
    unsigned month, day;
    calendar_civil(days, &year, &month, &day);
    int64_t total = (int64_t)year * 12 + (month - 1) + months;
    year = (int32_t)floor_div(total, 12);
    month = (unsigned)(total - (int64_t)year * 12) + 1;
    unsigned last = calendar_month_days(year, month);
    return calendar_days(year, month, day < last ? day : last);
}

unsigned calendar_iso_week(int32_t days, int32_t *iso_year) {
    /* The week's Thursday lies in the year the week belongs to. */
    int32_t thursday = days + 4 - (int32_t)calendar_iso_weekday(days), year;
    unsigned month, day;
    calendar_civil(thursday, &year, &month, &day);
    if (iso_year) *iso_year = year;
    return (unsigned)(thursday - calendar_days(year, 1, 1)) / 7 + 1;
}
