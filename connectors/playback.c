/* SPDX-License-Identifier: Apache-2.0
 *
 * Options and shapes of the playback connector, and which event row n is: 1 to 2 % of the rows repeat an earlier
 * event in every column, as a device does that tries again; most events are within 50 ms of order, the others
 * within the disorder bound.
 */
#include "connectors/playback.h"

#include <stdlib.h>

#include "base/hash.h"

#define BEGIN_US 1777917600000000ll /* 2026-05-04 18:00:00 UTC */
#define NEAR_US 50000
#define EVENT_GAP_US 100.0          /* shape event: 10,000 events a second of event time */

enum stream { STREAM_REPEAT = 1, STREAM_BACK, STREAM_DELAY, STREAM_USER, STREAM_TITLE, STREAM_COUNTRY, STREAM_LATE };

static const struct option_def options[] = {
    {.key = "shape", .type = OPT_ENUM, .def = "event", .values = "event|titles|w|w-titles",
     .help = "events as published, their titles, the narrow events of the measured work, their titles"},
    {.key = "seed", .type = OPT_INT, .def = "1", .help = "the same seed makes the same rows"},
    {.key = "late", .type = OPT_BOOL, .def = "false", .help = "0.01 % of the events come up to an hour late"},
    {.key = "disorder", .type = OPT_DURATION, .def = "5 s", .help = "most that an event is out of order"},
    {.key = "event-time.duration", .type = OPT_DURATION, .def = "10 min",
     .help = "event time that the rows of shape w cover"},
    GENERATOR_OPTIONS,
    {.key = NULL},
};

struct shape_column {
    const char *name;
    enum type_kind kind;
    uint8_t precision;
};

static const struct shape_column event_columns[] = {
    {"event_id", TYPE_VARCHAR, 0},   {"event_type", TYPE_VARCHAR, 0}, {"user_id", TYPE_VARCHAR, 0},
    {"device_id", TYPE_VARCHAR, 0},  {"device", TYPE_VARCHAR, 0},     {"title_id", TYPE_VARCHAR, 0},
    {"ts", TYPE_TIMESTAMP_LTZ, 3},   {"session_id", TYPE_VARCHAR, 0}, {"region", TYPE_VARCHAR, 0},
    {"quality", TYPE_VARCHAR, 0},    {"network", TYPE_VARCHAR, 0},    {"is_bot", TYPE_BOOLEAN, 0},
    {"app_version", TYPE_VARCHAR, 0}, {NULL, 0, 0}};
static const struct shape_column title_columns[] = {
    {"title_id", TYPE_VARCHAR, 0}, {"name", TYPE_VARCHAR, 0},    {"genre", TYPE_VARCHAR, 0}, {"rating", TYPE_VARCHAR, 0},
    {"runtime_min", TYPE_INT, 0},  {"valid_from", TYPE_TIMESTAMP_LTZ, 3}, {NULL, 0, 0}};
static const struct shape_column w_columns[] = {
    {"event_id", TYPE_BIGINT, 0}, {"event_type", TYPE_VARCHAR, 0}, {"user_id", TYPE_BIGINT, 0},
    {"device", TYPE_VARCHAR, 0},  {"country", TYPE_VARCHAR, 0},    {"title_id", TYPE_INT, 0},
    {"ts", TYPE_BIGINT, 0},       {"quality", TYPE_VARCHAR, 0},    {"session_id", TYPE_BIGINT, 0}, {NULL, 0, 0}};
static const struct shape_column w_title_columns[] = {
    {"title_id", TYPE_INT, 0}, {"name", TYPE_VARCHAR, 0}, {"genre", TYPE_VARCHAR, 0}, {"runtime_min", TYPE_INT, 0}, {NULL, 0, 0}};
static const struct shape_column *const shape_columns[SHAPE_COUNT] = {event_columns, title_columns, w_columns, w_title_columns};

static enum playback_shape shape_of(const struct options *o) {
    static const char *const names[SHAPE_COUNT] = {"event", "titles", "w", "w-titles"};
    struct str s = option_str(o, "", options, "shape");
    enum playback_shape shape = SHAPE_EVENT;
    while (shape + 1 < SHAPE_COUNT && !str_ieq(s, str_of(names[shape]))) shape++;
    return shape;
}

