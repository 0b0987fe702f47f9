/* SPDX-License-Identifier: Apache-2.0
 *
 * Lists around a place: options with what is given in them, columns of a CREATE TABLE, the name of the table
 * that is written to. See place.h.
 */
#include "sql/grammar.h"
#include "sql/placing.h"
#include "sql/text.h"

bool place_is_options(const struct placing *p, size_t open) {
    if (open == NO_TOKEN || open == 0 || placing_kind(p, open) != TK_LP) return false;
    int before = placing_kind(p, open - 1);
    return before == TK_WITH || before == TK_OPTIONS ||
           ((before == TK_SET || before == TK_RESET) && placing_kind(p, 0) == TK_ALTER);
}

static struct str text_of(const struct placing *p, size_t i) {
    struct error ignored = {0};
    struct str s = {0};
    if (placing_kind(p, i) == TK_STRING &&
        text_unquote(p->arena, placing_text(p, i), (struct span){0}, &s, &ignored) != ST_OK)
        return (struct str){0};
    return s;
}

void place_options(struct placing *p, size_t open) {
    struct options *o = &p->out->given;
    for (size_t i = open + 1; i < p->t.list.count && p->opener[i] == open; i++) {
        bool pair = placing_kind(p, i) == TK_STRING && placing_kind(p, i + 1) == TK_EQ &&
                    placing_kind(p, i + 2) == TK_STRING;
        bool split = i < p->t.before && i + 2 >= p->t.before; /* the place is between */
        if (!pair || split) continue;
        ARENA_ONE_MORE(p->arena, o->items, o->count);
        o->items[o->count++] = (struct option){.key = text_of(p, i), .value = text_of(p, i + 2)};
        i += 2;
    }
}

/* The bracket with the columns of CREATE TABLE, or NO_TOKEN. */
static size_t column_list(const struct placing *p) {
    if (placing_kind(p, 0) != TK_CREATE && placing_kind(p, 0) != TK_REPLACE) return NO_TOKEN;
    bool table = false;
    for (size_t i = 0; i < p->t.list.count && i < 16; i++) {
        int kind = placing_kind(p, i);
        if (kind == TK_AS || kind == TK_WITH || kind == TK_VIEW || kind == TK_LIKE) return NO_TOKEN;
        if (kind == TK_LP) return table ? i : NO_TOKEN;
        table |= kind == TK_TABLE;
    }
    return NO_TOKEN;
}

static void add_column(struct placing *p, size_t first, size_t end) {
    bool whole = p->t.before <= first || p->t.before >= end; /* the place is not in it */
    int kind = placing_kind(p, first);
    if (kind == TK_WATERMARK || kind == TK_PRIMARY || kind == TK_CONSTRAINT) return;
    if (first >= end || !placing_is_name(p, first) || !whole) return;
    placing_add(p->arena, &p->out->declared, placing_name(p, first),
                first + 1 < end ? placing_slice(p, first + 1, end) : (struct str){0});
}

void place_declared(struct placing *p) {
    size_t open = column_list(p);
    if (open == NO_TOKEN) return;
    size_t close = p->partner[open] == NO_TOKEN ? p->t.list.count : p->partner[open];
    size_t first = open + 1;
    for (size_t i = open + 1; i <= close && i <= p->t.list.count; i++) {
        if (i < close && (placing_kind(p, i) != TK_COMMA || p->opener[i] != open)) continue;
        add_column(p, first, i);
        first = i + 1;
    }
    for (size_t i = close; i < p->t.list.count && p->out->given.count == 0; i++) {
        if (place_is_options(p, i)) place_options(p, i);
    }
}

void place_target(struct placing *p) {
    size_t at = 0;
    while (at < p->t.list.count && at < 40 && placing_kind(p, at) != TK_INTO &&
           placing_kind(p, at) != TK_OVERWRITE &&
           !(placing_kind(p, at) == TK_TABLE && placing_kind(p, 0) == TK_ALTER))
        at++;
    /* of several INSERTs in a set, the one around the place */
    for (size_t i = at; i < p->t.before; i++) {
        if (placing_kind(p, i) == TK_INTO || placing_kind(p, i) == TK_OVERWRITE) at = i;
    }
    size_t hint = p->inside; /* of a hint: the table before it */
    if (hint != NO_TOKEN && hint >= 3 && placing_kind(p, hint - 1) == TK_OPTIONS) {
        for (at = hint - 2; at > 0 && placing_kind(p, at) != TK_HINT_BEGIN;) at--;
        while (at >= 3 && placing_kind(p, at - 2) == TK_DOT) at -= 2;
        at -= at >= 2 ? 2 : at;
    }
    for (at++; at < p->t.list.count && placing_is_name(p, at); at += 2) {
        placing_add(p->arena, &p->out->target, placing_name(p, at), (struct str){0});
        if (placing_kind(p, at + 1) != TK_DOT) break;
    }
}
