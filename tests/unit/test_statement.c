/* SPDX-License-Identifier: Apache-2.0
 *
 * Prepared statements: one after another out of a text, parameters, and their independence of what comes
 * after.
 */
#include <criterion/criterion.h>
#include <string.h>
#include <weir.h>

static struct weir_session *open_session(void) {
    struct weir_session *s;
    cr_assert_eq(weir_open(NULL, &s, NULL), WEIR_OK);
    return s;
}

/* Starts it, reads all its rows as lines of CSV, compares. */
static void expect_rows(struct weir_statement *q, const char *expected) {
    struct weir_result *r;
    struct weir_error *e = NULL;
    char got[1000] = "";
    const char *text;
    size_t len;
    cr_assert_eq(weir_start(q, &r, &e), WEIR_OK, "%s", weir_error_text(e));
    while (weir_result_text(r, WEIR_CSV, false, -1, &text, &len, &e) == WEIR_OK) strncat(got, text, len);
    cr_assert_null(e, "%s", weir_error_text(e));
    cr_assert_str_eq(got, expected);
    weir_result_free(r);
}

static struct weir_statement *prepare(struct weir_session *s, const char *sql) {
    struct weir_statement *q = NULL;
    struct weir_error *e = NULL;
    cr_assert_eq(weir_prepare(s, sql, WEIR_WHOLE, NULL, &q, &e), WEIR_OK, "%s", weir_error_text(e));
    return q;
}

Test(statement, parameters) {
    struct weir_session *s = open_session();
    struct weir_statement *q =
        prepare(s, "SELECT COALESCE(?, 'none') AS a, v + ? AS b FROM (VALUES (1), (20)) AS t(v) WHERE v > ?");
    cr_assert_eq(weir_parameters(q), 3);
    weir_bind_string(q, 1, "it's", WEIR_WHOLE, NULL);
    weir_bind_bigint(q, 2, 5000000000, NULL);
    weir_bind_bigint(q, 3, 10, NULL);
    expect_rows(q, "a,b\nit's,5000000020\n");
    weir_bind_bigint(q, 3, 0, NULL);
    weir_bind_null(q, 1, NULL);
    weir_bind_double(q, 2, 0.5, NULL);
    expect_rows(q, "a,b\nnone,1.5\nnone,20.5\n");
    struct weir_error *e = NULL;
    cr_assert_eq(weir_bind_boolean(q, 4, true, &e), WEIR_ERROR);
    cr_assert_str_eq(weir_error_text(e), "weir_bind_boolean: the statement has no parameter of that number");
    weir_error_free(e);
    weir_statement_free(q);
    weir_close(s);
}

Test(statement, wrong_parameter) {
    struct weir_session *s = open_session();
    struct weir_statement *q = prepare(s, "SELECT 1 + ?");
    struct weir_error *e = NULL;
    struct weir_result *r;
    weir_bind_boolean(q, 1, true, NULL);
    cr_assert_eq(weir_start(q, &r, &e), WEIR_ERROR);
    cr_assert_str_eq(weir_error_code(e), "42804", "%s", weir_error_text(e));
    cr_assert_eq(weir_error_offset(e), 7);
    weir_error_free(e);
    weir_close(s); /* frees the statement */
}

/* Each begins where the one before ended, in the text as it was given. */
Test(statement, one_after_another) {
    struct weir_session *s = open_session();
    const char *sql = "SELECT ${ONE} AS a; -- note\nSELECT '${LONG}' AS b;\nSELECT 3 AS c";
    static const char *const expected[] = {"a\n1\n", "b\na long value\n", "c\n3\n"};
    size_t offset = 0;
    weir_define(s, "ONE", "1", NULL);
    weir_define(s, "LONG", "a long value", NULL);
    struct weir_statement *q;
    for (unsigned i = 0; i < 3; i++) {
        cr_assert_eq(weir_prepare(s, sql, WEIR_WHOLE, &offset, &q, NULL), WEIR_OK);
        expect_rows(q, expected[i]);
        weir_statement_free(q);
    }
    cr_assert_eq(offset, strlen(sql));
    cr_assert_eq(weir_prepare(s, sql, WEIR_WHOLE, &offset, &q, NULL), WEIR_END);
    weir_close(s);
}

/* Places count in the text after ${NAME} was replaced, which the error brings along. */
Test(statement, place_of_an_error) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_statement *q;
    size_t offset = 0;
    weir_define(s, "N", "12345", NULL);
    cr_assert_eq(weir_prepare(s, "SELECT ${N}, nosuch FROM (VALUES (1)) AS t(a); SELECT 2", WEIR_WHOLE,
                              &offset, &q, &e),
                 WEIR_ERROR);
    cr_assert_str_eq(weir_error_sql(e), "SELECT 12345, nosuch FROM (VALUES (1)) AS t(a); SELECT 2");
    cr_assert_eq(weir_error_offset(e), 14);
    cr_assert_eq(weir_error_length(e), 6);
    cr_assert_str_eq(weir_error_name(e), "UNKNOWN_COLUMN");
    cr_assert_eq(weir_error_exit_status(e), 2);
    weir_error_free(e);
    weir_close(s);
}

