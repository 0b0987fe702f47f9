/* SPDX-License-Identifier: Apache-2.0
 *
 * What columns a table's files have. The first file that is not empty tells, by its first bytes: the format
 * looks at a sample, which grows while that is too little to say anything. The format itself is known by the
 * name of the first file.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "connectors/filesystem/filesystem.h"
#include "formats/guess.h"

#define SAMPLE_BYTES ((size_t)1 << 20)
#define SAMPLE_BYTES_MAX ((size_t)16 << 20)

/* ---- no such file ---- */

/* The name in that folder that is most like it, or "". */
static struct str nearest_name(const char *folder, struct str name, struct arena *a) {
    struct str best = {"", 0};
    unsigned far = str_too_far(name);
    DIR *dir = opendir(folder);
    for (const struct dirent *d; dir && (d = readdir(dir));) {
        if (d->d_name[0] == '.') continue;
        unsigned distance = str_distance(name, str_of(d->d_name), far + 1);
        bool better = distance < far || (distance == far && best.len && strcmp(d->d_name, best.ptr) < 0);
        if (!better) continue;
        far = distance;
        best = arena_str(a, str_of(d->d_name));
    }
    if (dir) closedir(dir);
    return best;
}

static enum status no_file(struct env *env, const char *path, struct arena *a, struct error *e) {
    const char *name = fs_file_name(path);
    int before = (int)(name - path);
    const char *folder = before > 1    ? arena_printf(a, "%.*s", before - 1, path).ptr
                         : before == 1 ? "/"
                                       : ".";
    struct stat st;
    error_set(e, ERR_UNKNOWN_TABLE, "there is no file '%s'", path);
    if (env->stat(env, folder, &st) < 0) return error_hint(e, "there is no folder '%s'", folder);
    struct str near = nearest_name(folder, str_of(name), a);
    if (near.len == 0) return ST_ERROR;
    return error_hint(e, "did you mean '%.*s%.*s'?", before, path, STR_ARG(near));
}

static enum status find_files(struct env *env, const char *path, struct arena *a, struct fs_files *out,
                              struct error *e) {
    struct stat st;
    if (fs_is_stdio(path))
        return error_set(e, ERR_UNSUPPORTED, "columns cannot be inferred from standard input: declare them");
    int r = env->stat(env, path, &st);
    bool missing = r == -ENOENT || r == -ENOTDIR, pattern = strpbrk(path, "*?[") != NULL;
    if (missing && !pattern) return no_file(env, path, a, e);
    if (fs_list(path, a, out, e) != ST_OK) {
        if (missing) e->code = ERR_UNKNOWN_TABLE;
        return ST_ERROR;
    }
    if (out->count) return ST_OK;
    return error_set(e, ERR_UNKNOWN_TABLE, "there are no files in '%s'", path);
}

/* ---- the format ---- */

static bool ends_with(struct str s, const char *end) {
    struct str tail = str_of(end);
    return s.len > tail.len && str_ieq(str_sub(s, s.len - tail.len, tail.len), tail);
}

static enum status format_of_name(const char *path, struct inferred *out, struct error *e) {
    static const struct {
        const char *end;
        const char *format;
    } ends[] = {{".avro", "avro"}, {".csv", "csv"},   {".tsv", "csv"},
                {".json", "json"}, {".ndjson", "json"}, {".jsonl", "json"}};
    static const char *const packed[] = {".bz2", ".xz", ".lz4", ".zip", ".7z", ".br"};
    static const char *const later[] = {"parquet", "orc"};
    struct str name = str_of(fs_file_name(path));
    if (ends_with(name, ".gz")) name.len -= 3;
    else if (ends_with(name, ".zst")) name.len -= 4;
    for (size_t i = 0; i < ARRAY_LEN(ends); i++) {
        out->format = str_of(ends[i].format);
        if (ends_with(name, ends[i].end)) return ST_OK;
    }
    for (size_t i = 0; i < ARRAY_LEN(packed); i++) {
        if (ends_with(name, packed[i]))
            return error_set(e, ERR_UNSUPPORTED, "file '%s': packed files are read as .gz and .zst only",
                             path);
    }
    for (size_t i = 0; i < ARRAY_LEN(later); i++) {
        if (name.len > strlen(later[i]) && ends_with(name, later[i]))
            return error_set(e, ERR_UNSUPPORTED, "file '%s': format '%s' is not supported yet", path,
                             later[i]);
    }
    error_set(e, ERR_INVALID_OPTION, "the name of file '%s' does not tell its format", path);
    return error_hint(e, "the option 'format' tells it, also in a hint: /*+ OPTIONS('format' = 'csv') */");
}

