/* SPDX-License-Identifier: Apache-2.0
 *
 * One JSON value into a vector, with the conversions of Flink's json format: numbers from strings (trimmed)
 * and the other way round, INT from 60.7 is 60, BOOLEAN from any string or number, a STRING from anything,
 * BYTES from base64, dates and times strictly in their form. A value that is JSON but does not fit fails the
 * record, or is NULL when errors are ignored.
 */
#include <math.h>
#include <stdio.h>

#include "base/hash.h"
#include "exec/datetime.h"
#include "formats/csv.h"
#include "formats/json.h"
#include "formats/scalar.h"

#define VALUE_SHOWN 60
#define LINEAR_KEYS 32 /* entries of a MAP that are compared one by one for equal keys */

static const char *no_fit(struct json_reader *r, const struct json_field *f, const char *p, struct vec *v,
                          uint32_t i) {
    const char *q = json_lex_skip(&r->lex, p, 0);
    if (!q) return json_syntax(r, p);
    if (r->o.ignore_errors) {
        scalar_set_null(v, i, r->arena);
        return q;
    }
    if (!r->reason[0]) {
        size_t n = (size_t)(q - p) < VALUE_SHOWN ? (size_t)(q - p) : VALUE_SHOWN;
        snprintf(r->reason, JSON_REASON_BYTES, "field '%.*s': %.*s%s is not a valid %s", STR_ARG(f->name),
                 (int)n, p, n < (size_t)(q - p) ? "..." : "", csv_type_name(v->type));
        for (char *c = r->reason; *c; c++) {
            if ((unsigned char)*c < ' ') *c = '?';
        }
    }
    return NULL;
}

/* The string at p (a quote), its escapes resolved, trimmed or not. NULL: not JSON. */
static const char *take_string(struct json_reader *r, const char *p, struct str *out) {
    bool escaped;
    const char *q = json_lex_string(&r->lex, p + 1, out, &escaped);
    if (!q) return json_syntax(r, p);
    if (escaped) {
        r->scratch.len = 0;
        json_lex_unescape(&r->scratch, *out);
        *out = arena_str(r->arena, (struct str){r->scratch.data, r->scratch.len});
    }
    return q;
}

static bool is_number_start(char c) {
    return c == '-' || (c >= '0' && c <= '9');
}

/* The text of a scalar: what is in the quotes, or the number. NULL without a reason: it is neither. */
static const char *take_text(struct json_reader *r, const char *p, struct str *out) {
    bool whole;
    if (*p == '"') return take_string(r, p, out);
    return is_number_start(*p) ? json_lex_number(p, out, &whole) : NULL;
}

/* ---- scalars ---- */

static const char *read_text(struct json_reader *r, const struct json_field *f, const char *p, struct vec *v,
                             uint32_t i) {
    struct str s;
    const char *q;
    if (*p == '{' || *p == '[') {
        r->scratch.len = 0;
        if (!(q = json_lex_compact(&r->lex, p, &r->scratch, 0))) return json_syntax(r, p);
        s = arena_str(r->arena, (struct str){r->scratch.data, r->scratch.len});
    } else if (*p == 't' || *p == 'f') {
        if (!(q = json_lex_skip(&r->lex, p, 0))) return json_syntax(r, p);
        s = (struct str){p, (size_t)(q - p)};
    } else if (!(q = take_text(r, p, &s))) {
        return json_syntax(r, p);
    }
    if (s.len > INT32_MAX) return no_fit(r, f, p, v, i);
    ((struct strview *)v->data)[i] = strview_of(s.ptr, s.len);
    return q;
}

static bool integer_of(struct str text, bool quoted, int64_t min, int64_t max, int64_t *out) {
    if (quoted) text = scalar_trim(text);
    if (scalar_i64(text, min, max, out)) return true;
    bool whole = true;
    for (size_t k = 0; k < text.len; k++) whole &= text.ptr[k] != '.' && (text.ptr[k] | 32) != 'e';
    double d;
    if (quoted || whole) return false;
    if (!scalar_f64(text, &d)) return false;
    d = trunc(d);
    if (!(d >= (double)min && d <= (double)max) || d >= 0x1p63) return false;
    *out = (int64_t)d;
    return true;
}

static const char *read_integer(struct json_reader *r, const struct json_field *f, const char *p,
                                struct vec *v, uint32_t i) {
    struct str s;
    int64_t n, min, max;
    const char *q = take_text(r, p, &s);
    if (!q) return no_fit(r, f, p, v, i);
    scalar_int_range(v->phys, &min, &max);
    if (!integer_of(s, *p == '"', min, max, &n)) return no_fit(r, f, p, v, i);
    if (v->type->kind == TYPE_INTERVAL_DT && __builtin_mul_overflow(n, 1000, &n))
        return no_fit(r, f, p, v, i);
    vec_put_int(v, i, n);
    return q;
}

