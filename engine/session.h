/* SPDX-License-Identifier: Apache-2.0
 *
 * A session: catalogs, settings, definitions for ${NAME}, and the handles that were made from it. It shares
 * nothing with other sessions. The functions here run within a call that handle_enter() let in.
 */
#ifndef WEIR_ENGINE_SESSION_H
#define WEIR_ENGINE_SESSION_H

#include <stdatomic.h>

#include "base/env.h"
#include "engine/handle.h"
#include "engine/substitute.h"
#include "exec/kernel.h"
#include "exec/job.h"
#include "planner/planner.h"

struct job_entry;
struct stream_set;
struct weir_input;

struct weir_session {
    struct handle handle;
    _Atomic bool busy; /* a call is in progress */
    struct weir_config config;
    struct env *env;
    struct env own_env; /* a copy of the machine's, unless another one was given */
    struct catalogs catalogs;
    struct session_options options;
    struct definitions definitions; /* for ${NAME} */
    struct arena zone_arena;        /* all zones that were used: jobs point to them */
    const struct zone *zone;        /* last used */
    struct handle *handles;         /* made from the session, newest first */
    struct handle *buried;          /* development builds: those given back, kept */
    struct job_entry *jobs;         /* newest first (engine/jobs.c) */
    struct arena job_arena;         /* of the entries */
    uint32_t njobs;                 /* ever */
    struct arena scratch;           /* of weir_setting() */
    struct stream_set *streams;     /* tables that the program feeds */
};

/* For tests: with another environment, which is borrowed; NULL = the machine. */
enum weir_status session_open(const struct weir_config *config, struct env *env, struct weir_session **out,
                              struct weir_error **error);

enum status session_set(struct weir_session *s, struct str key, struct str value, struct error *e);
enum status session_zone(struct weir_session *s, const struct zone **out, struct error *e);
bool session_has_option(const struct weir_session *s, const char *key, const char *value);
/* A line for people; any thread. */
void session_note(struct weir_session *s, const char *line);
void input_free(struct weir_input *in);
/* Frees a handle's memory, or keeps it in a development build (see handle.h). */
void session_bury(struct handle *h, struct weir_session *s);

/* What planning needs; the context points into it. */
struct planning {
    struct planner_ctx ctx;
    struct eval_ctx eval;
    struct error fold_error;
};
enum status session_planning(struct weir_session *s, struct arena *a, struct str text, enum planner_mode mode,
                             struct planning *p, struct error *e);
/* A statement that changes the catalog or a setting. */
enum status session_apply(struct planning *p, const struct ast_stmt *stmt);

#endif
