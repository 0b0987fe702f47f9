/* SPDX-License-Identifier: Apache-2.0
 *
 * Syntax tree to SQL, from the tree alone: parsing the text gives an equal tree. Keywords are in upper
 * case, names are quoted only where they must be, statements are on one line (WITH, LIKE and column lists
 * included). The text lives in the arena and ends in a NUL byte that is not counted.
 */
#ifndef WEIR_SQL_PRINT_H
#define WEIR_SQL_PRINT_H

#include "base/arena.h"
#include "base/str.h"
#include "sql/ast.h"

struct str sql_print_stmt(struct arena *a, const struct ast_stmt *stmt);
struct str sql_print_query(struct arena *a, const struct ast_query *query);
struct str sql_print_expr(struct arena *a, const struct ast_expr *expr);
/* The same with all column names between back-ticks, as DESCRIBE shows it. */
struct str sql_print_expr_quoted(struct arena *a, const struct ast_expr *expr);
/* A name with back-ticks where it is a reserved word or has other characters than a plain name. */
struct str sql_print_ident(struct arena *a, struct str name);
/* Always with back-ticks. */
struct str sql_print_ident_quoted(struct arena *a, struct str name);

#endif
