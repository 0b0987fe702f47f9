/* SPDX-License-Identifier: Apache-2.0
 *
 * Generated tables: the same rows at any batch size, number of readers and restart, and whatever columns are
 * read; playback's disorder and duplicates within their bounds.
 */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "connectors/builtin.h"
#include "tests/unit/io_helper.h"

static void table(struct io *io, const char *shape, const char *rows) {
    io_init(io, &playback_connector, NULL);
    io_option(io, "shape", shape);
    if (rows) io_option(io, "number-of-rows", rows);
    struct schema schema;
    cr_assert_eq(playback_connector.desc.schema(&io->options, &io->arena, &schema, &io->error), ST_OK);
    for (uint32_t i = 0; i < schema.count; i++)
        io_column(io, schema.fields[i].name.ptr, schema.fields[i].type);
    io->config.batch_rows = 2048;
}

/* Reads in pieces of `chunks` chunks by `readers`, each piece from the last one's snapshot. */
static const char *in_pieces(struct io *io, uint32_t chunks, uint32_t readers) {
    struct outbuf all = {0};
    io->state.len = 0;
    io->max_chunks = chunks;
    for (;;) {
        const char *piece = io_read(io, readers);
        if (!*piece) break;
        outbuf_text(&all, piece);
    }
    io->max_chunks = 0;
    io->state.len = 0;
    outbuf_char(&all, '\0');
    const char *text = arena_strdup(&io->arena, all.data);
    outbuf_free(&all);
    return text;
}

Test(playback, same_rows_however_they_are_read) {
    static const char *const shapes[] = {"event", "w", "titles", "w-titles"};
    for (int i = 0; i < 4; i++) {
        struct io io;
        table(&io, shapes[i], "3000");
        const char *whole = io_read(&io, 1);
        cr_assert_neq(*whole, '!');
        io.state.len = 0;
        cr_assert_str_eq(io_read(&io, 3), whole);
        io.config.batch_rows = 7;
        cr_assert_str_eq(in_pieces(&io, 1, 1), whole);
        cr_assert_str_eq(in_pieces(&io, 3, 2), whole);
        io_option(&io, "seed", "2");
        io.state.len = 0;
        cr_assert_str_neq(io_read(&io, 1), whole);
        io_free(&io);
    }
}

Test(playback, a_column_is_the_same_alone) {
    struct io io;
    table(&io, "event", "100");
    const char *whole = io_read(&io, 1);
    for (uint32_t c = 0; c < 13; c++) {
        io_project(&io, 1, &c);
        io.state.len = 0;
        const char *alone = io_read(&io, 1), *w = whole;
        for (int row = 0; row < 100; row++) {
            size_t n = strcspn(alone, "\n"), line = strcspn(w, "\n");
            const char *at = w;
            for (uint32_t k = 0; k < c; k++) at = strstr(at, ", ") + 2;
            cr_assert_eq(strncmp(at, alone, n), 0, "column %u: %.*s in %.*s", c, (int)n, alone, (int)line, w);
            alone += n + 1;
            w += line + 1;
        }
    }
    io_free(&io);
}

Test(playback, disorder_and_duplicates_stay_within_five_seconds) {
    struct io io;
    table(&io, "w", "100000");
    uint32_t wanted[] = {0, 6};
    io_project(&io, 2, wanted);
    const char *p = io_read(&io, 1);
    int64_t max = 0;
    unsigned again = 0;
    char *seen = calloc(100000, 1);
    for (int row = 0; row < 100000; row++) {
        char *end;
        long id = strtol(p, &end, 10);
        int64_t ts = strtoll(end + 2, &end, 10);
        p = end + 1;
        cr_assert(id >= 0 && id < 100000);
        again += (unsigned)seen[id]++;
        if (ts > max) max = ts;
        cr_assert_gt(ts, max - 5000, "event %ld is late", id);
    }
    free(seen);
    cr_assert(again > 800 && again < 1200, "%u duplicates", again);
    io_free(&io);
}

Test(playback, subset_of_columns_in_another_order) {
    struct io io;
    io_init(&io, &playback_connector, NULL);
    io_option(&io, "shape", "w-titles");
    io_option(&io, "number-of-rows", "2");
    io_column(&io, "runtime_min", type_simple(TYPE_INT, true));
    io_column(&io, "title_id", type_simple(TYPE_INT, true));
    cr_assert_str_eq(io_read(&io, 1), "71, 1\n125, 2\n");
    io_free(&io);
}

Test(playback, rate_is_held) {
    struct io io;
    table(&io, "w", "300");
    io_option(&io, "rows-per-second", "2000");
    int64_t before = io.env.monotonic_us(&io.env);
    io_read(&io, 1);
    int64_t took = io.env.monotonic_us(&io.env) - before;
    cr_assert(took > 140000, "%lld us", (long long)took);
    io_free(&io);
}

Test(playback, options) {
    static const char *const cases[][3] = {
        {"event-time.start", "yesterday", "'event-time.start' must be a time such as '2026-05-04 18:00:00'"},
        {"event-time.duration", "1 ms", "'event-time.duration' must be at least one second"},
        {"disorder", "2 h", "'disorder' must be at most one hour"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct option item = {.key = str_of(cases[i][0]), .value = str_of(cases[i][1])};
        struct options o = {1, &item};
        struct error e = {0};
        cr_assert_eq(playback_connector.desc.validate(&o, &e), ST_ERROR);
        cr_assert_str_eq(e.text, cases[i][2]);
    }
    struct options none = {0, NULL};
    cr_assert(!playback_connector.desc.bounded(&none));
}
