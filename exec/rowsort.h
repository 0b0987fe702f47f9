/* SPDX-License-Identifier: Apache-2.0
 *
 * The order of packed rows by some of their columns, as ORDER BY means it: NaN above all numbers, NULLs where
 * the key says.
 */
#ifndef WEIR_EXEC_ROWSORT_H
#define WEIR_EXEC_ROWSORT_H

#include "exec/rowpack.h"
#include "planner/plan.h"

/* Less than, equal to or greater than 0. */
int rowsort_compare(const struct rowpack *p, const struct sort_key *keys, uint32_t nkeys, const char *a,
                    const char *b);

#endif
