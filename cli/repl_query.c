/* SPDX-License-Identifier: Apache-2.0
 *
 * Runs a statement and shows what comes of it: a table of a query that ends, a live one of a query that does
 * not (repl_live.c), a job (repl_jobs.c), a text. The last result is kept for .last.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli/repl.h"

#define WAIT_US 50000    /* between looks at signals */
#define KEEP_HEAD 100000 /* rows kept of a result that only grows */
#define KEEP_TAIL 10000
#define CANCELLED "57014"

/* ---- kept results ---- */

void repl_kept_free(struct repl_kept *k) {
    rowset_free(&k->rows);
    arena_free(&k->arena);
    *k = (struct repl_kept){0};
}

void repl_kept_init(struct repl_kept *k, struct weir_result *result, bool changes, uint64_t head_max,
                    uint64_t tail_max) {
    *k = (struct repl_kept){0};
    uint32_t n = weir_columns(result), at = 0;
    k->columns = ARENA_ARRAY(&k->arena, struct table_column, n + 1);
    if (changes) k->columns[at++] = (struct table_column){STR("op"), STR("STRING")};
    for (uint32_t c = 0; c < n; c++) {
        k->columns[at].name = arena_str(&k->arena, str_of(weir_column_name(result, c)));
        k->columns[at++].type = arena_str(&k->arena, str_of(weir_column_type(result, c)));
    }
    k->ncolumns = at;
    rowset_init(&k->rows, at, weir_result_updating(result) && !changes, head_max, tail_max);
}

/* ---- showing ---- */

static unsigned count_lines(struct str s) {
    unsigned n = 0;
    for (size_t i = 0; i < s.len; i++) n += s.ptr[i] == '\n';
    return n;
}

static void put_footer(struct outbuf *o, const struct repl *r, const struct repl_kept *k,
                       const struct table *t, uint32_t hidden, int64_t elapsed_us) {
    char n[32], time[32];
    outbuf_printf(o, "%s%s row%s", screen_look(&r->screen, LOOK_DIM), table_count(n, k->rows.rows),
                  k->rows.rows == 1 ? "" : "s");
    if (t->hidden_rows) outbuf_printf(o, " (%s shown)", table_count(n, t->nrows));
    if (hidden) outbuf_printf(o, ", %u columns (%u shown)", k->ncolumns, k->ncolumns - hidden);
    if (elapsed_us >= 0 && r->set.timer) outbuf_printf(o, "   %s", repl_duration(time, elapsed_us));
    outbuf_printf(o, "%s\n", screen_look(&r->screen, LOOK_PLAIN));
}

/* To .output, or to the screen; a long one through the pager when that is wanted. */
static void emit(struct repl *r, struct str text) {
    unsigned columns, lines;
    FILE *out = r->out ? r->out : stdout;
    screen_size(&columns, &lines);
    if (!r->out && r->set.pager && r->screen.terminal && count_lines(text) >= lines && pager_show(text))
        return;
    if (fwrite(text.ptr, 1, text.len, out) != text.len || fflush(out) != 0)
        repl_fail(r, "cannot write %s: %s", r->out ? r->out_name : "the result", strerror(errno));
}

void repl_show_kept(struct repl *r, struct repl_kept *k, enum table_format mode, uint64_t max_rows,
                    int64_t elapsed_us) {
    struct outbuf o = {0};
    unsigned columns, lines;
    struct table t = {.format = mode, .columns = k->columns, .ncolumns = k->ncolumns};
    struct table_style style = {.unicode = r->screen.unicode,
                                .colour = r->screen.colour && !r->out,
                                .types = r->peek,
                                .cell_width = r->out ? 0 : r->set.max_width,
                                .null = r->set.null};
    screen_size(&columns, &lines);
    if (!r->out && !r->set.pager && r->screen.terminal) style.width = columns;
    table_pick(&t, &k->rows, r->out || r->set.pager ? 0 : max_rows);
    uint32_t hidden = table_print(&o, &t, &style);
    if (mode == TABLE_BOX || (!r->out && (mode == TABLE_MARKDOWN || mode == TABLE_LINE)))
        put_footer(&o, r, k, &t, hidden, elapsed_us);
    emit(r, (struct str){o.data, o.len});
    free((void *)t.rows);
    outbuf_free(&o);
}

static enum table_format mode_now(const struct repl *r) {
    return r->out ? r->out_mode : r->set.mode;
}

