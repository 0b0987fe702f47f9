/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzes the reading of checkpoints: a job is stopped in its middle, its snapshot is changed behind right
 * checksums, and the job goes on from it, which must end or say why not. The input: the query, the number of
 * workers, then edits of 8 bytes and more: file, how, place (2), length (2), bytes that overwrite, go in, or
 * are left out. Everything is in one folder under /dev/shm or /tmp.
 */
#define _XOPEN_SOURCE 700 /* nftw */
#include <ftw.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/serial.h"
#include "tests/support/run_sql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes);

#define FILES_MAX 4
#define PATH_BYTES 2000
#define TABLES                                                                                               \
    "CREATE TABLE a (id BIGINT, k INT, g STRING, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - "      \
    "INTERVAL '10'"                                                                                         \
    " SECOND) WITH ('connector' = 'filesystem', 'path' = '${DIR}/a.csv', 'format' = 'csv', "                \
    "'csv.null-literal' = '');"                                                                             \
    "CREATE TABLE r (k INT, v BIGINT, ts TIMESTAMP(3), WATERMARK FOR ts AS ts, PRIMARY KEY (k) NOT "        \
    "ENFORCED)"                                                                                             \
    " WITH ('connector' = 'filesystem', 'path' = '${DIR}/r.csv', 'format' = 'csv');"                        \
    "CREATE TABLE o (k INT, s STRING) PARTITIONED BY (k) WITH ('connector' = 'filesystem', 'path' = "       \
    "'${DIR}/out',"                                                                                         \
    " 'format' = 'csv');"

static const char *const queries[] = {
    TABLES "SELECT k, COUNT(*), SUM(v), MIN(v), MAX(g), COUNT(DISTINCT g), AVG(v) FROM a GROUP BY k;",
    TABLES "SELECT window_start, k, COUNT(*), SUM(v), COUNT(DISTINCT g) FROM TABLE(TUMBLE(TABLE a, "
           "DESCRIPTOR(ts),"
           " INTERVAL '20' SECOND)) GROUP BY window_start, window_end, k;",
    TABLES "SELECT window_end, MAX(g) FROM TABLE(HOP(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND, "
           "INTERVAL '1' MINUTE))"
           " GROUP BY window_start, window_end;",
    TABLES "SELECT k, id, g, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts) AS n "
           "FROM a) WHERE n = 1;",
    TABLES "SELECT k, id, g, ts FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY k ORDER BY ts DESC) "
           "AS n FROM a) WHERE n = 1;",
    TABLES "SELECT x.id, r.v, x.g FROM a AS x LEFT JOIN r ON x.k = r.k;",
    TABLES "SELECT x.k, x.c, y.c AS yc FROM (SELECT k, COUNT(*) AS c FROM a GROUP BY k) AS x LEFT JOIN"
           " (SELECT k, COUNT(*) AS c FROM r GROUP BY k) AS y ON x.k = y.k;",
    TABLES "SELECT x.id, x.k, r.v FROM a AS x LEFT JOIN r FOR SYSTEM_TIME AS OF x.ts AS r ON x.k = r.k;",
    TABLES "SELECT * FROM a ORDER BY ts;",
    TABLES "SELECT c, COUNT(*), MAX(s) FROM (SELECT k, COUNT(*) AS c, SUM(v) AS s FROM a GROUP BY k) "
           "GROUP BY c;",
    TABLES "SELECT DISTINCT g, k FROM a UNION ALL SELECT CAST(v AS STRING), k FROM r;",
    TABLES "INSERT INTO o SELECT k, g FROM a;",
    TABLES "SELECT * FROM a LIMIT 150;",
};

struct base {
    bool made;
    json_t *manifest;
    struct outbuf files[FILES_MAX]; /* as the manifest names them */
    size_t count;
};

/* What lives as long as the process. */
static struct world {
    char dir[100];
    struct base bases[ARRAY_LEN(queries)];
} *world(void) {
    static struct world w;
    return &w;
}

static void fail(const char *what, const char *more) {
    fprintf(stderr, "%s: %s\n", what, more);
    abort();
}

