/* SPDX-License-Identifier: Apache-2.0
 *
 * GROUP BY and aggregates. Keys, arguments and filters become columns of a CALC; above it stands the
 * aggregate; above that a CALC with HAVING and the SELECT list, in which each key expression and each
 * aggregate is replaced by the aggregate's output column.
 *
 * Keys that are a window's start and end make it a window aggregate. If the window function is right
 * below (but for CALCs that leave its columns alone), the aggregate does its work and the function goes away.
 *
 * GROUPING SETS, ROLLUP and CUBE: UNNEST gives each row once for each set, with the set's number, which is
 * one more key; keys that are not in the set are NULL.
 */
#include "planner/node.h"

struct grouping {
    uint32_t nkeys;          /* all GROUP BY expressions */
    struct expr **keys;      /* over the input */
    uint32_t *key_out;       /* output column of each */
    int32_t start, end, time; /* which key is the window's start, end, time; -1 none */
    const struct window_spec *window; /* NULL: no window */
    struct legacy_window legacy;
    uint32_t nsets;          /* 0: all keys, and nothing else, is the one set */
    uint64_t *sets;          /* bit i: key i is in it */
    struct expr **inputs;    /* keys as they are grouped by */
    struct expr *set;        /* column with the set's number; NULL without sets */
};

#define SETS_MAX 256 /* of one GROUP BY */
#define SET_KEYS_MAX 32

/* ---- keys ---- */

/* `mask`: which keys the item names. */
static enum status add_key(struct binder *b, const struct scope *scope, const struct ast_expr *ast,
                           struct grouping *g, uint64_t *mask) {
    struct expr *e;
    uint32_t i = 0;
    TRY(bind_expr(b, scope, ast, &e));
    while (i < g->nkeys && !expr_equal(g->keys[i], e)) i++;
    if (i == g->nkeys) g->keys[g->nkeys++] = e;
    if (i < 64) *mask |= (uint64_t)1 << i;
    return ST_OK;
}

static size_t count_keys(const struct ast_group *items, size_t count) {
    size_t n = 2;
    for (size_t i = 0; i < count; i++)
        n += 1 + items[i].exprs.count + count_keys(items[i].items, items[i].item_count);
    return n;
}

/* ---- grouping sets ---- */

struct sets {
    uint32_t count;
    uint64_t masks[SETS_MAX];
};

static enum status add_set(struct binder *b, struct sets *s, uint64_t mask, struct span span) {
    if (s->count == SETS_MAX)
        return error_at(b->error, ERR_LIMIT, span, "GROUP BY has more than %d grouping sets", SETS_MAX);
    s->masks[s->count++] = mask;
    return ST_OK;
}

/* The key or keys of one element. */
static enum status element(struct binder *b, const struct scope *scope, const struct ast_group *item,
                           struct grouping *g, uint64_t *mask) {
    *mask = 0;
    if (item->kind == AST_GROUP_EXPR) return add_key(b, scope, item->expr, g, mask);
    for (size_t i = 0; i < item->exprs.count; i++) TRY(add_key(b, scope, item->exprs.items[i], g, mask));
    return ST_OK;
}

/* The sets an item of GROUP BY stands for. */
static enum status item_sets(struct binder *b, const struct scope *scope, const struct ast_group *item,
                             struct grouping *g, struct sets *out) {
    uint64_t mask;
    if (item->kind == AST_GROUP_EXPR || item->kind == AST_GROUP_SET) {
        TRY(element(b, scope, item, g, &mask));
        return add_set(b, out, mask, item->span);
    }
    if (item->kind == AST_GROUP_SETS) {
        for (size_t i = 0; i < item->item_count; i++) TRY(item_sets(b, scope, &item->items[i], g, out));
        return ST_OK;
    }
    uint32_t first = out->count; /* ROLLUP: (), (a), (a, b), ..; CUBE: all subsets */
    TRY(add_set(b, out, 0, item->span));
    for (size_t i = 0; i < item->item_count; i++) {
        TRY(element(b, scope, &item->items[i], g, &mask));
        uint32_t have = out->count, from = item->kind == AST_GROUP_CUBE ? first : have - 1;
        for (uint32_t k = from; k < have; k++) TRY(add_set(b, out, out->masks[k] | mask, item->span));
    }
    return ST_OK;
}

