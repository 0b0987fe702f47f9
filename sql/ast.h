/* SPDX-License-Identifier: Apache-2.0
 *
 * The syntax tree: one struct for each kind of statement, query, FROM item and expression. The four
 * heads (struct ast_stmt, ast_query, ast_from, ast_expr) stand first in each node and hold its kind
 * and its byte range in the whole text given to sql_parse(). Switch over `kind`, then cast with
 * ast_as_<stem>(), which checks. Lists are arrays in the arena with a count. Nothing here knows what
 * a name means. Nodes are never changed once sql_parse() has returned.
 *
 * Names are kept as written, without back-ticks; strings are unescaped; numbers are kept as text.
 *
 * Calls with a grammar of their own are ordinary struct ast_call nodes. Names of built-in special forms
 * are in upper case; keywords among the arguments are AST_SYMBOL, upper case:
 *   EXTRACT(unit FROM t)              EXTRACT(symbol unit, t)
 *   POSITION(a IN b [FROM n])         POSITION(a, b [, n])
 *   TRIM([BOTH|LEADING|TRAILING] [x] FROM s), TRIM(s)
 *                                     TRIM(symbol BOTH|LEADING|TRAILING, x, s); x is ' ' when left out
 *   SUBSTRING(s FROM a [FOR n])       SUBSTRING(s, a [, n]), the same as with commas
 *   OVERLAY(s PLACING r FROM a [FOR n])   OVERLAY(s, r, a [, n])
 *   FLOOR(t TO unit), CEIL(t TO unit)     FLOOR(t, symbol unit), CEIL(t, symbol unit); CEILING is CEIL
 *   TIMESTAMPADD(unit, n, t), TIMESTAMPDIFF(unit, a, b)      first argument a symbol
 *   JSON_EXISTS(x, path [TRUE|FALSE|UNKNOWN|ERROR ON ERROR])  third argument named "ON ERROR", a symbol
 *   JSON_VALUE(x, path [RETURNING type] [.. ON EMPTY] [.. ON ERROR])
 *                                     named arguments "RETURNING" (AST_TYPE_ARG), "ON EMPTY", "ON ERROR":
 *                                     symbol NULL or ERROR, or for DEFAULT e the expression e
 *   JSON_QUERY(..)                    as JSON_VALUE, and "WRAPPER": symbol WITHOUT, CONDITIONAL or
 *                                     UNCONDITIONAL; ON EMPTY/ON ERROR: NULL, ERROR, EMPTY ARRAY, EMPTY
 * OBJECT JSON_OBJECT([KEY] k VALUE v, ..)  JSON_OBJECT(k, v, ..), then "ON NULL": symbol NULL or ABSENT
 *   JSON_ARRAY(a, ..), JSON_OBJECTAGG(k VALUE v), JSON_ARRAYAGG(a)   likewise with "ON NULL"
 *   CURRENT_DATE, CURRENT_TIME[(p)], CURRENT_TIMESTAMP, LOCALTIME, LOCALTIMESTAMP, CURRENT_ROW_TIMESTAMP,
 *   CURRENT_USER and their like       calls with no argument list: `bare` is set
 *   COUNT(*)                          one AST_STAR argument without qualifier
 *   GROUPING(..), LEFT(s, n), MOD(..), DATE(..), YEAR(t) and their like are plain calls
 *   a IS [NOT] DISTINCT FROM b, a OVERLAPS b, a || b     AST_BINARY
 */
#ifndef WEIR_SQL_AST_H
#define WEIR_SQL_AST_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum ast_kind {
    AST_NONE = 0,
#define AST_STMT(kind, stem, words) AST_##kind,
#define AST_QUERY AST_STMT
#define AST_FROM AST_STMT
#define AST_EXPR AST_STMT
#include "sql/ast.def"
#undef AST_STMT
#undef AST_QUERY
#undef AST_FROM
#undef AST_EXPR
    AST_COUNT
};

/* ---- heads and small parts ---- */

struct ast_stmt {
    enum ast_kind kind; /* which statement */
    struct span span;   /* first to last token, without the semicolon */
    uint32_t height;    /* of the tree below: a leaf has 0; at most 1000 */
};
struct ast_query {
    enum ast_kind kind; /* which form of query */
    struct span span;   /* its place, parentheses around it included */
    uint32_t height;    /* of the tree below: a leaf has 0; at most 1000 */
};
struct ast_from {
    enum ast_kind kind; /* which FROM item */
    struct span span;   /* its place, alias included */
    uint32_t height;    /* of the tree below: a leaf has 0; at most 1000 */
};
struct ast_expr {
    enum ast_kind kind; /* which expression */
    struct span span;   /* its place, parentheses around it included */
    uint32_t height;    /* of the tree below: a leaf has 0; at most 1000 */
};

