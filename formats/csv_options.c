/* SPDX-License-Identifier: Apache-2.0
 *
 * The csv format: its options, what schemas it takes, its entry in the table of formats and its framer.
 */
#include <stdlib.h>

#include "base/text.h"
#include "formats/csv.h"
#include "formats/line_framer.h"

const struct option_def csv_option_defs[] = {
    {.key = "field-delimiter", .type = OPT_CHAR, .def = ",", .help = "between the fields of a line"},
    {.key = "disable-quote-character", .type = OPT_BOOL, .def = "false", .help = "quotes have no meaning"},
    {.key = "quote-character",
     .type = OPT_CHAR,
     .def = "\"",
     .help = "around fields with separators in them"},
    {.key = "allow-comments",
     .type = OPT_BOOL,
     .def = "false",
     .help = "lines that begin with # are left out"},
    {.key = "ignore-parse-errors",
     .type = OPT_BOOL,
     .def = "false",
     .help = "a field that cannot be read is NULL, a line that cannot be read is left out"},
    {.key = "array-element-delimiter",
     .type = OPT_STRING,
     .def = ";",
     .help = "between elements of ARRAY and ROW"},
    {.key = "escape-character", .type = OPT_CHAR, .help = "takes the meaning from the character after it"},
    {.key = "null-literal", .type = OPT_STRING, .help = "the text that stands for NULL"},
    {.key = "write-bigdecimal-in-scientific-notation",
     .type = OPT_BOOL,
     .def = "true",
     .help = "DECIMAL 100 is written 1E+2"},
    {.key = NULL},
};

/* The byte of a one-character option; 0 if it is not given. */
static enum status option_byte(const struct format_config *c, const char *key, char *out, struct error *e) {
    struct str s = option_str(c->options, c->prefix, csv_option_defs, key);
    unsigned long code = s.len ? (unsigned char)s.ptr[0] : 0;
    if (s.len == 6 && s.ptr[0] == '\\' && s.ptr[1] == 'u') {
        char hex[5] = {s.ptr[2], s.ptr[3], s.ptr[4], s.ptr[5]};
        code = strtoul(hex, NULL, 16);
    } else if (s.len == 2 && s.ptr[0] == '\\') {
        code = s.ptr[1] == 't'   ? '\t'
               : s.ptr[1] == 'n' ? '\n'
               : s.ptr[1] == 'r' ? '\r'
                                 : (unsigned char)s.ptr[1];
    } else if (s.len > 1) {
        code = 128;
    }
    if (code >= 128 || code == '\n' || code == '\r' || (s.len && code == 0)) {
        return error_set(e, ERR_INVALID_OPTION,
                         "option '%s%s' must be an ASCII character other than a line end", c->prefix, key);
    }
    *out = (char)code;
    return ST_OK;
}

enum status csv_options_read(const struct format_config *c, struct csv_options *out, struct error *e) {
    const struct option_def *defs = csv_option_defs;
    *out = (struct csv_options){
        .comments = option_bool(c->options, c->prefix, defs, "allow-comments"),
        .ignore_errors = option_bool(c->options, c->prefix, defs, "ignore-parse-errors"),
        .scientific = option_bool(c->options, c->prefix, defs, "write-bigdecimal-in-scientific-notation"),
        .has_null = option_given(c->options, c->prefix, "null-literal"),
        .null_literal = option_str(c->options, c->prefix, defs, "null-literal"),
        .element_separator = option_str(c->options, c->prefix, defs, "array-element-delimiter"),
    };
    TRY(option_byte(c, "field-delimiter", &out->separator, e));
    TRY(option_byte(c, "quote-character", &out->quote, e));
    TRY(option_byte(c, "escape-character", &out->escape, e));
    if (option_bool(c->options, c->prefix, defs, "disable-quote-character")) {
        if (option_given(c->options, c->prefix, "quote-character")) {
            return error_set(e, ERR_INVALID_OPTION,
                             "'%squote-character' is given although '%sdisable-quote-character' is true",
                             c->prefix, c->prefix);
        }
        out->quote = 0;
    }
    if (out->separator == out->quote || out->separator == out->escape) {
        return error_set(e, ERR_INVALID_OPTION,
                         "'%sfield-delimiter' is the quote or escape character as well", c->prefix);
    }
    return ST_OK;
}

/* The first type within that CSV has no form for, or NULL. */
static const struct type *unfit_type(const struct type *t, unsigned depth) {
    if (t->kind == TYPE_MAP) return t;
    if (t->kind != TYPE_ARRAY && t->kind != TYPE_ROW) return NULL;
    if (depth) return t;
    for (uint32_t i = 0; i < t->nfields; i++) {
        const struct type *bad = unfit_type(t->fields[i].type, depth + 1);
        if (bad) return bad;
    }
    return NULL;
}

