/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash table of keytable.h. A slot's tag is the upper half of the hash; its lower bits are also where
 * probing starts, so that growing and removing look at the slots alone and never at the rows.
 */
#include "exec/keytable.h"

#include <sys/mman.h>

#define CHUNK_BYTES 65536u
#define PREFETCH_SLOTS 8192        /* tables this small are in the cache anyway */
#define PREFETCH_SLOT_AHEAD 24
#define PREFETCH_ROW_AHEAD 8
#define HUGE_BYTES ((size_t)4 << 20)
#define HUGE_PAGE ((uintptr_t)2 << 20)

enum status keytable_init(struct keytable *t, struct mem_account *mem, struct arena *a,
                          const struct type *const *types, uint32_t ncols, uint32_t payload_bytes,
                          struct error *e) {
    *t = (struct keytable){.mem = mem};
    TRY(keycode_init(&t->code, a, types, ncols, e));
    t->row_words = t->code.words + (payload_bytes + 7) / 8;
    if (t->row_words == 0) t->row_words = 1;
    while (2u << t->chunk_shift <= CHUNK_BYTES / 8 / t->row_words) t->chunk_shift++;
    heap_init(&t->heap, mem);
    return ST_OK;
}

static size_t chunk_bytes(const struct keytable *t) {
    return ((size_t)t->row_words << t->chunk_shift) * sizeof(uint64_t);
}

void keytable_clear(struct keytable *t) {
    for (uint32_t i = 0; i < t->nchunks; i++) mem_free(t->mem, t->chunks[i], chunk_bytes(t));
    mem_free(t->mem, t->chunks, t->chunks_cap * sizeof *t->chunks);
    mem_free(t->mem, t->slots, t->slot_count * sizeof *t->slots);
    mem_free(t->mem, t->live, t->live_words * sizeof *t->live);
    heap_clear(&t->heap);
    t->chunks = NULL;
    t->slots = t->live = NULL;
    t->nchunks = t->chunks_cap = t->live_words = t->next_id = t->free_id = t->null_id = t->count = 0;
    t->slot_count = 0;
}

void keytable_free(struct keytable *t) {
    if (t->mem) keytable_clear(t);
}

