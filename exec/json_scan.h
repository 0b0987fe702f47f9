/* SPDX-License-Identifier: Apache-2.0
 *
 * Walking JSON text that json_scan() has checked: members and entries one after the other.
 */
#ifndef WEIR_EXEC_JSON_SCAN_H
#define WEIR_EXEC_JSON_SCAN_H

#include "exec/json_path.h"

struct json_iter {
    const char *p, *end; /* what is left, the closing bracket included */
    bool object;         /* members, not entries */
};

/* Over an object's members or an array's entries. */
struct json_iter json_iter(struct json v);
/* The next one: `key` (objects) is the text between its quotes, escapes not resolved. */
bool json_next(struct json_iter *it, struct str *key, struct json *value);
/* Whether a key, as json_next gives it, is that name. */
bool json_key_is(struct str key, struct str name, struct arena *a);

#endif
