/* SPDX-License-Identifier: Apache-2.0
 *
 * Rows in Apache Arrow's C data interface (https://arrow.apache.org/docs/format/CDataInterface.html), to and
 * from vectors. Out: the selected rows of a batch are copied into arrays that own their memory. In: a batch
 * of any layout that Arrow allows for the columns' types is read in place, some rows at a time, and only the
 * columns that are asked for.
 *
 * Arrays from outside are checked for what can be seen without reading all of them (arrow_check); offsets and
 * dictionary indexes are checked as they are read. The sizes of buffers cannot be known here, and strings are
 * taken for UTF-8 as Arrow promises.
 */
#ifndef WEIR_FORMATS_ARROW_H
#define WEIR_FORMATS_ARROW_H

#include "base/arena.h"
#include "base/error.h"
#include "exec/batch.h"
#include "planner/registry.h"

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;             /* type, as a code */
    const char *name;               /* may be NULL */
    const char *metadata;           /* binary; may be NULL */
    int64_t flags;                  /* ARROW_FLAG_ */
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary; /* type of the values; NULL without one */
    void (*release)(struct ArrowSchema *);
    void *private_data;             /* of the producer */
};

struct ArrowArray {
    int64_t length;                /* rows */
    int64_t null_count;            /* -1 = not known */
    int64_t offset;                /* rows at the front that do not count */
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;          /* validity first */
    struct ArrowArray **children;
    struct ArrowArray *dictionary; /* values; NULL without one */
    void (*release)(struct ArrowArray *);
    void *private_data;            /* of the producer */
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data; /* of the producer */
};
#endif

/* ---- out ---- */

/* The schema of rows with these columns, as a struct. `zone` names the zone of TIMESTAMP_LTZ. `change`: name
 * of a first column with the kind of each change, or NULL. */
void arrow_schema(const struct schema *columns, const char *zone, const char *change,
                  struct ArrowSchema *out);
/* A copy of the selected rows; `change`: with that first column. ST_ERROR: strings of more than 2 GiB. */
enum status arrow_array(const struct schema *columns, const struct batch *b, bool change,
                        struct ArrowArray *out, struct error *e);

/* ---- in ---- */

struct arrow_layout;

/* How batches with this schema give the wanted columns: by name; what they lack is NULL. Everything lives in
 * `a`, and `columns` must live as long; the schema is not needed afterwards. ERR_TYPE_MISMATCH names a column
 * that does not fit. */
enum status arrow_layout(const struct ArrowSchema *schema, const struct schema *columns, struct arena *a,
                         const struct arrow_layout **out, struct error *e);
/* Is the array what its layout says: counts of buffers and children, sizes that are possible? *bytes is
 * about how much the rows take (dictionaries left out). */
enum status arrow_check(const struct arrow_layout *layout, const struct ArrowArray *array, uint64_t *bytes,
                        struct error *e);

/* The values of a column's dictionary as a vector. */
struct arrow_dictionary {
    struct arena own;      /* of what follows */
    struct vec *values;    /* NULL = not made yet */
    struct vec *with_null; /* the same, a NULL behind them; NULL = not made yet */
};

/* Reads arrays of a layout one after another. */
struct arrow_reader {
    const struct arrow_layout *layout;
    const struct ArrowArray *array;        /* checked; NULL = none */
    struct arrow_dictionary *dictionaries; /* by column */
};

void arrow_reader_open(struct arrow_reader *r, const struct arrow_layout *layout);
/* Goes on to another array, of which the caller stays the owner. The one before must not be released yet:
 * dictionaries that both have in the same memory are not made anew. NULL: none. */
void arrow_reader_begin(struct arrow_reader *r, const struct ArrowArray *array);
void arrow_reader_close(struct arrow_reader *r);
/* Rows from .. from + rows - 1 of one column (by its number in `columns`), rows <= BATCH_MAX_ROWS. Values
 * point into the array and the reader where they can. */
enum status arrow_column(struct arrow_reader *r, uint32_t column, int64_t from, uint32_t rows,
                         struct arena *a, struct vec **out, struct error *e);

#endif
