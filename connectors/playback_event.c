/* SPDX-License-Identifier: Apache-2.0
 *
 * Playback events as published ('shape' = 'event'): users by Zipf's law and bots, devices and region by user,
 * sessions of about a hundred events, errors in bursts.
 */
#include "connectors/playback.h"

#include <math.h>

#define AGAIN_US 60000000          /* 2 % come again within this time */
#define AGAIN_SHARE 85899346u      /* 2 % of 2^32 */
#define BOT_SHARE 128849019u       /* 3 % */
#define BURST_SHARE 214748365u     /* 5 % of seconds are bursts of errors ... */
#define ERROR_SHARE 858993459u     /* ... in which 20 % of events are errors */
#define TENTH_SHARE 429496730u     /* 10 % are NULL */
#define SESSION_EVENTS 100
#define RANK_SPAN 14.848931924611133 /* 1,000,000^(1/5) - 1: Zipf 0.8 is the fifth power of an even draw */

enum event_column {
    E_EVENT_ID,
    E_EVENT_TYPE,
    E_USER_ID,
    E_DEVICE_ID,
    E_DEVICE,
    E_TITLE_ID,
    E_TS,
    E_SESSION_ID,
    E_REGION,
    E_QUALITY,
    E_NETWORK,
    E_IS_BOT,
    E_APP_VERSION,
};

/* The first twelve have titles. */
static const struct str types[] = {
    STR("row_impression"),      STR("scroll_position"),
    STR("play_start"),          STR("recommendation_shown"),
    STR("play_stop"),           STR("title_hovered"),
    STR("play_pause"),          STR("buffer_start"),
    STR("buffer_end"),          STR("seek"),
    STR("quality_change"),      STR("error_occurred"),
    STR("playback_failed"),     STR("search_query"),
    STR("search_result_click"), STR("ab_test_assignment"),
};
#define TYPE_ERROR 11
#define TYPE_SEARCH 13
static const double type_weights[ARRAY_LEN(types)] = {30,  15, 12,  9, 7, 6, 5, 3.5,
                                                      3.5, 3,  1.5, 0, 0, 2, 1, 0.5};
static const struct str qualities[] = {STR("480p"), STR("720p"), STR("1080p"), STR("4k")};
static const struct str networks[] = {STR("WiFi"), STR("cell"), STR("ethernet")};

/* What several columns need of each event. */
struct rows {
    const struct playback *p;
    uint32_t count;
    const uint64_t *from; /* number it is made of */
    uint32_t *user;       /* 1 .. PLAYBACK_USERS, then bots */
    uint8_t *rank;        /* class of the user */
    uint8_t *type;        /* of the event */
    uint64_t *device;     /* hash of user and device */
};

void playback_event_open(struct playback *p, struct arena *a) {
    static const double device_weights[PLAYBACK_DEVICES] = {30, 18, 16, 12, 9, 6, 5, 4};
    alias_init(&p->types, a, type_weights, ARRAY_LEN(types));
    alias_init(&p->devices, a, device_weights, PLAYBACK_DEVICES);
    alias_zipf(&p->countries, a, PLAYBACK_COUNTRIES, 1.1);
    alias_zipf(&p->titles, a, PLAYBACK_TITLES, 1.0);
    alias_zipf(&p->versions, a, PLAYBACK_VERSIONS, 1.0);
    for (int i = 0; i < PLAYBACK_VERSIONS; i++)
        p->version[i] = arena_printf(a, "8.%d.%d", 40 - i / 4, 3 - i % 4);
    p->again_share = AGAIN_SHARE;
    p->again_us = AGAIN_US;
    double events = 600e6 * 1048576.0 / (double)p->gap_q20; /* in ten minutes */
    for (int i = 0; i <= PLAYBACK_RANKS; i++) {
        double share = i < PLAYBACK_RANKS ? pow(2, -0.8 * i) / (5 * RANK_SPAN) : 0.03 / PLAYBACK_BOTS;
        p->session_us[i] = (int64_t)(600e6 / (1 + floor(events * share / SESSION_EVENTS)));
        if (p->session_us[i] < 1) p->session_us[i] = 1;
    }
}

/* ---- what is shared ---- */

