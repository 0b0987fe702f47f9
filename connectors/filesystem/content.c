/* SPDX-License-Identifier: Apache-2.0
 *
 * The content of one file as a stream of bytes: plain files by pread, standard input and other pipes by read
 * when they have something, .gz and .zst unpacked. Offsets are of the content.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "connectors/filesystem/filesystem.h"

#define PACKED_BYTES (256 << 10) /* read at once from a packed file */

enum stream_kind { STREAM_PLAIN, STREAM_PIPE, STREAM_GZIP, STREAM_ZSTD };

struct fs_stream {
    struct env *env;
    const char *path;      /* borrowed */
    enum stream_kind kind;
    int fd;                /* -1 = not open */
    uint64_t file_at;      /* next byte of the file */
    uint64_t taken;        /* bytes read since fs_stream_taken() */
    char *packed;          /* PACKED_BYTES read, not all unpacked */
    size_t packed_at, packed_len;
    bool packed_end;       /* the file has been read to its end */
    bool in_member;        /* within a gzip member or zstd frame: the end here would be a torn file */
    z_stream gz;
    ZSTD_DStream *zst;
};

static bool ends_with(const char *path, const char *end) {
    size_t n = strlen(path), m = strlen(end);
    return n > m && strcmp(path + n - m, end) == 0;
}

static enum status open_packed(struct fs_stream *s, struct error *e) {
    s->packed = malloc(PACKED_BYTES);
    if (s->kind == STREAM_ZSTD) s->zst = ZSTD_createDStream();
    bool ok = s->packed && (s->kind == STREAM_ZSTD ? s->zst != NULL : inflateInit2(&s->gz, 15 + 32) == Z_OK);
    return ok ? ST_OK : error_set(e, ERR_MEMORY_LIMIT, "out of memory");
}

