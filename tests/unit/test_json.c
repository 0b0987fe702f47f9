/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON: what Flink 2.3 reads and writes (tried there), layouts of keys, torn input, errors; and the raw
 * format.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "formats/json.h"
#include "formats/raw.h"
#include "tests/unit/format_helper.h"

static void expect(struct fmt *f, const char *in, const char *out) {
    for (int pass = 0; pass < 3; pass++) {
        static const size_t reads[] = {0, 1, 7}, targets[] = {1 << 16, 1, 60};
        static const uint32_t rows[] = {100, 1, 3};
        f->read_bytes = reads[pass];
        f->target_bytes = targets[pass];
        f->batch_rows = rows[pass];
        const char *got = fmt_read(f, in, strlen(in));
        cr_assert_str_eq(got, out, "pass %d: got\n%s", pass, got);
    }
}

/* Read and written again. */
static void expect_again(void (*columns)(struct fmt *), const char *option, const char *value, const char *in,
                         const char *out) {
    struct fmt f, g;
    columns(&f);
    columns(&g);
    fmt_option(&f, "ignore-parse-errors", "true");
    if (option) fmt_option(&f, option, value);
    if (option) fmt_option(&g, option, value);
    fmt_convert(&f, &g, in, strlen(in));
    struct str got = arena_str(&f.arena, (struct str){f.encoded.data, f.encoded.len});
    cr_assert_str_eq(got.ptr, out, "got\n%s", got.ptr);
    fmt_free(&f);
    fmt_free(&g);
}

static void scalars(struct fmt *f) {
    fmt_init(f, &json_format);
    fmt_column(f, "i", type_simple(TYPE_INT, true));
    fmt_column(f, "l", type_simple(TYPE_BIGINT, true));
    fmt_column(f, "s", type_string(true));
    fmt_column(f, "b", type_simple(TYPE_BOOLEAN, true));
    fmt_column(f, "d", type_simple(TYPE_DOUBLE, true));
    fmt_column(f, "n", type_decimal(&f->arena, 10, 2, true));
}

