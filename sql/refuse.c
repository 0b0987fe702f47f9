/* SPDX-License-Identifier: Apache-2.0
 *
 * What Weir knows of but does not support is refused by name and place before parsing, so that it is never
 * called a syntax error. Two tables: statements by their first words, and constructs by a word and what
 * follows it.
 */
#include "sql/grammar.h"
#include "sql/parser.h"

/* First words of a statement; TEMPORARY, SYSTEM, OR, ALTER and REPLACE after the first are passed over. */
static const struct {
    const char *words; /* as they are written */
    const char *name;  /* as the message says it */
} statements[] = {
    {"CREATE FUNCTION", "CREATE FUNCTION"},
    {"CREATE MODEL", "CREATE MODEL"},
    {"CREATE MATERIALIZED", "CREATE MATERIALIZED TABLE"},
    {"CREATE CONNECTION", "CREATE CONNECTION"},
    {"CREATE SECRET", "CREATE SECRET"},
    {"ALTER FUNCTION", "ALTER FUNCTION"},
    {"ALTER MODEL", "ALTER MODEL"},
    {"ALTER MATERIALIZED", "ALTER MATERIALIZED TABLE"},
    {"ALTER DATABASE", "ALTER DATABASE"},
    {"ALTER CATALOG", "ALTER CATALOG"},
    {"COMPILE PLAN", "COMPILE PLAN"},
    {"COMPILE AND", "COMPILE AND EXECUTE PLAN"},
    {"EXECUTE PLAN", "EXECUTE PLAN"},
    {"EXECUTE INSERT", "EXECUTE before an INSERT"},
    {"UPDATE", "UPDATE"},
    {"DELETE", "DELETE"},
    {"MERGE", "MERGE"},
    {"UPSERT", "UPSERT"},
    {"TRUNCATE", "TRUNCATE TABLE"},
    {"CALL", "CALL"},
    {"ANALYZE", "ANALYZE TABLE"},
    {"LOAD", "LOAD MODULE"},
    {"UNLOAD", "UNLOAD MODULE"},
    {"ADD", "ADD JAR"},
    {"REMOVE", "REMOVE JAR"},
};

static const struct {
    const char *word;   /* the word that gives it away */
    const char *next;   /* the word or sign behind it */
    const char *before; /* the one before it, or NULL: any */
    const char *name;   /* as the message says it */
} constructs[] = {
    {"MATCH_RECOGNIZE", "(", NULL, "MATCH_RECOGNIZE"},
    {"PIVOT", "(", ")", "PIVOT"},
    {"UNPIVOT", "(", NULL, "UNPIVOT"},
    {"TABLESAMPLE", "BERNOULLI", NULL, "TABLESAMPLE"},
    {"TABLESAMPLE", "SYSTEM", NULL, "TABLESAMPLE"},
    {"TABLESAMPLE", "(", NULL, "TABLESAMPLE"},
    {"SEMI", "JOIN", NULL, "SEMI JOIN"},
    {"ANTI", "JOIN", NULL, "ANTI JOIN"},
    {"ASOF", "JOIN", NULL, "ASOF JOIN"},
    {"AT", "TIME", NULL, "AT TIME ZONE"},
    {"RECURSIVE", NULL, "WITH", "WITH RECURSIVE"},
    {"MEMBER", "OF", NULL, "MEMBER OF"},
    {"SUBMULTISET", "OF", NULL, "SUBMULTISET OF"},
    {"MULTISET", "[", NULL, "MULTISET[..]"},
    {"APPLY", NULL, "CROSS", "CROSS APPLY"},
    {"APPLY", NULL, "OUTER", "OUTER APPLY"},
    {"CONTAINS", "(", ")", "CONTAINS on periods"},
};

static bool is_word(struct str text, const struct token_list *l, size_t i, const char *word) {
    if (i >= l->count || l->items[i].kind == 0) return false;
    return str_ieq(token_text(text, l->items[i]), str_of(word));
}

static bool is_filler(struct str text, const struct token_list *l, size_t i) {
    return is_word(text, l, i, "TEMPORARY") || is_word(text, l, i, "SYSTEM") || is_word(text, l, i, "OR") ||
           is_word(text, l, i, "ALTER") || is_word(text, l, i, "REPLACE");
}

