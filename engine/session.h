/* SPDX-License-Identifier: Apache-2.0
 *
 * A session: catalogs, settings, and the statements it is given. It shares nothing with other sessions.
 * One thread at a time may call it, except session_interrupt(), which any thread or signal handler may.
 *
 * Ways to run text:
 *   session_execute  statement by statement, as at the prompt: a query prints its rows, an INSERT runs to
 *                    its end
 *   session_run      the whole text as one job: all INSERTs together, then each SELECT
 *   session_check    parse, bind and plan only
 */
#ifndef WEIR_ENGINE_SESSION_H
#define WEIR_ENGINE_SESSION_H

#include <stdio.h>

#include "base/env.h"
#include "base/error.h"
#include "engine/result.h"
#include "exec/job.h"
#include "planner/planner.h"

struct session_config {
    struct env *env;             /* borrowed; NULL = the machine */
    FILE *out;                   /* results */
    enum result_format format;
    void (*log)(void *arg, const char *line);                /* notes for the user, any thread; may be NULL */
    void (*progress)(void *arg, struct job *job, bool done); /* while a job runs; may be NULL */
    void *arg;                   /* of both */
};

/* What a text needs beside itself. */
struct session_text {
    struct str text;
    const char *state_dir;       /* session_run: checkpoints; NULL = none */
    uint64_t stop_after_chunks;  /* tests: checkpoint and stop after so many chunks */
};

struct session;

struct session *session_new(const struct session_config *config);
void session_free(struct session *s);

/* SET 'key' = 'value'; what -D does. */
enum status session_set(struct session *s, struct str key, struct str value, struct error *e);
/* The values for ${NAME}: added before any text is run. */
void session_define(struct session *s, struct str name, struct str value);

/* Each gives ST_ERROR with *e set; e->span then counts in session_text_of(). */
enum status session_execute(struct session *s, const struct session_text *t, struct error *e);
enum status session_run(struct session *s, const struct session_text *t, enum job_end *end, struct error *e);
enum status session_check(struct session *s, const struct session_text *t, struct error *e);
/* The text of the last call after ${NAME} was replaced. */
struct str session_text_of(const struct session *s);

/* First call: stop the running job (with a checkpoint if it has state); second: cancel it at once. Safe in a
 * signal handler. */
void session_interrupt(struct session *s);

#endif
