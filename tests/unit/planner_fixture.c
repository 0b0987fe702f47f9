/* SPDX-License-Identifier: Apache-2.0
 *
 * See planner_fixture.h.
 */
#include "planner_fixture.h"

#include "sql/parse.h"

static const struct option_def src_options[] = {
    {"endless", OPT_BOOL, "false", NULL, 0, 0, false, "never ends"},
    {"rows", OPT_INT, "1", NULL, 1, 1000, false, "how many"},
    {NULL, OPT_STRING, NULL, NULL, 0, 0, false, NULL},
};
static const struct option_def no_options[] = {{NULL, OPT_STRING, NULL, NULL, 0, 0, false, NULL}};
static const struct option_def txt_options[] = {
    {"delimiter", OPT_CHAR, ",", NULL, 0, 0, false, "between fields"},
    {NULL, OPT_STRING, NULL, NULL, 0, 0, false, NULL},
};
static const struct metadata_desc src_metadata[] = {{"offset", TYPE_BIGINT, 0, false, false},
                                                    {NULL, TYPE_NULLTYPE, 0, false, false}};

static bool src_bounded(const struct options *o) {
    return !option_bool(o, "", src_options, "endless");
}

static const struct connector_desc src = {.name = "src", .caps = CONN_SOURCE | CONN_NEEDS_FORMAT,
                                          .options = src_options, .metadata = src_metadata,
                                          .bounded = src_bounded, .help = "reads"};
static const struct connector_desc dst = {
    .name = "dst", .caps = CONN_SINK, .options = no_options, .help = "writes"};
static const struct connector_desc show = {.name = "show", .caps = CONN_SINK | CONN_TAKES_UPDATES,
                                           .options = no_options, .help = "shows"};
static const struct format_desc txt = {.name = "txt", .caps = FORMAT_DECODES | FORMAT_IN_FILES,
                                       .options = txt_options, .help = "text"};
static const struct connector_desc *const connectors[] = {&src, &dst, &show, NULL};
static const struct format_desc *const formats[] = {&txt, NULL};
static const struct registry registry = {connectors, formats};

const char fixture_tables[] =
    "CREATE TABLE e (id BIGINT, kind STRING, country STRING, title_id INT, price DECIMAL(10, 2), ts "
    "TIMESTAMP(3),"
    " info ROW<a INT, b STRING>, twice AS id * 2, pt AS PROCTIME(), off BIGINT METADATA FROM 'offset' "
    "VIRTUAL,"
    " WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) WITH ('connector' = 'src', 'format' = 'txt', 'endless' = "
    "'true');"
    "CREATE TABLE d (title_id INT, genre STRING, valid TIMESTAMP(3), WATERMARK FOR valid AS valid,"
    " PRIMARY KEY (title_id) NOT ENFORCED) WITH ('connector' = 'src', 'format' = 'txt');"
    "CREATE TABLE sink (a STRING, n BIGINT) WITH ('connector' = 'dst');"
    "CREATE TABLE out_ (a STRING, n BIGINT) WITH ('connector' = 'show');";

void fixture_init(struct fixture *f) {
    *f = (struct fixture){0};
    catalogs_init(&f->catalogs);
    f->ctx = (struct planner_ctx){.arena = &f->arena, .error = &f->error, .catalogs = &f->catalogs,
                                  .session = &f->session, .registry = &registry, .mode = PLANNER_STREAMING};
}

void fixture_free(struct fixture *f) {
    catalogs_free(&f->catalogs);
    session_options_free(&f->session);
    arena_free(&f->arena);
}

static enum status run(struct fixture *f, struct str text, struct plan **plan) {
    size_t at = 0;
    f->ctx.text = text;
    while (true) {
        struct ast_stmt *stmt;
        TRY(sql_parse(&f->arena, text, at, &stmt, &at, &f->error));
        if (!stmt) return ST_OK;
        if (planner_is_ddl(stmt)) TRY(planner_apply(&f->ctx, stmt));
        else TRY(planner_plan(&f->ctx, (const struct ast_stmt *[]){stmt}, 1, plan));
    }
}

bool fixture_run(struct fixture *f, const char *sql, struct plan **plan) {
    error_clear(&f->error);
    return run(f, arena_str(&f->arena, str_of(sql)), plan) == ST_OK;
}

const char *fixture_explain(struct fixture *f, const char *sql) {
    struct plan *plan = NULL;
    if (fixture_run(f, sql, &plan)) return plan ? planner_explain(&f->arena, plan, NULL, NULL).ptr : "done";
    struct span s = f->error.span;
    struct str under =
        s.offset + s.len <= strlen(sql) ? str_sub(str_of(sql), s.offset, s.len) : STR("OUT OF RANGE");
    return arena_printf(&f->arena, "ERROR %s @ %.*s (%s)", f->error.text, STR_ARG(under), f->error.hint).ptr;
}
