/* SPDX-License-Identifier: Apache-2.0
 *
 * Avro: files of every codec written and read again, side by side and one by one; schemas of other writers;
 * torn and damaged files.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "formats/avro.h"
#include "formats/csv.h"
#include "tests/unit/format_helper.h"

static void columns(struct fmt *f, const struct format_class *format, bool nullable) {
    fmt_init(f, format);
    struct arena *a = &f->arena;
    fmt_column(f, "id", type_simple(TYPE_BIGINT, nullable));
    fmt_column(f, "s", type_string(nullable));
    fmt_column(f, "i", type_simple(TYPE_INT, nullable));
    fmt_column(f, "d", type_simple(TYPE_DOUBLE, nullable));
    fmt_column(f, "b", type_simple(TYPE_BOOLEAN, nullable));
    fmt_column(f, "ts", type_time(a, TYPE_TIMESTAMP, 3, nullable));
}

static void nested_columns(struct fmt *f, const struct format_class *format) {
    fmt_init(f, format);
    struct arena *a = &f->arena;
    fmt_column(f, "ti", type_simple(TYPE_TINYINT, true));
    fmt_column(f, "f", type_simple(TYPE_FLOAT, true));
    fmt_column(f, "n", type_decimal(a, 10, 2, true));
    fmt_column(f, "n2", type_decimal(a, 30, 2, true));
    fmt_column(f, "dt", type_simple(TYPE_DATE, true));
    fmt_column(f, "tm", type_time(a, TYPE_TIME, 3, true));
    fmt_column(f, "tl", type_time(a, TYPE_TIMESTAMP_LTZ, 6, true));
    fmt_column(f, "by", type_bytes(true));
    fmt_column(f, "ar", type_array(a, type_simple(TYPE_INT, true), true));
    struct type_field *fields = ARENA_ARRAY(a, struct type_field, 2);
    fields[0] = (struct type_field){STR("x"), type_simple(TYPE_INT, true), {0}};
    fields[1] = (struct type_field){STR("y"), type_string(true), {0}};
    fmt_column(f, "r", type_row(a, fields, 2, true));
}

/* n lines of CSV for columns(). */
static struct outbuf make_lines(unsigned n, bool nulls) {
    static const char *const texts[] = {"", "a", "short", "exactly12byt", "thirteen byte", "\xc3\xa4",
                                        "sixteen bytes...", "seventeen bytes..", "sixteen bytes \xc3\xa4",
                                        "something much longer than that", "long with \xe2\x82\xac in it"};
    struct outbuf o = {0};
    uint64_t x = 12345;
    for (unsigned k = 0; k < n; k++) {
        x = x * 6364136223846793005ull + 1442695040888963407ull;
        uint64_t r = x >> 33;
        if (nulls && r % 7 == 0) outbuf_char(&o, '~');
        else outbuf_printf(&o, "%lld", (long long)(r % 5 ? (int64_t)(r >> r % 30) : (int64_t)x));
        if (nulls && r % 5 == 0) outbuf_text(&o, ",~");
        else outbuf_printf(&o, ",%s", texts[r % ARRAY_LEN(texts)]);
        if (nulls && r % 11 == 0) outbuf_text(&o, ",~");
        else outbuf_printf(&o, ",%d", (int)(int32_t)r);
        outbuf_printf(&o, ",%u.5,%s,2026-01-02 03:04:%02u.%03u\n", (unsigned)(r % 1000),
                      r & 1 ? "true" : "false", (unsigned)(r % 60), (unsigned)(r % 1000));
    }
    return o;
}

/* Equal texts, or the first line that differs is shown. */
static void same_text(const char *got, const char *want, const char *what) {
    size_t line = 0, i = 0;
    for (; got[i] && got[i] == want[i]; i++) {
        if (got[i] == '\n') line = i + 1;
    }
    cr_assert(got[i] == want[i], "%s: got '%.60s' for '%.60s'", what, got + line, want + line);
}

