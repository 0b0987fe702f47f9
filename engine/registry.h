/* SPDX-License-Identifier: Apache-2.0
 *
 * The registry the planner sees, filled with the built-in connectors and formats, and the classes behind its
 * descriptions, plug-ins being loaded at first use.
 */
#ifndef WEIR_ENGINE_REGISTRY_H
#define WEIR_ENGINE_REGISTRY_H

#include "connectors/connector.h"
#include "planner/registry.h"

/* Const data behind it; fills the caller's struct. */
const struct registry *engine_registry(void);
/* planner_ctx.infer; `env` is a struct env (engine/infer.c). */
enum status engine_infer(void *env, const struct infer_request *r, struct arena *a, struct inferred *out,
                         struct error *e);
/* The functions of the core that plug-ins may call. */
const struct plugin_host *engine_plugin_host(void);
const struct source_class *engine_source_class(const struct connector_desc *desc, struct error *e);
const struct sink_class *engine_sink_class(const struct connector_desc *desc, struct error *e);

#endif
