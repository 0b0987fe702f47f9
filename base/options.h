/* SPDX-License-Identifier: Apache-2.0
 *
 * Options: one table of descriptions for each connector, format or the session; keys and values are
 * checked where they are given, with the nearest key as a suggestion. A table ends with key NULL.
 * A '#' in a key stands for one or more characters (fields.#.kind, properties.#).
 */
#ifndef WEIR_BASE_OPTIONS_H
#define WEIR_BASE_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

enum option_type {
    OPT_STRING,
    OPT_BOOL,     /* true, false */
    OPT_INT,      /* within min..max */
    OPT_DOUBLE,
    OPT_DURATION, /* "10 s", "500ms", "1 min", "2h", "1 d"; microseconds */
    OPT_BYTES,    /* "128 mb", "64kb", "1g", plain bytes */
    OPT_ENUM,     /* one of `values`, ASCII case ignored */
    OPT_CHAR,     /* one character; \t and \uXXXX escapes taken */
};

struct option_def {
    const char *key;
    enum option_type type;
    const char *def;      /* default as text; NULL = none */
    const char *values;   /* OPT_ENUM: "a|b|c" */
    int64_t min, max;     /* OPT_INT, OPT_BYTES; both 0 = any */
    bool required;
    const char *help;     /* one line */
};

struct option {
    struct str key;
    struct str value;
    struct span key_span;   /* in the statement; len 0 = from elsewhere */
    struct span value_span;
};

struct options {
    uint32_t count;
    struct option *items;
};

/* The value given for the key, or NULL. */
const struct option *options_find(const struct options *o, const char *key);
/* Checks every item that starts with `prefix` (which is cut off before the look-up; "" = all) against the
 * table, and that the required ones are there. `what` names the owner: "connector 'kafka'". */
enum status options_check(const struct options *o, const char *prefix, const struct option_def *defs,
                          const char *what, struct error *e);
/* The description of a key, or NULL. */
const struct option_def *option_def_find(const struct option_def *defs, struct str key);

/* Typed look-ups: the given value or the table's default; values were checked before. A missing option
 * without default gives an empty string, false or 0. `prefix` + key is what is looked for. */
struct str option_str(const struct options *o, const char *prefix, const struct option_def *defs,
                      const char *key);
bool option_bool(const struct options *o, const char *prefix, const struct option_def *defs, const char *key);
int64_t option_int(const struct options *o, const char *prefix, const struct option_def *defs,
                   const char *key);
/* OPT_DURATION in microseconds, OPT_BYTES in bytes. */
int64_t option_amount(const struct options *o, const char *prefix, const struct option_def *defs,
                      const char *key);
bool option_given(const struct options *o, const char *prefix, const char *key);

/* Parses one value; false if it does not fit the type. */
bool option_parse_amount(enum option_type type, struct str text, int64_t *out);
bool option_parse_int(struct str text, int64_t *out);

#endif
