/* SPDX-License-Identifier: Apache-2.0
 *
 * The live table of a query that does not end by itself: rows that change do so in their place, rows that
 * come scroll, and a line below says how it goes. It is drawn over itself where the cursor is, some times a
 * second; a new size of the terminal clears the screen first, for nobody knows how lines were broken.
 */
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/calendar.h"
#include "base/floor.h"
#include "cli/repl.h"

#define WAIT_US 20000
#define DRAW_US 120000

struct live {
    struct repl *r;
    struct weir_result *result;
    struct repl_kept *k;
    struct repl_progress rate;
    unsigned lines; /* drawn, above the cursor */
    int64_t drawn_us;
    struct termios before; /* the terminal's settings */
    bool quiet;            /* they were changed */
};

/* What is typed meanwhile is not shown in the middle of the table. */
static void quiet_terminal(struct live *l) {
    struct termios t;
    if (tcgetattr(STDIN_FILENO, &l->before) != 0) return;
    t = l->before;
    t.c_lflag &= ~(tcflag_t)ECHO;
    l->quiet = tcsetattr(STDIN_FILENO, TCSADRAIN, &t) == 0;
}

static void put_watermark(struct outbuf *o, int64_t us) {
    int64_t days = floor_div(us, 86400000000), rest = floor_mod(us, 86400000000) / 1000000;
    int32_t year;
    unsigned month, day;
    if (days < -719528 || days > 2932896) return; /* years 0 to 9999 */
    calendar_civil((int32_t)days, &year, &month, &day);
    outbuf_printf(o, "watermark %04d-%02u-%02u %02d:%02d:%02d", (int)year, month, day, (int)(rest / 3600),
                  (int)(rest / 60 % 60), (int)(rest % 60));
}

static void put_lag(struct outbuf *o, const struct weir_progress *w, const char *bar) {
    char n[32];
    struct timespec now;
    if (w->behind_rows >= 0) {
        outbuf_printf(o, "%slag %s rows", bar, repl_amount(n, (double)w->behind_rows));
    } else if (w->watermark_us != INT64_MIN && w->watermark_us != INT64_MAX) {
        clock_gettime(CLOCK_REALTIME, &now);
        int64_t lag = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 - w->watermark_us;
        if (lag >= 0) outbuf_printf(o, "%slag %s", bar, repl_duration(n, lag));
    }
}

/* "12.3 k events/s │ watermark … │ lag 1.2 s │ state 3.4 MB" */
static void put_status(struct outbuf *o, struct live *l, const struct weir_progress *w, int64_t now) {
    char n[32];
    const char *bar = l->r->screen.unicode ? " │ " : " | ";
    double seconds = (double)(now - l->rate.begun_us) / 1e6;
    double rate = l->rate.rate > 0 ? l->rate.rate : (double)w->rows_in / (seconds > 0.01 ? seconds : 0.01);
    outbuf_printf(o, "%s events/s", repl_amount(n, rate));
    if (w->watermark_us != INT64_MIN && w->watermark_us != INT64_MAX) {
        outbuf_text(o, bar);
        put_watermark(o, w->watermark_us);
    }
    put_lag(o, w, bar);
    if (w->state_bytes > 0) {
        outbuf_printf(o, w->state_bytes < 1000000 ? "%sstate %.0f kB" : "%sstate %.1f MB", bar,
                      (double)w->state_bytes / (w->state_bytes < 1000000 ? 1e3 : 1e6));
    }
    if (w->late_rows) outbuf_printf(o, "%s%s late", bar, table_count(n, w->late_rows));
    if (w->bad_records) outbuf_printf(o, "%s%s bad", bar, table_count(n, w->bad_records));
}

/* "1,234 rows │ 12 s │ Ctrl-C ends it" */
static void put_rows(struct outbuf *o, const struct live *l, int64_t now) {
    char n[32];
    uint64_t rows = l->k->rows.rows;
    const char *bar = l->r->screen.unicode ? " │ " : " | ";
    outbuf_printf(o, "%s row%s%s%d s%sCtrl-C ends it", table_count(n, rows), rows == 1 ? "" : "s", bar,
                  (int)((now - l->rate.begun_us) / 1000000), bar);
}

