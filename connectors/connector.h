/* SPDX-License-Identifier: Apache-2.0
 *
 * Connectors: where bytes or rows come from and go to. Each is a class with a description for the
 * planner and an implementation of the source and sink contracts of exec/io.h.
 */
#ifndef WEIR_CONNECTORS_CONNECTOR_H
#define WEIR_CONNECTORS_CONNECTOR_H

#include "exec/io.h"
#include "formats/format.h"

struct connector_class {
    struct connector_desc desc;
    const struct source_class *source; /* NULL: sink only */
    const struct sink_class *sink;     /* NULL: source only */
    /* What planner_ctx.infer asks; for connectors with CONN_INFERS. */
    enum status (*infer)(struct env *env, const struct infer_request *r, struct arena *a,
                         struct inferred *out, struct error *e);
};

/* The built-in connectors, NULL-terminated (connectors/connector_table.c). Those whose desc.plugin is set
 * have NULL source and sink; connector_load() finds the plug-in's class. */
extern const struct connector_class *const connector_table[];
const struct connector_class *connector_class_of(const struct connector_desc *desc);

#endif
