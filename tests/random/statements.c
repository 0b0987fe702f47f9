/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs statements one after another in one session, whatever fails: reads texts from standard input, each
 * ended by a zero byte, and answers each with its rows (JSON lines) and a line "=ok" or "=error CODE text".
 * For tests/random/expressions.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/serial.h"
#include "engine/session.h"

int main(void) {
    struct session_config config = {.out = stdout, .format = RESULT_JSONL};
    struct session *s = session_new(&config);
    char *text = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getdelim(&text, &room, 0, stdin)) > 0;) {
        struct error e = {0};
        struct session_text t = {.text = {text, strlen(text)}};
        if (session_execute(s, &t, &e) == ST_OK) {
            puts("=ok");
        } else {
            for (char *p = e.text; *p; p++) *p = *p == '\n' ? ' ' : *p;
            printf("=error %d %s\n", (int)e.code, e.text);
        }
        fflush(stdout);
    }
    free(text);
    session_free(s);
    return 0;
}
