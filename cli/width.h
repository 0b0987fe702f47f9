/* SPDX-License-Identifier: Apache-2.0
 *
 * How texts look on a terminal: how many columns a character takes (wide and combining ones), and what is put
 * in place of characters that would do something to the terminal or that it cannot show. Everything that
 * measures or prints text of users goes through width_next(), so that what is measured is what is printed.
 */
#ifndef WEIR_CLI_WIDTH_H
#define WEIR_CLI_WIDTH_H

#include <stdbool.h>

#include "base/serial.h"
#include "base/str.h"

/* One character as it is printed. */
struct width_piece {
    char text[12];  /* its bytes, or an escape: \n, \x1B, \u202E */
    unsigned len;   /* bytes of text */
    unsigned width; /* columns; 0 = joins the character before it */
};

/* The piece at s[*at], and moves *at behind it. `unicode` false: whatever is not ASCII becomes an escape. */
struct width_piece width_next(struct str s, size_t *at, bool unicode);
/* Columns of the whole text. */
unsigned width_of(struct str s, bool unicode);
/* Puts the text, cut to `max` columns with an ellipsis if it is longer; gives the columns it takes. */
unsigned width_put(struct outbuf *o, struct str s, unsigned max, bool unicode);
/* n blanks. */
void width_blanks(struct outbuf *o, unsigned n);

#endif
