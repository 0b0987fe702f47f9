/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows kept as text; see rowset.h. A row is one piece of memory: its cells and their bytes.
 */
#include "cli/rowset.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"

struct rowset_row {
    uint64_t hash;            /* of the cells */
    uint64_t place;           /* index in head */
    struct rowset_row *chain; /* same bucket */
    size_t bytes;             /* of this piece of memory */
    struct str cells[];       /* ncols, then their bytes */
};

void rowset_init(struct rowset *s, uint32_t ncols, bool updating, uint64_t head_max, uint64_t tail_max) {
    *s = (struct rowset){.ncols = ncols, .updating = updating, .head_max = head_max, .tail_max = tail_max};
    if (updating) s->head_max = ROWSET_ALL;
}

void rowset_free(struct rowset *s) {
    for (uint64_t i = 0; i < s->head_count; i++) free(s->head[i]);
    for (uint64_t i = 0; s->tail && i < s->tail_max; i++) free(s->tail[i]);
    free(s->head);
    free(s->tail);
    free(s->buckets);
    free(s->vacant);
    *s = (struct rowset){0};
}

static void *grow(void *items, uint64_t *capacity, size_t item_bytes) {
    *capacity = *capacity ? *capacity * 2 : 64;
    items = realloc(items, *capacity * item_bytes);
    if (!items) mem_exhausted();
    return items;
}

static uint64_t hash_cells(const struct str *cells, uint32_t n) {
    uint64_t h = 0;
    for (uint32_t c = 0; c < n; c++)
        h = hash_bytes_seed(cells[c].ptr, cells[c].len, h + (cells[c].ptr == NULL));
    return h;
}

static bool same_cells(const struct str *a, const struct str *b, uint32_t n) {
    for (uint32_t c = 0; c < n; c++) {
        if (!a[c].ptr != !b[c].ptr || !str_eq(a[c], b[c])) return false;
    }
    return true;
}

static struct rowset_row *new_row(struct rowset *s, const struct str *cells) {
    size_t bytes = sizeof(struct rowset_row) + s->ncols * sizeof(struct str);
    for (uint32_t c = 0; c < s->ncols; c++) bytes += cells[c].len;
    struct rowset_row *r = malloc(bytes + 1);
    if (!r) mem_exhausted();
    char *at = (char *)&r->cells[s->ncols];
    for (uint32_t c = 0; c < s->ncols; c++) {
        r->cells[c] = (struct str){cells[c].ptr ? at : NULL, cells[c].len};
        if (cells[c].len) memcpy(at, cells[c].ptr, cells[c].len);
        at += cells[c].len;
    }
    r->bytes = bytes;
    s->bytes += bytes;
    return r;
}

static void drop_row(struct rowset *s, struct rowset_row *r) {
    if (!r) return;
    s->bytes -= r->bytes;
    free(r);
}

/* ---- by their cells ---- */

static void link_row(struct rowset *s, struct rowset_row *r) {
    struct rowset_row **at = &s->buckets[r->hash & (s->nbuckets - 1)];
    r->chain = *at;
    *at = r;
}

static void grow_buckets(struct rowset *s) {
    if (s->rows < s->nbuckets) return;
    s->nbuckets = s->nbuckets ? s->nbuckets * 2 : 256;
    free(s->buckets);
    s->buckets = calloc(s->nbuckets, sizeof *s->buckets);
    if (!s->buckets) mem_exhausted();
    for (uint64_t i = 0; i < s->head_count; i++) {
        if (s->head[i]) link_row(s, s->head[i]);
    }
}

