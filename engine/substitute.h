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
/* On error *out is the text as it was, so that the error's span fits it. */
enum status definitions_substitute(const struct definitions *d, struct str text, struct arena *a,
                                   struct str *out, struct error *e);

#endif
