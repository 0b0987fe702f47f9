/* SPDX-License-Identifier: Apache-2.0
 *
 * The contract of formats: bytes to column vectors and back.
 *
 * Decoding a file is split in two, so that several workers can share one file: a *framer* (one a file,
 * called under the source's lock, must be fast) cuts the byte stream into frames of whole records; a
 * *decoder* (one a worker) turns a frame into batches. Kafka records go to the decoder directly, as an
 * array of messages. Vectors are made in the arena given with each call; strings may point into the
 * frame's bytes, which live as long as the batch.
 *
 * Only the columns asked for (config->projection) are decoded; the rest is skipped.
 */
#ifndef WEIR_FORMATS_FORMAT_H
#define WEIR_FORMATS_FORMAT_H

#include "base/error.h"
#include "base/serial.h"
#include "exec/batch.h"
#include "planner/registry.h"

struct zone;

struct format_config {
    const struct schema *schema; /* all physical columns, in the table's order */
    const uint32_t *projection;  /* columns of schema to produce, in output order */
    uint32_t nprojection;
    const bool *const *fields; /* by output column: fields of a ROW that are read, NULL = all; or NULL. What
                                * is not read may be decoded or be NULL */
    const struct options *options; /* the table's options */
    const char *prefix;            /* "csv.", "value.json.": before the format's keys */
    const struct zone *zone;       /* session zone, for TIMESTAMP_LTZ in text */
    bool in_file;                  /* a file, else messages */
    enum header_line header;       /* of CSV files */
    const char *where;             /* table name, for errors */
};

/* ---- framing (files) ---- */

struct frame {
    size_t skip_bytes; /* before the frame: separators, padding */
    size_t len_bytes;  /* of the frame; 0 = need more input (or, at the end, nothing is left) */
};

struct framer; /* per file; holds the parsed header, immutable after framer_header */

struct framer_class {
    enum status (*open)(const struct format_config *c, struct framer **out, struct error *e);
    /* Parses the file header from the first bytes: *used_bytes = its length, or SIZE_MAX if more input is
     * needed (never when `eof`). NULL = files have no header. */
    enum status (*header)(struct framer *f, const char *p, size_t len, bool eof, size_t *used_bytes,
                          struct error *e);
    /* Cuts the next frame of whole records, about target_bytes long (at least one record), from p. At
     * `eof` the last record may lack its terminator; a torn record is an error that names the offset. */
    enum status (*cut)(struct framer *f, const char *p, size_t len, bool eof, size_t target_bytes,
                       struct frame *out, struct error *e);
    /* After a cut that failed: the next cuts skip to where the next record surely begins. NULL = nothing
     * tells. */
    void (*give_up)(struct framer *f);
    void (*close)(struct framer *f);
};

/* ---- decoding ---- */

struct decode_frame {
    const char *data;
    size_t len;
    int64_t offset;              /* of data[0] in the file, for positions and errors */
    const struct framer *framer; /* the file's; holds e.g. Avro's writer schema */
};

struct message {
    const char *data; /* NULL = tombstone */
    size_t len;
};

struct decoder; /* per worker */

struct decoder_class {
    enum status (*open)(const struct format_config *c, struct decoder **out, struct error *e);
    /* Begins a frame, or `n` messages; the bytes must stay until the last next(). */
    enum status (*begin_frame)(struct decoder *d, const struct decode_frame *f, struct error *e);
    enum status (*begin_messages)(struct decoder *d, const struct message *m, uint32_t n, struct error *e);
    /* Makes the next batch of at most max_rows rows with nprojection flat columns in `a`; *out NULL = the
     * frame is finished. positions[i] (room for max_rows) gets the row's file offset, or its message's index.
     * A record that cannot be decoded ends the batch before it; then the next call returns ST_ERROR with the
     * reason and field, and decoder_bad() tells which record it was; a further call goes on behind it. */
    enum status (*next)(struct decoder *d, uint32_t max_rows, struct arena *a, struct batch **out,
                        int64_t *positions, struct error *e);
    /* The record that failed: its bytes and position. */
    struct str (*bad)(struct decoder *d, int64_t *position);
    void (*close)(struct decoder *d);
};

/* ---- encoding ---- */

struct encoder; /* per sink instance */

struct encoder_class {
    enum status (*open)(const struct format_config *c, struct encoder **out, struct error *e);
    /* Appends the encoded rows of `sel`. For messages ends[k] = o->len after the k-th row; `ends` is NULL
     * for files, where the encoder writes its own separators. */
    enum status (*rows)(struct encoder *en, const struct batch *b, struct sel sel, struct outbuf *o,
                        size_t *ends, struct error *e);
    /* Files: the header of a new file; what is still held back (a block) so that the file is complete up to
     * here. NULL = nothing. */
    enum status (*file_begin)(struct encoder *en, struct outbuf *o, struct error *e);
    enum status (*file_flush)(struct encoder *en, struct outbuf *o, struct error *e);
    void (*close)(struct encoder *en);
};

/* ---- columns found in a file ---- */

#define SAMPLE_PAD 64       /* newlines behind a sample, which may be loaded */
#define SAMPLE_RECORDS 20000 /* of a sample's text, so many records are looked at */

/* The first bytes of a file. */
struct format_sample {
    const char *data;
    size_t len;
    bool whole;              /* that is all of it; else the last record may be torn */
    enum header_line header; /* CSV: what 'weir.csv.header' says */
    uint64_t line;           /* out: the line of the error; 0 = none */
    bool more;               /* out: nothing can be said before more of the file is there */
};

struct format_class {
    struct format_desc desc;
    const struct framer_class *framer;   /* NULL: not in files */
    const struct decoder_class *decoder; /* NULL: sink only */
    const struct encoder_class *encoder; /* NULL: source only */
    /* The columns of a file that begins so, and the options that reading them needs beside those given
     * (schema and projection of `c` are not set). NULL: a file does not tell. */
    enum status (*infer)(const struct format_config *c, struct format_sample *s, struct arena *a,
                         struct inferred *out, struct error *e);
};

/* All formats, NULL-terminated (formats/format_table.c). */
extern const struct format_class *const format_table[];
/* Their descriptions, for the engine's registry. */
extern const struct format_desc *const format_descs[];
const struct format_class *format_class_of(const struct format_desc *desc);

#endif
