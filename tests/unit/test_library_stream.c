/* SPDX-License-Identifier: Apache-2.0
 *
 * Stream tables through weir.h: rows in and rows out while the query runs, time that the program gives or the
 * rows, with one worker and with several, ends, and a query that sorts.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <weir.h>

#include "formats/arrow.h"

#define WAIT_US 20000000 /* far more than anything here takes */

struct fixture {
    struct weir_session *session;
    struct weir_input *input;
    struct weir_result *result;
};

static void ok(enum weir_status st, const struct weir_error *e) {
    cr_assert_neq(st, WEIR_ERROR, "%s", weir_error_text(e));
}

/* A session with a table s (k BIGINT, ts TIMESTAMP(3)), its input, and a query over it. */
static void setup(struct fixture *f, const char *workers, const char *more, const char *options,
                  const char *sql) {
    char text[512];
    struct weir_error *e = NULL;
    struct weir_statement *q;
    enum weir_status st = weir_open(NULL, &f->session, &e);
    ok(st, e);
    st = weir_set(f->session, "parallelism.default", workers, &e);
    ok(st, e);
    snprintf(text, sizeof text,
             "CREATE TABLE s (k BIGINT, ts TIMESTAMP(3)%s) WITH ('connector' = 'stream'%s)", more, options);
    st = weir_execute(f->session, text, WEIR_WHOLE, &e);
    ok(st, e);
    st = weir_input_open(f->session, "s", NULL, &f->input, &e);
    ok(st, e);
    st = weir_prepare(f->session, sql, WEIR_WHOLE, NULL, &q, &e);
    ok(st, e);
    st = weir_start(q, &f->result, &e);
    ok(st, e);
    weir_statement_free(q);
}

static void teardown(struct fixture *f) {
    weir_result_free(f->result);
    weir_input_free(f->input);
    weir_close(f->session);
}

/* A batch of rows k, seconds since 1970. */
static void push(struct fixture *f, int64_t k, int64_t seconds, uint32_t rows) {
    struct field fields[] = {{STR("k"), type_simple(TYPE_BIGINT, true)}, {STR("ts"), NULL}};
    static const struct type ts = {.kind = TYPE_TIMESTAMP, .nullable = true, .precision = 3};
    fields[1].type = &ts;
    struct schema schema = {2, fields};
    struct arena a = {0};
    struct error e = {0};
    struct ArrowArray array;
    struct batch *b = batch_new_flat(&a, (const struct type *[]){fields[0].type, &ts}, 2, rows);
    for (uint32_t i = 0; i < rows; i++) {
        vec_put_int(b->cols[0], i, k);
        vec_put_int(b->cols[1], i, seconds * 1000000);
    }
    cr_assert_eq(arrow_array(&schema, b, false, &array, &e), ST_OK);
    arena_free(&a);
    struct weir_error *error = NULL;
    enum weir_status st = weir_push(f->input, &array, &error);
    ok(st, error);
    cr_assert_eq(st, WEIR_OK);
}

static void push_time(struct fixture *f, int64_t seconds) {
    struct weir_error *e = NULL;
    enum weir_status st = weir_push_watermark(f->input, seconds * 1000000, &e);
    ok(st, e);
}

static void expect(struct fixture *f, const char *lines) {
    char got[4096] = "";
    size_t n = 0, length;
    const char *text;
    while (n < strlen(lines)) {
        struct weir_error *e = NULL;
        enum weir_status st = weir_result_text(f->result, WEIR_CSV, false, WAIT_US, &text, &length, &e);
        ok(st, e);
        if (st != WEIR_OK) break;
        cr_assert_lt(n + length, sizeof got);
        memcpy(got + n, text, length);
        n += length;
    }
    cr_expect_str_eq(got, lines);
}

static void expect_nothing(struct fixture *f) {
    const char *text;
    size_t length;
    cr_expect_eq(weir_result_text(f->result, WEIR_CSV, false, 2000, &text, &length, NULL), WEIR_WAIT);
}

static void expect_end(struct fixture *f) {
    const char *text;
    size_t length;
    cr_expect_eq(weir_push_end(f->input, NULL), WEIR_OK);
    cr_expect_eq(weir_result_text(f->result, WEIR_CSV, false, WAIT_US, &text, &length, NULL), WEIR_END);
}

static const char window_count[] =
    "SELECT window_start, SUM(k) AS n FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), "
    "INTERVAL '10' SECOND)) GROUP BY window_start, window_end";

/* A window closes when the program says that it is over, though nothing else comes and the other workers have
 * read nothing at all; what comes behind that for it is late. */