Test(json, values_as_flink_converts_them) {
    expect_again(
        scalars, NULL, NULL,
        "{\"i\":1,\"l\":2,\"s\":\"x\",\"b\":true,\"d\":1.5,\"n\":1.005}\n"
        "{\"i\":\"1\",\"l\":\" 2 \",\"s\":5,\"b\":\"true\",\"d\":\"1.5\",\"n\":\"1.005\"}\n"
        "{\"i\":1.7,\"l\":2.0,\"s\":5.50,\"b\":1,\"d\":3,\"n\":3}\n"
        "{\"i\":1e2,\"l\":1e2,\"s\":1e2,\"b\":0,\"d\":1e400,\"n\":1e2}\n"
        "{\"i\":true,\"l\":null,\"s\":true,\"b\":\"TRUE\",\"d\":true,\"n\":true}\n"
        "{\"i\":[1],\"l\":{\"a\":1},\"s\":{\"a\":1, \"b\" : [1, "
        "\"x\\u00e9\\n\"]},\"b\":[true],\"d\":{\"x\":1},\"n\":{}}\n"
        "{\"i\":2147483648,\"l\":9223372036854775808,\"s\":[1,2.50, "
        "3],\"b\":\"yes\",\"d\":\"NaN\",\"n\":12345678901}\n"
        "{\"i\":\"\",\"l\":\"\",\"s\":\"\",\"b\":\"\",\"d\":\"\",\"n\":\"\"}\n"
        "{\"i\":null,\"l\":null,\"s\":null,\"b\":null,\"d\":null,\"n\":null}\n"
        "{}\n"
        "{\"i\":1,\"i\":2,\"s\":\"a\",\"s\":\"b\"}\n"
        "{\"i\":null,\"i\":2,\"s\":\"a\",\"s\":null}\n"
        "{\"x\":1,\"I\":4,\"s\":\"esc \\u00e9\\ud83d\\ude00 \\\"q\\\" \\\\ \\/ \\b\\f\\n\\r\\t\\ud800!\"}\n"
        "{\"i\":-0,\"l\":-5,\"s\":\"d\",\"b\":false,\"d\":-0.0,\"n\":-1.5}\n"
        "{\"i\":\" 7\",\"l\":\"+7\",\"s\":\"d\",\"b\":\" true\",\"d\":\" 1.5 \",\"n\":\" 1.5\"}\n"
        "{\"i\":7.99,\"l\":-7.99,\"s\":\"d\",\"b\":false,\"d\":1.7976931348623157e308,\"n\":0.005}\n"
        "{\"i\":\"7.5\",\"l\":\"1e2\",\"s\":\"d\",\"b\":false,\"d\":\"Infinity\",\"n\":\"1e2\"}\n"
        "{\"l\":9223372036854775807,\"i\":-2147483648}\n{\"l\":-9223372036854775808,\"i\":2147483647}\n",
        "{\"i\":1,\"l\":2,\"s\":\"x\",\"b\":true,\"d\":1.5,\"n\":1.01}\n"
        "{\"i\":1,\"l\":2,\"s\":\"5\",\"b\":true,\"d\":1.5,\"n\":1.01}\n"
        "{\"i\":1,\"l\":2,\"s\":\"5.50\",\"b\":false,\"d\":3.0,\"n\":3}\n"
        "{\"i\":100,\"l\":100,\"s\":\"1e2\",\"b\":false,\"d\":\"Infinity\",\"n\":1E+2}\n"
        "{\"i\":null,\"l\":null,\"s\":\"true\",\"b\":true,\"d\":null,\"n\":null}\n"
        "{\"i\":null,\"l\":null,\"s\":\"{\\\"a\\\":1,\\\"b\\\":[1,\\\"x\xc3\xa9\\\\n\\\"]}\",\"b\":null,"
        "\"d\":null,\"n\":null}\n"
        "{\"i\":null,\"l\":null,\"s\":\"[1,2.5,3]\",\"b\":false,\"d\":\"NaN\",\"n\":null}\n"
        "{\"i\":null,\"l\":null,\"s\":\"\",\"b\":false,\"d\":null,\"n\":null}\n"
        "{\"i\":null,\"l\":null,\"s\":null,\"b\":null,\"d\":null,\"n\":null}\n"
        "{\"i\":null,\"l\":null,\"s\":null,\"b\":null,\"d\":null,\"n\":null}\n"
        "{\"i\":2,\"l\":null,\"s\":\"b\",\"b\":null,\"d\":null,\"n\":null}\n"
        "{\"i\":2,\"l\":null,\"s\":null,\"b\":null,\"d\":null,\"n\":null}\n"
        "{\"i\":null,\"l\":null,\"s\":\"esc \xc3\xa9\xf0\x9f\x98\x80 \\\"q\\\" \\\\ / "
        "\\b\\f\\n\\r\\t?!\",\"b\":null,\"d\":null,"
        "\"n\":null}\n"
        "{\"i\":0,\"l\":-5,\"s\":\"d\",\"b\":false,\"d\":-0.0,\"n\":-1.5}\n"
        "{\"i\":7,\"l\":7,\"s\":\"d\",\"b\":true,\"d\":1.5,\"n\":1.5}\n"
        "{\"i\":7,\"l\":-7,\"s\":\"d\",\"b\":false,\"d\":1.7976931348623157E308,\"n\":0.01}\n"
        "{\"i\":null,\"l\":null,\"s\":\"d\",\"b\":false,\"d\":\"Infinity\",\"n\":1E+2}\n"
        "{\"i\":-2147483648,\"l\":9223372036854775807,\"s\":null,\"b\":null,\"d\":null,\"n\":null}\n"
        "{\"i\":2147483647,\"l\":-9223372036854775808,\"s\":null,\"b\":null,\"d\":null,\"n\":null}\n");
}

static void two(struct fmt *f) {
    fmt_init(f, &json_format);
    fmt_column(f, "i", type_simple(TYPE_INT, true));
    fmt_column(f, "s", type_string(true));
}

