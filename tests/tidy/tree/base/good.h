/* SPDX-License-Identifier: Apache-2.0
 *
 * Nothing to say here: every check passes.
 */
#ifndef WEIR_BASE_GOOD_H
#define WEIR_BASE_GOOD_H

struct good {
    int (*call)(int x); /* not a function declared */
};

int good_used(struct good *g);
int good_dead(struct good *g);
int good_never(void);
/* Found through a pasted name. */
int pasted_one(void);

#endif
