/* SPDX-License-Identifier: Apache-2.0
 *
 * Zones: fixed offsets, gaps and overlaps, the footer rule, far years, bad names.
 */
#include "exec/zone.h"

#include <criterion/criterion.h>

#include "exec/datetime.h"

static int64_t at(int32_t y, unsigned mo, unsigned d, int h, int m) {
    return (int64_t)calendar_days(y, mo, d) * 86400 + h * 3600 + m * 60;
}
static const struct zone *load(struct arena *a, const char *name) {
    struct error e = {0};
    const struct zone *z = NULL;
    cr_assert_eq(zone_load(str_of(name), a, &z, &e), ST_OK, "%s: %s", name, e.text);
    return z;
}

Test(zone, fixed_offsets) {
    struct arena a = {0};
    cr_expect(zone_is_utc(load(&a, "UTC")));
    cr_expect(zone_is_utc(load(&a, "Z")));
    cr_expect_eq(load(&a, "+02:00")->offset_s, 7200);
    cr_expect_eq(load(&a, "GMT-02:30")->offset_s, -9000);
    cr_expect_eq(load(&a, "UTC+8")->offset_s, 28800);
    cr_expect_eq(load(&a, "+0530")->offset_s, 19800);
    arena_free(&a);
}

Test(zone, berlin) {
    struct arena a = {0};
    const struct zone *z = load(&a, "Europe/Berlin");
    cr_expect_eq(zone_offset_utc(z, at(2020, 1, 1, 0, 0)), 3600);
    cr_expect_eq(zone_offset_utc(z, at(2020, 3, 29, 0, 59)), 3600);
    cr_expect_eq(zone_offset_utc(z, at(2020, 3, 29, 1, 0)), 7200);
    /* gap: 02:30 becomes 03:30 summer time */
    cr_expect_eq(zone_offset_local(z, at(2020, 3, 29, 2, 30)), 3600);
    cr_expect_eq(zone_offset_local(z, at(2020, 3, 29, 3, 0)), 7200);
    cr_expect_eq(zone_offset_local(z, at(2020, 3, 29, 1, 59)), 3600);
    /* overlap: the earlier moment */
    cr_expect_eq(zone_offset_local(z, at(2020, 10, 25, 2, 30)), 7200);
    cr_expect_eq(zone_offset_local(z, at(2020, 10, 25, 3, 0)), 3600);
    /* by the rule, and beyond what is expanded */
    cr_expect_eq(zone_offset_utc(z, at(2199, 7, 1, 0, 0)), 7200);
    cr_expect_eq(zone_offset_utc(z, at(2499, 12, 31, 12, 0)), 3600);
    cr_expect_eq(zone_offset_utc(z, at(9876, 7, 1, 0, 0)), 7200);
    cr_expect_eq(zone_offset_local(z, at(9876, 1, 1, 0, 0)), 3600);
    /* local mean time */
    cr_expect_eq(zone_offset_utc(z, at(1800, 1, 1, 0, 0)), 3208);
    cr_expect_eq(zone_to_local(z, at(2020, 7, 1, 0, 0) * 1000000 + 5, 1000000),
                 at(2020, 7, 1, 2, 0) * 1000000 + 5);
    cr_expect_eq(zone_to_utc(z, at(2020, 7, 1, 2, 0) * 1000000 + 5, 1000000),
                 at(2020, 7, 1, 0, 0) * 1000000 + 5);
    arena_free(&a);
}

Test(zone, local_and_back_everywhere) {
    static const char *const names[] = {"America/New_York",  "Asia/Kolkata", "Australia/Lord_Howe",
                                        "Africa/Casablanca", "America/Nuuk", "Asia/Gaza",
                                        "Pacific/Apia",      "Asia/Shanghai"};
    struct arena a = {0};
    for (unsigned i = 0; i < 8; i++) {
        const struct zone *z = load(&a, names[i]);
        for (int64_t t = at(1900, 1, 1, 0, 0); t < at(2600, 1, 1, 0, 0); t += 86400 * 5 + 3601) {
            struct zone_span s = zone_span_utc(z, t);
            cr_assert(s.from_utc_s <= t && t < s.to_utc_s);
            int64_t back = t + s.offset_s - zone_offset_local(z, t + s.offset_s);
            /* only in an overlap may the way back be another moment, an hour or a day earlier */
            cr_assert(back == t || (back < t && zone_offset_utc(z, back) > s.offset_s), "%s", names[i]);
        }
    }
    arena_free(&a);
}

Test(zone, bad_names) {
    static const char *const names[] = {"",    "Nowhere/City", "../../etc/passwd", "/etc/passwd", "+25:00",
                                        "+2:", "Europe",       "zone.tab",         "UTC+",        "GMT+1:99"};
    struct arena a = {0};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        struct error e = {0};
        const struct zone *z;
        cr_expect_eq(zone_load(str_of(names[i]), &a, &z, &e), ST_ERROR, "%s", names[i]);
        cr_expect_eq(e.code, ERR_INVALID_ARGUMENT);
    }
    arena_free(&a);
}
