/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing statements.
 */
#include "sql/print.h"
#include "sql/printer.h"

static void print_stmt(struct printer *o, const struct ast_stmt *s);

static void print_if(struct printer *o, bool yes, const char *words) {
    if (yes) print_raw(o, words);
}

/* " WORDS 'text'" when there is a text. */
static void print_text(struct printer *o, const char *words, const struct ast_text *t) {
    if (!t->present) return;
    print_raw(o, words);
    print_string(o, t->value);
}

static void print_with(struct printer *o, const struct ast_options *l) {
    if (l->span.len == 0) return;
    print_raw(o, " WITH ");
    print_options(o, l);
}

static void print_partition(struct printer *o, const struct ast_partition_value *v, size_t count) {
    if (count == 0) return;
    print_raw(o, " PARTITION (");
    for (size_t i = 0; i < count; i++) {
        print_comma(o, i);
        print_ident(o, v[i].column.text);
        if (!v[i].value) continue;
        print_raw(o, " = ");
        print_expr(o, v[i].value);
    }
    print_raw(o, ")");
}

/* ---- CREATE TABLE ---- */

static void print_column(struct printer *o, const struct ast_column *c) {
    print_ident(o, c->name.text);
    if (c->kind == AST_COLUMN_COMPUTED) {
        print_raw(o, " AS ");
        print_expr(o, c->expr);
    } else {
        print_raw(o, " ");
        print_type(o, c->type);
    }
    if (c->kind == AST_COLUMN_METADATA) {
        print_raw(o, " METADATA");
        print_text(o, " FROM ", &c->metadata_key);
        print_if(o, c->is_virtual, " VIRTUAL");
    }
    print_text(o, " COMMENT ", &c->comment);
}

static void print_elements(struct printer *o, const struct ast_create_table *t) {
    size_t n = 0;
    if (t->column_count == 0 && t->watermark.column.count == 0 && t->primary_key.columns.count == 0) return;
    print_raw(o, " (");
    for (; n < t->column_count; n++) {
        print_comma(o, n);
        print_column(o, &t->columns[n]);
    }
    if (t->watermark.column.count) {
        print_comma(o, n++);
        print_raw(o, "WATERMARK FOR ");
        print_name(o, &t->watermark.column);
        print_raw(o, " AS ");
        print_expr(o, t->watermark.expr);
    }
    if (t->primary_key.columns.count) {
        print_comma(o, n);
        if (t->primary_key.name.text.len) {
            print_raw(o, "CONSTRAINT ");
            print_ident(o, t->primary_key.name.text);
            print_raw(o, " ");
        }
        print_raw(o, "PRIMARY KEY ");
        print_idents(o, &t->primary_key.columns);
        print_if(o, t->primary_key.not_enforced, " NOT ENFORCED");
    }
    print_raw(o, ")");
}

static void print_distribution(struct printer *o, const struct ast_create_table *t) {
    if (t->distribution == AST_DIST_NONE) return;
    print_raw(o, " DISTRIBUTED");
    if (t->distribution != AST_DIST_BUCKETS) {
        print_raw(o, " BY ");
        print_if(o, t->distribution == AST_DIST_HASH, "HASH");
        print_if(o, t->distribution == AST_DIST_RANGE, "RANGE");
        print_idents(o, &t->distribution_keys);
    }
    if (t->buckets >= 0) print_format(o, " INTO %d BUCKETS", t->buckets);
}

static void print_like_table(struct printer *o, const struct ast_create_table *t) {
    static const char *const modes[] = {"INCLUDING", "EXCLUDING", "OVERWRITING"};
    static const char *const features[] = {"ALL",       "CONSTRAINTS", "DISTRIBUTION", "PARTITIONS",
                                           "GENERATED", "METADATA",    "OPTIONS",      "WATERMARKS"};
    if (t->like.count == 0) return;
    print_raw(o, " LIKE ");
    print_name(o, &t->like);
    if (t->like_option_count == 0) return;
    print_raw(o, " (");
    for (size_t i = 0; i < t->like_option_count; i++) {
        print_if(o, i > 0, " ");
        print_format(o, "%s %s", modes[t->like_options[i].mode], features[t->like_options[i].feature]);
    }
    print_raw(o, ")");
}

