/* SPDX-License-Identifier: Apache-2.0
 *
 * One statement's tokens: where it ends, and which words are keywords. The grammar is free of conflicts
 * because a word that is a keyword only beside certain others (DATE before a string, IN inside POSITION(..))
 * is told apart here, by its neighbours; the rest become plain names. Entry: tokens_read(),
 * sql_input_state(), tokens_around().
 */
#include "sql/grammar.h"
#include "sql/parse.h"
#include "sql/parser.h"

/* ---- where a statement ends ---- */

/* Follows BEGIN .. END of a statement set, inside of which semicolons do not end the statement. */
struct block {
    bool open;      /* between BEGIN and its END */
    size_t cases;   /* CASE not yet ended */
    int last[2];    /* kinds of the two tokens before */
    bool first;     /* no token yet */
    bool old_begin; /* the statement starts with BEGIN */
};

static void block_step(struct block *b, int kind) {
    if (b->first && kind == TK_BEGIN) b->old_begin = true;
    if (!b->open) {
        bool set = b->last[0] == TK_STATEMENT && b->last[1] == TK_SET;
        if ((kind == TK_BEGIN && set) || (b->old_begin && kind == TK_SET && b->last[1] == TK_STATEMENT)) {
            b->open = true;
            b->cases = 0;
        }
    } else if (kind == TK_CASE) {
        b->cases++;
    } else if (kind == TK_END) {
        if (b->cases > 0) b->cases--;
        else b->open = b->old_begin = false;
    }
    b->first = false;
    b->last[0] = b->last[1];
    b->last[1] = kind;
}

static void push(struct arena *a, struct token_list *l, struct token t) {
    ARENA_ONE_MORE(a, l->items, l->count);
    l->items[l->count++] = t;
}

/* Reads tokens up to the end of the statement. The last one pushed has kind 0. *semicolon says whether there
 * was a `;`; on an error the cursor stays where it was met. */
static enum status read_tokens(struct arena *a, struct lexer *l, struct token_list *out, bool *semicolon,
                               bool *in_block) {
    struct block b = {.first = true};
    *semicolon = false;
    *in_block = false;
    for (;;) {
        struct token t;
        if (lex_next(l, &t) != ST_OK) {
            *in_block = b.open;
            return ST_ERROR;
        }
        if (t.kind == TK_SEMI && out->count == 0) continue;
        if (t.kind != 0) block_step(&b, t.kind);
        *in_block = b.open;
        if (t.kind == 0 || (t.kind == TK_SEMI && !b.open)) {
            *semicolon = t.kind == TK_SEMI;
            t.kind = 0;
            push(a, out, t);
            return ST_OK;
        }
        push(a, out, t);
    }
}

/* Behind the next `;` after a place the lexer could not read. */
static size_t skip_statement(struct str text, size_t from) {
    const char *s = from < text.len ? memchr(text.ptr + from, ';', text.len - from) : NULL;
    return s ? (size_t)(s - text.ptr) + 1 : text.len;
}

enum sql_input sql_input_state(struct str text, size_t offset, size_t *end_offset) {
    struct arena scratch = {0};
    struct error error = {0};
    struct token_list tokens = {0};
    struct lexer l = {text, offset, false, &error};
    bool semicolon, in_block;
    enum sql_input out = SQL_INPUT_INCOMPLETE;
    *end_offset = text.len;
    if (read_tokens(&scratch, &l, &tokens, &semicolon, &in_block) != ST_OK) {
        size_t end = skip_statement(text, l.pos);
        bool more = l.unterminated || end == text.len;
        if (!more || (text.len > 0 && text.ptr[text.len - 1] == ';' && !l.unterminated)) {
            *end_offset = end;
            out = SQL_INPUT_COMPLETE;
        }
    } else if (tokens.count == 1 && !semicolon) {
        out = SQL_INPUT_EMPTY;
    } else if (semicolon) {
        *end_offset = l.pos;
        out = SQL_INPUT_COMPLETE;
    }
    arena_free(&scratch);
    return out;
}

