/* SPDX-License-Identifier: Apache-2.0
 *
 * What the fuzzers of formats share: any bytes go through framer and decoder (or to the decoder as messages),
 * torn into reads, frames and batches as the first byte says. Batches must keep the contract of
 * formats/format.h, text must be UTF-8, and everything must come to an end.
 */
#ifndef WEIR_TESTS_FORMAT_FUZZ_H
#define WEIR_TESTS_FORMAT_FUZZ_H

#include <stdio.h>
#include <stdlib.h>

#include "formats/format.h"
#include "formats/scalar.h"

#define FUZZ_COLUMNS 16

struct format_fuzz {
    const struct format_class *format;
    struct arena arena;
    struct field fields[FUZZ_COLUMNS];
    struct schema schema;
    uint32_t projection[FUZZ_COLUMNS];
    struct option items[8];
    struct options options;
    struct format_config config;
    uint64_t rows; /* decoded */
    uint64_t bad;  /* records that failed */
};

static inline void fuzz_fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    abort();
}

static inline void fuzz_option(struct format_fuzz *f, const char *key, const char *value) {
    f->items[f->options.count++] = (struct option){.key = str_of(key), .value = str_of(value)};
}

/* All kinds of columns: c0 BOOLEAN, c1 INT ... ; maps only where the format has them. */
static inline void fuzz_init(struct format_fuzz *f, const struct format_class *format, const char *prefix,
                             bool maps) {
    *f = (struct format_fuzz){.format = format};
    struct arena *a = &f->arena;
    struct type_field *row = ARENA_ARRAY(a, struct type_field, 2);
    row[0] = (struct type_field){STR("x"), type_simple(TYPE_INT, true), {0}};
    row[1] = (struct type_field){STR("y"), type_string(true), {0}};
    const struct type *types[FUZZ_COLUMNS] = {
        type_simple(TYPE_BOOLEAN, true),
        type_simple(TYPE_INT, true),
        type_simple(TYPE_BIGINT, true),
        type_string(true),
        type_simple(TYPE_DOUBLE, true),
        type_decimal(a, 30, 5, true),
        type_simple(TYPE_DATE, true),
        type_time(a, TYPE_TIME, 3, true),
        type_time(a, TYPE_TIMESTAMP, 3, true),
        type_time(a, TYPE_TIMESTAMP_LTZ, 6, true),
        type_bytes(true),
        type_array(a, type_string(true), true),
        type_row(a, row, 2, true),
        type_simple(TYPE_TINYINT, true),
        type_simple(TYPE_FLOAT, true),
        maps ? type_map(a, type_string(true), type_row(a, row, 2, true), true) : type_string(true),
    };
    static const char *const names[FUZZ_COLUMNS] = {"c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7",
                                                    "c8", "c9", "ca", "cb", "cc", "cd", "ce", "cf"};
    for (uint32_t k = 0; k < FUZZ_COLUMNS; k++) f->fields[k] = (struct field){str_of(names[k]), types[k]};
    f->schema = (struct schema){FUZZ_COLUMNS, f->fields};
    f->options.items = f->items;
    f->config = (struct format_config){.schema = &f->schema,
                                       .projection = f->projection,
                                       .options = &f->options,
                                       .prefix = prefix,
                                       .in_file = true,
                                       .where = "fuzz"};
}

static inline void fuzz_check_vec(const struct vec *v, uint32_t rows) {
    if (v->form != VEC_FLAT || v->rows < rows) fuzz_fail("a vector is not as long as its batch");
    for (uint32_t i = 0; i < rows; i++) {
        if (!valid_bit(v->valid, i)) continue;
        if (v->phys == PHYS_STR) {
            const struct strview *s = &((const struct strview *)v->data)[i];
            if (type_is_string(v->type) && !scalar_utf8_valid(strview_ptr(s), s->len))
                fuzz_fail("text is not UTF-8");
        }
        if (v->phys == PHYS_BOOL && ((const uint8_t *)v->data)[i] > 1) fuzz_fail("a BOOLEAN is neither");
        if (v->phys == PHYS_ARRAY || v->phys == PHYS_MAP) {
            struct listref l = ((const struct listref *)v->data)[i];
            if ((uint64_t)l.offset + l.len > v->child[0].rows) fuzz_fail("a list is longer than its entries");
        }
    }
    for (uint32_t c = 0; v->phys == PHYS_ROW && c < v->nchild; c++) fuzz_check_vec(&v->child[c], rows);
}

