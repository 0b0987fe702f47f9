/* SPDX-License-Identifier: Apache-2.0
 *
 * Window table functions TUMBLE, HOP and CUMULATE in FROM TABLE(..), and the older GROUP BY TUMBLE(ts, ..),
 * which is bound as if the function stood in FROM.
 */
#include "planner/node.h"

enum { ARG_DATA, ARG_TIMECOL, ARG_SLIDE, ARG_SIZE, ARG_OFFSET, ARG_COUNT };

static bool window_kind_of(struct str name, enum window_kind *out) {
    if (str_ieq(name, STR("TUMBLE"))) *out = WINDOW_TUMBLE;
    else if (str_ieq(name, STR("HOP"))) *out = WINDOW_HOP;
    else if (str_ieq(name, STR("CUMULATE"))) *out = WINDOW_CUMULATE;
    else return false;
    return true;
}

static int named_arg(struct str name) {
    static const struct {
        const char *name;
        int arg;
    } names[] = {{"DATA", ARG_DATA}, {"TIMECOL", ARG_TIMECOL}, {"SLIDE", ARG_SLIDE}, {"STEP", ARG_SLIDE},
                 {"SIZE", ARG_SIZE}, {"OFFSET", ARG_OFFSET}};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (str_ieq(name, str_of(names[i].name))) return names[i].arg;
    }
    return -1;
}

/* Puts arguments to their places; TUMBLE has no slide. */
static enum status place_args(struct binder *b, const struct ast_call *c, enum window_kind kind,
                              const struct ast_expr *out[ARG_COUNT]) {
    static const int tumble[] = {ARG_DATA, ARG_TIMECOL, ARG_SIZE, ARG_OFFSET};
    const char *forms[] = {
        [WINDOW_TUMBLE] = "TUMBLE(TABLE t, DESCRIPTOR(ts), size [, offset])",
        [WINDOW_HOP] = "HOP(TABLE t, DESCRIPTOR(ts), slide, size [, offset])",
        [WINDOW_CUMULATE] = "CUMULATE(TABLE t, DESCRIPTOR(ts), step, size [, offset])"};
    bool bad = c->arg_count > (kind == WINDOW_TUMBLE ? 4u : 5u);
    for (size_t i = 0; !bad && i < c->arg_count; i++) {
        int at = c->args[i].name.text.len ? named_arg(c->args[i].name.text)
                 : kind == WINDOW_TUMBLE  ? tumble[i]
                                          : (int)i;
        bad = at < 0 || out[at] || (kind == WINDOW_TUMBLE && at == ARG_SLIDE);
        if (!bad) out[at] = c->args[i].value;
    }
    bad = bad || !out[ARG_DATA] || !out[ARG_TIMECOL] || !out[ARG_SIZE] ||
          (kind != WINDOW_TUMBLE && !out[ARG_SLIDE]);
    if (!bad && out[ARG_DATA]->kind == AST_TABLE_ARG && out[ARG_TIMECOL]->kind == AST_DESCRIPTOR)
        return ST_OK;
    error_at(b->error, ERR_INVALID_QUERY, c->head.span, "the arguments of this window do not fit");
    return error_hint(b->error, "it is called as %s", forms[kind]);
}

static enum status bind_amount(struct binder *b, const struct ast_expr *ast, const char *what, bool positive,
                               int64_t *out) {
    struct scope none = {0};
    struct expr *e;
    *out = 0;
    if (!ast) return ST_OK;
    TRY(bind_expr(b, &none, ast, &e));
    if (e->kind != EXPR_LITERAL || e->type->kind != TYPE_INTERVAL_DT || e->value.null) {
        return error_at(b->error, ERR_TYPE_MISMATCH, ast->span,
                        "the %s of a window must be a constant interval of days to seconds", what);
    }
    *out = e->value.i;
    if (positive && *out <= 0) {
        return error_at(b->error, ERR_INVALID_QUERY, ast->span, "the %s of a window must be positive", what);
    }
    if (*out % 1000) {
        return error_at(b->error, ERR_INVALID_QUERY, ast->span,
                        "the %s of a window must be whole milliseconds", what);
    }
    return ST_OK;
}

