/* SPDX-License-Identifier: Apache-2.0
 *
 * The table behind functions.h.
 */
#include "planner/functions.h"

#define STRICT FUNC_STRICT
#define PURE FUNC_PURE
#define DYNAMIC FUNC_DYNAMIC
#define RANDOM FUNC_RANDOM
#define LAZY FUNC_LAZY
#define TRY_NULL FUNC_TRY
#define AGG FUNC_AGG
#define NULLS FUNC_NULLS
#define NOTNULL FUNC_NOTNULL

static const struct func_desc table[FN_COUNT] = {
#define FUNC(id, name, args, result, flags, help)                                                            \
    [FN_##id] = {FN_##id, {name, sizeof(name) - 1}, args, #result, flags, help},
#include "planner/functions.def"
#undef FUNC
};

const struct func_desc *func_desc(enum func_id id) {
    return &table[id];
}

static const struct func_desc *find_from(struct str name, unsigned from) {
    for (unsigned i = from; i < FN_COUNT; i++) {
        if (str_ieq(table[i].name, name)) return &table[i];
    }
    return NULL;
}

const struct func_desc *func_find(struct str name) {
    return find_from(name, 0);
}

const struct func_desc *func_next(const struct func_desc *f) {
    return find_from(f->name, f->id + 1u);
}
