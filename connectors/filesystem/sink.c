/* SPDX-License-Identifier: Apache-2.0
 *
 * The filesystem sink: rows into part files, by partition when the table has partition columns. Files appear
 * whole or not at all. With checkpoints every checkpoint ends the open parts: prepare() syncs them and writes
 * their names into the snapshot, commit() gives them their names, and a restored job does that again for the
 * parts of its checkpoint and removes all other parts of an earlier run. Without checkpoints parts are
 * published at the end of the input. `path` = '-' writes to standard output, once and for all.
 */
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "connectors/filesystem/filesystem.h"
#include "connectors/filesystem/part.h"
#include "exec/expr.h"

#define PREPARED_VERSION 1
#define OPEN_PARTS_MAX 256

struct open_part {
    struct str partition; /* "day=1/hour=2", in the sink's arena */
    struct part *part;
};

struct fs_sink {
    struct io_config config;
    struct part_maker maker;
    struct format_config format_config;
    struct schema file_schema; /* physical columns that go into the files */
    uint32_t *cols;            /* input column of each of them */
    bool to_stdout;
    struct encoder *stdout_encoder;
    struct outbuf stdout_buf;
    bool stdout_begun;
    uint32_t npartition;            /* partition columns */
    struct program *partition_text; /* their values as STRING */
    struct eval_ctx eval;
    struct str *partition_names;
    struct open_part open[OPEN_PARTS_MAX];
    uint32_t nopen;
    struct part **finished; /* synced and hidden */
    uint32_t nfinished, cap_finished;
    uint32_t nprepared; /* of `finished`: named in the last checkpoint */
    int64_t roll_bytes, roll_age_us, roll_idle_us;
    struct arena arena, scratch;
};

static bool partition_column(const struct plan_table *t, uint32_t physical) {
    for (uint32_t i = 0; i < t->partition_by.count; i++) {
        if (t->partition_by.items[i] == physical) return true;
    }
    return false;
}

/* ---- opening ---- */

static enum status set_columns(struct fs_sink *s, const struct plan_sink *plan, const struct plan_node *node,
                               struct error *e) {
    const struct plan_table *t = plan->table;
    const struct plan_node *in = node->inputs[0];
    s->file_schema.fields = ARENA_ARRAY(&s->arena, struct field, t->physical.count + 1);
    s->cols = ARENA_ARRAY(&s->arena, uint32_t, t->physical.count + 1);
    for (uint32_t i = 0; i < t->physical.count; i++) {
        if (partition_column(t, i)) continue;
        s->cols[s->file_schema.count] = plan->cols[i];
        s->file_schema.fields[s->file_schema.count++] = t->physical.fields[i];
    }
    s->npartition = t->partition_by.count;
    if (s->npartition == 0) return ST_OK;
    const struct expr **casts = ARENA_ARRAY(&s->arena, const struct expr *, s->npartition);
    s->partition_names = ARENA_ARRAY(&s->arena, struct str, s->npartition);
    for (uint32_t i = 0; i < s->npartition; i++) {
        uint32_t physical = t->partition_by.items[i], col = plan->cols[physical];
        s->partition_names[i] = t->physical.fields[physical].name;
        casts[i] = expr_cast(&s->arena, expr_column(&s->arena, col, in->cols[col].type, (struct span){0, 0}),
                             type_string(true));
    }
    s->eval = (struct eval_ctx){.error = e, .zone = s->config.zone, .watermark_us = TIME_MIN};
    return program_compile(casts, s->npartition, &s->arena, &s->eval, &s->partition_text, e);
}

static void set_format(struct fs_sink *s, const struct plan_table *t) {
    uint32_t *projection = ARENA_ARRAY(&s->arena, uint32_t, s->file_schema.count + 1);
    for (uint32_t i = 0; i < s->file_schema.count; i++) projection[i] = i;
    s->format_config = (struct format_config){.schema = &s->file_schema,
                                              .projection = projection,
                                              .nprojection = s->file_schema.count,
                                              .options = t->options,
                                              .prefix = arena_str(&s->arena, t->format_prefix).ptr,
                                              .zone = s->config.zone,
                                              .in_file = true,
                                              .where = arena_str(&s->arena, t->name).ptr};
    s->maker.format = format_class_of(t->format);
    s->maker.format_config = &s->format_config;
}

