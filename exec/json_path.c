/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON read in place and SQL/JSON paths over it (json_path.h). skip_value() checks; everything behind
 * json_scan() works on text that was checked and so cannot fail. The canonical writer is in json_out.c.
 */
#include "exec/json_path.h"

#include <stdio.h>

#include "exec/json_scan.h"

/* ---- paths ---- */

enum step_kind { STEP_MEMBER, STEP_INDEX, STEP_ALL, STEP_INDEXES, STEP_SLICE, STEP_DEEP };

struct step {
    enum step_kind kind;
    struct str name;   /* MEMBER */
    int64_t *indexes;  /* INDEX 1, INDEXES n, SLICE 2: from, to; negative from the end */
    unsigned nindexes; /* how many */
    bool open_end;     /* SLICE: without upper bound */
};

struct json_path {
    bool lax;           /* nothing there is no error */
    unsigned nsteps;    /* steps in order */
    unsigned ndefinite; /* how many steps from the start give one value each */
    struct step *steps;
};

struct parse {
    const char *p, *end; /* what is left */
    struct str text;     /* all of it, for messages */
    struct arena *a;
    struct span span;
    struct error *e;
};

static enum status bad_path(struct parse *ps, const char *why) {
    return error_at(ps->e, ERR_INVALID_ARGUMENT, ps->span, "the JSON path '%.*s' is not valid: %s",
                    STR_ARG(ps->text), why);
}
static enum status no_path(struct parse *ps, const char *what) {
    return error_at(ps->e, ERR_UNSUPPORTED, ps->span, "in the JSON path '%.*s' %s not supported yet",
                    STR_ARG(ps->text), what);
}
static void blanks(struct parse *ps) {
    while (ps->p < ps->end && *ps->p == ' ') ps->p++;
}
static bool take(struct parse *ps, char c) {
    blanks(ps);
    if (ps->p == ps->end || *ps->p != c) return false;
    ps->p++;
    return true;
}

static bool parse_index(struct parse *ps, int64_t *out) {
    blanks(ps);
    bool negative = take(ps, '-');
    int64_t n = 0;
    const char *from = ps->p;
    while (ps->p < ps->end && (unsigned char)(*ps->p - '0') <= 9 && ps->p - from < 10)
        n = n * 10 + (*ps->p++ - '0');
    *out = negative ? -n : n;
    return ps->p > from;
}

/* 'name' or "name"; ps->p at the quote. */
static enum status parse_quoted(struct parse *ps, struct str *out) {
    char quote = *ps->p++, *copy = arena_alloc_raw(ps->a, (size_t)(ps->end - ps->p) + 1), *q = copy;
    while (ps->p < ps->end && *ps->p != quote) {
        if (*ps->p == '\\' && ps->p + 1 < ps->end) ps->p++;
        *q++ = *ps->p++;
    }
    if (ps->p == ps->end) return bad_path(ps, "a quote is not closed");
    ps->p++;
    *out = (struct str){copy, (size_t)(q - copy)};
    return ST_OK;
}

/* Numbers in brackets: [1], [1,2], [1:3]. */
static enum status parse_numbers(struct parse *ps, struct step *s) {
    s->indexes = ARENA_ARRAY(ps->a, int64_t, (size_t)(ps->end - ps->p) + 2);
    s->kind = STEP_INDEX;
    bool first = parse_index(ps, &s->indexes[0]);
    if (take(ps, ':')) {
        s->kind = STEP_SLICE;
        s->nindexes = 2;
        s->open_end = !parse_index(ps, &s->indexes[1]);
        return take(ps, ']') ? ST_OK : bad_path(ps, "] is missing");
    }
    if (!first) return bad_path(ps, "[ must be followed by a number, a quoted name or *");
    s->nindexes = 1;
    while (take(ps, ',')) {
        s->kind = STEP_INDEXES;
        if (!parse_index(ps, &s->indexes[s->nindexes++])) return bad_path(ps, "a number is missing");
    }
    return take(ps, ']') ? ST_OK : bad_path(ps, "] is missing");
}

