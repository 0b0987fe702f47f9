/* SPDX-License-Identifier: Apache-2.0
 *
 * The filesystem source: files, folders, globs, packed files, partitions, metadata, several readers, and the
 * position it goes on from.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <zlib.h>
#include <zstd.h>

#include "connectors/builtin.h"
#include "formats/csv.h"
#include "tests/unit/io_helper.h"

static void table(struct io *io, const char *path) {
    io_init(io, &filesystem_connector, &csv_format);
    io_column(io, "a", type_simple(TYPE_BIGINT, true));
    io_column(io, "b", type_string(true));
    io_option(io, "path", arena_printf(&io->arena, "%s%s", io->dir, path).ptr);
}

/* Rows from..to-1 with that between the fields. */
static const char *rows_by(struct io *io, int from, int to, const char *between) {
    struct outbuf o = {0};
    for (int i = from; i < to; i++)
        outbuf_printf(&o, "%d%s%.*s\n", i, between, i % 40, "a field of up to forty bytes: written whole");
    outbuf_char(&o, '\0');
    const char *text = arena_strdup(&io->arena, o.data);
    outbuf_free(&o);
    return text;
}

static const char *rows(struct io *io, int from, int to) {
    return rows_by(io, from, to, ", ");
}

static void write_lines(struct io *io, const char *name, int from, int to) {
    const char *text = rows_by(io, from, to, ",");
    io_write_file(io, name, text, strlen(text));
}

Test(fs_source, one_file) {
    struct io io;
    table(&io, "/f.csv");
    write_lines(&io, "f.csv", 0, 1000);
    for (uint32_t readers = 1; readers < 4; readers++) {
        static const uint32_t chunk[] = {1, 100, 1 << 16};
        for (int i = 0; i < 3; i++) {
            io.state.len = 0;
            io.config.chunk_bytes = chunk[i];
            cr_assert_str_eq(io_read(&io, readers), rows(&io, 0, 1000));
        }
    }
    cr_assert_eq(io.counters.bytes, 9 * io.counters.total_bytes);
    io_free(&io);
}

Test(fs_source, folder_in_order_without_hidden_files) {
    struct io io;
    table(&io, "/d/");
    write_lines(&io, "d/b.csv", 30, 40);
    write_lines(&io, "d/a.csv", 0, 10);
    write_lines(&io, "d/a/x.csv", 10, 20);
    write_lines(&io, "d/a/y.csv", 20, 30);
    write_lines(&io, "d/.hidden", 50, 60);
    write_lines(&io, "d/_SUCCESS", 50, 60);
    write_lines(&io, "d/_tmp/z.csv", 50, 60);
    io_write_file(&io, "d/ab", "", 0);
    cr_assert_str_eq(io_read(&io, 2), rows(&io, 0, 40));
    io_free(&io);
}

Test(fs_source, glob_and_uri) {
    struct io io;
    table(&io, "/*.csv");
    write_lines(&io, "1.csv", 0, 10);
    write_lines(&io, "2.csv", 10, 20);
    write_lines(&io, "3.txt", 20, 30);
    cr_assert_str_eq(io_read(&io, 1), rows(&io, 0, 20));
    io.options.items[0].value = arena_printf(&io.arena, "file://%s/1.csv", io.dir);
    io.state.len = 0;
    cr_assert_str_eq(io_read(&io, 1), rows(&io, 0, 10));
    io.options.items[0].value = arena_printf(&io.arena, "%s/x*", io.dir);
    io.state.len = 0;
    cr_assert_str_eq(io_read(&io, 1),
                     arena_printf(&io.arena, "! table t: no file fits the path '%s/x*'\n", io.dir).ptr);
    io.options.items[0].value = arena_printf(&io.arena, "%s/none", io.dir);
    cr_assert_str_eq(
        io_read(&io, 1),
        arena_printf(&io.arena, "! table t: '%s/none' cannot be read: No such file or directory\n", io.dir)
            .ptr);
    io_free(&io);
}

static void pack(struct io *io, const char *gz, const char *zst, int from, int to) {
    write_lines(io, "plain", from, to);
    const char *text = io_file(io, "plain");
    size_t room = ZSTD_compressBound(strlen(text));
    char *out = arena_alloc(&io->arena, room);
    io_write_file(io, zst, out, ZSTD_compress(out, room, text, strlen(text), 3));
    gzFile f = gzopen(io_path(io, gz), "w");
    gzwrite(f, text, (unsigned)strlen(text));
    gzclose(f);
}

Test(fs_source, packed_files_and_their_positions) {
    struct io io;
    table(&io, "/x.gz");
    pack(&io, "x.gz", "x.zst", 0, 5000);
    io.config.chunk_bytes = 5000;
    for (int i = 0; i < 2; i++) {
        io.options.items[0].value = arena_printf(&io.arena, "%s/x.%s", io.dir, i ? "zst" : "gz");
        io.state.len = 0;
        cr_assert_str_eq(io_read(&io, 2), rows(&io, 0, 5000));
        struct str all = STR("");
        io.state.len = 0;
        for (int part = 0; part < 100; part++) {
            io.max_chunks = 7;
            const char *piece = io_read(&io, 2);
            if (!*piece) break;
            all = arena_printf(&io.arena, "%.*s%s", STR_ARG(all), piece);
        }
        cr_assert_str_eq(all.ptr, rows(&io, 0, 5000));
        io.max_chunks = 0;
    }
    io_free(&io);
}

