/* SPDX-License-Identifier: Apache-2.0
 *
 * Which physical columns are in a record's key and which in its value: key.fields, key.fields-prefix and
 * value.fields-include. The names in key.fields are the table's; the key's format sees them without the
 * prefix.
 */
#include <string.h>

#include "connectors/kafka/kafka.h"
#include "connectors/kafka_desc.h"

uint32_t kafka_split(struct str text, char separator, struct arena *a, struct str **out) {
    uint32_t n = 1, count = 0;
    for (size_t i = 0; i < text.len; i++) n += text.ptr[i] == separator;
    *out = ARENA_ARRAY(a, struct str, n);
    for (size_t from = 0; from <= text.len;) {
        const char *at = text.len > from ? memchr(text.ptr + from, separator, text.len - from) : NULL;
        size_t to = at ? (size_t)(at - text.ptr) : text.len;
        struct str item = str_sub(text, from, to - from);
        while (item.len && *item.ptr == ' ') item = str_sub(item, 1, item.len - 1);
        while (item.len && item.ptr[item.len - 1] == ' ') item.len--;
        if (item.len) (*out)[count++] = item;
        from = to + 1;
    }
    return count;
}

static enum status key_column(const struct plan_table *t, struct str name, uint32_t *out, struct error *e) {
    for (*out = 0; *out < t->physical.count; ++*out) {
        if (str_eq(t->physical.fields[*out].name, name)) return ST_OK;
    }
    return error_set(e, ERR_INVALID_OPTION,
                     "'key.fields' names '%.*s', which is no physical column of table %.*s", STR_ARG(name),
                     STR_ARG(t->name));
}

static enum status add_keys(const struct plan_table *t, struct arena *a, struct kafka_layout *l, bool *in_key,
                            struct error *e) {
    struct str *names, prefix = option_str(t->options, "", kafka_options, "key.fields-prefix");
    uint32_t n = kafka_split(option_str(t->options, "", kafka_options, "key.fields"), ';', a, &names);
    if (n == 0)
        return error_set(e, ERR_INVALID_OPTION, "table %.*s has 'key.format' but no 'key.fields'",
                         STR_ARG(t->name));
    l->key.fields = ARENA_ARRAY(a, struct field, n);
    l->key_physical = ARENA_ARRAY(a, uint32_t, n);
    for (uint32_t i = 0, col; i < n; i++) {
        TRY(key_column(t, names[i], &col, e));
        struct field f = t->physical.fields[col];
        if (!str_starts(f.name, prefix))
            return error_set(e, ERR_INVALID_OPTION,
                             "the key column '%.*s' does not begin with 'key.fields-prefix' = '%.*s'",
                             STR_ARG(f.name), STR_ARG(prefix));
        f.name = str_sub(f.name, prefix.len, f.name.len - prefix.len);
        in_key[col] = true;
        l->key_physical[l->key.count] = col;
        l->key.fields[l->key.count++] = f;
    }
    return ST_OK;
}

enum status kafka_layout_make(const struct plan_table *t, struct arena *a, struct kafka_layout *out,
                              struct error *e) {
    bool *in_key = ARENA_ARRAY(a, bool, t->physical.count + 1);
    bool except =
        str_ieq(option_str(t->options, "", kafka_options, "value.fields-include"), STR("EXCEPT_KEY"));
    *out = (struct kafka_layout){.keyed = t->key_format != NULL};
    if (out->keyed) TRY(add_keys(t, a, out, in_key, e));
    if (!except && option_given(t->options, "", "key.fields-prefix"))
        return error_set(e, ERR_INVALID_OPTION,
                         "'key.fields-prefix' needs 'value.fields-include' = 'EXCEPT_KEY'");
    out->value.fields = ARENA_ARRAY(a, struct field, t->physical.count + 1);
    out->value_physical = ARENA_ARRAY(a, uint32_t, t->physical.count + 1);
    for (uint32_t i = 0; i < t->physical.count; i++) {
        if (except && in_key[i]) continue;
        out->value_physical[out->value.count] = i;
        out->value.fields[out->value.count++] = t->physical.fields[i];
    }
    return ST_OK;
}

struct format_config kafka_format_config(const struct plan_table *t, bool key, const struct schema *schema,
                                         const uint32_t *projection, uint32_t n, const struct zone *zone,
                                         struct arena *a) {
    return (struct format_config){
        .schema = schema,
        .projection = projection,
        .nprojection = n,
        .options = t->options,
        .prefix = arena_str(a, key ? t->key_format_prefix : t->format_prefix).ptr,
        .zone = zone,
        .in_file = false,
        .where = arena_str(a, t->name).ptr,
    };
}