static enum status check_sizes(struct binder *b, const struct window_spec *w, struct span span) {
    if (w->kind != WINDOW_CUMULATE) return ST_OK;
    if (w->slide_us > w->size_us) {
        return error_at(b->error, ERR_INVALID_QUERY, span,
                        "the step of a window must not be more than its size");
    }
    if (w->size_us % w->slide_us == 0) return ST_OK;
    return error_at(b->error, ERR_INVALID_QUERY, span, "the size of a window must be a multiple of its step");
}

/* Checks the time column and fills the rest of the specification. */
static enum status set_time(struct binder *b, const struct plan_node *input, uint32_t column,
                            struct span span, struct window_spec *w) {
    const struct plan_col *c = &input->cols[column];
    if (c->time == TIME_NONE) {
        error_at(b->error, ERR_INVALID_QUERY, span,
                 "a window needs a time attribute, but '%.*s' is a plain %.*s", STR_ARG(c->name),
                 STR_ARG(bind_type_text(b, c->type)));
        return error_hint(b->error,
                          "declare WATERMARK FOR %.*s AS .. in CREATE TABLE; an updating query or a join "
                          "in between loses the attribute",
                          STR_ARG(c->name));
    }
    w->time_col = column;
    w->proctime = c->time == TIME_PROCTIME;
    w->local_time = c->type->kind == TYPE_TIMESTAMP_LTZ;
    return ST_OK;
}

static struct plan_node *make_tvf(struct binder *b, struct plan_node *input, const struct window_spec *spec) {
    struct plan_node *n = node_new(b, PLAN_WINDOW_TVF, 1, &input);
    struct window_spec *w = ARENA_NEW(b->arena, struct window_spec);
    *w = *spec;
    n->window_tvf.window = *spec;
    node_add_cols(b, n, input->cols, input->ncols);
    const struct type *bound = type_time(b->arena, TYPE_TIMESTAMP, 3, false);
    const struct type *time = spec->local_time ? type_time(b->arena, TYPE_TIMESTAMP_LTZ, 3, false) : bound;
    static const char *const names[] = {"window_start", "window_end", "window_time"};
    for (int i = 0; i < 3; i++) {
        struct plan_note *note = ARENA_NEW(b->arena, struct plan_note);
        *note = (struct plan_note){.kind = NOTE_WINDOW_START + i, .window = w};
        struct plan_col c = {.name = str_of(names[i]), .type = i == 2 ? time : bound, .note = note};
        if (i == 2) c.time = spec->proctime ? TIME_PROCTIME : TIME_ROWTIME;
        node_add_cols(b, n, &c, 1);
    }
    return n;
}

static enum status bind_data(struct binder *b, const struct ast_table_arg *t, struct rel *out) {
    if (t->partition_by.count) return bind_unsupported(b, t->head.span, "PARTITION BY in a window's table");
    if (!t->query) return bind_table(b, &t->name, NULL, out);
    struct agg_list *aggs = b->aggs;
    b->aggs = NULL;
    TRY(bind_query(b, t->query, out));
    b->aggs = aggs;
    return ST_OK;
}

static enum status unknown_function(struct binder *b, struct str name, struct span span) {
    static const char *const names[] = {"TUMBLE", "HOP", "CUMULATE"};
    (void)bind_unsupported(b, span, "table function %.*s", STR_ARG(name));
    for (unsigned i = 0; i < ARRAY_LEN(names); i++) {
        unsigned far = str_too_far(name);
        if (str_distance(name, str_of(names[i]), far) < far)
            return error_hint(b->error, "did you mean %s?", names[i]);
    }
    return error_hint(b->error, "there are TUMBLE, HOP and CUMULATE");
}

