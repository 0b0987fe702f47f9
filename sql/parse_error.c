/* SPDX-License-Identifier: Apache-2.0
 *
 * Syntax errors that help. The statement is parsed again up to the bad token, and the parser is asked which
 * tokens it would take there; of those the message names the few most useful, and the hint the one that the
 * user probably meant. A misspelt keyword is often read as an alias, and the next word is then the bad one:
 * so the word before is looked at too. Entry: parse_error_report().
 */
#include <stdio.h>

#include "sql/grammar.h"
#include "sql/parser.h"

#define SHOWN_MAX 5

/* A parser brought up to a place, and what it takes there. */
struct probe {
    struct parse *p;      /* the statement */
    struct arena scratch; /* for everything here */
    void *parser;         /* the parser */
    uint16_t *states;     /* room for sql_parser_accepts() */
    bool *takes;          /* by token kind */
};

/* Parses tokens [0, upto) again; the tree goes to scratch. */
static void probe_to(struct probe *pr, size_t upto) {
    struct error ignored = {0};
    struct parse again = *pr->p;
    again.arena = &pr->scratch;
    again.error = &ignored;
    again.stopped = PARSE_GOES_ON;
    SqlParserInit(pr->parser, &again);
    for (again.at = 0; again.at < upto && again.stopped == PARSE_GOES_ON; again.at++)
        SqlParser(pr->parser, again.tokens.items[again.at].kind, again.tokens.items[again.at]);
    for (int k = 0; k < sql_parser_token_count(); k++)
        pr->takes[k] = sql_parser_accepts(pr->parser, k, pr->states);
}

static void probe_init(struct probe *pr, struct parse *p) {
    *pr = (struct probe){.p = p};
    pr->parser = arena_alloc_raw(&pr->scratch, sql_parser_bytes());
    pr->states = ARENA_ARRAY(&pr->scratch, uint16_t, sql_parser_depth_max());
    pr->takes = ARENA_ARRAY(&pr->scratch, bool, sql_parser_token_count());
}

/* ---- what is expected ---- */

struct expected {
    char text[400];                /* "FROM, WHERE or ..." */
    size_t len;                    /* its bytes */
    int count;                     /* things named so far */
    const char *things[SHOWN_MAX]; /* in order */
};

static void expect(struct expected *x, const char *thing) {
    for (int i = 0; i < x->count; i++) {
        if (strcmp(x->things[i], thing) == 0) return;
    }
    if (x->count < SHOWN_MAX) x->things[x->count++] = thing;
}

static const char *expected_text(struct expected *x) {
    for (int i = 0; i < x->count; i++) {
        const char *glue = i == 0 ? "" : i + 1 == x->count ? " or " : ", ";
        int n = snprintf(x->text + x->len, sizeof x->text - x->len, "%s%s", glue, x->things[i]);
        if (n < 0 || (size_t)n >= sizeof x->text - x->len) break;
        x->len += (size_t)n;
    }
    return x->text;
}

/* Keywords worth naming before others, when they are possible. */
static const int first_choice[] = {
    TK_PLACING, TK_POSITION_IN, TK_THEN,  TK_WHEN,  TK_ELSE,  TK_END,    TK_ON,     TK_USING,
    TK_JOIN,    TK_FROM,        TK_WHERE, TK_GROUP, TK_ORDER, TK_LIMIT,  TK_SELECT, TK_INTO,
    TK_BY,      TK_TO,          TK_WITH,  TK_AS,    TK_TABLE, TK_TABLES, TK_VIEW,
};

static const int operators[] = {
    TK_EQ,     TK_NE,     TK_LT,      TK_LE,         TK_GT,       TK_GE,          TK_PLUS,
    TK_MINUS,  TK_STAR,   TK_SLASH,   TK_PERCENT,    TK_CONCAT,   TK_DOT,         TK_LBRACKET,
    TK_AND,    TK_OR,     TK_NOT_LA,  TK_IN,         TK_IS,       TK_IS_DISTINCT, TK_BETWEEN,
    TK_LIKE,   TK_ILIKE,  TK_RLIKE,   TK_SIMILAR,    TK_OVERLAPS, TK_ESCAPE,      TK_FILTER,
    TK_WITHIN, TK_IGNORE, TK_RESPECT, TK_HINT_BEGIN, TK_OVER,
};

static bool is_among(const int *list, size_t count, int kind) {
    for (size_t i = 0; i < count; i++) {
        if (list[i] == kind) return true;
    }
    return false;
}

static void expect_keywords(struct probe *pr, struct expected *x, bool after_operand) {
    size_t count;
    const struct lex_keyword *k = lex_keywords(&count);
    for (size_t i = 0; i < count; i++) {
        bool usual = after_operand && is_among(operators, ARRAY_LEN(operators), k[i].token);
        if (pr->takes[k[i].token] && !usual && k[i].token != TK_BARE_CALL) expect(x, k[i].word);
    }
}

