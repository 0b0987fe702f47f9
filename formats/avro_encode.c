/* SPDX-License-Identifier: Apache-2.0
 *
 * Vectors to Avro, and the avro format's options. Records go by the schema that Flink derives from a table;
 * in files they are gathered into blocks of about 64 KiB, which are written when full and at file_flush.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/env.h"
#include "formats/avro.h"
#include "formats/scalar.h"

#define BLOCK_BYTES 65536

struct avro_encoder {
    struct arena arena;
    const struct schema *table;
    struct avro_type *record;
    enum avro_codec codec;
    uint8_t sync[AVRO_SYNC_BYTES];
    struct outbuf block;  /* records not written yet */
    uint64_t nrecords;    /* in the block */
    struct outbuf packed; /* scratch */
};

const struct option_def avro_option_defs[] = {
    {.key = "codec",
     .type = OPT_ENUM,
     .def = "snappy",
     .values = "null|deflate|snappy|zstandard",
     .help = "compression of the blocks of files that are written"},
    {.key = "encoding",
     .type = OPT_ENUM,
     .def = "binary",
     .values = "binary|json",
     .help = "of records; json is not supported yet"},
    {.key = "timestamp_mapping.legacy",
     .type = OPT_BOOL,
     .def = "true",
     .help = "TIMESTAMP is written as Avro's timestamp; false: as its local-timestamp"},
    {.key = NULL},
};

static enum status avro_validate(const struct options *o, const char *prefix, const struct schema *schema,
                                 struct error *e) {
    if (str_ieq(option_str(o, prefix, avro_option_defs, "encoding"), STR("json"))) {
        return error_set(e, ERR_INVALID_OPTION, "'%sencoding' = 'json' is not supported yet", prefix);
    }
    struct arena a = {0};
    struct avro_type *unused;
    bool legacy = option_bool(o, prefix, avro_option_defs, "timestamp_mapping.legacy");
    enum status st = avro_schema_of_table(schema, legacy, &a, &unused, e);
    arena_free(&a);
    return st;
}

static void avro_close(struct encoder *encoder) {
    struct avro_encoder *en = (struct avro_encoder *)encoder;
    arena_free(&en->arena);
    outbuf_free(&en->block);
    outbuf_free(&en->packed);
    free(en);
}

static enum status avro_open(const struct format_config *c, struct encoder **out, struct error *e) {
    struct avro_encoder *en = calloc(1, sizeof *en);
    if (!en) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    en->table = c->schema;
    avro_codec_of(option_str(c->options, c->prefix, avro_option_defs, "codec"), &en->codec);
    bool legacy = option_bool(c->options, c->prefix, avro_option_defs, "timestamp_mapping.legacy");
    struct env env = env_real;
    if (env.random(&env, en->sync, sizeof en->sync) < 0) {
        error_set(e, ERR_IO, "no random bytes for the Avro file's marker");
    } else if (avro_schema_of_table(c->schema, legacy, &en->arena, &en->record, e) == ST_OK) {
        *out = (struct encoder *)en;
        return ST_OK;
    }
    avro_close((struct encoder *)en);
    return ST_ERROR;
}

/* ---- values ---- */

