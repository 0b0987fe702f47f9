/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes lexer, parser and printer: any bytes are read statement by statement; what parses is printed, parsed
 * again and printed again, and both texts must be equal; what does not parse must say so with a place inside
 * the text.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "sql/parse.h"
#include "sql/print.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static void fail(const char *what, struct str a, struct str b) {
    fprintf(stderr, "%s:\n%.*s\n%.*s\n", what, STR_ARG(a), STR_ARG(b));
    abort();
}

static void check_round_trip(const struct ast_stmt *stmt) {
    struct arena a = {0};
    struct error e = {0};
    struct ast_stmt *again;
    size_t end;
    struct str first = sql_print_stmt(&a, stmt);
    if (sql_parse(&a, first, 0, &again, &end, &e) != ST_OK) {
        /* back-ticks and parentheses may take a text that just fits over a limit */
        if (e.code != ERR_LIMIT) fail("the printed text does not parse", first, str_of(e.text));
    } else {
        struct str second = again ? sql_print_stmt(&a, again) : STR("");
        if (!str_eq(first, second)) fail("printing twice differs", first, second);
    }
    arena_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    struct str text = {(const char *)data, len_bytes};
    for (size_t offset = 0; offset < len_bytes;) {
        struct arena a = {0};
        struct error e = {0};
        struct ast_stmt *stmt;
        size_t end = 0, state_end = 0;
        sql_input_state(text, offset, &state_end);
        enum status st = sql_parse(&a, text, offset, &stmt, &end, &e);
        if (end < offset || end > len_bytes || (end == offset && stmt))
            fail("the end is wrong", text, STR(""));
        if (st == ST_OK && stmt) check_round_trip(stmt);
        if (st != ST_OK && (e.code == ERR_NONE || e.text[0] == '\0' || e.span.offset > len_bytes ||
                            e.span.len > len_bytes - e.span.offset))
            fail("the error is not complete", text, str_of(e.text));
        arena_free(&a);
        if (end == offset) break;
        offset = end;
    }
    return 0;
}
