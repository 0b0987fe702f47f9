/* SPDX-License-Identifier: Apache-2.0
 *
 * The queries around a place: what stands in their FROM, before or behind the place, and the WITH items that
 * can be seen. Found by words and brackets alone, as the text is seldom whole. See place.h.
 */
#include "sql/grammar.h"
#include "sql/placing.h"

#define MAX_DEPTH 100 /* brackets around the place that are looked at */

/* Tokens of one bracket level: those directly in it, deeper ones skipped. */
struct level {
    size_t open;       /* its bracket, or NO_TOKEN: the statement */
    size_t begin, end; /* tokens */
};

static struct level level_of(const struct placing *p, size_t open) {
    struct level l = {open, 0, p->t.list.count};
    if (open == NO_TOKEN) return l;
    l.begin = open + 1;
    if (p->partner[open] != NO_TOKEN) l.end = p->partner[open];
    return l;
}

static bool is_on(const struct placing *p, const struct level *l, size_t i) {
    return p->opener[i] == l->open;
}

static bool ends_from(int kind) {
    return kind == TK_WHERE || kind == TK_GROUP || kind == TK_HAVING || kind == TK_WINDOW ||
           kind == TK_QUALIFY || kind == TK_ORDER || kind == TK_LIMIT || kind == TK_OFFSET ||
           kind == TK_FETCH || kind == TK_SEMI;
}

static bool is_set_op(int kind) {
    return kind == TK_UNION || kind == TK_EXCEPT || kind == TK_INTERSECT;
}

static bool is_join_word(int kind) {
    return kind == TK_JOIN || kind == TK_INNER || kind == TK_LEFT || kind == TK_RIGHT || kind == TK_FULL ||
           kind == TK_OUTER || kind == TK_CROSS || kind == TK_NATURAL;
}

/* One SELECT of a level; places of its words, `end` where they are missing. */
struct select {
    struct level level;
    size_t begin, from, from_end, order, end;
};

/* The SELECT of the level around the place; false if it has none. */
static bool find_select(const struct placing *p, struct level l, struct select *s) {
    bool found = false;
    *s = (struct select){.level = l, .begin = l.begin, .end = l.end};
    for (size_t i = l.begin; i < l.end; i++) {
        int kind = placing_kind(p, i);
        if (!is_on(p, &l, i)) continue;
        bool border = is_set_op(kind) || kind == TK_SEMI || kind == TK_INTO;
        if (border && i < p->t.before) {
            s->begin = i + 1;
            found = false;
        } else if (border) {
            s->end = i;
            break;
        } else if (kind == TK_SELECT && i < p->t.before) {
            s->begin = i;
            found = true;
        } else if (kind == TK_SELECT) { /* a later query */
            s->end = i;
            break;
        }
    }
    s->from = s->from_end = s->order = s->end;
    for (size_t i = s->begin; found && i < s->end; i++) {
        int kind = placing_kind(p, i), before = i ? placing_kind(p, i - 1) : 0;
        if (!is_on(p, &l, i)) continue;
        if (kind == TK_FROM && s->from == s->end && before != TK_DISTINCT) s->from = i;
        else if (ends_from(kind) && s->from != s->end && s->from_end == s->end) s->from_end = i;
        if (kind == TK_ORDER && s->order == s->end) s->order = i;
    }
    return found;
}

/* Adds tokens [first, end) as a FROM item unless the place is inside of it. */
static void add_item(struct placing *p, struct sql_scope *scope, size_t first, size_t end) {
    if (first >= end || (first < p->t.before && p->t.before < end)) return;
    /* a word that is being typed right behind it is its alias, or a keyword to come */
    size_t cut = first;
    while (cut < end && placing_kind(p, cut) != TK_FOR) cut++;
    struct str item = placing_slice(p, first, cut);
    if (cut < end && placing_kind(p, cut + 1) == TK_SYSTEM_TIME && placing_is_name(p, end - 1) &&
        placing_kind(p, end - 2) != TK_DOT)
        item = arena_printf(p->arena, "%.*s AS %.*s", STR_ARG(item), STR_ARG(placing_text(p, end - 1)));
    placing_add(p->arena, &scope->from, item, (struct str){0});
}

static void add_items(struct placing *p, const struct select *s, struct sql_scope *scope) {
    size_t first = NO_TOKEN; /* of the item being read */
    for (size_t i = s->from; i < s->from_end; i++) {
        int kind = placing_kind(p, i);
        if (!is_on(p, &s->level, i)) continue;
        bool starts = kind == TK_FROM || kind == TK_COMMA || kind == TK_JOIN;
        if (!starts && !is_join_word(kind) && kind != TK_ON && kind != TK_USING) continue;
        if (first != NO_TOKEN) add_item(p, scope, first, i);
        first = starts ? i + 1 : NO_TOKEN;
    }
    if (first != NO_TOKEN) add_item(p, scope, first, s->from_end);
}

