/* SPDX-License-Identifier: Apache-2.0
 *
 * Lazy instructions: AND, OR, CASE (and IF), COALESCE (and IFNULL), NULLIF. Each runs the blocks of its
 * branches under the rows that reach them, so that what a branch would fail on never happens for others.
 * A block's registers are undefined outside its selection: results are merged row by row.
 */
#include "exec/program.h"

static struct vec *new_result(struct run *r, const struct instr *in) {
    struct vec *out = ARENA_NEW(r->scratch, struct vec);
    vec_make_flat(out, r->scratch, in->expr->type, r->in->rows);
    return out;
}

/* The result is that of one branch alone: no copy. */
static void take_branch(struct run *r, const struct instr *in, uint32_t reg) {
    struct vec *out = arena_alloc_raw(r->scratch, sizeof *out);
    *out = *r->p->regs[reg];
    out->type = in->expr->type;
    r->p->regs[in->out] = out;
}

/* One term for the rows of sel: writes those it decides, marks the unknown ones, and returns the rows
 * still open. `decides` is FALSE for AND, TRUE for OR. */
static struct sel and_or_term(const struct vec *v, bool decides, uint8_t *out, uint8_t *unknown,
                              struct sel sel,
                              struct arena *scratch) {
    uint32_t *idx = arena_alloc_raw(scratch, sizeof *idx * (sel.count + 1)), n = 0;
    const uint8_t *data = v->data;
    if (v->form == VEC_FLAT && !v->valid) {
        SEL_FOREACH(sel, k, row) {
            bool decided = data[row] == decides;
            out[row] = data[row];
            if (unknown) unknown[row] &= !decided;
            idx[n] = row;
            n += !decided;
        }
        return n == sel.count ? sel : (struct sel){idx, n};
    }
    SEL_FOREACH(sel, k, row) {
        uint32_t i = arg_index(v, row);
        bool valid = valid_bit(v->valid, i), decided = valid & (data[i] == decides);
        out[row] = decided ? decides : !decides;
        if (unknown) unknown[row] = (unknown[row] | !valid) & !decided;
        idx[n] = row;
        n += !decided;
    }
    return n == sel.count ? sel : (struct sel){idx, n};
}

enum status run_and_or(struct run *r, const struct instr *in, struct sel sel) {
    bool decides = in->op == OP_OR;
    struct vec *out = new_result(r, in);
    uint8_t *unknown = NULL;
    struct sel open = sel;
    for (uint32_t b = 0; b < in->nblocks && (b == 0 || open.count); b++) {
        TRY(run_block(r, &in->blocks[b], open));
        const struct vec *v = run_reg(r, in->blocks[b].result);
        if (v->valid && !unknown) unknown = arena_alloc(r->scratch, r->in->rows);
        open = and_or_term(v, decides, out->data, unknown, open, r->scratch);
    }
    if (unknown) {
        uint64_t *valid = vec_make_valid(out, r->scratch);
        SEL_FOREACH(sel, k, row) {
            if (unknown[row]) valid_clear(valid, row);
        }
    }
    r->p->regs[in->out] = out;
    return ST_OK;
}

/* The rows of `from` that are not in `taken`; both rise. */
static struct sel sel_minus(struct sel from, struct sel taken, struct arena *scratch) {
    if (taken.count == 0) return from;
    if (taken.count == from.count) return (struct sel){NULL, 0};
    uint32_t *idx = arena_alloc_raw(scratch, sizeof *idx * (from.count + 1)), n = 0, t = 0;
    SEL_FOREACH(from, k, row) {
        uint32_t next = t < taken.count ? (taken.idx ? taken.idx[t] : t) : UINT32_MAX;
        idx[n] = row;
        n += row != next;
        t += row == next;
    }
    return (struct sel){idx, n};
}

/* The branch's value for the rows of sel; `all` are those of the whole instruction. */
static enum status run_branch(struct run *r, const struct instr *in, const struct block *b, struct sel sel,
                              struct sel all, struct vec **out) {
    if (sel.count == 0) return ST_OK;
    TRY(run_block(r, b, sel));
    if (sel.count == all.count) {
        take_branch(r, in, b->result);
        *out = r->p->regs[in->out];
        return ST_OK;
    }
    if (!*out) *out = new_result(r, in);
    vec_put(*out, sel.idx, r->p->regs[b->result], sel.idx, sel.count, r->scratch);
    return ST_OK;
}

enum status run_case(struct run *r, const struct instr *in, struct sel sel) {
    struct vec *out = NULL;
    struct sel rest = sel;
    uint32_t b = 0;
    for (; b + 1 < in->nblocks && rest.count; b += 2) {
        TRY(run_block(r, &in->blocks[b], rest));
        struct sel yes = sel_true(run_reg(r, in->blocks[b].result), rest, r->scratch);
        TRY(run_branch(r, in, &in->blocks[b + 1], yes, sel, &out));
        rest = sel_minus(rest, yes, r->scratch);
    }
    TRY(run_branch(r, in, &in->blocks[in->nblocks - 1], rest, sel, &out));
    r->p->regs[in->out] = out ? out : new_result(r, in);
    return ST_OK;
}

enum status run_coalesce(struct run *r, const struct instr *in, struct sel sel) {
    struct vec *out = NULL;
    struct sel rest = sel;
    for (uint32_t b = 0; b < in->nblocks && rest.count; b++) {
        TRY(run_block(r, &in->blocks[b], rest));
        const struct vec *v = run_reg(r, in->blocks[b].result);
        bool last = b + 1 == in->nblocks;
        struct sel take = last ? rest : sel_null(v, rest, false, r->scratch);
        if (take.count == sel.count) {
            take_branch(r, in, in->blocks[b].result);
            return ST_OK;
        }
        if (!out) out = new_result(r, in);
        vec_put(out, take.idx, v, take.idx, take.count, r->scratch);
        rest = last ? (struct sel){NULL, 0} : sel_null(v, rest, true, r->scratch);
    }
    r->p->regs[in->out] = out ? out : new_result(r, in);
    return ST_OK;
}

enum status run_nullif(struct run *r, const struct instr *in, struct sel sel) {
    struct vec *out = arena_alloc_raw(r->scratch, sizeof *out);
    *out = *vec_flatten(r->p->regs[in->args[0]], r->scratch);
    out->type = in->expr->type;
    const uint64_t *valid = out->valid;
    out->valid = NULL;
    vec_make_valid(out, r->scratch);
    if (valid) memcpy(out->valid, valid, VALID_WORDS(out->rows) * sizeof *valid);
    struct sel equal = sel_true(run_reg(r, in->args[1]), sel, r->scratch);
    SEL_FOREACH(equal, k, row) valid_clear(out->valid, row);
    r->p->regs[in->out] = out;
    return ST_OK;
}
