/* SPDX-License-Identifier: Apache-2.0
 *
 * CSV to vectors. A frame is indexed once: the offsets of all separators, line ends, quotes and escapes,
 * found 64 bytes at a time. A line with nothing but separators and its newline then needs no scan at all
 * (take_regular); any other goes through take_irregular, which follows quotes and escapes from one indexed
 * byte to the next. Lines are gathered into blocks of slices for the columns that are read, then parsed
 * column by column. Slices point into the frame, or into the batch's arena where quotes or escapes had to be
 * taken out.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/csv.h"
#include "formats/scan.h"
#include "formats/scalar.h"

#define BLOCK_ROWS 256
#define VALUE_SHOWN 60 /* bytes of a bad value in an error */
#define SLICE_PAD 16   /* room around unescaped slices, so that whole loads are safe */

struct csv_decoder {
    struct csv_options o;
    struct format_config config;
    uint32_t ncols;            /* fields of a line */
    uint32_t nproj;            /* columns that are read */
    __m128i set;               /* scan_set of special bytes */
    bool set_fits;             /* else their low nibbles collide */
    const char *data;          /* the frame or message */
    size_t len;
    int64_t offset;            /* of data[0] in the file */
    bool high;                 /* some byte of the frame is not ASCII */
    const struct message *messages; /* NULL: a frame */
    uint32_t nmessages, message;    /* how many; the next one */
    uint32_t *pos;             /* offsets of special bytes; a sentinel `len` at the end */
    size_t npos, pos_cap;
    size_t at, k;              /* next line: its first byte, the first special byte at or after it */
    struct str *slices;        /* of a block: nproj columns of BLOCK_ROWS */
    size_t *starts, *ks;       /* of the block's rows, BLOCK_ROWS + 1: `at` and `k` before each */
    struct str *lines;         /* messages only: the bytes of the block's rows */
    struct arena *arena;       /* of the batch being made */
    bool failed;               /* a bad record waits to be reported: */
    struct str bad_bytes;
    int64_t bad_position;
    char reason[320];
};

static enum status csv_open(const struct format_config *c, struct decoder **out, struct error *e) {
    struct csv_decoder *d = calloc(1, sizeof *d);
    if (!d) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    d->config = *c;
    if (c->schema->count == 0) {
        free(d);
        return error_set(e, ERR_INVALID_QUERY, "table %s has no columns that are in the file", c->where);
    }
    d->ncols = c->schema->count;
    d->nproj = c->nprojection;
    d->slices = calloc((size_t)BLOCK_ROWS * (d->nproj + 1), sizeof *d->slices);
    d->starts = calloc(BLOCK_ROWS + 1, sizeof *d->starts);
    d->ks = calloc(BLOCK_ROWS + 1, sizeof *d->ks);
    d->lines = calloc(BLOCK_ROWS + 1, sizeof *d->lines);
    if (!d->slices || !d->starts || !d->ks || !d->lines) {
        csv_decoder_class.close((struct decoder *)d);
        return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    }
    if (csv_options_read(c, &d->o, e) != ST_OK) {
        csv_decoder_class.close((struct decoder *)d);
        return ST_ERROR;
    }
    struct scan_set set;
    scan_set_clear(&set);
    d->set_fits = scan_set_add(&set, (unsigned char)d->o.separator) && scan_set_add(&set, '\n') &&
                  scan_set_add(&set, '\r') &&
                  (!d->o.quote || scan_set_add(&set, (unsigned char)d->o.quote)) &&
                  (!d->o.escape || scan_set_add(&set, (unsigned char)d->o.escape));
    d->set = _mm_loadu_si128((const __m128i *)set.by_nibble);
    *out = (struct decoder *)d;
    return ST_OK;
}

static void csv_close(struct decoder *decoder) {
    struct csv_decoder *d = (struct csv_decoder *)decoder;
    free(d->slices);
    free(d->starts);
    free(d->ks);
    free(d->lines);
    free(d->pos);
    free(d);
}

/* ---- the index ---- */

