/* SPDX-License-Identifier: Apache-2.0
 *
 * From the bound trees to the plan that runs, in this order:
 *   plan_share     equal sub-plans become one node (shared scans of a statement set)
 *   plan_filter_first  first rows that a condition above drops do not wait to be dropped
 *   plan_known     what a filter says about a column is used in the projection above it
 *   plan_prune     columns nobody reads are cut off, down to the scans; watermarks nobody needs as well
 *   plan_changes   what kind of changes each node gives; sinks that cannot take them are refused
 *   plan_spread    exchanges and two-phase aggregates, when there are several workers
 *   plan_finish    numbers, state notes, fingerprints
 * All work on the nodes in topological order (inputs first; node->id is the position).
 */
#ifndef WEIR_PLANNER_PASSES_H
#define WEIR_PLANNER_PASSES_H

#include "planner/node.h"

struct pass_ctx {
    struct binder *b;
    uint32_t nroots;
    struct plan_node **roots;      /* SINK nodes, one a statement */
    const struct span *spans;      /* of each root, for messages */
    uint32_t count;
    struct plan_node **nodes;      /* topological order */
    uint32_t parallelism;
    bool batch;                    /* final rows only */
    bool no_watermarks;            /* SET 'execution.runtime-mode' = 'batch' */
    int64_t ttl_us;
    bool ttl_event_time;
    int64_t idle_timeout_us;
};

/* Finds the nodes below the roots and numbers them. */
void plan_collect(struct pass_ctx *p);
void plan_share(struct pass_ctx *p);
void plan_filter_first(struct pass_ctx *p);
void plan_known(struct pass_ctx *p);
void plan_prune(struct pass_ctx *p);
/* The last part of it: fields of ROW columns. */
void plan_prune_fields(struct pass_ctx *p);
enum status plan_changes(struct pass_ctx *p) MUST_CHECK;
void plan_spread(struct pass_ctx *p);
struct plan *plan_finish(struct pass_ctx *p);

/* The node itself in normalised words, without its inputs; columns by name or by number. */
struct str plan_text(struct arena *a, const struct plan_node *n, bool numbers);
/* "90 s", "1500 ms". */
struct str plan_duration(struct arena *a, int64_t us);
/* plan_text with kind, types and inputs. Taken before plan_spread, so that it is the same at any parallelism.
 */
struct str plan_fingerprint(struct arena *a, const struct plan_node *n);
/* ROW_NUMBER() and its like apart: does anything here give another result each time? */
bool plan_is_random(const struct plan_node *n);
/* CURRENT_WATERMARK in it? */
bool plan_reads_watermark(const struct expr *e);

#endif
