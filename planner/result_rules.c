/* SPDX-License-Identifier: Apache-2.0
 *
 * The lower-case result rules of functions.def; see result_rules.h. One function a rule, found by name.
 */
#include "planner/result_rules.h"

#include <assert.h>

#include "planner/binder.h"
#include "planner/symbols.h"

#define MIN(x, y) ((x) < (y) ? (x) : (y))
#define MAX(x, y) ((x) > (y) ? (x) : (y))

/* A DECIMAL of that size, or cut to 38 digits: whole digits win over the scale, but for 6 of it. */
static const struct type *decimal_fit(struct arena *a, int precision, int scale, bool nullable) {
    if (precision > DECIMAL_MAX_PRECISION) {
        int whole = precision - scale;
        scale = MAX(DECIMAL_MAX_PRECISION - whole, MIN(scale, 6));
        precision = DECIMAL_MAX_PRECISION;
    }
    return type_decimal(a, (unsigned)precision, (unsigned)scale, nullable);
}

const struct type *decimal_add_type(struct arena *a, const struct type *x, const struct type *y) {
    int scale = MAX(x->scale, y->scale);
    int whole = MAX(x->precision - x->scale, y->precision - y->scale);
    return decimal_fit(a, whole + scale + 1, scale, x->nullable || y->nullable);
}

const struct type *decimal_mul_type(struct arena *a, const struct type *x, const struct type *y) {
    return decimal_fit(a, x->precision + y->precision + 1, x->scale + y->scale, x->nullable || y->nullable);
}

const struct type *decimal_div_type(struct arena *a, const struct type *x, const struct type *y) {
    int scale = MAX(6, x->scale + y->precision + 1);
    int whole = x->precision - x->scale + y->scale;
    return decimal_fit(a, whole + scale, scale, x->nullable || y->nullable);
}

const struct type *decimal_mod_type(struct arena *a, const struct type *x, const struct type *y) {
    int scale = MAX(x->scale, y->scale);
    int whole = MIN(x->precision - x->scale, y->precision - y->scale);
    return decimal_fit(a, MAX(whole + scale, 1), scale, x->nullable || y->nullable);
}

static bool any_null(struct expr *const *args, unsigned n) {
    for (unsigned i = 0; i < n; i++) {
        if (args[i]->type->nullable) return true;
    }
    return false;
}

/* Integers, FLOAT and DOUBLE of one type give that type; DECIMAL has rows of its own. */
static const struct type *rule_arith(struct arena *a, struct expr *const *args, unsigned n) {
    const struct type *t = args[0]->type;
    if (!type_is_numeric(t) || t->kind == TYPE_DECIMAL) return NULL;
    return type_with_null(a, t, any_null(args, n));
}

static const struct type *rule_decimal_add(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    return decimal_add_type(a, args[0]->type, args[1]->type);
}

static const struct type *rule_decimal_mul(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    return decimal_mul_type(a, args[0]->type, args[1]->type);
}

static const struct type *rule_decimal_div(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    return decimal_div_type(a, args[0]->type, args[1]->type);
}

static const struct type *rule_decimal_mod(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    return decimal_mod_type(a, args[0]->type, args[1]->type);
}

/* CEIL and FLOOR: a DECIMAL loses its scale. */
static const struct type *rule_integral(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    const struct type *t = args[0]->type;
    if (t->kind != TYPE_DECIMAL) return t;
    return type_decimal(a, t->precision, 0, t->nullable);
}

/* ROUND and TRUNCATE: a DECIMAL is cut to the places asked for, if these are a literal. */
static const struct type *rule_round(struct arena *a, struct expr *const *args, unsigned n) {
    const struct type *t = args[0]->type;
    bool nullable = any_null(args, n);
    if (t->kind != TYPE_DECIMAL) return type_with_null(a, t, nullable);
    int64_t places = 0;
    if (n > 1) {
        if (args[1]->kind != EXPR_LITERAL || args[1]->value.null) return type_with_null(a, t, nullable);
        places = args[1]->value.i;
    }
    if (places >= t->scale) return type_with_null(a, t, nullable);
    if (places < 0) places = 0;
    int precision = MIN(DECIMAL_MAX_PRECISION, t->precision - t->scale + 1 + (int)places);
    return type_decimal(a, (unsigned)precision, (unsigned)places, nullable);
}

/* The common type, NULL only if all are. */
static const struct type *rule_coalesce(struct arena *a, struct expr *const *args, unsigned n) {
    bool nullable = true;
    for (unsigned i = 0; i < n; i++) nullable = nullable && args[i]->type->nullable;
    return type_with_null(a, args[0]->type, nullable);
}

static const struct type *rule_ltz3(struct arena *a, struct expr *const *args, unsigned n) {
    return type_time(a, TYPE_TIMESTAMP_LTZ, 3, any_null(args, n));
}

static const struct type *rule_timestamp3(struct arena *a, struct expr *const *args, unsigned n) {
    return type_time(a, TYPE_TIMESTAMP, 3, any_null(args, n));
}

