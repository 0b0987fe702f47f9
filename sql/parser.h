/* SPDX-License-Identifier: Apache-2.0
 *
 * What the driver (parse.c), the builders (build_*.c) and the generated parser share: the state of one
 * statement being parsed. A builder that finds a fault calls build_fail() and still returns a node, so
 * that no rule has to test anything; the driver stops after the token. Inside sql/ only.
 */
#ifndef WEIR_SQL_PARSER_H
#define WEIR_SQL_PARSER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "sql/ast.h"
#include "sql/lex.h"

enum parse_stop {
    PARSE_GOES_ON = 0,
    PARSE_SYNTAX, /* the current token cannot stand here; the driver makes the message */
    PARSE_FAILED, /* the error is set */
};

/* The tokens of one statement, the last of kind 0 at its `;` or the end of the text. */
struct token_list {
    struct token *items; /* tokens */
    size_t count;        /* the end token included */
};

struct parse {
    struct arena *arena;      /* where the tree goes */
    struct str text;          /* the whole text */
    struct token_list tokens; /* of this statement */
    size_t at;                /* index of the token the parser is being given */
    enum parse_stop stopped;  /* why the driver should stop */
    struct error *error;      /* set by build_fail() */
    int param_count;          /* question marks so far */
    struct ast_stmt *result;  /* the statement, once accepted */
};

/* ---- tokens.c ---- */

/* Reads one statement's tokens from `offset` into the arena; sets *end_offset behind its `;`, or on a
 * lexical error behind the next `;` that can be found. Words are told to be keywords or names by their
 * neighbours. What Weir knows but does not support is refused here when it can be told by its first words. */
enum status tokens_read(struct arena *a, struct str text, size_t offset, struct token_list *out,
                        size_t *end_offset, struct error *e) MUST_CHECK;
/* The statement around a place in a text that is being typed, and may be anything. */
struct tokens_around {
    struct token_list list; /* settled, without the word at the place; no end token */
    size_t before;          /* how many of them stand before the place */
    size_t from;            /* where the word, string or name at the place begins */
    bool open_string;       /* the place is in a string, */
    bool open_name;         /* in a name in back-ticks, */
    bool nowhere;           /* in a comment, or right behind a string, name or number */
    size_t after;           /* where the text goes on behind the word */
};
void tokens_around(struct arena *a, struct str text, size_t offset, struct tokens_around *out);
static inline struct str token_text(struct str text, struct token t) {
    return str_sub(text, t.span.offset, t.span.len);
}

/* ---- refuse.c ---- */

/* Refuses by name what is known but not supported (MATCH_RECOGNIZE, CREATE FUNCTION, ..). */
enum status refuse_known(struct str text, const struct token_list *tokens, struct error *e) MUST_CHECK;

/* ---- parse_error.c ---- */

/* Makes the message for the token at p->at, which the grammar does not take. */
enum status parse_error_report(struct parse *p);

/* ---- the generated parser and grammar_probe.inc ---- */

size_t sql_parser_bytes(void);
void SqlParserInit(void *parser, struct parse *p);
void SqlParser(void *parser, int kind, struct token t);
/* Whether a token of that kind could come next. `states` is room for sql_parser_depth_max() numbers. */
bool sql_parser_accepts(const void *parser, int kind, uint16_t *states);
size_t sql_parser_depth_max(void);
/* Whether a keyword may be used as a name. */
bool sql_parser_may_be_name(int kind);
/* Plays a token through the states alone, without a tree, from depth 0 on. Gives the kind as which it was
 * taken, TK_ID for a word read as a name, or -1: it does not fit, and the states are spoilt. */
int sql_states_step(uint16_t *states, size_t *depth, int kind);
/* Tokens are numbered 1 .. sql_parser_token_count() - 1. */
int sql_parser_token_count(void);

#endif
