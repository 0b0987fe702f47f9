/* SPDX-License-Identifier: Apache-2.0
 *
 * Packing and unpacking rows; rowpack.h has the layout. A nested value's slot holds the offset of its block
 * and, for lists, the number of entries. The block of a list starts with the offset of each child's cells;
 * cells are one NULL byte an entry, padded, then one slot an entry. A ROW's block is NULL bytes and slots
 * of its fields.
 */
#include "exec/rowpack.h"

#define ROWS_AT_ONCE 256

static uint32_t slot_bytes(enum phys p) {
    return p == PHYS_NONE ? 0 : p == PHYS_STR || p == PHYS_I128 ? 16 : 8;
}

static uint32_t pad8(uint32_t n) {
    return (n + 7) & ~7u;
}

void rowpack_init(struct rowpack *p, struct arena *a, const struct type *const *types, uint32_t ncols) {
    uint32_t *slots = ARENA_ARRAY(a, uint32_t, ncols);
    uint32_t at = pad8(4 + (ncols + 7) / 8);
    bool nested = false;
    for (uint32_t c = 0; c < ncols; c++) {
        enum phys phys = type_phys(types[c]);
        slots[c] = at;
        at += slot_bytes(phys);
        nested |= phys == PHYS_ARRAY || phys == PHYS_MAP || phys == PHYS_ROW;
    }
    *p = (struct rowpack){ncols, types, slots, at, nested};
}

/* Zeroed room at the end; returns its offset in the buffer. */
static size_t zeroed(struct outbuf *o, size_t n) {
    memset(outbuf_reserve(o, n), 0, n);
    o->len += n;
    return o->len - n;
}

static void put_value(struct outbuf *o, size_t base, size_t slot, const struct vec *v, uint32_t i);

/* The cells of entries from..from+n of a list's child. */
static size_t put_cells(struct outbuf *o, size_t base, const struct vec *v, uint32_t from, uint32_t n) {
    uint32_t width = slot_bytes(v->phys);
    size_t nulls = zeroed(o, pad8(n) + (size_t)width * n);
    for (uint32_t k = 0; k < n; k++) {
        if (vec_is_null(v, from + k)) o->data[nulls + k] = 1;
        else put_value(o, base, nulls + pad8(n) + (size_t)width * k, v, vec_index(v, from + k));
    }
    return nulls - base;
}

static void put_list(struct outbuf *o, size_t base, size_t slot, const struct vec *v, uint32_t i) {
    struct listref list = ((const struct listref *)v->data)[i];
    size_t block = zeroed(o, 8 * (size_t)v->nchild);
    uint32_t ref[2] = {(uint32_t)(block - base), list.len};
    memcpy(o->data + slot, ref, 8);
    for (uint32_t c = 0; c < v->nchild; c++) {
        uint64_t at = put_cells(o, base, &v->child[c], list.offset, list.len);
        memcpy(o->data + block + 8 * (size_t)c, &at, 8);
    }
}

static void put_row(struct outbuf *o, size_t base, size_t slot, const struct vec *v, uint32_t i) {
    uint32_t bytes = pad8(v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) bytes += slot_bytes(v->child[c].phys);
    size_t block = zeroed(o, bytes), at = block + pad8(v->nchild);
    uint64_t ref = block - base;
    memcpy(o->data + slot, &ref, 8);
    for (uint32_t c = 0; c < v->nchild; c++) {
        const struct vec *field = &v->child[c];
        if (vec_is_null(field, i)) o->data[block + c] = 1;
        else put_value(o, base, at, field, vec_index(field, i));
        at += slot_bytes(field->phys);
    }
}

static void put_string(struct outbuf *o, size_t base, size_t slot, const struct strview *s) {
    struct strview view = *s;
    if (s->len > STRVIEW_INLINE) {
        size_t at = zeroed(o, pad8(s->len));
        memcpy(o->data + at, s->ptr, s->len);
        view.words[1] = at - base;
    }
    memcpy(o->data + slot, &view, 16);
}

#define PUT_INT(type)                                                                                        \
    do {                                                                                                     \
        int64_t value = ((const type *)v->data)[i];                                                          \
        memcpy(o->data + slot, &value, 8);                                                                   \
    } while (0)

