/* SPDX-License-Identifier: Apache-2.0
 *
 * Vectors as Arrow arrays; see arrow.h. An array and its children hold one arena together, which goes when
 * the last of them is released: a consumer may move a child away and keep it longer than its parent.
 */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "formats/arrow.h"
#include "formats/scalar.h"

struct owner {
    _Atomic uint32_t users; /* arrays or schemas not yet released */
    struct arena arena;
};

static struct owner *owner_new(void) {
    struct owner *o = calloc(1, sizeof *o);
    if (!o) mem_exhausted();
    return o;
}

static void owner_drop(struct owner *o) {
    if (atomic_fetch_sub(&o->users, 1) != 1) return;
    arena_free(&o->arena);
    free(o);
}

/* ---- schemas ---- */

static void schema_release(struct ArrowSchema *s) {
    for (int64_t i = 0; i < s->n_children; i++) {
        if (s->children[i]->release) s->children[i]->release(s->children[i]);
    }
    s->release = NULL;
    owner_drop(s->private_data);
}

static void schema_init(struct owner *o, struct ArrowSchema *s, const char *format, const char *name,
                        bool nullable, uint32_t children) {
    *s = (struct ArrowSchema){.format = arena_strdup(&o->arena, format),
                              .name = arena_strdup(&o->arena, name),
                              .flags = nullable ? ARROW_FLAG_NULLABLE : 0,
                              .n_children = children,
                              .release = schema_release,
                              .private_data = o};
    atomic_fetch_add(&o->users, 1);
    if (children == 0) return;
    s->children = ARENA_ARRAY(&o->arena, struct ArrowSchema *, children);
    for (uint32_t i = 0; i < children; i++) s->children[i] = ARENA_NEW(&o->arena, struct ArrowSchema);
}

static const char *format_of(const struct type *t, const char *zone, char buffer[96]) {
    switch (t->kind) {
    case TYPE_BOOLEAN: return "b";
    case TYPE_TINYINT: return "c";
    case TYPE_SMALLINT: return "s";
    case TYPE_INT: return "i";
    case TYPE_BIGINT: return "l";
    case TYPE_FLOAT: return "f";
    case TYPE_DOUBLE: return "g";
    case TYPE_CHAR:
    case TYPE_VARCHAR: return "u";
    case TYPE_BINARY:
    case TYPE_VARBINARY: return "z";
    case TYPE_DATE: return "tdD";
    case TYPE_TIME: return "ttm";
    case TYPE_INTERVAL_YM: return "tiM";
    case TYPE_INTERVAL_DT: return "tDu";
    case TYPE_TIMESTAMP: return t->precision > 6 ? "tsn:" : "tsu:";
    case TYPE_TIMESTAMP_LTZ:
        snprintf(buffer, 96, "ts%c:%s", t->precision > 6 ? 'n' : 'u', zone);
        return buffer;
    case TYPE_DECIMAL: snprintf(buffer, 96, "d:%u,%u", t->precision, t->scale); return buffer;
    case TYPE_ARRAY: return "+l";
    case TYPE_MAP: return "+m";
    case TYPE_ROW: return "+s";
    default: return "n";
    }
}

static void schema_of(struct owner *o, struct ArrowSchema *s, const struct type *t, const char *name,
                      const char *zone) {
    char buffer[96];
    uint32_t children = t->kind == TYPE_MAP ? 1 : t->nfields;
    schema_init(o, s, format_of(t, zone, buffer), name, t->nullable, children);
    if (t->kind == TYPE_ARRAY) schema_of(o, s->children[0], t->fields[0].type, "item", zone);
    if (t->kind == TYPE_MAP) {
        schema_init(o, s->children[0], "+s", "entries", false, 2);
        schema_of(o, s->children[0]->children[0], t->fields[0].type, "key", zone);
        s->children[0]->children[0]->flags = 0; /* Arrow's keys are never NULL */
        schema_of(o, s->children[0]->children[1], t->fields[1].type, "value", zone);
    }
    for (uint32_t i = 0; t->kind == TYPE_ROW && i < t->nfields; i++)
        schema_of(o, s->children[i], t->fields[i].type, arena_str(&o->arena, t->fields[i].name).ptr, zone);
}

void arrow_schema(const struct schema *columns, const char *zone, const char *change,
                  struct ArrowSchema *out) {
    struct owner *o = owner_new();
    uint32_t first = change != NULL;
    schema_init(o, out, "+s", "", false, columns->count + first);
    if (change) schema_init(o, out->children[0], "u", change, false, 0);
    for (uint32_t c = 0; c < columns->count; c++) {
        const struct field *f = &columns->fields[c];
        schema_of(o, out->children[c + first], f->type, arena_str(&o->arena, f->name).ptr, zone);
    }
}

/* ---- arrays ---- */

