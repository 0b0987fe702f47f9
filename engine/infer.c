/* SPDX-License-Identifier: Apache-2.0
 *
 * The planner's questions about files, passed on to the connector.
 */
#include <assert.h>

#include "connectors/connector.h"
#include "engine/registry.h"

enum status engine_infer(void *env, const struct infer_request *r, struct arena *a, struct inferred *out,
                         struct error *e) {
    const struct connector_class *c = connector_class_of(r->connector);
    assert(c && c->infer); /* it has CONN_INFERS */
    return c->infer(env, r, a, out, e);
}
