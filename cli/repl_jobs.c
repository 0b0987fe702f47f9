/* SPDX-License-Identifier: Apache-2.0
 *
 * INSERTs. What ends by itself is waited for; what does not runs in the background, is listed by SHOW JOBS
 * and ended by STOP JOB; 'table.dml-sync', when it was given, decides for both. Results of jobs are kept
 * until their end has been told.
 */
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/repl.h"

#define LOOK_US 50000                /* between looks at signals */
#define LEAVE_US ((int64_t)10000000) /* for jobs to end when the program is left */

static bool in_background(struct repl *r, const struct weir_result *result) {
    bool given = false;
    const char *sync = weir_setting(r->session, "table.dml-sync", &given);
    if (given && sync) return strcasecmp(sync, "true") != 0;
    return !weir_result_bounded(result);
}

static const char *id_of(const struct repl_job *j) {
    return j->id ? j->id : "?";
}

static void keep_job(struct repl *r, struct weir_result *result) {
    const char *id = weir_result_job(result);
    r->jobs = realloc(r->jobs, (r->njobs + 1) * sizeof *r->jobs);
    if (!r->jobs) mem_exhausted();
    r->jobs[r->njobs] = (struct repl_job){.result = result, .id = id ? strdup(id) : NULL};
    repl_say(r, "job %s runs in the background (.jobs lists jobs, .stop %s ends this one)",
             id_of(&r->jobs[r->njobs]), id_of(&r->jobs[r->njobs]));
    r->njobs++;
}

/* "1,234 rows written  0.52 s" */
static void tell_end(struct repl *r, struct weir_result *result, const char *head) {
    struct weir_progress w = {.struct_bytes = sizeof w};
    char rows[32], time[32], more[32];
    if (weir_result_progress(result, &w, NULL) != WEIR_OK) return;
    struct outbuf o = {0};
    outbuf_printf(&o, "%s%s row%s written", head, table_count(rows, w.rows_out), w.rows_out == 1 ? "" : "s");
    if (w.bad_records) outbuf_printf(&o, ", %s bad records skipped", table_count(more, w.bad_records));
    if (w.late_rows) outbuf_printf(&o, ", %s late rows dropped", table_count(more, w.late_rows));
    if (r->set.timer) outbuf_printf(&o, "   %s", repl_duration(time, w.elapsed_us));
    outbuf_char(&o, '\0');
    repl_note(r, "%s", o.data);
    outbuf_free(&o);
}

/* Waits; the first Ctrl-C stops the job in good order, the second at once. */
static enum weir_status wait_for(struct repl *r, struct weir_result *result, struct weir_error **error) {
    struct repl_progress p;
    unsigned interrupts = 0;
    enum weir_status st;
    repl_progress_begin(&p);
    while ((st = weir_result_wait(result, LOOK_US, error)) == WEIR_WAIT) {
        unsigned signals = repl_signals(r);
        if (signals & REPL_TERMINATE) r->leave = r->gone = true;
        if (signals & (REPL_INTERRUPT | REPL_TERMINATE)) {
            if (interrupts++) weir_cancel(result);
            else weir_stop(result);
        }
        repl_progress_show(r, &p, result);
    }
    repl_progress_end(r, &p);
    return st;
}

bool repl_job(struct repl *r, struct weir_result *result) {
    if (in_background(r, result)) {
        keep_job(r, result);
        return true;
    }
    struct weir_error *error = NULL;
    bool good = wait_for(r, result, &error) != WEIR_ERROR;
    enum weir_end_kind end = weir_result_end(result);
    if (error && end != WEIR_CANCELLED) repl_show_error(r, error);
    if (end == WEIR_STOPPED || end == WEIR_CANCELLED) tell_end(r, result, "stopped: ");
    else if (good) tell_end(r, result, "");
    weir_error_free(error);
    weir_result_free(result);
    return good;
}

static void report(struct repl *r, struct repl_job *j, enum weir_end_kind end) {
    char head[96];
    struct weir_error *error = NULL;
    j->reported = true;
    if (end == WEIR_FAILED) {
        repl_say(r, "job %s has failed:", id_of(j));
        if (weir_result_wait(j->result, 0, &error) == WEIR_ERROR) repl_show_error(r, error);
        weir_error_free(error);
        return;
    }
    snprintf(head, sizeof head, "job %s %s: ", id_of(j),
             end == WEIR_FINISHED ? "has finished" : "was stopped");
    tell_end(r, j->result, head);
}

void repl_jobs_report(struct repl *r) {
    for (unsigned i = 0; i < r->njobs; i++) {
        struct repl_job *j = &r->jobs[i];
        if (j->reported) continue;
        enum weir_end_kind end = weir_result_end(j->result);
        if (end != WEIR_RUNNING) report(r, j, end);
    }
}

unsigned repl_jobs_running(struct repl *r) {
    unsigned n = 0;
    for (unsigned i = 0; i < r->njobs; i++) n += weir_result_end(r->jobs[i].result) == WEIR_RUNNING;
    return n;
}

/* A line of standard input, of which only the first letter counts; 0 = end, or Ctrl-C. Where there is no
 * terminal any more nobody can say no. */
static char ask(struct repl *r) {
    struct pollfd fds[] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = r->signal_fd, .events = POLLIN}};
    char first = 0, c = 0;
    while (c != '\n') {
        poll(fds, 2, -1);
        if (repl_signals(r) & (REPL_INTERRUPT | REPL_TERMINATE)) return 0;
        if (!fds[0].revents) continue;
        ssize_t n = read(STDIN_FILENO, &c, 1);
        if (n != 1) return n < 0 ? 'y' : 0;
        if (!first && c != ' ') first = c;
    }
    return first;
}

bool repl_jobs_may_leave(struct repl *r) {
    unsigned n = repl_jobs_running(r);
    if (n) {
        printf("%u job%s still run%s. Stop %s and leave? [y/N] ", n, n == 1 ? "" : "s", n == 1 ? "s" : "",
               n == 1 ? "it" : "them");
        fflush(stdout);
        char answer = ask(r);
        if (answer != 'y' && answer != 'Y') {
            if (!answer) fputc('\n', stdout);
            return false;
        }
    }
    return true;
}

void repl_jobs_free(struct repl *r) {
    int64_t until = repl_now_us() + LEAVE_US;
    for (unsigned i = 0; i < r->njobs; i++) weir_stop(r->jobs[i].result);
    for (unsigned i = 0; i < r->njobs; i++) {
        int64_t left = until - repl_now_us();
        weir_result_wait(r->jobs[i].result, left > 0 ? left : 0, NULL);
        weir_result_free(r->jobs[i].result);
        free(r->jobs[i].id);
    }
    free(r->jobs);
    r->jobs = NULL;
    r->njobs = 0;
}