static void array_release(struct ArrowArray *a) {
    for (int64_t i = 0; i < a->n_children; i++) {
        if (a->children[i]->release) a->children[i]->release(a->children[i]);
    }
    a->release = NULL;
    owner_drop(a->private_data);
}

static void array_init(struct owner *o, struct ArrowArray *a, uint32_t rows, uint32_t buffers,
                       uint32_t children) {
    *a = (struct ArrowArray){.length = rows,
                             .n_buffers = buffers,
                             .n_children = children,
                             .buffers = ARENA_ARRAY(&o->arena, const void *, buffers + 1),
                             .release = array_release,
                             .private_data = o};
    atomic_fetch_add(&o->users, 1);
    if (children == 0) return;
    a->children = ARENA_ARRAY(&o->arena, struct ArrowArray *, children);
    for (uint32_t i = 0; i < children; i++) a->children[i] = ARENA_NEW(&o->arena, struct ArrowArray);
}

/* The rows to write of a vector, as indexes into its data, and which of them a parent has made NULL. */
struct rows {
    const uint32_t *at;   /* NULL = 0, 1, 2, ... */
    uint32_t n;
    const uint8_t *valid; /* a bit each: what lies under a NULL may be garbage; NULL = all valid */
};

static inline uint32_t row_at(const struct rows *r, uint32_t k) {
    return r->at ? r->at[k] : k;
}

static void put_bit(uint8_t *bits, uint32_t k) {
    bits[k >> 3] |= (uint8_t)(1u << (k & 7));
}
static bool get_bit(const uint8_t *bits, uint32_t k) {
    return !bits || (bits[k >> 3] >> (k & 7) & 1);
}

/* The rows' own validity and their parent's together, as Arrow has it; NULL when none is NULL. */
static const uint8_t *put_validity(struct owner *o, struct ArrowArray *out, const struct vec *v,
                                   const struct rows *r) {
    if (!v->valid && !r->valid) return NULL;
    uint8_t *bits = arena_alloc(&o->arena, r->n / 8 + 1);
    for (uint32_t k = 0; k < r->n; k++) {
        if (get_bit(r->valid, k) && valid_bit(v->valid, row_at(r, k))) put_bit(bits, k);
        else out->null_count++;
    }
    if (out->null_count) out->buffers[0] = bits;
    return out->null_count ? bits : NULL;
}

#define COPY(type)                                                                                           \
    {                                                                                                        \
        type *to = arena_alloc_raw(&o->arena, sizeof(type) * (r->n + 1ul));                                  \
        const type *from = v->data;                                                                          \
        if (!r->at && r->n) memcpy(to, from, sizeof(type) * r->n);                                           \
        for (uint32_t k = 0; r->at && k < r->n; k++) to[k] = from[r->at[k]];                                 \
        return to;                                                                                           \
    }

static const void *put_fixed(struct owner *o, const struct vec *v, const struct rows *r) {
    if (v->type->kind == TYPE_DECIMAL) {
        __int128 *to = arena_alloc_raw(&o->arena, sizeof *to * (r->n + 1ul));
        for (uint32_t k = 0; k < r->n; k++) to[k] = scalar_decimal_at(v, row_at(r, k));
        return to;
    }
    if (v->phys == PHYS_BOOL) {
        uint8_t *bits = arena_alloc(&o->arena, r->n / 8 + 1);
        for (uint32_t k = 0; k < r->n; k++) {
            if (((const uint8_t *)v->data)[row_at(r, k)]) put_bit(bits, k);
        }
        return bits;
    }
    switch (phys_bytes(v->phys)) {
    case 1: COPY(uint8_t)
    case 2: COPY(uint16_t)
    case 4: COPY(uint32_t)
    default: COPY(uint64_t)
    }
}

static bool put_strings(struct owner *o, struct ArrowArray *out, const struct vec *v, const struct rows *r,
                        const uint8_t *valid) {
    const struct strview *views = v->data;
    int32_t *offsets = arena_alloc_raw(&o->arena, sizeof *offsets * (r->n + 1ul));
    uint64_t used = 0;
    for (uint32_t k = 0; k < r->n; k++) {
        offsets[k] = (int32_t)used;
        if (get_bit(valid, k)) used += views[row_at(r, k)].len;
        if (used > INT32_MAX) return false;
    }
    offsets[r->n] = (int32_t)used;
    char *bytes = arena_alloc_raw(&o->arena, used + STRVIEW_INLINE);
    for (uint32_t k = 0; k < r->n; k++) { /* a short one with what is behind it, which the next overwrites */
        const struct strview *view = &views[row_at(r, k)];
        if (offsets[k + 1] == offsets[k]) continue;
        if (view->len <= STRVIEW_INLINE) memcpy(bytes + offsets[k], view->inlined, STRVIEW_INLINE);
        else memcpy(bytes + offsets[k], view->ptr, view->len);
    }
    out->buffers[1] = offsets;
    out->buffers[2] = bytes;
    return true;
}

static bool put_vec(struct owner *o, struct ArrowArray *out, const struct vec *v, const struct rows *r);

