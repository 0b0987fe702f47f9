/* SPDX-License-Identifier: Apache-2.0
 *
 * Arrow's values as vectors: numbers, times, decimals and strings. Fixed-width values are used in place where
 * Arrow and vectors agree and the buffer is aligned; strings become views of the array's bytes.
 */
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "base/floor.h"
#include "exec/decimal.h"
#include "formats/arrow_node.h"
#include "formats/scalar.h"

#define DAY_MS 86400000

/* ---- NULLs ---- */

static bool all_ones(const uint64_t *words, uint32_t n) {
    uint64_t ones = UINT64_MAX;
    for (uint32_t w = 0; w < n / 64; w++) ones &= words[w];
    if (n % 64) ones &= words[n / 64] | UINT64_MAX << n % 64;
    return ones == UINT64_MAX;
}

/* Bits at .. at + n - 1, shifted to begin with a word. */
static void copy_bits(uint64_t *to, const uint8_t *bits, uint64_t at, uint32_t n) {
    const uint8_t *from = bits + at / 8, *end = bits + (at + n + 7) / 8;
    unsigned shift = at % 8;
    for (uint32_t w = 0; w < VALID_WORDS(n); w++, from += 8) {
        size_t left = (size_t)(end - from);
        uint64_t low = 0;
        memcpy(&low, from, left < 8 ? left : 8);
        to[w] = low >> shift;
        if (shift && left > 8) to[w] |= (uint64_t)from[8] << (64 - shift);
    }
}

uint64_t *arrow_validity(const struct ArrowArray *array, int64_t from, uint32_t n, struct arena *a) {
    const uint8_t *bits = array->null_count == 0 || array->n_buffers == 0 ? NULL : array->buffers[0];
    if (!bits || n == 0) return NULL;
    uint64_t at = (uint64_t)(array->offset + from),
             readable = (uint64_t)(array->offset + array->length + 7) / 8;
    uint64_t *words;
    if (at % 8 == 0 && (uintptr_t)(bits + at / 8) % 8 == 0 && at / 8 + VALID_WORDS(n) * 8 <= readable) {
        words = (uint64_t *)(uintptr_t)(bits + at / 8);
    } else {
        words = arena_alloc_raw(a, VALID_WORDS(n) * sizeof *words);
        copy_bits(words, bits, at, n);
    }
    return all_ones(words, n) ? NULL : words;
}

enum status arrow_load_null(const struct arrow_node *node, const struct ArrowArray *array UNUSED,
                            int64_t from UNUSED, uint32_t n, struct arena *a, struct vec *v,
                            struct error *e UNUSED) {
    *v = *vec_flatten(vec_all_null(a, node->type, n), a);
    return ST_OK;
}

/* ---- numbers ---- */

/* Values of `width` bytes from row `from` on, which are used as they are. */
static void *values_at(const struct ArrowArray *array, int64_t from, uint32_t n, unsigned width,
                       struct arena *a) {
    if (n == 0) return arena_alloc_raw(a, 1);
    const char *p = (const char *)array->buffers[1] + (uint64_t)(array->offset + from) * width;
    if ((uintptr_t)p % width == 0) return (void *)(uintptr_t)p;
    return memcpy(arena_alloc_raw(a, (size_t)n * width), p, (size_t)n * width);
}

enum status arrow_load_fixed(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                             uint32_t n, struct arena *a, struct vec *v, struct error *e UNUSED) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    v->data = values_at(array, from, n, phys_bytes(v->phys), a);
    return ST_OK;
}

enum status arrow_load_bool(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                            uint32_t n, struct arena *a, struct vec *v, struct error *e UNUSED) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    uint64_t *words = arena_alloc_raw(a, VALID_WORDS(n) * sizeof *words + 8);
    uint64_t *to = v->data = arena_alloc_raw(a, n + 8ul);
    if (n) copy_bits(words, array->buffers[1], (uint64_t)(array->offset + from), n);
    for (uint32_t i = 0; i < n; i += 8) { /* each of eight bits to a byte of its own */
        uint64_t x = (words[i / 64] >> i % 64 & 0xff) * 0x0101010101010101u & 0x8040201008040201u;
        to[i / 8] = (x + 0x7f7f7f7f7f7f7f7fu) >> 7 & 0x0101010101010101u;
    }
    return ST_OK;
}

