/* SPDX-License-Identifier: Apache-2.0
 *
 * Function id to kernel. The kernel of FUNC(X, ...) is the constant `kernel_X`, defined in whichever
 * exec/kernel_*.c implements it; kernel.h declares them all from functions.def, and a row without its
 * kernel does not link. LAZY functions and aggregates have none.
 */
#include "exec/kernel.h"

#define STRICT FUNC_STRICT
#define PURE FUNC_PURE
#define DYNAMIC FUNC_DYNAMIC
#define RANDOM FUNC_RANDOM
#define LAZY FUNC_LAZY
#define TRY_NULL FUNC_TRY
#define AGG FUNC_AGG
#define NULLS FUNC_NULLS
#define NOTNULL FUNC_NOTNULL

static const struct kernel *const table[FN_COUNT] = {
#define FUNC(id, name, args, result, flags, help)                                                            \
    [FN_##id] = ((flags) & (FUNC_LAZY | FUNC_AGG)) ? NULL : &kernel_##id,
#include "planner/functions.def"
#undef FUNC
};

const struct kernel *kernel_find(enum func_id id) {
    return table[id];
}
