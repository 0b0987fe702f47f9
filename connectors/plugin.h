/* SPDX-License-Identifier: Apache-2.0
 *
 * How a connector outside the core is found: weir-NAME.so exports one function, weir_plugin_connector(). At
 * load it gets the functions of the core that a plug-in may call, with the version of the contract and the
 * sizes of its structs (exec/io.h, connectors/connector.h and what they include); it gives its class, or NULL
 * when it was built with another contract. Later calls find the same functions in struct io_config
 * (docs/decisions/0007).
 */
#ifndef WEIR_CONNECTORS_PLUGIN_H
#define WEIR_CONNECTORS_PLUGIN_H

#include "connectors/connector.h"
#include "exec/batch.h"
#include "exec/regex.h"

#define PLUGIN_VERSION 2
#define PLUGIN_ENTRY "weir_plugin_connector"

/* What the core does for a plug-in. New functions are added at the end, with a new version. */
struct plugin_host {
    uint32_t version;      /* PLUGIN_VERSION of the core */
    uint32_t nsizes;       /* of sizes */
    const uint32_t *sizes; /* plugin_sizes of the core */
    /* The class of a format; NULL: there is none. */
    const struct format_class *(*format)(const struct format_desc *desc);
    /* exec/regex.h */
    struct regex_cache *(*regex_cache_new)(struct arena *a);
    void (*regex_cache_free)(struct regex_cache *c);
    struct regex *(*regex_get)(struct regex_cache *c, struct str pattern, bool whole);
    int (*regex_find)(struct regex_cache *c, struct regex *r, struct str s, size_t from,
                      struct regex_match *m, struct error *e);
};

/* Sizes of the structs of the contract: a change for which somebody forgot to raise the version is noticed.
 */
static const uint32_t plugin_sizes[] UNUSED = {
    sizeof(struct io_config),       sizeof(struct source_class), sizeof(struct sink_class),
    sizeof(struct connector_class), sizeof(struct format_class), sizeof(struct chunk),
    sizeof(struct batch),           sizeof(struct vec),          sizeof(struct plan_table),
    sizeof(struct plan_scan),       sizeof(struct plan_sink),    sizeof(struct plan_node),
    sizeof(struct type),            sizeof(struct arena),        sizeof(struct error),
    sizeof(struct env),             sizeof(struct option),       sizeof(struct format_config),
};

/* Whether both sides were built with the same contract. */
static inline bool plugin_same_contract(const struct plugin_host *host) {
    return host->version == PLUGIN_VERSION && host->nsizes == ARRAY_LEN(plugin_sizes) &&
           memcmp(host->sizes, plugin_sizes, sizeof plugin_sizes) == 0;
}

const struct connector_class *weir_plugin_connector(const struct plugin_host *host);

#endif
