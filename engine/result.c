/* SPDX-License-Identifier: Apache-2.0
 *
 * Result writers; see result.h. jsonl and csv write rows as they come. Tables (and markdown) keep the cells
 * as text until the end, because columns are fitted to them; a retracted row takes an equal earlier one away.
 */
#include "engine/result.h"

#include <errno.h>
#include <stdlib.h>
#include <utf8proc.h>

#include "base/hash.h"
#include "base/mem.h"
#include "base/serial.h"
#include "exec/text.h"
#include "formats/json_lex.h"

struct kept_row {
    uint64_t hash;
    struct str *cells;      /* ncols */
    struct kept_row *chain; /* same bucket */
    bool gone;              /* retracted */
};

struct result_writer {
    enum result_format format;
    FILE *out;
    const struct plan_col *cols;
    uint32_t ncols;
    const struct zone *zone;
    bool changes;
    uint64_t rows;      /* left or written */
    struct arena arena;   /* kept rows */
    struct arena scratch; /* texts of a batch */
    struct outbuf line;
    struct kept_row **kept; /* in order of arrival */
    uint64_t nkept, cap_kept;
    struct kept_row **buckets;
    uint64_t nbuckets; /* a power of two */
};

bool result_format_parse(struct str name, enum result_format *out) {
    static const char *const names[] = {"table", "csv", "jsonl", "markdown"};
    for (unsigned i = 0; i < ARRAY_LEN(names); i++) {
        if (!str_eq(name, str_of(names[i]))) continue;
        *out = (enum result_format)i;
        return true;
    }
    return false;
}

static void csv_cell(struct outbuf *o, struct str s, bool null) {
    if (null) return;
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

/* `weir ... | head` is no failure. */
static enum status cannot_write(struct error *e) {
    if (errno == EPIPE) return error_set(e, ERR_READER_GONE, "nobody reads the results any more");
    return error_set(e, ERR_IO, "cannot write the results: %s", strerror(errno));
}

static enum status flush_line(struct result_writer *w, struct error *e) {
    if (fwrite(w->line.data, 1, w->line.len, w->out) != w->line.len) return cannot_write(e);
    w->line.len = 0;
    return ST_OK;
}

enum status result_open(enum result_format format, FILE *out, const struct plan_col *cols, uint32_t ncols,
                        const struct zone *zone, bool changes, struct result_writer **writer,
                        struct error *e) {
    struct result_writer *w = calloc(1, sizeof *w);
    if (!w) mem_exhausted();
    *writer = w;
    w->format = format;
    w->out = out;
    w->cols = cols;
    w->ncols = ncols;
    w->zone = zone;
    w->changes = changes;
    if (format != RESULT_CSV) return ST_OK;
    if (changes) outbuf_text(&w->line, "op,");
    for (uint32_t c = 0; c < ncols; c++) {
        if (c) outbuf_char(&w->line, ',');
        csv_cell(&w->line, cols[c].name, false);
    }
    outbuf_char(&w->line, '\n');
    return flush_line(w, e);
}

static void json_line(struct result_writer *w, const struct batch *b, uint32_t row) {
    outbuf_printf(&w->line, "{\"op\":\"%s\",\"row\":{", change_text(b->change ? b->change[row] : 0));
    for (uint32_t c = 0; c < w->ncols; c++) {
        if (c) outbuf_char(&w->line, ',');
        json_lex_put_string(&w->line, w->cols[c].name);
        outbuf_char(&w->line, ':');
        result_json_value(&w->line, b->cols[c], row, w->zone);
    }
    outbuf_text(&w->line, "}}\n");
}

/* ---- kept rows ---- */

static void grow_buckets(struct result_writer *w) {
    if (w->nkept < w->nbuckets) return;
    uint64_t count = w->nbuckets ? w->nbuckets * 2 : 1024;
    free(w->buckets);
    w->buckets = calloc(count, sizeof *w->buckets);
    if (!w->buckets) mem_exhausted();
    w->nbuckets = count;
    for (uint64_t i = 0; i < w->nkept; i++) {
        struct kept_row *r = w->kept[i], **at = &w->buckets[r->hash & (count - 1)];
        r->chain = *at;
        *at = r;
    }
}

static uint64_t hash_cells(const struct str *cells, uint32_t n) {
    uint64_t h = 0;
    for (uint32_t c = 0; c < n; c++)
        h = hash_bytes_seed(cells[c].ptr, cells[c].len, h + (cells[c].ptr == NULL));
    return h;
}

static bool same_cells(const struct str *a, const struct str *b, uint32_t n) {
    for (uint32_t c = 0; c < n; c++) {
        if (!a[c].ptr != !b[c].ptr || !str_eq(a[c], b[c])) return false;
    }
    return true;
}

static void take_away(struct result_writer *w, const struct str *cells) {
    if (w->nbuckets == 0) return;
    uint64_t h = hash_cells(cells, w->ncols);
    for (struct kept_row *r = w->buckets[h & (w->nbuckets - 1)]; r; r = r->chain) {
        if (r->gone || r->hash != h || !same_cells(r->cells, cells, w->ncols)) continue;
        r->gone = true;
        w->rows--;
        return;
    }
}

static void keep(struct result_writer *w, const struct str *cells, uint32_t ncells) {
    struct kept_row *r = ARENA_NEW(&w->arena, struct kept_row);
    r->hash = hash_cells(cells, w->ncols);
    r->cells = ARENA_ARRAY(&w->arena, struct str, ncells + 1);
    for (uint32_t c = 0; c < ncells; c++) {
        if (cells[c].ptr) r->cells[c] = arena_str(&w->arena, cells[c]);
    }
    if (w->nkept == w->cap_kept) {
        w->cap_kept = w->cap_kept ? w->cap_kept * 2 : 256;
        w->kept = realloc(w->kept, w->cap_kept * sizeof *w->kept);
        if (!w->kept) mem_exhausted();
    }
    grow_buckets(w);
    w->kept[w->nkept++] = r;
    struct kept_row **at = &w->buckets[r->hash & (w->nbuckets - 1)];
    r->chain = *at;
    *at = r;
    w->rows++;
}

/* As CAST(.. AS STRING) gives it; ptr NULL = NULL. */
static struct str cell_of(struct result_writer *w, const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row) || v->phys == PHYS_NONE) return (struct str){NULL, 0};
    struct str s = text_of(v, row, w->zone, &w->scratch);
    return s.ptr ? s : STR("");
}

