/* SPDX-License-Identifier: Apache-2.0
 *
 * LIKE, ILIKE and their ESCAPE. A pattern is compiled to one of the simple shapes (exact, prefix, suffix,
 * contains, or pieces between %) or to a list of items for the general matcher, which backtracks only to
 * the last %: time is bounded by text times pattern. A constant pattern is compiled once, another one at
 * each row where it differs from the row before. SIMILAR TO is in kernel_regex.c.
 *
 * As in Flink, _ does not match a line end.
 */
#include <stdlib.h>
#include <utf8proc.h>

#include "exec/kernel_util.h"

/* ---- patterns ---- */

enum like_shape { LIKE_EXACT, LIKE_PREFIX, LIKE_SUFFIX, LIKE_CONTAINS, LIKE_AROUND, LIKE_GENERAL };

/* The pattern with its escapes resolved; in `marks` the byte of % is 1, of _ is 2, of a character 0. */
struct like {
    enum like_shape shape;
    struct str text;      /* EXACT .. CONTAINS: what to look for; AROUND: what it begins with */
    struct str tail;      /* AROUND: what it ends with */
    const char *bytes;    /* GENERAL */
    const uint8_t *marks; /* GENERAL */
    uint32_t len;         /* GENERAL: bytes */
};

struct like_state {
    bool ready;         /* `like` holds a compiled pattern */
    struct str pattern; /* which one, and ... */
    struct str escape;  /* ... with which escape character (copies in memory of our own) */
    struct like like;   /* the pattern compiled */
    bool constant;      /* compiled in init from literals: never again */
    struct arena arena; /* what `like` points to */
};

static void like_shape(struct like *l) {
    uint32_t percents = 0, first = 0, last = 0;
    l->shape = LIKE_GENERAL;
    for (uint32_t i = 0; i < l->len; i++) {
        if (l->marks[i] == 2) return;
        if (l->marks[i] != 1) continue;
        if (percents++ == 0) first = i;
        last = i;
    }
    struct str all = {l->bytes, l->len};
    if (percents == 0) {
        l->shape = LIKE_EXACT;
        l->text = all;
    } else if (percents == 1) {
        l->text = str_sub(all, 0, first);
        l->tail = str_sub(all, first + 1, l->len - first - 1);
        if (l->tail.len == 0) l->shape = LIKE_PREFIX;
        else if (l->text.len == 0) l->shape = LIKE_SUFFIX, l->text = l->tail;
        else l->shape = LIKE_AROUND;
    } else if (percents == 2 && first == 0 && last == l->len - 1) {
        l->shape = LIKE_CONTAINS;
        l->text = str_sub(all, 1, l->len - 2);
    }
}

static enum status like_compile(struct str pattern, struct str escape, struct arena *a, struct like *l,
                                struct span span, struct error *e) {
    if (escape.len && utf8_step(escape.ptr, escape.ptr + escape.len) != escape.len)
        return error_at(e, ERR_INVALID_ARGUMENT, span, "ESCAPE takes one character, not '%.*s'",
                        STR_ARG(escape));
    char *bytes = arena_alloc_raw(a, pattern.len + 1);
    uint8_t *marks = arena_alloc(a, pattern.len + 1);
    uint32_t n = 0;
    const char *p = pattern.ptr, *end = pattern.ptr + pattern.len;
    while (p < end) {
        size_t step = utf8_step(p, end);
        bool escaped =
            escape.len && (size_t)(end - p) >= escape.len && memcmp(p, escape.ptr, escape.len) == 0;
        if (escaped) {
            p += escape.len;
            bool fits =
                p < end && (*p == '%' || *p == '_' ||
                            ((size_t)(end - p) >= escape.len && memcmp(p, escape.ptr, escape.len) == 0));
            if (!fits)
                return error_at(e, ERR_INVALID_ARGUMENT, span,
                                "in the pattern '%.*s' the escape character '%.*s' stands before neither %%, "
                                "_ nor itself",
                                STR_ARG(pattern), STR_ARG(escape));
            step = utf8_step(p, end);
        } else if (*p == '%') {
            if (n == 0 || marks[n - 1] != 1) marks[n] = 1, bytes[n++] = '%';
            p++;
            continue;
        } else if (*p == '_') {
            marks[n] = 2;
        }
        memcpy(bytes + n, p, step);
        n += (uint32_t)step;
        p += step;
    }
    *l = (struct like){.bytes = bytes, .marks = marks, .len = n};
    like_shape(l);
    return ST_OK;
}

