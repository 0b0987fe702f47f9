/* SPDX-License-Identifier: Apache-2.0
 *
 * GROUP BY without windows: every aggregate and type, NULLs, retraction, DISTINCT and FILTER, TTL, final
 * rows, two phases; each in all modes of the harness.
 */
#include <criterion/criterion.h>

#include "tests/unit/op_harness.h"

static struct agg_call call(struct arena *a, enum func_id id, const struct type *t, const char *args) {
    return (struct agg_call){.func = func_desc(id), .type = t, .args = harness_cols(a, args), .filter = -1};
}

static struct plan_node *group(struct arena *a, const char *out, const char *in, const char *keys,
                               struct agg_call *calls, uint32_t n) {
    struct plan_node *node = harness_node(a, PLAN_GROUP_AGG, out, in, NULL);
    node->group_agg = (struct plan_group_agg){.keys = harness_cols(a, keys), .naggs = n, .aggs = calls,
                                              .emit_before = true};
    return node;
}

#define BIGINT type_simple(TYPE_BIGINT, true)
#define CALLS(...)                                                                                           \
    (struct agg_call[]){__VA_ARGS__}, sizeof((struct agg_call[]){__VA_ARGS__}) / sizeof(struct agg_call)
#define HARNESS(node_, steps_)                                                                               \
    {.node = (node_), .steps = (steps_), .nsteps = sizeof(steps_) / sizeof *(steps_), .wm_col = {-1, -1},    \
     .keys = {(node_)->group_agg.keys}}

Test(op_group_agg, net_changes) {
    struct arena a = {0};
    struct plan_node *n = group(&a, "sl", "sl", "0", CALLS(call(&a, FN_COUNT_STAR, BIGINT, "")));
    struct step steps[] = {PUSH(0, "x 1; y 1; x 1; NULL 1"), PUSH(0, "x 1; NULL 2")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2]\n+I[y, 1]\n+I[NULL, 1]\n"
                                        "-U[x, 2]\n+U[x, 3]\n-U[NULL, 1]\n+U[NULL, 2]\n");
    n->group_agg.emit_before = false;
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2]\n+I[y, 1]\n+I[NULL, 1]\n+U[x, 3]\n+U[NULL, 2]\n");
    n->group_agg.emit_before = true;
    EXPECT_STR(harness_all(&h, &a), "[NULL, 2]\n[x, 3]\n[y, 1]\n");
    arena_free(&a);
}

Test(op_group_agg, every_function) {
    struct arena a = {0};
    const struct type *i = type_simple(TYPE_INT, true), *d = type_simple(TYPE_DOUBLE, true);
    const struct type *sum = type_decimal(&a, 38, 2, true), *avg = type_decimal(&a, 38, 6, true);
    struct agg_call calls[] = {
        call(&a, FN_COUNT_AGG, BIGINT, "1"), call(&a, FN_SUM, i, "1"),   call(&a, FN_AVG, i, "1"),
        call(&a, FN_MIN, i, "1"),            call(&a, FN_MAX, i, "1"),   call(&a, FN_SUM, d, "2"),
        call(&a, FN_AVG, d, "2"),            call(&a, FN_SUM, sum, "3"), call(&a, FN_AVG, avg, "3"),
        call(&a, FN_MIN, type_string(true), "4"), call(&a, FN_MAX, type_string(true), "4"),
        call(&a, FN_SUM, sum, "5"),
    };
    struct plan_node *n = group(&a, "lliiiidddddss", "lidDsE", "0", calls, 12);
    struct step steps[] = {
        PUSH(0, "1 7 0.5 100 pear 5; 1 NULL NULL NULL NULL NULL; 2 NULL NULL NULL NULL NULL;"
                "1 -2 1.5 201 a-long-name-of-an-apple 6; 3 2147483647 1 1 zebra-in-long-form 1"),
        PUSH(0, "1 2 4 -100 b 7; 3 1 2 1 zebra-in-longer-form 1; 3 1 2 1 a-zebra-in-long-form 1")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a),
               "[1, 3, 7, 2, -2, 7, 6, 2, 201, 670000, a-long-name-of-an-apple, pear, 18]\n"
               "[2, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL]\n"
               "[3, 3, -2147483647, 715827883, 1, 2147483647, 5, 1.6666666666666667, 3, 10000, "
               "a-zebra-in-long-form, zebra-in-longer-form, 3]\n");
    arena_free(&a);
}

