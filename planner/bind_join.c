/* SPDX-License-Identifier: Apache-2.0
 *
 * Joins: INNER, LEFT, CROSS and comma, with ON, USING or NATURAL, and the temporal join (FOR SYSTEM_TIME AS
 * OF on the right side). A comma join gets its condition from WHERE (node_filter).
 */
#include "planner/node.h"

struct scope bind_concat_scopes(struct binder *b, const struct rel *l, const struct rel *r) {
    struct scope s = {.count = l->scope.count + r->scope.count};
    s.cols = ARENA_ARRAY(b->arena, struct scope_col, s.count + 1);
    memcpy(s.cols, l->scope.cols, l->scope.count * sizeof *s.cols);
    for (uint32_t i = 0; i < r->scope.count; i++) {
        struct scope_col c = r->scope.cols[i];
        c.column += l->node->ncols;
        s.cols[l->scope.count + i] = c;
    }
    struct plan_col *types = ARENA_ARRAY(b->arena, struct plan_col, l->node->ncols + r->node->ncols + 1);
    memcpy(types, l->node->cols, l->node->ncols * sizeof *types);
    memcpy(types + l->node->ncols, r->node->cols, r->node->ncols * sizeof *types);
    s.types = types;
    return s;
}

/* ---- USING and NATURAL ---- */

static int64_t visible(const struct scope *s, uint32_t from, uint32_t to, struct str name) {
    int64_t found = -1;
    for (uint32_t i = from; i < to; i++) {
        if (s->cols[i].hidden || !str_eq(s->cols[i].name, name)) continue;
        if (found >= 0) return -2;
        found = i;
    }
    return found;
}

/* One joined column: equality, the right one hidden. */
static enum status use_column(struct binder *b, struct scope *s, uint32_t left_count, struct str name,
                              struct span span, struct expr **condition) {
    int64_t l = visible(s, 0, left_count, name), r = visible(s, left_count, s->count, name);
    if (l == -2 || r == -2) {
        return error_at(b->error, ERR_AMBIGUOUS_COLUMN, span, "column '%.*s' is ambiguous", STR_ARG(name));
    }
    if (l < 0 || r < 0) {
        return error_at(b->error, ERR_UNKNOWN_COLUMN, span,
                        "there is no column '%.*s' on the %s side of the join", STR_ARG(name),
                        l < 0 ? "left" : "right");
    }
    struct expr *args[2], *eq;
    for (int i = 0; i < 2; i++) {
        uint32_t column = s->cols[i ? r : l].column;
        args[i] = expr_column(b->arena, column, s->types[column].type, span);
    }
    TRY(bind_function(b, STR("="), span, args, 2, &eq));
    *condition = bind_and(b, *condition, eq);
    s->cols[r].hidden = true;
    return ST_OK;
}

static enum status bind_using(struct binder *b, const struct ast_join *j, struct scope *s,
                              uint32_t left_count, struct expr **condition) {
    for (size_t i = 0; i < j->using_names.count; i++) {
        struct ast_ident name = j->using_names.items[i];
        TRY(use_column(b, s, left_count, name.text, name.span, condition));
    }
    if (!j->natural) return ST_OK;
    for (uint32_t i = 0; i < left_count; i++) {
        if (s->cols[i].hidden || visible(s, left_count, s->count, s->cols[i].name) < 0) continue;
        TRY(use_column(b, s, left_count, s->cols[i].name, j->head.span, condition));
    }
    return ST_OK;
}

/* ---- temporal join ---- */

static bool contains(struct cols c, uint32_t column) {
    for (uint32_t i = 0; i < c.count; i++) {
        if (c.items[i] == column) return true;
    }
    return false;
}

/* A view of the last row by key is a versioned table too: its keys and time through projections. Each row it
 * reads is a version, so that the deduplication itself is left out. */
static bool dedup_versions(struct binder *b, struct plan_node **at, uint32_t *rowtime, struct cols *key) {
    struct plan_node *n = *at;
    if (n->kind == PLAN_DEDUP && n->dedup.keep_last && !n->dedup.proctime) {
        *rowtime = n->dedup.time_col;
        *key = n->dedup.keys;
        *at = n->inputs[0];
        return true;
    }
    if (n->kind != PLAN_CALC || n->calc.filter || !dedup_versions(b, &n->inputs[0], rowtime, key))
        return false;
    struct cols out = {0, ARENA_ARRAY(b->arena, uint32_t, key->count + 1)};
    uint32_t time = n->ncols;
    for (uint32_t c = 0; c < n->ncols; c++) {
        if (n->calc.exprs[c]->kind == EXPR_COLUMN && n->calc.exprs[c]->column == *rowtime) time = c;
    }
    for (uint32_t k = 0; k < key->count; k++) {
        uint32_t c = 0;
        while (c < n->ncols &&
               !(n->calc.exprs[c]->kind == EXPR_COLUMN && n->calc.exprs[c]->column == key->items[k]))
            c++;
        if (c == n->ncols) return false;
        out.items[out.count++] = c;
    }
    *rowtime = time;
    *key = out;
    return time < n->ncols;
}

