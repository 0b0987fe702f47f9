/* SPDX-License-Identifier: Apache-2.0
 *
 * The narrow playback events ('shape' = 'w'), the data of measured work: a loop for each column that is read.
 */
#include "connectors/playback.h"

#define AGAIN_US 5000000 /* 1 % come again within this time */
#define SESSION_US 300000000

static const struct str types[] = {
    STR("row_impression"), STR("scroll_position"), STR("play_start"), STR("play_stop"), STR("title_hovered"),
    STR("play_pause"), STR("seek"), STR("buffer_start"), STR("search_query"), STR("error_occurred"),
};
static const double type_weights[ARRAY_LEN(types)] = {30, 18, 12, 11, 9, 7, 5, 4, 3, 1};
static const struct str qualities[] = {STR("240p"), STR("480p"), STR("720p"), STR("1080p"), STR("4k")};

enum w_column {
    W_EVENT_ID,
    W_EVENT_TYPE,
    W_USER_ID,
    W_DEVICE,
    W_COUNTRY,
    W_TITLE_ID,
    W_TS,
    W_QUALITY,
    W_SESSION_ID
};

void playback_w_open(struct playback *p, struct arena *a) {
    static const double device_weights[PLAYBACK_DEVICES] = {30, 18, 16, 12, 9, 6, 5, 4};
    alias_init(&p->types, a, type_weights, ARRAY_LEN(types));
    alias_init(&p->devices, a, device_weights, PLAYBACK_DEVICES);
    alias_zipf(&p->countries, a, PLAYBACK_COUNTRIES, 1.1);
    alias_zipf(&p->titles, a, PLAYBACK_TITLES, 1.0);
    p->again_share = 42949673; /* 1 % of 2^32 */
    p->again_us = AGAIN_US;
}

static int64_t user_of(const struct playback *p, uint64_t n) {
    return 1 + draw_below(playback_draw(p, n, DRAW_USER), PLAYBACK_USERS);
}

static void fill_strings(struct strview *out, const struct playback *p, const uint64_t *from, uint32_t count,
                         const struct str *words, const struct alias *weights, enum playback_draw draw) {
    struct strview views[PLAYBACK_COUNTRIES];
    for (uint32_t i = 0; i < weights->count; i++) views[i] = playback_view(words[i]);
    for (uint32_t i = 0; i < count; i++) out[i] = views[alias_pick(weights, playback_draw(p, from[i], draw))];
}

static void fill_quality(struct strview *out, const struct playback *p, const uint64_t *from,
                         uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        uint32_t q = draw_below(playback_draw(p, from[i], DRAW_QUALITY), ARRAY_LEN(qualities));
        out[i] = playback_view(qualities[q]);
    }
}

static void fill_number(int64_t *out, const struct playback *p, const uint64_t *from, uint32_t count,
                        enum w_column column) {
    for (uint32_t i = 0; i < count; i++) {
        if (column == W_EVENT_ID) out[i] = (int64_t)from[i];
        else if (column == W_TS) out[i] = playback_time_ms(p, from[i]);
        else out[i] = user_of(p, from[i]);
        if (column == W_SESSION_ID) out[i] = out[i] * 1000 + playback_sent_us(p, from[i]) / SESSION_US % 1000;
    }
}

static void fill_title(int32_t *out, const struct playback *p, const uint64_t *from, uint32_t count) {
    for (uint32_t i = 0; i < count; i++)
        out[i] = (int32_t)playback_title(alias_pick(&p->titles, playback_draw(p, from[i], DRAW_TITLE)));
}

void playback_w_fill(const struct playback *p, uint64_t first, uint32_t count, struct vec **cols,
                     UNUSED struct arena *a) {
    uint64_t from[BATCH_MAX_ROWS];
    playback_origin(p, first, count, from);
    for (uint32_t c = 0; c < p->ncols; c++) {
        void *data = cols[c]->data;
        enum w_column column = (enum w_column)p->wanted[c];
        switch (column) {
        case W_EVENT_ID:
        case W_USER_ID:
        case W_TS:
        case W_SESSION_ID: fill_number(data, p, from, count, column); break;
        case W_EVENT_TYPE: fill_strings(data, p, from, count, types, &p->types, DRAW_TYPE); break;
        case W_DEVICE: fill_strings(data, p, from, count, playback_devices, &p->devices, DRAW_DEVICE); break;
        case W_COUNTRY:
            fill_strings(data, p, from, count, playback_countries, &p->countries, DRAW_COUNTRY);
            break;
        case W_TITLE_ID: fill_title(data, p, from, count); break;
        case W_QUALITY: fill_quality(data, p, from, count); break;
        }
    }
}
