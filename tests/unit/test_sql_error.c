/* SPDX-License-Identifier: Apache-2.0
 *
 * What the parser says of wrong statements: text, hint and place of each error, and where the next statement
 * starts after it.
 */
#include <criterion/criterion.h>

#include "sql/parse.h"

struct wrong {
    const char *sql;   /* the statement */
    const char *place; /* the words the error points at */
    const char *text;  /* the message */
    const char *hint;  /* or "" */
};

static const struct wrong syntax[] = {
    {"SELECT a FORM t", "FORM", "syntax error at \"FORM\": expected FROM", "did you mean FROM?"},
    {"SELECT * FORM t", "FORM", "syntax error at \"FORM\": expected FROM, WHERE, GROUP, ORDER or LIMIT",
     "did you mean FROM?"},
    {"SELECT a FROM t WEHRE a = 1", "WEHRE", "syntax error at \"WEHRE\": expected WHERE",
     "did you mean WHERE?"},
    {"SELECT a FROM t GRUOP BY a", "GRUOP", "syntax error at \"GRUOP\": expected GROUP",
     "did you mean GROUP?"},
    {"SELECT a FROM t WHERE a = 1 ADN b = 2", "ADN", NULL, "did you mean AND?"},
    {"SELECT a FROM t JION u ON a = b", "JION", "syntax error at \"JION\": expected JOIN",
     "did you mean JOIN?"},
    {"SELCT 1", "SELCT",
     "syntax error at \"SELCT\": expected a statement, such as SELECT, INSERT, CREATE, SHOW or SET",
     "did you mean SELECT?"},
    {"CREATE TABEL t (a INT)", "TABEL", NULL, "did you mean TABLE?"},
    {"INSERT INOT t SELECT 1", "INOT", "syntax error at \"INOT\": expected INTO or OVERWRITE",
     "did you mean INTO?"},
    {"SELECT a, FROM t", "FROM", "syntax error at \"FROM\": expected an expression",
     "remove the comma before it"},
    {"CREATE TABLE t (a INT, )", ")",
     "syntax error at \")\": expected a name, CONSTRAINT, PRIMARY or WATERMARK",
     "remove the comma before it"},
    {"SELECT order FROM t", "order", "syntax error at \"order\": expected an expression",
     "order is a reserved word: to use it as a name, write `order`"},
    {"CREATE TABLE t (group INT)", "group", NULL,
     "group is a reserved word: to use it as a name, write `group`"},
    {"SELECT 1 + FROM t", "FROM", "syntax error at \"FROM\": expected an expression", NULL},
    {"SELECT a == b", "=", "syntax error at \"=\": expected an expression", "one = compares two values"},
    {"SELECT (1 + 2 FROM t", "FROM", "syntax error at \"FROM\": expected \")\" or \",\"",
     "the \"(\" in line 1 is not closed"},
    {"SELECT 1 + 2) FROM t", ")", NULL, "there is no \"(\" for this \")\""},
    {"SELECT INTERVAL 5 MINUTE", "5", NULL, "write the number of an interval in quotes: INTERVAL '5' MINUTE"},
    {"SELECT * FROM a JOIN b", "b", "the statement ends too early: expected ON, USING, AS, \"(\" or FOR",
     NULL},
    {"SELECT f(a\n, b", "b", NULL, "the \"(\" in line 1 is not closed"},
    {"SELECT", "SELECT", "the statement ends too early: expected an expression", ""},
    {"SELECT 'abc", "'", "the string that starts here is not closed", ""},
    {"SELECT `abc", "`", "the name in back-ticks that starts here is not closed", ""},
    {"SELECT /* abc", "/", "the comment that starts here is not closed", ""},
    {"SELECT \"a\" FROM t", "\"", "double quotes mean nothing in this dialect",
     "write 'text' for a string and `name` for a name"},
    {"SELECT a # b", "#", "unexpected character \"#\"", ""},
    {"SELECT ``", "``", "a name cannot be empty", ""},
    {"CREATE TABLE t (a INT, PRIMARY KEY (a) NOT ENFORCED, PRIMARY KEY (a) NOT ENFORCED)",
     "PRIMARY KEY (a) NOT ENFORCED", "the table has two primary keys", ""},
    {"CREATE TABLE t (a)", "a", "column a has no type", ""},
    {"SELECT EXTRACT(MONHT FROM ts)", "MONHT", "syntax error at \"MONHT\": expected a unit of time", NULL},
    {"SELECT INTERVAL '1' SECOND TO DAY", "SECOND TO DAY", "an interval cannot go from SECOND to DAY", ""},
    {"SELECT CAST(a AS INT(3))", "INT(3)", "type INT takes no length or precision", ""},
    {"SELECT MAP['a', 1, 'b']", "'b'", "MAP[..] needs a value for each key: this key has none", ""},
    {"SELECT JSON_VALUE(a, '$' WITH WRAPPER)", "WITH WRAPPER", NULL, ""},
    {"SELECT CAST(a INT)", "INT", "syntax error at \"INT\": expected AS", ""},
    {"SELECT a::INT", ":", NULL, "to convert a value, write CAST(value AS type)"},
    {"SELECT a FROM t LIMIT 1, 2", ",", NULL, "write LIMIT count OFFSET start"},
    {"CREATE TABLE t (a INT) WITH (connector = 'x')", "connector", NULL, "write it in quotes: 'connector'"},
    {"CREATE TABLE t (ts INT, WATERMARK ts AS ts)", "ts", "syntax error at \"ts\": expected FOR", ""},
    {"DROP t", "t", "syntax error at \"t\": expected TABLE, VIEW, CATALOG, DATABASE or FUNCTION", ""},
    {"SHOW TABELS", "TABELS", NULL, "did you mean TABLES?"},
    {"DROP TABLE", "TABLE", "the statement ends too early: expected a name or IF", ""},
    {"SET 'a' 'b'", "'b'", "syntax error at \"'b'\": expected \"=\" or the end of the statement", ""},
};

