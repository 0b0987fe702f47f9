/* SPDX-License-Identifier: Apache-2.0
 *
 * Parts of the prompt that need no terminal: words of commands, completion's lists, the file of the history.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/repl.h"

static void check_text(struct outbuf *o, const char *expected) {
    outbuf_char(o, '\0');
    cr_assert_str_eq(o->data, expected);
    outbuf_free(o);
}

Test(repl, words_of_a_command) {
    struct arena a = {0};
    char *words[4];
    cr_assert_eq(command_words(&a, STR("  one 'two words'\t\"it's\" "), words, 4), 3);
    cr_assert_str_eq(words[0], "one");
    cr_assert_str_eq(words[1], "two words");
    cr_assert_str_eq(words[2], "it's");
    cr_assert_eq(command_words(&a, STR("a b c d e f"), words, 4), 4);
    cr_assert_eq(command_words(&a, STR("'no end"), words, 4), 1);
    cr_assert_str_eq(words[0], "no end");
    arena_free(&a);
}

Test(repl, what_candidates_have_in_common) {
    struct candidates c = {0};
    cr_assert_eq(candidates_common(&c), 0);
    candidates_put(&c, STR("SUBSTRING("), "function", STR("a part of a text"));
    cr_assert_eq(candidates_common(&c), 10);
    candidates_put(&c, STR("substr("), "function", STR("the same"));
    cr_assert_eq(candidates_common(&c), 6);
    candidates_put(&c, STR("SUM("), "function", STR(""));
    cr_assert_eq(candidates_common(&c), 2);
    arena_free(&c.arena);
    c = (struct candidates){0};
    candidates_put(&c, STR("caf\xc3\xa9"), "", STR(""));
    candidates_put(&c, STR("caf\xc3\xa8"), "", STR(""));
    cr_assert_eq(candidates_common(&c), 3);
    arena_free(&c.arena);
}

Test(repl, lists_of_candidates) {
    struct screen s = {.unicode = true};
    struct candidates c = {0};
    struct outbuf o = {0};
    candidates_put(&c, STR("SUM("), "function", STR("the sum of all values, which is long"));
    candidates_put(&c, STR("SUBSTRING("), "function", STR(""));
    candidates_list(&o, &c, &s, 40, 24);
    check_text(&o, "  SUM(        the sum of all values, w…\n  SUBSTRING(  function\n");
    for (int i = 0; i < 30; i++) {
        struct arena a = {0};
        candidates_put(&c, arena_printf(&a, "name%d", i), "", STR("help"));
        arena_free(&a);
    }
    o = (struct outbuf){0};
    candidates_list(&o, &c, &s, 40, 7);
    check_text(&o, "SUM(        SUBSTRING(  name0\n"
                   "name1       name2       name3\n"
                   "name4       name5       name6\n"
                   "… and 23 more\n");
    o = (struct outbuf){0};
    candidates_list(&o, &c, &s, 80, 24);
    cr_assert_eq(strncmp(o.data, "SUM(        name4 ", 18), 0);
    outbuf_free(&o);
    arena_free(&c.arena);
}

struct seen {
    unsigned count;
    char last[64];
};

static void see(void *arg, const char *entry) {
    struct seen *s = arg;
    s->count++;
    snprintf(s->last, sizeof s->last, "%s", entry);
}

Test(repl, the_history_survives) {
    char dir[] = "/tmp/weir-history-XXXXXX", path[64];
    struct seen s = {0};
    struct stat st;
    cr_assert_not_null(mkdtemp(dir));
    snprintf(path, sizeof path, "%s/history", dir);
    history_append(path, STR("SELECT 1"));
    history_append(path, STR("SELECT '\\',\n  2"));
    history_append(path, STR("SELECT 1"));
    history_load(path, see, &s);
    cr_assert_eq(s.count, 2); /* one that comes again is kept where it was last */
    cr_assert_str_eq(s.last, "SELECT 1");
    cr_assert_eq(stat(path, &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0600);
    for (int i = 0; i < 2 * HISTORY_MAX + 1; i++) {
        struct arena a = {0};
        history_append(path, arena_printf(&a, "entry\n%d", i));
        arena_free(&a);
    }
    s.count = 0;
    history_load(path, see, &s); /* shortens it */
    cr_assert_eq(s.count, HISTORY_MAX);
    cr_assert_eq(stat(path, &st), 0);
    cr_assert_eq(st.st_mode & 0777, 0600);
    cr_assert_lt(st.st_size, HISTORY_MAX * 14);
    s.count = 0;
    history_load(path, see, &s);
    cr_assert_eq(s.count, HISTORY_MAX);
    cr_assert_str_eq(s.last, "entry\n4000");
    unlink(path);
    rmdir(dir);
}

Test(repl, numbers_for_people) {
    char out[32];
    cr_assert_str_eq(repl_duration(out, 1234), "1.2 ms");
    cr_assert_str_eq(repl_duration(out, 123456), "123 ms");
    cr_assert_str_eq(repl_duration(out, 1234567), "1.23 s");
    cr_assert_str_eq(repl_duration(out, 125000000), "2 min 5 s");
    cr_assert_str_eq(repl_duration(out, 7325000000), "2 h 2 min");
    cr_assert_str_eq(repl_duration(out, 7 * 86400000000), "7 d 0 h");
    cr_assert_str_eq(repl_amount(out, 812), "812");
    cr_assert_str_eq(repl_amount(out, 81200), "81.2 k");
    cr_assert_str_eq(repl_amount(out, 8120000), "8.12 M");
    cr_assert_str_eq(table_count(out, 1234567), "1,234,567");
    cr_assert_str_eq(table_count(out, 999), "999");
}
