/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing and reading checkpoints; the layout is in checkpoint.h. Files are complete and synced before the
 * manifest that names them is renamed into place, and each carries an xxh3 checksum of all its bytes.
 */
#include "exec/checkpoint.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "exec/job.h"
#include "exec/task.h"

#define SNAP_MAGIC "WEIRSNAP"
#define SNAP_VERSION 2
#define SNAP_GATHER_BYTES (64 << 10)
#define MANIFEST_VERSION 1
#define FILES_MAX (JOB_PARALLELISM_MAX + 1)

struct snap_file {
    char name[64];
    uint64_t bytes;
    uint64_t checksum;
};

struct checkpoint_store {
    struct env *env;
    char dir[PATH_MAX - 128];
    int lock_fd;
    json_t *manifest;                  /* of the checkpoint on disk, or NULL */
    uint64_t epoch;                    /* 0 = none */
    struct snap_file files[FILES_MAX]; /* of the checkpoint being written, by worker; sources last */
};

/* A section as read back. */
struct restored {
    struct str key; /* node's key */
    struct snapshot_part part;
};

struct snapshot_restore {
    const struct plan *plan;
    struct arena arena;
    struct outbuf *files; /* whole files, which parts point into */
    uint32_t nfiles;
    struct restored *items;
    uint32_t count;
    bool *finished; /* by plan node */
};

/* ---- keys of nodes ---- */

static struct str own_fingerprint(struct arena *a, const struct plan_node *n) {
    if (n->fingerprint.len) return n->fingerprint;
    return arena_printf(a, "node kind %d, %u columns", n->kind, n->ncols);
}

/* Nodes that exist only to spread work: they hold nothing at a barrier and depend on the parallelism. */
static bool is_stateless_helper(const struct plan_node *n) {
    return n->kind == PLAN_EXCHANGE || n->kind == PLAN_LATE_FILTER ||
           (n->kind == PLAN_WINDOW_AGG && n->window_agg.phase == AGG_LOCAL) ||
           (n->kind == PLAN_GROUP_AGG && n->group_agg.phase == AGG_LOCAL);
}

/* Name of a node's state: its fingerprint, numbered when several nodes have the same. */
static struct str node_key(struct arena *a, const struct plan *plan, const struct plan_node *n) {
    struct str own = own_fingerprint(a, n);
    unsigned same = 0;
    for (uint32_t i = 0; i < n->id; i++) {
        if (is_stateless_helper(plan->nodes[i])) continue;
        same += str_eq(own_fingerprint(a, plan->nodes[i]), own);
    }
    return same ? arena_printf(a, "%.*s #%u", STR_ARG(own), same + 1) : own;
}

/* ---- the folder ---- */

/* checkpoint_open() has checked that dir leaves room for the longest name. */
static void store_path(const struct checkpoint_store *s, char *out, const char *name) {
    size_t n = strlen(s->dir);
    memcpy(out, s->dir, n);
    snprintf(out + n, PATH_MAX - n, "/%s", name);
}

static enum status read_file(struct env *env, const char *path, struct outbuf *o, struct error *e) {
    int fd = env->open(env, path, O_RDONLY, 0);
    if (fd < 0) return env_error(e, "open", path, fd);
    ssize_t n;
    do {
        char *at = outbuf_reserve(o, 1 << 16);
        n = env->read(env, fd, at, 1 << 16);
        if (n > 0) o->len += (size_t)n;
    } while (n > 0);
    env->close(env, fd);
    return n < 0 ? env_error(e, "read", path, (int)n) : ST_OK;
}

/* Checksum of all a manifest says but the checksum itself. */
static void manifest_checksum(json_t *m, char out[20]) {
    json_t *copy = json_copy(m);
    json_object_del(copy, "xxh3");
    char *text = json_dumps(copy, JSON_COMPACT | JSON_SORT_KEYS);
    snprintf(out, 20, "%016" PRIx64, text ? hash_bytes(text, strlen(text)) : 0);
    free(text);
    json_decref(copy);
}

