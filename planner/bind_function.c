/* SPDX-License-Identifier: Apache-2.0
 *
 * Which row of functions.def a call means. A row fits when each of its patterns takes its argument; rows
 * that take all arguments as they are win over rows that need a cast, and earlier rows over later ones.
 */
#include <ctype.h>
#include <stdlib.h>

#include "planner/binder.h"
#include "planner/result_rules.h"

enum fit { FIT_NONE, FIT_CAST, FIT_EXACT };

/* The patterns of a row: words, optional from `required` on, the last one repeated at will. */
struct patterns {
    uint32_t count;
    struct str words[16];
    uint32_t required;
    bool repeat;
};

static struct patterns patterns_of(const char *text) {
    struct patterns p = {0};
    bool optional = false;
    while (*text) {
        while (*text == ' ') text++;
        size_t n = strcspn(text, " ");
        if (n == 0) break;
        struct str word = {text, n};
        text += n;
        if (str_eq(word, STR("..."))) {
            p.repeat = true;
        } else if (str_eq(word, STR("["))) {
            optional = true;
        } else if (!str_eq(word, STR("]")) && p.count < ARRAY_LEN(p.words)) {
            p.words[p.count++] = word;
            if (!optional) p.required = p.count;
        }
    }
    return p;
}

static struct str pattern_of(const struct patterns *p, uint32_t i) {
    return p->words[i < p->count ? i : p->count - 1];
}

struct pattern {
    const char *name;
    enum fit (*fits)(const struct type *t);
    /* What the argument is cast to when the fit is FIT_CAST, and for a literal NULL. */
    const struct type *(*target)(struct arena *a, const struct type *t);
};

#define FIT_IF(name, exact, castable)                                                                        \
    static enum fit fits_##name(const struct type *t) {                                                      \
        return (exact) ? FIT_EXACT : (castable) ? FIT_CAST : FIT_NONE;                                       \
    }
FIT_IF(string, type_is_string(t), false)
FIT_IF(bytes, type_is_bytes(t), false)
FIT_IF(boolean, t->kind == TYPE_BOOLEAN, false)
FIT_IF(date, t->kind == TYPE_DATE, false)
FIT_IF(time, t->kind == TYPE_TIME, false)
FIT_IF(int, t->kind == TYPE_INT, t->kind == TYPE_TINYINT || t->kind == TYPE_SMALLINT)
FIT_IF(bigint, t->kind == TYPE_BIGINT, type_is_integer(t))
FIT_IF(double, t->kind == TYPE_DOUBLE, type_is_numeric(t))
FIT_IF(decimal, t->kind == TYPE_DECIMAL, type_is_integer(t))
FIT_IF(integer, type_is_integer(t), false)
FIT_IF(numeric, type_is_numeric(t), false)
FIT_IF(timestamp, type_is_timestamp(t), false)
FIT_IF(ltz, t->kind == TYPE_TIMESTAMP_LTZ, false)
FIT_IF(ts, t->kind == TYPE_TIMESTAMP, false)
FIT_IF(temporal, type_is_timestamp(t) || t->kind == TYPE_DATE || t->kind == TYPE_TIME, false)
FIT_IF(interval, type_is_interval(t), false)
FIT_IF(ym, t->kind == TYPE_INTERVAL_YM, false)
FIT_IF(dt, t->kind == TYPE_INTERVAL_DT, false)
FIT_IF(array, t->kind == TYPE_ARRAY, false)
FIT_IF(map, t->kind == TYPE_MAP, false)
FIT_IF(row, t->kind == TYPE_ROW, false)
FIT_IF(symbol, t->kind == TYPE_SYMBOL, false)
FIT_IF(any, t->kind != TYPE_SYMBOL, false)
#undef FIT_IF

#define TARGET(name, target)                                                                                 \
    static const struct type *to_##name(struct arena *a UNUSED, const struct type *t UNUSED) {               \
        return target;                                                                                       \
    }
TARGET(string, type_string(true))
TARGET(bytes, type_bytes(true))
TARGET(boolean, type_simple(TYPE_BOOLEAN, true))
TARGET(date, type_simple(TYPE_DATE, true))
TARGET(time, type_simple(TYPE_TIME, true))
TARGET(int, type_simple(TYPE_INT, true))
TARGET(bigint, type_simple(TYPE_BIGINT, true))
TARGET(double, type_simple(TYPE_DOUBLE, true))
TARGET(timestamp, type_time(a, TYPE_TIMESTAMP, 3, true))
TARGET(ltz, type_time(a, TYPE_TIMESTAMP_LTZ, 3, true))
TARGET(ym, type_simple(TYPE_INTERVAL_YM, true))
TARGET(dt, type_simple(TYPE_INTERVAL_DT, true))
TARGET(same, t)
#undef TARGET

