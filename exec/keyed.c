/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows of keyed state to and from snapshot sections; see keyed.h. A section is a version byte, seven zero
 * bytes (rows are 8-byte aligned), then packed rows.
 */
#include "exec/keyed.h"

#include <stdlib.h>

#include "base/mem.h"
#include "exec/keyhash.h"

#define KEYED_VERSION 1

static void write_rows(struct snapshot_writer *w, const char *section, int group, const struct rowpack *pack,
                       struct vec *const *cols, const uint32_t *rows, uint32_t n) {
    if (n == 0) return;
    struct outbuf *o = snapshot_section(w, section, group);
    if (!o->len) outbuf_u64(o, KEYED_VERSION);
    rowpack_put_rows(pack, cols, rows, n, o);
}

/* Writes up to BATCH_MAX_ROWS rows from row `first` on, sorted by group so that a group's go out at once. */
static void write_by_group(struct snapshot_writer *w, const char *section, const struct rowpack *pack,
                           struct cols keys, struct vec *const *cols, uint32_t first, uint32_t n) {
    uint64_t hashes[BATCH_MAX_ROWS];
    uint32_t rows[BATCH_MAX_ROWS], sorted[BATCH_MAX_ROWS], starts[KEY_GROUPS + 1] = {0}, at[KEY_GROUPS];
    for (uint32_t k = 0; k < n; k++) rows[k] = first + k;
    if (keys.count == 0) {
        write_rows(w, section, 0, pack, cols, rows, n);
        return;
    }
    keyhash_rows(cols, keys.items, keys.count, (struct sel){rows, n}, hashes);
    for (uint32_t k = 0; k < n; k++) starts[snapshot_keygroup(hashes[k]) + 1]++;
    for (uint32_t g = 0; g < KEY_GROUPS; g++) {
        at[g] = starts[g];
        starts[g + 1] += starts[g];
    }
    for (uint32_t k = 0; k < n; k++) sorted[at[snapshot_keygroup(hashes[k])]++] = rows[k];
    for (uint32_t g = 0; g < KEY_GROUPS; g++)
        write_rows(w, section, (int)g, pack, cols, sorted + starts[g], starts[g + 1] - starts[g]);
}

void keyed_write(struct snapshot_writer *w, const char *section, const struct rowpack *pack, struct cols keys,
                 struct vec *const *cols, uint32_t n) {
    for (uint32_t k = 0; k < n; k += BATCH_MAX_ROWS)
        write_by_group(w, section, pack, keys, cols, k, n - k < BATCH_MAX_ROWS ? n - k : BATCH_MAX_ROWS);
}

void keyed_write_shared(struct snapshot_writer *w, const char *section, const struct rowpack *pack,
                        struct vec *const *cols, uint32_t n) {
    uint32_t *rows = malloc(n * sizeof *rows + 1);
    if (!rows) mem_exhausted();
    for (uint32_t k = 0; k < n; k++) rows[k] = k;
    write_rows(w, section, SNAPSHOT_SHARED, pack, cols, rows, n);
    free(rows);
}

struct reading {
    const struct rowpack *pack;
    struct op_ctx *ctx;
    enum status (*each)(void *arg, const struct batch *b);
    void *arg;
};

static enum status read_rows(struct reading *r, const char *const *rows, uint32_t n) {
    if (!n) return ST_OK;
    arena_reset(r->ctx->scratch);
    struct batch *b = batch_new(r->ctx->scratch, r->pack->ncols);
    b->rows = b->count = n;
    rowpack_get(r->pack, rows, n, r->ctx->scratch, b->cols);
    return r->each(r->arg, b);
}

static enum status read_section(void *arg, int group, struct inbuf *in, struct error *e) {
    struct reading *r = arg;
    if (inbuf_u64(in) != KEYED_VERSION) {
        return error_set(e, ERR_STATE, "the state of a key group (%d) was written by another version", group);
    }
    const char *rows[BATCH_MAX_ROWS];
    uint32_t n = 0;
    while (inbuf_left(in)) {
        if (!rowpack_fits(r->pack, in->at, inbuf_left(in))) {
            return error_set(e, ERR_STATE, "the state of a key group (%d) is broken", group);
        }
        rows[n++] = inbuf_take(in, rowpack_bytes(in->at));
        if (n < BATCH_MAX_ROWS) continue;
        TRY(read_rows(r, rows, n));
        n = 0;
    }
    return read_rows(r, rows, n);
}

enum status keyed_read(struct snapshot_reader *r, const char *section, const struct rowpack *pack,
                       struct op_ctx *ctx, enum status (*each)(void *arg, const struct batch *b), void *arg) {
    if (!r) return ST_OK;
    struct reading reading = {pack, ctx, each, arg};
    return snapshot_each(r, section, read_section, &reading, ctx->error);
}
