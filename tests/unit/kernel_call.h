/* SPDX-License-Identifier: Apache-2.0
 *
 * Calls one kernel from a unit test: kernel_text() gives the result as text ("NULL", "ERROR: ..."). Each call
 * is made twice, with literal arguments (CONST vectors, init sees the literals) and with columns (FLAT
 * vectors of five rows of which 1 and 4 are selected, row 4 NULL where the function is STRICT), and the
 * results must agree. An argument marked `literal` stays one.
 */
#ifndef WEIR_TESTS_KERNEL_CALL_H
#define WEIR_TESTS_KERNEL_CALL_H

#include <criterion/criterion.h>
#include <stdio.h>

#include "exec/datetime.h"
#include "exec/kernel.h"
#include "exec/zone.h"
#include "planner/symbols.h"

struct test_arg {
    enum type_kind kind;
    unsigned precision; /* of times */
    struct value value;
    bool literal; /* never a column */
    bool null;
};

#define S(z)                                                                                                 \
    {                                                                                                        \
        .kind = TYPE_VARCHAR, .value = {.s = {z, sizeof(z) - 1} }                                            \
    }
#define SL(z)                                                                                                \
    { .kind = TYPE_VARCHAR, .value = {.s = {z, sizeof(z) - 1}}, .literal = true }
#define S_NULL                                                                                               \
    { .kind = TYPE_VARCHAR, .value = {.s = {"", 0}}, .null = true }
#define I(n)                                                                                                 \
    {                                                                                                        \
        .kind = TYPE_INT, .value = {.i = n }                                                                 \
    }
#define IL(n)                                                                                                \
    { .kind = TYPE_INT, .value = {.i = n}, .literal = true }
#define L(n)                                                                                                 \
    {                                                                                                        \
        .kind = TYPE_BIGINT, .value = {.i = n }                                                              \
    }
#define F(x)                                                                                                 \
    {                                                                                                        \
        .kind = TYPE_DOUBLE, .value = {.f = x }                                                              \
    }
