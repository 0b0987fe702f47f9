/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes Avro with any writer's schema against the table's: the input is two bytes of settings, the schema up
 * to a newline, and the records. They are put into a container whose header, block and checksums are right,
 * in any codec; with bit 3 of the second byte the codec is given the bytes as they are.
 */
#include "tests/fuzz/format_fuzz.h"

#include "formats/avro.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static void put_long(struct outbuf *o, int64_t n) {
    uint64_t u = (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
    for (; u >= 128; u >>= 7) outbuf_char(o, (char)(u | 128));
    outbuf_char(o, (char)u);
}

static void put_text(struct outbuf *o, struct str s) {
    put_long(o, (int64_t)s.len);
    outbuf_put(o, s.ptr, s.len);
}

static void put_block(struct outbuf *o, uint8_t how, struct str records, int64_t count) {
    struct outbuf packed = {0};
    struct error e = {0};
    if (how & 8) outbuf_put(&packed, records.ptr, records.len);
    else if (avro_compress((enum avro_codec)(how & 3), records.ptr, records.len, &packed, &e) != ST_OK)
        fuzz_fail(e.text);
    put_long(o, count);
    put_text(o, (struct str){packed.data ? packed.data : "", packed.len});
    outbuf_put(o, "0123456789abcdef", AVRO_SYNC_BYTES);
    outbuf_free(&packed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    static const char *const codecs[] = {"null", "deflate", "snappy", "zstandard"};
    struct format_fuzz f;
    struct outbuf o = {0};
    if (len_bytes < 3) return 0;
    struct str schema = {(const char *)data + 2, len_bytes - 2};
    const char *newline = memchr(schema.ptr, '\n', schema.len);
    if (newline) schema.len = (size_t)(newline - schema.ptr);
    struct str records = {schema.ptr + schema.len + !!newline, len_bytes - 2 - schema.len - !!newline};
    outbuf_put(&o, "Obj\1\4", 5);
    put_text(&o, STR("avro.schema"));
    put_text(&o, schema);
    put_text(&o, STR("avro.codec"));
    put_text(&o, str_of(codecs[data[1] & 3]));
    outbuf_char(&o, 0);
    outbuf_put(&o, "0123456789abcdef", AVRO_SYNC_BYTES);
    put_block(&o, data[1], records, 1 + (data[1] >> 4));
    put_block(&o, data[1], records, 1);
    fuzz_init(&f, &avro_format, "avro.", true);
    fuzz_run(&f, data[0] & ~32, o.data, o.len);
    outbuf_free(&o);
    return 0;
}
