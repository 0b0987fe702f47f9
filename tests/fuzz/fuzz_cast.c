/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes CAST from text to every type, and what comes of it: TRY_CAST gives NULL exactly where CAST fails; a
 * value printed and read again is the same value; and the value goes on to every other type there is a cast
 * to.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "exec/cast.h"
#include "exec/expr.h"
#include "exec/text.h"
#include "exec/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

#define TYPES 24

struct fuzz {
    struct arena arena;             /* of one input */
    struct error error;             /* of the last evaluation */
    struct eval_ctx ctx;            /* UTC */
    const struct type *types[TYPES]; /* cast to */
    uint32_t count;                 /* of types */
};

static void fail(const struct fuzz *f, const char *what, const struct type *t, struct str a, struct str b) {
    fprintf(stderr, "%s, type %d(%d): '%.*s' '%.*s' %s\n", what, t->kind, (int)t->precision, STR_ARG(a),
            STR_ARG(b), f->error.text);
    abort();
}

static void add_types(struct fuzz *f) {
    static const enum type_kind simple[] = {TYPE_BOOLEAN, TYPE_TINYINT, TYPE_SMALLINT, TYPE_INT, TYPE_BIGINT,
                                            TYPE_FLOAT, TYPE_DOUBLE, TYPE_DATE};
    static const unsigned decimals[][2] = {{38, 0}, {38, 38}, {38, 18}, {10, 2}, {18, 18}, {5, 0}, {1, 1}};
    for (unsigned i = 0; i < ARRAY_LEN(simple); i++) f->types[f->count++] = type_simple(simple[i], true);
    for (unsigned i = 0; i < ARRAY_LEN(decimals); i++)
        f->types[f->count++] = type_decimal(&f->arena, decimals[i][0], decimals[i][1], true);
    f->types[f->count++] = type_string(true);
    f->types[f->count++] = type_bytes(true);
    f->types[f->count++] = type_time(&f->arena, TYPE_TIME, 0, true);
    for (unsigned p = 0; p <= 6; p += 3) {
        f->types[f->count++] = type_time(&f->arena, TYPE_TIMESTAMP, p, true);
        if (p) f->types[f->count++] = type_time(&f->arena, TYPE_TIMESTAMP_LTZ, p, true);
    }
}

static struct expr *literal(struct fuzz *f, struct str s) {
    struct expr *e = ARENA_NEW(&f->arena, struct expr);
    e->kind = EXPR_LITERAL;
    e->type = type_string(true);
    e->value.s = s;
    return e;
}

static struct expr *cast(struct fuzz *f, struct expr *arg, const struct type *t, bool try_null) {
    struct expr *e = ARENA_NEW(&f->arena, struct expr);
    e->kind = EXPR_CAST;
    e->type = t;
    e->args = ARENA_ARRAY(&f->arena, struct expr *, 1);
    e->args[0] = arg;
    e->nargs = 1;
    e->try_null = try_null;
    return e;
}

enum outcome { FAILED, IS_NULL, IS_VALUE };

static enum outcome eval(struct fuzz *f, const struct expr *e, struct str *out) {
    struct program *p;
    struct vec *v;
    error_clear(&f->error);
    if (program_compile(&e, 1, &f->arena, &f->ctx, &p, &f->error) != ST_OK) return FAILED;
    struct batch *one = batch_new(&f->arena, 0);
    one->rows = one->count = 1;
    enum outcome r = FAILED;
    if (program_eval(p, one, &f->arena, &f->ctx, &v) == ST_OK) {
        struct text t = {.arena = &f->arena};
        r = vec_is_null(v, 0) ? IS_NULL : IS_VALUE;
        text_value(&t, v, 0, f->ctx.zone);
        *out = (struct str){t.ptr, t.len};
    } else if (f->error.code == ERR_NONE || !f->error.text[0]) {
        fail(f, "no reason is given", e->type, STR(""), STR(""));
    }
    program_free(p);
    return r;
}

static void check_type(struct fuzz *f, struct str text, const struct type *t) {
    struct str a = {"", 0}, b = {"", 0}, c = {"", 0};
    if (!cast_find(type_string(true), t)) return;
    struct expr *value = cast(f, literal(f, text), t, false);
    enum outcome plain = eval(f, value, &a), tried = eval(f, cast(f, literal(f, text), t, true), &b);
    if ((plain == IS_VALUE) != (tried == IS_VALUE)) fail(f, "CAST and TRY_CAST differ", t, a, b);
    if (plain != IS_VALUE) return;
    if (!str_eq(a, b)) fail(f, "CAST and TRY_CAST give other values", t, a, b);
    struct expr *printed = cast(f, value, type_string(true), false);
    if (t->kind != TYPE_VARBINARY && eval(f, cast(f, printed, t, false), &c) != IS_VALUE)
        fail(f, "what CAST printed, it does not read", t, a, c);
    if (t->kind != TYPE_VARBINARY && !str_eq(a, c)) fail(f, "printed and read again it differs", t, a, c);
    const struct type *next =
        f->types[(text.len + (text.len ? (uint8_t)text.ptr[text.len / 2] : 0)) % f->count];
    if (!cast_find(t, next)) return;
    plain = eval(f, cast(f, value, next, false), &b);
    tried = eval(f, cast(f, value, next, true), &c);
    if ((plain == IS_VALUE) != (tried == IS_VALUE) || (plain == IS_VALUE && !str_eq(b, c)))
        fail(f, "CAST and TRY_CAST of the value differ", next, b, c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    struct fuzz f = {0};
    f.ctx = (struct eval_ctx){.error = &f.error, .zone = zone_utc()};
    add_types(&f);
    struct str text = {(const char *)data, len_bytes};
    for (uint32_t i = 0; i < f.count; i++) check_type(&f, text, f.types[i]);
    arena_free(&f.arena);
    return 0;
}
