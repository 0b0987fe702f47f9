/* SPDX-License-Identifier: Apache-2.0
 *
 * Literals as vectors and back, and folding: constant parts of an expression are evaluated once, over a
 * batch of one row without columns, and become literals.
 */
#include "exec/program.h"

struct vec *program_literal(struct arena *a, const struct type *t, const struct value *value, uint32_t rows) {
    struct vec *v = vec_all_null(a, t, rows);
    if (value->null) return v;
    v->valid = NULL;
    switch (v->phys) {
    case PHYS_BOOL:
        *(uint8_t *)v->data = value->b;
        break;
    case PHYS_I8:
        *(int8_t *)v->data = (int8_t)value->i;
        break;
    case PHYS_I16:
        *(int16_t *)v->data = (int16_t)value->i;
        break;
    case PHYS_I32:
        *(int32_t *)v->data = (int32_t)value->i;
        break;
    case PHYS_I64:
        *(int64_t *)v->data = value->i;
        break;
    case PHYS_I128:
        *(__int128 *)v->data = value->i128;
        break;
    case PHYS_F32:
        *(float *)v->data = (float)value->f;
        break;
    case PHYS_F64:
        *(double *)v->data = value->f;
        break;
    case PHYS_STR:
        *(struct strview *)v->data = strview_of(value->s.ptr, value->s.len);
        break;
    default:
        break;
    }
    return v;
}

/* The value of row 0; strings are copied. */
static struct value value_of(struct arena *a, const struct vec *v) {
    struct value value = {.null = vec_is_null(v, 0)};
    uint32_t i = vec_index(v, 0);
    if (value.null) return value;
    switch (v->phys) {
    case PHYS_BOOL:
        value.b = ((const uint8_t *)v->data)[i];
        break;
    case PHYS_I8:
        value.i = ((const int8_t *)v->data)[i];
        break;
    case PHYS_I16:
        value.i = ((const int16_t *)v->data)[i];
        break;
    case PHYS_I32:
        value.i = ((const int32_t *)v->data)[i];
        break;
    case PHYS_I64:
        value.i = ((const int64_t *)v->data)[i];
        break;
    case PHYS_I128:
        value.i128 = ((const __int128 *)v->data)[i];
        break;
    case PHYS_F32:
        value.f = (double)((const float *)v->data)[i] + 0.0; /* as in Flink no constant is -0 */
        break;
    case PHYS_F64:
        value.f = ((const double *)v->data)[i] + 0.0;
        break;
    case PHYS_STR:
        value.s = arena_str(a, strview_str(&((const struct strview *)v->data)[i]));
        break;
    default:
        value.null = true;
        break;
    }
    return value;
}

static bool is_nested(const struct type *t) {
    return t->kind == TYPE_ARRAY || t->kind == TYPE_MAP || t->kind == TYPE_ROW;
}

/* Literals, and PURE calls of constants. */
static bool is_constant(const struct expr *e) {
    if (e->kind == EXPR_COLUMN) return false;
    if (e->kind == EXPR_CALL && !(e->func->flags & FUNC_PURE)) return false;
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (!is_constant(e->args[i])) return false;
    }
    return true;
}

/* A constant that is no literal yet and can be one. Its arguments have been folded: those that are no
 * literals are nested values, or failed and do so again. */
static bool can_evaluate(const struct expr *e) {
    return e->kind != EXPR_LITERAL && !is_nested(e->type) && is_constant(e);
}

static enum status evaluate(struct arena *a, const struct expr *e, const struct eval_ctx *ctx,
                            struct expr **out, struct error *error) {
    struct eval_ctx own = ctx ? *ctx : (struct eval_ctx){0};
    own.error = error;
    struct program *p;
    TRY(program_compile_raw(&e, 1, a, &own, &p, error));
    struct batch *one = batch_new(a, 0);
    one->rows = one->count = 1;
    struct vec *v;
    enum status st = program_eval(p, one, a, &own, &v);
    if (st == ST_OK) {
        struct expr *literal = ARENA_NEW(a, struct expr);
        literal->kind = EXPR_LITERAL;
        literal->type = e->type;
        literal->span = e->span;
        literal->value = value_of(a, v);
        *out = literal;
    }
    program_free(p);
    return st;
}

/* The arguments folded; a copy of the node only if one changed. */
static const struct expr *fold_args(struct arena *a, const struct expr *e, const struct eval_ctx *ctx) {
    struct expr *copy = NULL;
    for (uint32_t i = 0; i < e->nargs; i++) {
        const struct expr *arg = program_fold(a, e->args[i], ctx);
        if (arg == e->args[i]) continue;
        if (!copy) {
            copy = ARENA_NEW(a, struct expr);
            *copy = *e;
            copy->args = ARENA_ARRAY(a, struct expr *, e->nargs);
            memcpy(copy->args, e->args, e->nargs * sizeof *e->args);
        }
        copy->args[i] = (struct expr *)arg;
    }
    return copy ? copy : e;
}

const struct expr *program_fold(struct arena *a, const struct expr *e, const struct eval_ctx *ctx) {
    e = fold_args(a, e, ctx);
    if (!can_evaluate(e)) return e;
    struct error ignored = {0};
    struct expr *literal;
    return evaluate(a, e, ctx, &literal, &ignored) == ST_OK ? literal : e;
}

enum status expr_fold(struct arena *a, const struct expr *e, struct eval_ctx *ctx, struct expr **out,
                      struct error *err) {
    const struct expr *folded = program_fold(a, e, ctx);
    *out = (struct expr *)folded;
    return can_evaluate(folded) ? evaluate(a, folded, ctx, out, err) : ST_OK;
}
