/* SPDX-License-Identifier: Apache-2.0
 *
 * A program with functions of its own that are called as some inside of Weir are: linked with libweir.a, each
 * side must call its own. tests/library/run builds and runs it. Prints "own" and the version.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <weir.h>

/* The same names with other arguments and meanings. */
int arena_alloc_slow(void);
int arena_free(int x);
const char *str_distance(void);
int batch_select(double x);
void error_set(int x);
int vec_put(void);
int env_real(void);
int outbuf_grow(const char *s);
int session_new(void);
int sql_parse(void);
int lex_next(void);
int job_open(void);
int options_find(void);

static int calls;

int arena_alloc_slow(void) { return ++calls; }
int arena_free(int x) { return ++calls + x; }
const char *str_distance(void) { calls++; return "own"; }
int batch_select(double x) { return ++calls + (int)x; }
void error_set(int x) { calls += x; }
int vec_put(void) { return ++calls; }
int env_real(void) { return ++calls; }
int outbuf_grow(const char *s) { return ++calls + (int)strlen(s); }
int session_new(void) { return ++calls; }
int sql_parse(void) { return ++calls; }
int lex_next(void) { return ++calls; }
int job_open(void) { return ++calls; }
int options_find(void) { return ++calls; }

int main(void) {
    struct weir_session *s = NULL;
    struct weir_error *e = NULL;
    calls = 0;
    static const char sql[] = "SELECT COUNT(*) FROM (VALUES (1), (2)) AS t(a) WHERE a > 1";
    if (weir_open(NULL, &s, &e) != WEIR_OK ||
        weir_execute(s, sql, WEIR_WHOLE, &e) != WEIR_OK) {
        fprintf(stderr, "%s\n", weir_error_text(e));
        return 1;
    }
    /* a statement that is wrong takes other ways through the library */
    if (weir_execute(s, "SELECT nothing FROM nowhere", WEIR_WHOLE, &e) != WEIR_ERROR) return 2;
    weir_error_free(e);
    weir_close(s);
    if (calls != 0) return 3; /* Weir called ours */
    error_set(arena_free(arena_alloc_slow()));
    printf("%s %s\n", str_distance(), weir_version());
    return calls > 0 ? 0 : 4;
}
