/* SPDX-License-Identifier: Apache-2.0
 *
 * The raw format: one column, whose bytes are the whole line or message. STRING and BYTES are taken as they
 * are (bytes that are no UTF-8 become U+FFFD, as in Java), numbers in binary form, BOOLEAN as one byte.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/format.h"
#include "formats/line_framer.h"
#include "formats/raw.h"
#include "formats/scalar.h"


struct raw_decoder {
    struct format_config config;
    bool little;
    struct decode_frame frame;
    size_t at;                      /* of the next line */
    const struct message *messages; /* NULL: a frame */
    uint32_t nmessages, message;
    bool failed;                    /* the last value was bad */
    struct str bad;
    int64_t bad_position;
};

struct raw_encoder {
    bool little;
};

static const struct option_def raw_option_defs[] = {
    {.key = "charset", .type = OPT_STRING, .def = "UTF-8", .help = "of STRING; only UTF-8 is supported yet"},
    {.key = "endianness", .type = OPT_ENUM, .def = "big-endian", .values = "big-endian|little-endian",
     .help = "of numbers"},
    {.key = NULL},
};

/* Bytes of a value in binary form; 0 = as many as there are, -1 = the type has no raw form. */
static int raw_width(const struct type *t) {
    switch (t->kind) {
    case TYPE_CHAR: case TYPE_VARCHAR: case TYPE_BINARY: case TYPE_VARBINARY: return 0;
    case TYPE_BOOLEAN: case TYPE_TINYINT: return 1;
    case TYPE_SMALLINT: return 2;
    case TYPE_INT: case TYPE_FLOAT: return 4;
    case TYPE_BIGINT: case TYPE_DOUBLE: return 8;
    default: return -1;
    }
}

static enum status raw_validate(const struct options *o, const char *prefix, const struct schema *schema,
                                struct error *e) {
    struct str charset = option_str(o, prefix, raw_option_defs, "charset");
    if (!str_ieq(charset, STR("UTF-8"))) {
        return error_set(e, ERR_INVALID_OPTION, "'%scharset' = '%.*s' is not supported yet, only UTF-8",
                         prefix, STR_ARG(charset));
    }
    if (schema->count != 1) {
        return error_set(e, ERR_INVALID_QUERY, "the raw format takes one column, the table has %u",
                         schema->count);
    }
    if (raw_width(schema->fields[0].type) >= 0) return ST_OK;
    return error_set(e, ERR_INVALID_QUERY, "column '%.*s': the raw format has no form for its type",
                     STR_ARG(schema->fields[0].name));
}

static bool is_little(const struct format_config *c) {
    return str_ieq(option_str(c->options, c->prefix, raw_option_defs, "endianness"), STR("little-endian"));
}

/* n bytes, reversed unless little-endian. */
static void copy_bytes(void *to, const void *from, unsigned n, bool little) {
    for (unsigned k = 0; k < n; k++) ((char *)to)[k] = ((const char *)from)[little ? k : n - 1 - k];
}

/* ---- decoding ---- */

static enum status raw_open(const struct format_config *c, struct decoder **out, struct error *e) {
    struct raw_decoder *d = calloc(1, sizeof *d);
    if (!d) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    d->config = *c;
    d->little = is_little(c);
    *out = (struct decoder *)d;
    return ST_OK;
}

static void raw_close(struct decoder *decoder) {
    free(decoder);
}

static enum status raw_begin_frame(struct decoder *decoder, const struct decode_frame *f,
                                   UNUSED struct error *e) {
    struct raw_decoder *d = (struct raw_decoder *)decoder;
    d->frame = *f;
    d->at = 0;
    d->messages = NULL;
    d->failed = false;
    return ST_OK;
}

static enum status raw_begin_messages(struct decoder *decoder, const struct message *m, uint32_t n,
                                      UNUSED struct error *e) {
    struct raw_decoder *d = (struct raw_decoder *)decoder;
    d->messages = m;
    d->nmessages = n;
    d->message = 0;
    d->failed = false;
    return ST_OK;
}

/* The next value's bytes; ptr NULL = a tombstone. False: there is none. */
static bool next_value(struct raw_decoder *d, struct str *out, int64_t *position) {
    if (d->messages) {
        if (d->message == d->nmessages) return false;
        const struct message *m = &d->messages[d->message];
        *position = d->message++;
        *out = (struct str){m->data, m->len};
        return true;
    }
    if (d->at >= d->frame.len) return false;
    const char *p = d->frame.data + d->at;
    const char *nl = memchr(p, '\n', d->frame.len - d->at);
    size_t len = nl ? (size_t)(nl - p) : d->frame.len - d->at;
    *position = d->frame.offset + (int64_t)d->at;
    d->at += len + 1;
    if (len && nl && p[len - 1] == '\r') len--;
    *out = (struct str){p, len};
    return true;
}

