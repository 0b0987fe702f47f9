/* SPDX-License-Identifier: Apache-2.0
 *
 * The table behind functions.h.
 */
#include "planner/functions.h"

#include <string.h>

#define STRICT FUNC_STRICT
#define PURE FUNC_PURE
#define DYNAMIC FUNC_DYNAMIC
#define RANDOM FUNC_RANDOM
#define LAZY FUNC_LAZY
#define TRY_NULL FUNC_TRY
#define AGG FUNC_AGG
#define NULLS FUNC_NULLS
#define NOTNULL FUNC_NOTNULL

static const struct func_desc table[FN_COUNT] = {
#define FUNC(id, name, args, result, flags, help)                                                            \
    [FN_##id] = {FN_##id, {name, sizeof(name) - 1}, args, #result, flags, help},
#include "planner/functions.def"
#undef FUNC
};

const struct func_desc *func_desc(enum func_id id) {
    return &table[id];
}

static const struct func_desc *find_from(struct str name, unsigned from) {
    for (unsigned i = from; i < FN_COUNT; i++) {
        if (str_ieq(table[i].name, name)) return &table[i];
    }
    return NULL;
}

const struct func_desc *func_find(struct str name) {
    return find_from(name, 0);
}

const struct func_desc *func_next(const struct func_desc *f) {
    return find_from(f->name, f->id + 1u);
}

static void put(char *buf, size_t cap, const char *text, size_t len) {
    size_t used = strlen(buf);
    if (used + len >= cap) len = cap - used - 1;
    memcpy(buf + used, text, len);
    buf[used + len] = '\0';
}

const char *func_args_text(const struct func_desc *f, char *buf, size_t cap) {
    bool optional = false, opened = false;
    buf[0] = '\0';
    for (const char *at = f->args; *at;) {
        size_t len = strcspn(at, " ");
        if (len == 1 && *at == '[') {
            optional = true;
        } else {
            bool opens = optional && !opened;
            if (opens) put(buf, cap, buf[0] ? " [" : "[", buf[0] ? 2 : 1);
            opened |= opens;
            if (buf[0] && strcmp(buf, "[") != 0) put(buf, cap, ", ", 2);
            if (len == 6 && memcmp(at, "SYMBOL", 6) == 0) put(buf, cap, "keyword", 7);
            else put(buf, cap, at, len);
        }
        at += len;
        while (*at == ' ') at++;
    }
    if (opened) put(buf, cap, "]", 1);
    return buf;
}
