/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrow's C data interface: every layout in, every type out, slices, and arrays that are wrong. Buffers are
 * exactly as long as they need to be, so that ASan sees each byte read too many.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "formats/arrow.h"

#define MAX_COLUMNS 8

/* A batch being made, and what reads it. */
struct fixture {
    struct arena arena;
    struct error error;
    struct ArrowSchema schema, columns[MAX_COLUMNS], *columns_at[MAX_COLUMNS];
    struct ArrowArray array, arrays[MAX_COLUMNS], *arrays_at[MAX_COLUMNS];
    struct schema want; /* the table's columns */
    struct field fields[MAX_COLUMNS];
    void *owned[256];   /* buffers */
    unsigned nowned;
};

static void release_array(struct ArrowArray *a) {
    a->release = NULL;
}

static void setup(struct fixture *f) {
    *f = (struct fixture){0};
    f->schema = (struct ArrowSchema){.format = "+s", .children = f->columns_at};
    f->array = (struct ArrowArray){.children = f->arrays_at, .release = release_array};
    f->want.fields = f->fields;
    for (unsigned i = 0; i < MAX_COLUMNS; i++) {
        f->columns_at[i] = &f->columns[i];
        f->arrays_at[i] = &f->arrays[i];
    }
}

static void teardown(struct fixture *f) {
    for (unsigned i = 0; i < f->nowned; i++) free(f->owned[i]);
    arena_free(&f->arena);
}

/* A buffer of exactly these bytes. */
static void *buffer(struct fixture *f, const void *bytes, size_t n) {
    void *p = f->owned[f->nowned++] = malloc(n ? n : 1);
    if (n) memcpy(p, bytes, n);
    return p;
}
#define BUFFER(f, type, ...) buffer((f), (const type[]){__VA_ARGS__}, sizeof((const type[]){__VA_ARGS__}))
#define TEXT(f, text) buffer((f), (text), strlen(text))

static void fill(struct fixture *f, struct ArrowSchema *s, struct ArrowArray *a, const char *format,
                 const char *name, int64_t rows, int64_t nbuffers, const void *b0, const void *b1,
                 const void *b2) {
    const void **buffers = buffer(f, (const void *[]){b0, b1, b2}, 3 * sizeof(void *));
    *s = (struct ArrowSchema){.format = format, .name = name};
    *a = (struct ArrowArray){.length = rows,
                             .null_count = b0 ? -1 : 0,
                             .n_buffers = nbuffers,
                             .buffers = buffers,
                             .release = release_array};
}

/* The next column of the batch; the table's column has the same name. */
static unsigned column(struct fixture *f, const struct type *t, const char *format, int64_t rows,
                       int64_t nbuffers, const void *b0, const void *b1, const void *b2) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    unsigned i = (unsigned)f->schema.n_children++;
    f->array.n_children++;
    f->array.length = rows;
    fill(f, &f->columns[i], &f->arrays[i], format, names[i], rows, nbuffers, b0, b1, b2);
    f->fields[f->want.count++] = (struct field){str_of(names[i]), t};
    return i;
}

/* Gives a column (or a child) children of its own. */
static void children(struct fixture *f, struct ArrowSchema *s, struct ArrowArray *a, unsigned n) {
    s->n_children = a->n_children = n;
    s->children = arena_alloc(&f->arena, n * sizeof *s->children);
    a->children = arena_alloc(&f->arena, n * sizeof *a->children);
    for (unsigned i = 0; i < n; i++) {
        s->children[i] = ARENA_NEW(&f->arena, struct ArrowSchema);
        a->children[i] = ARENA_NEW(&f->arena, struct ArrowArray);
    }
}

static void dictionary(struct fixture *f, unsigned i) {
    f->columns[i].dictionary = ARENA_NEW(&f->arena, struct ArrowSchema);
    f->arrays[i].dictionary = ARENA_NEW(&f->arena, struct ArrowArray);
}

static enum status read_some(struct fixture *f, struct arrow_reader *r, int64_t from, uint32_t n,
                             struct str *text) {
    struct batch *b = batch_new(&f->arena, f->want.count);
    b->rows = b->count = n;
    for (uint32_t c = 0; c < f->want.count; c++)
        TRY(arrow_column(r, c, from, n, &f->arena, &b->cols[c], &f->error));
    for (uint32_t i = 0; i < n; i++)
        *text =
            arena_printf(&f->arena, "%.*s%.*s", STR_ARG(*text), STR_ARG(batch_row_debug(&f->arena, b, i)));
    return ST_OK;
}

/* All rows as text, read `step` at a time; or what the error says. */
static const char *read_steps(struct fixture *f, uint32_t step) {
    const struct arrow_layout *layout;
    struct arrow_reader r;
    uint64_t bytes;
    struct str text = STR("");
    error_clear(&f->error);
    if (arrow_layout(&f->schema, &f->want, &f->arena, &layout, &f->error) != ST_OK ||
        arrow_check(layout, &f->array, &bytes, &f->error) != ST_OK)
        return f->error.text;
    arrow_reader_open(&r, layout);
    arrow_reader_begin(&r, &f->array);
    enum status st = ST_OK;
    for (int64_t i = 0; i < f->array.length && st == ST_OK; i += step) {
        int64_t left = f->array.length - i;
        st = read_some(f, &r, i, left < step ? (uint32_t)left : step, &text);
    }
    arrow_reader_close(&r);
    return st == ST_OK ? arena_strdup(&f->arena, text.ptr ? text.ptr : "") : f->error.text;
}

static void expect(struct fixture *f, const char *rows) {
    cr_expect_str_eq(read_steps(f, 2048), rows);
    if (f->array.length > 1 && f->error.code == ERR_NONE) cr_expect_str_eq(read_steps(f, 1), rows);
}

static const struct type *simple(enum type_kind kind) {
    return type_simple(kind, true);
}