static const char odd_lines[] = "{\"i\":1,\"s\":\"a\"}\n{\"i\":1,\"s\":\"a\"\n{\"i\":2,\"s\":\"b\"} "
                                "trailing\n\n   \n{\"i\":3 \"s\":\"c\"}\n"
                                "[{\"i\":4,\"s\":\"d\"},{\"i\":5,\"s\":\"e\"}]\n\"str\"\n7\nnull\n{\"i\":6,"
                                "\"s\":\"bad \\x esc\"}\n{'i':7}\n{i:8}\n"
                                "{\"i\":9,\"s\":\"tab\tinside\"}\n{\"i\":010,\"s\":\"a\"}\n{\"i\":+1,\"s\":"
                                "\"a\"}\n{\"i\":.5,\"s\":\"a\"}\n{\"i\":1.,\"s\":\"a\"}\n"
                                "{\"i\":NaN,\"s\":\"a\"}\n{\"i\":11,\"s\":\"a\",}\n{\"i\":12,\"s\":\"a\"}{"
                                "\"i\":13,\"s\":\"b\"}\n  {\"i\":14 , \"s\" : \"z\" }  \r\n"
                                "{\"u\":tru,\"i\":15}\n{\"u\":{\"a\":[1,2,{\"b\":\"}\"}]},\"i\":16}\n{\"u\":"
                                "\"\\ud800\",\"i\":17,\"s\":\"\\ud800\"}\n"
                                "[1,{\"i\":18}]\n[]\n{\"i\":1,\"s\":\"\xff\"}\n{\"i\":2,\"u\":\"\xff\"}"
                                "\n\xef\xbb\xbf{\"i\":3,\"s\":\"x\"}\n{\"i\":19,\"s\":\"last\"}";

Test(json, lines_as_flink_reads_them) {
    struct fmt f;
    two(&f);
    fmt_option(&f, "ignore-parse-errors", "true");
    expect(&f, odd_lines,
           "1, a\n2, b\n4, d\n5, e\n9, tab\tinside\n12, a\n14, z\n16, NULL\n17, ?\n3, x\n19, last\n");
    fmt_free(&f);
}

Test(json, errors) {
    struct fmt f;
    two(&f);
    expect(&f,
           "{\"i\":1,\"s\":\"a\"}\n{\"i\":\"x\"}\n{\"i\":3}\n{\"i\":4,\"s\":\"a\n{\"i\":5,}\n[{\"i\":6},{"
           "\"i\":1e99}]\n{\"i\":1,\"s\":\"\xff\"}"
           "\n{\"i\":[1,2]}\n7",
           "1, a\n! field 'i': \"x\" is not a valid INT [{\"i\":\"x\"}] at 16\n3, NULL\n"
           "! it is not valid JSON: unexpected '\"a' [{\"i\":4,\"s\":\"a] at 34\n"
           "! it is not valid JSON: unexpected '}' [{\"i\":5,}] at 48\n"
           "6, NULL\n! field 'i': 1e99 is not a valid INT [{\"i\":1e99}]] at 66\n"
           "! it is not valid UTF-8 [{\"i\":1,\"s\":\"\xff\"}] at 78\n"
           "! field 'i': [1,2] is not a valid INT [{\"i\":[1,2]}] at 94\n"
           "! it is not valid JSON: unexpected '7' [7] at 106\n");
    fmt_free(&f);
    two(&f);
    fmt_option(&f, "fail-on-missing-field", "true");
    expect(&f, "{\"i\":1}\n{\"s\":null,\"i\":2}\n", "! field 's' is missing [{\"i\":1}] at 0\n2, NULL\n");
    fmt_free(&f);
}

/* Blanks behind a colon where the objects before had none. */
Test(json, blanks_of_their_own) {
    struct fmt f;
    two(&f);
    expect(&f,
           "{\"i\":1,\"s\":\"a\"}\n{\"i\": 2,\"s\": \"b\"}\n{\"i\":3, \"s\":\t null }\n{ \"i\":4,\"s\":  "
           "\"d\"}\n",
           "1, a\n2, b\n3, NULL\n4, d\n");
    fmt_free(&f);
}

