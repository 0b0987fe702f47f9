/* SPDX-License-Identifier: Apache-2.0
 *
 * What the bind_*.c files share. Binding turns syntax into plan nodes (a tree: each table reference gets
 * its own scan) and expressions over their columns. It works bottom-up: bind_from gives a relation, a node
 * with the names its columns go by; SELECT stacks nodes on it (node.h) and gives another relation.
 */
#ifndef WEIR_PLANNER_BINDER_H
#define WEIR_PLANNER_BINDER_H

#include "planner/planner.h"
#include "sql/ast.h"

#define BIND_MAX_DEPTH 200   /* nested queries and expressions */
#define BIND_MAX_TABLES 5000 /* read by one statement, views and what they read included */

/* ROW_NUMBER() OVER (..): a TOPN whose range the query around it gives; number 1 alone in order of time
 * becomes deduplication. */
struct row_number {
    struct row_number *next; /* in struct binder */
    struct span span;        /* of the call */
    struct plan_node *node;  /* the TOPN */
    bool resolved;           /* WHERE rn <= n was seen */
};

/* What more is known of a column; it travels with plain column references. */
enum note_kind { NOTE_WINDOW_START, NOTE_WINDOW_END, NOTE_WINDOW_TIME, NOTE_ROW_NUMBER };
struct plan_note {
    enum note_kind kind;
    const struct window_spec *window; /* which window; compared by pointer */
    struct row_number *row_number;    /* ROW_NUMBER */
};

/* A name by which an expression can speak of a column. */
struct scope_col {
    struct str qualifier; /* table alias or name; empty = none */
    struct str name;
    uint32_t column; /* of the node */
    bool hidden;     /* joined by USING: only qualified, not in * */
};
struct scope {
    uint32_t count;
    struct scope_col *cols;
    const struct plan_col *types; /* the node's columns, for types */
};
struct rel {
    struct plan_node *node;
    struct scope scope;
};

struct cte {
    const struct cte *outer; /* those visible in its definition */
    const struct ast_with *with;
};

/* Collects the aggregates of one SELECT. */
struct agg_list {
    uint32_t count;
    struct bound_agg *items;
    bool inside;                  /* binding an argument: no aggregates here */
    bool global;                  /* no GROUP BY: results over no rows are NULL */
    struct legacy_window *window; /* GROUP BY TUMBLE(..); or NULL */
};
struct bound_agg {
    const struct func_desc *func;
    const struct type *type;
    struct expr **args; /* over the input */
    uint32_t nargs;
    bool distinct;
    struct expr *filter; /* or NULL */
    struct span span;
};
/* GROUP BY TUMBLE(ts, ..): the window columns that TUMBLE_START and its like mean. */
struct legacy_window {
    const struct ast_call *call;
    uint32_t start_col, end_col, time_col;
};

/* Columns from here on are aggregates (number - AGG_COLUMN) while a SELECT is being bound. */
#define AGG_COLUMN 0x40000000u

struct binder {
    struct planner_ctx *ctx;
    struct arena *arena;
    struct error *error;
    const struct cte *ctes;         /* visible WITH items */
    struct str catalog, database;   /* defaults for names */
    struct agg_list *aggs;          /* NULL: aggregates are not allowed here */
    struct rel *scalars;            /* where columns of scalar sub-queries can be joined; NULL: nowhere */
    const char *place;              /* "WHERE", ..: for messages */
    struct row_number *row_numbers; /* all of the statement */
    struct span order_span;         /* of some ORDER BY, for messages */
    uint32_t depth;
    uint32_t *tables_read; /* by the statement so far, views and WITH items included */
};

/* ---- bind_type.c ---- */
enum status bind_type(struct binder *b, const struct ast_type *t, const struct type **out) MUST_CHECK;
/* The type both can be cast to, as Flink finds it (of FLOAT and DOUBLE that of x); NULL = none. */
const struct type *bind_common_type(struct arena *a, const struct type *x, const struct type *y);
/* The same, but of FLOAT and DOUBLE always DOUBLE. */
const struct type *bind_widest_type(struct arena *a, const struct type *x, const struct type *y);
/* Makes `e` of that type, without a cast where the values look the same anyway. */
struct expr *bind_coerce(struct binder *b, struct expr *e, const struct type *type);
/* May CAST do it? */
bool bind_can_cast(const struct type *from, const struct type *to);
/* May INSERT and UNION do it by themselves? */
bool bind_can_coerce(const struct type *from, const struct type *to);

/* ---- bind_literal.c ---- */
enum status bind_literal(struct binder *b, const struct ast_literal *l, struct expr **out) MUST_CHECK;
enum status bind_interval(struct binder *b, const struct ast_interval *i, struct expr **out) MUST_CHECK;
/* -literal; NULL when it is none. */
struct expr *bind_negated_literal(struct binder *b, const struct ast_expr *operand, struct span span);