/* One column, three rows, the middle one NULL. */
static void expect_three(const struct type *t, const char *format, const void *values, size_t bytes,
                         const char *rows) {
    struct fixture f;
    setup(&f);
    column(&f, t, format, 3, 2, BUFFER(&f, uint8_t, 5), buffer(&f, values, bytes), NULL);
    expect(&f, rows);
    teardown(&f);
}
#define THREE(t, format, type, rows, ...)                                                                    \
    expect_three(t, format, (const type[]){__VA_ARGS__}, sizeof((const type[]){__VA_ARGS__}), rows)

Test(arrow, numbers) {
    THREE(simple(TYPE_TINYINT), "c", int8_t, "+I[-1]+I[NULL]+I[127]", -1, 9, 127);
    THREE(simple(TYPE_SMALLINT), "s", int16_t, "+I[-1]+I[NULL]+I[300]", -1, 9, 300);
    THREE(simple(TYPE_INT), "i", int32_t, "+I[-1]+I[NULL]+I[70000]", -1, 9, 70000);
    THREE(simple(TYPE_BIGINT), "l", int64_t, "+I[-1]+I[NULL]+I[5000000000]", -1, 9, 5000000000);
    THREE(simple(TYPE_FLOAT), "f", float, "+I[0.5]+I[NULL]+I[-2]", 0.5f, 9, -2);
    THREE(simple(TYPE_DOUBLE), "g", double, "+I[0.5]+I[NULL]+I[-2]", 0.5, 9, -2);
    THREE(simple(TYPE_DOUBLE), "f", float, "+I[0.5]+I[NULL]+I[-2]", 0.5f, 9, -2);
    THREE(simple(TYPE_BOOLEAN), "b", uint8_t, "+I[FALSE]+I[NULL]+I[TRUE]", 6);
    THREE(simple(TYPE_INT), "n", uint8_t, "+I[NULL]+I[NULL]+I[NULL]", 0);
}

Test(arrow, integers_of_other_widths_must_fit) {
    THREE(simple(TYPE_BIGINT), "c", int8_t, "+I[-1]+I[NULL]+I[2]", -1, 9, 2);
    THREE(simple(TYPE_SMALLINT), "C", uint8_t, "+I[255]+I[NULL]+I[2]", 255, 9, 2);
    THREE(simple(TYPE_TINYINT), "C", uint8_t, "+I[1]+I[NULL]+I[127]", 1, 200, 127);
    THREE(simple(TYPE_TINYINT), "C", uint8_t, "the value 128 of column 'a' does not fit TINYINT", 1, 200,
          128);
    THREE(simple(TYPE_INT), "S", uint16_t, "+I[65535]+I[NULL]+I[2]", 65535, 9, 2);
    THREE(simple(TYPE_BIGINT), "I", uint32_t, "+I[4294967295]+I[NULL]+I[2]", UINT32_MAX, 9, 2);
    THREE(simple(TYPE_INT), "l", int64_t, "+I[-5]+I[NULL]+I[2]", -5, 1ll << 40, 2);
    THREE(simple(TYPE_INT), "l", int64_t, "the value 2147483648 of column 'a' does not fit INT", 1, 2,
          2147483648);
    THREE(simple(TYPE_BIGINT), "L", uint64_t, "+I[1]+I[NULL]+I[2]", 1, UINT64_MAX, 2);
    THREE(simple(TYPE_BIGINT), "L", uint64_t,
          "the value 18446744073709551615 of column 'a' does not fit BIGINT", 1, 2, UINT64_MAX);
    THREE(simple(TYPE_FLOAT), "e", uint16_t, "column 'a' is FLOAT, which Arrow's type 'e' does not fit", 1, 2,
          3);
    THREE(simple(TYPE_FLOAT), "g", double, "column 'a' is FLOAT, which Arrow's type 'g' does not fit", 1, 2,
          3);
    THREE(simple(TYPE_INT), "u", int32_t, "column 'a' is INT, which Arrow's type 'u' does not fit", 1, 2, 3);
}

Test(arrow, dates_and_times) {
    THREE(simple(TYPE_DATE), "tdD", int32_t, "+I[-1]+I[NULL]+I[20000]", -1, 9, 20000);
    THREE(simple(TYPE_DATE), "tdm", int64_t, "+I[-1]+I[NULL]+I[1]", -1, 9, 86400000);
    static const struct type time = {.kind = TYPE_TIME, .nullable = true, .precision = 3};
    THREE(&time, "tts", int32_t, "+I[0]+I[NULL]+I[86399000]", 0, -1, 86399);
    THREE(&time, "ttm", int32_t, "+I[0]+I[NULL]+I[1001]", 0, -1, 1001);
    THREE(&time, "ttu", int64_t, "+I[0]+I[NULL]+I[1]", 999, -1, 1001);
    THREE(&time, "ttn", int64_t, "+I[0]+I[NULL]+I[1]", 0, -1, 1000001);
    THREE(&time, "ttm", int32_t, "the value 86400000 of column 'a' does not fit TIME(3)", 0, 0, 86400000);
    static const struct type seconds = {.kind = TYPE_TIME, .nullable = true, .precision = 0};
    THREE(&seconds, "ttm", int32_t, "+I[1000]+I[NULL]+I[2000]", 1999, -1, 2000);
    const struct type *interval = simple(TYPE_INTERVAL_DT);
    THREE(interval, "tDs", int64_t, "+I[-1000000]+I[NULL]+I[1000000]", -1, 1ll << 62, 1);
    THREE(interval, "tDm", int64_t, "+I[-1000]+I[NULL]+I[1000]", -1, 1ll << 62, 1);
    THREE(interval, "tDu", int64_t, "+I[-1]+I[NULL]+I[1]", -1, 9, 1);
    THREE(interval, "tDn", int64_t, "+I[-1]+I[NULL]+I[1]", -1, 9, 1999);
    THREE(interval, "tDs", int64_t, "a time in column 'a' does not fit INTERVAL SECOND(3)", -1, 0, 1ll << 62);
    THREE(simple(TYPE_INTERVAL_YM), "tiM", int32_t, "+I[-1]+I[NULL]+I[13]", -1, 9, 13);
}

