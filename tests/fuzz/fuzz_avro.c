/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes Avro: schemas, container files and messages of any bytes. With bit 6 of the first byte the bytes are
 * data behind a header that fits the table, so that records are reached.
 */
#include "tests/fuzz/format_fuzz.h"

#include "formats/avro.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

/* A file of one block: the table's own header, a count, the data. */
static void put_file(struct outbuf *o, const struct format_fuzz *f, const uint8_t *data, size_t len) {
    struct error e = {0};
    struct encoder *en;
    if (f->format->encoder->open(&f->config, &en, &e) != ST_OK) fuzz_fail(e.text);
    if (f->format->encoder->file_begin(en, o, &e) != ST_OK) fuzz_fail(e.text);
    f->format->encoder->close(en);
    char sync[AVRO_SYNC_BYTES];
    memcpy(sync, o->data + o->len - sizeof sync, sizeof sync);
    for (unsigned block = 0; block < 4 && len; block++) {
        uint8_t count = data[0] & 63;
        size_t n = block == 3 ? len : len / 2;
        outbuf_char(o, (char)(count * 2));
        for (uint64_t u = (uint64_t)n * 2;; u >>= 7) {
            outbuf_char(o, (char)(u >= 128 ? u | 128 : u));
            if (u < 128) break;
        }
        outbuf_put(o, data, n);
        outbuf_put(o, sync, sizeof sync);
        data += n;
        len -= n;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    struct format_fuzz f;
    struct outbuf file = {0};
    if (len_bytes < 1) return 0;
    fuzz_init(&f, &avro_format, "avro.", true);
    fuzz_option(&f, "avro.codec", "null");
    if (data[0] & 128) {
        /* flat columns only: the fast loops */
        f.schema.count = 5;
    }
    if ((data[0] & 96) == 64) put_file(&file, &f, data + 1, len_bytes - 1);
    else outbuf_put(&file, data + 1, len_bytes - 1);
    fuzz_run(&f, data[0], file.data, file.len);
    outbuf_free(&file);
    return 0;
}
