/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the printer share: a growing text in the arena, and the printing of each kind of node.
 * Inside sql/ only; see print.h.
 */
#ifndef WEIR_SQL_PRINTER_H
#define WEIR_SQL_PRINTER_H

#include "base/status.h"
#include "base/text.h"
#include "sql/ast.h"

struct printer {
    struct text text; /* so far */
    bool quote;       /* column names always between back-ticks */
};

/* ---- print.c ---- */

void print_raw(struct printer *o, const char *words);
void print_str(struct printer *o, struct str s);
void print_format(struct printer *o, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* 'text', quotes doubled. */
void print_string(struct printer *o, struct str s);
void print_ident(struct printer *o, struct str name);
void print_idents(struct printer *o, const struct ast_idents *l);
void print_name(struct printer *o, const struct ast_name *n);
/* The same of a column, as struct printer says. */
void print_column_ref(struct printer *o, const struct ast_name *n);
void print_options(struct printer *o, const struct ast_options *l);
/* ", " before all but the first. */
void print_comma(struct printer *o, size_t i);
/* Whether a name can stand without back-ticks. */
bool print_is_plain(struct str name);

/* ---- print_expr.c ---- */

void print_expr(struct printer *o, const struct ast_expr *e);
/* In parentheses if it is a comparison, a test or weaker: for places where IN or FROM have another meaning.
 */
void print_operand(struct printer *o, const struct ast_expr *e);
void print_exprs(struct printer *o, const struct ast_exprs *l);
void print_orders(struct printer *o, const struct ast_orders *l);

/* ---- print_call.c ---- */

void print_call(struct printer *o, const struct ast_call *c);
void print_window(struct printer *o, const struct ast_window *w);

/* ---- print_type.c ---- */

void print_type(struct printer *o, const struct ast_type *t);
void print_range(struct printer *o, const struct ast_interval_range *r);

/* ---- print_query.c ---- */

void print_query(struct printer *o, const struct ast_query *q);
void print_hints(struct printer *o, const struct ast_hints *h);

#endif
