/* SPDX-License-Identifier: Apache-2.0
 *
 * The library as a program sees it: W1 to W5 over batches that are in memory already, pushed into a stream
 * table, and their results read; and what small things cost. Through weir.h alone. bench/library.py runs it.
 *
 *   bench-library run   DATA TITLES SQL LAYOUT ROWS WORKERS REPEAT
 *   bench-library print DATA TITLES SQL LAYOUT ROWS WORKERS         the result, a JSON object a line
 *   bench-library small DATA
 *
 * DATA: a folder with the narrow playback data in Avro. SQL: statements, the last one the query. LAYOUT:
 * utf8, or dict for string columns as dictionaries. ROWS: of a batch.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <weir.h>

#define COLUMNS 9
#define DICTIONARY_MAX 128

struct ArrowSchema { /* https://arrow.apache.org/docs/format/CDataInterface.html */
    const char *format, *name, *metadata;
    int64_t flags, n_children;
    struct ArrowSchema **children, *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

static const struct column {
    const char *name;
    char format; /* l, i or u */
} columns[COLUMNS] = {{"event_id", 'l'}, {"event_type", 'u'}, {"user_id", 'l'},
                      {"device", 'u'},   {"country", 'u'},    {"title_id", 'i'},
                      {"ts", 'l'},       {"quality", 'u'},    {"session_id", 'l'}};

/* The strings that a column has. */
struct dictionary {
    uint32_t count;
    int32_t offsets[DICTIONARY_MAX + 1];
    char bytes[DICTIONARY_MAX * 32];
    const void *buffers[3];
    struct ArrowArray array;
};

/* A batch: arrays over memory that lives until the end. */
struct piece {
    int64_t rows;
    void *values[COLUMNS];     /* numbers; offsets of strings */
    char *bytes[COLUMNS];      /* of strings */
    int8_t *indexes[COLUMNS];  /* of strings */
    const void *buffers[COLUMNS][3];
    struct ArrowArray array, children[COLUMNS], *at[COLUMNS];
};

struct data {
    bool dict;
    int64_t room; /* rows of a piece */
    uint64_t rows;
    size_t npieces;
    struct piece **pieces;
    struct dictionary dictionaries[COLUMNS];
    struct ArrowSchema schema, children[COLUMNS], *at[COLUMNS], strings;
};

static void check(enum weir_status st, struct weir_error *e) {
    if (st != WEIR_ERROR) return;
    fprintf(stderr, "bench-library: %s\n", weir_error_text(e));
    exit(1);
}

/* A call that puts its error into `e`. */
#define CALL(call)                                                                                           \
    do {                                                                                                     \
        enum weir_status status = call;                                                                      \
        check(status, e);                                                                                    \
    } while (0)

static void *need(void *p) {
    if (p) return p;
    fprintf(stderr, "bench-library: out of memory\n");
    exit(1);
}

