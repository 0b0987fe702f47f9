/* SPDX-License-Identifier: Apache-2.0
 *
 * Vectors to JSON, byte for byte as Flink's json format writes, and the format's options: names in the
 * table's order, DECIMAL without zeros at its end, DOUBLE as Java prints it, NaN and infinities in quotes,
 * TIMESTAMP with the digits it has, TIMESTAMP_LTZ with Z, BYTES in base64.
 */
#include <math.h>
#include <stdlib.h>

#include "exec/datetime.h"
#include "exec/decimal.h"
#include "formats/json.h"
#include "formats/line_framer.h"
#include "formats/scalar.h"

const struct option_def json_option_defs[] = {
    {.key = "fail-on-missing-field",
     .type = OPT_BOOL,
     .def = "false",
     .help = "a column without a key is an error, not NULL"},
    {.key = "ignore-parse-errors",
     .type = OPT_BOOL,
     .def = "false",
     .help = "a field that cannot be read is NULL, a line that is no JSON is left out"},
    {.key = "timestamp-format.standard",
     .type = OPT_ENUM,
     .def = "SQL",
     .values = "SQL|ISO-8601",
     .help = "2026-05-04 18:32:11 or 2026-05-04T18:32:11"},
    {.key = "map-null-key.mode",
     .type = OPT_ENUM,
     .def = "FAIL",
     .values = "FAIL|DROP|LITERAL",
     .help = "what is written for a MAP entry whose key is NULL"},
    {.key = "map-null-key.literal",
     .type = OPT_STRING,
     .def = "null",
     .help = "the key written in mode LITERAL"},
    {.key = "encode.decimal-as-plain-number",
     .type = OPT_BOOL,
     .def = "false",
     .help = "DECIMAL 100 is written 100, not 1E+2"},
    {.key = "encode.ignore-null-fields",
     .type = OPT_BOOL,
     .def = "false",
     .help = "fields that are NULL are not written"},
    {.key = "decode.json-parser.enabled", .type = OPT_BOOL, .def = "true", .help = "has no effect in Weir"},
    {.key = NULL},
};

enum status json_options_read(const struct format_config *c, struct json_options *out, struct error *e) {
    const struct option_def *defs = json_option_defs;
    struct str mode = option_str(c->options, c->prefix, defs, "map-null-key.mode");
    *out = (struct json_options){
        .fail_on_missing = option_bool(c->options, c->prefix, defs, "fail-on-missing-field"),
        .ignore_errors = option_bool(c->options, c->prefix, defs, "ignore-parse-errors"),
        .iso = str_ieq(option_str(c->options, c->prefix, defs, "timestamp-format.standard"), STR("ISO-8601")),
        .null_key = str_ieq(mode, STR("DROP"))      ? JSON_NULL_KEY_DROP
                    : str_ieq(mode, STR("LITERAL")) ? JSON_NULL_KEY_LITERAL
                                                    : JSON_NULL_KEY_FAIL,
        .null_key_literal = option_str(c->options, c->prefix, defs, "map-null-key.literal"),
        .plain_decimal = option_bool(c->options, c->prefix, defs, "encode.decimal-as-plain-number"),
        .ignore_null_fields = option_bool(c->options, c->prefix, defs, "encode.ignore-null-fields"),
    };
    if (out->fail_on_missing && out->ignore_errors) {
        return error_set(e, ERR_INVALID_OPTION,
                         "'%sfail-on-missing-field' and '%signore-parse-errors' cannot both be true",
                         c->prefix, c->prefix);
    }
    return ST_OK;
}

static bool has_form(const struct type *t) {
    if (t->kind == TYPE_MAP && !type_is_string(t->fields[0].type)) return false;
    for (uint32_t k = 0; k < t->nfields; k++) {
        if (!has_form(t->fields[k].type)) return false;
    }
    return true;
}

static enum status json_validate(const struct options *o, const char *prefix, const struct schema *schema,
                                 struct error *e) {
    struct json_options unused;
    struct format_config c = {.options = o, .prefix = prefix};
    TRY(json_options_read(&c, &unused, e));
    for (uint32_t k = 0; k < schema->count; k++) {
        if (has_form(schema->fields[k].type)) continue;
        return error_set(e, ERR_INVALID_QUERY,
                         "column '%.*s': the keys of a MAP must be STRING in the json format",
                         STR_ARG(schema->fields[k].name));
    }
    return ST_OK;
}

/* ---- the encoder ---- */

/* Names as they are written, by type of ROW; made at open. */
struct names {
    uint32_t count;
    struct str *keys;        /* "name": with quotes and colon */
    struct names *inner;     /* of each field: of the ROW in its type */
};

struct json_encoder {
    struct arena arena;
    struct json_options o;
    struct names top;
    const struct schema *table;
};

