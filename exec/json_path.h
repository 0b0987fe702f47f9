/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON read in place: a checking scanner, SQL/JSON paths over the text, and rewriting in the form that
 * Flink gives (keys sorted, the last of equal keys wins, numbers as Java's BigDecimal prints them). No
 * tree is built: a value is the slice of text that it is written in. What follows the first value is
 * ignored, as Flink does. Nesting is limited to JSON_MAX_DEPTH.
 *
 * Paths: [lax|strict] $ then .name, ['name'], [3], [-1], and those that give a list: [*], .*, [1,2], [1:3],
 * ..name. Filters [?(..)] and functions are refused by name. Without a mode a path is strict.
 */
#ifndef WEIR_EXEC_JSON_PATH_H
#define WEIR_EXEC_JSON_PATH_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "exec/text.h"

#define JSON_MAX_DEPTH 1000

enum json_kind {
    JSON_INVALID,
    JSON_NULL,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

/* A value where it stands; strings with their quotes. */
struct json {
    enum json_kind kind;
    struct str text;
};

/* The first value of the text, checked to its end; kind JSON_INVALID if it is not JSON. */
struct json json_scan(struct str s);
/* The text that a JSON_STRING stands for, in `a` unless it has no escapes. */
struct str json_unescape(struct json v, struct arena *a);
/* A number as BigDecimal prints it ("1E+3", "1.50"). */
struct str json_number_text(struct json v, struct arena *a);

/* ---- output ---- */

/* With quotes and escapes. */
void json_put_string(struct text *o, struct str s);
/* A value in canonical form. */
void json_put_value(struct text *o, struct json v);

/* ---- paths ---- */

struct json_path; /* json_path.c */

enum status json_path_compile(struct str text, struct arena *a, const struct json_path **out,
                              struct span span, struct error *e);
bool json_path_lax(const struct json_path *p);
/* True for paths that give one value; others give a list. */
bool json_path_definite(const struct json_path *p);
/* Evaluates a definite path: false if there is nothing there. The value is then in *out. */
bool json_path_get(const struct json_path *p, struct json root, struct arena *a, struct json *out);
/* Evaluates any path and writes the values found as a JSON array; returns their number. */
size_t json_path_list(const struct json_path *p, struct json root, struct text *o);

#endif
