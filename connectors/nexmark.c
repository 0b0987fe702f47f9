/* SPDX-License-Identifier: Apache-2.0
 *
 * The nexmark connector: one table of events, of which each is a person, an auction or a bid (the other two
 * rows are NULL), as in the Nexmark benchmark for Flink, but from a seed and with a fixed first time, so that
 * every run gives the same rows.
 */
#include "connectors/nexmark.h"

#include <math.h>

#include "exec/datetime.h"

enum nexmark_column { COL_EVENT_TYPE, COL_PERSON, COL_AUCTION, COL_BID, COL_TIME };

static const struct option_def options[] = {
    {.key = "seed", .type = OPT_INT, .def = "1", .help = "the same seed gives the same events"},
    {.key = "base-time", .type = OPT_STRING, .def = "2026-01-01 00:00:00", .help = "time of the first event"},
    {.key = "events.num",
     .type = OPT_INT,
     .def = "0",
     .min = 0,
     .max = INT64_MAX,
     .help = "how many; 0 = no end"},
    {.key = "first-event.rate",
     .type = OPT_INT,
     .def = "10000",
     .min = 1,
     .max = 1000000000,
     .help = "events in a second of event time"},
    {.key = "next-event.rate",
     .type = OPT_INT,
     .def = "10000",
     .min = 1,
     .max = 1000000000,
     .help = "taken, without effect"},
    {.key = "max-emit-speed",
     .type = OPT_BOOL,
     .def = "false",
     .help = "do not wait until an event's time has come"},
    {.key = "rate.shape", .type = OPT_STRING, .help = "taken, without effect"},
    {.key = "rate.period", .type = OPT_DURATION, .help = "taken, without effect"},
    {.key = "rate.limited", .type = OPT_BOOL, .help = "taken, without effect"},
    {.key = "keep-alive", .type = OPT_BOOL, .help = "taken, without effect"},
    {.key = "person.proportion",
     .type = OPT_INT,
     .def = "1",
     .min = 1,
     .max = 1000000,
     .help = "persons in a round"},
    {.key = "auction.proportion",
     .type = OPT_INT,
     .def = "3",
     .min = 1,
     .max = 1000000,
     .help = "auctions in a round"},
    {.key = "bid.proportion",
     .type = OPT_INT,
     .def = "46",
     .min = 0,
     .max = 1000000,
     .help = "bids in a round"},
    {.key = "bid.hot-ratio.auctions",
     .type = OPT_INT,
     .def = "2",
     .min = 1,
     .max = 1000000,
     .help = "one bid of so many is for no hot auction"},
    {.key = "bid.hot-ratio.bidders",
     .type = OPT_INT,
     .def = "4",
     .min = 1,
     .max = 1000000,
     .help = "likewise for bidders"},
    {.key = "auction.hot-ratio.sellers",
     .type = OPT_INT,
     .def = "4",
     .min = 1,
     .max = 1000000,
     .help = "likewise for sellers"},
    {.key = "person.avg-size", .type = OPT_BYTES, .def = "200", .help = "average size of a person"},
    {.key = "auction.avg-size", .type = OPT_BYTES, .def = "500", .help = "of an auction"},
    {.key = "bid.avg-size", .type = OPT_BYTES, .def = "100", .help = "of a bid"},
    {.key = NULL},
};

/* ---- schema ---- */

#define NAMED(text)                                                                                          \
    { text, sizeof text - 1 }
static const struct type bigint_type = {.kind = TYPE_BIGINT, .nullable = true};
static const struct type int_type = {.kind = TYPE_INT, .nullable = true};
static const struct type string_type = {.kind = TYPE_VARCHAR, .nullable = true, .length = TYPE_MAX_LEN};
static const struct type time_type = {.kind = TYPE_TIMESTAMP, .nullable = true, .precision = 3};