static uint64_t special_mask(const struct csv_decoder *d, const char *p) {
    if (LIKELY(d->set_fits)) return scan_set_mask(d->set, p);
    uint64_t mask = scan_byte_mask(d->o.separator, p) | scan_byte_mask('\n', p) | scan_byte_mask('\r', p);
    if (d->o.quote) mask |= scan_byte_mask(d->o.quote, p);
    if (d->o.escape) mask |= scan_byte_mask(d->o.escape, p);
    return mask;
}

static inline uint32_t *put_positions(uint32_t *to, uint64_t mask, uint32_t base) {
    unsigned count = (unsigned)__builtin_popcountll(mask);
    uint32_t *end = to + count;
    while (count) {
        /* eight at a time, without a branch for each; what is written past the end is written again */
        for (unsigned i = 0; i < 8; i++) {
            to[i] = base + (uint32_t)__builtin_ctzll(mask | (uint64_t)1 << 63);
            mask &= mask - 1;
        }
        to += 8;
        count -= count < 8 ? count : 8;
    }
    return end;
}

static enum status index_reserve(struct csv_decoder *d, size_t more, struct error *e) {
    if (d->pos_cap - d->npos >= more) return ST_OK;
    size_t cap = d->pos_cap * 2 < d->npos + more ? d->npos + more : d->pos_cap * 2;
    uint32_t *pos = realloc(d->pos, cap * sizeof *pos);
    if (!pos) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    d->pos = pos;
    d->pos_cap = cap;
    return ST_OK;
}

/* Finds the special bytes of data[0..len). */
static enum status index_bytes(struct csv_decoder *d, struct error *e) {
    d->npos = 0;
    d->at = d->k = 0;
    d->high = false;
    if (d->len > (size_t)1 << 30) return error_set(e, ERR_LIMIT, "a CSV record is longer than 1 GiB");
    __m128i high = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 64 <= d->len;) {
        size_t stop = d->len - i > 65536 ? i + 65536 : i + ((d->len - i) & ~(size_t)63);
        TRY(index_reserve(d, stop - i + 80, e));
        uint32_t *to = d->pos + d->npos;
        for (; i < stop; i += 64) {
            const __m128i *v = (const __m128i *)(d->data + i);
            high = _mm_or_si128(high,
                                _mm_or_si128(_mm_or_si128(_mm_loadu_si128(v), _mm_loadu_si128(v + 1)),
                                             _mm_or_si128(_mm_loadu_si128(v + 2), _mm_loadu_si128(v + 3))));
            to = put_positions(to, special_mask(d, d->data + i), (uint32_t)i);
        }
        d->npos = (size_t)(to - d->pos);
    }
    TRY(index_reserve(d, 160, e));
    if (i < d->len) {
        char tail[64] = {0};
        memcpy(tail, d->data + i, d->len - i);
        for (unsigned q = 0; q < 4; q++)
            high = _mm_or_si128(high, _mm_loadu_si128((__m128i *)(tail + 16 * q)));
        uint32_t *to = put_positions(d->pos + d->npos, special_mask(d, tail), (uint32_t)i);
        d->npos = (size_t)(to - d->pos);
    }
    d->pos[d->npos] = d->pos[d->npos + 1] = (uint32_t)d->len;
    d->high = _mm_movemask_epi8(high) != 0;
    return ST_OK;
}

/* ---- lines to slices ---- */

/* Takes lines that hold nothing but separators and a newline, up to row n of the block; returns the row
 * reached. */
