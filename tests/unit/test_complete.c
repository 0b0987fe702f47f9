/* SPDX-License-Identifier: Apache-2.0
 *
 * Completion (engine/complete.c): texts with a | where the cursor is, and what is offered first there.
 */
#include "engine/complete.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine/registry.h"
#include "sql/parse.h"

struct world {
    struct arena arena;
    struct error error;
    struct catalogs catalogs;
    struct session_options session;
    struct planner_ctx ctx;
};

static const char tables[] =
    "CREATE TABLE plays (id BIGINT, country STRING, `order` STRING, title_id INT, info ROW<device STRING, "
    "size "
    "INT>, ts TIMESTAMP(3), pt AS PROCTIME(), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)"
    " WITH ('connector' = 'datagen', 'number-of-rows' = '5');"
    "CREATE TABLE titles (title_id INT, genre STRING, `odd name` INT, PRIMARY KEY (title_id) NOT ENFORCED)"
    " WITH ('connector' = 'filesystem', 'path' = '/tmp/x', 'format' = 'csv', 'csv.field-delimiter' = ';');"
    "CREATE TABLE out (a STRING, n BIGINT) WITH ('connector' = 'blackhole');"
    "CREATE VIEW per_country AS SELECT country, COUNT(*) AS n FROM plays GROUP BY country;"
    "CREATE DATABASE extra; CREATE TABLE extra.more (z INT) WITH ('connector' = 'datagen');";

static void world_init(struct world *w) {
    *w = (struct world){0};
    catalogs_init(&w->catalogs);
    w->ctx = (struct planner_ctx){.arena = &w->arena,
                                  .error = &w->error,
                                  .catalogs = &w->catalogs,
                                  .session = &w->session,
                                  .registry = engine_registry(),
                                  .mode = PLANNER_AUTOMATIC,
                                  .text = str_of(tables)};
    for (size_t at = 0;;) {
        struct ast_stmt *stmt;
        cr_assert_eq(sql_parse(&w->arena, str_of(tables), at, &stmt, &at, &w->error), ST_OK, "%s",
                     w->error.text);
        if (!stmt) return;
        cr_assert_eq(planner_apply(&w->ctx, stmt), ST_OK, "%s", w->error.text);
    }
}

static void world_free(struct world *w) {
    catalogs_free(&w->catalogs);
    session_options_free(&w->session);
    arena_free(&w->arena);
}

static void complete(struct world *w, struct str text, size_t offset, struct string_table *out) {
    static const struct str jobs[] = {{"job-1", 5}};
    struct complete_ctx ctx = {.planner = &w->ctx, .jobs = jobs, .njobs = 1};
    struct error e = {0};
    cr_assert_eq(complete_at(&ctx, text, offset, &w->arena, out, &e), ST_OK, "%s", e.text);
    cr_assert_eq(out->ncols, 4);
}

/* The first `n` texts, with blanks between them; "~" for a blank in one. */
static const char *first_texts(struct world *w, const struct string_table *t, uint32_t n) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < t->nrows && i < n; i++) {
        char *z = arena_strdup(&w->arena, arena_str(&w->arena, t->cells[i * 4]).ptr);
        for (char *c = z; *c; c++) *c = *c == ' ' ? '~' : *c;
        s = arena_printf(&w->arena, "%.*s%s%s", STR_ARG(s), i ? " " : "", z);
    }
    return s.ptr;
}

struct expectation {
    const char *text;  /* with | at the cursor */
    const char *first; /* the first texts; "" = none at all; "-x" = x is not among all */
};

