/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiles bound expressions to programs (program.h) and folds constants.
 *
 * Each node becomes an instruction of the block it is evaluated in, unless an equal one has been emitted
 * where it is sure to have run: in the same block or in one that this block is reached through (its scope).
 * Branches that may not run are scopes of their own, so nothing is lifted out of them. The first condition
 * of CASE, AND, OR, COALESCE always runs and belongs to the surrounding block.
 */
#include "exec/cast.h"
#include "exec/program.h"

/* A block being filled, and those whose registers it may read. */
struct scope {
    struct block *block;
    const struct scope *parent;
};

struct compiler {
    struct program *p;
    const struct eval_ctx *ctx;
    struct error *error;
};

static uint32_t new_reg(struct compiler *c) {
    return c->p->nregs++;
}

static void push(struct arena *a, struct instr ***instrs, uint32_t *count, struct instr *in) {
    ARENA_ONE_MORE(a, *instrs, *count);
    (*instrs)[(*count)++] = in;
}

static bool value_same(const struct type *t, const struct value *x, const struct value *y) {
    if (x->null || y->null) return x->null && y->null;
    switch (type_phys(t)) {
    case PHYS_STR:
        return str_eq(x->s, y->s);
    case PHYS_F32:
    case PHYS_F64:
        return memcmp(&x->f, &y->f, sizeof x->f) == 0;
    case PHYS_I128:
        return x->i128 == y->i128;
    case PHYS_BOOL:
        return x->b == y->b;
    default:
        return x->i == y->i;
    }
}

static bool blocks_same(const struct instr *x, const struct instr *y) {
    if (x->nblocks != y->nblocks) return false;
    for (uint32_t b = 0; b < x->nblocks; b++) {
        if (x->blocks[b].count || y->blocks[b].count) return false;
        if (x->blocks[b].result != y->blocks[b].result) return false;
    }
    return true;
}

/* Would both give the same register for the same rows? */
static bool instr_same(const struct instr *x, const struct instr *y) {
    if (x->op != y->op || x->column != y->column || x->nargs != y->nargs || x->fn != y->fn) return false;
    if (!type_equal(x->expr->type, y->expr->type) || x->expr->try_null != y->expr->try_null) return false;
    if (x->expr->kind != y->expr->kind || x->expr->func != y->expr->func) return false;
    if (x->expr->func && (x->expr->func->flags & FUNC_RANDOM)) return false;
    if (x->op == OP_CONST) return value_same(x->expr->type, &x->expr->value, &y->expr->value);
    for (uint32_t i = 0; i < x->nargs; i++) {
        if (x->args[i] != y->args[i]) return false;
    }
    return blocks_same(x, y);
}

static const struct instr *find_same(const struct scope *s, const struct instr *in) {
    for (; s; s = s->parent) {
        for (uint32_t i = 0; i < s->block->count; i++) {
            if (instr_same(s->block->instrs[i], in)) return s->block->instrs[i];
        }
    }
    return NULL;
}

/* Appends the instruction to the scope's block, or gives the register of an equal one. */
static uint32_t emit(struct compiler *c, const struct scope *s, struct instr *in) {
    struct arena *a = c->p->arena;
    const struct instr *same = find_same(s, in);
    if (same) {
        if (in->fini) in->fini(in->state);
        return same->out;
    }
    in->out = new_reg(c);
    push(a, &s->block->instrs, &s->block->count, in);
    push(a, &c->p->instrs, &c->p->ninstrs, in);
    return in->out;
}

static struct instr *new_instr(struct compiler *c, enum op op, const struct expr *e) {
    struct instr *in = ARENA_NEW(c->p->arena, struct instr);
    in->op = op;
    in->expr = e;
    return in;
}

static enum status compile(struct compiler *c, const struct scope *s, const struct expr *e, uint32_t *reg);

static enum status compile_args(struct compiler *c, const struct scope *s, struct instr *in) {
    in->nargs = in->expr->nargs;
    in->args = ARENA_ARRAY(c->p->arena, uint32_t, in->nargs);
    for (uint32_t i = 0; i < in->nargs; i++) TRY(compile(c, s, in->expr->args[i], &in->args[i]));
    return ST_OK;
}

