/* SPDX-License-Identifier: Apache-2.0
 *
 * The folded CRC-32 is zlib's, for every length around its steps and wherever the bytes begin.
 */
#include <criterion/criterion.h>
#include <zlib.h>

#include "base/hash.h"
#include "formats/crc32.h"

Test(crc32, is_that_of_zlib) {
    static uint8_t bytes[70000];
    for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = (uint8_t)hash_counter(1, i, 0);
    for (unsigned from = 0; from < 17; from++) {
        for (unsigned len = 0; len < 700; len++)
            cr_assert_eq(crc32_of(bytes + from, len), crc32(0, bytes + from, len), "%u bytes at %u", len,
                         from);
    }
    cr_assert_eq(crc32_of(bytes, sizeof bytes), crc32(0, bytes, sizeof bytes));
    cr_assert_eq(crc32_of("123456789", 9), 0xcbf43926);
}
