/* SPDX-License-Identifier: Apache-2.0
 *
 * What the processor can do beyond the x86-64-v2 that everything is built for. The one place where a faster
 * variant of a loop is chosen: code with a target attribute runs only behind one of these questions, and the
 * same loop without it is beside it.
 */
#ifndef WEIR_BASE_CPU_H
#define WEIR_BASE_CPU_H

#include <stdbool.h>

/* Carry-less multiplication (checksums). */
static inline bool cpu_has_pclmul(void) {
    return __builtin_cpu_supports("pclmul");
}
static inline bool cpu_has_avx2(void) {
    return __builtin_cpu_supports("avx2");
}

#endif