static void json_close(struct encoder *encoder) {
    struct json_encoder *en = (struct json_encoder *)encoder;
    arena_free(&en->arena);
    free(en);
}

static struct str key_text(struct arena *a, struct str name) {
    struct outbuf o = {0};
    json_lex_put_string(&o, name);
    outbuf_char(&o, ':');
    struct str key = arena_str(a, (struct str){o.data, o.len});
    outbuf_free(&o);
    return key;
}

static struct names names_of(struct arena *a, const struct type *t) {
    while (t->kind == TYPE_ARRAY || t->kind == TYPE_MAP) t = t->fields[t->kind == TYPE_MAP].type;
    struct names n = {0};
    if (t->kind != TYPE_ROW) return n;
    n.count = t->nfields;
    n.keys = ARENA_ARRAY(a, struct str, n.count);
    n.inner = ARENA_ARRAY(a, struct names, n.count);
    for (uint32_t k = 0; k < n.count; k++) {
        n.keys[k] = key_text(a, t->fields[k].name);
        n.inner[k] = names_of(a, t->fields[k].type);
    }
    return n;
}

static enum status json_open(const struct format_config *c, struct encoder **out, struct error *e) {
    struct json_encoder *en = calloc(1, sizeof *en);
    if (!en) return error_set(e, ERR_MEMORY_LIMIT, "out of memory");
    if (json_options_read(c, &en->o, e) != ST_OK) {
        free(en);
        return ST_ERROR;
    }
    en->table = c->schema;
    en->top.count = c->schema->count;
    en->top.keys = ARENA_ARRAY(&en->arena, struct str, en->top.count);
    en->top.inner = ARENA_ARRAY(&en->arena, struct names, en->top.count);
    for (uint32_t k = 0; k < en->top.count; k++) {
        en->top.keys[k] = key_text(&en->arena, c->schema->fields[k].name);
        en->top.inner[k] = names_of(&en->arena, c->schema->fields[k].type);
    }
    *out = (struct encoder *)en;
    return ST_OK;
}

static bool put_value(const struct json_encoder *en, const struct names *names, struct outbuf *o,
                      const struct vec *v, uint32_t row);

static void put_float(struct outbuf *o, double d, bool single) {
    bool quote = !isfinite(d);
    if (quote) outbuf_char(o, '"');
    if (single) scalar_put_f32(o, (float)d);
    else scalar_put_f64(o, d);
    if (quote) outbuf_char(o, '"');
}

static void put_time(const struct json_encoder *en, struct outbuf *o, const struct vec *v, uint32_t i) {
    const struct type *t = v->type;
    outbuf_char(o, '"');
    char *p = outbuf_reserve(o, DATETIME_MAX_BYTES);
    if (t->kind == TYPE_DATE) o->len += datetime_print_date(p, ((const int32_t *)v->data)[i]);
    else if (t->kind == TYPE_TIME) o->len += datetime_print_time_short(p, ((const int32_t *)v->data)[i]);
    else
        o->len += datetime_print_timestamp(p, vec_int(v, i), t->precision,
                                           en->o.iso ? DATETIME_ISO : DATETIME_SQL);
    if (t->kind == TYPE_TIMESTAMP_LTZ) outbuf_char(o, 'Z');
    outbuf_char(o, '"');
}

static void put_decimal(const struct json_encoder *en, struct outbuf *o, const struct vec *v, uint32_t i) {
    if (!en->o.plain_decimal) {
        scalar_put_decimal(o, scalar_decimal_at(v, i), v->type->scale, true);
        return;
    }
    o->len += decimal_print(outbuf_reserve(o, DECIMAL_TEXT_BYTES), scalar_decimal_at(v, i), v->type->scale);
}

/* False: a MAP has a NULL key that may not be written. */
static bool put_list(const struct json_encoder *en, const struct names *names, struct outbuf *o,
                     const struct vec *v, uint32_t i) {
    struct listref list = ((const struct listref *)v->data)[i];
    bool map = v->phys == PHYS_MAP, comma = false;
    outbuf_char(o, map ? '{' : '[');
    for (uint32_t k = list.offset; k < list.offset + list.len; k++) {
        struct str key = en->o.null_key_literal;
        if (map && vec_is_null(&v->child[0], k)) {
            if (en->o.null_key == JSON_NULL_KEY_FAIL) return false;
            if (en->o.null_key == JSON_NULL_KEY_DROP) continue;
        } else if (map) {
            key = strview_str(&((const struct strview *)v->child[0].data)[vec_index(&v->child[0], k)]);
        }
        if (comma) outbuf_char(o, ',');
        comma = true;
        if (map) {
            json_lex_put_string(o, key);
            outbuf_char(o, ':');
        }
        if (!put_value(en, names, o, &v->child[map], k)) return false;
    }
    outbuf_char(o, map ? '}' : ']');
    return true;
}