Test(json, layouts) {
    struct fmt f;
    two(&f);
    fmt_column(&f, "a long name that fills more than one register", type_simple(TYPE_BIGINT, true));
    struct outbuf in = {0}, out = {0};
    static const char *const forms[] = {
        "{\"i\":%d,\"s\":\"t%d\",\"a long name that fills more than one register\":%d}",
        "{ \"i\" : %d , \"s\" : \"t%d\" , \"a long name that fills more than one register\" : %d }",
        ("{\"u\":[1],\"i\":%d,\"u2\":{},\"s\":\"t%d\",\"a long name that fills more than one "
         "register\":%d,\"u3\":null}"),
        "{\"\\u0069\":%d,\"s\":\"t%d\",\"a long name that fills more than one register\":%d}",
    };
    for (int k = 0; k < 400; k++) {
        outbuf_printf(&in, forms[k < 200 ? k / 50 : k % 4], k, k, k);
        outbuf_char(&in, '\n');
        outbuf_printf(&out, "%d, t%d, %d\n", k, k, k);
        if (k % 7) continue;
        outbuf_printf(&in, "{\"s\":\"x\",\"i\":%d}\n", k);
        outbuf_printf(&out, "%d, x, NULL\n", k);
    }
    outbuf_char(&in, '\0');
    outbuf_char(&out, '\0');
    expect(&f, in.data, out.data);
    uint32_t one[] = {2};
    fmt_project(&f, 1, one);
    expect(&f, "{\"i\":1,\"s\":\"\\u00e9\",\"a long name that fills more than one register\":7}\n", "7\n");
    fmt_project(&f, 0, one);
    expect(&f, "{\"i\":1}\n{\"s\":[{}]}\n", "\n\n");
    outbuf_free(&in);
    outbuf_free(&out);
    fmt_free(&f);
}

static void times(struct fmt *f) {
    fmt_init(f, &json_format);
    fmt_column(f, "dt", type_simple(TYPE_DATE, true));
    fmt_column(f, "tm", type_time(&f->arena, TYPE_TIME, 0, true));
    fmt_column(f, "ts", type_time(&f->arena, TYPE_TIMESTAMP, 3, true));
    fmt_column(f, "tl", type_time(&f->arena, TYPE_TIMESTAMP_LTZ, 3, true));
    fmt_column(f, "by", type_bytes(true));
}

