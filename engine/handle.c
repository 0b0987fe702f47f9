/* SPDX-License-Identifier: Apache-2.0
 *
 * Handles; see handle.h.
 */
#include "engine/handle.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/session.h"

void *handle_new(size_t bytes, enum handle_kind kind, struct weir_session *s) {
    struct handle *h = calloc(1, bytes);
    if (!h) mem_exhausted();
    h->mark = kind;
    h->session = s;
    if (!s) return h;
    h->next = s->handles;
    h->link = &s->handles;
    if (h->next) h->next->link = &h->next;
    s->handles = h;
    return h;
}

void handle_free(struct handle *h) {
    h->mark = HANDLE_FREED;
    if (!h->link) {
        session_bury(h, NULL);
        return;
    }
    *h->link = h->next;
    if (h->next) h->next->link = h->link;
    h->link = NULL;
    session_bury(h, h->session);
}

enum status misuse(struct error *e, const char *call, const char *what) {
    return error_set(e, ERR_MISUSE, "%s: %s", call, what);
}

enum status handle_check(const void *handle, enum handle_kind kind, const char *call, struct error *e) {
    const struct handle *h = handle;
    if (!h) return misuse(e, call, "the handle is NULL");
    if (h->mark == (uint32_t)kind) return ST_OK;
    if (h->mark == HANDLE_FREED) return misuse(e, call, "the handle was given back before");
    return misuse(e, call, "this is no handle of the kind that is needed");
}

enum status handle_enter(const void *handle, enum handle_kind kind, const char *call, struct error *e) {
    TRY(handle_check(handle, kind, call, e));
    struct weir_session *s = ((const struct handle *)handle)->session;
    if (atomic_exchange(&s->busy, true))
        return misuse(e, call, "another thread is in a call for the same session");
    return ST_OK;
}

void handle_leave(const void *handle) {
    atomic_store(&((const struct handle *)handle)->session->busy, false);
}