Test(arrow, timestamps) {
    static const struct type milli = {.kind = TYPE_TIMESTAMP, .nullable = true, .precision = 3};
    static const struct type micro = {.kind = TYPE_TIMESTAMP, .nullable = true, .precision = 6};
    static const struct type nano = {.kind = TYPE_TIMESTAMP, .nullable = true, .precision = 9};
    static const struct type ltz = {.kind = TYPE_TIMESTAMP_LTZ, .nullable = true, .precision = 3};
    THREE(&milli, "tss:", int64_t, "+I[-1000000]+I[NULL]+I[1000000]", -1, 9, 1);
    THREE(&milli, "tsm:", int64_t, "+I[-1000]+I[NULL]+I[1000]", -1, INT64_MAX, 1);
    THREE(&milli, "tsu:", int64_t, "+I[-1000]+I[NULL]+I[1000]", -1, 9, 1999);
    THREE(&milli, "tsn:", int64_t, "+I[-1000]+I[NULL]+I[1000]", -1, 9, 1999999);
    THREE(&micro, "tsu:", int64_t, "+I[-1]+I[NULL]+I[1999]", -1, 9, 1999);
    THREE(&micro, "tsn:", int64_t, "+I[-1]+I[NULL]+I[1]", -1, 9, 1999);
    THREE(&nano, "tsn:", int64_t, "+I[-1]+I[NULL]+I[1999]", -1, 9, 1999);
    THREE(&nano, "tss:", int64_t, "a time in column 'a' does not fit TIMESTAMP(9)", -1, 9, 10000000000);
    THREE(&ltz, "tsm:UTC", int64_t, "+I[-1000]+I[NULL]+I[1000]", -1, 9, 1);
    THREE(&ltz, "tsm:Europe/Berlin", int64_t, "+I[-1000]+I[NULL]+I[1000]", -1, 9, 1);
    THREE(&ltz, "tsm:", int64_t, "column 'a' is TIMESTAMP_LTZ(3), which Arrow's type 'tsm:' does not fit", 0,
          0, 0);
    THREE(&milli, "tsm:UTC", int64_t, "column 'a' is TIMESTAMP(3), which Arrow's type 'tsm:UTC' does not fit",
          0, 0, 0);
    THREE(&milli, "tsx:", int64_t, "column 'a' is TIMESTAMP(3), which Arrow's type 'tsx:' does not fit", 0, 0,
          0);
}

Test(arrow, decimals) {
    static const struct type small = {.kind = TYPE_DECIMAL, .nullable = true, .precision = 6, .scale = 2};
    static const struct type wide = {.kind = TYPE_DECIMAL, .nullable = true, .precision = 38, .scale = 2};
    THREE(&small, "d:6,2", __int128, "+I[-150]+I[NULL]+I[1]", -150, 0, 1);
    THREE(&wide, "d:38,2", __int128, "+I[-150]+I[NULL]+I[1]", -150, 0, 1);
    THREE(&small, "d:6,2,32", int32_t, "+I[-150]+I[NULL]+I[1]", -150, 0, 1);
    THREE(&small, "d:6,2,64", int64_t, "+I[-150]+I[NULL]+I[1]", -150, 0, 1);
    THREE(&small, "d:50,2,256", __int128, "+I[-150]+I[NULL]+I[1]", -150, -1, 5, 5, 1, 0);
    THREE(&small, "d:50,2,256", __int128, "a number in column 'a' has digits that do not fit DECIMAL(6, 2)",
          1, 0, 5, 5, 1, 1);
    THREE(&small, "d:6,0", __int128, "+I[-100]+I[NULL]+I[999900]", -1, 10000, 9999);
    THREE(&small, "d:6,0", __int128, "a number in column 'a' has digits that do not fit DECIMAL(6, 2)", -1, 0,
          10000);
    THREE(&small, "d:6,-2", __int128, "+I[-10000]+I[NULL]+I[20000]", -1, 0, 2);
    THREE(&small, "d:9,4", __int128, "+I[-1]+I[NULL]+I[2]", -100, 1, 200);
    THREE(&small, "d:9,4", __int128, "a number in column 'a' has digits that do not fit DECIMAL(6, 2)", -100,
          1, 201);
    THREE(&small, "d:9", __int128, "column 'a' is DECIMAL(6, 2), which Arrow's type 'd:9' does not fit", 0, 0,
          0);
}

#define LONG "a string of more than twelve"

Test(arrow, strings) {
    struct fixture f;
    setup(&f);
    char text[] = "abtwelve bytes" LONG "xyz";
    column(&f, type_string(true), "u", 5, 3, BUFFER(&f, uint8_t, 0x17),
           BUFFER(&f, int32_t, 0, 2, 2, 14, 42, 45), TEXT(&f, text));
    column(&f, type_string(true), "U", 5, 3, NULL, BUFFER(&f, int64_t, 0, 2, 2, 14, 42, 45), TEXT(&f, text));
    column(&f, type_bytes(true), "z", 5, 3, NULL, BUFFER(&f, int32_t, 0, 0, 0, 0, 0, 0), NULL);
    column(&f, type_bytes(true), "w:3", 5, 2, NULL, TEXT(&f, "abcdefghijklmno"), NULL);
    expect(&f, "+I[ab, ab, , abc]+I[, , , def]+I[twelve bytes, twelve bytes, , ghi]"
               "+I[NULL, " LONG ", , jkl]+I[xyz, xyz, , mno]");
    f.array.offset = 2;
    f.array.length = 2;
    expect(&f, "+I[twelve bytes, twelve bytes, , ghi]+I[NULL, " LONG ", , jkl]");
    teardown(&f);
}

