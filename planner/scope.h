/* SPDX-License-Identifier: Apache-2.0
 *
 * Names that an unfinished query can use: a FROM item alone is bound, and gives its columns. For completion.
 */
#ifndef WEIR_PLANNER_SCOPE_H
#define WEIR_PLANNER_SCOPE_H

#include "planner/planner.h"

struct scope_name {
    struct str qualifier; /* alias or name of the table; empty = none */
    struct str name;
    const struct type *type;
    enum time_attr time;
};
struct scope_names {
    struct scope_name *items;
    uint32_t count;
};

/* Adds the columns of a FROM item; an item that cannot be bound adds none. `with`: "a AS (..), .." or empty;
 * `before`: the item to the left, for UNNEST; or empty. */
void scope_add_item(struct planner_ctx *ctx, struct str with, struct str before, struct str item,
                    struct scope_names *out);

#endif