static const struct type *to_decimal(struct arena *a, const struct type *t) {
    static const uint8_t digits[] = {
        [TYPE_TINYINT] = 3, [TYPE_SMALLINT] = 5, [TYPE_INT] = 10, [TYPE_BIGINT] = 19};
    return type_decimal(a, type_is_integer(t) ? digits[t->kind] : 10, 0, true);
}

static const struct pattern patterns[] = {
    {"STRING", fits_string, to_string},
    {"BYTES", fits_bytes, to_bytes},
    {"BOOLEAN", fits_boolean, to_boolean},
    {"DATE", fits_date, to_date},
    {"TIME", fits_time, to_time},
    {"INT", fits_int, to_int},
    {"BIGINT", fits_bigint, to_bigint},
    {"DOUBLE", fits_double, to_double},
    {"DECIMAL", fits_decimal, to_decimal},
    {"INTEGER", fits_integer, to_int},
    {"NUMERIC", fits_numeric, to_int},
    {"TIMESTAMP", fits_timestamp, to_timestamp},
    {"LTZ", fits_ltz, to_ltz},
    {"TS", fits_ts, to_timestamp},
    {"TEMPORAL", fits_temporal, to_timestamp},
    {"INTERVAL", fits_interval, to_dt},
    {"YM", fits_ym, to_ym},
    {"DT", fits_dt, to_dt},
    {"ARRAY", fits_array, to_same},
    {"MAP", fits_map, to_same},
    {"ROW", fits_row, to_same},
    {"SYMBOL", fits_symbol, to_same},
    {"ANY", fits_any, to_same},
};

static const struct pattern *pattern_find(struct str word) {
    for (size_t i = 0; i < ARRAY_LEN(patterns); i++) {
        if (str_eq(word, str_of(patterns[i].name))) return &patterns[i];
    }
    return NULL;
}

static enum fit fit_one(struct binder *b, struct str word, struct expr *arg, struct expr **cast) {
    const struct pattern *p = pattern_find(word);
    *cast = arg;
    if (!p) return FIT_NONE;
    bool null = arg->type->kind == TYPE_NULLTYPE;
    if (null && (p->fits == fits_array || p->fits == fits_map || p->fits == fits_row)) return FIT_NONE;
    enum fit fit = null && p->fits != fits_any && p->fits != fits_symbol ? FIT_CAST : p->fits(arg->type);
    if (fit == FIT_CAST) *cast = bind_coerce(b, arg, p->target(b->arena, arg->type));
    return fit;
}

static bool is_common(struct str word) {
    return str_eq(word, STR("T")) || str_eq(word, STR("W"));
}

/* All T arguments get their common type, which is NULL when there is none. */
static enum fit fit_common(struct binder *b, const struct patterns *p, struct expr *const *args,
                           uint32_t nargs, struct expr **cast, const struct type **common) {
    *common = NULL;
    for (uint32_t i = 0; i < nargs; i++) {
        if (!is_common(pattern_of(p, i))) continue;
        if (args[i]->type->kind == TYPE_SYMBOL) return FIT_NONE;
        bool widest = pattern_of(p, i).ptr[0] == 'W';
        *common = !*common ? args[i]->type
                  : widest ? bind_widest_type(b->arena, *common, args[i]->type)
                           : bind_common_type(b->arena, *common, args[i]->type);
        if (!*common) return FIT_NONE;
    }
    if (!*common) return FIT_EXACT;
    if ((*common)->kind == TYPE_NULLTYPE) *common = type_simple(TYPE_INT, true);
    enum fit fit = FIT_EXACT;
    for (uint32_t i = 0; i < nargs; i++) {
        if (!is_common(pattern_of(p, i))) continue;
        if (!type_equal(args[i]->type, *common)) fit = FIT_CAST;
        cast[i] = bind_coerce(b, args[i], *common);
    }
    return fit;
}

