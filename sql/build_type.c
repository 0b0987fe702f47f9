/* SPDX-License-Identifier: Apache-2.0
 *
 * Builders of types and of interval ranges. Type names are not keywords: they are looked up here, and a name
 * not known stays AST_TYPE_NAMED for the binder to refuse.
 */
#include "sql/build.h"
#include "sql/grammar.h"

enum { NO_ARGS = 0, LENGTH = 1, LENGTH_SCALE = 2 };

static const struct {
    const char *name;
    enum ast_type_kind kind;
    int args; /* how many numbers may follow */
} type_names[] = {
    {"BOOLEAN", AST_TYPE_BOOLEAN, NO_ARGS},
    {"TINYINT", AST_TYPE_TINYINT, NO_ARGS},
    {"SMALLINT", AST_TYPE_SMALLINT, NO_ARGS},
    {"INT", AST_TYPE_INT, NO_ARGS},
    {"INTEGER", AST_TYPE_INT, NO_ARGS},
    {"BIGINT", AST_TYPE_BIGINT, NO_ARGS},
    {"FLOAT", AST_TYPE_FLOAT, NO_ARGS},
    {"REAL", AST_TYPE_FLOAT, NO_ARGS},
    {"DOUBLE", AST_TYPE_DOUBLE, NO_ARGS},
    {"DECIMAL", AST_TYPE_DECIMAL, LENGTH_SCALE},
    {"DEC", AST_TYPE_DECIMAL, LENGTH_SCALE},
    {"NUMERIC", AST_TYPE_DECIMAL, LENGTH_SCALE},
    {"CHAR", AST_TYPE_CHAR, LENGTH},
    {"CHARACTER", AST_TYPE_CHAR, LENGTH},
    {"VARCHAR", AST_TYPE_VARCHAR, LENGTH},
    {"STRING", AST_TYPE_STRING, NO_ARGS},
    {"BINARY", AST_TYPE_BINARY, LENGTH},
    {"VARBINARY", AST_TYPE_VARBINARY, LENGTH},
    {"BYTES", AST_TYPE_BYTES, NO_ARGS},
    {"DATE", AST_TYPE_DATE, NO_ARGS},
    {"TIME", AST_TYPE_TIME, LENGTH},
    {"TIMESTAMP", AST_TYPE_TIMESTAMP, LENGTH},
    {"TIMESTAMP_LTZ", AST_TYPE_TIMESTAMP_LTZ, LENGTH},
    {"VARIANT", AST_TYPE_VARIANT, NO_ARGS},
};

static struct ast_type *new_type(struct parse *p, enum ast_type_kind kind, uint32_t start) {
    struct ast_type *t = ARENA_NEW(p->arena, struct ast_type);
    t->kind = kind;
    t->span = build_span(p, start);
    t->precision = t->scale = -1;
    t->range.leading_precision = t->range.fraction_precision = -1;
    return t;
}

struct ast_type *build_type(struct parse *p, struct ast_name n, const struct token *length,
                            const struct token *scale) {
    struct ast_type *t = new_type(p, AST_TYPE_NAMED, n.span.offset);
    int args = LENGTH_SCALE;
    for (size_t i = 0; i < ARRAY_LEN(type_names) && n.count == 1; i++) {
        if (!str_ieq(n.parts[0].text, str_of(type_names[i].name))) continue;
        t->kind = type_names[i].kind;
        args = type_names[i].args;
    }
    t->name = n;
    if (length) t->precision = build_int(p, *length);
    if (scale) t->scale = build_int(p, *scale);
    if ((length ? 1 : 0) + (scale ? 1 : 0) > args)
        build_fail(p, ERR_SYNTAX, t->span, "type %.*s takes %s", STR_ARG(n.parts[0].text),
                   args == 0 ? "no length or precision" : "one number only");
    return t;
}

struct ast_type *build_null_type(struct parse *p, struct token t) {
    return new_type(p, AST_TYPE_NULL, t.span.offset);
}

struct ast_type *build_double(struct parse *p, struct token t) {
    struct str word = token_text(p->text, t);
    if (!str_ieq(word, STR("DOUBLE")))
        build_fail(p, ERR_SYNTAX, t.span, "syntax error at \"%.*s\": only DOUBLE is followed by PRECISION",
                   STR_ARG(word));
    return new_type(p, AST_TYPE_DOUBLE, t.span.offset);
}

struct ast_type *build_varying(struct parse *p, struct token t, const struct token *length) {
    struct str word = token_text(p->text, t);
    bool binary = str_ieq(word, STR("BINARY"));
    if (!binary && !str_ieq(word, STR("CHAR")) && !str_ieq(word, STR("CHARACTER")))
        build_fail(p, ERR_SYNTAX, t.span,
                   "syntax error at \"%.*s\": only CHAR and BINARY are followed by VARYING", STR_ARG(word));
    struct ast_type *out = new_type(p, binary ? AST_TYPE_VARBINARY : AST_TYPE_VARCHAR, t.span.offset);
    if (length) out->precision = build_int(p, *length);
    return out;
}

