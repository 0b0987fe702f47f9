/* SPDX-License-Identifier: Apache-2.0
 *
 * The hash table of keytable.h. A slot's tag is the upper half of the hash; its lower bits are also where
 * probing starts, so that growing and removing look at the slots alone and never at the rows.
 */
#include "exec/keytable.h"

#define CHUNK_BYTES 65536u
#define PREFETCH_KEYS 4096 /* smaller tables are in the cache anyway */
#define PREFETCH_SLOT_AHEAD 24
#define PREFETCH_ROW_AHEAD 8
#define REPEAT_BITS 11 /* slots for the keys of one batch, as a power of two */
#define REPEAT_SLOTS (1u << REPEAT_BITS)
#define REPEAT_ROWS 128 /* smaller batches are not searched for keys that come again */
#define REPEAT_PAUSE 15 /* nor are so many batches after one with too many different keys */
#define SLOTS_MIN 64
#define SLOTS_ONE_PART (1u << 18) /* one that would be larger is divided into KEYTABLE_PARTS */

enum status keytable_init(struct keytable *t, struct mem_account *mem, struct arena *a,
                          const struct type *const *types, uint32_t ncols, uint32_t payload_bytes,
                          struct error *e) {
    *t = (struct keytable){.mem = mem};
    if (ncols > KEY_COLUMNS_MAX)
        return error_set(e, ERR_LIMIT, "a key has %u columns, at most %d are possible", ncols,
                         KEY_COLUMNS_MAX);
    keycode_init(&t->code, a, types, ncols);
    t->row_words = t->code.words + (payload_bytes + 7) / 8;
    if (t->row_words == 0) t->row_words = 1;
    while (2u << t->chunk_shift <= CHUNK_BYTES / 8 / t->row_words) t->chunk_shift++;
    slabs_init(&t->slabs, mem);
    heap_init(&t->heap, mem);
    return ST_OK;
}

static size_t chunk_bytes(const struct keytable *t) {
    return ((size_t)t->row_words << t->chunk_shift) * sizeof(uint64_t);
}

static size_t slot_bytes(const struct keytable_part *p) {
    return p->slots ? ((size_t)p->mask + 1) * sizeof *p->slots : 0;
}

void keytable_clear(struct keytable *t) {
    for (uint32_t i = 0; i <= t->part_mask; i++) {
        mem_free(t->mem, t->parts[i].slots, slot_bytes(&t->parts[i]));
        t->parts[i] = (struct keytable_part){0};
    }
    mem_free(t->mem, t->chunks, t->chunks_cap * sizeof *t->chunks);
    mem_free(t->mem, t->live, t->live_words * sizeof *t->live);
    slabs_free(&t->slabs);
    heap_clear(&t->heap);
    t->chunks = NULL;
    t->live = NULL;
    t->nchunks = t->chunks_cap = t->live_words = t->next_id = t->free_id = t->null_id = t->count = 0;
    t->part_mask = 0;
}

void keytable_free(struct keytable *t) {
    if (t->mem) keytable_clear(t);
}

static inline struct keytable_part *part_of(const struct keytable *t, uint64_t hash) {
    return (struct keytable_part *)&t->parts[(hash >> 60) & t->part_mask];
}

static void place(struct keytable_part *p, uint64_t slot) {
    uint64_t at = (slot >> 32) & p->mask;
    while (p->slots[at]) at = (at + 1) & p->mask;
    p->slots[at] = slot;
    p->used++;
}

static bool make_part(struct keytable *t, struct keytable_part *p, uint32_t slots) {
    *p = (struct keytable_part){mem_alloc_zeroed(t->mem, slots * sizeof *p->slots), slots - 1, 0};
    return p->slots != NULL;
}

/* The only part becomes KEYTABLE_PARTS, with twice the slots altogether. */
static bool divide(struct keytable *t) {
    struct keytable_part parts[KEYTABLE_PARTS], *old = &t->parts[0];
    for (uint32_t i = 0; i < KEYTABLE_PARTS; i++) {
        if (make_part(t, &parts[i], 2 * SLOTS_ONE_PART / KEYTABLE_PARTS)) continue;
        while (i-- > 0) mem_free(t->mem, parts[i].slots, slot_bytes(&parts[i]));
        return false;
    }
    for (uint64_t i = 0; i <= old->mask; i++) {
        if (old->slots[i]) place(&parts[old->slots[i] >> 60], old->slots[i]);
    }
    mem_free(t->mem, old->slots, slot_bytes(old));
    memcpy(t->parts, parts, sizeof parts);
    t->part_mask = KEYTABLE_PARTS - 1;
    return true;
}

