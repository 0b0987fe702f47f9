/* SPDX-License-Identifier: Apache-2.0
 *
 * Nexmark bids: nine of ten events, so they are made in one loop without a call. Channels and their pages are
 * a fixed set, `extra` points into one buffer of letters: nothing is copied but views.
 */
#include "connectors/nexmark.h"

#define EXTRA_USED 32 /* bytes of a bid before extra */
#define HOT_CHANNELS 4

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

/* Auction and bidder, from the two halves of one draw. */
static inline void draw_ids(const struct nexmark *x, uint64_t n, const struct bid_range *r, struct bid_out o,
                            uint32_t i) {
    uint64_t draw = nexmark_draw(x, n, N_BID_IDS);
    uint64_t a = (uint64_t)(uint32_t)draw * x->hot_auctions, b = (draw >> 32) * x->hot_bidders;
    int64_t auction = a >> 32 ? r->hot_auction : r->first_cold + nexmark_below(a << 32, r->ncold);
    int64_t bidder = b >> 32 ? r->hot_bidder : nexmark_person(r->last_person, b << 32);
    o.auction[i] = auction + NEXMARK_FIRST_ID;
    o.bidder[i] = bidder + 2 * NEXMARK_FIRST_ID; /* twice, as upstream does */
}

static inline void draw_channel(const struct nexmark *x, uint64_t n, struct bid_out o, uint32_t i) {
    uint64_t draw = nexmark_draw(x, n, N_BID_PRICE);
    o.price[i] = nexmark_price(x, draw);
    unsigned more = (unsigned)(draw >> 2 * NEXMARK_PRICE_BITS);
    uint32_t hot = NEXMARK_CHANNELS + (more >> 1 & (HOT_CHANNELS - 1)),
             cold = draw_below(draw, NEXMARK_CHANNELS);
    uint32_t channel = more & 1 ? hot : cold;
    o.channel[i] = x->channel[channel];
    o.url[i] = x->url[channel];
}

void nexmark_bids(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out, struct arena *a) {
    struct vec *f = out->child;
    struct bid_out o = {f[B_AUCTION].data, f[B_BIDDER].data, f[B_PRICE].data, f[B_TIME].data,
                        f[B_CHANNEL].data, f[B_URL].data,    f[B_EXTRA].data};
    uint64_t *valid = vec_make_valid(out, a);
    int64_t others = x->persons + x->auctions;
    int64_t round = (int64_t)first / x->total, at = (int64_t)first % x->total;
    struct bid_range range = range_of(x, round);
    for (uint32_t i = 0; i < count; i++, at++) {
        uint64_t n = first + i;
        if (at == x->total) {
            at = 0;
            range = range_of(x, ++round);
        }
        bool bid = at >= others;
        if (!bid) {
            valid_clear(valid, i);
            o.auction[i] = o.bidder[i] = o.price[i] = o.time[i] = 0;
            o.channel[i] = o.url[i] = o.extra[i] = (struct strview){0};
            continue;
        }
        draw_ids(x, n, &range, o, i);
        draw_channel(x, n, o, i);
        o.time[i] = nexmark_time_ms(x, n) * 1000;
        o.extra[i] = nexmark_extra(x, nexmark_draw(x, n, N_BID_EXTRA), EXTRA_USED, x->bid_bytes);
    }
}