/* All lengths around the border of short strings, at the end of a buffer too. */
Test(arrow, strings_are_equal_by_their_words) {
    for (uint32_t len = 0; len <= 20; len++) {
        struct fixture f;
        setup(&f);
        char bytes[40];
        for (unsigned i = 0; i < 40; i++) bytes[i] = (char)('a' + i % 26);
        column(&f, type_string(true), "u", 2, 3, NULL,
               BUFFER(&f, int32_t, 0, (int32_t)len, (int32_t)len + 20), buffer(&f, bytes, len + 20));
        const struct arrow_layout *layout;
        struct arrow_reader r;
        struct vec *v;
        cr_assert_eq(arrow_layout(&f.schema, &f.want, &f.arena, &layout, &f.error), ST_OK);
        arrow_reader_open(&r, layout);
        arrow_reader_begin(&r, &f.array);
        cr_assert_eq(arrow_column(&r, 0, 0, 2, &f.arena, &v, &f.error), ST_OK);
        struct strview plain = strview_of(bytes, len), *view = v->data;
        cr_expect_eq(view->words[0], plain.words[0], "length %u", len);
        if (len <= STRVIEW_INLINE) cr_expect_eq(view->words[1], plain.words[1], "length %u", len);
        cr_expect(str_eq(strview_str(view), (struct str){bytes, len}));
        arrow_reader_close(&r);
        teardown(&f);
    }
}

struct view {
    int32_t length;
    char prefix[4];
    int32_t buffer, offset;
};

static void view_buffers(struct fixture *f, const struct view *views, const char *bytes, int64_t size) {
    unsigned i = column(f, type_string(true), "vu", 3, 4, BUFFER(f, uint8_t, 5), buffer(f, views, 48), NULL);
    const void **buffers =
        buffer(f, (const void *[]){f->arrays[i].buffers[0], f->arrays[i].buffers[1], bytes, NULL}, 32);
    buffers[3] = BUFFER(f, int64_t, size);
    f->arrays[i].buffers = buffers;
}

Test(arrow, string_views) {
    struct fixture f;
    setup(&f);
    struct view views[3] = {
        {.length = 2}, {.length = 99, .buffer = 7}, {.length = 28, .buffer = 0, .offset = 1}};
    memcpy(views[0].prefix, "ab", 2);
    view_buffers(&f, views, TEXT(&f, "!" LONG), 29);
    expect(&f, "+I[ab]+I[NULL]+I[" LONG "]");
    teardown(&f);
    setup(&f);
    views[2].offset = 2;
    view_buffers(&f, views, TEXT(&f, "!" LONG), 29);
    expect(&f, "the offsets of column 'a' go back, or beyond its values");
    teardown(&f);
    setup(&f);
    views[2].buffer = 1;
    view_buffers(&f, views, TEXT(&f, "!" LONG), 29);
    expect(&f, "the offsets of column 'a' go back, or beyond its values");
    teardown(&f);
    setup(&f);
    views[2].length = -1;
    view_buffers(&f, views, TEXT(&f, "!" LONG), 29);
    expect(&f, "the offsets of column 'a' go back, or beyond its values");
    teardown(&f);
}

static void string_dictionary(struct fixture *f, unsigned i) {
    dictionary(f, i);
    fill(f, f->columns[i].dictionary, f->arrays[i].dictionary, "u", "", 3, 3, BUFFER(f, uint8_t, 5),
         BUFFER(f, int32_t, 0, 1, 1, 29), TEXT(f, "x" LONG));
}

Test(arrow, dictionaries_with_indexes_of_every_width) {
    struct fixture f;
    setup(&f);
    static const char *const formats[] = {"c", "C", "s", "S", "i", "I", "l", "L"};
    const struct type *t = type_string(true);
    for (unsigned i = 0; i < 8; i++) {
        static const unsigned bytes[] = {1, 1, 2, 2, 4, 4, 8, 8};
        char indexes[32] = {0};
        indexes[0 * bytes[i]] = 2;
        indexes[1 * bytes[i]] = 99; /* NULL */
        indexes[2 * bytes[i]] = 1;
        column(&f, t, formats[i], 4, 2, BUFFER(&f, uint8_t, 13), buffer(&f, indexes, 4 * bytes[i]), NULL);
        string_dictionary(&f, i);
    }
    struct str rows = STR("");
    static const char *const values[] = {LONG, "NULL", "NULL", "x"};
    for (unsigned r = 0; r < 4; r++) {
        for (unsigned i = 0; i < 8; i++)
            rows = arena_printf(&f.arena, "%.*s%s%s%s", STR_ARG(rows), i ? ", " : "+I[", values[r],
                                i == 7 ? "]" : "");
    }
    expect(&f, rows.ptr);
    teardown(&f);
}

Test(arrow, dictionaries_of_other_types_and_wrong_ones) {
    struct fixture f;
    setup(&f);
    unsigned i =
        column(&f, simple(TYPE_INT), "c", 3, 2, BUFFER(&f, uint8_t, 5), BUFFER(&f, int8_t, 1, 9, 0), NULL);
    dictionary(&f, i);
    fill(&f, f.columns[i].dictionary, f.arrays[i].dictionary, "l", "", 2, 2, NULL,
         BUFFER(&f, int64_t, 70, 71), NULL);
    expect(&f, "+I[71]+I[NULL]+I[70]");
    f.arrays[0].buffers[0] = NULL;
    expect(&f, "a dictionary index of column 'a' is beyond its dictionary");
    f.arrays[0].buffers[1] = BUFFER(&f, int8_t, 1, -1, 0);
    expect(&f, "a dictionary index of column 'a' is beyond its dictionary");
    f.arrays[0].dictionary->length = 0;
    f.arrays[0].buffers[0] = BUFFER(&f, uint8_t, 0);
    f.arrays[0].null_count = 3;
    expect(&f, "+I[NULL]+I[NULL]+I[NULL]");
    f.arrays[0].dictionary = NULL;
    expect(&f, "the array of column 'a' has no dictionary");
    teardown(&f);
}

/* A few rows of a large dictionary: only what they use is made. */
Test(arrow, a_dictionary_much_larger_than_its_array) {
    struct fixture f;
    setup(&f);
    int32_t offsets[101];
    char bytes[1601];
    for (int i = 0; i <= 100; i++) offsets[i] = 16 * i;
    for (unsigned i = 0; i < 100; i++) snprintf(bytes + 16ul * i, 17, "value number %03u", i % 1000);
    column(&f, type_string(true), "i", 3, 2, BUFFER(&f, uint8_t, 5), BUFFER(&f, int32_t, 99, 1000, 0), NULL);
    dictionary(&f, 0);
    fill(&f, f.columns[0].dictionary, f.arrays[0].dictionary, "u", "", 100, 3, NULL,
         buffer(&f, offsets, sizeof offsets), buffer(&f, bytes, 1600));
    expect(&f, "+I[value number 099]+I[NULL]+I[value number 000]");
    teardown(&f);
}

