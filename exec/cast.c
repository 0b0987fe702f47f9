/* SPDX-License-Identifier: Apache-2.0
 *
 * Which cast is done by which kernel, casts of ARRAY, MAP and ROW element by element, and failing.
 */
#include "exec/cast_internal.h"

#include "exec/text.h"

/* ---- which ---- */

static bool is_text(const struct type *t) {
    return type_is_string(t);
}

static kernel_fn find_from_string(const struct type *to) {
    switch (to->kind) {
    case TYPE_BOOLEAN:
        return cast_parse_bool;
    case TYPE_TINYINT:
    case TYPE_SMALLINT:
    case TYPE_INT:
    case TYPE_BIGINT:
        return cast_parse_integer;
    case TYPE_FLOAT:
    case TYPE_DOUBLE:
        return cast_parse_float;
    case TYPE_DECIMAL:
        return cast_parse_decimal;
    case TYPE_DATE:
        return cast_parse_date;
    case TYPE_TIME:
        return cast_parse_time;
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        return cast_parse_timestamp;
    default:
        return is_text(to) || type_is_bytes(to) ? cast_resize : NULL;
    }
}

static kernel_fn find_from_number(const struct type *to) {
    if (to->kind == TYPE_BOOLEAN) return cast_to_bool;
    if (type_is_integer(to)) return cast_to_integer;
    if (to->kind == TYPE_FLOAT || to->kind == TYPE_DOUBLE) return cast_to_float;
    return to->kind == TYPE_DECIMAL ? cast_to_decimal : NULL;
}

static kernel_fn find_from_time(const struct type *from, const struct type *to) {
    bool stamp = type_is_timestamp(from);
    if (to->kind == TYPE_DATE) return stamp ? cast_to_date : NULL;
    if (to->kind == TYPE_TIME) return stamp || from->kind == TYPE_TIME ? cast_to_time : NULL;
    return type_is_timestamp(to) ? cast_to_timestamp : NULL;
}

static enum status cast_nested(struct kernel_call *call);

static kernel_fn find_nested(const struct type *from, const struct type *to) {
    if (from->kind != to->kind || from->nfields != to->nfields) return NULL;
    for (uint32_t i = 0; i < from->nfields; i++) {
        const struct type *f = from->fields[i].type, *t = to->fields[i].type;
        if (f->kind != TYPE_NULLTYPE && !cast_keeps_data(f, t) && !cast_find(f, t)) return NULL;
    }
    return cast_nested;
}

kernel_fn cast_find(const struct type *from, const struct type *to) {
    if (is_text(from)) return find_from_string(to);
    if (is_text(to)) return type_is_bytes(from) ? cast_bytes_to_text : cast_print;
    if (type_is_bytes(from)) return type_is_bytes(to) ? cast_resize : NULL;
    if (from->kind == TYPE_BOOLEAN || type_is_numeric(from)) return find_from_number(to);
    if (from->nfields) return find_nested(from, to);
    if (from->kind == TYPE_DATE || from->kind == TYPE_TIME || type_is_timestamp(from)) {
        return find_from_time(from, to);
    }
    return NULL;
}

bool cast_keeps_data(const struct type *from, const struct type *to) {
    bool to_longer = to->length >= from->length, to_finer = to->precision >= from->precision;
    if (to->kind == TYPE_VARCHAR && from->kind == TYPE_CHAR) return to_longer;
    if (to->kind == TYPE_VARBINARY && from->kind == TYPE_BINARY) return to_longer;
    if (from->kind != to->kind) return false;
    switch (to->kind) {
    case TYPE_DECIMAL:
        return from->scale == to->scale && to_finer && type_phys(from) == type_phys(to);
    case TYPE_CHAR:
    case TYPE_BINARY:
        return from->length == to->length;
    case TYPE_VARCHAR:
    case TYPE_VARBINARY:
        return to_longer;
    case TYPE_TIME:
        return to_finer || to->precision >= 3;
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ:
        return to_finer && type_ticks_per_second(from) == type_ticks_per_second(to);
    default:
        break;
    }
    if (from->nfields != to->nfields) return false;
    for (uint32_t i = 0; i < to->nfields; i++) {
        if (!cast_keeps_data(from->fields[i].type, to->fields[i].type)) return false;
    }
    return true;
}

static bool is_plain_number(const struct type *t) {
    return type_is_numeric(t) && t->kind != TYPE_DECIMAL;
}

bool cast_is_total(const struct type *from, const struct type *to) {
    return is_plain_number(from) && is_plain_number(to);
}

/* ---- nested ---- */

/* A call that casts a child vector; the kernels read both types from call->expr. */
struct child_cast {
    struct expr expr, arg;
    struct expr *args[1];
    struct kernel_call call;
};

