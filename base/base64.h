/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes as Base64 (RFC 4648, with padding). Decoding differs by who asks and is with its users.
 */
#ifndef WEIR_BASE_BASE64_H
#define WEIR_BASE_BASE64_H

#include <stddef.h>

static inline size_t base64_encoded_bytes(size_t len) {
    return (len + 2) / 3 * 4;
}
/* Writes base64_encoded_bytes(len) characters at `to`, no NUL; returns how many. */
size_t base64_encode(char *to, const void *bytes, size_t len);

#endif