/* The value at index i of v's data, not NULL, into the slot. */
static void put_value(struct outbuf *o, size_t base, size_t slot, const struct vec *v, uint32_t i) {
    switch (v->phys) {
    case PHYS_BOOL: PUT_INT(uint8_t); return;
    case PHYS_I8: PUT_INT(int8_t); return;
    case PHYS_I16: PUT_INT(int16_t); return;
    case PHYS_I32: PUT_INT(int32_t); return;
    case PHYS_I64:
    case PHYS_F64: memcpy(o->data + slot, (const int64_t *)v->data + i, 8); return;
    case PHYS_F32: memcpy(o->data + slot, (const float *)v->data + i, 4); return;
    case PHYS_I128: memcpy(o->data + slot, (const __int128 *)v->data + i, 16); return;
    case PHYS_STR: put_string(o, base, slot, (const struct strview *)v->data + i); return;
    case PHYS_ARRAY:
    case PHYS_MAP: put_list(o, base, slot, v, i); return;
    case PHYS_ROW: put_row(o, base, slot, v, i); return;
    case PHYS_NONE:
    case PHYS_COUNT: return;
    }
}

uint32_t rowpack_put(const struct rowpack *p, struct vec *const *cols, uint32_t row, struct outbuf *out) {
    size_t base = zeroed(out, p->fixed_bytes);
    for (uint32_t c = 0; c < p->ncols; c++) {
        const struct vec *v = cols[c];
        uint32_t i = vec_index(v, row);
        if (v->phys == PHYS_NONE || !valid_bit(v->valid, i))
            out->data[base + 4 + c / 8] |= (char)(1 << (c % 8));
        else put_value(out, base, base + p->slots[c], v, i);
    }
    uint32_t bytes = (uint32_t)(out->len - base);
    memcpy(out->data + base, &bytes, 4);
    return bytes;
}

/* Adds what the long strings of a column take behind the slots of n rows. */
static void count_tails(const struct vec *v, const uint32_t *idx, uint32_t n, uint32_t *bytes) {
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = vec_index(v, idx[k]);
        const struct strview *s = (const struct strview *)v->data + i;
        if (valid_bit(v->valid, i) && s->len > STRVIEW_INLINE) bytes[k] += pad8(s->len);
    }
}

#define FILL_INT(type)                                                                                       \
    for (uint32_t k = 0; k < n; k++) {                                                                       \
        int64_t value = ((const type *)v->data)[vec_index(v, idx[k])];                                       \
        memcpy(rows[k] + slot, &value, 8);                                                                   \
    }                                                                                                        \
    return

#define FILL_BYTES(bytes)                                                                                    \
    for (uint32_t k = 0; k < n; k++)                                                                         \
        memcpy(rows[k] + slot, (const char *)v->data + (size_t)(bytes) * vec_index(v, idx[k]), bytes);       \
    return

/* The column's slots of n rows; tails[k] is where the next long string of row k goes. */
static void fill_slots(const struct vec *v, const uint32_t *idx, uint32_t n, uint32_t slot, char *const *rows,
                       uint32_t *tails) {
    switch (v->phys) {
    case PHYS_BOOL: FILL_INT(uint8_t);
    case PHYS_I8: FILL_INT(int8_t);
    case PHYS_I16: FILL_INT(int16_t);
    case PHYS_I32: FILL_INT(int32_t);
    case PHYS_F32: FILL_BYTES(4);
    case PHYS_I64:
    case PHYS_F64: FILL_BYTES(8);
    case PHYS_I128: FILL_BYTES(16);
    default: break;
    }
    for (uint32_t k = 0; k < n; k++) {
        uint32_t i = vec_index(v, idx[k]);
        struct strview view = ((const struct strview *)v->data)[i];
        if (!valid_bit(v->valid, i)) continue;
        if (view.len > STRVIEW_INLINE) {
            memcpy(rows[k] + tails[k], view.ptr, view.len);
            view.words[1] = tails[k];
            tails[k] += pad8(view.len);
        }
        memcpy(rows[k] + slot, &view, 16);
    }
}

static void put_some_rows(const struct rowpack *p, struct vec *const *cols, const uint32_t *idx, uint32_t n,
                          struct outbuf *out) {
    uint32_t bytes[ROWS_AT_ONCE], tails[ROWS_AT_ONCE];
    char *rows[ROWS_AT_ONCE];
    size_t total = 0;
    for (uint32_t k = 0; k < n; k++) {
        bytes[k] = p->fixed_bytes;
        tails[k] = p->fixed_bytes;
    }
    for (uint32_t c = 0; c < p->ncols; c++) {
        if (cols[c]->phys == PHYS_STR) count_tails(cols[c], idx, n, bytes);
    }
    for (uint32_t k = 0; k < n; k++) total += bytes[k];
    size_t base = zeroed(out, total); /* may move the data */
    char *at = out->data + base;
    for (uint32_t k = 0; k < n; at += bytes[k++]) {
        rows[k] = at;
        memcpy(at, &bytes[k], 4);
    }
    for (uint32_t c = 0; c < p->ncols; c++) {
        const struct vec *v = cols[c];
        if (v->phys == PHYS_NONE || v->valid) {
            for (uint32_t k = 0; k < n; k++) {
                if (v->phys != PHYS_NONE && !vec_is_null(v, idx[k])) continue;
                rows[k][4 + c / 8] |= (char)(1 << (c % 8));
            }
        }
        if (v->phys == PHYS_NONE) continue;
        fill_slots(v, idx, n, p->slots[c], rows, tails);
    }
}

