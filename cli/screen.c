/* SPDX-License-Identifier: Apache-2.0
 *
 * What the terminal can do; see screen.h.
 */
#include "cli/screen.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

struct screen screen_init(void) {
    struct screen s = {.terminal = isatty(STDOUT_FILENO) != 0};
    const char *term = getenv("TERM"), *no_colour = getenv("NO_COLOR");
    setlocale(LC_CTYPE, "");
    s.unicode = strcasecmp(nl_langinfo(CODESET), "UTF-8") == 0;
    /* The line editor holds characters, whatever the terminal shows of them. */
    if (!s.unicode) setlocale(LC_CTYPE, "C.UTF-8");
    s.moves = s.terminal && term && *term && strcmp(term, "dumb") != 0;
    s.colour = s.moves && !(no_colour && *no_colour);
    return s;
}

void screen_size(unsigned *columns, unsigned *lines) {
    struct winsize w = {0};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) != 0) w = (struct winsize){0};
    *columns = w.ws_col ? w.ws_col : 80;
    *lines = w.ws_row ? w.ws_row : 24;
}

const char *screen_look(const struct screen *s, enum screen_look look) {
    if (!s->colour) return "";
    switch (look) {
    case LOOK_PLAIN: return "\033[0m";
    case LOOK_BOLD: return "\033[1m";
    case LOOK_DIM: return "\033[2m";
    case LOOK_ERROR: return "\033[1;31m";
    case LOOK_NOTE: return "\033[33m";
    case LOOK_PROMPT: return "\033[1;36m";
    }
    return "";
}