Test(fs_source, torn_packed_files) {
    struct io io;
    table(&io, "/y.gz");
    pack(&io, "x.gz", "x.zst", 0, 5000);
    for (int i = 0; i < 2; i++) {
        const char *from = i ? "x.zst" : "x.gz", *to = i ? "y.zst" : "y.gz";
        FILE *f = fopen(io_path(&io, from), "r");
        char *bytes = arena_alloc(&io.arena, 1 << 20);
        size_t n = fread(bytes, 1, 1 << 20, f);
        fclose(f);
        io_write_file(&io, to, bytes, n - 5);
        io.options.items[0].value = str_of(io_path(&io, to));
        io.state.len = 0;
        const char *out = io_read(&io, 1);
        cr_assert_not_null(strstr(out, "it ends in the middle"), "%s", out);
    }
    io_write_file(&io, "y.gz", "no such thing", 13);
    io.options.items[0].value = str_of(io_path(&io, "y.gz"));
    cr_assert_not_null(strstr(io_read(&io, 1), "cannot be read at byte 13"));
    io_free(&io);
}

Test(fs_source, goes_on_where_it_was) {
    struct io io;
    table(&io, "/d");
    write_lines(&io, "d/1.csv", 0, 300);
    write_lines(&io, "d/2.csv", 300, 301);
    write_lines(&io, "d/3.csv", 301, 900);
    io.config.chunk_bytes = 300;
    struct str all = STR("");
    for (uint32_t part = 0; part < 1000; part++) {
        io.max_chunks = 1 + part % 3;
        const char *piece = io_read(&io, 1 + part % 2);
        if (!*piece) break;
        all = arena_printf(&io.arena, "%.*s%s", STR_ARG(all), piece);
        write_lines(&io, "d/0.csv", 2000, 2100); /* came later: not of this job */
    }
    cr_assert_str_eq(all.ptr, rows(&io, 0, 900));
    io.state.len = 0;
    io_read(&io, 1);
    io.state.data[io.state.len - 1] ^= 1;
    io.state.data[io.state.len - 12] = 9; /* current file */
    cr_assert_str_eq(io_read(&io, 1), "! the position of a table of files is damaged\n");
    io_free(&io);
}

Test(fs_source, file_that_is_gone_or_shorter) {
    struct io io;
    table(&io, "/d");
    write_lines(&io, "d/1.csv", 0, 300);
    write_lines(&io, "d/2.csv", 300, 600);
    io.config.chunk_bytes = 300;
    io.max_chunks = 1;
    io_read(&io, 1);
    write_lines(&io, "d/2.csv", 300, 500);
    cr_assert_not_null(
        strstr(io_read(&io, 1), "d/2.csv', which the checkpoint has still to read, has become shorter"));
    remove(io_path(&io, "d/2.csv"));
    cr_assert_not_null(strstr(io_read(&io, 1), "is not there: No such file or directory"));
    io_free(&io);
}

Test(fs_source, bad_records) {
    struct io io;
    table(&io, "/f.csv");
    io_write_file(&io, "f.csv", "1,a\nx,b\n3,c\n", 12);
    cr_assert_str_eq(io_read(&io, 1), arena_printf(&io.arena,
                                                   "1, a\n! table t, file '%s/f.csv', at byte 4: column 'a': "
                                                   "'x' is not a valid BIGINT\n",
                                                   io.dir)
                                          .ptr);
    io.config.on_error = ON_ERROR_SKIP;
    cr_assert_str_eq(io_read(&io, 1), "1, a\n3, c\n");
    cr_assert_eq(io.counters.bad_records, 1);
    io_free(&io);
}

Test(fs_source, partitions_and_metadata) {
    struct io io;
    table(&io, "/d");
    io_column(&io, "day", type_string(true));
    io_column(&io, "n", type_simple(TYPE_INT, true));
    io_metadata(&io, "file.name", type_string(true));
    io_metadata(&io, "file.size", type_simple(TYPE_BIGINT, true));
    uint32_t parts[] = {2, 3};
    io.table.partition_by = (struct cols){2, parts};
    io_write_file(&io, "d/day=a%2Fb/n=1/f", "1,a\n", 4);
    io_write_file(&io, "d/day=c/n=__DEFAULT_PARTITION__/f", "2,bb\n", 5);
    cr_assert_str_eq(io_read(&io, 1), "1, a, a/b, 1, f, 4\n2, bb, c, NULL, f, 5\n");
    io_write_file(&io, "d/day=c/f", "3,a\n", 4);
    io.state.len = 0;
    cr_assert_not_null(strstr(io_read(&io, 1), "is not in a folder 'n=...'"));
    remove(io_path(&io, "d/day=c/f"));
    io_write_file(&io, "d/day=c/n=x/f", "3,a\n", 4);
    cr_assert_not_null(strstr(io_read(&io, 1), "'x' in the path of file"));
    io_free(&io);
}

Test(fs_source, checks_of_options) {
    static const char *const cases[][3] = {
        {"path", "s3://bucket/x", "paths of 's3://' are not supported yet by connector 'filesystem'"},
        {"path", "file://x", "file:// needs an absolute path, as in file:///data/x"},
        {"path", "", "the option 'path' is empty"},
        {"source.monitor-interval", "1 s", "the option 'source.monitor-interval' is not supported yet"},
        {"auto-compaction", "true", "the option 'auto-compaction' is not supported yet"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct option item = {.key = str_of(cases[i][0]), .value = str_of(cases[i][1])};
        struct options o = {1, &item};
        struct error e = {0};
        cr_assert_eq(filesystem_connector.desc.validate(&o, &e), ST_ERROR);
        cr_assert_str_eq(e.text, cases[i][2]);
    }
}
