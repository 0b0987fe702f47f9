/* SPDX-License-Identifier: Apache-2.0
 *
 * The entry of weir-kafka.so; see connectors/plugin.h.
 */
#include "connectors/kafka_desc.h"
#include "connectors/kafka/kafka.h"
#include "connectors/plugin.h"

static const struct connector_class kafka_class = {
    .desc = KAFKA_DESC,
    .source = &kafka_source_class,
    .sink = &kafka_sink_class,
};

const struct connector_class *weir_plugin_connector(const struct plugin_host *host) {
    return plugin_same_contract(host) ? &kafka_class : NULL;
}
