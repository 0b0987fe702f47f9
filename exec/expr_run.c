/* SPDX-License-Identifier: Apache-2.0
 *
 * Evaluates programs: program_eval runs the root block over a batch. What every kernel may count on is
 * prepared here: no DICT arguments, and for STRICT functions the NULLs of the arguments merged into the
 * result's validity, a word at a time, and left out of the selection. A PURE function of constants is
 * computed for one row and gives a CONST.
 */
#include "exec/program.h"

struct vec *run_reg(struct run *r, uint32_t reg) {
    struct vec *v = r->p->regs[reg];
    if (v->form != VEC_DICT) return v;
    if (!r->p->flat[reg]) r->p->flat[reg] = vec_flatten(v, r->scratch);
    return r->p->flat[reg];
}

struct sel sel_true(const struct vec *v, struct sel sel, struct arena *scratch) {
    const uint8_t *data = v->data;
    if (v->form == VEC_CONST) {
        bool all = valid_bit(v->valid, 0) && data[0];
        return all ? sel : (struct sel){NULL, 0};
    }
    uint32_t *idx = arena_alloc_raw(scratch, sizeof *idx * (sel.count + 1)), n = 0;
    const uint64_t *valid = v->valid;
    if (!sel.idx && !valid) {
        for (uint32_t k = 0; k < sel.count; k++) {
            idx[n] = k;
            n += data[k];
        }
    } else {
        SEL_FOREACH(sel, k, row) {
            idx[n] = row;
            n += data[row] & valid_bit(valid, row);
        }
    }
    return n == sel.count ? sel : (struct sel){idx, n};
}

struct sel sel_null(const struct vec *v, struct sel sel, bool null, struct arena *scratch) {
    if (!v->valid || v->form == VEC_CONST) {
        bool all = !valid_bit(v->valid, 0) == null;
        return all ? sel : (struct sel){NULL, 0};
    }
    uint32_t *idx = arena_alloc_raw(scratch, sizeof *idx * (sel.count + 1)), n = 0;
    SEL_FOREACH(sel, k, row) {
        idx[n] = row;
        n += valid_bit(v->valid, row) != null;
    }
    return n == sel.count ? sel : (struct sel){idx, n};
}

/* out's validity = AND of the arguments'; false if an argument is a constant NULL. */
static bool merge_valid(struct vec *out, const struct vec *const *args, uint32_t nargs,
                        struct arena *scratch) {
    uint32_t words = VALID_WORDS(out->rows);
    for (uint32_t i = 0; i < nargs; i++) {
        const uint64_t *valid = args[i]->valid;
        if (!valid) continue;
        if (args[i]->form == VEC_CONST) {
            if (!valid_bit(valid, 0)) return false;
            continue;
        }
        if (!out->valid) {
            out->valid = arena_alloc_raw(scratch, words * sizeof *valid);
            memcpy(out->valid, valid, words * sizeof *valid);
        } else {
            for (uint32_t w = 0; w < words; w++) out->valid[w] &= valid[w];
        }
    }
    return true;
}

static enum status run_kernel(struct run *r, const struct instr *in, struct sel sel) {
    const struct vec **args = arena_alloc_raw(r->scratch, sizeof *args * (in->nargs + 1));
    bool constant = in->pure;
    for (uint32_t i = 0; i < in->nargs; i++) {
        args[i] = run_reg(r, in->args[i]);
        constant = constant && args[i]->form == VEC_CONST;
    }
    struct vec *out = ARENA_NEW(r->scratch, struct vec);
    r->p->regs[in->out] = out;
    uint32_t rows = r->in->rows;
    vec_make_flat(out, r->scratch, in->expr->type, constant ? 1 : rows);
    if (sel.count == 0) return ST_OK;
    if (constant) sel = (struct sel){NULL, 1};
    if (in->strict && !merge_valid(out, args, in->nargs, r->scratch)) {
        r->p->regs[in->out] = vec_all_null(r->scratch, in->expr->type, rows);
        return ST_OK;
    }
    if (in->total && sel.count >= rows / 4) {
        sel = (struct sel){NULL, out->rows};
    } else if (in->strict && out->valid && !in->total) {
        sel = sel_null(out, sel, false, r->scratch);
    }
    struct kernel_call call = {.expr = in->expr, .args = args, .out = out, .sel = sel,
                               .state = in->state, .scratch = r->scratch, .ctx = r->ctx};
    if (sel.count) TRY(in->fn(&call));
    if (constant) {
        out->form = VEC_CONST;
        out->rows = rows;
    }
    return ST_OK;
}

