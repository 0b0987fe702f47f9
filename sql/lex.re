/* SPDX-License-Identifier: Apache-2.0
 *
 * The lexer, for re2c; see lex.h. It reads bytes through bounds-checked macros, so that the text needs no
 * NUL byte at its end and may hold any byte. Long tokens (strings, comments) are scanned by hand so
 * that an open one is reported at the place where it starts.
 */
#include "sql/lex.h"

#include "sql/grammar.h"

/*!re2c
    re2c:api = custom;
    re2c:api:style = free-form;
    re2c:define:YYCTYPE = "unsigned char";
    re2c:define:YYPEEK = "(l->pos < l->text.len ? (unsigned char)l->text.ptr[l->pos] : 0)";
    re2c:define:YYSKIP = "l->pos++;";
    re2c:define:YYBACKUP = "marker = l->pos;";
    re2c:define:YYRESTORE = "l->pos = marker;";
    re2c:yyfill:enable = 0;
    re2c:indent:string = "    ";
*/

static struct span span_from(const struct lexer *l, size_t start) {
    size_t end = l->pos < l->text.len ? l->pos : l->text.len;
    return (struct span){(uint32_t)start, (uint32_t)(end > start ? end - start : 1)};
}

/* Bytes of the UTF-8 sequence at p, 0 if it is none. */
static size_t utf8_len(const unsigned char *p, size_t left) {
    if (p[0] < 0x80) return 1;
    size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || n > left) return 0;
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80) return 0;
    }
    if (n == 3 && ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))) return 0;
    if (n == 4 && ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))) return 0;
    return n;
}

/* The offset of the first byte of s that is not UTF-8; its length when all is well. */
static size_t utf8_end(struct str s) {
    size_t i = 0;
    while (i < s.len) {
        size_t n = utf8_len((const unsigned char *)s.ptr + i, s.len - i);
        if (n == 0) break;
        i += n;
    }
    return i;
}

bool lex_is_utf8(struct str s) {
    return utf8_end(s) == s.len;
}

/* The bytes from `start` to the cursor must be UTF-8. */
static enum status check_utf8(struct lexer *l, size_t start) {
    size_t end = start + utf8_end(str_sub(l->text, start, l->pos - start));
    if (end == l->pos) return ST_OK;
    return error_at(l->error, ERR_SYNTAX, (struct span){(uint32_t)end, 1}, "byte %zu of the text is not UTF-8",
                    end + 1);
}

static enum status open_token(struct lexer *l, size_t start, const char *what) {
    l->unterminated = true;
    l->pos = l->text.len;
    return error_at(l->error, ERR_SYNTAX, (struct span){(uint32_t)start, 1}, "%s that starts here is not closed",
                    what);
}

/* Skips to the end of a quoted token that began at `start`; the quote is doubled inside. */
static enum status quoted(struct lexer *l, size_t start, char quote, bool backslash, const char *what) {
    while (l->pos < l->text.len) {
        char c = l->text.ptr[l->pos++];
        if (c == '\\' && backslash) {
            l->pos++;
        } else if (c == quote) {
            if (l->pos >= l->text.len || l->text.ptr[l->pos] != quote) return check_utf8(l, start);
            l->pos++;
        }
    }
    return open_token(l, start, what);
}

/* Behind "/" and "*": skips to the end of the comment. */
static enum status comment(struct lexer *l, size_t start) {
    while (l->pos + 1 < l->text.len) {
        if (l->text.ptr[l->pos] == '*' && l->text.ptr[l->pos + 1] == '/') {
            l->pos += 2;
            return ST_OK;
        }
        l->pos++;
    }
    return open_token(l, start, "the comment");
}

