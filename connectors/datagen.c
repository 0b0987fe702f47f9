/* SPDX-License-Identifier: Apache-2.0
 *
 * The datagen connector: random values or sequences for any schema, with Flink's options. Unlike Flink's the
 * values of a row follow from its number (times of day aside, which are those of the clock), so that a job
 * gives the same at any parallelism and goes on after a restart.
 *
 * A field is a tree like its type; entry e of an ARRAY of length n belongs to row e / n.
 */
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "connectors/numbered.h"
#include "exec/decimal.h"
#include "exec/number.h"

#define SEED 0x64617461u
#define STREAMS_PER_FIELD 4   /* value, NULL?, length, second half */
#define ENTRIES_MAX (1 << 24) /* of a nested column in one batch */

static const struct option_def options[] = {
    {.key = "rows-per-second",
     .type = OPT_INT,
     .def = "10000",
     .min = 1,
     .max = 1000000000,
     .help = "rate of the whole job"},
    {.key = "number-of-rows",
     .type = OPT_INT,
     .min = 0,
     .max = INT64_MAX,
     .help = "without it rows never end"},
    {.key = "scan.parallelism", .type = OPT_INT, .min = 1, .max = 100000, .help = "taken; the job's holds"},
    {.key = "fields.#.kind",
     .type = OPT_ENUM,
     .def = "random",
     .values = "random|sequence",
     .help = "of a column's values"},
    {.key = "fields.#.min", .type = OPT_STRING, .help = "least random value"},
    {.key = "fields.#.max", .type = OPT_STRING, .help = "greatest random value"},
    {.key = "fields.#.max-past",
     .type = OPT_DURATION,
     .def = "0",
     .help = "how far before now random times may be"},
    {.key = "fields.#.length",
     .type = OPT_INT,
     .min = 1,
     .max = 1000000,
     .help = "of strings and bytes (100), of collections (3)"},
    {.key = "fields.#.var-len", .type = OPT_BOOL, .def = "false", .help = "lengths from 1 up to 'length'"},
    {.key = "fields.#.start", .type = OPT_INT, .help = "first value of a sequence"},
    {.key = "fields.#.end", .type = OPT_INT, .help = "last value of a sequence: the table ends there"},
    {.key = "fields.#.null-rate", .type = OPT_DOUBLE, .def = "0", .help = "share of NULLs, 0 to 1"},
    {.key = NULL},
};

struct gen_field {
    const struct type *type;
    uint64_t stream; /* of its draws */
    bool sequence;
    int64_t start, end; /* of a sequence */
    __int128 min, max;  /* whole numbers, and the unscaled ones of DECIMAL */
    double fmin, fmax;  /* FLOAT and DOUBLE */
    int64_t max_past_us;
    uint32_t length;
    bool var_len;
    uint32_t null_share;     /* of 2^32 */
    struct gen_field *child; /* type->nfields */
};

struct datagen {
    struct env *env;
    uint32_t ncols;
    struct gen_field *fields;
};

/* While the options are read. */
struct reading {
    const struct io_config *config;
    const struct options *options;
    struct arena *arena;
    bool *used;      /* by number of the option */
    uint64_t stream; /* next free */
    uint64_t rows;   /* shortest sequence */
    struct error *error;
};

/* ---- options ---- */

static struct str option_of(struct reading *r, struct str path, const char *name) {
    struct str key = arena_printf(r->arena, "fields.%.*s.%s", STR_ARG(path), name);
    for (uint32_t i = 0; i < r->options->count; i++) {
        if (!str_eq(r->options->items[i].key, key)) continue;
        r->used[i] = true;
        return r->options->items[i].value;
    }
    return (struct str){NULL, 0};
}

static enum status bad_option(struct reading *r, struct str path, const char *name, const char *why) {
    return error_set(r->error, ERR_INVALID_OPTION, "table %.*s: option 'fields.%.*s.%s' %s",
                     STR_ARG(r->config->table->name), STR_ARG(path), name, why);
}

/* The range that a type has by itself. */
static void whole_range(struct gen_field *f) {
    static const struct {
        enum type_kind kind;
        int64_t min, max;
    } ranges[] = {{TYPE_TINYINT, INT8_MIN, INT8_MAX}, {TYPE_SMALLINT, INT16_MIN, INT16_MAX},
                  {TYPE_INT, INT32_MIN, INT32_MAX},   {TYPE_BIGINT, INT64_MIN, INT64_MAX},
                  {TYPE_INTERVAL_YM, 0, 120000},      {TYPE_INTERVAL_DT, 0, 10000 * 86400000000ll}};
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++) {
        if (ranges[i].kind != f->type->kind) continue;
        f->min = ranges[i].min;
        f->max = ranges[i].max;
    }
    if (f->type->kind == TYPE_DECIMAL) {
        f->max = (__int128)decimal_pow10[f->type->precision] - 1;
        f->min = -f->max;
    }
    f->fmax = f->type->kind == TYPE_FLOAT ? (double)FLT_MAX : DBL_MAX;
    f->fmin = -f->fmax;
}

