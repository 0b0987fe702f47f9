/* SPDX-License-Identifier: Apache-2.0
 *
 * Drives connectors for their tests (io_helper.h).
 */
#define _GNU_SOURCE
#include "tests/unit/io_helper.h"

#include <criterion/criterion.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "exec/zone.h"

static void log_line(void *arg, const char *line) {
    struct io *io = arg;
    outbuf_text(&io->log, line);
    outbuf_char(&io->log, '\n');
}

void io_init(struct io *io, const struct connector_class *connector, const struct format_class *format) {
    memset(io, 0, sizeof *io);
    io->connector = connector;
    io->env = env_real;
    mem_account_init(&io->mem, "test", NULL, 0);
    snprintf(io->dir, sizeof io->dir, "/tmp/weir-io-XXXXXX");
    cr_assert_not_null(mkdtemp(io->dir));
    io->table = (struct plan_table){.name = STR("t"), .connector = &connector->desc, .options = &io->options,
                                    .format = format ? &format->desc : NULL, .format_prefix = STR("csv.")};
    io->config = (struct io_config){.table = &io->table,
                                    .env = &io->env,
                                    .zone = zone_utc(),
                                    .mem = &io->mem,
                                    .parallelism = 1,
                                    .batch_rows = 100,
                                    .chunk_bytes = 1 << 16,
                                    .job_name = STR("job"),
                                    .counters = &io->counters,
                                    .log = log_line,
                                    .log_arg = io};
    io->scan.table = &io->table;
    io->sink.table = &io->table;
}

static int remove_entry(const char *path, const struct stat *st UNUSED, int flag UNUSED,
                        struct FTW *f UNUSED) {
    return remove(path);
}