/* SELECT .. AS name: ORDER BY may use it. */
static void add_aliases(struct placing *p, const struct select *s, struct sql_scope *scope) {
    if (s->order >= p->t.before) return;
    for (size_t i = s->begin; i + 1 < s->end && i < s->from; i++) {
        if (placing_kind(p, i) == TK_AS && is_on(p, &s->level, i) && placing_is_name(p, i + 1))
            placing_add(p->arena, &scope->aliases, placing_name(p, i + 1), (struct str){0});
    }
}

/* The clause around the place is one that is computed after grouping. */
static bool takes_aggregates(const struct placing *p, const struct select *s) {
    for (size_t i = p->t.before; i-- > s->begin;) {
        int kind = placing_kind(p, i);
        if (!is_on(p, &s->level, i)) continue;
        if (kind == TK_SELECT || kind == TK_HAVING || kind == TK_ORDER || kind == TK_QUALIFY) return true;
        if (kind == TK_ON || kind == TK_FROM || ends_from(kind)) return false;
    }
    return false;
}

/* DESCRIPTOR(..): columns of the TABLE of the call around it. */
static bool add_descriptor(struct placing *p, struct level l) {
    if (l.open == NO_TOKEN || l.open == 0 || placing_kind(p, l.open - 1) != TK_DESCRIPTOR) return false;
    struct level call = level_of(p, p->opener[l.open]);
    size_t at = call.begin;
    while (at < call.end && !(placing_kind(p, at) == TK_TABLE && is_on(p, &call, at))) at++;
    size_t first = at + 1, end = first;
    while (end < call.end && !(is_on(p, &call, end) && placing_kind(p, end) == TK_COMMA)) end++;
    ARENA_ONE_MORE(p->arena, p->out->scopes, p->out->nscopes);
    struct sql_scope *scope = &p->out->scopes[p->out->nscopes++];
    *scope = (struct sql_scope){0};
    if (first < end) placing_add(p->arena, &scope->from, placing_slice(p, first, end), (struct str){0});
    return true;
}

/* WITH a AS (..), b (x, y) AS (..): those that end before the place. */
static void add_ctes(struct placing *p, struct level l) {
    size_t at = l.begin;
    while (at < p->t.before &&
           !(placing_kind(p, at) == TK_WITH && is_on(p, &l, at) && placing_is_name(p, at + 1)))
        at++;
    for (at++; at < p->t.before && placing_is_name(p, at);) {
        size_t name = at++;
        if (placing_kind(p, at) == TK_LP) at = p->partner[at] == NO_TOKEN ? p->t.before : p->partner[at] + 1;
        if (placing_kind(p, at) != TK_AS || placing_kind(p, at + 1) != TK_LP) return;
        size_t close = p->partner[at + 1];
        if (close == NO_TOKEN || close >= p->t.before) return;
        struct str *with = &p->out->with, item = placing_slice(p, name, close + 1);
        *with = with->len ? arena_printf(p->arena, "%.*s, %.*s", STR_ARG(*with), STR_ARG(item)) : item;
        placing_add(p->arena, &p->out->ctes, placing_name(p, name), (struct str){0});
        if (placing_kind(p, close + 1) != TK_COMMA) return;
        at = close + 2;
    }
}

/* From the outermost bracket, so that outer WITH items come first. */
static void ctes_around(struct placing *p, size_t open, unsigned depth) {
    if (open != NO_TOKEN && depth < MAX_DEPTH) ctes_around(p, p->opener[open], depth + 1);
    add_ctes(p, level_of(p, open));
}

void place_queries(struct placing *p) {
    unsigned depth = 0;
    ctes_around(p, p->inside, 0);
    for (size_t open = p->inside; depth < MAX_DEPTH; open = p->opener[open], depth++) {
        struct level l = level_of(p, open);
        struct select s;
        if (add_descriptor(p, l)) return;
        if (find_select(p, l, &s)) {
            ARENA_ONE_MORE(p->arena, p->out->scopes, p->out->nscopes);
            struct sql_scope *scope = &p->out->scopes[p->out->nscopes++];
            *scope = (struct sql_scope){0};
            if (p->out->nscopes == 1) p->out->aggregates = takes_aggregates(p, &s);
            add_items(p, &s, scope);
            add_aliases(p, &s, scope);
        }
        if (open == NO_TOKEN) return;
        /* a query in FROM or WITH does not see what is around it */
        int before = open ? placing_kind(p, open - 1) : 0;
        bool query = p->out->nscopes > 0;
        if (query && (before == TK_FROM || before == TK_JOIN || before == TK_AS || before == TK_TABLE))
            return;
    }
}
