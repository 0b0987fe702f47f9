/* SPDX-License-Identifier: Apache-2.0
 *
 * All connectors. To add one: a file with its connector_class, its name in builtin.h and a line in both
 * tables here (the planner sees descriptions, the engine classes).
 */
#include "connectors/builtin.h"

const struct connector_class *const connector_table[] = {
    &blackhole_connector, &datagen_connector,  &filesystem_connector, &kafka_connector,
    &nexmark_connector,   &playback_connector, &print_connector,      &stream_connector,
    NULL,
};

extern const struct connector_desc *const connector_descs[]; /* for the engine's registry */
const struct connector_desc *const connector_descs[] = {
    &blackhole_connector.desc, &datagen_connector.desc,  &filesystem_connector.desc, &kafka_connector.desc,
    &nexmark_connector.desc,   &playback_connector.desc, &print_connector.desc,      &stream_connector.desc,
    NULL,
};

const struct connector_class *connector_class_of(const struct connector_desc *desc) {
    for (const struct connector_class *const *c = connector_table; *c; c++) {
        if (&(*c)->desc == desc) return *c;
    }
    return NULL;
}