static bool grow_part(struct keytable *t, struct keytable_part *p) {
    if (!t->part_mask && p->mask + 1 == SLOTS_ONE_PART) return divide(t);
    struct keytable_part grown;
    if (!make_part(t, &grown, p->slots ? 2 * (p->mask + 1) : SLOTS_MIN)) return false;
    for (uint64_t i = 0; p->slots && i <= p->mask; i++) {
        if (p->slots[i]) place(&grown, p->slots[i]);
    }
    mem_free(t->mem, p->slots, slot_bytes(p));
    *p = grown;
    return true;
}

/* Room for one more slot in the hash's part. */
static inline bool reserve_slot(struct keytable *t, uint64_t hash) {
    struct keytable_part *p = part_of(t, hash);
    if (LIKELY(((uint64_t)p->used + 1) * 8 <= ((uint64_t)p->mask + 1) * 5 && p->slots)) return true;
    return grow_part(t, p);
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
    uint64_t *chunk = slabs_alloc(&t->slabs, chunk_bytes(t));
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
    uint32_t next_free = t->free_id ? (uint32_t)row[0] : 0; /* a new row's memory is not read */
    uint32_t words = key ? t->code.words : 0;
    for (uint32_t w = 0; w < words; w++) row[w] = key[w];
    for (uint32_t w = words; w < t->row_words; w++) row[w] = 0;
    if (words && t->code.strings && !own_strings(t, row, key)) {
        row[0] = next_free;
        return KEY_NONE;
    }
    if (t->free_id) t->free_id = next_free;
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
    if (t->code.null_words && row[0] != key[0]) return false;
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
static inline uint64_t *probe(const struct keytable *t, uint64_t hash, const uint64_t *key, uint32_t words) {
    const struct keytable_part *p = part_of(t, hash);
    uint64_t mask = p->mask, at = (hash >> 32) & mask;
    for (;; at = (at + 1) & mask) {
        uint64_t slot = p->slots[at];
        if (!slot) return &p->slots[at];
        if (slot >> 32 != hash >> 32) continue;
        if (key_eq(t, keytable_row(t, (uint32_t)slot - 1), key, words)) return &p->slots[at];
    }
}

/* Asks for the memory that keys a little further on will need: first the slot, then, once it is here, the
 * row. A few at a time: processors drop what exceeds their miss buffers. Always inline: as a function of its
 * own gcc takes it for one without effect and leaves out the calls. */
__attribute__((always_inline)) static inline void prefetch(const struct keytable *t,
                                                           const struct keybatch *keys, uint32_t k) {
    if (t->count < PREFETCH_KEYS) return;
    if (k + PREFETCH_SLOT_AHEAD < keys->count) {
        uint64_t hash = keys->hashes[k + PREFETCH_SLOT_AHEAD];
        const struct keytable_part *p = part_of(t, hash);
        if (p->slots) __builtin_prefetch(&p->slots[(hash >> 32) & p->mask], 1);
    }
    if (t->mostly_new || k + PREFETCH_ROW_AHEAD >= keys->count) return;
    uint64_t hash = keys->hashes[k + PREFETCH_ROW_AHEAD];
    const struct keytable_part *p = part_of(t, hash);
    uint64_t slot = p->slots[(hash >> 32) & p->mask];
    if (slot && slot >> 32 == hash >> 32) __builtin_prefetch(keytable_row(t, (uint32_t)slot - 1));
}

void keytable_find(const struct keytable *t, const struct keybatch *keys, uint32_t *ids) {
    uint32_t words = t->code.words;
    for (uint32_t k = 0; k < keys->count; k++) {
        prefetch(t, keys, k);
        if (words == 0 || (keys->nulls && keys->nulls[k])) {
            ids[k] = t->null_id - 1; /* none: KEY_NONE */
        } else if (!t->parts[0].slots) {
            ids[k] = KEY_NONE;
        } else {
            ids[k] = (uint32_t)*probe(t, keys->hashes[k], keys->words + (size_t)k * words, words) - 1;
        }
    }
}

/* The id of the key, which is new in the table, at that empty slot; KEY_NONE when out of memory. */
static inline uint32_t insert(struct keytable *t, uint64_t hash, const uint64_t *key, uint64_t *slot) {
    uint32_t id = add_row(t, key);
    if (id == KEY_NONE) return id;
    if (!key) {
        t->null_id = id + 1;
        return id;
    }
    *slot = (hash >> 32) << 32 | (id + 1);
    part_of(t, hash)->used++;
    return id;
}

/* The loop of keytable_upsert; `words` is constant in its two uses below. */
static inline bool upsert(struct keytable *t, const struct keybatch *keys, uint32_t words, uint32_t *ids,
                          uint32_t *fresh, uint32_t *nfresh) {
    uint32_t n = 0;
    for (uint32_t k = 0; k < keys->count; k++) {
        prefetch(t, keys, k);
        const uint64_t *key = keys->words + (size_t)k * words;
        uint64_t hash = keys->hashes[k], *slot = NULL;
        if (words == 0 || (keys->nulls && keys->nulls[k])) {
            key = NULL;
            ids[k] = t->null_id - 1;
        } else {
            if (!reserve_slot(t, hash)) return false;
            slot = probe(t, hash, key, words);
            ids[k] = (uint32_t)*slot - 1;
        }
        if (ids[k] != KEY_NONE) continue;
        ids[k] = insert(t, hash, key, slot);
        if (ids[k] == KEY_NONE) return false;
        if (fresh) fresh[n] = k;
        n++;
    }
    *nfresh = n;
    t->mostly_new = n > keys->count / 2;
    return true;
}

bool keytable_upsert(struct keytable *t, const struct keybatch *keys, uint32_t *ids, uint32_t *fresh,
                     uint32_t *nfresh) {
    uint32_t ignored;
    if (!nfresh) nfresh = &ignored;
    *nfresh = 0;
    if (t->code.words == 1) return upsert(t, keys, 1, ids, fresh, nfresh);
    return upsert(t, keys, t->code.words, ids, fresh, nfresh);
}

/* ---- keys that come again within a batch ---- */

/* The different keys of a batch, more or less: a small table without chains, so that a key may be among them
 * twice. */
struct repeats {
    uint32_t *first; /* row of words of each */
    uint32_t count;
    uint16_t *of;    /* of each row: which of them */
    uint64_t *words; /* theirs, side by side */
};

static inline bool same_words(const uint64_t *a, const uint64_t *b, uint32_t words) {
    uint64_t differ = 0;
    for (uint32_t w = 0; w < words; w++) differ |= a[w] ^ b[w];
    return differ == 0;
}

/* False when there are too many of them. */
static inline bool find_repeats(const uint64_t *words, uint32_t n, uint32_t stride, struct repeats *r) {
    uint16_t slots[REPEAT_SLOTS] = {0};
    r->count = 0;
    for (uint32_t k = 0; k < n; k++) {
        const uint64_t *key = words + (size_t)k * stride;
        uint64_t mix = key[0];
        for (uint32_t w = 1; w < stride; w++) mix = (mix ^ key[w]) * 0x9e3779b97f4a7c15u;
        uint16_t *slot = &slots[(mix ^ mix >> 29) >> (64 - REPEAT_BITS)];
        if (*slot && same_words(key, words + (size_t)r->first[*slot - 1] * stride, stride)) {
            r->of[k] = (uint16_t)(*slot - 1);
            continue;
        }
        if (r->count > n / 4) return false;
        r->of[k] = (uint16_t)r->count;
        r->first[r->count++] = k;
        *slot = (uint16_t)r->count;
    }
    return true;
}

/* As keytable_upsert_rows(), hashing and looking up each key of the batch about once. *done false: there are
 * too many different ones, and nothing was looked up. */
static bool upsert_repeats(struct keytable *t, const uint64_t *words, uint32_t n, struct arena *scratch,
                           uint32_t *ids, uint32_t *fresh, uint32_t *nfresh, bool *done) {
    uint32_t stride = t->code.words;
    struct repeats r = {.first = arena_alloc_raw(scratch, sizeof(uint32_t) * n),
                        .of = arena_alloc_raw(scratch, sizeof(uint16_t) * n)};
    *done = stride == 2   ? find_repeats(words, n, 2, &r)
            : stride == 4 ? find_repeats(words, n, 4, &r)
            : stride == 6 ? find_repeats(words, n, 6, &r)
                          : find_repeats(words, n, stride, &r);
    if (!*done) return true;
    uint64_t *own = arena_alloc_raw(scratch, sizeof *own * stride * (r.count + 1));
    uint32_t *found = arena_alloc_raw(scratch, sizeof *found * (r.count + 1));
    for (uint32_t i = 0; i < r.count; i++)
        memcpy(own + (size_t)i * stride, words + (size_t)r.first[i] * stride, stride * sizeof *own);
    struct keybatch keys = {
        .count = r.count, .words = own, .hashes = arena_alloc_raw(scratch, sizeof(uint64_t) * (r.count + 1))};
    keycode_hash(&t->code, own, r.count, keys.hashes);
    if (!keytable_upsert(t, &keys, found, fresh, nfresh)) return false;
    for (uint32_t k = 0; k < n; k++) ids[k] = found[r.of[k]];
    for (uint32_t i = 0; fresh && nfresh && i < *nfresh; i++) fresh[i] = r.first[fresh[i]];
    return true;
}

bool keytable_upsert_rows(struct keytable *t, struct vec *const *cols, const uint32_t *keycols,
                          struct sel sel, struct arena *scratch, uint32_t *ids, uint32_t *fresh,
                          uint32_t *nfresh) {
    struct keybatch keys = {.count = sel.count};
    keys.words = keycode_words(&t->code, cols, keycols, sel, scratch, &keys.nulls);
    if (t->code.words >= 2 && !keys.nulls && sel.count >= REPEAT_ROWS) {
        bool done = false;
        if (t->no_repeats) t->no_repeats--;
        else if (!upsert_repeats(t, keys.words, sel.count, scratch, ids, fresh, nfresh, &done)) return false;
        else if (!done) t->no_repeats = REPEAT_PAUSE;
        if (done) return true;
    }
    keys.hashes = arena_alloc_raw(scratch, sizeof *keys.hashes * sel.count);
    keycode_hash(&t->code, keys.words, sel.count, keys.hashes);
    return keytable_upsert(t, &keys, ids, fresh, nfresh);
}

void keytable_find_rows(const struct keytable *t, struct vec *const *cols, const uint32_t *keycols,
                        struct sel sel, struct arena *scratch, uint32_t *ids) {
    struct keybatch keys;
    keycode_encode(&t->code, cols, keycols, sel, scratch, &keys);
    keytable_find(t, &keys, ids);
}

/* Empties the slot of a row that is in the table (its hash is made anew from the row) and moves up those
 * behind it that would no longer be found. */
static void vacate(struct keytable *t, uint32_t id) {
    uint64_t key[2 * KEY_COLUMNS_MAX + 1], hash;
    memcpy(key, keytable_row(t, id), t->code.words * sizeof *key);
    for (uint32_t c = 0; t->code.strings && c < t->code.ncols; c++) {
        if (t->code.phys[c] != PHYS_STR) continue;
        struct strview *s = view_at(key + t->code.at[c]);
        if (s->len > STRVIEW_INLINE) s->ptr = heap_ptr(&t->heap, s->words[1]);
    }
    keycode_hash(&t->code, key, 1, &hash);
    struct keytable_part *p = part_of(t, hash);
    uint64_t mask = p->mask, hole = (hash >> 32) & mask;
    while ((uint32_t)p->slots[hole] != id + 1) hole = (hole + 1) & mask;
    for (uint64_t at = (hole + 1) & mask; p->slots[at]; at = (at + 1) & mask) {
        uint64_t home = (p->slots[at] >> 32) & mask;
        if (((at - home) & mask) < ((at - hole) & mask)) continue;
        p->slots[hole] = p->slots[at];
        hole = at;
    }
    p->slots[hole] = 0;
    p->used--;
}

void keytable_remove(struct keytable *t, uint32_t id) {
    assert(keytable_has(t, id));
    uint64_t *row = keytable_row(t, id);
    if (t->null_id == id + 1) t->null_id = 0;
    else vacate(t, id);
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
