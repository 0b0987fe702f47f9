/* SPDX-License-Identifier: Apache-2.0
 *
 * The playback connector: options, schemas, and the time of events (disorder, late ones, duplicates). The
 * shapes are in playback_event.c, playback_w.c and playback_titles.c.
 */
#include "connectors/playback.h"

#include "exec/datetime.h"

#define NEAR_US 50000              /* most events are within this of their order */
#define NEAR_SHARE 3435973836u     /* 80 % of 2^32 */
#define FAR_SHARE 429497u          /* 0.01 % */
#define FAR_US 3600000000ll
#define TICK_US 2000               /* bounds hold for times cut to milliseconds */
#define EVENT_GAP_US 100           /* between events of the wide shape, if no duration is given */
#define AGAIN_TRIES 4

const struct str playback_countries[PLAYBACK_COUNTRIES] = {
    STR("US"), STR("IN"), STR("BR"), STR("GB"), STR("DE"), STR("MX"), STR("FR"), STR("JP"), STR("CA"),
    STR("KR"), STR("ES"), STR("IT"), STR("AU"), STR("AR"), STR("PL"), STR("TR"), STR("NL"), STR("CO"),
    STR("ID"), STR("PH"), STR("ZA"), STR("SE"), STR("CL"), STR("TH"), STR("MY"), STR("PT"), STR("BE"),
    STR("PE"), STR("NG"), STR("EG"), STR("SA"), STR("AE"), STR("CH"), STR("AT"), STR("NO"), STR("DK"),
    STR("FI"), STR("IE"), STR("GR"), STR("CZ"), STR("RO"), STR("HU"), STR("IL"), STR("NZ"), STR("SG"),
    STR("HK"), STR("TW"), STR("VN"), STR("PK"), STR("BD"), STR("KE"), STR("MA"), STR("EC"), STR("UY"),
    STR("CR"), STR("BG"), STR("HR"), STR("SK"), STR("LT"), STR("IS"),
};
const struct str playback_devices[PLAYBACK_DEVICES] = {
    STR("smart_tv"), STR("iphone"),  STR("android"), STR("web"),
    STR("ipad"),     STR("fire_tv"), STR("console"), STR("roku"),
};

/* ---- schemas ---- */

#define NAMED(text) {text, sizeof text - 1}
static const struct type string_type = {.kind = TYPE_VARCHAR, .nullable = true, .length = TYPE_MAX_LEN};
static const struct type bigint_type = {.kind = TYPE_BIGINT, .nullable = true};
static const struct type int_type = {.kind = TYPE_INT, .nullable = true};
static const struct type boolean_type = {.kind = TYPE_BOOLEAN, .nullable = true};
static const struct type time_type = {.kind = TYPE_TIMESTAMP_LTZ, .nullable = true, .precision = 3};

static const struct field event_fields[] = {
    {NAMED("event_id"), &string_type}, {NAMED("event_type"), &string_type}, {NAMED("user_id"), &string_type},
    {NAMED("device_id"), &string_type}, {NAMED("device"), &string_type}, {NAMED("title_id"), &string_type},
    {NAMED("ts"), &time_type}, {NAMED("session_id"), &string_type}, {NAMED("region"), &string_type},
    {NAMED("quality"), &string_type}, {NAMED("network"), &string_type}, {NAMED("is_bot"), &boolean_type},
    {NAMED("app_version"), &string_type},
};
static const struct field w_fields[] = {
    {NAMED("event_id"), &bigint_type}, {NAMED("event_type"), &string_type}, {NAMED("user_id"), &bigint_type},
    {NAMED("device"), &string_type}, {NAMED("country"), &string_type}, {NAMED("title_id"), &int_type},
    {NAMED("ts"), &bigint_type}, {NAMED("quality"), &string_type}, {NAMED("session_id"), &bigint_type},
};
static const struct field titles_fields[] = {
    {NAMED("title_id"), &string_type}, {NAMED("name"), &string_type}, {NAMED("genre"), &string_type},
    {NAMED("rating"), &string_type}, {NAMED("runtime_min"), &int_type}, {NAMED("valid_from"), &time_type},
};
/* rating and valid_from are not there */
static const struct field w_titles_fields[] = {
    {NAMED("title_id"), &int_type}, {NAMED("name"), &string_type}, {NAMED("genre"), &string_type},
    {NAMED("runtime_min"), &int_type},
};
const struct schema playback_schemas[SHAPE_COUNT] = {
    [SHAPE_EVENT] = {ARRAY_LEN(event_fields), (struct field *)event_fields},
    [SHAPE_W] = {ARRAY_LEN(w_fields), (struct field *)w_fields},
    [SHAPE_TITLES] = {ARRAY_LEN(titles_fields), (struct field *)titles_fields},
    [SHAPE_W_TITLES] = {ARRAY_LEN(w_titles_fields), (struct field *)w_titles_fields},
};