Test(json, times_as_flink_reads_them) {
    expect_again(times, NULL, NULL,
                 "{\"dt\":\"2020-01-02\",\"tm\":\"03:04:05\",\"ts\":\"2020-01-02 "
                 "03:04:05.123\",\"tl\":\"2020-01-02 03:04:05.123Z\",\"by\":\"aGVsbG8=\"}\n"
                 "{\"dt\":\"2020-1-2\",\"tm\":\"03:04\",\"ts\":\"2020-01-02 03:04:05\",\"tl\":\"2020-01-02 "
                 "03:04:05\",\"by\":\"aGVsbG8\"}\n"
                 "{\"dt\":\"2020-02-30\",\"tm\":\"03:04:05.6\",\"ts\":\"2020-01-02T03:04:05\",\"tl\":\"2020-"
                 "01-02T03:04:05Z\",\"by\":\"\"}\n"
                 "{\"dt\":18000,\"tm\":100,\"ts\":1577934245000,\"tl\":1577934245000,\"by\":5}\n"
                 "{\"dt\":\"2020-01-02T00:00:00\",\"tm\":\"03:04:05Z\",\"ts\":\"2020-01-02 "
                 "03:04\",\"tl\":\"2020-01-02 03:04:05.1234567Z\",\"by\":\"!\"}\n"
                 "{\"dt\":\"2021-02-29\",\"tm\":\" 03:04:05\",\"ts\":\" 2020-01-02 "
                 "03:04:05\",\"tl\":\"2020-01-02 03:04:05+01:00\",\"by\":\"AP8=\"}\n",
                 "{\"dt\":\"2020-01-02\",\"tm\":\"03:04:05\",\"ts\":\"2020-01-02 "
                 "03:04:05.123\",\"tl\":\"2020-01-02 03:04:05.123Z\",\"by\":\"aGVsbG8=\"}\n"
                 "{\"dt\":null,\"tm\":null,\"ts\":\"2020-01-02 03:04:05\",\"tl\":null,\"by\":null}\n"
                 "{\"dt\":null,\"tm\":\"03:04:05\",\"ts\":null,\"tl\":null,\"by\":\"\"}\n"
                 "{\"dt\":null,\"tm\":null,\"ts\":null,\"tl\":null,\"by\":null}\n"
                 "{\"dt\":null,\"tm\":null,\"ts\":null,\"tl\":\"2020-01-02 03:04:05.123Z\",\"by\":null}\n"
                 "{\"dt\":null,\"tm\":null,\"ts\":null,\"tl\":null,\"by\":\"AP8=\"}\n");
    expect_again(
        times, "timestamp-format.standard", "ISO-8601",
        "{\"ts\":\"2020-01-02T03:04:05.123\",\"tl\":\"2020-01-02T03:04:05.123Z\"}\n"
        "{\"ts\":\"2020-01-02 03:04:05\",\"tl\":\"2020-01-02T03:04:05\"}\n"
        "{\"ts\":\"2020-01-02T03:04\",\"tl\":\"2020-01-02T03:04Z\"}\n{\"ts\":\"2020-01-02T03:04:05Z\"}\n",
        "{\"dt\":null,\"tm\":null,\"ts\":\"2020-01-02T03:04:05.123\",\"tl\":\"2020-01-02T03:04:05.123Z\","
        "\"by\":null}\n"
        "{\"dt\":null,\"tm\":null,\"ts\":null,\"tl\":null,\"by\":null}\n"
        "{\"dt\":null,\"tm\":null,\"ts\":\"2020-01-02T03:04:00\",\"tl\":\"2020-01-02T03:04:00Z\",\"by\":null}"
        "\n"
        "{\"dt\":null,\"tm\":null,\"ts\":null,\"tl\":null,\"by\":null}\n");
}

static void nested(struct fmt *f) {
    fmt_init(f, &json_format);
    struct arena *a = &f->arena;
    const struct type *i = type_simple(TYPE_INT, true);
    struct type_field *b = ARENA_ARRAY(a, struct type_field, 2), *r = ARENA_ARRAY(a, struct type_field, 2);
    b[0] = (struct type_field){STR("c"), type_string(true), {0}};
    b[1] = (struct type_field){STR("d"), type_array(a, i, true), {0}};
    r[0] = (struct type_field){STR("a"), i, {0}};
    r[1] = (struct type_field){STR("b"), type_row(a, b, 2, true), {0}};
    fmt_column(f, "r", type_row(a, r, 2, true));
    fmt_column(f, "m", type_map(a, type_string(true), i, true));
    fmt_column(f, "ar", type_array(a, type_row(a, r, 2, true), true));
    fmt_column(f, "aa", type_array(a, type_array(a, i, true), true));
}

Test(json, nested) {
    expect_again(
        nested, NULL, NULL,
        "{\"r\":{\"a\":1,\"b\":{\"c\":\"x\",\"d\":[1,2,null]}},\"m\":{\"k\":1,\"l\":null},\"ar\":[{\"a\":1,"
        "\"b\":null},null,{\"b\":{}}],\"aa\":[[1],[],null]}\n"
        "{\"r\":{\"b\":{\"d\":[]}},\"m\":{},\"ar\":[],\"aa\":[]}\n"
        "{\"r\":null,\"m\":null,\"ar\":null,\"aa\":null}\n"
        "{\"r\":{\"a\":\"bad\",\"b\":5},\"m\":{\"k\":\"x\"},\"ar\":5,\"aa\":[5]}\n"
        "{\"r\":[],\"m\":[],\"ar\":{},\"aa\":{\"x\":1}}\n"
        "{\"m\":{\"k\":1,\"k\":2,\"j\":3},\"r\":{\"a\":1,\"a\":2},\"aa\":[[\"x\",1],[ ]]}\n",
        "{\"r\":{\"a\":1,\"b\":{\"c\":\"x\",\"d\":[1,2,null]}},\"m\":{\"k\":1,\"l\":null},\"ar\":[{\"a\":1,"
        "\"b\":null},null,{\"a\":null,\"b\":{\"c\":null,\"d\":null}}],\"aa\":[[1],[],null]}\n"
        "{\"r\":{\"a\":null,\"b\":{\"c\":null,\"d\":[]}},\"m\":{},\"ar\":[],\"aa\":[]}\n"
        "{\"r\":null,\"m\":null,\"ar\":null,\"aa\":null}\n"
        "{\"r\":{\"a\":null,\"b\":null},\"m\":{\"k\":null},\"ar\":null,\"aa\":[null]}\n"
        "{\"r\":null,\"m\":null,\"ar\":null,\"aa\":null}\n"
        "{\"r\":{\"a\":2,\"b\":null},\"m\":{\"k\":2,\"j\":3},\"ar\":null,\"aa\":[[null,1],[]]}\n");
}

