/* SPDX-License-Identifier: Apache-2.0
 *
 * Trees: statement after statement, places of nodes, precedence, the forms of calls; and keyword tables.
 */
#include <criterion/criterion.h>

#include "sql/lex.h"
#include "sql/parse.h"
#include "sql/parser.h"

static const struct ast_stmt *parse(struct arena *a, const char *sql) {
    struct error e = {0};
    struct ast_stmt *stmt = NULL;
    size_t end = 0;
    enum status st = sql_parse(a, str_of(sql), 0, &stmt, &end, &e);
    cr_assert_eq(st, ST_OK, "%s: %s", sql, e.text);
    cr_assert_not_null(stmt);
    return stmt;
}

static const struct ast_select *parse_select(struct arena *a, const char *sql) {
    return ast_as_select(ast_as_query_stmt(parse(a, sql))->query);
}

static struct str at(const char *sql, struct span s) {
    return (struct str){sql + s.offset, s.len};
}

Test(sql_parse, statements_one_by_one) {
    static const char sql[] =
        " ;; -- first\nSELECT 1; /* x */ SET a=b ;EXECUTE STATEMENT SET BEGIN INSERT INTO t "
        "SELECT CASE WHEN a THEN 1 END; END; SELECT oops oops oops; SELECT 2";
    static const enum ast_kind kinds[] = {AST_QUERY_STMT, AST_SET, AST_STATEMENT_SET, AST_NONE,
                                          AST_QUERY_STMT};
    size_t offset = 0;
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        struct arena a = {0};
        struct error e = {0};
        struct ast_stmt *stmt;
        enum status st = sql_parse(&a, str_of(sql), offset, &stmt, &offset, &e);
        if (kinds[i] == AST_NONE) {
            cr_expect_eq(e.code, ERR_SYNTAX);
        } else {
            cr_assert_eq(st, ST_OK, "%s", e.text);
            cr_expect_eq(stmt->kind, kinds[i]);
        }
        arena_free(&a);
    }
    cr_expect_eq(offset, strlen(sql));
}

Test(sql_parse, nothing_left) {
    struct arena a = {0};
    struct error e = {0};
    struct ast_stmt *stmt;
    size_t end;
    cr_expect_eq(sql_parse(&a, STR(" ; -- x\n ;/* y */"), 0, &stmt, &end, &e), ST_OK);
    cr_expect_null(stmt);
    cr_expect_eq(sql_parse(&a, (struct str){NULL, 0}, 0, &stmt, &end, &e), ST_OK);
    cr_expect_null(stmt);
    arena_free(&a);
}

Test(sql_parse, input_state) {
    static const struct {
        const char *text;
        enum sql_input state;
    } cases[] = {
        {"", SQL_INPUT_EMPTY},
        {" -- x\n", SQL_INPUT_EMPTY},
        {"SELECT 1", SQL_INPUT_INCOMPLETE},
        {"SELECT 1;", SQL_INPUT_COMPLETE},
        {"SELECT ';", SQL_INPUT_INCOMPLETE},
        {"SELECT `;", SQL_INPUT_INCOMPLETE},
        {"SELECT /* ;", SQL_INPUT_INCOMPLETE},
        {"SELECT 1 -- ;", SQL_INPUT_INCOMPLETE},
        {"SELECT FROM WHERE;", SQL_INPUT_COMPLETE},
        {"EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 1;", SQL_INPUT_INCOMPLETE},
        {"EXECUTE STATEMENT SET BEGIN INSERT INTO t SELECT 1; END;", SQL_INPUT_COMPLETE},
        {"BEGIN STATEMENT SET;", SQL_INPUT_INCOMPLETE},
        {"BEGIN STATEMENT SET; INSERT INTO t SELECT 1; END;", SQL_INPUT_COMPLETE},
        {"SELECT # ;", SQL_INPUT_COMPLETE},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        size_t end;
        enum sql_input got = sql_input_state(str_of(cases[i].text), 0, &end);
        cr_expect_eq(got, cases[i].state, "%s: %d", cases[i].text, got);
    }
}

Test(sql_parse, places) {
    static const char sql[] =
        "SELECT (a + b) * c AS x, COUNT(*) FILTER (WHERE d > 1) FROM t AS u WHERE e IN (1, 2)";
    struct arena a = {0};
    const struct ast_select *s = parse_select(&a, sql);
    const struct ast_binary *mul = ast_as_binary(s->items[0].expr);
    cr_expect(str_eq(at(sql, mul->head.span), STR("(a + b) * c")));
    cr_expect(str_eq(at(sql, mul->op_span), STR("*")));
    cr_expect(str_eq(at(sql, mul->left->span), STR("(a + b)")));
    cr_expect(str_eq(at(sql, s->items[0].alias.span), STR("x")));
    cr_expect(str_eq(at(sql, s->items[1].expr->span), STR("COUNT(*) FILTER (WHERE d > 1)")));
    cr_expect(str_eq(at(sql, s->from->span), STR("t AS u")));
    cr_expect(str_eq(at(sql, s->where->span), STR("e IN (1, 2)")));
    cr_expect(str_eq(at(sql, s->head.span), str_of(sql)));
    arena_free(&a);
}