/* A statement keeps the tables it was prepared with; a result outlives its statement. */
Test(statement, independence) {
    struct weir_session *s = open_session();
    struct weir_result *r;
    cr_assert_eq(weir_execute(s, "CREATE VIEW v AS SELECT 1 AS a", WEIR_WHOLE, NULL), WEIR_OK);
    struct weir_statement *q = prepare(s, "SELECT a FROM v");
    cr_assert_eq(weir_execute(s, "DROP VIEW v; CREATE VIEW v AS SELECT 2 AS a", WEIR_WHOLE, NULL), WEIR_OK);
    expect_rows(q, "a\n1\n");
    cr_assert_eq(weir_start(q, &r, NULL), WEIR_OK);
    weir_statement_free(q);
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    cr_assert_eq(weir_result_rows(r, -1, &rows, NULL), WEIR_OK);
    cr_assert_str_eq(rows.cells[0], "1");
    cr_assert_eq(weir_result_rows(r, -1, &rows, NULL), WEIR_END);
    cr_assert_eq(weir_result_end(r), WEIR_FINISHED);
    weir_close(s);
}

Test(statement, jobs) {
    struct weir_session *s = open_session();
    struct weir_result *r;
    cr_assert_eq(
        weir_execute(s,
                     "CREATE TABLE g (n BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '100');"
                     "CREATE TABLE o (n BIGINT) WITH ('connector' = 'blackhole')",
                     WEIR_WHOLE, NULL),
        WEIR_OK);
    struct weir_statement *q = prepare(s, "INSERT INTO o SELECT n FROM g"), *show = prepare(s, "SHOW JOBS");
    cr_assert_eq(weir_start(q, &r, NULL), WEIR_OK);
    cr_assert_eq(weir_result_kind(r), WEIR_JOB);
    cr_assert_not(weir_result_bounded(r));
    cr_assert_str_eq(weir_result_job(r), "1");
    cr_assert_eq(weir_result_wait(r, 1000, NULL), WEIR_WAIT);
    cr_assert_eq(weir_execute(s, "STOP JOB '1'", WEIR_WHOLE, NULL), WEIR_OK);
    cr_assert_eq(weir_result_wait(r, -1, NULL), WEIR_OK);
    cr_assert_eq(weir_result_end(r), WEIR_STOPPED);
    struct weir_error *e = NULL;
    cr_assert_eq(weir_execute(s, "STOP JOB '1'", WEIR_WHOLE, &e), WEIR_ERROR);
    cr_assert_str_eq(weir_error_text(e), "job '1' is not running: it is STOPPED");
    weir_error_free(e);
    weir_result_free(r);
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    cr_assert_eq(weir_start(show, &r, NULL), WEIR_OK);
    cr_assert_eq(weir_result_rows(r, -1, &rows, NULL), WEIR_OK);
    cr_assert_str_eq(rows.cells[1], "INSERT INTO o");
    cr_assert_str_eq(rows.cells[2], "STOPPED");
    weir_close(s);
}

static void note_progress(void *arg, struct weir_result *r, const struct weir_progress *p) {
    uint64_t *seen = arg;
    cr_assert_eq(weir_result_end(r), WEIR_RUNNING);
    seen[0]++;
    seen[1] = p->rows_in;
}

/* At least the end is told, by the reader's thread or the library's. */
Test(statement, progress) {
    for (unsigned workers = 1; workers <= 2; workers++) {
        struct weir_session *s;
        uint64_t seen[2] = {0};
        struct weir_config config = WEIR_CONFIG_INIT;
        config.arg = seen;
        config.progress = note_progress;
        cr_assert_eq(weir_open(&config, &s, NULL), WEIR_OK);
        weir_set(s, "parallelism.default", workers == 1 ? "1" : "2", NULL);
        cr_assert_eq(
            weir_execute(s,
                         "CREATE TABLE g (n BIGINT) WITH ('connector' = 'datagen', 'number-of-rows' = '777',"
                         "'rows-per-second' = '1000000');"
                         "CREATE TABLE o (n BIGINT) WITH ('connector' = 'blackhole');"
                         "SELECT COUNT(*) FROM g; INSERT INTO o SELECT n FROM g",
                         WEIR_WHOLE, NULL),
            WEIR_OK);
        cr_assert_geq(seen[0], 2);
        cr_assert_eq(seen[1], 777);
        weir_close(s);
    }
}

/* The reader of a query is told that somebody cancelled it. */
Test(statement, cancelled) {
    for (unsigned workers = 1; workers <= 2; workers++) {
        struct weir_session *s = open_session();
        struct weir_result *r;
        struct weir_error *e = NULL;
        struct weir_rows rows = {.struct_bytes = sizeof rows};
        weir_set(s, "parallelism.default", workers == 1 ? "1" : "2", NULL);
        cr_assert_eq(
            weir_execute(s, "CREATE TABLE g (n BIGINT) WITH ('connector' = 'datagen')", WEIR_WHOLE, NULL),
            WEIR_OK);
        struct weir_statement *q = prepare(s, "SELECT COUNT(*) FROM g WHERE n IS NULL AND n IS NOT NULL");
        cr_assert_eq(weir_start(q, &r, NULL), WEIR_OK);
        weir_result_rows(r, 1000, &rows, NULL);
        weir_cancel(r);
        enum weir_status st;
        do st = weir_result_rows(r, -1, &rows, &e);
        while (st == WEIR_OK);
        cr_assert_eq(st, WEIR_ERROR);
        cr_assert_str_eq(weir_error_code(e), "57014");
        cr_assert_str_eq(weir_error_text(e), "the query was cancelled");
        weir_error_free(e);
        cr_assert_eq(weir_result_end(r), WEIR_CANCELLED);
        weir_close(s);
    }
}
