/* SPDX-License-Identifier: Apache-2.0
 *
 * The Nexmark generator (persons, auctions, bids of an auction site): what its files share. Event n is a
 * function of seed and n. nexmark.c has options, schema and order of events, nexmark_bid.c and
 * nexmark_other.c make rows.
 */
#ifndef WEIR_CONNECTORS_NEXMARK_H
#define WEIR_CONNECTORS_NEXMARK_H

#include "base/hash.h"
#include "connectors/numbered.h"

#define NEXMARK_FIRST_ID 1000 /* of persons and auctions */
#define NEXMARK_CHANNELS 10000
#define NEXMARK_TEXT_BYTES (1 << 20)
#define NEXMARK_PRICE_BITS 10 /* a price is a product out of two tables of 2^10 */

enum nexmark_kind { NEXMARK_PERSON, NEXMARK_AUCTION, NEXMARK_BID };

/* Independent draws of one event; those beyond belong to the characters of a text. */
enum nexmark_draw {
    N_BID_IDS = 1,
    N_BID_PRICE,
    N_BID_EXTRA,
    N_NAME,
    N_EMAIL,
    N_CARD,
    N_CITY,
    N_EXTRA,
    N_SELLER,
    N_CATEGORY,
    N_PRICE,
    N_RESERVE,
    N_EXPIRES,
    N_ITEM,
    N_DESCRIPTION = 64,
    N_URL = 128,
};

struct nexmark {
    uint64_t seed;
    int64_t persons, auctions, total;                /* of each `total` events in a row, persons first */
    double gap_us;                                   /* between two events */
    int64_t base_ms;                                 /* time of event 0 */
    uint32_t hot_auctions, hot_bidders, hot_sellers; /* all but one of so many go to a hot one */
    int64_t person_bytes, auction_bytes, bid_bytes;  /* average sizes */
    uint32_t ncols;
    const uint32_t *wanted;        /* column of the schema for each output column */
    const char *text;              /* NEXMARK_TEXT_BYTES of letters, for `extra` */
    struct strview *channel, *url; /* NEXMARK_CHANNELS, then four hot ones */
    double price_high[1 << NEXMARK_PRICE_BITS], price_low[1 << NEXMARK_PRICE_BITS];
};

static inline uint64_t nexmark_draw(const struct nexmark *x, uint64_t n, unsigned what) {
    return hash_counter(x->seed, n, what);
}
static inline int64_t nexmark_time_ms(const struct nexmark *x, uint64_t n) {
    return x->base_ms + (int64_t)((double)n * x->gap_us) / 1000;
}
/* 100 to 100,000,000, even on a logarithmic scale, from the draw's low bits. */
static inline int64_t nexmark_price(const struct nexmark *x, uint64_t draw) {
    unsigned mask = (1 << NEXMARK_PRICE_BITS) - 1;
    double p = x->price_high[draw >> NEXMARK_PRICE_BITS & mask] * x->price_low[draw & mask];
    return (int64_t)(p + 0.5);
}
/* A whole number below `n` out of the upper half of a draw. */
static inline int64_t nexmark_below(uint64_t draw, int64_t n) {
    return (int64_t)((draw >> 32) * (uint64_t)n >> 32);
}
/* The last person and auction (counted from 0) that exist when event n happens; -1 = none yet. */
static inline int64_t nexmark_last_person(const struct nexmark *x, uint64_t n) {
    int64_t epoch = (int64_t)n / x->total, at = (int64_t)n % x->total;
    return epoch * x->persons + (at < x->persons ? at : x->persons - 1);
}
static inline int64_t nexmark_last_auction(const struct nexmark *x, uint64_t n) {
    int64_t epoch = (int64_t)n / x->total, at = (int64_t)n % x->total - x->persons;
    if (at < 0) return epoch * x->auctions - 1;
    return epoch * x->auctions + (at < x->auctions ? at : x->auctions - 1);
}
/* By place in the round: n % total. */
static inline enum nexmark_kind nexmark_kind_at(const struct nexmark *x, int64_t at) {
    return at < x->persons ? NEXMARK_PERSON : at < x->persons + x->auctions ? NEXMARK_AUCTION : NEXMARK_BID;
}
/* A random person among the last thousand, or one of ten that do not exist yet. */
static inline int64_t nexmark_person(int64_t last, uint64_t draw) {
    int64_t count = last + 1, active = count < 1000 ? count : 1000;
    return count - active + nexmark_below(draw, active + 10);
}
/* `extra`: letters that fill a row of `used` bytes up to `average`, give or take a fifth. */
static inline struct str nexmark_extra(const struct nexmark *x, uint64_t draw, int64_t used,
                                       int64_t average) {
    int64_t rest = average - used;
    if (rest <= 0) return STR("");
    int64_t delta = (rest + 2) / 5;
    int64_t len = rest - delta + (delta ? nexmark_below(draw, 2 * delta) : 0);
    if (len > NEXMARK_TEXT_BYTES / 2) len = NEXMARK_TEXT_BYTES / 2;
    return (struct str){x->text + ((uint32_t)draw & (NEXMARK_TEXT_BYTES / 2 - 1)), (size_t)len};
}
/* Random text of 3 to max-1 characters, one in 13 a `blank`; blanks at both ends are cut off. The length. */
size_t nexmark_string(const struct nexmark *x, uint64_t n, unsigned what, unsigned max, char blank,
                      char *out);

void nexmark_bid_open(struct nexmark *x, struct arena *a);
void nexmark_bids(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out, struct arena *a);
void nexmark_persons(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out,
                     struct arena *a);
void nexmark_auctions(const struct nexmark *x, uint64_t first, uint32_t count, struct vec *out,
                      struct arena *a);

/* Fields of the rows, in order. */
enum { P_ID, P_NAME, P_EMAIL, P_CARD, P_CITY, P_STATE, P_TIME, P_EXTRA, P_FIELDS };
enum {
    A_ID,
    A_NAME,
    A_DESCRIPTION,
    A_INITIAL,
    A_RESERVE,
    A_TIME,
    A_EXPIRES,
    A_SELLER,
    A_CATEGORY,
    A_EXTRA,
    A_FIELDS
};
enum { B_AUCTION, B_BIDDER, B_PRICE, B_CHANNEL, B_URL, B_TIME, B_EXTRA, B_FIELDS };

#endif
