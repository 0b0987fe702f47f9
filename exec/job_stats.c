/* SPDX-License-Identifier: Apache-2.0
 *
 * Figures of a job, added up over its workers: totals at any time, from what the tasks publish, and those of
 * single operators once the workers have stopped.
 */
#include "exec/job.h"

static void add(struct op_stats *to, const struct op_stats *s) {
    to->rows_in += s->rows_in;
    to->rows_out += s->rows_out;
    to->batches_in += s->batches_in;
    to->late_rows += s->late_rows;
    to->state_rows += s->state_rows;
    to->busy_ns += s->busy_ns;
}

void job_node_stats(struct job *job, uint32_t plan_id, struct op_stats *out, int64_t *state_bytes) {
    *out = (struct op_stats){0};
    *state_bytes = 0;
    for (uint32_t w = 0; w < job->parallelism; w++) {
        for (uint32_t i = 0; i < job->tasks[w].nnodes; i++) {
            struct node *n = &job->tasks[w].nodes[i];
            if (n->plan->id != plan_id) continue;
            add(out, &n->stats);
            *state_bytes += atomic_load(&n->mem.used_bytes);
        }
    }
}

void job_totals(struct job *job, struct job_totals *out) {
    *out = (struct job_totals){.watermark_us = TIME_MAX, .behind_rows = -1};
    for (uint32_t i = 0; i < job->config.plan->count; i++) {
        struct io_counters *c = &job->sources[i].counters;
        out->rows_in += atomic_load(&c->rows);
        out->bytes_in += atomic_load(&c->bytes);
        out->bytes_total += atomic_load(&c->total_bytes);
        out->bad_records += atomic_load(&c->bad_records);
        int64_t behind = atomic_load(&c->behind);
        if (behind > 0) out->behind_rows = (out->behind_rows < 0 ? 0 : out->behind_rows) + behind - 1;
    }
    for (uint32_t w = 0; w < job->parallelism; w++) {
        struct task *t = &job->tasks[w];
        out->late_rows += atomic_load(&t->late_rows);
        out->rows_out += atomic_load(&t->rows_out);
        int64_t watermark = atomic_load(&t->watermark_us);
        if (watermark < out->watermark_us) out->watermark_us = watermark;
    }
    if (out->watermark_us == TIME_MAX) out->watermark_us = TIME_MIN;
    out->state_bytes = atomic_load(&job->mem.used_bytes);
    out->checkpoints = atomic_load(&job->epoch_durable) - job->restored_epoch;
}
