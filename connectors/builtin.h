/* SPDX-License-Identifier: Apache-2.0
 *
 * The classes that connector_table.c lists, and what their files share.
 */
#ifndef WEIR_CONNECTORS_BUILTIN_H
#define WEIR_CONNECTORS_BUILTIN_H

#include "connectors/connector.h"

extern const struct connector_class blackhole_connector;
extern const struct connector_class datagen_connector;
extern const struct connector_class filesystem_connector;
extern const struct connector_class kafka_connector; /* the description; its class is in the plug-in */
extern const struct connector_class nexmark_connector;
extern const struct connector_class playback_connector;
extern const struct connector_class print_connector;
extern const struct connector_class stream_connector;

/* A line for the user: "blackhole t: 5 rows". */
void connector_log(const struct io_config *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* Refuses an option that Flink has and Weir does not, if it is given. */
enum status connector_refuse(const struct options *o, const char *key, struct error *e);

#endif