static enum status bad_value(const struct arrow_node *node, int64_t x, struct arena *a, struct error *e) {
    return error_set(e, ERR_OUT_OF_RANGE, "the value %lld of column '%.*s' does not fit %.*s", (long long)x,
                     STR_ARG(node->column), STR_ARG(type_print(a, node->type)));
}

#define NARROW(type)                                                                                         \
    {                                                                                                        \
        type *to = v->data;                                                                                  \
        for (uint32_t i = 0; i < n; i++) to[i] = (type)x[i];                                                 \
        break;                                                                                               \
    }

/* v's data from values in 64 bits, which must lie within min .. max. */
static enum status store_ints(const struct arrow_node *node, int64_t *x, uint32_t n, int64_t min, int64_t max,
                              struct arena *a, struct vec *v, struct error *e) {
    bool bad = false;
    for (uint32_t i = 0; i < n; i++) bad |= (x[i] < min) | (x[i] > max);
    for (uint32_t i = 0; bad && i < n; i++) {
        if ((x[i] < min || x[i] > max) && !vec_is_null(v, i)) return bad_value(node, x[i], a, e);
    }
    v->data = v->phys == PHYS_I64 ? x : arena_alloc_raw(a, (size_t)n * phys_bytes(v->phys));
    switch (phys_bytes(v->phys)) {
    case 1: NARROW(int8_t)
    case 2: NARROW(int16_t)
    case 4: NARROW(int32_t)
    default: break;
    }
    return ST_OK;
}

/* Integers of another width than the column's. */
#define LOAD_INTS(name, from_type)                                                                           \
    enum status name(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,            \
                     uint32_t n, struct arena *a, struct vec *v, struct error *e) {                          \
        arrow_begin(node, n, v);                                                                             \
        v->valid = arrow_validity(array, from, n, a);                                                        \
        const from_type *in = values_at(array, from, n, sizeof *in, a);                                      \
        int64_t *x = arena_alloc_raw(a, (n + 1) * sizeof *x), min, max;                                      \
        for (uint32_t i = 0; i < n; i++) x[i] = (int64_t)in[i];                                              \
        scalar_int_range(v->phys, &min, &max);                                                               \
        return store_ints(node, x, n, min, max, a, v, e);                                                    \
    }
LOAD_INTS(arrow_load_i8, int8_t)
LOAD_INTS(arrow_load_u8, uint8_t)
LOAD_INTS(arrow_load_i16, int16_t)
LOAD_INTS(arrow_load_u16, uint16_t)
LOAD_INTS(arrow_load_i32, int32_t)
LOAD_INTS(arrow_load_u32, uint32_t)
LOAD_INTS(arrow_load_i64, int64_t)

enum status arrow_load_u64(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                           uint32_t n, struct arena *a, struct vec *v, struct error *e) {
    TRY(arrow_load_i64(node, array, from, n, a, v, e));
    const uint64_t *in = values_at(array, from, n, sizeof *in, a);
    for (uint32_t i = 0; i < n; i++) {
        if (in[i] <= INT64_MAX || vec_is_null(v, i)) continue;
        return error_set(e, ERR_OUT_OF_RANGE, "the value %llu of column '%.*s' does not fit %.*s",
                         (unsigned long long)in[i], STR_ARG(node->column),
                         STR_ARG(type_print(a, node->type)));
    }
    return ST_OK;
}

/* FLOAT into DOUBLE. */
enum status arrow_load_f32(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                           uint32_t n, struct arena *a, struct vec *v, struct error *e UNUSED) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    const float *in = values_at(array, from, n, sizeof *in, a);
    double *to = v->data = arena_alloc_raw(a, (n + 1) * sizeof *to);
    for (uint32_t i = 0; i < n; i++) to[i] = (double)in[i];
    return ST_OK;
}

/* ---- times ---- */

#define DIVIDE(by)                                                                                           \
    for (uint32_t i = 0; i < n; i++) x[i] = floor_div(x[i], by);                                             \
    break

/* Constants divide faster. */
static void divide(int64_t *x, uint32_t n, int64_t by) {
    switch (by) {
    case 1: break;
    case 1000: DIVIDE(1000);
    case 1000000: DIVIDE(1000000);
    case DAY_MS: DIVIDE(DAY_MS);
    default: DIVIDE(by);
    }
}

