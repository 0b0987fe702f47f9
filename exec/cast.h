/* SPDX-License-Identifier: Apache-2.0
 *
 * Casts as kernels: cast_find gives the function that EXPR_CAST runs; it is STRICT and PURE, reads the
 * types from call->expr (type and args[0]->type) and call->expr->try_null. A value that cannot be
 * converted fails with INVALID_CAST or OUT_OF_RANGE, or is NULL under TRY_CAST.
 */
#ifndef WEIR_EXEC_CAST_H
#define WEIR_EXEC_CAST_H

#include "exec/kernel.h"

/* NULL: there is no such cast. */
kernel_fn cast_find(const struct type *from, const struct type *to);
/* The same bytes mean the same value under both types: VARCHAR(3) to STRING, INT to INT NOT NULL. */
bool cast_keeps_data(const struct type *from, const struct type *to);
/* May run over NULL and unselected rows (struct kernel, `total`). */
bool cast_is_total(const struct type *from, const struct type *to);

#endif
