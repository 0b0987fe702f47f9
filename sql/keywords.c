/* SPDX-License-Identifier: Apache-2.0
 *
 * The table of keywords and the spelling of tokens; see lex.h and keywords.def.
 */
#include "sql/grammar.h"
#include "sql/lex.h"

enum { ALWAYS = 0, CALL = 1 };

static const struct lex_keyword keywords[] = {
#define KEYWORD(word, token, when) {#word, TK_##token, when},
#include "sql/keywords.def"
#undef KEYWORD
};

static const struct {
    int kind;
    const char *text;
} spellings[] = {
    {TK_EQ, "="},           {TK_NE, "<>"},       {TK_LT, "<"},           {TK_LE, "<="},
    {TK_GT, ">"},           {TK_GE, ">="},       {TK_PLUS, "+"},         {TK_MINUS, "-"},
    {TK_STAR, "*"},         {TK_SLASH, "/"},     {TK_PERCENT, "%"},      {TK_CONCAT, "||"},
    {TK_DOT, "."},          {TK_COMMA, ","},     {TK_LP, "("},           {TK_RP, ")"},
    {TK_LBRACKET, "["},     {TK_RBRACKET, "]"},  {TK_SEMI, ";"},         {TK_COLON, ":"},
    {TK_ARROW, "=>"},       {TK_QUESTION, "?"},  {TK_NOT_LA, "NOT"},     {TK_IS_DISTINCT, "IS"},
    {TK_POSITION_IN, "IN"}, {TK_UNIT, "DAY"},    {TK_HINT_END, "*/"}, {TK_HINT_BEGIN, "/*+"},
};

const struct lex_keyword *lex_keywords(size_t *count) {
    *count = ARRAY_LEN(keywords);
    return keywords;
}

/* As strcmp, ASCII case of the word ignored. */
static int compare(struct str word, const char *keyword) {
    int c = strncasecmp(word.ptr, keyword, word.len);
    return c != 0 ? c : keyword[word.len] == '\0' ? 0 : -1;
}

const struct lex_keyword *lex_keyword_find(struct str word) {
    size_t low = 0;
    size_t high = ARRAY_LEN(keywords);
    while (low < high) {
        size_t mid = (low + high) / 2;
        int c = compare(word, keywords[mid].word);
        if (c == 0) return &keywords[mid];
        if (c < 0) high = mid;
        else low = mid + 1;
    }
    return NULL;
}

const char *lex_token_text(int kind) {
    for (size_t i = 0; i < ARRAY_LEN(spellings); i++) {
        if (spellings[i].kind == kind) return spellings[i].text;
    }
    for (size_t i = 0; i < ARRAY_LEN(keywords); i++) {
        if (keywords[i].token == kind && kind != TK_BARE_CALL) return keywords[i].word;
    }
    return NULL;
}
