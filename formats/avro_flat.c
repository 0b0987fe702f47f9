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

/* The varint's bytes without the bits that say it goes on, and nothing behind them. */
static ALWAYS_INLINE const uint8_t *flat_groups(const uint8_t *p, uint64_t *out, bool *slow) {
    uint64_t w = load64(p), ends = ~w & CONTINUES;
    *slow |= ends == 0;
    *out = w & (ends ^ (ends - 1)) & ~CONTINUES;
    return p + (__builtin_ctzll(ends | (uint64_t)1 << 63) >> 3) + 1;
}

/* Groups of seven bits put together; still zigzag. */
static ALWAYS_INLINE uint64_t flat_join(uint64_t w) {
    w = (w & 0x007f007f007f007full) | (w & 0x7f007f007f007f00ull) >> 1;
    w = (w & 0x00003fff00003fffull) | (w & 0x3fff00003fff0000ull) >> 2;
    return (w & 0x000000000fffffffull) | (w & 0x0fffffff00000000ull) >> 4;
}

static ALWAYS_INLINE int64_t flat_signed(uint64_t w) {
    return (int64_t)(w >> 1) ^ -(int64_t)(w & 1);
}

static ALWAYS_INLINE const uint8_t *flat_varint(const uint8_t *p, int64_t *out, bool *slow) {
    uint64_t w;
    p = flat_groups(p, &w, slow);
    *out = flat_signed(flat_join(w));
    return p;
}

/* Two varints at once. */
static ALWAYS_INLINE __m128i flat_join_pair(uint64_t a, uint64_t b) {
    __m128i x = _mm_insert_epi64(_mm_cvtsi64_si128((int64_t)a), (int64_t)b, 1);
    x = _mm_maddubs_epi16(_mm_set1_epi16((short)0x8001), x);  /* byte + byte * 128 */
    x = _mm_madd_epi16(x, _mm_set1_epi32(1 | 1 << 14 << 16)); /* 14 bits + 14 bits << 14 */
    __m128i low = _mm_and_si128(x, _mm_set1_epi64x(0xffffffff));
    return _mm_or_si128(low, _mm_slli_epi64(_mm_srli_epi64(x, 32), 28));
}

static ALWAYS_INLINE __m128i flat_signed_pair(__m128i x) {
    __m128i sign = _mm_sub_epi64(_mm_setzero_si128(), _mm_and_si128(x, _mm_set1_epi64x(1)));
    return _mm_xor_si128(_mm_srli_epi64(x, 1), sign);
}

/* Row i of lanes l and l + 1. */
static ALWAYS_INLINE void flat_put_longs(const struct flat_out *o, unsigned l, uint32_t i, uint64_t a,
                                         uint64_t b) {
    __m128i x = flat_signed_pair(flat_join_pair(a, b));
    _mm_storel_epi64((__m128i *)((int64_t *)o->data[l] + i), x);
    _mm_storeh_pd((double *)o->data[l + 1] + i, _mm_castsi128_pd(x));
}

static ALWAYS_INLINE void flat_put_ints(const struct flat_out *o, unsigned l, uint32_t i, uint64_t a,
                                        uint64_t b, bool *slow) {
    __m128i x = flat_join_pair(a, b);
    *slow |= !_mm_testz_si128(x, _mm_set1_epi64x((int64_t)0xffffffff00000000ull));
    x = flat_signed_pair(x);
    ((int32_t *)o->data[l])[i] = _mm_cvtsi128_si32(x);
    ((int32_t *)o->data[l + 1])[i] = _mm_extract_epi32(x, 2);
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
    __m128i x = scan_load((const char *)q, len);
    scan_put_view(out, (const char *)q, len, x);
    if (LIKELY(len <= 16))
        return LIKELY(!_mm_movemask_epi8(x)) || s->op == AVRO_OP_BYTES || valid_slow(q, len);
    return s->op == AVRO_OP_BYTES || valid_text(q, len);
}

