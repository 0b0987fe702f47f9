/* SPDX-License-Identifier: Apache-2.0
 *
 * The out-of-line hashes of hash.h, from xxHash.
 */
#include "base/hash.h"

#include <xxhash.h>

#include "base/mem.h"

uint64_t hash_bytes(const void *p, size_t len_bytes) {
    return XXH3_64bits(p, len_bytes);
}

uint64_t hash_bytes_seed(const void *p, size_t len_bytes, uint64_t seed) {
    return XXH3_64bits_withSeed(p, len_bytes, seed);
}

struct hash_stream *hash_stream_new(void) {
    XXH3_state_t *state = XXH3_createState();
    if (!state || XXH3_64bits_reset(state) != XXH_OK) mem_exhausted();
    return (struct hash_stream *)state;
}

void hash_stream_put(struct hash_stream *s, const void *p, size_t len_bytes) {
    (void)XXH3_64bits_update((XXH3_state_t *)s, p, len_bytes); /* fails for a NULL state alone */
}

uint64_t hash_stream_end(struct hash_stream *s) {
    uint64_t hash = XXH3_64bits_digest((XXH3_state_t *)s);
    XXH3_freeState((XXH3_state_t *)s);
    return hash;
}
