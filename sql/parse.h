/* SPDX-License-Identifier: Apache-2.0
 *
 * Text to syntax tree. sql_parse() reads one statement; a file is read by calling it again at
 * *end_offset until *out is NULL. Strings in the tree are copies in the arena or slices of `text`: text
 * and arena must outlive the tree.
 */
#ifndef WEIR_SQL_PARSE_H
#define WEIR_SQL_PARSE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sql/ast.h"

/* Parses the statement that starts at `offset`, up to its `;` or the end of the text (EXECUTE STATEMENT
 * SET BEGIN .. END and BEGIN STATEMENT SET; .. END are one statement). Blanks, comments and lone
 * semicolons before it are skipped; *out is NULL when nothing is left. *end_offset is the first byte
 * after the `;`, also when the statement is wrong, so that a reader can go on behind it.
 * Spans, also that of the error, count bytes from the start of `text`. */
enum status sql_parse(struct arena *a, struct str text, size_t offset, struct ast_stmt **out,
                      size_t *end_offset, struct error *e) MUST_CHECK;

/* The same; *params is how many ? stand in it. */
enum status sql_parse_params(struct arena *a, struct str text, size_t offset, struct ast_stmt **out,
                             uint32_t *params, size_t *end_offset, struct error *e) MUST_CHECK;

enum sql_input {
    SQL_INPUT_EMPTY,      /* blanks, comments, semicolons only */
    SQL_INPUT_COMPLETE,   /* a statement with its `;` (and its END, for a statement set) */
    SQL_INPUT_INCOMPLETE, /* more is to come: no `;` yet, or a string, name or comment is open */
};
/* Looks at tokens only, for the REPL's decision to ask for another line. For COMPLETE, *end_offset is the
 * first byte after the `;`. */
enum sql_input sql_input_state(struct str text, size_t offset, size_t *end_offset);

#endif
