/* SPDX-License-Identifier: Apache-2.0
 *
 * program_filter: the AND terms of a condition one after another, each over the rows that passed those
 * before it. `column compared with literal` is fused: it goes from the column to the selection without a
 * boolean vector, branch-free. Every other term is evaluated and its TRUE rows are taken.
 */
#include "exec/program.h"

#define GLUE_(a, b) a##b
#define GLUE(a, b) GLUE_(a, b)

/* ---- fused loops ---- */

typedef uint32_t (*fused_fn)(const void *data, const void *literal, const uint64_t *valid, struct sel sel,
                             uint32_t *idx);

#define FUSED_TYPE int8_t
#define FUSED_STEM fused_i8
#include "exec/expr_filter.inc"
#define FUSED_TYPE int16_t
#define FUSED_STEM fused_i16
#include "exec/expr_filter.inc"
#define FUSED_TYPE int32_t
#define FUSED_STEM fused_i32
#include "exec/expr_filter.inc"
#define FUSED_TYPE int64_t
#define FUSED_STEM fused_i64
#include "exec/expr_filter.inc"
#define FUSED_TYPE double
#define FUSED_STEM fused_f64
#include "exec/expr_filter.inc"

/* A view equal to a literal of at most 12 bytes: two words. */
static uint32_t fused_str(const void *data, const void *literal, const uint64_t *valid, struct sel sel,
                          uint32_t *idx, bool equal) {
    const struct strview *a = data;
    const struct strview y = *(const struct strview *)literal;
    uint32_t n = 0;
    SEL_FOREACH(sel, k, row) {
        bool same = ((a[row].words[0] ^ y.words[0]) | (a[row].words[1] ^ y.words[1])) == 0;
        idx[n] = row;
        n += (same == equal) & valid_bit(valid, row);
    }
    return n;
}

static uint32_t fused_str_eq(const void *data, const void *literal, const uint64_t *valid, struct sel sel,
                             uint32_t *idx) {
    return fused_str(data, literal, valid, sel, idx, true);
}

static uint32_t fused_str_ne(const void *data, const void *literal, const uint64_t *valid, struct sel sel,
                             uint32_t *idx) {
    return fused_str(data, literal, valid, sel, idx, false);
}

/* The loop for a comparison, or NULL. Indexed by FN_EQ .. FN_GE. */
static fused_fn find_fused(enum func_id id, enum phys phys, const struct vec *literal) {
    static const fused_fn loops[5][6] = {
        {fused_i8_eq, fused_i8_ne, fused_i8_lt, fused_i8_le, fused_i8_gt, fused_i8_ge},
        {fused_i16_eq, fused_i16_ne, fused_i16_lt, fused_i16_le, fused_i16_gt, fused_i16_ge},
        {fused_i32_eq, fused_i32_ne, fused_i32_lt, fused_i32_le, fused_i32_gt, fused_i32_ge},
        {fused_i64_eq, fused_i64_ne, fused_i64_lt, fused_i64_le, fused_i64_gt, fused_i64_ge},
        {fused_f64_eq, fused_f64_ne, fused_f64_lt, fused_f64_le, fused_f64_gt, fused_f64_ge},
    };
    _Static_assert(FN_GE - FN_EQ == 5 && PHYS_I64 - PHYS_I8 == 3, "the table follows these");
    if (phys >= PHYS_I8 && phys <= PHYS_I64) return loops[phys - PHYS_I8][id - FN_EQ];
    if (phys == PHYS_F64) return loops[4][id - FN_EQ];
    if (phys == PHYS_STR && ((const struct strview *)literal->data)->len <= STRVIEW_INLINE) {
        return id == FN_EQ ? fused_str_eq : id == FN_NE ? fused_str_ne : NULL;
    }
    return NULL;
}

/* literal < column is column > literal. */
static enum func_id mirrored(enum func_id id) {
    switch (id) {
    case FN_LT:
        return FN_GT;
    case FN_LE:
        return FN_GE;
    case FN_GT:
        return FN_LT;
    case FN_GE:
        return FN_LE;
    default:
        return id;
    }
}

/* The last instruction of the term as a comparison of a register with a literal, if it is one. */
static bool match_fused(struct run *r, const struct block *term, fused_fn *fn, const struct vec **column,
                        const struct vec **literal) {
    const struct instr *in = term->count ? term->instrs[term->count - 1] : NULL;
    if (!in || in->out != term->result || in->op != OP_KERNEL || in->expr->kind != EXPR_CALL) return false;
    enum func_id id = in->expr->func->id;
    if (id < FN_EQ || id > FN_GE) return false;
    const struct vec *a = run_reg(r, in->args[0]), *b = run_reg(r, in->args[1]);
    if (a->form == VEC_CONST) {
        const struct vec *swap = a;
        a = b;
        b = swap;
        id = mirrored(id);
    }
    if (a->form != VEC_FLAT || b->form != VEC_CONST || !valid_bit(b->valid, 0)) return false;
    *fn = find_fused(id, a->phys, b);
    *column = a;
    *literal = b;
    return *fn != NULL;
}

static enum status filter_term(struct run *r, const struct block *term, struct sel *sel) {
    struct block before = *term; /* all but the last instruction, which may be fused */
    if (before.count) before.count--;
    TRY(run_block(r, &before, *sel));
    fused_fn fn;
    const struct vec *column, *literal;
    if (match_fused(r, term, &fn, &column, &literal)) {
        uint32_t *idx = arena_alloc_raw(r->scratch, (sel->count + 1) * sizeof *idx);
        uint32_t n = fn(column->data, literal->data, column->valid, *sel, idx);
        if (n < sel->count) *sel = (struct sel){idx, n};
        return ST_OK;
    }
    struct block last = *term;
    last.instrs += before.count;
    last.count -= before.count;
    TRY(run_block(r, &last, *sel));
    *sel = sel_true(run_reg(r, term->result), *sel, r->scratch);
    return ST_OK;
}

enum status program_filter(struct program *p, const struct batch *in, struct arena *scratch,
                           struct eval_ctx *ctx, const uint32_t **sel, uint32_t *count) {
    assert(p->nfilters > 0);
    struct run r = {p, in, scratch, ctx};
    for (uint32_t i = 0; i < p->nconsts; i++) p->regs[p->consts[i]]->rows = in->rows;
    struct sel rows = batch_sel(in);
    for (uint32_t i = 0; i < p->nfilters && rows.count; i++) TRY(filter_term(&r, &p->filters[i], &rows));
    static const uint32_t none[1];
    *count = rows.count;
    *sel = rows.count == in->rows ? NULL : rows.idx ? rows.idx : none;
    return ST_OK;
}