struct ast_exprs {
    struct ast_expr **items; /* in the order written */
    size_t count;            /* number of items */
};
struct ast_ident {
    struct str text;  /* without back-ticks; len 0 = absent */
    struct span span; /* back-ticks included */
};
struct ast_idents {
    struct ast_ident *items; /* in the order written */
    size_t count;            /* number of items */
};
/* A compound name: a, a.b, a.b.c; count 0 = absent. A table can also be a string, the path of a file: then
 * that is the only part. */
struct ast_name {
    struct ast_ident *parts; /* outermost first */
    size_t count;            /* number of parts */
    struct span span;        /* the whole name */
    bool is_path;            /* 'plays.csv' */
};
/* A string constant that may be left out (comments, patterns, keys). */
struct ast_text {
    bool present;     /* '' is present and empty */
    struct str value; /* unescaped */
    struct span span; /* quotes included */
};
/* 'key' = 'value' in WITH (..), SET (..), PARTITION (..) and hints. */
struct ast_option {
    struct ast_text key;   /* a quoted string, or in hints and SET also plain words */
    struct ast_text value; /* not present: key alone (RESET, list hints) */
};
struct ast_options {
    struct ast_option *items; /* in the order written, duplicates kept */
    size_t count;             /* number of items */
    struct span span;         /* the parenthesised list; len 0 = no list */
};
struct ast_hint {
    struct ast_ident name;   /* OPTIONS, STATE_TTL, LOOKUP, BROADCAST, .. */
    struct ast_options args; /* 'k' = 'v' pairs, or keys alone */
    struct span span;        /* the whole hint */
};
struct ast_hints {
    struct ast_hint *items; /* in the order written */
    size_t count;           /* number of items */
};
/* [AS] name [(a, b, ..)]. */
struct ast_alias {
    struct ast_ident name;     /* text.len 0 = no alias */
    struct ast_idents columns; /* count 0 = names are kept */
};

/* ---- types ---- */

enum ast_type_kind {
    AST_TYPE_NAMED, /* a name the parser does not know (user types, BITMAP): refused by the binder */
    AST_TYPE_NULL,
    AST_TYPE_BOOLEAN,
    AST_TYPE_TINYINT,
    AST_TYPE_SMALLINT,
    AST_TYPE_INT,
    AST_TYPE_BIGINT,
    AST_TYPE_FLOAT,
    AST_TYPE_DOUBLE,
    AST_TYPE_DECIMAL,
    AST_TYPE_CHAR,
    AST_TYPE_VARCHAR,
    AST_TYPE_STRING,
    AST_TYPE_BINARY,
    AST_TYPE_VARBINARY,
    AST_TYPE_BYTES,
    AST_TYPE_DATE,
    AST_TYPE_TIME,
    AST_TYPE_TIMESTAMP,     /* WITHOUT TIME ZONE */
    AST_TYPE_TIMESTAMP_LTZ, /* WITH LOCAL TIME ZONE */
    AST_TYPE_TIMESTAMP_TZ,  /* WITH TIME ZONE */
    AST_TYPE_INTERVAL,
    AST_TYPE_ARRAY,
    AST_TYPE_MULTISET,
    AST_TYPE_MAP,
    AST_TYPE_ROW,
    AST_TYPE_STRUCTURED,
    AST_TYPE_VARIANT,
    AST_TYPE_RAW,
};

/* Units of INTERVAL, EXTRACT, FLOOR .. TO and TIMESTAMPADD. In AST_SYMBOL they are words. */
enum ast_unit {
    AST_UNIT_NONE = 0,
    AST_UNIT_YEAR,
    AST_UNIT_QUARTER,
    AST_UNIT_MONTH,
    AST_UNIT_WEEK,
    AST_UNIT_DAY,
    AST_UNIT_HOUR,
    AST_UNIT_MINUTE,
    AST_UNIT_SECOND,
    AST_UNIT_COUNT
};

/* YEAR(p) [TO MONTH], DAY(p) TO SECOND(f), .. */
struct ast_interval_range {
    enum ast_unit from;     /* leading field */
    enum ast_unit to;       /* last field; AST_UNIT_NONE = one field only */
    int leading_precision;  /* digits of the leading field; -1 = not written */
    int fraction_precision; /* digits after the point of SECOND; -1 = not written */
    struct span span;       /* its place */
};

