/* SPDX-License-Identifier: Apache-2.0
 *
 * Packed rows: every kind of column there and back, equality, forms; blocks of the state heap.
 */
#include <criterion/criterion.h>

#include "exec/heap.h"
#include "exec/rowpack.h"
#include "tests/unit/op_harness.h"

static void round_trip(struct arena *a, struct batch *b) {
    struct rowpack p;
    const struct type **types = ARENA_ARRAY(a, const struct type *, b->ncols);
    for (uint32_t c = 0; c < b->ncols; c++) types[c] = b->cols[c]->type;
    rowpack_init(&p, a, types, b->ncols);
    struct outbuf o = {0};
    for (uint32_t r = 0; r < b->rows; r++) rowpack_put(&p, b->cols, r, &o);
    struct outbuf at_once = {0};
    uint32_t *idx = ARENA_ARRAY(a, uint32_t, b->rows);
    for (uint32_t r = 0; r < b->rows; r++) idx[r] = r;
    rowpack_put_rows(&p, b->cols, idx, b->rows, &at_once);
    cr_assert_eq(at_once.len, o.len);
    cr_assert_eq(memcmp(at_once.data, o.data, o.len), 0);
    outbuf_free(&at_once);
    const char **rows = ARENA_ARRAY(a, const char *, b->rows);
    const char *at = o.data;
    for (uint32_t r = 0; r < b->rows; r++, at += rowpack_bytes(at)) {
        rows[r] = at;
        cr_assert(rowpack_fits(&p, at, (size_t)(o.data + o.len - at)));
    }
    struct batch *got = batch_new(a, b->ncols);
    got->rows = got->count = b->rows;
    rowpack_get(&p, rows, b->rows, a, got->cols);
    for (uint32_t r = 0; r < b->rows; r++) {
        struct str x = batch_row_debug(a, b, r), y = batch_row_debug(a, got, r);
        cr_assert(str_eq(x, y), "%.*s is not %.*s", STR_ARG(y), STR_ARG(x));
    }
    outbuf_free(&o);
}

Test(rowpack, all_kinds) {
    struct arena a = {0};
    round_trip(
        &a, harness_batch(&a, "bildstzDEa",
                          "true 1 2 0.5 short 7 8 150 99 4; NULL NULL NULL NULL NULL NULL NULL NULL NULL 1;"
                          "false -1 -2 -0.5 a-string-that-is-long -7 -8 -150 -99 -4"));
    arena_free(&a);
}

Test(rowpack, nested) {
    struct arena a = {0};
    struct batch *b = harness_batch(&a, "sal", "a-string-that-is-long 1 1; NULL 2 NULL; x 3 3; y 4 4");
    struct type_field fields[] = {{.type = b->cols[0]->type}, {.type = b->cols[1]->type}};
    struct vec *row = ARENA_NEW(&a, struct vec);
    vec_make_flat(row, &a, type_row(&a, fields, 2, true), 4);
    row->child[0] = *b->cols[0];
    row->child[1] = *b->cols[1];
    valid_clear(vec_make_valid(row, &a), 2);
    struct vec *map = ARENA_NEW(&a, struct vec);
    vec_make_flat(map, &a, type_map(&a, b->cols[0]->type, row->type, true), 4);
    map->child[0] = *b->cols[0];
    map->child[1] = *row;
    for (uint32_t i = 0; i < 4; i++)
        ((struct listref *)map->data)[i] = (struct listref){i, i == 1 ? 0 : 4 - i};
    struct vec *cols[] = {row, map, vec_all_null(&a, type_simple(TYPE_NULLTYPE, true), 4)};
    struct batch both = {.rows = 4, .count = 4, .ncols = 3, .cols = cols};
    round_trip(&a, &both);
    arena_free(&a);
}

Test(rowpack, equal_rows_have_equal_bytes) {
    struct arena a = {0};
    struct batch *b =
        harness_batch(&a, "sl",
                      "a-string-that-is-long 1; a-string-that-is-long 1; a-string-that-is-lonk 1;"
                      "NULL 1");
    struct rowpack p;
    const struct type *types[] = {b->cols[0]->type, b->cols[1]->type};
    rowpack_init(&p, &a, types, 2);
    struct outbuf o = {0};
    size_t at[4];
    for (uint32_t r = 0; r < 4; r++) {
        at[r] = o.len;
        rowpack_put(&p, b->cols, r, &o);
    }
    cr_assert(rowpack_eq(o.data + at[0], o.data + at[1]));
    cr_assert_not(rowpack_eq(o.data + at[0], o.data + at[2]));
    cr_assert(rowpack_null(o.data + at[3], 0));
    cr_assert_eq(rowpack_i64(&p, o.data + at[3], 1), 1);
    outbuf_free(&o);
    arena_free(&a);
}

Test(heap, reuses_blocks_and_accounts) {
    struct mem_account mem;
    mem_account_init(&mem, "test", NULL, 16 << 20);
    struct heap h;
    heap_init(&h, &mem);
    uint64_t blocks[400];
    for (uint32_t round = 0; round < 50; round++) {
        for (uint32_t i = 0; i < 400; i++) {
            size_t n = i * 61 % 20000;
            blocks[i] = heap_alloc(&h, n);
            cr_assert(blocks[i]);
            memset(heap_ptr(&h, blocks[i]), (int)i, n);
        }
        for (uint32_t i = 0; i < 400; i++) {
            size_t n = i * 61 % 20000;
            for (size_t k = 0; k < n; k += 97) cr_assert_eq(heap_ptr(&h, blocks[i])[k], (char)i);
            heap_free(&h, blocks[i], n);
        }
    }
    cr_assert_eq(heap_alloc(&h, 32 << 20), 0);
    heap_clear(&h);
    cr_assert_eq(mem.used_bytes, 0);
}