/* A record that is NULL: what is read of it becomes zeros and NULLs. */
static void flat_null_record(const struct avro_step *rec, const struct flat_out *o, uint32_t i) {
    for (const struct avro_step *s = rec->steps; s < rec->steps + rec->count; s++, o++) {
        switch (s->op) {
        case AVRO_OP_LONG: case AVRO_OP_LONG_SCALED: case AVRO_OP_DOUBLE:
            ((int64_t *)o->data[0])[i] = 0;
            break;
        case AVRO_OP_INT: ((int32_t *)o->data[0])[i] = 0; break;
        case AVRO_OP_BOOLEAN: ((uint8_t *)o->data[0])[i] = 0; break;
        case AVRO_OP_STRING: case AVRO_OP_BYTES:
            ((struct strview *)o->data[0])[i] = (struct strview){0};
            break;
        default: continue; /* skips */
        }
        if (o->valid[0]) valid_clear(o->valid[0], i);
    }
}

/* One lane's. */
#define FLAT_PUT_LONG_ONE ((int64_t *)o->data[0])[i] = flat_signed(flat_join(w0))
#define FLAT_PUT_INT_ONE                                                                                     \
    slow |= flat_join(w0) > UINT32_MAX, ((int32_t *)o->data[0])[i] = (int32_t)flat_signed(flat_join(w0))

/* A record within the record, in one lane: it may be NULL in some lanes and not in others. Returns where it
 * ends; NULL = let the slow way look at it. */
static const uint8_t *flat_record(const struct avro_step *rec, const struct flat_out *outs,
                                  const struct flat_out *own, unsigned lane, const uint8_t *p0,
                                  const uint8_t *end0, uint32_t i) {
    const struct flat_out *o = outs + rec->outs + lane * rec->count;
    bool slow = false;
    if (rec->optional && !flat_has_value(rec, &p0, &slow)) {
        if (slow) return NULL;
        if (rec->op == AVRO_OP_RECORD) {
            flat_null_record(rec, o, i);
            valid_clear(own->valid[lane], i);
        }
        return end0 - p0 >= rec->need ? p0 : NULL;
    }
    if (end0 - p0 < rec->first_need) return NULL;
#define FLAT_EACH(X) X(0)
#define FLAT_PUT_LONGS FLAT_PUT_LONG_ONE
#define FLAT_PUT_INTS FLAT_PUT_INT_ONE
    for (const struct avro_step *s = rec->steps; s < rec->steps + rec->count; s++, o++) {
        switch (s->op * 2 + s->optional) {
#include "formats/avro_flat_steps.inc"
        }
    }
#undef FLAT_EACH
#undef FLAT_PUT_LONGS
#undef FLAT_PUT_INTS
    if (!slow && end0 - p0 >= rec->need) return p0;
out:
    return NULL;
}

#define FLAT_NAME flat_four
#define FLAT_EACH(X) X(0) X(1) X(2) X(3)
#define FLAT_PUT_LONGS flat_put_longs(o, 0, i, w0, w1), flat_put_longs(o, 2, i, w2, w3)
#define FLAT_PUT_INTS flat_put_ints(o, 0, i, w0, w1, &slow), flat_put_ints(o, 2, i, w2, w3, &slow)
#include "formats/avro_flat.inc"

#define FLAT_NAME flat_one
#define FLAT_EACH(X) X(0)
#define FLAT_PUT_LONGS FLAT_PUT_LONG_ONE
#define FLAT_PUT_INTS FLAT_PUT_INT_ONE
#include "formats/avro_flat.inc"

uint32_t avro_flat_run(const struct avro_program *prog, const struct flat_out *outs,
                       struct avro_cursor *const *cur, unsigned lanes, uint32_t from, uint32_t n) {
    return lanes == 4 ? flat_four(prog, outs, cur, from, n) : flat_one(prog, outs, cur, from, n);
}
