/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV: what Flink 2.3 reads and writes (tried there), framing with quotes, torn input, errors and their
 * places.
 */
#include <criterion/criterion.h>

#include "tests/unit/format_helper.h"
#include "formats/csv.h"
#include "formats/scan.h"

static void three(struct fmt *f) {
    fmt_init(f, &csv_format);
    fmt_column(f, "a", type_simple(TYPE_INT, true));
    fmt_column(f, "b", type_string(true));
    fmt_column(f, "c", type_simple(TYPE_INT, true));
}

static void expect(struct fmt *f, const char *in, const char *out) {
    for (int pass = 0; pass < 3; pass++) {
        static const size_t reads[] = {0, 1, 7}, targets[] = {1 << 16, 1, 20};
        static const uint32_t rows[] = {100, 1, 3};
        f->read_bytes = reads[pass];
        f->target_bytes = targets[pass];
        f->batch_rows = rows[pass];
        cr_assert_str_eq(fmt_read(f, in, strlen(in)), out, "pass %d: got\n%s", pass,
                         fmt_read(f, in, strlen(in)));
    }
}

Test(csv, lines_as_flink_reads_them) {
    struct fmt f;
    three(&f);
    fmt_option(&f, "ignore-parse-errors", "true");
    expect(&f,
           "1,a,2\n2,b\n\n   \n3,c,4,5\nx,d,7\n,e,8\n9,,10\n 11 , f , 12 \n4,\"q\"\"u\",1\n5,un\"quoted,6\n"
           "6,\"qq\" ,7\n7,\"aa\"bb,7\n8,\"multi\nline\",8\n9,#x,9\n#z,x,9\n",
           "1, a, 2\n2, b, NULL\nNULL, NULL, NULL\nNULL, NULL, NULL\nNULL, d, 7\nNULL, e, 8\n9, , 10\n11,  f "
           ", 12\n"
           "4, q\"u, 1\n5, un\"quoted, 6\n6, qq, 7\n8, multi\nline, 8\n9, #x, 9\nNULL, x, 9\n");
    fmt_free(&f);
}

Test(csv, errors_name_column_and_place) {
    struct fmt f;
    three(&f);
    expect(&f, "1,a,2\nx,b,3\n3,c,4\n4,d\n5,e,6,7\n6,\"f,8\n",
           "1, a, 2\n! column 'a': 'x' is not a valid INT [x,b,3] at 6\n3, c, 4\n"
           "! the line has 2 fields where 3 are expected [4,d] at 18\n"
           "! the line has more than 3 fields [5,e,6,7] at 22\n"
           "! a quoted field has no closing quote [6,\"f,8] at 30\n");
    expect(&f, "1,\xff,2\n2147483648,b,3\n",
           "! column 'b' is not valid UTF-8 [1,\xff,2] at 0\n"
           "! column 'a': '2147483648' is not a valid INT [2147483648,b,3] at 6\n");
    fmt_free(&f);
}

Test(csv, projection_and_short_lines) {
    struct fmt f;
    three(&f);
    uint32_t a[] = {2, 0};
    fmt_project(&f, 2, a);
    expect(&f, "1,a,2\n2,b\n3,c,4\n4\n",
           "2, 1\nNULL, 2\n4, 3\n! the line has 1 field where 3 are expected [4] at 16\n");
    fmt_project(&f, 0, a);
    expect(&f, "1,a,2\n2,b\n", "\n\n");
    fmt_free(&f);
}

Test(csv, line_ends_and_mark) {
    struct fmt f;
    three(&f);
    fmt_option(&f, "ignore-parse-errors", "true");
    expect(&f,
           "\xef\xbb\xbf"
           "1,a,2\r\n2,b,3\r\n3,c\r,4\r\n",
           "1, a, 2\n2, b, 3\n3, c, NULL\nNULL, 4, NULL\n");
    expect(&f, "1,a,2", "1, a, 2\n");
    expect(&f, "", "");
    fmt_free(&f);
}

