/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes completion: any text and any place in it, over a fixed catalog. The first two bytes give the place.
 * What is offered replaces bytes before the place, and is UTF-8 if the text is.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/complete.h"
#include "engine/registry.h"
#include "sql/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

static const char tables[] = "CREATE TABLE g (k INT, s STRING, r ROW<a INT, b ROW<c INT>>, ts TIMESTAMP(3), "
                             "p AS PROCTIME(), WATERMARK FOR ts "
                             "AS ts) WITH ('connector' = 'datagen', 'number-of-rows' = '9');"
                             "CREATE TABLE f (k INT, `a b` INT, PRIMARY KEY (k) NOT ENFORCED)"
                             " WITH ('connector' = 'filesystem', 'path' = '/nowhere', 'format' = 'csv');"
                             "CREATE VIEW v AS SELECT k, s FROM g; CREATE DATABASE d; CREATE TABLE d.t (z "
                             "INT) WITH ('connector' = 'print');";

static void fail(const char *what) {
    fprintf(stderr, "%s\n", what);
    abort();
}

/* The catalog, made once: completion changes nothing. */
struct world {
    struct arena arena;
    struct error error;
    struct catalogs catalogs;
    struct session_options session;
    struct planner_ctx ctx;
};

static struct world *world(void) {
    static struct world w;
    if (w.ctx.arena) return &w;
    catalogs_init(&w.catalogs);
    w.ctx = (struct planner_ctx){.arena = &w.arena,
                                 .error = &w.error,
                                 .text = str_of(tables),
                                 .catalogs = &w.catalogs,
                                 .session = &w.session,
                                 .registry = engine_registry()};
    for (size_t at = 0;;) {
        struct ast_stmt *stmt;
        if (sql_parse(&w.arena, w.ctx.text, at, &stmt, &at, &w.error) != ST_OK) fail(w.error.text);
        if (!stmt) return &w;
        if (planner_apply(&w.ctx, stmt) != ST_OK) fail(w.error.text);
    }
}

static void end(void) __attribute__((destructor));
static void end(void) {
    struct world *w = world();
    catalogs_free(&w->catalogs);
    session_options_free(&w->session);
    arena_free(&w->arena);
}

static void check(const struct string_table *t, size_t offset) {
    for (uint32_t i = 0; i < t->nrows; i++) {
        if (t->cells[i * 4].len == 0) fail("an empty text is offered");
        if (strtoul(t->cells[i * 4 + 3].ptr, NULL, 10) > offset) fail("the word begins behind the place");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    if (len_bytes < 2) return 0;
    struct arena arena = {0};
    struct error error = {0};
    struct string_table t;
    struct complete_ctx c = {.planner = &world()->ctx};
    struct str text = {(const char *)data + 2, len_bytes - 2};
    size_t offset = (data[0] | (size_t)data[1] << 8) % (text.len + 1);
    if (complete_at(&c, text, offset, &arena, &t, &error) != ST_OK) fail(error.text);
    check(&t, offset);
    arena_free(&arena);
    return 0;
}