static bool put_row(const struct json_encoder *en, const struct names *names, struct outbuf *o,
                    const struct vec *v, uint32_t i) {
    bool comma = false;
    outbuf_char(o, '{');
    for (uint32_t k = 0; k < v->nchild; k++) {
        if (en->o.ignore_null_fields && vec_is_null(&v->child[k], i)) continue;
        if (comma) outbuf_char(o, ',');
        comma = true;
        outbuf_put(o, names->keys[k].ptr, names->keys[k].len);
        if (!put_value(en, &names->inner[k], o, &v->child[k], i)) return false;
    }
    outbuf_char(o, '}');
    return true;
}

static bool put_value(const struct json_encoder *en, const struct names *names, struct outbuf *o,
                      const struct vec *v, uint32_t row) {
    uint32_t i = vec_index(v, row);
    if (!valid_bit(v->valid, i) || v->phys == PHYS_NONE) {
        outbuf_text(o, "null");
        return true;
    }
    switch (v->type->kind) {
    case TYPE_BOOLEAN: outbuf_text(o, ((const uint8_t *)v->data)[i] ? "true" : "false"); return true;
    case TYPE_TINYINT: case TYPE_SMALLINT: case TYPE_INT: case TYPE_BIGINT: case TYPE_INTERVAL_YM:
        scalar_put_i64(o, vec_int(v, i));
        return true;
    case TYPE_INTERVAL_DT: scalar_put_i64(o, vec_int(v, i) / 1000); return true;
    case TYPE_FLOAT: put_float(o, ((const float *)v->data)[i], true); return true;
    case TYPE_DOUBLE: put_float(o, ((const double *)v->data)[i], false); return true;
    case TYPE_DECIMAL: put_decimal(en, o, v, i); return true;
    case TYPE_CHAR: case TYPE_VARCHAR:
        json_lex_put_string(o, strview_str(&((const struct strview *)v->data)[i]));
        return true;
    case TYPE_BINARY: case TYPE_VARBINARY:
        outbuf_char(o, '"');
        scalar_base64_encode(o, strview_str(&((const struct strview *)v->data)[i]));
        outbuf_char(o, '"');
        return true;
    case TYPE_DATE:
    case TYPE_TIME:
    case TYPE_TIMESTAMP:
    case TYPE_TIMESTAMP_LTZ: put_time(en, o, v, i); return true;
    case TYPE_ARRAY: case TYPE_MAP: return put_list(en, names, o, v, i);
    case TYPE_ROW: return put_row(en, names, o, v, i);
    case TYPE_NULLTYPE: case TYPE_SYMBOL: case TYPE_KIND_COUNT: break;
    }
    return true;
}

static enum status put_record(const struct json_encoder *en, const struct batch *b, uint32_t row,
                              struct outbuf *o, struct error *e) {
    size_t start = o->len;
    bool comma = false;
    outbuf_char(o, '{');
    for (uint32_t c = 0; c < en->top.count; c++) {
        if (en->o.ignore_null_fields && vec_is_null(b->cols[c], row)) continue;
        if (comma) outbuf_char(o, ',');
        comma = true;
        outbuf_put(o, en->top.keys[c].ptr, en->top.keys[c].len);
        if (put_value(en, &en->top.inner[c], o, b->cols[c], row)) continue;
        o->len = start;
        error_set(e, ERR_ENCODE, "column '%.*s' has a MAP with a NULL key, which JSON cannot hold",
                  STR_ARG(en->table->fields[c].name));
        return error_hint(e, "set 'json.map-null-key.mode' to DROP or LITERAL");
    }
    outbuf_char(o, '}');
    return ST_OK;
}

static enum status json_rows(struct encoder *encoder, const struct batch *b, struct sel sel, struct outbuf *o,
                             size_t *ends, struct error *e) {
    const struct json_encoder *en = (const struct json_encoder *)encoder;
    SEL_FOREACH(sel, k, row) {
        TRY(put_record(en, b, row, o, e));
        if (ends) ends[k] = o->len;
        else outbuf_char(o, '\n');
    }
    return ST_OK;
}

const struct encoder_class json_encoder_class = {
    .open = json_open,
    .rows = json_rows,
    .close = json_close,
};

const struct format_class json_format = {
    .desc = {.name = "json",
             .caps = FORMAT_DECODES | FORMAT_ENCODES | FORMAT_IN_FILES | FORMAT_IN_MESSAGES,
             .options = json_option_defs,
             .validate = json_validate,
             .help = "a JSON object a line"},
    .framer = &line_framer_class,
    .decoder = &json_decoder_class,
    .encoder = &json_encoder_class,
    .infer = json_infer,
};
