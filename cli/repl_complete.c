/* SPDX-License-Identifier: Apache-2.0
 *
 * What may stand where the cursor is: from the library for SQL, from the table of dot commands for those; and
 * the list of it under the line.
 */
#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cli/repl.h"

#define EXPLAINED 12 /* so many are listed with what they are */

void candidates_put(struct candidates *c, struct str text, const char *kind, struct str help) {
    ARENA_ONE_MORE(&c->arena, c->items, c->count);
    c->items[c->count++] =
        (struct candidate){arena_str(&c->arena, text), str_of(kind ? arena_strdup(&c->arena, kind) : ""),
                           help.len ? arena_str(&c->arena, help) : STR("")};
}

static bool same_letter(char a, char b) {
    if (a >= 'A' && a <= 'Z') a = (char)(a + 32);
    if (b >= 'A' && b <= 'Z') b = (char)(b + 32);
    return a == b;
}

size_t candidates_common(const struct candidates *c) {
    if (!c->count) return 0;
    size_t common = c->items[0].text.len;
    for (size_t i = 1; i < c->count; i++) {
        struct str a = c->items[0].text, b = c->items[i].text;
        size_t n = 0;
        while (n < common && n < b.len && same_letter(a.ptr[n], b.ptr[n])) n++;
        common = n;
    }
    /* Not into the middle of a character. */
    struct str first = c->items[0].text;
    while (common && common < first.len && ((unsigned char)first.ptr[common] & 0xc0) == 0x80) common--;
    return common;
}

/* ---- the list ---- */

static void list_explained(struct outbuf *o, const struct candidates *c, const struct screen *s,
                           unsigned columns) {
    unsigned texts = 0;
    for (size_t i = 0; i < c->count; i++) {
        unsigned w = width_of(c->items[i].text, s->unicode);
        if (w > texts) texts = w;
    }
    for (size_t i = 0; i < c->count; i++) {
        const struct candidate *k = &c->items[i];
        outbuf_text(o, "  ");
        unsigned used = width_put(o, k->text, columns > 3 ? columns - 3 : 1, s->unicode);
        struct str what = k->help.len ? k->help : k->kind;
        if (what.len && texts + 8 < columns) {
            width_blanks(o, texts - used + 2);
            outbuf_text(o, screen_look(s, LOOK_DIM));
            width_put(o, what, columns - texts - 5, s->unicode);
            outbuf_text(o, screen_look(s, LOOK_PLAIN));
        }
        outbuf_char(o, '\n');
    }
}

void candidates_list(struct outbuf *o, const struct candidates *c, const struct screen *s, unsigned columns,
                     unsigned lines) {
    char n[32];
    unsigned widest = 1, room = lines > 6 ? lines - 4 : 2;
    if (c->count <= EXPLAINED && c->count < room) {
        list_explained(o, c, s, columns);
        return;
    }
    for (size_t i = 0; i < c->count; i++) {
        unsigned w = width_of(c->items[i].text, s->unicode);
        if (w > widest) widest = w;
    }
    size_t across = columns > widest + 2 ? (columns - 1) / (widest + 2) : 1;
    size_t down = (c->count + across - 1) / across, shown = down < room ? down : room;
    for (size_t line = 0; line < shown; line++) {
        for (size_t k = 0; k < across; k++) {
            /* Down the columns; across where not all are shown. */
            size_t i = shown == down ? k * down + line : line * across + k;
            if (i >= c->count || (shown == down && k * down + line >= c->count)) continue;
            unsigned used = width_put(o, c->items[i].text, columns > 1 ? columns - 1 : 1, s->unicode);
            bool last = k + 1 == across || (shown == down ? (k + 1) * down + line : i + 1) >= c->count;
            if (!last) width_blanks(o, widest + 2 - used);
        }
        outbuf_char(o, '\n');
    }
    if (shown < down)
        outbuf_printf(o, "%s%s and %s more%s\n", screen_look(s, LOOK_DIM), s->unicode ? "…" : "..",
                      table_count(n, c->count - shown * across), screen_look(s, LOOK_PLAIN));
}

/* ---- where they come from ---- */

/* Calls `put` with the cells of each row. */
static void each_row(struct weir_result *result,
                     void (*put)(void *arg, const struct weir_rows *rows, uint32_t row), void *arg) {
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    while (weir_result_rows(result, -1, &rows, NULL) == WEIR_OK) {
        for (uint32_t i = 0; i < rows.rows; i++) put(arg, &rows, i);
    }
    weir_result_free(result);
}

