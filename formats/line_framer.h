/* SPDX-License-Identifier: Apache-2.0
 *
 * Frames of whole lines, for formats with a record a line. With quoting (CSV), a newline inside a quoted
 * field ends no record. A byte order mark at the beginning of the file is its header.
 */
#ifndef WEIR_FORMATS_LINE_FRAMER_H
#define WEIR_FORMATS_LINE_FRAMER_H

#include "formats/format.h"

struct line_rules {
    char quote;     /* 0 = no quoting: every newline ends a record */
    char separator; /* between fields: a quote counts at the beginning of a field only */
    char escape;    /* takes the meaning from the next byte; 0 = none */
    bool comments;  /* lines that begin with # (after blanks) are whole, whatever they hold */
};

enum status line_framer_new(const struct line_rules *rules, struct framer **out, struct error *e);
/* The framer of formats without quoting; `open` ignores the configuration. */
extern const struct framer_class line_framer_class;
/* For classes with an open() of their own. */
enum status line_framer_header(struct framer *f, const char *p, size_t len, bool eof, size_t *used_bytes,
                               struct error *e);
enum status line_framer_cut(struct framer *f, const char *p, size_t len, bool eof, size_t target_bytes,
                            struct frame *out, struct error *e);
void line_framer_close(struct framer *f);

#endif
