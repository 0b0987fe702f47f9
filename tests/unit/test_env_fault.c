/* SPDX-License-Identifier: Apache-2.0
 *
 * A whole job whose files fail: every write, sync, rename and creation in turn, whole or torn, and a disk
 * that is full at every size. After the failure it is started again, and what it has written must be what it
 * writes without faults. Checkpoints are forced by stopping after so many chunks, so that every run makes the
 * same calls.
 */
#include <criterion/criterion.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/env_fault.h"
#include "engine/session.h"
#include "tests/support/run_sql.h"

static const char job_sql[] =
    "CREATE TABLE plays (id BIGINT, kind STRING, ts TIMESTAMP(3), WATERMARK FOR ts AS ts - INTERVAL '5' "
    "SECOND)\n"
    "WITH ('connector' = 'filesystem', 'path' = '${DIR}/in.csv', 'format' = 'csv');\n"
    "CREATE TABLE copies (id BIGINT, kind STRING) WITH ('connector' = 'filesystem', 'path' = "
    "'${DIR}/copies',\n"
    "  'format' = 'csv');\n"
    "CREATE TABLE windows (w TIMESTAMP(3), kind STRING, n BIGINT) WITH ('connector' = 'filesystem',\n"
    "  'path' = '${DIR}/windows', 'format' = 'csv');\n"
    "EXECUTE STATEMENT SET BEGIN\n"
    "INSERT INTO copies SELECT id, kind FROM plays;\n"
    "INSERT INTO windows SELECT window_start, kind, COUNT(*) FROM TABLE(TUMBLE(TABLE plays, DESCRIPTOR(ts),\n"
    "  INTERVAL '10' SECOND)) GROUP BY window_start, window_end, kind;\n"
    "END;\n";

struct place {
    char dir[64];
    struct env machine; /* the real one */
    char error[1024];   /* of the last run; empty: none */
    char *expected;     /* the rows without faults */
};

static void place_open(struct place *p) {
    *p = (struct place){.dir = "/tmp/weir-fault-XXXXXX", .machine = env_real};
    cr_assert(mkdtemp(p->dir));
    char path[128];
    snprintf(path, sizeof path, "%s/in.csv", p->dir);
    FILE *f = fopen(path, "w");
    cr_assert(f);
    for (int i = 0; i < 60; i++)
        fprintf(f, "%d,%s,2024-01-01 00:00:%02d.000\n", i, i % 3 ? "start" : "stop", i - i % 4 + (i % 2));
    fclose(f);
}

static void remove_below(const char *path) {
    DIR *d = opendir(path);
    if (d) {
        for (struct dirent *f; (f = readdir(d));) {
            char file[512];
            if (strcmp(f->d_name, ".") == 0 || strcmp(f->d_name, "..") == 0) continue;
            snprintf(file, sizeof file, "%s/%s", path, f->d_name);
            remove_below(file);
        }
        closedir(d);
    }
    remove(path);
}

static void clean(struct place *p) {
    static const char *const names[] = {"state", "copies", "windows"};
    for (unsigned i = 0; i < ARRAY_LEN(names); i++) {
        char path[128];
        snprintf(path, sizeof path, "%s/%s", p->dir, names[i]);
        remove_below(path);
    }
}

static void place_close(struct place *p) {
    remove_below(p->dir);
    free(p->expected);
}

