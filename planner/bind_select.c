/* SPDX-License-Identifier: Apache-2.0
 *
 * SELECT: FROM, WHERE, then grouping (bind_group.c), numbering of rows (bind_rank.c) or a plain projection,
 * then DISTINCT. The list is bound over what FROM and WHERE give.
 */
#include "base/hash.h"
#include "planner/node.h"

static void add_item(struct binder *b, struct select_list *l, const struct select_item *item) {
    ARENA_ONE_MORE(b->arena, l->items, l->count);
    l->items[l->count++] = *item;
}

/* (row).* gives the fields. */
static enum status add_fields(struct binder *b, struct expr *object, struct span span,
                              struct select_list *out) {
    const struct type *t = object->type;
    if (t->kind != TYPE_ROW) {
        return error_at(b->error, ERR_TYPE_MISMATCH, span, "a value of type %.*s has no fields",
                        STR_ARG(bind_type_text(b, t)));
    }
    for (uint32_t i = 0; i < t->nfields; i++) {
        struct select_item item = {.name = t->fields[i].name};
        TRY(bind_field(b, object, t->fields[i].name, span, &item.expr));
        add_item(b, out, &item);
    }
    return ST_OK;
}

static enum status add_star(struct binder *b, const struct scope *scope, const struct ast_star *star,
                            struct select_list *out) {
    if (star->object) {
        struct expr *object;
        TRY(bind_expr(b, scope, star->object, &object));
        return add_fields(b, object, star->head.span, out);
    }
    uint32_t before = out->count;
    for (uint32_t i = 0; i < scope->count; i++) {
        const struct scope_col *c = &scope->cols[i];
        if (star->qualifier.count ? !str_eq(c->qualifier, star->qualifier.parts[0].text) : c->hidden)
            continue;
        struct select_item item = {.name = c->name};
        item.expr = expr_column(b->arena, c->column, scope->types[c->column].type, star->head.span);
        add_item(b, out, &item);
    }
    if (star->qualifier.count && (out->count == before || star->qualifier.count > 1)) {
        out->count = before;
        struct expr *object;
        TRY(bind_column_ref(b, scope, &star->qualifier, &object));
        return add_fields(b, object, star->head.span, out);
    }
    if (out->count > before) return ST_OK;
    return error_at(b->error, ERR_INVALID_QUERY, star->head.span, "there are no columns for * here");
}

static struct str item_name(struct binder *b, const struct ast_select_item *item, uint32_t position) {
    if (item->alias.text.len) return item->alias.text;
    if (item->expr->kind == AST_COLUMN_REF) {
        const struct ast_name *n = &ast_as_column_ref(item->expr)->name;
        return n->parts[n->count - 1].text;
    }
    return arena_printf(b->arena, "EXPR$%u", position);
}

/* A name that is taken. */
struct taken {
    struct str name;
    uint32_t next; /* number to try for a repeated one */
};

static struct taken *find_taken(struct taken *slots, size_t mask, struct str name) {
    size_t i = hash_bytes(name.ptr, name.len) & mask;
    while (slots[i].name.ptr && !str_eq(slots[i].name, name)) i = (i + 1) & mask;
    return &slots[i];
}

void bind_unique_names(struct binder *b, struct str *first, size_t stride_bytes, uint32_t count) {
    size_t room = 16;
    while (room < 2 * (size_t)count) room *= 2;
    struct taken *slots = ARENA_ARRAY(b->arena, struct taken, room);
    for (uint32_t i = 0; i < count; i++) {
        struct str *name = (struct str *)(void *)((char *)first + i * stride_bytes), base = *name;
        struct taken *had = find_taken(slots, room - 1, base), *own = had;
        while (own->name.ptr) {
            *name = arena_printf(b->arena, "%.*s%u", STR_ARG(base), had->next++);
            own = find_taken(slots, room - 1, *name);
        }
        own->name = *name;
    }
}

enum status bind_select_list(struct binder *b, const struct scope *scope, const struct ast_select *s,
                             struct select_list *out) {
    const char *outer = b->place;
    b->place = "SELECT";
    for (size_t i = 0; i < s->item_count; i++) {
        const struct ast_select_item *ast = &s->items[i];
        if (ast->expr->kind == AST_STAR) {
            TRY(add_star(b, scope, ast_as_star(ast->expr), out));
            continue;
        }
        struct select_item item = {.ast = ast->expr};
        TRY(bind_expr(b, scope, ast->expr, &item.expr));
        if (item.expr->type->kind == TYPE_NULLTYPE) {
            error_at(b->error, ERR_TYPE_MISMATCH, ast->expr->span, "a NULL alone has no type");
            return error_hint(b->error, "write CAST(NULL AS type)");
        }
        item.name = item_name(b, ast, (uint32_t)i);
        add_item(b, out, &item);
    }
    if (out->count) bind_unique_names(b, &out->items[0].name, sizeof out->items[0], out->count);
    b->place = outer;
    return ST_OK;
}

