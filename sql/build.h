/* SPDX-License-Identifier: Apache-2.0
 *
 * The builders that the grammar's actions call, by file. They return nodes of the statement arena and take
 * lists that may be NULL (nothing was written). A list grows by build_..s(p, list, item): NULL starts one.
 * The end of a node is the token before the one being looked at. Inside sql/ only.
 */
#ifndef WEIR_SQL_BUILD_H
#define WEIR_SQL_BUILD_H

#include "sql/ast.h"
#include "sql/parser.h"

/* Trees are at most so high: whoever walks them may recurse. */
#define BUILD_HEIGHT_MAX 1000

struct arg_list {
    struct ast_arg *items;      /* arguments */
    size_t count;               /* their number */
    bool distinct;              /* DISTINCT */
    struct ast_orders order_by; /* ORDER BY inside the call */
};
struct when_list {
    struct ast_when *items; /* branches */
    size_t count;           /* their number */
};
struct in_list {
    struct ast_exprs *list;  /* a list, or */
    struct ast_query *query; /* a sub-query */
};
struct frame {
    enum ast_frame unit;    /* ROWS or RANGE */
    struct ast_bound start; /* first bound */
    struct ast_bound end;   /* last bound */
};
struct field_list {
    struct ast_type_field *items; /* fields of a row type */
    size_t count;                 /* their number */
};
struct hint_list {
    struct ast_hint *items; /* hints */
    size_t count;           /* their number */
};
struct item_list {
    struct ast_select_item *items; /* SELECT list */
    size_t count;                  /* its length */
};
struct group_list {
    struct ast_group *items; /* GROUP BY elements */
    size_t count;            /* their number */
    struct span span;        /* of the whole clause */
};
struct window_list {
    struct ast_named_window *items; /* WINDOW clause */
    size_t count;                   /* its length */
};
struct with_list {
    struct ast_with *items; /* WITH clause */
    size_t count;           /* its length */
    uint32_t start;         /* offset of WITH */
};
struct limits {
    struct ast_expr *offset; /* OFFSET, or NULL */
    struct ast_expr *limit;  /* LIMIT or FETCH, or NULL */
};
struct query_columns {
    struct ast_idents *columns; /* column list of INSERT, or NULL */
    struct ast_query *query;    /* its query */
};
struct partition_list {
    struct ast_partition_value *items; /* PARTITION (..) */
    size_t count;                      /* its length */
};
struct stmt_list {
    struct ast_insert **items; /* INSERTs of a statement set */
    size_t count;              /* their number */
};
struct distribution {
    enum ast_distribution kind; /* DISTRIBUTED .. */
    struct ast_idents keys;     /* BY (..) */
    int buckets;                /* INTO n BUCKETS, or -1 */
    struct span span;           /* the whole clause */
};
struct table_like {
    struct ast_name name;          /* LIKE name */
    struct ast_like_option *items; /* its options */
    size_t count;                  /* their number */
};
/* What stands in the parentheses of CREATE TABLE, so far. */
struct table_elements {
    struct ast_column *columns;         /* columns */
    size_t count;                       /* their number */
    struct ast_watermark watermark;     /* at most one */
    struct ast_primary_key primary_key; /* at most one */
    bool untyped;                       /* a column without type is among them */
};

/* ---- build.c: places, errors, names, texts, lists ---- */

struct span build_span(const struct parse *p, uint32_t start);
void build_fail(struct parse *p, enum error_code code, struct span at, const char *fmt, ...)
    PRINTF_LIKE(4, 5);