struct ast_type_field {
    struct ast_ident name;   /* field name */
    struct ast_type *type;   /* field type */
    struct ast_text comment; /* ROW<a INT 'words'> */
};

struct ast_type {
    enum ast_type_kind kind;         /* which type */
    struct span span;                /* NOT NULL included */
    uint32_t height;                 /* nesting below, as in ast_expr */
    bool not_null;                   /* NOT NULL was written */
    int precision;                   /* length or precision; -1 = not written */
    int scale;                       /* DECIMAL only; -1 = not written */
    struct ast_interval_range range; /* INTERVAL only */
    struct ast_type *element;        /* ARRAY, MULTISET: element; MAP: value */
    struct ast_type *key;            /* MAP: key */
    struct ast_type_field *fields;   /* ROW, STRUCTURED */
    size_t field_count;              /* number of fields */
    struct ast_name name;            /* NAMED: as written */
    struct ast_text class_name;      /* STRUCTURED, RAW: first string */
    struct ast_text snapshot;        /* RAW: second string */
};

/* ---- expressions ---- */

enum ast_literal_kind {
    AST_LIT_NULL,
    AST_LIT_TRUE,
    AST_LIT_FALSE,
    AST_LIT_EXACT,     /* 1, 1.50: text as written, no sign */
    AST_LIT_APPROX,    /* 1e3: text as written, no sign */
    AST_LIT_STRING,    /* text unescaped */
    AST_LIT_BINARY,    /* X'..': text is the hex digits, even in number */
    AST_LIT_DATE,      /* DATE '..': text between the quotes, not checked */
    AST_LIT_TIME,      /* TIME '..' */
    AST_LIT_TIMESTAMP, /* TIMESTAMP '..' */
};
struct ast_literal {
    struct ast_expr head;
    enum ast_literal_kind literal; /* which constant */
    struct str text;               /* see ast_literal_kind */
};
/* INTERVAL [-] 'text' range. */
struct ast_interval {
    struct ast_expr head;
    bool negative;                   /* a sign before the string */
    struct str text;                 /* between the quotes, not checked */
    struct span text_span;           /* place of the string */
    struct ast_interval_range range; /* which fields */
};
/* (left - right) range: the time between two times. */
struct ast_difference {
    struct ast_expr head;
    struct ast_expr *left;           /* the later time */
    struct ast_expr *right;          /* the earlier time */
    struct ast_interval_range range; /* which fields */
};
struct ast_column_ref {
    struct ast_expr head;
    struct ast_name name; /* a, t.a, t.a.b: what is table and what is field is not known here */
};
struct ast_star {
    struct ast_expr head;
    struct ast_name qualifier; /* t.*, t.row_column.*; count 0 = plain * */
    struct ast_expr *object;   /* (expr).*; NULL = none */
};
struct ast_field {
    struct ast_expr head;
    struct ast_expr *object; /* never a plain column: those are one AST_COLUMN_REF */
    struct ast_ident field;  /* name after the dot */
};
struct ast_index {
    struct ast_expr head;
    struct ast_expr *object; /* array, map, row or variant */
    struct ast_expr *index;  /* between the brackets */
};
enum ast_op {
    AST_OP_OR,
    AST_OP_AND,
    AST_OP_NOT, /* unary */
    AST_OP_EQ,
    AST_OP_NE,
    AST_OP_LT,
    AST_OP_LE,
    AST_OP_GT,
    AST_OP_GE,
    AST_OP_DISTINCT,     /* IS DISTINCT FROM */
    AST_OP_NOT_DISTINCT, /* IS NOT DISTINCT FROM */
    AST_OP_OVERLAPS,
    AST_OP_CONCAT, /* || */
    AST_OP_ADD,
    AST_OP_SUB,
    AST_OP_MUL,
    AST_OP_DIV,
    AST_OP_MOD,
    AST_OP_NEG,  /* unary - */
    AST_OP_PLUS, /* unary + */
    AST_OP_COUNT
};
struct ast_unary {
    struct ast_expr head;
    enum ast_op op;           /* NOT, NEG or PLUS */
    struct span op_span;      /* place of the operator */
    struct ast_expr *operand; /* what it stands before */
};
struct ast_binary {
    struct ast_expr head;
    enum ast_op op;         /* any but the unary ones */
    struct span op_span;    /* place of the operator */
    struct ast_expr *left;  /* left operand */
    struct ast_expr *right; /* right operand */
};
enum ast_is_test {
    AST_IS_NULL,
    AST_IS_TRUE,
    AST_IS_FALSE,
    AST_IS_UNKNOWN,
    AST_IS_JSON_VALUE, /* also plain IS JSON */
    AST_IS_JSON_SCALAR,
    AST_IS_JSON_ARRAY,
    AST_IS_JSON_OBJECT,
};
struct ast_is {
    struct ast_expr head;
    enum ast_is_test test;  /* what is tested */
    bool negated;           /* IS NOT */
    struct ast_expr *value; /* operand */
};
struct ast_between {
    struct ast_expr head;
    bool negated;           /* NOT BETWEEN */
    bool symmetric;         /* bounds may stand in either order */
    struct ast_expr *value; /* operand */
    struct ast_expr *low;   /* first bound */
    struct ast_expr *high;  /* second bound */
};
enum ast_like_op { AST_LIKE_LIKE, AST_LIKE_ILIKE, AST_LIKE_RLIKE, AST_LIKE_SIMILAR };
struct ast_like {
    struct ast_expr head;
    enum ast_like_op op;      /* which kind of pattern */
    bool negated;             /* NOT LIKE */
    struct ast_expr *value;   /* operand */
    struct ast_expr *pattern; /* pattern */
    struct ast_expr *escape;  /* NULL = no ESCAPE */
};
struct ast_in {
    struct ast_expr head;
    bool negated;            /* NOT IN */
    struct ast_expr *value;  /* may be a ROW */
    struct ast_exprs list;   /* the list, when query is NULL */
    struct ast_query *query; /* the sub-query, or NULL */
};
struct ast_quantified {
    struct ast_expr head;
    enum ast_op op;          /* EQ to GE */
    bool all;                /* ALL; otherwise ANY or SOME */
    struct ast_expr *value;  /* left operand */
    struct ast_exprs list;   /* the list, when query is NULL */
    struct ast_query *query; /* the sub-query, or NULL */
};
struct ast_exists {
    struct ast_expr head;
    struct ast_query *query; /* sub-query */
};
struct ast_subquery {
    struct ast_expr head;
    struct ast_query *query; /* one column, at most one row */
};
struct ast_when {
    struct ast_exprs when; /* the condition, or values to compare with: one of them has to be equal */
    struct ast_expr *then; /* result */
};
struct ast_case {
    struct ast_expr head;
    struct ast_expr *operand;   /* CASE operand WHEN ..; NULL = searched form */
    struct ast_when *whens;     /* branches in order */
    size_t when_count;          /* at least one */
    struct ast_expr *otherwise; /* ELSE; NULL = not written */
};
struct ast_cast {
    struct ast_expr head;
    bool is_try;            /* TRY_CAST */
    struct ast_expr *value; /* operand */
    struct ast_type *type;  /* target */
};
struct ast_arg {
    struct ast_ident name;  /* name => value, or the clause names above; text.len 0 = by position */
    struct ast_expr *value; /* argument */
};
struct ast_order {
    struct ast_expr *expr; /* key */
    bool desc;             /* DESC */
    int nulls;             /* -1 NULLS FIRST, 1 NULLS LAST, 0 not written */
};
struct ast_orders {
    struct ast_order *items; /* keys, most significant first */
    size_t count;            /* number of keys */
};
enum ast_bound_kind {
    AST_BOUND_UNBOUNDED_PRECEDING,
    AST_BOUND_PRECEDING,
    AST_BOUND_CURRENT_ROW,
    AST_BOUND_FOLLOWING,
    AST_BOUND_UNBOUNDED_FOLLOWING,
};
struct ast_bound {
    enum ast_bound_kind kind; /* which bound */
    struct ast_expr *offset;  /* PRECEDING, FOLLOWING: how far */
};
enum ast_frame { AST_FRAME_NONE, AST_FRAME_ROWS, AST_FRAME_RANGE };
/* (base PARTITION BY .. ORDER BY .. frame), in OVER or after WINDOW. */
struct ast_window {
    struct span span;              /* parentheses included */
    struct ast_ident base;         /* a named window it builds on, or is (OVER w) */
    bool name_only;                /* OVER w: base alone, without parentheses */
    struct ast_exprs partition_by; /* keys */
    struct ast_orders order_by;    /* order */
    enum ast_frame frame;          /* NONE = default frame */
    struct ast_bound start;        /* frame start */
    struct ast_bound end;          /* frame end (CURRENT ROW when only a start was written) */
};
struct ast_call {
    struct ast_expr head;
    struct ast_name name;           /* function; compound for cat.db.f */
    struct ast_arg *args;           /* arguments in order */
    size_t arg_count;               /* number of arguments */
    bool bare;                      /* written without parentheses: CURRENT_DATE */
    bool distinct;                  /* f(DISTINCT ..) */
    bool ignore_nulls;              /* IGNORE NULLS */
    bool respect_nulls;             /* RESPECT NULLS */
    struct ast_orders within_group; /* WITHIN GROUP (ORDER BY ..), or f(a ORDER BY ..) */
    struct ast_expr *filter;        /* FILTER (WHERE ..), or NULL */
    struct ast_window *over;        /* OVER .., or NULL */
};
struct ast_row {
    struct ast_expr head;
    bool is_explicit;       /* ROW(..); otherwise (a, b) */
    struct ast_exprs items; /* fields */
};
struct ast_array {
    struct ast_expr head;
    struct ast_exprs items;  /* ARRAY[..] */
    struct ast_query *query; /* ARRAY(SELECT ..), or NULL */
};
struct ast_map {
    struct ast_expr head;
    struct ast_exprs items; /* key, value, key, value: even in number */
};
struct ast_symbol {
    struct ast_expr head;
    struct str text; /* upper case, one blank between words */
};
struct ast_type_arg {
    struct ast_expr head;
    struct ast_type *type; /* RETURNING type */
};
/* TABLE t [PARTITION BY ..] [ORDER BY ..], or (query) .. as an argument of a table function. */
struct ast_table_arg {
    struct ast_expr head;
    struct ast_name name;          /* the table, when query is NULL */
    struct ast_query *query;       /* the sub-query, or NULL */
    struct ast_exprs partition_by; /* keys */
    struct ast_orders order_by;    /* order */
};
struct ast_descriptor {
    struct ast_expr head;
    struct ast_idents columns; /* column names */
};
struct ast_default {
    struct ast_expr head;
};
struct ast_param {
    struct ast_expr head;
    int idx; /* 0, 1, .. in the order of the question marks */
};

