/* SPDX-License-Identifier: Apache-2.0
 *
 * Widths of characters; see width.h. utf8proc knows them; ambiguous ones are one column wide, as terminals
 * have it outside of East Asian locales. What has no shape of its own (controls, marks that turn the
 * direction of writing, code points that are not assigned) is printed as an escape.
 */
#include "cli/width.h"

#include <stdio.h>
#include <utf8proc.h>

static struct width_piece escape(const char *fmt, unsigned value) {
    struct width_piece p;
    p.len = (unsigned)snprintf(p.text, sizeof p.text, fmt, value);
    p.width = p.len;
    return p;
}

static struct width_piece control(unsigned char c) {
    switch (c) {
    case '\n': return (struct width_piece){"\\n", 2, 2};
    case '\t': return (struct width_piece){"\\t", 2, 2};
    case '\r': return (struct width_piece){"\\r", 2, 2};
    default: return escape("\\x%02X", c);
    }
}

/* Zero width joiners and variation selectors belong to the characters around them. */
static bool is_shapeless(utf8proc_int32_t c) {
    if (c == 0x200c || c == 0x200d) return false;
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: return false;
    }
}

struct width_piece width_next(struct str s, size_t *at, bool unicode) {
    unsigned char first = (unsigned char)s.ptr[*at];
    if (first < 0x80) {
        ++*at;
        if (first < ' ' || first == 0x7f) return control(first);
        return (struct width_piece){{(char)first}, 1, 1};
    }
    utf8proc_int32_t c;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + *at, (utf8proc_ssize_t)(s.len - *at), &c);
    if (n <= 0) {
        ++*at;
        return escape("\\x%02X", first);
    }
    size_t from = *at;
    *at += (size_t)n;
    if (!unicode || is_shapeless(c)) return escape(c > 0xffff ? "\\U%08X" : "\\u%04X", (unsigned)c);
    struct width_piece p = {.len = (unsigned)n, .width = (unsigned)utf8proc_charwidth(c)};
    memcpy(p.text, s.ptr + from, (size_t)n);
    return p;
}

unsigned width_of(struct str s, bool unicode) {
    unsigned width = 0;
    for (size_t at = 0; at < s.len;) width += width_next(s, &at, unicode).width;
    return width;
}

unsigned width_put(struct outbuf *o, struct str s, unsigned max, bool unicode) {
    unsigned width = 0, fits_width = 0, dots = unicode ? 1 : 2;
    size_t fits = o->len; /* up to here there is room for the ellipsis */
    if (dots > max) dots = max;
    for (size_t at = 0; at < s.len;) {
        struct width_piece p = width_next(s, &at, unicode);
        if (width + p.width > max) {
            o->len = fits;
            outbuf_text(o, !dots ? "" : unicode ? "…" : dots == 1 ? "." : "..");
            return fits_width + dots;
        }
        outbuf_put(o, p.text, p.len);
        width += p.width;
        if (width + dots <= max) {
            fits = o->len;
            fits_width = width;
        }
    }
    return width;
}

void width_blanks(struct outbuf *o, unsigned n) {
    memset(outbuf_reserve(o, n), ' ', n);
    o->len += n;
}
