/* SPDX-License-Identifier: Apache-2.0
 *
 * Printing types and interval ranges.
 */
#include "sql/printer.h"

static const char *const names[] = {
    [AST_TYPE_NAMED] = "",
    [AST_TYPE_NULL] = "NULL",
    [AST_TYPE_BOOLEAN] = "BOOLEAN",
    [AST_TYPE_TINYINT] = "TINYINT",
    [AST_TYPE_SMALLINT] = "SMALLINT",
    [AST_TYPE_INT] = "INT",
    [AST_TYPE_BIGINT] = "BIGINT",
    [AST_TYPE_FLOAT] = "FLOAT",
    [AST_TYPE_DOUBLE] = "DOUBLE",
    [AST_TYPE_DECIMAL] = "DECIMAL",
    [AST_TYPE_CHAR] = "CHAR",
    [AST_TYPE_VARCHAR] = "VARCHAR",
    [AST_TYPE_STRING] = "STRING",
    [AST_TYPE_BINARY] = "BINARY",
    [AST_TYPE_VARBINARY] = "VARBINARY",
    [AST_TYPE_BYTES] = "BYTES",
    [AST_TYPE_DATE] = "DATE",
    [AST_TYPE_TIME] = "TIME",
    [AST_TYPE_TIMESTAMP] = "TIMESTAMP",
    [AST_TYPE_TIMESTAMP_LTZ] = "TIMESTAMP_LTZ",
    [AST_TYPE_TIMESTAMP_TZ] = "TIMESTAMP",
    [AST_TYPE_INTERVAL] = "INTERVAL ",
    [AST_TYPE_ARRAY] = "ARRAY",
    [AST_TYPE_MULTISET] = "MULTISET",
    [AST_TYPE_MAP] = "MAP",
    [AST_TYPE_ROW] = "ROW",
    [AST_TYPE_STRUCTURED] = "STRUCTURED",
    [AST_TYPE_VARIANT] = "VARIANT",
    [AST_TYPE_RAW] = "RAW",
};

void print_range(struct printer *o, const struct ast_interval_range *r) {
    print_raw(o, ast_unit_name(r->from));
    if (r->leading_precision >= 0) {
        print_format(o, "(%d", r->leading_precision);
        if (r->to == AST_UNIT_NONE && r->fraction_precision >= 0)
            print_format(o, ", %d", r->fraction_precision);
        print_raw(o, ")");
    }
    if (r->to == AST_UNIT_NONE) return;
    print_format(o, " TO %s", ast_unit_name(r->to));
    if (r->fraction_precision >= 0) print_format(o, "(%d)", r->fraction_precision);
}

static void print_fields(struct printer *o, const struct ast_type *t) {
    for (size_t i = 0; i < t->field_count; i++) {
        print_comma(o, i);
        print_ident(o, t->fields[i].name.text);
        print_raw(o, " ");
        print_type(o, t->fields[i].type);
        if (!t->fields[i].comment.present) continue;
        print_raw(o, " ");
        print_string(o, t->fields[i].comment.value);
    }
}

static void print_parts(struct printer *o, const struct ast_type *t) {
    switch (t->kind) {
    case AST_TYPE_INTERVAL: print_range(o, &t->range); break;
    case AST_TYPE_MAP:
        print_raw(o, "<");
        print_type(o, t->key);
        print_raw(o, ", ");
        print_type(o, t->element);
        print_raw(o, ">");
        break;
    case AST_TYPE_ARRAY:
    case AST_TYPE_MULTISET:
        print_raw(o, "<");
        print_type(o, t->element);
        print_raw(o, ">");
        break;
    case AST_TYPE_ROW:
        print_raw(o, "<");
        print_fields(o, t);
        print_raw(o, ">");
        break;
    case AST_TYPE_STRUCTURED:
        print_raw(o, "<");
        print_string(o, t->class_name.value);
        print_raw(o, ", ");
        print_fields(o, t);
        print_raw(o, ">");
        break;
    case AST_TYPE_RAW:
        print_raw(o, "(");
        print_string(o, t->class_name.value);
        print_raw(o, ", ");
        print_string(o, t->snapshot.value);
        print_raw(o, ")");
        break;
    default:
        if (t->precision >= 0) print_format(o, "(%d", t->precision);
        if (t->scale >= 0) print_format(o, ", %d", t->scale);
        if (t->precision >= 0) print_raw(o, ")");
    }
}

void print_type(struct printer *o, const struct ast_type *t) {
    if (t->kind == AST_TYPE_NAMED) print_name(o, &t->name);
    print_raw(o, names[t->kind]);
    print_parts(o, t);
    if (t->kind == AST_TYPE_TIMESTAMP_TZ) print_raw(o, " WITH TIME ZONE");
    if (t->not_null) print_raw(o, " NOT NULL");
}
