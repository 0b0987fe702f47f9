/* SPDX-License-Identifier: Apache-2.0
 *
 * The filesystem source. Files are splits, read one after another in the order of their names. A claim, under
 * the source's lock, reads about a chunk into the reader's own buffer behind what the last claim left over
 * (the carry), lets the format's framer cut whole records off, and keeps the rest as the next carry: next to
 * nothing is copied, and the lock is held for one read() and one cut. Decoding is the reader's, without the
 * lock.
 *
 * Position of the source: file, and offset of the carry in its content. The list of files is part of the
 * snapshot, so that a restored job reads the files that the job began with.
 *
 * A framer belongs to a file and is shared by all frames cut from it (struct open_file, counted under the
 * lock). A reader lets go of its last one only when it holds the next, so a decoder may compare framers by
 * address.
 */
#include <pthread.h>
#include <stdlib.h>

#include "connectors/filesystem/filesystem.h"
#include "formats/csv.h"

#define RECORD_BYTES_MAX ((size_t)256 << 20)
#define PIPE_WAIT_US 20000 /* how long a pipe without data is left alone */
#define SNAPSHOT_VERSION 1

struct open_file {
    uint32_t users; /* the source while it reads it, readers with a chunk of it */
    struct framer *framer;
    bool header_read; /* the header has been parsed */
};

/* What an output column is made of. */
enum column_kind { COLUMN_DECODED, COLUMN_PARTITION, COLUMN_PATH, COLUMN_NAME, COLUMN_SIZE, COLUMN_MTIME };
struct column {
    enum column_kind kind;
    uint32_t number; /* of the decoder's columns, or of the partition columns */
    const struct type *type;
};

struct fs_source {
    struct io_config config;
    struct arena arena; /* all below */
    const struct format_class *format;
    struct format_config format_config;
    struct schema file_schema; /* the physical columns that are in the files */
    uint32_t ncols;            /* output columns */
    struct column *cols;
    bool only_decoded; /* output = the decoder's columns */
    struct fs_files files;
    pthread_mutex_t mutex;    /* guards all below */
    bool failed;              /* a claim has failed: what is open may be half made, and nobody goes on */
    uint32_t current;         /* file being read, or next; files.count = the end */
    struct fs_stream *stream; /* NULL: current is not open */
    struct open_file *open;   /* of the current file */
    uint64_t carry_offset;    /* in the content, of carry[0] */
    uint64_t seek_offset;     /* where to go on when `current` is opened (restored) */
    uint64_t seq;             /* of the next chunk of this file */
    bool eof;                 /* the stream has ended */
    size_t frame_bytes;       /* of the last frame that was more than a chunk, and some; else 0 */
    char *carry;              /* read and not handed out */
    size_t carry_len, carry_cap;
};

struct fs_reader {
    struct fs_source *source;
    struct io_config config;
    struct decoder *decoder;
    char *buf; /* memory of the chunk; the frame is within */
    size_t cap;
    struct open_file *open; /* file of the last chunk */
    uint32_t file;          /* its number */
    struct decode_frame frame;
    bool begun; /* begin_frame() was called */
};

/* ---- opening ---- */

static bool is_partition(const struct plan_table *t, uint32_t physical, uint32_t *number) {
    for (uint32_t i = 0; i < t->partition_by.count; i++) {
        *number = i;
        if (t->partition_by.items[i] == physical) return true;
    }
    return false;
}

/* The schema without partition columns; at[physical] = its number there. */
static void set_file_schema(struct fs_source *s, const struct plan_table *t, uint32_t *at) {
    s->file_schema.fields = ARENA_ARRAY(&s->arena, struct field, t->physical.count + 1);
    for (uint32_t i = 0, n; i < t->physical.count; i++) {
        at[i] = s->file_schema.count;
        if (!is_partition(t, i, &n)) s->file_schema.fields[s->file_schema.count++] = t->physical.fields[i];
    }
}