void rowpack_put_rows(const struct rowpack *p, struct vec *const *cols, const uint32_t *idx, uint32_t n,
                      struct outbuf *out) {
    if (p->nested) {
        for (uint32_t k = 0; k < n; k++) rowpack_put(p, cols, idx[k], out);
        return;
    }
    for (uint32_t k = 0; k < n; k += ROWS_AT_ONCE)
        put_some_rows(p, cols, idx + k, n - k < ROWS_AT_ONCE ? n - k : ROWS_AT_ONCE, out);
}

/* Where a value lies: its row's start and its slot; slot NULL = NULL. */
struct cell {
    const char *base;
    const char *slot;
};

static void get_values(struct vec *v, const struct cell *cells, uint32_t n, struct arena *a);

static void get_lists(struct vec *v, const struct cell *cells, uint32_t n, struct arena *a) {
    struct listref *lists = v->data;
    uint32_t entries = 0;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t ref[2] = {0, 0};
        if (cells[k].slot) memcpy(ref, cells[k].slot, 8);
        lists[k] = (struct listref){entries, ref[1]};
        entries += ref[1];
    }
    struct cell *inner = arena_alloc_raw(a, sizeof *inner * entries);
    for (uint32_t c = 0; c < v->nchild; c++) {
        struct vec *child = &v->child[c];
        uint32_t width = slot_bytes(child->phys), m = 0;
        for (uint32_t k = 0; k < n; k++) {
            if (!lists[k].len) continue;
            uint32_t block;
            uint64_t at;
            memcpy(&block, cells[k].slot, 4);
            memcpy(&at, cells[k].base + block + 8 * (size_t)c, 8);
            const char *nulls = cells[k].base + at, *slots = nulls + pad8(lists[k].len);
            for (uint32_t e = 0; e < lists[k].len; e++) {
                inner[m++] = (struct cell){cells[k].base, nulls[e] ? NULL : slots + (size_t)width * e};
            }
        }
        vec_make_flat(child, a, child->type, entries);
        get_values(child, inner, entries, a);
    }
}

static void get_rows(struct vec *v, const struct cell *cells, uint32_t n, struct arena *a) {
    struct cell *inner = arena_alloc_raw(a, sizeof *inner * n);
    uint32_t at = pad8(v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) {
        for (uint32_t k = 0; k < n; k++) {
            inner[k] = (struct cell){cells[k].base, NULL};
            if (!cells[k].slot) continue;
            uint64_t ref;
            memcpy(&ref, cells[k].slot, 8);
            const char *block = cells[k].base + ref;
            if (!block[c]) inner[k].slot = block + at;
        }
        get_values(&v->child[c], inner, n, a);
        at += slot_bytes(v->child[c].phys);
    }
}

static void get_strings(struct strview *out, const struct cell *cells, uint32_t n) {
    for (uint32_t k = 0; k < n; k++) {
        out[k] = (struct strview){0};
        if (!cells[k].slot) continue;
        memcpy(&out[k], cells[k].slot, 16);
        if (out[k].len > STRVIEW_INLINE) out[k].ptr = cells[k].base + out[k].words[1];
    }
}

#define GET(type, wide)                                                                                      \
    do {                                                                                                     \
        type *to = v->data;                                                                                  \
        for (uint32_t k = 0; k < n; k++) {                                                                   \
            wide value = 0;                                                                                  \
            if (cells[k].slot) memcpy(&value, cells[k].slot, sizeof value);                                  \
            to[k] = (type)value;                                                                             \
        }                                                                                                    \
    } while (0)

