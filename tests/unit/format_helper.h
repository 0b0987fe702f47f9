/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a format over bytes for its tests: frames, decodes and prints every row, in one piece or torn into
 * small reads, frames and batches; and encodes batches again.
 */
#ifndef WEIR_TESTS_FORMAT_HELPER_H
#define WEIR_TESTS_FORMAT_HELPER_H

#include "formats/format.h"

struct fmt {
    const struct format_class *format;
    struct arena arena;
    struct schema schema;
    struct options options;
    struct format_config config;
    size_t read_bytes;   /* what the framer sees grows by this much; 0 = all at once */
    size_t target_bytes; /* of a frame */
    uint32_t batch_rows;
    struct outbuf encoded; /* every batch decoded, encoded again by `to`, if that is set */
    const struct fmt *to;
    struct encoder *encoder; /* of `to` */
};

/* Columns by fmt_column afterwards; all are read until fmt_project. */
void fmt_init(struct fmt *f, const struct format_class *format);
void fmt_column(struct fmt *f, const char *name, const struct type *type);
void fmt_option(struct fmt *f, const char *key, const char *value);
void fmt_project(struct fmt *f, uint32_t n, const uint32_t *columns);
void fmt_free(struct fmt *f);
/* The rows of a file, or of one message, as text, a line each: "1, abc, NULL"; bad records as
 * "! reason [bytes] at position". */
const char *fmt_read(struct fmt *f, const void *bytes, size_t len);
const char *fmt_read_message(struct fmt *f, const void *bytes, size_t len);
/* Reads the file and writes it again in the format of `to`; the bytes are in f->encoded. */
void fmt_convert(struct fmt *f, struct fmt *to, const void *bytes, size_t len);

#endif
