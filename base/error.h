/* SPDX-License-Identifier: Apache-2.0
 *
 * The error object of a statement or task. Set once, where the failure happens; the first error
 * sticks. It holds a stable code (errors.def), one plain sentence, the place in the user's SQL and,
 * where there is one, a suggestion. Never allocates.
 */
#ifndef WEIR_BASE_ERROR_H
#define WEIR_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum error_code {
    ERR_NONE = 0,
#define ERROR(name, code, exit_status, meaning) ERR_##name,
#include "base/errors.def"
#undef ERROR
    ERR_COUNT
};

#define ERROR_TEXT_BYTES 1024
#define ERROR_HINT_BYTES 320

/* A byte range in the SQL text a node came from. */
struct span {
    uint32_t offset; /* first byte */
    uint32_t len;    /* bytes; 0 = no place known */
};

struct error {
    enum error_code code;        /* ERR_NONE: no error */
    struct span span;            /* place in the statement's text; len 0 = none */
    bool retriable;              /* trying again may help */
    bool fatal;                  /* the session or job cannot go on */
    char text[ERROR_TEXT_BYTES]; /* one sentence, no newline, no final full stop */
    char hint[ERROR_HINT_BYTES]; /* suggestion, or empty */
};

/* Sets the error unless one is set already; returns ST_ERROR so that callers can `return` it. */
enum status error_set(struct error *e, enum error_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* The same, with a place in the SQL text. */
enum status error_at(struct error *e, enum error_code code, struct span span, const char *fmt, ...)
    PRINTF_LIKE(4, 5);
/* Adds a suggestion to the error just set (kept only if there is none yet); returns ST_ERROR. */
enum status error_hint(struct error *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Puts words before the text of the error that is set ("in file x: ..."). */
void error_prefix(struct error *e, const char *fmt, ...) PRINTF_LIKE(2, 3);
void error_clear(struct error *e);
/* The stable five-character code, e.g. "42601". */
const char *error_sqlstate(enum error_code code);
/* Exit status of the `weir` program for this error: 1, 2 or 3. */
int error_exit_status(enum error_code code);
/* The name in errors.def, e.g. "UNKNOWN_COLUMN". */
const char *error_name(enum error_code code);

#endif
