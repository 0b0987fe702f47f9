/* SPDX-License-Identifier: Apache-2.0
 *
 * Compiles a writer's schema and the columns that are read into a program of steps (avro.h). Resolution
 * follows Avro's rules (int to long, float and double, string and bytes for each other); times are converted
 * by the writer's logical type, and by the column's where the writer has none. A field that nobody reads
 * becomes a skip; adjacent skips of known size become one. What cannot ever fit is refused here, with the
 * column's name; a branch of a union that does not fit is an error only where it occurs.
 */
#include <stdio.h>

#include "formats/avro.h"

#define STEPS_MAX 100000
#define FLAT_NEED_MAX (1u << 20)
#define VARINT_MAX_BYTES 10

_Static_assert(AVRO_OP_BYTES + 1 == AVRO_OP_SMALL_INT, "the flat ops come first");

struct compiler {
    struct arena *arena;
    struct error *error;
    struct str column; /* being compiled, for errors */
    const bool *const *fields; /* format_config's, at the top level */
    const bool *read;  /* fields read of the column being compiled, or NULL */
    uint32_t steps;    /* made so far */
};

static enum status compile_skip(struct compiler *c, const struct avro_type *w, struct avro_step *s);
static enum status compile_read(struct compiler *c, const struct avro_type *w, const struct type *t,
                                struct avro_step *s);

static enum status count_step(struct compiler *c) {
    if (++c->steps <= STEPS_MAX) return ST_OK;
    return error_set(c->error, ERR_LIMIT, "the Avro schema is too large: more than %d parts when written out",
                     STEPS_MAX);
}

static enum status new_steps(struct compiler *c, struct avro_step *s, uint32_t n) {
    s->count = n;
    if (n > STEPS_MAX) return count_step(c);
    s->steps = ARENA_ARRAY(c->arena, struct avro_step, n + 1);
    return ST_OK;
}

/* A union of one type, or of one and null. */
static const struct avro_type *optional_of(const struct avro_type *w, struct avro_step *s) {
    if (w->kind != AVRO_KIND_UNION || w->count > 2) return NULL;
    uint32_t value = w->count == 2 && w->items[0]->kind == AVRO_KIND_NULL;
    if (w->count == 2 && w->items[1 - value]->kind != AVRO_KIND_NULL) return NULL;
    if (w->items[value]->kind == AVRO_KIND_NULL) return NULL;
    s->optional = true;
    s->value_branch = (uint8_t)(value * 2);
    s->null_branch = w->count == 2 ? (uint8_t)((1 - value) * 2) : 0xff;
    return w->items[value];
}

static enum status skip_children(struct compiler *c, const struct avro_type *w, struct avro_step *s,
                                 enum avro_op op) {
    s->op = op;
    TRY(new_steps(c, s, w->count));
    for (uint32_t i = 0; i < w->count; i++) TRY(compile_skip(c, w->items[i], &s->steps[i]));
    return ST_OK;
}

static enum status compile_skip(struct compiler *c, const struct avro_type *w, struct avro_step *s) {
    TRY(count_step(c));
    const struct avro_type *value = optional_of(w, s);
    if (value) w = value;
    s->type = w;
    switch (w->kind) {
    case AVRO_KIND_NULL: s->op = AVRO_OP_SKIP_NULL; return ST_OK;
    case AVRO_KIND_BOOLEAN: s->op = AVRO_OP_SKIP_FIXED; s->size = 1; return ST_OK;
    case AVRO_KIND_FLOAT: s->op = AVRO_OP_SKIP_FIXED; s->size = 4; return ST_OK;
    case AVRO_KIND_DOUBLE: s->op = AVRO_OP_SKIP_FIXED; s->size = 8; return ST_OK;
    case AVRO_KIND_FIXED: s->op = AVRO_OP_SKIP_FIXED; s->size = w->size; return ST_OK;
    case AVRO_KIND_INT: case AVRO_KIND_LONG: case AVRO_KIND_ENUM: s->op = AVRO_OP_SKIP_VARINT; return ST_OK;
    case AVRO_KIND_BYTES: case AVRO_KIND_STRING: s->op = AVRO_OP_SKIP_BYTES; return ST_OK;
    case AVRO_KIND_RECORD: return skip_children(c, w, s, AVRO_OP_SKIP_RECORD);
    case AVRO_KIND_ARRAY: return skip_children(c, w, s, AVRO_OP_SKIP_ARRAY);
    case AVRO_KIND_MAP: return skip_children(c, w, s, AVRO_OP_SKIP_MAP);
    case AVRO_KIND_UNION: return skip_children(c, w, s, AVRO_OP_SKIP_UNION);
    case AVRO_KIND_COUNT: break;
    }
    return ST_ERROR;
}

