/* SPDX-License-Identifier: Apache-2.0
 *
 * CRC-32 by folding: a message is a polynomial, and 16 bytes of it may be moved n bits on when they are
 * multiplied by x^n modulo the CRC's polynomial, two products of 64 bits each. Four lanes of 16 bytes go side
 * by side over 64 bytes at a time and are then folded into one; the CRC of what is left is that of the whole,
 * and is taken by zlib, like that of the bytes behind the last 16. Bits are reflected, as in zlib.
 */
#include "formats/crc32.h"

#include <wmmintrin.h>
#include <zlib.h>

#include "base/cpu.h"
#include "base/status.h"

#define FOLD_BYTES_MIN 128

#define FOLDING __attribute__((target("pclmul,sse4.1")))

/* x moved on by the distance that `k` stands for, and `next` added. */
static inline FOLDING __m128i fold(__m128i x, __m128i k, __m128i next) {
    __m128i low = _mm_clmulepi64_si128(x, k, 0x00), high = _mm_clmulepi64_si128(x, k, 0x11);
    return _mm_xor_si128(_mm_xor_si128(low, high), next);
}

static inline FOLDING __m128i load(const uint8_t *p) {
    return _mm_loadu_si128((const __m128i *)p);
}

/* At least 64 bytes. */
static FOLDING uint32_t crc32_folded(const uint8_t *p, size_t len) {
    const __m128i by64 = _mm_set_epi64x(0x1c6e41596, 0x154442bd4); /* x^480 and x^544, reflected */
    const __m128i by16 = _mm_set_epi64x(0x0ccaa009e, 0x1751997d0); /* x^96 and x^160 */
    __m128i a = load(p), b = load(p + 16), c = load(p + 32), d = load(p + 48);
    a = _mm_xor_si128(a, _mm_cvtsi32_si128(-1)); /* a CRC begins with ones */
    for (p += 64, len -= 64; len >= 64; p += 64, len -= 64) {
        a = fold(a, by64, load(p));
        b = fold(b, by64, load(p + 16));
        c = fold(c, by64, load(p + 32));
        d = fold(d, by64, load(p + 48));
    }
    a = fold(fold(fold(a, by16, b), by16, c), by16, d);
    for (; len >= 16; p += 16, len -= 16) a = fold(a, by16, load(p));
    uint8_t rest[16];
    _mm_storeu_si128((__m128i *)rest, a);
    uLong crc = crc32(0xffffffff, rest, sizeof rest); /* which begins with zeros */
    return (uint32_t)crc32(crc, p, (uInt)len);
}

uint32_t crc32_of(const void *p, size_t len) {
    if (LIKELY(len >= FOLD_BYTES_MIN && cpu_has_pclmul())) return crc32_folded(p, len);
    return (uint32_t)crc32_z(0, p, len);
}
