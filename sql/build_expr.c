/* SPDX-License-Identifier: Apache-2.0
 *
 * Builders of expressions other than calls. Each sets kind, place and height; see build.h.
 */
#include "sql/build.h"
#include "sql/grammar.h"

static void over(struct parse *p, struct ast_expr *e, const struct ast_expr *child) {
    if (child) build_over_child(p, &e->height, child->height);
}

static void over_list(struct parse *p, struct ast_expr *e, const struct ast_exprs *l) {
    for (size_t i = 0; i < l->count; i++) over(p, e, l->items[i]);
}

struct ast_expr *build_literal(struct parse *p, struct token t) {
    struct ast_literal *l = BUILD_NEW(p, LITERAL, literal, t.span.offset);
    l->text = token_text(p->text, t);
    switch (t.kind) {
    case TK_NULL:
    case TK_UNKNOWN: l->literal = AST_LIT_NULL; break;
    case TK_TRUE: l->literal = AST_LIT_TRUE; break;
    case TK_FALSE: l->literal = AST_LIT_FALSE; break;
    case TK_NUMBER: l->literal = AST_LIT_EXACT; break;
    case TK_APPROX: l->literal = AST_LIT_APPROX; break;
    case TK_STRING:
        l->literal = AST_LIT_STRING;
        l->text = build_text(p, t).value;
        break;
    default:
        l->literal = AST_LIT_BINARY;
        l->text = str_sub(l->text, 2, l->text.len - 3);
        for (size_t i = 0; i < l->text.len; i++) {
            if (!strchr("0123456789abcdefABCDEF", l->text.ptr[i]) || l->text.ptr[i] == '\0')
                build_fail(p, ERR_INVALID_LITERAL, t.span, "a binary string holds hexadecimal digits only");
        }
        if (l->text.len % 2)
            build_fail(p, ERR_INVALID_LITERAL, t.span, "a binary string needs an even number of digits");
    }
    return &l->head;
}

struct ast_expr *build_one(struct parse *p, struct token t) {
    struct ast_literal *l = BUILD_NEW(p, LITERAL, literal, t.span.offset);
    l->literal = AST_LIT_EXACT;
    l->text = STR("1");
    return &l->head;
}

struct ast_expr *build_time_literal(struct parse *p, struct token t, struct token s) {
    struct ast_literal *l = BUILD_NEW(p, LITERAL, literal, t.span.offset);
    l->literal = t.kind == TK_DATE ? AST_LIT_DATE : t.kind == TK_TIME ? AST_LIT_TIME : AST_LIT_TIMESTAMP;
    l->text = build_text(p, s).value;
    return &l->head;
}

struct ast_expr *build_interval(struct parse *p, struct token t, bool negative, struct token s,
                                struct ast_interval_range r) {
    struct ast_interval *i = BUILD_NEW(p, INTERVAL, interval, t.span.offset);
    i->negative = negative;
    i->text = build_text(p, s).value;
    i->text_span = s.span;
    i->range = r;
    return &i->head;
}

struct ast_expr *build_column(struct parse *p, struct ast_name n) {
    struct ast_column_ref *c = BUILD_NEW(p, COLUMN_REF, column_ref, n.span.offset);
    c->name = n;
    return &c->head;
}

struct ast_expr *build_star(struct parse *p, struct token t, const struct ast_name *qualifier) {
    struct ast_star *s = BUILD_NEW(p, STAR, star, qualifier ? qualifier->span.offset : t.span.offset);
    if (qualifier) s->qualifier = *qualifier;
    return &s->head;
}

struct ast_expr *build_object_star(struct parse *p, struct ast_expr *object) {
    struct ast_star *s = BUILD_NEW(p, STAR, star, object->span.offset);
    s->object = object;
    over(p, &s->head, object);
    return &s->head;
}

struct ast_expr *build_field(struct parse *p, struct ast_expr *e, struct ast_ident field) {
    struct ast_field *f = BUILD_NEW(p, FIELD, field, e->span.offset);
    f->object = e;
    f->field = field;
    over(p, &f->head, e);
    return &f->head;
}

struct ast_expr *build_index(struct parse *p, struct ast_expr *e, struct ast_expr *i) {
    struct ast_index *x = BUILD_NEW(p, INDEX, index, e->span.offset);
    x->object = e;
    x->index = i;
    over(p, &x->head, e);
    over(p, &x->head, i);
    return &x->head;
}

