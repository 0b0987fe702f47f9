/* SPDX-License-Identifier: Apache-2.0
 *
 * The stream connector without a job: who gets what was pushed, when arrays are released, the bound on what
 * waits, ends, wrong batches, and pushing and reading from several threads.
 */
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "connectors/builtin.h"
#include "connectors/stream.h"
#include "exec/ring.h"
#include "tests/unit/io_helper.h"

/* Table c.d.t with columns a BIGINT, b STRING, and what its arrays said when they were released. */
struct fixture {
    struct io io;
    struct stream_set *set;
    struct catalog_entry entry;
    struct table_column cols[2];
    _Atomic int released;
};

static void setup(struct fixture *f) {
    memset(f, 0, sizeof *f);
    io_init(&f->io, &stream_connector, NULL);
    f->set = f->io.config.streams = stream_set_new();
    f->io.table.name = STR("c.d.t");
    f->cols[0] = (struct table_column){.name = STR("a"), .type = type_simple(TYPE_BIGINT, true)};
    f->cols[1] = (struct table_column){.name = STR("b"), .type = type_string(true), .physical = 1};
    f->entry = (struct catalog_entry){.kind = ENTRY_TABLE,
                                      .catalog = STR("c"),
                                      .database = STR("d"),
                                      .name = STR("t"),
                                      .ncols = 2,
                                      .cols = f->cols,
                                      .rowtime = 0,
                                      .connector = &stream_connector.desc};
    for (unsigned i = 0; i < 2; i++) {
        f->cols[i].kind = AST_COLUMN_PHYSICAL;
        io_column(&f->io, f->cols[i].name.ptr, f->cols[i].type);
    }
}

static void teardown(struct fixture *f) {
    stream_set_free(f->set);
    io_free(&f->io);
}

static struct stream_feed *open_feed(struct fixture *f) {
    struct stream_feed *feed;
    cr_assert_eq(stream_feed_open(f->set, &f->entry, NULL, &feed, &f->io.error), ST_OK, "%s",
                 f->io.error.text);
    return feed;
}

/* An array whose release is counted. */
struct counted {
    struct ArrowArray inner;
    _Atomic int *released;
};

static void release_counted(struct ArrowArray *a) {
    struct counted *c = a->private_data;
    c->inner.release(&c->inner);
    atomic_fetch_add(c->released, 1);
    free(c);
    a->release = NULL;
}

static struct ArrowArray array_of(struct fixture *f, const char *rows) {
    struct counted *c = calloc(1, sizeof *c);
    cr_assert_eq(arrow_array(&f->io.schema, io_batch(&f->io, rows), false, &c->inner, &f->io.error), ST_OK);
    c->released = &f->released;
    struct ArrowArray a = c->inner;
    a.release = release_counted;
    a.private_data = c;
    return a;
}

static enum feed_result push(struct fixture *f, struct stream_feed *feed, const char *rows) {
    struct ArrowArray a = array_of(f, rows);
    error_clear(&f->io.error);
    enum feed_result r = stream_feed_push(feed, &a, &f->io.error);
    cr_assert_eq(a.release == NULL, r == FEED_TAKEN);
    if (a.release) {
        a.release(&a);
        atomic_fetch_sub(&f->released, 1);
    }
    return r;
}

Test(stream, rows_wait_for_the_first_reader) {
    struct fixture f;
    setup(&f);
    struct stream_feed *feed = open_feed(&f);
    cr_assert_eq(push(&f, feed, "1,one|2,-"), FEED_TAKEN);
    cr_assert_eq(push(&f, feed, "3,a string of more than twelve"), FEED_TAKEN);
    stream_feed_end(feed);
    cr_assert_eq(push(&f, feed, "4,four"), FEED_FAIL);
    cr_expect_str_eq(f.io.error.text, "the input of table c.d.t has ended");
    cr_assert_eq(f.released, 0);
    cr_expect_str_eq(io_read(&f.io, 1), "1, one\n2, NULL\n3, a string of more than twelve\n");
    cr_expect_eq(f.released, 2);
    stream_feed_close(feed);
    feed = open_feed(&f); /* the table is as new */
    cr_assert_eq(push(&f, feed, "5,five"), FEED_TAKEN);
    stream_feed_close(feed);
    f.io.state.len = 0;
    cr_expect_str_eq(io_read(&f.io, 3), "5, five\n");
    teardown(&f);
}

