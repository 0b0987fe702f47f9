/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes what compiles patterns: regular expressions, LIKE, SIMILAR TO, JSON paths, date patterns. The first
 * byte picks a function; the arguments follow, with zero bytes between them. Each call is made with its
 * pattern as a constant and as a column: where the constant is taken, both must give the same.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exec/expr.h"
#include "exec/text.h"
#include "exec/zone.h"
#include "planner/symbols.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

#define ARGS_MAX 6

/* What is called: s string, n a small number; symbols by their number behind `symbols`. */
struct target {
    enum func_id id;
    const char *args; /* letters: s text, n small number, l any number, y symbol, 0 NULL */
    char result;      /* b BOOLEAN, s STRING, i INT, l BIGINT, a ARRAY<STRING>, t TIMESTAMP(3), d DATE */
    int symbols[3];   /* of the letters y */
};

static const struct target targets[] = {
    {FN_LIKE, "ss", 'b', {0}},
    {FN_LIKE, "sss", 'b', {0}},
    {FN_SIMILAR, "ss", 'b', {0}},
    {FN_SIMILAR, "sss", 'b', {0}},
    {FN_REGEXP, "ss", 'b', {0}},
    {FN_REGEXP_EXTRACT, "ssn", 's', {0}},
    {FN_REGEXP_EXTRACT_ALL, "ssn", 'a', {0}},
    {FN_REGEXP_INSTR, "ss", 'i', {0}},
    {FN_REGEXP_COUNT, "ss", 'i', {0}},
    {FN_REGEXP_REPLACE, "sss", 's', {0}},
    {FN_JSON_EXISTS, "ss", 'b', {0}},
    {FN_JSON_QUERY, "ssyyy", 's', {SYM_WITHOUT, SYM_NULL, SYM_NULL}},
    {FN_JSON_QUERY, "ssyyy", 's', {SYM_UNCONDITIONAL, SYM_EMPTY_ARRAY, SYM_EMPTY_OBJECT}},
    {FN_JSON_VALUE, "ssy0y0", 's', {SYM_NULL, SYM_NULL, 0}},
    {FN_SPLIT_INDEX, "ssn", 's', {0}},
    {FN_PARSE_URL, "sss", 's', {0}},
    {FN_TRANSLATE, "sss", 's', {0}},
    {FN_JSON_UNQUOTE, "s", 's', {0}},
    {FN_URL_DECODE, "s", 's', {0}},
    {FN_FROM_BASE64, "s", 's', {0}},
    {FN_TO_TIMESTAMP_FORMAT, "ss", 't', {0}},
    {FN_TO_DATE_FORMAT, "ss", 'd', {0}},
    {FN_DATE_FORMAT_TEXT, "ss", 's', {0}},
    {FN_UNIX_TIMESTAMP, "ss", 'l', {0}},
    {FN_FROM_UNIXTIME, "ls", 's', {0}},
};

struct fuzz {
    struct arena arena;          /* of one input */
    struct error error;          /* of the last evaluation */
    struct eval_ctx ctx;         /* UTC */
    struct str texts[ARGS_MAX];  /* arguments */
    struct batch *row;           /* the texts as columns, the last one a number */
};

static const struct type *result_type(struct arena *a, char c) {
    switch (c) {
    case 'b': return type_simple(TYPE_BOOLEAN, true);
    case 'i': return type_simple(TYPE_INT, true);
    case 'l': return type_simple(TYPE_BIGINT, true);
    case 't': return type_time(a, TYPE_TIMESTAMP, 3, true);
    case 'd': return type_simple(TYPE_DATE, true);
    case 'a': return type_array(a, type_string(true), true);
    default: return type_string(true);
    }
}

