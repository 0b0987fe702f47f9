/* SPDX-License-Identifier: Apache-2.0
 *
 * Casts to CHAR, VARCHAR, BINARY and VARBINARY: anything as text (text.h), cut to the length of the type;
 * CHAR is filled up with blanks and BINARY with zero bytes. Bytes become text as UTF-8.
 */
#include "exec/cast_internal.h"
#include "exec/text.h"

/* Bytes of the first `chars` characters, and how many characters there are up to that. */
static size_t prefix_bytes(const char *p, size_t len, int32_t chars, int32_t *count) {
    size_t at = 0;
    int32_t n = 0;
    while (at < len && n < chars) {
        at++;
        while (at < len && ((unsigned char)p[at] & 0xc0) == 0x80) at++;
        n++;
    }
    *count = n;
    return at;
}

/* Stores text that lives long enough, cut and filled up to the type. */
static void put_sized(struct kernel_call *call, uint32_t row, const char *p, size_t len) {
    const struct type *t = call->expr->type;
    bool fills = t->kind == TYPE_CHAR || t->kind == TYPE_BINARY;
    int32_t count = (int32_t)len;
    if (!fills && len <= (size_t)t->length) {
        kernel_put_view(call, row, p, len);
        return;
    }
    if (type_is_bytes(t)) {
        if (len > (size_t)t->length) len = (size_t)t->length;
        count = (int32_t)len;
    } else {
        len = prefix_bytes(p, len, t->length, &count);
    }
    if (!fills || count >= t->length) {
        kernel_put_view(call, row, p, len);
        return;
    }
    size_t fill = (size_t)(t->length - count);
    char *copy = arena_alloc_raw(call->scratch, len + fill);
    memcpy(copy, p, len);
    memset(copy + len, t->kind == TYPE_CHAR ? ' ' : 0, fill);
    kernel_put_view(call, row, copy, len + fill);
}

enum status cast_bytes_to_text(struct kernel_call *call) {
    SEL_FOREACH(call->sel, k, row) {
        struct str s = text_valid_utf8(arg_str(call->args[0], row), call->scratch);
        put_sized(call, row, s.ptr, s.len);
    }
    return ST_OK;
}

enum status cast_resize(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        const struct strview *s = &((const struct strview *)v->data)[arg_index(v, row)];
        put_sized(call, row, strview_ptr(s), s->len);
    }
    return ST_OK;
}

enum status cast_print(struct kernel_call *call) {
    const struct vec *v = call->args[0];
    SEL_FOREACH(call->sel, k, row) {
        if (v->nchild) {
            struct text t = {.arena = call->scratch};
            text_value(&t, v, row, call->ctx->zone);
            put_sized(call, row, t.ptr, t.len);
            continue;
        }
        char scalar[TEXT_SCALAR_BYTES], *p = scalar;
        unsigned n = text_scalar(scalar, v, row, call->ctx->zone);
        if (n > STRVIEW_INLINE) {
            p = arena_alloc_raw(call->scratch, n);
            memcpy(p, scalar, n);
        }
        put_sized(call, row, p, n);
    }
    return ST_OK;
}
