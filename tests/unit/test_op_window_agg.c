/* SPDX-License-Identifier: Apache-2.0
 *
 * Window aggregates: TUMBLE, HOP, CUMULATE and windows over windows, late rows row by row, zones, two phases,
 * DISTINCT over slices, memory that does not grow; each in all modes of the harness.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "exec/window.h"
#include "tests/unit/op_harness.h"

#define S 1000000ll

static struct agg_call call(struct arena *a, enum func_id id, const struct type *t, const char *args) {
    return (struct agg_call){.func = func_desc(id), .type = t, .args = harness_cols(a, args), .filter = -1};
}

/* Input: rowtime, key, value. Output: key, aggregates, start, end, time. */
static struct plan_node *window(struct arena *a, const char *out, enum window_kind kind, int64_t size,
                                int64_t slide, const struct agg_call *calls, uint32_t n) {
    struct plan_node *node = harness_node(a, PLAN_WINDOW_AGG, out, "tsl", NULL);
    struct agg_call *copy = ARENA_ARRAY(a, struct agg_call, n);
    memcpy(copy, calls, n * sizeof *calls);
    node->window_agg = (struct plan_window_agg){.window = {.kind = kind, .size_us = size, .slide_us = slide},
                                                .keys = harness_cols(a, "1"),
                                                .naggs = n,
                                                .aggs = copy,
                                                .emit_start = true,
                                                .emit_end = true,
                                                .emit_time = true,
                                                .start_type = type_time(a, TYPE_TIMESTAMP, 3, false),
                                                .time_type = type_time(a, TYPE_TIMESTAMP, 3, false)};
    return node;
}

#define HARNESS(node_, steps_)                                                                               \
    {.node = (node_), .steps = (steps_), .nsteps = sizeof(steps_) / sizeof *(steps_), .wm_col = {0, -1},     \
     .keys = {(node_)->window_agg.keys}}
#define BIGINT type_simple(TYPE_BIGINT, true)

Test(op_window_agg, tumble) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_SUM, BIGINT, "2")};
    struct plan_node *n = window(&a, "sllttt", WINDOW_TUMBLE, 10 * S, 10 * S, calls, 2);
    struct step steps[] = {
        PUSH(0, "1000 x 1; 2000 y NULL; 9999 x 3; 10000 x 5; 9998 x 100; 25000 NULL 7; 19999 x 1;"
                "24000 a-string-that-is-long 2")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[x, 2, 4, 0, 10000000, 9999000]\n+I[y, 1, NULL, 0, 10000000, 9999000]\n"
               "+I[x, 1, 5, 10000000, 20000000, 19999000]\n"
               "+I[NULL, 1, 7, 20000000, 30000000, 29999000]\n"
               "+I[a-string-that-is-long, 1, 2, 20000000, 30000000, 29999000]\n");
    cr_assert_eq(h.late_rows, 2);
    harness_all(&h, &a);
    h.nsteps = 0;
    EXPECT_STR(harness_all(&h, &a), "");
    arena_free(&a);
}

Test(op_window_agg, watermark_fires_at_the_last_millisecond) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, "")};
    struct plan_node *n = window(&a, "slttt", WINDOW_TUMBLE, 10 * S, 10 * S, calls, 1);
    n->window_agg.emit_start = n->window_agg.emit_time = false;
    struct step steps[] = {PUSH(0, "1000 x 1"), WM(9998), PUSH(0, "2000 x 1"), WM(9999),
                           PUSH(0, "3000 x 1; 10000 x 1")};
    struct harness h = HARNESS(n, steps);
    h.wm_col[0] = -1;
    EXPECT_STR(harness_changes(&h, &a), "+I[x, 2, 10000000]\n+I[x, 1, 20000000]\n");
    cr_assert_eq(h.late_rows, 1);
    arena_free(&a);
}

Test(op_window_agg, hop_counts_late_rows_in_windows_still_open) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_MAX, BIGINT, "2")};
    struct plan_node *n = window(&a, "sllttt", WINDOW_HOP, 20 * S, 10 * S, calls, 2);
    n->window_agg.emit_time = false;
    /* 5000 comes when [-10, 10) is over: it counts in [0, 20) alone; then it is too late for both */
    struct step steps[] = {PUSH(0, "1000 x 1; 12000 x 2; 5000 x 9; 25000 x 3; 6000 x 8; 14000 x 7")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a), "[x, 1, 1, -10000000, 10000000]\n[x, 1, 3, 20000000, 40000000]\n"
                                    "[x, 3, 7, 10000000, 30000000]\n[x, 3, 9, 0, 20000000]\n");
    cr_assert_eq(h.late_rows, 1);
    arena_free(&a);
}

