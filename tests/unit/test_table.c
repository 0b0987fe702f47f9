/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows on a screen: widths of characters, tables fitted to a width, rows that are taken back.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/table.h"

static void check_text(struct outbuf *o, const char *expected) {
    outbuf_char(o, '\0');
    cr_assert_str_eq(o->data, expected);
    outbuf_free(o);
}

Test(table, widths_of_characters) {
    cr_assert_eq(width_of(STR("abc"), true), 3);
    cr_assert_eq(width_of(STR("日本"), true), 4);
    cr_assert_eq(width_of(STR("e\xcc\x81"), true), 1); /* e and a combining acute */
    cr_assert_eq(width_of(STR("né"), false), 7);       /* n\u00E9 */
    cr_assert_eq(width_of(STR("a\nb\x1b[1m"), true), 11);
    cr_assert_eq(width_of(STR("\xff"), true), 4);
    cr_assert_eq(width_of(STR("\xe2\x80\xae"), true), 6); /* turns the direction of writing */
}

Test(table, texts_are_cut_between_characters) {
    struct outbuf o = {0};
    cr_assert_eq(width_put(&o, STR("日本語"), 4, true), 3);
    check_text(&o, "日…");
    o = (struct outbuf){0};
    cr_assert_eq(width_put(&o, STR("abcdef"), 4, false), 4);
    check_text(&o, "ab..");
    o = (struct outbuf){0};
    cr_assert_eq(width_put(&o, STR("abcd"), 4, true), 4);
    check_text(&o, "abcd");
    o = (struct outbuf){0};
    cr_assert_eq(width_put(&o, STR("abcd"), 0, true), 0);
    check_text(&o, "");
    o = (struct outbuf){0};
    cr_assert_eq(width_put(&o, STR("e\xcc\x81x"), 1, true), 1);
    check_text(&o, "…");
}

static struct table table_of(const struct table_column *columns, uint32_t n) {
    return (struct table){.format = TABLE_BOX, .columns = columns, .ncolumns = n};
}

static const struct table_column two[] = {{STR("id"), STR("BIGINT")}, {STR("name"), STR("STRING")}};

static void put(struct rowset *s, enum weir_change change, const char *id, const char *name) {
    rowset_put(s, change, (struct str[]){str_of(id), str_of(name)});
}

Test(table, a_box) {
    struct rowset s;
    struct outbuf o = {0};
    struct table t = table_of(two, 2);
    rowset_init(&s, 2, false, ROWSET_ALL, 0);
    put(&s, WEIR_INSERT, "7", "日本");
    put(&s, WEIR_INSERT, "1000", NULL);
    table_pick(&t, &s, 0);
    cr_assert_eq(table_print(&o, &t, &(struct table_style){.unicode = true}), 0);
    check_text(&o, "┌──────┬──────┐\n"
                   "│ id   │ name │\n"
                   "├──────┼──────┤\n"
                   "│    7 │ 日本 │\n"
                   "│ 1000 │ NULL │\n"
                   "└──────┴──────┘\n");
    o = (struct outbuf){0};
    table_print(&o, &t, &(struct table_style){.null = "-", .width = 16});
    check_text(&o, "+------+-------+\n"
                   "| id   | name  |\n"
                   "+------+-------+\n"
                   "|    7 | ..    |\n"
                   "| 1000 | -     |\n"
                   "+------+-------+\n");
    free((void *)t.rows);
    rowset_free(&s);
}

Test(table, long_ones_are_cut_in_the_middle) {
    struct rowset s;
    struct outbuf o = {0};
    struct table t = table_of(two, 2);
    rowset_init(&s, 2, false, ROWSET_ALL, 0);
    for (int i = 0; i < 1500; i++) {
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        put(&s, WEIR_INSERT, id, "somebody with a long name");
    }
    table_pick(&t, &s, 3);
    table_print(&o, &t, &(struct table_style){.unicode = true});
    check_text(&o, "┌──────┬───────────────────────────┐\n"
                   "│ id   │ name                      │\n"
                   "├──────┼───────────────────────────┤\n"
                   "│    0 │ somebody with a long name │\n"
                   "│    1 │ somebody with a long name │\n"
                   "│ … 1,497 rows not shown           │\n"
                   "│ 1499 │ somebody with a long name │\n"
                   "└──────┴───────────────────────────┘\n");
    free((void *)t.rows);
    rowset_free(&s);
}

