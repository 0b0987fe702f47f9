/* SPDX-License-Identifier: Apache-2.0
 *
 * Weir inside of a program: response times are pushed as Arrow batches, and a query watches them. It prints
 * an alert for each host with at least three slow requests within ten seconds. The metrics are made up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <weir.h>

/* A batch as the Arrow C data interface has it */
struct ArrowArray {
    int64_t length, null_count, offset, n_buffers, n_children;
    const void **buffers;
    struct ArrowArray **children, *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

enum { ROWS = 20 };
struct batch { /* a second of metrics: columns host, ms, ts */
    struct ArrowArray columns[3], *children[3];
    const void *none[1], *host[3], *ms[2], *ts[2]; /* buffers: validity (NULL: no NULLs), offsets, values */
    int32_t offsets[ROWS + 1];
    char names[ROWS * 5 + 1];
    int64_t times[ROWS], stamps[ROWS];
};

static void release(struct ArrowArray *a) { /* Weir has no more use for it */
    for (int i = 0; i < a->n_children; i++)
        if (a->children[i]->release) a->children[i]->release(a->children[i]);
    free(a->private_data);
    a->release = NULL;
}

static struct ArrowArray make_batch(int second) {
    struct batch *b = calloc(1, sizeof *b);
    for (int i = 0; i < ROWS; i++) {
        int host = (second * ROWS + i) % 4;
        int slow = i < 8 && ((host == 2 && second >= 12 && second < 23) || (host == 0 && second / 2 == 20));
        b->offsets[i + 1] = b->offsets[i] + snprintf(b->names + b->offsets[i], 6, "web-%d", host);
        b->times[i] = slow ? 900 + second : 20 + i;
        b->stamps[i] = second * INT64_C(1000000) + i * 50000;
    }
    b->host[1] = b->offsets, b->host[2] = b->names;
    b->ms[1] = b->times, b->ts[1] = b->stamps;
    const void **buffers[3] = {b->host, b->ms, b->ts};
    for (int i = 0; i < 3; i++) {
        b->columns[i] = (struct ArrowArray){
            .length = ROWS, .n_buffers = i ? 2 : 3, .buffers = buffers[i], .release = release};
        b->children[i] = &b->columns[i];
    }
    return (struct ArrowArray){.length = ROWS, .n_buffers = 1, .buffers = b->none, .n_children = 3,
                               .children = b->children, .release = release, .private_data = b};
}

static void check(enum weir_status status, struct weir_error **e) {
    if (status == WEIR_ERROR) fprintf(stderr, "alerts: %s\n", weir_error_text(*e)), exit(1);
}

/* Prints the alerts that are there; at the end of the stream, waits for the last. */
static void print_alerts(struct weir_result *r, int64_t wait) {
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    struct weir_error *e = NULL;
    enum weir_status status;
    while ((status = weir_result_rows(r, wait, &rows, &e)) == WEIR_OK)
        for (uint32_t i = 0; i < rows.rows; i++) {
            const char *const *cell = rows.cells + i * rows.columns;
            printf("%s  %s: %s slow requests, the worst took %s ms\n", cell[0], cell[1], cell[2], cell[3]);
        }
    check(status, &e);
}

int main(int argc, char **argv) {
    static const char table[] = "CREATE TABLE metrics (host STRING, ms BIGINT, ts TIMESTAMP(3), "
                                "WATERMARK FOR ts AS ts) WITH ('connector' = 'stream')";
    static const char query[] = "SELECT window_start, host, COUNT(*), MAX(ms) FROM "
                                "TUMBLE(TABLE metrics, DESCRIPTOR(ts), INTERVAL '10' SECOND) WHERE ms > ? "
                                "GROUP BY window_start, window_end, host HAVING COUNT(*) >= 3";
    struct weir_error *e = NULL;
    struct weir_session *s;
    struct weir_statement *q;
    struct weir_result *r;
    struct weir_input *in;
    check(weir_open(NULL, &s, &e), &e);
    check(weir_execute(s, table, WEIR_WHOLE, &e), &e);
    check(weir_prepare(s, query, WEIR_WHOLE, NULL, &q, &e), &e);
    check(weir_bind_bigint(q, 1, argc > 1 ? atoll(argv[1]) : 500, &e), &e);
    check(weir_start(q, &r, &e), &e);
    check(weir_input_open(s, "metrics", NULL, &in, &e), &e);
    for (int second = 0; second < 60; second++) {
        struct ArrowArray batch = make_batch(second);
        check(weir_push(in, &batch, &e), &e);
        print_alerts(r, 0);
    }
    check(weir_push_end(in, &e), &e);
    print_alerts(r, -1);
    weir_close(s);
}