/* One start of the job: it stops after some chunks, with a checkpoint. */
static bool start(struct place *p, struct env *env, enum weir_end_kind *end) {
    char state[128];
    snprintf(state, sizeof state, "%s/state", p->dir);
    struct weir_session *s;
    struct weir_error *e = NULL;
    struct weir_run_options options = WEIR_RUN_INIT;
    options.state_dir = state;
    cr_assert_eq(session_open(NULL, env, &s, NULL), WEIR_OK);
    weir_define(s, "DIR", p->dir, NULL);
    weir_set(s, "weir.source.chunk-bytes", "300", NULL);
    weir_set(s, "weir.test.stop-after-chunks", "2", NULL);
    enum weir_status st = run_sql(s, job_sql, WEIR_WHOLE, &options, NULL, end, &e);
    snprintf(p->error, sizeof p->error, "%s", weir_error_text(e));
    if (st != WEIR_OK) cr_assert_str_eq(weir_error_name(e), "IO", "%s", p->error);
    weir_error_free(e);
    weir_close(s);
    return st == WEIR_OK;
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All published rows of both tables, sorted, as one text; a hidden file that is left is a row too. */
static char *read_rows(const struct place *p) {
    char *lines[512];
    size_t n = 0, len = 1;
    static const char *const tables[] = {"copies", "windows"};
    for (unsigned t = 0; t < ARRAY_LEN(tables); t++) {
        char path[512], line[256];
        snprintf(path, sizeof path, "%s/%s", p->dir, tables[t]);
        DIR *d = opendir(path);
        for (struct dirent *f; d && (f = readdir(d));) {
            if (strcmp(f->d_name, ".") == 0 || strcmp(f->d_name, "..") == 0) continue;
            if (f->d_name[0] == '.') lines[n++] = strdup("hidden file\n");
            if (f->d_name[0] == '.') continue;
            snprintf(path, sizeof path, "%s/%s/%s", p->dir, tables[t], f->d_name);
            FILE *in = fopen(path, "r");
            while (in && n < ARRAY_LEN(lines) && fgets(line, sizeof line, in)) lines[n++] = strdup(line);
            if (in) fclose(in);
        }
        if (d) closedir(d);
    }
    qsort(lines, n, sizeof *lines, by_text);
    for (size_t i = 0; i < n; i++) len += strlen(lines[i]);
    char *all = calloc(1, len);
    for (size_t i = 0, at = 0; i < n; i++) {
        size_t k = strlen(lines[i]);
        memcpy(all + at, lines[i], k);
        at += k;
        free(lines[i]);
    }
    return all;
}

/* Runs with the faults until one strikes, then without until the end; gives how many struck. */
static int64_t run_to_end(struct place *p, struct env_fault *f) {
    struct env_fault calm;
    env_fault_init(&calm, &p->machine);
    clean(p);
    struct env *env = &f->env;
    for (int i = 0; i < 100; i++) {
        enum weir_end_kind end = WEIR_STOPPED;
        if (!start(p, env, &end)) {
            cr_assert_neq(atomic_load(&f->failed), 0, "failed without a fault: %s", p->error);
            cr_assert(strstr(p->error, strerror(f->disk_bytes ? ENOSPC : f->error)), "%s", p->error);
            env = &calm.env;
        } else if (end == WEIR_FINISHED || end == WEIR_WAS_FINISHED) {
            return atomic_load(&f->failed);
        }
    }
    cr_assert_fail("the job does not come to its end: %s", p->error);
    return 0;
}

static int64_t count_calls(struct place *p, unsigned kinds, int64_t *written) {
    struct env_fault f;
    env_fault_init(&f, &p->machine);
    f.kinds = kinds;
    cr_assert_eq(run_to_end(p, &f), 0);
    if (!p->expected) p->expected = read_rows(p);
    if (written) *written = atomic_load(&f.written);
    return atomic_load(&f.calls);
}

static void expect_same(struct place *p, const char *what, int64_t at) {
    char *rows = read_rows(p);
    cr_assert_str_eq(rows, p->expected, "%s at %lld: other rows than without faults", what, (long long)at);
    free(rows);
}

static void each_call(unsigned kinds, bool torn, int error, int64_t count, int64_t step, const char *what) {
    struct place p;
    place_open(&p);
    int64_t calls = count_calls(&p, kinds, NULL), struck = 0, tried = 0;
    cr_assert_gt(calls, 5);
    for (int64_t at = 1; at <= calls; at += step, tried++) {
        struct env_fault f;
        env_fault_init(&f, &p.machine);
        f.kinds = kinds;
        f.first = at;
        f.count = count;
        f.error = error;
        f.torn = torn;
        struck += run_to_end(&p, &f) > 0;
        expect_same(&p, what, at);
    }
    cr_assert_eq(struck, tried, "%s: %lld of %lld calls failed", what, (long long)struck, (long long)tried);
    place_close(&p);
}

Test(env_fault, each_write_fails) {
    each_call(FAULT_WRITE, false, EIO, 1, 2, "a failed write");
}

Test(env_fault, each_write_is_torn) {
    each_call(FAULT_WRITE, true, EIO, 1, 1, "a torn write");
}

Test(env_fault, each_sync_fails) {
    each_call(FAULT_SYNC, false, EIO, 1, 1, "a failed sync");
}

Test(env_fault, each_rename_fails) {
    each_call(FAULT_RENAME, false, EACCES, 1, 1, "a failed rename");
}

Test(env_fault, each_creation_fails) {
    each_call(FAULT_CREATE, false, EMFILE, 1, 1, "a failed creation");
}

Test(env_fault, nothing_works_from_a_call_on) {
    each_call(FAULT_ANY, true, EROFS, 1 << 30, 5, "a disk that is gone");
}

/* The disk has room for so many bytes. */
Test(env_fault, full_disk) {
    struct place p;
    place_open(&p);
    int64_t written = 0;
    count_calls(&p, FAULT_ANY, &written);
    cr_assert_gt(written, 1000);
    for (int64_t room = 1; room < written; room += written / 40) {
        struct env_fault f;
        env_fault_init(&f, &p.machine);
        f.disk_bytes = room;
        cr_assert_gt(run_to_end(&p, &f), 0);
        expect_same(&p, "a full disk", room);
    }
    place_close(&p);
}
