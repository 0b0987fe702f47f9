/* SPDX-License-Identifier: Apache-2.0
 *
 * For tests of expressions and kernels: nodes built by hand, columns from text, results as text.
 */
#ifndef WEIR_TESTS_UNIT_EXPRKIT_H
#define WEIR_TESTS_UNIT_EXPRKIT_H

#include <criterion/criterion.h>

#include "exec/cast.h"
#include "exec/expr.h"
#include "exec/text.h"

struct kit {
    struct arena arena;
    struct error error;
    struct eval_ctx ctx;
};

static inline struct kit *kit_new(void) {
    struct kit *k = calloc(1, sizeof *k);
    k->ctx.error = &k->error;
    k->ctx.zone = zone_utc();
    return k;
}
static inline void kit_free(struct kit *k) {
    arena_free(&k->arena);
    free(k);
}

static inline struct expr *kit_node(struct kit *k, enum expr_kind kind, const struct type *t) {
    struct expr *e = ARENA_NEW(&k->arena, struct expr);
    e->kind = kind;
    e->type = t;
    return e;
}
static inline struct expr *kit_column(struct kit *k, uint32_t column, const struct type *t) {
    struct expr *e = kit_node(k, EXPR_COLUMN, t);
    e->column = column;
    return e;
}
static inline struct expr *kit_string(struct kit *k, const char *z) {
    struct expr *e = kit_node(k, EXPR_LITERAL, type_string(true));
    e->value = z ? (struct value){.s = str_of(z)} : (struct value){.null = true};
    return e;
}
static inline struct expr *kit_int(struct kit *k, enum type_kind kind, int64_t x) {
    struct expr *e = kit_node(k, EXPR_LITERAL, type_simple(kind, true));
    e->value.i = x;
    return e;
}
static inline struct expr *kit_null(struct kit *k, const struct type *t) {
    struct expr *e = kit_node(k, EXPR_LITERAL, t);
    e->value.null = true;
    return e;
}
/* Arguments end with NULL. */
static inline struct expr *kit_args(struct kit *k, struct expr *e, va_list ap) {
    e->args = ARENA_ARRAY(&k->arena, struct expr *, 16);
    for (struct expr *arg; (arg = va_arg(ap, struct expr *));) e->args[e->nargs++] = arg;
    return e;
}
static inline struct expr *kit_call(struct kit *k, enum func_id id, const struct type *t, ...) {
    struct expr *e = kit_node(k, EXPR_CALL, t);
    e->func = func_desc(id);
    va_list ap;
    va_start(ap, t);
    kit_args(k, e, ap);
    va_end(ap);
    return e;
}
static inline struct expr *kit_case(struct kit *k, const struct type *t, ...) {
    struct expr *e = kit_node(k, EXPR_CASE, t);
    va_list ap;
    va_start(ap, t);
    kit_args(k, e, ap);
    va_end(ap);
    return e;
}
static inline struct expr *kit_cast(struct kit *k, struct expr *arg, const struct type *t, bool try_null) {
    struct expr *e = kit_node(k, EXPR_CAST, t);
    e->args = ARENA_ARRAY(&k->arena, struct expr *, 1);
    e->args[0] = arg;
    e->nargs = 1;
    e->try_null = try_null;
    return e;
}

/* Evaluates over the batch; the selected rows as text, separated by "|", or the error's text. */
static inline struct str kit_eval(struct kit *k, const struct expr *e, const struct batch *in) {
    struct arena *a = &k->arena;
    struct program *p;
    error_clear(&k->error);
    if (program_compile(&e, 1, a, &k->ctx, &p, &k->error) != ST_OK)
        return arena_printf(a, "! %s", k->error.text);
    struct vec *v;
    enum status st = program_eval(p, in, a, &k->ctx, &v);
    if (st != ST_OK) {
        program_free(p);
        return arena_printf(a, "! %s", k->error.text);
    }
    struct text t = {.arena = a};
    SEL_FOREACH(batch_sel(in), i, row) {
        if (i) text_append(&t, "|", 1);
        text_value(&t, v, row, k->ctx.zone);
    }
    program_free(p);
    return (struct str){t.ptr, t.len};
}
/* A constant expression. */
static inline struct str kit_const(struct kit *k, const struct expr *e) {
    struct batch *one = batch_new(&k->arena, 0);
    one->rows = one->count = 1;
    return kit_eval(k, e, one);
}
#define kit_is(got, want)                                                                                    \
    do {                                                                                                     \
        struct str g = (got);                                                                                \
        cr_assert(str_eq(g, STR(want)), "got: %.*s\nwant: %s", STR_ARG(g), want);                            \
    } while (0)

#endif
