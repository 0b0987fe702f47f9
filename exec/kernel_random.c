/* SPDX-License-Identifier: Apache-2.0
 *
 * RAND, RAND_INTEGER and UUID. Without a seed, numbers come from the evaluation's counter (struct
 * eval_ctx), so that a fixed seed of the session gives fixed results; with one, from Java's generator,
 * started once an expression, as in Flink.
 */
#include "base/hash.h"
#include "exec/kernel.h"

static uint64_t next(struct kernel_call *call) {
    return hash_counter(0x5eed, call->ctx->seed++, 0);
}

static double to_double(uint64_t bits) {
    return (double)(bits >> 11) * 0x1p-53;
}

static enum status rand_double(struct kernel_call *call) {
    double *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) out[row] = to_double(next(call));
    return ST_OK;
}
const struct kernel kernel_RAND = {.fn = rand_double};

/* java.util.Random: 48 bits of a linear congruential generator. */
struct java_random {
    uint64_t state;
    bool started;
};

static uint32_t java_next(struct java_random *r, unsigned bits) {
    r->state = (r->state * 0x5DEECE66Dull + 0xB) & ((1ull << 48) - 1);
    return (uint32_t)(r->state >> (48 - bits));
}

static void java_start(struct java_random *r, int32_t seed) {
    if (r->started) return;
    r->started = true;
    r->state = ((uint64_t)(int64_t)seed ^ 0x5DEECE66Dull) & ((1ull << 48) - 1);
}

static int32_t java_below(struct java_random *r, int32_t bound) {
    uint32_t u = java_next(r, 31), b = (uint32_t)bound;
    if ((b & (b - 1)) == 0) return (int32_t)(((uint64_t)b * u) >> 31);
    uint32_t v = u % b;
    while (u - v + (b - 1) > INT32_MAX) {
        u = java_next(r, 31);
        v = u % b;
    }
    return (int32_t)v;
}

static enum status seed_init(const struct expr *expr UNUSED, struct arena *a,
                             const struct eval_ctx *ctx UNUSED,
                             void **state, struct error *e UNUSED) {
    *state = ARENA_NEW(a, struct java_random);
    return ST_OK;
}

static int32_t int_at(const struct vec *v, uint32_t row) {
    return ((const int32_t *)v->data)[arg_index(v, row)];
}

static enum status rand_seeded(struct kernel_call *call) {
    double *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        java_start(call->state, int_at(call->args[0], row));
        uint64_t high = java_next(call->state, 26);
        out[row] = (double)((high << 27) + java_next(call->state, 27)) * 0x1p-53;
    }
    return ST_OK;
}
const struct kernel kernel_RAND_SEED = {.fn = rand_seeded, .init = seed_init};

static enum status check_bound(struct kernel_call *call, int32_t bound) {
    if (bound > 0) return ST_OK;
    return error_at(call->ctx->error, ERR_INVALID_ARGUMENT, call->expr->span,
                    "the bound of RAND_INTEGER must be positive, not %d", bound);
}

static enum status rand_integer(struct kernel_call *call) {
    int32_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        int32_t bound = int_at(call->args[0], row);
        TRY(check_bound(call, bound));
        out[row] = (int32_t)(((unsigned __int128)next(call) * (uint32_t)bound) >> 64);
    }
    return ST_OK;
}
const struct kernel kernel_RAND_INTEGER = {.fn = rand_integer};

static enum status rand_integer_seeded(struct kernel_call *call) {
    int32_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        int32_t bound = int_at(call->args[1], row);
        TRY(check_bound(call, bound));
        java_start(call->state, int_at(call->args[0], row));
        out[row] = java_below(call->state, bound);
    }
    return ST_OK;
}
const struct kernel kernel_RAND_INTEGER_SEED = {.fn = rand_integer_seeded, .init = seed_init};

static enum status uuid(struct kernel_call *call) {
    static const char hex[] = "0123456789abcdef";
    SEL_FOREACH(call->sel, k, row) {
        uint64_t bits[2] = {next(call), next(call)};
        bits[0] = (bits[0] & ~0xf000ull) | 0x4000;          /* version 4 */
        bits[1] = (bits[1] & ~(3ull << 62)) | (1ull << 63); /* variant 1 */
        char text[36];
        unsigned n = 0;
        for (unsigned i = 0; i < 32; i++) {
            if (i == 8 || i == 12 || i == 16 || i == 20) text[n++] = '-';
            text[n++] = hex[bits[i / 16] >> (60 - 4 * (i % 16)) & 15];
        }
        kernel_put_str(call, row, text, n);
    }
    return ST_OK;
}
const struct kernel kernel_UUID = {.fn = uuid};
