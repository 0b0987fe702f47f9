/* SPDX-License-Identifier: Apache-2.0
 *
 * Parser and printer together: each line of data/sql_print.sql is a statement that prints as it is, or
 * "statement ==> how it prints"; what is printed must parse and print the same again.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "sql/parse.h"
#include "sql/print.h"

static struct str print(struct arena *a, struct str text, struct str line) {
    struct error e = {0};
    struct ast_stmt *stmt = NULL;
    size_t end = 0;
    enum status st = sql_parse(a, text, 0, &stmt, &end, &e);
    cr_assert_eq(st, ST_OK, "%.*s\n  at \"%.*s\": %s", STR_ARG(line), (int)e.span.len,
                 text.ptr + e.span.offset, e.text);
    cr_assert_not_null(stmt, "%.*s", STR_ARG(line));
    cr_assert_eq(end, text.len);
    return sql_print_stmt(a, stmt);
}

static void check_line(struct str line) {
    struct arena a = {0};
    char *z = arena_str(&a, line).ptr ? (char *)arena_str(&a, line).ptr : NULL;
    char *arrow = strstr(z, " ==> ");
    struct str source = arrow ? (struct str){z, (size_t)(arrow - z)} : str_of(z);
    struct str wanted = arrow ? str_of(arrow + 5) : source;
    struct str got = print(&a, source, line);
    cr_expect(str_eq(got, wanted), "source %.*s\nwanted %.*s\ngot    %.*s", STR_ARG(source), STR_ARG(wanted),
              STR_ARG(got));
    struct str again = print(&a, got, line);
    cr_expect(str_eq(got, again), "%.*s\nprints again as\n%.*s", STR_ARG(got), STR_ARG(again));
    arena_free(&a);
}

Test(sql_print, statements) {
    char path[4096];
    const char *srcdir = getenv("srcdir");
    snprintf(path, sizeof path, "%s/tests/unit/data/sql_print.sql", srcdir ? srcdir : ".");
    FILE *f = fopen(path, "r");
    cr_assert_not_null(f, "%s", path);
    char *line = NULL;
    size_t room = 0;
    int lines = 0;
    for (ssize_t n; (n = getline(&line, &room, f)) > 0; lines++) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == ' ')) n--;
        if (n > 0) check_line((struct str){line, (size_t)n});
    }
    free(line);
    fclose(f);
    cr_assert_gt(lines, 150);
}

Test(sql_print, parts) {
    struct arena a = {0};
    cr_expect(str_eq(sql_print_ident(&a, STR("plain_1")), STR("plain_1")));
    cr_expect(str_eq(sql_print_ident(&a, STR("order")), STR("`order`")));
    cr_expect(str_eq(sql_print_ident(&a, STR("a`b")), STR("`a``b`")));
    arena_free(&a);
}