/* ---- options ---- */

static const struct option_def options[] = {
    {.key = "shape",
     .type = OPT_ENUM,
     .def = "event",
     .values = "event|w|titles|w-titles",
     .help = "events as published, the narrow ones, or the titles of either"},
    {.key = "seed", .type = OPT_INT, .def = "1", .help = "the same seed gives the same rows"},
    {.key = "number-of-rows",
     .type = OPT_INT,
     .min = 0,
     .max = INT64_MAX,
     .help = "without it events never end"},
    {.key = "rows-per-second",
     .type = OPT_INT,
     .def = "0",
     .min = 0,
     .max = 1000000000,
     .help = "0: as fast as possible"},
    {.key = "late", .type = OPT_BOOL, .def = "false", .help = "1 event in 10,000 is up to an hour late"},
    {.key = "disorder", .type = OPT_DURATION, .def = "5 s", .help = "how far events may be out of order"},
    {.key = "event-time.start",
     .type = OPT_STRING,
     .def = "2026-05-04 18:00:00",
     .help = "time of the first event, UTC"},
    {.key = "event-time.duration",
     .type = OPT_DURATION,
     .def = "10 min",
     .help = "from the first to the last event; without it 10,000 events a second in shape 'event'"},
    {.key = NULL},
};

static enum playback_shape shape_of(const struct options *o) {
    static const struct str names[SHAPE_COUNT] = {STR("event"), STR("w"), STR("titles"), STR("w-titles")};
    struct str shape = option_str(o, "", options, "shape");
    unsigned i = 0;
    while (i + 1 < SHAPE_COUNT && !str_ieq(shape, names[i])) i++;
    return (enum playback_shape)i;
}

static bool parse_start(const struct options *o, int64_t *us) {
    struct str text = option_str(o, "", options, "event-time.start");
    return datetime_parse_timestamp(text.ptr, text.len, DATETIME_SQL, false, 3, us);
}

static enum status validate(const struct options *o, struct error *e) {
    int64_t us;
    if (!parse_start(o, &us))
        return error_set(e, ERR_INVALID_OPTION,
                         "'event-time.start' must be a time such as '2026-05-04 18:00:00'");
    if (option_amount(o, "", options, "event-time.duration") < 1000000)
        return error_set(e, ERR_INVALID_OPTION, "'event-time.duration' must be at least one second");
    if (option_amount(o, "", options, "disorder") > FAR_US)
        return error_set(e, ERR_INVALID_OPTION, "'disorder' must be at most one hour");
    return ST_OK;
}

static bool bounded(const struct options *o) {
    return shape_of(o) >= SHAPE_TITLES || options_find(o, "number-of-rows") != NULL;
}

static enum status schema(const struct options *o, UNUSED struct arena *a, struct schema *out,
                          UNUSED struct error *e) {
    *out = playback_schemas[shape_of(o)];
    return ST_OK;
}

/* ---- time ---- */

static int64_t delay_us(const struct playback *p, uint64_t n) {
    uint64_t draw = playback_draw(p, n, DRAW_DELAY);
    uint32_t share = (uint32_t)draw;
    int64_t from = 0, span = p->disorder_us > TICK_US ? p->disorder_us - TICK_US : 0;
    if (share < NEAR_SHARE) {
        if (span > NEAR_US) span = NEAR_US;
    } else if (p->late && share >= UINT32_MAX - FAR_SHARE) {
        from = p->disorder_us;
        span = FAR_US - from;
    }
    return from + (int64_t)((unsigned __int128)(draw >> 32) * (uint64_t)span >> 32);
}

int64_t playback_time_ms(const struct playback *p, uint64_t n) {
    int64_t us = p->start_us + playback_sent_us(p, n) - delay_us(p, n);
    return us >= 0 ? us / 1000 : (us - 999) / 1000;
}

static bool comes_again(const struct playback *p, uint64_t n) {
    return (uint32_t)playback_draw(p, n, DRAW_AGAIN) < p->again_share;
}

