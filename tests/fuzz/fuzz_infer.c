/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes the columns found in files. A file that was looked at as a whole must then be read with these
 * columns without a bad record: what was found is what is there. The first byte picks the format and whether
 * the sample is whole; with the second come options.
 */
#include "tests/fuzz/format_fuzz.h"

#include "formats/avro.h"
#include "formats/csv.h"
#include "formats/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

/* Reads the bytes with the columns that were found. */
static void read_again(struct format_fuzz *f, const struct inferred *found, const char *p, size_t len) {
    struct error e = {0};
    struct framer *fr;
    struct decoder *d;
    size_t used;
    uint32_t n = found->columns.count, *all = ARENA_ARRAY(&f->arena, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) all[i] = i;
    struct option *items = ARENA_ARRAY(&f->arena, struct option, f->options.count + found->more.count + 1);
    struct options o = {f->options.count + found->more.count, items};
    memcpy(items, f->options.items, f->options.count * sizeof *items);
    if (found->more.count)
        memcpy(items + f->options.count, found->more.items, found->more.count * sizeof *items);
    f->config.options = &o;
    f->config.schema = &found->columns;
    f->config.projection = all;
    f->config.nprojection = n;
    f->config.header = found->header;
    if (f->format->framer->open(&f->config, &fr, &e) != ST_OK) fuzz_fail(e.text);
    if (f->format->decoder->open(&f->config, &d, &e) != ST_OK) fuzz_fail(e.text);
    if (f->format->framer->header(fr, p, len, true, &used, &e) != ST_OK) fuzz_fail(e.text);
    fuzz_file(f, fr, d, p, len, 1 << 20, 64);
    f->format->decoder->close(d);
    f->format->framer->close(fr);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    static const struct format_class *const formats[] = {&csv_format, &json_format, &avro_format,
                                                         &csv_format};
    static const char *const prefixes[] = {"csv.", "json.", "avro.", "csv."};
    struct format_fuzz f;
    struct error e = {0};
    struct inferred found = {0};
    if (len_bytes < 2) return 0;
    unsigned which = data[0] & 3;
    size_t len = len_bytes - 2;
    char *copy = malloc(len + SAMPLE_PAD);
    memcpy(copy, data + 2, len);
    memset(copy + len, '\n', SAMPLE_PAD);
    fuzz_init(&f, formats[which], prefixes[which], false);
    bool csv = formats[which] == &csv_format;
    if (csv && (data[1] & 1)) fuzz_option(&f, "csv.escape-character", "\\");
    if (csv && (data[1] & 2)) fuzz_option(&f, "csv.allow-comments", "true");
    if (csv && (data[1] & 4)) fuzz_option(&f, "csv.field-delimiter", ";");
    if (csv && (data[1] & 8)) fuzz_option(&f, "csv.disable-quote-character", "true");
    if (which == 1 && (data[1] & 1)) fuzz_option(&f, "json.ignore-parse-errors", "true");
    if (which == 1 && (data[1] & 2)) fuzz_option(&f, "json.timestamp-format.standard", "ISO-8601");
    struct format_sample s = {.data = copy, .len = len, .whole = !(data[0] & 4)};
    s.header = data[0] & 8 ? HEADER_AUTO : data[0] & 16 ? HEADER_SKIP : HEADER_NONE;
    enum status st = len ? f.format->infer(&f.config, &s, &f.arena, &found, &e) : ST_ERROR;
    if (len && st != ST_OK && (e.code == ERR_NONE || !e.text[0])) fuzz_fail("an error is not complete");
    bool read = st == ST_OK && s.whole && which != 2 && found.columns.count && scalar_utf8_valid(copy, len);
    if (read) read_again(&f, &found, copy, len);
    if (f.bad) fuzz_fail("a record does not fit the columns that were found");
    arena_free(&f.arena);
    free(copy);
    return 0;
}