static enum fit fit_row(struct binder *b, const struct func_desc *f, struct expr *const *args, uint32_t nargs,
                        struct expr **cast, const struct type **common) {
    struct patterns p = patterns_of(f->args);
    if (nargs < p.required || (nargs > p.count && !(p.repeat && p.count))) return FIT_NONE;
    enum fit fit = FIT_EXACT;
    for (uint32_t i = 0; i < nargs; i++) {
        if (is_common(pattern_of(&p, i))) continue;
        enum fit one = fit_one(b, pattern_of(&p, i), args[i], &cast[i]);
        if (one == FIT_NONE) return FIT_NONE;
        if (one < fit) fit = one;
    }
    enum fit rest = fit_common(b, &p, args, nargs, cast, common);
    return rest < fit ? rest : fit;
}

static bool any_nullable(struct expr *const *args, uint32_t nargs) {
    for (uint32_t i = 0; i < nargs; i++) {
        if (args[i]->type->nullable) return true;
    }
    return false;
}

static const struct type *simple_result(struct binder *b, const char *name, bool nullable) {
    static const struct {
        const char *name;
        enum type_kind kind;
    } kinds[] = {{"BOOLEAN", TYPE_BOOLEAN}, {"TINYINT", TYPE_TINYINT}, {"SMALLINT", TYPE_SMALLINT},
                 {"INT", TYPE_INT},         {"BIGINT", TYPE_BIGINT},   {"FLOAT", TYPE_FLOAT},
                 {"DOUBLE", TYPE_DOUBLE},   {"STRING", TYPE_VARCHAR},  {"BYTES", TYPE_VARBINARY},
                 {"DATE", TYPE_DATE},       {"TIME", TYPE_TIME},
                 {"YM", TYPE_INTERVAL_YM},  {"DT", TYPE_INTERVAL_DT}};
    for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0) return type_simple(kinds[i].kind, nullable);
    }
    if (strncmp(name, "CHAR(", 5) == 0) {
        return type_chars(b->arena, TYPE_CHAR, (int32_t)strtol(name + 5, NULL, 10), nullable);
    }
    if (strncmp(name, "VARCHAR(", 8) == 0) {
        return type_chars(b->arena, TYPE_VARCHAR, (int32_t)strtol(name + 8, NULL, 10), nullable);
    }
    if (strcmp(name, "TIMESTAMP") == 0 || strcmp(name, "TS") == 0) {
        return type_time(b->arena, TYPE_TIMESTAMP, 3, nullable);
    }
    if (strcmp(name, "LTZ") == 0 || strcmp(name, "TIMESTAMP_LTZ") == 0) {
        return type_time(b->arena, TYPE_TIMESTAMP_LTZ, 3, nullable);
    }
    return NULL;
}

/* NULL: the rule does not take these types. */
static const struct type *result_type(struct binder *b, const struct func_desc *f, struct expr *const *args,
                                      uint32_t nargs, const struct type *common) {
    const char *r = f->result;
    bool nullable = any_nullable(args, nargs);
    const struct type *t;
    if (strcmp(r, "ARG0") == 0 || strcmp(r, "ARG1") == 0) {
        t = type_with_null(b->arena, args[r[3] - '0']->type, nullable);
    } else if (strcmp(r, "T") == 0) {
        t = type_with_null(b->arena, common, nullable);
    } else if (islower((unsigned char)r[0])) {
        t = result_rule(b->arena, r, args, nargs);
    } else {
        t = simple_result(b, r, nullable);
    }
    if (t && f->flags & FUNC_NULLS) t = type_with_null(b->arena, t, true);
    if (t && f->flags & FUNC_NOTNULL) t = type_with_null(b->arena, t, false);
    return t;
}

const struct func_desc *bind_overload(struct binder *b, struct str name, struct expr **args, uint32_t nargs,
                                      bool aggregate, struct expr **cast_args, const struct type **type) {
    struct expr **cast = ARENA_ARRAY(b->arena, struct expr *, nargs + 1);
    const struct func_desc *best = NULL;
    for (const struct func_desc *f = func_find(name); f; f = func_next(f)) {
        if (!(f->flags & FUNC_AGG) == aggregate) continue;
        const struct type *common;
        enum fit fit = fit_row(b, f, args, nargs, cast, &common);
        if (fit == FIT_NONE || (best && fit != FIT_EXACT)) continue;
        const struct type *t =
            aggregate ? type_simple(TYPE_NULLTYPE, true) : result_type(b, f, cast, nargs, common);
        if (!t) continue;
        best = f;
        *type = t;
        if (nargs) memcpy(cast_args, cast, nargs * sizeof *cast);
        if (fit == FIT_EXACT) break;
    }
    return best;
}

/* ---- errors ---- */