static bool manifest_sound(json_t *m) {
    char sum[20];
    if (!json_is_object(m)) return false;
    manifest_checksum(m, sum);
    const char *said = json_string_value(json_object_get(m, "xxh3"));
    return said && strcmp(sum, said) == 0;
}

static enum status read_manifest(struct checkpoint_store *s, bool *finished, struct error *e) {
    char path[PATH_MAX];
    struct stat st;
    store_path(s, path, "MANIFEST");
    *finished = false;
    int r = s->env->stat(s->env, path, &st);
    if (r == -ENOENT) return ST_OK;
    struct outbuf text = {0};
    if (read_file(s->env, path, &text, e) != ST_OK) {
        outbuf_free(&text);
        return ST_ERROR;
    }
    json_error_t why;
    s->manifest = json_loadb(text.data ? text.data : "", text.len, 0, &why);
    outbuf_free(&text);
    if (!s->manifest) return error_set(e, ERR_STATE, "%s line %d is broken: %s", path, why.line, why.text);
    if (!manifest_sound(s->manifest))
        return error_set(e, ERR_STATE, "%s is broken: the checksum is wrong", path);
    json_int_t version = json_integer_value(json_object_get(s->manifest, "format"));
    if (version != MANIFEST_VERSION)
        return error_set(e, ERR_STATE, "%s has format %" JSON_INTEGER_FORMAT ", this program reads %d", path,
                         version, MANIFEST_VERSION);
    s->epoch = (uint64_t)json_integer_value(json_object_get(s->manifest, "epoch"));
    *finished = json_is_true(json_object_get(s->manifest, "finished"));
    return ST_OK;
}

enum status checkpoint_open(struct env *env, const char *dir, struct checkpoint_store **out, bool *finished,
                            struct error *e) {
    struct checkpoint_store *s = calloc(1, sizeof *s);
    if (!s) mem_exhausted();
    *out = s;
    s->env = env;
    s->lock_fd = -1;
    if (strlen(dir) >= sizeof s->dir) return error_set(e, ERR_IO, "the state folder's path is too long");
    snprintf(s->dir, sizeof s->dir, "%s", dir);
    int r = env_mkdirs(env, dir);
    if (r < 0) return env_error(e, "make the state folder", dir, r);
    char path[PATH_MAX];
    store_path(s, path, "lock");
    s->lock_fd = env->open(env, path, O_RDWR | O_CREAT, 0666);
    if (s->lock_fd < 0) return env_error(e, "open", path, s->lock_fd);
    if (flock(s->lock_fd, LOCK_EX | LOCK_NB) != 0)
        return error_set(e, ERR_STATE, "the state folder %s is used by another running job", dir);
    return read_manifest(s, finished, e);
}

void checkpoint_close(struct checkpoint_store *s) {
    if (!s) return;
    json_decref(s->manifest);
    if (s->lock_fd >= 0) s->env->close(s->env, s->lock_fd);
    free(s);
}

uint64_t checkpoint_epoch(const struct checkpoint_store *s) {
    return s->epoch;
}

uint64_t checkpoint_tag(const struct checkpoint_store *s) {
    char full[PATH_MAX];
    const char *dir = realpath(s->dir, full) ? full : s->dir;
    return hash_bytes(dir, strlen(dir)) | 1;
}

static void remove_folder(struct checkpoint_store *s, const char *name) {
    char path[PATH_MAX];
    store_path(s, path, name);
    DIR *d = opendir(path);
    if (!d) return;
    for (struct dirent *f; (f = readdir(d));) {
        char file[PATH_MAX + 300];
        snprintf(file, sizeof file, "%s/%s", path, f->d_name);
        if (f->d_name[0] != '.') s->env->unlink(s->env, file);
    }
    closedir(d);
    rmdir(path);
}

