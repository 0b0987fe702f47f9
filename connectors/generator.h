/* SPDX-License-Identifier: Apache-2.0
 *
 * What counter-based generators share: a source whose one split is the numbers 0, 1, 2, ... Row n depends on the
 * seed and n alone, so the same rows come at any parallelism, chunking and after any restart. Position in a
 * snapshot: the next number.
 */
#ifndef WEIR_CONNECTORS_GENERATOR_H
#define WEIR_CONNECTORS_GENERATOR_H

#include "connectors/builtin.h"

/* Options all of them take, to be part of their tables. */
#define GENERATOR_OPTIONS                                                                                    \
    {.key = "number-of-rows", .type = OPT_INT, .min = 0, .max = INT64_MAX, .help = "rows to make; without it, no end"}, \
    {.key = "rows-per-second", .type = OPT_INT, .min = 0, .max = INT64_MAX, .help = "rate of the whole job; 0 = as fast as possible"}

struct generator {
    int64_t rows;            /* in all; -1 = no end */
    int64_t rows_per_second; /* 0 = as fast as possible */
    /* Makes rows first .. first+count-1 as flat vectors of the output columns. */
    enum status (*fill)(const struct generator *g, uint64_t first, uint32_t count, struct arena *a, struct vec **cols,
                        struct error *e);
    void (*close)(struct generator *g);
};

/* Each connector's open() makes its generator (first member of its own struct) and calls this. */
enum status generator_source(const struct io_config *c, struct generator *g, uint32_t ncols, struct inbuf *state,
                             struct source **out, struct error *e);

/* Entries of struct source_class beside open. */
enum status generator_reader_open(struct source *s, const struct io_config *c, struct reader **out, struct error *e);
enum claim generator_claim(struct source *s, struct reader *r, struct chunk *out, struct error *e);
enum status generator_decode(struct reader *r, struct arena *a, struct batch **out, struct error *e);
enum status generator_snapshot(struct source *s, struct outbuf *out, struct error *e);
void generator_reader_close(struct reader *r);
void generator_close(struct source *s);
#define GENERATOR_CLASS(open_fn)                                                                             \
    {                                                                                                        \
        .open = open_fn, .reader_open = generator_reader_open, .claim = generator_claim,                     \
        .decode = generator_decode, .snapshot = generator_snapshot, .reader_close = generator_reader_close,  \
        .close = generator_close,                                                                            \
    }

/* ---- drawing ---- */

/* Uniform in 0 .. n-1. */
static inline uint64_t draw_below(uint64_t random, uint64_t n) {
    return (uint64_t)(((unsigned __int128)random * n) >> 64);
}
/* Ranks 0 .. n-1 with probability proportional to 1 / (rank+1)^s; by Walker's alias method, so that a draw is one
 * look-up (A. J. Walker, "An efficient method for generating discrete random variables", 1977). */
struct zipf {
    uint32_t n;
    uint32_t *threshold; /* keep the slot's own rank below this */
    uint32_t *alias;
};
void zipf_init(struct zipf *z, struct arena *a, uint32_t n, double s);
static inline uint32_t zipf_draw(const struct zipf *z, uint64_t random) {
    uint32_t slot = (uint32_t)((random >> 32) * z->n >> 32);
    return (uint32_t)random < z->threshold[slot] ? slot : z->alias[slot];
}

#endif