/* The earlier event that event n repeats; n itself if none fits within the time. */
static uint64_t repeated(const struct playback *p, uint64_t n) {
    uint64_t draw = playback_draw(p, n, DRAW_AGAIN);
    for (int i = 0; i < AGAIN_TRIES; i++, draw = hash_u64(draw)) {
        uint64_t lag_us = (uint64_t)((unsigned __int128)(draw >> 32) * (uint64_t)p->again_us >> 32);
        uint64_t back = (uint64_t)(((unsigned __int128)lag_us << 20) / p->gap_q20) + 1;
        if (back > n || comes_again(p, n - back)) continue;
        int64_t later = playback_sent_us(p, n) - playback_sent_us(p, n - back) + delay_us(p, n - back);
        if (later < p->again_us - TICK_US) return n - back;
    }
    return n;
}

void playback_origin(const struct playback *p, uint64_t first, uint32_t count, uint64_t *from) {
    for (uint32_t i = 0; i < count; i++) {
        from[i] = first + i;
        if (comes_again(p, first + i)) from[i] = repeated(p, first + i);
    }
}

/* ---- the generator ---- */

static void set_time(struct playback *p, const struct options *o, const struct numbered_config *config) {
    parse_start(o, &p->start_us);
    p->duration_us = option_amount(o, "", options, "event-time.duration");
    p->disorder_us = option_amount(o, "", options, "disorder");
    p->late = option_bool(o, "", options, "late");
    unsigned __int128 span = (unsigned __int128)(uint64_t)p->duration_us << 20;
    uint64_t over = config->rows == ROWS_UNBOUNDED ? 20000000 : config->rows ? config->rows : 1;
    if (p->shape == SHAPE_EVENT && !options_find(o, "event-time.duration")) {
        span = (unsigned __int128)EVENT_GAP_US << 20;
        over = 1;
    }
    if (config->rows == ROWS_UNBOUNDED && config->rows_per_second) { /* event time passes as time does */
        span = (unsigned __int128)1000000 << 20;
        over = config->rows_per_second;
    }
    p->gap_q20 = (uint64_t)(span / over);
    if (p->gap_q20 == 0) p->gap_q20 = 1;
}

static enum status generator_open(const struct io_config *c, const uint32_t *wanted, uint32_t ncols,
                                  struct arena *a, struct generator **out, struct numbered_config *config,
                                  UNUSED struct error *e) {
    const struct options *o = c->table->options;
    struct playback *p = ARENA_NEW(a, struct playback);
    *out = (struct generator *)p;
    p->seed = (uint64_t)option_int(o, "", options, "seed");
    p->shape = shape_of(o);
    p->wanted = wanted;
    p->ncols = ncols;
    config->rows = options_find(o, "number-of-rows") ? (uint64_t)option_int(o, "", options, "number-of-rows")
                                                     : ROWS_UNBOUNDED;
    config->rows_per_second = (uint64_t)option_int(o, "", options, "rows-per-second");
    uint64_t titles = p->shape == SHAPE_TITLES ? PLAYBACK_TITLES + PLAYBACK_TITLE_VERSIONS : PLAYBACK_TITLES;
    if (p->shape >= SHAPE_TITLES && config->rows > titles) config->rows = titles;
    set_time(p, o, config);
    if (p->shape == SHAPE_EVENT) playback_event_open(p, a);
    if (p->shape == SHAPE_W) playback_w_open(p, a);
    return ST_OK;
}

static enum status fill(const struct generator *g, uint64_t first, uint32_t count, struct vec **cols,
                        struct arena *a, UNUSED struct error *e) {
    const struct playback *p = (const struct playback *)g;
    switch (p->shape) {
    case SHAPE_EVENT: playback_event_fill(p, first, count, cols, a); break;
    case SHAPE_W: playback_w_fill(p, first, count, cols, a); break;
    case SHAPE_TITLES:
    case SHAPE_W_TITLES: playback_titles_fill(p, first, count, cols, a); break;
    case SHAPE_COUNT: break;
    }
    return ST_OK;
}

static const struct generator_class generator = {generator_open, fill};

static enum status playback_open(const struct io_config *c, const struct plan_scan *scan,
                                 const struct plan_node *node, struct inbuf *state, struct source **out,
                                 struct error *e) {
    return numbered_open(&generator, &playback_schemas[shape_of(c->table->options)], c, scan, node, state,
                         out, e);
}

static const struct source_class source = NUMBERED_SOURCE(playback_open);

const struct connector_class playback_connector = {
    .desc = {.name = "playback",
             .caps = CONN_SOURCE | CONN_FIXED_SCHEMA,
             .options = options,
             .validate = validate,
             .bounded = bounded,
             .schema = schema,
             .help = "made-up events of a video service"},
    .source = &source,
};