static void check(struct world *w, const struct expectation *x) {
    const char *bar = strchr(x->text, '|');
    size_t offset = (size_t)(bar - x->text);
    struct str text = arena_printf(&w->arena, "%.*s%s", (int)offset, x->text, bar + 1);
    struct string_table t;
    uint32_t n = 1;
    for (const char *c = x->first; *c; c++) n += *c == ' ';
    complete(w, text, offset, &t);
    if (x->first[0] == '-') {
        for (uint32_t i = 0; i < t.nrows; i++)
            cr_expect(!str_eq(t.cells[i * 4], str_of(x->first + 1)), "%s offers %s", x->text, x->first + 1);
    } else if (!x->first[0]) {
        cr_expect_eq(t.nrows, 0, "%s: %s", x->text, first_texts(w, &t, 5));
    } else {
        cr_expect_str_eq(first_texts(w, &t, n), x->first, "%s: %s", x->text, first_texts(w, &t, n + 3));
    }
}

static void check_all(const struct expectation *x, size_t count) {
    struct world w;
    world_init(&w);
    for (size_t i = 0; i < count; i++) check(&w, &x[i]);
    world_free(&w);
}
#define CHECK(list) check_all(list, ARRAY_LEN(list))

Test(complete, keywords) {
    static const struct expectation list[] = {
        {"|", "SELECT INSERT~INTO CREATE WITH SHOW DESCRIBE"},
        {"sel|", "select"},
        {"SEL|", "SELECT"},
        {"SELECT 1; cre|", "create"},
        {"CREATE |", "TABLE VIEW"},
        {"SELECT id FROM plays |", "WHERE GROUP~BY ORDER~BY LIMIT AS"},
        {"select id from plays gr|", "group~by"},
        {"SELECT id FROM plays W|", "WHERE WINDOW"},
        {"SELECT id FROM plays WHERE id IS |", "NOT NULL"},
        {"SELECT id FROM plays WHERE id IS NOT |", "NULL"},
        {"SELECT id FROM plays WHERE country NOT |", "IN LIKE BETWEEN"},
        {"SELECT id FROM plays CROSS |", "JOIN"},
        {"CREATE TABLE IF|", "IF~NOT~EXISTS"},
        {"SHOW |", "CREATE"},
        {"SHOW TA|", "TABLES"},
        {"STOP |", "JOB"},
        {"STOP JOB '|", "'job-1'"},
        {"STOP JOB |", "'job-1'"},
        {"DESCRIBE JOB 'j|", "'job-1'"},
        {"SELECT a, FROM plays WH|", "WHERE"},
        {"EXECUTE STATEMENT SET BEGIN INSERT INTO out SELECT country, id FROM plays; ins|", "insert~into"},
        {"EXECUTE |", "STATEMENT~SET~BEGIN"},
        {"SELECT * FROM plays /*+ |", "OPTIONS("},
        {"SELECT id FROM plays LIMIT |", "-id"},
        {"SELECT * FROM TABLE(HOP(TABLE plays, |", "DESCRIPTOR( INTERVAL"},
        {"SELECT * FROM TABLE(HOP(TABLE plays, DESCRIPTOR(ts), int|", "interval"},
        {"CREATE TABLE t (a INT |", "NULL NOT~NULL PRIMARY~KEY METADATA COMMENT"},
        {"-- sel|", ""},
        {"/* sel|", ""},
        {"SELECT 'sel|", ""},
        {"SELECT 12|", ""},
    };
    CHECK(list);
}