void checkpoint_clean(struct checkpoint_store *s) {
    char keep[64];
    snprintf(keep, sizeof keep, "chk-%" PRIu64, s->epoch);
    DIR *d = opendir(s->dir);
    if (!d) return;
    for (struct dirent *f; (f = readdir(d));) {
        if (strncmp(f->d_name, "chk-", 4) == 0 && strcmp(f->d_name, keep) != 0) remove_folder(s, f->d_name);
    }
    closedir(d);
}

/* ---- writing ---- */

enum status checkpoint_begin(struct checkpoint_store *s, uint64_t epoch, struct error *e) {
    char name[64], path[PATH_MAX];
    snprintf(name, sizeof name, "chk-%" PRIu64, epoch);
    remove_folder(s, name);
    store_path(s, path, name);
    int r = s->env->mkdir(s->env, path, 0777);
    if (r < 0 && r != -EEXIST) return env_error(e, "make", path, r);
    memset(s->files, 0, sizeof s->files);
    return ST_OK;
}

/* A file being written: small things are gathered, large ones go out as they are. */
struct snap {
    struct env_file file;
    struct outbuf gathered;
    struct hash_stream *sum;
    uint64_t bytes; /* written */
    char name[64];
};

static void snap_write(struct snap *o, const void *p, size_t n) {
    hash_stream_put(o->sum, p, n);
    env_file_put(&o->file, p, n);
    o->bytes += n;
}

static void snap_flush(struct snap *o) {
    if (o->gathered.len) snap_write(o, o->gathered.data, o->gathered.len);
    o->gathered.len = 0;
}

static void snap_begin(struct checkpoint_store *s, struct snap *o, uint64_t epoch, uint32_t worker,
                       const char *name) {
    *o = (struct snap){.sum = hash_stream_new()};
    char path[PATH_MAX], file[96];
    snprintf(o->name, sizeof o->name, "%s", name);
    snprintf(file, sizeof file, "chk-%" PRIu64 "/%s", epoch, name);
    store_path(s, path, file);
    env_file_begin(&o->file, s->env, path);
    outbuf_put(&o->gathered, SNAP_MAGIC, 8);
    outbuf_u32(&o->gathered, SNAP_VERSION);
    outbuf_u64(&o->gathered, epoch);
    outbuf_u32(&o->gathered, worker);
}

static void snap_section(struct snap *o, struct str key, const struct snapshot_part *p) {
    outbuf_u8(&o->gathered, 1);
    outbuf_str(&o->gathered, key);
    outbuf_str(&o->gathered, p->name);
    outbuf_u32(&o->gathered, (uint32_t)p->group);
    outbuf_u64(&o->gathered, p->bytes.len);
    bool large = p->bytes.len >= SNAP_GATHER_BYTES;
    if (!large) outbuf_put(&o->gathered, p->bytes.ptr, p->bytes.len);
    if (large || o->gathered.len >= SNAP_GATHER_BYTES) snap_flush(o);
    if (large) snap_write(o, p->bytes.ptr, p->bytes.len);
}

/* Ends the file and notes it for the manifest; a failure before it (st) removes it. */
static enum status snap_end(struct checkpoint_store *s, struct snap *o, uint32_t index, enum status st,
                            struct error *e) {
    outbuf_u8(&o->gathered, 0);
    snap_flush(o);
    uint64_t checksum = hash_stream_end(o->sum);
    env_file_put(&o->file, &checksum, 8);
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s", o->file.path);
    int r = env_file_end(&o->file, st == ST_OK);
    outbuf_free(&o->gathered);
    if (st != ST_OK) return st;
    if (r < 0) return env_error(e, "write", path, r);
    snprintf(s->files[index].name, sizeof s->files[index].name, "%s", o->name);
    s->files[index].bytes = o->bytes + 8;
    s->files[index].checksum = checksum;
    return ST_OK;
}