Test(arrow, a_dictionary_that_comes_again_is_kept) {
    struct fixture f;
    setup(&f);
    column(&f, type_string(true), "c", 2, 2, NULL, BUFFER(&f, int8_t, 0, 2), NULL);
    string_dictionary(&f, 0);
    const struct arrow_layout *layout;
    struct arrow_reader r;
    struct vec *one, *two;
    cr_assert_eq(arrow_layout(&f.schema, &f.want, &f.arena, &layout, &f.error), ST_OK);
    arrow_reader_open(&r, layout);
    arrow_reader_begin(&r, &f.array);
    cr_assert_eq(arrow_column(&r, 0, 0, 2, &f.arena, &one, &f.error), ST_OK);
    struct ArrowArray next = f.array, child = f.arrays[0], *at = &child, values = *child.dictionary;
    next.children = &at;
    child.dictionary = &values;
    arrow_reader_begin(&r, &next);
    cr_assert_eq(arrow_column(&r, 0, 0, 2, &f.arena, &two, &f.error), ST_OK);
    cr_expect_eq(one->data, two->data);
    const void *others[3] = {NULL, values.buffers[1], values.buffers[2]};
    values.buffers = others;
    arrow_reader_begin(&r, &f.array);
    arrow_reader_begin(&r, &next);
    cr_assert_null(r.dictionaries[0].values);
    arrow_reader_close(&r);
    teardown(&f);
}

Test(arrow, values_are_read_in_place_where_they_can_be) {
    struct fixture f;
    setup(&f);
    int64_t values[256];
    uint64_t valid[4] = {~1ull, ~2ull, ~0ull, ~0ull};
    for (int i = 0; i < 256; i++) values[i] = i;
    column(&f, simple(TYPE_BIGINT), "l", 256, 2, buffer(&f, valid, 32), buffer(&f, values, sizeof values),
           NULL);
    const struct arrow_layout *layout;
    struct arrow_reader r;
    struct vec *v;
    cr_assert_eq(arrow_layout(&f.schema, &f.want, &f.arena, &layout, &f.error), ST_OK);
    arrow_reader_open(&r, layout);
    arrow_reader_begin(&r, &f.array);
    const int64_t *data = f.arrays[0].buffers[1];
    const uint64_t *bits = f.arrays[0].buffers[0];
    cr_assert_eq(arrow_column(&r, 0, 64, 64, &f.arena, &v, &f.error), ST_OK);
    cr_expect_eq(v->data, data + 64);
    cr_expect_eq(v->valid, bits + 1);
    cr_assert_eq(arrow_column(&r, 0, 128, 128, &f.arena, &v, &f.error), ST_OK);
    cr_expect_null(v->valid, "no NULL among these");
    for (uint32_t from = 0; from < 70; from++) { /* any place in the bitmap */
        cr_assert_eq(arrow_column(&r, 0, from, 150, &f.arena, &v, &f.error), ST_OK);
        for (uint32_t i = 0; i < 150; i++) cr_assert_eq(vec_is_null(v, i), from + i == 0 || from + i == 65);
    }
    f.arrays[0].buffers[1] = (const char *)buffer(&f, (char[257 * 8]){0}, 257 * 8) + 1;
    cr_assert_eq(arrow_column(&r, 0, 1, 2, &f.arena, &v, &f.error), ST_OK); /* not aligned: UBSan would say */
    cr_expect_eq(vec_int(v, 1), 0);
    arrow_reader_close(&r);
    teardown(&f);
}

/* [[1, NULL], NULL, [], [3]] in a layout. */
static void expect_lists(const char *format, const void *offsets, size_t bytes) {
    struct fixture f;
    setup(&f);
    unsigned i = column(&f, type_array(&f.arena, simple(TYPE_INT), true), format, 4, 2,
                        BUFFER(&f, uint8_t, 13), buffer(&f, offsets, bytes), NULL);
    children(&f, &f.columns[i], &f.arrays[i], 1);
    fill(&f, f.columns[i].children[0], f.arrays[i].children[0], "i", "item", 4, 2, BUFFER(&f, uint8_t, 10),
         BUFFER(&f, int32_t, 99, 1, 2, 3), NULL);
    f.arrays[i].children[0]->offset = 1; /* so that three entries are left */
    f.arrays[i].children[0]->length = 3;
    expect(&f, "+I[[1, NULL]]+I[NULL]+I[[]]+I[[3]]");
    f.array.offset = 3;
    f.array.length = 1;
    expect(&f, "+I[[3]]");
    f.arrays[i].children[0]->length = 2;
    expect(&f, "the array of column 'a' has too few rows");
    teardown(&f);
}

Test(arrow, lists) {
    expect_lists("+l", (const int32_t[]){0, 2, 2, 2, 3}, 20);
    expect_lists("+L", (const int64_t[]){0, 2, 2, 2, 3}, 40);
    struct fixture f;
    setup(&f);
    unsigned i = column(&f, type_array(&f.arena, type_string(true), true), "+w:2", 2, 1, NULL, NULL, NULL);
    children(&f, &f.columns[i], &f.arrays[i], 1);
    fill(&f, f.columns[i].children[0], f.arrays[i].children[0], "u", "item", 4, 3, NULL,
         BUFFER(&f, int32_t, 0, 1, 2, 3, 4), TEXT(&f, "abcd"));
    expect(&f, "+I[[a, b]]+I[[c, d]]");
    f.columns[i].format = "+w:3";
    expect(&f, "the array of column 'a' has too few rows");
    f.columns[i].format = "+vl";
    expect(&f, "column 'a' is ARRAY<STRING>, which Arrow's type '+vl' does not fit");
    teardown(&f);
}

