/* SPDX-License-Identifier: Apache-2.0
 *
 * ${NAME} in a text: replaced by a definition (-D NAME=value) or the environment variable of that name before
 * the text is parsed. An unset one is an error with its place. `$${` stands for a literal `${`.
 */
#ifndef WEIR_ENGINE_SUBSTITUTE_H
#define WEIR_ENGINE_SUBSTITUTE_H

#include "base/arena.h"
#include "base/error.h"

struct definition {
    struct str name, value;
};
struct definitions {
    struct arena arena;
    struct definition *items;
    size_t count;
};

void definitions_add(struct definitions *d, struct str name, struct str value);
void definitions_free(struct definitions *d);
/* Where text was replaced, so that places can be told in both texts. */
struct substitution {
    size_t from, from_end; /* in the text before */
    size_t to, to_end;     /* in the text after */
};
struct substitutions {
    struct substitution *items;
    size_t count;
};
/* The place in the text after, and back; a place within a replaced piece is the piece's end. */
size_t substitutions_forth(const struct substitutions *map, size_t at);
size_t substitutions_back(const struct substitutions *map, size_t at);

/* On error *out is the text as it was, so that the error's span fits it. `map` may be NULL; it is in the
 * arena. */
enum status definitions_substitute(const struct definitions *d, struct str text, struct arena *a,
                                   struct str *out, struct substitutions *map, struct error *e);

#endif
