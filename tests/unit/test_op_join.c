/* SPDX-License-Identifier: Apache-2.0
 *
 * Joins: built from a bounded side, of two sides that go on with retractions, LEFT padding, residuals, NULL
 * keys; window table functions.
 */
#include <criterion/criterion.h>

#include "tests/unit/op_harness.h"

/* Left: key s, value l. Right: key s, value l. */
static struct plan_node *join(struct arena *a, enum join_type type, int build) {
    struct plan_node *n = harness_node(a, PLAN_JOIN, "slsl", "sl", "sl");
    n->join = (struct plan_join){.type = type, .build = (int8_t)build, .left_keys = harness_cols(a, "0"),
                                 .right_keys = harness_cols(a, "0"), .emit_before = true};
    return n;
}

/* left value < right value */
static const struct expr *less(struct arena *a) {
    const struct type *l = type_simple(TYPE_BIGINT, true);
    struct expr **args = ARENA_ARRAY(a, struct expr *, 2);
    for (uint32_t i = 0; i < 2; i++) {
        args[i] = ARENA_NEW(a, struct expr);
        *args[i] = (struct expr){.kind = EXPR_COLUMN, .type = l, .column = i == 0 ? 1 : 3};
    }
    struct expr *e = ARENA_NEW(a, struct expr);
    *e = (struct expr){.kind = EXPR_CALL, .type = type_simple(TYPE_BOOLEAN, true), .func = func_desc(FN_LT),
                       .nargs = 2, .args = args};
    return e;
}

#define HARNESS(node_, steps_)                                                                               \
    {.node = (node_), .steps = (steps_), .nsteps = sizeof(steps_) / sizeof *(steps_), .wm_col = {-1, -1},    \
     .keys = {(node_)->join.left_keys, (node_)->join.right_keys}}

Test(op_join, unique_build_side) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_INNER, 1);
    struct step steps[] = {PUSH(1, "x 10; NULL 20; a-string-that-is-long 30"), PORT_END(1),
                           PUSH(0, "x 1; y 2; NULL 3; a-string-that-is-long 4; -D x 50")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[x, 1, x, 10]\n+I[a-string-that-is-long, 4, a-string-that-is-long, 30]\n"
               "-D[x, 50, x, 10]\n");
    n->join.residual = less(&a);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[x, 1, x, 10]\n+I[a-string-that-is-long, 4, a-string-that-is-long, 30]\n");
    n->join.type = JOIN_LEFT;
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 1, x, 10]\n+I[y, 2, NULL, NULL]\n+I[NULL, 3, NULL, NULL]\n"
                                        "+I[a-string-that-is-long, 4, a-string-that-is-long, 30]\n"
                                        "-D[x, 50, NULL, NULL]\n");
    n->join.null_safe = true;
    n->join.residual = NULL;
    struct step safe[] = {PUSH(1, "x 10; NULL 20"), PORT_END(1), PUSH(0, "NULL 3; x 1")};
    struct harness hs = HARNESS(n, safe);
    EXPECT_STR(harness_all(&hs, &a), "[NULL, 3, NULL, 20]\n[x, 1, x, 10]\n");
    arena_free(&a);
}

Test(op_join, build_side_with_duplicates) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_LEFT, 1);
    struct step steps[] = {PUSH(1, "x 10; x 20; y 1; z 7; x 30"), PUSH(1, "-D x 20; -D z 7"), PORT_END(1),
                           PUSH(0, "x 1; w 2; y 3; NULL 4; z 5; x 15")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a),
               "[NULL, 4, NULL, NULL]\n[w, 2, NULL, NULL]\n[x, 1, x, 10]\n[x, 1, x, 30]\n"
               "[x, 15, x, 10]\n[x, 15, x, 30]\n[y, 3, y, 1]\n[z, 5, NULL, NULL]\n");
    n->join.residual = less(&a);
    EXPECT_STR(harness_all(&h, &a),
               "[NULL, 4, NULL, NULL]\n[w, 2, NULL, NULL]\n[x, 1, x, 10]\n[x, 1, x, 30]\n"
               "[x, 15, x, 30]\n[y, 3, NULL, NULL]\n[z, 5, NULL, NULL]\n");
    n->join.type = JOIN_INNER;
    EXPECT_STR(harness_all(&h, &a), "[x, 1, x, 10]\n[x, 1, x, 30]\n[x, 15, x, 30]\n");
    arena_free(&a);
}

Test(op_join, built_from_the_left) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_INNER, 0);
    struct step steps[] = {PUSH(0, "x 10; y 20; x 11"), PORT_END(0), PUSH(1, "x 1; q 2; y 3")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a), "[x, 10, x, 1]\n[x, 11, x, 1]\n[y, 20, y, 3]\n");
    arena_free(&a);
}