static void table_row(struct result_writer *w, const struct batch *b, uint32_t row, int8_t change) {
    struct str *cells = ARENA_ARRAY(&w->scratch, struct str, w->ncols + 1);
    for (uint32_t c = 0; c < w->ncols; c++) cells[c] = cell_of(w, b->cols[c], row);
    if (w->changes) {
        cells[w->ncols] = str_of(change_text(change));
        keep(w, cells, w->ncols + 1);
    } else if (change_sign(change) < 0) {
        take_away(w, cells);
    } else {
        keep(w, cells, w->ncols);
    }
}

static void csv_line(struct result_writer *w, const struct batch *b, uint32_t row, int8_t change) {
    if (w->changes) outbuf_printf(&w->line, "%s,", change_text(change));
    for (uint32_t c = 0; c < w->ncols; c++) {
        if (c) outbuf_char(&w->line, ',');
        struct str s = cell_of(w, b->cols[c], row);
        csv_cell(&w->line, s, !s.ptr);
    }
    outbuf_char(&w->line, '\n');
}

enum status result_rows(struct result_writer *w, const struct batch *b, struct error *e) {
    arena_reset(&w->scratch);
    SEL_FOREACH(batch_sel(b), k, row) {
        int8_t change = b->change ? b->change[row] : 0;
        switch (w->format) {
        case RESULT_JSONL: json_line(w, b, row); break;
        case RESULT_CSV: csv_line(w, b, row, change); break;
        case RESULT_TABLE:
        case RESULT_MARKDOWN: table_row(w, b, row, change); break;
        }
    }
    if (w->format == RESULT_JSONL || w->format == RESULT_CSV) {
        w->rows += b->count;
        return flush_line(w, e);
    }
    return ST_OK;
}

/* ---- fitted tables ---- */

static unsigned display_width(struct str s) {
    unsigned width = 0;
    for (size_t i = 0; i < s.len;) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)s.ptr + i, (utf8proc_ssize_t)(s.len - i), &c);
        if (n <= 0) {
            n = 1;
            width++;
        } else {
            width += (unsigned)utf8proc_charwidth(c);
        }
        i += (size_t)n;
    }
    return width;
}

static struct str shown(struct str cell) {
    return cell.ptr ? cell : STR("NULL");
}

struct grid {
    enum result_format format;
    FILE *out;
    uint32_t ncols;
    unsigned *widths;
    bool *numbers; /* aligned to the right */
};

static void rule(const struct grid *g, const char *left, const char *mid, const char *right) {
    if (g->format == RESULT_MARKDOWN) return;
    fputs(left, g->out);
    for (uint32_t c = 0; c < g->ncols; c++) {
        for (unsigned i = 0; i < g->widths[c] + 2; i++) fputs("─", g->out);
        fputs(c + 1 < g->ncols ? mid : right, g->out);
    }
    fputc('\n', g->out);
}

static void cell_text(FILE *out, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\n') fputs("\\n", out);
        else fputc(s.ptr[i], out);
    }
}

static void grid_line(const struct grid *g, const struct str *cells, bool header) {
    const char *bar = g->format == RESULT_MARKDOWN ? "|" : "│";
    fputs(bar, g->out);
    for (uint32_t c = 0; c < g->ncols; c++) {
        struct str s = shown(cells[c]);
        unsigned width = display_width(s), pad = g->widths[c] > width ? g->widths[c] - width : 0;
        bool right = g->numbers && g->numbers[c] && !header;
        fprintf(g->out, " %*s", right ? (int)pad : 0, "");
        cell_text(g->out, s);
        fprintf(g->out, "%*s %s", right ? 0 : (int)pad, "", bar);
    }
    fputc('\n', g->out);
}