/* ---- matching ---- */

static bool line_end(const char *p, size_t n) {
    if (n == 1) return *p == '\n' || *p == '\r';
    return (n == 2 && memcmp(p, "\xc2\x85", 2) == 0) ||
           (n == 3 && memcmp(p, "\xe2\x80\xa8", 2) == 0 && ((unsigned char)p[2] & 0xfe) == 0xa8);
}

static bool match_general(const struct like *l, struct str s) {
    const char *p = s.ptr, *end = s.ptr + s.len, *retry = NULL;
    uint32_t i = 0, after = 0; /* `after`: item behind the last %, `retry`: where it was tried */
    for (;;) {
        if (i < l->len && l->marks[i] == 1) {
            after = ++i;
            retry = p;
            continue;
        }
        if (p < end && i < l->len) {
            if (l->marks[i] == 2) {
                size_t n = utf8_step(p, end);
                if (!line_end(p, n)) {
                    p += n;
                    i++;
                    continue;
                }
            } else if (*p == l->bytes[i]) {
                p++;
                i++;
                continue;
            }
        } else if (p == end && i == l->len) {
            return true;
        }
        if (!retry || retry == end) return false;
        retry += utf8_step(retry, end);
        p = retry;
        i = after;
    }
}

static inline bool starts(struct str s, struct str with) {
    return s.len >= with.len && memcmp(s.ptr, with.ptr, with.len) == 0;
}
static inline bool ends(struct str s, struct str with) {
    return s.len >= with.len && memcmp(s.ptr + s.len - with.len, with.ptr, with.len) == 0;
}

static bool match(const struct like *l, struct str s) {
    switch (l->shape) {
    case LIKE_EXACT: return str_eq(s, l->text);
    case LIKE_PREFIX: return starts(s, l->text);
    case LIKE_SUFFIX: return ends(s, l->text);
    case LIKE_CONTAINS: return l->text.len == 0 || text_find(s, 0, l->text);
    case LIKE_AROUND: return s.len >= l->text.len + l->tail.len && starts(s, l->text) && ends(s, l->tail);
    case LIKE_GENERAL: return match_general(l, s);
    }
    return false;
}

/* ---- kernels ---- */

static enum status like_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                             void **state, struct error *err) {
    struct like_state *st = ARENA_NEW(a, struct like_state);
    *state = st;
    const struct value *pattern = literal_arg(e, 1), *escape = literal_arg(e, 2);
    if (!pattern || (e->nargs > 2 && !escape)) return ST_OK;
    st->constant = st->ready = true;
    return like_compile(pattern->s, escape ? escape->s : (struct str){0}, a, &st->like, e->args[1]->span,
                        err);
}
static void like_fini(void *state) {
    struct like_state *st = state;
    arena_free(&st->arena);
}

/* The pattern of a row, compiled unless it is that of the row before. */
static enum status like_row(struct kernel_call *call, uint32_t row) {
    struct like_state *st = call->state;
    struct str pattern = arg_str(call->args[1], row);
    struct str escape = call->expr->nargs > 2 ? arg_str(call->args[2], row) : (struct str){0};
    if (st->ready && str_eq(pattern, st->pattern) && str_eq(escape, st->escape)) return ST_OK;
    st->ready = false;
    arena_reset(&st->arena);
    st->pattern = arena_str(&st->arena, pattern);
    st->escape = arena_str(&st->arena, escape);
    TRY(like_compile(st->pattern, st->escape, &st->arena, &st->like, call->expr->span, call->ctx->error));
    st->ready = true;
    return ST_OK;
}

static enum status like(struct kernel_call *call) {
    struct like_state *st = call->state;
    bool *out = out_bool(call);
    SEL_FOREACH(call->sel, k, row) {
        if (!st->constant) TRY(like_row(call, row));
        out[row] = match(&st->like, arg_str(call->args[0], row));
    }
    return ST_OK;
}

const struct kernel kernel_LIKE = {.fn = like, .init = like_init, .fini = like_fini};