/* ---- bind_expr.c ---- */
enum status bind_expr(struct binder *b, const struct scope *s, const struct ast_expr *ast,
                      struct expr **out) MUST_CHECK;
/* A BOOLEAN; `place` is named in the message. */
enum status bind_condition(struct binder *b, const struct scope *s, const struct ast_expr *ast,
                           const char *place, struct expr **out) MUST_CHECK;
/* LIMIT, window offset and the like: folded to a literal. */
struct expr *bind_fold(struct binder *b, struct expr *e);
struct expr *bind_and(struct binder *b, struct expr *x, struct expr *y);

/* ---- bind_time.c ---- */
/* (a - b) DAY TO SECOND */
enum status bind_difference(struct binder *b, const struct scope *s, const struct ast_expr *e,
                            struct expr **out) MUST_CHECK;
/* (start, end) OVERLAPS (start, end); an end may be an interval */
enum status bind_overlaps(struct binder *b, const struct scope *s, const struct ast_binary *n,
                          struct expr **out) MUST_CHECK;

/* ---- bind_column.c ---- */
enum status bind_column_ref(struct binder *b, const struct scope *s, const struct ast_name *name,
                            struct expr **out) MUST_CHECK;
enum status bind_field(struct binder *b, struct expr *object, struct str name, struct span span,
                       struct expr **out) MUST_CHECK;
/* Adds a "did you mean" from the scope's names. */
enum status bind_suggest_column(struct binder *b, const struct scope *s, struct str name);

/* ---- bind_call.c ---- */
enum status bind_call(struct binder *b, const struct scope *s, const struct ast_call *c,
                      struct expr **out) MUST_CHECK;
/* ---- bind_function.c ---- */
/* Picks the row of that name for the arguments, casts them and types the result. */
enum status bind_function(struct binder *b, struct str name, struct span span, struct expr **args,
                          uint32_t nargs, struct expr **out) MUST_CHECK;
/* The same without error: false if no row fits; `best_args` then holds the arguments cast. */
const struct func_desc *bind_overload(struct binder *b, struct str name, struct expr **args, uint32_t nargs,
                                      bool aggregate, struct expr **cast_args, const struct type **type);
enum status bind_no_overload(struct binder *b, struct str name, struct span span, struct expr *const *args,
                             uint32_t nargs);

/* ---- bind_agg.c ---- */
enum status bind_aggregate(struct binder *b, const struct scope *s, const struct ast_call *c,
                           struct expr **out) MUST_CHECK;

/* ---- bind_table.c, bind_options.c ---- */
/* Fills the entry from its syntax tree (entry->ast, LIKE not yet merged), in the entry's arena. */
enum status bind_create_table(struct binder *b, struct catalog_entry *entry,
                              const struct catalog_entry *like) MUST_CHECK;
/* The tree with the columns and options of LIKE's table put in. */
enum status bind_like(struct binder *b, const struct ast_create_table *c,
                      const struct ast_create_table *source, const struct ast_create_table **out) MUST_CHECK;
/* Finds connector and formats and checks all options against them; `span` is the place for what is missing.
 */
enum status bind_table_options(struct binder *b, struct catalog_entry *entry, struct span span) MUST_CHECK;
/* Options of a hint or ALTER TABLE SET put over those of the table, checked. */
enum status bind_merge_options(struct binder *b, const struct catalog_entry *entry,
                               const struct ast_options *more, struct options *out) MUST_CHECK;
enum status bind_options(struct binder *b, const struct ast_options *ast, struct arena *a,
                         struct options *out) MUST_CHECK;

/* Can the columns be kept in that format? */
enum status bind_check_format(struct binder *b, struct catalog_entry *entry, const struct format_desc *f,
                              struct str prefix) MUST_CHECK;

/* ---- bind_infer.c ---- */
/* Are the table's columns to be found in its files? */
bool bind_infers(struct binder *b, const struct ast_create_table *c, const struct catalog_entry *entry);
/* Adds 'connector' and 'format' where they are not given. */
enum status bind_infer_options(struct binder *b, struct catalog_entry *entry, struct span span) MUST_CHECK;
/* The columns, when connector and format are known; adds the options that reading them needs.
 * `partitioned_by` is that of CREATE TABLE; NULL: the folders say how they are partitioned. */
enum status bind_infer_columns(struct binder *b, struct catalog_entry *entry,
                               const struct ast_idents *partitioned_by, struct span span,
                               struct schema *out) MUST_CHECK;
