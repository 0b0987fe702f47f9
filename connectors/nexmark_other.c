/* SPDX-License-Identifier: Apache-2.0
 *
 * Nexmark persons and auctions. Few events are of these kinds: a column is a dictionary whose entry 0 is the
 * NULL row and whose others are the rows made.
 */
#include "connectors/nexmark.h"

#include <stdio.h>

#define IN_FLIGHT 100 /* auctions open at one time, about */

static struct strview view_of(struct str s) {
    return strview_of(s.ptr, s.len);
}

/* Makes `out` a dictionary; numbers[1 .. *n-1] are the events of its entries. */
static uint64_t *make_dictionary(const struct nexmark *x, enum nexmark_kind kind, uint64_t first,
                                 uint32_t count, struct vec *out, uint32_t *n, struct arena *a) {
    uint64_t *numbers = arena_alloc_raw(a, sizeof *numbers * (count + 1));
    uint32_t *dict = arena_alloc_raw(a, sizeof *dict * (count + 1));
    int64_t at = (int64_t)first % x->total;
    *n = 1;
    for (uint32_t i = 0; i < count; i++) {
        enum nexmark_kind here = nexmark_kind_at(x, at);
        at = at + 1 == x->total ? 0 : at + 1;
        dict[i] = 0;
        if (here != kind) continue;
        numbers[*n] = first + i;
        dict[i] = (*n)++;
    }
    const struct type *t = out->type;
    vec_make_flat(out, a, t, *n);
    valid_clear(vec_make_valid(out, a), 0);
    for (uint32_t c = 0; c < out->nchild; c++) memset(out->child[c].data, 0, phys_bytes(out->child[c].phys));
    out->form = VEC_DICT;
    out->rows = count;
    out->dict = dict;
    return numbers;
}

static size_t put(struct vec *v, uint32_t i, const char *p, size_t len, struct arena *a) {
    if (len > STRVIEW_INLINE) p = arena_str(a, (struct str){p, len}).ptr;
    ((struct strview *)v->data)[i] = strview_of(p, len);
    return len;
}

static size_t put_string(const struct nexmark *x, struct vec *v, uint32_t i, uint64_t n, unsigned what,
                         unsigned max, struct arena *a) {
    char text[128];
    return put(v, i, text, nexmark_string(x, n, what, max, ' ', text), a);
}

static size_t put_name(const struct nexmark *x, struct vec *v, uint32_t i, uint64_t n, struct arena *a) {
    static const char *const first[11] = {"Peter", "Paul",  "Luke",  "John",   "Saul",  "Vicky",
                                          "Kate",  "Julie", "Sarah", "Deiter", "Walter"};
    static const char *const last[9] = {"Shultz", "Abrams", "Spencer", "White", "Bartels",
                                        "Walton", "Smith",  "Jones",   "Noris"};
    uint64_t draw = nexmark_draw(x, n, N_NAME);
    char text[40];
    int len = snprintf(text, sizeof text, "%s %s", first[draw % 11], last[(draw >> 32) % 9]);
    return put(v, i, text, (size_t)len, a);
}

static size_t put_email(const struct nexmark *x, struct vec *v, uint32_t i, uint64_t n, struct arena *a) {
    char text[40];
    size_t len = nexmark_string(x, n, N_EMAIL + 200, 7, ' ', text);
    text[len++] = '@';
    len += nexmark_string(x, n, N_EMAIL + 210, 5, ' ', text + len);
    memcpy(text + len, ".com", 4);
    return put(v, i, text, len + 4, a);
}

static size_t put_card(const struct nexmark *x, struct vec *v, uint32_t i, uint64_t n, struct arena *a) {
    uint64_t draw = nexmark_draw(x, n, N_CARD);
    char text[32];
    int len = snprintf(text, sizeof text, "%04u %04u %04u %04u", (unsigned)(draw & 0xffff) % 10000,
                       (unsigned)(draw >> 16 & 0xffff) % 10000, (unsigned)(draw >> 32 & 0xffff) % 10000,
                       (unsigned)(draw >> 48) % 10000);
    return put(v, i, text, (size_t)len, a);
}

