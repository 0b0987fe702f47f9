/* SPDX-License-Identifier: Apache-2.0
 *
 * See text.h.
 */
#include "exec/text.h"

#include "exec/datetime.h"
#include "exec/decimal.h"
#include "exec/number.h"

#define AT(type) (((const type *)v->data)[i])

static unsigned timestamp(char *p, int64_t ticks, const struct type *t, const struct zone *zone) {
    if (t->kind == TYPE_TIMESTAMP_LTZ && zone) ticks = zone_to_local(zone, ticks, type_ticks_per_second(t));
    return datetime_print_timestamp(p, ticks, t->precision, DATETIME_CAST);
}

static unsigned int32_text(char *p, int32_t x, const struct type *t) {
    switch (t->kind) {
    case TYPE_DATE:
        return datetime_print_date(p, x);
    case TYPE_TIME:
        return datetime_print_time(p, x, t->precision < 3 ? t->precision : 3);
    case TYPE_INTERVAL_YM:
        return datetime_print_interval_ym(p, x);
    default:
        return number_print_i64(p, x);
    }
}

static unsigned int64_text(char *p, int64_t x, const struct type *t, const struct zone *zone) {
    switch (t->kind) {
    case TYPE_DECIMAL:
        return decimal_print(p, x, t->scale);
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        return timestamp(p, x, t, zone);
    case TYPE_INTERVAL_DT:
        return datetime_print_interval_dt(p, x);
    default:
        return number_print_i64(p, x);
    }
}

unsigned text_scalar(char *p, const struct vec *v, uint32_t row, const struct zone *zone) {
    uint32_t i = vec_index(v, row);
    switch (v->phys) {
    case PHYS_BOOL:
        memcpy(p, AT(uint8_t) ? "TRUE" : "FALSE", 5);
        return AT(uint8_t) ? 4 : 5;
    case PHYS_I8:
        return number_print_i64(p, AT(int8_t));
    case PHYS_I16:
        return number_print_i64(p, AT(int16_t));
    case PHYS_I32:
        return int32_text(p, AT(int32_t), v->type);
    case PHYS_I64:
        return int64_text(p, AT(int64_t), v->type, zone);
    case PHYS_I128:
        return decimal_print(p, AT(__int128), v->type->scale);
    case PHYS_F32:
        return number_print_float(p, AT(float));
    case PHYS_F64:
        return number_print_double(p, AT(double));
    default:
        return 0;
    }
}

static void nested(struct text *t, const struct vec *v, uint32_t i, const struct zone *zone) {
    bool row = v->phys == PHYS_ROW, map = v->phys == PHYS_MAP;
    struct listref list = row ? (struct listref){0, v->nchild} : AT(struct listref);
    text_append(t, row ? "(" : map ? "{" : "[", 1);
    for (uint32_t k = 0; k < list.len; k++) {
        if (k) text_append(t, ", ", 2);
        text_value(t, &v->child[row ? k : 0], row ? i : list.offset + k, zone);
        if (!map) continue;
        text_append(t, "=", 1);
        text_value(t, &v->child[1], list.offset + k, zone);
    }
    text_append(t, row ? ")" : map ? "}" : "]", 1);
}

/* Where it lies: a short one within the vector. */
static struct str string(const struct vec *v, uint32_t i, struct arena *a) {
    struct str s = strview_str(&AT(struct strview));
    return type_is_bytes(v->type) ? text_valid_utf8(s, a) : s;
}

void text_value(struct text *t, const struct vec *v, uint32_t row, const struct zone *zone) {
    if (vec_is_null(v, row) || v->phys == PHYS_NONE) {
        text_append(t, "NULL", 4);
        return;
    }
    uint32_t i = vec_index(v, row);
    if (v->phys == PHYS_STR) {
        struct str s = string(v, i, t->arena);
        text_append(t, s.ptr, s.len);
    } else if (v->nchild) {
        nested(t, v, i, zone);
    } else {
        char scalar[TEXT_SCALAR_BYTES];
        text_append(t, scalar, text_scalar(scalar, v, row, zone));
    }
}

struct str text_of(const struct vec *v, uint32_t row, const struct zone *zone, struct arena *a) {
    if (v->phys == PHYS_STR) return string(v, vec_index(v, row), a);
    struct text t = {.arena = a};
    if (v->nchild) text_value(&t, v, row, zone);
    else t.len = text_scalar(text_reserve(&t, TEXT_SCALAR_BYTES), v, row, zone);
    return (struct str){t.ptr, t.len};
}

/* ---- UTF-8 ---- */

/* Length of the character at p; 0 if it is malformed, one U+FFFD then stands for *bad bytes. */
static size_t utf8_check(const unsigned char *p, size_t len, size_t *bad) {
    *bad = 1;
    if (p[0] < 0x80) return 1;
    size_t need = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
    if (p[0] < 0xc2 || p[0] >= 0xf5 || len < 2) return 0;
    unsigned char low = p[0] == 0xe0 ? 0xa0 : p[0] == 0xf0 ? 0x90 : 0x80, high = p[0] == 0xf4 ? 0x8f : 0xbf;
    if (p[1] < low || p[1] > high) return 0;
    size_t n = 2;
    while (n < need && n < len && (p[n] & 0xc0) == 0x80) n++;
    *bad = n;
    bool surrogate = p[0] == 0xed && p[1] >= 0xa0;
    return n == need && !surrogate ? n : 0;
}

struct str text_valid_utf8(struct str s, struct arena *a) {
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t at = 0, bad, n;
    while (at < s.len && (n = utf8_check(p + at, s.len - at, &bad))) at += n;
    if (at == s.len) return s;
    struct text t = {.arena = a};
    text_append(&t, s.ptr, at);
    while (at < s.len) {
        n = utf8_check(p + at, s.len - at, &bad);
        if (n) {
            text_append(&t, s.ptr + at, n);
            at += n;
        } else {
            text_append(&t, "\xef\xbf\xbd", 3);
            at += bad;
        }
    }
    return (struct str){t.ptr, t.len};
}
