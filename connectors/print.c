/* SPDX-License-Identifier: Apache-2.0
 *
 * The print sink: a line a row on standard output or standard error, "P> +I[1, play, null]", values as CAST
 * to STRING gives them. Lines of several workers are never mixed within one write. What was printed is
 * printed: after a restart the rows since the last checkpoint come again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "connectors/builtin.h"
#include "exec/text.h"

#define FLUSH_BYTES (64 << 10)

struct print {
    struct io_config config;
    FILE *file;              /* its lock keeps workers apart */
    int fd;
    struct str prefix;       /* "P> ", "P:1> " or nothing */
    uint32_t ncols;
    const uint32_t *cols;    /* of the input, by column of the table */
    struct outbuf out;       /* whole lines, not written yet */
    struct arena arena;      /* as long as the sink */
    struct arena scratch;    /* of one push */
};

static const struct option_def options[] = {
    {.key = "print-identifier", .type = OPT_STRING, .help = "before each line, followed by '> '"},
    {.key = "standard-error", .type = OPT_BOOL, .def = "false", .help = "print to standard error"},
    {.key = "sink.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = NULL},
};

static void set_prefix(struct print *s) {
    struct str id = option_str(s->config.table->options, "", options, "print-identifier");
    bool many = s->config.parallelism > 1;
    if (many && id.len) s->prefix = arena_printf(&s->arena, "%.*s:%u> ", STR_ARG(id), s->config.worker + 1);
    else if (many) s->prefix = arena_printf(&s->arena, "%u> ", s->config.worker + 1);
    else if (id.len) s->prefix = arena_printf(&s->arena, "%.*s> ", STR_ARG(id));
}

static void print_close(struct sink *sink) {
    struct print *s = (struct print *)sink;
    outbuf_free(&s->out);
    arena_free(&s->scratch);
    arena_free(&s->arena);
    free(s);
}

static enum status print_open(const struct io_config *c, const struct plan_sink *plan,
                              UNUSED const struct plan_node *node, struct sink **out, struct error *e) {
    struct print *s = calloc(1, sizeof *s);
    if (!s) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    s->config = *c;
    bool err = option_bool(c->table->options, "", options, "standard-error");
    s->file = err ? stderr : stdout;
    s->fd = err ? STDERR_FILENO : STDOUT_FILENO;
    set_prefix(s);
    s->ncols = plan->table->physical.count;
    s->cols = plan->cols;
    *out = (struct sink *)s;
    return ST_OK;
}

static enum sink_result flush(struct print *s, struct error *e) {
    if (s->out.len == 0) return SINK_DONE;
    flockfile(s->file);
    fflush(s->file);
    int r = env_write_all(s->config.env, s->fd, s->out.data, s->out.len);
    funlockfile(s->file);
    s->out.len = 0;
    if (r == 0) return SINK_DONE;
    error_set(e, ERR_IO, "table %.*s cannot print to standard %s: %s", STR_ARG(s->config.table->name),
              s->fd == STDOUT_FILENO ? "output" : "error", strerror(-r));
    return SINK_FAIL;
}

static void put_value(struct print *s, const struct vec *v, uint32_t row) {
    if (vec_is_null(v, row) || v->phys == PHYS_NONE) {
        outbuf_put(&s->out, "null", 4);
        return;
    }
    struct str text = text_of(v, row, s->config.zone, &s->scratch);
    outbuf_put(&s->out, text.ptr, text.len);
}

static enum sink_result print_push(struct sink *sink, const struct batch *b, UNUSED int64_t watermark_us,
                                   struct error *e) {
    struct print *s = (struct print *)sink;
    arena_reset(&s->scratch);
    SEL_FOREACH(batch_sel(b), k, row) {
        outbuf_put(&s->out, s->prefix.ptr, s->prefix.len);
        outbuf_put(&s->out, change_text(b->change ? b->change[row] : CHANGE_INSERT), 2);
        outbuf_char(&s->out, '[');
        for (uint32_t c = 0; c < s->ncols; c++) {
            if (c) outbuf_put(&s->out, ", ", 2);
            put_value(s, b->cols[s->cols[c]], row);
        }
        outbuf_put(&s->out, "]\n", 2);
        if (s->out.len >= FLUSH_BYTES && flush(s, e) != SINK_DONE) return SINK_FAIL;
    }
    atomic_fetch_add_explicit(&s->config.counters->rows, b->count, memory_order_relaxed);
    return SINK_DONE;
}

static enum sink_result print_tick(struct sink *sink, UNUSED int64_t now_us, struct error *e) {
    return flush((struct print *)sink, e);
}

static enum sink_result print_prepare(struct sink *sink, UNUSED uint64_t epoch, UNUSED struct outbuf *out,
                                      struct error *e) {
    return flush((struct print *)sink, e);
}

static enum sink_result print_finish(struct sink *sink, struct error *e) {
    return flush((struct print *)sink, e);
}

static const struct sink_class sink = {
    .open = print_open,
    .push = print_push,
    .tick = print_tick,
    .prepare = print_prepare,
    .finish = print_finish,
    .close = print_close,
};

const struct connector_class print_connector = {
    .desc = {.name = "print",
             .caps = CONN_SINK | CONN_TAKES_UPDATES | CONN_PARTITIONED,
             .options = options,
             .help = "a line a row on standard output"},
    .sink = &sink,
};
