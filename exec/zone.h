/* SPDX-License-Identifier: Apache-2.0
 *
 * Time zones: offsets from the system's TZif files, read by our own reader (TZ and libc's idea of local
 * time are never looked at), or fixed offsets like "+02:00", "GMT+2", "UTC". A zone is immutable and
 * lives in the arena it was loaded into; it may be shared by threads.
 * Local times follow Java: in a gap the time is moved later by the gap's length, in an overlap the
 * earlier offset (that before the change) counts. Both mean: the offset before the change.
 */
#ifndef WEIR_EXEC_ZONE_H
#define WEIR_EXEC_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/floor.h"
#include "base/str.h"

struct zone_change; /* zone.c */

struct zone {
    struct str name;             /* as given */
    bool fixed;                  /* one offset for ever: `offset_s` */
    int32_t offset_s;            /* fixed zones: seconds east of UTC; else before the first change */
    uint32_t nchanges;           /* number of changes, rising */
    struct zone_change *changes; /* up to the year 2500; later years use those 400 years before */
    int64_t end_utc_s;           /* from here on the rules of 400 years before hold */
};

/* A stretch of time with one offset: from_utc_s <= t < to_utc_s. Loops keep it and ask again outside. */
struct zone_span {
    int64_t from_utc_s; /* first second; INT64_MIN = from ever */
    int64_t to_utc_s;   /* one past the last; INT64_MAX = for ever */
    int32_t offset_s;   /* seconds east of UTC */
};

/* UTC; const data. */
const struct zone *zone_utc(void);
/* The zone of that name: "UTC", "Europe/Berlin", "GMT+02:00", "+02:00". ERR_ for an unknown name. */
enum status zone_load(struct str name, struct arena *a, const struct zone **out, struct error *e);

struct zone_span zone_span_utc(const struct zone *z, int64_t utc_s);
/* The offset that turns this local time (seconds of the wall clock since 1970) to UTC. */
int32_t zone_local_offset_slow(const struct zone *z, int64_t local_s);

static inline bool zone_is_utc(const struct zone *z) {
    return z->fixed && z->offset_s == 0;
}
/* Seconds east of UTC at that moment. */
static inline int32_t zone_offset_utc(const struct zone *z, int64_t utc_s) {
    return z->fixed ? z->offset_s : zone_span_utc(z, utc_s).offset_s;
}
static inline int32_t zone_offset_local(const struct zone *z, int64_t local_s) {
    return z->fixed ? z->offset_s : zone_local_offset_slow(z, local_s);
}
/* UTC ticks to ticks of the wall clock and back; ticks_per_second as type_ticks_per_second(). */
static inline int64_t zone_to_local(const struct zone *z, int64_t utc, int64_t ticks_per_second) {
    if (zone_is_utc(z)) return utc;
    int64_t add;
    int64_t offset_s = zone_offset_utc(z, floor_div(utc, ticks_per_second));
    return __builtin_add_overflow(utc, offset_s * ticks_per_second, &add) ? utc : add;
}
static inline int64_t zone_to_utc(const struct zone *z, int64_t local, int64_t ticks_per_second) {
    if (zone_is_utc(z)) return local;
    int64_t sub;
    int64_t offset_s = zone_offset_local(z, floor_div(local, ticks_per_second));
    return __builtin_sub_overflow(local, offset_s * ticks_per_second, &sub) ? local : sub;
}

#endif