static void draw_users(struct rows *r) {
    for (uint32_t i = 0; i < r->count; i++) {
        uint64_t draw = playback_draw(r->p, r->from[i], DRAW_USER),
                 bot = playback_draw(r->p, r->from[i], DRAW_BOT);
        if ((uint32_t)bot < BOT_SHARE) {
            r->user[i] = PLAYBACK_USERS + 1 + draw_below(bot, PLAYBACK_BOTS);
            r->rank[i] = PLAYBACK_RANKS;
            continue;
        }
        double b = 1 + (double)(draw >> 11) * 0x1p-53 * RANK_SPAN, square = b * b;
        uint64_t rank = (uint64_t)(square * square * b);
        r->user[i] = (uint32_t)(rank * 48271 % PLAYBACK_USERS) + 1;
        unsigned class = 63 - (unsigned)__builtin_clzll(rank | 1);
        r->rank[i] = (uint8_t)(class < PLAYBACK_RANKS ? class : PLAYBACK_RANKS - 1);
    }
}

static void draw_devices(struct rows *r) {
    for (uint32_t i = 0; i < r->count; i++) {
        uint64_t user = r->user[i], has = 1 + hash_u64(user) % 3;
        uint64_t which = draw_below(playback_draw(r->p, r->from[i], DRAW_DEVICE), (uint32_t)has);
        r->device[i] = hash_counter(r->p->seed, user * 4 + which, DRAW_KIND);
    }
}

static void draw_types(struct rows *r) {
    for (uint32_t i = 0; i < r->count; i++) {
        uint64_t n = r->from[i], second = (uint64_t)playback_sent_us(r->p, n) / 1000000;
        uint64_t draw = playback_draw(r->p, n, DRAW_TYPE);
        r->type[i] = (uint8_t)alias_pick(&r->p->types, draw);
        if ((uint32_t)playback_draw(r->p, second, DRAW_BURST) >= BURST_SHARE) continue;
        uint64_t error = playback_draw(r->p, n, DRAW_ERROR);
        if ((uint32_t)error < ERROR_SHARE) r->type[i] = (uint8_t)(TYPE_ERROR + (error >> 63));
    }
}

/* ---- columns ---- */

static void put_digits(char *p, uint32_t number, int digits) {
    for (int i = digits - 1; i >= 0; i--, number /= 10) p[i] = (char)('0' + number % 10);
}

static void put_hex(char *p, uint64_t bits, int digits) {
    for (int i = digits - 1; i >= 0; i--, bits >>= 4) p[i] = "0123456789abcdef"[bits & 15];
}

static void fill_event_id(const struct rows *r, struct strview *out, struct arena *a) {
    char *at = arena_alloc_raw(a, (size_t)r->count * 36);
    for (uint32_t i = 0; i < r->count; i++, at += 36) {
        uint64_t high = playback_draw(r->p, r->from[i], DRAW_ID_HIGH),
                 low = playback_draw(r->p, r->from[i], DRAW_ID_LOW);
        put_hex(at, high >> 32, 8);
        put_hex(at + 9, high >> 16, 4);
        put_hex(at + 14, (high & 0xfff) | 0x4000, 4);
        put_hex(at + 19, (low >> 48 & 0x3fff) | 0x8000, 4);
        put_hex(at + 24, low, 12);
        at[8] = at[13] = at[18] = at[23] = '-';
        out[i] = strview_of(at, 36);
    }
}

static void fill_user_id(const struct rows *r, struct strview *out) {
    for (uint32_t i = 0; i < r->count; i++) {
        out[i] = strview_of("u_00000000", 10);
        put_digits(out[i].inlined + 2, r->user[i], 8);
    }
}

static void fill_device_id(const struct rows *r, struct strview *out) {
    static const char letters[32] = "abcdefghijkmnpqrstuvwxyz23456789";
    for (uint32_t i = 0; i < r->count; i++) {
        out[i] = strview_of("d_..........", 12);
        for (int k = 0; k < 10; k++) out[i].inlined[2 + k] = letters[r->device[i] >> (5 * k) & 31];
    }
}

static void fill_title_id(const struct rows *r, struct vec *v, struct arena *a) {
    struct strview *out = v->data;
    uint64_t *valid = vec_make_valid(v, a);
    for (uint32_t i = 0; i < r->count; i++) {
        if (r->type[i] >= TYPE_SEARCH) {
            valid_clear(valid, i);
            out[i] = (struct strview){0};
            continue;
        }
        out[i] = strview_of("t_000000", 8);
        uint32_t rank = alias_pick(&r->p->titles, playback_draw(r->p, r->from[i], DRAW_TITLE));
        put_digits(out[i].inlined + 2, playback_title(rank), 6);
    }
}

