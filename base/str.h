/* SPDX-License-Identifier: Apache-2.0
 *
 * A borrowed slice of bytes, usually UTF-8. Never owns; never NUL-terminated by contract.
 */
#ifndef WEIR_BASE_STR_H
#define WEIR_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

struct str {
    const char *ptr; /* may be NULL when len is 0 */
    size_t len;      /* bytes */
};

/* A slice of a string literal. */
#define STR(lit) ((struct str){"" lit, sizeof(lit) - 1})
/* Arguments for "%.*s"; s stands there three times, so it must not be a call that costs something. */
#define STR_ARG(s) (int)(s).len, (s).ptr ? (s).ptr : ""

static inline struct str str_of(const char *z) {
    return (struct str){z, z ? strlen(z) : 0};
}
static inline bool str_eq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
/* ASCII case-insensitive equality. */
static inline bool str_ieq(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}
static inline bool str_starts(struct str a, struct str prefix) {
    return a.len >= prefix.len && memcmp(a.ptr, prefix.ptr, prefix.len) == 0;
}
static inline struct str str_sub(struct str a, size_t from, size_t len) {
    return (struct str){a.ptr + from, len};
}
/* Edit distance of two names, ASCII case ignored, for "did you mean"; stops at `max`. */
unsigned str_distance(struct str a, struct str b, unsigned max);
/* From which distance on another name is no suggestion for this one: a third of its letters may differ. */
static inline unsigned str_too_far(struct str name) {
    return (unsigned)((name.len + 1) / 3 + 1);
}

#endif