/* Fills a flat vector of n rows. */
static void get_values(struct vec *v, const struct cell *cells, uint32_t n, struct arena *a) {
    for (uint32_t k = 0; k < n; k++) {
        if (!cells[k].slot) valid_clear(vec_make_valid(v, a), k);
    }
    switch (v->phys) {
    case PHYS_BOOL: GET(uint8_t, int64_t); return;
    case PHYS_I8: GET(int8_t, int64_t); return;
    case PHYS_I16: GET(int16_t, int64_t); return;
    case PHYS_I32: GET(int32_t, int64_t); return;
    case PHYS_I64: GET(int64_t, int64_t); return;
    case PHYS_F32: GET(float, float); return;
    case PHYS_F64: GET(double, double); return;
    case PHYS_I128: GET(__int128, __int128); return;
    case PHYS_STR: get_strings(v->data, cells, n); return;
    case PHYS_ARRAY:
    case PHYS_MAP: get_lists(v, cells, n, a); return;
    case PHYS_ROW: get_rows(v, cells, n, a); return;
    case PHYS_NONE:
    case PHYS_COUNT: return;
    }
}

void rowpack_get(const struct rowpack *p, const char *const *rows, uint32_t n, struct arena *a,
                 struct vec **cols) {
    struct cell *cells = arena_alloc_raw(a, sizeof *cells * n);
    for (uint32_t c = 0; c < p->ncols; c++) {
        if (type_phys(p->types[c]) == PHYS_NONE) {
            cols[c] = vec_all_null(a, p->types[c], n);
            continue;
        }
        for (uint32_t k = 0; k < n; k++) {
            bool null = !rows[k] || rowpack_null(rows[k], c);
            cells[k] = (struct cell){rows[k], null ? NULL : rows[k] + p->slots[c]};
        }
        cols[c] = ARENA_NEW(a, struct vec);
        vec_make_flat(cols[c], a, p->types[c], n);
        get_values(cols[c], cells, n, a);
    }
}

/* ---- rows from outside ---- */

static bool value_fits(const struct type *t, const char *row, uint32_t bytes, size_t slot);

/* [at, at + n) lies in the row. */
static bool within(uint64_t at, uint64_t n, uint32_t bytes) {
    return at <= bytes && n <= bytes - at;
}

static bool list_fits(const struct type *t, const char *row, uint32_t bytes, size_t slot) {
    uint32_t ref[2];
    memcpy(ref, row + slot, 8);
    if (!within(ref[0], 8 * (uint64_t)t->nfields, bytes)) return false;
    for (uint32_t c = 0; c < t->nfields; c++) {
        const struct type *child = t->fields[c].type;
        uint64_t at, width = slot_bytes(type_phys(child)), slots = ((uint64_t)ref[1] + 7) & ~UINT64_C(7);
        memcpy(&at, row + ref[0] + 8 * (size_t)c, 8);
        if (!within(at, slots + width * ref[1], bytes)) return false;
        for (uint32_t k = 0; k < ref[1]; k++) {
            if (!row[at + k] && !value_fits(child, row, bytes, at + slots + width * k)) return false;
        }
    }
    return true;
}

static bool fields_fit(const struct type *t, const char *row, uint32_t bytes, size_t slot) {
    uint64_t ref, size = pad8(t->nfields), at = size;
    memcpy(&ref, row + slot, 8);
    for (uint32_t c = 0; c < t->nfields; c++) size += slot_bytes(type_phys(t->fields[c].type));
    if (!within(ref, size, bytes)) return false;
    for (uint32_t c = 0; c < t->nfields; c++) {
        if (!row[ref + c] && !value_fits(t->fields[c].type, row, bytes, ref + at)) return false;
        at += slot_bytes(type_phys(t->fields[c].type));
    }
    return true;
}

/* A value that is not NULL points only to what lies in its row. */
static bool value_fits(const struct type *t, const char *row, uint32_t bytes, size_t slot) {
    struct strview s;
    switch (type_phys(t)) {
    case PHYS_BOOL: return (row[slot] & ~1) == 0;
    case PHYS_STR:
        memcpy(&s, row + slot, sizeof s);
        return s.len <= STRVIEW_INLINE || within(s.words[1], s.len, bytes);
    case PHYS_ARRAY:
    case PHYS_MAP: return list_fits(t, row, bytes, slot);
    case PHYS_ROW: return fields_fit(t, row, bytes, slot);
    default: return true;
    }
}

bool rowpack_fits(const struct rowpack *p, const char *row, size_t left_bytes) {
    if (left_bytes < p->fixed_bytes) return false;
    uint32_t bytes = rowpack_bytes(row);
    if (bytes < p->fixed_bytes || bytes > left_bytes || bytes % 8 != 0) return false;
    for (uint32_t c = 0; c < p->ncols; c++) {
        if (!rowpack_null(row, c) && !value_fits(p->types[c], row, bytes, p->slots[c])) return false;
    }
    return true;
}