/* Each set so far with each of the item's. */
static enum status multiply(struct binder *b, struct grouping *g, const struct sets *item, struct span span) {
    struct sets all = {0};
    for (uint32_t i = 0; i < g->nsets; i++) {
        for (uint32_t k = 0; k < item->count; k++) TRY(add_set(b, &all, g->sets[i] | item->masks[k], span));
    }
    g->nsets = all.count;
    g->sets = ARENA_ARRAY(b->arena, uint64_t, all.count + 1);
    memcpy(g->sets, all.masks, all.count * sizeof *g->sets);
    return ST_OK;
}

static struct expr *bigint(struct binder *b, int64_t v) {
    return expr_literal(b->arena, type_simple(TYPE_BIGINT, false), (struct value){.i = v}, (struct span){0});
}

/* The key where the set has it, else NULL. */
static struct expr *key_in_set(struct binder *b, const struct grouping *g, uint32_t key) {
    const struct type *t = type_simple(TYPE_BIGINT, false);
    struct span none = {0};
    struct expr *e =
        expr_call(b->arena, FN_DIV, t, (struct expr *[]){g->set, bigint(b, (int64_t)1 << key)}, 2, none);
    e = expr_call(b->arena, FN_MOD, t, (struct expr *[]){e, bigint(b, 2)}, 2, none);
    e = expr_call(b->arena, FN_EQ, type_simple(TYPE_BOOLEAN, false), (struct expr *[]){e, bigint(b, 1)}, 2,
                  none);
    const struct type *type = type_with_null(b->arena, g->keys[key]->type, true);
    struct expr *c = ARENA_NEW(b->arena, struct expr);
    *c = (struct expr){
        .kind = EXPR_CASE, .type = type, .nargs = 3, .args = ARENA_ARRAY(b->arena, struct expr *, 3)};
    c->args[0] = e;
    c->args[1] = expr_cast(b->arena, g->keys[key], type);
    c->args[2] = expr_literal(b->arena, type, (struct value){.null = true}, none);
    return c;
}

/* Each row once for each set. */
static enum status expand(struct binder *b, struct rel *input, struct grouping *g, struct span span) {
    g->inputs = g->keys;
    uint64_t all = g->nkeys < 64 ? ((uint64_t)1 << g->nkeys) - 1 : UINT64_MAX, always = all;
    for (uint32_t i = 0; i < g->nsets; i++) always &= g->sets[i];
    if (g->nsets == 0 || (g->nsets == 1 && always == all)) return ST_OK;
    if (g->nkeys > SET_KEYS_MAX)
        return error_at(b->error, ERR_LIMIT, span, "GROUP BY with grouping sets has more than %d keys",
                        SET_KEYS_MAX);
    const struct type *t = type_simple(TYPE_BIGINT, false);
    struct expr **numbers = ARENA_ARRAY(b->arena, struct expr *, g->nsets);
    for (uint32_t i = 0; i < g->nsets; i++)
        numbers[i] = bigint(b, (int64_t)(((uint64_t)i << g->nkeys) | g->sets[i]));
    struct expr *array =
        expr_call(b->arena, FN_ARRAY, type_array(b->arena, t, false), numbers, g->nsets, (struct span){0});
    uint32_t col;
    struct plan_node *below = node_with_columns(b, input->node, &array, 1, &col);
    struct plan_node *n = node_new(b, PLAN_UNNEST, 1, &below);
    n->unnest.col = col;
    node_add_cols(b, n, below->cols, below->ncols);
    node_add_cols(b, n, &(struct plan_col){.name = STR("$set"), .type = t}, 1);
    input->node = n;
    input->scope.types = n->cols;
    g->set = expr_column(b->arena, n->ncols - 1, t, (struct span){0});
    g->inputs = ARENA_ARRAY(b->arena, struct expr *, g->nkeys + 1);
    for (uint32_t i = 0; i < g->nkeys; i++) g->inputs[i] = always >> i & 1 ? g->keys[i] : key_in_set(b, g, i);
    return ST_OK;
}

