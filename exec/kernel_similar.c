/* SPDX-License-Identifier: Apache-2.0
 *
 * SIMILAR TO: the pattern becomes a regular expression of exec/regex.h that has to match all of the text.
 * STRICT. A pattern that is not valid is an error.
 */
#include "exec/kernel_util.h"
#include "exec/regex.h"

/* What a POSIX class such as [:digit:] stands for within brackets. */
static struct str posix_class(struct str name) {
    static const char *const names[][2] = {
        {"alpha", "a-zA-Z"},      {"digit", "0-9"},        {"alnum", "a-zA-Z0-9"}, {"upper", "A-Z"},
        {"lower", "a-z"},         {"space", " "},          {"whitespace", "\\s"},  {"xdigit", "0-9a-fA-F"},
        {"punct", "!-/:-@\\[-`{-~"}, {"blank", " \\t"},
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_ieq(name, str_of(names[i][0]))) return str_of(names[i][1]);
    }
    return (struct str){0};
}

/* The POSIX class that begins at p, within brackets: its bytes, 0 if there is none; *q moves behind its text.
 */
static size_t put_posix(const char *p, size_t len, char **q) {
    if (len < 4 || p[0] != '[' || p[1] != ':') return 0;
    const char *end = memchr(p + 2, ':', len - 2);
    if (!end || end + 1 == p + len || end[1] != ']') return 0;
    struct str text = posix_class((struct str){p + 2, (size_t)(end - p) - 2});
    if (!text.len) return 0;
    memcpy(*q, text.ptr, text.len);
    *q += text.len;
    return (size_t)(end - p) + 2;
}

/* The pattern as a regular expression: % is any text, _ any character; the rest of SQL's specials mean
 * the same there. */
static struct str similar_regex(struct arena *a, struct str p, struct str escape) {
    char *out = arena_alloc_raw(a, p.len * 8 + 1), *q = out;
    bool in_class = false;
    for (size_t i = 0; i < p.len; i++) {
        char c = p.ptr[i];
        size_t posix = in_class ? put_posix(p.ptr + i, p.len - i, &q) : 0;
        if (posix) {
            i += posix - 1;
        } else if (escape.len == 1 && c == escape.ptr[0] && i + 1 < p.len) {
            *q++ = '\\';
            *q++ = p.ptr[++i];
        } else if (c == '\\' || c == '$') {
            *q++ = '\\';
            *q++ = c;
        } else if (!in_class && c == '%') {
            memcpy(q, "(?s:.*)", 7);
            q += 7;
        } else if (!in_class && c == '_') {
            *q++ = '.';
        } else {
            if (c == '[') in_class = true;
            if (c == ']') in_class = false;
            *q++ = c;
        }
    }
    return (struct str){out, (size_t)(q - out)};
}

static enum status similar_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                                void **state, struct error *err) {
    const struct value *pattern = literal_arg(e, 1), *escape = literal_arg(e, 2);
    *state = regex_cache_new(a);
    if (!pattern || (e->nargs > 2 && !escape)) return ST_OK;
    struct str regex = similar_regex(a, pattern->s, escape ? escape->s : (struct str){0});
    if (regex_constant(*state, regex, true, e->args[1]->span, err) == ST_OK) return ST_OK;
    regex_cache_free(*state);
    *state = NULL;
    return ST_ERROR;
}

static void similar_fini(void *state) {
    regex_cache_free(state);
}

static enum status row_regex(struct kernel_call *call, uint32_t row, struct regex **out) {
    const struct vec *pattern = call->args[1], *escape = call->expr->nargs > 2 ? call->args[2] : NULL;
    bool constant = pattern->form == VEC_CONST && (!escape || escape->form == VEC_CONST);
    if (constant && *out) return ST_OK;
    struct str p = arg_str(pattern, row);
    struct str regex = similar_regex(call->scratch, p, escape ? arg_str(escape, row) : (struct str){0});
    *out = regex_get(call->state, regex, true);
    if (*out) return ST_OK;
    return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                    "the pattern '%.*s' of SIMILAR TO is not valid", STR_ARG(p));
}

static enum status similar(struct kernel_call *call) {
    bool *out = out_bool(call);
    struct regex *r = NULL;
    SEL_FOREACH(call->sel, k, row) {
        struct regex_match m;
        TRY(row_regex(call, row, &r));
        int found = regex_find(call->state, r, arg_str(call->args[0], row), 0, &m, call->ctx->error);
        if (found < 0) return ST_ERROR;
        out[row] = found;
    }
    return ST_OK;
}

const struct kernel kernel_SIMILAR = {.fn = similar, .init = similar_init, .fini = similar_fini};