Test(table, the_last_rows_are_kept) {
    struct rowset s;
    struct table t = table_of(two, 2);
    rowset_init(&s, 2, false, 2, 3);
    for (int i = 0; i < 100; i++) {
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        put(&s, WEIR_INSERT, id, "x");
    }
    cr_assert_eq(s.rows, 100);
    table_pick(&t, &s, 0);
    cr_assert_eq(t.nrows, 5);
    cr_assert_eq(t.hidden_rows, 95);
    cr_assert_eq(t.hidden_at, 2);
    cr_assert(str_eq(t.rows[1][0], STR("1")));
    cr_assert(str_eq(t.rows[2][0], STR("97")));
    free((void *)t.rows);
    table_pick(&t, &s, 2);
    cr_assert_eq(t.nrows, 2);
    cr_assert(str_eq(t.rows[1][0], STR("99")));
    free((void *)t.rows);
    table_pick(&t, &s, 1);
    cr_assert_eq(t.nrows, 1);
    cr_assert_eq(t.hidden_rows, 99);
    cr_assert_eq(t.hidden_at, 1);
    free((void *)t.rows);
    rowset_free(&s);
    for (uint64_t max = 0; max < 8; max++) {
        rowset_init(&s, 2, true, 0, 0);
        for (unsigned n = 0; n < 8; n++) {
            table_pick(&t, &s, max);
            cr_assert_eq(t.nrows, max && n > max + 1 ? max : n);
            cr_assert_eq(t.hidden_rows, n - t.nrows);
            free((void *)t.rows);
            put(&s, WEIR_INSERT, "1", "x");
        }
        rowset_free(&s);
    }
}

Test(table, updates_keep_their_place) {
    struct rowset s;
    rowset_init(&s, 2, true, 0, 0);
    put(&s, WEIR_INSERT, "1", "a");
    put(&s, WEIR_INSERT, "2", "b");
    put(&s, WEIR_INSERT, "3", "c");
    put(&s, WEIR_UPDATE_BEFORE, "2", "b");
    put(&s, WEIR_UPDATE_AFTER, "2", "bb");
    put(&s, WEIR_DELETE, "1", "a");
    put(&s, WEIR_DELETE, "9", "never seen");
    cr_assert_eq(s.rows, 2);
    rowset_settle(&s);
    cr_assert(str_eq(rowset_at(&s, 0)[1], STR("bb")));
    cr_assert(str_eq(rowset_at(&s, 1)[1], STR("c")));
    for (int i = 0; i < 1000; i++) {
        char id[16];
        snprintf(id, sizeof id, "%d", 10 + i % 500);
        put(&s, i < 500 ? WEIR_INSERT : WEIR_DELETE, id, "x");
    }
    rowset_settle(&s);
    cr_assert_eq(s.rows, 2);
    cr_assert(str_eq(rowset_at(&s, 1)[1], STR("c")));
    rowset_free(&s);
}

/* Whatever is kept and however many are wanted: what is picked was kept, the first ones before the last. */
Test(table, every_pick_was_kept) {
    for (unsigned n = 0; n < 14; n++) {
        for (unsigned k = 0; k < 12 * 10; k++) {
            struct rowset s;
            struct table t = table_of(two, 2);
            rowset_init(&s, 2, false, k / 12 > 8 ? ROWSET_ALL : k / 12 / 3, k / 12 % 3 * 2);
            for (unsigned i = 0; i < n; i++) put(&s, WEIR_INSERT, "1", "x");
            table_pick(&t, &s, k % 12);
            for (uint64_t i = 0; i < t.nrows; i++) cr_assert_not_null(t.rows[i]);
            cr_assert_eq(t.nrows + t.hidden_rows, n);
            cr_assert_leq(t.hidden_at, t.nrows);
            free((void *)t.rows);
            rowset_free(&s);
        }
    }
}