static enum status metadata_column(const struct plan_table *t, struct str key, enum column_kind *kind,
                                   struct error *e) {
    static const struct {
        const char *key;
        enum column_kind kind;
    } known[] = {{"file.path", COLUMN_PATH},
                 {"file.name", COLUMN_NAME},
                 {"file.size", COLUMN_SIZE},
                 {"file.modification-time", COLUMN_MTIME}};
    for (size_t i = 0; i < ARRAY_LEN(known); i++) {
        *kind = known[i].kind;
        if (str_eq(key, str_of(known[i].key))) return ST_OK;
    }
    return error_set(e, ERR_UNSUPPORTED, "table %.*s has no metadata column '%.*s'", STR_ARG(t->name),
                     STR_ARG(key));
}

static enum status set_columns(struct fs_source *s, const struct plan_scan *scan,
                               const struct plan_node *node, struct error *e) {
    const struct plan_table *t = scan->table;
    uint32_t *at = ARENA_ARRAY(&s->arena, uint32_t, t->physical.count + 1);
    uint32_t *projection = ARENA_ARRAY(&s->arena, uint32_t, node->ncols + 1), n = 0;
    const bool **fields = ARENA_ARRAY(&s->arena, const bool *, node->ncols + 1);
    set_file_schema(s, t, at);
    s->ncols = node->ncols;
    s->cols = ARENA_ARRAY(&s->arena, struct column, node->ncols + 1);
    for (uint32_t i = 0; i < node->ncols; i++) {
        struct column *c = &s->cols[i];
        c->type = node->cols[i].type;
        if (scan->cols[i].metadata) {
            TRY(metadata_column(t, scan->cols[i].metadata_key, &c->kind, e));
        } else if (is_partition(t, scan->cols[i].physical, &c->number)) {
            c->kind = COLUMN_PARTITION;
        } else {
            c->number = n;
            fields[n] = scan->cols[i].fields;
            projection[n++] = at[scan->cols[i].physical];
        }
    }
    s->only_decoded = n == node->ncols;
    s->format_config = (struct format_config){
        .schema = &s->file_schema,
        .projection = projection,
        .nprojection = n,
        .fields = fields,
        .options = t->options,
        .prefix = arena_str(&s->arena, t->format_prefix).ptr,
        .zone = s->config.zone,
        .in_file = true,
        .header = t->header,
        .where = arena_str(&s->arena, t->name).ptr,
    };
    return ST_OK;
}

static enum status find_files(struct fs_source *s, const struct plan_table *t, struct error *e) {
    const char *path = fs_path(t->options, &s->arena);
    if (fs_is_stdio(path)) {
        s->files.items = ARENA_NEW(&s->arena, struct fs_file);
        s->files.items[s->files.count++].path = path;
        return ST_OK;
    }
    if (fs_list(path, &s->arena, &s->files, e) == ST_OK) return ST_OK;
    error_prefix(e, "table %.*s: ", STR_ARG(t->name));
    return ST_ERROR;
}

/* ---- snapshots ---- */

static enum status fs_snapshot(struct source *source, struct outbuf *out, UNUSED struct error *e) {
    struct fs_source *s = (struct fs_source *)source;
    outbuf_u8(out, SNAPSHOT_VERSION);
    outbuf_u32(out, s->files.count);
    for (uint32_t i = 0; i < s->files.count; i++) {
        outbuf_str(out, str_of(s->files.items[i].path));
        outbuf_u64(out, s->files.items[i].size_bytes);
        outbuf_i64(out, s->files.items[i].mtime_us);
    }
    outbuf_u32(out, s->current);
    outbuf_u64(out, s->open && s->open->header_read ? s->carry_offset : s->seek_offset);
    return ST_OK;
}

