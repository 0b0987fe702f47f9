/* SPDX-License-Identifier: Apache-2.0
 *
 * Numbers of rows: SELECT .., ROW_NUMBER() OVER (PARTITION BY k ORDER BY ..) AS rn in a sub-query, and a
 * bound for rn in the WHERE around it. The sub-query becomes a TOPN with rn as its last column, which carries
 * a note; by that WHERE finds the node and sets its range. In order of time, and number 1 alone, it is
 * deduplication. Keys that are a window's bounds make the rows final when the window is over. A number
 * without an upper bound is refused at the end.
 */
#include "planner/node.h"

static const struct ast_call *row_number_call(const struct ast_expr *e) {
    if (e->kind != AST_CALL) return NULL;
    const struct ast_call *c = ast_as_call(e);
    return c->over && c->name.count == 1 && str_ieq(c->name.parts[0].text, STR("ROW_NUMBER")) ? c : NULL;
}

bool bind_has_row_number(const struct ast_select *s) {
    for (size_t i = 0; i < s->item_count; i++) {
        if (row_number_call(s->items[i].expr)) return true;
    }
    return false;
}

/* Are the keys the bounds of a window (and maybe more)? Then its end. */
static void find_window(const struct plan_node *input, struct plan_topn *t) {
    const struct window_spec *window = NULL;
    bool start = false;
    for (uint32_t i = 0; i < t->keys.count; i++) {
        const struct plan_note *note = input->cols[t->keys.items[i]].note;
        if (!note || note->kind == NOTE_ROW_NUMBER || (window && window != note->window)) continue;
        window = note->window;
        start |= note->kind == NOTE_WINDOW_START;
        if (note->kind == NOTE_WINDOW_END) t->fires = (int32_t)t->keys.items[i];
    }
    if (!start || (window && window->proctime)) t->fires = -1;
    t->local_time = window && window->local_time;
}

static enum status bind_keys(struct binder *b, const struct ast_window *w, struct rel *rel,
                             struct plan_topn *t) {
    uint32_t nkeys = (uint32_t)w->partition_by.count, norder = (uint32_t)w->order_by.count;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, nkeys + norder + 1);
    uint32_t *cols = ARENA_ARRAY(b->arena, uint32_t, nkeys + norder + 1);
    for (uint32_t i = 0; i < nkeys; i++) TRY(bind_expr(b, &rel->scope, w->partition_by.items[i], &exprs[i]));
    for (uint32_t i = 0; i < norder; i++) {
        TRY(bind_expr(b, &rel->scope, w->order_by.items[i].expr, &exprs[nkeys + i]));
        enum type_kind k = exprs[nkeys + i]->type->kind;
        if (k == TYPE_ARRAY || k == TYPE_MAP || k == TYPE_ROW) {
            return error_at(b->error, ERR_TYPE_MISMATCH, w->order_by.items[i].expr->span,
                            "values of type %.*s have no order",
                            STR_ARG(bind_type_text(b, exprs[nkeys + i]->type)));
        }
    }
    rel->node = node_with_columns(b, rel->node, exprs, nkeys + norder, cols);
    rel->scope.types = rel->node->cols;
    t->keys = (struct cols){nkeys, cols};
    t->norder = norder;
    t->order = ARENA_ARRAY(b->arena, struct sort_key, norder);
    for (uint32_t i = 0; i < norder; i++) {
        const struct ast_order *o = &w->order_by.items[i];
        t->order[i] = (struct sort_key){cols[nkeys + i], o->desc, o->nulls ? o->nulls < 0 : !o->desc};
    }
    return ST_OK;
}

static enum status bind_over(struct binder *b, const struct ast_call *c, struct rel *rel,
                             struct plan_topn *out) {
    const struct ast_window *w = c->over;
    if (w->name_only || w->base.text.len) return bind_unsupported(b, w->span, "a named WINDOW");
    if (w->frame != AST_FRAME_NONE) {
        return error_at(b->error, ERR_INVALID_QUERY, w->span, "ROW_NUMBER() takes no ROWS or RANGE");
    }
    if (w->order_by.count == 0) {
        return error_at(b->error, ERR_INVALID_QUERY, w->span,
                        "ROW_NUMBER() needs ORDER BY in its OVER clause");
    }
    *out = (struct plan_topn){.from = 1, .to = INT64_MAX, .emit_rank = true, .fires = -1};
    TRY(bind_keys(b, w, rel, out));
    find_window(rel->node, out);
    return ST_OK;
}

static struct plan_note *remember(struct binder *b, struct plan_node *node, struct span span) {
    struct row_number *r = ARENA_NEW(b->arena, struct row_number);
    *r = (struct row_number){.next = b->row_numbers, .span = span, .node = node};
    b->row_numbers = r;
    struct plan_note *note = ARENA_NEW(b->arena, struct plan_note);
    *note = (struct plan_note){.kind = NOTE_ROW_NUMBER, .row_number = r};
    return note;
}

