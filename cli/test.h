/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading test files and comparing results (cli/test_file.c, cli/test_compare.c); the format is described in
 * cli/test.c.
 */
#ifndef WEIR_CLI_TEST_H
#define WEIR_CLI_TEST_H

#include <weir.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/serial.h"

enum test_mode { TEST_STRAIGHT, TEST_SMALL, TEST_WORKERS, TEST_CUT, TEST_MODES };

enum test_expect {
    EXPECT_DONE,    /* nothing said: must succeed; rows are not looked at if there are none */
    EXPECT_ROWS,    /* --> */
    EXPECT_CHANGES, /* --= */
    EXPECT_LINES,   /* --| */
    EXPECT_ERROR,   /* --! */
    EXPECT_MESSAGE, /* --^ */
    EXPECT_ANY,     /* --? */
};

struct test_stmt {
    struct str text;       /* up to its semicolon */
    unsigned line;         /* from 1 */
    bool makes_job;        /* a query or an INSERT */
    enum test_expect expect;
    struct str *lines;     /* expected, without the mark */
    uint32_t nlines;
};

struct test_file {
    struct arena arena;
    struct str path, dir, text;
    uint64_t seed;         /* from the path */
    unsigned modes;        /* bit set of enum test_mode */
    struct test_stmt *stmts;
    uint32_t count;
};

enum status test_read(const char *path, struct test_file *f, struct error *e);
void test_free(struct test_file *f);

struct test_result {
    struct str output;              /* jsonl lines */
    const struct weir_error *error; /* NULL: it succeeded */
    const char *out_dir;       /* what ${OUT} was */
    bool straight;             /* changelogs are compared too */
};

/* Prints what is wrong, once; false if something is. */
bool test_compare(const struct test_file *f, const struct test_stmt *s, const struct test_result *r,
                  const char *mode);

#endif
