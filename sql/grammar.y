/* SPDX-License-Identifier: Apache-2.0
 *
 * The grammar, for lemon. Actions call the builders of sql/build.h and nothing else. Words that mean
 * something only in some places (DATE before a string, FILTER after a call, IN inside POSITION) are
 * told apart by sql/tokens.c before they come here, which is what keeps these rules free of conflicts. Words under
 * %fallback are names wherever the grammar has no other use for them.
 * The generated file is grammar.c; sql_parser_accepts() at its end lets parse_error.c ask what could stand
 * at a place. %destructor is not needed: everything is in the statement's arena.
 */
%name SqlParser
%token_prefix TK_
%token_type {struct token}
%default_type {struct token}
%extra_context {struct parse *p}
%stack_size 2500
%start_symbol input

%include {
#undef NDEBUG
#define NDEBUG /* no tracing in the generated parser: it would be a writable global */
#include "sql/build.h"
#include "sql/grammar.h"
#include "sql/parser.h"

#define YYNOERRORRECOVERY 1
#define YYMALLOCARGTYPE size_t
#define SqlParser_ENGINEALWAYSONSTACK 1
}

%syntax_error { p->stopped = PARSE_SYNTAX; (void)yymajor; (void)TOKEN; }
%stack_overflow { build_too_deep(p); }

%fallback ID
    ABSENT ALTER ANALYZE ARRAY ASC BEGIN BOTH BUCKETS CASCADE CATALOG CATALOGS CHANGELOG_MODE COLUMNS
    COMMENT CONDITIONAL CONFLICT CONNECTORS CONSTRAINT CONSTRAINTS CREATE CUBE CURRENT DATABASE DATABASES
    DATE DEDUPLICATE DESC DESCRIBE DISTRIBUTED DISTRIBUTION DO DRAIN DROP EMPTY ENFORCED ERROR
    ESCAPE ESTIMATED_COST EXCLUDING EXECUTE EXPLAIN EXTENDED FILTER FIRST FOLLOWING FORMATS FUNCTION
    FUNCTIONS GENERATED GROUPING HASH IF IGNORE ILIKE INCLUDING INSERT INTERVAL JARS JOB JOBS JSON
    JSON_EXECUTION_PLAN KEY LAST LEADING LOCAL MAP MATERIALIZED METADATA MODEL MODELS MODULES
    MULTISET NEXT NOTHING NULLS OBJECT ONLY OPTIONS ORDINALITY OVERLAPS OVERLAY OVERWRITE
    OVERWRITING PARTITIONED PARTITIONS PLACING PLAN PLAN_ADVICE PRECEDING PRECISION PROCEDURES
    RAW RENAME REPLACE RESET RESPECT RESTRICT RETURNING RLIKE ROLLUP SAVEPOINT SCALAR SETS SHOW
    SIMILAR STATE STATEMENT STOP STRUCTURED SYMMETRIC ASYMMETRIC SYSTEM SYSTEM_TIME TABLES
    TEMPORARY TIME TIMESTAMP TO TRAILING UNBOUNDED UNCONDITIONAL UNIT USE USER VALUE VARYING VIEW VIEWS VIRTUAL
    WATERMARK WATERMARKS WITHIN WITHOUT WRAPPER ZONE
    CAST TRY_CAST EXTRACT POSITION TRIM SUBSTRING CEIL FLOOR TIMESTAMPADD TIMESTAMPDIFF DESCRIPTOR
    JSON_EXISTS JSON_VALUE JSON_QUERY JSON_OBJECT JSON_ARRAY JSON_OBJECTAGG JSON_ARRAYAGG BY.

%left UNION EXCEPT.
%left INTERSECT.
%left OR.
%left AND.
%right NOT.
%left IS.
%left EQ NE LT LE GT GE OVERLAPS IS_DISTINCT.
%left BETWEEN IN LIKE ILIKE RLIKE SIMILAR NOT_LA.
%nonassoc ESCAPE.
%left PLUS MINUS.
%left STAR SLASH PERCENT CONCAT.
%right UNARY.
%nonassoc NAME_END.
%nonassoc WITH WITHOUT TO ORDER VALUE COLON.
%left DOT LBRACKET LP RP.

/* ---- statements ---- */

input ::= stmt(S). { p->result = S; }

%type stmt {struct ast_stmt *}
stmt(A) ::= query(Q). { A = build_query_stmt(p, Q); }
stmt(A) ::= insert(I). { A = I; }
stmt(A) ::= statement_set(S). { A = S; }
stmt(A) ::= explain(E). { A = E; }
stmt(A) ::= create_table(T). { A = T; }

%type insert {struct ast_stmt *}
insert(A) ::= INSERT(T) insert_mode(M) name(N) hints(H) opt_partition(P) query_columns(C) opt_conflict(F).
    { A = build_insert(p, T, M, N, H, P, C, F); }
insert_mode(A) ::= INTO(A).
insert_mode(A) ::= OVERWRITE(A).
%type query_columns {struct query_columns}
query_columns(A) ::= query(Q). { A = (struct query_columns){NULL, Q}; }
query_columns(A) ::= LP idents(L) RP query(Q). { A = (struct query_columns){L, Q}; }
%type opt_conflict {int}
opt_conflict(A) ::= . { A = AST_CONFLICT_NONE; }
opt_conflict(A) ::= ON CONFLICT DO NOTHING. { A = AST_CONFLICT_NOTHING; }
opt_conflict(A) ::= ON CONFLICT DO ERROR. { A = AST_CONFLICT_ERROR; }
opt_conflict(A) ::= ON CONFLICT DO DEDUPLICATE. { A = AST_CONFLICT_DEDUPLICATE; }

%type opt_partition {struct partition_list *}
%type partition_values {struct partition_list *}
opt_partition(A) ::= . { A = NULL; }
opt_partition(A) ::= PARTITION LP partition_values(L) RP. { A = L; }
partition_values(A) ::= partition_value(V). { A = build_partition(p, NULL, V); }
partition_values(A) ::= partition_values(L) COMMA partition_value(V). { A = build_partition(p, L, V); }
%type partition_value {struct ast_partition_value}
partition_value(A) ::= ident(N). { A = (struct ast_partition_value){N, NULL}; }
partition_value(A) ::= ident(N) EQ expr(E). { A = (struct ast_partition_value){N, E}; }

%type statement_set {struct ast_stmt *}
%type inserts {struct stmt_list *}
statement_set(A) ::= EXECUTE(T) STATEMENT SET BEGIN inserts(L) END. { A = build_statement_set(p, T, L); }
statement_set(A) ::= STATEMENT(T) SET BEGIN inserts(L) END. { A = build_statement_set(p, T, L); }
statement_set(A) ::= BEGIN(T) STATEMENT SET SEMI inserts(L) END. { A = build_statement_set(p, T, L); }
inserts(A) ::= insert(I) SEMI. { A = build_stmts(p, NULL, I); }
inserts(A) ::= inserts(L) insert(I) SEMI. { A = build_stmts(p, L, I); }