/* ---- SET and RESET without quotes ---- */

static struct str trim(struct str s) {
    while (s.len && strchr(" \t\r\n", s.ptr[0])) s = str_sub(s, 1, s.len - 1);
    while (s.len && strchr(" \t\r\n", s.ptr[s.len - 1])) s.len--;
    return s;
}

static bool is_plain_key(struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  memchr("._-#", c, 4) != NULL;
        if (!ok) return false;
    }
    return s.len > 0;
}

/* One side of key = value: a quoted string, or words taken as they stand; kind 0 when it is neither. */
static struct token raw_part(struct str text, struct str s) {
    struct token t = {TK_RAW_TEXT, {(uint32_t)(s.ptr - text.ptr), (uint32_t)s.len}};
    if (s.len == 0 || !lex_is_utf8(s)) t.kind = 0;
    if (s.len == 0 || s.ptr[0] != '\'') return t;
    bool whole = s.len >= 2 && memchr(s.ptr + 1, '\'', s.len - 1) == s.ptr + s.len - 1;
    t.kind = whole && t.kind ? TK_STRING : 0;
    return t;
}

/* SET a.b = any words; the words are not SQL. True if the statement at `start` (behind the first word) is of
 * that form; its tokens then replace what was read. */
static bool read_raw_set(struct arena *a, struct str text, struct token word, struct token_list *out,
                         size_t *end) {
    size_t from = word.span.offset + word.span.len;
    size_t stop = from;
    for (bool quoted = false; stop < text.len && (quoted || text.ptr[stop] != ';'); stop++)
        quoted ^= text.ptr[stop] == '\'';
    struct str line = trim(str_sub(text, from, stop - from));
    const char *eq = line.len ? memchr(line.ptr, '=', line.len) : NULL;
    struct str key = eq ? trim(str_sub(line, 0, (size_t)(eq - line.ptr))) : line;
    struct token key_token = raw_part(text, key);
    if (!is_plain_key(key) && key_token.kind != TK_STRING) return false;
    if (word.kind == TK_RESET && eq) return false;
    out->count = 0;
    push(a, out, word);
    push(a, out, key_token);
    if (eq) {
        struct str value = trim(str_sub(line, key.len, line.len - key.len));
        value = trim(str_sub(value, 1, value.len - 1));
        struct token value_token = raw_part(text, value);
        if (value_token.kind == 0) return false;
        push(a, out, (struct token){TK_EQ, {(uint32_t)(eq - text.ptr), 1}});
        push(a, out, value_token);
    }
    push(a, out, (struct token){0, {(uint32_t)stop, stop < text.len}});
    *end = stop < text.len ? stop + 1 : stop;
    return true;
}

/* SET 'k' = 'v' in plain tokens. */
static bool is_quoted_set(const struct token_list *l) {
    if (l->count == 2) return true;
    return l->items[1].kind == TK_STRING &&
           (l->count == 3 || (l->count == 5 && l->items[2].kind == TK_EQ && l->items[3].kind == TK_STRING));
}

/* ---- keywords by their neighbours ---- */

/* The tokens around the one that is being looked at; kinds beyond the ends are 0. */
struct view {
    struct token *t; /* all tokens */
    size_t count;    /* their number, end token included */
    struct str text; /* the whole text */
    int *brackets;   /* for each open bracket the keyword before it, or 0; CASE counts as one */
    size_t depth;    /* open brackets */
    size_t typed;    /* index of a word whose neighbour is still being typed, or SIZE_MAX */
};

static int kind_at(const struct view *v, size_t i) {
    return i < v->count ? v->t[i].kind : 0;
}

static int innermost(const struct view *v) {
    return v->depth ? v->brackets[v->depth - 1] : 0;
}

