/* SPDX-License-Identifier: Apache-2.0
 *
 * Stream tables and the way into them; see stream.h. A table's mutex is held for a few pointers only: arrays
 * are checked before, and released after. Workers are woken under it, so that a source that is being closed
 * is not woken any more.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "connectors/builtin.h"
#include "connectors/stream_internal.h"

struct stream_set {
    pthread_mutex_t mutex; /* guards the rest */
    uint64_t limit_bytes;
    struct stream_table *tables;
};

struct stream_feed {
    struct stream_table *table;
    struct stream_format *format;
    bool timed; /* the table has a rowtime */
    bool ended; /* guarded by the table's mutex */
};

static void *make(size_t bytes) {
    void *p = calloc(1, bytes);
    if (!p) mem_exhausted();
    return p;
}

/* ---- formats and items ---- */

void stream_format_keep(struct stream_format *f) {
    atomic_fetch_add_explicit(&f->users, 1, memory_order_relaxed);
}

void stream_format_drop(struct stream_format *f) {
    if (!f || atomic_fetch_sub(&f->users, 1) != 1) return;
    arena_free(&f->arena);
    free(f);
}

void stream_item_drop(struct stream_item *item) {
    if (!item || atomic_fetch_sub(&item->users, 1) != 1) return;
    if (item->kind == STREAM_ROWS) {
        if (item->array.release) item->array.release(&item->array);
        stream_format_drop(item->format);
    }
    free(item);
}

static struct stream_item *item_new(enum stream_kind kind) {
    struct stream_item *item = malloc(sizeof *item);
    if (!item) mem_exhausted();
    *item = (struct stream_item){.kind = kind, .bytes = sizeof *item};
    atomic_init(&item->users, 1);
    return item;
}

/* ---- queues ---- */

static void queue_put(struct stream_queue *q, struct stream_item *item) {
    if (q->count == q->room) {
        uint32_t room = q->room ? 2 * q->room : 16;
        struct stream_item **slots = malloc(room * sizeof *slots);
        if (!slots) mem_exhausted();
        for (uint32_t i = 0; i < q->count; i++) slots[i] = q->slots[(q->head + i) % q->room];
        free(q->slots);
        q->slots = slots;
        q->room = room;
        q->head = 0;
    }
    q->slots[(q->head + q->count++) & (q->room - 1)] = item;
}

static struct stream_item *queue_first(const struct stream_queue *q) {
    return q->count ? q->slots[q->head] : NULL;
}

static struct stream_item *queue_take(struct stream_queue *q) {
    struct stream_item *item = queue_first(q);
    if (!item) return NULL;
    q->head = (q->head + 1) & (q->room - 1);
    q->count--;
    return item;
}

/* Lets go of all items, and of the queue's memory. */
static void queue_clear(struct stream_queue *q) {
    for (struct stream_item *item; (item = queue_take(q));) stream_item_drop(item);
    free(q->slots);
    q->slots = NULL;
    q->room = 0;
}

/* ---- tables ---- */

static void table_drop(struct stream_table *t) {
    if (atomic_fetch_sub(&t->users, 1) != 1) return;
    queue_clear(&t->early);
    queue_clear(&t->kept);
    pthread_mutex_destroy(&t->mutex);
    free((char *)(uintptr_t)t->name.ptr);
    free(t);
}

/* Finds or makes it, and keeps it. */
static struct stream_table *table_of(struct stream_set *set, struct str name) {
    pthread_mutex_lock(&set->mutex);
    struct stream_table *t = set->tables;
    while (t && !str_eq(t->name, name)) t = t->next;
    if (!t) {
        char *copy = make(name.len + 1);
        memcpy(copy, name.ptr, name.len);
        t = make(sizeof *t);
        t->name = (struct str){copy, name.len};
        t->limit_bytes = set->limit_bytes;
        t->next = set->tables;
        set->tables = t;
        atomic_init(&t->users, 1);
        pthread_mutex_init(&t->mutex, NULL);
    }
    atomic_fetch_add(&t->users, 1);
    pthread_mutex_unlock(&set->mutex);
    return t;
}

