/* SPDX-License-Identifier: Apache-2.0
 *
 * The library under misuse: every function of weir.h with NULL, with handles of another kind or given back,
 * in the wrong order and from two threads at once gives an error and never crashes; and two sessions in two
 * threads share nothing (the thread sanitizer looks on). What the functions do when used well is tested
 * elsewhere.
 */
#include <criterion/criterion.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <weir.h>

#include "formats/arrow.h"

/* ---- helpers ---- */

static struct weir_session *open_session(void) {
    struct weir_session *s;
    cr_assert_eq(weir_open(NULL, &s, NULL), WEIR_OK);
    return s;
}

static void execute(struct weir_session *s, const char *sql) {
    struct weir_error *e = NULL;
    cr_assert_eq(weir_execute(s, sql, WEIR_WHOLE, &e), WEIR_OK, "%s: %s", sql, weir_error_text(e));
}

static struct weir_statement *prepare(struct weir_session *s, const char *sql) {
    struct weir_statement *q;
    struct weir_error *e = NULL;
    cr_assert_eq(weir_prepare(s, sql, WEIR_WHOLE, NULL, &q, &e), WEIR_OK, "%s: %s", sql, weir_error_text(e));
    return q;
}

static struct weir_result *start(struct weir_session *s, const char *sql) {
    struct weir_result *r;
    struct weir_error *e = NULL;
    struct weir_statement *q = prepare(s, sql);
    cr_assert_eq(weir_start(q, &r, &e), WEIR_OK, "%s: %s", sql, weir_error_text(e));
    weir_statement_free(q);
    return r;
}

/* The call gave WEIR_ERROR with code WR005 and this text; frees the error. */
static void expect_misuse(int line, enum weir_status status, struct weir_error **e, const char *text) {
    cr_expect_eq(status, WEIR_ERROR, "line %d", line);
    cr_expect_str_eq(weir_error_code(*e), "WR005", "line %d", line);
    cr_expect_str_eq(weir_error_text(*e), text, "line %d: %s", line, weir_error_text(*e));
    cr_expect_eq(weir_error_offset(*e), WEIR_NO_PLACE);
    cr_expect_eq(weir_error_exit_status(*e), 1);
    weir_error_free(*e);
    *e = NULL;
}
#define MISUSE(call, text) expect_misuse(__LINE__, call, &e, text)

/* ---- errors ---- */

Test(library, no_error) {
    cr_expect_str_eq(weir_error_text(NULL), "");
    cr_expect_str_eq(weir_error_hint(NULL), "");
    cr_expect_str_eq(weir_error_sql(NULL), "");
    cr_expect(weir_error_code(NULL) != NULL && weir_error_name(NULL) != NULL);
    cr_expect_eq(weir_error_offset(NULL), WEIR_NO_PLACE);
    cr_expect_eq(weir_error_length(NULL), 0);
    cr_expect_eq(weir_error_exit_status(NULL), 0);
    cr_expect(!weir_error_retriable(NULL) && !weir_error_fatal(NULL));
    weir_error_free(NULL);
    cr_expect_str_eq(weir_version(), WEIR_VERSION);
    cr_expect_eq(weir_abi_version(), WEIR_ABI_VERSION);
}

Test(library, error_with_a_place) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    weir_define(s, "T", "nowhere", NULL);
    cr_assert_eq(weir_execute(s, "SELECT 1; SELECT a FROM ${T} -- x", WEIR_WHOLE, &e), WEIR_ERROR);
    cr_expect_str_eq(weir_error_name(e), "UNKNOWN_TABLE");
    cr_expect_eq(weir_error_exit_status(e), 2);
    cr_expect_eq(weir_error_length(e), 7);
    cr_assert(weir_error_offset(e) + 7 <= strlen(weir_error_sql(e)));
    cr_expect_eq(memcmp(weir_error_sql(e) + weir_error_offset(e), "nowhere", 7), 0);
    weir_error_free(e);
    weir_close(s);
}

/* ---- NULL ---- */

#define NULL_HANDLE(name) name ": the handle is NULL"

