/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as text, as Flink's text formats read and write them (that is, as Java's parseInt, parseDouble,
 * BigDecimal and Base64 do). Dates and times are in exec/datetime.h.
 */
#ifndef WEIR_FORMATS_SCALAR_H
#define WEIR_FORMATS_SCALAR_H

#include "base/serial.h"
#include "exec/vec.h"

/* Without blanks and control characters at both ends, as Java's trim(). */
struct str scalar_trim(struct str s);
/* [+-]digits within min..max. */
bool scalar_i64(struct str s, int64_t min, int64_t max, int64_t *out);
/* Java's forms: "1.5", "1e3", "NaN", "-Infinity", "1f". */
bool scalar_f64(struct str s, double *out);
bool scalar_f32(struct str s, float *out);

enum scalar_decimal {
    SCALAR_DECIMAL_OK,
    SCALAR_DECIMAL_BAD,
    SCALAR_DECIMAL_BIG /* does not fit: NULL in Flink */
};
/* Rounded half up to the scale. */
enum scalar_decimal scalar_decimal(struct str s, unsigned precision, unsigned scale, __int128 *out);

/* Standard alphabet with padding; the bytes are made in the arena. */
bool scalar_base64_decode(struct str s, struct arena *a, struct str *out);
void scalar_base64_encode(struct outbuf *o, struct str bytes);

/* Java's Double.toString and Float.toString. */
void scalar_put_f64(struct outbuf *o, double v);
void scalar_put_f32(struct outbuf *o, float v);
void scalar_put_i64(struct outbuf *o, int64_t v);
/* BigDecimal without zeros at its end: plain, or as Java's toString ("1E+2") when `scientific`. */
void scalar_put_decimal(struct outbuf *o, __int128 unscaled, unsigned scale, bool scientific);

/* ---- values of vectors ---- */

/* Is the whole string well-formed UTF-8? */
bool scalar_utf8_valid(const char *p, size_t len);

static inline __int128 scalar_decimal_at(const struct vec *v, uint32_t i) {
    return v->phys == PHYS_I64 ? ((const int64_t *)v->data)[i] : ((const __int128 *)v->data)[i];
}
static inline void scalar_decimal_store(struct vec *v, uint32_t i, __int128 value) {
    if (v->phys == PHYS_I64) ((int64_t *)v->data)[i] = (int64_t)value;
    else ((__int128 *)v->data)[i] = value;
}
/* Row i becomes NULL, its children too; its data is cleared. */
void scalar_set_null(struct vec *v, uint32_t i, struct arena *a);
/* Row i, to be written again, is valid again. */
void scalar_unset_null(struct vec *v, uint32_t i);
/* Cuts a vector (and the fields of a ROW) to its first rows. */
void scalar_set_rows(struct vec *v, uint32_t rows);
void scalar_int_range(enum phys phys, int64_t *min, int64_t *max);

#endif