static const struct wrong unsupported[] = {
    {"SELECT * FROM t MATCH_RECOGNIZE (PARTITION BY a PATTERN (A B+) DEFINE A AS a > 1) AS m",
     "MATCH_RECOGNIZE (PARTITION BY a PATTERN (A B+) DEFINE A AS a > 1)",
     "MATCH_RECOGNIZE is not supported yet", ""},
    {"CREATE TEMPORARY SYSTEM FUNCTION f AS 'x' LANGUAGE PYTHON", "CREATE TEMPORARY SYSTEM FUNCTION",
     "CREATE FUNCTION is not supported yet", ""},
    {"CREATE MODEL m WITH ('a' = 'b')", "CREATE MODEL", "CREATE MODEL is not supported yet", ""},
    {"CREATE OR ALTER MATERIALIZED TABLE t FRESHNESS = INTERVAL '3' MINUTE AS SELECT 1",
     "CREATE OR ALTER MATERIALIZED", "CREATE MATERIALIZED TABLE is not supported yet", ""},
    {"COMPILE PLAN 'p' FOR INSERT INTO t SELECT 1", "COMPILE PLAN", "COMPILE PLAN is not supported yet", ""},
    {"EXECUTE PLAN 'p'", "EXECUTE PLAN", "EXECUTE PLAN is not supported yet", ""},
    {"UPDATE t SET a = 1", "UPDATE", "UPDATE is not supported yet", ""},
    {"DELETE FROM t WHERE a = 1", "DELETE", "DELETE is not supported yet", ""},
    {"TRUNCATE TABLE t", "TRUNCATE", "TRUNCATE TABLE is not supported yet", ""},
    {"CALL p(1)", "CALL", "CALL is not supported yet", ""},
    {"ANALYZE TABLE t COMPUTE STATISTICS", "ANALYZE", "ANALYZE TABLE is not supported yet", ""},
    {"LOAD MODULE hive", "LOAD", "LOAD MODULE is not supported yet", ""},
    {"ADD JAR '/a.jar'", "ADD", "ADD JAR is not supported yet", ""},
    {"ALTER TABLE IF EXISTS a.t ADD (b INT)", "ADD", "ALTER TABLE .. ADD is not supported yet", ""},
    {"ALTER TABLE t DROP PRIMARY KEY", "DROP", "ALTER TABLE .. DROP is not supported yet", ""},
    {"ALTER DATABASE d SET ('a' = 'b')", "ALTER DATABASE", "ALTER DATABASE is not supported yet", ""},
    {"WITH RECURSIVE a AS (SELECT 1) SELECT 1", "RECURSIVE", "WITH RECURSIVE is not supported yet", ""},
    {"SELECT * FROM t TABLESAMPLE BERNOULLI (10)", "TABLESAMPLE", "TABLESAMPLE is not supported yet", ""},
    {"SELECT * FROM t LEFT SEMI JOIN u ON a = b", "SEMI", "SEMI JOIN is not supported yet", ""},
    {"SELECT ts AT TIME ZONE 'UTC'", "AT", "AT TIME ZONE is not supported yet", ""},
    {"SELECT a MEMBER OF b", "MEMBER", "MEMBER OF is not supported yet", ""},
};