static struct span span_over(const struct token_list *l, size_t from, size_t to) {
    uint32_t start = l->items[from].span.offset;
    return (struct span){start, l->items[to].span.offset + l->items[to].span.len - start};
}

/* Whether the statement starts with `words`; *last is the index of the last of them. */
static bool starts_with(struct str text, const struct token_list *l, const char *words, size_t *last) {
    size_t i = 0;
    for (struct str left = str_of(words); left.len; i++) {
        const char *blank = memchr(left.ptr, ' ', left.len);
        size_t n = blank ? (size_t)(blank - left.ptr) : left.len;
        while (i > 0 && is_filler(text, l, i)) i++;
        if (i >= l->count || l->items[i].kind == TK_STRING) return false;
        if (!str_ieq(token_text(text, l->items[i]), str_sub(left, 0, n))) return false;
        left = blank ? str_sub(left, n + 1, left.len - n - 1) : str_sub(left, n, 0);
        *last = i;
    }
    return true;
}

static enum status refuse(struct error *e, struct span at, const char *name) {
    return error_at(e, ERR_UNSUPPORTED, at, "%s is not supported yet", name);
}

/* ALTER TABLE [IF EXISTS] a.b {ADD | MODIFY | DROP} .. */
static enum status refuse_alter_table(struct str text, const struct token_list *l, struct error *e) {
    if (!is_word(text, l, 0, "ALTER") || !is_word(text, l, 1, "TABLE")) return ST_OK;
    size_t i = is_word(text, l, 2, "IF") && is_word(text, l, 3, "EXISTS") ? 5 : 3;
    while (is_word(text, l, i, ".")) i += 2;
    static const char *const actions[] = {"ADD", "MODIFY", "DROP"};
    for (size_t k = 0; k < ARRAY_LEN(actions); k++) {
        if (is_word(text, l, i, actions[k]))
            return error_at(e, ERR_UNSUPPORTED, l->items[i].span, "ALTER TABLE .. %s is not supported yet",
                            actions[k]);
    }
    bool column = is_word(text, l, i, "RENAME") && !is_word(text, l, i + 1, "TO");
    return column ? refuse(e, l->items[i].span, "renaming a column") : ST_OK;
}

/* The index of the bracket that closes the one at i; the last token when there is none. */
static size_t closing(const struct token_list *l, size_t i) {
    size_t depth = 0;
    for (; i < l->count; i++) {
        if (l->items[i].kind == TK_LP || l->items[i].kind == TK_LBRACKET) depth++;
        if ((l->items[i].kind == TK_RP || l->items[i].kind == TK_RBRACKET) && --depth == 0) return i;
    }
    return l->count - 1;
}

static enum status refuse_construct(struct str text, const struct token_list *l, size_t i, struct error *e) {
    for (size_t k = 0; k < ARRAY_LEN(constructs); k++) {
        if (!is_word(text, l, i, constructs[k].word)) continue;
        if (constructs[k].next && !is_word(text, l, i + 1, constructs[k].next)) continue;
        if (constructs[k].before && !(i > 0 && is_word(text, l, i - 1, constructs[k].before))) continue;
        bool block = is_word(text, l, i + 1, "(") || is_word(text, l, i + 1, "[");
        return refuse(e, span_over(l, i, block ? closing(l, i + 1) : i), constructs[k].name);
    }
    return ST_OK;
}

enum status refuse_known(struct str text, const struct token_list *l, struct error *e) {
    size_t last = 0;
    for (size_t k = 0; k < ARRAY_LEN(statements); k++) {
        if (starts_with(text, l, statements[k].words, &last))
            return refuse(e, span_over(l, 0, last), statements[k].name);
    }
    TRY(refuse_alter_table(text, l, e));
    for (size_t i = 0; i + 1 < l->count; i++) {
        int kind = l->items[i].kind;
        if (kind == TK_ID || kind == TK_MULTISET) TRY(refuse_construct(text, l, i, e));
    }
    return ST_OK;
}
