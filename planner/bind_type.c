/* SPDX-License-Identifier: Apache-2.0
 *
 * Types: from syntax to struct type, and the coercions that Flink does by itself. Types with a length
 * or precision that SQL does not allow are refused here with their place.
 */
#include "planner/binder.h"

static enum status bad_precision(struct binder *b, const struct ast_type *t, const char *what, int min,
                                 int max) {
    return error_at(b->error, ERR_INVALID_QUERY, t->span, "%s must be between %d and %d", what, min, max);
}

static enum status bind_chars(struct binder *b, const struct ast_type *t, enum type_kind kind, bool nullable,
                              const struct type **out) {
    if (t->precision == 0) return bad_precision(b, t, "the length of a string type", 1, TYPE_MAX_LEN);
    *out = type_chars(b->arena, kind, t->precision < 0 ? 1 : t->precision, nullable);
    return ST_OK;
}

static enum status bind_times(struct binder *b, const struct ast_type *t, enum type_kind kind, int def,
                              bool nullable, const struct type **out) {
    int p = t->precision < 0 ? def : t->precision;
    if (p > 9) return bad_precision(b, t, "the precision of a time type", 0, 9);
    *out = type_time(b->arena, kind, (unsigned)p, nullable);
    return ST_OK;
}

static enum status bind_decimal(struct binder *b, const struct ast_type *t, bool nullable,
                                const struct type **out) {
    int p = t->precision < 0 ? 10 : t->precision, s = t->scale < 0 ? 0 : t->scale;
    if (p < 1 || p > DECIMAL_MAX_PRECISION) {
        return bad_precision(b, t, "the precision of DECIMAL", 1, DECIMAL_MAX_PRECISION);
    }
    if (s > p) return bad_precision(b, t, "the scale of DECIMAL", 0, p);
    *out = type_decimal(b->arena, (unsigned)p, (unsigned)s, nullable);
    return ST_OK;
}

static enum status bind_row_type(struct binder *b, const struct ast_type *t, bool nullable,
                                 const struct type **out) {
    struct type_field *fields = ARENA_ARRAY(b->arena, struct type_field, t->field_count + 1);
    for (size_t i = 0; i < t->field_count; i++) {
        fields[i].name = t->fields[i].name.text;
        fields[i].comment = t->fields[i].comment.value;
        TRY(bind_type(b, t->fields[i].type, &fields[i].type));
    }
    *out = type_row(b->arena, fields, (unsigned)t->field_count, nullable);
    return ST_OK;
}

static enum status bind_nested(struct binder *b, const struct ast_type *t, bool nullable,
                               const struct type **out) {
    const struct type *element, *key;
    TRY(bind_type(b, t->element, &element));
    if (t->kind == AST_TYPE_ARRAY) {
        *out = type_array(b->arena, element, nullable);
        return ST_OK;
    }
    TRY(bind_type(b, t->key, &key));
    *out = type_map(b->arena, key, element, nullable);
    return ST_OK;
}

static const struct type *interval_type(struct binder *b, const struct ast_interval_range *r, bool nullable) {
    bool months = r->from == AST_UNIT_YEAR || r->from == AST_UNIT_MONTH || r->from == AST_UNIT_QUARTER;
    struct type *t = ARENA_NEW(b->arena, struct type);
    *t = *type_simple(months ? TYPE_INTERVAL_YM : TYPE_INTERVAL_DT, nullable);
    return t;
}