Test(stream, only_wanted_columns_and_small_batches) {
    struct fixture f;
    setup(&f);
    io_project(&f.io, 1, (uint32_t[]){1});
    f.io.config.batch_rows = 2;
    struct stream_feed *feed = open_feed(&f);
    cr_assert_eq(push(&f, feed, "1,a|2,b|3,c|4,d|5,e"), FEED_TAKEN);
    stream_feed_close(feed);
    cr_expect_str_eq(io_read(&f.io, 2), "a\nb\nc\nd\ne\n");
    cr_expect_eq(f.released, 1);
    f.io.config.batch_rows = 1; /* a batch of more than four rows is shared by the workers */
    f.io.state.len = 0;
    feed = open_feed(&f);
    cr_assert_eq(push(&f, feed, "1,a|2,b|3,c|4,d|5,e|6,f|7,g|8,h|9,i"), FEED_TAKEN);
    stream_feed_close(feed);
    cr_expect_str_eq(io_read(&f.io, 3), "a\nb\nc\nd\ne\nf\ng\nh\ni\n");
    cr_expect_eq(f.released, 2);
    teardown(&f);
}

/* A source with one reader, which the test drives. */
struct reading {
    struct source *source;
    struct reader *reader;
    struct arena arena;
};

static void begin(struct fixture *f, struct reading *r) {
    *r = (struct reading){0};
    const struct source_class *c = stream_connector.source;
    cr_assert_eq(c->open(&f->io.config, &f->io.scan, &f->io.node, NULL, &r->source, &f->io.error), ST_OK,
                 "%s", f->io.error.text);
    cr_assert_eq(c->reader_open(r->source, &f->io.config, &r->reader, &f->io.error), ST_OK);
}

static void end(struct reading *r) {
    stream_connector.source->reader_close(r->reader);
    stream_connector.source->close(r->source);
    arena_free(&r->arena);
}

/* The first row of the next chunk as text; or "watermark", "wait", "end", or an error. */
static const char *next(struct fixture *f, struct reading *r) {
    const struct source_class *c = stream_connector.source;
    struct chunk chunk = {.watermark_us = TIME_MIN};
    struct batch *b;
    error_clear(&f->io.error);
    switch (c->claim(r->source, r->reader, &chunk, &f->io.error)) {
    case CLAIM_WAIT: return "wait";
    case CLAIM_END: return "end";
    case CLAIM_FAIL: return f->io.error.text;
    case CLAIM_CHUNK: break;
    }
    if (c->decode(r->reader, &r->arena, &b, &f->io.error) != ST_OK) return f->io.error.text;
    if (chunk.watermark_us != TIME_MIN)
        return arena_printf(&r->arena, "watermark %lld", (long long)chunk.watermark_us).ptr;
    return b ? batch_row_debug(&r->arena, b, 0).ptr : "nothing";
}

Test(stream, each_reader_gets_what_comes_after_it) {
    struct fixture f;
    setup(&f);
    struct stream_feed *feed = open_feed(&f);
    struct reading one, two;
    cr_assert_eq(push(&f, feed, "1,a"), FEED_TAKEN);
    begin(&f, &one);
    begin(&f, &two);
    cr_assert_eq(push(&f, feed, "2,b"), FEED_TAKEN);
    cr_assert_eq(stream_feed_watermark(feed, 77, &f.io.error), ST_OK);
    cr_expect_str_eq(next(&f, &one), "+I[1, a]");
    cr_expect_str_eq(next(&f, &one), "+I[2, b]");
    cr_expect_eq(f.released, 1);
    cr_expect_str_eq(next(&f, &one), "watermark 77");
    cr_expect_str_eq(next(&f, &one), "wait");
    cr_expect_eq(f.released, 1, "the other one has yet to read it");
    cr_expect_str_eq(next(&f, &two), "+I[2, b]");
    cr_expect_str_eq(next(&f, &two), "watermark 77");
    cr_expect_str_eq(next(&f, &two), "wait");
    cr_expect_eq(f.released, 2);
    cr_assert_eq(push(&f, feed, "3,c"), FEED_TAKEN);
    end(&one); /* with a row unread */
    stream_feed_end(feed);
    cr_expect_str_eq(next(&f, &two), "+I[3, c]");
    cr_expect_str_eq(next(&f, &two), "end");
    cr_expect_str_eq(next(&f, &two), "end");
    end(&two);
    cr_expect_eq(f.released, 3);
    stream_feed_close(feed);
    teardown(&f);
}

