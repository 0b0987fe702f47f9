/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs the tests of the Criterion stand-in beside this file one after another, each in a child; prints what
 * failed and "N passed, N failed". An argument "suite/" or "suite/name" runs only those that begin so.
 */
#include <criterion/criterion.h>

#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

extern const struct unit_test *const __start_unit_tests[];
extern const struct unit_test *const __stop_unit_tests[];

/* Of the child that runs one test. */
static _Atomic int failures;

void unit_fail(const char *file, int line, const char *text, bool fatal, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: %s", file, line, text);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    failures++;
    if (fatal) _exit(1);
}

static void run_child(const struct unit_test *test) {
    if (test->init) test->init();
    test->run();
    if (test->fini) test->fini();
    exit(failures != 0);
}

static bool run_test(const struct unit_test *test) {
    int status = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) run_child(test);
    if (pid < 0 || waitpid(pid, &status, 0) < 0) return false;
    if (test->signal) return WIFSIGNALED(status) && WTERMSIG(status) == test->signal;
    return WIFEXITED(status) && WEXITSTATUS(status) == test->exit_code;
}

int main(int argc, char **argv) {
    int passed = 0, failed = 0;
    for (const struct unit_test *const *at = __start_unit_tests; at < __stop_unit_tests; at++) {
        char name[256];
        snprintf(name, sizeof name, "%s/%s", (*at)->suite, (*at)->name);
        if ((*at)->disabled || (argc > 1 && strncmp(name, argv[1], strlen(argv[1])) != 0)) continue;
        bool good = run_test(*at);
        if (!good) printf("%s failed\n", name);
        passed += good;
        failed += !good;
    }
    printf("%d passed, %d failed\n", passed, failed);
    return failed != 0;
}
