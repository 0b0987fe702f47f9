/* SPDX-License-Identifier: Apache-2.0
 *
 * Inputs: rows that a program pushes into a table with 'connector' = 'stream'. The table and its queues are
 * connectors/stream.h; here is who may call what, and when.
 */
#include "connectors/stream.h"
#include "engine/session.h"

struct weir_input {
    struct handle handle;
    struct stream_feed *feed;
    _Atomic bool pushing; /* one thread pushes at a time */
};

static enum status open_feed(struct weir_session *s, const char *table, const struct ArrowSchema *schema,
                             struct stream_feed **feed, struct error *e) {
    struct arena a = {0};
    struct planning p;
    struct catalog_entry *entry = NULL;
    enum status st = session_planning(s, &a, STR(""), PLANNER_AUTOMATIC, &p, e);
    if (st == ST_OK) st = planner_find_table(&p.ctx, str_of(table), &entry);
    if (st == ST_OK) {
        stream_set_limit(s->streams,
                         (uint64_t)session_option_amount(&s->options, "weir.stream.buffer-bytes"));
        st = stream_feed_open(s->streams, entry, schema, feed, e);
    }
    arena_free(&a);
    return st;
}

enum weir_status weir_input_open(struct weir_session *s, const char *table, const struct ArrowSchema *schema,
                                 struct weir_input **out, struct weir_error **error) {
    HANDLE_CALL(s, HANDLE_SESSION);
    struct stream_feed *feed;
    enum status st = !table || !out ? misuse(&e, __func__, "the name or the place for the input is NULL")
                                    : open_feed(s, table, schema, &feed, &e);
    if (st == ST_OK) {
        struct weir_input *in = handle_new(sizeof *in, HANDLE_INPUT, s);
        in->feed = feed;
        *out = in;
    }
    handle_leave(s);
    return give_status(st, &e, (struct str){0}, error);
}

/* Inputs are used beside the calls for their session, by one thread at a time. */
static enum status enter(struct weir_input *in, const char *call, struct error *e) {
    TRY(handle_check(in, HANDLE_INPUT, call, e));
    if (atomic_exchange_explicit(&in->pushing, true, memory_order_acquire))
        return misuse(e, call, "another thread is in a call for the same input");
    return ST_OK;
}

static void leave(struct weir_input *in) {
    atomic_store_explicit(&in->pushing, false, memory_order_release);
}

enum weir_status weir_push(struct weir_input *in, struct ArrowArray *batch, struct weir_error **error) {
    struct error e;
    error_clear(&e);
    enum status st = enter(in, __func__, &e);
    if (st != ST_OK) return give_status(st, &e, (struct str){0}, error);
    enum feed_result r = FEED_FAIL;
    if (!batch || !batch->release) st = misuse(&e, __func__, "the batch is NULL or was released");
    else r = stream_feed_push(in->feed, batch, &e);
    leave(in);
    if (r == FEED_FAIL) return give_status(ST_ERROR, &e, (struct str){0}, error);
    return r == FEED_TAKEN ? WEIR_OK : WEIR_WAIT;
}

enum weir_status weir_push_watermark(struct weir_input *in, int64_t watermark_us, struct weir_error **error) {
    struct error e;
    error_clear(&e);
    enum status st = enter(in, __func__, &e);
    if (st == ST_OK) {
        st = stream_feed_watermark(in->feed, watermark_us, &e);
        leave(in);
    }
    return give_status(st, &e, (struct str){0}, error);
}

enum weir_status weir_push_end(struct weir_input *in, struct weir_error **error) {
    struct error e;
    error_clear(&e);
    enum status st = enter(in, __func__, &e);
    if (st == ST_OK) {
        stream_feed_end(in->feed);
        leave(in);
    }
    return give_status(st, &e, (struct str){0}, error);
}

void input_free(struct weir_input *in) {
    stream_feed_close(in->feed);
    handle_free(&in->handle);
}

void weir_input_free(struct weir_input *in) {
    struct error e;
    error_clear(&e);
    if (!in || handle_enter(in, HANDLE_INPUT, __func__, &e) != ST_OK) return;
    struct weir_session *s = in->handle.session;
    if (atomic_load(&in->pushing)) {
        handle_leave(s);
        return; /* another thread is in a call for it: the session frees it at its end */
    }
    input_free(in);
    handle_leave(s);
}
