/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as JSON, of lines of JSON.
 */
#include "base/base64.h"
#include "base/serial.h"
#include "engine/result.h"
#include "exec/datetime.h"
#include "exec/text.h"
#include "formats/json_lex.h"

static void json_base64(struct outbuf *o, struct str s) {
    outbuf_char(o, '"');
    char *p = outbuf_reserve(o, base64_encoded_bytes(s.len));
    o->len += base64_encode(p, s.ptr, s.len);
    outbuf_char(o, '"');
}

/* Numbers as they are, NaN, infinities and times in quotes; TIME with all digits of its precision, unlike
 * CAST. */
static void json_scalar(struct outbuf *o, const struct vec *v, uint32_t row, const struct zone *zone) {
    char text[TEXT_SCALAR_BYTES];
    unsigned n = v->type->kind == TYPE_TIME
                     ? datetime_print_time(text, (int32_t)vec_int(v, vec_index(v, row)), v->type->precision)
                     : text_scalar(text, v, row, zone);
    bool plain = type_is_numeric(v->type) && text[n - 1] >= '0' && text[n - 1] <= '9';
    if (!plain) outbuf_char(o, '"');
    outbuf_put(o, text, n);
    if (!plain) outbuf_char(o, '"');
}

static void json_map(struct outbuf *o, const struct vec *v, uint32_t i, const struct zone *zone) {
    struct listref list = ((const struct listref *)v->data)[i];
    outbuf_char(o, '{');
    for (uint32_t k = list.offset; k < list.offset + list.len; k++) {
        if (k > list.offset) outbuf_char(o, ',');
        struct outbuf key = {0};
        result_json_value(&key, &v->child[0], k, zone);
        if (key.len && key.data[0] == '"') outbuf_put(o, key.data, key.len);
        else json_lex_put_string(o, (struct str){key.data, key.len});
        outbuf_free(&key);
        outbuf_char(o, ':');
        result_json_value(o, &v->child[1], k, zone);
    }
    outbuf_char(o, '}');
}

static void json_array(struct outbuf *o, const struct vec *v, uint32_t i, const struct zone *zone) {
    struct listref list = ((const struct listref *)v->data)[i];
    outbuf_char(o, '[');
    for (uint32_t k = list.offset; k < list.offset + list.len; k++) {
        if (k > list.offset) outbuf_char(o, ',');
        result_json_value(o, &v->child[0], k, zone);
    }
    outbuf_char(o, ']');
}

static void json_row(struct outbuf *o, const struct vec *v, uint32_t i, const struct zone *zone) {
    outbuf_char(o, '{');
    for (uint32_t c = 0; c < v->nchild; c++) {
        if (c) outbuf_char(o, ',');
        json_lex_put_string(o, v->type->fields[c].name);
        outbuf_char(o, ':');
        result_json_value(o, &v->child[c], i, zone);
    }
    outbuf_char(o, '}');
}

void result_json_value(struct outbuf *o, const struct vec *v, uint32_t row, const struct zone *zone) {
    uint32_t i = vec_index(v, row);
    if (v->phys == PHYS_NONE || !valid_bit(v->valid, i)) {
        outbuf_text(o, "null");
        return;
    }
    switch (v->type->kind) {
    case TYPE_BOOLEAN: outbuf_text(o, ((const uint8_t *)v->data)[i] ? "true" : "false"); return;
    case TYPE_CHAR:
    case TYPE_VARCHAR: json_lex_put_string(o, strview_str((const struct strview *)v->data + i)); return;
    case TYPE_BINARY:
    case TYPE_VARBINARY: json_base64(o, strview_str((const struct strview *)v->data + i)); return;
    case TYPE_ARRAY: json_array(o, v, i, zone); return;
    case TYPE_MAP: json_map(o, v, i, zone); return;
    case TYPE_ROW: json_row(o, v, i, zone); return;
    default: json_scalar(o, v, row, zone);
    }
}
