/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers as text, for casts, encoders and decoders. FLOAT and DOUBLE print as Java prints them: the
 * fewest digits that read back as the same number, "1234567.0" from 10^-3 up to 10^7, "1.0E20" outside,
 * "NaN", "Infinity". Nothing here allocates, reads past `len` or depends on the locale.
 */
#ifndef WEIR_EXEC_NUMBER_H
#define WEIR_EXEC_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBER_TEXT_BYTES 32 /* longest text of any print function here */

extern const char number_two_digits[201]; /* "00" to "99" */
extern const double number_pow10[23];     /* 10^0 to 10^22, the exact ones */

enum number_parsed { NUMBER_OK, NUMBER_MALFORMED, NUMBER_TOO_LARGE };

/* Each prints at `p` without NUL and returns the length. */
unsigned number_print_i64(char *p, int64_t x);
unsigned number_print_u64(char *p, uint64_t x);
unsigned number_print_double(char *p, double x);
unsigned number_print_float(char *p, float x);

/* The shortest digits of a finite number > 0: x = 0.d1d2d3... * 10^exponent. Returns their count. */
unsigned number_digits_double(double x, char digits[20], int *exponent);
unsigned number_digits_float(float x, char digits[20], int *exponent);

/* [+-]digits, all of the text. */
enum number_parsed number_parse_i64(const char *p, size_t len, int64_t *out);
/* [+-]digits[.digits][e[+-]digits], [+-]0xdigits[.digits]p[+-]digits, also NaN, Infinity, +Infinity,
 * -Infinity; all of the text. Too large gives an infinity and too small gives zero, as in Java. */
enum number_parsed number_parse_double(const char *p, size_t len, double *out);
enum number_parsed number_parse_float(const char *p, size_t len, float *out);
/* What follows the e, [+-]digits up to the end; far too large ones are cut to what is still far too large. */
bool number_parse_exponent(const char *p, const char *end, int *out);

#endif
