/* SPDX-License-Identifier: Apache-2.0
 *
 * The line under a statement that runs: how far it is, rows, rate, time. It is written over, comes only after
 * a while and is gone at the end.
 */
#include "cli/repl.h"

#define WAIT_US 300000 /* what is done by then needs no progress */
#define SHOW_US 100000
#define RATE_US 500000
#define BAR 24

void repl_progress_begin(struct repl_progress *p) {
    int64_t now = repl_now_us();
    *p = (struct repl_progress){.begun_us = now, .shown_us = now};
}

void repl_progress_rate(struct repl_progress *p, uint64_t rows, int64_t now_us) {
    if (now_us - p->shown_us < RATE_US) return;
    double rate = (double)(rows - p->shown_rows) * 1e6 / (double)(now_us - p->shown_us);
    p->rate = p->rate > 0 ? p->rate * 0.6 + rate * 0.4 : rate;
    p->shown_rows = rows;
    p->shown_us = now_us;
}

/* A bar in eighths of a column. */
static void put_bar(struct outbuf *o, double part, bool unicode) {
    static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    unsigned filled = (unsigned)(part * BAR * 8);
    outbuf_text(o, unicode ? "▕" : "[");
    for (unsigned i = 0; i < BAR; i++) {
        unsigned here = filled > i * 8 ? filled - i * 8 : 0;
        if (here >= 8) outbuf_text(o, unicode ? "█" : "#");
        else if (here && unicode) outbuf_text(o, eighths[here]);
        else outbuf_char(o, unicode ? ' ' : '.');
    }
    outbuf_text(o, unicode ? "▏" : "]");
}

static void put_line(struct outbuf *o, const struct repl *r, const struct repl_progress *p,
                     const struct weir_progress *w, int64_t now) {
    char in[32], rate[32], time[32];
    if (w->bytes_total) {
        double part = (double)w->bytes_in / (double)w->bytes_total;
        if (part > 1) part = 1;
        put_bar(o, part, r->screen.unicode);
        outbuf_printf(o, " %3.0f %%  ", part * 100);
    }
    double seconds = (double)(now - p->begun_us) / 1e6;
    double average = p->rate > 0 ? p->rate : (double)w->rows_in / (seconds > 0 ? seconds : 1);
    outbuf_printf(o, "%s rows, %s/s, %s", repl_amount(in, (double)w->rows_in), repl_amount(rate, average),
                  repl_duration(time, now - p->begun_us));
    if (w->state_bytes > 0) outbuf_printf(o, ", state %.1f MB", (double)w->state_bytes / 1e6);
}

void repl_progress_show(struct repl *r, struct repl_progress *p, struct weir_result *result) {
    struct weir_progress w = {.struct_bytes = sizeof w};
    int64_t now = repl_now_us();
    if (!r->screen.moves || now - p->begun_us < WAIT_US) return;
    if (weir_result_progress(result, &w, NULL) != WEIR_OK) return;
    repl_progress_rate(p, w.rows_in, now);
    struct outbuf o = {0}, line = {0};
    unsigned columns, lines;
    screen_size(&columns, &lines);
    put_line(&o, r, p, &w, now);
    outbuf_text(&line, "\r\033[K");
    width_put(&line, (struct str){o.data, o.len}, columns - 1, r->screen.unicode);
    fwrite(line.data, 1, line.len, stdout);
    fflush(stdout);
    outbuf_free(&o);
    outbuf_free(&line);
    p->open = true;
}

void repl_progress_end(struct repl *r, struct repl_progress *p) {
    if (p->open && r->screen.moves) fputs("\r\033[K", stdout);
    fflush(stdout);
    p->open = false;
}
