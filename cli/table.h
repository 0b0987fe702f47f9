/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of text cells as a table for people: fitted to the width of a terminal, long ones cut in the middle,
 * wide ones by column; or as markdown, as lines of NAME = VALUE, as CSV and JSON lines. Writes into a buffer;
 * owns nothing.
 */
#ifndef WEIR_CLI_TABLE_H
#define WEIR_CLI_TABLE_H

#include "cli/rowset.h"
#include "cli/width.h"

enum table_format { TABLE_BOX, TABLE_CSV, TABLE_JSONL, TABLE_MARKDOWN, TABLE_LINE };

/* "table", "csv", "jsonl", "markdown", "line"; false for anything else. */
bool table_format_parse(struct str name, enum table_format *out);
/* All names, NULL behind them, in the order of the enum. */
extern const char *const table_format_names[];

struct table_style {
    bool unicode;         /* box drawing, and text as it is; else ASCII alone */
    bool colour;          /* bold names, dim NULLs */
    bool types;           /* TABLE_LINE: the types beside the names */
    unsigned width;       /* columns of the terminal; 0 = any */
    unsigned cell_width;  /* most columns of a cell; 0 = any */
    const char *null;     /* how NULL is shown in boxes, lines and markdown */
};

struct table_column {
    struct str name;
    struct str type; /* as SQL; may be empty */
};

struct table {
    enum table_format format;
    const struct table_column *columns;
    uint32_t ncolumns;
    const struct str *const *rows; /* cells of the rows to print; ptr NULL = NULL */
    uint64_t nrows;
    uint64_t hidden_rows;          /* not among them; said in boxes */
    uint64_t hidden_at;            /* index in rows before which they would stand */
};

/* Puts the table; gives how many columns had no room. */
uint32_t table_print(struct outbuf *o, const struct table *t, const struct table_style *style);

/* Which rows of a set to print when there may be at most `max` (0 = all that were kept): the first and the
 * last ones. Fills rows (malloc'ed, for the caller to free), nrows, hidden_rows and hidden_at. */
void table_pick(struct table *t, struct rowset *s, uint64_t max);

/* "1,234,567" */
const char *table_count(char out[32], uint64_t n);
/* Is it a number, by the name of its type? */
bool table_type_is_number(struct str type);
/* The formats that are no table, by table_text.c. */
void table_print_csv(struct outbuf *o, const struct table *t);
void table_print_jsonl(struct outbuf *o, const struct table *t);
void table_print_markdown(struct outbuf *o, const struct table *t, const struct table_style *style);
void table_print_lines(struct outbuf *o, const struct table *t, const struct table_style *style);

#endif
