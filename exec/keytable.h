/* SPDX-License-Identifier: Apache-2.0
 *
 * The keyed-state component: a table from keys to small dense row numbers ("ids"), with a payload of fixed
 * size beside each key. Keys are packed words (exec/keycode.h) without pointers, in chunks that never move;
 * long strings lie in the table's heap. Look-ups take whole batches: encode and hash, prefetch, probe.
 * Slots are in parts by hash once there are many, and each part grows by itself, so no push waits for all.
 *
 * An id stays the same as long as its key is in the table, and is used again after keytable_remove(). Ids
 * are below keytable_bound(), so arrays of aggregates can be indexed by them. NULL is a key like others.
 */
#ifndef WEIR_EXEC_KEYTABLE_H
#define WEIR_EXEC_KEYTABLE_H

#include "base/mem.h"
#include "exec/heap.h"
#include "exec/keycode.h"

#define KEY_NONE UINT32_MAX

#define KEYTABLE_PARTS 16

/* Slots of the keys whose hashes have the same upper bits. */
struct keytable_part {
    uint64_t *slots; /* hash tag << 32 | id + 1; 0 = empty; open addressing, linear */
    uint32_t mask;   /* slots - 1; a power of two - 1 */
    uint32_t used;   /* slots in use */
};

struct keytable {
    struct keycode code;
    struct mem_account *mem; /* charged for everything */
    struct keytable_part parts[KEYTABLE_PARTS];
    uint32_t part_mask;      /* parts in use - 1 */
    bool mostly_new;         /* the last keys were: their rows are not asked for ahead */
    uint8_t no_repeats;      /* so many batches are not searched for keys that come again */
    uint64_t **chunks;       /* rows: key words, then payload words */
    uint32_t nchunks, chunks_cap;
    uint32_t chunk_shift;    /* rows of a chunk, as a power of two */
    uint32_t row_words;      /* of key and payload */
    uint32_t next_id;        /* ids below were given out */
    uint32_t free_id;        /* first id to be used again + 1, linked through the rows; 0 = none */
    uint32_t null_id;        /* id + 1 of a single column's NULL, or of the only key without columns */
    uint32_t count;          /* keys in the table */
    uint64_t *live;          /* one bit an id: in use */
    uint32_t live_words;     /* allocated */
    struct slabs slabs;      /* the chunks */
    struct heap heap;        /* long strings */
};

enum status keytable_init(struct keytable *t, struct mem_account *mem, struct arena *a,
                          const struct type *const *types, uint32_t ncols, uint32_t payload_bytes,
                          struct error *e);
void keytable_free(struct keytable *t);
/* Forgets all keys and gives their memory back. */
void keytable_clear(struct keytable *t);

/* ids[k] = id of the k-th key, or KEY_NONE. */
void keytable_find(const struct keytable *t, const struct keybatch *keys, uint32_t *ids);
/* The same, inserting keys that are missing with a zeroed payload; fresh[0..*nfresh-1] are the k that were
 * inserted (`fresh` may be NULL). False when the account is full. */
bool keytable_upsert(struct keytable *t, const struct keybatch *keys, uint32_t *ids, uint32_t *fresh,
                     uint32_t *nfresh);
/* Encodes key columns and looks up or inserts; see keycode_encode. */
bool keytable_upsert_rows(struct keytable *t, struct vec *const *cols, const uint32_t *keycols,
                          struct sel sel, struct arena *scratch, uint32_t *ids, uint32_t *fresh,
                          uint32_t *nfresh);
void keytable_find_rows(const struct keytable *t, struct vec *const *cols, const uint32_t *keycols,
                        struct sel sel, struct arena *scratch, uint32_t *ids);
void keytable_remove(struct keytable *t, uint32_t id);

static inline uint64_t *keytable_row(const struct keytable *t, uint32_t id) {
    return t->chunks[id >> t->chunk_shift] + (size_t)(id & ((1u << t->chunk_shift) - 1)) * t->row_words;
}
static inline void *keytable_payload(const struct keytable *t, uint32_t id) {
    return keytable_row(t, id) + t->code.words;
}
/* All ids are below. */
static inline uint32_t keytable_bound(const struct keytable *t) {
    return t->next_id;
}
static inline bool keytable_has(const struct keytable *t, uint32_t id) {
    return t->live[id >> 6] >> (id & 63) & 1;
}
/* The next ids in use from *cursor on (start with 0), at most `max`; returns how many. */
uint32_t keytable_scan(const struct keytable *t, uint32_t *cursor, uint32_t *ids, uint32_t max);
/* Key columns of n ids as flat vectors; long strings point into the table. */
void keytable_decode(const struct keytable *t, const uint32_t *ids, uint32_t n, struct arena *a,
                     struct vec **cols);

#endif