Test(complete, columns) {
    static const struct expectation list[] = {
        {"SELECT co| FROM plays", "country"},
        {"SELECT CO| FROM plays", "country COUNT( COALESCE("},
        {"SELECT | FROM plays", "id country `order` title_id info ts pt"},
        {"SELECT id FROM plays WHERE |", "id country"},
        {"SELECT id FROM plays WHERE SU|", "SUBSTR( SUBSTRING("},
        {"SELECT SU| FROM plays", "SUM( SUBSTR( SUBSTRING("},
        {"SELECT ord| FROM plays", "`order`"},
        {"SELECT `ord| FROM plays", "`order`"},
        {"SELECT p.| FROM plays p", "id country"},
        {"SELECT p.co| FROM plays AS p", "country"},
        {"SELECT p.info.| FROM plays AS p", "device size"},
        {"SELECT info.d| FROM plays", "device"},
        {"SELECT odd| FROM titles", "`odd~name`"},
        {"SELECT title| FROM plays JOIN titles ON TRUE", "plays.title_id titles.title_id"},
        {"SELECT * FROM plays p JOIN titles t ON p.title_id = t.|", "title_id genre"},
        {"SELECT * FROM plays p JOIN titles t ON p.|", "id country"},
        {"SELECT * FROM plays p LEFT JOIN titles FOR SYSTEM_TIME AS OF p.ts AS t ON t.g|", "genre"},
        {"SELECT | FROM (SELECT country AS c, 1 AS one FROM plays) x", "c one"},
        {"SELECT x.o| FROM (SELECT country AS c, 1 AS one FROM plays) x", "one"},
        {"SELECT * FROM (SELECT co| FROM plays) x", "country"},
        {"WITH w AS (SELECT id AS number FROM plays) SELECT nu| FROM w", "number"},
        {"SELECT wind| FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE))",
         "window_start window_end window_time"},
        {"SELECT * FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(t|", "ts"},
        {"SELECT country AS land FROM plays ORDER BY la|", "land"},
        {"SELECT n FROM per_country WHERE c|", "country"},
        {"INSERT INTO out (|", "a n"},
        {"INSERT INTO out (a, |) SELECT", "a n"},
        {"INSERT INTO out SELECT co| FROM plays", "country"},
        {"SELECT id FROM plays WHERE title_id IN (SELECT ti| FROM titles)", "title_id"},
        {"SELECT id FROM plays WHERE EXISTS (SELECT 1 FROM titles WHERE coun|", "country"},
        {"SELECT id FROM plays; SELECT ge| FROM titles; SELECT 1", "genre"},
        {"SELECT COUNT(DISTINCT co|) FROM plays", "country"},
        {"SELECT CASE WHEN co| THEN 1 END FROM plays", "country"},
        {"CREATE TABLE t (a INT, at TIMESTAMP(3), WATERMARK FOR |", "a at"},
        {"CREATE TABLE t (a INT, at TIMESTAMP(3), WATERMARK FOR at AS a|", "a at"},
        {"CREATE TABLE t (abc INT, PRIMARY KEY (|", "abc"},
        {"SELECT nothing.| FROM plays", ""},
        {"SELECT ctry| FROM plays", "country"},
        {"SELECT START| FROM plays", "STARTSWITH("},
        {"SELECT start| FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE))",
         "-window_start"},
        {"SELECT _start| FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts), INTERVAL '1' MINUTE))",
         "window_start"},
        {"SELECT COU| FROM plays", "-REGEXP_COUNT("},
        {"SELECT id FROM plays WHERE AN|", "-AND("},
    };
    CHECK(list);
}

Test(complete, tables) {
    static const struct expectation list[] = {
        {"SELECT * FROM |", "per_country plays titles"},
        {"SELECT * FROM pl|", "plays"},
        {"SELECT * FROM per|", "per_country"},
        {"SELECT * FROM plays JOIN ti|", "titles"},
        {"SELECT * FROM plays, ti|", "titles"},
        {"SELECT * FROM ou|", "-out"},
        {"SELECT * FROM extra.|", "more"},
        {"SELECT * FROM default_catalog.|", "default_database. extra."},
        {"SELECT * FROM default_catalog.extra.m|", "more"},
        {"WITH recent AS (SELECT 1) SELECT * FROM re|", "recent"},
        {"INSERT INTO |", "out"},
        {"DROP TABLE IF EXISTS pl|", "plays"},
        {"DROP VIEW |", "per_country"},
        {"CREATE TABLE p|", "-plays"},
        {"DESCRIBE pl|", "plays"},
        {"SHOW CREATE TABLE ti|", "titles"},
        {"SHOW COLUMNS FROM ti|", "titles"},
        {"SHOW TABLES FROM e|", "extra"},
        {"USE |", "default_database extra"},
        {"USE CATALOG |", "default_catalog"},
        {"SELECT * FROM TABLE(TU|", "TUMBLE(TABLE~"},
        {"SELECT * FROM TUM|", "TABLE(TUMBLE(TABLE~"},
        {"SELECT * FROM TABLE(TUMBLE(TABLE pl|", "plays"},
        {"EXPLAIN SELECT * FROM pl|", "plays"},
    };
    CHECK(list);
}