static enum status add_legacy_keys(struct binder *b, struct rel *input, const struct ast_expr *item,
                                   bool *found, struct grouping *g) {
    TRY(bind_legacy_window(b, input, item, found, &g->legacy));
    if (!*found) return ST_OK;
    b->aggs->window = &g->legacy;
    for (uint32_t c = g->legacy.start_col; c <= g->legacy.end_col; c++) {
        for (uint32_t i = 0; i < g->nsets; i++) g->sets[i] |= (uint64_t)1 << g->nkeys;
        g->keys[g->nkeys++] = expr_column(b->arena, c, input->node->cols[c].type, item->span);
    }
    return ST_OK;
}

static enum status bind_keys(struct binder *b, const struct ast_select *s, struct rel *input,
                             struct grouping *g) {
    g->keys = ARENA_ARRAY(b->arena, struct expr *, count_keys(s->groups, s->group_count));
    g->sets = ARENA_ARRAY(b->arena, uint64_t, 1);
    g->nsets = 1;
    struct agg_list *aggs = b->aggs;
    for (size_t i = 0; i < s->group_count; i++) {
        const struct ast_group *item = &s->groups[i];
        bool found = false;
        if (item->kind == AST_GROUP_EXPR) TRY(add_legacy_keys(b, input, item->expr, &found, g));
        if (found) continue;
        b->aggs = NULL;
        b->place = "GROUP BY";
        struct sets sets = {0};
        TRY(item_sets(b, &input->scope, item, g, &sets));
        TRY(multiply(b, g, &sets, item->span));
        b->aggs = aggs;
    }
    if (g->nkeys == 0) aggs->global = true;
    return ST_OK;
}

/* Which keys are bounds of one window? */
static void find_window(const struct plan_node *input, struct grouping *g) {
    g->start = g->end = g->time = -1;
    for (uint32_t i = 0; i < g->nkeys; i++) {
        const struct expr *k = g->keys[i];
        const struct plan_note *note = k->kind == EXPR_COLUMN ? input->cols[k->column].note : NULL;
        if (!note || note->kind == NOTE_ROW_NUMBER) continue;
        if (g->window && g->window != note->window) continue;
        g->window = note->window;
        if (note->kind == NOTE_WINDOW_START) g->start = (int32_t)i;
        if (note->kind == NOTE_WINDOW_END) g->end = (int32_t)i;
        if (note->kind == NOTE_WINDOW_TIME) g->time = (int32_t)i;
    }
    bool few = g->nkeys <= SET_KEYS_MAX; /* else there is one set, of all */
    for (uint32_t i = 0; few && i < g->nsets && g->start >= 0 && g->end >= 0; i++) {
        if (!(g->sets[i] >> g->start & 1) || !(g->sets[i] >> g->end & 1)) g->start = -1;
    }
    if (g->start < 0 || g->end < 0) {
        g->window = NULL;
        g->start = g->end = g->time = -1;
    }
}

static bool is_window_key(const struct grouping *g, uint32_t i) {
    return (int32_t)i == g->start || (int32_t)i == g->end || (int32_t)i == g->time;
}

/* A HOP whose size is no multiple of its slide: each row goes to all its windows before they are aggregated.
 */
static bool is_uneven(const struct window_spec *w) {
    return w->kind == WINDOW_HOP && w->size_us % w->slide_us != 0;
}

static enum status check_window(struct binder *b, const struct ast_select *s, const struct grouping *g) {
    if (!g->window || g->legacy.call || !is_uneven(g->window)) return ST_OK;
    error_at(b->error, ERR_INVALID_QUERY, s->groups[0].span,
             "to aggregate over HOP its size must be a multiple of its slide");
    return error_hint(b->error, "the older form takes any size: GROUP BY HOP(ts, slide, size)");
}

/* ---- taking the window function away ---- */

#define WINDOW_COLUMN UINT32_MAX

struct unwound {
    struct plan_node *node; /* without the window function */
    uint32_t *map;          /* old column to new, or WINDOW_COLUMN */
    struct window_spec spec;
    uint32_t time_col;      /* of node */
};

static bool reads_window(const struct expr *e, const uint32_t *map) {
    if (e->kind == EXPR_COLUMN) return map[e->column] == WINDOW_COLUMN;
    for (uint32_t i = 0; i < e->nargs; i++) {
        if (reads_window(e->args[i], map)) return true;
    }
    return false;
}

static bool unwind(struct binder *b, struct plan_node *n, const struct window_spec *window,
                   struct unwound *out);

