/* SPDX-License-Identifier: Apache-2.0
 *
 * Avro to vectors. A frame holds up to four blocks. Flat records are decoded from all of them side by side
 * (avro_flat.c), each block into vectors of its own, and leave in the order of the blocks; what is not flat,
 * and the ends of blocks, go record by record (avro_record.c). Vectors and decompressed blocks belong to the
 * decoder and stay until the next frame begins; a batch is a window on a block's vectors. Rows have the file
 * offset of their block as their position, for records in a compressed block have none. Messages are records
 * of the schema that the table has.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "formats/avro_flat.h"
#include "formats/scalar.h"

#define BLOCK_ROWS 16384 /* decoded of a block at a time */

struct block {
    struct avro_cursor cursor;
    uint64_t left;          /* records not decoded yet */
    struct vec *vecs;       /* nprojection; of the rows below */
    uint32_t rows;          /* decoded */
    uint32_t taken;         /* of those, already in a batch */
    bool failed;            /* behind `rows` comes a bad record: */
    bool torn;              /* and nothing of the block behind it can be read */
    struct str bad;         /* its bytes */
    char reason[AVRO_REASON_BYTES];
    int64_t position;       /* in the file */
    struct str packed;      /* as in the file, until it is decompressed */
    struct outbuf unpacked; /* decompressed */
};

struct avro_decoder {
    struct format_config config;
    bool legacy;
    struct arena program_arena;
    struct avro_program program;
    struct str schema;            /* that the program is compiled from, in program_arena */
    bool compiled;
    struct flat_out *outs;        /* program.nouts */
    struct arena rows;            /* vectors of the frame */
    struct vec **cols;            /* scratch: pointers to a block's vectors */
    struct block blocks[AVRO_FRAME_BLOCKS];
    unsigned nblocks, current;
    bool started;                 /* the blocks' first rows are decoded */
    const struct message *messages;
    uint32_t nmessages, message;
    bool message_failed;
    struct str bad;               /* last reported */
    int64_t bad_position;
    char reason[AVRO_REASON_BYTES];
};

static enum status avro_open(const struct format_config *c, struct decoder **out, struct error *e) {
    struct avro_decoder *d = calloc(1, sizeof *d);
    if (!d) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    d->config = *c;
    d->legacy = option_bool(c->options, c->prefix, avro_option_defs, "timestamp_mapping.legacy");
    d->cols = calloc(c->nprojection + 1, sizeof *d->cols);
    if (!d->cols) {
        free(d);
        return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    }
    *out = (struct decoder *)d;
    return ST_OK;
}

static void avro_close(struct decoder *decoder) {
    struct avro_decoder *d = (struct avro_decoder *)decoder;
    for (unsigned b = 0; b < AVRO_FRAME_BLOCKS; b++) outbuf_free(&d->blocks[b].unpacked);
    arena_free(&d->program_arena);
    arena_free(&d->rows);
    free(d->cols);
    free(d);
}

/* ---- the program ---- */

static enum status compile(struct avro_decoder *d, const struct avro_type *writer, struct error *e) {
    TRY(avro_program_compile(writer, &d->config, &d->program_arena, &d->program, e));
    d->outs = ARENA_ARRAY(&d->program_arena, struct flat_out, d->program.nouts + 1);
    d->compiled = true;
    return ST_OK;
}

static enum status compile_for_file(struct avro_decoder *d, const struct avro_framer *f, struct error *e) {
    if (d->compiled && str_eq(d->schema, f->schema)) return ST_OK;
    d->compiled = false;
    arena_reset(&d->program_arena);
    struct avro_type *writer;
    TRY(avro_schema_parse(f->schema, &d->program_arena, &writer, e));
    d->schema = arena_str(&d->program_arena, f->schema);
    return compile(d, writer, e);
}

static enum status compile_for_messages(struct avro_decoder *d, struct error *e) {
    if (d->compiled) return ST_OK;
    struct avro_type *writer;
    TRY(avro_schema_of_table(d->config.schema, d->legacy, &d->program_arena, &writer, e));
    return compile(d, writer, e);
}

/* ---- blocks ---- */

static void fail_block(struct block *b, const char *reason, struct str bad) {
    snprintf(b->reason, sizeof b->reason, "%.300s", reason);
    b->failed = true;
    b->torn = true;
    b->bad = bad;
}

