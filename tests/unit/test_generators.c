/* SPDX-License-Identifier: Apache-2.0
 *
 * nexmark and datagen: the same rows at any batch size, number of readers and restart; shares, ranges, ends.
 */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "connectors/builtin.h"
#include "tests/unit/io_helper.h"

static void nexmark(struct io *io, const char *events) {
    io_init(io, &nexmark_connector, NULL);
    io_option(io, "events.num", events);
    io_option(io, "max-emit-speed", "true");
    struct schema schema;
    cr_assert_eq(nexmark_connector.desc.schema(&io->options, &io->arena, &schema, &io->error), ST_OK);
    for (uint32_t i = 0; i < schema.count; i++)
        io_column(io, schema.fields[i].name.ptr, schema.fields[i].type);
    io->config.batch_rows = 2048;
}

static unsigned count_lines(const char *text, const char *with) {
    unsigned n = 0;
    for (const char *p = text; *p; p = strchr(p, '\n') + 1) {
        const char *found = strstr(p, with);
        n += found && found < strchr(p, '\n');
    }
    return n;
}

Test(nexmark, same_rows_however_they_are_read) {
    struct io io;
    nexmark(&io, "3000");
    const char *whole = io_read(&io, 1);
    cr_assert_eq(count_lines(whole, ""), 3000);
    io.state.len = 0;
    io.config.batch_rows = 7;
    cr_assert_str_eq(io_read(&io, 3), whole);
    io.state.len = 0;
    io.max_chunks = 1;
    struct str all = STR("");
    for (;;) {
        const char *piece = io_read(&io, 1);
        if (!*piece) break;
        all = arena_printf(&io.arena, "%.*s%s", STR_ARG(all), piece);
    }
    cr_assert_str_eq(all.ptr, whole);
    io_free(&io);
}

Test(nexmark, one_row_of_three_and_its_fields) {
    struct io io;
    nexmark(&io, "50");
    io_option(&io, "first-event.rate", "1000");
    const char *text = io_read(&io, 1);
    const char *first = "0, (1000, ";
    cr_assert_eq(strncmp(text, first, strlen(first)), 0, "%s", text);
    cr_assert_eq(count_lines(text, "), NULL, NULL, "), 1);
    cr_assert_eq(count_lines(text, "2, NULL, NULL, ("), 46);
    cr_assert_eq(count_lines(text, "1, NULL, ("), 3);
    cr_assert_not_null(strstr(text, ", 1767225600049000\n")); /* the last one, 49 ms later */
    io_free(&io);
}

Test(nexmark, sizes_beyond_all_bounds) {
    struct io io;
    nexmark(&io, "100");
    io_option(&io, "bid.avg-size", "1 gb");
    io_option(&io, "person.avg-size", "1");
    io_option(&io, "bid.proportion", "0");
    cr_assert_neq(*io_read(&io, 1), '!');
    io.options.items[io.options.count - 1].value = STR("1");
    io.state.len = 0;
    cr_assert_neq(*io_read(&io, 1), '!');
    io_free(&io);
}

static void datagen(struct io *io, const char *rows) {
    io_init(io, &datagen_connector, NULL);
    if (rows) io_option(io, "number-of-rows", rows);
    io_option(io, "rows-per-second", "1000000000");
}

Test(datagen, ranges_and_nulls) {
    struct io io;
    datagen(&io, "5000");
    io_column(&io, "a", type_simple(TYPE_TINYINT, true));
    io_column(&io, "b", type_simple(TYPE_BIGINT, true));
    io_option(&io, "fields.a.min", "-3");
    io_option(&io, "fields.a.max", "3");
    io_option(&io, "fields.a.null-rate", "0.25");
    const char *whole = io_read(&io, 2), *p = whole;
    unsigned nulls = 0, counts[7] = {0};
    for (int i = 0; i < 5000; i++, p = strchr(p, '\n') + 1) {
        if (*p == 'N') {
            nulls++;
            continue;
        }
        long v = strtol(p, NULL, 10);
        cr_assert(v >= -3 && v <= 3);
        counts[v + 3]++;
    }
    cr_assert(nulls > 1100 && nulls < 1400, "%u", nulls);
    for (int i = 0; i < 7; i++) cr_assert(counts[i] > 400 && counts[i] < 680, "%u", counts[i]);
    uint32_t b = 1;
    io_project(&io, 1, &b);
    io.state.len = 0;
    const char *alone = io_read(&io, 1);
    cr_assert_eq(strncmp(alone, strstr(whole, ", ") + 2, strcspn(alone, "\n")), 0);
    io_free(&io);
}