static const struct type_field person_fields[P_FIELDS] = {
    {NAMED("id"), &bigint_type, {0}},           {NAMED("name"), &string_type, {0}},
    {NAMED("emailAddress"), &string_type, {0}}, {NAMED("creditCard"), &string_type, {0}},
    {NAMED("city"), &string_type, {0}},         {NAMED("state"), &string_type, {0}},
    {NAMED("dateTime"), &time_type, {0}},       {NAMED("extra"), &string_type, {0}},
};
static const struct type_field auction_fields[A_FIELDS] = {
    {NAMED("id"), &bigint_type, {0}},          {NAMED("itemName"), &string_type, {0}},
    {NAMED("description"), &string_type, {0}}, {NAMED("initialBid"), &bigint_type, {0}},
    {NAMED("reserve"), &bigint_type, {0}},     {NAMED("dateTime"), &time_type, {0}},
    {NAMED("expires"), &time_type, {0}},       {NAMED("seller"), &bigint_type, {0}},
    {NAMED("category"), &bigint_type, {0}},    {NAMED("extra"), &string_type, {0}},
};
static const struct type_field bid_fields[B_FIELDS] = {
    {NAMED("auction"), &bigint_type, {0}}, {NAMED("bidder"), &bigint_type, {0}},
    {NAMED("price"), &bigint_type, {0}},   {NAMED("channel"), &string_type, {0}},
    {NAMED("url"), &string_type, {0}},     {NAMED("dateTime"), &time_type, {0}},
    {NAMED("extra"), &string_type, {0}},
};
static const struct type person_type = {
    .kind = TYPE_ROW, .nullable = true, .nfields = P_FIELDS, .fields = person_fields};
static const struct type auction_type = {
    .kind = TYPE_ROW, .nullable = true, .nfields = A_FIELDS, .fields = auction_fields};
static const struct type bid_type = {
    .kind = TYPE_ROW, .nullable = true, .nfields = B_FIELDS, .fields = bid_fields};
static const struct field columns[] = {
    {NAMED("event_type"), &int_type}, {NAMED("person"), &person_type}, {NAMED("auction"), &auction_type},
    {NAMED("bid"), &bid_type},        {NAMED("dateTime"), &time_type},
};
static const struct schema nexmark_schema = {ARRAY_LEN(columns), (struct field *)columns};

static enum status schema(UNUSED const struct options *o, UNUSED struct arena *a, struct schema *out,
                          UNUSED struct error *e) {
    *out = nexmark_schema;
    return ST_OK;
}

static bool parse_base(const struct options *o, int64_t *us) {
    struct str text = option_str(o, "", options, "base-time");
    return datetime_parse_timestamp(text.ptr, text.len, DATETIME_SQL, false, 3, us);
}

static enum status validate(const struct options *o, struct error *e) {
    int64_t us;
    if (parse_base(o, &us)) return ST_OK;
    return error_set(e, ERR_INVALID_OPTION, "'base-time' must be a time such as '2026-01-01 00:00:00'");
}

static bool bounded(const struct options *o) {
    return option_int(o, "", options, "events.num") > 0;
}

/* ---- the generator ---- */

size_t nexmark_string(const struct nexmark *x, uint64_t n, unsigned what, unsigned max, char blank,
                      char *out) {
    uint64_t draw = nexmark_draw(x, n, what);
    size_t len = 3 + (size_t)nexmark_below(draw, max - 3), from = 0;
    for (size_t i = 0; i < len; i++) {
        if (i % 8 == 0) draw = nexmark_draw(x, n, what + 1 + (unsigned)i / 8);
        unsigned c = (unsigned)(draw & 0xff) * 13 >> 8; /* 1 in 13 */
        out[i] = c == 0 ? blank : (char)('a' + ((draw & 0xff) * 169 >> 8) % 26);
        draw >>= 8;
    }
    while (from < len && out[from] == ' ') from++;
    while (len > from && out[len - 1] == ' ') len--;
    memmove(out, out + from, len - from);
    return len - from;
}

static void make_text(struct nexmark *x, struct arena *a) {
    char *text = arena_alloc_raw(a, NEXMARK_TEXT_BYTES);
    for (uint32_t i = 0; i < NEXMARK_TEXT_BYTES; i++)
        text[i] = (char)('a' + draw_below(nexmark_draw(x, i, 0), 26));
    x->text = text;
    double steps = 1 << NEXMARK_PRICE_BITS;
    for (int i = 0; i < 1 << NEXMARK_PRICE_BITS; i++) {
        x->price_high[i] = 100 * pow(10, 6 * i / steps);
        x->price_low[i] = pow(10, 6 * i / steps / steps);
    }
}

