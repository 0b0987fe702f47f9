/* SPDX-License-Identifier: Apache-2.0
 *
 * A text in an arena that is put together piece by piece. It doubles, so a long list costs no more than its
 * length; what it grew out of stays in the arena. A struct with the arena alone is an empty text.
 */
#ifndef WEIR_BASE_TEXT_H
#define WEIR_BASE_TEXT_H

#include "base/arena.h"

struct text {
    struct arena *arena;
    char *ptr;
    size_t len;      /* bytes used */
    size_t capacity; /* bytes there are */
};

/* Room for `more` bytes behind the text; returns where they go. Add to len what was used. */
char *text_reserve(struct text *t, size_t more);
static inline void text_append(struct text *t, const char *p, size_t len) {
    char *at = t->capacity - t->len >= len && t->ptr ? t->ptr + t->len : text_reserve(t, len);
    if (len) memcpy(at, p, len);
    t->len += len;
}
void text_printf(struct text *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
void text_vprintf(struct text *t, const char *fmt, va_list ap) PRINTF_LIKE(2, 0);
/* The whole, with a NUL behind it that is not counted. */
struct str text_str(struct text *t);

#endif