/* ---- columns ---- */

/* What a look takes out of a pipe would be missing afterwards. */
static enum status not_a_file(struct error *e) {
    return error_set(e, ERR_UNSUPPORTED, "columns cannot be inferred from a pipe or device: declare them");
}

struct sample {
    struct fs_stream *stream;
    char *data; /* SAMPLE_PAD more bytes than cap */
    size_t len, cap;
    bool eof;
};

/* Reads up to `cap` bytes of the file. */
static enum status fill(struct sample *s, size_t cap, struct error *e) {
    char *data = realloc(s->data, cap + SAMPLE_PAD);
    if (!data) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    s->data = data;
    s->cap = cap;
    while (s->len < cap && !s->eof) {
        size_t got;
        enum stream_result r = fs_stream_read(s->stream, s->data + s->len, cap - s->len, &got, e);
        if (r == STREAM_FAIL) return ST_ERROR;
        if (r == STREAM_WAIT) return not_a_file(e);
        s->len += got;
        s->eof = got == 0;
    }
    memset(s->data + s->len, '\n', SAMPLE_PAD);
    return ST_OK;
}

static enum status look(const struct infer_request *r, struct sample *s, const char *path, struct arena *a,
                        struct inferred *out, struct error *e) {
    const struct format_class *format = format_class_of(r->format);
    struct format_config config = {
        .options = r->options, .prefix = arena_str(a, r->format_prefix).ptr, .in_file = true, .where = path};
    for (size_t cap = SAMPLE_BYTES;; cap *= 4) {
        TRY(fill(s, cap, e));
        if (s->len == 0) return ST_OK;
        struct format_sample sample = {.data = s->data, .len = s->len, .whole = s->eof, .header = r->header};
        *out = (struct inferred){0};
        if (format->infer(&config, &sample, a, out, e) != ST_OK) {
            if (sample.line) error_prefix(e, "file '%s', line %llu: ", path, (unsigned long long)sample.line);
            else error_prefix(e, "file '%s': ", path);
            return ST_ERROR;
        }
        if (!sample.more) return ST_OK;
        if (cap >= SAMPLE_BYTES_MAX)
            return error_set(e, ERR_DECODE, "file '%s': its first record is longer than %zu bytes", path,
                             cap);
    }
}

/* The columns by that file; none if it is empty. */
static enum status look_into(struct env *env, const struct infer_request *r, const char *path,
                             struct arena *a, struct inferred *out, struct error *e) {
    struct sample s = {0};
    struct stat st_file;
    if (env->stat(env, path, &st_file) == 0 && !S_ISREG(st_file.st_mode)) return not_a_file(e);
    TRY(fs_stream_open(env, path, &s.stream, e));
    enum status st = look(r, &s, path, a, out, e);
    free(s.data);
    fs_stream_close(s.stream);
    return st;
}

/* ---- partitions ---- */

/* Where the folders of the table begin in the paths of its files: behind the table's own, or at a glob. */
static size_t table_folder(const char *path, const char *file) {
    size_t len = strlen(path), glob = strcspn(path, "*?[");
    if (strncmp(file, path, len) == 0) return len + (file[len] == '/');
    while (glob && path[glob - 1] != '/') glob--;
    return glob;
}

static bool is_column(const struct inferred *found, struct str name) {
    for (uint32_t i = 0; i < found->columns.count; i++) {
        if (str_eq(found->columns.fields[i].name, name)) return true;
    }
    return false;
}