static void markdown_rule(const struct grid *g) {
    fputc('|', g->out);
    for (uint32_t c = 0; c < g->ncols; c++) fputs(g->numbers && g->numbers[c] ? " ---: |" : " --- |", g->out);
    fputc('\n', g->out);
}

static void grid_fit(struct grid *g, const struct str *cells) {
    for (uint32_t c = 0; c < g->ncols; c++) {
        struct str s = shown(cells[c]);
        unsigned width = display_width(s);
        for (size_t i = 0; i < s.len; i++) width += s.ptr[i] == '\n';
        if (width > g->widths[c]) g->widths[c] = width;
    }
}

static void grid_head(const struct grid *g, const struct str *headers) {
    rule(g, "┌", "┬", "┐");
    grid_line(g, headers, true);
    if (g->format == RESULT_MARKDOWN) markdown_rule(g);
    rule(g, "├", "┼", "┤");
}

static void print_kept(struct result_writer *w) {
    uint32_t ncols = w->ncols + w->changes;
    struct str *headers = ARENA_ARRAY(&w->arena, struct str, ncols + 1);
    struct grid g = {w->format, w->out, ncols, ARENA_ARRAY(&w->arena, unsigned, ncols + 1),
                     ARENA_ARRAY(&w->arena, bool, ncols + 1)};
    for (uint32_t c = 0; c < w->ncols; c++) {
        headers[c] = w->cols[c].name;
        g.numbers[c] = type_is_numeric(w->cols[c].type);
    }
    if (w->changes) headers[w->ncols] = STR("op");
    grid_fit(&g, headers);
    for (uint64_t i = 0; i < w->nkept; i++) {
        if (!w->kept[i]->gone) grid_fit(&g, w->kept[i]->cells);
    }
    grid_head(&g, headers);
    for (uint64_t i = 0; i < w->nkept; i++) {
        if (!w->kept[i]->gone) grid_line(&g, w->kept[i]->cells, false);
    }
    rule(&g, "└", "┴", "┘");
    if (w->format == RESULT_TABLE)
        fprintf(w->out, "%llu row%s\n", (unsigned long long)w->rows, w->rows == 1 ? "" : "s");
}

enum status result_end(struct result_writer *w, uint64_t *rows, struct error *e) {
    if (w->format == RESULT_TABLE || w->format == RESULT_MARKDOWN) print_kept(w);
    *rows = w->rows;
    if (fflush(w->out) != 0) return cannot_write(e);
    return ST_OK;
}

void result_close(struct result_writer *w) {
    if (!w) return;
    free(w->kept);
    free(w->buckets);
    outbuf_free(&w->line);
    arena_free(&w->scratch);
    arena_free(&w->arena);
    free(w);
}

static void strings_as_json(FILE *out, const struct str *headers, uint32_t ncols, uint32_t booleans,
                            const struct str *cells) {
    struct outbuf o = {0};
    outbuf_text(&o, "{\"op\":\"+I\",\"row\":{");
    for (uint32_t c = 0; c < ncols; c++) {
        if (c) outbuf_char(&o, ',');
        json_lex_put_string(&o, headers[c]);
        outbuf_char(&o, ':');
        if (!cells[c].ptr) outbuf_text(&o, "null");
        else if (booleans >> c & 1) outbuf_text(&o, str_eq(cells[c], STR("TRUE")) ? "true" : "false");
        else json_lex_put_string(&o, cells[c]);
    }
    outbuf_text(&o, "}}\n");
    fwrite(o.data, 1, o.len, out);
    outbuf_free(&o);
}

static void strings_as_csv(FILE *out, uint32_t ncols, const struct str *cells) {
    struct outbuf o = {0};
    for (uint32_t c = 0; c < ncols; c++) {
        if (c) outbuf_char(&o, ',');
        csv_cell(&o, cells[c], !cells[c].ptr);
    }
    outbuf_char(&o, '\n');
    fwrite(o.data, 1, o.len, out);
    outbuf_free(&o);
}

void result_strings(enum result_format format, FILE *out, const struct str *headers, uint32_t ncols,
                    uint32_t booleans, const struct str *cells, uint32_t nrows) {
    if (format == RESULT_JSONL) {
        for (uint32_t r = 0; r < nrows; r++)
            strings_as_json(out, headers, ncols, booleans, cells + (size_t)r * ncols);
        return;
    }
    if (format == RESULT_CSV) {
        strings_as_csv(out, ncols, headers);
        for (uint32_t r = 0; r < nrows; r++) strings_as_csv(out, ncols, cells + (size_t)r * ncols);
        return;
    }
    struct arena a = {0};
    struct grid g = {format, out, ncols, ARENA_ARRAY(&a, unsigned, ncols + 1), NULL};
    grid_fit(&g, headers);
    for (uint32_t r = 0; r < nrows; r++) grid_fit(&g, cells + (size_t)r * ncols);
    grid_head(&g, headers);
    for (uint32_t r = 0; r < nrows; r++) grid_line(&g, cells + (size_t)r * ncols, false);
    rule(&g, "└", "┴", "┘");
    arena_free(&a);
}
