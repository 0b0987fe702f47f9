/* SPDX-License-Identifier: Apache-2.0
 *
 * The registry of functions, from functions.def: ids, descriptions and look-up by name. Kernels are
 * found by id in exec/kernel.h; the binder resolves signatures in planner/bind_function.c.
 */
#ifndef WEIR_PLANNER_FUNCTIONS_H
#define WEIR_PLANNER_FUNCTIONS_H

#include <stdint.h>

#include "base/str.h"

enum func_id {
#define FUNC(id, name, args, result, flags, help) FN_##id,
#include "planner/functions.def"
#undef FUNC
    FN_COUNT
};

enum func_flag {
    FUNC_STRICT = 1,   /* a NULL argument gives NULL */
    FUNC_PURE = 2,     /* may be folded */
    FUNC_DYNAMIC = 4,  /* depends on session, clock or watermark */
    FUNC_RANDOM = 8,   /* not deterministic */
    FUNC_LAZY = 16,    /* evaluated by the expression program */
    FUNC_TRY = 32,     /* NULL instead of an error */
    FUNC_AGG = 64,     /* an aggregate */
    FUNC_NULLS = 128,  /* result always nullable */
    FUNC_NOTNULL = 256 /* result never NULL */
};

struct func_desc {
    enum func_id id;
    struct str name;    /* as written in SQL, upper case */
    const char *args;   /* argument patterns */
    const char *result; /* result type or rule */
    uint32_t flags;     /* enum func_flag */
    const char *help;   /* one line */
};

const struct func_desc *func_desc(enum func_id id);
/* The first row of that name (ASCII case ignored), or NULL; rows of one name need not be adjacent:
 * func_next gives the next one. */
const struct func_desc *func_find(struct str name);
const struct func_desc *func_next(const struct func_desc *f);
/* The arguments for people: "STRING, INT [, INT]". Cut off at cap; gives buf. */
const char *func_args_text(const struct func_desc *f, char *buf, size_t cap);

#endif