/* ---- FROM ---- */

struct ast_table_ref {
    struct ast_from head;
    struct ast_name name;         /* table or view */
    struct ast_hints hints;       /* after the name */
    struct ast_expr *system_time; /* FOR SYSTEM_TIME AS OF expr, or NULL */
    struct ast_alias alias;       /* name it goes by */
};
struct ast_derived {
    struct ast_from head;
    bool lateral;            /* LATERAL (query) */
    struct ast_query *query; /* the sub-query */
    struct ast_alias alias;  /* name it goes by */
};
struct ast_table_function {
    struct ast_from head;
    bool lateral;           /* LATERAL TABLE(..) */
    struct ast_call *call;  /* the function and its arguments */
    struct ast_alias alias; /* name it goes by */
};
struct ast_unnest {
    struct ast_from head;
    struct ast_exprs items; /* arrays, maps or multisets */
    bool with_ordinality;   /* adds the position */
    struct ast_alias alias; /* name it goes by */
};
enum ast_join_kind {
    AST_JOIN_COMMA,
    AST_JOIN_CROSS,
    AST_JOIN_INNER,
    AST_JOIN_LEFT,
    AST_JOIN_RIGHT,
    AST_JOIN_FULL,
};
struct ast_join {
    struct ast_from head;
    enum ast_join_kind join;       /* which join */
    bool natural;                  /* NATURAL */
    struct ast_from *left;         /* left input */
    struct ast_from *right;        /* right input */
    struct ast_expr *on;           /* ON, or NULL */
    struct ast_idents using_names; /* USING (..); count 0 = not written */
};

