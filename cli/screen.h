/* SPDX-License-Identifier: Apache-2.0
 *
 * The terminal that the program talks to: how large it is and what it can show.
 */
#ifndef WEIR_CLI_SCREEN_H
#define WEIR_CLI_SCREEN_H

#include <stdbool.h>

struct screen {
    bool terminal; /* standard output is one */
    bool moves;    /* the cursor can be moved (TERM is not dumb) */
    bool colour;   /* terminal, TERM not dumb, no NO_COLOR */
    bool unicode;  /* the locale's character set is UTF-8 */
};

/* Looks at the environment and sets the locale for characters; call it once, before threads start. */
struct screen screen_init(void);
/* Columns and lines at present; 80 by 24 if nobody knows. */
void screen_size(unsigned *columns, unsigned *lines);

/* The codes for a look, "" where colours are not wanted. */
enum screen_look { LOOK_PLAIN, LOOK_BOLD, LOOK_DIM, LOOK_ERROR, LOOK_NOTE, LOOK_PROMPT };
const char *screen_look(const struct screen *s, enum screen_look look);

#endif