%type explain {struct ast_stmt *}
%type explain_details {unsigned}
%type explain_detail {unsigned}
%type explainable {struct ast_stmt *}
explain(A) ::= EXPLAIN(T) explainable(S). { A = build_explain(p, T, AST_EXPLAIN_PLAN_ONLY, S); }
explain(A) ::= EXPLAIN(T) PLAN FOR explainable(S). { A = build_explain(p, T, AST_EXPLAIN_PLAN_ONLY, S); }
explain(A) ::= EXPLAIN(T) explain_details(D) explainable(S). { A = build_explain(p, T, D, S); }
explain(A) ::= EXPLAIN(T) explain_details(D) PLAN FOR explainable(S). { A = build_explain(p, T, D, S); }
explain_details(A) ::= explain_detail(D). { A = D; }
explain_details(A) ::= explain_details(L) COMMA explain_detail(D). { A = L | D; }
explain_detail(A) ::= ESTIMATED_COST. { A = AST_EXPLAIN_ESTIMATED_COST; }
explain_detail(A) ::= CHANGELOG_MODE. { A = AST_EXPLAIN_CHANGELOG_MODE; }
explain_detail(A) ::= PLAN_ADVICE. { A = AST_EXPLAIN_PLAN_ADVICE; }
explain_detail(A) ::= JSON_EXECUTION_PLAN. { A = AST_EXPLAIN_JSON_PLAN; }
explain_detail(A) ::= ANALYZE. { A = AST_EXPLAIN_ANALYZE; }
explain_detail(A) ::= STATE. { A = AST_EXPLAIN_STATE; }
explain_detail(A) ::= WATERMARK. { A = AST_EXPLAIN_WATERMARK; }
explainable(A) ::= query(Q). { A = build_query_stmt(p, Q); }
explainable(A) ::= insert(I). { A = I; }
explainable(A) ::= statement_set(S). { A = S; }

/* CREATE TABLE */
%type create_table {struct ast_stmt *}
%type create_head {struct ast_create_table *}
%type table_body {struct ast_create_table *}
create_table(A) ::= create_head(H) table_body(B). { A = build_create_table(p, H, B); }
create_head(A) ::= CREATE(T) opt_temporary(Y) TABLE opt_not_exists(X) name(N).
    { A = build_table_head(p, T, Y, X, N, false); }
create_head(A) ::= CREATE(T) OR REPLACE TABLE opt_not_exists(X) name(N).
    { A = build_table_head(p, T, false, X, N, true); }
create_head(A) ::= REPLACE(T) TABLE opt_not_exists(X) name(N).
    { A = build_table_head(p, T, false, X, N, true); }
table_body(A) ::= table_parts(T). { A = T; }
table_body(A) ::= LP elements(E) RP table_parts(T). { A = build_table_columns(p, E, T); }
%type table_parts {struct ast_create_table *}
table_parts(A) ::= opt_comment(C) opt_distributed(D) opt_partitioned(P) opt_with(W) opt_like(L) opt_as(Q).
    { A = build_table_parts(p, C, D, P, W, L, Q); }
%type opt_temporary {bool}
opt_temporary(A) ::= . { A = false; }
opt_temporary(A) ::= TEMPORARY. { A = true; }
%type opt_not_exists {bool}
opt_not_exists(A) ::= . { A = false; }
opt_not_exists(A) ::= IF NOT EXISTS. { A = true; }
%type opt_exists {bool}
opt_exists(A) ::= . { A = false; }
opt_exists(A) ::= IF EXISTS. { A = true; }

%type elements {struct table_elements *}
elements(A) ::= element(A).
elements(A) ::= elements(L) COMMA element(E). { A = build_elements(p, L, E); }
%type element {struct table_elements *}
element(A) ::= ident(N) type(T) column_key(K) opt_comment(C). { A = build_physical(p, N, T, K, C); }
element(A) ::= ident(N) type(T) METADATA metadata_key(F) opt_virtual(V) opt_comment(C).
    { A = build_metadata(p, N, T, F, V, C); }
element(A) ::= ident(N) AS expr(E) opt_comment(C). { A = build_computed(p, N, E, C); }
element(A) ::= WATERMARK(T) FOR name(N) AS expr(E). { A = build_watermark(p, T, N, E); }
element(A) ::= CONSTRAINT(T) ident(N) PRIMARY KEY LP idents(L) RP opt_enforced(E).
    { A = build_primary_key(p, T, N, L, E); }
element(A) ::= PRIMARY(T) KEY LP idents(L) RP opt_enforced(E).
    { A = build_primary_key(p, T, (struct ast_ident){0}, L, E); }
element(A) ::= ident(N). { A = build_untyped_column(p, N); }
%type column_key {struct ast_primary_key *}
column_key(A) ::= . { A = NULL; }
column_key(A) ::= PRIMARY(T) KEY opt_enforced(E). { A = build_column_key(p, T, (struct ast_ident){0}, E); }
column_key(A) ::= CONSTRAINT(T) ident(N) PRIMARY KEY opt_enforced(E). { A = build_column_key(p, T, N, E); }
%type opt_enforced {bool}
opt_enforced(A) ::= . { A = false; }
opt_enforced(A) ::= ENFORCED. { A = false; }
opt_enforced(A) ::= NOT ENFORCED. { A = true; }
%type metadata_key {struct ast_text}
metadata_key(A) ::= . { A = (struct ast_text){0}; }
metadata_key(A) ::= FROM text(T). { A = T; }
%type opt_virtual {bool}
opt_virtual(A) ::= . { A = false; }
opt_virtual(A) ::= VIRTUAL. { A = true; }
%type opt_comment {struct ast_text}
opt_comment(A) ::= . { A = (struct ast_text){0}; }
opt_comment(A) ::= COMMENT text(T). { A = T; }
%type text {struct ast_text}
text(A) ::= STRING(S). { A = build_text(p, S); }
text(A) ::= RAW_TEXT(S). { A = build_word_text(p, S); }

%type opt_distributed {struct distribution *}
opt_distributed(A) ::= . { A = NULL; }
opt_distributed(A) ::= DISTRIBUTED(T) BY dist_kind(K) LP idents(L) RP opt_buckets(B).
    { A = build_distribution(p, T, K, L, B); }
opt_distributed(A) ::= DISTRIBUTED(T) INTO NUMBER(N) BUCKETS.
    { A = build_distribution(p, T, AST_DIST_BUCKETS, NULL, build_int(p, N)); }
%type dist_kind {int}
dist_kind(A) ::= . { A = AST_DIST_DEFAULT; }
dist_kind(A) ::= HASH. { A = AST_DIST_HASH; }
dist_kind(A) ::= RANGE. { A = AST_DIST_RANGE; }
%type opt_buckets {int}
opt_buckets(A) ::= . { A = -1; }
opt_buckets(A) ::= INTO NUMBER(N) BUCKETS. { A = build_int(p, N); }
%type opt_partitioned {struct ast_idents *}
opt_partitioned(A) ::= . { A = NULL; }
opt_partitioned(A) ::= PARTITIONED BY LP idents(L) RP. { A = L; }
%type opt_with {struct ast_options *}
opt_with(A) ::= . { A = NULL; }
opt_with(A) ::= WITH option_list(L). { A = L; }
%type option_list {struct ast_options *}
option_list(A) ::= LP(T) options(L) RP. { A = build_options_end(p, T, L); }
option_list(A) ::= LP(T) RP. { A = build_options_end(p, T, build_options(p, NULL, (struct ast_option){0})); }
%type options {struct ast_options *}
options(A) ::= option(O). { A = build_options(p, NULL, O); }
options(A) ::= options(L) COMMA option(O). { A = build_options(p, L, O); }
%type option {struct ast_option}
option(A) ::= text(K) EQ text(V). { A = (struct ast_option){K, V}; }
%type key_list {struct ast_options *}
key_list(A) ::= LP(T) keys(L) RP. { A = build_options_end(p, T, L); }
%type keys {struct ast_options *}
keys(A) ::= text(K). { A = build_options(p, NULL, (struct ast_option){K, {0}}); }
keys(A) ::= keys(L) COMMA text(K). { A = build_options(p, L, (struct ast_option){K, {0}}); }
%type opt_like {struct table_like *}
opt_like(A) ::= . { A = NULL; }
opt_like(A) ::= LIKE name(N). { A = build_like_table(p, N, NULL); }
opt_like(A) ::= LIKE name(N) LP like_options(L) RP. { A = build_like_table(p, N, L); }
%type like_options {struct table_like *}
like_options(A) ::= . { A = NULL; }
like_options(A) ::= like_options(L) like_mode(M) like_feature(F). { A = build_like_option(p, L, M, F); }
like_mode(A) ::= INCLUDING(A).
like_mode(A) ::= EXCLUDING(A).
like_mode(A) ::= OVERWRITING(A).
like_feature(A) ::= ALL(A).
like_feature(A) ::= CONSTRAINTS(A).
like_feature(A) ::= DISTRIBUTION(A).
like_feature(A) ::= PARTITIONS(A).
like_feature(A) ::= GENERATED(A).
like_feature(A) ::= METADATA(A).
like_feature(A) ::= OPTIONS(A).
like_feature(A) ::= WATERMARKS(A).
%type opt_as {struct ast_query *}
opt_as(A) ::= . { A = NULL; }
opt_as(A) ::= AS query(Q). { A = Q; }

