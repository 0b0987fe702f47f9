/* SPDX-License-Identifier: Apache-2.0
 *
 * A library to preload before a program under test: the allocation number ALLOC_AT and the ALLOC_FOR - 1 next
 * ones give NULL. ALLOC_COUNT names a file that gets the number of allocations at exit. Only what is asked
 * for between main and exit counts.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t n);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t n);
extern void *__libc_memalign(size_t align, size_t n);

static _Atomic long calls, first, last;
static _Atomic int counting;

static int fails(void) {
    if (!atomic_load_explicit(&counting, memory_order_relaxed)) return 0;
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (n < first || n > last) return 0;
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t n) {
    return fails() ? NULL : __libc_malloc(n);
}

void *calloc(size_t n, size_t size) {
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t n) {
    return fails() ? NULL : __libc_realloc(p, n);
}

void *aligned_alloc(size_t align, size_t n) {
    return fails() ? NULL : __libc_memalign(align, n);
}

int posix_memalign(void **out, size_t align, size_t n) {
    if (fails()) return ENOMEM;
    *out = __libc_memalign(align, n);
    return *out ? 0 : ENOMEM;
}

char *strdup(const char *s) {
    size_t n = strlen(s) + 1;
    char *copy = malloc(n);
    return copy ? memcpy(copy, s, n) : NULL;
}

__attribute__((constructor)) static void begin(void) {
    const char *at = getenv("ALLOC_AT"), *len = getenv("ALLOC_FOR");
    atomic_store(&first, at ? strtol(at, NULL, 10) : 0);
    atomic_store(&last, at ? first + (len ? strtol(len, NULL, 10) : 1) - 1 : -1);
    atomic_store(&counting, 1);
}

__attribute__((destructor)) static void report(void) {
    atomic_store(&counting, 0);
    const char *path = getenv("ALLOC_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (!f) return;
    fprintf(f, "%ld\n", atomic_load(&calls));
    fclose(f);
}
