/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as JSON: JSON_STRING, JSON_OBJECT, JSON_ARRAY, JSON, and JSON_QUOTE, JSON_UNQUOTE. A value is first
 * written as it comes, then brought into the canonical form of exec/json_path.h (keys sorted, BigDecimal's
 * numbers), which is Flink's.
 */
#include "base/base64.h"
#include "exec/datetime.h"
#include "exec/json_path.h"
#include "exec/kernel_util.h"
#include "exec/zone.h"

static void put_json(struct text *o, const struct vec *v, uint32_t row);

static void put_list(struct text *o, const struct vec *v, uint32_t at) {
    struct listref l = ((const struct listref *)v->data)[at];
    bool map = v->phys == PHYS_MAP;
    text_append(o, map ? "{" : "[", 1);
    for (uint32_t i = 0; i < l.len; i++) {
        const struct vec *first = &v->child[0];
        if (i) text_append(o, ",", 1);
        if (map) {
            struct text key = {.arena = o->arena};
            if (first->phys == PHYS_STR)
                json_put_string(o, strview_str(&((const struct strview *)first->data)[l.offset + i]));
            else {
                text_value(&key, first, l.offset + i, zone_utc());
                json_put_string(o, (struct str){key.ptr, key.len});
            }
            text_append(o, ":", 1);
        }
        put_json(o, &v->child[map], l.offset + i);
    }
    text_append(o, map ? "}" : "]", 1);
}

static void put_row(struct text *o, const struct vec *v, uint32_t at) {
    text_append(o, "{", 1);
    for (uint32_t i = 0; i < v->nchild; i++) {
        if (i) text_append(o, ",", 1);
        json_put_string(o, v->type->fields[i].name);
        text_append(o, ":", 1);
        put_json(o, &v->child[i], at);
    }
    text_append(o, "}", 1);
}

static void put_base64(struct text *o, struct str s) {
    char *p = arena_alloc_raw(o->arena, base64_encoded_bytes(s.len));
    text_append(o, "\"", 1);
    text_append(o, p, base64_encode(p, s.ptr, s.len));
    text_append(o, "\"", 1);
}

static void put_time(struct text *o, const struct vec *v, uint32_t row, uint32_t at) {
    char buf[TEXT_SCALAR_BYTES + 2];
    unsigned n;
    if (type_is_timestamp(v->type)) {
        n = datetime_print_timestamp(buf, ((const int64_t *)v->data)[at], v->type->precision, DATETIME_ISO);
        if (v->type->kind == TYPE_TIMESTAMP_LTZ) buf[n++] = 'Z';
    } else {
        n = text_scalar(buf, v, row, zone_utc());
    }
    json_put_string(o, (struct str){buf, n});
}

static void put_number(struct text *o, const struct vec *v, uint32_t row) {
    char buf[TEXT_SCALAR_BYTES];
    unsigned n = text_scalar(buf, v, row, zone_utc());
    bool plain = n && buf[n - 1] >= '0' && buf[n - 1] <= '9';
    if (plain) text_append(o, buf, n);
    else json_put_string(o, (struct str){buf, n}); /* NaN and the infinities */
}

/* The value of a row as JSON, keys in any order. */
static void put_json(struct text *o, const struct vec *v, uint32_t row) {
    uint32_t at = vec_index(v, row);
    if (v->phys == PHYS_NONE || vec_is_null(v, row)) {
        text_append(o, "null", 4);
        return;
    }
    switch (v->type->kind) {
    case TYPE_CHAR:
    case TYPE_VARCHAR: json_put_string(o, strview_str(&((const struct strview *)v->data)[at])); break;
    case TYPE_BINARY:
    case TYPE_VARBINARY: put_base64(o, strview_str(&((const struct strview *)v->data)[at])); break;
    case TYPE_BOOLEAN:
        if (((const uint8_t *)v->data)[at]) text_append(o, "true", 4);
        else text_append(o, "false", 5);
        break;
    case TYPE_ARRAY:
    case TYPE_MAP: put_list(o, v, at); break;
    case TYPE_ROW: put_row(o, v, at); break;
    default:
        if (type_is_numeric(v->type)) put_number(o, v, row);
        else put_time(o, v, row, at);
    }
}

/* Stores the text in canonical form. */
static void put_canonical(struct kernel_call *call, uint32_t row, const struct text *raw) {
    struct text o = {.arena = call->scratch};
    struct json v = json_scan((struct str){raw->ptr, raw->len});
    if (v.kind == JSON_INVALID) kernel_put_view(call, row, raw->ptr, raw->len); /* nested too deeply */
    else json_put_value(&o, v), kernel_put_view(call, row, o.ptr, o.len);
}

static enum status json_string(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct text raw = {.arena = call->scratch};
        put_json(&raw, call->args[0], row);
        put_canonical(call, row, &raw);
    }
    return ST_OK;
}

/* ---- JSON_OBJECT(symbol ON NULL, key, value, ..), JSON_ARRAY(symbol ON NULL, value, ..) ---- */

/* The argument is itself made of JSON: it goes in as it is, not as a string. */
static bool is_json_call(const struct expr *e) {
    if (e->kind != EXPR_CALL) return false;
    enum func_id id = e->func->id;
    return id == FN_JSON_OBJECT || id == FN_JSON_ARRAY || id == FN_JSON;
}

