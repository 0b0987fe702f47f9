/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of results as text: cells one by one (weir_result_rows), lines of CSV and of JSON (weir_result_text).
 */
#include "engine/result.h"
#include "exec/text.h"
#include "formats/json_lex.h"

/* As CAST(.. AS STRING) gives it; ptr NULL = NULL. */
static struct str cell_of(struct weir_result *r, const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row) || v->phys == PHYS_NONE) return (struct str){NULL, 0};
    struct str s = text_of(v, row, r->zone, &r->scratch);
    return s.ptr ? s : STR("");
}

static int8_t change_of(const struct batch *b, uint32_t row) {
    return b->change ? b->change[row] : CHANGE_INSERT;
}

/* ---- cells ---- */

static void put_rows(struct weir_result *r, const struct batch *b, struct weir_rows *out) {
    uint32_t n = r->columns.count;
    struct arena *a = &r->scratch;
    const char **cells = ARENA_ARRAY(a, const char *, (size_t)b->count *n + 1);
    uint32_t *lengths = ARENA_ARRAY(a, uint32_t, (size_t)b->count * n + 1);
    uint8_t *changes = b->change ? arena_alloc_raw(a, b->count) : NULL;
    SEL_FOREACH(batch_sel(b), k, row) {
        if (changes) changes[k] = (uint8_t)b->change[row];
        for (uint32_t c = 0; c < n; c++) {
            struct str s = cell_of(r, b->cols[c], row);
            if (!s.ptr) continue;
            cells[(size_t)k * n + c] = arena_str(a, s).ptr;
            lengths[(size_t)k * n + c] = (uint32_t)s.len;
        }
    }
    out->rows = b->count;
    out->columns = n;
    out->changes = changes;
    out->cells = cells;
    out->lengths = lengths;
}

enum weir_status weir_result_rows(struct weir_result *r, int64_t timeout_us, struct weir_rows *out,
                                  struct weir_error **error) {
    HANDLE_CALL(r, HANDLE_RESULT);
    enum weir_status st = WEIR_ERROR;
    const struct batch *b;
    if (!out || out->struct_bytes < sizeof *out)
        misuse(&e, __func__, "struct_bytes of the rows is too small");
    else if (result_choose(r, WAY_ROWS, __func__, &e) == ST_OK) st = result_fetch(r, timeout_us, &b, &e);
    if (st == WEIR_OK) {
        arena_reset(&r->scratch);
        put_rows(r, b, out);
    }
    handle_leave(r);
    return st == WEIR_ERROR ? give_status(ST_ERROR, &e, result_sql(r), error) : st;
}

/* ---- lines ---- */

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

static void csv_header(struct weir_result *r, bool changes) {
    if (r->header_done) return;
    r->header_done = true;
    if (changes) outbuf_text(&r->text, "op,");
    for (uint32_t c = 0; c < r->columns.count; c++) {
        if (c) outbuf_char(&r->text, ',');
        csv_cell(&r->text, r->columns.fields[c].name);
    }
    outbuf_char(&r->text, '\n');
}

static void csv_lines(struct weir_result *r, const struct batch *b, bool changes) {
    SEL_FOREACH(batch_sel(b), k, row) {
        if (changes) outbuf_printf(&r->text, "%s,", change_text(change_of(b, row)));
        for (uint32_t c = 0; c < r->columns.count; c++) {
            if (c) outbuf_char(&r->text, ',');
            csv_cell(&r->text, cell_of(r, b->cols[c], row));
        }
        outbuf_char(&r->text, '\n');
    }
}

static void json_lines(struct weir_result *r, const struct batch *b) {
    SEL_FOREACH(batch_sel(b), k, row) {
        outbuf_printf(&r->text, "{\"op\":\"%s\",\"row\":{", change_text(change_of(b, row)));
        for (uint32_t c = 0; c < r->columns.count; c++) {
            if (c) outbuf_char(&r->text, ',');
            json_lex_put_string(&r->text, r->columns.fields[c].name);
            outbuf_char(&r->text, ':');
            result_json_value(&r->text, b->cols[c], row, r->zone);
        }
        outbuf_text(&r->text, "}}\n");
    }
}

static enum weir_status next_lines(struct weir_result *r, enum result_way way, bool changes,
                                   int64_t timeout_us, struct error *e) {
    const struct batch *b;
    if (result_choose(r, way, "weir_result_text", e) != ST_OK) return WEIR_ERROR;
    enum weir_status st = result_fetch(r, timeout_us, &b, e);
    r->text.len = 0;
    arena_reset(&r->scratch);
    if (way == WAY_CSV && (st == WEIR_OK || st == WEIR_END)) csv_header(r, changes);
    if (st == WEIR_OK && way == WAY_CSV) csv_lines(r, b, changes);
    if (st == WEIR_OK && way == WAY_JSONL) json_lines(r, b);
    return st == WEIR_END && r->text.len ? WEIR_OK : st; /* a header without rows comes before the end */
}

enum weir_status weir_result_text(struct weir_result *r, enum weir_format format, bool changes,
                                  int64_t timeout_us, const char **text, size_t *length,
                                  struct weir_error **error) {
    HANDLE_CALL(r, HANDLE_RESULT);
    enum weir_status st = WEIR_ERROR;
    if (!text || !length || (format != WEIR_CSV && format != WEIR_JSONL))
        misuse(&e, __func__, "the place for the text is NULL, or the format is none");
    else st = next_lines(r, format == WEIR_CSV ? WAY_CSV : WAY_JSONL, changes, timeout_us, &e);
    if (st == WEIR_OK) {
        *text = r->text.data;
        *length = r->text.len;
    }
    handle_leave(r);
    return st == WEIR_ERROR ? give_status(ST_ERROR, &e, result_sql(r), error) : st;
}