static void time_range(const struct type *t, int64_t *min, int64_t *max) {
    *min = t->kind == TYPE_TIME ? 0 : t->kind == TYPE_DATE ? INT32_MIN : INT64_MIN;
    *max = t->kind == TYPE_TIME ? DAY_MS - 1 : t->kind == TYPE_DATE ? INT32_MAX : INT64_MAX;
}

/* Times of another unit, 32 or 64 bits wide. Digits beyond the column's precision are cut off. */
enum status arrow_load_times(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                             uint32_t n, struct arena *a, struct vec *v, struct error *e) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    int64_t *x = arena_alloc_raw(a, (n + 1) * sizeof *x), min, max;
    const void *in = values_at(array, from, n, node->width, a);
    if (node->width == 8 && n) memcpy(x, in, n * sizeof *x);
    for (uint32_t i = 0; node->width == 4 && i < n; i++) x[i] = ((const int32_t *)in)[i];
    divide(x, n, node->divide);
    bool over = false;
    for (uint32_t i = 0; node->multiply != 1 && i < n; i++) {
        int64_t t = x[i];
        bool o = __builtin_mul_overflow(t, node->multiply, &x[i]);
        if (UNLIKELY(o) && !vec_is_null(v, i)) over = true;
    }
    if (over)
        return error_set(e, ERR_OUT_OF_RANGE, "a time in column '%.*s' does not fit %.*s",
                         STR_ARG(node->column), STR_ARG(type_print(a, node->type)));
    time_range(node->type, &min, &max);
    return store_ints(node, x, n, min, max, a, v, e);
}

/* ---- decimals ---- */

/* Of 4 to 32 bytes, little-endian; false: more than 128 bits. */
static bool read_decimal(const char *p, uint32_t width, __int128 *out) {
    int32_t i32;
    int64_t i64, high[2];
    switch (width) {
    case 4:
        memcpy(&i32, p, 4);
        *out = i32;
        return true;
    case 8:
        memcpy(&i64, p, 8);
        *out = i64;
        return true;
    default: memcpy(out, p, 16);
    }
    if (width == 16) return true;
    memcpy(high, p + 16, 16);
    int64_t sign = *out < 0 ? -1 : 0;
    return high[0] == sign && high[1] == sign;
}

/* To the column's scale; false: digits would be lost in front or behind. */
static bool rescale(const struct arrow_node *node, __int128 *x) {
    int32_t up = (int32_t)node->type->scale - node->scale;
    if (*x == 0) return true;
    if (up > DECIMAL_MAX_PRECISION || -up > DECIMAL_MAX_PRECISION) return false;
    if (up < 0) {
        __int128 by = (__int128)decimal_pow10[-up];
        if (*x % by != 0) return false;
        *x /= by;
    } else if (__builtin_mul_overflow(*x, (__int128)decimal_pow10[up], x)) {
        return false;
    }
    return decimal_fits(*x, node->type->precision);
}

enum status arrow_load_decimal(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                               uint32_t n, struct arena *a, struct vec *v, struct error *e) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    v->data = arena_alloc_raw(a, (n + 1ul) * phys_bytes(v->phys));
    const char *in = (const char *)array->buffers[1] + (uint64_t)(array->offset + from) * node->width;
    for (uint32_t i = 0; i < n; i++) {
        __int128 x;
        bool fits = read_decimal(in + (size_t)i * node->width, node->width, &x) && rescale(node, &x);
        if (!fits && !vec_is_null(v, i))
            return error_set(e, ERR_OUT_OF_RANGE, "a number in column '%.*s' has digits that do not fit %.*s",
                             STR_ARG(node->column), STR_ARG(type_print(a, node->type)));
        vec_put_int128(v, i, fits ? x : 0);
    }
    return ST_OK;
}

/* ---- strings ---- */

enum status arrow_bad_offsets(const struct arrow_node *node, struct error *e) {
    return error_set(e, ERR_MISUSE, "the offsets of column '%.*s' go back, or beyond its values",
                     STR_ARG(node->column));
}

/* By length up to 12, and beyond: which bits of a view's two words are characters, and whether the second is
 * the pointer. */
