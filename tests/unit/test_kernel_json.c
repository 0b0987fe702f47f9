/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON functions: what Flink answers, and what it crashes on.
 */
#include "exec/json_path.h"
#include "kernel_call.h"

/* JSON_VALUE with NULL ON EMPTY and ON ERROR; EMPTY and ERROR: the first words tell the two apart. */
#define VALUE_OF(want, text, path)                                                                           \
    GIVES(want, JSON_VALUE, STRING, S(text), SL(path), SYM(NULL), SL(""), SYM(NULL), SL(""))
#define OUTCOME(want, text, path)                                                                            \
    GIVES(want, JSON_VALUE, STRING, S(text), SL(path), SYM(DEFAULT), S("empty"), SYM(DEFAULT), S("error"))

Test(kernel_json, scalars) {
    VALUE_OF("true", "{\"a\": true}", "$.a");
    VALUE_OF("1.50", "{\"a\": 1.50}", "$.a");
    VALUE_OF("1E+3", "{\"a\": 1e3}", "$.a");
    VALUE_OF("1E-7", "{\"a\": 0.0000001}", "$.a");
    VALUE_OF("0.000001", "{\"a\": 0.000001}", "$.a");
    VALUE_OF("1.2", "{\"a\": 12e-1}", "$.a");
    VALUE_OF("0E+5", "{\"a\": 0e5}", "$.a");
    VALUE_OF("0", "{\"a\": -0}", "$.a");
    VALUE_OF("0.0", "{\"a\": -0.0}", "$.a");
    VALUE_OF("-12.5E", "\"-12.5E\"", "$");
    VALUE_OF("12345678901234567890123", "{\"a\": 12345678901234567890123}", "$.a");
    VALUE_OF("xä\n", "{\"a\": \"x\\u00e4\\n\"}", "$.a");
    VALUE_OF("😀", "{\"a\": \"\\ud83d\\ude00\"}", "$.a");
    VALUE_OF("?", "{\"a\": \"\\ud83d\"}", "$.a");
    VALUE_OF("", "{\"a\": \"\"}", "$.a");
    VALUE_OF("6", "{\"a\":5, \"a\":6}", "$.a");
    VALUE_OF("7", "{\"\\u0061\":7}", "$.a");
}

Test(kernel_json, paths) {
    VALUE_OF("2", "{\"a\": [1,2]}", "$.a[1]");
    VALUE_OF("2", "{\"a\": [1,2]}", "$.a[-1]");
    VALUE_OF("5", "{\"a b\":5}", "$['a b']");
    VALUE_OF("5", "{\"a b\":5}", "$[\"a b\"]");
    VALUE_OF("5", "{\"a-b\":5}", "$.a-b");
    VALUE_OF("5", "{\"\":5}", "$['']");
    VALUE_OF("5", "{\"a\":5}", "a");
    VALUE_OF("5", "{\"a\":5}", " LAX $.a ");
    VALUE_OF("7", "[[{\"b\":[0,7]}]]", "$[0][0].b[1]");
    VALUE_OF("5", "5 x", "$");
    OUTCOME("error", "{\"a\": {\"b\":1}}", "$.a");
    OUTCOME("empty", "{\"a\": {\"b\":1}}", "lax $.a");
    OUTCOME("error", "{\"a\": null}", "$.a");
    OUTCOME("error", "{\"a\": 5}", "strict $.b");
    OUTCOME("empty", "{\"a\": 5}", "lax $.b");
    OUTCOME("empty", "{\"a\": 5}", "lax $.a[0]");
    OUTCOME("empty", "{\"a\": [{\"b\":1}]}", "lax $.a.b");
    OUTCOME("error", "{\"a\": [1]}", "$.a[*]");
    OUTCOME("error", "not json", "$.a");
    OUTCOME("empty", "", "lax $.a");
    OUTCOME("error", "{\"a\":5,}", "$.a");
    OUTCOME("error", "{'a':5}", "$.a");
    GIVES("NULL", JSON_VALUE, STRING, S_NULL, SL("$.a"), SYM(NULL), SL(""), SYM(NULL), SL(""));
}

Test(kernel_json, bad_paths) {
    VALUE_OF("ERROR: the JSON path '' is not valid: it is empty", "1", "");
    VALUE_OF("ERROR: the JSON path '$.a[' is not valid: ] is missing", "1", "$.a[");
    VALUE_OF("ERROR: the JSON path '$['a' is not valid: a quote is not closed", "1", "$['a");
    VALUE_OF("ERROR: the JSON path '$.' is not valid: a name is missing", "1", "$.");
    VALUE_OF("ERROR: the JSON path '$..' is not valid: a name is missing", "1", "$..");
    VALUE_OF("ERROR: the JSON path '$x' is not valid: a step begins with . or [", "1", "$x");
    VALUE_OF(
        "ERROR: the JSON path '$.a[last]' is not valid: [ must be followed by a number, a quoted name or *",
        "1", "$.a[last]");
    VALUE_OF("ERROR: in the JSON path '$.a[?(@.b==2)]' filters are not supported yet", "1", "$.a[?(@.b==2)]");
    VALUE_OF("ERROR: in the JSON path '$.a.length()' functions are not supported yet", "1", "$.a.length()");
}

