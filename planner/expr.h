/* SPDX-License-Identifier: Apache-2.0
 *
 * Bound scalar expressions: names resolved to column numbers, every node typed, every implicit cast
 * made explicit. Immutable once bound; compiled by exec/expr.h.
 */
#ifndef WEIR_PLANNER_EXPR_H
#define WEIR_PLANNER_EXPR_H

#include "base/error.h"
#include "planner/functions.h"
#include "planner/type.h"

enum expr_kind {
    EXPR_COLUMN,  /* input column `column` */
    EXPR_LITERAL, /* `value` */
    EXPR_CALL,    /* `func` over args; operators, IN lists, casts of the function table included */
    EXPR_CAST,    /* args[0] to `type`; `try_null`: NULL where it fails */
    EXPR_CASE,    /* args: condition, result, condition, result, ..., else (always there) */
    EXPR_FIELD,   /* field `column` of the ROW args[0] */
};

/* A literal; arrays, maps and rows are calls of constructors over literals. */
struct value {
    bool null;
    union {
        bool b;
        int64_t i;      /* integers, DATE, TIME, times, intervals, DECIMAL up to 18 digits, SYMBOL */
        __int128 i128;  /* DECIMAL beyond 18 digits */
        double f;       /* FLOAT and DOUBLE */
        struct str s;   /* strings and bytes */
    };
};

struct expr {
    enum expr_kind kind;
    const struct type *type;
    struct span span;             /* place in the statement, for errors */
    uint32_t column;              /* EXPR_COLUMN, EXPR_FIELD */
    const struct func_desc *func; /* EXPR_CALL */
    bool try_null;                /* EXPR_CAST */
    struct value value;           /* EXPR_LITERAL */
    uint32_t nargs;
    struct expr **args;
};

struct expr *expr_column(struct arena *a, uint32_t column, const struct type *type, struct span span);
struct expr *expr_literal(struct arena *a, const struct type *type, struct value value, struct span span);
struct expr *expr_call(struct arena *a, enum func_id id, const struct type *type, struct expr **args,
                       uint32_t nargs, struct span span);
/* `e` itself when it has that type already. */
struct expr *expr_cast(struct arena *a, struct expr *e, const struct type *type);
/* Structural equality (types and literals included); spans are ignored. */
bool expr_equal(const struct expr *a, const struct expr *b);
/* True if no column is read and all functions are PURE. */
bool expr_is_constant(const struct expr *e);
/* The flags of all functions in it, or-ed. */
uint32_t expr_flags(const struct expr *e);
/* Marks the columns read in `used`. */
void expr_columns(const struct expr *e, bool *used);
/* A copy with column c replaced by map[c]. */
struct expr *expr_remap(struct arena *a, const struct expr *e, const uint32_t *map);
/* A copy with column c replaced by the expression with[c] (merging projections). */
struct expr *expr_substitute(struct arena *a, const struct expr *e, struct expr *const *with);
/* SQL-like text for EXPLAIN; `names` are the input columns. */
struct str expr_print(struct arena *a, const struct expr *e, const struct str *names);

#endif
