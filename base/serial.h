/* SPDX-License-Identifier: Apache-2.0
 *
 * Bytes out and in: a growing output buffer and a checked reader, little-endian. Used by snapshots
 * (format versions are the caller's), encoders and exchange pages. A reader that runs past its end
 * sets `bad` and gives zeros from then on, so that callers may check once.
 */
#ifndef WEIR_BASE_SERIAL_H
#define WEIR_BASE_SERIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/status.h"
#include "base/str.h"

struct outbuf {
    char *data;   /* malloc'ed */
    size_t len;   /* bytes used */
    size_t cap;   /* bytes allocated */
};

void outbuf_free(struct outbuf *o);
void outbuf_grow(struct outbuf *o, size_t more_bytes);
/* Room for n more bytes; returns where they go. Add to len what was used. */
static inline char *outbuf_reserve(struct outbuf *o, size_t n) {
    if (UNLIKELY(o->cap - o->len < n || !o->data)) outbuf_grow(o, n);
    return o->data + o->len;
}
static inline void outbuf_put(struct outbuf *o, const void *p, size_t n) {
    char *at = outbuf_reserve(o, n);
    if (n) memcpy(at, p, n);
    o->len += n;
}
static inline void outbuf_char(struct outbuf *o, char c) {
    *outbuf_reserve(o, 1) = c;
    o->len++;
}
static inline void outbuf_u8(struct outbuf *o, uint8_t v) { outbuf_put(o, &v, 1); }
static inline void outbuf_u32(struct outbuf *o, uint32_t v) { outbuf_put(o, &v, 4); }
static inline void outbuf_u64(struct outbuf *o, uint64_t v) { outbuf_put(o, &v, 8); }
static inline void outbuf_i64(struct outbuf *o, int64_t v) { outbuf_put(o, &v, 8); }
/* Length (u32) and bytes. */
static inline void outbuf_str(struct outbuf *o, struct str s) {
    outbuf_u32(o, (uint32_t)s.len);
    outbuf_put(o, s.ptr, s.len);
}
static inline void outbuf_text(struct outbuf *o, const char *z) { outbuf_put(o, z, strlen(z)); }
void outbuf_printf(struct outbuf *o, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* What was put, moved into the arena; the buffer is free again. */
struct arena;
struct str outbuf_keep(struct outbuf *o, struct arena *a);

struct inbuf {
    const char *at;  /* next byte */
    const char *end; /* one past the last */
    bool bad;        /* something ran past the end */
};

static inline struct inbuf inbuf_of(const void *p, size_t n) {
    return (struct inbuf){(const char *)p, (const char *)p + n, false};
}
static inline size_t inbuf_left(const struct inbuf *in) {
    return (size_t)(in->end - in->at);
}
/* n bytes, borrowed; NULL (and bad) when there are fewer. */
static inline const void *inbuf_take(struct inbuf *in, size_t n) {
    if (UNLIKELY(inbuf_left(in) < n)) {
        in->bad = true;
        in->at = in->end;
        return NULL;
    }
    const char *p = in->at;
    in->at += n;
    return p;
}
static inline void inbuf_get(struct inbuf *in, void *to, size_t n) {
    const void *p = inbuf_take(in, n);
    if (p) memcpy(to, p, n);
    else memset(to, 0, n);
}
static inline uint8_t inbuf_u8(struct inbuf *in) {
    uint8_t v;
    inbuf_get(in, &v, 1);
    return v;
}
static inline uint32_t inbuf_u32(struct inbuf *in) {
    uint32_t v;
    inbuf_get(in, &v, 4);
    return v;
}
static inline uint64_t inbuf_u64(struct inbuf *in) {
    uint64_t v;
    inbuf_get(in, &v, 8);
    return v;
}
static inline int64_t inbuf_i64(struct inbuf *in) {
    return (int64_t)inbuf_u64(in);
}
static inline struct str inbuf_str(struct inbuf *in) {
    uint32_t n = inbuf_u32(in);
    const char *p = inbuf_take(in, n);
    return (struct str){p, p ? n : 0};
}

#endif