Test(kernel_json, returning) {
#define RETURNS(want, kind, text)                                                                            \
    GIVES(want, JSON_VALUE, kind, S(text), SL("$.a"), SYM(NULL), I(0), SYM(NULL), I(0))
    RETURNS("5", INT, "{\"a\":5}");
    RETURNS("5", INT, "{\"a\":\"5\"}");
    RETURNS("NULL", INT, "{\"a\":\"x\"}");
    RETURNS("NULL", INT, "{\"a\":5.7}");
    RETURNS("NULL", INT, "{\"a\":99999999999}");
    RETURNS("99999999999", BIGINT, "{\"a\":99999999999}");
    RETURNS("5.7", DOUBLE, "{\"a\":5.7}");
    RETURNS("5", DOUBLE, "{\"a\":5}");
    RETURNS("TRUE", BOOLEAN, "{\"a\":true}");
    RETURNS("NULL", BOOLEAN, "{\"a\":1}");
    GIVES("3", JSON_VALUE, INT, S("{\"a\":\"x\"}"), SL("$.a"), SYM(NULL), I(0), SYM(DEFAULT), I(3));
    const char *got = CALL(JSON_VALUE, INT, S("{}"), SL("lax $.a"), SYM(ERROR), I(0), SYM(NULL), I(0));
    cr_expect_str_eq(got, "ERROR: JSON_VALUE found nothing at the path, and has ERROR ON EMPTY");
}

#define QUERY(want, text, path, wrapper)                                                                     \
    GIVES(want, JSON_QUERY, STRING, S(text), SL(path), SYM(wrapper), SYM(EMPTY_ARRAY), SYM(EMPTY_OBJECT))
Test(kernel_json, query) {
    QUERY("{\"b\":1.50,\"c\":\"x\"}", "{\"a\":{\"b\": 1.50, \"c\":\"x\"}}", "$.a", WITHOUT);
    QUERY("{}", "{\"a\":5}", "$.a", WITHOUT);
    QUERY("[]", "{\"a\":5}", "lax $.a", WITHOUT);
    QUERY("{}", "{\"a\":null}", "$.a", UNCONDITIONAL);
    QUERY("[5]", "{\"a\":5}", "$.a", UNCONDITIONAL);
    QUERY("[5]", "{\"a\":5}", "$.a", CONDITIONAL);
    QUERY("[1]", "{\"a\":[1]}", "$.a", CONDITIONAL);
    QUERY("[{\"x\":1}]", "{\"a\":{\"x\":1}}", "$.a", CONDITIONAL);
    QUERY("[[1]]", "{\"a\":[1]}", "$.a", UNCONDITIONAL);
    QUERY("[1,2]", "{\"a\":[{\"b\":1},{\"c\":0},{\"b\":2}]}", "$.a[*].b", WITHOUT);
    QUERY("[[1,2]]", "{\"a\":[1,2]}", "$.a[*]", UNCONDITIONAL);
    QUERY("[1,2]", "{\"a\":{\"x\":1,\"y\":2}}", "$.a.*", WITHOUT);
    QUERY("[3,1,2]", "{\"a\":{\"x\":{\"c\":1},\"y\":[{\"c\":2}],\"c\":3}}", "$..c", WITHOUT);
    QUERY("[1,2]", "[0,1,2,3,4]", "$[1:3]", WITHOUT);
    QUERY("[3,4]", "[0,1,2,3,4]", "$[-2:]", WITHOUT);
    QUERY("[0,1]", "[0,1,2,3,4]", "$[:2]", WITHOUT);
    QUERY("[0,2]", "[0,1,2,3,4]", "$[0,2]", WITHOUT);
    QUERY("{}", "{\"a\":[0,1]}", "$.b[*]", WITHOUT);
    QUERY("[]", "{\"a\":[0,1]}", "lax $.b[*]", WITHOUT);
    QUERY("{\"a\":{\"x\":1E+2,\"y\":2.10,\"z\":1},\"b\":2}",
          "{\"b\":1,\"a\":{\"z\":1,\"y\":2.10,\"x\":1e2},\"b\":2}", "$", WITHOUT);
    QUERY("{\"a\":\"xä//\"}", "{\"a\":\"x\\u00e4/\\/\"}", "$", WITHOUT);
    QUERY("{\"b\":\"x\\u0001\\n\\\"\"}", "{\"b\": \"x\\u0001\\n\\\"\"}", "$", WITHOUT);
    QUERY("{}", "bad", "$.b", WITHOUT);
}

