/* SPDX-License-Identifier: Apache-2.0
 *
 * Small pieces that all text decoders scan with: 64-byte masks of special bytes, views of fields made by
 * whole loads, decimal digits read sixteen at a time. SSE4.1 (the baseline); nothing here allocates. Loads
 * may touch bytes around a field, never outside the bounds that the caller gives.
 */
#ifndef WEIR_FORMATS_SCAN_H
#define WEIR_FORMATS_SCAN_H

#include <smmintrin.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"
#include "exec/vec.h"

/* A set of at most 16 ASCII bytes with different low nibbles: one shuffle and one compare tell members. */
struct scan_set {
    uint8_t by_nibble[16]; /* the member with that low nibble, else a byte that never matches there */
};

static inline void scan_set_clear(struct scan_set *s) {
    for (unsigned i = 0; i < 16; i++) s->by_nibble[i] = i == 0 ? 0xff : 0;
}
/* False when another member has the same low nibble, or the byte is not ASCII. */
static inline bool scan_set_add(struct scan_set *s, unsigned char c) {
    uint8_t *slot = &s->by_nibble[c & 15];
    if (c >= 128 || c == 0) return false;
    if (*slot == c) return true;
    if (*slot != ((c & 15) == 0 ? 0xff : 0)) return false;
    *slot = c;
    return true;
}

static inline uint64_t scan_join(__m128i a, __m128i b, __m128i c, __m128i d) {
    uint64_t lo = (uint32_t)_mm_movemask_epi8(a) | (uint32_t)_mm_movemask_epi8(b) << 16;
    uint64_t hi = (uint32_t)_mm_movemask_epi8(c) | (uint32_t)_mm_movemask_epi8(d) << 16;
    return lo | hi << 32;
}

/* The members of the set among 64 bytes at p. */
static inline uint64_t scan_set_mask(__m128i set, const char *p) {
    __m128i a = _mm_loadu_si128((const __m128i *)p), b = _mm_loadu_si128((const __m128i *)(p + 16));
    __m128i c = _mm_loadu_si128((const __m128i *)(p + 32)), d = _mm_loadu_si128((const __m128i *)(p + 48));
    return scan_join(_mm_cmpeq_epi8(_mm_shuffle_epi8(set, a), a), _mm_cmpeq_epi8(_mm_shuffle_epi8(set, b), b),
                     _mm_cmpeq_epi8(_mm_shuffle_epi8(set, c), c),
                     _mm_cmpeq_epi8(_mm_shuffle_epi8(set, d), d));
}

/* Where x occurs among 64 bytes at p. */
static inline uint64_t scan_byte_mask(char x, const char *p) {
    __m128i v = _mm_set1_epi8(x);
    return scan_join(_mm_cmpeq_epi8(v, _mm_loadu_si128((const __m128i *)p)),
                     _mm_cmpeq_epi8(v, _mm_loadu_si128((const __m128i *)(p + 16))),
                     _mm_cmpeq_epi8(v, _mm_loadu_si128((const __m128i *)(p + 32))),
                     _mm_cmpeq_epi8(v, _mm_loadu_si128((const __m128i *)(p + 48))));
}

/* 0xff in the first n of 16 bytes at scan_prefix + 16 - n. */
extern const uint8_t scan_prefix[32];

/* The first 16 bytes of the field at p, zeros behind its end. */
static inline __m128i scan_load(const char *p, size_t len) {
    __m128i mask = _mm_loadu_si128((const __m128i *)(scan_prefix + 16 - (len < 16 ? len : 16)));
    return _mm_and_si128(_mm_loadu_si128((const __m128i *)p), mask);
}

/* The view of a field that scan_load gave. Its first word is the same whether the bytes are in the view or
 * not; the second is chosen without a branch, which lengths on both sides of STRVIEW_INLINE would make a
 * guess of. */
static inline void scan_put_view(struct strview *out, const char *p, size_t len, __m128i x) {
    x = _mm_insert_epi32(_mm_slli_si128(x, 4), (int)(uint32_t)len, 0);
    uint64_t far = (uint64_t)0 - (len > STRVIEW_INLINE), rest = (uint64_t)_mm_extract_epi64(x, 1);
    out->words[0] = (uint64_t)_mm_cvtsi128_si64(x);
    out->words[1] = (rest & ~far) | ((uint64_t)(uintptr_t)p & far);
}

/* strview_of for a field in a buffer that ends at `end`: one load where 16 bytes may be read. */
static inline struct strview scan_view(const char *p, size_t len, const char *end) {
    if (UNLIKELY(end - p < 16)) return strview_of(p, len);
    struct strview v;
    scan_put_view(&v, p, len, scan_load(p, len));
    return v;
}

/* Exactly len (1..16) decimal digits at p, of a buffer that begins at `begin`; false if one is none. */
static inline bool scan_digits16(const char *p, size_t len, const char *begin, uint64_t *out) {
    if (UNLIKELY(p + len - begin < 16)) {
        uint64_t n = 0;
        for (size_t i = 0; i < len; i++) {
            unsigned digit = (unsigned char)p[i] - '0';
            if (digit > 9) return false;
            n = n * 10 + digit;
        }
        *out = n;
        return true;
    }
    /* right-aligned: the 16 bytes before the field's end, those before the field cleared */
    __m128i x = _mm_loadu_si128((const __m128i *)(p + len - 16));
    x = _mm_sub_epi8(x, _mm_set1_epi8('0'));
    x = _mm_andnot_si128(_mm_loadu_si128((const __m128i *)(scan_prefix + len)), x);
    __m128i nine = _mm_set1_epi8(9);
    if (UNLIKELY(_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_max_epu8(x, nine), nine)) != 0xffff)) return false;
    x = _mm_maddubs_epi16(x, _mm_setr_epi8(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
    x = _mm_madd_epi16(x, _mm_setr_epi16(100, 1, 100, 1, 100, 1, 100, 1));
    x = _mm_packus_epi32(x, x);
    x = _mm_madd_epi16(x, _mm_setr_epi16(10000, 1, 10000, 1, 10000, 1, 10000, 1));
    uint64_t pair = (uint64_t)_mm_cvtsi128_si64(x);
    *out = (pair & 0xffffffff) * 100000000 + (pair >> 32);
    return true;
}

/* An optional minus and 1..18 digits; false for anything else (the caller then tries the long way). */
static inline bool scan_i64(const char *p, size_t len, const char *begin, int64_t *out) {
    if (UNLIKELY(len == 0)) return false;
    bool minus = *p == '-';
    p += minus;
    len -= minus;
    uint64_t high = 0, low;
    if (UNLIKELY(len - 1 >= 18)) return false;
    if (UNLIKELY(len > 16)) {
        if (!scan_digits16(p, len - 16, begin, &high) || !scan_digits16(p + len - 16, 16, begin, &low))
            return false;
        low += high * 10000000000000000;
    } else if (!scan_digits16(p, len, begin, &low)) {
        return false;
    }
    *out = minus ? -(int64_t)low : (int64_t)low;
    return true;
}

#endif
