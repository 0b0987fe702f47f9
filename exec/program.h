/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside a compiled expression: shared by expr.c (compiles), expr_run.c (evaluates), expr_lazy.c (CASE,
 * AND, OR, COALESCE, NULLIF) and expr_filter.c (conditions to selections). Nobody else includes it.
 *
 * A program is blocks of instructions. An instruction reads registers and writes one; a block runs under
 * one selection. The root block runs for all selected rows; a lazy instruction owns the blocks of its
 * branches and runs each for the rows that reach it. A register is valid for the rows of its block.
 */
#ifndef WEIR_EXEC_PROGRAM_H
#define WEIR_EXEC_PROGRAM_H

#include "exec/expr.h"

enum op {
    OP_COLUMN,   /* the batch's column */
    OP_CONST,    /* a literal: the register holds its vector for good */
    OP_KERNEL,   /* a function or a cast */
    OP_RENAME,   /* a cast that leaves the data as it is */
    OP_FIELD,    /* field of a ROW */
    OP_AND,      /* blocks: the conditions, left to right */
    OP_OR,       /* the same */
    OP_CASE,     /* blocks: condition, result, condition, result, ..., else */
    OP_COALESCE, /* blocks: the candidates, left to right */
    OP_NULLIF,   /* args: value, whether it is equal */
};

struct block {
    struct instr **instrs; /* in order of evaluation */
    uint32_t count;        /* instructions */
    uint32_t result;       /* register of its value */
};

struct instr {
    enum op op;
    const struct expr *expr;     /* the node; types and span */
    uint32_t out;                /* register written */
    uint32_t column;             /* OP_COLUMN, OP_FIELD */
    uint32_t nargs;
    uint32_t *args;              /* registers read */
    kernel_fn fn;                /* OP_KERNEL */
    bool strict, total, pure;    /* OP_KERNEL: of the function */
    void *state;                 /* OP_KERNEL: what init made */
    void (*fini)(void *state);   /* or NULL */
    uint32_t nblocks;
    struct block *blocks;        /* lazy instructions */
};

struct program {
    struct arena *arena;
    struct block root;
    uint32_t nexprs;
    uint32_t *results;       /* register of each expression */
    uint32_t nregs;
    struct vec **regs;       /* nregs; constants stay, the rest is of the last evaluation */
    struct vec **flat;       /* nregs: flattened copies of DICT registers, made on demand */
    uint32_t nconsts;
    uint32_t *consts;        /* registers of OP_CONST */
    uint32_t ninstrs;
    struct instr **instrs;   /* all, for program_free */
    uint32_t nfilters;
    struct block *filters;   /* of one boolean expression: its AND terms, for program_filter */
};

/* One evaluation. */
struct run {
    struct program *p;
    const struct batch *in;
    struct arena *scratch;
    struct eval_ctx *ctx;
};

/* program_compile without folding. */
enum status program_compile_raw(const struct expr *const *exprs, uint32_t n, struct arena *a,
                                const struct eval_ctx *ctx, struct program **out, struct error *e);
/* `e` with its constant parts as literals; what fails is left as it is. */
const struct expr *program_fold(struct arena *a, const struct expr *e, const struct eval_ctx *ctx);

enum status run_block(struct run *r, const struct block *b, struct sel sel);
enum status run_and_or(struct run *r, const struct instr *in, struct sel sel);
enum status run_case(struct run *r, const struct instr *in, struct sel sel);
enum status run_coalesce(struct run *r, const struct instr *in, struct sel sel);
enum status run_nullif(struct run *r, const struct instr *in, struct sel sel);
/* The register as a FLAT or CONST vector. */
struct vec *run_reg(struct run *r, uint32_t reg);
/* Rows of sel for which the boolean vector (FLAT or CONST) is TRUE. */
struct sel sel_true(const struct vec *v, struct sel sel, struct arena *scratch);
/* Rows of sel that are NULL in v (FLAT or CONST), or are not. */
struct sel sel_null(const struct vec *v, struct sel sel, bool null, struct arena *scratch);

#endif
