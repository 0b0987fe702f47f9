/* SPDX-License-Identifier: Apache-2.0
 *
 * Growing texts; see text.h.
 */
#include "base/text.h"

#include <stdio.h>

char *text_reserve(struct text *t, size_t more) {
    if (!t->ptr || t->capacity - t->len < more) {
        size_t capacity = 2 * (t->len + more) + 64;
        t->ptr = arena_grow(t->arena, t->ptr, t->len, capacity);
        t->capacity = capacity;
    }
    return t->ptr + t->len;
}

void text_printf(struct text *t, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    text_vprintf(t, fmt, ap);
    va_end(ap);
}

void text_vprintf(struct text *t, const char *fmt, va_list ap) {
    va_list again;
    va_copy(again, ap);
    size_t room = t->capacity - t->len;
    int n = vsnprintf(t->ptr ? t->ptr + t->len : NULL, room, fmt, ap);
    if (n >= 0 && (size_t)n >= room) vsnprintf(text_reserve(t, (size_t)n + 1), (size_t)n + 1, fmt, again);
    va_end(again);
    if (n > 0) t->len += (size_t)n;
}

struct str text_str(struct text *t) {
    *text_reserve(t, 1) = '\0';
    return (struct str){t->ptr, t->len};
}
