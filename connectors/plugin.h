/* SPDX-License-Identifier: Apache-2.0
 *
 * How a connector outside the core is found: weir-NAME.so exports this one function. It gets the version of
 * the contract (exec/io.h, connectors/connector.h and what they include) that the program was built with, and
 * gives its class, or NULL when it was built with another.
 *
 * A plug-in calls functions of the core through its own linked copy of the convenience libraries: nothing but
 * weir_ symbols is exported, and no state is shared except through the structs of the contract.
 */
#ifndef WEIR_CONNECTORS_PLUGIN_H
#define WEIR_CONNECTORS_PLUGIN_H

#include "connectors/connector.h"

#define PLUGIN_VERSION 1
#define PLUGIN_ENTRY "weir_plugin_connector"

const struct connector_class *weir_plugin_connector(int version);

#endif