/* Which column of the table's node is its rowtime, and which are its key. */
static enum status version_columns(struct binder *b, const struct ast_table_ref *t, struct plan_node **right,
                                   uint32_t *rowtime, struct cols *key) {
    struct catalog_entry *entry;
    TRY(bind_find_entry(b, &t->name, &entry));
    if (entry->kind == ENTRY_TABLE && entry->primary_key.count && entry->rowtime >= 0) {
        *rowtime = (uint32_t)entry->rowtime;
        *key = entry->primary_key;
        return ST_OK;
    }
    if (entry->kind == ENTRY_VIEW && dedup_versions(b, right, rowtime, key)) return ST_OK;
    error_at(b->error, ERR_INVALID_QUERY, t->name.span, "'%.*s' has no versions", STR_ARG(entry->name));
    return error_hint(b->error,
                      "a table has them by PRIMARY KEY and WATERMARK, a view as the last row by key: "
                      "ROW_NUMBER() OVER (PARTITION BY key ORDER BY rowtime DESC) = 1");
}

/* Key pairs outside of the PRIMARY KEY are checked on the version found. */
static enum status keep_primary_key(struct binder *b, struct join_parts *p, struct cols key,
                                    struct span span) {
    uint32_t n = 0, found = 0;
    for (uint32_t i = 0; i < p->left_keys.count; i++) {
        uint32_t l = p->left_keys.items[i], r = p->right_keys.items[i];
        if (contains(key, r)) {
            p->left_keys.items[n] = l;
            p->right_keys.items[n++] = r;
            found++;
            continue;
        }
        struct expr *args[2] = {
            expr_column(b->arena, l, p->left->cols[l].type, span),
            expr_column(b->arena, r + p->left->ncols, p->right->cols[r].type, span),
        };
        struct expr *eq = expr_call(b->arena, FN_EQ, type_simple(TYPE_BOOLEAN, true), args, 2, span);
        p->residual = bind_and(b, p->residual, eq);
    }
    p->left_keys.count = p->right_keys.count = n;
    if (found >= key.count) return ST_OK;
    return error_at(b->error, ERR_INVALID_QUERY, span,
                    "a temporal join must compare all columns of the table's PRIMARY KEY for equality");
}

static enum status temporal_time(struct binder *b, const struct scope *scope, const struct rel *left,
                                 const struct ast_expr *as_of, uint32_t *out) {
    struct expr *e = NULL;
    TRY(bind_expr(b, scope, as_of, &e));
    if (e->kind == EXPR_COLUMN && e->column < left->node->ncols) {
        const struct plan_col *c = &left->node->cols[e->column];
        *out = e->column;
        if (c->time == TIME_ROWTIME) return ST_OK;
        if (c->time == TIME_PROCTIME)
            return bind_unsupported(b, as_of->span, "a lookup join (AS OF processing time)");
    }
    error_at(b->error, ERR_INVALID_QUERY, as_of->span,
             "FOR SYSTEM_TIME AS OF needs a time attribute of the left side");
    return error_hint(b->error, "a column is one if its table declares a WATERMARK for it");
}

/* The join node's layout to left columns, right columns as they were. */
static struct plan_node *project_join(struct binder *b, struct plan_node *n, const struct join_parts *p) {
    uint32_t all = p->left_cols + p->right_cols;
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, all + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, all + 1);
    for (uint32_t i = 0; i < all; i++) {
        uint32_t at = i < p->left_cols ? i : i - p->left_cols + p->left->ncols;
        exprs[i] = expr_column(b->arena, at, n->cols[at].type, (struct span){0});
        cols[i] = n->cols[at];
    }
    return node_calc(b, n, NULL, exprs, cols, all);
}

