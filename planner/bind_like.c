/* SPDX-License-Identifier: Apache-2.0
 *
 * CREATE TABLE .. LIKE: merges the syntax trees of both tables. Parts of the source come first; whether a
 * part is taken, left out or may be replaced is said by the LIKE options (default INCLUDING ALL, OVERWRITING
 * OPTIONS).
 */
#include "planner/binder.h"

#define FEATURES (AST_LIKE_WATERMARKS + 1)

static void like_modes(const struct ast_create_table *c, enum ast_like_mode mode[FEATURES]) {
    for (int f = 0; f < FEATURES; f++) mode[f] = AST_LIKE_INCLUDING;
    mode[AST_LIKE_OPTIONS] = AST_LIKE_OVERWRITING;
    for (size_t i = 0; i < c->like_option_count; i++) {
        if (c->like_options[i].feature != AST_LIKE_ALL) continue;
        for (int f = 0; f < FEATURES; f++) {
            if (f != AST_LIKE_OPTIONS || c->like_options[i].mode != AST_LIKE_INCLUDING)
                mode[f] = c->like_options[i].mode;
        }
    }
    for (size_t i = 0; i < c->like_option_count; i++) {
        if (c->like_options[i].feature != AST_LIKE_ALL)
            mode[c->like_options[i].feature] = c->like_options[i].mode;
    }
}

static enum ast_like_feature feature_of(enum ast_column_kind kind) {
    if (kind == AST_COLUMN_COMPUTED) return AST_LIKE_GENERATED;
    return kind == AST_COLUMN_METADATA ? AST_LIKE_METADATA : AST_LIKE_ALL;
}

static enum status merge_columns(struct binder *b, const struct ast_create_table *c,
                                 const struct ast_create_table *source, const enum ast_like_mode *mode,
                                 struct ast_create_table *m) {
    m->columns = ARENA_ARRAY(b->arena, struct ast_column, c->column_count + source->column_count + 1);
    m->column_count = 0;
    for (size_t i = 0; i < source->column_count; i++) {
        enum ast_like_feature f = feature_of(source->columns[i].kind);
        if (f != AST_LIKE_ALL && mode[f] == AST_LIKE_EXCLUDING) continue;
        m->columns[m->column_count++] = source->columns[i];
    }
    size_t from_source = m->column_count;
    for (size_t i = 0; i < c->column_count; i++) {
        const struct ast_column *col = &c->columns[i];
        enum ast_like_feature f = feature_of(col->kind);
        size_t at = 0;
        while (at < from_source && !str_eq(m->columns[at].name.text, col->name.text)) at++;
        if (at < from_source && (f == AST_LIKE_ALL || mode[f] != AST_LIKE_OVERWRITING)) {
            error_at(b->error, ERR_DUPLICATE_OBJECT, col->name.span,
                     "the table of LIKE has a column '%.*s' already", STR_ARG(col->name.text));
            return f == AST_LIKE_ALL ? ST_ERROR
                                     : error_hint(b->error, "LIKE t (OVERWRITING %s) replaces it",
                                                  f == AST_LIKE_GENERATED ? "GENERATED" : "METADATA");
        }
        m->columns[at < from_source ? at : m->column_count++] = *col;
    }
    return ST_OK;
}

static enum status merge_options(struct binder *b, const struct ast_create_table *c,
                                 const struct ast_create_table *source, enum ast_like_mode mode,
                                 struct ast_create_table *m) {
    if (mode == AST_LIKE_EXCLUDING) return ST_OK;
    m->options = c->options;
    m->options.items = ARENA_ARRAY(b->arena, struct ast_option, c->options.count + source->options.count + 1);
    m->options.count = 0;
    for (size_t i = 0; i < source->options.count; i++)
        m->options.items[m->options.count++] = source->options.items[i];
    for (size_t i = 0; i < c->options.count; i++) {
        const struct ast_option *o = &c->options.items[i];
        size_t at = 0;
        while (at < source->options.count && !str_eq(source->options.items[at].key.value, o->key.value)) at++;
        if (at < source->options.count && mode != AST_LIKE_OVERWRITING) {
            return error_at(b->error, ERR_DUPLICATE_OBJECT, o->key.span,
                            "the table of LIKE has option '%.*s' already", STR_ARG(o->key.value));
        }
        m->options.items[at < source->options.count ? at : m->options.count++] = *o;
    }
    return ST_OK;
}

enum status bind_like(struct binder *b, const struct ast_create_table *c,
                      const struct ast_create_table *source, const struct ast_create_table **out) {
    enum ast_like_mode mode[FEATURES];
    like_modes(c, mode);
    struct ast_create_table *m = ARENA_NEW(b->arena, struct ast_create_table);
    *m = *c;
    m->like.count = 0;
    m->like_option_count = 0;
    TRY(merge_columns(b, c, source, mode, m));
    TRY(merge_options(b, c, source, mode[AST_LIKE_OPTIONS], m));
    if (source->watermark.column.count && mode[AST_LIKE_WATERMARKS] != AST_LIKE_EXCLUDING) {
        if (!c->watermark.column.count) {
            m->watermark = source->watermark;
        } else if (mode[AST_LIKE_WATERMARKS] != AST_LIKE_OVERWRITING) {
            error_at(b->error, ERR_DUPLICATE_OBJECT, c->watermark.span,
                     "the table of LIKE has a watermark already");
            return error_hint(b->error, "LIKE t (OVERWRITING WATERMARKS) replaces it");
        }
    }
    if (source->primary_key.columns.count && mode[AST_LIKE_CONSTRAINTS] != AST_LIKE_EXCLUDING) {
        if (c->primary_key.columns.count) {
            return error_at(b->error, ERR_DUPLICATE_OBJECT, c->primary_key.span,
                            "the table of LIKE has a PRIMARY KEY already");
        }
        m->primary_key = source->primary_key;
    }
    if (source->partitioned_by.count && mode[AST_LIKE_PARTITIONS] != AST_LIKE_EXCLUDING) {
        if (c->partitioned_by.count) {
            return error_at(b->error, ERR_DUPLICATE_OBJECT, c->partitioned_by.items[0].span,
                            "the table of LIKE is partitioned already");
        }
        m->partitioned_by = source->partitioned_by;
    }
    *out = m;
    return ST_OK;
}
