/* SPDX-License-Identifier: Apache-2.0
 *
 * Settings of a session: what SET, RESET and -D change. Keys of Weir and of Flink that mean something here
 * are in one table and checked; keys that Flink knows and Weir has no use for are taken and kept; all
 * others are errors. The zone's name and the like are checked by whoever uses them.
 */
#ifndef WEIR_PLANNER_SESSION_OPTIONS_H
#define WEIR_PLANNER_SESSION_OPTIONS_H

#include "base/options.h"

struct session_options {
    struct arena arena;   /* keys and values */
    struct options given; /* what was set, in order */
};

/* The settings that mean something here; ends with key NULL. */
extern const struct option_def session_option_defs[];

void session_options_free(struct session_options *o);
enum status session_options_set(struct session_options *o, struct str key, struct str value,
                                struct span key_span, struct span value_span, struct error *e) MUST_CHECK;
/* An empty key resets all. */
enum status session_options_reset(struct session_options *o, struct str key, struct span span,
                                  struct error *e) MUST_CHECK;
/* The value given or the default; empty string, false or 0 where there is none. */
struct str session_option_str(const struct session_options *o, const char *key);
int64_t session_option_int(const struct session_options *o, const char *key);
/* Microseconds or bytes. */
int64_t session_option_amount(const struct session_options *o, const char *key);

#endif
