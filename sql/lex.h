/* SPDX-License-Identifier: Apache-2.0
 *
 * The lexer: text to tokens, one at a time, and the words that are keywords. A token is its kind (TK_...,
 * from the grammar; 0 at the end of the text) and its place; its bytes stay in the text. Blanks and comments
 * are skipped. Inside sql/ only.
 */
#ifndef WEIR_SQL_LEX_H
#define WEIR_SQL_LEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct token {
    int kind;         /* TK_..., 0 = end of text */
    struct span span; /* its bytes in the text */
};

struct lexer {
    struct str text;     /* the whole text */
    size_t pos;          /* next byte to look at */
    bool unterminated;   /* the error is a string, name or comment that does not end */
    struct error *error; /* where errors go */
};

/* Reads the next token. */
enum status lex_next(struct lexer *l, struct token *out) MUST_CHECK;

bool lex_is_utf8(struct str s);

struct lex_keyword {
    const char *word; /* upper case */
    uint16_t token;   /* TK_... */
    bool before_call; /* a keyword only when "(" follows */
};
/* The keyword of a word in any case, or NULL. */
const struct lex_keyword *lex_keyword_find(struct str word);
/* All of them, sorted by word. */
const struct lex_keyword *lex_keywords(size_t *count);
/* The spelling of a token for messages: "FROM", "<=", "a name"; NULL if it has none. */
const char *lex_token_text(int kind);

#endif
