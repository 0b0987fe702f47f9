/* SPDX-License-Identifier: Apache-2.0
 *
 * Vectors to CSV, byte for byte as Flink's csv format writes: text is quoted when it is longer than 24
 * characters or has a byte that is not above all special characters (so a blank is enough), numbers never
 * are.
 */
#include <stdlib.h>

#include "exec/datetime.h"
#include "formats/csv.h"
#include "formats/scalar.h"

#define UNQUOTED_MAX 24

struct csv_encoder {
    struct csv_options o;
    uint32_t ncols;
    unsigned char safe; /* bytes from here on need no quotes */
    struct outbuf cell; /* scratch: an ARRAY or ROW being joined */
};

static enum status csv_open(const struct format_config *c, struct encoder **out, struct error *e) {
    struct csv_encoder *en = calloc(1, sizeof *en);
    if (!en) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    if (csv_options_read(c, &en->o, e) != ST_OK) {
        free(en);
        return ST_ERROR;
    }
    en->ncols = c->schema->count;
    unsigned char top = (unsigned char)en->o.separator;
    if ((unsigned char)en->o.quote > top) top = (unsigned char)en->o.quote;
    en->safe = (unsigned char)((top > '\r' ? top : '\r') + 1);
    *out = (struct encoder *)en;
    return ST_OK;
}

static void csv_close(struct encoder *encoder) {
    struct csv_encoder *en = (struct csv_encoder *)encoder;
    outbuf_free(&en->cell);
    free(en);
}

static bool needs_quotes(const struct csv_encoder *en, struct str s) {
    if (!en->o.quote) return false;
    size_t units = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c < en->safe || (en->o.escape && c == (unsigned char)en->o.escape)) return true;
        units += (c & 0xc0) != 0x80;
        units += c >= 0xf0;
    }
    return units > UNQUOTED_MAX;
}

static void put_text(const struct csv_encoder *en, struct outbuf *o, struct str s) {
    if (!needs_quotes(en, s)) {
        outbuf_put(o, s.ptr, s.len);
        return;
    }
    char quote = en->o.quote, escape = en->o.escape ? en->o.escape : quote;
    outbuf_char(o, quote);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == quote || s.ptr[i] == escape) outbuf_char(o, s.ptr[i]);
        outbuf_char(o, s.ptr[i]);
    }
    outbuf_char(o, quote);
}

static void put_printed(struct outbuf *o, const char *text, unsigned n) {
    outbuf_put(o, text, n);
}

/* The plain text of value i (an index of v's data); false: it is text that may need quotes. */
static bool put_scalar(const struct csv_encoder *en, struct outbuf *o, const struct vec *v, uint32_t i) {
    char text[DATETIME_MAX_BYTES + 1];
    const struct type *t = v->type;
    switch (t->kind) {
    case TYPE_BOOLEAN:
        outbuf_text(o, ((const uint8_t *)v->data)[i] ? "true" : "false");
        return true;
    case TYPE_TINYINT: case TYPE_SMALLINT: case TYPE_INT: case TYPE_BIGINT: case TYPE_INTERVAL_YM:
        scalar_put_i64(o, vec_int(v, i));
        return true;
    case TYPE_INTERVAL_DT:
        scalar_put_i64(o, vec_int(v, i) / 1000);
        return true;
    case TYPE_FLOAT:
        scalar_put_f32(o, ((const float *)v->data)[i]);
        return true;
    case TYPE_DOUBLE:
        scalar_put_f64(o, ((const double *)v->data)[i]);
        return true;
    case TYPE_DECIMAL:
        scalar_put_decimal(o, scalar_decimal_at(v, i), t->scale, en->o.scientific);
        return true;
    case TYPE_CHAR: case TYPE_VARCHAR: {
        struct str s = strview_str(&((const struct strview *)v->data)[i]);
        outbuf_put(o, s.ptr, s.len);
        return false;
    }
    case TYPE_BINARY: case TYPE_VARBINARY:
        scalar_base64_encode(o, strview_str(&((const struct strview *)v->data)[i]));
        return false;
    case TYPE_DATE:
        put_printed(o, text, datetime_print_date(text, ((const int32_t *)v->data)[i]));
        return false;
    case TYPE_TIME:
        put_printed(o, text, datetime_print_time_short(text, ((const int32_t *)v->data)[i]));
        return false;
    case TYPE_TIMESTAMP: case TYPE_TIMESTAMP_LTZ:
        put_printed(o, text, datetime_print_timestamp(text, vec_int(v, i), t->precision, DATETIME_SQL));
        if (t->kind == TYPE_TIMESTAMP_LTZ) outbuf_char(o, 'Z');
        return false;
    case TYPE_ARRAY: case TYPE_MAP: case TYPE_ROW: case TYPE_NULLTYPE: case TYPE_SYMBOL: case TYPE_KIND_COUNT:
        break;
    }
    return false;
}

static void put_element(const struct csv_encoder *en, struct outbuf *o, const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row)) outbuf_put(o, en->o.null_literal.ptr, en->o.null_literal.len);
    else put_scalar(en, o, v, vec_index(v, row));
}

static void put_joined(const struct csv_encoder *en, struct outbuf *o, const struct vec *v, uint32_t i) {
    struct str sep = en->o.element_separator;
    struct listref list = {0, v->nchild};
    if (v->phys == PHYS_ARRAY) list = ((const struct listref *)v->data)[i];
    for (uint32_t k = 0; k < list.len; k++) {
        if (k) outbuf_put(o, sep.ptr, sep.len);
        if (v->phys == PHYS_ARRAY) put_element(en, o, &v->child[0], list.offset + k);
        else put_element(en, o, &v->child[k], i);
    }
}

static bool is_text(const struct type *t) {
    return !type_is_numeric(t) && t->kind != TYPE_BOOLEAN && !type_is_interval(t);
}

static void put_cell(struct csv_encoder *en, struct outbuf *o, const struct vec *v, uint32_t row) {
    uint32_t i = vec_index(v, row);
    if (!valid_bit(v->valid, i)) {
        outbuf_put(o, en->o.null_literal.ptr, en->o.null_literal.len);
    } else if (type_is_string(v->type)) {
        put_text(en, o, strview_str(&((const struct strview *)v->data)[i]));
    } else if (!is_text(v->type)) {
        put_scalar(en, o, v, i);
    } else {
        en->cell.len = 0;
        if (v->phys == PHYS_ARRAY || v->phys == PHYS_ROW) put_joined(en, &en->cell, v, i);
        else put_scalar(en, &en->cell, v, i);
        put_text(en, o, (struct str){en->cell.data, en->cell.len});
    }
}

static enum status csv_rows(struct encoder *encoder, const struct batch *b, struct sel sel, struct outbuf *o,
                            size_t *ends, UNUSED struct error *e) {
    struct csv_encoder *en = (struct csv_encoder *)encoder;
    SEL_FOREACH(sel, k, row) {
        for (uint32_t c = 0; c < b->ncols; c++) {
            if (c) outbuf_char(o, en->o.separator);
            put_cell(en, o, b->cols[c], row);
        }
        if (ends) ends[k] = o->len;
        else outbuf_char(o, '\n');
    }
    return ST_OK;
}

const struct encoder_class csv_encoder_class = {
    .open = csv_open,
    .rows = csv_rows,
    .close = csv_close,
};
