/* SPDX-License-Identifier: Apache-2.0
 *
 * Builders of all statements but CREATE TABLE (build_table.c); see build.h.
 */
#include "sql/build.h"
#include "sql/grammar.h"

/* ---- queries and INSERT ---- */

struct ast_stmt *build_query_stmt(struct parse *p, struct ast_query *q) {
    struct ast_query_stmt *s = BUILD_NEW(p, QUERY_STMT, query_stmt, q->span.offset);
    s->query = q;
    build_over_child(p, &s->head.height, q->height);
    return &s->head;
}

struct ast_stmt *build_insert(struct parse *p, struct token t, struct token mode, struct ast_name n,
                              struct hint_list *h, struct partition_list *l, struct query_columns c,
                              int conflict) {
    struct ast_insert *i = BUILD_NEW(p, INSERT, insert, t.span.offset);
    i->overwrite = mode.kind == TK_OVERWRITE;
    i->name = n;
    if (h) i->hints = (struct ast_hints){h->items, h->count};
    if (l) {
        i->partition = l->items;
        i->partition_count = l->count;
    }
    if (c.columns) i->columns = *c.columns;
    i->query = c.query;
    i->on_conflict = (enum ast_conflict)conflict;
    build_over_child(p, &i->head.height, c.query->height);
    return &i->head;
}

struct partition_list *build_partition(struct parse *p, struct partition_list *l,
                                       struct ast_partition_value v) {
    if (!l) l = ARENA_NEW(p->arena, struct partition_list);
    BUILD_PUSH(p, l, v);
    return l;
}

struct stmt_list *build_stmts(struct parse *p, struct stmt_list *l, struct ast_stmt *insert) {
    if (!l) l = ARENA_NEW(p->arena, struct stmt_list);
    BUILD_PUSH(p, l, (struct ast_insert *)insert);
    return l;
}

struct ast_stmt *build_statement_set(struct parse *p, struct token t, struct stmt_list *l) {
    struct ast_statement_set *s = BUILD_NEW(p, STATEMENT_SET, statement_set, t.span.offset);
    s->inserts = l->items;
    s->insert_count = l->count;
    for (size_t i = 0; i < l->count; i++) build_over_child(p, &s->head.height, l->items[i]->head.height);
    return &s->head;
}

struct ast_stmt *build_explain(struct parse *p, struct token t, unsigned details, struct ast_stmt *target) {
    struct ast_explain *e = BUILD_NEW(p, EXPLAIN, explain, t.span.offset);
    e->details = details;
    e->target = target;
    build_over_child(p, &e->head.height, target->height);
    return &e->head;
}

/* ---- definitions ---- */

struct ast_stmt *build_create_view(struct parse *p, struct token t, bool temporary, bool if_not_exists,
                                   struct ast_name n, struct ast_idents *columns, struct ast_text comment,
                                   struct ast_query *q) {
    struct ast_create_view *v = BUILD_NEW(p, CREATE_VIEW, create_view, t.span.offset);
    v->temporary = temporary;
    v->if_not_exists = if_not_exists;
    v->name = n;
    if (columns) v->columns = *columns;
    v->comment = comment;
    v->query = q;
    build_over_child(p, &v->head.height, q->height);
    return &v->head;
}

struct ast_stmt *build_create_catalog(struct parse *p, struct token t, bool if_not_exists, struct ast_ident n,
                                      struct ast_text comment, struct ast_options *with) {
    struct ast_create_catalog *c = BUILD_NEW(p, CREATE_CATALOG, create_catalog, t.span.offset);
    c->if_not_exists = if_not_exists;
    c->name = n;
    c->comment = comment;
    if (with) c->options = *with;
    return &c->head;
}

struct ast_stmt *build_create_database(struct parse *p, struct token t, bool if_not_exists, struct ast_name n,
                                       struct ast_text comment, struct ast_options *with) {
    struct ast_create_database *d = BUILD_NEW(p, CREATE_DATABASE, create_database, t.span.offset);
    d->if_not_exists = if_not_exists;
    d->name = n;
    d->comment = comment;
    if (with) d->options = *with;
    return &d->head;
}

struct ast_stmt *build_alter_table(struct parse *p, struct token t, bool if_exists, struct ast_name n,
                                   enum ast_alter_action action, const struct ast_name *new_name,
                                   struct ast_options *l) {
    struct ast_alter_table *a = BUILD_NEW(p, ALTER_TABLE, alter_table, t.span.offset);
    a->if_exists = if_exists;
    a->name = n;
    a->action = action;
    if (new_name) a->new_name = *new_name;
    if (l) a->options = *l;
    return &a->head;
}

struct ast_stmt *build_alter_view(struct parse *p, struct token t, bool if_exists, struct ast_name n,
                                  const struct ast_name *new_name, struct ast_query *q) {
    struct ast_alter_view *a = BUILD_NEW(p, ALTER_VIEW, alter_view, t.span.offset);
    a->if_exists = if_exists;
    a->name = n;
    a->action = q ? AST_ALTER_AS : AST_ALTER_RENAME;
    if (new_name) a->new_name = *new_name;
    a->query = q;
    if (q) build_over_child(p, &a->head.height, q->height);
    return &a->head;
}

