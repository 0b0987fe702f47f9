/* SPDX-License-Identifier: Apache-2.0
 *
 * Columns found in files: types of texts, separators and headers of CSV, samples that are torn or too short.
 */
#include <criterion/criterion.h>

#include "connectors/filesystem/filesystem.h"
#include "formats/csv.h"
#include "formats/guess.h"
#include "formats/json.h"
#include "tests/unit/io_helper.h"

/* ---- guesses ---- */

static const char *type_of(struct arena *a, const char *const *texts, bool json) {
    struct guess g = {0};
    for (; *texts; texts++) {
        if (json) guess_string(&g, str_of(*texts));
        else guess_field(&g, str_of(*texts));
    }
    return type_print(a, guess_type(&g, json, a)).ptr;
}
#define FIELDS(...) type_of(&a, (const char *const[]){__VA_ARGS__, NULL}, false)
#define STRINGS(...) type_of(&a, (const char *const[]){__VA_ARGS__, NULL}, true)

Test(infer, fields) {
    struct arena a = {0};
    cr_expect_str_eq(FIELDS("1", "-2", "0", " 3 ", "9223372036854775807"), "BIGINT");
    cr_expect_str_eq(FIELDS("1", "2.5"), "DOUBLE");
    cr_expect_str_eq(FIELDS("1e3", "-.5", "5.", "NaN", "-Infinity", "0.1E-7"), "DOUBLE");
    cr_expect_str_eq(FIELDS("1", "007"), "STRING");
    cr_expect_str_eq(FIELDS("+1"), "STRING");
    cr_expect_str_eq(FIELDS("1", "9223372036854775808"), "STRING");
    cr_expect_str_eq(FIELDS("1.5", "9223372036854775808"), "DOUBLE");
    cr_expect_str_eq(FIELDS("."), "STRING");
    cr_expect_str_eq(FIELDS("1e"), "STRING");
    cr_expect_str_eq(FIELDS("-"), "STRING");
    cr_expect_str_eq(FIELDS("0x10"), "STRING");
    cr_expect_str_eq(FIELDS("1f"), "STRING");
    cr_expect_str_eq(FIELDS("true", "FALSE", " True"), "BOOLEAN");
    cr_expect_str_eq(FIELDS("true", "1"), "STRING");
    cr_expect_str_eq(FIELDS("true", ""), "STRING");
    cr_expect_str_eq(FIELDS("2026-05-04", "2024-02-29"), "DATE");
    cr_expect_str_eq(FIELDS("2026-02-29"), "STRING");
    cr_expect_str_eq(FIELDS("2026-5-4"), "STRING");
    cr_expect_str_eq(FIELDS("18:32:11"), "TIME(0)");
    cr_expect_str_eq(FIELDS("18:32:11", "18:32:11.5"), "TIME(3)");
    cr_expect_str_eq(FIELDS("18:32:11.1234"), "STRING");
    cr_expect_str_eq(FIELDS("18:32"), "STRING");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11"), "TIMESTAMP(3)");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11.1234", "2026-05-04 18:32:11"), "TIMESTAMP(6)");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11.1234567"), "TIMESTAMP(9)");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11.1234567", "1000-01-01 00:00:00"), "STRING");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11.5Z"), "TIMESTAMP_LTZ(3)");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11Z", "2026-05-04 18:32:11"), "STRING");
    cr_expect_str_eq(FIELDS("2026-05-04 18:32:11", "2026-05-04"), "STRING");
    cr_expect_str_eq(FIELDS("2026-05-04T18:32:11"), "STRING");
    struct guess nothing = {0};
    cr_expect_str_eq(type_print(&a, guess_type(&nothing, false, &a)).ptr, "STRING");
    arena_free(&a);
}