/* Lines to draw, each without its newline, over what was drawn before. */
static void draw_lines(struct live *l, struct str text) {
    struct outbuf o = {0};
    outbuf_text(&o, "\033[?25l\r");
    if (l->lines) outbuf_printf(&o, "\033[%uA", l->lines);
    l->lines = 0;
    for (size_t at = 0; at < text.len; l->lines++) {
        size_t end = at;
        while (end < text.len && text.ptr[end] != '\n') end++;
        outbuf_put(&o, text.ptr + at, end - at);
        outbuf_text(&o, "\033[K\n");
        at = end + 1;
    }
    outbuf_text(&o, "\033[J\033[?25h");
    fwrite(o.data, 1, o.len, stdout);
    fflush(stdout);
    outbuf_free(&o);
}

/* The table with as many rows as there is room for. */
static void put_table(struct outbuf *o, struct live *l, unsigned columns, unsigned room) {
    const struct repl *r = l->r;
    struct rowset *s = &l->k->rows;
    struct table t = {.format = TABLE_BOX, .columns = l->k->columns, .ncolumns = l->k->ncolumns};
    struct table_style style = {.unicode = r->screen.unicode,
                                .colour = r->screen.colour,
                                .width = columns,
                                .cell_width = r->set.max_width,
                                .null = r->set.null};
    table_pick(&t, s, s->updating && s->rows > room ? room - 1 : 0);
    if (!s->updating && t.nrows > room) { /* the newest */
        memmove((void *)t.rows, t.rows + (t.nrows - room), room * sizeof *t.rows);
        t.nrows = room;
    }
    if (!s->updating) t.hidden_rows = 0;
    table_print(o, &t, &style);
    free((void *)t.rows);
}

static void draw(struct live *l) {
    struct weir_progress w = {.struct_bytes = sizeof w};
    struct outbuf o = {0}, status = {0}, count = {0};
    unsigned columns, lines;
    int64_t now = repl_now_us();
    screen_size(&columns, &lines);
    l->drawn_us = now;
    if (weir_result_progress(l->result, &w, NULL) != WEIR_OK) return;
    repl_progress_rate(&l->rate, w.rows_in, now);
    unsigned width = columns > 2 ? columns - 1 : columns; /* the last column may break the line */
    if (lines > 8) put_table(&o, l, width, lines - 7);
    put_rows(&count, l, now);
    put_status(&status, l, &w, now);
    outbuf_text(&o, screen_look(&l->r->screen, LOOK_DIM));
    width_put(&o, (struct str){count.data, count.len}, width, true);
    outbuf_char(&o, '\n');
    width_put(&o, (struct str){status.data, status.len}, width, true);
    outbuf_printf(&o, "%s\n", screen_look(&l->r->screen, LOOK_PLAIN));
    draw_lines(l, (struct str){o.data, o.len});
    outbuf_free(&o);
    outbuf_free(&status);
    outbuf_free(&count);
}

/* Where nothing can be drawn over, the last state comes at the end. */
static void begin(struct live *l) {
    repl_log_wait(l->r, true);
    repl_progress_begin(&l->rate);
    l->drawn_us = l->rate.begun_us;
    if (l->r->screen.moves) quiet_terminal(l);
    else repl_note(l->r, "running; Ctrl-C ends it");
}

static void end(struct live *l) {
    if (l->lines) printf("\r\033[%uA\033[J", l->lines);
    fflush(stdout);
    if (l->quiet) tcsetattr(STDIN_FILENO, TCSADRAIN, &l->before);
    repl_log_wait(l->r, false);
}

bool repl_live(struct repl *r, struct weir_result *result, struct repl_kept *k, struct weir_error **error) {
    struct live l = {.r = r, .result = result, .k = k};
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    enum weir_status st;
    bool stopped = false;
    begin(&l);
    do {
        st = weir_result_rows(result, WAIT_US, &rows, error);
        if (st == WEIR_OK) rowset_put_rows(&k->rows, &rows, r->set.changes);
        unsigned signals = repl_signals(r);
        if (signals & REPL_TERMINATE) r->leave = r->gone = true;
        if (signals & (REPL_INTERRUPT | REPL_TERMINATE)) {
            weir_cancel(result);
            stopped = true;
        }
        if (!r->screen.moves || st == WEIR_ERROR || stopped) continue;
        if (signals & REPL_RESIZE) {
            fputs("\033[H\033[2J", stdout);
            l.lines = 0;
            draw(&l);
        } else if (repl_now_us() - l.drawn_us >= DRAW_US) {
            draw(&l);
        }
    } while (st == WEIR_OK || st == WEIR_WAIT);
    end(&l);
    if (stopped && st == WEIR_ERROR) {
        weir_error_free(*error);
        *error = NULL;
        return true;
    }
    return st != WEIR_ERROR;
}
