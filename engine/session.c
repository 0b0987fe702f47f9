/* SPDX-License-Identifier: Apache-2.0
 *
 * Sessions; see session.h.
 */
#include "engine/session.h"

#include <stdlib.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

#include "base/mem.h"
#include "connectors/stream.h"
#include "engine/registry.h"
#include "engine/result.h"
#include "engine/statement.h"
#include "exec/expr.h"
#include "exec/zone.h"

/* ---- opening and closing ---- */

/* What waits for a stream table goes with it. */
static void dropped(void *arg, const struct catalog_entry *entry) {
    struct weir_session *s = arg;
    if (entry->kind != ENTRY_TABLE) return;
    arena_reset(&s->scratch);
    stream_set_drop(s->streams, arena_printf(&s->scratch, "%.*s.%.*s.%.*s", STR_ARG(entry->catalog),
                                             STR_ARG(entry->database), STR_ARG(entry->name)));
}

enum weir_status session_open(const struct weir_config *config, struct env *env, struct weir_session **out,
                              struct weir_error **error) {
    struct error e;
    error_clear(&e);
    size_t first = offsetof(struct weir_config, progress); /* the fields of the first version */
    if (!out || (config && config->struct_bytes < first)) {
        misuse(&e, "weir_open",
               out ? "config.struct_bytes is too small: start with WEIR_CONFIG_INIT"
                   : "the place for the session is NULL");
        return give_status(ST_ERROR, &e, (struct str){0}, error);
    }
    struct weir_session *s = handle_new(sizeof *s, HANDLE_SESSION, NULL);
    s->handle.session = s;
    if (config)
        memcpy(&s->config, config,
               config->struct_bytes < sizeof *config ? config->struct_bytes : sizeof *config);
    s->own_env = env_real;
    s->env = env ? env : &s->own_env;
    catalogs_init(&s->catalogs);
    s->streams = stream_set_new();
    s->catalogs.on_drop = dropped;
    s->catalogs.on_drop_arg = s;
    *out = s;
    return WEIR_OK;
}

enum weir_status weir_open(const struct weir_config *config, struct weir_session **out,
                           struct weir_error **error) {
    return session_open(config, NULL, out, error);
}

static void free_handles(struct weir_session *s, enum handle_kind kind) {
    for (struct handle *h = s->handles, *next; h; h = next) {
        next = h->next;
        if (h->mark != (uint32_t)kind) continue;
        switch (kind) {
        case HANDLE_RESULT: result_free((struct weir_result *)h); break;
        case HANDLE_STATEMENT: statement_free((struct weir_statement *)h); break;
        case HANDLE_RUN: run_free((struct weir_run *)h); break;
        case HANDLE_INPUT: input_free((struct weir_input *)h); break;
        case HANDLE_SESSION:
        case HANDLE_FREED: break;
        }
    }
}

void weir_close(struct weir_session *s) {
    struct error e;
    error_clear(&e);
    if (!s || handle_enter(s, HANDLE_SESSION, __func__, &e) != ST_OK) return;
    free_handles(s, HANDLE_INPUT);
    free_handles(s, HANDLE_RUN);
    free_handles(s, HANDLE_RESULT);
    free_handles(s, HANDLE_STATEMENT);
    stream_set_free(s->streams);
    catalogs_free(&s->catalogs);
    session_options_free(&s->options);
    definitions_free(&s->definitions);
    arena_free(&s->zone_arena);
    arena_free(&s->job_arena);
    arena_free(&s->scratch);
    handle_free(&s->handle);
}

#ifdef WEIR_KEEP_HANDLES
/* Development builds keep what was given back, so that later calls with it are told. */
void session_bury(struct handle *h, struct weir_session *s) {
    h->next = s ? s->buried : NULL;
    if (s) s->buried = h;
#ifdef __SANITIZE_ADDRESS__
    else __lsan_ignore_object(h); /* with those that were made from it */
#endif
}
#else
void session_bury(struct handle *h, struct weir_session *s UNUSED) {
    free(h);
}
#endif

/* ---- settings ---- */

