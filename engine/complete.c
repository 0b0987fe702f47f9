/* SPDX-License-Identifier: Apache-2.0
 *
 * Gathers what may stand at a place (sql/place.h says of which kinds), sorts it; see complete.h.
 */
#include "engine/complete.h"

#include <stdlib.h>

#include "engine/completing.h"
#include "planner/functions.h"
#include "planner/show.h"
#include "sql/print.h"

/* ---- matching ---- */

static char fold(char c) {
    return (char)(c >= 'A' && c <= 'Z' ? c | 32 : c);
}

static bool begins(struct str name, struct str word, bool caseless) {
    if (name.len < word.len) return false;
    return word.len == 0 || (caseless ? strncasecmp(name.ptr, word.ptr, word.len) == 0
                                      : memcmp(name.ptr, word.ptr, word.len) == 0);
}

unsigned completing_match(struct str word, struct str name, bool caseless) {
    if (begins(name, word, false) && (!caseless || word.len == 0)) return 0;
    if (begins(name, word, true)) return 1;
    for (size_t i = 1; i < name.len; i++) {
        bool part = memchr("_.- ", name.ptr[i - 1], 4) != NULL;
        if (part && begins(str_sub(name, i, name.len - i), word, true)) return 2;
    }
    size_t k = 0;
    for (size_t i = 0; i < name.len && k < word.len; i++) k += fold(name.ptr[i]) == fold(word.ptr[k]);
    return k == word.len && word.len > 1 ? 3 : 4;
}

void completing_add(struct completing *c, enum candidate_kind kind, struct str name, struct str text,
                    struct str help, unsigned rank) {
    bool caseless = kind == CAND_KEYWORD || kind == CAND_FUNCTION;
    unsigned match = completing_match(c->place.word, name, caseless);
    if (match > 3) return;
    ARENA_ONE_MORE(c->arena, c->items, c->count);
    c->items[c->count++] =
        (struct candidate){.text = text, .help = help, .kind = kind, .match = match, .rank = rank};
}

void completing_add_name(struct completing *c, enum candidate_kind kind, struct str name, const char *behind,
                         struct str help, unsigned rank) {
    struct str text = sql_print_ident(c->arena, name);
    if (c->place.in_name) {
        if (text.ptr[0] != '`') text = arena_printf(c->arena, "`%.*s`", STR_ARG(text));
        if (c->place.quote_follows) text.len--;
    }
    if (behind[0]) text = arena_printf(c->arena, "%.*s%s", STR_ARG(text), behind);
    completing_add(c, kind, name, text, help, rank);
}

void completing_add_string(struct completing *c, enum candidate_kind kind, struct str value, bool open,
                           struct str help, unsigned rank) {
    struct str text = {"'", 1};
    size_t from = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] != '\'') continue;
        text = arena_printf(c->arena, "%.*s%.*s'", STR_ARG(text), (int)(i + 1 - from), value.ptr + from);
        from = i + 1;
    }
    bool close = !open && !c->place.quote_follows;
    text = arena_printf(c->arena, "%.*s%.*s%s", STR_ARG(text), (int)(value.len - from), value.ptr + from,
                        close ? "'" : "");
    completing_add(c, kind, value, text, help, rank);
}

/* ---- words ---- */

/* Keywords that are meant more often than others, where they can stand; the rest follows by the alphabet. */
static unsigned keyword_rank(struct str word) {
    static const char *const usual[] = {
        "SELECT",      "FROM",     "WHERE",   "GROUP BY", "ORDER BY",    "LIMIT",  "AS",     "JOIN",
        "LEFT",        "ON",       "AND",     "OR",       "INSERT INTO", "CREATE", "WITH",   "SHOW",
        "DESCRIBE",    "SET",      "EXPLAIN", "DROP",     "TABLE",       "VIEW",   "INTO",   "VALUES",
        "NOT",         "IN",       "IS",      "LIKE",     "BETWEEN",     "NULL",   "CASE",   "WHEN",
        "THEN",        "ELSE",     "END",     "DISTINCT", "ASC",         "DESC",   "HAVING", "NOT NULL",
        "PRIMARY KEY", "METADATA", "COMMENT",
    };
    for (unsigned i = 0; i < ARRAY_LEN(usual); i++) {
        if (str_ieq(word, str_of(usual[i]))) return i;
    }
    return ARRAY_LEN(usual);
}

