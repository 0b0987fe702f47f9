/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of text cells in forms other than boxes: CSV, JSON lines, markdown, NAME = VALUE.
 */
#include <stdio.h>

#include "base/arena.h"
#include "cli/table.h"

static void csv_cell(struct outbuf *o, struct str s) {
    if (!s.ptr) return;
    bool quote = s.len == 0;
    for (size_t i = 0; i < s.len; i++)
        quote |= s.ptr[i] == ',' || s.ptr[i] == '"' || s.ptr[i] == '\n' || s.ptr[i] == '\r';
    if (quote) outbuf_char(o, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"') outbuf_char(o, '"');
        outbuf_char(o, s.ptr[i]);
    }
    if (quote) outbuf_char(o, '"');
}

void table_print_csv(struct outbuf *o, const struct table *t) {
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        if (c) outbuf_char(o, ',');
        csv_cell(o, t->columns[c].name);
    }
    outbuf_char(o, '\n');
    for (uint64_t r = 0; r < t->nrows; r++) {
        for (uint32_t c = 0; c < t->ncolumns; c++) {
            if (c) outbuf_char(o, ',');
            csv_cell(o, t->rows[r][c]);
        }
        outbuf_char(o, '\n');
    }
}

static void json_string(struct outbuf *o, struct str s) {
    outbuf_char(o, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') outbuf_printf(o, "\\%c", c);
        else if (c == '\n') outbuf_text(o, "\\n");
        else if (c < ' ') outbuf_printf(o, "\\u%04x", c);
        else outbuf_char(o, (char)c);
    }
    outbuf_char(o, '"');
}

/* Numbers and booleans as such; everything else is its text. */
static void json_cell(struct outbuf *o, struct str s, struct str type) {
    bool plain =
        table_type_is_number(type) && s.len && (s.ptr[0] == '-' || (s.ptr[0] >= '0' && s.ptr[0] <= '9'));
    if (!s.ptr) outbuf_text(o, "null");
    else if (str_ieq(s, STR("true")) && str_starts(type, STR("BOOLEAN"))) outbuf_text(o, "true");
    else if (str_ieq(s, STR("false")) && str_starts(type, STR("BOOLEAN"))) outbuf_text(o, "false");
    else if (plain && !memchr(s.ptr, 'I', s.len)) outbuf_put(o, s.ptr, s.len);
    else json_string(o, s);
}

void table_print_jsonl(struct outbuf *o, const struct table *t) {
    for (uint64_t r = 0; r < t->nrows; r++) {
        outbuf_text(o, "{\"op\":\"+I\",\"row\":{");
        for (uint32_t c = 0; c < t->ncolumns; c++) {
            if (c) outbuf_char(o, ',');
            json_string(o, t->columns[c].name);
            outbuf_char(o, ':');
            json_cell(o, t->rows[r][c], t->columns[c].type);
        }
        outbuf_text(o, "}}\n");
    }
}

static struct str shown(const struct table_style *style, struct str cell) {
    return cell.ptr ? cell : str_of(style->null ? style->null : "NULL");
}

/* A bar in a cell gets a backslash before it. */
static unsigned markdown_width(struct str s) {
    unsigned width = width_of(s, true);
    for (size_t i = 0; i < s.len; i++) width += s.ptr[i] == '|';
    return width;
}

static void markdown_cell(struct outbuf *o, struct str s, unsigned width, bool right) {
    unsigned is = markdown_width(s), pad = is < width ? width - is : 0;
    outbuf_char(o, ' ');
    if (right) width_blanks(o, pad);
    for (size_t at = 0; at < s.len;) {
        struct width_piece p = width_next(s, &at, true);
        if (p.text[0] == '|') outbuf_char(o, '\\');
        outbuf_put(o, p.text, p.len);
    }
    if (!right) width_blanks(o, pad);
    outbuf_text(o, " |");
}

void table_print_markdown(struct outbuf *o, const struct table *t, const struct table_style *style) {
    struct arena a = {0};
    unsigned *widths = ARENA_ARRAY(&a, unsigned, t->ncolumns + 1);
    bool *numbers = ARENA_ARRAY(&a, bool, t->ncolumns + 1);
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        widths[c] = markdown_width(t->columns[c].name);
        numbers[c] = table_type_is_number(t->columns[c].type);
        for (uint64_t r = 0; r < t->nrows; r++) {
            unsigned w = markdown_width(shown(style, t->rows[r][c]));
            if (w > widths[c]) widths[c] = w;
        }
    }
    outbuf_char(o, '|');
    for (uint32_t c = 0; c < t->ncolumns; c++) markdown_cell(o, t->columns[c].name, widths[c], false);
    outbuf_text(o, "\n|");
    for (uint32_t c = 0; c < t->ncolumns; c++) outbuf_text(o, numbers[c] ? " ---: |" : " --- |");
    outbuf_char(o, '\n');
    for (uint64_t r = 0; r < t->nrows; r++) {
        outbuf_char(o, '|');
        for (uint32_t c = 0; c < t->ncolumns; c++)
            markdown_cell(o, shown(style, t->rows[r][c]), widths[c], numbers[c]);
        outbuf_char(o, '\n');
    }
    arena_free(&a);
}

/* One line of a row: NAME  TYPE = VALUE. */
static void put_line(struct outbuf *o, const struct table_column *col, struct str cell,
                     const struct table_style *style, unsigned names, unsigned types) {
    width_blanks(o, names - width_of(col->name, style->unicode));
    if (style->colour) outbuf_text(o, "\033[1m");
    width_put(o, col->name, names, style->unicode);
    if (style->colour) outbuf_text(o, "\033[0m");
    if (style->types) {
        outbuf_text(o, "  ");
        unsigned width = width_put(o, col->type, types, style->unicode);
        width_blanks(o, types - width);
    }
    outbuf_text(o, " = ");
    unsigned used = names + 3 + (style->types ? types + 2 : 0), room = UINT32_MAX;
    if (style->width) room = style->width > used + 8 ? style->width - used : 8;
    bool dim = style->colour && !cell.ptr;
    if (dim) outbuf_text(o, "\033[2m");
    width_put(o, shown(style, cell), room, style->unicode);
    if (dim) outbuf_text(o, "\033[0m");
    outbuf_char(o, '\n');
}

void table_print_lines(struct outbuf *o, const struct table *t, const struct table_style *style) {
    unsigned names = 0, types = 0;
    for (uint32_t c = 0; c < t->ncolumns; c++) {
        unsigned name = width_of(t->columns[c].name, style->unicode);
        unsigned type = width_of(t->columns[c].type, style->unicode);
        if (name > names) names = name;
        if (style->types && type > types) types = type;
    }
    for (uint64_t r = 0; r < t->nrows; r++) {
        if (r) outbuf_char(o, '\n');
        for (uint32_t c = 0; c < t->ncolumns; c++)
            put_line(o, &t->columns[c], t->rows[r][c], style, names, types);
    }
}