static void fill_session_id(const struct rows *r, struct strview *out, struct arena *a) {
    char *at = arena_alloc_raw(a, (size_t)r->count * 14);
    for (uint32_t i = 0; i < r->count; i++, at += 14) {
        uint64_t begins = hash_u64(r->user[i]) >> 34; /* sessions of users do not begin together */
        uint64_t number =
            ((uint64_t)playback_sent_us(r->p, r->from[i]) + begins) / (uint64_t)r->p->session_us[r->rank[i]];
        at[0] = 's';
        at[1] = '_';
        put_hex(at + 2, hash_counter(r->p->seed ^ r->user[i], number, DRAW_SESSION), 12);
        out[i] = strview_of(at, 14);
    }
}

/* One of `n` words, NULL in 10 %. */
static void fill_words(const struct rows *r, struct vec *v, struct arena *a, const struct str *words,
                       uint32_t n, enum playback_draw what) {
    uint64_t *valid = vec_make_valid(v, a);
    for (uint32_t i = 0; i < r->count; i++) {
        uint64_t draw = playback_draw(r->p, r->from[i], what);
        ((struct strview *)v->data)[i] = playback_view(words[draw_below(draw, n)]);
        if ((uint32_t)draw < TENTH_SHARE) valid_clear(valid, i);
    }
}

static void fill_by_hash(const struct rows *r, struct strview *out, enum event_column column) {
    const struct playback *p = r->p;
    for (uint32_t i = 0; i < r->count; i++) {
        struct str s;
        if (column == E_EVENT_TYPE) s = types[r->type[i]];
        else if (column == E_DEVICE) s = playback_devices[alias_pick(&p->devices, hash_u64(r->device[i]))];
        else if (column == E_REGION)
            s = playback_countries[alias_pick(&p->countries, hash_counter(p->seed, r->user[i], DRAW_REGION))];
        else s = p->version[alias_pick(&p->versions, playback_draw(p, r->from[i], DRAW_VERSION))];
        out[i] = playback_view(s);
    }
}

static void fill_column(const struct rows *r, enum event_column column, struct vec *v, struct arena *a) {
    switch (column) {
    case E_EVENT_ID: fill_event_id(r, v->data, a); break;
    case E_USER_ID: fill_user_id(r, v->data); break;
    case E_DEVICE_ID: fill_device_id(r, v->data); break;
    case E_TITLE_ID: fill_title_id(r, v, a); break;
    case E_TS:
        for (uint32_t i = 0; i < r->count; i++)
            ((int64_t *)v->data)[i] = playback_time_ms(r->p, r->from[i]) * 1000;
        break;
    case E_SESSION_ID: fill_session_id(r, v->data, a); break;
    case E_QUALITY: fill_words(r, v, a, qualities, ARRAY_LEN(qualities), DRAW_QUALITY); break;
    case E_NETWORK: fill_words(r, v, a, networks, ARRAY_LEN(networks), DRAW_NETWORK); break;
    case E_IS_BOT:
        for (uint32_t i = 0; i < r->count; i++) ((uint8_t *)v->data)[i] = r->user[i] > PLAYBACK_USERS;
        break;
    case E_EVENT_TYPE:
    case E_DEVICE:
    case E_REGION:
    case E_APP_VERSION: fill_by_hash(r, v->data, column); break;
    }
}

static bool wants(const struct playback *p, uint64_t columns) {
    for (uint32_t c = 0; c < p->ncols; c++) {
        if (columns >> p->wanted[c] & 1) return true;
    }
    return false;
}

#define BIT(column) (1ull << (column))

void playback_event_fill(const struct playback *p, uint64_t first, uint32_t count, struct vec **cols,
                         struct arena *a) {
    uint64_t from[BATCH_MAX_ROWS], device[BATCH_MAX_ROWS];
    uint32_t user[BATCH_MAX_ROWS];
    uint8_t rank[BATCH_MAX_ROWS], type[BATCH_MAX_ROWS];
    struct rows r = {p, count, from, user, rank, type, device};
    playback_origin(p, first, count, from);
    uint64_t of_device = BIT(E_DEVICE_ID) | BIT(E_DEVICE);
    if (wants(p, of_device | BIT(E_USER_ID) | BIT(E_SESSION_ID) | BIT(E_REGION) | BIT(E_IS_BOT)))
        draw_users(&r);
    if (wants(p, of_device)) draw_devices(&r);
    if (wants(p, BIT(E_EVENT_TYPE) | BIT(E_TITLE_ID))) draw_types(&r);
    for (uint32_t c = 0; c < p->ncols; c++) fill_column(&r, (enum event_column)p->wanted[c], cols[c], a);
}