static enum status read_bound(struct reading *r, struct gen_field *f, struct str path, const char *name,
                              __int128 *whole, double *real) {
    struct str text = option_of(r, path, name);
    if (!text.ptr) return ST_OK;
    int64_t i;
    double d;
    if (number_parse_double(text.ptr, text.len, &d) != NUMBER_OK || !isfinite(d))
        return bad_option(r, path, name, "must be a number");
    *real = d;
    if (f->type->kind == TYPE_DECIMAL) d *= (double)decimal_pow10[f->type->scale];
    __int128 v = f->type->kind != TYPE_DECIMAL && option_parse_int(text, &i) ? (__int128)i : 0;
    if (v == 0) v = fabs(d) < 1e38 ? (__int128)d : *whole;
    bool fits = type_is_numeric(f->type) && f->type->kind != TYPE_FLOAT && f->type->kind != TYPE_DOUBLE;
    struct gen_field range = {.type = f->type};
    whole_range(&range);
    if (fits && (v < range.min || v > range.max))
        return bad_option(r, path, name, "is out of the column's range");
    *whole = v;
    return ST_OK;
}

static enum status read_sequence(struct reading *r, struct gen_field *f, struct str path) {
    struct str start = option_of(r, path, "start"), end = option_of(r, path, "end");
    if (!option_parse_int(start, &f->start)) return bad_option(r, path, "start", "is needed for a sequence");
    if (!option_parse_int(end, &f->end)) return bad_option(r, path, "end", "is needed for a sequence");
    if (f->end < f->start) return bad_option(r, path, "end", "must not be less than its start");
    if (!type_is_numeric(f->type) && !type_is_string(f->type))
        return bad_option(r, path, "kind", "can be 'sequence' for numbers and strings only");
    uint64_t rows = (uint64_t)f->end - (uint64_t)f->start + 1;
    if (rows && rows < r->rows) r->rows = rows;
    return ST_OK;
}

static enum status read_length(struct reading *r, struct gen_field *f, struct str path) {
    struct str text = option_of(r, path, "length");
    bool list = f->type->kind == TYPE_ARRAY || f->type->kind == TYPE_MAP;
    bool fixed = f->type->kind == TYPE_CHAR || f->type->kind == TYPE_BINARY;
    int64_t n = list ? 3 : 100;
    if (text.ptr) option_parse_int(text, &n);
    if (!list && (fixed || n > f->type->length)) n = f->type->length;
    f->length = (uint32_t)(n < 1 ? 1 : n);
    text = option_of(r, path, "var-len");
    f->var_len = text.ptr && str_ieq(text, STR("true"));
    if (f->var_len && fixed) return bad_option(r, path, "var-len", "cannot be true for a type of one length");
    return ST_OK;
}

static enum status read_field(struct reading *r, struct gen_field *f, const struct type *t, struct str path);

static enum status read_children(struct reading *r, struct gen_field *f, struct str path) {
    const struct type *t = f->type;
    f->child = ARENA_ARRAY(r->arena, struct gen_field, t->nfields + 1);
    for (uint32_t i = 0; i < t->nfields; i++) {
        struct str name = t->kind == TYPE_ROW     ? t->fields[i].name
                          : t->kind == TYPE_ARRAY ? STR("element")
                          : i == 0                ? STR("key")
                                                  : STR("value");
        struct str below = arena_printf(r->arena, "%.*s.%.*s", STR_ARG(path), STR_ARG(name));
        TRY(read_field(r, &f->child[i], t->fields[i].type, below));
        if (f->child[i].sequence)
            return bad_option(r, below, "kind", "can be 'sequence' for whole columns only");
    }
    return ST_OK;
}

static enum status read_field(struct reading *r, struct gen_field *f, const struct type *t, struct str path) {
    f->type = t;
    f->stream = r->stream;
    r->stream += STREAMS_PER_FIELD;
    whole_range(f);
    struct str kind = option_of(r, path, "kind"), past = option_of(r, path, "max-past");
    f->sequence = kind.ptr && str_ieq(kind, STR("sequence"));
    if (past.ptr) option_parse_amount(OPT_DURATION, past, &f->max_past_us);
    if (f->sequence) TRY(read_sequence(r, f, path));
    TRY(read_bound(r, f, path, "min", &f->min, &f->fmin));
    TRY(read_bound(r, f, path, "max", &f->max, &f->fmax));
    if (f->min > f->max || f->fmin > f->fmax)
        return bad_option(r, path, "max", "must not be less than its min");
    TRY(read_length(r, f, path));
    double rate = 0;
    struct str text = option_of(r, path, "null-rate");
    if (text.ptr &&
        (number_parse_double(text.ptr, text.len, &rate) != NUMBER_OK || !(rate >= 0 && rate <= 1)))
        return bad_option(r, path, "null-rate", "must be between 0 and 1");
    f->null_share = (uint32_t)(rate * 4294967295.0);
    return read_children(r, f, path);
}

