/* SPDX-License-Identifier: Apache-2.0
 *
 * Counting table and ordered tree of multiset.h. The tree is a treap: a node's priority is a hash of its
 * row number, so that nothing random is stored and depth stays logarithmic.
 */
#include "exec/multiset.h"

#include "base/hash.h"
#include "exec/compare.h"

/* The payload when ordered. */
struct multiset_entry {
    int64_t count;        /* of slot 0; may be negative for a moment */
    uint32_t left, right; /* rows of the table + 1; 0 = none */
    uint32_t in_tree;     /* 1 while it is a node */
    uint32_t unused;
};

enum status multiset_init(struct multiset *m, struct mem_account *mem, struct arena *a,
                          const struct type *const *value_types, uint32_t nvalues, uint32_t nslots,
                          bool ordered, struct error *e) {
    assert(!ordered || nslots == 1);
    const struct type **types = ARENA_ARRAY(a, const struct type *, nvalues + 1);
    types[0] = type_simple(TYPE_BIGINT, false);
    for (uint32_t i = 0; i < nvalues; i++) types[i + 1] = value_types[i];
    m->nvalues = nvalues;
    m->nslots = nslots;
    m->ordered = ordered;
    uint32_t payload = ordered ? (uint32_t)sizeof(struct multiset_entry) : nslots * (uint32_t)sizeof(int64_t);
    return keytable_init(&m->table, mem, a, types, nvalues + 1, payload, e);
}

void multiset_free(struct multiset *m) {
    keytable_free(&m->table);
}

static struct multiset_entry *entry(const struct multiset *m, uint32_t id) {
    return keytable_payload(&m->table, id);
}

static int64_t *counts_of(const struct multiset *m, uint32_t id) {
    return keytable_payload(&m->table, id);
}

static const uint64_t *value_words(const struct multiset *m, uint32_t id) {
    return keytable_row(&m->table, id) + m->table.code.at[1];
}

static struct strview view_at(const struct multiset *m, const uint64_t *words) {
    struct strview s = {.words = {words[0], words[1]}};
    if (s.len > STRVIEW_INLINE) s.ptr = heap_ptr(&m->table.heap, words[1]);
    return s;
}

static int compare(const struct multiset *m, uint32_t a, uint32_t b) {
    const uint64_t *x = value_words(m, a), *y = value_words(m, b);
    enum phys phys = m->table.code.phys[1];
    if (phys != PHYS_STR) return compare_slots(phys, x, y);
    struct strview s = view_at(m, x), t = view_at(m, y);
    return strview_cmp(&s, &t);
}

/* Values that compare equal but differ (0.0 and -0.0) are told apart by their row. */
static bool before(const struct multiset *m, uint32_t a, uint32_t b) {
    int c = compare(m, a, b);
    return c ? c < 0 : a < b;
}

static uint32_t priority(uint32_t id) {
    return (uint32_t)hash_u64(id);
}

/* Splits a tree into the nodes before `id` and those behind. */
static void split(struct multiset *m, uint32_t tree, uint32_t id, uint32_t *low, uint32_t *high) {
    while (tree) {
        struct multiset_entry *e = entry(m, tree - 1);
        if (before(m, tree - 1, id)) {
            *low = tree;
            low = &e->right;
            tree = e->right;
        } else {
            *high = tree;
            high = &e->left;
            tree = e->left;
        }
    }
    *low = *high = 0;
}

static void tree_insert(struct multiset *m, uint32_t *root, uint32_t id) {
    while (*root && priority(*root - 1) > priority(id)) {
        struct multiset_entry *e = entry(m, *root - 1);
        root = before(m, id, *root - 1) ? &e->left : &e->right;
    }
    struct multiset_entry *e = entry(m, id);
    split(m, *root, id, &e->left, &e->right);
    e->in_tree = 1;
    *root = id + 1;
}

static void tree_remove(struct multiset *m, uint32_t *root, uint32_t id) {
    struct multiset_entry *gone = entry(m, id);
    while (*root && *root != id + 1) {
        struct multiset_entry *e = entry(m, *root - 1);
        root = before(m, id, *root - 1) ? &e->left : &e->right;
    }
    if (!*root) { /* only a snapshot that contradicts itself has it in no tree */
        gone->in_tree = 0;
        return;
    }
    uint32_t a = gone->left, b = gone->right;
    while (a && b) { /* merges the two sub-trees downwards */
        bool first = priority(a - 1) > priority(b - 1);
        struct multiset_entry *e = entry(m, (first ? a : b) - 1);
        *root = first ? a : b;
        root = first ? &e->right : &e->left;
        if (first) a = e->right;
        else b = e->left;
    }
    *root = a ? a : b;
    gone->left = gone->right = gone->in_tree = 0;
}