static bool is_pattern_word(int kind) {
    return kind == TK_BETWEEN || kind == TK_IN || kind == TK_LIKE || kind == TK_ILIKE || kind == TK_RLIKE ||
           kind == TK_SIMILAR;
}

/* Whether an operand ends with such a token. */
static bool ends_operand(int kind) {
    return kind == TK_ID || kind == TK_QUOTED_ID || kind == TK_STRING || kind == TK_NUMBER ||
           kind == TK_APPROX || kind == TK_RP || kind == TK_RBRACKET || kind == TK_END ||
           kind == TK_BARE_CALL || kind == TK_TRUE || kind == TK_FALSE || kind == TK_NULL;
}

static bool is_name_token(int kind) {
    return kind == TK_QUOTED_ID || (kind != 0 && sql_parser_may_be_name(kind));
}

static bool is_interval(const struct view *v, size_t i) {
    int next = kind_at(v, i + 1);
    if (next == TK_PLUS || next == TK_MINUS) return kind_at(v, i + 2) == TK_STRING;
    if (next == TK_ID) return ast_unit_of(token_text(v->text, v->t[i + 1])) != AST_UNIT_NONE;
    return next == TK_STRING || next == TK_NUMBER;
}

static bool is_time_word(const struct view *v, size_t i) {
    int next = kind_at(v, i + 1);
    if (next == TK_STRING) return true;
    if (v->t[i].kind == TK_TIME && next == TK_ZONE) return true;
    if (v->t[i].kind == TK_DATE) return false;
    if (next == TK_WITH || next == TK_WITHOUT) return true;
    return next == TK_LP && kind_at(v, i + 2) == TK_NUMBER && kind_at(v, i + 3) == TK_RP;
}

/* KEY and VALUE of JSON_OBJECT(KEY k VALUE v). */
static bool is_json_key(const struct view *v, size_t i) {
    int before = i ? kind_at(v, i - 1) : 0;
    int next = kind_at(v, i + 1);
    if (before == TK_PRIMARY) return true;
    if (innermost(v) != TK_JSON_OBJECT && innermost(v) != TK_JSON_OBJECTAGG) return false;
    return (before == TK_LP || before == TK_COMMA) && next != TK_VALUE && next != TK_COLON &&
           next != TK_COMMA && next != TK_DOT && next != TK_RP;
}

static bool is_json_value(const struct view *v, size_t i) {
    int before = i ? kind_at(v, i - 1) : 0;
    if (before == TK_JSON) return true;
    bool pair = innermost(v) == TK_JSON_OBJECT || innermost(v) == TK_JSON_OBJECTAGG;
    return pair && ends_operand(before);
}

/* Whether the word at i, a keyword in some places, is one here. */
static bool is_keyword_here(const struct view *v, size_t i) {
    int before = i ? kind_at(v, i - 1) : 0;
    int next = kind_at(v, i + 1);
    switch (v->t[i].kind) {
    case TK_LEFT:
    case TK_RIGHT: return next != TK_LP;
    case TK_GROUPING: return next == TK_SETS;
    case TK_IF: return next == TK_EXISTS || (next == TK_NOT && kind_at(v, i + 2) == TK_EXISTS);
    case TK_FILTER: return before == TK_RP && next == TK_LP && kind_at(v, i + 2) == TK_WHERE;
    case TK_WITHIN: return before == TK_RP && next == TK_GROUP;
    case TK_IGNORE:
    case TK_RESPECT: return before == TK_RP && next == TK_NULLS;
    case TK_WATERMARK:
        /* WATERMARK ts AS ..: FOR was forgotten */
        return next == TK_FOR || v->t[0].kind == TK_EXPLAIN || kind_at(v, i + 2) == TK_AS;
    case TK_CONSTRAINT: return is_name_token(next) && kind_at(v, i + 2) == TK_PRIMARY;
    case TK_DATE:
    case TK_TIME:
    case TK_TIMESTAMP: return is_time_word(v, i);
    case TK_INTERVAL: return is_interval(v, i);
    case TK_KEY: return is_json_key(v, i);
    case TK_VALUE: return is_json_value(v, i);
    case TK_MAP: return next == TK_LBRACKET || next == TK_LT;
    case TK_RAW: return next == TK_LP && kind_at(v, i + 2) == TK_STRING;
    case TK_STRUCTURED: return next == TK_LT && kind_at(v, i + 2) == TK_STRING;
    default: return true;
    }
}