static enum status bind_type_depth(struct binder *b, const struct ast_type *t, const struct type **out) {
    bool null = !t->not_null;
    switch (t->kind) {
    case AST_TYPE_BOOLEAN: *out = type_simple(TYPE_BOOLEAN, null); return ST_OK;
    case AST_TYPE_TINYINT: *out = type_simple(TYPE_TINYINT, null); return ST_OK;
    case AST_TYPE_SMALLINT: *out = type_simple(TYPE_SMALLINT, null); return ST_OK;
    case AST_TYPE_INT: *out = type_simple(TYPE_INT, null); return ST_OK;
    case AST_TYPE_BIGINT: *out = type_simple(TYPE_BIGINT, null); return ST_OK;
    case AST_TYPE_FLOAT: *out = type_simple(TYPE_FLOAT, null); return ST_OK;
    case AST_TYPE_DOUBLE: *out = type_simple(TYPE_DOUBLE, null); return ST_OK;
    case AST_TYPE_DECIMAL: return bind_decimal(b, t, null, out);
    case AST_TYPE_CHAR: return bind_chars(b, t, TYPE_CHAR, null, out);
    case AST_TYPE_VARCHAR: return bind_chars(b, t, TYPE_VARCHAR, null, out);
    case AST_TYPE_STRING: *out = type_string(null); return ST_OK;
    case AST_TYPE_BINARY: return bind_chars(b, t, TYPE_BINARY, null, out);
    case AST_TYPE_VARBINARY: return bind_chars(b, t, TYPE_VARBINARY, null, out);
    case AST_TYPE_BYTES: *out = type_bytes(null); return ST_OK;
    case AST_TYPE_DATE: *out = type_simple(TYPE_DATE, null); return ST_OK;
    case AST_TYPE_TIME: return bind_times(b, t, TYPE_TIME, 0, null, out);
    case AST_TYPE_TIMESTAMP: return bind_times(b, t, TYPE_TIMESTAMP, 6, null, out);
    case AST_TYPE_TIMESTAMP_LTZ: return bind_times(b, t, TYPE_TIMESTAMP_LTZ, 6, null, out);
    case AST_TYPE_INTERVAL: *out = interval_type(b, &t->range, null); return ST_OK;
    case AST_TYPE_ARRAY:
    case AST_TYPE_MAP: return bind_nested(b, t, null, out);
    case AST_TYPE_ROW: return bind_row_type(b, t, null, out);
    case AST_TYPE_NULL: *out = type_simple(TYPE_NULLTYPE, true); return ST_OK;
    case AST_TYPE_TIMESTAMP_TZ: return bind_unsupported(b, t->span, "TIMESTAMP WITH TIME ZONE");
    case AST_TYPE_MULTISET: return bind_unsupported(b, t->span, "MULTISET");
    case AST_TYPE_STRUCTURED: return bind_unsupported(b, t->span, "STRUCTURED");
    case AST_TYPE_VARIANT: return bind_unsupported(b, t->span, "VARIANT");
    case AST_TYPE_RAW: return bind_unsupported(b, t->span, "RAW");
    case AST_TYPE_NAMED:
        return bind_unsupported(b, t->span, "type %.*s", STR_ARG(t->name.parts[t->name.count - 1].text));
    }
    return ST_ERROR;
}

enum status bind_type(struct binder *b, const struct ast_type *t, const struct type **out) {
    if (++b->depth > BIND_MAX_DEPTH)
        return error_at(b->error, ERR_LIMIT, t->span, "the type is nested too deeply");
    enum status st = bind_type_depth(b, t, out);
    b->depth--;
    return st;
}

/* ---- common types ---- */

static unsigned integer_digits(enum type_kind kind) {
    switch (kind) {
    case TYPE_TINYINT: return 3;
    case TYPE_SMALLINT: return 5;
    case TYPE_INT: return 10;
    default: return 19;
    }
}

static const struct type *common_decimal(struct arena *a, const struct type *x, const struct type *y,
                                         bool nullable) {
    unsigned xs = x->kind == TYPE_DECIMAL ? x->scale : 0, ys = y->kind == TYPE_DECIMAL ? y->scale : 0;
    unsigned xi = x->kind == TYPE_DECIMAL ? x->precision - xs : integer_digits(x->kind);
    unsigned yi = y->kind == TYPE_DECIMAL ? y->precision - ys : integer_digits(y->kind);
    unsigned scale = xs > ys ? xs : ys, whole = xi > yi ? xi : yi;
    if (whole > DECIMAL_MAX_PRECISION) whole = DECIMAL_MAX_PRECISION;
    if (whole + scale > DECIMAL_MAX_PRECISION) scale = DECIMAL_MAX_PRECISION - whole;
    return type_decimal(a, whole + scale, scale, nullable);
}

static bool is_approximate(const struct type *t) {
    return t->kind == TYPE_FLOAT || t->kind == TYPE_DOUBLE;
}

static const struct type *common_numeric(struct arena *a, const struct type *x, const struct type *y,
                                         bool nullable) {
    if (is_approximate(x) && is_approximate(y)) return type_simple(x->kind, nullable); /* the left one's */
    if (x->kind == TYPE_DOUBLE || y->kind == TYPE_DOUBLE) return type_simple(TYPE_DOUBLE, nullable);
    if (x->kind == TYPE_FLOAT || y->kind == TYPE_FLOAT) {
        bool decimal = x->kind == TYPE_DECIMAL || y->kind == TYPE_DECIMAL;
        return type_simple(decimal ? TYPE_DOUBLE : TYPE_FLOAT, nullable);
    }
    if (x->kind == TYPE_DECIMAL || y->kind == TYPE_DECIMAL) return common_decimal(a, x, y, nullable);
    return type_simple(x->kind > y->kind ? x->kind : y->kind, nullable);
}

