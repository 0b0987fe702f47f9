/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes CSV: framer and decoder over any bytes, with options picked by the second byte; a file gives as many
 * rows however it is torn.
 */
#include "tests/fuzz/format_fuzz.h"

#include <ctype.h>

#include "formats/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static uint64_t rows_of(uint8_t how, uint8_t options, const char *p, size_t len) {
    struct format_fuzz f;
    fuzz_init(&f, &csv_format, "csv.", false);
    if (options & 1) fuzz_option(&f, "csv.ignore-parse-errors", "true");
    if (options & 2) fuzz_option(&f, "csv.allow-comments", "true");
    if (options & 4) fuzz_option(&f, "csv.escape-character", "\\");
    if (options & 8) fuzz_option(&f, "csv.null-literal", "null");
    if (options & 16) fuzz_option(&f, "csv.field-delimiter", "*"); /* its low nibble is the newline's */
    if (options & 32) fuzz_option(&f, "csv.disable-quote-character", "true");
    fuzz_run(&f, how, p, len);
    return f.rows + f.bad;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    if (len_bytes < 2) return 0;
    const char *p = (const char *)data + 2;
    uint64_t rows = rows_of(data[0], data[1], p, len_bytes - 2);
    if (data[0] & 32) return 0;
    if (rows_of(data[0] ^ 15, data[1], p, len_bytes - 2) == rows) return 0;
    for (size_t i = 0; i < len_bytes; i++) fprintf(stderr, isprint(data[i]) ? "%c" : "\\x%02x", data[i]);
    fuzz_fail(": torn in another way, there are other rows");
    return 0;
}