/* The table that a file is, once a statement unless there are hints. */
enum status bind_path(struct binder *b, const struct ast_name *name, const struct ast_hints *hints,
                      struct catalog_entry **out) MUST_CHECK;

/* ---- bind_from.c ---- */
enum status bind_from(struct binder *b, const struct ast_from *f, struct rel *out) MUST_CHECK;
/* The entry of that name or an error with a suggestion. */
enum status bind_find_entry(struct binder *b, const struct ast_name *name,
                            struct catalog_entry **out) MUST_CHECK;
struct plan_table *bind_plan_table(struct binder *b, const struct catalog_entry *entry,
                                   const struct options *options);
enum status bind_table(struct binder *b, const struct ast_name *name, const struct ast_hints *hints,
                       struct rel *out) MUST_CHECK;
/* Gives all columns one qualifier and, if given, new names. */
enum status bind_alias(struct binder *b, const struct ast_alias *alias, struct str default_name,
                       struct rel *rel) MUST_CHECK;
struct scope bind_scope_of(struct binder *b, const struct plan_node *node, struct str qualifier);

/* ---- bind_join.c ---- */
enum status bind_join(struct binder *b, const struct ast_join *j, struct rel *out) MUST_CHECK;
/* The columns of both, over left columns ++ right columns. */
struct scope bind_concat_scopes(struct binder *b, const struct rel *l, const struct rel *r);

/* ---- bind_subquery.c ---- */
/* [NOT] IN (query) or [NOT] EXISTS (query)? */
bool bind_is_predicate(const struct ast_expr *e);
/* Keeps the rows for which it holds. */
enum status bind_predicate(struct binder *b, struct rel *rel, const struct ast_expr *e) MUST_CHECK;
/* A column of b->scalars. */
enum status bind_scalar(struct binder *b, const struct ast_subquery *q, struct expr **out) MUST_CHECK;

/* ---- bind_window.c ---- */
enum status bind_table_function(struct binder *b, const struct ast_table_function *f,
                                struct rel *out) MUST_CHECK;
/* GROUP BY TUMBLE(ts, ..) and its like; false in *found when the item is none. */
enum status bind_legacy_window(struct binder *b, struct rel *rel, const struct ast_expr *item, bool *found,
                               struct legacy_window *out) MUST_CHECK;

/* ---- bind_query.c, bind_select.c, bind_group.c, bind_rank.c ---- */
enum status bind_query(struct binder *b, const struct ast_query *q, struct rel *out) MUST_CHECK;
enum status bind_select(struct binder *b, const struct ast_select *s, struct rel *out) MUST_CHECK;
/* One output column of a SELECT list. */
struct select_item {
    const struct ast_expr *ast; /* NULL for columns of * */
    struct expr *expr;
    struct str name;
};
struct select_list {
    uint32_t count;
    struct select_item *items;
};
enum status bind_select_list(struct binder *b, const struct scope *scope, const struct ast_select *s,
                             struct select_list *out) MUST_CHECK;
/* Each name once: a repeated one gets the first number that makes it new, as in `item`, `item0`. The names
 * lie in `count` structs of that size, `first` in the first. */
void bind_unique_names(struct binder *b, struct str *first, size_t stride_bytes, uint32_t count);
enum status bind_group(struct binder *b, const struct ast_select *s, struct rel *input,
                       struct rel *out) MUST_CHECK;
/* The conditions beside AND that are no sub-queries, and-ed to *all; and those that are, IN and EXISTS, which
 * keep the rows for which they hold. */
enum status bind_conditions(struct binder *b, const struct ast_expr *e, const struct scope *scope,
                            struct expr **all) MUST_CHECK;
enum status bind_predicates(struct binder *b, const struct ast_expr *e, struct rel *rel) MUST_CHECK;
bool bind_has_row_number(const struct ast_select *s);
enum status bind_row_number(struct binder *b, const struct ast_select *s, struct rel *input,
                            struct rel *out) MUST_CHECK;
/* Takes `rn <= n` and its like out of a condition; *rest is NULL when nothing is left. */
enum status bind_take_row_number(struct binder *b, struct plan_node **input, struct expr *condition,
                                 struct expr **rest) MUST_CHECK;

/* ---- bind_insert.c ---- */
enum status bind_insert(struct binder *b, const struct ast_insert *i, struct plan_node **out) MUST_CHECK;

/* ---- planner.c ---- */
struct binder planner_binder(struct planner_ctx *ctx);

/* ---- messages ---- */
/* "X is not supported yet" at a place. */
enum status bind_unsupported(struct binder *b, struct span span, const char *fmt, ...) PRINTF_LIKE(3, 4);
struct str bind_type_text(struct binder *b, const struct type *t);

#endif
