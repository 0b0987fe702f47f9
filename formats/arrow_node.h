/* SPDX-License-Identifier: Apache-2.0
 *
 * Between arrow_in.c, which compiles a schema into a tree of nodes, and arrow_load.c, which has the loaders
 * that nodes point to.
 */
#ifndef WEIR_FORMATS_ARROW_NODE_H
#define WEIR_FORMATS_ARROW_NODE_H

#include "formats/arrow.h"

struct arrow_node;

/* Makes rows from .. from + n - 1 of the array, counted without its offset, into v. */
typedef enum status arrow_loader(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                                 uint32_t n, struct arena *a, struct vec *v, struct error *e);

struct arrow_node {
    const struct type *type;
    struct str column;               /* for messages */
    arrow_loader *load;
    uint32_t buffers;                /* what the array must have */
    uint32_t nchildren;              /* of `child` */
    const struct arrow_node *child;  /* 1 for lists, 2 (key, value) for maps, one a field for structs */
    const int32_t *child_of;         /* structs: the array's child for each field; -1 = it has none */
    uint32_t array_children;         /* what the array must have */
    const struct arrow_node *values; /* of a dictionary */
    char index;                      /* of a dictionary: format of its indexes */
    uint32_t width;                  /* bytes of a fixed-width value or index, entries of a fixed-size list */
    int64_t multiply, divide;        /* times: ticks there to ticks here */
    int32_t scale;                   /* decimals: there */
};

/* The loaders; what they need of the node is set up in arrow_in.c. */
arrow_loader arrow_load_null, arrow_load_fixed, arrow_load_bool;
arrow_loader arrow_load_i8, arrow_load_u8, arrow_load_i16, arrow_load_u16;
arrow_loader arrow_load_i32, arrow_load_u32, arrow_load_i64, arrow_load_u64;
arrow_loader arrow_load_f32, arrow_load_times, arrow_load_decimal;
arrow_loader arrow_load_strings, arrow_load_large_strings, arrow_load_views, arrow_load_fixed_bytes;
arrow_loader arrow_load_lists, arrow_load_large_lists, arrow_load_fixed_lists, arrow_load_struct;
/* A dictionary inside a list or struct, made flat at once. */
arrow_loader arrow_load_dictionary;

/* Sets what all vectors have. */
static inline void arrow_begin(const struct arrow_node *node, uint32_t n, struct vec *v) {
    *v = (struct vec){.type = node->type, .phys = type_phys(node->type), .form = VEC_FLAT, .rows = n};
}
/* Validity words of the rows; NULL when none is NULL. */
uint64_t *arrow_validity(const struct ArrowArray *array, int64_t from, uint32_t n, struct arena *a);
/* Offsets that go back, or beyond their buffer. */
enum status arrow_bad_offsets(const struct arrow_node *node, struct error *e);

/* The values at a dictionary array's indexes: a DICT vector of `d`'s values, which are made in `da` if they
 * are not there yet, or a flat one. */
enum status arrow_load_indexes(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                               uint32_t n, struct arrow_dictionary *d, struct arena *da, struct arena *a,
                               struct vec *v, struct error *e);

#endif
