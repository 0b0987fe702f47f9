/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON lines and messages to vectors. The scanner loads up to JSON_PAD bytes past what it looks at, so the
 * last lines of a frame (and every message) are read from a copy with a margin; all others where they stand.
 * Strings without escapes point into the frame, the copy or the batch's arena. A record that has any byte
 * that is not ASCII is validated as UTF-8 as a whole when it has been read.
 */
#include <stdio.h>
#include <stdlib.h>

#include "formats/json.h"
#include "formats/scalar.h"

/* Lines that lie together in memory, with a margin behind them. */
struct segment {
    const char *data;
    size_t len;
    int64_t offset; /* of data[0] in the file */
};

struct json_decoder {
    struct format_config config;
    struct arena shapes;
    struct json_shape *shape;       /* of the columns that are read */
    struct json_reader reader;
    struct segment segments[2];     /* of the frame: in place, and the copy */
    unsigned segment, nsegments;
    const char *p;                  /* next byte */
    bool in_array;                  /* p is within an array of records */
    char *copy;                     /* of the frame's last lines */
    size_t copy_cap;
    const struct message *messages; /* NULL: a frame */
    uint32_t nmessages, message;    /* the next one; the one being read is before it */
    bool open;                      /* a message is being read */
    struct arena copies;            /* of the messages */
    bool failed;                    /* a bad record waits to be reported: */
    struct str bad;
    int64_t bad_position;
    char reason[JSON_REASON_BYTES];
};

static void json_close(struct decoder *decoder) {
    struct json_decoder *d = (struct json_decoder *)decoder;
    arena_free(&d->shapes);
    arena_free(&d->copies);
    outbuf_free(&d->reader.scratch);
    free(d->copy);
    free(d);
}

static enum status json_open(const struct format_config *c, struct decoder **out, struct error *e) {
    struct json_decoder *d = calloc(1, sizeof *d);
    if (!d) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    d->config = *c;
    d->reader.reason = d->reason;
    if (json_options_read(c, &d->reader.o, e) != ST_OK) {
        json_close((struct decoder *)d);
        return ST_ERROR;
    }
    struct field *fields = ARENA_ARRAY(&d->shapes, struct field, c->nprojection + 1);
    for (uint32_t k = 0; k < c->nprojection; k++) fields[k] = c->schema->fields[c->projection[k]];
    d->shape = json_shape_new(&d->shapes, fields, c->nprojection);
    *out = (struct decoder *)d;
    return ST_OK;
}

/* ---- where the bytes are ---- */

static void use_bytes(struct json_decoder *d, const char *p, size_t len, bool lines) {
    d->reader.lex = (struct json_lex){.begin = p, .end = p + len, .lines = lines};
    d->p = p;
    d->in_array = false;
}

static enum status json_begin_frame(struct decoder *decoder, const struct decode_frame *f, struct error *e) {
    struct json_decoder *d = (struct json_decoder *)decoder;
    d->messages = NULL;
    d->failed = false;
    size_t tail = 0; /* first byte of the lines that are copied */
    for (tail = f->len > JSON_PAD ? f->len - JSON_PAD : 0; tail > 0 && f->data[tail - 1] != '\n';) tail--;
    size_t n = f->len - tail;
    if (d->copy_cap < n + JSON_PAD) {
        free(d->copy);
        d->copy_cap = n + JSON_PAD + 4096;
        d->copy = malloc(d->copy_cap);
        if (!d->copy) {
            d->copy_cap = 0;
            return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
        }
    }
    memcpy(d->copy, f->data + tail, n);
    memset(d->copy + n, '\n', JSON_PAD);
    d->segments[0] = (struct segment){f->data, tail, f->offset};
    d->segments[1] = (struct segment){d->copy, n, f->offset + (int64_t)tail};
    d->segment = 0;
    d->nsegments = 2;
    use_bytes(d, f->data, tail, true);
    return ST_OK;
}

static enum status json_begin_messages(struct decoder *decoder, const struct message *m, uint32_t n,
                                       UNUSED struct error *e) {
    struct json_decoder *d = (struct json_decoder *)decoder;
    d->messages = m;
    d->nmessages = n;
    d->message = 0;
    d->open = false;
    d->failed = false;
    arena_reset(&d->copies);
    return ST_OK;
}

/* Steps to the next record; *position is its place. False: there is none. */
static bool next_record(struct json_decoder *d, int64_t *position) {
    struct json_lex *x = &d->reader.lex;
    while (d->messages) {
        if (d->open && (d->p = json_lex_blank(x, d->p)) < x->end) {
            *position = (int64_t)d->message - 1;
            return true;
        }
        if (d->message >= d->nmessages) return false;
        const struct message *m = &d->messages[d->message++];
        d->open = m->data != NULL;
        if (!d->open) continue;
        char *copy = arena_alloc_raw(&d->copies, m->len + JSON_PAD);
        if (m->len) memcpy(copy, m->data, m->len);
        memset(copy + m->len, '\n', JSON_PAD);
        use_bytes(d, copy, m->len, false);
    }
    for (;;) {
        while (d->p < x->end && (unsigned char)*d->p <= ' ') d->p++;
        const struct segment *s = &d->segments[d->segment];
        *position = s->offset + (d->p - s->data);
        if (d->p < x->end) return true;
        if (++d->segment >= d->nsegments) return false;
        use_bytes(d, s[1].data, s[1].len, true);
    }
}

