/* SPDX-License-Identifier: Apache-2.0
 *
 * Avro container files: the header, frames of whole blocks, codecs.
 * A file is "Obj" 1, a map with schema and codec, 16 bytes sync marker; then blocks: number of records, bytes
 * of data, the data, the marker again. The framer checks counts and markers; a decoder may trust them.
 */
#define _GNU_SOURCE /* memmem */

#include <inttypes.h>
#include <snappy-c.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

#include "formats/avro.h"
#include "formats/crc32.h"

#define BLOCK_MAX (1 << 30)       /* bytes of a block, compressed or not */
#define HEADER_MAX (16 << 20)
#define FRAME_MAX (8 << 20)       /* no further block is added to a frame beyond this */

static enum status no_memory(struct error *e) {
    return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
}

bool avro_codec_of(struct str name, enum avro_codec *out) {
    static const char *const names[] = {"null", "deflate", "snappy", "zstandard"};
    for (unsigned k = 0; k < ARRAY_LEN(names); k++) {
        if (!str_ieq(name, str_of(names[k]))) continue;
        *out = (enum avro_codec)k;
        return true;
    }
    return false;
}

/* ---- codecs ---- */

static enum status inflate_block(const char *p, size_t n, struct outbuf *buf, struct error *e) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n};
    if (inflateInit2(&z, -15) != Z_OK) return no_memory(e);
    int result = Z_OK;
    outbuf_reserve(buf, n * 4 + 4096);
    while (result == Z_OK && buf->len < BLOCK_MAX) {
        outbuf_reserve(buf, 4096);
        z.next_out = (Bytef *)buf->data + buf->len;
        z.avail_out = (uInt)(buf->cap - buf->len < BLOCK_MAX ? buf->cap - buf->len : BLOCK_MAX);
        size_t room = z.avail_out;
        result = inflate(&z, Z_NO_FLUSH);
        if (result == Z_BUF_ERROR || (result == Z_OK && z.avail_in == 0 && z.avail_out == room)) break;
        buf->len += room - z.avail_out;
    }
    inflateEnd(&z);
    return result == Z_STREAM_END ? ST_OK : error_set(e, ERR_DECODE, "the block's deflate data is damaged");
}

static enum status unsnap_block(const char *p, size_t n, struct outbuf *buf, struct error *e) {
    size_t len;
    if (n < 4 || snappy_uncompressed_length(p, n - 4, &len) != SNAPPY_OK || len > BLOCK_MAX || len / 64 > n) {
        return error_set(e, ERR_DECODE, "the block's snappy data is damaged");
    }
    char *out = outbuf_reserve(buf, len);
    if (snappy_uncompress(p, n - 4, out, &len) != SNAPPY_OK) {
        return error_set(e, ERR_DECODE, "the block's snappy data is damaged");
    }
    buf->len = len;
    const uint8_t *c = (const uint8_t *)p + n - 4;
    uint32_t crc = (uint32_t)c[0] << 24 | (uint32_t)c[1] << 16 | (uint32_t)c[2] << 8 | c[3];
    if (crc32_of(out, len) == crc) return ST_OK;
    return error_set(e, ERR_DECODE, "the block's snappy checksum does not match");
}

static enum status unzstd_block(const char *p, size_t n, struct outbuf *buf, struct error *e) {
    ZSTD_DStream *z = ZSTD_createDStream();
    if (!z) return no_memory(e);
    unsigned long long known = ZSTD_getFrameContentSize(p, n);
    outbuf_reserve(buf, known < BLOCK_MAX ? (size_t)known : n * 4 + 4096);
    ZSTD_inBuffer in = {p, n, 0};
    size_t result = 1;
    while (in.pos < in.size && !ZSTD_isError(result) && buf->len < BLOCK_MAX) {
        outbuf_reserve(buf, 4096);
        ZSTD_outBuffer out = {buf->data, buf->cap, buf->len};
        result = ZSTD_decompressStream(z, &out, &in);
        if (out.pos == buf->len && result != 0 && in.pos == in.size) break;
        buf->len = out.pos;
    }
    while (result != 0 && !ZSTD_isError(result) && buf->len < BLOCK_MAX) {
        outbuf_reserve(buf, 4096);
        ZSTD_outBuffer out = {buf->data, buf->cap, buf->len};
        result = ZSTD_decompressStream(z, &out, &in);
        if (out.pos == buf->len) break;
        buf->len = out.pos;
    }
    ZSTD_freeDStream(z);
    return result == 0 ? ST_OK : error_set(e, ERR_DECODE, "the block's zstandard data is damaged");
}