struct ast_expr *build_paren(struct parse *p, struct token open, struct ast_expr *e) {
    e->span = build_span(p, open.span.offset);
    return e;
}

struct ast_expr *build_difference(struct parse *p, struct token open, struct ast_expr *e,
                                  struct ast_interval_range r) {
    if (e->kind != AST_BINARY || ast_as_binary(e)->op != AST_OP_SUB) {
        build_fail(p, ERR_SYNTAX, r.span,
                   "%s can follow a difference of two times, as in (a - b) DAY; as a name "
                   "it needs AS",
                   ast_unit_name(r.from));
        return e;
    }
    struct ast_difference *d = BUILD_NEW(p, DIFFERENCE, difference, open.span.offset);
    d->left = ast_as_binary(e)->left;
    d->right = ast_as_binary(e)->right;
    d->range = r;
    over(p, &d->head, d->left);
    over(p, &d->head, d->right);
    return &d->head;
}

struct ast_expr *build_row(struct parse *p, struct token t, struct ast_exprs *l, bool is_explicit) {
    struct ast_row *r = BUILD_NEW(p, ROW, row, t.span.offset);
    r->is_explicit = is_explicit;
    if (l) r->items = *l;
    over_list(p, &r->head, &r->items);
    return &r->head;
}

struct ast_expr *build_array(struct parse *p, struct token t, struct ast_exprs *l, struct ast_query *q) {
    struct ast_array *a = BUILD_NEW(p, ARRAY, array, t.span.offset);
    if (l) a->items = *l;
    a->query = q;
    over_list(p, &a->head, &a->items);
    if (q) build_over_child(p, &a->head.height, q->height);
    return &a->head;
}

struct ast_expr *build_map(struct parse *p, struct token t, struct ast_exprs *l) {
    struct ast_map *m = BUILD_NEW(p, MAP, map, t.span.offset);
    if (l) m->items = *l;
    if (m->items.count % 2)
        build_fail(p, ERR_SYNTAX, m->items.items[m->items.count - 1]->span,
                   "MAP[..] needs a value for each key: this key has none");
    over_list(p, &m->head, &m->items);
    return &m->head;
}

struct ast_expr *build_param(struct parse *p, struct token t) {
    struct ast_param *q = BUILD_NEW(p, PARAM, param, t.span.offset);
    q->idx = p->param_count++;
    return &q->head;
}

struct ast_expr *build_default(struct parse *p, struct token t) {
    return &BUILD_NEW(p, DEFAULT, default, t.span.offset)->head;
}

struct ast_expr *build_unary(struct parse *p, struct token t, enum ast_op op, struct ast_expr *e) {
    struct ast_unary *u = BUILD_NEW(p, UNARY, unary, t.span.offset);
    u->op = op;
    u->op_span = t.span;
    u->operand = e;
    over(p, &u->head, e);
    return &u->head;
}

struct ast_expr *build_binary(struct parse *p, struct token t, enum ast_op op, struct ast_expr *l,
                              struct ast_expr *r) {
    struct ast_binary *b = BUILD_NEW(p, BINARY, binary, l->span.offset);
    b->op = op;
    b->op_span = t.span;
    b->left = l;
    b->right = r;
    over(p, &b->head, l);
    over(p, &b->head, r);
    return &b->head;
}

static enum ast_op op_of(int kind) {
    switch (kind) {
    case TK_EQ: return AST_OP_EQ;
    case TK_NE: return AST_OP_NE;
    case TK_LT: return AST_OP_LT;
    case TK_LE: return AST_OP_LE;
    case TK_GT: return AST_OP_GT;
    case TK_GE: return AST_OP_GE;
    case TK_OVERLAPS: return AST_OP_OVERLAPS;
    case TK_PLUS: return AST_OP_ADD;
    case TK_MINUS: return AST_OP_SUB;
    case TK_STAR: return AST_OP_MUL;
    case TK_SLASH: return AST_OP_DIV;
    case TK_PERCENT: return AST_OP_MOD;
    default: assert(kind == TK_CONCAT); return AST_OP_CONCAT;
    }
}

struct ast_expr *build_token_binary(struct parse *p, struct token t, struct ast_expr *l, struct ast_expr *r) {
    return build_binary(p, t, op_of(t.kind), l, r);
}

struct ast_expr *build_distinct(struct parse *p, struct token t, enum ast_op op, struct ast_expr *l,
                                struct ast_expr *r) {
    return build_binary(p, t, op, l, r);
}