Test(datagen, a_sequence_ends_the_table) {
    struct io io;
    datagen(&io, NULL);
    io_column(&io, "a", type_simple(TYPE_INT, true));
    io_column(&io, "b", type_string(true));
    io_column(&io, "c", type_decimal(&io.arena, 6, 2, true));
    static const char *const keys[] = {"kind", "start", "end"}, *const values[] = {"sequence", "5", "7"};
    for (int i = 0; i < 9; i++)
        io_option(&io, arena_printf(&io.arena, "fields.%c.%s", 'a' + i / 3, keys[i % 3]).ptr,
                  i == 2 ? "100" : values[i % 3]);
    cr_assert(datagen_connector.desc.bounded(&io.options));
    cr_assert_str_eq(io_read(&io, 1), "5, 5, 500\n6, 6, 600\n7, 7, 700\n");
    io_free(&io);
}

Test(datagen, mistakes) {
    static const char *const cases[][3] = {
        {"fields.a.min", "x", "option 'fields.a.min' must be a number"},
        {"fields.a.max", "3000000000", "option 'fields.a.max' is out of the column's range"},
        {"fields.a.min", "100", "option 'fields.a.max' must not be less than its min"},
        {"fields.a.kind", "sequence", "option 'fields.a.start' is needed for a sequence"},
        {"fields.a.null-rate", "2", "option 'fields.a.null-rate' must be between 0 and 1"},
        {"fields.nix.min", "1", "option 'fields.nix.min' has no effect: no column of that name takes it"},
        {"fields.l.element.kind", "sequence", "option 'fields.l.element.start' is needed for a sequence"},
        {"fields.l.length", "1000000",
         "a generated collection has too many entries for one batch (100 rows of 1000000)"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct io io;
        datagen(&io, "100");
        io_column(&io, "a", type_simple(TYPE_INT, true));
        io_column(&io, "l", type_array(&io.arena, type_simple(TYPE_INT, true), true));
        io_option(&io, cases[i][0], cases[i][1]);
        if (i == 2) io_option(&io, "fields.a.max", "99");
        const char *text = io_read(&io, 1);
        cr_assert_not_null(strstr(text, cases[i][2]), "%s", text);
        io_free(&io);
    }
}

Test(datagen, every_type) {
    struct io io;
    datagen(&io, "500");
    struct arena *a = &io.arena;
    struct type_field fields[] = {{STR("x"), type_simple(TYPE_INT, true), STR("")},
                                  {STR("y"), type_bytes(true), STR("")}};
    const struct type *types[] = {
        type_simple(TYPE_BOOLEAN, true),
        type_simple(TYPE_SMALLINT, true),
        type_simple(TYPE_FLOAT, true),
        type_simple(TYPE_DOUBLE, true),
        type_decimal(a, 38, 10, true),
        type_chars(a, TYPE_CHAR, 7, true),
        type_chars(a, TYPE_VARBINARY, 3, true),
        type_simple(TYPE_DATE, true),
        type_time(a, TYPE_TIME, 0, true),
        type_time(a, TYPE_TIMESTAMP, 9, true),
        type_time(a, TYPE_TIMESTAMP_LTZ, 3, true),
        type_row(a, fields, 2, true),
        type_map(a, type_string(false), type_array(a, type_simple(TYPE_BIGINT, true), true), true),
        type_simple(TYPE_INTERVAL_DT, true),
    };
    for (size_t i = 0; i < ARRAY_LEN(types); i++) io_column(&io, arena_printf(a, "c%zu", i).ptr, types[i]);
    io_option(&io, "fields.c12.var-len", "true");
    cr_assert_neq(*io_read(&io, 2), '!');
    io_free(&io);
}
