/* SPDX-License-Identifier: Apache-2.0
 *
 * value IN (list). A list of literals becomes a hash set at compile time; otherwise the members are
 * compared one by one. Not found and a NULL in the list: NULL.
 *
 * A key is two words: a number's bits, or a string's view (short strings are equal iff their views are).
 */
#include "base/hash.h"
#include "exec/compare.h"
#include "exec/kernel.h"

struct in_slot {
    struct strview key;
    bool used;
};

struct in_set {
    struct in_slot *slots;
    uint32_t mask;  /* slots - 1 */
    bool has_null;  /* the list has one */
};

static struct strview number_key(uint64_t lo, uint64_t hi) {
    return (struct strview){.words = {lo, hi}};
}

static struct strview double_key(double x) {
    uint64_t bits;
    if (x == 0) x = 0; /* -0.0 too */
    memcpy(&bits, &x, sizeof bits);
    return number_key(bits, 0);
}

static uint64_t key_hash(const struct strview *key, bool string) {
    if (string && key->len > STRVIEW_INLINE) return hash_bytes(key->ptr, key->len);
    return hash_mix(key->words[0], key->words[1]);
}

static bool key_equal(const struct strview *a, const struct strview *b, bool string) {
    return string ? strview_eq(a, b) : a->words[0] == b->words[0] && a->words[1] == b->words[1];
}

static struct strview value_key(const struct vec *v, uint32_t i) {
    switch (v->phys) {
    case PHYS_BOOL:
        return number_key(((const uint8_t *)v->data)[i], 0);
    case PHYS_I8:
        return number_key((uint64_t)((const int8_t *)v->data)[i], 0);
    case PHYS_I16:
        return number_key((uint64_t)((const int16_t *)v->data)[i], 0);
    case PHYS_I32:
        return number_key((uint64_t)((const int32_t *)v->data)[i], 0);
    case PHYS_I64:
        return number_key((uint64_t)((const int64_t *)v->data)[i], 0);
    case PHYS_I128: {
        unsigned __int128 x = (unsigned __int128)((const __int128 *)v->data)[i];
        return number_key((uint64_t)x, (uint64_t)(x >> 64));
    }
    case PHYS_F32:
        return double_key((double)((const float *)v->data)[i]);
    case PHYS_F64:
        return double_key(((const double *)v->data)[i]);
    default:
        return ((const struct strview *)v->data)[i];
    }
}

static struct strview literal_key(const struct type *t, const struct value *value) {
    switch (type_phys(t)) {
    case PHYS_BOOL:
        return number_key(value->b, 0);
    case PHYS_I128:
        return number_key((uint64_t)value->i128, (uint64_t)(value->i128 >> 64));
    case PHYS_F32:
        return double_key((double)(float)value->f);
    case PHYS_F64:
        return double_key(value->f);
    case PHYS_STR:
        return strview_of(value->s.ptr, value->s.len);
    default:
        return number_key((uint64_t)value->i, 0);
    }
}

static struct in_slot *find_slot(const struct in_set *set, const struct strview *key, bool string) {
    uint32_t at = (uint32_t)key_hash(key, string) & set->mask;
    while (set->slots[at].used && !key_equal(&set->slots[at].key, key, string)) at = (at + 1) & set->mask;
    return &set->slots[at];
}

static enum status in_init(const struct expr *expr, struct arena *a, const struct eval_ctx *ctx UNUSED,
                           void **state, struct error *e UNUSED) {
    *state = NULL;
    enum phys phys = type_phys(expr->args[0]->type);
    if (phys >= PHYS_ARRAY) return ST_OK;
    for (uint32_t i = 1; i < expr->nargs; i++) {
        if (expr->args[i]->kind != EXPR_LITERAL) return ST_OK;
    }
    struct in_set *set = ARENA_NEW(a, struct in_set);
    uint32_t slots = 8;
    while (slots < 2 * expr->nargs) slots *= 2;
    set->mask = slots - 1;
    set->slots = ARENA_ARRAY(a, struct in_slot, slots);
    for (uint32_t i = 1; i < expr->nargs; i++) {
        const struct value *value = &expr->args[i]->value;
        if (value->null) {
            set->has_null = true;
            continue;
        }
        struct strview key = literal_key(expr->args[i]->type, value);
        *find_slot(set, &key, phys == PHYS_STR) = (struct in_slot){key, true};
    }
    *state = set;
    return ST_OK;
}

static enum status in_literals(struct kernel_call *call, const struct in_set *set) {
    const struct vec *v = call->args[0];
    uint8_t *out = call->out->data;
    bool string = v->phys == PHYS_STR;
    SEL_FOREACH(call->sel, k, row) {
        if (arg_null(v, row)) {
            kernel_null(call, row);
            continue;
        }
        struct strview key = value_key(v, arg_index(v, row));
        out[row] = find_slot(set, &key, string)->used;
        if (!out[row] && set->has_null) kernel_null(call, row);
    }
    return ST_OK;
}

static enum status in_list(struct kernel_call *call) {
    if (call->state) return in_literals(call, call->state);
    uint8_t *out = call->out->data;
    SEL_FOREACH(call->sel, k, row) {
        bool found = false, null = arg_null(call->args[0], row);
        for (uint32_t i = 1; i < call->expr->nargs && !found && !null; i++) {
            found = !arg_null(call->args[i], row) && compare_equal(call->args[0], row, call->args[i], row);
        }
        for (uint32_t i = 1; i < call->expr->nargs && !found && !null; i++) null = arg_null(call->args[i],
                                                                                            row);
        out[row] = found;
        if (null) kernel_null(call, row);
    }
    return ST_OK;
}
const struct kernel kernel_IN_LIST = {.fn = in_list, .init = in_init};