Test(op_window_agg, cumulate) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, "")};
    struct plan_node *n = window(&a, "slttt", WINDOW_CUMULATE, 30 * S, 10 * S, calls, 1);
    n->window_agg.emit_time = false;
    struct step steps[] = {PUSH(0, "1000 x 1; 11000 x 2; 12000 y 1; 45000 x 1; 70000 x 1; 59000 x 1")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a),
               "[x, 1, 0, 10000000]\n[x, 1, 30000000, 50000000]\n[x, 1, 30000000, 60000000]\n"
               "[x, 1, 60000000, 80000000]\n[x, 1, 60000000, 90000000]\n"
               "[x, 2, 0, 20000000]\n[x, 2, 0, 30000000]\n"
               "[y, 1, 0, 20000000]\n[y, 1, 0, 30000000]\n");
    cr_assert_eq(h.late_rows, 1);
    arena_free(&a);
}

Test(op_window_agg, offset_and_negative_times) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, "")};
    struct plan_node *n = window(&a, "slttt", WINDOW_TUMBLE, 10 * S, 10 * S, calls, 1);
    n->window_agg.window.offset_us = 3 * S;
    n->window_agg.emit_time = false;
    struct step steps[] = {PUSH(0, "-8000 x 1; -7000 x 1; 2999 x 1; 3000 x 1")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a),
               "[x, 1, -17000000, -7000000]\n[x, 1, 3000000, 13000000]\n[x, 2, -7000000, 3000000]\n");
    arena_free(&a);
}

Test(op_window_agg, distinct_over_slices) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_AGG, BIGINT, "2"), call(&a, FN_SUM, BIGINT, "2"),
                               call(&a, FN_MIN, type_string(true), "1")};
    calls[0].distinct = calls[1].distinct = true;
    struct plan_node *n = window(&a, "llsttt", WINDOW_HOP, 20 * S, 10 * S, calls, 3);
    n->window_agg.keys.count = 0;
    n->window_agg.emit_time = false;
    struct step steps[] = {
        PUSH(0, "1000 some-quite-long-string 1; 2000 x 1; 3000 x 2; 11000 y 2; 12000 z 5; 25000 z NULL")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_all(&h, &a),
               "[0, NULL, z, 20000000, 40000000]\n[2, 3, some-quite-long-string, -10000000, 10000000]\n"
               "[2, 7, y, 10000000, 30000000]\n[3, 8, some-quite-long-string, 0, 20000000]\n");
    arena_free(&a);
}

Test(op_window_agg, attached_windows) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_SUM, BIGINT, "2")};
    struct plan_node *n = window(&a, "slttt", WINDOW_ATTACHED, 0, 0, calls, 1);
    n->inputs[0] = harness_node(&a, PLAN_SCAN, "tsltt", NULL, NULL);
    n->window_agg.window = (struct window_spec){.kind = WINDOW_ATTACHED, .start_col = 3, .end_col = 4};
    struct step steps[] = {PUSH(0, "9999 x 1 0 10000; 9999 x 2 0 10000; 19999 x 3 0 20000; 9999 x 4 0 10000"),
                           WM(19999)};
    struct harness h = HARNESS(n, steps);
    h.wm_delay_ms = 1;
    EXPECT_STR(harness_all(&h, &a), "[x, 3, 0, 10000000, 9999000]\n[x, 3, 0, 20000000, 19999000]\n");
    cr_assert_eq(h.late_rows, 1);
    arena_free(&a);
}

