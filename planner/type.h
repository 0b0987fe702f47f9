/* SPDX-License-Identifier: Apache-2.0
 *
 * SQL types and how their values look in memory. A type is immutable and lives in an arena; two
 * types are compared with type_equal(), never by pointer.
 *
 * Values: DATE is days since 1970-01-01; TIME milliseconds of the day; TIMESTAMP and TIMESTAMP_LTZ
 * int64 microseconds since 1970 (UTC for LTZ, of the wall clock for TIMESTAMP), or nanoseconds when
 * the precision is 7 to 9; INTERVAL YEAR TO MONTH months, INTERVAL DAY TO SECOND microseconds;
 * DECIMAL the unscaled integer: int64 up to precision 18, 128-bit beyond; strings and bytes are
 * 16-byte views (exec/vec.h).
 */
#ifndef WEIR_PLANNER_TYPE_H
#define WEIR_PLANNER_TYPE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum type_kind {
#define TYPE(kind, name, phys) TYPE_##kind,
#include "planner/type.def"
#undef TYPE
    TYPE_KIND_COUNT
};

enum phys {
    PHYS_NONE, /* only NULL: no data */
    PHYS_BOOL, /* uint8_t 0 or 1 */
    PHYS_I8,
    PHYS_I16,
    PHYS_I32,
    PHYS_I64,
    PHYS_I128, /* __int128 */
    PHYS_F32,
    PHYS_F64,
    PHYS_STR,   /* struct strview */
    PHYS_ARRAY, /* struct listref + child[0] */
    PHYS_MAP,   /* struct listref + child[0] keys, child[1] values */
    PHYS_ROW,   /* children only */
    PHYS_COUNT
};

#define TYPE_MAX_LEN 2147483647 /* STRING = VARCHAR(2147483647), BYTES likewise */
#define DECIMAL_MAX_PRECISION 38
#define DECIMAL_I64_PRECISION 18

struct type_field {
    struct str name;         /* of a ROW field */
    const struct type *type;
    struct str comment;      /* or empty */
};

struct type {
    enum type_kind kind;
    bool nullable;
    uint8_t precision; /* DECIMAL 1..38; TIME, TIMESTAMP 0..9; INTERVAL leading precision */
    uint8_t scale;     /* DECIMAL; INTERVAL_DT fractional precision */
    uint8_t interval_from, interval_to; /* enum time_unit of an INTERVAL's range; printing only */
    int32_t length;    /* CHAR, VARCHAR, BINARY, VARBINARY: characters or bytes */
    uint32_t nfields;  /* ARRAY 1 (element), MAP 2 (key, value), ROW n */
    const struct type_field *fields; /* names are empty for ARRAY and MAP */
};

/* Shared constants for the simple types; nullable. */
const struct type *type_simple(enum type_kind kind, bool nullable);
const struct type *type_string(bool nullable); /* VARCHAR(TYPE_MAX_LEN) */
const struct type *type_bytes(bool nullable);
const struct type *type_decimal(struct arena *a, unsigned precision, unsigned scale, bool nullable);
const struct type *type_chars(struct arena *a, enum type_kind kind, int32_t length, bool nullable);
const struct type *type_time(struct arena *a, enum type_kind kind, unsigned precision, bool nullable);
const struct type *type_array(struct arena *a, const struct type *element, bool nullable);
const struct type *type_map(struct arena *a, const struct type *key, const struct type *value, bool nullable);
const struct type *type_row(struct arena *a, const struct type_field *fields, unsigned n, bool nullable);
/* The same type with another nullability. */
const struct type *type_with_null(struct arena *a, const struct type *t, bool nullable);
/* Deep copy into another arena. */
const struct type *type_copy(struct arena *a, const struct type *t);

enum phys type_phys(const struct type *t);
/* Bytes of one value in a flat vector; 0 for ROW and NULL. */
unsigned phys_bytes(enum phys p);
/* Equal but for nullability (of the top level only when `deep` is false). */
bool type_equal(const struct type *a, const struct type *b);
/* As SHOW CREATE TABLE and TYPEOF print it, e.g. "DECIMAL(10, 2) NOT NULL". */
struct str type_print(struct arena *a, const struct type *t);

static inline bool type_is_integer(const struct type *t) {
    return t->kind >= TYPE_TINYINT && t->kind <= TYPE_BIGINT;
}
static inline bool type_is_numeric(const struct type *t) {
    return t->kind >= TYPE_TINYINT && t->kind <= TYPE_DECIMAL;
}
static inline bool type_is_string(const struct type *t) {
    return t->kind == TYPE_CHAR || t->kind == TYPE_VARCHAR;
}
static inline bool type_is_bytes(const struct type *t) {
    return t->kind == TYPE_BINARY || t->kind == TYPE_VARBINARY;
}
static inline bool type_is_timestamp(const struct type *t) {
    return t->kind == TYPE_TIMESTAMP || t->kind == TYPE_TIMESTAMP_LTZ;
}
/* A point in time or a time of day. */
static inline bool type_is_time(const struct type *t) {
    return t->kind == TYPE_DATE || t->kind == TYPE_TIME || type_is_timestamp(t);
}
static inline bool type_is_interval(const struct type *t) {
    return t->kind == TYPE_INTERVAL_YM || t->kind == TYPE_INTERVAL_DT;
}
/* Ticks of this timestamp type in a second: 1,000,000 or 1,000,000,000. */
static inline int64_t type_ticks_per_second(const struct type *t) {
    return t->precision > 6 ? 1000000000 : 1000000;
}

#endif