/* Behind the line or message; what follows a record in it is ignored, as in Flink. */
static void skip_rest(struct json_decoder *d) {
    const char *end = d->reader.lex.end;
    const char *nl = d->messages ? NULL : memchr(d->p, '\n', (size_t)(end - d->p));
    d->p = nl ? nl + 1 : end;
    d->in_array = false;
}

/* ---- records ---- */

static bool fail(struct json_decoder *d, const char *start, int64_t position) {
    skip_rest(d);
    size_t len = (size_t)(d->p - start);
    while (len && (start[len - 1] == '\n' || start[len - 1] == '\r')) len--;
    d->bad = (struct str){start, len};
    d->bad_position = position;
    return false;
}

/* Behind an entry of an array at the top: to the next one, or behind the line. */
static bool step_in_array(struct json_decoder *d) {
    struct json_lex *x = &d->reader.lex;
    d->p = json_lex_blank(x, d->p);
    if (*d->p == ']') {
        skip_rest(d);
        return true;
    }
    if (*d->p != ',') return false;
    d->p = json_lex_blank(x, d->p + 1);
    return true;
}

/* Reads the record at d->p into row i. False: it is bad, or (no reason set) there was none: an empty array.
 */
static bool read_record(struct json_decoder *d, struct vec *vecs, uint32_t i, int64_t position) {
    struct json_reader *r = &d->reader;
    const char *start = d->p;
    d->reason[0] = '\0';
    if (*start == '\xef' && r->lex.end - start >= 3 && memcmp(start, "\xef\xbb\xbf", 3) == 0) d->p += 3;
    if (*d->p == '[' && !d->in_array) {
        d->in_array = true;
        d->p = json_lex_blank(&r->lex, d->p + 1);
        if (*d->p == ']') {
            skip_rest(d);
            return false;
        }
    }
    if (*d->p != '{') {
        json_syntax(r, d->p);
        return fail(d, start, position);
    }
    r->lex.high = 0;
    const char *q = json_object_read(r, d->shape, d->p, vecs, i);
    if (!q) return fail(d, start, position);
    if (UNLIKELY(r->lex.high) && !scalar_utf8_valid(d->p, (size_t)(q - d->p))) {
        snprintf(d->reason, sizeof d->reason, "it is not valid UTF-8");
        return fail(d, start, position);
    }
    d->p = q;
    if (LIKELY(!d->in_array)) {
        if (*q == '\n' && !d->messages) d->p = q + 1;
        else skip_rest(d);
    } else if (!step_in_array(d)) {
        json_syntax(r, d->p);
        return fail(d, start, position);
    }
    return true;
}

static struct batch *make_batch(struct json_decoder *d, struct vec **vecs, uint32_t rows) {
    struct batch *b = batch_new(d->reader.arena, d->config.nprojection);
    *vecs = ARENA_ARRAY(d->reader.arena, struct vec, d->config.nprojection + 1);
    for (uint32_t k = 0; k < d->config.nprojection; k++) {
        b->cols[k] = &(*vecs)[k];
        vec_make_flat(b->cols[k], d->reader.arena, d->shape->fields[k].type, rows);
    }
    return b;
}

static enum status json_next(struct decoder *decoder, uint32_t max_rows, struct arena *a, struct batch **out,
                             int64_t *positions, struct error *e) {
    struct json_decoder *d = (struct json_decoder *)decoder;
    struct batch *b = NULL;
    struct vec *vecs = NULL;
    uint32_t rows = 0;
    int64_t position;
    *out = NULL;
    d->reader.arena = a;
    while (rows < max_rows && !d->failed && next_record(d, &position)) {
        if (!b) b = make_batch(d, &vecs, max_rows);
        if (read_record(d, vecs, rows, position)) {
            positions[rows++] = position;
            continue;
        }
        d->failed = d->reason[0] && !d->reader.o.ignore_errors;
        for (uint32_t k = 0; k < d->config.nprojection; k++) scalar_unset_null(&vecs[k], rows);
    }
    if (rows == 0) {
        if (!d->failed) return ST_OK;
        d->failed = false;
        return error_set(e, ERR_DECODE, "%s", d->reason);
    }
    for (uint32_t k = 0; k < d->config.nprojection; k++) scalar_set_rows(&vecs[k], rows);
    b->rows = b->count = rows;
    *out = b;
    return ST_OK;
}

static struct str json_bad(struct decoder *decoder, int64_t *position) {
    const struct json_decoder *d = (const struct json_decoder *)decoder;
    *position = d->bad_position;
    return d->bad;
}

const struct decoder_class json_decoder_class = {
    .open = json_open,
    .begin_frame = json_begin_frame,
    .begin_messages = json_begin_messages,
    .next = json_next,
    .bad = json_bad,
    .close = json_close,
};
