/* SPDX-License-Identifier: Apache-2.0
 *
 * Finds the files a path stands for, and what their folders' names say of partition columns. Order is by the
 * bytes of the whole path, so that every run reads the same order.
 */
#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "connectors/filesystem/filesystem.h"

#define DEPTH_MAX 64 /* folders within folders */

const char *fs_file_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool hidden(const char *name) {
    return name[0] == '.' || name[0] == '_';
}

static void add_file(struct fs_files *out, struct arena *a, const char *path, const struct stat *st) {
    ARENA_ONE_MORE(a, out->items, out->count);
    out->items[out->count++] = (struct fs_file){
        .path = arena_strdup(a, path),
        .size_bytes = S_ISREG(st->st_mode) ? (uint64_t)st->st_size : 0,
        .mtime_us = (int64_t)st->st_mtim.tv_sec * 1000000 + st->st_mtim.tv_nsec / 1000,
    };
}

static enum status cannot_read(const char *path, int err, struct error *e) {
    return error_set(e, ERR_IO, "'%s' cannot be read: %s", path, strerror(err));
}

/* A folder being searched and those it is in. */
struct folder {
    const struct folder *above; /* NULL: the path itself */
    dev_t dev;                  /* with ino, which folder it is */
    ino_t ino;                  /* see dev */
    unsigned depth;             /* folders above */
};

static enum status add_path(const char *path, const struct folder *above, struct arena *a,
                            struct fs_files *out, struct error *e);

static enum status add_folder(const char *path, const struct folder *me, struct arena *a,
                              struct fs_files *out, struct error *e) {
    if (me->depth == DEPTH_MAX)
        return error_set(e, ERR_LIMIT, "'%s' is more than %d folders deep", path, DEPTH_MAX);
    for (const struct folder *f = me->above; f; f = f->above) {
        if (f->dev == me->dev && f->ino == me->ino)
            return error_set(e, ERR_IO, "'%s' is a link to a folder that it is in itself", path);
    }
    DIR *dir = opendir(path);
    if (!dir) return cannot_read(path, errno, e);
    enum status st = ST_OK;
    for (const struct dirent *d; st == ST_OK && (d = readdir(dir));) {
        if (hidden(d->d_name)) continue;
        st = add_path(arena_printf(a, "%s/%s", path, d->d_name).ptr, me, a, out, e);
    }
    closedir(dir);
    return st;
}

static enum status add_path(const char *path, const struct folder *above, struct arena *a,
                            struct fs_files *out, struct error *e) {
    struct stat st;
    if (stat(path, &st) < 0) {
        /* within a folder: gone since it was listed, or a link to nothing */
        return above && errno == ENOENT ? ST_OK : cannot_read(path, errno, e);
    }
    struct folder me = {above, st.st_dev, st.st_ino, above ? above->depth + 1 : 0};
    if (S_ISDIR(st.st_mode)) return add_folder(path, &me, a, out, e);
    add_file(out, a, path, &st);
    return ST_OK;
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const struct fs_file *)a)->path, ((const struct fs_file *)b)->path);
}

static enum status add_glob(const char *pattern, struct arena *a, struct fs_files *out, struct error *e) {
    glob_t g;
    int r = glob(pattern, 0, NULL, &g);
    if (r == GLOB_NOMATCH) return error_set(e, ERR_IO, "no file fits the path '%s'", pattern);
    if (r != 0) return error_set(e, ERR_IO, "the path '%s' cannot be searched", pattern);
    enum status st = ST_OK;
    for (size_t i = 0; i < g.gl_pathc && st == ST_OK; i++) {
        if (!hidden(fs_file_name(g.gl_pathv[i]))) st = add_path(g.gl_pathv[i], NULL, a, out, e);
    }
    globfree(&g);
    return st;
}

enum status fs_list(const char *path, struct arena *a, struct fs_files *out, struct error *e) {
    struct stat st;
    bool pattern = strpbrk(path, "*?[") && stat(path, &st) < 0;
    TRY(pattern ? add_glob(path, a, out, e) : add_path(path, NULL, a, out, e));
    if (out->count) qsort(out->items, out->count, sizeof *out->items, by_path);
    return ST_OK;
}

/* ---- partitions ---- */

static bool needs_escape(unsigned char c) {
    return c < 0x20 || c == 0x7f || strchr("\"#%'*/:=?\\{[]^", c);
}

struct str fs_escape(struct str value, struct arena *a) {
    static const char hex[] = "0123456789ABCDEF";
    char *p = arena_alloc_raw(a, value.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.ptr[i];
        if (!needs_escape(c)) {
            p[n++] = (char)c;
            continue;
        }
        p[n++] = '%';
        p[n++] = hex[c >> 4];
        p[n++] = hex[c & 15];
    }
    p[n] = '\0';
    return (struct str){p, n};
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct str fs_unescape(struct str name, struct arena *a) {
    char *p = arena_alloc_raw(a, name.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < name.len; i++) {
        int high = i + 2 < name.len && name.ptr[i] == '%' ? hex_digit(name.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_digit(name.ptr[i + 2]) : -1;
        p[n++] = low >= 0 ? (char)(high * 16 + low) : name.ptr[i];
        if (low >= 0) i += 2;
    }
    p[n] = '\0';
    return (struct str){p, n};
}

/* The text behind "key=" in the last folder of that name. */
static bool find_key(const char *path, struct str key, struct str *value) {
    bool found = false;
    for (const char *at = path, *slash; (slash = strchr(at, '/')); at = slash + 1) {
        struct str part = {at, (size_t)(slash - at)};
        if (part.len <= key.len || !str_starts(part, key) || part.ptr[key.len] != '=') continue;
        *value = str_sub(part, key.len + 1, part.len - key.len - 1);
        found = true;
    }
    return found;
}

bool fs_partition_value(const char *path, struct str name, struct arena *a, struct str *value) {
    struct str text;
    if (!find_key(path, fs_escape(name, a), &text)) return false;
    *value = fs_unescape(text, a);
    return true;
}

enum status fs_partition_values(const struct plan_table *t, struct fs_file *f, struct arena *a,
                                struct error *e) {
    struct str none = option_str(t->options, "", fs_options, "partition.default-name");
    struct str *values = ARENA_ARRAY(a, struct str, t->partition_by.count);
    f->partition = values;
    for (uint32_t i = 0; i < t->partition_by.count; i++) {
        struct str name = t->physical.fields[t->partition_by.items[i]].name, text;
        if (!find_key(f->path, fs_escape(name, a), &text))
            return error_set(e, ERR_IO,
                             "file '%s' is not in a folder '%.*s=...', as table %.*s is partitioned", f->path,
                             STR_ARG(name), STR_ARG(t->name));
        if (str_eq(text, none)) continue;
        values[i] = fs_unescape(text, a);
    }
    return ST_OK;
}
