/* SPDX-License-Identifier: Apache-2.0
 *
 * The columns of the playback connector: each value from seed, event and column alone.
 */
#include <stdio.h>

#include "base/hash.h"
#include "connectors/playback.h"

enum { DRAW_KIND = 100, DRAW_UUID, DRAW_DEVICE, DRAW_QUALITY, DRAW_NETWORK, DRAW_VERSION, DRAW_SESSION, DRAW_TITLE,
       DRAW_BOT, DRAW_BURST };

static const char *const event_kinds[16] = {
    "row_impression", "scroll_position", "play_start", "title_hovered", "play_stop", "search_query", "play_pause",
    "seek", "search_result_click", "buffer_start", "buffer_end", "quality_change", "recommendation_shown",
    "ab_test_assignment", "error_occurred", "playback_failed"};
/* Shares of 1,000; errors come on top, in bursts. */
static const uint16_t event_shares[14] = {300, 150, 120, 90, 75, 60, 50, 40, 35, 25, 22, 15, 10, 8};
static const char *const w_kinds[10] = {"row_impression", "scroll_position", "play_start", "play_pause", "play_stop",
                                        "seek", "search_query", "title_hovered", "buffer_start", "buffer_end"};
static const uint16_t w_shares[10] = {300, 180, 120, 90, 90, 70, 60, 50, 25, 15};
static const char *const devices[8] = {"iPhone", "Android", "SmartTV", "Web", "iPad", "FireTV", "PS5", "Roku"};
static const char *const qualities[5] = {"480p", "720p", "1080p", "4k", "auto"};
static const char *const networks[3] = {"WiFi", "cell", "ethernet"};
static const char *const genres[20] = {"Drama", "Comedy", "Action", "Thriller", "Documentary", "Horror", "Romance",
    "Sci-Fi", "Fantasy", "Animation", "Crime", "Family", "Mystery", "Adventure", "History", "Music", "War", "Western",
    "Reality", "Sport"};
static const char *const ratings[5] = {"G", "PG", "PG-13", "R", "TV-MA"};
static const char countries[PLAYBACK_COUNTRIES][3] = {
    "US", "IN", "BR", "GB", "DE", "FR", "JP", "MX", "KR", "CA", "IT", "ES", "AU", "NL", "TR", "PL", "AR", "SE", "ID", "CO",
    "ZA", "PH", "TH", "MY", "CL", "NO", "DK", "FI", "BE", "CH", "AT", "PT", "IE", "NZ", "SG", "HK", "TW", "VN", "EG", "SA",
    "AE", "IL", "NG", "KE", "GR", "CZ", "HU", "RO", "UA", "PE", "EC", "UY", "CR", "PA", "GT", "DO", "BO", "PY", "MA", "TN"};

static uint64_t draw(const struct playback *p, uint64_t n, uint64_t stream) {
    return hash_counter(p->seed, n, stream);
}

static void put_z(struct vec *v, uint32_t i, const char *z) {
    ((struct strview *)v->data)[i] = strview_of(z, strlen(z));
}

/* Formats into the arena when the text is long. */
static void put_text(struct vec *v, uint32_t i, struct arena *a, const char *p, size_t len) {
    if (len > STRVIEW_INLINE) p = arena_str(a, (struct str){p, len}).ptr;
    ((struct strview *)v->data)[i] = strview_of(p, len);
}

static const char *by_share(const char *const *names, const uint16_t *shares, unsigned n, uint32_t of_1000) {
    for (unsigned i = 0; i + 1 < n; i++) {
        if (of_1000 < shares[i]) return names[i];
        of_1000 -= shares[i];
    }
    return names[n - 1];
}

/* Errors in bursts: in one of 16 stretches of 4,096 events 16 % are errors, elsewhere none. */
static const char *event_kind(const struct playback *p, uint64_t id) {
    uint64_t r = draw(p, id, DRAW_KIND);
    bool burst = (draw(p, id >> 12, DRAW_BURST) & 15) == 0;
    if (burst && draw_below(r * 31, 100) < 16) return event_kinds[14 + (r & 1)];
    return by_share(event_kinds, event_shares, 14, (uint32_t)draw_below(r, 1000));
}

static void put_digits(char *p, uint64_t n, unsigned digits) {
    for (unsigned i = digits; i-- > 0; n /= 10) p[i] = (char)('0' + n % 10);
}

