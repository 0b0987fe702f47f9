/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV: what decoder and encoder share. The form is that of Flink's csv format, that is of Jackson's CSV
 * parser: a quote opens a field only as its first byte, blanks may follow the closing quote, a lone CR ends a
 * record.
 */
#ifndef WEIR_FORMATS_CSV_H
#define WEIR_FORMATS_CSV_H

#include "formats/format.h"

struct csv_options {
    char separator;
    char quote;          /* 0 = disabled */
    char escape;         /* 0 = none */
    bool comments;
    bool ignore_errors;
    bool scientific;     /* DECIMAL as 1E+2 where Java's toString would */
    bool has_null;       /* null-literal is given */
    struct str null_literal;
    struct str element_separator; /* between the values of an ARRAY or ROW */
};

extern const struct option_def csv_option_defs[];
enum status csv_options_read(const struct format_config *c, struct csv_options *out, struct error *e);
enum status csv_validate(const struct options *o, const char *prefix, const struct schema *schema,
                         struct error *e);

/* ---- the first line (csv_header.c) ---- */

struct csv_record {
    struct str *fields;  /* without quotes and escapes, in the arena */
    uint32_t count;
    size_t start_bytes;  /* comments before it */
    size_t end_bytes;    /* behind its line end */
};
/* Takes the first record of the text apart. False: it has no end there (`eof`: a closing quote is missing).
 */
bool csv_first_record(const struct csv_options *o, struct str text, bool eof, struct arena *a,
                      struct csv_record *out);
/* A name for each field: its text, f0, f1, .. where there is none; a repeated one gets a number. */
void csv_header_names(const struct csv_record *r, struct arena *a, struct str *names);
enum status csv_infer(const struct format_config *c, struct format_sample *s, struct arena *a,
                      struct inferred *out, struct error *e);

/* One field's text into row i of the vector (of a NULL, the valid bit is cleared). False if it does not fit.
 */
bool csv_cell_decode(const struct csv_options *o, struct str text, struct vec *v, uint32_t i,
                     struct arena *a);
/* Field separators of an ARRAY or ROW: the next element from *at (bytes); false at the end. */
bool csv_element_next(const struct csv_options *o, struct str text, size_t *at, struct str *out);
/* The type as an error names it: "INT". */
const char *csv_type_name(const struct type *t);

extern const struct framer_class csv_framer_class;
extern const struct decoder_class csv_decoder_class;
extern const struct encoder_class csv_encoder_class;
extern const struct format_class csv_format;

#endif