/* The factor from the writer's unit to ticks: micros, or nanos for precisions above 6; or to milliseconds. */
static void set_scale(struct avro_step *s, int64_t per_second, int64_t ticks_per_second) {
    s->mul = ticks_per_second > per_second ? ticks_per_second / per_second : 1;
    s->div = per_second > ticks_per_second ? per_second / ticks_per_second : 1;
}

static int64_t units_per_second(enum avro_logical logical, int64_t otherwise) {
    switch (logical) {
    case AVRO_TIME_MILLIS: case AVRO_TIMESTAMP_MILLIS: case AVRO_LOCAL_MILLIS: return 1000;
    case AVRO_TIME_MICROS: case AVRO_TIMESTAMP_MICROS: case AVRO_LOCAL_MICROS: return 1000000;
    case AVRO_TIMESTAMP_NANOS: case AVRO_LOCAL_NANOS: return 1000000000;
    case AVRO_NOT_LOGICAL: case AVRO_DATE: case AVRO_DECIMAL: break;
    }
    return otherwise;
}

/* Readers of int and long; false if the column's type does not take them. */
static bool read_integer(const struct avro_type *w, const struct type *t, struct avro_step *s) {
    bool is_long = w->kind == AVRO_KIND_LONG;
    switch (t->kind) {
    case TYPE_TINYINT: case TYPE_SMALLINT: s->op = AVRO_OP_SMALL_INT; return !is_long;
    case TYPE_INT: case TYPE_DATE: s->op = AVRO_OP_INT; return !is_long;
    case TYPE_BIGINT: s->op = AVRO_OP_LONG; return true;
    case TYPE_FLOAT: s->op = AVRO_OP_INT_AS_FLOAT; return true;
    case TYPE_DOUBLE: s->op = AVRO_OP_INT_AS_DOUBLE; return true;
    case TYPE_TIME:
        s->op = AVRO_OP_TIME;
        set_scale(s, units_per_second(w->logical, 1000), 1000);
        return !is_long || w->logical == AVRO_TIME_MICROS;
    case TYPE_TIMESTAMP: case TYPE_TIMESTAMP_LTZ:
        s->op = AVRO_OP_LONG_SCALED;
        set_scale(s,
                  units_per_second(w->logical, t->precision > 6   ? 1000000000
                                               : t->precision > 3 ? 1000000
                                                                  : 1000),
                  type_ticks_per_second(t));
        return true;
    default: return false;
    }
}

static bool read_bytes(const struct avro_type *w, const struct type *t, struct avro_step *s) {
    bool fixed = w->kind == AVRO_KIND_FIXED;
    if (t->kind == TYPE_DECIMAL && w->kind != AVRO_KIND_STRING) {
        s->op = fixed ? AVRO_OP_DECIMAL_FIXED : AVRO_OP_DECIMAL;
        s->size = w->size;
        s->scale_up = w->logical == AVRO_DECIMAL ? (int32_t)t->scale - (int32_t)w->scale : 0;
        return true;
    }
    s->size = w->size;
    if (type_is_string(t)) s->op = AVRO_OP_STRING;
    else if (type_is_bytes(t)) s->op = fixed ? AVRO_OP_FIXED : AVRO_OP_BYTES;
    else return false;
    return !fixed || type_is_bytes(t);
}

static enum status read_children(struct compiler *c, const struct avro_type *w, const struct type *t,
                                 struct avro_step *s);