static bool all_have(const struct fs_files *files, struct str name, struct arena *a) {
    struct str value;
    for (uint32_t i = 0; i < files->count; i++) {
        if (!fs_partition_value(files->items[i].path, name, a, &value)) return false;
    }
    return true;
}

/* The names in folders NAME=VALUE that all files have, and that are no columns. */
static uint32_t name_partitions(const struct fs_files *files, const char *path, const struct inferred *found,
                                struct arena *a, struct str **out) {
    const char *at = files->items[0].path + table_folder(path, files->items[0].path);
    uint32_t count = 0;
    *out = NULL;
    for (const char *slash; (slash = strchr(at, '/')); at = slash + 1) {
        const char *equal = memchr(at, '=', (size_t)(slash - at));
        if (!equal || equal == at) continue;
        struct str name = fs_unescape((struct str){at, (size_t)(equal - at)}, a);
        bool again = is_column(found, name);
        for (uint32_t i = 0; i < count; i++) again |= str_eq((*out)[i], name);
        if (again || !all_have(files, name, a)) continue;
        ARENA_ONE_MORE(a, *out, count);
        (*out)[count++] = name;
    }
    return count;
}

/* Adds the column, of the type that all its values have. */
static enum status add_partition(const struct infer_request *r, const struct fs_files *files, struct str name,
                                 struct arena *a, struct inferred *out, struct error *e) {
    struct str none = option_str(r->options, "", fs_options, "partition.default-name"), value;
    struct guess g = {0};
    if (is_column(out, name))
        return error_set(e, ERR_DUPLICATE_OBJECT, "partition column '%.*s' is in the files as well",
                         STR_ARG(name));
    for (uint32_t i = 0; i < files->count; i++) {
        if (!fs_partition_value(files->items[i].path, name, a, &value))
            return error_set(e, ERR_IO, "file '%s' is not in a folder '%.*s=..'", files->items[i].path,
                             STR_ARG(name));
        if (!str_eq(value, none)) guess_field(&g, value);
    }
    ARENA_ONE_MORE(a, out->columns.fields, out->columns.count);
    out->columns.fields[out->columns.count++] = (struct field){name, guess_type(&g, false, a)};
    out->npartitions++;
    return ST_OK;
}

static enum status add_partitions(const struct infer_request *r, const struct fs_files *files,
                                  const char *path, struct arena *a, struct inferred *out, struct error *e) {
    const struct str *names = r->partitions;
    struct str *found;
    uint32_t n = r->npartitions;
    if (r->find_partitions) {
        n = name_partitions(files, path, out, a, &found);
        names = found;
    }
    /* ARENA_ONE_MORE grows arrays that it has made itself */
    struct field *fields = NULL;
    uint32_t count = 0;
    for (; n && count < out->columns.count; count++) {
        ARENA_ONE_MORE(a, fields, count);
        fields[count] = out->columns.fields[count];
    }
    if (n) out->columns.fields = fields;
    for (uint32_t i = 0; i < n; i++) TRY(add_partition(r, files, names[i], a, out, e));
    return ST_OK;
}

enum status fs_infer(struct env *env, const struct infer_request *r, struct arena *a, struct inferred *out,
                     struct error *e) {
    const char *path = fs_path(r->options, a);
    struct fs_files files = {0};
    TRY(find_files(env, path, a, &files, e));
    if (!r->format) return format_of_name(files.items[0].path, out, e);
    const struct format_class *format = format_class_of(r->format);
    if (!format || !format->infer)
        return error_set(e, ERR_UNSUPPORTED, "files of format '%s' do not tell their columns: declare them",
                         r->format->name);
    for (uint32_t i = 0; i < files.count && out->columns.count == 0; i++)
        TRY(look_into(env, r, files.items[i].path, a, out, e));
    if (out->columns.count) return add_partitions(r, &files, path, a, out, e);
    return error_set(e, ERR_DECODE, "%s '%s' %s, so there are no columns to infer",
                     files.count == 1 ? "file" : "all files of", path,
                     files.count == 1 ? "is empty" : "are empty");
}