struct stream_set *stream_set_new(void) {
    struct stream_set *set = make(sizeof *set);
    pthread_mutex_init(&set->mutex, NULL);
    set->limit_bytes = UINT64_MAX;
    return set;
}

void stream_set_free(struct stream_set *set) {
    if (!set) return;
    for (struct stream_table *t = set->tables, *next; t; t = next) {
        next = t->next;
        table_drop(t);
    }
    pthread_mutex_destroy(&set->mutex);
    free(set);
}

void stream_set_limit(struct stream_set *set, uint64_t bytes) {
    pthread_mutex_lock(&set->mutex);
    set->limit_bytes = bytes;
    for (struct stream_table *t = set->tables; t; t = t->next) {
        pthread_mutex_lock(&t->mutex);
        t->limit_bytes = bytes;
        pthread_mutex_unlock(&t->mutex);
    }
    pthread_mutex_unlock(&set->mutex);
}

/* The item leaves a queue; the mutex is held. */
static void leave(struct stream_table *t, struct stream_item *item) {
    if (--item->queued == 0) t->waiting_bytes -= item->bytes;
}

static void wake_all(struct stream_subscriber *s) {
    for (uint32_t w = 0; w < s->nworkers; w++) {
        if (!s->waiting[w]) continue;
        s->waiting[w] = false;
        if (s->wake) s->wake(s->wake_arg, w);
    }
}

static void enqueue(struct stream_table *t, struct stream_queue *q, struct stream_item *item) {
    if (item->queued++ == 0) t->waiting_bytes += item->bytes;
    else atomic_fetch_add_explicit(&item->users, 1, memory_order_relaxed);
    queue_put(q, item);
}

/* An item that the table keeps goes into a queue too. */
static void enqueue_kept(struct stream_table *t, struct stream_queue *q, struct stream_item *item) {
    if (item->queued == 0) atomic_fetch_add_explicit(&item->users, 1, memory_order_relaxed);
    enqueue(t, q, item);
}

/* To all who read the table, and all who will. The end is not kept as an item: each reader gets one. */
static void distribute_kept(struct stream_table *t, struct stream_item *item) {
    bool last = item->kind == STREAM_LAST;
    t->kept_all = last;
    for (struct stream_subscriber *s = t->subscribers; s; s = s->next) {
        enqueue_kept(t, &s->queue, item);
        s->ended = last;
        wake_all(s);
    }
    if (!last) {
        queue_put(&t->kept, item);
        return;
    }
    t->subscribers = NULL;
    stream_item_drop(item);
}

/* To all who read the table, or to the first who will; the mutex is held, the item becomes the queues'. */
static void distribute(struct stream_table *t, struct stream_item *item) {
    if (t->keep) {
        distribute_kept(t, item);
        return;
    }
    if (!t->subscribers) enqueue(t, &t->early, item);
    for (struct stream_subscriber *s = t->subscribers; s; s = s->next) {
        enqueue(t, &s->queue, item);
        s->ended = item->kind == STREAM_LAST;
        wake_all(s);
    }
    if (item->kind == STREAM_LAST) t->subscribers = NULL;
}

void stream_set_drop(struct stream_set *set, struct str name) {
    struct stream_queue let_go = {0};
    pthread_mutex_lock(&set->mutex);
    struct stream_table **at = &set->tables;
    while (*at && !str_eq((*at)->name, name)) at = &(*at)->next;
    struct stream_table *t = *at;
    if (t) *at = t->next;
    pthread_mutex_unlock(&set->mutex);
    if (!t) return;
    pthread_mutex_lock(&t->mutex);
    t->dropped = true;
    for (struct stream_item *item; (item = queue_take(&t->early));) {
        leave(t, item);
        queue_put(&let_go, item);
    }
    for (struct stream_item *item; (item = queue_take(&t->kept));) queue_put(&let_go, item);
    if (t->subscribers) distribute(t, item_new(STREAM_LAST));
    pthread_mutex_unlock(&t->mutex);
    queue_clear(&let_go);
    table_drop(t);
}

/* ---- who reads ---- */

