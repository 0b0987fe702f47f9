/* SPDX-License-Identifier: Apache-2.0
 *
 * What makes tables of strings: used by SHOW (show.c), the lists for programs (list.c) and completion
 * (engine/complete.c). Everything lives in the arena given.
 */
#ifndef WEIR_PLANNER_SHOW_H
#define WEIR_PLANNER_SHOW_H

#include "planner/planner.h"

struct rows {
    struct arena *a;
    struct string_table *t;
};
/* An empty table with these columns; headers stay where they are. */
struct rows rows_start(struct arena *a, struct string_table *t, const char *const *headers, uint32_t n);
/* Copies as many cells as there are columns. */
void rows_add(struct rows *r, const struct str *cells);

/* For qsort: rows by the bytes of their first cell. */
int show_by_name(const void *a, const void *b);

/* "METADATA FROM 'key' VIRTUAL", "AS a + b"; NULL for other columns. */
struct str show_extras(struct arena *a, const struct catalog_entry *e, const struct table_column *c);

#endif
