/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a format over bytes (format_helper.h).
 */
#include "tests/unit/format_helper.h"

#include <criterion/criterion.h>
#include <stdlib.h>

void fmt_init(struct fmt *f, const struct format_class *format) {
    *f = (struct fmt){.format = format, .target_bytes = 1 << 16, .batch_rows = 100};
    f->config = (struct format_config){
        .schema = &f->schema, .options = &f->options, .prefix = "f.", .in_file = true, .where = "t"};
}

void fmt_column(struct fmt *f, const char *name, const struct type *type) {
    uint32_t n = f->schema.count++;
    f->schema.fields =
        arena_grow(&f->arena, f->schema.fields, n * sizeof(struct field), (n + 1) * sizeof(struct field));
    f->schema.fields[n] = (struct field){str_of(name), type};
    uint32_t *all = ARENA_ARRAY(&f->arena, uint32_t, n + 1);
    for (uint32_t i = 0; i <= n; i++) all[i] = i;
    fmt_project(f, n + 1, all);
}

void fmt_option(struct fmt *f, const char *key, const char *value) {
    uint32_t n = f->options.count++;
    f->options.items =
        arena_grow(&f->arena, f->options.items, n * sizeof(struct option), (n + 1) * sizeof(struct option));
    f->options.items[n] =
        (struct option){.key = arena_printf(&f->arena, "f.%s", key), .value = str_of(value)};
}

void fmt_project(struct fmt *f, uint32_t n, const uint32_t *columns) {
    f->config.projection = columns;
    f->config.nprojection = n;
}

void fmt_free(struct fmt *f) {
    outbuf_free(&f->encoded);
    arena_free(&f->arena);
}

static void print_batch(struct fmt *f, const struct batch *b, struct outbuf *text) {
    for (uint32_t r = 0; r < b->rows; r++) {
        struct str row = batch_row_debug(&f->arena, b, r);
        if (row.len > 4) outbuf_put(text, row.ptr + 3, row.len - 4); /* without +I[ and ] */
        outbuf_char(text, '\n');
    }
}

static void drain(struct fmt *f, struct decoder *d, struct outbuf *text, struct error *e) {
    struct arena a = {0};
    int64_t *positions = malloc(f->batch_rows * sizeof *positions);
    for (int guard = 0;; guard++) {
        cr_assert_lt(guard, 1000000);
        struct batch *b;
        arena_reset(&a);
        if (f->format->decoder->next(d, f->batch_rows, &a, &b, positions, e) != ST_OK) {
            int64_t at = -1;
            struct str bad = f->format->decoder->bad(d, &at);
            outbuf_printf(text, "! %s [%.*s] at %lld\n", e->text, STR_ARG(bad), (long long)at);
            error_clear(e);
            continue;
        }
        if (!b) break;
        cr_assert_gt(b->rows, 0);
        cr_assert_leq(b->rows, f->batch_rows);
        print_batch(f, b, text);
        if (f->to) {
            enum status st = f->to->format->encoder->rows(f->encoder, b, batch_sel(b), &f->encoded, NULL, e);
            cr_assert_eq(st, ST_OK, "%s", e->text);
        }
    }
    free(positions);
    arena_free(&a);
}

static const char *finish(struct fmt *f, struct outbuf *text) {
    outbuf_char(text, '\0');
    const char *out = arena_strdup(&f->arena, text->data);
    outbuf_free(text);
    return out;
}

/* One frame after another; the framer sees `seen` bytes, more when it asks. */
static void read_frames(struct fmt *f, struct framer *framer, struct decoder *d, const char *p, size_t len,
                        struct outbuf *text, struct error *e) {
    const struct framer_class *fc = f->format->framer;
    size_t at = 0, seen = f->read_bytes && f->read_bytes < len ? f->read_bytes : len, used = 0;
    while (fc->header) {
        if (fc->header(framer, p, seen, seen == len, &used, e) != ST_OK) {
            outbuf_printf(text, "! %s\n", e->text);
            return;
        }
        if (used != SIZE_MAX) break;
        cr_assert_lt(seen, len);
        seen = seen + f->read_bytes < len ? seen + f->read_bytes : len;
    }
    at = used;
    for (;;) {
        struct frame frame;
        /* a copy of exactly what may be read, so that ASan sees a step too far */
        char *copy = malloc(seen - at + 1);
        if (seen > at) memcpy(copy, p + at, seen - at);
        if (fc->cut(framer, copy, seen - at, seen == len, f->target_bytes, &frame, e) != ST_OK) {
            outbuf_printf(text, "! %s\n", e->text);
            free(copy);
            return;
        }
        cr_assert_leq(frame.skip_bytes + frame.len_bytes, seen - at);
        free(copy);
        if (frame.len_bytes == 0 && frame.skip_bytes == 0) {
            if (seen == len) return;
            seen = seen + f->read_bytes < len ? seen + f->read_bytes : len;
            continue;
        }
        char *bytes = malloc(frame.len_bytes ? frame.len_bytes : 1);
        if (frame.len_bytes) memcpy(bytes, p + at + frame.skip_bytes, frame.len_bytes);
        at += frame.skip_bytes;
        struct decode_frame df = {bytes, frame.len_bytes, (int64_t)at, framer};
        if (frame.len_bytes && f->format->decoder->begin_frame(d, &df, e) != ST_OK) {
            outbuf_printf(text, "! %s\n", e->text);
            free(bytes);
            return;
        }
        if (frame.len_bytes) drain(f, d, text, e);
        free(bytes);
        at += frame.len_bytes;
    }
}

const char *fmt_read(struct fmt *f, const void *bytes, size_t len) {
    struct error e = {0};
    struct outbuf text = {0};
    struct framer *framer;
    struct decoder *d;
    cr_assert_eq(f->format->framer->open(&f->config, &framer, &e), ST_OK, "%s", e.text);
    cr_assert_eq(f->format->decoder->open(&f->config, &d, &e), ST_OK, "%s", e.text);
    read_frames(f, framer, d, bytes, len, &text, &e);
    f->format->decoder->close(d);
    f->format->framer->close(framer);
    return finish(f, &text);
}

const char *fmt_read_message(struct fmt *f, const void *bytes, size_t len) {
    struct error e = {0};
    struct outbuf text = {0};
    struct decoder *d;
    struct format_config config = f->config;
    config.in_file = false;
    cr_assert_eq(f->format->decoder->open(&config, &d, &e), ST_OK, "%s", e.text);
    char *copy = malloc(len ? len : 1);
    memcpy(copy, bytes, len);
    struct message m[2] = {{NULL, 0}, {copy, len}};
    cr_assert_eq(f->format->decoder->begin_messages(d, m, 2, &e), ST_OK);
    drain(f, d, &text, &e);
    f->format->decoder->close(d);
    free(copy);
    return finish(f, &text);
}

void fmt_convert(struct fmt *f, struct fmt *to, const void *bytes, size_t len) {
    struct error e = {0};
    const struct encoder_class *ec = to->format->encoder;
    f->to = to;
    f->encoded.len = 0;
    cr_assert_eq(ec->open(&to->config, &f->encoder, &e), ST_OK, "%s", e.text);
    if (ec->file_begin) cr_assert_eq(ec->file_begin(f->encoder, &f->encoded, &e), ST_OK);
    fmt_read(f, bytes, len);
    if (ec->file_flush) cr_assert_eq(ec->file_flush(f->encoder, &f->encoded, &e), ST_OK);
    ec->close(f->encoder);
    f->to = NULL;
}