static void check(const struct wrong *w, enum error_code code) {
    struct arena a = {0};
    struct error e = {0};
    struct ast_stmt *stmt = NULL;
    size_t end = 0;
    struct str text = arena_printf(&a, "  %s ; SELECT 1", w->sql);
    bool open = strstr(w->text ? w->text : "", "is not closed") != NULL;
    enum status st = sql_parse(&a, text, 0, &stmt, &end, &e);
    cr_assert_eq(st, ST_ERROR, "%s", w->sql);
    cr_expect_eq(e.code, code, "%s: %s %s", w->sql, error_name(e.code), e.text);
    if (w->text) cr_expect_str_eq(e.text, w->text, "%s: %s", w->sql, e.text);
    if (w->hint) cr_expect_str_eq(e.hint, w->hint, "%s: %s", w->sql, e.hint);
    cr_assert_leq(e.span.offset + e.span.len, text.len, "%s", w->sql);
    struct str place = str_sub(text, e.span.offset, e.span.len);
    cr_expect(str_eq(place, str_of(w->place)), "%s: points at %.*s", w->sql, STR_ARG(place));
    cr_expect_eq(end, open ? text.len : strlen(w->sql) + 4, "%s: ends at %zu", w->sql, end);
    arena_free(&a);
}

Test(sql_error, syntax) {
    for (size_t i = 0; i < ARRAY_LEN(syntax); i++) {
        enum error_code code = ERR_SYNTAX;
        check(&syntax[i], code);
    }
}

Test(sql_error, unsupported) {
    for (size_t i = 0; i < ARRAY_LEN(unsupported); i++) check(&unsupported[i], ERR_UNSUPPORTED);
}

/* `unit` n times around a core. */
static struct str deep(struct arena *a, const char *before, const char *open, const char *core,
                       const char *close, size_t n) {
    size_t room = strlen(before) + n * (strlen(open) + strlen(close)) + strlen(core);
    char *z = arena_alloc_raw(a, room + 1);
    size_t len = 0;
    memcpy(z, before, len += strlen(before));
    for (size_t i = 0; i < n; i++, len += strlen(open)) memcpy(z + len, open, strlen(open));
    memcpy(z + len, core, strlen(core));
    len += strlen(core);
    for (size_t i = 0; i < n; i++, len += strlen(close)) memcpy(z + len, close, strlen(close));
    return (struct str){z, len};
}

Test(sql_error, depth) {
    static const char *const nests[][4] = {
        {"SELECT ", "(", "1", ")"},
        {"SELECT ", "f(", "1", ")"},
        {"SELECT ", "- ", "1", ""},
        {"SELECT ", "NOT ", "a", ""},
        {"SELECT ", "", "a", " + 1"},
        {"SELECT ", "", "a", " IS NULL"},
        {"SELECT ", "", "a", "[1]"},
        {"SELECT ", "", "f(1)", ".x"},
        {"SELECT ", "", "a", " OR b"},
        {"", "(", "SELECT 1", ")"},
        {"SELECT ", "(SELECT ", "1", ")"},
        {"SELECT CAST(a AS ", "", "INT", " ARRAY"},
        {"SELECT CAST(a AS ", "ARRAY<", "INT", ">"},
        {"", "", "SELECT 1", " UNION SELECT 1"},
        {"SELECT ", "CASE WHEN ", "a", " THEN 1 END"},
        {"SELECT * FROM ", "(SELECT * FROM ", "t", ")"},
        {"SELECT * FROM t", "", "", ", t"},
    };
    for (size_t i = 0; i < ARRAY_LEN(nests); i++) {
        for (size_t n = 100; n <= 100000; n *= 10) {
            struct arena a = {0};
            struct error e = {0};
            struct ast_stmt *stmt = NULL;
            size_t end = 0;
            struct str text = deep(&a, nests[i][0], nests[i][1], nests[i][2], nests[i][3], n);
            enum status st = sql_parse(&a, text, 0, &stmt, &end, &e);
            if (n == 100 && i != 11 && i != 12)
                cr_expect_eq(st, ST_OK, "%s%s: %s", nests[i][0], nests[i][1], e.text);
            if (n >= 10000 && i != 0)
                cr_expect_eq(e.code, ERR_LIMIT, "%s%s: %s", nests[i][0], nests[i][1], e.text);
            arena_free(&a);
        }
    }
}
