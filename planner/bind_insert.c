/* SPDX-License-Identifier: Apache-2.0
 *
 * INSERT INTO: matches the query's columns to the table's by position (or by the column list), casts them,
 * and makes the SINK. Columns that can be written are physical ones and metadata that is not VIRTUAL.
 */
#include "planner/node.h"

struct target {
    const struct table_column *col;
    int64_t source;        /* column of the query; -1 = NULL, -2 = constant */
    struct expr *constant; /* PARTITION (c = ..) */
};
struct targets {
    uint32_t count;
    struct target *items;
};

static struct targets writable(struct binder *b, const struct catalog_entry *entry) {
    struct targets t = {0, ARENA_ARRAY(b->arena, struct target, entry->ncols + 1)};
    for (uint32_t i = 0; i < entry->ncols; i++) {
        const struct table_column *c = &entry->cols[i];
        if (c->kind == AST_COLUMN_COMPUTED || (c->kind == AST_COLUMN_METADATA && c->is_virtual)) continue;
        t.items[t.count++] = (struct target){.col = c, .source = -1};
    }
    return t;
}

static struct target *find_target(struct targets *t, struct str name) {
    for (uint32_t i = 0; i < t->count; i++) {
        if (str_eq(t->items[i].col->name, name)) return &t->items[i];
    }
    return NULL;
}

static enum status no_target(struct binder *b, const struct targets *t, const struct ast_ident *name) {
    error_at(b->error, ERR_UNKNOWN_COLUMN, name->span, "the table has no column '%.*s' to write",
             STR_ARG(name->text));
    for (uint32_t i = 0; i < t->count; i++) {
        unsigned far = str_too_far(name->text);
        if (str_distance(name->text, t->items[i].col->name, far) < far)
            return error_hint(b->error, "did you mean '%.*s'?", STR_ARG(t->items[i].col->name));
    }
    return ST_ERROR;
}

static enum status bind_partition(struct binder *b, const struct ast_insert *i, struct targets *t) {
    struct scope none = {0};
    for (size_t p = 0; p < i->partition_count; p++) {
        const struct ast_partition_value *v = &i->partition[p];
        struct target *target = find_target(t, v->column.text);
        if (!target) {
            return no_target(b, t, &v->column);
        }
        if (!v->value) continue;
        TRY(bind_expr(b, &none, v->value, &target->constant));
        target->source = -2;
    }
    return ST_OK;
}

/* Which column of the query goes where. */
static enum status assign(struct binder *b, const struct ast_insert *i, const struct plan_node *query,
                          struct targets *t) {
    uint32_t next = 0, want = 0;
    for (size_t c = 0; c < i->columns.count; c++) {
        struct target *target = find_target(t, i->columns.items[c].text);
        if (!target) {
            return no_target(b, t, &i->columns.items[c]);
        }
        if (target->source != -1) {
            return error_at(b->error, ERR_INVALID_QUERY, i->columns.items[c].span,
                            "column '%.*s' is there twice", STR_ARG(i->columns.items[c].text));
        }
        target->source = next++;
        want++;
    }
    for (uint32_t c = 0; i->columns.count == 0 && c < t->count; c++) {
        if (t->items[c].source != -1) continue;
        t->items[c].source = next++;
        want++;
    }
    if (want == query->ncols) return ST_OK;
    error_at(b->error, ERR_INVALID_QUERY, i->query->span, "the query has %u column%s, but %.*s takes %u",
             query->ncols, query->ncols == 1 ? "" : "s", STR_ARG(i->name.parts[i->name.count - 1].text),
             want);
    struct str list = {"", 0};
    for (uint32_t c = 0; c < t->count && list.len < 200; c++) {
        list = arena_printf(b->arena, "%.*s%s%.*s", STR_ARG(list), c ? ", " : "",
                            STR_ARG(t->items[c].col->name));
    }
    return error_hint(b->error, "its columns are %.*s", STR_ARG(list));
}

static enum status target_expr(struct binder *b, const struct ast_insert *i, const struct plan_node *query,
                               const struct target *t, struct expr **out) {
    const struct type *type = t->col->type;
    if (t->source == -1) {
        if (!type->nullable) {
            return error_at(b->error, ERR_INVALID_QUERY,
                            i->columns.count ? i->columns.items[0].span : i->name.span,
                            "column '%.*s' is NOT NULL and must be given", STR_ARG(t->col->name));
        }
        *out = expr_literal(b->arena, type, (struct value){.null = true}, i->name.span);
        return ST_OK;
    }
    struct expr *e = t->constant;
    if (t->source >= 0) {
        e = expr_column(b->arena, (uint32_t)t->source, query->cols[t->source].type, i->query->span);
    }
    if (!bind_can_coerce(e->type, type)) {
        error_at(b->error, ERR_TYPE_MISMATCH, i->query->span,
                 "column '%.*s' is %.*s, but the query gives %.*s", STR_ARG(t->col->name),
                 STR_ARG(bind_type_text(b, type)), STR_ARG(bind_type_text(b, e->type)));
        return error_hint(b->error, "use CAST(.. AS %.*s)", STR_ARG(bind_type_text(b, type)));
    }
    *out = bind_coerce(b, e, type);
    return ST_OK;
}