Test(library, null_handles) {
    struct weir_error *e = NULL;
    struct weir_statement *q;
    struct weir_result *r;
    struct weir_run *run;
    struct weir_input *in;
    MISUSE(weir_open(NULL, NULL, &e), "weir_open: the place for the session is NULL");
    MISUSE(weir_set(NULL, "a", "b", &e), NULL_HANDLE("weir_set"));
    MISUSE(weir_define(NULL, "a", "b", &e), NULL_HANDLE("weir_define"));
    MISUSE(weir_execute(NULL, "SELECT 1", WEIR_WHOLE, &e), NULL_HANDLE("weir_execute"));
    MISUSE(weir_prepare(NULL, "SELECT 1", WEIR_WHOLE, NULL, &q, &e), NULL_HANDLE("weir_prepare"));
    MISUSE(weir_start(NULL, &r, &e), NULL_HANDLE("weir_start"));
    MISUSE(weir_bind_null(NULL, 1, &e), NULL_HANDLE("weir_bind_null"));
    MISUSE(weir_bind_boolean(NULL, 1, true, &e), NULL_HANDLE("weir_bind_boolean"));
    MISUSE(weir_bind_bigint(NULL, 1, 1, &e), NULL_HANDLE("weir_bind_bigint"));
    MISUSE(weir_bind_double(NULL, 1, 1, &e), NULL_HANDLE("weir_bind_double"));
    MISUSE(weir_bind_string(NULL, 1, "a", WEIR_WHOLE, &e), NULL_HANDLE("weir_bind_string"));
    MISUSE(weir_run(NULL, "", 0, NULL, &run, &e), NULL_HANDLE("weir_run"));
    MISUSE(weir_run_next(NULL, &r, &e), NULL_HANDLE("weir_run_next"));
    MISUSE(weir_tables(NULL, &r, &e), NULL_HANDLE("weir_tables"));
    MISUSE(weir_table_columns(NULL, "t", &r, &e), NULL_HANDLE("weir_table_columns"));
    MISUSE(weir_functions(NULL, &r, &e), NULL_HANDLE("weir_functions"));
    MISUSE(weir_completions(NULL, "", 0, 0, &r, &e), NULL_HANDLE("weir_completions"));
    MISUSE(weir_input_open(NULL, "t", NULL, &in, &e), NULL_HANDLE("weir_input_open"));
    MISUSE(weir_push(NULL, NULL, &e), NULL_HANDLE("weir_push"));
    MISUSE(weir_push_watermark(NULL, 0, &e), NULL_HANDLE("weir_push_watermark"));
    MISUSE(weir_push_end(NULL, &e), NULL_HANDLE("weir_push_end"));
    cr_expect_eq(weir_check(NULL, "", 0, &e), WEIR_ERROR);
    weir_error_free(e);
}

Test(library, null_results) {
    struct weir_error *e = NULL;
    struct ArrowSchema schema;
    struct ArrowArray array;
    struct ArrowArrayStream stream;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    struct weir_progress progress = {.struct_bytes = sizeof progress};
    const char *text;
    size_t len;
    MISUSE(weir_result_schema(NULL, NULL, &schema, &e), NULL_HANDLE("weir_result_schema"));
    MISUSE(weir_result_next(NULL, 0, &array, &e), NULL_HANDLE("weir_result_next"));
    MISUSE(weir_result_arrow(NULL, NULL, &stream, &e), NULL_HANDLE("weir_result_arrow"));
    MISUSE(weir_result_rows(NULL, 0, &rows, &e), NULL_HANDLE("weir_result_rows"));
    MISUSE(weir_result_text(NULL, WEIR_CSV, false, 0, &text, &len, &e), NULL_HANDLE("weir_result_text"));
    MISUSE(weir_result_wait(NULL, 0, &e), NULL_HANDLE("weir_result_wait"));
    MISUSE(weir_result_progress(NULL, &progress, &e), NULL_HANDLE("weir_result_progress"));
    cr_expect_eq(weir_result_kind(NULL), WEIR_NOTHING);
    cr_expect_eq(weir_columns(NULL), 0);
    cr_expect_null(weir_column_name(NULL, 0));
    cr_expect_null(weir_column_type(NULL, 0));
    cr_expect_null(weir_result_job(NULL));
    cr_expect_eq(weir_result_end(NULL), WEIR_FAILED);
    weir_result_bounded(NULL);
    weir_result_updating(NULL);
    weir_cancel(NULL);
    weir_stop(NULL);
    weir_result_free(NULL);
    weir_statement_free(NULL);
    weir_run_free(NULL);
    weir_input_free(NULL);
    weir_close(NULL);
    cr_expect_eq(weir_parameters(NULL), 0);
    cr_expect_null(weir_setting(NULL, "parallelism.default", NULL));
}

