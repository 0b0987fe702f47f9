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

void keyed_write(struct snapshot_writer *w, const char *section, const struct rowpack *pack, struct cols keys,
                 struct vec *const *cols, uint32_t n) {
    uint64_t *hashes = NULL;
    if (keys.count && n) {
        hashes = malloc(n * sizeof *hashes);
        if (!hashes) mem_exhausted();
        keyhash_rows(cols, keys.items, keys.count, (struct sel){NULL, n}, hashes);
    }
    for (uint32_t r = 0; r < n; r++) {
        struct outbuf *o = snapshot_section(w, section, hashes ? (int)snapshot_keygroup(hashes[r]) : 0);
        if (!o->len) outbuf_u64(o, KEYED_VERSION);
        rowpack_put(pack, cols, r, o);
    }
    free(hashes);
}

void keyed_write_shared(struct snapshot_writer *w, const char *section, const struct rowpack *pack,
                        struct vec *const *cols, uint32_t n) {
    struct outbuf *o = snapshot_section(w, section, SNAPSHOT_SHARED);
    if (!o->len) outbuf_u64(o, KEYED_VERSION);
    for (uint32_t r = 0; r < n; r++) rowpack_put(pack, cols, r, o);
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