static void put_arg(struct kernel_call *call, struct text *o, uint32_t i, uint32_t row) {
    const struct vec *v = call->args[i];
    if (!is_json_call(call->expr->args[i]) || arg_null(v, row)) {
        put_json(o, v, row);
        return;
    }
    struct str s = arg_str(v, row);
    text_append(o, s.ptr, s.len);
}
static bool arg_absent(const struct kernel_call *call, uint32_t i, uint32_t row) {
    const struct vec *v = call->args[i];
    return symbol_arg(call->expr, 0) == SYM_ABSENT && (v->phys == PHYS_NONE || arg_null(v, row));
}

static enum status json_object(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct text raw = {.arena = call->scratch};
        bool first = true;
        text_append(&raw, "{", 1);
        for (uint32_t i = 1; i + 1 < call->expr->nargs; i += 2) {
            if (arg_null(call->args[i], row))
                return error_at(call->ctx->error, ERR_NULL_VALUE, call->expr->span,
                                "a key of JSON_OBJECT is NULL");
            if (arg_absent(call, i + 1, row)) continue;
            if (!first) text_append(&raw, ",", 1);
            first = false;
            json_put_string(&raw, arg_str(call->args[i], row));
            text_append(&raw, ":", 1);
            put_arg(call, &raw, i + 1, row);
        }
        text_append(&raw, "}", 1);
        put_canonical(call, row, &raw);
    }
    return ST_OK;
}

static enum status json_object_init(const struct expr *e, struct arena *a UNUSED,
                                    const struct eval_ctx *ctx UNUSED, void **state UNUSED,
                                    struct error *err) {
    if (e->nargs % 2 == 0)
        return error_at(err, ERR_INVALID_QUERY, e->span, "JSON_OBJECT takes keys with their values");
    for (uint32_t i = 1; i < e->nargs; i += 2) {
        if (!type_is_string(e->args[i]->type))
            return error_at(err, ERR_TYPE_MISMATCH, e->args[i]->span,
                            "a key of JSON_OBJECT must be a string");
    }
    return ST_OK;
}

static enum status json_array(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct text raw = {.arena = call->scratch};
        text_append(&raw, "[", 1);
        for (uint32_t i = 1; i < call->expr->nargs; i++) {
            if (arg_absent(call, i, row)) continue;
            if (raw.len > 1) text_append(&raw, ",", 1);
            put_arg(call, &raw, i, row);
        }
        text_append(&raw, "]", 1);
        put_canonical(call, row, &raw);
    }
    return ST_OK;
}

/* JSON(text): text that is JSON, for use within the two above. */
static enum status json_raw(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        struct json v = json_scan(s);
        if (v.kind == JSON_INVALID)
            return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                            "JSON was given '%.*s', which is "
                            "not JSON",
                            (int)(s.len < 60 ? s.len : 60), s.ptr);
        struct text o = {.arena = call->scratch};
        json_put_value(&o, v);
        kernel_put_view(call, row, o.ptr, o.len);
    }
    return ST_OK;
}

const struct kernel kernel_JSON_STRING = {.fn = json_string};
const struct kernel kernel_JSON_OBJECT = {.fn = json_object, .init = json_object_init};
const struct kernel kernel_JSON_ARRAY = {.fn = json_array};
const struct kernel kernel_JSON = {.fn = json_raw};

/* ---- JSON_QUOTE, JSON_UNQUOTE ---- */

static void put_unit(struct text *o, unsigned unit) {
    static const char hex[] = "0123456789abcdef";
    char escape[6] = {'\\', 'u', hex[unit >> 12], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15]};
    text_append(o, escape, 6);
}

/* All that is not printable ASCII is escaped, and / too. */
static enum status json_quote(struct kernel_call *call) {
    static const char plain[] = "\"\\/\b\f\n\r\t", shorts[] = "\"\\/bfnrt";
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        struct text o = {.arena = call->scratch};
        const char *p = s.ptr, *end = s.ptr + s.len;
        text_append(&o, "\"", 1);
        while (p < end) {
            size_t n = utf8_step(p, end);
            uint32_t c = utf8_decode(p, n);
            const char *at = c && c < 128 ? strchr(plain, (int)c) : NULL;
            if (at) {
                text_append(&o, "\\", 1);
                text_append(&o, &shorts[at - plain], 1);
            } else if (c >= 0x20 && c < 0x7f) {
                text_append(&o, p, n);
            } else if (c < 0x10000) {
                put_unit(&o, c);
            } else {
                put_unit(&o, 0xd800 + ((c - 0x10000) >> 10 & 0x3ff));
                put_unit(&o, 0xdc00 + (c & 0x3ff));
            }
            p += n;
        }
        text_append(&o, "\"", 1);
        kernel_put_view(call, row, o.ptr, o.len);
    }
    return ST_OK;
}

/* Only a whole JSON string is unquoted. */
static enum status json_unquote(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = arg_str(call->args[0], row);
        struct json v = json_scan(s);
        if (v.kind == JSON_STRING && v.text.len == s.len) s = json_unescape(v, call->scratch);
        kernel_put_view(call, row, s.ptr, s.len);
    }
    return ST_OK;
}

const struct kernel kernel_JSON_QUOTE = {.fn = json_quote};
const struct kernel kernel_JSON_UNQUOTE = {.fn = json_unquote};
