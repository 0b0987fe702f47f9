/* SPDX-License-Identifier: Apache-2.0
 *
 * Names in comments and strings count for nothing: strcpy(a, b), good_dead().
 */
#include "base/good.h"

#define PASTED(name) pasted_##name()

static const char *const table[] = {"sprintf(", "good_dead();"};

int good_used(struct good *g) {
    return g->call(table[0][0]) + PASTED(one);
}

int good_dead(struct good *g) {
    return good_used(g);
}