/* No function needs the place for an error. */
Test(library, null_errors) {
    struct weir_session *s = open_session();
    cr_expect_eq(weir_set(s, NULL, NULL, NULL), WEIR_ERROR);
    cr_expect_eq(weir_execute(s, "nonsense", WEIR_WHOLE, NULL), WEIR_ERROR);
    cr_expect_eq(weir_start(NULL, NULL, NULL), WEIR_ERROR);
    cr_expect_eq(weir_push(NULL, NULL, NULL), WEIR_ERROR);
    weir_close(s);
}

Test(library, null_arguments) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_statement *q;
    struct weir_result *r;
    struct weir_run *run;
    struct weir_config config = {.struct_bytes = 1};
    struct weir_run_options options = {.struct_bytes = 1};
    MISUSE(weir_open(&config, &s, &e),
           "weir_open: config.struct_bytes is too small: start with WEIR_CONFIG_INIT");
    MISUSE(weir_set(s, NULL, "b", &e), "weir_set: key or value is NULL");
    MISUSE(weir_set(s, "a", NULL, &e), "weir_set: key or value is NULL");
    MISUSE(weir_define(s, NULL, "b", &e), "weir_define: name or value is NULL");
    cr_expect_null(weir_setting(s, NULL, NULL));
    MISUSE(weir_execute(s, NULL, WEIR_WHOLE, &e), "weir_execute: the text is NULL");
    MISUSE(weir_prepare(s, NULL, WEIR_WHOLE, NULL, &q, &e),
           "weir_prepare: the text or the place for the statement is NULL");
    MISUSE(weir_prepare(s, "SELECT 1", WEIR_WHOLE, NULL, NULL, &e),
           "weir_prepare: the text or the place for the statement is NULL");
    MISUSE(weir_prepare(s, "SELECT 1", WEIR_WHOLE, &(size_t){9}, &q, &e),
           "weir_prepare: the offset is behind the end of the text");
    MISUSE(weir_run(s, NULL, WEIR_WHOLE, NULL, &run, &e),
           "weir_run: the text or the place for the run is NULL");
    MISUSE(weir_run(s, "", WEIR_WHOLE, &options, &run, &e),
           "weir_run: options.struct_bytes is too small: start with WEIR_RUN_INIT");
    options = (struct weir_run_options){.struct_bytes = sizeof options, .state_dir = "x", .separately = true};
    MISUSE(weir_run(s, "", WEIR_WHOLE, &options, &run, &e),
           "weir_run: a state folder is for one job, not for statements run separately");
    MISUSE(weir_tables(s, NULL, &e), "weir_tables: the place for the result is NULL");
    MISUSE(weir_table_columns(s, NULL, &r, &e),
           "weir_table_columns: the name or the place for the result is NULL");
    MISUSE(weir_functions(s, NULL, &e), "weir_functions: the place for the result is NULL");
    MISUSE(weir_completions(s, NULL, 0, 0, &r, &e),
           "weir_completions: the text or the place for the result is NULL");
    MISUSE(weir_input_open(s, NULL, NULL, NULL, &e),
           "weir_input_open: the name or the place for the input is NULL");
    q = prepare(s, "SELECT ?");
    MISUSE(weir_start(q, NULL, &e), "weir_start: the place for the result is NULL");
    MISUSE(weir_bind_null(q, 0, &e), "weir_bind_null: the statement has no parameter of that number");
    MISUSE(weir_bind_null(q, 2, &e), "weir_bind_null: the statement has no parameter of that number");
    cr_expect_eq(weir_statement_end(NULL, WEIR_WHOLE, 0, NULL), WEIR_EMPTY);
    cr_expect_eq(weir_statement_end("SELECT 1;", WEIR_WHOLE, 100, NULL), WEIR_EMPTY);
    weir_close(s);
}

Test(library, wrong_names) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_result *r;
    cr_expect_eq(weir_table_columns(s, "a b", &r, &e), WEIR_ERROR);
    cr_expect_str_eq(weir_error_text(e), "'a b' is not the name of a table");
    cr_expect_str_eq(weir_error_hint(e), "write it as in SQL: catalog.database.`the table`");
    weir_error_free(e);
    weir_close(s);
}