/* A time zone is looked up when it is set: later, each statement would fail. */
static enum status check_zone(struct str key, struct str value, struct span span, struct error *e) {
    if (!str_eq(key, STR("table.local-time-zone")) || value.len == 0) return ST_OK;
    struct arena a = {0};
    const struct zone *zone;
    enum status st = zone_load(value, &a, &zone, e);
    if (st != ST_OK) {
        e->code = ERR_INVALID_OPTION;
        e->span = span;
    }
    arena_free(&a);
    return st;
}

enum status session_apply(struct planning *p, const struct ast_stmt *stmt) {
    const struct ast_set *set = stmt->kind == AST_SET ? ast_as_set(stmt) : NULL;
    if (set) TRY(check_zone(set->key.value, set->value.value, set->value.span, p->ctx.error));
    return planner_apply(&p->ctx, stmt);
}

enum status session_set(struct weir_session *s, struct str key, struct str value, struct error *e) {
    struct span none = {0, 0};
    TRY(check_zone(key, value, none, e));
    return session_options_set(&s->options, key, value, none, none, e);
}

enum weir_status weir_set(struct weir_session *s, const char *key, const char *value,
                          struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    enum status st = !key || !value ? misuse(&e, __func__, "key or value is NULL")
                                    : session_set(s, str_of(key), str_of(value), &e);
    handle_leave(s);
    return give_status(st, &e, (struct str){0}, error);
}

enum weir_status weir_define(struct weir_session *s, const char *name, const char *value,
                             struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    enum status st = ST_OK;
    if (!name || !value) st = misuse(&e, __func__, "name or value is NULL");
    else definitions_add(&s->definitions, str_of(name), str_of(value));
    handle_leave(s);
    return give_status(st, &e, (struct str){0}, error);
}

const char *weir_setting(struct weir_session *s, const char *key, bool *given) {
    struct error e;
    error_clear(&e);
    if (given) *given = false;
    if (!key || handle_enter(s, HANDLE_SESSION, __func__, &e) != ST_OK) return NULL;
    const struct option *o = options_find(&s->options.given, key);
    const struct option_def *def = option_def_find(session_option_defs, str_of(key));
    const char *value = def ? def->def : NULL;
    if (o) {
        arena_reset(&s->scratch);
        value = arena_str(&s->scratch, o->value).ptr;
    }
    if (given) *given = o != NULL;
    handle_leave(s);
    return value;
}

bool session_has_option(const struct weir_session *s, const char *key, const char *value) {
    return str_ieq(session_option_str(&s->options, key), str_of(value));
}

void session_note(struct weir_session *s, const char *line) {
    if (s->config.log) s->config.log(s->config.arg, line);
}

/* ---- planning ---- */

enum status session_zone(struct weir_session *s, const struct zone **out, struct error *e) {
    struct str name = session_option_str(&s->options, "table.local-time-zone");
    if (name.len == 0) name = STR("UTC");
    if (!s->zone || !str_eq(s->zone->name, name)) TRY(zone_load(name, &s->zone_arena, &s->zone, e));
    *out = s->zone;
    return ST_OK;
}

static enum status fold(void *arg, struct arena *a, const struct expr *e, struct expr **out,
                        struct error *err) {
    struct planning *p = arg;
    error_clear(&p->fold_error);
    p->eval.error = &p->fold_error;
    return expr_fold(a, e, &p->eval, out, err);
}

enum status session_planning(struct weir_session *s, struct arena *a, struct str text, enum planner_mode mode,
                             struct planning *p, struct error *e) {
    const struct zone *zone;
    TRY(session_zone(s, &zone, e));
    p->eval = (struct eval_ctx){.zone = zone};
    p->ctx = (struct planner_ctx){.arena = a,
                                  .error = e,
                                  .text = text,
                                  .catalogs = &s->catalogs,
                                  .session = &s->options,
                                  .registry = engine_registry(),
                                  .mode = mode,
                                  .fold = fold,
                                  .fold_arg = p,
                                  .infer = engine_infer,
                                  .infer_arg = s->env};
    return ST_OK;
}