static enum status compile_kernel(struct compiler *c, const struct scope *s, const struct expr *e,
                                  uint32_t *reg) {
    struct instr *in = new_instr(c, OP_KERNEL, e);
    const struct kernel *k = kernel_find(e->func->id);
    in->fn = k->fn;
    if (!in->fn && e->nargs) in->fn = k->by_phys[type_phys(e->args[0]->type)];
    if (!in->fn) {
        return error_at(c->error, ERR_UNSUPPORTED, e->span, "%.*s of %.*s is not supported yet",
                        STR_ARG(e->func->name),
                        STR_ARG(e->nargs ? type_print(c->p->arena, e->args[0]->type) : STR("nothing")));
    }
    in->strict = e->func->flags & FUNC_STRICT;
    in->pure = e->func->flags & FUNC_PURE;
    in->total = in->strict && e->nargs && (k->total & KERNEL_TOTAL(type_phys(e->args[0]->type)));
    TRY(compile_args(c, s, in));
    if (k->init) TRY(k->init(e, c->p->arena, c->ctx, &in->state, c->error));
    in->fini = k->init ? k->fini : NULL;
    *reg = emit(c, s, in);
    return ST_OK;
}

static void compile_literal(struct compiler *c, const struct expr *e, uint32_t *reg);

/* NULL itself, cast to a type. */
static void compile_null(struct compiler *c, const struct expr *e, uint32_t *reg) {
    struct expr *null = ARENA_NEW(c->p->arena, struct expr);
    null->kind = EXPR_LITERAL;
    null->type = e->type;
    null->span = e->span;
    null->value.null = true;
    compile_literal(c, null, reg);
}

static enum status compile_cast(struct compiler *c, const struct scope *s, const struct expr *e,
                                uint32_t *reg) {
    const struct type *from = e->args[0]->type;
    if (from->kind == TYPE_NULLTYPE) {
        compile_null(c, e, reg);
        return ST_OK;
    }
    struct instr *in = new_instr(c, cast_keeps_data(from, e->type) ? OP_RENAME : OP_KERNEL, e);
    if (in->op == OP_KERNEL) {
        in->fn = cast_find(from, e->type);
        in->strict = in->pure = true;
        in->total = cast_is_total(from, e->type);
        if (!in->fn) {
            return error_at(c->error, ERR_TYPE_MISMATCH, e->span, "%.*s cannot be cast to %.*s",
                            STR_ARG(type_print(c->p->arena, from)),
                            STR_ARG(type_print(c->p->arena, e->type)));
        }
    }
    TRY(compile_args(c, s, in));
    *reg = emit(c, s, in);
    return ST_OK;
}

/* Compiles each argument into a block of its own. Block 0 runs always, so it is part of the surrounding
 * block; `chain`: block i is reached through block i - 1 (conditions of AND, candidates of COALESCE). */
static enum status compile_chain(struct compiler *c, const struct scope *s, struct instr *in,
                                 struct expr *const *terms, uint32_t n) {
    in->nblocks = n;
    in->blocks = ARENA_ARRAY(c->p->arena, struct block, n);
    struct scope *scopes = ARENA_ARRAY(c->p->arena, struct scope, n);
    TRY(compile(c, s, terms[0], &in->blocks[0].result));
    for (uint32_t i = 1; i < n; i++) {
        scopes[i] = (struct scope){&in->blocks[i], i == 1 ? s : &scopes[i - 1]};
        TRY(compile(c, &scopes[i], terms[i], &in->blocks[i].result));
    }
    return ST_OK;
}

static uint32_t count_terms(const struct expr *e, enum func_id id) {
    if (e->kind != EXPR_CALL || e->func->id != id) return 1;
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->nargs; i++) n += count_terms(e->args[i], id);
    return n;
}

static void list_terms(struct expr *e, enum func_id id, struct expr **terms, uint32_t *n) {
    if (e->kind != EXPR_CALL || e->func->id != id) {
        terms[(*n)++] = e;
        return;
    }
    for (uint32_t i = 0; i < e->nargs; i++) list_terms(e->args[i], id, terms, n);
}

