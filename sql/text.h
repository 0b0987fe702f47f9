/* SPDX-License-Identifier: Apache-2.0
 *
 * Constants of the SQL text: taking quotes and escapes off strings and names. Inside sql/ only.
 */
#ifndef WEIR_SQL_TEXT_H
#define WEIR_SQL_TEXT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

/* 'it''s', N'..', U&'\00e9', E'a\n': the value. `at` is the token's place. Slices `token` when nothing is
 * escaped. */
enum status text_unquote(struct arena *a, struct str token, struct span at, struct str *out,
                         struct error *e) MUST_CHECK;
/* `a``b`: the name. */
struct str text_unquote_name(struct arena *a, struct str token);

#endif
