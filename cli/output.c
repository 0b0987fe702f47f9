/* SPDX-License-Identifier: Apache-2.0
 *
 * Results on an output; see output.h.
 */
#include "cli/output.h"

#include <stdlib.h>

#include "base/mem.h"
#include "cli/table.h"

#define WATCH_US 50000

static void watch(const struct cli_output *o, struct weir_result *r, bool ended) {
    if (o->watch) o->watch(o->arg, r, ended);
}

static bool changes_wanted(const struct cli_output *o, const struct weir_result *r) {
    if (weir_result_kind(r) != WEIR_ROWS) return false;
    const char *mode = weir_setting(o->session, "sql-client.execution.result-mode", NULL);
    return !weir_result_bounded(r) || (mode && strcasecmp(mode, "changelog") == 0);
}

static enum weir_status put(const struct cli_output *o, const char *text, size_t length) {
    return fwrite(text, 1, length, o->out) == length ? WEIR_OK : WEIR_ERROR;
}

static enum weir_status lines(const struct cli_output *o, struct weir_result *r, struct weir_error **error) {
    enum weir_format format = o->format == TABLE_CSV ? WEIR_CSV : WEIR_JSONL;
    bool changes = changes_wanted(o, r);
    enum weir_status st;
    do {
        const char *text;
        size_t length;
        st = weir_result_text(r, format, changes, WATCH_US, &text, &length, error);
        watch(o, r, false);
        if (st == WEIR_OK && put(o, text, length) != WEIR_OK) return WEIR_ERROR;
    } while (st == WEIR_OK || st == WEIR_WAIT);
    return st;
}

/* EXPLAIN: the text as it is. */
static enum weir_status plain(const struct cli_output *o, struct weir_result *r, struct weir_error **error) {
    enum weir_status st;
    do {
        struct weir_rows rows = {.struct_bytes = sizeof rows};
        st = weir_result_rows(r, WATCH_US, &rows, error);
        watch(o, r, false);
        for (uint32_t i = 0; st == WEIR_OK && i < rows.rows; i++) {
            if (put(o, rows.cells[i], rows.lengths[i]) != WEIR_OK) return WEIR_ERROR;
        }
    } while (st == WEIR_OK || st == WEIR_WAIT);
    return st;
}

static enum weir_status print_rows(const struct cli_output *o, const struct weir_result *r,
                                   struct rowset *set, bool changes) {
    uint32_t n = weir_columns(r) + changes;
    struct table_column *columns = calloc(n + 1, sizeof *columns);
    if (!columns) mem_exhausted();
    if (changes) columns[0] = (struct table_column){STR("op"), STR("")};
    for (uint32_t c = 0; c < weir_columns(r); c++)
        columns[c + changes] =
            (struct table_column){str_of(weir_column_name(r, c)), str_of(weir_column_type(r, c))};
    struct table t = {.format = o->format, .columns = columns, .ncolumns = n};
    struct table_style style = {.unicode = true, .null = "NULL"};
    struct outbuf text = {0};
    char count[32];
    table_pick(&t, set, 0);
    table_print(&text, &t, &style);
    if (o->format == TABLE_BOX)
        outbuf_printf(&text, "%s row%s\n", table_count(count, set->rows), set->rows == 1 ? "" : "s");
    enum weir_status st = put(o, text.data, text.len);
    outbuf_free(&text);
    free((void *)t.rows);
    free(columns);
    return st;
}

static enum weir_status table(const struct cli_output *o, struct weir_result *r, struct weir_error **error) {
    struct rowset set;
    bool changes = changes_wanted(o, r);
    enum weir_status st;
    rowset_init(&set, weir_columns(r) + changes, weir_result_updating(r) && !changes, ROWSET_ALL, 0);
    do {
        struct weir_rows rows = {.struct_bytes = sizeof rows};
        st = weir_result_rows(r, WATCH_US, &rows, error);
        watch(o, r, false);
        if (st == WEIR_OK) rowset_put_rows(&set, &rows, changes);
    } while (st == WEIR_OK || st == WEIR_WAIT);
    if (st == WEIR_END && print_rows(o, r, &set, changes) != WEIR_OK) st = WEIR_ERROR;
    rowset_free(&set);
    return st;
}

static enum weir_status job(const struct cli_output *o, struct weir_result *r, struct weir_error **error) {
    enum weir_status st;
    do {
        st = weir_result_wait(r, WATCH_US, error);
        watch(o, r, false);
    } while (st == WEIR_WAIT);
    return st == WEIR_OK ? WEIR_END : st;
}

static enum weir_status read_all(const struct cli_output *o, struct weir_result *r,
                                 struct weir_error **error) {
    bool as_lines = o->format == TABLE_CSV || o->format == TABLE_JSONL;
    switch (weir_result_kind(r)) {
    case WEIR_NOTHING: return WEIR_END;
    case WEIR_JOB: return job(o, r, error);
    case WEIR_TEXT: return as_lines ? lines(o, r, error) : plain(o, r, error);
    case WEIR_ROWS: break;
    }
    return as_lines ? lines(o, r, error) : table(o, r, error);
}

enum weir_status cli_output_result(const struct cli_output *o, struct weir_result *r,
                                   struct weir_error **error) {
    *error = NULL;
    enum weir_status st = read_all(o, r, error);
    if (st != WEIR_END) return WEIR_ERROR;
    watch(o, r, true);
    return fflush(o->out) == 0 ? WEIR_OK : WEIR_ERROR;
}