static bool unwind_calc(struct binder *b, struct plan_node *n, const struct window_spec *window,
                        struct unwound *out) {
    struct unwound below;
    if (!unwind(b, n->inputs[0], window, &below)) return false;
    if (n->calc.filter && reads_window(n->calc.filter, below.map)) return false;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, n->ncols + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, n->ncols + 1);
    uint32_t count = 0;
    out->map = ARENA_ARRAY(b->arena, uint32_t, n->ncols + 1);
    for (uint32_t i = 0; i < n->ncols; i++) {
        const struct expr *e = n->calc.exprs[i];
        out->map[i] = WINDOW_COLUMN;
        if (e->kind == EXPR_COLUMN && below.map[e->column] == WINDOW_COLUMN) continue;
        if (reads_window(e, below.map)) return false;
        exprs[count] = expr_remap(b->arena, e, below.map);
        cols[count] = n->cols[i];
        out->map[i] = count++;
    }
    out->spec = below.spec;
    if (!below.spec.proctime) {
        exprs[count] =
            expr_column(b->arena, below.time_col, below.node->cols[below.time_col].type, (struct span){0});
        cols[count] = below.node->cols[below.time_col];
        out->time_col = count++;
    }
    struct expr *filter = n->calc.filter ? expr_remap(b->arena, n->calc.filter, below.map) : NULL;
    out->node = node_calc(b, below.node, filter, exprs, cols, count);
    return true;
}

static bool unwind(struct binder *b, struct plan_node *n, const struct window_spec *window,
                   struct unwound *out) {
    *out = (struct unwound){0};
    if (n->kind == PLAN_CALC) return unwind_calc(b, n, window, out);
    if (n->kind != PLAN_WINDOW_TVF || n->cols[n->ncols - 1].note->window != window) return false;
    if (is_uneven(window)) return false;
    out->node = n->inputs[0];
    out->map = ARENA_ARRAY(b->arena, uint32_t, n->ncols + 1);
    for (uint32_t i = 0; i < n->ncols; i++) out->map[i] = i < n->ncols - 3 ? i : WINDOW_COLUMN;
    out->spec = n->window_tvf.window;
    out->time_col = n->window_tvf.window.time_col;
    return true;
}

/* ---- the aggregate ---- */

struct inputs {
    struct expr **exprs;
    uint32_t count;
};

static uint32_t add_input(struct inputs *in, struct expr *e) {
    for (uint32_t i = 0; i < in->count; i++) {
        if (expr_equal(in->exprs[i], e)) return i;
    }
    in->exprs[in->count] = e;
    return in->count++;
}

static struct plan_node *make_inputs(struct binder *b, struct plan_node *input, struct inputs *in) {
    struct str *names = ARENA_ARRAY(b->arena, struct str, in->count + 1);
    for (uint32_t i = 0; i < in->count; i++) {
        const struct expr *e = in->exprs[i];
        names[i] = e->kind == EXPR_COLUMN ? input->cols[e->column].name : arena_printf(b->arena, "$f%u", i);
    }
    return node_project(b, input, in->exprs, names, in->count);
}

static struct agg_call *make_calls(struct binder *b, struct inputs *in) {
    const struct agg_list *l = b->aggs;
    struct agg_call *calls = ARENA_ARRAY(b->arena, struct agg_call, l->count + 1);
    for (uint32_t i = 0; i < l->count; i++) {
        const struct bound_agg *a = &l->items[i];
        struct agg_call *c = &calls[i];
        *c = (struct agg_call){.func = a->func, .type = a->type, .distinct = a->distinct, .filter = -1};
        c->args = (struct cols){a->nargs, ARENA_ARRAY(b->arena, uint32_t, a->nargs + 1)};
        for (uint32_t j = 0; j < a->nargs; j++) c->args.items[j] = add_input(in, a->args[j]);
        if (a->filter) c->filter = (int32_t)add_input(in, a->filter);
    }
    return calls;
}

static void add_agg_cols(struct binder *b, struct plan_node *n, const struct plan_node *input,
                         struct cols keys, const struct agg_call *calls) {
    for (uint32_t i = 0; i < keys.count; i++) {
        struct plan_col c = input->cols[keys.items[i]];
        if (n->kind == PLAN_GROUP_AGG) c.time = TIME_NONE;
        node_add_cols(b, n, &c, 1);
    }
    for (uint32_t i = 0; i < b->aggs->count; i++) {
        struct plan_col c = {.name = arena_printf(b->arena, "EXPR$%u", i), .type = calls[i].type};
        node_add_cols(b, n, &c, 1);
    }
}