enum status avro_decompress(enum avro_codec codec, const char *p, size_t n, struct outbuf *buf,
                            struct error *e) {
    buf->len = 0;
    switch (codec) {
    case AVRO_CODEC_NULL: outbuf_put(buf, p, n); break;
    case AVRO_CODEC_DEFLATE: TRY(inflate_block(p, n, buf, e)); break;
    case AVRO_CODEC_SNAPPY: TRY(unsnap_block(p, n, buf, e)); break;
    case AVRO_CODEC_ZSTANDARD: TRY(unzstd_block(p, n, buf, e)); break;
    }
    memset(outbuf_reserve(buf, AVRO_PAD), 0, AVRO_PAD);
    return ST_OK;
}

static enum status deflate_block(const char *p, size_t n, struct outbuf *out, struct error *e) {
    z_stream z = {.next_in = (Bytef *)(uintptr_t)p, .avail_in = (uInt)n};
    if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return no_memory(e);
    size_t bound = deflateBound(&z, (uLong)n);
    z.next_out = (Bytef *)outbuf_reserve(out, bound);
    z.avail_out = (uInt)bound;
    int result = deflate(&z, Z_FINISH);
    out->len += bound - z.avail_out;
    deflateEnd(&z);
    return result == Z_STREAM_END ? ST_OK : error_set(e, ERR_ENCODE, "a block cannot be compressed");
}

enum status avro_compress(enum avro_codec codec, const char *p, size_t n, struct outbuf *out,
                          struct error *e) {
    size_t len;
    switch (codec) {
    case AVRO_CODEC_NULL: outbuf_put(out, p, n); return ST_OK;
    case AVRO_CODEC_DEFLATE: return deflate_block(p, n, out, e);
    case AVRO_CODEC_SNAPPY: {
        len = snappy_max_compressed_length(n);
        char *to = outbuf_reserve(out, len + 4);
        if (snappy_compress(p, n, to, &len) != SNAPPY_OK) break;
        out->len += len;
        uint32_t crc = __builtin_bswap32(crc32_of(p, n));
        outbuf_put(out, &crc, sizeof crc);
        return ST_OK;
    }
    case AVRO_CODEC_ZSTANDARD:
        len = ZSTD_compressBound(n);
        len = ZSTD_compress(outbuf_reserve(out, len), len, p, n, 1);
        if (ZSTD_isError(len)) break;
        out->len += len;
        return ST_OK;
    }
    return error_set(e, ERR_ENCODE, "a block cannot be compressed");
}

/* ---- header ---- */

static enum status framer_open(UNUSED const struct format_config *c, struct framer **out, struct error *e) {
    struct avro_framer *f = calloc(1, sizeof *f);
    *out = (struct framer *)f;
    return f ? ST_OK : no_memory(e);
}

static void framer_close(struct framer *framer) {
    struct avro_framer *f = (struct avro_framer *)framer;
    free((void *)(uintptr_t)f->schema.ptr);
    free(f);
}

static bool header_string(struct avro_cursor *c, struct str *out) {
    int64_t n;
    if (!avro_read_long(c, &n) || n < 0 || n > c->end - c->p) return false;
    *out = (struct str){(const char *)c->p, (size_t)n};
    c->p += n;
    return true;
}

/* The header's map; false if it ends too early (or makes no sense). */
static bool header_map(struct avro_cursor *c, struct str *schema, struct str *codec) {
    for (;;) {
        int64_t n, bytes;
        struct str key, value;
        if (!avro_read_long(c, &n) || n == INT64_MIN) return false;
        if (n == 0) return true;
        if (n < 0) {
            n = -n;
            if (!avro_read_long(c, &bytes)) return false;
        }
        for (; n > 0; n--) {
            if (!header_string(c, &key) || !header_string(c, &value)) return false;
            if (str_eq(key, STR("avro.schema"))) *schema = value;
            if (str_eq(key, STR("avro.codec"))) *codec = value;
        }
    }
}

