/* SPDX-License-Identifier: Apache-2.0
 *
 * REGEXP and the REGEXP_ functions over exec/regex.h. A constant pattern that is not
 * valid is an error when the query is compiled; one that comes from a column gives NULL (REGEXP: FALSE).
 * Positions count code points. All are STRICT.
 */
#include "exec/kernel_util.h"
#include "exec/regex.h"

static void regex_fini(void *state) {
    regex_cache_free(state);
}

static enum status regex_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                              void **state, struct error *err) {
    struct regex_cache *c = regex_cache_new(a);
    *state = c;
    const struct value *pattern = literal_arg(e, 1);
    if (!pattern) return ST_OK;
    enum status st = regex_constant(c, pattern->s, false, e->args[1]->span, err);
    if (st != ST_OK) {
        regex_cache_free(c);
        *state = NULL;
    }
    return st;
}
#define REGEX_KERNEL(f)                                                                                      \
    { .fn = f, .init = regex_init, .fini = regex_fini }

/* The pattern of a row; NULL: not valid. */
static struct regex *row_regex(struct kernel_call *call, uint32_t row) {
    return regex_get(call->state, arg_str(call->args[1], row), false);
}
static int first_match(struct kernel_call *call, struct regex *r, struct str s, struct regex_match *m) {
    return regex_find(call->state, r, s, 0, m, call->ctx->error);
}

static enum status regexp(struct kernel_call *call) {
    bool *out = out_bool(call);
    SEL_FOREACH(call->sel, k, row) {
        struct regex *r = row_regex(call, row);
        struct regex_match m;
        bool empty = arg_str(call->args[1], row).len == 0; /* matches nothing, as Flink has it */
        int found = r && !empty ? first_match(call, r, arg_str(call->args[0], row), &m) : 0;
        if (found < 0) return ST_ERROR;
        out[row] = found;
    }
    return ST_OK;
}

static enum status regexp_extract(struct kernel_call *call) {
    bool has_group = call->expr->nargs > 2;
    SEL_FOREACH(call->sel, k, row) {
        struct regex *r = row_regex(call, row);
        struct str s = arg_str(call->args[0], row), part;
        struct regex_match m;
        int found = r ? first_match(call, r, s, &m) : 0;
        if (found < 0) return ST_ERROR;
        if (found && regex_group(r, s, has_group ? arg_i32(call->args[2], row) : 0, &part))
            kernel_put_view(call, row, part.ptr, part.len);
        else kernel_null(call, row);
    }
    return ST_OK;
}

static enum status regexp_instr(struct kernel_call *call) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        struct regex *r = row_regex(call, row);
        struct str s = arg_str(call->args[0], row);
        struct regex_match m;
        if (!r) {
            kernel_null(call, row);
            continue;
        }
        int found = first_match(call, r, s, &m);
        if (found < 0) return ST_ERROR;
        out[row] = found ? (int32_t)utf8_count(s.ptr, m.from) + 1 : 0;
    }
    return ST_OK;
}

static enum status regexp_count(struct kernel_call *call) {
    int32_t *out = out_i32(call);
    SEL_FOREACH(call->sel, k, row) {
        struct regex *r = row_regex(call, row);
        struct str s = arg_str(call->args[0], row);
        struct regex_match m;
        size_t from = 0;
        int32_t n = 0;
        int found = 0;
        if (!r) {
            kernel_null(call, row);
            continue;
        }
        while ((found = regex_find(call->state, r, s, from, &m, call->ctx->error)) > 0) {
            n++;
            if (!regex_next(s, &m, &from)) break;
        }
        if (found < 0) return ST_ERROR;
        out[row] = n;
    }
    return ST_OK;
}

/* ---- REGEXP_REPLACE: the replacement is taken as it is, as in Flink ---- */

struct buffer {
    char *p;     /* scratch memory */
    size_t len;  /* used */
    size_t room; /* allocated */
};