enum status bind_row_number(struct binder *b, const struct ast_select *s, struct rel *input,
                            struct rel *out) {
    struct plan_topn topn;
    const struct ast_call *call = NULL;
    struct ast_select copy = *s; /* with a constant in the row number's place */
    struct ast_literal one = {.head.kind = AST_LITERAL, .literal = AST_LIT_EXACT, .text = STR("1")};
    copy.items = ARENA_ARRAY(b->arena, struct ast_select_item, s->item_count);
    memcpy(copy.items, s->items, s->item_count * sizeof *s->items);
    for (size_t i = 0; i < s->item_count; i++) {
        const struct ast_call *c = row_number_call(s->items[i].expr);
        if (!c) continue;
        if (call) return bind_unsupported(b, c->head.span, "a second ROW_NUMBER()");
        call = c;
        one.head.span = c->head.span;
        copy.items[i].expr = &one.head;
        if (!copy.items[i].alias.text.len) copy.items[i].alias.text = arena_printf(b->arena, "EXPR$%zu", i);
    }
    TRY(bind_over(b, call, input, &topn));
    struct plan_node *n = node_new(b, PLAN_TOPN, 1, &input->node);
    n->topn = topn;
    node_add_cols(b, n, input->node->cols, input->node->ncols);
    struct plan_col number = {.name = STR("$rank"), .type = type_simple(TYPE_BIGINT, false)};
    number.note = remember(b, n, call->head.span);
    node_add_cols(b, n, &number, 1);
    struct select_list list = {0};
    TRY(bind_select_list(b, &input->scope, &copy, &list));
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, list.count + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, list.count + 1);
    for (uint32_t i = 0; i < list.count; i++) {
        exprs[i] = list.items[i].expr;
        if (list.items[i].ast == &one.head)
            exprs[i] = expr_column(b->arena, n->ncols - 1, number.type, call->head.span);
        cols[i] = node_col(n, exprs[i], list.items[i].name);
    }
    out->node = node_calc(b, n, NULL, exprs, cols, list.count);
    out->scope = bind_scope_of(b, out->node, (struct str){0});
    return ST_OK;
}

/* ---- the condition ---- */

static struct row_number *numbered(const struct plan_node *input, const struct expr *e) {
    while (e->kind == EXPR_CAST) e = e->args[0];
    const struct plan_note *note = e->kind == EXPR_COLUMN ? input->cols[e->column].note : NULL;
    return note && note->kind == NOTE_ROW_NUMBER ? note->row_number : NULL;
}

static bool is_integer(const struct expr *e, int64_t *v) {
    while (e->kind == EXPR_CAST) e = e->args[0];
    *v = e->value.i;
    return e->kind == EXPR_LITERAL && type_is_integer(e->type) && !e->value.null;
}

/* rn = v, rn <= v, rn < v, rn > v, rn >= v and the same turned round: narrows the range. */
static bool narrow(const struct expr *e, int side, struct plan_topn *t) {
    int64_t v, from = 1, to = INT64_MAX;
    if (!is_integer(e->args[1 - side], &v)) return false;
    switch (e->func->id) {
    case FN_EQ: from = to = v; break;
    case FN_LE: *(side ? &from : &to) = v; break;
    case FN_GE: *(side ? &to : &from) = v; break;
    case FN_LT: *(side ? &from : &to) = side ? v + 1 : v - 1; break;
    case FN_GT: *(side ? &to : &from) = side ? v - 1 : v + 1; break;
    default: return false;
    }
    if (from > t->from) t->from = from;
    if (to < t->to) t->to = to;
    return true;
}

/* Number 1 in order of a time attribute. */
static bool is_dedup(const struct plan_node *n) {
    const struct plan_topn *t = &n->topn;
    return t->norder == 1 && t->from == 1 && t->to == 1 && t->fires < 0 &&
           n->inputs[0]->cols[t->order[0].col].time != TIME_NONE;
}

static void make_dedup(struct binder *b, struct plan_node *n) {
    const struct plan_topn t = n->topn;
    struct plan_node *in = n->inputs[0], *d = node_new(b, PLAN_DEDUP, 1, &in);
    d->dedup = (struct plan_dedup){.keys = t.keys,
                                   .time_col = t.order[0].col,
                                   .proctime = in->cols[t.order[0].col].time == TIME_PROCTIME,
                                   .keep_last = t.order[0].descending};
    node_add_cols(b, d, in->cols, in->ncols);
    n->kind = PLAN_CALC;
    n->inputs[0] = d;
    n->calc = (struct plan_calc){.exprs = ARENA_ARRAY(b->arena, struct expr *, n->ncols)};
    memcpy(n->calc.exprs, node_columns(b, d), d->ncols * sizeof *n->calc.exprs);
    n->calc.exprs[d->ncols] =
        expr_literal(b->arena, n->cols[d->ncols].type, (struct value){.i = 1}, (struct span){0});
}

/* The range is known: a first or last row by time becomes deduplication. */
static enum status settle(struct binder *b, struct row_number *r, struct plan_node **input,
                          struct span span) {
    struct plan_node *n = r->node, *top = *input;
    if (n->topn.to == INT64_MAX) return ST_OK;
    r->resolved = true;
    if (n->topn.from > n->topn.to) {
        return error_at(b->error, ERR_INVALID_QUERY, span, "no row number is in that range");
    }
    if (!is_dedup(n)) return ST_OK;
    make_dedup(b, n);
    if (top->kind == PLAN_CALC && top->inputs[0] == n)
        *input = node_calc(b, n, top->calc.filter, top->calc.exprs, top->cols, top->ncols);
    return ST_OK;
}

enum status bind_take_row_number(struct binder *b, struct plan_node **input, struct expr *condition,
                                 struct expr **rest) {
    struct conjuncts c = node_conjuncts(b, condition);
    struct row_number *found = NULL;
    *rest = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        const struct expr *e = c.items[i];
        struct row_number *r = NULL;
        int side = 0;
        if (e->kind == EXPR_CALL && e->nargs == 2) {
            r = numbered(*input, e->args[0]);
            if (!r && (r = numbered(*input, e->args[1]))) side = 1;
        }
        if (!r || r->resolved) {
            *rest = bind_and(b, *rest, c.items[i]);
            continue;
        }
        if (!narrow(e, side, &r->node->topn))
            return bind_unsupported(b, e->span, "a condition on ROW_NUMBER() other than by numbers");
        found = r;
    }
    return found ? settle(b, found, input, condition->span) : ST_OK;
}