static enum status find_sink(struct binder *b, const struct ast_insert *i, struct catalog_entry **out) {
    TRY(bind_find_entry(b, &i->name, out));
    if ((*out)->kind == ENTRY_VIEW) {
        return error_at(b->error, ERR_INVALID_QUERY, i->name.span,
                        "'%.*s' is a view and cannot be written to", STR_ARG((*out)->name));
    }
    if (!((*out)->connector->caps & CONN_SINK)) {
        return error_at(b->error, ERR_INVALID_QUERY, i->name.span, "connector '%s' can only be read",
                        (*out)->connector->name);
    }
    if ((*out)->format && !((*out)->format->caps & FORMAT_ENCODES)) {
        return error_at(b->error, ERR_INVALID_QUERY, i->name.span, "format '%s' can only be read",
                        (*out)->format->name);
    }
    if ((*out)->header != HEADER_NONE) {
        error_at(b->error, ERR_UNSUPPORTED, i->name.span,
                 "writing to '%.*s' is not supported: its files begin with a line of names",
                 STR_ARG((*out)->name));
        return error_hint(b->error, "CREATE TABLE with columns makes a table that can be written");
    }
    if (i->overwrite) return bind_unsupported(b, i->head.span, "INSERT OVERWRITE");
    if (i->on_conflict != AST_CONFLICT_NONE) return bind_unsupported(b, i->head.span, "ON CONFLICT");
    return ST_OK;
}

static enum status sink_options(struct binder *b, const struct ast_insert *i,
                                const struct catalog_entry *entry, const struct options **out) {
    *out = &entry->options;
    for (size_t h = 0; h < i->hints.count; h++) {
        if (!str_ieq(i->hints.items[h].name.text, STR("OPTIONS"))) {
            return bind_unsupported(b, i->hints.items[h].span, "hint %.*s",
                                    STR_ARG(i->hints.items[h].name.text));
        }
        struct catalog_entry with = *entry;
        with.options = **out;
        struct options *merged = ARENA_NEW(b->arena, struct options);
        TRY(bind_merge_options(b, &with, &i->hints.items[h].args, merged));
        *out = merged;
    }
    return ST_OK;
}

/* table.exec.sink.not-null-enforcer = DROP: rows with NULL in a NOT NULL column are left out. */
static struct plan_node *drop_nulls(struct binder *b, struct plan_node *n, const struct targets *t) {
    if (!str_ieq(session_option_str(b->ctx->session, "table.exec.sink.not-null-enforcer"), STR("DROP")))
        return n;
    for (uint32_t c = 0; c < t->count; c++) {
        if (t->items[c].col->type->nullable || !n->cols[c].type->nullable) continue;
        struct expr **arg = ARENA_NEW(b->arena, struct expr *);
        arg[0] = expr_column(b->arena, c, n->cols[c].type, (struct span){0});
        n = node_filter(
            b, n,
            expr_call(b->arena, FN_IS_NOT_NULL, type_simple(TYPE_BOOLEAN, false), arg, 1, (struct span){0}));
    }
    return n;
}

enum status bind_insert(struct binder *b, const struct ast_insert *i, struct plan_node **out) {
    struct catalog_entry *entry;
    const struct options *options;
    TRY(find_sink(b, i, &entry));
    TRY(sink_options(b, i, entry, &options));
    struct rel rel;
    TRY(bind_query(b, i->query, &rel));
    struct targets t = writable(b, entry);
    TRY(bind_partition(b, i, &t));
    TRY(assign(b, i, rel.node, &t));
    struct expr **exprs = ARENA_ARRAY(b->arena, struct expr *, t.count + 1);
    struct plan_col *cols = ARENA_ARRAY(b->arena, struct plan_col, t.count + 1);
    struct scan_col *targets = ARENA_ARRAY(b->arena, struct scan_col, t.count + 1);
    uint32_t *physical = ARENA_ARRAY(b->arena, uint32_t, t.count + 1);
    for (uint32_t c = 0; c < t.count; c++) {
        const struct table_column *col = t.items[c].col;
        TRY(target_expr(b, i, rel.node, &t.items[c], &exprs[c]));
        cols[c] = node_col(rel.node, exprs[c], col->name);
        targets[c] = (struct scan_col){.metadata = col->kind == AST_COLUMN_METADATA,
                                       .physical = col->physical,
                                       .metadata_key = col->metadata_key};
        if (!targets[c].metadata) physical[col->physical] = c;
    }
    struct plan_node *below = node_calc(b, rel.node, NULL, exprs, cols, t.count);
    below = drop_nulls(b, below, &t);
    struct plan_node *n = node_new(b, PLAN_SINK, 1, &below);
    n->sink =
        (struct plan_sink){.table = bind_plan_table(b, entry, options), .cols = physical, .targets = targets};
    n->sink.label = arena_printf(b->arena, "INSERT INTO %.*s", STR_ARG(entry->name));
    *out = n;
    return ST_OK;
}
