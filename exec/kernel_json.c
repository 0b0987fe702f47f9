/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON_VALUE, JSON_QUERY, JSON_EXISTS, IS JSON, JSON_QUOTE and JSON_UNQUOTE over exec/json_path.h. A literal
 * path is compiled once; of others the last one is kept, and one that is not valid counts as a failure of its
 * row (ON ERROR). As in Flink, a JSON null counts as nothing there, and nothing there is an error under
 * strict (the default) and empty under lax; text that is not JSON, what is no scalar for JSON_VALUE, or a
 * scalar for JSON_QUERY, likewise.
 */
#include "exec/collection.h"
#include "exec/json_path.h"
#include "exec/json_scan.h"
#include "exec/kernel_util.h"
#include "exec/number.h"

struct json_state {
    const struct json_path *path; /* the literal, or the last one; NULL = it is not valid */
    bool constant;                /* the path is a literal */
    bool known;                   /* `last` is there */
    struct str last;              /* text of the last path, in `paths` */
    struct arena paths;           /* of the last path */
    struct arena temp;            /* of one row, where the result is not text */
};

static enum status json_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                             void **state, struct error *err) {
    struct json_state *st = ARENA_NEW(a, struct json_state);
    *state = st;
    const struct value *path = literal_arg(e, 1);
    st->constant = path != NULL;
    return path ? json_path_compile(path->s, a, &st->path, e->args[1]->span, err) : ST_OK;
}
static void json_fini(void *state) {
    struct json_state *st = state;
    arena_free(&st->temp);
    arena_free(&st->paths);
}

/* The path of a row; NULL: it is not valid. */
static const struct json_path *row_path(struct kernel_call *call, uint32_t row) {
    struct json_state *st = call->state;
    if (st->constant) return st->path;
    struct str text = arg_str(call->args[1], row);
    if (st->known && str_eq(st->last, text)) return st->path;
    struct error ignored = {0};
    arena_reset(&st->paths);
    st->last = arena_str(&st->paths, text);
    st->known = true;
    if (json_path_compile(st->last, &st->paths, &st->path, call->expr->span, &ignored) != ST_OK)
        st->path = NULL;
    return st->path;
}

enum outcome { FOUND, EMPTY, FAILED };

/* Nothing there, or not of the kind wanted. */
static enum outcome nothing(const struct json_path *p) {
    return json_path_lax(p) ? EMPTY : FAILED;
}

static enum status json_fails(struct kernel_call *call, enum outcome o) {
    return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                    o == EMPTY
                        ? "%s found nothing at the path, and has ERROR ON EMPTY"
                        : "%s failed on a value that is not JSON or has nothing fitting at the path, and has "
                          "ERROR ON ERROR",
                    call->expr->func->name.ptr);
}

/* ---- JSON_VALUE(text, path, ON EMPTY symbol, its default, ON ERROR symbol, its default) ---- */

static enum outcome value_find(const struct json_path *p, struct str s, struct arena *a, struct json *out) {
    if (!p) return FAILED;
    struct json root = json_scan(s);
    if (root.kind == JSON_INVALID) return nothing(p);
    if (!json_path_definite(p)) return nothing(p); /* a list */
    if (!json_path_get(p, root, a, out)) return nothing(p);
    return out->kind == JSON_NULL || out->kind == JSON_ARRAY || out->kind == JSON_OBJECT ? nothing(p) : FOUND;
}

/* The scalar as the result's type: false if it cannot be. */
static bool value_put(struct kernel_call *call, uint32_t row, struct json v, struct arena *a) {
    struct str s = v.text;
    if (v.kind == JSON_STRING) s = json_unescape(v, a);
    if (v.kind == JSON_NUMBER) s = json_number_text(v, a);
    bool number = v.kind == JSON_NUMBER || v.kind == JSON_STRING;
    int64_t n;
    double f;
    switch (call->expr->type->kind) {
    case TYPE_BOOLEAN:
        if (!str_ieq(s, STR("true")) && !str_ieq(s, STR("false"))) return false;
        out_bool(call)[row] = s.len == 4;
        return true;
    case TYPE_INT:
        if (!number || number_parse_i64(s.ptr, s.len, &n) != NUMBER_OK || n != (int32_t)n) return false;
        out_i32(call)[row] = (int32_t)n;
        return true;
    case TYPE_BIGINT: return number && number_parse_i64(s.ptr, s.len, &out_i64(call)[row]) == NUMBER_OK;
    case TYPE_DOUBLE:
        if (!number || number_parse_double(s.ptr, s.len, &f) != NUMBER_OK) return false;
        ((double *)call->out->data)[row] = f;
        return true;
    default: kernel_put_view(call, row, s.ptr, s.len); return true;
    }
}