static void take_back(struct rowset *s, const struct str *cells, bool replaced) {
    if (!s->nbuckets) return;
    uint64_t h = hash_cells(cells, s->ncols);
    struct rowset_row **at = &s->buckets[h & (s->nbuckets - 1)];
    while (*at && ((*at)->hash != h || !same_cells((*at)->cells, cells, s->ncols))) at = &(*at)->chain;
    struct rowset_row *r = *at;
    if (!r) return;
    *at = r->chain;
    s->head[r->place] = NULL;
    s->gone++;
    s->rows--;
    if (replaced) {
        if (s->vacant_end == s->vacant_capacity)
            s->vacant = grow(s->vacant, &s->vacant_capacity, sizeof *s->vacant);
        s->vacant[s->vacant_end++] = r->place;
    }
    drop_row(s, r);
}

/* ---- places ---- */

static void append(struct rowset *s, struct rowset_row *r) {
    if (s->head_count == s->head_capacity) s->head = grow(s->head, &s->head_capacity, sizeof *s->head);
    r->place = s->head_count;
    s->head[s->head_count++] = r;
}

static void put_tail(struct rowset *s, const struct str *cells) {
    if (!s->tail_max) return;
    if (!s->tail) s->tail = calloc(s->tail_max, sizeof *s->tail);
    if (!s->tail) mem_exhausted();
    struct rowset_row **at = &s->tail[s->tail_count++ % s->tail_max];
    drop_row(s, *at);
    *at = new_row(s, cells);
}

static void add(struct rowset *s, const struct str *cells, bool replaces) {
    struct rowset_row *r = new_row(s, cells);
    r->hash = hash_cells(cells, s->ncols);
    grow_buckets(s);
    if (replaces && s->vacant_first < s->vacant_end) {
        r->place = s->vacant[s->vacant_first++];
        s->head[r->place] = r;
        s->gone--;
        if (s->vacant_first == s->vacant_end) s->vacant_first = s->vacant_end = 0;
    } else {
        append(s, r);
    }
    link_row(s, r);
    s->rows++;
}

void rowset_put(struct rowset *s, enum weir_change change, const struct str *cells) {
    if (!s->updating) {
        if (s->head_count < s->head_max) append(s, new_row(s, cells));
        else put_tail(s, cells);
        s->rows++;
        return;
    }
    switch (change) {
    case WEIR_UPDATE_BEFORE: take_back(s, cells, true); return;
    case WEIR_DELETE: take_back(s, cells, false); return;
    case WEIR_INSERT:
    case WEIR_UPDATE_AFTER: add(s, cells, change == WEIR_UPDATE_AFTER); return;
    }
}

void rowset_put_rows(struct rowset *s, const struct weir_rows *rows, bool changes) {
    static const char *const names[] = {"+I", "-U", "+U", "-D"};
    struct str *cells = malloc((rows->columns + 1) * sizeof *cells);
    if (!cells) mem_exhausted();
    for (uint32_t r = 0; r < rows->rows; r++) {
        enum weir_change change = rows->changes ? (enum weir_change)rows->changes[r] : WEIR_INSERT;
        size_t first = (size_t)r * rows->columns;
        if (changes) cells[0] = str_of(names[change]);
        for (uint32_t c = 0; c < rows->columns; c++)
            cells[c + changes] = (struct str){rows->cells[first + c], rows->lengths[first + c]};
        rowset_put(s, changes ? WEIR_INSERT : change, cells);
    }
    free(cells);
}

void rowset_settle(struct rowset *s) {
    s->vacant_first = s->vacant_end = 0;
    if (!s->gone) return;
    uint64_t n = 0;
    for (uint64_t i = 0; i < s->head_count; i++) {
        if (!s->head[i]) continue;
        s->head[n] = s->head[i];
        s->head[n]->place = n;
        n++;
    }
    s->head_count = n;
    s->gone = 0;
}

const struct str *rowset_at(const struct rowset *s, uint64_t i) {
    if (i < s->head_count) return s->head[i]->cells;
    i -= s->head_count;
    if (i >= s->tail_count || s->tail_count - i > s->tail_max) return NULL;
    return s->tail[i % s->tail_max]->cells;
}