/* The columns of a file are known, too, and FROM may stand behind the place. */
Test(library, completion) {
    struct weir_session *s = open_session();
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    struct weir_result *r;
    char path[] = "/tmp/weir-library-XXXXXX.csv", sql[100];
    int fd = mkstemps(path, 4);
    cr_assert(fd >= 0 && write(fd, "number,colour\n1,red\n2,green\n", 28) == 28);
    close(fd);
    snprintf(sql, sizeof sql, "SELECT 1; SELECT colo FROM '%s'", path);
    cr_assert_eq(weir_completions(s, sql, WEIR_WHOLE, 21, &r, NULL), WEIR_OK);
    cr_assert_eq(weir_result_rows(r, -1, &rows, NULL), WEIR_OK);
    cr_assert_eq(rows.columns, 4);
    cr_expect_str_eq(rows.cells[0], "colour");
    cr_expect_str_eq(rows.cells[1], "column");
    cr_expect_str_eq(rows.cells[2], "STRING");
    cr_expect_str_eq(rows.cells[3], "17");
    unlink(path);
    weir_close(s);
}

/* ---- results in the wrong order ---- */

Test(library, results_misused) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct ArrowArray array;
    struct ArrowSchema schema;
    struct ArrowArrayStream stream;
    struct weir_rows rows = {.struct_bytes = sizeof rows}, small = {.struct_bytes = 4};
    struct weir_progress little = {.struct_bytes = 4};
    const char *text;
    size_t len;
    struct weir_result *r = start(s, "SELECT 1 AS a");
    MISUSE(weir_result_rows(r, 0, NULL, &e), "weir_result_rows: struct_bytes of the rows is too small");
    MISUSE(weir_result_rows(r, 0, &small, &e), "weir_result_rows: struct_bytes of the rows is too small");
    MISUSE(weir_result_progress(r, NULL, &e),
           "weir_result_progress: struct_bytes of the place for the figures is too small");
    MISUSE(weir_result_progress(r, &little, &e),
           "weir_result_progress: struct_bytes of the place for the figures is too small");
    MISUSE(weir_result_next(r, 0, NULL, &e), "weir_result_next: the place for the Arrow data is NULL");
    MISUSE(weir_result_schema(r, NULL, NULL, &e), "weir_result_schema: the place for the Arrow data is NULL");
    MISUSE(weir_result_arrow(r, NULL, NULL, &e), "weir_result_arrow: the place for the Arrow data is NULL");
    MISUSE(weir_result_text(r, WEIR_CSV, false, 0, NULL, &len, &e),
           "weir_result_text: the place for the text is NULL, or the format is none");
    MISUSE(weir_result_text(r, (enum weir_format)7, false, 0, &text, &len, &e),
           "weir_result_text: the place for the text is NULL, or the format is none");
    cr_expect_null(weir_column_name(r, 1));
    cr_expect_null(weir_column_type(r, UINT32_MAX));
    cr_expect_eq(weir_result_rows(r, -1, &rows, &e), WEIR_OK);
    MISUSE(weir_result_next(r, 0, &array, &e),
           "weir_result_next: the rows of this result are being read in another way");
    MISUSE(weir_result_text(r, WEIR_CSV, false, 0, &text, &len, &e),
           "weir_result_text: the rows of this result are being read in another way");
    for (int i = 0; i < 3; i++) cr_expect_eq(weir_result_rows(r, -1, &rows, &e), WEIR_END);
    weir_result_free(r);
    r = start(s, "SELECT a, COUNT(*) FROM (VALUES (1), (2)) AS t(a) GROUP BY a");
    if (weir_result_updating(r))
        MISUSE(weir_result_arrow(r, NULL, &stream, &e),
               "weir_result_arrow: the result takes rows back: name a column for the kinds of change");
    weir_result_free(r);
    r = start(s, "CREATE VIEW v AS SELECT 1 AS a");
    MISUSE(weir_result_rows(r, 0, &rows, &e), "weir_result_rows: this result has no rows");
    MISUSE(weir_result_schema(r, NULL, &schema, &e), "weir_result_schema: this result has no rows");
    cr_expect_eq(weir_result_wait(r, -1, &e), WEIR_OK);
    weir_cancel(r);
    weir_stop(r);
    cr_expect_eq(weir_result_wait(r, 0, &e), WEIR_OK);
    weir_result_free(r);
    weir_close(s);
}

