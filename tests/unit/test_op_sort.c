/* SPDX-License-Identifier: Apache-2.0
 *
 * ORDER BY: directions, NULLs, ties, limits that trim, inputs with changes.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/unit/op_harness.h"

#define HARNESS(node_, steps_)                                                                               \
    {.node = (node_), .steps = (steps_), .nsteps = sizeof(steps_) / sizeof *(steps_), .wm_col = {-1, -1}}

Test(op_sort, directions_nulls_and_ties) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_SORT, "sdl", "sdl", NULL);
    struct sort_key keys[] = {{.col = 0}, {.col = 1, .descending = true, .nulls_first = true}};
    n->sort = (struct plan_sort){2, keys, 0, -1};
    struct step steps[] = {
        PUSH(0, "b 1 1; a-string-that-is-longer 2 2; NULL 5 3; b 2 4; b NULL 5; a-string-that-is-long 1 6;"
                "b 1 7; b nan 8")};
    struct harness h = HARNESS(n, steps);
    const char *want = "+I[a-string-that-is-long, 1, 6]\n+I[a-string-that-is-longer, 2, 2]\n+I[b, NULL, 5]\n"
                       "+I[b, nan, 8]\n+I[b, 2, 4]\n+I[b, 1, 1]\n+I[b, 1, 7]\n+I[NULL, 5, 3]\n";
    struct str got = harness_changes(&h, &a);
    cr_assert(str_eq(got, str_of(want)), "%.*s", STR_ARG(got));
    h.batch_rows = 2;
    h.cut_everywhere = true;
    got = harness_changes(&h, &a);
    cr_assert(str_eq(got, str_of(want)), "%.*s", STR_ARG(got));
    n->sort.offset = 1;
    n->sort.limit = 2;
    EXPECT_STR(harness_changes(&h, &a), "+I[a-string-that-is-longer, 2, 2]\n+I[b, NULL, 5]\n");
    arena_free(&a);
}

Test(op_sort, limit_keeps_few_rows) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_SORT, "l", "l", NULL);
    struct sort_key keys[] = {{.col = 0}};
    n->sort = (struct plan_sort){1, keys, 0, 2};
    static struct step steps[100];
    for (int i = 0; i < 100; i++) {
        struct outbuf o = {0};
        for (int k = 0; k < 200; k++) outbuf_printf(&o, "%d;", (i * 200 + k) * 7919 % 20011);
        steps[i] = (struct step){'p', 0, arena_str(&a, (struct str){o.data, o.len}).ptr, 0};
        outbuf_free(&o);
    }
    struct harness h = HARNESS(n, steps);
    h.mem_limit = 600000;
    EXPECT_STR(harness_changes(&h, &a), "+I[0]\n+I[1]\n");
    arena_free(&a);
}

Test(op_sort, final_rows_of_changes) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_SORT, "ls", "ls", NULL);
    n->inputs[0]->changelog = CHANGELOG_RETRACT;
    struct sort_key keys[] = {{.col = 0, .descending = true}};
    n->sort = (struct plan_sort){1, keys, 0, -1};
    struct step steps[] = {PUSH(0, "1 x; 2 y; 2 y; 3 z"), PUSH(0, "-U 1 x; +U 9 x; -D 2 y; -D 3 z")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[9, x]\n+I[2, y]\n");
    harness_all(&h, &a);
    h.nsteps = 0;
    EXPECT_STR(harness_changes(&h, &a), "");
    arena_free(&a);
}