static void take_kept(struct stream_table *t, struct stream_subscriber *s) {
    for (uint32_t i = 0; i < t->kept.count; i++)
        enqueue_kept(t, &s->queue, t->kept.slots[(t->kept.head + i) & (t->kept.room - 1)]);
    if (!t->kept_all) return;
    enqueue(t, &s->queue, item_new(STREAM_LAST));
    s->ended = true;
}

struct stream_table *stream_subscribe(struct stream_set *set, struct str name, struct stream_subscriber *s) {
    struct stream_table *t = table_of(set, name);
    pthread_mutex_lock(&t->mutex);
    while (!t->subscribers && !s->ended) { /* what comes behind an end is for the next one */
        struct stream_item *item = queue_take(&t->early);
        if (!item) break;
        s->ended = item->kind == STREAM_LAST;
        queue_put(&s->queue, item);
    }
    take_kept(t, s);
    if (!s->ended) {
        s->next = t->subscribers;
        t->subscribers = s;
    }
    pthread_mutex_unlock(&t->mutex);
    return t;
}

void stream_unsubscribe(struct stream_table *t, struct stream_subscriber *s) {
    pthread_mutex_lock(&t->mutex);
    struct stream_subscriber **at = &t->subscribers;
    while (*at && *at != s) at = &(*at)->next;
    if (*at) *at = s->next;
    for (uint32_t i = 0; i < s->queue.count; i++)
        leave(t, s->queue.slots[(s->queue.head + i) & (s->queue.room - 1)]);
    pthread_mutex_unlock(&t->mutex);
    queue_clear(&s->queue);
    table_drop(t);
}

/* Some rows of the first item, which is not the last of its rows; the mutex is held. */
static bool take_part(struct stream_subscriber *s, struct stream_item *item, int64_t rows,
                      struct stream_part *part) {
    int64_t left = item->kind == STREAM_ROWS ? item->array.length - s->at : 0;
    *part = (struct stream_part){s->chunks++, s->at, s->at + left};
    if (left <= rows) return false;
    part->to = s->at += rows;
    atomic_fetch_add_explicit(&item->users, 1, memory_order_relaxed);
    return true;
}

struct stream_item *stream_take(struct stream_table *t, struct stream_subscriber *s, uint32_t worker,
                                int64_t rows, struct stream_part *part) {
    pthread_mutex_lock(&t->mutex);
    struct stream_item *item = queue_first(&s->queue);
    if (!item) {
        s->waiting[worker] = true;
    } else if (item->kind != STREAM_LAST && !take_part(s, item, rows, part)) {
        queue_take(&s->queue);
        leave(t, item);
        s->at = 0;
        s->taken++;
    }
    pthread_mutex_unlock(&t->mutex);
    return item;
}

/* ---- the way in ---- */

static struct stream_format *format_new(const struct catalog_entry *entry) {
    struct stream_format *f = make(sizeof *f);
    atomic_init(&f->users, 1);
    f->columns.fields = ARENA_ARRAY(&f->arena, struct field, entry->ncols + 1);
    for (uint32_t i = 0; i < entry->ncols; i++) {
        const struct table_column *c = &entry->cols[i];
        if (c->kind != AST_COLUMN_PHYSICAL) continue;
        f->columns.fields[f->columns.count++] =
            (struct field){arena_str(&f->arena, c->name), type_copy(&f->arena, c->type)};
    }
    return f;
}

static enum status compile(struct stream_format *f, const struct ArrowSchema *schema, struct error *e) {
    struct ArrowSchema own;
    if (schema) return arrow_layout(schema, &f->columns, &f->arena, &f->layout, e);
    arrow_schema(&f->columns, "UTC", NULL, &own);
    enum status st = arrow_layout(&own, &f->columns, &f->arena, &f->layout, e);
    own.release(&own);
    return st;
}