/* Behind [. */
static enum status parse_bracket(struct parse *ps, struct step *s) {
    blanks(ps);
    if (ps->p == ps->end) return bad_path(ps, "] is missing");
    if (*ps->p == '?') return no_path(ps, "filters are");
    if (*ps->p == '(') return no_path(ps, "expressions in brackets are");
    if (take(ps, '*')) {
        s->kind = STEP_ALL;
        return take(ps, ']') ? ST_OK : bad_path(ps, "] is missing");
    }
    if (*ps->p != '\'' && *ps->p != '"') return parse_numbers(ps, s);
    s->kind = STEP_MEMBER;
    TRY(parse_quoted(ps, &s->name));
    if (take(ps, ',')) return no_path(ps, "several names in brackets are");
    return take(ps, ']') ? ST_OK : bad_path(ps, "] is missing");
}

/* Behind a dot: name or *. */
static enum status parse_member(struct parse *ps, struct step *s) {
    const char *from = ps->p;
    while (ps->p < ps->end && !memchr(".[( ", *ps->p, 4)) ps->p++;
    s->name = (struct str){from, (size_t)(ps->p - from)};
    if (s->name.len == 0) return bad_path(ps, "a name is missing");
    if (ps->p < ps->end && *ps->p == '(') return no_path(ps, "functions are");
    s->kind = STEP_MEMBER;
    if (s->name.len == 1 && *from == '*') s->kind = STEP_ALL;
    return ST_OK;
}

static enum status parse_steps(struct parse *ps, struct json_path *path) {
    while (ps->p < ps->end) {
        struct step *s = &path->steps[path->nsteps++];
        if (*ps->p == '[') {
            ps->p++;
            TRY(parse_bracket(ps, s));
        } else if (*ps->p == '.') {
            ps->p++;
            if (ps->p < ps->end && *ps->p == '.') {
                ps->p++;
                s->kind = STEP_DEEP;
                s = &path->steps[path->nsteps++];
            }
            if (ps->p < ps->end && *ps->p == '[') {
                ps->p++;
                TRY(parse_bracket(ps, s));
            } else {
                TRY(parse_member(ps, s));
            }
        } else {
            return bad_path(ps, "a step begins with . or [");
        }
    }
    return ST_OK;
}

/* Takes "lax " or "strict " off; ASCII case does not matter. */
static bool mode_word(struct str *s, const char *word) {
    size_t n = strlen(word);
    if (s->len <= n || strncasecmp(s->ptr, word, n) != 0 || s->ptr[n] != ' ') return false;
    *s = str_sub(*s, n + 1, s->len - n - 1);
    return true;
}
static struct str trim_blanks(struct str s) {
    while (s.len && (unsigned char)s.ptr[0] <= ' ') s = str_sub(s, 1, s.len - 1);
    while (s.len && (unsigned char)s.ptr[s.len - 1] <= ' ') s.len--;
    return s;
}

enum status json_path_compile(struct str text, struct arena *a, const struct json_path **out,
                              struct span span, struct error *e) {
    struct json_path *path = ARENA_NEW(a, struct json_path);
    text = arena_str(a, text);
    struct str s = trim_blanks(text);
    path->lax = mode_word(&s, "lax");
    if (!path->lax) mode_word(&s, "strict");
    s = trim_blanks(s);
    struct parse ps = {s.ptr, s.ptr + s.len, text, a, span, e};
    path->steps = ARENA_ARRAY(a, struct step, s.len + 2);
    if (s.len == 0) return bad_path(&ps, "it is empty");
    if (*ps.p == '$') {
        ps.p++;
    } else { /* "a.b" is "$.a.b" */
        TRY(parse_member(&ps, &path->steps[path->nsteps++]));
    }
    TRY(parse_steps(&ps, path));
    while (path->ndefinite < path->nsteps && path->steps[path->ndefinite].kind <= STEP_INDEX)
        path->ndefinite++;
    *out = path;
    return ST_OK;
}

bool json_path_lax(const struct json_path *p) {
    return p->lax;
}
bool json_path_definite(const struct json_path *p) {
    return p->ndefinite == p->nsteps;
}

/* ---- evaluation ---- */

