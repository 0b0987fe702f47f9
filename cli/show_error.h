/* SPDX-License-Identifier: Apache-2.0
 *
 * An error of the library as people read it: the sentence, the line it is about with a caret under the word,
 * the hint.
 */
#ifndef WEIR_CLI_SHOW_ERROR_H
#define WEIR_CLI_SHOW_ERROR_H

#include <stdio.h>

#include <weir.h>

#include "cli/screen.h"

struct error_view {
    const char *name;            /* of the file; NULL: typed, no line says where */
    unsigned first_line;         /* number of the text's first line in the file, from 1 */
    const struct screen *screen; /* NULL: no colours, lines are not cut */
};

void show_error(FILE *out, const struct error_view *v, const struct weir_error *e);

#endif
