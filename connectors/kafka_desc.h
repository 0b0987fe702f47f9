/* SPDX-License-Identifier: Apache-2.0
 *
 * What the planner knows of the Kafka connector, in the core, so that Kafka tables can be planned without the
 * plug-in; the plug-in's class holds the same description.
 */
#ifndef WEIR_CONNECTORS_KAFKA_DESC_H
#define WEIR_CONNECTORS_KAFKA_DESC_H

#include "connectors/connector.h"

extern const struct option_def kafka_options[];
extern const struct metadata_desc kafka_metadata[];
enum status kafka_validate(const struct options *o, struct error *e);
/* Ends when scan.bounded.mode is anything but unbounded. */
bool kafka_bounded(const struct options *o);

#define KAFKA_DESC                                                                                           \
    {                                                                                                        \
        .name = "kafka", .caps = CONN_SOURCE | CONN_SINK | CONN_NEEDS_FORMAT, .options = kafka_options,      \
        .metadata = kafka_metadata, .validate = kafka_validate, .bounded = kafka_bounded, .plugin = "kafka", \
        .help = "topics of an Apache Kafka cluster",                                                         \
    }

#endif