Test(sql_parse, precedence) {
    struct arena a = {0};
    const struct ast_select *s = parse_select(
        &a,
        "SELECT NOT a = b OR c AND d, a + b * c, a || b * c, x BETWEEN 1 AND 2 AND y, NOT a IS NULL, -a[1]");
    const struct ast_binary *either = ast_as_binary(s->items[0].expr);
    cr_expect_eq(either->op, AST_OP_OR);
    cr_expect_eq(ast_as_unary(either->left)->op, AST_OP_NOT);
    cr_expect_eq(ast_as_binary(either->right)->op, AST_OP_AND);
    cr_expect_eq(ast_as_binary(s->items[1].expr)->op, AST_OP_ADD);
    cr_expect_eq(ast_as_binary(s->items[2].expr)->op, AST_OP_MUL);
    cr_expect_eq(ast_as_binary(s->items[3].expr)->op, AST_OP_AND);
    cr_expect_eq(ast_as_unary(s->items[4].expr)->op, AST_OP_NOT);
    cr_expect_eq(ast_as_unary(s->items[5].expr)->operand->kind, AST_INDEX);
    arena_free(&a);
}

Test(sql_parse, special_calls) {
    struct arena a = {0};
    const struct ast_select *s =
        parse_select(&a, "SELECT extract(year FROM ts), trim(s), FLOOR(ts TO day), "
                         "JSON_VALUE(j, '$.a' RETURNING INT DEFAULT 0 ON ERROR), CURRENT_DATE");
    const struct ast_call *c = ast_as_call(s->items[0].expr);
    cr_expect(str_eq(c->name.parts[0].text, STR("EXTRACT")));
    cr_expect(str_eq(ast_as_symbol(c->args[0].value)->text, STR("YEAR")));
    c = ast_as_call(s->items[1].expr);
    cr_expect_eq(c->arg_count, 3);
    cr_expect(str_eq(ast_as_symbol(c->args[0].value)->text, STR("BOTH")));
    c = ast_as_call(s->items[2].expr);
    cr_expect(str_eq(ast_as_symbol(c->args[1].value)->text, STR("DAY")));
    c = ast_as_call(s->items[3].expr);
    cr_expect_eq(c->arg_count, 4);
    cr_expect(str_eq(c->args[2].name.text, STR("RETURNING")));
    cr_expect_eq(ast_as_type_arg(c->args[2].value)->type->kind, AST_TYPE_INT);
    cr_expect(str_eq(c->args[3].name.text, STR("ON ERROR")));
    cr_expect_eq(c->args[3].value->kind, AST_LITERAL);
    cr_expect(ast_as_call(s->items[4].expr)->bare);
    arena_free(&a);
}

Test(sql_parse, keywords_are_sorted_and_have_tokens) {
    size_t count;
    const struct lex_keyword *k = lex_keywords(&count);
    cr_assert_gt(count, 150);
    for (size_t i = 0; i < count; i++) {
        const struct lex_keyword *found = lex_keyword_find(str_of(k[i].word));
        cr_expect_eq(found, &k[i], "%s", k[i].word);
    }
    cr_expect_null(lex_keyword_find(STR("SELECTS")));
    cr_expect_null(lex_keyword_find(STR("SEL")));
    cr_expect_null(lex_keyword_find(STR("")));
}

/* Names that Flink takes without back-ticks, and some that it reserves and many tables have. */
Test(sql_parse, usual_names_are_names) {
    static const char *const names[] = {
        "value",   "timestamp", "date",     "time",     "user",      "count",    "year",     "month",
        "day",     "hour",      "second",   "name",     "type",      "status",   "key",      "data",
        "state",   "comment",   "language", "method",   "result",    "position", "period",   "session",
        "level",   "source",    "target",   "tag",      "first",     "last",     "path",     "plan",
        "job",     "model",     "view",     "index",    "options",   "error",    "interval", "if",
        "replace", "begin",     "zone",     "catalog",  "database",  "action",   "start",    "size",
        "rank",    "min",       "max",      "sum",      "ts",        "offset_",  "map",      "row_",
        "current", "filter",    "ignore",   "grouping", "extract",   "trim",     "floor",    "cast",
        "format",  "hash",      "object",   "empty",    "watermark", "metadata",
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        struct arena a = {0};
        struct str sql = arena_printf(&a, "SELECT %s, t.%s, 1 AS %s, f(%s) FROM t WHERE %s = 1 ORDER BY %s",
                                      names[i], names[i], names[i], names[i], names[i], names[i]);
        parse(&a, sql.ptr);
        sql = arena_printf(&a, "CREATE TABLE %s (%s INT, b AS %s + 1)", names[i], names[i], names[i]);
        parse(&a, sql.ptr);
        arena_free(&a);
    }
}