/* Rows are taken back that were never given: what is left of the key is not found by the next one. */
Test(op_group_agg, taken_back_unseen) {
    struct arena a = {0};
    struct agg_call distinct = call(&a, FN_COUNT_AGG, BIGINT, "1");
    distinct.distinct = true;
    struct plan_node *n =
        group(&a, "sll", "sl", "0", CALLS(call(&a, FN_MAX, type_simple(TYPE_BIGINT, true), "1"), distinct));
    n->group_agg.input_retracts = true;
    struct step steps[] = {PUSH(0, "-D x 5; +I x 3"), PUSH(0, "+I y 3; +I y 4"), PUSH(0, "-D y 3"),
                           PUSH(0, "+I x 3; +I x 1"), PUSH(0, "-D x 3")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_table(&h, &a), "[x, 1, 1]\n[y, 4, 1]\n");
    arena_free(&a);
}

Test(op_group_agg, retraction) {
    struct arena a = {0};
    struct plan_node *n =
        group(&a, "sllss", "sls", "0",
              CALLS(call(&a, FN_SUM, BIGINT, "1"), call(&a, FN_MAX, BIGINT, "1"),
                    call(&a, FN_MIN, type_string(true), "2"), call(&a, FN_MAX, type_string(true), "2")));
    n->group_agg.input_retracts = true;
    struct step steps[] = {PUSH(0, "x 5 pear; x 9 apple-with-a-long-name; y 1 z; x 7 NULL; x 9 fig"),
                           PUSH(0, "-D x 9 apple-with-a-long-name; -D y 1 z; -U x 5 pear; +U x 2 quince"),
                           PUSH(0, "-D x 9 fig; +I y 4 b; -D x 7 NULL; -D y 4 b; w 1 e"),
                           PUSH(0, "-D w 1 e; -D x 2 quince")};
    struct harness h = HARNESS(n, steps);
    h.nsteps = 2;
    EXPECT_STR(harness_all(&h, &a), "[x, 18, 9, fig, quince]\n");
    h.nsteps = 3;
    EXPECT_STR(harness_all(&h, &a), "[w, 1, 1, e, e]\n[x, 2, 2, quince, quince]\n");
    h.nsteps = 4;
    EXPECT_STR(harness_all(&h, &a), "");
    arena_free(&a);
}

Test(op_group_agg, nan_is_the_greatest_when_rows_are_taken_back) {
    struct arena a = {0};
    const struct type *d = type_simple(TYPE_DOUBLE, true);
    struct plan_node *n =
        group(&a, "sdd", "sd", "0", CALLS(call(&a, FN_MIN, d, "1"), call(&a, FN_MAX, d, "1")));
    n->group_agg.input_retracts = true;
    struct step steps[] = {PUSH(0, "x 5; x NaN; x 9; x 1; x 7"), PUSH(0, "-D x 1; -D x 9"),
                           PUSH(0, "-D x NaN")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 1, nan]\n-U[x, 1, nan]\n+U[x, 5, nan]\n"
                                        "-U[x, 5, nan]\n+U[x, 5, 7]\n");
    arena_free(&a);
}

Test(op_group_agg, distinct_and_filter) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_AGG, BIGINT, "1"), call(&a, FN_SUM, BIGINT, "1"),
                               call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_COUNT_AGG, BIGINT, "13"),
                               call(&a, FN_MAX, BIGINT, "1")};
    calls[0].distinct = calls[1].distinct = calls[3].distinct = calls[4].distinct = true;
    calls[2].filter = calls[1].filter = 2;
    struct plan_node *n = group(&a, "lllllll", "llbs", "0", calls, 5);
    n->group_agg.input_retracts = true;
    struct step steps[] = {
        PUSH(0, "1 10 true a; 1 10 false a; 1 20 NULL b; 1 10 true a; 1 NULL true c; 2 1 true NULL"),
        PUSH(0, "-D 1 10 true a; 1 30 true a; 1 30 true b; -D 1 20 NULL b")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a), "[1, 2, 40, 4, 3, 30]\n[2, 1, 1, 1, 0, 1]\n");
    arena_free(&a);
}