static const struct vec *const *as_args(struct arena *a, const struct vec *v) {
    const struct vec **args = ARENA_ARRAY(a, const struct vec *, 1);
    args[0] = v;
    return args;
}

/* `from` (FLAT or CONST) cast into `out`, for the rows of sel; NULLs stay NULL. */
static enum status cast_child(struct kernel_call *outer, const struct vec *from, struct vec *out,
                              const struct type *to, struct sel sel) {
    struct arena *a = outer->scratch;
    if (from->phys == PHYS_NONE || cast_keeps_data(from->type, to)) {
        *out = from->phys == PHYS_NONE ? *vec_flatten(vec_all_null(a, to, from->rows), a) : *from;
        out->type = to;
        return ST_OK;
    }
    vec_make_flat(out, a, to, from->rows);
    uint32_t *idx = arena_alloc_raw(a, (sel.count + 1) * sizeof *idx), n = 0;
    SEL_FOREACH(sel, k, row) {
        if (vec_is_null(from, row)) {
            valid_clear(vec_make_valid(out, a), row);
        } else {
            idx[n++] = row;
        }
    }
    struct child_cast *c = ARENA_NEW(a, struct child_cast);
    c->arg.type = from->type;
    c->args[0] = &c->arg;
    c->expr = *outer->expr;
    c->expr.type = to;
    c->expr.try_null = false; /* a failing element makes the whole value fail */
    c->expr.args = c->args;
    c->call = (struct kernel_call){.expr = &c->expr, .args = as_args(a, from), .out = out, .sel = {idx, n},
                                   .scratch = a, .ctx = outer->ctx};
    return cast_find(from->type, to)(&c->call);
}

/* Entries that the lists of the rows refer to. */
static struct sel entries_of(const struct vec *v, struct sel sel, struct arena *a) {
    const struct listref *lists = v->data;
    uint32_t count = 0, n = 0;
    SEL_FOREACH(sel, k, row) count += lists[row].len;
    uint32_t *idx = arena_alloc_raw(a, (count + 1) * sizeof *idx);
    SEL_FOREACH(sel, k, row) {
        for (uint32_t e = 0; e < lists[row].len; e++) idx[n++] = lists[row].offset + e;
    }
    return (struct sel){idx, n};
}

/* Casts the rows of sel of a flat vector, all or none. */
static enum status cast_rows(struct kernel_call *call, const struct vec *v, struct sel sel) {
    const struct type *to = call->expr->type;
    struct vec whole = *v;
    whole.valid = NULL;
    whole.child = ARENA_ARRAY(call->scratch, struct vec, v->nchild);
    struct sel inner = v->phys == PHYS_ROW ? sel : entries_of(v, sel, call->scratch);
    for (uint32_t c = 0; c < v->nchild; c++) {
        TRY(cast_child(call, &v->child[c], &whole.child[c], to->fields[c].type, inner));
    }
    vec_put(call->out, sel.idx, &whole, sel.idx, sel.count, call->scratch);
    return ST_OK;
}

/* Under TRY_CAST one bad element makes its row NULL and leaves the others: row by row then. */
static enum status cast_nested(struct kernel_call *call) {
    const struct vec *v = vec_flatten((struct vec *)call->args[0], call->scratch);
    if (!call->expr->try_null) return cast_rows(call, v, call->sel);
    struct error ignored = {0};
    struct eval_ctx quiet = *call->ctx, *outer = call->ctx;
    quiet.error = &ignored;
    call->ctx = &quiet;
    if (cast_rows(call, v, call->sel) != ST_OK) {
        SEL_FOREACH(call->sel, k, row) {
            if (cast_rows(call, v, (struct sel){&row, 1}) != ST_OK) kernel_null(call, row);
        }
    }
    call->ctx = outer;
    return ST_OK;
}

/* ---- failing ---- */

enum status cast_fail(struct kernel_call *call, uint32_t row, enum error_code code, const char *why) {
    if (call->expr->try_null) {
        kernel_null(call, row);
        return ST_OK;
    }
    struct text t = {.arena = call->scratch};
    text_value(&t, call->args[0], row, call->ctx->zone);
    if (t.len > 80) t.len = 80;
    bool quoted = call->args[0]->phys == PHYS_STR;
    const struct type *to = type_with_null(call->scratch, call->expr->type, true);
    return error_at(call->ctx->error, code, call->expr->span, "cannot cast %s%.*s%s to %.*s%s%s",
                    quoted ? "'" : "", (int)t.len, t.ptr ? t.ptr : "", quoted ? "'" : "",
                    STR_ARG(type_print(call->scratch, to)), why ? ": " : "", why ? why : "");
}

void cast_put_decimal(struct vec *v, uint32_t row, __int128 x) {
    if (v->phys == PHYS_I64) {
        ((int64_t *)v->data)[row] = (int64_t)x;
    } else {
        ((__int128 *)v->data)[row] = x;
    }
}