Test(kernel_json, exists) {
    GIVES("TRUE", JSON_EXISTS, BOOLEAN, S("{\"a\":5}"), SL("$.a"));
    GIVES("FALSE", JSON_EXISTS, BOOLEAN, S("{\"a\":null}"), SL("$.a"));
    GIVES("FALSE", JSON_EXISTS, BOOLEAN, S("{\"a\":5}"), SL("$.b"));
    GIVES("TRUE", JSON_EXISTS, BOOLEAN, S("{\"a\":5}"), SL("strict $.b"), SYM(TRUE));
    GIVES("FALSE", JSON_EXISTS, BOOLEAN, S("{\"a\":5}"), SL("lax $.b"), SYM(TRUE));
    GIVES("NULL", JSON_EXISTS, BOOLEAN, S("{\"a\":5}"), SL("$.b"), SYM(UNKNOWN));
    GIVES("TRUE", JSON_EXISTS, BOOLEAN, S("bad"), SL("lax $.b"), SYM(TRUE));
    GIVES("TRUE", JSON_EXISTS, BOOLEAN, S("{\"a\":[]}"), SL("$.a[*]"));
    GIVES("FALSE", JSON_EXISTS, BOOLEAN, S("{\"a\":[]}"), SL("$.b[*]"));
}

Test(kernel_json, is_json) {
    static const char *const good[] = {
        "{}",      "5",   "\"x\"",       "null",   " 5 ",
        "[1]]",    "1e5", "{\"a\":1} x", "\"x\"y", "[{\"a\":[1,2,{}],\"b\":\"\\\"\\\\\\u0041\"}]",
        "-0.5E-10"};
    static const char *const bad[] = {
        "",       "abc",       "{a:1}",    "[1,]", "01",   "NaN",       "5x",      "5,",
        "truex",  "-",         "1.",       ".5",   "+1",   "/**/1",     "[",       "{",
        "{\"a\"", "{\"a\":",   "{\"a\":1", "\"",   "\"\\", "\"\\u12\"", "\"\\x\"", "\"a\nb\"",
        "[1 2]",  "{\"a\" 1}", "[}",       "{]",   "1e",   "tru"};
    for (unsigned i = 0; i < sizeof good / sizeof *good; i++) {
        struct test_arg arg = {.kind = TYPE_VARCHAR, .value = {.s = str_of(good[i])}};
        cr_expect_str_eq(test_kernel(FN_IS_JSON, &kernel_IS_JSON, test_result_BOOLEAN(), &arg, 1), "TRUE",
                         "%s", good[i]);
    }
    for (unsigned i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct test_arg arg = {.kind = TYPE_VARCHAR, .value = {.s = str_of(bad[i])}};
        cr_expect_str_eq(test_kernel(FN_IS_JSON, &kernel_IS_JSON, test_result_BOOLEAN(), &arg, 1), "FALSE",
                         "%s", bad[i]);
    }
    GIVES("FALSE", IS_JSON, BOOLEAN, S_NULL);
    GIVES("TRUE", IS_JSON_SCALAR, BOOLEAN, S("\"x\""));
    GIVES("FALSE", IS_JSON_SCALAR, BOOLEAN, S("[1]"));
    GIVES("TRUE", IS_JSON_ARRAY, BOOLEAN, S("[1]"));
    GIVES("FALSE", IS_JSON_OBJECT, BOOLEAN, S("[1]"));
    GIVES("TRUE", IS_JSON_OBJECT, BOOLEAN, S("{}"));
}

Test(kernel_json, quoting) {
    GIVES("\"a\\\"b\\\\c\\/d\"", JSON_QUOTE, STRING, S("a\"b\\c/d"));
    GIVES("\"\\u00e4\\u20ac\\ud83d\\ude00\\t\"", JSON_QUOTE, STRING, S("ä€😀\t"));
    GIVES("a\"b", JSON_UNQUOTE, STRING, S("\"a\\\"b\""));
    GIVES("abc", JSON_UNQUOTE, STRING, S("abc"));
    GIVES("\"abc", JSON_UNQUOTE, STRING, S("\"abc"));
    GIVES("\"a\\qb\"", JSON_UNQUOTE, STRING, S("\"a\\qb\""));
    GIVES("", JSON_UNQUOTE, STRING, S("\"\""));
}

/* Nesting up to the limit is read, beyond it refused; cut texts never read beyond their end. */
Test(kernel_json, deep_and_cut) {
    struct arena a = {0};
    for (size_t depth = JSON_MAX_DEPTH - 1; depth <= JSON_MAX_DEPTH + 1; depth++) {
        char *text = arena_alloc_raw(&a, 2 * depth);
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        struct json v = json_scan((struct str){text, 2 * depth});
        cr_expect_eq(v.kind, depth <= JSON_MAX_DEPTH ? JSON_ARRAY : JSON_INVALID, "%zu", depth);
        struct text o = {.arena = &a};
        if (v.kind == JSON_ARRAY) json_put_value(&o, v);
    }
    static const char whole[] = "{\"a\":[1,-2.5e+10,\"x\\u0041\\n\",true,false,null,{\"b\":{}}]}";
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        char *cut = malloc(n ? n : 1); /* its own block: a read beyond the end is seen */
        memcpy(cut, whole, n);
        cr_expect_eq(json_scan((struct str){cut, n}).kind, JSON_INVALID, "%zu", n);
        free(cut);
    }
    arena_free(&a);
}