static enum status framer_header(struct framer *framer, const char *p, size_t len, bool eof, size_t *used,
                                 struct error *e) {
    struct avro_framer *f = (struct avro_framer *)framer;
    *used = 0;
    if (len == 0 && eof) return ST_OK; /* an empty file: no rows */
    if (memcmp(p, "Obj\x01", len < 4 ? len : 4) != 0 || (len < 4 && eof)) {
        return error_set(e, ERR_DECODE, "this is not an Avro file: it does not begin with 'Obj' and 1");
    }
    struct avro_cursor c = {(const uint8_t *)p + 4, (const uint8_t *)p + len};
    struct str schema = {0}, codec = STR("null");
    if (len < 4 || !header_map(&c, &schema, &codec) || c.end - c.p < AVRO_SYNC_BYTES) {
        if (eof || len > HEADER_MAX)
            return error_set(e, ERR_DECODE, "the Avro file's header is damaged or cut off");
        *used = SIZE_MAX;
        return ST_OK;
    }
    if (!avro_codec_of(codec, &f->codec)) {
        return error_set(e, ERR_DECODE,
                         "the Avro codec '%.*s' is not supported (null, deflate, snappy, zstandard are)",
                         STR_ARG(codec));
    }
    if (schema.len == 0) return error_set(e, ERR_DECODE, "the Avro file's header has no schema");
    free((void *)(uintptr_t)f->schema.ptr);
    char *copy = malloc(schema.len);
    if (!copy) return no_memory(e);
    memcpy(copy, schema.ptr, schema.len);
    f->schema = (struct str){copy, schema.len};
    memcpy(f->sync, c.p, AVRO_SYNC_BYTES);
    *used = (size_t)(c.p + AVRO_SYNC_BYTES - (const uint8_t *)p);
    f->offset = (int64_t)*used;
    return ST_OK;
}

/* ---- frames ---- */

enum block_state { BLOCK_WHOLE, BLOCK_PARTIAL, BLOCK_BAD };

/* Looks at the block at the cursor and steps over it. */
static enum block_state take_block(const struct avro_framer *f, struct avro_cursor *c, const char **reason) {
    int64_t count, size;
    struct avro_cursor at = *c;
    if (!avro_read_long(&at, &count) || !avro_read_long(&at, &size)) {
        *reason = "it has no valid length";
        return at.end - c->p >= 20 ? BLOCK_BAD : BLOCK_PARTIAL;
    }
    *reason = count < 0 ? "its number of records is negative"
              : size < 0 ? "its length is negative"
              : size > BLOCK_MAX ? "it is longer than 1 GiB"
                                 : NULL;
    if (*reason) return BLOCK_BAD;
    if (at.end - at.p < size + AVRO_SYNC_BYTES) return BLOCK_PARTIAL;
    if (memcmp(at.p + size, f->sync, AVRO_SYNC_BYTES) != 0) {
        *reason = "the marker behind it is wrong";
        return BLOCK_BAD;
    }
    c->p = at.p + size + AVRO_SYNC_BYTES;
    return BLOCK_WHOLE;
}

static void framer_give_up(struct framer *framer) {
    ((struct avro_framer *)framer)->lost = true;
}

/* Bytes up to behind the next marker; all but what may be the beginning of one if there is none yet. */
static size_t find_marker(struct avro_framer *f, const char *p, size_t len, bool eof) {
    const char *found = memmem(p, len, f->sync, AVRO_SYNC_BYTES);
    size_t kept = eof ? 0 : AVRO_SYNC_BYTES - 1;
    size_t skip = found ? (size_t)(found - p) + AVRO_SYNC_BYTES : len > kept ? len - kept : 0;
    f->lost = !found;
    f->offset += (int64_t)skip;
    return skip;
}

static enum status framer_cut(struct framer *framer, const char *p, size_t len, bool eof,
                              UNUSED size_t target, struct frame *out, struct error *e) {
    struct avro_framer *f = (struct avro_framer *)framer;
    struct avro_cursor c = {(const uint8_t *)p, (const uint8_t *)p + len};
    *out = (struct frame){0, 0};
    if (f->lost) {
        out->skip_bytes = find_marker(f, p, len, eof);
        return ST_OK;
    }
    unsigned blocks = 0;
    enum block_state state = BLOCK_WHOLE;
    while (blocks < AVRO_FRAME_BLOCKS && c.p < c.end && c.p - (const uint8_t *)p < FRAME_MAX) {
        const char *reason = NULL;
        state = take_block(f, &c, &reason);
        if (state == BLOCK_WHOLE) {
            blocks++;
            continue;
        }
        if (state == BLOCK_PARTIAL && eof) reason = "the file ends within it";
        if (blocks || (state == BLOCK_PARTIAL && !eof)) break;
        return error_set(e, ERR_DECODE, "the Avro block at byte %" PRId64 " is damaged: %s",
                         f->offset + (c.p - (const uint8_t *)p), reason);
    }
    bool full =
        blocks == AVRO_FRAME_BLOCKS || state == BLOCK_BAD || eof || c.p - (const uint8_t *)p >= FRAME_MAX;
    if (!full || blocks == 0) return ST_OK;
    out->len_bytes = (size_t)(c.p - (const uint8_t *)p);
    f->offset += (int64_t)out->len_bytes;
    return ST_OK;
}

const struct framer_class avro_framer_class = {
    .open = framer_open,
    .header = framer_header,
    .cut = framer_cut,
    .give_up = framer_give_up,
    .close = framer_close,
};
