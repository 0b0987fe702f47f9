/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as JSON for --format jsonl.
 */
#include <math.h>

#include "base/serial.h"
#include "engine/result.h"
#include "exec/datetime.h"
#include "exec/decimal.h"
#include "exec/number.h"
#include "exec/zone.h"

void result_json_string(struct outbuf *o, struct str s) {
    outbuf_char(o, '"');
    size_t from = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        outbuf_put(o, s.ptr + from, i - from);
        from = i + 1;
        switch (c) {
        case '"': outbuf_text(o, "\\\""); break;
        case '\\': outbuf_text(o, "\\\\"); break;
        case '\n': outbuf_text(o, "\\n"); break;
        case '\r': outbuf_text(o, "\\r"); break;
        case '\t': outbuf_text(o, "\\t"); break;
        default: outbuf_printf(o, "\\u%04x", c);
        }
    }
    outbuf_put(o, s.ptr + from, s.len - from);
    outbuf_char(o, '"');
}

static void base64(struct outbuf *o, struct str s) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *p = (const unsigned char *)s.ptr;
    outbuf_char(o, '"');
    for (size_t i = 0; i < s.len; i += 3) {
        size_t left = s.len - i;
        unsigned v =
            (unsigned)p[i] << 16 | (left > 1 ? (unsigned)p[i + 1] << 8 : 0) | (left > 2 ? p[i + 2] : 0);
        outbuf_char(o, digits[v >> 18]);
        outbuf_char(o, digits[v >> 12 & 63]);
        outbuf_char(o, left > 1 ? digits[v >> 6 & 63] : '=');
        outbuf_char(o, left > 2 ? digits[v & 63] : '=');
    }
    outbuf_char(o, '"');
}

static void quoted(struct outbuf *o, const char *p, unsigned len) {
    outbuf_char(o, '"');
    outbuf_put(o, p, len);
    outbuf_char(o, '"');
}

static void json_double(struct outbuf *o, double d, float f, bool is_float) {
    char text[NUMBER_TEXT_BYTES];
    unsigned n = is_float ? number_print_float(text, f) : number_print_double(text, d);
    if (isfinite(d)) outbuf_put(o, text, n);
    else quoted(o, text, n);
}

static int64_t integer_at(const struct vec *v, uint32_t i) {
    switch (v->phys) {
    case PHYS_I8: return ((const int8_t *)v->data)[i];
    case PHYS_I16: return ((const int16_t *)v->data)[i];
    case PHYS_I32: return ((const int32_t *)v->data)[i];
    default: return ((const int64_t *)v->data)[i];
    }
}

static void json_time(struct outbuf *o, const struct vec *v, uint32_t i, const struct zone *zone) {
    char text[DATETIME_MAX_BYTES];
    int64_t t = integer_at(v, i);
    unsigned n = 0;
    switch (v->type->kind) {
    case TYPE_DATE: n = datetime_print_date(text, (int32_t)t); break;
    case TYPE_TIME: n = datetime_print_time(text, (int32_t)t, v->type->precision); break;
    case TYPE_INTERVAL_YM: n = datetime_print_interval_ym(text, (int32_t)t); break;
    case TYPE_INTERVAL_DT: n = datetime_print_interval_dt(text, t); break;
    case TYPE_TIMESTAMP_LTZ: t = zone_to_local(zone, t, type_ticks_per_second(v->type)); /* fall through */
    default: n = datetime_print_timestamp(text, t, v->type->precision, DATETIME_CAST);
    }
    quoted(o, text, n);
}

static void json_map(struct outbuf *o, const struct vec *v, uint32_t i, const struct zone *zone) {
    struct listref list = ((const struct listref *)v->data)[i];
    outbuf_char(o, '{');
    for (uint32_t k = list.offset; k < list.offset + list.len; k++) {
        if (k > list.offset) outbuf_char(o, ',');
        struct outbuf key = {0};
        result_json_value(&key, &v->child[0], k, zone);
        if (key.len && key.data[0] == '"') outbuf_put(o, key.data, key.len);
        else result_json_string(o, (struct str){key.data, key.len});
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
        result_json_string(o, v->type->fields[c].name);
        outbuf_char(o, ':');
        result_json_value(o, &v->child[c], i, zone);
    }
    outbuf_char(o, '}');
}

static void json_decimal(struct outbuf *o, const struct vec *v, uint32_t i) {
    char text[DECIMAL_TEXT_BYTES];
    __int128 x = v->phys == PHYS_I128 ? ((const __int128 *)v->data)[i] : ((const int64_t *)v->data)[i];
    outbuf_put(o, text, decimal_print(text, x, v->type->scale));
}

void result_json_value(struct outbuf *o, const struct vec *v, uint32_t row, const struct zone *zone) {
    uint32_t i = vec_index(v, row);
    if (v->phys == PHYS_NONE || !valid_bit(v->valid, i)) {
        outbuf_text(o, "null");
        return;
    }
    switch (v->type->kind) {
    case TYPE_BOOLEAN: outbuf_text(o, ((const uint8_t *)v->data)[i] ? "true" : "false"); return;
    case TYPE_TINYINT:
    case TYPE_SMALLINT:
    case TYPE_INT:
    case TYPE_SYMBOL:
    case TYPE_BIGINT: {
        char text[NUMBER_TEXT_BYTES];
        outbuf_put(o, text, number_print_i64(text, integer_at(v, i)));
        return;
    }
    case TYPE_DECIMAL: json_decimal(o, v, i); return;
    case TYPE_FLOAT: json_double(o, ((const float *)v->data)[i], ((const float *)v->data)[i], true); return;
    case TYPE_DOUBLE: json_double(o, ((const double *)v->data)[i], 0, false); return;
    case TYPE_CHAR:
    case TYPE_VARCHAR: result_json_string(o, strview_str((const struct strview *)v->data + i)); return;
    case TYPE_BINARY:
    case TYPE_VARBINARY: base64(o, strview_str((const struct strview *)v->data + i)); return;
    case TYPE_ARRAY: json_array(o, v, i, zone); return;
    case TYPE_MAP: json_map(o, v, i, zone); return;
    case TYPE_ROW: json_row(o, v, i, zone); return;
    default: json_time(o, v, i, zone);
    }
}