Test(op_join_both, inner_with_retractions) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_INNER, -1);
    struct step steps[] = {PUSH(0, "x 1; y 2; NULL 3"), PUSH(1, "x 10; x 20; NULL 5"),
                           PUSH(0, "x 3; x 3; -D x 1"), PUSH(1, "-U x 10; +U x 11; y 7"),
                           PUSH(0, "-D x 3; -D y 2")};
    struct harness h = HARNESS(n, steps);
    h.nsteps = 2;
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 1, x, 10]\n+I[x, 1, x, 20]\n");
    h.nsteps = 4;
    EXPECT_STR(harness_all(&h, &a),
               "[x, 3, x, 11]\n[x, 3, x, 11]\n[x, 3, x, 20]\n[x, 3, x, 20]\n[y, 2, y, 7]\n");
    h.nsteps = 5;
    EXPECT_STR(harness_all(&h, &a), "[x, 3, x, 11]\n[x, 3, x, 20]\n");
    n->join.residual = less(&a);
    h.nsteps = 2;
    EXPECT_STR(harness_all(&h, &a), "[x, 1, x, 10]\n[x, 1, x, 20]\n");
    arena_free(&a);
}

Test(op_join_both, left_padding_comes_and_goes) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_LEFT, -1);
    struct step steps[] = {PUSH(0, "x 1; NULL 2"), PUSH(1, "x 10; x 0"), PUSH(1, "-D x 10"),
                           PUSH(0, "-D NULL 2; x 5"), PUSH(1, "-D x 0; x 6")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[x, 1, NULL, NULL]\n+I[NULL, 2, NULL, NULL]\n-D[x, 1, NULL, NULL]\n"
               "+I[x, 1, x, 10]\n+I[x, 1, x, 0]\n-D[x, 1, x, 10]\n-D[NULL, 2, NULL, NULL]\n"
               "+I[x, 5, x, 0]\n-D[x, 5, x, 0]\n+I[x, 5, NULL, NULL]\n-D[x, 1, x, 0]\n"
               "+I[x, 1, NULL, NULL]\n-D[x, 5, NULL, NULL]\n+I[x, 5, x, 6]\n"
               "-D[x, 1, NULL, NULL]\n+I[x, 1, x, 6]\n");
    EXPECT_STR(harness_all(&h, &a), "[x, 1, x, 6]\n[x, 5, x, 6]\n");
    n->join.residual = less(&a);
    EXPECT_STR(harness_all(&h, &a), "[x, 1, x, 6]\n[x, 5, x, 6]\n");
    h.nsteps = 4;
    EXPECT_STR(harness_all(&h, &a), "[x, 1, NULL, NULL]\n[x, 5, NULL, NULL]\n");
    arena_free(&a);
}

Test(op_join_both, rows_are_forgotten_after_their_time) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_INNER, -1);
    n->join.ttl_us = 10000000;
    struct step steps[] = {PUSH(0, "x 1"), TICK(5000), PUSH(0, "x 2"), TICK(12000), PUSH(1, "x 9")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2, x, 9]\n");
    arena_free(&a);
}

Test(op_join_both, rows_are_forgotten_in_event_time) {
    struct arena a = {0};
    struct plan_node *n = join(&a, JOIN_INNER, -1);
    n->join.ttl_us = 10000000;
    n->join.ttl_event_time = true;
    struct step steps[] = {WM(1000),        PUSH(0, "x 1"), WM(5000),       PUSH(0, "x 2"),
                           TICK(100000000), WM(12000),      PUSH(1, "x 9"), WM(30000),
                           PUSH(1, "x 8"),  PUSH(0, "x 3")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2, x, 9]\n+I[x, 3, x, 8]\n");
    h.cut_everywhere = true;
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2, x, 9]\n+I[x, 3, x, 8]\n");
    arena_free(&a);
}

Test(op_window_tvf, a_row_for_each_window) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_WINDOW_TVF, "tlttt", "tl", NULL);
    n->window_tvf.window =
        (struct window_spec){.kind = WINDOW_HOP, .size_us = 20000000, .slide_us = 10000000};
    struct step steps[] = {PUSH(0, "1000 1; -D 15000 2")};
    struct harness h = {.node = n, .steps = steps, .nsteps = 1, .wm_col = {-1, -1}};
    EXPECT_STR(harness_changes(&h, &a), "+I[1000000, 1, -10000000, 10000000, 9999000]\n"
                                        "-D[15000000, 2, 0, 20000000, 19999000]\n"
                                        "+I[1000000, 1, 0, 20000000, 19999000]\n"
                                        "-D[15000000, 2, 10000000, 30000000, 29999000]\n");
    n->window_tvf.window.kind = WINDOW_CUMULATE;
    EXPECT_STR(harness_changes(&h, &a),
               "+I[1000000, 1, 0, 10000000, 9999000]\n-D[15000000, 2, 0, 20000000, 19999000]\n"
               "+I[1000000, 1, 0, 20000000, 19999000]\n");
    n->window_tvf.window.kind = WINDOW_TUMBLE;
    EXPECT_STR(harness_changes(&h, &a),
               "+I[1000000, 1, 0, 20000000, 19999000]\n-D[15000000, 2, 0, 20000000, 19999000]\n");
    arena_free(&a);
}
