/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON objects into the columns of a row. Records of one source nearly always have the same keys in the same
 * order with the same blanks, so a shape remembers the bytes between the values of an object it read, and
 * compares the next object with them 16 bytes at a time: no key is looked up while they agree. Where they do
 * not, the member is read the long way, and reading goes on behind that field's place in the layout. The
 * layout is learned anew after 1, 2, 4, 8 ... objects that did not agree, so that keys in random order cost
 * little.
 */
#include <stdio.h>

#include "base/hash.h"
#include "formats/json.h"
#include "formats/scalar.h"

/* ---- shapes ---- */

static uint32_t name_hash(struct str name) {
    uint64_t head = 0, tail = 0;
    if (name.len >= 8) {
        memcpy(&head, name.ptr, 8);
        memcpy(&tail, name.ptr + name.len - 8, 8);
    } else if (name.len) {
        memcpy(&head, name.ptr, name.len);
    }
    return (uint32_t)hash_mix(head + name.len, tail);
}

static enum json_op op_of(const struct type *t) {
    return type_is_string(t)          ? JSON_OP_STRING
           : t->kind == TYPE_BIGINT ? JSON_OP_BIGINT
           : t->kind == TYPE_INT    ? JSON_OP_INT
                                    : JSON_OP_OTHER;
}

/* The shape of the ROW in a type. */
static struct json_shape *inner_shape(struct arena *a, const struct type *t) {
    while (t->kind == TYPE_ARRAY || t->kind == TYPE_MAP) t = t->fields[t->kind == TYPE_MAP].type;
    if (t->kind != TYPE_ROW) return NULL;
    struct field *fields = ARENA_ARRAY(a, struct field, t->nfields + 1);
    for (uint32_t k = 0; k < t->nfields; k++)
        fields[k] = (struct field){t->fields[k].name, t->fields[k].type};
    return json_shape_new(a, fields, t->nfields);
}

struct json_shape *json_shape_new(struct arena *a, const struct field *fields, uint32_t n) {
    struct json_shape *s = ARENA_NEW(a, struct json_shape);
    s->count = n;
    s->fields = ARENA_ARRAY(a, struct json_field, n + 1);
    s->mask = 15;
    while (s->mask < n * 4) s->mask = s->mask * 2 + 1;
    s->slots = ARENA_ARRAY(a, uint32_t, s->mask + 1);
    s->words = VALID_WORDS(n);
    s->seen = ARENA_ARRAY(a, uint64_t, s->words + 1);
    s->tokens = ARENA_ARRAY(a, struct json_token, JSON_TOKENS_MAX);
    s->learned = ARENA_ARRAY(a, struct json_token, JSON_TOKENS_MAX);
    s->behind = ARENA_ARRAY(a, uint32_t, n + 1);
    for (uint32_t k = 0; k < n; k++) {
        const struct type *t = fields[k].type;
        s->fields[k] = (struct json_field){fields[k].name, t, op_of(t), inner_shape(a, t)};
        uint32_t h = name_hash(fields[k].name) & s->mask;
        while (s->slots[h]) h = (h + 1) & s->mask;
        s->slots[h] = k + 1;
    }
    return s;
}

static int32_t find_field(const struct json_shape *s, struct str name) {
    for (uint32_t h = name_hash(name) & s->mask; s->slots[h]; h = (h + 1) & s->mask) {
        if (str_eq(s->fields[s->slots[h] - 1].name, name)) return (int32_t)s->slots[h] - 1;
    }
    return -1;
}

/* ---- the layout ---- */

static inline bool token_matches(const struct json_token *t, const char *p) {
    uint32_t at = 0;
    for (; at + 16 <= t->len; at += 16) {
        __m128i x = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(p + at)),
                                  _mm_loadu_si128((const __m128i *)(t->text + at)));
        if (!_mm_testz_si128(x, x)) return false;
    }
    __m128i x = _mm_xor_si128(_mm_loadu_si128((const __m128i *)(p + at)),
                              _mm_loadu_si128((const __m128i *)(t->text + at)));
    return _mm_testz_si128(x, _mm_loadu_si128((const __m128i *)(scan_prefix + 16 - (t->len - at))));
}

