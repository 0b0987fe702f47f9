/* SPDX-License-Identifier: Apache-2.0
 *
 * Binding of single FROM items; see scope.h.
 */
#include "planner/scope.h"

#include "planner/binder.h"
#include "sql/parse.h"

static const struct ast_query *query_of(struct arena *a, struct str text) {
    struct error ignored = {0};
    struct ast_stmt *stmt;
    size_t end;
    if (sql_parse(a, text, 0, &stmt, &end, &ignored) != ST_OK) return NULL;
    return stmt && stmt->kind == AST_QUERY_STMT ? ast_as_query_stmt(stmt)->query : NULL;
}

/* Binds the FROM of SELECT * FROM .. below WITH items. */
static bool bind_item(struct planner_ctx *ctx, const struct ast_query *q, struct rel *out) {
    struct binder b = planner_binder(ctx);
    if (q->kind == AST_ORDERED) {
        const struct ast_ordered *o = ast_as_ordered(q);
        for (size_t i = 0; i < o->with_count; i++) {
            struct cte *c = ARENA_NEW(b.arena, struct cte);
            *c = (struct cte){.outer = b.ctes, .with = &o->with[i]};
            b.ctes = c;
        }
        q = o->body;
    }
    return q->kind == AST_SELECT && ast_as_select(q)->from &&
           bind_from(&b, ast_as_select(q)->from, out) == ST_OK;
}

void scope_add_item(struct planner_ctx *ctx, struct str with, struct str before, struct str item,
                    struct scope_names *out) {
    struct error ignored = {0};
    struct planner_ctx inner = *ctx;
    struct rel rel;
    bool unnest = before.len && item.len > 6 && strncasecmp(item.ptr, "UNNEST", 6) == 0;
    if (item.len == 0) return;
    inner.error = &ignored;
    inner.text =
        arena_printf(ctx->arena, "%s%.*s SELECT * FROM %.*s%s%.*s", with.len ? "WITH " : "", STR_ARG(with),
                     STR_ARG(unnest ? before : STR("")), unnest ? " CROSS JOIN " : "", STR_ARG(item));
    const struct ast_query *q = query_of(ctx->arena, inner.text);
    if (!q && with.len) { /* a WITH item that is not whole */
        scope_add_item(ctx, (struct str){0}, before, item, out);
        return;
    }
    if (!q || !bind_item(&inner, q, &rel)) return;
    for (uint32_t i = 0; i < rel.scope.count; i++) {
        const struct scope_col *c = &rel.scope.cols[i];
        bool known = false;
        for (uint32_t k = 0; unnest && k < out->count; k++)
            known |= str_eq(out->items[k].name, c->name) && str_eq(out->items[k].qualifier, c->qualifier);
        if (c->hidden || known || c->name.len == 0) continue;
        ARENA_ONE_MORE(ctx->arena, out->items, out->count);
        out->items[out->count++] = (struct scope_name){c->qualifier, c->name, rel.scope.types[c->column].type,
                                                       rel.scope.types[c->column].time};
    }
}
