/* SPDX-License-Identifier: Apache-2.0
 *
 * Comparing what a statement printed with what its test expects.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/test.h"

struct lines {
    struct str *items;
    uint32_t count;
};

static struct lines split_lines(struct str text, struct arena *a) {
    struct lines l = {0};
    uint32_t max = 1;
    for (size_t i = 0; i < text.len; i++) max += text.ptr[i] == '\n';
    l.items = ARENA_ARRAY(a, struct str, max);
    for (size_t at = 0; at < text.len;) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n') end++;
        l.items[l.count++] = str_sub(text, at, end - at);
        at = end + 1;
    }
    return l;
}

static int compare_str(const void *a, const void *b) {
    const struct str *x = a, *y = b;
    size_t n = x->len < y->len ? x->len : y->len;
    int c = memcmp(x->ptr, y->ptr, n);
    return c ? c : (x->len > y->len) - (x->len < y->len);
}

/* Index of an equal line among the first n that are still there (ptr set); n if none. */
static uint32_t find_line(const struct lines *l, struct str s) {
    for (uint32_t i = l->count; i-- > 0;) {
        if (l->items[i].ptr && str_eq(l->items[i], s)) return i;
    }
    return l->count;
}

/* The rows left after all changes, sorted. A retraction without its row stays, marked "MISSING". */
static struct lines final_rows(struct str output, struct arena *a) {
    struct lines in = split_lines(output, a), left = {ARENA_ARRAY(a, struct str, in.count + 1), 0},
                 out = left;
    for (uint32_t i = 0; i < in.count; i++) {
        struct str line = in.items[i];
        if (!str_starts(line, STR("{\"op\":\"")) || line.len < 19) continue;
        struct str row = str_sub(line, 17, line.len - 18);
        bool retract = str_starts(str_sub(line, 7, 2), STR("-"));
        uint32_t at = retract ? find_line(&left, row) : left.count;
        if (!retract) left.items[left.count++] = row;
        else if (at < left.count) left.items[at].ptr = NULL;
        else left.items[left.count++] = arena_printf(a, "MISSING %.*s", STR_ARG(row));
    }
    for (uint32_t i = 0; i < left.count; i++) {
        if (left.items[i].ptr) out.items[out.count++] = left.items[i];
    }
    qsort(out.items, out.count, sizeof *out.items, compare_str);
    return out;
}

static void head(const struct test_file *f, const struct test_stmt *s, const char *mode, const char *what) {
    printf("FAIL %.*s:%u (%s): %s\n", STR_ARG(f->path), s->line, mode, what);
}

static bool same_lines(const struct test_file *f, const struct test_stmt *s, const char *mode,
                       struct lines want, struct lines got) {
    bool same = want.count == got.count;
    for (uint32_t i = 0; same && i < want.count; i++) same = str_eq(want.items[i], got.items[i]);
    if (same) return true;
    head(f, s, mode, "the result differs");
    for (uint32_t i = 0; i < want.count; i++) printf("  expected %.*s\n", STR_ARG(want.items[i]));
    for (uint32_t i = 0; i < got.count; i++) printf("  got      %.*s\n", STR_ARG(got.items[i]));
    return false;
}