static size_t put_city(const struct nexmark *x, struct vec *city, struct vec *state, uint32_t i, uint64_t n,
                       struct arena *a) {
    static const char *const cities[10] = {"Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland",
                                           "Bend",    "Redmond",     "Seattle",       "Kent",  "Cheyenne"};
    static const char *const states[6] = {"AZ", "CA", "ID", "OR", "WA", "WY"};
    uint64_t draw = nexmark_draw(x, n, N_CITY);
    const char *name = cities[draw % 10];
    return put(city, i, name, strlen(name), a) + put(state, i, states[(draw >> 32) % 6], 2, a);
}

void nexmark_persons(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out,
                     struct arena *a) {
    uint32_t rows;
    const uint64_t *numbers = make_dictionary(x, NEXMARK_PERSON, first, count, out, &rows, a);
    struct vec *f = out->child;
    for (uint32_t i = 1; i < rows; i++) {
        uint64_t n = numbers[i];
        size_t used = 8;
        ((int64_t *)f[P_ID].data)[i] = nexmark_last_person(x, n) + NEXMARK_FIRST_ID;
        used += put_name(x, &f[P_NAME], i, n, a);
        used += put_email(x, &f[P_EMAIL], i, n, a);
        used += put_card(x, &f[P_CARD], i, n, a);
        used += put_city(x, &f[P_CITY], &f[P_STATE], i, n, a);
        ((int64_t *)f[P_TIME].data)[i] = nexmark_time_ms(x, n) * 1000;
        ((struct strview *)f[P_EXTRA].data)[i] =
            view_of(nexmark_extra(x, nexmark_draw(x, n, N_EXTRA), (int64_t)used, x->person_bytes));
    }
}

static int64_t seller_of(const struct nexmark *x, uint64_t n) {
    uint64_t draw = nexmark_draw(x, n, N_SELLER);
    int64_t last = nexmark_last_person(x, n);
    int64_t seller = draw_below(draw << 32, x->hot_sellers) ? last / 100 * 100 : nexmark_person(last, draw);
    return seller + NEXMARK_FIRST_ID;
}

/* Milliseconds that an auction stays open. */
static int64_t open_ms(const struct nexmark *x, uint64_t n) {
    int64_t ahead = IN_FLIGHT * x->total / x->auctions;
    int64_t horizon = 2 * (nexmark_time_ms(x, n + (uint64_t)ahead) - nexmark_time_ms(x, n));
    return 1 + nexmark_below(nexmark_draw(x, n, N_EXPIRES), horizon > 1 ? horizon : 1);
}

void nexmark_auctions(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out,
                      struct arena *a) {
    uint32_t rows;
    const uint64_t *numbers = make_dictionary(x, NEXMARK_AUCTION, first, count, out, &rows, a);
    struct vec *f = out->child;
    for (uint32_t i = 1; i < rows; i++) {
        uint64_t n = numbers[i];
        int64_t time_ms = nexmark_time_ms(x, n), price = nexmark_price(x, nexmark_draw(x, n, N_PRICE));
        size_t used = 8 + 5 * 8;
        ((int64_t *)f[A_ID].data)[i] = nexmark_last_auction(x, n) + NEXMARK_FIRST_ID;
        used += put_string(x, &f[A_NAME], i, n, N_ITEM + 200, 20, a);
        used += put_string(x, &f[A_DESCRIPTION], i, n, N_DESCRIPTION + 200, 100, a);
        ((int64_t *)f[A_INITIAL].data)[i] = price;
        ((int64_t *)f[A_RESERVE].data)[i] = price + nexmark_price(x, nexmark_draw(x, n, N_RESERVE));
        ((int64_t *)f[A_TIME].data)[i] = time_ms * 1000;
        ((int64_t *)f[A_EXPIRES].data)[i] = (time_ms + open_ms(x, n)) * 1000;
        ((int64_t *)f[A_SELLER].data)[i] = seller_of(x, n);
        ((int64_t *)f[A_CATEGORY].data)[i] = 10 + draw_below(nexmark_draw(x, n, N_CATEGORY), 5);
        ((struct strview *)f[A_EXTRA].data)[i] =
            view_of(nexmark_extra(x, nexmark_draw(x, n, N_EXTRA), (int64_t)used, x->auction_bytes));
    }
}