Test(library, updating_needs_a_column) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct ArrowArrayStream stream;
    execute(s, "SET 'execution.runtime-mode' = 'streaming'");
    struct weir_result *r = start(s, "SELECT a, COUNT(*) FROM (VALUES (1), (2), (1)) AS t(a) GROUP BY a");
    cr_assert(weir_result_updating(r));
    MISUSE(weir_result_arrow(r, NULL, &stream, &e),
           "weir_result_arrow: the result takes rows back: name a column for the kinds of change");
    cr_expect_eq(weir_result_arrow(r, "op", &stream, &e), WEIR_OK);
    stream.release(&stream);
    weir_result_free(r);
    weir_close(s);
}

Test(library, runs_to_their_end) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_run *run;
    struct weir_result *r;
    cr_assert_eq(weir_run(s, "SELECT 1; SELECT 2", WEIR_WHOLE, NULL, &run, &e), WEIR_OK);
    MISUSE(weir_run_next(run, NULL, &e), "weir_run_next: the place for the result is NULL");
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(weir_run_next(run, &r, &e), WEIR_OK);
        cr_expect_eq(weir_result_wait(r, -1, &e), WEIR_OK);
        weir_result_free(r);
    }
    for (int i = 0; i < 3; i++) cr_expect_eq(weir_run_next(run, &r, &e), WEIR_END);
    weir_run_free(run);
    weir_close(s);
}

/* Closing the session frees what is open, running or not. */
Test(library, closed_with_all_open) {
    struct weir_session *s = open_session();
    struct weir_run *run;
    struct weir_input *in;
    struct weir_result *r;
    execute(s, "CREATE TABLE g (a BIGINT) WITH ('connector' = 'datagen');"
               "CREATE TABLE m (a BIGINT) WITH ('connector' = 'stream');"
               "CREATE TABLE o (a BIGINT) WITH ('connector' = 'blackhole')");
    prepare(s, "SELECT ?");
    start(s, "SELECT a FROM g");
    start(s, "INSERT INTO o SELECT a FROM g");
    start(s, "SELECT a FROM m");
    cr_assert_eq(weir_input_open(s, "m", NULL, &in, NULL), WEIR_OK);
    cr_assert_eq(weir_run(s, "SELECT 1; SELECT a FROM g", WEIR_WHOLE, NULL, &run, NULL), WEIR_OK);
    cr_assert_eq(weir_functions(s, &r, NULL), WEIR_OK);
    weir_close(s);
}

/* ---- handles of another kind, or given back ---- */

Test(library, wrong_kinds) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_statement *q = prepare(s, "SELECT 1");
    struct weir_result *r = start(s, "SELECT 1"), *r2;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    const char *kind = "weir_start: this is no handle of the kind that is needed";
    MISUSE(weir_start((struct weir_statement *)s, &r2, &e), kind);
    MISUSE(weir_start((struct weir_statement *)r, &r2, &e), kind);
    MISUSE(weir_result_rows((struct weir_result *)q, 0, &rows, &e),
           "weir_result_rows: this is no handle of the kind that is needed");
    MISUSE(weir_push_end((struct weir_input *)q, &e),
           "weir_push_end: this is no handle of the kind that is needed");
    weir_statement_free((struct weir_statement *)r);
    weir_close((struct weir_session *)q);
    cr_expect_eq(weir_result_rows(r, -1, &rows, &e), WEIR_OK);
    weir_close(s);
}

