/* SPDX-License-Identifier: Apache-2.0
 *
 * Slabs and large blocks: alignment, accounting, the limit.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "base/slab.h"

Test(slab, pieces_are_aligned_and_counted) {
    struct mem_account mem;
    struct slabs s;
    mem_account_init(&mem, "test", NULL, 0);
    slabs_init(&s, &mem);
    size_t given = 0;
    for (size_t i = 1; i < 1200; i++) {
        size_t bytes = i * 61 % 9000 + 1;
        char *p = slabs_alloc(&s, bytes);
        cr_assert_eq((uintptr_t)p % 64, 0);
        memset(p, (int)i, bytes);
        given += bytes;
    }
    cr_assert_geq((size_t)mem.used_bytes, given);
    cr_assert_leq((size_t)mem.used_bytes, given * 2);
    slabs_free(&s);
    cr_assert_eq(mem.used_bytes, 0);
}

Test(slab, the_limit_holds) {
    struct mem_account mem;
    struct slabs s;
    mem_account_init(&mem, "test", NULL, 100000);
    slabs_init(&s, &mem);
    int pieces = 0;
    while (slabs_alloc(&s, 4096)) cr_assert_lt(++pieces, 30);
    cr_assert_leq(mem.used_bytes, 100000);
    slabs_free(&s);
    cr_assert_eq(mem.used_bytes, 0);
}

Test(slab, large_blocks_are_mapped_and_zero) {
    struct mem_account mem;
    mem_account_init(&mem, "test", NULL, 0);
    size_t small = MEM_HUGE_PAGE - 1, large = 2 * MEM_HUGE_PAGE + 5;
    char *p = mem_alloc_zeroed(&mem, small);
    memset(p, 7, small);
    p = mem_realloc(&mem, p, small, large);
    cr_assert_eq((uintptr_t)p % MEM_HUGE_PAGE, 0);
    cr_assert_eq(p[small - 1], 7);
    p = mem_realloc(&mem, p, large, small);
    cr_assert_eq(p[small - 1], 7);
    mem_free(&mem, p, small);
    p = mem_alloc_zeroed(&mem, large);
    for (size_t i = 0; i < large; i += 4096) cr_assert_eq(p[i], 0);
    mem_free(&mem, p, large);
    cr_assert_eq(mem.used_bytes, 0);
}
