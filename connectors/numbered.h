/* SPDX-License-Identifier: Apache-2.0
 *
 * Sources that make rows from their numbers 0, 1, 2, ... (datagen, nexmark, playback): row n is a function of
 * the options and n alone, so the rows are the same at any parallelism, batch size and restart. This is the
 * common part: runs of numbers are chunks of one split, the rate is held, the position is the next number.
 *
 * A connector defines a generator_class, and a source_class by NUMBERED_SOURCE(its open function).
 */
#ifndef WEIR_CONNECTORS_NUMBERED_H
#define WEIR_CONNECTORS_NUMBERED_H

#include "connectors/builtin.h"

#define ROWS_UNBOUNDED UINT64_MAX

struct generator; /* read-only once opened: shared by all readers */

struct numbered_config {
    uint64_t rows;            /* how many there are; ROWS_UNBOUNDED */
    uint64_t rows_per_second; /* 0 = as fast as possible */
};

struct generator_class {
    /* `wanted[i]`: column of the connector's own schema that output column i is. */
    enum status (*open)(const struct io_config *c, const uint32_t *wanted, uint32_t ncols, struct arena *a,
                        struct generator **out, struct numbered_config *config, struct error *e);
    /* Fills flat vectors of `count` rows from number `first` on; cols[i] is output column i. */
    enum status (*fill)(const struct generator *g, uint64_t first, uint32_t count, struct vec **cols,
                        struct arena *a, struct error *e);
};

/* `schema` is the connector's own: wanted columns are found in it by name; NULL: they are those of the table.
 */
enum status numbered_open(const struct generator_class *class, const struct schema *schema,
                          const struct io_config *c, const struct plan_scan *scan,
                          const struct plan_node *node, struct inbuf *state, struct source **out,
                          struct error *e);
enum status numbered_reader_open(struct source *s, const struct io_config *c, struct reader **out,
                                 struct error *e);
enum claim numbered_claim(struct source *s, struct reader *r, struct chunk *out, struct error *e);
enum status numbered_decode(struct reader *r, struct arena *a, struct batch **out, struct error *e);
enum status numbered_snapshot(struct source *s, struct outbuf *out, struct error *e);
void numbered_reader_close(struct reader *r);
void numbered_close(struct source *s);

#define NUMBERED_SOURCE(open_fn)                                                                             \
    {                                                                                                        \
        .open = open_fn, .reader_open = numbered_reader_open, .claim = numbered_claim,                       \
        .decode = numbered_decode, .snapshot = numbered_snapshot, .reader_close = numbered_reader_close,     \
        .close = numbered_close,                                                                             \
    }

/* Picks entries by weight: two look-ups a draw. */
struct alias_entry {
    uint32_t keep;  /* this entry if the draw's low half is below, of 2^32 */
    uint32_t other; /* else that one */
};
struct alias {
    uint32_t count;
    struct alias_entry *items;
};
void alias_init(struct alias *t, struct arena *a, const double *weights, uint32_t count);
/* Weights 1/1^s, 1/2^s, ... 1/count^s. */
void alias_zipf(struct alias *t, struct arena *a, uint32_t count, double s);
/* An entry, from 64 random bits. */
static inline uint32_t alias_pick(const struct alias *t, uint64_t draw) {
    uint32_t i = (uint32_t)((draw >> 32) * t->count >> 32);
    return (uint32_t)draw < t->items[i].keep ? i : t->items[i].other;
}
/* A whole number below `n` (n < 2^32), from 64 random bits. */
static inline uint32_t draw_below(uint64_t draw, uint32_t n) {
    return (uint32_t)((draw >> 32) * n >> 32);
}

#endif