/* Every line of a table is as wide as the others, and none wider than the screen. */
Test(table, fits_any_width) {
    enum { N = 30 };
    struct table_column columns[N];
    struct str cells[N];
    struct rowset s;
    for (unsigned c = 0; c < N; c++) {
        columns[c].name = c % 3 ? STR("a_long_name_of_a_column") : STR("n");
        columns[c].type = c % 4 == 0 ? STR("BIGINT") : c % 4 == 1 ? STR("TIMESTAMP(3)") : STR("STRING");
        cells[c] = c % 4 == 0   ? STR("12345678901")
                   : c % 4 == 1 ? STR("2026-05-04 18:32:11.452")
                                : STR("日本語 text\n");
    }
    for (uint32_t n = 1; n <= N; n += 3) {
        rowset_init(&s, n, false, ROWSET_ALL, 0);
        for (int i = 0; i < 9; i++) rowset_put(&s, WEIR_INSERT, cells);
        for (unsigned width = 10; width < 300; width += 5) {
            struct table t = table_of(columns, n);
            struct outbuf o = {0};
            table_pick(&t, &s, 4);
            uint32_t hidden = table_print(&o, &t, &(struct table_style){.unicode = true, .width = width});
            cr_assert_lt(hidden, n);
            unsigned first = 0;
            for (size_t at = 0; at < o.len;) {
                size_t end = (size_t)((char *)memchr(o.data + at, '\n', o.len - at) - o.data);
                unsigned w = width_of((struct str){o.data + at, end - at}, true);
                if (!first) first = w;
                cr_assert_eq(w, first, "%u columns, width %u: %u and %u", n, width, w, first);
                at = end + 1;
            }
            cr_assert_leq(first, width);
            outbuf_free(&o);
            free((void *)t.rows);
        }
        rowset_free(&s);
    }
}

static void check_format(enum table_format format, const char *expected) {
    static const struct table_column columns[] = {
        {STR("n"), STR("DOUBLE")}, {STR("s"), STR("STRING")}, {STR("b"), STR("BOOLEAN NOT NULL")}};
    struct rowset s;
    struct outbuf o = {0};
    struct table t = table_of(columns, 3);
    t.format = format;
    rowset_init(&s, 3, false, ROWSET_ALL, 0);
    rowset_put(&s, WEIR_INSERT, (struct str[]){STR("1.5"), STR("a|\"b\","), STR("TRUE")});
    rowset_put(&s, WEIR_INSERT, (struct str[]){STR("-Infinity"), {NULL, 0}, STR("FALSE")});
    table_pick(&t, &s, 0);
    table_print(&o, &t, &(struct table_style){.types = true});
    check_text(&o, expected);
    free((void *)t.rows);
    rowset_free(&s);
}

Test(table, other_formats) {
    check_format(TABLE_CSV, "n,s,b\n1.5,\"a|\"\"b\"\",\",TRUE\n-Infinity,,FALSE\n");
    check_format(TABLE_JSONL, "{\"op\":\"+I\",\"row\":{\"n\":1.5,\"s\":\"a|\\\"b\\\",\",\"b\":true}}\n"
                              "{\"op\":\"+I\",\"row\":{\"n\":\"-Infinity\",\"s\":null,\"b\":false}}\n");
    check_format(TABLE_MARKDOWN, "| n         | s       | b     |\n| ---: | --- | --- |\n"
                                 "|       1.5 | a\\|\"b\", | TRUE  |\n| -Infinity | NULL    | FALSE |\n");
    check_format(TABLE_LINE, "n  DOUBLE           = 1.5\ns  STRING           = a|\"b\",\n"
                             "b  BOOLEAN NOT NULL = TRUE\n\n"
                             "n  DOUBLE           = -Infinity\ns  STRING           = NULL\n"
                             "b  BOOLEAN NOT NULL = FALSE\n");
}