static enum status snapshot_node(struct node *n, uint64_t epoch, struct snap *o) {
    const struct plan *plan = n->task->job->config.plan;
    if (n->kind != NODE_OP || is_stateless_helper(n->plan)) return ST_OK;
    struct snapshot_writer *w = snapshot_writer_new();
    enum status st = ST_OK;
    if (n->class == sink_op_class())
        st = sink_node_prepare(n, epoch, snapshot_section(w, "sink", SNAPSHOT_WHOLE));
    else if (n->class->snapshot) st = n->class->snapshot(n->op, &n->ctx, w);
    struct str key = node_key(&n->scratch, plan, n->plan);
    struct snapshot_part p;
    for (uint32_t i = 0; st == ST_OK && snapshot_writer_part(w, i, &p); i++) snap_section(o, key, &p);
    snapshot_writer_free(w);
    return st;
}

enum status checkpoint_write_task(struct checkpoint_store *s, struct task *t, uint64_t epoch) {
    struct snap o;
    char name[64];
    snprintf(name, sizeof name, "worker-%u.snap", t->worker);
    snap_begin(s, &o, epoch, t->worker, name);
    enum status st = ST_OK;
    for (uint32_t i = 0; st == ST_OK && i < t->nnodes; i++) st = snapshot_node(&t->nodes[i], epoch, &o);
    return snap_end(s, &o, t->worker, st, &t->error);
}

static enum status write_sources(struct checkpoint_store *s, struct job *job, uint64_t epoch,
                                 struct error *e) {
    const struct plan *plan = job->config.plan;
    struct snap o;
    struct outbuf one = {0};
    struct arena scratch = {0};
    enum status st = ST_OK;
    snap_begin(s, &o, epoch, 0, "sources.snap");
    for (uint32_t i = 0; st == ST_OK && i < plan->count; i++) {
        if (plan->nodes[i]->kind != PLAN_SCAN) continue;
        one.len = 0;
        job_put_times(job, i, &one);
        st = job->sources[i].class->snapshot(job->sources[i].source, &one, e);
        struct snapshot_part p = {STR("source"), SNAPSHOT_WHOLE, 0, {one.data, one.len}};
        snap_section(&o, node_key(&scratch, plan, plan->nodes[i]), &p);
    }
    outbuf_free(&one);
    arena_free(&scratch);
    return snap_end(s, &o, job->parallelism, st, e);
}

static bool finished_everywhere(const struct job *job, const struct plan_node *p) {
    for (uint32_t w = 0; w < job->parallelism; w++) {
        const struct task *t = &job->tasks[w];
        for (uint32_t i = 0; i < t->nnodes; i++) {
            if (t->nodes[i].plan == p && !t->nodes[i].finished) return false;
        }
    }
    return true;
}

static json_t *make_manifest(struct checkpoint_store *s, struct job *job, uint64_t epoch, bool finished) {
    const struct plan *plan = job->config.plan;
    struct arena a = {0};
    json_t *nodes = json_array(), *files = json_array();
    for (uint32_t i = 0; i < plan->count; i++) {
        if (is_stateless_helper(plan->nodes[i])) continue;
        struct str key = node_key(&a, plan, plan->nodes[i]);
        json_array_append_new(nodes, json_pack("{s:s%, s:b}", "node", key.ptr, key.len, "finished",
                                               finished_everywhere(job, plan->nodes[i])));
    }
    for (uint32_t i = 0; i <= job->parallelism; i++) {
        char sum[20];
        snprintf(sum, sizeof sum, "%016" PRIx64, s->files[i].checksum);
        json_array_append_new(files, json_pack("{s:s, s:I, s:s}", "name", s->files[i].name, "bytes",
                                               (json_int_t)s->files[i].bytes, "xxh3", sum));
    }
    arena_free(&a);
    return json_pack("{s:i, s:I, s:b, s:i, s:o, s:o}", "format", MANIFEST_VERSION, "epoch", (json_int_t)epoch,
                     "finished", finished, "parallelism", (int)job->parallelism, "nodes", nodes, "files",
                     files);
}