static const struct type *rule_time0(struct arena *a, struct expr *const *args, unsigned n) {
    return type_time(a, TYPE_TIME, 0, any_null(args, n));
}

/* TO_TIMESTAMP_LTZ(number, precision): as fine as the number, at least milliseconds. */
static const struct type *rule_ltz_unit(struct arena *a, struct expr *const *args, unsigned n) {
    int64_t precision = 3;
    if (n > 1 && args[1]->kind == EXPR_LITERAL && !args[1]->value.null) precision = args[1]->value.i;
    unsigned p = precision > 3 && precision <= 9 ? (unsigned)precision : 3;
    return type_time(a, TYPE_TIMESTAMP_LTZ, p, any_null(args, n));
}

/* TIMESTAMPADD(unit, n, time): a DATE becomes a TIMESTAMP by units below a day; fractions of a second widen.
 */
static const struct type *rule_timestampadd(struct arena *a, struct expr *const *args, unsigned n) {
    const struct type *t = args[2]->type;
    enum symbol unit = args[0]->kind == EXPR_LITERAL ? (enum symbol)args[0]->value.i : SYM_DAY;
    bool nullable = any_null(args, n);
    if (t->kind == TYPE_TIME || (t->kind == TYPE_DATE && unit >= SYM_DAY))
        return type_with_null(a, t, nullable);
    if (t->kind == TYPE_DATE) return type_time(a, TYPE_TIMESTAMP, 6, nullable);
    unsigned least = unit == SYM_MICROSECOND ? 6 : unit == SYM_MILLISECOND ? 3 : 0;
    return type_time(a, t->kind, MAX(t->precision, least), nullable);
}

static const struct type *rule_string_array(struct arena *a, struct expr *const *args, unsigned n) {
    return type_array(a, type_string(true), any_null(args, n));
}

static const struct type *rule_string_map(struct arena *a, struct expr *const *args, unsigned n) {
    return type_map(a, type_string(true), type_string(true), any_null(args, n));
}

/* Constructors: the binder makes their types; as plain calls they are refused. */
static const struct type *rule_constructed(struct arena *a UNUSED, struct expr *const *args UNUSED,
                                           unsigned n UNUSED) {
    return NULL;
}

static const struct type *rule_element(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    return type_with_null(a, args[0]->type->fields[0].type, true);
}

static const struct type *rule_map_value(struct arena *a, struct expr *const *args, unsigned n UNUSED) {
    return type_with_null(a, args[0]->type->fields[1].type, true);
}

/* The second argument is of the element's type, but for the length of strings. */
static bool fits_element(struct expr *const *args) {
    const struct type *e = args[0]->type->fields[0].type, *t = args[1]->type;
    if (t->kind == TYPE_NULLTYPE || (type_is_string(e) && type_is_string(t))) return true;
    return type_equal(e, t);
}

static const struct type *rule_has_element(struct arena *a UNUSED, struct expr *const *args,
                                           unsigned n UNUSED) {
    return fits_element(args) ? type_simple(TYPE_BOOLEAN, args[0]->type->nullable) : NULL;
}

static const struct type *rule_element_place(struct arena *a UNUSED, struct expr *const *args, unsigned n) {
    return fits_element(args) ? type_simple(TYPE_INT, any_null(args, n)) : NULL;
}

/* The array with room for the element: its type may be longer, or nullable. */
static const struct type *rule_with_element(struct arena *a, struct expr *const *args, unsigned n) {
    if (!fits_element(args)) return NULL;
    const struct type *e = args[0]->type->fields[0].type, *t = args[1]->type;
    bool nullable = e->nullable || t->nullable;
    if (type_is_string(e) && type_is_string(t) && !type_equal(e, t)) {
        e = type_chars(a, TYPE_VARCHAR, MAX(e->length, t->length), nullable);
    }
    return type_array(a, type_with_null(a, e, nullable), any_null(args, n));
}

static const struct type *rule_without_element(struct arena *a UNUSED, struct expr *const *args,
                                               unsigned n UNUSED) {
    return fits_element(args) ? args[0]->type : NULL;
}

static const struct type *rule_array(struct arena *a, struct expr *const *args, unsigned n) {
    return type_with_null(a, args[0]->type, any_null(args, n));
}

static bool has_order(const struct type *t) {
    return t->kind != TYPE_BOOLEAN && t->kind != TYPE_ARRAY && t->kind != TYPE_MAP && t->kind != TYPE_ROW;
}

static const struct type *rule_ordered_array(struct arena *a, struct expr *const *args, unsigned n) {
    return has_order(args[0]->type->fields[0].type) ? rule_array(a, args, n) : NULL;
}

static const struct type *rule_ordered_element(struct arena *a, struct expr *const *args, unsigned n) {
    return has_order(args[0]->type->fields[0].type) ? rule_element(a, args, n) : NULL;
}

static const struct type *rule_map_entries(struct arena *a, struct expr *const *args, unsigned n) {
    const struct type *m = args[0]->type;
    struct type_field fields[] = {{.name = STR("key"), .type = m->fields[0].type, .comment = STR("")},
                                  {.name = STR("value"), .type = m->fields[1].type, .comment = STR("")}};
    return type_array(a, type_row(a, fields, 2, true), any_null(args, n));
}

