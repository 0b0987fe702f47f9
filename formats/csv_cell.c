/* SPDX-License-Identifier: Apache-2.0
 *
 * One CSV field into a vector: the conversions of Flink's csv format. Numbers and timestamps are trimmed,
 * dates and times are not; a DECIMAL that is too large is NULL; ARRAY and ROW are split at the element
 * separator.
 */
#include "exec/datetime.h"
#include "formats/csv.h"
#include "formats/scan.h"
#include "formats/scalar.h"

const char *csv_type_name(const struct type *t) {
    static const char *const names[] = {
#define TYPE(kind, name, phys) name,
#include "planner/type.def"
#undef TYPE
    };
    return t->kind == TYPE_VARCHAR && t->length == TYPE_MAX_LEN     ? "STRING"
           : t->kind == TYPE_VARBINARY && t->length == TYPE_MAX_LEN ? "BYTES"
                                                                    : names[t->kind];
}

bool csv_element_next(const struct csv_options *o, struct str text, size_t *at, struct str *out) {
    struct str sep = o->element_separator;
    if (*at > text.len || text.len == 0) return false;
    size_t from = *at, end = sep.len ? from : text.len;
    while (end + sep.len <= text.len && memcmp(text.ptr + end, sep.ptr, sep.len) != 0) end++;
    if (end + sep.len > text.len) {
        *at = text.len + 1;
        end = text.len;
    } else {
        *at = end + sep.len + (sep.len == 0);
    }
    *out = str_sub(text, from, end - from);
    return true;
}

static bool set_null(struct vec *v, uint32_t i, struct arena *a) {
    scalar_set_null(v, i, a);
    return true;
}

static bool cell_array(const struct csv_options *o, struct str text, struct vec *v, uint32_t i,
                       struct arena *a) {
    struct vec *child = &v->child[0];
    uint32_t offset = child->rows, count = 0;
    size_t at = 0;
    struct str element;
    while (csv_element_next(o, text, &at, &element)) count++;
    vec_child_reserve(v, a, offset + count);
    at = 0;
    for (uint32_t k = 0; k < count && csv_element_next(o, text, &at, &element); k++) {
        if (!csv_cell_decode(o, element, child, offset + k, a)) return false;
    }
    ((struct listref *)v->data)[i] = (struct listref){offset, count};
    return true;
}

static bool cell_row(const struct csv_options *o, struct str text, struct vec *v, uint32_t i,
                     struct arena *a) {
    size_t at = 0;
    uint32_t k = 0;
    struct str element;
    if (text.len == 0) return set_null(v, i, a);
    for (; k < v->nchild && csv_element_next(o, text, &at, &element); k++) {
        if (!csv_cell_decode(o, element, &v->child[k], i, a)) return false;
    }
    if (k < v->nchild && !o->ignore_errors) return false;
    for (; k < v->nchild; k++) set_null(&v->child[k], i, a);
    return true;
}

/* java.sql.Date.valueOf: yyyy-[m]m-[d]d, any day up to 31 (the 30th of February is in March). */
static bool cell_date(struct str text, int32_t *days) {
    size_t second = 5;
    while (second < text.len && text.ptr[second] != '-') second++;
    int64_t year, month, day;
    if (text.len < 8 || text.len > 10 || second >= text.len || text.ptr[4] != '-') return false;
    if (!scalar_i64(str_sub(text, 0, 4), 0, 9999, &year)) return false;
    if (second - 5 > 2 || !scalar_i64(str_sub(text, 5, second - 5), 1, 12, &month)) return false;
    if (text.len - second - 1 > 2) return false;
    if (!scalar_i64(str_sub(text, second + 1, text.len - second - 1), 1, 31, &day)) return false;
    *days = calendar_days((int32_t)year, (unsigned)month, 1) + (int32_t)day - 1;
    return true;
}