enum status csv_validate(const struct options *o, const char *prefix, const struct schema *schema,
                         struct error *e) {
    struct csv_options unused;
    struct format_config c = {.options = o, .prefix = prefix};
    TRY(csv_options_read(&c, &unused, e));
    for (uint32_t i = 0; i < schema->count; i++) {
        const struct type *bad = unfit_type(schema->fields[i].type, 0);
        if (!bad) continue;
        return error_set(e, ERR_INVALID_QUERY, "column '%.*s': the csv format has no form for %s%s",
                         STR_ARG(schema->fields[i].name), csv_type_name(bad),
                         bad->kind == TYPE_MAP ? "" : " within another ARRAY or ROW");
    }
    return ST_OK;
}

/* ---- framer: that of lines, and the header ---- */

struct csv_framer {
    struct framer *lines;
    struct csv_options options;
    enum header_line header;
    const struct schema *schema; /* of the file: the names that the header must have */
};

static void csv_framer_close(struct framer *framer) {
    struct csv_framer *f = (struct csv_framer *)framer;
    if (f->lines) line_framer_close(f->lines);
    free(f);
}

static enum status csv_framer_open(const struct format_config *c, struct framer **out, struct error *e) {
    struct csv_framer *f = calloc(1, sizeof *f);
    if (!f) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    *f = (struct csv_framer){.header = c->header, .schema = c->schema};
    enum status st = csv_options_read(c, &f->options, e);
    const struct csv_options *o = &f->options;
    struct line_rules rules = {o->quote, o->separator, o->escape, o->comments};
    if (st == ST_OK) st = line_framer_new(&rules, &f->lines, e);
    if (st != ST_OK) csv_framer_close((struct framer *)f);
    else *out = (struct framer *)f;
    return st;
}

static enum status check_names(const struct csv_framer *f, struct csv_record *r, struct arena *a,
                               struct error *e) {
    if (r->count == f->schema->count + 1 && r->fields[r->count - 1].len == 0) r->count--;
    struct str *names = ARENA_ARRAY(a, struct str, r->count);
    bool same = r->count == f->schema->count;
    csv_header_names(r, a, names);
    for (uint32_t i = 0; same && i < r->count; i++) same = str_eq(names[i], f->schema->fields[i].name);
    if (same) return ST_OK;
    struct text want = {.arena = a};
    for (uint32_t i = 0; i < f->schema->count; i++)
        text_printf(&want, "%s%.*s", i ? ", " : "", STR_ARG(f->schema->fields[i].name));
    return error_set(e, ERR_DECODE, "the first line does not have the names of the columns, which are %.*s",
                     (int)(want.len < 500 ? want.len : 500), want.ptr);
}

/* A byte order mark, then perhaps a line of names. */
static enum status csv_framer_header(struct framer *framer, const char *p, size_t len, bool eof,
                                     size_t *used_bytes, struct error *e) {
    struct csv_framer *f = (struct csv_framer *)framer;
    struct csv_record r;
    struct arena a = {0};
    enum status st = ST_OK;
    TRY(line_framer_header(f->lines, p, len, eof, used_bytes, e));
    if (f->header == HEADER_NONE || *used_bytes == SIZE_MAX || (len == *used_bytes && eof)) return ST_OK;
    struct str text = {p + *used_bytes, len - *used_bytes};
    if (!csv_first_record(&f->options, text, eof, &a, &r)) {
        if (eof) st = error_set(e, ERR_DECODE, "a quoted field has no closing quote");
        *used_bytes = SIZE_MAX;
    } else {
        if (f->header == HEADER_NAMES) st = check_names(f, &r, &a, e);
        *used_bytes += r.end_bytes;
    }
    arena_free(&a);
    return st;
}

static enum status csv_framer_cut(struct framer *framer, const char *p, size_t len, bool eof,
                                  size_t target_bytes, struct frame *out, struct error *e) {
    return line_framer_cut(((struct csv_framer *)framer)->lines, p, len, eof, target_bytes, out, e);
}

const struct framer_class csv_framer_class = {
    .open = csv_framer_open,
    .header = csv_framer_header,
    .cut = csv_framer_cut,
    .close = csv_framer_close,
};

const struct format_class csv_format = {
    .desc = {.name = "csv",
             .caps = FORMAT_DECODES | FORMAT_ENCODES | FORMAT_IN_FILES | FORMAT_IN_MESSAGES,
             .options = csv_option_defs,
             .validate = csv_validate,
             .help = "comma-separated values, a record a line"},
    .framer = &csv_framer_class,
    .decoder = &csv_decoder_class,
    .encoder = &csv_encoder_class,
    .infer = csv_infer,
};