static enum status bind_temporal(struct binder *b, const struct ast_join *j, struct rel *left,
                                 struct rel *right, struct scope *scope, enum join_type type,
                                 struct expr *condition, struct rel *out) {
    const struct ast_table_ref *t = ast_as_table_ref(j->right);
    uint32_t rowtime = 0, left_time = 0;
    struct cols key = {0};
    TRY(version_columns(b, t, &right->node, &rowtime, &key));
    TRY(temporal_time(b, scope, left, t->system_time, &left_time));
    const struct type *lt = left->node->cols[left_time].type, *rt = right->node->cols[rowtime].type;
    if (lt->kind != rt->kind) {
        return error_at(b->error, ERR_TYPE_MISMATCH, t->system_time->span,
                        "the times of a temporal join must have one type, but these are %.*s and %.*s",
                        STR_ARG(bind_type_text(b, lt)), STR_ARG(bind_type_text(b, rt)));
    }
    struct join_parts p = node_join_parts(b, left->node, right->node, condition);
    TRY(keep_primary_key(b, &p, key, j->on ? j->on->span : j->head.span));
    struct plan_node *n = node_new(b, PLAN_TEMPORAL_JOIN, 2, (struct plan_node *[]){p.left, p.right});
    n->temporal_join = (struct plan_temporal_join){.type = type,
                                                   .left_keys = p.left_keys,
                                                   .right_keys = p.right_keys,
                                                   .left_time = left_time,
                                                   .right_time = rowtime,
                                                   .residual = p.residual};
    node_add_cols(b, n, p.left->cols, p.left->ncols);
    node_add_cols(b, n, p.right->cols, p.right->ncols);
    for (uint32_t i = p.left->ncols; i < n->ncols; i++) {
        n->cols[i].time = TIME_NONE;
        n->cols[i].note = NULL;
        if (type == JOIN_LEFT) n->cols[i].type = type_with_null(b->arena, n->cols[i].type, true);
    }
    out->node = project_join(b, n, &p);
    out->scope = *scope;
    out->scope.types = out->node->cols;
    return ST_OK;
}

/* ---- all joins ---- */

/* A RIGHT join is a LEFT one the other way round. */
static struct plan_node *right_join(struct binder *b, struct plan_node *left, struct plan_node *right,
                                    struct expr *condition) {
    uint32_t l = left->ncols, r = right->ncols;
    uint32_t *turned = ARENA_ARRAY(b->arena, uint32_t, l + r + 1);
    for (uint32_t i = 0; i < l + r; i++) turned[i] = i < l ? i + r : i - l;
    if (condition) condition = expr_remap(b->arena, condition, turned);
    struct plan_node *n = node_join(b, JOIN_LEFT, right, left, condition);
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, l + r + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, l + r + 1);
    for (uint32_t i = 0; i < l + r; i++) {
        exprs[i] = expr_column(b->arena, turned[i], n->cols[turned[i]].type, (struct span){0});
        cols[i] = n->cols[turned[i]];
    }
    return node_calc(b, n, NULL, exprs, cols, l + r);
}

static enum status bind_sides(struct binder *b, const struct ast_join *j, struct rel *left,
                              struct rel *right) {
    TRY(bind_from(b, j->left, left));
    if (j->right->kind == AST_TABLE_REF && ast_as_table_ref(j->right)->system_time) {
        const struct ast_table_ref *t = ast_as_table_ref(j->right);
        TRY(bind_table(b, &t->name, &t->hints, right));
        return bind_alias(b, &t->alias, (struct str){0}, right);
    }
    return bind_from(b, j->right, right);
}

/* ---- UNNEST ---- */

/* The columns of an entry. */
static void unnest_cols(struct binder *b, struct plan_node *n, const struct type *t) {
    const struct type *row =
        t->kind == TYPE_ARRAY && t->fields[0].type->kind == TYPE_ROW ? t->fields[0].type : NULL;
    static const char *const names[] = {"KEY", "VALUE"};
    for (uint32_t i = 0; i < (row ? row->nfields : t->nfields); i++) {
        const struct type_field *f = row ? &row->fields[i] : &t->fields[i];
        bool null = n->unnest.outer || f->type->nullable || (row && row->nullable);
        struct plan_col c = {.name = row ? f->name : t->kind == TYPE_MAP ? str_of(names[i]) : STR("EXPR$0")};
        c.type = type_with_null(b->arena, f->type, null);
        node_add_cols(b, n, &c, 1);
    }
    if (!n->unnest.ordinality) return;
    const struct type *position = type_simple(TYPE_INT, n->unnest.outer);
    node_add_cols(b, n, &(struct plan_col){.name = STR("ORDINALITY"), .type = position}, 1);
}