/* other definitions */
stmt(A) ::= CREATE(T) opt_temporary(Y) VIEW opt_not_exists(X) name(N) view_columns(L) opt_comment(C) AS query(Q).
    { A = build_create_view(p, T, Y, X, N, L, C, Q); }
%type view_columns {struct ast_idents *}
view_columns(A) ::= . { A = NULL; }
view_columns(A) ::= LP idents(L) RP. { A = L; }
stmt(A) ::= CREATE(T) CATALOG opt_not_exists(X) ident(N) opt_comment(C) opt_with(W).
    { A = build_create_catalog(p, T, X, N, C, W); }
stmt(A) ::= CREATE(T) DATABASE opt_not_exists(X) name(N) opt_comment(C) opt_with(W).
    { A = build_create_database(p, T, X, N, C, W); }

stmt(A) ::= ALTER(T) TABLE opt_exists(X) name(N) RENAME TO name(M).
    { A = build_alter_table(p, T, X, N, AST_ALTER_RENAME, &M, NULL); }
stmt(A) ::= ALTER(T) TABLE opt_exists(X) name(N) SET option_list(L).
    { A = build_alter_table(p, T, X, N, AST_ALTER_SET, NULL, L); }
stmt(A) ::= ALTER(T) TABLE opt_exists(X) name(N) RESET key_list(L).
    { A = build_alter_table(p, T, X, N, AST_ALTER_RESET, NULL, L); }
stmt(A) ::= ALTER(T) VIEW opt_exists(X) name(N) RENAME TO name(M).
    { A = build_alter_view(p, T, X, N, &M, NULL); }
stmt(A) ::= ALTER(T) VIEW opt_exists(X) name(N) AS query(Q). { A = build_alter_view(p, T, X, N, NULL, Q); }

stmt(A) ::= DROP(T) opt_temporary(Y) drop_object(O) opt_exists(X) name(N).
    { A = build_drop(p, T, O, Y, false, X, N, false); }
stmt(A) ::= DROP(T) TEMPORARY SYSTEM FUNCTION opt_exists(X) name(N).
    { A = build_drop(p, T, AST_OBJ_FUNCTION, true, true, X, N, false); }
stmt(A) ::= DROP(T) DATABASE opt_exists(X) name(N) opt_cascade(C).
    { A = build_drop(p, T, AST_OBJ_DATABASE, false, false, X, N, C); }
%type drop_object {int}
drop_object(A) ::= TABLE. { A = AST_OBJ_TABLE; }
drop_object(A) ::= VIEW. { A = AST_OBJ_VIEW; }
drop_object(A) ::= FUNCTION. { A = AST_OBJ_FUNCTION; }
drop_object(A) ::= CATALOG. { A = AST_OBJ_CATALOG; }
drop_object(A) ::= MODEL. { A = AST_OBJ_MODEL; }
drop_object(A) ::= MATERIALIZED TABLE. { A = AST_OBJ_MATERIALIZED_TABLE; }
%type opt_cascade {bool}
opt_cascade(A) ::= . { A = false; }
opt_cascade(A) ::= RESTRICT. { A = false; }
opt_cascade(A) ::= CASCADE. { A = true; }

/* looking around */
%type describe {int}
describe(A) ::= . { A = AST_OBJ_TABLE; }
describe(A) ::= CATALOG. { A = AST_OBJ_CATALOG; }
describe(A) ::= DATABASE. { A = AST_OBJ_DATABASE; }
describe(A) ::= FUNCTION. { A = AST_OBJ_FUNCTION; }
describe(A) ::= MODEL. { A = AST_OBJ_MODEL; }
describe(A) ::= TABLE. { A = AST_OBJ_TABLE; }
describe_word(A) ::= DESCRIBE(A).
describe_word(A) ::= DESC(A).
stmt(A) ::= describe_word(T) describe(O) name(N). { A = build_describe(p, T, O, false, &N, NULL); }
stmt(A) ::= describe_word(T) describe(O) EXTENDED name(N). { A = build_describe(p, T, O, true, &N, NULL); }
stmt(A) ::= describe_word(T) describe(O) path(N). { A = build_describe(p, T, O, false, &N, NULL); }
stmt(A) ::= describe_word(T) describe(O) EXTENDED path(N). { A = build_describe(p, T, O, true, &N, NULL); }
stmt(A) ::= describe_word(T) JOB text(S). { A = build_describe(p, T, AST_OBJ_JOB, false, NULL, &S); }

%type show_list {struct ast_show *}
%type show_names {int}
stmt(A) ::= show_list(S). { A = build_show(p, S); }
show_list(A) ::= SHOW(T) show_names(O) show_in(N) show_like(L). { A = build_show_list(p, T, O, &N, L); }
show_list(A) ::= SHOW(T) USER FUNCTIONS show_in(N) show_like(L).
    { A = build_show_list(p, T, AST_OBJ_FUNCTION, &N, L); A->user = true; }
show_list(A) ::= SHOW(T) FULL MODULES. { A = build_show_list(p, T, AST_OBJ_MODULE, NULL, NULL); A->full = true; }
show_list(A) ::= SHOW(T) PARTITIONS name(N) opt_partition(P). { A = build_show_partitions(p, T, N, P); }
show_list(A) ::= SHOW(T) CURRENT CATALOG. { A = build_show_current(p, T, AST_OBJ_CATALOG); }
show_list(A) ::= SHOW(T) CURRENT DATABASE. { A = build_show_current(p, T, AST_OBJ_DATABASE); }
show_list(A) ::= SHOW(T) CREATE drop_object(O) name(N). { A = build_show_create(p, T, O, N); }
show_list(A) ::= SHOW(T) CREATE TABLE path(N). { A = build_show_create(p, T, AST_OBJ_TABLE, N); }
show_list(A) ::= SHOW(T) CREATE DATABASE name(N). { A = build_show_create(p, T, AST_OBJ_DATABASE, N); }
show_names(A) ::= CATALOGS. { A = AST_OBJ_CATALOG; }
show_names(A) ::= DATABASES. { A = AST_OBJ_DATABASE; }
show_names(A) ::= TABLES. { A = AST_OBJ_TABLE; }
show_names(A) ::= VIEWS. { A = AST_OBJ_VIEW; }
show_names(A) ::= COLUMNS. { A = AST_OBJ_COLUMN; }
show_names(A) ::= PROCEDURES. { A = AST_OBJ_PROCEDURE; }
show_names(A) ::= MATERIALIZED TABLES. { A = AST_OBJ_MATERIALIZED_TABLE; }
show_names(A) ::= FUNCTIONS. { A = AST_OBJ_FUNCTION; }
show_names(A) ::= MODELS. { A = AST_OBJ_MODEL; }
show_names(A) ::= MODULES. { A = AST_OBJ_MODULE; }
show_names(A) ::= JARS. { A = AST_OBJ_JAR; }
show_names(A) ::= JOBS. { A = AST_OBJ_JOB; }
show_names(A) ::= CONNECTORS. { A = AST_OBJ_CONNECTOR; }
show_names(A) ::= FORMATS. { A = AST_OBJ_FORMAT; }
%type show_in {struct ast_name}
show_in(A) ::= . { A = (struct ast_name){0}; }
show_in(A) ::= FROM name(N). { A = N; }
show_in(A) ::= IN name(N). { A = N; }
show_in(A) ::= FROM path(N). { A = N; }
show_in(A) ::= IN path(N). { A = N; }
%type show_like {struct ast_show *}
show_like(A) ::= . { A = NULL; }
show_like(A) ::= LIKE text(S). { A = build_show_like(p, false, false, S); }
show_like(A) ::= ILIKE text(S). { A = build_show_like(p, false, true, S); }
show_like(A) ::= NOT_LA LIKE text(S). { A = build_show_like(p, true, false, S); }
show_like(A) ::= NOT_LA ILIKE text(S). { A = build_show_like(p, true, true, S); }