static void copy_arg(struct kernel_call *call, uint32_t row, const struct vec *v) {
    unsigned width = phys_bytes(v->phys);
    if (arg_null(v, row)) {
        kernel_null(call, row);
        return;
    }
    memcpy((char *)call->out->data + (size_t)row * width,
           (const char *)v->data + (size_t)arg_index(v, row) * width, width);
}

/* What ON EMPTY or ON ERROR says; its symbol is argument i, the default i + 1. */
static enum status value_otherwise(struct kernel_call *call, uint32_t row, enum outcome o) {
    uint32_t i = o == EMPTY ? 2 : 4;
    switch (symbol_arg(call->expr, i)) {
    case SYM_ERROR: return json_fails(call, o);
    case SYM_DEFAULT: copy_arg(call, row, call->args[i + 1]); return ST_OK;
    default: kernel_null(call, row); return ST_OK;
    }
}

static enum status json_value(struct kernel_call *call) {
    struct json_state *st = call->state;
    bool text = call->out->phys == PHYS_STR;
    SEL_FOREACH(call->sel, k, row) {
        struct json v;
        struct arena *a = text ? call->scratch : &st->temp;
        if (arg_null(call->args[0], row) || arg_null(call->args[1], row)) {
            kernel_null(call, row);
            continue;
        }
        enum outcome o = value_find(row_path(call, row), arg_str(call->args[0], row), a, &v);
        if (o == FOUND && !value_put(call, row, v, a)) o = FAILED;
        if (o != FOUND) TRY(value_otherwise(call, row, o));
        arena_reset(&st->temp);
    }
    return ST_OK;
}

static enum status json_value_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx,
                                   void **state, struct error *err) {
    enum type_kind kind = e->type->kind;
    bool ok = type_is_string(e->type) || kind == TYPE_BOOLEAN || kind == TYPE_INT || kind == TYPE_BIGINT ||
              kind == TYPE_DOUBLE;
    if (!ok)
        return error_at(
            err, ERR_UNSUPPORTED, e->span,
            "JSON_VALUE can return STRING, BOOLEAN, INT, BIGINT and DOUBLE, other types are not supported "
            "yet");
    return json_init(e, a, ctx, state, err);
}

const struct kernel kernel_JSON_VALUE = {.fn = json_value, .init = json_value_init, .fini = json_fini};

/* ---- JSON_QUERY(text, path, wrapper, ON EMPTY, ON ERROR) ---- */

/* Writes the result; `list`: the path gives one. */
static enum outcome query_put(struct kernel_call *call, const struct json_path *p, struct str s,
                              enum symbol wrapper, struct text *o) {
    if (!p) return FAILED;
    struct json root = json_scan(s), v = {JSON_ARRAY, {"[]", 2}};
    if (root.kind == JSON_INVALID) return nothing(p);
    bool list = !json_path_definite(p), there = json_path_get(p, root, call->scratch, &v);
    if (!there && !(list && json_path_lax(p))) return nothing(p); /* under lax, a list is empty then */
    if (!list && v.kind == JSON_NULL) return nothing(p);
    bool array = list || v.kind == JSON_ARRAY, scalar = !array && v.kind != JSON_OBJECT;
    bool wrap = wrapper == SYM_UNCONDITIONAL || (wrapper == SYM_CONDITIONAL && !array);
    if (scalar && !wrap) return nothing(p);
    if (wrap) text_append(o, "[", 1);
    if (list) json_path_list(p, root, o);
    else json_put_value(o, v);
    if (wrap) text_append(o, "]", 1);
    return FOUND;
}

/* RETURNING ARRAY<STRING>: the elements as text, strings without their quotes. */
static bool put_array(struct kernel_call *call, uint32_t row, struct text *o) {
    struct json array = json_scan((struct str){o->ptr, o->len}), v;
    if (array.kind != JSON_ARRAY) return false;
    struct vec *entries = &call->out->child[0];
    uint32_t first = entries->rows, at = first;
    struct json_iter it = json_iter(array);
    struct str key;
    for (; json_next(&it, &key, &v); at++) {
        vec_child_reserve(call->out, call->scratch, at + 1);
        struct str s = v.kind == JSON_STRING ? json_unescape(v, call->scratch) : v.text;
        if (v.kind == JSON_NULL) collection_put_null(entries, at, call->scratch);
        else ((struct strview *)entries->data)[at] = strview_of(s.ptr, s.len);
    }
    out_list(call)[row] = (struct listref){first, at - first};
    return true;
}

static enum status query_otherwise(struct kernel_call *call, uint32_t row, enum outcome o) {
    if (call->out->phys == PHYS_ARRAY) {
        enum symbol s = symbol_arg(call->expr, o == EMPTY ? 3 : 4);
        if (s == SYM_ERROR) return json_fails(call, o);
        out_list(call)[row] = (struct listref){0, 0};
        if (s != SYM_EMPTY_ARRAY) kernel_null(call, row);
        return ST_OK;
    }
    switch (symbol_arg(call->expr, o == EMPTY ? 3 : 4)) {
    case SYM_ERROR: return json_fails(call, o);
    case SYM_EMPTY_ARRAY: kernel_put_view(call, row, "[]", 2); return ST_OK;
    case SYM_EMPTY_OBJECT: kernel_put_view(call, row, "{}", 2); return ST_OK;
    default: kernel_null(call, row); return ST_OK;
    }
}