static void expect_signs(struct probe *pr, struct expected *x, bool after_operand) {
    static const struct {
        int kind;           /* the token */
        bool after_operand; /* worth naming behind an operand as well */
    } signs[] = {
        {TK_EQ, false}, {TK_RP, true},   {TK_RBRACKET, true}, {TK_COMMA, true},
        {TK_GT, false}, {TK_SEMI, true}, {TK_HINT_END, true}, {TK_LP, false},
    };
    for (size_t i = 0; i < ARRAY_LEN(signs); i++) {
        if (pr->takes[signs[i].kind] && (signs[i].after_operand || !after_operand))
            expect(x, arena_printf(&pr->scratch, "\"%s\"", lex_token_text(signs[i].kind)).ptr);
    }
}

static void expect_all(struct probe *pr, struct expected *x) {
    bool expression = pr->takes[TK_NUMBER] && pr->takes[TK_QUOTED_ID];
    bool after_operand = pr->takes[TK_PLUS] && pr->takes[TK_EQ] && !expression;
    if (expression) {
        expect(x, "an expression");
        if (pr->takes[TK_SELECT]) expect(x, "a query");
        if (pr->takes[TK_RP]) expect(x, "\")\"");
        return;
    }
    if (pr->takes[TK_QUOTED_ID] && !after_operand && !pr->takes[0] && !pr->takes[TK_ON]) expect(x, "a name");
    if (pr->takes[TK_STRING]) expect(x, "a string in single quotes");
    if (pr->takes[TK_NUMBER]) expect(x, "a number");
    for (size_t i = 0; i < ARRAY_LEN(first_choice); i++) {
        if (pr->takes[first_choice[i]]) expect(x, lex_token_text(first_choice[i]));
    }
    expect_signs(pr, x, after_operand);
    if (pr->takes[0]) expect(x, "the end of the statement");
    expect_keywords(pr, x, after_operand);
    if (x->count == 0) expect(x, "the end of the statement");
}

/* ---- what was meant ---- */