/* session */
stmt(A) ::= USE(T) CATALOG ident(N). { A = build_use(p, T, AST_OBJ_CATALOG, build_name(p, NULL, N)); }
stmt(A) ::= USE(T) name(N). { A = build_use(p, T, AST_OBJ_DATABASE, N); }
stmt(A) ::= USE(T) MODULES idents(L). { A = build_use_modules(p, T, L); }
stmt(A) ::= SET(T). { A = build_set(p, T, NULL, NULL); }
stmt(A) ::= SET(T) text(K). { A = build_set(p, T, &K, NULL); }
stmt(A) ::= SET(T) text(K) EQ text(V). { A = build_set(p, T, &K, &V); }
stmt(A) ::= RESET(T). { A = build_reset(p, T, NULL); }
stmt(A) ::= RESET(T) text(K). { A = build_reset(p, T, &K); }
stmt(A) ::= STOP(T) JOB text(S) stop_mode(M). { A = build_stop_job(p, T, S, M); }
%type stop_mode {int}
stop_mode(A) ::= . { A = 0; }
stop_mode(A) ::= WITH SAVEPOINT. { A = 1; }
stop_mode(A) ::= WITH DRAIN. { A = 2; }
stop_mode(A) ::= WITH SAVEPOINT WITH DRAIN. { A = 3; }

/* ---- queries: a query in parentheses is `nested`, and one without is `query_text`, so that ((SELECT 1)) is
 * read in one way only ---- */

%type query {struct ast_query *}
%type nested {struct ast_query *}
%type query_text {struct ast_query *}
%type body {struct ast_query *}
query(A) ::= query_text(Q). { A = Q; }
query(A) ::= nested(Q). [UNION] { A = Q; }
nested(A) ::= LP(T) query_text(Q) RP. { A = build_nested(p, T, Q); }
nested(A) ::= LP(T) nested(Q) RP. { A = build_nested(p, T, Q); }

query_text(A) ::= body(B). [UNION] { A = B; }
query_text(A) ::= body(B) order_by(O) limits(L). { A = build_ordered(p, NULL, B, O, &L); }
query_text(A) ::= body(B) limit_some(L). { A = build_ordered(p, NULL, B, NULL, &L); }
query_text(A) ::= nested(B) order_by(O) limits(L). { A = build_ordered(p, NULL, B, O, &L); }
query_text(A) ::= nested(B) limit_some(L). { A = build_ordered(p, NULL, B, NULL, &L); }
query_text(A) ::= with(W) query_operand(B). [UNION] { A = build_ordered(p, W, B, NULL, NULL); }
query_text(A) ::= with(W) query_operand(B) order_by(O) limits(L). { A = build_ordered(p, W, B, O, &L); }
query_text(A) ::= with(W) query_operand(B) limit_some(L). { A = build_ordered(p, W, B, NULL, &L); }

%type query_operand {struct ast_query *}
query_operand(A) ::= body(B). [UNION] { A = B; }
query_operand(A) ::= nested(B). [UNION] { A = B; }

body(A) ::= select(S). { A = S; }
body(A) ::= VALUES(T) exprs(L). [UNION] { A = build_values(p, T, L); }
body(A) ::= TABLE(T) name(N). { A = build_table_query(p, T, N); }
body(A) ::= TABLE(T) path(N). { A = build_table_query(p, T, N); }
body(A) ::= query_operand(L) UNION(T) set_all(D) query_operand(R). { A = build_set_op(p, T, D, L, R); }
body(A) ::= query_operand(L) EXCEPT(T) set_all(D) query_operand(R). { A = build_set_op(p, T, D, L, R); }
body(A) ::= query_operand(L) INTERSECT(T) set_all(D) query_operand(R). { A = build_set_op(p, T, D, L, R); }
%type set_all {bool}
set_all(A) ::= . { A = false; }
set_all(A) ::= ALL. { A = true; }
set_all(A) ::= DISTINCT. { A = false; }

%type with {struct with_list *}
with(A) ::= WITH(T) with_items(L). { A = build_with(p, T, L); }
%type with_items {struct with_list *}
with_items(A) ::= with_item(W). { A = build_with_items(p, NULL, W); }
with_items(A) ::= with_items(L) COMMA with_item(W). { A = build_with_items(p, L, W); }
%type with_item {struct ast_with *}
with_item(A) ::= ident(N) view_columns(L) AS nested(Q). { A = build_with_item(p, N, L, Q); }

%type order_by {struct ast_orders *}
order_by(A) ::= ORDER BY orders(L). { A = L; }
%type orders {struct ast_orders *}
orders(A) ::= order(O). { A = build_orders(p, NULL, O); }
orders(A) ::= orders(L) COMMA order(O). { A = build_orders(p, L, O); }
%type order {struct ast_order}
order(A) ::= expr(E) opt_desc(D) opt_nulls(N). { A = (struct ast_order){E, D, N}; }
%type opt_desc {bool}
opt_desc(A) ::= . { A = false; }
opt_desc(A) ::= ASC. { A = false; }
opt_desc(A) ::= DESC. { A = true; }
%type opt_nulls {int}
opt_nulls(A) ::= . { A = 0; }
opt_nulls(A) ::= NULLS FIRST. { A = -1; }
opt_nulls(A) ::= NULLS LAST. { A = 1; }

%type limits {struct limits}
%type limit_some {struct limits}
limits(A) ::= . { A = (struct limits){0}; }
limits(A) ::= limit_some(L). { A = L; }
limit_some(A) ::= limit(L). { A = (struct limits){NULL, L}; }
limit_some(A) ::= offset(O). { A = (struct limits){O, NULL}; }
limit_some(A) ::= limit(L) offset(O). { A = (struct limits){O, L}; }
limit_some(A) ::= offset(O) limit(L). { A = (struct limits){O, L}; }
%type limit {struct ast_expr *}
limit(A) ::= LIMIT expr(E). { A = E; }
limit(A) ::= LIMIT ALL. { A = NULL; }
limit(A) ::= FETCH first_next row_rows ONLY(T). { A = build_one(p, T); }
limit(A) ::= FETCH first_next expr(E) row_rows ONLY. { A = E; }
first_next ::= FIRST.
first_next ::= NEXT.
row_rows ::= ROW.
row_rows ::= ROWS.
%type offset {struct ast_expr *}
offset(A) ::= OFFSET expr(E). { A = E; }
offset(A) ::= OFFSET expr(E) row_rows. { A = E; }

%type select {struct ast_query *}
select(A) ::= SELECT(T) hints(H) set_quantifier(D) items(L) from_part(F) where(W) group_by(G) having(V) windows(N)
    qualify(Q). { A = build_select(p, T, H, D, L, F, W, G, V, N, Q); }