static struct plan_node *make_group_agg(struct binder *b, struct plan_node *input, struct grouping *g) {
    struct inputs in = {.exprs = ARENA_ARRAY(b->arena, struct expr *, g->nkeys + b->aggs->count * 3 + 16)};
    struct cols keys = {g->nkeys, ARENA_ARRAY(b->arena, uint32_t, g->nkeys + 2)};
    for (uint32_t i = 0; i < g->nkeys; i++) {
        keys.items[i] = add_input(&in, g->inputs[i]);
        g->key_out[i] = i;
    }
    if (g->set) keys.items[keys.count++] = add_input(&in, g->set);
    struct agg_call *calls = make_calls(b, &in);
    struct plan_node *below = make_inputs(b, input, &in);
    struct plan_node *n = node_new(b, PLAN_GROUP_AGG, 1, &below);
    n->group_agg.keys = keys;
    n->group_agg.naggs = b->aggs->count;
    n->group_agg.aggs = calls;
    add_agg_cols(b, n, below, keys, calls);
    return n;
}

static void remap_all(struct binder *b, struct inputs *in, const uint32_t *map) {
    for (uint32_t i = 0; i < in->count; i++) in->exprs[i] = expr_remap(b->arena, in->exprs[i], map);
}

/* Can keys, arguments and filters do without the window's columns? */
static bool window_free(const struct inputs *in, const uint32_t *map) {
    for (uint32_t i = 0; i < in->count; i++) {
        if (reads_window(in->exprs[i], map)) return false;
    }
    return true;
}

static struct plan_node *make_window_agg(struct binder *b, struct plan_node *input, struct grouping *g) {
    struct inputs in = {.exprs = ARENA_ARRAY(b->arena, struct expr *, g->nkeys + b->aggs->count * 3 + 16)};
    struct cols keys = {0, ARENA_ARRAY(b->arena, uint32_t, g->nkeys + 2)};
    for (uint32_t i = 0; i < g->nkeys; i++) {
        if (is_window_key(g, i)) continue;
        g->key_out[i] = keys.count;
        keys.items[keys.count++] = add_input(&in, g->inputs[i]);
    }
    if (g->set) keys.items[keys.count++] = add_input(&in, g->set);
    struct agg_call *calls = make_calls(b, &in);
    const struct plan_col *start = &input->cols[g->keys[g->start]->column];
    const struct plan_col *end = &input->cols[g->keys[g->end]->column];
    struct unwound u;
    struct window_spec spec = {.kind = WINDOW_ATTACHED, .local_time = g->window->local_time,
                               .proctime = g->window->proctime, .size_us = g->window->size_us};
    if (unwind(b, input, g->window, &u) && window_free(&in, u.map)) {
        remap_all(b, &in, u.map);
        input = u.node;
        spec = u.spec;
        if (!spec.proctime) {
            struct expr *t =
                expr_column(b->arena, u.time_col, input->cols[u.time_col].type, (struct span){0});
            spec.time_col = add_input(&in, t);
        }
    } else {
        spec.start_col = add_input(&in, g->keys[g->start]);
        spec.end_col = add_input(&in, g->keys[g->end]);
    }
    struct plan_node *below = make_inputs(b, input, &in);
    struct plan_node *n = node_new(b, PLAN_WINDOW_AGG, 1, &below);
    const struct type *time =
        g->window->local_time ? type_time(b->arena, TYPE_TIMESTAMP_LTZ, 3, false) : start->type;
    n->window_agg = (struct plan_window_agg){.window = spec,
                                             .keys = keys,
                                             .naggs = b->aggs->count,
                                             .aggs = calls,
                                             .emit_start = true,
                                             .emit_end = true,
                                             .emit_time = true,
                                             .start_type = start->type,
                                             .time_type = time};
    add_agg_cols(b, n, below, keys, calls);
    struct plan_note *note = ARENA_NEW(b->arena, struct plan_note);
    *note = (struct plan_note){.kind = NOTE_WINDOW_TIME, .window = g->window};
    struct plan_col bounds[3] = {*start, *end, {STR("window_time"), time, TIME_ROWTIME, note}};
    if (g->window->proctime) bounds[2].time = TIME_PROCTIME;
    uint32_t first = n->ncols;
    node_add_cols(b, n, bounds, 3);
    g->key_out[g->start] = first;
    g->key_out[g->end] = first + 1;
    if (g->time >= 0) g->key_out[g->time] = first + 2;
    return n;
}