static void add_keywords(struct completing *c) {
    const struct sql_names *l = &c->place.keywords;
    for (uint32_t i = 0; i < l->count; i++) {
        struct str text = l->items[i].name;
        bool call = l->items[i].about.len > 0;
        if (call && func_find(text)) continue; /* it comes as a function */
        bool bracket = call && !(c->place.behind.len && c->place.behind.ptr[0] == '(');
        if (bracket) text = arena_printf(c->arena, "%.*s(", STR_ARG(text));
        completing_add(c, CAND_KEYWORD, l->items[i].name, text, (struct str){0},
                       keyword_rank(l->items[i].name));
    }
}

static struct str in_case(const struct completing *c, struct str s) {
    if (!c->place.lower) return s;
    char *z = arena_alloc_raw(c->arena, s.len + 1);
    for (size_t i = 0; i < s.len; i++) z[i] = fold(s.ptr[i]);
    return (struct str){z, s.len};
}

/* Is it written without brackets: CURRENT_DATE? */
static bool is_bare(const struct completing *c, struct str name) {
    for (uint32_t i = 0; i < c->place.keywords.count; i++) {
        const struct sql_named *k = &c->place.keywords.items[i];
        if (k->about.len == 0 && str_ieq(k->name, name)) return true;
    }
    return false;
}

/* "ROUND(NUMERIC) | ROUND(NUMERIC, INT): rounded half up" */
static struct str function_help(struct completing *c, struct str signatures, struct str help) {
    struct str s = arena_str(c->arena, signatures);
    char *z = (char *)s.ptr;
    for (size_t i = 0; i < s.len; i++) {
        if (z[i] == '\n') z[i] = '|';
    }
    struct str out = {"", 0};
    for (size_t from = 0; from <= s.len;) {
        const char *bar = memchr(z + from, '|', s.len - from);
        size_t n = bar ? (size_t)(bar - z) - from : s.len - from;
        out = arena_printf(c->arena, "%.*s%s%.*s", STR_ARG(out), out.len ? " | " : "", (int)n, z + from);
        from += n + 1;
    }
    return arena_printf(c->arena, "%.*s: %.*s", STR_ARG(out), STR_ARG(help));
}

static void add_function(struct completing *c, const struct str *row, bool windows) {
    struct str name = row[0], text = in_case(c, name);
    bool bracket = c->place.behind.len && c->place.behind.ptr[0] == '(';
    bool none = row[1].len >= name.len + 2 && memcmp(row[1].ptr + name.len, "()", 2) == 0;
    const char *behind = bracket || is_bare(c, name) ? "" : none ? "()" : "(";
    if (windows && !str_eq(name, STR("UNNEST"))) {
        const char *table = c->place.lower ? "table" : "TABLE";
        bool inside = c->place.wants & SQL_WANTS_WINDOW;
        text = arena_printf(c->arena, "%s%s%.*s(%s ", inside ? "" : table, inside ? "" : "(", STR_ARG(text),
                            table);
        behind = "";
    }
    if (completing_match(c->place.word, name, true) > 3) return;
    if (behind[0]) text = arena_printf(c->arena, "%.*s%s", STR_ARG(text), behind);
    completing_add(c, CAND_FUNCTION, name, text, function_help(c, row[1], row[3]),
                   str_eq(row[2], STR("SCALAR")));
}

/* In the table of functions, but not written as one. */
static bool is_operator(struct str name) {
    static const char *const operators[] = {"AND", "OR", "NOT", "IN", "LIKE", "RLIKE", "ARRAY", "MAP"};
    for (size_t i = 0; i < ARRAY_LEN(operators); i++) {
        if (str_eq(name, str_of(operators[i]))) return true;
    }
    return false;
}

static void add_functions(struct completing *c) {
    struct string_table t;
    planner_functions(c->arena, &t);
    for (uint32_t i = 0; i < t.nrows; i++) {
        const struct str *row = t.cells + (size_t)i * t.ncols;
        bool table = str_eq(row[2], STR("TABLE")), aggregate = str_eq(row[2], STR("AGGREGATE"));
        bool value = c->place.wants & SQL_WANTS_VALUE;
        if (table == value || is_operator(row[0]) || (aggregate && !c->place.aggregates)) continue;
        add_function(c, row, table);
    }
}

