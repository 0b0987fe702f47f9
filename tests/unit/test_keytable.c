/* SPDX-License-Identifier: Apache-2.0
 *
 * The key table: insert, find, remove and reuse against a plain model, all key types, NULL keys, memory.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>

#include "exec/keytable.h"
#include "tests/unit/op_harness.h"

struct fixture {
    struct arena a;
    struct mem_account mem;
    struct error error;
    struct keytable t;
};

static void start(struct fixture *f, struct batch *b, uint32_t payload) {
    const struct type **types = ARENA_ARRAY(&f->a, const struct type *, b->ncols);
    for (uint32_t c = 0; c < b->ncols; c++) types[c] = b->cols[c]->type;
    mem_account_init(&f->mem, "test", NULL, 0);
    cr_assert_eq(keytable_init(&f->t, &f->mem, &f->a, types, b->ncols, payload, &f->error), ST_OK);
}

static void end(struct fixture *f) {
    keytable_free(&f->t);
    cr_assert_eq(f->mem.used_bytes, 0);
    arena_free(&f->a);
}

static void upsert(struct fixture *f, struct batch *b, uint32_t *ids, uint32_t want_fresh) {
    uint32_t fresh[64], n;
    cr_assert(keytable_upsert_rows(&f->t, b->cols, NULL, batch_sel(b), &f->a, ids, fresh, &n));
    cr_assert_eq(n, want_fresh, "%u fresh keys, not %u", n, want_fresh);
}

Test(keytable, int64_against_a_model) {
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "l", "0");
    start(&f, b, 8);
    enum { KEYS = 5000, ROUNDS = 60, ROWS = 500 };
    static uint32_t model[KEYS]; /* id + 1 */
    memset(model, 0, sizeof model);
    uint64_t seed = 7;
    int64_t keys[ROWS];
    b->cols[0]->data = keys;
    b->rows = b->count = b->cols[0]->rows = ROWS;
    for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < ROWS; i++) {
            seed = seed * 6364136223846793005ull + 1442695040888963407ull;
            keys[i] = (int64_t)(seed >> 33) % KEYS;
        }
        uint32_t ids[ROWS];
        struct arena scratch = {0};
        cr_assert(keytable_upsert_rows(&f.t, b->cols, NULL, batch_sel(b), &scratch, ids, NULL, NULL));
        for (int i = 0; i < ROWS; i++) {
            if (model[keys[i]]) cr_assert_eq(model[keys[i]], ids[i] + 1);
            model[keys[i]] = ids[i] + 1;
            int64_t *payload = keytable_payload(&f.t, ids[i]);
            cr_assert(*payload == 0 || *payload == keys[i] + 1);
            *payload = keys[i] + 1;
        }
        for (int i = 0; i < ROWS / 3; i++) {
            if (!model[keys[i]]) continue;
            keytable_remove(&f.t, model[keys[i]] - 1);
            model[keys[i]] = 0;
        }
        keytable_find_rows(&f.t, b->cols, NULL, batch_sel(b), &scratch, ids);
        for (int i = 0; i < ROWS; i++) cr_assert_eq(ids[i] + 1, model[keys[i]]);
        arena_free(&scratch);
    }
    uint32_t count = 0, cursor = 0, n, ids[100];
    while ((n = keytable_scan(&f.t, &cursor, ids, 100))) count += n;
    cr_assert_eq(count, f.t.count);
    cr_assert_leq(keytable_bound(&f.t), KEYS);
    end(&f);
}

/* Batches in which few keys come again and again, and some in which they don't: texts, short and long, the
 * same ones at different places in memory, with a NULL among them. */
Test(keytable, keys_that_come_again) {
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "ls", "0|a");
    start(&f, b, 8);
    enum { ROWS = 500, KEYS = 600 };
    static uint32_t model[KEYS];
    memset(model, 0, sizeof model);
    uint64_t seed = 11;
    for (int round = 0; round < 60; round++) {
        struct arena scratch = {0};
        struct vec *numbers = ARENA_NEW(&scratch, struct vec), *texts = ARENA_NEW(&scratch, struct vec);
        struct vec *cols[] = {numbers, texts};
        uint32_t ids[ROWS], fresh[ROWS], nfresh, keys[ROWS], before = f.t.count;
        vec_make_flat(numbers, &scratch, b->cols[0]->type, ROWS);
        vec_make_flat(texts, &scratch, b->cols[1]->type, ROWS);
        for (uint32_t i = 0; i < ROWS; i++) {
            seed = seed * 6364136223846793005ull + 1442695040888963407ull;
            keys[i] = (uint32_t)(seed >> 33) % (round % 20 < 17 ? 12 : KEYS);
            struct str text = arena_printf(
                &scratch, keys[i] % 2 ? "%u" : "a text of more than twelve bytes %u", keys[i] / 3);
            ((int64_t *)numbers->data)[i] = keys[i] % 3;
            ((struct strview *)texts->data)[i] = strview_of(text.ptr, text.len);
            if (keys[i] == 0) valid_clear(vec_make_valid(texts, &scratch), i);
        }
        struct sel all = {NULL, ROWS};
        cr_assert(keytable_upsert_rows(&f.t, cols, NULL, all, &scratch, ids, fresh, &nfresh));
        cr_assert_eq(nfresh, f.t.count - before);
        for (uint32_t i = 0; i < nfresh; i++) cr_assert_eq(model[keys[fresh[i]]], 0);
        for (uint32_t i = 0; i < ROWS; i++) {
            if (model[keys[i]]) cr_assert_eq(model[keys[i]], ids[i] + 1);
            model[keys[i]] = ids[i] + 1;
        }
        keytable_find_rows(&f.t, cols, NULL, all, &scratch, ids);
        for (uint32_t i = 0; i < ROWS; i++) cr_assert_eq(model[keys[i]], ids[i] + 1);
        arena_free(&scratch);
    }
    end(&f);
}

