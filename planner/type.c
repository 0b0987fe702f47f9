/* SPDX-License-Identifier: Apache-2.0
 *
 * Making, comparing and printing types; see type.h.
 */
#include "planner/type.h"

#include <assert.h>

#include "base/text.h"
#include "sql/print.h"

#define SIMPLE(k, null, p, len) {.kind = TYPE_##k, .nullable = null, .precision = p, .length = len}
#define BOTH(k, p, len) [TYPE_##k] = {SIMPLE(k, false, p, len), SIMPLE(k, true, p, len)}

/* Defaults of SQL: DECIMAL(10, 0), TIME(0), TIMESTAMP(6), CHAR(1), and STRING and BYTES. */
static const struct type simple_types[TYPE_KIND_COUNT][2] = {
    BOTH(NULLTYPE, 0, 0),
    BOTH(BOOLEAN, 0, 0),
    BOTH(TINYINT, 0, 0),
    BOTH(SMALLINT, 0, 0),
    BOTH(INT, 0, 0),
    BOTH(BIGINT, 0, 0),
    BOTH(FLOAT, 0, 0),
    BOTH(DOUBLE, 0, 0),
    BOTH(DECIMAL, 10, 0),
    BOTH(CHAR, 0, 1),
    BOTH(VARCHAR, 0, TYPE_MAX_LEN),
    BOTH(BINARY, 0, 1),
    BOTH(VARBINARY, 0, TYPE_MAX_LEN),
    BOTH(DATE, 0, 0),
    BOTH(TIME, 0, 0),
    BOTH(TIMESTAMP, 6, 0),
    BOTH(TIMESTAMP_LTZ, 6, 0),
    BOTH(INTERVAL_YM, 2, 0),
    BOTH(INTERVAL_DT, 2, 0),
    BOTH(SYMBOL, 0, 0),
};

static const char *const type_names[TYPE_KIND_COUNT] = {
#define TYPE(kind, name, phys) [TYPE_##kind] = name,
#include "planner/type.def"
#undef TYPE
};

const struct type *type_simple(enum type_kind kind, bool nullable) {
    assert(kind != TYPE_ARRAY && kind != TYPE_MAP && kind != TYPE_ROW);
    return &simple_types[kind][nullable];
}

const struct type *type_string(bool nullable) {
    return type_simple(TYPE_VARCHAR, nullable);
}

const struct type *type_bytes(bool nullable) {
    return type_simple(TYPE_VARBINARY, nullable);
}

static struct type *type_new(struct arena *a, enum type_kind kind, bool nullable) {
    struct type *t = ARENA_NEW(a, struct type);
    t->kind = kind;
    t->nullable = nullable;
    return t;
}

const struct type *type_decimal(struct arena *a, unsigned precision, unsigned scale, bool nullable) {
    struct type *t = type_new(a, TYPE_DECIMAL, nullable);
    t->precision = (uint8_t)precision;
    t->scale = (uint8_t)scale;
    return t;
}

const struct type *type_chars(struct arena *a, enum type_kind kind, int32_t length, bool nullable) {
    struct type *t = type_new(a, kind, nullable);
    t->length = length;
    return t;
}

const struct type *type_time(struct arena *a, enum type_kind kind, unsigned precision, bool nullable) {
    struct type *t = type_new(a, kind, nullable);
    t->precision = (uint8_t)precision;
    return t;
}

static const struct type *type_nested(struct arena *a, enum type_kind kind, const struct type_field *fields,
                                      unsigned n, bool nullable) {
    struct type *t = type_new(a, kind, nullable);
    struct type_field *copy = ARENA_ARRAY(a, struct type_field, n ? n : 1);
    if (n) memcpy(copy, fields, n * sizeof *fields);
    t->fields = copy;
    t->nfields = n;
    return t;
}

const struct type *type_array(struct arena *a, const struct type *element, bool nullable) {
    return type_nested(a, TYPE_ARRAY, &(struct type_field){.type = element}, 1, nullable);
}

const struct type *type_map(struct arena *a, const struct type *key, const struct type *value,
                            bool nullable) {
    return type_nested(a, TYPE_MAP, (struct type_field[]){{.type = key}, {.type = value}}, 2, nullable);
}

const struct type *type_row(struct arena *a, const struct type_field *fields, unsigned n, bool nullable) {
    return type_nested(a, TYPE_ROW, fields, n, nullable);
}

const struct type *type_with_null(struct arena *a, const struct type *t, bool nullable) {
    if (t->nullable == nullable) return t;
    struct type *copy = arena_alloc_raw(a, sizeof *copy);
    *copy = *t;
    copy->nullable = nullable;
    return copy;
}

