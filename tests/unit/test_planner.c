/* SPDX-License-Identifier: Apache-2.0
 *
 * Whole statements through the planner, over the fake registry of planner_fixture.h: each case says what must
 * stand in the plan's text, or the error with the words under its caret and its hint.
 */
#include <criterion/criterion.h>

#include "planner_fixture.h"

struct plan_case {
    const char *sql;
    const char *has; /* somewhere in the text */
};

static void check_all(const struct plan_case *cases, size_t count) {
    struct fixture f;
    fixture_init(&f);
    cr_assert_str_eq(fixture_explain(&f, fixture_tables), "done");
    for (size_t i = 0; i < count; i++) {
        const char *got = fixture_explain(&f, cases[i].sql);
        cr_expect(strstr(got, cases[i].has), "%s\nhas not: %s\nbut is: %s", cases[i].sql, cases[i].has, got);
    }
    fixture_free(&f);
}
#define CHECK(cases) check_all(cases, ARRAY_LEN(cases))

#define TUMBLE_E "TABLE(TUMBLE(TABLE e, DESCRIPTOR(ts), INTERVAL '1' MINUTE))"
#define GROUP_W " GROUP BY window_start, window_end"

Test(planner, projections_and_filters) {
    static const struct plan_case cases[] = {
        {"SELECT 1, 'a' || 'b'", "CALC [1 AS EXPR$0, ('a' || 'b') AS EXPR$1] {append}\n    VALUES (0)"},
        {"SELECT id FROM e WHERE kind = 'x'",
         "CALC [id] where (kind = 'x') {append}\n    SCAN default_catalog."
         "default_database.e [id, kind] {append; unbounded input}"},
        {"SELECT e.info.a, twice + 1 AS t FROM e", "CALC [info.a AS a, ((id * 2) + 1) AS t]"},
        {"SELECT off FROM e", "e [off]"},
        {"SELECT COUNT(*) FROM e", "SCAN default_catalog.default_database.e [] {"},
        {"SELECT country FROM (SELECT * FROM e WHERE id > 1) WHERE id < 9", "where ((id > 1) AND (id < 9))"},
        {"SELECT a.b FROM (VALUES (1), (2)) AS a(b)", "VALUES (1), (2)"},
        {"SELECT title_id FROM d /*+ OPTIONS('rows' = '9') */ UNION ALL SELECT title_id FROM d",
         "SCAN default"},
    };
    CHECK(cases);
}

Test(planner, windows) {
    static const struct plan_case cases[] = {
        {"SELECT window_start, country, COUNT(*) FROM " TUMBLE_E " WHERE kind = 'x'" GROUP_W ", country",
         "WINDOW AGGREGATE TUMBLE(ts, 60 s) COUNT(*) by country {append; key country, window_start; state "
         "open windows}"
         "\n      CALC [country, ts] where (kind = 'x') {append; rowtime ts}\n        SCAN "
         "default_catalog.default_database"
         ".e [kind, country, ts] watermark (ts - INTERVAL '5' SECOND)"},
        {"SELECT COUNT(*) FROM TABLE(HOP(DATA => TABLE e, TIMECOL => DESCRIPTOR(ts), SLIDE => INTERVAL '10' "
         "SECOND,"
         " SIZE => INTERVAL '1' MINUTE))" GROUP_W,
         "HOP(ts, 10 s, 60 s)"},
        {"SELECT MAX(n) FROM (SELECT window_start, window_end, COUNT(*) AS n FROM " TUMBLE_E GROUP_W
         ", kind)" GROUP_W,
         "WINDOW AGGREGATE window of window_start, window_end MAX(n)"},
        {"SELECT TUMBLE_START(ts, INTERVAL '1' MINUTE), AVG(id) FROM e GROUP BY TUMBLE(ts, INTERVAL '1' "
         "MINUTE)",
         "WINDOW AGGREGATE TUMBLE(ts, 60 s) AVG(id)"},
        {"SELECT id, window_end FROM TABLE(CUMULATE(TABLE e, DESCRIPTOR(ts), INTERVAL '10' SECOND, INTERVAL "
         "'1' MINUTE))",
         "WINDOW CUMULATE(ts, 10 s, 60 s) {append; rowtime ts; rowtime window_time}"},
        {"SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE e, DESCRIPTOR(id), INTERVAL '1' MINUTE))" GROUP_W,
         "ERROR a window needs a time attribute, but 'id' is a plain BIGINT @ id ("},
        {"SELECT COUNT(*) FROM TABLE(HOP(TABLE e, DESCRIPTOR(ts), INTERVAL '7' SECOND, INTERVAL '1' "
         "MINUTE))" GROUP_W,
         "ERROR to aggregate over HOP its size must be a multiple of its slide @ window_start"},
    };
    CHECK(cases);
}