struct ast_stmt *build_drop(struct parse *p, struct token t, int object, bool temporary, bool system,
                            bool if_exists, struct ast_name n, bool cascade) {
    struct ast_drop *d = BUILD_NEW(p, DROP, drop, t.span.offset);
    d->object = (enum ast_object)object;
    d->temporary = temporary;
    d->system = system;
    d->if_exists = if_exists;
    d->name = n;
    d->cascade = cascade;
    if (object == AST_OBJ_CATALOG && (temporary || n.count > 1))
        build_fail(p, ERR_SYNTAX, n.span, "DROP CATALOG takes the name of one catalog");
    return &d->head;
}

/* ---- looking around ---- */

struct ast_stmt *build_describe(struct parse *p, struct token t, int object, bool extended,
                                const struct ast_name *n, const struct ast_text *id) {
    struct ast_describe *d = BUILD_NEW(p, DESCRIBE, describe, t.span.offset);
    d->object = (enum ast_object)object;
    d->extended = extended;
    if (n) d->name = *n;
    if (id) d->id = *id;
    return &d->head;
}

static struct ast_show *new_show(struct parse *p, uint32_t start, enum ast_show_form form, int object) {
    struct ast_show *s = BUILD_NEW(p, SHOW, show, start);
    s->form = form;
    s->object = (enum ast_object)object;
    return s;
}

struct ast_stmt *build_show(struct parse *p, struct ast_show *s) {
    (void)p;
    return &s->head;
}

struct ast_show *build_show_list(struct parse *p, struct token t, int object, const struct ast_name *in,
                                 const struct ast_show *like) {
    struct ast_show *s = new_show(p, t.span.offset, AST_SHOW_LIST, object);
    if (in) s->name = *in;
    if (like) {
        s->not_like = like->not_like;
        s->ilike = like->ilike;
        s->pattern = like->pattern;
    }
    if (object == AST_OBJ_COLUMN && s->name.count == 0)
        build_fail(p, ERR_SYNTAX, s->head.span, "SHOW COLUMNS needs FROM and the name of a table");
    return s;
}

struct ast_show *build_show_partitions(struct parse *p, struct token t, struct ast_name n,
                                       struct partition_list *l) {
    struct ast_show *s = new_show(p, t.span.offset, AST_SHOW_LIST, AST_OBJ_PARTITION);
    s->name = n;
    if (l) {
        s->partition = l->items;
        s->partition_count = l->count;
    }
    return s;
}

struct ast_show *build_show_current(struct parse *p, struct token t, int object) {
    return new_show(p, t.span.offset, AST_SHOW_CURRENT, object);
}

struct ast_show *build_show_create(struct parse *p, struct token t, int object, struct ast_name n) {
    struct ast_show *s = new_show(p, t.span.offset, AST_SHOW_CREATE, object);
    s->name = n;
    return s;
}

struct ast_show *build_show_like(struct parse *p, bool negated, bool ilike, struct ast_text pattern) {
    struct ast_show *s = ARENA_NEW(p->arena, struct ast_show);
    s->not_like = negated;
    s->ilike = ilike;
    s->pattern = pattern;
    return s;
}

/* ---- session ---- */

struct ast_stmt *build_use(struct parse *p, struct token t, enum ast_object object, struct ast_name n) {
    struct ast_use *u = BUILD_NEW(p, USE, use, t.span.offset);
    u->object = object;
    u->name = n;
    return &u->head;
}

struct ast_stmt *build_use_modules(struct parse *p, struct token t, struct ast_idents *l) {
    struct ast_use *u = BUILD_NEW(p, USE, use, t.span.offset);
    u->object = AST_OBJ_MODULE;
    u->more = ARENA_ARRAY(p->arena, struct ast_name, l->count);
    u->more_count = l->count;
    for (size_t i = 0; i < l->count; i++) u->more[i] = build_name(p, NULL, l->items[i]);
    u->name = u->more[0];
    return &u->head;
}

struct ast_stmt *build_set(struct parse *p, struct token t, const struct ast_text *key,
                           const struct ast_text *value) {
    struct ast_set *s = BUILD_NEW(p, SET, set, t.span.offset);
    if (key) s->key = *key;
    if (value) s->value = *value;
    return &s->head;
}

struct ast_stmt *build_reset(struct parse *p, struct token t, const struct ast_text *key) {
    struct ast_reset *r = BUILD_NEW(p, RESET, reset, t.span.offset);
    if (key) r->key = *key;
    return &r->head;
}

struct ast_stmt *build_stop_job(struct parse *p, struct token t, struct ast_text id, int mode) {
    struct ast_stop_job *s = BUILD_NEW(p, STOP_JOB, stop_job, t.span.offset);
    s->id = id;
    s->with_savepoint = (mode & 1) != 0;
    s->with_drain = (mode & 2) != 0;
    return &s->head;
}