/* What is still to be read must be there as it was. */
static enum status check_file(struct fs_source *s, const struct fs_file *f, struct error *e) {
    struct stat st;
    int r = s->config.env->stat(s->config.env, f->path, &st);
    if (r < 0)
        return error_set(e, ERR_STATE, "file '%s', which the checkpoint has still to read, is not there: %s",
                         f->path, strerror(-r));
    if (S_ISREG(st.st_mode) && (uint64_t)st.st_size < f->size_bytes)
        return error_set(e, ERR_STATE,
                         "file '%s', which the checkpoint has still to read, has become shorter", f->path);
    return ST_OK;
}

static enum status restore(struct fs_source *s, struct inbuf *in, struct error *e) {
    if (inbuf_u8(in) != SNAPSHOT_VERSION)
        return error_set(e, ERR_STATE, "the position of a table of files is unreadable");
    uint32_t count = inbuf_u32(in);
    if (count > inbuf_left(in)) in->bad = true;
    if (!in->bad) s->files.items = ARENA_ARRAY(&s->arena, struct fs_file, count + 1);
    for (uint32_t i = 0; i < count && !in->bad; i++) {
        struct fs_file *f = &s->files.items[s->files.count++];
        f->path = arena_str(&s->arena, inbuf_str(in)).ptr;
        f->size_bytes = inbuf_u64(in);
        f->mtime_us = inbuf_i64(in);
    }
    s->current = inbuf_u32(in);
    s->seek_offset = inbuf_u64(in);
    if (in->bad || s->current > s->files.count)
        return error_set(e, ERR_STATE, "the position of a table of files is damaged");
    for (uint32_t i = s->current; i < s->files.count; i++) {
        if (!fs_is_stdio(s->files.items[i].path)) TRY(check_file(s, &s->files.items[i], e));
    }
    return ST_OK;
}

/* ---- open and close ---- */

static void let_go(struct fs_source *s, struct open_file *f) {
    if (!f || --f->users > 0) return;
    if (f->framer) s->format->framer->close(f->framer);
    free(f);
}

static void fs_close(struct source *source) {
    struct fs_source *s = (struct fs_source *)source;
    let_go(s, s->open);
    fs_stream_close(s->stream);
    mem_free(s->config.mem, s->carry, s->carry_cap);
    pthread_mutex_destroy(&s->mutex);
    arena_free(&s->arena);
    free(s);
}

static enum status set_up(struct fs_source *s, const struct plan_scan *scan, const struct plan_node *node,
                          struct inbuf *state, struct error *e) {
    const struct plan_table *t = scan->table;
    s->format = t->format ? format_class_of(t->format) : NULL;
    if (!s->format || !s->format->framer || !s->format->decoder)
        return error_set(e, ERR_UNSUPPORTED, "table %.*s: format '%s' cannot be read from files",
                         STR_ARG(t->name), t->format ? t->format->name : "");
    TRY(set_columns(s, scan, node, e));
    TRY(state ? restore(s, state, e) : find_files(s, t, e));
    uint64_t total = 0;
    for (uint32_t i = s->current; i < s->files.count; i++) {
        if (t->partition_by.count) TRY(fs_partition_values(t, &s->files.items[i], &s->arena, e));
        total += s->files.items[i].size_bytes;
    }
    atomic_store(&s->config.counters->total_bytes, total);
    return ST_OK;
}

static enum status fs_open(const struct io_config *c, const struct plan_scan *scan,
                           const struct plan_node *node, struct inbuf *state, struct source **out,
                           struct error *e) {
    struct fs_source *s = calloc(1, sizeof *s);
    if (!s) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    s->config = *c;
    pthread_mutex_init(&s->mutex, NULL);
    if (set_up(s, scan, node, state, e) != ST_OK) {
        fs_close((struct source *)s);
        return ST_ERROR;
    }
    *out = (struct source *)s;
    return ST_OK;
}

static void fs_reader_close(struct reader *reader) {
    struct fs_reader *r = (struct fs_reader *)reader;
    struct fs_source *s = r->source;
    if (r->decoder) s->format->decoder->close(r->decoder);
    pthread_mutex_lock(&s->mutex);
    let_go(s, r->open);
    pthread_mutex_unlock(&s->mutex);
    mem_free(r->config.mem, r->buf, r->cap);
    free(r);
}

