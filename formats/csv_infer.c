/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of a CSV file. Each separator that the first line holds is tried: the one by which most lines
 * have as many fields as the first, then the one that gives more fields. The decoder itself reads the sample,
 * every column as STRING, so that what is found out is what will be read; from the texts come the types
 * (guess.h). The first line is a header if it does not fit the others' types, or if all is text.
 */
#include <assert.h>

#include "formats/csv.h"
#include "formats/guess.h"
#include "formats/line_framer.h"
#include "formats/scalar.h"

#define COLUMNS_MAX 10000
#define BATCH_ROWS 512
#define OPTIONS_ADDED 2 /* field-delimiter, null-literal */

struct sniffer {
    const struct format_config *config;
    struct format_sample *sample;
    struct arena *arena;      /* of the answer */
    struct arena scratch;
    struct error *error;
    struct csv_options options;
    struct options given;     /* with those that were found */
    struct csv_record first;  /* by the separator being tried */
    struct str text;          /* whole records of the sample */
    uint64_t rows, bad;       /* of the last pass, the first line included */
    struct guess *head;       /* of the first line's fields */
    struct guess *guesses;    /* of all others; first.count */
};

static uint64_t line_at(const struct sniffer *s, size_t offset) {
    uint64_t line = 1;
    for (size_t i = 0; i < offset && i < s->sample->len; i++) line += s->sample->data[i] == '\n';
    return line;
}

static void add_option(struct sniffer *s, const char *key, struct str value) {
    struct options *o = &s->given;
    assert(o->count < s->config->options->count + OPTIONS_ADDED);
    o->items[o->count++] = (struct option){
        .key = arena_printf(s->arena, "%s%s", s->config->prefix, key), .value = arena_str(s->arena, value)};
}

/* ---- a pass over the sample ---- */

/* Adds the rows of a batch to the guesses; the first of all is the first line. */
static void look_at(struct sniffer *s, const struct batch *b) {
    for (uint32_t c = 0; c < b->ncols; c++) {
        const struct strview *cells = b->cols[c]->data;
        for (uint32_t i = 0; i < b->rows; i++) {
            struct guess *g = s->rows + i == 0 ? &s->head[c] : &s->guesses[c];
            if (!valid_bit(b->cols[c]->valid, i)) continue;
            guess_field(g, (struct str){strview_ptr(&cells[i]), cells[i].len});
        }
    }
}

static enum status pass_rows(struct sniffer *s, struct decoder *d, bool count_only) {
    struct arena a = {0};
    int64_t positions[BATCH_ROWS];
    enum status st = ST_OK;
    s->rows = s->bad = 0;
    while (s->rows + s->bad < SAMPLE_RECORDS) {
        struct batch *b = NULL;
        struct error e = {0};
        arena_reset(&a);
        if (csv_decoder_class.next(d, BATCH_ROWS, &a, &b, positions, &e) != ST_OK) {
            int64_t at = 0;
            s->bad++;
            if (count_only && e.code == ERR_DECODE) continue;
            csv_decoder_class.bad(d, &at);
            s->sample->line = line_at(s, (size_t)at);
            *s->error = e;
            st = error_hint(s->error,
                            "/*+ OPTIONS('%signore-parse-errors' = 'true') */ behind the file's name "
                            "makes do with such lines",
                            s->config->prefix);
            break;
        }
        if (!b) break;
        if (!count_only) look_at(s, b);
        s->rows += b->rows;
    }
    arena_free(&a);
    return st;
}

/* Reads the sample with these options; the lines that have another number of fields than the first are bad.
 */
static enum status pass(struct sniffer *s, bool count_only) {
    uint32_t n = s->first.count;
    struct schema schema = {n, ARENA_ARRAY(&s->scratch, struct field, n)};
    uint32_t *projection = ARENA_ARRAY(&s->scratch, uint32_t, n);
    struct format_config c = *s->config;
    struct decoder *d;
    for (uint32_t i = 0; i < n; i++) {
        schema.fields[i] = (struct field){arena_printf(&s->scratch, "%u", i + 1), type_string(true)};
        projection[i] = i;
    }
    c.schema = &schema;
    c.projection = projection;
    c.nprojection = n;
    c.options = &s->given;
    TRY(csv_decoder_class.open(&c, &d, s->error));
    struct decode_frame frame = {s->text.ptr, s->text.len, s->text.ptr - s->sample->data, NULL};
    enum status st = csv_decoder_class.begin_frame(d, &frame, s->error);
    if (st == ST_OK) st = pass_rows(s, d, count_only);
    csv_decoder_class.close(d);
    return st;
}

/* ---- the separator ---- */

/* Takes the first record apart by s->options. */
static enum status split_first(struct sniffer *s) {
    if (csv_first_record(&s->options, s->text, true, &s->scratch, &s->first)) {
        if (s->first.count <= COLUMNS_MAX) return ST_OK;
        return error_set(s->error, ERR_LIMIT, "there are more than %d columns", COLUMNS_MAX);
    }
    s->sample->line = line_at(s, (size_t)(s->text.ptr - s->sample->data) + s->first.start_bytes);
    return error_set(s->error, ERR_DECODE, "a quoted field has no closing quote");
}