/* ---- what stands above ---- */

struct replace {
    struct binder *b;
    const struct grouping *g;
    const struct plan_node *agg;
    const struct scope *scope; /* of the input, for messages */
    uint32_t first_agg;        /* output column of aggregate 0 */
};

static struct str column_name(const struct replace *r, uint32_t column) {
    for (uint32_t i = 0; i < r->scope->count; i++) {
        if (r->scope->cols[i].column == column) return r->scope->cols[i].name;
    }
    return STR("?");
}

static enum status replace(const struct replace *r, const struct expr *e, struct expr **out) {
    struct binder *b = r->b;
    for (uint32_t i = 0; i < r->g->nkeys; i++) {
        if (!expr_equal(r->g->keys[i], e)) continue;
        uint32_t c = r->g->key_out[i];
        *out = expr_column(b->arena, c, r->agg->cols[c].type, e->span);
        return ST_OK;
    }
    if (e->kind == EXPR_COLUMN && e->column >= AGG_COLUMN) {
        uint32_t c = r->first_agg + (e->column - AGG_COLUMN);
        *out = expr_column(b->arena, c, r->agg->cols[c].type, e->span);
        return ST_OK;
    }
    if (e->kind == EXPR_COLUMN) {
        /* window_time belongs to a window whether it is a key or not */
        if (r->g->legacy.call && e->column == r->g->legacy.time_col) {
            *out = expr_column(b->arena, r->agg->ncols - 1, r->agg->cols[r->agg->ncols - 1].type, e->span);
            return ST_OK;
        }
        struct str name = column_name(r, e->column);
        error_at(b->error, ERR_INVALID_QUERY, e->span,
                 "column '%.*s' is neither in GROUP BY nor inside an aggregate", STR_ARG(name));
        return error_hint(b->error, "add '%.*s' to GROUP BY, or use MAX(%.*s)", STR_ARG(name), STR_ARG(name));
    }
    struct expr *copy = ARENA_NEW(b->arena, struct expr);
    *copy = *e;
    if (e->nargs) copy->args = ARENA_ARRAY(b->arena, struct expr *, e->nargs);
    for (uint32_t i = 0; i < e->nargs; i++) TRY(replace(r, e->args[i], &copy->args[i]));
    *out = copy;
    return ST_OK;
}

enum status bind_group(struct binder *b, const struct ast_select *s, struct rel *input, struct rel *out) {
    struct grouping g = {0};
    b->aggs->count = 0;
    TRY(bind_keys(b, s, input, &g));
    struct select_list list = {0};
    struct expr *having = NULL;
    TRY(bind_select_list(b, &input->scope, s, &list));
    if (s->having) TRY(bind_condition(b, &input->scope, s->having, "HAVING", &having));
    find_window(input->node, &g);
    TRY(check_window(b, s, &g));
    TRY(expand(b, input, &g, s->groups ? s->groups[0].span : s->head.span));
    g.key_out = ARENA_ARRAY(b->arena, uint32_t, g.nkeys + 1);
    struct plan_node *agg =
        g.window ? make_window_agg(b, input->node, &g) : make_group_agg(b, input->node, &g);
    struct replace r = {b, &g, agg, &input->scope, 0};
    r.first_agg = g.window ? agg->window_agg.keys.count : agg->group_agg.keys.count;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, list.count + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, list.count + 1);
    for (uint32_t i = 0; i < list.count; i++) {
        TRY(replace(&r, list.items[i].expr, &exprs[i]));
        cols[i] = node_col(agg, exprs[i], list.items[i].name);
    }
    if (having) TRY(replace(&r, having, &having));
    out->node = node_calc(b, agg, having, exprs, cols, list.count);
    out->scope = bind_scope_of(b, out->node, (struct str){0});
    return ST_OK;
}