static const char *read_boolean(struct json_reader *r, const struct json_field *f, const char *p,
                                struct vec *v, uint32_t i) {
    uint8_t *out = (uint8_t *)v->data + i;
    struct str s;
    const char *q = json_lex_word(p, "true", 4);
    *out = q != NULL;
    if (q || (q = json_lex_word(p, "false", 5))) return q;
    if (!(q = take_text(r, p, &s))) return no_fit(r, f, p, v, i);
    *out = str_ieq(scalar_trim(s), STR("true"));
    return q;
}

static const char *read_number(struct json_reader *r, const struct json_field *f, const char *p,
                               struct vec *v, uint32_t i) {
    struct str s;
    __int128 decimal;
    bool fits = true;
    const char *q = take_text(r, p, &s);
    if (!q) return no_fit(r, f, p, v, i);
    s = scalar_trim(s);
    if (v->phys == PHYS_F64) fits = scalar_f64(s, (double *)v->data + i);
    else if (v->phys == PHYS_F32) fits = scalar_f32(s, (float *)v->data + i);
    if (v->type->kind == TYPE_DECIMAL) {
        switch (scalar_decimal(s, v->type->precision, v->type->scale, &decimal)) {
        case SCALAR_DECIMAL_OK: scalar_decimal_store(v, i, decimal); break;
        case SCALAR_DECIMAL_BIG: scalar_set_null(v, i, r->arena); break;
        case SCALAR_DECIMAL_BAD: fits = false; break;
        }
    }
    return fits ? q : no_fit(r, f, p, v, i);
}

/* yyyy-MM-dd of a day that there is. */
static bool date_of(struct str s, int32_t *days) {
    if (s.len != 10 || !datetime_parse_date(s.ptr, s.len, days)) return false;
    char again[DATETIME_MAX_BYTES];
    return datetime_print_date(again, *days) == 10 && memcmp(again, s.ptr, 10) == 0;
}

static bool timestamp_of(const struct json_reader *r, struct str s, const struct type *t, int64_t *out) {
    bool zulu = t->kind == TYPE_TIMESTAMP_LTZ;
    enum datetime_form form = r->o.iso ? DATETIME_ISO : DATETIME_SQL;
    if (datetime_parse_timestamp(s.ptr, s.len, form, zulu, t->precision, out)) return true;
    if (!r->o.iso || s.len != 16u + zulu) return false;
    char full[20]; /* ISO: the seconds may be missing */
    memcpy(full, s.ptr, 16);
    memcpy(full + 16, ":00", 3);
    full[19] = 'Z';
    return (!zulu || s.ptr[16] == 'Z') &&
           datetime_parse_timestamp(full, 19u + zulu, form, zulu, t->precision, out);
}

/* Values that are strings only: dates, times, bytes. */
static const char *read_quoted(struct json_reader *r, const struct json_field *f, const char *p,
                               struct vec *v, uint32_t i) {
    static const int32_t unit[] = {1000, 100, 10, 1};
    struct str s, bytes;
    if (*p != '"') return no_fit(r, f, p, v, i);
    const char *q = take_string(r, p, &s);
    if (!q) return NULL;
    int32_t *out32 = (int32_t *)v->data + i;
    bool fits = false;
    switch (v->type->kind) {
    case TYPE_DATE: fits = date_of(s, out32); break;
    case TYPE_TIME:
        fits = datetime_parse_time(s.ptr, s.len, false, out32);
        if (fits && v->type->precision < 3) *out32 -= *out32 % unit[v->type->precision];
        break;
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ: fits = timestamp_of(r, s, v->type, (int64_t *)v->data + i); break;
    default:
        fits = scalar_base64_decode(s, r->arena, &bytes);
        if (fits) ((struct strview *)v->data)[i] = strview_of(bytes.ptr, bytes.len);
        break;
    }
    return fits ? q : no_fit(r, f, p, v, i);
}

/* ---- lists ---- */

static const char *read_array(struct json_reader *r, const struct json_field *f, const char *p, struct vec *v,
                              uint32_t i) {
    if (*p != '[') return no_fit(r, f, p, v, i);
    struct vec *child = &v->child[0];
    struct json_field element = {f->name, child->type, JSON_OP_OTHER, f->shape};
    uint32_t offset = child->rows;
    p = json_lex_blank(&r->lex, p + 1);
    if (*p != ']') {
        for (;;) {
            uint32_t at = child->rows;
            vec_child_reserve(v, r->arena, at + 1);
            if (!(p = json_value_read(r, &element, p, child, at))) return NULL;
            p = json_lex_blank(&r->lex, p);
            if (*p == ']') break;
            if (*p != ',') return json_syntax(r, p);
            p = json_lex_blank(&r->lex, p + 1);
        }
    }
    ((struct listref *)v->data)[i] = (struct listref){offset, child->rows - offset};
    return p + 1;
}

