/* SPDX-License-Identifier: Apache-2.0
 *
 * Replacing ${NAME}; see substitute.h.
 */
#include "engine/substitute.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/serial.h"

void definitions_add(struct definitions *d, struct str name, struct str value) {
    ARENA_ONE_MORE(&d->arena, d->items, d->count);
    d->items[d->count++] = (struct definition){arena_str(&d->arena, name), arena_str(&d->arena, value)};
}

void definitions_free(struct definitions *d) {
    arena_free(&d->arena);
    *d = (struct definitions){0};
}

/* The last definition of a name wins, then the environment; ptr NULL = unset. */
static struct str value_of(const struct definitions *d, struct str name, struct arena *a) {
    for (size_t i = d->count; i-- > 0;) {
        if (str_eq(d->items[i].name, name)) return d->items[i].value;
    }
    return str_of(getenv(arena_str(a, name).ptr));
}

/* Length of a NAME at p, followed by '}'; 0 if there is none. */
static size_t name_len(const char *p, size_t left) {
    size_t n = 0;
    while (n < left && (isalnum((unsigned char)p[n]) || p[n] == '_' || p[n] == '.' || p[n] == '-')) n++;
    return n > 0 && n < left && p[n] == '}' ? n : 0;
}

static void note_place(struct substitutions *map, struct arena *a, struct substitution place) {
    if (!map) return;
    ARENA_ONE_MORE(a, map->items, map->count);
    map->items[map->count++] = place;
}

size_t substitutions_forth(const struct substitutions *map, size_t at) {
    for (size_t i = map->count; i-- > 0;) {
        const struct substitution *s = &map->items[i];
        if (at >= s->from_end) return s->to_end + (at - s->from_end);
        if (at > s->from) return s->to_end;
    }
    return at;
}

size_t substitutions_back(const struct substitutions *map, size_t at) {
    for (size_t i = map->count; i-- > 0;) {
        const struct substitution *s = &map->items[i];
        if (at >= s->to_end) return s->from_end + (at - s->to_end);
        if (at > s->to) return s->from_end;
    }
    return at;
}

enum status definitions_substitute(const struct definitions *d, struct str text, struct arena *a,
                                   struct str *out, struct substitutions *map, struct error *e) {
    struct outbuf o = {0};
    size_t from = 0;
    *out = text;
    for (size_t i = 0; i + 3 < text.len; i++) {
        if (text.ptr[i] != '$' || text.ptr[i + 1] != '{') continue;
        size_t n = name_len(text.ptr + i + 2, text.len - i - 2);
        if (n == 0) continue;
        bool literal = i > from && text.ptr[i - 1] == '$';
        outbuf_put(&o, text.ptr + from, i - from);
        struct substitution place = {i - literal, i + n + 3, o.len - literal, 0};
        if (literal) {
            o.len--;
            outbuf_put(&o, text.ptr + i, n + 3);
        } else {
            struct str name = {text.ptr + i + 2, n};
            struct str value = value_of(d, name, a);
            if (!value.ptr) {
                outbuf_free(&o);
                struct span span = {(uint32_t)i, (uint32_t)n + 3};
                error_at(e, ERR_INVALID_OPTION, span, "${%.*s} has no value", STR_ARG(name));
                return error_hint(e, "give it with -D %.*s=..., or set it in the environment", STR_ARG(name));
            }
            outbuf_put(&o, value.ptr, value.len);
        }
        place.to_end = o.len;
        note_place(map, a, place);
        from = i + n + 3;
        i = from - 1;
    }
    if (o.len == 0 && from == 0) return ST_OK;
    outbuf_put(&o, text.ptr + from, text.len - from);
    *out = arena_str(a, (struct str){o.data, o.len});
    outbuf_free(&o);
    return ST_OK;
}
