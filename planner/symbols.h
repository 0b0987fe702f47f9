/* SPDX-License-Identifier: Apache-2.0
 *
 * SYMBOL arguments: keywords of special forms (time units, TRIM sides, JSON clauses). The binder looks a
 * word up with symbol_find() and passes an INT literal of type SYMBOL with the value; kernels read it
 * with symbol_arg().
 */
#ifndef WEIR_PLANNER_SYMBOLS_H
#define WEIR_PLANNER_SYMBOLS_H

#include <stdbool.h>

#include "base/str.h"

enum symbol {
#define SYMBOL(id, word) SYM_##id,
#include "planner/symbols.def"
#undef SYMBOL
    SYM_COUNT
};

/* ASCII case is ignored; also the aliases SQL_TSI_SECOND, SECONDS and their like of time units. False:
 * no such word. */
bool symbol_find(struct str word, enum symbol *out);
/* The word, for messages and EXPLAIN. */
const char *symbol_name(enum symbol s);
static inline bool symbol_is_unit(enum symbol s) {
    return s <= SYM_EPOCH;
}

#endif
