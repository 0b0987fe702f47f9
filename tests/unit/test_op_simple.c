/* SPDX-License-Identifier: Apache-2.0
 *
 * LIMIT and UNION ALL.
 */
#include <criterion/criterion.h>

#include "tests/unit/op_harness.h"

Test(op_limit, skips_then_takes) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_LIMIT, "l", "l", NULL);
    n->limit = (struct plan_limit){2, 3};
    struct step steps[] = {PUSH(0, "1; 2; 3"), CUT, PUSH(0, "4; 5; 6; 7")};
    struct harness h = {.node = n, .steps = steps, .nsteps = 3, .wm_col = {-1, -1}};
    EXPECT_STR(harness_changes(&h, &a), "+I[3]\n+I[4]\n+I[5]\n");
    h.batch_rows = 2;
    h.cut_everywhere = true;
    EXPECT_STR(harness_changes(&h, &a), "+I[3]\n+I[4]\n+I[5]\n");
    n->limit = (struct plan_limit){6, -1};
    EXPECT_STR(harness_changes(&h, &a), "+I[7]\n");
    arena_free(&a);
}

Test(op_union, keeps_changes) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_UNION, "l", "l", "l");
    struct step steps[] = {PUSH(0, "1; 2"), PUSH(1, "-D 1; +U NULL")};
    struct harness h = {.node = n, .steps = steps, .nsteps = 2, .wm_col = {-1, -1}};
    EXPECT_STR(harness_changes(&h, &a), "+I[1]\n+I[2]\n-D[1]\n+U[NULL]\n");
    arena_free(&a);
}