static uint32_t take_regular(struct csv_decoder *d, uint32_t row, uint32_t n) {
    const char *data = d->data;
    const uint32_t ncols = d->ncols, nproj = d->nproj, *proj = d->config.projection;
    const char separator = d->o.separator;
    size_t at = d->at, k = d->k;
    for (; row < n && k + ncols <= d->npos; row++) {
        const uint32_t *p = d->pos + k;
        int diff = data[p[ncols - 1]] ^ '\n';
        for (uint32_t c = 0; c + 1 < ncols; c++) diff |= data[p[c]] ^ separator;
        if (diff || (d->o.comments && (data[at] == '#' || data[at] == ' '))) break;
        d->starts[row] = at;
        d->ks[row] = k;
        for (uint32_t j = 0; j < nproj; j++) {
            uint32_t c = proj[j];
            size_t from = c ? (size_t)p[c - 1] + 1 : at;
            d->slices[(size_t)j * BLOCK_ROWS + row] = (struct str){data + from, p[c] - from};
        }
        at = (size_t)p[ncols - 1] + 1;
        k += ncols;
    }
    d->at = at;
    d->k = k;
    return row;
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* Behind the record that ends at special byte k (or at the end of the data). */
static void step_over_end(struct csv_decoder *d, size_t k) {
    size_t at = d->pos[k];
    if (k >= d->npos) {
        d->at = d->len;
        d->k = d->npos;
        return;
    }
    if (d->data[at] == '\r' && at + 1 < d->len && d->data[at + 1] == '\n') {
        k++;
        at++;
    }
    d->at = at + 1;
    d->k = k + 1;
}

static bool bad_line(struct csv_decoder *d, const char *reason) {
    snprintf(d->reason, sizeof d->reason, "%s", reason);
    return false;
}

/* The bytes from..to without doubled quotes (when `quoted`) and escapes. */
static struct str unescape(struct csv_decoder *d, size_t from, size_t to, bool quoted) {
    char *p = (char *)arena_alloc_raw(d->arena, to - from + 2 * SLICE_PAD) + SLICE_PAD, *q = p;
    for (size_t i = from; i < to; i++) {
        char c = d->data[i];
        if (d->o.escape && c == d->o.escape && i + 1 < to) {
            c = d->data[++i];
            c = c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == '0' ? '\0' : c;
        } else if (quoted && c == d->o.quote) {
            i++;
        }
        *q++ = c;
    }
    return (struct str){p, (size_t)(q - p)};
}

/* One field whose first byte is `from`; *k is the first special byte at or after it, afterwards that which
 * ends the field. */
static bool take_field(struct csv_decoder *d, size_t from, size_t *k, struct str *out) {
    size_t i = *k;
    bool quoted = d->o.quote && i < d->npos && d->pos[i] == from && d->data[from] == d->o.quote;
    bool copy = false;
    if (!quoted) {
        for (; i < d->npos; i++) {
            char c = d->data[d->pos[i]];
            if (c == d->o.separator || is_line_end(c)) break;
            if (!d->o.escape || c != d->o.escape) continue;
            copy = true;
            if (d->pos[i + 1] == d->pos[i] + 1) i++;
        }
        if (i > d->npos) i = d->npos;
        *k = i;
        *out = copy ? unescape(d, from, d->pos[i], false) : (struct str){d->data + from, d->pos[i] - from};
        return true;
    }
    for (i++; i < d->npos; i++) {
        char c = d->data[d->pos[i]];
        if (d->o.escape && c == d->o.escape) {
            copy = true;
            if (d->pos[i + 1] == d->pos[i] + 1) i++;
        } else if (c == d->o.quote) {
            if (i + 1 >= d->npos || d->pos[i + 1] != d->pos[i] + 1 || d->data[d->pos[i + 1]] != c) break;
            copy = true;
            i++;
        }
    }
    if (i >= d->npos) {
        *k = d->npos;
        return bad_line(d, "a quoted field has no closing quote");
    }
    size_t close = d->pos[i];
    *out = copy ? unescape(d, from + 1, close, true) : (struct str){d->data + from + 1, close - from - 1};
    *k = ++i;
    for (size_t at = close + 1; at < d->pos[i]; at++) {
        if ((unsigned char)d->data[at] > ' ') return bad_line(d, "there is text behind a closing quote");
    }
    if (i < d->npos && d->data[d->pos[i]] != d->o.separator && !is_line_end(d->data[d->pos[i]])) {
        return bad_line(d, "there is text behind a closing quote");
    }
    return true;
}

static bool is_comment(const struct csv_decoder *d) {
    size_t at = d->at;
    while (at < d->len && d->data[at] == ' ') at++;
    return at < d->len && d->data[at] == '#';
}

static void skip_line(struct csv_decoder *d, size_t k) {
    while (k < d->npos && !is_line_end(d->data[d->pos[k]])) k++;
    step_over_end(d, k);
}

/* Checks the number of fields, as Flink does: against the columns that are read. */
static bool field_count_fits(struct csv_decoder *d, uint32_t fields, struct str last) {
    if (fields > d->ncols && !(fields == d->ncols + 1 && last.len == 0)) {
        snprintf(d->reason, sizeof d->reason, "the line has more than %u fields", d->ncols);
        return false;
    }
    if (fields < d->nproj && !d->o.ignore_errors) {
        snprintf(d->reason, sizeof d->reason, "the line has %u field%s where %u are expected", fields,
                 fields == 1 ? "" : "s", d->ncols);
        return false;
    }
    return true;
}

/* Takes the next line, whatever is in it. False: it is bad; d->at and d->k are behind it in any case. */
static bool take_irregular(struct csv_decoder *d, uint32_t row) {
    size_t from = d->at, k = d->k;
    struct str text = {0};
    uint32_t field = 0;
    for (uint32_t j = 0; j < d->nproj; j++) d->slices[(size_t)j * BLOCK_ROWS + row] = (struct str){0};
    for (;; field++) {
        if (!take_field(d, from, &k, &text)) {
            skip_line(d, k);
            return false;
        }
        for (uint32_t j = 0; j < d->nproj; j++) {
            if (d->config.projection[j] == field) d->slices[(size_t)j * BLOCK_ROWS + row] = text;
        }
        if (k >= d->npos || is_line_end(d->data[d->pos[k]])) break;
        from = (size_t)d->pos[k++] + 1;
    }
    step_over_end(d, k);
    return field_count_fits(d, field + 1, text);
}

static void remember_bad(struct csv_decoder *d, const char *p, size_t len, int64_t position) {
    while (len && is_line_end(p[len - 1])) len--;
    d->failed = true;
    d->bad_bytes = (struct str){p, len};
    d->bad_position = position;
}

/* Up to n rows of the frame into the block; fewer at its end or before a bad line. */
static uint32_t block_of_frame(struct csv_decoder *d, uint32_t n) {
    uint32_t row = 0;
    while (row < n && d->at < d->len && !d->failed) {
        row = take_regular(d, row, n);
        if (row == n || d->at >= d->len) break;
        size_t start = d->at;
        d->starts[row] = start;
        d->ks[row] = d->k;
        if (d->o.comments && is_comment(d)) skip_line(d, d->k);
        else if (take_irregular(d, row)) row++;
        else if (!d->o.ignore_errors)
            remember_bad(d, d->data + start, d->at - start, d->offset + (int64_t)start);
    }
    if (d->failed) return row; /* starts[row] is the bad line's */
    d->starts[row] = d->at;
    d->ks[row] = d->k;
    return row;
}

static enum status block_of_messages(struct csv_decoder *d, uint32_t n, uint32_t *rows, struct error *e) {
    uint32_t row = 0;
    while (row < n && d->message < d->nmessages && !d->failed) {
        const struct message *m = &d->messages[d->message];
        d->starts[row] = d->message++;
        if (!m->data) continue;
        d->data = m->data;
        d->len = m->len;
        d->lines[row] = (struct str){m->data, m->len};
        bool high = d->high;
        TRY(index_bytes(d, e));
        d->high |= high && row;
        if (d->o.comments && is_comment(d)) continue;
        if (take_regular(d, row, row + 1) > row || take_irregular(d, row)) row++;
        else if (!d->o.ignore_errors) remember_bad(d, m->data, m->len, (int64_t)d->message - 1);
    }
    d->starts[row] = d->message;
    *rows = row;
    return ST_OK;
}

/* ---- slices to values ---- */

static void bad_value(struct csv_decoder *d, uint32_t j, struct str text) {
    const struct field *f = &d->config.schema->fields[d->config.projection[j]];
    char shown[VALUE_SHOWN + 1];
    size_t n = text.len < VALUE_SHOWN ? text.len : VALUE_SHOWN;
    for (size_t i = 0; i < n; i++) shown[i] = (unsigned char)text.ptr[i] < ' ' ? '?' : text.ptr[i];
    while (n && text.len > n && ((unsigned char)text.ptr[n] & 0xc0) == 0x80) n--;
    shown[n] = '\0';
    if (type_is_string(f->type)) {
        snprintf(d->reason, sizeof d->reason, "column '%.*s' is not valid UTF-8", STR_ARG(f->name));
        return;
    }
    snprintf(d->reason, sizeof d->reason, "column '%.*s': '%s%s' is not a valid %s", STR_ARG(f->name), shown,
             text.len > n ? "..." : "", csv_type_name(f->type));
}

/* Bounds for whole loads around slices: of the frame; messages are each their own buffer, so none there. */
static const char *load_begin(const struct csv_decoder *d) {
    return d->messages ? (const char *)INTPTR_MAX : d->data;
}
static const char *load_end(const struct csv_decoder *d) {
    return d->messages ? NULL : d->data + d->len;
}

static inline bool is_plain(const struct csv_decoder *d, struct str s) {
    return s.ptr && !(d->o.has_null && str_eq(s, d->o.null_literal));
}

/* Each parses n slices into rows `at`.. of v and returns how many were good before the first bad one. */
static uint32_t column_strings(struct csv_decoder *d, const struct str *s, uint32_t n, struct vec *v,
                               uint32_t at) {
    struct strview *to = (struct strview *)v->data + at;
    const char *end = load_end(d);
    for (uint32_t i = 0; i < n; i++) {
        if (LIKELY(is_plain(d, s[i]) && !d->high)) to[i] = scan_view(s[i].ptr, s[i].len, end);
        else if (!csv_cell_decode(&d->o, s[i], v, at + i, d->arena)) return i;
    }
    return n;
}

static uint32_t column_bigints(struct csv_decoder *d, const struct str *s, uint32_t n, struct vec *v,
                               uint32_t at) {
    int64_t *to = (int64_t *)v->data + at;
    const char *begin = load_begin(d);
    for (uint32_t i = 0; i < n; i++) {
        if (LIKELY(!d->o.has_null && scan_i64(s[i].ptr, s[i].len, begin, &to[i]))) continue;
        if (!csv_cell_decode(&d->o, s[i], v, at + i, d->arena)) return i;
    }
    return n;
}

static uint32_t column_ints(struct csv_decoder *d, const struct str *s, uint32_t n, struct vec *v,
                            uint32_t at) {
    int32_t *to = (int32_t *)v->data + at;
    const char *begin = load_begin(d);
    for (uint32_t i = 0; i < n; i++) {
        int64_t value;
        if (LIKELY(!d->o.has_null && scan_i64(s[i].ptr, s[i].len, begin, &value) &&
                   value == (int32_t)value)) {
            to[i] = (int32_t)value;
        } else if (!csv_cell_decode(&d->o, s[i], v, at + i, d->arena)) {
            return i;
        }
    }
    return n;
}

static uint32_t column_any(struct csv_decoder *d, const struct str *s, uint32_t n, struct vec *v,
                           uint32_t at) {
    for (uint32_t i = 0; i < n; i++) {
        if (!csv_cell_decode(&d->o, s[i], v, at + i, d->arena)) return i;
    }
    return n;
}

static uint32_t parse_column(struct csv_decoder *d, uint32_t j, uint32_t n, struct vec *v, uint32_t at) {
    const struct str *s = d->slices + (size_t)j * BLOCK_ROWS;
    switch (v->type->kind) {
    case TYPE_CHAR:
    case TYPE_VARCHAR: return column_strings(d, s, n, v, at);
    case TYPE_BIGINT: return column_bigints(d, s, n, v, at);
    case TYPE_INT: return column_ints(d, s, n, v, at);
    default: return column_any(d, s, n, v, at);
    }
}

/* Gives up the block's rows from `row` on, which is bad: reading goes on behind it. */
static void cut_block(struct csv_decoder *d, uint32_t row) {
    if (d->messages) {
        remember_bad(d, d->lines[row].ptr, d->lines[row].len, (int64_t)d->starts[row]);
        d->message = (uint32_t)d->starts[row] + 1;
        return;
    }
    size_t start = d->starts[row], end = d->starts[row + 1];
    remember_bad(d, d->data + start, end - start, d->offset + (int64_t)start);
    d->at = end;
    d->k = d->ks[row + 1];
}

static uint32_t parse_block(struct csv_decoder *d, struct batch *b, uint32_t at, uint32_t n) {
    uint32_t good = n;
    for (uint32_t j = 0; j < d->nproj && good; j++) {
        uint32_t done = parse_column(d, j, good, b->cols[j], at);
        if (done == good) continue;
        good = done;
        bad_value(d, j, d->slices[(size_t)j * BLOCK_ROWS + good]);
    }
    if (good < n) cut_block(d, good);
    return good;
}

static struct batch *make_batch(struct csv_decoder *d, uint32_t rows) {
    struct batch *b = batch_new(d->arena, d->nproj);
    for (uint32_t j = 0; j < d->nproj; j++) {
        b->cols[j] = ARENA_NEW(d->arena, struct vec);
        vec_make_flat(b->cols[j], d->arena, d->config.schema->fields[d->config.projection[j]].type, rows);
    }
    return b;
}

static enum status report_bad(struct csv_decoder *d, struct error *e) {
    d->failed = false;
    return error_set(e, ERR_DECODE, "%s", d->reason);
}

static enum status csv_next(struct decoder *decoder, uint32_t max_rows, struct arena *a, struct batch **out,
                            int64_t *positions, struct error *e) {
    struct csv_decoder *d = (struct csv_decoder *)decoder;
    *out = NULL;
    d->arena = a;
    if (d->failed) return report_bad(d, e);
    struct batch *b = NULL;
    uint32_t rows = 0;
    while (rows < max_rows && !d->failed) {
        uint32_t n = max_rows - rows < BLOCK_ROWS ? max_rows - rows : BLOCK_ROWS;
        if (d->messages) TRY(block_of_messages(d, n, &n, e));
        else n = block_of_frame(d, n);
        if (n == 0) break;
        if (!b) b = make_batch(d, max_rows);
        n = parse_block(d, b, rows, n);
        int64_t base = d->messages ? 0 : d->offset;
        for (uint32_t i = 0; i < n; i++) positions[rows + i] = base + (int64_t)d->starts[i];
        rows += n;
    }
    if (rows == 0) return d->failed ? report_bad(d, e) : ST_OK;
    for (uint32_t j = 0; j < d->nproj; j++) scalar_set_rows(b->cols[j], rows);
    b->rows = b->count = rows;
    *out = b;
    return ST_OK;
}

static enum status csv_begin_frame(struct decoder *decoder, const struct decode_frame *f, struct error *e) {
    struct csv_decoder *d = (struct csv_decoder *)decoder;
    d->messages = NULL;
    d->data = f->data;
    d->len = f->len;
    d->offset = f->offset;
    d->failed = false;
    return index_bytes(d, e);
}

static enum status csv_begin_messages(struct decoder *decoder, const struct message *m, uint32_t n,
                                      UNUSED struct error *e) {
    struct csv_decoder *d = (struct csv_decoder *)decoder;
    d->messages = m;
    d->nmessages = n;
    d->message = 0;
    d->failed = false;
    return ST_OK;
}

static struct str csv_bad(struct decoder *decoder, int64_t *position) {
    const struct csv_decoder *d = (const struct csv_decoder *)decoder;
    *position = d->bad_position;
    return d->bad_bytes;
}

const struct decoder_class csv_decoder_class = {
    .open = csv_open,
    .begin_frame = csv_begin_frame,
    .begin_messages = csv_begin_messages,
    .next = csv_next,
    .bad = csv_bad,
    .close = csv_close,
};
