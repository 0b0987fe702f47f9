/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes JSON: framer and decoder over any bytes. jansson is the oracle in one direction: a line that it
 * takes as an object must not be bad JSON to us (we take more, as Flink does).
 */
#include "tests/fuzz/format_fuzz.h"

#include <jansson.h>

#include "formats/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static void decode(uint8_t how, uint8_t options, const char *p, size_t len, struct format_fuzz *f) {
    fuzz_init(f, &json_format, "json.", true);
    if (options & 1) fuzz_option(f, "json.ignore-parse-errors", "true");
    else if (options & 2) fuzz_option(f, "json.fail-on-missing-field", "true");
    if (options & 4) fuzz_option(f, "json.timestamp-format.standard", "ISO-8601");
    fuzz_run(f, how, p, len);
}

/* As a message, one object; BIGINT c2 may not fit, so errors of fields are ignored. */
static void check_oracle(const char *p, size_t len) {
    json_error_t at;
    json_t *j = json_loadb(p, len, 0, &at);
    if (!json_is_object(j)) {
        json_decref(j);
        return;
    }
    json_decref(j);
    struct format_fuzz f;
    decode(32, 1, p, len, &f);
    if (f.rows != 1) fuzz_fail("jansson takes it, we do not");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    struct format_fuzz f;
    if (len_bytes < 2) return 0;
    const char *p = (const char *)data + 2;
    decode(data[0], data[1], p, len_bytes - 2, &f);
    check_oracle(p, len_bytes - 2);
    return 0;
}
