/* SPDX-License-Identifier: Apache-2.0
 *
 * MD5, SHA1, SHA224 .. SHA512 and SHA2(x, bits) of strings and bytes, as lower-case hexadecimal digits. The
 * digests are nettle's; one context on the stack serves a whole batch.
 */
#include <nettle/md5.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>

#include "exec/kernel_util.h"

union hash_state {
    struct md5_ctx md5;
    struct sha1_ctx sha1;
    struct sha256_ctx sha256; /* SHA224 too */
    struct sha512_ctx sha512; /* SHA384 too */
};

static void put_digest(struct kernel_call *call, const struct nettle_hash *hash, union hash_state *state,
                       uint32_t row) {
    static const char hex[] = "0123456789abcdef";
    uint8_t digest[SHA512_DIGEST_SIZE];
    struct str s = arg_str(call->args[0], row);
    hash->init(state);
    hash->update(state, s.len, (const uint8_t *)s.ptr);
    hash->digest(state, hash->digest_size, digest);
    char *p = text_alloc(call, 2 * hash->digest_size);
    for (unsigned i = 0; i < hash->digest_size; i++) {
        p[2 * i] = hex[digest[i] >> 4];
        p[2 * i + 1] = hex[digest[i] & 15];
    }
    kernel_put_view(call, row, p, 2 * hash->digest_size);
}

static enum status digests(struct kernel_call *call, const struct nettle_hash *hash) {
    union hash_state state;
    SEL_FOREACH(call->sel, k, row) put_digest(call, hash, &state, row);
    return ST_OK;
}

static enum status md5(struct kernel_call *call) {
    return digests(call, &nettle_md5);
}
static enum status sha1(struct kernel_call *call) {
    return digests(call, &nettle_sha1);
}
static enum status sha224(struct kernel_call *call) {
    return digests(call, &nettle_sha224);
}
static enum status sha256(struct kernel_call *call) {
    return digests(call, &nettle_sha256);
}
static enum status sha384(struct kernel_call *call) {
    return digests(call, &nettle_sha384);
}
static enum status sha512(struct kernel_call *call) {
    return digests(call, &nettle_sha512);
}

static enum status sha2(struct kernel_call *call) {
    union hash_state state;
    SEL_FOREACH(call->sel, k, row) {
        const struct nettle_hash *hash;
        int32_t bits = arg_i32(call->args[1], row);
        switch (bits) {
        case 224: hash = &nettle_sha224; break;
        case 256: hash = &nettle_sha256; break;
        case 384: hash = &nettle_sha384; break;
        case 512: hash = &nettle_sha512; break;
        default:
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->args[1]->span,
                            "SHA2 knows 224, 256, 384 and 512 bits, not %d", bits);
        }
        put_digest(call, hash, &state, row);
    }
    return ST_OK;
}

const struct kernel kernel_MD5 = {.fn = md5};
const struct kernel kernel_MD5_BYTES = {.fn = md5};
const struct kernel kernel_SHA1 = {.fn = sha1};
const struct kernel kernel_SHA1_BYTES = {.fn = sha1};
const struct kernel kernel_SHA224 = {.fn = sha224};
const struct kernel kernel_SHA224_BYTES = {.fn = sha224};
const struct kernel kernel_SHA256 = {.fn = sha256};
const struct kernel kernel_SHA256_BYTES = {.fn = sha256};
const struct kernel kernel_SHA384 = {.fn = sha384};
const struct kernel kernel_SHA384_BYTES = {.fn = sha384};
const struct kernel kernel_SHA512 = {.fn = sha512};
const struct kernel kernel_SHA512_BYTES = {.fn = sha512};
const struct kernel kernel_SHA2 = {.fn = sha2};
const struct kernel kernel_SHA2_BYTES = {.fn = sha2};