static bool is_word_token(const struct parse *p, struct token t) {
    if (t.kind == 0 || t.kind == TK_QUOTED_ID) return false;
    char c = p->text.ptr[t.span.offset];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/* Whether two neighbouring letters are exchanged. */
static bool is_swap(struct str a, struct str b) {
    size_t i = 0;
    if (a.len != b.len) return false;
    while (i < a.len && (a.ptr[i] | 32) == (b.ptr[i] | 32)) i++;
    if (i + 1 >= a.len || (a.ptr[i] | 32) != (b.ptr[i + 1] | 32) || (a.ptr[i + 1] | 32) != (b.ptr[i] | 32))
        return false;
    return str_ieq(str_sub(a, i + 2, a.len - i - 2), str_sub(b, i + 2, b.len - i - 2));
}

/* A keyword that the parser takes here and that is so far from `word`; an exchange of letters counts as one.
 */
static const struct lex_keyword *near_keyword(const struct probe *pr, struct str word, unsigned distance) {
    size_t count;
    const struct lex_keyword *k = lex_keywords(&count);
    for (size_t i = 0; i < count; i++) {
        bool open = pr->takes[k[i].token] || (k[i].token == TK_NOT && pr->takes[TK_NOT_LA]);
        struct str keyword = str_of(k[i].word);
        if (!open) continue;
        if (distance == 1 && is_swap(word, keyword)) return &k[i];
        if (str_distance(word, keyword, 3) == distance) return &k[i];
    }
    return NULL;
}

static const struct lex_keyword *meant(const struct probe *pr, struct str word) {
    if (word.len < 3) return NULL;
    const struct lex_keyword *k = near_keyword(pr, word, 1);
    if (word.len > 3) return k ? k : near_keyword(pr, word, 2);
    /* of three letters only LIK and ADN are near anything: INT is not meant to be IN */
    return k && strlen(k->word) >= word.len ? k : NULL;
}

/* Whether the token at p->at would fit if the one before it were `k`. */
static bool would_fit(struct probe *pr, const struct lex_keyword *k) {
    size_t at = pr->p->at;
    struct token saved = pr->p->tokens.items[at - 1];
    struct token bad = pr->p->tokens.items[at];
    pr->p->tokens.items[at - 1].kind = k->token;
    probe_to(pr, at);
    pr->p->tokens.items[at - 1] = saved;
    return pr->takes[bad.kind] || (bad.kind != 0 && sql_parser_may_be_name(bad.kind) && pr->takes[TK_ID]);
}

/* The word before the bad token was read as a name, but is nearly a keyword: reports that and returns true.
 */
static bool report_word_before(struct probe *pr) {
    struct parse *p = pr->p;
    if (p->at == 0 || p->tokens.items[p->at - 1].kind != TK_ID) return false;
    struct token before = p->tokens.items[p->at - 1];
    struct str word = token_text(p->text, before);
    probe_to(pr, p->at - 1);
    const struct lex_keyword *k = meant(pr, word);
    if (!k || !would_fit(pr, k)) return false;
    error_at(p->error, ERR_SYNTAX, before.span, "syntax error at \"%.*s\": expected %s", STR_ARG(word),
             k->word);
    error_hint(p->error, "did you mean %s?", k->word);
    return true;
}

/* ---- brackets ---- */

/* The innermost bracket that is open before the token at p->at, or NULL. */
static const struct token *open_bracket(const struct parse *p) {
    size_t depth = 0;
    for (size_t i = p->at; i-- > 0;) {
        int kind = p->tokens.items[i].kind;
        if (kind == TK_RP || kind == TK_RBRACKET) depth++;
        if (kind != TK_LP && kind != TK_LBRACKET) continue;
        if (depth == 0) return &p->tokens.items[i];
        depth--;
    }
    return NULL;
}

static unsigned line_of(struct str text, size_t offset) {
    unsigned line = 1;
    for (size_t i = 0; i < offset; i++) line += text.ptr[i] == '\n';
    return line;
}

/* ---- the report ---- */

static bool expects_first(const struct expected *x, const char *thing) {
    return x->count > 0 && strcmp(x->things[0], thing) == 0;
}

/* Mistakes that are told by the bad token and the one before it. */
static const char *usual_mistake(struct probe *pr, struct token bad) {
    struct parse *p = pr->p;
    struct str word = token_text(p->text, bad);
    int before = p->at ? p->tokens.items[p->at - 1].kind : 0;
    if (before == TK_COMMA && (bad.kind == TK_FROM || bad.kind == TK_RP || bad.kind == 0))
        return "remove the comma before it";
    if (before == TK_EQ && bad.kind == TK_EQ) return "one = compares two values";
    if (bad.kind == TK_COLON) return "to convert a value, write CAST(value AS type)";
    if (bad.kind == TK_COMMA && pr->takes[TK_OFFSET]) return "write LIMIT count OFFSET start";
    if (bad.kind == TK_RP && !open_bracket(p)) return "there is no \"(\" for this \")\"";
    if (before == TK_INTERVAL && bad.kind == TK_NUMBER)
        return arena_printf(&pr->scratch, "write the number of an interval in quotes: INTERVAL '%.*s' MINUTE",
                            STR_ARG(word))
            .ptr;
    return NULL;
}

static void add_hint(struct probe *pr, const struct expected *x, struct token bad) {
    struct parse *p = pr->p;
    struct str word = token_text(p->text, bad);
    const struct token *open = open_bracket(p);
    bool is_word = is_word_token(p, bad);
    bool reserved = is_word && !sql_parser_may_be_name(bad.kind);
    const struct lex_keyword *k = is_word && !reserved ? meant(pr, word) : NULL;
    const char *mistake = usual_mistake(pr, bad);
    if (mistake) error_hint(p->error, "%s", mistake);
    else if (k) error_hint(p->error, "did you mean %s?", k->word);
    else if (reserved && bad.kind != TK_FROM &&
             (expects_first(x, "an expression") || expects_first(x, "a name")))
        error_hint(p->error, "%.*s is a reserved word: to use it as a name, write `%.*s`", STR_ARG(word),
                   STR_ARG(word));
    else if (is_word && expects_first(x, "a string in single quotes"))
        error_hint(p->error, "write it in quotes: '%.*s'", STR_ARG(word));
    else if (open && (bad.kind == 0 || (pr->takes[TK_RP] && reserved)))
        error_hint(p->error, "the \"%c\" in line %u is not closed", p->text.ptr[open->span.offset],
                   line_of(p->text, open->span.offset));
}

/* A statement that does not begin like one. */
static void report_start(struct probe *pr, struct token bad) {
    struct str word = token_text(pr->p->text, bad);
    error_at(pr->p->error, ERR_SYNTAX, bad.span,
             "syntax error at \"%.*s\": expected a statement, such as SELECT, INSERT, CREATE, SHOW or SET",
             (int)(word.len < 40 ? word.len : 40), word.ptr);
}

enum status parse_error_report(struct parse *p) {
    struct probe pr;
    struct expected x = {.len = 0};
    struct token bad = p->tokens.items[p->at];
    struct str word = token_text(p->text, bad);
    probe_init(&pr, p);
    if (!report_word_before(&pr)) {
        probe_to(&pr, p->at);
        expect_all(&pr, &x);
        if (p->at == 0) report_start(&pr, bad);
        else if (bad.kind == 0)
            error_at(p->error, ERR_SYNTAX, p->tokens.items[p->at - 1].span,
                     "the statement ends too early: expected %s", expected_text(&x));
        else
            error_at(p->error, ERR_SYNTAX, bad.span, "syntax error at \"%.*s\": expected %s",
                     (int)(word.len < 40 ? word.len : 40), word.ptr, expected_text(&x));
        add_hint(&pr, &x, bad);
    }
    arena_free(&pr.scratch);
    p->stopped = PARSE_FAILED;
    return ST_ERROR;
}
