/* SPDX-License-Identifier: Apache-2.0
 *
 * LIKE, SIMILAR TO and the regular expressions.
 */
#include "kernel_call.h"

Test(kernel_pattern, like) {
    static const struct {
        const char *text, *pattern;
        bool want;
    } cases[] = {
        {"abc", "a%", true},
        {"abc", "%c", true},
        {"abc", "%b%", true},
        {"abc", "abc", true},
        {"abc", "a%c", true},
        {"ac", "a%c", true},
        {"a", "a%a", false},
        {"abc", "a_c", true},
        {"abc", "A%", false},
        {"a%c", "a\\%c", false},
        {"a😀c", "a_c", true},
        {"a😀c", "a__c", false},
        {"a\nc", "a_c", false},
        {"a\nc", "a%c", true},
        {"abc", "", false},
        {"", "%", true},
        {"", "", true},
        {"", "_", false},
        {"abcabc", "%b%b%", true},
        {"abab", "%ab", true},
        {"aXbXc", "a%b%c", true},
        {"aXbX", "a%b%c", false},
        {"mississippi", "m%iss%pi", true},
        {"abc", "%%", true},
        {"abc", "___", true},
        {"abc", "%_", true},
        {"abc", "____", false},
        {"äbc", "%_bc", true},
        {"x", "%x%", true},
        {"aab", "%ab%", true},
        {"abc", "%d%", false},
    };
    for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct test_arg args[2] = {{.kind = TYPE_VARCHAR, .value = {.s = str_of(cases[i].text)}},
                                   {.kind = TYPE_VARCHAR, .value = {.s = str_of(cases[i].pattern)}}};
        const char *got = test_kernel(FN_LIKE, &kernel_LIKE, test_result_BOOLEAN(), args, 2);
        cr_expect_str_eq(got, cases[i].want ? "TRUE" : "FALSE", "'%s' LIKE '%s'", cases[i].text,
                         cases[i].pattern);
    }
    GIVES("TRUE", LIKE, BOOLEAN, S("a%c"), S("a!%c"), S("!"));
    GIVES("FALSE", LIKE, BOOLEAN, S("abc"), S("a!%c"), S("!"));
    GIVES("TRUE", LIKE, BOOLEAN, S("a!c"), S("a!!_"), S("!"));
    GIVES("ERROR: in the pattern 'a!bc' the escape character '!' stands before neither %, _ nor itself", LIKE,
          BOOLEAN, S("abc"), S("a!bc"), S("!"));
    GIVES("ERROR: ESCAPE takes one character, not '!!'", LIKE, BOOLEAN, S("abc"), S("a"), S("!!"));
}

/* The worst case of the general matcher is text times pattern. */
Test(kernel_pattern, like_does_not_hang) {
    static char text[20001], pattern[] = "%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a%a_b";
    memset(text, 'a', 20000);
    struct test_arg args[2] = {{.kind = TYPE_VARCHAR, .value = {.s = {text, 20000}}},
                               {.kind = TYPE_VARCHAR, .value = {.s = str_of(pattern)}}};
    cr_expect_str_eq(test_kernel(FN_LIKE, &kernel_LIKE, test_result_BOOLEAN(), args, 2), "FALSE");
}

Test(kernel_pattern, similar) {
    GIVES("TRUE", SIMILAR, BOOLEAN, S("abc"), SL("(a|x)b(c|d)"));
    GIVES("TRUE", SIMILAR, BOOLEAN, S("a5"), S("[[:alpha:]][[:DIGIT:]x]"));
    GIVES("FALSE", SIMILAR, BOOLEAN, S("5"), S("[^[:digit:]]"));
    GIVES("TRUE", SIMILAR, BOOLEAN, S("5%"), S("_!%"), S("!"));
    GIVES("TRUE", SIMILAR, BOOLEAN, S("abc"), SL("a%"));
    GIVES("FALSE", SIMILAR, BOOLEAN, S("abc"), SL("b"));
    GIVES("TRUE", SIMILAR, BOOLEAN, S("ab"), SL("[a-c]+"));
    GIVES("TRUE", SIMILAR, BOOLEAN, S("abc"), SL("a_c"));
    GIVES("TRUE", SIMILAR, BOOLEAN, S("a%"), SL("a!%"), SL("!"));
}

