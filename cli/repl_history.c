/* SPDX-License-Identifier: Apache-2.0
 *
 * The file of the history: a line a statement, its newlines as \n and backslashes as \\. Several programs may
 * append to it at once, each line in one write; it is shortened under a lock, into a new file that takes its
 * place. Nobody else may read it. All failures are silent: a history is a convenience.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "cli/repl.h"

static void put_escaped(struct outbuf *o, struct str entry) {
    for (size_t i = 0; i < entry.len; i++) {
        if (entry.ptr[i] == '\n') outbuf_text(o, "\\n");
        else if (entry.ptr[i] == '\\') outbuf_text(o, "\\\\");
        else if (entry.ptr[i] != '\0') outbuf_char(o, entry.ptr[i]);
    }
    outbuf_char(o, '\n');
}

static void put_unescaped(struct outbuf *o, struct str line) {
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (c == '\\' && i + 1 < line.len) c = line.ptr[++i] == 'n' ? '\n' : line.ptr[i];
        outbuf_char(o, c);
    }
    outbuf_char(o, '\0');
}

/* Opens the file and takes its lock; -1: cannot. A file that was replaced meanwhile is opened again. */
static int open_locked(const char *path) {
    struct stat mine, now;
    for (int tries = 0; tries < 10; tries++) {
        int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
        if (fd < 0) return -1;
        if (flock(fd, LOCK_EX) == 0 && fstat(fd, &mine) == 0 && stat(path, &now) == 0 &&
            mine.st_ino == now.st_ino)
            return fd;
        close(fd);
    }
    return -1;
}

static void write_all(int fd, const char *p, size_t len) {
    while (len > 0) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return;
        p += n;
        len -= (size_t)n;
    }
}

void history_append(const char *path, struct str entry) {
    int fd = open_locked(path);
    if (fd < 0) return;
    struct outbuf o = {0};
    put_escaped(&o, entry);
    write_all(fd, o.data, o.len);
    outbuf_free(&o);
    close(fd);
}

static void read_all(int fd, struct outbuf *o) {
    ssize_t n;
    do {
        n = read(fd, outbuf_reserve(o, 1 << 16), 1 << 16);
        if (n > 0) o->len += (size_t)n;
    } while (n > 0 || (n < 0 && errno == EINTR));
}

/* The lines of a text, whole ones only. */
static size_t find_lines(const struct outbuf *o, struct str **lines) {
    size_t n = 0, at = 0;
    for (size_t i = 0; i < o->len; i++) n += o->data[i] == '\n';
    *lines = malloc((n + 1) * sizeof **lines);
    if (!*lines) mem_exhausted();
    n = 0;
    for (size_t i = 0; i < o->len; i++) {
        if (o->data[i] != '\n') continue;
        (*lines)[n++] = (struct str){o->data + at, i - at};
        at = i + 1;
    }
    return n;
}

static void shorten(const char *path, const struct str *lines, size_t n) {
    struct outbuf o = {0}, name = {0};
    outbuf_printf(&name, "%s.%d", path, (int)getpid());
    outbuf_char(&name, '\0');
    for (size_t i = 0; i < n; i++) {
        outbuf_put(&o, lines[i].ptr, lines[i].len);
        outbuf_char(&o, '\n');
    }
    int fd = open(name.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd >= 0) {
        write_all(fd, o.data, o.len);
        bool good = fstat(fd, &(struct stat){0}) == 0 && lseek(fd, 0, SEEK_CUR) == (off_t)o.len;
        if (close(fd) != 0 || !good || rename(name.data, path) != 0) unlink(name.data);
    }
    outbuf_free(&o);
    outbuf_free(&name);
}

/* Empties the lines that come again further on. */
static void drop_repeated(struct str *lines, size_t n) {
    size_t capacity = 64;
    while (capacity < 2 * n) capacity *= 2;
    struct str **seen = calloc(capacity, sizeof *seen);
    if (!seen) mem_exhausted();
    for (size_t i = n; i-- > 0;) {
        size_t at = hash_bytes(lines[i].ptr, lines[i].len) & (capacity - 1);
        while (seen[at] && !str_eq(*seen[at], lines[i])) at = (at + 1) & (capacity - 1);
        if (seen[at]) lines[i].len = 0;
        else seen[at] = &lines[i];
    }
    free(seen);
}

void history_load(const char *path, void (*put)(void *arg, const char *entry), void *arg) {
    struct outbuf text = {0}, entry = {0};
    struct str *lines;
    int fd = open_locked(path);
    if (fd < 0) return;
    read_all(fd, &text);
    size_t n = find_lines(&text, &lines), from = n > HISTORY_MAX ? n - HISTORY_MAX : 0;
    if (n > 2 * HISTORY_MAX) shorten(path, lines + from, n - from);
    close(fd);
    drop_repeated(lines + from, n - from);
    for (size_t i = from; i < n; i++) {
        if (!lines[i].len) continue;
        entry.len = 0;
        put_unescaped(&entry, lines[i]);
        put(arg, entry.data);
    }
    free(lines);
    outbuf_free(&text);
    outbuf_free(&entry);
}