static bool get_member(struct json v, struct str name, struct arena *a, struct json *out) {
    if (v.kind != JSON_OBJECT) return false;
    bool found = false;
    struct json_iter it = json_iter(v);
    struct str key;
    struct json value;
    while (json_next(&it, &key, &value)) {
        if (!json_key_is(key, name, a)) continue;
        *out = value; /* the last one wins */
        found = true;
    }
    return found;
}

static int64_t count_entries(struct json v) {
    struct json_iter it = json_iter(v);
    struct json value;
    struct str key;
    int64_t n = 0;
    while (json_next(&it, &key, &value)) n++;
    return n;
}

static bool get_index(struct json v, int64_t index, struct json *out) {
    if (v.kind != JSON_ARRAY) return false;
    if (index < 0) index += count_entries(v);
    if (index < 0) return false;
    struct json_iter it = json_iter(v);
    struct str key;
    while (json_next(&it, &key, out)) {
        if (index-- == 0) return true;
    }
    return false;
}

static bool get_step(const struct step *s, struct json v, struct arena *a, struct json *out) {
    if (s->kind == STEP_MEMBER) return get_member(v, s->name, a, out);
    return get_index(v, s->indexes[0], out);
}

bool json_path_get(const struct json_path *p, struct json root, struct arena *a, struct json *out) {
    struct json v = root;
    for (unsigned i = 0; i < p->ndefinite; i++) {
        struct json next;
        if (!get_step(&p->steps[i], v, a, &next)) return false;
        v = next;
    }
    *out = v;
    return true;
}

static void list_from(const struct json_path *p, unsigned i, struct json v, struct text *o, size_t *n);

/* Children of any kind, each in turn. */
static void list_all(const struct json_path *p, unsigned i, struct json v, struct text *o, size_t *n) {
    if (v.kind != JSON_ARRAY && v.kind != JSON_OBJECT) return;
    struct json_iter it = json_iter(v);
    struct str key;
    struct json child;
    while (json_next(&it, &key, &child)) list_from(p, i, child, o, n);
}

static void list_slice(const struct json_path *p, unsigned i, struct json v, struct text *o, size_t *n) {
    const struct step *s = &p->steps[i];
    if (v.kind != JSON_ARRAY) return;
    int64_t count = count_entries(v), from = s->indexes[0], to = s->open_end ? count : s->indexes[1], at = 0;
    if (from < 0) from += count;
    if (to < 0) to += count;
    struct json_iter it = json_iter(v);
    struct str key;
    struct json child;
    while (json_next(&it, &key, &child)) {
        if (at >= from && at < to) list_from(p, i + 1, child, o, n);
        at++;
    }
}

/* ..step: the step on the value and on all that is in it. */
static void list_deep(const struct json_path *p, unsigned i, struct json v, struct text *o, size_t *n) {
    list_from(p, i, v, o, n);
    if (v.kind != JSON_ARRAY && v.kind != JSON_OBJECT) return;
    struct json_iter it = json_iter(v);
    struct str key;
    struct json child;
    while (json_next(&it, &key, &child)) list_deep(p, i, child, o, n);
}

static void list_from(const struct json_path *p, unsigned i, struct json v, struct text *o, size_t *n) {
    struct json next;
    if (i == p->nsteps) {
        if ((*n)++) text_append(o, ",", 1);
        json_put_value(o, v);
        return;
    }
    const struct step *s = &p->steps[i];
    switch (s->kind) {
    case STEP_MEMBER:
    case STEP_INDEX:
        if (get_step(s, v, o->arena, &next)) list_from(p, i + 1, next, o, n);
        break;
    case STEP_ALL: list_all(p, i + 1, v, o, n); break;
    case STEP_INDEXES:
        for (unsigned k = 0; k < s->nindexes; k++)
            if (get_index(v, s->indexes[k], &next)) list_from(p, i + 1, next, o, n);
        break;
    case STEP_SLICE: list_slice(p, i, v, o, n); break;
    case STEP_DEEP: list_deep(p, i + 1, v, o, n); break;
    }
}

size_t json_path_list(const struct json_path *p, struct json root, struct text *o) {
    size_t n = 0;
    text_append(o, "[", 1);
    list_from(p, 0, root, o, &n);
    text_append(o, "]", 1);
    return n;
}