/* ---- queries ---- */

struct ast_select_item {
    struct ast_expr *expr;  /* AST_STAR for * and t.* */
    struct ast_ident alias; /* text.len 0 = none */
};
enum ast_group_kind { AST_GROUP_EXPR, AST_GROUP_SET, AST_GROUP_ROLLUP, AST_GROUP_CUBE, AST_GROUP_SETS };
/* One element of GROUP BY. */
struct ast_group {
    enum ast_group_kind kind; /* which form */
    struct span span;         /* its place */
    struct ast_expr *expr;    /* EXPR */
    struct ast_exprs exprs;   /* SET: (a, b), () has none */
    struct ast_group *items;  /* ROLLUP, CUBE, SETS: elements, each EXPR or SET (SETS: any) */
    size_t item_count;        /* number of elements */
};
struct ast_named_window {
    struct ast_ident name;     /* WINDOW name AS .. */
    struct ast_window *window; /* its definition */
};
struct ast_select {
    struct ast_query head;
    bool distinct;                    /* SELECT DISTINCT */
    struct ast_hints hints;           /* after SELECT */
    struct ast_select_item *items;    /* the list */
    size_t item_count;                /* at least one */
    struct ast_from *from;            /* NULL = no FROM */
    struct ast_expr *where;           /* or NULL */
    bool has_group_by;                /* GROUP BY was written */
    struct ast_group *groups;         /* GROUP BY elements */
    size_t group_count;               /* number of elements */
    struct span group_span;           /* place of GROUP BY .. */
    struct ast_expr *having;          /* or NULL */
    struct ast_named_window *windows; /* WINDOW clause */
    size_t window_count;              /* number of windows */
    struct ast_expr *qualify;         /* or NULL */
};
enum ast_set_kind { AST_SET_UNION, AST_SET_INTERSECT, AST_SET_EXCEPT };
struct ast_set_op {
    struct ast_query head;
    enum ast_set_kind op;    /* which operation */
    bool all;                /* ALL */
    struct span op_span;     /* place of the keyword */
    struct ast_query *left;  /* left input */
    struct ast_query *right; /* right input */
};
struct ast_values {
    struct ast_query head;
    struct ast_exprs *rows; /* VALUES (1, 2), (3, 4): rows; VALUES 1, 2 gives rows of one */
    size_t row_count;       /* number of rows */
};
struct ast_table_query {
    struct ast_query head;
    struct ast_name name; /* TABLE t as a query */
};
struct ast_with {
    struct ast_ident name;     /* name of the common table expression */
    struct ast_idents columns; /* count 0 = names are kept */
    struct ast_query *query;   /* its definition */
    struct span span;          /* the whole item */
};
/* Stands around a query only where at least one of these clauses was written. */
struct ast_ordered {
    struct ast_query head;
    struct ast_with *with;      /* WITH items, in order */
    size_t with_count;          /* number of items */
    struct ast_query *body;     /* the query itself */
    struct ast_orders order_by; /* ORDER BY */
    struct span order_span;     /* place of ORDER BY .. */
    struct ast_expr *offset;    /* OFFSET n ROWS, or NULL */
    struct ast_expr *limit;     /* LIMIT n or FETCH FIRST n; NULL = none or ALL */
};