static enum status fs_reader_open(struct source *source, const struct io_config *c, struct reader **out,
                                  struct error *e) {
    struct fs_source *s = (struct fs_source *)source;
    struct fs_reader *r = calloc(1, sizeof *r);
    if (!r) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    r->source = s;
    r->config = *c;
    if (s->format->decoder->open(&s->format_config, &r->decoder, e) != ST_OK) {
        fs_reader_close((struct reader *)r);
        return ST_ERROR;
    }
    *out = (struct reader *)r;
    return ST_OK;
}

/* ---- claiming: all under the lock ---- */

static enum status make_room(struct mem_account *m, char **p, size_t *cap, size_t need, struct error *e) {
    if (need <= *cap) return ST_OK;
    size_t to = *cap * 2 > need ? *cap * 2 : need;
    char *grown = mem_realloc(m, *p, *cap, to);
    if (!grown) return mem_limit_error(m, e);
    *p = grown;
    *cap = to;
    return ST_OK;
}

/* What can be done about a file that is not as the first one was. */
static enum status hint_inferred(const struct fs_source *s, struct error *e) {
    if (e->code != ERR_DECODE || !s->config.table->inferred) return ST_ERROR;
    return error_hint(e, "the columns were inferred from the beginning of the first file; CREATE TABLE with "
                         "columns declares others");
}

static enum claim fail_at(struct fs_source *s, uint64_t offset, struct error *e) {
    if (e->code != ERR_IO)
        error_prefix(e, "table %.*s, file '%s', at byte %llu: ", STR_ARG(s->config.table->name),
                     s->files.items[s->current].path, (unsigned long long)offset);
    (void)hint_inferred(s, e);
    return CLAIM_FAIL;
}

/* Reads `more` bytes to the end of the reader's buffer, which holds *len; short only at the end of the file.
 */
static enum stream_result read_more(struct fs_source *s, struct fs_reader *r, size_t more, size_t *len,
                                    struct error *e) {
    if (make_room(r->config.mem, &r->buf, &r->cap, *len + more, e) != ST_OK) return STREAM_FAIL;
    size_t end = *len + more, before = *len;
    while (*len < end && !s->eof) {
        size_t n;
        enum stream_result result = fs_stream_read(s->stream, r->buf + *len, end - *len, &n, e);
        if (result == STREAM_WAIT && *len > before) break;
        if (result != STREAM_OK) return result;
        *len += n;
        s->eof = n == 0;
    }
    atomic_fetch_add_explicit(&s->config.counters->bytes, fs_stream_taken(s->stream), memory_order_relaxed);
    return STREAM_OK;
}

static enum status keep_carry(struct fs_source *s, const char *p, size_t len, struct error *e) {
    TRY(make_room(s->config.mem, &s->carry, &s->carry_cap, len, e));
    if (len) memcpy(s->carry, p, len);
    s->carry_len = len;
    return ST_OK;
}

/* Parses the file's header out of its first bytes (those read so far are the carry). */
static enum claim read_header(struct fs_source *s, struct fs_reader *r, size_t *used, size_t *len,
                              struct error *e) {
    const struct framer_class *f = s->format->framer;
    if (make_room(r->config.mem, &r->buf, &r->cap, s->carry_len + s->config.chunk_bytes, e) != ST_OK)
        return CLAIM_FAIL;
    *len = s->carry_len;
    *used = 0;
    if (*len) memcpy(r->buf, s->carry, *len);
    if (!f->header) return CLAIM_CHUNK;
    for (;;) {
        enum stream_result result = read_more(s, r, *len ? *len : s->config.chunk_bytes, len, e);
        if (result == STREAM_WAIT) return keep_carry(s, r->buf, *len, e) == ST_OK ? CLAIM_WAIT : CLAIM_FAIL;
        if (result == STREAM_FAIL) return CLAIM_FAIL;
        if (f->header(s->open->framer, r->buf, *len, s->eof, used, e) != ST_OK) return fail_at(s, 0, e);
        if (*used != SIZE_MAX) return CLAIM_CHUNK;
        if (*len > RECORD_BYTES_MAX) {
            error_set(e, ERR_DECODE, "the file's header is longer than %zu bytes", RECORD_BYTES_MAX);
            return fail_at(s, 0, e);
        }
    }
}

