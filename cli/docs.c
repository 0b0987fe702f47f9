/* SPDX-License-Identifier: Apache-2.0
 *
 * `weir docs`, not listed in the help: the tables of options as lines of fields with tabs between them, from
 * which tools/docs makes docs/options.md: owner kind, owner, key, type, default, smallest, greatest or
 * values, required, meaning metadata, connector, key, type, writable
 */
#include <inttypes.h>
#include <stdio.h>

#include "cli/cli.h"
#include "engine/registry.h"
#include "planner/session_options.h"

static const char *const type_names[] = {
    [OPT_STRING] = "text",        [OPT_BOOL] = "true or false", [OPT_INT] = "whole number",
    [OPT_DOUBLE] = "number",      [OPT_DURATION] = "duration",  [OPT_BYTES] = "size",
    [OPT_ENUM] = "one of a list", [OPT_CHAR] = "one character",
};

static void print_options(const char *kind, const char *owner, const char *prefix,
                          const struct option_def *defs) {
    for (const struct option_def *d = defs; d && d->key; d++) {
        printf("%s\t%s\t%s%s\t%s\t%s\t", kind, owner, prefix, d->key, type_names[d->type],
               d->def ? d->def : "");
        if (d->values) printf("%s\t", d->values);
        else if (d->max == INT64_MAX) printf("from %" PRId64 "\t", d->min);
        else if (d->min || d->max) printf("%" PRId64 " to %" PRId64 "\t", d->min, d->max);
        else printf("\t");
        printf("%s\t%s\n", d->required ? "required" : "", d->help ? d->help : "");
    }
}

static void print_metadata(const struct connector_desc *c) {
    struct arena a = {0};
    for (const struct metadata_desc *m = c->metadata; m && m->key; m++) {
        struct str type = STR("MAP<STRING, BYTES> NOT NULL");
        if (m->kind == TYPE_VARCHAR) type = STR("STRING NOT NULL");
        else if (m->precision) type = type_print(&a, type_time(&a, m->kind, m->precision, m->nullable));
        else if (m->kind != TYPE_MAP) type = type_print(&a, type_simple(m->kind, m->nullable));
        printf("metadata\t%s\t%s\t%.*s\t%s\n", c->name, m->key, STR_ARG(type),
               m->writable ? "written too" : "");
    }
    arena_free(&a);
}

int cli_docs(void) {
    const struct registry *r = engine_registry();
    print_options("session", "session", "", session_option_defs);
    for (unsigned i = 0; r->connectors[i]; i++) {
        const struct connector_desc *c = r->connectors[i];
        printf("about\t%s\t%s%s%s\t%s\n", c->name, c->caps & CONN_SOURCE ? "read" : "",
               (c->caps & (CONN_SOURCE | CONN_SINK)) == (CONN_SOURCE | CONN_SINK) ? " and " : "",
               c->caps & CONN_SINK ? "written" : "", c->help);
        print_options("connector", c->name, "", c->options);
        print_metadata(c);
    }
    for (unsigned i = 0; r->formats[i]; i++) {
        const struct format_desc *f = r->formats[i];
        char prefix[64];
        snprintf(prefix, sizeof prefix, "%s.", f->name);
        printf("about\t%s\t%s%s\t%s\n", f->name, f->caps & FORMAT_IN_FILES ? "files" : "",
               f->caps & FORMAT_IN_MESSAGES ? (f->caps & FORMAT_IN_FILES ? " and messages" : "messages") : "",
               f->help);
        print_options("format", f->name, prefix, f->options);
    }
    return 0;
}