static void learn(struct json_shape *s, bool *learning, const char *from, const char *to, int32_t field) {
    if (!*learning) return;
    size_t len = (size_t)(to - from);
    bool ascii = true; /* what agrees is not validated again */
    for (size_t k = 0; k < len; k++) ascii &= (unsigned char)from[k] < 0x80;
    if (!ascii || len >= JSON_TOKEN_BYTES || s->nlearned == JSON_TOKENS_MAX) {
        *learning = false;
        return;
    }
    struct json_token *t = &s->learned[s->nlearned++];
    memcpy(t->text, from, len);
    t->len = (uint32_t)len;
    t->field = field;
}

static void adopt_layout(struct json_shape *s) {
    struct json_token *old = s->tokens;
    s->tokens = s->learned;
    s->learned = old;
    s->ntokens = s->nlearned;
    memset(s->behind, 0, s->count * sizeof *s->behind);
    for (uint32_t k = 0; k < s->ntokens; k++) {
        if (s->tokens[k].field >= 0) s->behind[s->tokens[k].field] = k + 1;
    }
}

/* ---- members ---- */

const char *json_syntax(struct json_reader *r, const char *p) {
    if (r->reason[0]) return NULL;
    if (p >= r->lex.end || *p == '\n')
        snprintf(r->reason, JSON_REASON_BYTES, "it is not valid JSON: it ends too early");
    else if ((unsigned char)*p < ' ' || (unsigned char)*p > '~') {
        snprintf(r->reason, JSON_REASON_BYTES, "it is not valid JSON: unexpected byte %u", (unsigned char)*p);
    } else {
        snprintf(r->reason, JSON_REASON_BYTES, "it is not valid JSON: unexpected '%.*s'", 12, p);
        char *nl = strchr(r->reason, '\n');
        if (nl) memcpy(nl, "'", 2);
    }
    return NULL;
}

/* The key at p, which is an opening quote, and its colon; *field is -1 for an unknown one. */
static const char *read_key(struct json_reader *r, const struct json_shape *s, const char *p,
                            int32_t *field) {
    struct str key;
    bool escaped;
    if (*p != '"') return json_syntax(r, p);
    const char *q = json_lex_string(&r->lex, p + 1, &key, &escaped);
    if (!q) return json_syntax(r, p);
    if (escaped) {
        r->scratch.len = 0;
        json_lex_unescape(&r->scratch, key);
        key = (struct str){r->scratch.data, r->scratch.len};
    }
    *field = find_field(s, key);
    p = json_lex_blank(&r->lex, q);
    if (*p != ':') return json_syntax(r, p);
    return json_lex_blank(&r->lex, p + 1);
}

/* What stands before the next value: *p is the opening brace, or is behind a value. Afterwards it is the
 * value's first byte; or, *end being set, behind the closing brace. */
static const char *read_member(struct json_reader *r, struct json_shape *s, const char *p, bool first,
                               int32_t *field, bool *end) {
    p = json_lex_blank(&r->lex, p);
    *end = false;
    if (first && *p != '{') return json_syntax(r, p);
    if (!first && *p == '}') {
        *end = true;
        return p + 1;
    }
    if (!first && *p != ',') return json_syntax(r, p);
    p = json_lex_blank(&r->lex, p + 1);
    if (first && *p == '}') {
        *end = true;
        return p + 1;
    }
    return read_key(r, s, p, field);
}

/* A value nobody reads. */
static inline const char *skip_value(struct json_reader *r, const char *p) {
    struct str text;
    bool flag;
    const char *q;
    if (*p == '"') q = json_lex_string(&r->lex, p + 1, &text, &flag);
    else if ((unsigned char)(*p - '0') < 10) q = json_lex_number(p, &text, &flag);
    else q = json_lex_skip(&r->lex, p, 0);
    return LIKELY(q != NULL) ? q : json_syntax(r, p);
}

static inline const char *read_string(struct json_reader *r, const struct json_field *f, const char *p,
                                      struct vec *v, uint32_t i) {
    struct str text;
    bool escaped;
    const char *q = *p == '"' ? json_lex_string(&r->lex, p + 1, &text, &escaped) : NULL;
    if (UNLIKELY(!q || escaped)) return json_value_read(r, f, p, v, i);
    ((struct strview *)v->data)[i] = scan_view(text.ptr, text.len, q + 16);
    return q;
}