Test(infer, strings) {
    struct arena a = {0};
    cr_expect_str_eq(STRINGS("1"), "STRING");
    cr_expect_str_eq(STRINGS("true"), "STRING");
    cr_expect_str_eq(STRINGS(""), "STRING");
    cr_expect_str_eq(STRINGS("2026-05-04T18:32:11Z", "2026-05-04T18:32:11.123456Z"), "TIMESTAMP_LTZ(6)");
    cr_expect_str_eq(STRINGS("2026-05-04T18:32:11"), "TIMESTAMP(3)");
    cr_expect_str_eq(STRINGS("2026-05-04T18:32"), "TIMESTAMP(3)");
    cr_expect_str_eq(STRINGS("2026-05-04T18:32:11+01:00"), "STRING");
    cr_expect_str_eq(STRINGS("2026-05-04 18:32:11"), "STRING");
    cr_expect_str_eq(STRINGS("2026-05-04"), "DATE");
    arena_free(&a);
}

/* ---- samples ---- */

/* "a BIGINT, b STRING | csv.field-delimiter=;" or the error. */
static const char *sample_of(struct arena *a, const struct format_class *f, const char *text, size_t len,
                             bool whole) {
    struct options none = {0};
    struct format_config c = {
        .options = &none, .prefix = f == &csv_format ? "csv." : "json.", .in_file = true};
    char *copy = arena_alloc_raw(a, len + SAMPLE_PAD);
    struct format_sample s = {.data = copy, .len = len, .whole = whole, .header = HEADER_AUTO};
    struct inferred out = {0};
    struct error e = {0};
    if (len) memcpy(copy, text, len);
    memset(copy + len, '\n', SAMPLE_PAD);
    if (f->infer(&c, &s, a, &out, &e) != ST_OK)
        return arena_printf(a, "line %d: %s", (int)s.line, e.text).ptr;
    if (s.more) return "more";
    bool header = out.header == HEADER_NAMES || f != &csv_format;
    struct str o = arena_printf(a, "%s", header ? "" : "no header: ");
    for (uint32_t i = 0; i < out.columns.count; i++)
        o = arena_printf(a, "%.*s%s%.*s %.*s", STR_ARG(o), i ? ", " : "", STR_ARG(out.columns.fields[i].name),
                         STR_ARG(type_print(a, out.columns.fields[i].type)));
    for (uint32_t i = 0; i < out.more.count; i++) {
        if (str_eq(out.more.items[i].key, STR("csv.null-literal"))) continue;
        o = arena_printf(a, "%.*s | %.*s=%.*s", STR_ARG(o), STR_ARG(out.more.items[i].key),
                         STR_ARG(out.more.items[i].value));
    }
    return o.ptr;
}
#define WHOLE(text) sample_of(&a, &csv_format, text, sizeof text - 1, true)
#define TORN(text) sample_of(&a, &csv_format, text, sizeof text - 1, false)
#define JSON(text) sample_of(&a, &json_format, text, sizeof text - 1, true)
#define TORN_JSON(text) sample_of(&a, &json_format, text, sizeof text - 1, false)

Test(infer, csv_separators) {
    struct arena a = {0};
    cr_expect_str_eq(WHOLE("a,b\n1,x\n"), "a BIGINT, b STRING");
    cr_expect_str_eq(WHOLE("a;b\n1,5;x\n2,5;y\n"), "a STRING, b STRING | csv.field-delimiter=;");
    cr_expect_str_eq(WHOLE("a\tb\n1\tx"), "a BIGINT, b STRING | csv.field-delimiter=\\t");
    cr_expect_str_eq(WHOLE("a|b\n1|x\r\n"), "a BIGINT, b STRING | csv.field-delimiter=|");
    cr_expect_str_eq(WHOLE("a\n1\n2\n"), "a BIGINT");
    cr_expect_str_eq(WHOLE("\"a;b\",c\n\"x;y\",1\n"), "a;b STRING, c BIGINT");
    cr_expect_str_eq(WHOLE("\"a\nb\",c\n\"x\n\ny\",1\n"), "a\nb STRING, c BIGINT");
    cr_expect_str_eq(WHOLE("a,b;c\n1,2;3\n4,5;6\n"), "a BIGINT, b;c STRING");
    cr_expect_str_eq(WHOLE("1;2,5;3\n4;5,5;6\n7;8,5;9\n"),
                     "no header: f0 BIGINT, f1 STRING, f2 BIGINT | csv.field-delimiter=;");
    arena_free(&a);
}