static enum status open_file(struct fs_stream *s, struct error *e) {
    struct stat st;
    int r = s->env->stat(s->env, s->path, &st);
    bool regular = r == 0 && S_ISREG(st.st_mode);
    /* the open of a pipe would wait for its writer, deaf to all signals */
    s->fd = s->env->open(s->env, s->path, O_RDONLY | (r == 0 && S_ISFIFO(st.st_mode) ? O_NONBLOCK : 0), 0);
    if (s->fd < 0) return error_set(e, ERR_IO, "file '%s' cannot be opened: %s", s->path, strerror(-s->fd));
    s->kind = regular ? STREAM_PLAIN : STREAM_PIPE;
    if (ends_with(s->path, ".gz")) s->kind = STREAM_GZIP;
    if (ends_with(s->path, ".zst")) s->kind = STREAM_ZSTD;
    if (regular) posix_fadvise(s->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return s->kind >= STREAM_GZIP ? open_packed(s, e) : ST_OK;
}

enum status fs_stream_open(struct env *env, const char *path, struct fs_stream **out, struct error *e) {
    struct fs_stream *s = calloc(1, sizeof *s);
    if (!s) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    *s = (struct fs_stream){.env = env, .path = path, .kind = STREAM_PIPE, .fd = STDIN_FILENO};
    if (!fs_is_stdio(path) && open_file(s, e) != ST_OK) {
        fs_stream_close(s);
        return ST_ERROR;
    }
    *out = s;
    return ST_OK;
}

void fs_stream_close(struct fs_stream *s) {
    if (!s) return;
    if (s->fd > STDIN_FILENO) s->env->close(s->env, s->fd);
    if (s->kind == STREAM_GZIP && s->packed) inflateEnd(&s->gz);
    if (s->zst) ZSTD_freeDStream(s->zst);
    free(s->packed);
    free(s);
}

uint64_t fs_stream_taken(struct fs_stream *s) {
    uint64_t n = s->taken;
    s->taken = 0;
    return n;
}

static enum stream_result cannot_read(struct fs_stream *s, const char *why, struct error *e) {
    error_set(e, ERR_IO, "file '%s' cannot be read at byte %llu: %s", s->path, (unsigned long long)s->file_at,
              why);
    return STREAM_FAIL;
}

/* From the file as it is. */
static enum stream_result read_raw(struct fs_stream *s, char *p, size_t room, size_t *got, struct error *e) {
    ssize_t n;
    *got = 0;
    if (s->kind == STREAM_PIPE) {
        struct pollfd poll_in = {.fd = s->fd, .events = POLLIN};
        if (poll(&poll_in, 1, 0) == 0) return STREAM_WAIT;
        n = s->env->read(s->env, s->fd, p, room);
        if (n == -EAGAIN) return STREAM_WAIT;
    } else {
        n = s->env->pread(s->env, s->fd, p, room, (int64_t)s->file_at);
    }
    if (n < 0) return cannot_read(s, strerror((int)-n), e);
    s->file_at += (uint64_t)n;
    s->taken += (uint64_t)n;
    *got = (size_t)n;
    return STREAM_OK;
}

/* Unpacks what there is of input: 0 or the reason why not. */
static const char *unpack_gzip(struct fs_stream *s, char *p, size_t room, size_t *got) {
    s->gz.next_in = (Bytef *)s->packed + s->packed_at;
    s->gz.avail_in = (uInt)(s->packed_len - s->packed_at);
    s->gz.next_out = (Bytef *)p;
    s->gz.avail_out = (uInt)(room < 1u << 30 ? room : 1u << 30);
    uInt before = s->gz.avail_out;
    if (s->gz.avail_in) s->in_member = true;
    int r = inflate(&s->gz, Z_NO_FLUSH);
    s->packed_at = s->packed_len - s->gz.avail_in;
    *got = before - s->gz.avail_out;
    if (r == Z_STREAM_END) {
        s->in_member = false;
        inflateReset(&s->gz);
    }
    return r == Z_OK || r == Z_STREAM_END || r == Z_BUF_ERROR ? NULL
           : s->gz.msg                                        ? s->gz.msg
                                                              : "it is not gzip data";
}

static const char *unpack_zstd(struct fs_stream *s, char *p, size_t room, size_t *got) {
    ZSTD_inBuffer in = {s->packed, s->packed_len, s->packed_at};
    ZSTD_outBuffer out = {p, room, 0};
    size_t r = ZSTD_decompressStream(s->zst, &out, &in);
    s->packed_at = in.pos;
    *got = out.pos;
    if (ZSTD_isError(r)) return ZSTD_getErrorName(r);
    s->in_member = r != 0;
    return NULL;
}

enum stream_result fs_stream_read(struct fs_stream *s, char *p, size_t room, size_t *got, struct error *e) {
    if (s->kind < STREAM_GZIP) return read_raw(s, p, room, got, e);
    for (;;) {
        const char *why = NULL;
        *got = 0;
        if (s->packed_at < s->packed_len || s->in_member) {
            why = s->kind == STREAM_GZIP ? unpack_gzip(s, p, room, got) : unpack_zstd(s, p, room, got);
        }
        if (why) return cannot_read(s, why, e);
        if (*got) return STREAM_OK;
        if (s->packed_at < s->packed_len) continue;
        if (s->packed_end) return s->in_member ? cannot_read(s, "it ends in the middle", e) : STREAM_OK;
        size_t n;
        if (read_raw(s, s->packed, PACKED_BYTES, &n, e) == STREAM_FAIL) return STREAM_FAIL;
        s->packed_at = 0;
        s->packed_len = n;
        s->packed_end = n == 0;
    }
}

enum status fs_stream_seek(struct fs_stream *s, uint64_t offset, struct error *e) {
    if (s->kind == STREAM_PIPE)
        return error_set(e, ERR_STATE,
                         "'%s' cannot be read again from byte %llu, where the checkpoint left off", s->path,
                         (unsigned long long)offset);
    if (s->kind == STREAM_PLAIN) {
        s->file_at = offset;
        return ST_OK;
    }
    char *waste = malloc(PACKED_BYTES);
    if (!waste) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    enum status st = ST_OK;
    for (size_t n = 1; offset && n && st == ST_OK; offset -= n) {
        size_t room = offset < PACKED_BYTES ? (size_t)offset : PACKED_BYTES;
        if (fs_stream_read(s, waste, room, &n, e) != STREAM_OK) st = ST_ERROR;
    }
    free(waste);
    if (st == ST_OK && offset)
        st = error_set(e, ERR_STATE, "file '%s' has become shorter than it was", s->path);
    return st;
}