static enum status json_query(struct kernel_call *call) {
    enum symbol wrapper = symbol_arg(call->expr, 2);
    bool array = call->out->phys == PHYS_ARRAY;
    SEL_FOREACH(call->sel, k, row) {
        struct text o = {.arena = call->scratch};
        enum outcome r = query_put(call, row_path(call, row), arg_str(call->args[0], row), wrapper, &o);
        if (r == FOUND && array) r = put_array(call, row, &o) ? FOUND : FAILED;
        else if (r == FOUND) kernel_put_view(call, row, o.ptr, o.len);
        if (r != FOUND) TRY(query_otherwise(call, row, r));
    }
    return ST_OK;
}

static enum status json_query_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx,
                                   void **state, struct error *err) {
    bool array = e->type->kind == TYPE_ARRAY;
    if (!type_is_string(e->type) && !(array && type_is_string(e->type->fields[0].type)))
        return error_at(err, ERR_UNSUPPORTED, e->span,
                        "JSON_QUERY can return STRING and ARRAY<STRING>, other types are not supported");
    if (array && (symbol_arg(e, 3) == SYM_EMPTY_OBJECT || symbol_arg(e, 4) == SYM_EMPTY_OBJECT))
        return error_at(err, ERR_INVALID_ARGUMENT, e->span, "an ARRAY cannot be EMPTY OBJECT");
    return json_init(e, a, ctx, state, err);
}

const struct kernel kernel_JSON_QUERY = {.fn = json_query, .init = json_query_init, .fini = json_fini};

/* ---- JSON_EXISTS(text, path [, ON ERROR]) ---- */

static enum status json_exists(struct kernel_call *call) {
    struct json_state *st = call->state;
    bool *out = out_bool(call);
    enum symbol on_error = symbol_arg(call->expr, 2);
    SEL_FOREACH(call->sel, k, row) {
        struct json root = json_scan(arg_str(call->args[0], row)), v;
        bool there = root.kind != JSON_INVALID && json_path_get(st->path, root, &st->temp, &v);
        bool failed = !there && (root.kind == JSON_INVALID || !json_path_lax(st->path));
        bool list = !json_path_definite(st->path);
        arena_reset(&st->temp);
        out[row] = there ? list || v.kind != JSON_NULL : list;
        if (!failed) continue;
        if (on_error == SYM_ERROR) return json_fails(call, FAILED);
        if (on_error == SYM_UNKNOWN) kernel_null(call, row);
        out[row] = on_error == SYM_TRUE;
    }
    return ST_OK;
}

static enum status json_exists_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx,
                                    void **state, struct error *err) {
    if (!literal_arg(e, 1))
        return error_at(err, ERR_UNSUPPORTED, e->args[1]->span, "JSON_EXISTS needs its path as a literal");
    return json_init(e, a, ctx, state, err);
}

const struct kernel kernel_JSON_EXISTS = {.fn = json_exists, .init = json_exists_init, .fini = json_fini};

/* ---- IS JSON: FALSE for NULL ---- */

static void is_json_kind(struct kernel_call *call, unsigned kinds) {
    bool *out = out_bool(call);
    SEL_FOREACH(call->sel, k, row)
    out[row] = !arg_null(call->args[0], row) && (kinds >> json_scan(arg_str(call->args[0], row)).kind & 1);
}
static enum status is_json(struct kernel_call *call) {
    is_json_kind(call, ~(1u << JSON_INVALID));
    return ST_OK;
}
static enum status is_json_scalar(struct kernel_call *call) {
    is_json_kind(call, 1u << JSON_NULL | 1u << JSON_TRUE | 1u << JSON_FALSE | 1u << JSON_NUMBER |
                           1u << JSON_STRING);
    return ST_OK;
}
static enum status is_json_array(struct kernel_call *call) {
    is_json_kind(call, 1u << JSON_ARRAY);
    return ST_OK;
}
static enum status is_json_object(struct kernel_call *call) {
    is_json_kind(call, 1u << JSON_OBJECT);
    return ST_OK;
}

const struct kernel kernel_IS_JSON = {.fn = is_json};
const struct kernel kernel_IS_JSON_VALUE = {.fn = is_json};
const struct kernel kernel_IS_JSON_SCALAR = {.fn = is_json_scalar};
const struct kernel kernel_IS_JSON_ARRAY = {.fn = is_json_array};
const struct kernel kernel_IS_JSON_OBJECT = {.fn = is_json_object};