struct ast_expr *build_quantified(struct parse *p, struct token op, struct token quantifier,
                                  struct ast_expr *l, struct in_list r) {
    struct ast_quantified *q = BUILD_NEW(p, QUANTIFIED, quantified, l->span.offset);
    q->op = op_of(op.kind);
    q->all = quantifier.kind == TK_ALL;
    q->value = l;
    if (r.list) q->list = *r.list;
    q->query = r.query;
    if (op.kind == TK_OVERLAPS)
        build_fail(p, ERR_SYNTAX, quantifier.span, "OVERLAPS compares two periods and takes no ANY or ALL");
    over(p, &q->head, l);
    over_list(p, &q->head, &q->list);
    if (q->query) build_over_child(p, &q->head.height, q->query->height);
    return &q->head;
}

struct ast_expr *build_is(struct parse *p, int test, bool negated, struct ast_expr *e) {
    struct ast_is *i = BUILD_NEW(p, IS, is, e->span.offset);
    i->test = (enum ast_is_test)test;
    i->negated = negated;
    i->value = e;
    over(p, &i->head, e);
    return &i->head;
}

struct ast_expr *build_between(struct parse *p, bool negated, bool symmetric, struct ast_expr *e,
                               struct ast_expr *low, struct ast_expr *high) {
    struct ast_between *b = BUILD_NEW(p, BETWEEN, between, e->span.offset);
    b->negated = negated;
    b->symmetric = symmetric;
    b->value = e;
    b->low = low;
    b->high = high;
    over(p, &b->head, e);
    over(p, &b->head, low);
    over(p, &b->head, high);
    return &b->head;
}

struct ast_expr *build_like(struct parse *p, int op, bool negated, struct ast_expr *e,
                            struct ast_expr *pattern, struct ast_expr *escape) {
    struct ast_like *l = BUILD_NEW(p, LIKE, like, e->span.offset);
    l->op = (enum ast_like_op)op;
    l->negated = negated;
    l->value = e;
    l->pattern = pattern;
    l->escape = escape;
    over(p, &l->head, e);
    over(p, &l->head, pattern);
    over(p, &l->head, escape);
    return &l->head;
}

struct ast_expr *build_in(struct parse *p, bool negated, struct ast_expr *e, struct in_list l) {
    struct ast_in *i = BUILD_NEW(p, IN, in, e->span.offset);
    i->negated = negated;
    i->value = e;
    if (l.list) i->list = *l.list;
    i->query = l.query;
    over(p, &i->head, e);
    over_list(p, &i->head, &i->list);
    if (l.query) build_over_child(p, &i->head.height, l.query->height);
    return &i->head;
}

struct ast_expr *build_exists(struct parse *p, struct token t, struct ast_query *q) {
    struct ast_exists *e = BUILD_NEW(p, EXISTS, exists, t.span.offset);
    e->query = q;
    build_over_child(p, &e->head.height, q->height);
    return &e->head;
}

struct ast_expr *build_subquery(struct parse *p, struct ast_query *q) {
    struct ast_subquery *s = BUILD_NEW(p, SUBQUERY, subquery, q->span.offset);
    s->query = q;
    build_over_child(p, &s->head.height, q->height);
    return &s->head;
}

struct when_list *build_whens(struct parse *p, struct when_list *l, struct ast_exprs *when,
                              struct ast_expr *then) {
    if (!l) l = ARENA_NEW(p->arena, struct when_list);
    BUILD_PUSH(p, l, ((struct ast_when){*when, then}));
    return l;
}

struct ast_expr *build_case(struct parse *p, struct token t, struct ast_expr *operand, struct when_list *l,
                            struct ast_expr *otherwise) {
    struct ast_case *c = BUILD_NEW(p, CASE, case, t.span.offset);
    c->operand = operand;
    c->whens = l->items;
    c->when_count = l->count;
    c->otherwise = otherwise;
    over(p, &c->head, operand);
    for (size_t i = 0; i < l->count; i++) {
        for (size_t k = 0; k < l->items[i].when.count; k++) over(p, &c->head, l->items[i].when.items[k]);
        over(p, &c->head, l->items[i].then);
    }
    over(p, &c->head, otherwise);
    return &c->head;
}

struct ast_expr *build_cast(struct parse *p, struct token t, struct ast_expr *e, struct ast_type *type) {
    struct ast_cast *c = BUILD_NEW(p, CAST, cast, t.span.offset);
    c->is_try = t.kind == TK_TRY_CAST;
    c->value = e;
    c->type = type;
    over(p, &c->head, e);
    return &c->head;
}