static const struct type *common_nested(struct arena *a, const struct type *x, const struct type *y,
                                        bool nullable) {
    if (x->nfields != y->nfields) return NULL;
    struct type_field *fields = ARENA_ARRAY(a, struct type_field, x->nfields + 1);
    for (uint32_t i = 0; i < x->nfields; i++) {
        fields[i] = x->fields[i];
        fields[i].type = bind_common_type(a, x->fields[i].type, y->fields[i].type);
        if (!fields[i].type) return NULL;
    }
    if (x->kind == TYPE_ARRAY) return type_array(a, fields[0].type, nullable);
    if (x->kind == TYPE_MAP) return type_map(a, fields[0].type, fields[1].type, nullable);
    return type_row(a, fields, x->nfields, nullable);
}

static const struct type *common_text(struct arena *a, const struct type *x, const struct type *y,
                                      bool nullable, enum type_kind fixed, enum type_kind varying) {
    int32_t length = x->length > y->length ? x->length : y->length;
    bool same = x->kind == fixed && y->kind == fixed && x->length == y->length;
    return type_chars(a, same ? fixed : varying, length, nullable);
}

const struct type *bind_common_type(struct arena *a, const struct type *x, const struct type *y) {
    bool nullable = x->nullable || y->nullable;
    if (type_equal(x, y) && !x->nfields) return type_with_null(a, x, nullable);
    if (x->kind == TYPE_NULLTYPE) return type_with_null(a, y, true);
    if (y->kind == TYPE_NULLTYPE) return type_with_null(a, x, true);
    if (type_is_numeric(x) && type_is_numeric(y)) return common_numeric(a, x, y, nullable);
    if (type_is_string(x) && type_is_string(y))
        return common_text(a, x, y, nullable, TYPE_CHAR, TYPE_VARCHAR);
    if (type_is_bytes(x) && type_is_bytes(y))
        return common_text(a, x, y, nullable, TYPE_BINARY, TYPE_VARBINARY);
    if (type_is_timestamp(x) && type_is_timestamp(y)) {
        bool zoned = x->kind == TYPE_TIMESTAMP_LTZ || y->kind == TYPE_TIMESTAMP_LTZ;
        unsigned p = x->precision > y->precision ? x->precision : y->precision;
        return type_time(a, zoned ? TYPE_TIMESTAMP_LTZ : TYPE_TIMESTAMP, p, nullable);
    }
    if (x->kind != y->kind) return NULL;
    if (x->kind == TYPE_TIME) return type_with_null(a, x->precision > y->precision ? x : y, nullable);
    if (type_is_interval(x)) return type_with_null(a, x, nullable);
    if (x->kind == TYPE_ARRAY || x->kind == TYPE_MAP || x->kind == TYPE_ROW)
        return common_nested(a, x, y, nullable);
    return NULL;
}

const struct type *bind_widest_type(struct arena *a, const struct type *x, const struct type *y) {
    bool left = x->kind == TYPE_FLOAT && y->kind == TYPE_DOUBLE;
    return left ? bind_common_type(a, y, x) : bind_common_type(a, x, y);
}

/* Do the values of both types look the same in memory, `to` having room for all of `from`? */
static bool same_form(const struct type *from, const struct type *to) {
    if (type_is_string(from) && type_is_string(to))
        return to->kind == TYPE_VARCHAR && to->length >= from->length;
    if (type_is_bytes(from) && type_is_bytes(to))
        return to->kind == TYPE_VARBINARY && to->length >= from->length;
    if (from->kind != to->kind) return false;
    if (from->kind == TYPE_TIMESTAMP || from->kind == TYPE_TIMESTAMP_LTZ) {
        return to->precision >= from->precision && (to->precision > 6) == (from->precision > 6);
    }
    return type_is_interval(from) || (from->kind == TYPE_TIME && to->precision >= from->precision);
}

static const int64_t int_max[] = {[TYPE_TINYINT] = INT8_MAX,
                                  [TYPE_SMALLINT] = INT16_MAX,
                                  [TYPE_INT] = INT32_MAX,
                                  [TYPE_BIGINT] = INT64_MAX};