struct ast_type *build_time_type(struct parse *p, struct token t, const struct token *precision, int zone) {
    enum ast_type_kind kind = t.kind == TK_DATE ? AST_TYPE_DATE : AST_TYPE_TIME;
    if (t.kind == TK_TIMESTAMP)
        kind = zone == 0 ? AST_TYPE_TIMESTAMP : zone == 1 ? AST_TYPE_TIMESTAMP_LTZ : AST_TYPE_TIMESTAMP_TZ;
    struct ast_type *out = new_type(p, kind, t.span.offset);
    if (precision) out->precision = build_int(p, *precision);
    if (t.kind == TK_TIME && zone != 0)
        build_fail(p, ERR_UNSUPPORTED, out->span, "TIME WITH %sTIME ZONE is not supported",
                   zone == 1 ? "LOCAL " : "");
    return out;
}

struct ast_interval_range build_unit(struct parse *p, struct token unit, const struct token *lead,
                                     const struct token *fraction) {
    struct str word = token_text(p->text, unit);
    struct ast_interval_range r = {ast_unit_of(word), AST_UNIT_NONE, -1, -1, build_span(p, unit.span.offset)};
    if (lead) r.leading_precision = build_int(p, *lead);
    if (fraction) r.fraction_precision = build_int(p, *fraction);
    if (r.from == AST_UNIT_NONE)
        build_fail(
            p, ERR_SYNTAX, unit.span,
            "syntax error at \"%.*s\": expected a unit of time (YEAR, MONTH, DAY, HOUR, MINUTE or SECOND)",
            STR_ARG(word));
    else if (fraction && r.from != AST_UNIT_SECOND)
        build_fail(p, ERR_SYNTAX, r.span, "only SECOND takes two numbers");
    return r;
}

static bool is_month_unit(enum ast_unit u) {
    return u == AST_UNIT_YEAR || u == AST_UNIT_QUARTER || u == AST_UNIT_MONTH;
}

struct ast_interval_range build_range(struct parse *p, struct ast_interval_range from,
                                      struct ast_interval_range to) {
    if (from.from >= to.from || is_month_unit(from.from) != is_month_unit(to.from))
        build_fail(p, ERR_SYNTAX, build_span(p, from.span.offset), "an interval cannot go from %s to %s",
                   ast_unit_name(from.from), ast_unit_name(to.from));
    if (from.fraction_precision >= 0 || to.fraction_precision >= 0)
        build_fail(p, ERR_SYNTAX, to.span, "the last field of an interval takes one number");
    /* in DAY TO SECOND(3) the number counts digits behind the point */
    from.fraction_precision = to.leading_precision;
    from.to = to.from;
    from.span = build_span(p, from.span.offset);
    return from;
}

struct ast_type *build_interval_type(struct parse *p, struct token t, struct ast_interval_range r) {
    struct ast_type *out = new_type(p, AST_TYPE_INTERVAL, t.span.offset);
    out->range = r;
    return out;
}

struct ast_type *build_collection(struct parse *p, struct token t, struct ast_type *element) {
    struct ast_type *out =
        new_type(p, t.kind == TK_ARRAY ? AST_TYPE_ARRAY : AST_TYPE_MULTISET, t.span.offset);
    out->element = element;
    build_over_child(p, &out->height, element->height);
    return out;
}

struct ast_type *build_postfix_collection(struct parse *p, struct token t, struct ast_type *element) {
    struct ast_type *out = build_collection(p, t, element);
    out->span = build_span(p, element->span.offset);
    return out;
}

struct ast_type *build_map_type(struct parse *p, struct token t, struct ast_type *k, struct ast_type *v) {
    struct ast_type *out = new_type(p, AST_TYPE_MAP, t.span.offset);
    out->key = k;
    out->element = v;
    build_over_child(p, &out->height, k->height);
    build_over_child(p, &out->height, v->height);
    return out;
}

struct field_list *build_fields(struct parse *p, struct field_list *l, struct ast_type_field f) {
    if (!l) l = ARENA_NEW(p->arena, struct field_list);
    BUILD_PUSH(p, l, f);
    return l;
}

static void set_fields(struct parse *p, struct ast_type *t, struct field_list *l) {
    t->fields = l->items;
    t->field_count = l->count;
    for (size_t i = 0; i < l->count; i++) build_over_child(p, &t->height, l->items[i].type->height);
}

struct ast_type *build_row_type(struct parse *p, struct token t, struct field_list *l) {
    struct ast_type *out = new_type(p, AST_TYPE_ROW, t.span.offset);
    set_fields(p, out, l);
    return out;
}

struct ast_type *build_structured(struct parse *p, struct token t, struct ast_text n, struct field_list *l) {
    struct ast_type *out = new_type(p, AST_TYPE_STRUCTURED, t.span.offset);
    out->class_name = n;
    set_fields(p, out, l);
    return out;
}

struct ast_type *build_raw(struct parse *p, struct token t, struct ast_text n, struct ast_text s) {
    struct ast_type *out = new_type(p, AST_TYPE_RAW, t.span.offset);
    out->class_name = n;
    out->snapshot = s;
    return out;
}

struct ast_type *build_not_null(struct parse *p, struct ast_type *t) {
    t->not_null = true;
    t->span = build_span(p, t->span.offset);
    return t;
}

struct ast_type *build_nullable(struct parse *p, struct ast_type *t) {
    t->span = build_span(p, t->span.offset);
    return t;
}
