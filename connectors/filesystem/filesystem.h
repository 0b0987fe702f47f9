/* SPDX-License-Identifier: Apache-2.0
 *
 * The filesystem connector: what its files share. desc.c has options and checks, list.c finds files, infer.c
 * looks into them for columns, stream.c reads one (plain, gzip, zstd, standard input), source.c shares files
 * among readers, sink.c and part.c write.
 */
#ifndef WEIR_CONNECTORS_FILESYSTEM_H
#define WEIR_CONNECTORS_FILESYSTEM_H

#include "connectors/builtin.h"

extern const struct option_def fs_options[];
extern const struct source_class fs_source_class;
extern const struct sink_class fs_sink_class;

/* The path without file://, NUL-terminated. */
const char *fs_path(const struct options *o, struct arena *a);
static inline bool fs_is_stdio(const char *path) {
    return path[0] == '-' && path[1] == '\0';
}

/* ---- finding files ---- */

struct fs_file {
    const char *path;
    uint64_t size_bytes;          /* at the start */
    int64_t mtime_us;             /* time of its last change */
    const struct str *partition;  /* text of each partition column; ptr NULL = NULL */
};
struct fs_files {
    uint32_t count;
    struct fs_file *items;
};

/* The files that `path` (file, folder or glob) stands for, in order of their names. Folders are searched to
 * any depth; what begins with '.' or '_' is left out. */
enum status fs_list(const char *path, struct arena *a, struct fs_files *out, struct error *e);
/* Fills partition of a file from the folders key=value in its path. */
enum status fs_partition_values(const struct plan_table *t, struct fs_file *f, struct arena *a,
                                struct error *e);
/* The value of that column in the folders of a path; false if there is none. */
bool fs_partition_value(const char *path, struct str name, struct arena *a, struct str *value);
/* The last part of a path. */
const char *fs_file_name(const char *path);
/* Text of a partition value in a folder's name, and back: %XX for what a name cannot hold. */
struct str fs_escape(struct str value, struct arena *a);
struct str fs_unescape(struct str name, struct arena *a);

/* ---- columns found in files (infer.c) ---- */

enum status fs_infer(struct env *env, const struct infer_request *r, struct arena *a, struct inferred *out,
                     struct error *e);

/* ---- reading one file ---- */

struct fs_stream;
enum stream_result { STREAM_OK, STREAM_WAIT, STREAM_FAIL };

enum status fs_stream_open(struct env *env, const char *path, struct fs_stream **out, struct error *e);
/* Up to `room` bytes of content (unpacked); *got 0 = the end. STREAM_WAIT: a pipe has nothing at present. */
enum stream_result fs_stream_read(struct fs_stream *s, char *p, size_t room, size_t *got, struct error *e);
/* Goes on at that offset of the content (plain files: at once; packed ones are read up to there). */
enum status fs_stream_seek(struct fs_stream *s, uint64_t offset, struct error *e);
/* Bytes read from the file since the last call. */
uint64_t fs_stream_taken(struct fs_stream *s);
void fs_stream_close(struct fs_stream *s);

#endif