Test(stream, a_table_ends_with_its_last_feed) {
    struct fixture f;
    setup(&f);
    struct stream_feed *a = open_feed(&f), *b = open_feed(&f);
    struct reading r;
    begin(&f, &r);
    stream_feed_end(a);
    stream_feed_end(a);
    cr_expect_str_eq(next(&f, &r), "wait");
    cr_assert_eq(push(&f, b, "1,a"), FEED_TAKEN);
    stream_feed_close(a);
    stream_feed_close(b);
    stream_feed_close(NULL);
    struct stream_feed *c = open_feed(&f); /* of the time behind the end */
    cr_assert_eq(push(&f, c, "2,b"), FEED_TAKEN);
    cr_expect_str_eq(next(&f, &r), "+I[1, a]");
    cr_expect_str_eq(next(&f, &r), "end");
    end(&r);
    begin(&f, &r);
    cr_expect_str_eq(next(&f, &r), "+I[2, b]");
    cr_expect_str_eq(next(&f, &r), "wait");
    end(&r);
    stream_feed_close(c);
    teardown(&f);
    cr_expect_eq(f.released, 2);
}

Test(stream, a_table_that_keeps_gives_all_to_each_reader) {
    struct fixture f;
    setup(&f);
    io_option(&f.io, "keep", "true");
    f.entry.options = f.io.options;
    stream_set_limit(f.set, 1);
    struct stream_feed *feed = open_feed(&f);
    cr_assert_eq(push(&f, feed, "1,a"), FEED_TAKEN);
    cr_assert_eq(push(&f, feed, "2,b"), FEED_TAKEN, "what is kept does not wait");
    struct reading one, two;
    begin(&f, &one);
    begin(&f, &two);
    cr_expect_str_eq(next(&f, &one), "+I[1, a]");
    cr_assert_eq(push(&f, feed, "3,c"), FEED_WAIT, "the readers are behind");
    cr_expect_str_eq(next(&f, &one), "+I[2, b]");
    cr_expect_str_eq(next(&f, &one), "wait");
    end(&two); /* with rows unread */
    cr_assert_eq(push(&f, feed, "3,c"), FEED_TAKEN);
    stream_feed_end(feed);
    cr_expect_str_eq(next(&f, &one), "+I[3, c]");
    cr_expect_str_eq(next(&f, &one), "end");
    end(&one);
    cr_expect_eq(f.released, 0);
    f.io.state.len = 0;
    cr_expect_str_eq(io_read(&f.io, 2), "1, a\n2, b\n3, c\n");
    stream_feed_close(feed);
    feed = open_feed(&f); /* more of it */
    begin(&f, &one);
    for (unsigned i = 0; i < 3; i++) cr_expect_str_neq(next(&f, &one), "wait");
    cr_expect_str_eq(next(&f, &one), "wait");
    stream_set_drop(f.set, f.io.table.name);
    cr_expect_str_eq(next(&f, &one), "end");
    end(&one);
    cr_expect_eq(f.released, 3);
    stream_feed_close(feed);
    teardown(&f);
}

Test(stream, a_bound_on_what_waits) {
    struct fixture f;
    setup(&f);
    struct stream_feed *feed = open_feed(&f);
    stream_set_limit(f.set, 1);
    cr_assert_eq(push(&f, feed, "1,a"), FEED_TAKEN, "one is always taken");
    cr_assert_eq(push(&f, feed, "2,b"), FEED_WAIT);
    struct reading r;
    begin(&f, &r);
    cr_assert_eq(push(&f, feed, "2,b"), FEED_WAIT);
    cr_expect_str_eq(next(&f, &r), "+I[1, a]");
    cr_assert_eq(push(&f, feed, "2,b"), FEED_TAKEN);
    stream_set_limit(f.set, 1 << 20);
    cr_assert_eq(push(&f, feed, "3,c"), FEED_TAKEN);
    end(&r);
    stream_set_limit(f.set, 1);
    cr_assert_eq(push(&f, feed, "4,d"), FEED_TAKEN, "nothing waits any more");
    stream_feed_close(feed);
    teardown(&f);
    cr_expect_eq(f.released, 4);
}

