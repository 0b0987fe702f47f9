/* SPDX-License-Identifier: Apache-2.0
 *
 * Nexmark bids: nine of ten events, so they are made column by column in runs, without calls and without
 * branches on what was drawn (half of them would be guessed wrong). Channels and their pages are a fixed set,
 * `extra` points into one buffer of letters: nothing is copied but views. The buffers are larger than the
 * caches near the core, so what a run will read of them is fetched one loop ahead.
 */
#include "connectors/nexmark.h"

#define EXTRA_USED 32 /* bytes of a bid before extra */
#define HOT_CHANNELS 4
#define RUN 64 /* bids that are made together */

static struct strview make_url(const struct nexmark *x, uint32_t i, struct arena *a) {
    char url[96] = "https://www.nexmark.com/";
    size_t len = strlen(url);
    for (unsigned part = 0; part < 3; part++) {
        len += nexmark_string(x, i, N_URL + 4 * part, 5, '_', url + len);
        url[len++] = '/';
    }
    struct str whole = arena_printf(a, "%.*sitem.htm?query=1", (int)len, url);
    if (i >= NEXMARK_CHANNELS || nexmark_draw(x, i, N_URL + 12) % 10 == 0)
        return strview_of(whole.ptr, whole.len);
    uint32_t reversed = 0;
    for (int bit = 0; bit < 32; bit++) reversed |= (i >> bit & 1) << (31 - bit);
    int64_t id = (int32_t)reversed;
    whole = arena_printf(a, "%.*s&channel_id=%lld", STR_ARG(whole), (long long)(id < 0 ? -id : id));
    return strview_of(whole.ptr, whole.len);
}

void nexmark_bid_open(struct nexmark *x, struct arena *a) {
    static const char *const hot[HOT_CHANNELS] = {"Google", "Facebook", "Baidu", "Apple"};
    if (x->channel) return;
    x->channel = ARENA_ARRAY(a, struct strview, NEXMARK_CHANNELS + HOT_CHANNELS);
    x->url = ARENA_ARRAY(a, struct strview, NEXMARK_CHANNELS + HOT_CHANNELS);
    for (uint32_t i = 0; i < NEXMARK_CHANNELS + HOT_CHANNELS; i++) {
        struct str name =
            i < NEXMARK_CHANNELS ? arena_printf(a, "channel-%u", i) : str_of(hot[i - NEXMARK_CHANNELS]);
        x->channel[i] = strview_of(name.ptr, name.len);
        x->url[i] = make_url(x, i, a);
    }
}

/* Where the fields of a bid go. */
struct bid_out {
    int64_t *auction, *bidder, *price, *time;
    struct strview *channel, *url, *extra;
};

/* What bids of one round choose from. */
struct bid_range {
    int64_t hot_auction, hot_bidder;
    int64_t last_person;
    int64_t first_cold; /* auction */
    int64_t ncold;
};

static struct bid_range range_of(const struct nexmark *x, int64_t round) {
    int64_t auction = round * x->auctions + x->auctions - 1, person = round * x->persons + x->persons - 1;
    int64_t from = auction > 100 ? auction - 100 : 0;
    return (struct bid_range){auction / 100 * 100, person / 100 * 100 + 1, person, from, auction + 11 - from};
}

/* `yes` or `no`, without a branch. */
static inline int64_t choose(bool condition, int64_t yes, int64_t no) {
    return no ^ ((no ^ yes) & -(int64_t)condition);
}

/* Auction and bidder, from the two halves of one draw. */
static void make_ids(const struct nexmark *x, uint64_t n, const struct bid_range *r,
                     int64_t *restrict auction, int64_t *restrict bidder, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        uint64_t draw = nexmark_draw(x, n + k, N_BID_IDS);
        uint64_t a = (uint64_t)(uint32_t)draw * x->hot_auctions, b = (draw >> 32) * x->hot_bidders;
        int64_t cold_auction = r->first_cold + nexmark_below(a << 32, r->ncold);
        int64_t cold_bidder = nexmark_person(r->last_person, b << 32);
        auction[k] = choose(a >> 32, r->hot_auction, cold_auction) + NEXMARK_FIRST_ID;
        bidder[k] = choose(b >> 32, r->hot_bidder, cold_bidder) + 2 * NEXMARK_FIRST_ID; /* as upstream does */
    }
}

/* Price and channel, from one draw. */
static void make_prices(const struct nexmark *x, uint64_t n, int64_t *restrict price,
                        uint32_t *restrict channel, uint32_t count) {
    for (uint32_t k = 0; k < count; k++) {
        uint64_t draw = nexmark_draw(x, n + k, N_BID_PRICE);
        price[k] = nexmark_price(x, draw);
        unsigned more = (unsigned)(draw >> 2 * NEXMARK_PRICE_BITS);
        uint32_t hot = NEXMARK_CHANNELS + (more >> 1 & (HOT_CHANNELS - 1));
        channel[k] = (uint32_t)choose(more & 1, hot, draw_below(draw, NEXMARK_CHANNELS));
        __builtin_prefetch(&x->channel[channel[k]]);
        __builtin_prefetch(&x->url[channel[k]]);
    }
}

/* Bids n .. n + count - 1, which are of one round, into rows from i on. */
static void make_run(const struct nexmark *x, uint64_t n, const struct bid_range *r, struct bid_out o,
                     uint32_t i, uint32_t count) {
    uint32_t channel[RUN];
    struct str extra[RUN];
    for (uint32_t k = 0; k < count; k++) {
        extra[k] = nexmark_extra(x, nexmark_draw(x, n + k, N_BID_EXTRA), EXTRA_USED, x->bid_bytes);
        __builtin_prefetch(extra[k].ptr);
    }
    make_prices(x, n, o.price + i, channel, count);
    make_ids(x, n, r, o.auction + i, o.bidder + i, count);
    for (uint32_t k = 0; k < count; k++) o.time[i + k] = nexmark_time_ms(x, n + k) * 1000;
    for (uint32_t k = 0; k < count; k++) o.channel[i + k] = x->channel[channel[k]];
    for (uint32_t k = 0; k < count; k++) o.url[i + k] = x->url[channel[k]];
    for (uint32_t k = 0; k < count; k++) o.extra[i + k] = strview_of(extra[k].ptr, extra[k].len);
}

static void make_none(struct bid_out o, uint64_t *valid, uint32_t i) {
    valid_clear(valid, i);
    o.auction[i] = o.bidder[i] = o.price[i] = o.time[i] = 0;
    o.channel[i] = o.url[i] = o.extra[i] = (struct strview){0};
}

void nexmark_bids(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out, struct arena *a) {
    struct vec *f = out->child;
    struct bid_out o = {f[B_AUCTION].data, f[B_BIDDER].data, f[B_PRICE].data, f[B_TIME].data,
                        f[B_CHANNEL].data, f[B_URL].data,    f[B_EXTRA].data};
    uint64_t *valid = vec_make_valid(out, a);
    int64_t others = x->persons + x->auctions;
    int64_t round = (int64_t)first / x->total, at = (int64_t)first % x->total;
    struct bid_range range = range_of(x, round);
    for (uint32_t i = 0; i < count;) {
        if (at == x->total) {
            at = 0;
            range = range_of(x, ++round);
        }
        if (at < others) {
            make_none(o, valid, i++);
            at++;
            continue;
        }
        int64_t left = x->total - at;
        uint32_t run = count - i < RUN ? count - i : RUN;
        if (run > left) run = (uint32_t)left;
        make_run(x, first + i, &range, o, i, run);
        i += run;
        at += run;
    }
}
