/* SPDX-License-Identifier: Apache-2.0
 *
 * Tables in boxes; see table.h. Numbers and times are never cut: a part of a number is another number. Texts
 * give way first, down to TEXT_MIN columns; then columns from the middle are left out.
 */
#include "cli/table.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"

#define TEXT_MIN 12  /* columns that a cut text keeps where there is room */
#define WHOLE_MAX 32 /* what is longer may be cut, whatever it is */

#define BOLD "\033[1m"
#define DIM "\033[2m"
#define PLAIN "\033[0m"

const char *const table_format_names[] = {"table", "csv", "jsonl", "markdown", "line", NULL};

bool table_format_parse(struct str name, enum table_format *out) {
    for (unsigned i = 0; table_format_names[i]; i++) {
        if (!str_ieq(name, str_of(table_format_names[i]))) continue;
        *out = (enum table_format)i;
        return true;
    }
    return false;
}

static bool type_starts(struct str type, const char *const *names) {
    for (; *names; names++) {
        size_t len = strlen(*names);
        if (type.len >= len && strncasecmp(type.ptr, *names, len) == 0) return true;
    }
    return false;
}

bool table_type_is_number(struct str type) {
    static const char *const names[] = {"TINYINT", "SMALLINT", "BIGINT", "DECIMAL", "FLOAT", "DOUBLE", NULL};
    if (type.len >= 3 && strncasecmp(type.ptr, "INT", 3) == 0)
        return type.len == 3 || type.ptr[3] == ' ' || type.ptr[3] == 'E' || type.ptr[3] == 'e';
    return type_starts(type, names);
}

static bool stays_whole(struct str type) {
    static const char *const names[] = {"DATE", "TIME", "INTERVAL", "BOOLEAN", NULL};
    return table_type_is_number(type) || type_starts(type, names);
}