/* ---- statements ---- */

enum ast_column_kind { AST_COLUMN_PHYSICAL, AST_COLUMN_METADATA, AST_COLUMN_COMPUTED };
struct ast_column {
    enum ast_column_kind kind;    /* which kind of column */
    struct span span;             /* the whole definition */
    struct ast_ident name;        /* column name */
    struct ast_type *type;        /* PHYSICAL, METADATA */
    struct ast_expr *expr;        /* COMPUTED */
    struct ast_text metadata_key; /* METADATA FROM 'key'; not present: the column's name */
    bool is_virtual;              /* METADATA .. VIRTUAL: read only */
    struct ast_text comment;      /* COMMENT '..' */
};
struct ast_watermark {
    struct ast_name column; /* count 0 = no watermark */
    struct ast_expr *expr;  /* strategy */
    struct span span;       /* the whole clause */
};
struct ast_primary_key {
    struct ast_idents columns; /* count 0 = no key */
    struct ast_ident name;     /* CONSTRAINT name; text.len 0 = none */
    bool not_enforced;         /* NOT ENFORCED was written (Flink insists on it) */
    struct span span;          /* the whole clause */
};
enum ast_distribution { AST_DIST_NONE, AST_DIST_DEFAULT, AST_DIST_HASH, AST_DIST_RANGE, AST_DIST_BUCKETS };
enum ast_like_mode { AST_LIKE_INCLUDING, AST_LIKE_EXCLUDING, AST_LIKE_OVERWRITING };
enum ast_like_feature {
    AST_LIKE_ALL,
    AST_LIKE_CONSTRAINTS,
    AST_LIKE_DISTRIBUTION,
    AST_LIKE_PARTITIONS,
    AST_LIKE_GENERATED,
    AST_LIKE_METADATA,
    AST_LIKE_OPTIONS,
    AST_LIKE_WATERMARKS,
};
struct ast_like_option {
    enum ast_like_mode mode;       /* what to do */
    enum ast_like_feature feature; /* with what */
    struct span span;              /* its place */
};
struct ast_create_table {
    struct ast_stmt head;
    bool temporary;                       /* TEMPORARY */
    bool if_not_exists;                   /* IF NOT EXISTS */
    bool replace;                         /* [CREATE OR] REPLACE TABLE: not executed yet */
    struct ast_name name;                 /* table */
    struct ast_column *columns;           /* in order */
    size_t column_count;                  /* number of columns */
    struct ast_watermark watermark;       /* at most one */
    struct ast_primary_key primary_key;   /* at most one; also from `c INT PRIMARY KEY NOT ENFORCED` */
    struct ast_text comment;              /* COMMENT '..' */
    enum ast_distribution distribution;   /* DISTRIBUTED ..; BUCKETS = DISTRIBUTED INTO n BUCKETS */
    struct ast_idents distribution_keys;  /* DISTRIBUTED BY (..) */
    int buckets;                          /* INTO n BUCKETS; -1 = not written */
    struct span distribution_span;        /* its place */
    struct ast_idents partitioned_by;     /* PARTITIONED BY (..) */
    struct ast_options options;           /* WITH (..) */
    struct ast_name like;                 /* LIKE source; count 0 = none */
    struct ast_like_option *like_options; /* in order */
    size_t like_option_count;             /* number of options */
    struct ast_query *as_query;           /* AS query, or NULL: not executed yet */
};
struct ast_create_view {
    struct ast_stmt head;
    bool temporary;            /* TEMPORARY */
    bool if_not_exists;        /* IF NOT EXISTS */
    struct ast_name name;      /* view */
    struct ast_idents columns; /* count 0 = names of the query */
    struct ast_text comment;   /* COMMENT '..' */
    struct ast_query *query;   /* its definition */
};
struct ast_create_catalog {
    struct ast_stmt head;
    bool if_not_exists;         /* IF NOT EXISTS */
    struct ast_ident name;      /* catalog */
    struct ast_text comment;    /* COMMENT '..' */
    struct ast_options options; /* WITH (..) */
};
struct ast_create_database {
    struct ast_stmt head;
    bool if_not_exists;         /* IF NOT EXISTS */
    struct ast_name name;       /* database, or catalog.database */
    struct ast_text comment;    /* COMMENT '..' */
    struct ast_options options; /* WITH (..) */
};
enum ast_alter_action { AST_ALTER_RENAME, AST_ALTER_SET, AST_ALTER_RESET, AST_ALTER_AS };
struct ast_alter_table {
    struct ast_stmt head;
    bool if_exists;               /* IF EXISTS */
    struct ast_name name;         /* table */
    enum ast_alter_action action; /* RENAME, SET or RESET */
    struct ast_name new_name;     /* RENAME TO */
    struct ast_options options;   /* SET: pairs; RESET: keys alone */
};
struct ast_alter_view {
    struct ast_stmt head;
    bool if_exists;               /* IF EXISTS */
    struct ast_name name;         /* view */
    enum ast_alter_action action; /* RENAME or AS */
    struct ast_name new_name;     /* RENAME TO */
    struct ast_query *query;      /* AS query */
};
/* What DROP, SHOW, DESCRIBE and USE speak of. */
enum ast_object {
    AST_OBJ_TABLE,
    AST_OBJ_VIEW,
    AST_OBJ_CATALOG,
    AST_OBJ_DATABASE,
    AST_OBJ_FUNCTION,
    AST_OBJ_MODEL,
    AST_OBJ_MATERIALIZED_TABLE,
    AST_OBJ_COLUMN,
    AST_OBJ_PARTITION,
    AST_OBJ_PROCEDURE,
    AST_OBJ_MODULE,
    AST_OBJ_JAR,
    AST_OBJ_JOB,
    AST_OBJ_CONNECTOR, /* SHOW CONNECTORS, FORMATS: Weir's own */
    AST_OBJ_FORMAT,
    AST_OBJ_COUNT
};
struct ast_drop {
    struct ast_stmt head;
    enum ast_object object; /* what kind of thing */
    bool temporary;         /* TEMPORARY */
    bool system;            /* TEMPORARY SYSTEM FUNCTION */
    bool if_exists;         /* IF EXISTS */
    bool cascade;           /* DATABASE .. CASCADE (RESTRICT is the default) */
    struct ast_name name;   /* which one */
};
enum ast_conflict { AST_CONFLICT_NONE, AST_CONFLICT_NOTHING, AST_CONFLICT_ERROR, AST_CONFLICT_DEDUPLICATE };
struct ast_partition_value {
    struct ast_ident column; /* partition column */
    struct ast_expr *value;  /* constant, or NULL: taken from the query */
};
struct ast_insert {
    struct ast_stmt head;
    bool overwrite;                        /* INSERT OVERWRITE */
    struct ast_name name;                  /* sink */
    struct ast_hints hints;                /* after the name */
    struct ast_partition_value *partition; /* PARTITION (..) */
    size_t partition_count;                /* number of its columns */
    struct ast_idents columns;             /* column list; count 0 = all */
    struct ast_query *query;               /* rows to write */
    enum ast_conflict on_conflict;         /* ON CONFLICT DO .. */
};
struct ast_statement_set {
    struct ast_stmt head;
    struct ast_insert **inserts; /* in order */
    size_t insert_count;         /* at least one */
};
struct ast_query_stmt {
    struct ast_stmt head;
    struct ast_query *query; /* the query */
};
enum ast_explain_detail {
    AST_EXPLAIN_PLAN_ONLY = 0,
    AST_EXPLAIN_ESTIMATED_COST = 1,
    AST_EXPLAIN_CHANGELOG_MODE = 2,
    AST_EXPLAIN_PLAN_ADVICE = 4,
    AST_EXPLAIN_JSON_PLAN = 8,
    AST_EXPLAIN_ANALYZE = 16,
    AST_EXPLAIN_STATE = 32,
    AST_EXPLAIN_WATERMARK = 64,
};
struct ast_explain {
    struct ast_stmt head;
    unsigned details;        /* set of enum ast_explain_detail */
    struct ast_stmt *target; /* AST_QUERY_STMT, AST_INSERT or AST_STATEMENT_SET */
};
struct ast_describe {
    struct ast_stmt head;
    enum ast_object object; /* TABLE (also a view), CATALOG, DATABASE, FUNCTION, MODEL, JOB */
    bool extended;          /* EXTENDED */
    struct ast_name name;   /* which one */
    struct ast_text id;     /* JOB 'id' */
};
enum ast_show_form {
    AST_SHOW_LIST,    /* SHOW TABLES, .. */
    AST_SHOW_CURRENT, /* SHOW CURRENT CATALOG, DATABASE */
    AST_SHOW_CREATE,  /* SHOW CREATE TABLE t, .. */
};
struct ast_show {
    struct ast_stmt head;
    enum ast_show_form form;               /* which form */
    enum ast_object object;                /* of what */
    bool user;                             /* SHOW USER FUNCTIONS */
    bool full;                             /* SHOW FULL MODULES */
    struct ast_name name;                  /* CREATE: the thing; LIST: FROM or IN name; count 0 = none */
    struct ast_partition_value *partition; /* SHOW PARTITIONS t PARTITION (..) */
    size_t partition_count;                /* number of its columns */
    bool not_like;                         /* NOT LIKE */
    bool ilike;                            /* ILIKE: case does not matter */
    struct ast_text pattern;               /* LIKE 'p' */
};
struct ast_use {
    struct ast_stmt head;
    enum ast_object object; /* CATALOG, DATABASE or MODULE */
    struct ast_name name;   /* which one */
    struct ast_name *more;  /* USE MODULES a, b: all of them */
    size_t more_count;      /* number of modules */
};
struct ast_set {
    struct ast_stmt head;
    struct ast_text key;   /* not present: SET alone lists the settings */
    struct ast_text value; /* not present: SET 'key' shows one */
};
struct ast_reset {
    struct ast_stmt head;
    struct ast_text key; /* not present: all settings */
};
struct ast_stop_job {
    struct ast_stmt head;
    struct ast_text id;  /* 'job id' */
    bool with_savepoint; /* WITH SAVEPOINT */
    bool with_drain;     /* WITH DRAIN */
};