static bool buffer_add(struct kernel_call *call, struct buffer *b, const char *p, size_t len) {
    if (len > TEXT_MAX_BYTES - b->len) return false;
    if (b->len + len > b->room) {
        size_t room = (b->len + len) * 2 + 64;
        b->p = arena_grow(call->scratch, b->p, b->len, room);
        b->room = room;
    }
    if (len) memcpy(b->p + b->len, p, len);
    b->len += len;
    return true;
}

static enum status replace_row(struct kernel_call *call, uint32_t row, struct regex *r) {
    struct str s = arg_str(call->args[0], row), with = arg_str(call->args[2], row);
    struct buffer b = {0};
    struct regex_match m;
    size_t from = 0, kept = 0;
    int found;
    while ((found = regex_find(call->state, r, s, from, &m, call->ctx->error)) > 0) {
        if (m.from < kept) break; /* only with \K */
        if (!buffer_add(call, &b, s.ptr + kept, m.from - kept) || !buffer_add(call, &b, with.ptr, with.len))
            return text_too_long(call);
        kept = m.to;
        if (!regex_next(s, &m, &from)) break;
    }
    if (found < 0) return ST_ERROR;
    if (!b.p) {
        kernel_put_view(call, row, s.ptr, s.len);
        return ST_OK;
    }
    if (!buffer_add(call, &b, s.ptr + kept, s.len - kept)) return text_too_long(call);
    kernel_put_view(call, row, b.p, b.len);
    return ST_OK;
}

static enum status regexp_replace(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct regex *r = row_regex(call, row);
        if (r) TRY(replace_row(call, row, r));
        else kernel_null(call, row);
    }
    return ST_OK;
}

/* ---- REGEXP_EXTRACT_ALL: group 1 unless said otherwise; NULL for a group that the pattern has not ---- */

static enum status extract_all_row(struct kernel_call *call, uint32_t row, struct regex *r, int64_t group,
                                   uint32_t *used) {
    struct str s = arg_str(call->args[0], row), part;
    struct vec *entries = &call->out->child[0];
    struct regex_match m;
    size_t from = 0;
    uint32_t first = *used;
    int found;
    while ((found = regex_find(call->state, r, s, from, &m, call->ctx->error)) > 0) {
        vec_child_reserve(call->out, call->scratch, *used + 1);
        if (regex_group(r, s, group, &part)) {
            ((struct strview *)entries->data)[*used] = strview_of(part.ptr, part.len);
        } else {
            ((struct strview *)entries->data)[*used] = strview_of("", 0);
            valid_clear(vec_make_valid(entries, call->scratch), *used);
        }
        (*used)++;
        if (!regex_next(s, &m, &from)) break;
    }
    if (found < 0) return ST_ERROR;
    ((struct listref *)call->out->data)[row] = (struct listref){first, *used - first};
    return ST_OK;
}

static enum status regexp_extract_all(struct kernel_call *call) {
    bool has_group = call->expr->nargs > 2;
    uint32_t used = call->out->child[0].rows;
    SEL_FOREACH(call->sel, k, row) {
        struct regex *r = row_regex(call, row);
        int64_t group = has_group ? arg_i32(call->args[2], row) : 1;
        if (!r || group < 0 || group > regex_groups(r)) {
            ((struct listref *)call->out->data)[row] = (struct listref){0, 0};
            kernel_null(call, row);
        } else {
            TRY(extract_all_row(call, row, r, group, &used));
        }
    }
    return ST_OK;
}

const struct kernel kernel_REGEXP = REGEX_KERNEL(regexp);
const struct kernel kernel_RLIKE = REGEX_KERNEL(regexp);
const struct kernel kernel_REGEXP_EXTRACT = REGEX_KERNEL(regexp_extract);
const struct kernel kernel_REGEXP_SUBSTR = REGEX_KERNEL(regexp_extract);
const struct kernel kernel_REGEXP_INSTR = REGEX_KERNEL(regexp_instr);
const struct kernel kernel_REGEXP_COUNT = REGEX_KERNEL(regexp_count);
const struct kernel kernel_REGEXP_REPLACE = REGEX_KERNEL(regexp_replace);
const struct kernel kernel_REGEXP_EXTRACT_ALL = REGEX_KERNEL(regexp_extract_all);