static enum claim open_stream(struct fs_source *s, struct error *e) {
    if (fs_stream_open(s->config.env, s->files.items[s->current].path, &s->stream, e) != ST_OK)
        return CLAIM_FAIL;
    s->eof = false;
    return CLAIM_CHUNK;
}

static enum claim open_current(struct fs_source *s, struct error *e) {
    s->carry_len = s->seq = 0;
    s->carry_offset = 0;
    s->open = calloc(1, sizeof *s->open);
    if (!s->open) {
        error_set(e, ERR_MEMORY_LIMIT, "out of memory");
        return CLAIM_FAIL;
    }
    s->open->users = 1;
    if (s->format->framer->open(&s->format_config, &s->open->framer, e) != ST_OK) return fail_at(s, 0, e);
    return open_stream(s, e);
}

/* Leaves the first bytes behind the header, or behind the position restored, as the carry. */
static enum claim pass_header(struct fs_source *s, struct fs_reader *r, struct error *e) {
    size_t used, len;
    enum claim c = read_header(s, r, &used, &len, e);
    if (c != CLAIM_CHUNK) return c;
    s->open->header_read = true;
    s->carry_offset = used;
    if (s->seek_offset <= used)
        return keep_carry(s, r->buf + used, len - used, e) == ST_OK ? CLAIM_CHUNK : CLAIM_FAIL;
    s->carry_offset = s->seek_offset;
    s->carry_len = 0;
    fs_stream_close(s->stream); /* a packed stream can only begin again */
    s->stream = NULL;
    if (open_stream(s, e) != CLAIM_CHUNK) return CLAIM_FAIL;
    return fs_stream_seek(s->stream, s->carry_offset, e) == ST_OK ? CLAIM_CHUNK : CLAIM_FAIL;
}

static void close_current(struct fs_source *s) {
    fs_stream_close(s->stream);
    s->stream = NULL;
    let_go(s, s->open);
    s->open = NULL;
    s->carry_len = 0;
    s->seek_offset = 0;
    s->current++;
}

static void hand_out(struct fs_source *s, struct fs_reader *r, const char *data, size_t len,
                     struct chunk *out) {
    let_go(s, r->open);
    r->open = s->open;
    r->open->users++;
    r->file = s->current;
    r->begun = false;
    r->frame = (struct decode_frame){data, len, (int64_t)s->carry_offset, s->open->framer};
    *out =
        (struct chunk){.split = s->current, .seq = s->seq++, .later_splits = s->current + 1 < s->files.count};
}

/* After a piece of the file that cannot be cut: true if it is counted and left out. */
static bool leave_out(struct fs_source *s, struct error *e) {
    const struct framer_class *framer = s->format->framer;
    if (e->code != ERR_DECODE || s->config.on_error == ON_ERROR_FAIL || !framer->give_up) return false;
    atomic_fetch_add_explicit(&s->config.counters->bad_records, 1, memory_order_relaxed);
    error_clear(e);
    framer->give_up(s->open->framer);
    return true;
}

