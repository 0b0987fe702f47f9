/* SPDX-License-Identifier: Apache-2.0
 *
 * The operators without keys: LIMIT, UNION ALL, CALC, VALUES.
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

static struct expr *node(struct arena *a, struct expr e) {
    struct expr *copy = arena_alloc(a, sizeof *copy);
    *copy = e;
    return copy;
}

static struct expr *column(struct arena *a, uint32_t c, const struct type *t) {
    return node(a, (struct expr){.kind = EXPR_COLUMN, .type = t, .column = c});
}

static struct expr *literal(struct arena *a, const struct type *t, struct value v) {
    return node(a, (struct expr){.kind = EXPR_LITERAL, .type = t, .value = v});
}

static struct expr *call(struct arena *a, enum func_id id, const struct type *t, struct expr **args) {
    return node(a,
                (struct expr){.kind = EXPR_CALL, .type = t, .func = func_desc(id), .nargs = 2, .args = args});
}

Test(op_calc, filters_then_projects) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_CALC, "sl", "ls", NULL);
    const struct type *l = type_simple(TYPE_BIGINT, true), *b = type_simple(TYPE_BOOLEAN, true);
    struct expr *two = literal(&a, l, (struct value){.i = 2});
    struct expr *args[] = {column(&a, 0, l), two};
    struct expr *exprs[] = {column(&a, 1, type_string(true)), call(&a, FN_ADD, l, args)};
    n->calc.filter = call(&a, FN_GT, b, args);
    n->calc.exprs = exprs;
    struct step steps[] = {PUSH(0, "1 a; 3 b; NULL c; -D 5 NULL; 2 e; 7 f"), PUSH(0, "1 x; 2 y")};
    struct harness h = {.node = n, .steps = steps, .nsteps = 2, .wm_col = {-1, -1}};
    EXPECT_STR(harness_changes(&h, &a), "+I[b, 5]\n-D[NULL, 7]\n+I[f, 9]\n");
    n->calc.filter = NULL;
    h.batch_rows = 2;
    EXPECT_STR(harness_changes(&h, &a), "+I[a, 3]\n+I[b, 5]\n+I[c, NULL]\n-D[NULL, 7]\n+I[e, 4]\n+I[f, 9]\n"
                                        "+I[x, 3]\n+I[y, 4]\n");
    arena_free(&a);
}

Test(op_values, rows_in_batches) {
    struct arena a = {0};
    struct plan_node *n = harness_node(&a, PLAN_VALUES, "ls", NULL, NULL);
    struct expr **rows[3];
    for (int64_t i = 0; i < 3; i++) {
        rows[i] = ARENA_ARRAY(&a, struct expr *, 2);
        rows[i][0] = literal(&a, n->cols[0].type, (struct value){.i = i});
        rows[i][1] =
            literal(&a, n->cols[1].type, (struct value){.null = i == 1, .s = STR("a-string-that-is-long")});
    }
    n->values.nrows = 3;
    n->values.rows = rows;
    struct harness h = {.node = n, .batch_rows = 2, .workers_before = 2};
    EXPECT_STR(harness_changes(&h, &a),
               "+I[0, a-string-that-is-long]\n+I[1, NULL]\n+I[2, a-string-that-is-long]\n");
    arena_free(&a);
}