static void given_time(const char *workers) {
    struct fixture f;
    setup(&f, workers, ", WATERMARK FOR ts AS SOURCE_WATERMARK()", "", window_count);
    push(&f, 1, 3, 1);
    push(&f, 10, 15, 1); /* says nothing of time */
    push(&f, 100, 4, 1);
    expect_nothing(&f);
    push_time(&f, 10);
    expect(&f, "window_start,n\n1970-01-01 00:00:00.000,101\n");
    push(&f, 1000, 9, 1); /* late */
    push(&f, 10000, 19, 1);
    push_time(&f, 5); /* time does not go back */
    push_time(&f, 25);
    expect(&f, "1970-01-01 00:00:10.000,10010\n");
    struct weir_progress p = {.struct_bytes = sizeof p};
    cr_assert_eq(weir_result_progress(f.result, &p, NULL), WEIR_OK);
    cr_expect_eq(p.rows_in, 5);
    expect_end(&f);
    cr_assert_eq(weir_result_progress(f.result, &p, NULL), WEIR_OK);
    cr_expect_eq(p.late_rows, 1);
    teardown(&f);
}

Test(library_stream, time_that_the_program_gives) {
    given_time("1");
}
Test(library_stream, time_that_the_program_gives_to_several_workers) {
    for (unsigned i = 0; i < 20; i++) given_time(i % 2 ? "2" : "4");
}

/* Time of rows does not wait for workers that get none, and a pushed watermark raises it. */
static void time_of_rows(const char *workers) {
    struct fixture f;
    setup(&f, workers, ", WATERMARK FOR ts AS ts - INTERVAL '1' SECOND", "", window_count);
    push(&f, 1, 3, 1);
    push(&f, 10, 12, 1);
    expect(&f, "window_start,n\n1970-01-01 00:00:00.000,1\n");
    push_time(&f, 30);
    expect(&f, "1970-01-01 00:00:10.000,10\n");
    push(&f, 100, 29, 1); /* late */
    push(&f, 1000, 30, 1);
    push(&f, 1000, 30, 5000);
    push_time(&f, 40);
    expect(&f, "1970-01-01 00:00:30.000,5001000\n");
    expect_end(&f);
    teardown(&f);
}

Test(library_stream, time_of_rows) {
    time_of_rows("1");
    for (unsigned i = 0; i < 20; i++) time_of_rows(i % 2 ? "2" : "4");
}

Test(library_stream, rows_one_by_one) {
    struct fixture f;
    setup(&f, "1", "", "", "SELECT k FROM s WHERE k > 1");
    cr_expect_not(weir_result_bounded(f.result));
    expect_nothing(&f);
    push(&f, 2, 1, 1);
    expect(&f, "k\n2\n");
    push(&f, 1, 1, 1);
    expect_nothing(&f);
    push(&f, 3, 1, 1);
    expect(&f, "3\n");
    struct weir_error *e = NULL;
    cr_expect_eq(weir_push_watermark(f.input, 1, &e), WEIR_ERROR);
    weir_error_free(e);
    expect_end(&f);
    teardown(&f);
}

Test(library_stream, a_bounded_one_can_be_sorted) {
    struct fixture f;
    setup(&f, "2", "", ", 'bounded' = 'true'", "SELECT k FROM s ORDER BY k DESC");
    cr_expect(weir_result_bounded(f.result));
    push(&f, 2, 1, 1);
    push(&f, 3, 1, 1);
    push(&f, 1, 1, 1);
    cr_expect_eq(weir_push_end(f.input, NULL), WEIR_OK);
    expect(&f, "k\n3\n2\n1\n");
    expect_end(&f);
    teardown(&f);
}

/* The union with a table that says nothing: with an idle time-out the other one goes on alone. */
Test(library_stream, an_idle_table_holds_back_no_time) {
    struct fixture f;
    struct weir_error *e = NULL;
    setup(&f, "1", ", WATERMARK FOR ts AS SOURCE_WATERMARK()", "", "SELECT k FROM s");
    weir_result_free(f.result);
    enum weir_status st =
        weir_execute(f.session,
                     "SET 'table.exec.source.idle-timeout' = '1 ms';"
                     "CREATE TABLE quiet WITH ('connector' = 'stream') LIKE s (EXCLUDING OPTIONS);"
                     "CREATE VIEW both AS SELECT * FROM s UNION ALL SELECT * FROM quiet;",
                     WEIR_WHOLE, &e);
    ok(st, e);
    struct weir_statement *q;
    st = weir_prepare(f.session,
                      "SELECT window_start, SUM(k) AS n FROM TABLE(TUMBLE(TABLE both, DESCRIPTOR(ts), "
                      "INTERVAL '10' SECOND)) GROUP BY window_start, window_end",
                      WEIR_WHOLE, NULL, &q, &e);
    ok(st, e);
    st = weir_start(q, &f.result, &e);
    ok(st, e);
    weir_statement_free(q);
    for (unsigned i = 0; i < 3; i++) expect_nothing(&f); /* both are idle by then */
    push(&f, 1, 3, 1);
    push_time(&f, 10);
    expect(&f, "window_start,n\n1970-01-01 00:00:00.000,1\n");
    teardown(&f);
}
