/* SPDX-License-Identifier: Apache-2.0
 *
 * Arenas: alignment, growth, reset that keeps a block, formatted strings.
 */
#include <criterion/criterion.h>

#include "base/arena.h"

Test(arena, zeroed_and_aligned) {
    struct arena a = {0};
    for (size_t n = 1; n < 3000; n += 37) {
        unsigned char *p = arena_alloc(&a, n);
        cr_assert_eq((uintptr_t)p % 16, 0);
        for (size_t i = 0; i < n; i++) cr_assert_eq(p[i], 0);
        memset(p, 0xff, n);
    }
    arena_free(&a);
    cr_assert_null(a.head);
}

Test(arena, reset_keeps_a_block) {
    struct arena a = {0};
    for (int i = 0; i < 1000; i++) arena_alloc(&a, 1000);
    cr_assert_geq(a.used_bytes, 1000u * 1000u);
    arena_reset(&a);
    cr_assert_eq(a.used_bytes, 0);
    cr_assert_not_null(a.head);
    arena_free(&a);
}

Test(arena, printf_long) {
    struct arena a = {0};
    struct str s = arena_printf(&a, "%0500d|%s", 7, "end");
    cr_assert_eq(s.len, 504);
    cr_assert_str_eq(s.ptr + 500, "|end");
    arena_free(&a);
}