static void put_long(struct outbuf *o, int64_t n) {
    uint64_t u = (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
    char *p = outbuf_reserve(o, 10);
    size_t k = 0;
    for (; u >= 128; u >>= 7) p[k++] = (char)(u | 128);
    p[k++] = (char)u;
    o->len += k;
}

static void put_counted(struct outbuf *o, struct str s) {
    put_long(o, (int64_t)s.len);
    outbuf_put(o, s.ptr, s.len);
}

static void put_decimal(struct outbuf *o, __int128 value) {
    char bytes[16];
    unsigned n = 0;
    for (; n < 16; value >>= 8) {
        bytes[15 - n++] = (char)value;
        if ((value >> 8 == 0 && (int8_t)value >= 0) || (value >> 8 == -1 && (int8_t)value < 0)) break;
    }
    put_counted(o, (struct str){bytes + 16 - n, n});
}

static int64_t to_units(int64_t ticks, const struct type *t, enum avro_logical logical) {
    int64_t per_second = logical == AVRO_TIMESTAMP_MILLIS || logical == AVRO_LOCAL_MILLIS   ? 1000
                         : logical == AVRO_TIMESTAMP_MICROS || logical == AVRO_LOCAL_MICROS ? 1000000
                                                                                            : 1000000000;
    int64_t div = type_ticks_per_second(t) / per_second;
    return div > 1 ? ticks / div - (ticks % div < 0) : ticks;
}

static bool put_value(struct outbuf *o, const struct avro_type *w, const struct vec *v, uint32_t row);

static bool put_list(struct outbuf *o, const struct avro_type *w, const struct vec *v, uint32_t i) {
    struct listref list = ((const struct listref *)v->data)[i];
    bool map = w->kind == AVRO_KIND_MAP;
    if (list.len) put_long(o, list.len);
    for (uint32_t k = 0; k < list.len; k++) {
        if (map) {
            const struct vec *key = &v->child[0];
            if (vec_is_null(key, list.offset + k)) return false;
            uint32_t at = vec_index(key, list.offset + k);
            put_counted(o, strview_str(&((const struct strview *)key->data)[at]));
        }
        if (!put_value(o, w->items[0], &v->child[map], list.offset + k)) return false;
    }
    put_long(o, 0);
    return true;
}

/* False: a NULL where the schema has none. */
static bool put_value(struct outbuf *o, const struct avro_type *w, const struct vec *v, uint32_t row) {
    uint32_t i = vec_index(v, row);
    bool null = !valid_bit(v->valid, i);
    if (w->kind == AVRO_KIND_UNION) {
        outbuf_char(o, null ? 0 : 2);
        if (null) return true;
        w = w->items[1];
    }
    if (null) return false;
    switch (w->kind) {
    case AVRO_KIND_BOOLEAN: outbuf_char(o, (char)((const uint8_t *)v->data)[i]); return true;
    case AVRO_KIND_INT: put_long(o, vec_int(v, i)); return true;
    case AVRO_KIND_LONG:
        put_long(o, w->logical ? to_units(vec_int(v, i), v->type, w->logical) : vec_int(v, i));
        return true;
    case AVRO_KIND_FLOAT: outbuf_put(o, (const float *)v->data + i, sizeof(float)); return true;
    case AVRO_KIND_DOUBLE: outbuf_put(o, (const double *)v->data + i, sizeof(double)); return true;
    case AVRO_KIND_BYTES:
        if (w->logical == AVRO_DECIMAL) put_decimal(o, scalar_decimal_at(v, i));
        else put_counted(o, strview_str(&((const struct strview *)v->data)[i]));
        return true;
    case AVRO_KIND_STRING: put_counted(o, strview_str(&((const struct strview *)v->data)[i])); return true;
    case AVRO_KIND_ARRAY: case AVRO_KIND_MAP: return put_list(o, w, v, i);
    case AVRO_KIND_RECORD:
        for (uint32_t k = 0; k < w->count; k++) {
            if (!put_value(o, w->items[k], &v->child[k], i)) return false;
        }
        return true;
    case AVRO_KIND_NULL:
    case AVRO_KIND_ENUM:
    case AVRO_KIND_UNION:
    case AVRO_KIND_FIXED:
    case AVRO_KIND_COUNT: break;
    }
    return false;
}

/* ---- records and blocks ---- */

static enum status write_block(struct avro_encoder *en, struct outbuf *o, struct error *e) {
    if (en->nrecords == 0) return ST_OK;
    en->packed.len = 0;
    TRY(avro_compress(en->codec, en->block.data ? en->block.data : "", en->block.len, &en->packed, e));
    put_long(o, (int64_t)en->nrecords);
    put_long(o, (int64_t)en->packed.len);
    outbuf_put(o, en->packed.data, en->packed.len);
    outbuf_put(o, en->sync, sizeof en->sync);
    en->nrecords = 0;
    en->block.len = 0;
    return ST_OK;
}

static enum status put_record(struct avro_encoder *en, const struct batch *b, uint32_t row, struct outbuf *o,
                              struct error *e) {
    size_t start = o->len;
    for (uint32_t c = 0; c < en->record->count; c++) {
        if (put_value(o, en->record->items[c], b->cols[c], row)) continue;
        o->len = start;
        return error_set(e, ERR_ENCODE, "column '%.*s' has a NULL where its type says NOT NULL",
                         STR_ARG(en->table->fields[c].name));
    }
    return ST_OK;
}

static enum status avro_rows(struct encoder *encoder, const struct batch *b, struct sel sel, struct outbuf *o,
                             size_t *ends, struct error *e) {
    struct avro_encoder *en = (struct avro_encoder *)encoder;
    SEL_FOREACH(sel, k, row) {
        TRY(put_record(en, b, row, ends ? o : &en->block, e));
        if (ends) {
            ends[k] = o->len;
            continue;
        }
        en->nrecords++;
        if (en->block.len >= BLOCK_BYTES) TRY(write_block(en, o, e));
    }
    return ST_OK;
}

static enum status avro_file_begin(struct encoder *encoder, struct outbuf *o, UNUSED struct error *e) {
    struct avro_encoder *en = (struct avro_encoder *)encoder;
    static const char *const names[] = {"null", "deflate", "snappy", "zstandard"};
    en->block.len = 0;
    en->nrecords = 0;
    en->packed.len = 0;
    avro_schema_print(&en->packed, en->record);
    outbuf_put(o, "Obj\x01", 4);
    put_long(o, 2);
    put_counted(o, STR("avro.schema"));
    put_counted(o, (struct str){en->packed.data, en->packed.len});
    put_counted(o, STR("avro.codec"));
    put_counted(o, str_of(names[en->codec]));
    put_long(o, 0);
    outbuf_put(o, en->sync, sizeof en->sync);
    return ST_OK;
}

static enum status avro_file_flush(struct encoder *encoder, struct outbuf *o, struct error *e) {
    return write_block((struct avro_encoder *)encoder, o, e);
}

const struct encoder_class avro_encoder_class = {
    .open = avro_open,
    .rows = avro_rows,
    .file_begin = avro_file_begin,
    .file_flush = avro_file_flush,
    .close = avro_close,
};

const struct format_class avro_format = {
    .desc = {.name = "avro",
             .caps = FORMAT_DECODES | FORMAT_ENCODES | FORMAT_IN_FILES | FORMAT_IN_MESSAGES,
             .options = avro_option_defs,
             .validate = avro_validate,
             .help = "Avro container files, and plain records in messages"},
    .framer = &avro_framer_class,
    .decoder = &avro_decoder_class,
    .encoder = &avro_encoder_class,
    .infer = avro_infer,
};
