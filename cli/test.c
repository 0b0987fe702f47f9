/* SPDX-License-Identifier: Apache-2.0
 *
 * `weir test DIR`: runs every *.sql under DIR as a regression test and prints what differs.
 *
 * A test is plain SQL with what is expected in comments behind a statement:
 *   --> {"country":"IN","plays":7}   one row of the table that is left at the end; order does not matter
 *   --= {"op":"+I","row":{...}}      one line of the changelog, in order (straight mode only)
 *   --| text                         one line of what SHOW, DESCRIBE or EXPLAIN prints
 *   --! text                         the statement fails with an error that contains the text
 *   --^ text                         one line of all that `weir -c` says about its error, caret and hint
 * included; the paths of ${DIR} and ${OUT} stand there as these names
 *   --? (nothing)                    the statement's result is not looked at
 * and directives for the whole file, before the first statement:
 *   -- modes: straight, small, workers, cut      which modes to run (default: all)
 * ${DIR} is the folder of the test, ${OUT} an empty folder for what it writes.
 *
 * Modes: straight; small (batches of 2 rows, tiny chunks); workers (2 workers, small); cut (small, stopped
 * with a checkpoint at three seeded points and restored at another parallelism each time). In the last three
 * only the final tables are compared.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "cli/cli.h"
#include "cli/output.h"
#include "cli/test.h"

static const char *const mode_names[TEST_MODES] = {"straight", "small", "workers", "cut"};

/* ---- one statement in one mode ---- */

struct run {
    struct weir_session *session;
    FILE *out;  /* memory stream for the rows of the statement */
    char *text; /* of the stream */
    size_t len;
    struct weir_error *error; /* of the statement; NULL = none */
};

static void run_open(struct run *r, const struct test_file *f, const char *out_dir) {
    *r = (struct run){0};
    r->out = open_memstream(&r->text, &r->len);
    if (!r->out) abort();
    if (weir_open(NULL, &r->session, NULL) != WEIR_OK) abort();
    weir_define(r->session, "DIR", f->dir.ptr, NULL);
    weir_define(r->session, "OUT", out_dir, NULL);
}

static void run_close(struct run *r) {
    weir_error_free(r->error);
    weir_close(r->session);
    fclose(r->out);
    free(r->text);
}

/* Runs the statement to its end; its rows go to r->out. False: r->error says why. */
static bool run_sql(struct run *r, struct str stmt, const struct weir_run_options *options) {
    struct cli_output o = {.out = r->out, .format = TABLE_JSONL, .session = r->session};
    struct weir_run *run = NULL;
    struct weir_result *result;
    enum weir_status st = weir_run(r->session, stmt.ptr, stmt.len, options, &run, &r->error);
    while (st == WEIR_OK && (st = weir_run_next(run, &result, &r->error)) == WEIR_OK) {
        st = cli_output_result(&o, result, &r->error);
        weir_result_free(result);
    }
    weir_run_free(run);
    return st == WEIR_END;
}

static void set_option(struct run *r, const char *key, const char *value) {
    struct weir_error *e;
    if (weir_set(r->session, key, value, &e) == WEIR_OK) return;
    fprintf(stderr, "weir: %s\n", weir_error_text(e));
    abort();
}

static void set_mode(struct run *r, enum test_mode mode, unsigned workers) {
    char n[16];
    snprintf(n, sizeof n, "%u", workers);
    if (mode == TEST_STRAIGHT) return;
    set_option(r, "weir.batch.rows", "2");
    set_option(r, "weir.source.chunk-bytes", "100");
    set_option(r, "parallelism.default", n);
}

static void remove_tree(const char *path) {
    DIR *d = opendir(path);
    if (d) {
        for (struct dirent *f; (f = readdir(d));) {
            char file[4096];
            if (strcmp(f->d_name, ".") == 0 || strcmp(f->d_name, "..") == 0) continue;
            snprintf(file, sizeof file, "%s/%s", path, f->d_name);
            remove_tree(file);
        }
        closedir(d);
    }
    remove(path);
}

/* A query or INSERT stopped three times at seeded points and restored with 1, 2, 3, 1 workers. */
static void run_cut(struct run *r, struct str stmt, const char *state_dir, uint64_t seed) {
    static const unsigned workers[] = {1, 2, 3, 1};
    bool good = true;
    for (unsigned i = 0; good && i < ARRAY_LEN(workers); i++) {
        bool last = i + 1 == ARRAY_LEN(workers);
        char chunks[24];
        struct weir_run_options options = WEIR_RUN_INIT;
        options.state_dir = state_dir;
        snprintf(chunks, sizeof chunks, "%u", last ? 0 : 1 + (unsigned)(hash_counter(seed, i, 0) % 7));
        set_mode(r, TEST_CUT, workers[i]);
        set_option(r, "weir.test.stop-after-chunks", chunks);
        good = run_sql(r, stmt, &options);
    }
    set_option(r, "weir.test.stop-after-chunks", "0");
}

