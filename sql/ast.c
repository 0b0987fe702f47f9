/* SPDX-License-Identifier: Apache-2.0
 *
 * Names of node kinds, operators, objects and units; see ast.h.
 */
#include "sql/ast.h"

#define AST_STMT(kind, stem, words) [AST_##kind] = words,
#define AST_QUERY AST_STMT
#define AST_FROM AST_STMT
#define AST_EXPR AST_STMT
static const char *const kind_names[AST_COUNT] = {
    [AST_NONE] = "nothing",
#include "sql/ast.def"
};
#undef AST_STMT
#undef AST_QUERY
#undef AST_FROM
#undef AST_EXPR

static const char *const op_names[AST_OP_COUNT] = {
    [AST_OP_OR] = "OR",
    [AST_OP_AND] = "AND",
    [AST_OP_NOT] = "NOT",
    [AST_OP_EQ] = "=",
    [AST_OP_NE] = "<>",
    [AST_OP_LT] = "<",
    [AST_OP_LE] = "<=",
    [AST_OP_GT] = ">",
    [AST_OP_GE] = ">=",
    [AST_OP_DISTINCT] = "IS DISTINCT FROM",
    [AST_OP_NOT_DISTINCT] = "IS NOT DISTINCT FROM",
    [AST_OP_OVERLAPS] = "OVERLAPS",
    [AST_OP_CONCAT] = "||",
    [AST_OP_ADD] = "+",
    [AST_OP_SUB] = "-",
    [AST_OP_MUL] = "*",
    [AST_OP_DIV] = "/",
    [AST_OP_MOD] = "%",
    [AST_OP_NEG] = "-",
    [AST_OP_PLUS] = "+",
};

static const char *const object_names[AST_OBJ_COUNT] = {
    [AST_OBJ_TABLE] = "TABLE",
    [AST_OBJ_VIEW] = "VIEW",
    [AST_OBJ_CATALOG] = "CATALOG",
    [AST_OBJ_DATABASE] = "DATABASE",
    [AST_OBJ_FUNCTION] = "FUNCTION",
    [AST_OBJ_MODEL] = "MODEL",
    [AST_OBJ_MATERIALIZED_TABLE] = "MATERIALIZED TABLE",
    [AST_OBJ_COLUMN] = "COLUMN",
    [AST_OBJ_PARTITION] = "PARTITION",
    [AST_OBJ_PROCEDURE] = "PROCEDURE",
    [AST_OBJ_MODULE] = "MODULE",
    [AST_OBJ_JAR] = "JAR",
    [AST_OBJ_JOB] = "JOB",
    [AST_OBJ_CONNECTOR] = "CONNECTOR",
    [AST_OBJ_FORMAT] = "FORMAT",
};

static const char *const unit_names[AST_UNIT_COUNT] = {
    [AST_UNIT_NONE] = "",       [AST_UNIT_YEAR] = "YEAR",     [AST_UNIT_QUARTER] = "QUARTER",
    [AST_UNIT_MONTH] = "MONTH", [AST_UNIT_WEEK] = "WEEK",     [AST_UNIT_DAY] = "DAY",
    [AST_UNIT_HOUR] = "HOUR",   [AST_UNIT_MINUTE] = "MINUTE", [AST_UNIT_SECOND] = "SECOND",
};

const char *ast_kind_name(enum ast_kind kind) {
    return kind_names[kind];
}

const char *ast_op_name(enum ast_op op) {
    return op_names[op];
}

const char *ast_object_name(enum ast_object object) {
    return object_names[object];
}

const char *ast_unit_name(enum ast_unit unit) {
    return unit_names[unit];
}

enum ast_unit ast_unit_of(struct str word) {
    for (int u = AST_UNIT_YEAR; u < AST_UNIT_COUNT; u++) {
        struct str name = str_of(unit_names[u]);
        if (str_ieq(word, name)) return (enum ast_unit)u;
        /* plural, as in INTERVAL '2' DAYS */
        if (word.len == name.len + 1 && (word.ptr[name.len] | 32) == 's' &&
            str_ieq(str_sub(word, 0, name.len), name))
            return (enum ast_unit)u;
    }
    return AST_UNIT_NONE;
}
