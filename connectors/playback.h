/* SPDX-License-Identifier: Apache-2.0
 *
 * The playback connector: events of a streaming service, and its titles, made from a seed. playback.c has the
 * options, the shapes and the order and time of events; playback_columns.c makes the columns.
 */
#ifndef WEIR_CONNECTORS_PLAYBACK_H
#define WEIR_CONNECTORS_PLAYBACK_H

#include "connectors/generator.h"

#define PLAYBACK_TITLES 20000
#define PLAYBACK_USERS 1000000
#define PLAYBACK_COUNTRIES 60

enum playback_shape { SHAPE_EVENT, SHAPE_TITLES, SHAPE_W, SHAPE_W_TITLES, SHAPE_COUNT };

struct playback {
    struct generator base;
    enum playback_shape shape;
    uint64_t seed;
    bool late;               /* 0.01 % of the events come up to an hour late */
    int64_t begin_us;        /* event time of event 0 */
    double gap_us;           /* event time between two events */
    int64_t disorder_us;     /* most that an event is behind the newest */
    uint64_t repeat_back;    /* a repeated event is at most so many events old */
    uint32_t repeat_share;   /* of 1,000 events */
    struct zipf titles, users, countries;
    const uint32_t *columns; /* which column of the shape each output column is */
    uint32_t ncols;
    struct arena arena;
};

/* An event as it was first sent: which one row n repeats (n itself, mostly), and its time. */
struct playback_event {
    uint64_t id;
    int64_t ts_us; /* in whole milliseconds */
    uint32_t user, title, country;
};

/* The column's values for `count` rows of events, or of titles beginning with `first`. */
void playback_event_column(const struct playback *p, uint32_t column, const struct playback_event *events,
                           uint32_t count, struct arena *a, struct vec *out);
void playback_w_column(const struct playback *p, uint32_t column, const struct playback_event *events, uint32_t count,
                       struct arena *a, struct vec *out);
void playback_title_column(const struct playback *p, uint32_t column, uint64_t first, uint32_t count, struct arena *a,
                           struct vec *out);
/* Rows of the titles table: some titles have a second version. */
uint64_t playback_title_rows(const struct playback *p);

#endif