enum status stream_feed_open(struct stream_set *set, const struct catalog_entry *entry,
                             const struct ArrowSchema *schema, struct stream_feed **out, struct error *e) {
    if (entry->kind != ENTRY_TABLE || entry->connector != &stream_connector.desc)
        return error_set(e, ERR_INVALID_QUERY,
                         "'%.*s' is %s, and only tables with 'connector' = 'stream' take rows from a program",
                         STR_ARG(entry->name), entry->kind == ENTRY_TABLE ? "another table" : "a view");
    struct stream_format *f = format_new(entry);
    if (compile(f, schema, e) != ST_OK) {
        error_prefix(e, "table %.*s: ", STR_ARG(entry->name));
        stream_format_drop(f);
        return ST_ERROR;
    }
    struct str name = arena_printf(&f->arena, "%.*s.%.*s.%.*s", STR_ARG(entry->catalog),
                                   STR_ARG(entry->database), STR_ARG(entry->name));
    struct stream_feed *feed = *out = make(sizeof *feed);
    *feed = (struct stream_feed){table_of(set, name), f, entry->rowtime >= 0, false};
    pthread_mutex_lock(&feed->table->mutex);
    feed->table->feeds++;
    feed->table->keep = stream_keeps(&entry->options);
    feed->table->kept_all = false;
    pthread_mutex_unlock(&feed->table->mutex);
    return ST_OK;
}

static enum status cannot_push(const struct stream_feed *feed, bool dropped, struct error *e) {
    struct str name = feed->table->name;
    if (dropped) return error_set(e, ERR_MISUSE, "table %.*s was dropped", STR_ARG(name));
    return error_set(e, ERR_MISUSE, "the input of table %.*s has ended", STR_ARG(name));
}

enum feed_result stream_feed_push(struct stream_feed *feed, struct ArrowArray *batch, struct error *e) {
    struct stream_table *t = feed->table;
    uint64_t bytes;
    if (arrow_check(feed->format->layout, batch, &bytes, e) != ST_OK) {
        error_prefix(e, "table %.*s: ", STR_ARG(t->name));
        return FEED_FAIL;
    }
    struct stream_item *item = item_new(STREAM_ROWS);
    item->bytes += bytes;
    enum feed_result r = FEED_TAKEN;
    pthread_mutex_lock(&t->mutex);
    bool dropped = t->dropped;
    if (dropped || feed->ended) r = FEED_FAIL;
    else if (t->waiting_bytes >= t->limit_bytes) r = FEED_WAIT;
    if (r == FEED_TAKEN) {
        item->array = *batch;
        item->format = feed->format;
        stream_format_keep(feed->format);
        batch->release = NULL;
        distribute(t, item);
    }
    pthread_mutex_unlock(&t->mutex);
    if (r == FEED_TAKEN) return r;
    free(item);
    if (r == FEED_FAIL) (void)cannot_push(feed, dropped, e);
    return r;
}

enum status stream_feed_watermark(struct stream_feed *feed, int64_t watermark_us, struct error *e) {
    struct stream_table *t = feed->table;
    if (!feed->timed) {
        (void)error_set(e, ERR_MISUSE, "table %.*s has no rowtime, which a watermark could speak of",
                        STR_ARG(t->name));
        return error_hint(e, "declare WATERMARK FOR a_column AS SOURCE_WATERMARK() in CREATE TABLE");
    }
    struct stream_item *item = item_new(STREAM_WATERMARK);
    item->watermark_us = watermark_us;
    pthread_mutex_lock(&t->mutex);
    bool dropped = t->dropped, open = !dropped && !feed->ended;
    if (open) distribute(t, item);
    pthread_mutex_unlock(&t->mutex);
    if (open) return ST_OK;
    free(item);
    return cannot_push(feed, dropped, e);
}

void stream_feed_end(struct stream_feed *feed) {
    struct stream_table *t = feed->table;
    struct stream_item *last = item_new(STREAM_LAST);
    pthread_mutex_lock(&t->mutex);
    bool put = !feed->ended && --t->feeds == 0 && !t->dropped;
    feed->ended = true;
    if (put) distribute(t, last);
    pthread_mutex_unlock(&t->mutex);
    if (!put) free(last);
}

void stream_feed_close(struct stream_feed *feed) {
    if (!feed) return;
    stream_feed_end(feed);
    table_drop(feed->table);
    stream_format_drop(feed->format);
    free(feed);
}
