/* SPDX-License-Identifier: Apache-2.0
 *
 * What the built-in connectors share; see builtin.h.
 */
#include "connectors/builtin.h"

#include <stdio.h>

void connector_log(const struct io_config *c, const char *fmt, ...) {
    if (!c->log) return;
    char line[1024];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    c->log(c->log_arg, line);
}

enum status connector_refuse(const struct options *o, const char *key, struct error *e) {
    const struct option *item = options_find(o, key);
    if (!item) return ST_OK;
    return error_at(e, ERR_UNSUPPORTED, item->key_span, "the option '%s' is not supported yet", key);
}