static bool bounded(const struct options *o) {
    enum playback_shape s = shape_of(o);
    return s == SHAPE_TITLES || s == SHAPE_W_TITLES || option_given(o, "", "number-of-rows");
}

static enum status schema(const struct options *o, struct arena *a, struct schema *out, struct error *e UNUSED) {
    const struct shape_column *c = shape_columns[shape_of(o)];
    *out = (struct schema){0, ARENA_ARRAY(a, struct field, 16)};
    for (; c->name; c++) {
        const struct type *t = type_simple(c->kind, true);
        if (c->precision) t = type_time(a, c->kind, c->precision, true);
        out->fields[out->count++] = (struct field){str_of(c->name), t};
    }
    return ST_OK;
}

/* ---- which event, and when ---- */

static uint64_t draw(const struct playback *p, uint64_t n, enum stream stream) {
    return hash_counter(p->seed, n, stream);
}

/* How far behind its place in order event n is. */
static int64_t delay_us(const struct playback *p, uint64_t n) {
    uint64_t r = draw(p, n, STREAM_DELAY);
    int64_t near = p->disorder_us < NEAR_US ? p->disorder_us : NEAR_US;
    int64_t bound = (r & 1023) < 819 ? near : p->disorder_us;
    int64_t delay = bound ? (int64_t)draw_below(r, (uint64_t)bound) : 0;
    if (p->late && draw_below(draw(p, n, STREAM_LATE), 10000) == 0) delay += (int64_t)draw_below(r * 3, 3600000000ull);
    return delay;
}

/* The event that row n is: itself, or an earlier one (which is no repetition itself). */
static uint64_t original(const struct playback *p, uint64_t n) {
    if (draw_below(draw(p, n, STREAM_REPEAT), 1000) >= p->repeat_share || !p->repeat_back) return n;
    uint64_t back = 1 + draw_below(draw(p, n, STREAM_BACK), p->repeat_back);
    if (back > n) return n;
    uint64_t m = n - back;
    if (draw_below(draw(p, m, STREAM_REPEAT), 1000) < p->repeat_share) return n;
    /* In the narrow shape no repetition is later than the disorder allows: no row of it is late. */
    bool late = p->shape == SHAPE_W && (double)back * p->gap_us + (double)delay_us(p, m) >= (double)p->disorder_us - 1000;
    return late ? n : m;
}

static void make_events(const struct playback *p, uint64_t first, uint32_t count, struct playback_event *events) {
    for (uint32_t i = 0; i < count; i++) {
        uint64_t id = original(p, first + i);
        struct playback_event *ev = &events[i];
        int64_t t = p->begin_us + (int64_t)((double)id * p->gap_us) - delay_us(p, id);
        ev->id = id;
        ev->ts_us = t - t % 1000;
        uint64_t user = draw(p, id, STREAM_USER);
        ev->user = p->shape == SHAPE_W ? (uint32_t)draw_below(user, PLAYBACK_USERS) : zipf_draw(&p->users, user);
        ev->title = zipf_draw(&p->titles, draw(p, id, STREAM_TITLE));
        ev->country = zipf_draw(&p->countries, draw(p, id, STREAM_COUNTRY));
    }
}

static enum status fill(const struct generator *g, uint64_t first, uint32_t count, struct arena *a, struct vec **cols,
                        struct error *e UNUSED) {
    const struct playback *p = (const struct playback *)g;
    bool events_needed = p->shape == SHAPE_W || p->shape == SHAPE_EVENT;
    struct playback_event *events = NULL;
    if (events_needed) {
        events = arena_alloc_raw(a, sizeof *events * count);
        make_events(p, first, count, events);
    }
    for (uint32_t c = 0; c < p->ncols; c++) {
        const struct shape_column *col = &shape_columns[p->shape][p->columns[c]];
        const struct type *t = type_simple(col->kind, true);
        if (col->precision) t = type_time(a, col->kind, col->precision, true);
        cols[c] = ARENA_NEW(a, struct vec);
        vec_make_flat(cols[c], a, t, count);
        if (p->shape == SHAPE_W) playback_w_column(p, p->columns[c], events, count, a, cols[c]);
        else if (p->shape == SHAPE_EVENT) playback_event_column(p, p->columns[c], events, count, a, cols[c]);
        else playback_title_column(p, p->columns[c], first, count, a, cols[c]);
    }
    return ST_OK;
}