static void put_letters(char *p, uint64_t r, unsigned n, const char *alphabet, unsigned base) {
    for (unsigned i = 0; i < n; i++, r /= base) p[i] = alphabet[r % base];
}

static const char hex[] = "0123456789abcdef";

static void uuid_text(const struct playback *p, uint64_t id, char *out) {
    put_letters(out, draw(p, id, DRAW_UUID), 16, hex, 16);
    put_letters(out + 18, draw(p, id, DRAW_UUID + 1000), 16, hex, 16);
    char digits[32];
    memcpy(digits, out, 16);
    memcpy(digits + 16, out + 18, 16);
    digits[12] = '4';
    digits[16] = "89ab"[digits[16] & 3];
    static const uint8_t from[] = {0, 8, 12, 16, 20, 32};
    for (unsigned g = 0, at = 0; g < 5; g++) {
        memcpy(out + at, digits + from[g], from[g + 1] - from[g]);
        at += from[g + 1] - from[g];
        if (g < 4) out[at++] = '-';
    }
}

/* Which of a user's one to three devices. */
static uint64_t device_number(const struct playback *p, const struct playback_event *ev) {
    uint64_t owned = 1 + draw(p, ev->user, DRAW_DEVICE) % 3;
    return ev->user * 4ull + draw(p, ev->id, DRAW_DEVICE) % owned;
}

static bool without_title(const char *kind) {
    return strncmp(kind, "search", 6) == 0 || kind[0] == 'a';
}

static void event_id_column(const struct playback *p, const struct playback_event *ev, uint32_t n, struct arena *a,
                            struct vec *v) {
    char *text = arena_alloc_raw(a, (size_t)n * 36);
    for (uint32_t i = 0; i < n; i++, text += 36) {
        char whole[40];
        uuid_text(p, ev[i].id, whole);
        memcpy(text, whole, 36);
        ((struct strview *)v->data)[i] = strview_of(text, 36);
    }
}

static void maybe_null(const struct playback *p, uint64_t id, uint64_t stream, uint32_t i, struct arena *a, struct vec *v,
                       const char *const *names, unsigned count) {
    uint64_t r = draw(p, id, stream);
    if (draw_below(r, 10) == 0) {
        valid_clear(vec_make_valid(v, a), i);
        ((struct strview *)v->data)[i] = (struct strview){0};
    } else {
        put_z(v, i, names[r % count]);
    }
}

static void event_value(const struct playback *p, uint32_t column, const struct playback_event *ev, uint32_t i,
                        struct arena *a, struct vec *v) {
    char text[24];
    switch (column) {
    case 1: put_z(v, i, event_kind(p, ev->id)); break;
    case 2:
        memcpy(text, "u_", 2);
        put_digits(text + 2, ev->user, 8);
        put_text(v, i, a, text, 10);
        break;
    case 3:
        memcpy(text, "d_", 2);
        put_letters(text + 2, draw(p, device_number(p, ev), DRAW_DEVICE + 1000), 10, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 36);
        put_text(v, i, a, text, 12);
        break;
    case 4: put_z(v, i, devices[draw(p, device_number(p, ev), DRAW_DEVICE + 2000) & 7]); break;
    case 5:
        memcpy(text, "t_", 2);
        put_digits(text + 2, ev->title + 1, 6);
        put_text(v, i, a, text, 8);
        if (without_title(event_kind(p, ev->id))) valid_clear(vec_make_valid(v, a), i);
        break;
    case 6: ((int64_t *)v->data)[i] = ev->ts_us; break;
    case 7:
        memcpy(text, "s_", 2);
        put_letters(text + 2, draw(p, ev->user ^ (uint64_t)(ev->ts_us / 1800000000) << 32, DRAW_SESSION), 12, hex, 16);
        put_text(v, i, a, text, 14);
        break;
    case 8: put_z(v, i, countries[ev->country]); break;
    case 9: maybe_null(p, ev->id, DRAW_QUALITY, i, a, v, qualities, 4); break;
    case 10: maybe_null(p, ev->id, DRAW_NETWORK, i, a, v, networks, 3); break;
    case 11: ((uint8_t *)v->data)[i] = draw_below(draw(p, ev->user, DRAW_BOT), 100) < 3; break;
    default:
        put_text(v, i, a, text, (size_t)snprintf(text, sizeof text, "%u.%u.0", 8 + (unsigned)(draw(p, ev->user, DRAW_VERSION) & 3),
                                                 (unsigned)(draw(p, ev->user, DRAW_VERSION) >> 8) % 10));
    }
}