enum status checkpoint_finish(struct checkpoint_store *s, struct job *job, uint64_t epoch, bool finished,
                              struct error *e) {
    TRY(write_sources(s, job, epoch, e));
    json_t *m = make_manifest(s, job, epoch, finished);
    char sum[20];
    if (m) {
        manifest_checksum(m, sum);
        json_object_set_new(m, "xxh3", json_string(sum));
    }
    char *text = m ? json_dumps(m, JSON_INDENT(1)) : NULL;
    if (!text) {
        json_decref(m);
        return error_set(e, ERR_STATE, "cannot write the manifest: a node's text is not valid UTF-8");
    }
    char path[PATH_MAX];
    store_path(s, path, "MANIFEST");
    int r = env_write_file(s->env, path, text, strlen(text));
    free(text);
    if (r < 0) {
        json_decref(m);
        return env_error(e, "write", path, r);
    }
    json_decref(s->manifest);
    s->manifest = m;
    s->epoch = epoch;
    return ST_OK;
}

/* ---- reading ---- */

static enum status check_nodes(struct checkpoint_store *s, struct snapshot_restore *r, struct error *e) {
    json_t *nodes = json_object_get(s->manifest, "nodes"), *item;
    size_t i;
    const struct plan *plan = r->plan;
    bool *seen = ARENA_ARRAY(&r->arena, bool, json_array_size(nodes) + 1);
    for (uint32_t n = 0; n < plan->count; n++) {
        if (is_stateless_helper(plan->nodes[n])) continue;
        struct str key = node_key(&r->arena, plan, plan->nodes[n]);
        bool found = false;
        json_array_foreach(nodes, i, item) {
            if (!str_eq(str_of(json_string_value(json_object_get(item, "node"))), key)) continue;
            found = seen[i] = true;
            r->finished[n] = json_is_true(json_object_get(item, "finished"));
        }
        if (found) continue;
        error_set(e, ERR_STATE, "the state in %s is of another query: it has nothing for: %.*s", s->dir,
                  STR_ARG(key));
        return error_hint(e, "use another --state folder, or remove this one to begin anew");
    }
    json_array_foreach(nodes, i, item) {
        if (seen[i]) continue;
        error_set(e, ERR_STATE, "the state in %s is of another query: it also holds: %s", s->dir,
                  json_string_value(json_object_get(item, "node")));
        return error_hint(e, "use another --state folder, or remove this one to begin anew");
    }
    return ST_OK;
}

static enum status broken(const struct checkpoint_store *s, const char *name, const char *why,
                          struct error *e) {
    return error_set(e, ERR_STATE, "the snapshot file %s/chk-%" PRIu64 "/%s is broken: %s", s->dir, s->epoch,
                     name, why);
}

static enum status check_bytes(struct checkpoint_store *s, json_t *said, const char *name,
                               const struct outbuf *file, struct error *e) {
    if (file->len < 32) return broken(s, name, "too short", e);
    uint64_t checksum;
    char sum[20];
    memcpy(&checksum, file->data + file->len - 8, 8);
    if (checksum != hash_bytes(file->data, file->len - 8)) return broken(s, name, "the checksum is wrong", e);
    snprintf(sum, sizeof sum, "%016" PRIx64, checksum);
    const char *expected = json_string_value(json_object_get(said, "xxh3"));
    if (!expected || strcmp(expected, sum) != 0)
        return broken(s, name, "it is not the file the manifest names", e);
    return ST_OK;
}