Test(json, many_map_keys) {
    struct fmt f, g;
    nested(&f);
    nested(&g);
    uint32_t m[] = {1};
    struct outbuf in = {0};
    outbuf_text(&in, "{\"m\":{");
    for (int k = 0; k < 500; k++) outbuf_printf(&in, "%s\"key %d\":%d", k ? "," : "", k % 250, k);
    outbuf_text(&in, "}}\n");
    fmt_project(&f, 1, m);
    const char *got = fmt_read(&f, in.data, in.len);
    cr_assert_not_null(strstr(got, "key 0=250, key 1=251"), "%s", got);
    cr_assert_not_null(strstr(got, "key 249=499"), "%s", got);
    outbuf_free(&in);
    fmt_free(&f);
    fmt_free(&g);
}

Test(json, options_of_the_sink) {
    expect_again(scalars, "encode.ignore-null-fields", "true", "{\"n\":100,\"s\":null}\n{}\n",
                 "{\"n\":1E+2}\n{}\n");
    expect_again(scalars, "encode.decimal-as-plain-number", "true", "{\"n\":100}\n",
                 "{\"i\":null,\"l\":null,\"s\":null,\"b\":null,\"d\":null,\"n\":100.00}\n");
}

Test(json, messages) {
    struct fmt f;
    two(&f);
    const char *text = "{\n  \"i\" : 1,\n  \"s\" : \"a\nb\"\n}\n";
    cr_assert_str_eq(fmt_read_message(&f, text, strlen(text)), "1, a\nb\n");
    cr_assert_str_eq(fmt_read_message(&f, "", 0), "");
    for (size_t n = 1; n + 2 < strlen(text); n++) {
        const char *got = fmt_read_message(&f, text, n);
        cr_assert(strncmp(got, "! it is not valid JSON", 22) == 0, "%zu: %s", n, got);
    }
    text = "[{\"i\":1},{\"i\":2}]";
    cr_assert_str_eq(fmt_read_message(&f, text, strlen(text)), "1, NULL\n2, NULL\n");
    fmt_free(&f);
}

Test(raw, lines_and_numbers) {
    struct fmt f;
    fmt_init(&f, &raw_format);
    fmt_column(&f, "s", type_string(true));
    expect(&f, "a\n\nb\r\nc\xff\xc3\xa4", "a\n\nb\nc\xef\xbf\xbd\xc3\xa4\n");
    fmt_free(&f);
    fmt_init(&f, &raw_format);
    fmt_column(&f, "l", type_simple(TYPE_BIGINT, true));
    cr_assert_str_eq(fmt_read_message(&f, "\0\0\0\0\0\0\1\2", 8), "NULL\n258\n");
    cr_assert_str_eq(fmt_read_message(&f, "\0\1", 2),
                     "NULL\n! column 'l': 2 bytes where 8 are needed [] at 1\n");
    fmt_option(&f, "endianness", "little-endian");
    cr_assert_str_eq(fmt_read_message(&f, "\2\1\0\0\0\0\0\0", 8), "NULL\n258\n");
    fmt_free(&f);
}