/* ---- use ---- */

/* ast_as_call(e) etc.: the node itself, after a check of its kind. */
#define AST_CAST(head, KIND, stem)                                                                           \
    static inline const struct ast_##stem *ast_as_##stem(const struct head *n) {                             \
        assert(n->kind == AST_##KIND);                                                                       \
        return (const struct ast_##stem *)n;                                                                 \
    }
#define AST_STMT(kind, stem, words) AST_CAST(ast_stmt, kind, stem)
#define AST_QUERY(kind, stem, words) AST_CAST(ast_query, kind, stem)
#define AST_FROM(kind, stem, words) AST_CAST(ast_from, kind, stem)
#define AST_EXPR(kind, stem, words) AST_CAST(ast_expr, kind, stem)
#include "sql/ast.def"
#undef AST_STMT
#undef AST_QUERY
#undef AST_FROM
#undef AST_EXPR
#undef AST_CAST

/* "CREATE TABLE", "function call", .. for messages. */
const char *ast_kind_name(enum ast_kind kind);
/* "+", "IS DISTINCT FROM", .. as in SQL. */
const char *ast_op_name(enum ast_op op);
/* "TABLE", "CATALOG", .. in upper case. */
const char *ast_object_name(enum ast_object object);
/* "YEAR", ..; the unit of a word in any case, or AST_UNIT_NONE. */
const char *ast_unit_name(enum ast_unit unit);
enum ast_unit ast_unit_of(struct str word);

#endif
