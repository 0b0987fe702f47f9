/* SPDX-License-Identifier: Apache-2.0
 *
 * Division that rounds down, and the remainder that goes with it, for times before 1970. The divisor is > 0.
 */
#ifndef WEIR_BASE_FLOOR_H
#define WEIR_BASE_FLOOR_H

#include <stdint.h>

static inline int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}
static inline int64_t floor_mod(int64_t a, int64_t b) {
    int64_t r = a % b;
    return r < 0 ? r + b : r;
}

#endif