const struct type *type_copy(struct arena *a, const struct type *t) {
    struct type *copy = arena_alloc_raw(a, sizeof *copy);
    *copy = *t;
    if (t->nfields) {
        struct type_field *fields = ARENA_ARRAY(a, struct type_field, t->nfields);
        for (uint32_t i = 0; i < t->nfields; i++) {
            fields[i].name = arena_str(a, t->fields[i].name);
            fields[i].comment = arena_str(a, t->fields[i].comment);
            fields[i].type = type_copy(a, t->fields[i].type);
        }
        copy->fields = fields;
    }
    return copy;
}

enum phys type_phys(const struct type *t) {
    static const enum phys by_kind[TYPE_KIND_COUNT] = {
#define TYPE(kind, name, phys) [TYPE_##kind] = PHYS_##phys,
#include "planner/type.def"
#undef TYPE
    };
    if (t->kind == TYPE_DECIMAL && t->precision > DECIMAL_I64_PRECISION) return PHYS_I128;
    return by_kind[t->kind];
}

unsigned phys_bytes(enum phys p) {
    static const uint8_t bytes[PHYS_COUNT] = {
        [PHYS_BOOL] = 1, [PHYS_I8] = 1,  [PHYS_I16] = 2,  [PHYS_I32] = 4,   [PHYS_I64] = 8, [PHYS_I128] = 16,
        [PHYS_F32] = 4,  [PHYS_F64] = 8, [PHYS_STR] = 16, [PHYS_ARRAY] = 8, [PHYS_MAP] = 8,
    };
    return bytes[p];
}

bool type_equal(const struct type *a, const struct type *b) {
    if (a == b) return true;
    if (a->kind != b->kind || a->precision != b->precision || a->scale != b->scale ||
        a->length != b->length || a->nfields != b->nfields)
        return false;
    for (uint32_t i = 0; i < a->nfields; i++) {
        if (a->kind == TYPE_ROW && !str_eq(a->fields[i].name, b->fields[i].name)) return false;
        if (!type_equal(a->fields[i].type, b->fields[i].type)) return false;
    }
    return true;
}

static struct str print_row(struct arena *a, const struct type *t) {
    struct text s = {.arena = a};
    text_printf(&s, "ROW<");
    for (uint32_t i = 0; i < t->nfields; i++) {
        struct str f = type_print(a, t->fields[i].type);
        struct str name = sql_print_ident_quoted(a, t->fields[i].name);
        text_printf(&s, "%s%.*s %.*s", i ? ", " : "", STR_ARG(name), STR_ARG(f));
    }
    text_printf(&s, ">");
    return text_str(&s);
}

static struct str print_bare(struct arena *a, const struct type *t) {
    switch (t->kind) {
    case TYPE_DECIMAL: return arena_printf(a, "DECIMAL(%u, %u)", t->precision, t->scale);
    case TYPE_VARCHAR:
        if (t->length == TYPE_MAX_LEN) return STR("STRING");
        return arena_printf(a, "VARCHAR(%d)", t->length);
    case TYPE_VARBINARY:
        if (t->length == TYPE_MAX_LEN) return STR("BYTES");
        return arena_printf(a, "VARBINARY(%d)", t->length);
    case TYPE_CHAR:
    case TYPE_BINARY: return arena_printf(a, "%s(%d)", type_names[t->kind], t->length);
    case TYPE_TIME:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ: return arena_printf(a, "%s(%u)", type_names[t->kind], t->precision);
    case TYPE_ARRAY: {
        struct str element = type_print(a, t->fields[0].type); /* STR_ARG takes its argument three times */
        return arena_printf(a, "ARRAY<%.*s>", STR_ARG(element));
    }
    case TYPE_MAP: {
        struct str k = type_print(a, t->fields[0].type), v = type_print(a, t->fields[1].type);
        return arena_printf(a, "MAP<%.*s, %.*s>", STR_ARG(k), STR_ARG(v));
    }
    case TYPE_ROW: return print_row(a, t);
    case TYPE_INTERVAL_YM: return STR("INTERVAL MONTH"); /* as Flink names all of them */
    case TYPE_INTERVAL_DT: return STR("INTERVAL SECOND(3)");
    default: return str_of(type_names[t->kind]);
    }
}

struct str type_print(struct arena *a, const struct type *t) {
    struct str s = print_bare(a, t);
    if (t->nullable) return s;
    return arena_printf(a, "%.*s NOT NULL", STR_ARG(s));
}