static enum status set_folder(struct fs_sink *s, const struct plan_table *t, struct error *e) {
    struct env *env = s->config.env;
    uint64_t random;
    s->maker.env = env;
    s->maker.folder = fs_path(t->options, &s->arena);
    s->maker.worker = s->config.worker;
    s->to_stdout = fs_is_stdio(s->maker.folder);
    if (s->to_stdout) return s->maker.format->encoder->open(&s->format_config, &s->stdout_encoder, e);
    if (env->random(env, &random, sizeof random) != 0)
        return error_set(e, ERR_IO, "cannot read random bytes");
    snprintf(s->maker.uid, sizeof s->maker.uid, "%016" PRIx64, random);
    snprintf(s->maker.tag, sizeof s->maker.tag, "%016" PRIx64,
             s->config.job_tag ? s->config.job_tag : random);
    int r = env_mkdirs(env, s->maker.folder);
    if (r == -ENOTDIR || r == -EEXIST)
        return error_set(e, ERR_IO, "%s is a file: an INSERT writes part files into a folder",
                         s->maker.folder);
    return r < 0 ? error_set(e, ERR_IO, "cannot make the folder %s: %s", s->maker.folder, strerror(-r))
                 : ST_OK;
}

static void sink_close(struct sink *sink) {
    struct fs_sink *s = (struct fs_sink *)sink;
    for (uint32_t i = 0; i < s->nopen; i++) part_free(&s->maker, s->open[i].part, true);
    /* What the last checkpoint names is published by the next run. */
    for (uint32_t i = 0; i < s->nfinished; i++) part_free(&s->maker, s->finished[i], i >= s->nprepared);
    if (s->stdout_encoder) s->maker.format->encoder->close(s->stdout_encoder);
    if (s->partition_text) program_free(s->partition_text);
    outbuf_free(&s->stdout_buf);
    free(s->finished);
    arena_free(&s->scratch);
    arena_free(&s->arena);
    free(s);
}

static enum status sink_open(const struct io_config *c, const struct plan_sink *plan,
                             const struct plan_node *node, struct sink **out, struct error *e) {
    struct fs_sink *s = calloc(1, sizeof *s);
    if (!s) mem_exhausted();
    const struct options *o = plan->table->options;
    s->config = *c;
    s->roll_bytes = option_amount(o, "", fs_options, "sink.rolling-policy.file-size");
    s->roll_age_us = option_amount(o, "", fs_options, "sink.rolling-policy.rollover-interval");
    s->roll_idle_us = option_amount(o, "", fs_options, "sink.rolling-policy.inactivity-interval");
    enum status st = set_columns(s, plan, node, e);
    set_format(s, plan->table);
    if (st == ST_OK && !s->maker.format->encoder)
        st = error_set(e, ERR_UNSUPPORTED, "format '%s' cannot be written", plan->table->format->name);
    if (st == ST_OK) st = set_folder(s, plan->table, e);
    if (st == ST_OK) *out = (struct sink *)s;
    else sink_close((struct sink *)s);
    return st;
}

/* ---- parts ---- */

static enum status finish_part(struct fs_sink *s, uint32_t i, struct error *e) {
    TRY(part_finish(&s->maker, s->open[i].part, e));
    if (s->nfinished == s->cap_finished) {
        s->cap_finished = s->cap_finished ? s->cap_finished * 2 : 16;
        s->finished = realloc(s->finished, s->cap_finished * sizeof *s->finished);
        if (!s->finished) mem_exhausted();
    }
    s->finished[s->nfinished++] = s->open[i].part;
    s->open[i] = s->open[--s->nopen];
    return ST_OK;
}

static enum status finish_all(struct fs_sink *s, struct error *e) {
    while (s->nopen) TRY(finish_part(s, s->nopen - 1, e));
    return ST_OK;
}

/* Makes room for one more open part: the one unused for longest is finished. */
static enum status limit_open(struct fs_sink *s, struct error *e) {
    if (s->nopen < OPEN_PARTS_MAX) return ST_OK;
    uint32_t oldest = 0;
    for (uint32_t i = 1; i < s->nopen; i++) {
        if (s->open[i].part->used_us < s->open[oldest].part->used_us) oldest = i;
    }
    return finish_part(s, oldest, e);
}

static enum status part_of(struct fs_sink *s, struct str partition, int64_t now_us, uint32_t *out,
                           struct error *e) {
    for (uint32_t i = 0; i < s->nopen; i++) {
        *out = i;
        if (str_eq(s->open[i].partition, partition)) return ST_OK;
    }
    TRY(limit_open(s, e));
    struct part *p = NULL;
    enum status st = part_open(&s->maker, partition, now_us, &p, e);
    if (st != ST_OK) {
        part_free(&s->maker, p, p && p->fd >= 0);
        return st;
    }
    *out = s->nopen;
    s->open[s->nopen++] = (struct open_part){arena_str(&s->arena, partition), p};
    return ST_OK;
}

