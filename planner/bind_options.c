/* SPDX-License-Identifier: Apache-2.0
 *
 * WITH (..): which connector and formats, and whether each key and value is one of theirs. Keys that start
 * with a format's prefix ("csv.", "value.csv.", "key.csv.") are the format's, all others the connector's.
 */
#include <stdio.h>

#include "planner/binder.h"

enum status bind_options(struct binder *b, const struct ast_options *ast, struct arena *a,
                         struct options *out) {
    out->items = ARENA_ARRAY(a, struct option, ast->count + 1);
    out->count = 0;
    for (size_t i = 0; i < ast->count; i++) {
        const struct ast_option *o = &ast->items[i];
        if (!o->value.present) {
            return error_at(b->error, ERR_INVALID_OPTION, o->key.span, "option '%.*s' has no value",
                            STR_ARG(o->key.value));
        }
        uint32_t at = 0;
        while (at < out->count && !str_eq(out->items[at].key, o->key.value)) at++;
        if (at == out->count) out->count++;
        out->items[at] = (struct option){o->key.value, o->value.value, o->key.span, o->value.span};
    }
    return ST_OK;
}

/* Names that Flink users have in their files and that come later. */
static bool comes_later(struct str name, const char *const *names) {
    while (*names && !str_eq(name, str_of(*names))) names++;
    return *names != NULL;
}

static enum status find_connector(struct binder *b, struct catalog_entry *entry, struct span span) {
    const struct option *o = options_find(&entry->options, "connector");
    if (!o) {
        error_at(b->error, ERR_INVALID_OPTION, span, "the table has no option 'connector'");
        return error_hint(b->error, "add 'connector' = '..'; SHOW CONNECTORS lists them");
    }
    entry->connector = registry_connector(b->ctx->registry, o->value);
    if (entry->connector) return ST_OK;
    static const char *const later[] = {"upsert-kafka",    "iceberg",    "jdbc",      "elasticsearch-6",
                                        "elasticsearch-7", "opensearch", "hbase-2.2", "kinesis",
                                        "mongodb",         "firehose",   NULL};
    if (comes_later(o->value, later))
        return bind_unsupported(b, o->value_span, "connector '%.*s'", STR_ARG(o->value));
    error_at(b->error, ERR_INVALID_OPTION, o->value_span, "there is no connector '%.*s'", STR_ARG(o->value));
    struct str list = {"", 0};
    for (const struct connector_desc *const *c = b->ctx->registry->connectors; *c; c++) {
        if (str_distance(o->value, str_of((*c)->name), 4) < 4)
            return error_hint(b->error, "did you mean '%s'?", (*c)->name);
        list = arena_printf(b->arena, "%.*s%s%s", STR_ARG(list), list.len ? ", " : "", (*c)->name);
    }
    return error_hint(b->error, "there are %.*s", STR_ARG(list));
}

static enum status find_format(struct binder *b, const struct option *o, uint32_t where, const char *lead,
                               const struct format_desc **format, struct str *prefix) {
    const struct format_desc *f = registry_format(b->ctx->registry, o->value);
    static const char *const later[] = {"parquet",       "orc",
                                        "protobuf",      "avro-confluent",
                                        "debezium-json", "debezium-avro-confluent",
                                        "canal-json",    "maxwell-json",
                                        "ogg-json",      NULL};
    if (!f && comes_later(o->value, later))
        return bind_unsupported(b, o->value_span, "format '%.*s'", STR_ARG(o->value));
    if (!f) {
        error_at(b->error, ERR_INVALID_OPTION, o->value_span, "there is no format '%.*s'", STR_ARG(o->value));
        struct str list = {"", 0};
        for (const struct format_desc *const *c = b->ctx->registry->formats; *c; c++) {
            list = arena_printf(b->arena, "%.*s%s%s", STR_ARG(list), list.len ? ", " : "", (*c)->name);
        }
        return error_hint(b->error, "there are %.*s", STR_ARG(list));
    }
    if (where && !(f->caps & where)) {
        return error_at(b->error, ERR_INVALID_OPTION, o->value_span, "format '%s' does not work in %s",
                        f->name, where == FORMAT_IN_FILES ? "files" : "messages");
    }
    *format = f;
    *prefix = arena_printf(b->arena, "%s%s.", lead, f->name);
    return ST_OK;
}

static bool takes_keys(const struct connector_desc *c) {
    return option_def_find(c->options, STR("key.fields")) != NULL;
}

