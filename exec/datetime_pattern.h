/* SPDX-License-Identifier: Apache-2.0
 *
 * Date patterns in Java's letters, compiled once: those of java.time's DateTimeFormatter (DATE_FORMAT,
 * TO_TIMESTAMP) and of the older SimpleDateFormat (FROM_UNIXTIME, UNIX_TIMESTAMP, TO_DATE), which Flink
 * uses side by side. They differ in letters (u, S, F), in padding, and in parsing: the first is exact,
 * the second lenient (32 January is 1 February) and ignores what follows. Texts are English, weeks begin
 * on Sunday (the US locale).
 */
#ifndef WEIR_EXEC_DATETIME_PATTERN_H
#define WEIR_EXEC_DATETIME_PATTERN_H

#include "base/arena.h"
#include "base/error.h"
#include "exec/datetime.h"

enum datetime_dialect { DATETIME_FORMATTER, DATETIME_SIMPLE };

struct datetime_pattern; /* datetime_pattern.c */

/* What a text said. */
struct datetime_parsed {
    int64_t local_s;  /* seconds of the wall clock since 1970 */
    uint32_t nanos;   /* of the second */
    bool has_offset;  /* an offset from UTC was read */
    int32_t offset_s; /* which */
};

/* `printing`: letters that only parse (offsets in DATETIME_FORMATTER) are refused. The pattern is copied. */
enum status datetime_pattern_compile(struct str text, enum datetime_dialect dialect, bool printing,
                                     struct arena *a, const struct datetime_pattern **out, struct span span,
                                     struct error *e);
/* Seconds for which the text printed stays the same: 86400, 3600, 60, 1; 0 = none. */
int64_t datetime_pattern_unit(const struct datetime_pattern *p);
/* Upper bound of what printing gives, in bytes. */
size_t datetime_pattern_bytes(const struct datetime_pattern *p);
/* Prints the moment; offset_s is that of its zone (letters X and Z). Returns the length. */
size_t datetime_pattern_print(const struct datetime_pattern *p, const struct datetime *d, int32_t offset_s,
                              char *out);
/* False when the text does not follow the pattern. Fields that it has not are those of 1970-01-01 00:00. */
bool datetime_pattern_parse(const struct datetime_pattern *p, struct str text, struct datetime_parsed *out);

#endif