/* Enough keys that the slots are divided into parts, which then grow one by one. */
Test(keytable, many_keys) {
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "l", "0");
    start(&f, b, 0);
    enum { ROUNDS = 400, ROWS = 1000 };
    int64_t keys[ROWS];
    uint32_t ids[ROWS], n;
    b->cols[0]->data = keys;
    b->rows = b->count = b->cols[0]->rows = ROWS;
    struct arena scratch = {0};
    for (int64_t round = 0; round < 2 * ROUNDS; round++) {
        arena_reset(&scratch);
        for (int i = 0; i < ROWS; i++) keys[i] = (round % ROUNDS * ROWS + i) * 7919;
        cr_assert(keytable_upsert_rows(&f.t, b->cols, NULL, batch_sel(b), &scratch, ids, NULL, &n));
        cr_assert_eq(n, round < ROUNDS ? ROWS : 0);
        for (int i = 0; i < ROWS; i++) cr_assert_eq(*(int64_t *)keytable_row(&f.t, ids[i]), keys[i]);
    }
    for (uint32_t id = 0; id < ROUNDS * ROWS; id += 2) keytable_remove(&f.t, id);
    keytable_find_rows(&f.t, b->cols, NULL, batch_sel(b), &scratch, ids);
    for (uint32_t i = 0; i < ROWS; i++) cr_assert_eq(ids[i] == KEY_NONE, i % 2 == 0);
    arena_free(&scratch);
    end(&f);
}

Test(keytable, every_type_and_nulls) {
    static const char *const rows[] = {"true 1 2 0.5 short 7 8 150 99 4; NULL 1 2 0.5 short 7 8 150 99 4;"
                                       "true 1 2 0.5 a-string-that-is-long 7 8 150 99 5;"
                                       "true 1 2 0.5 a-string-that-is-long 7 8 150 NULL 5;"
                                       "true 1 2 0.5 a-string-that-is-long 7 8 150 99 5"};
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "bildstzDEa", rows[0]);
    start(&f, b, 0);
    uint32_t ids[5];
    upsert(&f, b, ids, 4);
    cr_assert_eq(ids[2], ids[4]);
    upsert(&f, b, ids, 0);
    struct batch *got = batch_new(&f.a, b->ncols);
    got->rows = got->count = 5;
    keytable_decode(&f.t, ids, 5, &f.a, got->cols);
    for (uint32_t r = 0; r < 5; r++) {
        struct str x = batch_row_debug(&f.a, b, r), y = batch_row_debug(&f.a, got, r);
        cr_assert(str_eq(x, y), "%.*s is not %.*s", STR_ARG(y), STR_ARG(x));
    }
    keytable_remove(&f.t, ids[2]);
    upsert(&f, b, ids, 1);
    end(&f);
}

Test(keytable, single_columns) {
    const char *letters = "bildsEa";
    for (const char *l = letters; *l; l++) {
        struct fixture f = {0};
        char types[2] = {*l, 0};
        struct batch *b = harness_batch(&f.a, types,
                                        *l == 's'   ? "NULL; x; a-string-that-is-long; x; NULL"
                                        : *l == 'b' ? "NULL; true; false; true; NULL"
                                                    : "NULL; 1; 2; 1; NULL");
        start(&f, b, 0);
        uint32_t ids[5];
        upsert(&f, b, ids, 3);
        cr_assert_eq(ids[1], ids[3]);
        struct batch *got = batch_new(&f.a, 1);
        got->rows = got->count = 5;
        keytable_decode(&f.t, ids, 5, &f.a, got->cols);
        for (uint32_t r = 0; r < 5; r++) {
            struct str x = batch_row_debug(&f.a, b, r), y = batch_row_debug(&f.a, got, r);
            cr_assert(str_eq(x, y), "%.*s is not %.*s", STR_ARG(y), STR_ARG(x));
        }
        end(&f);
    }
}

Test(keytable, floats_are_normalised) {
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "d", "0; 0; 0; 0");
    double *d = b->cols[0]->data;
    d[1] = -0.0;
    d[2] = NAN;
    d[3] = -NAN;
    start(&f, b, 0);
    uint32_t ids[4];
    upsert(&f, b, ids, 3);
    end(&f);
}

Test(keytable, no_columns_is_one_key) {
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "l", "1; 2; 3");
    b->ncols = 0;
    start(&f, b, 8);
    uint32_t ids[3];
    upsert(&f, b, ids, 1);
    cr_assert_eq(ids[2], ids[0]);
    end(&f);
}

Test(keytable, says_when_memory_is_over) {
    struct fixture f = {0};
    struct batch *b = harness_batch(&f.a, "l", "0");
    start(&f, b, 8);
    f.mem.limit_bytes = 300000;
    bool full = false;
    for (int64_t i = 0; i < 100000 && !full; i++) {
        uint32_t id;
        struct arena scratch = {0};
        *(int64_t *)b->cols[0]->data = i;
        full = !keytable_upsert_rows(&f.t, b->cols, NULL, batch_sel(b), &scratch, &id, NULL, NULL);
        arena_free(&scratch);
    }
    cr_assert(full);
    cr_assert_leq(f.mem.used_bytes, 300000);
    end(&f);
}