static void add_types(struct completing *c) {
    static const char *const types[] = {
        "STRING",           "INT",   "BIGINT",  "DOUBLE",         "BOOLEAN",   "TIMESTAMP(3)",
        "TIMESTAMP_LTZ(3)", "DATE",  "TIME",    "DECIMAL(10, 2)", "FLOAT",     "SMALLINT",
        "TINYINT",          "BYTES", "CHAR(1)", "VARCHAR(10)",    "BINARY(1)", "VARBINARY(10)",
        "ARRAY<",           "MAP<",  "ROW<",
    };
    for (unsigned i = 0; i < ARRAY_LEN(types); i++)
        completing_add(c, CAND_KEYWORD, str_of(types[i]), in_case(c, str_of(types[i])), STR("type"), i);
}

static void add_units(struct completing *c) {
    for (int u = AST_UNIT_YEAR; u < AST_UNIT_COUNT; u++) {
        struct str name = str_of(ast_unit_name((enum ast_unit)u));
        completing_add(c, CAND_KEYWORD, name, in_case(c, name), STR("unit of time"), (unsigned)u);
    }
}

/* ---- all ---- */

static void gather(struct completing *c, const struct complete_ctx *ctx) {
    uint32_t w = c->place.wants;
    bool types = w & SQL_WANTS_TYPE, units = w & SQL_WANTS_UNIT, path = c->place.path.count > 0;
    if (w & (SQL_WANTS_VALUE | SQL_WANTS_COLUMN | SQL_WANTS_TIME | SQL_WANTS_TARGET | SQL_WANTS_DECLARED))
        complete_columns(c);
    if (w & (SQL_WANTS_FROM | SQL_WANTS_TABLE | SQL_WANTS_SINK | SQL_WANTS_VIEW | SQL_WANTS_DATABASE |
             SQL_WANTS_CATALOG))
        complete_tables(c);
    if (w & (SQL_WANTS_VALUE | SQL_WANTS_FROM | SQL_WANTS_WINDOW) && !path && !c->place.in_name)
        add_functions(c);
    if (types && !path) add_types(c);
    if (units && !path) add_units(c);
    if (w & SQL_WANTS_KEY) complete_option_keys(c);
    if (w & SQL_WANTS_KEY_VALUE) complete_option_values(c);
    if (w & (SQL_WANTS_SETTING | SQL_WANTS_SET_VALUE)) complete_settings(c);
    if (w & SQL_WANTS_METADATA) complete_metadata(c);
    if (w & SQL_WANTS_FILE && c->place.in_string) complete_files(c);
    for (uint32_t i = 0; w & SQL_WANTS_JOB && i < ctx->njobs; i++)
        completing_add_string(c, CAND_VALUE, ctx->jobs[i], false, STR("job"), i);
    if (!types && !units) add_keywords(c);
}

static int by_fit(const void *a, const void *b) {
    const struct candidate *x = a, *y = b;
    if (x->match != y->match) return x->match < y->match ? -1 : 1;
    if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return show_by_name(&x->text, &y->text);
}

/* What only has the letters somewhere is left out where something begins with them: the common beginning of
 * all is then what a shell can put in. */
static void keep_best(struct completing *c) {
    uint32_t n = 0;
    while (n < c->count && c->items[n].match <= 1) n++;
    if (n > 0) c->count = n;
}

static void put(const struct completing *c, struct string_table *out) {
    static const char *const headers[] = {"text", "kind", "help", "from"};
    static const char *const kinds[] = {
        [CAND_COLUMN] = "column", [CAND_OPTION] = "option",     [CAND_VALUE] = "value",
        [CAND_TABLE] = "table",   [CAND_FUNCTION] = "function", [CAND_KEYWORD] = "keyword"};
    struct rows r = rows_start(c->arena, out, headers, 4);
    struct str from = arena_printf(c->arena, "%zu", c->place.from);
    for (uint32_t i = 0; i < c->count; i++) {
        const struct candidate *k = &c->items[i];
        if (i && str_eq(k->text, c->items[i - 1].text)) continue;
        rows_add(&r, (struct str[]){k->text, str_of(kinds[k->kind]), k->help.len ? k->help : STR(""), from});
    }
}

enum status complete_at(const struct complete_ctx *ctx, struct str text, size_t offset, struct arena *a,
                        struct string_table *out, struct error *e) {
    struct completing c = {.ctx = *ctx->planner, .arena = a};
    if (text.len >= UINT32_MAX) return error_set(e, ERR_LIMIT, "the text is longer than 4 GiB");
    c.ctx.arena = a;
    c.ctx.error = &c.dropped;
    sql_place_find(a, text, offset < text.len ? offset : text.len, &c.place);
    gather(&c, ctx);
    if (c.count) qsort(c.items, c.count, sizeof *c.items, by_fit);
    keep_best(&c);
    put(&c, out);
    return ST_OK;
}
