/* SPDX-License-Identifier: Apache-2.0
 *
 * Deduplication: SELECT .., ROW_NUMBER() OVER (PARTITION BY k ORDER BY time [DESC]) AS rn in a sub-query, and
 * WHERE rn = 1 around it. The sub-query becomes a DEDUP whose rn is the constant 1; its column carries a
 * note, by which WHERE finds and drops the condition. A row number that no WHERE asks to be 1 is refused at
 * the end.
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

static enum status bind_over(struct binder *b, const struct ast_call *c, struct rel *rel,
                             struct plan_dedup *out) {
    const struct ast_window *w = c->over;
    if (w->name_only || w->base.text.len) return bind_unsupported(b, w->span, "a named WINDOW");
    if (w->frame != AST_FRAME_NONE) {
        return error_at(b->error, ERR_INVALID_QUERY, w->span, "ROW_NUMBER() takes no ROWS or RANGE");
    }
    if (w->order_by.count == 0) {
        return error_at(b->error, ERR_INVALID_QUERY, w->span,
                        "ROW_NUMBER() needs ORDER BY in its OVER clause");
    }
    struct expr *order;
    TRY(bind_expr(b, &rel->scope, w->order_by.items[0].expr, &order));
    enum time_attr time = order->kind == EXPR_COLUMN ? rel->node->cols[order->column].time : TIME_NONE;
    if (w->order_by.count > 1 || time == TIME_NONE) {
        return bind_unsupported(b, w->order_by.items[w->order_by.count > 1 ? 1 : 0].expr->span,
                                "ROW_NUMBER() by another order than one time attribute (Top-N)");
    }
    uint32_t n = (uint32_t)w->partition_by.count;
    struct expr **keys = ARENA_ARRAY(b->arena, struct expr *, n + 1);
    for (uint32_t i = 0; i < n; i++) TRY(bind_expr(b, &rel->scope, w->partition_by.items[i], &keys[i]));
    out->keys = (struct cols){n, ARENA_ARRAY(b->arena, uint32_t, n + 1)};
    rel->node = node_with_columns(b, rel->node, keys, n, out->keys.items);
    rel->scope.types = rel->node->cols;
    out->time_col = order->column;
    out->proctime = time == TIME_PROCTIME;
    out->keep_last = w->order_by.items[0].desc;
    return ST_OK;
}

static struct plan_note *remember(struct binder *b, struct span span) {
    struct row_number *r = ARENA_NEW(b->arena, struct row_number);
    *r = (struct row_number){.next = b->row_numbers, .span = span};
    b->row_numbers = r;
    struct plan_note *note = ARENA_NEW(b->arena, struct plan_note);
    *note = (struct plan_note){.kind = NOTE_ROW_NUMBER, .row_number = r};
    return note;
}

enum status bind_row_number(struct binder *b, const struct ast_select *s, struct rel *input,
                            struct rel *out) {
    struct plan_dedup dedup = {0};
    const struct ast_call *call = NULL;
    struct ast_select copy = *s; /* with the row number as a constant */
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
    TRY(bind_over(b, call, input, &dedup));
    struct plan_node *n = node_new(b, PLAN_DEDUP, 1, &input->node);
    n->dedup = dedup;
    node_add_cols(b, n, input->node->cols, input->node->ncols);
    struct select_list list = {0};
    TRY(bind_select_list(b, &input->scope, &copy, &list));
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, list.count + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, list.count + 1);
    for (uint32_t i = 0; i < list.count; i++) {
        exprs[i] = list.items[i].expr;
        bool number = list.items[i].ast == &one.head;
        if (number)
            exprs[i] = expr_literal(b->arena, type_simple(TYPE_BIGINT, false), (struct value){.i = 1},
                                    call->head.span);
        cols[i] = node_col(n, exprs[i], list.items[i].name);
        if (number) cols[i].note = remember(b, call->head.span);
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

static bool is_integer(const struct expr *e, int64_t v) {
    while (e->kind == EXPR_CAST) e = e->args[0];
    return e->kind == EXPR_LITERAL && type_is_integer(e->type) && !e->value.null && e->value.i == v;
}

/* rn = 1, rn <= 1, rn < 2 and the same turned round. */
static bool is_first(const struct expr *e, int side) {
    const struct expr *other = e->args[1 - side];
    switch (e->func->id) {
    case FN_EQ: return is_integer(other, 1);
    case FN_LE: return side == 0 && is_integer(other, 1);
    case FN_GE: return side == 1 && is_integer(other, 1);
    case FN_LT: return side == 0 && is_integer(other, 2);
    case FN_GT: return side == 1 && is_integer(other, 2);
    default: return false;
    }
}

enum status bind_take_row_number(struct binder *b, const struct plan_node *input, struct expr *condition,
                                 struct expr **rest) {
    struct conjuncts c = node_conjuncts(b, condition);
    *rest = NULL;
    for (uint32_t i = 0; i < c.count; i++) {
        const struct expr *e = c.items[i];
        struct row_number *r = NULL;
        int side = 0;
        if (e->kind == EXPR_CALL && e->nargs == 2) {
            r = numbered(input, e->args[0]);
            if (!r && (r = numbered(input, e->args[1]))) side = 1;
        }
        if (r && is_first(e, side)) {
            r->resolved = true;
            continue;
        }
        if (r && !r->resolved) {
            return bind_unsupported(b, e->span, "a condition on ROW_NUMBER() other than = 1 (Top-N)");
        }
        *rest = bind_and(b, *rest, c.items[i]);
    }
    return ST_OK;
}