static void tree_follow(struct multiset *m, int64_t *root, uint32_t id) {
    struct multiset_entry *e = entry(m, id);
    uint32_t tree = (uint32_t)*root;
    if (e->count > 0 && !e->in_tree) tree_insert(m, &tree, id);
    if (e->count <= 0 && e->in_tree) tree_remove(m, &tree, id);
    *root = tree;
}

/* The columns of the (group, value) keys of some rows. */
static void key_columns(const struct multiset *m, const uint32_t *ids, struct vec *const *cols,
                        const uint32_t *rows, uint32_t n, struct arena *a, struct vec **out) {
    struct vec *groups = ARENA_NEW(a, struct vec);
    vec_make_flat(groups, a, m->table.code.types[0], n);
    for (uint32_t k = 0; k < n; k++) ((int64_t *)groups->data)[k] = ids[k];
    out[0] = groups;
    for (uint32_t c = 0; c < m->nvalues; c++) out[c + 1] = rows ? vec_gather(cols[c], rows, n, a) : cols[c];
}

bool multiset_find(struct multiset *m, const uint32_t *ids, struct vec *const *cols, const uint32_t *rows,
                   uint32_t n, struct arena *scratch, uint32_t *at) {
    struct vec **keys = ARENA_ARRAY(scratch, struct vec *, m->nvalues + 1);
    key_columns(m, ids, cols, rows, n, scratch, keys);
    return keytable_upsert_rows(&m->table, keys, NULL, (struct sel){NULL, n}, scratch, at, NULL, NULL);
}

uint32_t multiset_count(struct multiset *m, uint32_t slot, const uint32_t *ids, const uint32_t *at,
                        uint32_t n, const int64_t *weights, int64_t *roots, struct multiset_change *changes) {
    uint32_t nchanges = 0;
    for (uint32_t k = 0; k < n; k++) {
        int64_t *count = counts_of(m, at[k]) + slot, old = *count;
        *count += weights ? weights[k] : 1;
        if ((old > 0) == (*count > 0)) continue;
        changes[nchanges++] = (struct multiset_change){k, *count > 0 ? 1 : -1};
        if (m->ordered) tree_follow(m, &roots[ids[k]], at[k]);
    }
    return nchanges;
}

static bool is_empty(const struct multiset *m, uint32_t id) {
    const int64_t *counts = counts_of(m, id);
    for (uint32_t i = 0; i < m->nslots; i++) {
        if (counts[i]) return false;
    }
    return true;
}

void multiset_sweep(struct multiset *m, const uint32_t *at, uint32_t n) {
    for (uint32_t k = 0; k < n; k++) {
        if (keytable_has(&m->table, at[k]) && is_empty(m, at[k])) keytable_remove(&m->table, at[k]);
    }
}

uint32_t multiset_scan(const struct multiset *m, uint32_t slot, uint32_t *cursor, uint32_t max,
                       struct arena *a, uint32_t *groups, int64_t *counts, struct vec **cols) {
    uint32_t *ids = arena_alloc_raw(a, sizeof *ids * max), n = 0, seen;
    do {
        seen = keytable_scan(&m->table, cursor, ids, max);
        for (uint32_t k = 0; k < seen; k++) {
            counts[n] = counts_of(m, ids[k])[slot];
            ids[n] = ids[k];
            n += counts[n] != 0;
        }
    } while (seen && n == 0);
    if (n == 0) return 0;
    struct vec **all = ARENA_ARRAY(a, struct vec *, m->nvalues + 1);
    keytable_decode(&m->table, ids, n, a, all);
    for (uint32_t k = 0; k < n; k++) groups[k] = (uint32_t)((const int64_t *)all[0]->data)[k];
    for (uint32_t c = 0; c < m->nvalues; c++) cols[c] = all[c + 1];
    return n;
}

const uint64_t *multiset_extreme(const struct multiset *m, int64_t root, bool greatest) {
    if (!root) return NULL;
    uint32_t at = (uint32_t)root;
    while (true) {
        const struct multiset_entry *e = entry(m, at - 1);
        uint32_t next = greatest ? e->right : e->left;
        if (!next) return value_words(m, at - 1);
        at = next;
    }
}

void multiset_drop_group(struct multiset *m, uint32_t group) {
    uint32_t cursor = 0, id;
    while (keytable_scan(&m->table, &cursor, &id, 1)) {
        if (keytable_row(&m->table, id)[m->table.code.at[0]] == group) keytable_remove(&m->table, id);
    }
}

void multiset_drop_groups(struct multiset *m, const uint8_t *gone, uint32_t bound) {
    uint32_t cursor = 0, id;
    while (keytable_scan(&m->table, &cursor, &id, 1)) {
        uint64_t group = keytable_row(&m->table, id)[m->table.code.at[0]];
        if (group < bound && gone[group]) keytable_remove(&m->table, id);
    }
}
