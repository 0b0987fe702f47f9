/* SPDX-License-Identifier: Apache-2.0
 *
 * What the prompt says that is no result: errors, notes, lines of the library's log; and numbers for people.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

#include "cli/repl.h"
#include "cli/show_error.h"

static void say(struct repl *r, FILE *out, enum screen_look look, const char *head, const char *fmt,
                va_list ap) {
    bool coloured = look != LOOK_PLAIN;
    if (coloured) fputs(screen_look(&r->screen, look), out);
    fputs(head, out);
    if (coloured && head[0]) fputs(screen_look(&r->screen, LOOK_PLAIN), out);
    vfprintf(out, fmt, ap);
    if (coloured && !head[0]) fputs(screen_look(&r->screen, LOOK_PLAIN), out);
    fputc('\n', out);
    fflush(out);
}

void repl_fail(struct repl *r, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    fflush(stdout);
    if (r->file) fprintf(stderr, "%s:%u: ", r->file, r->file_line);
    say(r, stderr, LOOK_ERROR, "error: ", fmt, ap);
    va_end(ap);
}

void repl_note(struct repl *r, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(r, stdout, LOOK_DIM, "", fmt, ap);
    va_end(ap);
}

void repl_say(struct repl *r, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(r, stdout, LOOK_PLAIN, "", fmt, ap);
    va_end(ap);
}

void repl_show_error(struct repl *r, const struct weir_error *e) {
    struct error_view v = {.name = r->file, .first_line = r->file ? r->file_line : 1, .screen = &r->screen};
    show_error(stderr, &v, e);
}

/* ---- the library's log ---- */

void repl_log(void *arg, const char *line) {
    struct repl *r = arg;
    pthread_mutex_lock(&r->log_lock);
    if (r->log_waits) outbuf_printf(&r->log, "weir: %s\n", line);
    else fprintf(stderr, "%sweir: %s\n", r->screen.moves ? "\r\033[K" : "", line);
    pthread_mutex_unlock(&r->log_lock);
}

void repl_log_wait(struct repl *r, bool wait) {
    pthread_mutex_lock(&r->log_lock);
    r->log_waits = wait;
    if (!wait && r->log.len) {
        fflush(stdout);
        fwrite(r->log.data, 1, r->log.len, stderr);
        r->log.len = 0;
    }
    pthread_mutex_unlock(&r->log_lock);
}

/* ---- numbers ---- */

int64_t repl_now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

const char *repl_duration(char out[32], int64_t us) {
    int64_t s = us / 1000000;
    if (us < 0) snprintf(out, 32, "0 ms");
    else if (us < 1000000) snprintf(out, 32, us < 10000 ? "%.1f ms" : "%.0f ms", (double)us / 1e3);
    else if (s < 60) snprintf(out, 32, "%.2f s", (double)us / 1e6);
    else if (s < 3600) snprintf(out, 32, "%d min %d s", (int)(s / 60), (int)(s % 60));
    else if (s < 48 * 3600) snprintf(out, 32, "%d h %d min", (int)(s / 3600), (int)(s / 60 % 60));
    else snprintf(out, 32, "%lld d %d h", (long long)(s / 86400), (int)(s / 3600 % 24));
    return out;
}

const char *repl_amount(char out[32], double n) {
    if (n < 1e4) snprintf(out, 32, "%.0f", n);
    else if (n < 1e6) snprintf(out, 32, "%.1f k", n / 1e3);
    else if (n < 1e9) snprintf(out, 32, "%.2f M", n / 1e6);
    else snprintf(out, 32, "%.2f G", n / 1e9);
    return out;
}
