/* SPDX-License-Identifier: Apache-2.0
 *
 * STR_TO_MAP(text [, between entries, between key and value]). Both delimiters are regular expressions and
 * cut as Java's String.split does: an empty match at the very front cuts nothing, and empty entries at the
 * end are dropped. A key without value has NULL; of equal keys the last counts. A delimiter that is not valid
 * is an error.
 */
#include "exec/collection.h"
#include "exec/kernel_util.h"
#include "exec/regex.h"

/* The patterns of both delimiters. */
struct delimiters {
    struct regex_cache *entry; /* argument 1, or "," */
    struct regex_cache *value; /* argument 2, or "=" */
};

static void str_to_map_fini(void *state) {
    struct delimiters *d = state;
    regex_cache_free(d->entry);
    regex_cache_free(d->value);
}

static enum status prepare(const struct expr *e, uint32_t n, struct str otherwise, struct arena *a,
                           struct regex_cache **out, struct error *err) {
    const struct value *v = literal_arg(e, n);
    *out = regex_cache_new(a);
    if (n < e->nargs && !v) return ST_OK;
    return regex_constant(*out, v ? v->s : otherwise, false, v ? e->args[n]->span : e->span, err);
}

static enum status str_to_map_init(const struct expr *e, struct arena *a, const struct eval_ctx *ctx UNUSED,
                                   void **state, struct error *err) {
    struct delimiters *d = ARENA_NEW(a, struct delimiters);
    enum status st = prepare(e, 1, STR(","), a, &d->entry, err);
    if (st != ST_OK) {
        regex_cache_free(d->entry);
        return st;
    }
    st = prepare(e, 2, STR("="), a, &d->value, err);
    if (st != ST_OK) str_to_map_fini(d);
    else *state = d;
    return st;
}

static enum status row_regex(struct kernel_call *call, uint32_t n, uint32_t row, struct regex_cache *cache,
                             struct regex **out) {
    struct str pattern = n < call->expr->nargs ? arg_str(call->args[n], row) : (struct str){0};
    *out = regex_get(cache, pattern, false);
    if (*out) return ST_OK;
    return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                    "the delimiter '%.*s' of STR_TO_MAP is not a valid regular expression", STR_ARG(pattern));
}

/* Cuts s at the next match at or after *from: 1 cut, 0 there is none, -1 error. */
static int cut(struct kernel_call *call, struct regex_cache *cache, struct regex *r, struct str s,
               size_t *from, struct regex_match *m) {
    int found;
    while ((found = regex_find(cache, r, s, *from, m, call->ctx->error)) > 0) {
        bool more = regex_next(s, m, from);
        if (m->to > 0 || m->from < m->to) return 1;
        if (!more) return 0;
    }
    return found;
}

/* Key and value of the entry s, as row 0 of two vectors; value NULL where there is no delimiter. */
static enum status put_entry(struct kernel_call *call, struct delimiters *d, struct regex *r, struct str s,
                             struct collection_set *set) {
    size_t from = 0;
    struct regex_match m;
    int found = cut(call, d->value, r, s, &from, &m);
    if (found < 0) return ST_ERROR;
    struct str key = found ? str_sub(s, 0, m.from) : s, value = {"", 0};
    if (found) value = str_sub(s, m.to, s.len - m.to);
    struct strview key_view = strview_of(key.ptr, key.len), value_view = strview_of(value.ptr, value.len);
    uint64_t valid = (uint64_t)found;
    struct vec k = {
        .type = call->out->child[0].type, .phys = PHYS_STR, .form = VEC_CONST, .rows = 1, .data = &key_view};
    struct vec v = k;
    v.data = &value_view;
    v.valid = &valid;
    collection_put_entry(call->out, set, &k, 0, &v, 0, call->scratch);
    return ST_OK;
}

/* Cuts a text into entries; *n of them, those empty at the end left out. */
static enum status entries_of(struct kernel_call *call, struct delimiters *d, struct regex *r, struct str s,
                              struct str **out, uint32_t *n) {
    size_t from = 0, kept = 0;
    uint32_t room = 8, count = 0;
    struct regex_match m;
    int found;
    *out = arena_alloc_raw(call->scratch, room * sizeof **out);
    for (;;) {
        found = cut(call, d->entry, r, s, &from, &m);
        if (found < 0) return ST_ERROR;
        if (count == room) {
            *out = arena_grow(call->scratch, *out, room * sizeof **out, 2 * room * sizeof **out);
            room *= 2;
        }
        (*out)[count++] = str_sub(s, kept, (found ? m.from : s.len) - kept);
        if (!found) break;
        kept = m.to;
        if (m.from == m.to && m.to >= s.len) break; /* an empty match at the end */
    }
    while (count > 1 && (*out)[count - 1].len == 0) count--;
    if (count == 1 && (*out)[0].len == 0) count = 0;
    *n = count;
    return ST_OK;
}

static enum status str_to_map(struct kernel_call *call) {
    struct delimiters *d = call->state;
    SEL_FOREACH(call->sel, k, row) {
        struct regex *entry, *value;
        struct str *parts;
        uint32_t n;
        struct collection_set set;
        TRY(row_regex(call, 1, row, d->entry, &entry));
        TRY(row_regex(call, 2, row, d->value, &value));
        TRY(entries_of(call, d, entry, arg_str(call->args[0], row), &parts, &n));
        uint32_t first = call->out->child[0].rows;
        collection_set_init(&set, &call->out->child[0], n, call->scratch);
        for (uint32_t i = 0; i < n; i++) TRY(put_entry(call, d, value, parts[i], &set));
        out_list(call)[row] = (struct listref){first, call->out->child[0].rows - first};
    }
    return ST_OK;
}

const struct kernel kernel_STR_TO_MAP = {.fn = str_to_map, .init = str_to_map_init, .fini = str_to_map_fini};
