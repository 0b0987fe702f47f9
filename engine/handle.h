/* SPDX-License-Identifier: Apache-2.0
 *
 * What guards every call of weir.h: each handle begins with a struct handle, whose mark tells what it is, and
 * whose session lets one thread in at a time. Misuse becomes an error, never a crash, as far as memory
 * allows: a handle that was given back is recognised for certain only in development builds, which keep it.
 */
#ifndef WEIR_ENGINE_HANDLE_H
#define WEIR_ENGINE_HANDLE_H

#include <weir.h>

#include "base/error.h"
#include "base/str.h"

enum handle_kind {
    HANDLE_SESSION = 0x57ee1001,
    HANDLE_STATEMENT,
    HANDLE_RESULT,
    HANDLE_RUN,
    HANDLE_INPUT,
    HANDLE_FREED, /* given back */
};

struct handle {
    uint32_t mark;                /* enum handle_kind */
    struct weir_session *session; /* that it was made from; itself for a session */
    struct handle *next, **link;  /* among those of the session; link points to what points here */
};

/* Zeroed memory for a handle; `bytes` is the size of the struct it begins. */
void *handle_new(size_t bytes, enum handle_kind kind, struct weir_session *s);
/* Takes it off the session's list and frees it; in a development build it is kept until the session is freed.
 */
void handle_free(struct handle *h);

/* Is h a live handle of this kind? ERR_MISUSE names `call` else. For calls from any thread. */
enum status handle_check(const void *h, enum handle_kind kind, const char *call, struct error *e);
/* The same, and nobody else is in a call for its session. ST_OK: handle_leave() must follow. */
enum status handle_enter(const void *h, enum handle_kind kind, const char *call, struct error *e);
void handle_leave(const void *h);

enum status misuse(struct error *e, const char *call, const char *what);

/* Makes the caller's error; `sql` is what its place counts in. Gives WEIR_OK or WEIR_ERROR. */
enum weir_status give_status(enum status st, const struct error *e, struct str sql, struct weir_error **out);

/* Begins a function of weir.h that returns a status and has `error`: declares `e` and checks the handle. */
#define HANDLE_CALL(h, kind)                                                                                 \
    struct error e;                                                                                          \
    error_clear(&e);                                                                                         \
    if (handle_enter(h, kind, __func__, &e) != ST_OK) return give_status(ST_ERROR, &e, (struct str){0}, error)

#endif
