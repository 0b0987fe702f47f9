/* SPDX-License-Identifier: Apache-2.0
 *
 * The vector: one column of a batch. Three forms: FLAT (row i is data[i]), CONST (every row is
 * data[0]) and DICT (row i is data[dict[i]]). Validity is one bit a row (a DICT's bits belong to the
 * dictionary's entries, a CONST has bit 0); `valid == NULL` means no NULLs.
 *
 * A vector owns nothing: data, validity and string bytes belong to whoever made the batch and live
 * until that operator is called again (docs/architecture.md, "Who owns a batch"). Consumers that keep
 * anything copy it.
 *
 * Strings are 16-byte views: up to 12 bytes inline, else a 4-byte prefix and a pointer. Unused inline
 * bytes are zero, so two views of short strings are equal iff their 16 bytes are.
 */
#ifndef WEIR_EXEC_VEC_H
#define WEIR_EXEC_VEC_H

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "planner/type.h"

#define BATCH_MAX_ROWS 2048 /* weir.batch.rows may be less, never more */
#define STRVIEW_INLINE 12
#define VALID_WORDS(rows) (((rows) + 63) / 64)

struct strview {
    union {
        struct {
            uint32_t len;    /* bytes */
            char prefix[4];  /* first bytes of a long string */
            const char *ptr; /* all bytes of a long string */
        };
        struct {
            uint32_t inlined_len;         /* the same as len */
            char inlined[STRVIEW_INLINE]; /* a short string, zero-padded */
        };
        uint64_t words[2]; /* for comparing and hashing */
    };
};
_Static_assert(sizeof(struct strview) == 16, "a string view is two words");

/* One ARRAY or MAP value: a run of entries in the child vectors. */
struct listref {
    uint32_t offset; /* first entry in the child */
    uint32_t len;    /* entries */
};

enum vec_form { VEC_FLAT, VEC_CONST, VEC_DICT };

struct vec {
    const struct type *type;
    enum phys phys;
    enum vec_form form;
    uint32_t rows;        /* rows of the batch it belongs to */
    void *data;           /* phys_bytes(phys) each; NULL for ROW and NULL types */
    uint64_t *valid;      /* bit set = not NULL; NULL = all valid */
    const uint32_t *dict; /* DICT only: index of each row into data */
    struct vec *child;    /* ARRAY 1, MAP 2 (keys, values): FLAT, own row count; ROW: nfields, same rows */
    uint32_t nchild;
};

static inline struct strview strview_of(const char *p, size_t len) {
    struct strview v = {.len = (uint32_t)len};
    if (len <= STRVIEW_INLINE) {
        memset(v.inlined, 0, sizeof v.inlined);
        if (len) memcpy(v.inlined, p, len);
    } else {
        memcpy(v.prefix, p, 4);
        v.ptr = p;
    }
    return v;
}
/* The view must outlive the slice when the string is inline. */
static inline const char *strview_ptr(const struct strview *v) {
    return v->len <= STRVIEW_INLINE ? v->inlined : v->ptr;
}
static inline struct str strview_str(const struct strview *v) {
    return (struct str){strview_ptr(v), v->len};
}
static inline bool strview_eq(const struct strview *a, const struct strview *b) {
    if (a->words[0] != b->words[0]) return false;
    if (a->words[1] == b->words[1]) return true;
    return a->len > STRVIEW_INLINE && memcmp(a->ptr, b->ptr, a->len) == 0;
}
/* By bytes, which for UTF-8 is by code point: <0, 0, >0. */
static inline int strview_cmp(const struct strview *a, const struct strview *b) {
    uint32_t n = a->len < b->len ? a->len : b->len;
    int c = memcmp(strview_ptr(a), strview_ptr(b), n);
    return c ? c : (a->len > b->len) - (a->len < b->len);
}

