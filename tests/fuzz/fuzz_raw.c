/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes format raw: any bytes as a message, and as a file, for a table of one column of each type, with the
 * options that the third byte picks.
 */
#include "tests/fuzz/format_fuzz.h"

#include "formats/raw.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    static const uint32_t columns[] = {0, 1, 2, 3, 4, 10, 13, 14};
    struct format_fuzz f;
    if (len_bytes < 3) return 0;
    fuzz_init(&f, &raw_format, "raw.", false);
    f.fields[0] = f.fields[columns[data[1] % 8]];
    f.schema.count = 1;
    if (data[2] & 1) fuzz_option(&f, "raw.endianness", "little-endian");
    if (data[2] & 2) fuzz_option(&f, "raw.charset", "UTF-8");
    fuzz_run(&f, data[0], (const char *)data + 3, len_bytes - 3);
    return 0;
}
