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