Test(infer, csv_headers) {
    struct arena a = {0};
    cr_expect_str_eq(WHOLE("1,x\n2,y\n"), "no header: f0 BIGINT, f1 STRING");
    cr_expect_str_eq(WHOLE("a,b\nx,y\n"), "a STRING, b STRING");
    cr_expect_str_eq(WHOLE("a,a\nx,y\n"), "no header: f0 STRING, f1 STRING");
    cr_expect_str_eq(WHOLE("a,1\nx,y\n"), "no header: f0 STRING, f1 STRING");
    cr_expect_str_eq(WHOLE("a,\nx,y\n"), "no header: f0 STRING, f1 STRING");
    cr_expect_str_eq(WHOLE(",a\n0,x\n1,y\n"), "no header: f0 BIGINT, f1 STRING");
    cr_expect_str_eq(WHOLE(",a\n0,1\n1,2\n"), "f0 BIGINT, a BIGINT");
    cr_expect_str_eq(WHOLE("a,a,a0,a\n1,2,3,4\n"), "a BIGINT, a0 BIGINT, a00 BIGINT, a1 BIGINT");
    cr_expect_str_eq(WHOLE("a,b\n"), "a STRING, b STRING");
    cr_expect_str_eq(WHOLE("a,b"), "a STRING, b STRING");
    cr_expect_str_eq(WHOLE("1,2"), "no header: f0 BIGINT, f1 BIGINT");
    cr_expect_str_eq(WHOLE("\xef\xbb\xbf" "a,b\n1,2\n"), "a BIGINT, b BIGINT");
    cr_expect_str_eq(WHOLE("a,b,\n1,2,\n"), "a BIGINT, b BIGINT");
    cr_expect_str_eq(WHOLE("2026,2027\n1,2\n"), "no header: f0 BIGINT, f1 BIGINT");
    cr_expect_str_eq(WHOLE("day\n2026-05-04\n"), "day DATE");
    arena_free(&a);
}

Test(infer, csv_samples) {
    struct arena a = {0};
    cr_expect_str_eq(TORN("a,b\n1,2\n3,x"), "a BIGINT, b BIGINT");
    cr_expect_str_eq(TORN("a,b"), "more");
    cr_expect_str_eq(TORN("a,\"b\n"), "more");
    cr_expect_str_eq(WHOLE("a,b\n1,2\n3\n4,5\n"), "line 3: the line has 1 field where 2 are expected");
    cr_expect_str_eq(WHOLE("a,b\n1,2\n3,4,5\n"), "line 3: the line has more than 2 fields");
    cr_expect_str_eq(WHOLE("a,b\n1,\"2\n"), "line 2: a quoted field has no closing quote");
    cr_expect_str_eq(WHOLE("a,\"b\n"), "line 1: a quoted field has no closing quote");
    cr_expect_str_eq(WHOLE("a,b\n1,\"2\"x\n1,2\n"), "line 2: there is text behind a closing quote");
    arena_free(&a);
}

