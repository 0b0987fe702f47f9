/* SPDX-License-Identifier: Apache-2.0
 *
 * Growth and formatting of output buffers; see serial.h.
 */
#include "base/serial.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"

void outbuf_free(struct outbuf *o) {
    free(o->data);
    *o = (struct outbuf){0};
}

void outbuf_grow(struct outbuf *o, size_t more_bytes) {
    size_t cap = o->cap ? o->cap * 2 : 256;
    while (cap < o->len + more_bytes) cap *= 2;
    char *data = realloc(o->data, cap);
    if (!data) mem_exhausted();
    o->data = data;
    o->cap = cap;
}

void outbuf_printf(struct outbuf *o, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    char small[256];
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    if (n < 0) return;
    if ((size_t)n < sizeof small) {
        outbuf_put(o, small, (size_t)n);
        return;
    }
    char *at = outbuf_reserve(o, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(at, (size_t)n + 1, fmt, ap);
    va_end(ap);
    o->len += (size_t)n;
}

struct str outbuf_keep(struct outbuf *o, struct arena *a) {
    struct str s = arena_str(a, (struct str){o->data ? o->data : "", o->len});
    outbuf_free(o);
    *o = (struct outbuf){0};
    return s;
}
