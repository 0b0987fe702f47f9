/* SPDX-License-Identifier: Apache-2.0
 *
 * The error objects of weir.h.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/handle.h"

struct weir_error {
    struct error error;
    char sql[]; /* what the place counts in */
};

enum weir_status give_status(enum status st, const struct error *e, struct str sql, struct weir_error **out) {
    if (st == ST_OK) return WEIR_OK;
    if (!out) return WEIR_ERROR;
    size_t bytes = e->span.len ? sql.len : 0;
    struct weir_error *made = malloc(sizeof *made + bytes + 1);
    if (!made) mem_exhausted();
    made->error = *e;
    if (bytes) memcpy(made->sql, sql.ptr, bytes);
    made->sql[bytes] = '\0';
    *out = made;
    return WEIR_ERROR;
}

const char *weir_error_code(const struct weir_error *e) {
    return e ? error_sqlstate(e->error.code) : error_sqlstate(ERR_NONE);
}

const char *weir_error_name(const struct weir_error *e) {
    return error_name(e ? e->error.code : ERR_NONE);
}

const char *weir_error_text(const struct weir_error *e) {
    return e ? e->error.text : "";
}

const char *weir_error_hint(const struct weir_error *e) {
    return e ? e->error.hint : "";
}

const char *weir_error_sql(const struct weir_error *e) {
    return e ? e->sql : "";
}

size_t weir_error_offset(const struct weir_error *e) {
    return e && e->error.span.len ? e->error.span.offset : WEIR_NO_PLACE;
}

size_t weir_error_length(const struct weir_error *e) {
    return e ? e->error.span.len : 0;
}

bool weir_error_retriable(const struct weir_error *e) {
    return e && e->error.retriable;
}

bool weir_error_fatal(const struct weir_error *e) {
    return e && e->error.fatal;
}

int weir_error_exit_status(const struct weir_error *e) {
    return e ? error_exit_status(e->error.code) : 0;
}

void weir_error_free(struct weir_error *e) {
    free(e);
}