/* t CROSS JOIN UNNEST(t.tags) AS x(tag): the entries stand behind the columns of each row. */
static enum status bind_unnest(struct binder *b, const struct ast_join *j, struct rel *out) {
    const struct ast_unnest *u = ast_as_unnest(j->right);
    struct rel left;
    struct expr *e, *on = NULL;
    uint32_t col;
    if (u->items.count != 1) return bind_unsupported(b, u->head.span, "UNNEST of several collections");
    if (j->join == AST_JOIN_RIGHT || j->join == AST_JOIN_FULL || j->natural || j->using_names.count)
        return bind_unsupported(b, j->head.span, "UNNEST in this join");
    TRY(bind_from(b, j->left, &left));
    TRY(bind_expr(b, &left.scope, u->items.items[0], &e));
    if (e->type->kind != TYPE_ARRAY && e->type->kind != TYPE_MAP) {
        return error_at(b->error, ERR_TYPE_MISMATCH, u->items.items[0]->span,
                        "UNNEST takes an ARRAY or a MAP, not %.*s", STR_ARG(bind_type_text(b, e->type)));
    }
    struct plan_node *below = node_with_columns(b, left.node, &e, 1, &col);
    struct plan_node *n = node_new(b, PLAN_UNNEST, 1, &below);
    n->unnest = (struct plan_unnest){col, j->join == AST_JOIN_LEFT, u->with_ordinality};
    node_add_cols(b, n, below->cols, below->ncols);
    unnest_cols(b, n, e->type);
    struct rel right = {.node = n, .scope = bind_scope_of(b, n, (struct str){0})};
    right.scope.cols += below->ncols;
    right.scope.count -= below->ncols;
    TRY(bind_alias(b, &u->alias, (struct str){0}, &right));
    out->node = n;
    out->scope = (struct scope){.count = left.scope.count + right.scope.count, .types = n->cols};
    out->scope.cols = ARENA_ARRAY(b->arena, struct scope_col, out->scope.count + 1);
    memcpy(out->scope.cols, left.scope.cols, left.scope.count * sizeof *left.scope.cols);
    memcpy(out->scope.cols + left.scope.count, right.scope.cols,
           right.scope.count * sizeof *right.scope.cols);
    if (j->on) TRY(bind_condition(b, &out->scope, j->on, "ON", &on));
    bool always = !on || (on->kind == EXPR_LITERAL && !on->value.null && on->value.b);
    if (!always && n->unnest.outer)
        return bind_unsupported(b, j->on->span, "LEFT JOIN UNNEST on a condition");
    if (!always) out->node = node_filter(b, n, on);
    out->scope.types = out->node->cols;
    return ST_OK;
}

enum status bind_join(struct binder *b, const struct ast_join *j, struct rel *out) {
    if (j->right->kind == AST_UNNEST) return bind_unnest(b, j, out);
    struct rel left, right;
    bool named = j->natural || j->using_names.count;
    if (named && j->join == AST_JOIN_RIGHT) return bind_unsupported(b, j->head.span, "RIGHT JOIN with USING");
    if (named && j->join == AST_JOIN_FULL) return bind_unsupported(b, j->head.span, "FULL JOIN with USING");
    TRY(bind_sides(b, j, &left, &right));
    enum join_type type = j->join == AST_JOIN_LEFT   ? JOIN_LEFT
                          : j->join == AST_JOIN_FULL ? JOIN_FULL
                                                     : JOIN_INNER;
    struct scope scope = bind_concat_scopes(b, &left, &right);
    struct expr *condition = NULL;
    if (j->on) TRY(bind_condition(b, &scope, j->on, "ON", &condition));
    TRY(bind_using(b, j, &scope, left.scope.count, &condition));
    if (j->right->kind == AST_TABLE_REF && ast_as_table_ref(j->right)->system_time) {
        if (j->join == AST_JOIN_RIGHT || j->join == AST_JOIN_FULL)
            return bind_unsupported(b, j->head.span, "a temporal RIGHT or FULL JOIN");
        return bind_temporal(b, j, &left, &right, &scope, type, condition, out);
    }
    out->node = j->join == AST_JOIN_RIGHT ? right_join(b, left.node, right.node, condition)
                                          : node_join(b, type, left.node, right.node, condition);
    out->scope = scope;
    out->scope.types = out->node->cols;
    return ST_OK;
}