static enum status write_rows(struct fs_sink *s, struct str partition, const struct batch *b, struct sel sel,
                              struct error *e) {
    int64_t now = s->config.env->now_us(s->config.env);
    uint32_t i;
    TRY(part_of(s, partition, now, &i, e));
    TRY(part_rows(&s->maker, s->open[i].part, b, sel, now, e));
    return s->open[i].part->size_bytes >= s->roll_bytes ? finish_part(s, i, e) : ST_OK;
}

/* ---- rows ---- */

/* "day=2026-01-01/hour=3" of a row. */
static struct str partition_of(struct fs_sink *s, struct vec *const *text, uint32_t row) {
    struct str path = {"", 0};
    struct str fallback = option_str(s->config.table->options, "", fs_options, "partition.default-name");
    for (uint32_t i = 0; i < s->npartition; i++) {
        struct str value = {"", 0};
        if (!vec_is_null(text[i], row))
            value = strview_str((const struct strview *)text[i]->data + vec_index(text[i], row));
        value = value.len ? fs_escape(value, &s->scratch) : fallback;
        path = arena_printf(&s->scratch, "%.*s%s%.*s=%.*s", STR_ARG(path), i ? "/" : "",
                            STR_ARG(fs_escape(s->partition_names[i], &s->scratch)), STR_ARG(value));
    }
    return path;
}

/* Rows of the same partition together, in order. */
static enum status push_partitioned(struct fs_sink *s, const struct batch *in, const struct batch *b,
                                    struct error *e) {
    struct vec **text = ARENA_ARRAY(&s->scratch, struct vec *, s->npartition);
    s->eval.error = e;
    TRY(program_eval(s->partition_text, in, &s->scratch, &s->eval, text));
    struct str *paths = ARENA_ARRAY(&s->scratch, struct str, in->count);
    uint32_t *rows = ARENA_ARRAY(&s->scratch, uint32_t, in->count);
    SEL_FOREACH(batch_sel(in), k, row) paths[k] = partition_of(s, text, row);
    for (uint32_t first = 0; first < in->count; first++) {
        struct str path = paths[first];
        if (!path.ptr) continue;
        uint32_t n = 0;
        SEL_FOREACH(batch_sel(in), k, row) {
            if (k < first || !paths[k].ptr || !str_eq(paths[k], path)) continue;
            rows[n++] = row;
            paths[k].ptr = NULL;
        }
        TRY(write_rows(s, path, b, (struct sel){rows, n}, e));
    }
    return ST_OK;
}

static enum status push_stdout(struct fs_sink *s, const struct batch *b, struct error *e) {
    const struct encoder_class *c = s->maker.format->encoder;
    if (!s->stdout_begun && c->file_begin) TRY(c->file_begin(s->stdout_encoder, &s->stdout_buf, e));
    s->stdout_begun = true;
    TRY(c->rows(s->stdout_encoder, b, batch_sel(b), &s->stdout_buf, NULL, e));
    int r = env_write_all(s->config.env, STDOUT_FILENO, s->stdout_buf.data, s->stdout_buf.len);
    s->stdout_buf.len = 0;
    return r < 0 ? error_set(e, ERR_IO, "cannot write to standard output: %s", strerror(-r)) : ST_OK;
}

static enum sink_result sink_push(struct sink *sink, const struct batch *in, int64_t watermark_us UNUSED,
                                  struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    arena_reset(&s->scratch);
    struct batch *b = batch_select(&s->scratch, in, in->sel, in->count);
    b->ncols = s->file_schema.count;
    b->cols = ARENA_ARRAY(&s->scratch, struct vec *, b->ncols + 1);
    for (uint32_t i = 0; i < b->ncols; i++) b->cols[i] = in->cols[s->cols[i]];
    enum status st;
    if (s->to_stdout) st = push_stdout(s, b, e);
    else if (s->npartition) st = push_partitioned(s, in, b, e);
    else st = write_rows(s, STR(""), b, batch_sel(in), e);
    return st == ST_OK ? SINK_DONE : SINK_FAIL;
}

static enum sink_result sink_tick(struct sink *sink, int64_t now_us, struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    for (uint32_t i = s->nopen; i-- > 0;) {
        const struct part *p = s->open[i].part;
        if (now_us - p->begun_us < s->roll_age_us && now_us - p->used_us < s->roll_idle_us) continue;
        if (finish_part(s, i, e) != ST_OK) return SINK_FAIL;
    }
    return SINK_DONE;
}

/* ---- publishing ---- */

