/* SPDX-License-Identifier: Apache-2.0
 *
 * Other programs at the terminal: the pager, an editor, the shell. While they run they have the terminal and
 * its signals; we wait.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/repl.h"

static int wait_for(pid_t pid) {
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int pager_run(const char *const *argv) {
    fflush(stdout);
    pid_t pid = fork();
    if (pid < 0) return -1;
    if (pid == 0) {
        repl_child_signals();
        execvp(argv[0], (char *const *)argv);
        fprintf(stderr, "cannot start %s: %s\n", argv[0], strerror(errno));
        _exit(127);
    }
    return wait_for(pid);
}

static bool in_path(const char *program) {
    const char *path = getenv("PATH");
    char name[4096];
    while (path && *path) {
        size_t len = strcspn(path, ":");
        snprintf(name, sizeof name, "%.*s/%s", (int)len, path, program);
        if (access(name, X_OK) == 0) return true;
        path += len + (path[len] == ':');
    }
    return false;
}

bool pager_show(struct str text) {
    const char *pager = getenv("PAGER");
    int ends[2];
    if (!pager || !*pager) pager = in_path("less") ? "less -SFRX" : NULL;
    if (!pager || pipe(ends) != 0) return false;
    fflush(stdout);
    pid_t pid = fork();
    if (pid == 0) {
        repl_child_signals();
        dup2(ends[0], STDIN_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    for (size_t at = 0; pid > 0 && at < text.len;) {
        ssize_t n = write(ends[1], text.ptr + at, text.len - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break; /* it was left before the end */
        at += (size_t)n;
    }
    close(ends[1]);
    return pid > 0 && wait_for(pid) != 127;
}
