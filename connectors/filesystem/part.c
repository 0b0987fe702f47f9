/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing, finishing and publishing part files; see part.h.
 */
#include "connectors/filesystem/part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"

#define WRITE_BYTES (256 << 10) /* buffered before a write */

static void hidden_path(char *out, const char *dir, const char *name, const char *tag) {
    snprintf(out, PATH_MAX, "%s/.%s.inprogress-%s", dir, name, tag);
}

static char *copy_text(const char *z) {
    char *copy = strdup(z);
    if (!copy) mem_exhausted();
    return copy;
}

static enum status make_file(struct part_maker *m, struct part *p, struct error *e) {
    char path[PATH_MAX];
    int r = env_mkdirs(m->env, p->dir);
    if (r < 0) return env_error(e, "make the folder", p->dir, r);
    hidden_path(path, p->dir, p->name, m->tag);
    p->fd = m->env->open(m->env, path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (p->fd < 0) return env_error(e, "create", path, p->fd);
    TRY(m->format->encoder->open(m->format_config, &p->encoder, e));
    return m->format->encoder->file_begin ? m->format->encoder->file_begin(p->encoder, &p->buf, e) : ST_OK;
}

enum status part_open(struct part_maker *m, struct str partition, int64_t now_us, struct part **out,
                      struct error *e) {
    char dir[PATH_MAX], name[128];
    struct part *p = calloc(1, sizeof *p);
    if (!p) mem_exhausted();
    int n = snprintf(dir, sizeof dir, "%s%s%.*s", m->folder, partition.len ? "/" : "", STR_ARG(partition));
    snprintf(name, sizeof name, "part-%s-%u-%u", m->uid, m->worker, m->made++);
    p->dir = copy_text(dir);
    p->name = copy_text(name);
    p->fd = -1;
    p->begun_us = p->used_us = now_us;
    *out = p;
    if (n < 0 || (size_t)n + 256 >= sizeof dir)
        return env_error(e, "create a file in", m->folder, -ENAMETOOLONG);
    return make_file(m, p, e);
}

static enum status write_buffer(struct part_maker *m, struct part *p, struct error *e) {
    char path[PATH_MAX];
    int r = env_write_all(m->env, p->fd, p->buf.data, p->buf.len);
    p->buf.len = 0;
    if (r == 0) return ST_OK;
    hidden_path(path, p->dir, p->name, m->tag);
    return env_error(e, "write", path, r);
}

enum status part_rows(struct part_maker *m, struct part *p, const struct batch *b, struct sel sel,
                      int64_t now_us, struct error *e) {
    size_t before = p->buf.len;
    TRY(m->format->encoder->rows(p->encoder, b, sel, &p->buf, NULL, e));
    p->size_bytes += (int64_t)(p->buf.len - before);
    p->used_us = now_us;
    return p->buf.len < WRITE_BYTES ? ST_OK : write_buffer(m, p, e);
}

static void free_writing(struct part_maker *m, struct part *p) {
    if (p->fd >= 0) m->env->close(m->env, p->fd);
    p->fd = -1;
    if (p->encoder) m->format->encoder->close(p->encoder);
    p->encoder = NULL;
    outbuf_free(&p->buf);
}

enum status part_finish(struct part_maker *m, struct part *p, struct error *e) {
    char path[PATH_MAX];
    const struct encoder_class *c = m->format->encoder;
    if (c->file_flush) TRY(c->file_flush(p->encoder, &p->buf, e));
    TRY(write_buffer(m, p, e));
    hidden_path(path, p->dir, p->name, m->tag);
    int r = m->env->sync(m->env, p->fd);
    if (r < 0) return env_error(e, "sync", path, r);
    r = m->env->close(m->env, p->fd);
    p->fd = -1;
    free_writing(m, p);
    if (r < 0) return env_error(e, "close", path, r);
    r = env_sync_dir(m->env, p->dir); /* the hidden name must survive a crash after the checkpoint */
    return r < 0 ? env_error(e, "sync", p->dir, r) : ST_OK;
}

enum status part_exists(struct env *env, const char *dir, const char *name, const char *tag, bool *out,
                        struct error *e) {
    char hidden[PATH_MAX], path[PATH_MAX];
    struct stat st;
    hidden_path(hidden, dir, name, tag);
    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
        return env_error(e, "publish", dir, -ENAMETOOLONG);
    *out = env->stat(env, hidden, &st) == 0 || env->stat(env, path, &st) == 0;
    return ST_OK;
}

enum status part_publish(struct env *env, const char *dir, const char *name, const char *tag,
                         struct error *e) {
    char hidden[PATH_MAX], path[PATH_MAX];
    struct stat st;
    hidden_path(hidden, dir, name, tag);
    if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
        return env_error(e, "publish", dir, -ENAMETOOLONG);
    int r = env->rename(env, hidden, path);
    if (r == -ENOENT && env->stat(env, path, &st) == 0) return ST_OK;
    if (r < 0) return env_error(e, "publish", path, r);
    r = env_sync_dir(env, dir);
    return r < 0 ? env_error(e, "sync", dir, r) : ST_OK;
}

void part_free(struct part_maker *m, struct part *p, bool remove_file) {
    if (!p) return;
    free_writing(m, p);
    if (remove_file) {
        char path[PATH_MAX];
        hidden_path(path, p->dir, p->name, m->tag);
        m->env->unlink(m->env, path);
    }
    free(p->dir);
    free(p->name);
    free(p);
}

static bool has_tag(const char *name, const char *tag) {
    size_t n = strlen(name), t = strlen(tag);
    static const char mark[] = ".inprogress-";
    size_t m = sizeof mark - 1;
    return name[0] == '.' && n > t + m && strcmp(name + n - t, tag) == 0 &&
           memcmp(name + n - t - m, mark, m) == 0;
}

enum status part_remove_leftovers(struct env *env, const char *folder, const char *tag, struct error *e) {
    DIR *d = opendir(folder);
    if (!d) return errno == ENOENT ? ST_OK : env_error(e, "read the folder", folder, -errno);
    enum status st = ST_OK;
    for (struct dirent *f; st == ST_OK && (f = readdir(d));) {
        char path[PATH_MAX];
        struct stat s;
        if (strcmp(f->d_name, ".") == 0 || strcmp(f->d_name, "..") == 0) continue;
        if (snprintf(path, sizeof path, "%s/%s", folder, f->d_name) >= (int)sizeof path) continue;
        if (env->stat(env, path, &s) != 0) continue;
        if (S_ISDIR(s.st_mode)) {
            st = part_remove_leftovers(env, path, tag, e);
        } else if (has_tag(f->d_name, tag)) {
            int r = env->unlink(env, path);
            if (r < 0 && r != -ENOENT) st = env_error(e, "remove", path, r);
        }
    }
    closedir(d);
    return st;
}
