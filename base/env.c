/* SPDX-License-Identifier: Apache-2.0
 *
 * The real environment: thin calls into the system, EINTR retried, errors as -errno.
 */
#include "base/env.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/status.h"

#define RETRY(call)                                                                                          \
    ({                                                                                                       \
        __typeof__(call) retry_result;                                                                       \
        do retry_result = (call);                                                                            \
        while (retry_result < 0 && errno == EINTR);                                                          \
        retry_result < 0 ? -errno : retry_result;                                                            \
    })

static int64_t clock_us(clockid_t id) {
    struct timespec ts;
    clock_gettime(id, &ts);
    return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static int64_t real_now_us(struct env *env UNUSED) {
    return clock_us(CLOCK_REALTIME);
}

static int64_t real_monotonic_us(struct env *env UNUSED) {
    return clock_us(CLOCK_MONOTONIC);
}

static int real_random(struct env *env UNUSED, void *p, size_t len_bytes) {
    return RETRY(getrandom(p, len_bytes, 0)) == (ssize_t)len_bytes ? 0 : -EIO;
}

static int real_open(struct env *env UNUSED, const char *path, int flags, int mode) {
    return RETRY(open(path, flags | O_CLOEXEC, mode));
}

static ssize_t real_read(struct env *env UNUSED, int fd, void *p, size_t len_bytes) {
    return RETRY(read(fd, p, len_bytes));
}

static ssize_t real_pread(struct env *env UNUSED, int fd, void *p, size_t len_bytes, int64_t offset) {
    return RETRY(pread(fd, p, len_bytes, offset));
}

static ssize_t real_write(struct env *env UNUSED, int fd, const void *p, size_t len_bytes) {
    return RETRY(write(fd, p, len_bytes));
}

static int real_sync(struct env *env UNUSED, int fd) {
    return RETRY(fsync(fd));
}

static int real_close(struct env *env UNUSED, int fd) {
    return close(fd) < 0 && errno != EINTR ? -errno : 0;
}

static int real_rename(struct env *env UNUSED, const char *from, const char *to) {
    return RETRY(rename(from, to));
}

static int real_unlink(struct env *env UNUSED, const char *path) {
    return RETRY(unlink(path));
}

static int real_mkdir(struct env *env UNUSED, const char *path, int mode) {
    return RETRY(mkdir(path, (mode_t)mode));
}

static int real_stat(struct env *env UNUSED, const char *path, struct stat *st) {
    return RETRY(stat(path, st));
}

static int real_truncate(struct env *env UNUSED, const char *path, int64_t size_bytes) {
    return RETRY(truncate(path, size_bytes));
}

const struct env env_real = {
    .now_us = real_now_us,
    .monotonic_us = real_monotonic_us,
    .random = real_random,
    .open = real_open,
    .read = real_read,
    .pread = real_pread,
    .write = real_write,
    .sync = real_sync,
    .close = real_close,
    .rename = real_rename,
    .unlink = real_unlink,
    .mkdir = real_mkdir,
    .stat = real_stat,
    .truncate = real_truncate,
};

enum status env_error(struct error *e, const char *what, const char *path, int r) {
    error_set(e, ERR_IO, "cannot %s %s: %s", what, path, strerror(-r));
    e->retriable = r == -ENOSPC || r == -EDQUOT;
    return ST_ERROR;
}

int env_write_all(struct env *env, int fd, const void *p, size_t len_bytes) {
    const char *at = p;
    while (len_bytes > 0) {
        ssize_t n = env->write(env, fd, at, len_bytes);
        if (n < 0) return (int)n;
        if (n == 0) return -EIO;
        at += n;
        len_bytes -= (size_t)n;
    }
    return 0;
}

int env_mkdirs(struct env *env, const char *path) {
    char part[PATH_MAX];
    size_t len = strlen(path);
    if (len >= sizeof part) return -ENAMETOOLONG;
    memcpy(part, path, len + 1);
    for (size_t i = 1; i <= len; i++) {
        if (part[i] != '/' && part[i] != '\0') continue;
        char kept = part[i];
        part[i] = '\0';
        int r = env->mkdir(env, part, 0777);
        if (r < 0 && r != -EEXIST) return r;
        part[i] = kept;
    }
    struct stat st;
    int r = env->stat(env, path, &st);
    if (r < 0) return r;
    return S_ISDIR(st.st_mode) ? 0 : -ENOTDIR;
}

int env_sync_dir(struct env *env, const char *dir) {
    int fd = env->open(env, dir, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) return fd;
    int r = env->sync(env, fd);
    int c = env->close(env, fd);
    return r < 0 ? r : c;
}

static void tmp_name(const struct env_file *f, char tmp[PATH_MAX]) {
    snprintf(tmp, PATH_MAX, "%s.tmp", f->path);
}

void env_file_begin(struct env_file *f, struct env *env, const char *path) {
    *f = (struct env_file){.env = env, .fd = -1};
    char tmp[PATH_MAX];
    if (strlen(path) >= sizeof f->path) {
        f->error = -ENAMETOOLONG;
        return;
    }
    memcpy(f->path, path, strlen(path) + 1);
    tmp_name(f, tmp);
    f->fd = env->open(env, tmp, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (f->fd < 0) f->error = f->fd;
}

void env_file_put(struct env_file *f, const void *p, size_t len_bytes) {
    if (f->error == 0) f->error = env_write_all(f->env, f->fd, p, len_bytes);
}

int env_file_end(struct env_file *f, bool keep) {
    struct env *env = f->env;
    if (f->fd < 0) return f->error;
    char tmp[PATH_MAX];
    tmp_name(f, tmp);
    if (f->error == 0 && keep) f->error = env->sync(env, f->fd);
    int c = env->close(env, f->fd);
    if (f->error == 0) f->error = c;
    if (f->error == 0 && keep) f->error = env->rename(env, tmp, f->path);
    if (f->error < 0 || !keep) {
        env->unlink(env, tmp);
        return f->error;
    }
    char *slash = strrchr(f->path, '/');
    if (!slash) return env_sync_dir(env, ".");
    if (slash == f->path) slash++;
    *slash = '\0';
    return env_sync_dir(env, f->path);
}

int env_write_file(struct env *env, const char *path, const void *p, size_t len_bytes) {
    struct env_file f;
    env_file_begin(&f, env, path);
    env_file_put(&f, p, len_bytes);
    return env_file_end(&f, true);
}
