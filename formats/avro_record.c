/* SPDX-License-Identifier: Apache-2.0
 *
 * One Avro record into row i of the vectors, every read checked. Runs what is not flat, the last records of
 * each block, and every record in which the fast loops (avro_decode.c) meet something out of the ordinary:
 * here it gets its exact error. A failure is `torn` when what follows in the block cannot be found any more.
 */
#include <inttypes.h>
#include <stdio.h>

#include "formats/avro.h"
#include "formats/scalar.h"

#define LIST_MAX (1 << 24) /* entries of all arrays of a column in one block */

static bool run(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                uint32_t i);
static bool skip(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r);

/* Nothing behind this can be read. */
static bool torn(struct avro_record *r, struct str name, const char *what) {
    snprintf(r->reason, AVRO_REASON_BYTES, "field '%.*s': %s", STR_ARG(name), what);
    r->torn = true;
    return false;
}

/* The value is wrong, the bytes are not: decoding goes on to find the end of the record. The first reason
 * stays. */
static bool wrong(struct avro_record *r, struct str name, const char *what) {
    if (!r->reason[0]) snprintf(r->reason, AVRO_REASON_BYTES, "field '%.*s': %s", STR_ARG(name), what);
    return true;
}

bool avro_read_long(struct avro_cursor *c, int64_t *out) {
    uint64_t u = 0;
    for (unsigned shift = 0; shift < 70 && c->p < c->end; shift += 7) {
        uint8_t b = *c->p++;
        if (shift == 63 && b > 1) return false;
        u |= (uint64_t)(b & 127) << shift;
        if (b < 128) {
            *out = (int64_t)(u >> 1) ^ -(int64_t)(u & 1);
            return true;
        }
    }
    return false;
}

static bool read_long(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, int64_t *out) {
    if (LIKELY(c->p < c->end && *c->p < 128)) {
        uint8_t b = *c->p++;
        *out = (int64_t)(b >> 1) ^ -(int64_t)(b & 1);
        return true;
    }
    if (avro_read_long(c, out)) return true;
    return torn(r, s->name, c->p == c->end ? "the data ends within it" : "a number has more than ten bytes");
}

/* n bytes; NULL when there are fewer. */
static const uint8_t *read_bytes(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r,
                                 uint64_t n) {
    if (UNLIKELY(n > (uint64_t)(c->end - c->p))) {
        torn(r, s->name, "the data ends within it");
        return NULL;
    }
    const uint8_t *p = c->p;
    c->p += n;
    return p;
}

static const uint8_t *read_counted(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r,
                                   uint64_t *len) {
    int64_t n;
    if (!read_long(s, c, r, &n)) return NULL;
    if (n < 0) {
        torn(r, s->name, "its length is negative");
        return NULL;
    }
    *len = (uint64_t)n;
    return read_bytes(s, c, r, *len);
}

/* Has the optional a value? *null tells that it has none. */
static bool read_branch(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, bool *null) {
    *null = false;
    if (!s->optional) return true;
    if (c->p >= c->end) return torn(r, s->name, "the data ends before it");
    uint8_t branch = *c->p++;
    *null = branch == s->null_branch;
    return *null || branch == s->value_branch || torn(r, s->name, "there is no such branch in its union");
}

/* ---- values ---- */

static bool run_integer(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r,
                        struct vec *v, uint32_t i) {
    int64_t n, min, max;
    if (!read_long(s, c, r, &n)) return false;
    switch (s->op) {
    case AVRO_OP_INT_AS_FLOAT: ((float *)v->data)[i] = (float)n; return true;
    case AVRO_OP_INT_AS_DOUBLE: ((double *)v->data)[i] = (double)n; return true;
    case AVRO_OP_LONG_SCALED: case AVRO_OP_TIME:
        if (__builtin_mul_overflow(n, s->mul, &n)) return wrong(r, s->name, "the time is out of range");
        if (s->div > 1) n = n / s->div - (n % s->div < 0);
        break;
    default: break;
    }
    scalar_int_range(v->phys, &min, &max);
    if (n < min || n > max) return wrong(r, s->name, "the number is out of range");
    vec_put_int(v, i, n);
    return true;
}