/* AND and OR: nested ones of the same kind become one list. */
static enum status compile_and_or(struct compiler *c, const struct scope *s, const struct expr *e,
                                  uint32_t *reg) {
    struct instr *in = new_instr(c, e->func->id == FN_AND ? OP_AND : OP_OR, e);
    uint32_t n = 0;
    struct expr **terms = ARENA_ARRAY(c->p->arena, struct expr *, count_terms(e, e->func->id));
    for (uint32_t i = 0; i < e->nargs; i++) list_terms(e->args[i], e->func->id, terms, &n);
    TRY(compile_chain(c, s, in, terms, n));
    *reg = emit(c, s, in);
    return ST_OK;
}

/* CASE and IF: a condition is reached through the one before it, a result through its condition. */
static enum status compile_case(struct compiler *c, const struct scope *s, const struct expr *e,
                                uint32_t *reg) {
    struct instr *in = new_instr(c, OP_CASE, e);
    struct block *blocks = ARENA_ARRAY(c->p->arena, struct block, e->nargs);
    struct scope *scopes = ARENA_ARRAY(c->p->arena, struct scope, e->nargs);
    in->nblocks = e->nargs;
    in->blocks = blocks;
    const struct scope *reached = s;
    for (uint32_t i = 0; i < e->nargs; i++) {
        bool condition = i % 2 == 0 && i + 1 < e->nargs;
        const struct scope *scope = reached;
        if (i > 0) {
            scopes[i] = (struct scope){&blocks[i], reached};
            scope = &scopes[i];
        }
        TRY(compile(c, scope, e->args[i], &blocks[i].result));
        if (condition) reached = scope;
    }
    *reg = emit(c, s, in);
    return ST_OK;
}

static enum status compile_nullif(struct compiler *c, const struct scope *s, const struct expr *e,
                                  uint32_t *reg) {
    struct instr *in = new_instr(c, OP_NULLIF, e);
    struct expr *equal = ARENA_NEW(c->p->arena, struct expr);
    *equal = *e;
    equal->func = func_desc(FN_EQ);
    equal->type = type_simple(TYPE_BOOLEAN, true);
    in->nargs = 2;
    in->args = ARENA_ARRAY(c->p->arena, uint32_t, 2);
    TRY(compile(c, s, e->args[0], &in->args[0]));
    TRY(compile(c, s, equal, &in->args[1]));
    *reg = emit(c, s, in);
    return ST_OK;
}

static enum status compile_call(struct compiler *c, const struct scope *s, const struct expr *e,
                                uint32_t *reg) {
    switch (e->func->id) {
    case FN_AND:
    case FN_OR:
        return compile_and_or(c, s, e, reg);
    case FN_IF:
        return compile_case(c, s, e, reg);
    case FN_COALESCE:
    case FN_IFNULL: {
        struct instr *in = new_instr(c, OP_COALESCE, e);
        TRY(compile_chain(c, s, in, e->args, e->nargs));
        *reg = emit(c, s, in);
        return ST_OK;
    }
    case FN_NULLIF:
        return compile_nullif(c, s, e, reg);
    default:
        break;
    }
    if (kernel_find(e->func->id)) return compile_kernel(c, s, e, reg);
    return error_at(c->error, ERR_UNSUPPORTED, e->span, "%.*s is not supported here", STR_ARG(e->func->name));
}

#define LITERALS_COMPARED 64 /* how far back an equal literal is looked for: IN lists can be long */

/* A literal's register lives outside the blocks and is filled once. */
static void compile_literal(struct compiler *c, const struct expr *e, uint32_t *reg) {
    struct program *p = c->p;
    struct instr *in = new_instr(c, OP_CONST, e);
    uint32_t first = p->ninstrs > LITERALS_COMPARED ? p->ninstrs - LITERALS_COMPARED : 0;
    for (uint32_t i = first; i < p->ninstrs; i++) {
        if (p->instrs[i]->op == OP_CONST && instr_same(p->instrs[i], in)) {
            *reg = p->instrs[i]->out;
            return;
        }
    }
    in->out = new_reg(c);
    push(p->arena, &p->instrs, &p->ninstrs, in);
    p->nconsts++;
    *reg = in->out;
}