static enum status find_formats(struct binder *b, struct catalog_entry *entry, struct span span) {
    const struct connector_desc *c = entry->connector;
    bool keys = takes_keys(c);
    uint32_t where = keys ? FORMAT_IN_MESSAGES : c->caps & CONN_NEEDS_FORMAT ? FORMAT_IN_FILES : 0;
    const struct option *format = options_find(&entry->options, "format");
    const struct option *value = keys ? options_find(&entry->options, "value.format") : NULL;
    const struct option *key = keys ? options_find(&entry->options, "key.format") : NULL;
    if (format && value) {
        return error_at(b->error, ERR_INVALID_OPTION, value->key_span,
                        "'format' and 'value.format' mean the same: "
                        "give one of them");
    }
    if (!(c->caps & CONN_NEEDS_FORMAT)) return ST_OK;
    if (!format && !value) {
        error_at(b->error, ERR_INVALID_OPTION, span, "connector '%s' needs the option 'format'", c->name);
        return error_hint(b->error, "add 'format' = '..'; SHOW FORMATS lists them");
    }
    TRY(find_format(b, format ? format : value, where, value ? "value." : "", &entry->format,
                    &entry->format_prefix));
    if (key) TRY(find_format(b, key, where, "key.", &entry->key_format, &entry->key_format_prefix));
    return ST_OK;
}

/* Places for errors about options that are missing. */
static enum status placed(struct binder *b, enum status st, struct span span) {
    if (st != ST_OK && b->error->span.len == 0) b->error->span = span;
    return st;
}

static enum status check_format_options(struct binder *b, const struct catalog_entry *entry,
                                        const struct format_desc *f, struct str prefix, struct span span) {
    if (!f) return ST_OK;
    char what[64], z[128];
    snprintf(what, sizeof what, "format '%s'", f->name);
    snprintf(z, sizeof z, "%.*s", STR_ARG(prefix));
    return placed(b, options_check(&entry->options, z, f->options, what, b->error), span);
}

enum status bind_table_options(struct binder *b, struct catalog_entry *entry, struct span span) {
    TRY(find_connector(b, entry, span));
    TRY(find_formats(b, entry, span));
    const struct connector_desc *c = entry->connector;
    bool needs_format = c->caps & CONN_NEEDS_FORMAT;
    struct options rest = {.items = ARENA_ARRAY(b->arena, struct option, entry->options.count + 1)};
    for (uint32_t i = 0; i < entry->options.count; i++) {
        const struct option *o = &entry->options.items[i];
        if (str_eq(o->key, STR("connector"))) continue;
        if (needs_format &&
            (str_eq(o->key, STR("format")) ||
             (takes_keys(c) && (str_eq(o->key, STR("value.format")) || str_eq(o->key, STR("key.format"))))))
            continue;
        if (entry->format && str_starts(o->key, entry->format_prefix)) continue;
        if (entry->key_format && str_starts(o->key, entry->key_format_prefix)) continue;
        rest.items[rest.count++] = *o;
    }
    char what[64];
    snprintf(what, sizeof what, "connector '%s'", c->name);
    TRY(placed(b, options_check(&rest, "", c->options, what, b->error), span));
    TRY(check_format_options(b, entry, entry->format, entry->format_prefix, span));
    TRY(check_format_options(b, entry, entry->key_format, entry->key_format_prefix, span));
    if (c->validate) TRY(placed(b, c->validate(&entry->options, b->error), span));
    return ST_OK;
}

enum status bind_merge_options(struct binder *b, const struct catalog_entry *entry,
                               const struct ast_options *more, struct options *out) {
    struct options given;
    TRY(bind_options(b, more, b->arena, &given));
    out->items = ARENA_ARRAY(b->arena, struct option, entry->options.count + given.count + 1);
    out->count = entry->options.count;
    if (out->count) memcpy(out->items, entry->options.items, out->count * sizeof *out->items);
    for (uint32_t i = 0; i < out->count; i++)
        out->items[i].key_span = out->items[i].value_span = (struct span){0};
    for (uint32_t i = 0; i < given.count; i++) {
        const struct option *o = &given.items[i];
        if (str_eq(o->key, STR("connector"))) {
            return error_at(b->error, ERR_INVALID_OPTION, o->key_span, "'connector' cannot be changed");
        }
        uint32_t at = 0;
        while (at < out->count && !str_eq(out->items[at].key, o->key)) at++;
        if (at == out->count) out->count++;
        out->items[at] = *o;
    }
    struct catalog_entry checked = *entry;
    checked.options = *out;
    return bind_table_options(b, &checked, more->span);
}