Test(complete, options) {
    static const struct expectation list[] = {
        {"CREATE TABLE t (a INT) WITH ('|", "'connector'~=~'"},
        {"CREATE TABLE t (a INT) WITH (|", "'connector'~=~'"},
        {"CREATE TABLE t (a INT) WITH ('con|')", "'connector"},
        {"CREATE TABLE t (a INT) WITH ('connector' = '|", "'blackhole' 'datagen' 'filesystem' 'kafka'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'fi|", "'filesystem'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'fi|')", "'filesystem"},
        {"CREATE TABLE t (a INT) WITH ('connector' = |", "'blackhole'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', '|", "'format'~=~' 'path'~=~'"},
        {"CREATE TABLE t (a INT) WITH ('|', 'connector' = 'kafka')", "'format 'properties.bootstrap.servers"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'kafka', 'scan.s|", "'scan.startup.mode'~=~'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'kafka', 'scan.startup.mode' = '|",
         "'earliest-offset' 'latest-offset'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'format' = '|",
         "'avro' 'csv' 'json' 'raw'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'format' = 'csv', 'csv.f|",
         "'csv.field-delimiter'~=~'"},
        {"CREATE TABLE t (a INT) WITH ('connector' = 'filesystem', 'format' = 'csv', "
         "'csv.ignore-parse-errors' = '|",
         "'true' 'false'"},
        {"CREATE TABLE t (abc INT) WITH ('connector' = 'datagen', 'fields.|", "'fields.abc.kind'~=~'"},
        {"CREATE TABLE t (a |", "STRING INT BIGINT"},
        {"create table t (a b|", "bigint boolean"},
        {"SELECT CAST(a AS |", "STRING INT"},
        {"SELECT INTERVAL '1' |", "YEAR QUARTER MONTH"},
        {"SELECT INTERVAL '1' m|", "month minute"},
        {"SELECT EXTRACT(|", "YEAR QUARTER"},
        {"SELECT FLOOR(ts TO D|", "DAY"},
        {"SET '|", "'execution.checkpointing.interval'~=~'"},
        {"SET 'par|", "'parallelism.default'~=~'"},
        {"SET par|", "'parallelism.default'~=~'"},
        {"SET 'execution.runtime-mode' = '|", "'streaming' 'batch' 'automatic'"},
        {"SET 'execution.runtime-mode' = 'b|", "'batch'"},
        {"SET execution.runtime-mode = |", "'streaming'"},
        {"ALTER TABLE titles SET ('csv.|", "'csv.field-delimiter'~=~'"},
        {"ALTER TABLE titles RESET ('csv.|", "'csv.field-delimiter'"},
        {"SELECT * FROM titles /*+ OPTIONS('csv.f|", "'csv.field-delimiter'~=~'"},
        {"CREATE TABLE t (a INT METADATA FROM 'off|) WITH ('connector' = 'kafka')", "'offset'"},
    };
    CHECK(list);
}