/* ISO: HH:mm or HH:mm:ss[.fraction]; the digits beyond the type's are cut. */
static bool cell_time(struct str text, unsigned precision, int32_t *ms) {
    char full[8];
    if (text.len == 5) {
        memcpy(full, text.ptr, 5);
        memcpy(full + 5, ":00", 3);
        text = (struct str){full, 8};
    }
    if (!datetime_parse_time(text.ptr, text.len, false, ms)) return false;
    static const int32_t unit[] = {1000, 100, 10, 1};
    if (precision < 3) *ms -= *ms % unit[precision];
    return true;
}

static bool cell_number(struct str text, struct vec *v, uint32_t i) {
    struct str s = scalar_trim(text);
    int64_t n, min, max;
    if (v->phys == PHYS_F64) return scalar_f64(s, &((double *)v->data)[i]);
    if (v->phys == PHYS_F32) return scalar_f32(s, &((float *)v->data)[i]);
    scalar_int_range(v->phys, &min, &max);
    if (!scalar_i64(s, min, max, &n)) return false;
    if (v->type->kind == TYPE_INTERVAL_DT && __builtin_mul_overflow(n, 1000, &n)) return false;
    vec_put_int(v, i, n);
    return true;
}

static bool cell_decimal(struct str text, struct vec *v, uint32_t i, struct arena *a) {
    __int128 value;
    switch (scalar_decimal(text, v->type->precision, v->type->scale, &value)) {
    case SCALAR_DECIMAL_OK: scalar_decimal_store(v, i, value); return true;
    case SCALAR_DECIMAL_BIG: return set_null(v, i, a);
    case SCALAR_DECIMAL_BAD: break;
    }
    return false;
}

static bool cell_value(const struct csv_options *o, struct str text, struct vec *v, uint32_t i,
                       struct arena *a) {
    const struct type *t = v->type;
    struct str s;
    switch (t->kind) {
    case TYPE_BOOLEAN: ((uint8_t *)v->data)[i] = str_ieq(scalar_trim(text), STR("true")); return true;
    case TYPE_TINYINT:
    case TYPE_SMALLINT:
    case TYPE_INT:
    case TYPE_BIGINT:
    case TYPE_FLOAT:
    case TYPE_DOUBLE:
    case TYPE_INTERVAL_YM:
    case TYPE_INTERVAL_DT: return cell_number(text, v, i);
    case TYPE_DECIMAL: return cell_decimal(text, v, i, a);
    case TYPE_CHAR:
    case TYPE_VARCHAR:
        ((struct strview *)v->data)[i] = strview_of(text.ptr, text.len);
        return scalar_utf8_valid(text.ptr, text.len);
    case TYPE_BINARY:
    case TYPE_VARBINARY:
        if (!scalar_base64_decode(text, a, &s)) return false;
        ((struct strview *)v->data)[i] = strview_of(s.ptr, s.len);
        return true;
    case TYPE_DATE: return cell_date(text, &((int32_t *)v->data)[i]);
    case TYPE_TIME: return cell_time(text, t->precision, &((int32_t *)v->data)[i]);
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        s = scalar_trim(text);
        return datetime_parse_timestamp(s.ptr, s.len, DATETIME_SQL, t->kind == TYPE_TIMESTAMP_LTZ,
                                        t->precision, &((int64_t *)v->data)[i]);
    case TYPE_ARRAY: return cell_array(o, text, v, i, a);
    case TYPE_ROW: return cell_row(o, text, v, i, a);
    case TYPE_MAP:
    case TYPE_NULLTYPE:
    case TYPE_SYMBOL:
    case TYPE_KIND_COUNT: break;
    }
    return false;
}

bool csv_cell_decode(const struct csv_options *o, struct str text, struct vec *v, uint32_t i,
                     struct arena *a) {
    /* in an ARRAY the literal is an element, even where it is the only one */
    if (!text.ptr || (o->has_null && v->phys != PHYS_ARRAY && str_eq(text, o->null_literal)))
        return set_null(v, i, a);
    if (cell_value(o, text, v, i, a)) return true;
    return o->ignore_errors && set_null(v, i, a);
}