/* Offsets of lists, and in *entries the rows of all entries in the child. */
static bool put_lists(struct owner *o, struct ArrowArray *out, const struct vec *v, const struct rows *r,
                      const uint8_t *valid, struct rows *entries) {
    const struct listref *lists = v->data;
    int32_t *offsets = arena_alloc_raw(&o->arena, sizeof *offsets * (r->n + 1ul));
    uint64_t used = 0;
    for (uint32_t k = 0; k < r->n; k++) {
        offsets[k] = (int32_t)used;
        if (get_bit(valid, k)) used += lists[row_at(r, k)].len;
        if (used > INT32_MAX) return false;
    }
    offsets[r->n] = (int32_t)used;
    uint32_t *to = arena_alloc_raw(&o->arena, sizeof *to * (used + 1));
    *entries = (struct rows){.at = to, .n = (uint32_t)used};
    for (uint32_t k = 0; k < r->n; k++) {
        uint32_t len = (uint32_t)(offsets[k + 1] - offsets[k]);
        for (uint32_t i = 0; i < len; i++) *to++ = lists[row_at(r, k)].offset + i;
    }
    out->buffers[1] = offsets;
    return true;
}

/* A child's values for rows of its parent. */
static bool put_child(struct owner *o, struct ArrowArray *out, const struct vec *v, const struct rows *r) {
    if (v->form == VEC_FLAT) return put_vec(o, out, v, r);
    struct rows own = *r;
    uint32_t *at = arena_alloc_raw(&o->arena, sizeof *at * (r->n + 1ul));
    for (uint32_t k = 0; k < r->n; k++) at[k] = vec_index(v, row_at(r, k));
    own.at = at;
    return put_vec(o, out, v, &own);
}

static bool put_entries(struct owner *o, struct ArrowArray *out, const struct vec *v, const struct rows *r,
                        const uint8_t *valid) {
    struct rows entries;
    if (!put_lists(o, out, v, r, valid, &entries)) return false;
    struct ArrowArray *child = out->children[0];
    if (v->phys == PHYS_ARRAY) return put_child(o, child, &v->child[0], &entries);
    array_init(o, child, entries.n, 1, 2);
    return put_child(o, child->children[0], &v->child[0], &entries) &&
           put_child(o, child->children[1], &v->child[1], &entries);
}

static bool put_vec(struct owner *o, struct ArrowArray *out, const struct vec *v, const struct rows *r) {
    struct rows below = *r;
    bool fits = true;
    switch (v->phys) {
    case PHYS_NONE:
        array_init(o, out, r->n, 0, 0);
        out->null_count = r->n;
        return true;
    case PHYS_STR:
        array_init(o, out, r->n, 3, 0);
        return put_strings(o, out, v, r, put_validity(o, out, v, r));
    case PHYS_ARRAY:
    case PHYS_MAP:
        array_init(o, out, r->n, 2, 1);
        return put_entries(o, out, v, r, put_validity(o, out, v, r));
    case PHYS_ROW:
        array_init(o, out, r->n, 1, v->nchild);
        below.valid = put_validity(o, out, v, r);
        for (uint32_t i = 0; fits && i < v->nchild; i++)
            fits = put_child(o, out->children[i], &v->child[i], &below);
        return fits;
    default:
        array_init(o, out, r->n, 2, 0);
        put_validity(o, out, v, r);
        out->buffers[1] = put_fixed(o, v, r);
        return true;
    }
}

static void put_changes(struct owner *o, struct ArrowArray *out, const struct batch *b) {
    array_init(o, out, b->count, 3, 0);
    int32_t *offsets = arena_alloc_raw(&o->arena, sizeof *offsets * (b->count + 1ul));
    char *bytes = arena_alloc_raw(&o->arena, 2ul * b->count + 1);
    SEL_FOREACH(batch_sel(b), k, row) {
        offsets[k] = (int32_t)(2 * k);
        memcpy(bytes + 2ul * k, change_text(b->change ? b->change[row] : CHANGE_INSERT), 2);
    }
    offsets[b->count] = (int32_t)(2 * b->count);
    out->buffers[1] = offsets;
    out->buffers[2] = bytes;
}

enum status arrow_array(const struct schema *columns, const struct batch *b, bool change,
                        struct ArrowArray *out, struct error *e) {
    struct owner *o = owner_new();
    const struct rows rows = {.at = b->sel, .n = b->count};
    array_init(o, out, b->count, 1, columns->count + change);
    if (change) put_changes(o, out->children[0], b);
    for (uint32_t c = 0; c < columns->count; c++) {
        if (put_child(o, out->children[c + change], b->cols[c], &rows)) continue;
        out->release(out);
        return error_set(e, ERR_LIMIT, "the values of a batch in column '%.*s' take more than 2 GiB",
                         STR_ARG(columns->fields[c].name));
    }
    return ST_OK;
}