static void path_of(char out[PATH_BYTES], const char *name, uint64_t epoch, const char *file) {
    if (epoch) snprintf(out, PATH_BYTES, "%s/%s/chk-%" PRIu64 "/%s", world()->dir, name, epoch, file);
    else snprintf(out, PATH_BYTES, "%s/%s/%s", world()->dir, name, file);
}

static void write_file(const char *path, const void *data, size_t len) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(data, 1, len, f) != len || fclose(f) != 0) fail("cannot write", path);
}

static void make_tables(void) {
    struct outbuf a = {0}, r = {0};
    char line[200], path[PATH_BYTES];
    for (unsigned i = 0; i < 400; i++) {
        unsigned at = i * 700 - (i % 5 == 0 ? 9000 * (i % 3) * (i > 40) : 0), k = i * 7 % 13;
        int n = snprintf(line, sizeof line, "%u,%u,%s%u,%d,2026-01-01 00:%02u:%02u.%03u\n", i, k,
                         i % 4 ? "z" : "a text that is longer than twelve bytes", i % 9, (int)(i % 17) - 8,
                         at / 60000, at / 1000 % 60, at % 1000);
        outbuf_put(&a, line, (size_t)n);
        if (i % 4) continue;
        n = snprintf(line, sizeof line, "%u,%u,2026-01-01 00:%02u:%02u.000\n", k, i, at / 60000,
                     at / 1000 % 60);
        outbuf_put(&r, line, (size_t)n);
    }
    path_of(path, ".", 0, "a.csv");
    write_file(path, a.data, a.len);
    path_of(path, ".", 0, "r.csv");
    write_file(path, r.data, r.len);
    outbuf_free(&a);
    outbuf_free(&r);
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *at) {
    (void)st, (void)flag, (void)at;
    remove(path);
    return 0;
}

static void remove_state(void) {
    char path[PATH_BYTES];
    path_of(path, "state", 0, "");
    nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void begin_world(void) {
    if (world()->dir[0]) return;
    const char *where = access("/dev/shm", W_OK) ? "/tmp" : "/dev/shm";
    snprintf(world()->dir, sizeof world()->dir, "%s/weir-fuzz-XXXXXX", where);
    if (!mkdtemp(world()->dir)) fail("cannot make", world()->dir);
    make_tables();
}

static void end_world(void) __attribute__((destructor));
static void end_world(void) {
    if (!world()->dir[0]) return;
    nftw(world()->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        json_decref(world()->bases[i].manifest);
        for (size_t k = 0; k < FILES_MAX; k++) outbuf_free(&world()->bases[i].files[k]);
    }
}

/* Runs the query on DIR/state. */
static enum weir_status run(size_t query, const char *workers, const char *stop, struct weir_error **e) {
    char state[PATH_BYTES];
    struct weir_session *s;
    struct weir_run_options options = WEIR_RUN_INIT;
    if (weir_open(NULL, &s, NULL) != WEIR_OK) abort();
    path_of(state, "state", 0, "");
    options.state_dir = state;
    weir_define(s, "DIR", world()->dir, NULL);
    const char *const settings[][2] = {{"weir.source.chunk-bytes", "2000"},
                                       {"weir.batch.rows", "32"},
                                       {"execution.runtime-mode", "streaming"},
                                       {"weir.state.memory-limit", "64 mb"},
                                       {"weir.test.stop-after-chunks", stop},
                                       {"parallelism.default", workers}};
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        if (weir_set(s, settings[i][0], settings[i][1], e) != WEIR_OK) fail("SET", weir_error_text(*e));
    }
    enum weir_status st = run_sql(s, queries[query], WEIR_WHOLE, &options, NULL, NULL, e);
    weir_close(s);
    return st;
}

static uint64_t epoch_of(json_t *manifest) {
    return (uint64_t)json_integer_value(json_object_get(manifest, "epoch"));
}

static void read_snap(struct base *b, json_t *item) {
    char path[PATH_BYTES];
    path_of(path, "state", epoch_of(b->manifest), json_string_value(json_object_get(item, "name")));
    FILE *f = fopen(path, "rb");
    if (!f || b->count == FILES_MAX) fail("cannot read", path);
    struct outbuf *o = &b->files[b->count++];
    o->len = fread(outbuf_reserve(o, 1 << 20), 1, 1 << 20, f);
    fclose(f);
}