/* Cuts the next frame of the current file. CLAIM_END: of this file. */
static enum claim next_frame(struct fs_source *s, struct fs_reader *r, struct chunk *out, struct error *e) {
    size_t len = s->carry_len, at = 0, step = s->config.chunk_bytes / 8 + 1;
    size_t target = s->frame_bytes ? s->frame_bytes : s->config.chunk_bytes;
    if (make_room(r->config.mem, &r->buf, &r->cap, len + target, e) != ST_OK) return CLAIM_FAIL;
    if (len) memcpy(r->buf, s->carry, len);
    size_t more = len < target ? target - len : 0;
    for (;; more = step, step *= 2) {
        enum stream_result result = more ? read_more(s, r, more, &len, e) : STREAM_OK;
        if (result == STREAM_FAIL) return CLAIM_FAIL;
        if (result == STREAM_WAIT)
            return keep_carry(s, r->buf + at, len - at, e) == ST_OK ? CLAIM_WAIT : CLAIM_FAIL;
        struct frame f;
        bool again;
        do {
            bool bad = s->format->framer->cut(s->open->framer, r->buf + at, len - at, s->eof, len - at, &f,
                                              e) != ST_OK;
            if (bad && !leave_out(s, e)) return fail_at(s, s->carry_offset, e);
            if (bad) f = (struct frame){0, 0};
            at += f.skip_bytes;
            s->carry_offset += f.skip_bytes;
            again = bad || (f.skip_bytes && f.len_bytes == 0 && at < len);
        } while (again);
        if (f.len_bytes) {
            hand_out(s, r, r->buf + at, f.len_bytes, out);
            if (step > s->config.chunk_bytes / 8 + 1) s->frame_bytes = f.len_bytes + f.len_bytes / 64;
            s->carry_offset += f.len_bytes;
            at += f.len_bytes;
            return keep_carry(s, r->buf + at, len - at, e) == ST_OK ? CLAIM_CHUNK : CLAIM_FAIL;
        }
        if (s->eof) return CLAIM_END;
        if (len - at > RECORD_BYTES_MAX) {
            error_set(e, ERR_DECODE, "a record is longer than %zu bytes", RECORD_BYTES_MAX);
            if (!leave_out(s, e)) return fail_at(s, s->carry_offset, e);
        }
    }
}

static enum claim claim_locked(struct fs_source *s, struct fs_reader *r, struct chunk *out, struct error *e) {
    while (s->current < s->files.count) {
        enum claim c = s->open ? CLAIM_CHUNK : open_current(s, e);
        if (c == CLAIM_CHUNK && !s->open->header_read) c = pass_header(s, r, e);
        if (c == CLAIM_CHUNK) c = next_frame(s, r, out, e);
        if (c == CLAIM_WAIT) out->wait_us = PIPE_WAIT_US;
        if (c != CLAIM_END) return c;
        close_current(s);
    }
    return CLAIM_END;
}

static enum claim fs_claim(struct source *source, struct reader *reader, struct chunk *out, struct error *e) {
    struct fs_source *s = (struct fs_source *)source;
    pthread_mutex_lock(&s->mutex);
    enum claim c = CLAIM_WAIT;
    if (s->failed) out->wait_us = PIPE_WAIT_US; /* the job is about to end */
    else c = claim_locked(s, (struct fs_reader *)reader, out, e);
    s->failed |= c == CLAIM_FAIL;
    pthread_mutex_unlock(&s->mutex);
    return c;
}

/* ---- decoding: without the lock ---- */

static struct vec *constant(struct arena *a, const struct type *t, uint32_t rows) {
    struct vec *v = ARENA_NEW(a, struct vec);
    vec_make_flat(v, a, t, 1);
    v->form = VEC_CONST;
    v->rows = rows;
    return v;
}

static enum status partition_column(const struct fs_file *f, const struct column *c, struct vec *v,
                                    struct arena *a, struct error *e) {
    static const struct csv_options plain = {.separator = ','};
    struct str text = f->partition[c->number];
    if (!text.ptr) {
        valid_clear(vec_make_valid(v, a), 0);
        return ST_OK;
    }
    vec_make_valid(v, a);
    if (csv_cell_decode(&plain, text, v, 0, a)) return ST_OK;
    return error_set(e, ERR_DECODE, "'%.*s' in the path of file '%s' is not a valid %s", STR_ARG(text),
                     f->path, csv_type_name(c->type));
}