/* A field of a flat ROW column that has NULLs: the field is NULL there too. */
static struct vec *field_under_nulls(struct run *r, struct vec *row, struct vec *field) {
    struct vec *out = ARENA_NEW(r->scratch, struct vec);
    *out = *vec_flatten(field, r->scratch);
    const uint64_t *own = out->valid;
    uint32_t words = VALID_WORDS(row->rows);
    out->valid = arena_alloc_raw(r->scratch, words * sizeof *own);
    for (uint32_t w = 0; w < words; w++) out->valid[w] = row->valid[w] & (own ? own[w] : ~(uint64_t)0);
    return out;
}

static void run_field(struct run *r, const struct instr *in) {
    struct vec *row = r->p->regs[in->args[0]];
    struct vec *field = &row->child[in->column];
    if (row->form == VEC_FLAT) {
        r->p->regs[in->out] = row->valid ? field_under_nulls(r, row, field) : field;
        return;
    }
    if (row->form == VEC_CONST) {
        struct vec *out = vec_all_null(r->scratch, in->expr->type, row->rows);
        if (valid_bit(row->valid, 0)) {
            uint32_t first = 0;
            out = vec_gather(field, &first, 1, r->scratch);
            out->form = VEC_CONST;
            out->rows = row->rows;
        }
        r->p->regs[in->out] = out;
        return;
    }
    struct vec *out = vec_gather(field, row->dict, row->rows, r->scratch);
    for (uint32_t k = 0; row->valid && k < row->rows; k++) {
        if (vec_is_null(row, k)) valid_clear(vec_make_valid(out, r->scratch), k);
    }
    r->p->regs[in->out] = out;
}

/* The same data under another type, children included. */
static struct vec rename_vec(const struct vec *v, const struct type *t, struct arena *a) {
    struct vec out = *v;
    out.type = t;
    if (v->nchild) out.child = ARENA_ARRAY(a, struct vec, v->nchild);
    for (uint32_t c = 0; c < v->nchild; c++) out.child[c] = rename_vec(&v->child[c], t->fields[c].type, a);
    return out;
}

static void run_rename(struct run *r, const struct instr *in) {
    struct vec *out = ARENA_NEW(r->scratch, struct vec);
    *out = rename_vec(r->p->regs[in->args[0]], in->expr->type, r->scratch);
    r->p->regs[in->out] = out;
}

static enum status run_instr(struct run *r, const struct instr *in, struct sel sel) {
    r->p->flat[in->out] = NULL;
    switch (in->op) {
    case OP_COLUMN:
        r->p->regs[in->out] = r->in->cols[in->column];
        return ST_OK;
    case OP_CONST:
        return ST_OK;
    case OP_KERNEL:
        return run_kernel(r, in, sel);
    case OP_RENAME:
        run_rename(r, in);
        return ST_OK;
    case OP_FIELD:
        run_field(r, in);
        return ST_OK;
    case OP_AND:
    case OP_OR:
        return run_and_or(r, in, sel);
    case OP_CASE:
        return run_case(r, in, sel);
    case OP_COALESCE:
        return run_coalesce(r, in, sel);
    case OP_NULLIF:
        return run_nullif(r, in, sel);
    }
    return ST_OK;
}

enum status run_block(struct run *r, const struct block *b, struct sel sel) {
    for (uint32_t i = 0; i < b->count; i++) TRY(run_instr(r, b->instrs[i], sel));
    return ST_OK;
}

enum status program_eval(struct program *p, const struct batch *in, struct arena *scratch,
                         struct eval_ctx *ctx, struct vec **out) {
    struct run r = {p, in, scratch, ctx};
    for (uint32_t i = 0; i < p->nconsts; i++) p->regs[p->consts[i]]->rows = in->rows;
    TRY(run_block(&r, &p->root, batch_sel(in)));
    for (uint32_t i = 0; i < p->nexprs; i++) out[i] = p->regs[p->results[i]];
    return ST_OK;
}