Test(op_group_agg, without_keys) {
    struct arena a = {0};
    struct plan_node *n = group(&a, "ll", "l", "",
                                CALLS(call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_SUM, BIGINT, "0")));
    struct step steps[] = {PUSH(0, "1; 2; NULL")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a), "[3, 3]\n");
    h.nsteps = 0;
    EXPECT_STR(harness_all(&h, &a), "");
    n->group_agg.final_only = true;
    EXPECT_STR(harness_all(&h, &a), "[0, NULL]\n");
    h.nsteps = 1;
    EXPECT_STR(harness_changes(&h, &a), "+I[3, 3]\n");
    arena_free(&a);
}

Test(op_group_agg, keys_alone_are_select_distinct) {
    struct arena a = {0};
    struct plan_node *n = group(&a, "as", "as", "01", NULL, 0);
    struct step steps[] = {PUSH(0, "1 x; 2 y; 1 x; 2 NULL"), PUSH(0, "2 NULL; 3 x")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[[1, 2], x]\n+I[[2, 3], y]\n+I[[2, 3], NULL]\n+I[[3, 4], x]\n");
    EXPECT_STR(harness_all(&h, &a), "[[1, 2], x]\n[[2, 3], NULL]\n[[2, 3], y]\n[[3, 4], x]\n");
    arena_free(&a);
}

Test(op_group_agg, keys_are_forgotten_after_their_time) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_COUNT_AGG, BIGINT, "1")};
    calls[1].distinct = true;
    struct plan_node *n = group(&a, "sll", "sl", "0", calls, 2);
    n->group_agg.ttl_us = 10000000;
    n->group_agg.ttl_event_time = true;
    struct step steps[] = {WM(1000),       PUSH(0, "x 1; y 1"), WM(8000),
                           PUSH(0, "y 2"), WM(12000),           PUSH(0, "x 1; y 1")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 1, 1]\n+I[y, 1, 1]\n-U[y, 1, 1]\n+U[y, 2, 2]\n"
                                        "+I[x, 1, 1]\n-U[y, 2, 2]\n+U[y, 3, 2]\n");
    h.cut_everywhere = true;
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 1, 1]\n+I[y, 1, 1]\n-U[y, 1, 1]\n+U[y, 2, 2]\n"
                                        "+I[x, 1, 1]\n-U[y, 2, 2]\n+U[y, 3, 2]\n");
    arena_free(&a);
}

Test(op_group_agg, two_phases) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_AVG, BIGINT, "1"),
                               call(&a, FN_MIN, type_string(true), "2")};
    struct plan_node *n = group(&a, "slllsl", "sls", "0", calls, 3);
    n->group_agg.phase = AGG_LOCAL;
    struct step steps[] = {PUSH(0, "x 1 a; x 4 a-string-that-is-long; y NULL NULL"), TICK(1),
                           PUSH(0, "x 5 b")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2, 5, 2, a, 2]\n+I[y, 1, 0, 0, , 0]\n+I[x, 1, 5, 1, b, 1]\n");
    n = group(&a, "slls", "slllsl", "0", calls, 3);
    n->group_agg.phase = AGG_GLOBAL;
    struct step more[] = {PUSH(0, "x 2 5 2 a 2; y 1 0 0 NULL 0"), PUSH(0, "x 1 5 1 b 1; y 1 3 1 NULL 0")};
    struct harness g = HARNESS(n, more);
    EXPECT_STR(harness_all(&g, &a), "[x, 3, 3, a]\n[y, 2, 3, NULL]\n");
    arena_free(&a);
}

Test(op_group_agg, memory_limit_names_the_operator) {
    struct arena a = {0};
    struct plan_node *n = group(&a, "ll", "l", "0", CALLS(call(&a, FN_COUNT_STAR, BIGINT, "")));
    struct step steps[] = {PUSH(0, "1; 2; 3")};
    struct harness h = HARNESS(n, steps);
    h.mem_limit = 1000;
    harness_changes(&h, &a);
    cr_assert(str_starts(h.error, STR("group aggregate needs more memory")), "%.*s", STR_ARG(h.error));
    arena_free(&a);
}
