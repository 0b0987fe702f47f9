/* SPDX-License-Identifier: Apache-2.0
 *
 * Literals: reading the text of SQL constants into values, and printing values for EXPLAIN. All readers
 * give false when the text is malformed or out of range. Times are UTC or wall clock as written: no zones.
 */
#ifndef WEIR_PLANNER_VALUE_H
#define WEIR_PLANNER_VALUE_H

#include "planner/expr.h"
#include "sql/ast.h"

/* "2024-02-29": days since 1970. */
bool value_parse_date(struct str text, int64_t *days);
/* "12:00:01.5": nanoseconds of the day and digits of the fraction. */
bool value_parse_time(struct str text, int64_t *nanos, unsigned *digits);
/* "2024-02-29 12:00:01.5": seconds since 1970, nanoseconds in the second and digits of the fraction. */
bool value_parse_timestamp(struct str text, int64_t *seconds, int64_t *nanos, unsigned *digits);
/* The text of INTERVAL '..' YEAR TO MONTH (months) or DAY TO SECOND (microseconds). The first field has as
 * many digits as its precision says, two if it does not. */
bool value_parse_interval(struct str text, const struct ast_interval_range *range, int64_t *out);
/* "12.50": unscaled integer, digits in all and behind the point; at most 38 digits. */
bool value_parse_decimal(struct str text, __int128 *unscaled, unsigned *precision, unsigned *scale);
/* As SQL would write it. */
struct str value_print(struct arena *a, const struct type *type, const struct value *v);

#endif
