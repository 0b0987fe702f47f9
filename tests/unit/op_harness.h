/* SPDX-License-Identifier: Apache-2.0
 *
 * Drives one operator through its class without a task: rows as text, watermarks, ends, snapshots. Types are
 * named by letters: b BOOLEAN, i INT, l BIGINT, d DOUBLE, s STRING, t TIMESTAMP(3), z TIMESTAMP_LTZ(3),
 * D DECIMAL(10, 2), E DECIMAL(38, 2), a ARRAY<INT>; times are numbers of milliseconds.
 */
#ifndef WEIR_TESTS_OP_HARNESS_H
#define WEIR_TESTS_OP_HARNESS_H

#include "exec/op.h"

struct step {
    char kind;         /* 'p' push, 'w' watermark, 'e' end of a port, 't' tick, 'c' cut: snapshot, restore */
    unsigned port;     /* p, e */
    const char *rows;  /* p: "1 abc NULL; -D 2 x 3": fields by blanks, rows by ';', +I -U +U -D in front */
    int64_t t_ms;      /* w, t */
};
#define PUSH(port, rows) {'p', port, rows, 0}
#define WM(t) {'w', 0, NULL, t}
#define PORT_END(port) {'e', port, NULL, 0}
#define TICK(t) {'t', 0, NULL, t}
#define CUT {'c', 0, NULL, 0}

struct harness {
    const struct plan_node *node; /* the operator; inputs give the ports' types */
    const struct step *steps;
    uint32_t nsteps;
    int wm_col[2];           /* by port: rowtime column whose running maximum is the watermark; -1 none */
    int64_t wm_delay_ms;
    struct cols keys[2];     /* by port: how rows are spread over workers */
    /* mode */
    uint32_t batch_rows;     /* 0 = 2048 */
    bool cut_everywhere;     /* snapshot and restore between all steps */
    uint32_t workers_before, workers_after; /* around the first cut; 0 = 1 */
    int64_t mem_limit;       /* 0 = none */
    /* results */
    struct str error;        /* text of the error, or empty */
    uint64_t late_rows;
    int64_t mem_used;        /* after the end, before close */
};

/* A node with columns of these types, an input node for each type string. */
struct plan_node *harness_node(struct arena *a, enum plan_kind kind, const char *out, const char *in0,
                               const char *in1);
struct cols harness_cols(struct arena *a, const char *digits); /* "02": columns 0 and 2 */
struct batch *harness_batch(struct arena *a, const char *types, const char *rows);
/* All output rows in order, "+I[1, x]\n..."; to the end: watermark TIME_MAX and finish. */
struct str harness_changes(struct harness *h, struct arena *a);
/* The table the changes leave: sorted rows, "[1, x]\n...". */
struct str harness_table(struct harness *h, struct arena *a);
/* The table, checked to be the same in all modes: batches of 2, cuts everywhere, other parallelism. */
struct str harness_all(struct harness *h, struct arena *a);

#define EXPECT_STR(got, want)                                                                                \
    do {                                                                                                     \
        struct str got_ = (got);                                                                             \
        cr_assert(str_eq(got_, STR(want)), "got:\n%.*s\nwant:\n%s", STR_ARG(got_), want);                    \
    } while (0)

#endif