/* Finds the blocks of the frame; the framer has checked their lengths. */
static void split_frame(struct avro_decoder *d, const struct decode_frame *f) {
    struct avro_cursor c = {(const uint8_t *)f->data, (const uint8_t *)f->data + f->len};
    d->nblocks = d->current = 0;
    while (c.p < c.end && d->nblocks < AVRO_FRAME_BLOCKS) {
        struct block *b = &d->blocks[d->nblocks];
        struct outbuf keep = b->unpacked;
        *b = (struct block){.unpacked = keep, .position = f->offset + (c.p - (const uint8_t *)f->data)};
        int64_t count, size;
        if (!avro_read_long(&c, &count) || !avro_read_long(&c, &size) || count < 0 || size < 0 ||
            size > c.end - c.p - AVRO_SYNC_BYTES) {
            return;
        }
        b->left = (uint64_t)count;
        b->packed = (struct str){(const char *)c.p, (size_t)size};
        c.p += size + AVRO_SYNC_BYTES;
        d->nblocks++;
    }
}

static void unpack(struct avro_decoder *d, struct block *b, enum avro_codec codec) {
    struct error e = {0};
    b->cursor =
        (struct avro_cursor){(const uint8_t *)b->packed.ptr, (const uint8_t *)b->packed.ptr + b->packed.len};
    if (codec != AVRO_CODEC_NULL) {
        if (avro_decompress(codec, b->packed.ptr, b->packed.len, &b->unpacked, &e) != ST_OK) {
            fail_block(b, e.text, b->packed);
            b->left = 0;
            return;
        }
        const uint8_t *p = (const uint8_t *)b->unpacked.data;
        b->cursor = (struct avro_cursor){p, p + b->unpacked.len};
    }
    uint64_t len = (uint64_t)(b->cursor.end - b->cursor.p);
    uint64_t most = d->program.min_bytes ? len / d->program.min_bytes : 1 << 20;
    if (b->left > most) {
        fail_block(b, "the block is too short for its number of records", b->packed);
        b->left = 0;
    }
}

/* A vector for column k; fields that are not read are NULL. */
static void make_column(const struct format_config *c, uint32_t k, struct vec *v, struct arena *a,
                        uint32_t n) {
    const struct type *t = c->schema->fields[c->projection[k]].type;
    const bool *read = c->fields ? c->fields[k] : NULL;
    if (!read) {
        vec_make_flat(v, a, t, n);
        return;
    }
    *v = (struct vec){.type = t, .phys = PHYS_ROW, .form = VEC_FLAT, .rows = n, .nchild = t->nfields};
    v->child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t f = 0; f < v->nchild; f++) {
        if (read[f]) vec_make_flat(&v->child[f], a, t->fields[f].type, n);
        else v->child[f] = *vec_all_null(a, t->fields[f].type, n);
    }
}

/* Fast loops clear bits without asking whether there are any. */
static void make_validity(const struct avro_step *s, struct vec *v, struct arena *a) {
    if (s->optional) vec_make_valid(v, a);
    for (uint32_t k = 0; s->op == AVRO_OP_RECORD && k < s->count; k++) {
        const struct avro_step *field = &s->steps[k];
        if (field->op > AVRO_OP_SKIP_BYTES && field->op < AVRO_OP_SKIP_ARRAY)
            make_validity(field, &v->child[field->target], a);
    }
}

/* Fresh vectors for the next rows of the block; returns for how many. */
static uint32_t make_vectors(struct avro_decoder *d, struct block *b) {
    uint32_t n = b->left < BLOCK_ROWS ? (uint32_t)b->left : BLOCK_ROWS;
    b->rows = b->taken = 0;
    b->vecs = ARENA_ARRAY(&d->rows, struct vec, d->config.nprojection + 1);
    for (uint32_t k = 0; k < d->config.nprojection; k++) {
        make_column(&d->config, k, &b->vecs[k], &d->rows, n);
    }
    for (uint32_t k = 0; k < d->program.count; k++) {
        const struct avro_step *s = &d->program.steps[k];
        if (s->op > AVRO_OP_SKIP_BYTES && s->op < AVRO_OP_SKIP_ARRAY)
            make_validity(s, &b->vecs[s->target], &d->rows);
    }
    return n;
}

static void set_outs(struct avro_decoder *d, struct block *b, unsigned lane) {
    for (uint32_t k = 0; k < d->program.count; k++) {
        const struct avro_step *s = &d->program.steps[k];
        if (s->op <= AVRO_OP_SKIP_BYTES || s->op >= AVRO_OP_SKIP_ARRAY) continue;
        const struct vec *v = &b->vecs[s->target];
        d->outs[k].data[lane] = v->data;
        d->outs[k].valid[lane] = v->valid;
        for (uint32_t f = 0; s->op == AVRO_OP_RECORD && f < s->count; f++) {
            if (s->steps[f].op <= AVRO_OP_SKIP_BYTES) continue;
            struct flat_out *o = &d->outs[s->outs + lane * s->count + f];
            o->data[0] = v->child[s->steps[f].target].data;
            o->valid[0] = v->child[s->steps[f].target].valid;
        }
    }
}

