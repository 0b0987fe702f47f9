/* SPDX-License-Identifier: Apache-2.0
 *
 * Builders of CREATE TABLE. Its pieces are gathered in struct table_elements and in partly filled nodes,
 * which build_create_table() joins.
 */
#include "sql/build.h"
#include "sql/grammar.h"

struct ast_create_table *build_table_head(struct parse *p, struct token t, bool temporary, bool if_not_exists,
                                          struct ast_name n, bool replace) {
    struct ast_create_table *c = ARENA_NEW(p->arena, struct ast_create_table);
    c->head.kind = AST_CREATE_TABLE;
    c->head.span = t.span;
    c->temporary = temporary;
    c->if_not_exists = if_not_exists;
    c->replace = replace;
    c->name = n;
    return c;
}

struct ast_create_table *build_table_columns(struct parse *p, struct table_elements *e,
                                             struct ast_create_table *t) {
    t->columns = e->columns;
    t->column_count = e->count;
    t->watermark = e->watermark;
    t->primary_key = e->primary_key;
    if (e->untyped) {
        for (size_t i = 0; i < e->count; i++) {
            struct ast_column *c = &e->columns[i];
            if (c->type || c->expr) continue;
            if (t->as_query)
                build_fail(p, ERR_UNSUPPORTED, c->span,
                           "CREATE TABLE with a list of column names is not supported yet");
            else build_fail(p, ERR_SYNTAX, c->span, "column %.*s has no type", STR_ARG(c->name.text));
        }
    }
    return t;
}

struct ast_create_table *build_table_parts(struct parse *p, struct ast_text comment, struct distribution *d,
                                           struct ast_idents *partitioned, struct ast_options *with,
                                           struct table_like *like, struct ast_query *as) {
    struct ast_create_table *t = ARENA_NEW(p->arena, struct ast_create_table);
    t->comment = comment;
    t->buckets = -1;
    if (d) {
        t->distribution = d->kind;
        t->distribution_keys = d->keys;
        t->buckets = d->buckets;
        t->distribution_span = d->span;
    }
    if (partitioned) t->partitioned_by = *partitioned;
    if (with) t->options = *with;
    if (like) {
        t->like = like->name;
        t->like_options = like->items;
        t->like_option_count = like->count;
    }
    t->as_query = as;
    return t;
}

struct ast_stmt *build_create_table(struct parse *p, struct ast_create_table *head,
                                    struct ast_create_table *body) {
    body->head = head->head;
    body->head.span = build_span(p, head->head.span.offset);
    body->temporary = head->temporary;
    body->if_not_exists = head->if_not_exists;
    body->replace = head->replace;
    body->name = head->name;
    for (size_t i = 0; i < body->column_count; i++) {
        if (body->columns[i].expr) build_over_child(p, &body->head.height, body->columns[i].expr->height);
    }
    if (body->as_query) build_over_child(p, &body->head.height, body->as_query->height);
    if (body->like.count && body->as_query)
        build_fail(p, ERR_SYNTAX, body->like.span, "a table has either LIKE or AS, not both");
    return &body->head;
}

static struct table_elements *one_column(struct parse *p, struct ast_column c) {
    struct table_elements *e = ARENA_NEW(p->arena, struct table_elements);
    c.span = build_span(p, c.name.span.offset);
    e->columns = ARENA_NEW(p->arena, struct ast_column);
    e->columns[0] = c;
    e->count = 1;
    return e;
}

static void set_key(struct parse *p, struct table_elements *l, const struct ast_primary_key *key) {
    if (key->columns.count == 0) return;
    if (l->primary_key.columns.count) build_fail(p, ERR_SYNTAX, key->span, "the table has two primary keys");
    l->primary_key = *key;
}

struct table_elements *build_elements(struct parse *p, struct table_elements *l, struct table_elements *e) {
    for (size_t i = 0; i < e->count; i++) {
        ARENA_ONE_MORE(p->arena, l->columns, l->count);
        l->columns[l->count++] = e->columns[i];
    }
    set_key(p, l, &e->primary_key);
    if (e->watermark.column.count) {
        if (l->watermark.column.count)
            build_fail(p, ERR_SYNTAX, e->watermark.span, "the table has two watermarks");
        l->watermark = e->watermark;
    }
    l->untyped |= e->untyped;
    return l;
}