/* Text of SHOW and EXPLAIN comes as {"result":"..."} or one object a row. */
static struct lines text_lines(struct str output, struct arena *a) {
    static const char prefix[] = "{\"op\":\"+I\",\"row\":{\"result\":\"";
    if (!str_starts(output, (struct str){prefix, sizeof prefix - 1})) return split_lines(output, a);
    char *text = arena_alloc(a, output.len + 1);
    size_t n = 0;
    for (size_t i = sizeof prefix - 1; i < output.len && output.ptr[i] != '"'; i++) {
        char c = output.ptr[i];
        if (c == '\\' && i + 1 < output.len) {
            c = output.ptr[++i];
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        text[n++] = c;
    }
    return split_lines((struct str){text, n}, a);
}

/* Puts `by` in the place of `what`; *at, a place in the text, and *len, the bytes of it, move along. */
static struct str replace_all(struct arena *a, struct str text, struct str what, struct str by, size_t *at,
                              size_t *len) {
    struct outbuf o = {0};
    size_t begin = *at, end = *at + *len;
    for (size_t i = 0; i < text.len;) {
        bool here = str_starts(str_sub(text, i, text.len - i), what);
        struct str piece = here ? by : str_sub(text, i, 1);
        outbuf_put(&o, piece.ptr, piece.len);
        i += here ? what.len : 1;
        if (here && i <= begin) *at += by.len - what.len;
        else if (here && i <= end) *len += by.len - what.len;
    }
    text = arena_str(a, (struct str){o.data, o.len});
    outbuf_free(&o);
    return text;
}

/* The same error as if the folders of the test were called ${DIR} and ${OUT}, wherever they are. */
static struct cli_error nameless(struct arena *a, struct cli_error e, struct str dir, const char *name) {
    size_t none = 0;
    e.text = replace_all(a, str_of(e.text), dir, str_of(name), &none, &none).ptr;
    e.hint = replace_all(a, str_of(e.hint), dir, str_of(name), &none, &none).ptr;
    e.sql = replace_all(a, e.sql, dir, str_of(name), e.offset == WEIR_NO_PLACE ? &none : &e.offset, &e.len);
    return e;
}

/* All that is said about the error, with carets and hint. */
static bool compare_message(const struct test_file *f, const struct test_stmt *s,
                            const struct test_result *r, const char *mode, struct lines want,
                            struct arena *a) {
    char *said = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&said, &len);
    if (!out) abort();
    struct cli_error e = nameless(a, cli_error_of(r->error), f->dir, "${DIR}");
    e = nameless(a, e, str_of(r->out_dir), "${OUT}");
    cli_print_error(out, "-c", &e);
    fclose(out);
    struct str text = arena_str(a, (struct str){said, len});
    free(said);
    return same_lines(f, s, mode, want, split_lines(text, a));
}

static bool compare_error(const struct test_file *f, const struct test_stmt *s, const struct test_result *r,
                          const char *mode) {
    char text[ERROR_TEXT_BYTES + ERROR_HINT_BYTES + 64];
    snprintf(text, sizeof text, "%s: %s (%s)", weir_error_code(r->error),
             weir_error_text(r->error), weir_error_hint(r->error));
    for (uint32_t i = 0; i < s->nlines; i++) {
        char want[ERROR_TEXT_BYTES];
        snprintf(want, sizeof want, "%.*s", STR_ARG(s->lines[i]));
        if (strstr(text, want)) continue;
        head(f, s, mode, "another error");
        printf("  expected %s\n  got      %s\n", want, text);
        return false;
    }
    return true;
}

bool test_compare(const struct test_file *f, const struct test_stmt *s, const struct test_result *r,
                  const char *mode) {
    struct arena a = {0};
    struct lines want = {ARENA_ARRAY(&a, struct str, s->nlines + 1), s->nlines};
    if (s->nlines) memcpy(want.items, s->lines, sizeof *want.items * s->nlines);
    bool good = true;
    bool must_fail = s->expect == EXPECT_ERROR || s->expect == EXPECT_MESSAGE;
    if (must_fail && !r->error) {
        head(f, s, mode, "an error was expected, but it succeeded");
        good = false;
    } else if (s->expect == EXPECT_ERROR) {
        good = compare_error(f, s, r, mode);
    } else if (s->expect == EXPECT_MESSAGE) {
        good = compare_message(f, s, r, mode, want, &a);
    } else if (r->error) {
        head(f, s, mode, weir_error_text(r->error));
        good = false;
    } else if (s->expect == EXPECT_ROWS || (s->expect == EXPECT_CHANGES && !r->straight)) {
        if (s->expect == EXPECT_ROWS) {
            qsort(want.items, want.count, sizeof *want.items, compare_str);
        } else {
            struct outbuf o = {0};
            for (uint32_t i = 0; i < s->nlines; i++) outbuf_printf(&o, "%.*s\n", STR_ARG(s->lines[i]));
            want = final_rows(arena_str(&a, (struct str){o.data, o.len}), &a);
            outbuf_free(&o);
        }
        good = same_lines(f, s, mode, want, final_rows(r->output, &a));
    } else if (s->expect == EXPECT_CHANGES) {
        good = same_lines(f, s, mode, want, split_lines(r->output, &a));
    } else if (s->expect == EXPECT_LINES && r->straight) {
        good = same_lines(f, s, mode, want, text_lines(r->output, &a));
    }
    arena_free(&a);
    return good;
}