%type set_quantifier {bool}
set_quantifier(A) ::= . { A = false; }
set_quantifier(A) ::= ALL. { A = false; }
set_quantifier(A) ::= DISTINCT. { A = true; }
%type items {struct item_list *}
items(A) ::= item(I). { A = build_items(p, NULL, I); }
items(A) ::= items(L) COMMA item(I). { A = build_items(p, L, I); }
%type item {struct ast_select_item}
item(A) ::= expr(E). { A = build_item(E, NULL); }
item(A) ::= expr(E) AS ident(N). { A = build_item(E, &N); }
item(A) ::= expr(E) ident(N). { A = build_item(E, &N); }
item(A) ::= STAR(T). { A = build_item(build_star(p, T, NULL), NULL); }
item(A) ::= name(N) DOT STAR(T). { A = build_item(build_star(p, T, &N), NULL); }
item(A) ::= expr(E) DOT STAR. { A = build_item(build_object_star(p, E), NULL); }
%type from_part {struct ast_from *}
from_part(A) ::= . { A = NULL; }
from_part(A) ::= FROM from(F). { A = F; }
%type where {struct ast_expr *}
where(A) ::= . { A = NULL; }
where(A) ::= WHERE expr(E). { A = E; }
%type having {struct ast_expr *}
having(A) ::= . { A = NULL; }
having(A) ::= HAVING expr(E). { A = E; }
%type qualify {struct ast_expr *}
qualify(A) ::= . { A = NULL; }
qualify(A) ::= QUALIFY expr(E). { A = E; }

%type group_by {struct group_list *}
group_by(A) ::= . { A = NULL; }
group_by(A) ::= GROUP(T) BY groups(L). { A = build_group_by(p, T, L); }
%type groups {struct group_list *}
groups(A) ::= group(G). { A = build_groups(p, NULL, G); }
groups(A) ::= groups(L) COMMA group(G). { A = build_groups(p, L, G); }
%type group {struct ast_group}
group(A) ::= expr(E). { A = build_group_expr(p, E); }
group(A) ::= LP(T) RP. { A = build_group_empty(p, T); }
group(A) ::= ROLLUP(T) LP groups(L) RP. { A = build_group_list(p, T, AST_GROUP_ROLLUP, L); }
group(A) ::= CUBE(T) LP groups(L) RP. { A = build_group_list(p, T, AST_GROUP_CUBE, L); }
group(A) ::= GROUPING(T) SETS LP groups(L) RP. { A = build_group_list(p, T, AST_GROUP_SETS, L); }

%type windows {struct window_list *}
windows(A) ::= . { A = NULL; }
windows(A) ::= WINDOW window_items(L). { A = L; }
%type window_items {struct window_list *}
window_items(A) ::= ident(N) AS window(W). { A = build_windows(p, NULL, N, W); }
window_items(A) ::= window_items(L) COMMA ident(N) AS window(W). { A = build_windows(p, L, N, W); }
%type window {struct ast_window *}
window(A) ::= LP(T) window_base(B) opt_partition_by(P) opt_order_by(O) frame(F) RP.
    { A = build_window(p, T, B, P, O, F); }
%type window_base {struct ast_ident}
window_base(A) ::= . { A = (struct ast_ident){0}; }
window_base(A) ::= ident(N). { A = N; }
%type opt_partition_by {struct ast_exprs *}
opt_partition_by(A) ::= . { A = NULL; }
opt_partition_by(A) ::= PARTITION BY exprs(L). { A = L; }
%type opt_order_by {struct ast_orders *}
opt_order_by(A) ::= . { A = NULL; }
opt_order_by(A) ::= order_by(L). { A = L; }
%type frame {struct frame *}
frame(A) ::= . { A = NULL; }
frame(A) ::= frame_unit(U) bound(B). { A = build_frame(p, U, B, NULL); }
frame(A) ::= frame_unit(U) BETWEEN bound(B) AND bound(C). { A = build_frame(p, U, B, &C); }
frame_unit(A) ::= ROWS(A).
frame_unit(A) ::= RANGE(A).
%type bound {struct ast_bound}
bound(A) ::= UNBOUNDED PRECEDING. { A = (struct ast_bound){AST_BOUND_UNBOUNDED_PRECEDING, NULL}; }
bound(A) ::= UNBOUNDED FOLLOWING. { A = (struct ast_bound){AST_BOUND_UNBOUNDED_FOLLOWING, NULL}; }
bound(A) ::= CURRENT ROW. { A = (struct ast_bound){AST_BOUND_CURRENT_ROW, NULL}; }
bound(A) ::= expr(E) PRECEDING. { A = (struct ast_bound){AST_BOUND_PRECEDING, E}; }
bound(A) ::= expr(E) FOLLOWING. { A = (struct ast_bound){AST_BOUND_FOLLOWING, E}; }

/* ---- FROM ---- */

%type from {struct ast_from *}
%type joined {struct ast_from *}
%type primary {struct ast_from *}
from(A) ::= joined(J). { A = J; }
from(A) ::= from(L) COMMA joined(R). { A = build_join(p, AST_JOIN_COMMA, false, L, R); }
joined(A) ::= primary(P). { A = P; }
joined(A) ::= joined(L) CROSS JOIN primary(R). { A = build_join(p, AST_JOIN_CROSS, false, L, R); }
joined(A) ::= joined(L) NATURAL join_kind(K) JOIN primary(R). { A = build_join(p, K, true, L, R); }
joined(A) ::= joined(L) join_kind(K) JOIN primary(R) ON expr(E).
    { A = build_join_on(p, K, L, R, E); }
joined(A) ::= joined(L) join_kind(K) JOIN primary(R) USING LP idents(I) RP.
    { A = build_join_using(p, K, L, R, I); }
%type join_kind {int}
join_kind(A) ::= . { A = AST_JOIN_INNER; }
join_kind(A) ::= INNER. { A = AST_JOIN_INNER; }
join_kind(A) ::= LEFT opt_outer. { A = AST_JOIN_LEFT; }
join_kind(A) ::= RIGHT opt_outer. { A = AST_JOIN_RIGHT; }
join_kind(A) ::= FULL opt_outer. { A = AST_JOIN_FULL; }
opt_outer ::= .
opt_outer ::= OUTER.

primary(A) ::= name(N) hints(H) system_time(S) alias(L). { A = build_table_ref(p, N, H, S, L); }
primary(A) ::= path(N) hints(H) alias(L). { A = build_table_ref(p, N, H, NULL, L); }
primary(A) ::= nested(Q) alias(L). { A = build_derived(p, NULL, Q, L); }
primary(A) ::= LATERAL(T) nested(Q) alias(L). { A = build_derived(p, &T, Q, L); }
primary(A) ::= TABLE(T) LP call(C) RP alias(L). { A = build_table_function(p, T, false, C, L); }
primary(A) ::= LATERAL(T) TABLE LP call(C) RP alias(L). { A = build_table_function(p, T, true, C, L); }
primary(A) ::= name(N) LP(T) args(G) RP alias(L).
    { A = build_table_function(p, T, false, build_call(p, N, G), L); }
primary(A) ::= UNNEST(T) LP exprs(E) RP ordinality(O) alias(L). { A = build_unnest(p, T, E, O, L); }
primary(A) ::= LP from(F) RP. { A = F; }
%type ordinality {bool}
ordinality(A) ::= . { A = false; }
ordinality(A) ::= WITH ORDINALITY. { A = true; }
%type system_time {struct ast_expr *}
system_time(A) ::= . { A = NULL; }
system_time(A) ::= FOR SYSTEM_TIME AS OF expr(E). { A = E; }
%type alias {struct ast_alias}
alias(A) ::= . [UNION] { A = (struct ast_alias){0}; }
alias(A) ::= opt_as_word ident(N). { A = (struct ast_alias){N, {0}}; }
alias(A) ::= opt_as_word ident(N) LP idents(L) RP. { A = (struct ast_alias){N, *L}; }
opt_as_word ::= .
opt_as_word ::= AS.