static inline const char *read_integer(struct json_reader *r, const struct json_field *f, const char *p,
                                       struct vec *v, uint32_t i) {
    struct str text;
    bool whole;
    int64_t n;
    const char *q = json_lex_number(p, &text, &whole);
    if (UNLIKELY(!q || !whole || !scan_i64(text.ptr, text.len, r->lex.begin, &n)))
        return json_value_read(r, f, p, v, i);
    if (f->op == JSON_OP_BIGINT) ((int64_t *)v->data)[i] = n;
    else if (LIKELY(n == (int32_t)n)) ((int32_t *)v->data)[i] = (int32_t)n;
    else return json_value_read(r, f, p, v, i);
    return q;
}

static inline const char *read_field(struct json_reader *r, struct json_shape *s, int32_t field,
                                     const char *p, struct vec *vecs, uint32_t i) {
    const struct json_field *f = &s->fields[field];
    struct vec *v = &vecs[field];
    uint64_t bit = (uint64_t)1 << (field & 63), *seen = &s->seen[field >> 6];
    if (UNLIKELY(*seen & bit)) scalar_unset_null(v, i); /* twice: the last one counts */
    *seen |= bit;
    switch (f->op) {
    case JSON_OP_STRING: return read_string(r, f, p, v, i);
    case JSON_OP_BIGINT: case JSON_OP_INT: return read_integer(r, f, p, v, i);
    case JSON_OP_OTHER: break;
    }
    return json_value_read(r, f, p, v, i);
}

/* Fields without a value are NULL. */
static bool finish_object(struct json_reader *r, const struct json_shape *s, struct vec *vecs, uint32_t i) {
    for (uint32_t w = 0; w < s->words; w++) {
        uint64_t all =
            w + 1 < s->words || s->count % 64 == 0 ? ~(uint64_t)0 : ((uint64_t)1 << s->count % 64) - 1;
        for (uint64_t missing = all & ~s->seen[w]; UNLIKELY(missing); missing &= missing - 1) {
            uint32_t k = w * 64 + (uint32_t)__builtin_ctzll(missing);
            if (r->o.fail_on_missing && !r->o.ignore_errors) {
                snprintf(r->reason, JSON_REASON_BYTES, "field '%.*s' is missing", STR_ARG(s->fields[k].name));
                return false;
            }
            scalar_set_null(&vecs[k], i, r->arena);
        }
    }
    return true;
}

const char *json_object_read(struct json_reader *r, struct json_shape *s, const char *p, struct vec *vecs,
                             uint32_t i) {
    memset(s->seen, 0, s->words * sizeof *s->seen);
    uint32_t k = 0;
    bool agrees = true, learning = s->ntokens == 0 || (s->misses & (s->misses - 1)) == 0;
    s->nlearned = 0;
    for (bool first = true;; first = false) {
        int32_t field = -1;
        if (LIKELY(k < s->ntokens && token_matches(&s->tokens[k], p))) {
            if (UNLIKELY(!agrees)) learn(s, &learning, p, p + s->tokens[k].len, s->tokens[k].field);
            field = s->tokens[k].field;
            p += s->tokens[k++].len;
            if (UNLIKELY((unsigned char)*p <= ' ')) p = json_lex_blank(&r->lex, p); /* not there before */
        } else if (*p == '}' && k == s->ntokens && !first) {
            p++;
            break;
        } else {
            bool end;
            const char *from = p;
            if (agrees && learning) {
                for (uint32_t t = 0; t < k && t < s->ntokens; t++) s->learned[s->nlearned++] = s->tokens[t];
            }
            agrees = false;
            if (!(p = read_member(r, s, p, first, &field, &end))) return NULL;
            if (end) break;
            learn(s, &learning, from, p, field);
            k = field >= 0 && s->behind[field] ? s->behind[field] : k;
        }
        p = field < 0 ? skip_value(r, p) : read_field(r, s, field, p, vecs, i);
        if (UNLIKELY(!p)) return NULL;
    }
    if (UNLIKELY(!agrees)) {
        s->misses++;
        if (learning) adopt_layout(s);
    }
    return finish_object(r, s, vecs, i) ? p : NULL;
}