static const uint64_t view_masks[14][4] = {
    {UINT32_MAX, 0, 0, 0},
    {UINT64_MAX >> 24, 0, 0, 0},
    {UINT64_MAX >> 16, 0, 0, 0},
    {UINT64_MAX >> 8, 0, 0, 0},
    {UINT64_MAX, 0, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 56, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 48, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 40, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 32, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 24, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 16, 0, 0},
    {UINT64_MAX, UINT64_MAX >> 8, 0, 0},
    {UINT64_MAX, UINT64_MAX, 0, 0},
    {UINT64_MAX, 0, 0, UINT64_MAX},
};

/* strview_of() without a branch; 12 bytes at p can be read. */
static inline struct strview fast_view(const char *p, uint32_t len) {
    uint64_t low;
    uint32_t high;
    memcpy(&low, p, 8);
    memcpy(&high, p + 8, 4);
    const uint64_t *mask = view_masks[len <= STRVIEW_INLINE ? len : 13];
    struct strview v;
    v.words[0] = (len | low << 32) & mask[0];
    v.words[1] = ((low >> 32 | (uint64_t)high << 32) & mask[1]) | ((uintptr_t)p & mask[3]);
    return v;
}

#define LOAD_STRINGS(kind, name, offset_type)                                                                \
    kind enum status name(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,       \
                          uint32_t n, struct arena *a, struct vec *v, struct error *e) {                     \
        arrow_begin(node, n, v);                                                                             \
        v->valid = arrow_validity(array, from, n, a);                                                        \
        struct strview *views = v->data = arena_alloc_raw(a, (n + 1) * sizeof *views);                       \
        if (n == 0) return ST_OK;                                                                            \
        const offset_type *offsets = (const offset_type *)array->buffers[1] + array->offset;                 \
        const char *bytes = array->buffers[2];                                                               \
        int64_t end = offsets[array->length], at = offsets[from];                                            \
        offsets += from + 1;                                                                                 \
        if (at < 0 || (!bytes && end > at)) return arrow_bad_offsets(node, e);                               \
        for (uint32_t i = 0; i < n; i++) {                                                                   \
            int64_t next = offsets[i];                                                                       \
            if (UNLIKELY(next < at || next > end || next - at > INT32_MAX))                                  \
                return arrow_bad_offsets(node, e);                                                           \
            uint32_t len = (uint32_t)(next - at);                                                            \
            views[i] = LIKELY(at + STRVIEW_INLINE <= end) ? fast_view(bytes + at, len)                       \
                                                          : strview_of(len ? bytes + at : "", len);          \
            at = next;                                                                                       \
        }                                                                                                    \
        return ST_OK;                                                                                        \
    }
LOAD_STRINGS(static, load_any_strings, int32_t)
LOAD_STRINGS(, arrow_load_large_strings, int64_t)

#ifdef __SSE2__
/* Do the offsets go up? *short_only: by no more than a short string has. */
static bool look_at_offsets(const int32_t *offsets, uint32_t n, bool *short_only) {
    const __m128i limit = _mm_set1_epi32(STRVIEW_INLINE);
    __m128i back = _mm_setzero_si128(), longer = back;
    uint32_t i = 0;
    int32_t most = 0;
    for (; i + 4 <= n; i += 4) {
        __m128i at = _mm_loadu_si128((const __m128i *)(offsets + i));
        __m128i next = _mm_loadu_si128((const __m128i *)(offsets + i + 1));
        back = _mm_or_si128(back, _mm_cmpgt_epi32(at, next));
        longer = _mm_or_si128(longer, _mm_cmpgt_epi32(_mm_sub_epi32(next, at), limit));
    }
    bool up = _mm_movemask_epi8(back) == 0;
    for (; i < n; i++) {
        up &= offsets[i] <= offsets[i + 1];
        int32_t len = (int32_t)((uint32_t)offsets[i + 1] - (uint32_t)offsets[i]);
        most = len > most ? len : most;
    }
    *short_only = most <= STRVIEW_INLINE && _mm_movemask_epi8(longer) == 0;
    return up;
}