static enum status read_union(struct compiler *c, const struct avro_type *w, const struct type *t,
                              struct avro_step *s) {
    s->op = AVRO_OP_UNION;
    TRY(new_steps(c, s, w->count));
    uint32_t wrong = 0, nulls = 0;
    for (uint32_t i = 0; i < w->count; i++) {
        if (compile_read(c, w->items[i], t, &s->steps[i]) != ST_OK) {
            if (c->error->code == ERR_LIMIT) return ST_ERROR;
            if (wrong + nulls + 1 == w->count) return ST_ERROR; /* none fits: the error of the last one */
            error_clear(c->error);
            s->steps[i] = (struct avro_step){.op = AVRO_OP_WRONG, .type = w->items[i]};
            wrong++;
        }
        nulls += s->steps[i].op == AVRO_OP_NULL;
    }
    return ST_OK;
}

static enum status no_fit(struct compiler *c, const struct avro_type *w, const struct type *t) {
    return error_set(c->error, ERR_DECODE, "column '%.*s' is %.*s, but the file has Avro's %s there",
                     STR_ARG(c->column), STR_ARG(type_print(c->arena, t)), avro_kind_name(w->kind));
}

static enum status compile_read(struct compiler *c, const struct avro_type *w, const struct type *t,
                                struct avro_step *s) {
    TRY(count_step(c));
    const struct avro_type *value = optional_of(w, s);
    if (value) w = value;
    s->type = w;
    bool fits = false;
    switch (w->kind) {
    case AVRO_KIND_NULL: s->op = AVRO_OP_NULL; fits = true; break;
    case AVRO_KIND_BOOLEAN: s->op = AVRO_OP_BOOLEAN; fits = t->kind == TYPE_BOOLEAN; break;
    case AVRO_KIND_INT: case AVRO_KIND_LONG: fits = read_integer(w, t, s); break;
    case AVRO_KIND_FLOAT:
        s->op = t->kind == TYPE_FLOAT ? AVRO_OP_FLOAT : AVRO_OP_FLOAT_AS_DOUBLE;
        fits = t->kind == TYPE_FLOAT || t->kind == TYPE_DOUBLE;
        break;
    case AVRO_KIND_DOUBLE: s->op = AVRO_OP_DOUBLE; fits = t->kind == TYPE_DOUBLE; break;
    case AVRO_KIND_BYTES: case AVRO_KIND_STRING: case AVRO_KIND_FIXED: fits = read_bytes(w, t, s); break;
    case AVRO_KIND_ENUM: s->op = AVRO_OP_ENUM; fits = type_is_string(t); break;
    case AVRO_KIND_RECORD: case AVRO_KIND_ARRAY: case AVRO_KIND_MAP: return read_children(c, w, t, s);
    case AVRO_KIND_UNION: return read_union(c, w, t, s);
    case AVRO_KIND_COUNT: break;
    }
    return fits ? ST_OK : no_fit(c, w, t);
}

/* ---- records, arrays, maps ---- */

/* Steps for the writer's fields: those among the columns are read into that target, the rest is skipped.
 * `found` comes with the columns that nobody reads set. */
static enum status compile_fields(struct compiler *c, const struct avro_type *w, uint32_t n,
                                  const struct field *columns, struct avro_step *s, bool *found) {
    TRY(new_steps(c, s, w->count));
    for (uint32_t i = 0; i < w->count; i++) {
        struct avro_step *step = &s->steps[i];
        step->name = w->names[i];
        uint32_t k = 0;
        while (k < n && (found[k] || !str_eq(columns[k].name, w->names[i]))) k++;
        if (k == n) {
            TRY(compile_skip(c, w->items[i], step));
            continue;
        }
        found[k] = true;
        step->target = k;
        if (c->fields) c->read = c->fields[k];
        struct str outer = c->column;
        c->column = outer.len ? arena_printf(c->arena, "%.*s.%.*s", STR_ARG(outer), STR_ARG(w->names[i]))
                              : w->names[i];
        const bool *const *fields = c->fields;
        c->fields = NULL;
        TRY(compile_read(c, w->items[i], columns[k].type, step));
        c->fields = fields;
        c->column = outer;
    }
    return ST_OK;
}