static double seconds(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- the data ---- */

static void keep_schema(struct ArrowSchema *s) {
    s->release = NULL;
}
static void keep_array(struct ArrowArray *a) {
    a->release = NULL;
}

static struct piece *new_piece(struct data *d) {
    struct piece *p = need(calloc(1, sizeof *p));
    size_t n = (size_t)d->room;
    for (unsigned c = 0; c < COLUMNS; c++) {
        p->values[c] = need(malloc((n + 1) * (columns[c].format == 'l' ? 8 : 4)));
        if (columns[c].format != 'u') continue;
        p->bytes[c] = need(malloc(n * 32));
        p->indexes[c] = need(malloc(n));
        ((int32_t *)p->values[c])[0] = 0;
    }
    d->pieces = need(realloc(d->pieces, (d->npieces + 1) * sizeof(struct piece *)));
    return d->pieces[d->npieces++] = p;
}

static int8_t find(struct dictionary *d, const char *p, int32_t n) {
    for (uint32_t i = 0; i < d->count; i++) {
        if (d->offsets[i + 1] - d->offsets[i] == n && memcmp(d->bytes + d->offsets[i], p, (size_t)n) == 0)
            return (int8_t)i;
    }
    if (d->count == DICTIONARY_MAX) exit(1);
    memcpy(d->bytes + d->offsets[d->count], p, (size_t)n);
    d->offsets[d->count + 1] = d->offsets[d->count] + n;
    return (int8_t)d->count++;
}

static void add_row(struct data *d, struct piece *p, const struct ArrowArray *from, int64_t row) {
    for (unsigned c = 0; c < COLUMNS; c++) {
        const void *const *in = from->children[c]->buffers;
        switch (columns[c].format) {
        case 'l': ((int64_t *)p->values[c])[p->rows] = ((const int64_t *)in[1])[row]; break;
        case 'i': ((int32_t *)p->values[c])[p->rows] = ((const int32_t *)in[1])[row]; break;
        default: {
            const int32_t *offsets = (const int32_t *)in[1] + row;
            int32_t *to = (int32_t *)p->values[c] + p->rows, n = offsets[1] - offsets[0];
            const char *bytes = (const char *)in[2] + offsets[0];
            memcpy(p->bytes[c] + to[0], bytes, (size_t)n);
            to[1] = to[0] + n;
            p->indexes[c][p->rows] = find(&d->dictionaries[c], bytes, n);
        }
        }
    }
    p->rows++;
    d->rows++;
}

static void finish_schema(struct data *d) {
    d->schema = (struct ArrowSchema){
        .format = "+s", .n_children = COLUMNS, .children = d->at, .release = keep_schema};
    d->strings = (struct ArrowSchema){.format = "u", .release = keep_schema};
    for (unsigned c = 0; c < COLUMNS; c++) {
        bool dict = d->dict && columns[c].format == 'u';
        d->at[c] = &d->children[c];
        d->children[c] = (struct ArrowSchema){.format = dict ? "c" : columns[c].format == 'l' ? "l"
                                                               : columns[c].format == 'i' ? "i"
                                                                                          : "u",
                                              .name = columns[c].name,
                                              .dictionary = dict ? &d->strings : NULL,
                                              .release = keep_schema};
        struct dictionary *y = &d->dictionaries[c];
        y->buffers[1] = y->offsets;
        y->buffers[2] = y->bytes;
        y->array = (struct ArrowArray){
            .length = y->count, .n_buffers = 3, .buffers = y->buffers, .release = keep_array};
    }
}

/* Arrays are given away when they are pushed: each time they are made anew. */
static void finish_piece(struct data *d, struct piece *p) {
    for (unsigned c = 0; c < COLUMNS; c++) {
        bool string = columns[c].format == 'u', dict = d->dict && string;
        p->at[c] = &p->children[c];
        p->buffers[c][1] = dict ? (void *)p->indexes[c] : p->values[c];
        p->buffers[c][2] = p->bytes[c];
        p->children[c] = (struct ArrowArray){.length = p->rows,
                                             .n_buffers = string && !dict ? 3 : 2,
                                             .buffers = p->buffers[c],
                                             .dictionary = dict ? &d->dictionaries[c].array : NULL,
                                             .release = keep_array};
    }
    static const void *no_validity[1];
    p->array = (struct ArrowArray){.length = p->rows,
                                   .n_buffers = 1,
                                   .buffers = no_validity,
                                   .n_children = COLUMNS,
                                   .children = p->at,
                                   .release = keep_array};
}

static void load(struct data *d, const char *folder) {
    struct weir_session *s;
    struct weir_statement *q;
    struct weir_result *r;
    struct weir_error *e = NULL;
    struct ArrowArray a;
    char sql[4096];
    snprintf(
        sql, sizeof sql,
        "CREATE TABLE f (event_id BIGINT, event_type STRING, user_id BIGINT, device STRING, country STRING, "
        "title_id INT, ts BIGINT, quality STRING, session_id BIGINT) "
        "WITH ('connector' = 'filesystem', 'path' = '%s', 'format' = 'avro')",
        folder);
    CALL(weir_open(NULL, &s, &e));
    CALL(weir_execute(s, sql, WEIR_WHOLE, &e));
    CALL(weir_prepare(s, "SELECT * FROM f", WEIR_WHOLE, NULL, &q, &e));
    CALL(weir_start(q, &r, &e));
    struct piece *p = new_piece(d);
    enum weir_status st;
    while ((st = weir_result_next(r, -1, &a, &e)) == WEIR_OK) {
        for (int64_t i = 0; i < a.length; i++) {
            if (p->rows == d->room) p = new_piece(d);
            add_row(d, p, &a, i);
        }
        a.release(&a);
    }
    check(st, e);
    weir_close(s);
    finish_schema(d);
}

/* ---- runs ---- */

static const char stream_table[] =
    "CREATE TABLE e (event_id BIGINT, event_type STRING, user_id BIGINT, device STRING, country STRING, "
    "title_id INT, "
    "ts BIGINT, quality STRING, session_id BIGINT, rt AS TO_TIMESTAMP_LTZ(ts, 3), "
    "WATERMARK FOR rt AS rt - INTERVAL '5' SECOND) WITH ('connector' = 'stream');";

/* Runs all statements of a text but the last, which it prepares. */
static struct weir_statement *prepare(struct weir_session *s, const char *sql) {
    struct weir_statement *q;
    struct weir_result *r;
    struct weir_error *e = NULL;
    size_t at = 0, end;
    for (;;) {
        CALL(weir_prepare(s, sql, WEIR_WHOLE, &at, &q, &e));
        if (weir_statement_end(sql, strlen(sql), at, &end) == WEIR_EMPTY) return q;
        CALL(weir_start(q, &r, &e));
        weir_result_free(r);
        weir_statement_free(q);
    }
}

static struct weir_session *open_session(const char *titles, const char *workers) {
    struct weir_session *s;
    struct weir_error *e = NULL;
    CALL(weir_open(NULL, &s, &e));
    CALL(weir_define(s, "TITLES", titles, &e));
    CALL(weir_set(s, "parallelism.default", workers, &e));
    CALL(weir_execute(s, stream_table, WEIR_WHOLE, &e));
    CALL(weir_execute(s,
                       "CREATE TABLE titles (title_id INT, name STRING, genre STRING, runtime_min INT) WITH "
                       "('connector' = 'filesystem', 'path' = '${TITLES}', 'format' = 'csv')",
                       WEIR_WHOLE, &e));
    return s;
}

/* One batch, or some lines of text. */
static enum weir_status read_some(struct weir_result *r, bool print, int64_t timeout_us, uint64_t *rows) {
    struct weir_error *e = NULL;
    struct ArrowArray a;
    const char *text;
    size_t length;
    enum weir_status st = print ? weir_result_text(r, WEIR_JSONL, true, timeout_us, &text, &length, &e)
                                : weir_result_next(r, timeout_us, &a, &e);
    check(st, e);
    if (st != WEIR_OK) return st;
    if (print) {
        fwrite(text, 1, length, stdout);
    } else {
        *rows += (uint64_t)a.length;
        a.release(&a);
    }
    return st;
}

/* Pushes everything and reads everything; the rows of the result. */
static uint64_t run_once(struct weir_session *s, struct weir_statement *q, struct data *d, bool print) {
    struct weir_input *in;
    struct weir_result *r;
    struct weir_error *e = NULL;
    uint64_t rows = 0;
    size_t next = 0;
    CALL(weir_input_open(s, "e", &d->schema, &in, &e));
    CALL(weir_start(q, &r, &e));
    if (!print && weir_result_updating(r)) {
        struct ArrowSchema schema;
        CALL(weir_result_schema(r, "op", &schema, &e));
        schema.release(&schema);
    }
    enum weir_status st = WEIR_OK;
    while (st != WEIR_END) {
        while (next < d->npieces && weir_push(in, &d->pieces[next]->array, &e) == WEIR_OK) next++;
        if (next == d->npieces) CALL(weir_push_end(in, &e));
        int64_t timeout = next == d->npieces ? -1 : 0;
        while ((st = read_some(r, print, timeout, &rows)) == WEIR_OK) {}
    }
    weir_result_free(r);
    weir_input_free(in);
    return rows;
}

static void run(char **arg, bool print, int repeat) {
    static struct data d;
    d.dict = strcmp(arg[3], "dict") == 0;
    d.room = strtoll(arg[4], NULL, 10);
    load(&d, arg[0]);
    struct weir_session *s = open_session(arg[1], arg[5]);
    struct weir_statement *q = prepare(s, arg[2]);
    double best_cpu = 1e9, best_wall = 1e9;
    uint64_t rows = 0;
    for (int i = 0; i < repeat; i++) {
        for (size_t k = 0; k < d.npieces; k++) finish_piece(&d, d.pieces[k]);
        double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
        rows = run_once(s, q, &d, print);
        cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
        wall = seconds(CLOCK_MONOTONIC) - wall;
        if (cpu < best_cpu) best_cpu = cpu;
        if (wall < best_wall) best_wall = wall;
    }
    if (!print)
        printf("%llu events, %llu rows, cpu %.6f s, wall %.6f s\n", (unsigned long long)d.rows,
               (unsigned long long)rows, best_cpu, best_wall);
    weir_close(s);
}

/* ---- small things ---- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void report(const char *what, double *us, size_t n) {
    qsort(us, n, sizeof *us, by_value);
    printf("%s: median %.2f us, p99 %.2f us\n", what, us[n / 2], us[n * 99 / 100]);
}

static double now_us(void) {
    return seconds(CLOCK_MONOTONIC) * 1e6;
}

static void opening(double *us, size_t n) {
    for (size_t i = 0; i < n; i++) {
        struct weir_session *s;
        double t = now_us();
        check(weir_open(NULL, &s, NULL), NULL);
        us[i] = now_us() - t;
        weir_close(s);
    }
    report("session open", us, n);
}

static const char filter[] = "SELECT event_id, user_id, title_id, ts FROM e WHERE event_type = 'play_start'";

/* A query over an input that has ended already. */
static void empty_query(struct data *d, double *us, size_t n) {
    struct weir_session *s = open_session("titles", "1");
    struct weir_statement *q = prepare(s, filter);
    struct weir_error *e = NULL;
    for (size_t i = 0; i < n; i++) {
        struct weir_input *in;
        struct weir_result *r;
        uint64_t rows = 0;
        CALL(weir_input_open(s, "e", &d->schema, &in, &e));
        CALL(weir_push_end(in, &e));
        double t = now_us();
        CALL(weir_start(q, &r, &e));
        while (read_some(r, false, -1, &rows) == WEIR_OK) {}
        weir_result_free(r);
        us[i] = now_us() - t;
        weir_input_free(in);
    }
    report("empty prepared query, started and drained", us, n);
    weir_close(s);
}

/* One row pushed, and its result read in the same thread. */
static void one_row(struct data *d, double *us, size_t n) {
    struct weir_session *s = open_session("titles", "1");
    struct weir_statement *q = prepare(s, filter);
    struct weir_error *e = NULL;
    struct weir_input *in;
    struct weir_result *r;
    struct piece *p = d->pieces[0];
    int8_t wanted = find(&d->dictionaries[1], "play_start", 10);
    int64_t at = 0;
    while (p->indexes[1][at] != wanted) at++;
    CALL(weir_input_open(s, "e", &d->schema, &in, &e));
    CALL(weir_start(q, &r, &e));
    for (size_t i = 0; i < n; i++) {
        uint64_t rows = 0;
        finish_piece(d, p);
        p->array.offset = at;
        p->array.length = 1;
        double t = now_us();
        CALL(weir_push(in, &p->array, &e));
        while (!rows) (void)read_some(r, false, 0, &rows);
        us[i] = now_us() - t;
    }
    report("one row, pushed and its result read", us, n);
    weir_close(s);
}

static void small(char **arg) {
    static struct data d;
    static double us[100000];
    d.room = 1 << 20;
    load(&d, arg[0]);
    opening(us, 200);
    empty_query(&d, us, 2000);
    one_row(&d, us, 100000);
}

int main(int argc, char **argv) {
    if (argc == 9 && strcmp(argv[1], "run") == 0) {
        run(argv + 2, false, (int)strtol(argv[8], NULL, 10));
    } else if (argc == 8 && strcmp(argv[1], "print") == 0) {
        run(argv + 2, true, 1);
    } else if (argc == 3 && strcmp(argv[1], "small") == 0) {
        small(argv + 2);
    } else {
        fprintf(stderr, "usage: bench-library run|print|small .. (see its source)\n");
        return 2;
    }
    return 0;
}
