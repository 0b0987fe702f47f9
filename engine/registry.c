/* SPDX-License-Identifier: Apache-2.0
 *
 * The tables of connectors and formats as the planner's registry; see registry.h. A plug-in is
 * weir-NAME.so with the function weir_plugin_connector, which gets what it may call and gives its class
 * when both were built with the same contract. It is looked for beside the program, then where it is
 * installed.
 */
#include "engine/registry.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "connectors/plugin.h"

extern const struct connector_desc *const connector_descs[];
extern const struct format_desc *const format_descs[];

static const struct registry registry = {connector_descs, format_descs};

const struct registry *engine_registry(void) {
    return &registry;
}

static void *open_plugin(const char *name, struct error *e) {
    char path[PATH_MAX + 64], exe[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    exe[n > 0 ? n : 0] = '\0';
    char *slash = strrchr(exe, '/');
    if (slash) *slash = '\0';
    snprintf(path, sizeof path, "%s/weir-%s.so", exe, name);
    if (access(path, R_OK) != 0) snprintf(path, sizeof path, "%s/weir-%s.so", WEIR_PLUGIN_DIR, name);
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (!so) error_set(e, ERR_IO, "the plug-in for '%s' cannot be loaded: %s", name, dlerror());
    return so;
}

static const struct format_class *format_of(const struct format_desc *desc) {
    return desc ? format_class_of(desc) : NULL;
}

static const struct plugin_host host = {
    .version = PLUGIN_VERSION,
    .nsizes = ARRAY_LEN(plugin_sizes),
    .sizes = plugin_sizes,
    .format = format_of,
    .regex_cache_new = regex_cache_new,
    .regex_cache_free = regex_cache_free,
    .regex_get = regex_get,
    .regex_find = regex_find,
};

const struct plugin_host *engine_plugin_host(void) {
    return &host;
}

/* The library stays loaded: classes are const data in it, and dlopen counts. */
static const struct connector_class *plugin_class(const char *name, struct error *e) {
    void *so = open_plugin(name, e);
    if (!so) return NULL;
    __typeof__(weir_plugin_connector) *entry;
    *(void **)&entry = dlsym(so, PLUGIN_ENTRY);
    const struct connector_class *c = entry ? entry(engine_plugin_host()) : NULL;
    if (!c) error_set(e, ERR_IO, "the plug-in for '%s' is of another version of Weir", name);
    return c;
}

static const struct connector_class *class_of(const struct connector_desc *desc, struct error *e) {
    if (desc->plugin) return plugin_class(desc->plugin, e);
    const struct connector_class *c = connector_class_of(desc);
    if (!c) error_set(e, ERR_INTERNAL, "connector '%s' has no class", desc->name);
    return c;
}

const struct source_class *engine_source_class(const struct connector_desc *desc, struct error *e) {
    const struct connector_class *c = class_of(desc, e);
    return c ? c->source : NULL;
}

const struct sink_class *engine_sink_class(const struct connector_desc *desc, struct error *e) {
    const struct connector_class *c = class_of(desc, e);
    return c ? c->sink : NULL;
}
