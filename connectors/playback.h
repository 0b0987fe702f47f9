/* SPDX-License-Identifier: Apache-2.0
 *
 * The playback connector: what its shapes share. Everything is a function of seed and event number; a
 * duplicate is an event made from the number of an earlier one (playback_origin), so it is alike in every
 * column.
 */
#ifndef WEIR_CONNECTORS_PLAYBACK_H
#define WEIR_CONNECTORS_PLAYBACK_H

#include "base/hash.h"
#include "connectors/numbered.h"

#define PLAYBACK_TITLES 20000
#define PLAYBACK_TITLE_VERSIONS 300 /* titles that change during the events */
#define PLAYBACK_USERS 1000000
#define PLAYBACK_BOTS 500           /* users beyond those */
#define PLAYBACK_COUNTRIES 60
#define PLAYBACK_DEVICES 8
#define PLAYBACK_GENRES 20
#define PLAYBACK_VERSIONS 40        /* of the app */
#define PLAYBACK_RANKS 21           /* classes of users by how many events they make */

enum playback_shape { SHAPE_EVENT, SHAPE_W, SHAPE_TITLES, SHAPE_W_TITLES, SHAPE_COUNT };

/* Independent draws of one event. */
enum playback_draw {
    DRAW_AGAIN, DRAW_DELAY, DRAW_TYPE, DRAW_BURST, DRAW_ERROR, DRAW_USER, DRAW_BOT, DRAW_DEVICE, DRAW_COUNTRY,
    DRAW_TITLE, DRAW_QUALITY, DRAW_NETWORK, DRAW_VERSION, DRAW_ID_HIGH, DRAW_ID_LOW, DRAW_NAME, DRAW_GENRE,
    DRAW_RUNTIME, DRAW_SESSION, DRAW_KIND, DRAW_REGION,
};

struct playback {
    uint64_t seed;
    enum playback_shape shape;
    int64_t start_us;            /* event time of event 0 */
    int64_t duration_us;         /* of all events, or of 20 million if there is no end */
    uint64_t gap_q20;            /* microseconds between events, times 2^20 */
    int64_t disorder_us;         /* no event is later than that, but for duplicates and far late ones */
    bool late;                   /* 0.01 % are up to an hour late */
    uint32_t again_share;        /* duplicates, of 2^32 */
    int64_t again_us;            /* they come within this time */
    uint32_t ncols;
    const uint32_t *wanted;      /* column of the shape's schema for each output column */
    struct alias types, countries, titles, devices, versions;
    struct str version[PLAYBACK_VERSIONS];
    int64_t session_us[PLAYBACK_RANKS + 1]; /* length of a session by rank of the user; the last: bots */
};

static inline uint64_t playback_draw(const struct playback *p, uint64_t n, enum playback_draw what) {
    return hash_counter(p->seed, n, what);
}
/* Microseconds from the start at which event n was sent. */
static inline int64_t playback_sent_us(const struct playback *p, uint64_t n) {
    return (int64_t)((unsigned __int128)n * p->gap_q20 >> 20);
}
/* Milliseconds since 1970: event time. */
int64_t playback_time_ms(const struct playback *p, uint64_t n);
/* The numbers that events first.. are made of: their own, or that of the event they repeat. */
void playback_origin(const struct playback *p, uint64_t first, uint32_t count, uint64_t *from);
/* Title of a popularity rank, 0..: 1 .. PLAYBACK_TITLES. */
static inline uint32_t playback_title(uint32_t rank) {
    return (uint32_t)((uint64_t)rank * 7919 % PLAYBACK_TITLES) + 1;
}
static inline struct strview playback_view(struct str s) {
    return strview_of(s.ptr, s.len);
}

extern const struct schema playback_schemas[SHAPE_COUNT];
extern const struct str playback_countries[PLAYBACK_COUNTRIES];
extern const struct str playback_devices[PLAYBACK_DEVICES];

/* Prepare and fill, by shape. */
void playback_event_open(struct playback *p, struct arena *a);
void playback_event_fill(const struct playback *p, uint64_t first, uint32_t count, struct vec **cols,
                         struct arena *a);
void playback_w_open(struct playback *p, struct arena *a);
void playback_w_fill(const struct playback *p, uint64_t first, uint32_t count, struct vec **cols,
                     struct arena *a);
void playback_titles_fill(const struct playback *p, uint64_t first, uint32_t count, struct vec **cols,
                          struct arena *a);

#endif