static enum status check_unused(struct reading *r) {
    for (uint32_t i = 0; i < r->options->count; i++) {
        const struct option *item = &r->options->items[i];
        if (!str_starts(item->key, STR("fields.")) || r->used[i]) continue;
        return error_set(r->error, ERR_INVALID_OPTION,
                         "table %.*s: option '%.*s' has no effect: no column of that name takes it",
                         STR_ARG(r->config->table->name), STR_ARG(item->key));
    }
    return ST_OK;
}

static bool bounded(const struct options *o) {
    if (options_find(o, "number-of-rows")) return true;
    for (uint32_t i = 0; i < o->count; i++) {
        struct str key = o->items[i].key, kind = STR(".kind");
        bool is_kind = key.len > kind.len && memcmp(key.ptr + key.len - kind.len, kind.ptr, kind.len) == 0;
        if (is_kind && str_ieq(o->items[i].value, STR("sequence"))) return true;
    }
    return false;
}

/* All columns are looked at, so that sequences and mistakes in columns that nobody reads count too. */
static enum status generator_open(const struct io_config *c, const uint32_t *wanted, uint32_t ncols,
                                  struct arena *a, struct generator **out, struct numbered_config *config,
                                  struct error *e) {
    const struct options *o = c->table->options;
    struct datagen *g = ARENA_NEW(a, struct datagen);
    struct reading r = {c, o, a, ARENA_ARRAY(a, bool, o->count + 1), 0, ROWS_UNBOUNDED, e};
    uint32_t count = c->table->physical.count;
    struct gen_field *all = ARENA_ARRAY(a, struct gen_field, count + 1);
    for (uint32_t i = 0; i < count; i++)
        TRY(read_field(&r, &all[i], c->table->physical.fields[i].type, c->table->physical.fields[i].name));
    TRY(check_unused(&r));
    g->env = c->env;
    g->ncols = ncols;
    g->fields = ARENA_ARRAY(a, struct gen_field, ncols + 1);
    for (uint32_t i = 0; i < ncols; i++) g->fields[i] = all[wanted[i]];
    config->rows = options_find(o, "number-of-rows") ? (uint64_t)option_int(o, "", options, "number-of-rows")
                                                     : ROWS_UNBOUNDED;
    if (r.rows < config->rows) config->rows = r.rows;
    config->rows_per_second = (uint64_t)option_int(o, "", options, "rows-per-second");
    *out = (struct generator *)g;
    return ST_OK;
}

/* ---- values ---- */

static uint64_t draw(const struct gen_field *f, uint64_t n, unsigned which) {
    return hash_counter(SEED, n, f->stream + which);
}

static __int128 draw_whole(const struct gen_field *f, uint64_t n) {
    if (f->sequence) {
        __int128 scaled = f->type->kind == TYPE_DECIMAL ? (__int128)decimal_pow10[f->type->scale] : 1;
        return (f->start + (__int128)n) * scaled;
    }
    unsigned __int128 min = (unsigned __int128)f->min, span = (unsigned __int128)f->max - min + 1; /* wraps */
    if (span >> 64 == 0) return (__int128)(min + ((unsigned __int128)draw(f, n, 0) * span >> 64));
    unsigned __int128 bits = (unsigned __int128)draw(f, n, 0) << 64 | draw(f, n, 3);
    return (__int128)(min + bits % span);
}

static double draw_real(const struct gen_field *f, uint64_t n) {
    if (f->sequence) return (double)f->start + (double)n;
    double u = (double)(draw(f, n, 0) >> 11) * 0x1p-53;
    return f->fmin * (1 - u) + f->fmax * u;
}

static struct strview draw_text(const struct gen_field *f, uint64_t n, struct arena *a) {
    static const char hex[] = "0123456789abcdef";
    if (f->sequence) {
        struct str s = arena_printf(a, "%lld", (long long)(f->start + (int64_t)n));
        return strview_of(s.ptr, s.len);
    }
    uint32_t len = f->var_len ? 1 + draw_below(draw(f, n, 2), f->length) : f->length;
    char *p = arena_alloc_raw(a, len + 16);
    bool bytes = type_is_bytes(f->type);
    uint64_t bits = 0;
    for (uint32_t i = 0; i < len; i++, bits >>= bytes ? 8 : 4) {
        if (i % (bytes ? 8 : 16) == 0) bits = hash_mix(draw(f, n, 0), i);
        p[i] = bytes ? (char)bits : hex[bits & 15];
    }
    return strview_of(p, len);
}