static void print_create_table(struct printer *o, const struct ast_create_table *t) {
    print_raw(o, t->replace ? "CREATE OR REPLACE " : "CREATE ");
    print_if(o, t->temporary, "TEMPORARY ");
    print_raw(o, "TABLE ");
    print_if(o, t->if_not_exists, "IF NOT EXISTS ");
    print_name(o, &t->name);
    print_elements(o, t);
    print_text(o, " COMMENT ", &t->comment);
    print_distribution(o, t);
    if (t->partitioned_by.count) {
        print_raw(o, " PARTITIONED BY ");
        print_idents(o, &t->partitioned_by);
    }
    print_with(o, &t->options);
    print_like_table(o, t);
    if (t->as_query) {
        print_raw(o, " AS ");
        print_query(o, t->as_query);
    }
}

/* ---- other definitions ---- */

static void print_create_view(struct printer *o, const struct ast_create_view *v) {
    print_raw(o, v->temporary ? "CREATE TEMPORARY VIEW " : "CREATE VIEW ");
    print_if(o, v->if_not_exists, "IF NOT EXISTS ");
    print_name(o, &v->name);
    if (v->columns.count) {
        print_raw(o, " ");
        print_idents(o, &v->columns);
    }
    print_text(o, " COMMENT ", &v->comment);
    print_raw(o, " AS ");
    print_query(o, v->query);
}

static void print_create_catalog(struct printer *o, const struct ast_create_catalog *c) {
    print_raw(o, "CREATE CATALOG ");
    print_if(o, c->if_not_exists, "IF NOT EXISTS ");
    print_ident(o, c->name.text);
    print_text(o, " COMMENT ", &c->comment);
    print_with(o, &c->options);
}

static void print_create_database(struct printer *o, const struct ast_create_database *d) {
    print_raw(o, "CREATE DATABASE ");
    print_if(o, d->if_not_exists, "IF NOT EXISTS ");
    print_name(o, &d->name);
    print_text(o, " COMMENT ", &d->comment);
    print_with(o, &d->options);
}

static void print_alter_table(struct printer *o, const struct ast_alter_table *a) {
    print_raw(o, "ALTER TABLE ");
    print_if(o, a->if_exists, "IF EXISTS ");
    print_name(o, &a->name);
    if (a->action == AST_ALTER_RENAME) {
        print_raw(o, " RENAME TO ");
        print_name(o, &a->new_name);
    } else {
        print_raw(o, a->action == AST_ALTER_SET ? " SET " : " RESET ");
        print_options(o, &a->options);
    }
}

static void print_alter_view(struct printer *o, const struct ast_alter_view *a) {
    print_raw(o, "ALTER VIEW ");
    print_if(o, a->if_exists, "IF EXISTS ");
    print_name(o, &a->name);
    if (a->action == AST_ALTER_RENAME) {
        print_raw(o, " RENAME TO ");
        print_name(o, &a->new_name);
    } else {
        print_raw(o, " AS ");
        print_query(o, a->query);
    }
}

static void print_drop(struct printer *o, const struct ast_drop *d) {
    print_raw(o, "DROP ");
    print_if(o, d->temporary, "TEMPORARY ");
    print_if(o, d->system, "SYSTEM ");
    print_format(o, "%s ", ast_object_name(d->object));
    print_if(o, d->if_exists, "IF EXISTS ");
    print_name(o, &d->name);
    print_if(o, d->cascade, " CASCADE");
}

/* ---- INSERT, EXPLAIN ---- */

static void print_insert(struct printer *o, const struct ast_insert *i) {
    static const char *const conflicts[] = {"", "NOTHING", "ERROR", "DEDUPLICATE"};
    print_raw(o, i->overwrite ? "INSERT OVERWRITE " : "INSERT INTO ");
    print_name(o, &i->name);
    print_hints(o, &i->hints);
    print_partition(o, i->partition, i->partition_count);
    print_raw(o, " ");
    if (i->columns.count) {
        print_idents(o, &i->columns);
        print_raw(o, " ");
    }
    print_query(o, i->query);
    if (i->on_conflict) print_format(o, " ON CONFLICT DO %s", conflicts[i->on_conflict]);
}

static void print_statement_set(struct printer *o, const struct ast_statement_set *s) {
    print_raw(o, "EXECUTE STATEMENT SET BEGIN ");
    for (size_t i = 0; i < s->insert_count; i++) {
        print_insert(o, s->inserts[i]);
        print_raw(o, "; ");
    }
    print_raw(o, "END");
}

static void print_explain(struct printer *o, const struct ast_explain *e) {
    static const char *const words[] = {
        "ESTIMATED_COST", "CHANGELOG_MODE", "PLAN_ADVICE", "JSON_EXECUTION_PLAN",
        "ANALYZE",        "STATE",          "WATERMARK"};
    size_t n = 0;
    print_raw(o, "EXPLAIN ");
    for (size_t i = 0; i < ARRAY_LEN(words); i++) {
        if (!(e->details & 1u << i)) continue;
        print_comma(o, n++);
        print_raw(o, words[i]);
    }
    print_if(o, n > 0, " ");
    print_stmt(o, e->target);
}

