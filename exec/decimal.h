/* SPDX-License-Identifier: Apache-2.0
 *
 * DECIMAL arithmetic on unscaled 128-bit integers of up to 38 digits, with 256-bit intermediates, so that
 * every result is the exact one, rounded once, half away from zero. Functions that give a number of
 * precision `p` and scale `s` return false when it has more digits than p (SQL: NULL, or a failed CAST).
 */
#ifndef WEIR_EXEC_DECIMAL_H
#define WEIR_EXEC_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define DECIMAL_TEXT_BYTES 48 /* sign, "0.", 38 digits and more scale than digits */

enum decimal_parsed { DECIMAL_OK, DECIMAL_MALFORMED, DECIMAL_TOO_LARGE };

/* 10 to the n, n <= 38. */
extern const unsigned __int128 decimal_pow10[39];

static inline unsigned __int128 decimal_abs(__int128 x) {
    return x < 0 ? -(unsigned __int128)x : (unsigned __int128)x;
}
static inline bool decimal_fits(__int128 x, unsigned p) {
    return decimal_abs(x) < decimal_pow10[p];
}

bool decimal_add(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out);
bool decimal_mul(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out);
/* y is not zero. */
bool decimal_div(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out);
/* The remainder of division towards zero, with x's sign; y is not zero. */
bool decimal_mod(__int128 x, unsigned sx, __int128 y, unsigned sy, unsigned p, unsigned s, __int128 *out);
/* x of scale sx as a number of precision p and scale s. */
bool decimal_rescale(__int128 x, unsigned sx, unsigned p, unsigned s, __int128 *out);
/* x (scale sx) rounded to `places` after the point (negative: before it), still at scale sx.
 * mode: 0 half up, -1 down to minus infinity, 1 up to infinity, 2 towards zero. */
__int128 decimal_round(__int128 x, unsigned sx, int places, int mode);

/* Plain notation, all `scale` digits: "-0.050". Returns the length; no NUL. */
unsigned decimal_print(char *p, __int128 x, unsigned scale);
/* "12", "-1.50", ".5", "1e3", blanks around it; rounded to scale s. */
enum decimal_parsed decimal_parse(const char *text, size_t len, unsigned p, unsigned s, __int128 *out);
double decimal_to_double(__int128 x, unsigned scale);
/* By the digits that DOUBLE prints; false for NaN, infinities and what does not fit. */
bool decimal_from_double(double x, unsigned p, unsigned s, __int128 *out);
bool decimal_from_float(float x, unsigned p, unsigned s, __int128 *out);

#endif