static enum status missing_field(struct compiler *c, struct str name) {
    return error_set(c->error, ERR_DECODE,
                     "column '%.*s%s%.*s' is NOT NULL, but the Avro schema has no such field",
                     STR_ARG(c->column), c->column.len ? "." : "", STR_ARG(name));
}

static enum status read_row(struct compiler *c, const struct avro_type *w, const struct type *t,
                            struct avro_step *s) {
    struct field *fields = ARENA_ARRAY(c->arena, struct field, t->nfields + 1);
    bool *found = ARENA_ARRAY(c->arena, bool, t->nfields);
    for (uint32_t i = 0; i < t->nfields; i++)
        fields[i] = (struct field){t->fields[i].name, t->fields[i].type};
    for (uint32_t i = 0; c->read && i < t->nfields; i++) found[i] = !c->read[i];
    c->read = NULL; /* of rows within rows all is read */
    s->op = AVRO_OP_RECORD;
    TRY(compile_fields(c, w, t->nfields, fields, s, found));
    uint32_t missing = 0;
    for (uint32_t i = 0; i < t->nfields; i++) missing += !found[i];
    if (!missing) return ST_OK;
    struct avro_step *steps = ARENA_ARRAY(c->arena, struct avro_step, s->count + missing);
    if (s->count) memcpy(steps, s->steps, s->count * sizeof *steps);
    for (uint32_t i = 0; i < t->nfields; i++) {
        if (found[i]) continue;
        if (!t->fields[i].type->nullable) return missing_field(c, t->fields[i].name);
        steps[s->count++] = (struct avro_step){.op = AVRO_OP_NULL, .target = i, .name = t->fields[i].name};
    }
    s->steps = steps;
    return ST_OK;
}

static enum status read_children(struct compiler *c, const struct avro_type *w, const struct type *t,
                                 struct avro_step *s) {
    if (w->kind == AVRO_KIND_RECORD) return t->kind == TYPE_ROW ? read_row(c, w, t, s) : no_fit(c, w, t);
    bool map = w->kind == AVRO_KIND_MAP;
    if (t->kind != (map ? TYPE_MAP : TYPE_ARRAY)) return no_fit(c, w, t);
    if (map && !type_is_string(t->fields[0].type)) return no_fit(c, w, t);
    s->op = map ? AVRO_OP_MAP : AVRO_OP_ARRAY;
    TRY(new_steps(c, s, 1));
    s->steps[0].target = map;
    s->steps[0].name = s->name;
    return compile_read(c, w->items[0], t->fields[map].type, &s->steps[0]);
}

/* ---- the whole ---- */

static uint64_t min_bytes(const struct avro_step *s) {
    if (s->optional) return 1;
    uint64_t sum = 0;
    switch (s->op) {
    case AVRO_OP_NULL: case AVRO_OP_SKIP_NULL: case AVRO_OP_WRONG: return 0;
    case AVRO_OP_SKIP_FIXED: case AVRO_OP_FIXED: case AVRO_OP_DECIMAL_FIXED: return s->size;
    case AVRO_OP_RECORD: case AVRO_OP_SKIP_RECORD:
        for (uint32_t i = 0; i < s->count; i++) sum += min_bytes(&s->steps[i]);
        return sum;
    default: return 1;
    }
}

static bool is_record(const struct avro_step *s) {
    return s->op == AVRO_OP_RECORD || s->op == AVRO_OP_SKIP_RECORD;
}

/* Bytes that must be there before a step, as far as it does not look itself. */
static uint32_t flat_bytes(const struct avro_step *s) {
    if (is_record(s)) return s->optional;
    switch (s->op) {
    case AVRO_OP_SKIP_FIXED: return s->size + s->optional;
    case AVRO_OP_DOUBLE: return 8u + s->optional;
    case AVRO_OP_BOOLEAN: return 1u + s->optional;
    default: return VARINT_MAX_BYTES + s->optional;
    }
}

/* Steps that look whether what follows is there. */
static bool looks_ahead(const struct avro_step *s) {
    return s->op == AVRO_OP_SKIP_BYTES || s->op == AVRO_OP_STRING || s->op == AVRO_OP_BYTES || is_record(s);
}