Test(planner, changes) {
    static const struct plan_case cases[] = {
        {"INSERT INTO sink SELECT country, COUNT(*) FROM e GROUP BY country",
         "ERROR table 'default_catalog.default_database.sink' (connector 'dst') cannot take updates, but "
         "GROUP AGGREGATE"
         " on (country) makes them: a result changes with every row that arrives @ sink (aggregate by a "
         "window"},
        {"INSERT INTO out_ SELECT country, COUNT(*) FROM e GROUP BY country HAVING COUNT(*) > 4",
         "CALC [country AS a, EXPR$0 AS n] where (EXPR$0 > 4) {retract; key a}\n    GROUP AGGREGATE COUNT(*) "
         "by country"
         " {retract; key country; state 1 row a key, unbounded}"},
        {"SELECT country, UUID() FROM (SELECT country, COUNT(*) AS n FROM e GROUP BY country)",
         "ERROR UUID cannot stand above GROUP AGGREGATE"},
        {"SELECT genre, COUNT(*) FROM e JOIN d ON e.title_id = d.title_id WHERE kind = 'x' GROUP BY genre",
         "JOIN INNER on title_id = title_id {append; state all rows of the right side, read first, bounded "
         "by the input}"
         "\n        CALC [title_id] where (kind = 'x')"},
        {"SELECT a.id, b.id FROM e a, e b WHERE a.id = b.title_id",
         "JOIN INNER on id = $f10 {append; state all rows of both sides, unbounded}"},
        {"SELECT id, genre FROM e LEFT JOIN d FOR SYSTEM_TIME AS OF e.ts ON e.title_id = d.title_id",
         "TEMPORAL JOIN LEFT on title_id = title_id as of ts {append; rowtime ts;"},
        {"SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS rn FROM e) WHERE rn = "
         "1",
         "DEDUPLICATE first row by id in order of ts {append; key id; rowtime ts; state 1 row a key, "
         "unbounded}\n      LATE"
         " FILTER"},
        {"SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts DESC) AS rn FROM e) WHERE "
         "rn < 2",
         "DEDUPLICATE last row by id in order of ts {retract;"},
        {"SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS rn FROM e) WHERE rn "
         "<= 3",
         "TOP N rows 1 to 3 by id in order of ts {retract; rowtime ts; state 3 rows a key"},
        {"SELECT genre FROM d ORDER BY genre", "ERROR ORDER BY is not supported yet in streaming mode"},
        {"SELECT genre FROM d ORDER BY genre LIMIT 3",
         "TOP N rows 1 to 3 in order of genre {retract; state 3 rows}"},
    };
    CHECK(cases);
}

Test(planner, sharing_is_by_column_not_by_name) {
    static const struct plan_case cases[] = {
        {"SELECT e.title_id FROM e JOIN d ON e.id = d.title_id UNION ALL SELECT d.title_id FROM e JOIN d ON "
         "e.id ="
         " d.title_id",
         "    CALC [title_id] {append}\n      JOIN #3, as above"},
        {"EXECUTE STATEMENT SET BEGIN INSERT INTO sink SELECT country, id FROM e; INSERT INTO out_ SELECT "
         "kind, id FROM"
         " e; END;",
         "SCAN #0, as above"},
    };
    CHECK(cases);
}