Test(csv, options) {
    struct fmt f;
    three(&f);
    fmt_option(&f, "null-literal", "n/a");
    fmt_option(&f, "field-delimiter", "|");
    fmt_option(&f, "allow-comments", "true");
    expect(&f, "n/a|n/a|1\n#x|\"y\n1|\"n/a\"|2\n  # \"\n3|N/A|4\n", "NULL, NULL, 1\n1, NULL, 2\n3, N/A, 4\n");
    fmt_free(&f);
    three(&f);
    fmt_option(&f, "disable-quote-character", "true");
    expect(&f, "1,\"a\",2\n3,\"b,4\n", "1, \"a\", 2\n3, \"b, 4\n");
    fmt_free(&f);
    fmt_init(&f, &csv_format);
    fmt_column(&f, "a", type_string(true));
    fmt_column(&f, "b", type_string(true));
    fmt_option(&f, "escape-character", "\\");
    expect(&f, "a\\,b,c\\\"d\n\"a\\\"b\",\\\\\n\\n,\\x\n", "a,b, c\"d\na\"b, \\\n\n, x\n");
    fmt_free(&f);
}

static void all_types(struct fmt *f) {
    fmt_init(f, &csv_format);
    struct arena *a = &f->arena;
    fmt_column(f, "b", type_simple(TYPE_BOOLEAN, true));
    fmt_column(f, "d", type_simple(TYPE_DOUBLE, true));
    fmt_column(f, "n", type_decimal(a, 10, 2, true));
    fmt_column(f, "dt", type_simple(TYPE_DATE, true));
    fmt_column(f, "tm", type_time(a, TYPE_TIME, 0, true));
    fmt_column(f, "ts", type_time(a, TYPE_TIMESTAMP, 3, true));
    fmt_column(f, "tl", type_time(a, TYPE_TIMESTAMP_LTZ, 3, true));
    fmt_column(f, "byt", type_bytes(true));
    fmt_column(f, "ar", type_array(a, type_string(true), true));
    struct type_field *fields = ARENA_ARRAY(a, struct type_field, 2);
    fields[0] = (struct type_field){STR("x"), type_simple(TYPE_INT, true), {0}};
    fields[1] = (struct type_field){STR("y"), type_string(true), {0}};
    fmt_column(f, "r", type_row(a, fields, 2, true));
    fmt_option(f, "ignore-parse-errors", "true");
}

/* Written again, which shows the values more plainly than the debug text. */
Test(csv, types_as_flink_reads_them) {
    static const char in[] =
        "true,1.5,12.345,2020-01-02,10:11:12,2020-01-02 03:04:05.123,2020-01-02 "
        "03:04:05.123Z,aGVsbG8=,a;b;c,1;x\n"
        "TRUE,1e3,1e2,2020-1-2,10:11,2020-01-02 03:04:05,2020-01-02 03:04:05Z,aGVsbG8,,\n"
        "x,NaN,999999999999,2020-02-30,10:11:12.5,2020-01-02T03:04:05,2020-01-02 03:04:05,!!,a; b,1\n"
        "1,Infinity,-.5,20200102,25:00:00,2020-01-02,2020-01-02T03:04:05Z,,;,1;2;3\n"
        ",,,,,,,,,\n"
        " true,\" 1.5\",\" 2\",\"2020-01-02 \",\" 10:11:12\",\" 2020-01-02 03:04:05.1234567 \",\"2020-01-02 "
        "03:04:05Z \",\"aGVsbG8=\",\"a\",\" 1 ;y\"\n";
    static const char out[] =
        "true,1.5,12.35,2020-01-02,10:11:12,\"2020-01-02 03:04:05.123\",\"2020-01-02 "
        "03:04:05.123Z\",aGVsbG8=,a;b;c,"
        "1;x\n"
        "true,1000.0,1E+2,2020-01-02,10:11:00,\"2020-01-02 03:04:05\",\"2020-01-02 03:04:05Z\",,,\n"
        "false,NaN,,2020-03-01,10:11:12,,,,\"a; b\",1;\n"
        "false,Infinity,-0.5,,,,,,;,1;2\n"
        "false,,,,,,,,,\n"
        "true,1.5,,,,\"2020-01-02 03:04:05.123\",\"2020-01-02 03:04:05Z\",aGVsbG8=,a,1;y\n";
    struct fmt f, g;
    all_types(&f);
    all_types(&g);
    fmt_convert(&f, &g, in, sizeof in - 1);
    cr_assert_str_eq(arena_str(&f.arena, (struct str){f.encoded.data, f.encoded.len}).ptr, out);
    fmt_free(&f);
    fmt_free(&g);
}

