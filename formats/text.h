/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as text, as Flink's text formats read and write them (that is, as Java's parseInt, parseDouble,
 * BigDecimal and Base64 do). Dates and times are in exec/datetime.h.
 */
#ifndef WEIR_FORMATS_TEXT_H
#define WEIR_FORMATS_TEXT_H

#include "base/serial.h"
#include "exec/vec.h"

/* Without blanks and control characters at both ends, as Java's trim(). */
struct str text_trim(struct str s);
/* [+-]digits within min..max. */
bool text_i64(struct str s, int64_t min, int64_t max, int64_t *out);
/* Java's forms: "1.5", "1e3", "NaN", "-Infinity", "1f". */
bool text_f64(struct str s, double *out);
bool text_f32(struct str s, float *out);

enum text_decimal { TEXT_DECIMAL_OK, TEXT_DECIMAL_BAD, TEXT_DECIMAL_BIG /* does not fit: NULL in Flink */ };
/* Rounded half up to the scale. */
enum text_decimal text_decimal(struct str s, unsigned precision, unsigned scale, __int128 *out);

/* Standard alphabet with padding; the bytes are made in the arena. */
bool text_base64_decode(struct str s, struct arena *a, struct str *out);
void text_base64_encode(struct outbuf *o, struct str bytes);

/* Java's Double.toString and Float.toString. */
void text_put_f64(struct outbuf *o, double v);
void text_put_f32(struct outbuf *o, float v);
void text_put_i64(struct outbuf *o, int64_t v);
/* BigDecimal without zeros at its end: plain, or as Java's toString ("1E+2") when `scientific`. */
void text_put_decimal(struct outbuf *o, __int128 unscaled, unsigned scale, bool scientific);

/* ---- values of vectors ---- */

/* Is the whole string well-formed UTF-8? */
bool text_utf8_valid(const char *p, size_t len);

static inline __int128 text_decimal_at(const struct vec *v, uint32_t i) {
    return v->phys == PHYS_I64 ? ((const int64_t *)v->data)[i] : ((const __int128 *)v->data)[i];
}
static inline void text_decimal_store(struct vec *v, uint32_t i, __int128 value) {
    if (v->phys == PHYS_I64) ((int64_t *)v->data)[i] = (int64_t)value;
    else ((__int128 *)v->data)[i] = value;
}
/* Stores into the integer vector (PHYS_I8..PHYS_I64); the value fits. */
void text_int_store(struct vec *v, uint32_t i, int64_t value);
int64_t text_int_at(const struct vec *v, uint32_t i);
void text_int_range(enum phys phys, int64_t *min, int64_t *max);

#endif
