/* SPDX-License-Identifier: Apache-2.0
 *
 * Values of any type compared, for kernels and operators. compare_equal takes NULLs as equal and works
 * for all types; compare_order orders numbers, times, strings and bytes as SQL does, NULLs first.
 */
#ifndef WEIR_EXEC_COMPARE_H
#define WEIR_EXEC_COMPARE_H

#include "exec/vec.h"

/* Both vectors are of the same type, in any form. */
bool compare_equal(const struct vec *a, uint32_t row_a, const struct vec *b, uint32_t row_b);
/* <0, 0, >0. NaN comes last; lists and rows compare entry by entry. */
int compare_order(const struct vec *a, uint32_t row_a, const struct vec *b, uint32_t row_b);
/* The same for two values as packed rows and keys hold them (exec/rowpack.h, exec/keycode.h), integers in
 * eight bytes; neither strings nor nested. */
int compare_slots(enum phys phys, const void *a, const void *b);

#endif
