/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract between compiled expressions (exec/expr.c) and kernels (exec/kernel_*.c).
 *
 * A kernel computes out[row] for every row of `sel`. It is called with
 *  - args FLAT or CONST (never DICT), all of the types its func_desc was bound with;
 *  - `out` FLAT, data allocated for the batch's rows, out->valid all set or NULL;
 *  - if the function is STRICT: `sel` already without rows in which an argument is NULL, and out->valid
 *    already cleared for them; such a kernel looks at no validity. Others read args' validity themselves
 *    and clear out's (kernel_null).
 * A pure loop over cheap operations should ignore `sel->idx` gaps only if reading garbage in unselected
 * rows is harmless (arithmetic yes; anything that follows a pointer or can fail: no).
 * Memory for strings and lists made comes from call->scratch, which lives until the operator's next push.
 */
#ifndef WEIR_EXEC_KERNEL_H
#define WEIR_EXEC_KERNEL_H

#include "base/error.h"
#include "exec/vec.h"
#include "planner/expr.h"
#include "planner/functions.h"

struct zone; /* exec/zone.h */

/* What an evaluation may know of the world; one a worker, filled by the task. */
struct eval_ctx {
    struct error *error;     /* where a failing kernel says why */
    const struct zone *zone; /* session zone (table.local-time-zone) */
    int64_t now_us;          /* CURRENT_TIMESTAMP for this batch, UTC microseconds */
    int64_t query_start_us;  /* the same in batch mode, for all rows; 0 in streaming mode */
    int64_t watermark_us;    /* CURRENT_WATERMARK where rows have none of their own; TIME_MIN none */
    const int64_t *wm_before;/* by row, or NULL; as in struct batch */
    uint64_t seed;           /* RAND, UUID: advanced by the kernels */
};

struct kernel_call {
    const struct expr *expr;       /* the node evaluated: types, span */
    const struct vec *const *args; /* expr->nargs vectors */
    struct vec *out;
    struct sel sel;                /* rows to compute */
    void *state;                   /* what init made of constant arguments; NULL without init */
    struct arena *scratch;         /* results' memory */
    struct eval_ctx *ctx;
};

typedef enum status (*kernel_fn)(struct kernel_call *call);

#define KERNEL_TOTAL(phys) (1u << (phys))
/* BOOL to F64 */
#define KERNEL_TOTAL_NUMBERS ((1u << PHYS_STR) - (1u << PHYS_BOOL))

/* `fn` by physical type of argument 0 where by_phys is set, else one function. */
struct kernel {
    kernel_fn fn;                    /* for every type, or NULL */
    kernel_fn by_phys[PHYS_COUNT];   /* used when fn is NULL: indexed by type_phys of argument 0's type */
    /* Bit by enum phys of argument 0: cannot fail and follows no pointer, so that `sel` may be all rows, NULL
     * and unselected ones too, if that is the faster loop. STRICT kernels only. */
    uint32_t total;
    /* Prepares from literal arguments (EXPR_LITERAL nodes in expr->args) once, at compile time: pattern,
     * format, ...; memory from `a` or freed by fini. Bad constants are errors with the literal's span. */
    enum status (*init)(const struct expr *expr, struct arena *a, const struct eval_ctx *ctx, void **state,
                        struct error *e);
    void (*fini)(void *state);
};

/* The kernel table, by function id (exec/kernel_table.c); NULL for LAZY functions and aggregates. */
const struct kernel *kernel_find(enum func_id id);

/* `kernel_<id>` for each row of functions.def that is neither LAZY nor AGG: defined in the kernel_*.c of
 * its group (`const struct kernel kernel_UPPER = {.fn = upper};`); a missing one fails to link. */
#define FUNC(id, name, args, result, flags, help) extern const struct kernel kernel_##id;
#include "planner/functions.def"
#undef FUNC

/* ---- helpers for kernels ---- */

/* Index into an argument's data for a row: 0 for CONST. */
static inline uint32_t arg_index(const struct vec *v, uint32_t row) {
    return v->form == VEC_CONST ? 0 : row;
}
static inline struct str arg_str(const struct vec *v, uint32_t row) {
    return strview_str(&((const struct strview *)v->data)[arg_index(v, row)]);
}
static inline bool arg_null(const struct vec *v, uint32_t row) {
    return v->valid && !valid_bit(v->valid, arg_index(v, row));
}
/* Makes out[row] NULL. */
static inline void kernel_null(struct kernel_call *call, uint32_t row) {
    valid_clear(vec_make_valid(call->out, call->scratch), row);
}
/* Copies the bytes into scratch memory and stores the view. */
static inline void kernel_put_str(struct kernel_call *call, uint32_t row, const char *p, size_t len) {
    if (len > STRVIEW_INLINE) {
        char *copy = arena_alloc_raw(call->scratch, len);
        memcpy(copy, p, len);
        p = copy;
    }
    ((struct strview *)call->out->data)[row] = strview_of(p, len);
}
/* Stores a view of bytes that live long enough (an argument's, or scratch memory). */
static inline void kernel_put_view(struct kernel_call *call, uint32_t row, const char *p, size_t len) {
    ((struct strview *)call->out->data)[row] = strview_of(p, len);
}

#endif