static struct str cell(const struct weir_rows *rows, uint32_t row, uint32_t column) {
    size_t at = (size_t)row * rows->columns + column;
    return column < rows->columns && rows->cells[at] ? (struct str){rows->cells[at], rows->lengths[at]}
                                                     : STR("");
}

struct sql_candidates {
    struct candidates *out;
    struct repl *r;
    size_t from; /* in the whole text; SIZE_MAX = none yet */
};

static void put_completion(void *arg, const struct weir_rows *rows, uint32_t row) {
    struct sql_candidates *s = arg;
    struct str from = cell(rows, row, 3);
    struct arena a = {0};
    candidates_put(s->out, cell(rows, row, 0), arena_str(&a, cell(rows, row, 1)).ptr, cell(rows, row, 2));
    arena_free(&a);
    s->from = 0;
    for (size_t i = 0; i < from.len && from.ptr[i] >= '0' && from.ptr[i] <= '9'; i++)
        s->from = s->from * 10 + (size_t)(from.ptr[i] - '0');
}

static bool begins_with(struct str text, struct str word) {
    if (text.len < word.len) return false;
    for (size_t i = 0; i < word.len; i++) {
        if (!same_letter(text.ptr[i], word.ptr[i])) return false;
    }
    return true;
}

/* The best come first: those that only have the letters of the word are of use when none begins with it. */
static void keep_beginnings(struct candidates *c, struct str word) {
    size_t n = 0;
    while (n < c->count && begins_with(c->items[n].text, word)) n++;
    if (n) c->count = n;
}

static void complete_sql(struct repl *r, struct str line, struct candidates *out) {
    struct outbuf text = {0};
    struct weir_result *result = NULL;
    struct sql_candidates s = {out, r, SIZE_MAX};
    outbuf_put(&text, r->pending.data, r->pending.len);
    outbuf_put(&text, line.ptr, line.len);
    out->from = line.len;
    if (weir_completions(r->session, text.data, text.len, text.len, &result, NULL) == WEIR_OK) {
        each_row(result, put_completion, &s);
        if (s.from != SIZE_MAX && s.from >= r->pending.len && s.from <= text.len)
            out->from = s.from - r->pending.len;
        else out->count = 0;
        if (out->count) keep_beginnings(out, str_sub(line, out->from, line.len - out->from));
    }
    outbuf_free(&text);
}

void repl_complete(struct repl *r, struct str line, struct candidates *out) {
    *out = (struct candidates){.from = line.len};
    if (!r->pending.len && line.len && line.ptr[0] == '.') command_complete(r, line, out);
    else complete_sql(r, line, out);
}

static void put_table_name(void *arg, const struct weir_rows *rows, uint32_t row) {
    struct candidates *c = arg;
    candidates_put(c, cell(rows, row, 2), "table", cell(rows, row, 4));
}

void repl_complete_tables(struct repl *r, struct candidates *c, struct str word) {
    struct weir_result *result = NULL;
    if (weir_tables(r->session, &result, NULL) != WEIR_OK) return;
    each_row(result, put_table_name, c);
    size_t n = 0;
    for (size_t i = 0; i < c->count; i++) {
        struct str text = c->items[i].text;
        if (text.len >= word.len && strncasecmp(text.ptr, word.ptr, word.len) == 0)
            c->items[n++] = c->items[i];
    }
    c->count = n;
}

static int by_text(const void *a, const void *b) {
    return strcmp(((const struct candidate *)a)->text.ptr, ((const struct candidate *)b)->text.ptr);
}

void repl_complete_files(struct candidates *c, struct str word) {
    struct arena a = {0};
    size_t cut = word.len;
    while (cut > 0 && word.ptr[cut - 1] != '/') cut--;
    struct str folder = str_sub(word, 0, cut), name = str_sub(word, cut, word.len - cut);
    const char *path = cut ? arena_str(&a, folder).ptr : ".", *home = getenv("HOME");
    if (path[0] == '~' && path[1] == '/' && home) path = arena_printf(&a, "%s%s", home, path + 1).ptr;
    DIR *d = opendir(path);
    for (struct dirent *e = d ? readdir(d) : NULL; e; e = readdir(d)) {
        struct stat st;
        if (!str_starts(str_of(e->d_name), name) || (e->d_name[0] == '.' && !name.len)) continue;
        bool dir = stat(arena_printf(&a, "%s/%s", path, e->d_name).ptr, &st) == 0 && S_ISDIR(st.st_mode);
        candidates_put(c, arena_printf(&a, "%.*s%s%s", STR_ARG(folder), e->d_name, dir ? "/" : ""), "",
                       STR(""));
    }
    if (d) closedir(d);
    if (c->count) qsort(c->items, c->count, sizeof *c->items, by_text);
    arena_free(&a);
}