static enum status find_separator(struct sniffer *s) {
    static const struct {
        char byte;
        const char *text; /* as the option has it */
    } known[] = {{',', ","}, {';', ";"}, {'\t', "\\t"}, {'|', "|"}};
    size_t best = SIZE_MAX, count = s->given.count;
    uint64_t best_rows = 0;
    uint32_t best_fields = 0;
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        if (known[i].byte == s->options.quote || known[i].byte == s->options.escape) continue;
        s->options.separator = known[i].byte;
        if (!csv_first_record(&s->options, s->text, true, &s->scratch, &s->first)) continue;
        if (s->first.count < 2 || s->first.count > COLUMNS_MAX) continue;
        s->given.count = (uint32_t)count;
        add_option(s, "field-delimiter", str_of(known[i].text));
        TRY(pass(s, true));
        bool better = s->rows > best_rows || (s->rows == best_rows && s->first.count > best_fields);
        if (!better || s->rows < s->bad) continue;
        best = i;
        best_rows = s->rows;
        best_fields = s->first.count;
    }
    s->given.count = (uint32_t)count;
    s->options.separator = best == SIZE_MAX ? ',' : known[best].byte;
    if (s->options.separator != ',') add_option(s, "field-delimiter", str_of(known[best].text));
    return ST_OK;
}

/* ---- the header ---- */

static bool has_header(const struct sniffer *s) {
    bool all_text = true, same = false;
    if (s->sample->header != HEADER_AUTO) return s->sample->header == HEADER_SKIP;
    for (uint32_t c = 0; c < s->first.count; c++) {
        enum guess_kind kind = guess_kind_of(&s->guesses[c]);
        if (!kind) continue;
        all_text = false;
        if (s->head[c].seen && (s->head[c].not_kinds & kind)) return true;
    }
    if (!all_text) return false;
    for (uint32_t c = 0; c < s->first.count; c++) {
        if (!s->head[c].seen || guess_kind_of(&s->head[c])) return false;
        for (uint32_t k = 0; k < c; k++) same |= str_eq(s->first.fields[k], s->first.fields[c]);
    }
    return !same;
}

static enum status answer(struct sniffer *s, struct inferred *out) {
    uint32_t last = s->first.count - 1;
    /* a separator at the end of each line: the decoder takes it, it makes no column */
    if (last && !s->head[last].seen && !s->guesses[last].seen) {
        s->first.count = last;
        TRY(pass(s, true));
        if (s->bad) s->first.count = last + 1; /* some line has a field behind it */
    }
    uint32_t n = s->first.count;
    struct str *names = ARENA_ARRAY(&s->scratch, struct str, n);
    struct csv_record none = {.fields = ARENA_ARRAY(&s->scratch, struct str, n), .count = n};
    bool header = has_header(s);
    csv_header_names(header ? &s->first : &none, &s->scratch, names);
    out->columns = (struct schema){n, ARENA_ARRAY(s->arena, struct field, n)};
    for (uint32_t c = 0; c < n; c++) {
        if (!header) guess_merge(&s->guesses[c], &s->head[c]);
        out->columns.fields[c] =
            (struct field){arena_str(s->arena, names[c]), guess_type(&s->guesses[c], false, s->arena)};
        if (scalar_utf8_valid(names[c].ptr, names[c].len)) continue;
        s->sample->line = 1;
        return error_set(s->error, ERR_DECODE, "the name of column %u is not valid UTF-8", c + 1);
    }
    out->header = header ? HEADER_NAMES : HEADER_NONE;
    uint32_t had = s->config->options->count;
    out->more = (struct options){s->given.count - had, s->given.items + had};
    return ST_OK;
}

/* ---- all ---- */

/* The records that are whole in the sample, without the mark at its beginning. */
static enum status whole_records(struct sniffer *s) {
    struct line_rules rules = {s->options.quote, s->options.separator, s->options.escape,
                               s->options.comments};
    struct format_sample *f = s->sample;
    struct framer *framer;
    struct frame frame = {0};
    size_t mark = 0;
    const char *zero = memchr(f->data, '\0', f->len);
    if (zero) {
        f->line = line_at(s, (size_t)(zero - f->data));
        return error_set(s->error, ERR_DECODE, "there is a zero byte: this is no text in UTF-8");
    }
    TRY(line_framer_new(&rules, &framer, s->error));
    enum status st = line_framer_header(framer, f->data, f->len, true, &mark, s->error);
    if (st == ST_OK && !f->whole)
        st = line_framer_cut(framer, f->data + mark, f->len - mark, false, f->len, &frame, s->error);
    if (f->whole) frame.len_bytes = f->len - mark;
    line_framer_close(framer);
    if (st != ST_OK) return st;
    s->text = (struct str){f->data + mark, frame.len_bytes};
    f->more = frame.len_bytes == 0 && !f->whole;
    return ST_OK;
}

static enum status infer(struct sniffer *s, struct inferred *out) {
    const struct format_config *c = s->config;
    struct format_config options_only = {.options = &s->given, .prefix = c->prefix};
    s->given = (struct options){c->options->count,
                                ARENA_ARRAY(s->arena, struct option, c->options->count + OPTIONS_ADDED)};
    if (s->given.count) memcpy(s->given.items, c->options->items, s->given.count * sizeof *s->given.items);
    if (!option_given(c->options, c->prefix, "null-literal")) add_option(s, "null-literal", STR(""));
    TRY(csv_options_read(&options_only, &s->options, s->error));
    TRY(whole_records(s));
    if (s->text.len == 0) return ST_OK;
    if (!option_given(c->options, c->prefix, "field-delimiter")) TRY(find_separator(s));
    TRY(split_first(s));
    s->head = ARENA_ARRAY(&s->scratch, struct guess, s->first.count);
    s->guesses = ARENA_ARRAY(&s->scratch, struct guess, s->first.count);
    TRY(pass(s, false));
    return answer(s, out);
}

enum status csv_infer(const struct format_config *c, struct format_sample *sample, struct arena *a,
                      struct inferred *out, struct error *e) {
    struct sniffer s = {.config = c, .sample = sample, .arena = a, .error = e};
    enum status st = infer(&s, out);
    arena_free(&s.scratch);
    return st;
}
