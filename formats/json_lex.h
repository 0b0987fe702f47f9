/* SPDX-License-Identifier: Apache-2.0
 *
 * The smallest pieces of JSON, read from text that may be loaded JSON_PAD bytes past any of its bytes and
 * that has a newline behind its end (which stops every loop). Functions take the next byte and return the one
 * behind what they read, or NULL for what is no JSON. Control characters within strings are taken, as Flink
 * takes them.
 */
#ifndef WEIR_FORMATS_JSON_LEX_H
#define WEIR_FORMATS_JSON_LEX_H

#include "base/serial.h"
#include "formats/scan.h"

#define JSON_PAD 64
#define JSON_DEPTH_MAX 500

struct json_lex {
    const char *begin; /* first byte that may be loaded */
    const char *end;   /* one past the last; *end is a newline */
    bool lines;        /* a newline ends the record: it is neither blank nor part of a string */
    unsigned high;     /* not 0: a byte that is not ASCII was seen */
};

/* ---- one by one ---- */

static inline const char *json_lex_blank(const struct json_lex *x, const char *p) {
    while (LIKELY((unsigned char)*p <= ' ')) {
        if (*p == '\n' && (x->lines || p >= x->end)) break;
        if (*p != ' ' && *p != '\t' && *p != '\r' && *p != '\n') break;
        p++;
    }
    return p;
}

/* Behind the backslash: the byte behind the escape, or NULL. */
const char *json_lex_escape(const char *p);
/* A string from the byte behind its opening quote; *escaped is set if it has escapes. */
static inline const char *json_lex_string(struct json_lex *x, const char *p, struct str *out, bool *escaped) {
    const char *start = p;
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), newline = _mm_set1_epi8('\n');
    *escaped = false;
    for (;;) {
        __m128i c = _mm_loadu_si128((const __m128i *)p);
        __m128i stop = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(c, quote), _mm_cmpeq_epi8(c, backslash)),
                                    _mm_cmpeq_epi8(c, newline));
        unsigned mask = (unsigned)_mm_movemask_epi8(stop);
        x->high |= (unsigned)_mm_movemask_epi8(c);
        if (!mask) {
            p += 16;
            continue;
        }
        p += __builtin_ctz(mask);
        if (LIKELY(*p == '"')) break;
        if (*p == '\\') {
            *escaped = true;
            if (!(p = json_lex_escape(p + 1))) return NULL;
        } else if (x->lines || p >= x->end) {
            return NULL;
        } else {
            p++;
        }
    }
    *out = (struct str){start, (size_t)(p - start)};
    return p + 1;
}

/* A number of any form; *whole tells that it has neither fraction nor exponent. */
const char *json_lex_number_slow(const char *p, bool *whole);
static inline const char *json_lex_number(const char *p, struct str *out, bool *whole) {
    const char *digits = p + (*p == '-');
    __m128i c = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)digits), _mm_set1_epi8('0'));
    unsigned none =
        (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(c, _mm_set1_epi8(10)), _mm_set1_epi8(10)));
    unsigned n = none ? (unsigned)__builtin_ctz(none) : 16;
    const char *q = digits + n;
    *whole = true;
    bool simple = n > 0 && n < 16 && (*digits != '0' || n == 1) && *q != '.' && (*q | 32) != 'e';
    if (UNLIKELY(!simple) && !(q = json_lex_number_slow(p, whole))) return NULL;
    *out = (struct str){p, (size_t)(q - p)};
    return q;
}

/* "true", "false", "null": the byte behind it. */
static inline const char *json_lex_word(const char *p, const char *word, size_t len) {
    return memcmp(p, word, len) == 0 ? p + len : NULL;
}

/* Steps over any value. */
const char *json_lex_skip(struct json_lex *x, const char *p, unsigned depth);

/* The string that the text between quotes stands for; half a surrogate pair is a question mark. */
void json_lex_unescape(struct outbuf *o, struct str s);
/* The value at p without blanks, as Flink gives an object or array to a STRING column. */
const char *json_lex_compact(struct json_lex *x, const char *p, struct outbuf *o, unsigned depth);
/* The string in quotes, with the escapes it needs. */
void json_lex_put_string(struct outbuf *o, struct str s);

#endif