Test(planner, errors_of_names_and_types) {
    static const struct plan_case cases[] = {
        {"SELECT countri FROM e", "ERROR there is no column 'countri' @ countri (did you mean 'country'?)"},
        {"SELECT title_id FROM e, d", "is ambiguous @ title_id (it could be e.title_id, d.title_id)"},
        {"SELECT UPERR(kind) FROM e",
         "ERROR there is no function 'UPERR' @ UPERR(kind) (did you mean UPPER?)"},
        {"SELECT id + kind FROM e", "ERROR operator + does not take BIGINT and STRING @ id + kind"},
        {"SELECT * FROM ee", "ERROR there is no table or view 'ee' @ ee (did you mean 'e'?)"},
        {"SELECT id, COUNT(*) FROM e",
         "ERROR column 'id' is neither in GROUP BY nor inside an aggregate @ id ("},
        {"SELECT id FROM e WHERE COUNT(*) > 1", "ERROR aggregate COUNT cannot stand in WHERE @ COUNT(*)"},
        {"SELECT id FROM e WHERE kind = 1", "ERROR STRING and INT cannot be compared @ kind = 1"},
        {"INSERT INTO sink SELECT country FROM e",
         "ERROR the query has 1 column, but sink takes 2 @ SELECT country"},
        {"INSERT INTO sink SELECT id, id FROM e", "ERROR column 'a' is STRING, but the query gives BIGINT @"},
        {"SELECT * FROM sink", "ERROR connector 'dst' can only be written to @ sink"},
        {"SELECT id FROM e WHERE EXISTS (SELECT 1 FROM d)",
         "JOIN SEMI on TRUE {append; state all rows of the right side"},
    };
    CHECK(cases);
}

Test(planner, definitions) {
    static const struct plan_case cases[] = {
        {"CREATE TABLE t (a INT) WITH ('connector' = 'srcc')",
         "there is no connector 'srcc' @ 'srcc' (did you mean 'src'?)"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'src', 'format' = 'txt', 'txt.delimter' = ';')",
         "ERROR format 'txt' has no option 'txt.delimter' @ 'txt.delimter' (did you mean 'txt.delimiter'?)"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'src', 'format' = 'txt', 'rows' = 'x')",
         "ERROR option 'rows' of connector 'src' must be a whole number, not 'x' @ 'x'"},
        {"CREATE TABLE t (a INT, c AS b + 1) WITH ('connector' = 'src', 'format' = 'txt')",
         "no column 'b' @ b"},
        {"CREATE TABLE t (a INT, a INT) WITH ('connector' = 'src', 'format' = 'txt')",
         "column 'a' is there twice @ a"},
        {"CREATE TABLE t (extra INT) WITH ('rows' = '7') LIKE d", "done"},
        {"SELECT * FROM t", "SCAN default_catalog.default_database.t [title_id, genre, valid, extra]"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'dst')", "ERROR there is a table 't' already @ t"},
        {"CREATE VIEW v AS SELECT id, countr FROM e", "ERROR there is no column 'countr' @ countr"},
        {"CREATE VIEW v (x, y) AS SELECT id, country FROM e", "done"},
        {"SELECT y FROM v", "SCAN default_catalog.default_database.e [country]"},
        {"ALTER TABLE d SET ('rws' = '5')", "has no option 'rws' @ 'rws' (did you mean 'rows'?)"},
        {"ALTER TABLE d RENAME TO dd", "done"},
        {"SELECT title_id FROM dd", "SCAN default_catalog.default_database.dd [title_id]"},
        {"DROP VIEW e", "ERROR 'e' is a table @ e (use DROP TABLE)"},
        {"DROP TABLE e", "done"},
        {"SELECT y FROM v", "ERROR in view 'v': there is no table or view 'e' @ v"},
        {"SET 'paralelism.default' = '2'", "ERROR the session has no option 'paralelism.default'"},
        {"SET 'table.exec.mini-batch.enabled' = 'true'", "done"},
        {"CREATE DATABASE db2; USE db2", "done"},
        {"SELECT 1 FROM dd", "ERROR there is no table or view 'dd' @ dd"},
    };
    CHECK(cases);
}

Test(planner, two_workers) {
    static const struct plan_case cases[] = {
        {"SET 'parallelism.default' = '2'", "done"},
        {"SELECT COUNT(*) FROM " TUMBLE_E GROUP_W ", country",
         "GLOBAL WINDOW AGGREGATE COUNT(*) by country {append; state open windows}\n"},
        {"SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY ts) AS rn FROM e) WHERE rn = "
         "1",
         "EXCHANGE hash by id {append; rowtime ts}\n        LATE FILTER"},
        {"SELECT genre FROM e JOIN d ON e.title_id = d.title_id",
         "EXCHANGE broadcast {append}\n        SCAN"},
    };
    CHECK(cases);
}

