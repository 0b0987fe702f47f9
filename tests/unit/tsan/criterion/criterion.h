/* SPDX-License-Identifier: Apache-2.0
 *
 * Stands in for Criterion under ThreadSanitizer, where Criterion's shared arena finds no address: the same
 * names for what our unit tests use of it, each test in a process of its own (runner.c). An assertion prints
 * its place, its text and its message. What is missing here does not compile; add it.
 */
#ifndef WEIR_TESTS_UNIT_TSAN_CRITERION_H
#define WEIR_TESTS_UNIT_TSAN_CRITERION_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct unit_test {
    const char *suite;  /* both names as in Test() */
    const char *name;   /* unique within the suite */
    void (*run)(void);  /* the body */
    void (*init)(void); /* before it; NULL = none */
    void (*fini)(void); /* after it; NULL = none */
    int signal;         /* that must end it; 0 = none */
    int exit_code;      /* that it must have */
    double timeout;     /* accepted, but ignored: the stage has one */
    bool disabled;      /* not run */
};

/* Prints a failure; ends the process when fatal. */
void unit_fail(const char *file, int line, const char *text, bool fatal, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Pointers to the tests, so that the section holds no padding. */
#define Test(suite_, name_, ...)                                                                             \
    static void suite_##_##name_(void);                                                                      \
    static const struct unit_test suite_##_##name_##_test = {                                                \
        .suite = #suite_, .name = #name_, .run = suite_##_##name_, __VA_ARGS__};                             \
    static const struct unit_test *const suite_##_##name_##_entry                                            \
        __attribute__((used, section("unit_tests"))) = &suite_##_##name_##_test;     \
    static void suite_##_##name_(void)

#define UNIT_CHECK(cond, text, fatal, ...)                                                                   \
    do {                                                                                                     \
        if (!(cond)) unit_fail(__FILE__, __LINE__, text, fatal, " " __VA_ARGS__);                            \
    } while (0)
#define UNIT_OP(a, op, b, fatal, ...) UNIT_CHECK((a)op(b), #a " " #op " " #b, fatal, __VA_ARGS__)
#define UNIT_STR(a, op, b, fatal, ...) UNIT_CHECK(strcmp(a, b) op 0, #a " " #op " " #b, fatal, __VA_ARGS__)
#define UNIT_MEM(a, op, b, n, fatal, ...)                                                                    \
    UNIT_CHECK(memcmp(a, b, n) op 0, #a " " #op " " #b, fatal, __VA_ARGS__)
#define UNIT_NEAR(a, b, e, fatal, ...)                                                                       \
    UNIT_CHECK(fabs((double)(a) - (double)(b)) <= (e), #a " near " #b, fatal, __VA_ARGS__)

#define cr_fatal(...) unit_fail(__FILE__, __LINE__, "fails always", true, " " __VA_ARGS__)
#define cr_assert_fail(...) unit_fail(__FILE__, __LINE__, "fails always", true, " " __VA_ARGS__)
#define cr_fail(...) unit_fail(__FILE__, __LINE__, "fails always", false, " " __VA_ARGS__)
#define cr_expect_fail(...) unit_fail(__FILE__, __LINE__, "fails always", false, " " __VA_ARGS__)
#define cr_assert(c, ...) UNIT_CHECK(c, #c, true, __VA_ARGS__)
#define cr_expect(c, ...) UNIT_CHECK(c, #c, false, __VA_ARGS__)
#define cr_assert_not(c, ...) UNIT_CHECK(!(c), "not " #c, true, __VA_ARGS__)
#define cr_expect_not(c, ...) UNIT_CHECK(!(c), "not " #c, false, __VA_ARGS__)
#define cr_assert_eq(a, b, ...) UNIT_OP(a, ==, b, true, __VA_ARGS__)
#define cr_expect_eq(a, b, ...) UNIT_OP(a, ==, b, false, __VA_ARGS__)
#define cr_assert_neq(a, b, ...) UNIT_OP(a, !=, b, true, __VA_ARGS__)
#define cr_expect_neq(a, b, ...) UNIT_OP(a, !=, b, false, __VA_ARGS__)
#define cr_assert_lt(a, b, ...) UNIT_OP(a, <, b, true, __VA_ARGS__)
#define cr_expect_lt(a, b, ...) UNIT_OP(a, <, b, false, __VA_ARGS__)
#define cr_assert_leq(a, b, ...) UNIT_OP(a, <=, b, true, __VA_ARGS__)
#define cr_expect_leq(a, b, ...) UNIT_OP(a, <=, b, false, __VA_ARGS__)
#define cr_assert_gt(a, b, ...) UNIT_OP(a, >, b, true, __VA_ARGS__)
#define cr_expect_gt(a, b, ...) UNIT_OP(a, >, b, false, __VA_ARGS__)
#define cr_assert_geq(a, b, ...) UNIT_OP(a, >=, b, true, __VA_ARGS__)
#define cr_expect_geq(a, b, ...) UNIT_OP(a, >=, b, false, __VA_ARGS__)
#define cr_assert_null(a, ...) UNIT_OP(a, ==, NULL, true, __VA_ARGS__)
#define cr_expect_null(a, ...) UNIT_OP(a, ==, NULL, false, __VA_ARGS__)
#define cr_assert_not_null(a, ...) UNIT_OP(a, !=, NULL, true, __VA_ARGS__)
#define cr_expect_not_null(a, ...) UNIT_OP(a, !=, NULL, false, __VA_ARGS__)
#define cr_assert_str_eq(a, b, ...) UNIT_STR(a, ==, b, true, __VA_ARGS__)
#define cr_expect_str_eq(a, b, ...) UNIT_STR(a, ==, b, false, __VA_ARGS__)
#define cr_assert_str_neq(a, b, ...) UNIT_STR(a, !=, b, true, __VA_ARGS__)
#define cr_expect_str_neq(a, b, ...) UNIT_STR(a, !=, b, false, __VA_ARGS__)
#define cr_assert_str_empty(a, ...) UNIT_STR(a, ==, "", true, __VA_ARGS__)
#define cr_expect_str_empty(a, ...) UNIT_STR(a, ==, "", false, __VA_ARGS__)
#define cr_assert_arr_eq(a, b, n, ...) UNIT_MEM(a, ==, b, n, true, __VA_ARGS__)
#define cr_expect_arr_eq(a, b, n, ...) UNIT_MEM(a, ==, b, n, false, __VA_ARGS__)
#define cr_assert_float_eq(a, b, e, ...) UNIT_NEAR(a, b, e, true, __VA_ARGS__)
#define cr_expect_float_eq(a, b, e, ...) UNIT_NEAR(a, b, e, false, __VA_ARGS__)
#define cr_skip_test(...) exit(0)

#endif