static enum status compile(struct compiler *c, const struct scope *s, const struct expr *e, uint32_t *reg) {
    struct instr *in;
    switch (e->kind) {
    case EXPR_COLUMN:
        in = new_instr(c, OP_COLUMN, e);
        in->column = e->column;
        *reg = emit(c, s, in);
        return ST_OK;
    case EXPR_LITERAL:
        compile_literal(c, e, reg);
        return ST_OK;
    case EXPR_CALL:
        return compile_call(c, s, e, reg);
    case EXPR_CAST:
        return compile_cast(c, s, e, reg);
    case EXPR_CASE:
        return compile_case(c, s, e, reg);
    case EXPR_FIELD:
        in = new_instr(c, OP_FIELD, e);
        in->column = e->column;
        TRY(compile_args(c, s, in));
        *reg = emit(c, s, in);
        return ST_OK;
    }
    return error_at(c->error, ERR_INTERNAL, e->span, "unknown kind of expression");
}

/* Registers' memory, and the constants in them. */
static void finish(struct program *p) {
    p->regs = ARENA_ARRAY(p->arena, struct vec *, p->nregs);
    p->flat = ARENA_ARRAY(p->arena, struct vec *, p->nregs);
    p->consts = ARENA_ARRAY(p->arena, uint32_t, p->nconsts);
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->ninstrs; i++) {
        const struct instr *in = p->instrs[i];
        if (in->op != OP_CONST) continue;
        p->regs[in->out] = program_literal(p->arena, in->expr->type, &in->expr->value, 0);
        p->consts[n++] = in->out;
    }
}

/* The AND terms of a condition, each a block under the rows that passed those before it. */
static enum status compile_filters(struct compiler *c, struct expr *e) {
    struct program *p = c->p;
    struct expr **terms = ARENA_ARRAY(p->arena, struct expr *, count_terms(e, FN_AND));
    list_terms(e, FN_AND, terms, &p->nfilters);
    p->filters = ARENA_ARRAY(p->arena, struct block, p->nfilters);
    struct scope *scopes = ARENA_ARRAY(p->arena, struct scope, p->nfilters);
    for (uint32_t i = 0; i < p->nfilters; i++) {
        scopes[i] = (struct scope){&p->filters[i], i ? &scopes[i - 1] : NULL};
        TRY(compile(c, &scopes[i], terms[i], &p->filters[i].result));
    }
    return ST_OK;
}

static enum status compile_all(struct compiler *c, const struct expr *const *exprs, uint32_t n) {
    struct program *p = c->p;
    struct scope root = {&p->root, NULL};
    p->nexprs = n;
    p->results = ARENA_ARRAY(p->arena, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) TRY(compile(c, &root, exprs[i], &p->results[i]));
    if (n == 1 && exprs[0]->type->kind == TYPE_BOOLEAN) {
        struct expr *copy = ARENA_NEW(p->arena, struct expr);
        *copy = *exprs[0];
        TRY(compile_filters(c, copy));
    }
    finish(p);
    return ST_OK;
}

enum status program_compile_raw(const struct expr *const *exprs, uint32_t n, struct arena *a,
                                const struct eval_ctx *ctx, struct program **out, struct error *e) {
    struct program *p = ARENA_NEW(a, struct program);
    p->arena = a;
    struct compiler c = {p, ctx, e};
    if (compile_all(&c, exprs, n) != ST_OK) {
        program_free(p);
        return ST_ERROR;
    }
    *out = p;
    return ST_OK;
}

enum status program_compile(const struct expr *const *exprs, uint32_t n, struct arena *a,
                            const struct eval_ctx *ctx, struct program **out, struct error *e) {
    const struct expr **folded = ARENA_ARRAY(a, const struct expr *, n);
    for (uint32_t i = 0; i < n; i++) folded[i] = program_fold(a, exprs[i], ctx);
    return program_compile_raw(folded, n, a, ctx, out, e);
}

void program_free(struct program *p) {
    if (!p) return;
    for (uint32_t i = 0; i < p->ninstrs; i++) {
        if (p->instrs[i]->fini) p->instrs[i]->fini(p->instrs[i]->state);
    }
}
