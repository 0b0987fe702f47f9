/* SPDX-License-Identifier: Apache-2.0
 *
 * The first line of a CSV file taken apart, and the names of columns that it gives. It is read a byte at a
 * time by the rules of csv_decode.c.
 */
#include "base/hash.h"
#include "formats/csv.h"

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* Where the field is over that is quoted from `at` on: behind the closing quote; SIZE_MAX = not here. */
static size_t behind_quote(const struct csv_options *o, struct str s, size_t at) {
    for (; at < s.len; at++) {
        if (o->escape && s.ptr[at] == o->escape) {
            at++;
        } else if (s.ptr[at] == o->quote) {
            if (at + 1 >= s.len || s.ptr[at + 1] != o->quote) return at + 1;
            at++;
        }
    }
    return SIZE_MAX;
}

/* Without doubled quotes (when `quoted`) and escapes. */
static struct str unescape(const struct csv_options *o, struct str s, bool quoted, struct arena *a) {
    char *p = arena_alloc_raw(a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (o->escape && c == o->escape && i + 1 < s.len) {
            c = s.ptr[++i];
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
        } else if (quoted && c == o->quote) {
            i++;
        }
        p[n++] = c;
    }
    p[n] = '\0';
    return (struct str){p, n};
}

/* The field at *at, which then is at the separator or line end behind it. False: it has no end here. */
static bool take_field(const struct csv_options *o, struct str s, size_t *at, struct arena *a,
                       struct str *out) {
    size_t from = *at, i = from;
    bool quoted = o->quote && i < s.len && s.ptr[i] == o->quote;
    if (quoted) {
        i = behind_quote(o, s, i + 1);
        if (i == SIZE_MAX) return false;
        *out = unescape(o, str_sub(s, from + 1, i - from - 2), true, a);
    }
    while (i < s.len && s.ptr[i] != o->separator && !is_line_end(s.ptr[i]))
        i += 1 + (!quoted && o->escape && s.ptr[i] == o->escape);
    if (i > s.len) i = s.len;
    if (!quoted) *out = unescape(o, str_sub(s, from, i - from), false, a);
    *at = i;
    return true;
}

/* Behind the comments at `at`. */
static size_t skip_comments(const struct csv_options *o, struct str s, size_t at) {
    for (;;) {
        size_t i = at;
        while (i < s.len && s.ptr[i] == ' ') i++;
        if (!o->comments || i == s.len || s.ptr[i] != '#') return at;
        while (i < s.len && !is_line_end(s.ptr[i])) i++;
        at = i < s.len ? i + 1 : i;
        if (i + 1 < s.len && s.ptr[i] == '\r' && s.ptr[i + 1] == '\n') at++;
    }
}

bool csv_first_record(const struct csv_options *o, struct str s, bool eof, struct arena *a,
                      struct csv_record *out) {
    size_t at = skip_comments(o, s, 0);
    struct str field = {0};
    *out = (struct csv_record){.start_bytes = at};
    while (take_field(o, s, &at, a, &field)) {
        ARENA_ONE_MORE(a, out->fields, out->count);
        out->fields[out->count++] = field;
        if (at < s.len && !is_line_end(s.ptr[at])) {
            at++;
            continue;
        }
        /* a carriage return may have its newline where nothing has been read yet */
        if (!eof && (at == s.len || (s.ptr[at] == '\r' && at + 1 == s.len))) return false;
        if (at < s.len) at += 1 + (at + 1 < s.len && s.ptr[at] == '\r' && s.ptr[at + 1] == '\n');
        out->end_bytes = at;
        return true;
    }
    return false;
}

/* The names so far by their hash: slots hold a name's number + 1. */
struct name_set {
    const struct str *names;
    uint32_t *slots;
    uint32_t mask;
};

/* The slot of the name, or that where it would be. */
static uint32_t *find_name(const struct name_set *set, struct str name) {
    uint32_t h = (uint32_t)hash_bytes(name.ptr, name.len) & set->mask;
    while (set->slots[h] && !str_eq(set->names[set->slots[h] - 1], name)) h = (h + 1) & set->mask;
    return &set->slots[h];
}

void csv_header_names(const struct csv_record *r, struct arena *a, struct str *names) {
    struct name_set set = {.names = names, .mask = 15};
    while (set.mask < r->count * 2) set.mask = set.mask * 2 + 1;
    set.slots = ARENA_ARRAY(a, uint32_t, set.mask + 1);
    uint32_t *tries = ARENA_ARRAY(a, uint32_t, r->count); /* of a name: the next number to put behind it */
    for (uint32_t i = 0; i < r->count; i++) {
        struct str base = r->fields[i].len ? r->fields[i] : arena_printf(a, "f%u", i);
        uint32_t *slot = find_name(&set, base), first = *slot;
        names[i] = base;
        while (*slot) {
            names[i] = arena_printf(a, "%.*s%u", STR_ARG(base), tries[first - 1]++);
            slot = find_name(&set, names[i]);
        }
        *slot = i + 1;
    }
}