Test(stream, what_is_wrong_is_refused_and_stays_with_the_caller) {
    struct fixture f;
    setup(&f);
    struct stream_feed *feed = open_feed(&f);
    struct ArrowArray a = array_of(&f, "1,a");
    a.children[1]->length = 0;
    cr_assert_eq(stream_feed_push(feed, &a, &f.io.error), FEED_FAIL);
    cr_expect_str_eq(f.io.error.text, "table c.d.t: the array of column 'b' has too few rows");
    a.release(&a);
    f.entry.rowtime = -1;
    struct stream_feed *plain = open_feed(&f);
    error_clear(&f.io.error);
    cr_assert_eq(stream_feed_watermark(plain, 1, &f.io.error), ST_ERROR);
    cr_expect_str_eq(f.io.error.text, "table c.d.t has no rowtime, which a watermark could speak of");
    stream_feed_close(plain);
    error_clear(&f.io.error);
    f.entry.connector = &datagen_connector.desc;
    cr_assert_eq(stream_feed_open(f.set, &f.entry, NULL, &plain, &f.io.error), ST_ERROR);
    cr_expect_str_eq(
        f.io.error.text,
        "'t' is another table, and only tables with 'connector' = 'stream' take rows from a program");
    error_clear(&f.io.error);
    f.entry.connector = &stream_connector.desc;
    struct ArrowSchema schema = {.format = "+s"};
    cr_assert_eq(stream_feed_open(f.set, &f.entry, &schema, &plain, &f.io.error), ST_ERROR);
    cr_expect_str_eq(f.io.error.text, "table t: the batches have none of the table's columns");
    error_clear(&f.io.error);
    outbuf_u8(&f.io.state, 99);
    cr_expect_str_eq(io_read(&f.io, 1), "! the position of a stream table is damaged\n");
    f.io.state.len = 0;
    f.io.config.streams = NULL;
    cr_expect_str_eq(io_read(&f.io, 1), "! table c.d.t is fed by a program that uses Weir as a library\n");
    stream_feed_close(feed);
    teardown(&f);
}

Test(stream, a_table_that_is_made_anew) {
    struct fixture f;
    setup(&f);
    struct stream_feed *feed = open_feed(&f);
    cr_assert_eq(push(&f, feed, "1,a"), FEED_TAKEN);
    f.io.schema.fields[1].name = STR("other");
    struct reading r;
    begin(&f, &r);
    cr_expect_str_eq(next(&f, &r), "table c.d.t has other columns than when its input was opened");
    end(&r);
    f.io.schema.fields[1].name = STR("b");
    begin(&f, &r);
    cr_assert_eq(push(&f, feed, "2,b"), FEED_TAKEN);
    stream_set_drop(f.set, STR("c.d.t"));
    stream_set_drop(f.set, STR("c.d.nothing"));
    cr_assert_eq(push(&f, feed, "3,c"), FEED_FAIL);
    cr_expect_str_eq(f.io.error.text, "table c.d.t was dropped");
    cr_expect_str_eq(next(&f, &r), "+I[2, b]");
    cr_expect_str_eq(next(&f, &r), "end");
    end(&r);
    struct stream_feed *now = open_feed(&f);
    cr_assert_eq(push(&f, now, "4,d"), FEED_TAKEN);
    stream_set_drop(f.set, STR("c.d.t")); /* and let go */
    stream_feed_close(now);
    stream_feed_close(feed);
    teardown(&f);
    cr_expect_eq(f.released, 3);
}

Test(stream, rows_that_do_not_fit_fail_or_are_skipped) {
    struct fixture f;
    setup(&f);
    struct ArrowSchema schema;
    arrow_schema(&f.io.schema, "UTC", NULL, &schema);
    f.cols[0].type = f.io.schema.fields[0].type = type_simple(TYPE_TINYINT, true);
    struct stream_feed *feed;
    for (unsigned skip = 0; skip < 2; skip++) {
        cr_assert_eq(stream_feed_open(f.set, &f.entry, &schema, &feed, &f.io.error), ST_OK);
        f.io.schema.fields[0].type = type_simple(TYPE_BIGINT, true);
        struct ArrowArray a = array_of(&f, "1,a|200,b|3,c|300,d");
        f.io.schema.fields[0].type = f.cols[0].type;
        cr_assert_eq(stream_feed_push(feed, &a, &f.io.error), FEED_TAKEN);
        stream_feed_close(feed);
        f.io.config.on_error = skip ? ON_ERROR_SKIP : ON_ERROR_FAIL;
        cr_expect_str_eq(io_read(&f.io, 1),
                         skip ? "1, a\n3, c\n"
                              : "! table c.d.t: the value 200 of column 'a' does not fit TINYINT\n");
    }
    cr_expect_eq(f.io.counters.bad_records, 2);
    schema.release(&schema);
    teardown(&f);
}

