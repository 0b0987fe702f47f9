/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows per CPU-second through framer and decoder alone, for each format over the narrow playback data in
 * memory. usage: bench-decode [CASE [SECONDS]]      CASE: the beginning of a name, "" = all
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/hash.h"
#include "formats/format.h"

#define ROWS 400000
#define FRAME_BYTES 131072
#define FIELDS 9

struct bench_case {
    const char *name;
    const char *format;
    const char *codec; /* of Avro */
    bool nullable;
    int form; /* of JSON: 0 as written, 1 other key order, 2 blanks after : and , */
    uint32_t nproj;
    uint32_t proj[FIELDS];
};

static const struct bench_case cases[] = {
    {"avro W2", "avro", "null", false, 0, 4, {1, 3, 4, 6}},
    {"avro nullable W2", "avro", "null", true, 0, 4, {1, 3, 4, 6}},
    {"avro all", "avro", "null", false, 0, 9, {0, 1, 2, 3, 4, 5, 6, 7, 8}},
    {"avro snappy W2", "avro", "snappy", true, 0, 4, {1, 3, 4, 6}},
    {"avro zstandard W2", "avro", "zstandard", true, 0, 4, {1, 3, 4, 6}},
    {"avro deflate W2", "avro", "deflate", true, 0, 4, {1, 3, 4, 6}},
    {"csv W2", "csv", NULL, true, 0, 4, {1, 3, 4, 6}},
    {"csv all", "csv", NULL, true, 0, 9, {0, 1, 2, 3, 4, 5, 6, 7, 8}},
    {"json W2", "json", NULL, true, 0, 4, {1, 3, 4, 6}},
    {"json all", "json", NULL, true, 0, 9, {0, 1, 2, 3, 4, 5, 6, 7, 8}},
    {"json shuffled W2", "json", NULL, true, 1, 4, {1, 3, 4, 6}},
    {"json blanks W2", "json", NULL, true, 2, 4, {1, 3, 4, 6}},
};

static void stop(const char *what, const struct error *e) {
    fprintf(stderr, "%s: %s\n", what, e->text);
    exit(1);
}

static const struct format_class *find_format(const char *name) {
    for (unsigned k = 0; format_table[k]; k++) {
        if (strcmp(format_table[k]->desc.name, name) == 0) return format_table[k];
    }
    abort();
}

static void make_schema(struct arena *a, struct schema *s, bool nullable) {
    static const char *const names[] = {"event_id", "event_type", "user_id", "device",    "country",
                                        "title_id", "ts",         "quality", "session_id"};
    s->count = FIELDS;
    s->fields = ARENA_ARRAY(a, struct field, FIELDS);
    for (uint32_t k = 0; k < FIELDS; k++) {
        bool text = k == 1 || k == 3 || k == 4 || k == 7;
        s->fields[k].name = str_of(names[k]);
        s->fields[k].type =
            text ? type_string(nullable) : type_simple(k == 5 ? TYPE_INT : TYPE_BIGINT, nullable);
    }
}

static struct strview pick(const char *const *list, uint64_t n, uint64_t r) {
    const char *z = list[r % n];
    return strview_of(z, strlen(z));
}

static void fill(struct batch *b, uint64_t from) {
    static const char *const events[] = {"play_start", "play_stop", "row_impression", "scroll_position",
                                         "search",     "pause",     "resume",         "seek",
                                         "click",      "heartbeat"};
    static const char *const devices[] = {"smart_tv", "iphone",  "android", "web",
                                          "ipad",     "console", "fire_tv", "roku"};
    static const char *const countries[] = {"US", "IN", "BR", "MX", "GB", "DE", "FR", "JP", "KR", "ES"};
    static const char *const qualities[] = {"480p", "720p", "1080p", "4k", "hdr10"};
    for (uint32_t i = 0; i < b->rows; i++) {
        uint64_t k = from + i, r = hash_counter(1, k, 0), q = hash_counter(1, k, 1);
        ((int64_t *)b->cols[0]->data)[i] = (int64_t)(10000000 + k);
        ((struct strview *)b->cols[1]->data)[i] = pick(events, 10, r & 0xff);
        ((int64_t *)b->cols[2]->data)[i] = (int64_t)(q % 1000000);
        ((struct strview *)b->cols[3]->data)[i] = pick(devices, 8, r >> 8 & 0xff);
        ((struct strview *)b->cols[4]->data)[i] = pick(countries, 10, r >> 16 & 0xff);
        ((int32_t *)b->cols[5]->data)[i] = (int32_t)(r >> 24 & 0x3fff);
        ((int64_t *)b->cols[6]->data)[i] = (int64_t)(1777900000000 + k / 30);
        ((struct strview *)b->cols[7]->data)[i] = pick(qualities, 5, r >> 48 & 0xff);
        ((int64_t *)b->cols[8]->data)[i] = (int64_t)(q >> 32);
    }
}