#ifdef WEIR_KEEP_HANDLES
Test(library, given_back) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_result *out;
    struct weir_input *in;
    struct weir_run *run;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    struct weir_progress progress = {.struct_bytes = sizeof progress};
    execute(s, "CREATE TABLE m (a BIGINT) WITH ('connector' = 'stream')");
    struct weir_statement *q = prepare(s, "SELECT ?");
    struct weir_result *r = start(s, "SELECT 1");
    cr_assert_eq(weir_input_open(s, "m", NULL, &in, &e), WEIR_OK);
    cr_assert_eq(weir_run(s, "SELECT 1", WEIR_WHOLE, NULL, &run, &e), WEIR_OK);
    for (int i = 0; i < 2; i++) { /* twice does nothing */
        weir_statement_free(q);
        weir_result_free(r);
        weir_input_free(in);
        weir_run_free(run);
    }
    for (int closed = 0; closed < 2; closed++) {
        MISUSE(weir_start(q, &out, &e), "weir_start: the handle was given back before");
        MISUSE(weir_bind_null(q, 1, &e), "weir_bind_null: the handle was given back before");
        MISUSE(weir_result_rows(r, 0, &rows, &e), "weir_result_rows: the handle was given back before");
        MISUSE(weir_result_wait(r, 0, &e), "weir_result_wait: the handle was given back before");
        MISUSE(weir_result_progress(r, &progress, &e),
               "weir_result_progress: the handle was given back before");
        MISUSE(weir_push_end(in, &e), "weir_push_end: the handle was given back before");
        MISUSE(weir_run_next(run, &out, &e), "weir_run_next: the handle was given back before");
        cr_expect_eq(weir_parameters(q), 0);
        cr_expect_eq(weir_columns(r), 0);
        weir_cancel(r);
        weir_stop(r);
        if (!closed) weir_close(s);
    }
    MISUSE(weir_set(s, "a", "b", &e), "weir_set: the handle was given back before");
    MISUSE(weir_execute(s, "SELECT 1", WEIR_WHOLE, &e), "weir_execute: the handle was given back before");
    weir_close(s);
}
#endif

/* ---- threads ---- */

static void *wait_for(void *arg) {
    struct weir_error *e = NULL;
    bool cancelled = weir_result_wait(arg, -1, &e) == WEIR_ERROR && strcmp(weir_error_code(e), "57014") == 0;
    weir_error_free(e);
    return cancelled ? arg : NULL;
}

Test(library, two_threads_in_one_session) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    pthread_t thread;
    void *cancelled = NULL;
    execute(s, "CREATE TABLE g (a BIGINT) WITH ('connector' = 'datagen')");
    struct weir_result *r = start(s, "SELECT a FROM g"), *out;
    cr_assert_eq(pthread_create(&thread, NULL, wait_for, r), 0);
    struct weir_progress progress = {.struct_bytes = sizeof progress};
    while (progress.rows_in == 0) /* any thread, any time */
        cr_assert_eq(weir_result_progress(r, &progress, &e), WEIR_OK);
    MISUSE(weir_set(s, "pipeline.name", "x", &e),
           "weir_set: another thread is in a call for the same session");
    MISUSE(weir_tables(s, &out, &e), "weir_tables: another thread is in a call for the same session");
    MISUSE(weir_result_wait(r, 0, &e), "weir_result_wait: another thread is in a call for the same session");
    cr_expect_null(weir_setting(s, "pipeline.name", NULL));
    cr_expect_eq(weir_result_end(r), WEIR_RUNNING);
    weir_cancel(r);
    pthread_join(thread, &cancelled);
    cr_expect_eq(cancelled, r);
    cr_expect_eq(weir_result_end(r), WEIR_CANCELLED);
    cr_expect_eq(weir_set(s, "pipeline.name", "x", &e), WEIR_OK);
    weir_close(s);
}

/* One thread's work: everything a session does, with tables of the same names as in the others. */
static void *work(void *arg) {
    uint64_t sum = 0;
    for (int round = 0; round < 3; round++) {
        struct weir_session *s;
        struct weir_rows rows = {.struct_bytes = sizeof rows};
        char sql[300];
        if (weir_open(NULL, &s, NULL) != WEIR_OK) return NULL;
        snprintf(sql, sizeof sql,
                 "SET 'parallelism.default' = '%d'; CREATE TABLE t (a BIGINT) WITH ('connector' = 'datagen', "
                 "'fields.a.kind' = 'sequence', 'fields.a.start' = '1', 'fields.a.end' = '%" PRIdPTR "')",
                 round % 2 + 1, (intptr_t)arg);
        if (weir_execute(s, sql, WEIR_WHOLE, NULL) != WEIR_OK) return NULL;
        struct weir_statement *q;
        struct weir_result *r;
        if (weir_prepare(s, "SELECT SUM(a) + ? FROM t", WEIR_WHOLE, NULL, &q, NULL) != WEIR_OK) return NULL;
        weir_bind_bigint(q, 1, 1, NULL);
        if (weir_start(q, &r, NULL) != WEIR_OK) return NULL;
        enum weir_status st;
        while ((st = weir_result_rows(r, -1, &rows, NULL)) == WEIR_OK)
            sum = strtoull(rows.cells[(size_t)(rows.rows - 1) * rows.columns], NULL, 10);
        weir_close(s);
    }
    return (void *)(uintptr_t)sum;
}