static enum status bad_byte(struct lexer *l, size_t start) {
    unsigned char c = (unsigned char)l->text.ptr[start];
    struct span at = {(uint32_t)start, 1};
    if (c == '"') {
        error_at(l->error, ERR_SYNTAX, at, "double quotes mean nothing in this dialect");
        return error_hint(l->error, "write 'text' for a string and `name` for a name");
    }
    if (c < 0x20 || c == 0x7f) return error_at(l->error, ERR_SYNTAX, at, "unexpected byte 0x%02x", c);
    return error_at(l->error, ERR_SYNTAX, at, "unexpected character \"%c\"", c);
}

static int word_kind(const struct lexer *l, size_t start) {
    const struct lex_keyword *k = lex_keyword_find(str_sub(l->text, start, l->pos - start));
    return k ? k->token : TK_ID;
}

enum status lex_next(struct lexer *l, struct token *out) {
    size_t marker = 0;
    size_t start = 0;
    int kind = 0;
again:
    start = l->pos;
    /*!re2c
        letter = [A-Za-z_$\x80-\xff];
        digit = [0-9];

        "\x00" {
            if (start < l->text.len) return bad_byte(l, start);
            l->pos = l->text.len;
            *out = (struct token){0, {(uint32_t)start, 0}};
            return ST_OK;
        }
        [ \t\r\n\f\v]+ | "\xef\xbb\xbf" | "\xc2\xa0" { goto again; }
        "--" [^\n\x00]* { goto again; }
        "/*+" { kind = TK_HINT_BEGIN; goto done; }
        "/*" { TRY(comment(l, start)); goto again; }
        "*/" { kind = TK_HINT_END; goto done; }

        letter (letter | digit)* {
            TRY(check_utf8(l, start));
            kind = word_kind(l, start);
            goto done;
        }
        "`" { TRY(quoted(l, start, '`', false, "the name in back-ticks")); kind = TK_QUOTED_ID; goto done; }
        "'" | [nN] "'" | "_" ('utf8' | 'utf16' | 'latin1' | 'ascii') "'" {
            TRY(quoted(l, start, '\'', false, "the string"));
            kind = TK_STRING;
            goto done;
        }
        [uU] "&'" { TRY(quoted(l, start, '\'', false, "the string")); kind = TK_STRING; goto done; }
        [eE] "'" { TRY(quoted(l, start, '\'', true, "the string")); kind = TK_STRING; goto done; }
        [xX] "'" { TRY(quoted(l, start, '\'', false, "the string")); kind = TK_BINARY_STRING; goto done; }

        digit+ | digit+ "." digit* | "." digit+ { kind = TK_NUMBER; goto done; }
        (digit+ ("." digit*)? | "." digit+) [eE] [+-]? digit+ { kind = TK_APPROX; goto done; }

        "=" { kind = TK_EQ; goto done; }
        "<>" | "!=" { kind = TK_NE; goto done; }
        "<=" { kind = TK_LE; goto done; }
        ">=" { kind = TK_GE; goto done; }
        "=>" { kind = TK_ARROW; goto done; }
        "||" { kind = TK_CONCAT; goto done; }
        "<" { kind = TK_LT; goto done; }
        ">" { kind = TK_GT; goto done; }
        "+" { kind = TK_PLUS; goto done; }
        "-" { kind = TK_MINUS; goto done; }
        "*" { kind = TK_STAR; goto done; }
        "/" { kind = TK_SLASH; goto done; }
        "%" { kind = TK_PERCENT; goto done; }
        "(" { kind = TK_LP; goto done; }
        ")" { kind = TK_RP; goto done; }
        "[" { kind = TK_LBRACKET; goto done; }
        "]" { kind = TK_RBRACKET; goto done; }
        "," { kind = TK_COMMA; goto done; }
        ";" { kind = TK_SEMI; goto done; }
        "." { kind = TK_DOT; goto done; }
        ":" { kind = TK_COLON; goto done; }
        "?" { kind = TK_QUESTION; goto done; }
        * { return bad_byte(l, start); }
    */
done:
    *out = (struct token){kind, span_from(l, start)};
    return ST_OK;
}