/* Makes one step of adjacent skips of known size; returns how many steps are left. */
static uint32_t merge_skips(struct avro_step *steps, uint32_t count) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct avro_step *s = &steps[i], *last = n ? &steps[n - 1] : NULL;
        if (s->op == AVRO_OP_SKIP_NULL && !s->optional) continue;
        bool merge = last && last->op == AVRO_OP_SKIP_FIXED && s->op == AVRO_OP_SKIP_FIXED &&
                     !last->optional && !s->optional && last->size + s->size < FLAT_NEED_MAX;
        if (merge) last->size += s->size;
        else steps[n++] = *s;
    }
    return n;
}

/* Sets each step's `need`, the last one first; returns that of the first one. Clears *flat if some cannot be
 * so. */
static uint32_t fill_needs(struct avro_step *steps, uint32_t n, bool *flat) {
    uint64_t need = 0;
    for (uint32_t i = n; i-- > 0;) {
        struct avro_step *s = &steps[i];
        s->need = (uint32_t)need;
        need = flat_bytes(s) + (looks_ahead(s) ? 0 : need);
        if ((s->op > AVRO_OP_BYTES && !is_record(s)) || need > FLAT_NEED_MAX) *flat = false;
        if (need > FLAT_NEED_MAX) need = FLAT_NEED_MAX;
    }
    return (uint32_t)need;
}

/* The steps of a record within a flat program have none within themselves. */
static void finish_record(struct avro_program *p, struct avro_step *s) {
    s->count = merge_skips(s->steps, s->count);
    s->first_need = fill_needs(s->steps, s->count, &p->flat);
    s->outs = p->nouts;
    p->nouts += AVRO_FRAME_BLOCKS * s->count;
    for (uint32_t i = 0; i < s->count; i++) p->flat = p->flat && !is_record(&s->steps[i]);
}

/* Merges skips, then sees whether the program is flat and what it needs. */
static void finish_program(struct avro_program *p) {
    p->count = merge_skips(p->steps, p->count);
    p->flat = true;
    p->nouts = p->count;
    uint64_t least = p->top_optional;
    for (uint32_t i = 0; i < p->count; i++) least += min_bytes(&p->steps[i]);
    for (uint32_t i = 0; i < p->count; i++) {
        if (is_record(&p->steps[i])) finish_record(p, &p->steps[i]);
    }
    p->need = fill_needs(p->steps, p->count, &p->flat) + p->top_optional;
    p->min_bytes = least > UINT32_MAX ? UINT32_MAX : (uint32_t)least;
}

enum status avro_program_compile(const struct avro_type *writer, const struct format_config *config,
                                 struct arena *a, struct avro_program *out, struct error *e) {
    struct compiler c = {.arena = a, .error = e, .fields = config->fields};
    struct avro_step top = {0};
    *out = (struct avro_program){0};
    const struct avro_type *record = optional_of(writer, &top);
    if (!record) record = writer;
    out->top_optional = top.optional;
    out->top_value = top.value_branch;
    out->top_null = top.null_branch;
    if (record->kind != AVRO_KIND_RECORD) {
        return error_set(e, ERR_DECODE, "the Avro schema is of %s, not of a record",
                         avro_kind_name(record->kind));
    }
    uint32_t n = config->nprojection;
    struct field *columns = ARENA_ARRAY(a, struct field, n + 1);
    bool *found = ARENA_ARRAY(a, bool, n + 1);
    for (uint32_t k = 0; k < n; k++) columns[k] = config->schema->fields[config->projection[k]];
    TRY(compile_fields(&c, record, n, columns, &top, found));
    out->count = top.count;
    out->steps = top.steps;
    out->missing = ARENA_ARRAY(a, uint32_t, n + 1);
    for (uint32_t k = 0; k < n; k++) {
        if (found[k]) continue;
        if (!columns[k].type->nullable) return missing_field(&c, columns[k].name);
        out->missing[out->nmissing++] = k;
    }
    finish_program(out);
    return ST_OK;
}
