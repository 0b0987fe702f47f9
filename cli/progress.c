/* SPDX-License-Identifier: Apache-2.0
 *
 * The progress line of a running job: rows read, rate, percent of the input, watermark.
 */
#include <string.h>
#include <time.h>

#include "base/floor.h"
#include "cli/cli.h"

#define SHOW_US 200000

static int64_t now_us(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* "812", "81.2 k", "8.12 M": three digits are enough for people. */
static const char *amount(char out[16], double n) {
    if (n < 1e4) snprintf(out, 16, "%.0f", n);
    else if (n < 1e6) snprintf(out, 16, "%.1f k", n / 1e3);
    else snprintf(out, 16, "%.2f M", n / 1e6);
    return out;
}

static void print_line(struct cli_progress *p, const struct weir_progress *t, int64_t now) {
    double seconds = (double)(now - p->begun_us) / 1e6;
    char in[16], rate[16], out[16];
    fprintf(stderr, "\r\033[K%s rows in, %s/s, %s out, %.1f s", amount(in, (double)t->rows_in),
            amount(rate, p->rate), amount(out, (double)t->rows_out), seconds);
    if (t->bytes_total) fprintf(stderr, ", %.0f %%", 100.0 * (double)t->bytes_in / (double)t->bytes_total);
    if (t->watermark_us != INT64_MIN && t->watermark_us != INT64_MAX) {
        char time[40];
        fprintf(stderr, ", watermark %s", cli_time_text(time, t->watermark_us));
    }
    if (t->behind_rows >= 0) fprintf(stderr, ", %s behind", amount(in, (double)t->behind_rows));
    if (t->state_bytes) fprintf(stderr, ", state %.1f MB", (double)t->state_bytes / 1e6);
    fflush(stderr);
    p->open = true;
}

const char *cli_time_text(char out[40], int64_t us) {
    time_t seconds = (time_t)floor_div(us, 1000000);
    struct tm tm;
    gmtime_r(&seconds, &tm);
    size_t n = strftime(out, 32, "%Y-%m-%d %H:%M:%S", &tm);
    snprintf(out + n, 8, ".%03d", (int)(floor_mod(us, 1000000) / 1000));
    return out;
}

void cli_progress(struct cli_progress *p, struct weir_result *job, bool done) {
    int64_t now = now_us();
    struct weir_progress t = {.struct_bytes = sizeof t};
    if (p->job != job) *p = (struct cli_progress){.job = job, .begun_us = now, .shown_us = now};
    if (now - p->shown_us < SHOW_US && !done) return;
    if (weir_result_progress(job, &t, NULL) != WEIR_OK) return;
    if (done) {
        if (!p->open) return;
        double seconds = (double)(now - p->begun_us) / 1e6;
        p->rate = seconds > 0 ? (double)t.rows_in / seconds : 0;
        print_line(p, &t, now);
        cli_progress_end(p);
        return;
    }
    double rate = (double)(t.rows_in - p->shown_rows) * 1e6 / (double)(now - p->shown_us);
    p->rate = p->rate > 0 ? p->rate * 0.7 + rate * 0.3 : rate;
    p->shown_rows = t.rows_in;
    p->shown_us = now;
    print_line(p, &t, now);
}

void cli_progress_end(struct cli_progress *p) {
    if (p->open) fputc('\n', stderr);
    p->open = false;
    p->job = NULL;
}