static void round_trip(const char *codec, bool nullable, unsigned n) {
    struct fmt csv, avro, back;
    columns(&csv, &csv_format, nullable);
    fmt_option(&csv, "null-literal", "~");
    columns(&avro, &avro_format, nullable);
    fmt_option(&avro, "codec", codec);
    columns(&back, &csv_format, nullable);
    fmt_option(&back, "null-literal", "~");
    struct outbuf lines = make_lines(n, nullable);
    const char *want = fmt_read(&csv, lines.data, lines.len);
    fmt_convert(&csv, &avro, lines.data, lines.len);
    for (unsigned pass = 0; pass < 3; pass++) {
        avro.read_bytes = pass == 1 ? 1000 : 0;
        avro.batch_rows = pass == 0 ? 2048 : pass == 1 ? 2 : 67;
        same_text(fmt_read(&avro, csv.encoded.data, csv.encoded.len), want, codec);
    }
    uint32_t two[] = {5, 1};
    fmt_project(&avro, 2, two);
    fmt_project(&csv, 2, two);
    same_text(fmt_read(&avro, csv.encoded.data, csv.encoded.len), fmt_read(&csv, lines.data, lines.len),
              codec);
    outbuf_free(&lines);
    fmt_free(&csv);
    fmt_free(&avro);
    fmt_free(&back);
}

Test(avro, every_codec_there_and_back) {
    round_trip("null", true, 9000);
    round_trip("null", false, 9000);
    round_trip("snappy", true, 3000);
    round_trip("deflate", false, 3000);
    round_trip("zstandard", true, 3000);
    round_trip("null", true, 1);
    round_trip("snappy", true, 0);
}

Test(avro, all_types_there_and_back) {
    static const char in[] =
        "-1,1.5,-1.25,1234567890123456789012345678.25,2020-01-02,03:04:05.123,2020-01-02 "
        "03:04:05.123456Z,aGVsbG8=,1;~;3,"
        "1;x\n"
        "~,~,~,~,~,~,~,~,~,~\n"
        "127,0.1,0,-0.01,1969-12-31,00:00:00,1969-12-31 23:59:59.999999Z,,,~;long enough to be a pointer\n"
        "-128,3e38,99999999.99,-9999999999999999999999999999.99,0001-01-01,23:59:59.999,2020-01-02 "
        "03:04:05Z,/w==,5,7;~\n";
    struct fmt csv, avro;
    nested_columns(&csv, &csv_format);
    fmt_option(&csv, "null-literal", "~");
    nested_columns(&avro, &avro_format);
    const char *want = fmt_read(&csv, in, sizeof in - 1);
    cr_assert_null(strchr(want, '!'), "%s", want);
    fmt_convert(&csv, &avro, in, sizeof in - 1);
    const char *got = fmt_read(&avro, csv.encoded.data, csv.encoded.len);
    cr_assert_str_eq(got, want, "got\n%s\nwant\n%s", got, want);
    fmt_free(&csv);
    fmt_free(&avro);
}

/* ---- files by hand ---- */