static struct str repair_utf8(struct str s, struct arena *a) {
    char *p = arena_alloc_raw(a, s.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len;) {
        size_t k = 1;
        while (k < 4 && i + k <= s.len && !scalar_utf8_valid(s.ptr + i, k)) k++;
        if (i + k <= s.len && k <= 4 && scalar_utf8_valid(s.ptr + i, k)) {
            memcpy(p + n, s.ptr + i, k);
            n += k;
            i += k;
        } else {
            memcpy(p + n, "\xef\xbf\xbd", 3);
            n += 3;
            i++;
        }
    }
    return (struct str){p, n};
}

static bool put_value(const struct raw_decoder *d, struct str s, struct vec *v, uint32_t i, struct arena *a) {
    unsigned width = (unsigned)raw_width(v->type);
    if (!s.ptr) {
        scalar_set_null(v, i, a);
    } else if (width == 0) {
        if (type_is_string(v->type) && !scalar_utf8_valid(s.ptr, s.len)) s = repair_utf8(s, a);
        ((struct strview *)v->data)[i] = strview_of(s.ptr, s.len);
    } else if (s.len == width) {
        copy_bytes((char *)v->data + (size_t)width * i, s.ptr, width, d->little);
        if (v->phys == PHYS_BOOL) ((uint8_t *)v->data)[i] = ((uint8_t *)v->data)[i] != 0;
    } else {
        return false;
    }
    return true;
}

static enum status report_bad(struct raw_decoder *d, struct error *e) {
    d->failed = false;
    const struct field *f = &d->config.schema->fields[0];
    return error_set(e, ERR_DECODE, "column '%.*s': %zu bytes where %d are needed", STR_ARG(f->name),
                     d->bad.len, raw_width(f->type));
}

static enum status raw_next(struct decoder *decoder, uint32_t max_rows, struct arena *a, struct batch **out,
                            int64_t *positions, struct error *e) {
    struct raw_decoder *d = (struct raw_decoder *)decoder;
    *out = NULL;
    if (d->failed) return report_bad(d, e);
    struct vec *v = ARENA_NEW(a, struct vec);
    uint32_t rows = 0, ncols = d->config.nprojection; /* 0 or 1 */
    vec_make_flat(v, a, d->config.schema->fields[0].type, max_rows);
    struct str s;
    while (rows < max_rows && next_value(d, &s, &positions[rows])) {
        if (!ncols || put_value(d, s, v, rows, a)) {
            rows++;
            continue;
        }
        d->failed = true;
        d->bad = s;
        d->bad_position = positions[rows];
        break;
    }
    if (rows == 0) return d->failed ? report_bad(d, e) : ST_OK;
    struct batch *b = batch_new(a, ncols);
    b->rows = b->count = rows;
    v->rows = rows;
    if (ncols) b->cols[0] = v;
    *out = b;
    return ST_OK;
}

static struct str raw_bad(struct decoder *decoder, int64_t *position) {
    const struct raw_decoder *d = (const struct raw_decoder *)decoder;
    *position = d->bad_position;
    return d->bad;
}

static const struct decoder_class raw_decoder_class = {
    .open = raw_open,
    .begin_frame = raw_begin_frame,
    .begin_messages = raw_begin_messages,
    .next = raw_next,
    .bad = raw_bad,
    .close = raw_close,
};

/* ---- encoding ---- */

static enum status raw_encoder_open(const struct format_config *c, struct encoder **out, struct error *e) {
    struct raw_encoder *en = calloc(1, sizeof *en);
    if (!en) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    en->little = is_little(c);
    *out = (struct encoder *)en;
    return ST_OK;
}

static enum status raw_rows(struct encoder *encoder, const struct batch *b, struct sel sel, struct outbuf *o,
                            size_t *ends, UNUSED struct error *e) {
    const struct raw_encoder *en = (const struct raw_encoder *)encoder;
    const struct vec *v = b->cols[0];
    unsigned width = (unsigned)raw_width(v->type);
    SEL_FOREACH(sel, k, row) {
        uint32_t i = vec_index(v, row);
        if (valid_bit(v->valid, i) && width == 0) {
            struct str s = strview_str(&((const struct strview *)v->data)[i]);
            outbuf_put(o, s.ptr, s.len);
        } else if (valid_bit(v->valid, i)) {
            copy_bytes(outbuf_reserve(o, width), (const char *)v->data + (size_t)width * i, width,
                       en->little);
            o->len += width;
        }
        if (ends) ends[k] = o->len;
        else outbuf_char(o, '\n');
    }
    return ST_OK;
}

static void raw_encoder_close(struct encoder *encoder) {
    free(encoder);
}

static const struct encoder_class raw_encoder_class = {
    .open = raw_encoder_open,
    .rows = raw_rows,
    .close = raw_encoder_close,
};

const struct format_class raw_format = {
    .desc = {.name = "raw",
             .caps = FORMAT_DECODES | FORMAT_ENCODES | FORMAT_IN_FILES | FORMAT_IN_MESSAGES,
             .options = raw_option_defs,
             .validate = raw_validate,
             .help = "one column: the whole line or message"},
    .framer = &line_framer_class,
    .decoder = &raw_decoder_class,
    .encoder = &raw_encoder_class,
};