static enum status read_sections(struct checkpoint_store *s, struct snapshot_restore *r, const char *name,
                                 const struct outbuf *file, struct error *e) {
    struct inbuf in = inbuf_of(file->data, file->len - 8);
    if (memcmp(inbuf_take(&in, 8), SNAP_MAGIC, 8) != 0) return broken(s, name, "not a snapshot", e);
    uint32_t version = inbuf_u32(&in);
    if (version != SNAP_VERSION) return broken(s, name, "of another version of the format", e);
    if (inbuf_u64(&in) != s->epoch) return broken(s, name, "of another checkpoint", e);
    uint32_t worker = inbuf_u32(&in);
    while (inbuf_u8(&in) == 1) {
        ARENA_ONE_MORE(&r->arena, r->items, r->count);
        struct restored *it = &r->items[r->count++];
        it->key = inbuf_str(&in);
        it->part.name = inbuf_str(&in);
        it->part.group = (int)inbuf_u32(&in);
        it->part.worker = worker;
        it->part.bytes.len = inbuf_u64(&in);
        it->part.bytes.ptr = inbuf_take(&in, it->part.bytes.len);
        if (in.bad || it->part.group < SNAPSHOT_SHARED || it->part.group >= KEY_GROUPS)
            return broken(s, name, "a section is cut off", e);
    }
    return in.bad ? broken(s, name, "the end is missing", e) : ST_OK;
}

static enum status read_files(struct checkpoint_store *s, struct snapshot_restore *r, struct error *e) {
    json_t *files = json_object_get(s->manifest, "files"), *item;
    size_t i;
    r->files = calloc(json_array_size(files) + 1, sizeof *r->files);
    if (!r->files) mem_exhausted();
    json_array_foreach(files, i, item) {
        const char *name = json_string_value(json_object_get(item, "name"));
        char path[PATH_MAX], file[256];
        if (!name) return broken(s, "MANIFEST", "a file has no name", e);
        snprintf(file, sizeof file, "chk-%" PRIu64 "/%s", s->epoch, name);
        store_path(s, path, file);
        struct outbuf *o = &r->files[r->nfiles++];
        TRY(read_file(s->env, path, o, e));
        TRY(check_bytes(s, item, name, o, e));
        TRY(read_sections(s, r, name, o, e));
    }
    return ST_OK;
}

enum status checkpoint_load(struct checkpoint_store *s, const struct plan *plan,
                            struct snapshot_restore **out, struct error *e) {
    *out = NULL;
    if (s->epoch == 0) return ST_OK;
    struct snapshot_restore *r = calloc(1, sizeof *r);
    if (!r) mem_exhausted();
    *out = r;
    r->plan = plan;
    r->finished = ARENA_ARRAY(&r->arena, bool, plan->count + 1);
    TRY(check_nodes(s, r, e));
    return read_files(s, r, e);
}

void snapshot_restore_free(struct snapshot_restore *r) {
    if (!r) return;
    for (uint32_t i = 0; i < r->nfiles; i++) outbuf_free(&r->files[i]);
    free(r->files);
    arena_free(&r->arena);
    free(r);
}

struct snapshot_reader *snapshot_restore_reader(struct snapshot_restore *r, const struct plan_node *node,
                                                uint32_t worker, uint32_t parallelism) {
    struct str key = node_key(&r->arena, r->plan, node);
    struct snapshot_part *parts = ARENA_ARRAY(&r->arena, struct snapshot_part, r->count + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        if (str_eq(r->items[i].key, key)) parts[n++] = r->items[i].part;
    }
    return snapshot_reader_new(parts, n, worker, parallelism);
}

bool snapshot_restore_finished(const struct snapshot_restore *r, const struct plan_node *node) {
    return r->finished[node->id];
}

bool snapshot_restore_source(const struct snapshot_restore *r, const struct plan_node *node,
                             struct inbuf *in) {
    struct arena scratch = {0};
    struct str key = node_key(&scratch, r->plan, node);
    bool found = false;
    for (uint32_t i = 0; i < r->count && !found; i++) {
        if (!str_eq(r->items[i].key, key) || !str_eq(r->items[i].part.name, STR("source"))) continue;
        *in = inbuf_of(r->items[i].part.bytes.ptr, r->items[i].part.bytes.len);
        found = true;
    }
    arena_free(&scratch);
    return found;
}