void io_free(struct io *io) {
    nftw(io->dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    outbuf_free(&io->log);
    outbuf_free(&io->state);
    cr_assert_eq(atomic_load(&io->mem.used_bytes), 0, "%lld bytes are still charged",
                 (long long)atomic_load(&io->mem.used_bytes));
    arena_free(&io->arena);
}

/* Another output column of the scan, and input column of the sink. */
static void add_output(struct io *io, struct scan_col col, struct str name, const struct type *type) {
    uint32_t n = io->node.ncols++;
    struct arena *a = &io->arena;
    io->scan.cols = arena_grow(a, io->scan.cols, n * sizeof *io->scan.cols, (n + 1) * sizeof *io->scan.cols);
    io->scan.cols[n] = col;
    io->node.cols = arena_grow(a, io->node.cols, n * sizeof *io->node.cols, (n + 1) * sizeof *io->node.cols);
    io->node.cols[n] = (struct plan_col){.name = name, .type = type};
    io->node.scan = io->scan;
}

void io_column(struct io *io, const char *name, const struct type *type) {
    uint32_t n = io->schema.count++;
    io->schema.fields =
        arena_grow(&io->arena, io->schema.fields, n * sizeof(struct field), (n + 1) * sizeof(struct field));
    io->schema.fields[n] = (struct field){str_of(name), type};
    io->table.physical = io->schema;
    add_output(io, (struct scan_col){.physical = n}, str_of(name), type);
}

void io_metadata(struct io *io, const char *key, const struct type *type) {
    add_output(io, (struct scan_col){.metadata = true, .metadata_key = str_of(key)}, str_of(key), type);
}

void io_option(struct io *io, const char *key, const char *value) {
    uint32_t n = io->options.count++;
    io->options.items =
        arena_grow(&io->arena, io->options.items, n * sizeof(struct option), (n + 1) * sizeof(struct option));
    io->options.items[n] = (struct option){.key = str_of(key), .value = str_of(value)};
}

void io_project(struct io *io, uint32_t n, const uint32_t *columns) {
    io->node.ncols = 0;
    for (uint32_t i = 0; i < n; i++) {
        const struct field *f = &io->schema.fields[columns[i]];
        add_output(io, (struct scan_col){.physical = columns[i]}, f->name, f->type);
    }
    io->node.scan = io->scan;
}

/* ---- sources ---- */

static bool read_chunk(struct io *io, struct reader *r, struct outbuf *text) {
    struct arena a = {0};
    bool ok = true;
    for (;;) {
        struct batch *b;
        if (io->connector->source->decode(r, &a, &b, &io->error) != ST_OK) {
            outbuf_printf(text, "! %s\n", io->error.text);
            ok = false;
            break;
        }
        if (!b) break;
        cr_assert_leq(b->rows, io->config.batch_rows);
        for (uint32_t i = 0; i < b->rows; i++) {
            struct str row = batch_row_debug(&a, b, i);
            outbuf_put(text, row.ptr + 3, row.len - 4);
            outbuf_char(text, '\n');
        }
    }
    arena_free(&a);
    return ok;
}

static void read_all(struct io *io, struct source *s, struct reader **readers, uint32_t n,
                     struct outbuf *text) {
    const struct source_class *c = io->connector->source;
    uint64_t next_seq[64] = {0};
    for (uint32_t claims = 0, i = 0; !io->max_chunks || claims < io->max_chunks; i = (i + 1) % n) {
        struct chunk chunk = {0};
        enum claim got = c->claim(s, readers[i], &chunk, &io->error);
        if (got == CLAIM_END) break;
        if (got == CLAIM_FAIL) {
            outbuf_printf(text, "! %s\n", io->error.text);
            return;
        }
        if (got == CLAIM_WAIT) {
            cr_assert_gt(chunk.wait_us, 0);
            usleep((useconds_t)chunk.wait_us);
            continue;
        }
        claims++;
        if (chunk.split < 64) cr_assert_eq(chunk.seq, next_seq[chunk.split]++);
        if (!read_chunk(io, readers[i], text)) return;
    }
    io->state.len = 0;
    cr_assert_eq(c->snapshot(s, &io->state, &io->error), ST_OK);
}

const char *io_read(struct io *io, uint32_t nreaders) {
    const struct source_class *c = io->connector->source;
    struct outbuf text = {0};
    struct source *s = NULL;
    struct reader *readers[8] = {NULL};
    struct inbuf in = inbuf_of(io->state.data, io->state.len);
    io->config.parallelism = nreaders;
    error_clear(&io->error);
    enum status st = c->open(&io->config, &io->scan, &io->node, io->state.len ? &in : NULL, &s, &io->error);
    for (uint32_t i = 0; i < nreaders && st == ST_OK; i++)
        st = c->reader_open(s, &io->config, &readers[i], &io->error);
    if (st != ST_OK) outbuf_printf(&text, "! %s\n", io->error.text);
    else read_all(io, s, readers, nreaders, &text);
    for (uint32_t i = 0; i < nreaders; i++) {
        if (readers[i]) c->reader_close(readers[i]);
    }
    if (s) c->close(s);
    outbuf_char(&text, '\0');
    const char *out = arena_strdup(&io->arena, text.data);
    outbuf_free(&text);
    return out;
}

/* ---- files ---- */

const char *io_path(struct io *io, const char *name) {
    return arena_printf(&io->arena, "%s/%s", io->dir, name).ptr;
}

void io_write_file(struct io *io, const char *name, const void *p, size_t len) {
    char *path = arena_strdup(&io->arena, io_path(io, name));
    for (char *at = path + strlen(io->dir) + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        env_mkdirs(&io->env, path);
        *at = '/';
    }
    FILE *f = fopen(path, "w");
    cr_assert_not_null(f);
    cr_assert_eq(fwrite(p, 1, len, f), len);
    fclose(f);
}

const char *io_file(struct io *io, const char *name) {
    FILE *f = fopen(io_path(io, name), "r");
    if (!f) return NULL;
    char *text = arena_alloc(&io->arena, 1 << 20);
    size_t n = fread(text, 1, (1 << 20) - 1, f);
    text[n] = '\0';
    fclose(f);
    return text;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

const char *io_list(struct io *io) {
    char *lines[256];
    size_t n = 0;
    FILE *p = popen(arena_printf(&io->arena, "find %s -type f -printf '%%P\\n'", io->dir).ptr, "r");
    cr_assert_not_null(p);
    for (char line[512]; n < 256 && fgets(line, sizeof line, p);) lines[n++] = arena_strdup(&io->arena, line);
    pclose(p);
    qsort(lines, n, sizeof *lines, by_text);
    struct str all = STR("");
    for (size_t i = 0; i < n; i++) all = arena_printf(&io->arena, "%.*s%s", STR_ARG(all), lines[i]);
    return all.ptr;
}

/* ---- sinks ---- */

static void put_cell(struct io *io, struct vec *v, uint32_t row, struct str cell) {
    if (str_eq(cell, STR("-"))) {
        valid_clear(vec_make_valid(v, &io->arena), row);
        if (v->phys == PHYS_STR) ((struct strview *)v->data)[row] = (struct strview){0};
        return;
    }
    int64_t i = 0;
    if (v->phys == PHYS_I64) cr_assert(option_parse_int(cell, &i));
    if (v->phys == PHYS_I64) ((int64_t *)v->data)[row] = i;
    else ((struct strview *)v->data)[row] = strview_of(cell.ptr, cell.len);
}

struct batch *io_batch(struct io *io, const char *text) {
    const struct type **types = ARENA_ARRAY(&io->arena, const struct type *, io->schema.count);
    for (uint32_t c = 0; c < io->schema.count; c++) types[c] = io->schema.fields[c].type;
    uint32_t rows = 1, row = 0, col = 0;
    for (const char *p = text; *p; p++) rows += *p == '|';
    struct batch *b = batch_new_flat(&io->arena, types, io->schema.count, rows);
    for (const char *p = text; row < rows;) {
        size_t n = strcspn(p, ",|");
        put_cell(io, b->cols[col], row, (struct str){p, n});
        col++;
        if (p[n] != ',') {
            row++;
            col = 0;
        }
        p += n + 1;
    }
    return b;
}

struct sink *io_sink_open(struct io *io) {
    io->input = (struct plan_node){.kind = PLAN_VALUES, .ncols = io->node.ncols, .cols = io->node.cols};
    struct plan_node **inputs = ARENA_ARRAY(&io->arena, struct plan_node *, 1);
    inputs[0] = &io->input;
    io->node.inputs = inputs;
    io->node.ninputs = 1;
    io->sink.cols = ARENA_ARRAY(&io->arena, uint32_t, io->schema.count + 1);
    for (uint32_t i = 0; i < io->schema.count; i++) io->sink.cols[i] = i;
    io->sink.targets = io->scan.cols;
    struct sink *s = NULL;
    if (io->connector->sink->open(&io->config, &io->sink, &io->node, &s, &io->error) != ST_OK) return NULL;
    return s;
}