static struct str types_text(struct binder *b, struct expr *const *args, uint32_t nargs, const char *last) {
    struct str s = {"", 0};
    for (uint32_t i = 0; i < nargs; i++) {
        s = arena_printf(b->arena, "%.*s%s%.*s", STR_ARG(s), i == 0 ? "" : i + 1 < nargs ? ", " : last,
                         STR_ARG(bind_type_text(b, args[i]->type)));
    }
    return s;
}

static struct str forms_text(struct binder *b, struct str name) {
    struct str s = {"", 0};
    for (const struct func_desc *f = func_find(name); f && s.len < 200; f = func_next(f)) {
        char args[128];
        s = arena_printf(b->arena, "%.*s%s%.*s(%s)", STR_ARG(s), s.len ? ", " : "", STR_ARG(f->name),
                         func_args_text(f, args, sizeof args));
    }
    return s;
}

static bool is_operator(struct str name) {
    return name.len && !isalpha((unsigned char)name.ptr[0]);
}

enum status bind_no_overload(struct binder *b, struct str name, struct span span, struct expr *const *args,
                             uint32_t nargs) {
    struct str types = types_text(b, args, nargs, is_operator(name) ? " and " : ", ");
    if (func_find(name)) {
        if (is_operator(name)) {
            return error_at(b->error, ERR_TYPE_MISMATCH, span, "operator %.*s does not take %.*s",
                            STR_ARG(name), STR_ARG(types));
        }
        error_at(b->error, ERR_UNKNOWN_FUNCTION, span, "no form of %.*s takes (%.*s)", STR_ARG(name),
                 STR_ARG(types));
        return error_hint(b->error, "it can be called as %.*s", STR_ARG(forms_text(b, name)));
    }
    error_at(b->error, ERR_UNKNOWN_FUNCTION, span, "there is no function '%.*s'", STR_ARG(name));
    struct str best = {0};
    unsigned best_distance = str_too_far(name);
    for (unsigned i = 0; i < FN_COUNT; i++) {
        struct str candidate = func_desc((enum func_id)i)->name;
        unsigned d = str_distance(name, candidate, best_distance);
        if (d < best_distance && !is_operator(candidate)) {
            best = candidate;
            best_distance = d;
        }
    }
    return best.len ? error_hint(b->error, "did you mean %.*s?", STR_ARG(best)) : ST_ERROR;
}

/* Flink's planner knows that x = x is TRUE (and x < x FALSE) unless x is NULL, so that NaN is equal to itself
 * where both sides are one expression; anywhere else it is not. NULL: not such a comparison. */
static struct expr *bind_self_comparison(struct binder *b, const struct func_desc *f, struct expr **args,
                                         const struct type *type, struct span span) {
    if (f->id < FN_EQ || f->id > FN_GE || !expr_equal(args[0], args[1])) return NULL;
    enum type_kind kind = args[0]->type->kind;
    if ((kind != TYPE_FLOAT && kind != TYPE_DOUBLE) || expr_flags(args[0]) & (FUNC_RANDOM | FUNC_DYNAMIC))
        return NULL;
    bool holds = f->id == FN_EQ || f->id == FN_LE || f->id == FN_GE;
    struct expr *result = expr_literal(b->arena, type_simple(TYPE_BOOLEAN, false),
                                       (struct value){.b = holds}, span);
    if (!type->nullable) return result;
    struct expr *is_null = expr_call(b->arena, FN_IS_NULL, type_simple(TYPE_BOOLEAN, false), args, 1, span);
    struct expr *null = expr_literal(b->arena, type, (struct value){.null = true}, span);
    struct expr **parts = ARENA_ARRAY(b->arena, struct expr *, 3);
    parts[0] = is_null, parts[1] = null, parts[2] = result;
    struct expr *e = ARENA_NEW(b->arena, struct expr);
    *e = (struct expr){.kind = EXPR_CASE, .type = type, .span = span, .nargs = 3, .args = parts};
    return bind_fold(b, e);
}

enum status bind_function(struct binder *b, struct str name, struct span span, struct expr **args,
                          uint32_t nargs, struct expr **out) {
    struct expr **cast = ARENA_ARRAY(b->arena, struct expr *, nargs + 1);
    const struct type *type;
    const struct func_desc *f = bind_overload(b, name, args, nargs, false, cast, &type);
    if (!f) return bind_no_overload(b, name, span, args, nargs);
    *out = bind_self_comparison(b, f, cast, type, span);
    if (!*out) *out = bind_fold(b, expr_call(b->arena, f->id, type, cast, nargs, span));
    return ST_OK;
}