static enum status generator_open(const struct io_config *c, const uint32_t *wanted, uint32_t ncols,
                                  struct arena *a, struct generator **out, struct numbered_config *config,
                                  UNUSED struct error *e) {
    const struct options *o = c->table->options;
    struct nexmark *x = ARENA_NEW(a, struct nexmark);
    int64_t us = 0, rate = option_int(o, "", options, "first-event.rate");
    parse_base(o, &us);
    x->seed = (uint64_t)option_int(o, "", options, "seed");
    x->persons = option_int(o, "", options, "person.proportion");
    x->auctions = option_int(o, "", options, "auction.proportion");
    x->total = x->persons + x->auctions + option_int(o, "", options, "bid.proportion");
    x->gap_us = 1e6 / (double)rate;
    x->base_ms = us / 1000;
    x->hot_auctions = (uint32_t)option_int(o, "", options, "bid.hot-ratio.auctions");
    x->hot_bidders = (uint32_t)option_int(o, "", options, "bid.hot-ratio.bidders");
    x->hot_sellers = (uint32_t)option_int(o, "", options, "auction.hot-ratio.sellers");
    x->person_bytes = option_amount(o, "", options, "person.avg-size");
    x->auction_bytes = option_amount(o, "", options, "auction.avg-size");
    x->bid_bytes = option_amount(o, "", options, "bid.avg-size");
    x->wanted = wanted;
    x->ncols = ncols;
    bool rows = false;
    for (uint32_t i = 0; i < ncols; i++) {
        rows |= wanted[i] >= COL_PERSON && wanted[i] <= COL_BID;
        if (wanted[i] == COL_BID) nexmark_bid_open(x, a);
    }
    if (rows) make_text(x, a);
    uint64_t events = (uint64_t)option_int(o, "", options, "events.num");
    config->rows = events ? events : ROWS_UNBOUNDED;
    config->rows_per_second = option_bool(o, "", options, "max-emit-speed") ? 0 : (uint64_t)rate;
    *out = (struct generator *)x;
    return ST_OK;
}

static void fill_kinds(const struct nexmark *x, uint64_t first, uint32_t count, int32_t *out) {
    int64_t at = (int64_t)first % x->total;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = (int32_t)nexmark_kind_at(x, at);
        at = at + 1 == x->total ? 0 : at + 1;
    }
}

static enum status fill(const struct generator *g, uint64_t first, uint32_t count, struct vec **cols,
                        struct arena *a, UNUSED struct error *e) {
    const struct nexmark *x = (const struct nexmark *)g;
    for (uint32_t c = 0; c < x->ncols; c++) {
        void *data = cols[c]->data;
        switch ((enum nexmark_column)x->wanted[c]) {
        case COL_EVENT_TYPE: fill_kinds(x, first, count, data); break;
        case COL_PERSON: nexmark_persons(x, first, count, cols[c], a); break;
        case COL_AUCTION: nexmark_auctions(x, first, count, cols[c], a); break;
        case COL_BID: nexmark_bids(x, first, count, cols[c], a); break;
        case COL_TIME:
            for (uint32_t i = 0; i < count; i++) ((int64_t *)data)[i] = nexmark_time_ms(x, first + i) * 1000;
            break;
        }
    }
    return ST_OK;
}

static const struct generator_class generator = {generator_open, fill};

static enum status nexmark_open(const struct io_config *c, const struct plan_scan *scan,
                                const struct plan_node *node, struct inbuf *state, struct source **out,
                                struct error *e) {
    return numbered_open(&generator, &nexmark_schema, c, scan, node, state, out, e);
}

static const struct source_class source = NUMBERED_SOURCE(nexmark_open);

const struct connector_class nexmark_connector = {
    .desc = {.name = "nexmark",
             .caps = CONN_SOURCE | CONN_FIXED_SCHEMA,
             .options = options,
             .validate = validate,
             .bounded = bounded,
             .schema = schema,
             .help = "persons, auctions and bids of the Nexmark benchmark"},
    .source = &source,
};