Test(library, two_sessions_share_nothing) {
    static const intptr_t last[] = {1000, 2000, 3000};
    pthread_t threads[3];
    for (int i = 0; i < 3; i++)
        cr_assert_eq(pthread_create(&threads[i], NULL, work, (void *)last[i]), 0);
    for (int i = 0; i < 3; i++) {
        void *sum;
        pthread_join(threads[i], &sum);
        cr_expect_eq((uintptr_t)sum, (uintptr_t)(last[i] * (last[i] + 1) / 2 + 1));
    }
}

/* ---- inputs ---- */

static void release_array(struct ArrowArray *a) {
    a->release = NULL;
}

/* Pushes until the other thread was met in a call, or some time has gone by. */
static void *push_watermarks(void *arg) {
    struct weir_error *e = NULL;
    for (int64_t i = 0; i < 50000; i++) {
        if (weir_push_watermark(arg, i, &e) != WEIR_ERROR) continue;
        bool met = strcmp(weir_error_text(e),
                          "weir_push_watermark: another thread is in a call for the same input") == 0;
        weir_error_free(e);
        return met ? NULL : arg;
    }
    return NULL;
}

Test(library, two_threads_at_one_input) {
    struct weir_session *s = open_session();
    struct weir_input *in;
    pthread_t threads[2];
    execute(s, "CREATE TABLE m (ts TIMESTAMP(3), WATERMARK FOR ts AS SOURCE_WATERMARK())"
               " WITH ('connector' = 'stream')");
    cr_assert_eq(weir_input_open(s, "m", NULL, &in, NULL), WEIR_OK);
    for (int i = 0; i < 2; i++) cr_assert_eq(pthread_create(&threads[i], NULL, push_watermarks, in), 0);
    for (int i = 0; i < 2; i++) {
        void *other_error;
        pthread_join(threads[i], &other_error);
        cr_expect_null(other_error);
    }
    weir_close(s);
}

Test(library, inputs_misused) {
    struct weir_session *s = open_session();
    struct weir_error *e = NULL;
    struct weir_input *in;
    struct ArrowArray batch = {0};
    execute(s, "CREATE TABLE m (a BIGINT) WITH ('connector' = 'stream');"
               "CREATE TABLE g (a BIGINT) WITH ('connector' = 'datagen'); CREATE VIEW v AS SELECT 1 AS a");
    static const char *const no[] = {"g", "v", "nowhere", "", "m; m"};
    for (unsigned i = 0; i < 5; i++) {
        cr_expect_eq(weir_input_open(s, no[i], NULL, &in, &e), WEIR_ERROR, "%s", no[i]);
        cr_expect(weir_error_text(e)[0]);
        weir_error_free(e);
    }
    e = NULL;
    cr_assert_eq(weir_input_open(s, "m", NULL, &in, &e), WEIR_OK);
    MISUSE(weir_push(in, NULL, &e), "weir_push: the batch is NULL or was released");
    MISUSE(weir_push(in, &batch, &e), "weir_push: the batch is NULL or was released");
    /* a batch that is none: no children, no buffers, more rows than it has */
    const void *none[3] = {0};
    struct ArrowArray column = {.length = 5, .n_buffers = 2, .buffers = none, .release = release_array};
    struct ArrowArray *columns[] = {&column};
    struct ArrowArray bad[] = {
        {.length = 1, .release = release_array},
        {.length = -1, .n_buffers = 1, .buffers = none, .n_children = 1, .children = columns,
         .release = release_array},
        {.length = 9, .n_buffers = 1, .buffers = none, .n_children = 1, .children = columns,
         .release = release_array},
        {.length = 5, .n_buffers = 1, .buffers = none, .n_children = 2, .children = columns,
         .release = release_array},
        {.length = 5, .n_buffers = 1, .buffers = none, .n_children = 1, .children = columns,
         .release = release_array},
    };
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_expect_eq(weir_push(in, &bad[i], &e), WEIR_ERROR, "batch %u", i);
        cr_expect(bad[i].release != NULL, "batch %u stays with its owner", i);
        weir_error_free(e);
        e = NULL;
    }
    cr_expect_eq(weir_push_end(in, &e), WEIR_OK);
    cr_expect_eq(weir_push_end(in, &e), WEIR_OK);
    cr_expect_eq(weir_push_watermark(in, 0, &e), WEIR_ERROR);
    weir_error_free(e);
    weir_close(s);
}