static bool run_decimal(const struct avro_step *s, struct avro_record *r, const uint8_t *p, uint64_t n,
                        struct vec *v, uint32_t i) {
    uint8_t sign = n && p[0] >= 128 ? 0xff : 0;
    while (n > 16 && p[0] == sign && (p[1] ^ sign) < 128) p++, n--;
    if (n > 16) return wrong(r, s->name, "the DECIMAL is too large");
    unsigned __int128 u = sign ? ~(unsigned __int128)0 : 0;
    for (uint64_t k = 0; k < n; k++) u = u << 8 | p[k];
    __int128 value = (__int128)u;
    for (int32_t k = 0; k < s->scale_up; k++) {
        if (__builtin_mul_overflow(value, (__int128)10, &value))
            return wrong(r, s->name, "the DECIMAL is too large");
    }
    if (s->scale_up < 0) {
        __int128 unit = 1;
        for (int32_t k = 0; k > s->scale_up && k > -38; k--) unit *= 10;
        if (s->scale_up < -38) value = 0;
        __int128 rest = value % unit;
        value = value / unit + (rest >= (unit + 1) / 2) - (-rest >= (unit + 1) / 2);
    }
    __int128 limit = 1;
    for (unsigned k = 0; k < v->type->precision; k++) limit *= 10;
    if (value >= limit || value <= -limit) {
        scalar_set_null(v, i, r->arena);
        return true;
    }
    scalar_decimal_store(v, i, value);
    return true;
}

static bool run_string(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                       uint32_t i) {
    uint64_t n = s->size;
    const uint8_t *p = s->op == AVRO_OP_FIXED ? read_bytes(s, c, r, n) : read_counted(s, c, r, &n);
    if (!p) return false;
    if (n > INT32_MAX) return torn(r, s->name, "it is longer than 2 GiB");
    ((struct strview *)v->data)[i] = strview_of((const char *)p, n);
    if (s->op == AVRO_OP_STRING && !scalar_utf8_valid((const char *)p, n))
        return wrong(r, s->name, "it is not valid UTF-8");
    return true;
}

static bool run_enum(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                     uint32_t i) {
    int64_t n;
    if (!read_long(s, c, r, &n)) return false;
    struct str symbol = {0};
    if (n < 0 || n >= s->type->count) wrong(r, s->name, "the enum has no such symbol");
    else symbol = s->type->names[n];
    ((struct strview *)v->data)[i] = strview_of(symbol.ptr, symbol.len);
    return true;
}

/* ---- lists ---- */

/* Entries of the next block of an array or map, 0 at the end; *bytes of the block or -1. */
static bool read_block(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, int64_t *n,
                       int64_t *bytes) {
    *bytes = -1;
    if (!read_long(s, c, r, n)) return false;
    if (*n < 0) {
        if (*n == INT64_MIN || !read_long(s, c, r, bytes)) return torn(r, s->name, "a count is out of range");
        *n = -*n;
        if (*bytes < 0 || *bytes > c->end - c->p) return torn(r, s->name, "the data ends within it");
    }
    /* an entry of no bytes is possible (null, an empty record), but not millions of them */
    if (*n > LIST_MAX || *n > 64 + (c->end - c->p)) return torn(r, s->name, "a count is out of range");
    return true;
}

static bool run_list(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                     uint32_t i) {
    uint32_t offset = v->child[0].rows, count = 0;
    bool map = s->op == AVRO_OP_MAP;
    for (;;) {
        int64_t n, bytes;
        if (!read_block(s, c, r, &n, &bytes)) return false;
        if (n == 0) break;
        if (offset + (uint64_t)count + (uint64_t)n > LIST_MAX)
            return torn(r, s->name, "a count is out of range");
        vec_child_reserve(v, r->arena, offset + count + (uint32_t)n);
        for (int64_t k = 0; k < n; k++, count++) {
            if (map) {
                struct avro_step key = {.op = AVRO_OP_STRING, .name = s->name};
                if (!run_string(&key, c, r, &v->child[0], offset + count)) return false;
            }
            if (!run(&s->steps[0], c, r, &v->child[map], offset + count)) return false;
        }
    }
    ((struct listref *)v->data)[i] = (struct listref){offset, count};
    return true;
}

static bool skip_list(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r) {
    struct avro_step key = {.op = AVRO_OP_SKIP_BYTES, .name = s->name};
    for (;;) {
        int64_t n, bytes;
        if (!read_block(s, c, r, &n, &bytes)) return false;
        if (n == 0) return true;
        if (bytes >= 0) {
            c->p += bytes;
            continue;
        }
        for (; n > 0; n--) {
            if (s->op == AVRO_OP_SKIP_MAP && !skip(&key, c, r)) return false;
            if (!skip(&s->steps[0], c, r)) return false;
        }
    }
}

static bool read_union(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r,
                       const struct avro_step **out) {
    int64_t n;
    if (!read_long(s, c, r, &n)) return false;
    if (n < 0 || n >= s->count) return torn(r, s->name, "there is no such branch in its union");
    *out = &s->steps[n];
    return true;
}