/* strview_of() of strings whose offsets were looked at, without a branch: 16 bytes can be read at each. */
static inline void load_views(struct strview *views, const int32_t *offsets, uint32_t n, const char *bytes,
                              bool short_only) {
    for (uint32_t i = 0; i < n; i++) {
        const char *p = bytes + offsets[i];
        int32_t len = offsets[i + 1] - offsets[i];
        const uint64_t *mask = view_masks[short_only || len <= STRVIEW_INLINE ? len : 13];
        __m128i v = _mm_slli_si128(_mm_loadu_si128((const __m128i *)p), 4);
        v = _mm_and_si128(v, _mm_loadu_si128((const __m128i *)mask));
        v = _mm_or_si128(v, _mm_cvtsi32_si128(len));
        if (!short_only) {
            __m128i pointer = _mm_set_epi64x((int64_t)(uintptr_t)p, 0);
            v = _mm_or_si128(v, _mm_and_si128(pointer, _mm_loadu_si128((const __m128i *)(mask + 2))));
        }
        _mm_storeu_si128((__m128i *)&views[i], v);
    }
}
#endif

/* All but those at the end of the buffer 16 bytes at a time. */
enum status arrow_load_strings(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                               uint32_t n, struct arena *a, struct vec *v, struct error *e) {
#ifdef __SSE2__
    const int32_t *offsets = n ? (const int32_t *)array->buffers[1] + array->offset : NULL;
    const char *bytes = array->buffers[2];
    int64_t end = n && bytes ? offsets[array->length] : 0;
    if (n) offsets += from;
    bool short_only;
    if (n && bytes && offsets[0] >= 0 && offsets[n - 1] + 16ll <= end && offsets[n] <= end &&
        look_at_offsets(offsets, n, &short_only)) {
        arrow_begin(node, n, v);
        v->valid = arrow_validity(array, from, n, a);
        v->data = arena_alloc_raw(a, n * sizeof(struct strview));
        if (short_only) load_views(v->data, offsets, n, bytes, true);
        else load_views(v->data, offsets, n, bytes, false);
        return ST_OK;
    }
#endif
    return load_any_strings(node, array, from, n, a, v, e);
}

/* Arrow's own views: short ones are alike, long ones name a buffer and an offset. */
struct arrow_view {
    int32_t length;
    char prefix[4]; /* or the first of 12 bytes */
    int32_t buffer;
    int32_t offset;
};

/* The bytes of a long view; NULL: outside of its buffer. The last buffer has the sizes of the others. */
static const char *view_bytes(const struct ArrowArray *array, const struct arrow_view *view) {
    int64_t count = array->n_buffers - 3;
    if (view->buffer < 0 || view->buffer >= count || view->offset < 0) return NULL;
    const char *bytes = array->buffers[2 + view->buffer];
    const int64_t *sizes = array->buffers[array->n_buffers - 1];
    if (!bytes || (sizes && (int64_t)view->offset + view->length > sizes[view->buffer])) return NULL;
    return bytes + view->offset;
}

enum status arrow_load_views(const struct arrow_node *node, const struct ArrowArray *array, int64_t from,
                             uint32_t n, struct arena *a, struct vec *v, struct error *e) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    struct strview *views = v->data = arena_alloc_raw(a, (n + 1) * sizeof *views);
    if (n == 0) return ST_OK;
    const char *in =
        (const char *)array->buffers[1] + (uint64_t)(array->offset + from) * sizeof(struct strview);
    for (uint32_t i = 0; i < n; i++, in += sizeof(struct strview)) {
        struct arrow_view view;
        memcpy(&view, in, sizeof view);
        if (view.length >= 0 && view.length <= STRVIEW_INLINE) {
            views[i] = fast_view(in + 4, (uint32_t)view.length);
            continue;
        }
        const char *bytes = view_bytes(array, &view);
        bool null = v->valid && !valid_bit(v->valid, i);
        if (!null && (view.length < 0 || !bytes)) return arrow_bad_offsets(node, e);
        views[i] = null ? (struct strview){0} : strview_of(bytes, (size_t)view.length);
    }
    return ST_OK;
}

enum status arrow_load_fixed_bytes(const struct arrow_node *node, const struct ArrowArray *array,
                                   int64_t from, uint32_t n, struct arena *a, struct vec *v,
                                   struct error *e UNUSED) {
    arrow_begin(node, n, v);
    v->valid = arrow_validity(array, from, n, a);
    struct strview *views = v->data = arena_alloc_raw(a, (n + 1) * sizeof *views);
    const char *bytes = (const char *)array->buffers[1] + (uint64_t)(array->offset + from) * node->width;
    for (uint32_t i = 0; i < n; i++) views[i] = strview_of(bytes + (size_t)i * node->width, node->width);
    return ST_OK;
}
