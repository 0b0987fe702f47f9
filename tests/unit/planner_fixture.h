/* SPDX-License-Identifier: Apache-2.0
 *
 * A planner over a fake registry for unit tests: connector 'src' (source, bounded unless 'endless' = 'true'),
 * connector 'dst' (append only sink), connector 'show' (takes updates), format 'txt'.
 */
#ifndef WEIR_TESTS_UNIT_PLANNER_FIXTURE_H
#define WEIR_TESTS_UNIT_PLANNER_FIXTURE_H

#include "planner/planner.h"

struct fixture {
    struct arena arena;
    struct error error;
    struct catalogs catalogs;
    struct session_options session;
    struct planner_ctx ctx;
};

void fixture_init(struct fixture *f);
void fixture_free(struct fixture *f);
/* Runs all statements: DDL is applied, the last query or INSERT is planned. False: f->error says why. */
bool fixture_run(struct fixture *f, const char *sql, struct plan **plan);
/* The plan's EXPLAIN text, or "ERROR text @place 'words under the caret' (hint)". */
const char *fixture_explain(struct fixture *f, const char *sql);
/* Tables and settings most tests use: e (events with a watermark), d (bounded titles), sink, out. */
extern const char fixture_tables[];

#endif
