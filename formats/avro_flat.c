/* SPDX-License-Identifier: Apache-2.0
 *
 * The fast loops for flat Avro records (avro_flat.inc), for one block and for four side by side.
 */
#include "formats/avro_flat.h"

#include "formats/scan.h"
#include "formats/scalar.h"

/* The lanes' pointers stay in registers only if all is inlined. */
#define ALWAYS_INLINE inline __attribute__((always_inline))
#define CONTINUES 0x8080808080808080ull /* the bit of each byte that says a varint goes on */

static ALWAYS_INLINE uint64_t load64(const uint8_t *p) {
    uint64_t w;
    memcpy(&w, p, sizeof w);
    return w;
}

/* Varints of up to 8 bytes; longer ones (values from 2^55 on) make it slow. */
static ALWAYS_INLINE const uint8_t *flat_skip_varint(const uint8_t *p, bool *slow) {
    uint64_t ends = ~load64(p) & CONTINUES;
    *slow |= ends == 0;
    return p + (__builtin_ctzll(ends | (uint64_t)1 << 63) >> 3) + 1;
}

static ALWAYS_INLINE const uint8_t *flat_varint(const uint8_t *p, int64_t *out, bool *slow) {
    uint64_t w = load64(p), ends = ~w & CONTINUES;
    *slow |= ends == 0;
    p += (__builtin_ctzll(ends | (uint64_t)1 << 63) >> 3) + 1;
    w &= (ends ^ (ends - 1)) & ~CONTINUES;
    w = (w & 0x007f007f007f007full) | (w & 0x7f007f007f007f00ull) >> 1;
    w = (w & 0x00003fff00003fffull) | (w & 0x3fff00003fff0000ull) >> 2;
    w = (w & 0x000000000fffffffull) | (w & 0x0fffffff00000000ull) >> 4;
    *out = (int64_t)(w >> 1) ^ -(int64_t)(w & 1);
    return p;
}

static ALWAYS_INLINE const uint8_t *flat_scaled(const struct avro_step *s, const uint8_t *p, int64_t *out,
                                                bool *slow) {
    int64_t n;
    p = flat_varint(p, &n, slow);
    *slow |= __builtin_mul_overflow(n, s->mul, &n);
    if (UNLIKELY(s->div > 1)) n = n / s->div - (n % s->div < 0);
    *out = n;
    return p;
}

static ALWAYS_INLINE const uint8_t *flat_int(const uint8_t *p, int32_t *out, bool *slow) {
    int64_t n;
    p = flat_varint(p, &n, slow);
    *slow |= n != (int32_t)n;
    *out = (int32_t)n;
    return p;
}

/* Steps over the number of the branch. */
static ALWAYS_INLINE bool flat_has_value(const struct avro_step *s, const uint8_t **p, bool *slow) {
    uint8_t branch = *(*p)++;
    if (LIKELY(branch == s->value_branch)) return true;
    *slow |= branch != s->null_branch;
    return false;
}

static ALWAYS_INLINE void flat_null(const struct flat_out *o, unsigned lane, uint32_t i, size_t width) {
    memset((char *)o->data[lane] + width * i, 0, width);
    valid_clear(o->valid[lane], i);
}

static ALWAYS_INLINE void flat_null64(const struct flat_out *o, unsigned lane, uint32_t i) {
    flat_null(o, lane, i, sizeof(int64_t));
}

/* A length that is there, with what may follow; false = let the slow way look at it. */
static ALWAYS_INLINE bool flat_length(const struct avro_step *s, const uint8_t **p, const uint8_t *end,
                                      uint64_t *len) {
    uint8_t b = **p;
    if (LIKELY(b < 128)) {
        if (UNLIKELY(b & 1)) return false;
        *len = b >> 1;
        (*p)++;
    } else {
        bool slow = false;
        int64_t n;
        *p = flat_varint(*p, &n, &slow);
        if (slow || n < 0 || n > INT32_MAX) return false;
        *len = (uint64_t)n;
    }
    return (int64_t)*len + s->need <= end - *p;
}

static ALWAYS_INLINE bool flat_skip_bytes(const struct avro_step *s, const uint8_t **p, const uint8_t *end) {
    uint64_t len;
    if (!flat_length(s, p, end, &len)) return false;
    *p += len;
    return true;
}

static __attribute__((noinline)) bool valid_slow(const uint8_t *p, size_t len) {
    return scalar_utf8_valid((const char *)p, len);
}

/* May load AVRO_PAD bytes past its end. */
static ALWAYS_INLINE bool valid_text(const uint8_t *p, size_t len) {
    __m128i high = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 16 <= len; i += 16) high = _mm_or_si128(high, _mm_loadu_si128((const __m128i *)(p + i)));
    __m128i rest = _mm_and_si128(_mm_loadu_si128((const __m128i *)(p + i)),
                                 _mm_loadu_si128((const __m128i *)(scan_prefix + 16 - (len - i))));
    return LIKELY(!_mm_movemask_epi8(_mm_or_si128(high, rest))) || valid_slow(p, len);
}

static ALWAYS_INLINE bool flat_view(const struct avro_step *s, const uint8_t **p, const uint8_t *end,
                                    struct strview *out) {
    uint64_t len;
    if (UNLIKELY(!flat_length(s, p, end, &len))) return false;
    const uint8_t *q = *p;
    *p += len;
    if (LIKELY(len <= STRVIEW_INLINE)) {
        __m128i x = _mm_loadu_si128((const __m128i *)q);
        x = _mm_and_si128(x, _mm_loadu_si128((const __m128i *)(scan_prefix + 16 - len)));
        int high = _mm_movemask_epi8(x);
        x = _mm_insert_epi32(_mm_slli_si128(x, 4), (int)len, 0);
        _mm_storeu_si128((__m128i *)out, x);
        return LIKELY(!high) || s->op == AVRO_OP_BYTES || valid_slow(q, len);
    }
    out->len = (uint32_t)len;
    memcpy(out->prefix, q, 4);
    out->ptr = (const char *)q;
    return s->op == AVRO_OP_BYTES || valid_text(q, len);
}

#define FLAT_NAME flat_four
#define FLAT_EACH(X) X(0) X(1) X(2) X(3)
#include "formats/avro_flat.inc"

#define FLAT_NAME flat_one
#define FLAT_EACH(X) X(0)
#include "formats/avro_flat.inc"

uint32_t avro_flat_run(const struct avro_program *prog, const struct flat_out *outs,
                       struct avro_cursor *const *cur, unsigned lanes, uint32_t from, uint32_t n) {
    return lanes == 4 ? flat_four(prog, outs, cur, from, n) : flat_one(prog, outs, cur, from, n);
}
