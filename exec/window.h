/* SPDX-License-Identifier: Apache-2.0
 *
 * Window arithmetic, in microseconds of the windows' own clock (UTC, or the wall clock of the session zone
 * for TIMESTAMP_LTZ). Time is cut into slices that no window's border cuts; every window is a run of whole
 * slices. A slice is named by its end, a window by its end (and kind).
 */
#ifndef WEIR_EXEC_WINDOW_H
#define WEIR_EXEC_WINDOW_H

#include "exec/zone.h"
#include "planner/plan.h"

#define WINDOW_MS 1000 /* a window is over at its end less one millisecond */

struct window {
    enum window_kind kind;
    int64_t size, slide, offset; /* CUMULATE: largest size and step */
    int64_t slice;               /* length of a slice */
    const struct zone *zone;     /* NULL: windows are on the clock of the rows */
};

void window_init(struct window *w, const struct window_spec *spec, const struct zone *zone);

/* The largest border <= t of a grid of that width. */
static inline int64_t window_floor(int64_t t, int64_t width, int64_t offset) {
    int64_t rest = (t - offset) % width;
    return t - (rest < 0 ? rest + width : rest);
}
static inline int64_t window_slice_end(const struct window *w, int64_t t) {
    return window_floor(t, w->slice, w->offset) + w->slice;
}
/* Ends of the first and last window that hold the slice, and of the first window with an end > t. */
int64_t window_first_end(const struct window *w, int64_t slice_end);
int64_t window_last_end(const struct window *w, int64_t slice_end);
int64_t window_end_after(const struct window *w, int64_t t);
int64_t window_start(const struct window *w, int64_t end);
/* A row's time on the windows' clock. */
static inline int64_t window_local(const struct window *w, int64_t t) {
    return w->zone ? zone_to_local(w->zone, t, 1000000) : t;
}
/* The watermark that ends the window: its end less a millisecond, as event time. */
static inline int64_t window_fires_at(const struct window *w, int64_t end) {
    return w->zone ? zone_to_utc(w->zone, end - WINDOW_MS, 1000000) : end - WINDOW_MS;
}

#endif