/* ---- opening ---- */

static void close_playback(struct generator *g) {
    struct playback *p = (struct playback *)g;
    arena_free(&p->arena);
    free(p);
}

static enum status find_columns(struct playback *p, const struct plan_scan *scan, const struct plan_node *node,
                                struct error *e) {
    uint32_t *columns = ARENA_ARRAY(&p->arena, uint32_t, node->ncols + 1);
    p->columns = columns;
    p->ncols = node->ncols;
    for (uint32_t i = 0; i < node->ncols; i++) {
        struct str name = scan->table->physical.fields[scan->cols[i].physical].name;
        const struct shape_column *c = shape_columns[p->shape];
        while (c->name && !str_eq(str_of(c->name), name)) c++;
        if (!c->name)
            return error_set(e, ERR_UNKNOWN_COLUMN, "table %.*s: this shape of playback has no column '%.*s'",
                             STR_ARG(scan->table->name), STR_ARG(name));
        if (c->kind != node->cols[i].type->kind)
            return error_set(e, ERR_TYPE_MISMATCH, "table %.*s: column '%.*s' must be %.*s", STR_ARG(scan->table->name),
                             STR_ARG(name), STR_ARG(type_print(&p->arena, type_simple(c->kind, true))));
        columns[i] = (uint32_t)(c - shape_columns[p->shape]);
    }
    return ST_OK;
}

static void set_times(struct playback *p, const struct options *o) {
    p->begin_us = BEGIN_US;
    p->disorder_us = option_amount(o, "", options, "disorder");
    p->late = option_bool(o, "", options, "late");
    p->gap_us = EVENT_GAP_US;
    p->repeat_share = 20;
    double back_us = 60e6;
    if (p->shape == SHAPE_W) {
        int64_t rows = p->base.rows > 0 ? p->base.rows : 20000000;
        p->gap_us = (double)option_amount(o, "", options, "event-time.duration") / (double)rows;
        p->repeat_share = 10;
        back_us = 5e6;
    }
    p->repeat_back = p->gap_us > 0 ? (uint64_t)(back_us / p->gap_us) : 0;
}

static enum status open_playback(const struct io_config *c, const struct plan_scan *scan, const struct plan_node *node,
                                 struct inbuf *state, struct source **out, struct error *e) {
    const struct options *o = scan->table->options;
    struct playback *p = calloc(1, sizeof *p);
    if (!p) abort();
    p->shape = shape_of(o);
    p->seed = (uint64_t)option_int(o, "", options, "seed");
    p->base = (struct generator){.rows = -1, .fill = fill, .close = close_playback,
                                 .rows_per_second = option_int(o, "", options, "rows-per-second")};
    if (option_given(o, "", "number-of-rows")) p->base.rows = option_int(o, "", options, "number-of-rows");
    bool titles = p->shape == SHAPE_TITLES || p->shape == SHAPE_W_TITLES;
    if (titles && (p->base.rows < 0 || p->base.rows > (int64_t)playback_title_rows(p)))
        p->base.rows = (int64_t)playback_title_rows(p);
    set_times(p, o);
    if (!titles) {
        zipf_init(&p->titles, &p->arena, PLAYBACK_TITLES, 1.0);
        zipf_init(&p->countries, &p->arena, PLAYBACK_COUNTRIES, 1.1);
        if (p->shape == SHAPE_EVENT) zipf_init(&p->users, &p->arena, PLAYBACK_USERS, 0.8);
    }
    if (find_columns(p, scan, node, e) != ST_OK) {
        close_playback(&p->base);
        return ST_ERROR;
    }
    return generator_source(c, &p->base, node->ncols, state, out, e);
}

static const struct source_class source = GENERATOR_CLASS(open_playback);

const struct connector_class playback_connector = {
    .desc = {.name = "playback",
             .caps = CONN_SOURCE | CONN_FIXED_SCHEMA,
             .options = options,
             .bounded = bounded,
             .schema = schema,
             .help = "events of a streaming service, made from a seed"},
    .source = &source,
};