Test(kernel_pattern, regexp) {
    GIVES("TRUE", REGEXP, BOOLEAN, S("hello"), S("l+"));
    GIVES("FALSE", REGEXP, BOOLEAN, S("hello"), S("^l"));
    GIVES("TRUE", REGEXP, BOOLEAN, S("grüße"), S("^gr.ße$"));
    GIVES("bar", REGEXP_EXTRACT, STRING, S("foothebar"), S("foo(.*?)(bar)"), I(2));
    GIVES("foothebar", REGEXP_EXTRACT, STRING, S("foothebar"), S("foo(.*?)(bar)"));
    GIVES("NULL", REGEXP_EXTRACT, STRING, S("foothebar"), S("foo(.*?)(bar)"), I(3));
    GIVES("NULL", REGEXP_EXTRACT, STRING, S("foothebar"), S("zoo"));
    GIVES("NULL", REGEXP_EXTRACT, STRING, S("ab"), S("(x)?b"), I(1));
    GIVES("NULL", REGEXP_EXTRACT, STRING, S("ab"), S("(x)?b"), I(-1));
    GIVES("1234", REGEXP_EXTRACT, STRING, S("https://x.y/?q=a&channel_id=1234&b=1"),
          S("(&|^)channel_id=([^&]*)"), I(2));
    GIVES("2", REGEXP_COUNT, INT, S("hello"), S("l"));
    GIVES("6", REGEXP_COUNT, INT, S("hello"), S(""));
    GIVES("3", REGEXP_COUNT, INT, S("äö"), S(""));
    GIVES("ll", REGEXP_SUBSTR, STRING, S("hello"), S("l+"));
    GIVES("4", REGEXP_INSTR, INT, S("ähello"), S("l+"));
    GIVES("0", REGEXP_INSTR, INT, S("hello"), S("x"));
    GIVES("fb", REGEXP_REPLACE, STRING, S("foobar"), S("oo|ar"), S(""));
    GIVES("f[$1]ar", REGEXP_REPLACE, STRING, S("foobar"), S("(o+)b"), S("[$1]"));
    GIVES("-f-o-o-b-a-r-", REGEXP_REPLACE, STRING, S("foobar"), S(""), S("-"));
    GIVES("-ä-", REGEXP_REPLACE, STRING, S("ä"), S(""), S("-"));
    GIVES("foobar", REGEXP_REPLACE, STRING, S("foobar"), S("x"), S("-"));
    GIVES("TRUE", REGEXP, BOOLEAN, S("Ab1"), S("^\\p{Alpha}+\\p{Digit}$"));
    GIVES("TRUE", REGEXP, BOOLEAN, S("é"), S("\\u00e9"));
}

static const struct type string_array = {
    .kind = TYPE_ARRAY, .nullable = true, .nfields = 1, .fields = (struct type_field[1]){{.type = NULL}}};
static const char *all(const struct test_arg *args, unsigned n) {
    struct type_field field = {.type = type_string(true)};
    struct type t = string_array;
    t.fields = &field;
    return test_kernel(FN_REGEXP_EXTRACT_ALL, &kernel_REGEXP_EXTRACT_ALL, &t, args, n);
}
Test(kernel_pattern, extract_all) {
    cr_expect_str_eq(all((struct test_arg[]){S("100-200, 300-400"), S("(\\d+)-(\\d+)")}, 2), "[100,300]");
    cr_expect_str_eq(all((struct test_arg[]){S("100-200, 300-400"), S("(\\d+)-(\\d+)"), I(0)}, 3),
                     "[100-200,300-400]");
    cr_expect_str_eq(all((struct test_arg[]){S("abc"), S("(\\d+)"), I(0)}, 3), "[]");
    cr_expect_str_eq(all((struct test_arg[]){S("abc"), S("(\\d+)"), I(5)}, 3), "NULL");
    cr_expect_str_eq(all((struct test_arg[]){S("abc"), S("b")}, 2), "NULL");
    cr_expect_str_eq(all((struct test_arg[]){S("abxb"), S("(a)?b")}, 2), "[a,NULL]");
}

Test(kernel_pattern, bad_patterns) {
    GIVES("ERROR: the regular expression '(' is not valid: missing closing parenthesis", REGEXP, BOOLEAN,
          S("a"), S("("));
    GIVES("ERROR: in the regular expression '[a-z&&[^b]]' the intersection && of character classes is not "
          "supported",
          REGEXP, BOOLEAN, S("a"), S("[a-z&&[^b]]"));
    char text[200];
    struct test_arg args[] = {S("hello"), S("(")};
    test_call_once(FN_REGEXP, &kernel_REGEXP, test_result_BOOLEAN(), args, 2, true, text, sizeof text);
    cr_expect_str_eq(text, "FALSE");
    test_call_once(FN_REGEXP_COUNT, &kernel_REGEXP_COUNT, test_result_INT(), args, 2, true, text,
                   sizeof text);
    cr_expect_str_eq(text, "NULL");
}

Test(kernel_pattern, regexp_does_not_hang) {
    const char *got =
        CALL(REGEXP, BOOLEAN, S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"), S("^(a|a)*$"));
    cr_expect(strncmp(got, "ERROR: the regular expression '^(a|a)*$' takes too long", 40) == 0, "%s", got);
    GIVES("FALSE", REGEXP, BOOLEAN, S("\xff\xfe"), S("b"));
}