static enum status file_column(const struct fs_file *f, const struct column *c, uint32_t rows,
                               struct arena *a, struct vec **out, struct error *e) {
    struct vec *v = *out = constant(a, c->type, rows);
    const char *text = c->kind == COLUMN_NAME ? fs_file_name(f->path) : f->path;
    switch (c->kind) {
    case COLUMN_PARTITION: return partition_column(f, c, v, a, e);
    case COLUMN_PATH:
    case COLUMN_NAME: *(struct strview *)v->data = strview_of(text, strlen(text)); break;
    case COLUMN_SIZE: *(int64_t *)v->data = (int64_t)f->size_bytes; break;
    case COLUMN_MTIME:
        *(int64_t *)v->data = f->mtime_us / 1000 * (type_ticks_per_second(c->type) / 1000);
        break;
    case COLUMN_DECODED: break;
    }
    return ST_OK;
}

/* The decoder's batch with the columns that the file itself gives. */
static enum status add_columns(struct fs_reader *r, struct arena *a, struct batch **b, struct error *e) {
    struct fs_source *s = r->source;
    struct batch *from = *b, *to = arena_alloc_raw(a, sizeof *to);
    *to = *from;
    to->ncols = s->ncols;
    to->cols = ARENA_ARRAY(a, struct vec *, s->ncols + 1);
    for (uint32_t i = 0; i < s->ncols; i++) {
        const struct column *c = &s->cols[i];
        if (c->kind == COLUMN_DECODED) to->cols[i] = from->cols[c->number];
        else TRY(file_column(&s->files.items[r->file], c, from->rows, a, &to->cols[i], e));
    }
    *b = to;
    return ST_OK;
}

/* After a record that does not decode: ST_OK = it is left out. */
static enum status bad_record(struct fs_reader *r, struct error *e) {
    struct fs_source *s = r->source;
    if (e->code != ERR_DECODE || r->config.on_error == ON_ERROR_FAIL) {
        int64_t at = -1;
        s->format->decoder->bad(r->decoder, &at);
        error_prefix(e, "table %.*s, file '%s', at byte %lld: ", STR_ARG(s->config.table->name),
                     s->files.items[r->file].path, (long long)at);
        return hint_inferred(s, e);
    }
    atomic_fetch_add_explicit(&s->config.counters->bad_records, 1, memory_order_relaxed);
    error_clear(e);
    return ST_OK;
}

static enum status fs_decode(struct reader *reader, struct arena *a, struct batch **out, struct error *e) {
    struct fs_reader *r = (struct fs_reader *)reader;
    const struct decoder_class *d = r->source->format->decoder;
    if (!r->begun && d->begin_frame(r->decoder, &r->frame, e) != ST_OK) {
        error_prefix(e, "table %.*s, file '%s', at byte %lld: ", STR_ARG(r->config.table->name),
                     r->source->files.items[r->file].path, (long long)r->frame.offset);
        return hint_inferred(r->source, e);
    }
    r->begun = true;
    int64_t *positions = arena_alloc_raw(a, sizeof *positions * (r->config.batch_rows + 1));
    while (d->next(r->decoder, r->config.batch_rows, a, out, positions, e) != ST_OK) TRY(bad_record(r, e));
    if (!*out) return ST_OK;
    if (!r->source->only_decoded) TRY(add_columns(r, a, out, e));
    struct origin *origin = ARENA_NEW(a, struct origin);
    *origin = (struct origin){.source = r->config.table->name,
                              .split = str_of(r->source->files.items[r->file].path),
                              .positions = positions,
                              .first_position = (*out)->rows ? positions[0] : -1};
    (*out)->origin = origin;
    return ST_OK;
}

const struct source_class fs_source_class = {
    .open = fs_open,
    .reader_open = fs_reader_open,
    .claim = fs_claim,
    .decode = fs_decode,
    .snapshot = fs_snapshot,
    .reader_close = fs_reader_close,
    .close = fs_close,
};