void playback_event_column(const struct playback *p, uint32_t column, const struct playback_event *events,
                           uint32_t count, struct arena *a, struct vec *out) {
    if (column == 0) {
        event_id_column(p, events, count, a, out);
        return;
    }
    for (uint32_t i = 0; i < count; i++) event_value(p, column, &events[i], i, a, out);
}

void playback_w_column(const struct playback *p, uint32_t column, const struct playback_event *ev, uint32_t count,
                       struct arena *a UNUSED, struct vec *out) {
    int64_t *longs = out->data;
    for (uint32_t i = 0; i < count; i++) {
        uint64_t id = ev[i].id;
        switch (column) {
        case 0: longs[i] = (int64_t)id; break;
        case 1: put_z(out, i, by_share(w_kinds, w_shares, 10, (uint32_t)draw_below(draw(p, id, DRAW_KIND), 1000))); break;
        case 2: longs[i] = ev[i].user; break;
        case 3: put_z(out, i, devices[draw(p, id, DRAW_DEVICE) & 7]); break;
        case 4: put_z(out, i, countries[ev[i].country]); break;
        case 5: ((int32_t *)out->data)[i] = (int32_t)ev[i].title + 1; break;
        case 6: longs[i] = ev[i].ts_us / 1000; break;
        case 7: put_z(out, i, qualities[draw_below(draw(p, id, DRAW_QUALITY), 5)]); break;
        default: longs[i] = (int64_t)(draw(p, ev[i].user, DRAW_SESSION) >> 36); break;
        }
    }
}

/* ---- titles ---- */

/* Every 64th title has a second version, which stands behind all first ones. */
#define SECOND_VERSIONS (PLAYBACK_TITLES / 64)

uint64_t playback_title_rows(const struct playback *p) {
    return PLAYBACK_TITLES + (p->shape == SHAPE_TITLES ? SECOND_VERSIONS : 0);
}

static size_t title_name(const struct playback *p, uint64_t title, char *out, size_t cap) {
    static const char *const first[8] = {"The Last", "A Quiet", "Midnight", "Señor", "Königs", "The \"Other\"", "Under", "Summer,"};
    static const char *const second[8] = {"River", "Empire", "Garden", "Straße", "Señora", "Winter", "Signal", "Café"};
    uint64_t r = draw(p, title, DRAW_TITLE);
    int n = snprintf(out, cap, "%s %s %u", first[r & 7], second[r >> 3 & 7], (unsigned)title);
    return n < 0 ? 0 : (size_t)n;
}

static void title_value(const struct playback *p, const char *column, uint64_t row, uint32_t i, struct arena *a,
                        struct vec *v) {
    bool again = row >= PLAYBACK_TITLES;
    uint64_t title = again ? (row - PLAYBACK_TITLES) * 64 + 1 : row + 1, r = draw(p, title, DRAW_TITLE + 1);
    char text[96];
    if (strcmp(column, "id") == 0) {
        if (v->phys == PHYS_I32) ((int32_t *)v->data)[i] = (int32_t)title;
        else put_text(v, i, a, text, (size_t)snprintf(text, sizeof text, "t_%06u", (unsigned)title));
    } else if (strcmp(column, "name") == 0) {
        put_text(v, i, a, text, title_name(p, title, text, sizeof text));
    } else if (strcmp(column, "genre") == 0) {
        put_z(v, i, genres[(r + again) % 20]);
    } else if (strcmp(column, "rating") == 0) {
        put_z(v, i, ratings[(r >> 8) % 5]);
    } else if (strcmp(column, "runtime") == 0) {
        ((int32_t *)v->data)[i] = 20 + (int32_t)((r >> 16) % 150);
    } else {
        /* First versions a day before the events, the second ones five minutes into them. */
        ((int64_t *)v->data)[i] = p->begin_us + (again ? 300000000ll + (int64_t)(r % 60000) * 1000 : -86400000000ll);
    }
}

void playback_title_column(const struct playback *p, uint32_t column, uint64_t first, uint32_t count, struct arena *a,
                           struct vec *out) {
    static const char *const names[] = {"id", "name", "genre", "rating", "runtime", "from"};
    static const char *const w_names[] = {"id", "name", "genre", "runtime"};
    const char *name = p->shape == SHAPE_TITLES ? names[column] : w_names[column];
    for (uint32_t i = 0; i < count; i++) title_value(p, name, first + i, i, a, out);
}