Test(arrow, maps) {
    struct fixture f;
    setup(&f);
    unsigned i = column(&f, type_map(&f.arena, type_string(false), simple(TYPE_INT), true), "+m", 2, 2, NULL,
                        BUFFER(&f, int32_t, 0, 2, 3), NULL);
    children(&f, &f.columns[i], &f.arrays[i], 1);
    struct ArrowSchema *s = f.columns[i].children[0];
    struct ArrowArray *a = f.arrays[i].children[0];
    fill(&f, s, a, "+s", "entries", 3, 1, NULL, NULL, NULL);
    children(&f, s, a, 2);
    fill(&f, s->children[0], a->children[0], "u", "k", 4, 3, NULL, BUFFER(&f, int32_t, 0, 1, 2, 3, 4),
         TEXT(&f, "wxyz"));
    fill(&f, s->children[1], a->children[1], "i", "v", 4, 2, BUFFER(&f, uint8_t, 11),
         BUFFER(&f, int32_t, 1, 2, 3, 4), NULL);
    a->offset = 1;
    expect(&f, "+I[[x=2, y=NULL]]+I[[z=4]]");
    struct ArrowSchema *key = s->children[0];
    s->children[0] = NULL;
    expect(&f, "the schema of column 'a' has no format");
    s->children[0] = key;
    f.arrays[i].n_children = 0;
    expect(&f, "the array of column 'a' has too few children");
    f.arrays[i].n_children = 1;
    a->children[0]->length = 3;
    expect(&f, "the array of column 'a' has too few rows");
    a->n_children = 1;
    expect(&f, "the array of column 'a' has entries that are no pairs, or too few");
    teardown(&f);
}

static const struct type *row_type(struct fixture *f) {
    struct type_field *fields = ARENA_ARRAY(&f->arena, struct type_field, 3);
    fields[0] = (struct type_field){.name = STR("x"), .type = simple(TYPE_INT)};
    fields[1] = (struct type_field){.name = STR("y"), .type = type_string(true)};
    fields[2] = (struct type_field){.name = STR("z"), .type = simple(TYPE_DOUBLE)};
    return type_row(&f->arena, fields, 3, true);
}

Test(arrow, structs_by_name) {
    struct fixture f;
    setup(&f);
    unsigned i = column(&f, row_type(&f), "+s", 3, 1, BUFFER(&f, uint8_t, 5), NULL, NULL);
    children(&f, &f.columns[i], &f.arrays[i], 2);
    fill(&f, f.columns[i].children[0], f.arrays[i].children[0], "c", "y", 4, 2, NULL,
         BUFFER(&f, int8_t, 0, 2, 9, 1), NULL);
    fill(&f, f.columns[i].children[1], f.arrays[i].children[1], "i", "x", 4, 2, NULL,
         BUFFER(&f, int32_t, 9, 1, 2, 3), NULL);
    struct ArrowSchema *s = f.columns[i].children[0];
    struct ArrowArray *a = f.arrays[i].children[0];
    s->dictionary = ARENA_NEW(&f.arena, struct ArrowSchema);
    a->dictionary = ARENA_NEW(&f.arena, struct ArrowArray);
    fill(&f, s->dictionary, a->dictionary, "u", "", 3, 3, NULL, BUFFER(&f, int32_t, 0, 1, 2, 3),
         TEXT(&f, "pqr"));
    f.arrays[i].offset = 1;
    f.arrays[i].length = 2;
    f.array.length = 2;
    f.arrays[i].buffers[0] = BUFFER(&f, uint8_t, 2);
    a->buffers[1] = BUFFER(&f, int8_t, 0, 2, 0, 1);
    expect(&f, "+I[(1, r, NULL)]+I[NULL]");
    teardown(&f);
}

Test(arrow, columns_are_found_by_name) {
    struct fixture f;
    setup(&f);
    column(&f, simple(TYPE_INT), "i", 2, 2, NULL, BUFFER(&f, int32_t, 1, 2), NULL);
    column(&f, simple(TYPE_INT), "i", 2, 2, NULL, BUFFER(&f, int32_t, 3, 4), NULL);
    column(&f, simple(TYPE_INT), "+x", 2, 0, NULL, NULL, NULL); /* not in the table: may be anything */
    f.fields[0] = (struct field){STR("other"), simple(TYPE_INT)};
    f.fields[1].name = STR("b");
    f.want.count = 2;
    expect(&f, "+I[NULL, 3]+I[NULL, 4]");
    f.fields[0].type = type_simple(TYPE_INT, false);
    expect(&f, "column 'other' is NOT NULL, but the batches do not have it");
    f.want.count = 1;
    f.fields[0].type = simple(TYPE_INT);
    expect(&f, "the batches have none of the table's columns");
    f.fields[0].name = STR("a");
    f.columns[1].name = "a";
    expect(&f, "the batch has two columns 'a'");
    f.columns[1].name = NULL;
    expect(&f, "+I[1]+I[2]");
    f.fields[0].type = type_simple(TYPE_INT, false);
    f.arrays[0].buffers[0] = BUFFER(&f, uint8_t, 1);
    f.arrays[0].null_count = -1;
    expect(&f, "column 'a' is NOT NULL, but a batch has a NULL there");
    teardown(&f);
}