/* Without an engine nobody looks into files. */
Test(planner, paths) {
    struct fixture f;
    fixture_init(&f);
    cr_assert_str_eq(fixture_explain(&f, "SELECT * FROM 'plays.csv'"),
                     "ERROR a file cannot stand for a table here @ 'plays.csv' ()");
    fixture_free(&f);
}

/* ---- lists for programs ---- */

static const char *table_text(struct fixture *f, const struct string_table *t) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < t->nrows * t->ncols; i++)
        s = arena_printf(&f->arena, "%.*s%.*s%s", STR_ARG(s),
                         STR_ARG(t->cells[i].ptr ? t->cells[i] : STR("-")), (i + 1) % t->ncols ? "|" : "\n");
    return s.ptr;
}

Test(planner, lists) {
    struct fixture f;
    struct string_table t;
    struct plan *plan;
    fixture_init(&f);
    cr_assert(fixture_run(&f, fixture_tables, &plan));
    cr_assert(fixture_run(&f, "CREATE DATABASE other; CREATE VIEW other.v AS SELECT id FROM e;", &plan));
    planner_tables(&f.ctx, &t);
    cr_expect_str_eq(table_text(&f, &t), "default_catalog|default_database|e|TABLE|src\n"
                                         "default_catalog|default_database|d|TABLE|src\n"
                                         "default_catalog|default_database|sink|TABLE|dst\n"
                                         "default_catalog|default_database|out_|TABLE|show\n"
                                         "default_catalog|other|v|VIEW|-\n",
                     "%s", table_text(&f, &t));
    cr_assert_eq(planner_table_columns(&f.ctx, STR("default_database.`e`"), &t), ST_OK);
    cr_expect_str_eq(table_text(&f, &t),
                     "id|BIGINT|-|-|-\nkind|STRING|-|-|-\ncountry|STRING|-|-|-\ntitle_id|INT|-|-|-\n"
                     "price|DECIMAL(10, 2)|-|-|-\nts|TIMESTAMP(3)|-|ROWTIME|-\n"
                     "info|ROW<`a` INT, `b` STRING>|-|-|-\ntwice|BIGINT|-|-|AS `id` * 2\n"
                     "pt|TIMESTAMP_LTZ(3) NOT NULL|-|PROCTIME|AS PROCTIME()\n"
                     "off|BIGINT|-|-|METADATA FROM 'offset' VIRTUAL\n",
                     "%s", table_text(&f, &t));
    cr_assert_eq(planner_table_columns(&f.ctx, STR("d"), &t), ST_OK);
    cr_expect_str_eq(table_text(&f, &t), "title_id|INT NOT NULL|PRIMARY KEY|-|-\ngenre|STRING|-|-|-\n"
                                         "valid|TIMESTAMP(3)|-|ROWTIME|-\n",
                     "%s", table_text(&f, &t));
    static const char *const bad[] = {"nothing", "", "e; DROP TABLE e", "EXTENDED e", "a.b.c.d", "`e", "e x"};
    for (unsigned i = 0; i < ARRAY_LEN(bad); i++) {
        error_clear(&f.error);
        cr_expect_eq(planner_table_columns(&f.ctx, str_of(bad[i]), &t), ST_ERROR, "%s", bad[i]);
        cr_expect(f.error.text[0] && f.error.span.len == 0);
    }
    planner_functions(&f.arena, &t);
    cr_expect(strstr(table_text(&f, &t), "\nROUND|ROUND(NUMERIC)\nROUND(NUMERIC, INT)|SCALAR|rounded"));
    cr_expect(strstr(table_text(&f, &t), "\nSUM|SUM(NUMERIC)|AGGREGATE|"));
    cr_expect(strstr(table_text(&f, &t), "\nTUMBLE|TUMBLE(TABLE t, DESCRIPTOR(ts), size [, offset])|TABLE|"));
    fixture_free(&f);
}