static void encode(const struct format_class *f, const struct format_config *c, struct outbuf *o) {
    struct error e = {0};
    struct encoder *en;
    struct arena a = {0};
    if (f->encoder->open(c, &en, &e) != ST_OK) stop("encoder", &e);
    if (f->encoder->file_begin && f->encoder->file_begin(en, o, &e) != ST_OK) stop("encoder", &e);
    const struct type *types[FIELDS];
    for (uint32_t k = 0; k < FIELDS; k++) types[k] = c->schema->fields[k].type;
    for (uint64_t k = 0; k < ROWS; k += 2000) {
        arena_reset(&a);
        struct batch *b = batch_new_flat(&a, types, FIELDS, 2000);
        fill(b, k);
        if (f->encoder->rows(en, b, batch_sel(b), o, NULL, &e) != ST_OK) stop("encoder", &e);
    }
    if (f->encoder->file_flush && f->encoder->file_flush(en, o, &e) != ST_OK) stop("encoder", &e);
    f->encoder->close(en);
    arena_free(&a);
}

/* The same records with the first member last. */
static void turn_columns(struct outbuf *text) {
    struct outbuf out = {0};
    for (const char *p = text->data, *end = p + text->len; p < end;) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        const char *comma = memchr(p, ',', (size_t)(nl - p));
        outbuf_char(&out, '{'); /* the first member goes last */
        outbuf_put(&out, comma + 1, (size_t)(nl - 1 - comma - 1));
        outbuf_char(&out, ',');
        outbuf_put(&out, p + 1, (size_t)(comma - p - 1));
        outbuf_text(&out, "}\n");
        p = nl + 1;
    }
    outbuf_free(text);
    *text = out;
}

static void add_blanks(struct outbuf *text) {
    struct outbuf out = {0};
    for (size_t i = 0; i < text->len; i++) {
        outbuf_char(&out, text->data[i]);
        if (text->data[i] == ',' || text->data[i] == ':') outbuf_char(&out, ' ');
    }
    outbuf_free(text);
    *text = out;
}

static uint64_t decode(const struct format_class *f, const struct format_config *c, const struct outbuf *o,
                       struct decoder *d, struct arena *a) {
    static int64_t positions[BATCH_MAX_ROWS];
    struct error e = {0};
    struct framer *fr;
    uint64_t rows = 0;
    size_t at = 0;
    if (f->framer->open(c, &fr, &e) != ST_OK) stop("framer", &e);
    if (f->framer->header(fr, o->data, o->len, true, &at, &e) != ST_OK) stop("header", &e);
    for (;;) {
        struct frame frame;
        if (f->framer->cut(fr, o->data + at, o->len - at, true, FRAME_BYTES, &frame, &e) != ST_OK)
            stop("cut", &e);
        if (!frame.len_bytes) break;
        struct decode_frame df = {o->data + at, frame.len_bytes, (int64_t)at, fr};
        if (f->decoder->begin_frame(d, &df, &e) != ST_OK) stop("frame", &e);
        for (;;) {
            struct batch *b;
            arena_reset(a);
            if (f->decoder->next(d, BATCH_MAX_ROWS, a, &b, positions, &e) != ST_OK) stop("next", &e);
            if (!b) break;
            rows += b->rows;
        }
        at += frame.len_bytes;
    }
    f->framer->close(fr);
    return rows;
}

static double cpu_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void run(const struct bench_case *k, double seconds) {
    struct arena a = {0}, batches = {0};
    struct schema schema;
    struct error e = {0};
    struct option codec = {.key = STR("avro.codec"), .value = str_of(k->codec)};
    struct options options = {k->codec ? 1 : 0, &codec};
    const struct format_class *f = find_format(k->format);
    char prefix[16];
    snprintf(prefix, sizeof prefix, "%s.", k->format);
    make_schema(&a, &schema, k->nullable);
    struct format_config c = {.schema = &schema,
                              .projection = k->proj,
                              .nprojection = k->nproj,
                              .options = &options,
                              .prefix = prefix,
                              .in_file = true,
                              .where = "bench"};
    struct outbuf o = {0};
    struct decoder *d;
    encode(f, &c, &o);
    if (k->form == 1) turn_columns(&o);
    if (k->form == 2) add_blanks(&o);
    if (f->decoder->open(&c, &d, &e) != ST_OK) stop("decoder", &e);
    if (decode(f, &c, &o, d, &batches) != ROWS) stop("rows are missing", &e);
    double start = cpu_seconds(), best = 0;
    while (cpu_seconds() - start < seconds) {
        double t = cpu_seconds();
        double rate = (double)decode(f, &c, &o, d, &batches) / (cpu_seconds() - t);
        if (rate > best) best = rate;
    }
    printf("%-20s %6.1f bytes  %7.1f M rows/s\n", k->name, (double)o.len / ROWS, best / 1e6);
    f->decoder->close(d);
    outbuf_free(&o);
    arena_free(&a);
    arena_free(&batches);
}

int main(int argc, char **argv) {
    const char *want = argc > 1 ? argv[1] : "";
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 1;
    for (unsigned k = 0; k < ARRAY_LEN(cases); k++) {
        if (strncmp(cases[k].name, want, strlen(want)) == 0) run(&cases[k], seconds);
    }
    return 0;
}