/* Large tables are hit at random: ask for large pages where the system has them. */
static void advise_huge(void *p, size_t bytes) {
    if (bytes < HUGE_BYTES) return;
    uintptr_t from = ((uintptr_t)p + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
    uintptr_t to = ((uintptr_t)p + bytes) & ~(HUGE_PAGE - 1);
    if (to > from) (void)madvise((void *)from, to - from, MADV_HUGEPAGE);
}

static void place(uint64_t *slots, uint64_t mask, uint64_t slot) {
    uint64_t at = (slot >> 32) & mask;
    while (slots[at]) at = (at + 1) & mask;
    slots[at] = slot;
}

/* Room for `more` keys beyond those there are. */
static bool reserve_slots(struct keytable *t, uint64_t more) {
    uint64_t want = t->slot_count ? t->slot_count : 64;
    while ((t->count + more) * 8 > want * 5) want *= 2;
    if (want == t->slot_count) return true;
    uint64_t *slots = mem_alloc(t->mem, want * sizeof *slots);
    if (!slots) return false;
    advise_huge(slots, want * sizeof *slots);
    memset(slots, 0, want * sizeof *slots);
    for (uint64_t i = 0; i < t->slot_count; i++) {
        if (t->slots[i]) place(slots, want - 1, t->slots[i]);
    }
    mem_free(t->mem, t->slots, t->slot_count * sizeof *slots);
    t->slots = slots;
    t->slot_count = want;
    return true;
}

static bool grow_rows(struct keytable *t) {
    if (t->nchunks == t->chunks_cap) {
        uint32_t cap = t->chunks_cap ? t->chunks_cap * 2 : 16;
        void *chunks =
            mem_realloc(t->mem, t->chunks, t->chunks_cap * sizeof *t->chunks, cap * sizeof *t->chunks);
        if (!chunks) return false;
        t->chunks = chunks;
        t->chunks_cap = cap;
    }
    uint32_t words = (((t->nchunks + 1) << t->chunk_shift) + 63) / 64;
    if (words > t->live_words) {
        uint32_t cap = words + words / 2;
        uint64_t *live = mem_realloc(t->mem, t->live, t->live_words * sizeof *live, cap * sizeof *live);
        if (!live) return false;
        memset(live + t->live_words, 0, (cap - t->live_words) * sizeof *live);
        t->live = live;
        t->live_words = cap;
    }
    uint64_t *chunk = mem_alloc(t->mem, chunk_bytes(t));
    if (!chunk) return false;
    t->chunks[t->nchunks++] = chunk;
    return true;
}

static struct strview *view_at(const uint64_t *words) {
    return (struct strview *)(uintptr_t)words;
}

/* Copies long strings into the heap: the pointer becomes a handle. */
static bool own_strings(struct keytable *t, uint64_t *row, const uint64_t *key) {
    for (uint32_t c = 0; c < t->code.ncols; c++) {
        if (t->code.phys[c] != PHYS_STR) continue;
        const struct strview *s = view_at(key + t->code.at[c]);
        if (s->len <= STRVIEW_INLINE) continue;
        uint64_t handle = heap_alloc(&t->heap, s->len);
        if (!handle) return false;
        memcpy(heap_ptr(&t->heap, handle), s->ptr, s->len);
        row[t->code.at[c] + 1] = handle;
    }
    return true;
}

/* A new row with that key (NULL: no words) and a zeroed payload; KEY_NONE when out of memory. */
static uint32_t add_row(struct keytable *t, const uint64_t *key) {
    uint32_t id = t->next_id;
    if (t->free_id) id = t->free_id - 1;
    else if ((id >> t->chunk_shift) >= t->nchunks && !grow_rows(t)) return KEY_NONE;
    uint64_t *row = keytable_row(t, id);
    uint64_t next_free = row[0];
    memset(row, 0, t->row_words * sizeof *row);
    if (key) {
        for (uint32_t w = 0; w < t->code.words; w++) row[w] = key[w];
        if (t->code.strings && !own_strings(t, row, key)) return KEY_NONE;
    }
    if (t->free_id) t->free_id = (uint32_t)next_free;
    else t->next_id++;
    t->live[id >> 6] |= (uint64_t)1 << (id & 63);
    t->count++;
    return id;
}

static bool view_eq(const struct keytable *t, const uint64_t *row, const uint64_t *key) {
    if (row[0] != key[0]) return false;
    const struct strview *s = view_at(key);
    if (s->len <= STRVIEW_INLINE) return row[1] == key[1];
    return memcmp(heap_ptr(&t->heap, row[1]), s->ptr, s->len) == 0;
}

static inline bool key_eq(const struct keytable *t, const uint64_t *row, const uint64_t *key,
                          uint32_t words) {
    if (words == 1) return row[0] == key[0];
    if (!t->code.strings) return memcmp(row, key, words * sizeof *row) == 0;
    if (t->code.null_word && row[0] != key[0]) return false;
    for (uint32_t c = 0; c < t->code.ncols; c++) {
        uint32_t at = t->code.at[c];
        if (t->code.phys[c] == PHYS_STR) {
            if (!view_eq(t, row + at, key + at)) return false;
        } else if (row[at] != key[at] || (t->code.phys[c] == PHYS_I128 && row[at + 1] != key[at + 1])) {
            return false;
        }
    }
    return true;
}

/* The slot where the key is, or the empty one where it would go. */
static inline uint64_t probe(const struct keytable *t, uint64_t hash, const uint64_t *key, uint32_t words) {
    uint64_t mask = t->slot_count - 1, at = (hash >> 32) & mask;
    for (;; at = (at + 1) & mask) {
        uint64_t slot = t->slots[at];
        if (!slot) return at;
        if (slot >> 32 != hash >> 32) continue;
        if (key_eq(t, keytable_row(t, (uint32_t)slot - 1), key, words)) return at;
    }
}

/* Asks for the memory that keys a little further on will need: first the slot, then, once it is here, the
 * row. A few at a time: processors drop what exceeds their miss buffers. Always inline: as a function of its
 * own gcc takes it for one without effect and leaves out the calls. */
__attribute__((always_inline)) static inline void prefetch(const struct keytable *t,
                                                           const struct keybatch *keys, uint32_t k) {
    if (t->slot_count < PREFETCH_SLOTS) return;
    uint64_t mask = t->slot_count - 1;
    if (k + PREFETCH_SLOT_AHEAD < keys->count)
        __builtin_prefetch(&t->slots[(keys->hashes[k + PREFETCH_SLOT_AHEAD] >> 32) & mask], 1);
    if (k + PREFETCH_ROW_AHEAD >= keys->count) return;
    uint64_t hash = keys->hashes[k + PREFETCH_ROW_AHEAD], slot = t->slots[(hash >> 32) & mask];
    if (slot && slot >> 32 == hash >> 32) __builtin_prefetch(keytable_row(t, (uint32_t)slot - 1));
}

void keytable_find(const struct keytable *t, const struct keybatch *keys, uint32_t *ids) {
    uint32_t words = t->code.words;
    for (uint32_t k = 0; k < keys->count; k++) {
        prefetch(t, keys, k);
        if (words == 0 || (keys->nulls && keys->nulls[k])) {
            ids[k] = t->null_id - 1; /* none: KEY_NONE */
        } else if (!t->slot_count) {
            ids[k] = KEY_NONE;
        } else {
            ids[k] =
                (uint32_t)t->slots[probe(t, keys->hashes[k], keys->words + (size_t)k * words, words)] - 1;
        }
    }
}

/* The loop of keytable_upsert; `words` is constant in its two uses below. */
static inline bool upsert(struct keytable *t, const struct keybatch *keys, uint32_t words, uint32_t *ids,
                          uint32_t *fresh, uint32_t *nfresh) {
    uint32_t n = 0;
    for (uint32_t k = 0; k < keys->count; k++) {
        prefetch(t, keys, k);
        const uint64_t *key = keys->words + (size_t)k * words;
        bool null = words == 0 || (keys->nulls && keys->nulls[k]);
        uint64_t at = 0;
        if (null) {
            ids[k] = t->null_id - 1;
        } else {
            at = probe(t, keys->hashes[k], key, words);
            ids[k] = (uint32_t)t->slots[at] - 1;
        }
        if (LIKELY(ids[k] != KEY_NONE)) continue;
        ids[k] = add_row(t, null ? NULL : key);
        if (ids[k] == KEY_NONE) return false;
        if (null) t->null_id = ids[k] + 1;
        else t->slots[at] = (keys->hashes[k] >> 32) << 32 | (ids[k] + 1);
        if (fresh) fresh[n] = k;
        n++;
    }
    *nfresh = n;
    return true;
}

bool keytable_upsert(struct keytable *t, const struct keybatch *keys, uint32_t *ids, uint32_t *fresh,
                     uint32_t *nfresh) {
    uint32_t ignored;
    if (!nfresh) nfresh = &ignored;
    *nfresh = 0;
    if (!reserve_slots(t, keys->count)) return false;
    if (t->code.words == 1) return upsert(t, keys, 1, ids, fresh, nfresh);
    return upsert(t, keys, t->code.words, ids, fresh, nfresh);
}

bool keytable_upsert_rows(struct keytable *t, struct vec *const *cols, const uint32_t *keycols,
                          struct sel sel, struct arena *scratch, uint32_t *ids, uint32_t *fresh,
                          uint32_t *nfresh) {
    struct keybatch keys;
    keycode_encode(&t->code, cols, keycols, sel, scratch, &keys);
    return keytable_upsert(t, &keys, ids, fresh, nfresh);
}

void keytable_find_rows(const struct keytable *t, struct vec *const *cols, const uint32_t *keycols,
                        struct sel sel, struct arena *scratch, uint32_t *ids) {
    struct keybatch keys;
    keycode_encode(&t->code, cols, keycols, sel, scratch, &keys);
    keytable_find(t, &keys, ids);
}

/* The slot of a row that is in the table: its hash is made anew from the row. */
static uint64_t slot_of(const struct keytable *t, uint32_t id) {
    uint64_t key[2 * KEY_COLUMNS_MAX + 1], hash;
    memcpy(key, keytable_row(t, id), t->code.words * sizeof *key);
    for (uint32_t c = 0; t->code.strings && c < t->code.ncols; c++) {
        if (t->code.phys[c] != PHYS_STR) continue;
        struct strview *s = view_at(key + t->code.at[c]);
        if (s->len > STRVIEW_INLINE) s->ptr = heap_ptr(&t->heap, s->words[1]);
    }
    keycode_hash(&t->code, key, 1, &hash);
    uint64_t mask = t->slot_count - 1, at = (hash >> 32) & mask;
    while ((uint32_t)t->slots[at] != id + 1) at = (at + 1) & mask;
    return at;
}

/* Empties a slot and moves up those behind it that would no longer be found. */
static void vacate(struct keytable *t, uint64_t hole) {
    uint64_t mask = t->slot_count - 1;
    for (uint64_t at = (hole + 1) & mask; t->slots[at]; at = (at + 1) & mask) {
        uint64_t home = (t->slots[at] >> 32) & mask;
        if (((at - home) & mask) < ((at - hole) & mask)) continue;
        t->slots[hole] = t->slots[at];
        hole = at;
    }
    t->slots[hole] = 0;
}

void keytable_remove(struct keytable *t, uint32_t id) {
    assert(keytable_has(t, id));
    uint64_t *row = keytable_row(t, id);
    if (t->null_id == id + 1) t->null_id = 0;
    else vacate(t, slot_of(t, id));
    for (uint32_t c = 0; t->code.strings && c < t->code.ncols; c++) {
        const struct strview *s = view_at(row + t->code.at[c]);
        if (t->code.phys[c] == PHYS_STR && s->len > STRVIEW_INLINE) heap_free(&t->heap, s->words[1], s->len);
    }
    t->live[id >> 6] &= ~((uint64_t)1 << (id & 63));
    row[0] = t->free_id;
    t->free_id = id + 1;
    t->count--;
}

uint32_t keytable_scan(const struct keytable *t, uint32_t *cursor, uint32_t *ids, uint32_t max) {
    uint32_t n = 0, id = *cursor;
    while (id < t->next_id && n < max) {
        uint64_t word = t->live[id >> 6] >> (id & 63);
        if (!word) {
            id = (id | 63) + 1;
            continue;
        }
        id += (uint32_t)__builtin_ctzll(word);
        ids[n++] = id++;
    }
    *cursor = id;
    return n;
}

void keytable_decode(const struct keytable *t, const uint32_t *ids, uint32_t n, struct arena *a,
                     struct vec **cols) {
    const struct keycode *code = &t->code;
    const uint64_t **rows = arena_alloc_raw(a, sizeof *rows * n);
    uint64_t *copies = code->strings ? arena_alloc_raw(a, sizeof *copies * code->words * n) : NULL;
    for (uint32_t k = 0; k < n; k++) {
        rows[k] = keytable_row(t, ids[k]);
        if (code->ncols == 1 && t->null_id == ids[k] + 1) {
            rows[k] = NULL;
        } else if (copies) { /* handles become pointers again */
            uint64_t *copy = memcpy(copies + (size_t)k * code->words, rows[k], code->words * sizeof *copies);
            rows[k] = copy;
            for (uint32_t c = 0; c < code->ncols; c++) {
                if (code->phys[c] != PHYS_STR) continue;
                struct strview *s = view_at(copy + code->at[c]);
                if (s->len > STRVIEW_INLINE) s->ptr = heap_ptr(&t->heap, s->words[1]);
            }
        }
    }
    for (uint32_t c = 0; c < code->ncols; c++) cols[c] = keycode_decode(code, c, rows, n, a);
}