static const struct type *rule_map_from_arrays(struct arena *a, struct expr *const *args, unsigned n) {
    return type_map(a, args[0]->type->fields[0].type, args[1]->type->fields[0].type, any_null(args, n));
}

/* The common type of lists of one kind: what they hold is nullable if it is in one of them. */
static const struct type *same_list(struct arena *a, enum type_kind kind, struct expr *const *args,
                                    unsigned n) {
    const struct type *t = args[0]->type;
    if (t->kind != kind) return NULL;
    for (unsigned i = 1; t && i < n; i++) t = bind_common_type(a, t, args[i]->type);
    return t;
}

static const struct type *rule_same_map(struct arena *a, struct expr *const *args, unsigned n) {
    return same_list(a, TYPE_MAP, args, n);
}

static const struct type *rule_same_array(struct arena *a, struct expr *const *args, unsigned n) {
    return same_list(a, TYPE_ARRAY, args, n);
}

/* a || b: as long as both together; of fixed length if both are. */
static const struct type *rule_joined_text(struct arena *a, struct expr *const *args, unsigned n) {
    const struct type *x = args[0]->type, *y = args[1]->type;
    bool fixed = x->kind == TYPE_CHAR && y->kind == TYPE_CHAR;
    int64_t length = MIN((int64_t)x->length + y->length, TYPE_MAX_LEN);
    return type_chars(a, fixed ? TYPE_CHAR : TYPE_VARCHAR, (int32_t)length, any_null(args, n));
}

/* A part of a string: at most as long. */
static const struct type *rule_part_text(struct arena *a, struct expr *const *args, unsigned n) {
    return type_chars(a, TYPE_VARCHAR, args[0]->type->length, any_null(args, n));
}

/* TRIM(side, characters, string) */
static const struct type *rule_trimmed_text(struct arena *a, struct expr *const *args, unsigned n) {
    return type_chars(a, TYPE_VARCHAR, args[2]->type->length, any_null(args, n));
}

/* PRINTF takes strings, numbers and BOOLEAN. */
static const struct type *rule_printed(struct arena *a UNUSED, struct expr *const *args, unsigned n) {
    for (unsigned i = 0; i < n; i++) {
        const struct type *t = args[i]->type;
        bool ok =
            type_is_string(t) || type_is_numeric(t) || t->kind == TYPE_BOOLEAN || t->kind == TYPE_NULLTYPE;
        if (!ok) return NULL;
    }
    return type_string(true);
}

static const struct type *rule_joined(struct arena *a UNUSED, struct expr *const *args, unsigned n) {
    return type_is_string(args[0]->type->fields[0].type) ? type_string(any_null(args, n)) : NULL;
}

static const struct type *rule_map_keys(struct arena *a, struct expr *const *args, unsigned n) {
    return type_array(a, args[0]->type->fields[0].type, any_null(args, n));
}

static const struct type *rule_map_values(struct arena *a, struct expr *const *args, unsigned n) {
    return type_array(a, args[0]->type->fields[1].type, any_null(args, n));
}

static const struct {
    const char *name;
    const struct type *(*rule)(struct arena *a, struct expr *const *args, unsigned n);
} rules[] = {
    {"arith", rule_arith},
    {"array", rule_array},
    {"coalesce", rule_coalesce},
    {"constructed", rule_constructed},
    {"decimal_add", rule_decimal_add},
    {"decimal_div", rule_decimal_div},
    {"decimal_mod", rule_decimal_mod},
    {"decimal_mul", rule_decimal_mul},
    {"element", rule_element},
    {"element_place", rule_element_place},
    {"has_element", rule_has_element},
    {"integral", rule_integral},
    {"joined", rule_joined},
    {"joined_text", rule_joined_text},
    {"ltz3", rule_ltz3},
    {"ltz_unit", rule_ltz_unit},
    {"map_entries", rule_map_entries},
    {"map_from_arrays", rule_map_from_arrays},
    {"map_keys", rule_map_keys},
    {"map_value", rule_map_value},
    {"map_values", rule_map_values},
    {"ordered_array", rule_ordered_array},
    {"ordered_element", rule_ordered_element},
    {"part_text", rule_part_text},
    {"printed", rule_printed},
    {"round", rule_round},
    {"same_array", rule_same_array},
    {"same_map", rule_same_map},
    {"string_array", rule_string_array},
    {"string_map", rule_string_map},
    {"time0", rule_time0},
    {"timestamp3", rule_timestamp3},
    {"timestampadd", rule_timestampadd},
    {"trimmed_text", rule_trimmed_text},
    {"with_element", rule_with_element},
    {"without_element", rule_without_element},
};

const struct type *result_rule(struct arena *a, const char *rule, struct expr *const *args, unsigned n) {
    for (unsigned i = 0; i < ARRAY_LEN(rules); i++) {
        if (strcmp(rules[i].name, rule) == 0) return rules[i].rule(a, args, n);
    }
    assert(!"a rule named in functions.def");
    return NULL;
}