/* ---- reading ---- */

/* True once the query is to end; Ctrl-C was seen. */
static bool look(struct repl *r, struct weir_result *result) {
    unsigned signals = repl_signals(r);
    if (signals & REPL_TERMINATE) r->leave = r->gone = true;
    if (!(signals & (REPL_INTERRUPT | REPL_TERMINATE))) return false;
    weir_cancel(result);
    return true;
}

static enum weir_status read_rows(struct repl *r, struct weir_result *result, struct repl_kept *k,
                                  bool changes, struct weir_error **error) {
    struct repl_progress p;
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    enum weir_status st;
    repl_progress_begin(&p);
    do {
        st = weir_result_rows(result, WAIT_US, &rows, error);
        if (st == WEIR_OK) rowset_put_rows(&k->rows, &rows, changes);
        look(r, result);
        repl_progress_show(r, &p, result);
    } while (st == WEIR_OK || st == WEIR_WAIT);
    repl_progress_end(r, &p);
    return st;
}

/* CSV and JSON lines go out as they come. */
static enum weir_status write_text(struct repl *r, struct weir_result *result, enum table_format mode,
                                   struct weir_error **error) {
    struct repl_progress p;
    const char *text = NULL;
    size_t len = 0;
    enum weir_status st;
    FILE *out = r->out ? r->out : stdout;
    enum weir_format format = mode == TABLE_CSV ? WEIR_CSV : WEIR_JSONL;
    bool failed = false;
    repl_progress_begin(&p);
    do {
        st = weir_result_text(result, format, r->set.changes, WAIT_US, &text, &len, error);
        if (st == WEIR_OK && len && !failed && fwrite(text, 1, len, out) != len) {
            repl_fail(r, "cannot write %s: %s", r->out ? r->out_name : "the result", strerror(errno));
            failed = true;
            weir_cancel(result);
        }
        if (st == WEIR_WAIT) fflush(out);
        look(r, result);
        if (r->out) repl_progress_show(r, &p, result);
    } while (st == WEIR_OK || st == WEIR_WAIT);
    repl_progress_end(r, &p);
    fflush(out);
    return st;
}

static void show_text(struct repl *r, struct weir_result *result) {
    struct weir_rows rows = {.struct_bytes = sizeof rows};
    struct outbuf o = {0};
    enum weir_status st;
    while ((st = weir_result_rows(result, WAIT_US, &rows, NULL)) == WEIR_OK || st == WEIR_WAIT) {
        look(r, result);
        for (uint32_t i = 0; st == WEIR_OK && i < rows.rows * rows.columns; i++) {
            if (rows.cells[i]) outbuf_put(&o, rows.cells[i], rows.lengths[i]);
            if (o.len && o.data[o.len - 1] != '\n') outbuf_char(&o, '\n');
        }
    }
    emit(r, (struct str){o.data, o.len});
    outbuf_free(&o);
}

/* Rows that were not in the result, and why. */
static void tell_losses(struct repl *r, struct weir_result *result) {
    struct weir_progress w = {.struct_bytes = sizeof w};
    char n[32];
    if (weir_result_progress(result, &w, NULL) != WEIR_OK) return;
    if (w.bad_records)
        repl_note(r, "%s bad record%s skipped", table_count(n, w.bad_records), w.bad_records == 1 ? "" : "s");
    if (w.late_rows)
        repl_note(r, "%s late row%s dropped", table_count(n, w.late_rows), w.late_rows == 1 ? "" : "s");
}

/* Whether what a reader got at its end is a failure, which is then shown; Ctrl-C is none. */
static bool check_end(struct repl *r, enum weir_status st, struct weir_error *error, bool quiet) {
    if (st != WEIR_ERROR) return true;
    bool cancelled = strcmp(weir_error_code(error), CANCELLED) == 0;
    if (!cancelled) repl_show_error(r, error);
    else if (!quiet) repl_note(r, "stopped");
    weir_error_free(error);
    return false;
}

/* "20,000 rows in plays.csv   0.12 s" */
static void tell_file(struct repl *r, uint64_t rows, int64_t begun_us) {
    char n[32], time[32];
    if (!r->out || r->file) return;
    repl_note(r, "%s row%s in %s%s%s", table_count(n, rows), rows == 1 ? "" : "s", r->out_name,
              r->set.timer ? "   " : "", r->set.timer ? repl_duration(time, repl_now_us() - begun_us) : "");
}