/* The clock's time less a random piece of max-past. */
static int64_t draw_time(const struct gen_field *f, uint64_t n, int64_t now_us) {
    int64_t us = now_us;
    if (f->max_past_us) us -= (int64_t)((unsigned __int128)draw(f, n, 0) * (uint64_t)f->max_past_us >> 64);
    if (f->type->kind == TYPE_DATE) return us / 86400000000ll;
    if (f->type->kind == TYPE_TIME) return us % 86400000000ll / 1000;
    int64_t unit = 1;
    for (unsigned p = f->type->precision; p < 6; p++) unit *= 10;
    us = us / unit * unit;
    return us * (type_ticks_per_second(f->type) / 1000000);
}

static enum status fill_field(const struct datagen *g, const struct gen_field *f, uint64_t first,
                              uint32_t count, struct vec *v, struct arena *a, struct error *e);

static enum status fill_list(const struct datagen *g, const struct gen_field *f, uint64_t first,
                             uint32_t count, struct vec *v, struct arena *a, struct error *e) {
    struct listref *lists = v->data;
    if ((uint64_t)count * f->length > ENTRIES_MAX)
        return error_set(e, ERR_LIMIT,
                         "a generated collection has too many entries for one batch (%u rows of %u)", count,
                         f->length);
    uint32_t entries = count * f->length;
    vec_child_reserve(v, a, entries);
    for (uint32_t c = 0; c < v->nchild; c++)
        TRY(fill_field(g, &f->child[c], first * f->length, entries, &v->child[c], a, e));
    for (uint32_t i = 0; i < count; i++) {
        uint32_t len = f->var_len ? 1 + draw_below(draw(f, first + i, 2), f->length) : f->length;
        lists[i] = (struct listref){i * f->length, len};
    }
    return ST_OK;
}

static void fill_value(const struct gen_field *f, uint64_t n, int64_t now_us, struct vec *v, uint32_t i,
                       struct arena *a) {
    switch (f->type->kind) {
    case TYPE_BOOLEAN: ((uint8_t *)v->data)[i] = draw(f, n, 0) >> 63; break;
    case TYPE_FLOAT: ((float *)v->data)[i] = (float)draw_real(f, n); break;
    case TYPE_DOUBLE: ((double *)v->data)[i] = draw_real(f, n); break;
    case TYPE_CHAR:
    case TYPE_VARCHAR:
    case TYPE_BINARY:
    case TYPE_VARBINARY: ((struct strview *)v->data)[i] = draw_text(f, n, a); break;
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ: vec_put_int128(v, i, draw_time(f, n, now_us)); break;
    default: vec_put_int128(v, i, draw_whole(f, n)); break;
    }
}

static enum status fill_field(const struct datagen *g, const struct gen_field *f, uint64_t first,
                              uint32_t count, struct vec *v, struct arena *a, struct error *e) {
    int64_t now_us = g->env->now_us(g->env);
    if (v->phys == PHYS_ARRAY || v->phys == PHYS_MAP) {
        TRY(fill_list(g, f, first, count, v, a, e));
    } else if (v->phys == PHYS_ROW) {
        for (uint32_t c = 0; c < v->nchild; c++)
            TRY(fill_field(g, &f->child[c], first, count, &v->child[c], a, e));
    } else {
        for (uint32_t i = 0; i < count; i++) fill_value(f, first + i, now_us, v, i, a);
    }
    if (!f->null_share) return ST_OK;
    uint64_t *valid = vec_make_valid(v, a);
    for (uint32_t i = 0; i < count; i++) {
        if (f->null_share == UINT32_MAX || (uint32_t)draw(f, first + i, 1) < f->null_share)
            valid_clear(valid, i);
    }
    return ST_OK;
}

static enum status fill(const struct generator *generator, uint64_t first, uint32_t count, struct vec **cols,
                        struct arena *a, struct error *e) {
    const struct datagen *g = (const struct datagen *)generator;
    for (uint32_t c = 0; c < g->ncols; c++) TRY(fill_field(g, &g->fields[c], first, count, cols[c], a, e));
    return ST_OK;
}

static const struct generator_class generator = {generator_open, fill};

static enum status datagen_open(const struct io_config *c, const struct plan_scan *scan,
                                const struct plan_node *node, struct inbuf *state, struct source **out,
                                struct error *e) {
    return numbered_open(&generator, NULL, c, scan, node, state, out, e);
}

static const struct source_class source = NUMBERED_SOURCE(datagen_open);

const struct connector_class datagen_connector = {
    .desc = {.name = "datagen",
             .caps = CONN_SOURCE,
             .options = options,
             .bounded = bounded,
             .help = "random values or sequences for any columns"},
    .source = &source,
};