static struct base *base_of(size_t query) {
    struct base *b = &world()->bases[query];
    struct weir_error *e = NULL;
    char path[PATH_BYTES];
    if (b->made) return b;
    remove_state();
    if (run(query, "1", "4", &e) != WEIR_OK) fail(queries[query], weir_error_text(e));
    json_error_t why;
    path_of(path, "state", 0, "MANIFEST");
    b->manifest = json_load_file(path, 0, &why);
    if (!b->manifest) fail(path, why.text);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(b->manifest, "files"), i, item) read_snap(b, item);
    b->made = true;
    return b;
}

struct edits {
    const uint8_t *p, *end;
};

/* One edit of the file if it is that one's; false behind the last. */
static bool edit(struct edits *ed, size_t file, struct outbuf *o) {
    if (ed->end - ed->p < 8) return false;
    const uint8_t *p = ed->p;
    size_t at = (size_t)(p[2] | p[3] << 8), n = (size_t)(p[4] | p[5] << 8), len = o->len - 8;
    size_t given = p[6] < ed->end - p - 7 ? p[6] : (size_t)(ed->end - p - 7);
    const uint8_t *bytes = p + 7;
    ed->p = bytes + given;
    if (p[0] % FILES_MAX != file || len == 0) return true;
    at %= len;
    size_t cut = p[1] % 3 == 0 ? given : p[1] % 3 == 1 ? 0 : n % 100;
    if (cut > len - at) cut = len - at;
    outbuf_reserve(o, given);
    memmove(o->data + at + given, o->data + at + cut, len - at - cut);
    memcpy(o->data + at, bytes, given);
    o->len = len - cut + given + 8;
    return true;
}

static void put_manifest(json_t *m) {
    char sum[20], path[PATH_BYTES];
    json_object_del(m, "xxh3");
    char *text = json_dumps(m, JSON_COMPACT | JSON_SORT_KEYS);
    snprintf(sum, sizeof sum, "%016" PRIx64, hash_bytes(text, strlen(text)));
    free(text);
    json_object_set_new(m, "xxh3", json_string(sum));
    text = json_dumps(m, 0);
    path_of(path, "state", 0, "MANIFEST");
    write_file(path, text, strlen(text));
    free(text);
}

static void put_state(const struct base *b, const uint8_t *p, const uint8_t *end) {
    char path[PATH_BYTES];
    json_t *m = json_deep_copy(b->manifest), *files = json_object_get(m, "files");
    uint64_t epoch = epoch_of(m);
    path_of(path, "state", 0, "");
    mkdir(path, 0777);
    path_of(path, "state", epoch, "");
    mkdir(path, 0777);
    for (size_t i = 0; i < b->count; i++) {
        char sum[20];
        struct outbuf o = {0};
        struct edits ed = {p, end};
        outbuf_put(&o, b->files[i].data, b->files[i].len);
        while (edit(&ed, i, &o)) {}
        uint64_t checksum = hash_bytes(o.data, o.len - 8);
        memcpy(o.data + o.len - 8, &checksum, 8);
        json_t *item = json_array_get(files, i);
        snprintf(sum, sizeof sum, "%016" PRIx64, checksum);
        json_object_set_new(item, "xxh3", json_string(sum));
        json_object_set_new(item, "bytes", json_integer((json_int_t)o.len));
        path_of(path, "state", epoch, json_string_value(json_object_get(item, "name")));
        write_file(path, o.data, o.len);
        outbuf_free(&o);
    }
    put_manifest(m);
    json_decref(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len_bytes) {
    static const char *const workers[] = {"1", "2", "3"};
    struct weir_error *e = NULL;
    if (len_bytes < 2) return 0;
    begin_world();
    size_t query = data[0] % ARRAY_LEN(queries);
    const struct base *b = base_of(query);
    remove_state();
    put_state(b, data + 2, data + len_bytes);
    enum weir_status st = run(query, workers[data[1] % ARRAY_LEN(workers)], "0", &e);
    if (st != WEIR_OK && (!e || !weir_error_text(e)[0])) fail("no reason is given", queries[query]);
    if (st != WEIR_OK && len_bytes < 9) fail(queries[query], weir_error_text(e));
    weir_error_free(e);
    return 0;
}
