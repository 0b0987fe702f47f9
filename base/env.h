/* SPDX-License-Identifier: Apache-2.0
 *
 * The outside world as one table, so that tests can replace it: clock, random bytes, files.
 * Every call returns what the system call would, or -errno. `env_real` is the machine itself;
 * `env_fault` (env_fault.c) wraps another env and fails the nth call, tears writes or fills the disk.
 */
#ifndef WEIR_BASE_ENV_H
#define WEIR_BASE_ENV_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "base/error.h"

struct env {
    int64_t (*now_us)(struct env *);       /* wall clock, microseconds since 1970 UTC */
    int64_t (*monotonic_us)(struct env *); /* for intervals and time-outs */
    int (*random)(struct env *, void *p, size_t len_bytes);
    int (*open)(struct env *, const char *path, int flags, int mode); /* descriptor or -errno */
    ssize_t (*read)(struct env *, int fd, void *p, size_t len_bytes);
    ssize_t (*pread)(struct env *, int fd, void *p, size_t len_bytes, int64_t offset);
    ssize_t (*write)(struct env *, int fd, const void *p, size_t len_bytes);
    int (*sync)(struct env *, int fd);
    int (*close)(struct env *, int fd);
    int (*rename)(struct env *, const char *from, const char *to);
    int (*unlink)(struct env *, const char *path);
    int (*mkdir)(struct env *, const char *path, int mode);
    int (*stat)(struct env *, const char *path, struct stat *st);
    int (*truncate)(struct env *, const char *path, int64_t size_bytes);
};

/* The machine. Const data, no state: may be shared by all. */
extern const struct env env_real;

/* Sets ERR_IO "cannot WHAT PATH: reason" for a result r = -errno; a full disk is retriable. Gives ST_ERROR.
 */
enum status env_error(struct error *e, const char *what, const char *path, int r);
/* Writes all bytes (loops over short writes): 0 or -errno. */
int env_write_all(struct env *env, int fd, const void *p, size_t len_bytes);
/* mkdir -p: 0 or -errno. */
int env_mkdirs(struct env *env, const char *path);
/* Makes renames in a folder durable: 0 or -errno. */
int env_sync_dir(struct env *env, const char *dir);
/* Writes a whole file under a temporary name, syncs and renames it into place: 0 or -errno. */
int env_write_file(struct env *env, const char *path, const void *p, size_t len_bytes);

/* The same in pieces; the first error is kept and given at the end. */
struct env_file {
    struct env *env;
    int fd;
    int error;               /* 0 or -errno */
    char path[PATH_MAX - 8]; /* it gets at the end; until then ".tmp" is added */
};
void env_file_begin(struct env_file *f, struct env *env, const char *path);
void env_file_put(struct env_file *f, const void *p, size_t len_bytes);
/* Puts it into place, or removes it when something failed or it is not to be kept: 0 or -errno. */
int env_file_end(struct env_file *f, bool keep);

#endif
