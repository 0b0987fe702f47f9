/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes binder, planner and printer of plans, and runs what is a bounded query: any text over a fixed
 * catalog (made.sql in this file). What is refused must say why with a place inside the text; what runs must
 * come to an end, failed or not. Texts that could touch files are planned, never run.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "tests/support/run_sql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static const char catalog[] =
    "SET 'weir.batch.rows' = '2'; SET 'weir.state.memory-limit' = '64 mb';"
    "CREATE VIEW v AS SELECT * FROM (VALUES (1, 'a', 2.5, TRUE), (2, 'bb', 0.5, FALSE), (3, NULL, 7.25, "
    "TRUE))"
    " AS t(i, s, d, b);"
    "CREATE VIEW w AS SELECT ARRAY[i, 2] AS a, MAP[s, i] AS m, ROW(i, s) AS r, CAST(s AS BYTES) AS y FROM v;"
    "CREATE TABLE g (k INT, n BIGINT, f DOUBLE, c DECIMAL(20, 3), ts TIMESTAMP(3), l TIMESTAMP_LTZ(3), q "
    "DATE,"
    " h TIME, p AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)"
    " WITH ('connector' = 'datagen', 'number-of-rows' = '9');"
    "CREATE TABLE u (k INT, z STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (k) NOT ENFORCED)"
    " WITH ('connector' = 'datagen', 'number-of-rows' = '5');"
    "CREATE TABLE o (i INT, s STRING) WITH ('connector' = 'blackhole');";

static void fail(const char *what, struct str text) {
    fprintf(stderr, "%s: %.*s\n", what, STR_ARG(text));
    abort();
}

static bool begins(struct str s, const char *word) {
    size_t n = strlen(word);
    return s.len >= n && strncasecmp(s.ptr, word, n) == 0;
}

static bool has(struct str s, const char *word) {
    for (; s.len >= strlen(word); s.ptr++, s.len--) {
        if (begins(s, word)) return true;
    }
    return false;
}

/* One query without table options, so that it reads nothing but the catalog's tables; none of those that make
 * much out of little. */
static bool may_run(struct str s) {
    static const char *const no[] = {";", "/*", "LIMIT", "FETCH", "JOIN", "REPEAT", "PAD", "EXPLAIN", "HOP",
                                     "CUMULATE", "${"};
    for (unsigned i = 0; i < sizeof no / sizeof *no; i++) {
        if (has(s, no[i])) return false;
    }
    return true;
}

static void check_error(struct weir_error *e, struct str text) {
    if (!e || !weir_error_text(e)[0]) fail("the error is not complete", text);
    if (strcmp(weir_error_name(e), "INTERNAL") == 0) fail(weir_error_text(e), text);
    size_t offset = weir_error_offset(e), len = strlen(weir_error_sql(e));
    if (offset != WEIR_NO_PLACE && !memchr(text.ptr, 0, text.len) &&
        (offset > len || weir_error_length(e) > len - offset))
        fail("the error is outside of the text", text);
    weir_error_free(e);
}

/* The session with the catalog; one text that is no query, and it is made anew. */
struct world {
    struct weir_session *session; /* NULL: to be made */
};

static struct world *world(void) {
    static struct world w;
    return &w;
}

static void begin(struct world *w) {
    struct weir_error *e = NULL;
    if (w->session) return;
    if (weir_open(NULL, &w->session, NULL) != WEIR_OK) abort();
    if (weir_check(w->session, catalog, WEIR_WHOLE, &e) != WEIR_OK) fail(weir_error_text(e), str_of(catalog));
}

static void end(void) __attribute__((destructor));
static void end(void) {
    struct world *w = world();
    weir_close(w->session);
    *w = (struct world){0};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    struct world *w = world();
    struct weir_error *e = NULL;
    struct weir_run_options options = WEIR_RUN_INIT;
    options.separately = true;
    begin(w);
    struct str text = {(const char *)data, len_bytes};
    bool query = begins(text, "SELECT ") || begins(text, "WITH ");
    if (weir_check(w->session, text.ptr, text.len, &e) != WEIR_OK) {
        check_error(e, text);
    } else if (query && may_run(text)) {
        if (run_sql(w->session, text.ptr, text.len, &options, NULL, NULL, &e) != WEIR_OK)
            check_error(e, text);
    }
    if (!query || has(text, ";")) end();
    return 0;
}
