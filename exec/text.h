/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as text in the form of CAST(x AS STRING): TRUE, 1.50, 1.0E20, 2026-05-04 18:32:11.450,
 * [1, 2, NULL], {a=1}, (1, x). TIMESTAMP_LTZ is shown in the zone given; bytes are taken as UTF-8.
 */
#ifndef WEIR_EXEC_TEXT_H
#define WEIR_EXEC_TEXT_H

#include "base/text.h"
#include "exec/vec.h"
#include "exec/zone.h"

#define TEXT_SCALAR_BYTES 64 /* longest text of a value that is no string and not nested */

/* Appends the value of a row; NULL gives "NULL". */
void text_value(struct text *t, const struct vec *v, uint32_t row, const struct zone *zone);
/* The value of a row that is not NULL, as CAST gives it: where it lies, or in `a`. */
struct str text_of(const struct vec *v, uint32_t row, const struct zone *zone, struct arena *a);
/* One scalar (not NULL, not a string, not nested) at `p`, TEXT_SCALAR_BYTES free; returns the length. */
unsigned text_scalar(char *p, const struct vec *v, uint32_t row, const struct zone *zone);
/* The bytes with all that is not UTF-8 replaced by U+FFFD, as Java decodes; `s` itself if nothing is. */
struct str text_valid_utf8(struct str s, struct arena *a);

#endif