struct expr *bind_coerce(struct binder *b, struct expr *e, const struct type *type) {
    if (type_equal(e->type, type)) return e;
    const struct type *t =
        type_with_null(b->arena, type, e->type->nullable || e->type->kind == TYPE_NULLTYPE);
    if (e->kind == EXPR_LITERAL) {
        bool integer = type_is_integer(e->type) && type_is_integer(t) && !e->value.null &&
                       e->value.i <= int_max[t->kind] && e->value.i >= -int_max[t->kind] - 1;
        if (e->value.null || same_form(e->type, t) || integer) {
            return expr_literal(b->arena, t, e->value, e->span);
        }
        if (type_is_integer(e->type) && t->kind == TYPE_DOUBLE) {
            return expr_literal(b->arena, t, (struct value){.f = (double)e->value.i}, e->span);
        }
    }
    return bind_fold(b, expr_cast(b->arena, e, t));
}

/* ---- which casts there are ---- */

static bool can_cast_nested(const struct type *from, const struct type *to) {
    if (from->nfields != to->nfields) return false;
    for (uint32_t i = 0; i < from->nfields; i++) {
        if (!bind_can_cast(from->fields[i].type, to->fields[i].type)) return false;
    }
    return true;
}

bool bind_can_cast(const struct type *from, const struct type *to) {
    if (type_equal(from, to) || from->kind == TYPE_NULLTYPE || type_is_string(to)) return true;
    if (to->kind == TYPE_NULLTYPE || from->kind == TYPE_SYMBOL || to->kind == TYPE_SYMBOL) return false;
    bool nested = to->kind == TYPE_ARRAY || to->kind == TYPE_MAP || to->kind == TYPE_ROW;
    if (nested) return from->kind == to->kind && can_cast_nested(from, to);
    if (type_is_string(from)) return !type_is_interval(to);
    if (from->kind == TYPE_ARRAY || from->kind == TYPE_MAP || from->kind == TYPE_ROW) return false;
    if (type_is_bytes(from) || type_is_bytes(to)) return type_is_bytes(from) && type_is_bytes(to);
    bool from_number = type_is_numeric(from) || from->kind == TYPE_BOOLEAN;
    if (type_is_numeric(to) || to->kind == TYPE_BOOLEAN) {
        return from_number || (type_is_interval(from) && type_is_integer(to));
    }
    if (type_is_interval(to)) return from->kind == to->kind || type_is_integer(from);
    if (to->kind == TYPE_DATE) return from->kind == TYPE_DATE || type_is_timestamp(from);
    if (to->kind == TYPE_TIME) return from->kind == TYPE_TIME || type_is_timestamp(from);
    if (type_is_timestamp(to)) {
        return type_is_timestamp(from) || from->kind == TYPE_DATE || from->kind == TYPE_TIME;
    }
    return from->kind == to->kind;
}

static bool can_coerce_nested(const struct type *from, const struct type *to) {
    if (from->nfields != to->nfields) return false;
    for (uint32_t i = 0; i < from->nfields; i++) {
        if (!bind_can_coerce(from->fields[i].type, to->fields[i].type)) return false;
    }
    return true;
}

bool bind_can_coerce(const struct type *from, const struct type *to) {
    if (type_equal(from, to) || from->kind == TYPE_NULLTYPE) return true;
    if (type_is_string(from)) return type_is_string(to);
    if (type_is_bytes(from)) return type_is_bytes(to);
    if (type_is_numeric(from) && type_is_numeric(to)) {
        if (to->kind == TYPE_DECIMAL) return from->kind != TYPE_FLOAT && from->kind != TYPE_DOUBLE;
        if (from->kind == TYPE_DECIMAL) return to->kind == TYPE_FLOAT || to->kind == TYPE_DOUBLE;
        return from->kind <= to->kind;
    }
    if (type_is_timestamp(from) || from->kind == TYPE_DATE)
        return type_is_timestamp(to) || from->kind == to->kind;
    if (from->kind != to->kind) return false;
    if (from->kind == TYPE_ARRAY || from->kind == TYPE_MAP || from->kind == TYPE_ROW) {
        return can_coerce_nested(from, to);
    }
    return true;
}

struct str bind_type_text(struct binder *b, const struct type *t) {
    return type_print(b->arena, type_with_null(b->arena, t, true));
}
