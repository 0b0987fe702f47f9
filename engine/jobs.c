/* SPDX-License-Identifier: Apache-2.0
 *
 * The jobs that INSERTs of a session became: SHOW JOBS, DESCRIBE JOB, STOP JOB. An entry outlives its result,
 * so that ended jobs are still listed.
 */
#include "engine/result.h"

#include <stdio.h>

#include "exec/datetime.h"

#define STOP_WAIT_US 5000000 /* STOP JOB waits so long for the end; then the job ends by itself later */

struct job_entry {
    struct job_entry *next;
    char id[16];                /* "1", "2", .. in the session */
    struct str name;            /* pipeline.name, or the statement's table */
    struct weir_result *result; /* NULL once it was freed */
    enum weir_end_kind end;     /* then */
    int64_t started_us;         /* wall clock */
};

static struct str sink_name(const struct plan *plan) {
    for (uint32_t i = 0; i < plan->count; i++) {
        if (plan->nodes[i]->kind == PLAN_SINK) return plan->nodes[i]->sink.label;
    }
    return STR("");
}

struct job_entry *jobs_add(struct weir_session *s, struct weir_result *r, struct str name) {
    struct job_entry *j = ARENA_NEW(&s->job_arena, struct job_entry);
    snprintf(j->id, sizeof j->id, "%u", ++s->njobs);
    j->name = arena_str(&s->job_arena, name.len ? name : sink_name(r->prepared->plan));
    j->result = r;
    j->started_us = s->env->now_us(s->env);
    j->next = s->jobs;
    s->jobs = j;
    return j;
}

const char *jobs_id(const struct job_entry *j) {
    return j->id;
}

void jobs_forget(struct job_entry *j) {
    if (!j) return;
    j->end = weir_result_end(j->result);
    if (j->end == WEIR_RUNNING) j->end = WEIR_CANCELLED;
    j->result = NULL;
}

static const char *status_name(const struct job_entry *j) {
    static const char *const names[] = {
        [WEIR_RUNNING] = "RUNNING",    [WEIR_FINISHED] = "FINISHED", [WEIR_STOPPED] = "STOPPED",
        [WEIR_CANCELLED] = "CANCELED", [WEIR_FAILED] = "FAILED",     [WEIR_WAS_FINISHED] = "FINISHED",
    };
    return names[j->result ? weir_result_end(j->result) : j->end];
}

const struct str *jobs_ids(const struct weir_session *s, struct arena *a, uint32_t *count) {
    struct str *ids = ARENA_ARRAY(a, struct str, s->njobs + 1);
    *count = 0;
    for (const struct job_entry *j = s->jobs; j; j = j->next) ids[(*count)++] = str_of(j->id);
    return ids;
}

bool jobs_is_statement(const struct ast_stmt *stmt) {
    switch (stmt->kind) {
    case AST_STOP_JOB: return true;
    case AST_SHOW: return ast_as_show(stmt)->object == AST_OBJ_JOB;
    case AST_DESCRIBE: return ast_as_describe(stmt)->object == AST_OBJ_JOB;
    default: return false;
    }
}

static struct job_entry *find(struct weir_session *s, struct ast_text id, struct error *e) {
    for (struct job_entry *j = s->jobs; j; j = j->next) {
        if (str_eq(id.value, str_of(j->id))) return j;
    }
    error_at(e, ERR_UNKNOWN_TABLE, id.span, "there is no job '%.*s'", STR_ARG(id.value));
    error_hint(e, "SHOW JOBS lists them");
    return NULL;
}

static struct str time_text(struct arena *a, int64_t us) {
    char text[DATETIME_MAX_BYTES + 1];
    text[datetime_print_timestamp(text, us - us % 1000, 3, DATETIME_CAST)] = '\0';
    return arena_str(a, str_of(text));
}

/* As Flink: id, name, status, start time (UTC). */
static uint32_t put_job(struct arena *a, const struct job_entry *j, struct str *cells) {
    cells[0] = str_of(j->id);
    cells[1] = j->name;
    cells[2] = str_of(status_name(j));
    cells[3] = time_text(a, j->started_us);
    return 4;
}

static enum status list(struct weir_session *s, const struct job_entry *one, struct arena *a,
                        struct weir_result **out, struct error *e) {
    struct str headers[] = {STR("job id"), STR("job name"), STR("status"), STR("start time")};
    struct string_table t = {.ncols = 4, .headers = headers};
    for (const struct job_entry *j = s->jobs; j; j = j->next) t.nrows += !one || j == one;
    t.cells = ARENA_ARRAY(a, struct str, t.nrows * 4 + 1);
    struct str *cells = t.cells;
    for (const struct job_entry *j = s->jobs; j; j = j->next) {
        if (!one || j == one) cells += put_job(a, j, cells);
    }
    return result_of_strings(s, &t, out, e);
}

static enum status stop(struct weir_session *s, const struct ast_stop_job *stmt, struct weir_result **out,
                        struct error *e) {
    if (stmt->with_savepoint || stmt->with_drain)
        return error_at(
            e, ERR_UNSUPPORTED, stmt->head.span,
            "STOP JOB .. WITH SAVEPOINT and WITH DRAIN are not supported: jobs of a session have no "
            "checkpoints");
    struct job_entry *j = find(s, stmt->id, e);
    if (!j) return ST_ERROR;
    if (!j->result || weir_result_end(j->result) != WEIR_RUNNING)
        return error_at(e, ERR_INVALID_QUERY, stmt->id.span, "job '%s' is not running: it is %s", j->id,
                        status_name(j));
    result_stop(j->result, STOP_WAIT_US);
    *out = result_new(s, WEIR_NOTHING);
    return ST_OK;
}

enum status jobs_statement(struct weir_session *s, const struct ast_stmt *stmt, struct weir_result **out,
                           struct error *e) {
    struct arena a = {0};
    enum status st;
    if (stmt->kind == AST_STOP_JOB) {
        st = stop(s, ast_as_stop_job(stmt), out, e);
    } else if (stmt->kind == AST_SHOW) {
        st = list(s, NULL, &a, out, e);
    } else {
        struct job_entry *j = find(s, ast_as_describe(stmt)->id, e);
        st = j ? list(s, j, &a, out, e) : ST_ERROR;
    }
    arena_free(&a);
    return st;
}