const char *table_count(char out[32], uint64_t n) {
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%" PRIu64, n), at = 0;
    for (int i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

void table_pick(struct table *t, struct rowset *s, uint64_t max) {
    rowset_settle(s);
    uint64_t kept = s->tail_count < s->tail_max ? s->tail_count : s->tail_max;
    uint64_t head = s->head_count, tail = kept;
    /* Nothing is gained by leaving out one row and saying so. */
    if (max && s->rows > max + 1) {
        bool begun = s->updating || s->head_max; /* else only the last ones are there */
        head = begun ? (max + 1) / 2 : 0;
        tail = max - head;
        if (s->updating || s->rows == s->head_count) kept = tail; /* all are in the head */
        if (head > s->head_count) head = s->head_count;
        if (tail > kept) tail = kept;
    }
    const struct str **rows = malloc((head + tail) * sizeof *rows + 1);
    if (!rows) mem_exhausted();
    for (uint64_t i = 0; i < head; i++) rows[i] = rowset_at(s, i);
    for (uint64_t i = 0; i < tail; i++) rows[head + i] = rowset_at(s, s->rows - tail + i);
    t->rows = rows;
    t->nrows = head + tail;
    t->hidden_at = head;
    t->hidden_rows = s->rows - t->nrows;
}

/* ---- the layout ---- */

struct layout {
    const struct table *t;
    const struct table_style *style;
    unsigned *widths; /* by column */
    unsigned *least;  /* to which they may shrink */
    uint32_t left;    /* columns shown before the gap */
    uint32_t right;   /* and behind it */
    uint32_t hidden;  /* between them */
    bool *numbers;    /* by column: to the right */
    struct outbuf *out;
};

static struct str shown(const struct layout *l, struct str cell) {
    return cell.ptr ? cell : str_of(l->style->null ? l->style->null : "NULL");
}

/* Columns that a text keeps: fewer on a narrow screen. */
static unsigned text_least(unsigned screen) {
    unsigned least = screen / 6;
    return least < 4 ? 4 : least < TEXT_MIN ? least : TEXT_MIN;
}

static void measure(struct layout *l) {
    for (uint32_t c = 0; c < l->t->ncolumns; c++) {
        const struct table_column *col = &l->t->columns[c];
        unsigned width = width_of(col->name, l->style->unicode);
        for (uint64_t r = 0; r < l->t->nrows; r++) {
            unsigned w = width_of(shown(l, l->t->rows[r][c]), l->style->unicode);
            if (w > width) width = w;
        }
        if (l->style->cell_width && width > l->style->cell_width) width = l->style->cell_width;
        unsigned least = stays_whole(col->type) ? WHOLE_MAX : text_least(l->style->width);
        l->widths[c] = width ? width : 1;
        l->least[c] = l->widths[c] < least ? l->widths[c] : least;
        l->numbers[c] = table_type_is_number(col->type);
    }
}

static bool is_shown(const struct layout *l, uint32_t c) {
    return c < l->left || c >= l->t->ncolumns - l->right;
}

/* Columns of the screen that the frame and the gap take. */
static unsigned frame_width(const struct layout *l) {
    return 3 * (l->left + l->right + (l->hidden > 0)) + 1 + (l->hidden > 0);
}

static unsigned sum_capped(const struct layout *l, unsigned cap) {
    unsigned sum = 0;
    for (uint32_t c = 0; c < l->t->ncolumns; c++) {
        if (!is_shown(l, c)) continue;
        unsigned w = l->least[c] > cap ? l->least[c] : cap;
        sum += w < l->widths[c] ? w : l->widths[c];
    }
    return sum;
}

static void shrink(struct layout *l, unsigned room) {
    unsigned low = 0, high = room;
    while (low < high) { /* the largest cap that fits */
        unsigned mid = (low + high + 1) / 2;
        if (sum_capped(l, mid) <= room) low = mid;
        else high = mid - 1;
    }
    unsigned spare = room - sum_capped(l, low);
    for (uint32_t c = 0; c < l->t->ncolumns; c++) {
        if (!is_shown(l, c)) continue;
        unsigned w = l->least[c] > low ? l->least[c] : low;
        if (w < l->widths[c] && spare && w == low) {
            w++;
            spare--;
        }
        if (w < l->widths[c]) l->widths[c] = w;
    }
}

static void fit(struct layout *l) {
    unsigned width = l->style->width;
    l->left = l->t->ncolumns;
    if (!width) return;
    while (frame_width(l) + sum_capped(l, 0) > width && l->left + l->right > 1) {
        if (!l->hidden) {
            l->right = l->t->ncolumns / 2;
            l->left = l->t->ncolumns - l->right;
        }
        if (l->left > l->right) l->left--;
        else l->right--;
        l->hidden++;
    }
    unsigned frame = frame_width(l), room = width > frame ? width - frame : 1;
    if (sum_capped(l, 0) > room) { /* one column, and too wide */
        l->least[0] = 1;
        if (l->widths[0] > room) l->widths[0] = room;
        return;
    }
    shrink(l, room);
}

/* ---- printing ---- */

static void rule(const struct layout *l, const char *left, const char *mid, const char *right) {
    const char *line = l->style->unicode ? "─" : "-";
    outbuf_text(l->out, l->style->unicode ? left : "+");
    bool first = true;
    for (uint32_t c = 0; c < l->t->ncolumns; c++) {
        bool gap = !is_shown(l, c);
        if (gap && c != l->left) continue;
        if (!first) outbuf_text(l->out, l->style->unicode ? mid : "+");
        unsigned width = (gap ? 1 : l->widths[c]) + 2;
        for (unsigned i = 0; i < width; i++) outbuf_text(l->out, line);
        first = false;
    }
    outbuf_text(l->out, l->style->unicode ? right : "+");
    outbuf_char(l->out, '\n');
}

static void put_cell(const struct layout *l, uint32_t c, struct str cell, const char *colour, bool right) {
    struct str s = shown(l, cell);
    unsigned max = l->widths[c], width = width_of(s, l->style->unicode);
    unsigned pad = width < max ? max - width : 0;
    outbuf_char(l->out, ' ');
    if (right) width_blanks(l->out, pad);
    if (colour) outbuf_text(l->out, colour);
    width = width_put(l->out, s, max, l->style->unicode);
    if (colour) outbuf_text(l->out, PLAIN);
    if (!right) width_blanks(l->out, max - width);
    outbuf_char(l->out, ' ');
}

static void put_row(const struct layout *l, const struct str *cells) {
    const char *bar = l->style->unicode ? "│" : "|";
    outbuf_text(l->out, bar);
    for (uint32_t c = 0; c < l->t->ncolumns; c++) {
        if (is_shown(l, c)) {
            struct str cell = cells ? cells[c] : l->t->columns[c].name;
            const char *colour = !l->style->colour ? NULL : !cells ? BOLD : cell.ptr ? NULL : DIM;
            put_cell(l, c, cell, colour, cells && l->numbers[c]);
        } else if (c == l->left) {
            outbuf_text(l->out, l->style->unicode ? " … " : " . ");
        } else {
            continue;
        }
        outbuf_text(l->out, bar);
    }
    outbuf_char(l->out, '\n');
}

/* The line in place of the rows that are not shown. */
static void put_hidden(const struct layout *l) {
    char count[32], text[80];
    unsigned inner = frame_width(l) - 4;
    for (uint32_t c = 0; c < l->t->ncolumns; c++) inner += is_shown(l, c) ? l->widths[c] : 0;
    const char *bar = l->style->unicode ? "│" : "|", *dots = l->style->unicode ? "…" : "..";
    table_count(count, l->t->hidden_rows);
    snprintf(text, sizeof text, "%s %s row%s not shown", dots, count, l->t->hidden_rows == 1 ? "" : "s");
    if (width_of(str_of(text), true) > inner) snprintf(text, sizeof text, "%s %s more", dots, count);
    outbuf_printf(l->out, "%s %s", bar, l->style->colour ? DIM : "");
    unsigned width = width_put(l->out, str_of(text), inner, l->style->unicode || text[0] == '.');
    outbuf_text(l->out, l->style->colour ? PLAIN : "");
    width_blanks(l->out, inner - width);
    outbuf_printf(l->out, " %s\n", bar);
}

static uint32_t print_box(struct outbuf *o, const struct table *t, const struct table_style *style) {
    struct arena a = {0};
    struct layout l = {t,
                       style,
                       ARENA_ARRAY(&a, unsigned, t->ncolumns + 1),
                       ARENA_ARRAY(&a, unsigned, t->ncolumns + 1),
                       0,
                       0,
                       0,
                       ARENA_ARRAY(&a, bool, t->ncolumns + 1),
                       o};
    measure(&l);
    fit(&l);
    rule(&l, "┌", "┬", "┐");
    put_row(&l, NULL);
    rule(&l, "├", "┼", "┤");
    for (uint64_t r = 0; r < t->nrows; r++) {
        if (r == t->hidden_at && t->hidden_rows) put_hidden(&l);
        put_row(&l, t->rows[r]);
    }
    if (t->hidden_rows && t->hidden_at >= t->nrows) put_hidden(&l);
    rule(&l, "└", "┴", "┘");
    arena_free(&a);
    return l.hidden;
}

uint32_t table_print(struct outbuf *o, const struct table *t, const struct table_style *style) {
    switch (t->format) {
    case TABLE_BOX: return print_box(o, t, style);
    case TABLE_CSV: table_print_csv(o, t); break;
    case TABLE_JSONL: table_print_jsonl(o, t); break;
    case TABLE_MARKDOWN: table_print_markdown(o, t, style); break;
    case TABLE_LINE: table_print_lines(o, t, style); break;
    }
    return 0;
}