static bool must_fail(const struct test_stmt *s) {
    return s->expect == EXPECT_ERROR || s->expect == EXPECT_MESSAGE;
}

static void run_statement(struct run *r, const struct test_stmt *s, enum test_mode mode,
                          const char *state_dir, uint64_t seed) {
    weir_error_free(r->error);
    r->error = NULL;
    fflush(r->out);
    rewind(r->out);
    struct weir_run_options options = WEIR_RUN_INIT;
    options.separately = true;
    if (mode == TEST_CUT && s->makes_job && !must_fail(s)) {
        run_cut(r, s->text, state_dir, seed);
    } else {
        set_mode(r, mode, mode == TEST_WORKERS ? 2 : 1);
        run_sql(r, s->text, &options);
    }
    fflush(r->out);
}

/* ---- files ---- */

struct totals {
    unsigned passed, failed;
};

static bool mode_wanted(const struct test_file *f, enum test_mode mode) {
    return f->modes >> mode & 1;
}

/* All statements of a file in one mode; goes on behind a difference only if the statement was to fail. */
static bool run_mode(const struct test_file *f, enum test_mode mode) {
    char out_dir[] = "/tmp/weir-test-XXXXXX", state_dir[sizeof out_dir + 32];
    if (!mkdtemp(out_dir)) {
        fprintf(stderr, "weir: cannot make a temporary folder: %s\n", strerror(errno));
        return false;
    }
    struct run r;
    run_open(&r, f, out_dir);
    bool good = true, go_on = true;
    for (uint32_t i = 0; go_on && i < f->count; i++) {
        const struct test_stmt *s = &f->stmts[i];
        snprintf(state_dir, sizeof state_dir, "%s/state-%u", out_dir, i);
        run_statement(&r, s, mode, state_dir, f->seed + i);
        struct test_result result = {.output = {r.text, (size_t)ftell(r.out)},
                                     .error = r.error,
                                     .out_dir = out_dir,
                                     .straight = mode == TEST_STRAIGHT};
        bool same = test_compare(f, s, &result, mode_names[mode]);
        good = good && same;
        go_on = same || must_fail(s);
    }
    run_close(&r);
    remove_tree(out_dir);
    return good;
}

static void run_file(const char *path, struct totals *t) {
    struct test_file f;
    struct error e = {0};
    if (test_read(path, &f, &e) != ST_OK) {
        printf("FAIL %s: %s\n", path, e.text);
        t->failed++;
        test_free(&f);
        return;
    }
    for (unsigned mode = 0; mode < TEST_MODES; mode++) {
        if (!mode_wanted(&f, (enum test_mode)mode)) continue;
        if (run_mode(&f, (enum test_mode)mode)) t->passed++;
        else t->failed++;
    }
    test_free(&f);
}

static int by_name(const struct dirent **a, const struct dirent **b) {
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void run_dir(const char *dir, struct totals *t) {
    struct dirent **names;
    int n = scandir(dir, &names, NULL, by_name);
    for (int i = 0; i < n; i++) {
        char path[4096];
        struct stat st;
        size_t len = strlen(names[i]->d_name);
        snprintf(path, sizeof path, "%s/%s", dir, names[i]->d_name);
        if (names[i]->d_name[0] != '.' && stat(path, &st) == 0) {
            if (S_ISDIR(st.st_mode)) run_dir(path, t);
            else if (len > 4 && strcmp(names[i]->d_name + len - 4, ".sql") == 0) run_file(path, t);
        }
        free(names[i]);
    }
    if (n >= 0) free(names);
}

int cli_test(const struct cli_args *args) {
    struct totals t = {0};
    struct stat st;
    if (stat(args->file, &st) != 0) {
        fprintf(stderr, "weir: cannot open %s: %s\n", args->file, strerror(errno));
        return 3;
    }
    if (S_ISDIR(st.st_mode)) run_dir(args->file, &t);
    else run_file(args->file, &t);
    printf("%u passed, %u failed\n", t.passed, t.failed);
    return t.failed ? 1 : 0;
}