%type hints {struct hint_list *}
hints(A) ::= . { A = NULL; }
hints(A) ::= HINT_BEGIN hint_items(L) HINT_END. { A = L; }
%type hint_items {struct hint_list *}
hint_items(A) ::= hint(H). { A = build_hints(p, NULL, H); }
hint_items(A) ::= hint_items(L) COMMA hint(H). { A = build_hints(p, L, H); }
hint_items(A) ::= hint_items(L) hint(H). { A = build_hints(p, L, H); }
%type hint {struct ast_hint}
hint(A) ::= ident(N). { A = build_hint_item(p, N, NULL); }
hint(A) ::= ident(N) LP hint_args(L) RP. { A = build_hint_item(p, N, L); }
%type hint_args {struct ast_options *}
hint_args(A) ::= hint_arg(O). { A = build_options(p, NULL, O); }
hint_args(A) ::= hint_args(L) COMMA hint_arg(O). { A = build_options(p, L, O); }
%type hint_arg {struct ast_option}
hint_arg(A) ::= hint_word(K). { A = (struct ast_option){K, {0}}; }
hint_arg(A) ::= hint_word(K) EQ hint_word(V). { A = (struct ast_option){K, V}; }
%type hint_word {struct ast_text}
hint_word(A) ::= STRING(S). { A = build_text(p, S); }
hint_word(A) ::= NUMBER(S). { A = build_word_text(p, S); }
hint_word(A) ::= name(N). { A = build_name_text(p, N); }

/* ---- names ---- */

%type ident {struct ast_ident}
ident(A) ::= ID(T). { A = build_ident(p, T); }
ident(A) ::= QUOTED_ID(T). { A = build_ident(p, T); }
%type idents {struct ast_idents *}
idents(A) ::= ident(N). { A = build_idents(p, NULL, N); }
idents(A) ::= idents(L) COMMA ident(N). { A = build_idents(p, L, N); }
%type name {struct ast_name}
name(A) ::= ident(N). { A = build_name(p, NULL, N); }
name(A) ::= name(L) DOT ident(N). { A = build_name(p, &L, N); }

/* a file where a table may stand */
%type path {struct ast_name}
path(A) ::= STRING(S). { A = build_path(p, S); }

/* ---- expressions ---- */

%type exprs {struct ast_exprs *}
exprs(A) ::= expr(E). { A = build_exprs(p, NULL, E); }
exprs(A) ::= exprs(L) COMMA expr(E). { A = build_exprs(p, L, E); }

%type expr {struct ast_expr *}
expr(A) ::= name(N). [NAME_END] { A = build_column(p, N); }
expr(A) ::= literal(L). { A = L; }
expr(A) ::= call(C). { A = &C->head; }
expr(A) ::= nested(Q). [NAME_END] { A = build_subquery(p, Q); }
expr(A) ::= LP(T) expr(E) RP. { A = build_paren(p, T, E); }
expr(A) ::= LP(T) expr(E) RP unit_range(R). { A = build_difference(p, T, E, R); }
expr(A) ::= LP(T) exprs(L) COMMA expr(E) RP. { A = build_row(p, T, build_exprs(p, L, E), false); }
expr(A) ::= ROW(T) LP exprs(L) RP. { A = build_row(p, T, L, true); }
expr(A) ::= ROW(T) LP RP. { A = build_row(p, T, NULL, true); }
expr(A) ::= ARRAY(T) LBRACKET exprs(L) RBRACKET. { A = build_array(p, T, L, NULL); }
expr(A) ::= ARRAY(T) LBRACKET RBRACKET. { A = build_array(p, T, NULL, NULL); }
expr(A) ::= ARRAY(T) nested(Q). { A = build_array(p, T, NULL, Q); }
expr(A) ::= MAP(T) LBRACKET exprs(L) RBRACKET. { A = build_map(p, T, L); }
expr(A) ::= MAP(T) LBRACKET RBRACKET. { A = build_map(p, T, NULL); }
expr(A) ::= QUESTION(T). { A = build_param(p, T); }
expr(A) ::= expr(E) DOT ident(N). { A = build_field(p, E, N); }
expr(A) ::= expr(E) LBRACKET expr(I) RBRACKET. { A = build_index(p, E, I); }
expr(A) ::= MINUS(T) expr(E). [UNARY] { A = build_unary(p, T, AST_OP_NEG, E); }
expr(A) ::= PLUS(T) expr(E). [UNARY] { A = build_unary(p, T, AST_OP_PLUS, E); }
expr(A) ::= NOT(T) expr(E). { A = build_unary(p, T, AST_OP_NOT, E); }
expr(A) ::= expr(L) OR(T) expr(R). { A = build_binary(p, T, AST_OP_OR, L, R); }
expr(A) ::= expr(L) AND(T) expr(R). { A = build_binary(p, T, AST_OP_AND, L, R); }
expr(A) ::= expr(L) EQ|NE|LT|LE|GT|GE|OVERLAPS(T) expr(R). { A = build_token_binary(p, T, L, R); }
expr(A) ::= expr(L) PLUS|MINUS(T) expr(R). { A = build_token_binary(p, T, L, R); }
expr(A) ::= expr(L) STAR|SLASH|PERCENT|CONCAT(T) expr(R). { A = build_token_binary(p, T, L, R); }
expr(A) ::= expr(L) IS_DISTINCT(T) DISTINCT FROM expr(R). [EQ] { A = build_distinct(p, T, AST_OP_DISTINCT, L, R); }
expr(A) ::= expr(L) IS_DISTINCT(T) NOT DISTINCT FROM expr(R). [EQ]
    { A = build_distinct(p, T, AST_OP_NOT_DISTINCT, L, R); }
expr(A) ::= expr(L) EQ|NE|LT|LE|GT|GE|OVERLAPS(T) ANY|SOME|ALL(Q) in_list(R). [IN]
    { A = build_quantified(p, T, Q, L, R); }
expr(A) ::= expr(L) IS is_not(N) is_test(T). { A = build_is(p, T, N, L); }
%type is_not {bool}
is_not(A) ::= . { A = false; }
is_not(A) ::= NOT. { A = true; }
%type is_test {int}
is_test(A) ::= NULL. { A = AST_IS_NULL; }
is_test(A) ::= TRUE. { A = AST_IS_TRUE; }
is_test(A) ::= FALSE. { A = AST_IS_FALSE; }
is_test(A) ::= UNKNOWN. { A = AST_IS_UNKNOWN; }
is_test(A) ::= JSON. [NAME_END] { A = AST_IS_JSON_VALUE; }
is_test(A) ::= JSON VALUE. { A = AST_IS_JSON_VALUE; }
is_test(A) ::= JSON SCALAR. { A = AST_IS_JSON_SCALAR; }
is_test(A) ::= JSON ARRAY. { A = AST_IS_JSON_ARRAY; }
is_test(A) ::= JSON OBJECT. { A = AST_IS_JSON_OBJECT; }

%type between {bool}
between(A) ::= BETWEEN. { A = false; }
between(A) ::= BETWEEN ASYMMETRIC. { A = false; }
between(A) ::= BETWEEN SYMMETRIC. { A = true; }
expr(A) ::= expr(E) between(S) expr(L) AND expr(H). [BETWEEN] { A = build_between(p, false, S, E, L, H); }
expr(A) ::= expr(E) NOT_LA between(S) expr(L) AND expr(H). [BETWEEN] { A = build_between(p, true, S, E, L, H); }
%type like {int}
like(A) ::= LIKE. { A = AST_LIKE_LIKE; }
like(A) ::= ILIKE. { A = AST_LIKE_ILIKE; }
like(A) ::= RLIKE. { A = AST_LIKE_RLIKE; }
like(A) ::= SIMILAR TO. { A = AST_LIKE_SIMILAR; }
expr(A) ::= expr(E) like(O) expr(P). [LIKE] { A = build_like(p, O, false, E, P, NULL); }
expr(A) ::= expr(E) like(O) expr(P) ESCAPE expr(C). [LIKE] { A = build_like(p, O, false, E, P, C); }
expr(A) ::= expr(E) NOT_LA like(O) expr(P). [LIKE] { A = build_like(p, O, true, E, P, NULL); }
expr(A) ::= expr(E) NOT_LA like(O) expr(P) ESCAPE expr(C). [LIKE] { A = build_like(p, O, true, E, P, C); }
expr(A) ::= expr(E) IN in_list(L). { A = build_in(p, false, E, L); }
expr(A) ::= expr(E) NOT_LA IN in_list(L). { A = build_in(p, true, E, L); }
%type in_list {struct in_list}
in_list(A) ::= nested(Q). { A = (struct in_list){NULL, Q}; }
in_list(A) ::= LP exprs(L) RP. { A = (struct in_list){L, NULL}; }
expr(A) ::= EXISTS(T) nested(Q). { A = build_exists(p, T, Q); }