Test(arrow, arrays_that_are_wrong) {
    struct fixture f;
    setup(&f);
    column(&f, type_string(true), "u", 2, 3, NULL, BUFFER(&f, int32_t, 0, 2, 1), TEXT(&f, "ab"));
    f.arrays[0].length = f.array.length = 1;
    f.arrays[0].buffers[1] = BUFFER(&f, int32_t, 2, 1);
    expect(&f, "the offsets of column 'a' go back, or beyond its values");
    f.arrays[0].length = f.array.length = 2;
    f.arrays[0].buffers[1] = BUFFER(&f, int32_t, 0, 2, 1);
    expect(&f, "the offsets of column 'a' go back, or beyond its values");
    f.arrays[0].buffers[1] = BUFFER(&f, int32_t, -1, 1, 2);
    expect(&f, "the offsets of column 'a' go back, or beyond its values");
    f.arrays[0].buffers[1] = BUFFER(&f, int32_t, 0, 1, 2);
    expect(&f, "+I[a]+I[b]");
    f.arrays[0].buffers[2] = NULL;
    expect(&f, "the array of column 'a' lacks the buffer of its values");
    f.arrays[0].buffers[1] = NULL;
    expect(&f, "the array of column 'a' lacks a buffer");
    f.arrays[0].n_buffers = 2;
    expect(&f, "the array of column 'a' has too few buffers");
    f.arrays[0].n_buffers = 3;
    f.arrays[0].null_count = 1;
    expect(&f, "the array of column 'a' has NULLs, but no validity");
    f.arrays[0].null_count = 3;
    expect(&f, "the array of column 'a' has a wrong count of NULLs");
    f.array.length = 3;
    expect(&f, "the array of column 'a' has too few rows");
    f.arrays[0].length = -1;
    expect(&f, "the array of column 'a' has a length or offset that is impossible");
    f.arrays[0].release = NULL;
    expect(&f, "the array of column 'a' is missing or released");
    f.array.length = INT64_MAX;
    expect(&f, "the batch has a length or offset that is impossible");
    f.array.n_children = 0;
    f.array.length = 0;
    expect(&f, "the batch has 0 columns, its schema 1");
    f.array.release = NULL;
    expect(&f, "the batch is released already");
    f.schema.format = "l";
    expect(&f, "the schema of a batch must be a struct ('+s')");
    f.schema.format = "+s";
    f.columns[0].format = NULL;
    expect(&f, "the schema of a batch has a child without a format");
    f.schema.n_children = -1;
    expect(&f, "the schema of a batch has a wrong number of children");
    teardown(&f);
}

Test(arrow, null_batches_and_empty_ones) {
    struct fixture f;
    setup(&f);
    column(&f, type_string(true), "u", 0, 3, NULL, NULL, NULL);
    expect(&f, "");
    f.array.length = f.arrays[0].length = 1;
    f.arrays[0].buffers[1] = BUFFER(&f, int32_t, 0, 0);
    expect(&f, "+I[]");
    f.array.n_buffers = 1;
    f.array.null_count = -1;
    f.array.buffers = buffer(&f, (const void *[]){BUFFER(&f, uint8_t, 0)}, sizeof(void *));
    expect(&f, "the batch has a row that is NULL as a whole");
    teardown(&f);
}

/* ---- out ---- */

/* A batch through Arrow and back, as text; the arrays are released one by one, children first. */
static void expect_back(struct fixture *f, const struct batch *b) {
    struct str before = STR(""), after = STR("");
    SEL_FOREACH(batch_sel(b), k, row)
    before =
        arena_printf(&f->arena, "%.*s%.*s", STR_ARG(before), STR_ARG(batch_row_debug(&f->arena, b, row)));
    struct ArrowSchema schema;
    struct ArrowArray array;
    arrow_schema(&f->want, "UTC", NULL, &schema);
    cr_assert_eq(arrow_array(&f->want, b, false, &array, &f->error), ST_OK);
    const struct arrow_layout *layout;
    struct arrow_reader r;
    uint64_t bytes;
    cr_assert_eq(arrow_layout(&schema, &f->want, &f->arena, &layout, &f->error), ST_OK, "%s", f->error.text);
    cr_assert_eq(arrow_check(layout, &array, &bytes, &f->error), ST_OK, "%s", f->error.text);
    cr_assert_eq(array.length, b->count);
    arrow_reader_open(&r, layout);
    arrow_reader_begin(&r, &array);
    cr_assert_eq(read_some(f, &r, 0, b->count, &after), ST_OK, "%s", f->error.text);
    cr_expect_eq(before.len, after.len);
    cr_expect(str_eq(before, after), "%.*s\n%.*s", STR_ARG(before), STR_ARG(after));
    arrow_reader_close(&r);
    struct ArrowArray moved = *array.children[0]; /* a consumer may keep a child longer */
    array.children[0]->release = NULL;
    array.release(&array);
    cr_expect_null(array.release);
    moved.release(&moved);
    schema.release(&schema);
}

static void want(struct fixture *f, const char *name, const struct type *t) {
    f->fields[f->want.count++] = (struct field){str_of(name), t};
}