static void settle(struct view *v, size_t i) {
    struct token *t = &v->t[i];
    int next = kind_at(v, i + 1);
    if (t->kind == TK_NOT && is_pattern_word(next)) t->kind = TK_NOT_LA;
    if (t->kind == TK_IS && (next == TK_DISTINCT || (next == TK_NOT && kind_at(v, i + 2) == TK_DISTINCT)))
        t->kind = TK_IS_DISTINCT;
    if (t->kind == TK_IN && innermost(v) == TK_POSITION) t->kind = TK_POSITION_IN;
    if (t->kind == TK_LP || t->kind == TK_LBRACKET) v->brackets[v->depth++] = i ? kind_at(v, i - 1) : 0;
    if (t->kind == TK_CASE) v->brackets[v->depth++] = TK_CASE;
    if ((t->kind == TK_RP || t->kind == TK_RBRACKET || t->kind == TK_END) && v->depth) v->depth--;
    if (t->kind == TK_ID && i && kind_at(v, i - 1) == TK_RP &&
        ast_unit_of(token_text(v->text, *t)) != AST_UNIT_NONE)
        t->kind = TK_UNIT; /* of (a - b) DAY, or else a name */
    const struct lex_keyword *k = NULL;
    if (lex_token_text(t->kind)) k = lex_keyword_find(token_text(v->text, *t));
    if (!k) return;
    if (i == v->typed && !k->before_call) return;
    if ((k->before_call && next != TK_LP) || !is_keyword_here(v, i) || (i && kind_at(v, i - 1) == TK_DOT))
        t->kind = TK_ID;
}

static void settle_all(struct arena *a, struct str text, struct token_list *l, size_t typed) {
    struct view v = {l->items, l->count, text, ARENA_ARRAY(a, int, l->count + 1), 0, typed};
    for (size_t i = 0; i < l->count; i++) settle(&v, i);
}

enum status tokens_read(struct arena *a, struct str text, size_t offset, struct token_list *out,
                        size_t *end_offset, struct error *e) {
    struct error error = {0};
    struct lexer l = {text, offset, false, &error};
    bool semicolon, in_block;
    enum status st = read_tokens(a, &l, out, &semicolon, &in_block);
    *end_offset = l.pos;
    bool setting = out->count > 0 && (out->items[0].kind == TK_SET || out->items[0].kind == TK_RESET);
    if (setting && (st != ST_OK || !is_quoted_set(out))) {
        struct token_list raw = {0};
        if (read_raw_set(a, text, out->items[0], &raw, end_offset)) {
            *out = raw;
            return ST_OK;
        }
    }
    if (st != ST_OK) {
        *end_offset = skip_statement(text, l.pos);
        error_at(e, error.code, error.span, "%s", error.text);
        if (error.hint[0]) error_hint(e, "%s", error.hint);
        return ST_ERROR;
    }
    settle_all(a, text, out, SIZE_MAX);
    return ST_OK;
}

/* ---- around a place ---- */

/* A token of a text that may be anything: what cannot be read is skipped. False at the end, or where
 * something open begins: *open is its place then. */
static bool next_token(struct lexer *l, struct token *t, size_t *open) {
    while (l->pos < l->text.len) {
        size_t start = l->pos;
        error_clear(l->error);
        if (lex_next(l, t) == ST_OK) return t->kind != 0;
        if (l->unterminated) {
            *open = l->error->span.offset;
            return false;
        }
        if (l->pos <= start) l->pos = start + 1;
    }
    return false;
}

