/* SPDX-License-Identifier: Apache-2.0
 *
 * Look-ups in the registry; see registry.h.
 */
#include "planner/registry.h"

const struct connector_desc *registry_connector(const struct registry *r, struct str name) {
    for (const struct connector_desc *const *c = r->connectors; *c; c++) {
        if (str_eq(str_of((*c)->name), name)) return *c;
    }
    return NULL;
}

const struct format_desc *registry_format(const struct registry *r, struct str name) {
    for (const struct format_desc *const *f = r->formats; *f; f++) {
        if (str_eq(str_of((*f)->name), name)) return *f;
    }
    return NULL;
}