/* One row for a SELECT without FROM. */
static struct rel one_row(struct binder *b) {
    struct plan_node *n = node_new(b, PLAN_VALUES, 0, NULL);
    const struct type *t = type_simple(TYPE_INT, false);
    n->values.nrows = 1;
    n->values.rows = ARENA_NEW(b->arena, struct expr **);
    n->values.rows[0] = ARENA_NEW(b->arena, struct expr *);
    n->values.rows[0][0] = expr_literal(b->arena, t, (struct value){.i = 0}, (struct span){0});
    node_add_cols(b, n, &(struct plan_col){.name = STR("ZERO"), .type = t}, 1);
    return (struct rel){n, {.types = n->cols}};
}

static struct rel project(struct binder *b, struct plan_node *input, const struct select_list *l) {
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, l->count + 1);
    struct str *names = ARENA_ARRAY(b->arena, struct str, l->count + 1);
    for (uint32_t i = 0; i < l->count; i++) {
        exprs[i] = l->items[i].expr;
        names[i] = l->items[i].name;
    }
    struct rel r = {.node = node_project(b, input, exprs, names, l->count)};
    r.scope = bind_scope_of(b, r.node, (struct str){0});
    return r;
}

static void distinct(struct binder *b, struct rel *rel) {
    struct plan_node *n = node_new(b, PLAN_GROUP_AGG, 1, &rel->node);
    n->group_agg.keys =
        (struct cols){rel->node->ncols, ARENA_ARRAY(b->arena, uint32_t, rel->node->ncols + 1)};
    for (uint32_t i = 0; i < rel->node->ncols; i++) n->group_agg.keys.items[i] = i;
    node_add_cols(b, n, rel->node->cols, rel->node->ncols);
    for (uint32_t i = 0; i < n->ncols; i++) n->cols[i].note = NULL;
    rel->node = n;
    rel->scope = bind_scope_of(b, n, (struct str){0});
}

static const struct ast_binary *as_and(const struct ast_expr *e) {
    const struct ast_binary *two = e->kind == AST_BINARY ? ast_as_binary(e) : NULL;
    return two && two->op == AST_OP_AND ? two : NULL;
}

enum status bind_conditions(struct binder *b, const struct ast_expr *e, const struct scope *scope,
                            struct expr **all) {
    const struct ast_binary *two = as_and(e);
    struct expr *one;
    if (two) {
        TRY(bind_conditions(b, two->left, scope, all));
        return bind_conditions(b, two->right, scope, all);
    }
    if (bind_is_predicate(e)) return ST_OK;
    TRY(bind_condition(b, scope, e, "WHERE", &one));
    *all = bind_and(b, *all, one);
    return ST_OK;
}

enum status bind_predicates(struct binder *b, const struct ast_expr *e, struct rel *rel) {
    const struct ast_binary *two = as_and(e);
    if (two) {
        TRY(bind_predicates(b, two->left, rel));
        return bind_predicates(b, two->right, rel);
    }
    return bind_is_predicate(e) ? bind_predicate(b, rel, e) : ST_OK;
}

static enum status bind_where(struct binder *b, const struct ast_select *s, struct rel *rel) {
    struct expr *condition = NULL, *rest;
    struct rel *outer = b->scalars;
    b->scalars = rel;
    TRY(bind_conditions(b, s->where, &rel->scope, &condition));
    b->scalars = outer;
    TRY(bind_take_row_number(b, &rel->node, condition, &rest));
    if (rest) rel->node = node_filter(b, rel->node, rest);
    rel->scope.types = rel->node->cols;
    return bind_predicates(b, s->where, rel);
}

static enum status refuse_clauses(struct binder *b, const struct ast_select *s) {
    if (s->qualify) return bind_unsupported(b, s->qualify->span, "QUALIFY");
    if (s->window_count) return bind_unsupported(b, s->windows[0].name.span, "WINDOW");
    if (s->hints.count) {
        return bind_unsupported(b, s->hints.items[0].span, "hint %.*s", STR_ARG(s->hints.items[0].name.text));
    }
    return ST_OK;
}

enum status bind_select(struct binder *b, const struct ast_select *s, struct rel *out) {
    TRY(refuse_clauses(b, s));
    struct agg_list *outer = b->aggs, aggs = {.global = !s->has_group_by};
    b->aggs = NULL;
    struct rel rel = one_row(b);
    if (s->from) TRY(bind_from(b, s->from, &rel));
    if (s->where) TRY(bind_where(b, s, &rel));
    b->aggs = &aggs;
    if (s->has_group_by) {
        TRY(bind_group(b, s, &rel, out));
    } else if (bind_has_row_number(s)) {
        b->aggs = NULL;
        TRY(bind_row_number(b, s, &rel, out));
    } else {
        struct select_list list = {0};
        TRY(bind_select_list(b, &rel.scope, s, &list));
        if (aggs.count || s->having) TRY(bind_group(b, s, &rel, out));
        else *out = project(b, rel.node, &list);
    }
    b->aggs = outer;
    if (s->distinct) distinct(b, out);
    return ST_OK;
}
