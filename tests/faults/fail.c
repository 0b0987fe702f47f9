/* SPDX-License-Identifier: Apache-2.0
 *
 * A library to preload before a program under test: counts the calls that change files, and at call number
 * FAIL_AT ends the process as kill -9 does (FAIL_HOW=kill), or lets this call and the FAIL_FOR - 1 next ones
 * fail with an errno (FAIL_HOW=28 is a full disk, 5 a broken one). FAIL_COUNT names a file that gets the
 * number of calls at exit. FAIL_ONLY, when set, is a text the path must contain (calls on descriptors then do
 * not count).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static _Atomic long calls;

/* Is this call to fail? */
static int fails(const char *path) {
    const char *at = getenv("FAIL_AT"), *how = getenv("FAIL_HOW"), *only = getenv("FAIL_ONLY"),
               *len = getenv("FAIL_FOR");
    if (only && (!path || !strstr(path, only))) return 0;
    long n = atomic_fetch_add(&calls, 1) + 1, first = at ? strtol(at, NULL, 10) : 0;
    if (first == 0 || n < first || n >= first + (len ? strtol(len, NULL, 10) : 1)) return 0;
    if (!how || strcmp(how, "kill") == 0) {
        kill(getpid(), SIGKILL);
        pause();
    }
    errno = (int)strtol(how, NULL, 10);
    return 1;
}

#define REAL(type, name, ...) ((type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name))

/* A full disk takes what still fits: half of the bytes. */
ssize_t write(int fd, const void *p, size_t n) {
    if (fd > 2 && fails(NULL)) {
        if (errno != ENOSPC || n < 2 || atomic_load(&calls) % 2) return -1;
        n /= 2;
    }
    return REAL(ssize_t, write, int, const void *, size_t)(fd, p, n);
}

int fsync(int fd) {
    return fails(NULL) ? -1 : REAL(int, fsync, int)(fd);
}

int fdatasync(int fd) {
    return fails(NULL) ? -1 : REAL(int, fdatasync, int)(fd);
}

int rename(const char *from, const char *to) {
    return fails(to) ? -1 : REAL(int, rename, const char *, const char *)(from, to);
}

int mkdir(const char *path, mode_t mode) {
    return fails(path) ? -1 : REAL(int, mkdir, const char *, mode_t)(path, mode);
}

static int open_with(const char *name, const char *path, int flags, mode_t mode) {
    if ((flags & O_CREAT) && fails(path)) return -1;
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

static mode_t mode_of(int flags, va_list ap) {
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(ap, mode_t) : 0;
}

int open(const char *path, int flags, ...) {
    va_list ap;
    va_start(ap, flags);
    mode_t mode = mode_of(flags, ap);
    va_end(ap);
    return open_with("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list ap;
    va_start(ap, flags);
    mode_t mode = mode_of(flags, ap);
    va_end(ap);
    return open_with("open64", path, flags, mode);
}

__attribute__((destructor)) static void report(void) {
    const char *path = getenv("FAIL_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (!f) return;
    fprintf(f, "%ld\n", atomic_load(&calls));
    fclose(f);
}