static inline void fuzz_drain(struct format_fuzz *f, struct decoder *d, uint32_t batch_rows, size_t len) {
    struct arena a = {0};
    int64_t positions[BATCH_MAX_ROWS];
    for (uint64_t turn = 0;; turn++) {
        if (turn > 4 * len + (1 << 21)) fuzz_fail("the decoder does not come to an end");
        struct error e = {0};
        struct batch *b = NULL;
        arena_reset(&a);
        if (f->format->decoder->next(d, batch_rows, &a, &b, positions, &e) != ST_OK) {
            int64_t at = -1;
            struct str bad = f->format->decoder->bad(d, &at);
            if (e.code == ERR_NONE || !e.text[0] || at < 0 || (bad.len && !bad.ptr))
                fuzz_fail("an error is not complete");
            f->bad++;
            continue;
        }
        if (!b) break;
        if (b->rows == 0 || b->rows > batch_rows || b->ncols != f->config.nprojection)
            fuzz_fail("a batch has a wrong size");
        for (uint32_t c = 0; c < b->ncols; c++) fuzz_check_vec(b->cols[c], b->rows);
        f->rows += b->rows;
    }
    arena_free(&a);
}

static inline void fuzz_file(struct format_fuzz *f, struct framer *fr, struct decoder *d, const char *p,
                             size_t len, size_t target, uint32_t batch_rows) {
    struct error e = {0};
    size_t at = 0, used = 0;
    if (f->format->framer->header(fr, p, len, true, &used, &e) != ST_OK) return;
    if (used > len) fuzz_fail("the header is longer than the file");
    for (at = used;;) {
        struct frame frame;
        if (f->format->framer->cut(fr, p + at, len - at, true, target, &frame, &e) != ST_OK) return;
        if (frame.len_bytes > len - at || frame.skip_bytes > len - at - frame.len_bytes)
            fuzz_fail("a frame is too long");
        if (frame.len_bytes == 0) return;
        at += frame.skip_bytes;
        char *copy = malloc(frame.len_bytes);
        memcpy(copy, p + at, frame.len_bytes);
        struct decode_frame df = {copy, frame.len_bytes, (int64_t)at, fr};
        bool ok = f->format->decoder->begin_frame(d, &df, &e) == ST_OK;
        if (ok) fuzz_drain(f, d, batch_rows, frame.len_bytes);
        free(copy);
        if (!ok) return;
        at += frame.len_bytes;
    }
}

/* Decodes the bytes; `how` picks sizes, columns, and file or messages. */
static inline void fuzz_run(struct format_fuzz *f, uint8_t how, const char *p, size_t len) {
    static const size_t targets[] = {1, 100, 4096, 1 << 20};
    static const uint32_t rows[] = {1, 2, 64, 2048};
    struct error e = {0};
    struct decoder *d;
    struct framer *fr;
    for (uint32_t k = 0; k < f->schema.count; k++) {
        if (!(how & 16) || k % 3 == 0) f->projection[f->config.nprojection++] = k;
    }
    if (f->format->decoder->open(&f->config, &d, &e) != ST_OK) fuzz_fail(e.text);
    if (how & 32) {
        char *copy = malloc(len ? len : 1);
        if (len) memcpy(copy, p, len);
        struct message m[2] = {{copy, len}, {NULL, 0}};
        if (f->format->decoder->begin_messages(d, m, 2, &e) == ST_OK)
            fuzz_drain(f, d, rows[how >> 2 & 3], len);
        free(copy);
    } else {
        if (f->format->framer->open(&f->config, &fr, &e) != ST_OK) fuzz_fail(e.text);
        fuzz_file(f, fr, d, p, len, targets[how & 3], rows[how >> 2 & 3]);
        f->format->framer->close(fr);
    }
    f->format->decoder->close(d);
    arena_free(&f->arena);
}

#endif
