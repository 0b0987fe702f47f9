/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading test files: statements are cut by the parser, so that the marks behind each belong to it.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "cli/test.h"
#include "sql/parse.h"

static enum status read_text(const char *path, struct test_file *f, struct error *e) {
    FILE *in = fopen(path, "rb");
    if (!in) return error_set(e, ERR_IO, "cannot open: %s", strerror(errno));
    struct outbuf o = {0};
    size_t n;
    do {
        n = fread(outbuf_reserve(&o, 1 << 14), 1, 1 << 14, in);
        o.len += n;
    } while (n);
    fclose(in);
    f->text = arena_str(&f->arena, (struct str){o.data, o.len});
    outbuf_free(&o);
    return ST_OK;
}

static void set_dir(const char *path, struct test_file *f) {
    char full[PATH_MAX];
    if (!realpath(path, full)) snprintf(full, sizeof full, "%s", path);
    char *slash = strrchr(full, '/');
    if (slash) *slash = '\0';
    f->dir = arena_str(&f->arena, str_of(full));
}

/* The line that starts at `at`, without its end. */
static struct str line_at(struct str text, size_t at) {
    size_t end = at;
    while (end < text.len && text.ptr[end] != '\n') end++;
    return str_sub(text, at, end - at);
}

static bool expectation(struct str line, enum test_expect *out) {
    static const struct {
        const char *mark;
        enum test_expect expect;
    } marks[] = {{"-->", EXPECT_ROWS}, {"--=", EXPECT_CHANGES}, {"--|", EXPECT_LINES},
                 {"--!", EXPECT_ERROR}, {"--?", EXPECT_ANY}, {"--^", EXPECT_MESSAGE}};
    for (unsigned i = 0; i < ARRAY_LEN(marks); i++) {
        if (!str_starts(line, str_of(marks[i].mark))) continue;
        *out = marks[i].expect;
        return true;
    }
    return false;
}

/* Takes the marked lines behind the statement; gives where they end. */
static size_t take_marks(struct test_file *f, struct test_stmt *s, size_t at) {
    while (at < f->text.len) {
        struct str line = line_at(f->text, at);
        enum test_expect expect;
        size_t next = at + line.len + 1;
        if (expectation(line, &expect)) {
            s->expect = expect;
            struct str rest = str_sub(line, 3, line.len - 3);
            if (rest.len && rest.ptr[0] == ' ') rest = str_sub(rest, 1, rest.len - 1);
            ARENA_ONE_MORE(&f->arena, s->lines, s->nlines);
            if (rest.len || expect == EXPECT_LINES || expect == EXPECT_MESSAGE) s->lines[s->nlines++] = rest;
        } else if (line.len && line.ptr[0] != ' ' && line.ptr[0] != '\r') {
            break;
        }
        at = next;
    }
    return at < f->text.len ? at : f->text.len;
}

static void read_modes(struct test_file *f) {
    static const char *const names[] = {"straight", "small", "workers", "cut"};
    f->modes = (1u << TEST_MODES) - 1;
    for (size_t at = 0; at < f->text.len;) {
        struct str line = line_at(f->text, at);
        if (!str_starts(line, STR("--"))) break;
        if (str_starts(line, STR("-- modes:"))) {
            f->modes = 0;
            char z[200];
            snprintf(z, sizeof z, "%.*s", STR_ARG(line));
            for (unsigned m = 0; m < TEST_MODES; m++) f->modes |= strstr(z, names[m]) ? 1u << m : 0;
        }
        at += line.len + 1;
    }
}

static bool only_comment(struct str rest) {
    for (size_t i = 0; i < rest.len; i++) {
        if (rest.ptr[i] == '-' && i + 1 < rest.len && rest.ptr[i + 1] == '-') return true;
        if (rest.ptr[i] != ' ' && rest.ptr[i] != '\t' && rest.ptr[i] != '\r') return false;
    }
    return true;
}

/* Where a statement begins that could not be parsed: behind blanks and lines of comment. */
static size_t skip_comments(struct str text, size_t at) {
    for (;;) {
        while (at < text.len && isspace((unsigned char)text.ptr[at])) at++;
        struct str line = line_at(text, at);
        if (!str_starts(line, STR("--"))) return at;
        at += line.len;
    }
}

static enum status read_statements(struct test_file *f, struct error *e) {
    size_t at = 0;
    for (;;) {
        struct ast_stmt *stmt = NULL;
        struct error parse_error = {0};
        size_t begin = at, end;
        bool bad = sql_parse(&f->arena, f->text, at, &stmt, &end, &parse_error) != ST_OK;
        if (!bad && !stmt) return ST_OK;
        ARENA_ONE_MORE(&f->arena, f->stmts, f->count);
        struct test_stmt *s = &f->stmts[f->count++];
        begin = stmt ? stmt->span.offset : skip_comments(f->text, begin);
        s->text = str_sub(f->text, begin, end - begin);
        s->line = 1;
        for (size_t i = 0; i < begin; i++) s->line += f->text.ptr[i] == '\n';
        s->makes_job = stmt && (stmt->kind == AST_QUERY_STMT || stmt->kind == AST_INSERT ||
                                stmt->kind == AST_STATEMENT_SET);
        struct str tail = line_at(f->text, end);
        at = only_comment(tail) ? end + tail.len + (end + tail.len < f->text.len) : end;
        at = take_marks(f, s, at);
        if (bad && s->expect != EXPECT_ERROR && s->expect != EXPECT_MESSAGE)
            return error_set(e, ERR_SYNTAX, "line %u: %s", s->line, parse_error.text);
    }
}

enum status test_read(const char *path, struct test_file *f, struct error *e) {
    *f = (struct test_file){.path = str_of(path)};
    f->seed = hash_bytes(path, strlen(path));
    set_dir(path, f);
    TRY(read_text(path, f, e));
    read_modes(f);
    return read_statements(f, e);
}

void test_free(struct test_file *f) {
    arena_free(&f->arena);
}