static void put_long(struct outbuf *o, int64_t n) {
    uint64_t u = (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
    for (; u >= 128; u >>= 7) outbuf_char(o, (char)(u | 128));
    outbuf_char(o, (char)u);
}

static void put_text(struct outbuf *o, const char *z) {
    put_long(o, (int64_t)strlen(z));
    outbuf_text(o, z);
}

static struct outbuf file_of(const char *schema) {
    struct outbuf o = {0};
    outbuf_put(&o, "Obj\x01", 4);
    put_long(&o, 1);
    put_text(&o, "avro.schema");
    put_text(&o, schema);
    put_long(&o, 0);
    outbuf_text(&o, "0123456789abcdef");
    return o;
}

static void put_block(struct outbuf *o, int64_t count, const void *data, size_t len) {
    put_long(o, count);
    put_long(o, (int64_t)len);
    outbuf_put(o, data, len);
    outbuf_text(o, "0123456789abcdef");
}

static void expect(struct fmt *f, struct outbuf *file, const char *want) {
    const char *got = fmt_read(f, file->data, file->len);
    cr_assert_str_eq(got, want, "got\n%s", got);
    outbuf_free(file);
}

Test(avro, schemas_of_others) {
    struct fmt f;
    fmt_init(&f, &avro_format);
    fmt_column(&f, "l", type_simple(TYPE_BIGINT, true));
    fmt_column(&f, "gone", type_string(true));
    fmt_column(&f, "d", type_simple(TYPE_DOUBLE, true));
    fmt_column(&f, "e", type_string(true));
    fmt_column(&f, "u", type_simple(TYPE_BIGINT, true));
    fmt_column(&f, "ts", type_time(&f.arena, TYPE_TIMESTAMP_LTZ, 3, true));
    fmt_column(&f, "n", type_decimal(&f.arena, 10, 1, true));
    struct outbuf o =
        file_of("[\"null\",{\"type\":\"record\",\"name\":\"a.b.R\",\"fields\":["
                "{\"name\":\"l\",\"type\":\"int\"},{\"name\":\"skip\",\"type\":{\"type\":\"array\",\"items\":"
                "{\"type\":\"map\","
                "\"values\":\"string\"}}},{\"name\":\"d\",\"type\":[\"null\",\"float\"]},"
                "{\"name\":\"e\",\"type\":{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"BEE\"]}},"
                "{\"name\":\"skip2\",\"type\":{\"type\":\"record\",\"name\":\"In\",\"fields\":[{\"name\":"
                "\"x\",\"type\":\"E\"},"
                "{\"name\":\"y\",\"type\":{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}}]}},"
                "{\"name\":\"u\",\"type\":[\"int\",\"string\",\"null\",\"long\"]},{\"name\":\"f2\",\"type\":"
                "\"a.b.F\"},"
                "{\"name\":\"ts\",\"type\":{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}},"
                "{\"name\":\"n\",\"type\":{\"type\":\"fixed\",\"name\":\"D\",\"size\":2,\"logicalType\":"
                "\"decimal\",\"precision\":4,"
                "\"scale\":2}}]}]");
    struct outbuf d = {0};
    for (int k = 0; k < 3; k++) {
        outbuf_char(&d, 2);               /* not null */
        put_long(&d, -5 - k);             /* l */
        put_long(&d, 1);                  /* skip: one entry */
        put_long(&d, -1);                 /* a map of one, with its bytes */
        put_long(&d, 4);
        put_text(&d, "k");
        put_text(&d, "v");
        put_long(&d, 0);
        put_long(&d, 0);
        float x = 1.5f;
        outbuf_char(&d, k == 1 ? 0 : 2);
        if (k != 1) outbuf_put(&d, &x, 4);
        put_long(&d, k == 1);             /* e */
        put_long(&d, 0);                  /* skip2.x */
        outbuf_text(&d, "fix");
        put_long(&d, k == 0 ? 0 : k == 1 ? 2 : 3);
        if (k != 1) put_long(&d, 70 + k);
        outbuf_text(&d, "fix");
        put_long(&d, 1500001);            /* ts */
        outbuf_put(&d, k == 2 ? "\xff\x83" : "\x00\x7d", 2); /* -1.25, 1.25 */
    }
    put_block(&o, 3, d.data, d.len);
    expect(&f, &o,
           "-5, NULL, 1.5, A, 70, 1500001, 13\n-6, NULL, NULL, BEE, NULL, 1500001, 13\n-7, NULL, 1.5, A, 72, "
           "1500001, "
           "-13\n");
    outbuf_free(&d);
    fmt_free(&f);
}

Test(avro, schemas_that_do_not_fit) {
    struct fmt f;
    fmt_init(&f, &avro_format);
    fmt_column(&f, "i", type_simple(TYPE_INT, true));
    fmt_column(&f, "s", type_string(false));
    static const char *const cases[][2] = {
        {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"i\",\"type\":\"long\"},{\"name\":\"s\","
         "\"type\":\"string\"}]}",
         "! column 'i' is INT, but the file has Avro's long there\n"},
        {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"i\",\"type\":\"int\"}]}",
         "! column 's' is NOT NULL, but the Avro schema has no such field\n"},
        {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"i\",\"type\":[\"null\",\"r\"]}]}",
         "! the Avro type 'r' contains itself, which is not supported\n"},
        {"\"string\"", "! the Avro schema is of string, not of a record\n"},
        {"{\"type\":\"record\",\"name\":\"r\"}", "! the Avro schema is not valid: a record has no fields\n"},
        {"{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"i\",\"type\":\"x\"}]}",
         "! the Avro schema is not valid: there is no type 'x'\n"},
    };
    for (unsigned k = 0; k < ARRAY_LEN(cases); k++) {
        struct outbuf o = file_of(cases[k][0]);
        put_block(&o, 1, "\x02", 1);
        expect(&f, &o, cases[k][1]);
    }
    fmt_free(&f);
}

static const char two_fields[] =
    "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"a\",\"type\":\"long\"},{\"name\":"
    "\"s\",\"type\":\"string\"}]}";

static void two_columns(struct fmt *f) {
    fmt_init(f, &avro_format);
    fmt_column(f, "a", type_simple(TYPE_BIGINT, true));
    fmt_column(f, "s", type_string(true));
}

Test(avro, damaged_records) {
    struct fmt f;
    two_columns(&f);
    struct outbuf o = file_of(two_fields);
    long long at = (long long)o.len;
    put_block(&o, 2, "\x02\x02x\x04\x02y", 6);
    put_block(&o, 2, "\x06\x02z\x08\x10y", 6);                     /* length beyond the end */
    put_block(&o, 2, "\x0a\x02\xff\x0c\x02w", 6);                  /* not UTF-8, then a good one */
    put_block(&o, 1, "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 11); /* endless number */
    put_block(&o, 1, "\x0e\x03", 2);                               /* negative length */
    put_block(&o, 1000, "\x0e\x02q", 3);                           /* too many */
    char want[1000];
    snprintf(
        want, sizeof want,
        "1, x\n2, y\n3, z\n! field 's': the data ends within it [\x08\x10] at %lld\n"
        "! field 's': it is not valid UTF-8 [\x0a\x02\xff] at %lld\n6, w\n"
        "! field 'a': a number has more than ten bytes [\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff] at %lld\n"
        "! field 's': its length is negative [\x0e\x03] at %lld\n"
        "! the block is too short for its number of records [\x0e\x02q] at %lld\n",
        at + 24, at + 48, at + 72, at + 101, at + 121);
    expect(&f, &o, want);
    fmt_free(&f);
}

Test(avro, torn_files) {
    struct fmt f;
    two_columns(&f);
    struct outbuf o = file_of(two_fields);
    size_t header = o.len;
    put_block(&o, 2, "\x02\x02x\x04\x02y", 6);
    for (size_t len = 0; len < o.len; len++) {
        const char *got = fmt_read(&f, o.data, len);
        cr_assert(len == 0 || len == header ? got[0] == '\0' : got[0] == '!', "%zu: %s", len, got);
    }
    o.data[o.len - 1] ^= 1;
    char want[100];
    snprintf(want, sizeof want, "! the Avro block at byte %zu is damaged: the marker behind it is wrong\n",
             header);
    expect(&f, &o, want);
    struct outbuf bad = {0};
    outbuf_text(&bad, "PAR1");
    expect(&f, &bad, "! this is not an Avro file: it does not begin with 'Obj' and 1\n");
    fmt_free(&f);
}

Test(avro, messages) {
    struct fmt f;
    two_columns(&f);
    cr_assert_str_eq(fmt_read_message(&f, "\x02\x0e\x02\x04xy", 6), "7, xy\n");
    cr_assert_str_eq(fmt_read_message(&f, "\x00\x00", 2), "NULL, NULL\n");
    cr_assert_str_eq(fmt_read_message(&f, "\x02\x0e\x02\x09xy", 6),
                     "! field 's': its length is negative [\x02\x0e\x02\x09xy] at 1\n");
    fmt_free(&f);
}