/* One record of the block, every read checked. False: the block has failed there. */
static bool decode_record(struct avro_decoder *d, struct block *b) {
    for (uint32_t k = 0; k < d->config.nprojection; k++) {
        d->cols[k] = &b->vecs[k];
        /* a fast loop may have taken the record's bytes for something else before it gave up */
        if (d->program.flat) scalar_unset_null(&b->vecs[k], b->rows);
    }
    struct avro_record r = {.cols = d->cols, .arena = &d->rows, .reason = b->reason};
    const uint8_t *start = b->cursor.p;
    bool ok = avro_record_decode(&d->program, &b->cursor, &r, b->rows);
    b->left--;
    if (ok) {
        b->rows++;
        return true;
    }
    b->failed = true;
    b->torn = r.torn;
    b->bad = (struct str){(const char *)start, (size_t)(b->cursor.p - start)};
    return false;
}

/* Decodes the block alone up to row n. */
static void decode_alone(struct avro_decoder *d, struct block *b, uint32_t n) {
    struct avro_cursor *cursor = &b->cursor;
    if (d->program.flat) set_outs(d, b, 0);
    while (b->rows < n && !b->failed) {
        if (d->program.flat) {
            uint32_t reached = avro_flat_run(&d->program, d->outs, &cursor, 1, b->rows, n);
            b->left -= reached - b->rows;
            b->rows = reached;
            if (reached == n) return;
        }
        decode_record(d, b);
    }
}

/* The rows that all four blocks have, side by side. */
static void decode_together(struct avro_decoder *d, const uint32_t *room) {
    struct avro_cursor *cursors[AVRO_FRAME_BLOCKS];
    uint32_t n = BLOCK_ROWS, i = 0;
    for (unsigned l = 0; l < AVRO_FRAME_BLOCKS; l++) {
        cursors[l] = &d->blocks[l].cursor;
        set_outs(d, &d->blocks[l], l);
        if (room[l] < n) n = room[l];
    }
    while (i < n) {
        i = avro_flat_run(&d->program, d->outs, cursors, AVRO_FRAME_BLOCKS, i, n);
        bool failed = false;
        for (unsigned l = 0; l < AVRO_FRAME_BLOCKS; l++) {
            struct block *b = &d->blocks[l];
            b->left -= i - b->rows;
            b->rows = i;
            if (i < n) failed |= !decode_record(d, b);
        }
        if (i == n || failed) return;
        i++;
    }
}

static void decode_first(struct avro_decoder *d) {
    uint32_t room[AVRO_FRAME_BLOCKS];
    bool together = d->program.flat && d->nblocks == AVRO_FRAME_BLOCKS;
    for (unsigned l = 0; l < d->nblocks; l++) {
        room[l] = make_vectors(d, &d->blocks[l]);
        together &= !d->blocks[l].failed;
    }
    if (together) decode_together(d, room);
    for (unsigned l = 0; l < d->nblocks; l++) {
        if (!d->blocks[l].failed) decode_alone(d, &d->blocks[l], room[l]);
    }
    d->started = true;
}

static enum status avro_begin_frame(struct decoder *decoder, const struct decode_frame *f, struct error *e) {
    struct avro_decoder *d = (struct avro_decoder *)decoder;
    const struct avro_framer *framer = (const struct avro_framer *)f->framer;
    d->messages = NULL;
    d->nblocks = 0;
    TRY(compile_for_file(d, framer, e));
    arena_reset(&d->rows);
    split_frame(d, f);
    for (unsigned b = 0; b < d->nblocks; b++) unpack(d, &d->blocks[b], framer->codec);
    d->started = false;
    return ST_OK;
}

/* ---- batches ---- */

/* Bits from..from+n of validity words; NULL when all are set. */
static uint64_t *window_valid(const uint64_t *valid, uint32_t from, uint32_t n, struct arena *a) {
    uint32_t words = VALID_WORDS(n), shift = from & 63;
    const uint64_t *in = valid + from / 64;
    uint64_t *out = arena_alloc_raw(a, (words + 1) * sizeof *out), all = ~(uint64_t)0;
    for (uint32_t w = 0; w < words; w++) {
        out[w] = in[w] >> shift;
        if (shift && w + 1 < VALID_WORDS(shift + n)) out[w] |= in[w + 1] << (64 - shift);
        uint64_t rest = w + 1 == words && (n & 63) ? ~(uint64_t)0 << (n & 63) : 0;
        all &= out[w] | rest;
    }
    return ~all ? out : NULL;
}

static void window(struct vec *to, const struct vec *v, uint32_t from, uint32_t n, struct arena *a) {
    *to = *v;
    to->rows = n;
    if (v->form == VEC_CONST) return; /* a field that is not read */
    if (to->data) to->data = (char *)v->data + (size_t)phys_bytes(v->phys) * from;
    if (v->valid) to->valid = window_valid(v->valid, from, n, a);
    if (v->phys != PHYS_ROW) return;
    to->child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) window(&to->child[c], &v->child[c], from, n, a);
}