static bool show_lines(struct repl *r, struct weir_result *result, enum table_format mode, int64_t begun_us) {
    struct weir_error *error = NULL;
    struct weir_progress w = {.struct_bytes = sizeof w};
    enum weir_status st = write_text(r, result, mode, &error);
    bool good = check_end(r, st, error, false);
    if (good && weir_result_progress(result, &w, NULL) == WEIR_OK) tell_file(r, w.rows_out, begun_us);
    tell_losses(r, result);
    return good;
}

static bool show_table(struct repl *r, struct weir_result *result, enum table_format mode, int64_t begun_us) {
    struct weir_error *error = NULL;
    struct repl_kept k;
    uint64_t shown = r->set.max_rows, head = 0, tail = KEEP_HEAD;
    bool bounded = weir_result_bounded(result), all = r->out || r->set.pager || !shown;
    if (bounded) {
        head = all ? ROWSET_ALL : KEEP_HEAD;
        tail = KEEP_TAIL;
    } else if (shown) {
        tail = shown > 200 ? shown : 200;
    }
    repl_kept_init(&k, result, r->set.changes, head, tail);
    bool live = !bounded && !r->out && !r->peek && r->screen.terminal, good = true;
    if (live) {
        good = repl_live(r, result, &k, &error) || check_end(r, WEIR_ERROR, error, true);
    } else {
        enum weir_status st = read_rows(r, result, &k, r->set.changes, &error);
        good = check_end(r, st, error, false);
    }
    k.partial = k.rows.rows > k.rows.head_count + k.rows.tail_max;
    if (good || live) repl_show_kept(r, &k, mode, r->set.max_rows, repl_now_us() - begun_us);
    if (good) tell_file(r, k.rows.rows, begun_us);
    tell_losses(r, result);
    repl_kept_free(&r->last);
    r->last = k;
    return good;
}

static bool show_rows(struct repl *r, struct weir_result *result, int64_t begun_us) {
    enum table_format mode = mode_now(r);
    if (mode == TABLE_CSV || mode == TABLE_JSONL) return show_lines(r, result, mode, begun_us);
    return show_table(r, result, mode, begun_us);
}

void repl_end_once(struct repl *r) {
    if (!r->out || !r->out_once) return;
    if (fclose(r->out) != 0) repl_fail(r, "cannot write %s: %s", r->out_name, strerror(errno));
    r->out = NULL;
    free(r->out_name);
    r->out_name = NULL;
    r->out_once = false;
}

static bool show(struct repl *r, struct weir_result *result, int64_t begun_us) {
    bool good = true;
    switch (weir_result_kind(result)) {
    case WEIR_NOTHING:
        if (!r->file) repl_note(r, "ok");
        break;
    case WEIR_TEXT: show_text(r, result); break;
    case WEIR_ROWS: good = show_rows(r, result, begun_us); break;
    case WEIR_JOB: return repl_job(r, result);
    }
    if (weir_result_kind(result) != WEIR_NOTHING) repl_end_once(r);
    weir_result_free(result);
    return good;
}

bool repl_run(struct repl *r, struct str text, size_t *offset) {
    struct weir_error *error = NULL;
    struct weir_statement *q = NULL;
    struct weir_result *result = NULL;
    int64_t begun = repl_now_us();
    enum weir_status st = weir_prepare(r->session, text.ptr, text.len, offset, &q, &error);
    if (st == WEIR_END) return true;
    if (st == WEIR_OK) st = weir_start(q, &result, &error);
    if (st == WEIR_OK) {
        bool good = show(r, result, begun);
        weir_statement_free(q);
        return good;
    }
    weir_statement_free(q);
    repl_show_error(r, error);
    weir_error_free(error);
    return false;
}

bool repl_run_sql(struct repl *r, const char *sql) {
    size_t offset = 0;
    return repl_run(r, str_of(sql), &offset);
}

bool repl_peek(struct repl *r, const char *sql) {
    struct repl_settings before = r->set;
    FILE *out = r->out;
    r->out = NULL;
    r->peek = true;
    r->set.mode = TABLE_LINE;
    r->set.max_rows = 0;
    bool good = repl_run_sql(r, sql);
    r->peek = false;
    r->out = out;
    r->set = before;
    return good;
}