/* ---- looking around, session ---- */

static void print_describe(struct printer *o, const struct ast_describe *d) {
    print_raw(o, "DESCRIBE ");
    if (d->object != AST_OBJ_TABLE) print_format(o, "%s ", ast_object_name(d->object));
    print_if(o, d->extended, "EXTENDED ");
    print_name(o, &d->name);
    print_text(o, "", &d->id);
}

static void print_show_list(struct printer *o, const struct ast_show *s) {
    print_if(o, s->user, "USER ");
    print_if(o, s->full, "FULL ");
    print_format(o, "%sS", ast_object_name(s->object));
    if (s->name.count) {
        print_raw(o, s->object == AST_OBJ_PARTITION ? " " : " FROM ");
        print_name(o, &s->name);
    }
    print_partition(o, s->partition, s->partition_count);
    print_if(o, s->not_like, " NOT");
    print_text(o, s->ilike ? " ILIKE " : " LIKE ", &s->pattern);
}

static void print_show(struct printer *o, const struct ast_show *s) {
    print_raw(o, "SHOW ");
    switch (s->form) {
    case AST_SHOW_LIST: print_show_list(o, s); break;
    case AST_SHOW_CURRENT: print_format(o, "CURRENT %s", ast_object_name(s->object)); break;
    case AST_SHOW_CREATE:
        print_format(o, "CREATE %s ", ast_object_name(s->object));
        print_name(o, &s->name);
        break;
    }
}

static void print_use(struct printer *o, const struct ast_use *u) {
    print_raw(o, "USE ");
    print_if(o, u->object == AST_OBJ_CATALOG, "CATALOG ");
    if (u->object != AST_OBJ_MODULE) {
        print_name(o, &u->name);
        return;
    }
    print_raw(o, "MODULES ");
    for (size_t i = 0; i < u->more_count; i++) {
        print_comma(o, i);
        print_name(o, &u->more[i]);
    }
}

static void print_set(struct printer *o, const struct ast_set *s) {
    print_raw(o, "SET");
    print_text(o, " ", &s->key);
    print_text(o, " = ", &s->value);
}

static void print_stop_job(struct printer *o, const struct ast_stop_job *s) {
    print_raw(o, "STOP JOB ");
    print_text(o, "", &s->id);
    print_if(o, s->with_savepoint, " WITH SAVEPOINT");
    print_if(o, s->with_drain, " WITH DRAIN");
}

static void print_stmt(struct printer *o, const struct ast_stmt *s) {
    switch (s->kind) {
    case AST_CREATE_TABLE: print_create_table(o, ast_as_create_table(s)); break;
    case AST_CREATE_VIEW: print_create_view(o, ast_as_create_view(s)); break;
    case AST_CREATE_CATALOG: print_create_catalog(o, ast_as_create_catalog(s)); break;
    case AST_CREATE_DATABASE: print_create_database(o, ast_as_create_database(s)); break;
    case AST_ALTER_TABLE: print_alter_table(o, ast_as_alter_table(s)); break;
    case AST_ALTER_VIEW: print_alter_view(o, ast_as_alter_view(s)); break;
    case AST_DROP: print_drop(o, ast_as_drop(s)); break;
    case AST_INSERT: print_insert(o, ast_as_insert(s)); break;
    case AST_STATEMENT_SET: print_statement_set(o, ast_as_statement_set(s)); break;
    case AST_QUERY_STMT: print_query(o, ast_as_query_stmt(s)->query); break;
    case AST_EXPLAIN: print_explain(o, ast_as_explain(s)); break;
    case AST_DESCRIBE: print_describe(o, ast_as_describe(s)); break;
    case AST_SHOW: print_show(o, ast_as_show(s)); break;
    case AST_USE: print_use(o, ast_as_use(s)); break;
    case AST_SET: print_set(o, ast_as_set(s)); break;
    case AST_RESET:
        print_raw(o, "RESET");
        print_text(o, " ", &ast_as_reset(s)->key);
        break;
    case AST_STOP_JOB: print_stop_job(o, ast_as_stop_job(s)); break;
    default: assert(!"not a statement");
    }
}

struct str sql_print_stmt(struct arena *a, const struct ast_stmt *stmt) {
    struct printer o = {.text = {.arena = a}};
    print_stmt(&o, stmt);
    return text_str(&o.text);
}
