/* SPDX-License-Identifier: Apache-2.0
 *
 * Regular expressions for kernels: PCRE2 with its JIT, set up so that patterns mean what they mean in Java
 * as far as PCRE2 allows (constructs that differ are refused, never misread), with limits so that no
 * pattern hangs. A regex_cache holds the compiled patterns of one kernel; constants stay, others are
 * replaced in turn.
 */
#ifndef WEIR_EXEC_REGEX_H
#define WEIR_EXEC_REGEX_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

struct regex;       /* a compiled pattern */
struct regex_cache; /* regex.c */

struct regex_match {
    size_t from, to; /* bytes of the whole match */
};

struct regex_cache *regex_cache_new(struct arena *a);
void regex_cache_free(struct regex_cache *c);

/* Compiles the constant pattern of a call: an error if it is not one. `whole`: only whole texts match. */
enum status regex_constant(struct regex_cache *c, struct str pattern, bool whole, struct span span,
                           struct error *e);
/* The constant, or `pattern` compiled now or before; NULL: it is not valid. */
struct regex *regex_get(struct regex_cache *c, struct str pattern, bool whole);

/* Looks for a match at or after byte `from`: 1 found, 0 not, -1 error set (a limit was reached). */
int regex_find(struct regex_cache *c, struct regex *r, struct str s, size_t from, struct regex_match *m,
               struct error *e);
/* Where to look after that match, as Java's find(): false at the end of the text. */
bool regex_next(struct str s, const struct regex_match *m, size_t *from);
/* Group `n` of the last match: false when it took no part or there is none. Group 0 is the match. */
bool regex_group(const struct regex *r, struct str s, int64_t n, struct str *out);
/* Number of groups in the pattern. */
uint32_t regex_groups(const struct regex *r);

#endif
