/* SPDX-License-Identifier: Apache-2.0
 *
 * Hashes. hash_u64 and hash_mix are cheap, for in-memory tables only; hash_bytes is xxh3 and is what
 * leaves the process (key groups, checksums): its values must never change.
 */
#ifndef WEIR_BASE_HASH_H
#define WEIR_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* One multiply, folded: good low and high bits for table probing. */
static inline uint64_t hash_mix(uint64_t a, uint64_t b) {
    unsigned __int128 m = (unsigned __int128)(a ^ 0x9e3779b97f4a7c15ull) * (b ^ 0xe7037ed1a0b428dbull);
    return (uint64_t)m ^ (uint64_t)(m >> 64);
}
static inline uint64_t hash_u64(uint64_t a) {
    return hash_mix(a, 0xa0761d6478bd642full);
}
/* xxh3-64 with seed 0. */
uint64_t hash_bytes(const void *p, size_t len_bytes);
/* The same over pieces; the end frees it. */
struct hash_stream;
struct hash_stream *hash_stream_new(void);
void hash_stream_put(struct hash_stream *s, const void *p, size_t len_bytes);
uint64_t hash_stream_end(struct hash_stream *s);
uint64_t hash_bytes_seed(const void *p, size_t len_bytes, uint64_t seed);

/* Counter-based random numbers (generators): same key and counter, same value, on every machine. */
static inline uint64_t hash_counter(uint64_t seed, uint64_t counter, uint64_t stream) {
    uint64_t x = hash_mix(seed ^ (stream * 0xd6e8feb86659fd93ull), counter + 0x632be59bd9b4e019ull);
    return hash_mix(x, 0x589965cc75374cc3ull ^ counter);
}

#endif
