/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of results as Arrow batches, one by one or as an Arrow C stream. Arrays own their memory.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "engine/result.h"
#include "exec/zone.h"
#include "formats/arrow.h"

static enum status check(struct weir_result *r, const char *change, const void *out, const char *call,
                         struct error *e) {
    if (!out) return misuse(e, call, "the place for the Arrow data is NULL");
    TRY(result_choose(r, WAY_ARROW, call, e));
    if (r->updating && !change)
        return misuse(e, call, "the result takes rows back: name a column for the kinds of change");
    return ST_OK;
}

static const char *zone_name(struct weir_result *r) {
    if (!r->zone_name) r->zone_name = arena_str(&r->arena, r->zone->name).ptr;
    return r->zone_name;
}

enum weir_status weir_result_schema(struct weir_result *r, const char *change_column, struct ArrowSchema *out,
                                    struct weir_error **error) {
    HANDLE_CALL(r, HANDLE_RESULT);
    enum status st = check(r, change_column, out, __func__, &e);
    if (st == ST_OK) arrow_schema(&r->columns, zone_name(r), change_column, out);
    if (st == ST_OK) r->change_column = change_column != NULL;
    handle_leave(r);
    return give_status(st, &e, result_sql(r), error);
}

static enum weir_status next(struct weir_result *r, int64_t timeout_us, bool change, struct ArrowArray *out,
                             struct error *e) {
    const struct batch *b;
    enum weir_status st = result_fetch(r, timeout_us, &b, e);
    if (st != WEIR_OK) return st;
    return arrow_array(&r->columns, b, change, out, e) == ST_OK ? WEIR_OK : WEIR_ERROR;
}

enum weir_status weir_result_next(struct weir_result *r, int64_t timeout_us, struct ArrowArray *out,
                                  struct weir_error **error) {
    HANDLE_CALL(r, HANDLE_RESULT);
    enum weir_status st = WEIR_ERROR;
    const char *change = r->change_column ? "" : NULL;
    if (check(r, change, out, __func__, &e) == ST_OK) st = next(r, timeout_us, r->change_column, out, &e);
    handle_leave(r);
    return st == WEIR_ERROR ? give_status(ST_ERROR, &e, result_sql(r), error) : st;
}

/* ---- the stream ---- */

struct stream {
    struct weir_result *result;
    char *change;                 /* or NULL */
    char error[ERROR_TEXT_BYTES]; /* of the last call */
};

static int failed(struct stream *s, struct weir_error *e) {
    snprintf(s->error, sizeof s->error, "%s", weir_error_text(e));
    weir_error_free(e);
    return EIO;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out) {
    struct stream *s = stream->private_data;
    struct weir_error *e = NULL;
    return weir_result_schema(s->result, s->change, out, &e) == WEIR_OK ? 0 : failed(s, e);
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out) {
    struct stream *s = stream->private_data;
    struct weir_error *e = NULL;
    switch (weir_result_next(s->result, -1, out, &e)) {
    case WEIR_OK: return 0;
    case WEIR_END: *out = (struct ArrowArray){0}; return 0;
    case WEIR_WAIT:
    case WEIR_ERROR: break;
    }
    return failed(s, e);
}

static const char *get_last_error(struct ArrowArrayStream *stream) {
    return ((struct stream *)stream->private_data)->error;
}

static void release(struct ArrowArrayStream *stream) {
    struct stream *s = stream->private_data;
    free(s->change);
    free(s);
    stream->release = NULL;
}

enum weir_status weir_result_arrow(struct weir_result *r, const char *change_column,
                                   struct ArrowArrayStream *out, struct weir_error **error) {
    HANDLE_CALL(r, HANDLE_RESULT);
    enum status st = check(r, change_column, out, __func__, &e);
    if (st == ST_OK) {
        struct stream *s = calloc(1, sizeof *s);
        if (!s) mem_exhausted();
        s->result = r;
        s->change = change_column ? strdup(change_column) : NULL;
        r->change_column = change_column != NULL;
        *out = (struct ArrowArrayStream){get_schema, get_next, get_last_error, release, s};
    }
    handle_leave(r);
    return give_status(st, &e, result_sql(r), error);
}
