/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs statements one after another in one session, whatever fails: reads texts from standard input, each
 * ended by a zero byte, and answers each with its rows (JSON lines) and a line "=ok" or "=error CODE text".
 * For tests/random/expressions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/run_sql.h"

int main(void) {
    struct weir_session *s;
    struct weir_run_options options = WEIR_RUN_INIT;
    options.separately = true;
    if (weir_open(NULL, &s, NULL) != WEIR_OK) return 1;
    char *text = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getdelim(&text, &room, 0, stdin)) > 0;) {
        struct weir_error *e = NULL;
        if (run_sql(s, text, WEIR_WHOLE, &options, stdout, NULL, &e) == WEIR_OK) {
            puts("=ok");
        } else {
            printf("=error %s ", weir_error_name(e));
            for (const char *p = weir_error_text(e); *p; p++) putchar(*p == '\n' ? ' ' : *p);
            putchar('\n');
        }
        weir_error_free(e);
        fflush(stdout);
    }
    free(text);
    weir_close(s);
    return 0;
}