Test(infer, json) {
    struct arena a = {0};
    cr_expect_str_eq(JSON("{\"a\":1}\n{\"b\":\"x\",\"a\":2.5}"), "a DOUBLE, b STRING");
    cr_expect_str_eq(JSON("[{\"a\":1},{\"b\":true}] \r\n"), "a BIGINT, b BOOLEAN");
    cr_expect_str_eq(JSON("{\"a\":1}\n{\"a\":\"1\"}"), "a STRING");
    cr_expect_str_eq(JSON("{\"a\":1}\n{\"a\":true}"), "a STRING");
    cr_expect_str_eq(JSON("{\"a\":1}\n{\"a\":{}}"), "a STRING");
    cr_expect_str_eq(JSON("{\"a\":[1]}\n{\"a\":{}}"), "a STRING");
    cr_expect_str_eq(JSON("{\"a\":[]}\n{\"a\":[null]}"), "a ARRAY<STRING>");
    cr_expect_str_eq(JSON("{\"a\":null}"), "a STRING");
    cr_expect_str_eq(JSON("{\"a\":{}}"), "a MAP<STRING NOT NULL, STRING>");
    cr_expect_str_eq(JSON("{\"a\":{\"b\":{\"c`d\":0}}}"), "a ROW<`b` ROW<`c``d` BIGINT>>");
    cr_expect_str_eq(JSON("{\"a\":99999999999999999999}"), "a STRING");
    cr_expect_str_eq(JSON("{\"a\":\"2026-05-04T18:32:11Z\"}"),
                     "a TIMESTAMP_LTZ(3) | json.timestamp-format.standard=ISO-8601");
    cr_expect_str_eq(JSON("{\"a\":\"2026-05-04 18:32:11Z\"}"), "a TIMESTAMP_LTZ(3)");
    cr_expect_str_eq(JSON("{\"a\":\"2026-05-04 18:32:11Z\",\"b\":[\"2026-05-04T18:32:11Z\"]}"),
                     "a TIMESTAMP_LTZ(3), b ARRAY<STRING>");
    cr_expect_str_eq(TORN_JSON("{\"a\":1}\n{\"a\":1.5}"), "a BIGINT");
    cr_expect_str_eq(TORN_JSON("{\"a\":1"), "more");
    cr_expect_str_eq(JSON("{\"a\":1"), "line 1: it is not valid JSON: it ends too early");
    cr_expect_str_eq(JSON("\n{\"a\":\"x\ny\"}"), "line 2: it is not valid JSON: unexpected '\"x'");
    cr_expect_str_eq(JSON("[{\"a\":1},2]"), "line 1: it is not valid JSON: unexpected '2]'");
    cr_expect_str_eq(JSON("{\"a\":1}\n{\"a\" 1}"), "line 2: it is not valid JSON: unexpected '1}'");
    arena_free(&a);
}

/* Deep nesting becomes text, more keys than a ROW has a MAP, more fields than can be kept an error. */
Test(infer, json_limits) {
    struct arena a = {0};
    struct outbuf o = {0};
    outbuf_text(&o, "{\"a\":");
    for (int i = 0; i < 200; i++) outbuf_text(&o, "[");
    for (int i = 0; i < 200; i++) outbuf_text(&o, "]");
    outbuf_text(&o, "}");
    const char *deep = sample_of(&a, &json_format, o.data, o.len, true);
    cr_expect_not_null(strstr(deep, "ARRAY<ARRAY<ARRAY<STRING>>>"));
    o.len = 0;
    outbuf_text(&o, "{\"a\":{");
    for (int i = 0; i < 300; i++) outbuf_printf(&o, "\"%d\":%d,", i, i);
    outbuf_text(&o, "\"x\":{}}}");
    cr_expect_str_eq(sample_of(&a, &json_format, o.data, o.len, true), "a MAP<STRING NOT NULL, STRING>");
    o.len = 0;
    outbuf_text(&o, "{\"a\":0");
    for (int i = 0; i < 21000; i++) outbuf_printf(&o, ",\"%d\":%d", i, i);
    outbuf_text(&o, "}");
    cr_expect_str_eq(sample_of(&a, &json_format, o.data, o.len, true),
                     "line 1: the records have more than 20000 different fields");
    outbuf_free(&o);
    arena_free(&a);
}

/* ---- files ---- */

static const char *file_error(struct io *io, const char *name, const char *text, size_t len) {
    struct infer_request r = {.connector = &filesystem_connector.desc,
                              .format = &csv_format.desc,
                              .format_prefix = STR("csv."),
                              .options = &io->options,
                              .header = HEADER_AUTO};
    struct inferred out = {0};
    struct env env = env_real;
    io_write_file(io, name, text, len);
    io_option(io, "path", arena_printf(&io->arena, "%s/%s", io->dir, name).ptr);
    return fs_infer(&env, &r, &io->arena, &out, &io->error) == ST_OK ? "" : io->error.text;
}

Test(infer, too_long) {
    struct io io;
    size_t len = (size_t)17 << 20;
    char *text = malloc(len);
    cr_assert_not_null(text);
    memset(text, 'x', len);
    io_init(&io, &filesystem_connector, &csv_format);
    cr_expect_not_null(strstr(file_error(&io, "long.csv", text, len),
                              "': its first record is longer than 16777216 bytes"));
    free(text);
    io_free(&io);
}