expr(A) ::= CASE(T) case_operand(E) whens(W) case_else(L) END. { A = build_case(p, T, E, W, L); }
%type case_operand {struct ast_expr *}
case_operand(A) ::= . { A = NULL; }
case_operand(A) ::= expr(E). { A = E; }
%type whens {struct when_list *}
whens(A) ::= WHEN exprs(C) THEN expr(T). { A = build_whens(p, NULL, C, T); }
whens(A) ::= whens(L) WHEN exprs(C) THEN expr(T). { A = build_whens(p, L, C, T); }
%type case_else {struct ast_expr *}
case_else(A) ::= . { A = NULL; }
case_else(A) ::= ELSE expr(E). { A = E; }
expr(A) ::= CAST|TRY_CAST(T) LP expr(E) AS type(Y) RP. { A = build_cast(p, T, E, Y); }

%type literal {struct ast_expr *}
literal(A) ::= NULL(T). { A = build_literal(p, T); }
literal(A) ::= TRUE|FALSE|UNKNOWN(T). { A = build_literal(p, T); }
literal(A) ::= NUMBER|APPROX|STRING|BINARY_STRING(T). { A = build_literal(p, T); }
literal(A) ::= DATE|TIME|TIMESTAMP(T) STRING(S). { A = build_time_literal(p, T, S); }
literal(A) ::= INTERVAL(T) interval_sign(G) STRING(S) interval_range(R). { A = build_interval(p, T, G, S, R); }
%type interval_sign {bool}
interval_sign(A) ::= . { A = false; }
interval_sign(A) ::= PLUS. { A = false; }
interval_sign(A) ::= MINUS. { A = true; }
%type interval_range {struct ast_interval_range}
interval_range(A) ::= interval_field(F). [NAME_END] { A = F; }
interval_range(A) ::= interval_field(F) TO interval_field(L). { A = build_range(p, F, L); }
%type unit_range {struct ast_interval_range}
unit_range(A) ::= unit_field(F). [NAME_END] { A = F; }
unit_range(A) ::= unit_field(F) TO interval_field(L). { A = build_range(p, F, L); }
%type unit_field {struct ast_interval_range}
unit_field(A) ::= UNIT(U). [NAME_END] { A = build_unit(p, U, NULL, NULL); }
unit_field(A) ::= UNIT(U) LP NUMBER(L) RP. { A = build_unit(p, U, &L, NULL); }
unit_field(A) ::= UNIT(U) LP NUMBER(L) COMMA NUMBER(F) RP. { A = build_unit(p, U, &L, &F); }
%type interval_field {struct ast_interval_range}
interval_field(A) ::= ID(U). [NAME_END] { A = build_unit(p, U, NULL, NULL); }
interval_field(A) ::= ID(U) LP NUMBER(L) RP. { A = build_unit(p, U, &L, NULL); }
interval_field(A) ::= ID(U) LP NUMBER(L) COMMA NUMBER(F) RP. { A = build_unit(p, U, &L, &F); }

/* calls */
%type call {struct ast_call *}
%type args {struct arg_list *}
%type arg_list {struct arg_list *}
call(A) ::= name(N) LP args(L) RP. { A = build_call(p, N, L); }
call(A) ::= BARE_CALL(T). [NAME_END] { A = build_bare_call(p, T, NULL); }
call(A) ::= BARE_CALL(T) LP RP. { A = build_bare_call(p, T, build_args(p, NULL, NULL, NULL)); }
call(A) ::= BARE_CALL(T) LP expr(E) RP. { A = build_bare_call(p, T, build_args(p, NULL, NULL, E)); }
args(A) ::= . { A = NULL; }
args(A) ::= STAR(T). { A = build_args(p, NULL, NULL, build_star(p, T, NULL)); }
args(A) ::= arg_list(L). { A = L; }
args(A) ::= arg_list(L) order_by(O). { A = build_args_order(p, L, O); }
args(A) ::= DISTINCT arg_list(L). { A = build_args_distinct(p, L); }
args(A) ::= DISTINCT arg_list(L) order_by(O). { A = build_args_order(p, build_args_distinct(p, L), O); }
args(A) ::= ALL arg_list(L). { A = L; }
arg_list(A) ::= arg(E). { A = build_args(p, NULL, NULL, E); }
arg_list(A) ::= ident(N) ARROW arg(E). { A = build_args(p, NULL, &N, E); }
arg_list(A) ::= arg_list(L) COMMA arg(E). { A = build_args(p, L, NULL, E); }
arg_list(A) ::= arg_list(L) COMMA ident(N) ARROW arg(E). { A = build_args(p, L, &N, E); }
%type arg {struct ast_expr *}
arg(A) ::= expr(E). { A = E; }
arg(A) ::= DEFAULT(T). { A = build_default(p, T); }
arg(A) ::= DESCRIPTOR(T) LP idents(L) RP. { A = build_descriptor(p, T, L); }
arg(A) ::= TABLE(T) name(N) table_partition(P) table_order(O). { A = build_table_arg(p, T, &N, NULL, P, O); }
arg(A) ::= TABLE(T) path(N) table_partition(P) table_order(O). { A = build_table_arg(p, T, &N, NULL, P, O); }
arg(A) ::= TABLE(T) nested(Q) table_partition(P) table_order(O). { A = build_table_arg(p, T, NULL, Q, P, O); }
%type table_partition {struct ast_exprs *}
table_partition(A) ::= . { A = NULL; }
table_partition(A) ::= PARTITION BY expr(E). { A = build_flat_row(p, E); }
%type table_order {struct ast_orders *}
table_order(A) ::= . [NAME_END] { A = NULL; }
table_order(A) ::= ORDER BY order(O). { A = build_flat_orders(p, O); }

call(A) ::= call(C) WITHIN GROUP LP order_by(O) RP. { A = build_within(p, C, O); }
call(A) ::= call(C) FILTER LP WHERE expr(E) RP. { A = build_filter(p, C, E); }
call(A) ::= call(C) IGNORE NULLS. { A = build_nulls(p, C, true); }
call(A) ::= call(C) RESPECT NULLS. { A = build_nulls(p, C, false); }
call(A) ::= call(C) OVER ident(N). { A = build_over(p, C, build_window_name(p, N)); }
call(A) ::= call(C) OVER window(W). { A = build_over(p, C, W); }

/* calls with a grammar of their own */
call(A) ::= EXTRACT(T) LP ident(U) FROM expr(E) RP. { A = build_call3(p, T, build_unit_symbol(p, U), E, NULL); }
call(A) ::= POSITION(T) LP expr(E) POSITION_IN expr(F) RP. { A = build_call3(p, T, E, F, NULL); }
call(A) ::= POSITION(T) LP expr(E) POSITION_IN expr(F) FROM expr(G) RP. { A = build_call3(p, T, E, F, G); }
call(A) ::= TRIM(T) LP expr(E) RP. { A = build_trim(p, T, NULL, NULL, E); }
call(A) ::= TRIM(T) LP expr(C) FROM expr(E) RP. { A = build_trim(p, T, NULL, C, E); }
call(A) ::= TRIM(T) LP trim_side(S) FROM expr(E) RP. { A = build_trim(p, T, &S, NULL, E); }
call(A) ::= TRIM(T) LP trim_side(S) expr(C) FROM expr(E) RP. { A = build_trim(p, T, &S, C, E); }
trim_side(A) ::= BOTH|LEADING|TRAILING(T). { A = T; }
call(A) ::= SUBSTRING(T) LP expr(E) FROM expr(F) RP. { A = build_call3(p, T, E, F, NULL); }
call(A) ::= SUBSTRING(T) LP expr(E) FROM expr(F) FOR expr(G) RP. { A = build_call3(p, T, E, F, G); }
call(A) ::= SUBSTRING(T) LP exprs(L) RP. { A = build_call_list(p, T, L); }
call(A) ::= OVERLAY(T) LP expr(E) PLACING expr(R) FROM expr(F) RP. { A = build_overlay(p, T, E, R, F, NULL); }
call(A) ::= OVERLAY(T) LP expr(E) PLACING expr(R) FROM expr(F) FOR expr(G) RP.
    { A = build_overlay(p, T, E, R, F, G); }