enum status bind_table_function(struct binder *b, const struct ast_table_function *f, struct rel *out) {
    const struct ast_call *c = f->call;
    struct str name = c->name.parts[c->name.count - 1].text;
    struct window_spec w = {0};
    if (!window_kind_of(name, &w.kind)) {
        return unknown_function(b, name, c->name.span);
    }
    const struct ast_expr *args[ARG_COUNT] = {0};
    TRY(place_args(b, c, w.kind, args));
    struct rel rel;
    TRY(bind_data(b, ast_as_table_arg(args[ARG_DATA]), &rel));
    const struct ast_descriptor *d = ast_as_descriptor(args[ARG_TIMECOL]);
    if (d->columns.count != 1) {
        return error_at(b->error, ERR_INVALID_QUERY, d->head.span, "DESCRIPTOR must name one column here");
    }
    struct ast_name column = {.parts = d->columns.items, .count = 1, .span = d->columns.items[0].span};
    struct expr *time;
    TRY(bind_column_ref(b, &rel.scope, &column, &time));
    TRY(set_time(b, rel.node, time->column, column.span, &w));
    TRY(bind_amount(b, args[ARG_SIZE], "size", true, &w.size_us));
    TRY(bind_amount(b, args[ARG_SLIDE], w.kind == WINDOW_HOP ? "slide" : "step", true, &w.slide_us));
    TRY(bind_amount(b, args[ARG_OFFSET], "offset", false, &w.offset_us));
    if (w.kind == WINDOW_TUMBLE) w.slide_us = w.size_us;
    TRY(check_sizes(b, &w, c->head.span));
    out->node = make_tvf(b, rel.node, &w);
    out->scope = bind_scope_of(b, out->node, (struct str){0});
    for (uint32_t i = 0; i < rel.scope.count; i++) out->scope.cols[i].name = rel.scope.cols[i].name;
    return bind_alias(b, &f->alias, (struct str){0}, out);
}

enum status bind_legacy_window(struct binder *b, struct rel *rel, const struct ast_expr *item, bool *found,
                               struct legacy_window *out) {
    *found = false;
    if (item->kind != AST_CALL) return ST_OK;
    const struct ast_call *c = ast_as_call(item);
    struct window_spec w = {0};
    struct str name = c->name.parts[0].text;
    if (str_ieq(name, STR("SESSION"))) return bind_unsupported(b, item->span, "SESSION");
    if (c->name.count != 1 || !window_kind_of(name, &w.kind) || w.kind == WINDOW_CUMULATE) return ST_OK;
    size_t want = w.kind == WINDOW_HOP ? 3 : 2;
    if (c->arg_count != want) {
        error_at(b->error, ERR_INVALID_QUERY, item->span, "the arguments of this window do not fit");
        return error_hint(b->error, w.kind == WINDOW_HOP ? "it is called as HOP(ts, slide, size)"
                                                         : "it is called as TUMBLE(ts, size)");
    }
    struct expr *time;
    TRY(bind_expr(b, &rel->scope, c->args[0].value, &time));
    if (time->kind != EXPR_COLUMN) {
        return error_at(b->error, ERR_INVALID_QUERY, time->span, "a window needs a time attribute here");
    }
    TRY(set_time(b, rel->node, time->column, time->span, &w));
    TRY(bind_amount(b, c->args[want - 1].value, "size", true, &w.size_us));
    if (w.kind == WINDOW_HOP) TRY(bind_amount(b, c->args[1].value, "slide", true, &w.slide_us));
    else w.slide_us = w.size_us;
    TRY(check_sizes(b, &w, item->span));
    rel->node = make_tvf(b, rel->node, &w);
    rel->scope.types = rel->node->cols;
    *out = (struct legacy_window){c, rel->node->ncols - 3, rel->node->ncols - 2, rel->node->ncols - 1};
    *found = true;
    return ST_OK;
}