Test(op_window_agg, two_phases) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_MAX, BIGINT, "2")};
    struct plan_node *n = window(&a, "slllltt", WINDOW_HOP, 20 * S, 10 * S, calls, 2);
    n->window_agg.phase = AGG_LOCAL;
    struct step steps[] = {PUSH(0, "1000 x 1; 2000 x 5; 3000 y 2"), PUSH(0, "12000 x 2"),
                           PUSH(0, "13000 x 3; 2500 y 1"), PUSH(0, "21000 y 1")};
    struct harness h = HARNESS(n, steps);
    EXPECT_STR(harness_changes(&h, &a),
               "+I[x, 10000000, 2, 5, 2]\n+I[y, 10000000, 1, 2, 1]\n+I[y, 10000001, 1, 1, 1]\n"
               "+I[x, 20000000, 2, 3, 2]\n+I[y, 30000000, 1, 1, 1]\n");
    struct plan_node *g = window(&a, "sllttt", WINDOW_HOP, 20 * S, 10 * S, calls, 2);
    g->inputs[0] = harness_node(&a, PLAN_SCAN, "sllll", NULL, NULL);
    g->window_agg.keys = harness_cols(&a, "0");
    g->window_agg.phase = AGG_GLOBAL;
    g->window_agg.emit_time = false;
    struct step more[] = {PUSH(0, "x 10000000 2 5 2; y 10000000 1 2 1"),
                          WM(12000),
                          PUSH(0, "y 10000001 1 1 1"),
                          WM(13000),
                          PUSH(0, "x 20000000 2 3 2"),
                          WM(21000),
                          PUSH(0, "y 30000000 1 1 1")};
    struct harness hg = HARNESS(g, more);
    hg.wm_col[0] = -1;
    EXPECT_STR(harness_all(&hg, &a), "[x, 2, 3, 10000000, 30000000]\n[x, 2, 5, -10000000, 10000000]\n"
                                     "[x, 4, 5, 0, 20000000]\n[y, 1, 1, 10000000, 30000000]\n"
                                     "[y, 1, 1, 20000000, 40000000]\n[y, 1, 2, -10000000, 10000000]\n"
                                     "[y, 2, 2, 0, 20000000]\n");
    arena_free(&a);
}

Test(op_window_agg, memory_does_not_grow) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, ""), call(&a, FN_MAX, type_string(true), "1")};
    int64_t used[2];
    for (int round = 0; round < 2; round++) {
        struct plan_node *n = window(&a, "slsttt", WINDOW_HOP, 20 * S, 10 * S, calls, 2);
        static struct step steps[400];
        for (int i = 0; i < 400; i++) {
            int64_t t = i * 5000ll;
            steps[i] = (struct step){
                'p', 0, arena_printf(&a, "%lld key-number-%d-with-a-name 1", (long long)t, i).ptr, 0};
        }
        steps[399] = (struct step){'c', 0, NULL, 0};
        struct harness h = HARNESS(n, steps);
        if (round == 0) h.steps += 300, h.nsteps -= 300;
        harness_changes(&h, &a);
        used[round] = h.mem_used;
    }
    cr_assert_lt(used[1], used[0] * 2, "%ld bytes after 100 keys, %ld after 400", (long)used[0],
                 (long)used[1]);
    arena_free(&a);
}

Test(op_window_agg, null_time_is_an_error) {
    struct arena a = {0};
    struct agg_call calls[] = {call(&a, FN_COUNT_STAR, BIGINT, "")};
    struct plan_node *n = window(&a, "slttt", WINDOW_TUMBLE, 10 * S, 10 * S, calls, 1);
    struct step steps[] = {PUSH(0, "NULL x 1")};
    struct harness h = HARNESS(n, steps);
    harness_changes(&h, &a);
    EXPECT_STR(h.error, "a row has NULL in the time column of its window");
    arena_free(&a);
}

Test(window, local_days_have_23_to_25_hours) {
    struct arena a = {0};
    const struct zone *berlin;
    struct error e = {0};
    if (zone_load(STR("Europe/Berlin"), &a, &berlin, &e) != ST_OK) cr_skip_test("no zones on this machine");
    struct window_spec spec = {
        .kind = WINDOW_TUMBLE, .size_us = 86400 * S, .slide_us = 86400 * S, .local_time = true};
    struct window w;
    window_init(&w, &spec, berlin);
    int64_t before = 1774738800 * S; /* 2026-03-28 23:00 UTC = 2026-03-29 00:00 in Berlin */
    int64_t end = window_slice_end(&w, window_local(&w, before));
    cr_assert_eq(end, (1774738800 + 3600 + 86400) * S);
    cr_assert_eq(window_fires_at(&w, end), (1774738800 + 23 * 3600) * S - WINDOW_MS);
    cr_assert_eq(window_slice_end(&w, window_local(&w, before - 1)), end - 86400 * S);
    arena_free(&a);
}