static struct expr *argument(struct fuzz *f, const struct target *t, unsigned i, unsigned symbol,
                             bool column) {
    struct expr *e = ARENA_NEW(&f->arena, struct expr);
    e->kind = EXPR_LITERAL;
    e->type = type_string(true);
    switch (t->args[i]) {
    case 's': e->value.s = f->texts[i]; break;
    case '0': e->value.null = true; return e;
    case 'l':
        e->type = type_simple(TYPE_BIGINT, true);
        memcpy(&e->value.i, f->texts[i].ptr, f->texts[i].len < 8 ? f->texts[i].len : 8);
        return e;
    case 'y':
        e->type = type_simple(TYPE_SYMBOL, false);
        e->value.i = t->symbols[symbol];
        return e;
    default:
        e->type = type_simple(TYPE_INT, true);
        e->value.i = f->texts[i].len ? (signed char)f->texts[i].ptr[0] % 5 : 0;
        return e;
    }
    if (!column) return e;
    e->kind = EXPR_COLUMN;
    e->column = i;
    return e;
}

/* The result as text; false: it failed. */
static bool eval(struct fuzz *f, const struct target *t, unsigned columns, struct str *out) {
    struct expr *e = ARENA_NEW(&f->arena, struct expr);
    e->kind = EXPR_CALL;
    e->type = result_type(&f->arena, t->result);
    e->func = func_desc(t->id);
    e->args = ARENA_ARRAY(&f->arena, struct expr *, ARGS_MAX);
    for (unsigned symbols = 0; t->args[e->nargs]; e->nargs++) {
        e->args[e->nargs] = argument(f, t, e->nargs, symbols, columns >> e->nargs & 1);
        symbols += t->args[e->nargs] == 'y';
    }
    struct program *p;
    struct vec *v;
    const struct expr *root = e;
    error_clear(&f->error);
    if (program_compile(&root, 1, &f->arena, &f->ctx, &p, &f->error) != ST_OK) return false;
    bool ok = program_eval(p, f->row, &f->arena, &f->ctx, &v) == ST_OK;
    if (ok) {
        struct text text = {.arena = &f->arena};
        text_value(&text, v, 0, f->ctx.zone);
        *out = arena_str(&f->arena, (struct str){text.ptr, text.len});
    } else if (f->error.code == ERR_NONE || !f->error.text[0]) {
        abort();
    }
    program_free(p);
    return ok;
}

/* Its pattern must be a literal. */
static bool literal_only(enum func_id id) {
    return id == FN_SIMILAR || id == FN_JSON_VALUE || id == FN_JSON_QUERY || id == FN_JSON_EXISTS;
}

static void set_arguments(struct fuzz *f, const char *p, size_t len) {
    const struct type *types[ARGS_MAX];
    for (unsigned i = 0; i < ARGS_MAX; i++) types[i] = type_string(true);
    f->row = batch_new_flat(&f->arena, types, ARGS_MAX, 1);
    for (unsigned i = 0; i < ARGS_MAX; i++) {
        const char *zero = memchr(p, 0, len);
        size_t n = zero ? (size_t)(zero - p) : len;
        f->texts[i] = (struct str){p, n};
        ((struct strview *)f->row->cols[i]->data)[0] = strview_of(p, n);
        f->row->cols[i]->rows = 1;
        p += n + !!zero;
        len -= n + !!zero;
    }
    f->row->rows = f->row->count = 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    struct fuzz f = {0};
    struct str a = {"", 0}, b = {"", 0};
    if (len_bytes < 1) return 0;
    f.ctx = (struct eval_ctx){.error = &f.error, .zone = zone_utc()};
    const struct target *t = &targets[data[0] % (sizeof targets / sizeof *targets)];
    set_arguments(&f, (const char *)data + 1, len_bytes - 1);
    bool constant = eval(&f, t, 1, &a), all = eval(&f, t, literal_only(t->id) ? 1 : 7, &b);
    if (constant && (!all || !str_eq(a, b))) {
        fprintf(stderr, "function %s: '%.*s' as a constant, '%.*s' as a column %s\n",
                func_desc(t->id)->name.ptr, STR_ARG(a), STR_ARG(b), f.error.text);
        abort();
    }
    bool whole = eval(&f, t, 0, &b);
    if (constant != whole || (whole && !str_eq(a, b))) {
        fprintf(stderr, "function %s: '%.*s' of a column, '%.*s' of constants %s\n",
                func_desc(t->id)->name.ptr, STR_ARG(a), STR_ARG(b), f.error.text);
        abort();
    }
    arena_free(&f.arena);
    return 0;
}
