/* SPDX-License-Identifier: Apache-2.0
 *
 * The out-of-line hashes of hash.h, from xxHash.
 */
#include "base/hash.h"

#include <xxhash.h>

uint64_t hash_bytes(const void *p, size_t len_bytes) {
    return XXH3_64bits(p, len_bytes);
}

uint64_t hash_bytes_seed(const void *p, size_t len_bytes, uint64_t seed) {
    return XXH3_64bits_withSeed(p, len_bytes, seed);
}