Test(arrow, out_and_in_again) {
    struct fixture f;
    setup(&f);
    static const struct type ltz = {.kind = TYPE_TIMESTAMP_LTZ, .nullable = true, .precision = 9};
    static const struct type wide = {.kind = TYPE_DECIMAL, .nullable = true, .precision = 38, .scale = 2};
    static const struct type narrow = {.kind = TYPE_DECIMAL, .nullable = true, .precision = 9, .scale = 2};
    want(&f, "a", simple(TYPE_BOOLEAN));
    want(&f, "b", simple(TYPE_SMALLINT));
    want(&f, "c", type_string(true));
    want(&f, "d", &ltz);
    want(&f, "e", &wide);
    want(&f, "f", &narrow);
    want(&f, "g", type_array(&f.arena, row_type(&f), true));
    want(&f, "h", type_map(&f.arena, type_string(false), simple(TYPE_BIGINT), true));
    const struct type *types[8];
    for (unsigned i = 0; i < 8; i++) types[i] = f.fields[i].type;
    enum { ROWS = 100 };
    struct batch *b = batch_new_flat(&f.arena, types, 8, ROWS);
    vec_child_reserve(b->cols[6], &f.arena, 2 * ROWS);
    vec_child_reserve(b->cols[7], &f.arena, ROWS);
    for (uint32_t i = 0; i < ROWS; i++) {
        static const char *const texts[] = {"", "short", "twelve bytes", LONG};
        struct strview text = strview_of(texts[i % 4], strlen(texts[i % 4]));
        for (uint32_t c = 0; c < 8; c++) {
            if ((i + c) % 7 == 0) valid_clear(vec_make_valid(b->cols[c], &f.arena), i);
        }
        ((uint8_t *)b->cols[0]->data)[i] = i % 3 == 0;
        for (uint32_t c = 1; c < 6; c++) {
            if (c != 2) vec_put_int128(b->cols[c], i, (__int128)i * 77 - 1000);
        }
        ((struct strview *)b->cols[2]->data)[i] =
            (i + 2) % 7 ? text : (struct strview){.len = 77}; /* garbage */
        ((struct listref *)b->cols[6]->data)[i] = (struct listref){2 * i, i % 3};
        ((struct listref *)b->cols[7]->data)[i] = (struct listref){i, i % 2};
        struct vec *entry = &b->cols[6]->child[0];
        if (i % 5 == 0) valid_clear(vec_make_valid(entry, &f.arena), 2 * i);
        for (uint32_t k = 2 * i; k < 2 * i + 2; k++) {
            ((int32_t *)entry->child[0].data)[k] = (int32_t)k;
            ((struct strview *)entry->child[1].data)[k] =
                i % 5 == 0 && k % 2 == 0 ? (struct strview){.len = 99} : text; /* under a NULL */
            ((double *)entry->child[2].data)[k] = (double)k / 2;
        }
        ((struct strview *)b->cols[7]->child[0].data)[i] = text;
        ((int64_t *)b->cols[7]->child[1].data)[i] = i;
    }
    expect_back(&f, b);
    uint32_t some[] = {0, 3, 7, 8, 50, 99}, dict[ROWS] = {5, 5, 5, 4, 1};
    expect_back(&f, batch_select(&f.arena, b, some, 6));
    expect_back(&f, batch_select(&f.arena, b, some, 0));
    for (uint32_t c = 0; c < 8; c++) { /* other forms */
        b->cols[c]->form = c % 2 ? VEC_DICT : VEC_CONST;
        b->cols[c]->dict = dict;
    }
    expect_back(&f, b);
    teardown(&f);
}

Test(arrow, out_of_all_other_types) {
    static const enum type_kind kinds[] = {TYPE_TINYINT, TYPE_INT, TYPE_BIGINT, TYPE_FLOAT, TYPE_DOUBLE,
                                           TYPE_DATE, TYPE_TIME, TYPE_INTERVAL_YM};
    static const char *const formats[] = {"c", "i", "l", "f", "g", "tdD", "ttm", "tiM"};
    struct fixture f;
    setup(&f);
    const struct type *types[8];
    for (unsigned i = 0; i < 8; i++) want(&f, (const char *[]){"a", "b", "c", "d", "e", "f", "g", "h"}[i],
                                          types[i] = simple(kinds[i]));
    struct batch *b = batch_new_flat(&f.arena, types, 8, 3);
    for (unsigned c = 0; c < 8; c++) memset(b->cols[c]->data, 0, 24);
    for (unsigned c = 0; c < 8; c++) valid_clear(vec_make_valid(b->cols[c], &f.arena), c % 3);
    expect_back(&f, b);
    struct ArrowSchema schema;
    arrow_schema(&f.want, "UTC", "op", &schema);
    cr_assert_eq(schema.n_children, 9);
    cr_expect_str_eq(schema.children[0]->name, "op");
    for (unsigned i = 0; i < 8; i++) cr_expect_str_eq(schema.children[i + 1]->format, formats[i]);
    schema.release(&schema);
    int8_t changes[] = {CHANGE_INSERT, CHANGE_UPDATE_BEFORE, CHANGE_UPDATE_AFTER};
    b->change = changes;
    struct ArrowArray array;
    cr_assert_eq(arrow_array(&f.want, b, true, &array, &f.error), ST_OK);
    cr_expect_eq(memcmp(array.children[0]->buffers[2], "+I-U+U", 6), 0);
    cr_expect_eq(((const int32_t *)array.children[0]->buffers[1])[3], 6);
    array.release(&array);
    teardown(&f);
}

Test(arrow, schemas_of_nested_and_timed_types) {
    struct fixture f;
    setup(&f);
    static const struct type ltz = {.kind = TYPE_TIMESTAMP_LTZ, .nullable = false, .precision = 3};
    static const struct type local = {.kind = TYPE_TIMESTAMP, .nullable = true, .precision = 9};
    want(&f, "a", &ltz);
    want(&f, "b", &local);
    want(&f, "c", type_map(&f.arena, type_string(true), type_array(&f.arena, row_type(&f), true), true));
    want(&f, "d", simple(TYPE_INTERVAL_DT));
    want(&f, "e", type_decimal(&f.arena, 10, 2, true));
    struct ArrowSchema s;
    arrow_schema(&f.want, "Europe/Berlin", NULL, &s);
    cr_expect_str_eq(s.children[0]->format, "tsu:Europe/Berlin");
    cr_expect_eq(s.children[0]->flags, 0);
    cr_expect_str_eq(s.children[1]->format, "tsn:");
    cr_expect_eq(s.children[1]->flags, ARROW_FLAG_NULLABLE);
    cr_expect_str_eq(s.children[2]->format, "+m");
    cr_expect_str_eq(s.children[2]->children[0]->children[0]->name, "key");
    cr_expect_eq(s.children[2]->children[0]->children[0]->flags, 0);
    cr_expect_str_eq(s.children[2]->children[0]->children[1]->children[0]->children[2]->format, "g");
    cr_expect_str_eq(s.children[3]->format, "tDu");
    cr_expect_str_eq(s.children[4]->format, "d:10,2");
    s.release(&s);
    teardown(&f);
}

Test(arrow, strings_that_are_too_long_together) {
    struct fixture f;
    setup(&f);
    want(&f, "a", type_string(true));
    struct batch *b = batch_new_flat(&f.arena, (const struct type *[]){f.fields[0].type}, 1, 3);
    for (unsigned i = 0; i < 3; i++)
        ((struct strview *)b->cols[0]->data)[i] = (struct strview){.len = 1u << 30};
    struct ArrowArray array;
    cr_assert_eq(arrow_array(&f.want, b, false, &array, &f.error), ST_ERROR);
    cr_expect_str_eq(f.error.text, "the values of a batch in column 'a' take more than 2 GiB");
    teardown(&f);
}