/* The keys of one MAP, to find equal ones: a hash table once there are many. */
struct key_set {
    uint32_t *slots; /* entry + 1 */
    uint32_t mask;
};

static void key_set_grow(struct key_set *set, const struct strview *keys, uint32_t count, struct arena *a) {
    set->mask = 63;
    while (set->mask < count * 4) set->mask = set->mask * 2 + 1;
    set->slots = ARENA_ARRAY(a, uint32_t, set->mask + 1);
    for (uint32_t k = 0; k < count; k++) {
        uint32_t h = (uint32_t)hash_bytes(strview_ptr(&keys[k]), keys[k].len) & set->mask;
        while (set->slots[h]) h = (h + 1) & set->mask;
        set->slots[h] = k + 1;
    }
}

/* Which of the `count` keys equals the one behind them; `count` if none does. */
static uint32_t find_key(struct key_set *set, const struct strview *keys, uint32_t count, struct arena *a) {
    if (count < LINEAR_KEYS) {
        uint32_t k = 0;
        while (k < count && !strview_eq(&keys[k], &keys[count])) k++;
        return k;
    }
    if (!set->slots || count * 2 > set->mask) key_set_grow(set, keys, count, a);
    uint32_t h = (uint32_t)hash_bytes(strview_ptr(&keys[count]), keys[count].len) & set->mask;
    for (; set->slots[h]; h = (h + 1) & set->mask) {
        if (strview_eq(&keys[set->slots[h] - 1], &keys[count])) return set->slots[h] - 1;
    }
    set->slots[h] = count + 1;
    return count;
}

static const char *read_map(struct json_reader *r, const struct json_field *f, const char *p, struct vec *v,
                            uint32_t i) {
    if (*p != '{' || !type_is_string(v->type->fields[0].type)) return no_fit(r, f, p, v, i);
    struct json_field value = {f->name, v->type->fields[1].type, JSON_OP_OTHER, f->shape};
    uint32_t offset = v->child[0].rows, count = 0;
    struct key_set set = {0};
    struct str key;
    p = json_lex_blank(&r->lex, p + 1);
    while (*p != '}') {
        if (*p != '"' || !(p = take_string(r, p, &key))) return json_syntax(r, p ? p : r->lex.end);
        p = json_lex_blank(&r->lex, p);
        if (*p != ':') return json_syntax(r, p);
        p = json_lex_blank(&r->lex, p + 1);
        vec_child_reserve(v, r->arena, offset + count + 1);
        struct strview *keys = (struct strview *)v->child[0].data + offset;
        keys[count] = strview_of(key.ptr, key.len);
        uint32_t at = find_key(&set, keys, count, r->arena);
        if (at < count) scalar_unset_null(&v->child[1], offset + at);
        else count++;
        if (!(p = json_value_read(r, &value, p, &v->child[1], offset + at))) return NULL;
        p = json_lex_blank(&r->lex, p);
        if (*p == '}') break;
        if (*p != ',') return json_syntax(r, p);
        p = json_lex_blank(&r->lex, p + 1);
        if (*p == '}') return json_syntax(r, p);
    }
    ((struct listref *)v->data)[i] = (struct listref){offset, count};
    return p + 1;
}

const char *json_value_read(struct json_reader *r, const struct json_field *f, const char *p, struct vec *v,
                            uint32_t i) {
    if (*p == 'n') {
        const char *q = json_lex_word(p, "null", 4);
        if (q) scalar_set_null(v, i, r->arena);
        return q ? q : json_syntax(r, p);
    }
    switch (v->type->kind) {
    case TYPE_BOOLEAN: return read_boolean(r, f, p, v, i);
    case TYPE_TINYINT: case TYPE_SMALLINT: case TYPE_INT: case TYPE_BIGINT: case TYPE_INTERVAL_YM:
    case TYPE_INTERVAL_DT:
        return read_integer(r, f, p, v, i);
    case TYPE_FLOAT: case TYPE_DOUBLE: case TYPE_DECIMAL: return read_number(r, f, p, v, i);
    case TYPE_CHAR: case TYPE_VARCHAR: return read_text(r, f, p, v, i);
    case TYPE_BINARY: case TYPE_VARBINARY: case TYPE_DATE: case TYPE_TIME: case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        return read_quoted(r, f, p, v, i);
    case TYPE_ARRAY: return read_array(r, f, p, v, i);
    case TYPE_MAP: return read_map(r, f, p, v, i);
    case TYPE_ROW: return *p == '{' ? json_object_read(r, f->shape, p, v->child, i) : no_fit(r, f, p, v, i);
    case TYPE_NULLTYPE: case TYPE_SYMBOL: case TYPE_KIND_COUNT: break;
    }
    return no_fit(r, f, p, v, i);
}