static bool skip(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r) {
    bool null;
    int64_t n;
    uint64_t len;
    const struct avro_step *branch;
    if (!read_branch(s, c, r, &null)) return false;
    if (null) return true;
    switch (s->op) {
    case AVRO_OP_SKIP_VARINT: return read_long(s, c, r, &n);
    case AVRO_OP_SKIP_FIXED: return read_bytes(s, c, r, s->size) != NULL;
    case AVRO_OP_SKIP_BYTES: return read_counted(s, c, r, &len) != NULL;
    case AVRO_OP_SKIP_ARRAY: case AVRO_OP_SKIP_MAP: return skip_list(s, c, r);
    case AVRO_OP_SKIP_RECORD:
        for (uint32_t k = 0; k < s->count; k++) {
            if (!skip(&s->steps[k], c, r)) return false;
        }
        return true;
    case AVRO_OP_SKIP_UNION: return read_union(s, c, r, &branch) && skip(branch, c, r);
    default: return true; /* SKIP_NULL */
    }
}

static bool run_record(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                       uint32_t i) {
    for (uint32_t k = 0; k < s->count; k++) {
        const struct avro_step *field = &s->steps[k];
        bool ok = field->op >= AVRO_OP_SKIP_ARRAY || field->op <= AVRO_OP_SKIP_BYTES
                      ? skip(field, c, r)
                      : run(field, c, r, &v->child[field->target], i);
        if (!ok) return false;
    }
    return true;
}

static bool run_float(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                      uint32_t i) {
    const uint8_t *p = read_bytes(s, c, r, s->op == AVRO_OP_DOUBLE ? 8 : 4);
    if (!p) return false;
    float f;
    if (s->op == AVRO_OP_DOUBLE) {
        memcpy((double *)v->data + i, p, 8);
    } else {
        memcpy(&f, p, 4);
        if (s->op == AVRO_OP_FLOAT) ((float *)v->data)[i] = f;
        else ((double *)v->data)[i] = f;
    }
    return true;
}

static bool run(const struct avro_step *s, struct avro_cursor *c, struct avro_record *r, struct vec *v,
                uint32_t i) {
    bool null;
    uint64_t len = s->size;
    const uint8_t *p;
    const struct avro_step *branch;
    if (!read_branch(s, c, r, &null)) return false;
    if (null) {
        scalar_set_null(v, i, r->arena);
        return true;
    }
    switch (s->op) {
    case AVRO_OP_LONG: case AVRO_OP_LONG_SCALED: case AVRO_OP_INT: case AVRO_OP_SMALL_INT: case AVRO_OP_TIME:
    case AVRO_OP_INT_AS_FLOAT: case AVRO_OP_INT_AS_DOUBLE:
        return run_integer(s, c, r, v, i);
    case AVRO_OP_DOUBLE: case AVRO_OP_FLOAT: case AVRO_OP_FLOAT_AS_DOUBLE:
        return run_float(s, c, r, v, i);
    case AVRO_OP_BOOLEAN:
        if (!(p = read_bytes(s, c, r, 1))) return false;
        ((uint8_t *)v->data)[i] = p[0] != 0;
        return p[0] < 2 || wrong(r, s->name, "the byte is neither true nor false");
    case AVRO_OP_STRING: case AVRO_OP_BYTES: case AVRO_OP_FIXED:
        return run_string(s, c, r, v, i);
    case AVRO_OP_ENUM: return run_enum(s, c, r, v, i);
    case AVRO_OP_DECIMAL: case AVRO_OP_DECIMAL_FIXED:
        p = s->op == AVRO_OP_DECIMAL ? read_counted(s, c, r, &len) : read_bytes(s, c, r, len);
        return p && run_decimal(s, r, p, len, v, i);
    case AVRO_OP_ARRAY: case AVRO_OP_MAP: return run_list(s, c, r, v, i);
    case AVRO_OP_RECORD: return run_record(s, c, r, v, i);
    case AVRO_OP_UNION: return read_union(s, c, r, &branch) && run(branch, c, r, v, i);
    case AVRO_OP_NULL:
        scalar_set_null(v, i, r->arena);
        return true;
    case AVRO_OP_WRONG: return torn(r, s->name, "the branch of its union does not fit the column");
    default: return skip(s, c, r);
    }
}

bool avro_record_decode(const struct avro_program *prog, struct avro_cursor *c, struct avro_record *r,
                        uint32_t i) {
    r->reason[0] = '\0';
    r->torn = false;
    if (prog->top_optional) {
        struct avro_step top = {.optional = true,
                                .value_branch = prog->top_value,
                                .null_branch = prog->top_null,
                                .name = STR("(record)")};
        bool null;
        if (!read_branch(&top, c, r, &null)) return false;
        if (null) {
            wrong(r, top.name, "it is null");
            return false;
        }
    }
    for (uint32_t k = 0; k < prog->count; k++) {
        const struct avro_step *s = &prog->steps[k];
        bool skipped = s->op >= AVRO_OP_SKIP_ARRAY || s->op <= AVRO_OP_SKIP_BYTES;
        if (!(skipped ? skip(s, c, r) : run(s, c, r, r->cols[s->target], i))) return false;
    }
    return r->reason[0] == '\0';
}
