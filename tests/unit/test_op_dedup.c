/* SPDX-License-Identifier: Apache-2.0
 *
 * First and last rows by rowtime and processing time, NULL keys, TTL in generations, the late filter.
 */
#include <criterion/criterion.h>

#include "tests/unit/op_harness.h"

/* Rows: key, rowtime, value. */
static struct plan_node *dedup(struct arena *a, bool last, bool proctime) {
    struct plan_node *n = harness_node(a, PLAN_DEDUP, "sts", "sts", NULL);
    n->dedup = (struct plan_dedup){.keys = harness_cols(a, "0"), .time_col = 1, .keep_last = last,
                                   .proctime = proctime, .emit_before = true};
    return n;
}

#define HARNESS(node_, steps_)                                                                               \
    {.node = (node_), .steps = (steps_), .nsteps = sizeof(steps_) / sizeof *(steps_), .wm_col = {-1, -1},    \
     .keys = {(node_)->dedup.keys}}

Test(op_dedup, first_by_rowtime_waits_for_the_watermark) {
    struct arena a = {0};
    struct plan_node *n = dedup(&a, false, false);
    struct step steps[] = {
        PUSH(0, "x 5000 late; y 1000 only; NULL 7000 a; x 4000 first; x 4000 equal; NULL 8000 b"), WM(4500),
        PUSH(0, "x 6000 again; NULL 6500 a-string-that-is-longer")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[y, 1000000, only]\n+I[x, 4000000, first]\n"
                                        "+I[NULL, 6500000, a-string-that-is-longer]\n");
    harness_all(&h, &a);
    h.nsteps = 0;
    EXPECT_STR(harness_all(&h, &a), "");
    arena_free(&a);
}

Test(op_dedup, first_by_processing_time_passes_at_once) {
    struct arena a = {0};
    struct plan_node *n = dedup(&a, false, true);
    struct step steps[] = {PUSH(0, "x 5 a; x 1 b; NULL 1 c"), PUSH(0, "x 2 d; NULL 2 e; y 3 f")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 5000, a]\n+I[NULL, 1000, c]\n+I[y, 3000, f]\n");
    harness_all(&h, &a);
    arena_free(&a);
}

Test(op_dedup, keys_live_for_their_time) {
    struct arena a = {0};
    struct plan_node *n = dedup(&a, false, false);
    n->dedup.ttl_us = 10000000;
    n->dedup.ttl_event_time = true;
    struct step steps[] = {PUSH(0, "x 1000 a; y 5000 a"),
                           WM(5000),
                           PUSH(0, "x 10999 no; y 14000 no"),
                           WM(11000),
                           PUSH(0, "x 11500 b; y 14999 no"),
                           WM(21000),
                           PUSH(0, "x 21499 no; x 21500 c; y 25000 b"),
                           WM(40000),
                           PUSH(0, "y 40001 c"),
                           WM(60000),
                           PUSH(0, "y 60001 d")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a), "[x, 1000000, a]\n[x, 11500000, b]\n[x, 21500000, c]\n[y, 25000000, b]\n"
                                    "[y, 40001000, c]\n[y, 5000000, a]\n[y, 60001000, d]\n");
    arena_free(&a);
}

Test(op_dedup, last_by_rowtime) {
    struct arena a = {0};
    struct plan_node *n = dedup(&a, true, false);
    struct step steps[] = {PUSH(0, "x 5 a; x 4 no; y 1 a; NULL 1 a; x 5 b"),
                           PUSH(0, "x 4 no; y 2 a-longer-string-here; z 1 a"), PUSH(0, "y 3 c; NULL 2 b")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[x, 5000, b]\n+I[y, 1000, a]\n+I[NULL, 1000, a]\n-U[y, 1000, a]\n"
               "+U[y, 2000, a-longer-string-here]\n+I[z, 1000, a]\n"
               "-U[y, 2000, a-longer-string-here]\n+U[y, 3000, c]\n-U[NULL, 1000, a]\n"
               "+U[NULL, 2000, b]\n");
    EXPECT_STR(harness_all(&h, &a), "[NULL, 2000, b]\n[x, 5000, b]\n[y, 3000, c]\n[z, 1000, a]\n");
    n->dedup.final_only = true;
    EXPECT_STR(harness_all(&h, &a), "[NULL, 2000, b]\n[x, 5000, b]\n[y, 3000, c]\n[z, 1000, a]\n");
    arena_free(&a);
}

Test(op_late_filter, rows_at_the_watermark_are_late) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_LATE_FILTER, "tl", "tl", NULL);
    n->cols[0].time = TIME_ROWTIME;
    struct step steps[] = {PUSH(0, "1000 1; 3000 2; 2000 3; 2001 4; 5000 5; 3000 6; 4001 7")};
    struct harness h = {.node = n, .steps = steps, .nsteps = 1, .wm_col = {0, -1}, .wm_delay_ms = 1000};
    EXPECT_STR(harness_changes(&h, &a),
               "+I[1000000, 1]\n+I[3000000, 2]\n+I[2001000, 4]\n+I[5000000, 5]\n+I[4001000, 7]\n");
    cr_assert_eq(h.late_rows, 2);
    h.batch_rows = 2;
    EXPECT_STR(harness_changes(&h, &a),
               "+I[1000000, 1]\n+I[3000000, 2]\n+I[2001000, 4]\n+I[5000000, 5]\n+I[4001000, 7]\n");
    arena_free(&a);
}