#define SYM(s)                                                                                               \
    { .kind = TYPE_SYMBOL, .value = {.i = SYM_##s}, .literal = true }
#define DATE(y, m, d)                                                                                        \
    {                                                                                                        \
        .kind = TYPE_DATE, .value = {.i = calendar_days(y, m, d) }                                           \
    }
#define TIME(ms)                                                                                             \
    {                                                                                                        \
        .kind = TYPE_TIME, .precision = 3, .value = {.i = ms }                                               \
    }
#define TS(z)                                                                                                \
    {                                                                                                        \
        .kind = TYPE_TIMESTAMP, .precision = 3, .value = {.i = test_ticks(z) }                               \
    }
#define LTZ(z)                                                                                               \
    {                                                                                                        \
        .kind = TYPE_TIMESTAMP_LTZ, .precision = 3, .value = {.i = test_ticks(z) }                           \
    }

static inline int64_t test_ticks(const char *z) {
    int64_t t = 0;
    cr_assert(datetime_parse_timestamp(z, strlen(z), DATETIME_CAST, false, 6, &t), "%s", z);
    return t;
}

static const struct zone *test_zone; /* session zone; NULL = UTC */

static inline const struct type *test_arg_type(struct arena *a, const struct test_arg *t) {
    if (t->kind == TYPE_TIME || t->kind == TYPE_TIMESTAMP || t->kind == TYPE_TIMESTAMP_LTZ)
        return type_time(a, t->kind, t->precision, true);
    return t->kind == TYPE_VARCHAR ? type_string(true) : type_simple(t->kind, true);
}

static inline void test_put(struct vec *v, uint32_t row, const struct test_arg *t) {
    switch (v->phys) {
    case PHYS_STR: ((struct strview *)v->data)[row] = strview_of(t->value.s.ptr, t->value.s.len); break;
    case PHYS_I64: ((int64_t *)v->data)[row] = t->value.i; break;
    case PHYS_I32: ((int32_t *)v->data)[row] = (int32_t)t->value.i; break;
    case PHYS_F64: ((double *)v->data)[row] = t->value.f; break;
    case PHYS_BOOL: ((bool *)v->data)[row] = t->value.b; break;
    default: cr_assert_fail("argument type");
    }
}

static inline void test_print(struct arena *a, const struct vec *v, uint32_t row, char *out, size_t room) {
    unsigned n = 0;
    if (vec_is_null(v, row)) {
        snprintf(out, room, "NULL");
        return;
    }
    switch (v->type->kind) {
    case TYPE_VARCHAR:
    case TYPE_CHAR: {
        struct str s = strview_str(&((const struct strview *)v->data)[row]);
        snprintf(out, room, "%.*s", STR_ARG(s));
        return;
    }
    case TYPE_BOOLEAN: snprintf(out, room, "%s", ((const bool *)v->data)[row] ? "TRUE" : "FALSE"); return;
    case TYPE_INT: snprintf(out, room, "%d", ((const int32_t *)v->data)[row]); return;
    case TYPE_DOUBLE: snprintf(out, room, "%g", ((const double *)v->data)[row]); return;
    case TYPE_DATE: n = datetime_print_date(out, ((const int32_t *)v->data)[row]); break;
    case TYPE_TIME: n = datetime_print_time(out, ((const int32_t *)v->data)[row], v->type->precision); break;
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        n = datetime_print_timestamp(out, ((const int64_t *)v->data)[row], v->type->precision, DATETIME_CAST);
        break;
    case TYPE_ARRAY: {
        struct listref l = ((const struct listref *)v->data)[row];
        size_t at = (size_t)snprintf(out, room, "[");
        for (uint32_t i = 0; i < l.len; i++) {
            if (i) at += (size_t)snprintf(out + at, room - at, ",");
            test_print(a, &v->child[0], l.offset + i, out + at, room - at);
            at += strlen(out + at);
        }
        snprintf(out + at, room - at, "]");
        return;
    }
    default: snprintf(out, room, "%lld", (long long)((const int64_t *)v->data)[row]); return;
    }
    out[n] = 0;
}

#define TEST_ROWS 5
#define TEST_ROW 1

static inline void test_call_once(enum func_id id, const struct kernel *k, const struct type *result,
                                  const struct test_arg *args, unsigned nargs, bool columns, char *text,
                                  size_t room) {
    struct arena a = {0};
    struct error e = {0};
    struct expr node = {.kind = EXPR_CALL, .type = result, .func = func_desc(id), .nargs = nargs};
    struct vec *vecs[8];
    struct eval_ctx ctx = {
        .error = &e, .zone = test_zone ? test_zone : zone_utc(), .now_us = 1234567890123456};
    node.args = ARENA_ARRAY(&a, struct expr *, nargs + 1);
    bool strict = node.func->flags & FUNC_STRICT;
    for (unsigned i = 0; i < nargs; i++) {
        bool column = columns && !args[i].literal;
        struct expr *arg = node.args[i] = ARENA_NEW(&a, struct expr);
        *arg =
            (struct expr){.kind = column ? EXPR_COLUMN : EXPR_LITERAL, .type = test_arg_type(&a, &args[i])};
        arg->value = args[i].value;
        arg->value.null = args[i].null;
        vecs[i] = ARENA_NEW(&a, struct vec);
        vec_make_flat(vecs[i], &a, arg->type, column ? TEST_ROWS : 1);
        for (unsigned r = 0; r < (column ? TEST_ROWS : 1); r++) {
            test_put(vecs[i], r, &args[i]);
            if (args[i].null) valid_clear(vec_make_valid(vecs[i], &a), r);
        }
        if (!column) vecs[i]->form = VEC_CONST, vecs[i]->rows = TEST_ROWS;
    }
    struct kernel_call call = {
        .expr = &node, .scratch = &a, .ctx = &ctx, .args = (const struct vec *const *)vecs};
    call.out = ARENA_NEW(&a, struct vec);
    vec_make_flat(call.out, &a, result, TEST_ROWS);
    static const uint32_t one[] = {TEST_ROW}, two[] = {TEST_ROW, 4};
    call.sel = strict ? (struct sel){one, 1} : (struct sel){two, 2};
    if (!columns) call.sel = (struct sel){NULL, TEST_ROWS};
    enum status st = ST_OK;
    if (k->init) st = k->init(&node, &a, &ctx, &call.state, &e);
    kernel_fn fn = k->fn ? k->fn : k->by_phys[type_phys(node.args[0]->type)];
    if (st == ST_OK) {
        st = fn(&call);
        if (k->fini && call.state) k->fini(call.state);
    }
    if (st == ST_OK) test_print(&a, call.out, TEST_ROW, text, room);
    else snprintf(text, room, "ERROR: %s", e.text);
    arena_free(&a);
}

static inline const char *test_kernel(enum func_id id, const struct kernel *k, const struct type *result,
                                      const struct test_arg *args, unsigned nargs) {
    static char text[2][2048];
    test_call_once(id, k, result, args, nargs, false, text[0], sizeof text[0]);
    test_call_once(id, k, result, args, nargs, true, text[1], sizeof text[1]);
    /* what is refused as a constant may be NULL as a value */
    if (strncmp(text[0], "ERROR", 5) != 0)
        cr_expect_str_eq(text[1], text[0], "by column: %s", func_desc(id)->name.ptr);
    return text[0];
}

/* CALL(UPPER, STRING, S("x")): result kinds by short name. */
#define CALL(id, kind, ...)                                                                                  \
    test_kernel(FN_##id, &kernel_##id, test_result_##kind(), (const struct test_arg[]){__VA_ARGS__},         \
                sizeof((const struct test_arg[]){__VA_ARGS__}) / sizeof(struct test_arg))
#define GIVES(want, ...) cr_expect_str_eq(CALL(__VA_ARGS__), want)

#define TEST_SIMPLE(name, call)                                                                              \
    static inline const struct type *test_result_##name(void) {                                              \
        return call;                                                                                         \
    }
static const struct type test_ts3 = {.kind = TYPE_TIMESTAMP, .precision = 3, .nullable = true};
static const struct type test_ts6 = {.kind = TYPE_TIMESTAMP, .precision = 6, .nullable = true};
static const struct type test_ltz3 = {.kind = TYPE_TIMESTAMP_LTZ, .precision = 3, .nullable = true};
static const struct type test_ltz6 = {.kind = TYPE_TIMESTAMP_LTZ, .precision = 6, .nullable = true};
static const struct type test_time = {.kind = TYPE_TIME, .precision = 0, .nullable = true};
TEST_SIMPLE(STRING, type_string(true))
TEST_SIMPLE(INT, type_simple(TYPE_INT, true))
TEST_SIMPLE(BIGINT, type_simple(TYPE_BIGINT, true))
TEST_SIMPLE(BOOLEAN, type_simple(TYPE_BOOLEAN, true))
TEST_SIMPLE(DOUBLE, type_simple(TYPE_DOUBLE, true))
TEST_SIMPLE(DATE, type_simple(TYPE_DATE, true))
TEST_SIMPLE(TIME, &test_time)
TEST_SIMPLE(TS3, &test_ts3)
TEST_SIMPLE(TS6, &test_ts6)
TEST_SIMPLE(LTZ3, &test_ltz3)
TEST_SIMPLE(LTZ6, &test_ltz6)

#endif