call(A) ::= FLOOR|CEIL(T) LP expr(E) RP. { A = build_call3(p, T, E, NULL, NULL); }
call(A) ::= FLOOR|CEIL(T) LP expr(E) TO ident(U) RP. { A = build_call3(p, T, E, build_unit_symbol(p, U), NULL); }
call(A) ::= TIMESTAMPADD|TIMESTAMPDIFF(T) LP ident(U) COMMA expr(E) COMMA expr(F) RP.
    { A = build_call3(p, T, build_unit_symbol(p, U), E, F); }

call(A) ::= JSON_EXISTS|JSON_VALUE|JSON_QUERY(T) LP expr(E) COMMA expr(P) json_clauses(L) RP.
    { A = build_json_path(p, T, E, P, L); }
%type json_clauses {struct arg_list *}
json_clauses(A) ::= . { A = NULL; }
json_clauses(A) ::= json_clauses(L) RETURNING(T) type_base(Y). { A = build_json_clause(p, L, T, build_type_arg(p, Y)); }
json_clauses(A) ::= json_clauses(L) json_behavior(B) ON EMPTY|ERROR(T). { A = build_json_clause(p, L, T, B); }
json_clauses(A) ::= json_clauses(L) json_wrapper(B) opt_array WRAPPER(T). { A = build_json_clause(p, L, T, B); }
%type json_behavior {struct ast_expr *}
json_behavior(A) ::= NULL|ERROR|TRUE|FALSE|UNKNOWN(T). { A = build_symbol(p, T, NULL); }
json_behavior(A) ::= EMPTY(T) ARRAY|OBJECT(U). { A = build_symbol(p, T, &U); }
json_behavior(A) ::= DEFAULT expr(E). { A = E; }
%type json_wrapper {struct ast_expr *}
json_wrapper(A) ::= WITHOUT(T). { A = build_symbol(p, T, NULL); }
json_wrapper(A) ::= WITH(T). { A = build_wrapper_symbol(p, T); }
json_wrapper(A) ::= WITH CONDITIONAL|UNCONDITIONAL(T). { A = build_symbol(p, T, NULL); }
opt_array ::= .
opt_array ::= ARRAY.

call(A) ::= JSON_OBJECT(T) LP json_pairs(L) json_nulls(N) RP. { A = build_json(p, T, L, N); }
call(A) ::= JSON_OBJECT(T) LP json_nulls(N) RP. { A = build_json(p, T, NULL, N); }
call(A) ::= JSON_OBJECTAGG(T) LP json_pair(L) json_nulls(N) RP. { A = build_json(p, T, L, N); }
call(A) ::= JSON_ARRAY(T) LP json_items(L) json_nulls(N) RP. { A = build_json(p, T, L, N); }
call(A) ::= JSON_ARRAY(T) LP json_nulls(N) RP. { A = build_json(p, T, NULL, N); }
call(A) ::= JSON_ARRAYAGG(T) LP expr(E) opt_order_by(O) json_nulls(N) RP. { A = build_json_arrayagg(p, T, E, O, N); }
%type json_items {struct arg_list *}
json_items(A) ::= expr(E). { A = build_args(p, NULL, NULL, E); }
json_items(A) ::= json_items(L) COMMA expr(E). { A = build_args(p, L, NULL, E); }
%type json_pairs {struct arg_list *}
json_pairs(A) ::= json_pair(A).
json_pairs(A) ::= json_pairs(L) COMMA json_pair(P). { A = build_args_join(p, L, P); }
%type json_pair {struct arg_list *}
json_pair(A) ::= expr(K) VALUE|COLON expr(V). { A = build_json_pair(p, K, V); }
json_pair(A) ::= KEY expr(K) VALUE|COLON expr(V). { A = build_json_pair(p, K, V); }
%type json_nulls {struct ast_expr *}
json_nulls(A) ::= . { A = NULL; }
json_nulls(A) ::= NULL(T) ON NULL. { A = build_symbol(p, T, NULL); }
json_nulls(A) ::= ABSENT(T) ON NULL. { A = build_symbol(p, T, NULL); }

/* ---- types ---- */

%type type {struct ast_type *}
%type type_base {struct ast_type *}
type(A) ::= type_base(T). [NAME_END] { A = T; }
type(A) ::= type_base(T) NOT NULL. { A = build_not_null(p, T); }
type(A) ::= type_base(T) NULL. { A = build_nullable(p, T); }
type_base(A) ::= name(N). [NAME_END] { A = build_type(p, N, NULL, NULL); }
type_base(A) ::= name(N) LP NUMBER(L) RP. { A = build_type(p, N, &L, NULL); }
type_base(A) ::= name(N) LP NUMBER(L) COMMA NUMBER(S) RP. { A = build_type(p, N, &L, &S); }
type_base(A) ::= NULL(T). { A = build_null_type(p, T); }
type_base(A) ::= ID(T) PRECISION. { A = build_double(p, T); }
type_base(A) ::= ID(T) VARYING. { A = build_varying(p, T, NULL); }
type_base(A) ::= ID(T) VARYING LP NUMBER(L) RP. { A = build_varying(p, T, &L); }
type_base(A) ::= DATE(T). { A = build_time_type(p, T, NULL, 0); }
type_base(A) ::= TIME|TIMESTAMP(T) time_precision(L) time_zone(Z). { A = build_time_type(p, T, L, Z); }
%type time_precision {struct token *}
time_precision(A) ::= . { A = NULL; }
time_precision(A) ::= LP NUMBER(L) RP. { A = build_keep(p, L); }
%type time_zone {int}
time_zone(A) ::= . [NAME_END] { A = 0; }
time_zone(A) ::= WITHOUT TIME ZONE. { A = 0; }
time_zone(A) ::= WITH LOCAL TIME ZONE. { A = 1; }
time_zone(A) ::= WITH TIME ZONE. { A = 2; }
type_base(A) ::= INTERVAL(T) interval_range(R). { A = build_interval_type(p, T, R); }
type_base(A) ::= ARRAY|MULTISET(T) LT type(E) GT. { A = build_collection(p, T, E); }
type_base(A) ::= type_base(E) ARRAY|MULTISET(T). { A = build_postfix_collection(p, T, E); }
type_base(A) ::= MAP(T) LT type(K) COMMA type(V) GT. { A = build_map_type(p, T, K, V); }
type_base(A) ::= ROW(T) LT type_fields(L) GT. { A = build_row_type(p, T, L); }
type_base(A) ::= ROW(T) LP type_fields(L) RP. { A = build_row_type(p, T, L); }
type_base(A) ::= STRUCTURED(T) LT text(N) COMMA type_fields(L) GT. { A = build_structured(p, T, N, L); }
type_base(A) ::= RAW(T) LP text(N) COMMA text(S) RP. { A = build_raw(p, T, N, S); }
%type type_fields {struct field_list *}
type_fields(A) ::= type_field(F). { A = build_fields(p, NULL, F); }
type_fields(A) ::= type_fields(L) COMMA type_field(F). { A = build_fields(p, L, F); }
%type type_field {struct ast_type_field}
type_field(A) ::= ident(N) type(T). { A = (struct ast_type_field){N, T, {0}}; }
type_field(A) ::= ident(N) type(T) text(C). { A = (struct ast_type_field){N, T, C}; }

%code {
#include "sql/grammar_probe.inc"
}
