/* SPDX-License-Identifier: Apache-2.0
 *
 * Setting and naming errors; see error.h.
 */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    const char *sqlstate;
    int exit_status;
} error_info[ERR_COUNT] = {
    [ERR_NONE] = {"NONE", "00000", 0},
#define ERROR(name, code, exit_status, meaning) [ERR_##name] = {#name, code, exit_status},
#include "base/errors.def"
#undef ERROR
};

static void set(struct error *e, enum error_code code, struct span span, const char *fmt, va_list ap)
    PRINTF_LIKE(4, 0);

static void set(struct error *e, enum error_code code, struct span span, const char *fmt, va_list ap) {
    if (e->code != ERR_NONE) return;
    e->code = code;
    e->span = span;
    e->hint[0] = '\0';
    vsnprintf(e->text, sizeof e->text, fmt, ap);
}

enum status error_set(struct error *e, enum error_code code, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    set(e, code, (struct span){0, 0}, fmt, ap);
    va_end(ap);
    return ST_ERROR;
}

enum status error_at(struct error *e, enum error_code code, struct span span, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    set(e, code, span, fmt, ap);
    va_end(ap);
    return ST_ERROR;
}

enum status error_hint(struct error *e, const char *fmt, ...) {
    if (e->hint[0] == '\0') {
        va_list ap;
        va_start(ap, fmt);
        vsnprintf(e->hint, sizeof e->hint, fmt, ap);
        va_end(ap);
    }
    return ST_ERROR;
}

void error_prefix(struct error *e, const char *fmt, ...) {
    char text[ERROR_TEXT_BYTES];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    if (n < 0 || (size_t)n >= sizeof text) return;
    snprintf(text + n, sizeof text - (size_t)n, "%s", e->text);
    memcpy(e->text, text, sizeof text);
}

void error_clear(struct error *e) {
    e->code = ERR_NONE;
    e->span = (struct span){0, 0};
    e->retriable = e->fatal = false;
    e->text[0] = e->hint[0] = '\0';
}

const char *error_sqlstate(enum error_code code) {
    return error_info[code].sqlstate;
}

int error_exit_status(enum error_code code) {
    return error_info[code].exit_status;
}

const char *error_name(enum error_code code) {
    return error_info[code].name;
}
