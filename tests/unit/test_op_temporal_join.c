/* SPDX-License-Identifier: Apache-2.0
 *
 * The temporal join: versions by time, rows that wait, a bounded versioned side, deletions, NULL keys.
 */
#include <criterion/criterion.h>

#include "tests/unit/op_harness.h"

/* Left: rowtime, key. Right: key, name, valid from. */
static struct plan_node *temporal(struct arena *a, enum join_type type) {
    struct plan_node *n = harness_node(a, PLAN_TEMPORAL_JOIN, "tssst", "ts", "sst");
    n->temporal_join = (struct plan_temporal_join){.type = type,
                                                   .left_keys = harness_cols(a, "1"),
                                                   .right_keys = harness_cols(a, "0"),
                                                   .left_time = 0,
                                                   .right_time = 2};
    return n;
}

#define HARNESS(node_, steps_)                                                                               \
    {.node = (node_), .steps = (steps_), .nsteps = sizeof(steps_) / sizeof *(steps_), .wm_col = {-1, -1},    \
     .keys = {(node_)->temporal_join.left_keys, (node_)->temporal_join.right_keys}}

Test(op_temporal_join, rows_wait_for_the_watermark) {
    struct arena a = {0};
    struct plan_node *n = temporal(&a, JOIN_LEFT);
    struct step steps[] = {PUSH(0, "1000 x; 3000 x; 5000 x; 5000 NULL"), PUSH(1, "x new 4000; x old 500"),
                           WM(3500), PUSH(1, "x between 3600; NULL none 1"),
                           PUSH(0, "4500 x; 3900 x; 4600 y")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[1000000, x, x, old, 500000]\n+I[3000000, x, x, old, 500000]\n"
               "+I[3900000, x, x, between, 3600000]\n+I[4500000, x, x, new, 4000000]\n"
               "+I[4600000, y, NULL, NULL, NULL]\n+I[5000000, x, x, new, 4000000]\n"
               "+I[5000000, NULL, NULL, NULL, NULL]\n");
    harness_all(&h, &a);
    n->temporal_join.type = JOIN_INNER;
    EXPECT_STR(harness_all(&h, &a), "[1000000, x, x, old, 500000]\n[3000000, x, x, old, 500000]\n"
                                    "[3900000, x, x, between, 3600000]\n[4500000, x, x, new, 4000000]\n"
                                    "[5000000, x, x, new, 4000000]\n");
    arena_free(&a);
}

Test(op_temporal_join, passes_at_once_when_versions_have_ended) {
    struct arena a = {0};
    struct plan_node *n = temporal(&a, JOIN_LEFT);
    n->inputs[1]->bounded = true;
    struct step steps[] = {PUSH(1, "x old-but-with-a-long-name 500; x new 4000; y a 1000; -D y a 2000"),
                           PORT_END(1), PUSH(0, "3000 x; 100 x; 4000 x; 1500 y; 2500 y")};
    struct harness h = HARNESS(n, steps);
    const char *want =
        "+I[3000000, x, x, old-but-with-a-long-name, 500000]\n+I[100000, x, NULL, NULL, NULL]\n"
        "+I[4000000, x, x, new, 4000000]\n+I[1500000, y, y, a, 1000000]\n+I[2500000, y, NULL, NULL, NULL]\n";
    struct str got = harness_changes(&h, &a);
    cr_assert(str_eq(got, str_of(want)), "%.*s", STR_ARG(got));
    harness_all(&h, &a);
    arena_free(&a);
}

Test(op_temporal_join, old_versions_are_dropped) {
    struct arena a = {0};
    struct plan_node *n = temporal(&a, JOIN_LEFT);
    static struct step steps[2001];
    for (int i = 0; i < 1000; i++) {
        steps[2 * i] = (struct step){'p', 1, arena_printf(&a, "x version-%d %d", i, i * 1000).ptr, 0};
        steps[2 * i + 1] = (struct step)WM(i * 1000);
    }
    steps[2000] = (struct step)PUSH(0, "999500 x");
    struct harness h = HARNESS(n, steps);
    h.mem_limit = 400000;
    EXPECT_STR(harness_changes(&h, &a), "+I[999500000, x, x, version-999, 999000000]\n");
    arena_free(&a);
}