static struct batch *batch_of(struct avro_decoder *d, struct vec *vecs, uint32_t from, uint32_t n,
                              struct arena *a) {
    struct batch *b = batch_new(a, d->config.nprojection);
    b->rows = b->count = n;
    for (uint32_t k = 0; k < d->config.nprojection; k++) {
        b->cols[k] = ARENA_NEW(a, struct vec);
        window(b->cols[k], &vecs[k], from, n, a);
    }
    for (uint32_t k = 0; k < d->program.nmissing; k++) {
        uint32_t c = d->program.missing[k];
        b->cols[c] = vec_flatten(vec_all_null(a, vecs[c].type, n), a);
    }
    return b;
}

static enum status report(struct avro_decoder *d, struct str bad, int64_t position, const char *reason,
                          struct error *e) {
    d->bad = bad;
    d->bad_position = position;
    return error_set(e, ERR_DECODE, "%s", reason);
}

static enum status next_of_frame(struct avro_decoder *d, uint32_t max_rows, struct arena *a,
                                 struct batch **out, int64_t *positions, struct error *e) {
    if (!d->started && d->nblocks) decode_first(d);
    while (d->current < d->nblocks) {
        struct block *b = &d->blocks[d->current];
        if (b->taken < b->rows) {
            uint32_t n = b->rows - b->taken < max_rows ? b->rows - b->taken : max_rows;
            *out = batch_of(d, b->vecs, b->taken, n, a);
            for (uint32_t i = 0; i < n; i++) positions[i] = b->position;
            b->taken += n;
            return ST_OK;
        }
        if (b->failed) {
            b->failed = false;
            if (b->torn) b->left = 0;
            return report(d, b->bad, b->position, b->reason, e);
        }
        if (b->left) decode_alone(d, b, make_vectors(d, b));
        else d->current++;
    }
    return ST_OK;
}

/* ---- messages ---- */

static enum status avro_begin_messages(struct decoder *decoder, const struct message *m, uint32_t n,
                                       struct error *e) {
    struct avro_decoder *d = (struct avro_decoder *)decoder;
    TRY(compile_for_messages(d, e));
    arena_reset(&d->rows);
    d->messages = m;
    d->nmessages = n;
    d->message = 0;
    d->message_failed = false;
    return ST_OK;
}

static enum status report_message(struct avro_decoder *d, struct error *e) {
    d->message_failed = false;
    uint32_t k = d->message - 1;
    return report(d, (struct str){d->messages[k].data, d->messages[k].len}, k, d->reason, e);
}

static enum status next_of_messages(struct avro_decoder *d, uint32_t max_rows, struct arena *a,
                                    struct batch **out, int64_t *positions, struct error *e) {
    if (d->message_failed) return report_message(d, e);
    uint32_t n = d->nmessages - d->message < max_rows ? d->nmessages - d->message : max_rows, rows = 0;
    struct vec *vecs = ARENA_ARRAY(a, struct vec, d->config.nprojection + 1);
    for (uint32_t k = 0; k < d->config.nprojection; k++) {
        make_column(&d->config, k, &vecs[k], a, n);
        d->cols[k] = &vecs[k];
    }
    struct avro_record r = {.cols = d->cols, .arena = a, .reason = d->reason};
    while (rows < n && d->message < d->nmessages && !d->message_failed) {
        const struct message *m = &d->messages[d->message];
        positions[rows] = d->message++;
        if (!m->data) continue;
        struct avro_cursor c = {(const uint8_t *)m->data, (const uint8_t *)m->data + m->len};
        if (avro_record_decode(&d->program, &c, &r, rows)) rows++;
        else d->message_failed = true;
    }
    if (rows == 0) return d->message_failed ? report_message(d, e) : ST_OK;
    *out = batch_of(d, vecs, 0, rows, a);
    return ST_OK;
}

static enum status avro_next(struct decoder *decoder, uint32_t max_rows, struct arena *a, struct batch **out,
                             int64_t *positions, struct error *e) {
    struct avro_decoder *d = (struct avro_decoder *)decoder;
    *out = NULL;
    return d->messages ? next_of_messages(d, max_rows, a, out, positions, e)
                       : next_of_frame(d, max_rows, a, out, positions, e);
}

static struct str avro_bad(struct decoder *decoder, int64_t *position) {
    const struct avro_decoder *d = (const struct avro_decoder *)decoder;
    *position = d->bad_position;
    return d->bad;
}

const struct decoder_class avro_decoder_class = {
    .open = avro_open,
    .begin_frame = avro_begin_frame,
    .begin_messages = avro_begin_messages,
    .next = avro_next,
    .bad = avro_bad,
    .close = avro_close,
};
