/* SPDX-License-Identifier: Apache-2.0
 *
 * Literals of SQL as typed constants: 1 is INT, 3000000000 BIGINT, 1.50 DECIMAL(3, 2), 1e3 DOUBLE, 'ab'
 * CHAR(2), TIMESTAMP '..' as many digits as written. All are NOT NULL but NULL itself.
 */
#include <errno.h>
#include <stdlib.h>

#include "planner/binder.h"
#include "planner/value.h"

static enum status bad(struct binder *b, struct span span, const char *what, struct str text) {
    return error_at(b->error, ERR_INVALID_LITERAL, span, "'%.*s' is not a valid %s", STR_ARG(text), what);
}

static struct expr *make(struct binder *b, const struct type *t, struct value v, struct span span) {
    return expr_literal(b->arena, t, v, span);
}

static struct expr *exact(struct binder *b, struct str text, bool negative, struct span span) {
    __int128 v;
    unsigned precision, scale;
    if (!value_parse_decimal(text, &v, &precision, &scale)) return NULL;
    if (negative) v = -v;
    bool point = memchr(text.ptr, '.', text.len) != NULL;
    if (!point && v >= INT32_MIN && v <= INT32_MAX) {
        return make(b, type_simple(TYPE_INT, false), (struct value){.i = (int64_t)v}, span);
    }
    if (!point && v >= INT64_MIN && v <= INT64_MAX) {
        return make(b, type_simple(TYPE_BIGINT, false), (struct value){.i = (int64_t)v}, span);
    }
    const struct type *t = type_decimal(b->arena, precision, scale, false);
    struct value value =
        type_phys(t) == PHYS_I128 ? (struct value){.i128 = v} : (struct value){.i = (int64_t)v};
    return make(b, t, value, span);
}

static struct expr *approx(struct binder *b, struct str text, bool negative, struct span span) {
    char *z = arena_alloc_raw(b->arena, text.len + 1), *end;
    memcpy(z, text.ptr, text.len);
    z[text.len] = '\0';
    double f = strtod(z, &end);
    if (*end || f > 1.7976931348623157e308) return NULL;
    if (negative && f != 0) f = -f; /* a literal is never -0 */
    return make(b, type_simple(TYPE_DOUBLE, false), (struct value){.f = f}, span);
}

static struct expr *string(struct binder *b, struct str text, struct span span) {
    int32_t chars = 0;
    for (size_t i = 0; i < text.len; i++) chars += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return make(b, type_chars(b->arena, TYPE_CHAR, chars, false), (struct value){.s = text}, span);
}

static int hex_digit(char c) {
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static struct expr *binary(struct binder *b, struct str hex, struct span span) {
    size_t n = hex.len / 2;
    char *p = arena_alloc_raw(b->arena, n + 1);
    for (size_t i = 0; i < n; i++)
        p[i] = (char)(hex_digit(hex.ptr[2 * i]) * 16 + hex_digit(hex.ptr[2 * i + 1]));
    return make(b, type_chars(b->arena, TYPE_BINARY, (int32_t)n, false), (struct value){.s = {p, n}}, span);
}

static struct expr *timestamp(struct binder *b, struct str text, struct span span) {
    int64_t seconds, nanos;
    unsigned digits;
    if (!value_parse_timestamp(text, &seconds, &nanos, &digits)) return NULL;
    const struct type *t = type_time(b->arena, TYPE_TIMESTAMP, digits, false);
    int64_t v = digits > 6 ? seconds * 1000000000 + nanos : seconds * 1000000 + nanos / 1000;
    return make(b, t, (struct value){.i = v}, span);
}

static struct expr *time_of_day(struct binder *b, struct str text, struct span span) {
    int64_t nanos;
    unsigned digits;
    if (!value_parse_time(text, &nanos, &digits)) return NULL;
    const struct type *t = type_time(b->arena, TYPE_TIME, digits > 3 ? 3 : digits, false);
    return make(b, t, (struct value){.i = nanos / 1000000}, span);
}

enum status bind_literal(struct binder *b, const struct ast_literal *l, struct expr **out) {
    struct span span = l->head.span;
    int64_t days;
    *out = NULL;
    switch (l->literal) {
    case AST_LIT_NULL:
        *out = make(b, type_simple(TYPE_NULLTYPE, true), (struct value){.null = true}, span);
        break;
    case AST_LIT_TRUE:
    case AST_LIT_FALSE:
        *out =
            make(b, type_simple(TYPE_BOOLEAN, false), (struct value){.b = l->literal == AST_LIT_TRUE}, span);
        break;
    case AST_LIT_EXACT:
        *out = exact(b, l->text, false, span);
        if (!*out) return error_at(b->error, ERR_INVALID_LITERAL, span, "the number has more than 38 digits");
        break;
    case AST_LIT_APPROX:
        *out = approx(b, l->text, false, span);
        if (!*out)
            return error_at(b->error, ERR_INVALID_LITERAL, span, "the number is out of range for DOUBLE");
        break;
    case AST_LIT_STRING: *out = string(b, l->text, span); break;
    case AST_LIT_BINARY: *out = binary(b, l->text, span); break;
    case AST_LIT_DATE:
        if (!value_parse_date(l->text, &days)) return bad(b, span, "DATE (yyyy-MM-dd)", l->text);
        *out = make(b, type_simple(TYPE_DATE, false), (struct value){.i = days}, span);
        break;
    case AST_LIT_TIME:
        *out = time_of_day(b, l->text, span);
        if (!*out) return bad(b, span, "TIME (HH:mm:ss)", l->text);
        break;
    case AST_LIT_TIMESTAMP:
        *out = timestamp(b, l->text, span);
        if (!*out) return bad(b, span, "TIMESTAMP (yyyy-MM-dd HH:mm:ss)", l->text);
        break;
    }
    return ST_OK;
}

struct expr *bind_negated_literal(struct binder *b, const struct ast_expr *operand, struct span span) {
    if (operand->kind != AST_LITERAL) return NULL;
    const struct ast_literal *l = ast_as_literal(operand);
    if (l->literal == AST_LIT_EXACT) return exact(b, l->text, true, span);
    if (l->literal == AST_LIT_APPROX) return approx(b, l->text, true, span);
    return NULL;
}

enum status bind_interval(struct binder *b, const struct ast_interval *i, struct expr **out) {
    int64_t v;
    if (!value_parse_interval(i->text, &i->range, &v)) {
        bad(b, i->text_span, "INTERVAL", i->text);
        if (i->range.leading_precision >= 0) return ST_ERROR;
        return error_hint(b->error,
                          "its first field has two digits, unless a precision such as %s(4) says otherwise",
                          ast_unit_name(i->range.from));
    }
    enum ast_unit from = i->range.from;
    bool months = from == AST_UNIT_YEAR || from == AST_UNIT_MONTH || from == AST_UNIT_QUARTER;
    if (months && (v > INT32_MAX || v < INT32_MIN)) return bad(b, i->text_span, "INTERVAL", i->text);
    struct value value = {.i = i->negative ? -v : v};
    *out = make(b, type_simple(months ? TYPE_INTERVAL_YM : TYPE_INTERVAL_DT, false), value, i->head.span);
    return ST_OK;
}
