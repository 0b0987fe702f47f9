/* SPDX-License-Identifier: Apache-2.0
 *
 * Slices and windows; see window.h.
 */
#include "exec/window.h"

static int64_t gcd(int64_t a, int64_t b) {
    while (b) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

void window_init(struct window *w, const struct window_spec *spec, const struct zone *zone) {
    *w = (struct window){spec->kind, spec->size_us, spec->slide_us, spec->offset_us, spec->size_us, NULL};
    if (spec->kind == WINDOW_TUMBLE) w->slide = w->size;
    if (spec->kind == WINDOW_HOP) w->slice = gcd(w->size, w->slide);
    if (spec->kind == WINDOW_CUMULATE) w->slice = w->slide;
    if (spec->local_time && !zone_is_utc(zone)) w->zone = zone;
}

int64_t window_first_end(const struct window *w, int64_t slice_end) {
    if (w->kind != WINDOW_HOP) return slice_end;
    return window_end_after(w, slice_end - 1);
}

int64_t window_last_end(const struct window *w, int64_t slice_end) {
    int64_t first = slice_end - w->slice;
    switch (w->kind) {
    case WINDOW_HOP: return window_floor(first, w->slide, w->offset) + w->size;
    case WINDOW_CUMULATE: return window_floor(first, w->size, w->offset) + w->size;
    default: return slice_end;
    }
}

int64_t window_end_after(const struct window *w, int64_t t) {
    return window_floor(t, w->slide, w->offset + w->size) + w->slide;
}

int64_t window_start(const struct window *w, int64_t end) {
    if (w->kind == WINDOW_CUMULATE) return window_floor(end - 1, w->size, w->offset);
    return end - w->size;
}
