/* SPDX-License-Identifier: Apache-2.0
 *
 * Small things that kernels over strings and times share: typed reading of arguments, literals at
 * compile time, UTF-8 stepping. Text is taken to be UTF-8; bytes that are not never make a read go
 * beyond the string's end: each stray byte counts as one character.
 */
#ifndef WEIR_EXEC_KERNEL_UTIL_H
#define WEIR_EXEC_KERNEL_UTIL_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "exec/kernel.h"
#include "planner/symbols.h"

static inline int32_t arg_i32(const struct vec *v, uint32_t row) {
    return ((const int32_t *)v->data)[arg_index(v, row)];
}
static inline int64_t arg_i64(const struct vec *v, uint32_t row) {
    return ((const int64_t *)v->data)[arg_index(v, row)];
}
static inline bool *out_bool(struct kernel_call *call) {
    return call->out->data;
}
static inline int32_t *out_i32(struct kernel_call *call) {
    return call->out->data;
}
static inline int64_t *out_i64(struct kernel_call *call) {
    return call->out->data;
}
static inline struct listref arg_list(const struct vec *v, uint32_t row) {
    return ((const struct listref *)v->data)[arg_index(v, row)];
}
static inline struct listref *out_list(struct kernel_call *call) {
    return call->out->data;
}
/* The literal at argument i of a node being compiled; NULL if it is none or not constant. */
static inline const struct value *literal_arg(const struct expr *e, uint32_t i) {
    return i < e->nargs && e->args[i]->kind == EXPR_LITERAL && !e->args[i]->value.null ? &e->args[i]->value
                                                                                       : NULL;
}
/* The keyword at argument i; SYMBOL arguments are always literals. */
static inline enum symbol symbol_arg(const struct expr *e, uint32_t i) {
    const struct value *v = literal_arg(e, i);
    return v ? (enum symbol)v->i : SYM_COUNT;
}

/* Functions that can blow a value up (REPEAT, LPAD, REPLACE) stop here with an error. */
#define TEXT_MAX_BYTES (64u << 20)

static inline enum status text_too_long(struct kernel_call *call) {
    return error_at(call->ctx->error, ERR_LIMIT, call->expr->span,
                    "the result of %s would be longer than 64 MiB", call->expr->func->name.ptr);
}
/* Where the bytes of a result of at most `len` bytes can be written; kernel_put_view stores it. */
static inline char *text_alloc(struct kernel_call *call, size_t len) {
    return arena_alloc_raw(call->scratch, len);
}

/* Where `what` (not empty) is in s from byte `from` on, or NULL. Short texts are what it is fast for: it
 * looks at the first and last byte of `what` in 16 places at a time. */
static inline const char *text_find(struct str s, size_t from, struct str what) {
    if (from > s.len || s.len - from < what.len) return NULL;
    const char *p = s.ptr + from, *end = s.ptr + s.len - what.len; /* last place */
    char first = what.ptr[0], last = what.ptr[what.len - 1];
#ifdef __SSE2__
    const __m128i firsts = _mm_set1_epi8(first), lasts = _mm_set1_epi8(last);
    for (; end - p >= 15; p += 16) {
        __m128i a = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i b = _mm_loadu_si128((const __m128i *)(const void *)(p + what.len - 1));
        unsigned hits =
            (unsigned)_mm_movemask_epi8(_mm_and_si128(_mm_cmpeq_epi8(a, firsts), _mm_cmpeq_epi8(b, lasts)));
        for (; hits; hits &= hits - 1) {
            const char *at = p + __builtin_ctz(hits);
            if (memcmp(at, what.ptr, what.len) == 0) return at;
        }
    }
#endif
    for (; p <= end; p++) {
        if (*p == first && p[what.len - 1] == last && memcmp(p, what.ptr, what.len) == 0) return p;
    }
    return NULL;
}

/* ---- UTF-8 ---- */

static inline bool utf8_is_tail(char c) {
    return ((unsigned char)c & 0xc0) == 0x80;
}
/* Bytes of the character at p (p < end); never beyond end. */
static inline size_t utf8_step(const char *p, const char *end) {
    const char *q = p + 1;
    unsigned char c = (unsigned char)*p;
    if (c < 0xc0) return 1;
    unsigned n = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    while (n-- && q < end && utf8_is_tail(*q)) q++;
    return (size_t)(q - p);
}
/* Start of the character that ends at p (p > start). */
static inline const char *utf8_prev(const char *start, const char *p) {
    const char *q = p - 1;
    for (int i = 0; i < 3 && q > start && utf8_is_tail(*q); i++) q--;
    return q + utf8_step(q, p) == p ? q : p - 1;
}
static inline bool ascii_only(const char *p, size_t len) {
    uint64_t high = 0;
    size_t i = 0;
    for (; i + 8 <= len; i += 8) {
        uint64_t w;
        memcpy(&w, p + i, 8);
        high |= w;
    }
    for (; i < len; i++) high |= (uint64_t)(unsigned char)p[i];
    return (high & 0x8080808080808080ull) == 0;
}
/* Characters in the string. */
static inline size_t utf8_count(const char *p, size_t len) {
    if (ascii_only(p, len)) return len;
    const char *end = p + len;
    size_t n = 0;
    for (; p < end; n++) p += utf8_step(p, end);
    return n;
}
/* Offset in bytes of character n (len when there are fewer). */
static inline size_t utf8_offset(const char *p, size_t len, size_t n) {
    if (n >= len) return len; /* a character has at least one byte */
    const char *q = p, *end = p + len;
    while (n-- && q < end) q += utf8_step(q, end);
    return (size_t)(q - p);
}
/* Code point of the character of `n` bytes; 0xfffd for stray bytes. */
static inline uint32_t utf8_decode(const char *p, size_t n) {
    const unsigned char *s = (const unsigned char *)p;
    if (s[0] < 0x80) return s[0];
    if (n == 2 && s[0] < 0xe0) return (s[0] & 0x1fu) << 6 | (s[1] & 0x3fu);
    if (n == 3 && s[0] >= 0xe0 && s[0] < 0xf0)
        return (s[0] & 0x0fu) << 12 | (s[1] & 0x3fu) << 6 | (s[2] & 0x3fu);
    if (n == 4 && s[0] >= 0xf0)
        return (s[0] & 0x07u) << 18 | (s[1] & 0x3fu) << 12 | (s[2] & 0x3fu) << 6 | (s[3] & 0x3fu);
    return 0xfffd;
}
/* Writes the code point; returns 1 to 4. */
static inline size_t utf8_encode(uint32_t c, char *p) {
    if (c < 0x80) {
        p[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        p[0] = (char)(0xc0 | c >> 6);
        p[1] = (char)(0x80 | (c & 0x3f));
        return 2;
    }
    if (c < 0x10000) {
        p[0] = (char)(0xe0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3f));
        p[2] = (char)(0x80 | (c & 0x3f));
        return 3;
    }
    p[0] = (char)(0xf0 | c >> 18);
    p[1] = (char)(0x80 | (c >> 12 & 0x3f));
    p[2] = (char)(0x80 | (c >> 6 & 0x3f));
    p[3] = (char)(0x80 | (c & 0x3f));
    return 4;
}

#endif