/* The index into data/valid of a row, in any form. */
static inline uint32_t vec_index(const struct vec *v, uint32_t row) {
    return v->form == VEC_FLAT ? row : v->form == VEC_CONST ? 0 : v->dict[row];
}
static inline bool valid_bit(const uint64_t *valid, uint32_t i) {
    return !valid || (valid[i >> 6] >> (i & 63) & 1);
}
static inline bool vec_is_null(const struct vec *v, uint32_t row) {
    return !valid_bit(v->valid, vec_index(v, row));
}
/* The integer at an index into data, whatever its width (BOOLEAN is 0 or 1); and storing one, cut to the
 * width. */
static inline int64_t vec_int(const struct vec *v, uint32_t i) {
    switch (v->phys) {
    case PHYS_BOOL: return ((const uint8_t *)v->data)[i];
    case PHYS_I8: return ((const int8_t *)v->data)[i];
    case PHYS_I16: return ((const int16_t *)v->data)[i];
    case PHYS_I32: return ((const int32_t *)v->data)[i];
    default: return ((const int64_t *)v->data)[i];
    }
}
static inline void vec_put_int(struct vec *v, uint32_t i, int64_t x) {
    switch (v->phys) {
    case PHYS_BOOL: ((uint8_t *)v->data)[i] = x != 0; break;
    case PHYS_I8: ((int8_t *)v->data)[i] = (int8_t)x; break;
    case PHYS_I16: ((int16_t *)v->data)[i] = (int16_t)x; break;
    case PHYS_I32: ((int32_t *)v->data)[i] = (int32_t)x; break;
    default: ((int64_t *)v->data)[i] = x; break;
    }
}
/* The same, of a wide decimal too. */
static inline void vec_put_int128(struct vec *v, uint32_t i, __int128 x) {
    if (v->phys == PHYS_I128) ((__int128 *)v->data)[i] = x;
    else vec_put_int(v, i, (int64_t)x);
}
static inline void valid_clear(uint64_t *valid, uint32_t i) {
    valid[i >> 6] &= ~((uint64_t)1 << (i & 63));
}
static inline void valid_set(uint64_t *valid, uint32_t i) {
    valid[i >> 6] |= (uint64_t)1 << (i & 63);
}

/* Which rows of a batch take part: all of 0..count-1 when idx is NULL, else idx[0..count-1], rising. */
struct sel {
    const uint32_t *idx;
    uint32_t count;
};
#define SEL_FOREACH(sel, k, row)                                                                             \
    for (uint32_t k = 0, row; k < (sel).count && (row = (sel).idx ? (sel).idx[k] : k, 1); k++)

/* A flat vector with room for `rows` values of the type (children too for ROW; ARRAY and MAP get
 * their child vectors with no entries: vec_child_reserve). Data is uninitialised, valid NULL. */
void vec_make_flat(struct vec *v, struct arena *a, const struct type *t, uint32_t rows);
/* Gives the vector validity words, all set, if it has none. */
uint64_t *vec_make_valid(struct vec *v, struct arena *a);
/* (Re)allocates the child vectors of an ARRAY or MAP for `entries` entries, keeping the old ones. */
void vec_child_reserve(struct vec *v, struct arena *a, uint32_t entries);
/* The same values as a FLAT vector (itself when flat already; nested types included). */
struct vec *vec_flatten(struct vec *v, struct arena *a);
/* Rows idx[0..n-1] of v gathered into a new flat vector; strings and nested values are not copied. */
struct vec *vec_gather(const struct vec *v, const uint32_t *idx, uint32_t n, struct arena *a);
/* Row to[k] of the flat vector `out` becomes row from[k] of v, for n rows; NULL arrays mean k itself.
 * Strings are not copied; entries of lists are appended to out's children. */
void vec_put(struct vec *out, const uint32_t *to, const struct vec *v, const uint32_t *from, uint32_t n,
             struct arena *a);
/* Deep copy of the selected rows, without gaps, into memory of the arena. */
struct vec *vec_copy(const struct vec *v, struct sel sel, struct arena *a);
/* NULLs in all rows. */
struct vec *vec_all_null(struct arena *a, const struct type *t, uint32_t rows);

#endif