struct table_elements *build_physical(struct parse *p, struct ast_ident n, struct ast_type *type,
                                      struct ast_primary_key *key, struct ast_text comment) {
    struct ast_column c = {.kind = AST_COLUMN_PHYSICAL, .name = n, .type = type, .comment = comment};
    struct table_elements *e = one_column(p, c);
    if (!key) return e;
    key->columns = *build_idents(p, NULL, n);
    e->primary_key = *key;
    return e;
}

struct table_elements *build_metadata(struct parse *p, struct ast_ident n, struct ast_type *type,
                                      struct ast_text key, bool is_virtual, struct ast_text comment) {
    struct ast_column c = {.kind = AST_COLUMN_METADATA, .name = n, .type = type, .comment = comment};
    c.metadata_key = key;
    c.is_virtual = is_virtual;
    return one_column(p, c);
}

struct table_elements *build_computed(struct parse *p, struct ast_ident n, struct ast_expr *e,
                                      struct ast_text comment) {
    return one_column(
        p, (struct ast_column){.kind = AST_COLUMN_COMPUTED, .name = n, .expr = e, .comment = comment});
}

struct table_elements *build_untyped_column(struct parse *p, struct ast_ident n) {
    struct table_elements *e = one_column(p, (struct ast_column){.kind = AST_COLUMN_PHYSICAL, .name = n});
    e->untyped = true;
    return e;
}

struct table_elements *build_watermark(struct parse *p, struct token t, struct ast_name n,
                                       struct ast_expr *e) {
    struct table_elements *l = ARENA_NEW(p->arena, struct table_elements);
    l->watermark = (struct ast_watermark){n, e, build_span(p, t.span.offset)};
    return l;
}

struct ast_primary_key *build_column_key(struct parse *p, struct token t, struct ast_ident n,
                                         bool not_enforced) {
    struct ast_primary_key *k = ARENA_NEW(p->arena, struct ast_primary_key);
    k->name = n;
    k->not_enforced = not_enforced;
    k->span = build_span(p, t.span.offset);
    return k;
}

struct table_elements *build_primary_key(struct parse *p, struct token t, struct ast_ident n,
                                         struct ast_idents *columns, bool not_enforced) {
    struct table_elements *l = ARENA_NEW(p->arena, struct table_elements);
    l->primary_key = *build_column_key(p, t, n, not_enforced);
    l->primary_key.columns = *columns;
    return l;
}

struct distribution *build_distribution(struct parse *p, struct token t, int kind, struct ast_idents *keys,
                                        int buckets) {
    struct distribution *d = ARENA_NEW(p->arena, struct distribution);
    d->kind = (enum ast_distribution)kind;
    if (keys) d->keys = *keys;
    d->buckets = buckets;
    d->span = build_span(p, t.span.offset);
    return d;
}

struct table_like *build_like_table(struct parse *p, struct ast_name n, struct table_like *options) {
    struct table_like *l = options ? options : ARENA_NEW(p->arena, struct table_like);
    l->name = n;
    return l;
}

static enum ast_like_feature feature_of(int kind) {
    switch (kind) {
    case TK_CONSTRAINTS: return AST_LIKE_CONSTRAINTS;
    case TK_DISTRIBUTION: return AST_LIKE_DISTRIBUTION;
    case TK_PARTITIONS: return AST_LIKE_PARTITIONS;
    case TK_GENERATED: return AST_LIKE_GENERATED;
    case TK_METADATA: return AST_LIKE_METADATA;
    case TK_OPTIONS: return AST_LIKE_OPTIONS;
    case TK_WATERMARKS: return AST_LIKE_WATERMARKS;
    default: assert(kind == TK_ALL); return AST_LIKE_ALL;
    }
}

struct table_like *build_like_option(struct parse *p, struct table_like *l, struct token mode,
                                     struct token feature) {
    if (!l) l = ARENA_NEW(p->arena, struct table_like);
    struct ast_like_option o = {AST_LIKE_INCLUDING, feature_of(feature.kind),
                                build_span(p, mode.span.offset)};
    if (mode.kind == TK_EXCLUDING) o.mode = AST_LIKE_EXCLUDING;
    if (mode.kind == TK_OVERWRITING) o.mode = AST_LIKE_OVERWRITING;
    if (o.mode == AST_LIKE_OVERWRITING && o.feature < AST_LIKE_GENERATED)
        build_fail(p, ERR_SYNTAX, o.span, "%.*s can be included or excluded, not overwritten",
                   STR_ARG(token_text(p->text, feature)));
    BUILD_PUSH(p, l, o);
    return l;
}