Test(csv, strings_as_flink_quotes_them) {
    struct fmt f, g;
    static const char in[] =
        "1|plain|1\n2|com,ma|2\n3||3\n4|q\"\"uo|4\n5| lead|5\n6|mid dle;\xc3\xa9|6\n7|#c-x_y.z|7\n";
    three(&f);
    fmt_option(&f, "field-delimiter", "|");
    three(&g);
    fmt_convert(&f, &g, in, sizeof in - 1);
    cr_assert_str_eq(
        arena_str(&f.arena, (struct str){f.encoded.data, f.encoded.len}).ptr,
        "1,plain,1\n2,\"com,ma\",2\n3,,3\n4,\"q\"\"\"\"uo\",4\n5,\" lead\",5\n6,\"mid dle;\xc3\xa9\",6\n"
        "7,\"#c-x_y.z\",7\n");
    fmt_free(&f);
    fmt_free(&g);
}

Test(csv, messages) {
    struct fmt f;
    three(&f);
    cr_assert_str_eq(fmt_read_message(&f, "1,a,2", 5), "1, a, 2\n");
    cr_assert_str_eq(fmt_read_message(&f, "1,\"a\"\"\",2\n", 10), "1, a\", 2\n");
    cr_assert_str_eq(fmt_read_message(&f, "1,a,b", 5), "! column 'c': 'b' is not a valid INT [1,a,b] at 1\n");
    fmt_free(&f);
}

Test(csv, numbers_of_all_lengths) {
    struct fmt f;
    fmt_init(&f, &csv_format);
    fmt_column(&f, "a", type_simple(TYPE_BIGINT, true));
    fmt_column(&f, "b", type_simple(TYPE_BIGINT, true));
    struct outbuf in = {0}, out = {0};
    uint64_t n = 0;
    for (unsigned len = 1; len <= 19; len++) {
        n = n * 10 + len % 9 + (len != 19);
        outbuf_printf(&in, "%llu,-%llu\n", (unsigned long long)n, (unsigned long long)n);
        outbuf_printf(&out, "%llu, -%llu\n", (unsigned long long)n, (unsigned long long)n);
    }
    outbuf_text(&in, "-9223372036854775808,+7\n");
    outbuf_text(&out, "-9223372036854775808, 7\n");
    outbuf_char(&in, '\0');
    outbuf_char(&out, '\0');
    expect(&f, in.data, out.data);
    outbuf_free(&in);
    outbuf_free(&out);
    expect(&f, "9223372036854775808,1\n1-,1\n12345678901234567x,1\n-,1\n",
           "! column 'a': '9223372036854775808' is not a valid BIGINT [9223372036854775808,1] at 0\n"
           "! column 'a': '1-' is not a valid BIGINT [1-,1] at 22\n"
           "! column 'a': '12345678901234567x' is not a valid BIGINT [12345678901234567x,1] at 27\n"
           "! column 'a': '-' is not a valid BIGINT [-,1] at 48\n");
    fmt_free(&f);
}

/* Two bad lines in a row, the first by a field, the second by its length: none is lost. */
Test(csv, bad_lines_in_a_row) {
    struct fmt f;
    three(&f);
    expect(&f, "x,a,2\n2\n3,c,4\n",
           "! column 'a': 'x' is not a valid INT [x,a,2] at 0\n"
           "! the line has 1 field where 3 are expected [2] at 6\n3, c, 4\n");
    fmt_free(&f);
}

/* Quotes in comments, behind a lone CR, and behind a bad line open nothing. */
Test(csv, quotes_that_do_not_count) {
    struct fmt f;
    three(&f);
    fmt_option(&f, "allow-comments", "true");
    fmt_option(&f, "ignore-parse-errors", "true");
    expect(&f, "1,a,2\n# x,\"y\n2,\"b\n# no comment,\",3\n3,\"c\"d,\"e\n4,f,5\r# \"\n5,g,6\n",
           "1, a, 2\n2, b\n# no comment,, 3\n4, f, 5\n5, g, 6\n");
    fmt_option(&f, "escape-character", "\\");
    expect(&f, "1,a,2\n# x,\"y\\\n2,\"b\\\"\n# no comment,\",3\n3,\"c\"d,\"e\n4,f,5\n",
           "1, a, 2\n2, b\"\n# no comment,, 3\n4, f, 5\n");
    fmt_free(&f);
}

/* Views made by whole loads are those made byte by byte, at any place before the end. */
Test(csv, views_of_all_lengths) {
    char text[64];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)('!' + i);
    for (size_t from = 0; from < 20; from++) {
        for (size_t len = 0; from + len <= sizeof text; len++) {
            struct strview a = scan_view(text + from, len, text + sizeof text),
                           b = strview_of(text + from, len);
            cr_assert(a.words[0] == b.words[0] && a.words[1] == b.words[1], "%zu bytes at %zu", len, from);
        }
    }
}