/* ---- threads ---- */

enum { PUSHERS = 2, PUSHES = 500 };

struct pusher {
    struct fixture *f;
    struct stream_feed *feed;
    struct ArrowArray arrays[PUSHES];
    pthread_t thread;
};

static void *push_all(void *arg) {
    struct pusher *p = arg;
    struct error e = {0};
    for (unsigned i = 0; i < PUSHES; i++) {
        enum feed_result r;
        while ((r = stream_feed_push(p->feed, &p->arrays[i], &e)) == FEED_WAIT) usleep(10);
        if (r != FEED_TAKEN) abort();
    }
    stream_feed_end(p->feed);
    return NULL;
}

/* A bell for each worker, as a job has them. */
static void ring(void *arg, uint32_t worker) {
    doorbell_ring(&((struct doorbell *)arg)[worker]);
}

struct worker {
    struct source *source;
    struct reader *reader;
    struct doorbell *bell;
    uint64_t rows;
    int64_t sum;
    pthread_t thread;
};

static void *read_rows(void *arg) {
    struct worker *w = arg;
    const struct source_class *c = stream_connector.source;
    struct arena a = {0};
    struct error e = {0};
    for (;;) {
        uint32_t seen = atomic_load(&w->bell->rung);
        struct chunk chunk = {.watermark_us = TIME_MIN};
        enum claim got = c->claim(w->source, w->reader, &chunk, &e);
        if (got == CLAIM_END) break;
        if (got == CLAIM_WAIT) { /* a lost wake-up would take a minute */
            doorbell_wait(w->bell, seen, 60000000);
            continue;
        }
        struct batch *b;
        arena_reset(&a);
        while (c->decode(w->reader, &a, &b, &e) == ST_OK && b) {
            w->rows += b->rows;
            for (uint32_t i = 0; i < b->rows; i++) w->sum += vec_int(b->cols[0], i);
        }
    }
    arena_free(&a);
    return NULL;
}

Test(stream, several_threads_push_and_read, .timeout = 50) {
    struct fixture f;
    struct doorbell bells[2];
    static struct pusher pushers[PUSHERS];
    struct worker workers[2] = {{0}};
    const struct source_class *c = stream_connector.source;
    setup(&f);
    stream_set_limit(f.set, 4000);
    f.io.config.parallelism = 2;
    f.io.config.wake = ring;
    f.io.config.wake_arg = bells;
    struct source *source;
    cr_assert_eq(c->open(&f.io.config, &f.io.scan, &f.io.node, NULL, &source, &f.io.error), ST_OK);
    for (uint32_t w = 0; w < 2; w++) {
        doorbell_init(&bells[w]);
        f.io.config.worker = w;
        workers[w].source = source;
        workers[w].bell = &bells[w];
        cr_assert_eq(c->reader_open(source, &f.io.config, &workers[w].reader, &f.io.error), ST_OK);
    }
    for (unsigned p = 0; p < PUSHERS; p++) {
        pushers[p] = (struct pusher){.f = &f, .feed = open_feed(&f)};
        for (unsigned i = 0; i < PUSHES; i++) pushers[p].arrays[i] = array_of(&f, "1,a|2,b|3,c");
    }
    for (uint32_t w = 0; w < 2; w++) pthread_create(&workers[w].thread, NULL, read_rows, &workers[w]);
    for (unsigned p = 0; p < PUSHERS; p++) pthread_create(&pushers[p].thread, NULL, push_all, &pushers[p]);
    for (unsigned p = 0; p < PUSHERS; p++) pthread_join(pushers[p].thread, NULL);
    for (uint32_t w = 0; w < 2; w++) pthread_join(workers[w].thread, NULL);
    cr_expect_eq(workers[0].rows + workers[1].rows, 3 * PUSHES * PUSHERS);
    cr_expect_eq(workers[0].sum + workers[1].sum, 6 * PUSHES * PUSHERS);
    for (uint32_t w = 0; w < 2; w++) {
        c->reader_close(workers[w].reader);
        doorbell_destroy(&bells[w]);
    }
    c->close(source);
    for (unsigned p = 0; p < PUSHERS; p++) stream_feed_close(pushers[p].feed);
    teardown(&f);
    cr_expect_eq(f.released, PUSHES * PUSHERS);
}
