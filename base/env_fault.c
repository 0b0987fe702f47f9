/* SPDX-License-Identifier: Apache-2.0
 *
 * Faults of files on demand; see env_fault.h.
 */
#include "base/env_fault.h"

#include <errno.h>
#include <fcntl.h>

static struct env_fault *fault_of(struct env *env) {
    return (struct env_fault *)env;
}

/* 0, or -errno when this call is to fail. */
static int strikes(struct env_fault *f, enum env_fault_kind kind) {
    if (!(f->kinds & kind)) return 0;
    int64_t n = atomic_fetch_add(&f->calls, 1) + 1;
    if (f->first == 0 || n < f->first || n >= f->first + f->count) return 0;
    atomic_fetch_add(&f->failed, 1);
    return -f->error;
}

static int64_t fault_now_us(struct env *env) {
    struct env *real = fault_of(env)->real;
    return real->now_us(real);
}

static int64_t fault_monotonic_us(struct env *env) {
    struct env *real = fault_of(env)->real;
    return real->monotonic_us(real);
}

static int fault_random(struct env *env, void *p, size_t len_bytes) {
    struct env *real = fault_of(env)->real;
    return real->random(real, p, len_bytes);
}

static int fault_open(struct env *env, const char *path, int flags, int mode) {
    struct env_fault *f = fault_of(env);
    int r = flags & O_CREAT ? strikes(f, FAULT_CREATE) : 0;
    return r < 0 ? r : f->real->open(f->real, path, flags, mode);
}

static ssize_t fault_read(struct env *env, int fd, void *p, size_t len_bytes) {
    struct env *real = fault_of(env)->real;
    return real->read(real, fd, p, len_bytes);
}

static ssize_t fault_pread(struct env *env, int fd, void *p, size_t len_bytes, int64_t offset) {
    struct env *real = fault_of(env)->real;
    return real->pread(real, fd, p, len_bytes, offset);
}

static ssize_t fault_write(struct env *env, int fd, const void *p, size_t len_bytes) {
    struct env_fault *f = fault_of(env);
    int r = strikes(f, FAULT_WRITE);
    if (r < 0) {
        if (f->torn && len_bytes > 1) (void)f->real->write(f->real, fd, p, len_bytes / 2);
        return r;
    }
    if (f->disk_bytes) { /* a full disk takes what still fits, then nothing */
        int64_t room = f->disk_bytes - atomic_load(&f->written);
        if (room <= 0) {
            atomic_fetch_add(&f->failed, 1);
            return -ENOSPC;
        }
        if ((int64_t)len_bytes > room) len_bytes = (size_t)room;
    }
    ssize_t n = f->real->write(f->real, fd, p, len_bytes);
    if (n > 0) atomic_fetch_add(&f->written, n);
    return n;
}

static int fault_sync(struct env *env, int fd UNUSED) {
    return strikes(fault_of(env), FAULT_SYNC);
}

static int fault_close(struct env *env, int fd) {
    struct env *real = fault_of(env)->real;
    return real->close(real, fd);
}

static int fault_rename(struct env *env, const char *from, const char *to) {
    struct env_fault *f = fault_of(env);
    int r = strikes(f, FAULT_RENAME);
    return r < 0 ? r : f->real->rename(f->real, from, to);
}

static int fault_unlink(struct env *env, const char *path) {
    struct env *real = fault_of(env)->real;
    return real->unlink(real, path);
}

static int fault_mkdir(struct env *env, const char *path, int mode) {
    struct env_fault *f = fault_of(env);
    int r = strikes(f, FAULT_CREATE);
    return r < 0 ? r : f->real->mkdir(f->real, path, mode);
}

static int fault_stat(struct env *env, const char *path, struct stat *st) {
    struct env *real = fault_of(env)->real;
    return real->stat(real, path, st);
}

static int fault_truncate(struct env *env, const char *path, int64_t size_bytes) {
    struct env_fault *f = fault_of(env);
    int r = strikes(f, FAULT_WRITE);
    return r < 0 ? r : f->real->truncate(f->real, path, size_bytes);
}

void env_fault_init(struct env_fault *f, struct env *real) {
    *f = (struct env_fault){
        .env = {.now_us = fault_now_us,
                .monotonic_us = fault_monotonic_us,
                .random = fault_random,
                .open = fault_open,
                .read = fault_read,
                .pread = fault_pread,
                .write = fault_write,
                .sync = fault_sync,
                .close = fault_close,
                .rename = fault_rename,
                .unlink = fault_unlink,
                .mkdir = fault_mkdir,
                .stat = fault_stat,
                .truncate = fault_truncate},
        .real = real,
        .kinds = FAULT_ANY,
        .count = 1,
        .error = EIO,
    };
}