static bool is_word_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || (unsigned char)c >= 0x80;
}

/* Whether blanks and comments from `from` to the place end in an open comment of one line. */
static bool in_line_comment(struct str text, size_t from, size_t place) {
    for (size_t i = from; i + 1 < place; i++) {
        bool line = text.ptr[i] == '-' && text.ptr[i + 1] == '-';
        bool block = text.ptr[i] == '/' && text.ptr[i + 1] == '*';
        if (line) {
            const char *end = memchr(text.ptr + i, '\n', place - i);
            if (!end) return true;
            i = (size_t)(end - text.ptr);
        } else if (block) {
            for (i += 2; i + 1 < place && (text.ptr[i] != '*' || text.ptr[i + 1] != '/');) i++;
            i++;
        }
    }
    return false;
}

/* Behind the string or name that is open at the place: its end may have been typed, on the same line and with
 * nothing between that looks like more of a list. */
static size_t behind_open(struct str text, size_t place, char quote) {
    for (size_t i = place; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == quote) return i + 1;
        if (c == '\n' || c == ',' || c == ')' || c == ';' || c == '=') break;
    }
    return place;
}

static void tokens_before(struct arena *a, struct str text, size_t offset, struct block *b,
                          struct tokens_around *out) {
    struct error error = {0};
    struct lexer l = {str_sub(text, 0, offset), 0, false, &error};
    struct token t;
    size_t open = SIZE_MAX, end = 0;
    while (next_token(&l, &t, &open)) {
        end = t.span.offset + t.span.len;
        if (t.kind == TK_SEMI && out->list.count == 0) continue;
        block_step(b, t.kind);
        push(a, &out->list, t);
        if (t.kind != TK_SEMI || b->open) continue;
        out->list.count = 0;
        *b = (struct block){.first = true};
    }
    out->from = out->after = offset;
    if (open != SIZE_MAX) {
        char c = text.ptr[open];
        out->open_name = c == '`';
        out->nowhere = c == '/';
        out->open_string = !out->open_name && !out->nowhere;
        out->from = out->nowhere ? offset : open;
        if (!out->nowhere) out->after = behind_open(text, offset, out->open_name ? '`' : '\'');
        return;
    }
    if (end != offset || out->list.count == 0) {
        out->nowhere = in_line_comment(text, end, offset);
        return;
    }
    const struct token *last = &out->list.items[out->list.count - 1];
    if (last->kind == TK_ID || lex_keyword_find(token_text(text, *last))) {
        out->from = last->span.offset;
        out->list.count--;
        while (out->after < text.len && is_word_byte(text.ptr[out->after])) out->after++;
    } else {
        out->nowhere = last->kind == TK_STRING || last->kind == TK_QUOTED_ID || last->kind == TK_NUMBER ||
                       last->kind == TK_APPROX || last->kind == TK_BINARY_STRING;
    }
}

void tokens_around(struct arena *a, struct str text, size_t offset, struct tokens_around *out) {
    struct block b = {.first = true};
    struct error error = {0};
    struct token t;
    size_t open;
    *out = (struct tokens_around){0};
    tokens_before(a, text, offset, &b, out);
    out->before = out->list.count;
    struct lexer l = {text, out->after, false, &error};
    while (next_token(&l, &t, &open)) {
        block_step(&b, t.kind);
        if (t.kind == TK_SEMI && !b.open) break;
        push(a, &out->list, t);
    }
    /* neither side tells what the other is: between them a word is missing */
    struct token_list sides[2] = {{out->list.items, out->before}};
    settle_all(a, text, &sides[0], out->before - 1);
    if (out->list.count == out->before) return;
    sides[1] = (struct token_list){out->list.items + out->before, out->list.count - out->before};
    settle_all(a, text, &sides[1], SIZE_MAX);
}
