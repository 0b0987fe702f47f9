/* SPDX-License-Identifier: Apache-2.0
 *
 * DATE, TIME and TIMESTAMP as text, and moments taken apart; dates alone are in base/calendar.h. Ticks are a
 * timestamp type's own units (type_ticks_per_second); TIMESTAMP_LTZ is turned to wall-clock ticks by the
 * caller (exec/zone.h) before printing and back after parsing. The calendar is the proleptic Gregorian one,
 * years -9999 to 9999 (what lies outside is printed with more digits). No function allocates or keeps state.
 */
#ifndef WEIR_EXEC_DATETIME_H
#define WEIR_EXEC_DATETIME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/calendar.h"
#include "base/str.h"

#define DATETIME_MAX_BYTES 48 /* longest text of any print function here */
#define DATETIME_DAY_MS 86400000
#define DATETIME_DAY_S 86400

/* The forms of a timestamp as text. */
enum datetime_form {
    DATETIME_CAST, /* print "2026-05-04 18:32:11.450", digits by precision; parse leniently ("2026-5-4",
                    * "2026-05-04 8:02:11.4"), as Flink's CAST */
    DATETIME_SQL,  /* "2026-05-04 18:32:11.45", no zeros at the end; parse strictly (JSON's SQL form) */
    DATETIME_ISO,  /* "2026-05-04T18:32:11.45", likewise */
};

/* A moment taken apart. */
struct datetime {
    int32_t year;   /* astronomical: 0 is 1 BC */
    uint8_t month;  /* 1..12 */
    uint8_t day;    /* 1..31 */
    uint8_t hour;   /* 0..23 */
    uint8_t minute; /* 0..59 */
    uint8_t second; /* 0..59 */
    uint32_t nanos; /* of the second */
};

void datetime_split(int64_t ticks, int64_t ticks_per_second, struct datetime *d);
/* Adds months, the day being held to the month's last. */
int64_t datetime_add_months(int64_t ticks, int64_t ticks_per_second, int64_t months);

/* ---- text: false when the text is not of the form or not a date ---- */
/* "yyyy-MM-dd" exactly. */
bool datetime_parse_date(const char *p, size_t len, int32_t *days);
/* CAST to DATE: "2026-5-4", "2026-05-04 18:32:11", "2026-05", "2026". */
bool datetime_cast_date(struct str s, int32_t *days);
/* "HH:mm:ss[.fraction]" exactly, an optional Z at the end when `zulu`; milliseconds of the day. */
bool datetime_parse_time(const char *p, size_t len, bool zulu, int32_t *ms);
/* CAST to TIME: "8", "8:5", "08:05:11.5". */
bool datetime_cast_time(struct str s, int32_t *ms);
/* A timestamp in one of the forms; `zulu`: "Z" must follow (LTZ in JSON). Digits beyond `precision` are
 * dropped. Ticks are micros, or nanos when precision > 6. */
bool datetime_parse_timestamp(const char *p, size_t len, enum datetime_form form, bool zulu,
                              unsigned precision, int64_t *ticks);

/* Each prints at `p` (DATETIME_MAX_BYTES free, no NUL) and returns the length. */
unsigned datetime_print_date(char *p, int32_t days);
/* "HH:mm:ss", with `precision` digits after it when precision > 0. */
unsigned datetime_print_time(char *p, int32_t ms, unsigned precision);
/* The same without zeros at the end of the fraction ("18:32:11", "18:32:11.5"). */
unsigned datetime_print_time_short(char *p, int32_t ms);
/* `precision` is the type's (it gives the ticks); LTZ in JSON: the caller adds the Z. */
unsigned datetime_print_timestamp(char *p, int64_t ticks, unsigned precision, enum datetime_form form);
/* Intervals as CAST prints them: "+1-02" and "+3 04:05:06.700". */
unsigned datetime_print_interval_ym(char *p, int32_t months);
unsigned datetime_print_interval_dt(char *p, int64_t micros);

#endif