void build_hint(struct parse *p, const char *fmt, ...) PRINTF_LIKE(2, 3);
void build_too_deep(struct parse *p);
/* "WORDS is not supported yet", at t; returns e. */
/* Raises *height above a child's; fails the parse when it is too high. */
void build_over_child(struct parse *p, uint32_t *height, uint32_t child);
/* A zeroed node that starts at `start` and ends before the current token. */
void *build_node(struct parse *p, enum ast_kind kind, size_t size_bytes, uint32_t start);
#define BUILD_NEW(p, KIND, stem, start)                                                                      \
    ((struct ast_##stem *)build_node((p), AST_##KIND, sizeof(struct ast_##stem), (start)))
#define BUILD_PUSH(p, list, item)                                                                            \
    do {                                                                                                     \
        ARENA_ONE_MORE((p)->arena, (list)->items, (list)->count);                                            \
        (list)->items[(list)->count++] = (item);                                                             \
    } while (0)
struct str build_upper(struct parse *p, struct str s);
int build_int(struct parse *p, struct token t);
struct token *build_keep(struct parse *p, struct token t);
struct ast_text build_text(struct parse *p, struct token t);
struct ast_text build_word_text(struct parse *p, struct token t);
struct ast_text build_name_text(struct parse *p, struct ast_name n);
struct ast_ident build_ident(struct parse *p, struct token t);
struct ast_idents *build_idents(struct parse *p, struct ast_idents *l, struct ast_ident n);
struct ast_name build_name(struct parse *p, const struct ast_name *l, struct ast_ident n);
struct ast_name build_path(struct parse *p, struct token t);
struct ast_exprs *build_exprs(struct parse *p, struct ast_exprs *l, struct ast_expr *e);
struct ast_orders *build_orders(struct parse *p, struct ast_orders *l, struct ast_order o);
struct ast_options *build_options(struct parse *p, struct ast_options *l, struct ast_option o);
struct ast_options *build_options_end(struct parse *p, struct token open, struct ast_options *l);

/* ---- build_type.c ---- */

struct ast_interval_range build_unit(struct parse *p, struct token unit, const struct token *lead,
                                     const struct token *fraction);
struct ast_interval_range build_range(struct parse *p, struct ast_interval_range from,
                                      struct ast_interval_range to);
struct ast_type *build_type(struct parse *p, struct ast_name n, const struct token *length,
                            const struct token *scale);
struct ast_type *build_null_type(struct parse *p, struct token t);
struct ast_type *build_double(struct parse *p, struct token t);
struct ast_type *build_varying(struct parse *p, struct token t, const struct token *length);
/* zone: 0 without, 1 local, 2 with. */
struct ast_type *build_time_type(struct parse *p, struct token t, const struct token *precision, int zone);
struct ast_type *build_interval_type(struct parse *p, struct token t, struct ast_interval_range r);
struct ast_type *build_collection(struct parse *p, struct token t, struct ast_type *element);
struct ast_type *build_postfix_collection(struct parse *p, struct token t, struct ast_type *element);
struct ast_type *build_map_type(struct parse *p, struct token t, struct ast_type *k, struct ast_type *v);
struct field_list *build_fields(struct parse *p, struct field_list *l, struct ast_type_field f);
struct ast_type *build_row_type(struct parse *p, struct token t, struct field_list *l);
struct ast_type *build_structured(struct parse *p, struct token t, struct ast_text n, struct field_list *l);
struct ast_type *build_raw(struct parse *p, struct token t, struct ast_text n, struct ast_text s);
struct ast_type *build_not_null(struct parse *p, struct ast_type *t);
struct ast_type *build_nullable(struct parse *p, struct ast_type *t);

/* ---- build_expr.c ---- */

struct ast_expr *build_literal(struct parse *p, struct token t);
struct ast_expr *build_one(struct parse *p, struct token t);
struct ast_expr *build_time_literal(struct parse *p, struct token t, struct token s);
struct ast_expr *build_interval(struct parse *p, struct token t, bool negative, struct token s,
                                struct ast_interval_range r);
struct ast_expr *build_column(struct parse *p, struct ast_name n);
struct ast_expr *build_star(struct parse *p, struct token t, const struct ast_name *qualifier);
struct ast_expr *build_object_star(struct parse *p, struct ast_expr *object);
struct ast_expr *build_field(struct parse *p, struct ast_expr *e, struct ast_ident field);
struct ast_expr *build_index(struct parse *p, struct ast_expr *e, struct ast_expr *i);
struct ast_expr *build_paren(struct parse *p, struct token open, struct ast_expr *e);
/* (a - b) DAY TO SECOND; `e` is the difference. */
struct ast_expr *build_difference(struct parse *p, struct token open, struct ast_expr *e,
                                  struct ast_interval_range r);
struct ast_expr *build_row(struct parse *p, struct token t, struct ast_exprs *l, bool is_explicit);
struct ast_expr *build_array(struct parse *p, struct token t, struct ast_exprs *l, struct ast_query *q);
struct ast_expr *build_map(struct parse *p, struct token t, struct ast_exprs *l);
struct ast_expr *build_param(struct parse *p, struct token t);
struct ast_expr *build_default(struct parse *p, struct token t);
struct ast_expr *build_unary(struct parse *p, struct token t, enum ast_op op, struct ast_expr *e);
struct ast_expr *build_binary(struct parse *p, struct token t, enum ast_op op, struct ast_expr *l,
                              struct ast_expr *r);
struct ast_expr *build_token_binary(struct parse *p, struct token t, struct ast_expr *l, struct ast_expr *r);
/* `t` is IS; the operator ends before the right operand. */
struct ast_expr *build_distinct(struct parse *p, struct token t, enum ast_op op, struct ast_expr *l,
                                struct ast_expr *r);
struct ast_expr *build_quantified(struct parse *p, struct token op, struct token quantifier,
                                  struct ast_expr *l, struct in_list r);
struct ast_expr *build_is(struct parse *p, int test, bool negated, struct ast_expr *e);
struct ast_expr *build_between(struct parse *p, bool negated, bool symmetric, struct ast_expr *e,
                               struct ast_expr *low, struct ast_expr *high);
struct ast_expr *build_like(struct parse *p, int op, bool negated, struct ast_expr *e,
                            struct ast_expr *pattern, struct ast_expr *escape);
struct ast_expr *build_in(struct parse *p, bool negated, struct ast_expr *e, struct in_list l);
struct ast_expr *build_exists(struct parse *p, struct token t, struct ast_query *q);
struct ast_expr *build_subquery(struct parse *p, struct ast_query *q);
struct when_list *build_whens(struct parse *p, struct when_list *l, struct ast_exprs *when,
                              struct ast_expr *then);
struct ast_expr *build_case(struct parse *p, struct token t, struct ast_expr *operand, struct when_list *l,
                            struct ast_expr *otherwise);
struct ast_expr *build_cast(struct parse *p, struct token t, struct ast_expr *e, struct ast_type *type);

/* ---- build_call.c ---- */

struct arg_list *build_args(struct parse *p, struct arg_list *l, const struct ast_ident *name,
                            struct ast_expr *e);
struct arg_list *build_args_join(struct parse *p, struct arg_list *l, struct arg_list *more);
struct arg_list *build_args_order(struct parse *p, struct arg_list *l, struct ast_orders *o);
struct arg_list *build_args_distinct(struct parse *p, struct arg_list *l);
struct ast_call *build_call(struct parse *p, struct ast_name n, struct arg_list *l);
struct ast_call *build_bare_call(struct parse *p, struct token t, struct arg_list *l);
/* A call named by a keyword, with up to three arguments; NULL ends them. */
struct ast_call *build_call3(struct parse *p, struct token t, struct ast_expr *a, struct ast_expr *b,
                             struct ast_expr *c);
struct ast_call *build_call_list(struct parse *p, struct token t, struct ast_exprs *l);
struct ast_call *build_trim(struct parse *p, struct token t, const struct token *side, struct ast_expr *what,
                            struct ast_expr *e);
struct ast_call *build_overlay(struct parse *p, struct token t, struct ast_expr *e, struct ast_expr *by,
                               struct ast_expr *from, struct ast_expr *len);
struct ast_expr *build_symbol(struct parse *p, struct token t, const struct token *second);
struct ast_expr *build_wrapper_symbol(struct parse *p, struct token t);
struct ast_expr *build_unit_symbol(struct parse *p, struct ast_ident unit);
struct ast_expr *build_type_arg(struct parse *p, struct ast_type *t);
struct ast_expr *build_descriptor(struct parse *p, struct token t, struct ast_idents *l);
struct ast_expr *build_table_arg(struct parse *p, struct token t, const struct ast_name *n,
                                 struct ast_query *q, struct ast_exprs *partition_by,
                                 struct ast_orders *order_by);
struct ast_exprs *build_flat_row(struct parse *p, struct ast_expr *e);
struct ast_orders *build_flat_orders(struct parse *p, struct ast_order o);
struct arg_list *build_json_clause(struct parse *p, struct arg_list *l, struct token t,
                                   struct ast_expr *value);
struct ast_call *build_json_path(struct parse *p, struct token t, struct ast_expr *e, struct ast_expr *path,
                                 struct arg_list *clauses);
struct arg_list *build_json_pair(struct parse *p, struct ast_expr *k, struct ast_expr *v);
struct ast_call *build_json(struct parse *p, struct token t, struct arg_list *l, struct ast_expr *nulls);
struct ast_call *build_json_arrayagg(struct parse *p, struct token t, struct ast_expr *e,
                                     struct ast_orders *o, struct ast_expr *nulls);
struct ast_call *build_within(struct parse *p, struct ast_call *c, struct ast_orders *o);
struct ast_call *build_filter(struct parse *p, struct ast_call *c, struct ast_expr *e);
struct ast_call *build_nulls(struct parse *p, struct ast_call *c, bool ignore);
struct ast_call *build_over(struct parse *p, struct ast_call *c, struct ast_window *w);
struct ast_window *build_window(struct parse *p, struct token open, struct ast_ident base,
                                struct ast_exprs *partition_by, struct ast_orders *order_by, struct frame *f);
struct ast_window *build_window_name(struct parse *p, struct ast_ident n);
struct frame *build_frame(struct parse *p, struct token unit, struct ast_bound start,
                          const struct ast_bound *end);

/* ---- build_query.c ---- */

struct ast_query *build_select(struct parse *p, struct token t, struct hint_list *h, bool distinct,
                               struct item_list *items, struct ast_from *from, struct ast_expr *where,
                               struct group_list *groups, struct ast_expr *having,
                               struct window_list *windows, struct ast_expr *qualify);
/* A query in parentheses: they belong to its place. */
struct ast_query *build_nested(struct parse *p, struct token open, struct ast_query *q);
struct ast_query *build_values(struct parse *p, struct token t, struct ast_exprs *l);
struct ast_query *build_table_query(struct parse *p, struct token t, struct ast_name n);
struct ast_query *build_set_op(struct parse *p, struct token op, bool all, struct ast_query *l,
                               struct ast_query *r);
struct ast_query *build_ordered(struct parse *p, struct with_list *w, struct ast_query *body,
                                struct ast_orders *o, const struct limits *l);
struct with_list *build_with(struct parse *p, struct token t, struct with_list *l);
struct with_list *build_with_items(struct parse *p, struct with_list *l, struct ast_with *w);
struct ast_with *build_with_item(struct parse *p, struct ast_ident n, struct ast_idents *columns,
                                 struct ast_query *q);
struct ast_select_item build_item(struct ast_expr *e, const struct ast_ident *alias);
struct item_list *build_items(struct parse *p, struct item_list *l, struct ast_select_item i);
struct group_list *build_group_by(struct parse *p, struct token t, struct group_list *l);
struct group_list *build_groups(struct parse *p, struct group_list *l, struct ast_group g);
struct ast_group build_group_expr(struct parse *p, struct ast_expr *e);
struct ast_group build_group_empty(struct parse *p, struct token t);
struct ast_group build_group_list(struct parse *p, struct token t, enum ast_group_kind kind,
                                  struct group_list *l);
struct window_list *build_windows(struct parse *p, struct window_list *l, struct ast_ident n,
                                  struct ast_window *w);
struct hint_list *build_hints(struct parse *p, struct hint_list *l, struct ast_hint h);
struct ast_hint build_hint_item(struct parse *p, struct ast_ident n, struct ast_options *args);
struct ast_from *build_join(struct parse *p, enum ast_join_kind kind, bool natural, struct ast_from *l,
                            struct ast_from *r);
struct ast_from *build_join_on(struct parse *p, enum ast_join_kind kind, struct ast_from *l,
                               struct ast_from *r, struct ast_expr *on);
struct ast_from *build_join_using(struct parse *p, enum ast_join_kind kind, struct ast_from *l,
                                  struct ast_from *r, struct ast_idents *names);
struct ast_from *build_table_ref(struct parse *p, struct ast_name n, struct hint_list *h,
                                 struct ast_expr *time, struct ast_alias alias);
struct ast_from *build_derived(struct parse *p, const struct token *lateral, struct ast_query *q,
                               struct ast_alias alias);
struct ast_from *build_table_function(struct parse *p, struct token t, bool lateral, struct ast_call *c,
                                      struct ast_alias alias);
struct ast_from *build_unnest(struct parse *p, struct token t, struct ast_exprs *l, bool ordinality,
                              struct ast_alias alias);

/* ---- build_stmt.c, build_table.c ---- */

struct ast_stmt *build_query_stmt(struct parse *p, struct ast_query *q);
struct ast_stmt *build_insert(struct parse *p, struct token t, struct token mode, struct ast_name n,
                              struct hint_list *h, struct partition_list *l, struct query_columns c,
                              int conflict);
struct partition_list *build_partition(struct parse *p, struct partition_list *l,
                                       struct ast_partition_value v);
struct stmt_list *build_stmts(struct parse *p, struct stmt_list *l, struct ast_stmt *insert);
struct ast_stmt *build_statement_set(struct parse *p, struct token t, struct stmt_list *l);
struct ast_stmt *build_explain(struct parse *p, struct token t, unsigned details, struct ast_stmt *target);

struct ast_create_table *build_table_head(struct parse *p, struct token t, bool temporary, bool if_not_exists,
                                          struct ast_name n, bool replace);
struct ast_create_table *build_table_columns(struct parse *p, struct table_elements *e,
                                             struct ast_create_table *t);
struct ast_create_table *build_table_parts(struct parse *p, struct ast_text comment, struct distribution *d,
                                           struct ast_idents *partitioned, struct ast_options *with,
                                           struct table_like *like, struct ast_query *as);
struct ast_stmt *build_create_table(struct parse *p, struct ast_create_table *head,
                                    struct ast_create_table *body);
struct table_elements *build_elements(struct parse *p, struct table_elements *l, struct table_elements *e);
struct table_elements *build_physical(struct parse *p, struct ast_ident n, struct ast_type *type,
                                      struct ast_primary_key *key, struct ast_text comment);
struct table_elements *build_metadata(struct parse *p, struct ast_ident n, struct ast_type *type,
                                      struct ast_text key, bool is_virtual, struct ast_text comment);
struct table_elements *build_computed(struct parse *p, struct ast_ident n, struct ast_expr *e,
                                      struct ast_text comment);
struct table_elements *build_watermark(struct parse *p, struct token t, struct ast_name n,
                                       struct ast_expr *e);
struct table_elements *build_primary_key(struct parse *p, struct token t, struct ast_ident n,
                                         struct ast_idents *columns, bool not_enforced);
struct table_elements *build_untyped_column(struct parse *p, struct ast_ident n);
struct ast_primary_key *build_column_key(struct parse *p, struct token t, struct ast_ident n,
                                         bool not_enforced);
struct distribution *build_distribution(struct parse *p, struct token t, int kind, struct ast_idents *keys,
                                        int buckets);
struct table_like *build_like_table(struct parse *p, struct ast_name n, struct table_like *options);
struct table_like *build_like_option(struct parse *p, struct table_like *l, struct token mode,
                                     struct token feature);

struct ast_stmt *build_create_view(struct parse *p, struct token t, bool temporary, bool if_not_exists,
                                   struct ast_name n, struct ast_idents *columns, struct ast_text comment,
                                   struct ast_query *q);
struct ast_stmt *build_create_catalog(struct parse *p, struct token t, bool if_not_exists, struct ast_ident n,
                                      struct ast_text comment, struct ast_options *with);
struct ast_stmt *build_create_database(struct parse *p, struct token t, bool if_not_exists, struct ast_name n,
                                       struct ast_text comment, struct ast_options *with);
struct ast_stmt *build_alter_table(struct parse *p, struct token t, bool if_exists, struct ast_name n,
                                   enum ast_alter_action action, const struct ast_name *new_name,
                                   struct ast_options *l);
struct ast_stmt *build_alter_view(struct parse *p, struct token t, bool if_exists, struct ast_name n,
                                  const struct ast_name *new_name, struct ast_query *q);
struct ast_stmt *build_drop(struct parse *p, struct token t, int object, bool temporary, bool system,
                            bool if_exists, struct ast_name n, bool cascade);
struct ast_stmt *build_describe(struct parse *p, struct token t, int object, bool extended,
                                const struct ast_name *n, const struct ast_text *id);
struct ast_stmt *build_show(struct parse *p, struct ast_show *s);
struct ast_show *build_show_list(struct parse *p, struct token t, int object, const struct ast_name *in,
                                 const struct ast_show *like);
struct ast_show *build_show_partitions(struct parse *p, struct token t, struct ast_name n,
                                       struct partition_list *l);
struct ast_show *build_show_current(struct parse *p, struct token t, int object);
struct ast_show *build_show_create(struct parse *p, struct token t, int object, struct ast_name n);
struct ast_show *build_show_like(struct parse *p, bool negated, bool ilike, struct ast_text pattern);
struct ast_stmt *build_use(struct parse *p, struct token t, enum ast_object object, struct ast_name n);
struct ast_stmt *build_use_modules(struct parse *p, struct token t, struct ast_idents *l);
struct ast_stmt *build_set(struct parse *p, struct token t, const struct ast_text *key,
                           const struct ast_text *value);
struct ast_stmt *build_reset(struct parse *p, struct token t, const struct ast_text *key);
struct ast_stmt *build_stop_job(struct parse *p, struct token t, struct ast_text id, int mode);

#endif