static enum status flush_stdout(struct fs_sink *s, struct error *e) {
    const struct encoder_class *c = s->maker.format->encoder;
    if (!s->stdout_begun || !c->file_flush) return ST_OK;
    TRY(c->file_flush(s->stdout_encoder, &s->stdout_buf, e));
    int r = env_write_all(s->config.env, STDOUT_FILENO, s->stdout_buf.data, s->stdout_buf.len);
    s->stdout_buf.len = 0;
    return r < 0 ? error_set(e, ERR_IO, "cannot write to standard output: %s", strerror(-r)) : ST_OK;
}

static enum status publish_finished(struct fs_sink *s, uint32_t count, struct error *e) {
    for (uint32_t i = 0; i < count; i++) {
        struct part *p = s->finished[i];
        TRY(part_publish(s->config.env, p->dir, p->name, s->maker.tag, e));
    }
    for (uint32_t i = 0; i < count; i++) part_free(&s->maker, s->finished[i], false);
    s->nfinished -= count;
    if (s->nfinished) memmove(s->finished, s->finished + count, s->nfinished * sizeof *s->finished);
    return ST_OK;
}

static enum sink_result sink_prepare(struct sink *sink, uint64_t epoch UNUSED, struct outbuf *out,
                                     struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    if ((s->to_stdout ? flush_stdout(s, e) : finish_all(s, e)) != ST_OK) return SINK_FAIL;
    outbuf_u8(out, PREPARED_VERSION);
    outbuf_str(out, str_of(s->maker.tag));
    outbuf_u32(out, s->nfinished);
    for (uint32_t i = 0; i < s->nfinished; i++) {
        outbuf_str(out, str_of(s->finished[i]->dir));
        outbuf_str(out, str_of(s->finished[i]->name));
    }
    s->nprepared = s->nfinished;
    return SINK_DONE;
}

static enum status sink_commit(struct sink *sink, uint64_t epoch UNUSED, struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    TRY(publish_finished(s, s->nprepared, e));
    s->nprepared = 0;
    return ST_OK;
}

/* A part of the restored checkpoint. Its hidden file is durable: when there is neither that nor the published
 * one, somebody took the published one away, which is their right. */
static enum status publish_again(struct fs_sink *s, const char *dir, const char *name, const char *tag,
                                 struct error *e) {
    char line[PATH_MAX + 100];
    bool there;
    TRY(part_exists(s->config.env, dir, name, tag, &there, e));
    if (there) return part_publish(s->config.env, dir, name, tag, e);
    snprintf(line, sizeof line, "%s/%s was published before, and is not there any more", dir, name);
    if (s->config.log) s->config.log(s->config.log_arg, line);
    return ST_OK;
}

static enum status sink_restore(struct sink *sink, uint64_t committed UNUSED, struct inbuf *in,
                                struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    struct arena a = {0};
    if (inbuf_u8(in) != PREPARED_VERSION)
        return error_set(e, ERR_STATE, "the sink's part of the snapshot has another version");
    const char *tag = arena_str(&a, inbuf_str(in)).ptr;
    uint32_t count = inbuf_u32(in);
    enum status st = ST_OK;
    for (uint32_t i = 0; st == ST_OK && i < count && !in->bad; i++) {
        const char *dir = arena_str(&a, inbuf_str(in)).ptr, *name = arena_str(&a, inbuf_str(in)).ptr;
        if (!in->bad) st = publish_again(s, dir, name, tag, e);
    }
    if (st == ST_OK && in->bad) st = error_set(e, ERR_STATE, "the sink's part of the snapshot is cut off");
    arena_free(&a);
    return st;
}

static enum status sink_drop(struct sink *sink, uint64_t committed UNUSED, struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    if (s->to_stdout || !s->config.job_tag) return ST_OK;
    return part_remove_leftovers(s->config.env, s->maker.folder, s->maker.tag, e);
}

static enum sink_result sink_finish(struct sink *sink, struct error *e) {
    struct fs_sink *s = (struct fs_sink *)sink;
    if (s->to_stdout) return flush_stdout(s, e) == ST_OK ? SINK_DONE : SINK_FAIL;
    if (finish_all(s, e) != ST_OK || publish_finished(s, s->nfinished, e) != ST_OK) return SINK_FAIL;
    return SINK_DONE;
}

const struct sink_class fs_sink_class = {
    .open = sink_open,
    .push = sink_push,
    .tick = sink_tick,
    .prepare = sink_prepare,
    .commit = sink_commit,
    .restore = sink_restore,
    .drop = sink_drop,
    .finish = sink_finish,
    .close = sink_close,
};