Test(complete, files) {
    char folder[] = "/tmp/weir-complete-XXXXXX", path[200], text[300];
    struct world w;
    world_init(&w);
    cr_assert(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/some plays.csv", folder);
    fclose(fopen(path, "w"));
    snprintf(path, sizeof path, "%s/some", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    static const char *const before[] = {"SELECT * FROM '", "CREATE TABLE t (a INT) WITH ('path' = '"};
    for (unsigned i = 0; i < ARRAY_LEN(before); i++) {
        struct string_table t;
        snprintf(text, sizeof text, "%s%s/so", before[i], folder);
        complete(&w, str_of(text), strlen(text), &t);
        cr_assert_eq(t.nrows, 2);
        snprintf(path, sizeof path, "'%s/some/", folder);
        cr_expect(str_eq(t.cells[0], str_of(path)), "%.*s", STR_ARG(t.cells[0]));
        snprintf(path, sizeof path, "'%s/some plays.csv'", folder);
        cr_expect(str_eq(t.cells[4], str_of(path)), "%.*s", STR_ARG(t.cells[4]));
    }
    snprintf(path, sizeof path, "%s/some plays.csv", folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/some", folder);
    rmdir(path);
    rmdir(folder);
    world_free(&w);
}

/* The columns of FROM 'file' are found as in a query. */
Test(complete, columns_of_files) {
    char path[] = "/tmp/weir-complete-XXXXXX.csv", text[100];
    struct world w;
    struct string_table t;
    struct env env = env_real;
    world_init(&w);
    w.ctx.infer = engine_infer;
    w.ctx.infer_arg = &env;
    int fd = mkstemps(path, 4);
    cr_assert_geq(fd, 0);
    cr_assert_eq(write(fd, "id,title\n1,x\n", 13), 13);
    close(fd);
    snprintf(text, sizeof text, "SELECT f.ti FROM '%s' AS f", path);
    complete(&w, str_of(text), 11, &t);
    cr_assert_geq(t.nrows, 1);
    cr_expect(str_eq(t.cells[0], STR("title")), "%.*s", STR_ARG(t.cells[0]));
    cr_expect(str_eq(t.cells[2], STR("STRING")), "%.*s", STR_ARG(t.cells[2]));
    unlink(path);
    world_free(&w);
}

Test(complete, help_and_place) {
    struct world w;
    struct string_table t;
    world_init(&w);
    complete(&w, STR("SELECT ROUN"), 11, &t);
    cr_expect(str_eq(t.cells[0], STR("ROUND(")));
    cr_expect(str_eq(t.cells[1], STR("function")));
    cr_expect(str_starts(t.cells[2], STR("ROUND(NUMERIC) | ROUND(NUMERIC, INT): ")), "%.*s",
              STR_ARG(t.cells[2]));
    cr_expect(str_eq(t.cells[3], STR("7")));
    complete(&w, STR("SELECT co FROM plays"), 9, &t);
    cr_expect(str_eq(t.cells[1], STR("column")));
    cr_expect(str_eq(t.cells[2], STR("STRING")), "%.*s", STR_ARG(t.cells[2]));
    world_free(&w);
}

/* Any offset of any text. */
Test(complete, every_offset) {
    static const char *const texts[] = {
        "SELECT p.id, COUNT(*) FROM plays AS p JOIN titles t ON p.title_id = t.title_id WHERE t.genre IN "
        "('a', 'b') "
        "GROUP BY p.id HAVING COUNT(*) > 1; INSERT INTO out SELECT * FROM per_country;",
        "CREATE TABLE t (a INT, `b c` ROW<x INT, y MAP<STRING, INT>>, d AS a + 1, WATERMARK FOR e AS e) "
        "COMMENT 'x' "
        "WITH ('connector' = 'kafka', 'topic' = 'a''b', 'properties.x' = '1')",
        ("WITH a AS (SELECT 1), b (x) AS (SELECT * FROM a) SELECT * FROM b WHERE x BETWEEN 1 AND 2 /* c */ "
         "-- "
         "d"),
        "SELECT '\xff\xfe \x01 ` \" )))) ((((( [[[ ]]] ;;; SET '='='='='",
    };
    struct world w;
    struct string_table t;
    world_init(&w);
    for (unsigned i = 0; i < ARRAY_LEN(texts); i++) {
        for (size_t at = 0; at <= strlen(texts[i]) + 1; at++) complete(&w, str_of(texts[i]), at, &t);
    }
    world_free(&w);
}
